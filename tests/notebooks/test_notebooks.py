"""Every lesson under nbval: solved it passes; blank it fails at its checks and nowhere else, as not attempted."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import nbformat
import pytest

from tools import build

LESSONS = sorted(build.LESSONS.glob("[0-9][0-9]_*.py"))
SECONDS_PER_CELL = 240  # generous: a loaded machine is no defect of the lesson


def nbval(path: Path, notebook: nbformat.NotebookNode) -> dict[int, str | None]:
    """Write the notebook, run it under nbval as a learner would; what failed, for each code cell, or None."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    junit = path.with_suffix(".xml")
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", str(build.ROOT / "pyproject.toml")),
            *("--nbval-lax", "--nbval-current-env", f"--nbval-cell-timeout={SECONDS_PER_CELL}"),
            *(f"--junitxml={junit}", f"--rootdir={path.parent}", str(path)),
        ],
        cwd=path.parent,
        capture_output=True,
        text=True,
    )
    assert junit.exists(), f"pytest did not run: {ran.stdout}\n{ran.stderr}"
    outcome = {}
    for case in ElementTree.parse(junit).iter("testcase"):
        number = int(re.search(r"Cell (\d+)$", case.get("name"))[1])
        trouble = next((c for c in case if c.tag in ("failure", "error", "skipped")), None)
        outcome[number] = None if trouble is None else f"{trouble.get('message')}\n{trouble.text}"
    return outcome


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_solved_lesson_passes(lesson, tmp_path):
    notebook = nbformat.read(build.SOLUTIONS / f"{lesson.stem}.ipynb", as_version=4)
    outcome = nbval(tmp_path / "solutions" / f"{lesson.stem}.ipynb", notebook)
    assert len(outcome) == len(code_cells(notebook))
    assert {number: text for number, text in outcome.items() if text} == {}


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


@pytest.mark.parametrize("lesson", ["01_word_embeddings", "02_rnn"])
def test_lesson_runs_on_korean_too(lesson, tmp_path):
    """The lesson says so."""
    notebook = build.solved(build.read_lesson(build.LESSONS / f"{lesson}.py"))
    (cell,) = (cell for cell in notebook.cells if 'LANGUAGE = "en"' in cell.source and cell.cell_type == "code")
    cell.source = cell.source.replace('LANGUAGE = "en"', 'LANGUAGE = "ko"')
    for cell in notebook.cells:  # outputs are those of English
        cell.metadata["tags"] = [tag for tag in cell.metadata.get("tags", []) if tag != "nbval-check-output"]
    outcome = nbval(tmp_path / "korean.ipynb", notebook)
    assert len(outcome) == len(code_cells(notebook))
    assert {number: text for number, text in outcome.items() if text} == {}
