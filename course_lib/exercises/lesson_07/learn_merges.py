"""Exercise 07.learn_merges: the most frequent pair by the counts of the words, again and again."""

from collections import Counter
from itertools import pairwise
from typing import Any

from course_lib.bpe import learn_merges, merge_pair, pair_counts
from course_lib.exercises.kit import Chance, Exercise, Function, Mistake, Outcome, Trial, drawn, parted
from course_lib.exercises.lesson_07.shared import by_text, first_alone

_BEST: Function = lambda counts: min(counts, key=lambda pair: (-counts[pair], pair))  # noqa: E731


@parted
def _with(
    *,
    given: Function = dict,
    split_up: Function = tuple,
    counted: Function = pair_counts,
    best: Function = _BEST,
    merged: Function = merge_pair,
    enough: Function = lambda counts, split: max(counts.values()) > 1,
    chosen: Function = lambda counts, best: [best(counts)],
    more: int = 0,
) -> Function:
    """Other words, symbols, counts, another choice, another merge, another end."""

    def learn(words: Any, merges: int) -> list[Any]:
        split, found = {split_up(word): count for word, count in given(words).items()}, list[Any]()
        while len(found) < merges + more:
            counts = counted(split)
            if not counts or not enough(counts, split):
                break
            for pair in chosen(counts, best):
                found.append(pair)
                after: Counter[Any] = Counter()
                for symbols, count in split.items():
                    after[tuple(merged(symbols, pair))] += count
                split = dict(after)
        return found

    return learn


def _all_the_best(counts: Any, _: Function) -> list[Any]:
    return sorted(pair for pair in counts if counts[pair] == max(counts.values()))


def _at_once(words: Any, merges: int) -> list[Any]:
    counts = pair_counts({tuple(word): count for word, count in words.items()})
    return sorted((pair for pair in counts if counts[pair] > 1), key=lambda pair: (-counts[pair], pair))[:merges]


MISTAKES: tuple[Mistake, ...] = (
    ("each word counts once; it counts as often as it occurs",
     _with(counted=lambda s: pair_counts(dict.fromkeys(s, 1)))),
    ("the pairs are counted once and for all; after each merge they are others: count again", _at_once),
    ("the pair that was chosen is not merged in the words, so that it is chosen again", _with(merged=lambda s, p: s)),
    ("the rarest pair is merged; merge the most frequent one",
     _with(best=lambda c: min(c, key=lambda p: (c[p], p)))),
    ("the pair is chosen by the alphabet alone; take the most frequent one", _with(best=max), _with(best=min)),
    ("of equally frequent pairs the last in the alphabet is taken; take the first",
     _with(best=lambda c: max(c, key=lambda p: (c[p], p)))),
    ("of equally frequent pairs the one that was met first is taken; take the first in the alphabet",
     _with(best=lambda c: max(c, key=c.get))),
    ("of equally frequent pairs the first by its joined string is taken; compare the tuples",
     _with(best=lambda c: min(c, key=lambda p: (-c[p], "".join(p), p)))),
    ("of equally frequent pairs the first by its right symbol is taken; compare the left one first",
     _with(best=lambda c: min(c, key=lambda p: (-c[p], p[::-1])))),
    ("of equally frequent pairs the longest is taken; take the first in the alphabet",
     _with(best=lambda c: min(c, key=lambda p: (-c[p], -len("".join(p)), p)))),
    ("pairs that are equally frequent are merged in one round; after each merge count again",
     _with(chosen=_all_the_best), lambda words, merges: _with(chosen=_all_the_best)(words, merges)[:merges]),
    ("words that occur once are left out; they count, too",
     _with(given=lambda words: {word: n for word, n in words.items() if n > 1})),
    ("it ends where the best pair stands in one word alone; it counts as often as that word occurs",
     _with(enough=lambda counts, split: max(counts.values()) > 1 and
           sum(_BEST(counts) in pairwise(symbols) for symbols in split) > 1)),
    ("a pair that occurs once is merged, too; learning ends there", _with(enough=lambda *_: True)),
    ("learning ends too early: a pair that occurs twice is merged, too",
     _with(enough=lambda counts, _: max(counts.values()) > 2)),
    ("with `merges` = 0 there is a merge, too: ask before you add one",
     lambda words, merges: learn_merges(words, max(merges, 1))),
    ("in each word only the first occurrence of a pair is merged; merge every one", _with(merged=first_alone)),
    ("a pair is found inside longer symbols, too: compare whole symbols, as `merge_pair` does", _with(merged=by_text)),
    ("the words get a sign of their end or beginning; they are their characters alone",
     *[_with(split_up=lambda word, end=end: (*word, end)) for end in ("</w>", "_", "▁")],
     _with(split_up=lambda word: ("▁", *word))),
    ("capitals become small letters; they are characters of their own",
     _with(given=lambda words: sum((Counter({word.lower(): n}) for word, n in words.items()), Counter())),
     _with(given=lambda words: {word.lower(): n for word, n in words.items()})),
    ("no merge comes back: is each word split, `tuple(word)`, and each pair that was chosen appended?", lambda *_: []),
    ("only one merge comes back: is the `return` inside the loop?", lambda words, n: learn_merges(words, min(n, 1))),
    ("counts stand among the merges; append the pair alone", _with(best=lambda counts: max(counts.values())),
     _with(best=lambda c: (_BEST(c), c[_BEST(c)]), merged=lambda s, both: merge_pair(s, both[0]))),
    ("there is one merge too many", _with(more=1)),
    ("there is one merge too few", _with(more=-1)),
    ("the merges are joined to strings; give pairs, (left, right)",
     lambda words, merges: ["".join(pair) for pair in learn_merges(words, merges)]),
    ("a pair that stands twice in a word counts once there; count each place",
     _with(counted=lambda s: Counter({p: sum(n for w, n in s.items() if p in pairwise(w))
                                      for p in pair_counts(s)}))),
    ("pairs reach over the ends of words: count inside each word",
     _with(counted=lambda s: pair_counts({tuple(x for w, n in s.items() for _ in range(n) for x in w): 1})),
     _with(given=lambda words: {"".join(word * n for word, n in words.items()): 1})),
    ("the latest merge stands first; the earliest does", lambda words, merges: learn_merges(words, merges)[::-1]),
    ("the order of the merges is lost", lambda words, merges: sorted(learn_merges(words, merges))),
)  # fmt: skip
_KEPT = "it gives the list of the call before again, with those merges in it: make a new one inside, in each call"
ADVICE = (
    ("empty", "Where every word has become one symbol there are no pairs left: learning ends before `merges`."),
    ("unhashable", "A list can't be a key of a dictionary; `tuple(...)` makes one of it that can."),
    ("too many values", "A dictionary gives its keys alone; `words.items()` gives words and counts."),
    ("not enough values", "`most_common(1)` is a list; `most_common(1)[0]` is the pair and its count."),
    *((sign, "The symbols came as a tuple where a list is needed: `merge_pair(list(symbols), best)`.")
      for sign in ("'tuple' object has", "'tuple' object does", '"list") to tuple')),
)  # fmt: skip


