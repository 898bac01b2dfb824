"""Exercise 05.masked_softmax."""

from collections.abc import Callable

import torch
from torch import Tensor

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.exercises.lesson_05.shared import _mask
from course_lib.exercises.trial import Trial


def masked_softmax(scores, mask):
    lowest = torch.finfo(scores.dtype).min
    weights = scores.masked_fill(~mask, lowest).softmax(-1)
    return weights.masked_fill(~mask, 0)


def _over(dim: int) -> Callable:
    return lambda scores, mask: scores.masked_fill(~mask, -1e30).softmax(dim).masked_fill(~mask, 0)


def _renormalized(scores: Tensor, mask: Tensor) -> Tensor:
    weights = scores.softmax(-1) * mask
    return weights / weights.sum(-1, keepdim=True).clamp(min=1e-30)


MISTAKES = [
    ("the mask is inverted: True is where attention may go; fill where it is False, `~mask`",
     lambda scores, mask: masked_softmax(scores, ~mask)),
    ("the mask is inverted: True is where attention may go; fill where it is False, `~mask`",
     lambda scores, mask: scores.masked_fill(mask, -1e30).softmax(-1)),
    ("the mask is inverted: True is where attention may go; fill where it is False, `~mask`",
     lambda scores, mask: scores.masked_fill(mask, -1e30).softmax(-1) * mask),
    ("the mask is not used: padding gets attention", lambda scores, mask: scores.softmax(-1)),
    ("the mask comes after the softmax: the weights that are left don't sum to 1. Mask the scores, before it",
     lambda scores, mask: scores.softmax(-1) * mask),
    ("masked scores become 0, and exp(0) is 1: they still get attention. They must become very low, `masked_fill(~mask, ...)`",
     lambda scores, mask: (scores * mask).softmax(-1)),
    ("masked scores become 0, and exp(0) is 1: they still get attention. They must become very low",
     lambda scores, mask: (scores * mask).softmax(-1) * mask),
    ("the softmax runs over the wrong axis: each row (the last axis, the source) must sum to 1. Yours sums over axis 1, the "
     "target steps", _over(1)),
    ("the softmax runs over the wrong axis: each row (the last axis, the source) must sum to 1. Yours sums over axis 0, the "
     "batch", _over(0)),
    ("the softmax runs over several axes at once: each row, the last axis, must sum to 1",
     lambda scores, mask: scores.masked_fill(~mask, -1e30).flatten().softmax(-1).view_as(scores)),
    ("a row with nothing to attend to gets equal weights: there every score is equally low. Weights must be 0 where the mask is "
     "False: fill once more, behind the softmax",
     lambda scores, mask: scores.masked_fill(~mask, torch.finfo(scores.dtype).min).softmax(-1)),
    ("masked scores get a number that is not low enough: these scores are lower still. `torch.finfo(scores.dtype).min` is the lowest "
     "there is", lambda scores, mask: scores.masked_fill(~mask, -1e4).softmax(-1).masked_fill(~mask, 0)),
    ("the mask comes after the softmax, or after exp: a large score at a masked place leaves nothing for the others, and what is 0 "
     "can't be made to sum to 1 again. Mask the scores, before it", _renormalized),
    ("these are log-probabilities: `softmax`, not `log_softmax`",
     lambda scores, mask: scores.masked_fill(~mask, -1e30).log_softmax(-1).masked_fill(~mask, 0)),
    ("it returns the masked scores: put them through the softmax", lambda scores, mask: scores.masked_fill(~mask, 0)),
    ("it returns the masked scores: put them through the softmax",
     lambda scores, mask: scores.masked_fill(~mask, torch.finfo(scores.dtype).min)),
    ("1 is subtracted from masked scores, or a small number: their weight gets smaller, not 0",
     lambda scores, mask: (scores + mask.to(scores) - 1).softmax(-1)),
]  # fmt: skip


ADVICE = (
    ("bitwise_not", "`~` turns a bool tensor round; a mask of floats has no `~`."),
    ("The shape of the mask", "`scores[mask]` needs a mask of the scores' own shape; `masked_fill` broadcasts it."),
    ("dim()", "The mask has the scores' dimensions already, or broadcasts to them."),
)


def examine(trial: Trial) -> None:
    everywhere = _mask(4, 4, 4).unsqueeze(1)
    cases = [
        (normal(0, 2, 2, 3), _mask(3, 2).unsqueeze(1)),
        (normal(1, 3, 4, 4), everywhere),
        (normal(2, 3, 2, 4), torch.rand(3, 2, 4, generator=torch.Generator().manual_seed(5)) < 0.6),
        (normal(3, 2, 3, 5), _mask(1, 5).unsqueeze(1)),
        (normal(4, 1, 1, 1), torch.ones(1, 1, 1, dtype=torch.bool)),
    ]
    for scores, mask in cases:
        got = trial.call(scores, mask)
        if isinstance(got, Tensor) and got.shape == scores.shape and got.is_floating_point() and got.isnan().any():
            empty = ~mask.any(-1).expand(scores.shape[:-1])
            trial.require(
                not got[empty].isnan().any(),
                "a row with nothing to attend to is NaN: 0 / 0. Its weights must be 0. Fill with a very low number instead of "
                "minus infinity, and with 0 behind the softmax",
                got=got,
            )
        trial.compare(got, masked_softmax(scores, mask), inputs=(scores, mask))
    empty = torch.tensor([[[True, False, True]], [[False, False, False]]])  # the second sentence has nothing
    scores = normal(6, 2, 2, 3)
    got = trial.call(scores, empty)
    trial.require(
        not got.isnan().any(),
        "a row with nothing to attend to is NaN: 0 / 0. Its weights must be 0. Fill with a very low number instead of minus "
        "infinity, and with 0 behind the softmax",
        got=got,
    )
    trial.compare(got, masked_softmax(scores, empty), inputs=(scores, empty))
    low = torch.tensor([[[-9e4, -9e4 - 1, 3.0], [500.0, 1000.0, 5000.0]]])
    trial.agrees(low, _mask(2, S=3).unsqueeze(1))
    trial.agrees(normal(7, 2, 3, 4).double(), _mask(4, 2).unsqueeze(1))
    trial.agrees(normal(8, 3, 4), _mask(4, 2, 1))  # any number of axes
    trial.gradients_agree(scores, empty)


EXERCISE = Exercise(
    id="05.masked_softmax",
    reference=masked_softmax,
    difficulty=3,
    minutes=8,
    hints=(
        "Before the softmax: `scores.masked_fill(~mask, lowest)` with a number so low that its exp is 0.",
        "`lowest = torch.finfo(scores.dtype).min`. With minus infinity, a row of those alone is 0 / 0, NaN.",
        "A row without a True is all equal now and gets equal weights: fill with 0 once more behind the softmax, "
        "`.masked_fill(~mask, 0)`.",
    ),
    explanation="""
Masking belongs before the softmax, because the softmax shares out a sum of 1: what is taken from padding afterwards is missing
elsewhere. The lowest finite number does what minus infinity would do, exp of it minus the row's largest is exactly 0, except in
a row that has nothing else: there minus infinity gives 0 / 0. Repaired afterwards, the NaN may live on in the gradient.
The second fill makes such a row 0, and its gradient too.""",
    mistakes=MISTAKES,
    advice=ADVICE,
    examine=examine,
)
