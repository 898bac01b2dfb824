"""Exercise 00.training_step: any network, any number of parameters, and the caller's tensors as they were."""

from typing import Any

import torch
from torch import Tensor
from torch.autograd.functional import jacobian

from course_lib.dense import cross_entropy, dense, shallow_network, softmax, training_step
from course_lib.exercises.difference import difference
from course_lib.exercises.kit import Chance, Exercise, Function, Named, Outcome, Trial, drawn, normal, parted, seeded


@parted
def _step(
    new: Function = lambda p, g, lr: p - lr * g, loss: Function = cross_entropy, taken: Function = tuple
) -> Function:
    """A way to take the step wrongly: another parameter of p, its gradient g and lr, another loss, other gradients."""

    def step(network: Function, parameters: list[Tensor], x: Tensor, labels: Tensor, lr: float) -> list[Tensor]:
        gradients = jacobian(lambda *ps: loss(network(x, *ps), labels), tuple(parameters))
        return [new(p, g, lr) for p, g in zip(parameters, taken(gradients), strict=True)]

    return step


def _clipped(gradients: tuple[Tensor, ...]) -> list[Tensor]:
    length = torch.stack([g.norm() for g in gradients]).norm()
    return [g / length.clamp(min=1) for g in gradients]


def _in_turn(network: Function, parameters: list[Tensor], x: Tensor, labels: Tensor, lr: float) -> list[Tensor]:
    for i in range(len(parameters)):
        parameters = [*parameters[:i], training_step(network, parameters, x, labels, lr)[i], *parameters[i + 1 :]]
    return parameters


MISTAKES = (
    ("the step goes up the gradient: subtract `lr * gradient`", _step(lambda p, g, lr: p + lr * g)),
    ("the learning rate is missing: subtract `lr * gradient`", _step(lambda p, g, lr: p - g)),
    ("it divides by the learning rate; multiply by it", _step(lambda p, g, lr: p - g / lr)),
    ("the parameter shrinks by lr: it is p - lr * gradient, not p - lr * p", _step(lambda p, g, lr: p - lr * p)),
    ("the step has another size than `lr`: multiply the gradient by `lr`",
     *[_step(lambda p, g, lr, size=size: p - size * g) for size in (0.01, 0.1)]),
    ("`lr` multiplies the parameter, too; it is p - (lr * gradient)", _step(lambda p, g, lr: lr * (p - g))),
    ("the numbers of the gradient are cut off (`clamp`?); take it as it is",
     *[_step(lambda p, g, lr, most=most: p - lr * g.clamp(-most, most)) for most in (0.5, 1, 5)]),
    ("the gradients come back; the new parameters are asked for, p - lr * gradient", _step(lambda p, g, lr: g)),
    ("the step alone comes back: p - lr * gradient", _step(lambda p, g, lr: -lr * g), _step(lambda p, g, lr: lr * g)),
    ("the parameters come back as they were: return `p.detach() - lr * gradient` for each", _step(lambda p, g, lr: p)),
    ("only the direction of the gradient is used; its size counts too",
     _step(lambda p, g, lr: p - lr * g.sign()), _step(lambda p, g, lr: p - lr * g / g.norm())),
    ("the gradient is divided by B once more: the loss is a mean already",
     _step(loss=lambda z, y: cross_entropy(z, y) / len(y))),
    ("the loss is summed over the batch; take the mean", _step(loss=lambda z, y: cross_entropy(z, y) * len(y))),
    ("the softmax is applied twice: the loss takes the logits", _step(loss=lambda z, y: cross_entropy(softmax(z), y))),
    ("the loss is the squared error; it should be the cross-entropy",
     *[_step(loss=lambda z, y, f=f: (f(z) - torch.eye(z.shape[1])[y]).pow(2).mean()) for f in (softmax, torch.clone)]),
    ("the gradient is shortened to the length 1; take it as it is",
     _step(lambda p, g, lr: p - lr * g / g.norm().clamp(min=1)), _step(taken=_clipped)),
    ("the parameters are pulled towards 0, too (`weight_decay`?); the gradient alone makes the step",
     *[_step(lambda p, g, lr, pull=pull: p - lr * (g + pull * p)) for pull in (1e-3, 1e-2, 0.1)]),
    ("only the weights are stepped; the biases are parameters, too",
     _step(lambda p, g, lr: p - lr * g if p.dim() > 1 else p)),
    ("only the first parameter is stepped; all are", lambda f, p, *rest: [*training_step(f, p, *rest)[:1], *p[1:]]),
    ("only the first new parameter comes back: is `return` inside the loop?", lambda *given: training_step(*given)[:1]),
    ("the last new parameter is missing: does a loop end too early?", lambda *given: training_step(*given)[:-1]),
    ("the new parameters stand in the reverse order; keep that of `parameters`",
     lambda *given: training_step(*given)[::-1]),
    ("only the first example is used; take the mean over B", _step(loss=lambda z, y: cross_entropy(z[:1], y[:1]))),
    ("two steps are taken; one is asked for", lambda f, p, *rest: training_step(f, training_step(f, p, *rest), *rest)),
    ("each parameter sees the others already stepped: take all gradients first", _in_turn),
)  # fmt: skip
ADVICE = (
    ("does not require grad",
     "Autograd follows marked tensors: mark copies, and use them in the network and in `grad`."),
    ("not have been used in the graph", "Call the network with the copies: `network(x, *copies)`."),
    ("leaf Variable that",
     "A marked copy can't be changed in place: return a list of new tensors, `p.detach() - lr * gradient`."),
    ("'NoneType' object is not", "`backward()` returns None; `torch.autograd.grad(loss, copies)` returns gradients."),
    ("'bool' object", "`requires_grad` says True or False; `.requires_grad_()`, with the last `_`, marks a copy."),
    ("dense() takes 3", "Is `copies` a list with a copy of each parameter, or only the last copy of a loop?"),
    *((sign, "The logits come first, then the labels: `cross_entropy(network(x, *copies), labels)`.")
      for sign in ("for 'Long'", "too many indices")),
    ("'float' and 'NoneType'",
     "`.grad` is None: `backward()` has not reached this tensor, or `zero_grad` has emptied it."),
    ("created only for scalar outputs", "The gradient is that of one number: the loss, a mean over the batch."),
    ("multiply sequence by non-int of type 'float'",
     "`gradients` is a tuple, one for each: go through both with `zip(copies, gradients)`."),
    ("dense() missing 1 required", "Call the network that is given, and with the star: `network(x, *copies)`."),
    ("must match the size of tensor", "A gradient has the shape of its own parameter: take both in one order."),
    ("to unpack", "There may be any number of parameters: go through the list."),
)  # fmt: skip


