"""Exercise 02.truncated_unroll: the values of the whole sequence, and no gradient across a cut."""

from itertools import chain

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.kit import Chance, Exercise, Finding, Function, Outcome, Trial, drawn, parted, show
from course_lib.exercises.lesson_02.shared import agrees_in_both, drawn_rnn_case, rnn_case
from course_lib.gradients import truncated_unroll
from course_lib.rnn import unroll


@parted
def _pieces(
    split: Function = lambda x, k: x.split(k, dim=1), start: Function = lambda state, first: state,
    join: Function = lambda pieces: torch.cat(pieces, dim=1), last: Function = lambda pieces, state, k: state,
    both: Function = lambda outputs, state: (outputs, state),
) -> Function:  # fmt: skip
    """A way to truncate wrongly: other pieces, each from another state (made of the last one and the given one)."""

    def truncated(cell: Function, x: Tensor, k: int, state: Tensor) -> object:
        first, pieces = state, []
        for piece in split(x, k):
            outputs, state = unroll(cell, piece, start(state, first))
            pieces.append(outputs)
        return both(join(pieces), last(pieces, state, k))

    return truncated


def _filled(x: Tensor, k: int) -> Tensor:
    return F.pad(x, (0, 0, 0, -x.shape[1] % k))


MISTAKES = (
    ("each piece starts from zeros; it should start from the last state of the piece before",
     _pieces(start=lambda state, first: 0 * state)),
    ("only the first piece starts from the given state, the others from zeros; each starts from the one before",
     _pieces(start=lambda state, first: state if state is first else 0 * state)),
    ("each piece starts from the given state; it should start from the last state of the piece before",
     _pieces(start=lambda state, first: first)),
    ("the steps after the last whole piece are lost: T need not be a multiple of k; `x.split(k, dim=1)` keeps the rest",
     _pieces(lambda x, k: x[:, : x.shape[1] // k * k].split(k, dim=1))),
    ("a last piece of one step is lost: `range(0, x.shape[1], k)`, or `x.split(k, dim=1)`, reaches it",
     _pieces(lambda x, k: x[:, : x.shape[1] - (x.shape[1] % k == 1 % k)].split(k, dim=1))),
    ("the last piece is filled up with zeros, which the state then reads; `x.split(k, dim=1)` leaves it shorter",
     lambda cell, x, k, h: (unroll(cell, x, h)[0], unroll(cell, _filled(x, k), h)[1]),
     lambda cell, x, k, h: unroll(cell, _filled(x, k), h)),
    ("only the first piece comes back; go on with the others", _pieces(lambda x, k: x.split(k, dim=1)[:1])),
    ("only the last piece comes back: append each to a list `outs`, then `torch.cat(outs, dim=1)`",
     _pieces(join=lambda pieces: pieces[-1])),
    ("the pieces are stacked, or joined along the batch or the units; along the steps it is `torch.cat(outs, dim=1)`",
     _pieces(join=torch.cat), _pieces(join=lambda pieces: torch.cat(pieces, dim=2)),
     *(_pieces(join=lambda pieces, dim=dim: torch.stack(pieces, dim)) for dim in range(3))),
    ("what is joined are not the outputs of the pieces: is a state appended, or is it `outs += outputs`? Write "
     "`outs.append(outputs)`", _pieces(join=lambda pieces: torch.cat([piece[:, -1] for piece in pieces], dim=1)),
     _pieces(join=lambda pieces: torch.cat([row for piece in pieces for row in piece], dim=1))),
    ("the first piece starts from zeros; it should start from the given `state`",
     _pieces(start=lambda state, first: 0 * state if state is first else state)),
    ("the last state is that of an earlier piece; it should be that after the last step",
     _pieces(last=lambda pieces, state, k: [piece for piece in pieces if piece.shape[1] == k][-1][:, -1]),
     _pieces(last=lambda pieces, state, k: pieces[0][:, -1])),
    ("the steps come first in the outputs, (T, B, H); they should be (B, T, H)",
     _pieces(both=lambda outputs, state: (outputs.transpose(0, 1), state))),
    ("only the last output of each piece comes back; those of all T steps should",
     _pieces(join=lambda pieces: torch.cat([piece[:, -1:] for piece in pieces], dim=1))),
    ("the given state is among the outputs; leave it out",
     lambda cell, x, k, h: (torch.cat([h[:, None], unroll(cell, x, h)[0]], dim=1), unroll(cell, x, h)[1])),
    ("the two results are interchanged: outputs first", _pieces(both=lambda outputs, state: (state, outputs))),
    ("the batch is split, not the steps: `x.split(k, dim=1)`",
     lambda cell, x, k, h: (unroll(cell, x, h)[0], unroll(cell, x, h)[1].split(k)[-1])),
)  # fmt: skip

_TWO = "`unroll` returns two things: `outputs, state = unroll(...)`."
_JOIN = "The pieces differ in length: join them with `torch.cat(outs, dim=1)`."
_STATE = (
    "The state must be (B, H), the second result of `unroll`. Is the batch split? `x.split(k, dim=1)` splits the steps."
)
ADVICE = (
    *((sign, _TWO) for sign in ("not tuple", "'tuple' object", "but got tuple")),
    *((sign, _JOIN) for sign in ("stack expects", "Sizes of tensors must match")),
    ("builtin_function_or_method", "A method needs its parentheses: `state.detach()`."),
    ("Cell' object has no attribute 'unbind'", "The cell comes first: `unroll(cell, piece, state)`."),
    ("non-empty list", "The list is empty: is nothing appended in the loop?"),
    ("h must have shape (B=", _STATE),
    ("h must be a tensor", _STATE),
)

_BEFORE = "detach before the steps k, 2k, ..., counted from 0"
# What other cuts do: does the gradient of output t reach step s of T, with pieces of k steps?
_CUTS = (
    ("nothing is cut: go through `x.split(k, dim=1)`; before each piece, `state = state.detach()`",
     lambda s, t, k, T: s <= t),
    ("no gradient reaches the steps at all: detach the state between pieces, and nothing else", lambda *_: False),
    ("the state is detached after every step; only after every k steps", lambda s, t, k, T: s == t),
    ("`k` is taken for the number of pieces; it is the number of steps in each: `split(k, dim=1)`, not `chunk`",
     lambda s, t, k, T: s <= t and s // -(-T // k) == t // -(-T // k)),
    (f"the cut is one step too late: {_BEFORE}", lambda s, t, k, T: s <= t and (s - 1) // k == (t - 1) // k),
    (f"the cut is one step too late: {_BEFORE}",
     lambda s, t, k, T: s <= t and max(s - 1, 0) // k == max(t - 1, 0) // k),
    (f"the cut is one step too early: {_BEFORE}", lambda s, t, k, T: s <= t and (s + 1) // k == (t + 1) // k),
    ("the pieces are counted from the end, so the first is the shorter one; the last should be",
     lambda s, t, k, T: s <= t and (T - 1 - s) // k == (T - 1 - t) // k),
    ("it is cut only once, after the first k steps; cut before each piece",
     lambda s, t, k, T: s <= t and (s < k) == (t < k)),
    ("the last output of each piece is detached, too: `state = state.detach()`, not `detach_()`, before the next step",
     lambda s, t, k, T: s <= t and s // k == t // k and (t % k < k - 1 or t == T - 1)),
    ("the state is detached after its step, and the output of this step with it: detach before the step",
     lambda s, t, k, T: t - t % k < s <= t),
    ("only the last piece has a gradient: leave out `torch.no_grad()`; `state.detach()` is enough",
     lambda s, t, k, T: s <= t and s // k == t // k == (T - 1) // k),
    ("only the first piece of x gets a gradient: detach the state alone, not the piece",
     lambda s, t, k, T: s <= t < k),
)  # fmt: skip


def _require_cuts(trial: Trial, cell: Function, x: Tensor, k: int, state: Tensor) -> None:
    """A Finding unless the gradient of each output reaches the steps of its own piece, up to itself, and no other."""
    leaf, given, T = x.clone().requires_grad_(), state.clone().requires_grad_(), x.shape[1]
    try:
        outputs, last = trial.call(cell, leaf, k, given)
    except Finding as finding:
        if not given.requires_grad:
            finding.message = "it detaches its input in place: `state = state.detach()` makes a new tensor"
        raise

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
    detached = "the last state that comes back is detached: detach before each piece, not after it"
    known.append((detached, [*right[:-1], [False] * T]))
    unknown = "the gradient does not end where the pieces of k steps begin"
    if not any(map(any, got[:-1])):
        unknown = "the outputs are detached: detach the state between pieces, and nothing else"
    message = next((sentence for sentence, wrong in known if wrong == got), unknown)
    t = next((t for t in range(T + 1) if got[t] != right[t]), T)
    reaches, should_reach = ([s for s in range(T) if rows[t][s]] for rows in (got, right))
    if got != right:
        output = "the last state" if t == T else f"output {t}"
        shown = {"k": show(k), "Gradient of": output, "Reaches": show(reaches), "Should reach": show(should_reach)}
        raise Finding(Outcome.VALUE, message, shown | trial.case())


def _draw(chance: Chance) -> tuple[Function, Tensor, int, Tensor]:
    cell, x, state = drawn_rnn_case(chance)
    return cell, x, chance.randint(1, x.shape[1] + 1), state


def examine(trial: Trial) -> None:
    sizes = ((3, 4, 2, 3), 2), ((3, 5, 2, 4), 3), ((1, 5, 3, 2), 1), ((4, 3, 2, 2), 8), ((3, 10, 2, 3), 4)
    cases: list[tuple[Function, Tensor, int, Tensor]] = []
    for i, ((B, T, E, H), k) in enumerate(sizes):
        cell, x, state = rnn_case(3 * i, B, T, E, H)
        cases.append((cell, x, k, state))
    agrees_in_both(trial, chain(cases, drawn(_draw)))
    # In the last of them all ways to cut wrongly differ.
    for arguments in (cases[4], cases[1], cases[0], cases[2], *drawn(_draw, 8)):
        _require_cuts(trial, *arguments)


EXERCISE = Exercise(id="02.truncated_unroll", reference=truncated_unroll, difficulty=3, minutes=6, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "`x.split(k, dim=1)` gives the pieces, the last of them shorter. Each goes through `unroll`.",
        "Between two pieces, `state = state.detach()`: the same numbers, but the gradient ends there.",
        "`outputs, state = unroll(cell, piece, state.detach())` and `outs.append(outputs)` for each piece; then "
        "`return torch.cat(outs, dim=1), state`."),
    explanation="""`detach` returns the same values, which do not know where they came from. The forward pass is that of
the whole sequence: what was read long ago is in the state. Only the gradient stops at the cut: the weights learn
nothing of words more than k steps back. Call `backward` after each piece: so memory stays small.""")  # fmt: skip
