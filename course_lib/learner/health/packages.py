"""The packages that the course needs, as they are noted: there, and of a version that fits."""

import re
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module, metadata
from typing import Any

from course_lib import folders
from course_lib.learner.health.children import Tried
from course_lib.learner.health.finding import Finding, fine, odd, some, wrong
from course_lib.learner.health.mending import CONDA, LAB, environment, install, remake

# In an order in which none needs one behind it; what ends a process most often stands last.
NAMES = (
    "setuptools", "psutil", "tqdm", "pooch", "nbformat", "nbclient", "pytest", "nbval", "numpy", "scipy", "safetensors",
    "sacrebleu", "matplotlib", "ipykernel", "ipywidgets", "jupyterlab", "torch", "torchtext",
)  # fmt: skip
PAIR = ("torch", "torchtext", "numpy")  # what the extra `lab` says of these is `torch_pair`'s


@dataclass(frozen=True)
class Unmet:
    """A package that is missing, or of a version that doesn't fit.

    Attributes:
        name: the package.
        wanted: the package and its versions, "nbval>=0.11".
        version: the one that is there, "" for none.
        by: the package that needs it; "" for the course.
    """

    name: str
    wanted: str
    version: str
    by: str


def normal(name: str) -> str:
    """The name of a package in the one form in which names are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def version(name: str) -> str:
    """The version that is noted of a package; "" where it isn't installed."""
    try:
        return metadata.version(name) or "?"
    except metadata.PackageNotFoundError:
        return ""
    except Exception:  # damaged notes, each kind in its own way
        return "?"


# --- what is needed -----------------------------------------------------------------------------------------


def parser() -> Any:
    """The class that reads a requirement; it comes with several packages. None where there is none of them."""
    for place in ("packaging", "pip._vendor.packaging", "setuptools._vendor.packaging"):
        try:
            return import_module(f"{place}.requirements").Requirement
        except Exception:  # missing, or damaged in some way
            continue
    return None


def declared() -> list[str]:
    """What the course needs, a line each, those of extras with a marker: from pyproject.toml, which an update of a
    checkout renews, or as it is noted where the course is installed.
    """
    path = folders.PACKAGE.parent / "pyproject.toml"
    try:
        if folders.installed() or not path.exists():
            return metadata.requires("course-lib") or []
        import tomllib  # Python 3.11 and newer

        project = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
    except (metadata.PackageNotFoundError, ImportError):
        return []
    lines = list(project["dependencies"])
    for line in project["optional-dependencies"]["lab"]:
        requirement, _, marker = line.partition(";")
        lines.append(f"{requirement}; {f'({marker.strip()}) and ' * bool(marker)}extra == 'lab'")
    return lines


def holding(lines: list[str], extra: str) -> Iterator[Any]:
    """The requirements among the lines that hold on this system: those of the extra alone, or those without any."""
    for requirement in map(parser(), lines):
        marker = requirement.marker
        plain = marker is None or marker.evaluate({"extra": ""})
        if plain != bool(extra) and (plain or marker.evaluate({"extra": extra})):
            yield requirement


def text_of(requirement: Any) -> str:
    """A requirement without its marker, as pip takes it."""
    return f"{requirement.name}{requirement.specifier}"


def tested() -> dict[str, str]:
    """What the course is tested with on this system: "torch" -> "torch==2.3.1", and so for torchtext and numpy."""
    if parser() is None:
        return {}
    every = holding(declared(), "lab")
    return {normal(each.name): text_of(each) for each in every if normal(each.name) in PAIR}


def unmet(wanted: list[Any]) -> list[Unmet]:
    """Which of these, and of those that they need in turn, are missing or don't fit."""
    found: dict[tuple[str, str], Unmet] = {}
    seen = set()
    waiting = deque((requirement, "") for requirement in wanted)
    while waiting:
        requirement, by = waiting.popleft()
        there = version(requirement.name)
        if not there or not _fits(requirement, there):
            text = text_of(requirement)
            found.setdefault(
                (normal(requirement.name), "" if not there else text), Unmet(requirement.name, text, there, by)
            )
        for extra in ("", *sorted(requirement.extras)):
            if there and (normal(requirement.name), extra) not in seen:
                seen.add((normal(requirement.name), extra))
                needs = holding(_needed_by(requirement.name), extra)
                waiting.extend((each, requirement.name) for each in needs)
    return list(found.values())


def _needed_by(name: str) -> list[str]:
    try:
        return metadata.requires(name) or []
    except Exception:  # damaged notes, each kind in its own way; `version` tells of them
        return []


def _fits(requirement: Any, there: str) -> bool:
    try:
        return bool(requirement.specifier.contains(there, prereleases=True))
    except ValueError:  # no version at all
        return False


# --- findings -----------------------------------------------------------------------------------------------


def look(tried: Mapping[str, Tried]) -> list[Finding]:
    """The packages by their notes: what is missing, what is too old, what others of them lack."""
    if parser() is None:
        return [wrong("packages", "The package packaging is missing, which many others need.", *remake("packaging"))]
    lines = declared()
    if not lines and sys.version_info < (3, 11):
        return []  # this Python can't read pyproject.toml, and is told of
    if not lines:
        return [odd("packages", "What the course needs is noted nowhere.", *remake())]
    course = list(holding(lines, ""))
    lab = [each for each in holding(lines, "lab") if normal(each.name) not in PAIR]
    ours = environment() in (LAB, CONDA)
    needed = unmet(course)
    # A hosted notebook brings a JupyterLab of its own: there the extra `lab` is no must.
    for_lab = [each for each in unmet(lab) if each not in needed]
    found = [*_told("packages", needed, "", True), *_told("packages of JupyterLab", for_lab, " for `course lab`", ours)]
    good = f"All {len(course) + len(lab)} that the course needs are there, with what they need; none is too old."
    return found or [fine("packages", good)]


def _told(about: str, every: list[Unmet], what_for: str, must: bool) -> Iterator[Finding]:
    """Missing ones in one finding, those of another version in the next."""
    say, better = (wrong if must else odd), tested()  # the newest torch and numpy may not fit each other

    def whole(chosen: list[Unmet]) -> list[str]:
        return [better.get(normal(each.name), each.wanted) for each in chosen]

    if missing := [each for each in every if not each.version]:
        names = some([f"{each.wanted}{f' (for {each.by})' if each.by else ''}" for each in missing])
        many = "packages are" if len(missing) > 1 else "package is"
        found = f"{len(missing)} {many} missing{what_for}: {names}."
        yield say(about, found, *install(*whole(missing)))
    if other := [each for each in every if each.version]:
        names = some([f"{each.by or 'the course'} needs {each.wanted}, here is {each.version}" for each in other])
        others = all(each.by for each in other)  # what packages say of each other is often stricter than need be
        found = f"Versions that do not fit{what_for}: {names}."
        yield (odd if others else say)(about, found, *install(*whole(other)))
