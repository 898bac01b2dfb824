"""Exercise 04.ngram_matches: clipped matches, and how many n-grams there are."""

import operator
from collections import Counter
from typing import Any

from course_lib.exercises.kit import Exercise, Function, Outcome, Trial, drawn
from course_lib.exercises.lesson_04.shared import parts_agree
from course_lib.metrics import ngram_matches


def _ngrams(tokens: Any, n: int) -> list[Any]:
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


def _counts(mine: Counter[Any], theirs: Counter[Any]) -> tuple[int, int]:
    return (mine & theirs).total(), mine.total()


def _listed(of: Function) -> Function:
    """Other lists of n-grams, a function of the right ones and n."""
    return lambda h, r, n: _counts(*(Counter(map(tuple, of(_ngrams(side, n), n))) for side in (h, r)))


def _counted(of: Function) -> Function:
    """Other matches, a function of the n-grams of both sides."""
    return lambda h, r, n: (of(_ngrams(h, n), _ngrams(r, n)), len(_ngrams(h, n)))


def _total(of: Function) -> Function:
    """Another total."""
    return lambda h, r, n: (ngram_matches(h, r, n)[0], of(h, r, n))


MISTAKES = (
    ("nothing is clipped: count each at most as often as the reference", _counted(lambda h, r: sum(g in r for g in h))),
    ("each different n-gram counts once; count how often it occurs", _counted(lambda h, r: len(set(h) & set(r)))),
    ("each different n-gram counts once, in the total, too; count how often each occurs", _listed(lambda g, n: set(g))),
    ("the total is that of the reference; count those of the hypothesis", _total(lambda h, r, n: len(_ngrams(r, n)))),
    ("the total is the number of words; it is that of the n-grams, `len(...) - n + 1`", _total(lambda h, r, n: len(h))),
    ("the total is negative where the hypothesis is shorter than n; it is 0", _total(lambda h, r, n: len(h) - n + 1)),
    ("the last n-gram is forgotten: there are `len(tokens) - n + 1`", _listed(lambda grams, n: grams[:-1])),
    ("single words are counted, whatever n is", lambda h, r, n: ngram_matches(h, r, 1)),
    ("n-grams are counted at the same place only", _counted(lambda h, r: sum(map(operator.eq, h, r)))),
    ("total comes first; return `matches, total`", lambda h, r, n: ngram_matches(h, r, n)[::-1]),
    ("all n-grams up to n are counted; only those of n words are wanted",
     lambda h, r, n: tuple(map(sum, zip(*(ngram_matches(h, r, k) for k in range(1, n + 1)), strict=True)))),
    ("each counts as often as in the reference, though the hypothesis has fewer: the smaller of the two counts",
     _counted(lambda h, r: sum(map(r.count, set(h))))),
    ("the order is lost: (a, b) is not (b, a)", _listed(lambda grams, n: map(sorted, grams))),
    ("words joined without a sign between them: ab + c is a + bc; take tuples", _listed(lambda g, n: map("".join, g))),
    ("the n-grams must overlap: one begins at every word, not at every n-th", _listed(lambda grams, n: grams[::n])),
)  # fmt: skip
ADVICE = (("unhashable", "A list can't be counted; a tuple can: `tuple(tokens[i : i + n])`."),)
_QUOTIENT = "expected two numbers, `return matches, total`, got their quotient: BLEU divides once, after it has summed"


def examine(trial: Trial) -> None:
    cases = [
        ("the the the the", "the cat sat on a mat", 1), ("x a b c", "a b c", 2), ("a b c", "d e f g", 1),
        ("the cat sat on the mat", "the cat is on the mat", 2), ("a b a b a b", "a b c a b", 2), ("a", "a b c", 3),
        ("i like tea and i like milk", "i like milk and i like tea", 3), ("c b a a", "a a b c d", 1), ("", "a b", 1),
        ("the cat", "the the cat", 1), ("b a c", "a b c", 2), ("ab c", "a bc", 2), ("x", "x", 1),
        ("The cat sat", "the cat Sat", 1),
    ]  # fmt: skip
    split = [(hypothesis.split(), reference.split(), n) for hypothesis, reference, n in cases]
    for arguments in (*split, *drawn(lambda chance: (chance.words(0, 5), chance.words(0, 5), chance.randint(1, 4)))):
        got = trial.call(*arguments)
        trial.require(not isinstance(got, float), _QUOTIENT, outcome=Outcome.DTYPE, got=got)
        parts_agree(trial, got, arguments, "two numbers, `return matches, total`")


EXERCISE = Exercise(id="04.ngram_matches", reference=ngram_matches, difficulty=2, minutes=8,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("The n-grams of a list: `[tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]`. (Tuples can be "
           "counted, lists can't.) If the list is shorter than n, there are none.",
           "`Counter(...)` counts them. For each n-gram of the hypothesis: `min` of its two counts. `Counter & "
           "Counter` does just that for all."),
    explanation="""The clipping is what makes the precision honest: "the the the the" holds four words of a reference
with one *the*, and gets one of them. Matches and total are returned apart, because BLEU adds both up over all sentences
before it divides.""")  # fmt: skip
