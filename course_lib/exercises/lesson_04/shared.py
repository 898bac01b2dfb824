"""What several exercises of lesson 04 are examined with."""

from typing import Any

from torch import Tensor

from course_lib.exercises.kit import Outcome, Trial


def require_pair(trial: Trial, got: Any, expected: str) -> None:
    """A Finding unless two things came back."""
    count = len(got) if isinstance(got, tuple | list) else 1
    trial.require(
        isinstance(got, tuple) and count == 2,
        f"expected {expected}, got {'one tensor' if isinstance(got, Tensor) else f'a {type(got).__name__}'}",
        outcome=Outcome.DTYPE,
        got=got,
    )
