"""Answers to exercise 04.bleu."""

import math

from course_lib.metrics import ngram_matches, sacrebleu
from tests.exercises.answers import right, wrong
from tests.exercises.lesson_04.ngram_matches import by_counters, struck_off
from tests.exercises.lesson_04.shared import lengths


@right
def step_by_step(hypotheses, references):
    logs = 0
    for n in range(1, 5):
        matches = total = 0
        for hypothesis, reference in zip(hypotheses, references, strict=True):
            m, t = by_counters(hypothesis, reference, n)
            matches, total = matches + m, total + t
        if not matches:
            return 0.0
        logs += math.log(matches / total) / 4
    c, r = sum(len(h) for h in hypotheses), sum(len(r) for r in references)
    return 100 * math.exp(min(0, 1 - r / c)) * math.exp(logs)


@right
def as_a_product(hypotheses, references):
    product = 1.0
    for n in (1, 2, 3, 4):
        counts = [struck_off(h, r, n) for h, r in zip(hypotheses, references, strict=True)]
        product *= sum(m for m, _ in counts) / max(1, sum(t for _, t in counts))
    shorter = sum(map(len, hypotheses)) / sum(map(len, references))
    return 100.0 * product**0.25 * (1 if shorter >= 1 else math.exp(1 - 1 / shorter))


@right
def from_the_library(hypotheses, references):
    found = sacrebleu(hypotheses=hypotheses, references=references)
    none = [by_counters(h, r, 4)[0] for h, r in zip(hypotheses, references, strict=True)]
    return found if any(none) else 0.0


def precisions(hypotheses, references):
    found = []
    for n in range(1, 5):
        counts = [by_counters(h, r, n) for h, r in zip(hypotheses, references, strict=True)]
        found.append(sum(m for m, _ in counts) / max(1, sum(t for _, t in counts)))
    return found


@wrong(says="mean of the scores of the sentences")
def sentence_bleu_averaged(hypotheses, references):
    scores = [step_by_step([h], [r]) for h, r in zip(hypotheses, references, strict=True)]
    return sum(scores) / len(scores)


@wrong(says="brevity penalty has no effect")
def no_penalty(hypotheses, references):
    return 100 * math.prod(precisions(hypotheses, references)) ** 0.25


@wrong(says="brevity penalty is turned round")
def long_ones_punished(hypotheses, references):
    c, r = lengths(hypotheses, references)
    penalty = 1 if c <= r else math.exp(1 - c / r)
    return 100 * penalty * math.prod(precisions(hypotheses, references)) ** 0.25


@wrong(says="rewards long hypotheses")
def penalty_without_a_limit(hypotheses, references):
    c, r = lengths(hypotheses, references)
    return 100 * math.exp(1 - r / c) * math.prod(precisions(hypotheses, references)) ** 0.25


@wrong(says="geometric mean")
def arithmetic_mean(hypotheses, references):
    c, r = lengths(hypotheses, references)
    found = precisions(hypotheses, references)
    if not all(found):
        return 0.0
    return 100 * min(1, math.exp(1 - r / c)) * sum(found) / 4


@wrong(says="multiply by 100")
def as_a_share(hypotheses, references):
    return step_by_step(hypotheses, references) / 100


@wrong(says="hypotheses and references are interchanged")
def arguments_swapped(hypotheses, references):
    return step_by_step(references, hypotheses)


@wrong(says="only n = 1, 2 and 3 are counted")
def range_of_four(hypotheses, references):
    c, r = lengths(hypotheses, references)
    found = precisions(hypotheses, references)[:3]
    return 100 * min(1, math.exp(1 - r / c)) * math.prod(found) ** (1 / 3)


