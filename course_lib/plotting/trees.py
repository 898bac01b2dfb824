"""Trees, such as that of a beam search."""

from collections.abc import Sequence

import numpy as np
from matplotlib import ticker
from matplotlib.axes import Axes
from numpy.typing import NDArray

from course_lib.plotting.inputs import check_names
from course_lib.plotting.labels import note
from course_lib.plotting.theme import GREY, INK, SIZE, VERMILION, drawing


def tree(
    parents: Sequence[int],
    labels: Sequence[str],
    *,
    title: str,
    xlabel: str,
    notes: Sequence[str] | None = None,
    kept: Sequence[bool] | None = None,
    ended: Sequence[bool] | None = None,
    path: Sequence[int] = (),
    ax: Axes | None = None,
) -> Axes:
    """A tree from left to right, such as that of a beam search: a column for each step, in the order that is given.

    What was not kept is grey, and hangs on a dotted line; what has ended has a frame; the path that was chosen is
    drawn strong. Nothing is told by colour alone.

    Args:
        parents: for each node the place of its parent; -1 for the root, which comes first, as parents do.
        labels: of the nodes.
        notes: a second, smaller line for each node, for example its score.
        kept: False for nodes that were pruned; None: all were kept.
        ended: True for nodes that are complete; None: none is.
        path: the places of the nodes on the chosen path.

    Raises:
        ValueError: no root at place 0, a parent that does not stand before its child, lists of other lengths, a place
            outside the tree.
    """
    parents = _check_parents(parents)
    n = len(parents)
    labels = check_names("labels", labels, n, "node")
    notes = [""] * n if notes is None else check_names("notes", notes, n, "node")
    kept, ended = _check_flags("kept", kept, n, True), _check_flags("ended", ended, n, False)
    chosen = {int(place) for place in path}
    if chosen and not (min(chosen) >= 0 and max(chosen) < n):
        raise ValueError(f"path must hold places from 0 to {n - 1}, got {sorted(chosen)}")

    depth, row = _layout(parents)
    steps, rows = depth.max(), row.max() + 1
    with drawing(ax, title, (max(SIZE[0], 1.3 * (steps + 1)), 0.45 * rows + 1.2), legend=False) as ax:
        for place, parent in enumerate(parents):
            strong = place in chosen
            colour = VERMILION if strong else INK if kept[place] else GREY
            if parent >= 0:
                start, end = (depth[parent], row[parent]), (depth[place], row[place])
                _branch(ax, start, end, colour, 2.8 if strong else 1.0, "-" if kept[place] else ":")
            text = f"{labels[place]}\n{notes[place]}" if notes[place] else labels[place]
            _node(ax, depth[place], row[place], text, colour, framed=ended[place])
        ax.set(xlim=(-0.5, steps + 0.5), ylim=(rows - 0.4, -0.6), xlabel=xlabel, yticks=[])
        ax.xaxis.set_major_locator(ticker.MaxNLocator(24, integer=True))
        ax.spines["left"].set_visible(False)
        note(ax, "strong line: chosen; framed: ended; dotted and grey: pruned")
    return ax


def _check_parents(parents: Sequence[int]) -> list[int]:
    parents = [int(parent) for parent in parents]
    if not parents or parents[0] != -1:
        raise ValueError(f"parents must begin with -1, the root, got {parents[:1]}")
    for place, parent in enumerate(parents[1:], start=1):
        if not 0 <= parent < place:
            raise ValueError(f"the parent of node {place} must be from 0 to {place - 1}, got {parent}")
    return parents


def _check_flags(name: str, flags: Sequence[bool] | None, n: int, default: bool) -> list[bool]:
    flags = [default] * n if flags is None else [bool(flag) for flag in flags]
    if len(flags) != n:
        raise ValueError(f"{name} must have one entry per node, {n}, got {len(flags)}")
    return flags


def _layout(parents: list[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The column and the row of each node, (n,) each: its depth, and its place among those of that depth."""
    depth, row = np.zeros(len(parents), dtype=np.int64), np.zeros(len(parents), dtype=np.int64)
    for place, parent in enumerate(parents[1:], start=1):
        depth[place] = depth[parent] + 1
        row[place] = (depth[:place] == depth[place]).sum()
    return depth, row


def _branch(ax: Axes, start: tuple[int, int], end: tuple[int, int], colour: str, width: float, line: str) -> None:
    """The line from one node (column, row) to another."""
    reach = 0.3  # of a column: what a label takes on each side of its middle
    x, y = zip(start, end, strict=True)
    ax.plot([x[0] + reach, x[1] - reach], y, color=colour, linewidth=width, linestyle=line)


def _node(ax: Axes, column: int, row: int, text: str, colour: str, framed: bool) -> None:
    frame = {
        "boxstyle": "round,pad=0.25",
        "facecolor": "none",
        "edgecolor": colour if framed else "none",
        "linewidth": 1.6,
    }
    ax.text(column, row, text, ha="center", va="center", fontsize=9, linespacing=1.05, color=colour, bbox=frame)
