"""What several cells keep of one sequence of the adding problem."""

from collections.abc import Callable, Mapping

import numpy as np
import torch
from torch import Tensor, nn

from course_lib import plotting
from course_lib.explorers.controls import int_slider
from course_lib.explorers.explorer import Array, Explorer, Layout, Settings, Values
from course_lib.gradients import state_gradient_norms
from course_lib.lstm import gates_through_time


class Memory(Explorer):
    """Move the two marks of the adding problem: what each cell keeps, and the gradient that reaches each step.

    Args:
        models: by name; each with `cell`, a linear `output` and model(x) -> answers (B, T), trained on the adding
            problem.
        T: the length of the sequence.
        first, second: the marked steps at the beginning; one in the first half, one in the second.

    Raises:
        ValueError: no models, or marks that are not in their halves.
    """

    def __init__(self, models: Mapping[str, nn.Module], *, T: int, first: int, second: int) -> None:
        if not models:
            raise ValueError("models must hold at least one, got none")
        self.models, self.T = models, T
        self.controls = {
            "first": int_slider("first mark", first, 0, T // 2 - 1),
            "second": int_slider("second mark", second, T // 2, T - 1),
            "numbers": int_slider("numbers", 0, 0, 20),
        }

    def widget_axes(self, values: Values) -> Layout:
        return plotting.figure(2, len(self.models), size=(3.4 * len(self.models), 6.4), shown=False)

    def picture_axes(self, settings: Settings) -> Layout:
        n, M = len(settings), len(self.models)
        figure, axes = plotting.figure(2 * n, M, size=(3.3 * M, 6.6 * n), squeeze=False)
        return figure, axes.reshape(n, 2, M)

    def draw(self, axes: Array, first: int, second: int, numbers: int) -> None:
        """For each model what its cell keeps, c or h, units by steps; below it the gradient that reaches each step.

        All states have one scale, and what is beyond -1 or 1 has the colour of the end.
        """
        x = self.sequence(first, second, numbers)
        arriving = {name: _gradients(model, x) for name, model in self.models.items()}
        lowest = min(norms.min().item() for norms in arriving.values())
        highest = max(norms.max().item() for norms in arriving.values())
        for i, (name, model) in enumerate(self.models.items()):
            above, below = axes.reshape(2, -1)[:, i]
            history = gates_through_time(model.cell, x)
            kept = "c" if "c" in history else "h"
            unit, gradient = ("unit", "gradient of the answer") if i == 0 else ("", "")
            plotting.heatmap(
                history[kept][0].T, title=f"{name}: its {kept}", xlabel="", ylabel=unit, low=-1, high=1, ax=above
            )
            plotting.curve(
                np.arange(self.T), arriving[name], title=f"answers {_answer(model, x):.2f}", xlabel="step",
                ylabel=gradient, log="y", ax=below,
            )  # fmt: skip
            below.set_ylim(lowest / 2, highest * 2)
            for ax in (above, below):
                for mark in (first, second):
                    ax.axvline(mark, color=plotting.VERMILION, linestyle=":", linewidth=1.6)

    def describe(self, first: int, second: int, numbers: int) -> str:
        x = self.sequence(first, second, numbers)
        a, b = x[0, [first, second], 0].tolist()
        answers = ", ".join(f"{name} {_answer(model, x):.2f}" for name, model in self.models.items())
        return f"The marked numbers are {a:.2f} and {b:.2f}; their sum is {a + b:.2f}. The answers: {answers}."

    def sequence(self, first: int, second: int, numbers: int = 0) -> Tensor:
        """Random numbers from 0 to 1, and beside them the two marks, (1, T, 2); `numbers` is their seed."""
        x = torch.zeros(1, self.T, 2)
        x[0, :, 0] = torch.rand(self.T, generator=torch.Generator().manual_seed(numbers))
        x[0, [first, second], 1] = 1
        return x


def _answer(model: nn.Module, x: Tensor) -> float:
    with torch.no_grad():
        return float(model(x)[0, -1])


def _gradients(model: nn.Module, x: Tensor) -> Tensor:
    """The norm of the answer's gradient at each step, (T,)."""
    loss: Callable[[Tensor], Tensor] = lambda h: model.output(h).squeeze(-1)  # noqa: E731
    return state_gradient_norms(model.cell, x, loss=loss)[0].clamp(min=1e-12)
