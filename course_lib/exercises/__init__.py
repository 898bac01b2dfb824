"""Exercises that check themselves.

A lesson calls `check`, `hint` and `solution`; `find` gives an exercise by its id, `grade` examines an answer to it.
"""

from course_lib.exercises.exercise import find
from course_lib.exercises.grading import check, grade, hint, solution

__all__ = ["check", "find", "grade", "hint", "solution"]
