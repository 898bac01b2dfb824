"""Exercise 01.masked_mean: the mean of the words that are there, zeros where there are none."""

import torch
from torch import Tensor

from course_lib.embeddings import masked_mean
from course_lib.exercises.kit import Chance, Exercise, Function, Outcome, Trial, drawn_with_gradients, normal, parted
from course_lib.text import PAD


@parted
def _by(count: Function = lambda real: real.sum(1, keepdim=True).clamp(min=1), real: Function = lambda ids: ids != 0,
        given: Function = lambda v, ids: (v, ids), mask: Function = lambda real: real,
        result: Function = torch.positive) -> Function:  # fmt: skip
    """Divided by something else, a function of what is real, (B, T); something else is real; other vectors and ids;
    another mask for the sum; something done with the mean.
    """

    def wrong(vectors: Tensor, ids: Tensor) -> Tensor:
        v, ids = given(vectors, ids)
        mean: Tensor = result((v * mask(real(ids))[..., None]).sum(1) / count(real(ids)))
        return mean

    return wrong


def _new(ids: Tensor) -> Tensor:
    """Words at their first place in a sentence."""
    return torch.tensor([[t > 0 and t not in row[:i] for i, t in enumerate(row)] for row in ids.tolist()])


MISTAKES = (
    ("the padding is counted: mean over the real words alone", lambda v, ids: v.mean(1)),
    ("the padding is added to the sum: multiply with the mask first", _by(mask=torch.ones_like)),
    ("it divides by E; divide by the number of real words of each sentence",
     lambda v, ids: _by(lambda real: v.shape[2])(v, ids)),
    ("the quotient is clamped; clamp the count alone, `.clamp(min=1)`", _by(result=lambda mean: mean.clamp(min=1))),
    ("1 is added to every count: `.clamp(min=1)` in place of `+ 1` changes only a 0",
     _by(lambda real: real.sum(1, keepdim=True) + 1)),
    ("the counts divide columns, not rows: `real.sum(1, keepdim=True)`, in the count alone",
     _by(lambda real: real.sum(1).clamp(min=1))),
    ("it divides by T (`mean` does); divide by the number of real words of each sentence",
     _by(lambda real: real.shape[1])),
    ("it divides by the number of words of the longest sentence, not of each",
     _by(lambda real: real.sum(1).max().clamp(min=1))),
    ("it sums; divide by the number of real words of each sentence", _by(lambda real: 1)),
    ("the mask is inverted: it takes the padding instead of the words", _by(real=lambda ids: ids == 0)),
    ("it averages over the batch; average over the words of each sentence (dimension 1)",
     lambda v, ids: v.mean(0), _by(given=lambda v, ids: (v.transpose(0, 1), ids.T))),
    ("it divides by the number of words in the whole batch, not of each sentence", _by(torch.sum)),
    ("it makes one mean for the whole batch, not one per sentence", lambda v, ids: v[ids != 0].mean(0)),
    ("the mean of a sentence is one vector of size E, not one number: average over its words alone",
     _by(result=lambda mean: mean.mean(1))),
    ("the last dimension is summed or averaged; the words stand along dimension 1",
     lambda v, ids: (v * (ids != 0)[..., None]).sum(-1) / (ids != 0).sum(1, keepdim=True),
     lambda v, ids: (v * (ids != 0)[..., None]).mean(-1), lambda v, ids: v.mean(-1)),
    ("the first word is left out: only id 0 is padding", _by(given=lambda v, ids: (v[:, 1:], ids[:, 1:]))),
    ("all the specials are left out: only id 0 is padding", _by(real=lambda ids: ids > 3)),
    ("`<unk>` is left out too: only id 0 is padding", _by(real=lambda ids: ids > 1)),
    ("`<sos>` and `<eos>` are left out; they count like words", _by(real=lambda ids: (ids == 1) | (ids > 3))),
    ("padding between words is counted: padding can stand anywhere, so take `ids != 0` as it is",
     _by(real=lambda ids: (ids != 0).flip(1).cumsum(1).flip(1) > 0)),
    ("all sentences get the mask of the first; each has its own", _by(real=lambda ids: (ids[:1] != 0).expand_as(ids))),
    ("a row of padding alone gives the mean of its vectors; it should give zeros",
     _by(real=lambda ids: (ids != 0) | ~ids.any(1, keepdim=True))),
    ("the largest numbers of the words come back, not their mean", lambda v, ids: torch.where(
        ids.any(1, keepdim=True), v.masked_fill((ids == 0)[..., None], -torch.inf).amax(1), 0.0)),
    ("the vectors are multiplied by the ids; multiply by the mask, 0 or 1",
     _by(real=lambda ids: ids), _by(given=lambda v, ids: (v * ids[..., None], ids))),
    ("the first places are taken, as many as there are words: padding can stand anywhere, so take `ids != 0`",
     _by(real=lambda ids: torch.arange(ids.shape[1]) < (ids != 0).sum(1, keepdim=True))),
    ("the first 0 is taken for the end of the sentence: padding can stand anywhere, so take `ids != 0` as it is",
     _by(real=lambda ids: (ids != 0).cumprod(1) > 0),
     _by(real=lambda ids: torch.arange(ids.shape[1]) < (ids == 0).int().argmax(1, keepdim=True))),
    ("`repeat` and `view` put the mask at the wrong places: `unsqueeze(-1)` makes it (B, T, 1), which fits",
     _by(given=lambda v, ids: (v * (ids != 0).repeat(1, v.shape[2]).view(v.shape), ids), mask=torch.ones_like)),
    ("one row of padding alone makes all rows zeros; only its own mean is zero",
     _by(result=lambda mean: mean * mean.any(1).all())),
    ("a word that occurs twice in a sentence counts once: every place whose id is not 0 counts", _by(real=_new)),
    ("the mean of a single sentence should have the shape (1, E): leave out `squeeze`", _by(result=torch.squeeze),
     _by(result=lambda mean: mean.squeeze(0))),
)  # fmt: skip
ADVICE = (("ZeroDivisionError", "A row of padding alone has no words: keep the count at 1 or more."),
          ("but got float", "The sum of no words is the number 0: there, take `torch.zeros(E)`."),
          ("but got int", "The sum of no words is the number 0: there, take `torch.zeros(E)`."),
          ("must match the size of tensor", "Write `vectors * real.unsqueeze(-1)`; leave `real` as it is, (B, T), "
           "and count `real.sum(1, keepdim=True)`."))  # fmt: skip


