"""Exercise 03.full_peepholes: peepholes that are matrices, through which a gate sees the cells of all units."""

from functools import partial

import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.kit import Exercise, Mistake, with_parts
from course_lib.exercises.lesson_03.lstm_step import only, step_of_parts
from course_lib.exercises.lesson_03.peephole_lstm_step import peephole_mistakes
from course_lib.exercises.lesson_03.shared import advice_on_steps, agrees_on_pairs
from course_lib.lstm import full_peephole_lstm_step


def _look(weight: Tensor, c: Tensor) -> Tensor:
    return F.linear(c, weight)


_with = with_parts(partial(step_of_parts, look=_look))
_COMMON, _CUT = peephole_mistakes(_with, _look, "F.linear(c, weight_{})")
_LIKEWISE = "`F.linear(c, weight_ci)`, f and o likewise"
_ALL = f"use {_LIKEWISE}, so that each gate sees the c of all units"
MISTAKES: tuple[Mistake, ...] = (
    (f"the peepholes are not transposed: write `c @ weight_ci.T`, or {_LIKEWISE}",
     _with(peeps=lambda i, f, o: (i.T, f.T, o.T))),
    ("the peephole of gate i is not transposed: `F.linear(c, weight_ci)`", _with(peeps=lambda i, f, o: (i.T, f, o))),
    (f"the peepholes of the gates i and f are not transposed: write {_LIKEWISE}",
     _with(peeps=lambda i, f, o: (i.T, f.T, o))),
    ("the peephole of gate f is not transposed: `F.linear(c, weight_cf)`", _with(peeps=lambda i, f, o: (i, f.T, o))),
    ("the peephole of gate o is not transposed: `F.linear(c, weight_co)`", _with(peeps=lambda i, f, o: (i, f, o.T))),
    (f"only the diagonals are used; {_ALL}", _with(look=lambda weight, c: weight.diagonal() * c)),
    *((f"only the diagonal of `weight_c{gate}` is used; gate {gate} should see all of c, `F.linear(c, weight_c{gate})`",
       _with(peeps=lambda *of, k=k: [each.diagonal().diag() if n == k else each for n, each in enumerate(of)]))
      for k, gate in enumerate("ifo")),
    ("the diagonals are left out; a unit should see its own c, too",
     _with(look=lambda weight, c: _look(weight, c) - weight.diagonal() * c)),
    (f"each unit sees its own c alone, times the sum of a row of weights; {_ALL}",
     _with(look=lambda weight, c: weight.sum(1) * c)),
    *((f"in gate {a} each unit sees its own c alone, times the sum of a row of weights; it should see all of c, "
       f"`F.linear(c, weight_c{a})`", _with(looks=only(a, lambda weight, c: weight.sum(1) * c))) for a in "ifo"),
    (f"`reshape` or `view` mixes the sequences, it does not transpose; write {_LIKEWISE}",
     _with(look=lambda weight, c: (weight @ c.T).reshape(c.shape))),
    (f"the gates of every sequence look at the c of the first one; write {_LIKEWISE}",
     _with(look=lambda weight, c: _look(weight, c[:1]))),
    *_COMMON,
)  # fmt: skip

ADVICE = (
    ("(3x3 and 2x3)", f"The rows of c (B, H) are the sequences: {_LIKEWISE}; it is the same as `c @ weight_ci.T`."),
    *((f"size of tensor a ({a}) must match the size of tensor b ({b})",
       f"A peephole is a matrix (H, H), c is (B, H): no product element by element, but {_LIKEWISE}.")
      for a, b in ((3, 2), (2, 3))),
    *advice_on_steps(4),
)  # fmt: skip

EXERCISE = Exercise(id="03.full_peepholes", reference=full_peephole_lstm_step, difficulty=2, minutes=4,
    examine=lambda trial: agrees_on_pairs(trial, peepholes=2, cut=_CUT), mistakes=MISTAKES, advice=ADVICE, hints=(
        "Only three terms of your `peephole_lstm_step` change. W c is a layer without a bias.",
        "For a batch, whose rows are vectors, W c becomes `F.linear(c, weight_ci)`, which is `c @ weight_ci.T`."),
    explanation="""With a vector a unit's gate sees the c of its own unit; with a matrix it sees the c of all units, as
it sees all of h through W_hf. The diagonal form is the full one with zeros beside the diagonal, and has 3H weights for
peepholes instead of 3H squared. The order stays: i and f look at the old c, o at the new one.""")  # fmt: skip
