"""Exercise 00.neuron: the sigmoid of the inner product and the bias, for a whole batch."""

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.dense import neuron
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn_with_gradients, normal, parted


@parted
def _of(inner: Function = torch.matmul, plus: Function = torch.add, activation: Function = torch.sigmoid) -> Function:
    """A way to write the neuron wrongly: another inner product, something else with the bias, another activation."""
    return lambda x, w, b: activation(plus(inner(x, w), b))


MISTAKES = (
    ("the activation is missing: apply the sigmoid to the score, w · x + b", _of(activation=torch.positive)),
    ("the bias is missing", _of(plus=lambda s, b: s)),
    ("the bias is subtracted; add it", _of(plus=torch.sub)),
    ("the bias multiplies the inner product; add it", _of(plus=torch.mul)),
    ("the bias is added after the sigmoid; it belongs to the score, inside", lambda x, w, b: (x @ w).sigmoid() + b),
    ("the bias is added to `x`; add it to the inner product", lambda x, w, b: ((x + b) @ w).sigmoid()),
    ("the sigmoid is taken of each product; first their sum and the bias, then the sigmoid",
     lambda x, w, b: (x * w).sigmoid().sum(1) + b, lambda x, w, b: (x * w + b).sigmoid().sum(1)),
    ("the sigmoid is taken of `x`; it is taken of the score, last", lambda x, w, b: x.sigmoid() @ w + b),
    ("the bias is added to each of the E products; add it to their sum", lambda x, w, b: (x * w + b).sum(1).sigmoid()),
    ("the sign is turned: the sigmoid is 1 / (1 + exp(-s)), with a minus", _of(activation=lambda s: (-s).sigmoid())),
    ("brackets are missing: `1 / (1 + exp(-s))`; without them it is 1 + exp(-s)",
     _of(activation=lambda s: 1 + (-s).exp())),
    ("the 1 in the denominator is missing: 1 / (1 + exp(-s))", _of(activation=torch.exp)),
    ("at scores of hundreds e^s / (1 + e^s) is inf / inf: use `torch.sigmoid`, or 1 / (1 + e^-s)",
     _of(activation=lambda s: s.exp() / (1 + s.exp()))),
    ("the activation is tanh; the sigmoid is asked for", _of(activation=torch.tanh)),
    ("the activation is ReLU; the sigmoid is asked for", _of(activation=torch.relu)),
    ("the log of the sigmoid comes back; the sigmoid is asked for", _of(activation=F.logsigmoid)),
    ("the sigmoid is applied twice", _of(activation=lambda s: s.sigmoid().sigmoid())),
    ("it answers 0 or 1; the sigmoid gives every value between them", _of(activation=lambda s: s.sigmoid().round())),
    ("the score is cut off on both sides (`clamp`?); the sigmoid takes every number",
     *[_of(activation=lambda s, most=most: s.clamp(-most, most).sigmoid()) for most in (5, 6, 8, 10)]),
    ("the products are averaged; the inner product is their sum", _of(lambda x, w: (x * w).mean(1))),
    ("the products are not summed: each example has one inner product", _of(torch.mul)),
    ("the inputs are summed without their weights", _of(lambda x, w: x.sum(1))),
    ("only the first inputs count; all E do", *[_of(lambda x, w, n=n: x[:, :n] @ w[:n]) for n in (1, 2)]),
    ("the last input is left out; all E count", _of(lambda x, w: x[:, :-1] @ w[:-1])),
    ("the weight is scaled to length 1; take it as it is", _of(lambda x, w: x @ (w / w.norm()))),
    ("it sums over the batch; sum over the E inputs of each example", _of(lambda x, w: (x * w).sum(0))),
    ("it takes columns of `x` for examples; an example is a row: `x @ weight`", _of(lambda x, w: x.T @ w)),
    ("everything is summed to one number; each of the B has its own", _of(lambda x, w: (x * w).sum())),
    ("only the first example is answered; there are B", _of(lambda x, w: x[0] @ w),
     _of(lambda x, w: x[:1] @ w)),
    ("it is a softmax over the batch; each example has a sigmoid of its own", _of(activation=lambda s: s.softmax(0))),
    ("a batch of one example loses its dimension; the answer has shape (B,)", lambda *given: neuron(*given).squeeze()),
)  # fmt: skip
ADVICE = (("1D tensors expected", "`torch.dot` takes two vectors; `x @ weight` takes all rows of x at once."),
          ("converted to", "Functions of `math` take one number; `torch.exp` takes every element of a tensor."),
          ("inconsistent tensor size", "(B, E) @ (E,) works as it is: `x @ weight`."),
          ("size mismatch", "(B, E) @ (E,) works as it is: `x @ weight`."))  # fmt: skip


def examine(trial: Trial) -> None:
    # B = E first: who mixes rows and columns sees wrong values, not only another shape.
    for seed, (B, E) in enumerate([(4, 4), (2, 3), (7, 5), (1, 1), (3, 1)]):
        trial.agrees(normal(seed, B, E), normal(seed + 10, E), normal(seed + 20, 1)[0])

    def draw(chance: Chance) -> tuple[Tensor, ...]:
        B, E = chance.n(), chance.n()
        return chance.normal(B, E), chance.normal(E), chance.normal(1)[0]

    drawn_with_gradients(trial, draw)
    for sign in (1, -1):  # scores of hundreds, where e^s is beyond what float32 holds
        trial.agrees(torch.tensor([[200.0, 3.0], [-90.0, 1.0]]), torch.tensor([2.0, 0.0]), torch.tensor(sign * 0.5))


EXERCISE = Exercise(id="00.neuron", reference=neuron, difficulty=1, minutes=2,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "Three steps: the inner product of each row of `x` with the weight, plus the bias, then the sigmoid.",
        "`x @ weight` gives all rows' inner products at once, (B,).", "`return torch.sigmoid(x @ weight + bias)`"),
    explanation="""`x @ weight` is the inner product of each row of x with the weight: (B, E) @ (E,) = (B,). The bias is
one number, added to each of the B results. The sigmoid comes last and squeezes the score into 0 to 1.""")  # fmt: skip
