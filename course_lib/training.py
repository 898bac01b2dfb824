"""Training: one loop for every model of the course.

The loop knows nothing of models and data: it is given batches, and a function from model and batch to a loss.
"""

import random
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn


def seed_everything(seed: int) -> None:
    """Seed the global generators of Python, NumPy and PyTorch, so that what follows can be repeated."""
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - the global generator is what other libraries use
    torch.manual_seed(seed)


def fit(
    model: nn.Module,
    batches: Callable[[], Iterable[Any]],
    loss: Callable[[nn.Module, Any], Tensor],
    optimizer: torch.optim.Optimizer,
    epochs: int,
    *,
    clip: float | None = None,
    schedule: Callable[[int], float] | None = None,
    evaluate: Callable[[nn.Module], dict[str, float]] | None = None,
    on_epoch: Callable[[dict[str, float]], None] | None = None,
    checkpoint: Path | str | None = None,
    resume: bool = False,
    generators: Sequence[torch.Generator] = (),
) -> list[dict[str, float]]:
    """Train a model.

    Args:
        model: in training mode during the steps; its mode is put back at the end.
        batches: called once per epoch for that epoch's batches.
        loss: from the model and a batch to a scalar.
        optimizer: of the model's parameters.
        epochs: how often to go through the data.
        clip: the largest norm of the gradient, all parameters together; None for any.
        schedule: from the number of the step, from 1, to a factor for the learning rate with which the optimizer was
            made; None for a rate that stays.
        evaluate: called after each epoch, in evaluation mode and without gradients, for figures by name.
        on_epoch: called after each epoch with its line of the history, for progress.
        checkpoint: a file that holds, after each epoch, all that is needed to go on from there.
        resume: go on from the checkpoint if it exists. The result is the same as that of training without a break.
        generators: sources of randomness that `batches` draws from, for the checkpoint; the global one is in it
            anyway.

    Returns:
        The history: for each epoch "epoch" (from 1), "step" (the steps so far), "loss" (the mean over its batches),
        "seconds" (of training), and the figures of `evaluate`.

    Raises:
        FloatingPointError: a loss or a gradient that is nan or infinite, with the step and the last good checkpoint.
        ValueError: an epoch without batches, a loss that is not a scalar, `resume` without a checkpoint, or one of
            another model or optimizer.
    """
    if resume and checkpoint is None:
        raise ValueError("to resume, fit needs the path of a checkpoint, got None")
    was_training = model.training
    history: list[dict[str, float]] = []
    rates = [group["lr"] for group in optimizer.param_groups]  # before a checkpoint brings those of its last step
    if resume and Path(checkpoint).exists():
        history = load_checkpoint(checkpoint, model, optimizer, generators)
    step = history[-1]["step"] if history else 0
    saved = f"the last good checkpoint is {checkpoint}, of epoch {len(history)}, step {step}" if history else ""
    try:
        for epoch in range(len(history) + 1, epochs + 1):
            model.train()
            start = time.perf_counter()
            losses = []
            for batch in batches():
                step += 1
                value = loss(model, batch)
                if value.dim():
                    raise ValueError(f"the loss must be a scalar, got shape {tuple(value.shape)}")
                _check_finite("loss", value, step, epoch, saved)
                if schedule is not None:
                    for group, rate in zip(optimizer.param_groups, rates, strict=True):
                        group["lr"] = rate * schedule(step)
                optimizer.zero_grad()
                value.backward()
                if clip is not None:
                    norm = nn.utils.clip_grad_norm_(model.parameters(), clip)
                    _check_finite("norm of the gradient", norm, step, epoch, saved)
                optimizer.step()
                losses.append(value.item())
            if not losses:
                raise ValueError(f"epoch {epoch} has no batches: `batches` must give them anew each time it is called")
            line = {
                "epoch": epoch,
                "step": step,
                "loss": sum(losses) / len(losses),
                "seconds": time.perf_counter() - start,
            }
            if evaluate is not None:
                model.eval()
                with torch.no_grad():
                    line |= evaluate(model)
            history.append(line)
            if checkpoint is not None:
                save_checkpoint(checkpoint, model, optimizer, history, generators)
                saved = f"the last good checkpoint is {checkpoint}, of epoch {epoch}, step {step}"
            if on_epoch is not None:
                on_epoch(line)
    finally:
        model.train(was_training)
        if schedule is not None:
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate
    return history


def _check_finite(what: str, value: Tensor, step: int, epoch: int, saved: str) -> None:
    if not value.isfinite():
        raise FloatingPointError(
            f"the {what} is {value.item()} at step {step} (epoch {epoch}): "
            "try a smaller learning rate or clip, and look for log(0) and division by 0; "
            + (saved or "there is no checkpoint yet")
        )


def save_checkpoint(
    path: Path | str,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    history: list[dict[str, float]],
    generators: Sequence[torch.Generator] = (),
) -> None:
    """Write all that training needs to go on: parameters, optimizer, history, and the state of the randomness.

    The file is written beside and then renamed: a break while writing leaves the one before it whole.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    torch.save(
        {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "history": history,
            "random": [torch.get_rng_state(), *(generator.get_state() for generator in generators)],
        },
        beside,
    )
    beside.replace(path)


def load_checkpoint(
    path: Path | str,
    model: nn.Module,
    optimizer: torch.optim.Optimizer | None = None,
    generators: Sequence[torch.Generator] | None = None,
) -> list[dict[str, float]]:
    """Put a checkpoint's state into model, optimizer and generators; returns the history.

    Args:
        optimizer: None: only the parameters of the model are wanted.
        generators: as many as were saved; None leaves all randomness as it is.

    Raises:
        FileNotFoundError: no such file.
        ValueError: a file that is no checkpoint, or one of another model, optimizer or number of generators.
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"there is no checkpoint {path}")
    try:
        saved = torch.load(path, map_location="cpu", weights_only=True)  # weights_only: runs no code from the file
        parameters, of_optimizer, history, random_states = (
            saved[name] for name in ("model", "optimizer", "history", "random")
        )
    except Exception as error:
        raise ValueError(f"{path} is not a whole checkpoint: {type(error).__name__}: {error}") from error
    if generators is not None and len(random_states) != 1 + len(generators):
        raise ValueError(f"{path} holds {len(random_states) - 1} generators, got {len(generators)}")
    shapes = {name: tuple(tensor.shape) for name, tensor in parameters.items()}
    wanted = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    if shapes != wanted:
        odd = sorted(name for name in shapes.keys() | wanted.keys() if shapes.get(name) != wanted.get(name))
        raise ValueError(
            f"{path} is the checkpoint of another model: the model has {odd[0]} of shape {wanted.get(odd[0], 'none')}, "
            f"the checkpoint {shapes.get(odd[0], 'none')}"
        )
    if optimizer is not None:
        # load_state_dict itself takes the state of another kind of optimizer without a word
        kinds = [sorted(group) for group in of_optimizer["param_groups"]]
        wanted = [sorted(group) for group in optimizer.param_groups]
        if kinds != wanted:
            raise ValueError(
                f"{path} is the checkpoint of another optimizer: expected the options {wanted}, got {kinds}"
            )
        optimizer.load_state_dict(of_optimizer)
    model.load_state_dict(parameters)
    if generators is not None:
        torch.set_rng_state(random_states[0])
        for generator, state in zip(generators, random_states[1:], strict=True):
            generator.set_state(state)
    return history


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
