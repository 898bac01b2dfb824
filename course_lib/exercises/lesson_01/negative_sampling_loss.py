"""Exercise 01.negative_sampling_loss: a sum over the negatives, a mean over the pairs, finite at large scores."""

import torch
import torch.nn.functional as F

from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn_with_gradients, normal, parted
from course_lib.skipgram import negative_sampling_loss


@parted
def _of(true: Function = F.logsigmoid, noise: Function = F.logsigmoid, over_m: Function = lambda terms: terms.sum(-1),
        over_b: Function = torch.mean, score: Function = lambda x, y: (x * y).sum(-1), drawn: Function = torch.positive,
        centre: Function = lambda c, o: c) -> Function:  # fmt: skip
    """Other terms, another sum over the M negatives or the B pairs, other scores, negatives, or centres of them."""
    return lambda c, o, n: -over_b(true(score(c, o)) + over_m(noise(-score(centre(c, o)[:, None], drawn(n)))))


MISTAKES = (
    ("the M negatives are averaged; their terms are summed (the mean is over B alone)",
     _of(over_m=lambda terms: terms.mean(-1))),
    ("the negatives' terms are summed over B; sum over M alone, `.sum(-1)`, then take the mean over B",
     _of(over_m=lambda terms: terms.sum(0).mean()), _of(over_m=torch.sum)),
    ("the pairs of the batch are summed; take the mean over B", _of(over_b=torch.sum)),
    ("one loss for each pair comes back; take the mean over B, so that it is one number", _of(over_b=lambda x: x)),
    ("the sign of the negatives' scores is missing: log sigmoid(-score), a drawn pair scores low",
     _of(noise=lambda s: F.logsigmoid(-s))),
    ("a minus stands before the log sigmoid of the negatives; it belongs to the score: log sigmoid(-score)",
     _of(noise=lambda s: -F.logsigmoid(-s))),
    ("the products are not summed over E: a score is one number for each pair, `(... * ...).sum(-1)`",
     _of(score=torch.mul, over_m=lambda terms: terms.sum(1))),
    ("the real pairs' score has a minus; it belongs to the scores of the negatives alone",
     *[_of(lambda s: F.logsigmoid(-s), noise) for noise in (lambda s: F.logsigmoid(-s), F.logsigmoid)]),
    ("the log sigmoid is taken of each of the E products; first sum them, the score is one number",
     _of(lambda s: F.logsigmoid(s).sum(-1), score=torch.mul, over_m=lambda terms: terms.sum((1, 2)))),
    ("the products of the real pairs are summed over B; sum them over E, the last dimension",
     lambda c, o, n: _of(torch.zeros_like)(c, o, n) - F.logsigmoid((c * o).sum(0)).mean()),
    ("the negatives' term has the wrong sign: both terms have a minus", _of(noise=lambda s: -F.logsigmoid(s))),
    ("the sign of the whole is missing: minus the log-likelihood", lambda *given: -negative_sampling_loss(*given)),
    ("the negatives are missing", _of(noise=torch.zeros_like)),
    ("the real pairs are missing", _of(torch.zeros_like)),
    ("the logarithm is missing: log sigmoid, not sigmoid", _of(torch.sigmoid, torch.sigmoid)),
    ("the log sigmoid is missing: these are the bare scores", _of(torch.positive, torch.positive)),
    ("only the first negative is used; there are M", _of(drawn=lambda n: n[:, :1])),
    ("the negatives are added up before the sigmoid; each of the M has its own term",
     _of(drawn=lambda n: n.sum(1, keepdim=True))),
    ("`centre @ context.T` scores every centre with every context, (B, B); it is `(centre * context).sum(-1)`",
     lambda c, o, n: _of(torch.zeros_like)(c, o, n) - F.logsigmoid(c @ o.T).mean()),
    ("each negative is scored with every centre of the batch, not with its own alone: `centre[:, None] * negatives`",
     *[lambda c, o, n, over=over: _of(noise=torch.zeros_like)(c, o, n) - F.logsigmoid(-(n @ c.T)).sum(over).mean()
       for over in ((1, 2), 1)]),
    ("`.squeeze()` takes away every dimension of size 1, here M = 1 too, and the sum runs over B: `.squeeze(-1)`",
     lambda c, o, n: _of(noise=torch.zeros_like)(c, o, n) - F.logsigmoid(-(n @ c[..., None]).squeeze()).sum(-1).mean()),
    ("it is a softmax over the real word and the negatives; here each of them stands alone, with a sigmoid",
     lambda c, o, n: -(torch.cat([o[:, None], n], 1) @ c[..., None]).log_softmax(1)[:, 0].mean()),
    ("the mean runs over all 1 + M scores of a pair too; sum over these, and take the mean over B",
     lambda c, o, n: negative_sampling_loss(c, o, n) / (1 + n.shape[1])),
    ("the mean over B and M at once divides by M too; sum over M first, then take the mean over B",
     lambda c, o, n: negative_sampling_loss(c, o, n) / n.shape[1]),
    ("1 - log sigmoid is not log(1 - sigmoid), which is log sigmoid(-s)", _of(noise=lambda s: 1 - F.logsigmoid(-s))),
    ("the negatives are compared with the context, not the centre", _of(centre=lambda c, o: o)),
    ("a negative that equals the context is left out; every drawn word counts, such a one too",
     lambda c, o, n: _of(noise=lambda s: F.logsigmoid(s).masked_fill((n == o[:, None]).all(-1), 0))(c, o, n)),
    ("the scores are means over E; an inner product is a sum, `.sum(-1)`", _of(score=lambda x, y: (x * y).mean(-1))),
    ("the scores are cosines; an inner product is not divided by the lengths",
     _of(score=lambda x, y: F.cosine_similarity(x, y, dim=-1))),
    ("the negatives of different pairs are mixed up: `view` and `reshape` swap no dimensions, `transpose(0, 1)` does",
     _of(drawn=lambda n: n.reshape(n.shape[1], len(n), -1).transpose(0, 1))),
)  # fmt: skip
ADVICE = (
    ("must match the size of tensor",
     "`centre[:, None]` is (B, 1, E) and fits (B, M, E): multiply, then sum over E. Terms (B, M) are "
     "summed over M, `.sum(-1)`, before they are added to the real pairs' terms, (B,)."),
    ("mat1 and mat2",
     "Not every centre with every word: multiply element by element, `*`, then sum over E, `(... * ...).sum(-1)`."),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for seed, (B, E, M) in enumerate([(3, 4, 2), (2, 3, 5), (8, 16, 5), (1, 2, 1), (4, 3, 1), (64, 10, 10)]):
        # Scores of a few units: what goes wrong at large ones has its own case below.
        shapes = [(B, E), (B, E), (B, M, E)]
        trial.agrees(*(0.7 * normal(seed + 10 * i, *shape) for i, shape in enumerate(shapes)))
    centre = torch.full((2, 3), 8.0)  # scores of -192: sigmoid of them is 0 in float32
    given = (centre, -centre, torch.stack([centre, centre], 1))
    got, expected = trial.call(*given), negative_sampling_loss(*given)
    if isinstance(got, torch.Tensor) and got.shape == expected.shape and got.is_floating_point():
        how = "not finite (the sigmoid is 0): `F.logsigmoid(score)` in place of `torch.log(torch.sigmoid(score))`"
        if got.isfinite():
            how = "cut off, and its gradient with it: leave out clamp and epsilon, `F.logsigmoid` needs none"
        right = bool(got.isfinite() and got > 0.9 * expected)
        trial.require(right, f"at scores of -192 the loss is {how}", expected=expected, got=got)
    trial.compare(got, expected)

    def draw(chance: Chance) -> tuple[torch.Tensor, ...]:
        B, E, M = chance.n(), chance.n(), chance.n()
        centre, context, negatives = chance.normal(B, E), chance.normal(B, E), chance.normal(B, M, E)
        if chance.random() < 0.3:
            negatives[0, 0] = context[0]  # the real context word, drawn once more
        return centre, context, negatives

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="01.negative_sampling_loss", reference=negative_sampling_loss, difficulty=3, minutes=12,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "Scores first: `real_score = (centre * context).sum(-1)` has shape (B,), one number per pair.",
        'Those of the negatives, (B, M): `drawn_scores = torch.einsum("bme,be->bm", negatives, centre)`.',
        "`-(F.logsigmoid(real_score) + F.logsigmoid(-drawn_scores).sum(-1)).mean()`: a sum over M, a mean over B."),
    explanation="""A real pair should score high: -log sigmoid(s). A drawn pair should score low: -log sigmoid(-s). The
M negatives are summed, as in the paper; the B pairs are averaged, so that the learning rate does not depend on the
batch size. `logsigmoid` in place of `log(sigmoid(...))`: in float32 the sigmoid of -110 is 0, its logarithm -inf, and
one such pair would turn every vector into NaN.""")  # fmt: skip
