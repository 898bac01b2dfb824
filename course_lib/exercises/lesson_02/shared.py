"""What several exercises of lesson 02 are examined with."""

from typing import Any

import torch
from torch import Tensor

from course_lib import rnn
from course_lib.exercises.kit import Outcome, Trial, seeded


def rnn_cell(seed: int, E: int, H: int, scale: float = 1.0) -> rnn.RNNCell:
    """An RNN cell with fixed weights: a module, since an answer may well use `cell.weight_hh` or `cell.zero_grad()`."""
    cell = rnn.RNNCell(E, H, generator=seeded(seed))
    with torch.no_grad():
        cell.weight_hh.mul_(scale)
    return cell


def require_two(trial: Trial, got: Any) -> None:
    """A Finding unless `got` is what `unroll` returns: two things, not one."""
    two = "two results are expected, the outputs (B, T, H) and the last state (B, H): `return outputs, state`"
    trial.require(not isinstance(got, Tensor), f"{two}. One tensor came", outcome=Outcome.DTYPE, got=got)
    as_list = isinstance(got, tuple) and len(got) == 2 and isinstance(got[0], list)
    stacked = f"{two}. The outputs came as a list: `torch.stack(outputs, dim=1)`"
    trial.require(not as_list, stacked, outcome=Outcome.DTYPE, got=got)
