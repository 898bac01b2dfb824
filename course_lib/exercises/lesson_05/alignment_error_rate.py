"""Exercise 05.alignment_error_rate: found links against sure and possible ones, summed over all pairs."""

import math
import operator
from typing import Any

from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn, parted
from course_lib.metrics import alignment_error_rate


def _counts(a: Any, s: Any, p: Any) -> tuple[int, ...]:
    A, S, P = set(a), set(s), set(p)
    return len(A & S), len(A & P), len(A), len(S), len(P)


def _in_all(rate: Function, each: list[tuple[int, ...]]) -> Any:
    return rate(*map(sum, zip(*each, strict=True)))


@parted
def _rate(
    rate: Function = lambda s, p, a, S, P: 1 - (s + p) / (a + S) if a + S else 1.0, counts: Function = _counts,
    total: Function = _in_all,
) -> Function:  # fmt: skip
    """Another function of |A & S|, |A & P|, |A|, |S| and |P| of all pairs, other counts of a pair, or another sum."""
    return lambda *sides: total(rate, list(map(counts, *sides)))


def _named(name: Function) -> Function:
    """Links that are told apart by what is made of them."""
    return _rate(counts=lambda *sides: _counts(*(map(name, side) for side in sides)))


def _lists(right: Function) -> Function:
    """The sizes of the lists, and another count of the links that two of them share."""
    return _rate(counts=lambda a, s, p: (right(a, s), right(a, p), len(a), len(s), len(p)))


