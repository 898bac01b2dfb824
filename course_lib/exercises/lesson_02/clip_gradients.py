"""Exercise 02.clip_gradients."""

import contextlib

import torch
from torch import Tensor, nn

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.finding import Finding, Outcome
from course_lib.exercises.given import normal
from course_lib.exercises.show import show
from course_lib.exercises.trial import Trial


def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.stack([gradient.norm() for gradient in gradients]).norm()
    if norm > max_norm:
        for gradient in gradients:
            gradient.mul_(max_norm / norm)
    return norm


def _parameters(gradients: list[Tensor | None]) -> list[nn.Parameter]:
    """Parameters with given gradients."""
    parameters = [nn.Parameter(torch.zeros(2) if g is None else torch.zeros_like(g)) for g in gradients]
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.grad = None if gradient is None else gradient.clone()
    return parameters


def _clip_with(
    norm=lambda gs: torch.stack([g.norm() for g in gs]).norm(),
    scale=lambda gs, n, most: [g * min(1.0, most / (n.item() + 1e-6)) for g in gs],
    result=lambda before, gs: before,
):
    """A way to clip wrongly: (gradients, max_norm) -> (what comes back, the new gradients)."""

    def clip(gradients, max_norm):
        there = [g for g in gradients if g is not None]
        before = norm(there)
        new = iter(scale(there, before, max_norm))
        new = [None if g is None else next(new) for g in gradients]
        return torch.as_tensor(result(before, [g for g in new if g is not None])), new

    return clip


def _is_number(value) -> bool:
    if isinstance(value, bool | complex):
        return False
    if isinstance(value, Tensor):
        return (
            value.numel() == 1
            and not value.is_complex()
            and value.device.type != "meta"
            and value.layout == torch.strided
        )
    return isinstance(value, int | float)


_NEAR = {"rtol": 1e-3, "atol": 1e-5}


def _same_norm(one, other) -> bool:
    return torch.allclose(one[0].double(), other[0].double(), **_NEAR)


def _clipped_alike(one, other) -> bool:
    pairs = zip(one[1], other[1], strict=True)
    return _same_norm(one, other) and all((a is None and b is None) or torch.allclose(a, b, **_NEAR) for a, b in pairs)


def _show_clipped(result) -> str:
    norm, gradients = result
    return f"norm {norm.item():.4g}, gradients {show([g for g in gradients if g is not None])}"


ADVICE = (
    ("not subscriptable", "`parameters` is an iterator, as `model.parameters()` is: make a list of it."),
    ("has no len()", "`parameters` is an iterator, as `model.parameters()` is: make a list of it."),
    ("stack expects", "The gradients have different shapes: stack their norms, `[g.norm() for g in gradients]`."),
    (
        "non-empty TensorList",
        "`parameters` can be gone through only once, like `model.parameters()`: make a list of the gradients first.",
    ),
    ("leaf Variable that requires grad", "Scale the gradients, `p.grad.mul_(...)`, not the parameters."),
    ("NoneType", "A parameter that was not used has no gradient, `p.grad` is None: leave it out."),
)


