"""Exercise 04.log_likelihood."""

import math

import torch
from torch import Tensor

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal, seeded
from course_lib.exercises.trial import Trial
from course_lib.text import EOS, PAD, SOS


def log_likelihood(logits, target):
    words = target[:, 1:]  # (B, T): what is to be said at each step
    log_p = logits.log_softmax(-1)  # (B, T, V)
    log_p = log_p.gather(-1, words[:, :, None])[:, :, 0]  # (B, T)
    return (log_p * (words != PAD)).sum(1)  # (B,)


def _likelihood_with(
    words=lambda t: t[:, 1:],
    log_p=lambda logits: logits.log_softmax(-1),
    real=lambda words: words != PAD,
    total=lambda of_words, real: (of_words * real).sum(1),
):
    def likelihood(logits, target):
        said = words(target)
        of_words = log_p(logits).gather(-1, said[:, :, None])[:, :, 0]
        return total(of_words, target[:, :-1] != PAD if real is None else real(said))

    return likelihood


def _shifted_twice(logits, target):
    words = target[:, 1:-1]
    log_p = logits.log_softmax(-1)[:, 1:].gather(-1, words[:, :, None])[:, :, 0]
    return (log_p * (words != PAD)).sum(1)


def _targets(seed: int, lengths: list[int], T: int, V: int) -> Tensor:
    """Targets (B, T + 1): <sos>, words, <eos>, padding. `lengths` counts the words and <eos>."""
    rows = torch.full((len(lengths), T + 1), PAD)
    words = torch.randint(min(4, V - 1), V, rows.shape, generator=seeded(seed))
    for row, some, n in zip(rows, words, lengths, strict=True):
        row[0], row[1:n], row[n] = SOS, some[1:n], EOS
    return rows


ADVICE = (
    ("Index tensor must have the same number", "`gather` wants as many dimensions as the logits: `words[:, :, None]`."),
    ("must match the size of tensor", "logits are (B, T, V), target is (B, T + 1): its `[:, 1:]` is (B, T)."),
    ("Size does not match at dimension", "logits are (B, T, V), target is (B, T + 1): its `[:, 1:]` is (B, T)."),
)


MISTAKES = (
    ("the target is not shifted: step t is to say `target[:, t + 1]`, so the words are `target[:, 1:]`", _likelihood_with(words=lambda t: t[:, :-1])),
    ("the target is not shifted, and padding is counted", _likelihood_with(words=lambda t: t[:, :-1], real=lambda w: True)),
    ("padding is counted: multiply by `words != PAD`", _likelihood_with(real=lambda w: True)),
    ("<eos> is left out: that the sentence ends there is part of it", _likelihood_with(real=lambda w: (w != PAD) & (w != EOS))),
    ("the sign is turned: log p is negative, and nothing is minimized here", _likelihood_with(total=lambda p, r: -(p * r).sum(1))),
    ("it is the mean over the words; a sum is wanted, the log of the whole product", _likelihood_with(total=lambda p, r: (p * r).sum(1) / r.sum(1))),
    ("it is the mean over all positions; a sum is wanted", _likelihood_with(total=lambda p, r: (p * r).mean(1))),
    ("it is the mean over the words, with the sign turned; the sum is wanted, as it is", _likelihood_with(total=lambda p, r: -(p * r).sum(1) / r.sum(1))),
    ("the sentences of the batch are summed: one number for each of them, (B,)", _likelihood_with(total=lambda p, r: (p * r).sum())),
    ("the sentences of the batch are averaged: one number for each of them, (B,)", _likelihood_with(total=lambda p, r: (p * r).sum() / r.sum())),
    ("the words of a sentence are not summed: (B,), not (B, T)", _likelihood_with(total=lambda p, r: p * r)),
    ("the sum is over the batch; sum over the words, dimension 1", _likelihood_with(total=lambda p, r: (p * r).sum(0))),
    ("the logits themselves are summed; they become log-probabilities by `log_softmax(-1)`", _likelihood_with(log_p=lambda x: x)),
    ("probabilities are summed: take their logarithm, `log_softmax`", _likelihood_with(log_p=lambda x: x.softmax(-1))),
    ("it is the probability; its logarithm is wanted", _likelihood_with(total=lambda p, r: (p * r).sum(1).exp())),
    ("the softmax runs over the steps; it is over the vocabulary, the last dimension", _likelihood_with(log_p=lambda x: x.log_softmax(1))),
    ("the softmax runs over the batch; it is over the vocabulary, the last dimension", _likelihood_with(log_p=lambda x: x.log_softmax(0))),
    ("the likeliest words are scored; it is about the words of the target: `gather`", lambda x, t: (x.log_softmax(-1).amax(-1) * (t[:, 1:] != PAD)).sum(1)),
    ("the mask is that of the words told: there <eos> is one step later", _likelihood_with(real=None)),
    ("the logits are shifted, too: `logits[:, t]` are about `target[:, t + 1]` already", _shifted_twice),
    ("`reshape` mixes steps and words: (B, T, V) becomes (B, V, T) by `transpose(1, 2)`", _likelihood_with(log_p=lambda x: x.reshape(len(x), x.shape[2], x.shape[1]).log_softmax(1).transpose(1, 2))),
    ("the logarithm has base 2; here it is the natural one", _likelihood_with(log_p=lambda x: x.log_softmax(-1) / math.log(2))),
)  # fmt: skip


