"""Exercise 03.peephole_lstm_step: three gates that look at the cell, two before it changes and one after."""

import torch

from course_lib.exercises.kit import Exercise, Mistake
from course_lib.exercises.lesson_03.shared import advice_on_steps, agrees_on_pairs, looking, peephole_mistakes
from course_lib.lstm import peephole_lstm_step

MISTAKES: tuple[Mistake, ...] = (
    *peephole_mistakes(peephole_lstm_step, torch.mul, "weight_ci * c"),
    ("the peepholes are added without c: `weight_ci * c`", looking(lambda weight, c: weight)),
    ("the peephole sums over the units; each unit sees its own c, `weight_ci * c`",
     looking(lambda weight, c: (weight * c).sum(-1, keepdim=True))),
)  # fmt: skip

_BY_ELEMENT = "A peephole (H,) multiplies c (B, H) element by element, `weight_ci * c`; it is no matrix."
ADVICE = (
    ("cannot be multiplied (1x", _BY_ELEMENT),
    ("size of tensor a (3) must match the size of tensor b (2)", _BY_ELEMENT),
    *advice_on_steps(4),
)

EXERCISE = Exercise(id="03.peephole_lstm_step", reference=peephole_lstm_step, difficulty=3, minutes=8,
    examine=lambda trial: agrees_on_pairs(trial, peepholes=1), mistakes=MISTAKES, advice=ADVICE, hints=(
        "Your `lstm_step` with three terms more. A weight (H,) times c (B, H) is element by element: `weight_ci * c`.",
        "The order of the lines decides: i and f from the old c, then the new c, then o from the new c.",
        "`o = torch.sigmoid(o + weight_co * c)` stands after `c = f * c + i * g`."),
    explanation="""A gate of the plain LSTM sees h alone, and where the output gate is shut, h is 0: the gates are blind
to what the cell holds. The peepholes show it to them. i and f decide how c is changed, so they can only see it as it
was; o decides what is shown of the new c, so it sees that.""")  # fmt: skip
