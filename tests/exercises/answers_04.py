"""Answers to the exercises of lesson 04, seq2seq."""
# ruff: noqa: RUF005  (lists are added as learners add them)

import heapq
import math
from collections import Counter

import torch
import torch.nn.functional as F
from answers import right, wrong

from course_lib.metrics import bleu_by_hand, clipped_matches
from course_lib.text import EOS, PAD, SOS

# ---- 04.contexts -------------------------------------------------------------------------------------


@right("04.contexts")
def by_index_and_mask(outputs, mask):
    lengths = mask.sum(1)
    last = outputs[torch.arange(len(outputs)), lengths - 1]
    mean = (outputs * mask.unsqueeze(-1)).sum(1) / lengths.unsqueeze(-1)
    return last, mean


@right("04.contexts")
def sentence_by_sentence(outputs, mask):
    rows = [row[real] for row, real in zip(outputs, mask, strict=True)]
    return torch.stack([row[-1] for row in rows]), torch.stack([row.mean(0) for row in rows])


@right("04.contexts")
def by_products(outputs, mask):
    weights = mask.to(outputs.dtype)
    at_end = weights - F.pad(weights[:, 1:], (0, 1))  # 1 at the last real token alone
    last = torch.einsum("bs,bsh->bh", at_end, outputs)
    return last, torch.einsum("bs,bsh->bh", weights / weights.sum(1, keepdim=True), outputs)


@wrong("04.contexts", says="`last` is taken at the last position")
def last_column(outputs, mask):
    return outputs[:, -1], by_index_and_mask(outputs, mask)[1]


@wrong("04.contexts", says="the mask is not used")
def mask_forgotten(outputs, mask):
    return outputs[:, -1], outputs.mean(dim=1)


@wrong("04.contexts", says="padding is summed, too, and counted")
def mean_of_all(outputs, mask):
    return by_index_and_mask(outputs, mask)[0], outputs.mean(1)


@wrong("04.contexts", says="divided by S")
def zeros_averaged(outputs, mask):
    return by_index_and_mask(outputs, mask)[0], (outputs * mask.unsqueeze(2)).mean(1)


@wrong("04.contexts", says="`mean` is a sum")
def not_divided(outputs, mask):
    return by_index_and_mask(outputs, mask)[0], (outputs * mask.unsqueeze(2)).sum(1)


@wrong("04.contexts", says="sums padding, too")
def all_summed(outputs, mask):
    return by_index_and_mask(outputs, mask)[0], outputs.sum(1) / mask.sum(1).unsqueeze(1)


@wrong("04.contexts", says="one step early")
def off_by_one(outputs, mask):
    lengths = mask.sum(1)
    return outputs[torch.arange(len(outputs)), lengths - 2], by_index_and_mask(outputs, mask)[1]


@wrong("04.contexts", says="`mean` comes first")
def the_other_order(outputs, mask):
    last, mean = by_index_and_mask(outputs, mask)
    return mean, last


@wrong("04.contexts", says="the padding")
def mask_inverted(outputs, mask):
    hidden = (~mask).unsqueeze(-1)
    return by_index_and_mask(outputs, mask)[0], (outputs * hidden).sum(1) / mask.sum(1, keepdim=True)


@wrong("04.contexts", says="got one tensor")
def mean_alone(outputs, mask):
    return by_index_and_mask(outputs, mask)[1]


@wrong("04.contexts", says="`mask[:, :, None]`")
def not_broadcast(outputs, mask):
    return outputs[:, -1], (outputs * mask).sum(1)


@wrong("04.contexts", says="in place")
def padding_overwritten(outputs, mask):
    outputs[~mask] = 0
    return by_index_and_mask(outputs, mask)


@wrong("04.contexts", says="all tokens of the batch")
def one_mean_for_all(outputs, mask):
    last, _ = by_index_and_mask(outputs, mask)
    return last, outputs[mask].mean(0).expand_as(last)


@right("04.contexts")
def by_gather_and_nanmean(outputs, mask):
    B, _, H = outputs.shape
    last = outputs.gather(1, (mask.long().sum(1) - 1).view(B, 1, 1).expand(B, 1, H)).squeeze(1)
    return last, outputs.masked_fill(~mask.unsqueeze(-1), math.nan).nanmean(1)


@wrong("04.contexts", says="`n - 1`")
def behind_the_last(outputs, mask):
    return outputs[torch.arange(len(outputs)), mask.sum(1)], by_products(outputs, mask)[1]


@wrong("04.contexts", says="gradient with respect to `outputs`")
def last_detached(outputs, mask):
    last, mean = by_index_and_mask(outputs, mask)
    return last.detach(), mean


# ---- 04.decoder_step ---------------------------------------------------------------------------------


@right("04.decoder_step")
def three_lines(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)
    h = state[0] if isinstance(state, tuple) else state
    return output(h), state


@right("04.decoder_step")
def by_attributes(tokens, state, embedding, cell, output):
    after = cell(F.embedding(tokens, embedding.weight), state)
    try:
        h, _ = after if not isinstance(after, torch.Tensor) else (after, None)
    except ValueError:
        raise AssertionError("a state of another form") from None
    return F.linear(h, output.weight, output.bias), after


@right("04.decoder_step")
def word_by_word(tokens, state, embedding, cell, output):
    x = torch.stack([embedding.weight[i] for i in tokens.tolist()])
    new = cell(x, state)
    if type(new) is tuple:
        h, c = new
        return h @ output.weight.T + output.bias, (h, c)
    return new @ output.weight.T + output.bias, new


def h_of(state):
    return state[0] if isinstance(state, tuple) else state


