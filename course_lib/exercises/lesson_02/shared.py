"""What several exercises of lesson 02 are examined with."""

import torch
from torch import Tensor

from course_lib import rnn
from course_lib.exercises.finding import Outcome
from course_lib.exercises.given import seeded
from course_lib.exercises.trial import Trial


def _cell(seed: int, E: int, H: int, scale: float = 1.0) -> rnn.RNNCell:
    """An RNN cell with fixed weights: a module, since an answer may well use `cell.weight_hh` or `cell.zero_grad()`."""
    cell = rnn.RNNCell(E, H, seeded(seed))
    with torch.no_grad():
        cell.weight_hh *= scale
    return cell


def _require_two(trial: Trial, got) -> None:
    """A Finding unless `got` is what `unroll` returns: two things, not one."""
    two = "two results are expected, the outputs (B, T, H) and the last state (B, H): `return outputs, state`"
    trial.require(not isinstance(got, Tensor), f"{two}. One tensor came", outcome=Outcome.DTYPE, got=got)
    if isinstance(got, tuple) and len(got) == 2 and isinstance(got[0], list):
        trial.require(
            False, f"{two}. The outputs came as a list: `torch.stack(outputs, dim=1)`", outcome=Outcome.DTYPE, got=got
        )
