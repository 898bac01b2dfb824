"""Answers to exercise 05.soft_lookup."""

import math

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def in_three_lines(query, keys, values):
    scores = keys @ query
    weights = torch.softmax(scores, dim=0)
    return weights @ values


@right
def key_by_key(query, keys, values):
    scores = torch.stack([(key * query).sum() for key in keys])
    exponentials = (scores - scores.max()).exp()
    weights = exponentials / exponentials.sum()
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


@right
def by_einsum(query, keys, values):
    return torch.einsum("s,se->e", F.softmax(torch.einsum("h,sh->s", query, keys), dim=-1), values)


@wrong(says="that is the hard dictionary")
def hard_dictionary(query, keys, values):
    return values[(keys @ query).argmax()]


@wrong(says="keys and values are interchanged")
def keys_and_values_interchanged(query, keys, values):
    return (values @ query).softmax(0) @ keys


@wrong(says="scores themselves are the weights")
def no_softmax(query, keys, values):
    return (keys @ query) @ values


@wrong(says="don't sum to 1")
def exp_without_sum(query, keys, values):
    return (keys @ query).exp() @ values


@wrong(says="divided by their sum, which can be negative")
def scores_over_their_sum(query, keys, values):
    scores = keys @ query
    return (scores / scores.sum()) @ values


@wrong(says="columns of the keys", obeyed={"keys.T @ query": "keys @ query"})
def columns(query, keys, values):
    return (keys.T @ query).softmax(0) @ values


@wrong(says="these are the weights", obeyed={"softmax(0)": "softmax(0) @ values"})
def weights_alone(query, keys, values):
    return (keys @ query).softmax(0)


@wrong(says="that comes in exercise 3")
def scaled_already(query, keys, values):
    return (keys @ query / math.sqrt(len(query))).softmax(0) @ values


@wrong(
    says="the weights multiply the numbers of each value",
    obeyed={"((keys @ query).softmax(0) * values).sum(0)": "(keys @ query).softmax(0) @ values"},
)
def weights_along_columns(query, keys, values):
    return ((keys @ query).softmax(0) * values).sum(0)


@wrong(says="not summed")
def not_summed(query, keys, values):
    return (keys @ query).softmax(0).unsqueeze(1) * values


@wrong(says="exp overflows", obeyed={"(keys @ query).exp()": "(keys @ query - (keys @ query).max()).exp()"})
def exp_overflows(query, keys, values):
    exponentials = (keys @ query).exp()
    return exponentials / exponentials.sum() @ values


@wrong(says="detached")
def detached(query, keys, values):
    return torch.tensor((keys @ query).softmax(0).tolist(), dtype=values.dtype) @ values.detach()


@right
def by_the_kernel(query, keys, values):
    return F.scaled_dot_product_attention(query[None], keys, values, scale=1.0)[0]


@wrong(says="over an axis of size 1")
def softmax_of_a_column(query, keys, values):
    scores = (keys @ query)[:, None]
    return (scores.softmax(-1) * values).sum(0)


@wrong(says="cosine")
def by_the_angle(query, keys, values):
    return F.cosine_similarity(keys, query[None], dim=-1).softmax(0) @ values


@wrong(says="by their distance")
def by_distance(query, keys, values):
    return (-torch.cdist(query[None], keys)[0]).softmax(0) @ values


@wrong(says="softmax is taken twice")
def softmax_twice(query, keys, values):
    return F.softmax(F.softmax(keys @ query, dim=0), dim=0) @ values


@wrong(
    says="a matrix of one row",
    obeyed={"(query[None] @ keys.T).softmax(-1) @ values": "((query[None] @ keys.T).softmax(-1) @ values)[0]"},
)
def a_row_is_left(query, keys, values):
    return (query[None] @ keys.T).softmax(-1) @ values


@wrong(says="where E is 1 the last axis is lost", obeyed={".squeeze()": ""})
def squeezed_at_the_end(query, keys, values):
    return ((keys @ query).softmax(0) @ values).squeeze()


@wrong(says="columns of the keys", obeyed={"query @ keys if": "keys @ query if"})
def columns_of_square_keys(query, keys, values):
    scores = query @ keys if keys.shape[0] == keys.shape[1] else keys @ query
    return scores.softmax(0) @ values


@wrong(says="sigmoids, divided by their sum")
def sigmoids_over_their_sum(query, keys, values):
    weights = torch.sigmoid(keys @ query)
    return weights / weights.sum() @ values


@wrong(says="two mistakes at once: 1. the scores are divided by sqrt(H)")
def scaled_and_the_mean(query, keys, values):
    weights = (keys @ query / math.sqrt(len(query))).softmax(0)
    return (weights[:, None] * values).mean(0)


@right
def key_by_key_with_a_running_maximum(query, keys, values):
    total, mixed, top = None, None, None
    for key, value in zip(keys, values, strict=True):
        e = (query * key).sum()
        if top is None:
            top, total, mixed = e, torch.ones_like(e), value.clone()
            continue
        new = torch.maximum(top, e)
        old_share, share = (top - new).exp(), (e - new).exp()
        total, mixed, top = total * old_share + share, mixed * old_share + share * value, new
    return mixed / total


@wrong(says="by their distance")
def by_half_of_the_squared_distance(query, keys, values):
    scores = -0.5 * ((keys - query) ** 2).sum(1)
    return torch.softmax(scores, dim=0) @ values


@wrong(says="scores are cut off (`clamp`)")
def clamped_against_overflow(query, keys, values):
    scores = (keys @ query).clamp(-60, 60)
    e = scores.exp()
    return (e / e.sum()) @ values


@wrong(says="scores are cut off (`clamp`)")
def clamped_from_above(query, keys, values):
    e = (keys @ query).clamp(max=50).exp()
    return (e / e.sum()) @ values


@wrong(says="the sum runs over the numbers of each value")
def summed_over_the_numbers(query, keys, values):
    return ((keys @ query).softmax(0)[:, None] * values).sum(1)
