"""Exercise 02.unroll: the loop that hands the state from step to step, and collects it."""

from itertools import chain

import torch
from torch import Tensor

from course_lib.exercises.kit import Exercise, Function, Mistake, Named, Trial, drawn, parted
from course_lib.exercises.lesson_02.shared import ONE_STEP, agrees_in_both, drawn_rnn_case, rnn_case
from course_lib.rnn import unroll


def _shift(x: Tensor, h: Tensor | None) -> Tensor:
    """A digit comes in, and the state is shifted to the left: what was read can be seen from what comes out."""
    h = torch.zeros_like(x) if h is None else h
    if x.shape != h.shape:
        raise ValueError(f"the cell takes x_t (B=2, E=1) and h (B=2, H=1), got {tuple(x.shape)} and {tuple(h.shape)}")
    return 10 * h + x


_shift.__qualname__ = "cell"  # errors call it as the learner does


@parted
def _loop(
    given: Function = lambda x, h: (x, h), step: Function = lambda cell, x_t, state, h: cell(x_t, state),
    outputs: Function = lambda o, h: o, last: Function = lambda o, state, h: state,
    both: Function = lambda o, state: (o, state),
) -> Function:  # fmt: skip
    """A wrong loop: over other inputs, by other steps (h is the given state), or with other results made of these."""

    def run(cell: Function, x: Tensor, h: Tensor | None = None) -> object:
        inputs, first = given(x, h)
        o, state = unroll(lambda x_t, state: step(cell, x_t, state, h), inputs, first)
        return both(outputs(o, h), last(o, state, h))

    return run


def _stays(cell: Function, x_t: Tensor, state: Tensor, h: Tensor) -> Tensor:
    return cell(x_t, h)  # type: ignore[no-any-return]


def _detached(cell: Function, x_t: Tensor, state: Tensor, h: Tensor) -> Tensor:
    return cell(x_t, state if state is h else state.detach())  # type: ignore[no-any-return]


MISTAKES: tuple[Mistake, ...] = (
    ("the first step starts from zeros; it should start from the given `state`", _loop(lambda x, h: (x, 0 * h))),
    ("only the first step comes back: is `return` inside the loop?", _loop(lambda x, h: (x[:, :1], h))),
    ("x and the state are interchanged: `cell(x_t, state)`", _loop(step=lambda cell, x, state, h: cell(state, x))),
    ("the old state is added to the new one; replace it", _loop(step=lambda cell, x, s, h: s + cell(x, s))),
    ("each step starts from the first state: hand the new state on, `state = cell(x_t, state)`",
     _loop(step=_stays), _loop(step=_stays, last=lambda o, state, h: h)),
    ("the first step is taken twice; each step once",
     _loop(step=lambda cell, x, s, h: cell(x, cell(x, s) if s is h else s))),
    ("a step whose input is all 0 is skipped; the cell reads it, too",
     _loop(step=lambda cell, x, s, h: cell(x, s) if s is h or x.any() else s),
     _loop(step=lambda cell, x, s, h: (n := cell(x, s)).where(x.any(1, keepdim=True), 0 * n if s is None else s))),
    ("where no state is given, the first input is taken for one: `cell(x_t, None)` makes the first state",
     _loop(step=lambda cell, x, s, h: x if s is None else cell(x, s))),
    ("the steps are read twice, the second time with the last state of the first; begin with the given state",
     lambda cell, x, h=None: unroll(cell, x, unroll(cell, x, h)[1])),
    ("tanh is taken of what `cell` returns; it is the new state, and the output, as it is",
     _loop(outputs=lambda o, h: o.tanh()), _loop(step=lambda cell, x, s, h: cell(x, s).tanh())),
    ("`len(x)` is B, the number of sequences; the number of steps is `x.shape[1]`",
     _loop(lambda x, h: (x[:, : len(x)], h))),
    ("the steps come first in the outputs, (T, B, H): stack along `dim=1`",
     _loop(outputs=lambda o, h: o.transpose(0, 1))),
    ("`view` and `reshape` do not transpose: (T, B, H) is read on as (B, T, H), and sequences are mixed. Stack along "
     "`dim=1`", _loop(outputs=lambda o, h: o.transpose(0, 1).reshape(o.shape))),
    ("`view` and `reshape` do not transpose: x is read on as (T, B, E), and sequences are mixed; step t is x[:, t]",
     _loop(lambda x, h: (x.reshape(x.shape[1], len(x), -1).transpose(0, 1), h))),
    ("the outputs are joined along the batch or the units: `torch.stack(outputs, dim=1)` keeps the steps apart",
     _loop(outputs=lambda o, h: o.transpose(0, 1).flatten(0, 1)), _loop(outputs=lambda o, h: o.flatten(1))),
    ("it runs from the last step to the first",
     _loop(lambda x, h: (x.flip(1), h)), _loop(lambda x, h: (x.flip(1), h), outputs=lambda o, h: o.flip(1))),
    ("the order of the outputs is turned round: `outputs[:, t]` belongs to step t",
     _loop(outputs=lambda o, h: o.flip(1))),
    ("the outputs are the states before each step: append after `cell` is called",
     _loop(outputs=lambda o, h: torch.cat([h[:, None], o[:, :-1]], 1))),
    ("the first state is among the outputs; leave it out", _loop(outputs=lambda o, h: torch.cat([h[:, None], o], 1))),
    ("the first or the last step is missing: it must run over all T steps",
     _loop(lambda x, h: (x[:, :-1], h)), _loop(lambda x, h: (x[:, 1:], h))),
    ("the state that comes back is the given one, or that after an earlier step; it should be that after the last one",
     *(_loop(last=f) for f in (lambda o, s, h: h, lambda o, s, h: o[:, 0], lambda o, s, h: o[:, -2]))),
    ("the last state holds all steps of the last sequence: of the stacked outputs take `outputs[:, -1]`",
     _loop(last=lambda o, state, h: o[-1])),
    ("the state has a dimension too many, as (1, B, H) in torch.nn; it should be (B, H)",
     _loop(last=lambda o, state, h: state[None]), _loop(last=lambda o, state, h: state[:, None])),
    ("the two results are interchanged: first the outputs (B, T, H), then the state", _loop(both=lambda o, s: (s, o))),
    ("the outputs are added up; each step has its own", _loop(outputs=lambda o, h: o.sum(1))),
    ("every output is the last state; `outputs[:, t]` is that of step t",
     _loop(outputs=lambda o, h: o[:, -1:].expand_as(o))),
    ("dimensions of size 1 are lost: leave out `squeeze`; the outputs are (B, T, H), the state is (B, H)",
     _loop(outputs=lambda o, h: o.squeeze()), _loop(outputs=lambda o, h: o.squeeze(0)),
     _loop(both=lambda o, state: (o.squeeze(), state.squeeze()))),
)  # fmt: skip

