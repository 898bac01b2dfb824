"""Exercise 01.skipgram_pairs: every word with the words around it, in any order."""

from itertools import chain

import torch
from torch import Tensor

from course_lib.exercises.kit import Exercise, Function, Outcome, Trial, drawn, parted, seeded
from course_lib.skipgram import skipgram_pairs


@parted
def _of(taken: Function = lambda i, T, w: range(max(0, i - w), min(T, i + w + 1)), given: Function = list,
        at: Function = lambda i, ids: i, kept: Function = lambda i, j, ids: i != j, result: Function = torch.positive,
        pair: Function = lambda i, j, ids: (ids[i], ids[j])) -> Function:  # fmt: skip
    """A way to collect pairs wrongly: `taken(i, T, w)` gives the positions j around i, `kept` says which of them."""

    def wrong(ids: list[int], w: int) -> Tensor:
        ids = given(ids)
        T = len(ids)
        pairs = [pair(i, j, ids) for i in (at(i, ids) for i in range(T)) for j in taken(i, T, w) if kept(i, j, ids)]
        return _sorted(result(torch.tensor(pairs, dtype=torch.long).view(-1, 2)))

    return wrong


def _sorted(pairs: Tensor) -> Tensor:
    """In one order, where it is rows of two ids; no pairs are no pairs, of whatever kind."""
    if not pairs.numel():
        return torch.empty(0, 2, dtype=torch.long)
    is_one = pairs.ndim == 2 and pairs.shape[1] == 2 and pairs.dtype == torch.int64
    return torch.tensor(sorted(pairs.tolist())) if is_one else pairs


