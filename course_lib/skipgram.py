"""Skip-gram with negative sampling (lesson 01): pairs, noise, the loss, the training.

Mikolov et al. 2013a: Efficient Estimation of Word Representations in Vector Space, arXiv:1301.3781
Mikolov et al. 2013b: Distributed Representations of Words and Phrases and their Compositionality, NeurIPS
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib.embeddings import Embedding, check_ids
from course_lib.text import SPECIALS, Vocab
from course_lib.training import Step, fit
from course_lib.vectors import Vectors


def skipgram_pairs(ids: Sequence[int], window: int) -> Tensor:
    """All (centre, context) pairs of one sentence: LongTensor (pairs, 2).

    The context of a word is every other word at most `window` positions away (Mikolov et al. 2013a, section
    3.2). The pairs run through the centres from left to right, and for each through its context likewise.
    """
    pairs = []
    for i, centre in enumerate(ids):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if j != i:
                pairs.append([centre, ids[j]])
    return torch.tensor(pairs, dtype=torch.long).view(-1, 2)


def corpus_pairs(
    ids: Tensor,
    sentence: Tensor,
    window: int,
    *,
    dynamic: bool = True,
    generator: torch.Generator | None = None,
) -> Tensor:
    """The (centre, context) pairs of a whole corpus at once: LongTensor (pairs, 2).

    A loop over distances instead of one over words: at distance d every word meets the word d places on,
    unless that one belongs to another sentence.

    Args:
        ids: the words of all sentences, one after the other, (tokens,).
        sentence: the number of the sentence that each word stands in, (tokens,), never falling.
        window: the largest distance.
        dynamic: each centre draws its own window from 1 .. `window`, so that near words count for more
            (Mikolov et al. 2013a, section 3.2). False: the same pairs as `skipgram_pairs`, in another order.
        generator: the source of randomness.

    Raises:
        ValueError: a window below 1, or ids and sentences of different shapes.
    """
    ids, sentence = _row(ids), _row(sentence)
    if window < 1:
        raise ValueError(f"window must be at least 1, got {window}")
    if len(ids) != len(sentence):
        raise ValueError(f"expected one sentence number per id, {len(ids)}, got {len(sentence)}")
    reach = torch.full_like(ids, window)
    if dynamic:
        reach.random_(1, window + 1, generator=generator)
    pairs = []
    for d in range(1, min(window, len(ids) - 1) + 1):
        left, right = ids[:-d], ids[d:]
        together = sentence[:-d] == sentence[d:]
        forward = together & (reach[:-d] >= d)  # the left word is the centre
        backward = together & (reach[d:] >= d)  # the right word is the centre
        pairs.append(torch.stack([left[forward], right[forward]], dim=1))
        pairs.append(torch.stack([right[backward], left[backward]], dim=1))
    return torch.cat(pairs) if pairs else torch.empty(0, 2, dtype=torch.long)


def _row(ids: Sequence[int] | Tensor) -> Tensor:
    ids = torch.as_tensor(ids, dtype=torch.long)
    if ids.dim() != 1:
        raise ValueError(f"expected one row of ids, got shape {tuple(ids.shape)}")
    return ids


def keep_probability(counts: Sequence[int] | Tensor, threshold: float = 1e-3) -> Tensor:
    """The probability with which each occurrence of a word is kept in subsampling: (V,).

    A word of relative frequency f is kept with min(1, sqrt(threshold / f)), so that frequent words do not
    drown the others (Mikolov et al. 2013b, eq. 5, which gives the probability of discarding).

    Raises:
        ValueError: counts that are negative or all zero, or a threshold that is not positive.
    """
    counts = _counts(counts)
    if threshold <= 0:
        raise ValueError(f"threshold must be positive, got {threshold}")
    frequency = counts / counts.sum()
    return torch.sqrt(threshold / frequency).clamp(max=1)  # a count of zero gives infinity, then 1


def noise_distribution(counts: Tensor, power: float = 0.75) -> Tensor:
    """The distribution that negative samples are drawn from: counts ** power, normalized, (V,).

    The power 3/4 lies between frequency (1) and all words alike (0) (Mikolov et al. 2013b, section 2.2). A
    word that never occurs is never drawn.
    """
    raised = counts.pow(power)
    return raised / raised.sum()


def _counts(counts: Sequence[int] | Tensor) -> Tensor:
    counts = torch.as_tensor(counts, dtype=torch.get_default_dtype())
    if counts.dim() != 1 or (counts < 0).any() or not (counts > 0).any():
        raise ValueError("expected one row of counts, none negative and at least one positive")
    return counts


def negative_sampling_loss(centre: Tensor, context: Tensor, negatives: Tensor) -> Tensor:
    """The loss of skip-gram with negative sampling: the mean over B of

        -log sigmoid(context . centre) - sum over m of log sigmoid(-negative_m . centre)

    Mikolov et al. 2013b, eq. 4, with the sign turned. The sum over the M negatives is not a mean.

    Args:
        centre: vectors of the centre words, (B, E).
        context: vectors of the words that did occur beside them, (B, E).
        negatives: vectors of words drawn at random, (B, M, E).
    """
    real_score = (centre * context).sum(-1)  # (B,)
    drawn_scores = torch.einsum("bme,be->bm", negatives, centre)  # (B, M)
    # logsigmoid, not log(sigmoid): the sigmoid of a large negative score is 0 in floating point.
    return -(F.logsigmoid(real_score) + F.logsigmoid(-drawn_scores).sum(-1)).mean()


class SkipGram(nn.Module):
    """Two tables of vectors: a word as a centre, and the same word as the context of another.

    Attributes:
        centre: `Embedding` (V, E), uniform in +-1 / (2E). These become the word vectors.
        context: `Embedding` (V, E), zero at first, as in the published word2vec program.
    """

    def __init__(self, V: int, E: int, *, generator: torch.Generator | None = None):
        super().__init__()
        self.centre = Embedding(V, E, generator=generator)
        self.context = Embedding(V, E, generator=generator)
        with torch.no_grad():
            self.centre.weight.uniform_(-0.5 / E, 0.5 / E, generator=generator)
            self.context.weight.zero_()

    def forward(self, centre: Tensor, context: Tensor, negatives: Tensor) -> Tensor:
        """`negative_sampling_loss` of ids: centre (B,), context (B,), negatives (B, M) -> scalar.

        Raises:
            TypeError, ValueError: as `look_up`.
        """
        return negative_sampling_loss(*self.look_up(centre, context, negatives))

    def look_up(self, centre: Tensor, context: Tensor, negatives: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The vectors of ids: centre (B,), context (B,), negatives (B, M) -> (B, E), (B, E), (B, M, E).

        Raises:
            TypeError: ids that are not integers.
            ValueError: shapes that do not fit, or an id outside 0 .. V-1.
        """
        (B,) = centre.shape if centre.dim() == 1 else (-1,)
        if context.shape != (B,) or negatives.dim() != 2 or len(negatives) != B:
            raise ValueError(
                f"expected centre (B,), context (B,) and negatives (B, M), got {tuple(centre.shape)}, "
                f"{tuple(context.shape)} and {tuple(negatives.shape)}"
            )
        centre_weight, context_weight = self.centre.weight, self.context.weight
        # The rows that self.centre(centre) gives; F.embedding sums their gradients twice as fast as indexing.
        for ids in (centre, context, negatives):
            check_ids(ids, len(centre_weight))
        return (
            F.embedding(centre, centre_weight),
            F.embedding(context, context_weight),
            F.embedding(negatives, context_weight),
        )


