"""Answers to the exercises, right ones and wrong ones as people write them: what the checks themselves are tested with.

One file per lesson (`answers_01.py`, ...) registers them:

    @right("01.lookup")
    def by_one_hot(ids, weight): ...

    @wrong("01.lookup", says="columns")
    def picks_columns(ids, weight): ...

`says` is a fragment of the message that names the mistake; None where a check can only say that the answer is wrong.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Answer:
    exercise: str
    function: Callable[..., Any]
    right: bool
    says: str | None = None

    def __str__(self) -> str:
        return f"{self.exercise}-{self.function.__name__}"


_answers: list[Answer] = []


def right(exercise: str):
    """Register the decorated function as a right answer."""

    def register(function):
        _answers.append(Answer(exercise, function, right=True))
        return function

    return register


def wrong(exercise: str, says: str | None = None):
    """Register the decorated function as a wrong answer, whose message should contain `says`."""

    def register(function):
        _answers.append(Answer(exercise, function, right=False, says=says))
        return function

    return register


def every_answer() -> list[Answer]:
    """The answers of all lessons, in the order in which they are written down."""
    for path in sorted(Path(__file__).parent.glob("answers_[0-9]*.py")):
        importlib.import_module(path.stem)
    return list(_answers)
