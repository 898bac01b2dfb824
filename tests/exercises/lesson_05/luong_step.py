"""Answers to exercise 05.luong_step."""

import torch

from course_lib import attention
from tests.exercises.answers import right, wrong
from tests.exercises.lesson_05.attend import with_the_library
from tests.exercises.lesson_05.shared import look


@right
def cell_first(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = with_the_library(h[:, None], key, value, mask, score)
    context, weights = context.squeeze(1), weights.squeeze(1)
    return torch.tanh(combine(torch.cat([context, h], dim=1))), (h, c), weights


@right
def as_in_the_library(cell, x, state, key, value, mask, score, combine):
    return attention.luong_step(cell, x, state, key, value, mask, score, combine)


@right
def without_attend(cell, x, state, key, value, mask, score, combine):
    state = cell(x, state)
    scores = score(state[0].unsqueeze(1), key).squeeze(1).masked_fill(~mask, -1e30)
    weights = scores.softmax(-1) * mask
    context = (weights.unsqueeze(-1) * value).sum(1)
    return combine(torch.cat((context, state[0]), -1)).tanh(), state, weights


@wrong(says="let the cell run first, then its new h asks")
def asks_with_the_old_state(cell, x, state, key, value, mask, score, combine):
    context, weights = look(state[0], key, value, mask, score)
    state = cell(x, state)
    return torch.tanh(combine(torch.cat([context, state[0]], dim=1))), state, weights


@wrong(says="the query is the cell state c")
def asks_with_c(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = look(c, key, value, mask, score)
    return torch.tanh(combine(torch.cat([context, h], dim=1))), (h, c), weights


@wrong(says="h stands before the context")
def state_then_context(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = look(h, key, value, mask, score)
    return torch.tanh(combine(torch.cat([h, context], dim=1))), (h, c), weights


@wrong(says="the tanh is missing")
def luong_without_tanh(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = look(h, key, value, mask, score)
    return combine(torch.cat([context, h], dim=1)), (h, c), weights


@wrong(says="the old state comes back")
def returns_the_old_state(cell, x, state, key, value, mask, score, combine):
    vector, _, weights = cell_first(cell, x, state, key, value, mask, score, combine)
    return vector, state, weights


@wrong(says="in the place of h")
def vector_as_state(cell, x, state, key, value, mask, score, combine):
    vector, (_, c), weights = cell_first(cell, x, state, key, value, mask, score, combine)
    return vector, (vector, c), weights


@wrong(says="keys and values are interchanged")
def luong_swapped(cell, x, state, key, value, mask, score, combine):
    return cell_first(cell, x, state, value, key, mask, score, combine)


@wrong(says="the mask is not used")
def luong_unmasked(cell, x, state, key, value, mask, score, combine):
    return cell_first(cell, x, state, key, value, torch.ones_like(mask), score, combine)


@wrong(says="one axis too many", obeyed={"weights)": "weights[:, 0])"})
def axis_left(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = with_the_library(h[:, None], key, value, mask, score)
    return torch.tanh(combine(torch.cat([context[:, 0], h], dim=1))), (h, c), weights


@wrong(says="vector, state, weights")
def luong_other_order(cell, x, state, key, value, mask, score, combine):
    vector, state, weights = cell_first(cell, x, state, key, value, mask, score, combine)
    return vector, weights, state


@wrong(
    says="A pair has no `[:, ...]`",
    obeyed={"state = cell(x, state)": "state = cell(x, state)\n    h, c = state", "state[:, None]": "h[:, None]"},
)
def state_as_query(cell, x, state, key, value, mask, score, combine):
    state = cell(x, state)
    context, weights = with_the_library(state[:, None], key, value, mask, score)
    return torch.tanh(combine(torch.cat([context[:, 0], state[0]], dim=1))), state, weights[:, 0]


@right
def axes_taken_off_at_the_end(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = with_the_library(h[:, None], key, value, mask, score)
    return combine(torch.cat([context, h[:, None]], dim=2)).tanh()[:, 0], (h, c), weights[:, 0]


@wrong(
    says="`squeeze()` takes off a batch of 1, too",
    obeyed={"context.squeeze()": "context[:, 0]", "weights.squeeze()": "weights[:, 0]"},
)
def luong_squeezed(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = with_the_library(h[:, None], key, value, mask, score)
    return torch.tanh(combine(torch.cat([context.squeeze(), h], dim=-1))), (h, c), weights.squeeze()


@wrong(
    says="`combine` reads the context and h side by side",
    obeyed={"torch.stack([context, h], dim=1)": "torch.cat([context, h], dim=-1)"},
)
def luong_stacked(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = look(h, key, value, mask, score)
    return torch.tanh(combine(torch.stack([context, h], dim=1))), (h, c), weights


@wrong(says="h and c are interchanged: the cell gives the pair")
def c_and_h(cell, x, state, key, value, mask, score, combine):
    c, h = cell(x, state)
    context, weights = look(h, key, value, mask, score)
    return torch.tanh(combine(torch.cat([context, h], dim=1))), (h, c), weights


@wrong(says="interchanged in the state that comes back")
def state_turned(cell, x, state, key, value, mask, score, combine):
    vector, (h, c), weights = cell_first(cell, x, state, key, value, mask, score, combine)
    return vector, (c, h), weights


@wrong(says="the vector comes back in the place of c")
def vector_as_c(cell, x, state, key, value, mask, score, combine):
    vector, (h, _), weights = cell_first(cell, x, state, key, value, mask, score, combine)
    return vector, (h, vector), weights


@wrong(says="starts from zeros")
def state_dropped(cell, x, state, key, value, mask, score, combine):
    zeros = tuple(torch.zeros_like(part) for part in state)
    return cell_first(cell, x, zeros, key, value, mask, score, combine)


@wrong(says="the cell runs twice")
def two_steps(cell, x, state, key, value, mask, score, combine):
    return cell_first(cell, x, cell(x, state), key, value, mask, score, combine)


@wrong(
    says="expected 3 things, `return vector, (h, c), weights`, got 4",
    obeyed={
        "vector, state, weights =": "vector, (h, c), weights =",
        "return (vector, *state, weights)": "return (vector, (h, c), weights)",
    },
)
def luong_four_things(cell, x, state, key, value, mask, score, combine):
    vector, state, weights = cell_first(cell, x, state, key, value, mask, score, combine)
    return vector, *state, weights


@wrong(says="Hand the cell the whole state", obeyed={"state[0]": "state"})
def h_alone_into_the_cell(cell, x, state, key, value, mask, score, combine):
    return cell_first(cell, x, state[0], key, value, mask, score, combine)


@wrong(
    says="the cell state c stands where the context belongs",
    obeyed={"_, weights": "context, weights", "[c, h]": "[context, h]"},
)
def cell_state_as_context(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    _, weights = look(h, key, value, mask, score)
    return torch.tanh(combine(torch.cat([c, h], dim=-1))), (h, c), weights


@wrong(says="in the place of the cell state c: keep two names")
def context_as_cell_state(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    c, weights = look(h, key, value, mask, score)
    return torch.tanh(combine(torch.cat([c, h], dim=-1))), (h, c), weights


@wrong(says="A pair has no `[:, ...]`")
def the_pair_asks(cell, x, state, key, value, mask, score, combine):
    state = cell(x, state)
    context, weights = with_the_library(state, key, value, mask, score)
    return torch.tanh(combine(torch.cat([context[:, 0], state[0]], dim=1))), state, weights[:, 0]


@wrong(says="the h of the first sentence asks", obeyed={"h[None]": "h[:, None]"})
def axis_in_front(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = with_the_library(h[None], key, value, mask, score)
    return torch.tanh(combine(torch.cat([context[:, 0], h], dim=1))), (h, c), weights[:, 0]


@wrong(says="where B is 1: `context[:, 0]`, `weights[:, 0]`", obeyed={"weights.squeeze()": "weights[:, 0]"})
def weights_squeezed(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = with_the_library(h[:, None], key, value, mask, score)
    return torch.tanh(combine(torch.cat([context[:, 0], h], dim=1))), (h, c), weights.squeeze()


@wrong(says="the tanh stands inside `combine`")
def tanh_before_the_layer(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = look(h, key, value, mask, score)
    return combine(torch.tanh(torch.cat([context, h], dim=1))), (h, c), weights


@wrong(says="one step too far")
def a_step_ahead(cell, x, state, key, value, mask, score, combine):
    vector, state, weights = cell_first(cell, x, state, key, value, mask, score, combine)
    return vector, cell(x, state), weights


@wrong(says="two mistakes at once: 1. the activation is the sigmoid")
def sigmoid_and_h_alone(cell, x, state, key, value, mask, score, combine):
    h, _ = cell(x, state)
    context, weights = look(h, key, value, mask, score)
    return torch.sigmoid(combine(torch.cat([context, h], dim=1))), h, weights


@wrong(says="the tanh is taken twice")
def tanh_twice(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = look(h, key, value, mask, score)
    vector = torch.tanh(combine(torch.cat([context, h], dim=-1)))
    return torch.tanh(vector), (h, c), weights


@wrong(says="two mistakes at once: 1. the tanh is taken twice: once is enough. 2. the results are in another order")
def tanh_twice_and_another_order(cell, x, state, key, value, mask, score, combine):
    state = cell(x, state)
    context, weights = look(state[0], key, value, mask, score)
    vector = torch.tanh(combine(torch.cat([context, state[0]], dim=-1)))
    return torch.tanh(vector), weights, state


@wrong(says="a sentence with nothing to attend to gets equal weights")
def luong_without_zeros_behind_the_softmax(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    scores = score(h[:, None], key).masked_fill(~mask[:, None], -1e9)
    weights = scores.softmax(-1)
    context = (weights @ value)[:, 0]
    return torch.tanh(combine(torch.cat([context, h], dim=-1))), (h, c), weights[:, 0]


@wrong(says="the scores are those of `dot`, whatever `score` is")
def luong_by_dot(cell, x, state, key, value, mask, score, combine):
    return cell_first(cell, x, state, key, value, mask, attention.dot, combine)


@wrong(says="called with the key first", obeyed={"score(key, h[:, None]).mT": "score(h[:, None], key)"})
def luong_key_first(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    weights = attention.masked_softmax(score(key, h[:, None]).mT, mask[:, None])
    return torch.tanh(combine(torch.cat([(weights @ value)[:, 0], h], dim=-1))), (h, c), weights[:, 0]


@wrong(says="`attend` gives the context first", obeyed={"weights, context =": "context, weights ="})
def luong_unpacked_the_wrong_way(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    weights, context = with_the_library(h[:, None], key, value, mask, score)
    return torch.tanh(combine(torch.cat([context[:, 0], h], dim=-1))), (h, c), weights[:, 0]


@wrong(
    says="every sentence looks at the first one",
    obeyed={"h[None]": "h[:, None]", "context[0]": "context[:, 0]", "weights[0]": "weights[:, 0]"},
)
def sentences_as_steps(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = with_the_library(h[None], key, value, mask, score)
    return torch.tanh(combine(torch.cat([context[0], h], dim=-1))), (h, c), weights[0]


@wrong(says="the cell runs twice")
def the_first_of_two_steps_asks(cell, x, state, key, value, mask, score, combine):
    state = cell(x, state)
    context, weights = look(state[0], key, value, mask, score)
    state = cell(x, state)
    return torch.tanh(combine(torch.cat([context, state[0]], dim=-1))), state, weights


@wrong(says="the vector has an axis of size 1", obeyed={"vector, (h, c)": "vector[:, 0], (h, c)"})
def axis_of_the_vector_left(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = with_the_library(h[:, None], key, value, mask, score)
    vector = torch.tanh(combine(torch.cat([context, h[:, None]], dim=-1)))
    return vector, (h, c), weights[:, 0]


@wrong(says="the context comes back in the place of the weights")
def context_for_weights(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, _ = look(h, key, value, mask, score)
    return torch.tanh(combine(torch.cat([context, h], dim=-1))), (h, c), context


@wrong(says="the query is detached")
def luong_query_detached(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = look(h.detach(), key, value, mask, score)
    return torch.tanh(combine(torch.cat([context, h], dim=-1))), (h, c), weights


@wrong(says="the state that comes back is detached")
def state_detached(cell, x, state, key, value, mask, score, combine):
    vector, (h, c), weights = cell_first(cell, x, state, key, value, mask, score, combine)
    return vector, (h.detach(), c.detach()), weights


@wrong(
    says="what `attend` gives is detached",
    obeyed={"with torch.no_grad():\n        context": "if True:\n        context"},
)
def attends_without_gradients(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    with torch.no_grad():
        context, weights = look(h, key, value, mask, score)
    return torch.tanh(combine(torch.cat([context, h], dim=-1))), (h, c), weights


@wrong(says="`combine` and `score` are functions")
def weight_of_combine(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = look(h, key, value, mask, score)
    return torch.tanh(torch.cat([context, h], dim=-1) @ combine.weight.T), (h, c), weights


@wrong(
    says="The cell reads x alone, `cell(x, state)`",
    obeyed={"cell(torch.cat([x, context], dim=-1), state)": "cell(x, state)"},
)
def bahdanaus_order(cell, x, state, key, value, mask, score, combine):
    context, weights = look(state[0], key, value, mask, score)
    state = cell(torch.cat([x, context], dim=-1), state)
    return torch.tanh(combine(torch.cat([context, state[0]], dim=-1))), state, weights
