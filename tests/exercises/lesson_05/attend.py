"""Answers to exercise 05.attend."""

import math

import torch

from course_lib import attention
from course_lib.attention import attend
from tests.exercises.answers import right, wrong


@right
def with_the_library(query, key, value, mask, score):
    weights = attention.masked_softmax(score(query, key), mask[:, None])
    return weights @ value, weights


@right
def written_out(query, key, value, mask, score):
    real = mask.unsqueeze(1).expand(-1, query.shape[1], -1)
    scores = torch.where(real, score(query, key), torch.tensor(-1e30, dtype=query.dtype))
    weights = torch.softmax(scores, dim=2) * real
    return torch.bmm(weights, value), weights


@right
def sentence_by_sentence(query, key, value, mask, score):
    rows = []
    for b in range(len(query)):
        scores = score(query[b : b + 1], key[b : b + 1])[0]
        rows.append(attention.masked_softmax(scores, mask[b].expand_as(scores)))
    weights = torch.stack(rows)
    return torch.einsum("bts,bse->bte", weights, value), weights


def weigh(query, key, value, mask, score):
    return attention.masked_softmax(score(query, key), mask[:, None])


@wrong(says="the mask is inverted")
def attend_inverted(query, key, value, mask, score):
    weights = score(query, key).masked_fill(mask[:, None], -1e30).softmax(-1).masked_fill(mask[:, None], 0)
    return weights @ value, weights


@wrong(says="the mask is not used")
def padding_attended(query, key, value, mask, score):
    weights = score(query, key).softmax(-1)
    return weights @ value, weights


@wrong(says="the mask comes after the softmax")
def attend_masked_afterwards(query, key, value, mask, score):
    weights = score(query, key).softmax(-1) * mask[:, None]
    return weights @ value, weights


@wrong(says="over axis 1")
def attend_over_targets(query, key, value, mask, score):
    weights = score(query, key).masked_fill(~mask[:, None], -1e9).softmax(1) * mask[:, None]
    return weights @ value, weights


@wrong(says="keys and values are interchanged")
def attend_swapped(query, key, value, mask, score):
    return with_the_library(query, value, key, mask, score)


@wrong(says="the weights multiply the keys")
def mean_of_keys(query, key, value, mask, score):
    weights = weigh(query, key, value, mask, score)
    return weights @ key, weights


@wrong(says="called with the key first", obeyed={"score(key, query)": "score(query, key)"})
def score_of_key_first(query, key, value, mask, score):
    weights = attention.masked_softmax(score(key, query), mask[:, None])
    return weights @ value, weights


@wrong(says="weights come first")
def weights_first(query, key, value, mask, score):
    context, weights = with_the_library(query, key, value, mask, score)
    return weights, context


@wrong(says="the scores come back")
def scores_returned(query, key, value, mask, score):
    context, _ = with_the_library(query, key, value, mask, score)
    return context, score(query, key)


@wrong(says="got one tensor")
def context_alone(query, key, value, mask, score):
    return with_the_library(query, key, value, mask, score)[0]


@wrong(says="`mask[:, None]` is (B, 1, S)", obeyed={"mask[:, :, None]": "mask[:, None]"})
def mask_over_targets(query, key, value, mask, score):
    weights = attention.masked_softmax(score(query, key), mask[:, :, None].expand(-1, -1, key.shape[1]))
    return weights @ value, weights


@wrong(says="mask of the first sentence", obeyed={"mask[0]": "mask[:, None]"})
def one_mask_for_all(query, key, value, mask, score):
    weights = attention.masked_softmax(score(query, key), mask[0].expand(len(query), 1, -1))
    return weights @ value, weights


@wrong(says="`score` is not used")
def dot_always(query, key, value, mask, score):
    weights = attention.masked_softmax(query @ key.transpose(1, 2), mask[:, None])
    return weights @ value, weights


@wrong(says="nothing to attend to gets equal weights")
def attend_without_second_fill(query, key, value, mask, score):
    weights = score(query, key).masked_fill(~mask[:, None], -1e10).softmax(-1)
    return weights @ value, weights


@wrong(
    says="Score functions name their parameters as they like: `score(query, key)`",
    obeyed={"query=query, key=key": "query, key"},
)
def with_named_arguments(query, key, value, mask, score):
    weights = attention.masked_softmax(score(query=query, key=key), mask.unsqueeze(-2))
    return (weights[..., None] * value[:, None]).sum(2), weights


