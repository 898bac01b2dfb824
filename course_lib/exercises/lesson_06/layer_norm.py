"""Exercise 06.layer_norm: the axis, the divisor of the variance, the place of eps, scale and shift."""

from typing import Any

import torch

from course_lib.exercises.kit import Chance, Exercise, Function, Mistake, Trial, drawn_with_gradients, normal, parted
from course_lib.transformer import layer_norm


@parted
def _with(
    root: Function = lambda v, e: (v + e).sqrt(), variance: Function = lambda x, at: x.var(at, False, True),
    mean: Function = lambda x, at: x.mean(at, True), at: int | tuple[int, ...] | None = -1,
    scale: Function = lambda normed, w, b: normed * w + b,
) -> Function:  # fmt: skip
    """`layer_norm` written wrongly: another root, of variance and eps, another variance, mean, axis or scale."""
    return lambda x, w, b, e=1e-5: scale((x - mean(x, at)) / root(variance(x, at), e), w, b)


_sample: Function = lambda x, at: x.var(at, False, True) / (1 - x.mean(at, True).numel() / x.numel())  # noqa: E731
_square: Function = lambda x, at: x.square().mean(at, True)  # noqa: E731
_AXES = ("the batch", 0), ("the positions", -2), ("positions and features together", (-2, -1)), ("everything", None)
MISTAKES: tuple[Mistake, ...] = (
    ("the variance is divided by D - 1; divide by D: `unbiased=False`", _with(variance=_sample)),
    ("`eps` is added outside the root; it belongs inside, sqrt(variance + eps)", _with(lambda v, e: v.sqrt() + e)),
    ("`eps` should stand inside the root, and the variance be divided by D, not D - 1",
     _with(lambda v, e: v.sqrt() + e, _sample)),
    ("`eps` is not used: sqrt(variance + eps)", _with(lambda v, e: v.sqrt())),
    ("`eps` is not used, and the variance is divided by D - 1", _with(lambda v, e: v.sqrt(), _sample)),
    ("`eps` is a fixed 1e-5; use the argument", _with(lambda v, e: (v + 1e-5).sqrt())),
    ("`eps` is squared; add it as it is: sqrt(variance + eps)", _with(lambda v, e: (v + e * e).sqrt())),
    ("without an argument `eps` should be 1e-5; here it is another number",
     *(lambda x, w, b, e=e: _with()(x, w, b, e) for e in (0, 1e-12, 1e-9, 1e-8, 1e-7, 1e-6, 1e-4, 1e-3))),
    ("where D is 1 the variance is 0 / 0, or 0 times NaN: `unbiased=False` divides by D, and not by D - 1",
     _with(variance=lambda x, at: _sample(x, at) * (x.shape[-1] - 1) / x.shape[-1])),
    ("the larger one of variance and `eps` is taken; add them: sqrt(variance + eps)",
     _with(lambda v, e: v.clamp(min=e).sqrt()), _with(lambda v, e: v.sqrt().clamp(min=e))),
    ("it is divided by the variance; divide by its root", _with(lambda v, e: v + e)),
    ("it is multiplied by the root; divide by it", _with(lambda v, e: (v + e).rsqrt())),
    *((f"mean and variance run over {what}; normalize each vector by itself", _with(at=at)) for what, at in _AXES),
    ("the mean is not subtracted", _with(mean=lambda *_: 0)),
    ("`weight` and `bias` are not applied", _with(scale=lambda normed, w, b: normed)),
    ("`bias` is not added", _with(scale=lambda normed, w, b: normed * w)),
    ("the result is not multiplied by `weight`", _with(scale=lambda normed, w, b: normed + b)),
    ("`weight` and `bias` are interchanged", _with(scale=lambda normed, w, b: normed * b + w)),
    ("1 is added to `weight`; multiply by `weight` itself", _with(scale=lambda normed, w, b: normed * (1 + w) + b)),
    ("`bias` is multiplied by `weight`, too: ... * weight + bias", _with(scale=lambda normed, w, b: (normed + b) * w)),
    ("the squares are summed; they should be averaged",
     _with(variance=lambda x, at: x.shape[-1] * x.var(at, False, True))),
    ("only the mean is divided: brackets, (x - mean) / ...",
     lambda x, w, b, *e: x + _with()(x, w, b, *e) - _with(mean=lambda *_: 0)(x, w, 0 * b, *e),
     lambda x, w, b, e=1e-5: (x - x.mean(-1, True) / (x.var(-1, False, True) + e).sqrt()) * w + b),
    ("`weight` and `bias` come before the normalization; they should come after it",
     lambda x, w, b, *e: _with()(x * w + b, torch.ones(()), torch.zeros(()), *e)),
    ("the variance is that of all vectors together; each vector has its own, `.mean(-1, keepdim=True)`",
     _with(variance=lambda x, at: x.var(at, False).mean())),
    ("the variance is E[x²] - E[x]²: for large numbers it loses its digits. Take the mean off first, then square",
     _with(variance=lambda x, at: _square(x, at) - x.mean(at, True).square())),
    ("the mean is not taken off, as in RMSNorm: use x - mean above the line and under the root",
     _with(variance=_square, mean=lambda *_: 0)),
    ("the variance is the mean of x²; it should be that of (x - mean)²", _with(variance=_square)),
)  # fmt: skip
_KEEP = "Mean and variance both need `keepdim=True`: (B, T, 1) fits (B, T, D). `* weight + bias` as it stands, no `@`."
_LAST = "x may have any number of dimensions: -1 is the last one."
ADVICE = (
    ("must match the size of tensor", _KEEP),
    *((sign, _LAST) for sign in ("Dimension out of range", "values to unpack")),
)
_centred: Function = lambda x, at: x.detach().mean(at, True)  # noqa: E731
_spread: Function = lambda x, at: x.detach().var(at, False, True)  # noqa: E731
_DETACHED = "no gradient flows through {}: leave out `no_grad`, `.detach()` and `.data` there"
_GRADIENTS = tuple((_DETACHED.format(what), _with(**parts)) for what, parts in {
    "mean and variance": {"mean": _centred, "variance": _spread}, "the mean": {"mean": _centred},
    "the variance": {"variance": _spread}}.items())  # fmt: skip
