"""Word alignment without a network (lesson 05): IBM Model 1, which knows only which words occur together.

    t = ibm_model_1(with_null(pairs), rounds=8)          t[x, y]: the probability that x makes y
    align(t, pairs)                                      weights (T, S), as attention has them
    best_links(t, pairs)                                 each target word with the one that most likely made it

The model: each word y of the target is made by one word x of the source, or by the empty word that each source begins
with; all of them are equally likely to have made it, whatever the order, and none of the choices depends on another.

    p(target | source) = product over y of (1 / S) sum over x of t(y | x)        the source with its empty word, S words

Brown, Della Pietra, Della Pietra, Mercer 1993: The Mathematics of Statistical Machine Translation: Parameter
Estimation, section 4.1; its f and e are y and x here
"""

import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from course_lib.sentence_pairs import Pair

NULL = "<null>"  # the empty word, which makes what has no counterpart

Sides = tuple[Sequence[str], Sequence[str]]  # the words of a source and of its target
Table = Mapping[tuple[str, str], float]  # t[x, y]


def ibm_model_1(pairs: Sequence[Sides], rounds: int) -> dict[tuple[str, str], float]:
    """Train by expectation-maximization from a uniform start: t[x, y], for words that occur together somewhere.

    Expectation: each y counts as 1, shared out among all x of its source in proportion to t[x, y] (Brown and others
    1993, eq. 17). Maximization: the share of y in all that x was credited with (eq. 14). `fast.ibm_model_1` is the same
    with arrays.

    Args:
        pairs: the words of each source, the empty one among them (see `with_null`), and those of its target.
    """
    targets = {y for _, target in pairs for y in target}
    t = {(x, y): 1 / len(targets) for source, target in pairs for x in source for y in target}
    for _ in range(rounds):
        count, total = dict.fromkeys(t, 0.0), {x: 0.0 for x, _ in t}
        for source, target in pairs:
            for y in target:
                z = sum(t[x, y] for x in source)
                for x in source:
                    count[x, y] += t[x, y] / z
                    total[x] += t[x, y] / z
        t = {(x, y): count[x, y] / total[x] for x, y in t}
    return t


def with_null(pairs: Sequence[Pair]) -> list[Sides]:
    """The words of each pair, the source with the empty word before it."""
    return [([NULL, *pair.source], pair.target) for pair in pairs]


def log_likelihood(t: Table, pairs: Sequence[Sides]) -> float:
    """ln p(target | source) of all pairs, in nats; minus infinity where a word goes with no word of its source."""
    total = 0.0
    for source, target in pairs:
        for y in target:
            p = sum(t.get((x, y), 0.0) for x in source) / len(source)
            total += math.log(p) if p else -math.inf
    return total


def posterior(t: Table, pair: Pair) -> Tensor:
    """Which word made each target word: (T, 1 + S), the empty word first; rows sum to 1.

    A row is 0 where the target word was never seen with any of the source. Brown and others 1993, eq. 17
    """
    [(source, target)] = with_null([pair])
    scores = torch.tensor([[t.get((x, y), 0.0) for x in source] for y in target], dtype=torch.float64)
    total = scores.sum(1, keepdim=True)
    return (scores / total.masked_fill(total == 0, 1)).float()


def align(t: Table, pairs: Sequence[Pair]) -> list[Tensor]:
    """`posterior` without the empty word, (T, S) for each pair: what attention calls weights, as `Translator.align`.

    Rows sum to at most 1: what is missing is the share of the empty word.
    """
    return [posterior(t, pair)[:, 1:] for pair in pairs]


def best_links(t: Table, pairs: Sequence[Pair]) -> list[list[tuple[int, int]]]:
    """For each pair its likeliest alignment: sorted links (source, target), none where the empty word is likeliest."""
    found = []
    for pair in pairs:
        best = posterior(t, pair).argmax(1).tolist()  # of a row of zeros the first, the empty word
        found.append(sorted((place - 1, j) for j, place in enumerate(best) if place))
    return found
