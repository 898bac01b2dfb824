"""The exercises of lesson 00, start here: references, hints, and what each check examines."""

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib import dense as layers
from course_lib.exercises.core import exercise
from course_lib.exercises.given import Named, normal, seeded
from course_lib.exercises.trial import State, Trial

# ---- 00.first ------------------------------------------------------------------------------------------


def double(x):
    return 2 * x


@exercise(
    "00.first",
    reference=double,
    difficulty=1,
    minutes=2,
    hints=(
        "A tensor times a number multiplies every element: no loop is needed.",
        "`return 2 * x`",
    ),
    explanation="""
`2 * x` makes a new tensor and leaves `x` as it is. `x *= 2` would give the same numbers, but change the tensor of the
caller, who may still need it. `x + x` is right too: a check looks at what comes back, not at how you wrote it.""",
)
def check_double(trial: Trial) -> None:
    mistakes = [
        ("it adds 2 to each element; multiply each by 2", lambda x: x + 2),
        ("it adds 1 to each element; multiply each by 2", lambda x: x + 1),
        ("it squares each element; multiply each by 2", lambda x: x**2),
        ("it takes 2 to the power of each element: `**` is the power, `*` the product", lambda x: 2**x),
        ("it returns `x` as it came; multiply each element by 2", lambda x: x),
        ("it halves each element; multiply each by 2", lambda x: x / 2),
        ("it multiplies by 4: is each element doubled twice?", lambda x: 4 * x),
        ("it repeats the elements (`torch.cat`) instead of doubling each", lambda x: torch.cat([x, x])),
        ("it repeats the elements (`torch.stack`) instead of doubling each", lambda x: torch.stack([x, x])),
        ("it adds the elements up; each keeps its own place", lambda x: 2 * x.sum()),
        ("it adds the elements up; each keeps its own place", lambda x: x.sum()),
        ("only the first element is doubled; all of them are asked for", lambda x: torch.cat([2 * x[:1], x[1:]])),
    ]  # fmt: skip
    trial.advise("NameError", "A name that Python does not know: the tensor is called `x`.")
    cases = [[1.0, 2.0, 3.0], [[0.5, -4.0], [10.0, 0.0], [7.0, 1.5]], [5, -6]]
    for x in map(torch.tensor, cases):
        got = trial.call(x)
        if isinstance(got, Tensor) and got.shape == x.shape and got.dtype != x.dtype:
            trial.require(
                not torch.equal(got, (2 * x).to(got.dtype)),
                f"the dtype changes from {x.dtype} to {got.dtype}: `2 * x` keeps it, `2.0 * x` does not",
                state=State.DTYPE,
                expected=2 * x,
                got=got,
            )
        trial.compare(got, 2 * x, mistakes=mistakes, inputs=(x,))
    trial.gradients_agree(torch.tensor([1.0, 2.0, 3.0]))


# ---- 00.neuron -----------------------------------------------------------------------------------------


def _neuron_with(score=lambda x, weight, bias: x @ weight + bias, activation=torch.sigmoid):
    """A way to write the neuron wrongly: another sum, or another activation."""
    return lambda x, weight, bias: activation(score(x, weight, bias))


