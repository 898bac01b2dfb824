"""Training: one loop for every model of the course.

The loop knows nothing of models and data: it is given batches, and a function from model and batch to a loss.
"""

import math
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from course_lib.checkpoint import Generator, Keeper, Progress, random_states, set_random_states
from course_lib.modes import evaluating, in_mode
from course_lib.progress_bar import ProgressBar

Model = TypeVar("Model", bound=nn.Module)


def seed_everything(seed: int) -> None:
    """Seed the global generators of Python, NumPy and PyTorch, so that what follows can be repeated."""
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - the global generator is what other libraries use
    torch.manual_seed(seed)


# --- the loop -----------------------------------------------------------------------------------------------


class Step(NamedTuple):
    """What is known after a step.

    Attributes:
        number: of the step, from 1.
        epoch: its number, from 1.
        share: of the budget that is spent, 0 to 1.
        loss: of its batch.
        norm: of the gradient before clipping; nan where nothing is clipped.
    """

    number: int
    epoch: int
    share: float
    loss: float
    norm: float


def fit(
    model: Model,
    batches: Callable[[], Iterable[Any]],
    loss: Callable[[Model, Any], Tensor],
    optimizer: torch.optim.Optimizer,
    *,
    epochs: int | None = None,
    steps: int | None = None,
    seconds: float | None = None,
    clock: Callable[[], float] | None = None,
    clip: float | None = None,
    clip_gradients: Callable[[list[nn.Parameter], float], Any] = nn.utils.clip_grad_norm_,
    schedule: Callable[[float], float] | None = None,
    step_schedule: Callable[[int], float] | None = None,
    evaluate: Callable[[Model], dict[str, float]] | None = None,
    on_step: Callable[[Step], None] | None = None,
    note: Callable[[Step], str] = lambda step: f"loss {step.loss:.3g}",
    on_epoch: Callable[[dict[str, float]], None] | None = None,
    checkpoint: Path | str | None = None,
    checkpoint_every: int | None = None,
    resume: bool = False,
    keep: bool = True,
    generators: Sequence[Generator] = (),
) -> list[dict[str, float]]:
    """Train a model until its budget is spent: a number of epochs, of steps, or of seconds.

    Args:
        model: in training mode during the steps; its mode is put back at the end.
        batches: called once per epoch for that epoch's batches. Where the budget is steps or seconds, they may be
            endless; none is drawn that is not used.
        loss: from the model and a batch to a scalar.
        optimizer: of the model's parameters.
        epochs, steps, seconds: the budget, one of the three. Its end is the end of an epoch too.
        clock: what tells the seconds: `time.monotonic`; None: those of the processor.
        clip: the largest norm of the gradient, all parameters together; None for any.
        clip_gradients: called with the parameters and `clip`; gives the norm before.
        schedule: from the share of the budget that is spent before a step, 0 to 1, to a factor for the learning rate
            with which the optimizer was made; None for a rate that stays.
        step_schedule: the same from the number of the step, from 1.
        evaluate: called after each epoch, in evaluation mode and without gradients, for figures by name.
        on_step: called after each step. It may raise `StopTraining`: the checkpoint is written first.
        note: what the progress bar says after a step.
        on_epoch: called after each epoch with its line of the history.
        checkpoint: a file that holds, after each epoch, all that is needed to go on from there.
        checkpoint_every: write it also after so many steps, in the middle of an epoch.
        resume: go on from the checkpoint if it exists. The result is the same as that of training without a break.
        keep: False: the checkpoint is read, to go on from it, and another process writes it.
        generators: sources of randomness that `batches` and `loss` draw from, for the checkpoint, of Python, NumPy or
            PyTorch; their global ones are in it anyway. To go on in the middle of an epoch, its batches are drawn
            again: if they are drawn one by one, it must not be from a generator that `loss` draws from too.

    Returns:
        The history: for each epoch "epoch" (from 1), "step" (the steps so far), "loss" (the mean over its batches),
        "seconds" (of training), and the figures of `evaluate`.

    Raises:
        FloatingPointError: a loss or a gradient that is nan or infinite, with the step and the last good checkpoint.
        ValueError: no budget or two, `clip` that is not positive, an epoch without batches, a schedule by the share
            of epochs whose batches can't be counted, a loss that is not a scalar, `resume` or `checkpoint_every`
            without a checkpoint, or one of another model or optimizer.
    """
    if clip is not None and not clip > 0:
        raise ValueError(f"clip must be positive, got {clip}")
    keeper = Keeper(checkpoint, checkpoint_every, model, optimizer, generators, keep)
    with (
        _scheduled(optimizer, schedule, step_schedule) as set_rates,
        in_mode(model, training=True),
        ProgressBar("training") as bar,
    ):
        budget = _Budget(epochs, steps, seconds)
        run = _Run(budget, batches, generators, keeper.load(resume), clock, by_share=schedule is not None)
        while run.share < 1 or run.progress.losses:  # these are of an epoch that a checkpoint left
            for batch in run.epoch():
                set_rates(run.share, run.progress.step + 1)
                value = loss(model, batch)
                norm = _update(model, value, optimizer, clip, clip_gradients, where=run.where, saved=keeper.saved)
                step = run.record(value.item(), norm)
                bar.reach(run.share, note(step))
                keeper.after_step(run.progress)
                _tell(on_step, step, keeper, run.progress)
            line = run.end_epoch(_figures(model, evaluate))
            keeper.save(run.progress)
            if on_epoch is not None:
                on_epoch(line)
    return run.progress.history


