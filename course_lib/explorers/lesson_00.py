"""Lesson 00: a neuron's line, and a network that divides the plane.

neuron_explorer     turn and shift the line that a neuron draws
neuron_picture      the same drawing for a few settings
learning_explorer   move through training and watch a network divide the plane
learning_picture    the same drawing at a few moments
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets
import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

from course_lib import dense, plotting
from course_lib.explorers.core import explorer


def neuron_explorer(x: Any, labels: Any, *, limit: float = 5.0) -> widgets.VBox:
    """Turn and shift the line of a neuron with two inputs, and see which examples fall on which side.

    Args:
        x: examples (P, 2).
        labels: their classes (P,), 0 or 1; a neuron says 1 where w1 x1 + w2 x2 + b > 0.
        limit: the picture shows -limit to limit on both axes.

    Raises:
        ValueError: x that is not (P, 2), as many labels as examples expected.
    """
    x, labels = _examples(x, labels)
    weights = {
        name: widgets.FloatSlider(value, min=-3, max=3, step=0.1, description=name, readout_format=".1f")
        for name, value in (("w1", 1.0), ("w2", 0.5))
    }
    bias = widgets.FloatSlider(0, min=-10, max=10, step=0.5, description="b", readout_format=".1f")

    def draw(w1: float, w2: float, b: float) -> Figure:
        figure, ax = plotting.figure(size=(6.0, 5.2), shown=False)
        _draw_neuron(ax, x, labels, (w1, w2, b), limit)
        return figure

    def describe(w1: float, w2: float, b: float) -> str:
        right = _neuron_accuracy(x, labels, (w1, w2, b))
        if w1 == w2 == 0:
            return f"Both weights are 0: there is no line, and the answer is the same everywhere. {right:.0%} right."
        where = "passes through the origin" if b == 0 else f"is {abs(b) / np.hypot(w1, w2):.1f} away from the origin"
        return f"The line {w1:.1f} x1 + {w2:.1f} x2 + {b:.1f} = 0 {where}. {right:.0%} of the examples are right."

    return explorer(weights | {"b": bias}, draw, describe)


def neuron_picture(
    x: Any, labels: Any, settings: Sequence[tuple[float, float, float]], *, title: str, limit: float = 5.0
) -> np.ndarray:
    """`neuron_explorer` for a few settings (w1, w2, b) side by side.

    Returns:
        the Axes, (settings,).

    Raises:
        ValueError: as `neuron_explorer`; no settings.
    """
    x, labels = _examples(x, labels)
    if not settings:
        raise ValueError("settings must hold at least one (w1, w2, b), got none")
    return _row_of_planes(
        title,
        [lambda ax, setting=setting: _draw_neuron(ax, x, labels, setting, limit, legend=False) for setting in settings],
    )


def _draw_neuron(
    ax: Axes, x: Tensor, labels: Tensor, setting: tuple[float, float, float], limit: float, legend: bool = True
) -> None:
    w1, w2, b = setting
    weight, bias = torch.tensor([w1, w2], dtype=torch.float32), torch.tensor(b, dtype=torch.float32)
    probability = dense.neuron(torch.tensor(plotting.lattice(limit)).float(), weight, bias)
    title = f"w = ({w1:g}, {w2:g}), b = {b:g}: {_neuron_accuracy(x, labels, setting):.0%} right"
    lines = (weight[None], bias[None])
    plotting.plane(probability, limit, x, labels, title=title, lines=lines, legend=legend, ax=ax)


def _neuron_accuracy(x: Tensor, labels: Tensor, setting: tuple[float, float, float]) -> float:
    w1, w2, b = setting
    return ((w1 * x[:, 0] + w2 * x[:, 1] + b > 0) == (labels == 1)).float().mean().item()


@dataclass(frozen=True)
class _Learning:
    """What both the explorer and the picture draw, at S moments of training. P examples."""

    moments: list[str]  # S names, "after 20 steps"
    steps: list[int]
    lines: list[tuple[Tensor, Tensor]]  # S of the first layer's weight (H, 2) and bias (H,)
    probability: list[Tensor]  # S of (n * n,), class 1 on the lattice
    losses: list[float]
    right: list[int]  # of the P examples
    x: Tensor
    labels: Tensor
    limit: float

    def describe(self, moment: int) -> str:
        found = f"{self.right[moment]} of {len(self.x)} examples are right"
        return f"{self.moments[moment].capitalize()}: the loss is {self.losses[moment]:.3f}, {found}."


def _learning(network: Callable[..., Tensor], snapshots: Sequence[Any], x: Any, labels: Any, limit: float) -> _Learning:
    x, labels = _examples(x, labels)
    snapshots = list(snapshots)
    if not snapshots:
        raise ValueError("snapshots must hold at least one (steps, parameters), got none")
    points = torch.tensor(plotting.lattice(limit)).float()
    lines, probability, losses, right = [], [], [], []
    with torch.no_grad():
        for number, (_, parameters) in enumerate(snapshots):
            weight, bias = (parameter.detach() for parameter in parameters[:2])
            if weight.dim() != 2 or weight.shape[1] != 2 or bias.shape != weight.shape[:1]:
                raise ValueError(
                    f"snapshot {number} must begin with weight (H, 2) and bias (H,), got {tuple(weight.shape)} and "
                    f"{tuple(bias.shape)}"
                )
            lines.append((weight, bias))
            probability.append(dense.softmax(network(points, *parameters))[:, 1])
            logits = network(x, *parameters)
            dense.check_labels(logits, labels)
            losses.append(dense.cross_entropy(logits, labels).item())
            right.append(int((logits.argmax(1) == labels).sum()))
    return _Learning(
        moments=[f"after {steps:,} steps" if steps else "before training" for steps, _ in snapshots],
        steps=[steps for steps, _ in snapshots],
        lines=lines,
        probability=probability,
        losses=losses,
        right=right,
        x=x,
        labels=labels,
        limit=limit,
    )


def learning_explorer(
    network: Callable[..., Tensor], snapshots: Sequence[Any], x: Any, labels: Any, *, limit: float = 2.0
) -> widgets.VBox:
    """Move through training: on the left how the network divides the plane, on the right the loss.

    Args:
        network: network(x, *parameters) -> logits (B, 2).
        snapshots: (steps, parameters) for each moment. The parameters begin with the weight (H, 2) and the bias (H,)
            of the first layer, whose lines are drawn.
        x: examples (P, 2).
        labels: their classes (P,), 0 or 1.
        limit: the picture shows -limit to limit on both axes.

    Raises:
        ValueError: no snapshots, parameters that begin otherwise, x that is not (P, 2), as many labels as examples
            expected.
    """
    learning = _learning(network, snapshots, x, labels, limit)
    moments = widgets.SelectionSlider(
        options=[(name, i) for i, name in enumerate(learning.moments)],
        description="training",
        layout=widgets.Layout(width="420px"),
    )

    def draw(moment: int) -> Figure:
        figure, (left, right) = plotting.figure(1, 2, size=(10.4, 5.6), shown=False)
        figure.set_layout_engine("none")  # fixed places, so that nothing jumps from one moment to the next
        left.set_position((0.08, 0.10, 0.42, 0.78))
        right.set_position((0.58, 0.10, 0.40, 0.78))
        _draw_learning(left, learning, moment)
        plotting.curve(learning.steps, learning.losses, title="loss", xlabel="steps", ylabel="", ax=right)
        right.plot(learning.steps[moment], learning.losses[moment], "o", markersize=10, color=plotting.VERMILION)
        return figure

    return explorer({"moment": moments}, draw, learning.describe, play="moment")


def learning_picture(
    network: Callable[..., Tensor],
    snapshots: Sequence[Any],
    x: Any,
    labels: Any,
    *,
    title: str,
    moments: Sequence[int] | None = None,
    limit: float = 2.0,
) -> np.ndarray:
    """`learning_explorer` at a few moments side by side.

    Args:
        title: the finding.
        moments: indices of the snapshots; by default the first, the last and one between them.

    Returns:
        the Axes, (moments,).

    Raises:
        ValueError: as `learning_explorer`; also a moment out of range.
    """
    learning = _learning(network, snapshots, x, labels, limit)
    S = len(learning.moments)
    moments = sorted({0, S // 2, S - 1}) if moments is None else list(moments)
    if not moments or not all(-S <= moment < S for moment in moments):
        raise ValueError(f"moments must be indices of the {S} snapshots, got {moments}")
    return _row_of_planes(
        title, [lambda ax, i=moment % S: _draw_learning(ax, learning, i, legend=False) for moment in moments]
    )


def _draw_learning(ax: Axes, learning: _Learning, moment: int, legend: bool = True) -> None:
    title = f"{learning.moments[moment]}: {learning.right[moment]} of {len(learning.x)} right"
    plotting.plane(
        learning.probability[moment],
        learning.limit,
        learning.x,
        learning.labels,
        title=title,
        lines=learning.lines[moment],
        legend=legend,
        ax=ax,
    )


def _row_of_planes(title: str, draw: Sequence[Callable[[Axes], None]]) -> np.ndarray:
    """A figure with one plane beside another, one legend for all; the Axes (len(draw),)."""
    figure, axes = plotting.figure(1, len(draw), size=(3.8 * len(draw), 4.5), squeeze=False)
    for ax, put in zip(axes[0], draw, strict=True):
        put(ax)
    for ax in axes[0, 1:]:
        ax.set_ylabel("")
    with plotting.style():
        figure.suptitle(title, x=0.01, ha="left", fontsize=14)
        known = {}  # a boundary may be missing from the first of the planes
        for ax in axes[0]:
            handles, names = ax.get_legend_handles_labels()
            known |= dict(zip(names, handles, strict=True))
        figure.legend(known.values(), known, loc="outside lower left", ncols=len(known), handletextpad=0.5)
    return axes[0]


def _examples(x: Any, labels: Any) -> tuple[Tensor, Tensor]:
    """Points of the plane (P, 2) and their classes (P,), as tensors."""
    x, labels = torch.as_tensor(x).detach().float(), torch.as_tensor(labels).detach()
    if x.dim() != 2 or x.shape[1] != 2 or not len(x):
        raise ValueError(f"x must have shape (P, 2), got {tuple(x.shape)}")
    if labels.shape != (len(x),):
        raise ValueError(f"labels must have one entry per example, ({len(x)},), got {tuple(labels.shape)}")
    return x, labels
