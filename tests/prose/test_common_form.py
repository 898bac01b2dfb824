"""What all lessons have in common: minutes that add up, figures that fit, a quiz with one question to a cell."""

import re

import pytest

from course_lib.exercises.exercise import lesson_exercises
from tests.lessons import LESSONS, prose, source
from tools import build


@pytest.mark.parametrize("number", [path.stem.partition("_")[0] for path in LESSONS])
def test_minutes_and_difficulties_are_those_of_the_exercises(number):
    """The exercises of a second part are counted on from the first."""
    text, exercises = prose(number), lesson_exercises(number)
    first = 1 + len(lesson_exercises(f"{number[:2]}a")) * number.endswith("b")
    told = re.findall(r"### Exercise (\d+) · [^#]*? · difficulty (\d) of 5 · (\d+) minutes", text)
    assert [tuple(map(int, each)) for each in told] == [
        (place, exercise.difficulty, exercise.minutes) for place, exercise in enumerate(exercises, start=first)
    ]
    minutes = sum(exercise.minutes for exercise in exercises)
    (whole, practice) = map(int, re.search(r"About (\d+) minutes, of which the exercises take (\d+)\.", text).groups())
    assert practice == minutes < whole <= 100


@pytest.mark.parametrize("number", sorted({path.stem[:2] for path in LESSONS}))
def test_each_lesson_has_something_to_move_and_something_to_mend(number):
    assert len(re.findall(r"^\w+_explorer\.widget\(\)$", source(number), re.MULTILINE)) >= 1
    assert "## What went wrong?" in prose(number)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_no_figure_is_wider_than_a_cell(lesson):
    """JupyterLab scales a wider one down, and with it the text."""
    widths = re.findall(r"size=\(\s*([\d.]+),", lesson.read_text(encoding="utf-8"))
    assert [width for width in widths if float(width) > 10.5] == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_each_question_of_the_quiz_is_a_cell(lesson):
    """In one cell a question would stick to the last answer of the one before."""
    cells = [cell.source for cell in build.read_lesson(lesson).cells if cell.cell_type == "markdown"]
    at = next(i for i, source in enumerate(cells) if re.match(r"## Quiz", source))
    questions = [source for source in cells[at + 1 :] if re.match(r"\*\*\d\. ", source)]
    assert len(questions) >= 4
    assert sum(source.count("<details>") for source in cells[at:]) == sum(q.count("<details>") for q in questions)
    for question in questions:
        assert len(re.findall(r"^\*\*\d\. ", question, re.MULTILINE)) == 1
        assert len(re.findall(r"</summary>Yes\b", question)) == 1
        assert question.count("<details>") >= 3
