"""Attention in many heads: the soft dictionary of lesson 05, N times side by side.

Vaswani et al. 2017: Attention Is All You Need, arXiv:1706.03762
"""

import math
from typing import Protocol

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib.attention import masked_softmax

# --- one look-up for each head --------------------------------------------------------------------------------


class Attend(Protocol):
    """What looks up: `attend_heads`, or a function with its arguments that may give None for the weights."""

    def __call__(
        self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None, /
    ) -> tuple[Tensor, Tensor | None]: ...


def attend_heads(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """The soft dictionary of lesson 05, once per head: context (B, N, T, d_k), weights (B, N, T, S).

    softmax(Q K^T / sqrt(d_k)) V, Vaswani et al. 2017, eq. 1. The heads do not know of each other. A query that may look
    nowhere finds zero.

    Args:
        query: (B, N, T, d_k).
        key, value: (B, N, S, d_k).
        mask: bool (B, S) or (B, T, S), True where attention may go, the same for all heads; None: everywhere.
    """
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])  # (B, N, T, S)
    if mask is None:
        weights = scores.softmax(-1)
    else:
        mask = mask[:, None, None] if mask.dim() == 2 else mask[:, None]  # (B, 1, 1 or T, S)
        weights = masked_softmax(scores, mask)
    return weights @ value, weights


class Recorded:
    """An attention function that also keeps the weights of each call, in the order of the calls.

    So any model can be asked where it looks: hand this in for the one call, and read `weights` behind it.
    """

    def __init__(self, attend: Attend = attend_heads):
        self.attend = attend
        self.weights: list[Tensor | None] = []

    def __call__(
        self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None, /
    ) -> tuple[Tensor, Tensor | None]:
        """As the attention function that it was made with."""
        context, weights = self.attend(query, key, value, mask)
        self.weights.append(weights)
        return context, weights


# --- heads are split and merged -------------------------------------------------------------------------------


def split_heads(x: Tensor, N: int) -> Tensor:
    """N narrow vectors from each wide one: (B, T, D) -> (B, N, T, d_k), d_k = D / N."""
    B, T, D = x.shape
    return x.view(B, T, N, D // N).transpose(1, 2)  # (B, N, T, d_k)


def merge_heads(x: Tensor) -> Tensor:
    """What `split_heads` divided, side by side again: (B, N, T, d_k) -> (B, T, D)."""
    return x.transpose(1, 2).flatten(2)


def multi_head(
    x: Tensor,
    y: Tensor,
    N: int,
    in_proj_weight: Tensor,
    in_proj_bias: Tensor,
    out_weight: Tensor,
    out_bias: Tensor,
    mask: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """N look-ups side by side, each with its own queries, keys and values. Vaswani et al. 2017, section 3.2.2.

        head_n = attend(x Wq_n, y Wk_n, y Wv_n)
        output = [head_1; ...; head_N] Wo

    Args:
        x: what asks, (B, T, D).
        y: what is looked up, (B, S, D).
        N: heads, each of width d_k = D / N.
        in_proj_weight, in_proj_bias: (3D, D) and (3D,): Wq, Wk and Wv of all heads, one below the other.
        out_weight, out_bias: (D, D) and (D,): Wo.
        mask: bool (B, S) or (B, T, S), True where attention may go; None: everywhere.

    Returns:
        output (B, T, D), weights (B, N, T, S).
    """
    Wq, Wk, Wv = in_proj_weight.chunk(3)  # (D, D) each
    bq, bk, bv = in_proj_bias.chunk(3)
    query = split_heads(F.linear(x, Wq, bq), N)
    key = split_heads(F.linear(y, Wk, bk), N)
    value = split_heads(F.linear(y, Wv, bv), N)
    context, weights = attend_heads(query, key, value, mask)
    merged = context.transpose(1, 2).flatten(2)  # (B, T, D)
    return F.linear(merged, out_weight, out_bias), weights


# --- the module -------------------------------------------------------------------------------------------------


class MultiHeadAttention(nn.Module):
    """`multi_head` with its parameters, in two parts: what a cache can keep, `keys_values`, and `look_up`.

    Equal to `torch.nn.MultiheadAttention` with `batch_first=True`, but for the masks: there True hides.

    Args:
        D: model width, of queries, keys, values and output.
        N: heads, each of width d_k = D / N.

    Attributes:
        in_proj_weight: (3D, D), Wq, Wk and Wv of all heads, one below the other.
        in_proj_bias: (3D,), likewise.
        out_proj: linear layer, Wo.

    Raises ValueError for D that N does not divide.
    """

    def __init__(self, D: int, N: int):
        super().__init__()
        if N < 1 or D % N:
            raise ValueError(f"D must be a multiple of the number of heads, got D={D} and N={N}")
        self.N = N
        self.in_proj_weight = nn.Parameter(torch.empty(3 * D, D))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * D))
        self.out_proj = nn.Linear(D, D)
        nn.init.xavier_uniform_(self.in_proj_weight)
        nn.init.zeros_(self.out_proj.bias)

    def keys_values(self, y: Tensor) -> tuple[Tensor, Tensor]:
        """What is looked up, (B, S, D) -> keys and values, (B, N, S, d_k) each."""
        D = y.shape[-1]
        key, value = F.linear(y, self.in_proj_weight[D:], self.in_proj_bias[D:]).chunk(2, dim=-1)
        return split_heads(key, self.N), split_heads(value, self.N)

    def look_up(
        self, x: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None, *, attend: Attend = attend_heads
    ) -> tuple[Tensor, Tensor | None]:
        """Each vector of x (B, T, D) asks among keys and values (B, N, S, d_k): output (B, T, D), weights (B, N, T, S).

        Raises:
            ValueError: a mask that is not bool, (B, S) or (B, T, S).
        """
        B, T, D = x.shape
        _check_mask(mask, B, T, key.shape[2])
        query = split_heads(F.linear(x, self.in_proj_weight[:D], self.in_proj_bias[:D]), self.N)
        context, weights = attend(query, key, value, mask)
        output: Tensor = self.out_proj(merge_heads(context))
        return output, weights

    def forward(
        self, x: Tensor, y: Tensor, mask: Tensor | None = None, *, attend: Attend = attend_heads
    ) -> tuple[Tensor, Tensor | None]:
        """Each vector of x (B, T, D) asks, those of y (B, S, D) are looked up: output (B, T, D), weights (B, N, T, S).

        Args:
            mask: bool (B, S) or (B, T, S), True where attention may go; None: everywhere.
            attend: `fast.attend_heads` is the same, fused, and gives None for the weights.

        Raises:
            ValueError: shapes that do not fit, a mask of another dtype.
        """
        D = self.out_proj.in_features
        if x.dim() != 3 or y.dim() != 3 or x.shape[-1] != D or y.shape[-1] != D or len(x) != len(y):
            raise ValueError(f"expected x (B, T, D={D}) and y (B, S, D={D}), got {tuple(x.shape)} and {tuple(y.shape)}")
        return self.look_up(x, *self.keys_values(y), mask, attend=attend)


def _check_mask(mask: Tensor | None, B: int, T: int, S: int) -> None:
    """Is this a mask for T queries of each of B sequences, and S keys?

    Raises:
        ValueError: another shape or dtype.
    """
    if mask is None:
        return
    if mask.dtype != torch.bool:
        raise ValueError(f"mask must be bool, True where attention may go, got {mask.dtype}")
    if mask.shape not in ((B, S), (B, T, S)):
        raise ValueError(f"mask must have shape (B={B}, S={S}) or (B, T={T}, S), got {tuple(mask.shape)}")
