"""What the file of an exercise is written with, in one place."""

from collections.abc import Callable
from typing import Any

from course_lib.exercises.advice import Advice
from course_lib.exercises.chance import Chance, drawn, drawn_with_gradients
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.finding import Finding, Outcome, safe_with
from course_lib.exercises.given import Named, normal, seeded
from course_lib.exercises.mistakes import Mistake, parted, with_parts
from course_lib.exercises.show import show
from course_lib.exercises.trial import Trial

Function = Callable[..., Any]  # an answer, a mistaken one, or a part of one

__all__ = ["Advice", "Chance", "Exercise", "Finding", "Function", "Mistake", "Named", "Outcome", "Trial"]
__all__ += ["drawn", "drawn_with_gradients", "normal", "parted", "safe_with", "seeded", "show", "with_parts"]