class StopTraining(Exception):
    """Raised by `on_step` to end a training after that step; its checkpoint holds it."""


def _tell(on_step: Callable[[Step], None] | None, step: Step, keeper: Keeper, progress: Progress) -> None:
    if on_step is None:
        return
    try:
        on_step(step)
    except StopTraining:
        keeper.save(progress)
        raise


def _figures(model: Model, evaluate: Callable[[Model], dict[str, float]] | None) -> dict[str, float]:
    """The figures at the end of an epoch."""
    if evaluate is None:
        return {}
    with evaluating(model):
        return evaluate(model)


@dataclass(frozen=True)
class _Budget:
    """How long to train; one of the three."""

    epochs: int | None
    steps: int | None
    seconds: float | None

    def __post_init__(self) -> None:
        given = [limit for limit in (self.epochs, self.steps, self.seconds) if limit is not None]
        if len(given) != 1 or given[0] < 0:
            raise ValueError(
                "expected one budget, of epochs, steps or seconds and not negative, "
                f"got epochs={self.epochs}, steps={self.steps} and seconds={self.seconds}"
            )

    def share(self, epochs: float, steps: int, seconds: float) -> float:
        """The share of it that so much is, at most 1."""
        limits = ((epochs, self.epochs), (steps, self.steps), (seconds, self.seconds))
        spent, limit = next((spent, limit) for spent, limit in limits if limit is not None)
        return min(spent / limit, 1.0) if limit else 1.0


class _Run:
    """Where training is: gives the batches of each epoch, and counts.

    Attributes:
        share: of the budget that is spent, as of the last step.
    """

    def __init__(
        self,
        budget: _Budget,
        batches: Callable[[], Iterable[Any]],
        generators: Sequence[Generator],
        progress: Progress,
        clock: Callable[[], float] | None,
        *,
        by_share: bool,
    ):
        self.budget = budget
        self.batches = batches
        self.generators = generators
        self.progress = progress
        self.clock = clock or time.process_time
        self.by_share = by_share
        self.length: int | None = None  # batches of the epoch under way, where they can be counted
        self.start = self.clock() - progress.seconds
        self.epoch_start = 0.0
        self.share = self._share()

    def _share(self) -> float:
        part = len(self.progress.losses) / self.length if self.length else 0.0  # of the epoch under way
        return self.budget.share(len(self.progress.history) + part, self.progress.step, self.progress.seconds)

    def epoch(self) -> Iterator[Any]:
        """The batches of the epoch under way that are still to come, as long as the budget lasts."""
        self.epoch_start = time.perf_counter() - self.progress.epoch_seconds
        batches = iter(self._resumed() if self.progress.losses else self._drawn())
        while self.share < 1:
            batch = next(batches, batches)  # itself, which is no batch, where there are no more
            if batch is batches:
                if not self.progress.losses:
                    raise ValueError(
                        f"epoch {self.progress.epoch} has no batches: "
                        "`batches` must give them anew each time it is called"
                    )
                return
            yield batch

    def _drawn(self) -> Iterable[Any]:
        """All batches of a new epoch."""
        self.progress.epoch_random = random_states(self.generators)
        drawn = self.batches()
        self.length = len(drawn) if isinstance(drawn, Sized) else None
        if self.by_share and self.budget.epochs is not None and self.length is None:
            raise ValueError(
                "a schedule by the share of epochs needs batches that can be counted, such as a list, "
                f"got a {type(drawn).__name__}"
            )
        return drawn

    def _resumed(self) -> Iterable[Any]:
        """The batches of an epoch that a checkpoint left: drawn again, those that are done passed over."""
        now = random_states(self.generators)
        set_random_states(self.progress.epoch_random, self.generators)
        batches = iter(self._drawn())
        for _ in self.progress.losses:
            next(batches, None)
        set_random_states(now, self.generators)
        self.share = self._share()  # now that they are counted
        return batches

    @property
    def where(self) -> str:
        return f"at step {self.progress.step + 1} (epoch {self.progress.epoch})"

    def record(self, loss: float, norm: float) -> Step:
        """Count a step."""
        progress = self.progress
        progress.step += 1
        progress.losses.append(loss)
        progress.seconds = self.clock() - self.start
        progress.epoch_seconds = time.perf_counter() - self.epoch_start
        self.share = self._share()
        return Step(progress.step, progress.epoch, self.share, loss, norm)

    def end_epoch(self, figures: dict[str, float]) -> dict[str, float]:
        """Write the epoch's line into the history, and begin the next."""
        progress = self.progress
        line = {
            "epoch": progress.epoch,
            "step": progress.step,
            "loss": sum(progress.losses) / len(progress.losses),
            "seconds": progress.epoch_seconds,
            **figures,
        }
        progress.history.append(line)
        progress.losses, progress.epoch_seconds = [], 0.0
        self.share = self._share()  # of batches that can't be counted, the whole epoch at once
        return line


