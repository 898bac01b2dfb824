"""Exercise 07.online_softmax: the running maximum, sum and context, from nothing, over scores of any size."""

import math

import torch
from torch import Tensor

from course_lib.exercises.kit import Chance, Exercise, Function, Mistake, Outcome, Trial, drawn, normal, with_parts
from course_lib.exercises.lesson_04.shared import gradients_of_all
from course_lib.transformer.online import online_softmax

State = tuple[Tensor, Tensor, Tensor]


def _visible(m: Tensor) -> Tensor:
    """What is subtracted: where nothing was seen, 0."""
    return m.masked_fill(m.isinf(), 0)


@with_parts
def _with(
    scores: Tensor,
    values: Tensor,
    state: State,
    *,
    new: Function = lambda m, s: torch.maximum(m, s.amax(-1, keepdim=True)),
    shift: Function = _visible,
    before: Function = lambda m, n: (m - n).exp(),
    total: bool = True,
    context: bool = True,
    weights: Function = lambda s, n, m: (s - n).exp(),
    summed: Function = lambda w: w.sum(-1, keepdim=True),
    weighted: Function = torch.matmul,
    emptied: Function = lambda hidden: hidden.new_zeros(()),
    result: Function = lambda *state: state,
) -> State:
    """Another maximum, correction of what came before, other weights, another sum of them, another state."""
    m, l, c = state  # noqa: E741 - the names of the formula
    n = new(m, scores)
    old, w = before(m, shift(n)), weights(scores, shift(n), m)
    both = l * (old if total else 1) + summed(w), c * (old if context else 1) + weighted(w, values)
    made: State = result(n, *(each.masked_fill(emptied(scores.isinf()), 0) for each in both))
    return made


