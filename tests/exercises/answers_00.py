"""Answers to the exercises of lesson 00, start here."""
# ruff: noqa: F821  (a name that does not exist is one of the mistakes)

import math

import numpy as np
import torch
import torch.nn.functional as F
from answers import right, wrong
from torch import nn

# ---- 00.first ----------------------------------------------------------------------------------------


@right("00.first")
def added_to_itself(x):
    return x + x


@right("00.first")
def by_torch_mul(x):
    return torch.mul(x, 2)


@right("00.first")
def copied_and_then_changed(x):
    y = x.clone()
    y *= 2
    return y


@wrong("00.first", says="it adds 2")
def adds_two(x):
    return x + 2


@wrong("00.first", says="squares")
def squares(x):
    return x**2


@wrong("00.first", says="`**` is the power")
def two_to_the_power(x):
    return 2**x


@wrong("00.first", says="`x` as it came")
def returns_its_input(x):
    return x


@wrong("00.first", says="`x` in place")
def doubles_in_place(x):
    x *= 2
    return x


@wrong("00.first", says="returns None")
def prints_the_double(x):
    print(2 * x)


@wrong("00.first", says="repeats the elements")
def list_habits(x):
    return torch.cat([x, x])


@wrong("00.first", says="got a list")
def a_list_of_numbers(x):
    return [2 * value for value in x.tolist()]


@wrong("00.first", says="the same as for another `x`")
def the_example_hard_coded(x):
    return torch.tensor([2.0, 4.0, 6.0])


@wrong("00.first", says="the tensor is called `x`")
def another_name(x):
    return 2 * numbers


@wrong("00.first", says="only the first element")
def first_element_only(x):
    y = x.clone()
    y[0] = 2 * y[0]
    return y


@wrong("00.first", says="Keep the parameters")
def without_a_parameter():
    return 2


@wrong("00.first", says="adds the elements up")
def doubled_sum(x):
    return 2 * x.sum()


@wrong("00.first", says="ndarray")
def as_a_numpy_array(x):
    return 2 * x.detach().numpy()


@wrong("00.first", says="`2 * x` keeps it")
def always_float(x):
    return 2.0 * x


# ---- 00.neuron ---------------------------------------------------------------------------------------


@right("00.neuron")
def the_formula_as_it_stands(x, weight, bias):
    score = (x * weight).sum(dim=1) + bias
    return 1 / (1 + torch.exp(-score))


@right("00.neuron")
def by_einsum(x, weight, bias):
    return torch.einsum("be,e->b", x, weight).add(bias).sigmoid()


@right("00.neuron")
def one_example_after_the_other(x, weight, bias):
    return torch.stack([torch.sigmoid(torch.dot(row, weight) + bias) for row in x])


@right("00.neuron")
def by_linear(x, weight, bias):
    return F.linear(x, weight[None], bias[None]).sigmoid().squeeze(1)


@wrong("00.neuron", says="activation is missing")
def the_bare_score(x, weight, bias):
    return x @ weight + bias


@wrong("00.neuron", says="bias is missing")
def without_bias(x, weight, bias):
    return torch.sigmoid(x @ weight)


@wrong("00.neuron", says="after the sigmoid")
def bias_outside(x, weight, bias):
    return torch.sigmoid(x @ weight) + bias


@wrong("00.neuron", says="each of the E products")
def bias_in_the_sum(x, weight, bias):
    return torch.sigmoid((x * weight + bias).sum(1))


@wrong("00.neuron", says="sign is turned")
def minus_forgotten(x, weight, bias):
    return 1 / (1 + torch.exp(x @ weight + bias))


@wrong("00.neuron", says="brackets are missing")
def brackets_forgotten(x, weight, bias):
    return 1 / 1 + torch.exp(-(x @ weight + bias))


@wrong("00.neuron", says="is tanh")
def tanh_instead(x, weight, bias):
    return torch.tanh(x @ weight + bias)


@wrong("00.neuron", says="is ReLU")
def relu_instead(x, weight, bias):
    return torch.relu(x @ weight + bias)


@wrong("00.neuron", says="0 or 1")
def hard_threshold(x, weight, bias):
    return (x @ weight + bias > 0).float()


