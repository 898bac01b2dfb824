"""Every lesson under nbval, blank: it fails at its checks and nowhere else, as not attempted."""

import pytest

from tests.lessons import LESSONS
from tests.notebooks.running import code_cells, nbval
from tools import build


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_blank_lesson_fails_at_its_checks_alone(lesson, tmp_path):
    notebook = build.blank(build.read_lesson(lesson))
    outcome = nbval(tmp_path / f"{lesson.stem}.ipynb", notebook)
    cells = code_cells(notebook)
    assert len(outcome) == len(cells)
    checks = {number for number, cell in enumerate(cells) if build.is_check(cell)}
    failed = {number: text for number, text in outcome.items() if text}
    elsewhere = {number: text for number, text in failed.items() if number not in checks}
    assert elsewhere == {}, "a blank exercise must not stop the lesson"
    assert set(failed) == checks, "a check that passes on a blank exercise, or a solution that was left in"
    assert all("Not attempted" in text for text in failed.values())
