"""Exercise 03.lstm_cell: the step's parameters in a module, which keeps nothing else."""

import math
from typing import Any

import torch
from torch import Tensor, nn

from course_lib.exercises.kit import Exercise, Function, Mistake, Outcome, Trial, normal
from course_lib.exercises.lesson_03.shared import STEP_MISTAKES, require_pair
from course_lib.lstm import LSTMCell, lstm_step

_SHAPES = {"weight_ih": "(4H, E)", "weight_hh": "(4H, H)", "bias_ih": "(4H,)", "bias_hh": "(4H,)"}


def _sizes(E: int, H: int) -> dict[str, tuple[int, ...]]:
    return {"weight_ih": (4 * H, E), "weight_hh": (4 * H, H), "bias_ih": (4 * H,), "bias_hh": (4 * H,)}


def _require_parameters(trial: Trial, cell: Any, E: int, H: int) -> None:
    """A Finding unless the cell is a module with the parameters that the exercise names."""
    module = f"`LSTMCell(E, H)` should make a module, `class LSTMCell(nn.Module)`, got {type(cell).__name__}"
    trial.require(isinstance(cell, nn.Module), module, outcome=Outcome.DTYPE, got=cell)
    mine = dict(cell.named_parameters())
    for name, shape in _sizes(E, H).items():
        plain = f"`{name}` is a plain tensor, which no optimizer sees: `self.{name} = nn.Parameter(...)`"
        missing = f"there is no parameter `{name}`: the names are {', '.join(f'`{each}`' for each in _SHAPES)}"
        is_plain = isinstance(getattr(cell, name, None), Tensor)
        trial.require(name in mine, plain if is_plain else missing, parameters=sorted(mine))
        got = tuple(mine[name].shape)
        turned = ": it is transposed" if got == shape[::-1] != shape else ""
        wrong = f"`{name}` should have shape {_SHAPES[name]} = {shape}, got {got}{turned}"
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
        within = f"`{name}` should start within 1/sqrt(H) = {bound:.3f}, and reaches {largest:.3f}{near}"
        trial.require(0.9 * bound < largest <= bound * 1.0001, within)
        inner = (p.detach().abs() < bound / 2).float().mean().item()  # as much in the inner half as in the outer
        trial.require(0.35 < inner < 0.65, f"`{name}` should start uniformly {between}, every value equally likely")


def _as_forward(step: Function, weights: list[Tensor]) -> Function:
    """A step as the `forward` of a cell with these weights."""

    def forward(x: Tensor, state: Any = None) -> Any:
        zeros = x.new_zeros(len(x), weights[1].shape[1])
        return step(x, (zeros, zeros) if state is None else state, *weights)

    return forward


def _require_gradients(trial: Trial, cell: nn.Module, right: nn.Module, given: dict[str, Tensor]) -> None:
    """A Finding unless the gradients of a direction of (h, c) are those of torch's cell with the same weights."""

    def gradients(module: nn.Module) -> dict[str, Any]:
        inputs = {name: tensor.clone().requires_grad_() for name, tensor in given.items()}
        result = torch.stack(module(inputs["x"], (inputs["h"], inputs["c"])))
        detached = "its result is detached: no gradient reaches the parameters. Leave out `.detach()` and `no_grad()`"
        trial.require(result.requires_grad, detached)
        leaves = {name: module.get_parameter(name) for name in _SHAPES} | inputs
        loss = (result * normal(95, *result.shape)).sum()
        return dict(zip(leaves, torch.autograd.grad(loss, list(leaves.values()), allow_unused=True), strict=True))

    got = gradients(cell)
    for name, expected in gradients(right).items():
        why = f"is it used as `self.{name}`?" if name in _SHAPES else "it must not be detached on its way"
        trial.require(got[name] is not None, f"no gradient reaches `{name}`: {why}")
        same = torch.allclose(got[name], expected, atol=1e-4)
        trial.require(same, f"the gradient with respect to `{name}` differs", expected=expected, got=got[name])


_IGNORED = "the state that is handed in is not used: zeros only where `state` is None"
_GOES_ON = "called a second time without a state it goes on from the first: the cell keeps its state inside"
ADVICE = (
    ("same dtype", "Zeros must have the dtype of x: `x.new_zeros(len(x), H)`, or `torch.zeros(..., dtype=x.dtype)`."),
    ("to unpack", "The state is a pair: without one it is `(zeros, zeros)`, h and c, and not one tensor."),
    ("NoneType", "Called without a state the cell gets `state=None`: make it a pair of zeros, (B, H) each."),
    ("missing the required", "Write the method `forward(self, x, state=None)`; calling the cell calls `forward`."),
    ("before Module.__init__() call", "`super().__init__()` comes first in `__init__`."),
)


def examine(trial: Trial) -> None:
    for seed, (B, E, H) in enumerate([(3, 2, 4), (4, 3, 2), (1, 2, 3), (2, 1, 1)]):
        cell, right = trial.call(E, H), nn.LSTMCell(E, H)
        _require_parameters(trial, cell, E, H)
        weights = {name: normal(10 * seed + i, *shape) for i, (name, shape) in enumerate(_sizes(E, H).items())}
        for module in (cell, right):
            module.load_state_dict(weights, strict=False)  # a cell may have buffers of its own
        x, h, c = normal(seed + 70, B, E), normal(seed + 80, B, H), normal(seed + 90, B, H)
        values = list(weights.values())
        step = _as_forward(lstm_step, values)
        mistakes: list[Mistake] = [(_IGNORED, lambda x, *_, step=step: step(x))]
        mistakes += [(sentence, *(_as_forward(f, values) for f in wrong)) for sentence, *wrong in STEP_MISTAKES]
        for state in ((h, c), (0 * h, c), (h, 0 * c)):
            got = trial.run(cell.forward, x, state)
            require_pair(trial, got)
            trial.compare(got, step(x, state), mistakes=mistakes, inputs=(x, state))
        got, again = trial.run(cell.forward, x), trial.run(cell.forward, x)
        require_pair(trial, again)
        goes_on = (_GOES_ON, lambda x, state=got, step=step: step(x, state))
        trial.compare(again, step(x), inputs=(x,), mistakes=[goes_on])
        more = torch.cat([x, x])  # the next batch may be of another size
        trial.compare(trial.run(cell.forward, more), step(more), inputs=(more,), mistakes=mistakes)
        _require_gradients(trial, cell, right, {"x": x, "h": h, "c": c})
    _require_start(trial, trial.call(48, 64), 48, 64)


EXERCISE = Exercise(id="03.lstm_cell", reference=LSTMCell, difficulty=2, minutes=5, examine=examine, advice=ADVICE,
    own_form="written out: the library's class has options, and shares its start and its guards with the other cells",
    hints=(
        "Your step with the cell's own parameters: `self.weight_ih`, `self.weight_hh`, `self.bias_ih`, `self.bias_hh`.",
        "Where `state` is None, make a pair: `zeros = x.new_zeros(len(x), H)`, and `state = (zeros, zeros)`.",
        "Then `return lstm_step(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)`."),
    explanation="""The module holds the parameters and nothing else; the state comes in and goes out. A cell that kept
its state would carry one batch's memory into the next. `nn.Parameter` is what an optimizer and `state_dict` see; the
names are those of `torch.nn.LSTMCell`, so weights can be handed over. This is the library's class: `initial_weights`
draws the four parameters, `checked_pair` makes the zeros, and complains of a state that does not fit.""")  # fmt: skip
