"""Machines that lack something each, kernels of another Python, notebooks and data that are damaged."""

import hashlib
import io
import json
import os
import shutil
import socket
import sys
import venv
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from course_lib import folders
from course_lib.learner.health import children, jupyter, machine, mending, packages, work
from course_lib.learner.health.children import Step, Tried, attempt


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder of the learner's, as in a checkout."""
    folder = tmp_path / "the course"
    (folder / "work").mkdir(parents=True)
    monkeypatch.setattr(folders, "home", lambda: folder)
    return folder


def state_of(findings, about):
    return [finding.state for finding in findings if finding.about == about]


# --- disk, folders, memory ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("free", "state"), [(5e9, "fine"), (5e8, "odd"), (5e7, "wrong")])
def test_disk(home, monkeypatch, free, state):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    assert [finding.state for finding in machine._disk()] == [state]


def test_a_disk_that_is_gone(monkeypatch, tmp_path):
    monkeypatch.setattr(folders, "home", lambda: tmp_path / "gone")
    assert [finding.state for finding in machine._disk()] == ["wrong"]


def test_a_folder_that_cannot_be_written(home, monkeypatch):
    assert [finding.state for finding in machine._writable()] == ["fine"]
    made = machine.tempfile.TemporaryFile

    def full(dir):
        if dir == home / "work":
            raise OSError(28, "No space left on device")
        return made(dir=dir)

    monkeypatch.setattr(machine.tempfile, "TemporaryFile", full)
    (finding,) = machine._writable()
    assert finding.state == "wrong"
    assert finding.found == f"No file can be made in {home / 'work'}: No space left on device."


def test_no_folder_for_temporary_files(home, monkeypatch):
    def none():
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(machine.tempfile, "gettempdir", none)
    assert [finding.state for finding in machine._writable()] == ["wrong"]


@pytest.mark.parametrize(("free", "state"), [(8e9, "fine"), (1.5e9, "odd")])
def test_memory(free, state):
    finding = machine._memory(Tried(free))
    assert (finding.state, f"{free / 1e9:.1f} GB" in finding.found) == (state, True)
    assert machine._memory(Tried(error="ImportError")) is None


# --- network ------------------------------------------------------------------------------------------------


def test_a_machine_that_cannot_reach_itself(monkeypatch):
    assert machine._localhost().state == "fine"

    def refused(*arguments, **options):
        raise PermissionError(13, "not allowed")

    monkeypatch.setattr(machine.socket, "create_connection", refused)
    finding = machine._localhost()
    assert (finding.state, "not allowed" in finding.found) == ("wrong", True)


@pytest.mark.parametrize("answer", [[(2, 1, 6, "", ("93.184.216.34", 80))], socket.gaierror(-2, "unknown")])
def test_localhost_that_is_another_machine(monkeypatch, answer):
    real = socket.getaddrinfo

    def found(name, *arguments):
        if name != "localhost":
            return real(name, *arguments)
        if isinstance(answer, list):
            return answer
        raise answer

    monkeypatch.setattr(machine.socket, "getaddrinfo", found)
    assert machine._localhost().state == "odd"


@pytest.mark.parametrize(
    ("variables", "states"),
    [
        ({}, []),
        ({"HTTP_PROXY": "http://proxy:1"}, ["odd"]),
        ({"all_proxy": "http://proxy:1"}, ["odd"]),
        ({"HTTP_PROXY": "http://proxy:1", "NO_PROXY": "example.org"}, ["odd"]),
        ({"HTTP_PROXY": "http://proxy:1", "NO_PROXY": "example.org, localhost,127.0.0.1"}, []),
        ({"HTTP_PROXY": "http://proxy:1", "NO_PROXY": "*"}, []),
        ({"HTTPS_PROXY": "http://proxy:1"}, []),
    ],
)
def test_proxies(monkeypatch, variables, states):
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    # a system's own settings, as macOS and Windows have them, are no matter of these tests
    monkeypatch.setattr(machine.urllib.request, "getproxies", machine.urllib.request.getproxies_environment)
    monkeypatch.setattr(machine.urllib.request, "proxy_bypass", machine.urllib.request.proxy_bypass_environment)
    finding = machine._proxies()
    assert [finding.state for finding in [finding] if finding] == states


# --- fonts, terminal, git -----------------------------------------------------------------------------------


