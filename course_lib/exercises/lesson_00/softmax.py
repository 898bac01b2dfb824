"""Exercise 00.softmax: each row sums to 1, at large logits too."""

import torch

from course_lib.dense import softmax
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn_with_gradients, normal, parted


@parted
def _of(
    largest: Function = lambda z: z.amax(-1, keepdim=True),
    power: Function = torch.exp,
    total: Function = lambda e: e.sum(-1, keepdim=True),
    result: Function = torch.positive,
) -> Function:
    """A way to write the softmax wrongly: what is subtracted, the power, what divides, what is done at the end."""
    return lambda z: result((e := power(z - largest(z))) / total(e))


_NONE: Function = torch.zeros_like  # nothing is subtracted
MISTAKES = (
    ("it sums over the batch (dimension 0); sum over the last: each row sums to 1",
     *[_of(f, total=lambda e: e.sum(0)) for f in (_NONE, lambda z: z.amax(-1, keepdim=True))]),
    ("the sums divide columns instead of rows: `sum(-1, keepdim=True)`, (B, 1)",
     _of(total=lambda e: e.sum(-1)), _of(_NONE, total=lambda e: e.sum(-1))),
    ("`max` without `keepdim=True` is subtracted from columns, with it from rows", _of(lambda z: z.amax(-1))),
    ("the largest of each column is subtracted; each row needs its own", _of(lambda z: z.amax(0))),
    ("the whole batch sums to 1; each row must", _of(_NONE, total=torch.sum), _of(total=torch.sum)),
    ("the rows do not sum to 1: divide each row by its own sum", torch.exp, _of(total=torch.ones_like),
     _of(total=lambda e: e.mean(-1, keepdim=True))),
    ("the exponential is missing: exp first, then divide by the sum",
     _of(_NONE, torch.positive), _of(power=torch.positive), lambda z: z - z.amax(-1, keepdim=True)),
    ("the largest is subtracted after exp; subtract it from the logits, before exp",
     *[_of(_NONE, lambda z, f=f: z.exp() - f(z).amax(-1, keepdim=True)) for f in (torch.exp, torch.positive)]),
    ("it divides by the sum of the logits; first exp, then the sum", lambda z: z.exp() / z.sum(-1, keepdim=True)),
    ("it is the logarithm of the softmax; leave out the log", _of(result=torch.log)),
    ("it is a sigmoid of each logit alone; the softmax makes each row sum to 1", torch.sigmoid),
    ("the sign is turned: exp(z), not exp(-z): the largest logit has the largest share", lambda z: softmax(-z)),
    ("sigmoids are divided by their sum; it should be exponentials", _of(_NONE, torch.sigmoid)),
    ("the base is 2; exp has the base e", _of(power=torch.exp2)),
    ("there is a 1 too many in the denominator", _of(_NONE, total=lambda e: 1 + e.sum(-1, keepdim=True)),
     _of(total=lambda e: 1 + e.sum(-1, keepdim=True))),
    ("where several logits are the largest, each gets too much: they share what the others leave",
     lambda z: softmax(z) * (z == z.amax(-1, keepdim=True)).sum(-1, True).where(z == z.amax(-1, keepdim=True), 1)),
    ("it says 1 for the largest and 0 for the others; each class has its share", lambda z: softmax(1e6 * z)),
    ("the softmax is applied twice", _of(result=softmax)),
    ("only the first row comes back: is `return` inside the loop?", lambda z: softmax(z[0])),
    ("it returns the index of the largest logit; all C probabilities are asked for", lambda z: z.argmax(-1)),
    ("the result is transposed: one row per example, (B, C)", _of(result=torch.t),
     _of(_NONE, total=lambda e: e.sum(-1, keepdim=True), result=torch.t)),
    ("a batch of one, or a single class, loses its dimension; the answer has shape (B, C)", _of(result=torch.squeeze)),
)  # fmt: skip
ADVICE = (("'Tensor' and 'torch.return_types.max'", "`max(dim)` returns `.values` and `.indices`: subtract `.values`."),
          ("must match the size of tensor", "Sums and maxima of rows need shape (B, 1): `keepdim=True`."))  # fmt: skip
LARGE = (
    ([[1000.0, 1001.0, 998.0]], "inf / inf is NaN. Subtract from each row its largest logit, of `max` the `.values`"),
    ([[-1000.0, -1001.0, -999.0]],
     "in a row far below 0 each exponential is 0, and 0 / 0 is NaN. Subtract its largest logit, negative or not"),
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

    def draw(chance: Chance) -> tuple[torch.Tensor]:
        """Some rows have equal logits."""
        logits = chance.normal(chance.n(), chance.n(), most=30)
        return (logits.round() if chance.random() < 0.3 else logits,)

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="00.softmax", reference=softmax, difficulty=2, minutes=3,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "Two steps: `exponentials = logits.exp()`, then divide each row by its sum, (B, 1) with `keepdim=True`.",
        "exp(1000) is inf. Subtract from each row its largest logit before exp: the quotient stays the same.",
        "`logits - logits.max(-1, keepdim=True).values`: of `.values` and `.indices`, which `max` returns, the first."),
    explanation="""Subtracting m from every logit multiplies numerator and denominator by exp(-m), which cancels. With m
the largest of the row, the largest exponential is exp(0) = 1: nothing overflows, and the sum is at least 1, so nothing
is divided by 0. Each row needs its own m: with that of the whole batch, a row far below it is 0/0.""")  # fmt: skip
