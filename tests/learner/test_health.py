"""Installations broken in one way each: packages that end their process, do not fit, or are another's files."""

import os
import sys
from types import SimpleNamespace

import pytest

from course_lib import folders
from course_lib.learner.health import children, interpreter, loading, mending, packages, paths, torch_pair
from course_lib.learner.health.children import CHILD, Step, Tried, attempt

SEGFAULT = "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)"


@pytest.fixture
def brought(tmp_path, monkeypatch):
    """Put modules and notes of packages into a folder that Python looks through first; `brought("a", "code")`."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder))

    def bring(name, code=None, version=None, requires=()):
        if code is not None:
            (folder / name).mkdir(exist_ok=True)
            (folder / name / "__init__.py").write_text(code, encoding="utf-8")
        if version is not None:
            notes = folder / f"{name}-{version}.dist-info"
            notes.mkdir()
            lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {each}" for each in requires)]
            (notes / "METADATA").write_text("Metadata-Version: 2.1\n" + "\n".join(lines) + "\n", encoding="utf-8")
        return folder

    return bring


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder of the learner's, as in a checkout."""
    monkeypatch.setattr(folders, "home", lambda: tmp_path)
    (tmp_path / "work").mkdir()
    return tmp_path


def states(findings):
    return [(finding.about, finding.state) for finding in findings]


def loads(*names, needs=()):
    return [Step(f"import {name}", "loaded", [name], needs) for name in names]


# --- children -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("raise ImportError('a\\n  undefined symbol: _ZN5torch')", "ImportError: undefined symbol: _ZN5torch"),
        ("import os\nos._exit(3)", "it ended its process with status 3"),
        ("import os\nos._exit(139)", "it ended its process by SIGSEGV"),
        (
            "import sys\nprint('last words', file=sys.stderr, flush=True)\nimport os\nos._exit(1)",
            "status 1: last words",
        ),
        ("raise SystemExit(0)", "SystemExit: 0"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        (SEGFAULT, "it ended its process by SIGSEGV, at File "),
    ],
)
def test_what_a_package_does_to_its_process_hinders_no_other(brought, code, error):
    if code == SEGFAULT and os.name == "nt":
        code, error = "import ctypes\nctypes.string_at(0)", "it ended its process by an access to memory"
    brought("broken", code)
    brought("whole", "print('noise')")
    tried = attempt([*loads("broken"), *loads("whole"), *loads("json", needs=["import broken"])], 60)
    assert error in tried["import broken"].error
    assert tried["import whole"].value.endswith("__init__.py")
    assert "import json" not in tried, "what needs the broken one is not tried"


def test_a_package_that_hangs(brought):
    folder = brought("hanging", "import time\n\nwhile True:\n    time.sleep(0.01)")
    tried = attempt(loads("hanging", "json"), 2)
    place = folder / "hanging" / "__init__.py"
    assert tried["import hanging"].error == f'it did not end within 2 seconds, at File "{place}", line 4 in <module>'
    assert tried["import json"].error == ""


def test_several_that_end_their_process(brought):
    for name in ("one", "two", "three"):
        brought(name, "import os\nos._exit(7)")
    tried = attempt(loads("one", "json", "two", "three", "string"), 60)
    assert [name for name, of in tried.items() if of.error] == ["import one", "import two", "import three"]
    assert len(tried) == 5


def test_a_need_that_is_not_among_the_steps():
    assert attempt(loads("json", needs=["import something"]), 60) == {}


def test_files_in_the_working_folder_are_not_taken_for_packages(tmp_path, monkeypatch):
    (tmp_path / "random.py").write_text("raise ImportError('mine')")
    monkeypatch.chdir(tmp_path)
    assert attempt(loads("random"), 60)["import random"].error == ""


