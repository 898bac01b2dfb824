"""Checkpoints: all that training needs to go on from where it was, in one file (`tensor_file`)."""

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from course_lib import tensor_file

Generator = torch.Generator | np.random.Generator | random.Random  # a source of randomness


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

    history: list[dict[str, Any]] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    step: int = 0
    seconds: float = 0.0
    epoch_seconds: float = 0.0
    epoch_random: list[Any] = field(default_factory=list)

    @property
    def epoch(self) -> int:
        """The number of the epoch under way, from 1."""
        return len(self.history) + 1


def random_states(generators: Sequence[Generator]) -> list[Any]:
    """The states of the global generators, of Python, NumPy and PyTorch and of its GPUs, then those of the others."""
    gpus = torch.cuda.get_rng_state_all() if torch.cuda.is_available() else []
    here = [random.getstate(), np.random.get_state(), torch.get_rng_state(), gpus]  # noqa: NPY002 - others draw from it
    return [*here, *map(_state, generators)]


def set_random_states(states: Sequence[Any], generators: Sequence[Generator]) -> None:
    """Put back what `random_states` gave; what it says of GPUs that are not there is passed over."""
    python, numpy, cpu, gpus, *others = states
    random.setstate(python)
    np.random.set_state(numpy)  # noqa: NPY002
    torch.set_rng_state(cpu)
    if torch.cuda.is_available() and len(gpus) == torch.cuda.device_count():
        torch.cuda.set_rng_state_all(gpus)
    for generator, state in zip(generators, others, strict=True):
        if isinstance(generator, torch.Generator):
            generator.set_state(state)
        elif isinstance(generator, random.Random):
            generator.setstate(state)
        else:
            generator.bit_generator.state = state


def _state(generator: Generator) -> Any:
    if isinstance(generator, torch.Generator):
        return generator.get_state()
    return generator.getstate() if isinstance(generator, random.Random) else generator.bit_generator.state


def save_checkpoint(
    path: Path | str,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    progress: Progress,
    generators: Sequence[Generator] = (),
) -> None:
    """Write parameters, optimizer, progress, and the state of the randomness; a break leaves the file before whole.

    Raises:
        TypeError: a figure in the history that is no number.
        OSError: as `tensor_file.write`.
    """
    tensor_file.write(
        path,
        {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "progress": asdict(progress),
            "random": random_states(generators),
        },
    )


def load_checkpoint(
    path: Path | str,
    model: nn.Module,
    optimizer: torch.optim.Optimizer | None = None,
    generators: Sequence[Generator] | None = None,
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
    saved = tensor_file.read(path)
    if not isinstance(saved, dict) or not {"model", "optimizer", "progress", "random"} <= saved.keys():
        raise ValueError(f"{path} is no checkpoint: it holds no model, optimizer, progress and randomness")
    if generators is not None and len(saved["random"]) != 4 + len(generators):
        raise ValueError(f"{path} holds {len(saved['random']) - 4} generators, got {len(generators)}")
    _check_model(path, saved["model"], model)
    if optimizer is not None:
        _check_optimizer(path, saved["optimizer"], optimizer)
        optimizer.load_state_dict(saved["optimizer"])
    model.load_state_dict(saved["model"])
    if generators is not None:
        set_random_states(saved["random"], generators)
    return Progress(**saved["progress"])


class Keeper:
    """Writes the checkpoints of a training, if it is to have any.

    Attributes:
        saved: where the last good one is, for a message.
    """

    def __init__(
        self,
        path: Path | str | None,
        every: int | None,
        model: nn.Module,
        optimizer: torch.optim.Optimizer,
        generators: Sequence[Generator],
        writes: bool = True,
    ):
        self.path = path
        self.writes = writes
        self.every = every
        self.model, self.optimizer, self.generators = model, optimizer, generators
        self.saved = "there is no checkpoint yet"
        if every is not None and (path is None or every < 1):
            raise ValueError(
                f"checkpoint_every={every} needs to be at least 1, and the path of a checkpoint, got {path}"
            )

    def load(self, resume: bool) -> Progress:
        if resume and self.path is None:
            raise ValueError("to resume, fit needs the path of a checkpoint, got None")
        if not resume or self.path is None or not Path(self.path).exists():
            return Progress()
        progress = load_checkpoint(self.path, self.model, self.optimizer, self.generators)
        self._note(progress)
        return progress

    def after_step(self, progress: Progress) -> None:
        if self.every is not None and progress.step % self.every == 0:
            self.save(progress)

    def save(self, progress: Progress) -> None:
        if self.path is not None and self.writes:
            save_checkpoint(self.path, self.model, self.optimizer, progress, self.generators)
            self._note(progress)

    def _note(self, progress: Progress) -> None:
        epoch = progress.epoch if progress.losses else len(progress.history)
        self.saved = f"the last good checkpoint is {self.path}, of epoch {epoch}, step {progress.step}"


def _check_model(path: Path, parameters: dict[str, Tensor], model: nn.Module) -> None:
    there = {name: tuple(tensor.shape) for name, tensor in parameters.items()}
    wanted = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    odd = sorted(name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name))
    if odd:
        wrapped = {name.removeprefix("module.") for name in there} == wanted.keys() or there.keys() == {
            name.removeprefix("module.") for name in wanted
        }
        why = "; one of the two is wrapped in DataParallel, whose own model is `.module`" if wrapped else ""
        raise ValueError(
            f"{path} is the checkpoint of another model: the model has {odd[0]} of shape {wanted.get(odd[0], 'none')}, "
            f"the checkpoint {there.get(odd[0], 'none')}{why}"
        )


def _check_optimizer(path: Path, state: dict[str, Any], optimizer: torch.optim.Optimizer) -> None:
    """`load_state_dict` itself takes the state of another kind of optimizer without a word."""
    there = [sorted(group) for group in state["param_groups"]]
    wanted = [sorted(group) for group in optimizer.param_groups]
    if there != wanted:
        raise ValueError(f"{path} is the checkpoint of another optimizer: expected the options {wanted}, got {there}")
