"""Gradients through time (lesson 02): how they vanish or explode, clipping, and truncated back-propagation.

Williams, Peng 1990: An Efficient Gradient-Based Algorithm for On-Line Training of Recurrent Network Trajectories
Pascanu, Mikolov, Bengio 2013: On the difficulty of training recurrent neural networks, arXiv:1211.5063
"""

import math
from collections.abc import Callable, Iterable

import torch
from torch import Tensor

from course_lib.rnn import Cell, State, check_sequence, hidden, map_state, unroll


def gradient_norms(cell: Cell[Tensor], x: Tensor, state: Tensor) -> Tensor:
    """How much of a loss at the last step reaches each earlier one: the norm of d loss / d h_t, (B, T).

    The loss is the sum of the last h over sqrt(H), so that the norm at the last step is 1. No sequence has a part in
    another's state, so each row is the gradient of its own sequence.

    Pascanu, Mikolov, Bengio 2013, section 2: one step back multiplies the gradient by W_hh^T diag(1 - h_t^2), so at
    d steps from the end the norm is at most s^d, where s is the largest singular value of W_hh.

    Args:
        cell: with h (B, H) alone as its state; `state_gradient_norms` takes any other.
        x: (B, T, E).
        state: the h (B, H) before the first step.
    """
    states = []
    for x_t in x.unbind(1):
        state = cell(x_t, state)
        states.append(state)
    loss = state.sum() / state.shape[1] ** 0.5
    gradients = torch.autograd.grad(loss, states)  # T times (B, H)
    return torch.stack([gradient.norm(dim=1) for gradient in gradients], dim=1)


def state_gradient_norms(
    cell: Cell[State], x: Tensor, state: State | None = None, *, loss: Callable[[Tensor], Tensor] | None = None
) -> Tensor:
    """`gradient_norms` for any cell and any loss: the norm of d loss / d state_t, (B, T).

    The state is all that a step hands on: h, and for an LSTM h and c together. Nothing needs a gradient before, and
    nothing has one afterwards.

    Args:
        cell: any cell.
        x: (B, T, E).
        state: the state before the first step; None for zeros.
        loss: from the last h (B, H) to one loss per sequence, (B,). Default: that of `gradient_norms`.

    Raises:
        ValueError: x that is not (B, T, E) or has no steps.
    """
    check_sequence(x, None)
    states = []
    with torch.enable_grad():
        for x_t in x.detach().requires_grad_().unbind(1):
            # The clone stands for what is handed on: the way from c_t to h_t inside the step is not part of it.
            state = map_state(torch.clone, cell(x_t, state))
            states.append(state if isinstance(state, tuple) else (state,))
        h = hidden(states[-1])
        losses = h.sum(-1) / math.sqrt(h.shape[-1]) if loss is None else loss(h)
        flat = [tensor for tensors in states for tensor in tensors]
        gradients = torch.autograd.grad(losses.sum(), flat, materialize_grads=True)
    per_step: Tensor = torch.stack(gradients).unflatten(0, (len(states), -1))  # (T, 1 or 2, B, H)
    return per_step.square().sum((1, 3)).sqrt().T  # (B, T)


def clip_gradients(parameters: Iterable[Tensor], max_norm: float) -> Tensor:
    """Scale all gradients by the same factor so that their common norm is at most `max_norm`; returns it before.

    Pascanu, Mikolov, Bengio 2013, algorithm 1. Equal to `torch.nn.utils.clip_grad_norm_`.

    Args:
        parameters: at least one of them with a gradient; those without one are left out.
        max_norm: above 0.
    """
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.stack([gradient.norm() for gradient in gradients]).norm()
    if norm > max_norm:
        for gradient in gradients:
            gradient.mul_(max_norm / norm)
    return norm  # type: ignore[no-any-return]


def truncated_unroll(cell: Cell[Tensor], x: Tensor, k: int, state: Tensor) -> tuple[Tensor, Tensor]:
    """`unroll` with truncated back-propagation: the same values, but no gradient crosses a multiple of k steps.

    The sequence is cut into pieces of k steps (the last may be shorter); each starts from the detached state of
    the one before. To save memory as well, call `backward` on the loss of each piece before the next begins.

    Williams, Peng 1990.

    Args:
        cell: with h (B, H) alone as its state.
        x: (B, T, E).
        k: at least 1.
        state: the h (B, H) before the first step.
    """
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, state = unroll(cell, piece, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state
