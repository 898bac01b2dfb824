"""Exercise 00.softmax."""

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib import dense as layers
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.exercises.trial import Trial


def _softmax_with(shift=lambda z: z, share=lambda e: e / e.sum(-1, keepdim=True), power=torch.exp):
    """A way to write the softmax wrongly: another function than exp, or another quotient."""
    return lambda logits: share(power(shift(logits)))


ADVICE = (
    ("must match the size of tensor", "Sums and maxima of rows need shape (B, 1): `keepdim=True`."),
    (
        "unsupported operand type(s) for -: 'Tensor' and 'torch.return_types.max'",
        "`max(dim)` returns `.values` and `.indices`: subtract `.values`.",
    ),
)


MISTAKES = (
    ("it sums over the batch (dimension 0): each column sums to 1, but each row must. Use the last dimension", _softmax_with(share=lambda e: e / e.sum(0))),
    ("the sums divide columns instead of rows: `keepdim=True` gives them shape (B, 1)", _softmax_with(share=lambda e: e / e.sum(-1))),
    ("`max` without `keepdim=True` has shape (B,) and is subtracted from columns; with it, (B, 1), from rows",
     _softmax_with(shift=lambda z: z - z.max(-1).values)),
    ("the whole batch sums to 1; each row must", _softmax_with(share=lambda e: e / e.sum())),
    ("the rows do not sum to 1: divide by their sums", _softmax_with(share=lambda e: e)),
    ("the rows do not sum to 1: divide by their sums, not by the largest", _softmax_with(share=lambda e: e / e.max(-1, keepdim=True).values)),
    ("the rows do not sum to 1: divide by their sums, not their means", _softmax_with(share=lambda e: e / e.mean(-1, keepdim=True))),
    ("the exponential is missing: exp first, then divide by the sum", _softmax_with(power=lambda z: z)),
    ("it divides by the sum of the logits; divide by the sum of their exponentials", lambda z: z.exp() / z.sum(-1, keepdim=True)),
    ("it is the logarithm of the softmax; leave out the log", lambda z: z.log_softmax(-1)),
    ("it is a sigmoid of each logit alone; the softmax makes each row sum to 1", lambda z: z.sigmoid()),
    ("the sign is turned: the largest logit gets the largest probability, exp(z) and not exp(-z)", _softmax_with(power=lambda z: torch.exp(-z))),
    ("the base is 2; exp has the base e", _softmax_with(power=lambda z: 2**z)),
    ("there is a 1 too many in the denominator", _softmax_with(share=lambda e: e / (1 + e.sum(-1, keepdim=True)))),
    ("it says 1 for the largest and 0 for the others; the softmax gives every class its share", lambda z: F.one_hot(z.argmax(-1), z.shape[-1]).to(z.dtype)),
    ("the softmax is applied twice", lambda z: z.softmax(-1).softmax(-1)),
    ("only the first row comes back", lambda z: z[0].softmax(-1)),
    ("it returns the index of the largest logit; expected are all C probabilities of each row", lambda z: z.argmax(-1)),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for seed, (B, C) in enumerate([(3, 3), (2, 4), (4, 2), (1, 5), (3, 1)]):
        trial.agrees(1.5 * normal(seed, B, C))
    trial.agrees(normal(6, 2, 3).double())
    extremes = [
        ([[1000.0, 1001.0, 998.0]], "exp(1000) is inf, and inf / inf is NaN. Subtract from each row its largest logit first"),
        ([[1000.0, 1001.0, 999.0], [-1000.0, -1001.0, -999.0]],
         "one number is subtracted from the whole batch, and a row far below it becomes 0 / 0. Subtract from each row its own largest"),
        ([[0.0, 1000.0, 500.0]], "exp overflows. Subtract the largest logit of each row, so that none is above 0"),
    ]  # fmt: skip
    for logits, message in extremes:
        got = trial.call(torch.tensor(logits))
        if isinstance(got, Tensor) and got.shape == (len(logits), 3) and got.is_floating_point():
            trial.require(bool(got.isfinite().all()), f"at large logits the result is not finite: {message}", got=got)
            trial.require(
                torch.allclose(got, layers.softmax(torch.tensor(logits)), atol=1e-5),
                "it is right at small logits and wrong at large ones: do not cut them off or shrink them, subtract the largest",
                expected=layers.softmax(torch.tensor(logits)),
                got=got,
            )
        trial.compare(got, layers.softmax(torch.tensor(logits)))
    trial.gradients_agree(normal(7, 3, 4))


EXERCISE = Exercise(
    id="00.softmax",
    reference=layers.softmax,
    difficulty=2,
    minutes=3,
    hints=(
        "Two steps: `exponentials = logits.exp()`, then divide each row by its sum. `keepdim=True` keeps the sums (B, 1), so "
        "that they divide rows.",
        "exp(1000) is inf. Subtract from each row its largest logit before exp: the quotient stays the same, and no "
        "exponential is larger than 1.",
        "`logits - logits.max(-1, keepdim=True).values`: of `.values` and `.indices`, which `max` returns, the first.",
    ),
    explanation="""
Subtracting m from every logit multiplies numerator and denominator by exp(-m), which cancels. With m the largest of the
row, the largest exponential is exp(0) = 1: nothing overflows, and the sum is at least 1, so nothing is divided by 0. Each
row needs its own m: with that of the whole batch, a row far below it would become 0/0.""",
    advice=ADVICE,
    mistakes=MISTAKES,
    examine=examine,
)
