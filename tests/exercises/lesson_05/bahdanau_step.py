"""Answers to exercise 05.bahdanau_step."""

import torch

from course_lib import attention
from tests.exercises.answers import right, wrong
from tests.exercises.lesson_05.attend import with_the_library
from tests.exercises.lesson_05.shared import look


@right
def attention_first(cell, x, state, key, value, mask, score):
    h, c = state
    context, weights = with_the_library(h.unsqueeze(1), key, value, mask, score)
    context = context.squeeze(1)
    h, c = cell(torch.cat((x, context), dim=1), (h, c))
    return (h, c), context, weights.squeeze(1)


@right
def bahdanau_of_the_library(cell, x, state, key, value, mask, score):
    return attention.bahdanau_step(cell, x, state, key, value, mask, score)


@right
def with_look(cell, x, state, key, value, mask, score):
    context, weights = look(state[0], key, value, mask, score)
    return cell(torch.hstack([x, context]), state), context, weights


@wrong(says="the query is the new state")
def asks_afterwards(cell, x, state, key, value, mask, score):
    context, _ = look(state[0], key, value, mask, score)
    state = cell(torch.cat([x, context], dim=1), state)
    return state, *look(state[0], key, value, mask, score)


@wrong(says="the query is the cell state c")
def bahdanau_asks_with_c(cell, x, state, key, value, mask, score):
    context, weights = look(state[1], key, value, mask, score)
    return cell(torch.cat([x, context], dim=1), state), context, weights


@wrong(says="the context stands before the word", obeyed={"[context, x]": "[x, context]"})
def context_then_word(cell, x, state, key, value, mask, score):
    context, weights = look(state[0], key, value, mask, score)
    return cell(torch.cat([context, x], dim=1), state), context, weights


@wrong(
    says="the word and the context side by side",
    obeyed={"cell(x, state)": "cell(torch.cat([x, context], dim=-1), state)"},
)
def cell_without_context(cell, x, state, key, value, mask, score):
    context, weights = look(state[0], key, value, mask, score)
    return cell(x, state), context, weights


@wrong(says="the old state comes back")
def bahdanau_old_state(cell, x, state, key, value, mask, score):
    _, context, weights = with_look(cell, x, state, key, value, mask, score)
    return state, context, weights


@wrong(says="the next step needs the pair")
def h_alone(cell, x, state, key, value, mask, score):
    (h, _), context, weights = with_look(cell, x, state, key, value, mask, score)
    return h, context, weights


@wrong(says="keys and values are interchanged")
def bahdanau_swapped(cell, x, state, key, value, mask, score):
    return with_look(cell, x, state, value, key, mask, score)


@wrong(says="the mask is not used")
def bahdanau_unmasked(cell, x, state, key, value, mask, score):
    return with_look(cell, x, state, key, value, mask | True, score)


@wrong(says="state, context, weights")
def context_first(cell, x, state, key, value, mask, score):
    state, context, weights = with_look(cell, x, state, key, value, mask, score)
    return context, state, weights


@wrong(says="one axis too many", obeyed={"weights[:, None]": "weights"})
def weights_with_their_axis(cell, x, state, key, value, mask, score):
    state, context, weights = with_look(cell, x, state, key, value, mask, score)
    return state, context, weights[:, None]


@wrong(says="one axis too many", obeyed={"weights)": "weights[:, 0])"})
def axis_of_the_weights_left(cell, x, state, key, value, mask, score):
    context, weights = with_the_library(state[0][:, None], key, value, mask, score)
    context = context[:, 0]
    return cell(torch.cat([x, context], dim=-1), state), context, weights


@wrong(says="the query is x")
def asks_with_x(cell, x, state, key, value, mask, score):
    context, weights = look(x, key, value, mask, score)
    return cell(torch.cat([x, context], dim=1), state), context, weights


@wrong(says="h and c are interchanged")
def bahdanau_c_and_h(cell, x, state, key, value, mask, score):
    c, h = state
    return with_look(cell, x, (h, c), key, value, mask, score)


@wrong(says="the cell starts with c = 0")
def c_dropped(cell, x, state, key, value, mask, score):
    context, weights = look(state[0], key, value, mask, score)
    return cell(torch.cat([x, context], dim=1), (state[0], torch.zeros_like(state[1]))), context, weights


@wrong(says="c is the old one")
def only_h_is_new(cell, x, state, key, value, mask, score):
    (h, _), context, weights = with_look(cell, x, state, key, value, mask, score)
    return (h, state[1]), context, weights


@wrong(
    says="then take `context[:, 0]` and `weights[:, 0]`",
    obeyed={"[x, context]": "[x, context[:, 0]]", "context, weights)": "context[:, 0], weights[:, 0])"},
)
def axis_of_the_context_left(cell, x, state, key, value, mask, score):
    context, weights = with_the_library(state[0][:, None], key, value, mask, score)
    return cell(torch.cat([x, context], dim=-1), state), context, weights


