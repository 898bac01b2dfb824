"""Answers to exercise 05.dot."""

import math

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def a_product(query, key, scaled=False):
    scores = query @ key.transpose(-2, -1)
    if scaled:
        scores = scores / math.sqrt(query.shape[-1])
    return scores


@right
def einsum_with_one_line(query, key, scaled=False):
    return torch.einsum("bth,bsh->bts", query, key) * (query.size(-1) ** -0.5 if scaled else 1.0)


@right
def pair_by_pair(query, key, scaled=False):
    scores = (query.unsqueeze(2) * key.unsqueeze(1)).sum(-1)
    return scores / torch.tensor(query.shape[2], dtype=query.dtype).sqrt() if scaled else scores


@right
def by_bmm(query, key, scaled=False):
    if scaled:
        query = query / key.shape[2] ** 0.5
    return torch.bmm(query, key.permute(0, 2, 1))


@wrong(says="divided by H", obeyed={"/ query.shape[-1]": "/ math.sqrt(query.shape[-1])"})
def divided_by_h(query, key, scaled=False):
    scores = query @ key.transpose(1, 2)
    return scores / query.shape[-1] if scaled else scores


@wrong(says="sqrt(S)")
def divided_by_the_length(query, key, scaled=False):
    scores = query @ key.transpose(1, 2)
    return scores / math.sqrt(scores.shape[-1]) if scaled else scores


@wrong(says="multiplied by sqrt(H)")
def multiplied(query, key, scaled=False):
    scores = query @ key.transpose(1, 2)
    return scores * math.sqrt(query.shape[-1]) if scaled else scores


@wrong(
    says="changes nothing",
    obeyed={"key.transpose(1, 2)": "key.transpose(1, 2) / (math.sqrt(query.shape[-1]) if scaled else 1)"},
)
def never_scaled(query, key, scaled=False):
    return query @ key.transpose(1, 2)


@wrong(says="always", obeyed={"math.sqrt(query.shape[-1])": "(math.sqrt(query.shape[-1]) if scaled else 1)"})
def always_scaled(query, key, scaled=False):
    return query @ key.transpose(1, 2) / math.sqrt(query.shape[-1])


@wrong(says="the scores are turned")
def turned(query, key, scaled=False):
    return a_product(key, query, scaled)


@wrong(says="query t meets key t alone")
def pairwise(query, key, scaled=False):
    return (query * key).sum(-1)


@wrong(says="all sentences are mixed")
def batches_mixed(query, key, scaled=False):
    keys = key.sum(0)
    return a_product(query, keys.expand(len(query), -1, -1), scaled)


@wrong(says="`query @ key.transpose(1, 2)`", obeyed={"key.transpose(0, 1)": "key.transpose(1, 2)"})
def transposed_the_batch(query, key, scaled=False):
    scores = query @ key.transpose(0, 1)
    return scores / math.sqrt(query.shape[-1]) if scaled else scores


@wrong(says="the key is not turned", obeyed={"query @ key": "query @ key.transpose(1, 2)"})
def key_not_turned(query, key, scaled=False):
    scores = query @ key
    return scores / math.sqrt(query.shape[-1]) if scaled else scores


@wrong(says="cosine")
def cosine(query, key, scaled=False):
    return a_product(F.normalize(query, dim=-1), F.normalize(key, dim=-1), scaled)


@wrong(says="these are weights")
def softmax_included(query, key, scaled=False):
    return a_product(query, key, scaled).softmax(-1)


@right
def half_of_the_scale_each(query, key, scaled=False):
    root = query.shape[-1] ** 0.25 if scaled else 1.0
    return torch.stack([q @ k.mT for q, k in zip(query / root, key / root, strict=True)])


@wrong(says="in place", obeyed={"query /= math": "query = query / math"})
def scaled_in_place(query, key, scaled=False):
    if scaled:
        query /= math.sqrt(query.shape[-1])
    return query @ key.transpose(1, 2)


@wrong(
    says="the key is not turned", obeyed={"key.reshape(len(key), key.shape[2], key.shape[1])": "key.transpose(1, 2)"}
)
def viewed_not_turned(query, key, scaled=False):
    scores = query @ key.reshape(len(key), key.shape[2], key.shape[1])
    return scores / math.sqrt(query.shape[-1]) if scaled else scores


@wrong(says="the keys of the first sentence")
def keys_of_the_first_sentence(query, key, scaled=False):
    scores = query @ key[0].T
    return scores / math.sqrt(query.shape[-1]) if scaled else scores


@wrong(says="rounded to a whole number", obeyed={"math.isqrt": "math.sqrt"})
def root_rounded_down(query, key, scaled=False):
    scores = query @ key.transpose(1, 2)
    return scores / math.isqrt(query.shape[-1]) if scaled else scores


@wrong(says="axes of size 1 are lost", obeyed={".squeeze()": ""})
def dot_squeezed(query, key, scaled=False):
    scores = torch.einsum("bth,bsh->bts", query, key).squeeze()
    return scores / math.sqrt(query.shape[-1]) if scaled else scores


@wrong(
    says="two mistakes at once: 1. the scores are divided by sqrt(H) always",
    obeyed={
        "/ math.sqrt(query.shape[-1])": "/ (math.sqrt(query.shape[-1]) if scaled else 1)",
        "query[:, :1]": "query",
        ".expand(-1, query.shape[1], -1)": "",
    },
)
def first_query_and_always_scaled(query, key, scaled=False):
    return (query[:, :1] @ key.transpose(1, 2)).expand(-1, query.shape[1], -1) / math.sqrt(query.shape[-1])


@wrong(says="run over all keys, S is `key.shape[1]`", obeyed={"for j in range(T)": "for j in range(key.shape[1])"})
def keys_counted_by_the_queries(query, key, scaled=False):
    B, T, H = query.shape
    scores = query.new_zeros(B, T, key.shape[1])
    for t in range(T):
        for j in range(T):
            scores[:, t, j] = (query[:, t] * key[:, j]).sum(-1)
    return scores / math.sqrt(H) if scaled else scores


@wrong(says="keep the default value that the exercise gives", obeyed={"scaled=True": "scaled=False"})
def scaled_by_default(query, key, scaled=True):
    scores = query @ key.transpose(1, 2)
    return scores / math.sqrt(query.shape[-1]) if scaled else scores


@wrong(says="leave that to the softmax")
def largest_subtracted(query, key, scaled=False):
    scores = a_product(query, key, scaled)
    return scores - scores.max(dim=-1, keepdim=True).values