MISTAKES = (
    ("a word is paired with itself: leave out the position of the centre, `if j != i`", _of(kept=lambda *given: True)),
    ("the context on the left is missing: there are two sides", _of(lambda i, T, w: range(i, min(T, i + w + 1)))),
    ("the context on the right is missing: there are two sides", _of(lambda i, T, w: range(max(0, i - w), i))),
    ("the last word of each window is missing: `range` leaves out its end, so it must be `i + window + 1`",
     _of(lambda i, T, w: range(max(0, i - w), min(T, i + w)))),
    ("the last word of the sentence is never a context: `range` leaves out its end, so it is at most `len(ids)`",
     _of(lambda i, T, w: range(max(0, i - w), min(T - 1, i + w + 1)))),
    ("the window is one too wide", _of(lambda i, T, w: range(max(0, i - w - 1), min(T, i + w + 2)))),
    ("the window is too narrow: it is the distance to each side (not the whole width, and not always 1)",
     *[_of(lambda i, T, w, of=of: range(max(0, i - of(w)), min(T, i + of(w) + 1)))
       for of in (lambda w: w // 2, lambda w: 1, lambda w: max(1, w // 2))]),
    ("the window has no effect: a context is at most `window` places away", _of(lambda i, T, w: range(T))),
    ("the sentence is taken for a ring (`roll`, `%`): at its ends the window is only shorter",
     *[_of(lambda i, T, w: [(i + d) % T for d in range(-w, w + 1) if d], kept=kept)
       for kept in (lambda *given: True, lambda i, j, ids: i != j)]),
    ("the window wraps around the beginning: a negative index counts from the end. Start at `max(0, i - window)`",
     _of(lambda i, T, w: range(max(-T, i - w), min(T, i + w + 1)))),
    ("near the beginning a slice is cut wrongly: a negative start counts from the end. `max(0, i - window)`",
     _of(lambda i, T, w: [*range(T)[i - w : i], *range(T)[i + 1 : i + w + 1]]),
     _of(lambda i, T, w: range(T)[i - w : i + w + 1])),
    ("the first and the last word are never a pair: distances go up to `len(ids) - 1`",
     _of(lambda i, T, w: range(max(0, i - min(w, T - 2)), min(T, i + min(w, T - 2) + 1)))),
    ("words at the ends of the sentence are left out: there the window is only shorter",
     _of(lambda i, T, w: range(i - w, i + w + 1) if w <= i < T - w else [])),
    ("only the words exactly `window` away are taken; the nearer ones belong to the context too",
     _of(lambda i, T, w: {i - w, i + w} & {*range(T)})),
    ("only the pairs of the first centre come back: is `return` inside the loop?",
     _of(lambda i, T, w: range(min(T, w + 1)) if i == 0 else [])),
    ("the pairs hold positions, not the ids", _of(pair=lambda i, j, ids: (i, j))),
    ("a word that occurs twice loses pairs: compare the positions i and j, not the words",
     _of(kept=lambda i, j, ids: ids[i] != ids[j])),
    ("a word that occurs twice is taken at its first position: `for i, centre in enumerate(ids)`, no `ids.index`",
     _of(at=lambda i, ids: ids.index(ids[i]))),
    ("a pair that occurs more than once is kept only once; every occurrence counts",
     _of(result=lambda pairs: torch.unique(pairs, dim=0))),
    ("the id 0 is left out; it is an id like the others", _of(given=lambda ids: [id for id in ids if id]),
     _of(kept=lambda i, j, ids: i != j and ids[i] and ids[j]), _of(kept=lambda i, j, ids: i != j and ids[j])),
    ("the ids 0 to 3 are left out; they are ids like the others", _of(given=lambda ids: [id for id in ids if id > 3]),
     _of(kept=lambda i, j, ids: i != j and ids[i] > 3 and ids[j] > 3)),
    ("a word that occurs twice is taken once: every position counts", _of(given=lambda ids: [*dict.fromkeys(ids)])),
    ("centres and contexts are mixed up: `view(-1, 2)` keeps each pair together, `view(2, -1).T` doesn't",
     _of(result=lambda pairs: pairs.reshape(2, -1).T)),
    ("one long row of ids comes back: `append` a pair, where `extend` takes it apart", _of(result=torch.flatten)),
    ("the pairs are transposed: each should be a row, (pairs, 2)", _of(result=torch.t)),
)  # fmt: skip
ADVICE = (("list index out of range",
           "At the end of the sentence the window is shorter: stop at `min(len(ids), i + window + 1)`."),
          ("exactly one argument", "A pair is one thing to append: `append([ids[i], ids[j]])`."),
          ("'NoneType' object", "`append` changes the list and gives None: write no `... =` before it."))  # fmt: skip


def examine(trial: Trial) -> None:
    cases = [([10, 11, 12, 13, 14], 2), ([10, 11, 12, 13, 14], 1), ([7, 7, 8, 7, 9, 7], 2), ([5, 6, 5], 10)]
    # A window of 2 first: with 1 several mistakes look alike.
    many = (torch.randint(4, 60, (23,), generator=seeded(0)).tolist(), 4)
    for given in chain(cases, [many], drawn(lambda chance: (chance.choices(range(9), k=chance.n(2)), chance.n()))):
        got, expected = trial.call(*given), skipgram_pairs(*given)
        none = "no pair comes back: is nothing appended in the loop?"
        some = given is not cases[0] or not isinstance(got, Tensor) or got.numel() > 0
        trial.require(some, none, outcome=Outcome.SHAPE, got=got)
        trial.compare(_sorted(got) if isinstance(got, Tensor) else got, _sorted(expected), inputs=given)


EXERCISE = Exercise(id="01.skipgram_pairs", reference=skipgram_pairs, difficulty=2, minutes=8,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "Two loops: over the position i of the centre, and over the positions j of its context.",
        "j runs from `max(0, i - window)` to `min(len(ids), i + window + 1)`, the end not included, and leaves out i.",
        "Leave out the position (`j != i`), not the word: the same word may stand beside itself in a sentence."),
    explanation="""The loop is the definition. Both ends of the sentence need care: Python's negative index would wrap
around to the end of the sentence without a word of complaint. For a whole corpus the library has `corpus_pairs`, a loop
over the distances from 1 to `window` instead of one over words: the same pairs, far faster.""")  # fmt: skip
