"""`course doctor` as its user calls it: here, and where torch is broken."""

import io
import json
import os
import subprocess
import sys

import pytest

from course_lib import cli, folders
from course_lib.commands import doctor
from course_lib.learner import health
from course_lib.learner.health.finding import fine, odd, wrong


def course(*arguments, **variables):
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "course_lib.cli", *arguments],
        cwd=folders.PACKAGE.parent,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | variables,
        capture_output=True,
        encoding="utf-8",
    )


def test_nothing_is_wrong_here():
    done = course("doctor", "--json")
    found = json.loads(done.stdout)
    assert [each for each in found["findings"] if each["state"] == "wrong"] == []
    assert (done.returncode, found["wrong"]) == (0, 0)
    assert {"python", "torch", "numpy", "jupyterlab"} <= found["versions"].keys()
    assert all(each.keys() == {"about", "state", "found", "mend", "command"} for each in found["findings"])
    seen = {each["about"] for each in found["findings"]}
    assert {"python", "environment", "packages", "torch", "torch at work", "loading", "disk", "folders"} <= seen
    assert {"memory", "localhost", "fonts of figures", "terminal", "kernel", "widgets"} <= seen
    assert {"notebooks", "progress", "data"} <= seen


def test_a_torch_that_ends_its_process(tmp_path):
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text("import os\nos._exit(139)\n")
    done = course("doctor", PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert "✗ loading" in done.stdout
    assert "can't be loaded: it ended its process by SIGSEGV" in done.stdout
    assert "things to mend, this one first" in done.stdout
    assert "✓ kernel" in done.stdout, "what needs no torch is looked at all the same"
    assert "To copy into a question:\n  course " in done.stdout
    assert done.stderr == ""


def test_nothing_that_may_be_broken_is_imported_by_the_command_itself():
    code = "import sys\nfrom course_lib import cli\nfrom course_lib.commands import doctor\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folders.PACKAGE.parent)
    names = {name.partition(".")[0] for name in done.stdout.split()}
    assert "course_lib" in names
    assert not names & {"torch", "numpy", "matplotlib", "IPython", "nbformat", "psutil", "jupyter_client", "packaging"}


def test_an_area_that_fails_hinders_no_other(monkeypatch):
    def broken(*arguments):
        raise RuntimeError("of all things\nthis")

    monkeypatch.setattr(health, "attempt", lambda steps, seconds: {})
    monkeypatch.setattr(health.machine, "look", broken)
    found = health.examine()
    assert ("machine", "odd", "It could not be looked at: RuntimeError: this") in [
        (finding.about, finding.state, finding.found) for finding in found
    ]
    assert "data" in [finding.about for finding in found]


FINE = fine("python", "Python 3.12.")
ODD = odd("threads", "One of four.", "Use all:", "unset OMP_NUM_THREADS")
WRONG = wrong("torch", "It does not fit.", "Make it anew.", "make lab")


@pytest.mark.parametrize(
    ("findings", "status", "says"),
    [
        ([FINE], 0, "\nNothing is wrong.\n"),
        ([FINE, ODD], 0, "\nNothing is wrong. 1 thing is odd, marked !.\n"),
        ([FINE, ODD, ODD], 0, "\nNothing is wrong. 2 things are odd, marked !.\n"),
        ([ODD, WRONG], 1, "\n1 thing to mend: torch: It does not fit.\n"),
        (
            [WRONG, WRONG],
            1,
            "\n2 things to mend, this one first (others may follow from it): torch: It does not fit.\n",
        ),
    ],
)
def test_the_conclusion_and_the_exit_status(monkeypatch, capsys, findings, status, says):
    monkeypatch.setattr(doctor, "examine", lambda: findings)
    assert cli.main(["doctor"]) == status
    assert says in capsys.readouterr().out
    assert cli.main(["doctor", "--json"]) == status
    found = json.loads(capsys.readouterr().out)
    assert found["wrong"] == sum(finding is WRONG for finding in findings)
    assert found["odd"] == sum(finding is ODD for finding in findings)


def test_how_it_is_shown(capsys):
    doctor.print_findings([FINE, ODD, WRONG])
    assert capsys.readouterr().out.startswith(
        "  ✓ python   Python 3.12.\n"
        "  ! threads  One of four.\n"
        "             Use all:\n"
        "                 unset OMP_NUM_THREADS\n"
        "  ✗ torch    It does not fit.\n"
        "             Make it anew.\n"
        "                 make lab\n"
    )


def test_lines_fit_a_terminal_and_commands_stay_whole(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    shown, command = Terminal(), "pip install " + "package " * 20
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setenv("COLUMNS", "60")
    doctor.print_findings([wrong("torch", "It does not fit. " * 9, "Make it anew.", command)])
    lines = shown.getvalue().split("\n\n")[0].splitlines()
    assert lines.pop().strip() == command.strip()
    assert max(map(len, lines)) < 60 < len(command)


@pytest.mark.parametrize(("encoding", "signs"), [("utf-8", "✓!✗"), ("cp949", "+!x"), ("ascii", "+!x")])
def test_signs_differ_in_every_encoding(monkeypatch, encoding, signs):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    assert "".join(map(doctor._sign, ("fine", "odd", "wrong"))) == signs