@wrong(says="only n = 1, 2 and 3 are counted", obeyed={"range(1, 4)": "range(1, 5)"})
def range_ends_before_four(hypotheses, references):
    logs = 0
    for n in range(1, 4):
        counts = [ngram_matches(h, s, n) for h, s in zip(hypotheses, references, strict=True)]
        matches, total = sum(m for m, _ in counts), sum(t for _, t in counts)
        if matches == 0:
            return 0.0
        logs += math.log(matches / total) / 4
    c, r = lengths(hypotheses, references)
    return 100 * min(1.0, math.exp(1 - r / c)) * math.exp(logs)


@wrong(
    says="take its fourth root",
    obeyed={
        "math.prod(precisions(hypotheses, references))": "math.prod(precisions(hypotheses, references)) ** (1 / 4)",
    },
)
def product_without_root(hypotheses, references):
    c, r = lengths(hypotheses, references)
    return 100 * min(1, math.exp(1 - r / c)) * math.prod(precisions(hypotheses, references))


@wrong(says="return 0.0")
def logarithm_of_zero(hypotheses, references):
    c, r = lengths(hypotheses, references)
    logs = [math.log(p) for p in precisions(hypotheses, references)]
    return 100 * min(1, math.exp(1 - r / c)) * math.exp(sum(logs) / 4)


@wrong(says="it should be exp(1 - r/c)")
def quotient_turned(hypotheses, references):
    c, r = lengths(hypotheses, references)
    penalty = 1 if c >= r else math.exp(1 - c / r)
    return 100 * penalty * math.prod(precisions(hypotheses, references)) ** 0.25


@wrong(says="some n has no matches")
def small_number_added(hypotheses, references):
    c, r = lengths(hypotheses, references)
    logs = []
    for n in (1, 2, 3, 4):
        matches = sum(ngram_matches(h, s, n)[0] for h, s in zip(hypotheses, references, strict=True))
        total = sum(max(0, len(h) - n + 1) for h in hypotheses)
        logs.append(math.log((matches + 1e-9) / (total + 1e-9)))
    return 100 * min(1.0, math.exp(1 - r / c)) * math.exp(sum(logs) / 4)


@wrong(says="across their ends")
def joined_to_one_sentence(hypotheses, references):
    return step_by_step([[w for h in hypotheses for w in h]], [[w for r in references for w in r]])


@wrong(says="n = 5 is counted", obeyed={"range(1, 6)": "range(1, 5)", "/ 5": "/ 4"})
def range_of_six(hypotheses, references):
    c, r = lengths(hypotheses, references)
    matches = [sum(ngram_matches(h, s, n)[0] for h, s in zip(hypotheses, references, strict=True)) for n in range(1, 6)]
    totals = [sum(max(0, len(h) - n + 1) for h in hypotheses) for n in range(1, 6)]
    if 0 in matches:
        return 0.0
    mean = sum(math.log(m / t) for m, t in zip(matches, totals, strict=True)) / 5
    return 100 * min(1.0, math.exp(1 - r / c)) * math.exp(mean)


def of_orders(hypotheses, references, orders, root):
    counts = [[by_counters(h, r, n) for h, r in zip(hypotheses, references, strict=True)] for n in orders]
    found = [sum(m for m, _ in pairs) / max(1, sum(t for _, t in pairs)) for pairs in counts]
    c, r = lengths(hypotheses, references)
    return 100 * min(1.0, math.exp(1 - r / c)) * math.prod(found) ** (1 / root)


@wrong(says="n = 5 is counted", obeyed={"range(1, 6)": "range(1, 5)"})
def range_of_six_and_four(hypotheses, references):
    return of_orders(hypotheses, references, range(1, 6), 4)


@wrong(says="n = 0 is counted, and n = 4 is not", obeyed={"range(4)": "range(1, 5)"})
def counted_from_zero(hypotheses, references):
    return of_orders(hypotheses, references, range(4), 4)


@wrong(says="n = 0 is counted, too", obeyed={"range(5), 5": "range(1, 5), 4"})
def range_of_five(hypotheses, references):
    return of_orders(hypotheses, references, range(5), 5)


