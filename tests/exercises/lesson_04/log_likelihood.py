"""Answers to exercise 04.log_likelihood."""

import math

import torch
import torch.nn.functional as F

from course_lib.text import EOS, PAD
from tests.exercises.answers import right, wrong


@right
def gathered_and_masked(logits, target):
    words = target[:, 1:]
    log_p = F.log_softmax(logits, dim=2).gather(2, words.unsqueeze(2)).squeeze(2)
    return log_p.masked_fill(words == PAD, 0).sum(dim=1)


@right
def by_cross_entropy(logits, target):
    nll = F.cross_entropy(logits.transpose(1, 2), target[:, 1:], ignore_index=PAD, reduction="none")
    return -nll.sum(1)


@right
def sentence_after_sentence(logits, target):
    rows = []
    for scores, ids in zip(logits, target, strict=True):
        n = int((ids != PAD).sum()) - 1
        log_p = scores[:n] - scores[:n].logsumexp(-1, keepdim=True)
        rows.append(log_p[torch.arange(n), ids[1 : n + 1]].sum())
    return torch.stack(rows)


@wrong(says="the target is not shifted", obeyed={"target[:, t]": "target[:, t + 1]"})
def not_shifted_in_a_loop(logits, target):
    log_p, total = logits.log_softmax(-1), 0
    for t in range(logits.shape[1]):
        words = target[:, t]
        total = total + log_p[torch.arange(len(words)), t, words] * (words != PAD)
    return total


@wrong(says="the target is not shifted", obeyed={"target[:, :-1]": "target[:, 1:]"})
def not_shifted(logits, target):
    words = target[:, :-1]
    log_p = logits.log_softmax(-1).gather(-1, words[:, :, None]).squeeze(-1)
    return (log_p * (words != PAD)).sum(1)


@wrong(says="padding is counted", obeyed={"log_p.sum": "(log_p * (target[:, 1:] != PAD)).sum"})
def padding_in_the_sum(logits, target):
    words = target[:, 1:]
    log_p = logits.log_softmax(-1).gather(-1, words[:, :, None])[:, :, 0]
    return log_p.sum(1)


@wrong(says="<eos> and <unk> are left out")
def without_the_end(logits, target):
    words = target[:, 1:]
    log_p = logits.log_softmax(-1).gather(-1, words[:, :, None]).squeeze(-1)
    return (log_p * (words > EOS)).sum(1)


@wrong(says="the sign is turned")
def as_a_loss(logits, target):
    return -gathered_and_masked(logits, target)


@wrong(says="mean over the words")
def mean_per_word(logits, target):
    return gathered_and_masked(logits, target) / (target[:, 1:] != PAD).sum(1)


@wrong(says="the sentences of the batch are summed")
def of_the_whole_batch(logits, target):
    return gathered_and_masked(logits, target).sum()


@wrong(says="the logits themselves are summed", obeyed={"logits.gather": "logits.log_softmax(-1).gather"})
def softmax_forgotten(logits, target):
    words = target[:, 1:]
    return (logits.gather(-1, words[:, :, None]).squeeze(-1) * (words != PAD)).sum(1)


@wrong(says="probabilities are summed", obeyed={"logits.softmax(-1)": "logits.log_softmax(-1)"})
def logarithm_forgotten(logits, target):
    words = target[:, 1:]
    return (logits.softmax(-1).gather(-1, words[:, :, None]).squeeze(-1) * (words != PAD)).sum(1)


@wrong(says="runs over the steps", obeyed={"log_softmax(1)": "log_softmax(-1)"})
def softmax_over_time(logits, target):
    words = target[:, 1:]
    return (logits.log_softmax(1).gather(-1, words[:, :, None]).squeeze(-1) * (words != PAD)).sum(1)


@wrong(says="it is the probability")
def product_of_probabilities(logits, target):
    words = target[:, 1:]
    p = logits.softmax(-1).gather(-1, words[:, :, None]).squeeze(-1)
    return p.masked_fill(words == PAD, 1).prod(1)


