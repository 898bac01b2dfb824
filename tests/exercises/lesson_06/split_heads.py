"""Answers to exercise 06.split_heads."""

import torch

from tests.exercises.answers import right, wrong


@right
def view_then_transpose(x, N):
    B, T, D = x.shape
    return x.view(B, T, N, D // N).transpose(1, 2)


@right
def by_chunks(x, N):
    return torch.stack(x.chunk(N, dim=-1), dim=1)


@right
def by_reshape_and_permute(x, N):
    return x.reshape(*x.shape[:2], N, -1).permute(0, 2, 1, 3).contiguous()


@wrong(says="mixes positions", obeyed={"x.view(B, N, T, D // N)": "x.view(B, T, N, D // N).transpose(1, 2)"})
def view_alone(x, N):
    B, T, D = x.shape
    return x.view(B, N, T, D // N)


@wrong(
    says="still stand behind the positions",
    obeyed={"x.view(B, T, N, D // N)": "x.view(B, T, N, D // N).transpose(1, 2)"},
)
def transpose_forgotten(x, N):
    B, T, D = x.shape
    return x.view(B, T, N, D // N)


@wrong(says="every N-th number")
def strided(x, N):
    return torch.stack([x[:, :, n::N] for n in range(N)], dim=1)


@wrong(says="each head is N wide")
def width_and_number_interchanged(x, N):
    B, T, D = x.shape
    return x.view(B, T, D // N, N).transpose(1, 2)


@wrong(says="before the batch")
def heads_first(x, N):
    return torch.stack(x.chunk(N, dim=-1))


@wrong(says="one dimension; keep both")
def heads_in_the_batch(x, N):
    B, T, D = x.shape
    return x.view(B, T, N, D // N).transpose(1, 2).reshape(B * N, T, D // N)


@wrong(says="last two dimensions are interchanged")
def keys_turned_already(x, N):
    B, T, D = x.shape
    return x.view(B, T, N, D // N).permute(0, 2, 3, 1)


@wrong(says="a size is `D // N`", obeyed={"D / N": "D // N"})
def divided_with_a_slash(x, N):
    B, T, D = x.shape
    return x.view(B, T, N, D / N).transpose(1, 2)


@wrong(says="gets the whole vector")
def copied(x, N):
    return x.unsqueeze(1).repeat(1, N, 1, 1)


@wrong(
    says="`view(B, N, d_k, T)` mixes positions",
    obeyed={"x.view(B, N, D // N, T).transpose(2, 3)": "x.view(B, T, N, D // N).transpose(1, 2)"},
)
def positions_last(x, N):
    B, T, D = x.shape
    return x.view(B, N, D // N, T).transpose(2, 3)


@wrong(says="in reverse order")
def last_head_first(x, N):
    return torch.stack(x.chunk(N, dim=-1)[::-1], dim=1)


@wrong(says="it should begin at n * d_k", obeyed={"n:n + d_k": "n * d_k:(n + 1) * d_k"})
def windows_that_overlap(x, N):
    d_k = x.shape[-1] // N
    return torch.stack([x[..., n : n + d_k] for n in range(N)], dim=1)


@wrong(says="a dimension of size 1 is lost")
def a_single_head_as_it_came(x, N):
    return x if N == 1 else view_then_transpose(x, N)


@wrong(
    says="`torch.cat` puts the heads one after another",
    obeyed={"torch.cat(x.chunk(N, dim=-1), dim=1)": "torch.stack(x.chunk(N, dim=-1), dim=1)"},
)
def concatenated(x, N):
    return torch.cat(x.chunk(N, dim=-1), dim=1)


@wrong(
    says="two mistakes at once: 1. the heads still stand",
    obeyed={"D // N, N).transpose(2, 3)": "N, D // N).transpose(1, 2)"},
)
def strided_and_behind_the_positions(x, N):
    B, T, D = x.shape
    return x.reshape(B, T, D // N, N).transpose(2, 3)


@wrong(
    says="x is transposed before the cut",
    obeyed={"x.transpose(1, 2).reshape(B, N, T, D // N)": "x.view(B, T, N, D // N).transpose(1, 2)"},
)
def transposed_before_the_cut(x, N):
    B, T, D = x.shape
    return x.transpose(1, 2).reshape(B, N, T, D // N)


@wrong(says="positions and sentences are interchanged")
def positions_before_sentences(x, N):
    T, B, D = x.shape
    return x.reshape(T, B, N, D // N).permute(1, 2, 0, 3)


@wrong(says="every head gets the first d_k numbers")
def the_first_numbers_for_all(x, N):
    return x[:, None, :, : x.shape[-1] // N].repeat(1, N, 1, 1)


@wrong(says="positions and sentences are interchanged")
def the_wrong_two_dimensions(x, N):
    return x.unflatten(-1, (N, -1)).transpose(0, 1)
