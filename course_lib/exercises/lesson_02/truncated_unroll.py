"""Exercise 02.truncated_unroll: the values of the whole sequence, and no gradient across a cut."""

from itertools import chain

import torch
from torch import Tensor

from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn
from course_lib.exercises.lesson_02.shared import agrees_in_both, drawn_rnn_case, rnn_case
from course_lib.gradients import truncated_unroll
from course_lib.rnn import unroll


def _pieces_from(start: Function) -> Function:
    """A way to truncate wrongly: each piece starts from another state, made of the last one and the given one."""

    def mistaken(cell: Function, x: Tensor, k: int, state: Tensor) -> tuple[Tensor, Tensor]:
        first, pieces = state, []
        for piece in x.split(k, dim=1):
            outputs, state = unroll(cell, piece, start(state, first))
            pieces.append(outputs)
        return torch.cat(pieces, dim=1), state

    return mistaken


def _joined(join: Function) -> Function:
    """The right pieces, joined otherwise."""
    return lambda cell, x, k, h: (join(unroll(cell, x, h)[0].split(k, 1)), unroll(cell, x, h)[1])


MISTAKES = (
    ("each piece starts from zeros, not from the one before", _pieces_from(lambda state, first: 0 * state)),
    ("only the first piece starts from the given state, the others from zeros; each starts from the one before",
     _pieces_from(lambda state, first: state if state is first else 0 * state)),
    ("each piece starts from the given state, not from the one before", _pieces_from(lambda state, first: first)),
    ("the steps after the last whole piece are lost: T need not be a multiple of k; `x.split(k, dim=1)` keeps the rest",
     lambda cell, x, k, state: unroll(cell, x[:, : x.shape[1] // k * k], state)),
    ("only the first piece comes back; go on with the others", lambda cell, x, k, h: unroll(cell, x[:, :k], h)),
    ("only the last piece comes back; join all of them, `torch.cat(pieces, dim=1)`", _joined(lambda p: p[-1])),
    ("the pieces are joined along the batch or the units; join them along the steps, `torch.cat(pieces, dim=1)`",
     _joined(torch.cat), _joined(lambda p: torch.cat(p, 2))),
    ("the given state is not used for the first piece", lambda cell, x, k, h: unroll(cell, x, 0 * h)),
    ("the two results are interchanged: outputs first", lambda cell, x, k, state: unroll(cell, x, state)[::-1]),
    ("the batch is split, not the steps",
     lambda cell, x, k, h: (unroll(cell, x, h)[0], unroll(cell, x, h)[1].split(k)[-1])),
)  # fmt: skip

_TWO = "`unroll` returns two things: `outputs, state = unroll(...)`."
_JOIN = "The pieces differ in length: join them with `torch.cat(pieces, dim=1)`."
ADVICE = (
    *((sign, _TWO) for sign in ("not tuple", "'tuple' object")),
    *((sign, _JOIN) for sign in ("stack expects", "Sizes of tensors must match")),
    ("h must have shape (B=", "The batch is split, not the steps: `x.split(k, dim=1)`."),
)

# What other cuts do: does the gradient of output t reach step s of T, with pieces of k steps?
_CUTS = (
    ("nothing is cut: detach the state between the pieces, `state.detach()`", lambda s, t, k, T: s <= t),
    ("no gradient reaches the steps at all: detach the state between pieces, and nothing else", lambda *_: False),
    ("the state is detached after every step; only after every k steps", lambda s, t, k, T: s == t),
    ("`k` is taken for the number of pieces; it is the number of steps in each: `split(k, dim=1)`, not `chunk`",
     lambda s, t, k, T: s <= t and s // -(-T // k) == t // -(-T // k)),
    ("the cut is one step too late", lambda s, t, k, T: s <= t and (s - 1) // k == (t - 1) // k),
    ("the cut is one step too early", lambda s, t, k, T: s <= t and (s + 1) // k == (t + 1) // k),
)  # fmt: skip


def _require_cuts(trial: Trial, cell: Function, x: Tensor, k: int, state: Tensor) -> None:
    """A Finding unless the gradient of each output reaches the steps of its own piece, up to itself, and no other."""
    leaf, T = x.clone().requires_grad_(), x.shape[1]
    outputs, last = trial.call(cell, leaf, k, state)

    def reached(of: Tensor) -> list[bool]:
        if not of.requires_grad:
            return [False] * T
        (gradient,) = torch.autograd.grad(of.sum(), leaf, retain_graph=True, materialize_grads=True)
        return [bool(step) for step in gradient.abs().sum((0, 2)) > 0]

    def table(reaches: Function) -> list[list[bool]]:
        return [[reaches(s, t, k, T) for s in range(T)] for t in (*range(T), T - 1)]  # the last state is of step T - 1

    got = [*map(reached, outputs.unbind(1)), reached(last)]
    right = table(lambda s, t, k, T: s <= t and s // k == t // k)
    known = [(sentence, table(reaches)) for sentence, reaches in _CUTS]
    detached = "the last state that comes back is detached; only that between two pieces is"
    known.append((detached, [*right[:-1], [False] * T]))
    unknown = "the gradient does not end where the pieces of k steps begin"
    message = next((sentence for sentence, wrong in known if wrong == got), unknown)
    t = next((t for t in range(T + 1) if got[t] != right[t]), T)
    reaches, should_reach = ([s for s in range(T) if rows[t][s]] for rows in (got, right))
    output = "the last state" if t == T else str(t)
    trial.require(got == right, message, k=k, gradient_of_output=output, reaches=reaches, should_reach=should_reach)


def _draw(chance: Chance) -> tuple[Function, Tensor, int, Tensor]:
    cell, x, state = drawn_rnn_case(chance)
    return cell, x, chance.randint(1, x.shape[1] + 1), state


def examine(trial: Trial) -> None:
    cases: list[
        tuple[Function, Tensor, int, Tensor]
    ] = []  # in the second of them `chunk`, early and late cuts all differ
    for seed, sizes, k in ((0, (3, 4, 2, 3), 2), (3, (3, 5, 2, 4), 3), (6, (1, 5, 3, 2), 1), (9, (4, 3, 2, 2), 8)):
        cell, x, state = rnn_case(seed, *sizes)
        cases.append((cell, x, k, state))
    agrees_in_both(trial, chain(cases, drawn(_draw)))
    for arguments in (cases[1], cases[0], cases[2], *drawn(_draw, 8)):
        _require_cuts(trial, *arguments)


EXERCISE = Exercise(id="02.truncated_unroll", reference=truncated_unroll, difficulty=3, minutes=6, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "`x.split(k, dim=1)` gives the pieces, the last of them shorter. Each goes through `unroll`.",
        "Between two pieces, `state = state.detach()`: the same numbers, but the gradient ends there.",
        "`outputs, state = unroll(cell, piece, state.detach())` for each piece; `torch.cat(pieces, dim=1), state`."),
    explanation="""`detach` returns the same values, which do not know where they came from. The forward pass is that of
the whole sequence: what was read long ago is in the state. Only the gradient stops at the cut: the weights learn
nothing of words more than k steps back. Call `backward` after each piece: so memory stays small.""")  # fmt: skip
