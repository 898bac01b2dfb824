"""Exercise 03.lstm_cell."""

import contextlib
import math

import torch
from torch import Tensor, nn

from course_lib import gru, lstm
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.finding import Outcome
from course_lib.exercises.given import normal
from course_lib.lstm import lstm_step
from course_lib.exercises.lesson_03.shared import _STEP_MISTAKES, _require_pair
from course_lib.exercises.trial import Trial


class LSTMCell(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        bound = 1 / math.sqrt(H)
        self.weight_ih = nn.Parameter(torch.empty(4 * H, E).uniform_(-bound, bound))
        self.weight_hh = nn.Parameter(torch.empty(4 * H, H).uniform_(-bound, bound))
        self.bias_ih = nn.Parameter(torch.empty(4 * H).uniform_(-bound, bound))
        self.bias_hh = nn.Parameter(torch.empty(4 * H).uniform_(-bound, bound))

    def forward(self, x, state=None):
        if state is None:
            zeros = x.new_zeros(len(x), self.weight_hh.shape[1])
            state = (zeros, zeros)
        return lstm_step(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


_CELL_SHAPES = {"weight_ih": "(4H, E)", "weight_hh": "(4H, H)", "bias_ih": "(4H,)", "bias_hh": "(4H,)"}


def _sizes(E: int, H: int) -> dict[str, tuple[int, ...]]:
    return {"weight_ih": (4 * H, E), "weight_hh": (4 * H, H), "bias_ih": (4 * H,), "bias_hh": (4 * H,)}


def _require_parameters(trial: Trial, cell, E: int, H: int) -> None:
    """A Finding unless the cell is a module with the parameters that the exercise names."""
    trial.require(
        isinstance(cell, nn.Module),
        f"`LSTMCell(E, H)` should make a module, `class LSTMCell(nn.Module)`, got {type(cell).__name__}",
        outcome=Outcome.DTYPE,
        got=cell,
    )
    mine = dict(cell.named_parameters())
    for name, shape in _sizes(E, H).items():
        if name not in mine:
            plain = isinstance(getattr(cell, name, None), Tensor)
            trial.require(
                False,
                f"`{name}` is a plain tensor, which no optimizer sees: `self.{name} = nn.Parameter(...)`"
                if plain
                else f"there is no parameter `{name}`: the names are {', '.join(f'`{each}`' for each in _CELL_SHAPES)}",
                parameters=sorted(mine),
            )
        got = tuple(mine[name].shape)
        turned = ": it is transposed" if got == shape[::-1] != shape else ""
        trial.require(
            got == shape,
            f"`{name}` should have shape {_CELL_SHAPES[name]} = {shape}, got {got}{turned}",
            outcome=Outcome.SHAPE,
        )
    more = [name for name in mine if name not in _CELL_SHAPES]
    trial.require(not more, f"there should be no parameter `{(more or [''])[0]}`: four are enough", parameters=more)


def _with_weights(step, weights: tuple[Tensor, ...]):
    """A step as the `forward` of a cell with these weights."""

    def forward(x, state=None):
        zeros = x.new_zeros(len(x), weights[1].shape[1])
        return step(x, (zeros, zeros) if state is None else state, *weights)

    return forward


def _goes_on(step, first, second) -> bool:
    """Is the second result the step after the first one, where both should be the step after zeros?"""
    with contextlib.suppress(Exception):  # neither need be a pair of tensors (B, H)
        return not torch.equal(first[0], second[0]) and torch.allclose(second[0], step(first)[0], atol=1e-5)
    return False


def _require_start(trial: Trial, cell: nn.Module, E: int, H: int) -> None:
    """A Finding unless the parameters start uniformly within 1/sqrt(H)."""
    for name, p in cell.named_parameters():
        bound, largest = 1 / math.sqrt(H), p.detach().abs().max().item()
        trial.require(largest > 0, f"`{name}` starts at zero: draw it uniformly between -1/sqrt(H) and 1/sqrt(H)")
        trial.require(
            p.min().item() < 0,
            f"`{name}` starts with positive numbers alone: draw it between -1/sqrt(H) and 1/sqrt(H)",
        )
        of = {"1/H": 1 / H, "1/sqrt(4H)": bound / 2, "1/sqrt(E)": 1 / math.sqrt(E)}
        near = next((text for text, value in of.items() if 0.9 * value < largest <= value * 1.0001), None)
        trial.require(
            0.9 * bound < largest <= bound * 1.0001,
            f"`{name}` should start within 1/sqrt(H) = {bound:.3f}, and reaches {largest:.3f}"
            + (f": that is {near}" if near else ""),
        )
        # Uniform: as much of it in the inner half as in the outer half.
        inner = (p.detach().abs() < bound / 2).float().mean().item()
        trial.require(
            0.35 < inner < 0.65, f"`{name}` should start uniformly within 1/sqrt(H), every value equally likely"
        )


ADVICE = (
    ("same dtype", "Zeros must have the dtype of x: `x.new_zeros(len(x), H)`, or `torch.zeros(..., dtype=x.dtype)`."),
    ("NoneType", "Called without a state the cell gets `state=None`: make it a pair of zeros, (B, H) each."),
    ("missing the required", "Write the method `forward(self, x, state=None)`; calling the cell calls `forward`."),
    ("before Module.__init__() call", "`super().__init__()` comes first in `__init__`."),
)


def examine(trial: Trial) -> None:
    for seed, (B, E, H) in enumerate([(3, 2, 4), (4, 3, 2)]):
        cell = trial.call(E, H)
        _require_parameters(trial, cell, E, H)
        weights = {name: normal(10 * seed + i, *shape) for i, (name, shape) in enumerate(_sizes(E, H).items())}
        cell.load_state_dict(weights, strict=False)  # it may have buffers of its own
        x, state = normal(seed + 70, B, E), (normal(seed + 80, B, H), normal(seed + 90, B, H))
        values = tuple(weights.values())
        mistakes = [(text, _with_weights(mistaken, values)) for text, mistaken in _STEP_MISTAKES]
        ignored = (
            "the state that is handed in is not used: zeros only where `state` is None",
            lambda x, state=None, values=values: lstm_step(x, (torch.zeros_like(state[0]),) * 2, *values),
        )
        got = trial.run(cell.forward, x, state)
        _require_pair(trial, got)
        trial.compare(got, lstm.lstm_step(x, state, *values), mistakes=[ignored, *mistakes], inputs=(x, state))
        got = trial.run(cell.forward, x)
        again = trial.run(cell.forward, x)
        _require_pair(trial, again)
        trial.require(
            not _goes_on(lambda state, x=x, values=values: lstm_step(x, state, *values), got, again),
            "called a second time without a state it goes on from the first: the cell keeps its state inside. Keep nothing "
            "in `self` but the parameters; the state comes in and goes out",
            first=got[0],
            second=again[0],
        )
        trial.compare(again, _with_weights(lstm_step, values)(x), inputs=(x,))
        direction = normal(seed + 95, 2, B, H)
        grads = {}
        for name, module in (("mine", cell), ("right", nn.LSTMCell(E, H))):
            module.load_state_dict(weights, strict=False)
            given = {
                each: tensor.clone().requires_grad_() for each, tensor in zip(("x", "h", "c"), (x, *state), strict=True)
            }
            loss = (torch.stack(module(given["x"], (given["h"], given["c"]))) * direction).sum()
            trial.require(
                loss.requires_grad,
                "its result is detached: no gradient reaches the parameters. Leave out `.detach()`, `.data` and "
                "`torch.no_grad()`",
            )
            parameters = dict(module.named_parameters())
            leaves = {each: parameters[each] for each in _CELL_SHAPES} | given
            found = torch.autograd.grad(loss, list(leaves.values()), allow_unused=True)
            grads[name] = dict(zip(leaves, found, strict=True))
        for name, right in grads["right"].items():
            mine = grads["mine"][name]
            trial.require(
                mine is not None,
                f"no gradient reaches `{name}`: "
                + (f"is it used as `self.{name}`?" if name in _CELL_SHAPES else "it must not be detached on its way"),
            )
            trial.require(torch.allclose(mine, right, atol=1e-4), f"the gradient with respect to `{name}` differs")
    trial.run(trial.call(3, 2).double().forward, normal(9, 2, 3).double())
    E, H = 48, 64
    _require_start(trial, trial.call(E, H), E, H)


EXERCISE = Exercise(
    id="03.lstm_cell",
    reference=LSTMCell,
    difficulty=2,
    minutes=10,
    hints=(
        "In `__init__`, after `super().__init__()`: `self.weight_ih = nn.Parameter(torch.empty(4 * H, E).uniform_(-bound, "
        "bound))`, and three more like it.",
        "`forward(self, x, state=None)`: where `state` is None, make it a pair of zeros (B, H), with B = `len(x)`; "
        "`x.new_zeros(len(x), H)` has the dtype of x.",
        "Then `return lstm_step(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)`.",
    ),
    explanation="""
The module holds the parameters and nothing else; the state comes in and goes out. A cell that remembered its state by
itself would carry one batch's memory into the next. `nn.Parameter` is what an optimizer and `state_dict` see. With the names
of `torch.nn.LSTMCell`, weights can be handed from one to the other.""",
    advice=ADVICE,
    own_form="TODO",
    examine=examine,
)
