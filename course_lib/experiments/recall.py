"""How far an RNN remembers: recalling the first symbol of a sequence, against its distance."""

import math
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib import fast, rnn
from course_lib.experiments.registry import experiment
from course_lib.gradients import clip_gradients
from course_lib.rnn import Unroll
from course_lib.training import accuracy, classification_loss, fit


def recall_task(B: int, T: int, C: int, generator: torch.Generator | None = None) -> tuple[Tensor, Tensor]:
    """The recall task: x (B, T, C), T random symbols as one-hot rows -> the first of them, (B,).

    The last state has to hold what stood T - 1 steps before. Guessing is right once in C times.

    Raises:
        ValueError: B or T below 1, or C below 2.
    """
    if B < 1 or T < 1 or C < 2:
        raise ValueError(f"expected B and T of at least 1 and C of at least 2, got B={B}, T={T}, C={C}")
    symbols = torch.randint(C, (B, T), generator=generator)
    return F.one_hot(symbols, C).float(), symbols[:, 0]


class _Classifier(nn.Module):
    """A cell and a linear output of its last state: x (B, T, E) -> logits (B, C)."""

    def __init__(self, cell: nn.Module, output: nn.Linear, unroll: Callable[..., Any]):
        super().__init__()
        self.cell = cell
        self.output = output
        self.unroll = unroll

    def forward(self, x: Tensor) -> Tensor:
        _, h = self.unroll(self.cell, x, x.new_zeros(len(x), self.output.in_features))
        logits: Tensor = self.output(h)
        return logits


def train_recall(
    seed: int,
    T: int,
    *,
    steps: int,
    scale: float = 1.0,
    clip: float = math.inf,
    optimizer: str = "Adam",
    lr: float = 1e-3,
    C: int = 4,
    H: int = 64,
    B: int = 64,
    make_cell: Callable[..., nn.Module] = rnn.RNNCell,
    unroll: Unroll = fast.masked_unroll,
    clip_gradients: Callable[..., Any] = clip_gradients,
) -> tuple[float, list[float]]:
    """Train an RNN on the recall task.

    Args:
        T: steps of a sequence.
        scale: what W_hh is multiplied with before training.
        clip: the largest norm of the gradient; infinity: any.
        optimizer: its name in `torch.optim`.
        make_cell: from C, H and a generator to a cell.
        unroll, clip_gradients: with the contracts of `rnn.unroll` and `gradients.clip_gradients`.

    Returns:
        the accuracy on 2,000 fresh sequences, and at each step the norm of the gradient before clipping.
    """
    generator = torch.Generator().manual_seed(seed)
    model = _Classifier(make_cell(C, H, generator=generator), nn.Linear(H, C), unroll)
    with torch.no_grad():
        model.cell.weight_hh *= scale
        for parameter in model.output.parameters():
            parameter.uniform_(-1 / math.sqrt(H), 1 / math.sqrt(H), generator=generator)
    norms: list[float] = []
    fit(
        model,
        lambda: (recall_task(B, T, C, generator) for _ in count()),
        classification_loss,
        getattr(torch.optim, optimizer)(model.parameters(), lr=lr),
        steps=steps,
        clip=clip,
        clip_gradients=clip_gradients,
        on_step=lambda step: norms.append(step.norm),
    )
    return accuracy(model, [recall_task(2000, T, C, generator)]), norms


@experiment(
    "02.memory", seeds=range(10, 15), T=(5, 10, 15, 20, 30, 50, 100, 200), scales=(1.0, 2.0), steps=600, clip=1.0
)
def memory(
    seed: int, *, T: Sequence[int], scales: Sequence[float], steps: int, clip: float, **options: Any
) -> dict[str, Any]:
    """The accuracy of `train_recall` at each length T, for each scale of the recurrent weights at the start.

    Returns:
        {"1.0": {"accuracy": one for each T}, "2.0": ...}
    """
    return {
        f"{scale:.1f}": {
            "accuracy": [train_recall(seed, length, steps=steps, scale=scale, clip=clip, **options)[0] for length in T]
        }
        for scale in scales
    }
