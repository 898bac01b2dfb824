"""What explorers of classifiers in the plane share: examples of two classes, and a row of planes with one legend."""

from typing import Any, ClassVar

import torch

from course_lib.explorers.explorer import Array, Explorer, Layout, Settings, columns, share_legend


class PlaneExplorer(Explorer):
    """Points of the plane with classes 0 and 1; `draw` takes `legend`, whether to name the classes above the Axes.

    Args:
        x: examples (P, 2).
        labels: their classes (P,), 0 or 1.
        limit: the picture shows -limit to limit on both axes.

    Raises:
        ValueError: x that is not (P, 2), as many labels as examples expected.
    """

    in_picture: ClassVar = {"legend": False}

    def __init__(self, x: Any, labels: Any, limit: float) -> None:
        self.x, self.labels = torch.as_tensor(x).detach().float(), torch.as_tensor(labels).detach()
        self.limit = limit
        if self.x.dim() != 2 or self.x.shape[1] != 2 or not len(self.x):
            raise ValueError(f"x must have shape (P, 2), got {tuple(self.x.shape)}")
        if self.labels.shape != (len(self.x),):
            got = tuple(self.labels.shape)
            raise ValueError(f"labels must have one entry per example, ({len(self.x)},), got {got}")

    def picture_axes(self, settings: Settings) -> Layout:
        return columns(len(settings), size=(3.8 * len(settings), 4.5))

    def draw_picture(self, axes: Array, settings: Settings) -> None:
        super().draw_picture(axes, settings)
        share_legend(axes[:, 0], handletextpad=0.5)  # a boundary may be missing from the first of the planes
