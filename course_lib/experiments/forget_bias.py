"""The forget gate's bias at the start, on a task with short distances among the long ones and one without."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor

from course_lib.experiments.adding import train_adder
from course_lib.experiments.readout import Make, Readout, at_the_end, testing_generator, train_readout
from course_lib.experiments.registry import experiment
from course_lib.lstm import LSTMCell


def first_value_problem(B: int, T: int, generator: torch.Generator | None = None) -> tuple[Tensor, Tensor]:
    """Tell the first value after T steps: x (B, T, 2) -> y (B,).

    x[..., 0] is uniform in [0, 1); x[..., 1] is 1 at the first step, else 0; y is the first value. Always answering
    1/2 has a squared error of 1/12. In the adding problem a mark may lie near the end, and what is learned from it
    helps with those farther away; here every mark is as far away as any.
    """
    values = torch.rand(B, T, generator=generator)
    first = torch.zeros(B, T)
    first[:, 0] = 1
    return torch.stack([values, first], dim=-1), values[:, 0]


def train_first_value(
    make: Make, seed: int, *, T: int, steps: int, B: int = 64, H: int = 16, lr: float = 0.01, every: int = 50
) -> tuple[Readout, list[float]]:
    """Train a cell on `first_value_problem`; otherwise as `train_adder`."""
    return train_readout(
        make,
        seed,
        lambda generator: at_the_end(*first_value_problem(B, T, generator)),
        H=H,
        steps=steps,
        lr=lr,
        tests=at_the_end(*first_value_problem(1000, T, testing_generator(seed))),
        every=every,
    )


@experiment(
    "03.forget_bias",
    seeds=range(20, 30),
    biases=(0, 1, 3),
    adding={"T": 50, "steps": 800},
    recall={"T": (10, 20), "steps": 400},
)
def forget_bias(
    seed: int, *, biases: Sequence[float], adding: Mapping[str, Any], recall: Mapping[str, Any]
) -> dict[str, dict[float, list[float]]]:
    """The error every 50 steps, by task and by the bias of the forget gate at the start."""
    figures: dict[str, dict[float, list[float]]] = {f"recall {T}": {} for T in recall["T"]}
    figures["adding"] = {}
    for bias in biases:
        make = partial(LSTMCell, forget_bias=float(bias))
        for T in recall["T"]:
            figures[f"recall {T}"][bias] = train_first_value(make, seed, T=T, steps=recall["steps"])[1]
        figures["adding"][bias] = train_adder(make, seed, T=adding["T"], steps=adding["steps"])[1]
    return figures
