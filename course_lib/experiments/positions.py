"""Sinusoidal, learned and no positions (lesson 06), on test and on sentences longer than any in training."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from course_lib.experiments import translation
from course_lib.experiments.corpus import corpus
from course_lib.experiments.models import transformer_model
from course_lib.experiments.registry import experiment
from course_lib.experiments.translation import warmup_then_linear


@experiment("06.positions", seeds=range(20, 23), kinds=("sinusoidal", "learned", "none"), updates=1500, lr=0.002)
def positions(seed: int, *, kinds: Sequence[str], updates: int, lr: float) -> dict[str, dict[str, Any]]:
    """BLEU on test, long and human, and on the first two together by length of the source, for each kind of positions.

    See `translation.bleu_figures`.
    """
    pairs = corpus().pairs
    options: dict[str, Any] = {"updates": updates, "lr": lr, "schedule": warmup_then_linear}
    figures: dict[str, dict[str, Any]] = {}
    for kind in kinds:
        translator, _ = translation.trained(partial(transformer_model, dropout=0.0, positions=kind), seed, **options)
        splits = ("test", "long", "human")
        found = {split: translator.translate([pair.source for pair in pairs[split]]).tokens for split in splits}
        figures[kind] = {}
        for split, tokens in found.items():
            figures[kind] |= translation.bleu_figures(split, pairs[split], tokens)
        both = [*pairs["test"], *pairs["long"]]
        figures[kind]["by length"] = translation.bleu_by_length(both, [*found["test"], *found["long"]])
    return figures
