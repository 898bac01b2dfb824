"""Exercise 00.shallow_network."""

import torch
import torch.nn.functional as F

from course_lib import dense as layers
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.exercises.trial import Trial


def _network_with(hidden=lambda x, w1, b1: torch.relu(x @ w1.T + b1), output=lambda h, w2, b2: h @ w2.T + b2):
    """A way to write the network wrongly: another hidden layer or another output layer."""
    return lambda x, w1, b1, w2, b2: output(hidden(x, w1, b1), w2, b2)


def _activated(function):
    return _network_with(lambda x, w, b: function(x @ w.T + b))


ADVICE = (
    (
        "mat1 and mat2",
        "The inner sizes of a product differ: (B, E) @ (E, H), then (B, H) @ (H, C); the weights need `.T`.",
    ),
)


MISTAKES = (
    ("the activation between the layers is missing: `torch.relu`", _network_with(lambda x, w, b: x @ w.T + b)),
    ("the activation is the sigmoid; ReLU is asked for", _activated(torch.sigmoid)),
    ("the activation is tanh; ReLU is asked for", _activated(torch.tanh)),
    ("the activation is a leaky ReLU; ReLU is asked for, 0 below 0", _activated(F.leaky_relu)),
    ("the activation is GELU; ReLU is asked for, max(s, 0)", _activated(F.gelu)),
    ("the activation is the absolute value; ReLU is asked for, max(s, 0)", _activated(torch.abs)),
    ("the activation is the smaller of s and 0; ReLU is the larger, max(s, 0)", _activated(lambda s: s.clamp(max=0))),
    ("the logits are activated too; after the last layer there is no activation",
     _network_with(output=lambda h, w, b: torch.relu(h @ w.T + b))),
    ("the activation stands after the last layer; it belongs between the two",
     _network_with(lambda x, w, b: x @ w.T + b, lambda h, w, b: torch.relu(h @ w.T + b))),
    ("the activation is applied to the input; it belongs between the two layers", _network_with(lambda x, w, b: torch.relu(x) @ w.T + b)),
    ("there is a softmax at the end; expected are the logits, because the loss has the softmax",
     _network_with(output=lambda h, w, b: (h @ w.T + b).softmax(-1))),
    ("there is a sigmoid at the end; expected are the logits", _network_with(output=lambda h, w, b: (h @ w.T + b).sigmoid())),
    ("the bias of the hidden layer is missing", _network_with(lambda x, w, b: torch.relu(x @ w.T))),
    ("the bias of the output layer is missing", _network_with(output=lambda h, w, b: h @ w.T)),
    ("both biases are missing", _network_with(lambda x, w, b: torch.relu(x @ w.T), lambda h, w, b: h @ w.T)),
    ("the hidden bias is added after the activation; it belongs inside", _network_with(lambda x, w, b: torch.relu(x @ w.T) + b)),
    ("the hidden layer comes back; the output layer is missing", lambda x, w1, b1, w2, b2: torch.relu(x @ w1.T + b1)),
    ("the most probable class comes back; expected are the logits of all C", lambda x, w1, b1, w2, b2: _network_with()(x, w1, b1, w2, b2).argmax(-1)),
    ("the weights are not transposed: `x @ weight.T`, or your `dense`", _network_with(lambda x, w, b: torch.relu(x @ w + b), lambda h, w, b: h @ w + b)),
    ("the two layers are interchanged: the hidden one comes first", lambda x, w1, b1, w2, b2: _network_with()(x, w2, b2, w1, b1)),
    ("the result is transposed: one row per example, (B, C)", lambda x, w1, b1, w2, b2: _network_with()(x, w1, b1, w2, b2).T),
)  # fmt: skip


def examine(trial: Trial) -> None:
    # All sizes alike first: who mixes layers or rows sees wrong values, not only an error.
    for seed, (B, E, H, C) in enumerate([(3, 3, 3, 3), (2, 3, 5, 2), (4, 2, 6, 3), (1, 4, 2, 5)]):
        shapes = [(B, E), (H, E), (H,), (C, H), (C,)]
        trial.agrees(*(normal(seed + 10 * i, *shape) for i, shape in enumerate(shapes)))
    shapes = [(4, 3), (5, 3), (5,), (2, 5), (2,)]
    trial.agrees(*(normal(50 + i, *shape).double() for i, shape in enumerate(shapes)))
    trial.gradients_agree(*(normal(60 + i, *shape) for i, shape in enumerate(shapes)))


EXERCISE = Exercise(
    id="00.shallow_network",
    reference=layers.shallow_network,
    difficulty=1,
    minutes=2,
    hints=(
        "Your `dense` twice, with `torch.relu` between: the second layer's input is the first one's output.",
        "`hidden = torch.relu(dense(x, hidden_weight, hidden_bias))`, then "
        "`return dense(hidden, output_weight, output_bias)`",
    ),
    explanation="""
The activation stands between the layers and nowhere else. Without it the two layers would be one, as the next section
measures; after the last layer it would cut off half of all logits, and a softmax there would be a second one, because the
cross-entropy takes logits.""",
    advice=ADVICE,
    mistakes=MISTAKES,
    examine=examine,
)
