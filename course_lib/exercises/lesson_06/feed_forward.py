"""Exercise 06.feed_forward."""

import torch
import torch.nn.functional as F

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.exercises.trial import Mistake, Trial


def feed_forward(x, weight1, bias1, weight2, bias2):
    hidden = (x @ weight1.T + bias1).relu()  # (B, T, H)
    return hidden @ weight2.T + bias2  # (B, T, D)


ADVICE = (
    ("Boolean value of Tensor", "Python's `max` compares single numbers; for a tensor `.relu()` or `.clamp(min=0)`."),
    ("expanded size of the tensor", "`bias1` (H,) belongs to the first layer, `bias2` (D,) to the second."),
    ("mat1 and mat2", "Weights are (out, in), as in `nn.Linear`: `x @ weight1.T`."),
)


def examine(trial: Trial) -> None:
    def with_(inner=torch.relu, outer=lambda s: s, one=lambda b: b, two=lambda b: b, more=lambda x: 0):
        return lambda x, w1, b1, w2, b2: outer(inner(x @ w1.T + one(b1)) @ w2.T + two(b2)) + more(x)

    mistakes: list[Mistake] = [
        ("there is no activation between the layers: two linear layers are one. The ReLU comes after the first", with_(inner=lambda s: s)),
        ("the ReLU comes after the second layer; it comes after the first", with_(inner=lambda s: s, outer=torch.relu)),
        ("there is a ReLU after the second layer too; only the first has one", with_(outer=torch.relu)),
        ("the activation is a GELU; here it is the ReLU, as in the paper", with_(inner=F.gelu)),
        ("the activation is a SiLU; here it is the ReLU, as in the paper", with_(inner=F.silu)),
        ("the activation is a leaky ReLU; here it is max(0, .)", with_(inner=F.leaky_relu)),
        ("the activation is a tanh; here it is the ReLU, max(0, .)", with_(inner=torch.tanh)),
        ("the activation is a sigmoid; here it is the ReLU, max(0, .)", with_(inner=torch.sigmoid)),
        ("`bias1` is missing", with_(one=lambda b: 0)),
        ("`bias2` is missing", with_(two=lambda b: 0)),
        ("both biases are missing", with_(one=lambda b: 0, two=lambda b: 0)),
        ("`bias1` is added after the ReLU; it belongs inside", lambda x, w1, b1, w2, b2: ((x @ w1.T).relu() + b1) @ w2.T + b2),
        ("x is added; the residual connection is not part of this network", with_(more=lambda x: x)),
        ("the second layer is missing", lambda x, w1, b1, w2, b2: (x @ w1.T + b1).relu()),
        ("there is a softmax between the layers; it is the ReLU", with_(inner=lambda s: s.softmax(-1))),
        ("the ReLU is applied to x; it comes after the first layer", lambda x, w1, b1, w2, b2: (x.relu() @ w1.T + b1) @ w2.T + b2),
    ]  # fmt: skip
    for seed, (B, T, D, H) in enumerate([(2, 3, 4, 5), (1, 2, 3, 7), (3, 1, 2, 2)]):
        shapes = [(B, T, D), (H, D), (H,), (D, H), (D,)]
        arguments = [normal(10 * seed + i, *shape) for i, shape in enumerate(shapes)]
        trial.agrees(*arguments, mistakes=mistakes)
    trial.gradients_agree(*arguments)


EXERCISE = Exercise(
    id="06.feed_forward",
    reference=feed_forward,
    difficulty=1,
    minutes=4,
    hints=(
        "Two dense layers of lesson 00: `x @ weight1.T + bias1`, then the ReLU, then the second one.",
        "`(x @ weight1.T + bias1).relu() @ weight2.T + bias2`.",
    ),
    explanation="""
The products run over the last dimension alone, so each position goes through the same small network, by itself. Words exchange
nothing here; that is what attention is for.""",
    advice=ADVICE,
    examine=examine,
)