@exercise(
    "00.neuron",
    reference=layers.neuron,
    difficulty=1,
    minutes=2,
    hints=(
        "Three steps: the inner product of each row of `x` with the weight, plus the bias, then the sigmoid.",
        "`x @ weight` gives the inner products of all rows at once, shape (B,).",
        "`return torch.sigmoid(x @ weight + bias)`",
    ),
    explanation="""
`x @ weight` is the inner product of each row of x with the weight: (B, E) @ (E,) = (B,). The bias is one number, added to
each of the B results. The sigmoid comes last and squeezes the score into 0 to 1. The library writes the sigmoid with
tanh, which is the same function: no exponential overflows.""",
)
def check_neuron(trial: Trial) -> None:
    mistakes = [
        ("the activation is missing: apply the sigmoid to the score, w · x + b", _neuron_with(activation=lambda s: s)),
        ("the bias is missing", _neuron_with(lambda x, w, b: x @ w)),
        ("the bias is subtracted; add it", _neuron_with(lambda x, w, b: x @ w - b)),
        ("the bias is added after the sigmoid; it belongs to the score, inside", lambda x, w, b: torch.sigmoid(x @ w) + b),
        ("the bias is added to each of the E products; it is added once, to their sum", _neuron_with(lambda x, w, b: (x * w + b).sum(-1))),
        ("the bias multiplies the inner product; add it", _neuron_with(lambda x, w, b: x @ w * b)),
        ("the sign is turned: the sigmoid is 1 / (1 + exp(-s)), with a minus", _neuron_with(activation=lambda s: torch.sigmoid(-s))),
        ("brackets are missing: `1 / 1 + exp(-s)` is 1 + exp(-s); write 1 / (1 + exp(-s))", _neuron_with(activation=lambda s: 1 + torch.exp(-s))),
        ("the 1 in the denominator is missing: 1 / (1 + exp(-s))", _neuron_with(activation=lambda s: torch.exp(s))),
        ("the activation is tanh; the sigmoid is asked for", _neuron_with(activation=torch.tanh)),
        ("the activation is ReLU; the sigmoid is asked for", _neuron_with(activation=torch.relu)),
        ("it answers 0 or 1; the sigmoid gives every value between them", _neuron_with(activation=lambda s: (s > 0).float())),
        ("it answers 0 or 1; the sigmoid gives every value between them", lambda x, w, b: torch.sigmoid(x @ w + b).round()),
        ("the products are averaged; the inner product is their sum", _neuron_with(lambda x, w, b: (x * w).mean(-1) + b)),
        ("the products are not summed: the inner product of a row with the weight is one number", _neuron_with(lambda x, w, b: x * w + b)),
        ("the inputs are summed without their weights", _neuron_with(lambda x, w, b: x.sum(-1) + b)),
        ("it sums over the batch; the inner product sums over the E inputs of each example", _neuron_with(lambda x, w, b: (x * w).sum(0) + b)),
        ("it takes columns of `x` for examples; an example is a row: `x @ weight`", _neuron_with(lambda x, w, b: x.T @ w + b)),
        ("everything is summed to one number; each of the B examples has its own", _neuron_with(lambda x, w, b: (x * w).sum() + b)),
        ("only the first example is answered; there are B", lambda x, w, b: torch.sigmoid(x[0] @ w + b)),
        ("it is a softmax over the batch; each example has a sigmoid of its own", _neuron_with(activation=lambda s: s.softmax(0))),
    ]  # fmt: skip
    trial.advise("size mismatch", "(B, E) @ (E,) works as it is: `x @ weight`.")
    trial.advise("inconsistent tensor size", "(B, E) @ (E,) works as it is: `x @ weight`.")
    trial.advise("converted to", "Functions of `math` take one number; `torch.exp` takes every element of a tensor.")
    trial.advise("1D tensors expected", "`torch.dot` takes two vectors; `x @ weight` takes all rows of x at once.")
    # B = E first: who mixes rows and columns sees wrong values, not only another shape.
    for seed, (B, E) in enumerate([(4, 4), (2, 3), (7, 5), (1, 1), (3, 1)]):
        trial.agrees(normal(seed, B, E), normal(seed + 10, E), torch.tensor(0.7 - seed / 2), mistakes=mistakes)
    trial.agrees(normal(5, 2, 3).double(), normal(6, 3).double(), torch.tensor(0.5).double())
    trial.gradients_agree(normal(7, 4, 3), normal(8, 3), torch.tensor(0.3))


# ---- 00.dense ------------------------------------------------------------------------------------------


