"""Exercise 07.apply_merges: the merge that was learned first before the others, until none is left."""

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import groupby, pairwise, takewhile

from course_lib.bpe import Pair, apply_merges, learn_merges, merge_pair
from course_lib.exercises.kit import Chance, Exercise, Function, Mistake, Outcome, Trial, drawn, with_parts
from course_lib.exercises.lesson_07.shared import by_text, first_alone, from_the_right, overlapping

Ranks = Mapping[Pair, int]


@with_parts
def _with(
    symbols: Sequence[str],
    ranks: Ranks,
    *,
    given: Function = list,
    looked: Function = pairwise,
    choose: Function = lambda known, ranks: min(known, key=ranks.__getitem__),
    learned: Function = lambda pair, ranks: pair in ranks,
    kept: Function = filter,
    merged: Function = merge_pair,
    rounds: int = 99,
    once: bool = False,
) -> list[str]:
    """Other symbols, another choice among the pairs that are there, others that count, another merge, another end."""
    found: list[str] = list(given(symbols))
    done: set[Pair] = set()
    for _ in range(rounds):
        known = list(kept(lambda pair, done=done: learned(pair, ranks) and pair not in done, looked(found)))
        if not known or (pair := choose(known, ranks)) not in ranks:
            break
        found = merged(found, pair)
        done |= {pair} if once else set()
    return found


def _of_letters(symbols: Sequence[str], ranks: Ranks) -> list[str]:
    return reduce(merge_pair, sorted({*pairwise(symbols)} & {*ranks}, key=ranks.__getitem__), list(symbols))


def _longest(symbols: Sequence[str], ranks: Ranks) -> list[str]:
    whole, tokens, found = "".join(symbols), {a + b for a, b in ranks}, []
    while whole:
        size = next((n for n in range(len(whole), 1, -1) if whole[:n] in tokens), 1)
        found.append(whole[:size])
        whole = whole[size:]
    return found


MISTAKES: tuple[Mistake, ...] = (
    ("the leftmost pair is merged first; take the one with the smallest rank", _with(choose=lambda known, _: known[0])),
    ("the pair first in the alphabet is merged first; take the one with the smallest rank",
     _with(choose=lambda known, _: min(known))),
    ("the pair first in the dictionary is merged first; take the one with the smallest rank",
     _with(choose=lambda known, ranks: next(pair for pair in ranks if pair in known))),
    ("the most frequent pair is merged first; take the one with the smallest rank",
     _with(choose=lambda known, ranks: min(known, key=lambda pair: (-known.count(pair), ranks[pair]))),
     _with(choose=lambda known, _: max(known, key=known.count))),
    ("the pair that was learned last is merged first: the smallest rank comes first",
     _with(choose=lambda known, ranks: max(known, key=ranks.__getitem__))),
    ("the pair with rank 0 is taken for unknown: ask `pair in ranks`",
     _with(learned=lambda pair, ranks: ranks.get(pair))),
    ("a single symbol is lost; it is a token, too", _with(given=lambda symbols: symbols if len(symbols) > 1 else [])),
    ("an unknown pair has a rank like learned ones, and ends it too early: leave it out, or give it infinity",
     *[_with(learned=lambda *_: True, choose=lambda known, ranks, n=n: min(known, key=lambda p: ranks.get(p, n)))
       for n in (-1, 0, 99, 100, 999, 1000)]),
    ("pairs that merging makes are never looked for: after each merge look at all neighbours again", _of_letters),
    ("it ends too early: go on until no pair is left that was learned", *[_with(rounds=n) for n in (1, 2, 3)],
     _with(looked=lambda symbols: pairwise(symbols) if len(symbols) > 2 else ())),
    ("a pair is merged in one place alone; merge it everywhere", _with(merged=first_alone, once=True)),
    ("the search ends at the first pair that was not learned; look at all neighbours", _with(kept=takewhile)),
    ("a pair is taken in either order; (a, b) is not (b, a)", lambda symbols, ranks: apply_merges(symbols, {
        q: min(ranks.get(q, 9999), ranks.get(q[::-1], 9999)) for p in ranks for q in (p, p[::-1])})),
    ("it merges from the right; go from the left: a a a becomes aa a", _with(merged=from_the_right)),
    ("an occurrence begins where another has not ended: a a a becomes aa a, not aa aa", _with(merged=overlapping)),
    ("what was merged is merged again in the same round: a a a becomes aa a, not aaa", _with(
        merged=lambda s, p: merge_pair([x for a, r in groupby(s) for x in (["".join(r)] if (a, a) == p else r)], p))),
    ("the pair is found inside longer symbols, too: compare whole symbols", _with(merged=by_text)),
    ("the last two neighbours are never looked at; they are a pair, too", _with(looked=lambda s: pairwise(s[:-1]))),
    ("the longest token that fits is taken; the merges decide, in their order", _longest),
    ("nothing is merged", lambda symbols, ranks: list(symbols)),
    ("a pair that was not learned is merged, too", lambda symbols, ranks: ["".join(symbols)] if symbols else []),
)  # fmt: skip
ADVICE = (
    *((sign, "`ranks` knows only learned pairs: ask `pair in ranks` first, or `ranks.get(pair, float('inf'))`.")
      for sign in ("KeyError", "of 'NoneType'", "and 'NoneType'")),
    *((sign, "`merge_pair` takes a pair: is a rank given to it, a number?") for sign in ("-iterable int", "'int' obj")),
    ("empty", "`min` of nothing: where no pair is left that was learned, it is done."),
)  # fmt: skip


