"""Answers to exercise 01.noise_distribution."""

import math

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def powered_then_normalized(counts, power=0.75):
    raised = counts**power
    return raised / raised.sum()


@right
def by_functional_normalize(counts, power=0.75):
    return F.normalize(counts.pow(power), p=1, dim=0)


@right
def softmax_of_the_logarithms(counts, power=0.75):
    return torch.softmax(power * counts.log(), dim=0)


@right
def in_plain_python(counts, power=0.75):
    raised = [count**power for count in counts.tolist()]
    total = sum(raised)
    return torch.tensor([value / total for value in raised])


@right
def frequencies_first_then_normalized_again(counts, power=0.75):
    raised = (counts / counts.sum()) ** power
    return raised / raised.sum()


@wrong(
    says="by the sum of the raised counts instead",
    obeyed={"(counts / counts.sum()) ** power": "counts ** power / (counts ** power).sum()"},
)
def normalized_before_the_power(counts, power=0.75):
    return (counts / counts.sum()) ** power


@wrong(says="divide by the sum")
def not_normalized(counts, power=0.75):
    return counts**power


@wrong(says="power has no effect", obeyed={"counts / counts.sum()": "counts ** power / (counts ** power).sum()"})
def power_forgotten(counts, power=0.75):
    return counts / counts.sum()


@wrong(says="a factor cancels out", obeyed={"counts * power": "counts ** power"})
def multiplied_with_the_power(counts, power=0.75):
    weights = counts * power
    return weights / weights.sum()


@wrong(says="0.75 whatever `power` is", obeyed={"0.75\n": "power\n"})
def always_three_quarters(counts, power=0.75):
    weights = counts**0.75
    return weights / weights.sum()


@wrong(says="raised counts")
def divided_by_the_sum_of_the_counts(counts, power=0.75):
    return counts**power / counts.sum()


@wrong(
    says="by the sum of the raised counts instead",
    obeyed={"counts.sum() ** power": "(counts ** power).sum()"},
)
def divided_by_the_raised_sum(counts, power=0.75):
    return counts**power / counts.sum() ** power


@wrong(says="divides by the largest")
def divided_by_the_largest(counts, power=0.75):
    weights = counts**power
    return weights / weights.max()


@wrong(says="divides by the number of words")
def divided_by_the_number_of_words(counts, power=0.75):
    return counts**power / len(counts)


@wrong(says="length 1")
def scaled_to_length_one(counts, power=0.75):
    return F.normalize(counts**power, dim=0)


@wrong(says="softmax")
def softmax_of_the_raised_counts(counts, power=0.75):
    return torch.softmax(counts**power, dim=0)


@wrong(says="softmax")
def softmax_of_the_counts(counts, power=0.75):
    return torch.softmax(counts, dim=0)


@wrong(says="power is inverted", obeyed={"(1 / power)": "power"})
def power_inverted(counts, power=0.75):
    weights = counts ** (1 / power)
    return weights / weights.sum()


@wrong(says="the same probability")
def uniform(counts, power=0.75):
    return torch.full((len(counts),), 1 / len(counts))


@wrong(says="1 is added")
def one_added_to_the_counts(counts, power=0.75):
    weights = (counts + 1) ** power
    return weights / weights.sum()


@wrong(says="running sum")
def cumulative(counts, power=0.75):
    weights = counts**power
    return torch.cumsum(weights / weights.sum(), dim=0)


@wrong(says="`counts` in place", obeyed={"counts **= power": "counts = counts ** power"})
def raises_its_input(counts, power=0.75):
    counts **= power
    return counts / counts.sum()


@wrong(says="got a list")
def list_of_floats(counts, power=0.75):
    weights = counts**power
    return (weights / weights.sum()).tolist()


@wrong(says="float64")
def double_precision(counts, power=0.75):
    weights = counts.double() ** power
    return weights / weights.sum()


@wrong(says="int64")
def rounded_to_integers(counts, power=0.75):
    weights = counts**power
    return (weights / weights.sum()).long()


@wrong(says="no logarithm", obeyed={"counts * torch.exp((power - 1) * torch.log(counts))": "counts ** power"})
def logarithm_of_a_zero_count(counts, power=0.75):
    weights = counts * torch.exp((power - 1) * torch.log(counts))
    return weights / weights.sum()


@wrong(says="returns None")
def distribution_not_returned(counts, power=0.75):
    weights = counts**power
    weights /= weights.sum()


@wrong(says="another `power`")
def the_shown_distribution_hard_coded(counts, power=0.75):
    return torch.tensor([8 / 225, 1 / 225, 27 / 225, 64 / 225, 125 / 225])


@wrong(says="Keep the parameters")
def without_the_parameter_power(counts):
    weights = counts**0.75
    return weights / weights.sum()


@wrong(says="keep the default value")
def another_default(counts, power=0.5):
    return counts**power / (counts**power).sum()


@wrong(says="`or` takes 0 for nothing")
def zero_taken_for_no_power(counts, power=None):
    weights = counts ** (power or 0.75)
    return weights / weights.sum()


@wrong(says="a count of 0 is taken for 1")
def counts_of_one_at_least(counts, power=0.75):
    weights = counts.clamp(min=1) ** power
    return weights / weights.sum()


@wrong(says="the first four words get the probability 0")
def specials_never_drawn(counts, power=0.75):
    weights = counts**power
    weights[:4] = 0
    return weights / weights.sum()


@wrong(says="two mistakes at once: 1. the probabilities do not add up to 1")
def one_added_and_not_normalized(counts, power=0.75):
    return (counts + 1) ** power


@wrong(says="(`squeeze`?)")
def squeezed_though_there_may_be_one_word_alone(counts, power=0.75):
    raised = counts[None] ** power  # (1, V)
    return (raised / raised.sum(dim=1, keepdim=True)).squeeze()


@wrong(says="`counts ** power` raises every count", obeyed={"math.pow(counts, power)": "counts ** power"})
def power_of_math(counts, power=0.75):
    raised = math.pow(counts, power)
    return raised / raised.sum()


@wrong(says="`^` is no power", obeyed={"counts ^ power": "counts ** power"})
def caret_for_the_power(counts, power=0.75):
    raised = counts ^ power
    return raised / raised.sum()


@wrong(says="the power has a minus")
def negative_power(counts, power=0.75):
    weights = counts**-power
    return weights / weights.sum()


@wrong(says="divides by the mean")
def divided_by_the_mean(counts, power=0.75):
    return counts**power / (counts**power).mean()


@wrong(says="the logarithms come back")
def log_probabilities(counts, power=0.75):
    return (counts**power / (counts**power).sum()).log()
