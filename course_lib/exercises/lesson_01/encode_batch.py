"""Exercise 01.encode_batch: rows of ids between `<sos>` and `<eos>`, filled up to the longest."""

from itertools import chain

import torch
from torch import Tensor

from course_lib.batches import encode_batch
from course_lib.exercises.kit import Chance, Exercise, Function, Outcome, Trial, drawn, parted
from course_lib.exercises.lesson_01.shared import KOREAN, LARGER, SMALL
from course_lib.text import EOS, PAD, SOS, SPECIALS, UNK, build_vocab

Sentences = list[list[str]]
NUMBERS = {"<pad>": PAD, "<unk>": UNK, "<sos>": SOS, "<eos>": EOS}


@parted
def _by(given: Function = lambda sentences, stoi: sentences, ids: Function = dict,
        find: Function = lambda of, token: of.get(token, of["<unk>"]),
        row: Function = lambda words, of: [of["<sos>"], *words, of["<eos>"]], width: Function = max,
        fill: Function = lambda row, more, pad: row + [pad] * more, pad: str = "<pad>",
        result: Function = torch.positive) -> Function:  # fmt: skip
    """Other sentences, another `stoi`, another look-up, other rows, another length, another way to fill them up."""

    def wrong(sentences: Sentences, stoi: dict[str, int]) -> Tensor:
        of = ids(stoi)
        rows = [row([find(of, token) for token in sentence], of) for sentence in given(sentences, stoi)]
        T = width(map(len, rows))
        batch: Tensor = result(torch.tensor([fill(row, T - len(row), of[pad])[:T] for row in rows], dtype=torch.long))
        return batch

    return wrong


def _each(change: Function) -> Function:
    """Something is done with each sentence."""
    return _by(given=lambda sentences, stoi: [change(sentence, stoi) for sentence in sentences])


def _by_numbers(*names: str) -> Function:
    """Some of the special ids are numbers; all of them, if none is named."""
    return _by(ids=lambda stoi: stoi | {name: NUMBERS[name] for name in names or NUMBERS})


MISTAKES = (
    ("`<sos>` is missing at the beginning of each row", _by(row=lambda words, of: [*words, of["<eos>"]])),
    ("`<eos>` is missing at the end of each sentence", _by(row=lambda words, of: [of["<sos>"], *words])),
    ("`<sos>` and `<eos>` are missing around each sentence", _by(row=lambda words, of: words)),
    ("`<sos>` and `<eos>` are interchanged: `<sos>` is first",
     _by(row=lambda words, of: [of["<eos>"], *words, of["<sos>"]])),
    ("`<eos>` comes after the padding; it ends the sentence, so it should come before",
     _by(fill=lambda row, more, pad: [*row[:-1], *[pad] * more, row[-1]])),
    ("the padding stands on the left; fill the rows up at their end",
     _by(fill=lambda row, more, pad: [pad] * more + row)),
    ("`max(sentences)` is the last one in the alphabet; the longest is `max(sentences, key=len)`",
     lambda sentences, stoi: encode_batch(sentences, stoi)[:, : len(max(sentences)) + 2]),
    ("only one row comes back: collect all rows in a list, and return after the loop",
     *[_by(result=lambda batch, i=i: batch[i]) for i in (0, -1)], lambda s, stoi: encode_batch(s[-1:], stoi)[0]),
    ("the rows are cut to the shortest sentence; the batch is as long as its longest", _by(width=min)),
    ("the rows are cut: `<sos>` and `<eos>` need two places more", _by(width=lambda lengths: max(lengths) - 2)),
    ("the rows are filled up with `<eos>` instead of `<pad>`", _by(pad="<eos>")),
    ("the rows are filled up with `<unk>` instead of `<pad>`", _by(pad="<unk>")),
    ("a token that is not in the vocabulary became `<pad>`; it must become `<unk>`",
     _by(find=lambda of, token: of.get(token, of["<pad>"]))),
    ("a token that is not in the vocabulary was dropped; it must become `<unk>`",
     _each(lambda sentence, stoi: [token for token in sentence if token in stoi])),
    ("a special has a fixed id (`pad_sequence` fills with 0): take the ids from `stoi`", _by_numbers(),
     _by_numbers("<pad>"), _by_numbers("<unk>"), _by_numbers("<sos>", "<eos>"), _by_numbers("<pad>", "<unk>")),
    ("the id 0 counts as unknown: `or` takes 0 for nothing. `stoi.get(..., stoi['<unk>'])`",
     _by(find=lambda of, token: of.get(token) or of["<unk>"]),
     _by(ids=lambda stoi: {t: id or stoi["<unk>"] for t, id in stoi.items()} | {"<pad>": stoi["<pad>"]})),
    ("a token with an id below 4 became `<unk>`; unknown is only what `stoi` does not hold",
     _by(find=lambda of, token: of[token] if of.get(token, 0) > 3 else of["<unk>"])),
    ("the id 0 became that of `<pad>`, but a token has it here: fill up with `stoi['<pad>']`, not with 0",
     _by(ids=lambda stoi: {token: id or stoi["<pad>"] for token, id in stoi.items()})),
    ("the words are lower-cased: look them up as they are", _each(lambda sentence, stoi: map(str.lower, sentence))),
    ("the sentences are cut: T is the length of the longest row, however long",
     *[_each(lambda sentence, stoi, n=n: sentence[:n]) for n in (5, 10, 20, 30, 50)]),
    ("empty sentences are left out; each keeps its row, `<sos>` and `<eos>`",
     _by(given=lambda sentences, stoi: [*filter(len, sentences)])),
    ("an empty sentence became a row of padding; its row should begin with `<sos>` and `<eos>`",
     _by(row=lambda words, of: [of["<sos>"], *words, of["<eos>"]] if words else [])),
    ("the rows are sorted by length; keep the order of the sentences",
     *[_by(given=lambda s, stoi, back=back: sorted(s, key=len, reverse=back)) for back in (True, False)]),
    ("a batch of one sentence should have the shape (1, T), too: leave out `squeeze`", _by(result=torch.squeeze)),
    ("the batch is transposed: one row for each sentence, (B, T). `pad_sequence` needs `batch_first=True`",
     _by(result=torch.t)),
)  # fmt: skip
UNEQUAL = "The rows differ in length: fill all up to T, the length of the longest row, `<sos>` and `<eos>` included."
ADVICE = (("expected sequence of length", UNEQUAL), ("equal size", UNEQUAL), ("expanded size", UNEQUAL),
          *((sign, "A string is left among the ids: `stoi.get(token, stoi['<unk>'])`.")
            for sign in ("data type 'str'", "dimensions 'str'")),
          ("KeyError", "A token that is not in the vocabulary becomes `<unk>`."))  # fmt: skip


