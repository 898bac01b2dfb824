"""Answers to the exercises of lesson 05, attention."""
# ruff: noqa: RET503  (a `return` inside the loop is one of the mistakes)

import math

import torch
import torch.nn.functional as F
from answers import right, wrong

from course_lib import attention

# ---- 05.soft_lookup ----------------------------------------------------------------------------------


@right("05.soft_lookup")
def in_three_lines(query, keys, values):
    scores = keys @ query
    weights = torch.softmax(scores, dim=0)
    return weights @ values


@right("05.soft_lookup")
def key_by_key(query, keys, values):
    scores = torch.stack([(key * query).sum() for key in keys])
    exponentials = (scores - scores.max()).exp()
    weights = exponentials / exponentials.sum()
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


@right("05.soft_lookup")
def by_einsum(query, keys, values):
    return torch.einsum("s,se->e", F.softmax(torch.einsum("h,sh->s", query, keys), dim=-1), values)


@wrong("05.soft_lookup", says="that is the hard dictionary")
def hard_dictionary(query, keys, values):
    return values[(keys @ query).argmax()]


@wrong("05.soft_lookup", says="keys and values are interchanged")
def keys_and_values_interchanged(query, keys, values):
    return (values @ query).softmax(0) @ keys


@wrong("05.soft_lookup", says="scores themselves are the weights")
def no_softmax(query, keys, values):
    return (keys @ query) @ values


@wrong("05.soft_lookup", says="don't sum to 1")
def exp_without_sum(query, keys, values):
    return (keys @ query).exp() @ values


@wrong("05.soft_lookup", says="divided by their sum, which can be negative")
def scores_over_their_sum(query, keys, values):
    scores = keys @ query
    return (scores / scores.sum()) @ values


@wrong("05.soft_lookup", says="columns of the keys")
def columns(query, keys, values):
    return (keys.T @ query).softmax(0) @ values


@wrong("05.soft_lookup", says="these are the weights")
def weights_alone(query, keys, values):
    return (keys @ query).softmax(0)


@wrong("05.soft_lookup", says="that comes in exercise 3")
def scaled_already(query, keys, values):
    return (keys @ query / math.sqrt(len(query))).softmax(0) @ values


@wrong("05.soft_lookup", says="the weights run along the numbers of a value")
def weights_along_columns(query, keys, values):
    return ((keys @ query).softmax(0) * values).sum(0)


@wrong("05.soft_lookup", says="not summed")
def not_summed(query, keys, values):
    return (keys @ query).softmax(0).unsqueeze(1) * values


@wrong("05.soft_lookup", says="NaN")
def exp_overflows(query, keys, values):
    exponentials = (keys @ query).exp()
    return exponentials / exponentials.sum() @ values


@wrong("05.soft_lookup", says="detached")
def detached(query, keys, values):
    return torch.tensor((keys @ query).softmax(0).tolist(), dtype=values.dtype) @ values.detach()


@right("05.soft_lookup")
def by_the_kernel(query, keys, values):
    return F.scaled_dot_product_attention(query[None], keys, values, scale=1.0)[0]


@wrong("05.soft_lookup", says="over an axis of size 1")
def softmax_of_a_column(query, keys, values):
    scores = (keys @ query)[:, None]
    return (scores.softmax(-1) * values).sum(0)


@wrong("05.soft_lookup", says="cosine")
def by_the_angle(query, keys, values):
    return F.cosine_similarity(keys, query[None], dim=-1).softmax(0) @ values


@wrong("05.soft_lookup", says="by their distance")
def by_distance(query, keys, values):
    return (-torch.cdist(query[None], keys)[0]).softmax(0) @ values


@wrong("05.soft_lookup", says="softmax is taken twice")
def softmax_twice(query, keys, values):
    return F.softmax(F.softmax(keys @ query, dim=0), dim=0) @ values


@wrong("05.soft_lookup", says="one dimension of size 1 too many")
def a_row_is_left(query, keys, values):
    return (query[None] @ keys.T).softmax(-1) @ values


# ---- 05.masked_softmax -------------------------------------------------------------------------------


@right("05.masked_softmax")
def lowest_then_zero(scores, mask):
    weights = scores.masked_fill(~mask, torch.finfo(scores.dtype).min).softmax(dim=-1)
    return weights.masked_fill(~mask, 0)


@right("05.masked_softmax")
def by_where(scores, mask):
    low = torch.where(mask, scores, torch.full_like(scores, -1e30))
    return torch.where(mask, F.softmax(low, dim=-1), torch.zeros_like(scores))


@right("05.masked_softmax")
def by_hand(scores, mask):
    scores = scores.masked_fill(~mask, -1e30)
    exponentials = (scores - scores.amax(-1, keepdim=True)).exp() * mask
    return exponentials / exponentials.sum(-1, keepdim=True).clamp(min=1e-30)


@right("05.masked_softmax")
def infinity_but_guarded(scores, mask):
    nothing = ~mask.any(-1, keepdim=True)
    weights = scores.masked_fill(~(mask | nothing), -math.inf).softmax(-1)
    return weights * (mask & ~nothing)


@wrong("05.masked_softmax", says="the mask is inverted")
def inverted(scores, mask):
    return scores.masked_fill(mask, -1e30).softmax(-1)


@wrong("05.masked_softmax", says="not used")
def mask_forgotten(scores, mask):
    return scores.softmax(-1)


