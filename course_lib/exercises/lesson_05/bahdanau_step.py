"""Exercise 05.bahdanau_step."""

from collections.abc import Callable

import torch

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.lesson_05.attend import attend
from course_lib.exercises.lesson_05.shared import (
    _ONE_QUERY,
    _gradients_of_all,
    _one,
    _require_tuple,
    _step_arguments,
    _swapped,
    _unmasked,
)
from course_lib.exercises.trial import Trial


def bahdanau_step(cell, x, state, key, value, mask, score):
    h, _ = state
    context, weights = attend(h[:, None], key, value, mask, score)
    context, weights = context[:, 0], weights[:, 0]
    state = cell(torch.cat([x, context], dim=-1), state)
    return state, context, weights


def _bahdanau_with(
    query: Callable = lambda old, x: old[0],
    look: Callable = _one,
    inputs: Callable = lambda x, context: torch.cat([x, context], dim=-1),
    before: Callable = lambda old: old,
    result: Callable = lambda state, context, weights, old: (state, context, weights),
) -> Callable:
    """A way to write Bahdanau's step wrongly: another query, look-up, input, state before it, or result."""

    def step(cell, x, state, key, value, mask, score):
        context, weights = look(query(state, x), key, value, mask, score)
        return result(cell(inputs(x, context), before(state)), context, weights, state)

    return step


def _asks_again(cell, x, state, key, value, mask, score):
    """The cell runs first; what comes back belongs to the new state's question."""
    context, _ = _one(state[0], key, value, mask, score)
    state = cell(torch.cat([x, context], dim=-1), state)
    return state, *_one(state[0], key, value, mask, score)


MISTAKES = [
    ("the query is the cell state c: it is the hidden state h of the step before", _bahdanau_with(query=lambda old, x: old[1])),
    ("the query is x: it is the hidden state h of the step before", _bahdanau_with(query=lambda old, x: x)),
    ("the query is the new state: here attention comes first, and the old h, s of t-1, asks", _asks_again),
    ("the new state has not read the context: the cell's input is [x; context]", _bahdanau_with(inputs=lambda x, context: torch.cat([x, 0 * context], dim=-1))),
    ("the word has no part in the new state: the cell's input is [x; context]", _bahdanau_with(inputs=lambda x, context: torch.cat([0 * x, context], dim=-1))),
    ("the order is [context; x]: the word comes first, `torch.cat([x, context], dim=-1)`", _bahdanau_with(inputs=lambda x, context: torch.cat([context, x], dim=-1))),
    ("x is there twice: the cell's input is [x; context]", _bahdanau_with(inputs=lambda x, context: torch.cat([x, x], dim=-1))),
    ("the context is there twice: the cell's input is [x; context]", _bahdanau_with(inputs=lambda x, context: torch.cat([context, context], dim=-1))),
    ("the cell starts from zeros: hand it the old state", _bahdanau_with(before=lambda old: (0 * old[0], 0 * old[1]))),
    ("the cell starts with c = 0: hand it the whole old state, (h, c)", _bahdanau_with(before=lambda old: (old[0], 0 * old[1]))),
    ("the cell starts with h = 0: hand it the whole old state, (h, c)", _bahdanau_with(before=lambda old: (0 * old[0], old[1]))),
    ("h and c are interchanged: the state is the pair (h, c)", _bahdanau_with(before=lambda old: old[::-1])),
    ("h and c are interchanged: the state is the pair (h, c)", _bahdanau_with(query=lambda old, x: old[1], before=lambda old: old[::-1])),
    ("h is the new one, but c is the old one: both come from the cell",
     _bahdanau_with(result=lambda state, context, weights, old: ((state[0], old[1]), context, weights))),
    ("the old state comes back: the next step needs the new one", _bahdanau_with(result=lambda state, context, weights, old: (old, context, weights))),
    ("h alone comes back as the state: the next step needs the pair (h, c)", _bahdanau_with(result=lambda state, context, weights, old: (state[0], context, weights))),
    ("keys and values are interchanged in the call of `attend`", _bahdanau_with(look=_swapped)),
    ("the mask is not used: padding is attended to", _bahdanau_with(look=_unmasked)),
    ("the order of the results is state, context, weights", _bahdanau_with(result=lambda state, context, weights, old: (context, state, weights))),
    ("the order of the results is state, context, weights", _bahdanau_with(result=lambda state, context, weights, old: (state, weights, context))),
    ("the order of the results is state, context, weights", _bahdanau_with(result=lambda state, context, weights, old: (context, weights, state))),
    ("context and weights have an axis of size 1 for the one query: take it off, `[:, 0]`",
     _bahdanau_with(result=lambda state, context, weights, old: (state, context[:, None], weights[:, None]))),
    ("the weights have an axis of size 1 for the one query: take it off, `weights[:, 0]`",
     _bahdanau_with(result=lambda state, context, weights, old: (state, context, weights[:, None]))),
    ("the vector h comes back instead of the context", _bahdanau_with(result=lambda state, context, weights, old: (state, state[0], weights))),
]  # fmt: skip


ADVICE = (
    ("same number of dimensions", _ONE_QUERY),
    ("imension", "`attend` takes T queries: `h[:, None]` is one of them, (B, 1, H)."),
    ("tuple indices", "The state is a pair: `h, c = state`. The query is h."),
    ("tuple' object", "The state is a pair: `h, c = state`. The query is h."),
    (
        "input has inconsistent input_size",
        "The cell's input is the word and the context side by side, `torch.cat([x, context], dim=-1)`, (B, E + size of value).",
    ),
)


def examine(trial: Trial) -> None:
    for seed, (B, S, E, H, size, lengths) in enumerate(
        [(2, 3, 3, 3, 3, (3, 2)), (3, 4, 2, 3, 3, (1, 4, 2)), (1, 2, 2, 4, 3, (2,)), (2, 5, 4, 2, 3, (4, 5))]
    ):
        arguments = _step_arguments(seed, B, S, E, H, size, lengths, wider=True)
        got = trial.call(*arguments)
        _require_tuple(trial, got, "state, context, weights", 3)
        trial.compare(got, bahdanau_step(*arguments), inputs=arguments)
    cell, x, (h, c), key, value, mask, score = arguments
    _gradients_of_all(
        trial,
        bahdanau_step,
        lambda f: lambda x, h, c, key, value: f(cell, x, (h, c), key, value, mask, score),
        *(x, h, c, key, value),
    )


EXERCISE = Exercise(
    id="05.bahdanau_step",
    reference=bahdanau_step,
    difficulty=3,
    minutes=6,
    hints=(
        "Attention first: `h, c = state`, and this h asks, `attend(h[:, None], key, value, mask, score)`.",
        "Then the cell, whose input is the word and what was found: `torch.cat([x, context[:, 0]], dim=-1)`.",
        "`return cell(torch.cat([x, context], dim=-1), state), context, weights`, with the axis of size 1 taken off.",
    ),
    explanation="""
The old state asks, the answer goes into the cell: so what was looked at is remembered, and the next question can depend on it.
The price: step t can't begin before the attention of step t is known, which needs the state of step t-1. Nothing runs in parallel.
And the question is asked before the word y of t-1 was read (x brings it only into the cell), so it does not know how the last word was
chosen.""",
    mistakes=MISTAKES,
    advice=ADVICE,
    examine=examine,
)
