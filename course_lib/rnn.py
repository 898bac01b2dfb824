"""Recurrent networks (lesson 02): a cell, and the loop over time.

A cell is a pure step: it takes one step's input x (B, E) and a state, and returns the next state.

    state = cell(x, state)         state None: zeros
    hidden(state)                  what the cell shows to the outside: h (B, H)

The state of an RNN or a GRU is h itself; that of an LSTM is a tuple (h, c). `unroll` is the loop for every cell:
those of this library, those of `torch.nn` (`torch.nn.LSTMCell`), and your own. `masked_unroll` is the same loop for
padded sequences, in either direction.

Also of lesson 02: `language_model`, and `gradients` through time; `tasks` has data to try a cell on. The cells and
layers of lesson 03 are in `lstm`, `gru` and `recurrent`; `fast.masked_unroll` is the loop in one kernel.

Elman 1990: Finding Structure in Time, Cognitive Science 14
"""

import math
from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib.masks import check_mask

State = Tensor | tuple[Tensor, ...]  # h (B, H), or a tuple (h, c)


S = TypeVar("S", bound=State)


class Cell(Protocol[S]):
    """One step of a recurrent network: x (B, E) and the state before it, None for zeros -> the state after it."""

    def __call__(self, x: Tensor, state: S | None, /) -> S: ...


class Unroll(Protocol):
    """The loop over time: `masked_unroll`, or its fused counterpart `fast.masked_unroll`."""

    def __call__(
        self, cell: Cell[S], x: Tensor, state: S | None = None, mask: Tensor | None = None, *, reverse: bool = False
    ) -> tuple[Tensor, S]: ...


# --- the cell -----------------------------------------------------------------------------------------------


def rnn_step(x: Tensor, h: Tensor, weight_ih: Tensor, weight_hh: Tensor, bias_ih: Tensor, bias_hh: Tensor) -> Tensor:
    """One step of a simple recurrent network (Elman 1990): x (B, E), h (B, H) of t-1 -> h (B, H) of t.

        h_t = tanh(W_xh x_t + W_hh h_{t-1} + b)

    Args:
        weight_ih: W_xh (H, E), from the input; torch names it with an "i".
        weight_hh: W_hh (H, H), from the state.
        bias_ih, bias_hh: (H,) each, b is their sum. There are two because `torch.nn.RNNCell` has two.
    """
    return torch.tanh(F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh))


class RNNCell(nn.Module):
    """`rnn_step` with its parameters: `h = cell(x, h)`. Equal to `torch.nn.RNNCell`, names and start included.

    Args:
        generator: the source of randomness for the parameters; None for torch's own.

    Attributes:
        weight_ih (H, E), weight_hh (H, H), bias_ih (H,), bias_hh (H,): parameters, uniform within ±1/sqrt(H).

    Raises:
        ValueError: E or H below 1.
    """

    def __init__(self, E: int, H: int, *, generator: torch.Generator | None = None):
        super().__init__()
        self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh = initial_weights(1, E, H, generator)

    def forward(self, x: Tensor, h: Tensor | None = None) -> Tensor:
        """One step, from zeros without h.

        Raises:
            ValueError: x or h of another shape.
        """
        h = zeros(x, self.weight_hh) if h is None else h
        check_step(x, self.weight_ih, self.weight_hh, h=h)
        return rnn_step(x, h, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)

    def extra_repr(self) -> str:
        return cell_sizes(self)


def initial_weights(
    blocks: int, E: int, H: int, generator: torch.Generator | None = None
) -> tuple[nn.Parameter, nn.Parameter, nn.Parameter, nn.Parameter]:
    """What a cell starts with: `weight_ih` (blocks H, E), `weight_hh` (blocks H, H), two biases (blocks H,).

    Args:
        blocks: how many blocks of H rows stand one below the other: 1 in an RNN, one for each gate elsewhere.
        generator: the source of randomness; None for torch's own.
    """
    rows = blocks * H
    return (
        uniform(rows, E, H=H, generator=generator),
        uniform(rows, H, H=H, generator=generator),
        uniform(rows, H=H, generator=generator),
        uniform(rows, H=H, generator=generator),
    )


def uniform(*shape: int, H: int, generator: torch.Generator | None = None) -> nn.Parameter:
    """A parameter drawn uniformly within ±1/sqrt(H), as the recurrent layers of `torch.nn` start.

    Raises:
        ValueError: a size below 1.
    """
    if H < 1 or min(shape) < 1:
        raise ValueError(f"E and H must be at least 1, got H={H} and a parameter of shape {shape}")
    bound = 1 / math.sqrt(H)
    return nn.Parameter(torch.empty(shape).uniform_(-bound, bound, generator=generator))


