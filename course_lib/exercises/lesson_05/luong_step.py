"""Exercise 05.luong_step: the cell, attention with its new state, the attentional vector."""

from functools import partial

import torch
from torch import Tensor

from course_lib.attention import luong_step
from course_lib.exercises.kit import Exercise, Function, Named, Trial, drawn, normal, with_parts
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
    cell: Function, x: Tensor, given: Pair, key: Tensor, value: Tensor, mask: Tensor, score: Function,
    combine: Function, *, query: Function = lambda old, new: new[0], look: Function = one,
    join: Function = lambda c, x, old, new: (c, new[0]), out: Function = lambda combine, both: combine(both).tanh(),
    result: Function = lambda v, s, w, c, old: (v, s, w), before: Function = lambda cell, x, old: old,
) -> object:  # fmt: skip
    """Another query, look-up, parts, activation, result (of vector, state, weights, context, old state) or state."""
    old = before(cell, x, given)
    new = cell(x, old)
    c, w = look(query(old, new), key, value, mask, score)
    return result(out(combine, torch.cat(join(c, x, old, new), dim=-1)), new, w, c, given)


MISTAKES = (
    ("the query is the old state: let the cell run first, then its new h asks", _with(query=lambda o, n: o[0])),
    ("the query is the cell state c: it should be the hidden state, h", _with(query=lambda o, n: n[1])),
    ("the query and the vector use the old h: let the cell run first, and use the new one",
     _with(query=lambda o, n: o[0], join=lambda c, x, o, n: (c, o[0]))),
    ("the vector is made with the old h: it should be tanh(W_c [context; h])",
     _with(join=lambda c, x, o, n: (c, o[0]))),
    ("h stands before the context: it should be [context; h]", _with(join=lambda c, x, o, n: (n[0], c))),
    ("x stands where h belongs: it should be [context; h]", _with(join=lambda c, x, o, n: (c, x))),
    ("the cell state c stands where h belongs: it should be [context; h]", _with(join=lambda c, x, o, n: (c, n[1]))),
    ("the cell state c stands where the context belongs: `torch.cat([context, h], dim=-1)`",
     _with(join=lambda c, x, o, n: (n[1], n[0])), _with(join=lambda c, x, o, n: n)),
    ("the tanh is missing: tanh(W_c [context; h])", _with(out=lambda combine, both: combine(both))),
    ("the tanh stands inside `combine`: it should be tanh(W_c [context; h])",
     _with(out=lambda combine, both: combine(both.tanh()))),
    ("there is a tanh inside `combine`, too: it should be tanh(W_c [context; h])",
     _with(out=lambda combine, both: combine(both.tanh()).tanh())),
    ("the tanh is taken twice: once is enough", _with(out=lambda combine, both: combine(both).tanh().tanh())),
    ("the activation is the sigmoid; it should be tanh", _with(out=lambda combine, both: combine(both).sigmoid())),
    ("the activation is ReLU; it should be tanh", _with(out=lambda combine, both: combine(both).relu())),
    ("the h of the first sentence asks for all of them: `h[:, None]`",
     _with(query=lambda o, n: n[0][:1].expand_as(n[0]))),
    ("h and c are interchanged: the cell gives the pair (h, c), and h asks",
     _with(query=lambda o, n: n[1], join=lambda c, x, o, n: (c, n[1]), result=lambda v, s, w, c, o: (v, s[::-1], w))),
    ("h and c are interchanged in the state that comes back", _with(result=lambda v, s, w, c, o: (v, s[::-1], w))),
    ("the cell starts from zeros: hand it the old state", _with(before=lambda cell, x, old: (0 * old[0], 0 * old[1]))),
    ("the state that comes back is one step too far: call the cell once, and return what it gave",
     lambda cell, x, old, *to: ((got := luong_step(cell, x, old, *to))[0], cell(x, got[1]), got[2])),
    ("the cell runs twice: one step, one call", _with(before=lambda cell, x, old: cell(x, old)),
     _with(before=lambda cell, x, old: cell(x, old), query=lambda o, n: o[0])),
    ("the old state comes back: the next step needs the new one", _with(result=lambda v, s, w, c, o: (v, o, w))),
    ("h alone comes back: the next step needs the pair (h, c)", _with(result=lambda v, s, w, c, o: (v, s[0], w))),
    ("the vector comes back in the place of h", _with(result=lambda v, s, w, c, o: (v, (v, s[1]), w))),
    ("the vector comes back in the place of c", _with(result=lambda v, s, w, c, o: (v, (s[0], v), w))),
    ("the context comes back in the place of the cell state c: keep two names, `context` and `c`",
     _with(result=lambda v, s, w, c, o: (v, (s[0], c), w))),
    ("the context comes back instead of the vector", _with(result=lambda v, s, w, c, o: (c, s, w))),
    ("h comes back instead of the vector tanh(W_c [context; h])", _with(result=lambda v, s, w, c, o: (s[0], s, w))),
    *look_mistakes(_with),
    (SQUEEZED_STEP, _with(result=lambda v, s, w, c, o: (v.squeeze(), s, w.squeeze())),
     _with(result=lambda v, s, w, c, o: (v.squeeze(), s, w)), _with(result=lambda v, s, w, c, o: (v, s, w.squeeze()))),
    ("the weights are (B, 1, S), one axis too many: `weights[:, 0]`, or leave out your `[:, None]`",
     _with(result=lambda v, s, w, c, o: (v, s, w[:, None]))),
    ("the vector has an axis of size 1: `[:, 0]` takes it off", _with(result=lambda v, s, w, c, o: (v[:, None], s, w))),
    ("the context comes back in the place of the weights", _with(result=lambda v, s, w, c, o: (v, s, c))),
    ("vector and weights have an axis of size 1: `[:, 0]` takes it off",
     _with(result=lambda v, s, w, c, o: (v[:, None], s, w[:, None]))),
    ("the results are in another order: return vector, state, weights",
     _with(result=lambda v, s, w, c, o: (v, w, s)), _with(result=lambda v, s, w, c, o: (s, v, w))),
)  # fmt: skip
_DETACHED = (
    ("the query is detached: h learns from what it asks, too", _with(query=lambda o, n: n[0].detach())),
    ("the state that comes back is detached: then no step learns from the next ones",
     _with(result=lambda v, s, w, c, o: (v, (s[0].detach(), s[1].detach()), w))),
    ("what `attend` gives is detached, or made under `torch.no_grad()`",
     _with(look=lambda *to: tuple(part.detach() for part in one(*to)))),
)  # fmt: skip
_PAIR = (
    "A pair has no `[:, ...]`. Unpack it: after `state = cell(x, state)` write `h, c = state`; and `context, weights = "
    "attend(...)`."
)
ADVICE = (
    ("the cell takes x and the state", "Hand the cell the whole state: `h, c = cell(x, state)`."),
    ("input has inconsistent input_size", "The cell reads x alone, `cell(x, state)`; `combine` reads the context."),
    ("'Named' object has no attribute", "`combine` and `score` are functions: call them, and ask for nothing in them."),
    ("mat1 and mat2", "`combine` reads the context and h side by side, `torch.cat([context, h], dim=-1)`."),
    *STEP_ADVICE, ("tuple indices", _PAIR), ("tuple' object", _PAIR), ("'tuple' and", _PAIR),
    ("has no attribute 'dim'", _PAIR),
)  # fmt: skip