@wrong("05.masked_softmax", says="after the softmax")
def mask_after_softmax(scores, mask):
    return scores.softmax(-1) * mask


@wrong("05.masked_softmax", says="exp(0) is 1")
def zeros_for_masked_scores(scores, mask):
    return scores.masked_fill(~mask, 0).softmax(-1)


@wrong("05.masked_softmax", says="sums over axis 1")
def softmax_over_targets(scores, mask):
    return scores.masked_fill(~mask, -1e9).softmax(1) * mask


@wrong("05.masked_softmax", says="axis 0")
def softmax_over_batch(scores, mask):
    return scores.masked_fill(~mask, -1e9).softmax(0) * mask


@wrong("05.masked_softmax", says="nothing to attend to is NaN")
def minus_infinity(scores, mask):
    return scores.masked_fill(~mask, -math.inf).softmax(-1)


@wrong("05.masked_softmax", says="nothing to attend to gets equal weights")
def as_in_most_tutorials(scores, mask):
    return scores.masked_fill(mask == 0, -1e10).softmax(-1)


@right("05.masked_softmax")
def nan_repaired_afterwards(scores, mask):
    return scores.masked_fill(~mask, -math.inf).softmax(-1).nan_to_num(0.0)  # no NaN comes back through masked_fill


@wrong("05.masked_softmax", says="gradient with respect to `scores` holds NaN")
def nan_repaired_but_not_its_gradient(scores, mask):
    return (scores + mask.to(scores).log()).softmax(-1).nan_to_num(0.0)


@wrong("05.masked_softmax", says="not low enough")
def minus_ten_thousand(scores, mask):
    return scores.masked_fill(~mask, -1e4).softmax(-1).masked_fill(~mask, 0)


@wrong("05.masked_softmax", says="NaN")
def exp_by_hand(scores, mask):
    exponentials = scores.exp() * mask
    return exponentials / exponentials.sum(-1, keepdim=True)


@wrong("05.masked_softmax", says="NaN")
def renormalized_without_guard(scores, mask):
    weights = scores.softmax(-1) * mask
    return weights / weights.sum(-1, keepdim=True)


@wrong("05.masked_softmax", says="in place")
def in_place(scores, mask):
    scores.masked_fill_(~mask, -1e30)
    return scores.softmax(-1).masked_fill(~mask, 0)


@right("05.masked_softmax")
def exp_of_what_is_left(scores, mask):
    scores = torch.where(mask, scores, -math.inf)
    largest = scores.amax(-1, keepdim=True)
    exponentials = (scores - torch.where(largest.isinf(), 0.0, largest)).exp()
    total = exponentials.sum(-1, keepdim=True)
    return exponentials / torch.where(total == 0, 1.0, total)


@right("05.masked_softmax")
def with_the_mask_made_large(scores, mask):
    mask = mask.expand_as(scores)
    scores = scores.clone()
    scores[~mask] = -1e20
    return scores.softmax(-1) * mask


@wrong("05.masked_softmax", says="what is 0 can't be made to sum to 1 again")
def renormalized_with_a_guard(scores, mask):
    weights = scores.softmax(-1) * mask
    return weights / (weights.sum(-1, keepdim=True) + 1e-9)


@wrong("05.masked_softmax", says="what is 0 can't be made to sum to 1 again")
def largest_of_hidden_ones_too(scores, mask):
    exponentials = (scores - scores.amax(-1, keepdim=True)).exp() * mask
    return exponentials / exponentials.sum(-1, keepdim=True).clamp(min=1e-30)


@wrong("05.masked_softmax", says="the mask is inverted")
def inverted_before_but_not_behind(scores, mask):
    return scores.masked_fill(mask == 1, -1e9).softmax(-1) * mask


@wrong("05.masked_softmax", says="`masked_fill` broadcasts it")
def indexed_with_a_small_mask(scores, mask):
    scores = scores.clone()
    scores[~mask] = -1e9
    return scores.softmax(-1) * mask


# ---- 05.dot ------------------------------------------------------------------------------------------


@right("05.dot")
def a_product(query, key, scaled=False):
    scores = query @ key.transpose(-2, -1)
    if scaled:
        scores = scores / math.sqrt(query.shape[-1])
    return scores


@right("05.dot")
def einsum_with_one_line(query, key, scaled=False):
    return torch.einsum("bth,bsh->bts", query, key) * (query.size(-1) ** -0.5 if scaled else 1.0)


@right("05.dot")
def pair_by_pair(query, key, scaled=False):
    scores = (query.unsqueeze(2) * key.unsqueeze(1)).sum(-1)
    return scores / torch.tensor(query.shape[2], dtype=query.dtype).sqrt() if scaled else scores


@right("05.dot")
def by_bmm(query, key, scaled=False):
    if scaled:
        query = query / key.shape[2] ** 0.5
    return torch.bmm(query, key.permute(0, 2, 1))


@wrong("05.dot", says="divided by H")
def divided_by_h(query, key, scaled=False):
    scores = query @ key.transpose(1, 2)
    return scores / query.shape[-1] if scaled else scores


@wrong("05.dot", says="sqrt(S)")
def divided_by_the_length(query, key, scaled=False):
    scores = query @ key.transpose(1, 2)
    return scores / math.sqrt(scores.shape[-1]) if scaled else scores


@wrong("05.dot", says="multiplied by sqrt(H)")
def multiplied(query, key, scaled=False):
    scores = query @ key.transpose(1, 2)
    return scores * math.sqrt(query.shape[-1]) if scaled else scores


