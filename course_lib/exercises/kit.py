"""What the file of an exercise is written with, in one place."""

from collections.abc import Callable
from typing import Any

Function = Callable[..., Any]  # an answer, a mistaken one, or a part of one

__all__ = ["Advice", "Exercise", "Finding", "Function", "Mistake", "Named", "Outcome", "Trial"]
__all__ += ["normal", "seeded", "show"]
