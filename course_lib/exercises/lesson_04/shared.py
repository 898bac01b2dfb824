"""What several exercises of lessons 04 to 06 are examined with."""

import functools
from typing import Any

import torch
from torch import Tensor

from course_lib.exercises.kit import Function, Outcome, Trial


def parts_agree(trial: Trial, got: Any, arguments: Any, expected: str, count: int = 2) -> None:
    """`compare` with the reference for results of several parts; a Finding of its own unless so many came back."""
    many = isinstance(got, tuple | list)
    came = len(got) if many else "one tensor" if isinstance(got, Tensor) else f"a {type(got).__name__}"
    outcome = Outcome.SHAPE if many else Outcome.DTYPE
    trial.require(came == count, f"expected {expected}, got {came}", outcome=outcome, got=got)
    trial.compare(got, trial.reference(*arguments), inputs=arguments)


def gradients_of_all(trial: Trial, closed: Function, *tensors: Tensor) -> None:
    """`gradients_agree` for results of several parts; `closed` calls the function it is given with these tensors."""

    def flat(function: Function) -> Function:
        call = functools.partial(closed, function)
        named = functools.wraps(call)  # the names of its parameters, too
        return named(lambda *given: torch.cat([tensor.flatten() for tensor in _tensors(call(*given))]))

    Trial(flat(trial.answer), trial.name, flat(trial.reference)).gradients_agree(*tensors)


def _tensors(value: Any) -> list[Tensor]:
    return [value] if isinstance(value, Tensor) else [tensor for part in value for tensor in _tensors(part)]
