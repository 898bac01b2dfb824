"""Is an answer equal in effect to the reference? Both get thousands of inputs, varied from those of the check.

    cases = recorded(exercise, reference)
    differs(exercise, reference, answer, cases)

What is varied keeps its form: shapes and dtypes, the values that occur, which tensor is a mask and which one padding is
found in. Functions, models and objects stay as they are.
"""

import contextlib
import copy
import functools
import random
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from course_lib.exercises import grading
from course_lib.exercises.difference import difference
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.guard import copies, undisturbed
from course_lib.exercises.limits import LimitReached, within_limits

TRIALS = 2000
SECONDS = 3.0  # for all trials of one answer

Case = tuple[tuple[Any, ...], dict[str, Any]]


class Cases(list[Case]):
    """Inputs of a check, and whether it asks for gradients."""

    gradients = False


def recorded(exercise: Exercise, reference: Any) -> Cases:
    """The inputs with which the check calls an answer."""
    found = Cases()
    if isinstance(reference, type):
        return found

    @functools.wraps(reference)
    def recording(*given: Any, **options: Any) -> Any:
        found.gradients |= any(isinstance(each, Tensor) and each.requires_grad for each in given)
        with contextlib.suppress(Exception):  # what can't be copied can't be varied
            found.append((tuple(_copy(each) for each in given), options))
        return reference(*given, **options)

    grading.grade(exercise, recording)
    return found


def differs(exercise: Exercise, reference: Any, answer: Any, cases: Cases) -> bool | None:
    """Does any input tell them apart, by result or gradient? None where results can't be compared: modules."""
    with undisturbed():
        twice = [_outcome(reference, *case, cases.gradients) for case in cases[:1] for _ in range(2)]
    if not twice or None in twice or not _same(*twice):
        return None
    chance = random.Random(0)

    def compare() -> bool:
        for trial in range(TRIALS):
            given, options = cases[trial % len(cases)]
            if trial >= len(cases):
                given = tuple(_varied(each, chance) for each in given)
            right = _outcome(reference, given, options, cases.gradients)
            if right is None:  # not an input for this exercise
                continue
            mine = _outcome(answer, given, options, cases.gradients)
            if mine is None or not _same(mine, right):
                return True
        return False

    try:
        with undisturbed():
            return within_limits(compare, seconds=SECONDS)
    except LimitReached:
        return False  # as many trials as there was time for


def _outcome(function: Any, given: Sequence[Any], options: dict[str, Any], with_gradients: bool) -> Any:
    """The result and the gradients; None where it can't be computed or holds NaN."""
    leaves = [
        each.detach().clone().requires_grad_() if isinstance(each, Tensor) and each.is_floating_point() else each
        for each in copies(given)
    ]
    torch.manual_seed(0)
    random.seed(0)
    try:
        result = function(*leaves, **options)
        first = result[0] if isinstance(result, tuple | list) and result else result
        gradients = []
        if with_gradients and isinstance(first, Tensor) and first.requires_grad:
            weights = torch.rand(first.shape, generator=torch.Generator().manual_seed(1), dtype=first.dtype)
            first.backward(weights)
            gradients = [each.grad for each in leaves if isinstance(each, Tensor) and each.is_floating_point()]
    except Exception:
        return None
    if isinstance(first, Tensor) and first.is_floating_point() and first.isnan().any():
        return None
    return result, gradients


def _same(mine: Any, right: Any) -> bool:
    if isinstance(mine[0], Tensor) and isinstance(right[0], int | float) and mine[0].numel() == 1:
        mine = (type(right[0])(mine[0].item()), mine[1])  # a number may come as a tensor, where the check lets it
    with contextlib.suppress(Exception):
        if difference(mine[0], right[0], 1e-5, 1e-4) is not None or len(mine[1]) != len(right[1]):
            return False
        zero = [torch.zeros(()) if each is None else each for each in (*mine[1], *right[1])]
        half = len(right[1])
        return all(torch.allclose(a, b, atol=1e-4, rtol=1e-3) for a, b in zip(zero[:half], zero[half:], strict=True))
    return False


def _copy(value: Any) -> Any:
    return value.detach().clone() if isinstance(value, Tensor) else copy.deepcopy(value)


# --- varied inputs ------------------------------------------------------------------------------------------------


def _varied(value: Any, chance: random.Random) -> Any:
    """A value of the same form."""
    if isinstance(value, Tensor) and value.numel():
        return _varied_tensor(value, chance)
    if isinstance(value, bool):
        return chance.choice([value, not value])
    if isinstance(value, int):
        return max(min(value, 1), value + chance.choice([-1, 0, 0, 1])) if value >= 0 else value
    if isinstance(value, float):
        return chance.choice([value, value * chance.uniform(0.5, 1), value * chance.uniform(0.2, 1)])
    if isinstance(value, str):
        return "".join(chance.choices(value, k=chance.randint(1, len(value)))) if value else value
    if isinstance(value, list) and value:
        return _varied_list(value, chance)
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(_varied(each, chance) for each in value)
    return copy.deepcopy(value) if isinstance(value, dict | set | list) else value


def _varied_list(value: list[Any], chance: random.Random) -> list[Any]:
    if all(isinstance(each, str | int | tuple) for each in value):
        return chance.choices(value, k=max(min(2, len(value)), len(value) + chance.choice([-2, -1, 0, 0, 1])))
    kept = [_varied(each, chance) for each in value]
    if chance.random() < 0.3:
        chance.shuffle(kept)
    return kept


def _varied_tensor(value: Tensor, chance: random.Random) -> Tensor:
    generator = torch.Generator().manual_seed(chance.randrange(1 << 30))
    if value.dtype is torch.bool:
        made = torch.rand(value.shape, generator=generator) < chance.choice([0.3, 0.6, 0.9])
        if value.ndim and value.any(-1).all():
            made[..., 0] |= ~made.any(-1)
        return made
    if not value.is_floating_point():
        flat = value.flatten()
        return flat[torch.randint(len(flat), value.shape, generator=generator)]
    low, high = value.min().item(), value.max().item()
    if value.ndim and low >= 0 and torch.allclose(value.sum(-1), torch.ones(()).to(value), atol=1e-4):
        return torch.randn(value.shape, generator=generator).to(value).softmax(-1)  # probabilities
    if low >= 0 and high <= 1:
        return torch.rand(value.shape, generator=generator).to(value)
    if high <= 0:
        return -value.abs().max() * torch.rand(value.shape, generator=generator).to(value)
    if low >= 0:
        return high * torch.rand(value.shape, generator=generator).to(value)
    made = torch.randn(value.shape, generator=generator).to(value) * min(
        value.std().item() if value.numel() > 1 else 1, 3
    )
    return made.round(decimals=1) if chance.random() < 0.2 else made
