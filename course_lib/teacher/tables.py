"""The report as a table for spreadsheets, and as text for programs."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from course_lib.teacher.rows import Row

KIND = "course report"  # by which a folder is known to hold one
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with these a spreadsheet begins to compute
_CELL = 32_000  # characters; a spreadsheet takes 32,767


@dataclass(frozen=True)
class About:
    """How the rows came about, for the head of the report.

    Attributes:
        folder: of the class, its name alone.
        made: when, as people write it.
        conditions: under which limits, a sentence each.
        warnings: what the teacher has to know before they believe it.
    """

    folder: str
    made: str
    conditions: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def lessons_of(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows that were run, by lesson, in order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.lesson:
            found.setdefault(row.lesson, []).append(row)
    return dict(sorted(found.items()))


def exercises_of(rows: Sequence[Row]) -> list[str]:
    """The ids of the exercises in these rows, in their lessons' order."""
    return list(dict.fromkeys(id for row in rows for id in row.states))


def csv_text(rows: Sequence[Row]) -> str:
    """A line for each notebook, a column for each exercise. It begins with the mark by which Excel knows UTF-8, and no
    field is taken for a formula.
    """
    exercises = exercises_of([row for of_lesson in lessons_of(rows).values() for row in of_lesson])
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["learner", "lesson", "right", "of", *exercises, "problem", "broken", "notes", "seconds", "file"])
    for row in rows:
        states = [row.states.get(id, ("", ""))[0] for id in exercises]
        counts = [row.right, len(row.states)] if row.lesson else ["", ""]
        told = [row.problem, "\n".join(row.broken), "\n".join(row.notes)]
        texts = [row.learner, row.lesson, *counts, *states, *told, row.seconds or "", row.file]
        table.writerow([_harmless(each) if isinstance(each, str) else each for each in texts])
    return "\ufeff" + out.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}"[:_CELL] if text.startswith(_FORMULA) else text[:_CELL]


def json_text(rows: Sequence[Row], about: About) -> str:
    """For programs: {"kind", "version", "folder", "made", "conditions", "warnings", "rows"}, a row as `Row.as_json`."""
    content: dict[str, Any] = {
        "kind": KIND,
        "version": 1,
        "folder": about.folder,
        "made": about.made,
        "conditions": list(about.conditions),
        "warnings": list(about.warnings),
        "rows": [row.as_json() for row in rows],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
