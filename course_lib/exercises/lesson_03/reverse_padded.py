"""Exercise 03.reverse_padded: each sequence turned within its own length."""

import torch
from torch import Tensor

from course_lib.exercises.kit import Exercise, Function, Mistake, with_parts
from course_lib.exercises.lesson_03.shared import agrees_on_padded
from course_lib.masks import padding_mask
from course_lib.recurrent import reverse_padded


def _turned(
    x: Tensor, lengths: Tensor, *, end: Function = lambda n, lengths, T: n,
    real: Function = lambda steps, T: steps.flip(0), padding: Function = lambda rest, steps: rest,
    join: Function = lambda real, padding: torch.cat([real, padding]), batch: Function = torch.stack,
) -> Tensor:  # fmt: skip
    """Each sequence turned up to its `end`, to be done wrongly: from its real steps and its padding, two others."""
    rows, T = [], x.shape[1]
    for row, n in zip(x, lengths.tolist(), strict=True):
        last = end(n, lengths.tolist(), T)
        rows.append(join(real(row[:last], T), padding(row[last:], row[:last])))
    return batch(rows)  # type: ignore[no-any-return]


def _but_the_middle(steps: Tensor, T: int) -> Tensor:
    half = (len(steps) - 1) // 2
    return torch.cat([steps[len(steps) - half :].flip(0), steps[half : len(steps) - half], steps[:half].flip(0)])


def _at(step: Function) -> Function:
    """Step t of the answer is another one of x, by t, the lengths and T."""
    return lambda x, n: x[torch.arange(len(x))[:, None], step(torch.arange(x.shape[1]), n[:, None], x.shape[1])]


