"""One notebook of a class, run and judged, from outside its walls.

It reads the notebook, starts its kernel inside the walls, watches it, and gives what it found. What a notebook says and
does reaches the report through here alone, as text of limited length.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode

from course_lib.commands.check import result_of
from course_lib.learner.lessons import of_file
from course_lib.learner.notebook import Notebook, plain, read
from course_lib.learner.running import Client, Ran, note
from course_lib.teacher.box import START, Limits, Task, environment, read_plain
from course_lib.teacher.needed import course_cells, only_needed
from course_lib.teacher.sandbox import Walls
from course_lib.teacher.watch import Watch
from course_lib.usage import UsageError

NOTEBOOK_SIZE = 50 << 20  # bytes; a notebook with many figures has one or two million
_REPORT_SIZE = 5 << 20
_LONGEST = 4000  # characters of a message
_MOST_LINES = 20
# What the record of a check hangs on. No lesson names these.
_MECHANICS = re.compile(
    r"COURSE_REPORT|COURSE_PROGRESS|\bprogress\.record\b|\bexercises\.(?:progress|grading|exercise|finding|limits|trial)\b"
    r"|\b_getframe\b|\bOutcome\.CORRECT\b|\bgc\.get_"
)


def judged(task: Task) -> dict[str, Any]:
    """What became of a notebook, for `rows.row_of`: its lesson, the states of the exercises, notes, what is broken;
    or the problem that kept it from being run.
    """
    path, begun = Path(task.notebook), time.monotonic()
    try:
        if path.stat().st_size > NOTEBOOK_SIZE:
            raise UsageError(f"it has more than {NOTEBOOK_SIZE >> 20} MB; a notebook without its outputs has less")
        lesson, notebook = of_file(path), read(path)
        ran, stopped = _ran(notebook if task.whole else only_needed(notebook), task)
        result = result_of(lesson, notebook, ran)
    except UsageError as error:
        return {"problem": str(error).replace(str(path), path.name)}
    except Exception as error:  # a form of notebook that nobody has thought of
        return {"problem": f"it can't be understood ({type(error).__name__}: {str(error)[:200]})"}
    return {
        "lesson": lesson.number,
        "title": lesson.title,
        "exercises": [[id, state[:_LONGEST], message[:_LONGEST]] for id, (state, message) in result.states.items()],
        "notes": [line[:_LONGEST] for line in (result.notes + _odd(notebook))[:_MOST_LINES]],
        "broken": [line[:_LONGEST] for line in result.broken[:_MOST_LINES]],
        "stopped": stopped,
        "seconds": round(time.monotonic() - begun, 1),
    }


def _odd(notebook: Notebook) -> list[str]:
    """What the teacher should see with their own eyes: code that reaches for what the checks record."""
    own = course_cells(notebook.lesson)
    changed = [cell.source for cell in notebook.cells if plain(cell.source) not in own]
    found = sorted({each for source in changed for each in _MECHANICS.findall(source)})
    if not found:
        return []
    return [f"look at it yourself: its code names {', '.join(f'`{each}`' for each in found)}, which checks work with"]


def _ran(notebook: Notebook, task: Task) -> tuple[Ran, str]:
    """Run a notebook in a kernel inside the walls; also the limit that ended it, or ""."""
    ran, limits, box = Ran(), Limits(**task.limits), Path(task.box)
    said, start = box / "stderr.txt", box
    if not task.isolated:  # else it is copied behind the walls
        shutil.copytree(task.walls.given, task.walls.work)
        start = Path(task.walls.work) / START
    with Watch(limits, box) as watch:
        client = _Counting(notebook.to_run(), ran, limits.seconds / 3, watch, task.walls)
        try:
            with said.open("wb") as errors:
                client.execute(cwd=str(start), env=environment(box), stdout=subprocess.DEVNULL, stderr=errors)
        except DeadKernelError:
            ran.ended = ran.ended or "the kernel died"
        except (OSError, RuntimeError) as error:
            last = read_plain(said, 10_000).strip().splitlines()[-1:]
            ran.ended = f"the kernel could not be started: {(last or [str(error)])[0]}"
        except Exception as error:  # code can send messages of any form
            ran.ended = f"the kernel sent what can't be understood ({type(error).__name__}: {str(error)[:200]})"
    if watch.reason:
        ran.ended = f"stopped: {watch.reason}"
    for line in read_plain(box / "io" / "report.jsonl", _REPORT_SIZE).splitlines():
        note(ran, line)
    return ran, watch.reason


class _Counting(Client):
    """Keeps nothing of what is printed, and counts it."""

    def __init__(self, content: NotebookNode, ran: Ran, seconds: float, watch: Watch, walls: Walls):
        super().__init__(content, ran, seconds, on_cell=lambda place: None)
        self.watch = watch
        self.km = _Walled(walls)
        self.owns_km = True  # and ends it
        self.shutdown_kernel = "immediate"

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> None:
        if msg["msg_type"] in ("status", "execute_input"):
            super().process_message(msg, cell, cell_index)
        else:
            self.watch.printed(len(str(msg["content"])) + sum(map(len, msg.get("buffers", ()))))


class _Walled(AsyncKernelManager):
    """A kernel of this Python inside the walls; where there is no network inside, files are the way to it."""

    def __init__(self, walls: Walls):
        io = Path(walls.box) / "io"
        transport = "ipc" if walls.isolated else "tcp"
        super().__init__(connection_file=str(io / "kernel.json"), transport=transport)
        self.walls = walls

    @property
    def kernel_spec(self) -> KernelSpec:
        launch = [sys.executable, "-m", "ipykernel_launcher", "-f", self.connection_file]
        if os.name != "nt":
            launch = self.walls.command(*launch)
        return KernelSpec(argv=launch, display_name="course", language="python")
