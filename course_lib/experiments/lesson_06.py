"""The experiments of lesson 06, Transformer: what scaling, positions and heads do, and all models on one ladder.

score_spread    variance of the scores and gradient of the softmax, with and without 1/sqrt(K)
step_times      time of a training step against length, for RNN, LSTM with attention and Transformer
positions       sinusoidal, learned and no positions, on test and on sentences longer than any in training
ladder          every model of the course on the same data, under two budgets, measured alike
table           the ladder's figures as text, for the lesson and for `course ladder`
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn

from course_lib import decoding, fast, metrics, rnn
from course_lib.attention import Dot, LuongDecoder
from course_lib.datasets import Pair
from course_lib.embeddings import Embedding
from course_lib.experiments import translation
from course_lib.experiments.core import Run, experiment
from course_lib.lstm import LSTMCell
from course_lib.recurrent import Recurrent
from course_lib.rnn import RNNCell
from course_lib.seq2seq import Bridge, Decoder, Encoder, Seq2Seq, translation_loss
from course_lib.text import PAD, SOS
from course_lib.transformer import SinusoidalPositions, Transformer, word_embedding

# --- the softmax's scale ------------------------------------------------------------------------------------


def score_spread(seed: int, K: int, scale: float, queries: int = 200, S: int = 16) -> dict[str, float]:
    """What becomes of scores and softmax when queries and keys have K independent numbers of variance 1.

    Returns:
        "variance" of the scores, "largest" weight, "gradient": the norm of the softmax's derivative, the mean over
        queries. The derivative of the weights w is diag(w) - w wᵀ; it is zero where one weight is 1.
    """
    generator = torch.Generator().manual_seed(seed)
    query, key = (torch.randn(queries, n, K, generator=generator) for n in (1, S))
    scores = (query @ key.transpose(1, 2)).squeeze(1) * scale  # (queries, S)
    weights = scores.softmax(-1)
    derivative = torch.diag_embed(weights) - weights.unsqueeze(2) * weights.unsqueeze(1)  # (queries, S, S)
    return {
        "variance": scores.var().item(),
        "largest": weights.max(-1).values.mean().item(),
        "gradient": derivative.flatten(1).norm(dim=1).mean().item(),
    }


# --- time against length ------------------------------------------------------------------------------------

V_TIMED = 100  # words of the models that are timed: what the vocabulary costs is the same for all


def timed_models(D: int = 64, unroll: rnn.Unroll = rnn.masked_unroll) -> dict[str, nn.Module]:
    """A translator of each kind, of like width, with few words.

    Args:
        unroll: the loop of the recurrent ones: step by step, or in one kernel, `fast.masked_unroll`.
    """

    def embedding() -> Embedding:
        return Embedding(V_TIMED, D, PAD)

    lstm = LSTMCell(D, D)
    both = Recurrent(LSTMCell, D, D // 2, bidirectional=True, unroll=unroll)
    attention = LuongDecoder(embedding(), lstm, Dot(scaled=True), D, Bridge(D, lstm), unroll=unroll)
    one_way = Recurrent(RNNCell, D, D, unroll=unroll)
    return {
        "RNN": Seq2Seq(Encoder(embedding(), one_way), Decoder(embedding(), RNNCell(D, D), unroll=unroll)),
        "LSTM with attention": Seq2Seq(Encoder(embedding(), both), attention),
        "Transformer": Transformer(
            word_embedding(V_TIMED, D), word_embedding(V_TIMED, D), 4, 2 * D, 1, SinusoidalPositions(D),
            SinusoidalPositions(D), norm_first=True, attend=fast.attend_heads, normalize=fast.layer_norm,
        ),
    }  # fmt: skip


def step_times(
    models: Mapping[str, nn.Module], lengths: Sequence[int], B: int = 8, repeats: int = 3
) -> dict[str, list[float]]:
    """The processor's seconds of a training step (forward and backward), by model, for sentences of each length on both
    sides.

    The least of some repeats, all models in turn: what else the machine does can only make them longer.
    """
    times: dict[str, list[float]] = {name: [] for name in models}
    for T in lengths:
        generator = torch.Generator().manual_seed(T)
        source, target = (torch.randint(4, V_TIMED, (B, n), generator=generator) for n in (T, T + 1))
        target[:, 0] = SOS
        batch = source, target
        best = dict.fromkeys(models, math.inf)
        for _ in range(repeats + 1):
            for name, model in models.items():
                start = time.process_time()
                translation_loss(model, batch).backward()
                best[name] = min(best[name], time.process_time() - start)
                model.zero_grad()
        for name in models:
            times[name].append(best[name])
    return times


def crossing(lengths: Sequence[int], ratios: Sequence[float]) -> float | None:
    """The length at which the ratio of two times passes 1, between measured ones in a line; None where it does not."""
    for (a, b), (low, high) in zip(pairwise(lengths), pairwise(ratios), strict=True):
        if (low - 1) * (high - 1) <= 0 and low != high:
            return a + (b - a) * (1 - low) / (high - low)
    return None


# --- positions ----------------------------------------------------------------------------------------------


@experiment("06.positions", seeds=range(20, 23), kinds=("sinusoidal", "learned", "none"), updates=1500, lr=0.002)
def positions(seed: int, *, kinds: Sequence[str], updates: int, lr: float) -> dict[str, dict[str, Any]]:
    """BLEU on test and long, and on both together by length of the source, for each kind of positions."""
    data = translation.corpus()
    figures = {}
    for kind in kinds:
        torch.manual_seed(seed)
        model = translation.transformer_model(dropout=0.0, positions=kind)
        schedule = translation.warmup_then_linear
        translation.train(model, data.pairs["train"], seed, updates=updates, lr=lr, schedule=schedule)
        found = {split: translation.translations(model, data.pairs[split]) for split in ("test", "long")}
        figures[kind] = {
            split: metrics.bleu(hypotheses=found[split], references=[pair.target for pair in data.pairs[split]])
            for split in found
        }
        both = [*data.pairs["test"], *data.pairs["long"]]
        figures[kind]["by length"] = translation.bleu_by_length(both, [*found["test"], *found["long"]])
    return figures


# --- the ladder ---------------------------------------------------------------------------------------------

RUNGS: Mapping[str, Callable[[], nn.Module]] = {
    "RNN": lambda: translation.recurrent_model("RNN"),
    "LSTM": lambda: translation.recurrent_model("LSTM"),
    **{
        f"LSTM, {score}": lambda score=score: translation.recurrent_model("LSTM", score) for score in translation.SCORES
    },
    "LSTM, Bahdanau": lambda: translation.recurrent_model("LSTM", "concat", bahdanau=True),
    "Transformer": lambda: translation.transformer_model(dropout=0.0),  # too short a training to need any
}
# Learning rates, found on the validation sentences with other seeds; "LSTM" stands for all of its rungs.
SHORT_RATES = {"RNN": 0.003, "LSTM": 0.01, "Transformer": 0.004}  # some hundred updates
LADDER_RATES = {"RNN": 0.003, "LSTM": 0.005, "Transformer": 0.002}
SPLITS = ("test", "long", "novel")


@experiment("06.ladder", seeds=range(20, 23), rungs=tuple(RUNGS), updates=1500, seconds=60.0, rates=LADDER_RATES)
def ladder(
    seed: int, *, rungs: Sequence[str], updates: int, seconds: float, rates: Mapping[str, float]
) -> dict[str, dict[str, dict[str, Any]]]:
    """Each model trained with a number of updates, and another of its kind for a number of the processor's seconds.

    Returns:
        {model: {"updates": figures, "seconds": figures}}, see `climb`.
    """
    return {
        name: {
            budget: climb(name, RUNGS[name], seed, rates=rates, **{budget: amount})
            for budget, amount in (("updates", updates), ("seconds", seconds))
        }
        for name in rungs
    }


def climb(
    name: str,
    make: Callable[[], nn.Module],
    seed: int,
    *,
    updates: int | None = None,
    seconds: float | None = None,
    rates: Mapping[str, float] = SHORT_RATES,
    train_pairs: Sequence[Pair] | None = None,
    tests: Mapping[str, Sequence[Pair]] | None = None,
) -> dict[str, Any]:
    """Train one model on a budget and measure it.

    Args:
        name: of the rung; its first word decides the learning rate, and with it the schedule.
        rates: learning rates by that word.
        train_pairs, tests: the corpus' own by default: train, and `SPLITS`.

    Returns:
        "parameters"; "updates", "seconds" and "tokens per second" of the training (of the target, <eos> included);
        for each split of `tests` "bleu", "low" and "high" of its bootstrap interval; for the first of them also
        "teacher-forced" and "free-running" perplexity, "decoded per second" (tokens), and with attention
        "alignment error" (of the mean over heads of the top layer) and, for a Transformer, "heads": that of each
        head (L, N).
    """
    data = translation.corpus()
    tests = {split: data.pairs[split] for split in SPLITS} if tests is None else tests
    torch.manual_seed(seed)
    model = make()
    trained = {"updates": 0, "tokens": 0}

    def counted(model: nn.Module, batch: tuple[Tensor, Tensor]) -> Tensor:
        trained["updates"] += 1
        trained["tokens"] += int((batch[1][:, 1:] != PAD).sum())
        return translation_loss(model, batch)

    kind = name.partition(",")[0]
    options = {"loss": counted, "updates": updates, "seconds": seconds, "lr": rates[kind]}
    if kind == "Transformer":
        options["schedule"] = translation.warmup_then_linear
    took = translation.train(model, data.pairs["train"] if train_pairs is None else train_pairs, seed, **options)
    figures: dict[str, Any] = {
        "parameters": sum(p.numel() for p in model.parameters()),
        "updates": trained["updates"],
        "seconds": took,
        "tokens per second": trained["tokens"] / took,
    }
    for split, pairs in tests.items():
        start = time.process_time()
        found = translation.translations(model, pairs)
        decoding_seconds = time.process_time() - start
        figures[split] = _bleu_with_interval(found, pairs)
        if split == next(iter(tests)):
            figures["decoded per second"] = sum(len(tokens) + 1 for tokens in found) / decoding_seconds
            figures |= translation.perplexities(model, pairs)
            figures |= alignment_errors(model, pairs)
    return figures


def _bleu_with_interval(found: Sequence[Sequence[str]], pairs: Sequence[Pair]) -> dict[str, float]:
    interval = metrics.bleu_interval(
        hypotheses=found, references=[pair.target for pair in pairs], generator=torch.Generator().manual_seed(0)
    )
    return {"bleu": interval.mean, "low": interval.low, "high": interval.high}


def alignment_errors(model: nn.Module, pairs: Sequence[Pair]) -> dict[str, Any]:
    """The alignment error rate of the model's attention; nothing for a model without.

    "alignment error": of the weights that `features` gives. For a Transformer that is the mean over the heads of the
    top layer; then "heads" holds that of every head of every decoder layer, (L, N).
    """
    data = translation.corpus()
    if isinstance(model, Transformer):
        weights = translation.head_weights(translation.telling_weights(model), pairs)  # (L, N, T, S) each
        L, N = weights[0].shape[:2]
        return {
            "alignment error": translation.alignment_error([w[-1].mean(0) for w in weights], pairs),
            "heads": [
                [translation.alignment_error([w[layer, n] for w in weights], pairs) for n in range(N)]
                for layer in range(L)
            ],
        }
    if not hasattr(model.decoder, "score"):
        return {}
    weights = decoding.align(model, pairs, data.source, data.target)
    return {"alignment error": translation.alignment_error(weights, pairs)}


BUDGETS = ("updates", "seconds")


def table(run: Run, budget: str) -> str:
    """The stored ladder under one of the `BUDGETS`, as lines of text: means over seeds, intervals beside BLEU.

    Raises:
        ValueError: another budget.
    """
    if budget not in BUDGETS:
        raise ValueError(f"budget must be one of {', '.join(BUDGETS)}, got {budget!r}")
    rungs = list(run.figures[0])
    splits = [split for split in SPLITS if split in run.figures[0][rungs[0]][budget]]
    amount = f"{run.settings[budget]:,} updates" if budget == "updates" else f"{run.settings[budget]:g} seconds each"
    lines = [
        f"{amount}; BLEU ± 95 % over {len(run.seeds)} seeds (± 95 % over sentences)",
        f"{'':<17}" + "".join(f"{split:<17}" for split in splits) + "forced    free  align",
    ]
    for name in rungs:
        cells = ""
        for split in splits:
            scores, low, high = (run.array(name, budget, split, what) for what in ("bleu", "low", "high"))
            interval = metrics.t_interval(scores)
            half = (high - low).mean() / 2
            cells += f"{f'{interval.mean:.1f} ±{interval.high - interval.mean:.1f} ({half:.1f})':<17}"
        forced, free = (run.array(name, budget, kind).mean() for kind in ("teacher-forced", "free-running"))
        error = ""
        if "alignment error" in run.figures[0][name][budget]:
            error = f"{run.array(name, budget, 'alignment error').mean():.2f}"
        lines.append(f"{name:<17}{cells}{forced:>6.2f}{free:>8.1f}{error:>7}")
    lines += ["", f"{'':<17}parameters  updates  seconds  trained tokens/s  decoded tokens/s"]
    for name in rungs:
        parameters, updates, seconds, trained, decoded = (
            run.array(name, budget, what).mean()
            for what in ("parameters", "updates", "seconds", "tokens per second", "decoded per second")
        )
        lines.append(f"{name:<17}{parameters:>10,.0f}{updates:>9,.0f}{seconds:>9.0f}{trained:>18,.0f}{decoded:>18,.0f}")
    return "\n".join(lines)
