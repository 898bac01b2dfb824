"""Answers to exercise 05.alignment_error_rate."""

from course_lib.metrics import alignment_error_rate
from tests.exercises.answers import right, wrong


@right
def with_two_counters(links, sure, possible):
    right_ones = total = 0
    for found, must, may in zip(links, sure, possible, strict=True):
        right_ones += len(set(found) & set(must)) + len(set(found) & set(may))
        total += len(set(found)) + len(set(must))
    return 1 - right_ones / total


@right
def by_numbered_links(links, sure, possible):
    A, S, P = ({(i, *link) for i, pair in enumerate(side) for link in pair} for side in (links, sure, possible))
    return 1 - (len(A & S) + len(A & P)) / (len(A) + len(S))


@right
def by_what_is_wrong_and_what_is_missed(links, sure, possible):
    pairs = [(set(a), set(s), set(p)) for a, s, p in zip(links, sure, possible, strict=True)]
    return sum(len(a - p) + len(s - a) for a, s, p in pairs) / sum(len(a) + len(s) for a, s, _ in pairs)


def counts(links, sure, possible):
    """|A & S|, |A & P|, |A|, |S|, |P| of all pairs."""
    triples = [(set(a), set(s), set(p)) for a, s, p in zip(links, sure, possible, strict=True)]
    each = [(len(a & s), len(a & p), len(a), len(s), len(p)) for a, s, p in triples]
    return [sum(column) for column in zip(*each, strict=True)]


@wrong(says="1 minus it")
def f1(links, sure, possible):
    return 1 - with_two_counters(links, sure, possible)


@wrong(says="possible links are held against it")
def sure_ones_twice(links, sure, possible):
    in_sure, _, found, must, _ = counts(links, sure, possible)
    return 1 - 2 * in_sure / (found + must)


@wrong(says="only possible count as much as sure ones")
def possible_ones_twice(links, sure, possible):
    _, in_possible, found, must, _ = counts(links, sure, possible)
    return 1 - 2 * in_possible / (found + must)


@wrong(says="P stands where S belongs")
def divided_by_the_possible(links, sure, possible):
    in_sure, in_possible, found, _, may = counts(links, sure, possible)
    return 1 - (in_sure + in_possible) / (found + may)


@wrong(says="must count twice: add |A ∩ S|")
def possible_besides_the_sure(links, sure, possible):
    right_ones = total = 0
    for found, must, may in zip(links, sure, possible, strict=True):
        for link in set(found):
            right_ones += link in must or link in may
        total += len(set(found)) + len(set(must))
    return 1 - right_ones / total


@wrong(says="1 - precision")
def one_minus_precision(links, sure, possible):
    _, in_possible, found, _, _ = counts(links, sure, possible)
    return 1 - in_possible / found


@wrong(says="1 - recall")
def one_minus_recall(links, sure, possible):
    in_sure, _, _, must, _ = counts(links, sure, possible)
    return 1 - in_sure / must


@wrong(says="must count twice: add |A ∩ S|")
def counted_once(links, sure, possible):
    in_sure, _, found, must, _ = counts(links, sure, possible)
    return 1 - in_sure / (found + must)


@wrong(says="it divides by |A ∪ S|")
def jaccard(links, sure, possible):
    common = sum(len(set(a) & set(s)) for a, s in zip(links, sure, strict=True))
    return 1 - common / sum(len(set(a) | set(s)) for a, s in zip(links, sure, strict=True))


@wrong(says="sum the counts of all pairs first")
def mean_of_rates(links, sure, possible):
    rates = [with_two_counters([a], [s], [p]) if a or s else 0.0 for a, s, p in zip(links, sure, possible, strict=True)]
    return sum(rates) / len(rates)


@wrong(says="thrown together")
def one_big_set(links, sure, possible):
    found, must, may = ({link for pair in side for link in pair} for side in (links, sure, possible))
    return 1 - (len(found & must) + len(found & may)) / (len(found) + len(must))


@wrong(says="`return` inside the loop")
def return_inside_the_loop(links, sure, possible):
    for found, must, may in zip(links, sure, possible, strict=True):
        return with_two_counters([found], [must], [may])


@wrong(says="found twice counts twice")
def lists_not_sets(links, sure, possible):
    in_sure, in_possible = (
        sum(link in g for a, g in zip(links, side, strict=True) for link in a) for side in (sure, possible)
    )
    return 1 - (in_sure + in_possible) / (sum(map(len, links)) + sum(map(len, sure)))


@wrong(says="interchanged on one side")
def source_and_target_interchanged(links, sure, possible):
    return with_two_counters([[(t, s) for s, t in pair] for pair in links], sure, possible)


@wrong(says="make sets of the lists before counting them")
def sets_above_lists_below(links, sure, possible):
    in_sure, in_possible, *_ = counts(links, sure, possible)
    return 1 - (in_sure + in_possible) / (sum(map(len, links)) + sum(map(len, sure)))


@wrong(says="target positions alone")
def targets_alone(links, sure, possible):
    places = [[[t for _, t in pair] for pair in side] for side in (links, sure, possible)]
    in_sure, in_possible, *_ = counts(*places)
    _, _, found, must, _ = counts(links, sure, possible)
    return 1 - (in_sure + in_possible) / (found + must)


@wrong(says="mean of precision and recall")
def mean_of_precision_and_recall(links, sure, possible):
    in_sure, in_possible, found, must, _ = counts(links, sure, possible)
    return 1 - (in_possible / found + in_sure / must) / 2


@wrong(says="P stands where S belongs")
def interchanged(links, sure, possible):
    return with_two_counters(links, possible, sure)


@wrong(says="pair by pair")
def sets_of_all_pairs(links, sure, possible):
    return 1 - len(set(links) & set(sure)) / (len(links) + len(sure))


