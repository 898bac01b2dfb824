"""Answers to exercise 02.gradient_norms."""

import math

import torch

from tests.exercises.answers import right, wrong


def states_of(cell, x, state):
    states = []
    for x_t in x.unbind(1):
        state = cell(x_t, state)
        states.append(state)
    return states


@right
def by_autograd_grad(cell, x, state):
    states = states_of(cell, x, state)
    gradients = torch.autograd.grad(states[-1].sum() / states[-1].shape[1] ** 0.5, states)
    return torch.stack(gradients, dim=1).norm(dim=2)


@right
def by_retain_grad(cell, x, state):
    states = states_of(cell, x, state)
    for h in states:
        h.retain_grad()
    (states[-1].sum() / math.sqrt(states[-1].size(-1))).backward()
    return torch.stack([h.grad.square().sum(1).sqrt() for h in states], dim=1)


@right
def by_hooks(cell, x, state):
    caught = []
    states = states_of(cell, x, state)
    for h in states:
        h.register_hook(lambda gradient: caught.append(gradient.norm(dim=-1)))
    (states[-1].sum() / states[-1].shape[1] ** 0.5).backward()
    return torch.stack(caught[::-1], dim=1)


@right
def each_sequence_by_itself(cell, x, state):
    rows = [by_autograd_grad(cell, x[b : b + 1], state[b : b + 1]) for b in range(len(x))]
    return torch.cat(rows)


@wrong(says="not divided by sqrt(H)")
def plain_sum(cell, x, state):
    states = states_of(cell, x, state)
    return torch.stack([g.norm(dim=1) for g in torch.autograd.grad(states[-1].sum(), states)], 1)


@wrong(says="was it copied")
def of_the_stacked_outputs(cell, x, state):
    outputs = torch.stack(states_of(cell, x, state), dim=1)
    loss = outputs[:, -1].sum() / outputs.shape[-1] ** 0.5
    gradients = torch.autograd.grad(loss, list(outputs.unbind(1)))
    return torch.stack([g.norm(dim=1) for g in gradients], 1)


@wrong(says="only the last step is not 0")
def of_the_outputs_as_one(cell, x, state):
    outputs = torch.stack(states_of(cell, x, state), dim=1)
    (gradient,) = torch.autograd.grad(outputs[:, -1].sum() / outputs.shape[-1] ** 0.5, outputs)
    return gradient.norm(dim=-1)


@wrong(
    says="`for h in states: h.retain_grad()`",
    obeyed={"(states[-1].sum()": "for h in states: h.retain_grad()\n    (states[-1].sum()"},
)
def grad_of_no_leaf(cell, x, state):
    states = states_of(cell, x, state)
    (states[-1].sum() / states[-1].shape[1] ** 0.5).backward()
    return torch.stack([h.grad.norm(dim=1) for h in states], 1)


@wrong(says="the steps come first")
def steps_by_batch(cell, x, state):
    return by_autograd_grad(cell, x, state).T


@wrong(says="the steps come first", obeyed={"for g in gradients]": "for g in gradients], dim=1"})
def stacked_along_the_steps(cell, x, state):
    states = states_of(cell, x, state)
    gradients = torch.autograd.grad(states[-1].sum() / states[-1].shape[1] ** 0.5, states)
    return torch.stack([g.norm(dim=1) for g in gradients])


@wrong(says="whole batch", obeyed={"[g.norm() for g in gradients]": "[g.norm(dim=1) for g in gradients], dim=1"})
def one_norm_for_the_batch(cell, x, state):
    states = states_of(cell, x, state)
    gradients = torch.autograd.grad(states[-1].sum() / states[-1].shape[1] ** 0.5, states)
    return torch.stack([g.norm() for g in gradients])


@wrong(says="averaged over the batch")
def averaged(cell, x, state):
    return by_autograd_grad(cell, x, state).mean(0)


@wrong(says="is squared")
def squared(cell, x, state):
    return by_autograd_grad(cell, x, state) ** 2


@wrong(says="turned round")
def by_distance(cell, x, state):
    return by_autograd_grad(cell, x, state).flip(1)


@wrong(says="the outputs of all steps")
def loss_of_all_steps(cell, x, state):
    states = states_of(cell, x, state)
    loss = torch.stack(states).sum() / states[-1].shape[1] ** 0.5
    return torch.stack([g.norm(dim=1) for g in torch.autograd.grad(loss, states)], 1)


