"""Answers to exercise 06.positions."""

import math

import numpy as np
import torch

from tests.exercises.answers import right, wrong


@right
def in_two_columns(T, D):
    angle = torch.arange(T)[:, None] / 10000 ** (torch.arange(0, D, 2) / D)
    return torch.stack([angle.sin(), angle.cos()], dim=2).view(T, D)


@right
def with_the_logarithm(T, D):
    rate = torch.exp(torch.arange(0, D, 2).float() * (-math.log(10000.0) / D))
    pe = torch.zeros(T, D)
    pe[:, 0::2] = torch.sin(torch.arange(T).unsqueeze(1).float() * rate)
    pe[:, 1::2] = torch.cos(torch.arange(T).unsqueeze(1).float() * rate)
    return pe


@right
def number_by_number(T, D):
    table = np.zeros((T, D))
    for t in range(T):
        for i in range(D // 2):
            table[t, 2 * i] = math.sin(t / 10000 ** (2 * i / D))
            table[t, 2 * i + 1] = math.cos(t / 10000 ** (2 * i / D))
    return torch.tensor(table, dtype=torch.float32)


def waves(T, D, rate, first=0):
    angle = torch.arange(first, first + T)[:, None] / rate
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)


@wrong(says="interchanged: sin in the even")
def cosine_first(T, D):
    return waves(T, D, 10000 ** (torch.arange(0, D, 2) / D)).view(T, -1, 2).flip(2).reshape(T, D)


