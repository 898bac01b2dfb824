"""Answers to exercise 05.general."""

import math

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def from_the_left(query, key, weight):
    return query @ weight @ key.transpose(1, 2)


@right
def keys_projected(query, key, weight):
    return query @ F.linear(key, weight).transpose(1, 2)


@right
def all_in_one(query, key, weight):
    return torch.einsum("btq,qk,bsk->bts", query, weight, key)


@wrong(says="the weight is transposed", obeyed={"F.linear(query, weight)": "query @ weight"})
def weight_as_in_linear(query, key, weight):
    return F.linear(query, weight) @ key.transpose(1, 2)


@wrong(says="the weight is transposed", obeyed={"key @ weight": "key @ weight.T"})
def key_times_weight(query, key, weight):
    return query @ (key @ weight).transpose(1, 2)


@wrong(says="the weight is left out")
def weight_forgotten(query, key, weight):
    return query @ key.transpose(1, 2)


@wrong(says="used twice")
def weight_twice(query, key, weight):
    return (query @ weight) @ (key @ weight).transpose(1, 2)


@wrong(says="the scores are turned")
def general_turned(query, key, weight):
    return (query @ weight @ key.transpose(1, 2)).transpose(1, 2)


@wrong(says="that is not asked for here")
def general_scaled(query, key, weight):
    return query @ weight @ key.transpose(1, 2) / math.sqrt(query.shape[-1])


@wrong(says="there is a tanh")
def general_with_tanh(query, key, weight):
    return torch.tanh(query @ weight) @ key.transpose(1, 2)


@wrong(says="query t meets key t alone")
def general_pairwise(query, key, weight):
    return ((query @ weight) * key).sum(-1)


@wrong(says="these are weights")
def general_softmax(query, key, weight):
    return from_the_left(query, key, weight).softmax(-1)


@wrong(says="still to be compared")
def only_projected(query, key, weight):
    return query @ weight


@right
def pairs_by_themselves(query, key, weight):
    return ((query @ weight)[:, :, None] * key[:, None]).sum(-1)


@wrong(says="number by number", obeyed={"query * weight": "query @ weight"})
def weight_element_by_element(query, key, weight):
    return (query * weight) @ key.transpose(1, 2)


@wrong(says="all sentences are mixed")
def general_mixed(query, key, weight):
    return torch.einsum("btq,qk,csk->bts", query, weight, key)


@wrong(says="the key is not turned", obeyed={"key.view(len(key), key.shape[2], key.shape[1])": "key.transpose(1, 2)"})
def general_viewed(query, key, weight):
    return query @ weight @ key.view(len(key), key.shape[2], key.shape[1])


@wrong(says="not the batch", obeyed={"key.transpose(0, 1)": "key.transpose(1, 2)"})
def the_batch_turned(query, key, weight):
    return query @ weight @ key.transpose(0, 1)


@wrong(says="the key is not turned", obeyed={"projected @ key if": "projected @ key.transpose(1, 2) if"})
def square_keys_not_turned(query, key, weight):
    projected = query @ weight
    return projected @ key if key.shape[1] == key.shape[2] else projected @ key.transpose(1, 2)


@wrong(says="the first query of each sentence")
def first_query_at_all_steps(query, key, weight):
    return (query[:, :1] @ weight @ key.transpose(1, 2)).expand(-1, query.shape[1], -1)


@wrong(
    says="two mistakes at once: 1. the weight is transposed",
    obeyed={
        "weight.T if weight.shape[0] == weight.shape[1] else weight": "weight",
        " / math.sqrt(query.shape[-1])": "",
    },
)
def square_weight_turned_and_scaled(query, key, weight):
    weight = weight.T if weight.shape[0] == weight.shape[1] else weight
    return query @ weight @ key.transpose(1, 2) / math.sqrt(query.shape[-1])


@wrong(says="the mean over the key's numbers is taken")
def mean_for_the_sum(query, key, weight):
    return ((query @ weight)[:, :, None] * key[:, None]).mean(-1)


@wrong(says="the last query of each sentence")
def last_query_at_all_steps(query, key, weight):
    return from_the_left(query[:, -1:], key, weight).expand(-1, query.shape[1], -1)