@exercise(
    "00.dense",
    reference=layers.dense,
    difficulty=2,
    minutes=2,
    hints=(
        "Row h of `weight` holds the weights of unit h. The inner products of all rows of `x` with all rows of `weight` "
        "are one product of matrices.",
        "(B, E) @ (E, H) = (B, H), and `weight` is (H, E): transpose it, `weight.T`.",
        "`return x @ weight.T + bias`",
    ),
    explanation="""
Column h of the result is what unit h says to each example: x @ weight[h] + bias[h]. The bias (H,) is added to every row,
because broadcasting lines shapes up from the right. The weight is kept as (H, E), one row per unit, as torch.nn.Linear
keeps it; the price is the transpose.""",
)
def check_dense(trial: Trial) -> None:
    mistakes = [
        ("the weight is not transposed: row h of `weight` belongs to unit h, so it is `x @ weight.T` (`view` and `reshape` "
         "do not transpose)", lambda x, w, b: x @ w + b),
        ("the bias is missing", lambda x, w, b: x @ w.T),
        ("the bias is subtracted; add it", lambda x, w, b: x @ w.T - b),
        ("the bias is added twice", lambda x, w, b: x @ w.T + 2 * b),
        ("the bias runs down the columns: bias[h] belongs to column h, so add `bias` as it is, without a new dimension",
         lambda x, w, b: x @ w.T + b[:, None]),
        ("only the first bias is added; each unit has its own", lambda x, w, b: x @ w.T + b[0]),
        ("there is an activation in it; this layer has none", lambda x, w, b: torch.relu(x @ w.T + b)),
        ("there is an activation in it; this layer has none", lambda x, w, b: torch.sigmoid(x @ w.T + b)),
        ("there is an activation in it; this layer has none", lambda x, w, b: torch.tanh(x @ w.T + b)),
        ("the result is transposed: one row per example, one column per unit, (B, H)", lambda x, w, b: (x @ w.T + b).T),
        ("only the first example is answered: the result has a row for each of the B", lambda x, w, b: x[0] @ w.T + b),
        ("only the first unit answers: the result has a column for each of the H", lambda x, w, b: x @ w[0] + b[0]),
        ("the examples are summed; each keeps its own row", lambda x, w, b: (x @ w.T + b).sum(0)),
        ("the units are summed; each keeps its own column", lambda x, w, b: (x @ w.T + b).sum(1)),
        ("it multiplies element by element (`*`); the product of matrices is `@`", lambda x, w, b: x * w + b),
        ("the products are averaged; the inner product is their sum", lambda x, w, b: x @ w.T / x.shape[1] + b),
    ]  # fmt: skip
    trial.advise(
        "mat1 and mat2", "The inner sizes of the product differ: (B, E) @ (E, H) works, (B, E) @ (H, E) needs `.T`."
    )
    for seed, (B, E, H) in enumerate([(3, 3, 3), (2, 3, 4), (5, 2, 3), (1, 4, 1), (4, 2, 2)]):
        trial.agrees(normal(seed, B, E), normal(seed + 10, H, E), normal(seed + 20, H), mistakes=mistakes)
    trial.agrees(normal(5, 2, 3).double(), normal(6, 4, 3).double(), normal(7, 4).double())
    trial.gradients_agree(normal(8, 4, 3), normal(9, 2, 3), normal(10, 2))


# ---- 00.softmax ----------------------------------------------------------------------------------------


def _softmax_with(shift=lambda z: z, share=lambda e: e / e.sum(-1, keepdim=True), power=torch.exp):
    """A way to write the softmax wrongly: another function than exp, or another quotient."""
    return lambda logits: share(power(shift(logits)))


