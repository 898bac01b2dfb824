"""Exercise 02.rnn_step: one sum of both products and both biases, through tanh."""

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn_with_gradients, normal, parted, safe_with
from course_lib.rnn import rnn_step


@parted
def _by(
    x: Function = F.linear, h: Function = F.linear, bi: int = 1, bh: int = 1, f: Function = torch.tanh,
    after: Function = lambda bias_ih, bias_hh: 0, result: Function = lambda new: new,
) -> Function:  # fmt: skip
    """A way to write the step wrongly: another product, other factors of the biases, another activation or result."""

    def step(x_t: Tensor, old: Tensor, wi: Tensor, wh: Tensor, bias_ih: Tensor, bias_hh: Tensor) -> Tensor:
        new = f(x(x_t, wi) + h(old, wh) + bi * bias_ih + bh * bias_hh) + after(bias_ih, bias_hh)
        return result(new)  # type: ignore[no-any-return]

    return step


def _columns(x: Tensor, weight: Tensor) -> Tensor:
    return weight @ x


def _read_on(x: Tensor, weight: Tensor) -> Tensor:
    return x @ weight.reshape(x.shape[1], -1)


MISTAKES = (
    ("the activation is missing: `torch.tanh` of the whole sum", _by(f=lambda s: s)),
    ("the activation is the sigmoid; it should be tanh", _by(f=torch.sigmoid)),
    ("the activation is ReLU; it should be tanh", _by(f=torch.relu)),
    ("the activation is a straight line, cut off at -1 and 1; it should be tanh", _by(f=F.hardtanh)),
    ("the bias `bias_hh` is missing: add it inside tanh", _by(bh=0)),
    ("the bias `bias_ih` is missing: add it inside tanh", _by(bi=0)),
    ("the state h is left out: add `h @ weight_hh.T` inside tanh", _by(h=lambda *_: 0), _by(h=lambda *_: 0, bh=0)),
    ("the input x is left out: add `x @ weight_ih.T` inside tanh", _by(x=lambda *_: 0), _by(x=lambda *_: 0, bi=0)),
    ("both biases are missing: add them inside tanh", _by(bi=0, bh=0)),
    ("the biases are subtracted; add them inside tanh", _by(bi=-1, bh=-1)),
    ("`bias_ih` is added twice, `bias_hh` never", _by(bi=2, bh=0)),
    ("`bias_hh` is added twice, `bias_ih` never", _by(bi=0, bh=2)),
    ("the products are element by element: write `@`, not `*`", _by(torch.mul, torch.mul),
     _by(lambda x, w: x * w.T, lambda h, w: h * w.T)),
    ("the result is (H, B), one sequence in each column; it should be (B, H)", _by(result=lambda new: new.T)),
    ("the biases are added after tanh; add them inside", _by(bi=0, bh=0, after=torch.add)),
    ("the bias `bias_hh` is added after tanh; add it inside", _by(bh=0, after=lambda bi, bh: bh)),
    ("the bias `bias_ih` is added after tanh; add it inside", _by(bi=0, after=lambda bi, bh: bi)),
    ("tanh is taken of each part by itself; take it once, of their sum",
     lambda x, h, wi, wh, bi, bh: torch.tanh(x @ wi.T + bi) + torch.tanh(h @ wh.T + bh)),
    ("tanh is taken of one part only; take it of the sum",
     lambda x, h, wi, wh, bi, bh: torch.tanh(x @ wi.T + bi) + h @ wh.T + bh,
     lambda x, h, wi, wh, bi, bh: x @ wi.T + bi + torch.tanh(h @ wh.T + bh),
     lambda x, h, wi, wh, bi, bh: torch.tanh(x @ wi.T + bi) + h @ wh.T),
    ("the sum is cut off on both sides, as `clamp` does; tanh takes every number",
     *(_by(f=lambda s, most=most: s.clamp(-most, most).tanh()) for most in (1, 2, 3, 4))),
    ("the weight of the state is not transposed: `h @ weight_hh.T`", _by(h=torch.matmul)),
    ("the weights are not transposed: `x @ weight_ih.T` and `h @ weight_hh.T`", _by(torch.matmul, torch.matmul)),
    ("the weight of the input is not transposed: `x @ weight_ih.T`", _by(torch.matmul)),
    ("rows are sequences: `x @ weight_ih.T`, not `weight_ih @ x`", _by(_columns)),
    ("rows are sequences: `h @ weight_hh.T`, not `weight_hh @ h`", _by(h=_columns)),
    ("rows are sequences: `x @ weight_ih.T`, not `weight_ih @ x`, and `h @ weight_hh.T`", _by(_columns, _columns)),
    ("`view` and `reshape` do not transpose: `x @ weight_ih.T`", _by(_read_on)),
    ("the two weights are interchanged", lambda x, h, wi, wh, *biases: rnn_step(x, h, wh, wi, *biases)),
    ("the two parts are multiplied; add", lambda x, h, wi, wh, bi, bh: torch.tanh((x @ wi.T + bi) * (h @ wh.T + bh))),
    ("the old state is added to the new one; the new one replaces it", lambda x, h, *w: h + rnn_step(x, h, *w)),
    ("the old state is added as it is: write `h @ weight_hh.T`", _by(h=lambda h, w: h)),
    ("only the first sequence is answered: there are B", _by(result=lambda new: new[0])),
    ("all sequences get the state of the first, `h[0]`; each has its own row of h", _by(h=lambda h, w: h[0] @ w.T)),
    ("where B or H is 1, a dimension is lost: leave out `squeeze`; the result should be (B, H)",
     *(_by(result=squeeze) for squeeze in (torch.squeeze, lambda new: new.squeeze(0), lambda new: new.squeeze(1)))),
)  # fmt: skip

