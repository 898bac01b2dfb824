"""Exercise 06.layer_norm."""

from collections.abc import Callable

import torch
from torch import Tensor

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.exercises.trial import Mistake, Trial


def layer_norm(x, weight, bias, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    variance = centred.square().mean(-1, keepdim=True)
    return centred / (variance + eps).sqrt() * weight + bias


def _norm_with(
    axes: Callable[[Tensor], tuple[int, ...]] = lambda x: (-1,),
    unbiased: bool = False,
    root: Callable = lambda variance, eps: (variance + eps).sqrt(),
    centre: bool = True,
    finish: Callable = lambda x, weight, bias: x * weight + bias,
):
    def wrong(x, weight, bias, eps=1e-5):
        dims = axes(x)
        centred = x - x.mean(dims, keepdim=True)
        variance = x.var(dims, keepdim=True, unbiased=unbiased)
        return finish((centred if centre else x) / root(variance, eps), weight, bias)

    return wrong


def _difference_of_squares(x, weight, bias, eps=1e-5):
    mean = x.mean(-1, keepdim=True)
    return (x - mean) / (x.square().mean(-1, keepdim=True) - mean.square() + eps).sqrt() * weight + bias


ADVICE = (
    ("must match the size of tensor", "`keepdim=True` keeps the last dimension, as size 1: (B, T, D) - (B, T, 1)."),
)


def examine(trial: Trial) -> None:
    mistakes: list[Mistake] = [
        ("the variance is divided by D - 1; here it is divided by D: `unbiased=False`", _norm_with(unbiased=True)),
        ("`eps` is added outside the root; it belongs inside, sqrt(variance + eps)", _norm_with(root=lambda v, e: v.sqrt() + e)),
        ("`eps` is added outside the root, and the variance is divided by D - 1; sqrt(variance + eps), with the mean of the squares", _norm_with(root=lambda v, e: v.sqrt() + e, unbiased=True)),
        ("`eps` is not used: sqrt(variance + eps)", _norm_with(root=lambda v, e: v.sqrt())),
        ("`eps` is a fixed 1e-5; use the argument", _norm_with(root=lambda v, e: (v + 1e-5).sqrt())),
        ("it is divided by the variance; divide by its root", _norm_with(root=lambda v, e: v + e)),
        ("`eps` is squared; sqrt(variance + eps)", _norm_with(root=lambda v, e: (v + e * e).sqrt())),
        ("mean and variance run over the batch; each vector is normalized by itself, over the last dimension", _norm_with(axes=lambda x: (0,))),
        ("mean and variance run over the positions; each vector is normalized by itself, over the last dimension", _norm_with(axes=lambda x: (1,) if x.dim() > 2 else (0,))),
        ("mean and variance run over positions and features together; each vector is normalized by itself", _norm_with(axes=lambda x: (-2, -1))),
        ("mean and variance run over everything; each vector is normalized by itself, over the last dimension", _norm_with(axes=lambda x: tuple(range(x.dim())))),
        ("the mean is not subtracted", _norm_with(centre=False)),
        ("`weight` and `bias` are not applied", _norm_with(finish=lambda x, w, b: x)),
        ("`bias` is not added", _norm_with(finish=lambda x, w, b: x * w)),
        ("`weight` is not multiplied", _norm_with(finish=lambda x, w, b: x + b)),
        ("`weight` and `bias` are interchanged", _norm_with(finish=lambda x, w, b: x * b + w)),
        ("the bias is multiplied by the weight too: (...) * weight + bias", _norm_with(finish=lambda x, w, b: (x + b) * w)),
        ("the squares are summed; the variance is their mean, the sum divided by D", lambda x, w, b, e=1e-5: (x - x.mean(-1, keepdim=True)) / ((x - x.mean(-1, keepdim=True)).square().sum(-1, keepdim=True) + e).sqrt() * w + b),
        ("it is multiplied by the root; divide by it", _norm_with(root=lambda v, e: 1 / (v + e).sqrt())),
        ("`eps` is not used, and the variance is divided by D - 1; sqrt(variance + eps), with the mean of the squares", _norm_with(root=lambda v, e: v.sqrt(), unbiased=True)),
        ("only the mean is divided: brackets, (x - mean) / ...", lambda x, w, b, e=1e-5: x - x.mean(-1, keepdim=True) / (x.var(-1, keepdim=True, unbiased=False) + e).sqrt() * w + b),
        ("the variance is that of all vectors together; each has its own, over the last dimension", lambda x, w, b, e=1e-5: (x - x.mean(-1, keepdim=True)) / ((x - x.mean(-1, keepdim=True)).square().mean() + e).sqrt() * w + b),
        ("the variance is made as the mean of the squares minus the square of the mean: right on paper, but for large numbers it loses its digits. Take the mean off first, then square", _difference_of_squares),
        ("it is divided by the root of the mean square, as RMSNorm does; the mean comes off before the variance", lambda x, w, b, e=1e-5: x / (x.square().mean(-1, keepdim=True) + e).sqrt() * w + b),
    ]  # fmt: skip
    # A small variance first: there eps counts, also where it is the usual one.
    trial.agrees(0.003 * normal(4, 2, 3, 4), normal(5, 4), normal(6, 4), 1e-5, mistakes=mistakes)
    for seed, (shape, eps) in enumerate([((2, 3, 4), 0.5), ((3, 2, 5), 0.1), ((4, 2), 0.2), ((2, 2, 3, 4), 0.3)]):
        D = shape[-1]
        x = 2 * normal(seed, *shape) + 1
        trial.agrees(x, normal(seed + 20, D), normal(seed + 30, D), eps, mistakes=mistakes)
    trial.agrees(normal(5, 2, 3, 4), normal(6, 4), normal(7, 4), mistakes=mistakes)
    trial.agrees(torch.full((1, 2, 4), 3.0), normal(8, 4), normal(9, 4))  # a variance of 0
    trial.agrees(normal(12, 2, 3, 4) + 500, normal(6, 4), normal(7, 4), mistakes=mistakes, atol=1e-3)
    trial.gradients_agree(normal(10, 2, 3, 4), normal(11, 4), normal(12, 4))


EXERCISE = Exercise(
    id="06.layer_norm",
    reference=layer_norm,
    difficulty=2,
    minutes=7,
    hints=(
        "Mean and variance are those of each vector by itself, over the last dimension: `x.mean(-1, keepdim=True)`.",
        "The variance is the mean of the squared differences from the mean: divided by D, not by D - 1. "
        "`x.var(-1, keepdim=True, unbiased=False)` is the same.",
        "`(x - mean) / torch.sqrt(variance + eps) * weight + bias`.",
    ),
    explanation="""
`x.var` and `x.std` divide by D - 1 unless told otherwise: right for estimating from a sample, but here the D numbers are all there are.
With D = 4 the result is 13 % too small, with D = 512 0.1 %, which is why that slip goes unseen. eps inside the root keeps the
derivative finite where all numbers of a vector are equal.""",
    advice=ADVICE,
    examine=examine,
)
