"""Exercise 01.encode_batch: rows of ids between `<sos>` and `<eos>`, filled up to the longest."""

from itertools import chain

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.batches import encode_batch, pad
from course_lib.exercises.kit import Chance, Exercise, Function, Outcome, Trial, drawn
from course_lib.exercises.lesson_01.shared import KOREAN, LARGER, SMALL
from course_lib.text import EOS, PAD, SOS, SPECIALS, UNK, build_vocab


def _in_order(mistaken: Function) -> Function:
    """A mistake that is written for specials with the ids 0 to 3, whatever ids they have."""

    def wrong(sentences: list[list[str]], stoi: dict[str, int]) -> Tensor:
        tokens = [*SPECIALS, *(token for token in stoi if token not in SPECIALS)]
        ids = torch.tensor([stoi[token] for token in tokens])
        batch: Tensor = mistaken(sentences, {token: i for i, token in enumerate(tokens)})
        return ids[batch]

    return wrong


def _by_numbers(**written: int) -> Function:
    """Some of the special ids are numbers; all of them, if none is named."""
    numbers = written or {"pad": PAD, "unk": UNK, "sos": SOS, "eos": EOS}
    return lambda sentences, stoi: _of(sentences, stoi, {f"<{name}>": number for name, number in numbers.items()})


def _of(sentences: list[list[str]], stoi: dict[str, int], numbers: dict[str, int]) -> Tensor:
    known = {token: id for token, id in stoi.items() if token not in SPECIALS}
    return encode_batch(sentences, known | {token: numbers.get(token, stoi[token]) for token in SPECIALS})


def _zero_is_none(sentences: list[list[str]], stoi: dict[str, int]) -> Tensor:
    batch = encode_batch(sentences, stoi)
    inside = encode_batch(sentences, {token: id or stoi["<unk>"] for token, id in stoi.items()} | {"<pad>": -1})
    return batch.where(inside == -1, inside)


def _then(change: Function) -> Function:
    """Something is done with the right batch."""
    return _in_order(lambda *given: change(encode_batch(*given)))


def _unended(batch: Tensor) -> Tensor:
    return batch.where(batch != EOS, PAD)[:, :-1]


MISTAKES = (
    ("`<sos>` is missing at the beginning of each row", _then(lambda batch: batch[:, 1:])),
    ("`<eos>` is missing at the end of each sentence", _then(_unended)),
    ("`<sos>` and `<eos>` are missing around each sentence", _then(lambda batch: _unended(batch)[:, 1:])),
    ("`<sos>` and `<eos>` are interchanged: `<sos>` is first",
     _in_order(lambda sentences, stoi: encode_batch(sentences, stoi | {"<sos>": EOS, "<eos>": SOS}))),
    ("`<eos>` comes after the padding; it ends the sentence, so it comes before",
     _then(lambda batch: F.pad(_unended(batch), (0, 1), value=EOS))),
    ("the padding stands on the left; fill the rows up at their end",
     _then(lambda batch: pad([row[row != PAD].flip(0) for row in batch]).flip(1))),
    ("the rows are cut to the shortest sentence; the batch is as long as its longest",
     _then(lambda batch: batch[:, : (batch != PAD).sum(1).min()])),
    ("the rows are cut: `<sos>` and `<eos>` need two places more", _then(lambda batch: batch[:, :-2])),
    ("the rows are filled up with `<eos>` instead of `<pad>`", _then(lambda batch: batch.where(batch != PAD, EOS))),
    ("the rows are filled up with `<unk>` instead of `<pad>`", _then(lambda batch: batch.where(batch != PAD, UNK))),
    ("a token that is not in the vocabulary became `<pad>`; it must become `<unk>`",
     _in_order(lambda sentences, stoi: encode_batch(sentences, stoi | {"<unk>": PAD}))),
    ("a token that is not in the vocabulary was dropped; it must become `<unk>`",
     _in_order(lambda sentences, stoi: encode_batch([list(filter(stoi.get, s)) for s in sentences], stoi))),
    ("the ids of the specials are written as numbers; they stand in `stoi`, like those of the words", _by_numbers(),
     _by_numbers(pad=0), _by_numbers(unk=1), _by_numbers(sos=2, eos=3), _by_numbers(pad=0, unk=1)),
    ("a word with the id 0 counts as unknown: 0 is false. `stoi.get(token, stoi['<unk>'])`", _zero_is_none),
)  # fmt: skip
ADVICE = (("expected sequence of length", "The rows differ in length: fill the shorter ones up with `<pad>` first."),
          ("KeyError", "A token that is not in the vocabulary becomes `<unk>`."))  # fmt: skip


def _draw(chance: Chance) -> tuple[list[list[str]], dict[str, int]]:
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
