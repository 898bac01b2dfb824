"""Answers to exercise 05.ibm_model_1."""

import math
from collections import Counter, defaultdict

import numpy as np

from course_lib.word_alignment import ibm_model_1
from tests.exercises.answers import right, wrong


@right
def with_a_default(pairs, rounds):
    """Any constant will do for a start: each y is divided by the sum."""
    t = defaultdict(lambda: 1.0)
    for _ in range(rounds):
        count, total = defaultdict(float), defaultdict(float)
        for source, target in pairs:
            for y in target:
                weights = [t[x, y] for x in source]
                for x, weight in zip(source, weights, strict=True):
                    count[x, y] += weight / sum(weights)
                    total[x] += weight / sum(weights)
        t = {(x, y): c / total[x] for (x, y), c in count.items()}
    return t


@right
def with_matrices(pairs, rounds):
    sources, targets = vocabularies = [sorted({word for pair in pairs for word in pair[side]}) for side in (0, 1)]
    one_hot = [
        [
            np.eye(len(words))[[words.index(word) for word in side]]
            for side, words in zip(pair, vocabularies, strict=True)
        ]
        for pair in pairs
    ]
    t = np.full((len(sources), len(targets)), 1 / len(targets))
    for _ in range(rounds):
        count = np.zeros_like(t)
        for source, target in one_hot:
            weights = source @ t @ target.T
            count += source.T @ (weights / weights.sum(0)) @ target
        t = count / count.sum(1, keepdims=True)
    met = {(x, y) for source, target in pairs for x in source for y in target}
    return {(x, y): float(t[sources.index(x), targets.index(y)]) for x, y in met}


@right
def row_by_row(pairs, rounds):
    t = None
    for _ in range(rounds):
        rows = {}
        for source, target in pairs:
            for y in target:
                z = sum(1.0 if t is None else t[x][y] for x in source)
                for x in source:
                    row = rows.setdefault(x, Counter())
                    row[y] += (1.0 if t is None else t[x][y]) / z
        t = {x: {y: c / row.total() for y, c in row.items()} for x, row in rows.items()}
    return {(x, y): p for x, row in t.items() for y, p in row.items()}


def start(pairs):
    words = {y for _, target in pairs for y in target}
    return {(x, y): 1 / len(words) for source, target in pairs for x in source for y in target}


def em(pairs, rounds, credit, divide):
    """Rounds of `credit(t, source, target, y, x)` and `divide(count, x, y)`."""
    t = start(pairs)
    for _ in range(rounds):
        count = Counter()
        for source, target in pairs:
            for y in target:
                for x in source:
                    count[x, y] += credit(t, source, target, y, x)
        t = {(x, y): divide(count, x, y) for x, y in t}
    return t


def shared(t, source, target, y, x):
    return t[x, y] / sum(t[other, y] for other in source)


def over_x(count, x, y):
    return count[x, y] / sum(c for (other, _), c in count.items() if other == x)


@wrong(says="without being divided by the sum over its source")
def not_shared(pairs, rounds):
    return em(pairs, rounds, lambda t, source, target, y, x: t[x, y], over_x)


@wrong(says="it adds an empty word: where there is one, it stands among the source already")
def with_an_empty_word(pairs, rounds):
    return row_by_row([((None, *source), target) for source, target in pairs], rounds)


@wrong(says="it adds an empty word")
def with_a_second_empty_word(pairs, rounds):
    return row_by_row([(["", *source], target) for source, target in pairs], rounds)


@wrong(says="every round gives the same")
def always_uniform(pairs, rounds):
    return em(pairs, rounds, lambda t, source, target, y, x: 1 / len(source), over_x)


@wrong(says="the sum runs over the words of the target")
def shared_over_the_target(pairs, rounds):
    return em(pairs, rounds, lambda t, source, target, y, x: t[x, y] / sum(t[x, other] for other in target), over_x)


def the_best(t, source, target, y, x):
    return float(x == max(source, key=lambda other: t[other, y]))


@wrong(says="the best x alone gets y (all share it)")
def hard(pairs, rounds):
    return em(pairs, rounds, the_best, over_x)


@wrong(says="its best x alone")
def hard_and_guarded(pairs, rounds):
    return em(pairs, rounds, the_best, lambda count, x, y: over_x(count, x, y) if count[x, y] else 0.0)


@wrong(says="divide by what x was credited with in all")
def divided_by_y(pairs, rounds):
    return em(pairs, rounds, shared, lambda count, x, y: count[x, y] / sum(c for (_, o), c in count.items() if o == y))


