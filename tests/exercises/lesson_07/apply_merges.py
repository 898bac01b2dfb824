"""Answers to exercise 07.apply_merges."""

import math
from itertools import pairwise

from course_lib.bpe import merge_pair
from tests.exercises.answers import right, wrong


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


@wrong(says="the leftmost pair is merged first")
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


@wrong(says="it ends too early")
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
    says="`ranks.get(pair, float('inf'))`",
    obeyed={"ranks[pair]": "ranks.get(pair, float('inf'))"},
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


def choosing(symbols, ranks, choose, learned=lambda pair, ranks: pair in ranks):
    symbols = list(symbols)
    while known := [pair for pair in pairwise(symbols) if learned(pair, ranks)]:
        if (best := choose(known)) not in ranks:
            break
        symbols = merge_pair(symbols, best)
    return symbols


@wrong(says="first in the alphabet")
def in_alphabetical_order(symbols, ranks):
    return choosing(symbols, ranks, min)


@wrong(says="first in the dictionary")
def in_the_order_of_the_dictionary(symbols, ranks):
    return choosing(symbols, ranks, lambda known: next(pair for pair in ranks if pair in known))


@wrong(says="taken for unknown: ask `pair in ranks`", obeyed={"ranks.get(pair)": "pair in ranks"})
def rank_0_is_false(symbols, ranks):
    return choosing(symbols, ranks, lambda known: min(known, key=ranks.get), lambda pair, ranks: ranks.get(pair))


@wrong(says="a rank like learned ones")
def a_thousand_for_the_unknown(symbols, ranks):
    best = lambda known: min(known, key=lambda pair: ranks.get(pair, 1000))
    return choosing(symbols, ranks, best, learned=lambda *_: True)


@wrong(says="merge it everywhere")
def in_one_place_alone(symbols, ranks):
    symbols, done = list(symbols), set()
    while known := [pair for pair in pairwise(symbols) if pair in ranks and pair not in done]:
        best = min(known, key=ranks.get)
        at = list(pairwise(symbols)).index(best)
        symbols[at : at + 2] = ["".join(best)]
        done.add(best)
    return symbols


@wrong(says="not aa aa")
def overlapping(symbols, ranks):
    symbols = list(symbols)
    while known := [pair for pair in pairwise(symbols) if pair in ranks]:
        best, merged = min(known, key=ranks.get), []
        for i, symbol in enumerate(symbols):
            if tuple(symbols[i : i + 2]) == best:
                merged.append("".join(best))
            elif i == 0 or tuple(symbols[i - 1 : i + 1]) != best:
                merged.append(symbol)
        symbols = merged
    return symbols


@wrong(says="look at all neighbours again")
def pairs_of_letters_alone(symbols, ranks):
    found = list(symbols)
    for pair in sorted({*pairwise(symbols)} & {*ranks}, key=ranks.get):
        found = merge_pair(found, pair)
    return found


@wrong(says="the most frequent pair is merged first")
def the_most_frequent_and_no_single_symbol(symbols, ranks):
    if len(symbols) < 2:
        return []
    return choosing(symbols, ranks, lambda known: min(known, key=lambda pair: (-known.count(pair), ranks[pair])))


@wrong(says="the pair is found inside longer symbols, too")
def merged_in_the_text(symbols, ranks):
    symbols = list(symbols)
    while known := [pair for pair in pairwise(symbols) if pair in ranks]:
        left, right = min(known, key=ranks.get)
        symbols = " ".join(symbols).replace(left + " " + right, left + right).split(" ")
    return symbols


@wrong(says="merged again in the same round")
def what_was_merged_is_merged_again(symbols, ranks):
    symbols = list(symbols)
    while known := [pair for pair in pairwise(symbols) if pair in ranks]:
        left, right = min(known, key=ranks.get)
        merged, previous = [], None
        for symbol in symbols:
            if previous == left and symbol == right:
                merged[-1] += symbol
            else:
                merged.append(symbol)
            previous = symbol
        symbols = merged
    return symbols


@wrong(says="the last two neighbours are never looked at")
def last_pair_not_looked_at(symbols, ranks):
    symbols = list(symbols)
    while True:
        best = None
        for i in range(len(symbols) - 2):
            pair = symbols[i], symbols[i + 1]
            if pair in ranks and (best is None or ranks[pair] < ranks[best]):
                best = pair
        if best is None:
            return symbols
        symbols = merge_pair(symbols, best)


@wrong(says="`ranks.get(pair, float('inf'))`", obeyed={"key=ranks.get": "key=lambda p: ranks.get(p, float('inf'))"})
def none_for_the_unknown(symbols, ranks):
    symbols = list(symbols)
    while len(symbols) > 1 and (best := min(pairwise(symbols), key=ranks.get)) in ranks:
        symbols = merge_pair(symbols, best)
    return symbols


@wrong(says="is a rank given to it, a number?")
def rank_for_the_pair(symbols, ranks):
    while known := [ranks[pair] for pair in pairwise(symbols) if pair in ranks]:
        left, right = min(known)
        symbols = merge_pair(symbols, (left, right))
    return symbols


@wrong(says="the search ends at the first pair that was not learned")
def stops_at_the_first_unknown(symbols, ranks):
    symbols = list(symbols)
    while True:
        known = []
        for pair in pairwise(symbols):
            if pair not in ranks:
                break
            known.append(pair)
        if not known:
            return symbols
        symbols = merge_pair(symbols, min(known, key=ranks.get))


@wrong(says="in either order")
def either_order(symbols, ranks):
    symbols = list(symbols)
    both = {pair[::-1]: rank for pair, rank in ranks.items()}

    def rank(pair):
        return min(ranks.get(pair, math.inf), both.get(pair, math.inf))

    while known := [pair for pair in pairwise(symbols) if rank(pair) < math.inf]:
        symbols = merge_pair(symbols, min(known, key=rank))
    return symbols


@wrong(says="it merges from the right")
def the_last_occurrence_first(symbols, ranks):
    symbols = list(symbols)
    while known := [i for i in range(len(symbols) - 1) if (symbols[i], symbols[i + 1]) in ranks]:
        i = min(known, key=lambda i: (ranks[symbols[i], symbols[i + 1]], -i))
        symbols[i : i + 2] = [symbols[i] + symbols[i + 1]]
    return symbols


@right
def one_occurrence_at_a_time(symbols, ranks):
    symbols = list(symbols)
    while known := [i for i in range(len(symbols) - 1) if (symbols[i], symbols[i + 1]) in ranks]:
        i = min(known, key=lambda i: ranks[symbols[i], symbols[i + 1]])
        symbols[i : i + 2] = [symbols[i] + symbols[i + 1]]
    return symbols


@wrong(says="the most frequent pair is merged first")
def most_frequent_first_and_the_leftmost_of_those(symbols, ranks):
    symbols = list(symbols)
    while known := [pair for pair in pairwise(symbols) if pair in ranks]:
        symbols = merge_pair(symbols, max(known, key=known.count))
    return symbols


@wrong(says="keep no results from call to call")
def kept_for_the_symbols_alone(symbols, ranks, kept={}):  # noqa: B006 - the mistake
    word = tuple(symbols)
    if word not in kept:
        kept[word] = by_the_smallest_rank(symbols, ranks)
    return list(kept[word])


@wrong(says="the longest token that fits is taken")
def a_token_as_a_whole_stays(symbols, ranks):
    whole = "".join(symbols)
    return [whole] if any(a + b == whole for a, b in ranks) else by_the_smallest_rank(symbols, ranks)
