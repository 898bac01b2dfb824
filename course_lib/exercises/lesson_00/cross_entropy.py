"""Exercise 00.cross_entropy: the mean over the batch, finite at large logits."""

import torch
import torch.nn.functional as F

from course_lib.dense import cross_entropy
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn_with_gradients, normal, parted, seeded


@parted
def _of(
    logs: Function = lambda z: z.log_softmax(1),
    label: Function = lambda z, y: y,
    loss: Function = torch.neg,
    reduced: Function = torch.mean,
) -> Function:
    """A way to write the loss wrongly: other logarithms, another label, another loss of each example, another mean."""
    return lambda z, y: reduced(loss(logs(z)[torch.arange(len(y)), label(z, y)]))


MISTAKES = (
    ("the losses of the batch are summed; take the mean over B", _of(reduced=torch.sum)),
    ("one loss for each example comes; take the mean over B", _of(reduced=torch.positive)),
    ("the sign is missing: the loss is minus the log of the probability", _of(loss=torch.positive)),
    ("the logarithm is missing: -log(p), neither -p nor 1 - p",
     _of(lambda z: z.softmax(1)), _of(lambda z: z.softmax(1), loss=lambda p: 1 - p)),
    ("`logits.logsumexp(-1)` is missing: this is minus the mean logit of the labels", _of(torch.positive)),
    ("the logit of the label is missing: subtract `logits[torch.arange(len(labels)), labels]`",
     lambda z, y: z.logsumexp(1).mean()),
    ("the logit of the label is added; subtract it", lambda z, y: (z.logsumexp(1) + z[torch.arange(len(y)), y]).mean()),
    ("the softmax is missing: the log is taken of the logits themselves", _of(torch.log)),
    ("the softmax is applied twice: the loss takes the logits", _of(lambda z: z.softmax(1).log_softmax(1))),
    ("the sum of the softmax runs over the batch, not over the classes", _of(lambda z: z.log_softmax(0)),
     lambda z, y: (z.logsumexp(0) - z[torch.arange(len(y)), y]).mean()),
    ("the mean runs over all B x C elements; it is over B alone", lambda z, y: cross_entropy(z, y) / z.shape[1]),
    ("the sum is divided by C; divide it by B, the number of examples",
     lambda z, y: cross_entropy(z, y) * len(y) / z.shape[1]),
    ("all C classes enter the loss; only that of the label counts",
     lambda z, y: -z.log_softmax(1).mean(), lambda z, y: -z.log_softmax(1).sum(1).mean()),
    ("`[:, labels]` gives (B, B); `[torch.arange(len(labels)), labels]` pairs them",
     lambda z, y: -z.log_softmax(1)[:, y].mean()),
    ("`[labels]` picks rows; it should be `[torch.arange(len(labels)), labels]`",
     lambda z, y: -z.log_softmax(1)[y].mean(), lambda z, y: (z.logsumexp(1) - z[y]).mean()),
    ("row and column of the label are interchanged: example i is row i, `[torch.arange(len(labels)), labels]`",
     lambda z, y: z.logsumexp(1).mean() - z.gather(0, y[None]).mean(),
     lambda z, y: -z.log_softmax(1).gather(0, y[None]).mean()),
    ("class 0 is taken for every example; take that of the label", _of(label=lambda z, y: 0 * y)),
    ("the most probable class is taken; take that of the label", _of(label=lambda z, y: z.argmax(1))),
    ("the labels are shifted by one: label 0 is column 0", _of(label=lambda z, y: y - 1)),
    ("the logarithm has the base 2 or 10; the natural one is asked for",
     *[_of(lambda z, log=log: z.log_softmax(1) / log) for log in (0.6931472, 2.3025851)]),
    ("it is the mean squared difference from the one-hot labels; it should be -log(p) of the label",
     *[lambda z, y, of=of: of(F.mse_loss(z.softmax(1), torch.eye(z.shape[1])[y]), z.shape[1])
       for of in (lambda loss, C: loss, torch.mul)]),
    ("it is a sigmoid for each class alone; the classes share one softmax",
     *[lambda z, y, n=n: F.binary_cross_entropy_with_logits(z, torch.eye(z.shape[1])[y], reduction="sum") / n(z)
       for n in (torch.numel, len)]),
    ("`logsumexp` is missing: the largest logit alone is no sum", _of(lambda z: z - z.amax(1, keepdim=True))),
    ("it is the perplexity, exp of the loss; the loss itself is asked for",
     _of(reduced=lambda each: each.mean().exp())),
    ("the mean is taken before the log: take each log first, then the mean",
     _of(lambda z: z.softmax(1), loss=torch.positive, reduced=lambda p: -p.mean().log())),
    ("examples with label 0 are left out; all B count", lambda z, y: F.cross_entropy(z, y, ignore_index=0)),
    ("only the first example is counted; take the mean over B", _of(reduced=lambda each: each[0])),
    ("the last example is left out; take the mean over all B", _of(reduced=lambda each: each[:-1].mean())),
    ("the largest logit is subtracted in one of the two parts; subtract it in both",
     *[lambda z, y, sign=sign: cross_entropy(z, y) + sign * z.amax(1).mean() for sign in (-1, 1)]),
    ("each class is averaged by itself first; all B examples count alike",
     lambda z, y: torch.stack([cross_entropy(z[y == c], y[y == c]) for c in y.unique()]).mean()),
)  # fmt: skip
ADVICE = (("logsumexp() received", "`logits.logsumexp(dim=-1)`: over the classes of each row."),
          ("must have the same number of dimensions", "`gather` wants labels of shape (B, 1): `labels[:, None]`."),
          ("len() of a 0-d tensor", "A batch of one is a batch, too: leave out `squeeze`."),
          ("Boolean value of Tensor", "A tensor has no single truth value: no `if` is needed here."))  # fmt: skip


