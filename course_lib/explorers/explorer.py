"""One description of a drawing that depends on a few values, and its two faces: a widget and a picture."""

import io
import traceback
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imsave

from course_lib import plotting
from course_lib.explorers.controls import Control

Values = dict[str, Any]  # of one setting, by the names of the controls
Settings = Sequence[Values]
Array = npt.NDArray[Any]
Layout = tuple[Figure, Any]  # a figure and its Axes


class Explorer(ABC):
    """A drawing that depends on a few values, to move as a widget or to compare in a picture.

        explorer.widget()                                 controls, below them the drawing, which follows them
        explorer.picture(step=[1, 3, 5], title="...")     the same drawing at several values, without a kernel

    A subclass says what can be set, how it is drawn, what it shows in words, and where its Axes stand.

    Attributes:
        controls: by the name under which the methods take their values.
        compared: values that a picture compares where it is given none to compare.
        play: the control, a slider, that a play button moves.
        in_picture: further arguments of `draw` in a picture.
    """

    controls: Mapping[str, Control]
    compared: Mapping[str, Sequence[Any]] = {}
    play: ClassVar[str | None] = None
    in_picture: ClassVar[Mapping[str, Any]] = {}

    # --- what a subclass says ---------------------------------------------------------------------------------

    @abstractmethod
    def draw(self, axes: Array, *args: Any, **values: Any) -> None:
        """Draw one setting on its Axes (panels,)."""

    @abstractmethod
    def describe(self, *args: Any, **values: Any) -> str:
        """What the drawing shows in words, or what is wrong with a text that was typed."""

    @abstractmethod
    def widget_axes(self, values: Values) -> Layout:
        """A figure that is not shown, with the Axes of one setting."""

    @abstractmethod
    def picture_axes(self, settings: Settings) -> Layout:
        """A figure with the Axes of several settings, (settings, ...)."""

    def draw_picture(self, axes: Array, settings: Settings) -> None:
        """Draw several settings, each on its own Axes; for a subclass whose settings share a scale or a legend."""
        for own, values in zip(axes, settings, strict=True):
            self.draw(own.ravel(), **values, **self.in_picture)

    def check(self, values: Values) -> None:
        """Refuse a setting that the controls cannot have with a ValueError."""
        for name, control in self.controls.items():
            control.check(values[name], name)

    def link(self, controls: Mapping[str, Any]) -> None:  # noqa: B027 - most widgets follow no other
        """Let one widget follow another; called before the drawing follows them."""

    # --- the two faces ----------------------------------------------------------------------------------------

    def widget(self) -> Any:
        """Controls above the drawing, which is drawn again whenever one of them changes, and a line of text below.

        An error while drawing is shown in place of the text, with its traceback, and raised; so the first one
        stops the cell.

        Raises:
            ValueError: `play` does not name a slider.
        """
        controls = {name: control.widget() for name, control in self.controls.items()}
        row = list(controls.values())
        if self.play is not None:
            if not isinstance(controls.get(self.play), widgets.IntSlider | widgets.SelectionSlider):
                raise ValueError(f"play must name a slider among {list(controls)}, got {self.play!r}")
            row.insert(list(controls).index(self.play), _player(controls[self.play]))
        self.link(controls)
        # flex-start: a picture is as wide as it was drawn, not as the page
        layout = widgets.Layout(max_width="100%", height="auto", align_self="flex-start")
        picture, text = widgets.Image(format="png", layout=layout), widgets.HTML()

        def redraw(change: object = None) -> None:
            values = {name: control.value for name, control in controls.items()}
            try:
                figure, axes = self.widget_axes(values)
                self.draw(np.ravel(axes), **values)
                picture.value = _png(figure)
                text.value = f"<p>{escape(self.describe(**values))}</p>"
            except Exception:
                # Jupyter drops what a callback raises, so it has to be put on the page.
                text.value = f'<pre style="color: #B00020">{escape(traceback.format_exc())}</pre>'
                raise

        redraw()
        for control in controls.values():
            control.observe(redraw, "value")
        return widgets.VBox([widgets.HBox(row, layout=widgets.Layout(flex_flow="row wrap")), picture, text])

    def picture(self, *, title: str, **values: Any) -> Array:
        """The drawing at one or several settings, in one figure.

        Args:
            title: the finding.
            values: by the names of the controls. A list holds one value for each setting, what is no list is the same
                in all; what is not given is as the controls start.

        Returns:
            the Axes, (settings, ...).

        Raises:
            ValueError: a name that no control has, lists that are empty or of several lengths, a value that its
                control cannot be set to.
        """
        settings = self.settings(values)
        axes: Array
        figure, axes = self.picture_axes(settings)
        self.draw_picture(axes, settings)
        plotting.headline(figure, title)
        return axes

    def settings(self, values: Values) -> list[Values]:
        """One setting, checked, for each entry of the lists among the values."""
        if unknown := [name for name in values if name not in self.controls]:
            raise ValueError(f"expected values for some of {', '.join(self.controls)}, got {', '.join(unknown)}")
        compared = {} if any(map(_is_several, values.values())) else self.compared
        given = {name: control.start for name, control in self.controls.items()} | dict(compared) | values
        lengths = {name: len(value) for name, value in given.items() if _is_several(value)}
        if 0 in lengths.values() or len(set(lengths.values())) > 1:
            raise ValueError(f"lists of values must be equally long and hold at least one, got lengths {lengths}")
        settings = [
            {name: value[i] if name in lengths else value for name, value in given.items()}
            for i in range(next(iter(lengths.values()), 1))
        ]
        for each in settings:
            self.check(each)
        return settings