class Snapshot(NamedTuple):
    """The word vectors at one moment of training.

    Attributes:
        pairs: how many pairs training has seen so far.
        loss: the loss of the last batch.
        weight: the vectors of the words, without the specials, (V - 4, E).
    """

    pairs: int
    loss: float
    weight: Tensor


@dataclass(frozen=True)
class SkipGramRun:
    """What `train_skipgram` returns.

    Attributes:
        vectors: the trained words and their vectors, without the specials.
        history: the mean loss of each epoch.
        losses: the loss of each step, a batch of pairs.
        snapshots: from the beginning to the end of training; the rows are those of `vectors`.
    """

    vectors: "Vectors"
    history: list[float]
    losses: list[float]
    snapshots: list[Snapshot]


def train_skipgram(
    sentences: Iterable[Sequence[int]],
    vocab: Vocab,
    *,
    E: int = 50,
    window: int = 5,
    M: int = 5,
    epochs: int = 10,
    batch_size: int = 4096,
    lr: float = 0.02,
    threshold: float = 1e-3,
    seed: int = 0,
    loss: Callable[[Tensor, Tensor, Tensor], Tensor] = negative_sampling_loss,
    noise: Callable[[Tensor], Tensor] = noise_distribution,
    snapshots: Sequence[float] = (0.0, 1.0),
    on_epoch: Callable[[int, float], None] | None = None,
) -> SkipGramRun:
    """Train word vectors by skip-gram with negative sampling on the CPU.

    Each epoch thins out the frequent words, draws the pairs of the whole corpus at once and goes through them
    in random order, in large batches, with Adam and a learning rate that falls linearly to zero. Specials are
    left out before windows are laid, like discarded words. The same seed gives the same vectors on the same
    machine; the global random state is neither read nor changed.

    Args:
        sentences: rows of ids from `vocab`.
        vocab: says which word an id stands for. A word that never occurs keeps its random vector.
        E: the embedding size.
        window: the largest distance between centre and context; each centre draws its own from 1 .. `window`.
        M: negative samples per pair.
        epochs: passes over the corpus.
        batch_size: pairs per step.
        lr: the learning rate at the beginning.
        threshold: of `keep_probability`.
        seed: of everything random.
        loss: from vectors, centre (B, E), context (B, E) and negatives (B, M, E), to a scalar.
        noise: from counts (V,) to the probabilities (V,) with which negatives are drawn.
        snapshots: the fractions of training, from 0 to 1, at which the vectors are copied.
        on_epoch: called with the number of the epoch, from 1, and its mean loss.

    Raises:
        ValueError: an id outside the vocabulary, no pairs to learn from, or a size below 1.
    """
    sizes = {"E": E, "window": window, "M": M, "epochs": epochs, "batch_size": batch_size}
    for name, size in sizes.items():
        if size < 1:
            raise ValueError(f"{name} must be at least 1, got {size}")
    if any(not 0 <= fraction <= 1 for fraction in snapshots):
        raise ValueError(f"snapshots must be fractions from 0 to 1, got {tuple(snapshots)}")
    ids, sentence = _flatten(sentences, len(vocab))
    generator = torch.Generator().manual_seed(seed)
    model = SkipGram(len(vocab), E, generator=generator)
    pairs = _Pairs(ids, sentence, len(vocab), window, M, batch_size, threshold, generator, loss, noise)
    record = _Record(model, pairs, snapshots, on_epoch)
    record.look(0.0, loss=(1 + M) * math.log(2))  # the loss while all context vectors are zero
    fit(
        model,
        pairs.batches,
        pairs.loss,
        torch.optim.Adam(model.parameters(), lr=lr),
        epochs=epochs,
        schedule=lambda share: 1 - share,
        on_step=record.after_step,
        on_epoch=record.after_epoch,
    )
    vectors = Vectors(vocab.tokens[len(SPECIALS) :], record.words())
    return SkipGramRun(vectors, record.history, record.losses, record.taken)


