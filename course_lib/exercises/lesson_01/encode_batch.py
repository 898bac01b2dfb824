"""Exercise 01.encode_batch."""

import torch
from torch import Tensor

from course_lib.batches import pad
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.finding import Outcome
from course_lib.exercises.lesson_01.build_vocab import build_vocab
from course_lib.exercises.lesson_01.shared import KOREAN, LARGER, SMALL
from course_lib.exercises.trial import Trial
from course_lib.text import PAD


def encode_batch(sentences, stoi):
    unk = stoi["<unk>"]
    rows = [[stoi["<sos>"], *(stoi.get(t, unk) for t in sentence), stoi["<eos>"]] for sentence in sentences]
    return pad(rows, stoi["<pad>"])


def _encode_with(sos=True, eos=True, unknown=None, place="right", length=max, fill=PAD, eos_last=False):
    """A way to encode wrongly: without a special, with other padding, another length, another unknown id."""

    def encode(sentences, stoi):
        rows = []
        for sentence in sentences:
            ids = [stoi[t] if t in stoi else unknown(stoi) for t in sentence] if unknown else None
            ids = ids if unknown else [stoi.get(t, stoi["<unk>"]) for t in sentence]
            ids = [i for i in ids if i is not None]
            rows.append([stoi["<sos>"]] * sos + ids + [stoi["<eos>"]] * (eos and not eos_last))
        T = length(map(len, rows))
        filled = [row[:T] + [fill] * (T - len(row)) for row in rows]
        if place == "left":
            filled = [[fill] * (T - len(row)) + row[:T] for row in rows]
        if eos_last:
            filled = [[*row, stoi["<eos>"]] for row in filled]
        return torch.tensor(filled)

    return encode


ADVICE = (
    ("expected sequence of length", "The rows differ in length: fill the shorter ones up with `<pad>` first."),
    ("KeyError", "A token that is not in the vocabulary becomes `<unk>`."),
)


MISTAKES = (
    ("`<sos>` is missing at the beginning of each row", _encode_with(sos=False)),
    ("`<eos>` is missing at the end of each sentence", _encode_with(eos=False)),
    ("`<sos>` and `<eos>` are missing around each sentence", _encode_with(sos=False, eos=False)),
    ("`<sos>` and `<eos>` are interchanged: `<sos>` begins the row",
     lambda sentences, stoi: encode_batch(sentences, stoi | {"<sos>": stoi["<eos>"], "<eos>": stoi["<sos>"]})),
    ("`<eos>` comes after the padding; it ends the sentence, so it comes before", _encode_with(eos_last=True)),
    ("the padding stands on the left; fill the rows up at their end", _encode_with(place="left")),
    ("the rows are cut to the shortest sentence; the batch is as long as its longest", _encode_with(length=min)),
    ("the rows are cut: `<sos>` and `<eos>` need two places more than the longest sentence has words", _encode_with(length=lambda lengths: max(lengths) - 2)),
    ("the rows are filled up with `<eos>` instead of `<pad>`", _encode_with(fill=3)),
    ("the rows are filled up with `<unk>` instead of `<pad>`", _encode_with(fill=1)),
    ("a token that is not in the vocabulary became `<pad>`; it must become `<unk>`", _encode_with(unknown=lambda s: 0)),
    ("a token that is not in the vocabulary was dropped; it must become `<unk>`", _encode_with(unknown=lambda s: None)),
)  # fmt: skip


def examine(trial: Trial) -> None:
    stoi = {token: i for i, token in enumerate(build_vocab(SMALL))}
    cases = [
        ([["the", "cat"], ["a", "dog", "sat", "on", "the"]], stoi),
        ([["the", "unicorn", "sat"], ["cat"]], stoi),
        (LARGER[:9], {token: i for i, token in enumerate(build_vocab(LARGER, 12))}),
        ([["책", "을", "읽", "었", "다"], ["기린"]], {token: i for i, token in enumerate(build_vocab(KOREAN))}),
    ]
    for sentences, table in cases:
        got, expected = trial.call(sentences, table), encode_batch(sentences, table)
        if isinstance(got, Tensor) and got.ndim == 2 and len(got) == len(sentences):
            T = expected.shape[1]
            trial.require(
                got.shape[1] <= T or not torch.equal(got[:, :T], expected),
                f"the batch is wider than its longest row: T is {T} here, and another one in another batch",
                outcome=Outcome.SHAPE,
                expected=expected,
                got=got,
            )
        trial.compare(got, expected, inputs=(sentences, table))


EXERCISE = Exercise(
    id="01.encode_batch",
    reference=encode_batch,
    difficulty=2,
    minutes=8,
    hints=(
        'First make plain lists of ids: `<sos>`, the words, `<eos>`. `stoi.get(token, stoi["<unk>"])` handles a token '
        "that the vocabulary does not hold.",
        'Then find the longest list and fill the others up at their end with `stoi["<pad>"]`.',
        "`torch.tensor(rows)` of lists of ints is a LongTensor already; the padding comes after `<eos>`, not before it.",
    ),
    explanation="""
`<eos>` belongs to the sentence, padding does not: that is why it comes before the padding. The batch is as long as its
longest sentence and no longer, because every further column costs time and holds nothing. A token outside the
vocabulary becomes `<unk>`: it must not become `<pad>`, which the model will later be told to ignore.""",
    advice=ADVICE,
    mistakes=MISTAKES,
    examine=examine,
)
