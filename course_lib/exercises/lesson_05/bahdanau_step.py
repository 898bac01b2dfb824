"""Exercise 05.bahdanau_step: attention with the old state, then the cell, which reads the context."""

from functools import partial
from typing import Any

import torch
from torch import Tensor

from course_lib.attention import bahdanau_step
from course_lib.exercises.kit import Exercise, Function, Trial, drawn, with_parts
from course_lib.exercises.lesson_05.shared import (
    SQUEEZED_STEP,
    STEP_ADVICE,
    STEPS,
    Pair,
    drawn_step,
    examine_step,
    look_mistakes,
    one,
    step_arguments,
)


@with_parts
def _with(
    cell: Function, x: Tensor, old: Pair, key: Tensor, value: Tensor, mask: Tensor, score: Function, *,
    query: Function = lambda old, x: old[0], look: Function = one, inputs: Function = lambda x, c: (x, c),
    before: Function = lambda old, c: old, result: Function = lambda s, c, w, old: (s, c, w),
) -> object:  # fmt: skip
    """Another query, look-up, input of the cell, state before it, or result (of state, context, weights, old state)."""
    c, w = look(query(old, x), key, value, mask, score)
    return result(cell(torch.cat(inputs(x, c), dim=-1), before(old, c)), c, w, old)


def _early(cell: Function, x: Tensor, old: Pair, key: Tensor, value: Tensor, *to: Any) -> tuple[Any, ...]:
    new = cell(torch.cat([x, x.new_zeros(len(x), value.shape[-1])], dim=-1), old)
    return new, *one(new[0], key, value, *to)


