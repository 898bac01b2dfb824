"""Answers to exercise 00.training_step."""

import torch
import torch.nn.functional as F

from course_lib.dense import cross_entropy, dense
from tests.exercises.answers import right, wrong


def leaves_of(parameters):
    return [p.detach().clone().requires_grad_() for p in parameters]


@right
def by_backward(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    with torch.no_grad():
        return [p - lr * p.grad for p in leaves]


@right
def by_an_optimizer(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    optimizer = torch.optim.SGD(leaves, lr=lr)
    F.cross_entropy(network(x, *leaves), labels).backward()
    optimizer.step()
    return [p.detach() for p in leaves]


@right
def by_torch_func(network, parameters, x, labels, lr):
    def loss(*given):
        return F.cross_entropy(network(x, *given), labels)

    given = [p.detach() for p in parameters]
    gradients = torch.func.grad(loss, argnums=tuple(range(len(given))))(*given)
    return [p - lr * g for p, g in zip(given, gradients, strict=True)]


@right
def changing_its_own_copies(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    log_p = network(x, *leaves).log_softmax(-1)
    loss = -log_p[torch.arange(len(labels)), labels].mean()
    for p, gradient in zip(leaves, torch.autograd.grad(loss, leaves), strict=True):
        p.data.sub_(lr * gradient)
    return [p.detach() for p in leaves]


@wrong(says="up the gradient", obeyed={"p.detach() + lr * p.grad": "p.detach() - lr * p.grad"})
def uphill(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    return [p.detach() + lr * p.grad for p in leaves]


@wrong(says="learning rate is missing", obeyed={"p.detach() - p.grad": "p.detach() - lr * p.grad"})
def without_a_learning_rate(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    return [p.detach() - p.grad for p in leaves]


@wrong(says="gradients come back")
def the_gradients(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    return [p.grad for p in leaves]


@wrong(says="as they were: return `p.detach() - lr * gradient` for each")
def zeroed_too_early(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    optimizer = torch.optim.SGD(leaves, lr=lr)
    F.cross_entropy(network(x, *leaves), labels).backward()
    optimizer.zero_grad()
    optimizer.step()
    return [p.detach() for p in leaves]


@wrong(
    says="as they were: return `p.detach() - lr * gradient` for each",
    obeyed={"p.detach() for p": "p.detach() - lr * p.grad for p"},
)
def nothing_subtracted(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    return [p.detach() for p in leaves]


@wrong(says="summed over the batch")
def summed_loss(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels, reduction="sum").backward()
    return [p.detach() - lr * p.grad for p in leaves]


@wrong(says="softmax is applied twice")
def loss_of_probabilities(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves).softmax(-1), labels).backward()
    return [p.detach() - lr * p.grad for p in leaves]


@wrong(
    says="changes its input `parameters` in place",
    obeyed={
        "for p in parameters:\n        p.requires_grad_()": (
            "parameters = [p.detach().clone().requires_grad_() for p in parameters]"
        )
    },
)
def steps_on_the_parameters_themselves(network, parameters, x, labels, lr):
    for p in parameters:
        p.requires_grad_()
    loss = F.cross_entropy(network(x, *parameters), labels)
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= lr * p.grad
    return parameters


@wrong(
    says="make new tensors or lists",
    obeyed={"for i, p in": "parameters = list(parameters)\n    for i, p in"},
)
def replaces_them_in_the_list(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    for i, p in enumerate(leaves):
        parameters[i] = p.detach() - lr * p.grad
    return parameters


@wrong(
    says="switches gradients on or off for its input",
    obeyed={
        "for p in parameters:\n        p.requires_grad_()": (
            "parameters = [p.detach().clone().requires_grad_() for p in parameters]"
        )
    },
)
def backward_on_the_callers_tensors(network, parameters, x, labels, lr):
    for p in parameters:
        p.requires_grad_()
    F.cross_entropy(network(x, *parameters), labels).backward()
    with torch.no_grad():
        return [p - lr * p.grad for p in parameters]


@wrong(says="hang on the record", obeyed={"p - lr * p.grad": "p.detach() - lr * p.grad"})
def not_cut_off(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    return [p - lr * p.grad for p in leaves]


@wrong(
    says="mark copies, and use them in the network and in `grad`",
    obeyed={
        "loss = F.cross_entropy(network(x, *parameters), labels)\n    loss.backward()": (
            "copies = [p.detach().clone().requires_grad_() for p in parameters]\n"
            "    loss = F.cross_entropy(network(x, *copies), labels)\n"
            "    gradients = torch.autograd.grad(loss, copies)"
        ),
        "p - lr * p.grad for p in parameters": "p - lr * g for p, g in zip(parameters, gradients)",
    },
)
def nothing_marked_for_autograd(network, parameters, x, labels, lr):
    loss = F.cross_entropy(network(x, *parameters), labels)
    loss.backward()
    return [p - lr * p.grad for p in parameters]


@wrong(says="`backward()` has not reached this tensor", obeyed={"network(x, *copies)": "network(x, *leaves)"})
def network_called_without_the_leaves(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    copies = leaves_of(parameters)
    F.cross_entropy(network(x, *copies), labels).backward()
    return [p.detach() - lr * p.grad for p in leaves]


@wrong(says="The gradient is that of one number")
def backward_from_many_losses(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels, reduction="none").backward()
    return [p.detach() - lr * p.grad for p in leaves]


@wrong(
    says="A marked copy can't be changed in place",
    obeyed={
        "for p in leaves:\n        p -= lr * p.grad\n    return leaves": (
            "return [p.detach() - lr * p.grad for p in leaves]"
        )
    },
)
def in_place_without_no_grad(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    for p in leaves:
        p -= lr * p.grad
    return leaves


@wrong(says="any number of parameters")
def only_weight_and_bias(network, parameters, x, labels, lr):
    weight, bias = leaves_of(parameters)
    F.cross_entropy(network(x, weight, bias), labels).backward()
    return [weight.detach() - lr * weight.grad, bias.detach() - lr * bias.grad]


@wrong(says="already stepped")
def one_parameter_after_the_other(network, parameters, x, labels, lr):
    new = list(parameters)
    for i in range(len(new)):
        leaf = new[i].detach().clone().requires_grad_()
        given = [*new[:i], leaf, *new[i + 1 :]]
        F.cross_entropy(network(x, *given), labels).backward()
        new[i] = leaf.detach() - lr * leaf.grad
    return new


@wrong(says="divided by B once more")
def averaged_twice(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    loss = F.cross_entropy(network(x, *leaves), labels) / len(x)
    return [p.detach() - lr * g for p, g in zip(leaves, torch.autograd.grad(loss, leaves), strict=True)]


@wrong(says="got one tensor")
def the_loss_alone(network, parameters, x, labels, lr):
    return F.cross_entropy(network(x, *parameters), labels)


@wrong(says="new parameters: is the loss returned with them")
def parameters_and_loss(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    loss = F.cross_entropy(network(x, *leaves), labels)
    loss.backward()
    return [p.detach() - lr * p.grad for p in leaves], loss.item()


@wrong(says="two steps")
def steps_twice(network, parameters, x, labels, lr):
    for _ in range(2):
        parameters = by_backward(network, parameters, x, labels, lr)
    return parameters


@wrong(says="it should be the cross-entropy")
def squared_error(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    logits = network(x, *leaves)
    F.mse_loss(logits, F.one_hot(labels, logits.shape[1]).float()).backward()
    return [p.detach() - lr * p.grad for p in leaves]


@wrong(says="returns None")
def stepped_and_forgotten(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    new = [p.detach() - lr * p.grad for p in leaves]


@wrong(says="divides by the learning rate")
def divided_by_the_learning_rate(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    return [p.detach() - p.grad / lr for p in leaves]


@wrong(says="the parameter shrinks")
def the_parameter_for_its_gradient(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    return [p.detach() - lr * p.detach() for p in leaves]


@wrong(says="only the first parameter")
def the_weight_alone(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x, *leaves), labels).backward()
    return [leaves[0].detach() - lr * leaves[0].grad, *parameters[1:]]


@wrong(says="only the first example")
def one_example(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    F.cross_entropy(network(x[:1], *leaves), labels[:1]).backward()
    return [p.detach() - lr * p.grad for p in leaves]


@wrong(says="gradients switched off")
def gradients_left_off(network, parameters, x, labels, lr):
    copies = [p.detach().clone().requires_grad_() for p in parameters]
    F.cross_entropy(network(x, *copies), labels).backward()
    torch.set_grad_enabled(False)
    return [p - lr * p.grad for p in copies]


@wrong(says="expected a list")
def in_a_tuple(network, parameters, x, labels, lr):
    return tuple(by_torch_func(network, parameters, x, labels, lr))


@wrong(says="still hang on the record", obeyed={"p - lr * g for": "p.detach() - lr * g for"})
def attached_where_the_given_ones_are(network, parameters, x, labels, lr):
    leaves = [p if p.requires_grad else p.clone().requires_grad_() for p in parameters]
    gradients = torch.autograd.grad(F.cross_entropy(network(x, *leaves), labels), leaves)
    return [p - lr * g for p, g in zip(parameters, gradients, strict=True)]


@wrong(says="shortened to the length 1")
def clipped(network, parameters, x, labels, lr):
    leaves = leaves_of(parameters)
    gradients = torch.autograd.grad(F.cross_entropy(network(x, *leaves), labels), leaves)
    return [p.detach() - lr * g / g.norm().clamp(min=1) for p, g in zip(leaves, gradients, strict=True)]


@wrong(says="itself, not a copy")
def given_back_where_nothing_changes(network, parameters, x, labels, lr):
    new = by_torch_func(network, parameters, x, labels, lr)
    return [old if old.equal(p) else p for old, p in zip(parameters, new, strict=True)]


@wrong(
    says="with the star",
    obeyed={"network(x, copies)": "network(x, *copies)"},
)
def network_without_the_star(network, parameters, x, labels, lr):
    copies = leaves_of(parameters)
    gradients = torch.autograd.grad(F.cross_entropy(network(x, copies), labels), copies)
    return [p.detach() - lr * g for p, g in zip(copies, gradients, strict=True)]


@wrong(
    says="`zip(copies, gradients)`",
    obeyed={"p.detach() - lr * gradients for p in copies": "p.detach() - lr * g for p, g in zip(copies, gradients)"},
)
def all_gradients_from_each(network, parameters, x, labels, lr):
    copies = leaves_of(parameters)
    gradients = torch.autograd.grad(F.cross_entropy(network(x, *copies), labels), copies)
    return [p.detach() - lr * gradients for p in copies]


@wrong(says="what is kept from the first?")
def momentum_in_a_default(network, parameters, x, labels, lr, velocity={}):  # noqa: B006 - the mistake
    copies = leaves_of(parameters)
    gradients = torch.autograd.grad(F.cross_entropy(network(x, *copies), labels), copies)
    for i, (p, g) in enumerate(zip(copies, gradients, strict=True)):
        velocity[i, p.shape] = 0.9 * velocity.get((i, p.shape), 0) + g
    return [p.detach() - lr * velocity[i, p.shape] for i, p in enumerate(copies)]


@wrong(says="`weight_decay`?")
def pulled_to_zero(network, parameters, x, labels, lr):
    copies = leaves_of(parameters)
    optimizer = torch.optim.SGD(copies, lr=lr, weight_decay=1e-3)
    F.cross_entropy(network(x, *copies), labels).backward()
    optimizer.step()
    return [p.detach() for p in copies]


@wrong(says="1. the softmax is applied twice: the loss takes the logits. 2. only the weights are stepped")
def probabilities_and_no_biases(network, parameters, x, labels, lr):
    copies = leaves_of(parameters)
    loss = F.cross_entropy(network(x, *copies).softmax(-1), labels)
    gradients = torch.autograd.grad(loss, copies)
    return [p.detach() - lr * g if p.dim() > 1 else p.detach() for p, g in zip(copies, gradients, strict=True)]


@wrong(says="take both in one order")
def gradients_turned_round(network, parameters, x, labels, lr):
    copies = leaves_of(parameters)
    gradients = torch.autograd.grad(F.cross_entropy(network(x, *copies), labels), copies)
    return [p.detach() - lr * g for p, g in zip(copies, gradients[::-1], strict=True)]


@wrong(
    says="`backward()` returns None",
    obeyed={"loss.backward()": "torch.autograd.grad(loss, copies)"},
)
def result_of_backward(network, parameters, x, labels, lr):
    copies = leaves_of(parameters)
    loss = F.cross_entropy(network(x, *copies), labels)
    gradients = loss.backward()
    return [p.detach() - lr * g for p, g in zip(copies, gradients, strict=True)]


@wrong(says="with the last `_`", obeyed={".requires_grad": ".requires_grad_()"})
def requires_grad_read(network, parameters, x, labels, lr):
    copies = [p.detach().clone().requires_grad for p in parameters]
    gradients = torch.autograd.grad(F.cross_entropy(network(x, *copies), labels), copies)
    return [p.detach() - lr * g for p, g in zip(copies, gradients, strict=True)]


@wrong(says="with the last `_`", obeyed={".requires_grad()": ".requires_grad_()"})
def requires_grad_called(network, parameters, x, labels, lr):
    copies = [p.detach().clone().requires_grad() for p in parameters]
    gradients = torch.autograd.grad(F.cross_entropy(network(x, *copies), labels), copies)
    return [p.detach() - lr * g for p, g in zip(copies, gradients, strict=True)]


@wrong(says="only the last copy of a loop")
def last_copy_of_the_loop(network, parameters, x, labels, lr):
    for p in parameters:
        copies = p.detach().clone().requires_grad_()
    gradients = torch.autograd.grad(F.cross_entropy(network(x, *copies), labels), copies)
    return [p.detach() - lr * g for p, g in zip(copies, gradients, strict=True)]


@wrong(says="logits come first", obeyed={"labels, network(x, *copies)": "network(x, *copies), labels"})
def labels_before_the_logits(network, parameters, x, labels, lr):
    copies = leaves_of(parameters)
    gradients = torch.autograd.grad(cross_entropy(labels, network(x, *copies)), copies)
    return [p.detach() - lr * g for p, g in zip(copies, gradients, strict=True)]


@wrong(says="logits come first", obeyed={"labels, network(x, *copies)": "network(x, *copies), labels"})
def labels_before_the_logits_in_torch(network, parameters, x, labels, lr):
    copies = leaves_of(parameters)
    gradients = torch.autograd.grad(F.cross_entropy(labels, network(x, *copies)), copies)
    return [p.detach() - lr * g for p, g in zip(copies, gradients, strict=True)]


@wrong(says="is `return` inside the loop?")
def returned_in_the_first_round(network, parameters, x, labels, lr):
    copies = leaves_of(parameters)
    gradients = torch.autograd.grad(F.cross_entropy(network(x, *copies), labels), copies)
    new = []
    for p, g in zip(copies, gradients, strict=True):
        new.append(p.detach() - lr * g)
        return new


@wrong(says="another size than `lr`")
def always_the_same_size(network, parameters, x, labels, lr):
    copies = leaves_of(parameters)
    gradients = torch.autograd.grad(cross_entropy(network(x, *copies), labels), copies)
    return [p.detach() - 0.1 * g for p, g in zip(copies, gradients, strict=True)]


@wrong(says="`lr` multiplies the parameter")
def brackets_around_the_difference(network, parameters, x, labels, lr):
    copies = leaves_of(parameters)
    gradients = torch.autograd.grad(cross_entropy(network(x, *copies), labels), copies)
    return [lr * (p.detach() - g) for p, g in zip(copies, gradients, strict=True)]


@wrong(says="are cut off")
def gradients_clamped(network, parameters, x, labels, lr):
    copies = leaves_of(parameters)
    gradients = torch.autograd.grad(cross_entropy(network(x, *copies), labels), copies)
    return [p.detach() - lr * g.clamp(-1, 1) for p, g in zip(copies, gradients, strict=True)]


@wrong(says="the last new parameter is missing")
def last_parameter_lost(network, parameters, x, labels, lr):
    copies = leaves_of(parameters)
    gradients = torch.autograd.grad(cross_entropy(network(x, *copies), labels), copies)
    return [copies[i].detach() - lr * gradients[i] for i in range(len(copies) - 1)]


@wrong(says="reverse order")
def in_reverse_order(network, parameters, x, labels, lr):
    copies = leaves_of(parameters)
    gradients = torch.autograd.grad(cross_entropy(network(x, *copies), labels), copies)
    return [copies[i].detach() - lr * gradients[i] for i in range(len(copies) - 1, -1, -1)]


@wrong(says="network that is given", obeyed={"dense(x, *copies)": "network(x, *copies)"})
def always_a_dense_layer(network, parameters, x, labels, lr):
    copies = leaves_of(parameters)
    gradients = torch.autograd.grad(cross_entropy(dense(x, *copies), labels), copies)
    return [p.detach() - lr * g for p, g in zip(copies, gradients, strict=True)]


@wrong(says="hands back")
def no_new_tensors_where_nothing_changes(network, parameters, x, labels, lr):
    if lr == 0:
        return list(parameters)
    copies = leaves_of(parameters)
    gradients = torch.autograd.grad(cross_entropy(network(x, *copies), labels), copies)
    return [p.detach() - lr * g for p, g in zip(copies, gradients, strict=True)]
