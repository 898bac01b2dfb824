"""Exercise 02.clip_gradients: one norm and one factor for all gradients together."""

from collections.abc import Iterator
from itertools import chain
from numbers import Real

import torch
from torch import Tensor, nn

from course_lib.exercises.kit import Chance, Exercise, Finding, Function, Outcome, Trial, drawn, normal, parted, show
from course_lib.gradients import clip_gradients

_Gradients = list[Tensor | None]  # None where a parameter was not used


class _Parameters(Iterator[nn.Parameter]):
    """Parameters with given gradients, to be gone through once, as `model.parameters()` is."""

    def __init__(self, gradients: _Gradients):
        self.all = [nn.Parameter(torch.zeros(2) if g is None else torch.ones_like(g)) for g in gradients]
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
    return torch.cat([torch.zeros(0), *(gradient.flatten() for gradient in gradients)]).square().sum().sqrt()


@parted
def _clip(
    factor: Function = lambda g, n, m: min(1, m / max(n.item(), 1e-30)), norm: Function = _norm,
    counted: Function = lambda given: None, scaled: Function = lambda given: None, back: Function = lambda n, m: n,
) -> Function:  # fmt: skip
    """A way to clip: (gradients, None among them, and max_norm) -> (the norm before, the new gradients).

    With another factor, or norm, or so many gradients counted or scaled, or another number that comes back.
    """

    def clip(given: _Gradients, m: float) -> tuple[object, list[Tensor]]:
        gradients = [g for g in given if g is not None]
        n = norm(gradients[: counted(given)])
        new = [g * factor(g, n, m) for g in gradients]
        return back(n, m), [*new[: scaled(given)], *gradients[len(new[: scaled(given)]) :]]

    return clip


def _before_none(given: _Gradients) -> int:
    return next((n for n, gradient in enumerate(given) if gradient is None), len(given))


def _spectral(gradients: list[Tensor]) -> Tensor:
    return _norm([torch.linalg.matrix_norm(g, 2)[None] if g.ndim == 2 else g for g in gradients])


_right = _clip()
MISTAKES = (
    ("no gradient has changed: `p.grad.mul_(max_norm / norm)` for each. `parameters` can be "
     "gone through only once: make a list first", _clip(lambda g, n, m: 1)),
    ("each gradient is clipped by its own norm; clip all by one norm, that of all gradients together",
     _clip(lambda g, n, m: (m / g.norm()).clamp(max=1))),
    ("each element is cut off; scale all by one factor", _clip(lambda g, n, m: (m / g.abs()).clamp(max=1))),
    ("short gradients are made longer: scale only if the norm is above `max_norm`", _clip(lambda g, n, m: m / n)),
    ("the gradients are made to have the norm 1; it should be `max_norm`: `p.grad.mul_(max_norm / norm)`",
     _clip(lambda g, n, m: 1 / n), _clip(lambda g, n, m: 1 / n.clamp(min=1)),
     _clip(lambda g, n, m: 1 / n if n > m else 1)),
    ("the factor is max_norm / norm; it is not divided by the squared norm",
     _clip(lambda g, n, m: m / n**2 if n > m else 1)),
    ("the factor is upside down: max_norm / norm", _clip(lambda g, n, m: n / m if n > m else 1.0)),
    ("short gradients are scaled, not long ones", _clip(lambda g, n, m: m / n if n < m else 1.0)),
    ("the norms are added up; square them, add, and take the root", _clip(norm=lambda gs: sum(g.norm() for g in gs))),
    ("the root is missing: the norm is the root of the sum of squares", _clip(norm=lambda gs: _norm(gs) ** 2)),
    ("it is the root of the mean of squares; take that of their sum",
     _clip(norm=lambda gs: _norm(gs) / sum(g.numel() for g in gs) ** 0.5)),
    ("it is the largest of the norms, or their mean; the common norm is the root of the sum of squares",
     *(_clip(norm=lambda gs, of=of: of([g.norm() for g in gs])) for of in (max, lambda n: sum(n) / len(n)))),
    ("it is the sum of absolute values, or the largest; the norm is the root of the sum of squares",
     *(_clip(norm=lambda gs, of=of: of([of(g.abs().flatten()) for g in gs])) for of in (sum, max))),
    ("of a matrix, `torch.linalg.norm(g, 2)` is the largest singular value: use `g.norm()`", _clip(norm=_spectral)),
    ("it is the norm of the parameters; take that of their gradients, `p.grad`",
     _clip(norm=lambda gs: _norm([torch.ones_like(g) for g in gs]))),
    ("the norm is that of the first gradient alone; all count", _clip(counted=lambda given: 1)),
    ("it stops at the first `.grad` that is None; go on with the others, `continue` and not `break`",
     _clip(counted=_before_none, scaled=_before_none), _clip(counted=_before_none)),
    ("the norm after clipping comes back, not that before", _clip(back=lambda n, m: n.clamp(max=m))),
    ("the factor comes back; the norm is asked for", _clip(back=lambda n, m: (m / n).clamp(max=1))),
    ("only the first gradient is scaled; all are", _clip(scaled=lambda given: 1)),
    ("only the last gradient is scaled; all are: does the line stand inside the loop?",
     lambda given, m: (_right(given, m)[0], [*_clip(lambda *_: 1)(given, m)[1][:-1], *_right(given, m)[1][-1:]])),
    ("the factor is squared: is it multiplied twice? It is max_norm / norm, once",
     _clip(lambda g, n, m: (m / n) ** 2 if n > m else 1)),
    ("where all gradients are 0, 0 / 0 is computed, which is nan: scale only if the norm is above `max_norm`",
     _clip(lambda g, n, m: (m * n / n**2).clamp(max=1))),
    ("all gradients became 0", _clip(lambda g, n, m: 0)),
)  # fmt: skip

