"""What stands in a package's way: files of the learner's with its name, copies of it elsewhere, half of it."""

import os
import site
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from importlib.machinery import PathFinder
from pathlib import Path

from course_lib import folders
from course_lib.learner.health import packages
from course_lib.learner.health.children import Tried
from course_lib.learner.health.finding import Finding, fine, odd, some, wrong
from course_lib.learner.health.mending import pip_install, quoted, remake, set_to, unset


def look(tried: Mapping[str, Tried]) -> list[Finding]:
    """Files with the name of a package, and packages that are there twice or in part."""
    found = [*_shadows(), *_copies()]
    return found or [fine("path", "No other file stands in a package's way.")]


def python_path() -> list[str]:
    """The folders of $PYTHONPATH."""
    return [folder for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep) if folder]


# --- files with the name of a package -----------------------------------------------------------------------


def _shadows() -> Iterator[Finding]:
    """Modules in the folders that Python looks through first: a kernel in that of its notebook."""
    home = folders.home()
    own = {place.resolve() for place in (folders.work(), home / "notebooks", home / "solutions")}
    told = {name.replace("-", "_") for name in packages.NAMES}  # on PYTHONPATH these are told of as copies
    others = {Path(place).resolve() for place in python_path()} - own
    for folder in [*sorted(own), *sorted(others)]:
        ours = folder in own
        modules = [path for path in _modules(folder) if ours or path.stem not in told]
        hidden = [path for path in modules if _elsewhere(path.stem, folder)]
        if hidden:
            names = some([path.name for path in hidden])
            found = f"In {folder} there is {names}: Python takes it for the package of that name."
            mend = "Give it another name." if ours else "Take the folder off PYTHONPATH, or give it another name."
            new = hidden[0].with_name(f"my_{hidden[0].name}")
            command = f"{'move' if os.name == 'nt' else 'mv'} {quoted(hidden[0])} {quoted(new)}"
            yield wrong("names of files", found, mend, command if ours else unset("PYTHONPATH"))


def _modules(folder: Path) -> list[Path]:
    """What can be imported from a folder."""
    try:
        return [path for path in sorted(folder.iterdir()) if path.suffix == ".py" or (path / "__init__.py").is_file()]
    except OSError:  # it is not there, or not to be read
        return []


def _elsewhere(name: str, folder: Path) -> bool:
    """Whether a package or a module of Python itself has this name, too."""
    if name in sys.builtin_module_names or name in getattr(sys, "stdlib_module_names", ()):
        return True
    first = {folder, *(Path(each).resolve() for each in python_path())}
    rest = [entry for entry in sys.path if entry and Path(entry).resolve() not in first]
    found = PathFinder.find_spec(name, rest)
    return found is not None and found.origin is not None and Path(found.origin).resolve().parent.parent != folder


# --- packages that are there twice, or in part --------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A folder on the path that holds a package, or what is noted of it.

    Attributes:
        versions: those that are noted there.
        whole: whether the package itself is there.
    """

    folder: str
    versions: tuple[str, ...]
    whole: bool


def places(name: str) -> list[Place]:
    """Where on the path a package is, in the order in which Python looks."""
    found, module = [], name.replace("-", "_")
    here = os.path.realpath(Path.cwd())
    for folder in dict.fromkeys(os.path.realpath(entry) for entry in sys.path if entry):
        if folder == here:  # what lies beside the learner's work is told of by its name
            continue
        spec = PathFinder.find_spec(module, [folder])
        whole = spec is not None and spec.origin is not None
        versions = tuple(sorted({each.version or "?" for each in metadata.distributions(name=name, path=[folder])}))
        if whole or versions:
            found.append(Place(folder, versions, whole))
    return found


def _copies() -> Iterator[Finding]:
    twice: dict[tuple[str, str], list[str]] = defaultdict(list)
    harm = set()
    for name in packages.NAMES:
        at = places(name)
        for place in at:
            if len(place.versions) > 1:
                both = " and ".join(place.versions)
                found = f"{name} is noted in {place.folder} with versions {both}: an update was broken off."
                yield wrong("copies", found, *_again(name))
            if not place.whole:
                found = f"{name} {place.versions[0]} is noted in {place.folder}, and its files are not there."
                yield wrong("copies", found, *_again(name))
        whole = [place for place in at if place.whole]
        if len(whole) > 1:
            first, second = whole[:2]
            twice[first.folder, second.folder].append(_named(name, first, second))
            if first.versions != second.versions and foreign(name):
                harm.add((first.folder, second.folder))
    for (first_folder, second_folder), names in twice.items():
        say = wrong if (first_folder, second_folder) in harm else odd
        found = f"There twice: {some(names)}. Python takes them from {first_folder}, not from {second_folder}."
        yield say("copies", found, *apart(first_folder))


def _named(name: str, first: Place, second: Place) -> str:
    """The package with both versions, as far as they are noted."""
    both = [place.versions[0] if place.versions else "of no known version" for place in (first, second)]
    return f"{name} {both[0]}" + (f" and {both[1]}" if both[0] != both[1] else "")


def foreign(name: str) -> str:
    """The folder outside this environment from which Python takes a package that is inside it, too; "" for none."""
    whole = [place.folder for place in places(name) if place.whole]
    return whole[0] if len(whole) > 1 and not whole[0].startswith(os.path.realpath(sys.prefix)) else ""


def _again(name: str) -> tuple[str, str]:
    wanted = packages.version(name)
    return "Install it anew.", pip_install(f"{name}=={wanted}" if wanted not in ("", "?") else name, anew=True)


def apart(folder: str) -> tuple[str, str]:
    """How to keep a folder off the path."""
    if folder in map(os.path.realpath, python_path()):
        return "Take that folder off PYTHONPATH.", unset("PYTHONPATH")
    if site.ENABLE_USER_SITE and folder == os.path.realpath(site.getusersitepackages()):
        return "Keep what this user has installed outside of environments out of them.", set_to("PYTHONNOUSERSITE", "1")
    return remake()
