"""Exercise 03.lstm_cell: the step's parameters in a module, which keeps nothing else."""

import inspect
import math
from collections.abc import Sequence
from itertools import product
from typing import Any

import torch
from torch import Tensor, nn

from course_lib.exercises.difference import difference
from course_lib.exercises.kit import Advice, Exercise, Mistake, Outcome, Trial, normal
from course_lib.exercises.lesson_03.lstm_step import STEP_MISTAKES, step_with
from course_lib.exercises.lesson_03.shared import advice_on_steps, require_pair
from course_lib.lstm import LSTMCell, lstm_step

_SHAPES = {"weight_ih": "(4H, E)", "weight_hh": "(4H, H)", "bias_ih": "(4H,)", "bias_hh": "(4H,)"}


def _sizes(E: int, H: int) -> dict[str, tuple[int, ...]]:
    return {"weight_ih": (4 * H, E), "weight_hh": (4 * H, H), "bias_ih": (4 * H,), "bias_hh": (4 * H,)}


def _require_parameters(trial: Trial, cell: Any, E: int, H: int) -> None:
    """A Finding unless the cell is a module with the parameters that the exercise names."""
    module = f"`LSTMCell(E, H)` should make a module, `class LSTMCell(nn.Module)`, got {type(cell).__name__}"
    trial.require(isinstance(cell, nn.Module), module, outcome=Outcome.TYPE, got=cell)
    trial.require("_parameters" in vars(cell), "`super().__init__()` should come first in `__init__`")
    unwritten = "Write the method `forward(self, x, state=None)`; calling the cell calls `forward`."
    trial.require(type(cell).forward is not nn.Module.forward, unwritten)
    mine = dict(cell.named_parameters())
    for name, shape in _sizes(E, H).items():
        plain = f"`{name}` is a plain tensor, which no optimizer sees: `self.{name} = nn.Parameter(...)`"
        missing = f"there is no parameter `{name}`: the names are {', '.join(f'`{each}`' for each in _SHAPES)}"
        is_plain = isinstance(getattr(cell, name, None), Tensor)
        trial.require(name in mine, plain if is_plain else missing, parameters=sorted(mine))
        got = tuple(mine[name].shape)
        turned = ": it is transposed" if got == shape[::-1] != shape else ""
        few = ": it needs the rows of all four gates" if got == (H, *shape[1:]) else ""
        wrong = f"`{name}` should have shape {_SHAPES[name]} = {shape}, got {got}{turned}{few}"
        trial.require(got == shape, wrong, outcome=Outcome.SHAPE)
    more = [name for name in mine if name not in _SHAPES]
    trial.require(not more, f"there should be no parameter `{(more or [''])[0]}`: four are enough", parameters=more)


def _require_start(trial: Trial, cell: nn.Module, E: int, H: int) -> None:
    """A Finding unless the parameters start uniformly within 1/sqrt(H)."""
    bound, between = 1 / math.sqrt(H), "between -1/sqrt(H) and 1/sqrt(H)"
    for name, p in cell.named_parameters():
        largest = p.detach().abs().max().item()
        trial.require(largest > 0, f"`{name}` starts at zero: draw it uniformly {between}")
        trial.require(p.min().item() < 0, f"`{name}` starts with positive numbers alone: draw it {between}")
        of = {"1/H": 1 / H, "1/sqrt(4H)": bound / 2, "1/sqrt(E)": 1 / math.sqrt(E)}
        near = next((f": that is {text}" for text, value in of.items() if 0.9 * value < largest <= value * 1.0001), "")
        within = f"`{name}` should lie {between} = {bound:.3f}, but reaches {largest:.3f}{near}"
        trial.require(0.9 * bound < largest <= bound * 1.0001, within)
        inner = (p.detach().abs() < bound / 2).float().mean().item()  # as much in the inner half as in the outer
        trial.require(0.35 < inner < 0.65, f"`{name}` should start uniformly {between}, every value equally likely")


