"""The softmax of the same scores, more and less scaled."""

import numpy as np
import torch
from torch import Tensor

from course_lib import plotting
from course_lib.explorers.controls import choice, float_slider
from course_lib.explorers.explorer import Array, Explorer, Layout, Settings, Values, columns

_WIDTHS = (4, 8, 16, 32, 64, 128, 256, 512)


class Scale(Explorer):
    """The softmax of one query's scores, divided by a power of d_k: 0 is unscaled, 0.5 the Transformer's, 1 too much.

    A picture compares powers, by default these three.
    """

    play = "d_k"
    compared = {"power": (0, 0.5, 1)}  # noqa: RUF012

    def __init__(self, d_k: int = 64) -> None:
        self.controls = {
            "power": float_slider("power of d_k", 0.5, 0, 1, step=0.05),
            "d_k": choice("d_k", [(str(width), width) for width in _WIDTHS], d_k, slider=True),
        }

    def widget_axes(self, values: Values) -> Layout:
        return plotting.figure(size=(7.6, 3.8), shown=False)

    def picture_axes(self, settings: Settings) -> Layout:
        return columns(len(settings), size=(4.2 * len(settings), 3.8))

    def draw(self, axes: Array, power: float, d_k: int) -> None:
        weights = (scores(d_k) * d_k**-power).softmax(-1)
        derivative = (weights.diag() - weights.outer(weights)).norm()
        divided = {0: "unscaled", 0.5: "divided by √d_k", 1: "divided by d_k"}.get(power, f"divided by d_k^{power:g}")
        plotting.bars(
            [str(s) for s in range(len(weights))], weights, xlabel="key", ylabel="weight", limits=(0, 1),
            title=f"{divided}: derivative {derivative:.3f}", ax=axes[0],
        )  # fmt: skip
        axes[0].set_ylim(0, 1.08)
        axes[0].set_yticks(np.linspace(0, 1, 6))

    def describe(self, power: float, d_k: int) -> str:
        scaled = scores(d_k) * d_k**-power
        largest = scaled.softmax(-1).max()
        return f"The scores have the standard deviation {scaled.std():.2f}, and the largest weight is {largest:.2f}."


def scores(d_k: int, S: int = 10) -> Tensor:
    """The scores of one query with S keys, of d_k random numbers each: for every d_k the first of the same 512."""
    generator = torch.Generator().manual_seed(11)
    query, key = (torch.randn(n, 512, generator=generator)[:, :d_k] for n in (1, S))
    return (query @ key.T)[0]
