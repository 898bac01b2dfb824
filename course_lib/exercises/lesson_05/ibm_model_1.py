"""Exercise 05.ibm_model_1: expectation-maximization by counting, from a uniform start."""

import math
from collections import Counter
from typing import Any

from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn, with_parts
from course_lib.word_alignment import ibm_model_1

Words = list[str]


def _share(t: Any, source: Words, target: Words, x: str, y: str) -> float:
    return float(t[x, y] / sum(t[other, y] for other in source))


def _over(key: Function) -> Function:
    """Counts divided by the sum of those that have the same key."""
    return lambda count: {of: n / (sum(m for other, m in count.items() if key(other) == key(of)) or 1)
                          for of, n in count.items()}  # fmt: skip


_OF_X = _over(lambda of: of[0])


def _smoothed(count: Any) -> Any:
    """1 is added to each count, and to each total as many as there are target words."""
    total, size = Counter[Any](), len({y for _, y in count})
    for (x, _), n in count.items():
        total[x] += n
    return {of: (n + 1) / (total[of[0]] + size) for of, n in count.items()}


def _best(t: Any, source: Words, target: Words, x: str, y: str) -> float:
    """All of y for its best x, from the second round on."""
    even = len(set(t.values())) == 1
    return 1 / len(source) if even else (x == max(source, key=lambda o: t[o, y])) / source.count(x)


def _words(change: Function) -> tuple[Function, ...]:
    """The same change of the words of both sides, of the source alone, or of the target alone."""
    return (
        _with(words=lambda s, t: (change(s), change(t))), _with(words=lambda s, t: (change(s), t)),
        _with(words=lambda s, t: (s, change(t))),
    )  # fmt: skip


@with_parts
def _with(
    pairs: Any, rounds: int, *, share: Function = _share, normalize: Function = _OF_X, more: int = 0,
    words: Function = lambda s, t: (s, t), corpus: Function = list, kept: bool = False, within: bool = False,
    begin: Function = lambda t, pairs: t, enough: float = -1, result: Function = lambda t, count: t,
) -> Any:  # fmt: skip
    """Another expectation or maximization, number of rounds, sentences or pairs, life of the counts, start, or result.

    within: maximized after each pair. enough: it stops where nothing changes by more.
    """
    pairs = [words(source, target) for source, target in corpus(pairs)]
    t = begin(ibm_model_1(pairs, 0), pairs)
    count: Counter[Any] = Counter()
    for _ in range(rounds + more):
        count = count if kept else Counter()
        for source, target in pairs:
            for y in target:
                for x in source:
                    count[x, y] += share(t, source, target, x, y)
            t = t | normalize(count) if within else t
        was, t = t, normalize(count)
        if max((abs(t[of] - was[of]) for of in t), default=0) <= enough:
            break
    return result(t, count)


def _tallied(count: Function, total: Function) -> Function:
    """Other counts and totals, made of a round's ((x, y), share); totals also of those of all rounds, and the pairs."""

    def answer(pairs: Any, rounds: int) -> Any:
        t, ever = ibm_model_1(pairs, 0), list[Any]()
        for _ in range(rounds):
            shares = [((x, y), _share(t, s, of, x, y)) for s, of in pairs for y in of for x in s]
            ever += shares
            counted, divisor = count(shares), total([(x, n) for (x, _), n in shares], ever, pairs)
            t = {of: counted[of] / divisor[of[0]] for of in t}
        return t

    return answer


def _added(shares: Any) -> Counter[Any]:
    sums: Counter[Any] = Counter()
    for of, n in shares:
        sums[of] += n
    return sums


