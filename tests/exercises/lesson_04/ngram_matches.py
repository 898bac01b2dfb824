"""Answers to exercise 04.ngram_matches."""

from collections import Counter

import numpy as np

from course_lib import metrics
from tests.exercises.answers import right, wrong


@right
def by_counters(hypothesis, reference, n):
    mine = Counter(tuple(hypothesis[i : i + n]) for i in range(len(hypothesis) - n + 1))
    theirs = Counter(tuple(reference[i : i + n]) for i in range(len(reference) - n + 1))
    return (mine & theirs).total(), mine.total()


@right
def struck_off(hypothesis, reference, n):
    left = [reference[i : i + n] for i in range(max(0, len(reference) - n + 1))]
    matches = total = 0
    for i in range(max(0, len(hypothesis) - n + 1)):
        total += 1
        if hypothesis[i : i + n] in left:
            left.remove(hypothesis[i : i + n])
            matches += 1
    return matches, total


@right
def with_the_library(hypothesis, reference, n):
    return metrics.ngram_matches(hypothesis, reference, n)


def grams(tokens, n):
    return list(zip(*(tokens[k:] for k in range(n)), strict=False))


@wrong(says="nothing is clipped")
def not_clipped(hypothesis, reference, n):
    mine, theirs = grams(hypothesis, n), grams(reference, n)
    return sum(gram in theirs for gram in mine), len(mine)


@wrong(says="each different n-gram counts once")
def as_sets(hypothesis, reference, n):
    mine = grams(hypothesis, n)
    return len(set(mine) & set(grams(reference, n))), len(mine)


@wrong(says="in the total, too")
def sets_throughout(hypothesis, reference, n):
    mine = set(grams(hypothesis, n))
    return len(mine & set(grams(reference, n))), len(mine)


@wrong(says="the total is that of the reference")
def recall(hypothesis, reference, n):
    return by_counters(hypothesis, reference, n)[0], len(grams(reference, n))


@wrong(
    says="the last n-gram is forgotten",
    obeyed={"len(hypothesis) - n": "len(hypothesis) - n + 1", "len(reference) - n": "len(reference) - n + 1"},
)
def last_one_forgotten(hypothesis, reference, n):
    mine = Counter(tuple(hypothesis[i : i + n]) for i in range(len(hypothesis) - n))
    theirs = Counter(tuple(reference[i : i + n]) for i in range(len(reference) - n))
    return sum((mine & theirs).values()), sum(mine.values())


@wrong(says="single words are counted")
def n_not_used(hypothesis, reference, n):
    return sum((Counter(hypothesis) & Counter(reference)).values()), len(hypothesis)


@wrong(says="the total is the number of words", obeyed={"len(hypothesis)": "max(0, len(hypothesis) - n + 1)"})
def total_of_words(hypothesis, reference, n):
    return by_counters(hypothesis, reference, n)[0], len(hypothesis)


@wrong(says="the total is negative")
def negative_total(hypothesis, reference, n):
    return by_counters(hypothesis, reference, n)[0], len(hypothesis) - n + 1


@wrong(says="got their quotient")
def precision(hypothesis, reference, n):
    matches, total = by_counters(hypothesis, reference, n)
    return matches / total if total else 0.0


@wrong(says="total comes first")
def other_order(hypothesis, reference, n):
    return by_counters(hypothesis, reference, n)[::-1]


@wrong(says="at the same place only")
def place_by_place(hypothesis, reference, n):
    mine = grams(hypothesis, n)
    return sum(a == b for a, b in zip(mine, grams(reference, n), strict=False)), len(mine)


@wrong(
    says="and the reference's, too",
    obeyed={"hypothesis[i:i + n]": "tuple(hypothesis[i:i + n])", "reference[i:i + n]": "tuple(reference[i:i + n])"},
)
def lists_counted(hypothesis, reference, n):
    mine = Counter(hypothesis[i : i + n] for i in range(len(hypothesis) - n + 1))
    theirs = Counter(reference[i : i + n] for i in range(len(reference) - n + 1))
    return (mine & theirs).total(), mine.total()


@right
def by_counting_each(hypothesis, reference, n):
    found, there = grams(hypothesis, n), grams(reference, n)
    return sum(min(found.count(gram), there.count(gram)) for gram in set(found)), len(found)


@wrong(says="the smaller of the two counts")
def counts_of_the_reference(hypothesis, reference, n):
    there = Counter(grams(reference, n))
    return sum(there[gram] for gram in set(grams(hypothesis, n))), len(grams(hypothesis, n))


