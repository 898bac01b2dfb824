"""Make or update the environment in $VENV (default .venv) from requirements.lock.

Runs on any Python 3.6+ and uses the standard library alone: it is the first thing that a fresh machine runs.
A stamp beside the environment records what it was made from, so that a second call returns at once.

$TORCH_INDEX names a package index for torch and torchtext, such as one with builds for CPUs; the environment remembers
it. Everything else comes from the lock. $PYTHON names the Python to take.
"""

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "tools" / "requirements-dev.lock"
OLDEST, NEWEST = (3, 11), (3, 14)
WITHOUT_VERSION = ["python3", "python"]
WITH_VERSION = ["python3.12", "python3.11", "python3.13", "python3.14"]
TORCH = ("torch", "torchtext")
ONLY_CUDA = ("nvidia-", "cuda-", "triton")  # how the packages begin that torch needs in its build with CUDA alone

NO_PYTHON = """\
The course needs Python 3.11, 3.12 or 3.13. {found}
  Debian, Ubuntu:  sudo apt install python3.12 python3.12-venv
  Fedora:          sudo dnf install python3.12
  macOS:           brew install python@3.12
  with conda:      conda env create -f environment.yml
  elsewhere:       https://www.python.org/downloads/
If it is installed but not on the PATH, name it:  make lab PYTHON=/path/to/python3.12"""

NO_ENSUREPIP = """\
{python} cannot make environments: its module venv is not complete.
  Debian, Ubuntu:  sudo apt install python3-venv      (or python{version}-venv)
Then run this command again."""

NO_SPACE = """\
Not enough disk space: the environment needs about {need:.0f} GB in {where}, and {free:.1f} GB are free.
Free some space, or put the environment on another disk:  make lab VENV=/other/disk/course-env"""

NO_NETWORK = """\
The packages could not be downloaded: the package index did not answer.
  - Is this machine online? The first call needs the network; later ones do not.
  - Behind a proxy, set HTTPS_PROXY first, for example:  export HTTPS_PROXY=http://proxy.example:3128
  - What was downloaded so far is kept. Run the same command again to go on.
  - If the network is fine, the index has no build for this machine ({machine}, Python {version}): try another
    Python, for example  make lab PYTHON=python3.12"""

HASH_MISMATCH = """\
A downloaded package is not the one that requirements.lock names: its checksum differs.
This is how a broken download looks. Run the same command again; if it comes back, the download is being
changed on its way to you (a proxy that inspects traffic, for example)."""

NO_TORCH = """\
The index that TORCH_INDEX names has no torch or torchtext of the version in requirements.lock for this machine
({machine}, Python {version}). Check the URL, or run the command without TORCH_INDEX after  make clean"""

NO_WHEEL = """\
The package index has no build of a package for this machine ({machine}, Python {version}).
Try another Python:  make lab PYTHON=python3.12      or conda:  conda env create -f environment.yml"""


class SetupError(Exception):
    """The environment can't be made; the message says what to do."""


