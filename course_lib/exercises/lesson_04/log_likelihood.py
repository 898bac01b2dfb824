"""Exercise 04.log_likelihood: shift, log-softmax, pick, mask, sum."""

import torch
from torch import Tensor

from course_lib.batches import pad
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn_with_gradients, normal, parted, seeded
from course_lib.exercises.lesson_04.shared import SQUEEZED
from course_lib.likelihood import pick
from course_lib.seq2seq import log_likelihood
from course_lib.text import EOS, PAD, SOS, UNK


@parted
def _with(words: Function = lambda t: t[:, 1:], log_p: Function = lambda x: x.log_softmax(-1),
        real: Function = lambda w, t: w != PAD, total: Function = lambda p, r: (p * r).sum(1)) -> Function:  # fmt: skip
    """Other words, log-probabilities, mask, or sum of the log-probabilities and the mask, (B, T) each."""
    return lambda logits, target: total(pick(log_p(logits), words(target)), real(words(target), target))


def _targets(seed: int, lengths: list[int], T: int, V: int) -> Tensor:
    """Targets (B, T + 1): <sos>, words, <eos>, padding. `lengths` counts the words and <eos>."""
    rows = torch.full((len(lengths), T + 1), PAD)
    words = torch.randint(min(4, V - 1), V, rows.shape, generator=seeded(seed))
    for row, some, n in zip(rows, words, lengths, strict=True):
        row[0], row[1:n], row[n] = SOS, some[1:n], EOS
    return rows


_INFINITE = (
    "it is not finite for large logits: exp overflows, or a logarithm of 0 is taken. Use `logits.log_softmax(-1)`"
)
_INEXACT = "for large logits it is not exact: a number added to p, or a limit, hides p = 0. `log_softmax` is exact"
_SHIFTED = "logits are (B, T, V), target is (B, T + 1): use `target[:, 1:]`, (B, T), for words and mask."
ADVICE = (
    ("Index tensor must have the same number", "`gather` wants as many dimensions as the logits: `words[:, :, None]`."),
    ("must match the size of tensor", "Both must be (B, T): the words `target[:, 1:]`, and `gather(...)[:, :, 0]`."),
    ("Size does not match at dimension", _SHIFTED),
    ("out of bounds for dimension 1", "There are T steps, `logits.shape[1]`; the target has one place more."),
    ("Expected target size", "`F.cross_entropy` wants the vocabulary in dimension 1: `logits.transpose(1, 2)`."),
)  # fmt: skip
MISTAKES = (
    ("the target is not shifted: step t is to say `target[:, t + 1]`, so all words are `target[:, 1:]`",
     _with(words=lambda t: t[:, :-1])),
    ("the target is not shifted, and padding counts: take `target[:, 1:]`, and multiply by `(target[:, 1:] != PAD)`",
     _with(words=lambda t: t[:, :-1], real=lambda w, t: True)),
    ("padding is counted: multiply by `(target[:, 1:] != PAD)`, with parentheses, before you sum",
     _with(real=lambda w, t: True)),
    ("<eos> is left out: only padding does not count", _with(real=lambda w, t: (w != PAD) & (w != EOS))),
    ("<unk> is left out: only padding does not count", _with(real=lambda w, t: (w != PAD) & (w != UNK))),
    ("<eos> and <unk> are left out: only padding does not count", _with(real=lambda w, t: w > EOS)),
    ("the sign is turned: return log p itself, which is negative", _with(total=lambda p, r: -(p * r).sum(1))),
    ("it is the mean over the words; a sum is wanted", _with(total=lambda p, r: (p * r).sum(1) / r.sum(1))),
    ("parentheses are missing: `(... * (words != PAD)).sum(1)`; `*` comes before `!=`",
     _with(real=lambda w, t: w, total=lambda p, r: (p * r != PAD).sum(1))),
    ("the words of all sentences are picked for each: index the sentence, too, `torch.arange(len(words))`",
     lambda x, t: torch.stack([log_likelihood(x, row.expand_as(t)) for row in t], dim=1)),
    ("it is the mean over all words of the batch, with the sign turned: one sum of log p for each sentence, (B,)",
     _with(total=lambda p, r: -(p * r).sum() / (0 * p + r).sum())),
    ("it is the mean over all positions; a sum is wanted", _with(total=lambda p, r: (p * r).mean(1))),
    ("it is the mean over the words, with the sign turned; return the sum of log p",
     _with(total=lambda p, r: -(p * r).sum(1) / r.sum(1))),
    ("the sentences of the batch are summed: one number for each, (B,)", _with(total=lambda p, r: (p * r).sum())),
    ("the sentences of the batch are averaged: one for each, (B,)", _with(total=lambda p, r: (p * r).sum() / r.sum())),
    ("the words of a sentence are not summed: (B,), not (B, T)", _with(total=lambda p, r: p * r)),
    ("the sum is over the batch; sum over the words, dimension 1", _with(total=lambda p, r: (p * r).sum(0))),
    ("the logits themselves are summed; they become log-probabilities by `log_softmax(-1)`", _with(log_p=lambda x: x)),
    ("probabilities are summed: write `log_softmax(-1)` in place of `softmax(-1)`",
     _with(log_p=lambda x: x.softmax(-1))),
    ("it is the probability; its logarithm is wanted", _with(total=lambda p, r: (p * r).sum(1).exp())),
    ("the softmax runs over the steps; it should run over the vocabulary, `log_softmax(-1)`",
     _with(log_p=lambda x: x.log_softmax(1))),
    ("the softmax runs over the batch; it should run over the vocabulary, `log_softmax(-1)`",
     _with(log_p=lambda x: x.log_softmax(0))),
    ("the likeliest words are scored; `gather` those of the target",
     lambda x, t: (x.log_softmax(-1).amax(-1) * (t[:, 1:] != PAD)).sum(1)),
    ("the mask is shifted: it belongs to the words to be said, `target[:, 1:] != PAD`",
     _with(real=lambda w, t: t[:, :-1] != PAD)),
    ("the logits are shifted, too: take them whole, with the words `target[:, 1:]`",
     lambda x, t: log_likelihood(x[:, 1:], t[:, :-1])),
    ("`reshape` mixes steps and words: (B, T, V) becomes (B, V, T) by `transpose(1, 2)`",
     _with(log_p=lambda x: x.reshape(len(x), x.shape[2], x.shape[1]).log_softmax(1).transpose(1, 2))),
    ("the logarithm has base 2; take the natural one", _with(log_p=lambda x: x.softmax(-1).log2())),
    ("padding is taken out of the softmax, too; it should run over the whole vocabulary",
     _with(log_p=lambda x: x.index_fill(-1, torch.tensor(PAD), -1e9).log_softmax(-1))),
    ("the mask is turned round: padding is summed, and the words are not", _with(real=lambda w, t: w == PAD)),
    ("one dimension too many is kept: (B,)", _with(total=lambda p, r: (p * r).sum(1, keepdim=True))),
    ("the last step is left out; sum over all T steps", _with(total=lambda p, r: (p * r)[:, :-1].sum(1))),
    ("the length of the first sentence is taken for all; each has its own",
     _with(total=lambda p, r: (p * r[:1]).sum(1))),
    ("all are summed only up to where the shortest sentence ends; each has its own end",
     _with(total=lambda p, r: (p * r.all(0)).sum(1))),
    ("the logits at padding are 0, and so it costs log V: take it out after the log-softmax",
     lambda x, t: pick((x * (t[:, 1:] != PAD)[:, :, None]).log_softmax(-1), t[:, 1:]).sum(1)),
    ("the first word is left out; sum over all T steps", _with(total=lambda p, r: (p * r)[:, 1:].sum(1))),
    (SQUEEZED, _with(total=lambda p, r: (p.squeeze() * r.squeeze()).sum(-1))),
    ("where T is 1, a plain `squeeze()` takes off the steps, too: write `[:, :, 0]`",
     _with(total=lambda p, r: (p.squeeze() * r).sum(1))),
)  # fmt: skip


