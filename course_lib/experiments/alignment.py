"""How well attention aligns (lesson 05), and IBM Model 1: weights held against the gold links.

alignment   05.alignment   the error from Korean to English, from English to Korean, and of both together
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor

from course_lib import fast, metrics, word_alignment
from course_lib.datasets import Pair
from course_lib.experiments import translation
from course_lib.experiments.corpus import corpus
from course_lib.experiments.models import recurrent_model
from course_lib.experiments.registry import experiment
from course_lib.experiments.translation import alignment_error

THRESHOLDS = tuple(round(0.05 * i, 2) for i in range(1, 13))
BUDGET = {"updates": 1500, "batch_size": 32, "lr": 0.007}  # of the stored runs
LIVE = BUDGET | {"updates": 1200}  # of the lesson, which has less time
ROUNDS = 8  # of Model 1: more make its links hardly better


def best_threshold(weights: Sequence[Tensor], pairs: Sequence[Pair]) -> float:
    """The threshold of `THRESHOLDS` with the smallest alignment error. To be chosen on other pairs than measured."""
    return min(THRESHOLDS, key=lambda threshold: alignment_error(weights, pairs, threshold))


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
    errors = {"largest": alignment_error(here, here_pairs)}
    for name, change in {"threshold": lambda matrix: matrix, "mutual": metrics.mutual}.items():
        threshold = best_threshold([change(matrix) for matrix in there], there_pairs)
        errors[name] = alignment_error([change(matrix) for matrix in here], here_pairs, threshold)
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
        links: list[metrics.Links] = []
        sure: list[metrics.Links] = []
        possible: list[metrics.Links] = []
        for matrix, pair in zip(weights, pairs, strict=True):
            T = len(matrix)
            moved = [(s, t + shift) for s, t in metrics.links_from_weights(matrix)]
            links.append([(s, t) for s, t in moved if 0 <= t < T])
            for gold, those in zip((sure, possible), pair.gold(), strict=True):
                gold.append([(s, t) for s, t in those if 0 <= t - shift < T])
        errors[f"{shift:+d}"] = metrics.aer(links, sure, possible)
    return errors


def differences(weights: Sequence[Tensor], pairs: Sequence[Pair]) -> dict[str, Any]:
    """Each target token's largest weight held against its gold links.

    Returns:
        "linked": the share of target tokens that have sure links; "right": how many of those point to one;
        "allowed": how many of them point to a link that is only possible; "distance": {"1": ..., "2": ..., "3+": ...},
        of the others, how far the nearest gold link is, as shares; "missed": the share of sure links that no largest
        weight can find, for a target token with n links points to one; "invented": the share of the target tokens
        without sure links that point to no possible one either; "largest": the mean of the largest weight,
        {"linked": ..., "null": ...}.
    """
    counts = dict.fromkeys(("tokens", "linked", "right", "allowed", "invented", "links"), 0)
    distance = {"1": 0, "2": 0, "3+": 0}
    largest: dict[str, list[float]] = {"linked": [], "null": []}
    for matrix, pair in zip(weights, pairs, strict=True):
        places, top = matrix.argmax(1).tolist(), matrix.amax(1).tolist()
        sure, possible = pair.gold()
        for t, (place, weight) in enumerate(zip(places, top, strict=True)):
            of_token = [s for s, of in sure if of == t]
            allowed = (place, t) in possible
            counts["tokens"] += 1
            largest["linked" if of_token else "null"].append(weight)
            if not of_token:
                counts["invented"] += not allowed
                continue
            away = min(abs(place - s) for s in of_token)
            counts["linked"] += 1
            counts["links"] += len(of_token)
            counts["right"] += away == 0
            counts["allowed"] += allowed and away > 0
            if not allowed:
                distance[str(away) if away < 3 else "3+"] += 1
    linked, wrong = counts["linked"], max(sum(distance.values()), 1)
    return {
        "linked": linked / counts["tokens"],
        "right": counts["right"] / linked,
        "allowed": counts["allowed"] / linked,
        "distance": {name: count / wrong for name, count in distance.items()},
        "missed": 1 - linked / counts["links"],
        "invented": counts["invented"] / max(counts["tokens"] - linked, 1),
        "largest": {name: sum(values) / max(len(values), 1) for name, values in largest.items()},
    }


def difference_shares(where: Mapping[str, Any]) -> dict[str, float]:
    """Why the largest weights differ from the gold links: of all links that are wrong or missing, the shares by reason.

    Args:
        where: what `differences` found.

    Returns:
        "null": the links of target tokens without a gold link; "second": the second and further sure links of a token,
        which one largest weight can't find; "misplaced": a token with sure links looks elsewhere, which makes a wrong
        link and a missing one, or the missing one alone where the link is possible.
    """
    linked = where["linked"]
    per_token = {
        "null": (1 - linked) * where["invented"],
        "second": linked / (1 - where["missed"]) - linked,
        "misplaced": linked * (2 * (1 - where["right"]) - where["allowed"]),
    }
    return {reason: links / sum(per_token.values()) for reason, links in per_token.items()}


def link_shares(links: Sequence[Iterable[tuple[int, int]]], pairs: Sequence[Pair]) -> dict[str, float]:
    """What links find, and what they invent.

    Returns:
        "gold": the share of the sure links that are among them; "null": the share of the target tokens without any
        gold link, sure or possible, that have one here.
    """
    found = gold = invented = null = 0
    for of_pair, pair in zip(links, pairs, strict=True):
        sure, possible = pair.gold()
        gold += len(sure)
        found += len(set(of_pair) & set(sure))
        without = set(range(len(pair.target))) - {t for _, t in possible}
        null += len(without)
        invented += len(without & {t for _, t in of_pair})
    return {"gold": found / gold, "null": invented / max(null, 1)}


def mean_of_directions(one: Sequence[Tensor], other: Sequence[Tensor]) -> list[Tensor]:
    """The mean of the weights of two directions: (T, S) and (S, T) for each pair -> (T, S)."""
    return [(there + back.T) / 2 for there, back in zip(one, other, strict=True)]


Align = Callable[[Sequence[Pair]], list[Tensor]]  # weights (T, S) for each pair


def errors_of_directions(
    forward: Align, backward: Align, chosen_on: Sequence[Pair], measured_on: Sequence[Pair]
) -> dict[str, Any]:
    """`alignment_errors` of two aligners, one for each direction, and of the mean of both.

    Args:
        backward: from the targets to the sources: it is given the pairs turned round.
        chosen_on: pairs on which the thresholds are chosen.
        measured_on: pairs for the figures.

    Returns:
        {"forward": `alignment_errors`, "backward": ..., "both": ...}, all of them of links from source to target.
    """
    weights: dict[str, list[list[Tensor]]] = {"forward": [], "backward": [], "both": []}
    for pairs in (chosen_on, measured_on):
        there, back = forward(pairs), backward([pair.reversed() for pair in pairs])
        weights["forward"].append(there)
        weights["backward"].append([matrix.T.contiguous() for matrix in back])
        weights["both"].append(mean_of_directions(there, back))
    return {
        name: alignment_errors((chosen, chosen_on), (measured, measured_on))
        for name, (chosen, measured) in weights.items()
    }


def model_1(pairs: Sequence[Pair]) -> word_alignment.Table:
    """IBM Model 1 as every experiment trains it: on these pairs, from source to target."""
    return fast.ibm_model_1(word_alignment.with_null(pairs), ROUNDS)


def model_1_errors(train: Sequence[Pair], chosen_on: Sequence[Pair], measured_on: Sequence[Pair]) -> dict[str, Any]:
    """`errors_of_directions` of IBM Model 1, and "best": those of the links that it finds likeliest itself."""
    there, back = (model_1(pairs) for pairs in (train, [pair.reversed() for pair in train]))
    forward, backward = (partial(word_alignment.align, t) for t in (there, back))
    links = word_alignment.best_links(there, measured_on)
    return errors_of_directions(forward, backward, chosen_on, measured_on) | {
        "best": translation.error_of_links(links, measured_on)
    }


@experiment("05.alignment", seeds=range(20, 23), **BUDGET)
def alignment(seed: int, *, most: int | None = None, **budget: Any) -> dict[str, Any]:
    """Alignment error of attention from Korean to English, from English to Korean, and of the mean of both.

    Returns:
        {"forward": `alignment_errors`, "backward": ..., "both": ..., "uniform": error of equal weights, "model 1":
        `model_1_errors`, "human": the first three, and "model 1", for those pairs of `human` whose links were drawn};
        "uniform" and "model 1" are the same for every seed.
    """
    data = corpus()
    turned = data.turned()
    forward, _ = translation.trained(partial(recurrent_model, attention="general"), seed, **budget)
    make = partial(recurrent_model, attention="general", data=turned)
    backward, _ = translation.trained(make, seed, data=turned, **budget)
    splits = [data.pairs[name][:most] for name in ("validation", "test")]
    results = errors_of_directions(forward.align, backward.align, *splits)
    everywhere = [uniform(pairs) for pairs in splits]
    threshold = best_threshold(everywhere[0], splits[0])
    results["uniform"] = alignment_error(everywhere[1], splits[1], threshold)
    drawn = [pair for pair in data.pairs["human"] if pair.alignment is not None][:most]
    results["human"] = errors_of_directions(forward.align, backward.align, splits[0], drawn)
    train = data.pairs["train"][:most]
    results["model 1"] = model_1_errors(train, *splits)
    results["human"]["model 1"] = model_1_errors(train, splits[0], drawn)
    return results
