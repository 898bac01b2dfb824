"""Answers to exercise 07.merge_pair."""

import re
from itertools import pairwise

from tests.exercises.answers import right, wrong


@right
def into_a_new_list(symbols, pair):
    merged = []
    for symbol in symbols:
        if merged and (merged[-1], symbol) == pair:
            merged[-1] = merged[-1] + symbol
        else:
            merged.append(symbol)
    return merged


def scan(symbols, pair, merged_symbol, stop):
    """From the left, up to the place `stop`; two that are merged are passed over together."""
    merged, i = [], 0
    while i < stop:
        found = tuple(symbols[i : i + 2]) == pair
        merged.append(merged_symbol if found else symbols[i])
        i += 2 if found else 1
    return merged


@right
def place_by_place(symbols, pair):
    return scan(symbols, pair, "".join(pair), stop=len(symbols))


@wrong(says="only the first occurrence is merged")
def one_occurrence(symbols, pair):
    for i in range(len(symbols) - 1):
        if (symbols[i], symbols[i + 1]) == pair:
            return symbols[:i] + ["".join(pair)] + symbols[i + 2 :]
    return symbols


@wrong(says="the second one stays besides")
def second_symbol_stays(symbols, pair):
    return ["".join(pair) if tuple(symbols[i : i + 2]) == pair else symbol for i, symbol in enumerate(symbols)]


@wrong(says="it merges from the right; go from the left")
def from_the_right(symbols, pair):
    merged = []
    for symbol in reversed(symbols):
        if merged and (symbol, merged[0]) == pair:
            merged[0] = symbol + merged[0]
        else:
            merged.insert(0, symbol)
    return merged


@wrong(says="compare whole symbols")
def by_replacing_text(symbols, pair):
    return " ".join(symbols).replace(" ".join(pair), "".join(pair)).split()


@wrong(says="(a, b) is not (b, a)")
def either_order(symbols, pair):
    return into_a_new_list(into_a_new_list(symbols, pair), (pair[1], pair[0]))


@wrong(says="in a list")
def one_string(symbols, pair):
    return "".join(symbols)


@wrong(says="the two stay apart in a tuple")
def a_tuple_in_the_list(symbols, pair):
    return scan(symbols, pair, pair, stop=len(symbols))


@wrong(says="the last symbol is lost")
def last_one_forgotten(symbols, pair):
    return scan(symbols, pair, "".join(pair), stop=len(symbols) - 1)


@wrong(says="is a list compared with the tuple `pair`?")
def compared_with_a_list(symbols, pair):
    return [s for s in symbols if [s] != list(pair)]


@wrong(says="in place")
def in_the_list_that_was_given(symbols, pair):
    i = 0
    while i < len(symbols) - 1:
        if (symbols[i], symbols[i + 1]) == pair:
            symbols[i : i + 2] = ["".join(pair)]
        i += 1
    return symbols


@wrong(says="begins where another has not ended")
def overlapping(symbols, pair):
    merged = []
    for i, symbol in enumerate(symbols):
        if tuple(symbols[i : i + 2]) == pair:
            merged.append("".join(pair))
        elif i == 0 or tuple(symbols[i - 1 : i + 1]) != pair:
            merged.append(symbol)
    return merged


def by(same, symbols, pair, unseen=0):
    merged, i = [], 0
    while i < len(symbols):
        if i + 1 < len(symbols) and same(symbols[i], symbols[i + 1]):
            merged += ["".join(pair), *symbols[i + 2 : i + 2 + unseen]]
            i += 2 + unseen
        else:
            merged.append(symbols[i])
            i += 1
    return merged


@wrong(says="ab c is taken for a bc")
def joined_strings_compared(symbols, pair):
    return by(lambda a, b: a + b == "".join(pair), symbols, pair)


@wrong(says="compare strings with `==`", obeyed={"a is pair[0] and b is pair[1]": "a == pair[0] and b == pair[1]"})
def the_same_object(symbols, pair):
    return by(lambda a, b: a is pair[0] and b is pair[1], symbols, pair)


@wrong(says="it may begin the next pair")
def one_behind_it_passed_over(symbols, pair):
    return by(lambda a, b: (a, b) == pair, symbols, pair, unseen=1)


@wrong(says="index -1 is the end of the list")
def first_compared_with_last(symbols, pair):
    merged, fresh = [], False
    for i, symbol in enumerate(symbols):
        fresh = not fresh and (symbols[i - 1], symbol) == pair
        merged[-1:] = ["".join(pair)] if fresh else [*merged[-1:], symbol]
    return merged


@wrong(says="found inside other symbols, too")
def the_end_of_a_symbol(symbols, pair):
    merged = []
    for symbol in symbols:
        if merged and merged[-1].endswith(pair[0]) and symbol == pair[1] and not merged[-1].endswith("".join(pair)):
            merged[-1] += symbol
        else:
            merged.append(symbol)
    return merged


