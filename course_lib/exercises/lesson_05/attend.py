"""Exercise 05.attend: compare, normalize where the mask allows, aggregate, for a batch of queries."""

from typing import Any

import torch
from torch import Tensor

from course_lib.attention import attend, dot, general, masked_softmax
from course_lib.exercises.kit import Chance, Exercise, Function, Named, Trial, drawn, normal, with_parts
from course_lib.exercises.lesson_04.shared import gradients_of_all, parts_agree
from course_lib.exercises.lesson_05.shared import BY_PLACE, DOT, EQUAL, KEY_FIRST, LENGTHS, SQUEEZED, real, unfilled

_WEIGHT = normal(77, 3, 5)
_GENERAL = Named("general", lambda query, key: general(query, key, _WEIGHT.to(query)))
_SQUARE = Named("general", lambda query, key: general(query, key, _WEIGHT[:2, :2].to(query)))


@with_parts
def _with(
    q: Tensor, k: Tensor, v: Tensor, real: Tensor, function: Function, *,
    score: Function = lambda q, k, v, f: f(q, k), mask: Function = lambda real: real[:, None],
    weigh: Function = masked_softmax, mix: Function = lambda w, k, v, m: w @ v,
    result: Function = lambda c, w, s: (c, w),
) -> object:  # fmt: skip
    """Attention with another comparison, mask, softmax, mean or result (of context, weights and scores)."""
    scores = score(q, k, v, function)
    weights = weigh(scores, mask(real))
    return result(mix(weights, k, v, real), weights, scores)


def _over(dim: int) -> Function:
    return lambda s, m: s.masked_fill(~m, -1e30).softmax(dim).masked_fill(~m, 0)


_NAN = "a sentence with nothing to attend to is NaN: 0 / 0. Its weights must be 0, as your `masked_softmax` makes them"

MISTAKES = (
    ("the mask is inverted: True is where attention may go", _with(mask=lambda m: ~m[:, None])),
    ("the mask is not used: padding is attended to", _with(weigh=lambda s, m: s.softmax(-1))),
    ("the mask comes after the softmax: what is left doesn't sum to 1", _with(weigh=lambda s, m: s.softmax(-1) * m)),
    ("the mask comes after the softmax, for the context alone: padding takes its share of the weights",
     lambda q, k, v, m, score: (score(q, k).softmax(-1) @ (v * m[:, :, None]), score(q, k).softmax(-1))),
    ("the context is made with weights that are not masked: use those that you return",
     lambda q, k, v, m, score: (score(q, k).softmax(-1) @ v, masked_softmax(score(q, k), m[:, None]))),
    ("masked scores become 0, and exp(0) is 1: padding is attended to",
     _with(weigh=lambda s, m: (s * m).softmax(-1)), _with(weigh=lambda s, m: (s * m).softmax(-1) * m)),
    (LENGTHS, _with(mask=lambda m: (torch.arange(m.shape[1]) < m.sum(1, keepdim=True))[:, None])),
    ("the mask of the first sentence is used for all of them: `mask[:, None]`", _with(mask=lambda m: m[:1, None])),
    ("the mask stands along the wrong axis: `mask[:, None]` is (B, 1, S)", _with(mask=lambda m: m[:, :, None])),
    ("(B, S) is laid over (T, S): the rows of the mask belong to sentences", _with(mask=lambda m: m)),
    ("the softmax runs over axis 1, the target steps: it should run over the last, the source", _with(weigh=_over(1)),
     *(_with(weigh=lambda s, m, low=low: (s - low * ~m).softmax(1)) for low in (0, 1e30)),
     _with(weigh=lambda s, m: s.softmax(1) * m)),
    ("the softmax runs over axis 0, the batch: it should run over the last, the source", _with(weigh=_over(0))),
    ("keys and values are interchanged: compare with the keys, then take the weighted sum of the values",
     _with(score=lambda q, k, v, f: f(q, v), mix=lambda w, k, v, m: w @ k)),
    ("the weights multiply the keys: compare with the keys, then take the weighted sum of the values",
     _with(mix=lambda w, k, v, m: w @ k)),
    ("the query is compared with the values, not the keys", _with(score=lambda q, k, v, f: f(q, v))),
    (KEY_FIRST, _with(score=lambda q, k, v, f: f(k, q)), _with(score=lambda q, k, v, f: f(k, q).transpose(1, 2))),
    ("`score` is not used: the scores are always those of `dot`", _with(score=lambda q, k, v, f: dot(q, k))),
    ("the scores are divided by sqrt(H) here: scaling is the score function's own business",
     _with(score=lambda q, k, v, f: f(q, k) / q.shape[-1] ** 0.5)),
    ("the weights come first: return the context, then the weights", _with(result=lambda c, w, s: (w, c))),
    ("the scores come back instead of the weights", _with(result=lambda c, w, s: (c, s))),
    ("the weights come back turned: they are (B, T, S)", _with(result=lambda c, w, s: (c, w.transpose(1, 2)))),
    ("the weights are turned before the product with the values", _with(mix=lambda w, k, v, m: w.transpose(1, 2) @ v)),
    ("the context is the one value with the largest weight: it should be the weighted mean of all",
     _with(mix=lambda w, k, v, m: v[torch.arange(len(v))[:, None], w.argmax(-1)])),
    ("the values of the first sentence are used for all of them", _with(mix=lambda w, k, v, m: w @ v[0])),
    ("the context is divided by S as well: the weights sum to 1", _with(mix=lambda w, k, v, m: w @ v / v.shape[1])),
    ("the scores are the weights: take your `masked_softmax`", _with(weigh=lambda s, m: s.masked_fill(~m, 0))),
    (EQUAL, _with(weigh=unfilled), _with(weigh=unfilled, mix=lambda w, k, v, m: w @ (v * m[:, :, None]))),
    (SQUEEZED, _with(result=lambda c, w, s: (c.squeeze(), w.squeeze())),
     _with(result=lambda c, w, s: (c.squeeze(), w)), _with(result=lambda c, w, s: (c, w.squeeze()))),
    ("the queries of the first sentence are used for all of them",
     _with(score=lambda q, k, v, f: f(q[:1].expand_as(q), k))),
    ("the keys of the first sentence are used for all of them",
     _with(score=lambda q, k, v, f: f(q, k[:1].expand_as(k)))),
    ("the values of all sentences are summed: each sentence has its own", _with(mix=lambda w, k, v, m: w @ v.sum(0))),
    ("target step t looks at the source up to t alone: only the mask forbids",
     _with(weigh=lambda s, m: masked_softmax(s, m & torch.ones(s.shape[1:], dtype=torch.bool).tril()))),
)  # fmt: skip
_DETACHED = (
    ("the context is made of detached weights: query and keys learn from it, too",
     _with(mix=lambda w, k, v, m: w.detach() @ v)),
    ("the weights that come back are detached: leave that out", _with(result=lambda c, w, s: (c, w.detach()))),
)  # fmt: skip
_FITS = "The mask (B, S) must fit scores (B, T, S): `mask[:, None]` is (B, 1, S)."
ADVICE = (
    BY_PLACE,
    ("Expected size for first two dimensions", "(B, T, S) @ (B, S, .): the weights before the values."),
    ("does not fit", _FITS), ("must match the size of tensor", _FITS),
)  # fmt: skip