def _require_gradients(trial: Trial, cell: nn.Module, right: nn.Module, given: dict[str, Tensor]) -> None:
    """A Finding unless the gradients of a direction of (h, c) are those of torch's cell with the same weights."""

    def gradients(module: nn.Module) -> dict[str, Any]:
        inputs = {name: tensor.clone().requires_grad_() for name, tensor in given.items()}
        result = torch.stack(module(inputs["x"], (inputs["h"], inputs["c"])))
        detached = "its result is detached: no gradient reaches the parameters. Leave out `.detach()` and `no_grad()`"
        trial.require(result.requires_grad, detached, outcome=Outcome.GRADIENT)
        leaves = {name: module.get_parameter(name) for name in _SHAPES} | inputs
        loss = (result * normal(95, *result.shape)).sum()
        return dict(zip(leaves, torch.autograd.grad(loss, list(leaves.values()), allow_unused=True), strict=True))

    got = gradients(cell)
    for name, expected in gradients(right).items():
        of = {"x": "x", "h": "the h of `state`", "c": "the c of `state`"}.get(name, f"`{name}`")
        why = f"use `self.{name}` itself, no copy of it, and no `.data`" if name in _SHAPES else "leave out `.detach()`"
        trial.require(got[name] is not None, f"no gradient reaches {of}: {why}", outcome=Outcome.GRADIENT)
        same = torch.allclose(got[name], expected, atol=1e-4)
        other = f"the gradient with respect to `{name}` differs"
        trial.require(same, other, outcome=Outcome.GRADIENT, expected=expected, got=got[name])


def _takes(function: Any, *given: Any) -> bool:
    try:
        inspect.signature(function).bind(*given)
    except TypeError:
        return False
    return True


def _require_zeros(trial: Trial, cell: Any, x: Tensor, last: Any, weights: Sequence[Tensor]) -> None:
    """A Finding unless the cell, whose last result was `last`, starts from h = 0 and c = 0 without a state."""
    required = _takes(cell.forward, x, last) and not _takes(cell.forward, x)
    trial.require(not required, "`forward` needs `state=None`: it is called without a state, too")
    trial.advice = (*_WITHOUT_A_STATE, *trial.advice)
    zeros = x.new_zeros(len(x), weights[1].shape[1])
    expected = lstm_step(x, (zeros, zeros), *weights)
    got, again = (trial.run(cell.forward, x) for _ in range(2))
    for each in (got, again):
        require_pair(trial, each)
        nothing = [name for name, part in zip("hc", each, strict=False) if part is None]
        trial.require(not nothing, f"called without a state it returns None for {' and '.join(nothing)}")
    kept = _alike(got, lstm_step(x, last, *weights)) or (
        _alike(got, expected) and _alike(again, lstm_step(x, got, *weights))
    )
    goes_on = "called without a state it goes on from the call before: keep no state in the cell, start from zeros"
    trial.require(not kept, goes_on, expected=expected, got=got)
    by_chance = "called twice without a state it starts from something else each time: it should be h = 0 and c = 0"
    trial.require(_alike(got, again), by_chance, expected=expected, got=got)
    found = difference(got, expected, 1e-5, 1e-4)
    elsewhere = "called without a state it does not start from h = 0 and c = 0"
    trial.require(found is None or found[0] is not Outcome.VALUE, elsewhere, expected=expected, got=got)
    trial.compare(got, expected)
    trial.advice = (("", _OLD_SIZE), *trial.advice)
    more = torch.cat([x, x])  # the next batch may be of another size
    trial.compare(trial.run(cell.forward, more), tuple(torch.cat([each, each]) for each in expected))


def _alike(one: Any, other: Any) -> bool:
    return difference(one, other, 1e-5, 1e-4) is None


