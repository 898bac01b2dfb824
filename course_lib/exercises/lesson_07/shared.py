"""Ways to merge a pair that several exercises of lesson 07 have for mistakes."""

from collections.abc import Sequence
from itertools import pairwise

from course_lib.bpe import Pair, merge_pair


def first_alone(symbols: Sequence[str], pair: Pair) -> list[str]:
    """The first occurrence is merged, and no other."""
    at = next((i for i in range(len(symbols) - 1) if (symbols[i], symbols[i + 1]) == pair), len(symbols))
    return [*symbols[:at], *(["".join(pair)] if at < len(symbols) else []), *symbols[at + 2 :]]


def by_text(symbols: Sequence[str], pair: Pair) -> list[str]:
    """Replaced in the text with spaces between: the end and the beginning of longer symbols are taken for the pair."""
    text = " ".join(symbols).replace(" ".join(pair), "".join(pair))
    return text.split(" ") if text else []


def from_the_right(symbols: Sequence[str], pair: Pair) -> list[str]:
    """The last occurrence first: of a a a comes a aa."""
    merged = merge_pair([s[::-1] for s in symbols[::-1]], (pair[1][::-1], pair[0][::-1]))
    return [symbol[::-1] for symbol in merged[::-1]]


def overlapping(symbols: Sequence[str], pair: Pair) -> list[str]:
    """An occurrence may begin where another has not ended: of a a a comes aa aa."""
    begins = [(a, b) == pair for a, b in pairwise(symbols)]
    found = zip(symbols, [*begins, False], [False, *begins], strict=False)
    return ["".join(pair) if here else symbol for symbol, here, before in found if here or not before]
