"""Exercise 00.training_step."""

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib import dense as layers
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.finding import Outcome
from course_lib.exercises.given import Named, normal, seeded
from course_lib.exercises.trial import Trial


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


def _require_parameters(trial: Trial, got, parameters: list[Tensor]) -> None:
    """A Finding unless `got` is a list of tensors of the parameters' shapes and dtypes."""
    whole = f"expected a list of the {len(parameters)} new parameters"
    trial.require(not isinstance(got, dict), f"{whole}, got a dict", outcome=Outcome.DTYPE, got=got)
    trial.require(
        not isinstance(got, Tensor),
        f"{whole}, got one tensor: the loss, or one of them alone?",
        outcome=Outcome.DTYPE,
        got=got,
    )
    trial.require(
        not (type(got) in (list, tuple) and got and isinstance(got[0], list | tuple)),
        f"{whole} and nothing else: is the loss returned with them?",
        outcome=Outcome.DTYPE,
        got=got,
    )
    if type(got) not in (list, tuple):
        trial.compare(got, parameters)  # says what came instead
    trial.require(
        len(got) == len(parameters),
        f"{whole}, got {len(got)}: return one for each, in their order, and nothing else",
        outcome=Outcome.SHAPE,
        got=got,
    )
    for i, (mine, p) in enumerate(zip(got, parameters, strict=True)):
        fits = isinstance(mine, Tensor) and mine.shape == p.shape and mine.dtype == p.dtype
        what = f"{mine.dtype} of shape {tuple(mine.shape)}" if isinstance(mine, Tensor) else type(mine).__name__
        trial.require(
            fits,
            f"parameter {i} should keep its shape {tuple(p.shape)} and dtype {p.dtype}, got {what}",
            outcome=Outcome.SHAPE,
        )


ADVICE = (
    ("to unpack", "There may be any number of parameters: go through the list."),
    ("not have been used in the graph", "Call the network with the leaves themselves: `network(x, *leaves)`."),
    (
        "leaf Variable that requires grad",
        "A leaf cannot be changed in place: make a new tensor, `p.detach() - lr * gradient`.",
    ),
    (
        "'float' and 'NoneType'",
        "`.grad` is None: `backward()` fills it at the leaves that made the loss, and only there.",
    ),
    ("created only for scalar outputs", "The gradient is that of one number: the loss, a mean over the batch."),
    ("does not require grad", "Autograd follows only what was marked before the forward pass: `.requires_grad_()`."),
)


MISTAKES = (
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
)  # fmt: skip


def examine(trial: Trial) -> None:
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
        wrong = [(text, lambda *a, f=mistaken, kind=kind: kind(f(*a))) for text, mistaken in MISTAKES]
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


EXERCISE = Exercise(
    id="00.training_step",
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
    advice=ADVICE,
    mistakes=MISTAKES,
    examine=examine,
)
