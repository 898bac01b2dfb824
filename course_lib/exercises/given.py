"""What the checks give an answer to work on: numbers that a seed decides, and functions that have a name."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor


def seeded(seed: int) -> torch.Generator:
    """A source of random numbers of its own, so that a check leaves the learner's untouched."""
    return torch.Generator().manual_seed(seed)


def normal(seed: int, *shape: int) -> Tensor:
    """Standard normal numbers, the same ones for the same seed."""
    return torch.randn(*shape, generator=seeded(seed))


class Named:
    """A model, a score or a step that a message shows by its name, not as a function at some address."""

    def __init__(self, name: str, function: Callable[..., Any]):
        self.name, self.function = name, function

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self.function(*arguments, **named)

    def __repr__(self) -> str:
        return self.name
