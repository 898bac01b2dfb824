"""Answers to exercise 04.inverse_sigmoid."""

import math

import torch
from answers import right, wrong


@right
def as_written(i, k):
    return k / (k + math.exp(min(i / k, 500)))


@right
def by_a_sigmoid(i, k):
    return torch.sigmoid(torch.tensor(math.log(k) - i / k, dtype=torch.float64)).item()


@right
def falling(i, k):
    e = math.exp(-i / k)
    return k * e / (k * e + 1)


@right
def overflow_caught(i, k):
    try:
        return k / (k + math.exp(i / k))
    except OverflowError:
        return 0


@wrong(says="`math.exp` overflows", obeyed={"math.exp(i / k)": "math.exp(min(i / k, 700))"})
def unguarded(i, k):
    return k / (k + math.exp(i / k))


@wrong(says="it is exp(i)")
def not_divided_inside(i, k):
    return k / (k + math.exp(min(i, 700)))


@wrong(says="it rises")
def sign_turned(i, k):
    return k / (k + math.exp(-i / k))


@wrong(says="the k is missing in the sum")
def one_instead_of_k(i, k):
    return k / (1 + math.exp(min(i / k, 700)))


@wrong(says="both k are missing")
def plain_sigmoid(i, k):
    return 1 / (1 + math.exp(min(i / k, 700)))


@wrong(says="that is the exponential schedule")
def exponential(i, k):
    return k**i if k <= 1 or i < 300 else 0.0


@wrong(says="parentheses are missing")
def parentheses_forgotten(i, k):
    return k / k + math.exp(min(i / k, 700))


@wrong(says="one minus the ratio")
def share_of_own_words(i, k):
    return 1 - as_written(i, k)


@wrong(says="`.item()` makes a number of it")
def as_a_tensor(i, k):
    return torch.tensor(as_written(i, k))


@right
def zero_beyond_all_steps(i, k):
    return 0 if i > 700 * k else k / (k + math.exp(i / k))


@wrong(says="i is limited, and then divided")
def limit_at_the_wrong_place(i, k):
    return k / (k + math.exp(min(i, 700) / k))


@wrong(says="`math.exp` overflows", obeyed={"math.exp(i / k)": "math.exp(min(i / k, 700))"})
def guarded_for_a_million_alone(i, k):
    return 0.0 if i >= 10**6 else k / (k + math.exp(i / k))
