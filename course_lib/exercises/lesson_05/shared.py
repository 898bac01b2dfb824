"""What several exercises of lesson 05 are examined with."""

from typing import Any

import torch
from torch import Tensor

from course_lib.attention import attend, dot, general
from course_lib.exercises.kit import Chance, Function, Mistake, Named, Trial, normal
from course_lib.exercises.lesson_04.shared import gradients_of_all, parts_agree

Pair = tuple[Tensor, Tensor]  # the state (h, c) of an LSTM


def _dot(q: Tensor, k: Tensor) -> Tensor:
    """Each score function has names of its own for its parameters."""
    return dot(q, k)


DOT = Named("dot", _dot)
SCALED = Named("dot with scaled=True", lambda q, k: dot(q, k, scaled=True))
BY_PLACE = ("unexpected keyword argument", "Score functions name their parameters as they like: `score(query, key)`.")
WEIGHTS = "these are weights: the score function gives scores, the softmax comes later"
EQUAL = "a sentence with nothing to attend to gets equal weights; they must be 0, as your `masked_softmax` makes them"
LENGTHS = "how many are True is not enough: take the mask itself, padding need not stand at the end"
KEY_FIRST = "`score` is called with the key first: it should be `score(query, key)`"
SQUEEZED = "axes of size 1 are lost, as by a bare `squeeze()`: it takes the batch, too, where B is 1. Leave it out"
SQUEEZED_STEP = "a bare `squeeze()` takes off the batch, too, where B is 1: `context[:, 0]`, `weights[:, 0]`"
_ONE_QUERY = "`attend` takes T queries: `h[:, None]` is one of them, (B, 1, H)."
_UNSQUEEZED = (
    "Ask with `h[:, None]`; then take `context[:, 0]` and `weights[:, 0]`. `squeeze()` takes off a batch of 1, too."
)
STEP_ADVICE = BY_PLACE, ("same number of dimensions", _UNSQUEEZED), ("imension", _ONE_QUERY)


def score_mistakes(make: Function) -> tuple[Mistake, ...]:
    """What goes wrong with any score function. `make` takes `given`, other (query, key), and `result`, other scores."""
    return (
        ("the scores are turned: they are (B, T, S), row t for query t, column j for source position j",
         make(result=lambda scores: scores.mT)),
        ("`view` and `reshape` don't make (B, T, S) of (B, S, T): `.transpose(1, 2)`",
         make(result=lambda scores: scores.mT.reshape(scores.shape))),
        (WEIGHTS, make(result=lambda scores: scores.softmax(-1))),
        (SQUEEZED, make(result=torch.squeeze)),
        ("the scores of the keys from number T on stay 0: run over all keys, S is `key.shape[1]`",
         make(result=lambda scores: scores * (torch.arange(scores.shape[2]) < scores.shape[1]))),
        ("the first query of each sentence is used at all steps",
         make(given=lambda q, k: (q[:, :1].expand_as(q), k))),
        ("the last query of each sentence is used at all steps",
         make(given=lambda q, k: (q[:, -1:].expand_as(q), k))),
        ("the largest score of each row is subtracted: leave that to the softmax",
         make(result=lambda scores: scores - scores.amax(-1, keepdim=True))),
        ("the queries of the first sentence are used for all of them",
         make(given=lambda q, k: (q[:1].expand_as(q), k))),
        ("the keys of the first sentence are used for all of them",
         make(given=lambda q, k: (q, k[:1].expand_as(k)))),
        ("all sentences are mixed: queries must meet the keys of their own sentence only",
         make(given=lambda q, k: (q, k.sum(0).expand_as(k)))),
    )  # fmt: skip


def real(*lengths: int, S: int | None = None) -> Tensor:
    """True at the first so many places of each row."""
    return torch.arange(S or max(lengths)) < torch.tensor(lengths).unsqueeze(1)


def one(query: Tensor, key: Tensor, value: Tensor, mask: Tensor, score: Function) -> Pair:
    """Attention with one query per sentence, (B, H)."""
    context, weights = attend(query[:, None], key, value, mask, score)
    return context[:, 0], weights[:, 0]


def unfilled(scores: Tensor, mask: Tensor) -> Tensor:
    return scores.masked_fill(~mask, torch.finfo(scores.dtype).min).softmax(-1)


def _weighed(by: Function) -> Function:
    """Another `one`, with weights made by another function of scores and mask."""

    def look(q: Tensor, k: Tensor, v: Tensor, m: Tensor, score: Function) -> Pair:
        weights = by(score(q[:, None], k), m[:, None])
        return (weights @ v)[:, 0], weights[:, 0]

    return look