@wrong("05.dot", says="changes nothing")
def never_scaled(query, key, scaled=False):
    return query @ key.transpose(1, 2)


@wrong("05.dot", says="always")
def always_scaled(query, key, scaled=False):
    return query @ key.transpose(1, 2) / math.sqrt(query.shape[-1])


@wrong("05.dot", says="the scores are turned")
def turned(query, key, scaled=False):
    return a_product(key, query, scaled)


@wrong("05.dot", says="query t meets key t alone")
def pairwise(query, key, scaled=False):
    return (query * key).sum(-1)


@wrong("05.dot", says="all sentences are mixed")
def batches_mixed(query, key, scaled=False):
    keys = key.sum(0)
    return a_product(query, keys.expand(len(query), -1, -1), scaled)


@wrong("05.dot", says="`query @ key.transpose(1, 2)`")
def transposed_the_batch(query, key, scaled=False):
    return query @ key.transpose(0, 1)


@wrong("05.dot", says="the key is not turned")
def key_not_turned(query, key, scaled=False):
    scores = query @ key
    return scores / math.sqrt(query.shape[-1]) if scaled else scores


@wrong("05.dot", says="cosine")
def cosine(query, key, scaled=False):
    return a_product(F.normalize(query, dim=-1), F.normalize(key, dim=-1), scaled)


@wrong("05.dot", says="these are weights")
def softmax_included(query, key, scaled=False):
    return a_product(query, key, scaled).softmax(-1)


@right("05.dot")
def half_of_the_scale_each(query, key, scaled=False):
    root = query.shape[-1] ** 0.25 if scaled else 1.0
    return torch.stack([q @ k.mT for q, k in zip(query / root, key / root, strict=True)])


@wrong("05.dot", says="in place")
def scaled_in_place(query, key, scaled=False):
    if scaled:
        query /= math.sqrt(query.shape[-1])
    return query @ key.transpose(1, 2)


@wrong("05.dot", says="the key is not turned")
def viewed_not_turned(query, key, scaled=False):
    scores = query @ key.reshape(len(key), key.shape[2], key.shape[1])
    return scores / math.sqrt(query.shape[-1]) if scaled else scores


# ---- 05.general --------------------------------------------------------------------------------------


@right("05.general")
def from_the_left(query, key, weight):
    return query @ weight @ key.transpose(1, 2)


@right("05.general")
def keys_projected(query, key, weight):
    return query @ F.linear(key, weight).transpose(1, 2)


@right("05.general")
def all_in_one(query, key, weight):
    return torch.einsum("btq,qk,bsk->bts", query, weight, key)


@wrong("05.general", says="the weight is transposed")
def weight_as_in_linear(query, key, weight):
    return F.linear(query, weight) @ key.transpose(1, 2)


@wrong("05.general", says="the weight is transposed")
def key_times_weight(query, key, weight):
    return query @ (key @ weight).transpose(1, 2)


@wrong("05.general", says="the weight is left out")
def weight_forgotten(query, key, weight):
    return query @ key.transpose(1, 2)


@wrong("05.general", says="used twice")
def weight_twice(query, key, weight):
    return (query @ weight) @ (key @ weight).transpose(1, 2)


@wrong("05.general", says="the scores are turned")
def general_turned(query, key, weight):
    return (query @ weight @ key.transpose(1, 2)).transpose(1, 2)


@wrong("05.general", says="that is not asked for here")
def general_scaled(query, key, weight):
    return query @ weight @ key.transpose(1, 2) / math.sqrt(query.shape[-1])


@wrong("05.general", says="there is a tanh")
def general_with_tanh(query, key, weight):
    return torch.tanh(query @ weight) @ key.transpose(1, 2)


@wrong("05.general", says="query t meets key t alone")
def general_pairwise(query, key, weight):
    return ((query @ weight) * key).sum(-1)


@wrong("05.general", says="these are weights")
def general_softmax(query, key, weight):
    return from_the_left(query, key, weight).softmax(-1)


@wrong("05.general", says="still to be compared")
def only_projected(query, key, weight):
    return query @ weight


@right("05.general")
def pairs_by_themselves(query, key, weight):
    return ((query @ weight)[:, :, None] * key[:, None]).sum(-1)


@wrong("05.general", says="number by number")
def weight_element_by_element(query, key, weight):
    return (query * weight) @ key.transpose(1, 2)


@wrong("05.general", says="all sentences are mixed")
def general_mixed(query, key, weight):
    return torch.einsum("btq,qk,csk->bts", query, weight, key)


@wrong("05.general", says="deal the numbers out anew")
def general_viewed(query, key, weight):
    return query @ weight @ key.view(len(key), key.shape[2], key.shape[1])


# ---- 05.concat ---------------------------------------------------------------------------------------


@right("05.concat")
def with_two_axes(query, key, weight_query, weight_key, v):
    return (F.linear(query, weight_query)[:, :, None] + F.linear(key, weight_key)[:, None]).tanh() @ v


@right("05.concat")
def side_by_side(query, key, weight_query, weight_key, v):
    (B, T, _), S = query.shape, key.shape[1]
    both = torch.cat([query[:, :, None].expand(B, T, S, -1), key[:, None].expand(B, T, S, -1)], dim=-1)
    hidden = torch.tanh(both @ torch.cat([weight_query, weight_key], dim=1).T)
    return (hidden * v).sum(-1)


