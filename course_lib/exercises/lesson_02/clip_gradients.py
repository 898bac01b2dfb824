"""Exercise 02.clip_gradients: one norm and one factor for all gradients together."""

from collections.abc import Iterator
from itertools import chain

import torch
from torch import Tensor, nn

from course_lib.exercises.kit import Chance, Exercise, Function, Outcome, Trial, drawn, normal, parted, show
from course_lib.gradients import clip_gradients

_Gradients = list[Tensor | None]  # None where a parameter was not used


class _Parameters(Iterator[nn.Parameter]):
    """Parameters with given gradients, to be gone through once, as `model.parameters()` is."""

    def __init__(self, gradients: _Gradients):
        self.all = [nn.Parameter(torch.zeros(2) if g is None else torch.zeros_like(g)) for g in gradients]
        for parameter, gradient in zip(self.all, gradients, strict=True):
            parameter.grad = None if gradient is None else gradient.clone()
        self.shown = f"those with the gradients {show(self.gradients)}"
        self.left = iter(self.all)

    @property
    def gradients(self) -> list[Tensor]:
        return [p.grad.detach() for p in self.all if p.grad is not None]

    def __next__(self) -> nn.Parameter:
        return next(self.left)

    def __repr__(self) -> str:
        return self.shown


def _norm(gradients: list[Tensor]) -> Tensor:
    return torch.cat([gradient.flatten() for gradient in gradients]).square().sum().sqrt()


@parted
def _clip(factor: Function = lambda g, n, m: min(1, m / n.item()), norm: Function = _norm) -> Function:
    """A way to clip: (gradients, max_norm) -> (the norm before, the new gradients); with another factor, or norm."""
    return lambda gradients, m: (norm(gradients), [g * factor(g, norm(gradients), m) for g in gradients])


_right = _clip()
MISTAKES = (
    ("the norm is right, but the gradients are as they were: is `parameters` gone through twice (it can be only once: "
     "make a list first), or is a scaled copy thrown away? Use `p.grad.mul_(...)`", _clip(lambda g, n, m: 1)),
    ("each gradient is clipped by its own norm; one serves all", _clip(lambda g, n, m: (m / g.norm()).clamp(max=1))),
    ("each element is cut off; scale all by one factor", _clip(lambda g, n, m: (m / g.abs()).clamp(max=1))),
    ("short gradients are made longer: scale only if the norm is above `max_norm`", _clip(lambda g, n, m: m / n)),
    ("the gradients are made to have the norm 1; `max_norm` is what bounds it",
     _clip(lambda g, n, m: 1 / n), _clip(lambda g, n, m: 1 / max(1.0, n.item()))),
    ("the factor is upside down: max_norm / norm", _clip(lambda g, n, m: n / m if n > m else 1.0)),
    ("short gradients are scaled, not long ones", _clip(lambda g, n, m: m / n if n < m else 1.0)),
    ("the norms are added up; square them, add, and take the root", _clip(norm=lambda gs: sum(g.norm() for g in gs))),
    ("the root is missing: the norm is the root of the sum of squares", _clip(norm=lambda gs: _norm(gs) ** 2)),
    ("it is the largest of the norms, or their mean; the common norm is the root of the sum of squares",
     *(_clip(norm=lambda gs, of=of: of([g.norm() for g in gs])) for of in (max, lambda n: sum(n) / len(n)))),
    ("it is the sum of absolute values, or the largest; the norm is the root of the sum of squares",
     *(_clip(norm=lambda gs, of=of: of([of(g.abs().flatten()) for g in gs])) for of in (sum, max))),
    ("the norm after clipping comes back, not that before", lambda gs, m: (_norm(gs).clamp(max=m), _right(gs, m)[1])),
    ("the factor comes back; the norm is asked for", lambda gs, m: ((m / _norm(gs)).clamp(max=1), _right(gs, m)[1])),
    ("only the first gradient is scaled; all are", lambda gs, m: (_norm(gs), [_right(gs, m)[1][0], *gs[1:]])),
    ("all gradients became 0", _clip(lambda g, n, m: 0)),
)  # fmt: skip

