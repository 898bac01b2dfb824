"""Exercise 02.gradient_norms."""

import math

import torch
from torch import Tensor

from course_lib import rnn
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.exercises.lesson_02.shared import _cell
from course_lib.exercises.trial import Trial


def gradient_norms(cell, x, state):
    states = []
    for x_t in x.unbind(1):
        state = cell(x_t, state)
        states.append(state)
    loss = state.sum() / state.shape[1] ** 0.5
    gradients = torch.autograd.grad(loss, states)  # T times (B, H)
    return torch.stack([gradient.norm(dim=1) for gradient in gradients], dim=1)


def _norms_with(
    loss=lambda states: states[-1].sum() / math.sqrt(states[-1].shape[-1]),
    norm=lambda gradients: torch.stack([g.norm(dim=-1) for g in gradients], 1),
    of=lambda states, steps: states,
):
    """A way to measure wrongly: another loss, another norm, the gradient of something else."""

    def gradient_norms(cell, x, state):
        steps = [x_t.detach().clone().requires_grad_() for x_t in x.unbind(1)]
        states = []
        for x_t in steps:
            state = cell(x_t, state)
            states.append(state)
        gradients = torch.autograd.grad(loss(states), of(states, steps), allow_unused=True, materialize_grads=True)
        return norm(list(gradients))

    return gradient_norms


def _with_the_given(cell, x: Tensor, state: Tensor) -> Tensor:
    """The norms with respect to the given state and the T states after it, (B, T + 1)."""
    states = [state.detach().clone().requires_grad_()]
    for x_t in x.unbind(1):
        states.append(cell(x_t, states[-1]))
    gradients = torch.autograd.grad(states[-1].sum() / math.sqrt(state.shape[-1]), states)
    return torch.stack([gradient.norm(dim=-1) for gradient in gradients], 1)


ADVICE = (
    ("does not require grad", "Nothing on the way to the loss carries a gradient: is something detached?"),
    ("created only for scalar outputs", "The gradient is that of one number: sum over batch and units."),
    (
        "'NoneType' object has no attribute",
        "autograd keeps `.grad` only for leaves: call `state.retain_grad()` for each state before `backward()`, or use "
        "`torch.autograd.grad(loss, states)`.",
    ),
    (
        "not have been used in the graph",
        "A slice of the stacked outputs is a copy that no step reads. Ask for the gradient at the states themselves: keep "
        "them in a list while the loop runs.",
    ),
)


