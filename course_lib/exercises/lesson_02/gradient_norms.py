"""Exercise 02.gradient_norms: what reaches each state of a loss at the last step."""

from itertools import chain
from typing import Any

import torch
from torch import Tensor

from course_lib.exercises.kit import Exercise, Function, Trial, drawn, parted
from course_lib.exercises.lesson_02.shared import ONE_STEP, drawn_rnn_case, rnn_case
from course_lib.gradients import gradient_norms
from course_lib.rnn import RNNCell, unroll


@parted
def _norms_with(
    loss: Function = lambda states: states[-1].sum(), root: Function = lambda steps, h: h.shape[-1] ** 0.5,
    norm: Function = lambda g: g.norm(dim=-1), of: Function = lambda steps, states: states[1:],
    given: Function = lambda state: state, result: Function = lambda norms: norms,
) -> Function:  # fmt: skip
    """A way to measure wrongly: another loss of the T + 1 states, divided by another root, another norm of g (B, T, H),
    or of what it is, another state to start from, or another result made of the norms."""

    def mistaken(cell: Function, x: Tensor, state: Tensor) -> Tensor:
        steps = [x_t.detach().clone().requires_grad_() for x_t in x.unbind(1)]
        states = [given(state.detach().clone()).requires_grad_()]
        for x_t in steps:
            states.append(cell(x_t, states[-1]))
        total = loss(states) / root(steps, states[-1])
        gradients = torch.autograd.grad(total, of(steps, states), materialize_grads=True)
        return result(norm(torch.stack(gradients, dim=1)))  # type: ignore[no-any-return]

    return mistaken


@parted
def _by_formula(
    slope: Function = lambda h, before: 1 - h**2, weight: Function = lambda w: w, result: Function = lambda norms: norms
) -> Function:
    """The gradient of each state by hand: times another slope (of the states after and before), by another weight."""

    def mistaken(cell: RNNCell, x: Tensor, state: Tensor) -> Tensor:
        states = [state, *unroll(cell, x, state)[0].unbind(1)]
        gradients = [torch.full_like(state, state.shape[1] ** -0.5)]
        for t in range(len(states) - 1, 1, -1):
            gradients.insert(0, (gradients[0] * slope(states[t], states[t - 1])) @ weight(cell.weight_hh))
        return result(torch.stack(gradients, dim=1).norm(dim=-1))  # type: ignore[no-any-return]

    return mistaken


MISTAKES = (
    ("the loss is not divided by sqrt(H): the norm at the last step must be 1", _norms_with(root=lambda x, h: 1)),
    ("the loss is divided by the root of the notebook's H, 128; take it from the state: `state.shape[1]`",
     _norms_with(root=lambda x, h: 128**0.5)),
    ("the norms are too small by sqrt(H): the loss is the sum over sqrt(H), no mean; a norm is the root of the sum of "
     "squares", _norms_with(root=lambda x, h: h.shape[-1]), _norms_with(norm=lambda g: g.square().mean(-1).sqrt())),
    ("the norms are divided by the largest of their row; divide the loss by sqrt(H), and nothing else",
     _norms_with(result=lambda norms: norms / norms.amax(1, keepdim=True))),
    ("a small number is added, which hides what has vanished: use `gradient.norm(dim=1)` alone",
     *(_norms_with(norm=lambda g, n=n: (g.square().sum(-1) + 10.0**-n).sqrt()) for n in (6, 8, 9, 10, 12)),
     *(_norms_with(result=lambda norms, n=n: norms + 10.0**-n) for n in (6, 8, 9, 10, 12))),
    ("the loss is the mean over the batch as well; sum over it", _norms_with(lambda s: s[-1].sum(1).mean())),
    ("the loss is the mean over batch and units; it should be the sum over sqrt(H)",
     *(_norms_with(lambda s: s[-1].mean(), lambda x, h, p=p: h.shape[-1] ** p) for p in (0, 0.5))),
    ("the loss holds the outputs of all steps; only the last state counts",
     _norms_with(lambda s: torch.stack(s).sum())),
    ("the loss is divided by sqrt(B), sqrt(T) or sqrt(E); divide by sqrt(H), `state.shape[1] ** 0.5`",
     *(_norms_with(root=f) for f in (lambda x, h: len(h) ** 0.5, lambda x, h: len(x) ** 0.5)),
     _norms_with(root=lambda x, h: x[0].shape[-1] ** 0.5)),
    ("the loss is divided by the root of B * H; divide by sqrt(H), `state.shape[1] ** 0.5`",
     _norms_with(root=lambda x, h: h.numel() ** 0.5)),
    ("the loss is that of one sequence alone; sum over the batch",
     *(_norms_with(lambda s, b=b: s[-1][b].sum()) for b in (0, -1))),
    ("one step is missing; each of the T steps has its column",
     _norms_with(of=lambda x, states: states[1:-1]), _norms_with(of=lambda x, states: states[2:])),
    ("the given state is among them: they are the T states after the steps", _norms_with(of=lambda x, states: states)),
    ("these are the T states before the steps; take those after", _norms_with(of=lambda x, states: states[:-1])),
    ("it starts from zeros; it should start from the given `state`", _norms_with(given=torch.zeros_like)),
    ("the loss is that of the first state; take the last", _norms_with(lambda s: s[1].sum())),
    ("the steps come first, (T, B): stack along `dim=1`", _norms_with(result=lambda norms: norms.transpose(0, 1))),
    ("`view` and `reshape` do not transpose: stack along `dim=1`",
     _norms_with(result=lambda norms: norms.transpose(0, 1).reshape(norms.shape))),
    ("the order of the steps is turned round: column t belongs to step t", _norms_with(result=lambda n: n.flip(1))),
    ("the norm runs over the whole batch; each sequence has its own: `gradient.norm(dim=1)`",
     _norms_with(result=lambda norms: norms.norm(dim=0)),
     _norms_with(result=lambda norms: norms.norm(dim=0).expand_as(norms))),
    ("the norms are averaged over the batch; each sequence has its own row",
     _norms_with(result=lambda norms: norms.mean(0))),
    ("the norm is squared: take the root", _norms_with(norm=lambda g: g.square().sum(-1))),
    ("it is the sum of the absolute values; add squares, take the root", _norms_with(norm=lambda g: g.abs().sum(-1))),
    ("it is the largest element, or the mean over the units; the norm is the root of the sum of squares",
     *(_norms_with(norm=norm) for norm in (lambda g: g.abs().amax(-1), lambda g: g.mean(-1)))),
    ("the norm runs over the batch; over the H units, `dim=1` of (B, H)", _norms_with(norm=lambda g: g.norm(dim=0).T)),
    ("the norm runs over the steps; over the H units, the last dimension of the stack, it is `.norm(dim=-1)`",
     _norms_with(norm=lambda g: g.norm(dim=1))),
    ("the gradients themselves come back; return norms",
     _norms_with(norm=lambda g: g), _norms_with(norm=lambda g: g.transpose(0, 1))),
    ("it is the gradient of the inputs x_t; take the states h_t", _norms_with(of=lambda steps, states: steps)),
    ("these are the norms of the states, not of gradients", lambda *a: unroll(*a)[0].norm(dim=-1)),
    ("only the last step is not 0: is it the gradient of a stack or another copy, is a state detached, or is each step "
     "made from the given state? Take the states themselves, each made from the one before",
     lambda *a: gradient_norms(*a) * (torch.arange(a[1].shape[1]) == a[1].shape[1] - 1)),
    ("the slope of tanh is taken at the state before; from step t to t - 1 it is 1 - h_t^2",
     _by_formula(slope=lambda h, before: 1 - before**2)),
    ("the slope of tanh is left out, or is not 1 - h_t^2",
     _by_formula(slope=lambda h, before: 1), _by_formula(slope=lambda h, before: 1 - h),
     _by_formula(slope=lambda h, before: 1 - h.tanh() ** 2)),
    ("`weight_hh` is transposed: gradients in rows, (B, H), go back by `@ cell.weight_hh`",
     _by_formula(weight=lambda w: w.T)),
)  # fmt: skip