def examine(trial: Trial) -> None:
    cases = []
    steps = [step_arguments(seed, wider=False) for seed in range(len(STEPS))]
    for seed, step in enumerate([*steps, *drawn(partial(drawn_step, wider=False))]):
        H, size = step[2][0].shape[1], step[4].shape[2]
        weight = normal(400 + seed, H, size + H)
        combine = Named(f"a linear layer, {size + H} to {H}", lambda x, weight=weight: x @ weight.T.to(x))
        cases.append((*step, combine))
    examine_step(trial, cases, "vector, (h, c), weights", _DETACHED)


EXERCISE = Exercise(id="05.luong_step", reference=luong_step, difficulty=3, minutes=8,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("The cell first: `h, c = cell(x, state)`. Then h asks.",
           "Your `attend` takes T queries: `h[:, None]` is one of them, (B, 1, H). Take the axis off again: "
           "`context[:, 0]`, `weights[:, 0]`.",
           "`vector = combine(torch.cat([context, h], dim=-1)).tanh()`, and `return vector, (h, c), weights`."),
    explanation="""The new state has read the word before, so its question is about the word that comes now. The state
itself goes on untouched by what attention found: no step waits for another's attention. Hence with teacher forcing the
cell can run over the whole target first, and attention over all steps is one product of matrices.""")  # fmt: skip