@wrong("00.neuron", says="products are not summed")
def element_by_element(x, weight, bias):
    return torch.sigmoid(x * weight + bias)


@wrong("00.neuron", says="sums over the batch")
def summed_down(x, weight, bias):
    return torch.sigmoid((x * weight).sum(0) + bias)


@wrong("00.neuron", says="summed to one number")
def summed_over_everything(x, weight, bias):
    return torch.sigmoid((x * weight).sum() + bias)


@wrong("00.neuron", says="averaged")
def mean_of_the_products(x, weight, bias):
    return torch.sigmoid((x * weight).mean(1) + bias)


@wrong("00.neuron", says="one dimension of size 1 too many")
def a_column(x, weight, bias):
    return torch.sigmoid((x * weight).sum(1, keepdim=True) + bias)


@wrong("00.neuron", says="`torch.dot` takes two vectors")
def dot_of_a_matrix(x, weight, bias):
    return torch.sigmoid(torch.dot(x, weight) + bias)


@wrong("00.neuron", says="detached")
def a_list_made_into_a_tensor(x, weight, bias):
    return torch.tensor([torch.sigmoid(row @ weight + bias).item() for row in x], dtype=x.dtype)


@wrong("00.neuron", says="Functions of `math` take one number")
def by_the_math_module(x, weight, bias):
    return 1 / (1 + math.exp(-(x @ weight + bias)))


@wrong("00.neuron", says="softmax over the batch")
def softmax_over_the_batch(x, weight, bias):
    return (x @ weight + bias).softmax(0)


@wrong("00.neuron", says="returns None")
def neuron_not_returned(x, weight, bias):
    score = x @ weight + bias
    torch.sigmoid(score)


# ---- 00.dense ----------------------------------------------------------------------------------------


@right("00.dense")
def unit_by_unit(x, weight, bias):
    return torch.stack([x @ weight[h] + bias[h] for h in range(len(bias))], dim=1)


@right("00.dense")
def einsum_over_the_inputs(x, weight, bias):
    return torch.einsum("be,he->bh", x, weight) + bias


@right("00.dense")
def from_the_left(x, weight, bias):
    return (weight @ x.T + bias[:, None]).T


@right("00.dense")
def in_one_call(x, weight, bias):
    return torch.addmm(bias, x, weight.t())


@right("00.dense")
def by_broadcasting(x, weight, bias):
    return (x[:, None, :] * weight).sum(-1).add_(bias)


@wrong("00.dense", says="not transposed")
def without_transposing(x, weight, bias):
    return x @ weight + bias


@wrong("00.dense", says="bias is missing")
def product_alone(x, weight, bias):
    return x @ weight.T


@wrong("00.dense", says="runs down the columns")
def bias_as_a_column(x, weight, bias):
    return x @ weight.T + bias[:, None]


@wrong("00.dense", says="only the first bias")
def one_bias_for_all(x, weight, bias):
    return x @ weight.T + bias[0]


@wrong("00.dense", says="there is an activation")
def with_a_relu(x, weight, bias):
    return torch.relu(x @ weight.T + bias)


@wrong("00.dense", says="there is an activation")
def layer_of_sigmoid_neurons(x, weight, bias):
    return torch.sigmoid(x @ weight.T + bias)


@wrong("00.dense", says="transposed")
def units_by_examples(x, weight, bias):
    return weight @ x.T + bias[:, None]


@wrong("00.dense", says="only the first example")
def first_example_only(x, weight, bias):
    return weight @ x[0] + bias


@wrong("00.dense", says="element by element")
def star_instead_of_at(x, weight, bias):
    return x * weight + bias


@wrong("00.dense", says="`view` and `reshape` do not transpose")
def reshaped_not_transposed(x, weight, bias):
    return x @ weight.view(weight.shape[1], weight.shape[0]) + bias


@wrong("00.dense", says="`weight` in place")
def transposes_in_place(x, weight, bias):
    return x @ weight.t_() + bias


@wrong("00.dense", says="detached")
def through_numpy(x, weight, bias):
    return torch.from_numpy(x.detach().numpy() @ weight.detach().numpy().T + bias.detach().numpy())


@wrong("00.dense", says="no gradient reaches `weight`")
def the_weight_detached(x, weight, bias):
    return x @ weight.data.T + bias


