"""A notebook run from top to bottom in a kernel of its own, and what became of each cell."""

import asyncio
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbclient.util import ensure_async
from nbformat import NotebookNode

from course_lib.exercises.finding import Outcome
from course_lib.learner.notebook import Notebook

CELL_SECONDS = 240.0  # a cell that runs longer hangs: an endless loop, most often
_HEARD = 10.0  # seconds that a kernel has to answer after it was interrupted


@dataclass
class Ran:
    """What became of a run.

    Attributes:
        states: exercise id -> the best outcome that its check has found, and its message.
        troubles: place of a code cell -> the error that it ended with, a line.
        ended: why the run ended before the last cell; "" where it did not.
        at: the place of the cell that it ended in.
    """

    states: dict[str, tuple[str, str]] = field(default_factory=dict)
    troubles: dict[int, str] = field(default_factory=dict)
    ended: str = ""
    at: int = -1


def run(
    notebook: Notebook,
    *,
    seconds: float = CELL_SECONDS,
    progress: str | None = None,
    on_cell: Callable[[int], None] = lambda place: None,
) -> Ran:
    """Run a clean copy of a notebook, in the folder that it is in; the file itself stays as it is.

    Args:
        seconds: the most that a cell may take.
        progress: another file than the learner's own in which checks are recorded.
        on_cell: called with the place of each code cell before it runs.
    """
    ran = Ran()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.jsonl"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        environment |= {"COURSE_REPORT": str(report), "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
        if progress is not None:
            environment["COURSE_PROGRESS"] = progress
        client = Client(notebook.to_run(), ran, seconds, on_cell)
        said = Path(folder) / "stderr.txt"
        try:
            with said.open("wb") as errors:
                client.execute(cwd=str(notebook.path.resolve().parent), env=environment, stderr=errors)
        except DeadKernelError:
            ran.ended = ran.ended or "the kernel died"
        except (OSError, RuntimeError) as error:
            last = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
            ran.ended = f"the kernel could not be started: {(last or [str(error)])[0]}"
        if report.exists():
            for line in report.read_text(encoding="utf-8", errors="replace").splitlines():
                note(ran, line)
    return ran


def note(ran: Ran, line: str) -> None:
    """Take a line of the report, if it is better than what is known of that exercise."""
    try:
        entry = json.loads(line)
        id, state, message = str(entry["id"]), str(entry["state"]), str(entry["message"])
    except (ValueError, KeyError, TypeError):  # cut off, where the kernel died
        return
    before = ran.states.get(id, ("", ""))[0]
    if before != Outcome.CORRECT and (not before or state != Outcome.NOT_ATTEMPTED):
        ran.states[id] = state, message


class _OwnKernel(AsyncKernelManager):
    """A kernel of this Python, whatever kernel the notebook names and whatever else is installed."""

    @property
    def kernel_spec(self) -> KernelSpec:
        launch = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=launch, display_name="course", language="python")


class Client(NotebookClient):
    """Goes on after an error, and notes it."""

    def __init__(self, content: NotebookNode, ran: Ran, seconds: float, on_cell: Callable[[int], None]):
        super().__init__(
            content,
            kernel_manager_class=_OwnKernel,
            timeout=seconds,
            allow_errors=True,
            skip_cells_with_tag="",
            on_cell_start=self._started,
            on_cell_error=self._failed,
        )
        self.ran, self.seconds, self.on_cell = ran, seconds, on_cell
        self.place = -1

    def _started(self, cell: NotebookNode, cell_index: int) -> None:
        if cell.cell_type == "code":
            self.place = self.ran.at = self.place + 1
            self.on_cell(self.place)

    def _failed(self, cell: NotebookNode, cell_index: int, execute_reply: dict[str, Any]) -> None:
        content = execute_reply["content"]
        if content.get("status") != "aborted" and self.place not in self.ran.troubles:
            self.ran.troubles[self.place] = one_line(content.get("ename", ""), content.get("evalue", ""))

    async def _async_handle_timeout(self, timeout: float, cell: NotebookNode | None = None) -> dict[str, Any]:
        """Interrupt the cell, and go on as if it had failed; where the kernel doesn't answer then, that was the end."""
        late = f"it did not end within {self.seconds:.0f} seconds, and was interrupted"
        self.ran.troubles[self.place] = late
        assert self.km is not None
        assert self.kc is not None
        await ensure_async(self.km.interrupt_kernel())
        asked = await ensure_async(self.kc.kernel_info())
        end = time.monotonic() + _HEARD
        while time.monotonic() < end:
            try:
                reply = await ensure_async(self.kc.shell_channel.get_msg(timeout=0.5))
            except Exception:  # nothing came
                await asyncio.sleep(0)
                continue
            if reply["parent_header"].get("msg_id") == asked:
                return {"content": {"status": "error", "ename": "", "evalue": late, "traceback": []}}
        self.ran.ended = f"a cell did not end within {self.seconds:.0f} seconds, and could not be interrupted"
        raise DeadKernelError(self.ran.ended)


def one_line(name: str, value: str) -> str:
    """An error as a line, without colours."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", value).strip()
    first = plain.splitlines()[0] if plain else ""
    return f"{name}: {first}" if name and first else name or first or "it failed without a message"
