"""Training: one loop for every model of the course.

The loop knows nothing of models and data: it is given batches, and a function from model and batch to a loss.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from course_lib.text import bucketed_batches, pad


def seed_everything(seed: int) -> None:
    """Seed the global generators of Python, NumPy and PyTorch, so that what follows can be repeated."""
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - the global generator is what other libraries use
    torch.manual_seed(seed)


def labelled_batches(
    sequences: Sequence[Sequence[int]],
    labels: Sequence[int],
    batch_size: int,
    generator: torch.Generator | None = None,
    shuffle: bool = True,
) -> Iterator[tuple[Tensor, Tensor]]:
    """Batches for a classifier of sentences: ids (B, T), padded, and labels (B,).

    Raises:
        ValueError: different numbers of sequences and labels.
    """
    if len(sequences) != len(labels):
        raise ValueError(f"expected one label per sequence, {len(sequences)}, got {len(labels)}")
    lengths = [len(row) for row in sequences]
    for batch in bucketed_batches(lengths, batch_size, generator=generator, shuffle=shuffle):
        yield pad([sequences[i] for i in batch]), torch.tensor([labels[i] for i in batch])


def fit(
    model: nn.Module,
    batches: Callable[[], Iterable[Any]],
    loss: Callable[[nn.Module, Any], Tensor],
    optimizer: torch.optim.Optimizer,
    epochs: int,
    *,
    clip: float | None = None,
    evaluate: Callable[[nn.Module], dict[str, float]] | None = None,
    on_epoch: Callable[[dict[str, float]], None] | None = None,
) -> list[dict[str, float]]:
    """Train a model.

    Args:
        model: in training mode during the steps; its mode is put back at the end.
        batches: called once per epoch for that epoch's batches.
        loss: from the model and a batch to a scalar.
        optimizer: of the model's parameters.
        epochs: how often to go through the data.
        clip: the largest norm of the gradient, all parameters together; None for any.
        evaluate: called after each epoch, in evaluation mode and without gradients, for figures by name.
        on_epoch: called after each epoch with its line of the history, for progress.

    Returns:
        The history: for each epoch "epoch" (from 1), "loss" (the mean over its batches), "seconds" (of training),
        and the figures of `evaluate`.

    Raises:
        FloatingPointError: a loss or a gradient that is nan or infinite, with the step.
        ValueError: an epoch without batches, or a loss that is not a scalar.
    """
    was_training = model.training
    history = []
    step = 0
    try:
        for epoch in range(1, epochs + 1):
            model.train()
            start = time.perf_counter()
            losses = []
            for batch in batches():
                step += 1
                value = loss(model, batch)
                if value.dim():
                    raise ValueError(f"the loss must be a scalar, got shape {tuple(value.shape)}")
                _check_finite("loss", value, step, epoch)
                optimizer.zero_grad()
                value.backward()
                if clip is not None:
                    norm = nn.utils.clip_grad_norm_(model.parameters(), clip)
                    _check_finite("norm of the gradient", norm, step, epoch)
                optimizer.step()
                losses.append(value.item())
            if not losses:
                raise ValueError(f"epoch {epoch} has no batches: `batches` must give them anew each time it is called")
            line = {
                "epoch": epoch,
                "loss": sum(losses) / len(losses),
                "seconds": time.perf_counter() - start,
            }
            if evaluate is not None:
                model.eval()
                with torch.no_grad():
                    line |= evaluate(model)
            history.append(line)
            if on_epoch is not None:
                on_epoch(line)
    finally:
        model.train(was_training)
    return history


def _check_finite(what: str, value: Tensor, step: int, epoch: int) -> None:
    if not value.isfinite():
        raise FloatingPointError(
            f"the {what} is {value.item()} at step {step} (epoch {epoch}): "
            "try a smaller learning rate or clip, and look for log(0) and division by 0"
        )


def cross_entropy(model: nn.Module, batch: tuple[Tensor, Tensor]) -> Tensor:
    """The loss of a classifier for `fit`: batch (inputs, labels (B,)), logits (B, C) -> the mean over B."""
    inputs, labels = batch
    return nn.functional.cross_entropy(model(inputs), labels)


def accuracy(model: nn.Module, batches: Iterable[tuple[Tensor, Tensor]]) -> float:
    """The share of examples whose largest logit is that of their label. Switches to evaluation mode and back.

    Raises:
        ValueError: no batches.
    """
    was_training = model.training
    model.eval()
    right = total = 0
    try:
        with torch.no_grad():
            for inputs, labels in batches:
                right += (model(inputs).argmax(-1) == labels).sum().item()
                total += len(labels)
    finally:
        model.train(was_training)
    if not total:
        raise ValueError("expected at least one batch, got none")
    return right / total
