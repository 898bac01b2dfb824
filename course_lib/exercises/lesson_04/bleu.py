"""Exercise 04.bleu: four clipped precisions and the penalty, over a corpus."""

from collections.abc import Iterable
from math import exp, log10, prod
from statistics import fmean, geometric_mean, harmonic_mean
from typing import Any

from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn, with_parts
from course_lib.metrics import bleu, ngram_matches

Counts = list[tuple[int, int]]  # matches and totals of the sentences


def _precision(counts: Counts, n: int) -> float:
    matches, total = (sum(column) for column in zip(*counts, strict=True))
    return matches / total if total else 0.0


def _of_the_corpus(penalty: Function, lengths: list[tuple[int, int]]) -> float:
    return float(penalty(*map(sum, zip(*lengths, strict=True))))


@with_parts
def _with(
    hypotheses: list[list[str]], references: list[list[str]], *, scale: float = 100.0, orders: range = range(1, 5),
    penalty: Function = lambda c, r: exp(min(0, 1 - r / c)), mean: Function = geometric_mean,
    precision: Function = _precision, over: Function = _of_the_corpus, order: int = 1, counts: Function = ngram_matches,
) -> float:  # fmt: skip
    """Another penalty of the lengths c and r, mean of the precisions, scale, precision of one n, order, counts or n."""
    hypotheses, references = (hypotheses, references)[::order]
    pairs = list(zip(hypotheses, references, strict=True))
    precisions = [precision([counts(*pair, n) for pair in pairs], n) for n in orders]
    lengths = [(len(hypothesis), len(reference)) for hypothesis, reference in pairs]
    return float(scale * over(penalty, lengths) * mean(precisions)) if all(precisions) else 0.0


def _fourth_root(precisions: list[float]) -> float:
    return float(prod(precisions) ** 0.25)


def _of_pairs(pairs: Iterable[Any]) -> float:
    """The score of some of the pairs alone."""
    sides = list(zip(*pairs, strict=True))
    return bleu(*map(list, sides)) if sides else 0.0


def _shares(counts: Counts, n: int) -> list[float]:
    return [matches / total if total else 0.0 for matches, total in counts]


ADVICE = (
    ("ZeroDivisionError", "One sentence may have no n-grams: sum over all, then divide once. If nothing matches, "
     "return 0.0 before you divide."),
    ("unhashable type: 'list'", "`ngram_matches` takes one hypothesis and its reference: call it for each pair."),
    ("math domain error", "The logarithm of 0: where an n has no matches, return 0.0."),
)  # fmt: skip
_FOUR = "take `range(1, 5)`, and the mean of the four, `/ 4`"
MISTAKES = (
    ("it is the mean of the scores of the sentences; sum matches and totals over all sentences first",
     lambda h, r: fmean(bleu([a], [b]) for a, b in zip(h, r, strict=True))),
    ("each precision is a mean over the sentences; sum first, then divide once",
     _with(precision=lambda counts, n: fmean(_shares(counts, n))),
     _with(precision=lambda counts, n: fmean(_shares([c for c in counts if c[1]], n) or [0.0]))),
    ("it is 0 where one sentence has no match of some n; only the matches of all sentences together count",
     _with(precision=lambda counts, n: _precision(counts, n) if all(m for m, _ in counts) else 0.0)),
    ("where a hypothesis is empty, its reference is left out: its words count in r all the same",
     _with(over=lambda penalty, lengths: _of_the_corpus(penalty, [n for n in lengths if n[0]]))),
    ("a pair that occurs twice counts once; each counts as often as it occurs",
     lambda h, r: _of_pairs(dict.fromkeys(zip(map(tuple, h), map(tuple, r), strict=True)))),
    ("hypotheses of fewer than four words are left out; their words count all the same",
     lambda h, r: _of_pairs(pair for pair in zip(h, r, strict=True) if len(pair[0]) >= 4)),
    ("only the first pair counts: sum over all", lambda h, r: bleu(h[:1], r[:1])),
    ("the brevity penalty has no effect: is it there? c and r count words", _with(penalty=lambda c, r: 1.0)),
    ("the brevity penalty is turned round: yours punishes long hypotheses; it should punish short ones",
     _with(penalty=lambda c, r: exp(min(0, 1 - c / r)))),
    ("your brevity penalty is exp(1 - c/r); it should be exp(1 - r/c)",
     _with(penalty=lambda c, r: exp(max(0, 1 - c / r)))),
    ("your brevity penalty is c/r; it should be exp(1 - r/c)", _with(penalty=lambda c, r: min(1.0, c / r))),
    ("the brevity penalty rewards long hypotheses: it must be 1 where c >= r",
     _with(penalty=lambda c, r: exp(1 - r / c))),
    ("the brevity penalty is a mean over the sentences; c and r count the words of all sentences together",
     _with(over=lambda penalty, lengths: fmean(penalty(c, r) if c else 0.0 for c, r in lengths))),
    ("the four precisions are averaged as they are; take their geometric mean", _with(mean=fmean)),
    ("the mean is the harmonic one; take the geometric mean", _with(mean=harmonic_mean)),
    ("the logarithms have base 10, but `exp` undoes natural ones: take those",
     _with(mean=lambda of: exp(fmean(map(log10, of))))),
    ("it is rounded; return the number as it is",
     *(lambda h, r, n=n: round(bleu(h, r), n) for n in range(2))),
    ("it is the product of the four precisions: take its fourth root, `** (1 / 4)`, or the logarithms' mean",
     _with(mean=prod)),
    ("yours runs from 0 to 1: multiply by 100", _with(scale=1.0)),
    ("only single words are counted: take n from 1 to 4",
     _with(orders=range(1, 2)), _with(orders=range(1, 2), mean=_fourth_root)),
    (f"only n = 1, 2 and 3 are counted: {_FOUR}",
     _with(orders=range(1, 4)), _with(orders=range(1, 4), mean=_fourth_root)),
    (f"n = 5 is counted, too: {_FOUR}", _with(orders=range(1, 6)), _with(orders=range(1, 6), mean=_fourth_root)),
    (f"n = 0 is counted, and n = 4 is not: {_FOUR}", _with(orders=range(4))),
    (f"n = 0 is counted, too: {_FOUR}", _with(orders=range(5)), _with(orders=range(5), mean=_fourth_root)),
    ("a number is added to matches and totals: leave it out, and return 0.0 where some n has no matches",
     _with(precision=lambda counts, n: _precision([*counts, (1, 1)], n)),
     _with(precision=lambda counts, n: _precision([*counts, (1, 1)][: len(counts) + (n > 1)], n))),
    ("the sentences are joined into one: n-grams run across their ends",
     lambda h, r: bleu([[w for s in h for w in s]], [[w for s in r for w in s]])),
    ("hypotheses and references are interchanged", _with(order=-1)),
    ("the arguments of `ngram_matches` are interchanged: the hypothesis comes first",
     _with(counts=lambda h, r, n: ngram_matches(r, h, n))),
    ("matches and totals of the smaller n are still in the sums: begin with 0 for each n",
     _with(counts=lambda h, r, n: map(sum, zip(*(ngram_matches(h, r, k) for k in range(1, n + 1)), strict=True)))),
    ("only the last sentence counts: add its matches and totals to those of the others",
     _with(precision=lambda counts, n: _precision(counts[-1:], n))),
    ("only the last n counts: add up the logarithms of all four", _with(mean=lambda of: of[-1] ** 0.25)),
)  # fmt: skip
_NO_MATCH = "some n has no matches: return 0.0. Leave no n out of the mean, and add no small number"