def _draw(chance: Chance) -> tuple[Tensor, Tensor]:
    """Any words, `<unk>` among them, and sentences of `<eos>` alone."""
    V = chance.n(5)
    rows = [[SOS, *(chance.choice([UNK, *range(4, V)]) for _ in range(chance.n(0))), EOS] for _ in range(chance.n())]
    target = pad(rows)
    return chance.normal(len(target), target.shape[1] - 1, V, most=10), target


def examine(trial: Trial) -> None:
    cases = [([2, 4, 3], 4, 6), ([5, 2], 5, 7), ([1, 3, 3, 2], 3, 5), ([4], 4, 4), ([3, 1, 2], 6, 9), ([1, 1], 1, 5)]
    for seed, (lengths, T, V) in enumerate(cases):
        trial.agrees(normal(seed, len(lengths), T, V), _targets(seed, lengths, T, V))
    trial.gradients_agree(normal(7, 2, 3, 5), _targets(7, [3, 2], 3, 5))
    large = torch.tensor([[[300.0, -300.0, 0.0, 90.0, 5.0], [0.0, 0.0, 500.0, -200.0, 4.0]]])
    target = torch.tensor([[SOS, 4, EOS]])
    got, expected = trial.call(large, target), log_likelihood(large, target)
    finite = isinstance(got, Tensor) and bool(got.isfinite().all())
    trial.require(finite, _INFINITE, expected=expected, got=got)
    trial.require(torch.allclose(got.detach(), expected), _INEXACT, expected=expected, got=got)
    drawn_with_gradients(trial, _draw)


EXERCISE = Exercise(id="04.log_likelihood", reference=log_likelihood, difficulty=3, minutes=10, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "The word to be said at step t is `target[:, t + 1]`, so all of them are `words = target[:, 1:]`, (B, T).",
        "`logits.log_softmax(-1)` has a number for every word of the vocabulary. `.gather(-1, words[:, :, None])` "
        "picks that of the right word, (B, T, 1); then drop the last dimension.",
        "With these as `picked`, (B, T): `(picked * (words != PAD)).sum(1)`. A factor of 0 takes padding out."),
    explanation="""The probability of a sentence is a product of T numbers below 1; its logarithm is a sum, which
neither underflows nor needs care. `log_softmax` is computed in one piece, because the logarithm of a softmax that has
become 0 is minus infinity. The target is shifted against the inputs by one: the step that sees <sos> is to say the
first word, the one that sees the last word is to say <eos>. <eos> counts: a model that never ends its sentences must be
told. Padding does not.""")  # fmt: skip
