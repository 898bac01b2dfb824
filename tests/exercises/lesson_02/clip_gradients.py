"""Answers to exercise 02.clip_gradients."""

import numpy as np
import torch
from torch import nn

from tests.exercises.answers import right, wrong


@right
def scaled_in_place(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = sum(g.pow(2).sum() for g in gradients) ** 0.5
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm


@right
def one_long_vector(parameters, max_norm):
    used = [p for p in list(parameters) if p.grad is not None]
    norm = torch.cat([p.grad.flatten() for p in used]).norm().item()
    factor = min(1, max_norm / (norm + 1e-6))
    for p in used:
        p.grad *= factor
    return norm


@right
def by_torch(parameters, max_norm):
    return nn.utils.clip_grad_norm_(parameters, max_norm)


@wrong(says="by its own norm")
def each_by_itself(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    norm = torch.stack([p.grad.norm() for p in parameters]).norm()
    for p in parameters:
        own = p.grad.norm()
        if own > max_norm:
            p.grad.mul_(max_norm / own)
    return norm


@wrong(says="each element is cut off")
def by_value(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    norm = torch.stack([p.grad.norm() for p in parameters]).norm()
    for p in parameters:
        p.grad.clamp_(-max_norm, max_norm)
    return norm


@wrong(says="made longer")
def always_scaled(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.stack([g.norm() for g in gradients]).norm()
    for g in gradients:
        g.mul_(max_norm / norm)
    return norm


@wrong(says="after clipping comes back")
def norm_afterwards(parameters, max_norm):
    parameters = list(parameters)
    scaled_in_place(parameters, max_norm)
    return torch.stack([p.grad.norm() for p in parameters if p.grad is not None]).norm()


@wrong(says="added up")
def sum_of_norms(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = sum(g.norm() for g in gradients)
    for g in gradients:
        g.mul_(min(1.0, max_norm / norm.item()))
    return norm


@wrong(says="root is missing")
def squared_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = sum((g**2).sum() for g in gradients)
    for g in gradients:
        g.mul_(min(1.0, max_norm / norm.item()))
    return norm


@wrong(
    says="gone through only once",
    obeyed={"norm = torch.stack": "parameters = list(parameters)\n    norm = torch.stack"},
)
def parameters_used_up(parameters, max_norm):
    norm = torch.stack([p.grad.norm() for p in parameters if p.grad is not None]).norm()
    for p in parameters:
        if p.grad is not None and norm > max_norm:
            p.grad.mul_(max_norm / norm)
    return norm


@wrong(says="no gradient has changed", obeyed={"g = g * max_norm / norm": "g.mul_(max_norm / norm)"})
def copies_scaled(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.stack([g.norm() for g in gradients]).norm()
    for g in gradients:
        g = g * max_norm / norm
    return norm


@wrong(
    says="not used has no gradient",
    obeyed={"[p.grad for p in parameters]": "[p.grad for p in parameters if p.grad is not None]"},
)
def no_gradient_forgotten(parameters, max_norm):
    gradients = [p.grad for p in parameters]
    norm = torch.stack([g.norm() for g in gradients]).norm()
    for g in gradients:
        g.mul_(min(1.0, max_norm / norm.item()))
    return norm


@wrong(says="upside down")
def upside_down(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.stack([g.norm() for g in gradients]).norm()
    if norm > max_norm:
        for g in gradients:
            g.mul_(norm / max_norm)
    return norm


@wrong(says="returns None")
def clipped_and_silent(parameters, max_norm):
    scaled_in_place(parameters, max_norm)


@wrong(says="largest of the norms")
def largest_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = max(g.norm() for g in gradients)
    for g in gradients:
        g.mul_(min(1.0, max_norm / norm.item()))
    return norm


@wrong(says="Scale the gradients", obeyed={"p.mul_(": "p.grad.mul_("})
def parameters_scaled(parameters, max_norm):
    for p in parameters:
        p.mul_(max_norm / p.grad.norm())
    return max_norm


@wrong(
    says="stack their norms",
    obeyed={
        "torch.stack([p.grad": "[p.grad",
        "is not None])": "is not None]",
        "gradients.norm()": "torch.stack([g.norm() for g in gradients]).norm()",
    },
)
def gradients_stacked(parameters, max_norm):
    gradients = torch.stack([p.grad for p in parameters if p.grad is not None])
    return gradients.norm()


@wrong(says="`.grad` became None", obeyed={"p.grad = None": "p.grad.mul_(max_norm / norm)"})
def set_to_none(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    norm = torch.stack([p.grad.norm() for p in parameters]).norm()
    for p in parameters:
        if norm > max_norm:
            p.grad = None
    return norm


@wrong(says="one number is expected")
def gradients_returned(parameters, max_norm):
    parameters = list(parameters)
    scaled_in_place(parameters, max_norm)
    return [p.grad for p in parameters]


@wrong(says="but not the gradients")
def divided_by_the_bound(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.stack([g.norm() for g in gradients]).norm()
    if norm > max_norm:
        for g in gradients:
            g.div_(max_norm)
    return norm


@wrong(says="norm of the parameters", obeyed={"p.detach().norm()": "p.grad.norm()"})
def norm_of_the_parameters(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    norm = torch.stack([p.detach().norm() for p in parameters]).norm()
    for p in parameters:
        if norm > max_norm:
            p.grad.mul_(max_norm / norm)
    return norm


@wrong(says="another tensor now", obeyed={"p.grad = p.grad * (max_norm / norm)": "p.grad.mul_(max_norm / norm)"})
def new_gradients(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    norm = torch.cat([p.grad.flatten() for p in parameters]).norm()
    if norm > max_norm:
        for p in parameters:
            p.grad = p.grad * (max_norm / norm)
    return norm


@wrong(says="`continue` and not `break`", obeyed={"break": "continue"})
def stops_at_one_without_a_gradient(parameters, max_norm):
    gradients = []
    for p in parameters:
        if p.grad is None:
            break
        gradients.append(p.grad)
    norm = torch.stack([g.norm() for g in gradients]).norm()
    if norm > max_norm:
        for g in gradients:
            g.mul_(max_norm / norm)
    return norm


@wrong(says="largest singular value", obeyed={"torch.linalg.norm(g, 2)": "g.norm()", "g.dim() < 3": "True"})
def singular_values(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.stack([torch.linalg.norm(g, 2) if g.dim() < 3 else g.norm() for g in gradients]).norm()
    if norm > max_norm:
        for g in gradients:
            g.mul_(max_norm / norm)
    return norm


@wrong(
    says="two mistakes at once: 1. no gradient has changed",
    obeyed={"norm = torch.stack": "parameters = list(parameters)\n    norm = torch.stack", "p.detach()": "p.grad"},
)
def norm_of_the_weights_and_used_up(parameters, max_norm):
    norm = torch.stack([p.detach().norm() for p in parameters if p.grad is not None]).norm()
    for p in parameters:
        if p.grad is not None and norm > max_norm:
            p.grad.mul_(max_norm / norm)
    return norm


@wrong(says="not divided by the squared norm", obeyed={"max_norm / square": "max_norm / square ** 0.5"})
def compared_by_squares(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    square = sum(g.square().sum() for g in gradients)
    if square > max_norm**2:
        for g in gradients:
            g.mul_(max_norm / square)
    return square**0.5


@wrong(says="Flatten each", obeyed={"p.grad for": "p.grad.flatten() for"})
def joined_as_they_are(parameters, max_norm):
    used = [p for p in parameters if p.grad is not None]
    norm = torch.cat([p.grad for p in used]).norm()
    for p in used:
        p.grad.mul_((max_norm / norm).clamp(max=1))
    return norm


@wrong(says="ZeroDivisionError")
def divided_before_it_is_compared(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.cat([g.flatten() for g in gradients]).norm().item()
    factor = min(1.0, max_norm / norm)
    for g in gradients:
        g.mul_(factor)
    return norm


@right
def norm_by_numpy(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = np.linalg.norm(np.concatenate([g.numpy().ravel() for g in gradients]))
    if norm > max_norm:
        for g in gradients:
            g.mul_(max_norm / norm)
    return norm


@wrong(says="makes a number of it", obeyed={"return norm": "return norm.item()"})
def norm_in_a_list_of_one(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = sum((g**2).sum().reshape(1) for g in gradients).sqrt()
    if norm > max_norm:
        for g in gradients:
            g.mul_(max_norm / norm)
    return norm


@wrong(says="Is there a gradient? `if p.grad is not None`", obeyed={"if p.grad]": "if p.grad is not None]"})
def asks_for_the_truth_of_a_gradient(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad]
    norm = torch.stack([g.norm() for g in gradients]).norm()
    for g in gradients:
        g.mul_((max_norm / norm).clamp(max=1))
    return norm


@wrong(says="A list has no norm", obeyed={"gradients.norm()": "torch.stack([g.norm() for g in gradients]).norm()"})
def norm_of_a_list(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = gradients.norm()
    for g in gradients:
        g.mul_((max_norm / norm).clamp(max=1))
    return norm


@wrong(says="a gradient of its own", obeyed={"parameters.grad": "[p.grad for p in parameters if p.grad is not None]"})
def gradient_of_all_parameters(parameters, max_norm):
    gradients = parameters.grad
    norm = torch.stack([g.norm() for g in gradients]).norm()
    for g in gradients:
        g.mul_((max_norm / norm).clamp(max=1))
    return norm


def clipped(gradients, norm, max_norm):
    if norm > max_norm:
        for g in gradients:
            g.mul_(max_norm / norm)
    return norm


@wrong(says="stops at the first `.grad` that is None", obeyed={"break": "continue"})
def none_ends_the_sum(parameters, max_norm):
    parameters, total = list(parameters), 0.0
    for p in parameters:
        if p.grad is None:
            break
        total += p.grad.square().sum().item()
    return clipped([p.grad for p in parameters if p.grad is not None], total**0.5, max_norm)


@wrong(says="only the last gradient is scaled")
def scaled_after_the_loop(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.cat([g.flatten() for g in gradients]).norm()
    clipped(gradients[-1:], norm, max_norm)
    return norm


@wrong(says="the factor is squared")
def scaled_twice(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.cat([g.flatten() for g in gradients]).norm()
    clipped(gradients, norm, max_norm)
    return clipped(gradients, norm, max_norm)


@wrong(says="0 / 0 is computed")
def direction_times_length(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.cat([g.flatten() for g in gradients]).norm()
    for g in gradients:
        g.copy_(g / norm * norm.clamp(max=max_norm))
    return norm
