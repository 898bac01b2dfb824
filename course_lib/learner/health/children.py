"""Things tried in child processes of this Python, which may raise, end their process, or never end."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib import folders

_TRIALS = Path(__file__).with_name("trials.py")
_CODE = "import runpy, sys; runpy.run_path(sys.argv[1], run_name='__main__')"  # a script's folder would be on its path
_STATUS = {0xC0000005: "an access to memory that is not its own", 0xC000001D: "an unknown instruction"}  # Windows
CHILD = "child"  # the name under which it is noted that no child could be started at all


@dataclass(frozen=True)
class Step:
    """Something to try: a function of `trials`, and what it is given.

    It is not tried where a step that it needs has failed, or is none of those that are tried.
    """

    name: str
    does: str
    given: Sequence[str] = ()
    needs: Sequence[str] = ()


@dataclass(frozen=True)
class Tried:
    """What came of a step: the value, or the error as a line, and all that was said with it."""

    value: Any = None
    error: str = ""
    said: str = ""


def attempt(steps: Sequence[Step], seconds: float) -> dict[str, Tried]:
    """Try steps in one child, in order; where one ends the child, go on after it in another.

    Args:
        seconds: the most that a step may take.

    Returns:
        What came of each step by its name, those that were not tried left out.
    """
    tried: dict[str, Tried] = {}
    waiting = list(steps)
    missing = {need for step in steps for need in step.needs} - {step.name for step in steps}
    while waiting:
        failed = missing | {name for name, of in tried.items() if of.error}
        lines, how, said = _child(waiting, failed, seconds)
        at = -1
        for line in lines:
            at = max(at, line["step"])
            if "error" in line:
                tried[waiting[at].name] = Tried(error=line["error"], said=line["said"])
            elif "value" in line:
                tried[waiting[at].name] = Tried(line["value"])
        if not how:
            break
        if at < 0:
            tried[CHILD] = Tried(error=how, said=said)
            break
        if waiting[at].name not in tried:
            tried[waiting[at].name] = Tried(error=how, said=said)
        waiting = waiting[at + 1 :]
    return tried


def _child(steps: Sequence[Step], failed: Iterable[str], seconds: float) -> tuple[list[dict[str, Any]], str, str]:
    """The lines that a child wrote about the steps, how it ended if it did so too early, and its last words."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        job, report, errors = folder / "job.json", folder / "report.jsonl", folder / "stderr.txt"
        asked = {
            "steps": [[step.name, step.does, list(step.given), list(step.needs)] for step in steps],
            "failed": sorted(failed),
            "seconds": seconds,
            "home": str(folders.PACKAGE.parent),
            "report": str(report),
        }
        job.write_text(json.dumps(asked), encoding="utf-8")
        command = [sys.executable, "-c", _CODE, str(_TRIALS), str(job)]
        status: int | None = None
        # Files, not pipes: a process that the child has left behind would hold a pipe open.
        with errors.open("wb") as stderr:
            try:
                # In a folder of its own, so that no file of the learner's is taken for a package. A step that hangs
                # ends the child by itself; the limit here is for one that can't.
                status = subprocess.run(
                    command,
                    cwd=folder,
                    env=_without_pytest(os.environ),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=stderr,
                    timeout=3 * seconds + 60,
                ).returncode
            except subprocess.TimeoutExpired:
                pass
            except OSError as error:
                return [], f"{sys.executable} can't be run: {error.strerror or error}", ""
        said = errors.read_text(encoding="utf-8", errors="replace")
        lines = _lines(report)
        ended = bool(lines) and lines[-1].get("ended", False)
        return [line for line in lines if "step" in line], "" if ended else how_it_ended(status, said, seconds), said


def _without_pytest(variables: Mapping[str, str]) -> dict[str, str]:
    """Tests run this, too, and what they set is not the learner's."""
    return {name: value for name, value in variables.items() if not name.startswith("PYTEST_")}


def _lines(report: Path) -> list[dict[str, Any]]:
    """What the child has written; its last line may be cut off."""
    found = []
    for line in report.read_text(encoding="utf-8").splitlines() if report.exists() else []:
        try:
            found.append(json.loads(line))
        except ValueError:
            break
    return found


def how_it_ended(status: int | None, said: str, seconds: float) -> str:
    """A sentence for the end of a process that ended in the middle: its status, or a limit of time, and where."""
    frames = [line.strip() for line in said.splitlines() if line.startswith('  File "')]
    where = f", at {frames[0]}" if frames else ""
    if status is None or "Timeout (" in said:
        return f"it did not end within {seconds:.0f} seconds{where}"
    if status < 0 or 128 < status < 160:
        number = -status if status < 0 else status - 128
        try:
            name = signal.Signals(number).name
        except ValueError:
            name = {9: "SIGKILL"}.get(number, f"signal {number}")  # Windows has no name for it
        return f"it ended its process by {name}{where}"
    if status > 255:
        return f"it ended its process by {_STATUS.get(status, 'an error')} ({status:#x}){where}"
    last = [line.strip() for line in said.splitlines() if line.strip()][-1:]
    return f"it ended its process with status {status}" + (f": {last[0]}" if last else where)
