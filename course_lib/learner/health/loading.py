"""Whether each package can be loaded, and what it means where one can't."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from course_lib import folders
from course_lib.learner.health import packages, paths
from course_lib.learner.health.children import CHILD, Step, Tried
from course_lib.learner.health.finding import Finding, fine, wrong
from course_lib.learner.health.mending import by_system, pip_install, remake, unset

NEEDS = {
    **dict.fromkeys(("scipy", "safetensors", "sacrebleu", "matplotlib"), ("import numpy",)),
    "nbclient": ("import nbformat",), "nbval": ("import pytest", "import nbformat"),
    "ipywidgets": ("import ipykernel",), "torchtext": ("import torch",),
}  # fmt: skip
COURSE = "import course_lib"


class Meaning(NamedTuple):
    """What an error means, and what to do; where there is no command, the packages are installed anew."""

    sign: str
    means: str
    mend: str = ""
    command: str = ""


def meanings(name: str) -> list[Meaning]:
    """What errors mean when this package is loaded. The first whose sign is in the text holds."""
    microsoft = "winget install Microsoft.VCRedist.2015+.x64"
    older = pip_install(packages.tested().get("numpy", "numpy<2"))
    libraries = "If LD_LIBRARY_PATH is set, take it away; else make the environment anew."
    return [
        Meaning("it did not end within", "a file that it waits for does not come (a network folder, a lock)"),
        Meaning("SIGILL", "it was built for a processor with more instructions than this one has"),
        Meaning("unknown instruction", "it was built for a processor with more instructions than this one has"),
        Meaning("SIGKILL", "the system has ended it, mostly for want of memory",
                "Close other programs and try again."),
        Meaning("undefined symbol", "two packages were built for other versions of each other"),
        Meaning("Symbol not found", "two packages were built for other versions of each other"),
        Meaning("compiled using NumPy 1.x", "it was built for numpy 1, and numpy 2 is here", "Go back.", older),
        Meaning("numpy.dtype size changed", "it was built for another numpy", "Go back.", older),
        Meaning("libgomp", "a library of the system is missing", "Install it.",
                by_system(debian="sudo apt install libgomp1")),
        Meaning("cannot open shared object file", "a library is missing, or another one is found in its place",
                libraries, unset("LD_LIBRARY_PATH")),
        Meaning("GLIBC", "this system is older than the one that it was built for"),
        Meaning("incompatible architecture", "this Python is for another processor than the package"),
        Meaning("DLL load failed", "a library of Windows is missing", "Install it.", microsoft),
        Meaning("WinError 126", "a library of Windows is missing", "Install it.", microsoft),
        Meaning("OMP: Error #15", "two packages bring the same library for threads"),
        Meaning("partially initialized module", f"a file of another program is taken for {name} or for what it needs"),
        Meaning("Permission denied", "this user may not read its files"),
        Meaning("No module named", "a package that it needs is missing"),
        Meaning("SIGSEGV", "it was built for another system, or its files are damaged"),
        Meaning("its process", "it was built for another system, or its files are damaged"),
    ]  # fmt: skip


def steps() -> list[Step]:
    """The import of each package that is there, and of the course's own library."""
    there = [name for name in packages.NAMES if packages.version(name)]
    every = [Step(f"import {name}", "loaded", [name], NEEDS.get(name, ())) for name in there]
    return [Step(COURSE, "loaded", ["course_lib"]), *every]


def look(tried: Mapping[str, Tried]) -> list[Finding]:
    """What can't be loaded, each with what its error means; what fails because another one did is not told again."""
    if CHILD in tried:
        return []  # told of Python itself
    found = [_course(tried[COURSE])] if COURSE in tried else []
    loads = [name for name in packages.NAMES if f"import {name}" in tried]
    failed = [name for name in loads if tried[f"import {name}"].error]
    found += [_failure(name, tried[f"import {name}"]) for name in failed]
    if not failed:
        found.append(fine("loading", f"Each of the {len(loads)} packages that are there can be loaded."))
    return [each for each in found if each is not None]


def _course(done: Tried) -> Finding | None:
    """Whether a program that imports `course_lib` gets the one that is running."""
    if done.error:
        return wrong("course_lib", f"The course's library can't be loaded: {done.error}", *remake())
    here = folders.PACKAGE / "__init__.py"
    if done.value and str(here) != str(Path(done.value).resolve()):
        found = f"Another course_lib is found before this one: {done.value}, not {here}."
        return wrong("course_lib", found, "Take the folder that it is in off the path (PYTHONPATH), or uninstall it.")
    return None


def _failure(name: str, done: Tried) -> Finding:
    text = f"{done.error}\n{done.said}"
    found = f"{name} {packages.version(name)} can't be loaded: {done.error}"
    anew = remake(*packages.tested().values()) if name in packages.PAIR else remake(name)
    if other := paths.foreign(name):
        return wrong("loading", f"{found}. It is taken from {other}.", *paths.apart(other))
    for meaning in meanings(name):
        if meaning.sign in text:
            mend = (meaning.mend, meaning.command) if meaning.mend else anew
            return wrong("loading", f"{found}. That is: {meaning.means}.", *mend)
    return wrong("loading", f"{found}.", *anew)
