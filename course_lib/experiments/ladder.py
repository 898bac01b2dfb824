"""The ladder (lesson 06): every model of the course on the same data, under two budgets, measured alike.

ladder          06.ladder   the stored run
evaluate_rung   one model trained on a budget, and measured
table           the ladder's figures as text, for the lesson and for `course ladder`
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from torch import Tensor, nn

from course_lib import metrics
from course_lib.datasets import Pair
from course_lib.experiments import translation
from course_lib.experiments.corpus import corpus
from course_lib.experiments.models import SCORES, recurrent_model, transformer_model
from course_lib.experiments.registry import experiment
from course_lib.experiments.stored_runs import Run, stored
from course_lib.experiments.translation import alignment_error, warmup_then_linear
from course_lib.seq2seq import translation_loss
from course_lib.statistics import t_interval
from course_lib.text import PAD
from course_lib.translator import Translator

RUNGS: Mapping[str, Callable[[], nn.Module]] = {
    "RNN": partial(recurrent_model, "RNN"),
    "LSTM": partial(recurrent_model, "LSTM"),
    **{f"LSTM, {score}": partial(recurrent_model, "LSTM", score) for score in SCORES},
    "LSTM, Bahdanau": partial(recurrent_model, "LSTM", "concat", bahdanau=True),
    "Transformer": partial(transformer_model, dropout=0.0),  # too short a training to need any
}
# Learning rates, found on the validation sentences with other seeds; "LSTM" stands for all of its rungs.
SHORT_RATES = {"RNN": 0.003, "LSTM": 0.01, "Transformer": 0.004}  # some hundred updates
LADDER_RATES = {"RNN": 0.003, "LSTM": 0.005, "Transformer": 0.002}
SPLITS = ("test", "long", "novel", "human")


@experiment("06.ladder", seeds=range(20, 23), rungs=tuple(RUNGS), updates=1500, seconds=60.0, rates=LADDER_RATES)
def ladder(
    seed: int, *, rungs: Sequence[str], updates: int, seconds: float, rates: Mapping[str, float]
) -> dict[str, dict[str, dict[str, Any]]]:
    """Each model trained with a number of updates, and another of its kind for a number of the processor's seconds.

    Returns:
        {model: {"updates": figures, "seconds": figures}}, see `evaluate_rung`.
    """
    budgets: dict[str, dict[str, Any]] = {"updates": {"updates": updates}, "seconds": {"seconds": seconds}}
    return {
        name: {
            budget: evaluate_rung(name, RUNGS[name], seed, rates=rates, **spent)[1] for budget, spent in budgets.items()
        }
        for name in rungs
    }


def evaluate_rung(
    name: str,
    make: Callable[[], nn.Module],
    seed: int,
    *,
    updates: int | None = None,
    seconds: float | None = None,
    rates: Mapping[str, float] = SHORT_RATES,
    train_pairs: Sequence[Pair] | None = None,
    tests: Mapping[str, Sequence[Pair]] | None = None,
) -> tuple[Translator, dict[str, Any]]:
    """Train one model on a budget and measure it.

    Args:
        name: of the rung; its first word decides the learning rate, and with it the schedule.
        rates: learning rates by that word.
        train_pairs, tests: the corpus' own by default: train, and `SPLITS`.

    Returns:
        The translator, and its figures: "parameters"; "updates", "seconds" and "tokens per second" of the training
        (of the target, <eos> included); for each split of `tests` "bleu", "low" and "high" of its bootstrap
        interval, and the same against all references, "NAME, two references", where its pairs have others; for the
        first of them also "teacher-forced" and "free-running" perplexity, "decoded per second" (tokens), and with
        attention "alignment error" (of the mean over heads of the top layer) and, for a Transformer, "heads": that of
        each head (L, N).
    """
    tests = {split: corpus().pairs[split] for split in SPLITS} if tests is None else tests
    counts = {"updates": 0, "tokens": 0}

    def counted(model: nn.Module, batch: tuple[Tensor, Tensor]) -> Tensor:
        counts["updates"] += 1
        counts["tokens"] += int((batch[1][:, 1:] != PAD).sum())
        return translation_loss(model, batch)

    kind = name.partition(",")[0]
    options: dict[str, Any] = {"loss": counted, "updates": updates, "seconds": seconds, "lr": rates[kind]}
    if kind == "Transformer":
        options["schedule"] = warmup_then_linear
    translator, took = translation.trained(make, seed, train_pairs, **options)
    figures: dict[str, Any] = {
        "parameters": sum(p.numel() for p in translator.model.parameters()),
        "updates": counts["updates"],
        "seconds": took,
        "tokens per second": counts["tokens"] / took,
    }
    for split, pairs in tests.items():
        start = time.process_time()
        found = translator.translate([pair.source for pair in pairs]).tokens
        decoding_seconds = time.process_time() - start
        figures[split] = _bleu_with_interval(found, [pair.target for pair in pairs])
        if any(pair.references for pair in pairs):
            figures[f"{split}, two references"] = _bleu_with_interval(found, [pair.translations for pair in pairs])
        if split == next(iter(tests)):
            figures["decoded per second"] = sum(len(tokens) + 1 for tokens in found) / decoding_seconds
            figures |= translator.perplexities(pairs) | attention_errors(translator, pairs)
    return translator, figures


def _bleu_with_interval(found: Sequence[Sequence[str]], references: Sequence[Any]) -> dict[str, float]:
    interval = metrics.bleu_interval(hypotheses=found, references=references)
    return {"bleu": interval.mean, "low": interval.low, "high": interval.high}


def attention_errors(translator: Translator, pairs: Sequence[Pair]) -> dict[str, Any]:
    """The alignment error rate of the model's attention; nothing for a model without.

    "alignment error": of the weights of `Translator.align`. For a Transformer that is the mean over the heads of the
    top layer; then "heads" holds that of every head of every decoder layer, (L, N).
    """
    if not translator.attends:
        return {}
    errors: dict[str, Any] = {"alignment error": alignment_error(translator.align(pairs), pairs)}
    if heads := translator.align_heads(pairs):  # (L, N, T, S) each
        L, N = heads[0].shape[:2]
        errors["heads"] = [
            [alignment_error([weights[layer, n] for weights in heads], pairs) for n in range(N)] for layer in range(L)
        ]
    return errors


BUDGETS = ("updates", "seconds")


def table(run: Run, budget: str) -> str:
    """The stored ladder under one of the `BUDGETS`, as lines of text: means over seeds, intervals beside BLEU.

    Below the models stands the alignment error of IBM Model 1, from the stored run 05.alignment.

    Raises:
        FileNotFoundError: that run is missing.
        ValueError: another budget.
    """
    if budget not in BUDGETS:
        raise ValueError(f"budget must be one of {', '.join(BUDGETS)}, got {budget!r}")
    rungs = list(run.figures[0])
    there = run.figures[0][rungs[0]][budget]
    splits = [each for split in SPLITS for each in (split, f"{split}, two references") if each in there]
    titles = [split.replace("two references", "2 refs") for split in splits]
    amount = f"{run.settings[budget]:,} updates" if budget == "updates" else f"{run.settings[budget]:g} seconds each"
    lines = [
        f"{amount}; BLEU ± 95 % over {len(run.seeds)} seeds (± 95 % over sentences)",
        f"{'':<17}" + "".join(f"{title:<17}" for title in titles) + "forced    free  align",
    ]
    for name in rungs:
        cells = ""
        for split in splits:
            scores, low, high = (run.array(name, budget, split, what) for what in ("bleu", "low", "high"))
            interval = t_interval(scores.tolist())
            half = (high - low).mean() / 2
            cells += f"{f'{interval.mean:.1f} ±{interval.high - interval.mean:.1f} ({half:.1f})':<17}"
        forced, free = (run.array(name, budget, kind).mean() for kind in ("teacher-forced", "free-running"))
        error = ""
        if "alignment error" in run.figures[0][name][budget]:
            error = f"{run.array(name, budget, 'alignment error').mean():.2f}"
        lines.append(f"{name:<17}{cells}{forced:>6.2f}{free:>8.1f}{error:>7}")
    counted = stored("05.alignment").array("model 1", "forward", "largest").mean()
    lines.append(f"{'IBM Model 1':<17}{'':<{len(cells)}}{'':>14}{counted:>7.2f}")
    lines += ["", f"{'':<17}parameters  updates  seconds  trained tokens/s  decoded tokens/s"]
    for name in rungs:
        parameters, updates, seconds, trained, decoded = (
            run.array(name, budget, what).mean()
            for what in ("parameters", "updates", "seconds", "tokens per second", "decoded per second")
        )
        lines.append(f"{name:<17}{parameters:>10,.0f}{updates:>9,.0f}{seconds:>9.0f}{trained:>18,.0f}{decoded:>18,.0f}")
    return "\n".join(lines)
