"""Answers to exercise 04.beam_step."""

import heapq
import math

import torch

from course_lib.text import EOS
from tests.exercises.answers import right, wrong


@right
def sorted_candidates(hypotheses, next_log_p, beam, alpha):
    candidates = []
    for k, (words, log_p) in enumerate(hypotheses):
        if words and words[-1] == EOS:
            candidates.append((words, log_p))
            continue
        for word in range(next_log_p.shape[1]):
            candidates.append((words + [word], log_p + next_log_p[k, word].item()))
    return sorted(candidates, key=lambda c: -c[1] / len(c[0]) ** alpha)[:beam]


@right
def by_a_heap(hypotheses, next_log_p, beam, alpha):
    def children():
        for (words, log_p), row in zip(hypotheses, next_log_p, strict=True):
            if words[-1:] == [EOS]:
                yield words, log_p
            else:
                yield from ((words + [v], log_p + float(p)) for v, p in enumerate(row))

    return heapq.nlargest(beam, children(), key=lambda c: c[1] / len(c[0]) ** alpha)


@right
def by_topk(hypotheses, next_log_p, beam, alpha):
    V = next_log_p.shape[1]
    ended = torch.tensor([bool(words) and words[-1] == EOS for words, _ in hypotheses])
    so_far = torch.tensor([log_p for _, log_p in hypotheses]).unsqueeze(1)
    stay = torch.full((V,), -math.inf)
    stay[0] = 0.0
    total = so_far + torch.where(ended.unsqueeze(1), stay, next_log_p)  # (K, V)
    length = torch.tensor([len(words) for words, _ in hypotheses]) + (~ended)
    score = (total / length.unsqueeze(1) ** alpha).flatten()
    kept = []
    for place in score.topk(min(beam, int(score.isfinite().sum()))).indices.tolist():
        k, word = divmod(place, V)
        words = hypotheses[k][0]
        kept.append((words if ended[k] else [*words, word], total[k, word].item()))
    return kept


def candidates_of(hypotheses, next_log_p, keep_ended=True):
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        if words and words[-1] == EOS and keep_ended:
            yield words, log_p
        else:
            for word, p in enumerate(row):
                yield words + [word], log_p + p


def score_with(alpha):
    return lambda candidate: candidate[1] / len(candidate[0]) ** alpha


@wrong(says="a hypothesis that has ended is extended")
def ended_goes_on(hypotheses, next_log_p, beam, alpha):
    found = list(candidates_of(hypotheses, next_log_p, keep_ended=False))
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong(says="is dropped")
def ended_is_dropped(hypotheses, next_log_p, beam, alpha):
    found = [
        (words + [word], log_p + p)
        for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True)
        if not (words and words[-1] == EOS)
        for word, p in enumerate(row)
    ]
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong(says="`alpha` has no effect", obeyed={"c[1]": "c[1] / len(c[0]) ** alpha"})
def without_normalization(hypotheses, next_log_p, beam, alpha):
    return sorted(candidates_of(hypotheses, next_log_p), key=lambda c: c[1], reverse=True)[:beam]


@wrong(says="whatever `alpha` is", obeyed={"score_with(1)": "lambda c: c[1] / len(c[0]) ** alpha"})
def alpha_forgotten(hypotheses, next_log_p, beam, alpha):
    return sorted(candidates_of(hypotheses, next_log_p), key=score_with(1), reverse=True)[:beam]


@wrong(says="the score is handed on")
def score_for_log_p(hypotheses, next_log_p, beam, alpha):
    found = sorted(candidates_of(hypotheses, next_log_p), key=score_with(alpha), reverse=True)[:beam]
    return [(words, log_p / len(words) ** alpha) for words, log_p in found]


@wrong(says="the worst candidates are kept", obeyed={"key=score_with(alpha)": "key=score_with(alpha), reverse=True"})
def rising_order(hypotheses, next_log_p, beam, alpha):
    return sorted(candidates_of(hypotheses, next_log_p), key=score_with(alpha))[:beam]


@wrong(says="one child of each hypothesis")
def best_of_each(hypotheses, next_log_p, beam, alpha):
    found = [
        max(candidates_of([hypothesis], row.unsqueeze(0)), key=score_with(alpha))
        for hypothesis, row in zip(hypotheses, next_log_p, strict=True)
    ]
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong(says="log p of the hypothesis is forgotten")
def last_word_only(hypotheses, next_log_p, beam, alpha):
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        over = words and words[-1] == EOS
        found += [(words, log_p)] if over else [(words + [word], p) for word, p in enumerate(row)]
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong(says="log-probabilities are multiplied")
def multiplied(hypotheses, next_log_p, beam, alpha):
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        over = words and words[-1] == EOS
        found += [(words, log_p)] if over else [(words + [word], log_p * p) for word, p in enumerate(row)]
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong(says="all candidates come back")
def nothing_pruned(hypotheses, next_log_p, beam, alpha):
    return sorted(candidates_of(hypotheses, next_log_p), key=score_with(alpha), reverse=True)