@wrong("00.dense", says="something else each time")
def a_layer_of_its_own(x, weight, bias):
    return nn.Linear(weight.shape[1], weight.shape[0])(x)


@wrong("00.dense", says="averaged")
def mean_instead_of_sum(x, weight, bias):
    return (x[:, None, :] * weight).mean(-1) + bias


@wrong("00.dense", says="`dense` raised")
def sizes_of_the_first_case(x, weight, bias):
    out = torch.zeros(3, 3)
    for b in range(3):
        for h in range(3):
            out[b, h] = x[b] @ weight[h] + bias[h]
    return out


@wrong("00.dense", says="returns None")
def dense_not_returned(x, weight, bias):
    out = x @ weight.T + bias  # noqa: F841


# ---- 00.softmax --------------------------------------------------------------------------------------


@right("00.softmax")
def largest_subtracted(logits):
    exponentials = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    return exponentials / exponentials.sum(dim=1, keepdim=True)


@right("00.softmax")
def through_logsumexp(logits):
    return torch.exp(logits - torch.logsumexp(logits, dim=-1, keepdim=True))


@right("00.softmax")
def row_by_row(logits):
    rows = []
    for row in logits:
        e = torch.exp(row - row.max())
        rows.append(e / e.sum())
    return torch.stack(rows)


@right("00.softmax")
def on_the_transpose(logits):
    z = logits.T - logits.max(dim=1)[0]
    return (z.exp() / z.exp().sum(0)).T


@wrong("00.softmax", says="inf / inf")
def by_the_formula(logits):
    return logits.exp() / logits.exp().sum(-1, keepdim=True)


@wrong("00.softmax", says="sums over the batch")
def over_the_batch(logits):
    e = torch.exp(logits - logits.max())
    return e / e.sum(0)


@wrong("00.softmax", says="divide columns instead of rows")
def sums_without_keepdim(logits):
    e = torch.exp(logits)
    return e / e.sum(1)


@wrong("00.softmax", says="subtracted from columns")
def maxima_without_keepdim(logits):
    e = torch.exp(logits - logits.max(1).values)
    return e / e.sum(1, keepdim=True)


@wrong("00.softmax", says="whole batch sums to 1")
def over_everything(logits):
    e = torch.exp(logits - logits.max())
    return e / e.sum()


@wrong("00.softmax", says="subtracted from the whole batch")
def largest_of_the_batch(logits):
    e = torch.exp(logits - logits.max())
    return e / e.sum(-1, keepdim=True)


@wrong("00.softmax", says="the largest logit of each row")
def smallest_subtracted(logits):
    e = torch.exp(logits - logits.min(-1, keepdim=True).values)
    return e / e.sum(-1, keepdim=True)


@wrong("00.softmax", says="do not cut them off")
def logits_clamped(logits):
    e = torch.exp(logits.clamp(-50, 50))
    return e / e.sum(-1, keepdim=True)


@wrong("00.softmax", says="exponential is missing")
def shares_of_the_logits(logits):
    return logits / logits.sum(-1, keepdim=True)


@wrong("00.softmax", says="do not sum to 1")
def exponentials_alone(logits):
    return torch.exp(logits)


@wrong("00.softmax", says="logarithm of the softmax")
def log_softmax(logits):
    return F.log_softmax(logits, dim=-1)


@wrong("00.softmax", says="sigmoid of each logit")
def sigmoids(logits):
    return torch.sigmoid(logits)


@wrong("00.softmax", says="1 for the largest")
def hard_maximum(logits):
    return F.one_hot(logits.argmax(1), logits.shape[1]).to(logits.dtype)


@wrong("00.softmax", says="sign is turned")
def softmin(logits):
    return torch.softmax(-logits, dim=-1)


@wrong("00.softmax", says="subtract `.values`")
def the_pair_that_max_returns(logits):
    e = torch.exp(logits - logits.max(dim=1, keepdim=True))
    return e / e.sum(dim=1, keepdim=True)


@wrong("00.softmax", says="`logits` in place")
def subtracts_in_place(logits):
    logits -= logits.max(-1, keepdim=True).values
    e = logits.exp()
    return e / e.sum(-1, keepdim=True)


