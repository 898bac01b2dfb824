"""Word embeddings (lesson 01): look-up, skip-gram, vectors files, neighbours, analogies.

Mikolov et al. 2013a: Efficient Estimation of Word Representations in Vector Space, arXiv:1301.3781
Mikolov et al. 2013b: Distributed Representations of Words and Phrases and their Compositionality, NeurIPS
"""

import math
import os
import re
from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib.text import PAD, SPECIALS, Vocab, read_lines, write_lines

# --- look-up ------------------------------------------------------------------------------------------------


def one_hot(ids: Tensor, V: int) -> Tensor:
    """Rows that are 1 at the id and 0 elsewhere: ids (...) -> float (..., V).

    Raises:
        TypeError: ids that are not integers.
        ValueError: an id outside 0 .. V-1.
    """
    _check_ids(ids, V)
    return (ids.unsqueeze(-1) == torch.arange(V, device=ids.device)).to(torch.get_default_dtype())


def lookup(ids: Tensor, weight: Tensor) -> Tensor:
    """The rows of `weight` (V, E) that `ids` (...) name: (..., E). Equal to `one_hot(ids, V) @ weight`.

    Raises:
        TypeError: ids that are not integers.
        ValueError: an id outside 0 .. V-1.
    """
    _check_ids(ids, len(weight))
    return weight[ids]


def _check_ids(ids: Tensor, V: int) -> None:
    if ids.dtype not in (torch.int64, torch.int32):  # a bool or uint8 tensor would index as a mask
        raise TypeError(f"ids must be a tensor of torch.int64 or torch.int32, got {ids.dtype}")
    if ids.numel():
        lowest, highest = (int(i) for i in ids.aminmax())
        if lowest < 0 or highest >= V:  # a negative index would silently count from the end
            wrong = lowest if lowest < 0 else highest
            raise ValueError(f"id {wrong} is out of range: with V={V} ids run from 0 to {V - 1}")


class Embedding(nn.Module):
    """A trainable table of vectors: ids (...) -> (..., E). Equal to `torch.nn.Embedding`, gradients included.

    Attributes:
        weight: parameter (V, E), drawn from the standard normal distribution.
        padding_idx: the id whose row starts at zero and gets no gradient, or None.
    """

    def __init__(self, V: int, E: int, padding_idx: int | None = None, generator: torch.Generator | None = None):
        """Raises:
        ValueError: V or E below 1, or `padding_idx` outside 0 .. V-1.
        """
        super().__init__()
        if V < 1 or E < 1:
            raise ValueError(f"V and E must be at least 1, got V={V}, E={E}")
        if padding_idx is not None and not 0 <= padding_idx < V:
            raise ValueError(f"padding_idx must be None or from 0 to {V - 1}, got {padding_idx}")
        self.padding_idx = padding_idx
        self.weight = nn.Parameter(torch.randn(V, E, generator=generator))
        if padding_idx is not None:
            with torch.no_grad():
                self.weight[padding_idx] = 0

    @classmethod
    def from_pretrained(cls, weight: Tensor, freeze: bool = True, padding_idx: int | None = None) -> "Embedding":
        """An embedding that starts from a copy of `weight` (V, E); frozen, its weight is not trained."""
        if weight.dim() != 2:
            raise ValueError(f"weight must have shape (V, E), got {tuple(weight.shape)}")
        embedding = cls(*weight.shape, padding_idx=padding_idx)
        embedding.weight = nn.Parameter(weight.detach().clone(), requires_grad=not freeze)
        return embedding

    def forward(self, ids: Tensor) -> Tensor:
        rows = lookup(ids, self.weight)  # (..., E)
        if self.padding_idx is not None:  # the same values, cut off from the gradient
            rows = torch.where((ids == self.padding_idx).unsqueeze(-1), rows.detach(), rows)
        return rows

    def extra_repr(self) -> str:
        V, E = self.weight.shape
        return f"V={V}, E={E}" + ("" if self.padding_idx is None else f", padding_idx={self.padding_idx}")


