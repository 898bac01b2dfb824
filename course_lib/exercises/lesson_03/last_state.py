"""Exercise 03.last_state: of each sequence its own last real step."""

import torch
from torch import Tensor

from course_lib.exercises.kit import Exercise, Function, Mistake, with_parts
from course_lib.exercises.lesson_03.shared import agrees_on_padded
from course_lib.masks import padding_mask
from course_lib.recurrent import last_state


def _picked(
    outputs: Tensor, lengths: Tensor, *, step: Function = lambda n, T: n - 1,
    pick: Function = lambda o, steps: o[torch.arange(len(o)), steps], result: Function = lambda rows, n: rows,
) -> Tensor:  # fmt: skip
    """The right step of each sequence, to be taken wrongly: another step, or taken from other places."""
    return result(pick(outputs, step(lengths, outputs.shape[1])), lengths)  # type: ignore[no-any-return]


def _sorted(down: bool) -> Function:
    return lambda rows, n: rows[n.argsort(descending=down, stable=True)]


_with = with_parts(_picked)
_OWN = "each has its own, lengths[b] - 1"
_ONLY = "only the last real step is asked for"
MISTAKES: tuple[Mistake, ...] = (
    ("it takes the last step of all, T - 1: for a short sequence that is padding. Take lengths[b] - 1",
     _with(step=lambda n, T: 0 * n + T - 1)),
    ("it takes the first step; the last real one is lengths[b] - 1", _with(step=lambda n, T: 0 * n)),
    ("it is one step early: steps are counted from 0, so the last is lengths[b] - 1", _with(step=lambda n, T: n - 2)),
    ("it is one step late: steps are counted from 0, so the last is lengths[b] - 1",
     _with(step=lambda n, T: n.clamp(max=T - 1))),
    (f"it takes the same step of every sequence, that of the shortest; {_OWN}",
     _with(step=lambda n, T: n * 0 + n.min() - 1)),
    (f"it takes the same step of every sequence, that of the longest; {_OWN}",
     _with(step=lambda n, T: n * 0 + n.max() - 1)),
    (f"it takes the same step of every sequence, that of the first; {_OWN}",
     _with(step=lambda n, T: n * 0 + n[0] - 1)),
    ("it counts from the end, step -lengths[b]; take lengths[b] - 1", _with(step=lambda n, T: -n)),
    ("the lengths are sorted, and the sequences are not: leave the lengths in their order",
     *(_with(step=lambda n, T, down=down: n.sort(descending=down).values - 1) for down in (False, True))),
    ("every sequence gives every step, (B, B, H): write `torch.arange(len(outputs))` in place of `:`",
     _with(pick=lambda o, steps: o[:, steps]), _with(pick=lambda o, steps: o[:, steps], step=lambda n, T: n)),
    (f"the steps are summed; {_ONLY}", lambda o, n: o.sum(1),
     lambda o, n: (o * padding_mask(n, o.shape[1])[..., None]).sum(1)),
    (f"the steps are averaged; {_ONLY}", lambda o, n: o.mean(1),
     lambda o, n: (o * padding_mask(n, o.shape[1])[..., None]).sum(1) / n[:, None]),
    (f"the largest numbers of the steps are taken; {_ONLY}", lambda o, n: o.amax(1),
     lambda o, n: torch.stack([row[:k].amax(0) for row, k in zip(o, n.tolist(), strict=True)])),
    ("the steps are counted through the whole batch, from its beginning; outputs[b, step] is that of sequence b",
     _with(pick=lambda o, steps: o.flatten(0, 1)[steps])),
    ("the flat index counts max(lengths) steps for each sequence; it is b * T + lengths[b] - 1",
     lambda o, n: o.flatten(0, 1)[torch.arange(len(o)) * n.max() + n - 1]),
    ("the flat index counts B steps for each sequence; it is b * T + lengths[b] - 1",
     lambda o, n: o.flatten(0, 1)[(torch.arange(len(o)) * len(o) + n - 1).clamp(max=o[..., 0].numel() - 1)]),
    ("sequences of equal length all give the row of the first of them; sequence b gives its own",
     lambda o, n: _picked(o[[n.tolist().index(k) for k in n]], n)),
    ("sequences of equal length all give the row of the last of them; sequence b gives its own",
     lambda o, n: _picked(o[[len(n) - 1 - n.tolist()[::-1].index(k) for k in n]], n)),
    ("the result is sorted by length; leave the sequences in their order", _with(result=_sorted(True)),
     _with(result=_sorted(False))),
    ("the result still has the dimension of steps, of size 1: put `.squeeze(1)` at its end",
     _with(result=lambda rows, n: rows.unsqueeze(1))),
    ("`squeeze()` drops every dimension of size 1; drop only that of the steps, if it is still there: `squeeze(1)`",
     _with(result=lambda rows, n: rows.squeeze())),
    ("a batch of one is squeezed away; the result should be (B, H) at every size",
     _with(result=lambda rows, n: rows.squeeze(0))),
    ("the rows are joined end to end: `torch.stack(rows)` makes (B, H) of them",
     _with(result=lambda rows, n: rows.flatten())),
    ("only one sequence comes back: is `return` inside the loop?", _with(result=lambda rows, n: rows[0]),
     _with(result=lambda rows, n: rows[:1])),
    ("only the first of the H numbers comes back; the index of a `gather` needs `.expand(-1, 1, outputs.shape[2])`",
     _with(result=lambda rows, n: rows[:, :1])),
    ("the result is all zeros: take step lengths[b] - 1", lambda o, n: torch.zeros_like(o[:, 0])),
)  # fmt: skip

_FROM_0 = "Steps are counted from 0: the last real one is lengths[b] - 1."
ADVICE = (
    ("out of bounds for dimension 0",
     "The first index of outputs (B, T, H) is the sequence: `outputs[torch.arange(len(outputs)), steps]`."),
    ("equal size", "Of each sequence only one step is asked for, not a slice: `outputs[b, lengths[b] - 1]`, (H,)."),
    ("same number of dimensions", "The index needs three dimensions: `(lengths - 1).view(-1, 1, 1).expand(-1, 1, H)`, "
     "with `H = outputs.shape[2]`; then `.squeeze(1)`."),
    ("shape mismatch: indexing", "The first index is that of the sequences, B numbers as in `lengths`, and not T."),
    ("out of range", _FROM_0),
    ("out of bounds", _FROM_0),
)  # fmt: skip

EXERCISE = Exercise(id="03.last_state", reference=last_state, difficulty=2, minutes=5, examine=agrees_on_padded,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Sequence b ends at step `lengths[b] - 1`, because steps are counted from 0.",
        "Two lists of indices, for sequences and for steps, pick one step of each: "
        "`outputs[torch.arange(len(outputs)), lengths - 1]`."),
    explanation="""Two index tensors of the same length (B,) are paired element by element: sequence 0 with its last
step, sequence 1 with its own. `outputs[:, lengths - 1]` would pick all those steps from every sequence. With `gather`
it is `outputs.gather(1, (lengths - 1).view(-1, 1, 1).expand(-1, 1, H)).squeeze(1)`, the same.""")  # fmt: skip
