"""What the benchmarks share: arguments, timing in turn, goals, the file of figures."""

import argparse
import json
import platform
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.profiler import ProfilerActivity, profile

from course_lib.batches import pad
from course_lib.files import write_lines
from course_lib.text import EOS, SOS


class Goal(NamedTuple):
    """A figure and the bound that it should keep."""

    value: float
    kind: str  # "at least" or "at most"
    bound: float

    @property
    def reached(self) -> bool:
        return self.value >= self.bound if self.kind == "at least" else self.value <= self.bound


def parser(doc: str, rounds: int) -> argparse.ArgumentParser:
    """--json, --rounds and --threads; the first line of the module's text describes it."""
    made = argparse.ArgumentParser(description=doc.split("\n")[0])
    made.add_argument("--json", type=Path, help="write the figures to this file, too")
    made.add_argument("--rounds", type=int, default=rounds)
    made.add_argument("--threads", type=int, default=1, help="of PyTorch; one is disturbed least by other programs")
    return made


def seconds(function: Callable[[], Any]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def best_seconds(ways: Mapping[str, Callable[[], Any]], rounds: int, warm_up: bool = True) -> dict[str, float]:
    """The best of several rounds, in turn, so that a busy moment does not fall on one alone."""
    if warm_up:
        for way in ways.values():
            way()
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        for name, way in ways.items():
            best[name] = min(best[name], seconds(way))
    return best


# --- a training step ------------------------------------------------------------------------------------------

Batch = tuple[Tensor, Tensor]
# What multiplies matrices: by themselves, and in one kernel with the softmax between the two products of attention or
# with the gates of a recurrent layer.
PRODUCTS = ("mm", "addmm", "addmm_", "bmm", "baddbmm", "baddbmm_", "mkldnn_rnn_layer", "mkldnn_rnn_layer_backward")
ATTENTION = "_scaled_dot_product"


def random_batches(count: int, B: int, V_source: int, V: int) -> list[Batch]:
    """Random words; lengths as those of Multi30k, 13 tokens with a deviation of 4, sources and targets alike."""
    generator = torch.Generator().manual_seed(0)
    made = []
    for _ in range(count):
        lengths = (13 + 4 * torch.randn(B, generator=generator)).round().clamp(4, 35).int().tolist()
        source = pad([torch.randint(4, V_source, (n,), generator=generator).tolist() for n in lengths])
        words = [torch.randint(4, V, (n,), generator=generator).tolist() for n in lengths]
        made.append((source, pad([[SOS, *ids, EOS] for ids in words])))
    return made


def training_step(
    model: nn.Module, loss: Callable[[Any, Batch], Tensor], rate: float = 1e-3
) -> Callable[[Batch], None]:
    """A whole step on a batch: forward, backward, clip, Adam."""
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)

    def step(batch: Batch) -> None:
        optimizer.zero_grad()
        loss(model, batch).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()

    return step


def share_of_products(run: Callable[[], Any]) -> float:
    """The share of the time that is spent in products of matrices, by PyTorch's profiler."""
    run()
    with profile(activities=[ProfilerActivity.CPU]) as found:
        run()
    times = {event.key.removeprefix("aten::"): event.self_cpu_time_total for event in found.key_averages()}
    products = sum(time for name, time in times.items() if name in PRODUCTS or name.startswith(ATTENTION))
    return products / sum(times.values())


# --- what is reported ------------------------------------------------------------------------------------------


def report(goals: Mapping[str, Goal], figures: Mapping[str, Any], path: Path | None) -> int:
    """Print the goals, write everything to the file; the exit status: 1 if a goal is missed."""
    print()
    width = max(map(len, goals)) + 2
    for name, goal in goals.items():
        missed = "" if goal.reached else "  missed"
        print(f"{name:<{width}}{goal.value:>8.3g} (goal: {goal.kind} {goal.bound:g}){missed}")
    if path:
        machine = {"python": platform.python_version(), "torch": torch.__version__, "threads": torch.get_num_threads()}
        reached = {name: {"value": goal.value, goal.kind: goal.bound} for name, goal in goals.items()}
        write_lines(path, [json.dumps({**figures, "goals": reached, **machine}, indent=2)])
    return int(not all(goal.reached for goal in goals.values()))
