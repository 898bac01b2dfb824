"""Answers to exercise 07.mean_weights."""

import torch
from answers import right, wrong


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


@wrong(says="in place")
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
    says="go through their names",
    obeyed={
        "sum(states) / len(states)": (
            "{name: sum((state[name] for state in states)) / len(states) for name in states[0]}"
        )
    },
)
def sum_of_dictionaries(states):
    return sum(states) / len(states)