@right("05.concat")
def step_by_step(query, key, weight_query, weight_key, v):
    of_key = key @ weight_key.t()
    rows = [torch.tanh(q_t @ weight_query.t() + of_key.transpose(0, 1)).transpose(0, 1) @ v for q_t in query.unbind(1)]
    return torch.stack(rows, dim=1)


@wrong("05.concat", says="the tanh is missing")
def without_tanh(query, key, weight_query, weight_key, v):
    return ((query @ weight_query.T)[:, :, None] + (key @ weight_key.T)[:, None]) @ v


@wrong("05.concat", says="the tanh comes after v")
def tanh_after_v(query, key, weight_query, weight_key, v):
    return torch.tanh(without_tanh(query, key, weight_query, weight_key, v))


@wrong("05.concat", says="tanh is taken of each part by itself")
def tanh_of_each(query, key, weight_query, weight_key, v):
    return ((query @ weight_query.T).tanh()[:, :, None] + (key @ weight_key.T).tanh()[:, None]) @ v


@wrong("05.concat", says="interchanged")
def weights_interchanged(query, key, weight_query, weight_key, v):
    return with_two_axes(query, key, weight_key, weight_query, v)


@wrong("05.concat", says="not transposed")
def weights_not_transposed(query, key, weight_query, weight_key, v):
    return with_two_axes(query, key, weight_query.T, weight_key.T, v)


@wrong("05.concat", says="v is left out")
def summed_without_v(query, key, weight_query, weight_key, v):
    return ((query @ weight_query.T)[:, :, None] + (key @ weight_key.T)[:, None]).tanh().sum(-1)


@wrong("05.concat", says="multiplied; add them")
def parts_multiplied(query, key, weight_query, weight_key, v):
    return ((query @ weight_query.T)[:, :, None] * (key @ weight_key.T)[:, None]).tanh() @ v


@wrong("05.concat", says="the scores are turned")
def concat_turned(query, key, weight_query, weight_key, v):
    return ((query @ weight_query.T)[:, None] + (key @ weight_key.T)[:, :, None]).tanh() @ v


@wrong("05.concat", says="query t meets key t alone")
def concat_pairwise(query, key, weight_query, weight_key, v):
    return (query @ weight_query.T + key @ weight_key.T).tanh() @ v


@wrong("05.concat", says="ReLU")
def relu_instead(query, key, weight_query, weight_key, v):
    return ((query @ weight_query.T)[:, :, None] + (key @ weight_key.T)[:, None]).relu() @ v


@wrong("05.concat", says="not summed over")
def v_not_summed(query, key, weight_query, weight_key, v):
    return ((query @ weight_query.T)[:, :, None] + (key @ weight_key.T)[:, None]).tanh() * v


@right("05.concat")
def v_as_a_layer(query, key, weight_query, weight_key, v):
    both = (query @ weight_query.T).unsqueeze(2) + (key @ weight_key.T).unsqueeze(1)
    return F.linear(both.tanh(), v[None]).squeeze(-1)


@wrong("05.concat", says="v is inside the tanh")
def v_inside(query, key, weight_query, weight_key, v):
    return (v * ((query @ weight_query.T)[:, :, None] + (key @ weight_key.T)[:, None])).tanh().sum(-1)


@wrong("05.concat", says="over the source instead of the units")
def summed_over_the_source(query, key, weight_query, weight_key, v):
    return (((query @ weight_query.T)[:, :, None] + (key @ weight_key.T)[:, None]).tanh() * v).sum(2)


@wrong("05.concat", says="one behind the other")
def one_behind_the_other(query, key, weight_query, weight_key, v):
    return torch.cat([query @ weight_query.T, key @ weight_key.T], dim=1).tanh() @ v


@wrong("05.concat", says="one dimension of size 1 too few")
def squeezed_everywhere(query, key, weight_query, weight_key, v):
    return v_as_a_layer(query, key, weight_query, weight_key, v).squeeze()


@wrong("05.concat", says="no gradient reaches `key`")
def key_detached(query, key, weight_query, weight_key, v):
    return with_two_axes(query, key.detach(), weight_query, weight_key, v)


# ---- 05.location -------------------------------------------------------------------------------------


@right("05.location")
def first_rows(query, key, weight):
    return query @ weight[: key.shape[1]].T


@right("05.location")
def all_then_cut(query, key, weight):
    return F.linear(query, weight)[:, :, : key.size(1)]


@right("05.location")
def by_position(query, key, weight):
    return torch.stack([(query * weight[s]).sum(-1) for s in range(key.shape[1])], dim=-1)


@wrong("05.location", says="not cut to the length")
def not_cut(query, key, weight):
    return query @ weight.T


@wrong("05.location", says="the last rows")
def last_rows(query, key, weight):
    return query @ weight[-key.shape[1] :].T


@wrong("05.location", says="as many rows as there are target steps")
def rows_of_target(query, key, weight):
    return query @ weight[: query.shape[1]].T


@wrong("05.location", says="the keys have a part in it")
def dot_instead(query, key, weight):
    return query @ key.transpose(1, 2)


@wrong("05.location", says="these are weights")
def location_softmax(query, key, weight):
    return first_rows(query, key, weight).softmax(-1)


@wrong("05.location", says="cut afterwards")
def softmax_then_cut(query, key, weight):
    return (query @ weight.T).softmax(-1)[:, :, : key.shape[1]]