def test_a_python_that_cannot_start(brought, monkeypatch, tmp_path):
    folder = brought("unused")
    (folder / "sitecustomize.py").write_text("import os\nos._exit(9)")
    tried = attempt(loads("json", "string"), 60)
    assert tried == {CHILD: Tried(error="it ended its process with status 9")}
    finding = interpreter.look(tried)[0]
    assert (finding.about, finding.state) == ("python", "wrong")
    assert "can't start a second time: it ended its process with status 9" in finding.found
    monkeypatch.setattr(children.sys, "executable", str(tmp_path / "none"))
    assert "none can't be run: " in attempt(loads("json"), 60)[CHILD].error


# --- loading ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "means"),
    [
        ("raise ImportError('libtorch.so: undefined symbol: _ZN3c10')", "two packages were built for other versions"),
        ("import os\nos._exit(139)", "it was built for another system, or its files are damaged"),
        ("import os\nos._exit(132)", "a processor with more instructions than this one has"),
        ("import os\nos._exit(137)", "the system has ended it, mostly for want of memory"),
        ("raise OSError('libgomp.so.1: cannot open shared object file')", "a library of the system is missing"),
        ("raise OSError('libnvrtc.so: cannot open shared object file')", "a library is missing, or another one"),
        ("raise ImportError('DLL load failed while importing _C')", "a library of Windows is missing"),
        ("import no_such_package", "a package that it needs is missing"),
    ],
)
def test_what_an_error_means(brought, monkeypatch, code, means):
    monkeypatch.setattr(packages, "NAMES", ("psutil", "torch", "torchtext"))
    monkeypatch.setattr(paths, "foreign", lambda name: "")
    monkeypatch.setattr(packages, "version", lambda name: "2.3.1")
    brought("torch", code)
    (finding,) = loading.look(attempt(loading.steps(), 60))
    assert (finding.about, finding.state) == ("loading", "wrong")
    assert finding.found.startswith("torch 2.3.1 can't be loaded: ")
    assert means in finding.found
    assert finding.mend


def test_what_hangs_is_told(brought, monkeypatch):
    monkeypatch.setattr(packages, "NAMES", ("torch",))
    monkeypatch.setattr(paths, "foreign", lambda name: "")
    brought("torch", "import time\ntime.sleep(1000)")
    (finding,) = loading.look(attempt(loading.steps(), 2))
    assert "it did not end within 2 seconds" in finding.found
    assert "a file that it waits for does not come" in finding.found


def test_a_package_from_elsewhere_that_fails_is_taken_off_the_path(brought, monkeypatch):
    monkeypatch.setattr(packages, "NAMES", ("psutil",))
    folder = os.path.realpath(brought("psutil", "raise ImportError('mine')"))
    (finding,) = loading.look(attempt(loading.steps(), 60))
    assert f"ImportError: mine. It is taken from {folder}." in finding.found
    assert finding.command == mending.unset("PYTHONPATH")


def test_another_course_lib(brought, monkeypatch):
    monkeypatch.setattr(packages, "NAMES", ())
    place = brought("course_lib", "") / "course_lib" / "__init__.py"
    finding = loading.look(attempt(loading.steps(), 60))[0]
    assert (finding.about, finding.state) == ("course_lib", "wrong")
    assert f"Another course_lib is found before this one: {place}" in finding.found


# --- packages -----------------------------------------------------------------------------------------------


def test_missing_old_and_what_others_need(brought, monkeypatch):
    brought("alpha", "", "1.2", ["beta>=3", 'gamma; sys_platform == "none"', "packaging>=900"])
    lines = ["alpha>=1.10", "no-such-package>=2", "never; python_version < '3'", "torch>=900; extra == 'lab'"]
    monkeypatch.setattr(packages, "declared", lambda: lines)
    missing, other = packages.look({})
    assert states([missing, other]) == [("packages", "wrong"), ("packages", "wrong")]
    assert "2 packages are missing: no-such-package>=2, beta>=3 (for alpha)." in missing.found
    assert missing.command.endswith(
        f"-m pip install {mending.quoted('no-such-package>=2')} {mending.quoted('beta>=3')}"
    )
    assert "the course needs alpha>=1.10, here is 1.2" in other.found
    assert "alpha needs packaging>=900, here is " in other.found


