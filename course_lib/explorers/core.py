"""Controls, a picture and a line of text, wired together: every explorer is one of these."""

import io
import traceback
from collections.abc import Callable, Mapping
from html import escape

import ipywidgets as widgets
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imsave


def explorer(
    controls: Mapping[str, widgets.Widget],
    draw: Callable[..., Figure],
    describe: Callable[..., str] | None = None,
    play: str | None = None,
) -> widgets.VBox:
    """Controls above a picture that is drawn again whenever one of them changes.

    An error while drawing is shown in place of the text, with its traceback, and raised; so the first one
    stops the cell.

    Args:
        controls: widgets with a value, by the name under which `draw` and `describe` take it.
        draw: called with the values, returns a figure made with `plotting.figure(..., shown=False)`.
        describe: called with the values, returns what the picture shows in words, or what is wrong with the
            input. It stands under the picture.
        play: the control, a slider, that a play button moves.

    Raises:
        ValueError: `play` does not name a control that can be moved.
    """
    if play is not None and not isinstance(controls.get(play), widgets.IntSlider | widgets.SelectionSlider):
        raise ValueError(f"play must name a slider among {list(controls)}, got {play!r}")
    # flex-start: a picture is as wide as it was drawn, not as the page
    layout = widgets.Layout(max_width="100%", height="auto", align_self="flex-start")
    picture = widgets.Image(format="png", layout=layout)
    text = widgets.HTML()

    def redraw(change: object = None) -> None:
        values = {name: control.value for name, control in controls.items()}
        try:
            picture.value = _png(draw(**values))
            text.value = f"<p>{escape(describe(**values))}</p>" if describe else ""
        except Exception:
            # Jupyter drops what a callback raises, so it has to be put on the page.
            text.value = f'<pre style="color: #B00020">{escape(traceback.format_exc())}</pre>'
            raise

    redraw()
    for control in controls.values():
        control.observe(redraw, "value")
    row = list(controls.values())
    if play is not None:
        row.insert(list(controls).index(play), _player(controls[play]))
    return widgets.VBox([widgets.HBox(row, layout=widgets.Layout(flex_flow="row wrap")), picture, text])


def _png(figure: Figure) -> bytes:
    """The figure as an image, drawn once: `savefig` would draw it twice to fit its layout."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    buffer = io.BytesIO()
    imsave(buffer, np.asarray(canvas.buffer_rgba()), format="png")
    return buffer.getvalue()


def _player(slider: widgets.IntSlider | widgets.SelectionSlider) -> widgets.Play:
    """A play button, joined to the slider in the browser, so that it runs at its own pace."""
    if isinstance(slider, widgets.SelectionSlider):
        low, high, position = 0, len(slider.options) - 1, "index"
    else:
        low, high, position = slider.min, slider.max, "value"
    player = widgets.Play(min=low, max=high, value=getattr(slider, position), interval=500)
    widgets.jslink((player, "value"), (slider, position))
    return player