MISTAKES: tuple[Mistake, ...] = (
    ("what came before is not corrected: it was summed with another maximum, times e^(m - m')",
     _with(total=False, context=False)),
    ("the sum so far is not corrected: times e^(m - m')", _with(total=False)),
    ("the context so far is not corrected: times e^(m - m')", _with(context=False)),
    ("the correction is the wrong way round: e^(m - m'), the old maximum minus the new one",
     _with(before=lambda m, n: (n - m).exp().masked_fill(m.isinf(), 0)), _with(before=lambda m, n: (n - m).exp())),
    ("an exponential is left out: the powers are e^(m - m') and e^(s - m')", _with(before=torch.sub),
     _with(weights=lambda s, n, m: s - n), _with(before=torch.sub, weights=lambda s, n, m: s - n)),
    ("the old maximum is subtracted from the scores; it should be the new one",
     _with(weights=lambda s, n, m: (s - m).exp())),
    ("the old maximum is given back; the new one belongs there",
     lambda s, v, old: (old[0], *online_softmax(s, v, old)[1:])),
    ("the largest score of the block is subtracted from its scores; it should be m', the larger of it and the old m",
     _with(weights=lambda s, n, m: (s - _visible(s.amax(-1, keepdim=True))).exp())),
    ("the block is corrected, too; e^(m - m') belongs to what came before alone",
     _with(weights=lambda s, n, m: (s - n).exp() * (m - n).exp())),
    ("where the old m is -inf, 0 is subtracted; it should be m', and 0 only where that is -inf",
     _with(weights=lambda s, n, m: (s - n.masked_fill(m.isinf(), 0)).exp())),
    ("the context goes on from the sum; it should go on from the old context, c e^(m - m')",
     lambda s, v, state: (*(new := online_softmax(s, v, (*state[:2], 0 * state[2])))[:2],
                          new[2] + new[1] * (state[0] - _visible(new[0])).exp())),
    ("the weights of the block are averaged; they should be added up",
     _with(summed=lambda w: w.mean(-1, keepdim=True), weighted=lambda w, values: w @ values / w.shape[-1])),
    ("the scores are divided by the root of d_k; that was done before they came",
     lambda s, values, state: online_softmax(s / values.shape[-1] ** 0.5, values, state)),
    ("of equally large scores only one counts; each does",
     _with(weights=lambda s, n, m: (s - n).exp().masked_fill(
         (s == s.amax(-1, keepdim=True)) & (torch.arange(s.shape[-1]) != s.argmax(-1, keepdim=True)), 0))),
    ("what came before is left out where the block's largest score equals m; it counts there, too",
     lambda s, v, state: online_softmax(s, v, (state[0], *(
         x.masked_fill(state[0] == s.amax(-1, keepdim=True), 0) for x in state[1:])))),
    ("the maximum is that of this block alone; take the larger of it and the old m",
     _with(new=lambda m, s: s.amax(-1, keepdim=True))),
    ("the maximum of the first block stays; a later block may have a larger one",
     _with(new=lambda m, s: torch.where(m.isinf(), s.amax(-1, keepdim=True), m))),
    ("the maximum is over all queries; each has its own: `scores.max(-1, keepdim=True).values`",
     _with(new=lambda m, s: torch.maximum(m, s.max())),
     _with(new=lambda m, s: torch.maximum(m, s.max()).max().expand_as(m))),
    ("the maximum is over the queries; it should be over the keys: `scores.max(-1, keepdim=True).values`",
     _with(new=lambda m, s: torch.maximum(m, s.amax(-2, keepdim=True).mT))),
    ("the place of the largest score is taken; take the score itself, `scores.max(-1, keepdim=True).values`",
     _with(new=lambda m, s: torch.maximum(m, s.argmax(-1, keepdim=True)))),
    ("the sum of the block should be one number for each query, (..., T, 1): `weights.sum(-1, keepdim=True)`",
     _with(summed=lambda w: w.sum(-1)), _with(summed=lambda w: w.sum(-2, keepdim=True))),
    ("no maximum is subtracted from the scores", _with(weights=lambda s, *_: s.exp())),
    ("the weights of the block are divided by its own sum; only at the end is anything divided",
     _with(weights=lambda s, *_: s.softmax(-1))),
    ("what came before is left out; add the old l and c, times e^(m - m')",
     _with(before=lambda m, n: torch.zeros_like(n))),
    ("a block without a larger score is left out; its scores count, too",
     lambda s, v, old: online_softmax(s, v, old) if (s.amax(-1, keepdim=True) > old[0]).any() else old),
    ("the context is divided by the sum already; that comes after the last block",
     _with(result=lambda m, total, c: (m, total, c / total)),
     _with(result=lambda m, total, c: (m, total, (c / total).nan_to_num(0))),
     lambda s, v, old: (*(n := online_softmax(s, v, (*old[:2], old[2] * old[1])))[:2], n[2] / n[1])),
    ("context and sum are interchanged: m, l, c", _with(result=lambda m, total, c: (m, c, total)),
     lambda s, v, state: tuple(online_softmax(s, v, (*state[::2], state[1]))[i] for i in (0, 2, 1))),
    ("maximum and sum are interchanged: m, l, c", _with(result=lambda m, total, c: (total, m, c))),
    ("the block of values is not weighted with its scores; `weights @ values`",
     _with(weighted=lambda w, values: values.sum(-2, keepdim=True))),
    ("the powers have the base 2; they should be powers of e",
     _with(before=lambda m, n: (m - n).exp2(), weights=lambda s, n, m: (s - n).exp2())),
    ("a hidden score becomes 0, and counts with e^(0 - m'); its weight should be 0",
     _with(weights=lambda s, n, m: (s.masked_fill(s.isinf(), 0) - n).exp()),
     lambda s, values, state: online_softmax(s.masked_fill(s.isinf(), 0), values, state),
     _with(weights=lambda s, n, m: (s.masked_fill(s.isinf() & s.isfinite().any(-1, keepdim=True), 0) - n).exp())),
    ("a block with a hidden key is left out; its other keys count",
     lambda s, values, state: state if s.isinf().any() else online_softmax(s, values, state)),
    ("where nothing is seen l' is 1; it is 0 there", _with(result=lambda m, t, c: (m, t.masked_fill(m.isinf(), 1), c))),
    ("where all is hidden nan becomes 0 before the exponential, and each e^0 = 1 counts; it should be 0",
     _with(shift=torch.positive, before=lambda m, n: (m - n).nan_to_num(0).exp(),
           weights=lambda s, n, m: (s - n).nan_to_num(0).exp())),
    ("where all is hidden m' becomes 0; it should stay -inf: subtract 0 there, and return -inf",
     _with(new=lambda m, s: _visible(torch.maximum(m, s.amax(-1, keepdim=True))))),
    ("where a whole block is hidden, what was summed before is lost: l' and c' are 0 only where m' is -inf",
     _with(emptied=lambda hidden: hidden.all(-1, keepdim=True))),
    ("one hidden key sets l' and c' to 0; they are 0 only where m' is -inf",
     _with(emptied=lambda hidden: hidden.any(-1, keepdim=True))),
    ("a hidden score becomes a large negative number, which counts where all is hidden; leave it -inf",
     *[lambda s, values, state, n=n: online_softmax(s.clamp(min=n), values, state) for n in (-1e4, -1e9, -1e30)]),
    ("one query that sees nothing sets l' and c' of all queries to 0; each has its own",
     _with(result=lambda m, total, c: (m, total * ~m.isinf().any(), c * ~m.isinf().any()))),
    ("a large negative maximum is taken for that of hidden keys; only -inf is",
     *[_with(shift=lambda n, least=least: n.masked_fill(n < least, 0)) for least in (-1e3, -1e4, -1e5)]),
    ("the maximum is cut off before it is subtracted (`clamp`?); scores may lie far below",
     *[_with(shift=lambda n, least=least: n.clamp(min=least)) for least in (-1e5, -1e4, -1e3, -100.0, -50.0, 0.0)]),
)  # fmt: skip
ADVICE = (
    ("must match the size of tensor", "The largest of each row is (..., T, 1), `scores.max(-1, keepdim=True).values`; "
     "the values are weighted in a product of matrices, `weights @ values`."),
    ("Dimension out of range", "There may be no sentences and no heads in front: count dimensions from behind, -1."),
)  # fmt: skip
_REPLACED: Mistake = (
    "its value is right, but the gradient is nan where nothing is seen: e^nan was computed, and then replaced. "
    "Subtract 0 there, before the exponential",
    _with(shift=torch.positive, before=lambda m, n: (m - n).exp().nan_to_num(0),
          weights=lambda s, n, m: (s - n).exp().nan_to_num(0)),
    _with(shift=torch.positive, result=lambda m, *both: (m, *(x.masked_fill(m.isinf(), 0) for x in both))),
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
    level, whole = chance.choice([0, 0, -500, 500]), chance.random() < 0.3  # whole numbers: several may be the largest
    scores, before = (
        (level + (each.round() if whole else each)).masked_fill(chance.share(*front, T, n) < 0.3, -math.inf)
        for each in (chance.normal(*front, T, n, most=50), chance.normal(*front, T, n, most=50))
    )
    start = _start(T, d_k)
    state = tuple(each.expand(*front, *each.shape).clone() for each in start)
    return scores, values, online_softmax(before, values, state) if chance.random() < 0.7 else state  # type: ignore[arg-type, return-value]


def examine(trial: Trial) -> None:
    for seed, (T, S, d_k, block, scale) in enumerate(
        [(2, 6, 3, 2, 1), (1, 4, 2, 1, 3), (3, 5, 2, 3, 200), (2, 3, 4, 3, 1)]  # the first state is under way
    ):
        rising = torch.arange(S) if seed % 2 == 0 else 0  # the largest comes late
        scores, values = scale * normal(seed, T, S) + rising, normal(seed + 10, S, d_k)
        state = online_softmax(normal(20, T, 2), normal(21, 2, d_k), _start(T, d_k)) if seed == 0 else _start(T, d_k)
        for begin in range(0, S, block):
            given = scores[:, begin : begin + block], values[begin : begin + block], state
            got = trial.call(*given)
            three = isinstance(got, tuple | list) and len(got) == 3
            trial.require(three, _THREE, outcome=Outcome.TYPE, got=got)
            state = online_softmax(*given)
            trial.compare(tuple(got), state, inputs=given)
    hidden = torch.tensor([[-math.inf, -math.inf], [0.0, -math.inf]])
    given = hidden, normal(3, 2, 2), _start(2, 2)
    nan = "where nothing is seen -inf - -inf is nan: in both differences subtract 0 (`masked_fill` gives a new tensor)"
    got = trial.call(*given)
    trial.require(not any(torch.isnan(each).any() for each in got), nan, got=got)
    trial.compare(tuple(got), online_softmax(*given), inputs=given)
    low = [(torch.full((1, 1), least), normal(4, 1, 2), _start(1, 2)) for least in (-2e4, -1e6)]
    for given in (*low, *drawn(_draw)):
        trial.compare(tuple(trial.call(*given)), online_softmax(*given), inputs=given)
    _examine_gradients(trial)


def _examine_gradients(trial: Trial) -> None:
    """Those of the weighted mean after two blocks: what is subtracted may be detached, for it changes nothing there."""
    start = tuple(each.expand(2, *each.shape) for each in _start(3, 2))
    hidden = torch.zeros(2, 3, 4)
    hidden[0, 0, :2] = hidden[1, 1] = -math.inf  # a query that sees nothing in the first block, and one that never does

    def mean(f: Function, scores: Tensor, values: Tensor) -> Tensor:
        seen = scores + hidden
        _, total, c = f(seen[..., 2:], values[:, 2:], tuple(f(seen[..., :2], values[:, :2], start)))
        return c / total.masked_fill(total == 0, 1)  # type: ignore[no-any-return]

    gradients_of_all(trial, mean, normal(30, 2, 3, 4), normal(40, 2, 4, 2), mistakes=[_REPLACED])


EXERCISE = Exercise(id="07.online_softmax", reference=online_softmax, difficulty=4, minutes=15, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "The new maximum: `torch.maximum(m, scores.max(-1, keepdim=True).values)`. What was summed with the old one is "
        "too large by the factor e^(m' - m): multiply it by `before = (m - new).exp()`.",
        "The block: `weights = (scores - new).exp()`; then `l * before + weights.sum(-1, keepdim=True)` and "
        "`c * before + weights @ values`.",
        "Where nothing was to be seen so far, the maximum is -inf; subtract 0 there, in both differences: "
        "`shift = new.masked_fill(new.isinf(), 0)`."), explanation="""
e^(s - m) e^(m - m') is e^(s - m'): what was computed with a smaller maximum is made right by one factor, for a whole
row at once. So no score is needed twice, and none has to be kept. Attention in blocks takes memory for one block of
weights instead of T times S of them; that it is also faster on a graphics card is because those weights never leave the
chip (Dao and others 2022).""")  # fmt: skip
