"""Exercise 06.smoothed_nll: both parts of the loss, row by row, from no smoothing to nothing else; large logits."""

import math

import torch

from course_lib.exercises.kit import (
    Chance,
    Exercise,
    Function,
    Mistake,
    Trial,
    drawn_with_gradients,
    normal,
    parted,
    seeded,
)
from course_lib.transformer import smoothed_nll


@parted
def _with(
    logs: Function = lambda z: z.log_softmax(-1), pick: Function = lambda p, targets: p[range(len(p)), targets],
    rest: Function = lambda p, t: p.mean(-1), share: Function = lambda e: 1 - e,
    join: Function = lambda t, rest, e, share: -share * t - e * rest, smoothing: Function = lambda e: e,
    result: Function = lambda loss, targets: loss,
) -> Function:  # fmt: skip
    """The loss written wrongly: other log-probabilities (n, V), targets' ones, second part, weights, or result."""

    def wrong(logits: torch.Tensor, targets: torch.Tensor, e: float) -> torch.Tensor:
        p, e = logs(logits), smoothing(e)
        t = pick(p, targets)
        loss: torch.Tensor = result(join(t, rest(p, t), e, share(e)), targets)
        return loss

    return wrong


_label: Function = lambda z, targets, e: (1 - e) * torch.eye(z.shape[1])[targets] + e / z.shape[1]  # noqa: E731
_SMALL = (1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6)
MISTAKES: tuple[Mistake, ...] = (
    ("the smoothing goes to the V - 1 other words alone; it should be spread over all V, the target too",
     *(_with(rest=lambda p, t, less=less: (p.sum(-1) - t) / (p.shape[-1] - less)) for less in (0, 1))),
    ("the log-probabilities are summed; take their mean", _with(rest=lambda p, t: p.sum(-1))),
    ("the sum is divided by n, the number of rows; divide by V: `.mean(-1)`",
     _with(rest=lambda p, t: p.sum(-1) / len(p))),
    ("the mean over the V words is divided by V once more: smoothing * `.mean(-1)`",
     _with(rest=lambda p, t: p.mean(-1) / p.shape[-1])),
    ("the second part is a mean of the logits; it should be that of the log-probabilities",
     lambda z, y, e: smoothed_nll(z, y, e) - e * z.logsumexp(-1)),
    ("the second part is the same for all logits, as a mean of probabilities is; take the mean of their logarithms",
     _with(rest=lambda p, t: p.exp().mean(-1)), _with(rest=lambda p, t: -p.exp().mean(-1))),
    ("the probability is smoothed before the logarithm; the loss should be a weighted sum of logarithms",
     lambda z, y, e: -((1 - e) * z.softmax(-1)[range(len(y)), y] + e / z.shape[1]).log()),
    ("each row picks the targets of all rows, and averages over them; each has its own",
     _with(pick=lambda p, targets: p[:, targets].mean(-1), rest=lambda p, t: p.mean(-1))),
    ("the factor 1 - smoothing is missing at the target", _with(share=lambda e: 1)),
    ("the two factors are interchanged: 1 - smoothing at the target", _with(smoothing=lambda e: 1 - e)),
    ("the sign is wrong: both parts are negative log-probabilities", _with(result=lambda loss, _: -loss)),
    ("the sign of the second part is wrong: it should be minus the mean", _with(rest=lambda p, t: -p.mean(-1))),
    ("there is no smoothing: it is the plain negative log-likelihood", _with(smoothing=lambda e: 0)),
    ("`smoothing` is a fixed 0.1; use the argument", _with(smoothing=lambda e: 0.1)),
    ("the part of all words is missing", _with(rest=lambda p, t: 0)),
    ("it should be (n,), a loss for each row: no mean over n, no sum",
     _with(result=lambda loss, _: loss.mean()), _with(result=lambda loss, _: loss.sum()),
     lambda z, y, e: smoothed_nll(z, y, e) if e else smoothed_nll(z, y, e).mean()),
    ("the mean is over all rows; it should be each row's, `.mean(-1)`", _with(rest=lambda p, t: p.mean())),
    ("it is computed with probabilities; their logarithm is missing", _with(lambda z: z.softmax(-1))),
    ("it is computed with the logits; it should be with log-probabilities, `logits.log_softmax(-1)`",
     _with(lambda z: z)),
    ("small probabilities become 0, and log(0) is -inf: `log_softmax` is both in one step, and holds",
     _with(lambda z: z.softmax(-1).log())),
    ("the largest logit of all rows is taken off, and exp of a row far below is 0: `logits.log_softmax(-1)`",
     _with(lambda z: z - z.max() - (z - z.max()).exp().sum(-1, keepdim=True).log())),
    ("small probabilities are raised before the logarithm; `logits.log_softmax(-1)` needs no such help",
     *(_with(lambda z, low=low: z.softmax(-1).clamp(min=low).log()) for low in _SMALL),
     *(_with(lambda z, low=low: (z.softmax(-1) + low).log()) for low in _SMALL)),
    ("the softmax runs over the rows; it should run over the words, dim=-1", _with(lambda z: z.log_softmax(0))),
    ("`gather` leaves (n, 1), which broadcasts to (n, n): `.squeeze(-1)`",
     _with(pick=lambda p, targets: p.gather(-1, targets[:, None]), rest=lambda p, t: p.mean(-1))),
    ("`log_p[:, targets]` takes every target from every row: `log_p.gather(-1, targets[:, None]).squeeze(-1)`",
     _with(pick=lambda p, targets: p[:, targets], rest=lambda p, t: p.mean(-1))),
    ("the targets' part is averaged over the rows; each row keeps its own",
     _with(join=lambda t, rest, e, share: -share * t.mean() - e * rest)),
    ("the likeliest word is taken for the target: pick `targets`", _with(pick=lambda p, targets: p.amax(-1))),
    ("id 0 counts as padding, with loss 0; here it is a word like others",
     _with(result=lambda loss, targets: loss * (targets != 0))),
    ("it is in bits; the logarithm should be the natural one", _with(result=lambda loss, _: loss / math.log(2))),
    ("the second part is an entropy; it should be the mean of -log p",
     _with(rest=lambda p, t: (p.exp() * p).sum(-1))),
    ("it is the Kullback-Leibler divergence; the cross-entropy does not subtract the label's own entropy",
     lambda z, y, e: smoothed_nll(z, y, e) - smoothed_nll(_label(z, y, e).log(), y, e)),
)  # fmt: skip
_DETACHED = (
    ("no gradient flows through the second part, the mean of all words: leave out `.detach()`, `.data`, `no_grad`",
     _with(rest=lambda p, t: p.detach().mean(-1)), _with(rest=lambda p, t: p.mean(-1).detach())),
    ("no gradient flows through the targets' part: leave out `.detach()`, `.data`, `no_grad`",
     _with(pick=lambda p, targets: p.detach()[range(len(p)), targets])),
)  # fmt: skip
_GATHER = "`gather` wants an index of as many dimensions: `targets[:, None]`, and `.squeeze(-1)` after it."