@wrong("05.location", says="there is a tanh")
def location_tanh(query, key, weight):
    return first_rows(query, key, weight).tanh()


@wrong("05.location", says="not transposed")
def location_not_transposed(query, key, weight):
    return query @ weight[: key.shape[1]]


@wrong("05.location", says="the scores are turned")
def location_turned(query, key, weight):
    return first_rows(query, key, weight).transpose(1, 2)


@wrong("05.location", says="one position late")
def rows_from_one(query, key, weight):
    return query @ weight[1 : key.shape[1] + 1].T


@wrong("05.location", says="as many rows as there are sentences")
def rows_by_len(query, key, weight):
    return query @ weight[: len(key)].T


# ---- 05.attend ---------------------------------------------------------------------------------------


@right("05.attend")
def with_the_library(query, key, value, mask, score):
    weights = attention.masked_softmax(score(query, key), mask[:, None])
    return weights @ value, weights


@right("05.attend")
def written_out(query, key, value, mask, score):
    real = mask.unsqueeze(1).expand(-1, query.shape[1], -1)
    scores = torch.where(real, score(query, key), torch.tensor(-1e30, dtype=query.dtype))
    weights = torch.softmax(scores, dim=2) * real
    return torch.bmm(weights, value), weights


@right("05.attend")
def sentence_by_sentence(query, key, value, mask, score):
    rows = []
    for b in range(len(query)):
        scores = score(query[b : b + 1], key[b : b + 1])[0]
        rows.append(attention.masked_softmax(scores, mask[b].expand_as(scores)))
    weights = torch.stack(rows)
    return torch.einsum("bts,bse->bte", weights, value), weights


def weigh(query, key, value, mask, score):
    return attention.masked_softmax(score(query, key), mask[:, None])


@wrong("05.attend", says="the mask is inverted")
def attend_inverted(query, key, value, mask, score):
    weights = score(query, key).masked_fill(mask[:, None], -1e30).softmax(-1).masked_fill(mask[:, None], 0)
    return weights @ value, weights


@wrong("05.attend", says="the mask is not used")
def padding_attended(query, key, value, mask, score):
    weights = score(query, key).softmax(-1)
    return weights @ value, weights


@wrong("05.attend", says="the mask comes after the softmax")
def attend_masked_afterwards(query, key, value, mask, score):
    weights = score(query, key).softmax(-1) * mask[:, None]
    return weights @ value, weights


@wrong("05.attend", says="over axis 1")
def attend_over_targets(query, key, value, mask, score):
    weights = score(query, key).masked_fill(~mask[:, None], -1e9).softmax(1) * mask[:, None]
    return weights @ value, weights


@wrong("05.attend", says="keys and values are interchanged")
def attend_swapped(query, key, value, mask, score):
    return with_the_library(query, value, key, mask, score)


@wrong("05.attend", says="the keys are averaged")
def mean_of_keys(query, key, value, mask, score):
    weights = weigh(query, key, value, mask, score)
    return weights @ key, weights


@wrong("05.attend", says="called with the key first")
def score_of_key_first(query, key, value, mask, score):
    weights = attention.masked_softmax(score(key, query), mask[:, None])
    return weights @ value, weights


@wrong("05.attend", says="weights come first")
def weights_first(query, key, value, mask, score):
    context, weights = with_the_library(query, key, value, mask, score)
    return weights, context


@wrong("05.attend", says="the scores come back")
def scores_returned(query, key, value, mask, score):
    context, _ = with_the_library(query, key, value, mask, score)
    return context, score(query, key)


@wrong("05.attend", says="got one tensor")
def context_alone(query, key, value, mask, score):
    return with_the_library(query, key, value, mask, score)[0]


@wrong("05.attend", says="`mask[:, None]` is (B, 1, S)")
def mask_over_targets(query, key, value, mask, score):
    weights = attention.masked_softmax(score(query, key), mask[:, :, None].expand(-1, -1, key.shape[1]))
    return weights @ value, weights


@wrong("05.attend", says="mask of the first sentence")
def one_mask_for_all(query, key, value, mask, score):
    weights = attention.masked_softmax(score(query, key), mask[0].expand(len(query), 1, -1))
    return weights @ value, weights


@wrong("05.attend", says="`score` is not used")
def dot_always(query, key, value, mask, score):
    weights = attention.masked_softmax(query @ key.transpose(1, 2), mask[:, None])
    return weights @ value, weights


@wrong("05.attend", says="nothing to attend to gets equal weights")
def attend_without_second_fill(query, key, value, mask, score):
    weights = score(query, key).masked_fill(~mask[:, None], -1e10).softmax(-1)
    return weights @ value, weights


@right("05.attend")
def with_named_arguments(query, key, value, mask, score):
    weights = attention.masked_softmax(score(query=query, key=key), mask.unsqueeze(-2))
    return (weights[..., None] * value[:, None]).sum(2), weights


@wrong("05.attend", says="a sentence with nothing to attend to is NaN")
def attend_with_minus_infinity(query, key, value, mask, score):
    weights = score(query, key).masked_fill(~mask[:, None], -math.inf).softmax(-1)
    return weights @ value, weights


@wrong("05.attend", says="for the context alone")
def values_masked(query, key, value, mask, score):
    weights = score(query, key).softmax(-1)
    return weights @ value.masked_fill(~mask[..., None], 0), weights