@exercise(
    "00.softmax",
    reference=layers.softmax,
    difficulty=2,
    minutes=3,
    hints=(
        "Two steps: `exponentials = logits.exp()`, then divide each row by its sum. `keepdim=True` keeps the sums (B, 1), so "
        "that they divide rows.",
        "exp(1000) is inf. Subtract from each row its largest logit before exp: the quotient stays the same, and no "
        "exponential is larger than 1.",
        "`logits - logits.max(-1, keepdim=True).values`: of `.values` and `.indices`, which `max` returns, the first.",
    ),
    explanation="""
Subtracting m from every logit multiplies numerator and denominator by exp(-m), which cancels. With m the largest of the
row, the largest exponential is exp(0) = 1: nothing overflows, and the sum is at least 1, so nothing is divided by 0. Each
row needs its own m: with that of the whole batch, a row far below it would become 0/0.""",
)
def check_softmax(trial: Trial) -> None:
    mistakes = [
        ("it sums over the batch (dimension 0): each column sums to 1, but each row must. Use the last dimension", _softmax_with(share=lambda e: e / e.sum(0))),
        ("the sums divide columns instead of rows: `keepdim=True` gives them shape (B, 1)", _softmax_with(share=lambda e: e / e.sum(-1))),
        ("`max` without `keepdim=True` has shape (B,) and is subtracted from columns; with it, (B, 1), from rows",
         _softmax_with(shift=lambda z: z - z.max(-1).values)),
        ("the whole batch sums to 1; each row must", _softmax_with(share=lambda e: e / e.sum())),
        ("the rows do not sum to 1: divide by their sums", _softmax_with(share=lambda e: e)),
        ("the rows do not sum to 1: divide by their sums, not by the largest", _softmax_with(share=lambda e: e / e.max(-1, keepdim=True).values)),
        ("the rows do not sum to 1: divide by their sums, not their means", _softmax_with(share=lambda e: e / e.mean(-1, keepdim=True))),
        ("the exponential is missing: exp first, then divide by the sum", _softmax_with(power=lambda z: z)),
        ("it divides by the sum of the logits; divide by the sum of their exponentials", lambda z: z.exp() / z.sum(-1, keepdim=True)),
        ("it is the logarithm of the softmax; leave out the log", lambda z: z.log_softmax(-1)),
        ("it is a sigmoid of each logit alone; the softmax makes each row sum to 1", lambda z: z.sigmoid()),
        ("the sign is turned: the largest logit gets the largest probability, exp(z) and not exp(-z)", _softmax_with(power=lambda z: torch.exp(-z))),
        ("the base is 2; exp has the base e", _softmax_with(power=lambda z: 2**z)),
        ("there is a 1 too many in the denominator", _softmax_with(share=lambda e: e / (1 + e.sum(-1, keepdim=True)))),
        ("it says 1 for the largest and 0 for the others; the softmax gives every class its share", lambda z: F.one_hot(z.argmax(-1), z.shape[-1]).to(z.dtype)),
        ("the softmax is applied twice", lambda z: z.softmax(-1).softmax(-1)),
        ("only the first row comes back", lambda z: z[0].softmax(-1)),
        ("it returns the index of the largest logit; expected are all C probabilities of each row", lambda z: z.argmax(-1)),
    ]  # fmt: skip
    trial.advise(
        "unsupported operand type(s) for -: 'Tensor' and 'torch.return_types.max'",
        "`max(dim)` returns `.values` and `.indices`: subtract `.values`.",
    )
    trial.advise("must match the size of tensor", "Sums and maxima of rows need shape (B, 1): `keepdim=True`.")
    for seed, (B, C) in enumerate([(3, 3), (2, 4), (4, 2), (1, 5), (3, 1)]):
        trial.agrees(1.5 * normal(seed, B, C), mistakes=mistakes)
    trial.agrees(normal(6, 2, 3).double())
    extremes = [
        ([[1000.0, 1001.0, 998.0]], "exp(1000) is inf, and inf / inf is NaN. Subtract from each row its largest logit first"),
        ([[1000.0, 1001.0, 999.0], [-1000.0, -1001.0, -999.0]],
         "one number is subtracted from the whole batch, and a row far below it becomes 0 / 0. Subtract from each row its own largest"),
        ([[0.0, 1000.0, 500.0]], "exp overflows. Subtract the largest logit of each row, so that none is above 0"),
    ]  # fmt: skip
    for logits, message in extremes:
        got = trial.call(torch.tensor(logits))
        if isinstance(got, Tensor) and got.shape == (len(logits), 3) and got.is_floating_point():
            trial.require(bool(got.isfinite().all()), f"at large logits the result is not finite: {message}", got=got)
            trial.require(
                torch.allclose(got, layers.softmax(torch.tensor(logits)), atol=1e-5),
                "it is right at small logits and wrong at large ones: do not cut them off or shrink them, subtract the largest",
                expected=layers.softmax(torch.tensor(logits)),
                got=got,
            )
        trial.compare(got, layers.softmax(torch.tensor(logits)))
    trial.gradients_agree(normal(7, 3, 4))


# ---- 00.cross_entropy ----------------------------------------------------------------------------------