@wrong(says="sum of all counts")
def joint(pairs, rounds):
    return em(pairs, rounds, shared, lambda count, x, y: count[x, y] / count.total())


@wrong(says="these are counts")
def counts(pairs, rounds):
    return em(pairs, rounds, shared, lambda count, x, y: count[x, y])


@wrong(says="from round to round")
def counts_are_kept(pairs, rounds):
    t, count, total = start(pairs), Counter(), Counter()
    for _ in range(rounds):
        for source, target in pairs:
            for y in target:
                z = sum(t[x, y] for x in source)
                for x in source:
                    count[x, y] += t[x, y] / z
                    total[x] += t[x, y] / z
        t = {(x, y): count[x, y] / total[x] for x, y in t}
    return t


@wrong(says="t changes between pairs (change it after all of them)")
def divided_inside_the_loop(pairs, rounds):
    t = start(pairs)
    for _ in range(rounds):
        count, total = Counter(), Counter()
        for source, target in pairs:
            for y in target:
                z = sum(t[x, y] for x in source)
                for x in source:
                    count[x, y] += t[x, y] / z
                    total[x] += t[x, y] / z
            t = {(x, y): count[x, y] / total[x] if total[x] else t[x, y] for x, y in t}
    return t


@wrong(says="one round too many")
def a_round_too_many(pairs, rounds):
    return em(pairs, rounds + 1, shared, over_x)


@wrong(says="one round too few")
def from_one(pairs, rounds):
    return em(pairs, len(range(1, rounds)), shared, over_x)


@wrong(says="Or is `return` inside the loop?")
def return_inside_the_loop(pairs, rounds):
    for _ in range(rounds):
        return em(pairs, 1, shared, over_x)


@wrong(says="t is still the uniform start")
def never_maximized(pairs, rounds):
    t = start(pairs)
    for _ in range(rounds):
        em(pairs, 1, shared, over_x)
    return t


@wrong(says="counts once")
def sets_of_words(pairs, rounds):
    return em([(sorted(set(source)), sorted(set(target))) for source, target in pairs], rounds, shared, over_x)


@wrong(says="the word of the source comes first")
def keys_turned_round(pairs, rounds):
    return {(y, x): p for (x, y), p in em(pairs, rounds, shared, over_x).items()}


@wrong(says="x given y")
def sides_interchanged(pairs, rounds):
    return {(x, y): p for (y, x), p in em([(t, s) for s, t in pairs], rounds, shared, over_x).items()}


@wrong(says="expected a dict")
def a_function(pairs, rounds):
    t = em(pairs, rounds, shared, over_x)
    return lambda x, y: t[x, y]


@wrong(says="needs an entry for every x and y", obeyed={"count = {}": "count = defaultdict(float)"})
def no_entries(pairs, rounds):
    t = start(pairs)
    for _ in range(rounds):
        count = {}
        for source, target in pairs:
            for y in target:
                for x in source:
                    count[x, y] += shared(t, source, target, y, x)
        t = {(x, y): over_x(count, x, y) for x, y in t}
    return t


@wrong(says="words are made lower case")
def in_small_letters(pairs, rounds):
    return ibm_model_1([(source, [y.lower() for y in target]) for source, target in pairs], rounds)


@wrong(says="stands twice in a sentence counts once")
def words_that_stand_twice_count_once(pairs, rounds):
    return ibm_model_1([(list(dict.fromkeys(source)), target) for source, target in pairs], rounds)


@wrong(says=None)
def sentences_cut(pairs, rounds):
    return ibm_model_1([(source[:3], target[:3]) for source, target in pairs], rounds)


@wrong(says="its best x alone")
def hard_from_the_second_round_on(pairs, rounds):
    t = em(pairs, 1, shared, over_x)
    for _ in range(rounds - 1):
        count = Counter()
        for source, target in pairs:
            for y in target:
                for x in dict.fromkeys(source):
                    count[x, y] += the_best(t, source, target, y, x)
        t = {(x, y): over_x(count, x, y) if count[x, y] else 0.0 for x, y in t}
    return t


@wrong(says="a pair that stands twice in the corpus counts once")
def pairs_without_repetition(pairs, rounds):
    once = dict.fromkeys((tuple(source), tuple(target)) for source, target in pairs)
    return em([(list(source), list(target)) for source, target in once], rounds, shared, over_x)


