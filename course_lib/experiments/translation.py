"""What the experiments of lessons 04 to 06 share: training on a budget, and figures of translations.

All models translate Korean to English, on the same sentences, and are measured in the same way; so their figures
compare across lessons.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from course_lib import datasets, metrics
from course_lib.batches import pair_batches
from course_lib.experiments.corpus import BINS, Corpus, corpus
from course_lib.seq2seq import translation_loss
from course_lib.training import fit
from course_lib.translator import Translator

Loss = Callable[[nn.Module, tuple[Tensor, Tensor]], Tensor]

# --- training on a budget -----------------------------------------------------------------------------------


def warmup_then_linear(share: float, warmup: float = 0.1) -> float:
    """A schedule for `train`: from 0 to 1 in a line over the first part of the updates, then to 0 in a line."""
    return min(share / warmup, (1 - share) / (1 - warmup))


def train(
    translator: Translator,
    pairs: Sequence[datasets.Pair],
    seed: int,
    *,
    updates: int | None = None,
    seconds: float | None = None,
    lr: float = 0.01,
    batch_size: int = 64,
    clip: float = 1.0,
    schedule: Callable[[float], float] = lambda share: 1 - share,
    loss: Loss = translation_loss,
) -> float:
    """Train for a number of updates, or for a number of seconds, with Adam; returns the processor's seconds.

    Args:
        seed: of the order of the batches. That of the parameters is the caller's.
        updates, seconds: the budget, one of the two; seconds are those of the processor.
        schedule: from the share of the budget that is spent, 0 to 1, to a factor of the learning rate. By default it
            falls to 0 in a line.

    Raises:
        ValueError: two budgets, or none.
    """
    if (updates is None) == (seconds is None):
        raise ValueError(f"expected a budget of updates or of seconds, got updates={updates} and seconds={seconds}")
    encoded = translator.encode(pairs)
    generator = torch.Generator().manual_seed(seed)
    start = time.process_time()
    fit(
        translator.model,
        lambda: pair_batches(encoded, batch_size, generator=generator),
        loss,
        torch.optim.Adam(translator.model.parameters(), lr=lr),
        steps=updates,
        seconds=seconds,
        clip=clip,
        schedule=schedule,
    )
    return time.process_time() - start


def trained(
    make: Callable[[], nn.Module],
    seed: int,
    pairs: Sequence[datasets.Pair] | None = None,
    *,
    data: Corpus | None = None,
    reverse_source: bool = False,
    **options: Any,
) -> tuple[Translator, float]:
    """A translator made and trained from one seed; and the processor's seconds.

    Args:
        make: makes the model, with the global generator seeded.
        pairs: to train on; None: the training pairs of `data`.
        data: whose vocabularies the model is made with; None: `corpus`.
        options: those of `train`.
    """
    data = data or corpus()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        translator = data.translator(make(), reverse_source=reverse_source)
        seconds = train(translator, data.pairs["train"] if pairs is None else pairs, seed, **options)
    return translator, seconds


# --- figures ------------------------------------------------------------------------------------------------


def bleu_figures(name: str, pairs: Sequence[datasets.Pair], found: Sequence[Sequence[str]]) -> dict[str, float]:
    """BLEU of translations against the targets, {name: ...}.

    Where pairs have other references besides, also against all that each has, {f"{name}, two references": ...}.
    """
    figures = {name: metrics.sacrebleu(hypotheses=found, references=[pair.target for pair in pairs])}
    if any(pair.references for pair in pairs):
        every = [pair.translations for pair in pairs]
        figures[f"{name}, two references"] = metrics.sacrebleu(hypotheses=found, references=every)
    return figures


def translate_and_score(translator: Translator, splits: Mapping[str, Sequence[datasets.Pair]]) -> dict[str, float]:
    """`bleu_figures` of the greedy translations of each split, in one dictionary."""
    figures: dict[str, float] = {}
    for name, pairs in splits.items():
        figures |= bleu_figures(name, pairs, translator.translate([pair.source for pair in pairs]).tokens)
    return figures


def bleu_by_length(
    pairs: Sequence[datasets.Pair], found: Sequence[Sequence[str]], edges: Sequence[int] = BINS
) -> dict[str, float]:
    """BLEU in each bin of source lengths, {"1-7": ..., "8-15": ..., ...}; bins without sentences are left out."""
    bins = metrics.length_bins([len(pair.source) for pair in pairs], edges)
    return {
        name: metrics.sacrebleu(hypotheses=[found[i] for i in rows], references=[pairs[i].target for i in rows])
        for name, rows in bins.items()
        if rows
    }


def alignment_error(weights: Sequence[Tensor], pairs: Sequence[datasets.Pair], threshold: float | None = None) -> float:
    """The alignment error rate of attention weights, (T, S) for each pair, against the gold links."""
    return error_of_links([metrics.links_from_weights(matrix, threshold) for matrix in weights], pairs)


def error_of_links(links: Sequence[metrics.Links], pairs: Sequence[datasets.Pair]) -> float:
    """The alignment error rate of links, (source token, target token) for each pair, against the gold ones."""
    gold = [pair.gold() for pair in pairs]
    return metrics.aer(links, [sure for sure, _ in gold], [possible for _, possible in gold])