@wrong(says="the exponent is i / D")
def half_the_exponent(T, D):
    return waves(T, D, 10000 ** (torch.arange(D // 2) / D))


@wrong(says="the 2 is there twice", obeyed={"2 * torch.arange(0, D, 2)": "torch.arange(0, D, 2)"})
def twice_the_exponent(T, D):
    return waves(T, D, 10000 ** (2 * torch.arange(0, D, 2) / D))


@wrong(says="is doubled; pair i")
def every_column_its_own(T, D):
    pe = torch.zeros(T, D)
    for t in range(T):
        for i in range(0, D, 2):
            pe[t, i] = math.sin(t / 10000 ** (2 * i / D))
            pe[t, i + 1] = math.cos(t / 10000 ** (2 * (i + 1) / D))
    return pe


@wrong(says="runs on from column to column; the two columns")
def frequency_of_each_column(T, D):
    pe = torch.arange(T)[:, None] / 10000 ** (torch.arange(D) / D)
    pe[:, 0::2] = pe[:, 0::2].sin()
    pe[:, 1::2] = pe[:, 1::2].cos()
    return pe


@wrong(says="should alternate")
def halves(T, D):
    angle = torch.arange(T)[:, None] / 10000 ** (torch.arange(0, D, 2) / D)
    return torch.cat([angle.sin(), angle.cos()], dim=1)


@wrong(says="count from 0")
def from_one(T, D):
    return waves(T, D, 10000 ** (torch.arange(0, D, 2) / D), first=1)


@wrong(says="the base is 1000;")
def a_zero_too_few(T, D):
    return waves(T, D, 1000 ** (torch.arange(0, D, 2) / D))


@wrong(says="all columns are sines")
def sines_alone(T, D):
    return (torch.arange(T)[:, None] / 10000 ** (torch.arange(0, D, 2) / D)).sin().repeat_interleave(2, dim=1)


@wrong(says="batch dimension too many")
def with_a_batch(T, D):
    return in_two_columns(T, D).unsqueeze(0)


@right
def column_by_column(T, D):
    rows = [[(math.cos if j % 2 else math.sin)(t / 10000 ** ((j - j % 2) / D)) for j in range(D)] for t in range(T)]
    return torch.tensor(rows)


@wrong(says="give the exponent a minus")
def sign_of_the_exponent(T, D):
    rate = torch.exp(torch.arange(0, D, 2) * (math.log(10000.0) / D))
    angle = torch.arange(T)[:, None] * rate
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)


@wrong(says="cuts the angles", obeyed={"//": "/"})
def whole_angles(T, D):
    angle = torch.arange(T)[:, None] // 10000 ** (torch.arange(0, D, 2) / D)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)


@wrong(says="`//` cut it to 0", obeyed={"// D": "/ D"})
def whole_exponents(T, D):
    return waves(T, D, 10000.0 ** (torch.arange(0, D, 2) // D))


@wrong(says="pairs are counted from 1")
def pairs_from_one(T, D):
    return waves(T, D, 10000 ** (2 * torch.arange(1, D // 2 + 1) / D))


@wrong(says="Make the positions a column", obeyed={"torch.arange(T)": "torch.arange(T)[:, None]"})
def positions_in_a_row(T, D):
    angle = torch.arange(T) / 10000 ** (torch.arange(0, D, 2) / D)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)


@wrong(says="float32, got torch.float64")
def in_double_precision(T, D):
    return number_by_number(T, D).double()


@wrong(says="multiplied by 2 pi")
def in_whole_turns(T, D):
    angle = 2 * torch.pi * torch.arange(T)[:, None] / 10000 ** (torch.arange(0, D, 2) / D)
    return torch.stack([angle.sin(), angle.cos()], -1).flatten(1)


@wrong(says="the angles are taken for degrees", obeyed={"torch.deg2rad(": "("})
def degrees(T, D):
    angle = torch.deg2rad(torch.arange(T)[:, None] / 10000 ** (torch.arange(0, D, 2) / D))
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)


@wrong(says="the table ends after 512 positions")
def table_of_512(T, D):
    return in_two_columns(512, D)[:T]


@wrong(says="two mistakes at once: 1. all sines come first")
def halves_with_a_zero_too_many(T, D):
    angle = torch.arange(T)[:, None] / 100000 ** (torch.arange(0, D, 2) / D)
    return torch.cat([angle.sin(), angle.cos()], dim=1)


@wrong(says="not the whole numbers 0 to T - 1", obeyed={"torch.linspace(0, T, T)": "torch.arange(T)"})
def steps_that_end_at_the_length(T, D):
    angles = torch.linspace(0, T, T)[:, None] / 10000 ** (torch.arange(0, D, 2) / D)
    return torch.stack([angles.sin(), angles.cos()], -1).reshape(T, D)


@wrong(says="not the whole numbers 0 to T - 1", obeyed={"(torch.arange(T) / T)": "torch.arange(T)"})
def share_of_the_length(T, D):
    angles = (torch.arange(T) / T)[:, None] / 10000 ** (torch.arange(0, D, 2) / D)
    return torch.stack([angles.sin(), angles.cos()], -1).reshape(T, D)


@wrong(says="brackets, `10000 ** (2 * i / D)`", obeyed={"10000 ** (2 * i) / D": "10000 ** (2 * i / D)"})
def power_before_the_division(T, D):
    i = torch.arange(D // 2)
    angle = torch.arange(T)[:, None] / (10000 ** (2 * i) / D)
    return torch.stack([angle.sin(), angle.cos()], -1).flatten(1)


@wrong(says="row 0 stays 0", obeyed={"range(1, T)": "range(T)"})
def loop_from_one(T, D):
    table = torch.zeros(T, D)
    for t in range(1, T):
        angle = t / 10000 ** (torch.arange(0, D, 2) / D)
        table[t, 0::2], table[t, 1::2] = angle.sin(), angle.cos()
    return table


@wrong(says="alternate from row to row", obeyed={"table[0::2] = angle[0::2]": "table[:, 0::2] = angle[:, 0::2]"})
def rows_alternate(T, D):
    angle = torch.arange(T)[:, None] / 10000 ** (torch.arange(D) // 2 * 2 / D)
    table = angle.cos()
    table[0::2] = angle[0::2].sin()
    return table


@wrong(says="the odd columns are 0")
def odd_columns_forgotten(T, D):
    table = torch.zeros(T, D)
    table[:, 0::2] = in_two_columns(T, D)[:, 0::2]
    return table


@wrong(says="a logarithm to the base 10", obeyed={"math.log10": "math.log"})
def logarithm_to_the_base_10(T, D):
    rate = torch.exp(torch.arange(0, D, 2) * (-math.log10(10000.0) / D))
    angle = torch.arange(T)[:, None] * rate
    return torch.stack([angle.sin(), angle.cos()], dim=2).view(T, D)


@wrong(says="the position stands inside the power")
def position_inside_the_power(T, D):
    angle = (torch.arange(T)[:, None] / 10000) ** (torch.arange(0, D, 2) / D)
    return torch.stack([angle.sin(), angle.cos()], dim=2).view(T, D)