@wrong(says="<sos> is counted")
def one_too_long(hypotheses, next_log_p, beam, alpha):
    return sorted(candidates_of(hypotheses, next_log_p), key=lambda c: c[1] / (len(c[0]) + 1) ** alpha, reverse=True)[
        :beam
    ]


@wrong(says="The first hypothesis has no words yet", obeyed={"words[-1] == EOS": "words and words[-1] == EOS"})
def no_empty_hypothesis(hypotheses, next_log_p, beam, alpha):
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        over = words[-1] == EOS
        found += [(words, log_p)] if over else [(words + [word], log_p + p) for word, p in enumerate(row)]
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong(says="in place", obeyed={"words.append(word)": "words = [*words, word]"})
def words_appended(hypotheses, next_log_p, beam, alpha):
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        for word, p in enumerate(row):
            words.append(word)
            found.append((words, log_p + p))
    return found[:beam]


@right
def the_best_of_each_first(hypotheses, next_log_p, beam, alpha):
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p, strict=True):
        if words[-1:] == [EOS]:
            found.append((words, log_p))
        else:
            best = row.topk(min(beam, len(row)))
            found += [(words + [word], log_p + p) for p, word in zip(*(x.tolist() for x in best), strict=True)]
    return sorted(found, key=lambda c: -c[1] / len(c[0]) ** alpha)[:beam]


@wrong(says="divide by it")
def multiplied_by_the_length(hypotheses, next_log_p, beam, alpha):
    found = candidates_of(hypotheses, next_log_p)
    return sorted(found, key=lambda c: c[1] * len(c[0]) ** alpha, reverse=True)[:beam]


@wrong(says="<eos> is not counted")
def length_without_eos(hypotheses, next_log_p, beam, alpha):
    found = candidates_of(hypotheses, next_log_p)
    length = lambda words: max(1, len(words) - (words[-1] == EOS))
    return sorted(found, key=lambda c: c[1] / length(c[0]) ** alpha, reverse=True)[:beam]


@wrong(says="before the new word")
def length_before_the_word(hypotheses, next_log_p, beam, alpha):
    found = candidates_of(hypotheses, next_log_p)
    return sorted(found, key=lambda c: c[1] / max(1, len(c[0]) - 1) ** alpha, reverse=True)[:beam]


@wrong(says="that is the length of Wu and others")
def length_of_another_paper(hypotheses, next_log_p, beam, alpha):
    found = candidates_of(hypotheses, next_log_p)
    return sorted(found, key=lambda c: c[1] / ((5 + len(c[0])) / 6) ** alpha, reverse=True)[:beam]


@wrong(says="normalized afterwards")
def pruned_by_log_p(hypotheses, next_log_p, beam, alpha):
    found = sorted(candidates_of(hypotheses, next_log_p), key=lambda c: c[1], reverse=True)[:beam]
    return sorted(found, key=score_with(alpha), reverse=True)


@wrong(says="put in front")
def ended_ones_safe(hypotheses, next_log_p, beam, alpha):
    ended = [hypothesis for hypothesis in hypotheses if hypothesis[0][-1:] == [EOS]]
    return (ended + ended_is_dropped(hypotheses, next_log_p, beam, alpha))[:beam]


@wrong(says="belongs to row k")
def rows_counted_by_themselves(hypotheses, next_log_p, beam, alpha):
    found, rows = [], iter(next_log_p.tolist())
    for words, log_p in hypotheses:
        if words and words[-1] == EOS:
            found.append((words, log_p))
        else:
            found += [(words + [word], log_p + p) for word, p in enumerate(next(rows))]
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong(says="before the new word")
def length_of_the_parent(hypotheses, next_log_p, beam, alpha):
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        if words[-1:] == [EOS]:
            found.append((log_p / len(words) ** alpha, words, log_p))
        else:
            sums = [(words + [word], log_p + p) for word, p in enumerate(row)]
            found += [(total / max(1, len(words)) ** alpha, longer, total) for longer, total in sums]
    return [(words, log_p) for _, words, log_p in sorted(found, key=lambda c: -c[0])[:beam]]