def examine(trial: Trial) -> None:
    for seed, (n, V, smoothing) in enumerate([(3, 4, 0.1), (5, 7, 0.3), (2, 2, 0.2), (4, 4, 0.0), (4, 3, 1.0)]):
        trial.agrees(2 * normal(seed, n, V), torch.randint(V, (n,), generator=seeded(seed)), smoothing)
    trial.agrees(torch.tensor([[1000.0, 0.0, -1000.0]]), torch.tensor([1]), 0.1)
    trial.gradients_agree(normal(9, 3, 5), torch.tensor([1, 0, 4]), 0.2, mistakes=_DETACHED)

    def draw(chance: Chance) -> tuple[torch.Tensor, torch.Tensor, float]:
        n, V = chance.n(), chance.n(2)
        apart = chance.choice([0, 0, 100]) * chance.normal(n, 1)  # the logits of one row may lie far above another's
        return chance.normal(n, V, most=20) + apart, chance.ids(V, n), chance.choice([0.0, 0.1, 0.5, 1.0])

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="06.smoothed_nll", reference=smoothed_nll, difficulty=2, minutes=8, examine=examine,
    mistakes=MISTAKES, advice=(("Index tensor must have the same number of dimensions", _GATHER),), hints=(
        "`log_p = logits.log_softmax(-1)`, (n, V). The targets': `of_target = log_p.gather(-1, targets[:, "
        "None]).squeeze(-1)`, (n,).",
        "The mean over all V words is `log_p.mean(-1)`, (n,).",
        "`-(1 - smoothing) * of_target - smoothing * log_p.mean(-1)`."), explanation="""
The label is 1 - smoothing + smoothing / V at the target and smoothing / V elsewhere. The cross-entropy with it is a sum
over all V words; sorted by where the terms come from, it is (1 - smoothing) times the usual loss and smoothing times
the mean over all words. No certainty is rewarded beyond that label: the loss has its least value where the model says 1
- smoothing + smoothing / V.""")  # fmt: skip
