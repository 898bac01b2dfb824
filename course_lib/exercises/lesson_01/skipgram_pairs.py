"""Exercise 01.skipgram_pairs."""

import torch
from torch import Tensor

from course_lib import skipgram
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import seeded
from course_lib.exercises.trial import Trial


def _pairs_with(positions):
    """A way to collect pairs wrongly: `positions(i, T, window)` says which positions are the context of i."""

    def pairs(ids, window):
        found = [[ids[i], ids[j]] for i in range(len(ids)) for j in positions(i, len(ids), window)]
        return torch.tensor(found)

    return pairs


def _sorted_rows(pairs: Tensor) -> Tensor:
    return torch.tensor(sorted(pairs.tolist())) if len(pairs) else pairs


def _different_words(ids, window):
    pairs = skipgram.skipgram_pairs(ids, window)
    return pairs[pairs[:, 0] != pairs[:, 1]]


ADVICE = (("list index out of range", "At the ends of the sentence the window is shorter: stop at `len(ids)`."),)


def examine(trial: Trial) -> None:
    def within(first, last):
        return lambda i, T, w: list(range(max(0, i + first(w)), min(T, i + last(w) + 1)))

    mistakes = [
        ("a word is paired with itself: leave out the position of the centre", _pairs_with(within(lambda w: -w, lambda w: w))),
        ("the context on the left is missing: it reaches `window` positions to both sides", _pairs_with(lambda i, T, w: range(i + 1, min(T, i + w + 1)))),
        ("the context on the right is missing: it reaches `window` positions to both sides", _pairs_with(lambda i, T, w: range(max(0, i - w), i))),
        ("the last word of each window is missing: `range` leaves out its end, so it must be i + window + 1",
         _pairs_with(lambda i, T, w: [j for j in range(max(0, i - w), min(T, i + w)) if j != i])),
        ("the last word of the sentence is never a context: `range` leaves out its end, so it is at most len(ids)",
         _pairs_with(lambda i, T, w: [j for j in range(max(0, i - w), min(T - 1, i + w + 1)) if j != i])),
        ("the window is one too wide", _pairs_with(lambda i, T, w: [j for j in range(max(0, i - w - 1), min(T, i + w + 2)) if j != i])),
        ("the window is too narrow: it is the distance to each side (not the whole width, and not always 1)",
         _pairs_with(lambda i, T, w: [j for j in range(max(0, i - w // 2), min(T, i + w // 2 + 1)) if j != i])),
        ("the window is too narrow: it is the distance to each side (not the whole width, and not always 1)",
         _pairs_with(lambda i, T, w: [j for j in (i - 1, i + 1) if 0 <= j < T])),
        ("the window wraps around the beginning: a negative index counts from the end of the sentence",
         _pairs_with(lambda i, T, w: [j for j in range(i - w, min(T, i + w + 1)) if j != i])),
        ("words at the ends of the sentence are left out: there the window is only shorter",
         _pairs_with(lambda i, T, w: [j for j in range(i - w, i + w + 1) if j != i] if w <= i < T - w else [])),
        ("only the words exactly `window` away are taken; the nearer ones belong to the context too",
         _pairs_with(lambda i, T, w: [j for j in (i - w, i + w) if 0 <= j < T])),
        ("only the pairs of the first centre come back: is `return` inside the loop?",
         _pairs_with(lambda i, T, w: range(1, min(T, w + 1)) if i == 0 else [])),
        ("the pairs hold positions; they must hold the ids at those positions",
         lambda ids, window: skipgram.skipgram_pairs(range(len(ids)), window)),
        ("a word that occurs twice loses pairs: compare the positions i and j, not the words", _different_words),
        ("a word that occurs twice is always taken at its first position: `enumerate` gives the position, `ids.index` searches",
         lambda ids, window: _pairs_with(lambda i, T, w: [j for j in within(lambda w: -w, lambda w: w)(ids.index(ids[i]), T, w) if j != ids.index(ids[i])])(ids, window)),
        ("a pair that occurs more than once is kept only once; every occurrence counts",
         lambda ids, window: skipgram.skipgram_pairs(ids, window).unique(dim=0)),
    ]  # fmt: skip
    # A window of 2 first: with 1 several mistakes look alike.
    cases = [
        ([10, 11, 12, 13, 14], 2),
        ([10, 11, 12, 13, 14], 1),
        ([7, 7, 8, 7, 9, 7], 2),
        ([5, 6, 5], 10),
        (torch.randint(4, 60, (23,), generator=seeded(0)).tolist(), 4),
    ]
    for ids, window in cases:
        got = trial.call(ids, window)
        expected = skipgram.skipgram_pairs(ids, window)
        if isinstance(got, Tensor) and got.ndim == 2 and got.shape[1] == 2 and got.dtype == torch.int64:
            wrong = [(text, lambda *a, f=f: _sorted_rows(f(*a))) for text, f in mistakes]
            trial.compare(_sorted_rows(got), _sorted_rows(expected), mistakes=wrong, inputs=(ids, window))
        else:
            trial.compare(got, expected, inputs=(ids, window))


EXERCISE = Exercise(
    id="01.skipgram_pairs",
    reference=skipgram.skipgram_pairs,
    difficulty=2,
    minutes=8,
    hints=(
        "Two loops: over the position i of the centre, and over the positions j of its context.",
        "j runs from `max(0, i - window)` to `min(len(ids), i + window + 1)`, the end not included, and leaves out i.",
        "Leave out the position (`j != i`), not the word: the same word may stand beside itself in a sentence.",
    ),
    explanation="""
The loop is the definition. The library's form makes the table of all distances |i - j| and keeps the entries from 1 to
`window`: the same pairs without a Python loop. Both ends of the sentence need care: Python's negative index would wrap
around to the end of the sentence without a word of complaint.""",
    advice=ADVICE,
    examine=examine,
)
