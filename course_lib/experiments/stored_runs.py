"""A stored run: what an experiment gave, seed by seed, and what it takes to repeat it; in data/runs/."""

import json
import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from course_lib import folders
from course_lib.experiments.registry import Experiment, plain
from course_lib.files import write_text

RUNS = folders.bundled("data") / "runs"


@dataclass(frozen=True)
class Run:
    """The figures of an experiment, seed by seed, and where they are from.

    Attributes:
        figures: what the experiment returned, one for each of `seeds`.
        seconds: for each seed.
        versions: of Python and torch; the kind of machine, and how many threads.
        date: of the day it was made.
    """

    id: str
    seeds: list[int]
    settings: dict[str, Any]
    figures: list[dict[str, Any]]
    seconds: list[float]
    versions: dict[str, str]
    date: str

    @property
    def command(self) -> str:
        """The one command that remakes it."""
        return f'make runs ARGS="{self.id}"'

    def array(self, *path: Any) -> NDArray[Any]:
        """The figures at a path, `run.array("LSTM", "mse")`: (seeds, ...).

        Raises:
            KeyError: no such path; names what there is.
        """
        return np.array([_at(figures, path) for figures in self.figures])

    def __str__(self) -> str:
        seconds = sum(self.seconds)
        took = f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"
        seeds = f"{len(self.seeds)} seeds, {min(self.seeds)} to {max(self.seeds)}" if self.seeds[1:] else "one seed"
        return f"Stored run {self.id}: {seeds}; torch {self.versions['torch']}, {took}. Remake it: {self.command}"


def _at(figures: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        if not isinstance(figures, Mapping) or str(key) not in figures:
            there = ", ".join(figures) if isinstance(figures, Mapping) else "a figure, no names"
            raise KeyError(f"there is no {key!r} in {path}; there is: {there}")
        figures = figures[str(key)]
    return figures


def run(experiment: Experiment, on_seed: Callable[[int, float], None] | None = None, resume: Path | None = None) -> Run:
    """Run an experiment with the seeds and settings of its stored run.

    Args:
        on_seed: called after each seed with it and its seconds.
        resume: a folder for the seeds that are done, so that a run that was interrupted goes on where it was. Seeds
            made with other settings or another version of torch are made anew.

    Raises:
        TypeError, ValueError: figures that JSON does not hold, or that are not finite.
    """
    versions = _versions()
    done = []
    for seed in experiment.seeds:
        key = {"seed": seed, "settings": experiment.settings, "versions": versions}
        path = resume / f"{experiment.id}.{seed}.json" if resume else None
        part = json.loads(path.read_text(encoding="utf-8")) if path and path.exists() else {}
        if part.get("key") != key:
            start = time.perf_counter()
            figures = plain(experiment.function(seed), f"the figures of {experiment.id!r}")
            part = {"key": key, "figures": figures, "seconds": round(time.perf_counter() - start, 1)}
            if path:
                write_text(path, json.dumps(part))
        done.append(part)
        if on_seed is not None:
            on_seed(seed, part["seconds"])
    return Run(
        id=experiment.id,
        seeds=list(experiment.seeds),
        settings=experiment.settings,
        figures=[part["figures"] for part in done],
        seconds=[part["seconds"] for part in done],
        versions=versions,
        date=f"{datetime.now(UTC):%Y-%m-%d}",
    )


def stored(name: str) -> Run:
    """The stored run of an experiment.

    Raises:
        FileNotFoundError: there is none; says how to make it.
    """
    path = RUNS / f"{name}.json"
    if not path.exists():
        raise FileNotFoundError(f'there is no stored run {path}; make it: make runs ARGS="{name}"')
    return Run(**json.loads(path.read_text(encoding="utf-8")))


def store(run: Run) -> Path:
    """Write a run where `stored` finds it. Numbers keep six digits."""
    rounded = asdict(run) | {"figures": _rounded(run.figures)}
    path = RUNS / f"{run.id}.json"
    write_text(path, _dumps(rounded) + "\n")
    return path


def _versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "torch": torch.__version__.split("+")[0],
        "machine": f"{platform.system()} {platform.machine()}",
        "threads": str(torch.get_num_threads()),
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return value


def _dumps(value: Any, depth: int = 0) -> str:
    """JSON with a line for each name, and lists of numbers on one line."""
    if isinstance(value, dict) and value:
        inside = ",\n".join(f"{'  ' * (depth + 1)}{json.dumps(k)}: {_dumps(v, depth + 1)}" for k, v in value.items())
        return f"{{\n{inside}\n{'  ' * depth}}}"
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        inside = ",\n".join(f"{'  ' * (depth + 1)}{_dumps(item, depth + 1)}" for item in value)
        return f"[\n{inside}\n{'  ' * depth}]"
    return json.dumps(value)
