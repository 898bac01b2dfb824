"""Exercise 02.next_word_loss: shifted by one, padding left out, every real word counted once."""

import functools
import math
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.batches import pad
from course_lib.embeddings import Embedding
from course_lib.exercises.guard import SEED
from course_lib.exercises.kit import Chance, Exercise, Function, Named, Trial, drawn, normal, parted, seeded
from course_lib.language_model import LanguageModel, next_word_loss, next_word_nll
from course_lib.rnn import RNNCell
from course_lib.text import EOS, PAD, SOS, UNK

_entropy = functools.partial(F.cross_entropy, ignore_index=PAD)
_ALL, _FRONT, _BACK = slice(None), slice(-1), slice(1, None)


@parted
def _loss(
    read: slice = _FRONT, asked: slice = _BACK, counted: Function = lambda targets: targets != PAD,
    over: Function = lambda n, real: (n * real).sum() / real.sum(),
    log_p: Function = lambda logits: logits.log_softmax(-1),
    given: Function = lambda ids: ids, end: Function = lambda loss: loss,
) -> Function:  # fmt: skip
    """A way to write the loss wrongly: other ids, pairs of logits and targets, mean, probability, or result."""

    def loss(model: Function, ids: Tensor) -> object:
        ids = given(ids)
        targets = ids[:, asked]
        nll = -log_p(model(ids)[0][:, read]).gather(-1, targets[..., None])[..., 0]
        return end(over(nll, counted(targets).to(nll.dtype)))

    return loss


def _bounded(least: float) -> Function:
    return lambda logits: (logits.softmax(-1) + least).log()