@wrong("04.decoder_step", says="before the step")
def output_first(tokens, state, embedding, cell, output):
    logits = output(h_of(state))
    return logits, cell(embedding(tokens), state)


@wrong("04.decoder_step", says="the old state comes back")
def state_not_updated(tokens, state, embedding, cell, output):
    return output(h_of(cell(embedding(tokens), state))), state


@wrong("04.decoder_step", says="made from c")
def output_of_the_cell_state(tokens, state, embedding, cell, output):
    new = cell(embedding(tokens), state)
    return output(new[1] if isinstance(new, tuple) else new), new


@wrong("04.decoder_step", says="a softmax is applied")
def probabilities(tokens, state, embedding, cell, output):
    logits, state = three_lines(tokens, state, embedding, cell, output)
    return F.softmax(logits, dim=-1), state


@wrong("04.decoder_step", says="a log-softmax is applied")
def log_probabilities(tokens, state, embedding, cell, output):
    logits, state = three_lines(tokens, state, embedding, cell, output)
    return F.log_softmax(logits, dim=-1), state


@wrong("04.decoder_step", says="the likeliest words come back")
def next_words(tokens, state, embedding, cell, output):
    logits, state = three_lines(tokens, state, embedding, cell, output)
    return logits.argmax(dim=-1), state


@wrong("04.decoder_step", says="the state comes first")
def state_first(tokens, state, embedding, cell, output):
    logits, state = three_lines(tokens, state, embedding, cell, output)
    return state, logits


@wrong("04.decoder_step", says="begins from zeros")
def state_not_handed_in(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens))
    return output(h_of(state)), state


@wrong("04.decoder_step", says="the output layer takes h alone")
def tuple_into_the_output(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)
    return output(state), state


@wrong("04.decoder_step", says="is the first row of its state")
def always_the_first(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)
    return output(state[0]), state


@wrong("04.decoder_step", says="h alone comes back as the state")
def only_h_goes_on(tokens, state, embedding, cell, output):
    h = h_of(cell(embedding(tokens), state))
    return output(h), h


@wrong("04.decoder_step", says="expected the pair `(logits, state)`")
def logits_alone(tokens, state, embedding, cell, output):
    return three_lines(tokens, state, embedding, cell, output)[0]


@wrong("04.decoder_step", says="look them up first")
def ids_into_the_cell(tokens, state, embedding, cell, output):
    x = tokens.unsqueeze(-1).expand(-1, cell.input_size)
    state = cell(x, state)
    return output(h_of(state)), state


@wrong("04.decoder_step", says="no gradient")
def state_detached(tokens, state, embedding, cell, output):
    old = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
    return three_lines(tokens, old, embedding, cell, output)


@wrong("04.decoder_step", says="two steps on")
def called_twice(tokens, state, embedding, cell, output):
    logits = output(h_of(cell(embedding(tokens), state)))
    return logits, cell(embedding(tokens), cell(embedding(tokens), state))


@wrong("04.decoder_step", says="that of a GRU is h alone")
def always_a_pair(tokens, state, embedding, cell, output):
    h, c = cell(embedding(tokens), state)
    return output(h), (h, c)


@wrong("04.decoder_step", says="The words come first")
def state_into_the_words_place(tokens, state, embedding, cell, output):
    state = cell(state, embedding(tokens))
    return output(h_of(state)), state


# ---- 04.log_likelihood -------------------------------------------------------------------------------


@right("04.log_likelihood")
def gathered_and_masked(logits, target):
    words = target[:, 1:]
    log_p = F.log_softmax(logits, dim=2).gather(2, words.unsqueeze(2)).squeeze(2)
    return log_p.masked_fill(words == PAD, 0).sum(dim=1)


@right("04.log_likelihood")
def by_cross_entropy(logits, target):
    nll = F.cross_entropy(logits.transpose(1, 2), target[:, 1:], ignore_index=PAD, reduction="none")
    return -nll.sum(1)


@right("04.log_likelihood")
def sentence_after_sentence(logits, target):
    rows = []
    for scores, ids in zip(logits, target, strict=True):
        n = int((ids != PAD).sum()) - 1
        log_p = scores[:n] - scores[:n].logsumexp(-1, keepdim=True)
        rows.append(log_p[torch.arange(n), ids[1 : n + 1]].sum())
    return torch.stack(rows)


@wrong("04.log_likelihood", says="the target is not shifted")
def not_shifted(logits, target):
    words = target[:, :-1]
    log_p = logits.log_softmax(-1).gather(-1, words[:, :, None]).squeeze(-1)
    return (log_p * (words != PAD)).sum(1)


@wrong("04.log_likelihood", says="padding is counted")
def padding_in_the_sum(logits, target):
    return logits.log_softmax(-1).gather(-1, target[:, 1:, None]).squeeze(-1).sum(1)


@wrong("04.log_likelihood", says="<eos> is left out")
def without_the_end(logits, target):
    words = target[:, 1:]
    log_p = logits.log_softmax(-1).gather(-1, words[:, :, None]).squeeze(-1)
    return (log_p * (words > EOS)).sum(1)


@wrong("04.log_likelihood", says="the sign is turned")
def as_a_loss(logits, target):
    return -gathered_and_masked(logits, target)


@wrong("04.log_likelihood", says="mean over the words")
def mean_per_word(logits, target):
    return gathered_and_masked(logits, target) / (target[:, 1:] != PAD).sum(1)


@wrong("04.log_likelihood", says="the sentences of the batch are summed")
def of_the_whole_batch(logits, target):
    return gathered_and_masked(logits, target).sum()


@wrong("04.log_likelihood", says="the logits themselves are summed")
def softmax_forgotten(logits, target):
    words = target[:, 1:]
    return (logits.gather(-1, words[:, :, None]).squeeze(-1) * (words != PAD)).sum(1)


