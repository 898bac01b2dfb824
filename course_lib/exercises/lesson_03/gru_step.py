"""Exercise 03.gru_step: two gates and one state, in torch's form."""

from collections.abc import Sequence
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
    safe_with,
    with_parts,
)
from course_lib.exercises.lesson_03.shared import LARGE, SAFE, SIZES, advice_on_steps, weights_of_step
from course_lib.gru import gru_step


def _step(
    x: Tensor, h: Tensor, weight_ih: Tensor, weight_hh: Tensor, bias_ih: Tensor, bias_hh: Tensor, *,
    biases: Function = lambda bi, bh: (bi, bh), split: Function = lambda s: s.chunk(3, dim=-1),
    of_x: Function = lambda parts: parts, of_h: Function = lambda parts: parts,
    order: Sequence[str] = "rzn", gate: Function = torch.sigmoid, candidate: Function = torch.tanh,
    past: Function = lambda r, h, w, b, h_n: r * h_n, mix: Function = lambda r, from_x: from_x,
    out: Function = lambda z, n, h: (1 - z) * n + z * h, result: Function = lambda new, h: new,
) -> Tensor:  # fmt: skip
    """A step of a GRU, to be written wrongly: `past` makes the part of h in the candidate, `mix` that of x."""
    bias_ih, bias_hh = biases(bias_ih, bias_hh)
    x_of = of_x(dict(zip(order, split(F.linear(x, weight_ih, bias_ih)), strict=True)))
    h_of = of_h(dict(zip(order, split(F.linear(h, weight_hh, bias_hh)), strict=True)))
    w, b = (dict(zip(order, split(each), strict=True))["n"] for each in (weight_hh.T, bias_hh))
    r, z = (gate(x_of[name] + h_of[name]) for name in "rz")
    return result(out(z, candidate(mix(r, x_of["n"]) + past(r, h, w.T, b, h_of["n"])), h), h)  # type: ignore[no-any-return]


