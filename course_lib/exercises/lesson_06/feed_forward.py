"""Exercise 06.feed_forward: two dense layers, and what stands between them."""

import torch
import torch.nn.functional as F

from course_lib.exercises.kit import (
    Chance,
    Exercise,
    Function,
    Mistake,
    Trial,
    drawn_with_gradients,
    normal,
    parted,
)
from course_lib.transformer import feed_forward


@parted
def _with(
    inner: Function = torch.relu, given: Function = lambda x: x, first: Function = lambda x, w, b: x @ w.T + b,
    second: Function = lambda h, w, b, w1: h @ w.T + b, result: Function = lambda out, x: out,
) -> Function:  # fmt: skip
    """`feed_forward` written wrongly: another activation, input, first or second layer, or result."""
    return lambda x, w1, b1, w2, b2: result(second(inner(first(given(x), w1, b1)), w2, b2, w1), x)


_plain: Function = lambda h: h  # noqa: E731
_viewed: Function = lambda x, w, b: x @ w.reshape(w.T.shape) + b  # noqa: E731
MISTAKES: tuple[Mistake, ...] = (
    ("there is no activation: two linear layers are like one. Put a ReLU after the first", _with(_plain)),
    ("the ReLU comes after the second layer; it should come after the first",
     _with(_plain, result=lambda out, x: out.relu())),
    ("the ReLU is applied to x; it should come after the first layer", _with(_plain, torch.relu)),
    ("there is a ReLU after the second layer too; only the first should have one",
     _with(result=lambda out, x: out.relu())),
    *((f"the activation is {name}; here it should be the ReLU, max(0, .)", _with(other)) for name, other in {
        "a GELU": F.gelu, "a SiLU": F.silu, "a leaky ReLU": F.leaky_relu, "a tanh": torch.tanh, "a ReLU6": F.relu6,
        "a sigmoid": torch.sigmoid, "a softmax": lambda s: s.softmax(-1), "an ELU": F.elu, "an absolute value": abs,
        "a Softplus": F.softplus, "min(0, .)": lambda h: h.clamp(max=0)}.items()),
    ("`bias1` is missing", _with(first=lambda x, w, b: x @ w.T)),
    ("`bias2` is missing", _with(second=lambda h, w, b, w1: h @ w.T)),
    ("both biases are missing", _with(first=lambda x, w, b: x @ w.T, second=lambda h, w, b, w1: h @ w.T)),
    ("`bias1` is added after the ReLU; it belongs inside",
     lambda x, w1, b1, w2, b2: _with(lambda h: h.relu() + b1, first=lambda x, w, b: x @ w.T)(x, w1, b1, w2, b2)),
    ("x is added; the residual connection is not part of this", _with(result=lambda out, x: out + x)),
    ("the second layer is missing", _with(second=lambda h, *_: h)),
    ("`weight1` is used again in the second layer; it has `weight2`", _with(second=lambda h, w, b, w1: h @ w1 + b)),
    ("the weights are not transposed: `@ weight1.T` and `@ weight2.T`",
     _with(first=lambda x, w, b: x @ w + b, second=lambda h, w, b, w1: h @ w + b)),
    ("the numbers of a weight are mixed, by `view` or `reshape`; transpose it: `weight1.T`, `weight2.T`",
     _with(first=_viewed), _with(second=lambda h, w, b, w1: _viewed(h, w, b)),
     _with(first=_viewed, second=lambda h, w, b, w1: _viewed(h, w, b))),
    ("sentences and positions are one dimension; the result should have the shape of x, (B, T, D)",
     _with(result=lambda out, x: out.flatten(0, 1))),
    ("dimensions of size 1 are dropped (`squeeze`?); the result should have the shape of x, (B, T, D)",
     _with(given=torch.squeeze), _with(result=lambda out, x: out.squeeze()), _with(given=lambda x: x.squeeze(0))),
)  # fmt: skip
_RELU = "The ReLU of a tensor z is `z.relu()`, or `z.clamp(min=0)`."
ADVICE = (
    *((sign, _RELU) for sign in ("Boolean value of Tensor", "torch.return_types", "max() received", "ReLU")),
    *((sign, "`bias1` (H,) belongs to the first layer, `bias2` (D,) to the second.")
      for sign in ("expanded size of the tensor", "must match the size of tensor")),
    ("mat1 and mat2", "Weights are (out, in), as in `nn.Linear`: transpose both, `@ weight1.T` and `@ weight2.T`."),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for seed, (B, T, D, H) in enumerate([(2, 3, 4, 5), (1, 2, 3, 7), (3, 1, 2, 2)]):
        shapes = [(B, T, D), (H, D), (H,), (D, H), (D,)]
        arguments = [normal(10 * seed + i, *shape) for i, shape in enumerate(shapes)]
        trial.agrees(*arguments)

    def draw(chance: Chance) -> tuple[torch.Tensor, ...]:
        B, T, D, H = (chance.n() for _ in range(4))
        return tuple(chance.normal(*shape) for shape in ((B, T, D), (H, D), (H,), (D, H), (D,)))

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="06.feed_forward", reference=feed_forward, difficulty=1, minutes=4, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Two dense layers of lesson 00: `x @ weight1.T + bias1`, then the ReLU, then the second one.",
        "`(x @ weight1.T + bias1).relu() @ weight2.T + bias2`; `F.linear(x, weight1, bias1)` is the first "
        "layer, with its bias."),
    explanation="""The products run over the last dimension alone, so each position goes through the same small network,
by itself. Words exchange nothing here; that is what attention is for.""")  # fmt: skip
