"""Exercise 02.truncated_unroll."""

import torch
from torch import Tensor

from course_lib import rnn
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.finding import Finding, Outcome
from course_lib.exercises.given import normal
from course_lib.exercises.lesson_02.shared import _cell, _require_two
from course_lib.exercises.lesson_02.unroll import unroll
from course_lib.exercises.trial import Trial


def truncated_unroll(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, state = unroll(cell, piece, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


def _truncated_with(
    cut=lambda t, k: t % k == 0,
    start=lambda state, first: state.detach(),
    steps=lambda x, k: x.unbind(1),
    stack=lambda outputs, k: torch.stack(outputs, 1),
):
    """A way to truncate wrongly: cut elsewhere, start the pieces anew, lose steps, put them together otherwise."""

    def truncated_unroll(cell, x, k, state):
        first, outputs = state, []
        for t, x_t in enumerate(steps(x, k)):
            if cut(t, k):
                state = start(state, first)
            state = cell(x_t, state)
            outputs.append(state)
        return stack(outputs, k), state

    return truncated_unroll


def _require_cuts(trial: Trial, cell, x: Tensor, k: int, state: Tensor) -> None:
    """A Finding unless the gradient of each output reaches the steps of its own piece, up to itself, and no other."""
    leaf = x.clone().requires_grad_()
    outputs, last = trial.call(cell, leaf, k, state)
    T = x.shape[1]

    def reached(of: Tensor) -> list[bool]:
        if not of.requires_grad:
            return [False] * T
        (gradient,) = torch.autograd.grad(of.sum(), leaf, retain_graph=True, allow_unused=True)
        return [False] * T if gradient is None else (gradient.abs().sum((0, 2)) > 0).tolist()

    got = [*(reached(outputs[:, t]) for t in range(T)), reached(last)]
    pieces = [*range(T), T - 1]  # the last state belongs to the last step
    right = [[s <= t and s // k == t // k for s in range(T)] for t in pieces]
    if got == right:
        return
    known = [
        ("the values are right, but nothing is cut: the gradient runs back to the first step. Detach the state between the "
         "pieces, `state.detach()`", [[s <= t for s in range(T)] for t in pieces]),
        ("no gradient reaches the steps at all: detach the state between two pieces, and nothing else, not x nor the outputs",
         [[False] * T for _ in pieces]),
        ("the state is detached after every step; only after every k steps", [[s == t for s in range(T)] for t in pieces]),
        ("`k` is taken for the number of pieces; it is the number of steps in each: `split(k, dim=1)`, not `chunk`",
         [[s <= t and s // -(-T // k) == t // -(-T // k) for s in range(T)] for t in pieces]),
        ("the last state that comes back is detached; only the state between two pieces is", [*right[:-1], [False] * T]),
        ("the cut is one step too late", [[s <= t and (s - 1) // k == (t - 1) // k for s in range(T)] for t in pieces]),
        ("the cut is one step too early", [[s <= t and (s + 1) // k == (t + 1) // k for s in range(T)] for t in pieces]),
    ]  # fmt: skip
    t = next(i for i, (mine, wanted) in enumerate(zip(got, right, strict=True)) if mine != wanted)
    message = next(
        (text for text, wrong in known if wrong == got), "the gradient does not end where the pieces of k steps begin"
    )

    def steps(row):
        return ", ".join(str(s) for s, there in enumerate(row) if there) or "none"

    name = "the last state" if t == T else f"output {t}"
    shown = {
        "k": str(k),
        f"The gradient of {name} should reach the steps": steps(right[t]),
        "It reaches": steps(got[t]),
    }
    raise Finding(Outcome.VALUE, message, trial.case() | shown)


ADVICE = (
    ("not tuple", "`unroll` returns two things: `outputs, state = unroll(...)`."),
    ("'tuple' object", "`unroll` returns two things: `outputs, state = unroll(...)`."),
    ("stack expects", "The pieces differ in length: join them with `torch.cat(pieces, dim=1)`."),
    ("Sizes of tensors must match", "The pieces differ in length: join them with `torch.cat(pieces, dim=1)`."),
    ("h must have shape (B=", "The batch is split, not the steps: `x.split(k, dim=1)`."),
)


MISTAKES = (
    ("each piece starts from zeros; it starts from the (detached) state of the piece before",
     _truncated_with(start=lambda state, first: torch.zeros_like(state))),
    ("only the first piece starts from the given state, the others from zeros; each starts from the detached state of the "
     "one before", _truncated_with(start=lambda state, first: state if state is first else torch.zeros_like(state))),
    ("each piece starts from the given state; it starts from the (detached) state of the piece before",
     _truncated_with(start=lambda state, first: first)),
    ("the steps after the last whole piece are lost: T need not be a multiple of k; `x.split(k, dim=1)` keeps the rest",
     _truncated_with(steps=lambda x, k: x.unbind(1)[: x.shape[1] // k * k])),
    ("only the first piece comes back; go on with the others", _truncated_with(steps=lambda x, k: x.unbind(1)[:k])),
    ("only the last piece comes back; join all of them, `torch.cat(pieces, dim=1)`",
     lambda cell, x, k, state: (rnn.unroll(cell, x, state)[0].split(k, 1)[-1], rnn.unroll(cell, x, state)[1])),
    ("the pieces are joined along the batch; join them along the steps, `torch.cat(pieces, dim=1)`",
     lambda cell, x, k, state: (torch.cat(rnn.unroll(cell, x, state)[0].split(k, 1), 0), rnn.unroll(cell, x, state)[1])),
    ("the pieces are joined along the units; join them along the steps, `torch.cat(pieces, dim=1)`",
     lambda cell, x, k, state: (torch.cat(rnn.unroll(cell, x, state)[0].split(k, 1), 2), rnn.unroll(cell, x, state)[1])),
    ("the given state is not used: the first piece starts from it", lambda cell, x, k, state: rnn.unroll(cell, x, torch.zeros_like(state))),
    ("the two results are interchanged: first the outputs (B, T, H), then the last state (B, H)", lambda cell, x, k, state: rnn.unroll(cell, x, state)[::-1]),
    ("the batch is split, not the steps: `x.split(k, dim=1)`",
     lambda cell, x, k, state: (lambda made: (torch.cat([m[0] for m in made]), made[-1][1]))(
         [rnn.unroll(cell, piece, start) for piece, start in zip(x.split(k), state.split(k), strict=True)])),
)  # fmt: skip


def examine(trial: Trial) -> None:
    cases = [
        (_cell(0, 2, 3), normal(1, 3, 4, 2), 2, normal(2, 3, 3)),
        (_cell(3, 2, 4), normal(4, 3, 5, 2), 3, normal(5, 3, 4)),  # `chunk`, early and late cuts all differ here
        (_cell(6, 3, 2), normal(7, 1, 5, 3), 1, normal(8, 1, 2)),
        (_cell(9, 2, 2), normal(10, 4, 3, 2), 8, normal(11, 4, 2)),
    ]
    for number, arguments in enumerate(cases):
        got = trial.call(*arguments)
        if number == 0:
            _require_two(trial, got)
        trial.compare(got, rnn.truncated_unroll(*arguments), inputs=arguments)
    for cell, x, k, state in (cases[1], cases[0], cases[2]):
        _require_cuts(trial, cell, x, k, state)


EXERCISE = Exercise(
    id="02.truncated_unroll",
    reference=truncated_unroll,
    difficulty=3,
    minutes=6,
    hints=(
        "`x.split(k, dim=1)` gives the pieces, the last of them shorter. Each goes through `unroll`.",
        "Between two pieces, `state = state.detach()`: the same numbers, but the gradient ends there.",
        "`outputs, state = unroll(cell, piece, state.detach())` for each piece; in the end `torch.cat(pieces, dim=1), state`.",
    ),
    explanation="""
`detach` returns a tensor with the same values that does not know where it came from. So the forward pass is that of the
whole sequence: what was read long ago is still in the state. Only the blame stops at the cut: the weights are told nothing
of how a word more than k steps back should have been treated. In training one calls `backward` after every piece, and
memory no longer grows with T.""",
    advice=ADVICE,
    mistakes=MISTAKES,
    examine=examine,
)
