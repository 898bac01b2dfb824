"""Exercise 05.alignment_error_rate: found links against gold links, summed over all pairs."""

import operator
from typing import Any

from course_lib.exercises.kit import Exercise, Function, Trial
from course_lib.metrics import alignment_error_rate


def _share(a: Any, g: Any) -> int:
    return len(set(a) & set(g))


def _lengths(a: Any, g: Any) -> int:
    return len(a) + len(g)


def _with(right: Function = _share, size: Function = lambda a, g: len(set(a)) + len(set(g))) -> Function:
    """Other counts of the right links of a pair, and of its links and gold links together."""
    return lambda links, gold: 1 - 2 * sum(map(right, links, gold)) / sum(map(size, links, gold))


def _rate(rate: Function) -> Function:
    """A function of the numbers of right, found and gold links of all pairs."""
    return lambda links, gold: rate(*(sum(map(_share, a, g)) for a, g in ((links, gold), (links, links), (gold, gold))))


MISTAKES = (
    ("this is the share that is right; the error rate is 1 minus it", _rate(lambda r, a, g: 2 * r / (a + g))),
    ("this is 1 - precision: gold links that were missed count too", _rate(lambda r, a, g: 1 - r / a if a else 1.0)),
    ("this is 1 - recall: wrong links count too", _rate(lambda r, a, g: 1 - r / g if g else 1.0)),
    ("right links count twice, 2 |A ∩ G|: each is in A and in G", _rate(lambda r, a, g: 1 - r / (a + g))),
    ("it divides by the links that are in A or in G: by |A| + |G|", _rate(lambda r, a, g: 1 - r / (a + g - r))),
    ("it is the mean of the pairs' error rates: sum the counts of all pairs first, then divide once",
     lambda links, gold: sum(_with()([a], [g]) for a, g in zip(links, gold, strict=True)) / len(gold)),
    ("the pairs are thrown together: link (0, 0) of one pair is not that of another. Count pair by pair",
     lambda links, gold: _with()([[x for a in links for x in a]], [[x for g in gold for x in g]])),
    ("only the last pair counts: sum over all pairs", lambda links, gold: _with()(links[-1:], gold[-1:])),
    ("only the first pair counts: is a `return` inside the loop?", lambda links, gold: _with()(links[:1], gold[:1])),
    ("links are compared place by place; make sets of them", _with(lambda a, g: sum(map(operator.eq, a, g)), _lengths)),
    ("a link that is found twice counts twice: make sets", _with(lambda a, g: sum(x in g for x in a), _lengths)),
    ("repeated links count in |A| or |G|: make sets of the lists before counting them, too", _with(size=_lengths)),
    ("target positions alone are compared", _with(lambda a, g: _share([t for _, t in a], [t for _, t in g]))),
    ("this is 1 - the mean of precision and recall",
     _rate(lambda r, a, g: 1 - (r / a + r / g) / 2 if a and g else 1.0)),
    ("missed links alone are counted: wrong links count too", _rate(lambda r, a, g: (g - r) / (a + g))),
    ("source and target are interchanged on one side", _with(lambda a, g: _share([x[::-1] for x in a], g))),
    ("it is in percent: a rate from 0 to 1 is asked for", _rate(lambda r, a, g: 100 * (1 - 2 * r / (a + g)))),
    ("this counts errors; divide them by |A| + |G|", _rate(lambda r, a, g: a + g - 2 * r)),
)  # fmt: skip
ADVICE = (
    ("division by zero", "Divide once, at the end: a single pair may have no link at all."),
    ("unsupported operand", "`&` is for sets: `set(found) & set(true)`."),
    ("unhashable", "`links` and `gold` are lists of lists: take them pair by pair, and make sets of each."),
)  # fmt: skip


def examine(trial: Trial) -> None:
    one = [[(0, 0), (1, 2), (2, 1)]], [[(0, 0), (1, 1), (2, 1), (2, 2)]]
    two = [[(0, 1), (1, 0)], [(0, 0), (1, 0), (3, 2)]], [[(0, 1), (1, 0), (2, 2)], [(0, 0), (1, 0), (3, 3), (2, 2)]]
    three = [[(0, 0), (0, 1)], [], [(2, 1)]], [[(0, 0)], [(0, 0), (1, 1)], [(2, 1), (0, 0)]]
    shuffled = [[(2, 1), (0, 0), (2, 1)], [(1, 1)]], [[(0, 0), (2, 1)], [(0, 0), (1, 1), (1, 0)]]
    empty = [[(0, 0)], []], [[(0, 0)], []]
    for links, gold in (one, two, three, shuffled, empty, (one[1], one[1]), ([[(0, 1)]], [[(1, 0)]])):
        trial.agrees(links, gold)


EXERCISE = Exercise(id="05.alignment_error_rate", reference=alignment_error_rate, difficulty=2, minutes=6,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("Sets make it easy: `set(found) & set(true)` are the links that are right.",
           "Two counters over all pairs: twice the number of right links, and the number of found links plus that "
           "of gold links.",
           "Divide once, at the end: `return 1 - right / size`."),
    explanation="""A right link counts twice because it stands in both lists: if all is right, twice the right ones are
|A| + |G|, and the rate is 0. With sure links only it is 1 - F1: precision and recall both count. The counts are summed
before they are divided, so that a long sentence counts for as much as its links.""")  # fmt: skip
