"""Lesson 00 shows what its first check says: the panels in its text are those that a learner sees."""

import re
from pathlib import Path

import pytest

from course_lib.exercises import find, grade, grading
from course_lib.exercises.finding import Outcome

LESSON = Path(__file__).resolve().parents[2] / "lessons" / "00_start_here.py"


def blank(x):
    raise NotImplementedError


def adds_two(x):
    return x + 2


def doubles(x):
    return 2 * x


def panels() -> list[str]:
    text = "\n".join(line.removeprefix("# ") for line in LESSON.read_text(encoding="utf-8").splitlines())
    return re.findall(r"```text\n(.*?)\n```", text, re.DOTALL)


@pytest.mark.parametrize(("number", "answer"), enumerate([blank, adds_two, doubles]))
def test_the_panels_of_the_opening_are_what_the_check_says(number, answer, monkeypatch):
    monkeypatch.setattr(grading, "_hints_given", {})
    shown = grading.panel_of(grade(find("00.first"), answer)).text()
    assert panels()[number] == shown


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (lambda x: 2 * y, Outcome.RAISED),  # noqa: F821
        (lambda x: x.sum(), Outcome.SHAPE),
        (lambda x: 2.0 * x, Outcome.TYPE),
    ],
)
def test_the_three_other_outcomes_can_be_seen_as_the_opening_says(answer, state):
    assert grade(find("00.first"), answer).outcome is state