_OLD_SIZE = (
    "Something is kept from an earlier call, of another batch size: make the zeros in each call, of `len(x)` rows."
)
_B_H = "Without a state h and c should be zeros (B, H) each: `x.new_zeros(len(x), H)`, H is `self.weight_hh.shape[1]`."
_WITHOUT_A_STATE: tuple[Advice, ...] = (
    ("NoneType", "Where `state is None`, make it a pair: `zeros = x.new_zeros(len(x), H)`, `state = (zeros, zeros)`."),
    ("to unpack", "The state is a pair: without one it is `(zeros, zeros)`, h and c, and not one tensor."),
    ("mat1 and mat2", _B_H),
    ("must match the size of tensor", _B_H),
)
MISTAKES: tuple[Mistake, ...] = (
    ("the state that is handed in is not used: zeros only where `state` is None",
     step_with(read=lambda h, c: (0 * h, 0 * c))),
    ("the c of the state that is handed in is not used: zeros only where `state` is None",
     step_with(read=lambda h, c: (h, 0 * c))),
    ("the step is taken twice; once", lambda x, state, *w: lstm_step(x, lstm_step(x, state, *w), *w)),
    ("the h of the state stands for its c, too: f multiplies the c of the state, c = f c + i g",
     step_with(read=lambda h, c: (h, h))),
    ("the h of the state that is handed in is not used: zeros only where `state` is None",
     step_with(read=lambda h, c: (0 * h, c))),
    *STEP_MISTAKES,
)  # fmt: skip
_STALE = "loaded weights have no effect: `forward` should use `self.weight_ih` and the others, no copy from `__init__`"
_SIZES = [(3, 2, 4), (4, 3, 2), (1, 2, 3), (2, 1, 1)]  # (B, E, H)
ADVICE = (
    ("name 'H' is not defined", "In `forward` H is `self.weight_hh.shape[1]`, or keep it: `self.H = H` in `__init__`."),
    ("same dtype", "Zeros must have the dtype of x: `x.new_zeros(len(x), H)`, or `torch.zeros(..., dtype=x.dtype)`."),
    ("missing the required", "Write the method `forward(self, x, state=None)`; calling the cell calls `forward`."),
    ("before Module.__init__() call", "`super().__init__()` comes first in `__init__`."),
    *advice_on_steps(4, _SIZES[0]),
)


def examine(trial: Trial) -> None:
    advice = trial.advice
    for seed, (B, E, H) in enumerate(_SIZES):
        cell, right = trial.call(E, H), nn.LSTMCell(E, H)
        _require_parameters(trial, cell, E, H)
        start = [cell.get_parameter(name).detach() / cell.get_parameter(name).any() for name in _SHAPES]  # zeros: NaN
        weights = {name: normal(10 * seed + i, *shape) for i, (name, shape) in enumerate(_sizes(E, H).items())}
        for module in (cell, right):
            module.load_state_dict(weights, strict=False)  # a cell may have buffers of its own
        x, h, c = normal(seed + 70, B, E), normal(seed + 80, B, H), normal(seed + 90, B, H)
        for state in ((h, c), (0 * h, c), (h, 0 * c)):
            got = trial.run(cell.forward, x, state)
            require_pair(trial, got)
            sets = product(*zip(weights.values(), start, strict=True))
            fits = [_alike(got, lstm_step(x, state, *each)) for each in sets]
            trial.require(fits[0] or not any(fits), _STALE, got=got)
            again = (
                "called twice with the same x and state it gives something else: are weights drawn anew in `forward`?"
            )
            trial.require(_alike(got, trial.run(cell.forward, x, state)), again, got=got)
            inputs: tuple[Any, ...] = (x, state, *weights.values())
            trial.compare(got, lstm_step(*inputs), inputs=inputs)
        _require_gradients(trial, cell, right, {"x": x, "h": h, "c": c})
        last = trial.run(cell.forward, x, (h, c))
        _require_zeros(trial, cell, x, last, list(weights.values()))
        trial.advice = advice
        twice, fine = x.double(), [weight.double() for weight in weights.values()]  # zeros have the dtype of x
        zeros = twice.new_zeros(B, H)
        trial.compare(trial.run(cell.double().forward, twice), lstm_step(twice, (zeros, zeros), *fine))
    _require_start(trial, trial.call(48, 64), 48, 64)


EXERCISE = Exercise(id="03.lstm_cell", reference=LSTMCell, difficulty=2, minutes=5, examine=examine,
    mistakes=MISTAKES, advice=ADVICE,
    own_form="written out: the library's class has options, and shares its start and its guards with the other cells",
    hints=(
        "Your step with the cell's own parameters: `self.weight_ih`, `self.weight_hh`, `self.bias_ih`, `self.bias_hh`.",
        "Where `state` is None, make a pair: `zeros = x.new_zeros(len(x), H)`, and `state = (zeros, zeros)`.",
        "Then `return lstm_step(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)`."),
    explanation="""The module holds the parameters and nothing else; the state comes in and goes out. A cell that kept
its state would carry one batch's memory into the next. `nn.Parameter` is what an optimizer and `state_dict` see; the
names are those of `torch.nn.LSTMCell`, so weights can be handed over. This is the library's class: `initial_weights`
draws the four parameters, `checked_pair` makes the zeros, and complains of a state that does not fit.""")  # fmt: skip