MISTAKES = (
    ("the target is not shifted: the model is asked for the word it has read. Input `ids[:, :-1]`, target `ids[:, 1:]`",
     *(_loss(part, part) for part in (_ALL, _FRONT, _BACK))),
    ("it is shifted the wrong way. Input `ids[:, :-1]`, target `ids[:, 1:]`", _loss(_BACK, _FRONT)),
    ("it is shifted by two words; by one", _loss(slice(-2), slice(2, None))),
    ("the first word after `<sos>` is not counted; only `<sos>` itself is no target",
     _loss(slice(1, -1), slice(2, None))),
    ("the last column of `ids` is never a target; only the first should be none", _loss(slice(-2), slice(1, -1))),
    ("the padding counts: leave out targets of 0, with `ignore_index=0` in `F.cross_entropy`, or with a mask",
     _loss(counted=torch.ones_like)),
    ("the mask is turned round: only the padding counts; the real words should", _loss(counted=lambda t: t == PAD)),
    ("padding is still counted when you divide: divide by the number of real words",
     _loss(over=lambda n, real: (n * real).mean())),
    ("`<eos>` is left out; the model must learn to stop", _loss(counted=lambda t: (t != PAD) & (t != EOS))),
    ("`<unk>` (id 1) is left out; only the padding, id 0, should be", _loss(counted=lambda t: t > UNK)),
    ("`<eos>` is left out, or `<unk>` (id 1), and the padding is not: the padding has id 0",
     _loss(counted=lambda t: t != EOS), _loss(counted=lambda t: t != UNK)),
    ("the places are chosen by the input, not by the target: leave out those whose target is 0",
     lambda model, ids: F.cross_entropy(model(ids)[0][:, :-1][ids[:, :-1] != PAD], ids[:, 1:][ids[:, :-1] != PAD])),
    ("it is the mean of the sentences' means; take the mean over all words of the batch",
     _loss(over=lambda n, real: ((n * real).sum(1) / real.sum(1)).mean())),
    ("it is the mean of the steps' means; take the mean over all words of the batch",
     _loss(over=lambda n, real: ((n * real).sum(0) / real.sum(0)).nanmean())),
    ("the sum is divided by the number of all words, `<sos>` too; divide by the number of targets that are real",
     _loss(over=lambda n, real: (n * real).sum() / (real.sum() + len(n)))),
    ("the softmax leaves `<pad>` out (id 0); it runs over all V words, though the padding is never a target",
     _loss(log_p=lambda z: F.pad(z[..., 1:].log_softmax(-1), (1, 0)))),
    ("the losses are summed; take the mean over the real words", _loss(over=lambda n, real: (n * real).sum())),
    ("the sum is divided by the number of sentences; divide by the number of real words",
     _loss(over=lambda n, real: (n * real).sum() / len(n))),
    ("one loss for each word comes back; take the mean", next_word_nll, _loss(over=lambda n, real: n * real)),
    ("one loss for each word comes back, and for padding; take the mean over words", _loss(over=lambda n, real: n)),
    ("one loss for each sentence comes back; take the mean over all words of the batch",
     _loss(over=lambda n, real: (n * real).sum(1) / real.sum(1)), _loss(over=lambda n, real: (n * real).sum(1))),
    ("the sign is missing: the loss is minus the log of the probability", _loss(end=lambda loss: -loss)),
    ("the perplexity comes back, exp of the loss; the loss itself is asked for", _loss(end=lambda loss: loss.exp())),
    ("the softmax is applied twice: `F.cross_entropy` has one", _loss(log_p=lambda z: z.softmax(-1).log_softmax(-1))),
    ("the logarithm is missing: -log(p), not -p", _loss(log_p=lambda z: z.softmax(-1))),
    ("the softmax is missing: logits are no logarithms of probabilities yet", _loss(log_p=lambda z: z)),
    ("the softmax runs over the words of the sentence, or over the batch; it runs over the vocabulary, dimension -1",
     _loss(log_p=lambda z: z.log_softmax(1)), _loss(log_p=lambda z: z.log_softmax(0))),
    ("a small number is added to the probability, or it is kept above one, so no loss can be large: use "
     "`F.cross_entropy` of the logits", *(_loss(log_p=_bounded(10**-n)) for n in range(6, 13))),
    ("`view` and `reshape` do not transpose: use `logits.transpose(1, 2)`",
     lambda model, ids: _entropy(model(ids)[0][:, :-1].reshape(len(ids), -1, ids.shape[1] - 1), ids[:, 1:])),
    ("logits and targets are flattened in different orders: `logits.flatten(0, 1)` and `targets.flatten()`",
     lambda model, ids: _entropy(model(ids)[0][:, :-1].flatten(0, 1), ids[:, 1:].T.flatten()),
     lambda model, ids: _entropy(model(ids)[0][:, :-1].transpose(0, 1).flatten(0, 1), ids[:, 1:].flatten())),
    ("sentences are shifted against each other, not words: `ids[:, :-1]` is read and `ids[:, 1:]` asked for",
     lambda model, ids: _entropy(model(ids[:-1])[0].flatten(0, 1), ids[1:].flatten())),
    ("only the last word is asked for; each is", lambda model, ids: _entropy(model(ids)[0][:, -2], ids[:, -1])),
    ("only the first sentence counts; there are B", _loss(given=lambda ids: ids[:1])),
    ("the batch is cut at the length of its first row; other rows may be longer",
     _loss(given=lambda ids: ids[:, : int((ids[0] != PAD).sum())])),
    ("the batch is cut at the length of its shortest row; the others are longer",
     _loss(given=lambda ids: ids[:, : int((ids != PAD).sum(1).min())])),
    ("the logarithm has the base 2; the natural one is asked for", _loss(end=lambda loss: loss / math.log(2))),
    ("the logits come back; the loss is asked for, one number", lambda model, ids: model(ids[:, :-1])[0]),
)  # fmt: skip

