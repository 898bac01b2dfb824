"""Answers to exercise 01.lookup."""

import torch
import torch.nn.functional as F
from torch import nn

from tests.exercises.answers import right, wrong


@right
def one_hot_times_weight(ids, weight):
    return F.one_hot(ids, num_classes=weight.shape[0]).to(weight.dtype) @ weight


@right
def by_functional_embedding(ids, weight):
    return F.embedding(ids, weight)


@right
def stacking_rows_in_a_loop(ids, weight):
    return torch.stack([torch.stack([weight[int(i)] for i in row]) for row in ids])


@right
def index_select_and_view(ids, weight):
    B, T = ids.shape
    return weight.index_select(0, ids.reshape(-1)).view(B, T, -1)


@right
def einsum_over_a_mask(ids, weight):
    chosen = ids[..., None] == torch.arange(len(weight))
    return torch.einsum("btv,ve->bte", chosen.type_as(weight), weight)


@wrong(says="columns")
def picks_columns(ids, weight):
    return weight.T[ids]


@wrong(says="columns")
def picks_columns_by_slice(ids, weight):
    return weight[:, ids]


@wrong(says="one-hot vectors themselves")
def stops_at_the_one_hot_vectors(ids, weight):
    return F.one_hot(ids, len(weight)).to(weight.dtype)


@wrong(
    says="gives whole numbers",
    obeyed={"F.one_hot(ids, len(weight))": "F.one_hot(ids, len(weight)).to(weight.dtype)"},
)
def one_hot_of_integers(ids, weight):
    return F.one_hot(ids, len(weight)) @ weight


@wrong(says="F.one_hot(ids, len(weight))", obeyed={"F.one_hot(ids)": "F.one_hot(ids, len(weight))"})
def number_of_classes_forgotten(ids, weight):
    return F.one_hot(ids).to(weight.dtype) @ weight


@wrong(says="batch dimension is lost")
def flattened(ids, weight):
    return weight[ids.flatten()]


@wrong(says="summed")
def sums_the_words(ids, weight):
    return weight[ids].sum(1)


@wrong(says="averaged")
def averages_the_words(ids, weight):
    return weight[ids].mean(1)


@wrong(says="only the first sentence")
def first_sentence_only(ids, weight):
    return torch.stack([weight[i] for i in ids[0]])


@wrong(says="shifted by one")
def counting_from_one(ids, weight):
    return weight[ids - 1]


@wrong(says="swapped")
def time_first(ids, weight):
    return weight[ids].transpose(0, 1)


@wrong(says="something else each time")
def a_fresh_embedding(ids, weight):
    V, E = weight.shape
    return nn.Embedding(V, E)(ids)


@wrong(says="detached")
def detached_before_the_lookup(ids, weight):
    return weight.detach()[ids]


@wrong(says="detached")
def through_nn_embedding_from_pretrained(ids, weight):
    return nn.Embedding.from_pretrained(weight)(ids)


@wrong(says="detached")
def through_torch_tensor(ids, weight):
    return torch.tensor([[weight[i].tolist() for i in row] for row in ids], dtype=weight.dtype)


@wrong(says="no gradient reaches", obeyed={"nn.Parameter(weight)": "weight"})
def wrapped_as_a_new_parameter(ids, weight):
    return nn.Parameter(weight)[ids]


@wrong(
    says="`weight` in place",
    obeyed={"with torch.no_grad():\n        weight[0] = 0": "weight = torch.cat([0 * weight[:1], weight[1:]])"},
)
def zeroes_the_padding_row(ids, weight):
    with torch.no_grad():
        weight[0] = 0
    return weight[ids]


@wrong(says="returns None")
def lookup_not_returned(ids, weight):
    weight[ids]


@wrong()
def rows_and_columns_as_two_indices(ids, weight):
    return weight[ids[:, 0], ids[:, 1]]


@wrong(
    says="stack the words of each sentence first",
    obeyed={"[weight[i] for i in row]": "torch.stack([weight[i] for i in row])"},
)
def stacks_lists(ids, weight):
    return torch.stack([[weight[i] for i in row] for row in ids])


@wrong(says="`torch.stack` joins tensors", obeyed={"torch.tensor": "torch.stack"})
def a_tensor_of_tensors(ids, weight):
    return torch.tensor([[weight[i] for i in row] for row in ids])


@wrong(says="got a list")
def plain_lists(ids, weight):
    return [[weight[i] for i in row] for row in ids]


@wrong(says="leave out `padding_idx`", obeyed={", padding_idx=0": ""})
def no_gradient_for_row_zero(ids, weight):
    return F.embedding(ids, weight, padding_idx=0)


@wrong(says="should be a sum, not a mean", obeyed={", scale_grad_by_freq=True": ""})
def gradients_averaged(ids, weight):
    return F.embedding(ids, weight, scale_grad_by_freq=True)


@wrong(says="swap no dimensions", obeyed={".view(B, T, -1)": ".transpose(0, 1)"})
def regrouped_by_view(ids, weight):
    B, T = ids.shape
    return torch.stack([weight[ids[:, t]] for t in range(T)]).view(B, T, -1)


@wrong(says="the id 0 gives zeros")
def padding_is_zero(ids, weight):
    return weight[ids] * (ids != 0).unsqueeze(-1)


@wrong(says="two mistakes at once: 1. it is shifted by one")
def shifted_and_scaled(ids, weight):
    return weight[ids - 1] * weight.shape[1] ** 0.5


@wrong(says="the sizes B and T are exchanged")
def sizes_of_the_view_exchanged(ids, weight):
    B, T = ids.shape
    return F.embedding(ids.reshape(-1), weight).view(T, B, -1)


@wrong(says="the weight is cut to whole numbers")
def weight_made_whole_to_suit_the_one_hot_rows(ids, weight):
    one_hot = F.one_hot(ids, len(weight))
    return (one_hot @ weight.long()).to(weight.dtype)


@wrong(says="only the first B positions", obeyed={"for j in range(len(ids))": "for j in range(ids.shape[1])"})
def both_loops_over_the_sentences(ids, weight):
    out = torch.zeros(*ids.shape, weight.shape[1], dtype=weight.dtype)
    for i in range(len(ids)):
        for j in range(len(ids)):
            out[i, j] = weight[ids[i, j]]
    return out


@wrong(says="`ids`, whole numbers, stand in the brackets", obeyed={"ids[weight]": "weight[ids]"})
def the_other_way_round(ids, weight):
    return ids[weight]


@wrong(says="Round brackets call a function", obeyed={"weight(ids)": "weight[ids]"})
def round_brackets(ids, weight):
    return weight(ids)


@wrong(says="stand on the left of the product", obeyed={"weight @ one_hot": "one_hot @ weight"})
def weight_before_one_hot(ids, weight):
    one_hot = F.one_hot(ids, len(weight)).to(weight.dtype)
    return weight @ one_hot


@wrong(says="one place for each row", obeyed={"weight.shape[1]": "len(weight)"})
def as_many_places_as_numbers(ids, weight):
    return F.one_hot(ids, weight.shape[1]).to(weight.dtype) @ weight


@wrong(says="the vectors stand at the wrong places")
def viewed_and_transposed(ids, weight):
    B, T = ids.shape
    return weight[ids.flatten()].view(T, B, -1).transpose(0, 1)


@wrong(says="the words of the first")
def first_sentence_for_all(ids, weight):
    return weight[ids[0]].expand(len(ids), -1, -1)


@wrong(says="only the first number")
def gathered_from_the_first_column(ids, weight):
    return torch.stack([weight.gather(0, row[:, None]) for row in ids])
