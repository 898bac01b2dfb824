"""The notebooks of a class, several at a time, each by a process of its own that can spoil no other's."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

from course_lib import folders
from course_lib.teacher.box import Course, Limits, Task, read_plain
from course_lib.teacher.rows import Row, clean, no_file, row_of
from course_lib.teacher.watch import end_children

_GRACE = 60.0  # seconds that a worker has beyond the limit, to start and to write what it found
_RESULT_SIZE = 20 << 20  # bytes
INTERRUPTED = "it was not run: the report was interrupted"


@dataclass
class ClassRun:
    """Runs notebooks.

    Attributes:
        folder: that of the class, from which files are named.
        jobs: how many at a time.
        whole: with every cell, not only those that the checks need.
    """

    folder: Path
    course: Course
    limits: Limits
    jobs: int
    whole: bool = False
    _running: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stopped: bool = False

    def run(self, paths: Sequence[Path], on_row: Callable[[Row], None] = lambda row: None) -> list[Row]:
        """A row for each, in their order; `on_row` is called as each is done.

        Ctrl-C ends what runs; those that have no row by then get one that says so, and `interrupted` is true.
        """
        rows: dict[int, Row] = {}
        pool = ThreadPoolExecutor(self.jobs)
        places = {pool.submit(self.one, path): place for place, path in enumerate(paths)}
        try:
            for done in as_completed(places):
                rows[places[done]] = done.result()
                on_row(done.result())
        except KeyboardInterrupt:
            self.stop()
        finally:
            pool.shutdown(cancel_futures=True)
        return [rows.get(place) or Row(self.name(path), problem=INTERRUPTED) for place, path in enumerate(paths)]

    @property
    def interrupted(self) -> bool:
        return self._stopped

    def stop(self) -> None:
        """End what runs, and start nothing more."""
        with self._lock:
            self._stopped = True
            for process in self._running.values():
                _end(process)

    def name(self, path: Path) -> str:
        return clean(path.relative_to(self.folder).as_posix())

    def one(self, path: Path) -> Row:
        """Run one notebook; whatever becomes of it, there is a row."""
        file = self.name(path)
        if problem := no_file(path):
            return Row(file, problem=problem)
        with self.course.box() as box:
            task = Task(
                notebook=str(path.resolve()),
                box=str(box),
                folder=str(self.course.folder),
                isolated=self.course.isolated,
                whole=self.whole,
                limits=asdict(self.limits),
            )
            (box / "task.json").write_text(json.dumps(asdict(task)), encoding="utf-8")
            ended = self._work(box)
            found = read_plain(box / "result.json", _RESULT_SIZE)
        if self._stopped:
            return Row(file, problem=INTERRUPTED)
        try:
            return row_of(file, json.loads(found))
        except (KeyError, TypeError, ValueError):
            return Row(file, problem=f"stopped: {ended}" if ended else "its run ended without a result")

    def _work(self, box: Path) -> str:
        """Let a worker do what is asked for in a box; what went wrong with the worker itself, or ""."""
        path = os.pathsep.join(filter(None, [str(folders.PACKAGE.parent), os.environ.get("PYTHONPATH")]))
        command = [sys.executable, "-m", "course_lib.teacher.worker", str(box / "task.json"), str(box / "result.json")]
        with self._lock:
            if self._stopped:
                return INTERRUPTED
            process = subprocess.Popen(
                command,
                cwd=box,
                env=os.environ | {"PYTHONPATH": path, "OMP_NUM_THREADS": "1", "COURSE_QUIET": "1"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for this process, which ends the others
            )
            self._running[process.pid] = process
        try:
            status = process.wait(self.limits.seconds + _GRACE)
        except subprocess.TimeoutExpired:
            return "it took too long, and its worker did not answer"
        finally:
            _end(process)
            with self._lock:
                del self._running[process.pid]
        return f"its worker died with status {status}" if status else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with contextlib.suppress(psutil.Error):  # it has ended meanwhile
            end_children(psutil.Process(process.pid))
        process.kill()
        process.wait()


def cores() -> int:
    """How many notebooks run at a time unless the teacher says otherwise: as many as there are cores, four at most."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(4, here)