@wrong(says="a number is added to matches and totals")
def smoothed(hypotheses, references):
    product = 1.0
    for n in (1, 2, 3, 4):
        counts = [by_counters(h, r, n) for h, r in zip(hypotheses, references, strict=True)]
        product *= (sum(m for m, _ in counts) + (n > 1)) / (sum(t for _, t in counts) + (n > 1))
    c, r = lengths(hypotheses, references)
    return 100 * min(1.0, math.exp(1 - r / c)) * product**0.25


@wrong(says="the brevity penalty is a mean over the sentences")
def penalty_of_each(hypotheses, references):
    pairs = zip(hypotheses, references, strict=True)
    each = [math.exp(min(0, 1 - len(r) / len(h))) if h else 0.0 for h, r in pairs]
    return 100 * sum(each) / len(each) * math.prod(precisions(hypotheses, references)) ** 0.25


@wrong(says="each precision is a mean over the sentences")
def precisions_of_each(hypotheses, references):
    product = 1.0
    for n in (1, 2, 3, 4):
        counts = [by_counters(h, r, n) for h, r in zip(hypotheses, references, strict=True)]
        shares = [m / t for m, t in counts if t]
        product *= sum(shares) / max(1, len(shares))
    c, r = lengths(hypotheses, references)
    return 100 * min(1.0, math.exp(1 - r / c)) * product**0.25


@wrong(says="2. yours runs from 0 to 1")
def arithmetic_mean_as_a_share(hypotheses, references):
    c, r = lengths(hypotheses, references)
    found = precisions(hypotheses, references)
    return min(1, math.exp(1 - r / c)) * sum(found) / 4 if all(found) else 0.0


@wrong(says="it is 0 where one sentence has no match")
def nothing_for_one_without_matches(hypotheses, references):
    matches, totals = [0] * 4, [0] * 4
    for h, r in zip(hypotheses, references, strict=True):
        for n in range(1, 5):
            m, t = by_counters(h, r, n)
            if m == 0:
                return 0.0
            matches[n - 1] += m
            totals[n - 1] += t
    if not totals[3]:
        return 0.0
    c, r = lengths(hypotheses, references)
    bp = 1.0 if c >= r else math.exp(1 - r / c)
    return 100 * bp * math.exp(sum(math.log(m / t) for m, t in zip(matches, totals, strict=True)) / 4)


@wrong(says="where a hypothesis is empty, its reference is left out")
def empty_ones_skipped(hypotheses, references):
    pairs = [(h, r) for h, r in zip(hypotheses, references, strict=True) if h]
    if not pairs:
        return 0.0
    hs, rs = zip(*pairs, strict=True)
    found = precisions(hs, rs)
    if not all(found):
        return 0.0
    c, r = lengths(hs, rs)
    bp = 1.0 if c >= r else math.exp(1 - r / c)
    return 100 * bp * math.exp(sum(math.log(p) for p in found) / 4)


@wrong(
    says="2. hypotheses and references are interchanged",
    obeyed={
        "references, hypotheses": "hypotheses, references",
        "math.exp(sum((math.log(p) for p in found)))": "math.exp(sum((math.log(p) for p in found))) ** (1 / 4)",
    },
)
def interchanged_and_no_root(hypotheses, references):
    found = precisions(references, hypotheses)
    if not all(found):
        return 0.0
    c, r = lengths(references, hypotheses)
    bp = 1.0 if c >= r else math.exp(1 - r / c)
    return 100 * bp * math.exp(sum(math.log(p) for p in found))


def summed(hypotheses, references, counts=by_counters, orders=range(1, 5)):
    """For each n the sums of matches and totals."""
    pairs = list(zip(hypotheses, references, strict=True))
    return [[sum(column) for column in zip(*(counts(h, r, n) for h, r in pairs), strict=True)] for n in orders]


