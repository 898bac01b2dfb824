"""A class with notebooks that do harm, run as `course report` runs it: each harms itself alone."""

import contextlib
import json
import os
import socket
import sys
import textwrap
import threading
import time
from pathlib import Path

import nbformat
import psutil
import pytest

from course_lib import folders
from course_lib.commands import report
from course_lib.teacher.box import Limits, course_copy
from course_lib.teacher.class_run import INTERRUPTED, ClassRun
from course_lib.teacher.rows import notebooks_in

IMPORT = "from course_lib.exercises import check"
RIGHT = "def double(x):\n    return 2 * x"
CHECK = 'check("00.first", double)'
ANSWERED = (IMPORT, RIGHT, CHECK)
SMALL = Limits(seconds=60, memory=3 << 29, processes=30, printed=1 << 20, written=80 << 20)
MARK = "left behind by a notebook of the test"
LEFT = "import time; time.sleep(300)"
if os.name != "nt":  # it leaves its parent and its group
    LEFT = "import os, time; os.setsid(); os.fork() and (time.sleep(1), os._exit(0)); time.sleep(300)"
LEAVE = f"""
    import subprocess, sys, time
    subprocess.Popen([sys.executable, "-c", {LEFT!r}, {MARK!r}])
    time.sleep(2)
"""

EVIL = {
    "endless": (*ANSWERED, "import time\nwhile True:\n    time.sleep(0.1)", "1 / 0"),
    "bomb": (
        *ANSWERED,
        f"""
        import subprocess, sys
        sleep = [sys.executable, "-Sc", "import time; time.sleep(300)", {MARK!r}]
        started = [subprocess.Popen(sleep) for _ in range(100)]
        [each.wait() for each in started]
        """,
    ),
    "memory": ("kept = []\nwhile True:\n    kept.append(b'x' * (50 << 20))", *ANSWERED),
    "memory of several": (
        """
        import subprocess, sys, time
        hog = "import time; kept = b'x' * (500 << 20); time.sleep(300)"
        started = [subprocess.Popen([sys.executable, "-Sc", hog]) for _ in range(4)]
        time.sleep(300)
        """,
        CHECK,
    ),
    "prints": ("while True:\n    print('x' * 1000)", CHECK),
    "dies": (*ANSWERED, "import os\nos._exit(1)", "print(1)"),
    "sends": (
        *ANSWERED,
        """
        kernel = get_ipython().kernel
        kernel.session.send(kernel.iopub_socket, "status", content={}, parent=kernel.get_parent())
        """,
    ),
    "leaves": ("raise SystemExit(3)", LEAVE, *ANSWERED),
    "large file": ("with open('large', 'wb') as file:\n    file.write(bytes(200 << 20))", CHECK),
    "forges": (
        """
        import json, os
        with open(os.environ["COURSE_REPORT"], "a") as lines:
            lines.write(json.dumps({"id": "00.first", "state": "correct", "message": "<b>mine</b>"}) + "\\n")
        """,
        CHECK,
    ),
}


def write(path: Path, *sources: str) -> None:
    cells = [nbformat.v4.new_code_cell(textwrap.dedent(source)) for source in sources]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


def run(folder, course, **options):
    work = ClassRun(folder, course, options.pop("limits", SMALL), jobs=3, **options)
    return {row.file.removesuffix(".ipynb"): row for row in work.run(notebooks_in(folder, folder / "report"))}


class Server:
    """Counts who connects to it, on this machine."""

    def __init__(self):
        self.reached = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                self.socket.accept()[0].close()
            except OSError:
                return
            self.reached += 1


@pytest.fixture(scope="module")
def walled():
    """A copy of the course, with walls where this system has them."""
    with course_copy() as course:
        yield course


@pytest.fixture(scope="module")
def harm(walled, tmp_path_factory):
    """The rows of a class with two learners and everything that does harm; also what became of the surroundings."""
    folder = tmp_path_factory.mktemp("class") / "[3b] 우리 반"
    server = Server()
    for name, sources in EVIL.items():
        write(folder / f"{name}.ipynb", *sources)
    for name in ("a right", "z right"):
        write(folder / f"{name}.ipynb", *ANSWERED)
    (folder / "report").mkdir()
    targets = [str(folders.PACKAGE / "made_by_a_notebook"), str(folder / "report" / "report.csv")]
    targets += [str(folder / "a right.ipynb"), str(walled.given / "course" / "made")]
    targets += [str(Path(sys.prefix) / "made_by_a_notebook")]
    meddle = f"""
        for target in {targets}:
            try:
                open(target, "a").close()
                print("opened", target)
            except OSError:
                continue
        import socket
        seen = []
        try:
            socket.create_connection(("127.0.0.1", {server.socket.getsockname()[1]}), timeout=5).close()
        except OSError as error:
            seen.append(error)
        import os, sys
        from pathlib import Path
        import course_lib
        assert str(Path(course_lib.__file__)).startswith(str(Path.cwd().parent)), course_lib.__file__
        assert "SECRET_OF_THE_TEACHER" not in os.environ
        (Path(course_lib.__file__).parent / "its_own.py").write_text("1")
        if not seen:
            raise RuntimeError("the network is there")
        if os.path.exists({str(folder)!r}):
            raise RuntimeError("the others are there")
    """
    write(folder / "meddles.ipynb", meddle, *ANSWERED)
    before = (folder / "a right.ipynb").read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_OF_THE_TEACHER", "1")
        rows = run(folder, walled)
    made = [target for target in targets if Path(target).exists()]
    for place in (folders.PACKAGE, Path(sys.prefix)):  # without walls it could
        (place / "made_by_a_notebook").unlink(missing_ok=True)
    yield rows, server, set(made) == {str(folder / "a right.ipynb")}, (folder / "a right.ipynb").read_bytes() == before
    server.socket.close()


