"""What several exercises of lessons 04 to 06 are examined with."""

import functools
from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor

from course_lib.exercises.kit import Function, Mistake, Outcome, Trial
from course_lib.exercises.show import describe

# What a plain `squeeze()` of a result does, for a row of mistakes.
SQUEEZED = (
    "where B is 1, the batch dimension is gone: a plain `squeeze()` takes it off. Leave it out, or name a dimension"
)
ONE_ARGMAX = "one argmax is taken for the whole batch; each sentence has its own, `argmax(-1)`"
SOFTMAX_OF_BATCH = "the softmax runs over the batch: it isn't needed, take the argmax of the logits themselves"

SIGMOID = "the sigmoid of large logits is 1, and the first 1 wins: take the argmax of the logits themselves"


def parts_agree(trial: Trial, got: Any, arguments: Any, expected: str, count: int = 2, why: str = "") -> None:
    """`compare` with the reference for results of several parts; a Finding of its own unless so many came back."""
    many = isinstance(got, tuple | list)
    came = len(got) if many else "one tensor" if isinstance(got, Tensor) else describe(got)
    outcome = Outcome.SHAPE if many else Outcome.TYPE
    trial.require(came == count, f"expected {expected}, got {came}{why}", outcome=outcome, got=got)
    trial.compare(got, trial.reference(*arguments), inputs=arguments)


def gradients_of_all(trial: Trial, closed: Function, *tensors: Tensor, mistakes: Iterable[Mistake] = ()) -> None:
    """`gradients_agree` for results of several parts; `closed` calls the function it is given with these tensors.

    The mistakes are functions like the answer.
    """

    def flat(function: Function) -> Function:
        call = functools.partial(closed, function)
        named = functools.wraps(call)  # the names of its parameters, too
        return named(lambda *given: torch.cat([tensor.flatten() for tensor in _tensors(call(*given))]))

    rows = [(sentence, *map(flat, wrong)) for sentence, *wrong in mistakes]
    Trial(flat(trial.answer), trial.name, flat(trial.reference), within=True).gradients_agree(*tensors, mistakes=rows)


def _tensors(value: Any) -> list[Tensor]:
    return [value] if isinstance(value, Tensor) else [tensor for part in value for tensor in _tensors(part)]