@wrong(says="return None: write `words + [word]`", obeyed={"words.append(word)": "words + [word]"})
def appended_in_the_tuple(hypotheses, next_log_p, beam, alpha):
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        over = words[-1:] == [EOS]
        found += [(words, log_p)] if over else [(words.append(word), log_p + p) for word, p in enumerate(row)]
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong(says="`alpha` has no effect")
def one_length_for_all(hypotheses, next_log_p, beam, alpha):
    found = list(candidates_of(hypotheses, next_log_p))
    longest = max(len(words) for words, _ in found)
    return sorted(found, key=lambda c: c[1] / longest**alpha, reverse=True)[:beam]


@wrong(says="in the order of log p")
def likeliest_in_front(hypotheses, next_log_p, beam, alpha):
    found = sorted(candidates_of(hypotheses, next_log_p), key=score_with(alpha), reverse=True)[:beam]
    return sorted(found, key=lambda c: -c[1])


@wrong(says="once the first hypothesis has ended")
def content_with_the_first(hypotheses, next_log_p, beam, alpha):
    if hypotheses[0][0][-1:] == [EOS]:
        return hypotheses[:beam]
    return sorted(candidates_of(hypotheses, next_log_p), key=score_with(alpha), reverse=True)[:beam]


@wrong(says="without a softmax")
def softmax_again(hypotheses, next_log_p, beam, alpha):
    return by_topk(hypotheses, next_log_p.log_softmax(-1), beam, alpha)


@wrong(says="A row may be shorter", obeyed={"row.topk(beam)": "row.topk(min(beam, len(row)))"})
def more_than_there_are(hypotheses, next_log_p, beam, alpha):
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p, strict=True):
        values, best = row.topk(beam)
        children = [(words + [word], log_p + p) for p, word in zip(values.tolist(), best.tolist(), strict=True)]
        found += [(words, log_p)] if words[-1:] == [EOS] else children
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong(says="keep a place in any case")
def ended_ones_do_not_compete(hypotheses, next_log_p, beam, alpha):
    ended = [(w, p) for w, p in hypotheses if w and w[-1] == EOS][:beam]
    going = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        if not words or words[-1] != EOS:
            going += [(words + [word], log_p + p) for word, p in enumerate(row)]

    def score(candidate):
        return candidate[1] / len(candidate[0]) ** alpha

    going = sorted(going, key=score, reverse=True)[: beam - len(ended)]
    return sorted(ended + going, key=score, reverse=True)


@wrong(says="two candidates of the same score overwrite each other")
def by_their_score(hypotheses, next_log_p, beam, alpha):
    by_score = {}
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        if words and words[-1] == EOS:
            by_score[log_p / len(words) ** alpha] = (words, log_p)
            continue
        for word, p in enumerate(row):
            by_score[(log_p + p) / (len(words) + 1) ** alpha] = (words + [word], log_p + p)
    return [by_score[score] for score in sorted(by_score, reverse=True)[:beam]]


def all_candidates(hypotheses, next_log_p):
    return list(candidates_of(hypotheses, next_log_p))


@wrong(says="Divide by `len(words) ** alpha`", obeyed={"len(c[0]) * alpha": "len(c[0]) ** alpha"})
def times_alpha(hypotheses, next_log_p, beam, alpha):
    found = all_candidates(hypotheses, next_log_p)
    return sorted(found, key=lambda c: c[1] / (len(c[0]) * alpha), reverse=True)[:beam]


@wrong(
    says="is a function of one candidate",
    obeyed={"key=log_p / len(words) ** alpha": "key=lambda c: c[1] / len(c[0]) ** alpha"},
)
def key_that_is_a_number(hypotheses, next_log_p, beam, alpha):
    words, log_p = hypotheses[0]
    found = all_candidates(hypotheses, next_log_p)
    return sorted(found, key=log_p / len(words) ** alpha, reverse=True)[:beam]


@wrong(
    says="`key` has one argument",
    obeyed={"score(words, log_p)": "score(c)", "log_p / len(words) ** alpha": "c[1] / len(c[0]) ** alpha"},
)
def key_of_two(hypotheses, next_log_p, beam, alpha):
    def score(words, log_p):
        return log_p / len(words) ** alpha

    return sorted(candidates_of(hypotheses, next_log_p), key=score, reverse=True)[:beam]


@wrong(says="`+=` joins lists of candidates", obeyed={"found.append([*": "found.extend([*"})
def list_in_the_list(hypotheses, next_log_p, beam, alpha):
    found = []
    for hypothesis, row in zip(hypotheses, next_log_p, strict=True):
        found.append([*candidates_of([hypothesis], row[None])])
    return sorted(found, key=lambda c: c[1] / len(c[0]) ** alpha, reverse=True)[:beam]


