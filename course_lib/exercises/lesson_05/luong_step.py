"""Exercise 05.luong_step."""

from collections.abc import Callable

import torch

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import Named, normal
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


def luong_step(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = attend(h[:, None], key, value, mask, score)  # one query: (B, 1, H)
    context, weights = context[:, 0], weights[:, 0]
    vector = combine(torch.cat([context, h], dim=-1)).tanh()
    return vector, (h, c), weights


def _luong_with(
    query: Callable = lambda old, new: new[0],
    look: Callable = _one,
    join: Callable = lambda context, x, old, new: (context, new[0]),
    out: Callable = lambda combined: combined.tanh(),
    result: Callable = lambda vector, state, weights, context, old: (vector, state, weights),
) -> Callable:
    """A way to write Luong's step wrongly: another query, another look-up, other parts, another result."""

    def step(cell, x, state, key, value, mask, score, combine):
        new = cell(x, state)
        context, weights = look(query(state, new), key, value, mask, score)
        vector = out(combine(torch.cat(join(context, x, state, new), dim=-1)))
        return result(vector, new, weights, context, state)

    return step


def _luong_from(before: Callable) -> Callable:
    """Luong's step whose cell starts from another state: a function of cell, input and the given one."""

    def step(cell, x, state, key, value, mask, score, combine):
        return luong_step(cell, x, before(cell, x, state), key, value, mask, score, combine)

    return step


MISTAKES = [
    ("the query is the state before the step, s of t-1: that is Bahdanau's form. Here the cell comes first, and the new h asks",
     _luong_with(query=lambda old, new: old[0])),
    ("the query is the cell state c: it is the hidden state, h", _luong_with(query=lambda old, new: new[1])),
    ("the query and the vector use the old h: let the cell run first, and use the new one",
     _luong_with(query=lambda old, new: old[0], join=lambda context, x, old, new: (context, old[0]))),
    ("the vector is made with the old h: it is tanh(W_c [c_t; s_t]), with the new one", _luong_with(join=lambda context, x, old, new: (context, old[0]))),
    ("the order is [s_t; c_t]: the context comes first, `torch.cat([context, h], dim=-1)`", _luong_with(join=lambda context, x, old, new: (new[0], context))),
    ("x stands where h belongs: it is [c_t; s_t]", _luong_with(join=lambda context, x, old, new: (context, x))),
    ("the cell state c stands where h belongs: it is [c_t; s_t], the context and the hidden state", _luong_with(join=lambda context, x, old, new: (context, new[1]))),
    ("the tanh is missing: tanh(W_c [c_t; s_t])", _luong_with(out=lambda combined: combined)),
    ("the activation is the sigmoid; it is tanh", _luong_with(out=torch.sigmoid)),
    ("the activation is ReLU; it is tanh", _luong_with(out=torch.relu)),
    ("h and c are interchanged: the cell gives the pair (h, c), and h asks",
     _luong_with(query=lambda old, new: new[1], join=lambda context, x, old, new: (context, new[1]),
                 result=lambda vector, state, weights, context, old: (vector, state[::-1], weights))),
    ("h and c are interchanged in the state that comes back: it is the pair (h, c)",
     _luong_with(result=lambda vector, state, weights, context, old: (vector, state[::-1], weights))),
    ("the cell starts from zeros: hand it the old state", _luong_from(lambda cell, x, old: (0 * old[0], 0 * old[1]))),
    ("the cell runs twice: one step, one call", _luong_from(lambda cell, x, old: cell(x, old))),
    ("the old state comes back: the next step needs the new one", _luong_with(result=lambda vector, state, weights, context, old: (vector, old, weights))),
    ("the vector comes back as the state: return the pair (h, c) that the cell gave",
     _luong_with(result=lambda vector, state, weights, context, old: (vector, (vector, state[1]), weights))),
    ("the vector comes back in the place of c: return the pair (h, c) that the cell gave",
     _luong_with(result=lambda vector, state, weights, context, old: (vector, (state[0], vector), weights))),
    ("the context comes back instead of the vector tanh(W_c [c_t; s_t])", _luong_with(result=lambda vector, state, weights, context, old: (context, state, weights))),
    ("h comes back instead of the vector tanh(W_c [c_t; s_t])", _luong_with(result=lambda vector, state, weights, context, old: (state[0], state, weights))),
    ("keys and values are interchanged in the call of `attend`", _luong_with(look=_swapped)),
    ("the mask is not used: padding is attended to", _luong_with(look=_unmasked)),
    ("the weights have an axis of size 1 for the one query: take it off, `weights[:, 0]`",
     _luong_with(result=lambda vector, state, weights, context, old: (vector, state, weights[:, None]))),
    ("vector and weights have an axis of size 1 for the one query: take it off, `[:, 0]`",
     _luong_with(result=lambda vector, state, weights, context, old: (vector[:, None], state, weights[:, None]))),
    ("the order of the results is vector, state, weights", _luong_with(result=lambda vector, state, weights, context, old: (vector, weights, state))),
    ("the order of the results is vector, state, weights", _luong_with(result=lambda vector, state, weights, context, old: (state, vector, weights))),
]  # fmt: skip


def _linear(seed: int, rows: int, columns: int) -> Named:
    weight = normal(seed, rows, columns)
    return Named(f"a linear layer, {columns} to {rows}", lambda x: x @ weight.T.to(x))


ADVICE = (
    ("the cell takes x and the state", "Hand the cell the whole state: `h, c = cell(x, state)`."),
    (
        "mat1 and mat2",
        "`combine` reads the context and h side by side, `torch.cat([context, h], dim=-1)`, (B, size of value + H).",
    ),
    ("same number of dimensions", _ONE_QUERY),
    ("imension", "`attend` takes T queries: `h[:, None]` is one of them, (B, 1, H)."),
    ("tuple indices", "The state is a pair: `h, c = cell(x, state)`. The query is h."),
    ("tuple' object", "The state is a pair: `h, c = cell(x, state)`. The query is h."),
    ("has no attribute 'dim'", "The state is a pair: `h, c = cell(x, state)`. The query is h."),
)


def examine(trial: Trial) -> None:
    for seed, (B, S, E, H, size, lengths) in enumerate(
        [(2, 3, 3, 3, 3, (3, 2)), (3, 4, 2, 3, 3, (1, 4, 2)), (1, 2, 2, 4, 3, (2,)), (2, 5, 4, 2, 3, (4, 5))]
    ):
        arguments = _step_arguments(seed, B, S, E, H, size, lengths, wider=False)
        arguments = (*arguments, _linear(400 + seed, H, size + H))
        got = trial.call(*arguments)
        _require_tuple(trial, got, "vector, (h, c), weights", 3)
        trial.compare(got, luong_step(*arguments), inputs=arguments)
    cell, x, (h, c), key, value, mask, score, combine = arguments
    _gradients_of_all(
        trial,
        luong_step,
        lambda f: lambda x, h, c, key, value: f(cell, x, (h, c), key, value, mask, score, combine),
        *(x, h, c, key, value),
    )


EXERCISE = Exercise(
    id="05.luong_step",
    reference=luong_step,
    difficulty=3,
    minutes=8,
    hints=(
        "The cell first: `h, c = cell(x, state)`. Then h asks.",
        "Your `attend` takes T queries: `h[:, None]` is one of them, (B, 1, H). Take the axis off again: `context[:, 0]`.",
        "`vector = combine(torch.cat([context, h], dim=-1)).tanh()`, and `return vector, (h, c), weights`.",
    ),
    explanation="""
The new state has read the word before, so its question is about the word that comes now. The state itself goes on untouched by
what attention found: no step waits for another's attention. Hence with teacher forcing the cell can run over the whole target
first, and attention over all steps is one product of matrices.""",
    mistakes=MISTAKES,
    advice=ADVICE,
    examine=examine,
)