def _draw(chance: Chance) -> tuple[list[list[str]], list[list[str]]]:
    """Translations that have lost, doubled or exchanged words; some corpora match in no word of four."""
    references = chance.sentences()
    hypotheses = [
        [chance.choice([word, word, word, "x"]) for word in sentence if chance.random() < 0.9]
        + sentence[: chance.randrange(3)]
        for sentence in references
    ]
    again = chance.randrange(2)  # a pair that occurs twice counts twice
    return [*hypotheses, *hypotheses[:again]], [*references, *references[:again]]


def examine(trial: Trial) -> None:
    cases = [
        (["the cat sat on the mat today", "a dog runs in the park now"],
         ["the cat sat on the mat", "a dog runs in the big park now"]),
        (["we drink tea every day and every night", "no"], ["we drink tea every day", "not today"]),
        (["i like green tea", "we went home by bus"], ["i like green tea very much", "yesterday we went home by bus"]),
        (["a b c d e f", "a b c d"], ["a b c d e f", "a b c d"]),
        (["a b c", "x y"], ["a b c", "x z"]),
        (["a b c d x", "e f g h", "e f g h"], ["a b c d e", "e f g h", "e f g h"]),
        (["", "we drink tea every day and"], ["yes we do", "we drink tea every day and night"]),
        (["a b c d x y", "e f g h i"], ["a b c d e y", "e f g h j k l"]),
        (["the the the the the the", "one two three four five"],
         ["the cat", "one two three four five six seven eight nine ten"]),
    ]  # fmt: skip
    for case in cases:
        sides = [[sentence.split() for sentence in side] for side in case]
        if expected := bleu(*sides):
            trial.agrees(*sides, expected=expected)
            continue
        got = trial.call(*sides)
        trial.require(not isinstance(got, float) or got == 0, _NO_MATCH, expected=0.0, got=got)
        trial.compare(got, 0.0, inputs=sides)
    for given in drawn(_draw):
        trial.agrees(*given)


EXERCISE = Exercise(id="04.bleu", reference=bleu, difficulty=3, minutes=10,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("For each n from 1 to 4: add up the matches of all sentences, add up the totals, then divide once.",
           "If the matches of some n are 0, return 0.0 before a logarithm is taken.",
           "c and r are the lengths of all hypotheses and all references together. `penalty = 1.0 if c >= r else "
           "math.exp(1 - r / c)`; the score is `100 * penalty * math.exp(mean of the four logarithms)`."),
    explanation="""The mean of the logarithms is a geometric mean: one bad precision pulls the score down, and a good
one can't make up for it. Sums over the corpus come before the division, because a single sentence often has no match of
four words at all. Precision alone could be raised by saying only what is certain; the brevity penalty takes that away.
It looks at the corpus, too: one short sentence does no harm if another is longer.""")  # fmt: skip
