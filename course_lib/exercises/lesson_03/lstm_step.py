"""Exercise 03.lstm_step: four gates from one product, and the conveyor."""

from typing import Any

from course_lib.exercises.kit import Exercise, Trial, normal
from course_lib.exercises.lesson_03.shared import (
    STEP_MISTAKES,
    advice_on_steps,
    gradients_of_pairs_agree,
    require_pair,
    weights_of_step,
)
from course_lib.lstm import lstm_step


def examine(trial: Trial) -> None:
    for seed, (B, E, H) in enumerate([(2, 1, 3), (3, 2, 4), (2, 3, 3), (4, 4, 4), (1, 1, 1)]):
        x, *weights = weights_of_step(seed, B, E, H, 4)
        arguments: Any = (x, (normal(seed + 50, B, H), normal(seed + 60, B, H)), *weights)
        got = trial.call(*arguments)
        require_pair(trial, got)
        trial.compare(got, lstm_step(*arguments), inputs=arguments)
    x, *weights = (tensor.double() for tensor in weights_of_step(7, 2, 3, 2, 4))
    trial.agrees(x, (normal(57, 2, 2).double(), normal(67, 2, 2).double()), *weights)
    x, *weights = weights_of_step(8, 3, 2, 4, 4)
    gradients_of_pairs_agree(trial, x, normal(58, 3, 4), normal(68, 3, 4), *weights)


EXERCISE = Exercise(id="03.lstm_step", reference=lstm_step, difficulty=3, minutes=12, examine=examine,
    mistakes=STEP_MISTAKES, advice=advice_on_steps(4), hints=(
        "All four sums at once: `x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh` has shape (B, 4H).",
        "`i, f, g, o = sums.chunk(4, dim=-1)`. Three go through `torch.sigmoid`, g through `torch.tanh`.",
        "Then the two lines of the conveyor: `c = f * c + i * g` and `h = o * torch.tanh(c)`; `return h, c`."),
    explanation="""One product of matrices makes the sums of all four gates, because their rows stand one below the
other. The cell is then updated element by element: no matrix and no tanh stands between c of t-1 and c of t, so the
gradient along c is multiplied by f and by nothing else. The tanh in h is on a side road: it squeezes what is shown, not
what is kept.""")  # fmt: skip
