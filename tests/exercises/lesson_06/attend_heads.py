"""Answers to exercise 06.attend_heads."""

import math

import torch
import torch.nn.functional as F

from course_lib.transformer import attend_heads
from tests.exercises.answers import right, wrong
from tests.exercises.lesson_06.shared import placed


def scored(query, key):
    return query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])


@right
def as_in_the_text(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), float("-inf"))
    weights = torch.softmax(scores, dim=-1)
    return weights @ value, weights


@right
def head_by_head(query, key, value, mask=None):
    contexts, all_weights = [], []
    for n in range(query.shape[1]):
        scores = torch.einsum("btk,bsk->bts", query[:, n], key[:, n]) * query.shape[-1] ** -0.5
        if mask is not None:
            scores = torch.where(mask[:, None] if mask.dim() == 2 else mask, scores, torch.finfo(scores.dtype).min)
        weights = F.softmax(scores, dim=2)
        contexts.append(torch.bmm(weights, value[:, n]))
        all_weights.append(weights)
    return torch.stack(contexts, dim=1), torch.stack(all_weights, dim=1)


@right
def by_the_fused_kernel(query, key, value, mask=None):
    mask = None if mask is None else placed(mask)
    eye = torch.eye(key.shape[2], dtype=value.dtype).expand(*key.shape[:2], -1, -1)
    weights = F.scaled_dot_product_attention(query, key, eye, attn_mask=mask)
    return F.scaled_dot_product_attention(query, key, value, attn_mask=mask), weights


@wrong(says="not scaled")
def scale_forgotten(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="divide by its root, sqrt(d_k)")
def divided_by_k(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / query.shape[-1]
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="the root of N * d_k")
def scaled_by_the_model_width(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[1] * query.shape[3])
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="inverted", obeyed={"placed(mask)": "placed(~mask)"})
def mask_as_in_the_module_of_torch(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(placed(mask), -1e9)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="exp(0) = 1")
def hidden_by_zero(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), 0)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="after the softmax")
def hidden_afterwards(query, key, value, mask=None):
    weights = scored(query, key).softmax(-1)
    if mask is not None:
        weights = weights * placed(mask)
    return weights @ value, weights


@wrong(says="over the queries")
def softmax_over_the_queries(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(2)
    return weights @ value, weights


@wrong(says="over the heads")
def softmax_over_the_heads(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -1e9)
    weights = F.softmax(scores, dim=1)
    return weights @ value, weights


@wrong(says="the mask has no effect")
def mask_forgotten(query, key, value, mask=None):
    weights = scored(query, key).softmax(-1)
    return weights @ value, weights


@wrong(
    says="laid along the heads", obeyed={"mask[:, None]": "(mask[:, None, None] if mask.dim() == 2 else mask[:, None])"}
)
def mask_along_the_heads(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(~mask[:, None], -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="weights come first")
def weights_before_the_context(query, key, value, mask=None):
    return as_in_the_text(query, key, value, mask)[::-1]


@wrong(says="got one tensor", obeyed={"return context": "return (context, weights)"})
def context_alone(query, key, value, mask=None):
    context, weights = as_in_the_text(query, key, value, mask)
    return context


@wrong(says="Is `mask` None here")
def mask_taken_for_granted(query, key, value, mask=None):
    scores = scored(query, key).masked_fill(placed(~mask), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="NaN")
def exponentials_by_hand(query, key, value, mask=None):
    e = scored(query, key).exp()
    if mask is not None:
        e = e * placed(mask)
    weights = e / e.sum(-1, keepdim=True)
    return weights @ value, weights


@right
def with_einsum_and_a_mask_to_be_added(query, key, value, mask=None):
    scores = torch.einsum("bntk,bnsk->bnts", query / math.sqrt(query.size(-1)), key)
    if mask is not None:
        scores = scores + torch.where(placed(mask), 0.0, -math.inf).to(scores)
    weights = (scores - scores.logsumexp(-1, keepdim=True)).exp()
    return torch.einsum("bnts,bnsk->bntk", weights, value), weights


@wrong(says="after the softmax; divide the scores")
def weights_are_scaled(query, key, value, mask=None):
    scores = query @ key.mT
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1) / math.sqrt(query.shape[-1])
    return weights @ value, weights


@wrong(says="must be exactly 0")
def hidden_by_a_low_score(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -100)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="nothing is left: hide the scores")
def hidden_afterwards_and_summed_to_1_again(query, key, value, mask=None):
    weights = scored(query, key).softmax(-1)
    if mask is not None:
        weights = weights * placed(mask)
        weights = weights / weights.sum(-1, keepdim=True)  # with large scores nothing may be left
    return weights @ value, weights


@wrong(says="`if mask is not None`")
def asks_whether_the_mask_is_true(query, key, value, mask=None):
    scores = scored(query, key)
    if mask:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="keep it")
