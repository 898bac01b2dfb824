"""How well an RNN predicts the next word, against counts of n words; and its gradient through time."""

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import torch

from course_lib import datasets, fast, metrics, rnn, training
from course_lib.batches import padded_batches
from course_lib.embeddings import Embedding
from course_lib.experiments.ngrams import ngram_nll
from course_lib.experiments.registry import experiment
from course_lib.gradients import state_gradient_norms
from course_lib.language_model import LanguageModel, next_word_loss, next_word_nll
from course_lib.text import Vocab


def decay_per_step(norms: Any) -> float:
    """The factor per step of gradient norms (B, T), by a straight line through the mean of their logarithms."""
    logs = np.log(np.asarray(norms, dtype=float)).mean(0)
    return math.exp(np.polyfit(-np.arange(len(logs)), logs, 1)[0])


@experiment("02.language_model", seeds=range(10, 15), languages=("en", "ko"), epochs=6, E=64, H=128, lr=3e-3, T=30)
def language_model(
    seed: int, *, languages: Sequence[str], epochs: int, E: int, H: int, lr: float, T: int
) -> dict[str, Any]:
    """Perplexity on the validation sentences, after each epoch; and the gradient through time before and after.

    Returns:
        for each language "perplexity" (one for each epoch), "1-gram", "2-gram", ... (perplexities), and for "before"
        and "after" training {"norm": the largest singular value of W_hh, "radius": its largest eigenvalue in absolute
        value, "factor": `decay_per_step` over T words of running text, "gradient": the mean norm at each of T steps}.
    """
    return {language: _language_model(seed, language, epochs, E, H, lr, T) for language in languages}


def _language_model(seed: int, language: str, epochs: int, E: int, H: int, lr: float, T: int) -> dict[str, Any]:
    vocab, train, validation = encoded(language)
    generator = torch.Generator().manual_seed(seed)
    training.seed_everything(seed)
    model = LanguageModel(Embedding(len(vocab), E), rnn.RNNCell(E, H, generator=generator), unroll=fast.masked_unroll)
    running = torch.tensor([word for row in validation for word in row])[: 32 * T].view(32, T)
    asked = padded_batches(validation, 200)

    def through_time() -> dict[str, Any]:
        W, norms = model.cell.weight_hh.detach(), state_gradient_norms(model.cell, model.embedding(running))
        return {
            "norm": torch.linalg.matrix_norm(W, 2),
            "radius": torch.linalg.eigvals(W).abs().max(),
            "factor": decay_per_step(norms),
            "gradient": norms.log().mean(0).exp(),
        }

    before = through_time()
    history = training.fit(
        model,
        lambda: padded_batches(train, 64, generator=generator),
        next_word_loss,
        torch.optim.Adam(model.parameters(), lr=lr),
        epochs=epochs,
        clip=1.0,
        evaluate=lambda model: {"perplexity": metrics.perplexity(next_word_nll(model, ids) for ids in asked)},
    )
    return {
        "perplexity": [line["perplexity"] for line in history],
        **_ngram_perplexities(language),
        "before": before,
        "after": through_time(),
    }


def sentences(language: str, split: str) -> list[list[str]]:
    """One side of the bundled corpus, as lists of tokens: "en" or "ko"."""
    return [pair.source if language == "ko" else pair.target for pair in datasets.load("ko-en", split)]


@cache
def encoded(language: str) -> tuple[Vocab, list[list[int]], list[list[int]]]:
    """The vocabulary, and the rows of ids for training and validation."""
    train, validation = sentences(language, "train"), sentences(language, "validation")
    vocab = Vocab.build(train, min_freq=2)
    rows_of = [[vocab.encode(row, sos=True, eos=True) for row in rows] for rows in (train, validation)]
    return vocab, rows_of[0], rows_of[1]


# Found on the English validation sentences, which is to the advantage of these models, not of the RNN.
STRENGTHS = {1: 1.0, 2: 10.0, 3: 15.0, 4: 20.0, 5: 25.0}


@cache
def _ngram_perplexities(language: str) -> dict[str, float]:
    """Nothing in them is random: they are the same for every seed."""
    vocab, train, validation = encoded(language)
    return {
        f"{n}-gram": metrics.perplexity([ngram_nll(n, train, validation, len(vocab), strength)])
        for n, strength in STRENGTHS.items()
    }
