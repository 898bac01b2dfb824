"""The progress bar: after three seconds, and only where somebody watches."""

import io
import os
from types import SimpleNamespace

import nbformat
import pytest
from nbclient import NotebookClient

from course_lib import progress_bar
from course_lib.progress_bar import ProgressBar
from tools import build


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def watched(monkeypatch):
    """As on a learner's terminal, not under pytest."""
    terminal = Terminal()
    monkeypatch.setattr(progress_bar, "os", SimpleNamespace(environ={}))
    monkeypatch.setattr(progress_bar, "sys", SimpleNamespace(modules={}, stderr=terminal))
    return terminal


@pytest.fixture
def clock(monkeypatch):
    """The time, which stands still unless the test sets it; tqdm's as well."""
    now = SimpleNamespace(seconds=1000.0)
    monkeypatch.setattr(progress_bar, "time", SimpleNamespace(monotonic=lambda: now.seconds))
    monkeypatch.setattr("tqdm.std.time", lambda: now.seconds)
    return now


def shown(terminal):
    """What stands on its line, last."""
    return terminal.getvalue().split("\r")[-1].strip()


def test_what_takes_three_seconds_shows_nothing(watched, clock):
    with ProgressBar("reading", total=10, unit="book") as bar:
        for _ in range(10):
            clock.seconds += 0.29
            bar.update()
    assert watched.getvalue() == ""


def test_after_three_seconds_it_shows_how_far_and_how_long(watched, clock):
    with ProgressBar("reading", total=10, unit="book") as bar:
        for _ in range(4):
            clock.seconds += 2
            bar.update()
        assert shown(watched).startswith("reading:  40%|")
        assert shown(watched).endswith("| 4/10 [00:08<00:12,  2.00s/book]")
    assert shown(watched) == "", "and goes"


def test_a_share_is_shown_in_per_cent(watched, clock):
    with ProgressBar("training") as bar:
        clock.seconds += 9
        bar.reach(0.3, "loss 2.5")
        clock.seconds += 1
        bar.reach(0.5, "loss 1.5")
        assert shown(watched).startswith("training: 50%|")
        assert shown(watched).endswith("| 00:10<00:10, loss 1.5")


def test_a_line_is_printed_above(watched, clock, capsys):
    with ProgressBar("training") as bar:
        bar.print("before there is a bar")
        clock.seconds += 9
        bar.reach(0.3)
        bar.print("epoch 1")
    assert capsys.readouterr().out == "before there is a bar\nepoch 1\n"


@pytest.mark.parametrize("name", ["COURSE_QUIET", "PYTEST_CURRENT_TEST", "PYTEST_VERSION"])
def test_quiet_where_told_so_and_under_pytest(watched, clock, name):
    progress_bar.os.environ[name] = "1"
    with ProgressBar("training") as bar:
        clock.seconds += 9
        bar.reach(0.3)
    assert watched.getvalue() == ""


def test_quiet_where_output_is_no_terminal(watched, clock):
    watched.isatty = lambda: False
    with ProgressBar("training") as bar:
        clock.seconds += 9
        bar.reach(0.3)
        bar.print("a line")
    assert watched.getvalue() == ""


BAR = """
from course_lib import progress_bar
progress_bar.DELAY = 0
with progress_bar.ProgressBar("training") as bar:
    bar.reach(0.5)
"""


def _notebook(*cells):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


def test_in_a_notebook_it_is_a_widget():
    """A kernel that pytest starts has the variables of pytest, as one that nbval starts; this one has to look away."""
    away = "import os\nfor name in ('PYTEST_CURRENT_TEST', 'PYTEST_VERSION'):\n    os.environ.pop(name, None)"
    notebook = _notebook(BAR, away, BAR)
    NotebookClient(notebook, kernel_name="python3").execute()
    under_pytest, _, outside = (cell.outputs for cell in notebook.cells)
    assert under_pytest == []
    assert ["application/vnd.jupyter.widget-view+json" in output.data for output in outside] == [True]


def test_a_solved_notebook_holds_no_bar(monkeypatch):
    for name in ("PYTEST_CURRENT_TEST", "PYTEST_VERSION"):
        monkeypatch.delenv(name, raising=False)
    assert [cell.outputs for cell in build.execute(_notebook(BAR)).cells] == [[]]
    assert "COURSE_QUIET" not in os.environ
