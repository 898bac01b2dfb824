"""What can be set in an explorer: sliders, choices and texts, each with its label, its range and its start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Real
from typing import Any

import ipywidgets as widgets


@dataclass(frozen=True)
class Control:
    """One value that can be set. A description: each call of `widget` makes a new ipywidget of it.

    Attributes:
        make: the class of the widget.
        label: what stands beside it.
        start: its first value.
        possible: the values that it can have, or their type.
        options: what else the widget is made with.
        width: as in CSS.

    Raises:
        ValueError: a start that is not possible.
    """

    make: Callable[..., Any]
    label: str
    start: Any
    possible: range | list[Any] | type
    options: Mapping[str, Any] = field(default_factory=dict)
    width: str | None = None

    def __post_init__(self) -> None:
        self.check(self.start)

    def widget(self) -> Any:
        """A new widget, set to the start."""
        layout = widgets.Layout(width=self.width)
        return self.make(value=self.start, description=self.label, layout=layout, **self.options)

    def check(self, value: Any, name: str | None = None) -> None:
        """Refuse what the control cannot be set to with a ValueError, which calls it by this name."""
        if isinstance(self.possible, type):
            fits, expected = isinstance(value, self.possible), "a text" if self.possible is str else "a number"
        elif isinstance(self.possible, range):
            fits, expected = value in self.possible, f"from {self.possible[0]} to {self.possible[-1]}"
        else:
            fits, expected = value in self.possible, f"one of {', '.join(map(str, self.possible))}"
        if not fits:
            raise ValueError(f"{name or self.label} must be {expected}, got {value!r}")


def int_slider(label: str, start: int, low: int, high: int, step: int = 1) -> Control:
    """A whole number from low to high."""
    options = {"min": low, "max": high, "step": step}
    return Control(widgets.IntSlider, label, start, range(low, high + 1), options)


def float_slider(label: str, start: float, low: float, high: float, step: float, digits: int = 2) -> Control:
    """A number. The slider moves from low to high; a picture may go beyond."""
    options = {"min": low, "max": high, "step": step, "readout_format": f".{digits}f"}
    return Control(widgets.FloatSlider, label, start, Real, options)


def choice(
    label: str, options: Sequence[tuple[str, Any]], start: Any, *, slider: bool = False, width: str | None = None
) -> Control:
    """One of several values, each with the name under which it is shown; a list to open, or a slider."""
    make = widgets.SelectionSlider if slider else widgets.Dropdown
    return Control(make, label, start, [value for _, value in options], {"options": options}, width)


def index(label: str, names: Sequence[str], *, slider: bool = False, width: str) -> Control:
    """The place of one of several names; a picture may count from the end, as a list does, with negative numbers."""
    make, n = widgets.SelectionSlider if slider else widgets.Dropdown, len(names)
    return Control(make, label, 0, range(-n, n), {"options": [(name, i) for i, name in enumerate(names)]}, width)


def moments(names: Sequence[str]) -> Control:
    """A slider through the moments of a training."""
    return index("training", names, slider=True, width="420px")


def moment_names(counts: Sequence[int], unit: str) -> list[str]:
    """The moments of a training, named by how many steps, or what `unit` says, came before."""
    return [f"after {int(count):,} {unit}" if count else "before training" for count in counts]


def first_middle_last(n: int) -> list[int]:
    """Places to compare: three of n, fewer if there are fewer."""
    return sorted({0, n // 2, n - 1})


def text_field(
    label: str, start: str, suggestions: Sequence[str] = (), *, placeholder: str = "", width: str | None = None
) -> Control:
    """A text to type, with suggestions where there are any; it counts when Enter is pressed."""
    options: dict[str, Any] = {"continuous_update": False, "placeholder": placeholder or "\u200b"}
    if suggestions:
        return Control(widgets.Combobox, label, start, str, options | {"options": list(suggestions)}, width)
    return Control(widgets.Text, label, start, str, options, width)
