"""Exercise 06.smoothed_nll: both parts of the loss, row by row, from no smoothing to nothing else; large logits."""

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.kit import Exercise, Mistake, Trial, normal, seeded
from course_lib.exercises.lesson_06.shared import Fn
from course_lib.transformer import smoothed_nll


def _with(combine: Fn, normalize: Fn = lambda logits: logits.log_softmax(-1)) -> Fn:
    """The loss from the targets' log-probabilities t (n,), those of all words p (n, V), and the smoothing e."""

    def wrong(logits: Tensor, targets: Tensor, smoothing: float) -> object:
        p = normalize(logits)
        return combine(p.gather(-1, targets[:, None]).squeeze(-1), p, smoothing)

    return wrong


def _divergence(logits: Tensor, targets: Tensor, smoothing: float) -> Tensor:
    label = (1 - smoothing) * F.one_hot(targets, logits.shape[1]) + smoothing / logits.shape[1]
    return F.kl_div(logits.log_softmax(-1), label, reduction="none").sum(-1)


_usual: Fn = lambda t, p, e: -(1 - e) * t - e * p.mean(-1)  # noqa: E731
MISTAKES: tuple[Mistake, ...] = (
    ("the smoothing goes to the V - 1 other words alone; it is spread over all V words, the target too",
     _with(lambda t, p, e: -(1 - e) * t - e * (p.sum(-1) - t) / (p.shape[-1] - 1)),
     _with(lambda t, p, e: -(1 - e) * t - e * (p.sum(-1) - t) / p.shape[-1])),
    ("the log-probabilities are summed; it is their mean", _with(lambda t, p, e: -(1 - e) * t - e * p.sum(-1))),
    ("the factor 1 - smoothing is missing at the target", _with(lambda t, p, e: -t - e * p.mean(-1))),
    ("the two factors are interchanged: 1 - smoothing at the target", _with(lambda t, p, e: _usual(t, p, 1 - e))),
    ("the sign is wrong: both parts are negative log-probabilities", _with(lambda t, p, e: -_usual(t, p, e))),
    ("the sign of the second part: it is minus the mean", _with(lambda t, p, e: -(1 - e) * t + e * p.mean(-1))),
    ("there is no smoothing: it is the plain negative log-likelihood", _with(lambda t, p, e: -t)),
    ("one number comes back; one for each row, (n,), is asked for: no mean over n, and no sum",
     _with(lambda t, p, e: _usual(t, p, e).mean()), _with(lambda t, p, e: _usual(t, p, e).sum())),
    ("the mean is over all rows; it is each row's, `.mean(-1)`", _with(lambda t, p, e: -(1 - e) * t - e * p.mean())),
    ("it is computed with probabilities; their logarithm is missing", _with(_usual, lambda logits: logits.softmax(-1))),
    ("it is computed with the logits; `log_softmax` makes probabilities", _with(_usual, lambda logits: logits)),
    ("`gather` leaves (n, 1), which broadcasts to (n, n): `.squeeze(-1)`", _with(lambda t, *a: _usual(t[:, None], *a))),
    ("`log_p[:, targets]` takes every target from every row; each row has its own: `gather`",
     lambda z, targets, e: _usual(z.log_softmax(-1)[:, targets], z.log_softmax(-1), e)),
    ("the targets' part is averaged over the rows", _with(lambda t, p, e: _usual(t.mean(), p, e))),
    ("the likeliest word is taken for the target: pick `targets`", _with(lambda t, p, e: _usual(p.amax(-1), p, e))),
    ("it is the Kullback-Leibler divergence; the cross-entropy does not subtract the label's own entropy", _divergence),
)  # fmt: skip

_GATHER = "`gather` wants an index of as many dimensions: `targets[:, None]`, and `.squeeze(-1)` after it."
ADVICE = (("Index tensor must have the same number of dimensions", _GATHER),)


def examine(trial: Trial) -> None:
    for seed, (n, V, smoothing) in enumerate([(3, 4, 0.1), (5, 7, 0.3), (2, 2, 0.2), (4, 4, 0.0), (4, 3, 1.0)]):
        trial.agrees(2 * normal(seed, n, V), torch.randint(V, (n,), generator=seeded(seed)), smoothing)
    trial.agrees(torch.tensor([[1000.0, 0.0, -1000.0]]), torch.tensor([1]), 0.1)
    trial.gradients_agree(normal(9, 3, 5), torch.tensor([1, 0, 4]), 0.2)


EXERCISE = Exercise(
    id="06.smoothed_nll", reference=smoothed_nll, difficulty=2, minutes=8,
    examine=examine, mistakes=MISTAKES, advice=ADVICE, hints=(
        "`log_p = logits.log_softmax(-1)`, (n, V). The targets': `log_p.gather(-1, targets[:, None]).squeeze(-1)`.",
        "The mean over all V words is `log_p.mean(-1)`, (n,).",
        "`-(1 - smoothing) * of_target - smoothing * log_p.mean(-1)`.",
    ), explanation="""
The label is 1 - smoothing + smoothing / V at the target and smoothing / V elsewhere. The cross-entropy with it is a sum
over all V words; sorted by where the terms come from, it is (1 - smoothing) times the usual loss and smoothing times
the mean over all words. No certainty is rewarded beyond that label: the loss has its least value where the model says 1
- smoothing + smoothing / V.""")  # fmt: skip
