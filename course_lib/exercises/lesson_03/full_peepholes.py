"""Exercise 03.full_peepholes: peepholes that are matrices, through which a gate sees the cells of all units."""

import torch.nn.functional as F

from course_lib.exercises.kit import Exercise, Mistake
from course_lib.exercises.lesson_03.shared import advice_on_steps, agrees_on_pairs, looking, peephole_mistakes
from course_lib.lstm import full_peephole_lstm_step

MISTAKES: tuple[Mistake, ...] = (
    ("the peepholes are not transposed: a batch is `c @ weight_ci.T`, or `F.linear(c, weight_ci)`",
     looking(lambda weight, c: c @ weight)),
    ("only the diagonals are used; each unit sees the c of all units, `F.linear(c, weight_ci)`",
     looking(lambda weight, c: weight.diagonal() * c)),
    ("`*` goes element by element; a matrix needs `F.linear(c, weight_ci)`", looking(lambda weight, c: weight * c)),
    ("each unit sees its own c alone, with the sum of a row of weights; `F.linear(c, weight_ci)`",
     looking(lambda weight, c: weight.sum(1) * c)),
    *peephole_mistakes(full_peephole_lstm_step, lambda weight, c: F.linear(c, weight), "F.linear(c, weight_ci)"),
)  # fmt: skip

ADVICE = (
    ("(3x3 and 2x3)", "The rows of c are the sequences, (B, H): `F.linear(c, weight_ci)`, which is `c @ weight_ci.T`."),
    ("size of tensor a (3) must match the size of tensor b (2)",
     "A peephole is a matrix (H, H), c is (B, H): `F.linear(c, weight_ci)`, not `weight_ci * c`."),
    *advice_on_steps(4),
)  # fmt: skip

EXERCISE = Exercise(id="03.full_peepholes", reference=full_peephole_lstm_step, difficulty=2, minutes=4,
    examine=lambda trial: agrees_on_pairs(trial, peepholes=2), mistakes=MISTAKES, advice=ADVICE, hints=(
        "Only three terms of your `peephole_lstm_step` change. W c is a layer without a bias.",
        "For a batch, whose rows are vectors, W c becomes `F.linear(c, weight_ci)`, which is `c @ weight_ci.T`."),
    explanation="""With a vector a unit's gate sees the c of its own unit; with a matrix it sees the c of all units, as
it sees all of h through W_hf. The diagonal form is the full one with zeros beside the diagonal, and has 3H weights for
peepholes instead of 3H squared. The order stays: i and f look at the old c, o at the new one.""")  # fmt: skip