def test_what_one_package_says_of_another_alone_is_odd(brought, monkeypatch):
    brought("alpha", "", "1.2", ["packaging>=900"])
    monkeypatch.setattr(packages, "declared", lambda: ["alpha"])
    assert states(packages.look({})) == [("packages", "odd")]


@pytest.mark.parametrize(("kind", "state"), [(mending.LAB, "wrong"), (mending.OWN, "odd")])
def test_what_course_lab_needs_is_a_must_where_the_course_made_the_environment(monkeypatch, kind, state):
    monkeypatch.setattr(packages, "environment", lambda: kind)
    monkeypatch.setattr(packages, "declared", lambda: ["pytest", "no-such-lab>=4; extra == 'lab'"])
    (finding,) = packages.look({})
    assert (finding.about, finding.state) == ("packages of JupyterLab", state)
    assert "1 package is missing for `course lab`: no-such-lab>=4." in finding.found


def test_a_missing_torch_is_mended_with_the_one_that_fits(monkeypatch):
    there = packages.version
    monkeypatch.setattr(packages, "version", lambda name: "" if name == "torch" else there(name))
    monkeypatch.setattr(packages, "declared", lambda: ["torch>=2.2", "torch==2.3.1; extra == 'lab'"])
    (finding,) = packages.look({})
    assert "1 package is missing: torch>=2.2." in finding.found
    assert finding.command.endswith("torch==2.3.1")


def test_a_system_that_lets_nothing_be_installed_gets_an_environment(tmp_path, monkeypatch):
    (tmp_path / "EXTERNALLY-MANAGED").write_text("[externally-managed]\n")
    monkeypatch.setattr(mending.sysconfig, "get_path", lambda name: str(tmp_path))
    assert mending.install("nbval")[1] == mending.pip_install("nbval")
    monkeypatch.setattr(mending, "environment", lambda: mending.SYSTEM)
    assert mending.install("nbval") == ("Make an environment for the course.", mending.own_environment())
    monkeypatch.setattr(mending.sysconfig, "get_path", lambda name: str(tmp_path / "other"))
    assert mending.install("nbval")[1] == mending.pip_install("nbval"), "a hosted notebook, which brings torch"
    monkeypatch.setattr(mending, "find_spec", lambda name: None)
    assert mending.install("nbval")[1] == mending.own_environment()


def test_damaged_notes_are_no_trouble(brought, monkeypatch):
    folder = brought("alpha", "", "1.2")
    (folder / "alpha-1.2.dist-info" / "METADATA").write_bytes(b"\xff\xfe")
    monkeypatch.setattr(packages, "declared", lambda: ["alpha>=1"])
    (finding,) = packages.look({})
    assert finding.state == "wrong"
    assert "alpha>=1" in finding.found


def test_requirements_are_those_of_pyproject_and_the_same_as_are_noted():
    def held(lines, extra):
        return {packages.text_of(each) for each in packages.holding(lines, extra)}

    lines, noted = packages.declared(), packages.metadata.requires("course-lib")
    assert "torch>=2.2" in held(lines, "")
    assert any(each.startswith("jupyterlab>=") for each in held(lines, "lab"))
    assert not any(each.startswith("ruff") for each in held(lines, "lab"))
    assert held(noted, "") == held(lines, "")
    assert held(noted, "lab") == held(lines, "lab")


# --- torch and torchtext ------------------------------------------------------------------------------------

LAB = ["torch==2.3.1; extra == 'lab'", "torchtext==0.18.0; extra == 'lab'", "numpy<2; extra == 'lab'"]
LOADED = {"import torchtext": Tried("there")}
NOT_LOADED = {"import torchtext": Tried(error="OSError: undefined symbol")}


