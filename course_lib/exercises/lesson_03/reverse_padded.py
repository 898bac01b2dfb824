"""Exercise 03.reverse_padded."""

import torch

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.exercises.lesson_03.shared import _lengths
from course_lib.exercises.trial import Trial
from course_lib.masks import padding_mask


def reverse_padded(x, lengths):
    steps = torch.arange(x.shape[1])  # (T,)
    mirrored = lengths.unsqueeze(1) - 1 - steps  # (B, T), negative at padding
    order = torch.where(mirrored >= 0, mirrored, steps)
    return x[torch.arange(len(x)).unsqueeze(1), order]


def _reversed_by(length=lambda n, T: n, padding=lambda rest, row: rest, turned=lambda row: row.flip(0)):
    """A way to turn wrongly: up to another step, with another padding, or along another dimension."""

    def turn(x, lengths):
        rows = []
        for row, n in zip(x, lengths.tolist(), strict=True):
            end = length(n, x.shape[1])
            rows.append(torch.cat([turned(row[:end]), padding(row[end:], row)]))
        return torch.stack(rows)

    return turn


ADVICE = (
    ("step must be greater than zero", "torch knows no slice `[::-1]`; `.flip(0)` turns the first dimension."),
    ("unsupported operand type", "`flip(0)` turns the first dimension; torch knows no step of -1 in a slice."),
    ("equal size", "The sequences differ in length: add the padding to each again before `torch.stack`."),
    ("out of bounds", "Step t of the answer is step lengths - 1 - t of x, and t itself at padding."),
    ("index -", "A negative index: at padding lengths - 1 - t is below 0; take step t itself there."),
)


MISTAKES = (
    ("the padding is turned too, and stands first: turn only the first lengths[b] steps of each sequence", lambda x, n: x.flip(1)),
    ("the batch is turned; turn the steps of each sequence", lambda x, n: x.flip(0)),
    ("the E numbers of each step are turned; turn the order of the steps", lambda x, n: x.flip(2)),
    ("all dimensions are turned; turn the order of the steps alone", lambda x, n: x.flip(0, 1, 2)),
    ("every sequence is turned up to the shortest one's length; each has its own", lambda x, n: _reversed_by(lambda _, T: int(n.min()))(x, n)),
    ("every sequence is turned up to the longest one's length; each has its own", lambda x, n: _reversed_by(lambda _, T: int(n.max()))(x, n)),
    ("every sequence is turned up to the first one's length; each has its own", lambda x, n: _reversed_by(lambda _, T: int(n[0]))(x, n)),
    ("the last real step stays where it is: the turn ends one step early", _reversed_by(lambda n, T: n - 1)),
    ("one step of the padding is turned too: the turn ends one step late", _reversed_by(lambda n, T: min(n + 1, T))),
    ("the padding is set to zero; it stays as it is", _reversed_by(padding=lambda rest, row: torch.zeros_like(rest))),
    ("the padding is turned as well, in its place; it stays as it is", _reversed_by(padding=lambda rest, row: rest.flip(0))),
    ("x comes back as it was", lambda x, n: x),
    ("the padding stands first; it stays at the end", lambda x, n: torch.stack([torch.cat([row[k:], row[:k].flip(0)]) for row, k in zip(x, n.tolist(), strict=True)])),
    ("the E numbers of each step are turned; turn the order of the steps", _reversed_by(turned=lambda row: row.flip(1))),
    ("the first step stands at the padding too; the padding stays as it is", _reversed_by(padding=lambda rest, row: row[:1].expand_as(rest))),
    ("the padding stands first, set to zero: turn only the first lengths[b] steps of each sequence",
     lambda x, n: (x * padding_mask(n, x.shape[1])[..., None]).flip(1)),
    ("the sequences are turned with their padding, and what then stands at the padding's place is set to zero: turn only the first lengths[b] steps of each",
     lambda x, n: x.flip(1) * padding_mask(n, x.shape[1])[..., None]),
    ("only the first sequence comes back: is `return` inside the loop?", lambda x, n: reverse_padded(x, n)[0]),
    ("the sequences are joined end to end: `torch.stack` makes a batch of them", lambda x, n: torch.cat(list(reverse_padded(x, n)))),
    ("each sequence is rolled, not turned: `flip` turns", lambda x, n: torch.stack([torch.cat([row[:k].roll(1, 0), row[k:]]) for row, k in zip(x, n.tolist(), strict=True)])),
)  # fmt: skip


def examine(trial: Trial) -> None:
    cases = [
        ((3, 6, 2), (5, 2, 4)),
        ((4, 4, 4), (2, 4, 1, 3)),
        ((2, 6, 3), (3, 4)),
        ((1, 3, 1), (2,)),
        ((2, 3, 2), (3, 3)),
    ]
    for seed, ((B, T, E), lengths) in enumerate(cases):
        trial.agrees(normal(seed, B, T, E), _lengths(*lengths))
    trial.agrees(normal(6, 3, 4, 2).double(), _lengths(4, 1, 2))
    trial.gradients_agree(normal(7, 3, 4, 2), _lengths(4, 1, 2))


EXERCISE = Exercise(
    id="03.reverse_padded",
    reference=reverse_padded,
    difficulty=3,
    minutes=8,
    hints=(
        "A loop will do: for sequence b, `x[b, :n].flip(0)` are its n real steps backwards; then its padding, `x[b, n:]`.",
        "`torch.cat([...])` joins the two parts of a sequence, `torch.stack(rows)` makes a batch of the sequences.",
        "Without a loop: step t of the answer is step `lengths - 1 - t` of x, and step t itself where that is negative.",
    ),
    explanation="""
`x.flip(1)` turns the padding too, so that it comes first, and a cell would read it before the sentence. Done twice,
`reverse_padded` gives x again: so the same function turns the outputs of the backward cell back to their steps.""",
    advice=ADVICE,
    mistakes=MISTAKES,
    examine=examine,
)
