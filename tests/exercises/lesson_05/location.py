"""Answers to exercise 05.location."""

import math

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def first_rows(query, key, weight):
    return query @ weight[: key.shape[1]].T


@right
def all_then_cut(query, key, weight):
    return F.linear(query, weight)[:, :, : key.size(1)]


@right
def by_position(query, key, weight):
    return torch.stack([(query * weight[s]).sum(-1) for s in range(key.shape[1])], dim=-1)


@wrong(says="take only the first S rows", obeyed={"weight.T": "weight[:key.shape[1]].T"})
def not_cut(query, key, weight):
    return query @ weight.T


@wrong(says="the last rows", obeyed={"weight[-key.shape[1]:]": "weight[:key.shape[1]]"})
def last_rows(query, key, weight):
    return query @ weight[-key.shape[1] :].T


@wrong(says="as many rows as there are target steps", obeyed={"query.shape[1]": "key.shape[1]"})
def rows_of_target(query, key, weight):
    return query @ weight[: query.shape[1]].T


@wrong(says="the keys have a part in it")
def dot_instead(query, key, weight):
    return query @ key.transpose(1, 2)


@wrong(says="these are weights")
def location_softmax(query, key, weight):
    return first_rows(query, key, weight).softmax(-1)


@wrong(says="cut afterwards")
def softmax_then_cut(query, key, weight):
    return (query @ weight.T).softmax(-1)[:, :, : key.shape[1]]


@wrong(says="there is a tanh")
def location_tanh(query, key, weight):
    return first_rows(query, key, weight).tanh()


@wrong(says="the weight is the wrong way round", obeyed={"weight[:key.shape[1]]": "weight[:key.shape[1]].T"})
def location_not_transposed(query, key, weight):
    return query @ weight[: key.shape[1]]


@wrong(says="the scores are turned")
def location_turned(query, key, weight):
    return first_rows(query, key, weight).transpose(1, 2)


@wrong(says="your rows begin at 1", obeyed={"weight[1:key.shape[1] + 1]": "weight[:key.shape[1]]"})
def rows_from_one(query, key, weight):
    return query @ weight[1 : key.shape[1] + 1].T


@wrong(says="as many rows as there are sentences", obeyed={"len(key)": "key.shape[1]"})
def rows_by_len(query, key, weight):
    return query @ weight[: len(key)].T


@wrong(says="`[:-0]` leaves none", obeyed={"weight[:-(weight.shape[0] - key.shape[1])]": "weight[:key.shape[1]]"})
def cut_from_the_end(query, key, weight):
    return query @ weight[: -(weight.shape[0] - key.shape[1])].T


@wrong(says="the weight is the wrong way round")
def square_weight_turned(query, key, weight):
    weight = weight.T if weight.shape[0] == weight.shape[1] else weight
    return query @ weight[: key.shape[1]].T


@wrong(says="the positions run backwards")
def counted_from_the_end(query, key, weight):
    return first_rows(query, key, weight).flip(-1)


@wrong(says="the keys have a part in it")
def mean_of_each_key_added(query, key, weight):
    return first_rows(query, key, weight) + key.mean(-1)[:, None]


@wrong(says="two mistakes at once: 1. the last rows", obeyed={"weight[-": "weight[:", "1]:]": "1]]", ".tanh()": ""})
def last_rows_and_tanh(query, key, weight):
    return (query @ weight[-key.shape[1] :].T).tanh()


@wrong(says="the keys have a part in it")
def keys_of_zeros_taken_for_padding(query, key, weight):
    return (query @ weight[: key.shape[1]].T) * key.any(-1)[:, None]


@wrong(says="the keys have a part in it")
def keys_of_zeros_filled_with_a_low_score(query, key, weight):
    scores = query @ weight[: key.shape[1]].T
    padding = (key == 0).all(-1)
    return scores.masked_fill(padding[:, None], -1e9)


@wrong(
    says="two mistakes at once: 1. the scores are divided by the root of a size: leave it out. 2. the first query",
    obeyed={" / math.sqrt(query.shape[-1])": "", "query[:, :1]": "query", ".expand(-1, query.shape[1], -1)": ""},
)
def first_step_for_all_and_scaled(query, key, weight):
    scores = query[:, :1] @ weight[: key.shape[1]].T / math.sqrt(query.shape[-1])
    return scores.expand(-1, query.shape[1], -1)


@wrong(says="one position too many", obeyed={"key.shape[1] + 1": "key.shape[1]"})
def a_row_too_many(query, key, weight):
    return query @ weight[: key.shape[1] + 1].T


@wrong(says="go on to the longest source", obeyed={"len(weight) - S": "0"})
def padded_to_the_longest(query, key, weight):
    S = key.shape[1]
    return F.pad(query @ weight[:S].T, (0, len(weight) - S))


@wrong(says="the keys have a part in it", obeyed={" * (query @ key.mT)": ""})
def times_the_dot(query, key, weight):
    return query @ weight[: key.shape[1]].T * (query @ key.mT)
