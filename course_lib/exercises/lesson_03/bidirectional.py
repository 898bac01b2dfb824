"""Exercise 03.bidirectional."""

import torch

from course_lib import gru, lstm
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.finding import Outcome
from course_lib.exercises.given import normal, seeded
from course_lib.exercises.lesson_03.last_state import last_state
from course_lib.exercises.lesson_03.reverse_padded import reverse_padded
from course_lib.exercises.lesson_03.shared import _lengths
from course_lib.exercises.trial import Trial
from course_lib.masks import padding_mask
from course_lib.rnn import RNNCell, unroll


def bidirectional(forward, backward, x, lengths):
    ahead, _ = unroll(forward, x)
    back, _ = unroll(backward, reverse_padded(x, lengths))
    both = torch.cat([ahead, reverse_padded(back, lengths)], dim=-1)
    real = torch.arange(x.shape[1]) < lengths.unsqueeze(1)  # (B, T)
    return both.masked_fill(~real.unsqueeze(-1), 0)


def _everywhere(lengths, T):
    return torch.ones(len(lengths), T, dtype=torch.bool)


def _both_with(
    ahead=lambda forward, backward, x, n: unroll(forward, x)[0],
    back=lambda forward, backward, x, n: reverse_padded(unroll(backward, reverse_padded(x, n))[0], n),
    join=lambda a, b: torch.cat([a, b], dim=-1),
    real=padding_mask,
):
    """A way to go both ways wrongly: another direction, another way of joining, another mask."""

    def both(forward, backward, x, lengths):
        a, b = ahead(forward, backward, x, lengths), back(forward, backward, x, lengths)
        steps = real(lengths, x.shape[1]).unsqueeze(-1)
        return join(a * steps, b * steps)

    return both


def _flipped(forward, backward, x, n):
    return unroll(backward, x.flip(1))[0].flip(1)


ADVICE = (
    ("expected Tensor as element", "`unroll` returns two things: `outputs, state = unroll(cell, x)`."),
    ("must be tensors", "`unroll` returns two things: `outputs, state = unroll(cell, x)`."),
    ("has no attribute", "`unroll` returns two things: `outputs, state = unroll(cell, x)`."),
)


