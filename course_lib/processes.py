"""One training in several processes, on one machine or on several: what `torchrun` starts.

    with team() as workers:
        loss = workers.shared(model, loss, generator)
        fit(model, batches, loss, optimizer, clock=workers.clock, generators=[generator], ...)

All processes draw the same batches, from the same seed. Of each batch every one computes the loss of its share of the
rows, weighted by its share of the words, and `DistributedDataParallel` takes the mean of the gradients. So the gradient
is that of the whole batch in one process, and the weights stay the same in all. Nothing but gradients, the loss and the
clock goes over the network.

Li et al. 2020: PyTorch Distributed: Experiences on Accelerating Data Parallel Training, arXiv:2006.15704
"""

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from course_lib.text import PAD

Batch = tuple[Tensor, Tensor]  # source ids (B, S), target ids (B, T + 1)
Loss = Callable[[nn.Module, Batch], Tensor]  # the mean over the real words of the target


CPU = torch.device("cpu")


class LostProcess(Exception):
    """The processes of a training can't reach one another any more: one of them has ended, or the network is down."""


@dataclass(frozen=True)
class Team:
    """The processes of one training, as one of them sees them.

    Attributes:
        rank: the number of this process, from 0. The first writes the files and speaks.
        size: how many there are.
        device: where this process computes.
    """

    rank: int = 0
    size: int = 1
    device: torch.device = CPU

    @property
    def first(self) -> bool:
        """Is this the first process?"""
        return self.rank == 0

    def clock(self) -> float:
        """The time of the first process, in all of them: they must agree on when a budget of time is spent."""
        now = torch.tensor(time.monotonic(), dtype=torch.float64, device=self.device)
        if self.size > 1:
            dist.broadcast(now, src=0)
        return now.item()

    def agree(self, wish: bool) -> bool:
        """Does any of the processes wish it? Asked by all at the same point."""
        if self.size == 1:
            return wish
        wishes = torch.tensor(int(wish), device=self.device)
        dist.all_reduce(wishes)
        return bool(wishes)

    def shared(self, model: nn.Module, loss: Loss, generator: torch.Generator) -> Loss:
        """A loss that computes this process's share of a batch: its value and its gradients are those of the whole.

        Args:
            model: the same in all processes.
            loss: the mean over the real words.
            generator: in the same state in all processes; dropout is seeded from it for each batch anew, in each
                process differently.
        """
        if self.size == 1:
            return loss
        together = DistributedDataParallel(_Loss(model, loss))

        def of_share(_: nn.Module, batch: Batch) -> Tensor:
            seed = int(torch.randint(2**31, (), generator=generator))
            torch.manual_seed(seed + self.rank)
            source, target = batch
            mine = slice(self.rank, None, self.size) if self.rank < len(source) else slice(0, 1)
            share = source[mine], target[mine]
            weight = self.size * _words(share[1]) / _words(target) if self.rank < len(source) else 0.0
            value: Tensor = weight * together(*share)
            mean = value.detach().clone()
            dist.all_reduce(mean)
            return value + (mean / self.size - value.detach())  # the value of the whole, the gradient of the share

        return of_share


ALONE = Team()


def _words(target: Tensor) -> int:
    return int((target[:, 1:] != PAD).sum())


class _Loss(nn.Module):
    """A model with its loss: what `DistributedDataParallel` runs forward."""

    def __init__(self, model: nn.Module, loss: Loss):
        super().__init__()
        self.model = model
        self.loss = loss

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        return self.loss(self.model, (source, target))


@contextmanager
def team(environment: Mapping[str, str] = os.environ) -> Iterator[Team]:
    """The processes that `torchrun` has started, this one among them; alone where none were started.

    Each computes on a GPU of its own where there are some. A process of several must end by `leave`. Their group is not
    taken down: where another process has gone already, and be it because all is done, that may wait for ever.

    Raises:
        LostProcess: another one has ended, or can't be reached.
    """
    device = CPU
    if torch.cuda.is_available():
        device = torch.device("cuda", int(environment.get("LOCAL_RANK", "0")))
        torch.cuda.set_device(device)
    if int(environment.get("WORLD_SIZE", "1")) == 1:
        yield Team(device=device)
        return
    dist.init_process_group("gloo" if device.type == "cpu" else "nccl")
    try:
        yield Team(dist.get_rank(), dist.get_world_size(), device)
    except RuntimeError as error:  # of gloo and nccl: there is no kind of their own
        first_line = str(error).strip().splitlines()[0]
        raise LostProcess(f"another process of this training has ended, or can't be reached: {first_line}") from error


def leave(status: int) -> NoReturn:
    """End this process at once, with this exit status."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