def _draw(chance: Chance) -> tuple[Tensor, Tensor]:
    """Padding anywhere; a row may hold nothing else."""
    B, T = chance.n(), chance.n()
    return chance.normal(B, T, chance.n()), chance.special(chance.ids(9, B, T), PAD, 1, 2, 3)


def examine(trial: Trial) -> None:
    cases = ([[5, 6, 0], [2, 1, 9]], [[4, 0, 0, 0], [2, 8, 3, 0], [1, 1, 1, 1]], [[9]])
    for seed, ids in enumerate(map(torch.tensor, cases)):
        # Vectors at the padding are not zero: an answer that trusts them to be is found out.
        trial.agrees(normal(seed, *ids.shape, 2 + seed), ids)
    vectors, ids = normal(9, 2, 2, 3), torch.tensor([[5, 0], [0, 0]])
    got = trial.call(vectors, ids)
    if isinstance(got, Tensor) and got.ndim == 2:
        dropped = "a row of padding alone is dropped: it keeps its place, and its mean is zero"
        trial.require(len(got) == len(ids), dropped, outcome=Outcome.SHAPE, got=got)
        nan = "a row of padding alone gives NaN (0/0): its mean is zero. Keep the count at 1 or more"
        trial.require(not bool(got.isnan().any()), nan, got=got)
    trial.compare(got, masked_mean(vectors, ids), inputs=(vectors, ids))
    trial.gradients_agree(normal(3, 2, 3, 4), torch.tensor([[5, 6, 0], [7, 1, 9]]))
    drawn_with_gradients(trial, _draw)
    trial.gradients_agree(vectors, ids)  # NaN can hide in the gradient of a value that is 0


EXERCISE = Exercise(id="01.masked_mean", reference=masked_mean, difficulty=3, minutes=8,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "`real = ids != 0` is True at words, (B, T). Before it multiplies vectors (B, T, E): `real.unsqueeze(-1)`.",
        "Sum `vectors * real` over T, then divide by the number of words of each sentence, `real.sum(1)`, not by T.",
        "A row of padding alone has no words: `clamp(min=1)` on the count avoids 0/0."), explanation="""Two things go
wrong here in practice. `vectors.mean(1)` counts the padding: a sentence gets another mean in another batch. And summing
correctly, but dividing by T, does the same more quietly. A row without any word is 0/0 = NaN unless the count is kept
at 1 or more; one NaN in a batch makes the loss NaN, and with the next step every parameter.""")  # fmt: skip