_LIST = "`parameters` is an iterator, as `model.parameters()` is: make a list of it."
ADVICE = (
    *((sign, _LIST) for sign in ("not subscriptable", "has no len()")),
    ("stack expects", "The gradients have different shapes: stack their norms, `[g.norm() for g in gradients]`."),
    ("non-empty TensorList", "`parameters` can be gone through only once: make a list of the gradients first."),
    ("leaf Variable that requires grad", "Scale the gradients, `p.grad.mul_(...)`, not the parameters."),
    ("NoneType", "A parameter that was not used has no gradient, `p.grad` is None: leave it out."),
)


def _again(trial: Trial, gradients: list[Tensor], max_norm: float) -> tuple[Tensor, list[Tensor]]:
    given = _Parameters(list(gradients))
    return torch.as_tensor(trial.answer(given, max_norm)).detach().float(), given.gradients


def _is_number(value: object) -> bool:
    if isinstance(value, Tensor):
        return value.numel() == 1 and not value.is_complex() and not value.is_meta and value.layout == torch.strided
    return isinstance(value, int | float) and not isinstance(value, bool)


def _draw(chance: Chance) -> tuple[_Gradients, float]:
    """Parameters of any shape, some without a gradient; the norm may be above the bound or below."""
    some = [chance.normal(*(chance.n() for _ in range(chance.randint(1, 3)))) for _ in range(chance.n())]
    return [*some, *[None] * chance.randrange(2)], chance.choice([0.1, 1.0, 5.0, 100.0])


def examine(trial: Trial) -> None:
    two: _Gradients = [torch.tensor([2.0, -4.0]), torch.tensor([[5.0], [2.0]])]
    cases: list[tuple[_Gradients, float]] = [(two, 1.4), (two, 10.0)]
    cases += [([normal(0, 4, 3), normal(1, 4), normal(2, 2, 2, 2)], 0.5)]
    cases += [([100 * normal(3, 5), None, 1e-3 * normal(4, 3, 2)], 2.0), ([0.01 * normal(5, 3)], 2.0)]
    for gradients, max_norm in chain(cases, drawn(_draw)):
        given, before = _Parameters(gradients), [g for g in gradients if g is not None]
        held = [p.grad for p in given.all]
        norm = trial.call(given, max_norm)
        number = f"one number is expected, the norm of all gradients before clipping, got {show(norm)}"
        trial.require(_is_number(norm), number, outcome=Outcome.DTYPE)
        kept = [p.grad is None for p in given.all] == [g is None for g in gradients]
        trial.require(kept, "a parameter has lost its gradient, or has got one that it had not")
        others = "a parameter's `.grad` is another tensor now: change it in place, `p.grad.mul_(...)`"
        trial.require(all(p.grad is grad for p, grad in zip(given.all, held, strict=True)), others)
        got, right = (torch.as_tensor(norm).detach().float(), given.gradients), _right(before, max_norm)
        unknown = "the norm that comes back is not that of all gradients together, before clipping"
        if torch.allclose(got[0], right[0], rtol=1e-3):
            unknown = "the norm is right, but the gradients afterwards are not: all times max_norm / norm"
        mistakes = (*MISTAKES, (unknown, lambda *inputs: _again(trial, *inputs)))
        trial.compare(got, right, inputs=(before, max_norm), rtol=1e-3, mistakes=mistakes)


EXERCISE = Exercise(id="02.clip_gradients", reference=clip_gradients, difficulty=2, minutes=6, examine=examine,
    advice=ADVICE, hints=(
        "One norm for all: as if all gradients were one long vector. It is the root of the sum of all squares.",
        "First `gradients = [p.grad for p in parameters if p.grad is not None]`: a list can be gone through twice.",
        "`norm = torch.stack([g.norm() for g in gradients]).norm()`; if it is larger than `max_norm`, "
        "`g.mul_(max_norm / norm)` for each; `return norm`."),
    explanation="""The norm of the norms is the norm of all elements together. All gradients shrink by one factor, so
the step keeps its direction and only its length is bounded; clipping each tensor, or each element, by itself would turn
the direction. The norm before clipping is worth returning: it shows when gradients explode.""")  # fmt: skip
