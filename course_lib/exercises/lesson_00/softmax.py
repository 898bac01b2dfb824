"""Exercise 00.softmax: each row sums to 1, at large logits too."""

import torch

from course_lib.dense import softmax
from course_lib.exercises.kit import Exercise, Trial, drawn_with_gradients, normal

MISTAKES = (
    ("it sums over the batch (dimension 0); sum over the last: each row sums to 1", lambda z: softmax(z.T).T),
    ("the sums divide columns instead of rows: `keepdim=True`, (B, 1)", lambda z: z.exp() / z.exp().sum(-1)),
    ("`max` without `keepdim=True` is subtracted from columns, with it from rows", lambda z: softmax(z - z.amax(-1))),
    ("the whole batch sums to 1; each row must", lambda z: z.exp() / z.exp().sum()),
    ("the rows do not sum to 1: divide by their sums, not by the largest or the mean", torch.exp,
     lambda z: (z - z.amax(-1, keepdim=True)).exp(), lambda z: z.exp() / z.exp().mean(-1, keepdim=True)),
    ("the exponential is missing: exp first, then divide by the sum", lambda z: z / z.sum(-1, keepdim=True)),
    ("it divides by the sum of the logits; first exp, then the sum", lambda z: z.exp() / z.sum(-1, keepdim=True)),
    ("it is the logarithm of the softmax; leave out the log", lambda z: z.log_softmax(-1)),
    ("it is a sigmoid of each logit alone; the softmax makes each row sum to 1", torch.sigmoid),
    ("the sign is turned: exp(z), not exp(-z): the largest logit has the largest share", lambda z: softmax(-z)),
    ("the base is 2; exp has the base e", lambda z: softmax(0.6931472 * z)),
    ("there is a 1 too many in the denominator", lambda z: z.exp() / (1 + z.exp().sum(-1, keepdim=True))),
    ("it says 1 for the largest and 0 for the others; each class has its share", lambda z: softmax(1e6 * z)),
    ("the softmax is applied twice", lambda z: softmax(softmax(z))),
    ("only the first row comes back: is `return` inside the loop?", lambda z: softmax(z[0])),
    ("it returns the index of the largest logit; all C probabilities are asked for", lambda z: z.argmax(-1)),
)  # fmt: skip
ADVICE = (("'Tensor' and 'torch.return_types.max'", "`max(dim)` returns `.values` and `.indices`: subtract `.values`."),
          ("must match the size of tensor", "Sums and maxima of rows need shape (B, 1): `keepdim=True`."))  # fmt: skip
LARGE = (
    ([[1000.0, 1001.0, 998.0]], "exp(1000) is inf, and inf / inf is NaN. Subtract from each row its largest logit"),
    ([[1000.0, 1001.0, 999.0], [-1000.0, -1001.0, -999.0]],
     "one number is subtracted from the whole batch, and a row far below becomes 0 / 0. Each row has its own largest"),
    ([[0.0, 1000.0, 500.0]], "exp overflows. Subtract the largest logit of each row, so that none is above 0"),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for seed, (B, C) in enumerate([(3, 3), (2, 4), (4, 2), (1, 5), (3, 1)]):
        trial.agrees(1.5 * normal(seed, B, C))
    for rows, reason in LARGE:
        got, expected = trial.call(torch.tensor(rows)), softmax(torch.tensor(rows))
        if isinstance(got, torch.Tensor) and got.shape == expected.shape and got.is_floating_point():
            trial.require(bool(got.isfinite().all()), f"at large logits the result is not finite: {reason}", got=got)
            fault = "it is wrong at large logits alone: do not cut them off or shrink them, subtract the largest"
            trial.require(torch.allclose(got, expected, atol=1e-5), fault, expected=expected, got=got)
        trial.compare(got, expected)
    drawn_with_gradients(trial, lambda chance: (chance.normal(chance.n(), chance.n(), most=30),))


EXERCISE = Exercise(id="00.softmax", reference=softmax, difficulty=2, minutes=3,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "Two steps: `exponentials = logits.exp()`, then divide each row by its sum, (B, 1) with `keepdim=True`.",
        "exp(1000) is inf. Subtract from each row its largest logit before exp: the quotient stays the same.",
        "`logits - logits.max(-1, keepdim=True).values`: of `.values` and `.indices`, which `max` returns, the first."),
    explanation="""Subtracting m from every logit multiplies numerator and denominator by exp(-m), which cancels. With m
the largest of the row, the largest exponential is exp(0) = 1: nothing overflows, and the sum is at least 1, so nothing
is divided by 0. Each row needs its own m: with that of the whole batch, a row far below it is 0/0.""")  # fmt: skip
