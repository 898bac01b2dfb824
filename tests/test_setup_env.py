"""Setting up: the interpreter is found or missed with a message that helps; every failure of pip says what to do."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tools import setup_env

ROOT = Path(setup_env.__file__).resolve().parent.parent


def fake_python(folder: Path, name: str, version: str | None) -> None:
    """A program that says it is Python of that version; None: a shim with nothing behind it."""
    path = folder / name
    path.write_text("#!/bin/sh\n" + (f"echo {version}\n" if version else "exit 127\n"))
    path.chmod(0o755)


@pytest.fixture
def only(tmp_path, monkeypatch):
    """A PATH that holds the Pythons given, and no others."""

    def make(**versions):
        for name, version in versions.items():
            fake_python(tmp_path, name, version)
        monkeypatch.setenv("PATH", f"{tmp_path}")

    return make


def test_python3_is_taken_when_it_fits(only, tmp_path):
    only(python3="3 12")
    assert setup_env.find_python() == (str(tmp_path / "python3"), (3, 12))


def test_an_old_python3_is_passed_over(only, tmp_path):
    only(**{"python3": "3 9", "python3.13": "3 13"})
    assert setup_env.find_python() == (str(tmp_path / "python3.13"), (3, 13))


def test_a_shim_with_nothing_behind_it_is_passed_over(only, tmp_path):
    only(**{"python3": None, "python3.11": "3 11"})
    assert setup_env.find_python()[1] == (3, 11)


def test_no_python_in_range_says_what_to_install(only):
    only(python3="3 9", python="2 7")
    with pytest.raises(setup_env.SetupError) as error:
        setup_env.find_python()
    assert "Found only: python3 is Python 3.9, python is Python 2.7." in str(error.value)
    assert "sudo apt install python3.12" in str(error.value)
    assert "conda env create -f environment.yml" in str(error.value)


def test_the_python_asked_for_is_not_there(only):
    only(python3="3 12")
    with pytest.raises(setup_env.SetupError, match=r"There is no Python at python3\.99"):
        setup_env.find_python("python3.99")


@pytest.mark.skipif(sys.platform == "win32", reason="make is not the way on Windows")
def test_make_without_any_python_says_what_to_do(tmp_path):
    for tool in ("make", "sh", "echo", "awk"):
        there = subprocess.run(["which", tool], capture_output=True, text=True).stdout.strip()
        (tmp_path / tool).symlink_to(there)
    ran = subprocess.run(
        [tmp_path / "make", "lab"], cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert ran.returncode != 0
    assert "needs Python 3.11, 3.12 or 3.13, and found no Python" in ran.stdout
    assert "Traceback" not in ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("printed", "says"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "Not enough disk space",
        ),
        (
            "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution",
            "Is this machine online",
        ),
        (
            "ReadTimeoutError: Read timed out.\nERROR: No matching distribution found for torch",
            "Is this machine online",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "its checksum differs"),
        ("ERROR: No matching distribution found for torch==2.3.1", "no build of a package for this machine"),
        ("ERROR: something else", "The lines above say why"),
    ],
)
def test_what_pip_printed_is_explained(printed, says):
    assert says in setup_env.explain(printed)


def test_too_little_disk_space(tmp_path, monkeypatch):
    monkeypatch.setattr(setup_env.shutil, "disk_usage", lambda place: type("Usage", (), {"free": 1.5e9}))
    with pytest.raises(setup_env.SetupError, match=r"needs about \d+ GB in .*, and 1.5 GB are free"):
        setup_env.check_space(tmp_path / "not" / "there" / "yet")


def test_offline_pip_really_fails_with_that_message(tmp_path, capsys):
    """No mock: pip against an address where nothing listens."""
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "env"], check=True)
    address = "http://127.0.0.1:9/"
    with pytest.raises(setup_env.SetupError, match="Is this machine online"):
        setup_env.pip_install(
            tmp_path / "env", "--retries", "0", "--timeout", "2", "--isolated", "--no-cache-dir", "-i", address, "torch"
        )


def test_a_stamp_makes_the_second_call_return_at_once(tmp_path, monkeypatch):
    version = sys.version_info[:2]
    python = setup_env.python_in(tmp_path)
    python.parent.mkdir(parents=True)
    python.touch()
    assert not setup_env.is_current(tmp_path, version, setup_env.LOCK)
    (tmp_path / "course-stamp").write_text(setup_env.stamp_for(version, setup_env.LOCK))
    assert setup_env.is_current(tmp_path, version, setup_env.LOCK)
    assert not setup_env.is_current(tmp_path, version, setup_env.DEV_LOCK), "what building needs is not there"
    assert not setup_env.is_current(tmp_path, (3, 99), setup_env.LOCK), "made by another Python"
    (tmp_path / "course-stamp").write_text(setup_env.stamp_for(version, setup_env.DEV_LOCK))
    assert setup_env.is_current(tmp_path, version, setup_env.LOCK), "more than a learner needs is enough"

    monkeypatch.setattr(setup_env, "find_python", lambda wanted: (sys.executable, version))
    monkeypatch.setattr(setup_env, "pip_install", lambda *a: pytest.fail("nothing should be installed"))
    setup_env.set_up(tmp_path, dev=False)


def test_every_package_in_the_locks_has_a_hash_and_no_host():
    for lock in (setup_env.LOCK, setup_env.DEV_LOCK):
        text = lock.read_text()
        assert "://" not in text
        packages = [line for line in text.splitlines() if line and line[0].isalnum()]
        assert len(packages) > 80
        assert all(line.endswith("\\") for line in packages), "a package without a hash"


def test_the_learners_environment_holds_nothing_that_adds_menus():
    names = {line.partition("==")[0] for line in setup_env.LOCK.read_text().splitlines() if "==" in line}
    assert not names & {"nbgrader", "jupytext", "nbdime", "jupyterlab-git", "kiwipiepy"}
    assert not names & {"mypy", "check-jsonschema", "pytest-xdist", "ruff"}, "only whoever changes the course needs it"
    assert {"torch", "torchtext", "jupyterlab", "matplotlib", "ipywidgets", "nbval", "scipy", "tqdm"} <= names


def requirements():
    """The dependencies of pyproject.toml: always ("base"), and those of each extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["optional-dependencies"] | {"base": project["dependencies"]}


@pytest.mark.parametrize("group", ["base", "notebook-host"])
def test_a_hosted_notebook_keeps_its_own_packages(group):
    """Versions that a host may bring are not named, or only from below where the course does not run with older ones."""
    needed = [re.fullmatch(r"([a-z-]+)(.*)", entry).groups() for entry in requirements()[group]]
    versions = dict(needed)
    assert len(versions) == len(needed), "one requirement for each package, on every machine"
    assert all(re.fullmatch(r"(>=[\d.]+)?", version) for version in versions.values()), versions
    assert not any(versions.get(name) for name in ("jupyterlab", "ipykernel", "ipywidgets", "setuptools"))
    assert "jupyterlab" not in versions


def test_what_a_learners_own_machine_needs_is_in_the_extra_that_everything_installs():
    lab = {re.match(r"[a-z-]+", entry)[0] for entry in requirements()["lab"]}
    assert {"jupyterlab", "ipykernel", "ipywidgets", "torch", "torchtext"} <= lab
    assert "--editable .[lab]" in (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert "pip compile --quiet $(ARGS) --extra lab " in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_both_locks_pin_the_same_versions():
    def pins(lock):
        return {line.partition(" \\")[0] for line in lock.read_text().splitlines() if line and line[0].isalnum()}

    assert pins(setup_env.LOCK) <= pins(setup_env.DEV_LOCK)
