"""`course status`: all lessons at a glance, and what comes next."""

import argparse
import sys

from course_lib.commands.check import sign
from course_lib.exercises import progress
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.finding import Outcome
from course_lib.learner.lessons import Lesson, lessons

_CELLS = 10  # of a bar


def arguments(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(given: argparse.Namespace) -> int:
    """All lessons at a glance, from what the checks have recorded, and what comes next."""
    entries, every = progress.read(), lessons()
    width = max(len(lesson.title) for lesson in every)
    left = 0
    for lesson in every:
        states = [entries.get(exercise.id, {}).get("state", Outcome.NOT_ATTEMPTED) for exercise in lesson.exercises]
        done, of = sum(state == Outcome.CORRECT for state in states), len(states)
        minutes = _minutes_left(lesson, states)
        left += minutes
        to_do = f"{minutes} min left" if minutes else "done" if states else ""
        signs = f"{''.join(map(sign, states)):<9}"
        print(f"  {lesson.number:<3}  {lesson.title:<{width}}  {bar(done, of)}  {done:>2} of {of:<2}  {signs}  {to_do}")
    right, wrong, blank = map(sign, (Outcome.CORRECT, "wrong", Outcome.NOT_ATTEMPTED))
    print(
        f"\n  {right} right   {wrong} not right yet   {blank} not attempted      the minutes are those of the exercises"
    )
    following = coming()
    if following is None:
        print("\n  Every exercise is right. That was the whole course.")
        return 0
    exercise, lesson = following
    print(f"  In all about {left / 60:.0f} hours of exercises are left.\n" if left >= 90 else "")
    print(f"  Next: {exercise.id}, about {exercise.minutes} minutes, in {lesson.place}")
    print("  `course next` opens it.")
    if message := entries.get(exercise.id, {}).get("message"):
        print(f"  It said last: {message}")
    return 0


def coming() -> tuple[Exercise, Lesson] | None:
    """The first exercise that is not right yet, and its lesson; None where all are."""
    entries = progress.read()
    open_ones = (
        (exercise, lesson)
        for lesson in lessons()
        for exercise in lesson.exercises
        if entries.get(exercise.id, {}).get("state") != Outcome.CORRECT
    )
    return next(open_ones, None)


def bar(done: int, of: int) -> str:
    """How much of a lesson is done; only a lesson that is done has a full bar."""
    full, empty = "█", "░"
    try:
        (full + empty).encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        full, empty = "#", "."
    cells = _CELLS * done // of if of else 0
    return full * cells + empty * (_CELLS - cells)


def _minutes_left(lesson: Lesson, states: list[str]) -> int:
    both = zip(lesson.exercises, states, strict=True)
    return sum(exercise.minutes for exercise, state in both if state != Outcome.CORRECT)
