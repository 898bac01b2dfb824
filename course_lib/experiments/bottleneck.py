"""One vector between encoder and decoder (lesson 04): what becomes of long sentences, and what a beam finds."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor

from course_lib import decoding, metrics
from course_lib.beam import beam_search
from course_lib.datasets import Pair
from course_lib.experiments import translation
from course_lib.experiments.corpus import BINS, corpus
from course_lib.experiments.models import recurrent_model
from course_lib.experiments.registry import experiment
from course_lib.translator import Translator


@experiment(
    "04.bottleneck",
    seeds=(20, 21, 22),
    E=256,
    H=192,
    updates=7000,
    lr=0.004,
    batch_size=32,
    beams=(1, 2, 5, 10),
    alphas=(0.0, 1.0),
)
def bottleneck(
    seed: int,
    *,
    E: int,
    H: int,
    updates: int,
    lr: float,
    batch_size: int,
    beams: Sequence[int],
    alphas: Sequence[float],
) -> dict[str, Any]:
    """One vector between encoder and decoder, source reversed: what becomes of long sentences.

    Returns:
        "bleu": of the greedy translations of `test` by bins of source length, of all of it, of `long` and of
        `human`, see `translation.bleu_figures`;
        "teacher-forced" and "free-running": the two perplexities of the same sentences;
        "beam": for each exponent of the length normalization and each width of the beam, for `test`: "bleu", "log_p"
        (mean per sentence) and "length" (words of all translations to those of the references).
    """
    pairs = corpus().pairs
    make = partial(recurrent_model, "LSTM", E=E, H=H)
    options: dict[str, Any] = {"updates": updates, "lr": lr, "batch_size": batch_size}
    translator, _ = translation.trained(make, seed, reverse_source=True, **options)
    figures: dict[str, Any] = {"teacher-forced": {}, "free-running": {}}
    test = pairs["test"]
    bins = metrics.length_bins([len(pair.source) for pair in test], BINS)
    groups = {name: [test[i] for i in rows] for name, rows in bins.items() if rows}
    groups |= {"test": test, "long": pairs["long"], "human": pairs["human"]}
    figures["bleu"] = translation.translate_and_score(translator, groups)
    for name, group in groups.items():
        for kind, value in translator.perplexities(group).items():
            figures[kind][name] = value
    figures["beam"] = {
        alpha: {beam: search_figures(translator, test, beam, alpha) for beam in beams} for alpha in alphas
    }
    return figures


def search_figures(translator: Translator, pairs: Sequence[Pair], beam: int, alpha: float) -> dict[str, float]:
    """What a beam of this width finds: BLEU, mean log p of a sentence, and its length against the references'."""
    log_p: list[Tensor] = []

    def decode(step: decoding.Step, state: Any, max_length: int) -> decoding.Decoded:
        best = beam_search(step, state, max_length, beam=beam, alpha=alpha).best
        log_p.append(best.log_p)
        return best

    found = translator.translate([pair.source for pair in pairs], decode=decode).tokens
    return translation.bleu_figures("bleu", pairs, found) | {
        "log_p": torch.cat(log_p).mean().item(),
        "length": sum(map(len, found)) / sum(len(pair.target) for pair in pairs),
    }