@wrong(says="expected 3 things, `return state, context, weights`, got 4")
def bahdanau_four_things(cell, x, state, key, value, mask, score):
    state, context, weights = with_look(cell, x, state, key, value, mask, score)
    return *state, context, weights


@wrong(says="the context is detached on its way to the cell")
def context_detached(cell, x, state, key, value, mask, score):
    context, weights = look(state[0], key, value, mask, score)
    return cell(torch.cat([x, context.detach()], dim=1), state), context, weights


@wrong(says="in the place of the cell state c: keep two names")
def context_named_c(cell, x, state, key, value, mask, score):
    h, c = state
    c, weights = look(h, key, value, mask, score)
    return cell(torch.cat([x, c], dim=-1), (h, c)), c, weights


@wrong(
    says="A pair has no `[:, ...]`",
    obeyed={"context, weights =": "h, c = state\n    context, weights =", "(state, k": "(h, k"},
)
def the_state_asks(cell, x, state, key, value, mask, score):
    context, weights = with_the_library(state, key, value, mask, score)
    return cell(torch.cat([x, context[:, 0]], dim=1), state), context[:, 0], weights[:, 0]


@wrong(says="the context has an axis of size 1", obeyed={"state), context, weights": "state), context[:, 0], weights"})
def only_the_context_with_its_axis(cell, x, state, key, value, mask, score):
    context, weights = with_the_library(state[0][:, None], key, value, mask, score)
    return cell(torch.cat([x, context[:, 0]], dim=-1), state), context, weights[:, 0]


@wrong(says="the mask comes after the softmax")
def bahdanau_masked_late(cell, x, state, key, value, mask, score):
    weights = score(state[0][:, None], key)[:, 0].softmax(-1) * mask
    context = (weights[..., None] * value).sum(1)
    return cell(torch.cat([x, context], dim=1), state), context, weights


@wrong(says="the weights multiply the keys")
def keys_averaged_where_they_fit(cell, x, state, key, value, mask, score):
    return with_look(cell, x, state, key, key if key.shape == value.shape else value, mask, score)


@wrong(says="the cell runs first, without a context")
def luongs_order(cell, x, state, key, value, mask, score):
    state = cell(torch.cat([x, torch.zeros(len(x), value.shape[-1])], dim=1), state)
    return state, *look(state[0], key, value, mask, score)


@wrong(says="two mistakes at once: 1. there is a tanh around the context")
def tanh_and_h_alone(cell, x, state, key, value, mask, score):
    context, weights = look(state[0], key, value, mask, score)
    h, _ = cell(torch.cat([x, context.tanh()], dim=1), state)
    return h, context.tanh(), weights


@wrong(says="a sentence with nothing to attend to gets equal weights")
def no_zeros_behind_the_softmax(cell, x, state, key, value, mask, score):
    scores = score(state[0][:, None], key)[:, 0].masked_fill(~mask, -1e9)
    weights = scores.softmax(-1)
    context = torch.einsum("bs,bsv->bv", weights, value)
    return cell(torch.cat([x, context], dim=-1), state), context, weights


@wrong(says="the cell's input [x; context] comes back instead of the context: keep two names")
def input_as_context(cell, x, state, key, value, mask, score):
    context, weights = look(state[0], key, value, mask, score)
    x = torch.cat([x, context], dim=-1)
    return cell(x, state), x, weights


@wrong(says="the scores are those of `dot`, whatever `score` is")
def bahdanau_by_dot(cell, x, state, key, value, mask, score):
    return with_look(cell, x, state, key, value, mask, attention.dot)


@wrong(says="the cell runs first, without a context")
def a_step_ahead_asks(cell, x, state, key, value, mask, score):
    ahead = cell(torch.cat([x, torch.zeros(len(x), value.shape[-1])], dim=1), state)
    context, weights = look(ahead[0], key, value, mask, score)
    return cell(torch.cat([x, context], dim=1), state), context, weights


@wrong(says="there is a tanh around the cell's input")
def tanh_of_the_input(cell, x, state, key, value, mask, score):
    context, weights = look(state[0], key, value, mask, score)
    return cell(torch.cat([x, context], dim=1).tanh(), state), context, weights


@wrong(says="h and c are interchanged in the state that comes back")
def returns_c_and_h(cell, x, state, key, value, mask, score):
    (h, c), context, weights = with_look(cell, x, state, key, value, mask, score)
    return (c, h), context, weights


@wrong(says="the query is detached")
def bahdanau_query_detached(cell, x, state, key, value, mask, score):
    context, weights = look(state[0].detach(), key, value, mask, score)
    return cell(torch.cat([x, context], dim=1), state), context, weights


@wrong(says="the old state is detached before the cell")
def old_state_detached(cell, x, state, key, value, mask, score):
    context, weights = look(state[0], key, value, mask, score)
    return cell(torch.cat([x, context], dim=1), tuple(part.detach() for part in state)), context, weights