_TWO = "The model returns two things: `logits, state = model(...)`."
_FLAT = (
    "`F.cross_entropy` wants logits (n, V) and targets (n,): `logits.flatten(0, 1)` and `targets.flatten()`, or "
    "`logits[real]` and `targets[real]`."
)
ADVICE = (
    ("needs a real step", "Hand in all words but the last at once: a column alone may be nothing but padding."),
    ("not enough values to unpack", "The model returns (logits, state), and logits are (B, T, V)."),
    ("view size is not compatible", "A slice such as `ids[:, 1:]` can't be viewed: write `.reshape(...)` in place of "
     "`.view(...)`."),
    *((sign, _TWO) for sign in ("'tuple' object", "not tuple", "tuple indices", "converted to an index")),
    *((sign, _FLAT) for sign in ("Expected target size", "Expected input batch_size", "size mismatch (got input")),
)  # fmt: skip


def _table_model(table: Tensor) -> Named:
    """A model without memory: the logits of the next word are a row of a table, (V, V)."""
    return Named(f"a model with V={len(table)}", lambda ids, state=None: (table[ids], state))


def examine(trial: Trial) -> None:
    small = torch.tensor([[SOS, 4, 5, EOS], [SOS, 5, EOS, PAD]])
    longer = torch.tensor([[SOS, 4, UNK, 6, 7, EOS], [SOS, 7, EOS, PAD, PAD, PAD], [SOS, 8, 4, 5, EOS, PAD]])
    cases = [(0, small, 6), (1, longer, 9), (2, longer.flip(0)[:2], 11), (3, torch.tensor([[SOS, 4, EOS]]), 5)]
    for seed, ids, V in cases:
        trial.agrees(_table_model(2 * normal(seed, V, V)), ids)
    # A model with a memory, so that the wrong half of the input is found out.
    torch.manual_seed(SEED)
    whole = LanguageModel(Embedding(9, 3), RNNCell(3, 4, generator=seeded(0)))
    trial.agrees(whole, longer)
    calls: list[Tensor] = []

    def noting(ids: Tensor, state: Any = None) -> Any:
        calls.append(ids)
        return whole(ids, state)

    trial.agrees(Named("a language model with V=9", noting), longer, expected=next_word_loss(whole, longer))
    trial.require(len(calls) == 1, f"the model is called {len(calls)} times; once is enough, with all T steps")
    steep = _table_model(300 * normal(5, 6, 6))
    got, right = trial.call(steep, small), next_word_loss(steep, small)
    if isinstance(got, Tensor) and got.shape == right.shape:
        infinite = "at logits of several hundred exp or log leaves the range: use `F.cross_entropy` of the logits"
        trial.require(bool(got.isfinite()), infinite, expected=right, got=got)
    trial.compare(got, right, inputs=(steep, small))

    def draw(chance: Chance) -> tuple[Function, Tensor]:
        """Any words between `<sos>` and `<eos>`, also of one word or none; the longest row has no padding."""
        B, V = chance.n(), chance.n(6)
        rows = [[SOS, *(chance.choice([UNK, *range(4, V)]) for _ in range(chance.n(0))), EOS] for _ in range(B)]
        return _table_model(chance.normal(V, V)), pad(rows)

    for given in drawn(draw):
        trial.agrees(*given)

    def of_table(loss: Function) -> Function:
        return lambda table: loss(_table_model(table), small)

    Trial(of_table(trial.call), trial.name, of_table(next_word_loss), within=True).gradients_agree(normal(6, 6, 6))


EXERCISE = Exercise(id="02.next_word_loss", reference=next_word_loss, difficulty=3, minutes=10, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "The model reads `ids[:, :-1]`, all words but the last, and is asked for `ids[:, 1:]`, all but the first.",
        "`logits, _ = model(ids[:, :-1])`, (B, T, V). Keep those whose target is not 0: `logits[real]` is (n, V).",
        "`return F.cross_entropy(logits[real], targets[real])` with `targets = ids[:, 1:]` and `real = targets != 0`"),
    explanation="""Shifting by one makes T questions of one sentence, all answered in one pass, because the state after
word t has seen words 1 to t and no other. `<sos>` is never a target, `<eos>` is: to stop is something to be learned.
The mean is over the real words of the batch: a word counts the same in a short and in a long sentence.""")  # fmt: skip