@wrong(says="t changes between the pairs of a round")
def maximized_after_each_pair(pairs, rounds):
    t = start(pairs)
    for _ in range(rounds):
        count = Counter()
        for source, target in pairs:
            for y in target:
                z = sum(t[x, y] for x in source)
                for x in source:
                    count[x, y] += t[x, y] / z
            t |= {(x, y): over_x(count, x, y) for x, y in count}
    return t


@wrong(says="two mistakes at once: 1. a word that stands twice")
def sets_of_words_and_smoothed(pairs, rounds):
    pairs = [(sorted(set(source)), sorted(set(target))) for source, target in pairs]
    return em(pairs, rounds, shared, lambda count, x, y: over_x(Counter({k: c + 0.01 for k, c in count.items()}), x, y))


@wrong(says="t begins with 1 / the number of y that meet x")
def another_start_for_each_x(pairs, rounds):
    meets = defaultdict(set)
    for source, target in pairs:
        for x in source:
            meets[x].update(target)
    t = {(x, y): 1 / len(ys) for x, ys in meets.items() for y in ys}
    for _ in range(rounds):
        count = Counter()
        for source, target in pairs:
            for y in target:
                total = sum(t[x, y] for x in source)
                for x in source:
                    count[x, y] += t[x, y] / total
        t = {(x, y): over_x(count, x, y) for x, y in t}
    return t


@wrong(says="must be in the sum twice, and be credited twice")
def shares_in_a_dictionary(pairs, rounds):
    t = start(pairs)
    for _ in range(rounds):
        count = Counter()
        for source, target in pairs:
            for y in target:
                total = sum(t[x, y] for x in source)
                shares = {x: t[x, y] / total for x in source}
                for x, share in shares.items():
                    count[x, y] += share
        t = {(x, y): over_x(count, x, y) for x, y in t}
    return t


@wrong(says="must be in the sum twice, and be credited twice")
def summed_over_a_set(pairs, rounds):
    return em(
        pairs, rounds, lambda t, source, target, y, x: t[x, y] / sum(t[other, y] for other in set(source)), over_x
    )


@wrong(says="it stops where t hardly changes any more: make all the rounds")
def stops_early(pairs, rounds):
    t = start(pairs)
    for _ in range(rounds):
        count = Counter()
        for source, target in pairs:
            for y in target:
                total = sum(t[x, y] for x in source)
                for x in source:
                    count[x, y] += t[x, y] / total
        new = {(x, y): over_x(count, x, y) for x, y in t}
        change = max((abs(new[key] - t[key]) for key in new), default=0.0)
        t = new
        if change < 0.01:
            break
    return t


@wrong(says="counts begin at 0", obeyed={"count, total = ({}, {})": "count, total = (defaultdict(float), {})"})
def two_plain_dictionaries(pairs, rounds):
    t = start(pairs)
    for _ in range(rounds):
        count, total = {}, {}
        for source, target in pairs:
            for y in target:
                z = sum(t[x, y] for x in source)
                for x in source:
                    count[x, y] += t[x, y] / z
                    total[x] += t[x, y] / z
        t = {(x, y): count[x, y] / total[x] for x, y in t}
    return t


@wrong(says="The key is a single word", obeyed={"{}": "defaultdict(float)"})
def a_plain_dictionary_for_the_totals(pairs, rounds):
    t = start(pairs)
    for _ in range(rounds):
        count, total = Counter(), {}
        for source, target in pairs:
            for y in target:
                z = sum(t[x, y] for x in source)
                for x in source:
                    count[x, y] += t[x, y] / z
                    total[x] += t[x, y] / z
        t = {(x, y): count[x, y] / total[x] for x, y in t}
    return t


@wrong(says="The key is a single word", obeyed={"t[x][y]": "t[x, y]"})
def looked_up_in_two_steps(pairs, rounds):
    return em(pairs, rounds, lambda t, source, target, y, x: t[x][y] / sum(t[x, y] for x in source), over_x)


@wrong(says="or the total is not added to for every x of the source", obeyed={" " * 16 + "total": " " * 20 + "total"})
def total_of_the_last_x_alone(pairs, rounds):
    t = start(pairs)
    for _ in range(rounds):
        count, total = Counter(), Counter()
        for source, target in pairs:
            for y in target:
                z = sum(t[x, y] for x in source)
                for x in source:
                    count[x, y] += t[x, y] / z
                total[x] += t[x, y] / z
        t = {(x, y): count[x, y] / total[x] for x, y in t}
    return t