@wrong(says="inputs x_t")
def of_the_inputs(cell, x, state):
    steps = [x_t.clone().requires_grad_() for x_t in x.unbind(1)]
    h = state
    for x_t in steps:
        h = cell(x_t, h)
    gradients = torch.autograd.grad(h.sum() / h.shape[1] ** 0.5, steps)
    return torch.stack([g.norm(dim=1) for g in gradients], 1)


@wrong(says="norms of the states")
def norms_of_states(cell, x, state):
    return torch.stack([h.norm(dim=1) for h in states_of(cell, x, state)], 1)


@wrong(says="mean over the batch")
def mean_loss(cell, x, state):
    states = states_of(cell, x, state)
    loss = states[-1].mean(0).sum() / states[-1].shape[1] ** 0.5
    return torch.stack([g.norm(dim=1) for g in torch.autograd.grad(loss, states)], 1)


@wrong(says="gradients themselves")
def gradients_not_norms(cell, x, state):
    states = states_of(cell, x, state)
    return torch.stack(torch.autograd.grad(states[-1].sum() / states[-1].shape[1] ** 0.5, states), 1)


@wrong(says="is the sum of the absolute values")
def l1(cell, x, state):
    return gradients_not_norms(cell, x, state).abs().sum(-1)


@wrong(says="that of one number")
def loss_not_summed(cell, x, state):
    states = states_of(cell, x, state)
    gradients = torch.autograd.grad(states[-1], states)
    return torch.stack([g.norm(dim=1) for g in gradients], 1)


@right
def by_the_formula(cell, x, state):
    states = states_of(cell, x, state)
    gradient = torch.full_like(state, state.shape[1] ** -0.5)
    norms = [gradient.norm(dim=1)]
    for h in reversed(states[1:]):
        gradient = (gradient * (1 - h**2)) @ cell.weight_hh
        norms.append(gradient.norm(dim=1))
    return torch.stack(norms[::-1], dim=1)


@right
def with_the_cell_as_a_module(cell, x, state):
    cell.zero_grad()
    return by_retain_grad(cell, x, state)


@wrong(says="divided by sqrt(B)", obeyed={"len(x) ** 0.5": "state.shape[1] ** 0.5"})
def root_of_the_batch(cell, x, state):
    states = states_of(cell, x, state)
    gradients = torch.autograd.grad(states[-1].sum() / len(x) ** 0.5, states)
    return torch.stack([g.norm(dim=1) for g in gradients], 1)


@wrong(says="the given state is among them")
def norms_with_the_first_state(cell, x, state):
    first = state.clone().requires_grad_()
    states = [first, *states_of(cell, x, first)]
    gradients = torch.autograd.grad(states[-1].sum() / state.shape[1] ** 0.5, states)
    return torch.stack([g.norm(dim=1) for g in gradients], 1)


@wrong(says="T states before the steps")
def before_each_step(cell, x, state):
    return norms_with_the_first_state(cell, x, state)[:, :-1]


@wrong(says="the notebook's H", obeyed={"128": "state.shape[1]"})
def the_width_of_another_cell(cell, x, state):
    states = []
    for x_t in x.unbind(1):
        state = cell(x_t, state)
        states.append(state)
    gradients = torch.autograd.grad(state.sum() / 128**0.5, states)
    return torch.stack([gradient.norm(dim=1) for gradient in gradients], dim=1)


@wrong(says="it starts from zeros")
def from_zeros(cell, x, state):
    return by_autograd_grad(cell, x, torch.zeros_like(state))


@wrong(says="slope of tanh is taken at the state before")
def slope_of_the_state_before(cell, x, state):
    states = [state, *states_of(cell, x, state)]
    gradient = torch.full_like(state, state.shape[1] ** -0.5)
    norms = [gradient.norm(dim=1)]
    for t in range(x.shape[1] - 1, 0, -1):
        gradient = (gradient * (1 - states[t] ** 2)) @ cell.weight_hh
        norms.append(gradient.norm(dim=1))
    return torch.stack(norms[::-1], dim=1)