@wrong("04.log_likelihood", says="probabilities are summed")
def logarithm_forgotten(logits, target):
    words = target[:, 1:]
    return (logits.softmax(-1).gather(-1, words[:, :, None]).squeeze(-1) * (words != PAD)).sum(1)


@wrong("04.log_likelihood", says="runs over the steps")
def softmax_over_time(logits, target):
    words = target[:, 1:]
    return (logits.log_softmax(1).gather(-1, words[:, :, None]).squeeze(-1) * (words != PAD)).sum(1)


@wrong("04.log_likelihood", says="it is the probability")
def product_of_probabilities(logits, target):
    words = target[:, 1:]
    p = logits.softmax(-1).gather(-1, words[:, :, None]).squeeze(-1)
    return p.masked_fill(words == PAD, 1).prod(1)


@wrong("04.log_likelihood", says="not finite for large logits")
def log_of_the_softmax(logits, target):
    words = target[:, 1:]
    log_p = logits.softmax(-1).log().gather(-1, words[:, :, None]).squeeze(-1)
    return log_p.masked_fill(words == PAD, 0).sum(1)


@wrong("04.log_likelihood", says="the words of a sentence are not summed")
def per_word(logits, target):
    words = target[:, 1:]
    return logits.log_softmax(-1).gather(-1, words[:, :, None]).squeeze(-1) * (words != PAD)


@wrong("04.log_likelihood", says="its `[:, 1:]` is (B, T)")
def whole_target(logits, target):
    log_p = logits.log_softmax(-1).gather(-1, target[:, :, None]).squeeze(-1)
    return (log_p * (target != PAD)).sum(1)


@wrong("04.log_likelihood", says="detached")
def rebuilt(logits, target):
    return torch.tensor(gathered_and_masked(logits, target).tolist())


@right("04.log_likelihood")
def by_one_hot(logits, target):
    words = target[:, 1:]
    chosen = F.one_hot(words, logits.shape[-1]) * (words != PAD).unsqueeze(-1)
    return torch.einsum("btv,btv->b", logits - logits.logsumexp(-1, keepdim=True), chosen.to(logits.dtype))


@wrong("04.log_likelihood", says="for large logits it is not exact")
def guarded_by_a_small_number(logits, target):
    log_p = (logits.softmax(-1) + 1e-9).log().gather(-1, target[:, 1:, None])[:, :, 0]
    return (log_p * (target[:, 1:] != PAD)).sum(1)


@wrong("04.log_likelihood", says="the mask is that of the words told")
def mask_of_the_inputs(logits, target):
    log_p = logits.log_softmax(-1).gather(-1, target[:, 1:, None])[:, :, 0]
    return (log_p * (target[:, :-1] != PAD)).sum(1)


@wrong("04.log_likelihood", says="`transpose(1, 2)`")
def reshaped_for_cross_entropy(logits, target):
    B, T, V = logits.shape
    return -F.cross_entropy(logits.reshape(B, V, T), target[:, 1:], ignore_index=PAD, reduction="none").sum(1)


@wrong("04.log_likelihood", says="the likeliest words are scored")
def of_its_own_words(logits, target):
    return (logits.log_softmax(-1).max(-1).values * (target[:, 1:] != PAD)).sum(1)


@wrong("04.log_likelihood", says="the logits are shifted, too")
def shifted_on_both_sides(logits, target):
    words = target[:, 1:-1]
    log_p = logits[:, 1:].log_softmax(-1).gather(-1, words[:, :, None])[:, :, 0]
    return (log_p * (words != PAD)).sum(1)


# ---- 04.greedy ---------------------------------------------------------------------------------------


@right("04.greedy")
def with_a_flag(step, state, B, max_length):
    tokens = torch.full((B,), SOS)
    ended = torch.zeros(B, dtype=torch.bool)
    columns = []
    for _ in range(max_length):
        logits, state = step(tokens, state)
        tokens = torch.where(ended, torch.tensor(PAD), logits.argmax(-1))
        columns.append(tokens)
        ended |= tokens == EOS
        if ended.all():
            break
    return torch.stack(columns, dim=1)


@right("04.greedy")
def covered_afterwards(step, state, B, max_length):
    ids = torch.full((B, 1), SOS)
    while ids.shape[1] <= max_length and not (ids == EOS).any(1).all():
        logits, state = step(ids[:, -1], state)
        ids = torch.cat([ids, logits.argmax(-1, keepdim=True)], dim=1)
    ids = ids[:, 1:]
    behind = (ids == EOS).long().cumsum(1) - (ids == EOS).long() > 0
    return ids.masked_fill(behind, PAD)


@right("04.greedy")
def in_lists(step, state, B, max_length):
    sentences = [[] for _ in range(B)]
    tokens = [SOS] * B
    while True:
        logits, state = step(torch.tensor(tokens), state)
        tokens = [int(row.argmax()) for row in logits]
        for b, sentence in enumerate(sentences):
            if EOS in sentence:
                tokens[b] = PAD
            sentence.append(tokens[b])
        done = all(EOS in sentence for sentence in sentences)
        if done or len(sentences[0]) == max_length:
            return torch.tensor(sentences)


@wrong("04.greedy", says="behind <eos> the model's words go on")
def no_padding(step, state, B, max_length):
    tokens, ended, columns = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(columns) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1)
        columns.append(tokens)
        ended |= tokens == EOS
    return torch.stack(columns, dim=1)


@wrong("04.greedy", says="as soon as one sentence has ended")
def stops_with_the_first(step, state, B, max_length):
    tokens, columns = torch.full((B,), SOS), []
    while len(columns) < max_length:
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1)
        columns.append(tokens)
        if (tokens == EOS).any():
            break
    return torch.stack(columns, dim=1)


