"""`course`: the tables, the exit status, and what a learner is told to mend first."""

import errno
import io
import json
import os
import subprocess
import sys

import nbformat
import pytest

from course_lib import cli, folders
from course_lib.commands import lab
from course_lib.commands.check import check, sign
from course_lib.commands.status import bar
from course_lib.exercises import find, progress
from course_lib.exercises.exercise import lesson_exercises
from course_lib.learner import lessons as own
from course_lib.usage import UsageError

RIGHT = "def lookup(ids, weight):\n    return weight[ids]"
WRONG = "def lookup(ids, weight):\n    return weight[ids].mean(1)"
BLANK = "def lookup(ids, weight):\n    raise NotImplementedError"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of one lesson with one exercise; `write(answer, more cells)` writes its notebook."""
    lookup = find("01.lookup")
    monkeypatch.setattr(folders, "home", lambda: tmp_path)
    monkeypatch.setattr(own, "lesson_exercises", lambda number: [lookup] if number == "01a" else [])
    (tmp_path / "notebooks").mkdir()

    def write(answer, *more):
        sources = ["from course_lib.exercises import check", answer, 'check("01.lookup", lookup)', *more]
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
        notebook.cells[2].metadata["tags"] = ["exercise-check"]
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, tmp_path / "notebooks" / "01a_word_embeddings.ipynb")

    return write


def test_check_of_a_right_answer(course, capsys):
    course(RIGHT)
    assert cli.main(["check", "01"]) == 0
    out = capsys.readouterr().out
    assert "01a word embeddings: 1 of 1 exercises right" in out
    assert "✓ 01.lookup  correct" in out
    assert "All right." in out
    assert progress.read()["01.lookup"]["state"] == "correct"


def test_check_of_a_wrong_answer_names_what_to_mend(course, capsys):
    course(WRONG)
    assert cli.main(["check", "1"]) == 1
    out = capsys.readouterr().out
    assert "0 of 1 exercises right" in out
    assert "✗ 01.lookup  wrong shape: the words of a sentence are averaged" in out
    assert out.count("are averaged") == 1
    assert "Mend first: 01.lookup, in notebooks/01a_word_embeddings.ipynb" in out
    assert "!" not in out, "the failed check is no broken cell"


def test_check_of_a_blank_lesson_says_what_comes_next(course, capsys):
    course(BLANK)
    assert cli.main(["check", "notebooks/01a_word_embeddings.ipynb"]) == 1
    out = capsys.readouterr().out
    assert "○ 01.lookup  not attempted" in out
    assert "Next: 01.lookup, in notebooks/01a_word_embeddings.ipynb" in out


def test_check_names_a_cell_that_fails_by_itself(course, capsys):
    course(RIGHT, "total = 0\nprint(undefined_name)")
    assert cli.main(["check"]) == 1
    out = capsys.readouterr().out
    assert "! the cell that begins `total = 0`: NameError: name 'undefined_name' is not defined" in out
    assert "Mend first: the cell marked with !" in out


def test_a_notebook_that_was_saved_while_a_cell_ran(course, tmp_path, capsys):
    course(RIGHT, "print(1)")
    path = tmp_path / "notebooks" / "01a_word_embeddings.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].outputs = [nbformat.v4.new_output("stream", text="1\n")]  # and no number of its run
    nbformat.write(notebook, path)
    assert cli.main(["check", "01"]) == 0
    assert "All right." in capsys.readouterr().out


def test_check_that_never_ran(course, capsys):
    course("def lookup(ids, weight:\n    return")
    assert cli.main(["check"]) == 1
    out = capsys.readouterr().out
    assert "– 01.lookup  not run" in out
    assert "SyntaxError" in out


def test_check_leaves_the_notebook_as_it_is(course, tmp_path):
    course(WRONG)
    path = tmp_path / "notebooks" / "01a_word_embeddings.ipynb"
    before = path.read_bytes()
    cli.main(["check", "01"])
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("8", "there is no lesson '8'; there are 00, 01a, 01b"),
        ("lookup", "there is no lesson 'lookup'; there are 00"),
        ("7", "there is no notebook of lesson 07a in"),
        ("01.looup/x", "there is no file"),
    ],
)
def test_an_unknown_lesson(course, capsys, wanted, says):
    course(BLANK)
    assert cli.main(["check", wanted]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        ("6", ["06a", "06b"]),
        ("06", ["06a", "06b"]),
        ("6b", ["06b"]),
        ("06a", ["06a"]),
        ("06b_transformer", ["06b"]),
        ("notebooks/06a_self_attention.ipynb", ["06a"]),
        ("0", ["00"]),
        (None, ["00", "06a", "06b"]),
    ],
)
def test_a_lesson_of_two_parts_is_chosen_whole_or_by_part(tmp_path, monkeypatch, wanted, chosen):
    monkeypatch.setattr(folders, "home", lambda: tmp_path)
    (tmp_path / "notebooks").mkdir()
    for name in ("06b_transformer", "00_start_here", "06a_self_attention"):
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text("{}", encoding="utf-8")
    found = own.choose(wanted)
    assert [lesson.number for lesson in found] == chosen
    titles = {"00": "start here", "06a": "self attention", "06b": "transformer"}
    assert [lesson.title for lesson in found] == [titles[number] for number in chosen]
    assert [lesson.exercises for lesson in found] == [lesson_exercises(number) for number in chosen]


def test_status_keeps_its_columns_beside_parts(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(folders, "home", lambda: tmp_path)
    (tmp_path / "notebooks").mkdir()
    for name in ("06b_transformer", "00_start_here"):
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text("{}", encoding="utf-8")
    cli.main(["status"])
    rows = capsys.readouterr().out.splitlines()[:15]
    assert len({row.index(" of ") for row in rows}) == 1
    assert rows[0].startswith("  00   start here   ")
    assert rows[12].startswith("  06b  transformer  ")


@pytest.mark.parametrize("wanted", ["6c", "00b", "60", "a", "6ab", "06a1"])
def test_a_part_that_is_not_there(tmp_path, monkeypatch, wanted):
    monkeypatch.setattr(folders, "home", lambda: tmp_path)
    (tmp_path / "notebooks").mkdir()
    for name in ("00_start_here", "06a_self_attention"):
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match=f"no lesson '{wanted}'; there are 00, 01a"):
        own.choose(wanted)


def test_no_notebooks(course, capsys):
    assert cli.main(["check"]) == 2
    assert "there are no notebooks in" in capsys.readouterr().err


def test_status_before_during_and_after(course, capsys):
    course(BLANK)
    assert cli.main(["status"]) == 0
    out = capsys.readouterr().out
    assert "01a  word embeddings      ░░░░░░░░░░   0 of 1   ○          6 min left" in out
    assert "Next: 01.lookup, about 6 minutes, in notebooks/01a_word_embeddings.ipynb" in out

    progress.record("01.lookup", "wrong value", "it picks columns")
    cli.main(["status"])
    out = capsys.readouterr().out
    assert "0 of 1   ✗" in out
    assert "It said last: it picks columns" in out

    progress.record("01.lookup", "correct", "right")
    cli.main(["status"])
    out = capsys.readouterr().out
    assert "██████████   1 of 1   ✓          done" in out
    assert "Every exercise is right" in out


def test_help_shows_the_commands_a_beginner_needs(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--help"])
    assert stopped.value.code == 0
    out = capsys.readouterr().out
    for command in ("course lab", "course check 01", "course status"):
        assert command in out
    assert cli.main([]) == 0
    assert capsys.readouterr().out == out


def test_an_unknown_command(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["chekc"])
    assert stopped.value.code == 2
    assert "chekc" in capsys.readouterr().err


def test_lab_starts_on_this_machine_alone_and_hands_arguments_on(course, tmp_path, monkeypatch):
    course(BLANK)
    monkeypatch.setenv("OMP_WAIT_POLICY", "PASSIVE")
    for name in ("JUPYTER_CONFIG_PATH", "JUPYTER_PATH"):
        monkeypatch.setenv(name, "/own")
    started = {}

    def execve(program, command, environment):
        started.update(program=program, command=command, environment=environment)

    def call(command, env):  # on Windows
        execve(command[0], command, env)
        return 0

    monkeypatch.setattr(lab.os, "execve", execve)
    monkeypatch.setattr(lab.subprocess, "call", call)
    monkeypatch.setattr(folders, "bundled", lambda name: tmp_path / name)
    cli.main(["lab", "--no-browser", "--port", "8899"])
    command = started["command"]
    assert command[:4] == [sys.executable, "-m", "jupyter", "lab"]
    assert "--ServerApp.ip=127.0.0.1" in command
    assert "--LabApp.default_url=/lab/tree/work/01a_word_embeddings.ipynb" in command
    assert command[-3:] == ["--no-browser", "--port", "8899"]
    assert not any("token" in argument for argument in command), "the token stays as JupyterLab makes it"
    assert started["environment"]["OMP_WAIT_POLICY"] == "PASSIVE"
    for name in ("JUPYTER_CONFIG_PATH", "JUPYTER_PATH"):
        assert started["environment"][name].split(os.pathsep)[:2] == [str(folders.PACKAGE / "jupyter"), "/own"]


@pytest.fixture
def installed(course, tmp_path, monkeypatch):
    """The course as a wheel brings it, with one notebook, seen from an empty working folder, which is returned."""
    course(BLANK)
    (tmp_path / "course_lib" / "data").mkdir(parents=True)
    (tmp_path / "notebooks").rename(tmp_path / "course_lib" / "notebooks")
    working = tmp_path / "working"
    working.mkdir()
    monkeypatch.setattr(folders, "PACKAGE", tmp_path / "course_lib")
    monkeypatch.setattr(folders, "home", lambda: working)
    return working


def test_an_installed_course_puts_its_notebooks_into_the_working_folder(installed, capsys):
    lab.put()
    assert f"Put 1 lesson into {installed / 'notebooks'}" in capsys.readouterr().out
    path = installed / "notebooks" / "01a_word_embeddings.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("raise", "return"), encoding="utf-8")
    lab.put()
    assert capsys.readouterr().out == ""
    assert "return NotImplementedError" in path.read_text(encoding="utf-8"), "answers are never overwritten"


def test_a_checkout_puts_copies_beside_its_own_notebooks(course, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(folders, "bundled", lambda name: tmp_path / name)
    course(RIGHT)
    lab.put()
    assert f"Put 1 lesson into {tmp_path / 'work'}" in capsys.readouterr().out
    path = tmp_path / "work" / "01a_word_embeddings.ipynb"
    assert path.read_bytes() == (tmp_path / "notebooks" / path.name).read_bytes(), "with the answers that are in it"
    assert [lesson.place for lesson in own.choose("01")] == ["work/01a_word_embeddings.ipynb"]
    lab.put()
    assert capsys.readouterr().out == ""


def test_an_installed_course_says_where_its_notebooks_are(installed, capsys):
    assert cli.main(["status"]) == 0
    out = capsys.readouterr().out
    assert "01a  word embeddings      ░░░░░░░░░░   0 of 1   ○          6 min left" in out
    assert cli.main(["check", "01"]) == 2
    assert "`course lab` puts it there" in capsys.readouterr().err


def test_the_settings_that_lab_gets_are_there():
    path = folders.PACKAGE / "jupyter" / "labconfig" / "default_setting_overrides.json"
    assert json.loads(path.read_text())["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


def test_every_lesson_is_found():
    every = own.lessons()
    assert [lesson.number for lesson in every] == sorted({lesson.number for lesson in every})
    assert all(lesson.exercises for lesson in every)


# --- the ladder ---------------------------------------------------------------------------------------------


def test_ladder_shows_the_stored_run(capsys):
    assert cli.main(["ladder"]) == 0
    out = capsys.readouterr().out
    assert "Stored run 06.ladder: 3 seeds" in out
    assert out.count("\nTransformer ") == 4, "two budgets, quality and cost"
    assert "updates; BLEU ± 95 %" in out
    assert "seconds each; BLEU ± 95 %" in out


def test_ladder_anew_goes_on_where_it_was_and_stores(monkeypatch, tmp_path, capsys):
    from course_lib.experiments import registry
    from course_lib.experiments import stored_runs as runs

    stored = runs.stored("06.ladder")
    calls = []
    figures = dict(zip(stored.seeds, stored.figures, strict=True))
    found = registry.Experiment(
        "06.ladder", lambda seed: calls.append(seed) or figures[seed], tuple(stored.seeds), stored.settings
    )
    monkeypatch.setattr(folders, "home", lambda: tmp_path)
    counted = runs.stored("05.alignment")  # whose IBM Model 1 has a line in the table
    monkeypatch.setattr(runs, "RUNS", tmp_path / "runs")
    runs.store(counted)
    monkeypatch.setattr(registry, "find", lambda name: found)
    assert cli.main(["ladder"]) == 2
    assert "there is no stored ladder; make it: course ladder --run" in capsys.readouterr().err
    assert cli.main(["ladder", "--run"]) == 0
    out = capsys.readouterr().out
    assert f"seed {stored.seeds[0]}: " in out
    assert "\nTransformer " in out
    assert (tmp_path / "runs" / "06.ladder.json").exists()
    assert cli.main(["ladder", "--run"]) == 0
    assert calls == stored.seeds, "seeds that are done are not made again"


# --- signs --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "signs"), [("utf-8", "✓✗○–"), ("cp949", "+xo-"), ("ascii", "+xo-"), (None, "✓✗○–")]
)
def test_right_and_wrong_look_different_in_every_encoding(monkeypatch, encoding, signs):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding) if encoding else io.StringIO())
    assert "".join(map(sign, ("correct", "wrong value", "not attempted", "not run"))) == signs


# --- check for programs ---------------------------------------------------------------------------------------


def test_check_as_json(course, capsys, tmp_path):
    course(WRONG, "1 / 0", "1 / 0")
    assert cli.main(["check", "01", "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert found["lesson"] == "01a"
    assert found["notebook"] == str(tmp_path / "notebooks" / "01a_word_embeddings.ipynb")
    assert not found["right"]
    (exercise,) = found["exercises"]
    assert (exercise["id"], exercise["state"]) == ("01.lookup", "wrong shape")
    assert exercise["message"].startswith("the words of a sentence are averaged")
    assert found["broken"] == [
        "the cell that begins `1 / 0`: ZeroDivisionError: division by zero (1 more cell after it failed)"
    ]


def test_a_notebook_that_cannot_be_read_stops_no_other(course, capsys, tmp_path):
    course(RIGHT)
    (tmp_path / "notebooks" / "00_start_here.ipynb").write_text("{", encoding="utf-8")
    assert cli.main(["check"]) == 2
    told = capsys.readouterr()
    assert "00_start_here.ipynb is cut off or damaged" in told.err
    assert "01a word embeddings: 1 of 1 exercises right" in told.out
    assert cli.main(["check", "00"]) == 2


@pytest.mark.parametrize(
    ("sources", "why"),
    [
        (['check("01.lookup", lookup)', RIGHT], "its check stands above the cell that defines `lookup`"),
        (
            ["def lookup(ids, weight:\n    pass", 'check("01.lookup", lookup)'],
            "the cell that defines `lookup` has failed",
        ),
        (['check("01.lookup", lookup)'], "nothing above its check defines `lookup`"),
        (["import os\nos._exit(0)", 'check("01.lookup", lookup)'], "the run ended before it"),
        (["import os", 'os._exit(0)\ncheck("01.lookup", lookup)'], "the run ended before it"),
        (["%%script no_such_program\n" + 'check("01.lookup", lookup)'], "its c"),
        (["print(1)"], "its check is not in this notebook"),
    ],
)
def test_why_a_check_was_not_run(course, tmp_path, sources, why):
    path = tmp_path / "notebooks" / "01a_word_embeddings.ipynb"
    cells = [nbformat.v4.new_code_cell(each) for each in ("from course_lib.exercises import check", *sources)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    ((lesson, *_),) = [[each for each in own.lessons() if each.number == "01a"]]
    result = check(lesson)
    assert result.states["01.lookup"][0] == "not run"
    assert result.states["01.lookup"][1].startswith(why)
    if why.startswith("nothing above"):
        assert result.broken == [], "what is missing is no broken cell"


def test_a_check_that_stands_twice_is_no_fault(course, capsys):
    course(RIGHT, BLANK, 'check("01.lookup", lookup)')
    assert cli.main(["check", "01"]) == 0
    assert "(01.lookup is checked 2 times; its best result counts)" in capsys.readouterr().out


def test_a_check_that_nbval_passes_over_counts_and_is_named(course, capsys, tmp_path):
    course(RIGHT)
    path = tmp_path / "notebooks" / "01a_word_embeddings.ipynb"
    content = nbformat.read(path, as_version=4)
    content.cells[2].source = f"#NBVAL_SKIP\n{content.cells[2].source}"
    nbformat.write(content, path)
    assert cli.main(["check", "01"]) == 0
    out = capsys.readouterr().out
    assert "1 of 1 exercises right" in out
    assert "(nbval by hand passes over the check of 01.lookup: the comment NBVAL_SKIP)" in out


def test_a_disk_that_takes_nothing_is_said_in_a_sentence(course, monkeypatch, capsys):
    def full(*given):
        raise OSError(errno.EROFS, "Read-only file system", "notebooks")

    monkeypatch.setattr(lab.work, "put", full)
    assert cli.main(["next"]) == 2
    assert capsys.readouterr().err == "course: notebooks can't be written: Read-only file system\n"
    monkeypatch.setattr(lab.work, "put", lambda: [] / 0)
    with pytest.raises(TypeError):
        cli.main(["next"])


def test_a_copy_elsewhere_does_not_touch_the_progress(course, tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_PROGRESS")
    progress_file = tmp_path / ".course" / "progress.json"
    course(RIGHT)
    (tmp_path / "notebooks" / "mine").mkdir()
    copied = tmp_path / "notebooks" / "mine" / "00_another.ipynb"
    (tmp_path / "notebooks" / "01a_word_embeddings.ipynb").rename(copied)
    assert cli.main(["check", str(copied)]) == 0
    assert not progress_file.exists()


def test_a_reader_who_has_enough_is_no_error():
    program = "import sys; from course_lib import cli; sys.exit(cli.main(['status']))"
    writer = subprocess.Popen([sys.executable, "-u", "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    writer.stdout.close()
    assert writer.stderr.read() == b""
    assert writer.wait() == 1


def test_only_a_lesson_that_is_done_has_a_full_bar():
    assert bar(0, 7) == "░" * 10
    assert bar(1, 7) == "█" + "░" * 9
    assert bar(6, 7) == "█" * 8 + "░" * 2
    assert bar(7, 7) == "█" * 10
    assert bar(0, 0) == "░" * 10