_with = with_parts(_turned)
_OWN = "each has its own, lengths[b]"
_LESS, _MORE = (lambda n, every, T: n - 1), (lambda n, every, T: min(n + 1, T))
MISTAKES: tuple[Mistake, ...] = (
    ("x comes back as it was; turn the first lengths[b] steps of each sequence", _with(real=lambda steps, T: steps)),
    ("the padding is turned too, and stands first: turn the first lengths[b] steps", _with(end=lambda n, every, T: T)),
    ("the batch is turned; turn the steps of each sequence", lambda x, n: x.flip(0)),
    ("the E numbers of each step are turned; turn the order of the steps", lambda x, n: x.flip(2),
     _with(real=lambda steps, T: steps.flip(1))),
    ("the E numbers of each step are turned, too; turn the order of the steps alone, `flip(0)` of a row",
     _with(real=lambda steps, T: steps.flip(0, 1)), lambda x, n: x.flip(1, 2)),
    ("all dimensions are turned; turn the order of the steps alone", lambda x, n: x.flip(0, 1, 2)),
    (f"every sequence is turned up to the shortest one's length; {_OWN}", _with(end=lambda n, every, T: min(every))),
    (f"every sequence is turned up to the longest one's length; {_OWN}", _with(end=lambda n, every, T: max(every))),
    (f"every sequence is turned up to the first one's length; {_OWN}", _with(end=lambda n, every, T: every[0])),
    ("the last real step stays where it is: the turn ends one step early, it should be lengths[b] steps",
     _with(end=_LESS)),
    ("one step of the padding is turned too: the turn ends one step late, it should be lengths[b] steps",
     _with(end=_MORE)),
    ("only the first and the last step are exchanged; all lengths[b] steps should be turned",
     _with(real=lambda steps, T: steps[[len(steps) - 1, *range(1, len(steps) - 1), 0][: len(steps)]])),
    ("the last lengths[b] steps are turned; the real steps stand first",
     lambda x, n: torch.stack([torch.cat([row[:-k], row[-k:].flip(0)]) for row, k in zip(x, n.tolist(), strict=True)])),
    ("the lengths are sorted, and the sequences are not: leave the lengths in their order",
     *(lambda x, n, down=down: _turned(x, n.sort(descending=down).values) for down in (False, True))),
    ("the order of the sequences is turned, too; turn that of the steps alone",
     _with(batch=lambda rows: torch.stack(rows[::-1]))),
    ("it is one step late: of n real steps, step t of the answer is step n - 1 - t of x",
     _at(lambda t, n, T: torch.where(t < n, (n - t).clamp(max=T - 1), t))),
    ("it is counted from the end of the padding: of n real steps, step t of the answer is step n - 1 - t of x, not T - "
     "1 - t", _at(lambda t, n, T: torch.where(t < n, T - 1 - t, t))),
    ("the first step of the padding is another one: real steps are t < lengths[b], those from there on stay",
     _at(lambda t, n, T: torch.where(t <= n, n - 1 - t, t))),
    ("the steps come first, (T, B, E); stack the rows along the batch",
     _with(batch=lambda rows: torch.stack(rows, dim=1))),
    ("the first step stays where it is; all lengths[b] steps should be turned",
     _with(real=lambda steps, T: torch.cat([steps[:1], steps[1:].flip(0)]))),
    ("a sequence without padding is left as it is; it should be turned, too",
     _with(real=lambda steps, T: steps if len(steps) == T else steps.flip(0))),
    ("the two steps in the middle are not exchanged: one pair too few is swapped, it should be n // 2 pairs",
     _with(real=_but_the_middle)),
    ("half of the steps stay as they were: a row is read that was just written over; read it from x itself",
     _with(real=lambda steps, T: torch.cat([steps.flip(0)[: len(steps) // 2], steps[len(steps) // 2 :]]))),
    ("the padding is set to zero; it should stay as it is", _with(padding=lambda rest, steps: 0 * rest)),
    ("the padding is turned, too, in its place; it should stay as it is",
     _with(padding=lambda rest, steps: rest.flip(0))),
    ("the first step stands at the padding, too; the padding should stay as it is",
     _with(padding=lambda rest, steps: steps[:1].expand_as(rest))),
    ("the padding stands first; it should stay at the end, as it is",
     _with(join=lambda real, padding: torch.cat([padding, real]))),
    ("the padding stands first, set to zero: turn the first lengths[b] steps",
     _with(join=lambda real, padding: torch.cat([0 * padding, real]))),
    ("the sequences are turned with their padding, and what then stands there is set to zero: turn only the first "
     "lengths[b] steps of each",
     lambda x, n: x.flip(1) * (torch.arange(x.shape[1]) < n[:, None]).unsqueeze(-1)),
    ("x is cut to the longest sequence; all T steps should come back, the padding as it is",
     lambda x, n: reverse_padded(x, n)[:, : int(n.max())]),
    ("only the first sequence comes back: is `return` inside the loop?", _with(batch=lambda rows: rows[0]),
     _with(batch=lambda rows: torch.stack(rows[:1]))),
    ("the sequences are joined end to end: `torch.stack(rows)` for the batch, `torch.cat` only within a row",
     _with(batch=torch.cat)),
    ("a batch of one is squeezed away; the result should be (B, T, E) at every size",
     lambda x, n: reverse_padded(x, n).squeeze(0), lambda x, n: reverse_padded(x, n).squeeze()),
    ("each sequence is rolled, not turned: `flip`", _with(real=lambda steps, T: steps.roll(1, 0)),
     _with(real=lambda steps, T: steps.roll(-1, 0))),
    ("the turned row is rolled in the wrong direction: roll it by lengths[b] - T, so that its real steps stand first",
     lambda x, n: torch.stack([torch.cat([row.flip(0).roll(len(row) - k, 0)[:k], row[k:]])
                               for row, k in zip(x, n.tolist(), strict=True)])),
    ("the real steps of the whole batch are turned together; turn those of each sequence, `flip(0)` of a row",
     lambda x, n: x.masked_scatter((real := padding_mask(n, x.shape[1]))[..., None], x[real].flip(0))),
    ("only the first of the E numbers comes back; the index of a `gather` needs `.expand(-1, -1, x.shape[2])`",
     lambda x, n: reverse_padded(x, n)[..., :1]),
)  # fmt: skip

ADVICE = (
    ("step must be greater than zero", "torch knows no slice `[::-1]`; `.flip(0)` turns the first dimension."),
    ("unsupported operand type", "`flip(0)` turns the first dimension; torch knows no step of -1 in a slice."),
    ("flip() missing", "Say which dimension is turned: `.flip(0)` turns the steps of a row."),
    ("tuple of Tensors", "`torch.cat` takes one list of tensors: `torch.cat([turned, padding])`."),
    ("Sizes of tensors must match", "The steps of a row are its first dimension: `torch.cat([turned, padding])`."),
    ("integer tensors of a single element", "A slice needs one number: `row[:n]`, with the `n` of this row."),
    ("equal size", "The rows differ in length: join each with its padding first, `torch.cat([turned, x[b, n:]])`."),
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