@wrong("04.greedy", says="always goes on to `max_length`")
def never_stops(step, state, B, max_length):
    tokens, ended, columns = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    for _ in range(max_length):
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        ended = ended | (tokens == EOS)
        columns.append(tokens)
    return torch.stack(columns, dim=1)


@wrong("04.greedy", says="all sentences say <eos> in the same step")
def forgets_who_has_ended(step, state, B, max_length):
    tokens, columns = torch.full((B,), SOS), []
    for _ in range(max_length):
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1)
        columns.append(tokens)
        if (tokens == EOS).all():
            break
    return torch.stack(columns, dim=1)


@wrong("04.greedy", says="every step is told `<sos>`")
def own_words_not_fed(step, state, B, max_length):
    first, ended, columns = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(columns) < max_length and not ended.all():
        logits, state = step(first, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        columns.append(tokens)
        ended |= tokens == EOS
    return torch.stack(columns, dim=1)


@wrong("04.greedy", says="the state is not carried on")
def state_dropped(step, state, B, max_length):
    tokens, ended, columns = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(columns) < max_length and not ended.all():
        logits, _ = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        columns.append(tokens)
        ended |= tokens == EOS
    return torch.stack(columns, dim=1)


@wrong("04.greedy", says="<sos> stands in front")
def with_sos(step, state, B, max_length):
    ids = with_a_flag(step, state, B, max_length)
    return torch.cat([torch.full((B, 1), SOS), ids], dim=1)


@wrong("04.greedy", says="<eos> is missing")
def eos_removed(step, state, B, max_length):
    ids = with_a_flag(step, state, B, max_length)
    return ids.masked_fill(ids == EOS, PAD)


@wrong("04.greedy", says="(T, B)")
def stacked_the_other_way(step, state, B, max_length):
    return with_a_flag(step, state, B, max_length).T


@wrong("04.greedy", says="`.all()` asks whether all have ended")
def one_sentence_in_mind(step, state, B, max_length):
    tokens, columns = torch.full((B,), SOS), []
    while len(columns) < max_length:
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1)
        columns.append(tokens)
        if tokens == EOS:
            break
    return torch.stack(columns, dim=1)


@wrong("04.greedy", says="one step too many")
def length_counted_from_sos(step, state, B, max_length):
    return with_a_flag(step, state, B, max_length + 1)


@wrong("04.greedy", says="it returns something else each time")
def drawn_at_random(step, state, B, max_length):
    tokens, ended, columns = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(columns) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = torch.multinomial(logits.softmax(-1), 1).squeeze(1).masked_fill(ended, PAD)
        columns.append(tokens)
        ended |= tokens == EOS
    return torch.stack(columns, dim=1)


@wrong("04.greedy", says="another word than `<sos>`")
def begins_with_zeros(step, state, B, max_length):
    tokens, ended, columns = torch.zeros(B, dtype=torch.long), torch.zeros(B, dtype=torch.bool), []
    while len(columns) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        columns.append(tokens)
        ended |= tokens == EOS
    return torch.stack(columns, dim=1)


@wrong("04.greedy", says="one step for each word")
def each_sentence_by_itself(step, state, B, max_length):
    whole = with_a_flag(step, state, B, max_length)
    for _ in range(B - 1):
        with_a_flag(step, state, B, max_length)
    return whole


@right("04.greedy")
def told_eos_to_the_end(step, state, B, max_length):
    ids = torch.full((B, 1), SOS)
    while ids.shape[1] <= max_length and not (ids == EOS).any(1).all():
        logits, state = step(ids[:, -1], state)
        words = logits.softmax(-1).topk(1).indices[:, 0]
        ids = torch.cat([ids, torch.where((ids == EOS).any(1), EOS, words)[:, None]], dim=1)
    ids = ids[:, 1:]
    return ids.masked_fill((ids == EOS).cumsum(1) > 1, PAD)


@wrong("04.greedy", says="right behind <eos>")
def covered_for_one_step(step, state, B, max_length):
    tokens, ended, columns = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(columns) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(tokens == EOS, PAD)
        columns.append(tokens)
        ended |= tokens == EOS
    return torch.stack(columns, dim=1)


@wrong("04.greedy", says="one word for each sentence")
def a_dimension_too_many(step, state, B, max_length):
    tokens, columns = torch.full((B, 1), SOS), []
    for _ in range(max_length):
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1, keepdim=True)
        columns.append(tokens)
    return torch.cat(columns, dim=1)


# ---- 04.ngram_matches --------------------------------------------------------------------------------


@right("04.ngram_matches")
def by_counters(hypothesis, reference, n):
    mine = Counter(tuple(hypothesis[i : i + n]) for i in range(len(hypothesis) - n + 1))
    theirs = Counter(tuple(reference[i : i + n]) for i in range(len(reference) - n + 1))
    return (mine & theirs).total(), mine.total()


@right("04.ngram_matches")
def struck_off(hypothesis, reference, n):
    left = [reference[i : i + n] for i in range(max(0, len(reference) - n + 1))]
    matches = total = 0
    for i in range(max(0, len(hypothesis) - n + 1)):
        total += 1
        if hypothesis[i : i + n] in left:
            left.remove(hypothesis[i : i + n])
            matches += 1
    return matches, total


@right("04.ngram_matches")
def with_the_library(hypothesis, reference, n):
    return clipped_matches(hypothesis, reference, n), max(0, len(hypothesis) - n + 1)


def grams(tokens, n):
    return list(zip(*(tokens[k:] for k in range(n)), strict=False))