class _Pairs:
    """What skip-gram learns from: the pairs of each epoch, and negatives beside them.

    Attributes:
        seen: how many pairs training has seen so far.
        size: pairs in the batch at hand.
    """

    def __init__(
        self,
        ids: Tensor,
        sentence: Tensor,
        V: int,
        window: int,
        M: int,
        batch_size: int,
        threshold: float,
        generator: torch.Generator,
        loss: Callable[[Tensor, Tensor, Tensor], Tensor],
        noise: Callable[[Tensor], Tensor],
    ):
        self.ids, self.sentence = ids, sentence
        self.window, self.M, self.batch_size, self.threshold = window, M, batch_size, threshold
        self.generator, self.loss_of_vectors = generator, loss
        counts = torch.bincount(ids, minlength=V)
        self.keep, self.noise = keep_probability(counts, threshold), noise(counts.float())
        self.epoch = self.seen = self.size = 0

    def batches(self) -> tuple[Tensor, ...]:
        """Another epoch: frequent words thinned out, the pairs of what is left, in random order; (pairs, 2) each."""
        self.epoch += 1
        kept = torch.rand(self.ids.shape, generator=self.generator) < self.keep[self.ids]
        pairs = corpus_pairs(self.ids[kept], self.sentence[kept], self.window, generator=self.generator)
        if not len(pairs):
            raise ValueError(f"no pairs are left in epoch {self.epoch}: threshold={self.threshold} thins out too much")
        order = torch.randperm(len(pairs), generator=self.generator)
        batches: tuple[Tensor, ...] = torch.split(pairs[order], self.batch_size)
        return batches

    def loss(self, model: SkipGram, batch: Tensor) -> Tensor:
        """The loss of a batch of pairs, each with M negatives of its own."""
        self.size = len(batch)
        self.seen += self.size
        negatives = torch.multinomial(self.noise, self.size * self.M, replacement=True, generator=self.generator)
        return self.loss_of_vectors(*model.look_up(batch[:, 0], batch[:, 1], negatives.view(-1, self.M)))


