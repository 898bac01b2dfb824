"""What several exercises of lesson 02 are examined with."""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor

from course_lib import rnn
from course_lib.exercises.kit import Chance, Outcome, Trial, normal, seeded

ONE_STEP = "The cell takes one step of all sequences: `for t in range(x.shape[1]):`, and in it `x[:, t]`, (B, E)."


def rnn_case(seed: int, B: int, T: int, E: int, H: int, scale: float = 1.0) -> tuple[rnn.RNNCell, Tensor, Tensor]:
    """A cell, x (B, T, E) and h (B, H): a module, since an answer may well use `cell.weight_hh`, `cell.zero_grad()`."""
    cell = rnn.RNNCell(E, H, generator=seeded(seed))
    with torch.no_grad():
        cell.weight_hh.mul_(scale)
    return cell, normal(seed + 1, B, T, E), normal(seed + 2, B, H)


def drawn_rnn_case(chance: Chance) -> tuple[rnn.RNNCell, Tensor, Tensor]:
    """As `rnn_case`; some of the steps may be zeros, and the state too."""
    T = chance.n()
    cell, x, state = rnn_case(chance.randrange(10**6), chance.n(), T, chance.n(), chance.n(), chance.choice([1.0, 3.0]))
    return cell, x * chance.mask(1, T)[..., None], state * chance.choice([0, 1, 1])


def agrees_in_both(trial: Trial, cases: Iterable[tuple[Any, ...]]) -> None:
    """A Finding unless what comes back are the outputs and the last state of the reference, two things, not one."""
    two = "two results are expected, the outputs (B, T, H) and the last state (B, H): `return outputs, state`"
    for arguments in cases:
        got = trial.call(*arguments)
        trial.require(not isinstance(got, Tensor), f"{two}. One tensor came", outcome=Outcome.TYPE, got=got)
        as_list = isinstance(got, tuple) and len(got) == 2 and isinstance(got[0], list)
        pieces = as_list and all(isinstance(each, Tensor) and each.ndim == 3 for each in got[0])
        join = "torch.cat(outs, dim=1)" if pieces else "torch.stack(outputs, dim=1)"
        one = f"the outputs came as a list: `{join}` makes one tensor (B, T, H) of it"
        trial.require(not as_list, one, outcome=Outcome.TYPE, got=got)
        trial.compare(got, trial.reference(*arguments), inputs=arguments)
