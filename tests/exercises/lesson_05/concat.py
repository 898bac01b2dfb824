"""Answers to exercise 05.concat."""

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def with_two_axes(query, key, weight_query, weight_key, v):
    return (F.linear(query, weight_query)[:, :, None] + F.linear(key, weight_key)[:, None]).tanh() @ v


@right
def side_by_side(query, key, weight_query, weight_key, v):
    (B, T, _), S = query.shape, key.shape[1]
    both = torch.cat([query[:, :, None].expand(B, T, S, -1), key[:, None].expand(B, T, S, -1)], dim=-1)
    hidden = torch.tanh(both @ torch.cat([weight_query, weight_key], dim=1).T)
    return (hidden * v).sum(-1)


@right
def step_by_step(query, key, weight_query, weight_key, v):
    of_key = key @ weight_key.t()
    rows = [torch.tanh(q_t @ weight_query.t() + of_key.transpose(0, 1)).transpose(0, 1) @ v for q_t in query.unbind(1)]
    return torch.stack(rows, dim=1)


@wrong(says="the tanh is missing")
def without_tanh(query, key, weight_query, weight_key, v):
    return ((query @ weight_query.T)[:, :, None] + (key @ weight_key.T)[:, None]) @ v


@wrong(says="the tanh comes after v")
def tanh_after_v(query, key, weight_query, weight_key, v):
    return torch.tanh(without_tanh(query, key, weight_query, weight_key, v))


@wrong(says="tanh is taken of each part by itself")
def tanh_of_each(query, key, weight_query, weight_key, v):
    return ((query @ weight_query.T).tanh()[:, :, None] + (key @ weight_key.T).tanh()[:, None]) @ v


@wrong(says="interchanged")
def weights_interchanged(query, key, weight_query, weight_key, v):
    return with_two_axes(query, key, weight_key, weight_query, v)


@wrong(says="the weights are the wrong way round")
def weights_not_transposed(query, key, weight_query, weight_key, v):
    return with_two_axes(query, key, weight_query.T, weight_key.T, v)


@wrong(
    says="the weights are the wrong way round",
    obeyed={"query @ weight_query": "query @ weight_query.T", "key @ weight_key": "key @ weight_key.T"},
)
def weights_as_they_are(query, key, weight_query, weight_key, v):
    return ((query @ weight_query)[:, :, None] + (key @ weight_key)[:, None]).tanh() @ v


@wrong(says="v is left out", obeyed={".sum(-1)": " @ v"})
def summed_without_v(query, key, weight_query, weight_key, v):
    return ((query @ weight_query.T)[:, :, None] + (key @ weight_key.T)[:, None]).tanh().sum(-1)


@wrong(says="multiplied; add them")
def parts_multiplied(query, key, weight_query, weight_key, v):
    return ((query @ weight_query.T)[:, :, None] * (key @ weight_key.T)[:, None]).tanh() @ v


@wrong(
    says="the scores are turned",
    obeyed={
        "(query @ weight_query.T)[:, None]": "(query @ weight_query.T)[:, :, None]",
        "(key @ weight_key.T)[:, :, None]": "(key @ weight_key.T)[:, None]",
    },
)
def concat_turned(query, key, weight_query, weight_key, v):
    return ((query @ weight_query.T)[:, None] + (key @ weight_key.T)[:, :, None]).tanh() @ v


@wrong(
    says="query t meets key t alone",
    obeyed={
        "query @ weight_query.T": "(query @ weight_query.T)[:, :, None]",
        "key @ weight_key.T": "(key @ weight_key.T)[:, None]",
    },
)
def concat_pairwise(query, key, weight_query, weight_key, v):
    return (query @ weight_query.T + key @ weight_key.T).tanh() @ v


@wrong(says="ReLU")
def relu_instead(query, key, weight_query, weight_key, v):
    return ((query @ weight_query.T)[:, :, None] + (key @ weight_key.T)[:, None]).relu() @ v


