"""A soft dictionary whose query can be turned."""

import math
from collections.abc import Sequence

import numpy as np
import torch
from matplotlib.axes import Axes
from torch import Tensor

from course_lib import plotting
from course_lib.explorers.controls import float_slider, int_slider
from course_lib.explorers.explorer import Array, Explorer, Layout, Settings, Values


class Dictionary(Explorer):
    """Turn the query and make it longer: the weights of a soft dictionary, and what it returns.

    Args:
        names: of the S entries.
        keys: (S, 2), points in the plane.
        values: (S,), a number each.
        unit: of the values.

    Raises:
        ValueError: shapes that don't fit.
    """

    def __init__(self, names: Sequence[str], keys: Tensor, values: Tensor, *, unit: str) -> None:
        S = len(names)
        if keys.shape != (S, 2) or values.shape != (S,):
            got = f"{tuple(keys.shape)} and {tuple(values.shape)}"
            raise ValueError(f"expected keys ({S}, 2) and values ({S},), got {got}")
        self.names, self.keys, self.values, self.unit = names, keys, values, unit
        self.controls = {
            "angle": int_slider("direction °", 30, 0, 345, step=15),
            "length": float_slider("length", 2.0, 0, 12, step=0.5),
        }

    def widget_axes(self, values: Values) -> Layout:
        return plotting.figure(1, 2, size=(9.6, 3.9), shown=False, width_ratios=(1, 1.1))

    def picture_axes(self, settings: Settings) -> Layout:
        n = len(settings)
        return plotting.figure(n, 2, size=(9.6, 2.9 * n + 0.5), squeeze=False, width_ratios=(1, 1.1))

    def draw(self, axes: Array, angle: int, length: float) -> None:
        """Left keys and query in the plane, right the weights and what comes of them."""
        plane, side = axes
        query, weights = self.look_up(angle, length)
        with plotting.style():
            self._draw_plane(plane, query, weights)
        pairs = zip(self.names, self.values.tolist(), strict=True)
        labels = [f"{name}: {number:g} {self.unit}" for name, number in pairs]
        title = f"weighted sum of the values: {weights @ self.values:.2f} {self.unit}"
        bounded = weights.clamp(0, 1)
        plotting.bars(labels, bounded, title=title, ylabel="attention weight", limits=(0, 1), horizontal=True, ax=side)
        side.set(xlim=(0, 1.12), xticks=np.linspace(0, 1, 6))  # the same in every row

    def describe(self, angle: int, length: float) -> str:
        _, weights = self.look_up(angle, length)
        best = int(weights.argmax())
        result = f"The weighted sum of the values is {weights @ self.values:.2f} {self.unit}."
        if length == 0:
            return f"{result} All weights are {weights[best]:.0%}."
        name, value = self.names[best], f"{self.values[best]:g} {self.unit}"
        return f"{result} The largest weight is {weights[best]:.0%}, that of {name}, whose value is {value}."

    def look_up(self, angle: int, length: float) -> tuple[Tensor, Tensor]:
        """The query of this direction and length, (2,), and its weights (S,)."""
        radians = math.radians(angle)
        query = length * torch.tensor([math.cos(radians), math.sin(radians)])
        return query, (self.keys @ query).softmax(0)

    def _draw_plane(self, ax: Axes, query: Tensor, weights: Tensor) -> None:
        """Each key as a circle, whose area grows with its weight, and the query as an arrow."""
        limit = 1.35 * max(self.keys.norm(dim=1).max().item(), 1.0)
        ax.axhline(0, color=plotting.GREY, linewidth=0.8)
        ax.axvline(0, color=plotting.GREY, linewidth=0.8)
        for name, key, weight in zip(self.names, self.keys.tolist(), weights.tolist(), strict=True):
            area = 40 + 700 * weight  # the square of the diameter, in points
            ax.scatter(key[0], key[1], s=area, color=plotting.BLUE, alpha=0.75, linewidth=0, zorder=2)
            above = (0, math.sqrt(area) / 2 + 3)
            label = name.replace("$", r"\$")
            ax.annotate(label, key, xytext=above, textcoords="offset points", ha="center", zorder=4)
        length = query.norm().item()
        shown = query * min(1.0, limit / max(length, 1e-9))
        arrow = {"arrowstyle": "-|>", "color": plotting.VERMILION, "linewidth": 2}
        ax.annotate("", tuple(shown.tolist()), (0, 0), zorder=3, arrowprops=arrow)
        ax.set(xlim=(-limit, limit), ylim=(-limit, limit), aspect="equal", xlabel="$k_1$", ylabel="$k_2$")
        ax.set_title(f"keys (circles), query of length {length:.1f}", loc="left")
        if length > limit:
            ax.text(0.02, 0.02, "arrow shortened", transform=ax.transAxes, fontsize=9)
