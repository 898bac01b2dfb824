"""Exercises that check themselves: `check`, `hint` and `solution` are what a lesson calls."""

from course_lib.exercises.core import check, hint, solution

__all__ = ["check", "hint", "solution"]
