"""Exercise 06.smoothed_nll: both parts of the loss, row by row, from no smoothing to nothing else; large logits."""

import torch

from course_lib.exercises.kit import Chance, Exercise, Function, Mistake, Trial, drawn_with_gradients, normal, seeded
from course_lib.transformer import smoothed_nll


def _with(combine: Function) -> Function:
    """The loss from the targets' log-probabilities t (n,), those of all words p (n, V), and the smoothing e."""
    return lambda logits, targets, e: combine(-smoothed_nll(logits, targets, 0), logits.log_softmax(-1), e)


_usual: Function = lambda t, p, e: -(1 - e) * t - e * p.mean(-1)  # noqa: E731
_second: Function = lambda part: _with(lambda t, p, e: -(1 - e) * t - e * part(t, p))  # noqa: E731
_label: Function = lambda z, targets, e: (1 - e) * torch.eye(z.shape[1])[targets] + e / z.shape[1]  # noqa: E731
_of: Function = lambda p, targets, e: _usual(p[range(len(p)), targets], p, e)  # noqa: E731
MISTAKES: tuple[Mistake, ...] = (
    ("the smoothing goes to the V - 1 other words alone; it is spread over all V words, the target too",
     *(_second(lambda t, p, less=less: (p.sum(-1) - t) / (p.shape[-1] - less)) for less in (0, 1))),
    ("the log-probabilities are summed; it is their mean", _second(lambda t, p: p.sum(-1))),
    ("the factor 1 - smoothing is missing at the target", _with(lambda t, p, e: -t - e * p.mean(-1))),
    ("the two factors are interchanged: 1 - smoothing at the target", lambda z, y, e: smoothed_nll(z, y, 1 - e)),
    ("the sign is wrong: both parts are negative log-probabilities", lambda *given: -smoothed_nll(*given)),
    ("the sign of the second part: it is minus the mean", _second(lambda t, p: -p.mean(-1))),
    ("there is no smoothing: it is the plain negative log-likelihood", lambda z, y, e: smoothed_nll(z, y, 0)),
    ("the part of all words is missing", _second(lambda t, p: 0)),
    ("it must be (n,): no mean over n, no sum", lambda *a: smoothed_nll(*a).mean(), lambda *a: smoothed_nll(*a).sum()),
    ("the mean is over all rows; it is each row's, `.mean(-1)`", _second(lambda t, p: p.mean())),
    ("it is computed with probabilities; their logarithm is missing", lambda z, *a: _of(z.softmax(-1), *a)),
    ("it is computed with the logits; `log_softmax` makes probabilities", _of),
    ("the softmax runs over the rows; it runs over the words, dim=-1", lambda z, *a: _of(z.log_softmax(0), *a)),
    ("`gather` leaves (n, 1), which broadcasts to (n, n): `.squeeze(-1)`", _with(lambda t, *a: _usual(t[:, None], *a))),
    ("`log_p[:, targets]` takes every target from every row; each row has its own: `gather`",
     lambda z, y, e: _usual(z.log_softmax(-1)[:, y], z.log_softmax(-1), e)),
    ("the targets' part is averaged over the rows", _with(lambda t, p, e: _usual(t.mean(), p, e))),
    ("the likeliest word is taken for the target: pick `targets`", lambda z, _, e: smoothed_nll(z, z.argmax(-1), e)),
    ("it is in bits; the logarithm is the natural one", lambda *given: smoothed_nll(*given) / torch.tensor(2).log()),
    ("the second part is an entropy; it is the mean of -log p", _second(lambda t, p: (p.exp() * p).sum(-1))),
    ("it is the Kullback-Leibler divergence; the cross-entropy does not subtract the label's own entropy",
     lambda z, y, e: smoothed_nll(z, y, e) - smoothed_nll(_label(z, y, e).log(), y, e)),
)  # fmt: skip
_GATHER = "`gather` wants an index of as many dimensions: `targets[:, None]`, and `.squeeze(-1)` after it."


def examine(trial: Trial) -> None:
    for seed, (n, V, smoothing) in enumerate([(3, 4, 0.1), (5, 7, 0.3), (2, 2, 0.2), (4, 4, 0.0), (4, 3, 1.0)]):
        trial.agrees(2 * normal(seed, n, V), torch.randint(V, (n,), generator=seeded(seed)), smoothing)
    trial.agrees(torch.tensor([[1000.0, 0.0, -1000.0]]), torch.tensor([1]), 0.1)
    trial.gradients_agree(normal(9, 3, 5), torch.tensor([1, 0, 4]), 0.2)

    def draw(chance: Chance) -> tuple[torch.Tensor, torch.Tensor, float]:
        n, V = chance.n(), chance.n(2)
        return chance.normal(n, V, most=20), chance.ids(V, n), chance.choice([0.0, 0.1, 0.5, 1.0])

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="06.smoothed_nll", reference=smoothed_nll, difficulty=2, minutes=8, examine=examine,
    mistakes=MISTAKES, advice=(("Index tensor must have the same number of dimensions", _GATHER),), hints=(
        "`log_p = logits.log_softmax(-1)`, (n, V). The targets': `log_p.gather(-1, targets[:, None]).squeeze(-1)`.",
        "The mean over all V words is `log_p.mean(-1)`, (n,).",
        "`-(1 - smoothing) * of_target - smoothing * log_p.mean(-1)`."), explanation="""
The label is 1 - smoothing + smoothing / V at the target and smoothing / V elsewhere. The cross-entropy with it is a sum
over all V words; sorted by where the terms come from, it is (1 - smoothing) times the usual loss and smoothing times
the mean over all words. No certainty is rewarded beyond that label: the loss has its least value where the model says 1
- smoothing + smoothing / V.""")  # fmt: skip
