"""Which cells are run for the checks: the learner's own always, the course's own where something hangs on them."""

from pathlib import Path

import nbformat
import pytest

from course_lib import folders
from course_lib.learner.lessons import NAMES
from course_lib.learner.notebook import plain, read
from course_lib.teacher.needed import course_cells, names_of, needed, only_needed

ROOT = Path(folders.PACKAGE).parent
COURSE = [
    "import torch\nfrom course_lib.exercises import check",
    "def double(x):\n    raise NotImplementedError",
    'check("00.first", double)',
    "rows = [1, 2]\nwidth = 3",
    "rows.append(double(2))",
    "def train(model):\n    return [model(row) for row in rows]",
    "history = train(double)",
    "print(torch.tensor(history))",
]
OWN = frozenset(map(plain, COURSE))


def run(change=(), checks=(2,)):
    """The cells that run, when these are other than the course gives them: place -> source."""
    cells = list(COURSE)
    for place, source in dict(change).items():
        cells[place] = source
    return sorted(needed(cells, OWN, frozenset(checks)))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, [0, 1, 2]),
        ({1: "def double(x):\n    return 2 * x"}, [0, 1, 2]),
        ({7: "print(width)"}, [0, 1, 2, 3, 7]),
        # What is put into a list counts, too, and whoever calls what uses it may put something in.
        ({1: "def double(x):\n    return rows[0] * x"}, [0, 1, 2, 3, 4, 5, 6]),
        ({7: "print(history)"}, [0, 1, 2, 3, 4, 5, 6, 7]),
        ({7: "print(len(eval('rows')))"}, [0, 1, 2, 3, 4, 5, 6, 7]),
        ({7: "%timeit train(double)"}, [0, 1, 2, 3, 4, 5, 6, 7]),
        ({7: "this is no Python: width"}, [0, 1, 2, 3, 7]),
        ({7: "width += 1"}, [0, 1, 2, 3, 7]),
        ({7: "del width"}, [0, 1, 2, 3, 7]),
        ({7: "def far():\n    global width\n    width += 4"}, [0, 1, 2, 3, 7]),
        ({7: "print([width for width in [1]])"}, [0, 1, 2, 7]),  # another one of that name
        ({3: f"  \n{COURSE[3]}  \n\n"}, [0, 1, 2]),
        ({3: "width = 5"}, [0, 1, 2, 3]),
    ],
)
def test_cells_that_run(change, expected):
    assert run(change) == expected


def test_names_of_a_cell():
    names = names_of("import torch as t\nfrom a import b\ndef f(x):\n    return x + y\nclass K: pass\nz = f(1)")
    assert names.makes == {"t", "b", "f", "K", "z"}
    assert names.fixed == {"t", "b", "f", "K"}
    assert names.uses >= {"f", "y"}
    assert not names.uses & {"x", "t"}
    assert names_of("import a\na = 1").fixed == set()
    assert names_of("(" * 5000).uses == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_lesson_has_cells_that_its_checks_do_without_and_no_name_is_missing(name):
    whole = read(ROOT / "solutions" / f"{name}.ipynb")
    made = only_needed(whole)
    kept = [cell.source for cell in made.cells if cell.source]
    assert len(made.cells) == len(whole.cells)
    assert [bool(checks) for checks in made.checks.values()] == [True] * len(whole.checks)
    assert 0 < len(kept) < 0.75 * len(whole.cells)
    assert all(made.cells[place].source for places in whole.checks.values() for place in places)
    names = [names_of(source) for source in kept]
    every = frozenset().union(*(names_of(cell.source).makes for cell in whole.cells))
    wanted = frozenset().union(*(each.uses for each in names))
    assert wanted & every <= frozenset().union(*(each.makes for each in names))


def test_a_notebook_of_no_lesson_of_the_course_runs_whole(tmp_path):
    cells = [nbformat.v4.new_code_cell(source) for source in ("x = 1", "y = 2")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "a.ipynb")
    assert [cell.source for cell in only_needed(read(tmp_path / "a.ipynb")).cells] == ["x = 1", "y = 2"]
    assert course_cells("99") == frozenset()


def test_where_the_course_has_lost_its_notebook_everything_runs(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "bundled", lambda name: tmp_path)
    whole = read(ROOT / "solutions" / "00_start_here.ipynb")
    assert [cell.source for cell in only_needed(whole).cells] == [cell.source for cell in whole.cells]