_KEPT = "it gives what it gave for these symbols before, with other ranks: keep no results from call to call"


def _draw(chance: Chance) -> tuple[str, dict[Pair, int]]:
    """A word, and merges that were learned of words like it."""
    letters = chance.sample("abcA가나.7", chance.randint(1, 4))
    merges = learn_merges({"".join(chance.choices(letters, k=chance.n(2))): 2 for _ in range(chance.n())}, 8)
    ranks = [(pair, rank) for rank, pair in enumerate(merges)]
    return "".join(chance.choices(letters, k=chance.n(0))), dict(chance.sample(ranks, len(ranks)))


def examine(trial: Trial) -> None:
    first = {("b", "c"): 0, ("a", "b"): 1, ("a", "bc"): 2}
    turned = {("b", "c"): 1, ("a", "b"): 0}  # not written in the order of their ranks
    left, apart = {("a", "b"): 0, ("b", "c"): 1}, {("b", "c"): 0, ("a", "b"): 1, ("ab", "c"): 2}
    words = {("e", "r"): 0, ("l", "o"): 1, ("lo", "w"): 2, ("low", "er"): 3, ("n", "e"): 4, ("w", "er"): 5}
    signs = {("가", "서"): 0, ("요", "."): 1, ("가서", "요."): 2}
    alike = {("a", "a"): 0, ("aa", "aa"): 1, ("aa", "a"): 2}
    beside = {("a", "b"): 0, ("c", "d"): 1, ("e", "f"): 2, ("g", "h"): 3}
    cases = [
        ("abc", left), ("abc", turned), ("abcbc", left), ("cab", {("c", "a"): 0, ("a", "b"): 1}),
        ("abc", first), ("abc", apart), ("abab", first), ("cab", first), ("abcab", first), ("bcabc", first),
        ("lower", words), ("newer", words), ("slow", words), ("xyz", words), ("가서요.", signs), ("aaaa", alike),
        ("aaa", alike), ("aaaaaaa", alike), ("abcdefgh", beside), ("", first), ("a", first),
    ]  # fmt: skip
    thousands = {(chr(0x4E00 + i), "一"): i for i in range(4000)} | {("a", "b"): 4000, ("ab", "c"): 4001}
    before: dict[str, tuple[Ranks, list[str]]] = {}
    for word, ranks in (*cases, *drawn(_draw), ("xabcy", thousands)):
        got, right = trial.call(list(word), dict(ranks)), apply_merges(list(word), ranks)
        a_list = f"return the tokens in a list; a {type(got).__name__} came"
        trial.require(isinstance(got, list), a_list, outcome=Outcome.TYPE, got=got)
        if got != right and word in before and got == before[word][1]:  # is it so of symbols that it never saw, too?
            new = trial.call(["_", *word], dict(ranks)) == ["_", *right]
            trial.call(["^", *word], dict(before[word][0]))
            kept = trial.call(["^", *word], dict(ranks)) == ["^", *got]
            trial.call(list(word), dict(ranks))  # the panel shows the last call
            trial.require(not (new and kept), _KEPT, got=got)
        before[word] = ranks, right
        trial.compare(got, right, inputs=(list(word), ranks))


EXERCISE = Exercise(id="07.apply_merges", reference=apply_merges, difficulty=3, minutes=8, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Again and again: of the neighbours that were learned, the pair with the smallest rank; merge it everywhere.",
        "`known = [pair for pair in pairwise(symbols) if pair in ranks]`; where it is empty, it is done.",
        "`symbols = merge_pair(symbols, min(known, key=ranks.get))`."), explanation="""
A word is cut as it would have been cut in the text that was learned from: there the merges came one after the other, so
they come in that order here. The longest token that fits, or the leftmost pair, would give other tokens than those that
the model was trained on.""")  # fmt: skip