_KEPT = "Keep the states in a list in the loop, and take the loss of the last."
ADVICE = (
    ("H=2), got (2,)", "`cell` returns one thing, the new state: `state = cell(x[:, t], state)`."),
    ("must have shape (B", ONE_STEP),
    ("differentiated Tensors does not", "A tensor in the list has no history: is it the given state, or is it "
     "detached? Append each state as it is, after its step."),
    ("does not require grad", "Nothing on the way to the loss carries a gradient: is something detached?"),
    ("created only for scalar outputs", "The gradient is that of one number: sum over batch and units."),
    ("'NoneType' object has no attribute", "autograd keeps `.grad` only for leaves: before `backward()`, "
     "`for h in states: h.retain_grad()`; or `gradients = torch.autograd.grad(loss, states)`. (With "
     f"`allow_unused=True`: the loss does not come from these tensors. {_KEPT})"),
    ("not have been used in the graph", "The loss does not come from one of these tensors: was it copied (`stack`, "
     f"`clone`), detached, is the loss not of the last state, or is each step made from the given one? {_KEPT}"),
    ("non-empty inputs", "The list of states is empty: is nothing appended in the loop?"),
    ("second time", "One call gives the gradients of all states: `gradients = torch.autograd.grad(loss, states)`."),
    ("'tuple' object has no attribute 'norm'", "One gradient for each state: `torch.stack(gradients, dim=1)` first."),
    ("sqrt(): argument", "`torch.sqrt` takes tensors; the root of a number is `state.shape[1] ** 0.5`."),
)  # fmt: skip


def examine(trial: Trial) -> None:
    def agrees(arguments: tuple[Any, ...], atol: float = 1e-5, rtol: float = 1e-4) -> None:
        got = trial.call(*arguments)
        got = got.detach() if isinstance(got, Tensor) else got
        trial.compare(got, gradient_norms(*arguments), inputs=arguments, atol=atol, rtol=rtol)

    # By sizes (B, T, E, H), and a factor of the weights of the state.
    by_size = enumerate([(2, 3, 2, 2, 1), (3, 3, 2, 3, 1), (2, 6, 3, 4, 2), (4, 1, 2, 5, 1)])
    for arguments in chain((rnn_case(3 * i, *sizes) for i, sizes in by_size), drawn(drawn_rnn_case)):
        agrees(arguments)
    agrees(rnn_case(20, 2, 6, 2, 3, 0.01), atol=1e-13, rtol=1e-3)  # norms down to a billionth


EXERCISE = Exercise(id="02.gradient_norms", reference=gradient_norms, difficulty=3, minutes=10, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Write the loop of `unroll` once more, and keep the states themselves in a list: a stack is a copy of them.",
        "The loss is `state.sum() / state.shape[1] ** 0.5`, of the last state; `torch.autograd.grad(loss, states)` "
        "has a gradient for each.",
        "`return torch.stack([gradient.norm(dim=1) for gradient in gradients], dim=1)`"),
    explanation="""autograd gives the gradient for any tensor on the way to the loss, not only parameters. The sum over
the batch does no harm: no sequence has a part in another; each row is the gradient of its own loss. The gradient of the
sum is 1 for each of the H units, its norm sqrt(H); divided by that, all before the last is a share.""")  # fmt: skip