@wrong(
    says="`view` and `reshape` do not transpose",
    obeyed={"torch.stack(norms)": "torch.stack(norms, dim=1)", ".reshape(len(x), -1)": ""},
)
def read_on_as_batch_by_steps(cell, x, state):
    states = states_of(cell, x, state)
    norms = [g.norm(dim=1) for g in torch.autograd.grad(states[-1].sum() / state.shape[1] ** 0.5, states)]
    return torch.stack(norms).reshape(len(x), -1)


@wrong(
    says="two mistakes at once: 1. the norms are too small by sqrt(H)",
    obeyed={"/ state.shape[1]": "/ state.shape[1] ** 0.5", "g.norm()": "g.norm(dim=1)", ".expand(len(x), -1)": ".T"},
)
def divided_by_the_width_and_one_norm(cell, x, state):
    states = states_of(cell, x, state)
    gradients = torch.autograd.grad(states[-1].sum() / state.shape[1], states)
    return torch.stack([g.norm() for g in gradients]).expand(len(x), -1)


@wrong(
    says="`allow_unused=True`",
    obeyed={
        "outputs = torch.stack(states_of(cell, x, state), dim=1)": "states = states_of(cell, x, state)",
        "outputs[:, -1].sum() / outputs.shape[-1]": "states[-1].sum() / state.shape[1]",
        "list(outputs.unbind(1))": "states",
    },
)
def unused_allowed(cell, x, state):
    outputs = torch.stack(states_of(cell, x, state), dim=1)
    loss = outputs[:, -1].sum() / outputs.shape[-1] ** 0.5
    gradients = torch.autograd.grad(loss, list(outputs.unbind(1)), allow_unused=True)
    return torch.stack([g.norm(dim=1) for g in gradients], 1)


@wrong(says="divided by the largest of their row")
def shares_of_the_largest(cell, x, state):
    states = []
    for t in range(x.shape[1]):
        state = cell(x[:, t], state)
        states.append(state)
    norms = torch.stack(torch.autograd.grad(state.sum(), states), dim=1).norm(dim=-1)
    return norms / norms.max(dim=1, keepdim=True).values


@wrong(
    says="which hides what has vanished",
    obeyed={"(gradient.square().sum(dim=1) + 1e-08).sqrt()": "gradient.norm(dim=1)"},
)
def small_number_under_the_root(cell, x, state):
    states = []
    for t in range(x.shape[1]):
        state = cell(x[:, t], state)
        states.append(state)
    gradients = torch.autograd.grad(state.sum() / state.shape[1] ** 0.5, states)
    return torch.stack([(gradient.square().sum(dim=1) + 1e-8).sqrt() for gradient in gradients], dim=1)


@wrong(says="which hides what has vanished", obeyed={" + 1e-12": ""})
def small_number_beside_the_norm(cell, x, state):
    states = states_of(cell, x, state)
    gradients = torch.autograd.grad(states[-1].sum() / state.shape[1] ** 0.5, states)
    return torch.stack([gradient.norm(dim=1) + 1e-12 for gradient in gradients], dim=1)


@wrong(says="norm runs over the steps", obeyed={".norm(dim=1)": ".norm(dim=-1)"})
def norm_over_the_steps(cell, x, state):
    states = states_of(cell, x, state)
    return torch.stack(torch.autograd.grad(states[-1].sum() / state.shape[1] ** 0.5, states), dim=1).norm(dim=1)


@wrong(says="mean over batch and units", obeyed={"mean()": "sum()"})
def mean_divided_by_the_root(cell, x, state):
    states = states_of(cell, x, state)
    gradients = torch.autograd.grad(states[-1].mean() / state.shape[1] ** 0.5, states)
    return torch.stack([g.norm(dim=1) for g in gradients], dim=1)


@wrong(says="is it the given state, or is it detached")
def appended_before_the_step(cell, x, state):
    states = []
    for x_t in x.unbind(1):
        states.append(state)
        state = cell(x_t, state)
    gradients = torch.autograd.grad(state.sum() / state.shape[1] ** 0.5, states)
    return torch.stack([g.norm(dim=1) for g in gradients], dim=1)


@wrong(says="is it the given state, or is it detached", obeyed={".detach()": ""})
def detached_copies_kept(cell, x, state):
    states = []
    for x_t in x.unbind(1):
        state = cell(x_t, state)
        states.append(state.detach())
    gradients = torch.autograd.grad(state.sum() / state.shape[1] ** 0.5, states)
    return torch.stack([g.norm(dim=1) for g in gradients], dim=1)