@wrong("04.ngram_matches", says="nothing is clipped")
def not_clipped(hypothesis, reference, n):
    mine, theirs = grams(hypothesis, n), grams(reference, n)
    return sum(gram in theirs for gram in mine), len(mine)


@wrong("04.ngram_matches", says="each different n-gram counts once")
def as_sets(hypothesis, reference, n):
    mine = grams(hypothesis, n)
    return len(set(mine) & set(grams(reference, n))), len(mine)


@wrong("04.ngram_matches", says="in the total, too")
def sets_throughout(hypothesis, reference, n):
    mine = set(grams(hypothesis, n))
    return len(mine & set(grams(reference, n))), len(mine)


@wrong("04.ngram_matches", says="the total is that of the reference")
def recall(hypothesis, reference, n):
    return by_counters(hypothesis, reference, n)[0], len(grams(reference, n))


@wrong("04.ngram_matches", says="the last n-gram is forgotten")
def last_one_forgotten(hypothesis, reference, n):
    mine = Counter(tuple(hypothesis[i : i + n]) for i in range(len(hypothesis) - n))
    theirs = Counter(tuple(reference[i : i + n]) for i in range(len(reference) - n))
    return sum((mine & theirs).values()), sum(mine.values())


@wrong("04.ngram_matches", says="single words are counted")
def n_not_used(hypothesis, reference, n):
    return sum((Counter(hypothesis) & Counter(reference)).values()), len(hypothesis)


@wrong("04.ngram_matches", says="the total is the number of words")
def total_of_words(hypothesis, reference, n):
    return by_counters(hypothesis, reference, n)[0], len(hypothesis)


@wrong("04.ngram_matches", says="the total is negative")
def negative_total(hypothesis, reference, n):
    return by_counters(hypothesis, reference, n)[0], len(hypothesis) - n + 1


@wrong("04.ngram_matches", says="got their quotient")
def precision(hypothesis, reference, n):
    matches, total = by_counters(hypothesis, reference, n)
    return matches / total if total else 0.0


@wrong("04.ngram_matches", says="total comes first")
def other_order(hypothesis, reference, n):
    return by_counters(hypothesis, reference, n)[::-1]


@wrong("04.ngram_matches", says="at the same place only")
def place_by_place(hypothesis, reference, n):
    mine = grams(hypothesis, n)
    return sum(a == b for a, b in zip(mine, grams(reference, n), strict=False)), len(mine)


@wrong("04.ngram_matches", says="`tuple(tokens[i : i + n])`")
def lists_counted(hypothesis, reference, n):
    mine = Counter(hypothesis[i : i + n] for i in range(len(hypothesis) - n + 1))
    return 0, mine.total()


@right("04.ngram_matches")
def by_counting_each(hypothesis, reference, n):
    found, there = grams(hypothesis, n), grams(reference, n)
    return sum(min(found.count(gram), there.count(gram)) for gram in set(found)), len(found)


@wrong("04.ngram_matches", says="the smaller of the two counts")
def counts_of_the_reference(hypothesis, reference, n):
    there = Counter(grams(reference, n))
    return sum(there[gram] for gram in set(grams(hypothesis, n))), len(grams(hypothesis, n))


@wrong("04.ngram_matches", says="(a, b) is not (b, a)")
def order_lost(hypothesis, reference, n):
    found, there = (Counter(tuple(sorted(gram)) for gram in grams(side, n)) for side in (hypothesis, reference))
    return (found & there).total(), found.total()


@wrong("04.ngram_matches", says="without a sign between them")
def joined_words(hypothesis, reference, n):
    found, there = (Counter("".join(gram) for gram in grams(side, n)) for side in (hypothesis, reference))
    return (found & there).total(), found.total()


@wrong("04.ngram_matches", says="must overlap")
def in_chunks(hypothesis, reference, n):
    found, there = (Counter(grams(side, n)[::n]) for side in (hypothesis, reference))
    return (found & there).total(), found.total()


# ---- 04.bleu -----------------------------------------------------------------------------------------


@right("04.bleu")
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


@right("04.bleu")
def as_a_product(hypotheses, references):
    product = 1.0
    for n in (1, 2, 3, 4):
        counts = [struck_off(h, r, n) for h, r in zip(hypotheses, references, strict=True)]
        product *= sum(m for m, _ in counts) / max(1, sum(t for _, t in counts))
    shorter = sum(map(len, hypotheses)) / sum(map(len, references))
    return 100.0 * product**0.25 * (1 if shorter >= 1 else math.exp(1 - 1 / shorter))


@right("04.bleu")
def from_the_library(hypotheses, references):
    found = bleu_by_hand(hypotheses=hypotheses, references=references)
    none = [by_counters(h, r, 4)[0] for h, r in zip(hypotheses, references, strict=True)]
    return found.score if any(none) else 0.0


def precisions(hypotheses, references):
    found = []
    for n in range(1, 5):
        counts = [by_counters(h, r, n) for h, r in zip(hypotheses, references, strict=True)]
        found.append(sum(m for m, _ in counts) / max(1, sum(t for _, t in counts)))
    return found


def lengths(hypotheses, references):
    return sum(map(len, hypotheses)), sum(map(len, references))


@wrong("04.bleu", says="mean of the scores of the sentences")
def sentence_bleu_averaged(hypotheses, references):
    scores = [step_by_step([h], [r]) for h, r in zip(hypotheses, references, strict=True)]
    return sum(scores) / len(scores)


@wrong("04.bleu", says="brevity penalty is missing")
def no_penalty(hypotheses, references):
    return 100 * math.prod(precisions(hypotheses, references)) ** 0.25


