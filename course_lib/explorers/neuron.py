"""A neuron's line in the plane."""

from typing import Any

import numpy as np
import torch

from course_lib import dense, plotting
from course_lib.explorers.controls import float_slider
from course_lib.explorers.explorer import Array, Layout, Values
from course_lib.explorers.plane import PlaneExplorer


class Neuron(PlaneExplorer):
    """Turn and shift the line of a neuron with two inputs, and see which examples fall on which side.

    A neuron says 1 where w1 x1 + w2 x2 + b > 0.

    Args:
        x: examples (P, 2).
        labels: their classes (P,), 0 or 1.
        limit: the picture shows -limit to limit on both axes.

    Raises:
        ValueError: x that is not (P, 2), as many labels as examples expected.
    """

    def __init__(self, x: Any, labels: Any, *, limit: float = 5.0) -> None:
        super().__init__(x, labels, limit)
        self.controls = {
            "w1": float_slider("w1", 1.0, -3, 3, step=0.1, digits=1),
            "w2": float_slider("w2", 0.5, -3, 3, step=0.1, digits=1),
            "b": float_slider("b", 0.0, -10, 10, step=0.5, digits=1),
        }

    def widget_axes(self, values: Values) -> Layout:
        return plotting.figure(size=(6.0, 5.2), shown=False)

    def draw(self, axes: Array, w1: float, w2: float, b: float, *, legend: bool = True) -> None:
        weight, bias = torch.tensor([w1, w2], dtype=torch.float32), torch.tensor(b, dtype=torch.float32)
        probability = dense.neuron(torch.tensor(plotting.lattice(self.limit)).float(), weight, bias)
        title = f"w = ({w1:g}, {w2:g}), b = {b:g}: {self.accuracy(w1, w2, b):.0%} right"
        lines = (weight[None], bias[None])
        plotting.plane(
            probability, self.limit, self.x, self.labels, title=title, lines=lines, legend=legend, ax=axes[0]
        )

    def describe(self, w1: float, w2: float, b: float) -> str:
        right = f"{self.accuracy(w1, w2, b):.0%}"
        if w1 == w2 == 0:
            return f"Both weights are 0: there is no line, and the answer is the same everywhere. {right} right."
        where = "passes through the origin" if b == 0 else f"is {abs(b) / np.hypot(w1, w2):.1f} away from the origin"
        return f"The line {w1:.1f} x1 + {w2:.1f} x2 + {b:.1f} = 0 {where}. {right} of the examples are right."

    def accuracy(self, w1: float, w2: float, b: float) -> float:
        """The fraction of the examples on the right side of the line."""
        return ((w1 * self.x[:, 0] + w2 * self.x[:, 1] + b > 0) == (self.labels == 1)).float().mean().item()