def _is_several(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _png(figure: Figure) -> bytes:
    """The figure as an image, drawn once: `savefig` would draw it twice to fit its layout."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    buffer = io.BytesIO()
    pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    imsave(buffer, pixels, format="png")
    return buffer.getvalue()


def _player(slider: Any) -> Any:
    """A play button, joined to the slider in the browser, so that it runs at its own pace."""
    if isinstance(slider, widgets.SelectionSlider):
        low, high, position = 0, len(slider.options) - 1, "index"
    else:
        low, high, position = slider.min, slider.max, "value"
    player = widgets.Play(min=low, max=high, value=getattr(slider, position), interval=500)
    widgets.jslink((player, "value"), (slider, position))
    return player


# --- figures ------------------------------------------------------------------------------------------------


def columns(n: int, panels: int = 1, *, size: tuple[float, float], **options: Any) -> Layout:
    """A figure with a column of Axes for each of n settings, and these Axes, (n, panels)."""
    figure, axes = plotting.figure(panels, n, size=size, squeeze=False, **options)
    return figure, axes.T


def side_by_side() -> Layout:
    """A figure of a widget with two wide Axes beside each other."""
    return plotting.figure(1, 2, size=(11.0, 4.2), shown=False)


def fixed(places: Sequence[tuple[float, float, float, float]], size: tuple[float, float]) -> Layout:
    """A figure of a widget with Axes at (left, bottom, width, height), so that nothing jumps when it is drawn again."""
    figure, axes = plotting.figure(1, len(places), size=size, shown=False)
    figure.set_layout_engine("none")
    for ax, place in zip(axes, places, strict=True):
        ax.set_position(place)
    return figure, axes


def share_legend(axes: Array, *, handletextpad: float) -> None:
    """For Axes beside each other: one legend below, with what any of them shows, and one label of the y axis."""
    for ax in axes[1:]:
        ax.set_ylabel("")
    known: dict[str, Any] = {}
    for ax in axes:
        handles, names = ax.get_legend_handles_labels()
        known |= dict(zip(names, handles, strict=True))
    if known:
        with plotting.style():
            axes[0].figure.legend(
                known.values(), known, loc="outside lower left", ncols=len(known), handletextpad=handletextpad
            )