MISTAKES = (
    ("each y is shared out without being divided by the sum over its source: then long sentences count for more",
     _with(share=lambda t, s, of, x, y: t[x, y])),
    ("every round gives the same: share y out by the t of the round before. Or is `return` inside the loop?",
     lambda pairs, rounds: ibm_model_1(pairs, 1)),
    ("t is still the uniform start: give it new values at the end of each round",
     lambda pairs, rounds: ibm_model_1(pairs, 0)),
    ("the sum runs over the words of the target; each y is shared out among the words of its source",
     _with(share=lambda t, s, of, x, y: t[x, y] / sum(t[x, other] for other in of))),
    ("the sum runs over source and target: for each y it should run over the source alone",
     _with(share=lambda t, s, of, x, y: t[x, y] / sum(t[one, other] for one in s for other in of))),
    ("each y goes to its best x alone; all of its source get a share", _with(share=_best),
     _with(share=lambda t, s, of, x, y: (x == max(s, key=lambda other: t[other, y])) / s.count(x)),
     _with(share=lambda t, s, of, x, y: float(x == max(s, key=lambda other: t[other, y])))),
    ("a word that stands twice in a source must be in the sum twice, and be credited twice",
     _with(share=lambda t, s, of, x, y: _share(t, s, of, x, y) / s.count(x)),
     _with(share=lambda t, s, of, x, y: _share(t, [*dict.fromkeys(s)], of, x, y))),
    ("t begins with 1 / the number of y that meet x: begin with the same t for all x and y",
     _with(begin=lambda t, _: _OF_X(t))),
    ("t begins with how often x and y meet: begin with the same t for all x and y",
     _with(begin=lambda t, pairs: _OF_X(Counter((x, y) for xs, ys in pairs for x in xs for y in ys)))),
    ("t begins with 1 / the length of a target: 1 / the number of different target words, the same for all x and y",
     *(_with(begin=lambda t, pairs, of=of: {(x, y): 1 / len(of(ys)) for xs, ys in pairs for x in xs for y in ys})
       for of in (list, set))),
    ("it stops where t hardly changes any more: make all the rounds",
     *(_with(enough=enough) for enough in (0.1, 0.05, 0.01, 1e-3, 1e-4))),
    ("it divides by what y got from all x; divide by what x was credited with in all",
     _with(normalize=_over(lambda of: of[1]))),
    ("it divides by the sum of all counts: for each x on its own the probabilities sum to 1",
     _with(normalize=_over(lambda of: 0))),
    ("these are counts: divide by what x was credited with in all", _with(normalize=dict),
     _with(result=lambda t, count: dict(count))),
    ("each share replaces what was counted before it; add them up, `+=`",
     _tallied(dict, lambda shares, *_: dict(shares)), _tallied(dict, lambda shares, *_: _added(shares))),
    ("the totals go on from round to round: each round begins at 0",
     _tallied(_added, lambda _, ever, pairs: _added((x, n) for (x, _), n in ever))),
    ("it divides by how often x stands in the corpus; divide by what x was credited with in all",
     _tallied(_added, lambda _, ever, pairs: Counter(x for source, _ in pairs for x in source))),
    ("the counts go on from round to round: each round begins at 0", _with(kept=True)),
    ("t changes between the pairs of a round: change it once a round, after all pairs", _with(within=True)),
    ("there is one round too many", _with(more=1)),
    ("there is one round too few", _with(more=-1)),
    ("a word that stands twice in a sentence counts once: each of its places counts",
     *_words(lambda words: [*dict.fromkeys(words)])),
    ("a pair that stands twice in the corpus counts once: it counts each time",
     _with(corpus=lambda pairs: [pair for i, pair in enumerate(pairs) if pair not in pairs[:i]])),
    ("words are made lower case: take them as they are", *_words(lambda words: [word.lower() for word in words])),
    ("something is added to the counts: leave it out",
     *(_with(normalize=lambda count, more=more: _OF_X({of: n + more for of, n in count.items()}))
       for more in (0.01, 0.1, 1)), _with(normalize=_smoothed)),
    ("it adds an empty word: where there is one, it stands among the source already",
     *(_with(words=lambda s, t, word=word: ([word, *s], t)) for word in (None, "", "NULL", "<null>"))),
    ("it returns ln t: return the probabilities",
     _with(result=lambda t, _: {of: math.log(p) for of, p in t.items()})),
    ("there is a dictionary for each x, `t[x][y]`: the key is the pair, `t[x, y]`",
     _with(result=lambda t, _: {x: {y: p for (of, y), p in t.items() if of == x} for x, _ in t})),
    ("the keys are (y, x): the word of the source comes first",
     _with(result=lambda t, _: {of[::-1]: p for of, p in t.items()})),
    ("it learns x given y: source and target are interchanged",
     lambda pairs, rounds: {of[::-1]: p for of, p in ibm_model_1([pair[::-1] for pair in pairs], rounds).items()}),
)  # fmt: skip
_ZERO = "defaultdict(float)`, after `from collections import defaultdict`"
ADVICE = (
    ("KeyError: (", f"`t` needs an entry for every x and y that meet; counts begin at 0: `count = {_ZERO}."),
    ("KeyError", f"The key is a single word. `t` has pairs for keys, `t[x, y]`; totals begin at 0: `total = {_ZERO}."),
    ("changed size during iteration", "Make a new dictionary at the end of the round."),
    ("ZeroDivisionError", "Either the best x alone gets y (all share it), or t changes between pairs (change it after "
                          "all of them), or the total is not added to for every x of the source."),
)  # fmt: skip


