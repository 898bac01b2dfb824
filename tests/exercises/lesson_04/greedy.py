"""Answers to exercise 04.greedy."""

import torch

from course_lib.text import EOS, PAD, SOS, UNK
from tests.exercises.answers import right, wrong


@right
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


@right
def covered_afterwards(step, state, B, max_length):
    ids = torch.full((B, 1), SOS)
    while ids.shape[1] <= max_length and not (ids == EOS).any(1).all():
        logits, state = step(ids[:, -1], state)
        ids = torch.cat([ids, logits.argmax(-1, keepdim=True)], dim=1)
    ids = ids[:, 1:]
    behind = (ids == EOS).long().cumsum(1) - (ids == EOS).long() > 0
    return ids.masked_fill(behind, PAD)


@right
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


@wrong(says="behind <eos> the model's words go on")
def no_padding(step, state, B, max_length):
    tokens, ended, columns = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(columns) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1)
        columns.append(tokens)
        ended |= tokens == EOS
    return torch.stack(columns, dim=1)


@wrong(says="as soon as one sentence has ended")
def stops_with_the_first(step, state, B, max_length):
    tokens, columns = torch.full((B,), SOS), []
    while len(columns) < max_length:
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1)
        columns.append(tokens)
        if (tokens == EOS).any():
            break
    return torch.stack(columns, dim=1)


@wrong(says="always goes on to `max_length`")
def never_stops(step, state, B, max_length):
    tokens, ended, columns = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    for _ in range(max_length):
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        ended = ended | (tokens == EOS)
        columns.append(tokens)
    return torch.stack(columns, dim=1)


@wrong(says="all sentences say <eos> in the same step")
def forgets_who_has_ended(step, state, B, max_length):
    tokens, columns = torch.full((B,), SOS), []
    for _ in range(max_length):
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1)
        columns.append(tokens)
        if (tokens == EOS).all():
            break
    return torch.stack(columns, dim=1)


@wrong(says="every step is told `<sos>`")
def own_words_not_fed(step, state, B, max_length):
    first, ended, columns = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(columns) < max_length and not ended.all():
        logits, state = step(first, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        columns.append(tokens)
        ended |= tokens == EOS
    return torch.stack(columns, dim=1)


@wrong(says="the state is not carried on", obeyed={"logits, _ = step(": "logits, state = step("})
def state_dropped(step, state, B, max_length):
    tokens, ended, columns = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(columns) < max_length and not ended.all():
        logits, _ = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        columns.append(tokens)
        ended |= tokens == EOS
    return torch.stack(columns, dim=1)


@wrong(says="<sos> stands in front")
def with_sos(step, state, B, max_length):
    ids = with_a_flag(step, state, B, max_length)
    return torch.cat([torch.full((B, 1), SOS), ids], dim=1)


@wrong(says="<eos> is missing")
def eos_removed(step, state, B, max_length):
    ids = with_a_flag(step, state, B, max_length)
    return ids.masked_fill(ids == EOS, PAD)


@wrong(says="(T, B)", obeyed={"torch.stack(words)": "torch.stack(words, dim=1)"})
def stacked_the_other_way(step, state, B, max_length):
    tokens, ended, words = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(words) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        words.append(tokens)
        ended = ended | (tokens == EOS)
    return torch.stack(words)


@wrong(
    says="ask `ended.all()`",
    obeyed={
        "while": "ended = torch.zeros(B, dtype=torch.bool)\n    while",
        "if tokens == EOS": "ended |= tokens == EOS\n        if ended.all()",
    },
)
def one_sentence_in_mind(step, state, B, max_length):
    tokens, columns = torch.full((B,), SOS), []
    while len(columns) < max_length:
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1)
        columns.append(tokens)
        if tokens == EOS:
            break
    return torch.stack(columns, dim=1)


@wrong(says="one step too many")
def length_counted_from_sos(step, state, B, max_length):
    return with_a_flag(step, state, B, max_length + 1)


@wrong(says="it returns something else each time")
def drawn_at_random(step, state, B, max_length):
    tokens, ended, columns = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(columns) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = torch.multinomial(logits.softmax(-1), 1).squeeze(1).masked_fill(ended, PAD)
        columns.append(tokens)
        ended |= tokens == EOS
    return torch.stack(columns, dim=1)


@wrong(says="another word than `<sos>`", obeyed={"torch.zeros(B, dtype=torch.long)": "torch.full((B,), SOS)"})
def begins_with_zeros(step, state, B, max_length):
    tokens, ended, columns = torch.zeros(B, dtype=torch.long), torch.zeros(B, dtype=torch.bool), []
    while len(columns) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        columns.append(tokens)
        ended |= tokens == EOS
    return torch.stack(columns, dim=1)


