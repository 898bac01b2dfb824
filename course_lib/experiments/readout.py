"""A cell that answers a number at each step, and its training on sequences that are drawn as they are needed."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from course_lib import fast
from course_lib.rnn import Unroll
from course_lib.training import fit

Make = Callable[[int, int], nn.Module]  # a cell from its E and H
Batch = tuple[Tensor, Tensor, Tensor]  # x (B, T, E), y (B, T), and a mask (B, T), True where an answer counts


class Readout(nn.Module):
    """A cell and a linear output of one number for each step: x (B, T, E) -> (B, T).

    Attributes:
        cell: any cell with `weight_ih` (.., E) and `weight_hh` (.., H).
        output: linear layer, H to 1.
        unroll: the loop; `fast.masked_unroll` takes a fused kernel for the library's cells.
    """

    def __init__(self, cell: nn.Module, unroll: Unroll = fast.masked_unroll):
        super().__init__()
        self.cell = cell
        self.output = nn.Linear(cell.weight_hh.shape[1], 1)
        self.unroll = unroll

    def forward(self, x: Tensor) -> Tensor:
        outputs, _ = self.unroll(self.cell, x)
        answers: Tensor = self.output(outputs)
        return answers.squeeze(-1)


def squared_error(model: nn.Module, batch: Batch) -> Tensor:
    """The mean squared error where the mask is True."""
    x, y, mask = batch
    errors: Tensor = (model(x) - y)[mask]
    return errors.square().mean()


def train_readout(
    make: Make,
    seed: int,
    draw: Callable[[torch.Generator], Batch],
    *,
    H: int,
    steps: int,
    lr: float,
    step_schedule: Callable[[int], float] | None = None,
    tests: Batch | None = None,
    every: int = 50,
) -> tuple[Readout, list[float]]:
    """Train a `Readout` with Adam on batches that are drawn as they are needed: the same for the same seed.

    Args:
        make: makes the cell from E and H.
        draw: from a generator to a batch.
        step_schedule: as in `training.fit`.
        tests: a batch on which the error is measured each `every` steps.

    Returns:
        the model, and its squared errors on the tests.
    """
    generator = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = Readout(make(draw(torch.Generator())[0].shape[-1], H))
    history = fit(
        model,
        lambda: (draw(generator) for _ in range(every)),
        squared_error,
        torch.optim.Adam(model.parameters(), lr=lr),
        steps=steps,
        clip=1.0,
        step_schedule=step_schedule,
        evaluate=None if tests is None else lambda model: {"error": squared_error(model, tests).item()},
    )
    return model, [line["error"] for line in history if tests is not None and line["step"] % every == 0]


def at_the_end(x: Tensor, y: Tensor) -> Batch:
    """One target per sequence, y (B,), as targets at each step, of which the last alone counts."""
    mask = torch.zeros(x.shape[:2], dtype=torch.bool)
    mask[:, -1] = True
    return x, y.unsqueeze(1).expand(x.shape[:2]), mask


def testing_generator(seed: int) -> torch.Generator:
    """The randomness of the sequences that a model of this seed is tested on."""
    return torch.Generator().manual_seed(1_000_000 + seed)  # far from the seeds of training
