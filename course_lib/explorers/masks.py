"""Masks as pictures."""

from course_lib import plotting
from course_lib.explorers.controls import int_slider
from course_lib.explorers.explorer import Array, Explorer, Layout, Settings, Values
from course_lib.masks import causal_mask, padding_mask


class Masks(Explorer):
    """The masks of one sentence in a batch: its own length, and T, the length of the batch's longest one."""

    play = "length"

    def __init__(self, T: int = 8) -> None:
        self.controls = {
            "length": int_slider("length", T - 3, 1, T),
            "T": int_slider("longest", T, 2, 20),
        }

    def widget_axes(self, values: Values) -> Layout:
        return plotting.figure(1, 3, size=(11.0, 3.8), shown=False)

    def picture_axes(self, settings: Settings) -> Layout:
        return plotting.figure(len(settings), 3, size=(11.0, 4.0 * len(settings)), squeeze=False)

    def draw(self, axes: Array, length: int, T: int) -> None:
        real = padding_mask([min(length, T)], T)[0].expand(T, T)
        causal = causal_mask(T)
        parts = {"padding": real, "causal": causal, "both: causal & padding": real & causal}
        for ax, (name, mask) in zip(axes, parts.items(), strict=True):
            label = "a word that asks" if ax is axes[0] else ""
            plotting.heatmap(mask, title=name, xlabel="a word that is looked at", ylabel=label, ax=ax)

    def describe(self, length: int, T: int) -> str:
        length = min(length, T)
        both = causal_mask(T) & padding_mask([length], T)
        padding = f" Rows from {length} on are padding; what they find is never used." if length < T else ""
        return f"Of {T * T} pairs of positions, {int(both.sum())} may attend (dark: True).{padding}"
