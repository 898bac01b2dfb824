"""Exercise 07.merge_pair: every occurrence of a pair, none overlapping, and nothing else."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from course_lib.bpe import Pair, merge_pair
from course_lib.exercises.kit import Chance, Exercise, Function, Mistake, Outcome, Trial, drawn, with_parts
from course_lib.exercises.lesson_07.shared import by_text, first_alone, from_the_right, overlapping


@with_parts
def _scan(
    symbols: Sequence[str],
    pair: Pair,
    *,
    alike: Function = lambda a, b, pair: (a, b) == pair,
    made: Function = lambda a, b: a + b,
    unseen: int = 0,
) -> list[Any]:
    """From left to right: when two are the pair, what is made of them, how many behind them are not looked at."""
    found: list[Any] = []
    i = 0
    while i < len(symbols):
        if i + 1 < len(symbols) and alike(symbols[i], symbols[i + 1], pair):
            found += [made(symbols[i], symbols[i + 1]), *symbols[i + 2 : i + 2 + unseen]]
            i += 2 + unseen
        else:
            found.append(symbols[i])
            i += 1
    return found


def _in_the_result(symbols: Sequence[str], *, again: Function) -> list[str]:
    """Each symbol joins the last one of the result where `again` says so of the two, and whether that one is merged."""
    found: list[str] = []
    merged = False
    for symbol in symbols:
        merged = bool(found) and bool(again(found[-1], symbol, merged))
        found[len(found) - merged :] = [found[-1] + symbol] if merged else [symbol]
    return found


def _last_lost(symbols: Sequence[str], pair: Pair) -> list[str]:
    merged = merge_pair(symbols, pair)
    return merged[:-1] if merged and merged[-1] == symbols[-1] else merged


def _first_with_last(symbols: Sequence[str], pair: Pair) -> list[str]:
    meet = bool(symbols) and (symbols[-1], symbols[0]) == pair
    return ["".join(pair), *merge_pair(symbols[1:], pair)] if meet else merge_pair(symbols, pair)


MISTAKES: tuple[Mistake, ...] = (
    ("only the first occurrence is merged; every one is", first_alone),
    ("a pair at the very end is not merged; it is one, too", lambda s, p: merge_pair(s[:-1], p) + s[-1:]),
    ("the search ends at the first `left` that has no `right` behind it; go on behind that one",
     lambda s, p: next((m + s[n:] for n in range(len(s)) if (m := merge_pair(s[:n], p))[-2:-1] == [p[0]]),
                       merge_pair(s, p))),
    ("only pairs at even places are found: behind a symbol that stays alone go on by one, not by two",
     lambda s, p: [x for i in range(0, len(s), 2) for x in (["".join(p)] if (*s[i : i + 2],) == p else s[i : i + 2])]),
    ("in a pattern the dot stands for any character: `re.escape(' '.join(pair))` takes it as it is",
     lambda s, p: re.sub(rf"(?<!\S){' '.join(p)}(?!\S)", "".join(p), " ".join(s)).split()),
    ("an occurrence begins where another has not ended: after a merge go on behind both symbols", overlapping),
    ("both symbols are merged, and the second one stays besides: go on behind it",
     lambda s, p: [x for i, y in enumerate(s) for x in (["".join(p)] if tuple(s[i : i + 2]) == p else [y])]),
    ("all neighbours are looked at, also a merged symbol and the one behind it: go on by two behind a merge (`while`)",
     *[lambda s, p, n=n: [x for a in pairwise(s) for x in (["".join(p)] if a == p else a[:n])] for n in (1, 2)]),
    ("the symbol behind a merge is not looked at; it may begin the next pair", _scan(unseen=1)),
    ("it merges from the right; go from the left: a a a becomes aa a", from_the_right),
    ("what was merged is merged again; it takes no part in a second merge: a a a becomes aa a, not aaa",
     lambda s, p: _in_the_result(s, again=lambda a, b, again: b == p[1] and (a == p[0] or (again and b == p[0])))),
    ("the pair is found inside other symbols, too: compare whole symbols",
     _scan(alike=lambda a, b, p: a.endswith(p[0]) and b == p[1]),
     _scan(alike=lambda a, b, p: a.endswith(p[0]) and b == p[1] and not a.endswith("".join(p))),
     _scan(alike=lambda a, b, p: a.endswith(p[0]) and b.startswith(p[1])),
     _scan(alike=lambda a, b, p: a == p[0] and b.startswith(p[1])),
     lambda s, p: _in_the_result(s, again=lambda a, b, _: a.endswith(p[0]) and b == p[1]),
     by_text, lambda s, p: by_text(s, p) or [""], lambda s, p: list("".join(s).replace("".join(p), "\0")) and
     [("".join(p) if c == "\0" else c) for c in "".join(s).replace("".join(p), "\0")]),
    ("only both together are compared, and ab c is taken for a bc: compare each of the two",
     _scan(alike=lambda a, b, p: a + b == "".join(p))),
    ("`is` asks for the same object, not for an equal one: compare strings with `==`",
     _scan(alike=lambda a, b, p: a is p[0] and b is p[1])),
    ("the first symbol is compared with the last one, too: index -1 is the end of the list", _first_with_last),
    ("either order is merged; (a, b) is not (b, a)", lambda s, p: merge_pair(merge_pair(s, p), p[::-1]),
     _scan(alike=lambda a, b, p: (a, b) in (p, p[::-1]))),
    ("a pair of two equal symbols is not merged; it is one, too", _scan(alike=lambda a, b, p: (a, b) == p and a != b)),
    ("the two are joined the wrong way round: `left + right`", _scan(made=lambda a, b: b + a)),
    ("only what was merged comes back; all other symbols belong there, too",
     lambda s, p: ["".join(p)] * (len(s) - len(merge_pair(s, p)))),
    ("a single symbol is lost; it is not merged, but it belongs there",
     lambda s, p: merge_pair(s, p) if len(s) > 1 else []),
    ("the pair is left out: what is made of it belongs there, `left + right`",
     lambda s, p: [x for x in merge_pair(s, p) if x != "".join(p) or x in s]),
    ("the two stay apart in a tuple; they become one string", _scan(made=lambda a, b: (a, b))),
    ("the last symbol is lost where nothing is merged with it", _last_lost),
    ("the last symbol is appended, too, where it was merged; append it only where it was not",
     lambda s, p: (m := merge_pair(s, p)) + s[-1:] * (m[-1:] != s[-1:])),
    ("nothing is merged: is a list compared with the tuple `pair`?", lambda s, p: list(s)),
)  # fmt: skip
ADVICE = (
    ("IndexError", "There may be no symbol at all, and none behind the last: ask for the length first."),
    ("indices must be integers", "`for i in symbols` gives the symbols; `range(len(symbols))` gives their places."),
    ("'NoneType' object has no attribute 'append'", "`append` changes the list and gives None: keep the list."),
)


def _draw(chance: Chance) -> tuple[list[str], Pair]:
    some = chance.sample(["a", "b", "c", "A", "ab", "bc", "aa", "가", ".", "7"], chance.randint(1, 4))
    return chance.choices(some, k=chance.n(0)), (chance.choice(some), chance.choice(some))


def examine(trial: Trial) -> None:
    cases = [
        ("a b a b", "a b"), ("a a b", "a b"), ("a a a", "a a"), ("a a a a a", "a a"), ("b a", "a b"), ("ab a b", "a b"),
        ("a b c", "b c"), ("aa a", "a a"), ("c", "a b"), ("x ab c", "b c"), ("a b b a b", "a b"), ("a b . b", ". b"),
        ("가 서 가 서 요", "가 서"),
        ("a bc b c", "b c"), ("a bc a b", "a b"), ("", "a b"), ("ab c a bc", "a bc"),
    ]  # fmt: skip
    for symbols, (left, right) in (*((a.split(), tuple(b.split())) for a, b in cases), *drawn(_draw)):
        got = trial.call(symbols, (left, right))
        a_list = f"return the symbols in a list; a {type(got).__name__} came"
        trial.require(isinstance(got, list), a_list, outcome=Outcome.TYPE, got=got)
        trial.compare(got, merge_pair(symbols, (left, right)), inputs=(symbols, (left, right)))


EXERCISE = Exercise(id="07.merge_pair", reference=merge_pair, difficulty=2, minutes=6, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Make a new list. Go through the symbols; where the last one in the list and the next one are the pair, they "
        "become one.",
        "`if merged and (merged[-1], symbol) == pair: merged[-1] += symbol`, else `merged.append(symbol)`."),
    explanation="""What was merged is another symbol: after (a, a) has become aa, the next a meets aa and not a. So
nothing overlaps, and of a a a the first two are one. Symbols are compared whole: the ab that an earlier merge has made
is no a with a b behind it.""")  # fmt: skip