@wrong("05.attend", says="exp(0) is 1")
def keys_masked(query, key, value, mask, score):
    weights = score(query, key * mask[..., None]).softmax(-1)
    return weights @ value, weights


@wrong("05.attend", says="the values of the first sentence")
def values_of_one_sentence(query, key, value, mask, score):
    weights = weigh(query, key, value, mask, score)
    return weights @ value[0], weights


@wrong("05.attend", says="scaling is the score function's own business")
def attend_scaled(query, key, value, mask, score):
    weights = attention.masked_softmax(score(query, key) / math.sqrt(key.shape[-1]), mask[:, None])
    return weights @ value, weights


# ---- 05.luong_step -----------------------------------------------------------------------------------


@right("05.luong_step")
def cell_first(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = with_the_library(h[:, None], key, value, mask, score)
    context, weights = context.squeeze(1), weights.squeeze(1)
    return torch.tanh(combine(torch.cat([context, h], dim=1))), (h, c), weights


@right("05.luong_step")
def as_in_the_library(cell, x, state, key, value, mask, score, combine):
    return attention.luong_step(cell, x, state, key, value, mask, score, combine)


@right("05.luong_step")
def without_attend(cell, x, state, key, value, mask, score, combine):
    state = cell(x, state)
    scores = score(state[0].unsqueeze(1), key).squeeze(1).masked_fill(~mask, -1e30)
    weights = scores.softmax(-1)
    context = (weights.unsqueeze(-1) * value).sum(1)
    return combine(torch.cat((context, state[0]), -1)).tanh(), state, weights


def look(h, key, value, mask, score):
    context, weights = with_the_library(h[:, None], key, value, mask, score)
    return context[:, 0], weights[:, 0]


@wrong("05.luong_step", says="s of t-1: that is Bahdanau's form")
def asks_with_the_old_state(cell, x, state, key, value, mask, score, combine):
    context, weights = look(state[0], key, value, mask, score)
    state = cell(x, state)
    return torch.tanh(combine(torch.cat([context, state[0]], dim=1))), state, weights


@wrong("05.luong_step", says="the query is the cell state c")
def asks_with_c(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = look(c, key, value, mask, score)
    return torch.tanh(combine(torch.cat([context, h], dim=1))), (h, c), weights


@wrong("05.luong_step", says="the context comes first")
def state_then_context(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = look(h, key, value, mask, score)
    return torch.tanh(combine(torch.cat([h, context], dim=1))), (h, c), weights


@wrong("05.luong_step", says="the tanh is missing")
def luong_without_tanh(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = look(h, key, value, mask, score)
    return combine(torch.cat([context, h], dim=1)), (h, c), weights


@wrong("05.luong_step", says="the old state comes back")
def returns_the_old_state(cell, x, state, key, value, mask, score, combine):
    vector, _, weights = cell_first(cell, x, state, key, value, mask, score, combine)
    return vector, state, weights


@wrong("05.luong_step", says="comes back as the state")
def vector_as_state(cell, x, state, key, value, mask, score, combine):
    vector, (_, c), weights = cell_first(cell, x, state, key, value, mask, score, combine)
    return vector, (vector, c), weights


@wrong("05.luong_step", says="keys and values are interchanged")
def luong_swapped(cell, x, state, key, value, mask, score, combine):
    return cell_first(cell, x, state, value, key, mask, score, combine)


@wrong("05.luong_step", says="the mask is not used")
def luong_unmasked(cell, x, state, key, value, mask, score, combine):
    return cell_first(cell, x, state, key, value, torch.ones_like(mask), score, combine)


@wrong("05.luong_step", says="axis of size 1")
def axis_left(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = with_the_library(h[:, None], key, value, mask, score)
    return torch.tanh(combine(torch.cat([context[:, 0], h], dim=1))), (h, c), weights


@wrong("05.luong_step", says="vector, state, weights")
def luong_other_order(cell, x, state, key, value, mask, score, combine):
    vector, state, weights = cell_first(cell, x, state, key, value, mask, score, combine)
    return vector, weights, state


@wrong("05.luong_step", says="The query is h")
def state_as_query(cell, x, state, key, value, mask, score, combine):
    state = cell(x, state)
    context, weights = with_the_library(state[:, None], key, value, mask, score)
    return torch.tanh(combine(torch.cat([context[:, 0], state[0]], dim=1))), state, weights[:, 0]


@right("05.luong_step")
def axes_taken_off_at_the_end(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = with_the_library(h[:, None], key, value, mask, score)
    return combine(torch.cat([context, h[:, None]], dim=2)).tanh()[:, 0], (h, c), weights[:, 0]


@wrong("05.luong_step", says="A bare `squeeze()` would take off the batch")
def luong_squeezed(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = with_the_library(h[:, None], key, value, mask, score)
    return torch.tanh(combine(torch.cat([context.squeeze(), h], dim=-1))), (h, c), weights.squeeze()


@wrong("05.luong_step", says="`combine` reads the context and h side by side")
def luong_stacked(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = look(h, key, value, mask, score)
    return torch.tanh(combine(torch.stack([context, h], dim=1))), (h, c), weights


@wrong("05.luong_step", says="h and c are interchanged: the cell gives the pair")
def c_and_h(cell, x, state, key, value, mask, score, combine):
    c, h = cell(x, state)
    context, weights = look(h, key, value, mask, score)
    return torch.tanh(combine(torch.cat([context, h], dim=1))), (h, c), weights


@wrong("05.luong_step", says="interchanged in the state that comes back")
def state_turned(cell, x, state, key, value, mask, score, combine):
    vector, (h, c), weights = cell_first(cell, x, state, key, value, mask, score, combine)
    return vector, (c, h), weights


@wrong("05.luong_step", says="the vector comes back in the place of c")
def vector_as_c(cell, x, state, key, value, mask, score, combine):
    vector, (h, _), weights = cell_first(cell, x, state, key, value, mask, score, combine)
    return vector, (h, vector), weights


@wrong("05.luong_step", says="starts from zeros")
def state_dropped(cell, x, state, key, value, mask, score, combine):
    zeros = tuple(torch.zeros_like(part) for part in state)
    return cell_first(cell, x, zeros, key, value, mask, score, combine)


@wrong("05.luong_step", says="the cell runs twice")
def two_steps(cell, x, state, key, value, mask, score, combine):
    return cell_first(cell, x, cell(x, state), key, value, mask, score, combine)


@wrong("05.luong_step", says="expected 3 things, `return vector, (h, c), weights`, got 4")
def luong_four_things(cell, x, state, key, value, mask, score, combine):
    vector, state, weights = cell_first(cell, x, state, key, value, mask, score, combine)
    return vector, *state, weights


@wrong("05.luong_step", says="Hand the cell the whole state")
def h_alone_into_the_cell(cell, x, state, key, value, mask, score, combine):
    return cell_first(cell, x, state[0], key, value, mask, score, combine)


# ---- 05.bahdanau_step --------------------------------------------------------------------------------


@right("05.bahdanau_step")
def attention_first(cell, x, state, key, value, mask, score):
    h, c = state
    context, weights = with_the_library(h.unsqueeze(1), key, value, mask, score)
    context = context.squeeze(1)
    h, c = cell(torch.cat((x, context), dim=1), (h, c))
    return (h, c), context, weights.squeeze(1)


@right("05.bahdanau_step")
def bahdanau_of_the_library(cell, x, state, key, value, mask, score):
    return attention.bahdanau_step(cell, x, state, key, value, mask, score)


@right("05.bahdanau_step")
def with_look(cell, x, state, key, value, mask, score):
    context, weights = look(state[0], key, value, mask, score)
    return cell(torch.hstack([x, context]), state), context, weights


@wrong("05.bahdanau_step", says="the query is the new state")
def asks_afterwards(cell, x, state, key, value, mask, score):
    context, _ = look(state[0], key, value, mask, score)
    state = cell(torch.cat([x, context], dim=1), state)
    return state, *look(state[0], key, value, mask, score)


@wrong("05.bahdanau_step", says="the query is the cell state c")
def bahdanau_asks_with_c(cell, x, state, key, value, mask, score):
    context, weights = look(state[1], key, value, mask, score)
    return cell(torch.cat([x, context], dim=1), state), context, weights


@wrong("05.bahdanau_step", says="the word comes first")
def context_then_word(cell, x, state, key, value, mask, score):
    context, weights = look(state[0], key, value, mask, score)
    return cell(torch.cat([context, x], dim=1), state), context, weights


@wrong("05.bahdanau_step", says="the word and the context side by side")
def cell_without_context(cell, x, state, key, value, mask, score):
    context, weights = look(state[0], key, value, mask, score)
    return cell(x, state), context, weights


@wrong("05.bahdanau_step", says="the old state comes back")
def bahdanau_old_state(cell, x, state, key, value, mask, score):
    _, context, weights = with_look(cell, x, state, key, value, mask, score)
    return state, context, weights


@wrong("05.bahdanau_step", says="the next step needs the pair")
def h_alone(cell, x, state, key, value, mask, score):
    (h, _), context, weights = with_look(cell, x, state, key, value, mask, score)
    return h, context, weights


@wrong("05.bahdanau_step", says="keys and values are interchanged")
def bahdanau_swapped(cell, x, state, key, value, mask, score):
    return with_look(cell, x, state, value, key, mask, score)


@wrong("05.bahdanau_step", says="the mask is not used")
def bahdanau_unmasked(cell, x, state, key, value, mask, score):
    return with_look(cell, x, state, key, value, mask | True, score)


@wrong("05.bahdanau_step", says="state, context, weights")
def context_first(cell, x, state, key, value, mask, score):
    state, context, weights = with_look(cell, x, state, key, value, mask, score)
    return context, state, weights


@wrong("05.bahdanau_step", says="axis of size 1")
def weights_with_their_axis(cell, x, state, key, value, mask, score):
    state, context, weights = with_look(cell, x, state, key, value, mask, score)
    return state, context, weights[:, None]


@wrong("05.bahdanau_step", says="the query is x")
def asks_with_x(cell, x, state, key, value, mask, score):
    context, weights = look(x, key, value, mask, score)
    return cell(torch.cat([x, context], dim=1), state), context, weights


@wrong("05.bahdanau_step", says="h and c are interchanged")
def bahdanau_c_and_h(cell, x, state, key, value, mask, score):
    c, h = state
    return with_look(cell, x, (h, c), key, value, mask, score)


@wrong("05.bahdanau_step", says="the cell starts with c = 0")
def c_dropped(cell, x, state, key, value, mask, score):
    context, weights = look(state[0], key, value, mask, score)
    return cell(torch.cat([x, context], dim=1), (state[0], torch.zeros_like(state[1]))), context, weights


@wrong("05.bahdanau_step", says="c is the old one")
def only_h_is_new(cell, x, state, key, value, mask, score):
    (h, _), context, weights = with_look(cell, x, state, key, value, mask, score)
    return (h, state[1]), context, weights


@wrong("05.bahdanau_step", says="`[:, 0]` behind it for context and weights")
def axis_of_the_context_left(cell, x, state, key, value, mask, score):
    context, weights = with_the_library(state[0][:, None], key, value, mask, score)
    return cell(torch.cat([x, context], dim=-1), state), context, weights


@wrong("05.bahdanau_step", says="expected 3 things, `return state, context, weights`, got 4")
def bahdanau_four_things(cell, x, state, key, value, mask, score):
    state, context, weights = with_look(cell, x, state, key, value, mask, score)
    return *state, context, weights


@wrong("05.bahdanau_step", says="a part of it detached")
def context_detached(cell, x, state, key, value, mask, score):
    context, weights = look(state[0], key, value, mask, score)
    return cell(torch.cat([x, context.detach()], dim=1), state), context, weights


# ---- 05.alignment_error_rate -------------------------------------------------------------------------


@right("05.alignment_error_rate")
def with_two_counters(links, gold):
    right_twice = total = 0
    for found, true in zip(links, gold, strict=True):
        right_twice += 2 * len(set(found) & set(true))
        total += len(set(found)) + len(set(true))
    return 1 - right_twice / total


@right("05.alignment_error_rate")
def one_minus_f1(links, gold):
    found = {(i, *link) for i, pair in enumerate(links) for link in pair}
    true = {(i, *link) for i, pair in enumerate(gold) for link in pair}
    common = len(found & true)
    if not common:
        return 1.0
    precision, recall = common / len(found), common / len(true)
    return 1 - 2 * precision * recall / (precision + recall)


@right("05.alignment_error_rate")
def by_what_differs(links, gold):
    pairs = [(set(a), set(s)) for a, s in zip(links, gold, strict=True)]
    return sum(len(a ^ s) for a, s in pairs) / sum(len(a) + len(s) for a, s in pairs)


@wrong("05.alignment_error_rate", says="1 minus it")
def f1(links, gold):
    return 1 - with_two_counters(links, gold)


@wrong("05.alignment_error_rate", says="1 - precision")
def one_minus_precision(links, gold):
    common = sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True))
    return 1 - common / sum(len(set(a)) for a in links)


@wrong("05.alignment_error_rate", says="1 - recall")
def one_minus_recall(links, gold):
    common = sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True))
    return 1 - common / sum(len(set(s)) for s in gold)


@wrong("05.alignment_error_rate", says="right links count twice")
def counted_once(links, gold):
    common = sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True))
    return 1 - common / sum(len(set(a)) + len(set(s)) for a, s in zip(links, gold, strict=True))


@wrong("05.alignment_error_rate", says="in A or in G")
def jaccard(links, gold):
    common = sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True))
    return 1 - common / sum(len(set(a) | set(s)) for a, s in zip(links, gold, strict=True))


