"""Answers to exercise 06.feed_forward."""

import torch
import torch.nn.functional as F
from torch import nn

from tests.exercises.answers import right, wrong


@right
def two_layers(x, weight1, bias1, weight2, bias2):
    return torch.relu(x @ weight1.T + bias1) @ weight2.T + bias2


@right
def with_linear_and_clamp(x, weight1, bias1, weight2, bias2):
    return F.linear(F.linear(x, weight1, bias1).clamp(min=0), weight2, bias2)


@right
def position_by_position(x, weight1, bias1, weight2, bias2):
    return torch.stack([two_layers(each, weight1, bias1, weight2, bias2) for each in x.unbind(1)], dim=1)


@wrong(says="no activation")
def two_linear_layers(x, weight1, bias1, weight2, bias2):
    return (x @ weight1.T + bias1) @ weight2.T + bias2


@wrong(says="comes after the second layer")
def relu_too_late(x, weight1, bias1, weight2, bias2):
    return ((x @ weight1.T + bias1) @ weight2.T + bias2).relu()


@wrong(says="only the first should have one")
def relu_after_both(x, weight1, bias1, weight2, bias2):
    return two_layers(x, weight1, bias1, weight2, bias2).relu()


@wrong(says="GELU")
def with_gelu(x, weight1, bias1, weight2, bias2):
    return F.gelu(x @ weight1.T + bias1) @ weight2.T + bias2


@wrong(says="`bias1` is missing")
def first_bias_forgotten(x, weight1, bias1, weight2, bias2):
    return (x @ weight1.T).relu() @ weight2.T + bias2


@wrong(says="added after the ReLU")
def bias_after_the_relu(x, weight1, bias1, weight2, bias2):
    return ((x @ weight1.T).relu() + bias1) @ weight2.T + bias2


@wrong(says="residual connection is not part")
def residual_inside(x, weight1, bias1, weight2, bias2):
    return x + two_layers(x, weight1, bias1, weight2, bias2)


@wrong(says="Weights are (out, in)", obeyed={"x @ weight1": "x @ weight1.T", "@ weight2": "@ weight2.T"})
def weights_the_other_way_round(x, weight1, bias1, weight2, bias2):
    return (x @ weight1 + bias1).relu() @ weight2 + bias2


@wrong(says="SiLU")
def with_silu(x, weight1, bias1, weight2, bias2):
    return F.silu(x @ weight1.T + bias1) @ weight2.T + bias2


@wrong(says="leaky ReLU")
def with_a_leak(x, weight1, bias1, weight2, bias2):
    return F.leaky_relu(x @ weight1.T + bias1) @ weight2.T + bias2


@wrong(
    says="The ReLU of a tensor z is `z.relu()`",
    obeyed={"max(x @ weight1.T + bias1, 0)": "(x @ weight1.T + bias1).relu()"},
)
def maximum_of_python(x, weight1, bias1, weight2, bias2):
    return max(x @ weight1.T + bias1, 0) @ weight2.T + bias2


@wrong(says="something else each time")
def with_dropout(x, weight1, bias1, weight2, bias2):
    return F.dropout((x @ weight1.T + bias1).relu(), 0.1) @ weight2.T + bias2


@wrong(says="`bias1` (H,) belongs")
def biases_interchanged(x, weight1, bias1, weight2, bias2):
    return F.linear(F.linear(x, weight1, bias2).relu(), weight2, bias1)


@wrong(says="both biases are missing")
def no_bias(x, weight1, bias1, weight2, bias2):
    return (x @ weight1.T).relu() @ weight2.T


@wrong(says="second layer is missing")
def one_layer(x, weight1, bias1, weight2, bias2):
    return (x @ weight1.T + bias1).relu()


@wrong(says="the ReLU is applied to x")
def relu_too_early(x, weight1, bias1, weight2, bias2):
    return F.linear(F.linear(x.relu(), weight1, bias1), weight2, bias2)


@wrong(
    says="right in some cases, but not in this one: the weights are not transposed",
    obeyed={"x @ weight1 +": "x @ weight1.T +", "@ weight2 +": "@ weight2.T +"},
)
def transposed_only_where_it_must_be(x, weight1, bias1, weight2, bias2):
    if x.shape[-1] == len(weight1):
        return (x @ weight1 + bias1).relu() @ weight2 + bias2
    return two_layers(x, weight1, bias1, weight2, bias2)


@wrong(says="`weight1` is used again")
def first_weights_turned_round(x, weight1, bias1, weight2, bias2):
    return two_layers(x, weight1, bias1, weight1.T, bias2)


@wrong(says="dimensions of size 1 are dropped")
def squeezed(x, weight1, bias1, weight2, bias2):
    return two_layers(x.squeeze(), weight1, bias1, weight2, bias2)


@wrong(says="two mistakes at once: 1. the activation is a tanh")
def with_tanh_and_one_bias(x, weight1, bias1, weight2, bias2):
    return (x @ weight1.T + bias1).tanh() @ weight2.T


@wrong(says="the numbers of a weight are mixed", obeyed={"weight1.reshape(D, H)": "weight1.T"})
def weight_reshaped(x, weight1, bias1, weight2, bias2):
    H, D = weight1.shape
    return (x @ weight1.reshape(D, H) + bias1).relu() @ weight2.T + bias2


@wrong(
    says="the numbers of a weight are mixed",
    obeyed={"weight1.view(D, H)": "weight1.T", "weight2.view(H, D)": "weight2.T"},
)
def both_weights_viewed(x, weight1, bias1, weight2, bias2):
    H, D = weight1.shape
    hidden = torch.relu(x @ weight1.view(D, H) + bias1)
    return hidden @ weight2.view(H, D) + bias2


@wrong(says="sentences and positions are one dimension")
def rows_not_put_back(x, weight1, bias1, weight2, bias2):
    rows = x.reshape(-1, x.shape[-1])
    return torch.addmm(bias2, torch.addmm(bias1, rows, weight1.T).relu(), weight2.T)


@wrong(says="The ReLU of a tensor z is `z.relu()`", obeyed={"torch.max(z, 0)": "z.relu()"})
def largest_along_an_axis(x, weight1, bias1, weight2, bias2):
    z = x @ weight1.T + bias1
    return torch.max(z, 0) @ weight2.T + bias2


@wrong(says="The ReLU of a tensor z is `z.relu()`", obeyed={"torch.max(0, z)": "z.clamp(min=0)"})
def maximum_of_torch(x, weight1, bias1, weight2, bias2):
    z = x @ weight1.T + bias1
    return torch.max(0, z) @ weight2.T + bias2


@wrong(says="The ReLU of a tensor z is `z.relu()`", obeyed={"nn.ReLU(z)": "z.relu()"})
def a_module_of_the_numbers(x, weight1, bias1, weight2, bias2):
    z = x @ weight1.T + bias1
    return nn.ReLU(z) @ weight2.T + bias2


@wrong(says="the activation is min(0, .)")
def the_smaller_one(x, weight1, bias1, weight2, bias2):
    return F.linear(F.linear(x, weight1, bias1).clamp(max=0), weight2, bias2)


@wrong(says="belongs to the first layer")
def biases_interchanged_without_linear(x, weight1, bias1, weight2, bias2):
    return torch.relu(x @ weight1.T + bias2) @ weight2.T + bias1
