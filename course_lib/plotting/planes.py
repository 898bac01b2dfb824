"""The plane: labelled points, and what a classifier says of each point."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib import colors
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from course_lib.plotting.inputs import Array, check_array, check_names, check_points
from course_lib.plotting.labels import label_points
from course_lib.plotting.theme import BLUE, GREY, INK, MARKERS, PALETTE, PURPLE, VERMILION, drawing

# --- words --------------------------------------------------------------------------------------------------


def points(
    xy: Any,
    labels: Sequence[str],
    groups: Sequence[str] | None = None,
    *,
    title: str,
    xlabel: str = "first principal component",
    ylabel: str = "second principal component",
    legend: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Words as labelled points in the plane, with a colour and a marker for each group.

    Labels are moved apart each time the figure is drawn, so they also fit after it was resized.

    Args:
        xy: positions (P, 2).
        labels: P words.
        groups: P names; None for a single group.
        legend: name the groups above the axes.

    Raises:
        ValueError: positions that are not (P, 2) and finite, as many labels and groups as points expected.
    """
    xy = check_points("xy", xy)
    labels = check_names("labels", labels, len(xy), "point")
    of_point = [None] * len(xy) if groups is None else check_names("groups", groups, len(xy), "point")
    with drawing(ax, title, legend=legend) as ax:
        for i, group in enumerate(dict.fromkeys(of_point)):
            x, y = xy[[name == group for name in of_point]].T
            colour, marker = PALETTE[i % len(PALETTE)], MARKERS[i % len(MARKERS)]
            ax.scatter(x, y, s=34, color=colour, marker=marker, label=group, edgecolor="white", linewidth=0.6)
        ax.margins(0.1)
        ax.set(xlabel=xlabel, ylabel=ylabel)
        ax.grid(True)
        label_points(ax, xy, labels)
    return ax


# --- a classifier -------------------------------------------------------------------------------------------


def lattice(limit: float, n: int = 81) -> Array:
    """The points of a square around the origin, (n * n, 2): row by row from the bottom, each row from left to right.

    Args:
        limit: half the side; both coordinates run from -limit to limit.

    Raises:
        ValueError: a limit that is not positive, fewer than 2 points a side.
    """
    if not limit > 0 or n < 2:
        raise ValueError(f"limit must be positive and n at least 2, got limit={limit} and n={n}")
    side = np.linspace(-limit, limit, n)
    grid: Array = np.stack(np.meshgrid(side, side), axis=-1)
    return grid.reshape(-1, 2)


def plane(
    probability: Any,
    limit: float,
    xy: Any,
    labels: Any,
    *,
    title: str,
    lines: tuple[Any, Any] | None = None,
    legend: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """What a classifier of two classes says of each point of the plane, and the examples that it should tell apart.

    The colour is the probability; the boundary, where it is one half, is a solid line.

    Args:
        probability: of class 1 at the points of `lattice(limit)`, (n * n,).
        xy: examples (P, 2).
        labels: their classes, (P,), each 0 or 1.
        lines: weight (H, 2) and bias (H,) of neurons. For each the line where w · x + b = 0 is dashed, with an arrow
            to the side where it is positive.
        legend: name the classes above the axes.

    Raises:
        ValueError: probabilities that are not those of a square lattice, labels other than 0 and 1, as many labels as
            examples and biases as weights expected.
    """
    square = _check_square(probability)
    xy = check_points("xy", xy)
    labels = check_array("labels", labels, (1,), "(P,)")
    if len(labels) != len(xy) or not np.isin(labels, (0, 1)).all():
        raise ValueError(f"labels must be {len(xy)} times 0 or 1, got {len(labels)} labels: {np.unique(labels)[:4]}")
    weight, bias = _check_neurons(lines)
    with drawing(ax, title, legend=legend) as ax:
        _draw_probability(ax, square, limit)
        ax.axhline(0, color=GREY, linewidth=0.8)
        ax.axvline(0, color=GREY, linewidth=0.8)
        _draw_neurons(ax, weight, bias, limit)
        for label, colour, marker in ((0, BLUE, "o"), (1, VERMILION, "s")):
            x, y = xy[labels == label].T
            ax.scatter(
                x, y, s=34, color=colour, marker=marker, edgecolor="white", linewidth=0.7,
                label=f"class {label}", zorder=3,
            )  # fmt: skip
        ax.set(xlabel="$x_1$", ylabel="$x_2$", xlim=(-limit, limit), ylim=(-limit, limit), aspect="equal", anchor="W")
    return ax


def _check_square(probability: Any) -> Array:
    """The values of a square lattice, (n * n,), as (n, n)."""
    values = check_array("probability", probability, (1,), "(n * n,)")
    n = math.isqrt(len(values))
    if n < 2 or n * n != len(values):
        raise ValueError(f"probability must hold one value per point of a square lattice, n * n, got {len(values)}")
    return values.reshape(n, n)


def _check_neurons(lines: tuple[Any, Any] | None) -> tuple[Array, Array]:
    if lines is None:
        return np.zeros((0, 2)), np.zeros(0)
    weight, bias = check_array("weight", lines[0], (2,), "(H, 2)"), check_array("bias", lines[1], (1,), "(H,)")
    if weight.shape != (len(bias), 2):
        raise ValueError(f"lines must be weight (H, 2) and bias (H,), got {weight.shape} and {bias.shape}")
    return weight, bias


def _draw_probability(ax: Axes, square: Array, limit: float) -> None:
    """The probability (n, n) as colour, and a line where it is one half."""
    n = len(square)
    map_ = colors.LinearSegmentedColormap.from_list("classes", ("#8FC1E3", "white", "#F0B28A"))
    ends = (-limit, limit, -limit, limit)
    outer = limit * n / (n - 1)  # of the pixels, whose centres are the points of the lattice
    ax.imshow(
        square, cmap=map_, vmin=0, vmax=1, origin="lower", interpolation="bilinear", zorder=0,
        extent=(-outer, outer, -outer, outer),
    )  # fmt: skip
    if square.min() < 0.5 < square.max():  # else there is no boundary here
        ax.contour(square, levels=[0.5], extent=ends, colors=INK, linewidths=2)
        ax.plot([], [], color=INK, linewidth=2, label="boundary")


def _draw_neurons(ax: Axes, weight: Array, bias: Array, limit: float) -> None:
    """For each neuron, weight (H, 2) and bias (H,), its line and an arrow to the side where it is positive."""
    lengths = np.linalg.norm(weight, axis=1)
    drawn = lengths.nonzero()[0]  # weights of 0 draw no line
    for i in drawn:
        w, length = weight[i], lengths[i]
        foot = -bias[i] * w / length**2  # the point of the line that is nearest to the origin
        ax.axline(
            foot, foot + np.array((-w[1], w[0])), color=PURPLE, linestyle=(0, (5, 3)), linewidth=1.4,
            label="neuron" if i == drawn[0] else None,
        )  # fmt: skip
        if np.abs(foot).max() < limit:
            ax.add_patch(
                FancyArrowPatch(
                    foot, foot + 0.2 * limit * w / length, arrowstyle="-|>", mutation_scale=12, color=PURPLE,
                    linewidth=1.4, shrinkA=0, shrinkB=0,
                )
            )  # fmt: skip
