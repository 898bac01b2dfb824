"""Answers to exercise 06.embed."""

import math

import torch
import torch.nn.functional as F

from course_lib.transformer import sinusoidal_positions
from tests.exercises.answers import right, wrong


@right
def words_then_positions(ids, weight, positions):
    return weight[ids] * math.sqrt(weight.shape[1]) + positions[: ids.shape[1]]


@right
def by_the_library(ids, weight, positions):
    x = F.embedding(ids, weight) * weight.size(-1) ** 0.5
    return x + F.embedding(torch.arange(ids.size(1)).expand_as(ids), positions)


@right
def by_one_hot_vectors(ids, weight, positions):
    words = F.one_hot(ids, len(weight)).to(weight) @ weight
    return torch.stack([x * weight.shape[1] ** 0.5 + positions[t] for t, x in enumerate(words.unbind(1))], dim=1)


@wrong(says="words are not scaled")
def words_not_scaled(ids, weight, positions):
    return weight[ids] + positions[: ids.shape[1]]


@wrong(says="the sum is scaled")
def sum_scaled(ids, weight, positions):
    return (weight[ids] + positions[: ids.shape[1]]) * math.sqrt(weight.shape[1])


@wrong(says="divided by sqrt(D)")
def divided_as_scores_are(ids, weight, positions):
    return weight[ids] / math.sqrt(weight.shape[1]) + positions[: ids.shape[1]]


@wrong(says="multiplied by D; it should be its root")
def times_the_width(ids, weight, positions):
    return weight[ids] * weight.shape[1] + positions[: ids.shape[1]]


@wrong(says="vocabulary's size")
def root_of_the_vocabulary(ids, weight, positions):
    return weight[ids] * len(weight) ** 0.5 + positions[: ids.shape[1]]


@wrong(says="sentence's place in the batch", obeyed={"table[:ids.shape[0]]": "positions[:ids.shape[1]]"})
def position_of_the_sentence(ids, weight, positions):
    table = positions.unsqueeze(1)  # (longest, 1, D), as for x of shape (T, B, D)
    return weight[ids] * math.sqrt(weight.shape[1]) + table[: ids.shape[0]]


@wrong(says="`positions[:T]`", obeyed={"positions[:ids.shape[0]]": "positions[:ids.shape[1]]"})
def as_many_rows_as_sentences(ids, weight, positions):
    return weight[ids] * math.sqrt(weight.shape[1]) + positions[: ids.shape[0]]


@wrong(says="`positions[:T]`")
def the_whole_table(ids, weight, positions):
    return weight[ids] * math.sqrt(weight.shape[1]) + positions


@wrong(says="by the ids of the words")
def positions_by_id(ids, weight, positions):
    return weight[ids] * math.sqrt(weight.shape[1]) + positions[ids]


@wrong(says="counted from 1")
def first_word_has_row_one(ids, weight, positions):
    return weight[ids] * math.sqrt(weight.shape[1]) + positions[torch.arange(1, ids.shape[1] + 1)]


@wrong(says="positions are missing")
def words_alone(ids, weight, positions):
    return weight[ids] * math.sqrt(weight.shape[1])


@wrong(says="no gradient reaches `positions`", obeyed={"positions.detach()": "positions"})
def positions_never_learn(ids, weight, positions):
    return words_then_positions(ids, weight, positions.detach())


@wrong(
    says="changes its input",
    obeyed={"weight *= math.sqrt(weight.shape[1])": "weight = weight * math.sqrt(weight.shape[1])"},
)
def scaled_in_place(ids, weight, positions):
    weight *= math.sqrt(weight.shape[1])
    return weight[ids] + positions[: ids.shape[1]]


@wrong(says="all words get one row")
def row_of_the_last_word(ids, weight, positions):
    return weight[ids] * math.sqrt(weight.shape[1]) + positions[ids.shape[1] - 1]


@wrong(says="the root is that of the length", obeyed={"math.sqrt(T)": "math.sqrt(weight.shape[1])"})
def root_of_the_length(ids, weight, positions):
    T = ids.shape[1]
    return weight[ids] * math.sqrt(T) + positions[:T]


@wrong(says="`padding_idx`?")
def no_gradient_for_padding(ids, weight, positions):
    return F.embedding(ids, weight, padding_idx=0) * weight.shape[1] ** 0.5 + positions[: ids.shape[1]]


@wrong(says="cut to a whole number", obeyed={"math.isqrt": "math.sqrt"})
def whole_root(ids, weight, positions):
    return weight[ids] * math.isqrt(weight.shape[1]) + positions[: ids.shape[1]]


@wrong(says="id 0 gets zeros")
def padding_set_to_zero(ids, weight, positions):
    return words_then_positions(ids, weight, positions) * (ids != 0)[..., None]


@wrong(says="sines are computed; take the rows of `positions`")
def sines_of_its_own(ids, weight, positions):
    return words_then_positions(ids, weight, sinusoidal_positions(*positions.shape))


@wrong(says="`positions` is the table itself", obeyed={"positions(T, D)": "positions[:T]"})
def table_called(ids, weight, positions):
    T, D = ids.shape[1], weight.shape[1]
    return weight[ids] * math.sqrt(D) + positions(T, D)


@wrong(says="the positions are scaled")
def positions_scaled(ids, weight, positions):
    return weight[ids] + positions[: ids.shape[1]] * math.sqrt(weight.shape[1])


@wrong(says="id 0 gets no position")
def padding_without_a_place(ids, weight, positions):
    return weight[ids] * math.sqrt(weight.shape[1]) + positions[: ids.shape[1]] * (ids != 0)[..., None]


@wrong(says="put beside the words")
def side_by_side(ids, weight, positions):
    words = weight[ids] * math.sqrt(weight.shape[1])
    return torch.cat([words, positions[: ids.shape[1]].expand_as(words)], dim=-1)