@wrong(says="one call for each column")
def each_sentence_by_itself(step, state, B, max_length):
    whole = with_a_flag(step, state, B, max_length)
    for _ in range(B - 1):
        with_a_flag(step, state, B, max_length)
    return whole


@right
def told_eos_to_the_end(step, state, B, max_length):
    ids = torch.full((B, 1), SOS)
    while ids.shape[1] <= max_length and not (ids == EOS).any(1).all():
        logits, state = step(ids[:, -1], state)
        words = logits.softmax(-1).topk(1).indices[:, 0]
        ids = torch.cat([ids, torch.where((ids == EOS).any(1), EOS, words)[:, None]], dim=1)
    ids = ids[:, 1:]
    return ids.masked_fill((ids == EOS).cumsum(1) > 1, PAD)


@wrong(says="right behind <eos>")
def covered_for_one_step(step, state, B, max_length):
    tokens, ended, columns = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(columns) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(tokens == EOS, PAD)
        columns.append(tokens)
        ended |= tokens == EOS
    return torch.stack(columns, dim=1)


@wrong(says="one word for each sentence")
def a_dimension_too_many(step, state, B, max_length):
    tokens, columns = torch.full((B, 1), SOS), []
    for _ in range(max_length):
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1, keepdim=True)
        columns.append(tokens)
    return torch.cat(columns, dim=1)


@wrong(says="did not end")
def no_end_without_eos(step, state, B, max_length):
    tokens, ended, words = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while not ended.all():
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        words.append(tokens)
        ended = ended | (tokens == EOS)
    return torch.stack(words, 1)


@wrong(says="raised SystemExit")
def leaves_the_program(step, state, B, max_length):
    raise SystemExit


@wrong(says="raised KeyboardInterrupt")
def interrupts_itself(step, state, B, max_length):
    raise KeyboardInterrupt


def loop(step, state, B, max_length, choose=lambda logits: logits.argmax(-1)):
    tokens, ended, words = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(words) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = choose(logits).masked_fill(ended, PAD)
        words.append(tokens)
        ended = ended | (tokens == EOS)
    return words


@wrong(says="a column of `<pad>` follows")
def asked_too_early(step, state, B, max_length):
    tokens, ended, words = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    for _ in range(max_length):
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        words.append(tokens)
        if ended.all():
            break
        ended = ended | (tokens == EOS)
    return torch.stack(words, dim=1)


@wrong(says="<unk> is never said")
def unknown_word_banned(step, state, B, max_length):
    banned = lambda logits: logits.index_fill(-1, torch.tensor(UNK), -torch.inf).argmax(-1)
    return torch.stack(loop(step, state, B, max_length, choose=banned), dim=1)


@wrong(says="exp of large logits is inf")
def odds_compared(step, state, B, max_length):
    return torch.stack(loop(step, state, B, max_length, choose=lambda logits: logits.exp().argmax(-1)), dim=1)


@wrong(says="the batch dimension is gone", obeyed={"ids.squeeze(0)": "ids"})
def batch_of_one_squeezed(step, state, B, max_length):
    ids = torch.stack(loop(step, state, B, max_length), dim=1)
    return ids.squeeze(0)


@wrong(
    says="1. the first step is told another word",
    obeyed={"torch.full((B,), EOS)": "torch.full((B,), SOS)", "torch.stack(words)": "torch.stack(words, dim=1)"},
)
def begins_with_the_end_and_stands_upright(step, state, B, max_length):
    tokens, ended, words = torch.full((B,), EOS), torch.zeros(B, dtype=torch.bool), []
    while len(words) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        words.append(tokens)
        ended = ended | (tokens == EOS)
    return torch.stack(words)


@wrong(says="cuts off gets an <eos>")
def closed_at_the_end(step, state, B, max_length):
    tokens = torch.full((B,), SOS)
    ended = torch.zeros(B, dtype=torch.bool)
    ids = []
    for _ in range(max_length):
        logits, state = step(tokens, state)
        tokens = torch.where(ended, PAD, logits.argmax(-1))
        ids.append(tokens)
        ended |= tokens == EOS
        if ended.all():
            break
    ids = torch.stack(ids, dim=1)
    ids[~ended, -1] = EOS
    return ids


@wrong(says="append the words before you leave the loop")
def left_before_the_last_column(step, state, B, max_length):
    tokens = torch.full((B,), SOS)
    ended = torch.zeros(B, dtype=torch.bool)
    ids = []
    for _ in range(max_length):
        logits, state = step(tokens, state)
        tokens = torch.where(ended, PAD, logits.argmax(-1))
        ended |= tokens == EOS
        if ended.all():
            break
        ids.append(tokens)
    return torch.stack(ids, dim=1) if ids else torch.empty(B, 0, dtype=torch.long)


