"""Exercise 03.forget_bias: the sum of two biases at the rows of f."""

from typing import Any

import torch
from torch import Tensor, nn

from course_lib import lstm
from course_lib.exercises.kit import Exercise, Finding, Outcome, Trial

ADVICE = (
    ("no attribute 'H'", "H is `len(cell.bias_ih) // 4`."),
    ("no attribute 'hidden_size'", "A cell of your own has no `hidden_size`: H is `len(cell.bias_ih) // 4`."),
    ("cannot assign",
     "A parameter stays a parameter: inside `with torch.no_grad():` write `cell.bias_ih[...] = value`."),
    ("leaf Variable", "A parameter may change in place only where no gradient is recorded: `with torch.no_grad():`."),
)  # fmt: skip


_RENEWED = (
    "a bias is another `nn.Parameter` now: an optimizer made before holds the old one. Change it in place, "
    "inside `with torch.no_grad():`"
)


def _all_held(cell: nn.Module, held: dict[str, Any]) -> bool:
    """Are the parameters those that the cell had before?"""
    return all(p is held.get(name) for name, p in cell.named_parameters())


def _require_only_biases_changed(
    trial: Trial, cell: nn.Module, held: dict[str, Any], before: dict[str, Tensor], got: Any
) -> dict[str, Tensor]:
    """A Finding unless the same cell came back, its weights as they were, its biases still trained; its parameters."""
    wrong = f"expected the cell, got {type(got).__name__}: `return cell`"
    trial.require(isinstance(got, nn.Module), wrong, outcome=Outcome.TYPE, got=got)
    copied = (
        "a changed copy of the cell comes back; the caller's own cell must change: it may be part of a model already"
    )
    trial.require(got is cell or set(dict(got.named_parameters())) != set(before), copied)
    after = {name: p.detach() for name, p in got.named_parameters()}
    same = set(after) == set(before) and all(after[name].shape == p.shape for name, p in before.items())
    trial.require(same, "another cell comes back; change the biases of this one, and return it", got=got)
    for name in ("weight_ih", "weight_hh"):
        trial.require(torch.equal(after[name], before[name]), f"`{name}` has changed; only the biases should")
    trial.require(_all_held(got, held), _RENEWED)
    for name in ("bias_ih", "bias_hh"):
        trial.require(bool(after[name].isfinite().all()), f"`{name}` holds nan or inf", got=after[name])
    return after


def _why_wrong(value: float, before: dict[str, Tensor], after: dict[str, Tensor]) -> str:
    """What is wrong with the rows of f in the two biases, which should add up to the value."""
    was, now = before["bias_ih"] + before["bias_hh"], after["bias_ih"] + after["bias_hh"]
    if all(torch.equal(before[name], after[name]) for name in before):
        zero = "where `value` is 0 nothing has changed; 0 is a value, too: the sum of the two biases should be 0"
        rows = "nothing has changed: in every cell the rows of f are [H : 2 * H], and H is `len(cell.bias_ih) // 4`"
        return rows if value else zero
    if torch.allclose(now, was + value, atol=1e-6):
        return "the value is added to the biases that were there; the sum of the two should be the value itself"
    for name, other in (("bias_ih", "bias_hh"), ("bias_hh", "bias_ih")):
        if (after[name] - value).abs().max() < 1e-6:
            return f"`{name}` is the value, but `{other}` still adds something random: set its rows to 0"
        if not after[other].any() and torch.equal(now, before[name]):
            return f"the rows of `{name}` are as they were; set them to the value, in place"
        if not after[other].any() and torch.allclose(now, before[name] + value, atol=1e-6):
            return f"the value is added to what `{name}` was; set its rows to the value: `=` instead of `+=`"
    if len(now) > 1 and any((part == value).any() for part in after.values()):
        return "only some of the H rows of f are set; they are [H : 2 * H]"
    return "the forget gate's biases do not add up to the value: set the rows of one to it, those of the other to 0"


def examine(trial: Trial) -> None:
    own, torchs = lstm.LSTMCell, nn.LSTMCell
    for cell, value in ((torchs(3, 4), 1.0), (own(2, 3), -2.0), (own(2, 5), 0.5), (torchs(1, 1), 0.0)):
        held = dict(cell.named_parameters())
        before = {name: p.detach().clone() for name, p in cell.named_parameters()}
        for p in cell.parameters():
            p.grad = torch.ones_like(p)  # to be left alone
        try:
            got = trial.call(cell, value)
        except Finding as finding:
            if "switches gradients on or off" in finding.message:
                finding.message = (
                    "a parameter is none any more, or is no longer trained: each stays an `nn.Parameter` whose "
                    "`requires_grad` is True"
                )
            if "takes away the gradients" in finding.message and not _all_held(cell, held):
                finding.message = _RENEWED
            raise
        after = _require_only_biases_changed(trial, cell, held, before, got)
        H = cell.weight_hh.shape[1]
        was, now = (dict(zip("ifgo", (p["bias_ih"] + p["bias_hh"]).split(H), strict=True)) for p in (before, after))
        expected = torch.cat([was["i"], torch.full((H,), value), was["g"], was["o"]])
        shown: dict[str, Any] = {"expected_bias_ih_+_bias_hh": expected, "got": torch.cat(list(now.values()))}
        twice = value != 0 and torch.allclose(now["f"], torch.full((H,), 2 * value), atol=1e-6)
        both = f"both biases are {value:g}, and their sum is {2 * value:g}: one should get the value, the other 0"
        trial.require(not twice, both, **shown)
        moved = [name for name in "ifgo" if not torch.allclose(now[name], was[name], atol=1e-6)]
        every = "the biases of all gates are changed; change only [H : 2 * H], the rows of f"
        trial.require(len(moved) < 4 or H == 1, every, **shown)
        others, too = " and ".join(name for name in moved if name != "f"), " too" if "f" in moved else ""
        rows = f"the rows of gate {others} are changed{too}; change only [H : 2 * H], those of f"
        trial.require(not others, rows, **shown)
        right = torch.allclose(now["f"], torch.full((H,), value), atol=1e-6)
        old, new = ({name: p[name][H : 2 * H] for name in ("bias_ih", "bias_hh")} for p in (before, after))
        trial.require(right, _why_wrong(value, old, new), **shown)


EXERCISE = Exercise(id="03.forget_bias", reference=lstm.set_forget_bias, difficulty=2, minutes=5, examine=examine,
    advice=ADVICE, hints=(
        "The biases are (4H,), with the rows of i, f, g and o one after the other: those of f are `[H : 2 * H]`.",
        "What counts is the sum of the two biases: write the value into one of them and 0 into the other.",
        "Changing a parameter in place needs `with torch.no_grad():`, because it is no part of the computation."),
    explanation="""The two biases are only ever added, so one would do; `torch.nn` has two because the library for GPUs
has. Writing 1 into both makes 2, and into one of them alone 1 plus something random.""")  # fmt: skip
