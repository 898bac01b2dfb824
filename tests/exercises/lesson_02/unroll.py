"""Answers to exercise 02.unroll."""

import itertools

import torch

from tests.exercises.answers import right, wrong


@right
def by_index(cell, x, state=None):
    outputs = []
    for t in range(x.shape[1]):
        state = cell(x[:, t], state)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@right
def steps_first_and_transposed(cell, x, state=None):
    states = [state]
    for x_t in x.transpose(0, 1):
        states.append(cell(x_t, states[-1]))
    return torch.stack(states[1:]).transpose(0, 1), states[-1]


@right
def into_a_prepared_tensor(cell, x, state=None):
    for t in range(x.shape[1]):
        state = cell(x[:, t], state)
        if t == 0:
            outputs = state.new_zeros(len(x), x.shape[1], state.shape[1])
        outputs[:, t] = state
    return outputs, state


@right
def by_recursion(cell, x, state=None):
    new = cell(x[:, 0], state)
    if x.shape[1] == 1:
        return new[:, None], new
    outputs, last = by_recursion(cell, x[:, 1:], new)
    return torch.cat([new[:, None], outputs], dim=1), last


@wrong(says="the first step starts from zeros")
def always_from_zeros(cell, x, state=None):
    return by_index(cell, x)


@wrong(
    says="hand the new state on",
    obeyed={"h = cell(x_t, state)": "state = cell(x_t, state)", "h)": "state)"},
)
def state_not_handed_on(cell, x, state=None):
    outputs = []
    for x_t in x.unbind(1):
        h = cell(x_t, state)
        outputs.append(h)
    return torch.stack(outputs, dim=1), h


@wrong(says="(T, B, H)", obeyed={"list(outputs.unbind(1))": "list(outputs.unbind(1)), dim=1"})
def steps_first(cell, x, state=None):
    outputs, state = by_index(cell, x, state)
    return torch.stack(list(outputs.unbind(1))), state


@wrong(
    says="`view` and `reshape` do not transpose",
    obeyed={"torch.stack(outputs).view(x.shape[0], x.shape[1], -1)": "torch.stack(outputs, dim=1)"},
)
def viewed_into_shape(cell, x, state=None):
    outputs = []
    for t in range(x.shape[1]):
        state = cell(x[:, t], state)
        outputs.append(state)
    return torch.stack(outputs).view(x.shape[0], x.shape[1], -1), state


@wrong(
    says="takes one step of all sequences",
    obeyed={
        "for x_t in x": "for t in range(x.shape[1])",
        "cell(x_t,": "cell(x[:, t],",
    },
)
def over_the_batch(cell, x, state=None):
    outputs = []
    for x_t in x:
        state = cell(x_t, state)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@wrong(says="One tensor came")
def outputs_alone(cell, x, state=None):
    return by_index(cell, x, state)[0]


@wrong(says="came as a list", obeyed={"list(outputs.unbind(1))": "torch.stack(list(outputs.unbind(1)), dim=1)"})
def a_list_of_outputs(cell, x, state=None):
    outputs, state = by_index(cell, x, state)
    return list(outputs.unbind(1)), state


@wrong(
    says="the states before each step",
    obeyed={
        "outputs.append(state)\n        ": "",
        "cell(x_t, state)": "cell(x_t, state)\n        outputs.append(state)",
    },
)
def appended_too_early(cell, x, state=None):
    outputs = []
    for x_t in x.unbind(1):
        outputs.append(state)
        state = cell(x_t, state)
    return torch.stack(outputs, 1), state


@wrong(says="first state is among the outputs")
def with_the_first_state(cell, x, state=None):
    outputs = [state]
    for x_t in x.unbind(1):
        outputs.append(cell(x_t, outputs[-1]))
    return torch.stack(outputs, 1), outputs[-1]


@wrong(says="last step is missing")
def one_step_short(cell, x, state=None):
    return by_index(cell, x[:, :-1], state)


