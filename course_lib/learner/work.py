"""The learner's own notebooks: put into their folder, kept when they are replaced, and what they were made from.

The form that a notebook came in is kept in `.course/base/`. By it an update sees what the learner has changed, and what
the course.
"""

import contextlib
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_lib import folders
from course_lib.files import write_text
from course_lib.learner.lessons import NAMES
from course_lib.learner.notebook import answered, came_as, digest, dumps, read
from course_lib.usage import UsageError


def put() -> list[Path]:
    """Every lesson that the learner's folder lacks, copied into it, with answers where somebody has written some."""
    made = []
    for name in NAMES:
        path, source = folders.work() / f"{name}.ipynb", folders.bundled("notebooks") / f"{name}.ipynb"
        if not path.exists() and source.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, path)
            with contextlib.suppress(UsageError):  # where it can't be told, an update does without
                note_base(name, pristine(name))
            made.append(path)
    return made


def pristine(name: str) -> NotebookNode:
    """The notebook of a lesson as the course brings it, blank: also where somebody has written into that file.

    Raises UsageError where it is neither there nor in git.
    """
    path = folders.bundled("notebooks") / f"{name}.ipynb"
    try:
        content = read(path).content
        if not answered(content):
            return content
    except UsageError:
        pass
    text = committed(path)
    if text is None:
        where = "and git has no other" if path.exists() else "and nothing else has it"
        raise UsageError(f"{path} is not the blank notebook as the course brought it, {where}")
    made: NotebookNode = nbformat.reads(text, as_version=4)
    return made


def committed(path: Path) -> str | None:
    """A file as git has it; None outside a checkout, or without git."""
    try:
        found = subprocess.run(
            ["git", "show", f"HEAD:./{path.name}"], cwd=path.parent, capture_output=True, check=True, timeout=60
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.decode("utf-8")


def note_base(name: str, content: NotebookNode) -> None:
    """Keep the form that notebooks of a lesson came in."""
    write_text(_bases() / f"{name}.{digest(content)}.ipynb", dumps(content))


def base_of(content: NotebookNode, name: str) -> NotebookNode | None:
    """The form that a notebook came in, which its metadata name; where they were lost, the one that is most like it."""
    forms = {path.stem: read(path).content for path in sorted(_bases().glob(f"{name}.*.ipynb"))}
    sources = {cell.source for cell in content.cells}

    def likeness(stem: str) -> tuple[bool, int]:
        return stem == f"{name}.{came_as(content)}", sum(cell.source in sources for cell in forms[stem].cells)

    return forms[max(forms, key=likeness)] if forms else None


def _bases() -> Path:
    return folders.home() / ".course" / "base"


def keep(path: Path, home: Path | None = None) -> Path:
    """A copy of a notebook that is about to be replaced, under a name with the time."""
    folder, stem = (home or folders.home()) / ".course" / "kept", f"{path.stem}.{datetime.now():%Y%m%d-%H%M%S}"
    folder.mkdir(parents=True, exist_ok=True)
    kept, number = folder / f"{stem}.ipynb", 1
    while kept.exists():
        kept, number = folder / f"{stem}-{number}.ipynb", number + 1
    shutil.copy2(path, kept)
    return kept


def written_into() -> list[tuple[str, bool]]:
    """In a checkout, the lessons in whose notebooks in notebooks/ somebody has worked; and whether answers are there,
    or outputs alone. A notebook that was built anew is neither.
    """
    if folders.installed():
        return []
    found = []
    for name in NAMES:
        path = folders.bundled("notebooks") / f"{name}.ipynb"
        text = committed(path)
        if text is None or not path.exists() or path.read_bytes() == text.encode("utf-8"):
            continue
        with contextlib.suppress(UsageError):  # a damaged one is the learner's to mend
            content = read(path).content
            only_run = digest(content) == digest(nbformat.reads(text, as_version=4))
            if only_run or answered(content):
                found.append((name, not only_run))
    return found


def outdated() -> list[str]:
    """The lessons of which the course has another form now than the one that the learner's notebook came in."""
    found = []
    for name in NAMES:
        path = folders.work() / f"{name}.ipynb"
        with contextlib.suppress(UsageError):
            if path.exists() and came_as(read(path).content) != digest(pristine(name)):
                found.append(name)
    return found
