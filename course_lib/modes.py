"""A model's mode, training or evaluation, for as long as a block lasts."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn


@contextmanager
def in_mode(model: nn.Module, *, training: bool) -> Iterator[None]:
    """Put a model into a mode; at the end, also after an error, each of its modules is in the mode that it had."""
    before = [(module, module.training) for module in model.modules()]
    model.train(training)
    try:
        yield
    finally:
        for module, mode in before:
            module.training = mode


@contextmanager
def evaluating(model: nn.Module) -> Iterator[None]:
    """Evaluation mode without gradients; at the end, also after an error, the mode before.

    with evaluating(model):
        loss = translation_loss(model, batch)  # nothing is dropped, nothing is kept for a backward pass
    """
    with in_mode(model, training=False), torch.no_grad():
        yield
