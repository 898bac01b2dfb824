"""Checkpoints: all that training needs to go on from where it was, in one file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from course_lib.files import replacing


@dataclass
class Progress:
    """How far a training has come.

    Attributes:
        history: one line for each epoch that is over.
        losses: of the epoch that is under way, one for each of its steps so far.
        step: how many steps in all.
        seconds: of the processor, in all.
        epoch_seconds: of the clock, for the epoch under way.
        epoch_random: the state of the randomness at the start of the epoch under way, from which its batches can be
            drawn again.
    """

    history: list[dict[str, float]] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    step: int = 0
    seconds: float = 0.0
    epoch_seconds: float = 0.0
    epoch_random: list[Tensor] = field(default_factory=list)

    @property
    def epoch(self) -> int:
        """The number of the epoch under way, from 1."""
        return len(self.history) + 1


def random_states(generators: Sequence[torch.Generator]) -> list[Tensor]:
    """The state of the global generator, then those of the others."""
    return [torch.get_rng_state(), *(generator.get_state() for generator in generators)]


def set_random_states(states: Sequence[Tensor], generators: Sequence[torch.Generator]) -> None:
    """Put back what `random_states` gave."""
    torch.set_rng_state(states[0])
    for generator, state in zip(generators, states[1:], strict=True):
        generator.set_state(state)


def save_checkpoint(
    path: Path | str,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    progress: Progress,
    generators: Sequence[torch.Generator] = (),
) -> None:
    """Write parameters, optimizer, progress, and the state of the randomness; a break leaves the file before whole."""
    with replacing(path) as beside:
        torch.save(
            {
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "progress": asdict(progress),
                "random": random_states(generators),
            },
            beside,
        )


def load_checkpoint(
    path: Path | str,
    model: nn.Module,
    optimizer: torch.optim.Optimizer | None = None,
    generators: Sequence[torch.Generator] | None = None,
) -> Progress:
    """Put a checkpoint's state into model, optimizer and generators; returns how far the training had come.

    Args:
        optimizer: None: only the parameters of the model are wanted.
        generators: as many as were saved; None leaves all randomness as it is.

    Raises:
        FileNotFoundError: no such file.
        ValueError: a file that is no checkpoint, or one of another model, optimizer or number of generators.
    """
    path = Path(path)
    saved = _read(path)
    if generators is not None and len(saved["random"]) != 1 + len(generators):
        raise ValueError(f"{path} holds {len(saved['random']) - 1} generators, got {len(generators)}")
    _check_model(path, saved["model"], model)
    if optimizer is not None:
        _check_optimizer(path, saved["optimizer"], optimizer)
        optimizer.load_state_dict(saved["optimizer"])
    model.load_state_dict(saved["model"])
    if generators is not None:
        set_random_states(saved["random"], generators)
    return Progress(**saved["progress"])


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        raise FileNotFoundError(f"there is no checkpoint {path}")
    try:
        saved = torch.load(path, map_location="cpu", weights_only=True)  # weights_only: runs no code from the file
        return {name: saved[name] for name in ("model", "optimizer", "progress", "random")}
    except Exception as error:
        raise ValueError(f"{path} is not a whole checkpoint: {type(error).__name__}: {error}") from error


def _check_model(path: Path, parameters: dict[str, Tensor], model: nn.Module) -> None:
    there = {name: tuple(tensor.shape) for name, tensor in parameters.items()}
    wanted = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    odd = sorted(name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name))
    if odd:
        raise ValueError(
            f"{path} is the checkpoint of another model: the model has {odd[0]} of shape {wanted.get(odd[0], 'none')}, "
            f"the checkpoint {there.get(odd[0], 'none')}"
        )


def _check_optimizer(path: Path, state: dict[str, Any], optimizer: torch.optim.Optimizer) -> None:
    """`load_state_dict` itself takes the state of another kind of optimizer without a word."""
    there = [sorted(group) for group in state["param_groups"]]
    wanted = [sorted(group) for group in optimizer.param_groups]
    if there != wanted:
        raise ValueError(f"{path} is the checkpoint of another optimizer: expected the options {wanted}, got {there}")