@contextmanager
def _scheduled(
    optimizer: torch.optim.Optimizer,
    schedule: Callable[[float], float] | None,
    step_schedule: Callable[[int], float] | None,
) -> Iterator[Callable[[float, int], None]]:
    """Gives a function that sets the learning rates from share and step; at the end they are as they were."""
    rates = [group["lr"] for group in optimizer.param_groups]  # before a checkpoint brings those of its last step

    def set_rates(factor: float) -> None:
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * factor

    def follow(share: float, step: int) -> None:
        by_share = schedule(share) if schedule is not None else 1.0
        set_rates(by_share * (step_schedule(step) if step_schedule is not None else 1.0))

    if schedule is None and step_schedule is None:
        yield lambda share, step: None
        return
    try:
        yield follow
    finally:
        set_rates(1.0)


def _update(
    model: nn.Module,
    loss: Tensor,
    optimizer: torch.optim.Optimizer,
    clip: float | None,
    clip_gradients: Callable[[list[nn.Parameter], float], Any],
    *,
    where: str,
    saved: str,
) -> float:
    """One step down the gradient of the loss; returns the gradient's norm before clipping, nan without clipping."""
    if loss.dim():
        raise ValueError(f"the loss must be a scalar, got shape {tuple(loss.shape)}")
    _check_finite("loss", loss.item(), where, saved)
    optimizer.zero_grad()
    loss.backward()
    norm = math.nan
    if clip is not None:
        norm = float(clip_gradients(list(model.parameters()), clip))
        _check_finite("norm of the gradient", norm, where, saved)
    optimizer.step()
    return norm


def _check_finite(what: str, value: float, where: str, saved: str) -> None:
    if not math.isfinite(value):
        raise FloatingPointError(
            f"the {what} is {value} {where}: "
            f"try a smaller learning rate or clip, and look for log(0) and division by 0; {saved}"
        )


# --- classifiers --------------------------------------------------------------------------------------------


def classification_loss(model: nn.Module, batch: tuple[Tensor, Tensor]) -> Tensor:
    """The loss of a classifier for `fit`: batch (inputs, labels (B,)), logits (B, C) -> the mean over B."""
    inputs, labels = batch
    return nn.functional.cross_entropy(model(inputs), labels)


def accuracy(model: nn.Module, batches: Iterable[tuple[Tensor, Tensor]]) -> float:
    """The share of examples whose largest logit is that of their label, in evaluation mode.

    Raises:
        ValueError: no batches.
    """
    right = total = 0
    with evaluating(model):
        for inputs, labels in batches:
            right += int((model(inputs).argmax(-1) == labels).sum())
            total += len(labels)
    if not total:
        raise ValueError("expected at least one batch, got none")
    return right / total