def examine(trial: Trial) -> None:
    def each(gs, n, most):
        return [g * min(1.0, most / (g.norm().item() + 1e-6)) for g in gs]

    mistakes = [
        ("the norm is right, but the gradients are as they were: is `parameters` gone through twice (it can be only once: "
         "make a list first), or is a scaled copy thrown away? Use `p.grad.mul_(...)`", _clip_with(scale=lambda gs, n, most: gs)),
        ("each gradient is clipped by its own norm; there is one norm for all together, and one factor", _clip_with(scale=each)),
        ("each element is cut off at `max_norm`; scale all gradients by one factor", _clip_with(scale=lambda gs, n, most: [g.clamp(-most, most) for g in gs])),
        ("gradients that are short enough are made longer: scale only if the norm is above `max_norm`", _clip_with(scale=lambda gs, n, most: [g * most / n for g in gs])),
        ("the gradients are made to have the norm 1; `max_norm` is what bounds it", _clip_with(scale=lambda gs, n, most: [g / n for g in gs])),
        ("the gradients are made to have the norm 1; `max_norm` is what bounds it", _clip_with(scale=lambda gs, n, most: [g / max(1.0, n.item()) for g in gs])),
        ("the factor is upside down: max_norm / norm", _clip_with(scale=lambda gs, n, most: [g * (n / most if n > most else 1.0) for g in gs])),
        ("short gradients are scaled and long ones left: turn the comparison round", _clip_with(scale=lambda gs, n, most: [g * (most / n if n < most else 1.0) for g in gs])),
        ("the norms of the gradients are added up; their common norm is the root of the sum of squares",
         _clip_with(norm=lambda gs: sum(g.norm() for g in gs))),
        ("the root is missing: the norm is the root of the sum of squares", _clip_with(norm=lambda gs: sum(g.square().sum() for g in gs))),
        ("it is the largest of the norms; the common norm is the root of the sum of squares", _clip_with(norm=lambda gs: torch.stack([g.norm() for g in gs]).max())),
        ("it is the mean of the norms; the common norm is the root of the sum of squares", _clip_with(norm=lambda gs: torch.stack([g.norm() for g in gs]).mean())),
        ("it is the sum of absolute values; the norm is the root of the sum of squares", _clip_with(norm=lambda gs: sum(g.abs().sum() for g in gs))),
        ("it is the largest element; the norm is the root of the sum of squares", _clip_with(norm=lambda gs: torch.stack([g.abs().max() for g in gs]).max())),
        ("the norm after clipping comes back; the one before is asked for", _clip_with(result=lambda before, gs: torch.stack([g.norm() for g in gs]).norm())),
        ("the factor comes back; the norm before clipping is asked for",
         lambda gs, most: (lambda n: (torch.as_tensor(min(1.0, most / (n.item() + 1e-6))), _clip_with()(gs, most)[1]))(_clip_with()(gs, most)[0])),
        ("only the first gradient is scaled; all of them are", _clip_with(scale=lambda gs, n, most: [gs[0] * min(1.0, most / n.item()), *gs[1:]])),
        ("all gradients became 0", _clip_with(scale=lambda gs, n, most: [0 * g for g in gs])),
    ]  # fmt: skip
    cases = [
        ([torch.tensor([2.0, -4.0]), torch.tensor([[5.0], [2.0]])], 1.4),
        ([torch.tensor([2.0, -4.0]), torch.tensor([[5.0], [2.0]])], 10.0),
        ([normal(0, 4, 3), normal(1, 4), normal(2, 2, 2, 2)], 0.5),
        ([100 * normal(3, 5), None, 1e-3 * normal(4, 3, 2)], 2.0),
        ([0.01 * normal(5, 3)], 2.0),
    ]
    passed = []
    for gradients, max_norm in cases:
        given = _parameters(gradients)
        norm = trial.call((p for p in given), max_norm)  # to be gone through once, as `model.parameters()` is
        case = trial.case() | {
            "The gradients": show([g for g in gradients if g is not None]),
            "The norm of all": f"{_clip_with()(gradients, max_norm)[0]:.4g}",
        }
        if not _is_number(norm):
            message = f"one number is expected, the norm of all gradients before clipping, got {show(norm)}"
            raise Finding(Outcome.DTYPE, message, case)
        if [p.grad is None for p in given] != [g is None for g in gradients]:
            raise Finding(Outcome.VALUE, "a parameter has lost its gradient, or has got one that it had not", case)
        got = (torch.as_tensor(norm).detach(), [None if p.grad is None else p.grad.detach() for p in given])
        passed.append((gradients, max_norm, got))
        right = _clip_with()(gradients, max_norm)
        if _clipped_alike(got, right):
            continue

        def explains(mistaken) -> bool:
            with contextlib.suppress(Exception):  # a mistake need not be possible with every gradient
                return all(_clipped_alike(mine, mistaken(before, most)) for before, most, mine in passed)
            return False

        message = next((known for known, mistaken in mistakes if explains(mistaken)), None)
        unknown = (
            "the norm that comes back is right, but the gradients afterwards are not: times max_norm / norm, all of them"
            if _same_norm(got, right)
            else "the norm that comes back is not that of all gradients together, before clipping"
        )
        shown = {"Expected": _show_clipped(right), "Got": _show_clipped(got)}
        raise Finding(Outcome.VALUE, message or unknown, case | shown)


EXERCISE = Exercise(
    id="02.clip_gradients",
    reference=clip_gradients,
    difficulty=2,
    minutes=6,
    hints=(
        "One norm for all: as if all gradients were one long vector. It is the root of the sum of all squares.",
        "`gradients = [p.grad for p in parameters if p.grad is not None]` first: `parameters` can be gone through only once.",
        "`norm = torch.stack([g.norm() for g in gradients]).norm()`; if it is larger than `max_norm`, "
        "`g.mul_(max_norm / norm)` for each; `return norm`.",
    ),
    explanation="""
The norm of the norms is the norm of all elements together. All gradients shrink by one factor, so the step keeps its
direction and only its length is bounded; clipping each tensor, or each element, by itself would turn the direction. A
gradient that is short enough stays as it is. The norm before clipping is worth returning: watching it is how one notices
that gradients explode.""",
    advice=ADVICE,
    examine=examine,
)