def test_a_figure_without_a_hangul_font(tmp_path, monkeypatch):
    """As it is where koreanize-matplotlib is gone, and no system font in its place."""
    (tmp_path / "sitecustomize.py").write_text(
        "import matplotlib.font_manager as manager\n"
        "manager.fontManager.ttflist = [font for font in manager.fontManager.ttflist if font.name == 'DejaVu Sans']\n"
        "manager.fontManager.addfont = lambda path: None\n",
        encoding="utf-8",
    )
    step = Step(machine.FONTS, "hangul_drawn")
    assert machine._fonts_of_figures(attempt([step], 90)[machine.FONTS]).state == "fine"
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    finding = machine._fonts_of_figures(attempt([step], 90)[machine.FONTS])
    assert (finding.about, finding.state) == ("fonts of figures", "wrong")
    assert "is drawn as boxes: " in finding.found


def test_a_system_without_a_hangul_font(monkeypatch):
    monkeypatch.setattr(machine.sys, "platform", "linux")
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)
    assert machine._fonts_of_pages() is None, "it can't be told"
    monkeypatch.setattr(machine.shutil, "which", lambda name: sys.executable)  # answers to ":lang=ko" with an error
    assert machine._fonts_of_pages().state == "fine"
    none = SimpleNamespace(returncode=0, stdout=b"\n")
    monkeypatch.setattr(machine.subprocess, "run", lambda *arguments, **options: none)
    assert machine._fonts_of_pages().state == "odd"


