"""Exercise 06.layer_norm: the axis, the divisor of the variance, the place of eps, scale and shift."""

import torch
from torch import Tensor

from course_lib.exercises.kit import Exercise, Mistake, Trial, normal
from course_lib.exercises.lesson_06.shared import Fn
from course_lib.transformer import layer_norm


def _with(
    root: Fn = lambda variance, eps: (variance + eps).sqrt(), unbiased: bool = False, axes: Fn = lambda x: (-1,),
    top: Fn = lambda x, mean: x - mean, finish: Fn = lambda x, w, b: x * w + b, variance: Fn | None = None,
) -> Fn:  # fmt: skip
    """`layer_norm` written wrongly: another root, axis, variance, ..."""

    def wrong(x: Tensor, weight: Tensor, bias: Tensor, eps: float = 1e-5) -> object:
        mean = x.mean(axes(x), keepdim=True)
        of_all = x.var(axes(x), keepdim=True, unbiased=unbiased) if variance is None else variance(x, mean)
        return finish(top(x, mean) / root(of_all, eps), weight, bias)

    return wrong


_AXES: dict[str, Fn] = {
    "the batch": lambda x: (0,), "the positions": lambda x: (min(1, x.dim() - 2),),
    "positions and features together": lambda x: (-2, -1), "everything": lambda x: (*range(x.dim()),),
}  # fmt: skip
MISTAKES: tuple[Mistake, ...] = (
    ("the variance is divided by D - 1; here it is divided by D: `unbiased=False`", _with(unbiased=True)),
    ("`eps` is added outside the root; it belongs inside, sqrt(variance + eps)", _with(lambda v, e: v.sqrt() + e)),
    ("`eps` is added outside the root, and the variance is divided by D - 1; sqrt(variance + eps), divided by D",
     _with(lambda v, e: v.sqrt() + e, unbiased=True)),
    ("`eps` is not used: sqrt(variance + eps)", _with(lambda v, e: v.sqrt())),
    ("`eps` is a fixed 1e-5; use the argument", _with(lambda v, e: (v + 1e-5).sqrt())),
    ("it is divided by the variance; divide by its root", _with(lambda v, e: v + e)),
    *((f"mean and variance run over {what}; each vector is normalized by itself", _with(axes=axes))
      for what, axes in _AXES.items()),
    ("the mean is not subtracted", _with(top=lambda x, mean: x)),
    ("`weight` and `bias` are not applied", _with(finish=lambda x, w, b: x)),
    ("`bias` is not added", _with(finish=lambda x, w, b: x * w)),
    ("the squares are summed, not averaged", _with(variance=lambda x, m: ((x - m) ** 2).sum(-1, True))),
    ("it is multiplied by the root; divide by it", _with(lambda v, e: 1 / (v + e).sqrt())),
    ("`eps` is not used, and the variance is divided by D - 1", _with(lambda v, e: v.sqrt(), unbiased=True)),
    ("only the mean is divided: brackets, (x - mean) / ...",
     lambda x, w, b, *e: x - _with(top=lambda x, mean: mean, finish=lambda x, w, b: x)(x, w, b, *e) * w + b),
    ("the variance is that of all vectors together, not its own", _with(variance=lambda x, m: (x - m).square().mean())),
    ("the variance is E[x²] - E[x]²: for large numbers it loses its digits. Take the mean off first, then square",
     _with(variance=lambda x, mean: x.square().mean(-1, keepdim=True) - mean.square())),
    ("it is divided by the root of the mean square, as RMSNorm does; the mean comes off before the variance",
     _with(top=lambda x, mean: x, variance=lambda x, mean: x.square().mean(-1, keepdim=True))),
)  # fmt: skip

_KEEP = "`keepdim=True` keeps the last dimension, as size 1: (B, T, D) - (B, T, 1)."
ADVICE = (("must match the size of tensor", _KEEP),)


def examine(trial: Trial) -> None:
    # A small variance first: there eps counts, also where it is the usual one.
    trial.agrees(0.003 * normal(4, 2, 3, 4), normal(5, 4), normal(6, 4), 1e-5)
    for seed, (shape, eps) in enumerate([((2, 3, 4), 0.5), ((3, 2, 5), 0.1), ((4, 2), 0.2), ((2, 2, 3, 4), 0.3)]):
        D = shape[-1]
        trial.agrees(2 * normal(seed, *shape) + 1, normal(seed + 20, D), normal(seed + 30, D), eps)
    trial.agrees(normal(5, 2, 3, 4), normal(6, 4), normal(7, 4))
    trial.agrees(torch.full((1, 2, 4), 3.0), normal(8, 4), normal(9, 4))  # a variance of 0
    trial.agrees(normal(12, 2, 3, 4) + 500, normal(6, 4), normal(7, 4), atol=1e-3)
    trial.gradients_agree(normal(10, 2, 3, 4), normal(11, 4), normal(12, 4))


EXERCISE = Exercise(
    id="06.layer_norm", reference=layer_norm, difficulty=2, minutes=7,
    examine=examine, mistakes=MISTAKES, advice=ADVICE, hints=(
        "Mean and variance are those of each vector by itself, over the last dimension: `x.mean(-1, keepdim=True)`.",
        "The variance is the mean of the squared differences: `x.var(-1, keepdim=True, unbiased=False)`, divided by D.",
        "`(x - mean) / torch.sqrt(variance + eps) * weight + bias`.",
    ), explanation="""
`x.var` and `x.std` divide by D - 1 unless told otherwise: right for estimating from a sample, but here the D numbers
are all there are. With D = 4 the result is 13 % too small, with D = 512 0.1 %, which is why that slip goes unseen. eps
inside the root keeps the derivative finite where all numbers of a vector are equal.""")  # fmt: skip
