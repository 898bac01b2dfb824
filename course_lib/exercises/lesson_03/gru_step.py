"""Exercise 03.gru_step: two gates and one state, in torch's form."""

from itertools import permutations

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.kit import (
    Chance,
    Exercise,
    Function,
    Mistake,
    Outcome,
    Trial,
    drawn_with_gradients,
    normal,
    parted,
)
from course_lib.exercises.lesson_03.shared import SIZES, advice_on_steps, weights_of_step
from course_lib.gru import gru_step, gru_step_of_2014


@parted
def _gru_with(
    out: Function = lambda z, n, h: (1 - z) * n + z * h, past: Function = lambda r, h, w, b: r * F.linear(h, w, b),
    gate: Function = torch.sigmoid, candidate: Function = torch.tanh, order: tuple[str, ...] = tuple("rzn"),
    mix: Function = lambda r, from_x: from_x,
) -> Function:  # fmt: skip
    """A way to write the step wrongly: another mixture, another place of the reset gate, another order."""

    def step(x: Tensor, h: Tensor, weight_ih: Tensor, weight_hh: Tensor, bias_ih: Tensor, bias_hh: Tensor) -> object:
        from_x = dict(zip(order, F.linear(x, weight_ih, bias_ih).chunk(3, dim=-1), strict=True))
        from_h = dict(zip(order, zip(weight_hh.chunk(3), bias_hh.chunk(3), strict=True), strict=True))
        r, z = (gate(from_x[name] + F.linear(h, *from_h[name])) for name in "rz")
        return out(z, candidate(mix(r, from_x["n"]) + past(r, h, *from_h["n"])), h)

    return step


_ORDERS = [order for order in permutations("rzn") if order != tuple("rzn")]
MISTAKES: tuple[Mistake, ...] = (
    ("the reset gate multiplies h before the product of matrices: that is the form of Cho et al. 2014. In torch's form "
     "it multiplies the result, r * (W_hn h + b_hn)", gru_step_of_2014),
    ("the reset gate leaves out the bias b_hn", _gru_with(past=lambda r, h, w, b: r * F.linear(h, w) + b)),
    ("the reset gate multiplies the part of x too; it multiplies the part of h alone", _gru_with(mix=torch.mul)),
    ("the reset gate has no part: n = tanh(x_n + r * h_n)", _gru_with(past=lambda r, h, w, b: F.linear(h, w, b))),
    ("the h has no part in the candidate: n = tanh(x_n + r * h_n)", _gru_with(past=lambda r, h, w, b: 0 * h)),
    ("the candidate takes r * h without its matrix: h_n = W_hn h + b_hn", _gru_with(past=lambda r, h, w, b: r * h)),
    ("weights z and 1 - z are interchanged: h_t = (1 - z) n + z h", _gru_with(lambda z, n, h: z * n + (1 - z) * h)),
    ("the candidate is not weighed: h_t = (1 - z) n + z h", _gru_with(lambda z, n, h: n + z * h)),
    ("the old h is not weighed: h_t = (1 - z) n + z h", _gru_with(lambda z, n, h: (1 - z) * n + h)),
    ("the old h is missing: h_t = (1 - z) n + z h", _gru_with(lambda z, n, h: (1 - z) * n)),
    ("the candidate comes back; h_t = (1 - z) n + z h", _gru_with(lambda z, n, h: n)),
    ("both parts are weighed with z: h_t = (1 - z) n + z h", _gru_with(lambda z, n, h: z * n + z * h)),
    ("the new h goes through a tanh once more; h_t = (1 - z) n + z h is the end", lambda *a: gru_step(*a).tanh()),
    ("the candidate n goes through a sigmoid; it is the one with tanh", _gru_with(candidate=torch.sigmoid)),
    ("the gates go through tanh; r and z are sigmoids, from 0 to 1", _gru_with(gate=torch.tanh)),
    ("the candidate n has no activation; it goes through tanh", _gru_with(candidate=lambda s: s)),
    ("the gates have no activation; r and z go through the sigmoid", _gru_with(gate=lambda s: s)),
    ("`bias_hh` is missing", lambda x, h, wi, wh, bi, bh: gru_step(x, h, wi, wh, bi, bh * 0)),
    ("`bias_ih` is missing", lambda x, h, wi, wh, bi, bh: gru_step(x, h, wi, wh, bi * 0, bh)),
    ("both biases are missing", lambda x, h, wi, wh, bi, bh: gru_step(x, h, wi, wh, bi * 0, bh * 0)),
    *((f"the blocks of rows are taken in the order {', '.join(order)}; in `torch.nn` it is r, z, n",
       _gru_with(order=order)) for order in _ORDERS),
    *((f"the reset gate multiplies h before the product of matrices (Cho et al. 2014), and the blocks of rows are "
       f"taken in the order {', '.join(order)}; here it is torch's form, r, z, n",
       _gru_with(order=order, past=lambda r, h, w, b: F.linear(r * h, w, b))) for order in _ORDERS),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for seed, (B, E, H) in enumerate(SIZES):
        x, *weights = weights_of_step(seed, B, E, H, 3)
        arguments = (x, normal(seed + 50, B, H), *weights)
        got = trial.call(*arguments)
        alone = "expected h alone, got a tuple: the state of a GRU is one tensor"
        trial.require(not isinstance(got, tuple), alone, outcome=Outcome.DTYPE, got=got)
        trial.compare(got, gru_step(*arguments), inputs=arguments)
    x, *weights = weights_of_step(8, 3, 2, 4, 3)
    trial.gradients_agree(x, normal(58, 3, 4), *weights)

    def draw(chance: Chance) -> tuple[Tensor, ...]:
        B, E, H = chance.n(), chance.n(), chance.n()
        weights = [chance.normal(*shape) for shape in ((3 * H, E), (3 * H, H), (3 * H,), (3 * H,))]
        return (chance.normal(B, E), chance.state(B, H), *weights)

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="03.gru_step", reference=gru_step, difficulty=3, minutes=10, examine=examine, mistakes=MISTAKES,
    advice=advice_on_steps(3), hints=(
        "Keep the two products apart: `x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=-1)`, for h likewise.",
        "r and z are sigmoids of the sums of their parts. For n the part of h is multiplied by r first, with its bias.",
        "`n = torch.tanh(x_n + r * h_n)`, and `return (1 - z) * n + z * h`."),
    explanation="""The parts of x and of h can't be added before they are split, because the reset gate stands between
them in n. It multiplies what comes out of the matrix, bias included: so does torch, because one product then serves all
three gates. In the paper (Cho et al. 2014) it multiplies h before the matrix. One gate, z, does the work of two: what
is written is 1 - z, what is kept is z.""")  # fmt: skip