_EQUAL = ("where all numbers of a vector are equal the gradient is NaN: the root of 0 has no derivative. Take the "
          "root of variance + eps alone", _with(lambda v, e: (v.sqrt() ** 2 + e).sqrt()))  # fmt: skip


def examine(trial: Trial) -> None:
    # A small variance first: there eps counts, also where it is the usual one.
    trial.agrees(0.003 * normal(4, 2, 3, 4), normal(5, 4), normal(6, 4), 1e-5)
    for seed, (shape, eps) in enumerate([((2, 3, 4), 0.5), ((3, 2, 5), 0.1), ((4, 2), 0.2), ((2, 2, 3, 4), 0.3)]):
        D = shape[-1]
        trial.agrees(2 * normal(seed, *shape) + 1, normal(seed + 20, D), normal(seed + 30, D), eps)
    trial.agrees(0.003 * normal(5, 2, 3, 4), normal(6, 4), normal(7, 4))
    trial.agrees(torch.full((1, 2, 4), 3.0), normal(8, 4), normal(9, 4))  # a variance of 0
    trial.agrees(normal(12, 2, 3, 4) + 500, normal(6, 4), normal(7, 4), atol=1e-3)
    trial.agrees(normal(13, 2, 3, 1), normal(8, 1), normal(9, 1), 0.1)
    trial.gradients_agree(normal(10, 2, 3, 4), normal(11, 4), normal(12, 4), mistakes=_GRADIENTS)
    trial.gradients_agree(torch.full((1, 2, 4), 3.0), normal(8, 4), normal(9, 4), 0.1, mistakes=[_EQUAL])

    def draw(chance: Chance) -> tuple[Any, ...]:
        D = chance.n(3)
        shape = [*(chance.n() for _ in range(chance.randint(0, 3))), D]
        return chance.normal(*shape), chance.normal(D), chance.normal(D), chance.choice([1e-3, 0.01, 0.5])

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="06.layer_norm", reference=layer_norm, difficulty=2, minutes=7, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Mean and variance are those of each vector by itself, over the last dimension: `x.mean(-1, keepdim=True)`.",
        "The variance is the mean of the squared differences: `x.var(-1, keepdim=True, unbiased=False)`, divided by D.",
        "`(x - mean) / torch.sqrt(variance + eps) * weight + bias`."), explanation="""
`x.var` and `x.std` divide by D - 1 unless told otherwise: right for estimating from a sample, but here the D numbers
are all there are. With D = 4 the result is 13 % too small, with D = 512 0.1 %, which is why that slip goes unseen. eps
inside the root keeps the derivative finite where all numbers of a vector are equal.""")  # fmt: skip
