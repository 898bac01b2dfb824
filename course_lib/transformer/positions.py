"""Words and their places: a vector for each position, computed or learned, is added to each word's.

Vaswani et al. 2017: Attention Is All You Need, arXiv:1706.03762
Gehring et al. 2017: Convolutional Sequence to Sequence Learning, arXiv:1705.03122
"""

import math
from functools import lru_cache
from typing import Protocol

import torch
from torch import Tensor, nn

from course_lib.embeddings import Embedding
from course_lib.text import PAD


def word_embedding(V: int, D: int, generator: torch.Generator | None = None) -> Embedding:
    """An embedding (V, D) whose rows have length 1 on average, so that sqrt(D) times them is of the positions' size."""
    embedding = Embedding(V, D, padding_idx=PAD, generator=generator)
    with torch.no_grad():
        embedding.weight.mul_(D**-0.5)
    return embedding


def embed(ids: Tensor, weight: Tensor, positions: Tensor) -> Tensor:
    """Words, scaled by sqrt(D), and their positions: ids (B, T) -> (B, T, D). Vaswani et al. 2017, section 3.4.

    Args:
        ids: words, 0 .. V - 1.
        weight: a row for each word, (V, D).
        positions: a row for each position, (T or more, D).
    """
    T, D = ids.shape[1], weight.shape[1]
    return weight[ids] * math.sqrt(D) + positions[:T]  # (B, T, D) + (T, D)


# --- positions ------------------------------------------------------------------------------------------------


class Positions(Protocol):
    """What gives the vectors of the positions start .. start + T - 1, (T, D)."""

    def __call__(self, start: int, T: int, /) -> Tensor: ...


def sinusoidal_positions(T: int, D: int) -> Tensor:
    """A vector for each position 0 .. T - 1: (T, D), D even. Vaswani et al. 2017, section 3.5.

        P[t, 2i]     = sin(t / 10000^(2i/D))
        P[t, 2i + 1] = cos(t / 10000^(2i/D))

    Pair i turns by the same angle with every step, so P[t + n] is a rotation of P[t] that does not depend on t.
    Angles are computed in double precision: those of far positions are large, and what counts is what lies behind
    the full turns.
    """
    t = torch.arange(T, dtype=torch.float64).unsqueeze(1)  # (T, 1)
    angle = t / 10000 ** (torch.arange(0, D, 2, dtype=torch.float64) / D)  # (T, D / 2)
    positions = torch.empty(T, D)
    positions[:, 0::2] = angle.sin()
    positions[:, 1::2] = angle.cos()
    return positions


@lru_cache(maxsize=4)
def _kept_positions(T: int, D: int, dtype: torch.dtype) -> Tensor:
    """`sinusoidal_positions` in the default dtype, remembered: step by step it would be computed anew for each word."""
    return sinusoidal_positions(T, D)


class SinusoidalPositions(nn.Module):
    """`sinusoidal_positions` from any position on, without parameters and without a longest length.

    Raises ValueError for D that is not even.
    """

    def __init__(self, D: int):
        super().__init__()
        if D < 2 or D % 2:
            raise ValueError(f"D must be even, got {D}")
        self.D = D

    def forward(self, start: int, T: int) -> Tensor:
        """The positions start .. start + T - 1, (T, D).

        Raises:
            ValueError: T below 1, a negative start.
        """
        if T < 1 or start < 0:
            raise ValueError(f"expected T of at least 1 and a start of at least 0, got T={T}, start={start}")
        enough = 1 << (start + T - 1).bit_length()  # the next power of 2: few tables for all lengths
        table = _kept_positions(enough, self.D, torch.get_default_dtype())
        return table[start : start + T].clone()  # the table is everybody's


class LearnedPositions(nn.Module):
    """A row of parameters for each position, `weight` (longest, D): Gehring et al. 2017, section 3.1."""

    def __init__(self, longest: int, D: int):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(longest, D).normal_(std=D**-0.5))

    def forward(self, start: int, T: int) -> Tensor:
        """The positions start .. start + T - 1, (T, D).

        Raises:
            ValueError: a position that has no row.
        """
        if start + T > len(self.weight):
            raise ValueError(f"there are {len(self.weight)} learned positions, got a sequence of {start + T} tokens")
        return self.weight[start : start + T]
