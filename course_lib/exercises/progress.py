"""What the learner has done so far, in one small file on their own machine (.course/progress.json, ignored by git).

COURSE_PROGRESS names another file. COURSE_REPORT names a file that gets one JSON line for every check that runs;
`course check` reads its table from there.
"""

import contextlib
import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from course_lib import folders
from course_lib.files import write_text

_BLANK = "not attempted"


def path() -> Path:
    return Path(os.environ.get("COURSE_PROGRESS") or folders.home() / ".course" / "progress.json")


def read() -> dict[str, dict[str, Any]]:
    """Exercise id -> {"state", "message", "tries", "at"}. A file that can't be read is put aside, never overwritten."""
    try:
        entries: dict[str, dict[str, Any]] = json.loads(path().read_text(encoding="utf-8"))
        if all("state" in entry and isinstance(entry.get("tries", 0), int) for entry in entries.values()):
            return entries
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, TypeError):  # no JSON, or JSON of another kind
        pass
    with contextlib.suppress(OSError):  # where nobody may write there is nothing to lose either
        path().replace(path().with_suffix(".damaged.json"))
    return {}


def record(id: str, state: str, message: str) -> None:
    """Note the outcome of a check. A learner's disk that is full or read-only never stops a lesson."""
    if report := os.environ.get("COURSE_REPORT"):
        with contextlib.suppress(OSError), Path(report).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"id": id, "state": state, "message": message}) + "\n")
    if Path.cwd().name == "solutions":  # a kernel starts in its notebook's folder: these answers are not the learner's
        return
    entries = read()
    if state == _BLANK and entries.get(id, {}).get("state", _BLANK) != _BLANK:
        return  # a fresh copy of the notebook takes nothing away
    tries, now = entries.get(id, {}).get("tries", 0) + 1, datetime.now(UTC).isoformat(timespec="seconds")
    entries[id] = {"state": state, "message": message, "tries": tries, "at": now}
    with contextlib.suppress(OSError):
        write_text(path(), json.dumps(entries, indent=1, sort_keys=True))


def forget(ids: Iterable[str]) -> None:
    """Begin afresh with these exercises."""
    entries, gone = read(), set(ids)
    left = {id: entry for id, entry in entries.items() if id not in gone}
    if left != entries:
        write_text(path(), json.dumps(left, indent=1, sort_keys=True))