def _draw(chance: Chance) -> tuple[dict[str, int], int]:
    letters = chance.sample("abcA가나.7", chance.randint(1, 4))
    words = ["".join(chance.choices(letters, k=chance.n())) for _ in range(chance.n())]
    return {word: chance.randint(1, 5) for word in words}, chance.n(0)


def examine(trial: Trial) -> None:
    cases: list[tuple[dict[str, int], int]] = [
        ({"abab": 3, "cd": 4}, 1),
        ({"low": 5, "lowest": 2, "newer": 6, "wider": 3}, 4), ({"ab": 2, "cd": 3}, 1), ({"aab": 4, "aaab": 1}, 2),
        ({"zy": 3, "ab": 3}, 1), ({"xy": 2, "yx": 2, "xyxy": 1}, 3), ({"ab": 1, "cd": 1}, 2), ({"abab": 2, "ba": 3}, 2),
        ({"가서": 4, "가서요": 2, "서요": 3}, 3), ({"abc": 5}, 9), ({"a": 3}, 2), ({"ab": 2}, 0),
        ({"ba": 4, "ca": 1, "ab": 2}, 3), ({"ac": 2, "aaa": 2}, 3), ({"ba": 2, "babba": 2}, 2),
    ]  # fmt: skip
    got: Any = None
    for words, merges in (*cases, *drawn(_draw)):
        before, got = got, trial.call(words, merges)
        trial.require(isinstance(got, list | tuple), "return the merges in a list", outcome=Outcome.TYPE, got=got)
        pairs = [tuple(pair) if isinstance(pair, list) else pair for pair in got]
        trial.require(got is not before or pairs == learn_merges(words, merges), _KEPT, got=got)
        trial.compare(pairs, learn_merges(words, merges), inputs=(words, merges))


EXERCISE = Exercise(id="07.learn_merges", reference=learn_merges, difficulty=3, minutes=12, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Begin with each word as its letters, `{tuple(word): count}`. In each round: count, choose, merge in all.",
        "`counts = pair_counts(split)`; the best: `min(counts, key=lambda pair: (-counts[pair], pair))`; it ends where "
        "there is no pair, or the best occurs once.",
        "`split = {tuple(merge_pair(list(word), best)): count for word, count in split.items()}`."), explanation="""
Sennrich, Haddow and Birch (2016, algorithm 1) run over the words with their counts and not over the text: a word that
occurs a thousand times is merged once. What is most frequent changes with each merge, so the pairs are counted anew;
`fast.learn_merges` does that only in the words that have changed, and learns 8,000 merges in seconds.""")  # fmt: skip