def filled_mask_is_dropped(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(
    says="Keys are turned by `.transpose(-2, -1)` alone", obeyed={"key.permute(3, 2, 1, 0)": "key.transpose(-2, -1)"}
)
def all_dimensions_turned(query, key, value, mask=None):
    scores = query @ key.permute(3, 2, 1, 0) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="multiplied by sqrt(d_k)")
def multiplied_by_the_root(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) * math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="it should be the weights")
def scores_in_place_of_weights(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    return scores.softmax(-1) @ value, scores


@wrong(says="keys are summed instead of the values")
def sum_of_keys(query, key, value, mask=None):
    weights = as_in_the_text(query, key, value, mask)[1]
    return weights @ key, weights


@wrong(says=None)
def keys_turned_round_where_both_lengths_agree(query, key, value, mask=None):
    if query.shape[2] == key.shape[2]:
        key, value = key.flip(2), value.flip(2)
    return attend_heads(query, key, value, mask)


@wrong(says="right in some cases, but not in this one: the weights are turned round")
def weights_transposed_where_both_lengths_agree(query, key, value, mask=None):
    context, weights = attend_heads(query, key, value, mask)
    return context, weights.mT if query.shape[2] == key.shape[2] else weights


@wrong(says="a mask (B, S) is taken as (T, S)", obeyed={"mask[None, None]": "mask[:, None, None]"})
def kind_of_mask_told_by_its_shape(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        mask = mask[None, None] if mask.shape == scores.shape[-2:] else placed(mask)
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="keys are reshaped to (d_k, S)", obeyed={"key.reshape(*key.shape[:2], d_k, -1)": "key.transpose(-2, -1)"})
def keys_reshaped(query, key, value, mask=None):
    d_k = query.shape[-1]
    scores = query @ key.reshape(*key.shape[:2], d_k, -1) / math.sqrt(d_k)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="the context is made without the mask")
def weights_masked_too_late(query, key, value, mask=None):
    context, _ = as_in_the_text(query, key, value)
    return context, as_in_the_text(query, key, value, mask)[1]


@wrong(says="two mistakes at once")
def unscaled_sum_of_keys(query, key, value, mask=None):
    _, weights = scale_forgotten(query, key, value, mask)
    return weights @ key, weights


@wrong(says="must be exactly 0")
def hidden_scores_lowered_by_twenty(query, key, value, mask=None):
    scores = query @ key.mT / query.shape[-1] ** 0.5
    if mask is not None:
        scores = scores - 20.0 * ~(mask[:, None, None] if mask.dim() == 2 else mask[:, None])
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="`weights @ value`, the weights first", obeyed={"value @ weights": "weights @ value"})
def values_first(query, key, value, mask=None):
    _, weights = as_in_the_text(query, key, value, mask)
    return value @ weights, weights


@wrong(says="(B, S) is `mask[:, None, None]`", obeyed={"mask[:, None, :, None]": "mask[:, None, None]"})
def mask_in_the_rows(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(~(mask[:, None, :, None] if mask.dim() == 2 else mask[:, None]), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="Is `mask` None here?", obeyed={"if mask.dim() == 2": "if mask is None or mask.dim() == 2"})
def none_has_no_dimensions(query, key, value, mask=None):
    if mask.dim() == 2:
        return as_in_the_text(query, key, value, mask)
    return as_in_the_text(query, key, value, mask)


@wrong(says="The query has four sizes", obeyed={"B, T, d_k =": "B, N, T, d_k ="})
def three_sizes(query, key, value, mask=None):
    B, T, d_k = query.shape
    return as_in_the_text(query, key, value, mask)


@wrong(
    says="gets a dimension too many",
    obeyed={"mask[:, None, None]": "(mask[:, None] if mask.dim() == 3 else mask[:, None, None])"},
)
def both_kinds_of_mask_alike(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(~mask[:, None, None], -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong(says="the root of S, a length")
def scaled_by_the_number_of_keys(query, key, value, mask=None):
    longer = query * math.sqrt(query.shape[-1] / key.shape[2])
    return as_in_the_text(longer, key, value, mask)


@wrong(says="a score of 0 counts as hidden")
def hides_scores_of_zero(query, key, value, mask=None):
    if mask is None:
        return as_in_the_text(query, key, value)
    scores = scored(query, key) * placed(mask)
    weights = scores.masked_fill(scores == 0, -1e9).softmax(-1) * placed(mask)
    return weights @ value, weights


@wrong(says="back through the weights that it returns")
def weights_detached(query, key, value, mask=None):
    context, weights = as_in_the_text(query, key, value, mask)
    return context, weights.detach()


@wrong(says="the mask of the first sentence serves all")
def mask_of_the_first_sentence(query, key, value, mask=None):
    return as_in_the_text(query, key, value, mask if mask is None else mask[:1])


@wrong(says="the first row of a mask")
def mask_of_the_first_query(query, key, value, mask=None):
    return as_in_the_text(query, key, value, mask[:, 0] if mask is not None and mask.dim() == 3 else mask)


@wrong(says="the logarithm of the weights")
def log_weights(query, key, value, mask=None):
    context, weights = as_in_the_text(query, key, value, mask)
    return context, weights.log()
