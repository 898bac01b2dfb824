"""Exercise 03.lstm_step: four gates from one product, and the conveyor."""

from course_lib.exercises.kit import Exercise
from course_lib.exercises.lesson_03.shared import STEP_MISTAKES, advice_on_steps, agrees_on_pairs
from course_lib.lstm import lstm_step

EXERCISE = Exercise(id="03.lstm_step", reference=lstm_step, difficulty=3, minutes=12, examine=agrees_on_pairs,
    mistakes=STEP_MISTAKES, advice=advice_on_steps(4), hints=(
        "All four sums at once: `x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh` has shape (B, 4H).",
        "`i, f, g, o = sums.chunk(4, dim=-1)`. Three go through `torch.sigmoid`, g through `torch.tanh`.",
        "Then the two lines of the conveyor: `c = f * c + i * g` and `h = o * torch.tanh(c)`; `return h, c`."),
    explanation="""One product of matrices makes the sums of all four gates, whose rows stand one below the other. The
cell is updated element by element: no matrix and no tanh stands between c of t-1 and c of t, so the gradient along c is
multiplied by f alone. The tanh in h is on a side road: it squeezes what is shown, not what is kept.""")  # fmt: skip
