"""A watch over a run: it ends the run where a limit is passed, and afterwards all that the run has left behind."""

import os
import threading
import time
from collections.abc import Iterable
from pathlib import Path

import psutil

from course_lib.teacher.box import Limits

_EVERY = 0.25  # seconds
_ROUNDS = 100  # in which what has been started meanwhile is ended, too


class Watch(threading.Thread):
    """Watches the processes that this one has started, and the folder that they write to.

        with Watch(limits, box) as watch:
            ...
        watch.reason

    Attributes:
        reason: the limit that was passed, in words; "" where none was.
    """

    def __init__(self, limits: Limits, box: Path):
        super().__init__(name="watch", daemon=True)
        self.limits, self.box = limits, box
        self.reason = ""
        self._end = time.monotonic() + limits.seconds
        self._printed = 0
        self._seen: set[psutil.Process] = set()  # one whose parent has ended is no longer found as a child everywhere
        self._over = threading.Event()

    def __enter__(self) -> "Watch":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self.join()
        end_children(psutil.Process(), self._seen)

    def run(self) -> None:
        while not self._over.wait(_EVERY):
            if reason := self.passed():
                self.stop(reason)

    def printed(self, size: int) -> None:
        """So many bytes of output have come."""
        self._printed += size
        if self._printed > self.limits.printed and not self.reason:
            self.stop(f"it printed more than {_amount(self.limits.printed)}")

    def stop(self, reason: str) -> None:
        """End the run."""
        self.reason = self.reason or reason
        end_children(psutil.Process(), self._seen)

    def passed(self) -> str:
        """The limit that is passed now, in words, or ""."""
        limits, memory, processes = self.limits, 0, _children(psutil.Process())
        self._seen.update(processes)
        for process in processes:
            try:
                memory += process.memory_info().rss
            except psutil.Error:  # it has ended meanwhile
                continue
        if time.monotonic() > self._end:
            return f"it took more than {_duration(limits.seconds)}"
        if memory > limits.memory:
            return f"it took more than {_amount(limits.memory)} of memory"
        if len(processes) > limits.processes:
            return f"it ran more than {limits.processes} processes at a time"
        if size_of(self.box) > limits.written:
            return f"it wrote more than {_amount(limits.written)} to files"
        return ""


def end_children(parent: psutil.Process, others: Iterable[psutil.Process] = ()) -> None:
    """End all that a process has started, and these others, and what they have started, until nothing is left."""
    left = set(others)
    for _ in range(_ROUNDS):
        left = {each for each in left.union(*map(_children, [parent, *left])) if _lives(each)}
        if not left:
            return
        for process in left:
            try:
                process.kill()
            except psutil.Error:
                continue
        time.sleep(0.02)


def _children(process: psutil.Process) -> list[psutil.Process]:
    """None of a process that has ended, even if another one has its number by now."""
    try:
        return list(process.children(recursive=True))
    except psutil.Error:
        return []


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def size_of(folder: Path) -> int:
    """The bytes in the files of a folder, as far as they can be seen."""
    total = 0
    for where, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(where) / name).lstat().st_size
            except OSError:
                continue
    return total


def _amount(size: int) -> str:
    return f"{size / 2**30:.3g} GB" if size >= 2**30 else f"{size / 2**20:.3g} MB"


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.3g} minutes" if seconds > 60 else f"{seconds:.3g} seconds"
