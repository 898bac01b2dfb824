"""What the benchmarks share: arguments, timing in turn, goals, the file of figures."""

import argparse
import json
import platform
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import torch

from course_lib.files import write_lines


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
