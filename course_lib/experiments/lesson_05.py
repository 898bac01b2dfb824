"""Lesson 05: what attention does to long sentences, and how well it aligns.

length      05.length      BLEU by length of the source without attention, at the budget of the others
scores      05.scores      each score function: BLEU, alignment error, parameters, time of a training step
alignment   05.alignment   alignment error of attention in one direction, in the other, and of both together
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib import decoding, metrics
from course_lib.attention import BahdanauDecoder, General
from course_lib.batches import encode_pairs, pad, pair_batches
from course_lib.datasets import Pair
from course_lib.experiments import translation
from course_lib.experiments.core import experiment
from course_lib.experiments.translation import Corpus
from course_lib.rnn import hidden
from course_lib.seq2seq import Seq2Seq, teacher_forced_nll, translation_loss

EDGES = (7, 11, 15, 19)  # source lengths: up to 7, 8 to 11, ..., 20 and more
THRESHOLDS = tuple(round(0.05 * i, 2) for i in range(1, 13))
BUDGET = {"updates": 1500, "batch_size": 32, "lr": 0.007}  # of the stored runs
LIVE = BUDGET | {"updates": 1200}  # of the lesson, which has less time
SHOWN = (8, 9, 16, 24, 35, 50)  # sentences of `test` for the explorer

# --- models -------------------------------------------------------------------------------------------------


def _unscaled() -> Seq2Seq:
    model = translation.recurrent_model(attention="general")
    model.decoder.score = General(*model.decoder.score.weight.shape)
    return model


MODELS: Mapping[str, Callable[[], Seq2Seq]] = {
    **{name: (lambda name=name: translation.recurrent_model(attention=name)) for name in translation.SCORES},
    "concat, Bahdanau": lambda: translation.recurrent_model(attention="concat", bahdanau=True),
    "general, not scaled": _unscaled,
}


def trained(
    seed: int,
    make: Callable[[], nn.Module],
    *,
    updates: int,
    batch_size: int,
    lr: float,
    reverse_source: bool = False,
    data: Corpus | None = None,
) -> tuple[nn.Module, float]:
    """A model made and trained from one seed; and the processor's seconds.

    Args:
        make: makes the model, with the global generator seeded.
        others: as in `translation.train`.
    """
    data = data or translation.corpus()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = make()
        options = {"updates": updates, "batch_size": batch_size, "lr": lr}
        seconds = translation.train(
            model, data.pairs["train"], seed, reverse_source=reverse_source, data=data, **options
        )
    return model, seconds


# --- figures ------------------------------------------------------------------------------------------------


def quality(model: nn.Module, *, reverse_source: bool = False, most: int | None = None) -> dict[str, Any]:
    """BLEU of the greedy translations of `test`, also by length of the source, and of `long`.

    Args:
        most: only so many pairs of each; None: all.

    Returns:
        {"test": ..., "long": ..., "bins": {"1-7": ..., "8-11": ..., ...}}
    """
    pairs = translation.corpus().pairs
    test, long = pairs["test"][:most], pairs["long"][:most]
    found = translation.translations(model, test, reverse_source=reverse_source)
    return {
        "test": metrics.bleu(hypotheses=found, references=[pair.target for pair in test]),
        "long": translation.bleu(model, long, reverse_source=reverse_source),
        "bins": translation.bleu_by_length(test, found, EDGES),
    }


def teacher_forced(model: nn.Module, pairs: Sequence[Pair]) -> float:
    """The perplexity of the given translations, each word after the true ones."""
    data = translation.corpus()
    batches = pair_batches(encode_pairs(pairs, data.source, data.target), 100, shuffle=False)
    return metrics.perplexity(teacher_forced_nll(model, *batch) for batch in batches)


def aligned(model: nn.Module, pairs: Sequence[Pair], data: Corpus | None = None) -> list[Tensor]:
    """The attention weights behind given translations, (T, S) for each pair: see `decoding.align`."""
    data = data or translation.corpus()
    return decoding.align(model, pairs, data.source, data.target)


def best_threshold(weights: Sequence[Tensor], pairs: Sequence[Pair]) -> float:
    """The threshold of `THRESHOLDS` with the smallest alignment error. To be chosen on other pairs than measured."""
    return min(THRESHOLDS, key=lambda threshold: translation.alignment_error(weights, pairs, threshold))


def uniform(pairs: Sequence[Pair]) -> list[Tensor]:
    """Weights that know nothing: every source token the same, (T, S) for each pair."""
    return [torch.full((len(pair.target), len(pair.source)), 1 / len(pair.source)) for pair in pairs]


def alignment_errors(
    chosen_on: tuple[Sequence[Tensor], Sequence[Pair]], measured_on: tuple[Sequence[Tensor], Sequence[Pair]]
) -> dict[str, float]:
    """The alignment error rate of weights, turned into links in three ways.

    "largest": each target token with the source token of its largest weight. "threshold": wherever a weight is large
    enough. "mutual": wherever `metrics.mutual` of it is.

    Args:
        chosen_on: weights and pairs on which the thresholds are chosen.
        measured_on: weights and pairs for the figures.
    """
    (there, there_pairs), (here, here_pairs) = chosen_on, measured_on
    errors = {"largest": translation.alignment_error(here, here_pairs)}
    for name, change in {"threshold": lambda matrix: matrix, "mutual": metrics.mutual}.items():
        threshold = best_threshold([change(matrix) for matrix in there], there_pairs)
        errors[name] = translation.alignment_error([change(matrix) for matrix in here], here_pairs, threshold)
        errors[f"{name} at"] = threshold
    return errors


def error_by_shift(
    weights: Sequence[Tensor], pairs: Sequence[Pair], shifts: Iterable[int] = range(-2, 3)
) -> dict[str, float]:
    """The alignment error of the largest weights if row t is held against the gold links of token t + shift.

    Attention that looks at the source token of the next word has its least error at 1, one that is late at -1.
    Only tokens that have a counterpart on both sides of the shift are compared, so that the figures compare.
    """
    errors = {}
    for shift in shifts:
        links, gold = [], []
        for matrix, pair in zip(weights, pairs, strict=True):
            T = len(matrix)
            moved = [(s, t + shift) for s, t in metrics.links_from_weights(matrix)]
            links.append([(s, t) for s, t in moved if 0 <= t < T])
            gold.append([(s, t) for s, t in pair.alignment if 0 <= t - shift < T])
        errors[f"{shift:+d}"] = metrics.alignment_error_rate(links, gold)
    return errors


def where_they_differ(weights: Sequence[Tensor], pairs: Sequence[Pair]) -> dict[str, Any]:
    """Each target token's largest weight held against its gold links.

    Returns:
        "linked": the share of target tokens that have gold links; "right": how many of those point to one;
        "distance": {"1": ..., "2": ..., "3+": ...}, of the others, how far the nearest gold link is, as shares;
        "missed": the share of gold links that no largest weight can find, for a target token with n links
        points to one; "largest": the mean of the largest weight, {"linked": ..., "null": ...}.
    """
    linked = right = tokens = beyond = gold_links = 0
    distance = {"1": 0, "2": 0, "3+": 0}
    largest: dict[str, list[float]] = {"linked": [], "null": []}
    for matrix, pair in zip(weights, pairs, strict=True):
        places, top = matrix.argmax(1).tolist(), matrix.amax(1).tolist()
        for t, (place, weight) in enumerate(zip(places, top, strict=True)):
            gold = [s for s, of in pair.alignment if of == t]
            tokens += 1
            largest["linked" if gold else "null"].append(weight)
            if not gold:
                continue
            linked += 1
            gold_links += len(gold)
            beyond += len(gold) - 1
            away = min(abs(place - s) for s in gold)
            right += away == 0
            if away:
                distance[str(away) if away < 3 else "3+"] += 1
    wrong = max(linked - right, 1)
    return {
        "linked": linked / tokens,
        "right": right / linked,
        "distance": {name: count / wrong for name, count in distance.items()},
        "missed": beyond / gold_links,
        "largest": {name: sum(values) / max(len(values), 1) for name, values in largest.items()},
    }


def link_shares(links: Sequence[Iterable[tuple[int, int]]], pairs: Sequence[Pair]) -> dict[str, float]:
    """What links find, and what they invent.

    Returns:
        "gold": the share of the gold links that are among them; "null": the share of the target tokens without gold
        links that have one here.
    """
    found = gold = invented = null = 0
    for of_pair, pair in zip(links, pairs, strict=True):
        gold += len(pair.alignment)
        found += len(set(of_pair) & set(pair.alignment))
        without = set(range(len(pair.target))) - {t for _, t in pair.alignment}
        null += len(without)
        invented += len(without & {t for _, t in of_pair})
    return {"gold": found / gold, "null": invented / max(null, 1)}


@torch.no_grad()
def said_right(model: Seq2Seq, pairs: Sequence[Pair]) -> dict[str, float]:
    """How often the true next word is the likeliest, by where attention points while it is said.

    Returns:
        shares for target tokens whose largest weight is on a gold link ("gold"), on none of their gold links
        ("elsewhere"), and for those without gold links ("null").
    """
    data = translation.corpus()
    was_training = model.training
    model.eval()
    right: dict[str, list[bool]] = {"gold": [], "elsewhere": [], "null": []}
    for pair in pairs:
        source, target = pad([data.source.encode(pair.source)]), pad([data.target.encode(pair.target, sos=True)])
        features, weights = model.features(source, target[:, :-1])
        said = (model.output(features).argmax(-1) == target[:, 1:])[0].tolist()
        for t, place in enumerate(weights[0].argmax(1).tolist()):
            linked = any(of == t for _, of in pair.alignment)
            right["null" if not linked else "gold" if (place, t) in pair.alignment else "elsewhere"].append(said[t])
    model.train(was_training)
    return {name: sum(values) / len(values) for name, values in right.items() if values}


@torch.no_grad()
def likeness_by_distance(model: Seq2Seq, pairs: Sequence[Pair], most: int = 6) -> dict[str, list[float]]:
    """The mean cosine of what the encoder has for two tokens, by how many places they are apart, from 1 to `most`.

    Returns:
        {"states": of its outputs, "words": of the embedded words alone}
    """
    data = translation.corpus()
    sums = {name: torch.zeros(most) for name in ("states", "words")}
    counts = torch.zeros(most)
    for pair in pairs:
        source = pad([data.source.encode(pair.source)])
        vectors = {"states": model.encoder(source).outputs[0], "words": model.encoder.embedding(source)[0]}
        for apart in range(1, min(most, source.shape[1] - 1) + 1):
            counts[apart - 1] += source.shape[1] - apart
            for name, x in vectors.items():
                sums[name][apart - 1] += F.cosine_similarity(x[apart:], x[:-apart], dim=-1).sum()
    return {name: (total / counts.clamp(min=1)).tolist() for name, total in sums.items()}


def both(one: Sequence[Tensor], other: Sequence[Tensor]) -> list[Tensor]:
    """The mean of the weights of two directions: (T, S) and (S, T) for each pair -> (T, S)."""
    return [(there + back.T) / 2 for there, back in zip(one, other, strict=True)]


class Closely(NamedTuple):
    """What attention did at each step of a given translation.

    Attributes:
        scores: (T, S), before the softmax.
        weights: (T, S).
        context: (T, size).
        likeness: the cosine of each context with each of the encoder's outputs, (T, S).
    """

    scores: Tensor
    weights: Tensor
    context: Tensor
    likeness: Tensor


@torch.no_grad()
def look_closely(model: Seq2Seq, pair: Pair) -> Closely:
    """Tell a model with attention one translation, word by word, and note what its attention does."""
    data = translation.corpus()
    was_training = model.training
    model.eval()
    source, target = pad([data.source.encode(pair.source)]), data.target.encode(pair.target, sos=True)
    state = model.start(source)
    rows = []
    for token in target[:-1]:
        before = state
        _, state = model.step(torch.tensor([token]), before)
        # the query: the new state in Luong's form, the old one in Bahdanau's
        asking = before if isinstance(model.decoder, BahdanauDecoder) else state
        rows.append((model.decoder.score.compare(hidden(asking.cell).unsqueeze(1), state.key)[0, 0], state.weights[0]))
    model.train(was_training)
    scores, weights = (torch.stack(column) for column in zip(*rows, strict=True))
    context = weights @ state.value[0]  # (T, size)
    likeness = F.normalize(context, dim=-1) @ F.normalize(state.value[0], dim=-1).T
    return Closely(scores, weights, context, likeness)


# --- time ---------------------------------------------------------------------------------------------------


def step_seconds(makes: Mapping[str, Callable[[], nn.Module]], *, batch_size: int, rounds: int = 9) -> dict[str, float]:
    """The processor's time of one training step of each model, forward, backward and update, on the same batch.

    The models take turns, so that whatever else the machine does falls on all of them alike; of the rounds the
    median.
    """
    data = translation.corpus()
    encoded = encode_pairs(data.pairs["train"][: 40 * batch_size], data.source, data.target)
    batches = list(pair_batches(encoded, batch_size, shuffle=False))
    batch = batches[len(batches) // 2]
    with torch.random.fork_rng(devices=[]):
        models = {name: make() for name, make in makes.items()}
    optimizers = {name: torch.optim.Adam(model.parameters(), lr=1e-4) for name, model in models.items()}
    taken: dict[str, list[float]] = {name: [] for name in models}
    for _ in range(rounds + 1):
        for name, model in models.items():
            start = time.process_time()
            optimizers[name].zero_grad()
            translation_loss(model, batch).backward()
            optimizers[name].step()
            taken[name].append(time.process_time() - start)
    return {name: sorted(times[1:])[rounds // 2] for name, times in taken.items()}  # the first one warms up


# --- experiments --------------------------------------------------------------------------------------------


@experiment("05.length", seeds=range(20, 23), **BUDGET)
def length(seed: int, *, most: int | None = None, **budget: Any) -> dict[str, Any]:
    """BLEU by length of the source without attention; the figures of `scores` are those with it.

    The model has H = 256 instead of 192, and reads the source from its end: what serves it best.

    Returns:
        `quality`, and "seconds".
    """
    model, seconds = trained(seed, lambda: translation.recurrent_model(H=256), reverse_source=True, **budget)
    return quality(model, reverse_source=True, most=most) | {"seconds": seconds}


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
        training step, and "maps": for each of `SHOWN` the scores and likenesses of `Closely`}}
    """
    pairs = translation.corpus().pairs
    validation, test = pairs["validation"][:most], pairs["test"][:most]
    results: dict[str, Any] = {}
    for name in names:
        model, seconds = trained(seed, MODELS[name], **budget)
        here = aligned(model, test)
        results[name] = quality(model, most=most) | {
            "alignment error": alignment_errors((aligned(model, validation), validation), (here, test)),
            "shift": error_by_shift(here, test),
            "where": where_they_differ(here, test),
            "parameters": sum(p.numel() for p in model.decoder.score.parameters()),
            "seconds": seconds,
        }
        if seed == maps_of:
            seen = [look_closely(model, test[i]) for i in SHOWN if i < len(test)]
            results[name]["maps"] = {
                "scores": [closely.scores.round(decimals=2).tolist() for closely in seen],
                "likeness": [closely.likeness.round(decimals=2).tolist() for closely in seen],
            }
    times = step_seconds({name: MODELS[name] for name in names}, batch_size=budget["batch_size"])
    for name in names:
        results[name]["step"] = times[name]
    return results


