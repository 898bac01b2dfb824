"""Exercise 03.bidirectional: two cells, one from each end, side by side."""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.kit import (
    Chance,
    Exercise,
    Function,
    Mistake,
    Outcome,
    Trial,
    drawn,
    normal,
    seeded,
    with_parts,
)
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell
from course_lib.masks import padding_mask
from course_lib.recurrent import bidirectional, last_state, reverse_padded
from course_lib.rnn import RNNCell, unroll


def _both(
    forward: Function, backward: Function, x: Tensor, lengths: Tensor, *,
    cells: Function = lambda f, b: (f, b), first: Function = lambda x, n: x,
    turn: Function = reverse_padded, start: Function = lambda state: None,
    back: Function = reverse_padded, real: Function = padding_mask, zeros: Function = lambda a, b, m: (a * m, b * m),
    join: Function = lambda a, b: torch.cat([a, b], dim=-1), result: Function = lambda both, lengths: both,
) -> Tensor:  # fmt: skip
    """Both directions, to be done wrongly: `turn` before the backward cell, `back` after it, `zeros` in both halves."""
    forward, backward = cells(forward, backward)
    ahead, state = unroll(forward, first(x, lengths))
    behind = back(unroll(backward, turn(x, lengths), start(state))[0], lengths)
    mask = real(lengths, x.shape[1]).unsqueeze(-1)
    return result(join(*zeros(ahead, behind, mask)), lengths)  # type: ignore[no-any-return]


def _same(x: Tensor, lengths: Tensor) -> Tensor:
    return x


def _flip(x: Tensor, lengths: Tensor) -> Tensor:
    return x.flip(1)


def _later(outputs: Tensor, lengths: Tensor) -> Tensor:
    """Turned back, and at each step what belongs to the next one, zeros at the last."""
    turned = reverse_padded(outputs, lengths) * padding_mask(lengths, outputs.shape[1]).unsqueeze(-1)
    return torch.cat([turned[:, 1:], torch.zeros_like(turned[:, :1])], dim=1)


