"""What an exercise is, and where each is found: `lesson_05/masked_softmax.py` holds the exercise 05.masked_softmax."""

import difflib
import importlib.util
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import torch

from course_lib.exercises.advice import Advice
from course_lib.exercises.mistakes import Mistake
from course_lib.exercises.trial import Trial


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One exercise: its reference, what a learner can ask for, and how an answer to it is examined.

    Attributes:
        id: "05.masked_softmax", the lesson's number and the name of the file.
        reference: the function or class that steps in until the learner's own is right; what `solution` shows, and,
            unless `own_form` says otherwise, what stands in the solved lesson.
        name: what the learner defines: the reference's own name.
        difficulty: from 1 (copy the idea) to 5 (think for a while).
        minutes: what a first reader needs.
        hints: at least two, from a nudge to nearly the answer.
        explanation: why the solution is as it is.
        examine: calls the answer through a `Trial`, which raises what it finds.
        mistakes: what people really write, see `trial`.
        advice: what the commonest errors of this exercise mean.
        own_form: why the lesson has a solution of its own, equal in value; empty where it is the reference.
    """

    id: str
    reference: Callable[..., Any]
    difficulty: int
    minutes: int
    hints: tuple[str, ...]
    explanation: str
    examine: Callable[[Trial], None]
    mistakes: tuple[Mistake, ...] = ()
    advice: tuple[Advice, ...] = ()
    own_form: str = ""

    @property
    def name(self) -> str:
        return self.reference.__name__


def lesson_exercises(lesson: str) -> list[Exercise]:
    """The exercises of a lesson ("01") or of one of its parts ("06b"), in the order in which it poses them.

    None where it has no checks, or no such part.
    """
    number, part = lesson[:2], lesson[2:]
    package = f"{__package__}.lesson_{number}"
    if importlib.util.find_spec(package) is None:
        return []
    with torch.device("cpu"):  # what a check compares with is made there, whatever the notebook has set
        exercises: tuple[str, ...] | dict[str, tuple[str, ...]] = importlib.import_module(package).EXERCISES
        parts = exercises if isinstance(exercises, dict) else {"": exercises}
        names = parts.get(part, ()) if part else chain.from_iterable(parts.values())
        return [importlib.import_module(f"{package}.{name}").EXERCISE for name in names]


def lessons_with_exercises() -> list[str]:
    """The numbers of the lessons that have exercises, in order."""
    modules = pkgutil.iter_modules(importlib.import_module(str(__package__)).__path__)
    return sorted(module.name.removeprefix("lesson_") for module in modules if module.name.startswith("lesson_"))


def find(exercise_id: str) -> Exercise:
    """The exercise of that id.

    Raises:
        KeyError: there is none; names what is near.
    """
    lesson = exercise_id.partition(".")[0] if isinstance(exercise_id, str) else ""
    known = {made.id: made for made in lesson_exercises(lesson)} if lesson.isalnum() else {}
    if exercise_id in known:
        return known[exercise_id]
    every = [made.id for number in lessons_with_exercises() for made in lesson_exercises(number)]
    near = difflib.get_close_matches(str(exercise_id), every, n=3, cutoff=0.4) or every
    raise KeyError(f"there is no exercise {exercise_id!r}; did you mean {' or '.join(near)}?")