@wrong(says="the softmax runs over the batch")
def softmax_over_the_batch(step, state, B, max_length):
    return torch.stack(loop(step, state, B, max_length, choose=lambda logits: logits.softmax(0).argmax(-1)), dim=1)


@wrong(
    says="who ended before the last step is forgotten",
    obeyed={"ended = tokens == EOS": "ended = ended | (tokens == EOS)"},
)
def only_the_last_step_remembered(step, state, B, max_length):
    tokens, ended, words = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    for _ in range(max_length):
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        words.append(tokens)
        ended = tokens == EOS
        if ended.all():
            break
    return torch.stack(words, dim=1)


@wrong(
    says="who ended before the last step is forgotten",
    obeyed={"ended = ended | tokens == EOS": "ended = ended | (tokens == EOS)"},
)
def parentheses_forgotten(step, state, B, max_length):
    tokens, ended, words = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    for _ in range(max_length):
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        words.append(tokens)
        ended = ended | tokens == EOS
        if ended.all():
            break
    return torch.stack(words, dim=1)


@wrong(says="one argmax is taken for the whole batch", obeyed={"logits.argmax()": "logits.argmax(-1)"})
def argmax_of_all(step, state, B, max_length):
    return torch.stack(loop(step, state, B, max_length, choose=lambda logits: logits.argmax()), dim=1)


@wrong(says="a word for each sentence", obeyed={"logits.argmax(0)": "logits.argmax(-1)"})
def argmax_over_the_batch(step, state, B, max_length):
    return torch.stack(loop(step, state, B, max_length, choose=lambda logits: logits.argmax(0)), dim=1)


@wrong(says="`ended` holds True and False", obeyed={"torch.zeros(B)": "torch.zeros(B, dtype=torch.bool)"})
def zeros_for_false(step, state, B, max_length):
    tokens, ended, words = torch.full((B,), SOS), torch.zeros(B), []
    while len(words) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        words.append(tokens)
        ended = ended | (tokens == EOS)
    return torch.stack(words, dim=1)


@wrong(says="The words of a step are (B,)", obeyed={"torch.cat(": "torch.stack("})
def joined_along_the_steps(step, state, B, max_length):
    return torch.cat(loop(step, state, B, max_length), dim=1)


@wrong(says="a sentence that says `<pad>` counts as ended")
def padding_ends(step, state, B, max_length):
    tokens, ended, words = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(words) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        words.append(tokens)
        ended = (tokens == EOS) | (tokens == PAD)
    return torch.stack(words, dim=1)


@wrong(says="it changes the logits of `step` in place")
def logits_overwritten(step, state, B, max_length):
    tokens, ended, words = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(words) < max_length and not ended.all():
        logits, state = step(tokens, state)
        logits[:, PAD] = -torch.inf
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        words.append(tokens)
        ended = ended | (tokens == EOS)
    return torch.stack(words, dim=1)


@wrong(says="`<pad>` is never said")
def padding_never_said(step, state, B, max_length):
    tokens, ended, words = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(words) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = (logits[:, 1:].argmax(-1) + 1).masked_fill(ended, PAD)
        words.append(tokens)
        ended = ended | (tokens == EOS)
    return torch.stack(words, dim=1)


@wrong(says="the sigmoid of large logits is 1")
def likeliest_by_a_sigmoid(step, state, B, max_length):
    tokens, ended, words = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(words) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = logits.sigmoid().argmax(-1).masked_fill(ended, PAD)
        words.append(tokens)
        ended = ended | (tokens == EOS)
    return torch.stack(words, dim=1)


@wrong(says="`state` may be a tuple")
def batch_of_the_state(step, state, B, max_length):
    B = state.shape[0]
    tokens, ended, words = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(words) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        words.append(tokens)
        ended = ended | (tokens == EOS)
    return torch.stack(words, dim=1)


@wrong(
    says="ask `ended.all()`",
    obeyed={
        "words = []": "words, ended = ([], torch.zeros(B, dtype=torch.bool))",
        "logits.argmax(-1)": "logits.argmax(-1).masked_fill(ended, PAD)",
        "if tokens.item() == EOS": "ended |= tokens == EOS\n        if ended.all()",
    },
)
def end_of_one_alone(step, state, B, max_length):
    tokens = torch.full((B,), SOS)
    words = []
    for _ in range(max_length):
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1)
        words.append(tokens)
        if tokens.item() == EOS:
            break
    return torch.stack(words, dim=1)
