"""An experiment is a function from a seed to figures; a stored run is what it gave, and what it takes to repeat it.

@experiment("03.forget_bias", seeds=range(10, 15), T=50, steps=400)
def forget_bias(seed, *, T, steps):
    ...
    return {"0": error_with_bias_0, "1": error_with_bias_1}

forget_bias(seed=0, T=20, steps=100)          small, in a lesson
stored("03.forget_bias").array("1", "mse")    large, from data/runs/03.forget_bias.json
"""

import importlib
import json
import platform
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import numpy as np
import torch

from course_lib import folders

RUNS = folders.bundled("data") / "runs"


@dataclass(frozen=True)
class Experiment:
    """A function of a seed, and the seeds and settings of its stored run."""

    id: str
    function: Callable[..., dict[str, Any]]
    seeds: tuple[int, ...]
    settings: dict[str, Any]


_EXPERIMENTS: dict[str, Experiment] = {}


def experiment(id: str, *, seeds: Iterable[int], **settings: Any) -> Callable:
    """Register a function `f(seed, *, **settings) -> figures` as an experiment, "03.forget_bias".

    Args:
        id: the lesson's number, a dot, a name.
        seeds: of the stored run. Not those with which the settings were found.
        settings: of the stored run; numbers, strings, and lists or mappings of them. They become the function's
            defaults, so that a lesson gives only what it changes.

    Raises:
        ValueError: an id that is taken, no seeds, or settings that JSON does not hold.
    """
    seeds = tuple(seeds)
    if not seeds:
        raise ValueError(f"experiment {id!r} needs at least one seed")
    plain = _plain(settings, f"the settings of {id!r}")

    def register(function: Callable) -> Callable:
        @wraps(function)
        def with_defaults(seed: int, **changed: Any) -> dict[str, Any]:
            return function(seed, **(settings | changed))

        taken = _EXPERIMENTS.get(id)
        if taken and _home(taken.function) != _home(function):
            raise ValueError(f"there is an experiment {id!r} already, {'.'.join(_home(taken.function))}")
        _EXPERIMENTS[id] = Experiment(id, with_defaults, seeds, plain)
        return with_defaults

    return register


def _home(function: Callable) -> tuple[str, str]:
    return function.__module__, function.__qualname__


def experiments() -> list[Experiment]:
    """All experiments of all lessons, in order."""
    for path in sorted(Path(__file__).parent.glob("lesson_*.py")):
        importlib.import_module(f"course_lib.experiments.{path.stem}")
    return [_EXPERIMENTS[id] for id in sorted(_EXPERIMENTS)]


def find(id: str) -> Experiment:
    """Raises:
    KeyError: no such experiment; names those that there are.
    """
    known = {experiment.id: experiment for experiment in experiments()}
    if id not in known:
        raise KeyError(f"there is no experiment {id!r}; there are: {', '.join(known)}")
    return known[id]


# --- stored runs --------------------------------------------------------------------------------------------


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

    def array(self, *path: Any) -> np.ndarray:
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
            figures = _plain(experiment.function(seed), f"the figures of {experiment.id!r}")
            part = {"key": key, "figures": figures, "seconds": round(time.perf_counter() - start, 1)}
            if path:
                _write(path, json.dumps(part))
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


def stored(id: str) -> Run:
    """The stored run of an experiment.

    Raises:
        FileNotFoundError: there is none; says how to make it.
    """
    path = RUNS / f"{id}.json"
    if not path.exists():
        raise FileNotFoundError(f'there is no stored run {path}; make it: make runs ARGS="{id}"')
    return Run(**json.loads(path.read_text(encoding="utf-8")))


def store(run: Run) -> Path:
    """Write a run where `stored` finds it. Numbers keep six digits."""
    rounded = asdict(run) | {"figures": _rounded(run.figures)}
    path = RUNS / f"{run.id}.json"
    _write(path, _dumps(rounded) + "\n")
    return path


def _versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "torch": torch.__version__.split("+")[0],
        "machine": f"{platform.system()} {platform.machine()}",
        "threads": str(torch.get_num_threads()),
    }


def _plain(value: Any, what: str) -> Any:
    """The value as JSON gives it back: keys are strings, tuples are lists, numbers are Python's."""

    def number(item: Any) -> Any:
        if isinstance(item, np.ndarray | np.generic | torch.Tensor):
            return item.tolist()
        if isinstance(item, range):
            return list(item)
        raise TypeError(f"{what} must be numbers, strings, lists and mappings, got a {type(item).__name__}")

    try:
        return json.loads(json.dumps(value, default=number, allow_nan=False))
    except ValueError as error:
        raise ValueError(f"{what} must be finite numbers, got nan or infinity") from error


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


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
