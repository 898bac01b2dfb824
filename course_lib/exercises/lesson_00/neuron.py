"""Exercise 00.neuron: the sigmoid of the inner product and the bias, for a whole batch."""

from typing import Any

import torch

from course_lib.dense import neuron
from course_lib.exercises.kit import Exercise, Trial, normal


def _of(score: Any = lambda x, w, b: x @ w + b, activation: Any = torch.sigmoid) -> Any:
    """A way to write the neuron wrongly: another sum, or another activation."""
    return lambda x, w, b: activation(score(x, w, b))


MISTAKES = (
    ("the activation is missing: apply the sigmoid to the score, w · x + b", _of(activation=lambda s: s)),
    ("the bias is missing", _of(lambda x, w, b: x @ w)),
    ("the bias is added after the sigmoid; it belongs to the score, inside", lambda x, w, b: torch.sigmoid(x @ w) + b),
    ("the bias is added to each of the E products; add it to their sum", _of(lambda x, w, b: (x * w + b).sum(-1))),
    ("the sign is turned: the sigmoid is 1 / (1 + exp(-s)), with a minus", _of(activation=lambda s: torch.sigmoid(-s))),
    ("brackets are missing: `1 / 1 + exp(-s)` is 1 + exp(-s)", _of(activation=lambda s: 1 + torch.exp(-s))),
    ("the activation is tanh; the sigmoid is asked for", _of(activation=torch.tanh)),
    ("the activation is ReLU; the sigmoid is asked for", _of(activation=torch.relu)),
    ("it answers 0 or 1; the sigmoid gives every value between them", lambda *given: neuron(*given).round()),
    ("the products are averaged; the inner product is their sum", _of(lambda x, w, b: (x * w).mean(-1) + b)),
    ("the products are not summed: each example has one inner product", _of(lambda x, w, b: x * w + b)),
    ("it sums over the batch; sum over the E inputs of each example", _of(lambda x, w, b: (x * w).sum(0) + b)),
    ("it takes columns of `x` for examples; an example is a row: `x @ weight`", _of(lambda x, w, b: x.T @ w + b)),
    ("everything is summed to one number; each of the B examples has its own", _of(lambda x, w, b: (x * w).sum() + b)),
    ("it is a softmax over the batch; each example has a sigmoid of its own", _of(activation=lambda s: s.softmax(0))),
)
ADVICE = (
    ("1D tensors expected", "`torch.dot` takes two vectors; `x @ weight` takes all rows of x at once."),
    ("converted to", "Functions of `math` take one number; `torch.exp` takes every element of a tensor."),
    *((sign, "(B, E) @ (E,) works as it is: `x @ weight`.") for sign in ("inconsistent tensor size", "size mismatch")),
)


def examine(trial: Trial) -> None:
    # B = E first: who mixes rows and columns sees wrong values, not only another shape.
    for seed, (B, E) in enumerate([(4, 4), (2, 3), (7, 5), (1, 1), (3, 1)]):
        trial.agrees(normal(seed, B, E), normal(seed + 10, E), torch.tensor(0.7 - seed / 2))
    trial.agrees(normal(5, 2, 3).double(), normal(6, 3).double(), torch.tensor(0.5).double())
    trial.gradients_agree(normal(7, 4, 3), normal(8, 3), torch.tensor(0.3))


EXERCISE = Exercise(
    id="00.neuron", reference=neuron, difficulty=1, minutes=2, mistakes=MISTAKES, advice=ADVICE, examine=examine,
    hints=(
        "Three steps: the inner product of each row of `x` with the weight, plus the bias, then the sigmoid.",
        "`x @ weight` gives the inner products of all rows at once, shape (B,).",
        "`return torch.sigmoid(x @ weight + bias)`",
    ),
    explanation="""
`x @ weight` is the inner product of each row of x with the weight: (B, E) @ (E,) = (B,). The bias is one number, added
to each of the B results. The sigmoid comes last and squeezes the score into 0 to 1.""",
)  # fmt: skip
