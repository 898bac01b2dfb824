"""`course update`: what is new in the course comes into the learner's notebooks, and what they wrote stays."""

import argparse
import shlex
from pathlib import Path

from nbformat import NotebookNode

from course_lib import folders
from course_lib.commands import lab
from course_lib.files import write_text
from course_lib.folders import shown
from course_lib.learner import work
from course_lib.learner.lessons import NAMES, name_of
from course_lib.learner.merge import Merged, merge
from course_lib.learner.notebook import answered, came_as, dumps, read
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
    named = [path if path.exists() else folders.home() / path for path in given.notebooks]
    chosen = named or [path for path in sorted(folders.work().glob("*.ipynb")) if not path.name.startswith(".")]
    failed = any_new = False
    for path in chosen:
        try:
            said = _update(path, named=bool(named))
        except Exception as error:  # a form of notebook that nobody has thought of stops no other
            why = str(error) if isinstance(error, UsageError) else f"{type(error).__name__}: {error}"
            said, failed = f"stays as it is: {why}", True
        if said:
            print(f"{shown(path)} {said}")
            any_new = any_new or "up to date" in said
    if any_new:
        print("What is open in JupyterLab must be loaded anew: File, Reload Notebook from Disk.")
    elif not failed:
        what = ", ".join(map(shown, named)) if named else f"the notebooks in {folders.work().name}/"
        print(f"Nothing is new: {what} {'is' if len(named) == 1 else 'are'} up to date.")
    return int(failed)


def _update(path: Path, *, named: bool) -> str:
    """Bring one notebook up to date: what became of it, as the end of a sentence; nothing where nothing was to do."""
    if not path.exists():
        raise UsageError("there is no such file")
    mine = read(path)
    name = name_of(mine.lesson) or (path.stem if path.stem in NAMES else None)  # by its name, where the checks are gone
    if name is None:
        return "is no lesson of the course, and stays as it is" if named else ""
    theirs = work.pristine(name)
    if came_as(mine.content) in work.forms(theirs):
        return ""
    if path.stem != name and not named:
        command = f"course update {shlex.quote(shown(path))}"
        return f"holds lesson {mine.lesson}, too, and stays as it is; to update it, name it: {command}"
    merged = merge(work.base_of(mine.content, name), mine.content, theirs)
    work.note_base(name, theirs)
    if _says(merged.content) == _says(mine.content):  # it has lost what it came as, and nothing else
        write_text(path, dumps(merged.content))
        return ""
    kept = work.keep(path)
    write_text(path, dumps(merged.content))
    return f"is up to date: {_told(merged)}. As it was it is in {shown(kept)}"


def _says(content: NotebookNode) -> list[tuple[str, str]]:
    return [(cell.cell_type, cell.source) for cell in content.cells]


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
    for name, with_answers in work.written_into():
        source, path = folders.bundled("notebooks") / f"{name}.ipynb", folders.work() / f"{name}.ipynb"
        kept = work.keep(source)
        if with_answers:
            work.note_base(name, work.pristine(name))
            while path.exists() and not _may_go(path, source):
                path = path.with_stem(f"{path.stem}-2")
            if path.exists():
                work.keep(path)
            work.copy(source, path)
            print(f"Your answers in {shown(source)} have moved to {shown(path)}, which git leaves alone.")
        else:
            print(f"{shown(source)} had been run, and is as it came; with its outputs it is in {shown(kept)}")
        work.put_back(source)


def _may_go(path: Path, source: Path) -> bool:
    """Is this notebook blank, or the same as the other?"""
    try:
        return not answered(read(path).content) or _says(read(path).content) == _says(read(source).content)
    except UsageError:  # who knows what is in it
        return False