@wrong(says="not finite for large logits", obeyed={"logits.softmax(-1).log()": "logits.log_softmax(-1)"})
def log_of_the_softmax(logits, target):
    words = target[:, 1:]
    log_p = logits.softmax(-1).log().gather(-1, words[:, :, None]).squeeze(-1)
    return log_p.masked_fill(words == PAD, 0).sum(1)


@wrong(says="the words of a sentence are not summed")
def per_word(logits, target):
    words = target[:, 1:]
    return logits.log_softmax(-1).gather(-1, words[:, :, None]).squeeze(-1) * (words != PAD)


@wrong(
    says="for words and mask",
    obeyed={"target[:, :, None]": "target[:, 1:][:, :, None]", "target != PAD": "target[:, 1:] != PAD"},
)
def whole_target(logits, target):
    log_p = logits.log_softmax(-1).gather(-1, target[:, :, None]).squeeze(-1)
    return (log_p * (target != PAD)).sum(1)


@wrong(says="detached")
def rebuilt(logits, target):
    return torch.tensor(gathered_and_masked(logits, target).tolist())


@right
def by_one_hot(logits, target):
    words = target[:, 1:]
    chosen = F.one_hot(words, logits.shape[-1]) * (words != PAD).unsqueeze(-1)
    return torch.einsum("btv,btv->b", logits - logits.logsumexp(-1, keepdim=True), chosen.to(logits.dtype))


@wrong(says="for large logits it is not exact")
def guarded_by_a_small_number(logits, target):
    log_p = (logits.softmax(-1) + 1e-9).log().gather(-1, target[:, 1:, None])[:, :, 0]
    return (log_p * (target[:, 1:] != PAD)).sum(1)


@wrong(says="the mask is shifted", obeyed={"target[:, :-1]": "target[:, 1:]"})
def mask_of_the_inputs(logits, target):
    log_p = logits.log_softmax(-1).gather(-1, target[:, 1:, None])[:, :, 0]
    return (log_p * (target[:, :-1] != PAD)).sum(1)


@wrong(says="`transpose(1, 2)`", obeyed={"logits.reshape(B, V, T)": "logits.transpose(1, 2)"})
def reshaped_for_cross_entropy(logits, target):
    B, T, V = logits.shape
    return -F.cross_entropy(logits.reshape(B, V, T), target[:, 1:], ignore_index=PAD, reduction="none").sum(1)


@wrong(says="the likeliest words are scored")
def of_its_own_words(logits, target):
    return (logits.log_softmax(-1).max(-1).values * (target[:, 1:] != PAD)).sum(1)


@wrong(says="the logits are shifted, too", obeyed={"logits[:, 1:]": "logits", "target[:, 1:-1]": "target[:, 1:]"})
def shifted_on_both_sides(logits, target):
    words = target[:, 1:-1]
    log_p = logits[:, 1:].log_softmax(-1).gather(-1, words[:, :, None])[:, :, 0]
    return (log_p * (words != PAD)).sum(1)


@wrong(says="<unk> is left out")
def unknown_words_left_out(logits, target):
    words = target[:, 1:]
    return (logits.log_softmax(-1).gather(-1, words[..., None])[..., 0] * (words > 1)).sum(1)


@wrong(says="Both must be (B, T)", obeyed={"target != PAD": "target[:, 1:] != PAD"})
def mask_of_all(logits, target):
    log_p = logits.log_softmax(-1).gather(-1, target[:, 1:, None])[:, :, 0]
    return (log_p * (target != PAD)).sum(1)


@wrong(says="takes off the steps, too", obeyed={".squeeze()": "[:, :, 0]"})
def one_step_squeezed(logits, target):
    log_p = logits.log_softmax(-1).gather(-1, target[:, 1:, None]).squeeze()
    return (log_p * (target[:, 1:] != PAD)).sum(1)


@wrong(says="padding is taken out of the softmax")
def padding_never_said(logits, target):
    logits = logits.index_fill(-1, torch.tensor(PAD), -1e9)
    return gathered_and_masked(logits, target)