def zeros(x: Tensor, weight_hh: Tensor) -> Tensor:
    """The state before the first step: (B, H), of the dtype and device of x."""
    return x.new_zeros(len(x), weight_hh.shape[1])


def cell_sizes(cell: nn.Module) -> str:
    """The sizes of a cell, as its `repr` tells them: "E=4, H=6"."""
    return f"E={cell.weight_ih.shape[1]}, H={cell.weight_hh.shape[1]}"


def check_step(x: Tensor, weight_ih: Tensor, weight_hh: Tensor, **state: Tensor) -> None:
    """Do x (B, E) and the tensors of the state, (B, H) each, fit each other and the weights?

    Raises:
        ValueError: they do not; says which, what was expected and what came.
    """
    E, H = weight_ih.shape[1], weight_hh.shape[1]
    if x.dim() != 2 or x.shape[1] != E:
        raise ValueError(f"x must have shape (B, E={E}), got {tuple(x.shape)}")
    for name, tensor in state.items():
        if not isinstance(tensor, Tensor):
            raise ValueError(f"{name} must be a tensor (B, H={H}), got a {type(tensor).__name__}")
        if tensor.shape != (len(x), H):
            raise ValueError(f"{name} must have shape (B={len(x)}, H={H}), got {tuple(tensor.shape)}")


# --- the loop -----------------------------------------------------------------------------------------------


def hidden(state: State | tuple[State, ...]) -> Tensor:
    """The h (B, H) of a state: the state itself, the first of a tuple (h, c), or, of several layers, the top one's.

    The top layer stands first: see `stacked`.
    """
    return hidden(state[0]) if isinstance(state, tuple) else state


def unroll(cell: Cell[S], x: Tensor, state: Any = None) -> tuple[Tensor, S]:
    """Run a cell over a batch of sequences: x (B, T, E) -> outputs (B, T, H) and the state after the last step.

    Args:
        cell: called as `cell(x_t, state)`; returns the next state.
        state: the state before the first step; None for zeros.
    """
    outputs = []
    for x_t in x.unbind(1):  # T times (B, E)
        state = cell(x_t, state)
        outputs.append(hidden(state))
    return torch.stack(outputs, dim=1), state


def masked_unroll(
    cell: Cell[S], x: Tensor, state: S | None = None, mask: Tensor | None = None, *, reverse: bool = False
) -> tuple[Tensor, S]:
    """`unroll` for sequences with padding, from either end: x (B, T, E) -> outputs (B, T, H) and the last state.

    Where the mask is False the state is handed on unchanged and the output is zero. So the last state is that of
    the last real step, and no result depends on how much padding there is, or on which side.

    Args:
        cell: called as `cell(x_t, state)`; returns the next state.
        x: (B, T, E).
        state: the state before the first step; None for zeros.
        mask: bool (B, T), True at real steps; None if all are real.
        reverse: from the last step to the first. `outputs[:, t]` still belongs to step t.

    Raises:
        ValueError: x that is not (B, T, E) or has no steps; a mask of another shape, or with a sequence that has
            no real step; and what the cell itself finds wrong.
    """
    check_sequence(x, mask)
    if reverse:
        outputs, state = masked_unroll(cell, x.flip(1), state, None if mask is None else mask.flip(1))
        return outputs.flip(1), state
    if mask is None:
        return unroll(cell, x, state)
    steps = iter(mask.unsqueeze(-1).unbind(1))  # T times (B, 1)

    def step(x_t: Tensor, old: S | None = None) -> S:
        new, real = cell(x_t, old), next(steps)
        old = map_state(torch.zeros_like, new) if old is None else old
        return map_state(lambda a, b: torch.where(real, a, b), new, old)

    outputs, state = unroll(step, x, state)
    return outputs.masked_fill(~mask.unsqueeze(-1), 0), state


def map_state(function: Callable[..., Tensor], *states: S) -> S:
    """Apply a function to the tensors of a state: to h alone, or to each of a tuple (h, c)."""
    if isinstance(states[0], tuple):
        return cast(S, tuple(function(*tensors) for tensors in zip(*states, strict=True)))
    return cast(S, function(*states))


def check_sequence(x: Tensor, mask: Tensor | None) -> None:
    """Is x (B, T, E), with at least one step, and does the mask fit it?

    Raises:
        ValueError: it is not; says what was expected and what came.
    """
    if x.dim() != 3:
        raise ValueError(f"x must have shape (B, T, E), got {tuple(x.shape)}")
    B, T, _ = x.shape
    if T == 0:
        raise ValueError(f"x must have at least one step, got shape (B={B}, T=0, E={x.shape[2]})")
    if mask is not None:
        check_mask(mask, B, T)