MISTAKES = (
    ("the query is the cell state c: it should be the hidden state h of the step before",
     _with(query=lambda old, x: old[1])),
    ("the query is x: it should be the hidden state h of the step before", _with(query=lambda old, x: x)),
    ("the query is the new state: here attention comes first, and the old h, s of t-1, asks",
     lambda cell, x, old, *to: (new := bahdanau_step(cell, x, old, *to)[0], *one(new[0], *to))),
    ("the new state has not read the context: the cell's input is [x; context]", _with(inputs=lambda x, c: (x, 0 * c))),
    ("the word has no part in the new state: the cell's input is [x; context]", _with(inputs=lambda x, c: (0 * x, c))),
    ("the context stands before the word: it should be `[x, context]`", _with(inputs=lambda x, c: (c, x))),
    ("x is there twice: the cell's input is [x; context]", _with(inputs=lambda x, c: (x, x))),
    ("the context is there twice: the cell's input is [x; context]", _with(inputs=lambda x, c: (c, c))),
    ("the cell starts from zeros: hand it the old state", _with(before=lambda old, c: (0 * old[0], 0 * old[1]))),
    ("the cell starts with c = 0: hand it the whole old state, (h, c)",
     _with(before=lambda old, c: (old[0], 0 * old[1]))),
    ("the context stands in the place of the cell state c: keep two names, `context` and `c`",
     _with(before=lambda old, c: (old[0], c))),
    ("the context stands in the place of the state's h: hand the cell the old state",
     _with(before=lambda old, c: (c, old[1]))),
    ("the cell starts with h = 0: hand it the whole old state, (h, c)",
     _with(before=lambda old, c: (0 * old[0], old[1]))),
    ("h and c are interchanged: the state is the pair (h, c)",
     _with(before=lambda old, c: old[::-1]), _with(query=lambda old, x: old[1], before=lambda old, c: old[::-1])),
    ("the h of the first sentence asks for all of them: `h[:, None]`",
     _with(query=lambda old, x: old[0][:1].expand_as(old[0]))),
    ("the cell runs first, without a context: first the old h must ask, then the cell reads [x; context]", _early,
     lambda cell, x, old, *to: _with(look=lambda q, *to: _early(cell, x, old, *to)[1:])(cell, x, old, *to)),
    ("there is a tanh around the context: leave it out", _with(look=lambda *to: (one(*to)[0].tanh(), one(*to)[1]))),
    ("there is a tanh around the cell's input: leave it out", _with(inputs=lambda x, c: (x.tanh(), c.tanh()))),
    ("h and c are interchanged in the state that comes back", _with(result=lambda s, c, w, o: (s[::-1], c, w))),
    ("in the state that comes back h is new, but c is the old one",
     _with(result=lambda s, c, w, o: ((s[0], o[1]), c, w))),
    ("the old state comes back: the next step needs the new one", _with(result=lambda s, c, w, o: (o, c, w))),
    ("h alone comes back: the next step needs the pair (h, c)", _with(result=lambda s, c, w, o: (s[0], c, w))),
    *look_mistakes(_with),
    ("the results are in another order: return state, context, weights",
     _with(result=lambda s, c, w, o: (c, s, w)), _with(result=lambda s, c, w, o: (s, w, c)),
     _with(result=lambda s, c, w, o: (c, w, s))),
    ("context and weights have an axis of size 1: `context[:, 0]`, `weights[:, 0]`",
     _with(result=lambda s, c, w, o: (s, c[:, None], w[:, None]))),
    ("the weights are (B, 1, S), one axis too many: `weights[:, 0]`, or leave out your `[:, None]`",
     _with(result=lambda s, c, w, o: (s, c, w[:, None]))),
    ("the context has an axis of size 1: `context[:, 0]`", _with(result=lambda s, c, w, o: (s, c[:, None], w))),
    (SQUEEZED_STEP, _with(result=lambda s, c, w, o: (s, c.squeeze(), w.squeeze())),
     _with(result=lambda s, c, w, o: (s, c.squeeze(), w)), _with(result=lambda s, c, w, o: (s, c, w.squeeze()))),
    ("the cell's input [x; context] comes back instead of the context: keep two names",
     lambda cell, x, *to: ((got := bahdanau_step(cell, x, *to))[0], torch.cat([x, got[1]], dim=-1), got[2])),
    ("the vector h comes back instead of the context", _with(result=lambda s, c, w, o: (s, s[0], w))),
)  # fmt: skip
_DETACHED = (
    ("the query is detached: h learns from what it asks, too", _with(query=lambda old, x: old[0].detach())),
    ("the context is detached on its way to the cell", _with(inputs=lambda x, c: (x, c.detach()))),
    ("the old state is detached before the cell",
     _with(before=lambda old, c: (old[0].detach(), old[1].detach()))),
)  # fmt: skip
_PAIR = "A pair has no `[:, ...]`. Unpack it first: `h, c = state`; `context, weights = attend(...)`."
ADVICE = (
    *STEP_ADVICE, ("tuple indices", _PAIR), ("tuple' object", _PAIR), ("'tuple' and", _PAIR),
    ("input has inconsistent input_size",
     "The cell's input is the word and the context side by side, `torch.cat([x, context], dim=-1)`, (B, E + size of "
     "value)."),
)  # fmt: skip


def examine(trial: Trial) -> None:
    cases = [step_arguments(seed, wider=True) for seed in range(len(STEPS))]
    cases += drawn(partial(drawn_step, wider=True))
    examine_step(trial, cases, "state, context, weights", _DETACHED)


EXERCISE = Exercise(id="05.bahdanau_step", reference=bahdanau_step, difficulty=3, minutes=6, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Attention first: `h, c = state`, and this h asks, `attend(h[:, None], key, value, mask, score)`.",
        "Then the cell, whose input is the word and what was found: `torch.cat([x, context[:, 0]], dim=-1)`.",
        "`return cell(torch.cat([x, context], dim=-1), state), context, weights`, with the axis of size 1 taken off."),
    explanation="""The old state asks, the answer goes into the cell: so what was looked at is remembered, and the next
question can depend on it. The price: step t can't begin before the attention of step t is known, which needs the state
of step t-1. Nothing runs in parallel. And the question is asked before the word y of t-1 was read (x brings it only
into the cell), so it does not know how the last word was chosen.""")  # fmt: skip