def _draw(chance: Chance) -> tuple[Sentences, dict[str, int]]:
    """Sentences, and a vocabulary of some of their words, whose specials have any ids."""
    sentences = chance.sentences()
    known = {*SPECIALS, *(token for sentence in sentences for token in sentence if chance.random() < 0.7)}
    tokens = sorted(known)
    chance.shuffle(tokens)
    return sentences, {token: i for i, token in enumerate(tokens)}


def examine(trial: Trial) -> None:
    cases = [
        ([["the", "cat"], ["a", "dog", "sat", "on", "the"]], build_vocab(SMALL)),
        ([["the", "unicorn", "sat"], ["cat"]], build_vocab(SMALL)),
        (LARGER[:9], build_vocab(LARGER, 12)),
        ([["책", "을", "읽", "었", "다"], ["기린"]], build_vocab(KOREAN)),
    ]
    numbered = [(sentences, {token: i for i, token in enumerate(tokens)}) for sentences, tokens in cases]
    for given in chain(numbered, drawn(_draw)):
        got, expected = trial.call(*given), encode_batch(*given)
        B, T = expected.shape
        if isinstance(got, Tensor) and got.ndim == 2 and len(got) == B:
            fits = got.shape[1] <= T or not got[:, :T].equal(expected)
            wide = f"the batch is wider than its longest row: T is {T} here, and another one in another batch"
            trial.require(fits, wide, outcome=Outcome.SHAPE, expected=expected, got=got)
        trial.compare(got, expected, inputs=given)


EXERCISE = Exercise(id="01.encode_batch", reference=encode_batch, difficulty=2, minutes=8,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        'First make lists of ids: `<sos>`, the words, `<eos>`. An unknown token: `stoi.get(token, stoi["<unk>"])`.',
        'Then find the longest list and fill the others up at their end with `stoi["<pad>"]`.',
        "`torch.tensor(rows)` of lists of ints is a LongTensor already; the padding comes after `<eos>`, not before."),
    explanation="""`<eos>` belongs to the sentence, padding does not: so it comes before the padding. The batch is as
long as its longest sentence and no longer, because every further column costs time and holds nothing. A token outside
the vocabulary becomes `<unk>`: it must not become `<pad>`, which the model is later told to ignore.""")  # fmt: skip
