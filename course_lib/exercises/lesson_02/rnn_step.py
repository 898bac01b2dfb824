"""Exercise 02.rnn_step."""

from collections.abc import Callable

import torch
from torch import Tensor

from course_lib import rnn
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.exercises.trial import Trial


def rnn_step(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)


def _step_with(
    score=lambda x, h, wi, wh, bi, bh: x @ wi.T + bi + h @ wh.T + bh,
    activation: Callable[[Tensor], Tensor] = torch.tanh,
):
    """A way to write the step wrongly: another sum, or another activation."""
    return lambda *arguments: activation(score(*arguments))


ADVICE = (
    ("converted to Python scalars", "`math.tanh` takes one number; `torch.tanh` takes every element of a tensor."),
    ("must be real number, not Tensor", "`math.tanh` takes one number; `torch.tanh` takes every element."),
    ("mat1 and mat2", "The inner sizes of a product differ: (B, E) @ (E, H) and (B, H) @ (H, H); weight_ih is (H, E)."),
)


MISTAKES = (
    ("the activation is missing: tanh of the whole sum", _step_with(activation=lambda s: s)),
    ("the activation is the sigmoid; tanh is asked for", _step_with(activation=torch.sigmoid)),
    ("the activation is ReLU; tanh is asked for", _step_with(activation=torch.relu)),
    ("the state h is left out: add `h @ weight_hh.T`", _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + bi + bh)),
    ("the state h is left out: add `h @ weight_hh.T`", _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + bi)),
    ("the input x is left out: add `x @ weight_ih.T`", _step_with(lambda x, h, wi, wh, bi, bh: h @ wh.T + bi + bh)),
    ("the input x is left out: add `x @ weight_ih.T`", _step_with(lambda x, h, wi, wh, bi, bh: h @ wh.T + bh)),
    ("both biases are missing", _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + h @ wh.T)),
    ("`bias_ih` is added twice, `bias_hh` never", _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + bi + h @ wh.T + bi)),
    ("`bias_hh` is added twice, `bias_ih` never", _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + bh + h @ wh.T + bh)),
    ("the products are element by element, `*`; the product of matrices is `@`",
     _step_with(lambda x, h, wi, wh, bi, bh: x * wi.T + bi + h * wh.T + bh)),
    ("the products are element by element, `*`; the product of matrices is `@`",
     _step_with(lambda x, h, wi, wh, bi, bh: x * wi + bi + h * wh + bh)),
    ("the result is (H, B), one sequence in each column; one in each row is asked for: transpose it",
     lambda *given: rnn.rnn_step(*given).T),
    ("the bias `bias_hh` is missing: there are two", _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + bi + h @ wh.T)),
    ("the bias `bias_ih` is missing: there are two", _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + h @ wh.T + bh)),
    ("the biases are added after tanh; they belong to the sum inside",
     lambda x, h, wi, wh, bi, bh: torch.tanh(x @ wi.T + h @ wh.T) + bi + bh),
    ("tanh is taken of each part by itself; take it once, of their sum",
     lambda x, h, wi, wh, bi, bh: torch.tanh(x @ wi.T + bi) + torch.tanh(h @ wh.T + bh)),
    ("tanh is taken of one part only; take it of the sum",
     lambda x, h, wi, wh, bi, bh: torch.tanh(x @ wi.T + bi) + h @ wh.T + bh),
    ("tanh is taken of one part only; take it of the sum",
     lambda x, h, wi, wh, bi, bh: x @ wi.T + bi + torch.tanh(h @ wh.T + bh)),
    ("the weight of the state is not transposed: row i of `weight_hh` belongs to unit i, so it is `h @ weight_hh.T`",
     _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + bi + h @ wh + bh)),
    ("the weights are not transposed: `x @ weight_ih.T` and `h @ weight_hh.T`",
     _step_with(lambda x, h, wi, wh, bi, bh: x @ wi + bi + h @ wh + bh)),
    ("the weight of the input is not transposed: `x @ weight_ih.T`",
     _step_with(lambda x, h, wi, wh, bi, bh: x @ wi + bi + h @ wh.T + bh)),
    ("the two weights are interchanged: `weight_ih` belongs to x, `weight_hh` to h",
     _step_with(lambda x, h, wi, wh, bi, bh: x @ wh.T + bi + h @ wi.T + bh)),
    ("the two parts are multiplied; add them", _step_with(lambda x, h, wi, wh, bi, bh: (x @ wi.T + bi) * (h @ wh.T + bh))),
    ("the old state is added to the new one; the new one replaces it",
     lambda x, h, wi, wh, bi, bh: h + torch.tanh(x @ wi.T + bi + h @ wh.T + bh)),
    ("the old state is added as it is; it goes through `weight_hh`",
     _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + bi + h + bh)),
    ("only the first sequence is answered: the result has a row for each of the B",
     lambda x, h, wi, wh, bi, bh: torch.tanh(x[0] @ wi.T + bi + h[0] @ wh.T + bh)),
)  # fmt: skip


def examine(trial: Trial) -> None:
    # All sizes alike first: who mixes weights sees wrong values, not only an error.
    for seed, (B, E, H) in enumerate([(2, 2, 2), (2, 3, 4), (5, 4, 3), (1, 1, 1), (3, 1, 2)]):
        shapes = [(B, E), (B, H), (H, E), (H, H), (H,), (H,)]
        trial.agrees(*(normal(seed + 10 * i, *shape) for i, shape in enumerate(shapes)))
    shapes = [(3, 2), (3, 4), (4, 2), (4, 4), (4,), (4,)]
    trial.agrees(*(normal(70 + i, *shape).double() for i, shape in enumerate(shapes)))
    trial.gradients_agree(*(normal(80 + i, *shape) for i, shape in enumerate(shapes)))


EXERCISE = Exercise(
    id="02.rnn_step",
    reference=rnn_step,
    difficulty=1,
    minutes=4,
    hints=(
        "Two dense layers as in lesson 00, one of x and one of h, are added; tanh comes last, around the whole sum.",
        "`F.linear(x, weight_ih, bias_ih)` is W_ih x + b_ih for every row of x, (B, H).",
        "`return torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)`",
    ),
    explanation="""
Both products are (B, H): what is new and what is kept meet in one sum, and tanh squeezes it into -1 to 1, so that the state
can't grow without end. The weights are kept as (H, E) and (H, H), one row per unit, hence the transposes. The second bias
adds nothing that the first couldn't do; torch.nn has both, and with both the same weights fit.""",
    advice=ADVICE,
    mistakes=MISTAKES,
    examine=examine,
)
