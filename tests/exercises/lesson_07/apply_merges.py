"""Answers to exercise 07.apply_merges."""

import math
from itertools import pairwise

from answers import right, wrong

from course_lib.bpe import merge_pair


@right
def by_the_smallest_rank(symbols, ranks):
    symbols = list(symbols)
    while True:
        pairs = [(ranks[pair], pair) for pair in pairwise(symbols) if pair in ranks]
        if not pairs:
            return symbols
        symbols = merge_pair(symbols, min(pairs)[1])


@right
def with_infinity_for_the_unknown(symbols, ranks):
    symbols = list(symbols)
    while len(symbols) > 1:
        best = min(pairwise(symbols), key=lambda pair: ranks.get(pair, math.inf))
        if best not in ranks:
            break
        symbols = merge_pair(symbols, best)
    return symbols


@right
def in_the_order_of_learning(symbols, ranks):
    symbols = list(symbols)
    for pair in sorted(ranks, key=ranks.get):
        symbols = merge_pair(symbols, pair)
    return symbols


@wrong(says="furthest to the left")
def leftmost_first(symbols, ranks):
    symbols = list(symbols)
    while known := [pair for pair in pairwise(symbols) if pair in ranks]:
        symbols = merge_pair(symbols, known[0])
    return symbols


@wrong(says="the smallest rank comes first")
def largest_rank_first(symbols, ranks):
    symbols = list(symbols)
    while known := [pair for pair in pairwise(symbols) if pair in ranks]:
        symbols = merge_pair(symbols, max(known, key=ranks.get))
    return symbols


@wrong(says="one merge only")
def once(symbols, ranks):
    known = [pair for pair in pairwise(symbols) if pair in ranks]
    return merge_pair(symbols, min(known, key=ranks.get)) if known else list(symbols)


@wrong(says="longest token that fits")
def greedy_longest(symbols, ranks):
    word, tokens, found = "".join(symbols), {a + b for a, b in ranks}, []
    while word:
        size = max(n for n in range(1, len(word) + 1) if n == 1 or word[:n] in tokens)
        found.append(word[:size])
        word = word[size:]
    return found


@wrong(says="nothing is merged")
def left_alone(symbols, ranks):
    return list(symbols)


@wrong(says="return the tokens in a list")
def as_a_string(symbols, ranks):
    return " ".join(by_the_smallest_rank(symbols, ranks))


@wrong(
    says="ask `pair in ranks` first",
    obeyed={"min(pairwise(symbols), ": "min((pair for pair in pairwise(symbols) if pair in ranks), "},
)
def unknown_pairs_asked_for(symbols, ranks):
    symbols = list(symbols)
    while len(symbols) > 1:
        symbols = merge_pair(symbols, min(pairwise(symbols), key=lambda pair: ranks[pair]))
    return symbols


@wrong(says="was not learned is merged")
def everything_merged(symbols, ranks):
    symbols = list(symbols)
    while len(symbols) > 1:
        symbols = merge_pair(symbols, min(pairwise(symbols), key=lambda pair: ranks.get(pair, math.inf)))
    return symbols


@wrong(says="the smallest rank comes first")
def in_the_wrong_order(symbols, ranks):
    symbols = list(symbols)
    for pair in sorted(ranks, key=ranks.get, reverse=True):
        symbols = merge_pair(symbols, pair)
    return symbols
