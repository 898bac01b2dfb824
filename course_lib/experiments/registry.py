"""An experiment is a function from a seed to figures; here they are registered and found.

@experiment("03.forget_bias", seeds=range(10, 15), T=50, steps=400)
def forget_bias(seed, *, T, steps):
    ...
    return {"0": error_with_bias_0, "1": error_with_bias_1}

forget_bias(seed=0, T=20, steps=100)          small, in a lesson
stored("03.forget_bias").array("1", "mse")    large, from data/runs/03.forget_bias.json
"""

import importlib
import json
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import numpy as np
import torch

Figures = dict[Any, Any]  # names, and numbers, lists or mappings of them


@dataclass(frozen=True)
class Experiment:
    """A function of a seed, and the seeds and settings of its stored run."""

    id: str
    function: Callable[..., Figures]
    seeds: tuple[int, ...]
    settings: dict[str, Any]


_EXPERIMENTS: dict[str, Experiment] = {}


def experiment(
    name: str, *, seeds: Iterable[int], **settings: Any
) -> Callable[[Callable[..., Figures]], Callable[..., Figures]]:
    """Register a function `f(seed, *, **settings) -> figures` as an experiment, "03.forget_bias".

    Args:
        name: the lesson's number, a dot, a name.
        seeds: of the stored run. Not those with which the settings were found.
        settings: of the stored run; numbers, strings, and lists or mappings of them. They become the function's
            defaults, so that a lesson gives only what it changes.

    Raises:
        ValueError: a name that is taken, no seeds, or settings that JSON does not hold.
    """
    seeds = tuple(seeds)
    if not seeds:
        raise ValueError(f"experiment {name!r} needs at least one seed")
    stored_settings = plain(settings, f"the settings of {name!r}")

    def register(function: Callable[..., Figures]) -> Callable[..., Figures]:
        @wraps(function)
        def with_defaults(seed: int, **changed: Any) -> Figures:
            return function(seed, **(settings | changed))

        taken = _EXPERIMENTS.get(name)
        if taken and _home(taken.function) != _home(function):
            raise ValueError(f"there is an experiment {name!r} already, {'.'.join(_home(taken.function))}")
        _EXPERIMENTS[name] = Experiment(name, with_defaults, seeds, stored_settings)
        return with_defaults

    return register


def _home(function: Callable[..., Figures]) -> tuple[str, str]:
    return function.__module__, function.__qualname__


def experiments() -> list[Experiment]:
    """All experiments of this package's modules, in the order of their names."""
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        importlib.import_module(f"{__package__}.{module.name}")
    return [_EXPERIMENTS[name] for name in sorted(_EXPERIMENTS)]


def find(name: str) -> Experiment:
    """The experiment of that name.

    Raises:
        KeyError: there is none; names those that there are.
    """
    known = {experiment.id: experiment for experiment in experiments()}
    if name not in known:
        raise KeyError(f"there is no experiment {name!r}; there are: {', '.join(known)}")
    return known[name]


def plain(value: Any, what: str) -> Any:
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