_TWO = "A cell is called with two things: `cell(x_t, state)`."
_NONE = "`state` may be None, for zeros: hand it to the cell as it is."
ADVICE = (
    *((sign, ONE_STEP) for sign in ("must have shape (B, E=", "the cell takes x_t")),
    ("'Named' object has no", "The cell may be any function: ask it for nothing, and hand None on as it is."),
    ("h must have shape (B=", "The state must be (B, H), as the cell returns it. If it is None, hand it on as it is."),
    ("converted to Python scalars", "`torch.tensor` takes numbers; tensors go into `torch.stack(outputs, dim=1)`."),
    ("stack(): argument", "`torch.stack` wants a list of tensors: collect the states in one."),
    *((sign, _TWO) for sign in ("missing 1 required positional argument", "takes 1 positional argument")),
    *((sign, _NONE) for sign in ("'NoneType' object", "not NoneType", "got NoneType")),
)


def examine(trial: Trial) -> None:
    digits = torch.tensor([[[1.0], [2.0], [3.0]], [[4.0], [5.0], [6.0]]])
    cases: list[tuple[Function, Tensor, Tensor]] = [
        (Named("a cell that returns 10 h + x", _shift), digits, torch.tensor([[7.0], [0.0]])),
        *(rnn_case(3 * i, *sizes) for i, sizes in enumerate([(3, 3, 3, 3), (3, 5, 2, 4), (4, 1, 3, 2), (1, 6, 1, 3)])),
    ]
    agrees_in_both(trial, chain(cases, drawn(drawn_rnn_case)))
    from_zeros = drawn(lambda chance: drawn_rnn_case(chance)[:2], 8)
    agrees_in_both(trial, [cases[0][:2]])  # a cell that is a function has no parameters to ask for sizes
    agrees_in_both(trial, (case for case in from_zeros for _ in range(2)))  # the second time from zeros, too
    cell, *leaves = cases[2]

    def both(function: Function) -> Function:
        return lambda x, state: torch.cat([result.flatten() for result in function(cell, x, state)])

    cut = "the state is detached between the steps: then no gradient goes back further than one step"
    end = "the last state that comes back is detached: return it as it is"
    each, last = (lambda cell, x_t, state, h: cell(x_t, state.detach())), (lambda o, state, h: state.detach())
    between = (_loop(step=_detached), _loop(step=_detached, last=last), _loop(step=each))
    apart = "the outputs are detached: no gradient could flow back from them. Return the states as they are"
    mistakes = [(cut, *map(both, between)), (end, both(_loop(last=last)))]
    mistakes += [(apart, both(_loop(outputs=lambda o, h: o.detach())))]
    Trial(both(trial.call), trial.name, both(unroll), within=True).gradients_agree(*leaves, mistakes=mistakes)


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
