"""`course update`: what is new in the course comes into the learner's notebooks, and what they wrote stays."""

import argparse
from pathlib import Path

from course_lib import folders
from course_lib.commands import lab
from course_lib.files import write_text
from course_lib.learner import work
from course_lib.learner.lessons import NAMES
from course_lib.learner.merge import Merged, merge
from course_lib.learner.notebook import came_as, digest, dumps, read
from course_lib.usage import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "notebooks",
        nargs="*",
        type=Path,
        metavar="NOTEBOOK",
        help="other copies of lessons; without it, those in work/",
    )


def run(given: argparse.Namespace) -> int:
    """Bring each of the learner's notebooks up to date; 1 where one could not be."""
    _free_the_tracked()
    lab.put()
    chosen = given.notebooks or sorted(folders.work().glob("*.ipynb"))
    failed = any_new = False
    for path in chosen:
        try:
            said = _update(path, named=bool(given.notebooks))
        except UsageError as error:
            said, failed = f"stays as it is: {error}", True
        if said:
            print(f"{_shown(path)} {said}")
            any_new = any_new or "up to date" in said
    if any_new:
        print("What is open in JupyterLab must be loaded anew: File, Reload Notebook from Disk.")
    elif not failed:
        print(f"Nothing is new: the notebooks in {folders.work().name}/ are up to date.")
    return int(failed)


def _update(path: Path, *, named: bool) -> str:
    """Bring one notebook up to date: what became of it, as the end of a sentence; nothing where nothing was to do."""
    if not path.exists():
        raise UsageError("there is no such file")
    mine = read(path)
    name = next((name for name in NAMES if name.partition("_")[0] == mine.lesson), None)
    if name is None:
        return "is no lesson of the course, and stays as it is" if named else ""
    if path.stem != name and not named:
        return (
            f"holds lesson {mine.lesson}, too, and stays as it is; to update it, name it: course update {_shown(path)}"
        )
    theirs = work.pristine(name)
    if came_as(mine.content) == digest(theirs):
        return ""
    merged = merge(work.base_of(mine.content, name), mine.content, theirs)
    kept = work.keep(path)
    write_text(path, dumps(merged.content))
    work.note_base(name, theirs)
    return f"is up to date: {_told(merged)}. As it was it is in {_shown(kept)}"


def _told(merged: Merged) -> str:
    parts = [f"{merged.changed} cells have changed" if merged.changed != 1 else "1 cell has changed"]
    if merged.new:
        parts.append(f"new are {', '.join(merged.new)}")
    parts.append(f"{merged.kept} cells of yours stay" if merged.kept != 1 else "1 cell of yours stays")
    told = "; ".join(parts)
    if merged.conflicts:
        begins = ", ".join(f"`{line}`" for line in merged.conflicts)
        told += f"; changed by both of you, the course's version below yours: {begins}"
    return told


def _free_the_tracked() -> None:
    """In a checkout: answers that somebody has written into notebooks/ move into work/, so that git can pull."""
    for name, answered in work.written_into():
        source, path = folders.bundled("notebooks") / f"{name}.ipynb", folders.work() / f"{name}.ipynb"
        kept = work.keep(source)
        if answered:
            while path.exists():
                path = path.with_stem(f"{path.stem}-2")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source.read_bytes())
            work.note_base(name, work.pristine(name))
            print(f"Your answers in {_shown(source)} have moved to {_shown(path)}: there no update touches them.")
        else:
            print(f"{_shown(source)} had been run, and is as it came; with its outputs it is in {_shown(kept)}")
        write_text(source, work.committed(source) or "")


def _shown(path: Path) -> str:
    inside = path.resolve().is_relative_to(folders.home().resolve())
    return path.resolve().relative_to(folders.home().resolve()).as_posix() if inside else str(path)
