"""Exercise 01.nearest: the largest cosines, without the word itself, and no NaN from a row of zeros."""

from itertools import chain

import torch
import torch.nn.functional as F

from course_lib.embeddings import nearest
from course_lib.exercises.kit import Chance, Exercise, Function, Outcome, Trial, drawn, normal, parted, seeded
from course_lib.text import PAD


def _cosine(weight: torch.Tensor, query: torch.Tensor) -> torch.Tensor:
    return F.normalize(weight, eps=1e-30) @ F.normalize(query, dim=0, eps=1e-30)


@parted
def _by(score: Function = _cosine, out: Function = lambda word: [word], first: int = 0,
        result: Function = lambda ids: ids, in_order: bool = True) -> Function:  # fmt: skip
    """Another score of the rows than the cosine, other rows left out, some of the nearest skipped, another result."""

    def wrong(weight: torch.Tensor, word: int, k: int) -> torch.Tensor:
        scores = score(weight, weight[word]).index_fill(0, torch.tensor(out(word)), -torch.inf)
        ids: torch.Tensor = result(scores.topk(k + first, sorted=in_order).indices[first:])
        return ids

    return wrong


MISTAKES = (
    ("it compares by dot product, which prefers long vectors: divide each row by its own length", _by(torch.mv)),
    ("the farthest words come back; the largest cosine is the nearest", _by(lambda w, q: -_cosine(w, q))),
    ("the cosine is taken without its sign; -1 is as far as can be", _by(lambda w, q: _cosine(w, q).abs())),
    ("the length is the root of the sum of squares; here it is the sum of the numbers without their signs",
     _by(lambda w, q: w / w.abs().sum(1, keepdim=True).clamp(min=1e-12) @ q)),
    ("it divides by the squared length: the root is missing",
     _by(lambda w, q: w / w.square().sum(1, keepdim=True).clamp(min=1e-12) @ q)),
    ("the smallest distance of the raw vectors is taken; compare by cosine", _by(lambda w, q: -(w - q).norm(dim=1))),
    ("each column is scaled to length 1 instead of each row: `dim=1` (after `norm`, `keepdim=True` too)",
     _by(lambda w, q: (w / w.norm(dim=0)) @ (q / w.norm(dim=0)))),
    ("the cosines come back; the ids are asked for", lambda w, word, k: _cosine(w, w[word]).topk(k + 1).values[1:]),
    ("the nearest come last; the nearest must come first", _by(result=lambda ids: ids.flip(0))),
    ("the ids are right; the nearest must come first", _by(in_order=False), _by(result=lambda ids: ids.sort().values)),
    ("the nearest is left out: with the word's own cosine at `-torch.inf` take the first `k`", _by(first=1)),
    ("row 0 is always left out: leave out `word` alone", _by(out=lambda word: [0, word])),
    ("a zero row is left out; its cosine is 0, which is more than a negative one",
     _by(lambda w, q: _cosine(w, q).where(w.any(dim=1), -2))),
    ("words of the same direction as the word are left out too: leave out `word` alone",
     _by(lambda w, q: (cosine := _cosine(w, q)).where(cosine < 0.9999, -2))),
    ("short rows are not scaled to length 1: the clamp should raise a length of 0 alone, `min=1e-12`",
     *[_by(lambda w, q, least=least: w / w.norm(dim=1, keepdim=True).clamp(min=least) @ q) for least in (1, 0.1)]),
    ("a number is added to each length, which short rows feel: raise a length of 0 alone, by `clamp`",
     *[_by(lambda w, q, eps=eps: w / (w.norm(dim=1, keepdim=True) + eps) @ q) for eps in (1, 0.1, 0.01, 1e-3)]),
    ("the word's row is removed, so the ids after it move up by one: set its cosine to `-torch.inf` instead",
     lambda w, word, k: _cosine(torch.cat([w[:word], w[word + 1 :]]), w[word]).topk(k).indices),
)  # fmt: skip
ADVICE = (("must match the size of tensor", "Lengths divide rows as (V, 1): `norm(dim=1, keepdim=True)`."),)