@wrong("04.bleu", says="brevity penalty is turned round")
def long_ones_punished(hypotheses, references):
    c, r = lengths(hypotheses, references)
    penalty = 1 if c <= r else math.exp(1 - c / r)
    return 100 * penalty * math.prod(precisions(hypotheses, references)) ** 0.25


@wrong("04.bleu", says="rewards long hypotheses")
def penalty_without_a_limit(hypotheses, references):
    c, r = lengths(hypotheses, references)
    return 100 * math.exp(1 - r / c) * math.prod(precisions(hypotheses, references)) ** 0.25


@wrong("04.bleu", says="geometric mean")
def arithmetic_mean(hypotheses, references):
    c, r = lengths(hypotheses, references)
    found = precisions(hypotheses, references)
    if not all(found):
        return 0.0
    return 100 * min(1, math.exp(1 - r / c)) * sum(found) / 4


@wrong("04.bleu", says="from 0 to 100")
def as_a_share(hypotheses, references):
    return step_by_step(hypotheses, references) / 100


@wrong("04.bleu", says="hypotheses and references are interchanged")
def arguments_swapped(hypotheses, references):
    return step_by_step(references, hypotheses)


@wrong("04.bleu", says="`range(1, 5)` ends with 4")
def range_of_four(hypotheses, references):
    c, r = lengths(hypotheses, references)
    found = precisions(hypotheses, references)[:3]
    return 100 * min(1, math.exp(1 - r / c)) * math.prod(found) ** (1 / 3)


@wrong("04.bleu", says="take their mean")
def product_without_root(hypotheses, references):
    c, r = lengths(hypotheses, references)
    return 100 * min(1, math.exp(1 - r / c)) * math.prod(precisions(hypotheses, references))


@wrong("04.bleu", says="return 0.0")
def logarithm_of_zero(hypotheses, references):
    c, r = lengths(hypotheses, references)
    logs = [math.log(p) for p in precisions(hypotheses, references)]
    return 100 * min(1, math.exp(1 - r / c)) * math.exp(sum(logs) / 4)


@wrong("04.bleu", says="it is exp(1 - r/c)")
def quotient_turned(hypotheses, references):
    c, r = lengths(hypotheses, references)
    penalty = 1 if c >= r else math.exp(1 - c / r)
    return 100 * penalty * math.prod(precisions(hypotheses, references)) ** 0.25


@wrong("04.bleu", says="the score is not 0.0")
def small_number_added(hypotheses, references):
    c, r = lengths(hypotheses, references)
    logs = []
    for n in (1, 2, 3, 4):
        matches = sum(clipped_matches(h, s, n) for h, s in zip(hypotheses, references, strict=True))
        total = sum(max(0, len(h) - n + 1) for h in hypotheses)
        logs.append(math.log((matches + 1e-9) / (total + 1e-9)))
    return 100 * min(1.0, math.exp(1 - r / c)) * math.exp(sum(logs) / 4)


@wrong("04.bleu", says="across their ends")
def joined_to_one_sentence(hypotheses, references):
    return step_by_step([[w for h in hypotheses for w in h]], [[w for r in references for w in r]])


@wrong("04.bleu", says="n = 5 is counted")
def range_of_six(hypotheses, references):
    c, r = lengths(hypotheses, references)
    matches = [sum(clipped_matches(h, s, n) for h, s in zip(hypotheses, references, strict=True)) for n in range(1, 6)]
    totals = [sum(max(0, len(h) - n + 1) for h in hypotheses) for n in range(1, 6)]
    if 0 in matches:
        return 0.0
    mean = sum(math.log(m / t) for m, t in zip(matches, totals, strict=True)) / 5
    return 100 * min(1.0, math.exp(1 - r / c)) * math.exp(mean)


# ---- 04.next_inputs ----------------------------------------------------------------------------------


@right("04.next_inputs")
def with_where(truth, logits, ratio, coins):
    return torch.where(coins < ratio, truth, logits.argmax(dim=-1))


@right("04.next_inputs")
def one_after_the_other(truth, logits, ratio, coins):
    return torch.stack([truth[b] if coins[b] < ratio else logits[b].argmax() for b in range(len(truth))])


@right("04.next_inputs")
def in_a_copy(truth, logits, ratio, coins):
    tokens = truth.clone()
    free = ~(coins < ratio)
    tokens[free] = logits[free].max(-1).indices
    return tokens


@wrong("04.next_inputs", says="the coin is turned round")
def truth_above_the_ratio(truth, logits, ratio, coins):
    return torch.where(coins > ratio, truth, logits.argmax(-1))


@wrong("04.next_inputs", says="each sentence has its own coin")
def a_coin_for_all(truth, logits, ratio, coins):
    return truth if coins[0] < ratio else logits.argmax(-1)


@wrong("04.next_inputs", says="with ratio 0 and a coin of 0")
def or_equal(truth, logits, ratio, coins):
    return torch.where(coins <= ratio, truth, logits.argmax(-1))


@wrong("04.next_inputs", says="the true word is told to all")
def always_forced(truth, logits, ratio, coins):
    return truth


@wrong("04.next_inputs", says="the model's own word is told to all")
def never_forced(truth, logits, ratio, coins):
    return logits.argmax(-1)


@wrong("04.next_inputs", says="argmax runs over the batch")
def over_the_batch(truth, logits, ratio, coins):
    return torch.where(coins < ratio, truth, logits.argmax(0)[: len(truth)])


@wrong("04.next_inputs", says="a decimal point")
def by_arithmetic(truth, logits, ratio, coins):
    forced = (coins < ratio).float()
    return forced * truth + (1 - forced) * logits.argmax(-1)


@wrong("04.next_inputs", says="compared with 0.5")
def a_fair_coin(truth, logits, ratio, coins):
    return torch.where(coins < 0.5, truth, logits.argmax(-1))


