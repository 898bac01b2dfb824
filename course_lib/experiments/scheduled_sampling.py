"""Teacher forcing and less of it (lesson 04): the two perplexities, and BLEU."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import torch

from course_lib import scheduled_sampling, seq2seq
from course_lib.experiments import translation
from course_lib.experiments.corpus import SHORT, short_pairs
from course_lib.experiments.models import recurrent_model
from course_lib.experiments.registry import experiment


@experiment(
    "04.perplexity",
    seeds=(20, 21, 22),
    E=128,
    H=192,
    updates=700,
    lr=0.01,
    batch_size=32,
    longest=SHORT,
    schedules={"linear": {"slope": 0.001}, "exponential": {"k": 0.998}, "inverse sigmoid": {"k": 90}},
)
def perplexity(
    seed: int,
    *,
    E: int,
    H: int,
    updates: int,
    lr: float,
    batch_size: int,
    longest: int,
    schedules: dict[str, dict[str, float]],
) -> dict[str, dict[str, float]]:
    """Pure teacher forcing against scheduled sampling, as many updates each, on short sentences.

    Returns:
        for "teacher forcing" and each schedule the perplexities "teacher-forced" and "free-running" of `test`, and
        "bleu" of its greedy translations, see `translation.bleu_figures`; and "human", that of the split `human`.
    """
    pairs, test = short_pairs("train", longest), short_pairs("test", longest)
    measured = {"bleu": test, "human": short_pairs("human", longest)}
    make = partial(recurrent_model, "LSTM", E=E, H=H)
    options: dict[str, Any] = {"updates": updates, "lr": lr, "batch_size": batch_size}
    figures = {}
    for name in ("teacher forcing", *schedules):
        loss: translation.Loss = seq2seq.translation_loss
        if name in schedules:
            schedule = scheduled_sampling.schedule(name, **schedules[name])
            loss = scheduled_sampling.scheduled_loss(schedule, torch.Generator().manual_seed(seed))
        translator, _ = translation.trained(make, seed, pairs, reverse_source=True, loss=loss, **options)
        figures[name] = translator.perplexities(test) | translation.translate_and_score(translator, measured)
    return figures


@experiment(
    "04.teacher_forcing",
    seeds=(20, 21, 22, 23, 24),
    E=32,
    H=64,
    updates=300,
    lr=0.02,
    batch_size=32,
    longest=6,
    ratios=(1.0, 0.0),
)
def teacher_forcing(
    seed: int,
    *,
    E: int,
    H: int,
    updates: int,
    lr: float,
    batch_size: int,
    longest: int,
    ratios: Sequence[float],
) -> dict[float, dict[str, float]]:
    """A ratio of teacher forcing that stays the same from the first update to the last, on very short sentences.

    Returns:
        for each ratio "seconds" of the processor for the training, the perplexities "teacher-forced" and
        "free-running" of `test`, and "bleu" of its greedy translations, see `translation.bleu_figures`.
    """
    pairs, test = short_pairs("train", longest), short_pairs("test", longest)
    make = partial(recurrent_model, "LSTM", E=E, H=H)
    options: dict[str, Any] = {"updates": updates, "lr": lr, "batch_size": batch_size}
    figures = {}
    for ratio in ratios:
        constant = scheduled_sampling.schedule("linear", slope=0.0, start=ratio)
        loss = scheduled_sampling.scheduled_loss(constant, torch.Generator().manual_seed(seed))
        translator, seconds = translation.trained(make, seed, pairs, reverse_source=True, loss=loss, **options)
        figures[ratio] = {"seconds": seconds} | translator.perplexities(test)
        figures[ratio] |= translation.translate_and_score(translator, {"bleu": test})
    return figures
