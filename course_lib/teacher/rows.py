"""The notebooks in a folder, whose each is, and the row of a report that each gets."""

import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from course_lib.exercises.finding import Outcome

_TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # marks of direction
_LEFT_OUT = {"__MACOSX", "node_modules"}  # and what begins with a dot


@dataclass(frozen=True)
class Row:
    """What the report says of one notebook.

    Attributes:
        file: its place in the folder of the class, with "/" between the parts.
        learner: whose it is, see `named`.
        lesson: the number of its lesson; "" where it was not run.
        states: exercise id -> its state and the message of its check.
        problem: why it was not run, or what ended the run; "" where it ran to its end.
        broken: the cells that failed by themselves, a line each.
        notes: what is odd about it.
        seconds: that it took.
    """

    file: str
    learner: str = ""
    lesson: str = ""
    title: str = ""
    states: dict[str, tuple[str, str]] = field(default_factory=dict)
    problem: str = ""
    broken: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def right(self) -> int:
        return sum(state == Outcome.CORRECT for state, _ in self.states.values())

    def as_json(self) -> dict[str, Any]:
        """The same for programs. Stable: names are added, never changed."""
        return {
            "learner": self.learner,
            "file": self.file,
            "lesson": self.lesson,
            "title": self.title,
            "right": self.right,
            "of": len(self.states),
            "problem": self.problem,
            "exercises": [{"id": id, "state": state, "message": text} for id, (state, text) in self.states.items()],
            "broken": list(self.broken),
            "notes": list(self.notes),
            "seconds": self.seconds,
        }


def row_of(file: str, found: Any) -> Row:
    """The row of a notebook, from what its worker has written.

    Raises KeyError, TypeError or ValueError where that is something else.
    """
    if not isinstance(found, dict):
        raise TypeError(f"expected an object, got {type(found).__name__}")
    if found.get("problem"):
        return Row(file, problem=clean(found["problem"]))
    states = {clean(id): (clean(state), clean(message)) for id, state, message in found["exercises"]}
    return Row(
        file,
        lesson=clean(found["lesson"]),
        title=clean(found["title"]),
        states=states,
        problem=f"stopped: {clean(found['stopped'])}" if found["stopped"] else "",
        broken=tuple(clean(line) for line in found["broken"]),
        notes=tuple(clean(line) for line in found["notes"]),
        seconds=float(found["seconds"]),
    )


def clean(text: object) -> str:
    """Text of a stranger that every program can show: no control characters, no halves of characters, nothing that
    turns the line around; Hangul as whole syllables, as a Mac does not write it in names of files.
    """
    return "".join("\ufffd" if _harms(each) else each for each in unicodedata.normalize("NFC", str(text)))


def _harms(character: str) -> bool:
    return character in _TURNS or (unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t")


# --- files --------------------------------------------------------------------------------------------------


def notebooks_in(folder: Path, without: Path) -> list[Path]:
    """Every file in a folder and the folders below it that is called a notebook, also "a.ipynb.txt" and "a.ipynb (1)".

    Links to folders are not followed, what begins with a dot and the folder `without` is left out.
    """
    found: list[Path] = []
    for where, folders, names in os.walk(folder):
        here = Path(where)
        folders[:] = sorted(each for each in folders if _counts(each) and here / each != without)
        found += [here / name for name in sorted(names) if ".ipynb" in name.lower() and _counts(name)]
    return found


def _counts(name: str) -> bool:
    return not name.startswith(".") and name not in _LEFT_OUT


def no_file(path: Path) -> str:
    """Why this is nothing to be read; "" for a file as it should be."""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return f"it can't be read: {error.strerror or error}"
    if stat.S_ISLNK(mode):
        return "it is a link, and no notebook of its own"
    return "" if stat.S_ISREG(mode) else "it is no file"


# --- learners -----------------------------------------------------------------------------------------------


def named(rows: Sequence[Row]) -> list[Row]:
    """The rows with the learners' names, sorted by lesson and name: that of the folder, where it holds one notebook of
    this lesson, else the place of the file without its ending.
    """
    beside = Counter((PurePosixPath(row.file).parent, row.lesson) for row in rows)
    short = {
        row.file: str(parent) if beside[parent, row.lesson] == 1 and str(parent) != "." else _stem(row.file)
        for row in rows
        for parent in [PurePosixPath(row.file).parent]
    }
    taken = Counter((short[row.file], row.lesson) for row in rows)
    named_rows = [
        replace(row, learner=short[row.file] if taken[short[row.file], row.lesson] == 1 else row.file) for row in rows
    ]
    return sorted(named_rows, key=lambda row: (row.lesson, _natural(row.learner), row.file))


def _natural(name: str) -> list[tuple[int, str]]:
    """By which names are sorted as people do, 3 before 11."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(len(part.lstrip("0")) if i % 2 else 0, part) for i, part in enumerate(parts)]


def _stem(file: str) -> str:
    return file[: -len(".ipynb")] if file.lower().endswith(".ipynb") else file
