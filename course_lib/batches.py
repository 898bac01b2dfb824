"""Padding, and batches of like length (lesson 01; pairs of sentences from lesson 04 on)."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import torch
from torch import Tensor

from course_lib.text import PAD, Vocab


def pad(sequences: Sequence[Sequence[int] | Tensor], pad_id: int = PAD) -> Tensor:
    """Rows of ids as one batch: LongTensor (B, T), T the longest length, shorter rows filled up at the end.

    Equal to `torch.nn.utils.rnn.pad_sequence(..., batch_first=True, padding_value=pad_id)`.

    Raises:
        ValueError: no sequences, or none that holds an id.
        TypeError: ids that are not integers, or one sequence instead of a list of sequences.
    """
    sequences = list(sequences)
    if not sequences:
        raise ValueError("pad expects at least one sequence, got none")
    if any(isinstance(row, int) or (isinstance(row, Tensor) and row.dim() == 0) for row in sequences):
        raise TypeError("pad expects a list of sequences, got one sequence of ids")
    rows = [row.tolist() if isinstance(row, Tensor) else list(row) for row in sequences]
    T = max(map(len, rows))
    if T == 0:
        raise ValueError(f"pad expects at least one id, got {len(rows)} empty sequences")
    batch = torch.tensor([row + [pad_id] * (T - len(row)) for row in rows])  # (B, T)
    if batch.is_floating_point():
        raise TypeError(f"pad expects integer ids, got {batch.dtype}")
    return batch.long()


def encode_batch(sentences: Sequence[Sequence[str]], stoi: Mapping[str, int]) -> Tensor:
    """Sentences as one batch of ids: LongTensor (B, T), each row `<sos>`, the tokens, `<eos>`, then `<pad>`.

    Args:
        sentences: B lists of tokens.
        stoi: from token to id, as `Vocab.stoi`; a token that it does not hold has the id of `<unk>`.
    """
    rows = [
        [stoi["<sos>"], *(stoi.get(token, stoi["<unk>"]) for token in sentence), stoi["<eos>"]]
        for sentence in sentences
    ]
    T = max(len(row) for row in rows)
    return torch.tensor([row + [stoi["<pad>"]] * (T - len(row)) for row in rows])


def bucketed_batches(
    lengths: Sequence[int] | Tensor,
    batch_size: int | None = None,
    *,
    max_tokens: int | None = None,
    generator: torch.Generator | None = None,
    shuffle: bool = True,
    pool: int = 50,
) -> list[list[int]]:
    """Batches of sentences of like length, so that little of a padded batch is padding.

    The shuffled sentences are cut into pools of about `pool` batches; each pool is sorted by length and cut
    into batches; the batches are shuffled. Each index occurs exactly once. Without `shuffle` all sentences
    are sorted together and the batches run from short to long: the least padding, for evaluation.

    Args:
        lengths: the length of each sentence, (sentences,).
        batch_size: the most sentences in a batch.
        max_tokens: the most positions, padding included, in a batch. With both, both hold.
        generator: the source of randomness; the same state gives the same batches.
        shuffle: False for a fixed order.
        pool: batches per pool. A larger one has less padding and less chance in it.

    Returns:
        A list of lists of indices into `lengths`.

    Raises:
        ValueError: neither limit given, a limit below 1, or a sentence that alone exceeds `max_tokens`.
    """
    lengths = [int(length) for length in lengths]
    if batch_size is None and max_tokens is None:
        raise ValueError("bucketed_batches expects batch_size, max_tokens or both, got neither")
    for name, limit in (("batch_size", batch_size), ("max_tokens", max_tokens), ("pool", pool)):
        if limit is not None and limit < 1:
            raise ValueError(f"{name} must be at least 1, got {limit}")
    if not lengths:
        return []
    longest = max(lengths)
    if max_tokens is not None and longest > max_tokens:
        raise ValueError(f"sentence {lengths.index(longest)} has {longest} tokens, more than max_tokens={max_tokens}")

    if not shuffle:
        return _filled(sorted(range(len(lengths)), key=lengths.__getitem__), lengths, batch_size, max_tokens)

    sentences = torch.randperm(len(lengths), generator=generator).tolist()
    limits = [] if batch_size is None else [batch_size]
    if max_tokens is not None:
        limits.append(max(1, max_tokens * len(lengths) // max(1, sum(lengths))))
    per_batch = min(limits)  # about so many: it is the pools alone that need to know
    order: list[int] = []
    for k, start in enumerate(range(0, len(sentences), pool * per_batch)):
        # Upwards and downwards in turn: a batch that reaches into the next pool still holds like lengths.
        order += sorted(sentences[start : start + pool * per_batch], key=lengths.__getitem__, reverse=k % 2 == 1)
    batches = _filled(order, lengths, batch_size, max_tokens)
    return [batches[i] for i in torch.randperm(len(batches), generator=generator).tolist()]


def _filled(
    order: Sequence[int], lengths: Sequence[int], batch_size: int | None, max_tokens: int | None
) -> list[list[int]]:
    """`token_batches` of the sentences in an order, as indices into `lengths`."""
    batches = token_batches([lengths[i] for i in order], max_tokens or math.inf, batch_size or math.inf)
    return [[order[i] for i in batch] for batch in batches]


def token_batches(lengths: Sequence[int], max_tokens: float, batch_size: float = math.inf) -> list[list[int]]:
    """Batches by tokens: indices into `lengths`, in order, each batch as large as the limits allow.

    A batch is padded to its longest row, so it takes rows times longest positions. A row that alone is longer than
    `max_tokens` is a batch of its own.

    Args:
        lengths: of the sentences, in the order in which they are wanted.
        max_tokens: the most positions of a batch, padding included.
        batch_size: the most rows of a batch.
    """
    batches: list[list[int]] = []
    longest = 0
    for i, length in enumerate(lengths):
        longest = max(longest, length)
        if not batches or len(batches[-1]) == batch_size or longest * (len(batches[-1]) + 1) > max_tokens:
            batches.append([])
            longest = length
        batches[-1].append(i)
    return batches


def padded_batches(
    rows: Sequence[Sequence[int]], batch_size: int, *, generator: torch.Generator | None = None
) -> list[Tensor]:
    """Rows of ids as padded batches of about equal length, (B, T) each: shuffled if there is a generator."""
    groups = bucketed_batches(
        [len(row) for row in rows], batch_size, generator=generator, shuffle=generator is not None
    )
    return [pad([rows[i] for i in group]) for group in groups]


def pair_batches(
    pairs: Sequence[tuple[Sequence[int], Sequence[int]]],
    batch_size: int | None = None,
    *,
    max_tokens: int | None = None,
    generator: torch.Generator | None = None,
    shuffle: bool = True,
) -> Iterator[tuple[Tensor, Tensor]]:
    """Batches for a model that translates: source ids (B, S) and target ids (B, T + 1), padded behind.

    Pairs of like length on both sides stand together, so that little is padding.

    Args:
        pairs: source and target ids, as `encode_pairs` gives them.
        batch_size: the most pairs in a batch.
        max_tokens: the most positions on either side of a batch, padding included. With both, both hold.
        generator, shuffle: as in `bucketed_batches`.

    Raises:
        ValueError: a pair with an empty side; and as `bucketed_batches`.
    """
    lengths = [(len(source), len(target)) for source, target in pairs]
    for i, (S, T) in enumerate(lengths):
        if not S or not T:
            raise ValueError(f"every pair needs ids on both sides, got {S} and {T} in pair {i}")
    # By the longer side: 9 % of all positions are padding on the bundled corpus, by the source alone 19 %.
    longer = [max(pair) for pair in lengths]
    for batch in bucketed_batches(longer, batch_size, max_tokens=max_tokens, generator=generator, shuffle=shuffle):
        yield pad([pairs[i][0] for i in batch]), pad([pairs[i][1] for i in batch])


class TokenPair(Protocol):
    """A sentence in two languages, as tokens: `datasets.Pair`, or whatever has these two."""

    @property
    def source(self) -> Sequence[str]: ...

    @property
    def target(self) -> Sequence[str]: ...


def encode_pairs(
    pairs: Iterable[TokenPair], source_vocab: Vocab, target_vocab: Vocab, *, reverse_source: bool = False
) -> list[tuple[list[int], list[int]]]:
    """Sentence pairs as ids: the source's tokens alone, the target's between `<sos>` and `<eos>`.

    Args:
        pairs: the sentences.
        source_vocab, target_vocab: of the two sides.
        reverse_source: the source from its end to its beginning (Sutskever, Vinyals, Le 2014, section 3.3).
    """
    step = -1 if reverse_source else 1
    return [
        (source_vocab.encode(pair.source)[::step], target_vocab.encode(pair.target, sos=True, eos=True))
        for pair in pairs
    ]
