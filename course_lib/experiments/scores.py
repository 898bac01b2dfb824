"""Each score function of attention, trained and measured (lesson 05); and what is left without attention.

length   05.length   BLEU by length of the source without attention, at the budget of the others
scores   05.scores   each score function: BLEU, alignment error, parameters, time of a training step
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from course_lib import metrics
from course_lib.attention import General
from course_lib.experiments import translation
from course_lib.experiments.alignment import BUDGET, alignment_errors, differences, error_by_shift
from course_lib.experiments.attention_probe import probe
from course_lib.experiments.corpus import corpus
from course_lib.experiments.models import SCORES, recurrent_model
from course_lib.experiments.registry import experiment
from course_lib.experiments.speed import update_seconds
from course_lib.experiments.stored_runs import Run
from course_lib.seq2seq import Seq2Seq
from course_lib.translator import Translator

EDGES = (7, 11, 15, 19)  # source lengths: up to 7, 8 to 11, ..., 20 and more
SHOWN = (8, 9, 16, 24, 35, 50)  # sentences of `test` for the explorer


def _unscaled() -> Seq2Seq:
    model = recurrent_model(attention="general")
    decoder: Any = model.decoder
    decoder.score = General(*decoder.score.weight.shape)
    return model


MODELS: Mapping[str, Callable[[], Seq2Seq]] = {
    **{name: partial(recurrent_model, attention=name) for name in SCORES},
    "concat, Bahdanau": partial(recurrent_model, attention="concat", bahdanau=True),
    "general, not scaled": _unscaled,
}


def quality(translator: Translator, *, most: int | None = None) -> dict[str, Any]:
    """BLEU of the greedy translations of `test`, also by length of the source, of `long` and of `human`.

    Args:
        most: only so many pairs of each; None: all.

    Returns:
        {"test": ..., "long": ..., "human": ..., "bins": {"1-7": ..., "8-11": ..., ...}}; see `translation.bleu_figures`
    """
    pairs = corpus().pairs
    test, others = pairs["test"][:most], {split: pairs[split][:most] for split in ("long", "human")}
    found = translator.translate([pair.source for pair in test]).tokens
    scored = translation.bleu_figures("test", test, found) | translation.translate_and_score(translator, others)
    return scored | {"bins": translation.bleu_by_length(test, found, EDGES)}


def length_curve(
    bleu: Sequence[Mapping[str, float]], edges: Sequence[int], fewest: int = 20
) -> tuple[list[float], NDArray[Any]]:
    """BLEU against the length of the source: the mean length in each bin of `test` (P,), BLEU (R, P); last, `long`.

    Args:
        bleu: of each run, for each bin and for "long".
        edges: of the bins. Those with fewer than `fewest` sentences are left out.
    """
    test, further = ([len(pair.source) for pair in corpus().pairs[split]] for split in ("test", "long"))
    groups = {name: [test[i] for i in rows] for name, rows in metrics.length_bins(test, edges).items()}
    groups = {name: lengths for name, lengths in groups.items() if len(lengths) >= fewest} | {"long": further}
    return [float(np.mean(lengths)) for lengths in groups.values()], np.array([[of[n] for n in groups] for of in bleu])


def stored_maps(run: Run) -> dict[str, list[tuple[Tensor, Tensor]]]:
    """Of a stored run of `scores`, the seed that was looked at: for each score function, for each sentence of `SHOWN`,
    the scores and likenesses of `attention_probe.Probe`, (T, S) each."""
    of_seed = run.figures[run.seeds.index(run.settings["maps_of"])]
    return {
        name: [
            (torch.tensor(scores), torch.tensor(likeness))
            for scores, likeness in zip(of["maps"]["scores"], of["maps"]["likeness"], strict=True)
        ]
        for name, of in of_seed.items()
    }


@experiment("05.length", seeds=range(20, 23), **BUDGET)
def length(seed: int, *, most: int | None = None, **budget: Any) -> dict[str, Any]:
    """BLEU by length of the source without attention; the figures of `scores` are those with it.

    The model has H = 256 instead of 192, and reads the source from its end: what serves it best.

    Returns:
        `quality`, and "seconds".
    """
    translator, seconds = translation.trained(partial(recurrent_model, H=256), seed, reverse_source=True, **budget)
    return quality(translator, most=most) | {"seconds": seconds}


@experiment("05.scores", seeds=range(20, 23), names=tuple(MODELS), maps_of=20, **BUDGET)
def scores(
    seed: int, *, names: Sequence[str], maps_of: int | None = None, most: int | None = None, **budget: Any
) -> dict[str, Any]:
    """Each score function: BLEU, alignment error on `test` with thresholds chosen on `validation`, size and time.

    Args:
        names: of `MODELS`.
        maps_of: the seed whose models are looked at closely, for the explorer.

    Returns:
        {name: {`quality`, "alignment error", "shift", "where", "parameters" (of the score), "seconds", "step": of a
        training step, and "maps": for each of `SHOWN` the scores and likenesses of `attention_probe.Probe`}}
    """
    pairs = corpus().pairs
    validation, test = pairs["validation"][:most], pairs["test"][:most]
    results: dict[str, Any] = {}
    for name in names:
        translator, seconds = translation.trained(MODELS[name], seed, **budget)
        here = translator.align(test)
        results[name] = quality(translator, most=most) | {
            "alignment error": alignment_errors((translator.align(validation), validation), (here, test)),
            "shift": error_by_shift(here, test),
            "where": differences(here, test),
            "parameters": sum(p.numel() for p in translator.model.decoder.score.parameters()),
            "seconds": seconds,
        }
        if seed == maps_of:
            seen = [probe(translator, test[i]) for i in SHOWN if i < len(test)]
            results[name]["maps"] = {
                "scores": [closely.scores.round(decimals=2).tolist() for closely in seen],
                "likeness": [closely.likeness.round(decimals=2).tolist() for closely in seen],
            }
    times = update_seconds({name: MODELS[name] for name in names}, batch_size=budget["batch_size"])
    for name in names:
        results[name]["step"] = times[name]
    return results
