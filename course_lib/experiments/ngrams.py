"""Counts of n words: the language models that came before networks."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import torch
from torch import Tensor

from course_lib.text import SOS


def ngram_nll(n: int, train: Iterable[Sequence[int]], rows: Iterable[Sequence[int]], V: int, strength: float) -> Tensor:
    """The negative log-likelihood of each word under counts of n words.

        p_n(w | c) = (count(c w) + strength * p_{n-1}(w | c')) / (count(c) + strength)

    c are the n - 1 words before w, c' all but the first of them, and p_0 is 1 / V (MacKay, Peto 1995: A hierarchical
    Dirichlet language model). n = 1 is the unigram model, n = 2 the bigram model.

    Args:
        train, rows: sentences of ids, `<sos> ... <eos>`; those to count, and those to score.
        strength: how many observations the shorter context is worth.

    Returns:
        of every word but `<sos>`, (words,), in nats, for `metrics.perplexity`.

    Raises:
        ValueError: n below 1, or a strength that is not positive.
    """
    if n < 1 or not strength > 0:
        raise ValueError(f"expected n of at least 1 and a positive strength, got n={n} and strength={strength}")
    counts: list[Counter[Any]] = [Counter() for _ in range(n)]  # counts[k]: of a word with the k words before it
    totals: list[Counter[Any]] = [Counter() for _ in range(n)]  # totals[k]: of the k words alone

    def contexts(row: Sequence[int]) -> Iterable[tuple[list[tuple[int, ...]], int]]:
        padded = (SOS,) * (n - 1) + tuple(row)[1:]
        for i in range(n - 1, len(padded)):
            yield [padded[i - k : i] for k in range(n)], padded[i]

    for row in train:
        for before, word in contexts(row):
            for k, context in enumerate(before):
                counts[k][context, word] += 1
                totals[k][context] += 1
    nll = []
    for row in rows:
        for before, word in contexts(row):
            p = 1 / V
            for k, context in enumerate(before):
                p = (counts[k][context, word] + strength * p) / (totals[k][context] + strength)
            nll.append(-math.log(p))
    return torch.tensor(nll, dtype=torch.float64)
