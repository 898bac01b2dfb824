"""Recurrent layers (lesson 03): padded sequences, both directions, and layers one above the other.

The first three functions go by lengths (B,) and are the shortest way to the result. `Recurrent`, what the models of
lessons 04 and 05 are built with, goes by masks, hands states in and out, and takes any loop (`rnn.masked_unroll`,
`fast.masked_unroll`).

Schuster, Paliwal 1997: Bidirectional recurrent neural networks, IEEE Transactions on Signal Processing 45
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from course_lib.masks import padding_mask
from course_lib.rnn import Cell, State, Unroll, masked_unroll, unroll

# --- by lengths ---------------------------------------------------------------------------------------------


def last_state(outputs: Tensor, lengths: Tensor) -> Tensor:
    """The output at the last real step of each sequence: outputs (B, T, H), lengths (B,) from 1 to T -> (B, H)."""
    return outputs[torch.arange(len(outputs)), lengths - 1]


def reverse_padded(x: Tensor, lengths: Tensor) -> Tensor:
    """Each sequence turned round within its own length: x (B, T, E), lengths (B,) -> (B, T, E).

    The padding stays where it is, as it is. Done twice, it gives x again.
    """
    rows = []
    for row, n in zip(x, lengths.tolist(), strict=True):
        rows.append(torch.cat([row[:n].flip(0), row[n:]]))
    return torch.stack(rows)


def bidirectional(forward: Cell[Any], backward: Cell[Any], x: Tensor, lengths: Tensor) -> Tensor:
    """Two cells, one from each end: x (B, T, E), lengths (B,) -> outputs (B, T, 2H), h_t = [forward_t; backward_t].

    The backward cell starts at the last real step; at padding the outputs are zero. Schuster, Paliwal 1997.
    """
    ahead, _ = unroll(forward, x)
    back, _ = unroll(backward, reverse_padded(x, lengths))
    both = torch.cat([ahead, reverse_padded(back, lengths)], dim=-1)  # (B, T, 2H)
    return both * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


# --- layers, by masks ---------------------------------------------------------------------------------------


class Recurrent(nn.Module):
    """L layers of a cell, in one direction or both: x (B, T, E) -> outputs (B, T, H or 2H), states.

    Equal to `torch.nn.RNN`, `LSTM` and `GRU` with `batch_first=True`, on packed sequences where there is a mask;
    `load_state_dict` takes their weights.

    Args:
        cell: makes a cell from its E and H: `RNNCell`, `LSTMCell`, `partial(LSTMCell, forget_bias=1.0)`.
        E: size of the input.
        H: size of the state, per direction.
        L: layers; each reads the outputs of the one below.
        bidirectional: two cells per layer.
        dropout: the share of a layer's outputs that are dropped on the way to the next, in training.
        unroll: the loop; `fast.masked_unroll` is the same with fused kernels.

    Attributes:
        cells: by name, in order: "l0", "l0_reverse", "l1", ...

    Raises:
        ValueError: L below 1.
    """

    def __init__(
        self,
        cell: Callable[[int, int], nn.Module],
        E: int,
        H: int,
        L: int = 1,
        *,
        bidirectional: bool = False,
        dropout: float = 0.0,
        unroll: Unroll = masked_unroll,
    ):
        super().__init__()
        if L < 1:
            raise ValueError(f"L must be at least 1, got {L}")
        directions = ("", "_reverse") if bidirectional else ("",)
        self.cells = nn.ModuleDict()
        for layer in range(L):
            for direction in directions:
                self.cells[f"l{layer}{direction}"] = cell(E if layer == 0 else H * len(directions), H)
        self.L = L
        self.bidirectional = bidirectional
        self.dropout = nn.Dropout(dropout)
        self.unroll = unroll

    def forward(
        self, x: Tensor, state: Sequence[State | None] | None = None, mask: Tensor | None = None
    ) -> tuple[Tensor, list[State]]:
        """The outputs of the last layer, and the last state of every cell.

        Args:
            state: one state per cell, in the order of `cells`; None for zeros.
            mask: bool (B, T), True at real steps; None if all are real.

        Raises:
            ValueError: another number of states; and as `rnn.masked_unroll`.
        """
        before = [None] * len(self.cells) if state is None else state
        if len(before) != len(self.cells):
            raise ValueError(f"expected one state per cell, {len(self.cells)}, got {len(before)}")
        after: list[State] = []
        for layer in range(self.L):
            if layer > 0:
                x = self.dropout(x)
            ahead, last = self.unroll(self.cells[f"l{layer}"], x, before[len(after)], mask)
            after.append(last)
            if self.bidirectional:
                back, first = self.unroll(self.cells[f"l{layer}_reverse"], x, before[len(after)], mask, reverse=True)
                after.append(first)
                ahead = torch.cat([ahead, back], dim=-1)
            x = ahead
        return x, after

    def load_state_dict(self, state_dict: Mapping[str, Any], strict: bool = True, assign: bool = False) -> Any:
        """As any module's; also takes the names of `torch.nn`: "weight_ih_l0" for "cells.l0.weight_ih"."""
        renamed = {re.sub(r"^(\w+)_(l\d+(?:_reverse)?)$", r"cells.\2.\1", name): t for name, t in state_dict.items()}
        return super().load_state_dict(renamed, strict, assign)