@wrong("00.softmax", says="detached")
def softmax_without_gradient(logits):
    with torch.no_grad():
        e = torch.exp(logits - logits.amax(-1, keepdim=True))
        return e / e.sum(-1, keepdim=True)


@wrong("00.softmax", says="sum of the logits")
def divided_by_the_sum_of_logits(logits):
    return logits.exp() / logits.sum(-1, keepdim=True)


@wrong("00.softmax", says="returns None")
def softmax_not_returned(logits):
    e = torch.exp(logits)
    e /= e.sum(-1, keepdim=True)


# ---- 00.cross_entropy --------------------------------------------------------------------------------


@right("00.cross_entropy")
def gathered_from_log_softmax(logits, labels):
    log_p = logits.log_softmax(dim=1)
    return -log_p.gather(1, labels.unsqueeze(1)).mean()


@right("00.cross_entropy")
def one_hot_times_log_softmax(logits, labels):
    targets = F.one_hot(labels, logits.shape[1]).to(logits.dtype)
    return -(targets * F.log_softmax(logits, dim=-1)).sum(dim=1).mean()


@right("00.cross_entropy")
def shifted_by_hand(logits, labels):
    shifted = logits - logits.amax(1, keepdim=True)
    log_p = shifted - shifted.exp().sum(1, keepdim=True).log()
    return -log_p[range(len(labels)), labels].mean()


@right("00.cross_entropy")
def one_example_at_a_time(logits, labels):
    losses = [torch.logsumexp(z, 0) - z[y] for z, y in zip(logits, labels, strict=True)]
    return sum(losses) / len(losses)


@wrong("00.cross_entropy", says="summed; take the mean")
def summed_over_the_batch(logits, labels):
    return F.cross_entropy(logits, labels, reduction="sum")


@wrong("00.cross_entropy", says="one loss for each example")
def not_averaged(logits, labels):
    return logits.logsumexp(1) - logits[torch.arange(len(labels)), labels]


@wrong("00.cross_entropy", says="sign is missing")
def the_log_likelihood(logits, labels):
    return logits.log_softmax(1)[torch.arange(len(labels)), labels].mean()


@wrong("00.cross_entropy", says="logarithm is missing")
def minus_the_probability(logits, labels):
    return -logits.softmax(1)[torch.arange(len(labels)), labels].mean()


@wrong("00.cross_entropy", says="softmax is missing")
def minus_the_logit(logits, labels):
    return -logits[torch.arange(len(labels)), labels].mean()


@wrong("00.cross_entropy", says="the log is taken of the logits")
def log_of_the_logit(logits, labels):
    return -logits[torch.arange(len(labels)), labels].log().mean()


@wrong("00.cross_entropy", says="applied twice")
def probabilities_into_cross_entropy(logits, labels):
    return F.cross_entropy(torch.softmax(logits, dim=1), labels)


@wrong("00.cross_entropy", says="over the batch")
def softmax_over_examples(logits, labels):
    log_p = F.log_softmax(logits, dim=0)
    return -log_p[torch.arange(len(labels)), labels].mean()


@wrong("00.cross_entropy", says="all B x C elements")
def one_hot_and_the_mean_of_everything(logits, labels):
    targets = F.one_hot(labels, logits.shape[1])
    return -(targets * logits.log_softmax(1)).mean()


@wrong("00.cross_entropy", says="all C classes")
def every_class_counts(logits, labels):
    return -logits.log_softmax(1).mean()


@wrong("00.cross_entropy", says="(B, B)")
def a_column_for_each_label(logits, labels):
    return -logits.log_softmax(1)[:, labels].mean()


@wrong("00.cross_entropy", says="class 0")
def first_column(logits, labels):
    return -logits.log_softmax(1)[:, 0].mean()


@wrong("00.cross_entropy", says="most probable class")
def surest_class(logits, labels):
    return -logits.log_softmax(1).max(1).values.mean()


@wrong("00.cross_entropy", says="shifted by one")
def labels_from_one(logits, labels):
    return F.cross_entropy(logits, (labels - 1) % logits.shape[1])


