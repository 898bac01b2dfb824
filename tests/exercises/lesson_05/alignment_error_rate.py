"""Answers to exercise 05.alignment_error_rate."""

from answers import right, wrong


@right
def with_two_counters(links, gold):
    right_twice = total = 0
    for found, true in zip(links, gold, strict=True):
        right_twice += 2 * len(set(found) & set(true))
        total += len(set(found)) + len(set(true))
    return 1 - right_twice / total


@right
def one_minus_f1(links, gold):
    found = {(i, *link) for i, pair in enumerate(links) for link in pair}
    true = {(i, *link) for i, pair in enumerate(gold) for link in pair}
    common = len(found & true)
    if not common:
        return 1.0
    precision, recall = common / len(found), common / len(true)
    return 1 - 2 * precision * recall / (precision + recall)


@right
def by_what_differs(links, gold):
    pairs = [(set(a), set(s)) for a, s in zip(links, gold, strict=True)]
    return sum(len(a ^ s) for a, s in pairs) / sum(len(a) + len(s) for a, s in pairs)


@wrong(says="1 minus it")
def f1(links, gold):
    return 1 - with_two_counters(links, gold)


@wrong(says="1 - precision")
def one_minus_precision(links, gold):
    common = sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True))
    return 1 - common / sum(len(set(a)) for a in links)


@wrong(says="1 - recall")
def one_minus_recall(links, gold):
    common = sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True))
    return 1 - common / sum(len(set(s)) for s in gold)


@wrong(says="right links count twice")
def counted_once(links, gold):
    common = sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True))
    return 1 - common / sum(len(set(a)) + len(set(s)) for a, s in zip(links, gold, strict=True))


@wrong(says="in A or in G")
def jaccard(links, gold):
    common = sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True))
    return 1 - common / sum(len(set(a) | set(s)) for a, s in zip(links, gold, strict=True))


@wrong(says="sum the counts of all pairs first")
def mean_of_rates(links, gold):
    rates = [with_two_counters([a], [s]) if a or s else 0.0 for a, s in zip(links, gold, strict=True)]
    return sum(rates) / len(rates)


@wrong(says="thrown together")
def one_big_set(links, gold):
    found = {link for pair in links for link in pair}
    true = {link for pair in gold for link in pair}
    return 1 - 2 * len(found & true) / (len(found) + len(true))


@wrong(says="`return` inside the loop")
def return_inside_the_loop(links, gold):
    for found, true in zip(links, gold, strict=True):
        return 1 - 2 * len(set(found) & set(true)) / (len(set(found)) + len(set(true)))


@wrong(says="found twice counts twice")
def lists_not_sets(links, gold):
    common = sum(link in s for a, s in zip(links, gold, strict=True) for link in a)
    return 1 - 2 * common / (sum(map(len, links)) + sum(map(len, gold)))


@wrong(says="interchanged on one side")
def source_and_target_interchanged(links, gold):
    return with_two_counters([[(t, s) for s, t in pair] for pair in links], gold)


@wrong(says="make sets of the lists before counting them")
def sets_above_lists_below(links, gold):
    common = sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True))
    return 1 - 2 * common / (sum(map(len, links)) + sum(map(len, gold)))


@wrong(says="target positions alone")
def targets_alone(links, gold):
    pairs = list(zip(links, gold, strict=True))
    common = sum(len({t for _, t in a} & {t for _, t in s}) for a, s in pairs)
    return 1 - 2 * common / sum(len(set(a)) + len(set(s)) for a, s in pairs)


@wrong(says="mean of precision and recall")
def mean_of_precision_and_recall(links, gold):
    common = sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True))
    return 1 - (common / sum(len(set(a)) for a in links) + common / sum(len(set(s)) for s in gold)) / 2


@wrong(says="pair by pair")
def sets_of_all_pairs(links, gold):
    return 1 - 2 * len(set(links) & set(gold)) / (len(links) + len(gold))
