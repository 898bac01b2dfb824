"""Answers to exercise 00.neuron."""

import math

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def the_formula_as_it_stands(x, weight, bias):
    score = (x * weight).sum(dim=1) + bias
    return 1 / (1 + torch.exp(-score))


@right
def by_einsum(x, weight, bias):
    return torch.einsum("be,e->b", x, weight).add(bias).sigmoid()


@right
def one_example_after_the_other(x, weight, bias):
    return torch.stack([torch.sigmoid(torch.dot(row, weight) + bias) for row in x])


@right
def by_linear(x, weight, bias):
    return F.linear(x, weight[None], bias[None]).sigmoid().squeeze(1)


@wrong(says="activation is missing")
def the_bare_score(x, weight, bias):
    return x @ weight + bias


@wrong(says="bias is missing")
def without_bias(x, weight, bias):
    return torch.sigmoid(x @ weight)


@wrong(says="after the sigmoid")
def bias_outside(x, weight, bias):
    return torch.sigmoid(x @ weight) + bias


@wrong(says="each of the E products")
def bias_in_the_sum(x, weight, bias):
    return torch.sigmoid((x * weight + bias).sum(1))


@wrong(says="sign is turned")
def minus_forgotten(x, weight, bias):
    return 1 / (1 + torch.exp(x @ weight + bias))


@wrong(
    says="brackets are missing: `1 / (1 + exp(-s))`",
    obeyed={"1 / 1 + torch.exp(-(x @ weight + bias))": "1 / (1 + torch.exp(-(x @ weight + bias)))"},
)
def brackets_forgotten(x, weight, bias):
    return 1 / 1 + torch.exp(-(x @ weight + bias))


@wrong(says="is tanh")
def tanh_instead(x, weight, bias):
    return torch.tanh(x @ weight + bias)


@wrong(says="is ReLU")
def relu_instead(x, weight, bias):
    return torch.relu(x @ weight + bias)


@wrong(says="0 or 1")
def hard_threshold(x, weight, bias):
    return (x @ weight + bias > 0).float()


@wrong(says="products are not summed")
def element_by_element(x, weight, bias):
    return torch.sigmoid(x * weight + bias)


@wrong(says="sums over the batch")
def summed_down(x, weight, bias):
    return torch.sigmoid((x * weight).sum(0) + bias)


@wrong(says="summed to one number")
def summed_over_everything(x, weight, bias):
    return torch.sigmoid((x * weight).sum() + bias)


@wrong(says="averaged")
def mean_of_the_products(x, weight, bias):
    return torch.sigmoid((x * weight).mean(1) + bias)


@wrong(says="one dimension of size 1 too many")
def a_column(x, weight, bias):
    return torch.sigmoid((x * weight).sum(1, keepdim=True) + bias)


@wrong(says="`torch.dot` takes two vectors", obeyed={"torch.dot(x, weight)": "x @ weight"})
def dot_of_a_matrix(x, weight, bias):
    return torch.sigmoid(torch.dot(x, weight) + bias)


@wrong(says="detached")
def a_list_made_into_a_tensor(x, weight, bias):
    return torch.tensor([torch.sigmoid(row @ weight + bias).item() for row in x], dtype=x.dtype)


@wrong(says="Functions of `math` take one number", obeyed={"math.exp": "torch.exp"})
def by_the_math_module(x, weight, bias):
    return 1 / (1 + math.exp(-(x @ weight + bias)))


@wrong(says="softmax over the batch")
def softmax_over_the_batch(x, weight, bias):
    return (x @ weight + bias).softmax(0)


@wrong(says="returns None")
def neuron_not_returned(x, weight, bias):
    score = x @ weight + bias
    torch.sigmoid(score)


@wrong(says="bias is subtracted")
def bias_as_a_threshold(x, weight, bias):
    return torch.sigmoid(x @ weight - bias)


@wrong(says="1 in the denominator is missing")
def one_over_the_exponential(x, weight, bias):
    return 1 / torch.exp(-(x @ weight + bias))


@wrong(says="only the first example")
def return_inside_the_loop(x, weight, bias):
    for row in x:
        return torch.sigmoid(row @ weight + bias)


@wrong(says="without their weights")
def inputs_without_weights(x, weight, bias):
    return torch.sigmoid(x.sum(1) + bias)


@wrong(says="no gradient reaches `bias`", obeyed={"bias.detach()": "bias"})
def bias_detached(x, weight, bias):
    return torch.sigmoid(x @ weight + bias.detach())


@wrong(
    says="inf / inf: use `torch.sigmoid`",
    obeyed={"return e / (e + 1)": "return torch.sigmoid(x @ weight + bias)"},
)
def quotient_that_overflows(x, weight, bias):
    e = (x @ weight + bias).exp()
    return e / (e + 1)


@wrong(says="cut off on both sides")
def score_clamped(x, weight, bias):
    return torch.sigmoid((x @ weight + bias).clamp(-5, 5))


@wrong(says="1. the bias is missing. 2. the activation is tanh")
def tanh_without_bias(x, weight, bias):
    return torch.tanh(x @ weight)


@wrong(says="a batch of one example loses its dimension")
def column_squeezed(x, weight, bias):
    return torch.sigmoid(x @ weight[:, None] + bias).squeeze()


@wrong(says="`x @ weight`", obeyed={"(x * weight[:, None]).sum(dim=0)": "x @ weight"})
def weights_belong_to_rows(x, weight, bias):
    return torch.sigmoid((x * weight[:, None]).sum(dim=0) + bias)


@wrong(says="cut off on both sides")
def score_clamped_for_stability(x, weight, bias):
    return torch.sigmoid((x @ weight + bias).clamp(-6, 6))


@wrong(says="only the first inputs count")
def for_the_two_inputs_of_the_picture(x, weight, bias):
    return torch.sigmoid(weight[0] * x[:, 0] + weight[1] * x[:, 1] + bias)


@wrong(says="the bias is added to `x`")
def bias_added_to_the_inputs(x, weight, bias):
    return torch.sigmoid((x + bias) @ weight)


@wrong(says="the sigmoid is taken of each product")
def sigmoid_of_each_product(x, weight, bias):
    return torch.sigmoid(x * weight).sum(-1) + bias


@wrong(says="the sigmoid is taken of `x`")
def sigmoid_of_the_inputs(x, weight, bias):
    return torch.sigmoid(x) @ weight + bias


@wrong(says="the log of the sigmoid")
def log_of_the_sigmoid(x, weight, bias):
    return F.logsigmoid(x @ weight + bias)


@wrong(says="the last input is left out")
def last_input_left_out(x, weight, bias):
    return torch.sigmoid(sum(x[:, i] * weight[i] for i in range(len(weight) - 1)) + bias)


@wrong(says="the weight is scaled")
def weight_of_length_1(x, weight, bias):
    return torch.sigmoid(x @ (weight / weight.norm()) + bias)


@wrong(says="only the first example")
def batch_of_the_first_example(x, weight, bias):
    return torch.sigmoid(x[:1] @ weight + bias)
