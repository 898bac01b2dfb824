"""Answers to exercise 00.shallow_network."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from tests.exercises.answers import right, wrong


@right
def by_linear_layers(x, hidden_weight, hidden_bias, output_weight, output_bias):
    hidden = F.relu(F.linear(x, hidden_weight, hidden_bias))
    return F.linear(hidden, output_weight, output_bias)


@right
def products_and_clamp(x, hidden_weight, hidden_bias, output_weight, output_bias):
    hidden = (x @ hidden_weight.T + hidden_bias).clamp(min=0)
    return hidden @ output_weight.T + output_bias


@right
def einsum_and_where(x, w1, b1, w2, b2):
    score = torch.einsum("be,he->bh", x, w1) + b1
    return torch.einsum("bh,ch->bc", torch.where(score > 0, score, 0.0), w2) + b2


@right
def unit_after_unit(x, w1, b1, w2, b2):
    logits = b2
    for h in range(len(b1)):
        logits = logits + torch.relu(x @ w1[h] + b1[h])[:, None] * w2[:, h]
    return logits


@wrong(
    says="activation between the layers is missing",
    obeyed={"(x @ w1.T + b1) @ w2.T": "torch.relu(x @ w1.T + b1) @ w2.T"},
)
def two_layers_and_no_activation(x, w1, b1, w2, b2):
    return (x @ w1.T + b1) @ w2.T + b2


@wrong(says="is the sigmoid")
def sigmoid_units(x, w1, b1, w2, b2):
    return torch.sigmoid(x @ w1.T + b1) @ w2.T + b2


@wrong(says="is tanh")
def tanh_units(x, w1, b1, w2, b2):
    return torch.tanh(x @ w1.T + b1) @ w2.T + b2


@wrong(says="logits are activated too")
def relu_twice(x, w1, b1, w2, b2):
    return torch.relu(torch.relu(x @ w1.T + b1) @ w2.T + b2)


@wrong(says="after the last layer")
def relu_at_the_end(x, w1, b1, w2, b2):
    return torch.relu((x @ w1.T + b1) @ w2.T + b2)


@wrong(says="applied to the input")
def relu_first(x, w1, b1, w2, b2):
    return (torch.relu(x) @ w1.T + b1) @ w2.T + b2


@wrong(says="softmax at the end")
def probabilities_at_the_end(x, w1, b1, w2, b2):
    return (torch.relu(x @ w1.T + b1) @ w2.T + b2).softmax(-1)


@wrong(says="bias of the hidden layer")
def hidden_bias_forgotten(x, w1, b1, w2, b2):
    return torch.relu(x @ w1.T) @ w2.T + b2


@wrong(says="bias of the output layer")
def output_bias_forgotten(x, w1, b1, w2, b2):
    return torch.relu(x @ w1.T + b1) @ w2.T


@wrong(says="after the activation; add it inside")
def bias_after_the_relu(x, w1, b1, w2, b2):
    return (torch.relu(x @ w1.T) + b1) @ w2.T + b2


@wrong(says="the output layer is missing")
def hidden_layer_only(x, w1, b1, w2, b2):
    return torch.relu(x @ w1.T + b1)


@wrong(says="most probable class")
def classes_instead_of_logits(x, w1, b1, w2, b2):
    return (torch.relu(x @ w1.T + b1) @ w2.T + b2).argmax(-1)


@wrong(says="`hidden_weight.T` and `output_weight.T`", obeyed={"@ w1": "@ w1.T", "@ w2": "@ w2.T"})
def weights_as_they_are(x, w1, b1, w2, b2):
    return torch.relu(x @ w1 + b1) @ w2 + b2


@wrong(says="interchanged")
def output_layer_first(x, w1, b1, w2, b2):
    return torch.relu(x @ w2.T + b2) @ w1.T + b1


@wrong(says="detached")
def no_grad_in_training(x, w1, b1, w2, b2):
    with torch.no_grad():
        return torch.relu(x @ w1.T + b1) @ w2.T + b2


@wrong(says="something else each time")
def fresh_layers(x, w1, b1, w2, b2):
    return nn.Sequential(nn.Linear(len(w1[0]), len(w1)), nn.ReLU(), nn.Linear(len(w1), len(w2)))(x)


@wrong(says="got an ndarray")
def in_numpy(x, w1, b1, w2, b2):
    x, w1, b1, w2, b2 = (t.detach().numpy() for t in (x, w1, b1, w2, b2))
    return np.maximum(x @ w1.T + b1, 0) @ w2.T + b2


@wrong(says="returns None")
def logits_not_returned(x, w1, b1, w2, b2):
    hidden = torch.relu(x @ w1.T + b1)
    hidden @ w2.T + b2


@wrong(says="both biases are missing")
def products_alone(x, w1, b1, w2, b2):
    return torch.relu(x @ w1.T) @ w2.T


@wrong(says="the hidden weight is not transposed", obeyed={"@ w1": "@ w1.T"})
def hidden_weight_as_it_is(x, w1, b1, w2, b2):
    return torch.relu(x @ w1 + b1) @ w2.T + b2


@wrong(says="the output weight is not transposed", obeyed={"hidden @ w2 +": "hidden @ w2.T +"})
def output_weight_guessed_from_the_sizes(x, w1, b1, w2, b2):
    hidden = torch.relu(x @ w1.T + b1)
    return hidden @ w2 + b2 if len(w2) == hidden.shape[1] else hidden @ w2.T + b2


@wrong(says="is not max(s, 0)")
def relu6(x, w1, b1, w2, b2):
    return F.relu6(x @ w1.T + b1) @ w2.T + b2


@wrong(says="a batch of one, or a single class, loses its dimension")
def one_example_without_its_batch(x, w1, b1, w2, b2):
    logits = torch.relu(x @ w1.T + b1) @ w2.T + b2
    return logits[0] if len(logits) == 1 else logits


@wrong(says="1. the activation is the sigmoid; ReLU is asked for. 2. the bias of the hidden layer is missing")
def sigmoid_without_bias(x, w1, b1, w2, b2):
    return torch.sigmoid(x @ w1.T) @ w2.T + b2


@wrong(says="softmax at the end, or its log")
def log_softmax_at_the_end(x, w1, b1, w2, b2):
    hidden = torch.relu(x @ w1.T + b1)
    return F.log_softmax(hidden @ w2.T + b2, dim=-1)


@wrong(says="the output layer takes `x`")
def second_layer_on_the_input(x, w1, b1, w2, b2):
    hidden = torch.relu(x @ w1.T + b1)
    return x @ w2.T + b2


@wrong(says="weight or bias of the other one")
def same_weights_twice(x, w1, b1, w2, b2):
    return torch.relu(x @ w1.T + b1) @ w1.T + b1


@wrong(says="weight or bias of the other one")
def biases_interchanged(x, w1, b1, w2, b2):
    return torch.relu(x @ w1.T + b2) @ w2.T + b1


@wrong(says="not max(s, 0)")
def softplus_for_relu(x, hidden_weight, hidden_bias, output_weight, output_bias):
    return F.linear(F.softplus(F.linear(x, hidden_weight, hidden_bias)), output_weight, output_bias)


@wrong(says="the input is put through ReLU")
def relu_of_the_input_too(x, hidden_weight, hidden_bias, output_weight, output_bias):
    return F.linear(F.linear(x.relu(), hidden_weight, hidden_bias).relu(), output_weight, output_bias)


@wrong(says="only the first example is answered")
def first_example_alone(x, hidden_weight, hidden_bias, output_weight, output_bias):
    return F.linear(F.linear(x[:1], hidden_weight, hidden_bias).relu(), output_weight, output_bias)


@wrong(says="names of its first line")
def names_of_the_notebook(x, hidden_weight, hidden_bias, output_weight, output_bias):
    return F.linear(F.linear(x, w1, b1).relu(), w2, b2)  # noqa: F821