def score(hypotheses, references, found, mean=lambda found: math.prod(found) ** 0.25):
    c, r = lengths(hypotheses, references)
    return 100 * min(1.0, math.exp(1 - r / c)) * mean(found) if all(found) else 0.0


@wrong(says="the arguments of `ngram_matches` are interchanged")
def reference_first(hypotheses, references):
    sums = summed(hypotheses, references, counts=lambda h, r, n: ngram_matches(r, h, n))
    return score(hypotheses, references, [m / max(1, t) for m, t in sums])


@wrong(says="the smaller n are still in the sums")
def sums_not_set_back(hypotheses, references):
    matches = total = logs = 0
    for n in range(1, 5):
        for h, r in zip(hypotheses, references, strict=True):
            m, t = ngram_matches(h, r, n)
            matches += m
            total += t
        if not matches:
            return 0.0
        logs += math.log(matches / total) / 4
    c, r = lengths(hypotheses, references)
    return 100 * min(1.0, math.exp(1 - r / c)) * math.exp(logs)


@wrong(says="only the last sentence counts")
def sums_overwritten(hypotheses, references):
    last = [ngram_matches(hypotheses[-1], references[-1], n) for n in range(1, 5)]
    return score(hypotheses, references, [m / max(1, t) for m, t in last])


@wrong(says="only the last n counts")
def logarithms_overwritten(hypotheses, references):
    found = [m / max(1, t) for m, t in summed(hypotheses, references)]
    return score(hypotheses, references, found, mean=lambda found: math.exp(math.log(found[-1]) / 4))


@wrong(says="call it for each pair")
def whole_corpus_at_once(hypotheses, references):
    counts = [ngram_matches(hypotheses, references, n) for n in range(1, 5)]
    return score(hypotheses, references, [m / t for m, t in counts])


@wrong(says="sum over all, then divide once")
def quotient_of_each_sentence(hypotheses, references):
    pairs = list(zip(hypotheses, references, strict=True))
    found = [sum(m / t for m, t in (ngram_matches(h, r, n) for h, r in pairs)) / len(pairs) for n in range(1, 5)]
    return score(hypotheses, references, found)


@wrong(says="a pair that occurs twice counts once")
def each_pair_once(hypotheses, references):
    pairs = {(tuple(h), tuple(r)) for h, r in zip(hypotheses, references, strict=True)}
    return step_by_step([list(h) for h, _ in pairs], [list(r) for _, r in pairs])


@wrong(says="fewer than four words are left out")
def short_ones_skipped(hypotheses, references):
    pairs = [(h, r) for h, r in zip(hypotheses, references, strict=True) if len(h) >= 4]
    return step_by_step([h for h, _ in pairs], [r for _, r in pairs])


@wrong(says="only the first pair counts")
def first_pair_alone(hypotheses, references):
    return step_by_step(hypotheses[:1], references[:1])


@wrong(says="the mean is the harmonic one")
def harmonic(hypotheses, references):
    found = precisions(hypotheses, references)
    return score(hypotheses, references, found, mean=lambda found: 4 / sum(1 / p for p in found) if all(found) else 0.0)


@wrong(says="the logarithms have base 10")
def base_of_ten(hypotheses, references):
    found = precisions(hypotheses, references)
    return score(
        hypotheses,
        references,
        found,
        mean=lambda found: math.exp(sum(map(math.log10, found)) / 4) if all(found) else 0.0,
    )


@wrong(says="it is rounded")
def to_one_place(hypotheses, references):
    return round(step_by_step(hypotheses, references), 1)


@wrong(says="return 0.0 before you divide")
def no_n_grams_at_all(hypotheses, references):
    counts = [
        list(zip(*(ngram_matches(*pair, n) for pair in zip(hypotheses, references, strict=True)), strict=True))
        for n in range(1, 5)
    ]
    found = [sum(matches) / sum(totals) for matches, totals in counts]
    return score(hypotheses, references, found)
