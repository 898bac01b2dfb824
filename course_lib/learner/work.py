"""The learner's own notebooks: put into their folder, kept when they are replaced, and what they were made from.

The form that a notebook came in is kept in `.course/base/`. By it an update sees what the learner has changed, and what
the course.
"""

import contextlib
import glob
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from nbformat import NotebookNode

from course_lib import folders
from course_lib.files import replacing, write_text
from course_lib.learner.lessons import NAMES, lesson_in, name_of
from course_lib.learner.notebook import answered, came_as, digest, dumps, parsed, read
from course_lib.usage import UsageError

# --- the learner's folder -----------------------------------------------------------------------------------


def follow() -> list[tuple[Path, Path]]:
    """Where the course has given a lesson another name, the learner's notebook takes it: the old paths and the new."""
    followed = []
    for name in NAMES:
        path = folders.work() / f"{name}.ipynb"
        if not path.exists() and (former := _former(name)):
            former.rename(path)
            followed.append((former, path))
    return followed


def _former(name: str) -> Path | None:
    """The notebook of a lesson under a name that the course gave it before; for those there is a base."""
    for path in sorted(folders.work().glob("*.ipynb")):
        given_by_the_course = path.stem not in NAMES and any(_bases().glob(f"{glob.escape(path.stem)}.*.ipynb"))
        if given_by_the_course and name_of(lesson_in(path)) == name:
            return path
    return None


def put() -> list[Path]:
    """Every lesson that the learner's folder lacks, copied into it, with answers where somebody has written some."""
    made = []
    for name in NAMES:
        path, source = folders.work() / f"{name}.ipynb", folders.bundled("notebooks") / f"{name}.ipynb"
        if path.exists():
            continue
        with contextlib.suppress(UsageError):  # where the blank form can't be told, an update does without
            note_base(name, pristine(name))
        if _readable(source) is not None:
            copy(source, path)
        elif blank := _blank(name):  # the course's own is gone, or holds the marks of a merge
            write_text(path, dumps(blank))
        if path.exists():
            made.append(path)
    return made


def keep(path: Path, home: Path | None = None) -> Path:
    """A copy of a notebook that is about to be replaced, under a name with the time."""
    folder, stem = (home or folders.home()) / ".course" / "kept", f"{path.stem}.{datetime.now():%Y%m%d-%H%M%S}"
    kept, number = folder / f"{stem}.ipynb", 1
    while kept.exists():
        kept, number = folder / f"{stem}-{number}.ipynb", number + 1
    copy(path, kept)
    return kept


def copy(source: Path, path: Path) -> None:
    """Copy a file; the copy is there whole or not at all."""
    with replacing(path) as beside:
        shutil.copy2(source, beside)


def outdated() -> list[str]:
    """The lessons of which the course has another form now than the one that the learner's notebook came in."""
    found = []
    for name in NAMES:
        content, now = _readable(folders.work() / f"{name}.ipynb"), _blank(name)
        if content is None or now is None:
            continue
        came = came_as(content)
        if not came and (base := base_of(content, name)):
            came = digest(base)
        if came not in forms(now):
            found.append(name)
    return found


# --- the forms that the course gives ------------------------------------------------------------------------


def pristine(name: str) -> NotebookNode:
    """The notebook of a lesson as the course brings it, blank: also where somebody has written into that file.

    Raises UsageError where it is neither there nor in git.
    """
    path = folders.bundled("notebooks") / f"{name}.ipynb"
    content = _readable(path)
    if content is not None and not answered(content):
        return content
    for content in _versions(path):  # somebody may have committed answers, too
        if not answered(content):
            return content
    where = "and git has no other" if path.exists() else "and nothing else has it"
    raise UsageError(f"{path} is not the blank notebook as the course brought it, {where}")


def forms(content: NotebookNode) -> set[str]:
    """The digests by which a form of a lesson may be called: its own, and the one that it says it has."""
    return {digest(content), came_as(content)} - {""}


def note_base(name: str, content: NotebookNode) -> None:
    """Keep the form that notebooks of a lesson came in."""
    write_text(_bases() / f"{name}.{digest(content)}.ipynb", dumps(content))


def base_of(content: NotebookNode, name: str) -> NotebookNode | None:
    """The form that a notebook came in, which its metadata name; where they were lost, the kept one that is most like
    it. None where it is not known.
    """
    came = came_as(content)
    if came:
        kept = (_readable(path) for path in sorted(_bases().glob(f"*.{came}.ipynb")))
        path = folders.bundled("notebooks") / f"{name}.ipynb"
        return next((form for form in _chain(kept, _versions(path)) if came in forms(form)), None)
    sources = {cell.source for cell in content.cells}
    found = list(_chain(_readable(path) for path in sorted(_bases().glob(f"{name}.*.ipynb"))))
    return max(found, key=lambda form: sum(cell.source in sources for cell in form.cells), default=None)


def _chain(*many: Iterator[NotebookNode | None]) -> Iterator[NotebookNode]:
    for each in many:
        yield from (content for content in each if content is not None)


def _bases() -> Path:
    return folders.home() / ".course" / "base"


def _readable(path: Path) -> NotebookNode | None:
    """What a file holds; None where it is not there, or can't be read."""
    with contextlib.suppress(UsageError):
        return read(path).content
    return None


def _blank(name: str) -> NotebookNode | None:
    with contextlib.suppress(UsageError):
        return pristine(name)
    return None


# --- git ----------------------------------------------------------------------------------------------------


def written_into() -> list[tuple[str, bool]]:
    """In a checkout, the lessons in whose notebooks in notebooks/ somebody has worked; and whether answers are there,
    or outputs alone. A notebook that was built anew is neither.
    """
    found = []
    for name in NAMES:
        path = folders.bundled("notebooks") / f"{name}.ipynb"
        if folders.installed() or _git(path.parent, "diff", "--quiet", "HEAD", "--", path.name)[0] != 1:
            continue
        content = _readable(path)
        if content is None:  # a damaged one is the learner's to mend
            continue
        as_committed = next(_versions(path), None)
        only_run = as_committed is not None and _written(content) == _written(as_committed) and _has_run(content)
        if only_run or answered(content):
            found.append((name, not only_run))
    return found


def put_back(path: Path) -> None:
    """Give a notebook in notebooks/ the form that git has, also in its index."""
    _git(path.parent, "checkout", "-q", "HEAD", "--", path.name)


def _has_run(content: NotebookNode) -> bool:
    return any(cell.get("outputs") or cell.get("execution_count") for cell in content.cells)


def _written(content: NotebookNode) -> list[tuple[object, ...]]:
    """What an author writes of a notebook, and no run changes."""
    return [
        (cell.get("id"), cell.cell_type, cell.source, cell.metadata.get("tags"), cell.metadata.get("exercise"))
        for cell in content.cells
    ]


def _versions(path: Path) -> Iterator[NotebookNode]:
    """The forms of a file that git has, the present one first; none outside a checkout, or without git."""
    _, commits = _git(path.parent, "log", "-n", "200", "--format=%H", "--", path.name)
    for commit in commits.split():
        _, text = _git(path.parent, "show", f"{commit}:./{path.name}")
        with contextlib.suppress(UsageError):
            yield parsed(text, path)


def _git(folder: Path, *arguments: str) -> tuple[int, str]:
    """The exit status of a command of git, and what it printed; -1 and nothing without git."""
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, timeout=60)
        return done.returncode, done.stdout.decode("utf-8")
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return -1, ""