@wrong(says="(a, b) is not (b, a)")
def order_lost(hypothesis, reference, n):
    found, there = (Counter(tuple(sorted(gram)) for gram in grams(side, n)) for side in (hypothesis, reference))
    return (found & there).total(), found.total()


@wrong(says="without a sign between them")
def joined_words(hypothesis, reference, n):
    found, there = (Counter("".join(gram) for gram in grams(side, n)) for side in (hypothesis, reference))
    return (found & there).total(), found.total()


@wrong(says="must overlap")
def in_chunks(hypothesis, reference, n):
    found, there = (Counter(grams(side, n)[::n]) for side in (hypothesis, reference))
    return (found & there).total(), found.total()


@wrong(
    says="fewer than n words",
    obeyed={
        "range(len(hypothesis))": "range(len(hypothesis) - n + 1)",
        "range(len(reference))": "range(len(reference) - n + 1)",
    },
)
def slices_cut_short(hypothesis, reference, n):
    mine = Counter(tuple(hypothesis[i : i + n]) for i in range(len(hypothesis)))
    theirs = Counter(tuple(reference[i : i + n]) for i in range(len(reference)))
    return (mine & theirs).total(), mine.total()


@wrong(says="only the sum is clipped")
def sum_clipped(hypothesis, reference, n):
    mine, theirs = grams(hypothesis, n), grams(reference, n)
    return min(sum(gram in theirs for gram in mine), len(theirs)), len(mine)


@wrong(says="in the total each different n-gram")
def total_of_different_ones(hypothesis, reference, n):
    mine = Counter(grams(hypothesis, n))
    return (mine & Counter(grams(reference, n))).total(), len(mine)


@wrong(says="the total is lost")
def nothing_for_a_short_reference(hypothesis, reference, n):
    return by_counters(hypothesis, reference, n) if len(reference) >= n else (0, 0)


@wrong(says="`The` and `the`")
def in_lower_case(hypothesis, reference, n):
    return by_counters([word.lower() for word in hypothesis], [word.lower() for word in reference], n)


@wrong(says="a hypothesis shorter than n has no n-gram")
def at_least_one(hypothesis, reference, n):
    def grams(tokens):
        return Counter(tuple(tokens[i : i + n]) for i in range(max(1, len(tokens) - n + 1)))

    mine = grams(hypothesis)
    return sum((mine & grams(reference)).values()), sum(mine.values())


@wrong(says="a hypothesis shorter than n has no n-gram")
def total_of_at_least_one(hypothesis, reference, n):
    matches, total = by_counters(hypothesis, reference, n)
    return matches, max(1, total)


@right
def summed_by_numpy(hypothesis, reference, n):
    mine, theirs = grams(hypothesis, n), grams(reference, n)
    return np.sum([min(mine.count(gram), theirs.count(gram)) for gram in set(mine)]), len(mine)


@wrong(says="the larger of the two counts")
def larger_count(hypothesis, reference, n):
    mine, theirs = Counter(grams(hypothesis, n)), Counter(grams(reference, n))
    return sum(max(mine[gram], theirs[gram]) for gram in mine if gram in theirs), mine.total()


@wrong(says="what the reference lacks is counted")
def difference_of_counters(hypothesis, reference, n):
    mine = Counter(grams(hypothesis, n))
    return (mine - Counter(grams(reference, n))).total(), mine.total()


@wrong(says="pairs of words are counted, whatever n is")
def always_pairs(hypothesis, reference, n):
    return by_counters(hypothesis, reference, 2)


@wrong(says="a sign is put in front")
def padded_on_the_left(hypothesis, reference, n):
    front = ["<s>"] * (n - 1)
    return by_counters(front + hypothesis, front + reference, n)


@wrong(says="words are found inside others")
def searched_in_the_text(hypothesis, reference, n):
    text, mine = " ".join(reference), Counter(map(" ".join, grams(hypothesis, n)))
    return sum(min(count, text.count(gram)) for gram, count in mine.items()), mine.total()


@wrong(says="words are found inside others")
def in_the_text(hypothesis, reference, n):
    text, mine = " ".join(reference), grams(hypothesis, n)
    return sum(" ".join(gram) in text for gram in mine), len(mine)


@wrong(says="it stops at the first n-gram without a match")
def break_for_continue(hypothesis, reference, n):
    mine, left = grams(hypothesis, n), grams(reference, n)
    matches = 0
    for gram in mine:
        if gram not in left:
            break
        left.remove(gram)
        matches += 1
    return matches, len(mine)


@wrong(says="got an int")
def nothing_of_a_short_one(hypothesis, reference, n):
    return by_counters(hypothesis, reference, n) if len(hypothesis) >= n else 0
