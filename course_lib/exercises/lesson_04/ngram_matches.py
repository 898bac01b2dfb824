"""Exercise 04.ngram_matches: clipped matches, and how many n-grams there are."""

import operator
from collections import Counter
from typing import Any

from course_lib.exercises.kit import Exercise, Function, Outcome, Trial, drawn, parted
from course_lib.exercises.lesson_04.shared import parts_agree
from course_lib.metrics import ngram_matches


def _as_text(ngrams: list[Any]) -> str:
    """The words of which these are the n-grams."""
    return " ".join([*(gram[0] for gram in ngrams[:-1]), *ngrams[-1]]) if ngrams else ""


def _ngrams(tokens: Any, n: int) -> list[Any]:
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


@parted
def _with(ngrams: Function = _ngrams, matches: Function = lambda h, r: (Counter(h) & Counter(r)).total(),
        total: Function = lambda h, r, tokens, n: len(h), result: Function = lambda matches, total: (matches, total),
        given: Function = lambda h, r, n: (h, r, n)) -> Function:  # fmt: skip
    """Other n-grams of some tokens; other matches or another total of both sides' n-grams; other inputs or results."""

    def mistaken(hypothesis: Any, reference: Any, n: int) -> Any:
        hypothesis, reference, n = given(hypothesis, reference, n)
        mine, theirs = list(ngrams(hypothesis, n)), list(ngrams(reference, n))
        return result(matches(mine, theirs), total(mine, theirs, hypothesis, n))

    return mistaken


MISTAKES = (
    ("nothing is clipped: count each at most as often as the reference",
     _with(matches=lambda h, r: sum(g in r for g in h))),
    ("the larger of the two counts is taken; take the smaller",
     _with(matches=lambda h, r: sum(max(h.count(g), r.count(g)) for g in set(h) & set(r)))),
    ("what the reference lacks is counted; the matches are what both have",
     _with(matches=lambda h, r: (Counter(h) - Counter(r)).total())),
    ("only the sum is clipped: count each n-gram at most as often as the reference",
     _with(matches=lambda h, r: min(sum(g in r for g in h), len(r)))),
    ("each different n-gram counts once; count how often it occurs", _with(matches=lambda h, r: len(set(h) & set(r)))),
    ("each different n-gram counts once, in the total, too; count how often each occurs",
     _with(lambda tokens, n: set(_ngrams(tokens, n)))),
    ("in the total each different n-gram counts once; count how often each occurs",
     _with(total=lambda h, r, tokens, n: len(set(h)))),
    ("the total is that of the reference; count those of the hypothesis",
     _with(total=lambda h, r, tokens, n: len(r))),
    ("the total is the number of words; it should be that of the n-grams, `max(0, len(hypothesis) - n + 1)`",
     _with(total=lambda h, r, tokens, n: len(tokens))),
    ("the total is negative where the hypothesis is shorter than n; it should be 0",
     _with(total=lambda h, r, tokens, n: len(tokens) - n + 1)),
    ("a hypothesis shorter than n has no n-gram: the total is 0 then, not 1",
     _with(lambda tokens, n: _ngrams(tokens, n) or [tuple(tokens)]),
     _with(total=lambda h, r, tokens, n: max(1, len(h)))),
    ("where the reference is shorter than n, the total is lost: it counts the n-grams of the hypothesis all the same",
     _with(total=lambda h, r, tokens, n: len(h) if r else 0)),
    ("the last n-gram is forgotten: there are `len(hypothesis) - n + 1`, and of the reference `len(reference) - n + 1`",
     _with(lambda tokens, n: _ngrams(tokens, n)[:-1])),
    ("the last slices have fewer than n words: `range(len(hypothesis) - n + 1)`, and so for the reference",
     _with(lambda tokens, n: [tuple(tokens[i : i + n]) for i in range(len(tokens))])),
    ("single words are counted, whatever n is", _with(given=lambda h, r, n: (h, r, 1))),
    ("pairs of words are counted, whatever n is", _with(given=lambda h, r, n: (h, r, 2))),
    ("a sign is put in front n - 1 times, and n-grams with it are counted; only those of n words are wanted",
     _with(lambda tokens, n: _ngrams([""] * (n - 1) + tokens, n))),
    ("words are found inside others, `cat` in `cats`: compare tuples of words, not texts",
     _with(matches=lambda h, r: sum(min(h.count(g), _as_text(r).count(" ".join(g))) for g in set(h))),
     _with(matches=lambda h, r: sum(" ".join(g) in _as_text(r) for g in h))),
    ("it stops at the first n-gram without a match; go on with the next",
     _with(matches=lambda h, r: max(k for k in range(len(h) + 1) if not Counter(h[:k]) - Counter(r)))),
    ("n-grams are counted at the same place only; one anywhere in the reference counts",
     _with(matches=lambda h, r: sum(map(operator.eq, h, r)))),
    ("total comes first; return `matches, total`", _with(result=lambda matches, total: (total, matches))),
    ("all n-grams up to n are counted; only those of n words are wanted",
     _with(lambda tokens, n: [gram for k in range(1, n + 1) for gram in _ngrams(tokens, k)])),
    ("each counts as often as in the reference, though the hypothesis has fewer: take the smaller of the two counts",
     _with(matches=lambda h, r: sum(map(r.count, set(h))))),
    ("the order is lost: (a, b) is not (b, a)", _with(lambda tokens, n: map(tuple, map(sorted, _ngrams(tokens, n))))),
    ("words joined without a sign between them: ab + c is a + bc; take tuples",
     _with(lambda tokens, n: map("".join, _ngrams(tokens, n)))),
    ("the n-grams must overlap: one begins at every word, not at every n-th",
     _with(lambda tokens, n: _ngrams(tokens, n)[::n])),
    ("`The` and `the` are taken for the same word: compare words as they are",
     _with(given=lambda h, r, n: ([w.lower() for w in h], [w.lower() for w in r], n))),
)  # fmt: skip
ADVICE = (
    ("unhashable", "A list can't be counted; a tuple can: `tuple(hypothesis[i : i + n])`, and the reference's, too."),
)
_QUOTIENT = "expected two numbers, `return matches, total`, got their quotient: BLEU divides once, after it has summed"


def examine(trial: Trial) -> None:
    cases = [
        ("the the the the", "the cat sat on a mat", 1), ("x a b c", "a b c", 2), ("a b c", "d e f g", 1),
        ("the cat sat on the mat", "the cat is on the mat", 2), ("a b a b a b", "a b c a b", 2), ("a", "a b c", 3),
        ("i like tea and i like milk", "i like milk and i like tea", 3), ("c b a a", "a a b c d", 1), ("", "a b", 1),
        ("the cat", "the the cat", 1), ("b a c", "a b c", 2), ("ab c", "a bc", 2), ("x", "x", 1),
        ("The cat sat", "the cat Sat", 1), ("the the the cat", "the cat", 1),
        ("the cat sat", "the cats sat", 1), ("the cat sat", "see the cats sat", 2),
    ]  # fmt: skip
    split = [(hypothesis.split(), reference.split(), n) for hypothesis, reference, n in cases]
    for arguments in (*split, *drawn(lambda chance: (chance.words(0, 5), chance.words(0, 5), chance.randint(1, 4)))):
        got = trial.call(*arguments)
        if isinstance(got, tuple):  # `np.sum` of nothing is 0.0
            got = tuple(int(x) if isinstance(x, float) and x.is_integer() else x for x in got)
        trial.require(not isinstance(got, float), _QUOTIENT, outcome=Outcome.TYPE, got=got)
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