MISTAKES = (
    ("this is the share that is right; the error rate is 1 minus it", _rate(lambda s, p, a, S, P: (s + p) / (a + S))),
    ("possible links are held against it: the second term is |A ∩ P|",
     _rate(lambda s, p, a, S, P: 1 - 2 * s / (a + S))),
    ("links that are only possible count as much as sure ones: the first term is |A ∩ S|",
     _rate(lambda s, p, a, S, P: 1 - 2 * p / (a + S)), _rate(lambda s, p, a, S, P: 1 - 2 * p / (a + P))),
    ("P stands where S belongs (`sure`): divide by |A| + |S|",
     _rate(lambda s, p, a, S, P: 1 - (s + p) / (a + P))),
    ("a sure link that is found must count twice: add |A ∩ S| and |A ∩ P|",
     _rate(lambda s, p, a, S, P: 1 - p / (a + S)), _rate(lambda s, p, a, S, P: 1 - s / (a + S))),
    ("this is 1 - precision: sure links that were missed count too",
     _rate(lambda s, p, a, S, P: 1 - p / a if a else 1.0), _rate(lambda s, p, a, S, P: 1 - s / a if a else 1.0)),
    ("it divides by |A| alone, or by |S| alone: divide by |A| + |S|",
     _rate(lambda s, p, a, S, P: 1 - (s + p) / a), _rate(lambda s, p, a, S, P: 1 - (s + p) / S)),
    ("this is 1 - recall: wrong links count too", _rate(lambda s, p, a, S, P: 1 - s / S if S else 1.0)),
    ("it divides by |A ∪ S|: divide by |A| + |S|",
     _rate(lambda s, p, a, S, P: 1 - (s + p) / (a + S - s)), _rate(lambda s, p, a, S, P: 1 - s / (a + S - s))),
    ("it is the mean or the sum of the pairs' error rates: sum the counts of all pairs first, then divide once",
     _rate(total=lambda rate, each: sum(rate(*pair) for pair in each) / len(each)),
     _rate(total=lambda rate, each: sum(rate(*pair) for pair in each))),
    ("the pairs are thrown together: link (0, 0) of one pair is not that of another. Count pair by pair",
     lambda *sides: _rate()(*([[x for pair in side for x in pair]] for side in sides))),
    ("only the last pair counts: sum over all pairs", _rate(total=lambda rate, each: rate(*each[-1]))),
    ("the last pair is left out: sum over all pairs", _rate(total=lambda rate, each: _in_all(rate, each[:-1] or each))),
    ("only the first pair counts: is a `return` inside the loop?", _rate(total=lambda rate, each: rate(*each[0]))),
    ("links with a position 0 are left out: it is the first word, and counts like any other",
     _rate(counts=lambda *sides: _counts(*([of for of in side if of[0] and of[1]] for side in sides)))),
    ("|A ∪ S| stands above the line: count the links that both have, |A ∩ S|",
     _rate(lambda s, p, a, S, P: 1 - (a + S - s + p) / (a + S))),
    ("the fraction is rounded down to a whole number, as by `//`: divide with `/`",
     _rate(lambda s, p, a, S, P: 1 - (s + p) // (a + S) if a + S else 1.0)),
    ("pairs without a found link must not be left out: their sure links count in |S|",
     _rate(counts=lambda a, s, p: _counts(a, s if a else [], p))),
    ("pairs without a sure link must not be left out: their found links count in |A|",
     _rate(counts=lambda a, s, p: _counts(a if s else [], s, p))),
    ("where nothing is found the rate should be 1: all sure links are missed",
     _rate(lambda s, p, a, S, P: 1 - (s + p) / (a + S) if a else 0.0)),
    ("links are compared place by place; make sets of them", _lists(lambda a, g: sum(map(operator.eq, a, g)))),
    ("a link that is found twice counts twice: make sets", _lists(lambda a, g: sum(x in g for x in a))),
    ("repeated links count in |A| or |S|: make sets of the lists before counting them, too",
     _lists(lambda a, g: len(set(a) & set(g))), _rate(counts=lambda a, s, p: (*_counts(a, s, p)[:3], len(s), len(p))),
     _rate(counts=lambda a, s, p: (*_counts(a, s, p)[:2], len(a), *_counts(a, s, p)[3:]))),
    ("(0, 1) and (1, 0) are different links: make no sets of their positions, and don't sort them", _named(frozenset)),
    ("two different links can have the same short form, and are taken for one: compare the pairs themselves",
     *map(_named, (lambda of: 10 * of[0] + of[1], lambda of: f"{of[0]}{of[1]}", sum, math.prod))),
    ("target positions alone are compared; a link is the pair (source, target)", _named(lambda of: of[1]),
     _rate(counts=lambda *x: (*_counts(*([t for _, t in side] for side in x))[:2], *_counts(*x)[2:]))),
    ("this is 1 - the mean of precision and recall: add up |A ∩ S| + |A ∩ P|, divide once by |A| + |S|",
     _rate(lambda s, p, a, S, P: 1 - (p / a + s / S) / 2 if a and S else 1.0)),
    ("brackets are missing: the whole |A ∩ S| + |A ∩ P| is divided by |A| + |S|, then subtracted from 1",
     _rate(lambda s, p, a, S, P: 1 - s + p / (a + S)), _rate(lambda s, p, a, S, P: 1 - s / (a + S) + p / (a + S)),
     _rate(lambda s, p, a, S, P: 1 - (s + p) / a + S)),
    ("missed links alone are counted: wrong links count too", _rate(lambda s, p, a, S, P: (S - s) / (a + S))),
    ("source and target are interchanged on one side",
     _rate(counts=lambda a, s, p: _counts([x[::-1] for x in a], s, p))),
    ("the rate is rounded: return it as it is",
     *(_rate(total=lambda rate, each, n=n: round(_in_all(rate, each), n)) for n in (1, 2, 3, 4))),
    ("it is in percent: a rate from 0 to 1 is asked for", _rate(lambda s, p, a, S, P: 100 * (1 - (s + p) / (a + S)))),
    ("this counts errors; divide them by |A| + |S|", _rate(lambda s, p, a, S, P: a + S - s - p)),
)  # fmt: skip
ADVICE = (
    ("division by zero", "Divide once, at the end: a single pair may have no link at all. Or is the divisor never "
                         "added to?"),
    ("operand type(s) for &", "`&` is for sets: `set(found) & set(must)`."),
    ("unsupported operand", "Links are counted, then added: `len(set(found) & set(must))` is a number."),
    ("unhashable", "The arguments are lists of lists: take them pair by pair, and make sets of each."),
    ("values to unpack", "Three lists go together: `for found, must, may in zip(links, sure, possible)`."),
)  # fmt: skip


def _draw(chance: Chance) -> tuple[list[Any], list[Any], list[Any]]:
    """Links that may be listed twice, pairs without any, the same link in several pairs."""
    every = [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (0, 12), (12, 0), (11, 1), (1, 11)]  # alike in many a short form
    pairs = chance.n()
    links = [chance.choices(every, k=chance.randrange(5)) for _ in range(pairs)]
    sure = [chance.choices(every, k=chance.randrange(4)) for _ in range(pairs)]
    sure[0] = sure[0] or [(0, 0)]  # somewhere there is one
    possible = [[*some, *chance.choices(every, k=chance.randrange(4))] for some in sure]
    return links, sure, possible


def examine(trial: Trial) -> None:
    one = [[(0, 0), (2, 1), (2, 2), (1, 2), (3, 4)]], [[(0, 0), (1, 1), (3, 3)]], [[(0, 0), (1, 1), (3, 3), (2, 1)]]
    one[2][0].extend([(2, 2), (1, 2)])
    sure = [[(0, 1), (1, 0)], [(0, 0), (1, 0), (3, 2)]], [[(0, 1), (1, 0), (2, 2)], [(0, 0), (1, 0), (3, 3), (2, 2)]]
    three = [[(0, 0), (0, 1)], [], [(1, 1)]], [[(0, 0)], [(0, 0), (1, 1)], [(2, 1), (0, 0)]]
    may = [[(0, 0), (1, 1), (2, 1), (2, 2)], [(0, 0), (1, 0), (1, 1), (2, 2)]]
    shuffled = [[(2, 1), (0, 0), (2, 1)], [(1, 1), (2, 2)]], [[(0, 0), (2, 1)], [(0, 0), (1, 1), (1, 0)]], may
    empty = [[(0, 0)], []], [[(0, 0)], []], [[(0, 0)], [(1, 1)]]
    for links, must, *allowed in (one, sure, three, shuffled, empty, (one[1], one[1]), ([[(0, 1)]], [[(1, 0)]])):
        trial.agrees(links, must, *(allowed or [must]))
    for given in drawn(_draw):
        trial.agrees(*given)


EXERCISE = Exercise(id="05.alignment_error_rate", reference=alignment_error_rate, difficulty=2, minutes=6,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("Sets make it easy: `len(set(found) & set(must))` is the number of sure links that were found.",
           "Two counters over all pairs: the found links that are sure plus the found links that are possible; and the "
           "number of found links plus that of sure ones.",
           "Divide once, at the end: `return 1 - right / size`."),
    explanation="""A sure link that is found counts twice above, in A ∩ S and in A ∩ P, and twice below, in |A| and in
|S|. One that is only possible counts once above and once below, so it never does harm. With sure links only the rate is
1 - F1: precision and recall both count. The counts are summed before they are divided, so that a long sentence counts
for as much as its links.""")  # fmt: skip
