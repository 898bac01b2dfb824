"""With peepholes and without, on the delays between spikes."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import torch

from course_lib.experiments.readout import Make, Readout, testing_generator, train_readout
from course_lib.experiments.registry import experiment
from course_lib.lstm import LSTMCell, PeepholeLSTMCell
from course_lib.tasks import spike_delays


def train_timer(
    make: Make, seed: int, *, T: int, shortest: int, longest: int, H: int, steps: int, B: int = 64, lr: float = 0.01
) -> Readout:
    """Train a cell on `spike_delays`: at each spike it answers how long ago the one before was."""
    model, _ = train_readout(
        make,
        seed,
        lambda generator: spike_delays(B, T, shortest, longest, generator=generator),
        H=H,
        steps=steps,
        lr=lr,
        step_schedule=lambda step: min(1.0, 2 * (steps - step + 1) / steps),  # falls to 0 in the second half
    )
    return model


@torch.no_grad()
def exact_share(model: Readout, seed: int, *, T: int, shortest: int, longest: int, B: int = 500) -> float:
    """The share of delays that the model tells exactly, on B other sequences.

    An answer is exact if it is nearer to the true delay than to any other.
    """
    x, y, mask = spike_delays(B, T, shortest, longest, generator=testing_generator(seed))
    exact = (model(x) - y)[mask].abs() < 0.5 / (longest - shortest)
    return float(exact.float().mean())


TIMERS: Mapping[str, tuple[Make, int]] = {
    "LSTM, H = 2": (partial(LSTMCell, forget_bias=1.0), 2),
    "peephole LSTM, H = 2": (partial(PeepholeLSTMCell, forget_bias=1.0), 2),
    "LSTM, H = 3": (partial(LSTMCell, forget_bias=1.0), 3),
    "peephole LSTM, H = 3": (partial(PeepholeLSTMCell, forget_bias=1.0), 3),
}


@experiment("03.timing", seeds=range(20, 30), T=64, shortest=10, longest=30, steps=1500, B=64, lr=0.01)
def timing(
    seed: int, *, T: int, shortest: int, longest: int, steps: int, B: int, lr: float
) -> dict[str, dict[str, Any]]:
    """The share of delays that each model tells exactly, and its weights: so small that a lesson can show them."""
    figures: dict[str, dict[str, Any]] = {}
    for name, (make, H) in TIMERS.items():
        model = train_timer(make, seed, T=T, shortest=shortest, longest=longest, H=H, steps=steps, B=B, lr=lr)
        share = exact_share(model, seed, T=T, shortest=shortest, longest=longest)
        weights = {key: value.tolist() for key, value in model.state_dict().items()}
        figures[name] = {"parameters": sum(p.numel() for p in model.parameters()), "exact": share, "weights": weights}
    return figures