def _draw(chance: Chance) -> tuple[list[tuple[list[str], list[str]]], int]:
    """A few words, some of them in both languages, some twice in a sentence; the empty word stands where it likes; a
    pair may be there twice."""
    words = ["", "a", "b", "A", "가", "7"]
    some = [(chance.choices(words, k=chance.n()), chance.choices(words[1:], k=chance.n())) for _ in range(chance.n())]
    return [*some, *some[: chance.randrange(2)]], chance.choice([1, 1, 2, 3, 20])


def examine(trial: Trial) -> None:
    books = [(["das", "Haus"], ["the", "house"]), (["das", "Buch"], ["the", "book"]), (["ein", "Buch"], ["a", "book"])]
    cats = [(["", "고양이", "가", "자"], ["the", "cat", "sleeps"]), (["", "개", "가", "자"], ["a", "dog", "sleeps"])]
    cats += [(["", "개", "가", "고양이", "를", "보"], ["the", "dog", "sees", "the", "cat"]), (["", "자"], ["sleep"])]
    twice = [(["a", "a", "b"], ["x", "x"]), (["b", "c"], ["y", "x", "z"]), (["c"], ["z"])]
    for pairs, rounds in ((cats, 3), (books, 1), (books, 2), (cats, 1), (cats, 5), (twice, 1), (twice, 3)):
        trial.agrees(pairs, rounds)
    for given in drawn(_draw):
        trial.agrees(*given)


EXERCISE = Exercise(id="05.ibm_model_1", reference=ibm_model_1, difficulty=4, minutes=12,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("Two dictionaries, new in each round: `count[x, y]`, and `total[x]`, what x was credited with in all. "
           "`defaultdict(float)` of Python's `collections` begins each of its entries at 0.",
           "For each y of a target: `z = sum(t[x, y] for x in source)`. Then each x of that source is credited with "
           "`t[x, y] / z`, in `count[x, y]` and in `total[x]`.",
           "After all pairs: `t = {(x, y): count[x, y] / total[x] for x, y in t}`."),
    explanation="""A y is one observation, so the shares that its source gets of it sum to 1: that is what z is for. How
often x stands in the corpus must not matter either, so its counts are divided by all that it was credited with. The
start prefers nobody; what breaks the tie is that das meets the twice, and house only once. Each round makes the corpus
more likely, or leaves it as it was (Dempster, Laird, Rubin 1977).""")  # fmt: skip