def examine(trial: Trial) -> None:
    cases = [([2, 4, 3], 4, 6), ([5, 2], 5, 7), ([1, 3, 3, 2], 3, 5), ([4], 4, 4), ([3, 1, 2], 6, 9)]
    for seed, (lengths, T, V) in enumerate(cases):
        logits, target = normal(seed, len(lengths), T, V), _targets(seed, lengths, T, V)
        trial.agrees(logits, target)
    logits, target = normal(7, 2, 3, 5), _targets(7, [3, 2], 3, 5)
    trial.gradients_agree(logits, target)
    large = torch.tensor([[[300.0, -300.0, 0.0, 90.0, 5.0], [0.0, 0.0, 500.0, -200.0, 4.0]]])
    target = torch.tensor([[SOS, 4, EOS]])
    got = trial.call(large, target)
    trial.require(
        isinstance(got, Tensor) and bool(got.isfinite().all()),
        "it is not finite for large logits: the logarithm of a softmax that has become 0. `log_softmax` is stable",
        expected=log_likelihood(large, target),
        got=got,
    )
    trial.require(
        torch.allclose(got.detach(), log_likelihood(large, target)),
        "for large logits it is not exact: a number added to the probability, or a limit, hides that it has become 0. "
        "`log_softmax` needs neither",
        expected=log_likelihood(large, target),
        got=got,
    )


EXERCISE = Exercise(
    id="04.log_likelihood",
    reference=log_likelihood,
    difficulty=3,
    minutes=10,
    hints=(
        "The word to be said at step t is `target[:, t + 1]`, so all of them are `words = target[:, 1:]`, (B, T).",
        "`logits.log_softmax(-1)` has a number for every word of the vocabulary. `.gather(-1, words[:, :, None])` picks that of "
        "the right word, (B, T, 1); then drop the last dimension.",
        "`(log_p * (words != PAD)).sum(1)`: a factor of 0 takes padding out of the sum.",
    ),
    explanation="""
The probability of a sentence is a product of T numbers below 1; its logarithm is a sum, which neither underflows nor needs
care. `log_softmax` is computed in one piece, because the logarithm of a softmax that has become 0 is minus infinity. The
target is shifted against the inputs by one: the step that sees <sos> is to say the first word, the one that sees the last word
is to say <eos>. <eos> counts: a model that never ends its sentences must be told. Padding does not.""",
    advice=ADVICE,
    mistakes=MISTAKES,
    examine=examine,
)