def version_of(python):
    """(major, minor) of an interpreter, or None if it does not run."""
    try:
        out = subprocess.run(
            [str(python), "-c", "import sys; print(*sys.version_info[:2])"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if out.returncode != 0:  # a shim without an interpreter behind it, for example
        return None
    return tuple(int(part) for part in out.stdout.split())


def find_python(wanted=None):
    """The interpreter to use, with its version: the one asked for, else the first on the PATH that fits."""
    seen = []
    for name in [wanted] if wanted else WITHOUT_VERSION + WITH_VERSION:
        path = shutil.which(name)
        version = version_of(path) if path else None
        if version is None:
            continue
        if OLDEST <= version <= NEWEST:
            return path, version
        seen.append(f"{name} is Python {version[0]}.{version[1]}")
    if wanted and not seen:
        found = f"There is no Python at {wanted}."
    else:
        found = "Found only: " + ", ".join(seen) + "." if seen else "Found none."
    raise SetupError(NO_PYTHON.format(found=found))


def gigabytes_needed(torch_index=None):
    """On Linux the usual index serves the build of PyTorch that carries CUDA, several GB of it."""
    cuda = sys.platform.startswith("linux") and platform.machine() == "x86_64" and not torch_index
    return 9 if cuda else 3


def check_space(venv, torch_index=None):
    place = venv
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(str(place)).free / 1e9
    need = gigabytes_needed(torch_index)
    if free < need:
        raise SetupError(NO_SPACE.format(need=need, where=place, free=free))


def stamp_for(version, lock, torch_index=None):
    digest = hashlib.sha256((torch_index or "").encode())
    for path in (lock, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return "python {}.{} {} {}\n".format(*version, ROOT, digest.hexdigest())


def is_current(venv, version, lock, torch_index=None):
    """Does its stamp say so? An environment with the authors' packages (DEV_LOCK) serves learners too."""
    stamps = {stamp_for(version, each, torch_index) for each in (lock, DEV_LOCK)}
    try:
        return (venv / "course-stamp").read_text() in stamps and python_in(venv).exists()
    except OSError:
        return False


def python_in(venv):
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def torch_index_of(venv):
    """The index that the environment has its torch from; None: the usual one."""
    path = venv / "torch-index"
    return path.read_text() if path.exists() else None


def make_venv(venv, python, version, torch_index=None):
    old = version_of(python_in(venv)) if python_in(venv).exists() else None
    if old == version and torch_index_of(venv) == torch_index:
        return
    if old and old != version:
        print(f"The environment in {venv} was made with Python {old[0]}.{old[1]}: making it anew.")
    elif old:
        print(f"The environment in {venv} has its torch from another index: making it anew.")
    done = subprocess.run(
        [python, "-m", "venv", "--clear", str(venv)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode != 0:
        text = done.stdout.decode(errors="replace")
        if "No space left" in text:
            raise SetupError(NO_SPACE.format(need=gigabytes_needed(), where=venv, free=0))
        if "ensurepip" in text or "No module named venv" in text:
            raise SetupError(NO_ENSUREPIP.format(python=python, version="{}.{}".format(*version)))
        raise SetupError(f"{python} could not make an environment in {venv}:\n{text.strip()}")
    if torch_index:
        note = venv / "torch-index"
        note.touch(mode=0o600)  # a URL may hold a password
        note.write_text(torch_index)


def explain(output, torch_index=None):
    """What to do, from what pip printed."""
    if "No space left" in output:
        return NO_SPACE.format(need=gigabytes_needed(), where=ROOT, free=shutil.disk_usage(str(ROOT)).free / 1e9)
    if "DO NOT MATCH THE HASHES" in output:
        return HASH_MISMATCH
    offline = ("new connection", "name resolution", "Max retries", "timed out", "Network is unreachable",
               "Connection aborted", "Connection refused", "ProxyError", "Connection broken")  # fmt: skip
    machine = {"machine": platform.machine(), "version": platform.python_version()}
    if any(sign in output for sign in offline):
        return NO_NETWORK.format(**machine)
    if "No matching distribution" in output and torch_index:
        return NO_TORCH.format(**machine)
    if "(from versions: none)" in output:
        return NO_NETWORK.format(**machine)
    if "No matching distribution" in output:
        return NO_WHEEL.format(**machine)
    return "pip could not install the packages. The lines above say why."


def pip_install(venv, *arguments, torch_index=None):
    """Run pip, let its downloads be seen, and keep what it printed in case it fails."""
    command = [str(python_in(venv)), "-m", "pip", "install", "--disable-pip-version-check", "--no-input",
               "--progress-bar", "off", *arguments]  # fmt: skip
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as pip:
        for raw in pip.stdout:
            line = raw.decode(errors="replace").rstrip()
            lines.append(line)
            if line.lstrip().startswith(("Downloading", "Using cached", "Installing collected")):
                print("  " + line.strip().split("(from")[0][:110], flush=True)
    if pip.returncode != 0:
        print("\n".join(lines[-12:]))
        raise SetupError(explain("\n".join(lines), torch_index))


def split_lock(text):
    """The lock's requirements of torch and torchtext, without hashes; and the rest, without what only CUDA needs."""
    torch, rest, keeping = [], [], True
    for line in text.splitlines():
        if line[:1].isalnum():  # a requirement begins; the indented lines after it are its hashes
            name = line.split("==")[0]
            if name in TORCH:
                torch.append(line.rstrip(" \\"))
            keeping = name not in TORCH and not name.startswith(ONLY_CUDA)
        if keeping:
            rest.append(line)
    return "\n".join(torch) + "\n", "\n".join(rest) + "\n"


def install_packages(venv, lock, torch_index=None):
    """What the lock names; with an index for torch, torch and torchtext from there, in the lock's versions.

    Builds of another index ("2.3.1+cpu") have hashes of their own, so these two go without. They come last, with what
    they need: for a build without CUDA that is all there by then.
    """
    if not torch_index:
        pip_install(venv, "--require-hashes", "-r", str(lock))
        return
    torch, rest = split_lock(lock.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        torch_path, rest_path = Path(folder) / "torch.txt", Path(folder) / "rest.txt"
        torch_path.write_text(torch, encoding="utf-8")
        rest_path.write_text(rest, encoding="utf-8")
        pip_install(venv, "--require-hashes", "-r", str(rest_path))
        pip_install(venv, "--index-url", torch_index, "-r", str(torch_path), torch_index=torch_index)


def set_up(venv, dev, wanted=None, torch_index=None):
    lock = DEV_LOCK if dev else LOCK
    python, version = find_python(wanted)
    torch_index = torch_index or torch_index_of(venv)
    if is_current(venv, version, lock, torch_index):
        return
    check_space(venv, torch_index)
    print(f"Making the environment in {venv} with Python {version[0]}.{version[1]} (once; a few minutes).")
    make_venv(venv, python, version, torch_index)
    install_packages(venv, lock, torch_index)
    pip_install(venv, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    beside = venv / "course-stamp.new"
    beside.write_text(stamp_for(version, lock, torch_index))
    beside.replace(venv / "course-stamp")
    print("The environment is ready.")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what building and testing the course need")
    arguments = parser.parse_args()
    venv = ROOT / (os.environ.get("VENV") or ".venv")  # an absolute $VENV stays as it is
    try:
        set_up(venv, arguments.dev, os.environ.get("PYTHON"), os.environ.get("TORCH_INDEX"))
    except SetupError as error:
        sys.exit("\n" + str(error))
    except KeyboardInterrupt:
        sys.exit("\nStopped. Run the same command again to go on.")


if __name__ == "__main__":
    main()
