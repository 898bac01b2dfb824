"""Exercise 00.shallow_network: a layer, ReLU, a layer; the logits as they come."""

import torch
import torch.nn.functional as F

from course_lib.dense import dense, shallow_network
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn_with_gradients, normal, parted


@parted
def _of(
    activation: Function = torch.relu,
    first: Function = dense,
    last: Function = dense,
    result: Function = torch.positive,
) -> Function:
    """A way to write the network wrongly: another activation, hidden layer or output layer, or something more."""
    return lambda x, w1, b1, w2, b2: result(last(activation(first(x, w1, b1)), w2, b2))


def _as_it_is(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    return x @ weight + bias


MISTAKES = (
    ("the activation between the layers is missing: `torch.relu(...)` around the hidden layer", _of(torch.positive)),
    ("the activation is the sigmoid; ReLU is asked for", _of(torch.sigmoid)),
    ("the activation is tanh; ReLU is asked for", _of(torch.tanh)),
    ("the activation is not max(s, 0)", *[
        _of(f) for f in (F.leaky_relu, F.gelu, F.silu, F.elu, F.relu6, torch.abs, F.softplus,
                       lambda s: s - s.relu(), lambda s: (s > 0).float())]),
    ("the logits are activated too; after the last layer there is no activation", _of(result=torch.relu)),
    ("the activation stands after the last layer, not between", _of(torch.positive, result=torch.relu)),
    ("the activation is applied to the input, not between", _of(torch.positive, lambda x, *wb: dense(x.relu(), *wb))),
    ("the input is put through ReLU, too; only the hidden layer is", _of(first=lambda x, *wb: dense(x.relu(), *wb))),
    ("only the first example is answered; the result has a row for each of the B",
     _of(result=lambda z: z[:1]), _of(result=lambda z: z[0])),
    ("there is a softmax at the end, or its log; the loss has it: the logits are asked for",
     _of(result=lambda z: z.softmax(-1)), _of(result=lambda z: z.log_softmax(-1))),
    ("there is a sigmoid at the end; the logits are asked for", _of(result=torch.sigmoid)),
    ("the bias of the hidden layer is missing", _of(first=lambda x, w, b: x @ w.T)),
    ("the bias of the output layer is missing", _of(last=lambda h, w, b: h @ w.T)),
    ("both biases are missing", lambda x, w1, b1, w2, b2: (x @ w1.T).relu() @ w2.T),
    ("the bias of the hidden layer is subtracted; add it", _of(first=lambda x, w, b: x @ w.T - b)),
    ("the bias of the output layer is subtracted; add it", _of(last=lambda h, w, b: h @ w.T - b)),
    ("the hidden bias is added after the activation; add it inside",
     _of(torch.positive, lambda x, w, b: (x @ w.T).relu() + b)),
    ("the hidden layer comes back; the output layer is missing", _of(last=lambda h, w, b: h)),
    ("the most probable class comes back; all C logits are asked for", _of(result=lambda z: z.argmax(-1))),
    ("the weights are not transposed: `hidden_weight.T` and `output_weight.T`", _of(first=_as_it_is, last=_as_it_is)),
    ("the hidden weight is not transposed: `hidden_weight.T`", _of(first=_as_it_is)),
    ("the output weight is not transposed: `output_weight.T`", _of(last=_as_it_is)),
    ("the output layer takes `x`; it should take the hidden layer", lambda x, w1, b1, w2, b2: dense(x, w2, b2)),
    ("a layer has the weight or bias of the other one", lambda x, w1, b1, w2, b2: shallow_network(x, w1, b2, w2, b1),
     lambda x, w1, b1, w2, b2: shallow_network(x, w1, b1, w1, b1)),
    ("the layers are interchanged: the hidden one is first", lambda x, *p: shallow_network(x, *p[2:], *p[:2])),
    ("`x` is added to the hidden layer; leave that out",
     lambda x, w1, b1, w2, b2: dense(dense(x, w1, b1).relu() + x, w2, b2)),
    ("the result is transposed: one row per example, (B, C)", _of(result=torch.t)),
    ("a batch of one, or a single class, loses its dimension; the answer has shape (B, C)",
     _of(result=lambda z: z.squeeze(0)), _of(result=torch.squeeze)),
)  # fmt: skip
ADVICE = (("mat1 and mat2", "Inner sizes differ: (B, E) @ (E, H), then (B, H) @ (H, C); the weights need `.T`."),
          ("NameError", "The function has the names of its first line alone: `hidden_weight` and so on."))  # fmt: skip


def examine(trial: Trial) -> None:
    # All sizes alike first: who mixes layers or rows sees wrong values, not only an error.
    for seed, (B, E, H, C) in enumerate([(3, 3, 3, 3), (2, 3, 5, 2), (4, 2, 6, 3), (1, 4, 2, 5)]):
        trial.agrees(*(normal(seed + 10 * i, *n) for i, n in enumerate([(B, E), (H, E), (H,), (C, H), (C,)])))

    def draw(chance: Chance) -> tuple[torch.Tensor, ...]:
        B, E, H, C = (chance.n() for _ in range(4))
        return tuple(chance.normal(*shape) for shape in ((B, E), (H, E), (H,), (C, H), (C,)))

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="00.shallow_network", reference=shallow_network, difficulty=1, minutes=2,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "Your `dense` twice, with `torch.relu` between: the second layer's input is the first one's output.",
        "`hidden = torch.relu(dense(x, hidden_weight, hidden_bias))`, and `dense` of it with the output's parameters."),
    explanation="""The activation stands between the layers and nowhere else. Without it the two layers would be one, as
the next section measures; after the last layer it would cut off half of all logits, and a softmax there would be a
second one, because the cross-entropy takes logits.""")  # fmt: skip