ADVICE = (
    ("converted to Python scalars", "`math.tanh` takes one number; `torch.tanh` takes every element of a tensor."),
    ("must be real number, not Tensor", "`math.tanh` takes one number; `torch.tanh` takes every element."),
    ("mat1 and mat2", "The inner sizes of a product differ. x is (B, E), h (B, H), `weight_ih` (H, E), `weight_hh` "
     "(H, H): `x @ weight_ih.T` and `h @ weight_hh.T`."),
)  # fmt: skip


def examine(trial: Trial) -> None:
    # All sizes alike first: who mixes weights sees wrong values, not only an error.
    for seed, (B, E, H) in enumerate([(2, 2, 2), (2, 3, 4), (5, 4, 3), (1, 1, 1), (3, 1, 2)]):
        shapes = [(B, E), (B, H), (H, E), (H, H), (H,), (H,)]
        trial.agrees(*(normal(seed + 10 * i, *shape) for i, shape in enumerate(shapes)))
    shapes = [(3, 2), (3, 4), (4, 2), (4, 4), (4,), (4,)]
    large = [400 * normal(90 + i, *shape) for i, shape in enumerate(shapes)]  # such as training without clipping makes
    with safe_with("`torch.tanh` is safe"):
        trial.agrees(*large)
        trial.gradients_agree(*large)

    def draw(chance: Chance) -> tuple[Tensor, ...]:
        B, E, H = chance.n(), chance.n(), chance.n()
        weights = [chance.normal(*shape) for shape in ((H, E), (H, H), (H,), (H,))]
        return (chance.normal(B, E), chance.state(B, H), *weights)

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="02.rnn_step", reference=rnn_step, difficulty=1, minutes=5, examine=examine, mistakes=MISTAKES,
    advice=ADVICE, hints=(
        "Two dense layers as in lesson 00, one of x and one of h, are added; tanh comes last, around the whole sum.",
        "`F.linear(x, weight_ih, bias_ih)` is the part of the input, W_xh x and a bias, for every row of x: (B, H).",
        "`return torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)`"),
    explanation="""Both products are (B, H): what is new and what is kept meet in one sum, and tanh squeezes it into -1
to 1, so that the state can't grow without end. The weights have one row per unit, hence the transposes in `F.linear`.
The second bias adds nothing that the first couldn't do; torch.nn has both: so its weights fit.""")  # fmt: skip