@wrong(
    says="2. the logarithm has base 2",
    obeyed={"softmax(-1).log2()": "log_softmax(-1)", "log_p.sum": "(log_p * (target[:, 1:] != PAD)).sum"},
)
def bits_of_padding_too(logits, target):
    log_p = logits.softmax(-1).log2().gather(-1, target[:, 1:, None])[:, :, 0]
    return log_p.sum(1)


@wrong(
    says="where B is 1, the batch dimension is gone",
    obeyed={".squeeze()": "[:, :, 0]", "(words != PAD)[:, :, 0]": "(words != PAD)"},
)
def words_and_mask_squeezed(logits, target):
    words = target[:, 1:]
    log_p = logits.log_softmax(-1).gather(-1, words.unsqueeze(-1)).squeeze()
    return (log_p * (words != PAD).squeeze()).sum(-1)


@wrong(says="the first word is left out")
def bits_from_the_second_word_on(logits, target):
    words = target[:, 2:]
    log_p = logits[:, 1:].log_softmax(-1) / math.log(2)
    log_p = log_p.gather(-1, words[:, :, None])[:, :, 0]
    return (log_p * (words != PAD)).sum(1)


@wrong(
    says="picked for each: index the sentence, too",
    obeyed={"log_p[:, t, words[:, t]]": "log_p[torch.arange(len(words)), t, words[:, t]]"},
)
def words_of_all_in_a_loop(logits, target):
    log_p, words, total = logits.log_softmax(-1), target[:, 1:], 0
    for t in range(words.shape[1]):
        total = total + log_p[:, t, words[:, t]] * (words[:, t] != PAD)
    return total


@wrong(says="the target has one place more", obeyed={"range(target.shape[1])": "range(logits.shape[1])"})
def one_step_too_many(logits, target):
    log_p, total = logits.log_softmax(-1), 0
    for t in range(target.shape[1]):
        words = target[:, t + 1]
        total = total + log_p[torch.arange(len(words)), t, words] * (words != PAD)
    return total


@wrong(says="parentheses are missing", obeyed={"(log_p * words != PAD)": "(log_p * (words != PAD))"})
def compared_after_the_product(logits, target):
    words = target[:, 1:]
    log_p = logits.log_softmax(-1).gather(-1, words[:, :, None])[:, :, 0]
    return (log_p * words != PAD).sum(1)


@wrong(says="mean over all words of the batch, with the sign turned")
def loss_of_the_batch(logits, target):
    return F.cross_entropy(logits.transpose(1, 2), target[:, 1:], ignore_index=PAD)


@wrong(says="wants the vocabulary in dimension 1", obeyed={"entropy(logits,": "entropy(logits.transpose(1, 2),"})
def not_transposed(logits, target):
    return -F.cross_entropy(logits, target[:, 1:], ignore_index=PAD, reduction="none").sum(1)


def picked(logits, target):
    """The log-probabilities of the words to be said, and which of them are real, (B, T) each."""
    words = target[:, 1:]
    return logits.log_softmax(-1).gather(-1, words[:, :, None])[:, :, 0], words != PAD


@wrong(says="the mask is turned round")
def sum_of_the_padding(logits, target):
    log_p, real = picked(logits, target)
    return (log_p * ~real).sum(1)


@wrong(says="one dimension too many is kept")
def in_a_column(logits, target):
    words = target[:, 1:, None]
    return (logits.log_softmax(-1).gather(-1, words) * (words != PAD)).sum(1)


@wrong(says="the last step is left out")
def one_step_less(logits, target):
    log_p, real = picked(logits, target)
    return (log_p * real)[:, :-1].sum(1)


@wrong(says="the length of the first sentence is taken for all")
def one_length_for_all(logits, target):
    log_p, real = picked(logits, target)
    return log_p[:, : int(real[0].sum())].sum(1)


@wrong(says="up to where the shortest sentence ends")
def until_one_has_ended(logits, target):
    log_p, real = picked(logits, target)
    total = torch.zeros(len(target))
    for t in range(logits.shape[1]):
        if not real[:, t].all():
            break
        total = total + log_p[:, t]
    return total


@wrong(says="the logits at padding are 0")
def masked_before_the_softmax(logits, target):
    return picked(logits * (target[:, 1:] != PAD)[:, :, None], target)[0].sum(1)
