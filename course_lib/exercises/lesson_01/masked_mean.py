"""Exercise 01.masked_mean."""

import torch
from torch import Tensor

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.finding import Outcome
from course_lib.exercises.given import normal
from course_lib.exercises.trial import Trial
from course_lib.text import PAD


def masked_mean(vectors, ids):
    real = (ids != PAD).unsqueeze(-1)  # (B, T, 1)
    return (vectors * real).sum(1) / real.sum(1).clamp(min=1)  # (B, E)


def _mean_by(count, mask=lambda ids: ids != PAD):
    return lambda vectors, ids: (vectors * mask(ids)[..., None]).sum(1) / count(ids)


ADVICE = (("ZeroDivisionError", "A row of padding alone has no words: keep the count at 1 or more."),)


def examine(trial: Trial) -> None:
    def real(ids):
        return (ids != PAD).unsqueeze(-1)

    mistakes = [
        ("the padding is counted: mean over the real words alone", lambda vectors, ids: vectors.mean(1)),
        ("the padding is added to the sum: multiply with the mask first", lambda vectors, ids: vectors.sum(1) / real(ids).sum(1).clamp(min=1)),
        ("it divides by E; divide by the number of real words of each sentence", lambda vectors, ids: (vectors * real(ids)).sum(1) / vectors.shape[2]),
        ("1 is added to every count, so that every mean is too small: `clamp(min=1)` changes only a count of 0", _mean_by(lambda ids: real(ids).sum(1) + 1)),
        ("the count of a sentence divides a column instead of a row: it needs shape (B, 1), `keepdim=True`", _mean_by(lambda ids: real(ids)[..., 0].sum(1).clamp(min=1))),
        ("it divides by T; divide by the number of real words of each sentence", _mean_by(lambda ids: ids.shape[1])),
        ("it sums; divide by the number of real words of each sentence", _mean_by(lambda ids: 1)),
        ("the mask is inverted: it takes the padding instead of the words",
         _mean_by(lambda ids: (ids == PAD).sum(1, keepdim=True).clamp(min=1), lambda ids: ids == PAD)),
        ("it averages over the batch; average over the words of each sentence (dimension 1)", lambda vectors, ids: vectors.mean(0)),
        ("it divides by the number of words in the whole batch; each sentence has its own", _mean_by(lambda ids: (ids != PAD).sum())),
        ("it averages over the batch; average over the words of each sentence (dimension 1)",
         lambda vectors, ids: (vectors * real(ids)).sum(0) / real(ids).sum(0).clamp(min=1)),
        ("it makes one mean for the whole batch; expected is one vector per sentence", lambda vectors, ids: vectors[ids != PAD].mean(0)),
        ("the mean of a sentence is one vector of size E, not one number: average over its words alone",
         lambda vectors, ids: torch.stack([v[i != PAD].mean() for v, i in zip(vectors, ids, strict=True)])),
        ("the last dimension is averaged; average over the words (dimension 1)", lambda vectors, ids: (vectors * real(ids)).mean(-1)),
        ("the last dimension is averaged; average over the words (dimension 1)", lambda vectors, ids: vectors.mean(-1)),
        ("the first word is left out as if it were special: only id 0 is padding",
         lambda vectors, ids: masked_mean(vectors[:, 1:], ids[:, 1:])),
        ("all the specials are left out: only id 0 is padding",
         _mean_by(lambda ids: (ids > 3).sum(1, keepdim=True).clamp(min=1), lambda ids: ids > 3)),
        ("<unk> is left out too: only id 0 is padding",
         _mean_by(lambda ids: (ids > 1).sum(1, keepdim=True).clamp(min=1), lambda ids: ids > 1)),
    ]  # fmt: skip
    cases = [
        torch.tensor([[5, 6, 0], [2, 1, 9]]),
        torch.tensor([[4, 0, 0, 0], [2, 8, 3, 0], [1, 1, 1, 1]]),
        torch.tensor([[9]]),
    ]
    for seed, ids in enumerate(cases):
        # Vectors at the padding are not zero: an answer that trusts them to be is found out.
        trial.agrees(normal(seed, *ids.shape, 2 + seed), ids, mistakes=mistakes)
    ids = torch.tensor([[5, 0], [0, 0]])
    got = trial.call(normal(9, 2, 2, 3), ids)
    if isinstance(got, Tensor) and got.ndim == 2:
        trial.require(
            len(got) == len(ids),
            "a row of padding alone is dropped: it keeps its place, and its mean is zero",
            outcome=Outcome.SHAPE,
            got=got,
        )
        trial.require(
            not bool(torch.isnan(got).any()),
            "a row of padding alone gives NaN (0/0): its mean is zero. Keep the count at 1 or more",
            got=got,
        )
    trial.compare(got, masked_mean(normal(9, 2, 2, 3), ids))
    trial.gradients_agree(normal(3, 2, 3, 4), torch.tensor([[5, 6, 0], [7, 1, 9]]))
    trial.gradients_agree(normal(9, 2, 2, 3), ids)  # NaN can hide in the gradient of a value that is 0


EXERCISE = Exercise(
    id="01.masked_mean",
    reference=masked_mean,
    difficulty=3,
    minutes=8,
    hints=(
        "`real = ids != 0` is True at words and False at padding, shape (B, T). To multiply it with vectors (B, T, E) it "
        "needs one more dimension: `real.unsqueeze(-1)`.",
        "Sum `vectors * real` over T, then divide by the number of words of each sentence, `real.sum(1)`, not by T.",
        "A row of padding alone has no words: `clamp(min=1)` on the count avoids 0/0.",
    ),
    explanation="""
Two things go wrong here in practice. `vectors.mean(1)` counts the padding: the same sentence gets another mean in another
batch. And summing correctly, but dividing by T, does the same more quietly. A row without any word is 0/0 = NaN unless
the count is kept at 1 or more; one NaN in a batch makes the loss NaN, and with the next step every parameter.""",
    advice=ADVICE,
    examine=examine,
)
