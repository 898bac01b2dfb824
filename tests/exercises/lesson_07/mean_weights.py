"""Answers to exercise 07.mean_weights."""

import numpy as np
import torch

from tests.exercises.answers import right, wrong


@right
def stacked(states):
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


@right
def added_and_divided(states):
    total = {name: tensor.clone() for name, tensor in states[0].items()}
    for state in states[1:]:
        for name in total:
            total[name] += state[name]
    return {name: tensor / len(states) for name, tensor in total.items()}


@wrong(says="divide by the number of models")
def added(states):
    return {name: sum(state[name] for state in states) for name in states[0]}


@wrong(says="only two are averaged")
def first_and_last(states):
    return {name: (states[0][name] + states[-1][name]) / 2 for name in states[0]}


@wrong(says="the last one weighs half")
def running(states):
    mean = dict(states[0])
    for state in states[1:]:
        mean = {name: (mean[name] + state[name]) / 2 for name in mean}
    return mean


@wrong(says="becomes one number", obeyed={".mean()": ".mean(0)"})
def one_number(states):
    return {name: torch.stack([state[name] for state in states]).mean() for name in states[0]}


@wrong(says="the last model")
def the_last(states):
    return states[-1]


@wrong(says="the first model")
def the_first(states):
    return states[0]


@wrong(says="stand in one tensor", obeyed={"for state in states])": "for state in states]).mean(0)"})
def not_averaged(states):
    return {name: torch.stack([state[name] for state in states]) for name in states[0]}


@wrong(
    says="in place",
    obeyed={
        "for name in states[0]:\n        for": "states = [*map(dict, states)]\n    for name in states[0]:\n        for",
        "+= state[name]": "= states[0][name] + state[name]",
        "/= len(states)": "= states[0][name] / len(states)",
    },
)
def in_the_first_one(states):
    for name in states[0]:
        for state in states[1:]:
            states[0][name] += state[name]
        states[0][name] /= len(states)
    return states[0]


@wrong(says="return a dictionary")
def a_list(states):
    return [torch.stack([state[name] for state in states]).mean(0) for name in states[0]]


@wrong(says="it is the median")
def median(states):
    return {name: torch.stack([state[name] for state in states]).median(0).values for name in states[0]}


@wrong(
    says="`states` is a list of dictionaries",
    obeyed={
        "sum(states) / len(states)": (
            "{name: sum((state[name] for state in states)) / len(states) for name in states[0]}"
        )
    },
)
def sum_of_dictionaries(states):
    return sum(states) / len(states)


@wrong(says="average along one and the same dimension")
def stacked_behind(states):
    return {name: torch.stack([state[name] for state in states], dim=-1).mean(0) for name in states[0]}


@wrong(says="by the same number always")
def always_five(states):
    return {name: sum(state[name] for state in states) / 5 for name in states[0]}


@wrong(says="one less than there are models")
def one_too_few_in_the_divisor(states):
    return {name: sum(state[name] for state in states) / max(len(states) - 1, 1) for name in states[0]}


@wrong(says="one model is left out")
def without_the_first(states):
    mean = {name: torch.zeros_like(weight) for name, weight in states[0].items()}
    for state in states[1:]:
        mean = {name: mean[name] + state[name] / len(states) for name in mean}
    return mean


@wrong(says="take each weight by its name")
def by_place(states):
    weights = zip(*(state.values() for state in states), strict=True)
    return {name: torch.stack(each).mean(0) for name, each in zip(states[0], weights, strict=True)}


@wrong(says="`stack` takes those, too")
def joined_and_cut(states):
    joined = {name: torch.cat([state[name] for state in states]) for name in states[0]}
    return {name: joined[name].view(len(states), *weight.shape).mean(0) for name, weight in states[0].items()}


@wrong(says="the models are joined along the first dimension", obeyed={"torch.cat": "torch.stack"})
def mean_over_the_rows_of_all(states):
    return {name: torch.cat([state[name] for state in states]).mean(dim=0) for name in states[0]}


@wrong(says="the first model counts twice")
def first_one_added_again(states):
    mean = {name: weight.clone() for name, weight in states[0].items()}
    for state in states:
        for name in mean:
            mean[name] += state[name]
    return {name: total / len(states) for name, total in mean.items()}


@wrong(says="(`squeeze`?)")
def dimensions_of_size_1_lost(states):
    return {name: torch.stack([state[name] for state in states]).mean(0).squeeze() for name in states[0]}


@wrong(says="`torch.as_tensor(...)` takes both", obeyed={"torch.from_numpy": "torch.as_tensor"})
def by_numpy(states):
    return {name: torch.from_numpy(np.mean([s[name].numpy() for s in states], axis=0)) for name in states[0]}


@wrong(says="each model is put in the place of the one before")
def overwritten(states):
    mean = {}
    for state in states:
        for name in state:
            mean[name] = state[name] / len(states)
    return mean


@wrong(
    says="At first there is nothing to add to",
    obeyed={"result[name] += state[name]": "result[name] = result.get(name, 0) + state[name]"},
)
def added_to_nothing(states):
    result = {}
    for state in states:
        for name in state:
            result[name] += state[name] / len(states)
    return result


@wrong(
    says="`torch.stack([...])` makes one tensor of several",
    obeyed={"torch.mean([state[name] for state in states])": "torch.stack([state[name] for state in states]).mean(0)"},
)
def mean_of_a_list(states):
    return {name: torch.mean([state[name] for state in states]) for name in states[0]}


@wrong(says="`torch.stack([...])` makes one tensor of several")
def tensor_of_a_list(states):
    return {name: torch.tensor([state[name] for state in states]).mean(0) for name in states[0]}


@wrong(says="`states` is a list of dictionaries")
def items_of_the_list(states):
    return {name: weight.mean(0) for name, weight in states.items()}


@wrong(says="`states` is a list of dictionaries")
def dictionaries_stacked(states):
    return torch.stack(states).mean(0)


@wrong(says="average along one and the same dimension")
def over_the_rows(states):
    return {name: torch.stack([state[name] for state in states]).mean(1) for name in states[0]}


@wrong(says="the first model counts twice")
def begun_with_the_first_and_divided_by_one_more(states):
    total = dict(states[0])
    for state in states:
        total = {name: total[name] + state[name] for name in total}
    return {name: tensor / (len(states) + 1) for name, tensor in total.items()}


@wrong(says="some weights are averaged, others not")
def single_numbers_of_the_first(states):
    return {name: mean if mean.dim() else states[0][name] for name, mean in stacked(states).items()}
