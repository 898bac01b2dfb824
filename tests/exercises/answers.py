"""Answers to the exercises, right ones and wrong ones as people write them: what the checks themselves are tested with.

One file for each exercise registers them; `lesson_01/lookup.py` holds those to 01.lookup:

    @right
    def by_one_hot(ids, weight): ...

    @wrong(says="columns")
    def picks_columns(ids, weight): ...

`says` is a fragment of the message that names the mistake; None where a check can only say that the answer is wrong.
Where the message names code to write, `obeyed` does what it says, word for word: a piece of the source, and what
takes its place.

    @wrong(says="`x @ weight.T`", obeyed={"x @ weight": "x @ weight.T"})
    def not_transposed(x, weight, bias): ...
"""

import ast
import importlib
import inspect
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, eq=False)
class Answer:
    function: Callable[..., Any]
    right: bool
    says: str | None = None
    obeyed: Mapping[str, str] = field(default_factory=dict)

    @property
    def exercise(self) -> str:
        """The id of the exercise, from the place of the file."""
        *_, lesson, name = self.function.__module__.split(".")
        return f"{lesson.removeprefix('lesson_')}.{name}"

    def __str__(self) -> str:
        return f"{self.exercise}-{self.function.__name__}"

    def after_advice(self) -> Callable[..., Any]:
        """The answer, once its writer has done what the message said."""
        (definition,) = ast.parse(textwrap.dedent(inspect.getsource(self.function))).body
        definition.decorator_list = []
        source = ast.unparse(definition)
        for old, new in self.obeyed.items():
            assert old in source, f"{self}: {old!r} does not stand in\n{source}"
            source = source.replace(old, new)
        names = dict(vars(importlib.import_module(self.function.__module__)))
        exec(compile(source, str(self), "exec"), names)
        return names[self.function.__name__]


_answers: list[Answer] = []


def right(function):
    """Register the decorated function as a right answer."""
    _answers.append(Answer(function, right=True))
    return function


def wrong(says: str | None = None, obeyed: Mapping[str, str] | None = None):
    """Register the decorated function as a wrong answer, whose message should contain `says`.

    Args:
        obeyed: what to put in the place of what, in the source as `ast.unparse` writes it, to do what the message says.
    """

    def register(function):
        _answers.append(Answer(function, right=False, says=says, obeyed=obeyed or {}))
        return function

    return register


def every_answer() -> list[Answer]:
    """The answers of all lessons, in the order in which they are written down."""
    for path in sorted(Path(__file__).parent.glob("lesson_*/*.py")):
        importlib.import_module(f"{__package__}.{path.parent.name}.{path.stem}")
    return list(_answers)
