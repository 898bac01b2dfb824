"""Every lesson under nbval, solved: it passes."""

import nbformat
import pytest

from tests.lessons import LESSONS
from tests.notebooks.running import code_cells, nbval
from tools import build


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_solved_lesson_passes(lesson, tmp_path):
    notebook = nbformat.read(build.SOLUTIONS / f"{lesson.stem}.ipynb", as_version=4)
    outcome = nbval(tmp_path / "solutions" / f"{lesson.stem}.ipynb", notebook)
    assert len(outcome) == len(code_cells(notebook))
    assert {number: text for number, text in outcome.items() if text} == {}


@pytest.mark.parametrize("lesson", ["01a_word_embeddings", "01b_what_vectors_know", "02a_rnn", "02b_gradients"])
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
