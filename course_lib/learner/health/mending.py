"""What environment this is, and the commands that mend it on this system."""

import os
import shlex
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

from course_lib import folders

LAB, CONDA, OWN, SYSTEM = "make lab", "conda", "venv", "none"


def environment() -> str:
    """Who made the environment that this Python is in: `make lab`, conda, somebody else, or there is none."""
    prefix = Path(sys.prefix)
    if (prefix / "course-stamp").exists():
        return LAB
    if (prefix / "conda-meta").is_dir():
        return CONDA
    return OWN if sys.prefix != sys.base_prefix else SYSTEM


def quoted(text: str | os.PathLike[str]) -> str:
    """As one word of a command line of this system."""
    text = os.fspath(text)
    if os.name != "nt":
        return shlex.quote(text)
    return f'"{text}"' if any(sign in text for sign in ' &()<>|^";,=') else text


def in_course(command: str) -> str:
    """The command, run in the folder that the course is in."""
    return f"cd {quoted(folders.home())} && {command}"


def course_environment() -> Path:
    """The folder in which `make lab` makes the environment."""
    return folders.home() / ".venv"


def remake(*requirements: str) -> tuple[str, str]:
    """What to do, and the command, where packages do not fit each other.

    Args:
        requirements: what to install where the environment is not the course's to make anew.
    """
    kind, checkout = environment(), not folders.installed()
    if kind == LAB and checkout:
        prefix = Path(sys.prefix)
        where = "" if prefix == course_environment() else f" VENV={quoted(prefix)}"
        return "Make the environment anew.", in_course(f"make clean{where} && make lab{where}")
    if kind == CONDA and checkout:
        name = Path(sys.prefix).name
        if name != "course":
            return "Make an environment for the course.", in_course("conda env create --file environment.yml")
        anew = "conda deactivate && conda env remove --yes --name course && conda env create --file environment.yml"
        return "Make the environment anew.", in_course(anew)
    if requirements:
        return "Install them anew.", pip_install(*requirements, anew=True)
    if checkout:
        return "Install the course anew.", in_course(pip_install(".[lab]", anew=True))
    return "Install the course anew, from the file or folder that it came from.", ""


def pip_install(*requirements: str, anew: bool = False) -> str:
    """The command that installs these packages into this Python."""
    pip = f"{quoted(sys.executable)} -m pip install"
    if find_spec("pip") is None:
        pip = f"{quoted(sys.executable)} -m ensurepip && {pip}"
    words = ["--force-reinstall"] * anew + [quoted(requirement) for requirement in requirements]
    return " ".join([pip, *words])


def install(*requirements: str) -> tuple[str, str]:
    """What to do, and the command, where packages are missing."""
    managed = Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists()  # then pip refuses to install anything
    if environment() == SYSTEM and (managed or find_spec("torch") is None):  # a hosted notebook brings torch
        return "Make an environment for the course.", own_environment()
    return "Install them.", pip_install(*requirements)


def own_environment() -> str:
    """The command that makes one."""
    if folders.installed():
        return f"{python_module('venv')} course-env"
    return in_course("conda env create --file environment.yml" if os.name == "nt" else "make lab")


def python_module(module: str) -> str:
    """The command that runs a module with this Python."""
    return f"{quoted(sys.executable)} -m {module}"


def unset(variable: str) -> str:
    """The command that takes a variable out of the environment of a terminal."""
    return f"set {variable}=" if os.name == "nt" else f"unset {variable}"


def set_to(variable: str, value: str) -> str:
    """The command that sets a variable in a terminal."""
    return f"set {variable}={value}" if os.name == "nt" else f"export {variable}={shlex.quote(value)}"


def by_system(*, debian: str, mac: str = "", windows: str = "") -> str:
    """The command of this system; on Linux that of Debian and Ubuntu."""
    return {"darwin": mac, "win32": windows}.get(sys.platform, debian)