@wrong("00.cross_entropy", says="rounds to 0")
def softmax_and_then_log(logits, labels):
    p = logits.softmax(1)
    return -p[torch.arange(len(labels)), labels].log().mean()


@wrong("00.cross_entropy", says="no clamp and no epsilon")
def with_an_epsilon(logits, labels):
    p = logits.softmax(1)
    return -torch.log(p[torch.arange(len(labels)), labels] + 1e-9).mean()


@wrong("00.cross_entropy", says="rounds to 0")
def exponentials_that_overflow(logits, labels):
    return (logits.exp().sum(1).log() - logits[torch.arange(len(labels)), labels]).mean()


@wrong("00.cross_entropy", says="mean of the logs")
def log_of_the_mean(logits, labels):
    return -torch.log(logits.softmax(1)[torch.arange(len(labels)), labels].mean())


@wrong("00.cross_entropy", says="squared difference")
def mean_squared_error(logits, labels):
    return F.mse_loss(logits.softmax(1), F.one_hot(labels, logits.shape[1]).to(logits.dtype))


@wrong("00.cross_entropy", says="`labels[:, None]`")
def gather_with_flat_labels(logits, labels):
    return -logits.log_softmax(1).gather(1, labels).mean()


@wrong("00.cross_entropy", says="no gradient could flow")
def a_python_number(logits, labels):
    return F.cross_entropy(logits, labels).item()


@wrong("00.cross_entropy", says="base 2")
def in_bits(logits, labels):
    return -logits.softmax(1).log2()[torch.arange(len(labels)), labels].mean()


@wrong("00.cross_entropy", says="returns None")
def loss_not_returned(logits, labels):
    loss = F.cross_entropy(logits, labels)  # noqa: F841


# ---- 00.training_step --------------------------------------------------------------------------------


def leaves_of(parameters):
    return [p.detach().clone().requires_grad_() for p in parameters]