def _loss_with(of=lambda log_p, labels: -log_p.gather(1, labels[:, None])[:, 0], over=torch.mean, dim=1):
    """A way to write the cross-entropy wrongly: another term, another mean, the softmax over another dimension."""
    return lambda logits, labels: over(of(logits.log_softmax(dim), labels))


@exercise(
    "00.cross_entropy",
    reference=layers.cross_entropy,
    difficulty=3,
    minutes=4,
    hints=(
        "The log of the softmax is z_label - log(sum of exp(z)). `logits.logsumexp(-1)` is the second part, shape (B,), and "
        "stays finite where exp alone overflows.",
        "`logits[torch.arange(B), labels]` picks from row b the logit of its label, shape (B,).",
        "`(logits.logsumexp(-1) - logits[torch.arange(len(labels)), labels]).mean()`",
    ),
    explanation="""
-log softmax(z)[label] = log(sum of exp(z)) - z[label]. Written so, no probability is computed, and none can round to 0:
log(0) is -inf, and that is what softmax first and log afterwards gives at large logits. The mean over B makes the loss,
and with it the size of a step, independent of the batch size. A first value to know by heart: all logits equal, loss log C.""",
)
def check_cross_entropy(trial: Trial) -> None:
    mistakes = [
        ("the losses of the batch are summed; take the mean over B", _loss_with(over=torch.sum)),
        ("one loss for each example comes back; take the mean over B", _loss_with(over=lambda each: each)),
        ("the sign is missing: the loss is minus the log of the probability", _loss_with(lambda log_p, y: log_p[torch.arange(len(y)), y])),
        ("the logarithm is missing: -log(p), not -p", _loss_with(lambda log_p, y: -log_p.exp()[torch.arange(len(y)), y])),
        ("the logarithm is missing: -log(p), not 1 - p", _loss_with(lambda log_p, y: 1 - log_p.exp()[torch.arange(len(y)), y])),
        ("the softmax is missing: this is minus the mean logit of the labels", lambda z, y: -z[torch.arange(len(y)), y].mean()),
        ("the softmax is missing: the log is taken of the logits themselves", lambda z, y: -z[torch.arange(len(y)), y].log().mean()),
        ("the softmax is applied twice: `F.cross_entropy` and `log_softmax` take the logits as they are", lambda z, y: F.cross_entropy(z.softmax(1), y)),
        ("the softmax runs over the batch (dimension 0); it runs over the classes", _loss_with(dim=0)),
        ("the mean runs over all B x C elements; only the label's term of each row counts, and the mean is over B",
         _loss_with(lambda log_p, y: -log_p[torch.arange(len(y)), y] / log_p.shape[1])),
        ("all C classes enter the loss; only that of the label counts", _loss_with(lambda log_p, y: -log_p)),
        ("all C classes enter the loss; only that of the label counts", _loss_with(lambda log_p, y: -log_p.sum(1))),
        ("`[:, labels]` takes every label's column from every row, (B, B): pair row b with label b, `[torch.arange(B), labels]`",
         _loss_with(lambda log_p, y: -log_p[:, y])),
        ("`logits[labels]` picks rows; the label is a column: `[torch.arange(B), labels]`", _loss_with(lambda log_p, y: -log_p[y])),
        ("class 0 is taken for every example; take that of the label", _loss_with(lambda log_p, y: -log_p[:, 0])),
        ("the most probable class is taken; take that of the label", _loss_with(lambda log_p, y: -log_p.max(1).values)),
        ("the labels are shifted by one: label 0 is the first column", _loss_with(lambda log_p, y: -log_p[torch.arange(len(y)), y - 1])),
        ("the logarithm has the base 2; the natural one is asked for", _loss_with(lambda log_p, y: -log_p[torch.arange(len(y)), y] / 0.6931472)),
        ("it is the mean squared difference from the one-hot labels; the cross-entropy is -log(p) of the label",
         lambda z, y: (z.softmax(1) - F.one_hot(y, z.shape[1])).square().mean()),
        ("it is a sigmoid for each class alone; the classes share one softmax",
         lambda z, y: F.binary_cross_entropy_with_logits(z, F.one_hot(y, z.shape[1]).to(z.dtype))),
        ("the log of the mean is not the mean of the logs: take the log first", lambda z, y: -z.softmax(1)[torch.arange(len(y)), y].mean().log()),
        ("only the first example is counted; take the mean over B", _loss_with(lambda log_p, y: -log_p[:1, y[0]])),
    ]  # fmt: skip
    trial.advise(
        "Index tensor must have the same number of dimensions",
        "`gather` wants labels of shape (B, 1): `labels[:, None]`.",
    )
    trial.advise("Boolean value of Tensor", "A tensor has no single truth value: no `if` is needed here.")
    for seed, (B, C) in enumerate([(3, 3), (4, 2), (2, 5), (1, 3), (6, 4)]):
        logits, labels = 1.5 * normal(seed, B, C), torch.randint(C, (B,), generator=seeded(seed + 10))
        logits = logits.abs() if seed == 0 else logits  # who takes the log of logits gets numbers first, not NaN
        labels[0] = C - 1
        trial.agrees(logits, labels, mistakes=mistakes)
    trial.agrees(normal(6, 2, 3).double(), torch.tensor([2, 0]))
    extreme, labels = torch.tensor([[1000.0, 0.0, -1000.0], [0.0, 500.0, -500.0]]), torch.tensor([1, 1])
    got, expected = trial.call(extreme, labels), layers.cross_entropy(extreme, labels)
    if isinstance(got, Tensor) and got.shape == expected.shape and got.is_floating_point():
        trial.require(
            bool(got.isfinite()),
            "at logits of 1000 the loss is not finite: exp overflows, or the probability rounds to 0 and its log is -inf. "
            "Use `logsumexp` or `log_softmax`",
            expected=expected,
            got=got,
        )
        trial.require(
            bool(got > 0.9 * expected),
            "at logits of 1000 the loss is cut off, and its gradient with it: no clamp and no epsilon in the log. Use "
            "`logsumexp` or `log_softmax`",
            expected=expected,
            got=got,
        )
    trial.compare(got, expected)
    trial.gradients_agree(normal(7, 4, 3), torch.tensor([2, 0, 1, 1]))


