"""Answers to exercise 07.merge_pair."""

from answers import right, wrong


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


@wrong(says="from the left")
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


@wrong(says="nothing is merged")
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
