"""What several exercises of lesson 05 are examined with."""

from typing import Any

import torch
from torch import Tensor

from course_lib.attention import attend, dot
from course_lib.exercises.kit import Chance, Function, Named, Trial, normal
from course_lib.exercises.lesson_04.shared import gradients_of_all, parts_agree

Pair = tuple[Tensor, Tensor]  # the state (h, c) of an LSTM
DOT = Named("dot", dot)
WEIGHTS = "these are weights: the score function gives scores, the softmax comes later"
TURNED = "the scores are turned: row t, column j is query t with key j, (B, T, S)"
_ONE_QUERY = "`attend` takes T queries: `h[:, None]` is one of them, (B, 1, H)."
_SQUEEZED = (
    "`attend` takes T queries, (B, T, H), and one is asked for: `h[:, None]` before it, and `[:, 0]` behind it for "
    "context and weights. A bare `squeeze()` would take off the batch, too, where B is 1."
)
STEP_ADVICE = ("same number of dimensions", _SQUEEZED), ("imension", _ONE_QUERY)


def real(*lengths: int, S: int | None = None) -> Tensor:
    """True at the first so many places of each row."""
    return torch.arange(S or max(lengths)) < torch.tensor(lengths).unsqueeze(1)


def one(query: Tensor, key: Tensor, value: Tensor, mask: Tensor, score: Function) -> Pair:
    """Attention with one query per sentence, (B, H)."""
    context, weights = attend(query[:, None], key, value, mask, score)
    return context[:, 0], weights[:, 0]


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
    return cell, x, (h, c), key, value, real(*lengths, S=S), DOT


def drawn_step(chance: Chance, *, wider: bool) -> tuple[Any, ...]:
    """The arguments of a step of any sizes, with any mask."""
    B, S, E, H, size = (chance.n() for _ in range(5))
    cell = _Cell(E + size if wider else E, H, chance.randrange(10**6))
    state = chance.normal(B, H), chance.normal(B, H)
    looked_up = chance.normal(B, S, H), chance.normal(B, S, size), chance.mask(B, S)
    return cell, chance.normal(B, E), state, *looked_up, DOT


def examine_step(trial: Trial, cases: list[tuple[Any, ...]], names: str) -> None:
    """A step of a decoder, which returns three things of these names, and its gradients."""
    for arguments in cases:
        parts_agree(trial, trial.call(*arguments), arguments, f"3 things, `return {names}`", 3)
    for cell, x, (h, c), key, value, *rest in (*cases[:2], cases[-1]):

        def closed(f: Function, x, h, c, key, value, cell=cell, rest=rest):  # type: ignore[no-untyped-def]
            return f(cell, x, (h, c), key, value, *rest)

        gradients_of_all(trial, closed, x, h, c, key, value)