# ---- 00.training_step ----------------------------------------------------------------------------------


def _step_with(new=lambda p, gradient, lr: p - lr * gradient, loss=F.cross_entropy):
    """A way to take the step wrongly: another update, or another loss."""

    def step(network, parameters, x, labels, lr):
        leaves = [p.detach().clone().requires_grad_() for p in parameters]
        gradients = torch.autograd.grad(loss(network(x, *leaves), labels), leaves)
        return [new(p.detach(), gradient, lr) for p, gradient in zip(leaves, gradients, strict=True)]

    return step


def _one_after_another(network, parameters, x, labels, lr):
    now = list(parameters)
    for i in range(len(now)):
        now[i] = _step_with()(network, now, x, labels, lr)[i]
    return now


def _repeated(network, parameters, x, labels, lr):
    for _ in range(2):
        parameters = _step_with()(network, parameters, x, labels, lr)
    return parameters


def _first_alone(network, parameters, x, labels, lr):
    return [_step_with()(network, parameters, x, labels, lr)[0], *parameters[1:]]


@exercise(
    "00.training_step",
    reference=layers.training_step,
    difficulty=3,
    minutes=5,
    hints=(
        "Four steps: fresh leaves, the loss, its gradients, the new parameters. Only leaves made with `requires_grad_()` "
        "before the forward pass get a gradient.",
        "`leaves = [p.detach().clone().requires_grad_() for p in parameters]`, then "
        "`loss = cross_entropy(network(x, *leaves), labels)`.",
        "`gradients = torch.autograd.grad(loss, leaves)` returns one gradient for each leaf; the new parameter is "
        "`p.detach() - lr * gradient`.",
    ),
    explanation="""
The gradient points to where the loss rises fastest, so the step goes the other way, all parameters at once. The leaves are
fresh tensors: nothing of the caller's is changed, and no old `.grad` is there for `backward()` to add to. `detach` in the
last line cuts the new parameters from the graph of this step; otherwise every step would drag all earlier ones along.""",
)
def check_training_step(trial: Trial) -> None:
    mistakes = [
        ("the step goes up the gradient: subtract `lr * gradient`", _step_with(lambda p, g, lr: p + lr * g)),
        ("the learning rate is missing: subtract `lr * gradient`", _step_with(lambda p, g, lr: p - g)),
        ("the gradients come back; the new parameters are asked for, p - lr * gradient", _step_with(lambda p, g, lr: g)),
        ("the step comes back without the parameter: p - lr * gradient", _step_with(lambda p, g, lr: -lr * g)),
        ("the step comes back without the parameter: p - lr * gradient", _step_with(lambda p, g, lr: lr * g)),
        ("the parameters come back as they were: subtract `lr * gradient`", lambda network, parameters, x, labels, lr: list(parameters)),
        ("it divides by the learning rate; multiply by it", _step_with(lambda p, g, lr: p - g / lr)),
        ("only the sign of the gradient is used; its size counts too", _step_with(lambda p, g, lr: p - lr * g.sign())),
        ("the gradient is scaled to length 1; its size counts too", _step_with(lambda p, g, lr: p - lr * g / g.norm())),
        ("the parameter shrinks by lr: it is p - lr * gradient, not p * (1 - lr)", _step_with(lambda p, g, lr: p - lr * p)),
        ("the gradient is divided by B once more: the loss is a mean over B already", lambda network, parameters, x, labels, lr: _step_with()(network, parameters, x, labels, lr / len(x))),
        ("the loss is the sum over the batch; it is the mean", _step_with(loss=lambda z, y: F.cross_entropy(z, y, reduction="sum"))),
        ("the softmax is applied twice: the loss takes the logits", _step_with(loss=lambda z, y: F.cross_entropy(z.softmax(-1), y))),
        ("the loss is the squared error; it is the cross-entropy", _step_with(loss=lambda z, y: (z.softmax(-1) - F.one_hot(y, z.shape[-1])).square().mean())),
        ("the loss is the squared error; it is the cross-entropy", _step_with(loss=lambda z, y: (z - F.one_hot(y, z.shape[-1])).square().mean())),
        ("only the first parameter is stepped; all of them are", _first_alone),
        ("two steps are taken; one is asked for", _repeated),
        ("each parameter sees the others already stepped: take all gradients first, at the old parameters", _one_after_another),
        ("only the first example is used; the loss is the mean over the batch", lambda network, parameters, x, labels, lr: _step_with()(network, parameters, x[:1], labels[:1], lr)),
    ]  # fmt: skip
    trial.advise(
        "does not require grad", "Autograd follows only what was marked before the forward pass: `.requires_grad_()`."
    )
    trial.advise(
        "created only for scalar outputs", "The gradient is that of one number: the loss, a mean over the batch."
    )
    trial.advise(
        "'float' and 'NoneType'",
        "`.grad` is None: `backward()` fills it at the leaves that made the loss, and only there.",
    )
    trial.advise(
        "leaf Variable that requires grad",
        "A leaf cannot be changed in place: make a new tensor, `p.detach() - lr * gradient`.",
    )
    trial.advise(
        "not have been used in the graph", "Call the network with the leaves themselves: `network(x, *leaves)`."
    )
    trial.advise("to unpack", "There may be any number of parameters: go through the list.")
    plain = Named("dense", layers.dense)
    unbiased = Named("without_bias", lambda x, weight: x @ weight.T)
    shallow = Named("shallow_network", layers.shallow_network)
    cases = [(plain, 4, [(3, 2), (3,)]), (plain, 1, [(2, 5), (2,)]), (unbiased, 3, [(2, 3)]), (shallow, 5, [(4, 2), (4,), (3, 4), (3,)])]  # fmt: skip
    for seed, (network, B, shapes) in enumerate(cases):
        parameters = [normal(seed + 10 * i, *shape) for i, shape in enumerate(shapes, 1)]
        x, labels = normal(seed, B, shapes[0][1]), torch.randint(shapes[-1][0], (B,), generator=seeded(seed))
        arguments = (network, parameters, x, labels, 0.3 - 0.05 * seed)
        got = trial.call(*arguments)
        _require_parameters(trial, got, parameters)
        kind = type(got)  # a tuple does as well as a list
        wrong = [(text, lambda *a, f=mistaken, kind=kind: kind(f(*a))) for text, mistaken in mistakes]
        trial.compare(got, kind(layers.training_step(*arguments)), mistakes=wrong, inputs=arguments)
        trial.require(
            not any(p.requires_grad for p in got),
            "the new parameters still hang on the graph of this step, and the next step would on both: cut it, "
            "`p.detach() - lr * gradient`, or take the step inside `with torch.no_grad():`",
        )
    # What a second call meets after a `backward()` on the caller's own tensors.
    used = [p.clone().requires_grad_() for p in parameters]
    for p in used:
        p.grad = torch.ones_like(p)
    arguments = (shallow, used, x, labels, 0.2)
    got, expected = trial.call(*arguments), layers.training_step(*arguments)
    _require_parameters(trial, got, parameters)
    trial.require(
        all(torch.allclose(mine, right, atol=1e-5) for mine, right in zip(got, expected, strict=True)),
        "a second call with the same parameters gives another result: `backward()` adds to the `.grad` that they carry "
        "already. Work on fresh leaves, `p.detach().clone().requires_grad_()`, or use `torch.autograd.grad`",
    )


