"""Exercise 02.next_word_loss."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib import rnn
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import Named, normal, seeded
from course_lib.exercises.trial import Trial
from course_lib.text import EOS, PAD, SOS, UNK


def next_word_loss(model, ids):
    logits, _ = model(ids[:, :-1])  # (B, T, V)
    targets = ids[:, 1:]  # (B, T)
    real = targets != PAD
    return F.cross_entropy(logits[real], targets[real])


def _loss_with(
    shift=lambda logits, ids: (logits[:, :-1], ids[:, 1:]),
    counted=lambda targets: targets != PAD,
    over=lambda nll, real: (nll * real).sum() / real.sum(),
    log_p=lambda logits: logits.log_softmax(-1),
):
    """A way to write the loss wrongly: other pairs of logits and targets, another mean, another probability."""

    def loss(model, ids):
        logits, targets = shift(model(ids)[0], ids)
        nll = -log_p(logits).gather(-1, targets[..., None])[..., 0]
        return over(nll, counted(targets).to(nll.dtype))

    return loss


def _row_means(nll: Tensor, real: Tensor) -> Tensor:
    return ((nll * real).sum(1) / real.sum(1)).mean()


def _viewed(model, ids):
    logits = model(ids[:, :-1])[0]
    B, T, V = logits.shape
    return F.cross_entropy(logits.reshape(B, V, T), ids[:, 1:], ignore_index=PAD)


def _table_model(table: Tensor) -> Named:
    """A model without memory: the logits of the next word are a row of a table, (V, V)."""
    return Named(f"a model with V={len(table)}", lambda ids, state=None: (table[ids], state))


def _table_gradient_agrees(trial: Trial, table: Tensor, ids: Tensor) -> None:
    def gradient(function):
        leaf = table.clone().requires_grad_()
        loss = function(_table_model(leaf), ids)
        return torch.autograd.grad(loss, leaf)[0] if loss.requires_grad else None

    right, got = gradient(rnn.next_word_loss), gradient(trial.call)
    trial.require(
        got is not None,
        "its result is detached: no gradient can flow back through it, so nothing could be learned. Leave out `.item()`, "
        "`.detach()`, `torch.no_grad()`, and `torch.tensor(...)` around tensors.",
    )
    trial.require(
        torch.allclose(got, right, atol=1e-5),
        "its value is right, but the gradient that reaches the model is not: is a part of it detached?",
        expected_gradient=right,
        got=got,
    )


ADVICE = (
    ("not enough values to unpack", "The model returns (logits, state), and logits are (B, T, V)."),
    ("view size is not compatible", "`ids[:, 1:]` is no whole piece of memory: `reshape` or `flatten` works."),
)


MISTAKES = (
    ("the target is not shifted: the model is asked for the word that it has just read. Input `ids[:, :-1]`, target "
     "`ids[:, 1:]`", _loss_with(shift=lambda logits, ids: (logits, ids))),
    ("the target is not shifted: the model is asked for the word that it has just read. Input `ids[:, :-1]`, target "
     "`ids[:, 1:]`", _loss_with(shift=lambda logits, ids: (logits[:, :-1], ids[:, :-1]))),
    ("the target is not shifted: the model is asked for the word that it has just read. Input `ids[:, :-1]`, target "
     "`ids[:, 1:]`", _loss_with(shift=lambda logits, ids: (logits[:, 1:], ids[:, 1:]))),
    ("it is shifted the wrong way: the model is asked for the word before. Input `ids[:, :-1]`, target `ids[:, 1:]`",
     _loss_with(shift=lambda logits, ids: (logits[:, 1:], ids[:, :-1]))),
    ("it is shifted by two words; by one", _loss_with(shift=lambda logits, ids: (logits[:, :-2], ids[:, 2:]))),
    ("the padding counts: places whose target is 0 must be left out of the mean (`ignore_index=0`, or a mask)",
     _loss_with(counted=torch.ones_like)),
    ("the padding is left out of the sum, but still counted when you divide: divide by the number of real words",
     _loss_with(over=lambda nll, real: (nll * real).mean())),
    ("`<eos>` is left out; it is a target as well: the model must learn to stop", _loss_with(counted=lambda t: (t != PAD) & (t != EOS))),
    ("`<eos>` is left out, and the padding is not: the padding has id 0", _loss_with(counted=lambda t: t != EOS)),
    ("`<unk>` (id 1) is left out, and the padding is not: the padding has id 0", _loss_with(counted=lambda t: t != UNK)),
    ("the places are chosen by the input, not by the target: leave out those whose target is 0",
     lambda model, ids: F.cross_entropy(model(ids)[0][:, :-1][ids[:, :-1] != PAD], ids[:, 1:][ids[:, :-1] != PAD])),
    ("it is the mean of the sentences' means; take the mean over all words of the batch", _loss_with(over=_row_means)),
    ("the losses are summed; take the mean over the real words", _loss_with(over=lambda nll, real: (nll * real).sum())),
    ("the sum is divided by the number of sentences; divide by the number of real words",
     _loss_with(over=lambda nll, real: (nll * real).sum() / len(nll))),
    ("one loss for each word comes back; take the mean over the real words",
     lambda model, ids: rnn.next_word_nll(model, ids)),
    ("one loss for each word comes back, the padding among them; take the mean over the real words",
     _loss_with(over=lambda nll, real: nll)),
    ("one loss for each word comes back; take the mean over the real words", _loss_with(over=lambda nll, real: nll * real)),
    ("one loss for each sentence comes back; take the mean over all real words",
     _loss_with(over=lambda nll, real: (nll * real).sum(1) / real.sum(1))),
    ("the sign is missing: the loss is minus the log of the probability", lambda *a: -rnn.next_word_loss(*a)),
    ("the perplexity comes back, exp of the loss; the loss itself is asked for", lambda *a: rnn.next_word_loss(*a).exp()),
    ("the softmax is applied twice: `F.cross_entropy` takes the logits as they are",
     _loss_with(log_p=lambda z: z.softmax(-1).log_softmax(-1))),
    ("the logarithm is missing: -log(p), not -p", _loss_with(log_p=lambda z: z.softmax(-1))),
    ("the softmax is missing: logits are no logarithms of probabilities yet", _loss_with(log_p=lambda z: z)),
    ("the softmax runs over the words of the sentence; it runs over the vocabulary, the last dimension",
     _loss_with(log_p=lambda z: z.log_softmax(1))),
    ("the softmax runs over the batch; it runs over the vocabulary, the last dimension", _loss_with(log_p=lambda z: z.log_softmax(0))),
    ("`view` and `reshape` do not transpose: (B, T, V) is read on as (B, V, T). Use `logits.transpose(1, 2)`, or flatten "
     "both, `logits.flatten(0, 1)` and `targets.flatten()`", _viewed),
    ("only the last word is asked for; every word is, given those before it",
     lambda model, ids: F.cross_entropy(model(ids[:, :-1])[0][:, -1], ids[:, -1], ignore_index=PAD)),
    ("only the first sentence counts; there are B", lambda model, ids: rnn.next_word_loss(model, ids[:1])),
    ("the logarithm has the base 2; the natural one is asked for", lambda *a: rnn.next_word_loss(*a) / math.log(2)),
    ("the logits come back; the loss is asked for, one number", lambda model, ids: model(ids[:, :-1])[0]),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for sign in ("'tuple' object", "not tuple", "tuple indices"):
        trial.advise(sign, "The model returns two things: `logits, state = model(...)`.")
    flat = "`F.cross_entropy` wants logits (n, V) and targets (n,): flatten both, or choose the real places, `logits[real]`."
    for sign in ("Expected target size", "Expected input batch_size", "size mismatch (got input"):
        trial.advise(sign, flat)
    small = torch.tensor([[SOS, 4, 5, EOS], [SOS, 5, EOS, PAD]])
    longer = torch.tensor([[SOS, 4, UNK, 6, 7, EOS], [SOS, 7, EOS, PAD, PAD, PAD], [SOS, 8, 4, 5, EOS, PAD]])
    cases = [(0, small, 6), (1, longer, 9), (2, longer.flip(0)[:2], 11), (3, torch.tensor([[SOS, 4, EOS]]), 5)]
    for seed, ids, V in cases:
        trial.agrees(_table_model(2 * normal(seed, V, V)), ids)
    # A model with a memory, so that the wrong half of the input is found out.
    torch.manual_seed(0)
    whole = rnn.LanguageModel(rnn.Embedding(9, 3), rnn.RNNCell(3, 4, seeded(0)))
    trial.agrees(Named("a language model with V=9", whole), longer)
    table = 300 * normal(5, 6, 6)
    got, right = trial.call(_table_model(table), small), rnn.next_word_loss(_table_model(table), small)
    if isinstance(got, Tensor) and got.shape == right.shape:
        trial.require(
            bool(got.isfinite()),
            "at logits of several hundred the loss is not finite: the probability rounds to 0, and its log is -inf. Use "
            "`F.cross_entropy` or `log_softmax`",
            expected=right,
            got=got,
        )
    trial.compare(got, right)
    _table_gradient_agrees(trial, normal(6, 6, 6), small)


EXERCISE = Exercise(
    id="02.next_word_loss",
    reference=next_word_loss,
    difficulty=3,
    minutes=8,
    hints=(
        "The model reads `ids[:, :-1]`, all words but the last, and is asked for `ids[:, 1:]`, all but the first: target t is "
        "the word after input t.",
        "`logits, _ = model(ids[:, :-1])`, (B, T, V). Keep only the places where the target is not 0: `logits[real]` with "
        "`real = ids[:, 1:] != 0` is (n, V).",
        "`return F.cross_entropy(logits[real], targets[real])` with `targets = ids[:, 1:]` and `real = targets != 0`",
    ),
    explanation="""
Shifting by one makes T questions of one sentence, all answered in one pass, because the state after word t has seen words 1
to t and no other. `<sos>` is never a target, `<eos>` is: to stop is something to be learned. The mean is over the real
words of the whole batch, so that a word counts the same in a short and in a long sentence. F.cross_entropy(...,
ignore_index=0) on flattened tensors does the same.""",
    advice=ADVICE,
    mistakes=MISTAKES,
    examine=examine,
)