@wrong(says="each share replaces what was counted", obeyed={"] = t[x, y]": "] += t[x, y]"})
def counts_and_totals_replaced(pairs, rounds):
    t = start(pairs)
    for _ in range(rounds):
        count, total = defaultdict(float), defaultdict(float)
        for source, target in pairs:
            for y in target:
                z = sum(t[x, y] for x in source)
                for x in source:
                    count[x, y] = t[x, y] / z
                    total[x] = t[x, y] / z
        t = {(x, y): count[x, y] / total[x] for x, y in t}
    return t


@wrong(says="t begins with 1 / the length of a target")
def begins_with_the_length_of_each_target(pairs, rounds):
    t = {(x, y): 1 / len(target) for source, target in pairs for x in source for y in target}
    for _ in range(rounds):
        count = Counter()
        for source, target in pairs:
            for y in target:
                for x in source:
                    count[x, y] += shared(t, source, target, y, x)
        t = {(x, y): over_x(count, x, y) for x, y in t}
    return t


@wrong(says="these are counts")
def the_last_counts(pairs, rounds):
    t = start(pairs)
    for _ in range(rounds):
        count = defaultdict(float)
        for source, target in pairs:
            for y in target:
                for x in source:
                    count[x, y] += shared(t, source, target, y, x)
        t = {(x, y): over_x(count, x, y) for x, y in t}
    return dict(count)


def by_dictionaries(pairs, rounds, begin=start, smooth=0):
    t = begin(pairs)
    size = len({y for _, y in t})
    for _ in range(rounds):
        count, total = Counter(), Counter()
        for source, target in pairs:
            for y in target:
                for x in source:
                    share = shared(t, source, target, y, x)
                    count[x, y] += share
                    total[x] += share
        t = {(x, y): (count[x, y] + smooth) / (total[x] + smooth * size) for x, y in t}
    return t


@wrong(says="the totals go on from round to round")
def totals_are_kept(pairs, rounds):
    t, total = start(pairs), Counter()
    for _ in range(rounds):
        count = Counter()
        for source, target in pairs:
            for y in target:
                for x in source:
                    count[x, y] += shared(t, source, target, y, x)
                    total[x] += shared(t, source, target, y, x)
        t = {(x, y): count[x, y] / total[x] for x, y in t}
    return t


@wrong(says="each share replaces what was counted", obeyed={"] = shared": "] += shared"})
def counts_alone_replaced(pairs, rounds):
    t = start(pairs)
    for _ in range(rounds):
        count, total = Counter(), Counter()
        for source, target in pairs:
            for y in target:
                for x in source:
                    count[x, y] = shared(t, source, target, y, x)
                    total[x] += shared(t, source, target, y, x)
        t = {(x, y): count[x, y] / total[x] for x, y in t}
    return t


@wrong(says="it divides by how often x stands in the corpus")
def divided_by_occurrences(pairs, rounds):
    total = Counter(x for source, _ in pairs for x in source)
    return em(pairs, rounds, shared, lambda count, x, y: count[x, y] / total[x])


@wrong(says="each y goes to its best x alone")
def hard_and_with_zeros(pairs, rounds):
    t = start(pairs)
    for _ in range(rounds):
        count, total = dict.fromkeys(t, 0.0), {}
        for source, target in pairs:
            for y in target:
                x = max(source, key=lambda word: t[word, y])
                count[x, y] += 1
                total[x] = total.get(x, 0) + 1
        t = {(x, y): c / total.get(x, 1) for (x, y), c in count.items()}
    return t


@wrong(says="t begins with how often x and y meet")
def begins_with_frequencies(pairs, rounds):
    def frequencies(pairs):
        met = Counter((x, y) for source, target in pairs for x in source for y in target)
        return {(x, y): n / sum(m for (other, _), m in met.items() if other == x) for (x, y), n in met.items()}

    return by_dictionaries(pairs, rounds, frequencies)


@wrong(says="something is added to the counts")
def smoothed_for_all_words(pairs, rounds):
    return by_dictionaries(pairs, rounds, smooth=1)


@wrong(says="it returns ln t")
def logarithms(pairs, rounds):
    return {of: math.log(p) for of, p in with_a_default(pairs, rounds).items()}


@wrong(says="there is a dictionary for each x", obeyed={"nested(": "dict("})
def a_dictionary_for_each_x(pairs, rounds):
    return nested(with_a_default(pairs, rounds))


def nested(t):
    rows = defaultdict(dict)
    for (x, y), p in t.items():
        rows[x][y] = p
    return dict(rows)