@wrong(says="from the last step to the first")
def backwards(cell, x, state=None):
    return by_index(cell, x.flip(1), state)


@wrong(says="interchanged")
def state_first(cell, x, state=None):
    outputs, state = by_index(cell, x, state)
    return state, outputs


@wrong(says="(1, B, H)")
def as_torch_nn_has_it(cell, x, state=None):
    outputs, state = by_index(cell, x, state)
    return outputs, state[None]


@wrong(says="joined along the batch", obeyed={"torch.cat(outputs)": "torch.stack(outputs, dim=1)"})
def joined_by_cat(cell, x, state=None):
    outputs = []
    for x_t in x.unbind(1):
        state = cell(x_t, state)
        outputs.append(state)
    return torch.cat(outputs), state


@wrong(says="no gradient goes back further than one step")
def detached_at_every_step(cell, x, state=None):
    outputs = []
    for x_t in x.unbind(1):
        state = cell(x_t, state.detach() if outputs else state)
        outputs.append(state)
    return torch.stack(outputs, 1), state


@wrong(
    says="takes one step of all sequences",
    obeyed={"cell(x, state)": "torch.stack([cell(x[:, t], state) for t in range(x.shape[1])], dim=1)"},
)
def whole_sequence_at_once(cell, x, state=None):
    outputs = cell(x, state)
    return outputs, outputs[:, -1]


@wrong(says="called with two things", obeyed={"cell(x_t)": "cell(x_t, state)"})
def cell_without_state(cell, x, state=None):
    outputs = [cell(x_t) for x_t in x.unbind(1)]
    return torch.stack(outputs, 1), outputs[-1]


@wrong(says="the given one")
def the_old_state_returned(cell, x, state=None):
    h, outputs = state, []
    for x_t in x.unbind(1):
        h = cell(x_t, h)
        outputs.append(h)
    return torch.stack(outputs, 1), state


@wrong(says="only the first step comes back")
def returned_within_the_loop(cell, x, state=None):
    outputs = []
    for t in range(x.shape[1]):
        state = cell(x[:, t], state)
        outputs.append(state)
        return torch.stack(outputs, dim=1), state


@wrong(says="x and the state are interchanged", obeyed={"cell(state, x[:, t])": "cell(x[:, t], state)"})
def state_before_x(cell, x, state=None):
    outputs = []
    for t in range(x.shape[1]):
        state = cell(state, x[:, t])
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@wrong(says="old state is added")
def state_added_up(cell, x, state=None):
    outputs = []
    for t in range(x.shape[1]):
        state = state + cell(x[:, t], state)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@wrong(says="detached between the steps")
def detached_at_once(cell, x, state=None):
    outputs = []
    for t in range(x.shape[1]):
        outputs.append(cell(x[:, t], state))
        state = outputs[-1].detach()
    return torch.stack(outputs, dim=1), state


@wrong(says="`state` may be None", obeyed={"state + torch.zeros(len(x), state.shape[1])": "state"})
def asks_the_first_state_for_its_size(cell, x, state=None):
    return by_index(cell, x, state + torch.zeros(len(x), state.shape[1]))


@wrong(says="The state must be (B, H), as the cell returns it", obeyed={"state is None": "False"})
def zeros_of_the_wrong_size(cell, x, state=None):
    return by_index(cell, x, torch.zeros(len(x), x.shape[2]) if state is None else state)


@wrong(says="holds all steps of the last sequence", obeyed={"outputs[-1]": "outputs[:, -1]"})
def last_row_for_last_step(cell, x, state=None):
    outputs, _ = by_index(cell, x, state)
    return outputs, outputs[-1]


@wrong(says="`len(x)` is B", obeyed={"min(len(x), x.shape[1])": "x.shape[1]"})
def as_many_steps_as_sequences(cell, x, state=None):
    return by_index(cell, x[:, : min(len(x), x.shape[1])], state)


