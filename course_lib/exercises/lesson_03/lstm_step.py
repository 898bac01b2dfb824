"""Exercise 03.lstm_step."""

import torch

from course_lib import gru, lstm
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.exercises.lesson_03.shared import (
    _STEP_MISTAKES,
    _advise_on_steps,
    _gradients_of_pairs_agree,
    _require_pair,
    _step_sizes,
)
from course_lib.exercises.trial import Trial


def lstm_step(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh  # (B, 4H)
    i, f, g, o = sums.chunk(4, dim=-1)  # (B, H) each
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h = torch.sigmoid(o) * torch.tanh(c)
    return h, c


def examine(trial: Trial) -> None:
    _advise_on_steps(trial, 4)
    for seed, (B, E, H) in enumerate([(2, 1, 3), (3, 2, 4), (2, 3, 3), (4, 4, 4), (1, 1, 1)]):
        x, *weights = _step_sizes(seed, B, E, H, 4)
        arguments = (x, (normal(seed + 50, B, H), normal(seed + 60, B, H)), *weights)
        got = trial.call(*arguments)
        _require_pair(trial, got)
        trial.compare(got, lstm.lstm_step(*arguments), mistakes=_STEP_MISTAKES, inputs=arguments)
    x, *weights = (tensor.double() for tensor in _step_sizes(7, 2, 3, 2, 4))
    trial.agrees(x, (normal(57, 2, 2).double(), normal(67, 2, 2).double()), *weights)
    x, *weights = _step_sizes(8, 3, 2, 4, 4)
    _gradients_of_pairs_agree(trial, x, normal(58, 3, 4), normal(68, 3, 4), *weights)


EXERCISE = Exercise(
    id="03.lstm_step",
    reference=lstm_step,
    difficulty=3,
    minutes=12,
    hints=(
        "All four sums at once: `x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh` has shape (B, 4H).",
        "`i, f, g, o = sums.chunk(4, dim=-1)` cuts it into four pieces (B, H). Three go through `torch.sigmoid`, g through "
        "`torch.tanh`.",
        "Then the two lines of the conveyor: `c = f * c + i * g` and `h = o * torch.tanh(c)`; `return h, c`.",
    ),
    explanation="""
One product of matrices makes the sums of all four gates, because their rows stand one below the other. The cell is then
updated with a product and a sum, element by element, and nothing else: no matrix and no tanh stands between c of t-1 and c
of t, so the gradient that comes back along c is multiplied by f and by nothing else. The tanh in h is on a side road: it
squeezes what is shown, not what is kept.""",
    examine=examine,
)