_KEEP = "a parameter's `.grad` became None, or one that was None no longer is: only scale, `p.grad.mul_(...)`"
_LIST = "`parameters` is an iterator, as `model.parameters()` is: make a list of it."
ADVICE = (
    *((sign, _LIST) for sign in ("not subscriptable", "has no len()")),
    ("stack expects", "The gradients have different shapes. Make a list `gradients` of them, and stack their norms: "
     "`torch.stack([g.norm() for g in gradients]).norm()`."),
    ("same number of dimensions", "Flatten each: `p.grad.flatten()`."),
    ("Sizes of tensors must match", "Flatten each: `p.grad.flatten()`."),
    ("non-empty TensorList", "`parameters` can be gone through only once: make a list of the gradients first."),
    ("leaf Variable that requires grad", "Scale the gradients, `p.grad.mul_(...)`, not the parameters."),
    ("Boolean value of", "Is there a gradient? `if p.grad is not None`. Is it long? Compare the norm, one number."),
    ("has no attribute 'grad'", "Each parameter has a gradient of its own: `p.grad`, with `for p in parameters`."),
    ("'list' object has no", "A list has no norm: `torch.stack([g.norm() for g in gradients]).norm()`."),
    ("NoneType", "A parameter that was not used has no gradient: `gradients = [p.grad for p in parameters if p.grad is "
     "not None]`."),
)  # fmt: skip


def _is_number(value: object) -> bool:
    if isinstance(value, Tensor):
        return value.ndim == 0 and not value.is_complex() and not value.is_meta and value.layout == torch.strided
    return isinstance(value, Real) and not isinstance(value, bool)


def _draw(chance: Chance) -> tuple[_Gradients, float]:
    """Parameters of any shape, some without a gradient; the norm may be above the bound or below."""
    factor = chance.choice([0.0, 1.0, 1.0, 1.0])  # where nothing was learned all gradients are 0
    some = [factor * chance.normal(*(chance.n() for _ in range(chance.randint(1, 3)))) for _ in range(chance.n())]
    return [*[None] * chance.randrange(2), *some, *[None] * chance.randrange(2)], chance.choice([0.1, 1.0, 5.0, 100.0])


def examine(trial: Trial) -> None:
    two: _Gradients = [torch.tensor([2.0, -4.0]), torch.tensor([[5.0], [2.0]])]
    cases: list[tuple[_Gradients, float]] = [(two, 1.4), (two, 10.0)]
    cases += [([normal(0, 4, 3), normal(1, 4), normal(2, 2, 2, 2)], 0.5)]
    cases += [([100 * normal(3, 5), None, 1e-3 * normal(4, 3, 2)], 2.0), ([0.01 * normal(5, 3)], 2.0)]
    for gradients, max_norm in chain(cases, drawn(_draw)):
        given = _Parameters(gradients)
        held = [p.grad for p in given.all]
        norm = trial.call(given, max_norm)
        of_one = ", of shape (1,): `.item()` makes a number of it" * (isinstance(norm, Tensor) and norm.shape == (1,))
        number = f"one number is expected, the norm of all gradients before clipping, got {show(norm)}{of_one}"
        trial.require(_is_number(norm), number, outcome=Outcome.TYPE)
        kept = [p.grad is None for p in given.all] == [g is None for g in gradients]
        trial.require(kept, _KEEP)
        same = "a parameter's `.grad` is another tensor now: change it in place, `p.grad.mul_(...)`"
        trial.require(all(p.grad is grad for p, grad in zip(given.all, held, strict=True)), same)
        got, right = (torch.tensor(float(norm)), given.gradients), _right(gradients, max_norm)
        try:
            trial.compare(got, right, inputs=(gradients, max_norm), rtol=1e-3, mistakes=MISTAKES)
        except Finding as finding:
            norms = "the norm that comes back is not that of all gradients together, before clipping"
            others = "the norm is right, but not the gradients: if it is above `max_norm`, all times max_norm / norm"
            finding.message = others if torch.allclose(got[0], right[0], rtol=1e-3) else norms
            raise


EXERCISE = Exercise(id="02.clip_gradients", reference=clip_gradients, difficulty=2, minutes=6, examine=examine,
    advice=ADVICE, hints=(
        "One norm for all: as if all gradients were one long vector. It is the root of the sum of all squares.",
        "First `gradients = [p.grad for p in parameters if p.grad is not None]`: a list can be gone through twice.",
        "`norm = torch.stack([g.norm() for g in gradients]).norm()`; if it is larger than `max_norm`, "
        "`g.mul_(max_norm / norm)` for each; `return norm`."),
    explanation="""The norm of the norms is the norm of all elements together. All gradients shrink by one factor, so
the step keeps its direction and only its length is bounded; clipping each tensor, or each element, by itself would turn
the direction. The norm before clipping is worth returning: it shows when gradients explode.""")  # fmt: skip