@wrong(says="is each step made from the given one")
def each_step_from_the_given_state(cell, x, state):
    states = [cell(x_t, state) for x_t in x.unbind(1)]
    gradients = torch.autograd.grad(states[-1].sum() / state.shape[1] ** 0.5, states)
    return torch.stack([g.norm(dim=1) for g in gradients], dim=1)


@wrong(
    says="takes one step of all sequences",
    obeyed={"for x_t in x": "for t in range(x.shape[1])", "cell(x_t,": "cell(x[:, t],"},
)
def over_the_batch(cell, x, state):
    states = []
    for x_t in x:
        state = cell(x_t, state)
        states.append(state)
    gradients = torch.autograd.grad(state.sum() / state.shape[1] ** 0.5, states)
    return torch.stack([g.norm(dim=1) for g in gradients], dim=1)


@wrong(says="returns one thing", obeyed={"out, state = cell(x[:, t], state)": "state = cell(x[:, t], state)"})
def two_things_of_the_cell(cell, x, state):
    states = []
    for t in range(x.shape[1]):
        out, state = cell(x[:, t], state)
        states.append(state)
    gradients = torch.autograd.grad(state.sum() / state.shape[1] ** 0.5, states)
    return torch.stack([g.norm(dim=1) for g in gradients], dim=1)


@wrong(
    says="One gradient for each state",
    obeyed={"return gradients.norm": "return torch.stack(gradients, dim=1).norm"},
)
def norm_of_a_tuple(cell, x, state):
    states = states_of(cell, x, state)
    gradients = torch.autograd.grad(states[-1].sum() / state.shape[1] ** 0.5, states)
    return gradients.norm(dim=-1)


@wrong(says="list of states is empty")
def states_not_appended(cell, x, state):
    states = []
    for x_t in x.unbind(1):
        state = cell(x_t, state)
    gradients = torch.autograd.grad(state.sum() / state.shape[1] ** 0.5, states)
    return torch.stack([g.norm(dim=1) for g in gradients], dim=1)


@wrong(
    says="One call gives the gradients of all states",
    obeyed={
        "gradients = [torch.autograd.grad(loss, h)[0] for h in states]": "gradients = torch.autograd.grad(loss, states)"
    },
)
def one_call_for_each_state(cell, x, state):
    states = states_of(cell, x, state)
    loss = states[-1].sum() / state.shape[1] ** 0.5
    gradients = [torch.autograd.grad(loss, h)[0] for h in states]
    return torch.stack([g.norm(dim=1) for g in gradients], dim=1)


@wrong(says="the root of a number", obeyed={"torch.sqrt(state.shape[1])": "state.shape[1] ** 0.5"})
def root_of_an_int(cell, x, state):
    states = states_of(cell, x, state)
    gradients = torch.autograd.grad(states[-1].sum() / torch.sqrt(state.shape[1]), states)
    return torch.stack([g.norm(dim=1) for g in gradients], dim=1)


@wrong(says="the root of B * H", obeyed={"h.numel() ** 0.5": "state.shape[1] ** 0.5"})
def root_of_all_elements(cell, x, state):
    states = states_of(cell, x, state)
    h = states[-1]
    return torch.stack(torch.autograd.grad(h.sum() / h.numel() ** 0.5, states), dim=1).norm(dim=2)


@wrong(says="the loss is that of one sequence alone")
def loss_of_the_first_sequence(cell, x, state):
    states = states_of(cell, x, state)
    gradients = torch.autograd.grad(states[-1][0].sum() / state.shape[1] ** 0.5, states)
    return torch.stack(gradients, dim=1).norm(dim=2)


@wrong(says="one step is missing")
def without_the_last_step(cell, x, state):
    return by_autograd_grad(cell, x, state)[:, :-1]


@wrong(says="or is each step made from the given state?")
def each_from_the_given_state(cell, x, state):
    states = [cell(x_t, state) for x_t in x.unbind(1)]
    loss = states[-1].sum() / state.shape[1] ** 0.5
    gradients = torch.autograd.grad(loss, states, materialize_grads=True)
    return torch.stack(gradients, dim=1).norm(dim=2)