@pytest.mark.parametrize(
    ("torch", "torchtext", "lines", "tried", "state", "says"),
    [
        ("2.3.1+cpu", "0.18.0+cpu", LAB, LOADED, "fine", "fit each other"),
        ("2.2.2", "0.17.2", LAB, LOADED, "fine", "fit each other"),
        ("2.6.0", "0.18.0", LAB, NOT_LOADED, "wrong", "torchtext 0.18.0 is for torch 2.3, and torch 2.6.0 is"),
        ("2.6.0", "0.18.0", LAB, LOADED, "odd", "torchtext 0.18.0 is for torch 2.3"),
        ("2.3.1", "0.6.0", LAB, LOADED, "odd", "is not one that the course knows"),
        ("2.6.0", "", LAB, {}, "odd", "without torchtext: the lessons leave out their comparison"),
        ("2.11.0", "", ["torch>=2.6; extra == 'lab'"], {}, "fine", "none is needed"),
    ],
)
def test_the_pair(monkeypatch, torch, torchtext, lines, tried, state, says):
    there = {"torch": torch, "torchtext": torchtext, "numpy": "1.26.4"}
    monkeypatch.setattr(packages, "version", there.get)
    monkeypatch.setattr(packages, "declared", lambda: lines)
    (finding,) = torch_pair.look(tried)
    assert (finding.about, finding.state) == ("torch", state)
    assert says in finding.found


def test_a_torch_that_does_not_compute(brought):
    brought("torch", "def ones(*size, requires_grad=False):\n    raise RuntimeError('Numpy is not available')")
    steps = [*loads("numpy", "torch"), *torch_pair.steps()]
    *_, finding = torch_pair.look(attempt(steps, 60))
    assert (finding.about, finding.state) == ("torch at work", "wrong")
    assert "RuntimeError: Numpy is not available" in finding.found


# --- the path -----------------------------------------------------------------------------------------------


def test_files_of_the_learner_with_the_name_of_a_package(home):
    for name in ("torch.py", "random.py", "attention.py", "notes.txt", "helpers.py"):
        (home / "work" / name).write_text("")
    (home / "work" / "matplotlib").mkdir()
    (home / "work" / "numpy").mkdir()
    (home / "work" / "numpy" / "__init__.py").write_text("")
    (finding,) = paths.look({})
    assert (finding.about, finding.state) == ("names of files", "wrong")
    assert f"In {(home / 'work').resolve()} there is numpy, random.py, torch.py: " in finding.found


def test_the_command_that_renames_such_a_file_mends_it(home):
    (home / "work" / "string.py").write_text("")
    (finding,) = paths.look({})
    assert os.system(finding.command) == 0
    assert [path.name for path in (home / "work").iterdir()] == ["my_string.py"]
    assert states(paths.look({})) == [("path", "fine")]


def test_such_a_file_on_the_pythonpath(brought, home):
    (brought("helpers", "") / "json.py").write_text("")
    (finding,) = paths.look({})
    assert "there is json.py: " in finding.found
    assert finding.command == mending.unset("PYTHONPATH")


def test_another_torch_on_the_path(brought, home):
    folder = os.path.realpath(brought("torch", "", "9.9.9"))
    (finding,) = paths.look({})
    assert (finding.about, finding.state) == ("copies", "wrong")
    assert f"There twice: torch 9.9.9 and {paths.places('torch')[1].versions[0]}." in finding.found
    assert f"Python takes them from {folder}, not from " in finding.found
    assert finding.command == mending.unset("PYTHONPATH")


def test_the_same_version_twice_is_odd(brought, home):
    brought("tqdm", "", packages.version("tqdm"))
    assert states(paths.look({})) == [("copies", "odd")]


