"""Exercise 02.unroll."""

import torch
from torch import Tensor

from course_lib import rnn
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import Named, normal, seeded
from course_lib.exercises.lesson_02.shared import _cell, _require_two
from course_lib.exercises.trial import Trial


# A digit comes in, and the state is shifted to the left: what was read can be seen from what comes out.
def _shift(x: Tensor, h: Tensor) -> Tensor:
    if x.shape != h.shape:
        raise ValueError(f"the cell takes x_t (B=2, E=1) and h (B=2, H=1), got {tuple(x.shape)} and {tuple(h.shape)}")
    return 10 * h + x


_DIGITS = Named("a cell that returns 10 h + x", _shift)


def unroll(cell, x, state):
    outputs = []
    for x_t in x.unbind(1):
        state = cell(x_t, state)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


def _unroll_with(
    start=lambda state: state,
    steps=lambda x: list(x.unbind(1)),
    carry=lambda old, new, first: new,
    stack=lambda outputs: torch.stack(outputs, 1),
    keep=lambda old, new: new,
    last=lambda outputs, state: state,
):
    """A way to write the loop wrongly: another start, other steps, another state handed on, another result."""

    def unroll(cell, x, state):
        first = state = start(state)
        outputs = []
        for step in steps(x):
            new = cell(step, state)
            outputs.append(keep(state, new))
            state = carry(state, new, first)
        return stack(outputs), last(outputs, state)

    return unroll


def _both_gradients_agree(trial: Trial, reference, cell, x, state, *between, mistakes=()) -> None:
    """The gradients of outputs and last state, with respect to x and the given state, are those of the reference."""

    def gradients(function):
        leaves = [tensor.clone().requires_grad_() for tensor in (x, state)]
        outputs, last = function(cell, leaves[0], *between, leaves[1])
        direction = torch.rand(outputs.shape, generator=seeded(0))
        total = (outputs * direction).sum() + (last * direction[:, 0]).sum()
        if not total.requires_grad:
            return [None, None]
        return torch.autograd.grad(total, leaves, allow_unused=True)

    expected, got = gradients(reference), gradients(trial.call)
    for name, mine, right in zip(("x", "state"), got, expected, strict=True):
        if mine is not None and torch.allclose(mine, right, atol=1e-5):
            continue
        for message, mistaken in mistakes:
            wrong = gradients(mistaken)
            if all(_alike(a, b) for a, b in zip(wrong, got, strict=True)):
                trial.require(False, message)
        trial.require(
            False,
            f"its values are right, but the gradient with respect to `{name}` is not: is something detached on the way?",
            expected_gradient=right,
            got=torch.zeros_like(right) if mine is None else mine,
        )


def _alike(a: Tensor | None, b: Tensor | None) -> bool:
    return (a is None and b is None) or (a is not None and b is not None and torch.allclose(a, b, atol=1e-6))


ADVICE = (
    ("stack(): argument", "`torch.stack` wants a list of tensors: collect the states in one."),
    ("missing 1 required positional argument", "A cell is called with two things: `cell(x_t, state)`."),
    ("takes 1 positional argument", "A cell is called with two things: `cell(x_t, state)`."),
)


