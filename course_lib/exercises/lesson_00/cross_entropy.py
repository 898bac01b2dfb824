"""Exercise 00.cross_entropy."""

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib import dense as layers
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal, seeded
from course_lib.exercises.trial import Trial


def _loss_with(of=lambda log_p, labels: -log_p.gather(1, labels[:, None])[:, 0], over=torch.mean, dim=1):
    """A way to write the cross-entropy wrongly: another term, another mean, the softmax over another dimension."""
    return lambda logits, labels: over(of(logits.log_softmax(dim), labels))


ADVICE = (
    ("Boolean value of Tensor", "A tensor has no single truth value: no `if` is needed here."),
    (
        "Index tensor must have the same number of dimensions",
        "`gather` wants labels of shape (B, 1): `labels[:, None]`.",
    ),
)


MISTAKES = (
    ("the losses of the batch are summed; take the mean over B", _loss_with(over=torch.sum)),
    ("one loss for each example comes back; take the mean over B", _loss_with(over=lambda each: each)),
    ("the sign is missing: the loss is minus the log of the probability", _loss_with(lambda log_p, y: log_p[torch.arange(len(y)), y])),
    ("the logarithm is missing: -log(p), not -p", _loss_with(lambda log_p, y: -log_p.exp()[torch.arange(len(y)), y])),
    ("the logarithm is missing: -log(p), not 1 - p", _loss_with(lambda log_p, y: 1 - log_p.exp()[torch.arange(len(y)), y])),
    ("the softmax is missing: this is minus the mean logit of the labels", lambda z, y: -z[torch.arange(len(y)), y].mean()),
    ("the softmax is missing: the log is taken of the logits themselves", lambda z, y: -z[torch.arange(len(y)), y].log().mean()),
    ("the softmax is applied twice: `F.cross_entropy` and `log_softmax` take the logits as they are", lambda z, y: F.cross_entropy(z.softmax(1), y)),
    ("the softmax runs over the batch (dimension 0); it runs over the classes", _loss_with(dim=0)),
    ("the mean runs over all B x C elements; only the label's term of each row counts, and the mean is over B",
     _loss_with(lambda log_p, y: -log_p[torch.arange(len(y)), y] / log_p.shape[1])),
    ("all C classes enter the loss; only that of the label counts", _loss_with(lambda log_p, y: -log_p)),
    ("all C classes enter the loss; only that of the label counts", _loss_with(lambda log_p, y: -log_p.sum(1))),
    ("`[:, labels]` takes every label's column from every row, (B, B): pair row b with label b, `[torch.arange(B), labels]`",
     _loss_with(lambda log_p, y: -log_p[:, y])),
    ("`logits[labels]` picks rows; the label is a column: `[torch.arange(B), labels]`", _loss_with(lambda log_p, y: -log_p[y])),
    ("class 0 is taken for every example; take that of the label", _loss_with(lambda log_p, y: -log_p[:, 0])),
    ("the most probable class is taken; take that of the label", _loss_with(lambda log_p, y: -log_p.max(1).values)),
    ("the labels are shifted by one: label 0 is the first column", _loss_with(lambda log_p, y: -log_p[torch.arange(len(y)), y - 1])),
    ("the logarithm has the base 2; the natural one is asked for", _loss_with(lambda log_p, y: -log_p[torch.arange(len(y)), y] / 0.6931472)),
    ("it is the mean squared difference from the one-hot labels; the cross-entropy is -log(p) of the label",
     lambda z, y: (z.softmax(1) - F.one_hot(y, z.shape[1])).square().mean()),
    ("it is a sigmoid for each class alone; the classes share one softmax",
     lambda z, y: F.binary_cross_entropy_with_logits(z, F.one_hot(y, z.shape[1]).to(z.dtype))),
    ("the log of the mean is not the mean of the logs: take the log first", lambda z, y: -z.softmax(1)[torch.arange(len(y)), y].mean().log()),
    ("only the first example is counted; take the mean over B", _loss_with(lambda log_p, y: -log_p[:1, y[0]])),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for seed, (B, C) in enumerate([(3, 3), (4, 2), (2, 5), (1, 3), (6, 4)]):
        logits, labels = 1.5 * normal(seed, B, C), torch.randint(C, (B,), generator=seeded(seed + 10))
        logits = logits.abs() if seed == 0 else logits  # who takes the log of logits gets numbers first, not NaN
        labels[0] = C - 1
        trial.agrees(logits, labels)
    trial.agrees(normal(6, 2, 3).double(), torch.tensor([2, 0]))
    extreme, labels = torch.tensor([[1000.0, 0.0, -1000.0], [0.0, 500.0, -500.0]]), torch.tensor([1, 1])
    got, expected = trial.call(extreme, labels), layers.cross_entropy(extreme, labels)
    if isinstance(got, Tensor) and got.shape == expected.shape and got.is_floating_point():
        trial.require(
            bool(got.isfinite()),
            "at logits of 1000 the loss is not finite: exp overflows, or the probability rounds to 0 and its log is -inf. "
            "Use `logsumexp` or `log_softmax`",
            expected=expected,
            got=got,
        )
        trial.require(
            bool(got > 0.9 * expected),
            "at logits of 1000 the loss is cut off, and its gradient with it: no clamp and no epsilon in the log. Use "
            "`logsumexp` or `log_softmax`",
            expected=expected,
            got=got,
        )
    trial.compare(got, expected)
    trial.gradients_agree(normal(7, 4, 3), torch.tensor([2, 0, 1, 1]))


EXERCISE = Exercise(
    id="00.cross_entropy",
    reference=layers.cross_entropy,
    difficulty=3,
    minutes=4,
    hints=(
        "The log of the softmax is z_label - log(sum of exp(z)). `logits.logsumexp(-1)` is the second part, shape (B,), and "
        "stays finite where exp alone overflows.",
        "`logits[torch.arange(B), labels]` picks from row b the logit of its label, shape (B,).",
        "`(logits.logsumexp(-1) - logits[torch.arange(len(labels)), labels]).mean()`",
    ),
    explanation="""
-log softmax(z)[label] = log(sum of exp(z)) - z[label]. Written so, no probability is computed, and none can round to 0:
log(0) is -inf, and that is what softmax first and log afterwards gives at large logits. The mean over B makes the loss,
and with it the size of a step, independent of the batch size. A first value to know by heart: all logits equal, loss log C.""",
    advice=ADVICE,
    mistakes=MISTAKES,
    examine=examine,
)
