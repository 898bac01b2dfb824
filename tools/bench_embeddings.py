"""How fast is skip-gram training and a frame of its explorer, and how long does importing the library take?

    python -m tools.bench_embeddings [--json FILE] [--rounds N] [--threads N]

Compares `train_skipgram` with the same model written as a Python loop over pairs, once by NumPy with the gradient
written out and once by PyTorch with autograd, in one run on the same corpus. Prints a table; exits with status 1
if a figure misses its goal.
"""

import subprocess
import sys
import time

import numpy as np
import torch
from torch import Tensor

from course_lib import explorers
from course_lib.skipgram import SkipGram, corpus_pairs, noise_distribution, train_skipgram
from course_lib.text import Vocab
from tools import benchmark
from tools.benchmark import Goal

LEAST_RATIO = 5.0
MOST_IMPORT_SECONDS = 0.3
MOST_FRAME_SECONDS = 0.4  # the player shows two frames a second
E, WINDOW, M = 50, 5, 5


def corpus(sentences: int = 20_000, length: int = 12, V: int = 1000) -> tuple[list[list[int]], Vocab]:
    """Sentences of words with the frequencies that words have: the r-th word occurs 1/r times as often (Zipf)."""
    vocab = Vocab([f"w{r}" for r in range(1, V + 1)])
    frequency = 1 / torch.arange(1, V + 1)
    generator = torch.Generator().manual_seed(0)
    ids = torch.multinomial(frequency, sentences * length, replacement=True, generator=generator)
    return (ids + len(vocab) - V).view(sentences, length).tolist(), vocab


def pairs_and_negatives(sentences: list[list[int]], V: int, count: int) -> tuple[Tensor, Tensor]:
    """`count` pairs (count, 2) and their negative samples (count, M), drawn beforehand: the loops only train."""
    ids = torch.tensor(sentences)  # (sentences, length)
    sentence = torch.arange(len(ids)).unsqueeze(1).expand_as(ids)
    generator = torch.Generator().manual_seed(0)
    pairs = corpus_pairs(ids.flatten(), sentence.flatten(), WINDOW, generator=generator)
    pairs = pairs[torch.randperm(len(pairs), generator=generator)[:count]]
    noise = noise_distribution(torch.bincount(ids.flatten(), minlength=V))
    return pairs, torch.multinomial(noise, count * M, replacement=True, generator=generator).view(count, M)


def numpy_loop(pairs: Tensor, negatives: Tensor, V: int) -> None:
    """One pair after the other, stochastic gradient descent with the gradient written out."""
    rng = np.random.default_rng(0)
    centre = rng.uniform(-0.5 / E, 0.5 / E, (V, E)).astype(np.float32)
    context = np.zeros((V, E), dtype=np.float32)
    contexts = torch.cat([pairs[:, 1:], negatives], dim=1).numpy()  # (pairs, 1 + M), the true one first
    for c, rows in zip(pairs[:, 0].tolist(), contexts, strict=True):
        vectors = context[rows]  # (1 + M, E)
        error = 1 / (1 + np.exp(-vectors @ centre[c]))
        error[0] -= 1
        error *= 0.025
        np.subtract.at(context, rows, np.outer(error, centre[c]))
        centre[c] -= error @ vectors


def torch_loop(pairs: Tensor, negatives: Tensor, V: int) -> None:
    """One pair after the other, with the library's own module and autograd."""
    model = SkipGram(V, E)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.025)
    for i in range(len(pairs)):
        loss = model(pairs[i : i + 1, 0], pairs[i : i + 1, 1], negatives[i : i + 1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def import_seconds() -> float:
    """Importing `text` and `embeddings` in a fresh process that has imported torch already."""
    code = (
        "import time, torch; start = time.perf_counter(); "
        "import course_lib.text, course_lib.embeddings; print(time.perf_counter() - start)"
    )
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def frame_seconds() -> float:
    """The next moment of the explorer of training, drawn in its widget."""
    words = [f"w{i}" for i in range(20)]
    generator = torch.Generator().manual_seed(0)
    snapshots = [(pairs, torch.randn(len(words), E, generator=generator)) for pairs in range(3)]
    row, *_ = explorers.SkipgramTraining(snapshots, words, words).widget().children
    moment = next(control for control in row.children if getattr(control, "description", "") == "training")
    times = []
    for i in (1, 2):
        start = time.process_time()
        moment.value = i
        times.append(time.process_time() - start)
    return min(times)


def measure(rounds: int) -> dict[str, float]:
    """The best of several rounds of each, in turn, so that a busy moment does not fall on one alone."""
    sentences, vocab = corpus()
    V = len(vocab)
    options = {"E": E, "window": WINDOW, "M": M, "epochs": 1}
    train_skipgram(sentences[:100], vocab, **options)  # what PyTorch loads at the first step is not timed
    few = pairs_and_negatives(sentences, V, 5000)
    fewer = few[0][:1000], few[1][:1000]

    def timed(function, *arguments, **keywords):
        start = time.perf_counter()
        result = function(*arguments, **keywords)
        return result, time.perf_counter() - start

    best = dict.fromkeys(("train_skipgram", "NumPy loop", "PyTorch loop"), 0.0)
    imports, frames = [], []
    for _ in range(rounds):
        run, seconds = timed(train_skipgram, sentences, vocab, **options)
        best["train_skipgram"] = max(best["train_skipgram"], run.snapshots[-1].pairs / seconds)
        _, seconds = timed(numpy_loop, *few, V)
        best["NumPy loop"] = max(best["NumPy loop"], len(few[0]) / seconds)
        _, seconds = timed(torch_loop, *fewer, V)
        best["PyTorch loop"] = max(best["PyTorch loop"], len(fewer[0]) / seconds)
        imports.append(import_seconds())
        frames.append(frame_seconds())
    return {**best, "import seconds": min(imports), "frame seconds": min(frames)}


def main() -> int:
    arguments = benchmark.parser(__doc__, rounds=3).parse_args()
    torch.set_num_threads(arguments.threads)
    figures = measure(arguments.rounds)
    fast = figures["train_skipgram"]
    print(f"{'':<16}{'pairs/s':>12}{'ratio':>10}")
    for name in ("train_skipgram", "NumPy loop", "PyTorch loop"):
        print(f"{name:<16}{figures[name]:>12,.0f}{fast / figures[name]:>9.1f}x")
    ratio = fast / max(figures["NumPy loop"], figures["PyTorch loop"])
    goals = {
        "ratio to the faster loop": Goal(ratio, "at least", LEAST_RATIO),
        "import beyond torch, s": Goal(figures["import seconds"], "at most", MOST_IMPORT_SECONDS),
        "a frame of the explorer, s": Goal(figures["frame seconds"], "at most", MOST_FRAME_SECONDS),
    }
    return benchmark.report(goals, figures, arguments.json)


if __name__ == "__main__":
    sys.exit(main())
