"""Exercise 05.alignment_error_rate."""

from collections.abc import Callable

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.trial import Trial


def alignment_error_rate(links, gold):
    right = size = 0
    for found, true in zip(links, gold, strict=True):
        right += 2 * len(set(found) & set(true))
        size += len(set(found)) + len(set(true))
    return 1 - right / size


def _counted(rate: Callable[[int, int, int], float]) -> Callable:
    """A function of the numbers of right, found and gold links of all pairs."""

    def wrong(links, gold):
        right = sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True))
        return rate(right, sum(len(set(a)) for a in links), sum(len(set(s)) for s in gold))

    return wrong


MISTAKES = [
    ("this is the share that is right; the error rate is 1 minus it", _counted(lambda r, a, s: 2 * r / (a + s))),
    ("this is 1 - precision, what is wrong among the links that were found: gold links that were missed count too",
     _counted(lambda r, a, s: 1 - r / a if a else 1.0)),
    ("this is 1 - recall, what was missed among the gold links: wrong links count too", _counted(lambda r, a, s: 1 - r / s if s else 1.0)),
    ("right links count twice, 2 |A ∩ G|: each is in A and in G", _counted(lambda r, a, s: 1 - r / (a + s))),
    ("it divides by the links that are in A or in G: divide by |A| + |G|, and count right links twice", _counted(lambda r, a, s: 1 - r / (a + s - r))),
    ("it is the mean of the pairs' error rates: sum the counts of all pairs first, then divide once",
     lambda links, gold: sum(alignment_error_rate([a], [s]) for a, s in zip(links, gold, strict=True)) / len(gold)),
    ("the pairs are thrown together: link (0, 0) of one pair is not that of another. Count pair by pair",
     lambda links, gold: alignment_error_rate([[x for a in links for x in a]], [[x for s in gold for x in s]])),
    ("only the last pair counts: sum over all pairs", lambda links, gold: alignment_error_rate(links[-1:], gold[-1:])),
    ("only the first pair counts: is a `return` inside the loop?", lambda links, gold: alignment_error_rate(links[:1], gold[:1])),
    ("links are compared place by place in the lists; compare them as sets",
     lambda links, gold: 1 - 2 * sum(x == y for a, s in zip(links, gold, strict=True) for x, y in zip(a, s, strict=False))
     / (sum(map(len, links)) + sum(map(len, gold)))),
    ("a link that is found twice counts twice: make sets of the lists",
     lambda links, gold: 1 - 2 * sum(x in s for a, s in zip(links, gold, strict=True) for x in a) / (sum(map(len, links)) + sum(map(len, gold)))),
    ("repeated links count in |A| or |G|: make sets of the lists before counting them, too",
     lambda links, gold: 1 - 2 * sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True)) / (sum(map(len, links)) + sum(map(len, gold)))),
    ("target positions alone are compared: a link is right if source and target are",
     lambda links, gold: 1 - 2 * sum(len({t for _, t in a} & {t for _, t in s}) for a, s in zip(links, gold, strict=True))
     / sum(len(set(a)) + len(set(s)) for a, s in zip(links, gold, strict=True))),
    ("this is 1 - the mean of precision and recall; sum |A| and |G|, then divide once",
     _counted(lambda r, a, s: 1 - (r / a + r / s) / 2 if a and s else 1.0)),
    ("missed links alone are counted: wrong links count too", _counted(lambda r, a, s: (s - r) / (a + s))),
    ("the links are turned: source and target are interchanged on one side",
     lambda links, gold: alignment_error_rate([[x[::-1] for x in a] for a in links], gold)),
    ("it is in percent: a rate from 0 to 1 is asked for", _counted(lambda r, a, s: 100 * (1 - 2 * r / (a + s)))),
    ("this counts errors; divide them by |A| + |G|", _counted(lambda r, a, s: a + s - 2 * r)),
]  # fmt: skip


ADVICE = (
    ("division by zero", "Divide once, at the end: a single pair may have no link at all."),
    ("unsupported operand", "`&` is for sets: `set(found) & set(true)`."),
    (
        "unhashable",
        "`links` and `gold` are lists of lists: take them pair by pair, and make sets of each pair's links.",
    ),
)


def examine(trial: Trial) -> None:
    one = [[(0, 0), (1, 2), (2, 1)]], [[(0, 0), (1, 1), (2, 1), (2, 2)]]
    two = [[(0, 1), (1, 0)], [(0, 0), (1, 0), (3, 2)]], [[(0, 1), (1, 0), (2, 2)], [(0, 0), (1, 0), (3, 3), (2, 2)]]
    three = [[(0, 0), (0, 1)], [], [(2, 1)]], [[(0, 0)], [(0, 0), (1, 1)], [(2, 1), (0, 0)]]
    shuffled = [[(2, 1), (0, 0), (2, 1)], [(1, 1)]], [[(0, 0), (2, 1)], [(0, 0), (1, 1), (1, 0)]]
    empty = [[(0, 0)], []], [[(0, 0)], []]
    for links, gold in (one, two, three, shuffled, empty, (one[1], one[1]), ([[(0, 1)]], [[(1, 0)]])):
        trial.agrees(links, gold)


EXERCISE = Exercise(
    id="05.alignment_error_rate",
    reference=alignment_error_rate,
    difficulty=2,
    minutes=6,
    hints=(
        "Sets make it easy: `set(found) & set(true)` are the links that are right.",
        "Two counters over all pairs: twice the number of right links, and the number of found links plus that of gold links.",
        "Divide once, at the end: `return 1 - right / size`.",
    ),
    explanation="""
A right link counts twice because it stands in both lists: if all is right, twice the right ones are |A| + |G|, and the rate is 0.
With sure links only it is 1 - F1: precision and recall both count. The counts are summed before they are divided, so that a long
sentence counts for as much as its links.""",
    mistakes=MISTAKES,
    advice=ADVICE,
    examine=examine,
)
