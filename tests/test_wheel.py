"""The wheel holds everything that runs: built, installed where no checkout is near, and used from another folder."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import course_lib

ROOT = Path(__file__).resolve().parent.parent
BUILT_FROM = ("course_lib", "data", "notebooks", "LICENSE", "MANIFEST.in", "README.md", "pyproject.toml", "setup.py")
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "course_lib").rglob("*.py")
)

PROGRAM = """
import importlib, json, sys
from pathlib import Path

for module in json.loads(sys.argv[1]):
    importlib.import_module(module)

import course_lib
from course_lib import bundled, datasets
from course_lib.commands import lab
from course_lib.exercises import check, progress
from course_lib.experiments import stored

check("01.lookup", lambda ids, weight: weight[ids].mean(1))
check("01.lookup", lambda ids, weight: weight[ids])
lab.put()
print(json.dumps({
    "file": course_lib.__file__,
    "train": len(datasets.load("ko-en")["train"]),
    "analogies": len(bundled.read_analogies(language="en")),
    "vectors": (bundled.data_folder() / "vectors" / "ko-en.ko.vec").is_file(),
    "run": stored("06.ladder").id,
    "progress": str(progress.path()),
    "read": progress.read()["01.lookup"]["state"],
}))
"""


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command that must succeed, in an environment that knows nothing of this checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "COURSE_"))}
    kept |= {"PYTHONIOENCODING": "utf-8", "OMP_NUM_THREADS": "1"} | environment
    ran = subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode == 0, f"{command}\n{ran.stdout}\n{ran.stderr}"
    return ran


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Built as a release is, from the source distribution, and without a network."""
    folder = tmp_path_factory.mktemp("build")
    tree = folder / "tree"
    tree.mkdir()
    for name in BUILT_FROM:  # a copy: nothing that an earlier build left, nothing written into the checkout
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copyfile(ROOT / name, tree / name)
    sdist = f"from setuptools import build_meta; build_meta.build_sdist({str(folder)!r})"
    run(sys.executable, "-c", sdist, cwd=tree)
    (source,) = folder.glob("*.tar.gz")
    options = ("--no-deps", "--no-index", "--no-build-isolation", "--no-cache-dir", "--wheel-dir", folder)
    run(sys.executable, "-m", "pip", "wheel", *options, source, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory) -> Path:
    """An environment with the wheel alone; what it depends on it sees in the running one, not the checkout."""
    folder = tmp_path_factory.mktemp("installed") / "env"
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
    run(
        *(sys.executable, "-m", "pip", "--python", scripts(folder) / f"python{sysconfig.get_config_var('EXE') or ''}"),
        *("install", "--no-deps", "--no-index", wheel),
        cwd=folder.parent,
    )
    # A .pth file puts the folder on the path and leaves its own .pth files, the editable checkout among them, unread.
    (packages,) = [path.parent for path in folder.rglob("course_lib") if path.is_dir()]
    (packages / "beside.pth").write_text("".join(f"{sysconfig.get_path(kind)}\n" for kind in ("purelib", "platlib")))
    return folder


def scripts(environment: Path) -> Path:
    return environment / ("Scripts" if os.name == "nt" else "bin")


def test_everything_runs_from_another_folder(environment, tmp_path):
    working = tmp_path / "working"
    working.mkdir()
    ran = run(scripts(environment) / "python", "-c", PROGRAM, json.dumps(MODULES), cwd=working)
    assert "words of a sentence are averaged" in ran.stdout, "the check names the mistake"
    found = json.loads(ran.stdout.splitlines()[-1])
    assert Path(found["file"]).is_relative_to(environment), "the wheel is what was imported"
    assert found["train"] >= 8000
    assert found["analogies"] > 100
    assert found["vectors"]
    assert found["run"] == "06.ladder"
    assert Path(found["progress"]) == working / ".course" / "progress.json"
    assert found["read"] == "correct"
    notebooks = sorted(path.name for path in (working / "notebooks").iterdir())
    assert notebooks == sorted(path.name for path in (ROOT / "notebooks").glob("[0-9][0-9]*_*.ipynb"))


def test_the_command_runs_from_another_folder(environment, tmp_path):
    course = scripts(environment) / "course"
    assert "course check 01" in run(course, "--help", cwd=tmp_path).stdout
    status = run(course, "status", cwd=tmp_path).stdout
    assert "00   start here" in status
    assert "`course next` opens it." in status
    assert "Stored run 06.ladder" in run(course, "ladder", cwd=tmp_path).stdout
    assert list(tmp_path.iterdir()) == [], "looking changes nothing"


def test_jupyterlab_gets_its_settings(environment):
    (settings,) = environment.rglob("jupyter/labconfig/default_setting_overrides.json")
    here = ROOT / "course_lib" / "jupyter" / "labconfig" / settings.name
    assert settings.read_bytes() == here.read_bytes()


def test_nothing_that_is_not_the_course_is_in_the_wheel(environment):
    (packages,) = [path.parent for path in environment.rglob("course_lib") if path.is_dir()]
    there = {path.name for path in packages.iterdir()} - {"__pycache__", "beside.pth"}
    assert there == {"course_lib", f"course_lib-{course_lib.__version__}.dist-info"}


def test_the_version_is_written_once():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert course_lib.__version__ not in text
    assert f"## {course_lib.__version__} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_buttons_lie_where_jupyterlab_looks(environment):
    folder = environment / "share" / "jupyter" / "labextensions" / "course-buttons"
    there = {path.name for path in folder.rglob("*.*")}
    assert there >= {"package.json", "remoteEntry.js", "buttons.js", "style.css"}