class MeanClassifier(nn.Module):
    """A sentence classifier: the mean of the word vectors, then one linear layer.

    ids (B, T) -> logits (B, C). Padding counts neither in the sum nor in the number of words: the mean is
    that of `torch.nn.EmbeddingBag(mode="mean", padding_idx=PAD)`. A row of padding alone has mean zero.
    """

    def __init__(self, embedding: Embedding, C: int):
        super().__init__()
        self.embedding = embedding
        self.linear = nn.Linear(embedding.weight.shape[1], C)

    def forward(self, ids: Tensor) -> Tensor:
        real = (ids != PAD).unsqueeze(-1)  # (B, T, 1)
        total = (self.embedding(ids) * real).sum(1)  # (B, E)
        return self.linear(total / real.sum(1).clamp(min=1))  # (B, C)


# --- skip-gram with negative sampling -----------------------------------------------------------------------


def skipgram_pairs(ids: Sequence[int] | Tensor, window: int) -> Tensor:
    """All (centre, context) pairs of one sentence: LongTensor (pairs, 2).

    The context of a word is every other word at most `window` positions away (Mikolov et al. 2013a, section
    3.2). The pairs run through the centres from left to right, and for each through its context likewise.

    Raises:
        ValueError: a window below 1, or ids that are not one row.
    """
    ids = _row(ids)
    if window < 1:
        raise ValueError(f"window must be at least 1, got {window}")
    position = torch.arange(len(ids))
    distance = (position.unsqueeze(1) - position).abs()  # (T, T)
    centre, context = ((distance > 0) & (distance <= window)).nonzero(as_tuple=True)
    return torch.stack([ids[centre], ids[context]], dim=1)