@wrong(says="pairs without a sure link must not be left out")
def pairs_without_sure_links_left_out(links, sure, possible):
    kept = [three for three in zip(links, sure, possible, strict=True) if three[1]]
    return alignment_error_rate(*map(list, zip(*kept, strict=True)))


@wrong(says="pairs without a found link must not be left out")
def pairs_without_found_links_left_out(links, sure, possible):
    kept = [three for three in zip(links, sure, possible, strict=True) if three[0]]
    return alignment_error_rate(*map(list, zip(*kept, strict=True))) if kept else 1.0


@wrong(says="make no sets of their positions")
def positions_in_any_order(links, sure, possible):
    return alignment_error_rate(
        *([[frozenset(link) for link in pair] for pair in side] for side in (links, sure, possible))
    )


@wrong(says="where nothing is found the rate should be 1")
def no_error_where_nothing_is_found(links, sure, possible):
    return with_two_counters(links, sure, possible) if any(links) else 0.0


@wrong(says="can have the same short form")
def positions_written_one_behind_the_other(links, sure, possible):
    return with_two_counters(*([[f"{j}{t}" for j, t in pair] for pair in side] for side in (links, sure, possible)))


@wrong(says="repeated links count in |A| or |S|")
def sure_links_in_a_list(links, sure, possible):
    in_sure, in_possible, found, *_ = counts(links, sure, possible)
    return 1 - (in_sure + in_possible) / (found + sum(map(len, sure)))


@wrong(says="two mistakes at once: 1. this is the share that is right")
def f1_of_the_targets(links, sure, possible):
    return f1(*([[t for _, t in pair] for pair in side] for side in (links, sure, possible)))


@wrong(says="brackets are missing")
def without_brackets(links, sure, possible):
    hit_sure = hit_possible = size = 0
    for a, s, p in zip(links, sure, possible, strict=True):
        a, s, p = set(a), set(s), set(p)
        hit_sure += len(a & s)
        hit_possible += len(a & p)
        size += len(a) + len(s)
    return 1 - hit_sure + hit_possible / size


@wrong(says="brackets are missing")
def without_brackets_below(links, sure, possible):
    in_sure, in_possible, found, must, _ = counts(links, sure, possible)
    return 1 - (in_sure + in_possible) / found + must if found else 1.0


@wrong(says="the rate is rounded")
def rounded(links, sure, possible):
    return round(with_two_counters(links, sure, possible), 3)


@wrong(says="two mistakes at once: 1. brackets are missing")
def without_brackets_and_rounded(links, sure, possible):
    return round(without_brackets(links, sure, possible), 3)


@wrong(
    says="Links are counted, then added",
    obeyed={
        "set(found) & set(must)": "len(set(found) & set(must))",
        "set(found) & set(may)": "len(set(found) & set(may))",
    },
)
def sets_are_added_to_a_number(links, sure, possible):
    right_ones = size = 0
    for found, must, may in zip(links, sure, possible, strict=True):
        right_ones += set(found) & set(must)
        right_ones += set(found) & set(may)
        size += len(set(found)) + len(set(must))
    return 1 - right_ones / size


@wrong(says="Links are counted, then added", obeyed={"(a & s) + (a & p)": "len(a & s) + len(a & p)"})
def two_sets_are_added(links, sure, possible):
    pairs = [(set(a), set(s), set(p)) for a, s, p in zip(links, sure, possible, strict=True)]
    return 1 - sum((a & s) + (a & p) for a, s, p in pairs) / sum(len(a) + len(s) for a, s, _ in pairs)


@wrong(says="Or is the divisor never added to?")
def size_stays_0(links, sure, possible):
    right_ones = size = 0
    for found, must, may in zip(links, sure, possible, strict=True):
        right_ones += len(set(found) & set(must)) + len(set(found) & set(may))
    return 1 - right_ones / size


@wrong(says="it divides by |A| alone")
def divided_by_the_found_alone(links, sure, possible):
    in_sure, in_possible, found, *_ = counts(links, sure, possible)
    return 1 - (in_sure + in_possible) / found


@wrong(says="the mean or the sum of the pairs' error rates")
def sum_of_the_rates(links, sure, possible):
    rates = [with_two_counters([a], [s], [p]) for a, s, p in zip(links, sure, possible, strict=True) if a or s]
    return sum(rates)


@wrong(says="Three lists go together", obeyed={"in (links, sure, possible)": "in zip(links, sure, possible)"})
def zip_forgotten(links, sure, possible):
    right_ones = size = 0
    for found, must, may in links, sure, possible:
        right_ones += len(set(found) & set(must)) + len(set(found) & set(may))
        size += len(set(found)) + len(set(must))
    return 1 - right_ones / size


@wrong(says="the last pair is left out")
def without_the_last_pair(links, sure, possible):
    n = max(1, len(links) - 1)
    return with_two_counters(links[:n], sure[:n], possible[:n])


@wrong(says="links with a position 0 are left out")
def position_0_as_the_empty_word(links, sure, possible):
    sides = [[[of for of in pair if all(of)] for pair in side] for side in (links, sure, possible)]
    AS, AP, A, S, _ = counts(*sides)
    return 1 - (AS + AP) / (A + S) if A + S else 0.0


@wrong(says="|A ∪ S| stands above the line")
def union_above_the_line(links, sure, possible):
    AS, AP, A, S, _ = counts(links, sure, possible)
    return 1 - (A + S - AS + AP) / (A + S)


@wrong(says="the fraction is rounded down", obeyed={"//": "/"})
def divided_without_remainder(links, sure, possible):
    AS, AP, A, S, _ = counts(links, sure, possible)
    return 1 - (AS + AP) // (A + S)
