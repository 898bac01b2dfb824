"""A bar that shows how far a long run is and how much time is left, in a notebook and in a terminal.

Nothing is shown under pytest and nbval, where output is no terminal, or where the environment variable COURSE_QUIET is
set, as it is while the solved notebooks are built.
"""

import os
import sys
import time
from types import TracebackType
from typing import Any

from tqdm.std import tqdm

DELAY = 3.0  # seconds; what is done sooner shows nothing


class ProgressBar:
    """A bar that appears after three seconds, and goes at the end of its block.

    with ProgressBar("translating", total=len(batches), unit="batch") as bar:
        for batch in batches:
            ...
            bar.update()

    Bars may stand inside one another.

    Args:
        description: what is done.
        total: how many there are; 1 for a share.
        unit: of what; None for a share, which is shown in per cent.
    """

    def __init__(self, description: str, *, total: float = 1.0, unit: str | None = None):
        self.description = description
        self.total = total
        self.unit = unit
        self.done: float = 0
        self._start = time.monotonic()
        self._kind = _kind_of_bar()
        self._bar: tqdm | None = None

    def update(self, n: float = 1) -> None:
        """So many more are done."""
        self.reach(self.done + n)

    def reach(self, done: float, note: str = "") -> None:
        """So many are done in all; the note stands at the end of the bar."""
        self.done = done
        if self._bar is None:
            elapsed = time.monotonic() - self._start
            if self._kind is None or elapsed < DELAY:
                return
            self._bar = self._kind(
                total=self.total,
                desc=self.description,
                unit=self.unit or "",
                file=sys.stderr,
                bar_format=None if self.unit else "{desc}: {percentage:.0f}%|{bar}| {elapsed}<{remaining}{postfix}",
                smoothing=0,  # the time that is left by the mean speed
                miniters=0,  # drawn by time alone
                leave=False,
                dynamic_ncols=True,
            )
            self._bar.start_t -= elapsed
        self._bar.set_postfix_str(note, refresh=False)
        self._bar.n = done
        self._bar.update(0)  # draws, if a tenth of a second has passed since it last did

    def print(self, line: str) -> None:
        """Print a line, above the bar if it is there."""
        if self._bar is None:
            print(line, flush=True)
        else:
            self._bar.write(line)

    def __enter__(self) -> "ProgressBar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()


def _kind_of_bar() -> Any:
    """The class of tqdm's bar that this place can show, or None."""
    # The kernel that nbval starts inherits the variables of pytest.
    if any(os.environ.get(name) for name in ("COURSE_QUIET", "PYTEST_CURRENT_TEST", "PYTEST_VERSION")):
        return None
    ipython = sys.modules.get("IPython")
    if ipython is not None and hasattr(ipython.get_ipython(), "kernel"):
        try:
            import ipywidgets  # noqa: F401 - of these the widget is made
        except ImportError:
            return None
        from tqdm.notebook import tqdm as widget

        return widget
    return tqdm if sys.stderr.isatty() else None