def corpus_pairs(
    ids: Tensor,
    sentence: Tensor,
    window: int,
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
    return (threshold / frequency).sqrt().clamp(max=1)  # a count of zero gives infinity, then 1


def noise_distribution(counts: Sequence[int] | Tensor, power: float = 0.75) -> Tensor:
    """The distribution that negative samples are drawn from: counts ** power, normalized, (V,).

    The power 3/4 lies between frequency (1) and all words alike (0) (Mikolov et al. 2013b, section 2.2). A
    word that never occurs is never drawn.

    Raises:
        ValueError: counts that are negative or all zero.
    """
    counts = _counts(counts)
    weights = torch.where(counts > 0, counts**power, 0.0)
    return weights / weights.sum()


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

    Raises:
        ValueError: shapes that do not fit.
    """
    B, E = centre.shape
    if context.shape != (B, E) or negatives.dim() != 3 or negatives.shape[::2] != (B, E):
        raise ValueError(
            f"expected centre (B, E), context (B, E) and negatives (B, M, E), got {tuple(centre.shape)}, "
            f"{tuple(context.shape)} and {tuple(negatives.shape)}"
        )
    true_score = (context * centre).sum(-1)  # (B,)
    noise_score = (negatives @ centre.unsqueeze(-1)).squeeze(-1)  # (B, M)
    # logsigmoid, not log(sigmoid): the sigmoid of a large negative score is 0 in floating point.
    return -(F.logsigmoid(true_score) + F.logsigmoid(-noise_score).sum(-1)).mean()


class SkipGram(nn.Module):
    """Two tables of vectors: a word as a centre, and the same word as the context of another.

    Attributes:
        centre: `Embedding` (V, E), uniform in +-1 / (2E). These become the word vectors.
        context: `Embedding` (V, E), zero at first, as in the published word2vec program.
    """

    def __init__(self, V: int, E: int, generator: torch.Generator | None = None):
        super().__init__()
        self.centre = Embedding(V, E, generator=generator)
        self.context = Embedding(V, E, generator=generator)
        with torch.no_grad():
            self.centre.weight.uniform_(-0.5 / E, 0.5 / E, generator=generator)
            self.context.weight.zero_()

    def forward(self, centre: Tensor, context: Tensor, negatives: Tensor) -> Tensor:
        """`negative_sampling_loss` of ids: centre (B,), context (B,), negatives (B, M) -> scalar."""
        centre_weight, context_weight = self.centre.weight, self.context.weight
        # The rows that self.centre(centre) gives; F.embedding sums their gradients twice as fast as indexing.
        for ids in (centre, context, negatives):
            _check_ids(ids, len(centre_weight))
        return negative_sampling_loss(
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
        snapshots: from the beginning to the end of training; the rows are those of `vectors`.
    """

    vectors: "Vectors"
    history: list[float]
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
    counts = torch.bincount(ids, minlength=len(vocab))
    keep, noise = keep_probability(counts, threshold), noise_distribution(counts)
    model = SkipGram(len(vocab), E, generator=generator)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history, taken, pending = [], [], sorted(set(snapshots))
    seen, latest = 0, (1 + M) * math.log(2)  # the loss while all context vectors are zero

    def words() -> Tensor:
        return model.centre.weight.detach()[len(SPECIALS) :].clone()

    def take_snapshots(progress: float) -> None:
        while pending and pending[0] <= progress:
            pending.pop(0)
            taken.append(Snapshot(seen, latest, words()))

    for epoch in range(epochs):
        kept = torch.rand(ids.shape, generator=generator) < keep[ids]
        pairs = corpus_pairs(ids[kept], sentence[kept], window, generator=generator)
        if not len(pairs):
            raise ValueError(f"no pairs are left in epoch {epoch + 1}: threshold={threshold} thins out too much")
        batches = pairs[torch.randperm(len(pairs), generator=generator)].split(batch_size)
        total = 0.0
        for step, batch in enumerate(batches):
            progress = (epoch + step / len(batches)) / epochs
            take_snapshots(progress)
            optimizer.param_groups[0]["lr"] = lr * (1 - progress)
            negatives = torch.multinomial(noise, len(batch) * M, replacement=True, generator=generator)
            loss = model(batch[:, 0], batch[:, 1], negatives.view(-1, M))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            latest = loss.item()
            total += latest * len(batch)
            seen += len(batch)
        history.append(total / len(pairs))
        if on_epoch is not None:
            on_epoch(epoch + 1, history[-1])
    take_snapshots(1.0)
    return SkipGramRun(Vectors(vocab.tokens[len(SPECIALS) :], words()), history, taken)


def _flatten(sentences: Iterable[Sequence[int]], V: int) -> tuple[Tensor, Tensor]:
    """All words of all sentences, specials left out, and the number of each one's sentence: (tokens,) twice."""
    sentences = list(sentences)
    ids = _row(list(chain.from_iterable(sentences)))
    lengths = torch.tensor([len(row) for row in sentences], dtype=torch.long)
    sentence = torch.arange(len(sentences)).repeat_interleave(lengths)
    _check_ids(ids, V)
    word = ids >= len(SPECIALS)
    ids, sentence = ids[word], sentence[word]
    if not (sentence[1:] == sentence[:-1]).any():
        raise ValueError("expected a sentence of at least two words, got none: there is nothing to learn from")
    return ids, sentence


# --- vectors and their files --------------------------------------------------------------------------------


class Vectors:
    """Words and their vectors.

    Attributes:
        tokens: list of V words.
        weight: their vectors, (V, E); row i belongs to `tokens[i]`.
        index: dict from word to row.
    """

    def __init__(self, tokens: Iterable[str], weight: Tensor):
        """Raises:
        ValueError: as many rows as words are expected, or a word that occurs twice.
        """
        self.tokens = list(tokens)
        self.weight = weight
        if weight.dim() != 2 or len(weight) != len(self.tokens):
            raise ValueError(f"expected weight ({len(self.tokens)}, E), got shape {tuple(weight.shape)}")
        self.index = {token: i for i, token in enumerate(self.tokens)}
        if len(self.index) != len(self.tokens):
            twice = next(token for i, token in enumerate(self.tokens) if self.index[token] != i)
            raise ValueError(f"word {twice!r} occurs twice")

    def __len__(self) -> int:
        return len(self.tokens)

    def __contains__(self, token: object) -> bool:
        return token in self.index

    def __getitem__(self, token: str) -> Tensor:
        """The vector of a word, (E,).

        Raises:
            KeyError: a word that is not there; names similar ones.
        """
        return self.weight[self._row(token)]

    def __repr__(self) -> str:
        return f"Vectors(V={len(self)}, E={self.weight.shape[1]})"

    def _row(self, token: str) -> int:
        if token not in self.index:
            near = get_close_matches(str(token), self.tokens, n=3)
            raise KeyError(f"no vector for {token!r}" + (f"; there is {', '.join(map(repr, near))}" if near else ""))
        return self.index[token]

    def neighbours(self, token: str, k: int = 5) -> list[tuple[str, float]]:
        """The k words nearest to `token`, each with its cosine, nearest first."""
        row = self._row(token)
        values, ids = neighbours(self.weight, self.weight[row], k, exclude=(row,))
        return [(self.tokens[i], value) for i, value in zip(ids.tolist(), values.tolist(), strict=True)]

    def analogy(self, a: str, b: str, c: str, k: int = 1) -> list[str]:
        """The k words that are to c as b is to a, best first."""
        ids = analogy(self.weight, self._row(a), self._row(b), self._row(c), k)
        return [self.tokens[i] for i in ids.tolist()]


_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def read_vectors(path: str | os.PathLike, keep: Collection[str] | None = None) -> Vectors:
    """Read a vectors file in the GloVe text format: one line `token value value ...` per word.

    Plain or `.gz`. A first line `V E`, as word2vec and fastText write it, is recognized and checked. A token
    may itself contain spaces: the values are split off from the right.

    Args:
        path: the file.
        keep: read only these words (a set, or a `Vocab`), to save time and memory; None for all.

    Raises:
        FileNotFoundError: no such file; names what is near it.
        ValueError: an empty file, or, with its line: bytes that are not UTF-8, a wrong number of values, a
            value that is not a finite number, a word that occurred before.
    """
    tokens: list[str] = []
    line_of: dict[str, int] = {}
    values = array("f")
    header = None
    E = 0
    number = 0
    for number, line in enumerate(read_lines(path), start=1):
        where = f"{path}, line {number}"
        pieces = line.rstrip(" ").split(" ")
        if number == 1 and len(pieces) == 2 and all(piece.isdecimal() for piece in pieces):
            header = tuple(map(int, pieces))
            continue
        if not E:
            E = header[1] if header else _trailing_numbers(pieces)
            if E == 0:
                raise ValueError(f"{where}: expected 'token value value ...', got {line[:60]!r}")
        token, vector = " ".join(pieces[:-E]), pieces[-E:]
        surplus = _trailing_numbers(pieces[:-E])  # "cat 1 2 3" for E = 2 is not the token "cat 1"
        if not token or surplus:
            got = len(pieces) - 1 if not token else E + surplus
            raise ValueError(f"{where}: expected {E} values after the token, got {got}")
        if keep is not None and token not in keep:
            continue
        if line_of.setdefault(token, number) != number:
            raise ValueError(f"{where}: {token!r} occurs a second time; the first is in line {line_of[token]}")
        try:
            values.extend(map(float, vector))
        except ValueError:
            wrong = next(value for value in vector if not _NUMBER.fullmatch(value))
            raise ValueError(f"{where}: expected {E} numbers after {token!r}, got {wrong!r}") from None
        tokens.append(token)
    rows = number - (header is not None)
    if rows == 0:
        raise ValueError(f"{path} is empty: expected one line 'token value value ...' per word")
    if header and header[0] != rows:
        raise ValueError(f"{path}: the first line promises {header[0]} words, got {rows}")
    weight = torch.tensor(values, dtype=torch.float32).view(len(tokens), E)
    bad = (~weight.isfinite()).any(1).nonzero().flatten().tolist()
    if bad:
        token = tokens[bad[0]]
        raise ValueError(f"{path}, line {line_of[token]}: expected finite numbers after {token!r}, got nan or inf")
    return Vectors(tokens, weight)


def _trailing_numbers(pieces: list[str]) -> int:
    """How many pieces at the end, without the first, are numbers."""
    count = 0
    while count < len(pieces) - 1 and _NUMBER.fullmatch(pieces[-1 - count]):
        count += 1
    return count


def write_vectors(path: str | os.PathLike, vectors: Vectors, decimals: int = 4) -> None:
    """Write vectors in the GloVe text format, `.gz` compressed; `read_vectors` gives them back, rounded.

    Raises:
        ValueError: a word that the format cannot hold, or a value that is not finite.
    """
    if not vectors.weight.isfinite().all():
        raise ValueError("expected finite vectors, got nan or inf")
    for token in vectors.tokens:
        if not token or token != token.strip(" ") or "\n" in token or _trailing_numbers(token.split(" ")):
            raise ValueError(f"the GloVe text format cannot hold the word {token!r}")
    write_lines(
        path,
        (
            " ".join([token, *(f"{value:.{decimals}f}" for value in row)])
            for token, row in zip(vectors.tokens, vectors.weight.tolist(), strict=True)
        ),
    )


def align_vectors(
    vocab: Vocab, vectors: Vectors, std: float = 0.1, generator: torch.Generator | None = None
) -> tuple[Tensor, Tensor]:
    """Vectors in the order of a vocabulary, to start an `Embedding` from.

    Returns:
        weight (V, E): the vector of each word that has one; for the others normal noise with deviation `std`;
            zero for `<pad>`.
        found (V,): bool, True where a vector was found.
    """
    E = vectors.weight.shape[1]
    weight = std * torch.randn(len(vocab), E, generator=generator, dtype=vectors.weight.dtype)
    found = torch.tensor([token in vectors for token in vocab.tokens])
    found[PAD] = False
    weight[found] = vectors.weight[[vectors.index[token] for token in vocab.tokens[PAD + 1 :] if token in vectors]]
    weight[PAD] = 0
    return weight, found


# --- what vectors know --------------------------------------------------------------------------------------


def _unit(weight: Tensor) -> Tensor:
    """Rows of length 1; a zero vector stays zero, so that its cosine with anything is 0 and never nan."""
    return weight / weight.norm(dim=-1, keepdim=True).clamp(min=torch.finfo(weight.dtype).tiny)


def neighbours(weight: Tensor, query: Tensor, k: int, exclude: Collection[int] = ()) -> tuple[Tensor, Tensor]:
    """The k rows of `weight` (V, E) with the largest cosine to `query` (E,).

    Args:
        exclude: ids that are never returned, usually the query's own.

    Returns:
        cosines (k,), falling, and ids (k,).

    Raises:
        ValueError: shapes that do not fit, an id to exclude out of range, or k larger than what is left.
    """
    V, E = weight.shape
    if query.shape != (E,):
        raise ValueError(f"expected query ({E},) for weight ({V}, {E}), got {tuple(query.shape)}")
    exclude = sorted({int(i) for i in exclude})
    if exclude and (exclude[0] < 0 or exclude[-1] >= V):
        raise ValueError(f"exclude must hold ids from 0 to {V - 1}, got {exclude}")
    if not 1 <= k <= V - len(exclude):
        raise ValueError(f"k must be from 1 to {V - len(exclude)} (V={V}, {len(exclude)} excluded), got {k}")
    cosine = _unit(weight) @ _unit(query)  # (V,)
    cosine[exclude] = -math.inf
    values, ids = cosine.topk(k)
    return values, ids


def analogy(weight: Tensor, a: int, b: int, c: int, k: int = 1) -> Tensor:
    """The ids (k,) of the words that are to c as b is to a, best first; a, b and c themselves are left out.

    The words nearest to b - a + c, on vectors of length 1: 3CosAdd (Mikolov, Yih, Zweig 2013; Levy and
    Goldberg 2014, eq. 1).
    """
    unit = _unit(weight)
    return neighbours(unit, unit[b] - unit[a] + unit[c], k, exclude=(a, b, c))[1]


def analogy_accuracy(vectors: Vectors, questions: Iterable[Sequence[str]]) -> float:
    """The share of questions (a, b, c, d) whose best answer to "a is to b as c is to ?" is d.

    A question with a word that has no vector counts as wrong.

    Raises:
        ValueError: no questions.
    """
    questions = [tuple(question)[:4] for question in questions]
    if not questions:
        raise ValueError("expected at least one question, got none")
    known = [[vectors.index[w] for w in question] for question in questions if all(w in vectors for w in question)]
    if not known:
        return 0.0
    a, b, c, d = torch.tensor(known).T
    unit = _unit(vectors.weight)
    cosine = _unit(unit[b] - unit[a] + unit[c]) @ unit.T  # (questions, V)
    cosine.scatter_(1, torch.stack([a, b, c], dim=1), -math.inf)
    return (cosine.argmax(1) == d).sum().item() / len(questions)
