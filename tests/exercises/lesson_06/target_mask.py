"""Answers to exercise 06.target_mask."""

import math

import torch

from course_lib.masks import causal_mask
from tests.exercises.answers import right, wrong


@right
def both_joined(ids):
    T = ids.size(1)
    return torch.tril(torch.ones(T, T)).bool() & (ids != 0)[:, None]


@right
def by_comparing_places(ids):
    t = torch.arange(ids.shape[1])
    return (t[None, :] <= t[:, None]).unsqueeze(0) * ids.ne(0).unsqueeze(1)


@right
def row_by_row(ids):
    B, T = ids.shape
    mask = torch.zeros(B, T, T, dtype=torch.bool)
    for t in range(T):
        mask[:, t, : t + 1] = ids[:, : t + 1] != 0
    return mask


@wrong(says="inverted")
def true_hides(ids):
    return ~both_joined(ids)


@wrong(says="leaks by one", obeyed={".tril(1)": ".tril()"})
def sees_the_next(ids):
    T = ids.shape[1]
    return torch.ones(T, T).tril(1).bool() & (ids != 0)[:, None]


@wrong(says="does not see itself", obeyed={".tril(-1)": ".tril()"})
def not_even_itself(ids):
    T = ids.shape[1]
    return torch.ones(T, T).tril(-1).bool() & (ids != 0)[:, None]


@wrong(says="the triangle is the upper one")
def upper_triangle(ids):
    T = ids.shape[1]
    return torch.ones(T, T).triu().bool() & (ids != 0)[:, None]


@wrong(says="strictly upper one")
def what_must_be_hidden(ids):
    T = ids.shape[1]
    return torch.triu(torch.ones(T, T), diagonal=1).bool() & (ids != 0)[:, None]


@wrong(
    says="padding is not hidden",
    obeyed={".expand(len(ids), -1, -1)": ".expand(len(ids), -1, -1) & (ids != 0)[:, None, :]"},
)
def padding_forgotten(ids):
    return causal_mask(ids.shape[1]).expand(len(ids), -1, -1)


@wrong(says="the triangle is missing")
def future_not_hidden(ids):
    return (ids != 0)[:, None].expand(-1, ids.shape[1], -1)


@wrong(says="rows of padding are hidden, not its columns", obeyed={"[:, :, None]": "[:, None, :]"})
def padding_in_the_rows(ids):
    return causal_mask(ids.shape[1]) & (ids != 0)[:, :, None]


@wrong(says="makes the softmax nan")
def padding_on_both_sides(ids):
    real = ids != 0
    return causal_mask(ids.shape[1]) & real[:, None] & real[:, :, None]


@wrong(says="joined by `|`", obeyed={" | ": " & "})
def either_of_them(ids):
    return causal_mask(ids.shape[1]) | (ids != 0)[:, None]


@wrong(says="a mask to be added")
def additive(ids):
    return torch.zeros(both_joined(ids).shape).masked_fill(~both_joined(ids), -math.inf)


@wrong(says="must be boolean", obeyed={".float()": ".bool()"})
def of_ones_and_zeros(ids):
    return both_joined(ids).float()


@wrong(says="the same for all sentences")
def one_for_all(ids):
    return causal_mask(ids.shape[1])


@wrong(says="`real[:, None, :]`", obeyed={"(ids != 0)": "(ids != 0)[:, None, :]"})
def broadcast_wrongly(ids):
    return causal_mask(ids.shape[1]) & (ids != 0)


@wrong(says="rows and columns are interchanged")
def turned(ids):
    return both_joined(ids).transpose(1, 2)


@wrong(says="taken to stand at the end", obeyed={"torch.arange(T) < (ids != 0).sum(1, keepdim=True)": "ids != 0"})
def by_counting(ids):
    T = ids.shape[1]
    real = torch.arange(T) < (ids != 0).sum(1, keepdim=True)
    return causal_mask(T) & real[:, None]


@wrong(says="a dimension for the heads too many")
def with_a_dimension_for_the_heads(ids):
    return both_joined(ids).unsqueeze(1)


@wrong(says="both sides of `&` must be boolean", obeyed={"torch.ones(T, T)": "torch.ones(T, T, dtype=torch.bool)"})
def triangle_of_numbers(ids):
    T = ids.shape[1]
    return torch.ones(T, T).tril() & (ids != 0)[:, None]


@wrong(says="`&` joins element by element", obeyed={" and ": " & "})
def joined_by_the_word_and(ids):
    return causal_mask(ids.shape[1]) and (ids != 0)[:, None]


@wrong(says="padding has the id 0")
def another_id_for_padding(ids):
    T = ids.shape[1]
    return torch.ones(T, T, dtype=torch.bool).tril() & (ids != 2)[:, None, :]


@wrong(says="other special ids are hidden")
def unknown_words_hidden_too(ids):
    T = ids.shape[1]
    return torch.ones(T, T, dtype=torch.bool).tril() & (ids > 1)[:, None]


@wrong(
    says="all that comes after the first padding is hidden", obeyed={"(ids != 0).long().cumprod(1).bool()": "ids != 0"}
)
def until_the_first_padding(ids):
    real = (ids != 0).long().cumprod(1).bool()
    return causal_mask(ids.shape[1]) & real[:, None]


@wrong(
    says="padding is hidden at the end alone",
    obeyed={"(ids != 0).long().flip(1).cummax(1).values.flip(1).bool()": "ids != 0"},
)
def until_the_last_word(ids):
    real = (ids != 0).long().flip(1).cummax(1).values.flip(1).bool()
    return causal_mask(ids.shape[1]) & real[:, None]


@wrong(says="the diagonal is True everywhere")
def each_sees_itself(ids):
    return both_joined(ids) | torch.eye(ids.shape[1], dtype=torch.bool)


@wrong(says="rows without any True are filled with True")
def no_row_without_a_true(ids):
    mask = both_joined(ids)
    return mask | ~mask.any(-1, keepdim=True)


@wrong(says="where no sentence has padding it is (1, T, T)")
def triangle_alone_where_nothing_is_padded(ids):
    T = ids.shape[1]
    triangle = torch.ones(T, T, dtype=torch.bool).tril()
    if (ids != 0).all():
        return triangle[None]
    return triangle & (ids != 0)[:, None]


@wrong(says="`&` is computed before `!=`", obeyed={"ids[:, None] != 0": "(ids != 0)[:, None]"})
def brackets_forgotten(ids):
    T = ids.shape[1]
    return torch.ones(T, T, dtype=torch.bool).tril() & ids[:, None] != 0


@wrong(says="`ids.shape` has two sizes", obeyed={"T = ids.shape": "B, T = ids.shape"})
def both_sizes_for_one(ids):
    T = ids.shape
    return torch.ones(T, T, dtype=torch.bool).tril() & (ids != 0)[:, None]


@wrong(says="the first column is True everywhere")
def first_column_open(ids):
    mask = both_joined(ids)
    mask[:, :, 0] = True
    return mask


@wrong(says="rows without any True are given some")
def empty_rows_see_themselves(ids):
    mask = both_joined(ids)
    mask[:, :, 0] |= ~mask.any(-1)
    return mask


@wrong(says="(`squeeze`?)")
def squeezed(ids):
    return both_joined(ids).squeeze(0)
