"""Exercise 01.skipgram_pairs: every word with the words around it, in any order."""

from itertools import chain

import torch
from torch import Tensor

from course_lib.exercises.kit import Exercise, Function, Trial, drawn, seeded
from course_lib.skipgram import skipgram_pairs


def _of(taken: Function) -> Function:
    """A way to collect pairs wrongly: `taken(i, T, w)` gives the positions that are the context of i, but for i."""
    return lambda ids, w: torch.tensor(
        [[centre, ids[j]] for i, centre in enumerate(ids) for j in taken(i, len(ids), w) if j != i]
    )


MISTAKES = (
    ("a word is paired with itself: leave out i",
     lambda ids, w: torch.cat([skipgram_pairs(ids, w), torch.tensor([ids, ids]).T])),
    ("the context on the left is missing: there are two sides", _of(lambda i, T, w: range(i, min(T, i + w + 1)))),
    ("the context on the right is missing: there are two sides", _of(lambda i, T, w: range(max(0, i - w), i))),
    ("the last word of each window is missing: `range` leaves out its end, so it must be i + window + 1",
     _of(lambda i, T, w: range(max(0, i - w), min(T, i + w)))),
    ("the last word of the sentence is never a context: `range` leaves out its end, so it is at most len(ids)",
     _of(lambda i, T, w: range(max(0, i - w), min(T - 1, i + w + 1)))),
    ("the window is one too wide", lambda ids, w: skipgram_pairs(ids, w + 1)),
    ("the window is too narrow: it is the distance to each side (not the whole width, and not always 1)",
     lambda ids, w: skipgram_pairs(ids, w // 2), lambda ids, w: skipgram_pairs(ids, 1)),
    ("the window wraps around the beginning: a negative index counts from the end of the sentence",
     _of(lambda i, T, w: range(i - w, min(T, i + w + 1)))),
    ("words at the ends of the sentence are left out: there the window is only shorter",
     _of(lambda i, T, w: range(i - w, i + w + 1) if w <= i < T - w else [])),
    ("only the words exactly `window` away are taken; the nearer ones belong to the context too",
     _of(lambda i, T, w: {i - w, i + w} & {*range(T)})),
    ("only the pairs of the first centre come back: is `return` inside the loop?",
     _of(lambda i, T, w: range(min(T, w + 1)) if i == 0 else [])),
    ("the pairs hold positions, not the ids", lambda ids, w: skipgram_pairs(range(len(ids)), w)),
    ("a word that occurs twice loses pairs: compare the positions i and j, not the words",
     lambda ids, w: torch.tensor([pair for pair in skipgram_pairs(ids, w).tolist() if pair[0] != pair[1]])),
    ("a word that occurs twice is taken at its first position: `enumerate` counts, `ids.index` searches",
     lambda ids, w: torch.tensor([[word, ids[j]] for word in ids
                                  for i, j in skipgram_pairs(range(len(ids)), w).tolist() if i == ids.index(word)])),
    ("a pair that occurs more than once is kept only once; every occurrence counts",
     lambda ids, w: torch.unique(skipgram_pairs(ids, w), dim=0)),
)  # fmt: skip
ADVICE = (("list index out of range", "At the ends of the sentence the window is shorter: stop at `len(ids)`."),)


def _sorted(pairs: Tensor) -> Tensor:
    return torch.tensor(sorted(pairs.tolist())) if len(pairs) else pairs


def examine(trial: Trial) -> None:
    mistakes = [(text, lambda *given, f=f: _sorted(f(*given))) for text, *functions in MISTAKES for f in functions]
    cases = [([10, 11, 12, 13, 14], 2), ([10, 11, 12, 13, 14], 1), ([7, 7, 8, 7, 9, 7], 2), ([5, 6, 5], 10)]
    # A window of 2 first: with 1 several mistakes look alike.
    many = (torch.randint(4, 60, (23,), generator=seeded(0)).tolist(), 4)
    for given in chain(cases, [many], drawn(lambda chance: (chance.choices(range(9), k=chance.n(2)), chance.n()))):
        got, expected = trial.call(*given), skipgram_pairs(*given)
        if isinstance(got, Tensor) and got.ndim == 2 and got.shape[1] == 2 and got.dtype == torch.int64:
            got, expected = _sorted(got), _sorted(expected)
        trial.compare(got, expected, mistakes=mistakes, inputs=given)


EXERCISE = Exercise(id="01.skipgram_pairs", reference=skipgram_pairs, difficulty=2, minutes=8,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "Two loops: over the position i of the centre, and over the positions j of its context.",
        "j runs from `max(0, i - window)` to `min(len(ids), i + window + 1)`, the end not included, and leaves out i.",
        "Leave out the position (`j != i`), not the word: the same word may stand beside itself in a sentence."),
    explanation="""The loop is the definition. Both ends of the sentence need care: Python's negative index would wrap
around to the end of the sentence without a word of complaint. For a whole corpus the library has `corpus_pairs`, a loop
over the distances from 1 to `window` instead of one over words: the same pairs, far faster.""")  # fmt: skip
