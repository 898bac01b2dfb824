"""Notebooks in real kernels: what becomes of each cell, whatever the learner's code does."""

import json
import sys
import textwrap

import nbformat
import pytest

from course_lib.learner import running
from course_lib.learner.notebook import read
from course_lib.learner.running import Ran, one_line, run


@pytest.fixture
def ran(tmp_path):
    """Run a notebook of these cells, in a folder whose name has spaces, brackets and Hangul."""

    def of(*sources, tags=None, **options) -> Ran:
        cells = [nbformat.v4.new_code_cell(textwrap.dedent(source)) for source in sources]
        for place, of_cell in (tags or {}).items():
            cells[place].metadata["tags"] = of_cell
        notebook = nbformat.v4.new_notebook(cells=cells)
        notebook.metadata["kernelspec"] = {"name": "conda-env-nlp", "display_name": "of another machine"}
        folder = tmp_path / "[NLP] 내 수업"
        folder.mkdir(exist_ok=True)
        nbformat.write(notebook, folder / "a.ipynb")
        return run(read(folder / "a.ipynb"), **options)

    return of


IMPORT = "from course_lib.exercises import check"
RIGHT = "def double(x):\n    return 2 * x"
CHECK = 'check("00.first", double)'


def test_a_run_to_its_end(ran, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTEST_ADDOPTS", "-n 2")
    monkeypatch.setenv("MPLBACKEND", "module://backend_interagg")
    done = ran(
        IMPORT,
        RIGHT,
        CHECK,
        "1 / 0",
        "print('x' * 10_000_000)",
        "import os, sys\nfrom pathlib import Path\nassert Path.cwd().name == '[NLP] 내 수업', Path.cwd()",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
        "assert 'PYTEST_ADDOPTS' not in os.environ",
        "def broken(:\n    pass",
        "input('yes? ')",
        "%%bash --no-such-option\nls",
        "raise SystemExit(3)",
        "last = 1",
        tags={3: ["raises-exception"], 5: ["skip-execution"]},
    )
    assert done.states == {"00.first": ("correct", "`double` is right, and the rest of the lesson runs on it.")}
    assert done.ended == ""
    assert done.at == 12
    assert done.troubles.pop(3) == "ZeroDivisionError: division by zero"
    assert done.troubles.pop(8).startswith("SyntaxError: ")
    assert done.troubles.pop(9).startswith("StdinNotImplementedError: ")
    done.troubles.pop(10)
    done.troubles.pop(11, None)  # IPython makes little of it
    assert done.troubles == {}
    assert json.loads((tmp_path / "progress.json").read_text())["00.first"]["state"] == "correct"


def test_it_is_this_python_whatever_kernels_are_installed(ran, tmp_path, monkeypatch):
    other = tmp_path / "kernels" / "python3"
    other.mkdir(parents=True)
    spec = {"argv": ["no-such-python", "{connection_file}"], "display_name": "Python 3", "language": "python"}
    (other / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    done = ran(f"import sys\nassert sys.executable == {sys.executable!r}")
    assert (done.troubles, done.ended) == ({}, "")


def test_a_kernel_that_dies(ran):
    done = ran(IMPORT, RIGHT, CHECK, "import os\nos._exit(1)", "print(1)")
    assert done.ended == "the kernel died"
    assert done.at == 3
    assert done.states["00.first"][0] == "correct", "what was found before is kept"


def test_a_cell_that_does_not_end_is_interrupted_and_the_rest_runs(ran):
    done = ran("import time", "while True:\n    time.sleep(0.01)", "1 / 0", seconds=2)
    assert done.troubles == {
        1: "it did not end within 2 seconds, and was interrupted",
        2: "ZeroDivisionError: division by zero",
    }
    assert done.ended == ""


def test_a_cell_that_cannot_be_interrupted_ends_the_run(ran, monkeypatch):
    monkeypatch.setattr(running, "_HEARD", 1.0)
    stubborn = (
        "import time\nwhile True:\n    try:\n        time.sleep(0.01)\n    except KeyboardInterrupt:\n        pass"
    )
    done = ran(stubborn, "1 / 0", seconds=2)
    assert done.ended == "a cell did not end within 2 seconds, and could not be interrupted"
    assert (done.at, list(done.troubles)) == (0, [0])


def test_the_best_result_of_a_check_counts(ran):
    wrong, blank = "def double(x):\n    return x", "def double(x):\n    raise NotImplementedError"
    done = ran(IMPORT, wrong, CHECK, RIGHT, CHECK, blank, CHECK)
    assert done.states["00.first"][0] == "correct"
    done = ran(IMPORT, wrong, CHECK, blank, CHECK)
    assert done.states["00.first"][0] == "wrong value"


def test_progress_elsewhere(ran, tmp_path):
    ran(IMPORT, RIGHT, CHECK, progress=str(tmp_path / "other.json"))
    assert (tmp_path / "other.json").exists()
    assert not (tmp_path / "progress.json").exists()


def test_a_kernel_that_cannot_start(ran, monkeypatch):
    monkeypatch.setattr(running.sys, "executable", "/no/such/python")
    assert ran("1").ended.startswith("the kernel could not be started: ")


def test_a_report_that_was_cut_off():
    done = Ran()
    for line in ('{"id": "00.first", "state": "wrong value", "message": "m"}', '{"id": "00.fi', "[]", "{}"):
        running.note(done, line)
    assert done.states == {"00.first": ("wrong value", "m")}


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("ValueError", "a\nb", "ValueError: a"),
        ("KeyError", "", "KeyError"),
        ("", "", "it failed without a message"),
        ("E", "\x1b[31mred\x1b[0m", "E: red"),
    ],
)
def test_an_error_as_a_line(name, value, line):
    assert one_line(name, value) == line
