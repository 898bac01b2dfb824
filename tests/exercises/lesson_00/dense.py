"""Answers to exercise 00.dense."""

import torch
from torch import nn

from tests.exercises.answers import right, wrong


@right
def unit_by_unit(x, weight, bias):
    return torch.stack([x @ weight[h] + bias[h] for h in range(len(bias))], dim=1)


@right
def einsum_over_the_inputs(x, weight, bias):
    return torch.einsum("be,he->bh", x, weight) + bias


@right
def from_the_left(x, weight, bias):
    return (weight @ x.T + bias[:, None]).T


@right
def in_one_call(x, weight, bias):
    return torch.addmm(bias, x, weight.t())


@right
def by_broadcasting(x, weight, bias):
    return (x[:, None, :] * weight).sum(-1).add_(bias)


@wrong(says="not transposed", obeyed={"x @ weight": "x @ weight.T"})
def without_transposing(x, weight, bias):
    return x @ weight + bias


@wrong(says="bias is missing")
def product_alone(x, weight, bias):
    return x @ weight.T


@wrong(says="runs down the columns")
def bias_as_a_column(x, weight, bias):
    return x @ weight.T + bias[:, None]


@wrong(says="only the first bias")
def one_bias_for_all(x, weight, bias):
    return x @ weight.T + bias[0]


@wrong(says="there is an activation")
def with_a_relu(x, weight, bias):
    return torch.relu(x @ weight.T + bias)


@wrong(says="there is an activation")
def layer_of_sigmoid_neurons(x, weight, bias):
    return torch.sigmoid(x @ weight.T + bias)


@wrong(says="transposed")
def units_by_examples(x, weight, bias):
    return weight @ x.T + bias[:, None]


@wrong(says="only the first example")
def first_example_only(x, weight, bias):
    return weight @ x[0] + bias


@wrong(says="element by element", obeyed={"x * weight": "x @ weight"})
def star_instead_of_at(x, weight, bias):
    return x * weight + bias


@wrong(
    says="`view` and `reshape` do not transpose",
    obeyed={"x @ weight.view(weight.shape[1], weight.shape[0])": "x @ weight.T"},
)
def reshaped_not_transposed(x, weight, bias):
    return x @ weight.view(weight.shape[1], weight.shape[0]) + bias


@wrong(says="`weight` in place", obeyed={"weight.t_()": "weight.T"})
def transposes_in_place(x, weight, bias):
    return x @ weight.t_() + bias


@wrong(says="detached")
def through_numpy(x, weight, bias):
    return torch.from_numpy(x.detach().numpy() @ weight.detach().numpy().T + bias.detach().numpy())


@wrong(says="no gradient reaches `weight`", obeyed={"weight.data.T": "weight.T"})
def the_weight_detached(x, weight, bias):
    return x @ weight.data.T + bias


@wrong(says="something else each time")
def a_layer_of_its_own(x, weight, bias):
    return nn.Linear(weight.shape[1], weight.shape[0])(x)


@wrong(says="averaged")
def mean_instead_of_sum(x, weight, bias):
    return (x[:, None, :] * weight).mean(-1) + bias


@wrong(says="`dense` raised")
def sizes_of_the_first_case(x, weight, bias):
    out = torch.zeros(3, 3)
    for b in range(3):
        for h in range(3):
            out[b, h] = x[b] @ weight[h] + bias[h]
    return out


@wrong(says="returns None")
def dense_not_returned(x, weight, bias):
    out = x @ weight.T + bias


@wrong(says="are summed")
def one_neuron_for_each_example(x, weight, bias):
    return (x @ weight.T + bias).sum(1)


@wrong(says="loses its dimension")
def one_example_squeezed(x, weight, bias):
    return (x @ weight.T + bias).squeeze(0)


@wrong(says="is reshaped to (B, H)")
def columns_reshaped(x, weight, bias):
    return (weight @ x.T + bias[:, None]).reshape(len(x), len(weight))


@wrong(says="the last unit says nothing")
def loop_ends_too_early(x, weight, bias):
    y = torch.zeros(x.shape[0], weight.shape[0], dtype=x.dtype)
    for h in range(len(weight) - 1):
        y[:, h] = x @ weight[h] + bias[h]
    return y


@wrong(says="1. the bias is subtracted; add it. 2. the products are averaged")
def mean_minus_bias(x, weight, bias):
    return (x[:, None, :] * weight).mean(dim=-1) - bias


@wrong(says="not transposed", obeyed={"x @ weight + bias": "x @ weight.T + bias"})
def orientation_guessed_from_the_sizes(x, weight, bias):
    if x.shape[1] == weight.shape[0]:
        return x @ weight + bias
    return x @ weight.T + bias


@wrong(says="added to each of the E products")
def bias_before_the_sum(x, weight, bias):
    return (x[:, None] * weight + bias[:, None]).sum(-1)


@wrong(says="added to each of the E products")
def bias_within_the_inner_product(x, weight, bias):
    out = torch.zeros(len(x), len(weight))
    for b in range(len(x)):
        for h in range(len(weight)):
            for e in range(x.shape[1]):
                out[b, h] += x[b, e] * weight[h, e] + bias[h]
    return out


@wrong(says="it stands on the left: `x @ weight.T`", obeyed={"weight @ x": "x @ weight.T"})
def weight_times_batch(x, weight, bias):
    return weight @ x + bias


@wrong(says="it stands on the left", obeyed={"(weight @ x).T": "x @ weight.T"})
def weight_times_batch_transposed(x, weight, bias):
    return (weight @ x).T + bias


@wrong(says="element by element", obeyed={"x * weight.T": "x @ weight.T"})
def star_with_the_transpose(x, weight, bias):
    return x * weight.T + bias


@wrong(says="all biases are summed")
def sum_of_all_biases(x, weight, bias):
    return x @ weight.T + bias.sum()


@wrong(says="the bias is multiplied")
def bias_multiplied(x, weight, bias):
    return x @ weight.T * bias


@wrong(says="the bias is added to `x`")
def bias_added_to_the_input(x, weight, bias):
    return (x + bias) @ weight.T


@wrong(says="only the first example gets the bias")
def bias_for_the_first_example(x, weight, bias):
    result = x @ weight.T
    result[0] += bias
    return result