def _draw(chance: Chance) -> tuple[Any, ...]:
    """Three sizes; any mask, padding in front or in the middle, too, and none or all of it real."""
    B, T, S, H, E = (chance.n() for _ in range(5))
    weight = chance.normal(H, chance.n())
    by_weight = Named("general", lambda query, key: general(query, key, weight.to(query)))
    Hk, score = chance.choice([(H, DOT), (weight.shape[1], by_weight)])
    return chance.normal(B, T, H), chance.normal(B, S, Hk), chance.normal(B, S, E), chance.share(B, S) < 0.6, score


def examine(trial: Trial) -> None:
    cases = [
        (normal(0, 2, 2, 2), normal(10, 2, 2, 2), normal(20, 2, 2, 2), real(1, 2), _SQUARE),
        (normal(0, 2, 3, 3), normal(10, 2, 3, 3), normal(20, 2, 3, 3), real(3, 2), DOT),
        (normal(1, 3, 3, 3), normal(11, 3, 3, 3), normal(21, 3, 3, 3), real(1, 3, 2), DOT),
        (normal(2, 3, 2, 3), normal(12, 3, 4, 5), normal(22, 3, 4, 2), real(4, 1, 3), _GENERAL),
        (normal(3, 1, 1, 3), normal(13, 1, 5, 5), normal(23, 1, 5, 5), real(5), _GENERAL),
        (normal(4, 2, 4, 3), normal(14, 2, 3, 3), normal(24, 2, 3, 6), real(2, 0, S=3), DOT),
    ]
    for arguments in cases:
        got = trial.call(*arguments)
        parts = [part for part in got if isinstance(part, Tensor)] if isinstance(got, tuple) else []
        trial.require(not any(part.isnan().any() for part in parts), _NAN, got=got)
        parts_agree(trial, got, arguments, "2 things, `return context, weights`")
    *tensors, mask, _ = cases[3]
    gradients_of_all(
        trial, lambda f, query, key, value: f(query, key, value, mask, _GENERAL), *tensors, mistakes=_DETACHED
    )
    for given in drawn(_draw):
        parts_agree(trial, trial.call(*given), given, "2 things, `return context, weights`")


EXERCISE = Exercise(id="05.attend", reference=attend, difficulty=3, minutes=8,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("The three steps again: `score(query, key)`, then your `masked_softmax`, then the weighted sum of values.",
           "The mask is (B, S), the scores are (B, T, S): `mask[:, None]` is (B, 1, S) and serves every step.",
           "`weights = masked_softmax(score(query, key), mask[:, None])`, and `return weights @ value, weights`."),
    explanation="""Nothing new beside the soft dictionary: a batch in front, T queries at once, and a mask. (B, T, S) @
(B, S, .) is one product of matrices per sentence. Everything that distinguishes one kind of attention from another is
in `score`, so it is handed in.""")  # fmt: skip