@experiment("05.alignment", seeds=range(20, 23), **BUDGET)
def alignment(seed: int, *, most: int | None = None, **budget: Any) -> dict[str, Any]:
    """Alignment error of attention from Korean to English, from English to Korean, and of the mean of both.

    Returns:
        {"forward": `alignment_errors`, "backward": ..., "both": ..., "uniform": error of equal weights}
    """
    data = translation.corpus()
    turned = data.turned()
    forward, _ = trained(seed, MODELS["general"], **budget)
    backward, _ = trained(
        seed, lambda: translation.recurrent_model(attention="general", data=turned), data=turned, **budget
    )
    weights: dict[str, list] = {"forward": [], "backward": [], "both": []}
    splits = [data.pairs[name][:most] for name in ("validation", "test")]
    for pairs in splits:
        there = aligned(forward, pairs)
        back = aligned(backward, [pair.reversed() for pair in pairs], turned)
        weights["forward"].append(there)
        weights["backward"].append([matrix.T.contiguous() for matrix in back])
        weights["both"].append(both(there, back))
    results: dict[str, Any] = {
        name: alignment_errors((chosen, splits[0]), (measured, splits[1]))
        for name, (chosen, measured) in weights.items()
    }
    everywhere = [uniform(pairs) for pairs in splits]
    threshold = best_threshold(everywhere[0], splits[0])
    results["uniform"] = translation.alignment_error(everywhere[1], splits[1], threshold)
    return results
