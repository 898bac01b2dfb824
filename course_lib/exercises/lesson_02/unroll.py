"""Exercise 02.unroll: the loop that hands the state from step to step, and collects it."""

from typing import Any

import torch
from torch import Tensor

from course_lib.exercises.kit import Exercise, Mistake, Named, Trial, normal
from course_lib.exercises.lesson_02.shared import require_two, rnn_cell
from course_lib.rnn import unroll


def _shift(x: Tensor, h: Tensor) -> Tensor:
    """A digit comes in, and the state is shifted to the left: what was read can be seen from what comes out."""
    if x.shape != h.shape:
        raise ValueError(f"the cell takes x_t (B=2, E=1) and h (B=2, H=1), got {tuple(x.shape)} and {tuple(h.shape)}")
    return 10 * h + x


def _then(change: Any) -> Any:
    """The right outputs and last state, and something else made of them and the given state."""
    return lambda cell, x, h: change(*unroll(cell, x, h), h)


def _outputs(change: Any) -> Any:
    return _then(lambda outputs, last, h: (change(outputs), last))


def _from_the_first(cell: Any, x: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
    return unroll(lambda x_t, _: cell(x_t, h), x, h)


def _detached(cell: Any, x: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
    return unroll(lambda x_t, state: cell(x_t, state if state is h else state.detach()), x, h)


MISTAKES: tuple[Mistake, ...] = (
    ("the first step starts from the given state, not from zeros",
     lambda cell, x, h: unroll(cell, x, torch.zeros_like(h))),
    ("only the first step comes back: is `return` inside the loop?", lambda cell, x, h: unroll(cell, x[:, :1], h)),
    ("x and the state are interchanged: `cell(x_t, state)`", lambda cell, *a: unroll(lambda x_t, h: cell(h, x_t), *a)),
    ("the old state is added to the new one; replace it", lambda cell, *a: unroll(lambda x_t, h: h + cell(x_t, h), *a)),
    ("every step starts from the first state: hand the new state on, `state = cell(x_t, state)`",
     _from_the_first, lambda cell, x, h: (_from_the_first(cell, x, h)[0], h)),
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
    ("the first state is among the outputs; leave it out",
     _then(lambda o, last, h: (torch.cat([h[:, None], o], 1), last))),
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
    ("must have shape (B, E=", _ONE_STEP),
    ("the cell takes x_t", _ONE_STEP),
    ("stack(): argument", "`torch.stack` wants a list of tensors: collect the states in one."),
    ("missing 1 required positional argument", _TWO),
    ("takes 1 positional argument", _TWO),
)


def examine(trial: Trial) -> None:
    digits = torch.tensor([[[1.0], [2.0], [3.0]], [[4.0], [5.0], [6.0]]])
    cases: list[tuple[Any, Tensor, Tensor]] = [
        (Named("a cell that returns 10 h + x", _shift), digits, torch.tensor([[7.0], [0.0]])),
        (rnn_cell(0, 3, 3), normal(1, 3, 3, 3), normal(2, 3, 3)),
        (rnn_cell(3, 2, 4), normal(4, 3, 5, 2), normal(5, 3, 4)),
        (rnn_cell(6, 3, 2), normal(7, 4, 1, 3), normal(8, 4, 2)),
        (rnn_cell(9, 1, 3), normal(10, 1, 6, 1), normal(11, 1, 3)),
    ]
    for number, arguments in enumerate(cases):
        got = trial.call(*arguments)
        if number == 0:
            require_two(trial, got)
        trial.compare(got, unroll(*arguments), inputs=arguments)

    cell, *leaves = cases[2]

    def both(function: Any) -> Any:
        return lambda x, state: torch.cat([result.flatten() for result in function(cell, x, state)])

    cut = "the state is detached between the steps: then no gradient goes back further than one step"
    mistaken = both(_detached), both(lambda *a: (_detached(*a)[0], _detached(*a)[1].detach()))
    Trial(both(trial.call), trial.name, both(unroll)).gradients_agree(*leaves, mistakes=[(cut, *mistaken)])


EXERCISE = Exercise(
    id="02.unroll",
    reference=unroll,
    difficulty=2,
    minutes=7,
    hints=(
        "A loop over t: the input of step t is `x[:, t]`, (B, E); the state that comes out goes into the next step.",
        "Collect the states in a list; `torch.stack(outputs, dim=1)` makes (B, T, H) of T tensors (B, H).",
        "`for x_t in x.unbind(1): state = cell(x_t, state); outputs.append(state)`, then "
        "`return torch.stack(outputs, dim=1), state`",
    ),
    explanation="""
The loop is the whole idea of a recurrent layer: one cell, the same weights at every step, and the state as the only way
from one step to the next. Steps can't be computed side by side, because step t needs the state of step t - 1.
`x.unbind(1)` is there because T slices `x[:, t]` would each get a gradient as large as x. `hidden(state)` is the state
itself here; with it the loop also runs cells whose state is a pair (h, c), the LSTM's.""",
    advice=ADVICE,
    mistakes=MISTAKES,
    examine=examine,
)
