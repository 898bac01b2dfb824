"""Lesson 02: how far an RNN remembers, and how well it predicts the next word.

memory           02.memory          recall the first symbol of a sequence, against its distance
language_model   02.language_model  perplexity against that of n-gram models; the gradient through time
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib import datasets, fast, gradients, metrics, rnn, training
from course_lib.batches import padded_batches
from course_lib.embeddings import Embedding
from course_lib.experiments.core import experiment
from course_lib.gradients import state_gradient_norms
from course_lib.language_model import LanguageModel, next_word_loss, next_word_nll
from course_lib.text import SOS, Vocab

# --- memory -------------------------------------------------------------------------------------------------


def recall(B: int, T: int, C: int, generator: torch.Generator | None = None) -> tuple[Tensor, Tensor]:
    """The recall task: x (B, T, C), T random symbols as one-hot rows -> the first of them, (B,).

    The last state has to hold what stood T - 1 steps before. Guessing is right once in C times.

    Raises:
        ValueError: B or T below 1, or C below 2.
    """
    if B < 1 or T < 1 or C < 2:
        raise ValueError(f"expected B and T of at least 1 and C of at least 2, got B={B}, T={T}, C={C}")
    symbols = torch.randint(C, (B, T), generator=generator)
    return F.one_hot(symbols, C).float(), symbols[:, 0]


def train_recall(
    seed: int,
    T: int,
    *,
    steps: int,
    scale: float = 1.0,
    clip: float = math.inf,
    optimizer: str = "Adam",
    lr: float = 1e-3,
    C: int = 4,
    H: int = 64,
    B: int = 64,
    make_cell: Callable = rnn.RNNCell,
    unroll: Callable = fast.masked_unroll,
    clip_gradients: Callable = gradients.clip_gradients,
) -> tuple[float, list[float]]:
    """Train an RNN on the recall task.

    Args:
        T: steps of a sequence.
        scale: what W_hh is multiplied with before training.
        clip: the largest norm of the gradient; infinity: any.
        optimizer: its name in `torch.optim`.
        make_cell: from C, H and a generator to a cell.
        unroll, clip_gradients: with the contracts of `rnn.unroll` and `gradients.clip_gradients`.

    Raises:
        ValueError: `clip` that is not positive.

    Returns:
        the accuracy on 2,000 fresh sequences, and at each step the norm of the gradient before clipping.
    """
    if not clip > 0:
        raise ValueError(f"clip must be positive, got {clip}")
    generator = torch.Generator().manual_seed(seed)
    cell, output = make_cell(C, H, generator=generator), nn.Linear(H, C)
    with torch.no_grad():
        cell.weight_hh *= scale
        for parameter in output.parameters():
            parameter.uniform_(-1 / math.sqrt(H), 1 / math.sqrt(H), generator=generator)
    parameters = [*cell.parameters(), *output.parameters()]
    step = getattr(torch.optim, optimizer)(parameters, lr=lr)

    def logits(x: Tensor) -> Tensor:
        _, h = unroll(cell, x, x.new_zeros(len(x), H))
        return output(h)

    norms = []
    for _ in range(steps):
        x, first = recall(B, T, C, generator)
        loss = F.cross_entropy(logits(x), first)
        step.zero_grad()
        loss.backward()
        norms.append(float(clip_gradients(parameters, clip)))
        step.step()
    x, first = recall(2000, T, C, generator)
    with torch.no_grad():
        return (logits(x).argmax(1) == first).float().mean().item(), norms


@experiment(
    "02.memory", seeds=range(10, 15), T=(5, 10, 15, 20, 30, 50, 100, 200), scales=(1.0, 2.0), steps=600, clip=1.0
)
def memory(
    seed: int, *, T: Sequence[int], scales: Sequence[float], steps: int, clip: float, **options: Any
) -> dict[str, Any]:
    """The accuracy of `train_recall` at each length T, for each scale of the recurrent weights at the start.

    Returns:
        {"1.0": {"accuracy": one for each T}, "2.0": ...}
    """
    return {
        f"{scale:.1f}": {
            "accuracy": [train_recall(seed, length, steps=steps, scale=scale, clip=clip, **options)[0] for length in T]
        }
        for scale in scales
    }


# --- a language model ---------------------------------------------------------------------------------------


def sentences(language: str, split: str) -> list[list[str]]:
    """One side of the bundled corpus, as lists of tokens: "en" or "ko"."""
    return [pair.source if language == "ko" else pair.target for pair in datasets.load("ko-en", split)]


def ngram_nll(n: int, train: Iterable[Sequence[int]], rows: Iterable[Sequence[int]], V: int, strength: float) -> Tensor:
    """The negative log-likelihood of each word under counts of n words: the models that came before networks.

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
    counts: list[Counter] = [Counter() for _ in range(n)]  # counts[k]: of a word with the k words before it
    totals: list[Counter] = [Counter() for _ in range(n)]  # totals[k]: of the k words alone

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


def shrinking(norms: Any) -> float:
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
        value, "factor": `shrinking` over T words of running text, "gradient": the mean norm at each of T steps}.
    """
    return {language: _language_model(seed, language, epochs, E, H, lr, T) for language in languages}


def _language_model(seed: int, language: str, epochs: int, E: int, H: int, lr: float, T: int) -> dict[str, Any]:
    vocab, train, validation = _encoded(language)
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
            "factor": shrinking(norms),
            "gradient": norms.log().mean(0).exp(),
        }

    before = through_time()
    history = training.fit(
        model,
        lambda: padded_batches(train, 64, generator),
        next_word_loss,
        torch.optim.Adam(model.parameters(), lr=lr),
        epochs,
        clip=1.0,
        evaluate=lambda model: {"perplexity": metrics.perplexity(next_word_nll(model, ids) for ids in asked)},
    )
    return {
        "perplexity": [line["perplexity"] for line in history],
        **_ngram_perplexities(language),
        "before": before,
        "after": through_time(),
    }


@cache
def _encoded(language: str) -> tuple[Vocab, list[list[int]], list[list[int]]]:
    """The vocabulary, and the rows of ids for training and validation."""
    train, validation = sentences(language, "train"), sentences(language, "validation")
    vocab = Vocab.build(train, min_freq=2)
    return vocab, *([vocab.encode(row, sos=True, eos=True) for row in rows] for rows in (train, validation))


# Found on the English validation sentences, which is to the advantage of these models, not of the RNN.
STRENGTHS = {1: 1.0, 2: 10.0, 3: 15.0, 4: 20.0, 5: 25.0}


@cache
def _ngram_perplexities(language: str) -> dict[str, float]:
    """Nothing in them is random: they are the same for every seed."""
    vocab, train, validation = _encoded(language)
    return {
        f"{n}-gram": metrics.perplexity([ngram_nll(n, train, validation, len(vocab), strength)])
        for n, strength in STRENGTHS.items()
    }
