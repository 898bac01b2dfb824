"""Exercise 06.feed_forward: two dense layers, and what stands between them."""

import torch
import torch.nn.functional as F

from course_lib.exercises.kit import Exercise, Mistake, Trial, normal
from course_lib.exercises.lesson_06.shared import Fn
from course_lib.transformer import feed_forward

_same: Fn = lambda x: x  # noqa: E731


def _with(inner: Fn = torch.relu, outer: Fn = _same, one: Fn = _same, two: Fn = _same) -> Fn:
    return lambda x, w1, b1, w2, b2: outer(inner(x @ w1.T + one(b1)) @ w2.T + two(b2))


_OTHERS: dict[str, Fn] = {
    "a GELU": F.gelu, "a SiLU": F.silu, "a leaky ReLU": F.leaky_relu, "a tanh": torch.tanh, "a sigmoid": torch.sigmoid,
    "a softmax": lambda s: s.softmax(-1),
}  # fmt: skip
MISTAKES: tuple[Mistake, ...] = (
    ("there is no activation between the layers: two linear layers are one. The first has a ReLU", _with(_same)),
    ("the ReLU comes after the second layer; it comes after the first", _with(_same, torch.relu)),
    ("there is a ReLU after the second layer too; only the first has one", _with(outer=torch.relu)),
    *((f"the activation is {name}; here it is the ReLU, max(0, .)", _with(other)) for name, other in _OTHERS.items()),
    ("`bias1` is missing", _with(one=torch.zeros_like)),
    ("`bias2` is missing", _with(two=torch.zeros_like)),
    ("`bias1` is added after the ReLU; it belongs inside", lambda x, u, a, w, b: ((x @ u.T).relu() + a) @ w.T + b),
    ("x is added; the residual connection is not part of this", lambda x, *weights: feed_forward(x, *weights) + x),
)  # fmt: skip

ADVICE = (
    ("Boolean value of Tensor", "Python's `max` compares single numbers; for a tensor `.relu()` or `.clamp(min=0)`."),
    ("expanded size of the tensor", "`bias1` (H,) belongs to the first layer, `bias2` (D,) to the second."),
    ("mat1 and mat2", "Weights are (out, in), as in `nn.Linear`: `x @ weight1.T`."),
)


def examine(trial: Trial) -> None:
    for seed, (B, T, D, H) in enumerate([(2, 3, 4, 5), (1, 2, 3, 7), (3, 1, 2, 2)]):
        shapes = [(B, T, D), (H, D), (H,), (D, H), (D,)]
        arguments = [normal(10 * seed + i, *shape) for i, shape in enumerate(shapes)]
        trial.agrees(*arguments)
    trial.gradients_agree(*arguments)


EXERCISE = Exercise(
    id="06.feed_forward", reference=feed_forward, difficulty=1, minutes=4,
    examine=examine, mistakes=MISTAKES, advice=ADVICE, hints=(
        "Two dense layers of lesson 00: `x @ weight1.T + bias1`, then the ReLU, then the second one.",
        "`(x @ weight1.T + bias1).relu() @ weight2.T + bias2`; `F.linear(x, weight1, bias1)` is the first product.",
    ), explanation="""
The products run over the last dimension alone, so each position goes through the same small network, by itself. Words
exchange nothing here; that is what attention is for.""")  # fmt: skip
