"""What is written into figures: numbers, remarks, names of ticks, and labels that move apart."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.text import Annotation
from matplotlib.transforms import IdentityTransform

from course_lib.plotting.inputs import Array
from course_lib.plotting.theme import GREY

# --- numbers, remarks, ticks --------------------------------------------------------------------------------


def number(value: float, digits: int) -> str:
    """The number with so many decimals, its minus as wide as a plus; nothing where there is none (nan)."""
    if not np.isfinite(value):
        return "" if np.isnan(value) else ("∞" if value > 0 else "−∞")
    return f"{value:.{digits}f}".replace("-", "−")


def note(ax: Axes, text: str) -> None:
    """A remark under the label of the x-axis."""
    label = ax.get_xlabel()
    ax.set_xlabel(f"{label}\n({text})" if label else f"({text})")


def turn(ax: Axes, labels: Sequence[str]) -> None:
    """Turn the labels of the x-axis if they would run into each other."""
    room = ax.get_window_extent().width / len(labels)
    ticks = ax.get_xticklabels()
    if max(tick.get_window_extent().width for tick in ticks) > 0.95 * room:
        slanted = room > 0.26 * ax.figure.dpi  # a slanted line of text is about 0.26 inches wide
        rotation, va = (40, "top") if slanted else (90, "center")
        for tick in ticks:
            tick.set(rotation=rotation, rotation_mode="anchor", ha="right", va=va)


# --- labels that move apart ---------------------------------------------------------------------------------


def label_points(ax: Axes, xy: Array, labels: Sequence[str]) -> None:
    """Write a label beside each point of `xy` (P, 2), apart from one another and from the points."""
    texts = [
        ax.annotate(label, place, (0, 9), textcoords="offset points", ha="center", va="center", fontsize=9, zorder=4)
        for label, place in zip(labels, xy, strict=True)
    ]
    ax.add_artist(_MoveApart(texts, xy))


class _MoveApart(Artist):
    """Places labels just before they are drawn, when the size of everything is known.

    A label that has to stand off gets a line to its point.
    """

    def __init__(self, texts: list[Annotation], xy: Array):
        super().__init__()
        self.texts, self.xy = texts, xy
        self.set_zorder(3.9)  # just below the labels
        self.set_in_layout(False)

    def draw(self, renderer: Any) -> None:
        assert self.axes is not None  # `add_artist` set it
        scale = renderer.points_to_pixels(1.0)
        centres = self.axes.transData.transform(self.xy) / scale
        extents = [text.get_window_extent(renderer) for text in self.texts]
        halves = np.array([(box.width, box.height) for box in extents]) / 2 / scale
        frame = np.array(self.axes.get_window_extent(renderer).extents) / scale
        lines = []
        for text, centre, half, offset in zip(self.texts, centres, halves, _apart(centres, halves, frame), strict=True):
            text.xyann = offset
            edge = np.clip(centre, centre + offset - half, centre + offset + half)
            if np.hypot(*(edge - centre)) > _GAPS[1] - 1:
                lines.append(np.array([centre, edge]) * scale)
        leaders = LineCollection(lines, colors=GREY, linewidths=0.6, transform=IdentityTransform())
        leaders.set_figure(self.axes.figure)
        leaders.draw(renderer)


_GAPS = (6.0, 14.0, 24.0, 36.0)  # from a point to the nearest edge of its label
_ANGLES = np.deg2rad([0, 180, 90, 270, 45, 135, 315, 225])


def _apart(centres: Array, halves: Array, frame: Array) -> Array:
    """Where to write labels, as offsets of their middles from their points; all lengths in typographic points.

    Each label goes to the place around its point where it overlaps least with other labels, with points and
    with the edge of the frame. Later rounds mend what the first could not know.

    Args:
        centres: the points, (P, 2).
        halves: half the width and height of each label, (P, 2).
        frame: left, bottom, right, top.

    Returns:
        offsets (P, 2).
    """
    P = len(centres)
    direction = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], axis=1)  # (8, 2)
    corner = np.sign(direction.round(6))  # the edge or corner of the label that faces its point
    offsets = np.concatenate([gap * direction + corner * halves[:, None] for gap in _GAPS], axis=1)  # (P, K, 2)
    middles = centres[:, None] + offsets
    boxes = np.concatenate([middles - halves[:, None], middles + halves[:, None]], axis=-1)  # (P, K, 4)
    blocks = np.hstack([centres - 4, centres + 4])  # (P, 4)
    outside = np.maximum(frame[:2] - boxes[..., :2], 0) + np.maximum(boxes[..., 2:] - frame[2:], 0)
    cost = np.repeat(_GAPS, len(direction)) + 0.4 * np.arange(offsets.shape[1]) + 50 * outside.sum(-1)  # (P, K)
    cost += 2 * np.stack([_overlap(box, blocks).sum(-1) for box in boxes])
    distance = np.hypot(*(centres[:, None] - centres).T)  # (P, P)
    order = np.argsort(-(distance < 60).sum(1), kind="stable")  # the most crowded first
    place = np.full(P, -1)
    for _ in range(3):
        for i in order:
            others = (place >= 0) & (np.arange(P) != i)
            shared = _overlap(boxes[i], boxes[others, place[others]])  # (K, others)
            # Any overlap of two labels is worse than a long way from the point.
            clash = 4 * shared + halves[i].prod() * 3 * (shared > 0)
            place[i] = (cost[i] + clash.sum(-1)).argmin()
    chosen: Array = offsets[np.arange(P), place]
    return chosen


def _overlap(boxes: Array, others: Array) -> Array:
    """The shared area of each pair of boxes (left, bottom, right, top): (K, 4), (n, 4) -> (K, n)."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    shared: Array = np.clip(high - low, 0, None).prod(-1)
    return shared
