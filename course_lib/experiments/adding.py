"""RNN, LSTM and GRU on the adding problem."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from course_lib import rnn, tasks
from course_lib.experiments.readout import Make, Readout, at_the_end, testing_generator, train_readout
from course_lib.experiments.registry import experiment
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell

CELLS: Mapping[str, Make] = {"RNN": rnn.RNNCell, "LSTM": partial(LSTMCell, forget_bias=1.0), "GRU": GRUCell}


def train_adder(
    make: Make, seed: int, *, T: int, steps: int, B: int = 64, H: int = 32, lr: float = 0.01, every: int = 50
) -> tuple[Readout, list[float]]:
    """Train a cell on `tasks.adding_problem`; the model, and its error on 1,000 other sequences every so many steps.

    The model's answer to a sequence is its output at the last step.
    """
    return train_readout(
        make,
        seed,
        lambda generator: at_the_end(*tasks.adding_problem(B, T, generator=generator)),
        H=H,
        steps=steps,
        lr=lr,
        tests=at_the_end(*tasks.adding_problem(1000, T, generator=testing_generator(seed))),
        every=every,
    )


@experiment("03.adding_problem", seeds=range(10, 15), steps={50: 800, 100: 1200}, B=64, H=32, lr=0.01, every=100)
def adding_problem(
    seed: int, *, steps: Mapping[int, int], B: int, H: int, lr: float, every: int
) -> dict[int, dict[str, dict[str, Any]]]:
    """For each length T the squared error of each cell, at the end and every so many steps; chance is 1/6.

    Args:
        steps: for each T how many.
    """
    figures: dict[int, dict[str, dict[str, Any]]] = {}
    for T, n in steps.items():
        figures[T] = {}
        for name, make in CELLS.items():
            _, errors = train_adder(make, seed, T=T, steps=n, B=B, H=H, lr=lr, every=every)
            figures[T][name] = {"mse": errors[-1], "curve": errors}
    return figures
