"""What attention does at each step of a given translation (lesson 05)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.batches import pad
from course_lib.datasets import Pair
from course_lib.modes import evaluating
from course_lib.translator import Translator


class Probe(NamedTuple):
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


def probe(translator: Translator, pair: Pair) -> Probe:
    """Tell a model with attention one translation, word by word, and note what its attention does."""
    model = translator.model
    rows = []
    with evaluating(model):
        state = translator.start(pair.source)
        for token in translator.target.encode(pair.target, sos=True)[:-1]:
            before = state
            _, state = model.step(torch.tensor([token]), before)
            query = model.decoder.query(before, state).unsqueeze(1)  # (1, 1, H)
            rows.append((model.decoder.score.compare(query, state.key)[0, 0], state.weights[0]))
    scores, weights = (torch.stack(column) for column in zip(*rows, strict=True))
    context = weights @ state.value[0]  # (T, size)
    likeness = F.normalize(context, dim=-1) @ F.normalize(state.value[0], dim=-1).T
    return Probe(scores, weights, context, likeness)


def score_spread(maps: Iterable[Tensor]) -> float:
    """How far the scores of one query lie apart: their standard deviation, the mean over all queries, (T, S) each."""
    return torch.cat([scores.std(1, correction=0) for scores in maps]).mean().item()


def next_word_accuracy(translator: Translator, pairs: Sequence[Pair]) -> dict[str, float]:
    """How often the true next word is the likeliest, by where attention points while it is said.

    Returns:
        shares for target tokens whose largest weight is on a gold link, sure or possible ("gold"), on none of their
        gold links ("elsewhere"), and for those without gold links ("null").
    """
    model = translator.model
    right: dict[str, list[bool]] = {"gold": [], "elsewhere": [], "null": []}
    with evaluating(model):
        for pair in pairs:
            source = pad([translator.encode_source(pair.source)])
            target = pad([translator.target.encode(pair.target, sos=True)])
            features, weights = model.features(source, target[:, :-1])
            said = (model.output(features).argmax(-1) == target[:, 1:])[0].tolist()
            _, gold = pair.gold()
            for t, place in enumerate(weights[0].argmax(1).tolist()):
                linked = any(of == t for _, of in gold)
                right["null" if not linked else "gold" if (place, t) in gold else "elsewhere"].append(said[t])
    return {name: sum(values) / len(values) for name, values in right.items() if values}


def likeness_by_distance(translator: Translator, pairs: Sequence[Pair], most: int = 6) -> dict[str, list[float]]:
    """The mean cosine of what the encoder has for two tokens, by how many places they are apart, from 1 to `most`.

    Returns:
        {"states": of its outputs, "words": of the embedded words alone}
    """
    encoder = translator.model.encoder
    sums = {name: torch.zeros(most) for name in ("states", "words")}
    counts = torch.zeros(most)
    with evaluating(translator.model):
        for pair in pairs:
            source = pad([translator.encode_source(pair.source)])
            vectors = {"states": encoder(source).outputs[0], "words": encoder.embedding(source)[0]}
            for apart in range(1, min(most, source.shape[1] - 1) + 1):
                counts[apart - 1] += source.shape[1] - apart
                for name, x in vectors.items():
                    sums[name][apart - 1] += F.cosine_similarity(x[apart:], x[:-apart], dim=-1).sum()
    return {name: (total / counts.clamp(min=1)).tolist() for name, total in sums.items()}