@wrong(says="There may be no symbol at all")
def the_first_one_taken_out(symbols, pair):
    merged = [symbols[0]]
    for symbol in symbols[1:]:
        if (merged[-1], symbol) == pair:
            merged[-1] += symbol
        else:
            merged.append(symbol)
    return merged


@wrong(says="only pairs at even places are found")
def two_by_two(symbols, pair):
    merged = []
    for i in range(0, len(symbols), 2):
        two = tuple(symbols[i : i + 2])
        if two == pair:
            merged.append("".join(two))
        else:
            merged.extend(two)
    return merged


@wrong(
    says="in a pattern the dot stands for any character: `re.escape(' '.join(pair))`",
    obeyed={"' '.join(pair)": "re.escape(' '.join(pair))"},
)
def by_a_pattern(symbols, pair):
    pattern = re.compile(r"(?<!\S)" + " ".join(pair) + r"(?!\S)")
    return pattern.sub("".join(pair), " ".join(symbols)).split()


@wrong(says="the search ends at the first `left`")
def by_index(symbols, pair):
    left, right = pair
    merged, rest = [], list(symbols)
    while left in rest:
        at = rest.index(left)
        if rest[at + 1 : at + 2] != [right]:
            break
        merged += rest[:at] + [left + right]
        rest = rest[at + 2 :]
    return merged + rest


@wrong(says="a pair at the very end is not merged")
def bound_one_too_small(symbols, pair):
    left, right = pair
    merged, i = [], 0
    while i < len(symbols):
        if i < len(symbols) - 2 and symbols[i] == left and symbols[i + 1] == right:
            merged.append(left + right)
            i += 2
        else:
            merged.append(symbols[i])
            i += 1
    return merged


@wrong(says="all neighbours are looked at, also a merged symbol and the one behind it")
def all_neighbours(symbols, pair):
    merged = []
    for i in range(len(symbols) - 1):
        merged.append("".join(pair) if (symbols[i], symbols[i + 1]) == pair else symbols[i])
    return merged


@wrong(says="all neighbours are looked at, also a merged symbol and the one behind it")
def both_of_all_neighbours(symbols, pair):
    merged = []
    for a, b in pairwise(symbols):
        merged += [a + b] if (a, b) == pair else [a, b]
    return merged


@wrong(says="the last symbol is appended, too, where it was merged")
def last_one_always_appended(symbols, pair):
    return scan(symbols, pair, "".join(pair), stop=len(symbols) - 1) + symbols[-1:]


@wrong(says="the search ends at the first `left`")
def by_index_in_one_list(symbols, pair):
    left, right = pair
    merged = list(symbols)
    while left in merged and right in merged:
        i = merged.index(left)
        if merged[i + 1] != right:
            break
        merged[i : i + 2] = [left + right]
    return merged


@wrong(says="`append` changes the list and gives None")
def what_append_gives(symbols, pair):
    merged = []
    for symbol in symbols:
        merged = merged.append(symbol)
    return merged


@wrong(
    says="`range(len(symbols))` gives their places",
    obeyed={"for i in symbols": "for i in range(len(symbols))"},
)
def symbols_for_places(symbols, pair):
    merged = []
    for i in symbols:
        merged.append("".join(pair) if symbols[i] == pair[0] and symbols[i + 1] == pair[1] else symbols[i])
    return merged


def joined_to_the_result(symbols, pair, again):
    merged, joined = [], False
    for symbol in symbols:
        joined = bool(merged) and again(merged[-1], symbol, joined)
        if joined:
            merged[-1] += symbol
        else:
            merged.append(symbol)
    return merged


@wrong(says="the pair is found inside other symbols")
def the_next_begins_with_the_right_one(symbols, pair):
    return joined_to_the_result(symbols, pair, lambda last, new, _: last == pair[0] and new.startswith(pair[1]))


@wrong(says="what was merged is merged again")
def a_run_is_merged_as_a_whole(symbols, pair):
    left, right = pair
    return joined_to_the_result(
        symbols, pair, lambda last, new, joined: new == right and (last == left or (joined and left == right))
    )


@wrong(says="two equal symbols is not merged")
def equal_symbols_stay(symbols, pair):
    return list(symbols) if pair[0] == pair[1] else place_by_place(symbols, pair)


@wrong(says="joined the wrong way round", obeyed={"right + left": "left + right"})
def joined_the_wrong_way_round(symbols, pair):
    left, right = pair
    return scan(symbols, pair, right + left, stop=len(symbols))


@wrong(says="only what was merged comes back")
def the_merged_alone(symbols, pair):
    found, i = [], 0
    while i < len(symbols) - 1:
        if (symbols[i], symbols[i + 1]) == pair:
            found.append("".join(pair))
            i += 1
        i += 1
    return found


@wrong(says="a single symbol is lost")
def a_single_symbol_is_none(symbols, pair):
    return place_by_place(symbols, pair) if len(symbols) >= 2 else []
