"""Answers to exercise 02.clip_gradients."""

import torch
from answers import right, wrong
from torch import nn


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
    says="gone through twice",
    obeyed={"norm = torch.stack": "parameters = list(parameters)\n    norm = torch.stack"},
)
def parameters_used_up(parameters, max_norm):
    norm = torch.stack([p.grad.norm() for p in parameters if p.grad is not None]).norm()
    for p in parameters:
        if p.grad is not None and norm > max_norm:
            p.grad.mul_(max_norm / norm)
    return norm


@wrong(says="scaled copy thrown away", obeyed={"g = g * max_norm / norm": "g.mul_(max_norm / norm)"})
def copies_scaled(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.stack([g.norm() for g in gradients]).norm()
    for g in gradients:
        g = g * max_norm / norm
    return norm


@wrong(
    says="`p.grad` is None: leave it out",
    obeyed={"for p in parameters]": "for p in parameters if p.grad is not None]"},
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


@wrong(says="lost its gradient")
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


@wrong(says="the gradients afterwards are not")
def divided_by_the_bound(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.stack([g.norm() for g in gradients]).norm()
    if norm > max_norm:
        for g in gradients:
            g.div_(max_norm)
    return norm


@wrong(says="not that of all gradients together")
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
