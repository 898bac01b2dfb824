"""Exercise 07.online_softmax: the running maximum, sum and context, from nothing, over scores of any size."""

import math
from collections.abc import Callable

import torch
from torch import Tensor

from course_lib.exercises.kit import Chance, Exercise, Mistake, Outcome, Trial, drawn, normal, parted
from course_lib.transformer.online import online_softmax

State = tuple[Tensor, Tensor, Tensor]


@parted
def _with(
    *,
    new: Callable[[Tensor, Tensor], Tensor] = lambda m, s: torch.maximum(m, s.amax(-1, keepdim=True)),
    before: Callable[[Tensor, Tensor], Tensor] = lambda m, n: (m - n).exp(),
    total: bool = True,
    context: bool = True,
    weights: Callable[[Tensor, Tensor], Tensor] = lambda s, n: (s - n).exp(),
) -> Callable[..., State]:
    """Another maximum, correction of what came before, or weights."""

    def step(scores: Tensor, values: Tensor, state: State) -> State:
        m, l, c = state  # noqa: E741 - the names of the formula
        n = new(m, scores)
        old, w = before(m, n), weights(scores, n)
        return n, l * (old if total else 1) + w.sum(-1, keepdim=True), c * (old if context else 1) + w @ values

    return step


def _after(change: Callable[[Tensor, Tensor, Tensor], State]) -> Callable[..., State]:
    """The right state, changed."""
    return lambda scores, values, state: change(*online_softmax(scores, values, state))


MISTAKES: tuple[Mistake, ...] = (
    ("what came before is not corrected: it was summed with another maximum, times e^(m - m')",
     _with(total=False, context=False)),
    ("the sum so far is not corrected: times e^(m - m')", _with(total=False)),
    ("the context so far is not corrected: times e^(m - m')", _with(context=False)),
    ("the correction is the wrong way round: e^(m - m'), the old maximum minus the new one",
     _with(before=lambda m, n: (n - m).exp().masked_fill(m.isinf(), 0))),
    ("the maximum is that of this block alone; it is that of all so far",
     _with(new=lambda m, s: s.amax(-1, keepdim=True))),
    ("the maximum of the first block stays; a later block may have a larger one",
     _with(new=lambda m, s: torch.where(m.isinf(), s.amax(-1, keepdim=True), m))),
    ("the maximum is over all queries; each query has its own, `dim=-1`",
     _with(new=lambda m, s: torch.maximum(m, s.max()))),
    ("no maximum is subtracted from the scores", _with(weights=lambda s, n: s.exp())),
    ("the weights of the block are divided by its own sum; only at the end is anything divided",
     _with(weights=lambda s, n: s.softmax(-1))),
    ("what came before is left out", _with(before=lambda m, n: torch.zeros_like(n))),
    ("the context is divided by the sum already; that comes after the last block",
     _after(lambda m, total, c: (m, total, c / total))),
    ("context and sum are interchanged: m, l, c", _after(lambda m, total, c: (m, c, total))),
    ("the block of values is not weighted with its scores; `weights @ values`",
     lambda s, v, state: (*online_softmax(s, v, state)[:2],
                          state[2] * (state[0] - online_softmax(s, v, state)[0]).exp() + v.sum(-2, keepdim=True))),
)  # fmt: skip
_THREE = "return the three of the next state: m, l, c"


def _start(*shape: int) -> State:
    m = torch.full((*shape[:-1], 1), -math.inf)
    return m, torch.zeros_like(m), torch.zeros(shape)


def _draw(chance: Chance) -> tuple[Tensor, Tensor, tuple[Tensor, Tensor, Tensor]]:
    """A block and a state, with sentences and heads in front or without; some keys are hidden, now or before."""
    front = [chance.n() for _ in range(chance.randrange(3))]
    T, n, d_k = chance.n(), chance.n(), chance.n()
    values = chance.normal(*front, n, d_k)
    level = chance.choice([0, 0, -500, 500])
    scores, before = (
        (level + chance.normal(*front, T, n, most=50)).masked_fill(chance.share(*front, T, n) < 0.3, -math.inf)
        for _ in range(2)
    )
    start = _start(T, d_k)
    state = tuple(each.expand(*front, *each.shape).clone() for each in start)
    return scores, values, online_softmax(before, values, state) if chance.random() < 0.7 else state  # type: ignore[arg-type, return-value]


def examine(trial: Trial) -> None:
    for seed, (T, S, d_k, block, scale) in enumerate(
        [(2, 6, 3, 2, 1), (1, 4, 2, 1, 3), (3, 5, 2, 3, 200), (2, 3, 4, 3, 1)]
    ):
        rising = torch.arange(S) if seed % 2 == 0 else 0  # the largest comes late
        scores, values = scale * normal(seed, T, S) + rising, normal(seed + 10, S, d_k)
        state = _start(T, d_k)
        for begin in range(0, S, block):
            given = scores[:, begin : begin + block], values[begin : begin + block], state
            got = trial.call(*given)
            three = isinstance(got, tuple | list) and len(got) == 3
            trial.require(three, _THREE, outcome=Outcome.DTYPE, got=got)
            state = online_softmax(*given)
            trial.compare(tuple(got), state, inputs=given)
    hidden = torch.tensor([[-math.inf, -math.inf], [0.0, -math.inf]])
    given = hidden, normal(3, 2, 2), _start(2, 2)
    nan = "a query that may see nothing so far has m = -inf, and -inf - -inf is nan: subtract 0 there"
    got = trial.call(*given)
    trial.require(not any(torch.isnan(each).any() for each in got), nan, got=got)
    trial.compare(tuple(got), online_softmax(*given), inputs=given)
    for given in drawn(_draw):
        trial.compare(tuple(trial.call(*given)), online_softmax(*given), inputs=given)


EXERCISE = Exercise(id="07.online_softmax", reference=online_softmax, difficulty=4, minutes=15, examine=examine,
    mistakes=MISTAKES, hints=(
        "The new maximum: `torch.maximum(m, scores.max(-1, keepdim=True).values)`. What was summed with the old one is "
        "too large by e^(m' - m), or too small: multiply it by `(m - new).exp()`.",
        "The block: `weights = (scores - new).exp()`; then `l * before + weights.sum(-1, keepdim=True)` and "
        "`c * before + weights @ values`.",
        "Where nothing was to be seen so far, the maximum is -inf; subtract 0 there: "
        "`shift = new.masked_fill(new.isinf(), 0)`."), explanation="""
e^(s - m) e^(m - m') is e^(s - m'): what was computed with a smaller maximum is made right by one factor, for a whole
row at once. So no score is needed twice, and none has to be kept. Attention in blocks takes memory for one block of
weights instead of T times S of them; that it is also faster on a graphics card is because those weights never leave the
chip (Dao and others 2022).""")  # fmt: skip