@right("00.training_step")
def by_backward(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    with torch.no_grad():
        return [p - lr * p.grad for p in leaves]


@right("00.training_step")
def by_an_optimizer(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    optimizer = torch.optim.SGD(leaves, lr=lr)
    F.cross_entropy(network(x, *leaves), labels).backward()
    optimizer.step()
    return [p.detach() for p in leaves]


@right("00.training_step")
def by_torch_func(network, parameters, x, labels, lr):
    def loss(*given):
        return F.cross_entropy(network(x, *given), labels)

    given = [p.detach() for p in parameters]
    gradients = torch.func.grad(loss, argnums=tuple(range(len(given))))(*given)
    return tuple(p - lr * g for p, g in zip(given, gradients, strict=True))


@right("00.training_step")
def changing_its_own_copies(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    log_p = network(x, *leaves).log_softmax(-1)
    loss = -log_p[torch.arange(len(labels)), labels].mean()
    for p, gradient in zip(leaves, torch.autograd.grad(loss, leaves), strict=True):
        p.data.sub_(lr * gradient)
    return [p.detach() for p in leaves]


@wrong("00.training_step", says="up the gradient")
def uphill(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    return [p.detach() + lr * p.grad for p in leaves]


@wrong("00.training_step", says="learning rate is missing")
def without_a_learning_rate(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    return [p.detach() - p.grad for p in leaves]


@wrong("00.training_step", says="gradients come back")
def the_gradients(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    return [p.grad for p in leaves]


@wrong("00.training_step", says="come back as they were")
def zeroed_too_early(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    optimizer = torch.optim.SGD(leaves, lr=lr)
    F.cross_entropy(network(x, *leaves), labels).backward()
    optimizer.zero_grad()
    optimizer.step()
    return [p.detach() for p in leaves]


@wrong("00.training_step", says="sum over the batch")
def summed_loss(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels, reduction="sum").backward()
    return [p.detach() - lr * p.grad for p in leaves]


@wrong("00.training_step", says="softmax is applied twice")
def loss_of_probabilities(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves).softmax(-1), labels).backward()
    return [p.detach() - lr * p.grad for p in leaves]


@wrong("00.training_step", says="`parameters` in place")
def steps_on_the_parameters_themselves(network, parameters, x, labels, lr):
    for p in parameters:
        p.requires_grad_()
    loss = F.cross_entropy(network(x, *parameters), labels)
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= lr * p.grad
    return parameters


@wrong("00.training_step", says="`parameters` in place")
def replaces_them_in_the_list(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    for i, p in enumerate(leaves):
        parameters[i] = p.detach() - lr * p.grad
    return parameters


@wrong("00.training_step", says="second call")
def backward_on_the_callers_tensors(network, parameters, x, labels, lr):
    for p in parameters:
        p.requires_grad_()
    F.cross_entropy(network(x, *parameters), labels).backward()
    with torch.no_grad():
        return [p - lr * p.grad for p in parameters]


@wrong("00.training_step", says="hang on the graph")
def not_cut_off(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    return [p - lr * p.grad for p in leaves]


@wrong("00.training_step", says="`.requires_grad_()`")
def nothing_marked_for_autograd(network, parameters, x, labels, lr):
    loss = F.cross_entropy(network(x, *parameters), labels)
    loss.backward()
    return [p - lr * p.grad for p in parameters]


@wrong("00.training_step", says="`.grad` is None")
def network_called_without_the_leaves(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    copies = leaves_of(parameters)
    F.cross_entropy(network(x, *copies), labels).backward()
    return [p.detach() - lr * p.grad for p in leaves]


@wrong("00.training_step", says="The gradient is that of one number")
def backward_from_many_losses(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels, reduction="none").backward()
    return [p.detach() - lr * p.grad for p in leaves]


@wrong("00.training_step", says="leaf cannot be changed in place")
def in_place_without_no_grad(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    for p in leaves:
        p -= lr * p.grad
    return leaves


@wrong("00.training_step", says="any number of parameters")
def only_weight_and_bias(network, parameters, x, labels, lr):
    weight, bias = leaves_of(parameters)
    F.cross_entropy(network(x, weight, bias), labels).backward()
    return [weight.detach() - lr * weight.grad, bias.detach() - lr * bias.grad]


@wrong("00.training_step", says="already stepped")
def one_parameter_after_the_other(network, parameters, x, labels, lr):
    new = list(parameters)
    for i in range(len(new)):
        leaf = new[i].detach().clone().requires_grad_()
        given = [*new[:i], leaf, *new[i + 1 :]]
        F.cross_entropy(network(x, *given), labels).backward()
        new[i] = leaf.detach() - lr * leaf.grad
    return new


@wrong("00.training_step", says="divided by B once more")
def averaged_twice(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    loss = F.cross_entropy(network(x, *leaves), labels) / len(x)
    return [p.detach() - lr * g for p, g in zip(leaves, torch.autograd.grad(loss, leaves), strict=True)]


@wrong("00.training_step", says="got one tensor")
def the_loss_alone(network, parameters, x, labels, lr):
    return F.cross_entropy(network(x, *parameters), labels)


@wrong("00.training_step", says="returned with them")
def parameters_and_loss(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    loss = F.cross_entropy(network(x, *leaves), labels)
    loss.backward()
    return [p.detach() - lr * p.grad for p in leaves], loss.item()


@wrong("00.training_step", says="two steps")
def steps_twice(network, parameters, x, labels, lr):
    for _ in range(2):
        parameters = by_backward(network, parameters, x, labels, lr)
    return parameters


@wrong("00.training_step", says="squared error")
def squared_error(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    logits = network(x, *leaves)
    F.mse_loss(logits, F.one_hot(labels, logits.shape[1]).float()).backward()
    return [p.detach() - lr * p.grad for p in leaves]


@wrong("00.training_step", says="returns None")
def stepped_and_forgotten(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    new = [p.detach() - lr * p.grad for p in leaves]  # noqa: F841


# ---- 00.shallow_network ------------------------------------------------------------------------------


@right("00.shallow_network")
def by_linear_layers(x, hidden_weight, hidden_bias, output_weight, output_bias):
    hidden = F.relu(F.linear(x, hidden_weight, hidden_bias))
    return F.linear(hidden, output_weight, output_bias)


@right("00.shallow_network")
def products_and_clamp(x, hidden_weight, hidden_bias, output_weight, output_bias):
    hidden = (x @ hidden_weight.T + hidden_bias).clamp(min=0)
    return hidden @ output_weight.T + output_bias


@right("00.shallow_network")
def einsum_and_where(x, w1, b1, w2, b2):
    score = torch.einsum("be,he->bh", x, w1) + b1
    return torch.einsum("bh,ch->bc", torch.where(score > 0, score, 0.0), w2) + b2


@right("00.shallow_network")
def unit_after_unit(x, w1, b1, w2, b2):
    logits = b2
    for h in range(len(b1)):
        logits = logits + torch.relu(x @ w1[h] + b1[h])[:, None] * w2[:, h]
    return logits


@wrong("00.shallow_network", says="activation between the layers is missing")
def two_layers_and_no_activation(x, w1, b1, w2, b2):
    return (x @ w1.T + b1) @ w2.T + b2


@wrong("00.shallow_network", says="is the sigmoid")
def sigmoid_units(x, w1, b1, w2, b2):
    return torch.sigmoid(x @ w1.T + b1) @ w2.T + b2


@wrong("00.shallow_network", says="is tanh")
def tanh_units(x, w1, b1, w2, b2):
    return torch.tanh(x @ w1.T + b1) @ w2.T + b2


@wrong("00.shallow_network", says="logits are activated too")
def relu_twice(x, w1, b1, w2, b2):
    return torch.relu(torch.relu(x @ w1.T + b1) @ w2.T + b2)


@wrong("00.shallow_network", says="after the last layer")
def relu_at_the_end(x, w1, b1, w2, b2):
    return torch.relu((x @ w1.T + b1) @ w2.T + b2)


@wrong("00.shallow_network", says="applied to the input")
def relu_first(x, w1, b1, w2, b2):
    return (torch.relu(x) @ w1.T + b1) @ w2.T + b2


@wrong("00.shallow_network", says="softmax at the end")
def probabilities_at_the_end(x, w1, b1, w2, b2):
    return (torch.relu(x @ w1.T + b1) @ w2.T + b2).softmax(-1)


@wrong("00.shallow_network", says="bias of the hidden layer")
def hidden_bias_forgotten(x, w1, b1, w2, b2):
    return torch.relu(x @ w1.T) @ w2.T + b2


@wrong("00.shallow_network", says="bias of the output layer")
def output_bias_forgotten(x, w1, b1, w2, b2):
    return torch.relu(x @ w1.T + b1) @ w2.T


@wrong("00.shallow_network", says="after the activation")
def bias_after_the_relu(x, w1, b1, w2, b2):
    return (torch.relu(x @ w1.T) + b1) @ w2.T + b2


@wrong("00.shallow_network", says="the output layer is missing")
def hidden_layer_only(x, w1, b1, w2, b2):
    return torch.relu(x @ w1.T + b1)


@wrong("00.shallow_network", says="most probable class")
def classes_instead_of_logits(x, w1, b1, w2, b2):
    return (torch.relu(x @ w1.T + b1) @ w2.T + b2).argmax(-1)


@wrong("00.shallow_network", says="not transposed")
def weights_as_they_are(x, w1, b1, w2, b2):
    return torch.relu(x @ w1 + b1) @ w2 + b2


@wrong("00.shallow_network", says="interchanged")
def output_layer_first(x, w1, b1, w2, b2):
    return torch.relu(x @ w2.T + b2) @ w1.T + b1


@wrong("00.shallow_network", says="detached")
def no_grad_in_training(x, w1, b1, w2, b2):
    with torch.no_grad():
        return torch.relu(x @ w1.T + b1) @ w2.T + b2


@wrong("00.shallow_network", says="something else each time")
def fresh_layers(x, w1, b1, w2, b2):
    return nn.Sequential(nn.Linear(len(w1[0]), len(w1)), nn.ReLU(), nn.Linear(len(w1), len(w2)))(x)


@wrong("00.shallow_network", says="got a ndarray")
def in_numpy(x, w1, b1, w2, b2):
    x, w1, b1, w2, b2 = (t.detach().numpy() for t in (x, w1, b1, w2, b2))
    return np.maximum(x @ w1.T + b1, 0) @ w2.T + b2


@wrong("00.shallow_network", says="returns None")
def logits_not_returned(x, w1, b1, w2, b2):
    hidden = torch.relu(x @ w1.T + b1)
    hidden @ w2.T + b2
