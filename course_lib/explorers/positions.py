"""Sinusoidal positions as a surface."""

import numpy as np

from course_lib import plotting
from course_lib.explorers.controls import int_slider
from course_lib.explorers.explorer import Array, Explorer, Layout, Settings, Values, side_by_side
from course_lib.transformer import sinusoidal_positions


class Positions(Explorer):
    """The surface of sinusoidal positions (T, D), and the dot product of one position t with every other."""

    play = "t"

    def __init__(self, T: int = 60, D: int = 64) -> None:
        self.controls = {
            "T": int_slider("positions", T, 10, 200, step=10),
            "D": int_slider("D", D, 4, 256, step=4),
            "t": int_slider("position", min(20, T - 1), 0, 199),
        }

    def widget_axes(self, values: Values) -> Layout:
        return side_by_side()

    def picture_axes(self, settings: Settings) -> Layout:
        return plotting.figure(len(settings), 2, size=(11.0, 4.2 * len(settings)), squeeze=False)

    def draw(self, axes: Array, T: int, D: int, t: int) -> None:
        surface, likeness = axes
        t = min(t, T - 1)
        table = sinusoidal_positions(T, D)
        plotting.heatmap(
            table, title="one row for each position", xlabel="column", ylabel="position", annotate=False, ax=surface
        )
        plotting.curve(
            np.arange(T), table @ table[t] / (D / 2), title=f"likeness to position {t}", xlabel="position",
            ylabel="dot product / (D/2)", ax=likeness,
        )  # fmt: skip

    def describe(self, T: int, D: int, t: int) -> str:
        t = min(t, T - 1)
        table = sinusoidal_positions(T, D)
        beside = table[t] @ table[t - 1 if t else 1] / (D / 2)
        turn = 2 * np.pi * 10000 ** ((D - 2) / D)
        return (
            f"Position {t} is alike to itself by 1, to the one beside it by {beside:.2f}. The first pair of columns "
            f"turns once in 6.3 positions, the last in {turn:,.0f}."
        )
