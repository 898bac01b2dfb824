"""Exercise 05.luong_step: the cell, attention with its new state, the attentional vector."""

from functools import partial

import torch
from torch import Tensor

from course_lib.attention import luong_step
from course_lib.exercises.kit import Exercise, Function, Named, Trial, drawn, normal, with_parts
from course_lib.exercises.lesson_05.shared import (
    STEP_ADVICE,
    STEPS,
    Pair,
    drawn_step,
    examine_step,
    one,
    step_arguments,
)


@with_parts
def _with(
    cell: Function, x: Tensor, given: Pair, key: Tensor, value: Tensor, mask: Tensor, score: Function,
    combine: Function, *, query: Function = lambda old, new: new[0], look: Function = one,
    join: Function = lambda c, x, old, new: (c, new[0]), out: Function = torch.tanh,
    result: Function = lambda v, s, w, c, old: (v, s, w), before: Function = lambda cell, x, old: old,
) -> object:  # fmt: skip
    """Another query, look-up, parts, activation, result (of vector, state, weights, context, old state) or state."""
    old = before(cell, x, given)
    new = cell(x, old)
    c, w = look(query(old, new), key, value, mask, score)
    return result(out(combine(torch.cat(join(c, x, old, new), dim=-1))), new, w, c, given)


MISTAKES = (
    ("the query is the old state, s of t-1: that is Bahdanau's form", _with(query=lambda o, n: o[0])),
    ("the query is the cell state c: it is the hidden state, h", _with(query=lambda o, n: n[1])),
    ("the query and the vector use the old h: let the cell run first, and use the new one",
     _with(query=lambda o, n: o[0], join=lambda c, x, o, n: (c, o[0]))),
    ("the vector is made with the old h: it is tanh(W_c [context; h])", _with(join=lambda c, x, o, n: (c, o[0]))),
    ("the order is [h; context]: the context comes first", _with(join=lambda c, x, o, n: (n[0], c))),
    ("x stands where h belongs: it is [context; h]", _with(join=lambda c, x, o, n: (c, x))),
    ("the cell state c stands where h belongs: it is [context; h]", _with(join=lambda c, x, o, n: (c, n[1]))),
    ("the cell state c stands where the context belongs: `torch.cat([context, h], dim=-1)`",
     _with(join=lambda c, x, o, n: (n[1], n[0])), _with(join=lambda c, x, o, n: n)),
    ("the tanh is missing: tanh(W_c [context; h])", _with(out=lambda combined: combined)),
    ("the activation is the sigmoid; it is tanh", _with(out=torch.sigmoid)),
    ("the activation is ReLU; it is tanh", _with(out=torch.relu)),
    ("h and c are interchanged: the cell gives the pair (h, c), and h asks",
     _with(query=lambda o, n: n[1], join=lambda c, x, o, n: (c, n[1]), result=lambda v, s, w, c, o: (v, s[::-1], w))),
    ("h and c are interchanged in the state that comes back", _with(result=lambda v, s, w, c, o: (v, s[::-1], w))),
    ("the cell starts from zeros: hand it the old state", _with(before=lambda cell, x, old: (0 * old[0], 0 * old[1]))),
    ("the cell runs twice: one step, one call", _with(before=lambda cell, x, old: cell(x, old))),
    ("the old state comes back: the next step needs the new one", _with(result=lambda v, s, w, c, o: (v, o, w))),
    ("the vector comes back as the state, not (h, c)", _with(result=lambda v, s, w, c, o: (v, (v, s[1]), w))),
    ("the vector comes back in the place of c", _with(result=lambda v, s, w, c, o: (v, (s[0], v), w))),
    ("the context comes back in the place of the cell state c: keep two names, `context` and `c`",
     _with(result=lambda v, s, w, c, o: (v, (s[0], c), w))),
    ("the context comes back instead of the vector", _with(result=lambda v, s, w, c, o: (c, s, w))),
    ("h comes back instead of the vector tanh(W_c [context; h])", _with(result=lambda v, s, w, c, o: (s[0], s, w))),
    ("keys and values are interchanged in the call of `attend`", _with(look=lambda q, k, v, m, f: one(q, v, k, m, f))),
    ("the mask is not used: padding is attended to", _with(look=lambda q, k, v, m, f: one(q, k, v, m | True, f))),
    ("the weights have an axis of size 1: `weights[:, 0]`", _with(result=lambda v, s, w, c, o: (v, s, w[:, None]))),
    ("vector and weights have an axis of size 1", _with(result=lambda v, s, w, c, o: (v[:, None], s, w[:, None]))),
    ("the order of the results is vector, state, weights",
     _with(result=lambda v, s, w, c, o: (v, w, s)), _with(result=lambda v, s, w, c, o: (s, v, w))),
)  # fmt: skip
_PAIR = "The state is a pair: `h, c = cell(x, state)`. The query is h."
ADVICE = (
    ("the cell takes x and the state", "Hand the cell the whole state: `h, c = cell(x, state)`."),
    ("mat1 and mat2", "`combine` reads the context and h side by side, `torch.cat([context, h], dim=-1)`."),
    *STEP_ADVICE, ("tuple indices", _PAIR), ("tuple' object", _PAIR), ("has no attribute 'dim'", _PAIR),
)  # fmt: skip


def examine(trial: Trial) -> None:
    cases = []
    steps = [step_arguments(seed, wider=False) for seed in range(len(STEPS))]
    for seed, step in enumerate([*steps, *drawn(partial(drawn_step, wider=False))]):
        H, size = step[2][0].shape[1], step[4].shape[2]
        weight = normal(400 + seed, H, size + H)
        combine = Named(f"a linear layer, {size + H} to {H}", lambda x, weight=weight: x @ weight.T.to(x))
        cases.append((*step, combine))
    examine_step(trial, cases, "vector, (h, c), weights")


EXERCISE = Exercise(id="05.luong_step", reference=luong_step, difficulty=3, minutes=8,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("The cell first: `h, c = cell(x, state)`. Then h asks.",
           "Your `attend` takes T queries: `h[:, None]` is one of them, (B, 1, H). Take the axis off again: "
           "`context[:, 0]`.",
           "`vector = combine(torch.cat([context, h], dim=-1)).tanh()`, and `return vector, (h, c), weights`."),
    explanation="""The new state has read the word before, so its question is about the word that comes now. The state
itself goes on untouched by what attention found: no step waits for another's attention. Hence with teacher forcing the
cell can run over the whole target first, and attention over all steps is one product of matrices.""")  # fmt: skip