@wrong("04.next_inputs", says="something else each time")
def own_coins(truth, logits, ratio, coins):
    return torch.where(torch.rand(len(truth)) < ratio, truth, logits.argmax(-1))


@wrong("04.next_inputs", says="in place")
def truth_overwritten(truth, logits, ratio, coins):
    free = coins >= ratio
    truth[free] = logits[free].argmax(-1)
    return truth


@wrong("04.next_inputs", says="`1 - ratio` is the share")
def ratio_of_own_words(truth, logits, ratio, coins):
    return torch.where(coins < 1 - ratio, truth, logits.argmax(-1))


@wrong("04.next_inputs", says="the coins decide")
def a_share_of_the_batch(truth, logits, ratio, coins):
    forced = round(ratio * len(truth))
    return torch.cat([truth[:forced], logits.argmax(-1)[forced:]])


@wrong("04.next_inputs", says="asks for all of them at once")
def an_if_for_the_batch(truth, logits, ratio, coins):
    return truth if coins < ratio else logits.argmax(-1)


@wrong("04.next_inputs", says="without `keepdim`")
def own_words_in_a_column(truth, logits, ratio, coins):
    return torch.where(coins < ratio, truth, logits.argmax(-1, keepdim=True))


# ---- 04.inverse_sigmoid ------------------------------------------------------------------------------


@right("04.inverse_sigmoid")
def as_written(i, k):
    return k / (k + math.exp(min(i / k, 500)))


@right("04.inverse_sigmoid")
def by_a_sigmoid(i, k):
    return torch.sigmoid(torch.tensor(math.log(k) - i / k, dtype=torch.float64)).item()


@right("04.inverse_sigmoid")
def falling(i, k):
    e = math.exp(-i / k)
    return k * e / (k * e + 1)


@right("04.inverse_sigmoid")
def overflow_caught(i, k):
    try:
        return k / (k + math.exp(i / k))
    except OverflowError:
        return 0


@wrong("04.inverse_sigmoid", says="`math.exp` overflows")
def unguarded(i, k):
    return k / (k + math.exp(i / k))


@wrong("04.inverse_sigmoid", says="it is exp(i)")
def not_divided_inside(i, k):
    return k / (k + math.exp(min(i, 700)))


@wrong("04.inverse_sigmoid", says="it rises")
def sign_turned(i, k):
    return k / (k + math.exp(-i / k))


@wrong("04.inverse_sigmoid", says="the k is missing in the sum")
def one_instead_of_k(i, k):
    return k / (1 + math.exp(min(i / k, 700)))


@wrong("04.inverse_sigmoid", says="both k are missing")
def plain_sigmoid(i, k):
    return 1 / (1 + math.exp(min(i / k, 700)))


@wrong("04.inverse_sigmoid", says="that is the exponential schedule")
def exponential(i, k):
    return k**i if k <= 1 or i < 300 else 0.0


@wrong("04.inverse_sigmoid", says="parentheses are missing")
def parentheses_forgotten(i, k):
    return k / k + math.exp(min(i / k, 700))


@wrong("04.inverse_sigmoid", says="one minus the ratio")
def share_of_own_words(i, k):
    return 1 - as_written(i, k)


@wrong("04.inverse_sigmoid", says="`.item()` makes a number of it")
def as_a_tensor(i, k):
    return torch.tensor(as_written(i, k))


@right("04.inverse_sigmoid")
def zero_beyond_all_steps(i, k):
    return 0 if i > 700 * k else k / (k + math.exp(i / k))


@wrong("04.inverse_sigmoid", says="i is limited, and then divided")
def limit_at_the_wrong_place(i, k):
    return k / (k + math.exp(min(i, 700) / k))


@wrong("04.inverse_sigmoid", says="`math.exp` overflows")
def guarded_for_a_million_alone(i, k):
    return 0.0 if i >= 10**6 else k / (k + math.exp(i / k))


# ---- 04.beam_step ------------------------------------------------------------------------------------


@right("04.beam_step")
def sorted_candidates(hypotheses, next_log_p, beam, alpha):
    candidates = []
    for k, (words, log_p) in enumerate(hypotheses):
        if words and words[-1] == EOS:
            candidates.append((words, log_p))
            continue
        for word in range(next_log_p.shape[1]):
            candidates.append((words + [word], log_p + next_log_p[k, word].item()))
    return sorted(candidates, key=lambda c: -c[1] / len(c[0]) ** alpha)[:beam]


@right("04.beam_step")
def by_a_heap(hypotheses, next_log_p, beam, alpha):
    def children():
        for (words, log_p), row in zip(hypotheses, next_log_p, strict=True):
            if words[-1:] == [EOS]:
                yield words, log_p
            else:
                yield from ((words + [v], log_p + float(p)) for v, p in enumerate(row))

    return heapq.nlargest(beam, children(), key=lambda c: c[1] / len(c[0]) ** alpha)


@right("04.beam_step")
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


@wrong("04.beam_step", says="a hypothesis that has ended is extended")
def ended_goes_on(hypotheses, next_log_p, beam, alpha):
    found = list(candidates_of(hypotheses, next_log_p, keep_ended=False))
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong("04.beam_step", says="is dropped")
def ended_is_dropped(hypotheses, next_log_p, beam, alpha):
    found = [
        (words + [word], log_p + p)
        for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True)
        if not (words and words[-1] == EOS)
        for word, p in enumerate(row)
    ]
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong("04.beam_step", says="`alpha` is not used")
def without_normalization(hypotheses, next_log_p, beam, alpha):
    return sorted(candidates_of(hypotheses, next_log_p), key=lambda c: c[1], reverse=True)[:beam]


