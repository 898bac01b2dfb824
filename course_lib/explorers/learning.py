"""A network that learns to divide the plane."""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from course_lib import dense, plotting
from course_lib.explorers.controls import first_middle_last, moment_names, moments
from course_lib.explorers.explorer import Array, Layout, Values, fixed
from course_lib.explorers.plane import PlaneExplorer


class Learning(PlaneExplorer):
    """Move through training: on the left how the network divides the plane, on the right the loss.

    A picture compares moments, by default the first, the last and one between them, and leaves the loss out.

    Args:
        network: network(x, *parameters) -> logits (B, 2).
        snapshots: (steps, parameters) for each moment. The parameters begin with the weight (H, 2) and the bias (H,)
            of the first layer, whose lines are drawn.
        x: examples (P, 2).
        labels: their classes (P,), 0 or 1.
        limit: the picture shows -limit to limit on both axes.

    Raises:
        ValueError: no snapshots, parameters that begin otherwise, x that is not (P, 2), as many labels as examples
            expected, or a label that the network has no logit for.
    """

    play = "moment"

    def __init__(
        self, network: Callable[..., Tensor], snapshots: Sequence[Any], x: Any, labels: Any, *, limit: float = 2.0
    ) -> None:
        super().__init__(x, labels, limit)
        if not snapshots:
            raise ValueError("snapshots must hold at least one (steps, parameters), got none")
        for number, (_, parameters) in enumerate(snapshots):
            weight, bias = parameters[:2]
            if weight.dim() != 2 or weight.shape[1] != 2 or bias.shape != weight.shape[:1]:
                got = f"{tuple(weight.shape)} and {tuple(bias.shape)}"
                raise ValueError(f"snapshot {number} must begin with weight (H, 2) and bias (H,), got {got}")
        self.steps = [steps for steps, _ in snapshots]
        self.parameters = [[parameter.detach() for parameter in parameters] for _, parameters in snapshots]
        logits = [network(self.x, *parameters) for parameters in self.parameters]
        dense.check_labels(logits[0], self.labels)
        points = torch.tensor(plotting.lattice(limit)).float()
        self.probability = [dense.softmax(network(points, *parameters))[:, 1] for parameters in self.parameters]
        self.losses = [dense.cross_entropy(each, self.labels).item() for each in logits]
        self.right = [int((each.argmax(1) == self.labels).sum()) for each in logits]
        self.names = moment_names(self.steps, "steps")
        self.controls = {"moment": moments(self.names)}
        self.compared = {"moment": first_middle_last(len(self.names))}

    def widget_axes(self, values: Values) -> Layout:
        return fixed([(0.08, 0.10, 0.42, 0.78), (0.58, 0.10, 0.40, 0.78)], size=(10.4, 5.6))

    def draw(self, axes: Array, moment: int, *, legend: bool = True) -> None:
        plotting.plane(
            self.probability[moment], self.limit, self.x, self.labels, legend=legend, ax=axes[0],
            title=f"{self.names[moment]}: {self.right[moment]} of {len(self.x)} right",
            lines=tuple(self.parameters[moment][:2]),
        )  # fmt: skip
        for ax in axes[1:]:
            plotting.curve(self.steps, self.losses, title="loss", xlabel="steps", ylabel="", ax=ax)
            ax.plot(self.steps[moment], self.losses[moment], "o", markersize=10, color=plotting.VERMILION)

    def describe(self, moment: int) -> str:
        found = f"{self.right[moment]} of {len(self.x)} examples are right"
        return f"{self.names[moment].capitalize()}: the loss is {self.losses[moment]:.3f}, {found}."