def _draw(chance: Chance) -> tuple[torch.Tensor, int, int]:
    """Any weight; a row may be zeros, or parallel to the word's and of either sign, and all may be very short."""
    V, E = chance.n(4), chance.n(2)
    weight, word, other = chance.normal(V, E), *chance.sample(range(V), 2)
    if chance.random() < 0.5:
        weight[other] = chance.choice([2, -2]) * weight[word]
    elif chance.random() < 0.5:
        weight[other] = 0
    return weight * chance.choice([1e-3, 1, 1, 50]), word, chance.randint(1, V - 1)


def examine(trial: Trial) -> None:
    cases = []
    for seed, (V, E, word, k) in enumerate([(8, 3, 1, 3), (6, 3, 5, 3), (100, 16, 42, 10), (4, 2, 1, 3), (6, 2, 0, 2)]):
        # Rows of very different lengths, so that dot product, distance and cosine disagree.
        cases.append((normal(seed, V, E) * torch.rand(V, 1, generator=seeded(seed)).mul(3).exp(), word, k))
    cases.append((torch.tensor([[1.0, 0.0], [0.6, 0.8], [-3.0, 0.0]]), 0, 2))  # the last one has the cosine -1
    cases.append((torch.tensor([[2.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), 1, 1))  # the first one has the cosine 1, too
    padded = normal(7, 8, 4)
    padded[PAD] = 0
    alike = torch.tensor([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0], [3.0, 1.0]])  # which two come first, nobody can tell
    same = [(alike, word, k) for word in range(3) for k in (1, 2)]
    for weight, word, k in chain(cases, [(padded, 3, 4)], drawn(_draw), same):
        got, expected = trial.call(weight, word, k), nearest(weight, word, k)
        if isinstance(got, torch.Tensor) and got.dtype == torch.int64 and got.ndim == 1:
            ranked = nearest(weight, word, len(weight) - 1)
            turned = len(got) > 1 and got.tolist() == [word, *ranked.flip(0).tolist()][: len(got)]
            order = "the word itself and the farthest come back: `argsort` and `sort` need `descending=True`"
            trial.require(not turned, order, expected=expected, got=got)
            itself = "the word itself is among its neighbours: set its cosine to `-torch.inf` (not 0) before `topk`"
            trial.require(word not in got.tolist(), itself, expected=expected, got=got)
            several = f"`k` is {k}: so many neighbours are asked for, got {len(got)}"
            trial.require(len(got) == k, several, outcome=Outcome.SHAPE, expected=expected, got=got)
            zero = "a zero row stands at the wrong place: rank by its cosine, which is 0 (0 / 0 is NaN: `F.normalize`)"
            ranked, others = ranked[weight[ranked].any(dim=1)], got[weight[got].any(dim=1)]
            right = len(others) == k or got.equal(expected) or not others.equal(ranked[: len(others)])
            trial.require(right, zero, expected=expected, got=got)
            if weight is alike:
                right = weight[got].equal(weight[expected]) and len(got.unique()) == k
                trial.require(right, "the nearest are the other words with the same vector, each of them once", got=got)
                continue
        trial.compare(got, expected, inputs=(weight, word, k))


EXERCISE = Exercise(id="01.nearest", reference=nearest, difficulty=2, minutes=8,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "The cosine is the dot product of rows of length 1: `weight / weight.norm(dim=1, keepdim=True)` scales all.",
        "A word is always nearest to itself: set its own cosine to `-torch.inf` before `topk`.",
        "A row of zeros has length 0, 0/0 is NaN: `.clamp(min=1e-12)` the lengths, or `F.normalize(weight, dim=1)`."),
    explanation="""Cosine and not the dot product: the length of a word vector mostly tells how frequent it is, so the
dot product would name the same frequent words as neighbours of everything. The word is left out by its position, and
the zero row of `<pad>` is not NaN: `F.normalize` divides by the length, or by `eps` if larger.""")  # fmt: skip
