"""Exercise 05.masked_softmax: weights that are 0 where the mask is False, and sum to 1 elsewhere."""

import torch
from torch import Tensor
from torch.nn.functional import normalize

from course_lib.attention import masked_softmax
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn_with_gradients, normal, seeded
from course_lib.exercises.lesson_05.shared import real


def _filled(low: float, dim: int = -1) -> Function:
    return lambda s, m: s.masked_fill(~m, low).softmax(dim).masked_fill(~m, 0)


_LOW, _LOWEST = -1e30, torch.finfo(torch.float32).min
_NAN = "a row with nothing to attend to is NaN: 0 / 0. Fill with a very low number, and with 0 behind the softmax"

MISTAKES = (
    ("the mask is inverted: True is where attention may go; fill where it is False, `~mask`",
     lambda s, m: masked_softmax(s, ~m), lambda s, m: s.masked_fill(m, _LOW).softmax(-1),
     lambda s, m: s.masked_fill(m, _LOW).softmax(-1) * m),
    ("the mask is not used: padding gets attention", lambda s, m: s.softmax(-1)),
    ("the mask comes after the softmax: mask the scores, before it", lambda s, m: s.softmax(-1) * m),
    ("masked scores become 0, and exp(0) is 1: they still get attention. They must become very low",
     lambda s, m: (s * m).softmax(-1), lambda s, m: (s * m).softmax(-1) * m),
    ("each row, the last axis, must sum to 1. Yours sums over axis 1, the target steps", _filled(_LOW, 1)),
    ("each row, the last axis, must sum to 1. Yours sums over axis 0, the batch", _filled(_LOW, 0)),
    ("the softmax runs over several axes at once: each row, the last axis, must sum to 1",
     lambda s, m: s.masked_fill(~m, _LOW).flatten().softmax(-1).view_as(s)),
    ("a row with nothing to attend to gets equal weights: all its scores are equally low. Fill with 0 once more",
     lambda s, m: s.masked_fill(~m, _LOWEST).softmax(-1)),
    ("masked scores get a number that is not low enough: these are lower still. `torch.finfo(...).min`", _filled(-1e4)),
    ("the mask comes after the softmax, or after exp: what is 0 can't be made to sum to 1 again",
     lambda s, m: normalize(s.softmax(-1) * m, p=1, dim=-1, eps=1e-30)),
    ("these are log-probabilities: `softmax`", lambda s, m: s.masked_fill(~m, _LOW).log_softmax(-1).masked_fill(~m, 0)),
    ("it returns the masked scores: put them through the softmax",
     lambda s, m: s.masked_fill(~m, 0), lambda s, m: s.masked_fill(~m, _LOWEST)),
    ("1 is subtracted from masked scores: smaller, but not 0", lambda s, m: (s + m.to(s) - 1).softmax(-1)),
)  # fmt: skip
ADVICE = (
    ("bitwise_not", "`~` turns a bool tensor round; a mask of floats has no `~`."),
    ("The shape of the mask", "`scores[mask]` needs a mask of the scores' own shape; `masked_fill` broadcasts it."),
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
    trial.agrees(torch.tensor([[[-9e4, -9e4 - 1, 3.0], [500.0, 1000.0, 5000.0]]]), real(2, S=3).unsqueeze(1))
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
