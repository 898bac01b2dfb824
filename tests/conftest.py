"""What every test needs: the learner's own progress is never touched; and the closing line of the exercises."""

import signal
import sys

import pytest
import torch

from course_lib import models
from tests.translators import SMALL_MODELS

collect_ignore = ["browser"]  # needs Chromium: only when it is named, as `make browser` does

COUNTED = {
    "right answer accepted": "right answers accepted",
    "wrong answer rejected": "wrong answers rejected",
    "mistake named": "mistakes named",
}


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Workers share the tests file by file, since those of a file share what they compute; but each notebook, which may
    take a minute, goes to whoever is free.
    """
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class FilesAndNotebooks(LoadFileScheduling):
        def _split_scope(self, nodeid):
            return nodeid if nodeid.startswith("tests/notebooks/") else super()._split_scope(nodeid)

    return FilesAndNotebooks(config, log)


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    """So small are the matrices that a second thread saves nothing, and on a busy machine each step waits for it."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session", autouse=True)
def interrupts():
    """Ctrl-C interrupts, as it does for a learner: a shell that starts something in the background has it ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def own_progress(tmp_path, monkeypatch):
    """Checks that a test runs are recorded in its own folder, also by the kernels that it starts."""
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.json"))
    monkeypatch.delenv("COURSE_REPORT", raising=False)


@pytest.fixture
def small_models(monkeypatch):
    """The models of size tiny are so small that a test can train them. Dropout draws random numbers, as in earnest."""
    dropping = {name: of | {"dropout": 0.1} if "dropout" in of else of for name, of in SMALL_MODELS.items()}
    monkeypatch.setitem(models.SIZES, "tiny", dropping)


@pytest.fixture(autouse=True)
def no_figure_is_left():
    """A figure that nobody closes stays in memory, and is shown a second time in a notebook."""
    yield
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        left = pyplot.get_fignums()
        pyplot.close("all")
        assert left == []


def pytest_terminal_summary(terminalreporter):
    """One closing line: how many answers the checks accepted, rejected, and called by their mistake."""
    # Properties travel with the reports, those of pytest-xdist's workers too.
    reports = [report for kind in terminalreporter.stats.values() for report in kind]
    found = [entry for report in reports if getattr(report, "when", "") == "call" for entry in report.user_properties]
    counts = []
    for name, label in COUNTED.items():
        if values := [value for key, value in found if key == name]:
            counts.append(f"{label} {sum(values)}/{len(values)}")
    if counts:
        terminalreporter.write_line("exercises: " + " · ".join(counts))