class _Record:
    """What a run of skip-gram tells: the mean loss per pair of each epoch, and the vectors at chosen moments."""

    def __init__(
        self,
        model: SkipGram,
        pairs: _Pairs,
        fractions: Sequence[float],
        on_epoch: Callable[[int, float], None] | None,
    ):
        self.model, self.pairs, self.on_epoch = model, pairs, on_epoch
        self.pending = sorted(set(fractions))
        self.taken: list[Snapshot] = []
        self.history: list[float] = []
        self.losses: list[float] = []
        self.total = 0.0  # the loss of this epoch's pairs
        self.before = 0  # pairs of the epochs that are over

    def words(self) -> Tensor:
        """The vectors of the words, without the specials, (V - 4, E)."""
        return self.model.centre.weight.detach()[len(SPECIALS) :].clone()

    def look(self, share: float, loss: float) -> None:
        """Take the snapshots that are due."""
        while self.pending and self.pending[0] <= share:
            self.pending.pop(0)
            self.taken.append(Snapshot(self.pairs.seen, loss, self.words()))

    def after_step(self, step: Step) -> None:
        self.losses.append(step.loss)
        self.total += step.loss * self.pairs.size  # the last batch of an epoch is smaller
        self.look(step.share, step.loss)

    def after_epoch(self, line: dict[str, float]) -> None:
        self.history.append(self.total / (self.pairs.seen - self.before))
        self.total, self.before = 0.0, self.pairs.seen
        if self.on_epoch is not None:
            self.on_epoch(len(self.history), self.history[-1])


def _flatten(sentences: Iterable[Sequence[int]], V: int) -> tuple[Tensor, Tensor]:
    """All words of all sentences, specials left out, and the number of each one's sentence: (tokens,) twice."""
    sentences = list(sentences)
    ids = _row(list(chain.from_iterable(sentences)))
    lengths = torch.tensor([len(row) for row in sentences], dtype=torch.long)
    sentence = torch.arange(len(sentences)).repeat_interleave(lengths)
    check_ids(ids, V)
    word = ids >= len(SPECIALS)
    ids, sentence = ids[word], sentence[word]
    if not (sentence[1:] == sentence[:-1]).any():
        raise ValueError("expected a sentence of at least two words, got none: there is nothing to learn from")
    return ids, sentence