def _require_parameters(trial: Trial, got, parameters: list[Tensor]) -> None:
    """A Finding unless `got` is a list of tensors of the parameters' shapes and dtypes."""
    whole = f"expected a list of the {len(parameters)} new parameters"
    trial.require(not isinstance(got, dict), f"{whole}, got a dict", state=State.DTYPE, got=got)
    trial.require(
        not isinstance(got, Tensor),
        f"{whole}, got one tensor: the loss, or one of them alone?",
        state=State.DTYPE,
        got=got,
    )
    trial.require(
        not (type(got) in (list, tuple) and got and isinstance(got[0], list | tuple)),
        f"{whole} and nothing else: is the loss returned with them?",
        state=State.DTYPE,
        got=got,
    )
    if type(got) not in (list, tuple):
        trial.compare(got, parameters)  # says what came instead
    trial.require(
        len(got) == len(parameters),
        f"{whole}, got {len(got)}: return one for each, in their order, and nothing else",
        state=State.SHAPE,
        got=got,
    )
    for i, (mine, p) in enumerate(zip(got, parameters, strict=True)):
        fits = isinstance(mine, Tensor) and mine.shape == p.shape and mine.dtype == p.dtype
        what = f"{mine.dtype} of shape {tuple(mine.shape)}" if isinstance(mine, Tensor) else type(mine).__name__
        trial.require(
            fits,
            f"parameter {i} should keep its shape {tuple(p.shape)} and dtype {p.dtype}, got {what}",
            state=State.SHAPE,
        )


