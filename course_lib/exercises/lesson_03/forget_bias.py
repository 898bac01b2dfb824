"""Exercise 03.forget_bias."""

import torch
from torch import nn

from course_lib import gru, lstm
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.finding import Outcome
from course_lib.exercises.lesson_03.lstm_cell import LSTMCell
from course_lib.exercises.trial import Trial


def set_forget_bias(cell, value):
    H = len(cell.bias_ih) // 4
    with torch.no_grad():
        cell.bias_ih[H : 2 * H] = value
        cell.bias_hh[H : 2 * H] = 0
    return cell


ADVICE = (
    ("no attribute 'H'", "H is `len(cell.bias_ih) // 4`."),
    ("no attribute 'hidden_size'", "A cell of your own has no `hidden_size`: H is `len(cell.bias_ih) // 4`."),
    ("cannot assign", "A parameter stays a parameter: change it in place, inside `with torch.no_grad():`."),
    (
        "leaf Variable",
        "A parameter may be changed in place only where no gradient is recorded: `with torch.no_grad():`.",
    ),
)


def examine(trial: Trial) -> None:
    cells = [(nn.LSTMCell(3, 4), 1.0), (LSTMCell(2, 3), -2.0), (lstm.LSTMCell(2, 5), 3.0), (nn.LSTMCell(1, 1), 0.0)]
    for cell, value in cells:
        before = {name: p.detach().clone() for name, p in cell.named_parameters()}
        H = cell.weight_hh.shape[1]
        got = trial.call(cell, value)
        trial.require(
            isinstance(got, nn.Module),
            f"expected the cell, got {type(got).__name__}: `return cell`",
            outcome=Outcome.DTYPE,
            got=got,
        )
        after = {name: p.detach() for name, p in got.named_parameters()}
        trial.require(
            set(after) == set(before) and all(after[name].shape == p.shape for name, p in before.items()),
            "another cell comes back; change the biases of this one, and return it",
            got=got,
        )
        for name in ("weight_ih", "weight_hh"):
            trial.require(torch.equal(after[name], before[name]), f"`{name}` has changed; only the biases should")
        trial.require(
            all(p.requires_grad for p in got.parameters()),
            "a bias is no longer trained: `requires_grad` must stay True",
        )
        was, now = (each["bias_ih"] + each["bias_hh"] for each in (before, after))
        expected = was.clone()
        expected[H : 2 * H] = value
        for name, mistaken in (("bias_ih", after["bias_ih"]), ("bias_hh", after["bias_hh"])):
            trial.require(bool(mistaken.isfinite().all()), f"`{name}` holds nan or inf", got=mistaken)
        rows = {name: slice(k * H, (k + 1) * H) for k, name in enumerate("ifgo")}
        moved = [name for name, place in rows.items() if not torch.allclose(now[place], was[place], atol=1e-6)]
        shown = {"expected_bias_ih_+_bias_hh": expected, "got": now}
        right = torch.allclose(now[H : 2 * H], torch.full((H,), value), atol=1e-6)
        if value != 0 and torch.allclose(now[rows["f"]], torch.full((H,), 2 * value), atol=1e-6):
            trial.require(
                False,
                f"both biases are {value:g}, and their sum is {2 * value:g}: one gets the value, the other 0",
                **shown,
            )
        trial.require(
            len(moved) < 4 or H == 1,
            "the biases of all gates are changed; those of f are the rows [H : 2 * H]",
            **shown,
        )
        if moved and "f" not in moved:
            trial.require(
                False, f"the rows of gate {' and '.join(moved)} are changed; those of f are [H : 2 * H]", **shown
            )
        others = [name for name in moved if name != "f"]
        trial.require(
            not others,
            f"the rows of gate {' and '.join(others)} are changed too; those of f are [H : 2 * H] alone",
            **shown,
        )
        if not right:
            parts = {name: after[name][rows["f"]] for name in ("bias_ih", "bias_hh")}
            whole = [name for name, part in parts.items() if torch.allclose(part, torch.full((H,), value), atol=1e-6)]
            added = torch.allclose(now[rows["f"]], was[rows["f"]] + value, atol=1e-6)
            some = any((part == value).any() for part in parts.values())
            other = {"bias_ih": "bias_hh", "bias_hh": "bias_ih"}
            trial.require(
                False,
                "the value is added to the bias that was there; the sum of the two biases should be the value"
                if added
                else f"`{whole[0]}` is the value, but `{other[whole[0]]}` still adds something random: set its rows to 0"
                if whole
                else "only some of the H rows of f are set; they are [H : 2 * H]"
                if some and H > 1
                else "the forget gate's biases do not add up to the value",
                **shown,
            )


EXERCISE = Exercise(
    id="03.forget_bias",
    reference=set_forget_bias,
    difficulty=2,
    minutes=5,
    hints=(
        "The biases are (4H,), with the rows of i, f, g and o one after the other: those of f are `[H : 2 * H]`.",
        "What counts is the sum of the two biases: write the value into one of them and 0 into the other.",
        "Changing a parameter in place needs `with torch.no_grad():`, because it is no part of the computation.",
    ),
    explanation="""
The two biases are only ever added, so one would do; `torch.nn` has two because the library for GPUs beneath it has. Whoever
writes 1 into both starts with 2, and whoever writes 1 into one of them starts with 1 plus something random.""",
    advice=ADVICE,
    examine=examine,
)
