"""Exercise 05.masked_softmax: weights that are 0 where the mask is False, and sum to 1 elsewhere."""

from functools import partial

import torch
from torch import Tensor
from torch.nn.functional import normalize

from course_lib.attention import masked_softmax
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn_with_gradients, normal, seeded
from course_lib.exercises.lesson_05.shared import LENGTHS, SQUEEZED, real


def _filled(low: float, dim: int = -1) -> Function:
    return lambda s, m: s.masked_fill(~m, low).softmax(dim).masked_fill(~m, 0)


_LOW, _LOWEST = -1e30, torch.finfo(torch.float32).min
_NAN = (
    "a row with nothing to attend to is NaN, 0 / 0. Fill with a very low number, not -inf, then `softmax`, then 0; "
    "don't divide yourself"
)


def _unsqueezed(scores: Tensor, mask: Tensor) -> Tensor:
    while mask.dim() < scores.dim():
        mask = mask.unsqueeze(1)
    return masked_softmax(scores, mask)


def _divided(less: Function, scores: Tensor, mask: Tensor) -> Tensor:
    """exp of the scores, made `less`, then the mask, then the division by the sum."""
    exponentials: Tensor = less(scores, scores.masked_fill(~mask, _LOW)).exp() * mask
    return exponentials / exponentials.sum(-1, keepdim=True).clamp(min=1e-38)


def _one_more(scores: Tensor, mask: Tensor) -> Tensor:
    low = scores.masked_fill(~mask, _LOW)
    exponentials = (low - low.amax(-1, keepdim=True)).exp() * mask
    return exponentials / (1 + exponentials.sum(-1, keepdim=True))


MISTAKES = (
    ("the mask is inverted: True is where attention may go; fill where it is False, `~mask`",
     lambda s, m: masked_softmax(s, ~m), lambda s, m: s.masked_fill(m, _LOW).softmax(-1),
     lambda s, m: s.masked_fill(m, _LOW).softmax(-1) * m),
    ("the mask is not used: padding gets attention", lambda s, m: s.softmax(-1)),
    ("real scores can be lower than what you fill with: `torch.finfo(scores.dtype).min`", _filled(-1e4), _filled(-1e5)),
    ("the mask comes after the softmax or exp: what is 0 there can't sum to 1 again. Mask the scores, before",
     lambda s, m: normalize(s.softmax(-1) * m, p=1, dim=-1, eps=1e-30)),
    ("the mask of the first row is used for all rows: each may have its own",
     lambda s, m: masked_softmax(s, m.reshape(-1, m.shape[-1])[0])),
    ("what you fill with lies too near the real scores: `torch.finfo(scores.dtype).min`",
     lambda s, m: s.masked_fill(~m, s.min() - 1).softmax(-1) * m),
    ("behind the softmax the places that are True become 0: fill where the mask is False, `~mask`",
     lambda s, m: s.masked_fill(~m, _LOW).softmax(-1).masked_fill(m, 0)),
    ("a row becomes 0 as soon as one of its places is False: only those places become 0",
     lambda s, m: masked_softmax(s, m) * m.all(-1, keepdim=True)),
    ("a row with nothing to attend to gives its first place the weight 1; all should be 0",
     lambda s, m: masked_softmax(s, m) + (torch.arange(s.shape[-1]) == 0) * ~m.any(-1, keepdim=True)),
    ("1 is added to the sum that exp is divided by: the weights of a row must sum to 1", _one_more),
    ("the softmax is taken twice: once is enough", lambda s, m: masked_softmax(masked_softmax(s, m), m)),
    ("a number is subtracted from masked scores, and one may be the largest all the same: fill them, `masked_fill`",
     *(lambda s, m, n=n: (s - n * ~m).softmax(-1) * m for n in (1e3, 1e4, 1e5)),
     *(lambda s, m, n=n: (s - n * ~m).softmax(-1) for n in (1e3, 1e4, 1e5))),
    ("the mask comes after the softmax: mask the scores, before it", lambda s, m: s.softmax(-1) * m),
    ("masked scores become 0, and exp(0) is 1: they still get attention. They must become very low",
     lambda s, m: (s * m).softmax(-1), lambda s, m: (s * m).softmax(-1) * m),
    ("each row, the last axis, must sum to 1. Yours sums over axis 1, the target steps", _filled(_LOW, 1)),
    ("each row, the last axis, must sum to 1. Yours sums over axis 0, the batch", _filled(_LOW, 0)),
    ("the softmax runs over several axes at once: each row, the last axis, must sum to 1",
     lambda s, m: s.masked_fill(~m, _LOW).flatten().softmax(-1).view_as(s)),
    ("a row with nothing to attend to gets equal weights: behind the softmax, `.masked_fill(~mask, 0)`",
     lambda s, m: s.masked_fill(~m, _LOWEST).softmax(-1)),
    ("the largest score of all rows is subtracted, and rows far below it become 0: `amax(-1, keepdim=True)`",
     partial(_divided, lambda s, low: low - low.max())),
    ("exp overflows, or is 0 for all of a row: subtract the largest score first, or use `softmax`",
     partial(_divided, lambda s, low: s)),
    ("scores are cut off (`clamp`), and different ones become equal: subtract the largest, or use `softmax`",
     *(partial(_divided, lambda s, low, most=most: s.clamp(-most, most)) for most in (30, 50, 60, 80, 88))),
    ("these are log-probabilities: `softmax`", lambda s, m: s.masked_fill(~m, _LOW).log_softmax(-1).masked_fill(~m, 0)),
    ("it returns the masked scores: put them through the softmax",
     lambda s, m: s.masked_fill(~m, 0), lambda s, m: s.masked_fill(~m, _LOWEST)),
    (LENGTHS, lambda s, m: masked_softmax(s, torch.arange(s.shape[-1]) < m.expand(s.shape).sum(-1, keepdim=True))),
    ("a mask with fewer axes broadcasts as it is: give it no axis yourself", _unsqueezed),
    (SQUEEZED, lambda s, m: masked_softmax(s, m).squeeze()),
    ("1 is subtracted from masked scores: smaller, but not 0", lambda s, m: (s + m.to(s) - 1).softmax(-1)),
)  # fmt: skip
ADVICE = (
    ("bitwise_not", "`~` turns a bool tensor round; a mask of floats has no `~`."),
    ("The shape of the mask",
     "A mask in brackets needs the full shape. For `x[~mask] = value` write `x = x.masked_fill(~mask, value)`."),
    ("is invalid for input of size", "`view` makes no mask larger. `masked_fill` takes one that broadcasts as it is."),
    ("dim()", "The mask has the scores' dimensions already, or broadcasts to them."),
)  # fmt: skip


