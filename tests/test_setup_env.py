"""Setting up: the interpreter is found or missed with a message that helps; every failure of pip says what to do."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
import zipfile
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

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
    if os.name == "nt":
        pytest.skip("what stands for Python here are shell scripts")

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


def test_an_index_without_the_torch_of_the_lock_is_named_as_the_cause():
    printed = "ERROR: Could not find a version that satisfies torch==2.3.1 (from versions: 2.4.0+cpu)\n"
    printed += "ERROR: No matching distribution found for torch==2.3.1"
    assert "index that TORCH_INDEX names has no torch" in setup_env.explain(printed, "http://127.0.0.1/cpu")
    offline = "Failed to establish a new connection: refused\n" + printed
    assert "Is this machine online" in setup_env.explain(offline, "http://127.0.0.1/cpu")


def test_too_little_disk_space(tmp_path, monkeypatch):
    monkeypatch.setattr(setup_env.shutil, "disk_usage", lambda place: type("Usage", (), {"free": 1.5e9}))
    with pytest.raises(setup_env.SetupError, match=r"needs about \d+ GB in .*, and 1.5 GB are free"):
        setup_env.check_space(tmp_path / "not" / "there" / "yet")


@pytest.fixture(scope="module")
def empty_environment(tmp_path_factory):
    """An environment with pip and nothing else."""
    folder = tmp_path_factory.mktemp("empty") / "env"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    return folder


def test_offline_pip_really_fails_with_that_message(empty_environment, capsys):
    """No mock: pip against an address where nothing listens."""
    options = ("--retries", "0", "--timeout", "2", "--isolated", "--no-cache-dir", "-i", "http://127.0.0.1:9/")
    with pytest.raises(setup_env.SetupError, match="Is this machine online"):
        setup_env.pip_install(empty_environment, *options, "torch")


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


# --- torch from an index that the user names ------------------------------------------------------------------


def wheel(folder: Path, name: str, version: str, *requires: str) -> Path:
    """A wheel with nothing in it but its name, as an index serves it."""
    info = f"{name}-{version}.dist-info"
    metadata = "".join(f"Requires-Dist: {each}\n" for each in requires)
    path = folder / name / f"{name}-{version}-py3-none-any.whl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{metadata}")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


class Indexes(NamedTuple):
    """Two package indexes on this machine: the folder that they are in, their address, and what was asked of them."""

    folder: Path
    address: str
    asked: list[str]


@pytest.fixture
def indexes(tmp_path, monkeypatch):
    """`/usual/` has torch with CUDA, and what both builds need; `/cpu/` has torch without. The lock is of `/usual/`."""
    asked = []

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=tmp_path / "indexes")

        def log_message(self, *_):
            pass

        def log_request(self, *_):
            asked.append(self.path)

    folder = tmp_path / "indexes"
    locked = [
        wheel(folder / "usual", "filelock", "3.1"),
        wheel(folder / "usual", "torch", "2.3.1", "filelock", "nvidia-cublas-cu12", "triton"),
        wheel(folder / "usual", "torchtext", "0.18.0", "torch==2.3.1"),
        wheel(folder / "usual", "nvidia_cublas_cu12", "12.1"),
        wheel(folder / "usual", "triton", "2.3.1"),
    ]
    (folder / "usual" / "nvidia_cublas_cu12").rename(folder / "usual" / "nvidia-cublas-cu12")
    wheel(folder / "cpu", "torch", "2.3.1+cpu", "filelock")
    wheel(folder / "cpu", "torch", "2.9+cpu", "filelock")
    wheel(folder / "cpu", "torchtext", "0.18.0+cpu", "torch==2.3.1")
    lock = "# made by the test\n"
    for path in locked:
        path = path if path.exists() else folder / "usual" / "nvidia-cublas-cu12" / path.name
        name, version = path.parent.name, path.name.split("-")[1]
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lock += f"{name}=={version} ; python_version >= '3' \\\n    --hash=sha256:{digest}\n"
    (tmp_path / "requirements.lock").write_text(lock)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        for name in [name for name in os.environ if name.startswith("PIP_")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
        monkeypatch.setenv("PIP_INDEX_URL", f"{address}/usual")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        monkeypatch.setattr(setup_env, "LOCK", tmp_path / "requirements.lock")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Indexes(folder, address, asked)
        server.shutdown()


@pytest.fixture
def set_up(tmp_path, monkeypatch, empty_environment):
    """A function that sets up an environment as `make setup` does, without the library itself.

    It returns the packages in it, and how often pip was called.
    """
    real, real_run = setup_env.pip_install, subprocess.run
    calls = []

    def subprocess_run(command, **options):
        """A copy of an empty environment is there in no time."""
        if command[1:4] != ["-m", "venv", "--clear"]:
            return real_run(command, **options)
        shutil.rmtree(command[4], ignore_errors=True)
        shutil.copytree(empty_environment, command[4], symlinks=True)
        return subprocess.CompletedProcess(command, 0, b"")

    def pip_install(venv, *arguments, **options):
        calls.append(arguments)
        if "--editable" not in arguments:
            real(venv, *arguments, **options)

    monkeypatch.setattr(setup_env, "pip_install", pip_install)
    monkeypatch.setattr(setup_env.subprocess, "run", subprocess_run)

    def run(torch_index=None):
        calls.clear()
        setup_env.set_up(tmp_path / "env", dev=False, wanted=sys.executable, torch_index=torch_index)
        found = sorted((tmp_path / "env").rglob("*.dist-info"))
        packages = dict(path.name.removesuffix(".dist-info").split("-") for path in found)
        return {name: version for name, version in packages.items() if name not in ("pip", "setuptools")}, len(calls)

    return run


def test_torch_comes_from_the_index_that_the_user_names_and_the_rest_from_the_lock(set_up, indexes):
    cpu = f"{indexes.address}/cpu"
    packages, calls = set_up(cpu)
    assert packages == {"filelock": "3.1", "torch": "2.3.1+cpu", "torchtext": "0.18.0+cpu"}
    assert calls == 3
    asked = {path.split("/")[2] for path in indexes.asked if path.startswith("/usual")}
    assert asked == {"filelock"}, "neither torch nor what CUDA needs is asked of the usual index"

    assert set_up(cpu) == (packages, 0), "a second call returns at once"
    assert set_up() == (packages, 0), "the environment remembers the index"
    shutil.copytree(indexes.folder / "cpu", indexes.folder / "other")
    assert set_up(f"{indexes.address}/other") == (packages, 3), "another index makes the environment anew"
    assert set_up() == (packages, 0)


def test_without_an_index_everything_comes_from_the_lock_until_one_is_named(set_up, indexes, capsys):
    packages, calls = set_up()
    assert packages["torch"] == "2.3.1"
    assert {"nvidia_cublas_cu12", "triton"} <= set(packages)
    assert calls == 2
    packages, _ = set_up(f"{indexes.address}/cpu")
    assert packages == {"filelock": "3.1", "torch": "2.3.1+cpu", "torchtext": "0.18.0+cpu"}
    assert "has its torch from another index: making it anew" in capsys.readouterr().out


def test_with_an_index_for_torch_the_rest_is_still_checked_by_its_hashes(set_up, indexes):
    wheel(indexes.folder / "usual", "filelock", "3.1", "something-else")
    with pytest.raises(setup_env.SetupError, match="its checksum differs"):
        set_up(f"{indexes.address}/cpu")


def test_an_index_that_lacks_the_locks_torch_is_named_as_the_cause(set_up, indexes):
    shutil.rmtree(indexes.folder / "cpu" / "torchtext")
    with pytest.raises(setup_env.SetupError, match="index that TORCH_INDEX names has no torch or torchtext"):
        set_up(f"{indexes.address}/cpu")


def test_the_real_locks_split_into_torch_and_all_that_is_not_cudas():
    for lock in (setup_env.LOCK, setup_env.DEV_LOCK):
        text = lock.read_text(encoding="utf-8")
        torch, rest = setup_env.split_lock(text)
        assert {line.split("==")[0] for line in torch.splitlines()} == {"torch", "torchtext"}
        assert "--hash" not in torch
        names = {line.split("==")[0] for line in rest.splitlines() if line[:1].isalnum()}
        assert not [name for name in names if name.startswith(("nvidia", "cuda", "triton", "torch"))]
        assert {"numpy", "filelock", "sympy", "jupyterlab"} <= names, "what torch needs in every build stays"
        every = sum(line[:1].isalnum() for line in text.splitlines())
        assert all(line.startswith(("    --hash=sha256:", "#")) for line in rest.splitlines() if not line[:1].isalnum())
        assert len(names) > 0.6 * every


@pytest.mark.skipif(sys.platform == "win32", reason="make is not the way on Windows")
def test_make_hands_the_index_on(tmp_path):
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "setup_env.py").write_text("import os; print('index:', os.environ.get('TORCH_INDEX'))")
    shutil.copyfile(ROOT / "Makefile", tmp_path / "Makefile")
    ran = subprocess.run(["make", "setup", "TORCH_INDEX=http://x/cpu"], cwd=tmp_path, capture_output=True, text=True)
    assert "index: http://x/cpu" in ran.stdout


# --- what the locks and the extras hold -----------------------------------------------------------------------


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
    """What a host may bring is not named with a version, or only with the oldest that the course runs on."""
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