def examine(trial: Trial) -> None:
    def transposed(gradients):
        return torch.stack([g.norm(dim=-1) for g in gradients])

    mistakes = [
        ("the loss is not divided by sqrt(H): the norm at the last step must be 1", _norms_with(loss=lambda s: s[-1].sum())),
        ("the loss is the mean over the units; it is their sum over sqrt(H), so that the norm at the last step is 1",
         _norms_with(loss=lambda s: s[-1].mean(-1).sum())),
        ("the loss is the mean over the batch as well: the gradient of each sequence becomes B times smaller. Sum over the batch",
         _norms_with(loss=lambda s: s[-1].mean(0).sum() / math.sqrt(s[-1].shape[-1]))),
        ("the loss is the mean over batch and units; it is the sum over sqrt(H)", _norms_with(loss=lambda s: s[-1].mean())),
        ("the loss holds the outputs of all steps; only the last state counts",
         _norms_with(loss=lambda s: sum(each.sum() for each in s) / math.sqrt(s[-1].shape[-1]))),
        ("the loss is divided by sqrt(B), the number of sequences; by sqrt(H)", _norms_with(loss=lambda s: s[-1].sum() / math.sqrt(len(s[-1])))),
        ("the given state is among them: they are the T states after the steps", _with_the_given),
        ("these are the T states before the steps; those after them are asked for", lambda *a: _with_the_given(*a)[:, :-1]),
        ("the loss is that of the first state; take the last one", _norms_with(loss=lambda s: s[0].sum() / math.sqrt(s[0].shape[-1]))),
        ("the steps come first, (T, B): stack along `dim=1`", _norms_with(norm=transposed)),
        ("the order of the steps is turned round: column t belongs to step t", _norms_with(norm=lambda g: torch.stack([each.norm(dim=-1) for each in g[::-1]], 1))),
        ("the norm runs over the whole batch; each sequence has its own, `norm(dim=1)`", _norms_with(norm=lambda g: torch.stack([each.norm() for each in g]))),
        ("the norms are averaged over the batch; each sequence has its own row", _norms_with(norm=lambda g: torch.stack([each.norm(dim=-1).mean() for each in g]))),
        ("the norm is squared: take the root", _norms_with(norm=lambda g: torch.stack([each.square().sum(-1) for each in g], 1))),
        ("it is the sum of the absolute values; the norm is the root of the sum of squares", _norms_with(norm=lambda g: torch.stack([each.abs().sum(-1) for each in g], 1))),
        ("it is the largest element; the norm is the root of the sum of squares", _norms_with(norm=lambda g: torch.stack([each.abs().amax(-1) for each in g], 1))),
        ("it is the mean over the units; the norm is the root of the sum of squares", _norms_with(norm=lambda g: torch.stack([each.mean(-1) for each in g], 1))),
        ("the norm runs over the batch; it runs over the H units, `dim=1` of (B, H)", _norms_with(norm=lambda g: torch.stack([each.norm(dim=0) for each in g], 1))),
        ("the gradients themselves come back, (B, T, H); their norms are asked for", _norms_with(norm=lambda g: torch.stack(g, 1))),
        ("the gradients themselves come back, (T, B, H); their norms are asked for", _norms_with(norm=lambda g: torch.stack(g))),
        ("it is the gradient with respect to the inputs x_t; that with respect to the states h_t is asked for", _norms_with(of=lambda states, steps: steps)),
        ("these are the norms of the states, not of gradients", lambda *a: rnn.unroll(*a)[0].norm(dim=-1)),
        ("only the last step is not 0: the states were detached, or copied before the next step read them",
         _norms_with(norm=lambda g: torch.stack([torch.zeros_like(each.norm(dim=-1)) for each in g[:-1]] + [g[-1].norm(dim=-1)], 1))),
    ]  # fmt: skip
    cases = [
        (_cell(0, 2, 2), normal(1, 2, 3, 2), normal(2, 2, 2)),
        (_cell(3, 2, 3), normal(4, 3, 3, 2), normal(5, 3, 3)),
        (_cell(6, 3, 4, scale=2), normal(7, 2, 6, 3), normal(8, 2, 4)),
        (_cell(9, 2, 5), normal(10, 4, 1, 2), normal(11, 4, 5)),
    ]
    for arguments in cases:
        got = trial.call(*arguments)
        got = got.detach() if isinstance(got, Tensor) else got
        trial.compare(got, rnn.gradient_norms(*arguments), mistakes=mistakes, inputs=arguments)


EXERCISE = Exercise(
    id="02.gradient_norms",
    reference=gradient_norms,
    difficulty=3,
    minutes=8,
    hints=(
        "Write the loop of `unroll` once more, and keep the states in a list: the tensors themselves, that the next step "
        "reads. A stack of them is a copy that no step reads.",
        "The loss is `states[-1].sum() / H**0.5`. `torch.autograd.grad(loss, states)` returns one gradient (B, H) for each "
        "state.",
        "`return torch.stack([gradient.norm(dim=1) for gradient in gradients], dim=1)`",
    ),
    explanation="""
autograd gives the gradient with respect to any tensor on the way from the parameters to the loss, not only parameters. The
sum over the batch does no harm: sequence b has no influence on sequence c, so each row is the gradient of its own loss. The
gradient of the sum is 1 for each of the H units, and its norm sqrt(H); dividing by that makes the norm at the last step 1,
so that everything before it is a share.""",
    advice=ADVICE,
    examine=examine,
)