def look_mistakes(make: Function) -> tuple[Mistake, ...]:
    """What goes wrong with the attention of a step; `make` takes `look`, another `one`."""
    return (
        ("keys and values are interchanged in the call of `attend`",
         make(look=lambda q, k, v, m, f: one(q, v, k, m, f) if k.shape == v.shape else one(q, k, v, m, f))),
        ("the weights multiply the keys: hand `attend` the key, then the value",
         make(look=lambda q, k, v, m, f: one(q, k, k, m, f))),
        ("the scores are those of `dot`, whatever `score` is: hand the given function to `attend`",
         make(look=lambda q, k, v, m, f: one(q, k, v, m, DOT))),
        (KEY_FIRST, make(look=lambda q, k, v, m, f: one(q, k, v, m, lambda q, k: f(k, q).mT))),
        ("every sentence looks at the first one, as with `h[None]`, one sentence of B steps: ask with `h[:, None]`",
         make(look=lambda q, k, v, m, f: tuple(part[0] for part in attend(q[None], k, v, m, f)))),
        ("`attend` gives the context first, then the weights: yours are interchanged",
         make(look=lambda *to: one(*to)[::-1])),
        ("the mask is not used: padding is attended to", make(look=lambda q, k, v, m, f: one(q, k, v, m | True, f))),
        ("the mask is inverted: hand it to `attend` as it is", make(look=lambda q, k, v, m, f: one(q, k, v, ~m, f))),
        ("the mask comes after the softmax, so the rest doesn't sum to 1: call your `attend`",
         make(look=_weighed(lambda s, m: s.softmax(-1) * m))),
        (EQUAL, make(look=_weighed(unfilled))),
    )  # fmt: skip


class _Cell:
    """An LSTM cell with fixed weights, E inputs and H units, which can be called and shown."""

    def __init__(self, E: int, H: int, seed: int):
        shapes = [(4 * H, E), (4 * H, H), (4 * H,), (4 * H,)]
        self.weights = [normal(seed + i, *shape) for i, shape in enumerate(shapes)]
        self.sizes = f"E={E}, H={H}"

    def __call__(self, x: Tensor, state: Any) -> Pair:
        if not isinstance(state, tuple) or len(state) != 2:
            raise TypeError(f"the cell takes x and the state (h, c), a pair, got a {type(state).__name__}")
        return torch.lstm_cell(x, state, *(weight.to(x) for weight in self.weights))

    def __repr__(self) -> str:
        return f"an LSTM cell with {self.sizes}"


STEPS = [(2, 3, 3, 3, 3, (3, 2)), (3, 4, 2, 3, 3, (1, 4, 2)), (1, 2, 2, 4, 3, (2,)), (2, 5, 4, 2, 3, (4, 5))]


def step_arguments(seed: int, *, wider: bool) -> tuple[Any, ...]:
    """cell, x, state, key, value, mask and score of case `seed` of `STEPS`; the cell reads [x; context] if `wider`."""
    B, S, E, H, size, lengths = STEPS[seed]
    cell = _Cell(E + size if wider else E, H, 300 + seed)
    x, h, c = normal(seed, B, E), normal(seed + 10, B, H), normal(seed + 20, B, H)
    key, value = normal(seed + 30, B, S, H), normal(seed + 40, B, S, size)
    return cell, x, (h, c), key, value, real(*lengths, S=S), (DOT, SCALED)[seed % 2]


def drawn_step(chance: Chance, *, wider: bool) -> tuple[Any, ...]:
    """The arguments of a step of any sizes, with any mask; a sentence may be all padding."""
    B, S, E, H, size = (chance.n() for _ in range(5))
    cell = _Cell(E + size if wider else E, H, chance.randrange(10**6))
    state = chance.normal(B, H), chance.normal(B, H)
    looked_up = chance.normal(B, S, H), chance.normal(B, S, size), chance.mask(B, S) & (chance.share(B, 1) < 0.9)
    weight = chance.normal(H, H)
    by_weight = Named("general", lambda query, key: general(query, key, weight.to(query)))  # not the same turned round
    return cell, chance.normal(B, E), state, *looked_up, chance.choice([DOT, SCALED, by_weight])


def examine_step(trial: Trial, cases: list[tuple[Any, ...]], names: str, detached: tuple[Mistake, ...]) -> None:
    """A step of a decoder, which returns three things of these names, and its gradients, which `detached` cuts."""
    for arguments in cases:
        parts_agree(trial, trial.call(*arguments), arguments, f"3 things, `return {names}`", 3)
    for cell, x, (h, c), key, value, *rest in (*cases[:2], cases[-1]):

        def closed(f: Function, x, h, c, key, value, cell=cell, rest=rest):  # type: ignore[no-untyped-def]
            return f(cell, x, (h, c), key, value, *rest)

        gradients_of_all(trial, closed, x, h, c, key, value, mistakes=detached)
