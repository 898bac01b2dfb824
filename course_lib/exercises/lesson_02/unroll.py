"""Exercise 02.unroll: the loop that hands the state from step to step, and collects it."""

from itertools import chain

import torch
from torch import Tensor

from course_lib.exercises.kit import Exercise, Function, Mistake, Named, Trial, drawn
from course_lib.exercises.lesson_02.shared import agrees_in_both, drawn_rnn_case, rnn_case
from course_lib.rnn import unroll


def _shift(x: Tensor, h: Tensor) -> Tensor:
    """A digit comes in, and the state is shifted to the left: what was read can be seen from what comes out."""
    if x.shape != h.shape:
        raise ValueError(f"the cell takes x_t (B=2, E=1) and h (B=2, H=1), got {tuple(x.shape)} and {tuple(h.shape)}")
    return 10 * h + x


def _then(change: Function) -> Function:
    """The right outputs and last state, and something else made of them and the given state."""
    return lambda cell, x, h: change(*unroll(cell, x, h), h)


def _outputs(change: Function) -> Function:
    return _then(lambda outputs, last, h: (change(outputs), last))


def _over(step: Function) -> Function:
    """The loop over another step than the cell's own: `step(cell, x_t, state, h)`, h being the given state."""
    return lambda cell, x, h: unroll(lambda x_t, state: step(cell, x_t, state, h), x, h)


_stays = _over(lambda cell, x, state, h: cell(x, h))
_detached = _over(lambda cell, x, state, h: cell(x, state if state is h else state.detach()))
MISTAKES: tuple[Mistake, ...] = (
    ("the first step starts from the given state, not from zeros", lambda cell, x, h: unroll(cell, x, 0 * h)),
    ("only the first step comes back: is `return` inside the loop?", lambda cell, x, h: unroll(cell, x[:, :1], h)),
    ("x and the state are interchanged: `cell(x_t, state)`", _over(lambda cell, x, state, h: cell(state, x))),
    ("the old state is added to the new one; replace it", _over(lambda cell, x, s, h: s + cell(x, s))),
    ("each step starts from the first state: hand the new state on", _stays, lambda *a: (_stays(*a)[0], a[2])),
    ("the steps come first in the outputs, (T, B, H): stack along `dim=1`", _outputs(lambda o: o.transpose(0, 1))),
    ("`view` and `reshape` do not transpose: (T, B, H) is read on as (B, T, H), and sequences are mixed. Stack along "
     "`dim=1`", _outputs(lambda o: o.transpose(0, 1).reshape(o.shape))),
    ("the outputs are joined along the batch or the units: `torch.stack(outputs, dim=1)` keeps the steps apart",
     _outputs(lambda o: o.transpose(0, 1).flatten(0, 1)), _outputs(lambda o: o.flatten(1))),
    ("it runs over the sequences, not over the steps: step t is `x[:, t]`",
     *(lambda cell, x, h, f=f: f(cell, x.transpose(0, 1), h) for f in (unroll, _outputs(lambda o: o.transpose(0, 1))))),
    ("it runs from the last step to the first",
     *(lambda cell, x, h, f=f: f(cell, x.flip(1), h) for f in (unroll, _outputs(lambda o: o.flip(1))))),
    ("the order of the outputs is turned round: `outputs[:, t]` belongs to step t", _outputs(lambda o: o.flip(1))),
    ("the outputs are those before each step: `outputs[:, t]` is the state after it",
     _then(lambda o, last, h: (torch.cat([h[:, None], o[:, :-1]], 1), last))),
    ("the first state is among the outputs; leave it out", _then(lambda o, s, h: (torch.cat([h[:, None], o], 1), s))),
    ("the first or the last step is missing: the loop runs over all T",
     lambda cell, x, h: unroll(cell, x[:, :-1], h), lambda cell, x, h: unroll(cell, x[:, 1:], h)),
    ("the state that comes back is the given one, or that after an earlier step; it is that after the last one",
     _then(lambda o, last, h: (o, h)), _then(lambda o, last, h: (o, o[:, 0])), _then(lambda o, last, h: (o, o[:, -2]))),
    ("the state has a dimension too many, as (1, B, H) in torch.nn; here it is (B, H)",
     _then(lambda o, last, h: (o, last[None])), _then(lambda o, last, h: (o, last[:, None]))),
    ("the two results are interchanged: first the outputs (B, T, H), then the state", lambda *a: unroll(*a)[::-1]),
    ("the outputs are added up; each step has its own", _outputs(lambda o: o.sum(1))),
    ("every output is the last state; `outputs[:, t]` is that of step t", _outputs(lambda o: o[:, -1:].expand_as(o))),
)  # fmt: skip

_ONE_STEP = "The cell takes one step of all sequences, `x[:, t]` (B, E): not one of the sequences, `x[b]`, nor all."
_TWO = "A cell is called with two things: `cell(x_t, state)`."
ADVICE = (
    *((sign, _ONE_STEP) for sign in ("must have shape (B, E=", "the cell takes x_t")),
    ("stack(): argument", "`torch.stack` wants a list of tensors: collect the states in one."),
    *((sign, _TWO) for sign in ("missing 1 required positional argument", "takes 1 positional argument")),
)


def examine(trial: Trial) -> None:
    digits = torch.tensor([[[1.0], [2.0], [3.0]], [[4.0], [5.0], [6.0]]])
    cases: list[tuple[Function, Tensor, Tensor]] = [
        (Named("a cell that returns 10 h + x", _shift), digits, torch.tensor([[7.0], [0.0]])),
        *(rnn_case(3 * i, *sizes) for i, sizes in enumerate([(3, 3, 3, 3), (3, 5, 2, 4), (4, 1, 3, 2), (1, 6, 1, 3)])),
    ]
    agrees_in_both(trial, chain(cases, drawn(drawn_rnn_case)))
    from_zeros = drawn(lambda chance: drawn_rnn_case(chance)[:2], 8)
    agrees_in_both(trial, (case for case in from_zeros for _ in range(2)))  # the second time from zeros, too
    cell, *leaves = cases[2]

    def both(function: Function) -> Function:
        return lambda x, state: torch.cat([result.flatten() for result in function(cell, x, state)])

    cut = "the state is detached between the steps: then no gradient goes back further than one step"
    mistaken = both(_detached), both(lambda *a: (_detached(*a)[0], _detached(*a)[1].detach()))
    Trial(both(trial.call), trial.name, both(unroll)).gradients_agree(*leaves, mistakes=[(cut, *mistaken)])


EXERCISE = Exercise(id="02.unroll", reference=unroll, difficulty=2, minutes=8, examine=examine, mistakes=MISTAKES,
    advice=ADVICE, hints=(
        "A loop over t: the input of step t is `x[:, t]`, (B, E); the state that comes out goes into the next step.",
        "Collect the states in a list; `torch.stack(outputs, dim=1)` makes (B, T, H) of T tensors (B, H).",
        "`for x_t in x.unbind(1): state = cell(x_t, state); outputs.append(state)`, then "
        "`return torch.stack(outputs, dim=1), state`"),
    explanation="""The loop is the whole idea of a recurrent layer: one cell, the same weights at every step, and the
state as the only way from one step to the next. Steps can't be computed side by side, because step t needs the state of
step t - 1. `x.unbind(1)` is there because T slices `x[:, t]` would each get a gradient as large as x. `hidden(state)`
is the state itself here; with it the loop also runs cells whose state is a pair (h, c), the LSTM's.""")  # fmt: skip
