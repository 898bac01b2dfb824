"""Python itself: its version, the environment that it is in, the variables that change what it does."""

import os
import platform
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from course_lib import folders
from course_lib.learner.health.children import CHILD, Tried
from course_lib.learner.health.finding import Finding, fine, odd, wrong
from course_lib.learner.health.mending import (
    CONDA,
    LAB,
    OWN,
    SYSTEM,
    course_environment,
    environment,
    in_course,
    own_environment,
    quoted,
    remake,
    unset,
)  # fmt: skip

TESTED = ((3, 11), (3, 13))


def look(tried: Mapping[str, Tried]) -> list[Finding]:
    """Version and build, environment, variables."""
    found = [_python(tried.get(CHILD)), _environment(), *_variables(), *_threads()]
    return [each for each in found if each is not None]


def _python(child: Tried | None) -> Finding:
    version, bits = platform.python_version(), 64 if sys.maxsize > 2**32 else 32
    oldest, newest = TESTED
    better = "Make the course's environment with Python 3.12.", _with_python()
    if child is not None:
        return wrong("python", f"Python {version} can't start a second time: {child.error}", *remake())
    if sys.version_info[:2] < oldest:
        return wrong("python", f"This is Python {version}; the course needs 3.11, 3.12 or 3.13.", *better)
    if bits == 32:
        return wrong("python", f"This Python {version} is a build for 32 bits, for which there is no torch.", *better)
    if sys.implementation.name != "cpython":
        kind = sys.implementation.name
        return wrong("python", f"This Python {version} is {kind}, for which there is no torch.", *better)
    if sys.platform == "darwin" and platform.machine() == "x86_64" and "ARM64" in platform.version():
        found = f"This Python {version} is for Intel processors, and is translated on this one: all is slow."
        return odd("python", found, "Make the environment with a Python for Apple's own processors.", better[1])
    if sys.version_info[:2] > newest:
        return odd("python", f"This is Python {version}; the course is tested with 3.11 to 3.13.", *better)
    return fine("python", f"Python {version}, {bits} bits, {platform.system()} {platform.machine()}.")


def _with_python() -> str:
    if folders.installed():
        return "conda create --name course python=3.12"
    conda = os.name == "nt" or environment() == CONDA
    return in_course("conda env create --file environment.yml" if conda else "make lab PYTHON=python3.12")


def _environment() -> Finding:
    kind, prefix, made = environment(), Path(sys.prefix), course_environment()
    if kind != LAB and not folders.installed() and (made / "course-stamp").exists():
        found = f"This is not the environment that `make lab` made in {made}, but {prefix}."
        return odd("environment", found, "Take that one.", f"source {quoted(made / 'bin' / 'activate')}")
    if kind == SYSTEM:
        found = f"No environment of the course's own, but Python in {prefix}, which other programs share."
        own = ("A hosted notebook is made so. Elsewhere, make an environment.", own_environment())
        return odd("environment", found, *own)
    named = {LAB: "Made by `make lab`", CONDA: f"The conda environment {prefix.name}", OWN: "A virtual environment"}
    return fine("environment", f"{named[kind]}, in {prefix}.")


def _variables() -> Iterator[Finding]:
    """What changes where Python finds its packages, or what it does."""
    for name, what in (
        ("PYTHONPATH", "Python looks there before all packages"),
        ("PYTHONHOME", "Python looks there for itself, whatever environment it is in"),
    ):
        if value := os.environ.get(name):
            yield odd("variables", f"{name} is set to {value}: {what}.", "If that is not meant:", unset(name))
    if sys.flags.optimize:
        found = "Python leaves out every assert (-O or PYTHONOPTIMIZE), and so what lessons and pytest assert."
        yield odd("variables", found, "Start it without.", unset("PYTHONOPTIMIZE"))
    if "error" in os.environ.get("PYTHONWARNINGS", ""):
        found = "PYTHONWARNINGS makes errors of warnings, which packages give now and then."
        yield odd("variables", found, "Start Python without.", unset("PYTHONWARNINGS"))


def _threads() -> Iterator[Finding]:
    cores = os.cpu_count() or 1
    if os.environ.get("OMP_NUM_THREADS") == "1" and cores > 1:
        found = f"OMP_NUM_THREADS is 1: torch uses one of {cores} cores."
        yield odd("threads", found, "If other programs leave them free, let it use all:", unset("OMP_NUM_THREADS"))