@wrong(
    says="`next_log_p[k].tolist()` has a number for each word",
    obeyed={"enumerate(next_log_p.tolist())": "enumerate(next_log_p[k].tolist())"},
)
def rows_taken_for_words(hypotheses, next_log_p, beam, alpha):
    found = []
    for k in range(len(hypotheses)):
        words, log_p = hypotheses[k]
        over = words[-1:] == [EOS]
        children = [(words + [word], log_p + p) for word, p in enumerate(next_log_p.tolist()) if not over]
        found += [(words, log_p)] if over else children
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong(says="only one candidate comes back")
def best_alone(hypotheses, next_log_p, beam, alpha):
    return max(candidates_of(hypotheses, next_log_p), key=score_with(alpha))


@wrong(says="only one candidate comes back")
def best_in_a_list(hypotheses, next_log_p, beam, alpha):
    return [max(candidates_of(hypotheses, next_log_p), key=score_with(alpha))]


@wrong(says="sorted by their words")
def sorted_without_a_key(hypotheses, next_log_p, beam, alpha):
    return sorted(candidates_of(hypotheses, next_log_p), reverse=True)[:beam]


@wrong(says="stays, and is extended, too")
def continue_forgotten(hypotheses, next_log_p, beam, alpha):
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        if words and words[-1] == EOS:
            found.append((words, log_p))
        found += [(words + [word], log_p + p) for word, p in enumerate(row)]
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong(says="belongs to row k")
def always_the_first_row(hypotheses, next_log_p, beam, alpha):
    rows = next_log_p[0].expand_as(next_log_p)
    return sorted(candidates_of(hypotheses, rows), key=score_with(alpha), reverse=True)[:beam]


@wrong(says="the best last; put it first")
def best_at_the_end(hypotheses, next_log_p, beam, alpha):
    return sorted(candidates_of(hypotheses, next_log_p), key=score_with(alpha))[-beam:]


@wrong(says="the length is multiplied by alpha")
def one_plus_alpha_times_the_length(hypotheses, next_log_p, beam, alpha):
    found = candidates_of(hypotheses, next_log_p)
    return sorted(found, key=lambda c: c[1] / (1 + alpha * len(c[0])), reverse=True)[:beam]


@wrong(says="log p comes first in each pair", obeyed={"(log_p, words) for": "(words, log_p) for"})
def score_in_front(hypotheses, next_log_p, beam, alpha):
    best = sorted(candidates_of(hypotheses, next_log_p), key=score_with(alpha), reverse=True)[:beam]
    return [(log_p, words) for words, log_p in best]


@wrong(
    says="share one list, which grows",
    obeyed={"longer.append(word)": "pass", "(longer, log_p + p)": "(words + [word], log_p + p)"},
)
def one_list_for_all(hypotheses, next_log_p, beam, alpha):
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        if words and words[-1] == EOS:
            found.append((words, log_p))
            continue
        longer = list(words)
        for word, p in enumerate(row):
            longer.append(word)
            found.append((longer, log_p + p))
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


def with_words(hypotheses, next_log_p, beam, alpha, first, start):
    """Candidates of the words from `first` on, counted from `start`."""
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        over = bool(words) and words[-1] == EOS
        found += [(words, log_p)] if over else [(words + [v], log_p + p) for v, p in enumerate(row[first:], start)]
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong(says="word 0 is never tried")
def padding_never_tried(hypotheses, next_log_p, beam, alpha):
    return with_words(hypotheses, next_log_p, beam, alpha, 1, 1)


@wrong(says="the words are counted from 1")
def counted_from_one(hypotheses, next_log_p, beam, alpha):
    return with_words(hypotheses, next_log_p, beam, alpha, 0, 1)


@wrong(says="those that have ended are ranked by log p")
def ended_ones_not_normalized(hypotheses, next_log_p, beam, alpha):
    found = [
        (log_p if (words, log_p) in hypotheses else score_with(alpha)((words, log_p)), words, log_p)
        for words, log_p in candidates_of(hypotheses, next_log_p)
    ]
    return [(words, log_p) for _, words, log_p in sorted(found, key=lambda c: c[0], reverse=True)[:beam]]


@wrong(says="nothing goes on once one hypothesis has ended")
def finished_with_the_first_end(hypotheses, next_log_p, beam, alpha):
    if any(words and words[-1] == EOS for words, _ in hypotheses):
        return list(hypotheses)
    return sorted(candidates_of(hypotheses, next_log_p), key=score_with(alpha), reverse=True)[:beam]
