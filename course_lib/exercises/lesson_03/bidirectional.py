"""Exercise 03.bidirectional: two cells, one from each end, side by side."""

from typing import Any

import torch
from torch import Tensor

from course_lib.exercises.kit import Chance, Exercise, Function, Mistake, Outcome, Trial, drawn, normal, seeded
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell
from course_lib.masks import padding_mask
from course_lib.recurrent import bidirectional, last_state, reverse_padded
from course_lib.rnn import RNNCell, unroll


def _run(cell: Function, x: Tensor) -> Tensor:
    return unroll(cell, x)[0]


def _back(back: Function, real: Function = padding_mask) -> Function:
    """A way to go backwards wrongly: from (forward, backward, x, lengths) to other outputs; or with another mask."""
    return lambda f, b, x, n: torch.cat([_run(f, x), back(f, b, x, n)], -1) * real(n, x.shape[1]).unsqueeze(-1)


def _then(change: Function) -> Function:
    """The right halves, (B, T, H) each, and something else made of them."""
    return lambda *arguments: change(*bidirectional(*arguments).chunk(2, dim=-1))


def _not_back(f: Function, b: Function, x: Tensor, n: Tensor) -> Tensor:
    return _run(b, reverse_padded(x, n))


def _right(f: Function, b: Function, x: Tensor, n: Tensor) -> Tensor:
    return reverse_padded(_not_back(f, b, x, n), n)


def _flipped(f: Function, b: Function, x: Tensor, n: Tensor) -> Tensor:
    return _run(b, x.flip(1)).flip(1)


def _all(lengths: Tensor, T: int) -> Tensor:
    return torch.ones(len(lengths), T)


MISTAKES: tuple[Mistake, ...] = (
    ("the backward cell begins in the padding: turn within each length, `reverse_padded`", _back(_flipped)),
    ("the backward outputs are not turned back: row t must be about step t", _back(_not_back)),
    ("the backward outputs are turned back with the padding: use `reverse_padded` for this too",
     _back(lambda *a: _not_back(*a).flip(1))),
    ("the backward cell begins in the padding, and is not turned back", _back(lambda *a: _flipped(*a).flip(1))),
    ("the backward cell reads forwards: hand in `reverse_padded` of x", _back(lambda f, b, x, n: _run(b, x))),
    ("the backward cell reads forwards: turn its input", _back(lambda f, b, x, n: reverse_padded(_run(b, x), n))),
    ("the forward cell does both; one direction is for `backward`", lambda f, b, x, n: bidirectional(f, f, x, n)),
    ("the backward half comes first: h_t = [forward_t; backward_t]", _then(lambda a, b: torch.cat([b, a], dim=-1))),
    ("`forward` and `backward` are interchanged", lambda f, b, x, n: bidirectional(b, f, x, n)),
    ("the two halves are added; join them, `torch.cat([ahead, back], dim=-1)`", _then(lambda a, b: a + b)),
    ("the two halves are joined along the steps; h_t has 2H numbers, dim=-1", _then(lambda a, b: torch.cat([a, b], 1))),
    ("the two halves are joined along the batch; h_t has 2H numbers, dim=-1", _then(lambda a, b: torch.cat([a, b], 0))),
    ("the two halves are stacked; `torch.cat([ahead, back], dim=-1)` makes (B, T, 2H)",
     _then(lambda a, b: torch.stack([a, b], dim=2)), _then(lambda a, b: torch.stack([a, b]))),
    ("the numbers of the two halves alternate; the H of `forward` come first, then the H of `backward`",
     _then(lambda a, b: torch.stack([a, b], dim=-1).flatten(-2))),
    ("the padding is not zero: where t >= lengths[b] there is nothing to say", _back(_right, _all)),
    ("one step of the padding is not zero", _back(_right, lambda n, T: padding_mask((n + 1).clamp(max=T), T))),
    ("the last real step is zero too: t < lengths[b]", _back(_right, lambda n, T: torch.arange(T) < n[:, None] - 1)),
    ("the padding of the forward half is not zero",
     lambda f, b, x, n: torch.cat([_run(f, x), bidirectional(f, b, x, n).chunk(2, dim=-1)[1]], dim=-1)),
    ("the padding is not zero, and the backward cell begins in it: use `reverse_padded`", _back(_flipped, _all)),
    ("the backward outputs are not turned back, and the padding is not zero", _back(_not_back, _all)),
    ("the backward cell starts from the forward one's last state; each starts from zeros",
     _back(lambda f, b, x, n: reverse_padded(unroll(b, reverse_padded(x, n), unroll(f, x)[1])[0], n))),
    ("only one of the halves comes back; join the two, (B, T, 2H)", _then(lambda a, b: a), _then(lambda a, b: b)),
    ("only the last states come back; the outputs of all steps are asked for, (B, T, 2H)",
     lambda f, b, x, n: torch.cat([last_state(_run(f, x), n), last_state(_not_back(f, b, x, n), n)], dim=-1)),
)  # fmt: skip

_TWO = "`unroll` returns two things: `outputs, state = unroll(cell, x)`."


def examine(trial: Trial) -> None:
    makers: list[Function] = [RNNCell, LSTMCell, GRUCell, RNNCell]
    sizes = zip([(5, 2, 4), (4, 3, 2), (6, 3, 3), (3, 1, 2)], [[5, 2, 4], [2, 4, 1, 3], [3, 4], [3, 3]], strict=True)
    cases = []
    for seed, (make, ((T, E, H), lengths)) in enumerate(zip(makers, sizes, strict=True)):
        cells = [make(E, H, generator=seeded(10 * seed + k)).requires_grad_(False) for k in range(2)]
        cases.append((*cells, normal(seed, len(lengths), T, E), torch.tensor(lengths)))

    def draw(chance: Chance) -> tuple[Any, ...]:
        B, T, E, H = (chance.n() for _ in range(4))
        cells = [chance.choice(makers)(E, H, generator=chance.generator()).requires_grad_(False) for _ in range(2)]
        return *cells, chance.normal(B, T, E), torch.tensor(chance.lengths(B, T))

    for arguments in (*cases, *drawn(draw)):
        got = trial.call(*arguments)
        alone = "expected the outputs alone, (B, T, 2H), got a tuple"
        trial.require(not isinstance(got, tuple), alone, outcome=Outcome.DTYPE, got=got)
        trial.compare(got, bidirectional(*arguments), inputs=arguments)
    trial.gradients_agree(*arguments)


EXERCISE = Exercise(id="03.bidirectional", reference=bidirectional, difficulty=3, minutes=8, examine=examine,
    mistakes=MISTAKES,
    advice=tuple((sign, _TWO) for sign in ("expected Tensor as element", "must be tensors", "has no attribute")),
    hints=(
        "`ahead, _ = unroll(forward, x)` are the forward outputs; for the backward ones hand in `reverse_padded` of x.",
        "The backward outputs come in that cell's order: turn them by `reverse_padded`, so that row t is of step t.",
        "Join them along the last dimension, `torch.cat([ahead, back], dim=-1)`, and put zeros where t >= lengths[b]."),
    explanation="""Turn, unroll, turn back. What h_t holds is the sentence up to t from the left and down to t from the
right. The backward cell must begin at the last real word: had it read the padding first, its result would depend on the
other sentences in the batch. `masked_unroll(backward, x, mask=mask, reverse=True)` does the same.""")  # fmt: skip
