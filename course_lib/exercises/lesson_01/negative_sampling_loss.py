"""Exercise 01.negative_sampling_loss."""

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib import skipgram
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.exercises.trial import Trial


def _loss_with(true=lambda s: -F.logsigmoid(s), noise=lambda s: -F.logsigmoid(-s), over_m=torch.sum, over_b=torch.mean):
    """A way to write the loss wrongly: other terms, another sum over the M negatives or over the B pairs."""

    def loss(centre, context, negatives):
        true_score = (centre * context).sum(-1)  # (B,)
        noise_score = (negatives * centre[:, None]).sum(-1)  # (B, M)
        return over_b(true(true_score) + over_m(noise(noise_score), -1))

    return loss


def examine(trial: Trial) -> None:
    def shuffled(centre, context, negatives):
        return _loss_with()(context, centre, negatives)

    mistakes = [
        ("the M negatives are averaged; their terms are summed (the mean is over B alone)", _loss_with(over_m=torch.mean)),
        ("the pairs of the batch are summed; take the mean over B", _loss_with(over_b=torch.sum)),
        ("one loss for each pair comes back; take the mean over B, so that it is one number", _loss_with(over_b=lambda x: x)),
        ("the sign of the negatives' scores is missing: a drawn pair should score low, log sigmoid(-score)",
         _loss_with(noise=lambda s: -F.logsigmoid(s))),
        ("the negatives' term has the wrong sign: both terms have a minus, -log sigmoid(s) - sum of log sigmoid(-s)",
         _loss_with(noise=lambda s: F.logsigmoid(-s))),
        ("the sign of the whole is missing: a loss is minus the log-likelihood", _loss_with(lambda s: F.logsigmoid(s), lambda s: F.logsigmoid(-s))),
        ("the negatives are missing", _loss_with(noise=torch.zeros_like)),
        ("the true pairs are missing", _loss_with(true=torch.zeros_like)),
        ("the logarithm is missing: log sigmoid, not sigmoid", _loss_with(lambda s: -torch.sigmoid(s), lambda s: -torch.sigmoid(-s))),
        ("the log sigmoid is missing: these are the bare scores", _loss_with(lambda s: -s, lambda s: s)),
        ("only the first negative is used; there are M of each pair", lambda centre, context, negatives: _loss_with()(centre, context, negatives[:, :1])),
        ("the negatives are added up before the sigmoid; each of the M has its own term",
         lambda centre, context, negatives: _loss_with()(centre, context, negatives.sum(1, keepdim=True))),
        ("`centre @ context.T` scores every centre with every context, (B, B); a pair is row by row: `(centre * context).sum(-1)`",
         lambda centre, context, negatives: _loss_with(true=torch.zeros_like)(centre, context, negatives) - F.logsigmoid(centre @ context.T).mean()),
        ("`.squeeze()` takes away every dimension of size 1, here M = 1 too, and the sum runs over B: `.squeeze(-1)`",
         lambda centre, context, negatives: -F.logsigmoid((centre * context).sum(-1)).mean() - F.logsigmoid(-(negatives @ centre[..., None]).squeeze()).sum(-1).mean()),
        ("it is a softmax over the true word and the negatives; negative sampling asks for each of them alone, with a sigmoid",
         lambda centre, context, negatives: -(torch.cat([context[:, None], negatives], 1) @ centre[..., None]).log_softmax(1)[:, 0].mean()),
        ("the mean runs over all 1 + M scores of a pair too; sum over these, and take the mean over B",
         lambda centre, context, negatives: _loss_with()(centre, context, negatives) / (1 + negatives.shape[1])),
        ("the negatives are compared with the context; compare them with the centre", shuffled),
        ("the mean over B and M at once divides by M too; sum over M, then take the mean over B",
         lambda centre, context, negatives: _loss_with()(centre, context, negatives) / negatives.shape[1]),
        ("it takes 1 - log sigmoid for the negatives; the term is log sigmoid(-score), that is log(1 - sigmoid(score))",
         _loss_with(noise=lambda s: -(1 - F.logsigmoid(s)))),
    ]  # fmt: skip
    for seed, (B, E, M) in enumerate([(3, 4, 2), (2, 3, 5), (8, 16, 5), (1, 2, 1), (4, 3, 1), (64, 10, 10)]):
        # Scores of a few units: what goes wrong at large ones has its own case below.
        centre, context, negatives = normal(seed, B, E), normal(seed + 10, B, E), normal(seed + 20, B, M, E)
        trial.agrees(0.7 * centre, 0.7 * context, 0.7 * negatives, mistakes=mistakes)
    centre = torch.full((2, 3), 8.0)  # scores of -192: sigmoid of them is 0 in float32
    arguments = (centre, -centre, torch.stack([centre, centre], 1))
    got, expected = trial.call(*arguments), skipgram.negative_sampling_loss(*arguments)
    if isinstance(got, Tensor) and got.shape == expected.shape and got.is_floating_point():
        trial.require(
            bool(torch.isfinite(got)),
            "at scores of -192 the loss is not finite: sigmoid underflows to 0 there and its log is -inf. Use F.logsigmoid",
            got=got,
        )
        trial.require(
            bool(got > 0.9 * expected),
            "at scores of -192 the loss is cut off, and its gradient with it: no clamp and no epsilon in the log. Use F.logsigmoid",
            expected=expected,
            got=got,
        )
    trial.compare(got, expected)
    trial.gradients_agree(normal(1, 4, 3), normal(2, 4, 3), normal(3, 4, 5, 3))


EXERCISE = Exercise(
    id="01.negative_sampling_loss",
    reference=skipgram.negative_sampling_loss,
    difficulty=3,
    minutes=12,
    hints=(
        "Scores first: `true_score = (centre * context).sum(-1)` has shape (B,), one number per pair.",
        "The scores of the negatives have shape (B, M): `(negatives @ centre.unsqueeze(-1)).squeeze(-1)`, or an einsum "
        '"bme,be->bm".',
        "`-(F.logsigmoid(true_score) + F.logsigmoid(-noise_score).sum(-1)).mean()`: a sum over M, a mean over B.",
    ),
    explanation="""
A true pair should score high: -log sigmoid(s). A drawn pair should score low: -log sigmoid(-s). The M negatives are
summed, as in the paper; the B pairs are averaged, so that the learning rate does not depend on the batch size.
`logsigmoid` in place of `log(sigmoid(...))`: in float32 the sigmoid of -110 is 0, its logarithm -inf, and one such pair
would turn every vector into NaN.""",
    examine=examine,
)