def _none(a: Tensor, b: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    return a, b


_with = with_parts(_both)
_JOIN = "`torch.cat([ahead, back], dim=-1)`"
MISTAKES: tuple[Mistake, ...] = (
    ("the backward cell begins in the padding: turn within each length, `reverse_padded`",
     _with(turn=_flip, back=_flip)),
    ("the backward outputs are not turned back: use `reverse_padded` on them, too", _with(back=_same)),
    ("the backward outputs are turned back with the padding: use `reverse_padded` for this too", _with(back=_flip)),
    ("x is turned with the padding: use `reverse_padded` for this too", _with(turn=_flip)),
    ("the backward cell begins in the padding, and is not turned back: use `reverse_padded` for both",
     _with(turn=_flip, back=_same)),
    ("the backward cell reads forwards: hand in `reverse_padded` of x, and turn its outputs back",
     _with(turn=_same, back=_same)),
    ("the backward cell reads forwards: turn its input", _with(turn=_same)),
    ("the forward cell does both; one direction is for `backward`", _with(cells=lambda f, b: (f, f))),
    ("the backward cell does both; the first direction is for `forward`", _with(cells=lambda f, b: (b, b))),
    ("the forward cell reads backwards, too; it should read x as it is", _with(first=reverse_padded)),
    ("`forward` and `backward` are interchanged", _with(cells=lambda f, b: (b, f))),
    ("the backward half comes first: h_t = [forward_t; backward_t]",
     _with(join=lambda a, b: torch.cat([b, a], dim=-1))),
    (f"the two halves are added, or their mean is taken; join them, {_JOIN}", _with(join=lambda a, b: a + b),
     _with(join=lambda a, b: (a + b) / 2)),
    ("the two halves are joined along the steps; h_t has 2H numbers, dim=-1",
     _with(join=lambda a, b: torch.cat([a, b], dim=1))),
    ("the two halves are joined along the batch; h_t has 2H numbers, dim=-1",
     _with(join=lambda a, b: torch.cat([a, b]))),
    (f"the two halves are stacked; {_JOIN} makes (B, T, 2H)", _with(join=lambda a, b: torch.stack([a, b], dim=2)),
     _with(join=lambda a, b: torch.stack([a, b])), _with(join=lambda a, b: torch.stack([a, b], dim=-1))),
    ("the numbers of the two halves alternate; the H of `forward` come first, then the H of `backward`",
     _with(join=lambda a, b: torch.stack([a, b], dim=-1).flatten(-2))),
    ("the forward outputs are turned, too; only those of `backward` come in reverse order",
     _with(zeros=lambda a, b, m: (reverse_padded(a, m.sum(1)[:, 0]) * m, b * m))),
    ("the padding is not zero: set the outputs to 0 where t >= lengths[b]", _with(zeros=_none),
     lambda f, b, x, n: _both(f, b, x * padding_mask(n, x.shape[1]).unsqueeze(-1), n, zeros=_none)),
    ("one step of the padding is not zero: real steps are t < lengths[b]",
     _with(real=lambda n, T: torch.arange(T) <= n[:, None])),
    ("the last real step is zero too: real steps are t < lengths[b]",
     _with(real=lambda n, T: torch.arange(T) < n[:, None] - 1)),
    ("the mask is inverted: zeros belong at padding, where t >= lengths[b]",
     _with(real=lambda n, T: ~padding_mask(n, T))),
    ("the padding of the forward half is not zero: multiply both halves by the mask",
     _with(zeros=lambda a, b, m: (a, b * m))),
    ("the padding of the backward half is not zero: multiply both halves by the mask",
     _with(zeros=lambda a, b, m: (a * m, b))),
    ("the padding is not zero, and the backward cell begins in it: use `reverse_padded` and `padding_mask`",
     _with(turn=_flip, back=_flip, zeros=_none)),
    ("the backward cell begins in the padding, is not turned back, and the padding is not zero",
     _with(turn=_flip, back=_same, zeros=_none)),
    ("the backward cell starts from the forward one's last state; each should start from zeros",
     _with(start=lambda state: state)),
    ("the backward half is one step late: at step t it should have read step t, too", _with(back=_later),
     _with(back=lambda o, n: F.pad(reverse_padded(o, n), (0, 0, 0, 1))[:, 1:])),
    ("only one of the halves comes back; join the two, (B, T, 2H)", _with(join=lambda a, b: a),
     _with(join=lambda a, b: b)),
    ("x is cut to the longest sequence; all T steps should come back, zeros at padding",
     _with(result=lambda both, n: both[:, : int(n.max())])),
    ("a batch of one is squeezed away; the outputs should be (B, T, 2H) at every size",
     _with(result=lambda both, n: both.squeeze(0)), _with(result=lambda both, n: both.squeeze())),
    ("only the last states come back; the outputs of all steps are asked for, (B, T, 2H)",
     lambda f, b, x, n: last_state(bidirectional(f, b, x, n), n),
     lambda f, b, x, n: torch.cat([last_state(unroll(f, x)[0], n),
                                   last_state(unroll(b, reverse_padded(x, n))[0], n)], dim=-1),
     lambda f, b, x, n: torch.cat([unroll(f, x)[1], unroll(b, reverse_padded(x, n))[1]], dim=-1)),
)  # fmt: skip
_CUT: tuple[Mistake, ...] = (
    ("the outputs of `backward` are detached: its weights could not learn. Leave out `.detach()`",
     _with(zeros=lambda a, b, m: (a * m, b.detach() * m))),
    ("the outputs of `forward` are detached: its weights could not learn. Leave out `.detach()`",
     _with(zeros=lambda a, b, m: (a.detach() * m, b * m))),
)  # fmt: skip

_TWO = "`unroll` returns two things: `ahead, state = unroll(forward, x)`, and likewise for `backward`."
ADVICE = (
    ("Cell' object has no attribute 'unbind'", "The cell comes first: `unroll(forward, x)`."),
    *((sign, _TWO) for sign in ("expected Tensor as element", "must be tensors", "has no attribute", "zip() arg")),
    ("x must have shape (B, E=", "A cell takes one step: `unroll(forward, x)` takes it through all."),
    ("must match the size of tensor", "The mask should be (B, T, 1), `padding_mask(lengths, x.shape[1])[:, :, None]`, "
     f"and the two halves (B, T, 2H), {_JOIN}."),
)  # fmt: skip


def examine(trial: Trial) -> None:
    makers: list[Function] = [RNNCell, LSTMCell, GRUCell, RNNCell]
    lengths_of = [[5, 2, 4], [2, 4, 1, 3], [3, 4], [3, 3], [3], [2, 2]]
    sizes = zip([(5, 2, 4), (4, 3, 2), (6, 3, 3), (3, 1, 2), (4, 2, 3), (4, 3, 2)], lengths_of, strict=True)
    cases = []
    for seed, (make, ((T, E, H), lengths)) in enumerate(zip([*makers, GRUCell, LSTMCell], sizes, strict=True)):
        cells = [make(E, H, generator=seeded(10 * seed + k)).requires_grad_(False) for k in range(2)]
        cases.append((*cells, normal(seed, len(lengths), T, E), torch.tensor(lengths)))

    def draw(chance: Chance) -> tuple[Any, ...]:
        B, T, E, H = (chance.n() for _ in range(4))
        cells = [chance.choice(makers)(E, H, generator=chance.generator()).requires_grad_(False) for _ in range(2)]
        return *cells, chance.normal(B, T, E), torch.tensor(chance.lengths(B, T))

    for arguments in (*cases, *drawn(draw)):
        got = trial.call(*arguments)
        alone = "expected the outputs alone, (B, T, 2H), got a tuple"
        trial.require(not isinstance(got, tuple), alone, outcome=Outcome.TYPE, got=got)
        trial.compare(got, bidirectional(*arguments), inputs=arguments)
    trial.gradients_agree(*arguments, mistakes=_CUT)


EXERCISE = Exercise(id="03.bidirectional", reference=bidirectional, difficulty=3, minutes=8, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "`ahead, _ = unroll(forward, x)` are the forward outputs; for the backward ones hand in `reverse_padded` of x.",
        "The backward outputs come in that cell's order: turn them by `reverse_padded`, so that row t is of step t.",
        "Join them along the last dimension, `torch.cat([ahead, back], dim=-1)`, and put zeros where t >= lengths[b]."),
    explanation="""Turn, unroll, turn back. What h_t holds is the sentence up to t from the left and down to t from the
right. The backward cell must begin at the last real word: had it read the padding first, its result would depend on the
other sentences in the batch. `masked_unroll(backward, x, mask=mask, reverse=True)` does the same.""")  # fmt: skip
