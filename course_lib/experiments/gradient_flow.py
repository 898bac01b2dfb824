"""How much of a loss at the end reaches each earlier state, before and after training."""

from collections.abc import Callable, Mapping
from functools import partial

import torch
from torch import Tensor, nn

from course_lib import rnn
from course_lib.experiments.adding import CELLS, train_adder
from course_lib.experiments.readout import Make, testing_generator
from course_lib.experiments.registry import experiment
from course_lib.gradients import state_gradient_norms
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell
from course_lib.tasks import adding_problem

INITIALIZATIONS: Mapping[str, Make] = {
    "RNN": rnn.RNNCell,
    "LSTM, forget bias 0": partial(LSTMCell, forget_bias=0.0),
    "LSTM, forget bias 1": partial(LSTMCell, forget_bias=1.0),
    "LSTM, forget bias 3": partial(LSTMCell, forget_bias=3.0),
    "GRU": GRUCell,
}


def gradient_by_distance(cell: nn.Module, x: Tensor, loss: Callable[[Tensor], Tensor] | None = None) -> Tensor:
    """The norm of the gradient that arrives 0, 1, 2 ... steps before the end, the mean over a batch: (T,)."""
    return state_gradient_norms(cell, x, loss=loss).mean(0).flip(0)


def _answer(output: nn.Module, h: Tensor) -> Tensor:
    answer: Tensor = output(h)
    return answer.squeeze(-1)


@experiment("03.gradient_flow", seeds=range(10, 15), T=100, B=16, H=32, trained_T=50, steps=800)
def gradient_flow(
    seed: int, *, T: int, B: int, H: int, trained_T: int, steps: int
) -> dict[str, dict[str, list[float]]]:
    """The gradient by distance, for new cells on random input, and for cells trained on the adding problem.

    After training the loss is the model's answer, and its gradient at the last step is scaled to 1.
    """
    new: dict[str, list[float]] = {}
    for name, make in INITIALIZATIONS.items():
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            cell = make(2, H).double()  # the squares of such norms are too small for float32
        x = torch.randn(B, T, 2, generator=torch.Generator().manual_seed(seed)).double()
        new[name] = gradient_by_distance(cell, x).tolist()
    trained: dict[str, list[float]] = {}
    for name, make in CELLS.items():
        model = train_adder(make, seed, T=trained_T, steps=steps, H=H)[0].double()
        x, _ = adding_problem(B, trained_T, generator=testing_generator(seed))
        norms = gradient_by_distance(model.cell, x.double(), loss=partial(_answer, model.output))
        trained[name] = (norms / norms[0]).tolist()
    return {"new": new, "trained": trained}
