"""Limits for an answer: of time, of memory, of what it prints. One that goes on for ever ends with a message, too.

    within_limits(lambda: work(), seconds=8, memory=2**31)

The work runs in a thread of its own, so that it can be given up: it is told to stop, and where it does not hear (a long
sleep, a loop inside of a library), it is left behind. This is the same on every system. What a thread holds for itself
is a new one's: gradient mode and default device are as torch begins, whatever the notebook has set.
"""

import contextlib
import ctypes
import io
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Generic, TypeVar

import psutil

SECONDS = 8.0  # an answer that is right needs less than one
MEMORY = 2 << 30  # bytes, more than the process had before
_WATCHED_EVERY = 0.02  # seconds
_GRACE = 0.5  # seconds that a thread has to hear

T = TypeVar("T")


class Stopped(BaseException):
    """Raised inside work that has reached a limit. No Exception, so that `except Exception` lets it through."""


class LimitReached(Exception):
    """Work was stopped.

    Attributes:
        limit: "time" or "memory".
        seconds: that it was given.
        frame: where it was; None where that can't be told.
    """

    def __init__(self, limit: str, seconds: float, frame: FrameType | None):
        super().__init__(limit)
        self.limit = limit
        self.seconds = seconds
        self.frame = frame


def within_limits(work: Callable[[], T], *, seconds: float | None = None, memory: int = MEMORY) -> T:
    """What the work returns; what it raises is raised here, SystemExit and KeyboardInterrupt as well.

    Raises:
        LimitReached: it took longer, or more memory.
    """
    seconds = SECONDS if seconds is None else seconds
    answer, process = _Work(work), psutil.Process()
    end, most = time.monotonic() + seconds, process.memory_info().rss + memory
    answer.start()
    try:
        with _address_space(2 * memory):
            while answer.is_alive():
                answer.join(_WATCHED_EVERY)
                over = "time" if time.monotonic() > end else "memory" if process.memory_info().rss > most else ""
                if over and answer.is_alive():
                    frame = sys._current_frames().get(answer.ident or 0)
                    answer.stop()
                    raise LimitReached(over, seconds, frame)
    except KeyboardInterrupt:  # the learner's own, from the notebook's stop button
        answer.stop()
        raise
    if answer.error is not None:
        raise answer.error
    return answer.result


class _Work(threading.Thread, Generic[T]):
    """A thread that can be told to stop.

    Attributes:
        result, error: what the work returned or raised, once the thread is over.
    """

    def __init__(self, work: Callable[[], T]):
        super().__init__(name="an answer", daemon=True)
        self.work = work
        self.result: T
        self.error: BaseException | None = None
        self._over = False  # from then on nothing is raised in it
        self._lock = threading.Lock()

    def run(self) -> None:
        try:
            self.result = self.work()
        except BaseException as error:
            self.error = error
        while True:  # `Stopped` may come at any step until the lock is held, and then once more
            try:
                with self._lock:
                    self._over = True
                for _ in range(10):  # what was on its way comes at the next turn of a loop
                    pass
                return
            except Stopped:
                continue

    def stop(self) -> None:
        """Raise `Stopped` in it, again where it is caught, and wait a moment for its end."""
        end = time.monotonic() + _GRACE
        while self.is_alive() and time.monotonic() < end:
            with self._lock:
                if not self._over:
                    _raise_in(self, Stopped)
            self.join(5 * _WATCHED_EVERY)


def _raise_in(thread: threading.Thread, error: type[BaseException]) -> None:
    """Let an error be raised in a thread at its next step. (To take one back would leave the interpreter waiting for
    it: under a debugger or a profiler it then never goes on.)
    """
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(error))


@contextlib.contextmanager
def _address_space(more: int) -> Iterator[None]:
    """No more than so many bytes on top of those in use, where the system can say no: one step may ask for too much."""
    try:
        import resource
    except ImportError:  # Windows has none
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = psutil.Process().memory_info().vms + more
    within = [limit, *(each for each in (soft, hard) if each != resource.RLIM_INFINITY)]
    with contextlib.suppress(ValueError, OSError):  # not every system lets it be set
        resource.setrlimit(resource.RLIMIT_AS, (min(within), hard))
    try:
        yield
    finally:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


class Tail(io.TextIOBase):
    """A stream that keeps the end of what is written to it, and counts the lines before."""

    def __init__(self, lines: int = 8, width: int = 500):
        self.most, self.width = lines, width
        self.kept: list[str] = [""]
        self.dropped = 0

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        for i, part in enumerate(text.split("\n")):
            if i:
                self.kept.append("")
            room = self.width - len(self.kept[-1])
            self.kept[-1] += part[:room]
        over = len(self.kept) - 1 - self.most
        if over > 0:
            self.dropped += over
            del self.kept[:over]
        return len(text)

    def text(self) -> str:
        lines = self.kept if self.kept[-1] else self.kept[:-1]
        before = self.dropped + max(len(lines) - self.most, 0)
        return "\n".join(([f"({before} lines before these)"] if before else []) + lines[-self.most :])