def _draw(chance: Chance) -> tuple[Any, ...]:
    """Inputs of any size, gradients from none to very long; units that are never on have none."""
    B, E, H, C = (chance.n() for _ in range(4))
    bias = torch.full((H,), -1e4) if chance.random() < 0.3 else chance.normal(H)
    parameters = [chance.normal(H, E), bias, chance.normal(C, H), chance.normal(C)]
    x, labels = chance.normal(B, E, most=50.0), chance.ids(C, B)
    return Named("shallow_network", shallow_network), parameters, x, labels, chance.choice([0.0, 1e-3, 0.1, 1.0])


HANGING = "the new parameters still hang on the record of this step: `p.detach() - lr * gradient`"


def examine(trial: Trial) -> None:
    trial.fresh = True
    layer, shallow = Named("dense", dense), Named("shallow_network", shallow_network)
    linear = Named("without_bias", lambda x, weight: x @ weight.T)
    every: tuple[list[tuple[int, ...]], ...] = ([(3, 2), (3,)], [(2, 5), (2,)], [(2, 3)], [(4, 2), (4,), (3, 4), (3,)])
    for seed, (network, B, shapes) in enumerate(zip((layer, layer, linear, shallow), (4, 1, 3, 5), every, strict=True)):
        parameters = [normal(seed + 10 * i, *shape) for i, shape in enumerate(shapes, 1)]
        x, labels = normal(seed, B, shapes[0][1]), torch.randint(shapes[-1][0], (B,), generator=seeded(seed))
        given = (network, parameters, x, labels, 0.3 - 0.05 * seed)
        got = trial.call(*given)
        nested = type(got) in (list, tuple) and got and isinstance(got[0], list | tuple)
        found = ": is the loss returned with them?" if nested else ", got one tensor: the loss, or one of them alone?"
        right = not nested and not isinstance(got, Tensor)
        trial.require(right, f"expected a list of the new parameters{found}", outcome=Outcome.TYPE, got=got)
        trial.compare(got, training_step(*given), inputs=given)
        trial.require(not any(p.requires_grad for p in got), HANGING)
    again = trial.call(*given)
    kept = "a second call with the same parameters gives another result: what is kept from the first?"
    trial.require(difference(again, got, 1e-5, 1e-4) is None, kept)
    used = [p.clone().requires_grad_() for p in parameters]
    for p in used:
        p.grad = torch.ones_like(p)  # as after a `backward()` on the caller's own tensors
    got, expected = trial.call(shallow, used, x, labels, 0.2), training_step(shallow, used, x, labels, 0.2)
    fault = "parameters that hold a `.grad` give another result: `backward()` adds to it"
    cure = "Work on copies, `p.detach().clone().requires_grad_()`, or use `torch.autograd.grad`"
    trial.require(difference(got, expected, 1e-5, 1e-4) is None, f"{fault}. {cure}")
    trial.require(not any(p.requires_grad for p in got), HANGING)
    for given in drawn(_draw, 12):
        trial.agrees(*given)


EXERCISE = Exercise(id="00.training_step", reference=training_step, difficulty=3, minutes=5,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "Four steps: copies, marked with `requires_grad_()`; the loss; its gradients; the new parameters.",
        "`[p.detach().clone().requires_grad_() for p in parameters]`; `cross_entropy(network(x, *copies), labels)`.",
        "`torch.autograd.grad(loss, copies)` gives a gradient for each copy; then `p.detach() - lr * gradient`."),
    explanation="""The gradient points where the loss rises fastest, so the step goes the other way, all
parameters at once. The copies are new: nothing of the caller's is changed, and no old `.grad` is there for
`backward()` to add to. The last `detach` cuts the new parameters from the record of this step, or each would drag
all earlier ones.""")  # fmt: skip