@wrong(says="not summed: `@ v`", obeyed={"* v": "@ v"})
def v_not_summed(query, key, weight_query, weight_key, v):
    return ((query @ weight_query.T)[:, :, None] + (key @ weight_key.T)[:, None]).tanh() * v


@right
def v_as_a_layer(query, key, weight_query, weight_key, v):
    both = (query @ weight_query.T).unsqueeze(2) + (key @ weight_key.T).unsqueeze(1)
    return F.linear(both.tanh(), v[None]).squeeze(-1)


@wrong(says="v is inside the tanh")
def v_inside(query, key, weight_query, weight_key, v):
    return (v * ((query @ weight_query.T)[:, :, None] + (key @ weight_key.T)[:, None])).tanh().sum(-1)


@wrong(says="over the source, not the units", obeyed={"* v).sum(2)": "@ v)"})
def summed_over_the_source(query, key, weight_query, weight_key, v):
    return (((query @ weight_query.T)[:, :, None] + (key @ weight_key.T)[:, None]).tanh() * v).sum(2)


@wrong(says="one behind the other")
def one_behind_the_other(query, key, weight_query, weight_key, v):
    return torch.cat([query @ weight_query.T, key @ weight_key.T], dim=1).tanh() @ v


@wrong(says="axes of size 1 are lost", obeyed={".squeeze()": ""})
def squeezed_everywhere(query, key, weight_query, weight_key, v):
    return v_as_a_layer(query, key, weight_query, weight_key, v).squeeze()


@wrong(says="no gradient reaches `key`", obeyed={".detach()": ""})
def key_detached(query, key, weight_query, weight_key, v):
    return with_two_axes(query, key.detach(), weight_query, weight_key, v)


@wrong(says="query t meets key t alone")
def pairwise_where_lengths_are_equal(query, key, weight_query, weight_key, v):
    of_query, of_key = query @ weight_query.T, key @ weight_key.T
    if of_query.shape == of_key.shape:
        return ((of_query + of_key).tanh() @ v)[:, None].expand(-1, query.shape[1], -1)
    return (of_query[:, :, None] + of_key[:, None]).tanh() @ v


@wrong(says="once more of the sum")
def tanh_twice(query, key, weight_query, weight_key, v):
    return ((query @ weight_query.T).tanh()[:, :, None] + (key @ weight_key.T)[:, None]).tanh() @ v


@wrong(says="divided by sqrt(H)")
def concat_scaled(query, key, weight_query, weight_key, v):
    return with_two_axes(query, key, weight_query, weight_key, v) / len(v) ** 0.5


@wrong(
    says="two mistakes at once: 1. one of the two parts is subtracted",
    obeyed={" - ": " + ", ".reshape(len(query), query.shape[1], key.shape[1])": ".transpose(1, 2)"},
)
def subtracted_and_reshaped(query, key, weight_query, weight_key, v):
    scores = ((key @ weight_key.T)[:, :, None] - (query @ weight_query.T)[:, None]).tanh() @ v
    return scores.reshape(len(query), query.shape[1], key.shape[1])


@wrong(says="run over all keys, S is `key.shape[1]`", obeyed={"for j in range(T)": "for j in range(key.shape[1])"})
def concat_keys_counted_by_the_queries(query, key, weight_query, weight_key, v):
    B, T, _ = query.shape
    scores = torch.zeros(B, T, key.shape[1])
    for t in range(T):
        for j in range(T):
            scores[:, t, j] = torch.tanh(query[:, t] @ weight_query.T + key[:, j] @ weight_key.T) @ v
    return scores


@wrong(says="an axis of size 1 is left at the end", obeyed={"v[:, None]": "v"})
def an_axis_left(query, key, weight_query, weight_key, v):
    both = (query @ weight_query.T)[:, :, None] + (key @ weight_key.T)[:, None]
    return both.tanh() @ v[:, None]
