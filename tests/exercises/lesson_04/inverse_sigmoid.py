"""Answers to exercise 04.inverse_sigmoid."""

import math

import torch

from tests.exercises.answers import right, wrong


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


@wrong(says="i is limited, and then divided", obeyed={"min(i, 700) / k": "min(i / k, 700)"})
def limit_at_the_wrong_place(i, k):
    return k / (k + math.exp(min(i, 700) / k))


@wrong(says="`math.exp` overflows", obeyed={"math.exp(i / k)": "math.exp(min(i / k, 700))"})
def guarded_for_a_million_alone(i, k):
    return 0.0 if i >= 10**6 else k / (k + math.exp(i / k))


@wrong(says="the exponent is rounded down", obeyed={"i // k": "i / k"})
def whole_quotient(i, k):
    return k / (k + math.exp(min(i // k, 700)))


@wrong(says="it is 0 for all large i")
def many_steps_for_a_large_quotient(i, k):
    return 0.0 if i > 700 else k / (k + math.exp(i / k))


@wrong(says="it is 0 too early")
def zero_too_early(i, k):
    return 0.0 if i / k > 5 else k / (k + math.exp(i / k))


@wrong(says="is there `max` in place of `min`", obeyed={"max(": "min("})
def larger_of_the_two(i, k):
    return k / (k + math.exp(max(min(i / k, 709), 700)))


@wrong(says="nan where the exponential is inf", obeyed={"torch.tensor(i / k": "torch.tensor(min(i / k, 700)"})
def share_of_the_exponential(i, k):
    e = torch.exp(torch.tensor(i / k, dtype=torch.float64)).item()
    return 1 - e / (k + e)


@wrong(says="it is 1 where i is 0")
def special_case(i, k):
    return as_written(i, k) if i else 1.0


@wrong(says="k is rounded down")
def whole_k(i, k):
    return as_written(i, int(k))


@wrong(says="the power is one of 2", obeyed={"2 ** x": "math.exp(x)"})
def power_of_two(i, k):
    x = min(i / k, 700)
    return k / (k + 2**x)


@wrong(says="the logarithm of k is missing")
def sigmoid_without_the_logarithm(i, k):
    return 1 / (1 + math.exp(min(i / k - k, 700)))


@wrong(says="the exponent is limited too early", obeyed={"min(i / k, 10)": "min(i / k, 700)"})
def limited_at_ten(i, k):
    return k / (k + math.exp(min(i / k, 10)))


@wrong(says="it is 0 too early")
def zero_beyond_twelve(i, k):
    return 0.0 if i / k > 12 else k / (k + math.exp(i / k))


@wrong(says="the exponent is limited too early", obeyed={"min(i / k, 9)": "min(i / k, 700)"})
def limited_at_nine(i, k):
    return k / (k + math.exp(min(i / k, 9)))


@wrong(says="the exponential is limited", obeyed={"min(math.exp(i / k), 709)": "math.exp(min(i / k, 700))"})
def exponential_limited(i, k):
    return k / (k + min(math.exp(i / k), 709))


@wrong(says="i is limited, and then divided", obeyed={"min(i, 709) / k": "min(i / k, 700)"})
def i_limited_at_709(i, k):
    return k / (k + math.exp(min(i, 709) / k))


@wrong(says="e to the power of x is", obeyed={"e ** min(i / k, 700)": "math.exp(min(i / k, 700))"})
def e_without_a_module(i, k):
    return k / (k + e ** min(i / k, 700))  # noqa: F821


@wrong(says="`torch.exp` is for tensors", obeyed={"torch.exp(": "math.exp("})
def exp_of_tensors(i, k):
    return k / (k + torch.exp(min(i / k, 700)))


@wrong(says="i is rounded down")
def whole_i(i, k):
    return as_written(int(i), k)


@wrong(says="that is exp(-i / k)")
def minus_in_an_exponential(i, k):
    return math.exp(-i / k)


@wrong(says="i and k are interchanged everywhere")
def parameters_interchanged(i, k):
    return as_written(k, i) if i else 0.0


@wrong(says="i and k are multiplied in the exponent")
def times_k(i, k):
    return k / (k + math.exp(min(i * k, 700)))


@wrong(
    says="divide by k first",
    obeyed={"math.exp(i) ** (1 / k)": "math.exp(min(i / k, 700))"},
)
def root_of_a_power(i, k):
    return k / (k + math.exp(i) ** (1 / k)) if i / k < 700 else 0.0
