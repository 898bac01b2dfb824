"""Exercise 03.reverse_padded: each sequence turned within its own length."""

import torch
from torch import Tensor

from course_lib.exercises.kit import Exercise, Function
from course_lib.exercises.lesson_03.shared import agrees_on_padded
from course_lib.masks import padding_mask
from course_lib.recurrent import reverse_padded


def _parts(made: Function) -> Function:
    """A way to turn wrongly, row by row: from the real steps and the padding of a row to two others, to be joined."""
    return lambda x, lengths: torch.stack([torch.cat(made(r[:n], r[n:])) for r, n in zip(x, lengths, strict=True)])


def _up_to(end: Function) -> Function:
    """Each sequence turned up to another step than its length n: that of (n, lengths, T)."""
    return lambda x, lengths: reverse_padded(x, torch.tensor([end(n, lengths, x.shape[1]) for n in lengths.tolist()]))


def _real(x: Tensor, lengths: Tensor) -> Tensor:
    return padding_mask(lengths, x.shape[1]).unsqueeze(-1)


MISTAKES = (
    ("the padding is turned too, and stands first: turn the first lengths[b] steps", lambda x, n: x.flip(1)),
    ("the batch is turned; turn the steps of each sequence", lambda x, n: x.flip(0)),
    ("the E numbers of each step are turned; turn the order of the steps", lambda x, n: x.flip(2),
     _parts(lambda real, padding: (real.flip(1), padding))),
    ("all dimensions are turned; turn the order of the steps alone", lambda x, n: x.flip(0, 1, 2)),
    ("every sequence is turned up to the shortest one's length; each has its own", _up_to(lambda n, ns, T: min(ns))),
    ("every sequence is turned up to the longest one's length; each has its own", _up_to(lambda n, ns, T: max(ns))),
    ("every sequence is turned up to the first one's length; each has its own", _up_to(lambda n, every, T: every[0])),
    ("the last real step stays where it is: the turn ends one step early", _up_to(lambda n, every, T: n - 1)),
    ("one step of the padding is turned too: the turn ends one step late", _up_to(lambda n, every, T: min(n + 1, T))),
    ("the padding is set to zero; it stays as it is", lambda x, n: reverse_padded(x, n) * _real(x, n)),
    ("the padding is turned as well, in its place", _parts(lambda real, padding: (real.flip(0), padding.flip(0)))),
    ("x comes back as it was", lambda x, n: x),
    ("the padding stands first; it stays at the end", _parts(lambda real, padding: (padding, real.flip(0)))),
    ("the first step stands at the padding too; the padding stays as it is",
     _parts(lambda real, padding: (real.flip(0), real[:1].expand_as(padding)))),
    ("the padding stands first, set to zero: turn the first lengths[b] steps", lambda x, n: (x * _real(x, n)).flip(1)),
    ("the sequences are turned with their padding, and what then stands there is set to zero: turn only the first "
     "lengths[b] steps of each", lambda x, n: x.flip(1) * _real(x, n)),
    ("only the first sequence comes back: is `return` inside the loop?", lambda *a: reverse_padded(*a)[0]),
    ("the sequences are joined end to end: `torch.stack` makes a batch", lambda *a: reverse_padded(*a).flatten(0, 1)),
    ("each sequence is rolled, not turned: `flip`", _parts(lambda real, padding: (real.roll(1, 0), padding))),
)  # fmt: skip

ADVICE = (
    ("step must be greater than zero", "torch knows no slice `[::-1]`; `.flip(0)` turns the first dimension."),
    ("unsupported operand type", "`flip(0)` turns the first dimension; torch knows no step of -1 in a slice."),
    ("equal size", "The sequences differ in length: add the padding to each again before `torch.stack`."),
    ("out of bounds", "Step t of the answer is step lengths - 1 - t of x, and t itself at padding."),
    ("index -", "A negative index: at padding lengths - 1 - t is below 0; take step t itself there."),
)

EXERCISE = Exercise(id="03.reverse_padded", reference=reverse_padded, difficulty=3, minutes=6, examine=agrees_on_padded,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "A loop will do: for sequence b, `x[b, :n].flip(0)` are its n real steps backwards; its padding is `x[b, n:]`.",
        "`torch.cat([...])` joins the two parts of a sequence, `torch.stack(rows)` makes a batch of the sequences.",
        "Without a loop: step t of the answer is step `lengths - 1 - t` of x, or t itself where that is negative."),
    explanation="""`x.flip(1)` turns the padding too, so that it comes first, and a cell would read it before the
sentence. Done twice, `reverse_padded` gives x again: so it turns the backward outputs back, too.""")  # fmt: skip