@wrong(says="a sentence with nothing to attend to is NaN")
def attend_with_minus_infinity(query, key, value, mask, score):
    weights = score(query, key).masked_fill(~mask[:, None], -math.inf).softmax(-1)
    return weights @ value, weights


@wrong(says="for the context alone")
def values_masked(query, key, value, mask, score):
    weights = score(query, key).softmax(-1)
    return weights @ value.masked_fill(~mask[..., None], 0), weights


@wrong(says="exp(0) is 1")
def keys_masked(query, key, value, mask, score):
    weights = score(query, key * mask[..., None]).softmax(-1)
    return weights @ value, weights


@wrong(says="the values of the first sentence")
def values_of_one_sentence(query, key, value, mask, score):
    weights = weigh(query, key, value, mask, score)
    return weights @ value[0], weights


@wrong(says="scaling is the score function's own business")
def attend_scaled(query, key, value, mask, score):
    weights = attention.masked_softmax(score(query, key) / math.sqrt(key.shape[-1]), mask[:, None])
    return weights @ value, weights


@wrong(says="no gradient reaches `value`", obeyed={".detach()": ""})
def values_detached(query, key, value, mask, score):
    return attend(query, key, value.detach(), mask, score)


@wrong(says="how many are True is not enough")
def length_from_the_mask(query, key, value, mask, score):
    front = torch.arange(mask.shape[1]) < mask.sum(1, keepdim=True)
    return with_the_library(query, key, value, front, score)


@wrong(says="with weights that are not masked")
def context_of_all_weights(query, key, value, mask, score):
    scores = score(query, key)
    return scores.softmax(-1) @ value, attention.masked_softmax(scores, mask[:, None])


@wrong(says="masked scores become 0")
def keys_and_weights_masked(query, key, value, mask, score):
    weights = score(query, key * mask[..., None]).softmax(-1) * mask[:, None]
    return weights @ value, weights


@wrong(says="nothing to attend to gets equal weights")
def values_masked_and_no_second_fill(query, key, value, mask, score):
    weights = score(query, key).masked_fill(~mask[:, None], -1e10).softmax(-1)
    return weights @ value.masked_fill(~mask[..., None], 0), weights


@wrong(
    says="two mistakes at once: 1. `score` is called with the key first",
    obeyed={"score(key, query).transpose(1, 2)": "score(query, key)", "value[0]": "value"},
)
def key_first_and_values_of_one_sentence(query, key, value, mask, score):
    weights = attention.masked_softmax(score(key, query).transpose(1, 2), mask[:, None])
    return weights @ value[0], weights


@wrong(says="over axis 1, the target steps")
def softmax_over_targets_unmasked(query, key, value, mask, score):
    weights = score(query, key).softmax(dim=1)
    return weights @ value, weights


@wrong(says="over axis 1, the target steps")
def softmax_over_targets_of_masked_scores(query, key, value, mask, score):
    scores = score(query, key).masked_fill(~mask[:, None], -1e9)
    weights = scores.softmax(dim=1)
    return weights @ value, weights


@wrong(says="over axis 1, the target steps")
def softmax_over_targets_then_the_mask(query, key, value, mask, score):
    weights = score(query, key).softmax(dim=1) * mask[:, None]
    return weights @ value, weights


@wrong(says="the context is made of detached weights")
def context_of_detached_weights(query, key, value, mask, score):
    weights = weigh(query, key, value, mask, score)
    return weights.detach() @ value, weights


@wrong(says="the weights that come back are detached")
def weights_come_back_detached(query, key, value, mask, score):
    weights = weigh(query, key, value, mask, score)
    return weights @ value, weights.detach()


@wrong(says="the source up to t alone")
def causal_too(query, key, value, mask, score):
    allowed = mask[:, None] & torch.ones(query.shape[1], key.shape[1], dtype=torch.bool).tril()
    weights = attention.masked_softmax(score(query, key), allowed)
    return weights @ value, weights


@wrong(says="the values of all sentences are summed")
def values_of_all_sentences(query, key, value, mask, score):
    weights = weigh(query, key, value, mask, score)
    return torch.einsum("bts,cse->bte", weights, value), weights