_with = with_parts(_step)
_H_T, _N = "h_t = (1 - z) n + z h", "n = tanh(x_n + r * h_n)"
MISTAKES: tuple[Mistake, ...] = (
    ("the reset gate multiplies h before the product of matrices: that is the form of Cho et al. 2014. In torch's form "
     "it multiplies the result, r * (W_hn h + b_hn)", _with(past=lambda r, h, w, b, h_n: F.linear(r * h, w, b))),
    (f"the reset gate is turned round, 1 - r: {_N}", _with(past=lambda r, h, w, b, h_n: (1 - r) * h_n)),
    ("the weight W_hn is not transposed: rows are sequences, h @ W_hn.T",
     _with(past=lambda r, h, w, b, h_n: r * (h @ w + b))),
    ("the reset gate leaves out the bias b_hn; it should be r * (W_hn h + b_hn)",
     _with(past=lambda r, h, w, b, h_n: r * F.linear(h, w) + b)),
    ("the reset gate multiplies the part of x, too; it should multiply the part of h alone", _with(mix=torch.mul)),
    ("the reset gate multiplies the part of x; it should multiply that of h",
     _with(mix=torch.mul, past=lambda r, h, w, b, h_n: h_n)),
    (f"the reset gate has no part: keep the parts of x and h apart, {_N}",
     _with(past=lambda r, h, w, b, h_n: h_n)),
    (f"h has no part in the candidate: {_N}", _with(past=lambda r, h, w, b, h_n: 0 * h)),
    ("the candidate takes r * h without its matrix: r * (W_hn h + b_hn)", _with(past=lambda r, h, w, b, h_n: r * h)),
    (f"z and 1 - z are interchanged: {_H_T}", _with(out=lambda z, n, h: z * n + (1 - z) * h)),
    (f"the candidate n is not multiplied by 1 - z: {_H_T}", _with(out=lambda z, n, h: n + z * h)),
    (f"the old h is not multiplied by z: {_H_T}", _with(out=lambda z, n, h: (1 - z) * n + h)),
    (f"the old h is missing: {_H_T}", _with(out=lambda z, n, h: (1 - z) * n)),
    ("only the candidate comes back; return (1 - z) n + z h", _with(out=lambda z, n, h: n)),
    (f"both parts are multiplied by z: {_H_T}", _with(out=lambda z, n, h: z * n + z * h)),
    (f"the new h goes through a tanh once more; it should be {_H_T}", _with(result=lambda new, h: new.tanh())),
    (f"the new h is cut off at bounds (`clamp`?); it has none: {_H_T}",
     *(_with(result=lambda new, h, k=k: new.clamp(-k, k)) for k in (1, 2, 3, 5, 10))),
    ("the given h comes back; return the new one", _with(result=lambda new, h: h)),
    ("dimensions of size 1 are squeezed away; the new h should be (B, H) at every size",
     _with(result=lambda new, h: new.squeeze(0)), _with(result=lambda new, h: new.squeeze())),
    ("the candidate n goes through a sigmoid; it needs tanh", _with(candidate=torch.sigmoid)),
    ("the gates go through tanh; r and z need the sigmoid", _with(gate=torch.tanh)),
    ("gate z goes through tanh; it needs the sigmoid", _with(out=lambda z, n, h: n.lerp(h, z.logit().tanh()))),
    ("gate r goes through tanh; it needs the sigmoid",
     _with(past=lambda r, h, w, b, h_n: r.logit().tanh() * h_n)),
    ("the candidate n has no activation; it needs tanh", _with(candidate=lambda s: s)),
    ("the gates have no activation; r and z need the sigmoid", _with(gate=lambda s: s)),
    ("the sigmoids of the two parts are added; add the parts, then take the sigmoid: r is that of x_r + h_r",
     _with(gate=lambda s: s, **{f"of_{of}": lambda p: p | {k: p[k].sigmoid() for k in "rz"} for of in "xh"})),
    ("`bias_hh` is missing: add both biases", _with(biases=lambda bi, bh: (bi, 0 * bh))),
    ("`bias_ih` is missing: add both biases", _with(biases=lambda bi, bh: (0 * bi, bh))),
    ("both biases are missing: add `bias_ih` and `bias_hh`", _with(biases=lambda bi, bh: (0 * bi, 0 * bh))),
    ("`bias_ih` is added twice; one of the two should be `bias_hh`", _with(biases=lambda bi, bh: (bi, bi))),
    ("the bias b_hn, the last H rows of `bias_hh`, is missing: r * (W_hn h + b_hn)",
     _with(biases=lambda bi, bh: (bi, torch.cat([bh[: len(bh) // 3 * 2], 0 * bh[len(bh) // 3 * 2 :]])))),
    ("the bias b_in, the last H rows of `bias_ih`, is missing: x_n is W_in x + b_in",
     _with(biases=lambda bi, bh: (torch.cat([bi[: len(bi) // 3 * 2], 0 * bi[len(bi) // 3 * 2 :]]), bh))),
    *((f"gate {a} has no part of {of}: it is the sigmoid of x_{a} + h_{a}",
       _with(**{f"of_{of}": lambda parts, a=a: parts | {a: 0 * parts[a]}})) for of in "xh" for a in "rz"),
    *((f"the part of {of} is split in the order z, r, n; the rows of both parts are in the order r, z, n",
       _with(**{f"of_{of}": lambda parts: parts | {"r": parts["z"], "z": parts["r"]}})) for of in "xh"),
    ("the gates are taken in turns, number by number; each has H neighbours, `.chunk(3, dim=-1)`",
     _with(split=lambda s: [s[..., k::3] for k in range(3)])),
    ("`view` or `reshape` mixes sequences and gates; each row holds three side by side: `.chunk(3, dim=-1)`",
     _with(split=lambda s: s.reshape(3, -1, s.shape[-1] // 3))),
    *((f"{a} takes the part of {of} that belongs to {b}; it should be {of}_{a}",
       _with(**{f"of_{of}": lambda parts, a=a, b=b: parts | {a: parts[b]}}))
      for of in "xh" for a, b in permutations("rzn", 2)),
    *((f"the blocks of rows are taken in the order {', '.join(order)}; in `torch.nn` it is r, z, n",
       _with(order=order)) for order in permutations("rzn") if order != tuple("rzn")),
)  # fmt: skip
_CUT: tuple[Mistake, ...] = (
    ("the h in z h is detached: no gradient flows back along it. Leave out `.detach()`",
     _with(out=lambda z, n, h: (1 - z) * n + z * h.detach())),
    ("the reset gate is detached: what makes it could not learn. Leave out `.detach()`",
     _with(past=lambda r, h, w, b, h_n: r.detach() * h_n)),
    ("the update gate is detached: what makes it could not learn. Leave out `.detach()`",
     _with(out=lambda z, n, h: n.lerp(h, z.detach()))),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for seed, (B, E, H) in enumerate(SIZES):
        x, *weights = weights_of_step(seed, B, E, H, 3)
        arguments = (x, normal(seed + 50, B, H), *weights)
        got = trial.call(*arguments)
        alone = "expected h alone, got a tuple: the state of a GRU is one tensor"
        trial.require(not isinstance(got, tuple), alone, outcome=Outcome.TYPE, got=got)
        trial.compare(got, gru_step(*arguments), inputs=arguments)
    x, *weights = weights_of_step(8, 3, 2, 4, 3)
    trial.gradients_agree(x, normal(58, 3, 4), *weights, mistakes=_CUT)
    with safe_with(SAFE):
        large = (x, normal(58, 3, 4), *(LARGE * weight for weight in weights))
        trial.agrees(*large)
        trial.gradients_agree(*large)

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
