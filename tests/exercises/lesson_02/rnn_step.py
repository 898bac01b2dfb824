"""Answers to exercise 02.rnn_step."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from tests.exercises.answers import right, wrong


@right
def by_linear(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return F.linear(x, weight_ih, bias_ih).add(F.linear(h, weight_hh, bias_hh)).tanh()


@right
def one_product_of_both(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    together = torch.cat([x, h], dim=1) @ torch.cat([weight_ih, weight_hh], dim=1).T
    return torch.tanh(together + (bias_ih + bias_hh))


@right
def tanh_from_the_sigmoid(x, h, w_ih, w_hh, b_ih, b_hh):
    s = torch.einsum("be,he->bh", x, w_ih) + torch.einsum("bk,hk->bh", h, w_hh) + b_ih + b_hh
    return 2 * torch.sigmoid(2 * s) - 1


@wrong(
    says="`torch.tanh` is safe",
    obeyed={"2 / (1 + torch.exp(-2 * s)) - 1": "torch.tanh(s)"},
)
def tanh_from_one_exponential(x, h, w_ih, w_hh, b_ih, b_hh):
    s = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    return 2 / (1 + torch.exp(-2 * s)) - 1


@wrong(
    says="`torch.tanh` is safe",
    obeyed={"(torch.exp(s) - torch.exp(-s)) / (torch.exp(s) + torch.exp(-s))": "torch.tanh(s)"},
)
def tanh_by_its_definition(x, h, w_ih, w_hh, b_ih, b_hh):
    s = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    return (torch.exp(s) - torch.exp(-s)) / (torch.exp(s) + torch.exp(-s))


@right
def row_after_row(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.stack([torch.tanh(w_ih @ a + b_ih + w_hh @ b + b_hh) for a, b in zip(x, h, strict=True)])


@wrong(
    says="activation is missing",
    obeyed={"x @ w_ih.T + b_ih + h @ w_hh.T + b_hh": "torch.tanh(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)"},
)
def no_tanh(x, h, w_ih, w_hh, b_ih, b_hh):
    return x @ w_ih.T + b_ih + h @ w_hh.T + b_hh


@wrong(says="is the sigmoid")
def sigmoid_step(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.sigmoid(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)


@wrong(says="is ReLU")
def relu_step(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.relu(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)


@wrong(says="state h is left out", obeyed={"w_ih.T + b_ih": "w_ih.T + b_ih + h @ w_hh.T"})
def forgets_the_state(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + b_ih)


@wrong(says="weight of the state is not transposed", obeyed={"h @ w_hh": "h @ w_hh.T"})
def state_weight_not_transposed(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + b_ih + h @ w_hh + b_hh)


@wrong(says="weights are not transposed", obeyed={"x @ w_ih": "x @ w_ih.T", "h @ w_hh": "h @ w_hh.T"})
def weights_as_they_stand(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih + b_ih + h @ w_hh + b_hh)


@wrong(says="`bias_hh` is missing")
def one_bias(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + b_ih + h @ w_hh.T)


@wrong(says="both biases are missing")
def no_bias(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + h @ w_hh.T)


@wrong(says="each part by itself")
def tanh_of_each(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + b_ih) + torch.tanh(h @ w_hh.T + b_hh)


@wrong(says="one part only")
def brackets_closed_early(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + b_ih) + h @ w_hh.T + b_hh


@wrong(says="old state is added to the new one")
def residual(x, h, w_ih, w_hh, b_ih, b_hh):
    return h + torch.tanh(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)


@wrong(says="`torch.tanh` takes every element", obeyed={"math.tanh": "torch.tanh"})
def tanh_of_math(x, h, w_ih, w_hh, b_ih, b_hh):
    return math.tanh(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)


@wrong(says="multiplied; add")
def gated(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh((x @ w_ih.T + b_ih) * (h @ w_hh.T + b_hh))


@wrong(says="something else each time")
def a_fresh_cell(x, h, w_ih, w_hh, b_ih, b_hh):
    return nn.RNNCell(x.shape[1], h.shape[1])(x, h)


@wrong(says="detached")
def without_gradient(x, h, w_ih, w_hh, b_ih, b_hh):
    with torch.no_grad():
        return torch.tanh(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)


@wrong(says="no gradient reaches `h`", obeyed={"h.detach()": "h"})
def state_detached(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + b_ih + h.detach() @ w_hh.T + b_hh)


@wrong(
    says="`h` in place",
    obeyed={
        "h.copy_(": "h = (",
    },
)
def state_overwritten(x, h, w_ih, w_hh, b_ih, b_hh):
    h.copy_(torch.tanh(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh))
    return h


@wrong(says="returns None")
def not_returned(x, h, w_ih, w_hh, b_ih, b_hh):
    h = torch.tanh(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)


@wrong(says="one sequence in each column")
def columns(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return torch.tanh(weight_ih @ x.T + bias_ih[:, None] + weight_hh @ h.T + bias_hh[:, None])


@wrong(says="`bias_ih` is added twice")
def same_bias_twice(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_ih)


@wrong(says="element by element", obeyed={"x * weight_ih": "x @ weight_ih", "h * weight_hh": "h @ weight_hh"})
def star_for_at(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return torch.tanh(x * weight_ih.T + bias_ih + h * weight_hh.T + bias_hh)


@wrong(says="lost: leave out `squeeze`", obeyed={".squeeze(0)": ""})
def batch_of_one_squeezed(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh).squeeze(0)


@wrong(says="state of the first, `h[0]`", obeyed={"h[0]": "h"})
def the_first_state_for_all(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + b_ih + h[0] @ w_hh.T + b_hh)


@wrong(
    says="two mistakes at once: 1. the biases are added after tanh; add them inside. 2. the weight of the state",
    obeyed={"h @ w_hh) + b_ih + b_hh": "h @ w_hh.T + b_ih + b_hh)"},
)
def biases_after_and_not_transposed(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + h @ w_hh) + b_ih + b_hh


@wrong(says="`bias_hh` is added after tanh")
def one_bias_after(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + b_ih + h @ w_hh.T) + b_hh


@wrong(
    says="not `weight_ih @ x`, and `h @ weight_hh.T`",
    obeyed={"w_ih @ x": "x @ w_ih.T", "w_hh @ h": "h @ w_hh.T"},
)
def as_in_the_formula(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(w_ih @ x + w_hh @ h + b_ih + b_hh)


@wrong(says="`view` and `reshape` do not transpose", obeyed={"w_ih.reshape(x.shape[1], -1)": "w_ih.T"})
def reshaped_for_transposed(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.reshape(x.shape[1], -1) + b_ih + h @ w_hh.T + b_hh)


@wrong(says="cut off on both sides")
def sums_clamped_for_stability(x, h, w_ih, w_hh, b_ih, b_hh):
    s = F.linear(x, w_ih, b_ih) + F.linear(h, w_hh, b_hh)
    return torch.tanh(s.clamp(-3, 3))


@wrong(says="one part only")
def tanh_of_the_input_and_one_bias(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(F.linear(x, w_ih, b_ih)) + h @ w_hh.T


@wrong(says="the biases are subtracted")
def biases_subtracted(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return torch.tanh(x @ weight_ih.T - bias_ih + h @ weight_hh.T - bias_hh)


@wrong(says="a straight line")
def hardtanh(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return F.hardtanh(F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh))


@wrong(says="but not in this one: the bias `bias_hh` is missing")
def nothing_of_a_zero_state(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    of_h = F.linear(h, weight_hh, bias_hh) if h.any() else 0
    return torch.tanh(F.linear(x, weight_ih, bias_ih) + of_h)