@wrong("04.beam_step", says="whatever `alpha` is")
def alpha_forgotten(hypotheses, next_log_p, beam, alpha):
    return sorted(candidates_of(hypotheses, next_log_p), key=score_with(1), reverse=True)[:beam]


@wrong("04.beam_step", says="the score is handed on")
def score_for_log_p(hypotheses, next_log_p, beam, alpha):
    found = sorted(candidates_of(hypotheses, next_log_p), key=score_with(alpha), reverse=True)[:beam]
    return [(words, log_p / len(words) ** alpha) for words, log_p in found]


@wrong("04.beam_step", says="the worst candidates are kept")
def rising_order(hypotheses, next_log_p, beam, alpha):
    return sorted(candidates_of(hypotheses, next_log_p), key=score_with(alpha))[:beam]


@wrong("04.beam_step", says="one child of each hypothesis")
def best_of_each(hypotheses, next_log_p, beam, alpha):
    found = [
        max(candidates_of([hypothesis], row.unsqueeze(0)), key=score_with(alpha))
        for hypothesis, row in zip(hypotheses, next_log_p, strict=True)
    ]
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong("04.beam_step", says="log p of the hypothesis is forgotten")
def last_word_only(hypotheses, next_log_p, beam, alpha):
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        over = words and words[-1] == EOS
        found += [(words, log_p)] if over else [(words + [word], p) for word, p in enumerate(row)]
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong("04.beam_step", says="log-probabilities are multiplied")
def multiplied(hypotheses, next_log_p, beam, alpha):
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        over = words and words[-1] == EOS
        found += [(words, log_p)] if over else [(words + [word], log_p * p) for word, p in enumerate(row)]
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong("04.beam_step", says="all candidates come back")
def nothing_pruned(hypotheses, next_log_p, beam, alpha):
    return sorted(candidates_of(hypotheses, next_log_p), key=score_with(alpha), reverse=True)


@wrong("04.beam_step", says="<sos> is counted")
def one_too_long(hypotheses, next_log_p, beam, alpha):
    return sorted(candidates_of(hypotheses, next_log_p), key=lambda c: c[1] / (len(c[0]) + 1) ** alpha, reverse=True)[
        :beam
    ]


@wrong("04.beam_step", says="The first hypothesis has no words yet")
def no_empty_hypothesis(hypotheses, next_log_p, beam, alpha):
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        over = words[-1] == EOS
        found += [(words, log_p)] if over else [(words + [word], log_p + p) for word, p in enumerate(row)]
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]


@wrong("04.beam_step", says="in place")
def words_appended(hypotheses, next_log_p, beam, alpha):
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        for word, p in enumerate(row):
            words.append(word)
            found.append((words, log_p + p))
    return found[:beam]


@right("04.beam_step")
def the_best_of_each_first(hypotheses, next_log_p, beam, alpha):
    found = []
    for (words, log_p), row in zip(hypotheses, next_log_p, strict=True):
        if words[-1:] == [EOS]:
            found.append((words, log_p))
        else:
            best = row.topk(min(beam, len(row)))
            found += [(words + [word], log_p + p) for p, word in zip(*(x.tolist() for x in best), strict=True)]
    return sorted(found, key=lambda c: -c[1] / len(c[0]) ** alpha)[:beam]


@wrong("04.beam_step", says="divide by it")
def multiplied_by_the_length(hypotheses, next_log_p, beam, alpha):
    found = candidates_of(hypotheses, next_log_p)
    return sorted(found, key=lambda c: c[1] * len(c[0]) ** alpha, reverse=True)[:beam]


@wrong("04.beam_step", says="<eos> is not counted")
def length_without_eos(hypotheses, next_log_p, beam, alpha):
    found = candidates_of(hypotheses, next_log_p)
    length = lambda words: max(1, len(words) - (words[-1] == EOS))  # noqa: E731
    return sorted(found, key=lambda c: c[1] / length(c[0]) ** alpha, reverse=True)[:beam]


@wrong("04.beam_step", says="before the new word")
def length_before_the_word(hypotheses, next_log_p, beam, alpha):
    found = candidates_of(hypotheses, next_log_p)
    return sorted(found, key=lambda c: c[1] / max(1, len(c[0]) - 1) ** alpha, reverse=True)[:beam]


@wrong("04.beam_step", says="that is the length of Wu and others")
def length_of_another_paper(hypotheses, next_log_p, beam, alpha):
    found = candidates_of(hypotheses, next_log_p)
    return sorted(found, key=lambda c: c[1] / ((5 + len(c[0])) / 6) ** alpha, reverse=True)[:beam]


@wrong("04.beam_step", says="normalized afterwards")
def pruned_by_log_p(hypotheses, next_log_p, beam, alpha):
    found = sorted(candidates_of(hypotheses, next_log_p), key=lambda c: c[1], reverse=True)[:beam]
    return sorted(found, key=score_with(alpha), reverse=True)


@wrong("04.beam_step", says="put in front")
def ended_ones_safe(hypotheses, next_log_p, beam, alpha):
    ended = [hypothesis for hypothesis in hypotheses if hypothesis[0][-1:] == [EOS]]
    return (ended + ended_is_dropped(hypotheses, next_log_p, beam, alpha))[:beam]


@wrong("04.beam_step", says="belongs to row k")
def rows_counted_by_themselves(hypotheses, next_log_p, beam, alpha):
    found, rows = [], iter(next_log_p.tolist())
    for words, log_p in hypotheses:
        if words and words[-1] == EOS:
            found.append((words, log_p))
        else:
            found += [(words + [word], log_p + p) for word, p in enumerate(next(rows))]
    return sorted(found, key=score_with(alpha), reverse=True)[:beam]
