"""Answers to exercise 06.warmup_rate."""

import math

import numpy as np
import torch

from tests.exercises.answers import right, wrong


@right
def the_smaller_of_two(step, D, warmup):
    return min(1 / math.sqrt(step), step / warmup**1.5) / math.sqrt(D)


@right
def in_two_parts(step, D, warmup):
    if step < warmup:
        return (D * warmup) ** -0.5 * step / warmup
    return (D * step) ** -0.5


@wrong(says="the larger of the two")
def the_larger_of_two(step, D, warmup):
    return D**-0.5 * max(step**-0.5, step * warmup**-1.5)


@wrong(says="slope warmup^-0.5")
def a_steep_line(step, D, warmup):
    return D**-0.5 * min(step**-0.5, step * warmup**-0.5)


@wrong(says="slope 1 / warmup")
def a_line_to_one(step, D, warmup):
    return D**-0.5 * min(step**-0.5, step / warmup)


@wrong(says="D^-0.5 is missing")
def width_forgotten(step, D, warmup):
    return min(step**-0.5, step * warmup**-1.5)


@wrong(says="multiplied by sqrt(D)")
def width_multiplied(step, D, warmup):
    return D**0.5 * min(step**-0.5, step * warmup**-1.5)


@wrong(says="the rate stays")
def a_plateau(step, D, warmup):
    return D**-0.5 * min(warmup**-0.5, step * warmup**-1.5)


@wrong(says="falls with 1 / step")
def falls_too_fast(step, D, warmup):
    return D**-0.5 * min(1 / step, step * warmup**-1.5)


@wrong(says="do not add 1")
def counted_from_zero(step, D, warmup):
    return the_smaller_of_two(step + 1, D, warmup)


@wrong(says="got a tensor")
def as_a_tensor(step, D, warmup):
    return torch.tensor(the_smaller_of_two(step, D, warmup))


@right
def one_factor_after_the_other(step, D, warmup):
    return float(np.minimum(step**-0.5, step * warmup**-1.5)) * D**-0.5


@wrong(says="the curve times step / warmup")
def falls_from_the_first_step(step, D, warmup):
    return (D * step) ** -0.5 * min(1, step / warmup)


@wrong(says="interchanged in the line")
def step_and_warmup_interchanged(step, D, warmup):
    return D**-0.5 * min(step**-0.5, warmup * step**-1.5)


@wrong(says="curves are added")
def sum_of_both(step, D, warmup):
    return D**-0.5 * (step**-0.5 + step * warmup**-1.5)


@wrong(says="it belongs in the exponent", obeyed={"-D ** 0.5": "D ** -0.5"})
def minus_before_the_power(step, D, warmup):
    return -(D**0.5) * min(step**-0.5, step * warmup**-1.5)


@wrong(says="A power is `**` in Python", obeyed={"^": "**"})
def caret(step, D, warmup):
    return D ^ -0.5 * min(step**-0.5, step * warmup**-1.5)


@wrong(says="divided by D;")
def without_the_root_of_the_width(step, D, warmup):
    return min(step**-0.5, step * warmup**-1.5) / D


@wrong(says="the exponents are positive")
def signs_of_the_exponents_forgotten(step, D, warmup):
    return D**-0.5 * min(step**0.5, step * warmup**1.5)


@wrong(says="not with both curves")
def bracket_too_early(step, D, warmup):
    return min(D**-0.5 * step**-0.5, step * warmup**-1.5)


@wrong(says="`//` cuts to whole numbers", obeyed={"//": "/"})
def whole_division(step, D, warmup):
    return (D * warmup) ** -0.5 * (step // warmup) if step < warmup else (D * step) ** -0.5


@wrong(says="`warmup` is a fixed 4000")
def as_in_the_paper(step, D, warmup):
    return the_smaller_of_two(step, D, 4000)


@wrong(says="the fall begins anew after `warmup`")
def fall_from_the_end_of_the_line(step, D, warmup):
    return D**-0.5 * (step * warmup**-1.5 if step <= warmup else (step - warmup) ** -0.5)


@wrong(says="the power is for `warmup` alone")
def power_of_the_product(step, D, warmup):
    return D**-0.5 * min(step**-0.5, (step * warmup) ** -1.5)


@wrong(says="`D` and `warmup` are interchanged")
def width_and_warmup_interchanged(step, D, warmup):
    return warmup**-0.5 * min(step**-0.5, step * D**-1.5)


@wrong(says="it is rounded")
def to_four_digits(step, D, warmup):
    return round(D**-0.5 * min(step**-0.5, step * warmup**-1.5), 4)


@wrong(says="only the rising line counts")
def a_minus_is_missing_in_the_curve(step, D, warmup):
    return D**-0.5 * min(step**0.5, step * warmup**-1.5)


@wrong(says="only the falling curve counts")
def a_minus_is_missing_in_the_line(step, D, warmup):
    return D**-0.5 * min(step**-0.5, step * warmup**1.5)


@wrong(says="do not subtract 1")
def one_subtracted(step, D, warmup):
    return D**-0.5 * min(step**-0.5, (step - 1) * warmup**-1.5)


@wrong(says="a fixed 512")
def width_of_the_paper(step, D, warmup):
    return the_smaller_of_two(step, 512, warmup)


@wrong(says="the root of D is cut")
def whole_root(step, D, warmup):
    return min(step**-0.5, step * warmup**-1.5) / math.isqrt(D)


@wrong(says="the line rises to 1")
def rises_to_one(step, D, warmup):
    return D**-0.5 * min(1.0, step / warmup)


@wrong(says="both comparisons leave that step out")
def nothing_at_the_peak(step, D, warmup):
    return 0.0 if step == warmup else the_smaller_of_two(step, D, warmup)


@wrong(says="raised to a least one")
def never_below(step, D, warmup):
    return max(1e-4, the_smaller_of_two(step, D, warmup))


@wrong(says="in the exponent: `warmup**-1.5`", obeyed={"-warmup ** 1.5": "warmup ** -1.5"})
def minus_before_the_power_of_warmup(step, D, warmup):
    return D**-0.5 * min(step**-0.5, step * -(warmup**1.5))


@wrong(says="the line is 0 before", obeyed={"//": "/"})
def whole_numbers_of_the_power(step, D, warmup):
    return D**-0.5 * min(step**-0.5, step // warmup**1.5)
