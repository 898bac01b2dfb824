"""What a check can find: one of seven states, a sentence, and what to show below it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum


class Outcome(StrEnum):
    """The seven outcomes of a check."""

    NOT_ATTEMPTED = "not attempted"
    RAISED = "raised an error"
    SHAPE = "wrong shape"
    TYPE = "wrong type"
    VALUE = "wrong value"
    GRADIENT = "wrong gradient"
    CORRECT = "correct"


class Finding(Exception):
    """Why an answer isn't right: its state, one or two sentences, and what to show below them."""

    def __init__(
        self,
        outcome: Outcome,
        message: str,
        details: dict[str, str] | None = None,
        known: Sequence[str] | None = None,
        size: str = "",
    ):
        """Args:
        message: what was seen, without a guess at the mistake behind it.
        known: the mistakes that could explain it; None where none was looked for. `size` is said behind one.
        """
        super().__init__(message)
        self.outcome = outcome
        self.message = message
        self.details = details or {}
        self.known = known
        self.size = size


@contextmanager
def safe_with(remedy: str) -> Iterator[None]:
    """A Finding of NaN inside says what to write instead: for inputs so large that exp of them is infinite."""
    try:
        yield
    except Finding as finding:
        finding.message += f"; {remedy}" if "NaN" in finding.message else ""
        raise