def left() -> list[psutil.Process]:
    return [each for each in psutil.process_iter() if MARK in _command(each)]


def _command(process):
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.mark.parametrize("name", ["a right", "z right", "endless", "bomb", "dies", "sends", "leaves", "meddles"])
def test_what_was_right_counts(harm, name):
    rows, *_ = harm
    assert rows[name].states["00.first"][0] == "correct", rows[name]
    assert "double" in rows[name].states["00.first"][1]


@pytest.mark.parametrize("name", ["a right", "z right"])
def test_learners_beside_harm_have_nothing_of_it(harm, name):
    rows, *_ = harm
    assert (rows[name].problem, rows[name].broken, rows[name].notes) == ("", (), ())
    assert (rows[name].right, rows[name].lesson, rows[name].title) == (1, "00", "start here")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("bomb", "stopped: it ran more than 30 processes at a time"),
        ("memory of several", "stopped: it took more than 1.5 GB of memory"),
        ("prints", "stopped: it printed more than 1 MB"),
    ],
)
def test_a_limit_that_ends_the_run_is_named(harm, name, says):
    rows, *_ = harm
    assert rows[name].problem == says
    assert rows[name].broken[-1].startswith(says)
    assert rows[name].states.keys() >= {"00.first"}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("endless", "did not end within 20 seconds, and was interrupted (1 more cell after it failed)"),
        ("memory", "emory"),  # MemoryError, or what the watch says
        ("dies", "the kernel died, in the cell that begins `import os`; 1 cells after it were not run"),
        ("sends", "the kernel sent what can't be understood (KeyError: 'execution_state'), in the cell that begins"),
        ("large file", "OSError: [Errno " if os.name != "nt" else "stopped: it wrote more than 80 MB"),
    ],
)
def test_what_a_cell_does_to_itself_stands_in_its_row(harm, walled, name, says):
    rows, *_ = harm
    assert says in rows[name].broken[0]
    assert rows[name].problem == "" or not walled.isolated


def test_nothing_is_left_running(harm):
    end = time.monotonic() + 10
    while left() and time.monotonic() < end:
        time.sleep(0.1)
    assert left() == []


def test_behind_walls_there_is_no_network_and_no_other_file(harm, walled):
    rows, server, nothing_made, same = harm
    assert same
    if walled.isolated:
        assert rows["meddles"].broken == ()
        assert server.reached == 0
        assert nothing_made
    else:
        assert walled.why_not
    assert not (folders.PACKAGE / "its_own.py").exists(), "it had a copy of the course"


def test_who_forges_a_record_has_it_in_their_own_row_with_a_note(harm):
    rows, *_ = harm
    assert rows["forges"].states["00.first"] == ("correct", "<b>mine</b>")
    assert rows["forges"].notes == ("look at it yourself: its code names `COURSE_REPORT`, which checks work with",)
    assert [name for name, row in rows.items() if row.notes] == ["forges"]


def test_without_walls_limits_hold_and_what_is_left_is_ended(tmp_path):
    write(tmp_path / "a.ipynb", *ANSWERED, LEAVE)
    write(tmp_path / "b.ipynb", *EVIL["bomb"])
    with course_copy(isolated=False) as course:
        rows = run(tmp_path, course)
    assert (rows["a"].right, rows["a"].problem, rows["a"].broken) == (1, "", ())
    assert rows["b"].problem == "stopped: it ran more than 30 processes at a time"
    assert left() == []
    assert not course.folder.exists()


def test_a_run_that_takes_too_long_is_ended_with_what_it_had(walled, tmp_path):
    write(tmp_path / "a.ipynb", *["import time\ntime.sleep(300)"] * 5, CHECK)  # a third of the time for each
    rows = run(tmp_path, walled, limits=Limits(seconds=6))
    assert rows["a"].problem == "stopped: it took more than 6 seconds"


def test_a_worker_that_dies_spoils_its_own_row(walled, tmp_path, monkeypatch):
    write(tmp_path / "a.ipynb", *ANSWERED)
    monkeypatch.setenv("PYTHONHOME", str(tmp_path / "nowhere"))
    assert run(tmp_path, walled)["a"].problem == "stopped: its worker died with status 1"


@pytest.mark.skipif(sys.platform == "win32", reason="no signal of Windows is Ctrl-C for one process alone")
def test_interrupted_it_writes_what_there_is(walled, tmp_path, monkeypatch, capsys):
    write(tmp_path / "class" / "a.ipynb", *ANSWERED)
    write(tmp_path / "class" / "b.ipynb", "import time\ntime.sleep(300)", CHECK)
    whole = ClassRun.one

    def one(self, path):
        if path.name == "b.ipynb":
            threading.Timer(4.0, lambda: os.kill(os.getpid(), 2)).start()
        return whole(self, path)

    monkeypatch.setattr(ClassRun, "one", one)
    monkeypatch.setattr(report, "course_copy", lambda: contextlib.nullcontext(walled))
    assert _main(tmp_path / "class", "--jobs", "1") == 130
    rows = json.loads((tmp_path / "class" / "report" / "report.json").read_text(encoding="utf-8"))["rows"]
    assert {row["file"]: row["problem"] for row in rows} == {"a.ipynb": "", "b.ipynb": INTERRUPTED}
    assert "b.ipynb" in (tmp_path / "class" / "report" / "report.html").read_text(encoding="utf-8")


def _main(*arguments) -> int:
    import argparse

    parser = argparse.ArgumentParser()
    report.arguments(parser)
    return report.run(parser.parse_args(list(map(str, arguments))))
