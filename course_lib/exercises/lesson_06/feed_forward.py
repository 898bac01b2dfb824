"""Exercise 06.feed_forward: two dense layers, and what stands between them."""

import torch
import torch.nn.functional as F

from course_lib.exercises.kit import Chance, Exercise, Function, Mistake, Trial, drawn_with_gradients, normal
from course_lib.transformer import feed_forward

_with: Function = lambda inner: lambda x, w1, b1, w2, b2: inner(x @ w1.T + b1) @ w2.T + b2  # noqa: E731
_linear: Function = _with(lambda s: s)
MISTAKES: tuple[Mistake, ...] = (
    ("there is no activation between the layers: two linear layers are one. The first has a ReLU", _linear),
    ("the ReLU comes after the second layer; it comes after the first", lambda *a: _linear(*a).relu()),
    ("the ReLU is applied to x; it comes after the first layer", lambda x, *a: _linear(x.relu(), *a)),
    ("there is a ReLU after the second layer too; only the first has one", lambda *a: feed_forward(*a).relu()),
    *((f"the activation is {name}; here it is the ReLU, max(0, .)", _with(other)) for name, other in {
        "a GELU": F.gelu, "a SiLU": F.silu, "a leaky ReLU": F.leaky_relu, "a tanh": torch.tanh,
        "a sigmoid": torch.sigmoid, "a softmax": lambda s: s.softmax(-1)}.items()),
    ("`bias1` is missing", lambda x, u, a, w, b: feed_forward(x, u, 0 * a, w, b)),
    ("`bias2` is missing", lambda x, u, a, w, b: feed_forward(x, u, a, w, 0 * b)),
    ("both biases are missing", lambda x, u, a, w, b: feed_forward(x, u, 0 * a, w, 0 * b)),
    ("`bias1` is added after the ReLU; it belongs inside", lambda x, u, a, w, b: ((x @ u.T).relu() + a) @ w.T + b),
    ("x is added; the residual connection is not part of this", lambda x, *weights: feed_forward(x, *weights) + x),
    ("the second layer is missing", lambda x, w, b, *second: (x @ w.T + b).relu()),
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

    def draw(chance: Chance) -> tuple[torch.Tensor, ...]:
        B, T, D, H = (chance.n() for _ in range(4))
        return tuple(chance.normal(*shape) for shape in ((B, T, D), (H, D), (H,), (D, H), (D,)))

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="06.feed_forward", reference=feed_forward, difficulty=1, minutes=4, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Two dense layers of lesson 00: `x @ weight1.T + bias1`, then the ReLU, then the second one.",
        "`(x @ weight1.T + bias1).relu() @ weight2.T + bias2`; `F.linear(x, weight1, bias1)` is the first product."),
    explanation="""The products run over the last dimension alone, so each position goes through the same small network,
by itself. Words exchange nothing here; that is what attention is for.""")  # fmt: skip
