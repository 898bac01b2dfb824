"""Exercise 03.last_state: of each sequence its own last real step."""

import torch

from course_lib.exercises.kit import Exercise, Function
from course_lib.exercises.lesson_03.shared import agrees_on_padded
from course_lib.masks import padding_mask
from course_lib.recurrent import last_state


def _at(place: Function) -> Function:
    return lambda outputs, lengths: outputs[torch.arange(len(outputs)), place(outputs, lengths)]


MISTAKES = (
    ("it takes the last column: for a short sequence that is padding. Take lengths[b] - 1", lambda o, n: o[:, -1]),
    ("it takes the first step; the last real one is lengths[b] - 1", lambda o, n: o[:, 0]),
    ("it is one step early: the last real one is lengths[b] - 1, counted from 0", _at(lambda o, n: n - 2)),
    ("it is one step late: lengths[b] - 1, counted from 0", _at(lambda o, n: n.clamp(max=o.shape[1] - 1))),
    ("it takes the same step of every sequence, that of the shortest", lambda o, n: o[:, int(n.min()) - 1]),
    ("it takes the same step of every sequence, that of the longest", lambda o, n: o[:, int(n.max()) - 1]),
    ("it takes the same step of every sequence, that of the first", lambda o, n: o[:, int(n[0]) - 1]),
    ("it counts from the end: -lengths[b] is too early", _at(lambda o, n: -n)),
    ("every sequence gives every step, (B, B, H): pair them, with `torch.arange(B)`", lambda o, n: o[:, n - 1]),
    ("the steps are summed; only the last real one is asked for", lambda o, n: o.sum(1)),
    ("the steps are averaged; only the last real one is asked for", lambda o, n: o.mean(1),
     lambda o, n: (o * padding_mask(n, o.shape[1])[..., None]).sum(1) / n[:, None]),
    ("sequences and steps are interchanged: outputs is (B, T, H)", lambda o, n: o[n - 1, torch.arange(len(n))]),
    ("the dimension of steps is still there, of size 1: `squeeze(1)`", lambda *a: last_state(*a).unsqueeze(1)),
    ("only one sequence comes back: is `return` inside the loop?", lambda o, n: o[0, int(n[0]) - 1]),
    ("its result is a row of the padding's zeros: take step lengths[b] - 1", lambda o, n: torch.zeros_like(o[:, 0])),
)  # fmt: skip

_FROM_0 = "Steps are counted from 0: the last real one is lengths[b] - 1."

EXERCISE = Exercise(id="03.last_state", reference=last_state, difficulty=2, minutes=5, examine=agrees_on_padded,
    mistakes=MISTAKES, advice=(("out of range", _FROM_0), ("out of bounds", _FROM_0)), hints=(
        "Sequence b ends at step `lengths[b] - 1`, because steps are counted from 0.",
        "Two lists of indices, for sequences and for steps, pick one step of each: `outputs[torch.arange(B), steps]`."),
    explanation="""Two index tensors of the same length (B,) are paired element by element: sequence 0 with its last
step, sequence 1 with its own. `outputs[:, lengths - 1]` would pick all those steps from every sequence. With `gather`
it is `outputs.gather(1, (lengths - 1).view(-1, 1, 1).expand(-1, 1, H)).squeeze(1)`, the same.""")  # fmt: skip
