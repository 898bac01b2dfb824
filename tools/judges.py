"""How well can somebody judge answers to exercises? Those of tests/exercises, right and wrong, put to several judges.

    python -m tools.judges                    the judges below; writes tests/exercises/README.md
    python -m tools.judges package.module:judge      one of your own; prints its line

A judge is a function of the exercise's id and an answer (a function or a class); it returns True where it accepts the
answer. It may run it: each call is stopped after 8 seconds, and counts as a rejection then, as does an error.
"""

import importlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from course_lib.exercises import find, grade
from course_lib.exercises.difference import difference
from course_lib.exercises.guard import copies, undisturbed
from course_lib.exercises.limits import within_limits
from course_lib.files import write_text
from tools import variation

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = ROOT / "tests" / "exercises"
Judge = Callable[[str, Any], bool]

_cases: dict[str, variation.Cases] = {}


def course(exercise_id: str, answer: Any) -> bool:
    """The course's own check."""
    return grade(find(exercise_id), answer).correct


def _agree(exercise_id: str, answer: Any, count: int) -> bool:
    exercise = find(exercise_id)
    if exercise_id not in _cases:
        _cases[exercise_id] = variation.recorded(exercise, exercise.reference)
    for given, options in _cases[exercise_id][:count]:
        with undisturbed():
            expected = exercise.reference(*copies(given), **options)
        with undisturbed():
            got = answer(*copies(given), **options)
        if difference(got, expected, 1e-5, 1e-4) is not None:
            return False
    return True


def one_example(exercise_id: str, answer: Any) -> bool:
    """Equal to the reference on one example, as in many notebooks. (Of a class it asks nothing.)"""
    return _agree(exercise_id, answer, 1)


def five_examples(exercise_id: str, answer: Any) -> bool:
    """Equal to the reference on five examples of several sizes."""
    return _agree(exercise_id, answer, 5)


JUDGES: tuple[Judge, ...] = (course, five_examples, one_example)


def answers() -> Sequence[Any]:
    """All answers of tests/exercises."""
    every: Sequence[Any] = importlib.import_module("tests.exercises.answers").every_answer()
    return every


def accepts(judge: Judge, answer: Any) -> bool:
    """What a judge says of an answer."""
    try:
        return within_limits(lambda: judge(answer.exercise, answer.function), seconds=20)
    except BaseException:
        return False


def score(judge: Judge, every: Sequence[Any]) -> tuple[int, int, int, int]:
    """Right answers accepted, of so many; wrong ones accepted, of so many."""
    said = [(each.right, accepts(judge, each)) for each in every]
    right, wrong = [yes for is_right, yes in said if is_right], [yes for is_right, yes in said if not is_right]
    return sum(right), len(right), sum(wrong), len(wrong)


def line(name: str, scores: tuple[int, int, int, int]) -> str:
    accepted, right, passed, wrong = scores
    return f"| {name} | {accepted} of {right} | {passed} of {wrong} ({passed / wrong:.1%}) |"


HEAD = """# Right and wrong answers

Each file holds answers to one exercise of the course: right ones that differ from the reference in kind, and wrong ones
as people write them. `@wrong(says=...)` has a fragment of the message that should name the mistake. Together they are a
small benchmark of whatever judges code: tests, checkers, language models.

    python -m tools.judges package.module:judge

puts them to a judge of your own, a function `judge(exercise_id, answer)` that returns True where it accepts the answer.
The texts of the exercises stand in `lessons/`, their references are `course_lib.exercises.find(exercise_id).reference`.

| judge | right answers accepted | wrong answers accepted |
| --- | --- | --- |"""


def main(arguments: Sequence[str]) -> int:
    every = answers()
    if arguments:
        module, _, name = arguments[0].partition(":")
        print(line(arguments[0], score(getattr(importlib.import_module(module), name), every)))
        return 0
    lines = [line(str(judge.__doc__).split(". ")[0].removesuffix("."), score(judge, every)) for judge in JUDGES]
    write_text(ANSWERS / "README.md", "\n".join([HEAD, *lines]) + "\n")
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