@wrong("05.alignment_error_rate", says="sum the counts of all pairs first")
def mean_of_rates(links, gold):
    rates = [with_two_counters([a], [s]) if a or s else 0.0 for a, s in zip(links, gold, strict=True)]
    return sum(rates) / len(rates)


@wrong("05.alignment_error_rate", says="thrown together")
def one_big_set(links, gold):
    found = {link for pair in links for link in pair}
    true = {link for pair in gold for link in pair}
    return 1 - 2 * len(found & true) / (len(found) + len(true))


@wrong("05.alignment_error_rate", says="`return` inside the loop")
def return_inside_the_loop(links, gold):
    for found, true in zip(links, gold, strict=True):
        return 1 - 2 * len(set(found) & set(true)) / (len(set(found)) + len(set(true)))


@wrong("05.alignment_error_rate", says="found twice counts twice")
def lists_not_sets(links, gold):
    common = sum(link in s for a, s in zip(links, gold, strict=True) for link in a)
    return 1 - 2 * common / (sum(map(len, links)) + sum(map(len, gold)))


@wrong("05.alignment_error_rate", says="interchanged on one side")
def source_and_target_interchanged(links, gold):
    return with_two_counters([[(t, s) for s, t in pair] for pair in links], gold)


@wrong("05.alignment_error_rate", says="make sets of the lists before counting them")
def sets_above_lists_below(links, gold):
    common = sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True))
    return 1 - 2 * common / (sum(map(len, links)) + sum(map(len, gold)))


@wrong("05.alignment_error_rate", says="target positions alone")
def targets_alone(links, gold):
    pairs = list(zip(links, gold, strict=True))
    common = sum(len({t for _, t in a} & {t for _, t in s}) for a, s in pairs)
    return 1 - 2 * common / sum(len(set(a)) + len(set(s)) for a, s in pairs)


@wrong("05.alignment_error_rate", says="mean of precision and recall")
def mean_of_precision_and_recall(links, gold):
    common = sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True))
    return 1 - (common / sum(len(set(a)) for a in links) + common / sum(len(set(s)) for s in gold)) / 2


@wrong("05.alignment_error_rate", says="pair by pair")
def sets_of_all_pairs(links, gold):
    return 1 - 2 * len(set(links) & set(gold)) / (len(links) + len(gold))