# ---- 00.shallow_network --------------------------------------------------------------------------------


def _network_with(hidden=lambda x, w1, b1: torch.relu(x @ w1.T + b1), output=lambda h, w2, b2: h @ w2.T + b2):
    """A way to write the network wrongly: another hidden layer or another output layer."""
    return lambda x, w1, b1, w2, b2: output(hidden(x, w1, b1), w2, b2)


def _activated(function):
    return _network_with(lambda x, w, b: function(x @ w.T + b))


@exercise(
    "00.shallow_network",
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
)
def check_shallow_network(trial: Trial) -> None:
    mistakes = [
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
    ]  # fmt: skip
    trial.advise(
        "mat1 and mat2",
        "The inner sizes of a product differ: (B, E) @ (E, H), then (B, H) @ (H, C); the weights need `.T`.",
    )
    # All sizes alike first: who mixes layers or rows sees wrong values, not only an error.
    for seed, (B, E, H, C) in enumerate([(3, 3, 3, 3), (2, 3, 5, 2), (4, 2, 6, 3), (1, 4, 2, 5)]):
        shapes = [(B, E), (H, E), (H,), (C, H), (C,)]
        trial.agrees(*(normal(seed + 10 * i, *shape) for i, shape in enumerate(shapes)), mistakes=mistakes)
    shapes = [(4, 3), (5, 3), (5,), (2, 5), (2,)]
    trial.agrees(*(normal(50 + i, *shape).double() for i, shape in enumerate(shapes)))
    trial.gradients_agree(*(normal(60 + i, *shape) for i, shape in enumerate(shapes)))