def examine(trial: Trial) -> None:
    def transposed(results):
        return results[0].transpose(0, 1), results[1]

    mistakes = [
        ("the given state is not used: the first step starts from it, not from zeros", _unroll_with(start=torch.zeros_like)),
        ("only the first step comes back: is `return` inside the loop?", lambda cell, x, state: rnn.unroll(cell, x[:, :1], state)),
        ("x and the state are interchanged: `cell(x_t, state)`",
         lambda cell, x, state: rnn.unroll(lambda x_t, h: cell(h, x_t), x, state)),
        ("the old state is added to the new one; the new one replaces it",
         lambda cell, x, state: rnn.unroll(lambda x_t, h: h + cell(x_t, h), x, state)),
        ("every step starts from the first state: hand the new state on, `state = cell(x_t, state)`",
         _unroll_with(carry=lambda old, new, first: first, last=lambda outputs, state: outputs[-1])),
        ("every step starts from the first state: hand the new state on, `state = cell(x_t, state)`",
         _unroll_with(carry=lambda old, new, first: first)),
        ("the steps come first in the outputs, (T, B, H): stack along `dim=1` for (B, T, H)",
         lambda *a: transposed(rnn.unroll(*a))),
        ("`view` and `reshape` do not transpose: (T, B, H) is read on as (B, T, H), and sequences are mixed. Stack along "
         "`dim=1`", _unroll_with(stack=lambda o: torch.stack(o).reshape(len(o[0]), len(o), -1))),
        ("the outputs are joined to one row, (B, T * H): `torch.stack(outputs, dim=1)` keeps the steps apart",
         _unroll_with(stack=lambda o: torch.cat(o, dim=-1))),
        ("the outputs are joined along the batch, (T * B, H): `torch.stack(outputs, dim=1)` keeps the steps apart",
         _unroll_with(stack=lambda o: torch.cat(o, dim=0))),
        ("it runs over the sequences, not over the steps: step t is `x[:, t]`", _unroll_with(steps=lambda x: list(x))),
        ("it runs over the sequences, not over the steps: step t is `x[:, t]`",
         _unroll_with(steps=lambda x: list(x), stack=lambda o: torch.stack(o))),
        ("it runs from the last step to the first", _unroll_with(steps=lambda x: list(x.flip(1).unbind(1)))),
        ("it runs from the last step to the first",
         _unroll_with(steps=lambda x: list(x.flip(1).unbind(1)), stack=lambda o: torch.stack(o[::-1], 1))),
        ("the order of the outputs is turned round: `outputs[:, t]` belongs to step t", _unroll_with(stack=lambda o: torch.stack(o[::-1], 1))),
        ("the outputs are those before each step: `outputs[:, t]` is the state after step t", _unroll_with(keep=lambda old, new: old)),
        ("the first state is among the outputs: they are the T states after the steps",
         lambda cell, x, state: (torch.cat([state[:, None], rnn.unroll(cell, x, state)[0]], 1), rnn.unroll(cell, x, state)[1])),
        ("the last step is missing: the loop runs over all T", _unroll_with(steps=lambda x: list(x.unbind(1))[:-1])),
        ("the first step is missing: the loop runs over all T", _unroll_with(steps=lambda x: list(x.unbind(1))[1:])),
        ("the state that comes back is that of the first step; it is that after the last one",
         _unroll_with(last=lambda outputs, state: outputs[0])),
        ("the state that comes back is the given one; it is that after the last step",
         lambda cell, x, state: (rnn.unroll(cell, x, state)[0], state)),
        ("the state that comes back is the one before the last step", _unroll_with(last=lambda outputs, state: ([None, None, *outputs])[-2])),
        ("the state has a dimension too many, (1, B, H): torch.nn does that, here it is (B, H)",
         _unroll_with(last=lambda outputs, state: state[None])),
        ("the state has a dimension too many, (B, 1, H): it is (B, H)", _unroll_with(last=lambda outputs, state: state[:, None])),
        ("the two results are interchanged: first the outputs (B, T, H), then the last state (B, H)",
         lambda *a: rnn.unroll(*a)[::-1]),
        ("the outputs are added up; each step has its own", _unroll_with(stack=sum)),
        ("every output is the last state; `outputs[:, t]` is the state after step t",
         _unroll_with(stack=lambda o: torch.stack([o[-1]] * len(o), 1))),
    ]  # fmt: skip
    for sign in ("must have shape (B, E=", "the cell takes x_t"):
        trial.advise(
            sign,
            "The cell takes one step of all sequences, `x[:, t]` (B, E): not one of the sequences, `x[b]`, nor all of x.",
        )
    digits = torch.tensor([[[1.0], [2.0], [3.0]], [[4.0], [5.0], [6.0]]])
    cases = [
        (_DIGITS, digits, torch.tensor([[7.0], [0.0]])),
        (_cell(0, 3, 3), normal(1, 3, 3, 3), normal(2, 3, 3)),
        (_cell(3, 2, 4), normal(4, 3, 5, 2), normal(5, 3, 4)),
        (_cell(6, 3, 2), normal(7, 4, 1, 3), normal(8, 4, 2)),
        (_cell(9, 1, 3), normal(10, 1, 6, 1), normal(11, 1, 3)),
    ]
    for number, arguments in enumerate(cases):
        got = trial.call(*arguments)
        if number == 0:
            _require_two(trial, got)
        trial.compare(got, rnn.unroll(*arguments), mistakes=mistakes, inputs=arguments)
    cut = [
        ("the state is detached between the steps: then no gradient goes back further than one step",
         _unroll_with(carry=lambda old, new, first: new.detach(), last=last))
        for last in (lambda outputs, state: outputs[-1], lambda outputs, state: state)
    ]  # fmt: skip
    _both_gradients_agree(trial, rnn.unroll, *cases[2], mistakes=cut)


EXERCISE = Exercise(
    id="02.unroll",
    reference=unroll,
    difficulty=2,
    minutes=7,
    hints=(
        "A loop over t from 0 to T - 1: the input of step t is `x[:, t]`, (B, E); the state that comes out goes into the "
        "next step.",
        "Collect the states in a list; `torch.stack(outputs, dim=1)` makes (B, T, H) of T tensors (B, H).",
        "`for x_t in x.unbind(1): state = cell(x_t, state); outputs.append(state)`, then "
        "`return torch.stack(outputs, dim=1), state`",
    ),
    explanation="""
The loop is the whole idea of a recurrent layer: one cell, the same weights at every step, and the state as the only way from
one step to the next. Steps can't be computed side by side, because step t needs the state of step t - 1. `x.unbind(1)` is
there because T slices `x[:, t]` would each get a gradient as large as x. The library's `unroll` also takes states of two
tensors (the LSTM's) and a mask.""",
    advice=ADVICE,
    examine=examine,
)
