"""What can be set in an explorer: sliders, choices and texts, each with its label, its range and its start.

A control is a description: `widget` makes a new ipywidget of it, `checked` refuses what it cannot be set to.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets
import numpy as np


class Control(ABC):
    """One value that can be set."""

    label: str
    start: Any

    @abstractmethod
    def widget(self) -> Any:
        """A new widget, set to the start."""

    @abstractmethod
    def checked(self, value: Any, name: str | None = None) -> Any:
        """The value, if the control can be set to it; else a ValueError that calls it by this name."""

    def __post_init__(self) -> None:
        self.checked(self.start)


@dataclass(frozen=True)
class IntSlider(Control):
    """A whole number from low to high."""

    label: str
    start: int
    low: int
    high: int
    step: int = 1

    def widget(self) -> Any:
        return widgets.IntSlider(self.start, self.low, self.high, self.step, description=self.label)

    def checked(self, value: Any, name: str | None = None) -> int:
        if not isinstance(value, int | np.integer) or not self.low <= value <= self.high:
            raise ValueError(f"{name or self.label} must be from {self.low} to {self.high}, got {value!r}")
        return int(value)


@dataclass(frozen=True)
class FloatSlider(Control):
    """A number. The slider moves from low to high; a picture may go beyond."""

    label: str
    start: float
    low: float
    high: float
    step: float
    digits: int = 2

    def widget(self) -> Any:
        return widgets.FloatSlider(
            self.start, min=self.low, max=self.high, step=self.step, description=self.label,
            readout_format=f".{self.digits}f",
        )  # fmt: skip

    def checked(self, value: Any, name: str | None = None) -> float:
        if not isinstance(value, int | float | np.number):
            raise ValueError(f"{name or self.label} must be a number, got {value!r}")
        return float(value)


@dataclass(frozen=True)
class Choice(Control):
    """One of several values, each with the name under which it is shown; a list to open, or a slider."""

    label: str
    options: Sequence[tuple[str, Any]]
    start: Any
    slider: bool = False
    width: int | None = None  # pixels

    def widget(self) -> Any:
        make = widgets.SelectionSlider if self.slider else widgets.Dropdown
        return make(options=self.options, value=self.start, description=self.label, layout=_layout(self.width))

    def checked(self, value: Any, name: str | None = None) -> Any:
        values = [option for _, option in self.options]
        if value not in values:
            raise ValueError(f"{name or self.label} must be one of {', '.join(map(str, values))}, got {value!r}")
        return value


class Index(Choice):
    """The place of one of several names; from the end, as in a list, if it is negative."""

    def __init__(self, label: str, names: Sequence[str], *, slider: bool = False, width: int | None = None) -> None:
        super().__init__(label, [(name, place) for place, name in enumerate(names)], 0, slider, width)

    def checked(self, value: Any, name: str | None = None) -> int:
        n = len(self.options)
        if not isinstance(value, int | np.integer) or not -n <= value < n:
            raise ValueError(f"{name or self.label} must be from 0 to {n - 1}, or negative from the end, got {value!r}")
        return int(value) % n

    @property
    def names(self) -> list[str]:
        """What can be chosen, in order."""
        return [name for name, _ in self.options]

    def first_middle_last(self) -> list[int]:
        """Three places to compare, fewer if there are fewer."""
        n = len(self.options)
        return sorted({0, n // 2, n - 1})


def moments(counts: Sequence[int], unit: str) -> Index:
    """A slider through the moments of a training, each named by how many steps, or what `unit` says, came before."""
    names = [f"after {int(count):,} {unit}" if count else "before training" for count in counts]
    return Index("training", names, slider=True, width=420)


@dataclass(frozen=True)
class Text(Control):
    """A text to type, with suggestions where there are any; it counts when Enter is pressed."""

    label: str
    start: str
    suggestions: Sequence[str] = ()
    placeholder: str = ""
    width: int | None = None  # pixels

    def widget(self) -> Any:
        options: dict[str, Any] = {"options": self.suggestions} if self.suggestions else {}
        if self.placeholder:
            options["placeholder"] = self.placeholder
        make = widgets.Combobox if self.suggestions else widgets.Text
        return make(
            value=self.start, description=self.label, continuous_update=False, layout=_layout(self.width), **options
        )

    def checked(self, value: Any, name: str | None = None) -> str:
        if not isinstance(value, str):
            raise ValueError(f"{name or self.label} must be a text, got {value!r}")
        return value


def _layout(width: int | None) -> Any:
    return widgets.Layout(width=None if width is None else f"{width}px")