@pytest.mark.parametrize(("encoding", "state"), [("utf-8", "fine"), ("cp949", "fine"), ("cp1252", "odd")])
def test_terminals(monkeypatch, encoding, state):
    monkeypatch.setattr(machine.sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    assert machine._terminal().state == state


def test_no_git(home, monkeypatch):
    monkeypatch.setenv("PATH", str(home))
    assert machine._git().state == "odd"
    monkeypatch.setattr(folders, "installed", lambda: True)
    assert machine._git() is None


# --- kernels and widgets ------------------------------------------------------------------------------------

KERNELS = [Step(jupyter.KERNELS, "kernels"), Step(jupyter.KERNEL, "kernel_answers")]


@pytest.fixture
def kernel(home, monkeypatch):
    """What is found where the kernel python3 starts this program."""

    def of(*launch):
        folder = home / "share" / "kernels" / "python3"
        folder.mkdir(parents=True, exist_ok=True)
        spec = {"argv": [*launch, "-m", "ipykernel_launcher", "-f", "{connection_file}"], "language": "python"}
        (folder / "kernel.json").write_text(json.dumps(spec | {"display_name": "Python 3"}), encoding="utf-8")
        monkeypatch.setenv("JUPYTER_PATH", str(home / "share"))
        steps = [Step(step.name, step.does, [str(home / "work")] * (step.name == jupyter.KERNEL)) for step in KERNELS]
        return jupyter._kernel(attempt(steps, 90))

    return of


def test_the_kernel_of_this_python(kernel):
    assert kernel("python").state == "fine"
    assert kernel(sys.executable).state == "fine"


def test_a_kernel_whose_python_is_gone(kernel, home):
    finding = kernel(str(home / "old" / "python"))
    assert (finding.about, finding.state) == ("kernel", "wrong")
    assert f"is noted to start {home / 'old' / 'python'}, which is not there" in finding.found
    assert finding.command.endswith("jupyter kernelspec remove -y python3")


def test_a_kernel_of_another_environment(kernel, tmp_path):
    venv.create(tmp_path / "other", symlinks=os.name != "nt")
    python = tmp_path / "other" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    finding = kernel(str(python))
    assert finding.state == "wrong"
    assert "No module named ipykernel_launcher" in finding.found, "its last line"
    assert finding.command.endswith("jupyter kernelspec remove -y python3")


@pytest.mark.parametrize(
    ("program", "answer", "state", "says"),
    [
        ("/other/python", ["/other/python", "", "ModuleNotFoundError: No module named 'course_lib'"], "wrong", "can't"),
        ("python", [sys.executable, "/old/course_lib/__init__.py", ""], "wrong", "another course_lib"),
        ("python", [sys.executable, str(folders.PACKAGE / "__init__.py"), ""], "fine", "answers"),
        ("/other/python", ["/other/python", str(folders.PACKAGE / "__init__.py"), ""], "odd", "another Python"),
    ],
)
def test_what_a_kernel_answers(monkeypatch, program, answer, state, says):
    monkeypatch.setattr(jupyter.shutil, "which", lambda name: name)
    tried = {jupyter.KERNELS: Tried({"python3": ("/kernels/python3", program)}), jupyter.KERNEL: Tried(answer)}
    finding = jupyter._kernel(tried)
    assert (finding.state, says in finding.found) == (state, True)


def test_a_kernel_beside_a_file_that_is_taken_for_a_package(kernel, home):
    (home / "work" / "course_lib.py").write_text("raise ImportError('mine')")
    finding = kernel("python")
    assert finding.state == "wrong"
    assert "can't load the course's library: ImportError: mine" in finding.found


@pytest.mark.parametrize(
    ("widgets", "beside", "in_lab", "state"),
    [
        ("8.1.9", "3.0.17", "5.0.17", "fine"),
        ("7.7.0", "1.1.0", "3.1.0", "fine"),
        ("8.1.9", "1.1.0", "3.1.0", "wrong"),
        ("8.1.9", "3.0.17", "3.1.0", "wrong"),
        ("8.1.9", "", "", "wrong"),
        ("9.0.0", "4.0.0", "6.0.0", "fine"),
    ],
)
def test_widgets(monkeypatch, widgets, beside, in_lab, state):
    there = {"ipywidgets": widgets, "jupyterlab-widgets": beside, "jupyterlab": "4.4.0"}
    monkeypatch.setattr(packages, "version", there.get)
    assert jupyter._widgets({jupyter.WIDGETS: Tried(in_lab)}).state == state


def test_the_widgets_that_are_here():
    assert attempt([Step(jupyter.WIDGETS, "widgets_in_lab")], 60)[jupyter.WIDGETS].value.split(".")[0] == "5"


# --- notebooks and progress ---------------------------------------------------------------------------------


def notebook(path, kernel="python3"):
    path.parent.mkdir(exist_ok=True)
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    made.metadata["kernelspec"] = {"name": kernel, "display_name": kernel}
    nbformat.write(made, path)


def test_notebooks(tmp_path, monkeypatch):
    """As it is where the course is installed: the learner's folder is the one that the command is called in."""
    place = tmp_path / "내 수업"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.setattr(folders, "bundled", lambda name: tmp_path / name)
    monkeypatch.setattr(folders, "home", lambda: place)
    assert [finding.found for finding in work._notebooks({})] == [
        f"The course's own notebooks are not in {tmp_path / 'notebooks'}."
    ]
    notebook(tmp_path / "notebooks" / "00_start_here.ipynb")
    notebook(place / "work" / "00_start_here.ipynb")
    notebook(place / "work" / "01a_word_embeddings.ipynb", kernel="conda-env-nlp")
    (place / "work" / "02a_rnn.ipynb").write_text('{"cells": [', encoding="utf-8")
    read = [
        ("00", "work/00_start_here.ipynb", "", "python3"),
        ("01a", "work/01a_word_embeddings.ipynb", "", "conda-env-nlp"),
        ("02a", "work/02a_rnn.ipynb", "work/02a_rnn.ipynb is cut off or damaged", ""),
        ("02b", "work/02b_gradients.ipynb", "it is not there", ""),
    ]
    tried = {work.NOTEBOOKS: Tried(read), jupyter.KERNELS: Tried({"python3": ("", "python")})}
    damaged, strange = work._notebooks(tried)
    assert (damaged.state, damaged.command) == ("wrong", "course reset 02a")
    assert damaged.found == "work/02a_rnn.ipynb is cut off or damaged."
    assert strange.state == "odd"
    assert "work/01a_word_embeddings.ipynb for conda-env-nlp" in strange.found
    (good,) = work._notebooks({work.NOTEBOOKS: Tried(read[:1])})
    assert (good.state, good.found) == ("fine", f"3 are in {place / 'work'}; 1 lessons can be read.")


def test_notebooks_read_in_a_child(tmp_path):
    """The child reads those of this course."""
    (read,) = attempt([Step(work.NOTEBOOKS, "notebooks_read", [str(tmp_path)])], 90).values()
    assert read.error == ""
    assert [number for number, *_ in read.value][:3] == ["00", "01a", "01b"]
    assert {(error, kernel) for *_, error, kernel in read.value} == {("", "python3")}


@pytest.mark.parametrize(
    ("text", "state", "says"),
    [
        (None, "fine", "Nothing is noted yet"),
        ('{"00.first": {"state": "correct"}, "00.next": {"state": "wrong value"}}', "fine", "1 exercises are noted"),
        ('{"00.first": {"st', "odd", "is damaged"),
        ("[1]", "odd", "is damaged"),
    ],
)
def test_progress(tmp_path, text, state, says):
    path = tmp_path / "progress.json"  # as COURSE_PROGRESS says, in every test
    if text is not None:
        path.write_text(text, encoding="utf-8")
    (finding,) = work._progress()
    assert (finding.state, says in finding.found) == (state, True)
    assert not path.exists() or path.read_text(encoding="utf-8") == text, "it is left as it is"


def test_progress_that_is_a_folder(tmp_path):
    (tmp_path / "progress.json").mkdir()
    assert [finding.state for finding in work._progress()] == ["wrong"]


# --- data ---------------------------------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The course's data in small."""
    folder = tmp_path / "data"
    for name in (*work.NEEDED, "ko-en/train.tsv"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"a\tb\nc\td\n")
    checksum = hashlib.sha256(b"a\tb\nc\td\n").hexdigest()
    (folder / "ko-en" / "SHA256SUMS").write_text(f"{checksum}  train.tsv\n")
    monkeypatch.setenv("COURSE_DATA", str(folder))
    return folder


def test_data_that_is_whole(data, monkeypatch):
    assert [finding.state for finding in work._data()] == ["fine"]
    (data / "ko-en" / "train.tsv").write_bytes(b"a\tb\r\nc\td\r\n")
    assert [finding.state for finding in work._data()] == ["fine"], "git on Windows may write other line ends"
    monkeypatch.delenv("COURSE_DATA")
    assert [finding.state for finding in work._data()] == ["fine"], "that which comes with the course"


@pytest.mark.parametrize(
    ("break_it", "state", "says"),
    [
        (lambda data: (data / "ko-en" / "train.tsv").unlink(), "wrong", "Missing in {data}: ko-en/train.tsv."),
        (lambda data: (data / "models" / "ko-en").unlink(), "wrong", "Missing in {data}: models/ko-en."),
        (lambda data: (data / "ko-en" / "SHA256SUMS").unlink(), "wrong", "Missing in {data}: ko-en/SHA256SUMS."),
        (lambda data: (data / "analogies.tsv").write_bytes(b""), "wrong", "Empty in {data}: analogies.tsv."),
        (
            lambda data: (data / "ko-en" / "train.tsv").write_text("version https://git-lfs.github.com/spec/v1\noid 1"),
            "wrong",
            "Only pointers of Git LFS in {data}: ko-en/train.tsv.",
        ),
        (lambda data: (data / "ko-en" / "train.tsv").write_text("e"), "odd", "Changed since they were made"),
        (shutil.rmtree, "wrong", "There is no folder {data}"),
    ],
)
def test_data_that_is_not(data, break_it, state, says):
    break_it(data)
    (finding,) = work._data()
    assert (finding.about, finding.state) == ("data", state)
    assert finding.found.startswith(says.format(data=data))
    assert finding.mend


# --- commands to paste --------------------------------------------------------------------------------------


def test_commands_take_paths_with_spaces(home, monkeypatch):
    monkeypatch.setattr(mending.sys, "executable", str(home / "python"))
    assert mending.pip_install("a>=1").startswith(f"{mending.quoted(home / 'python')} -m pip install ")
    assert mending.in_course("make lab") == f"cd {mending.quoted(home)} && make lab"
    monkeypatch.setattr(mending.os, "name", "nt")
    assert mending.quoted("C:\\my course") == '"C:\\my course"'
    assert mending.quoted("numpy<2") == '"numpy<2"'
    assert (mending.unset("A"), mending.set_to("A", "1")) == ("set A=", "set A=1")


def test_without_pip_it_is_put_there_first(monkeypatch):
    monkeypatch.setattr(mending, "find_spec", lambda name: None)
    assert f"-m ensurepip && {mending.quoted(sys.executable)} -m pip install nbval" in mending.pip_install("nbval")


def test_a_report_that_was_cut_off(tmp_path):
    path = Path(tmp_path / "report.jsonl")
    path.write_text('{"step": 0}\n{"step": 0, "val', encoding="utf-8")
    assert children._lines(path) == [{"step": 0}]