@wrong(says="input is all 0 is skipped")
def zeros_taken_for_padding(cell, x, state=None):
    outputs = []
    for t in range(x.shape[1]):
        if t == 0 or x[:, t].any():
            state = cell(x[:, t], state)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@wrong(says="last state that comes back is detached", obeyed={"state.detach()": "state"})
def last_state_without_gradient(cell, x, state=None):
    outputs, state = by_index(cell, x, state)
    return outputs, state.detach()


@wrong(says="two mistakes at once: 1. it runs from the last step to the first. 2. the two results are interchanged")
def backwards_and_swapped(cell, x, state=None):
    return by_index(cell, x.flip(1), state)[::-1]


@wrong(says="input is all 0 is skipped")
def rows_of_zeros_keep_their_state(cell, x, state=None):
    outputs = []
    for t in range(x.shape[1]):
        new = cell(x[:, t], state)
        old = torch.zeros_like(new) if state is None else state
        real = (x[:, t] != 0).any(dim=1, keepdim=True)
        state = torch.where(real, new, old)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@wrong(
    says="the first input is taken for one",
    obeyed={
        "x.unbind(1), lambda h, x_t: cell(x_t, h), initial=state": "[state, *x.unbind(1)], lambda h, x_t: cell(x_t, h)",
        "if state is not None:\n        states": "states",
    },
)
def accumulated_from_the_first_input(cell, x, state=None):
    states = list(itertools.accumulate(x.unbind(1), lambda h, x_t: cell(x_t, h), initial=state))
    if state is not None:
        states = states[1:]
    return torch.stack(states, dim=1), states[-1]


last_state = {}


@wrong(says="kept from call to call")
def goes_on_where_the_last_call_ended(cell, x, state=None):
    if state is None:
        kept = last_state.get(id(cell))
        if kept is not None and kept[0] is cell and len(kept[1]) == len(x):
            state = kept[1]
    outputs = []
    for t in range(x.shape[1]):
        state = cell(x[:, t], state)
        outputs.append(state)
    last_state[id(cell)] = (cell, state.detach())
    return torch.stack(outputs, dim=1), state


@wrong(says="tanh is taken of what `cell` returns")
def one_more_tanh(cell, x, state=None):
    outputs = []
    for t in range(x.shape[1]):
        state = torch.tanh(cell(x[:, t], state))
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@wrong(
    says="two mistakes at once: 1. each step starts from the first state",
    obeyed={
        "outputs.append(cell(x[:, t], state))": "state = cell(x[:, t], state)\n        outputs.append(state)",
        "torch.tanh(torch.stack(outputs, dim=1))": "torch.stack(outputs, dim=1)",
    },
)
def not_handed_on_and_one_more_tanh(cell, x, state=None):
    outputs = []
    for t in range(x.shape[1]):
        outputs.append(cell(x[:, t], state))
    return torch.tanh(torch.stack(outputs, dim=1)), outputs[-1]


@wrong(says="`torch.tensor` takes numbers", obeyed={"torch.tensor(outputs)": "torch.stack(outputs, dim=1)"})
def tensor_of_the_outputs(cell, x, state=None):
    outputs = []
    for x_t in x.unbind(1):
        state = cell(x_t, state)
        outputs.append(state)
    return torch.tensor(outputs), state


@wrong(says="is nothing appended")
def nothing_appended(cell, x, state=None):
    outputs = []
    for x_t in x.unbind(1):
        state = cell(x_t, state)
    return torch.stack(outputs, dim=1), state


@wrong(says="x is read on as (T, B, E)")
def inputs_read_on(cell, x, state=None):
    B, T, E = x.shape
    return by_index(cell, x.reshape(T, B, E).transpose(0, 1), state)


@wrong(says="the outputs are detached")
def outputs_for_reading_only(cell, x, state=None):
    outputs, state = by_index(cell, x, state)
    return outputs.detach(), state


@wrong(says="The cell may be any function")
def zeros_of_the_size_of_a_bias(cell, x, state=None):
    if state is None:
        state = torch.zeros(len(x), len(cell.bias_hh))
    return by_index(cell, x, state)