def test_a_copy_of_the_user(brought, home, monkeypatch):
    folder = brought("tqdm", "", "0.1")
    monkeypatch.delenv("PYTHONPATH")
    monkeypatch.setattr(paths, "site", SimpleNamespace(ENABLE_USER_SITE=True, getusersitepackages=lambda: str(folder)))
    (finding,) = paths.look({})
    assert finding.command == mending.set_to("PYTHONNOUSERSITE", "1")


def test_half_an_update(brought, home, monkeypatch):
    monkeypatch.setattr(packages, "NAMES", ("alpha", "beta"))
    brought("alpha", "", "1.0")
    brought("alpha", None, "2.0")
    brought("beta", None, "1.0")
    both, gone = paths.look({})
    assert states([both, gone]) == [("copies", "wrong")] * 2
    assert "with versions 1.0 and 2.0: an update was broken off" in both.found
    assert "beta 1.0 is noted in " in gone.found
    assert gone.command.endswith("--force-reinstall beta==1.0")


# --- Python -------------------------------------------------------------------------------------------------


def python_of(monkeypatch, **changed):
    seen = {"version_info": (3, 12, 1), "maxsize": sys.maxsize, "platform": "linux", "prefix": "/env"}
    seen |= {"base_prefix": "/usr", "implementation": SimpleNamespace(name="cpython"), "executable": sys.executable}
    monkeypatch.setattr(interpreter, "sys", SimpleNamespace(**(seen | changed)))
    return interpreter._python(None)


@pytest.mark.parametrize(
    ("changed", "state", "says"),
    [
        ({}, "fine", "64 bits"),
        ({"version_info": (3, 10, 4)}, "wrong", "the course needs 3.11, 3.12 or 3.13"),
        ({"version_info": (3, 14, 0)}, "odd", "tested with 3.11 to 3.13"),
        ({"maxsize": 2**31 - 1}, "wrong", "32 bits"),
        ({"implementation": SimpleNamespace(name="pypy")}, "wrong", "pypy"),
    ],
)
def test_pythons(monkeypatch, changed, state, says):
    finding = python_of(monkeypatch, **changed)
    assert (finding.state, says in finding.found) == (state, True)
    assert bool(finding.command) == (state != "fine")


def test_a_python_that_is_translated_for_this_processor(monkeypatch):
    monkeypatch.setattr(interpreter.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(interpreter.platform, "version", lambda: "Darwin Kernel Version 23: RELEASE_ARM64_T6000")
    assert python_of(monkeypatch, platform="darwin").state == "odd"


def test_variables_that_change_what_python_does(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/some/where")
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setattr(interpreter.os, "cpu_count", lambda: 4)
    every = [each for each in interpreter.look({}) if each.about in ("variables", "threads")]
    assert states(every) == [("variables", "odd"), ("variables", "odd"), ("threads", "odd")]
    assert [each.command for each in every] == list(
        map(mending.unset, ("PYTHONPATH", "PYTHONWARNINGS", "OMP_NUM_THREADS"))
    )


def test_environments(tmp_path, home, monkeypatch):
    monkeypatch.setattr(mending, "sys", SimpleNamespace(prefix=str(tmp_path), base_prefix="/usr", executable="python"))
    monkeypatch.setattr(interpreter.sys, "prefix", str(tmp_path))
    assert mending.environment() == mending.OWN
    (tmp_path / "conda-meta").mkdir()
    assert mending.environment() == mending.CONDA
    assert mending.remake()[1] == mending.in_course("conda env create --file environment.yml")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "course-stamp").write_text("")
    finding = interpreter._environment()
    assert finding.state == "odd", "another one than that which `make lab` made"
    assert str(tmp_path / ".venv") in finding.found
    (tmp_path / "course-stamp").write_text("")
    assert mending.environment() == mending.LAB
    where = mending.quoted(tmp_path)
    assert mending.remake()[1] == mending.in_course(f"make clean VENV={where} && make lab VENV={where}")
    assert interpreter._environment().state == "fine"