MISTAKES = (
    ("the backward cell begins in the padding: turn each sequence within its own length, `reverse_padded`", _both_with(back=_flipped)),
    ("the backward outputs are not turned back: row t must be about step t",
     _both_with(back=lambda f, b, x, n: unroll(b, reverse_padded(x, n))[0])),
    ("the backward outputs are turned back with the padding: use `reverse_padded` for this too",
     _both_with(back=lambda f, b, x, n: unroll(b, reverse_padded(x, n))[0].flip(1))),
    ("the backward cell begins in the padding, and its outputs are not turned back",
     _both_with(back=lambda f, b, x, n: unroll(b, x.flip(1))[0])),
    ("the backward cell reads forwards: turn the sequences round before it, `reverse_padded`", _both_with(back=lambda f, b, x, n: unroll(b, x)[0])),
    ("the backward cell reads forwards, and its outputs are turned: turn its input too",
     _both_with(back=lambda f, b, x, n: reverse_padded(unroll(b, x)[0], n))),
    ("the forward cell does both; the second direction has a cell of its own, `backward`",
     _both_with(back=lambda f, b, x, n: reverse_padded(unroll(f, reverse_padded(x, n))[0], n))),
    ("the backward half comes first: h_t = [forward_t; backward_t]", _both_with(join=lambda a, b: torch.cat([b, a], dim=-1))),
    ("`forward` and `backward` are interchanged",
     lambda f, b, x, n: bidirectional(b, f, x, n)),
    ("the two halves are added; join them, `torch.cat([ahead, back], dim=-1)`", _both_with(join=lambda a, b: a + b)),
    ("the two halves are joined along the steps; h_t has 2H numbers, dim=-1", _both_with(join=lambda a, b: torch.cat([a, b], dim=1))),
    ("the two halves are joined along the batch; h_t has 2H numbers, dim=-1", _both_with(join=lambda a, b: torch.cat([a, b], dim=0))),
    ("the two halves are stacked; `torch.cat([ahead, back], dim=-1)` makes (B, T, 2H)", _both_with(join=lambda a, b: torch.stack([a, b], dim=2))),
    ("the two halves are stacked; `torch.cat([ahead, back], dim=-1)` makes (B, T, 2H)", _both_with(join=lambda a, b: torch.stack([a, b]))),
    ("the numbers of the two halves alternate; the H of `forward` come first, then the H of `backward`",
     _both_with(join=lambda a, b: torch.stack([a, b], dim=-1).flatten(-2))),
    ("the padding is not zero: where t >= lengths[b] there is nothing to say", _both_with(real=_everywhere)),
    ("one step of the padding is not zero: real are the steps t < lengths[b]",
     _both_with(real=lambda n, T: padding_mask((n + 1).clamp(max=T), T))),
    ("the last real step is zero too: real are the steps t < lengths[b]",
     _both_with(real=lambda n, T: torch.arange(T) < n[:, None] - 1)),
    ("the padding of the forward half is not zero", lambda f, b, x, n: torch.cat([unroll(f, x)[0], bidirectional(f, b, x, n).chunk(2, dim=-1)[1]], dim=-1)),
    ("the padding is not zero, and the backward cell begins in it: turn with `reverse_padded`", _both_with(back=_flipped, real=_everywhere)),
    ("the backward outputs are not turned back (row t must be about step t), and the padding is not zero",
     _both_with(back=lambda f, b, x, n: unroll(b, reverse_padded(x, n))[0], real=_everywhere)),
    ("the backward cell starts from the forward one's last state; each starts from zeros",
     _both_with(back=lambda f, b, x, n: reverse_padded(unroll(b, reverse_padded(x, n), unroll(f, x)[1])[0], n))),
    ("only the forward half comes back; join the two, (B, T, 2H)", _both_with(join=lambda a, b: a)),
    ("only the backward half comes back; join the two, (B, T, 2H)", _both_with(join=lambda a, b: b)),
    ("only the last states come back; the outputs of all steps are asked for, (B, T, 2H)",
     lambda f, b, x, n: torch.cat([last_state(unroll(f, x)[0], n), last_state(unroll(b, reverse_padded(x, n))[0], n)], dim=-1)),
)  # fmt: skip


def examine(trial: Trial) -> None:
    cases = [
        (RNNCell, (3, 5, 2, 4), (5, 2, 4)),
        (lstm.LSTMCell, (4, 4, 3, 2), (2, 4, 1, 3)),
        (gru.GRUCell, (2, 6, 3, 3), (3, 4)),
        (RNNCell, (2, 3, 1, 2), (3, 3)),
    ]
    for seed, (make, (B, T, E, H), lengths) in enumerate(cases):
        cells = [make(E, H, generator=seeded(10 * seed + k)) for k in range(2)]
        for cell in cells:
            for p in cell.parameters():
                p.requires_grad_(False)
        arguments = (*cells, normal(seed, B, T, E), _lengths(*lengths))
        got, expected = trial.call(*arguments), bidirectional(*arguments)
        trial.require(
            not isinstance(got, tuple),
            "expected the outputs alone, (B, T, 2H), got a tuple",
            outcome=Outcome.DTYPE,
            got=got,
        )
        trial.compare(got, expected, inputs=arguments)
    trial.gradients_agree(*arguments)


EXERCISE = Exercise(
    id="03.bidirectional",
    reference=bidirectional,
    difficulty=3,
    minutes=10,
    hints=(
        "`ahead, _ = unroll(forward, x)` are the forward outputs, (B, T, H). For the backward ones hand in x turned round by "
        "your `reverse_padded`.",
        "The outputs of the backward cell come in its own order: turn them back with `reverse_padded`, so that row t is about "
        "step t.",
        "Join them along the last dimension, `torch.cat([ahead, back], dim=-1)`, and put zeros where t >= lengths[b].",
    ),
    explanation="""
Turn, unroll, turn back. What h_t holds is the sentence up to t from the left and down to t from the right. The backward cell
must begin at the last real word: had it read the padding first, its result would depend on the other sentences in the
batch. `unroll(backward, x, mask=..., reverse=True)` of the library does the same with a mask.""",
    advice=ADVICE,
    mistakes=MISTAKES,
    examine=examine,
)
