"""Every lesson under nbval, blank: it fails at its checks, as not attempted, and before them nowhere.

The cells that the checks need are run, not the lesson's experiments: these take most of the time, and
`tests/browser/test_lab.py` runs each blank lesson from top to bottom.
"""

import pytest

from course_lib.learner.notebook import plain
from course_lib.teacher.needed import needed
from tests.lessons import LESSONS
from tests.notebooks.running import code_cells, nbval
from tools import build


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_blank_lesson_fails_at_its_checks_alone(lesson, tmp_path):
    notebook = build.blank(build.read_lesson(lesson))
    cells = code_cells(notebook)
    checks = {number for number, cell in enumerate(cells) if build.is_check(cell)}
    sources = [cell.source for cell in cells]
    run = needed(sources, frozenset(map(plain, sources)), frozenset(checks))
    for number in set(range(len(cells))) - run:
        cells[number].source = ""
    outcome = nbval(tmp_path / f"{lesson.stem}.ipynb", notebook)
    assert len(outcome) == len(cells)
    failed = {number: text for number, text in outcome.items() if text}
    elsewhere = {number: text for number, text in failed.items() if number not in checks}
    assert elsewhere == {}, "a blank exercise must not stop the lesson"
    assert set(failed) == checks, "a check that passes on a blank exercise, or a solution that was left in"
    assert all("Not attempted" in text for text in failed.values())