def examine(trial: Trial) -> None:
    cases = [
        (normal(0, 2, 2, 3), real(3, 2).unsqueeze(1)),
        (normal(1, 3, 4, 4), real(4, 4, 4).unsqueeze(1)),
        (normal(2, 3, 2, 4), torch.rand(3, 2, 4, generator=seeded(5)) < 0.6),
        (normal(3, 2, 3, 5), real(1, 5).unsqueeze(1)),
        (normal(4, 1, 1, 1), torch.ones(1, 1, 1, dtype=torch.bool)),
        (normal(6, 2, 2, 3), torch.tensor([[[True, False, True]], [[False, False, False]]])),  # the second has nothing
    ]
    for scores, mask in cases:
        got = trial.call(scores, mask)
        if isinstance(got, Tensor) and got.shape == scores.shape and got.is_floating_point():
            nowhere = ~mask.any(-1).expand(scores.shape[:-1])
            trial.require(not got[nowhere].isnan().any(), _NAN, got=got)
        trial.compare(got, masked_softmax(scores, mask), inputs=(scores, mask))
        small = "a hidden weight is small, and must be exactly 0: fill with 0 behind the softmax"
        trial.require(not got.masked_fill(mask.expand_as(got), 0).any(), small, got=got)
    trial.agrees(torch.tensor([[[-9e4, -9e4 - 1, 3.0], [500.0, 1000.0, 5000.0]]]), real(2, S=3).unsqueeze(1))
    for row in ([0.0, 1.0, 1e5], [-9e4, -9e4 - 1, 2e4], [0.0, 1.0, 300.0]):  # what is masked may be by far the largest
        trial.agrees(torch.tensor([[row]]), real(2, S=3).unsqueeze(1))
    trial.agrees(normal(8, 3, 4), real(4, 2, 1))  # any number of axes
    trial.gradients_agree(*cases[-1])

    def draw(chance: Chance) -> tuple[Tensor, Tensor]:
        """Any number of axes; a mask of the scores' shape or one that broadcasts, with fewer axes perhaps; scores up to
        100,000 either way."""
        shape = [chance.n() for _ in range(chance.randint(1, 3))] + [chance.n(2)]
        masked = [size if axis == len(shape) - 1 or chance.random() < 0.7 else 1 for axis, size in enumerate(shape)]
        scores = chance.normal(*shape, most=30)
        if chance.random() < 0.3:
            scores = chance.choice([-1, 1]) * 1e5 + scores.clamp(-3, 0)
            scores = scores.clamp(-1e5, 1e5)
        if chance.random() < 0.2:
            del masked[: chance.randrange(len(masked))]
        return scores, chance.share(*masked) < chance.choice([0.2, 0.6, 1.0])

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="05.masked_softmax", reference=masked_softmax, difficulty=3, minutes=8,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("Before the softmax: `scores.masked_fill(~mask, lowest)` with a number so low that its exp is 0.",
           "`lowest = torch.finfo(scores.dtype).min`. With minus infinity, a row of those alone is 0 / 0, NaN.",
           "A row without a True is all equal now and gets equal weights: fill with 0 once more behind the softmax, "
           "`.masked_fill(~mask, 0)`."),
    explanation="""Masking belongs before the softmax, because the softmax shares out a sum of 1: what is taken from
padding afterwards is missing elsewhere. The lowest finite number does what minus infinity would do, exp of it minus the
row's largest is exactly 0, except in a row that has nothing else: there minus infinity gives 0 / 0. Repaired
afterwards, the NaN may live on in the gradient. The second fill makes such a row 0, and its gradient
too.""")  # fmt: skip