def examine(trial: Trial) -> None:
    for seed, (B, C) in enumerate([(3, 3), (4, 2), (2, 5), (1, 3), (6, 4)]):
        logits, labels = 1.5 * normal(seed, B, C), torch.randint(C, (B,), generator=seeded(seed + 10))
        logits = logits.abs() if seed == 0 else logits  # who takes the log of logits gets numbers first, not NaN
        labels[0] = C - 1
        trial.agrees(logits, labels)
    extreme, labels = torch.tensor([[1000.0, 0.0, -1000.0], [0.0, 500.0, -500.0]]), torch.tensor([1, 1])
    got, expected = trial.call(extreme, labels), cross_entropy(extreme, labels)
    if isinstance(got, torch.Tensor) and got.shape == () and got.is_floating_point():
        infinite = "not finite: exp overflows, or something rounds to 0 and its log is -inf"
        how = "cut off, and its gradient with it: no clamp and no epsilon in the log" if got.isfinite() else infinite
        fault = f"at logits of 1000 the loss is {how}. Use `logsumexp` or `log_softmax`"
        trial.require(bool(got.isfinite() and got > 0.9 * expected), fault, expected=expected, got=got)
    trial.compare(got, expected)

    def draw(chance: Chance) -> tuple[torch.Tensor, torch.Tensor]:
        B, C = chance.n(), chance.n(2)
        return chance.normal(B, C, most=20), chance.ids(C, B)

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="00.cross_entropy", reference=cross_entropy, difficulty=3, minutes=4,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "The loss is log(sum of exp(z)) - z_label. `logits.logsumexp(-1)` is its first part, (B,).",
        "`logits[torch.arange(len(labels)), labels]` picks from row b the logit of its label, shape (B,).",
        "`(logits.logsumexp(-1) - logits[torch.arange(len(labels)), labels]).mean()`"), explanation="""-log
softmax(z)[label] = log(sum of exp(z)) - z[label]. Written so, no probability is computed, and none can round to 0:
log(0) is -inf, which softmax, then log, gives at large logits. The mean over B makes the loss, and with it the size of
a step, independent of the batch size. Worth knowing by heart: all logits equal, loss log C.""")  # fmt: skip
