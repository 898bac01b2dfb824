"""What all figures share: colours, fonts, size, titles and legends."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import matplotlib as mpl
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.text import Text

BLUE, VERMILION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
ORANGE, SKY, BLACK, YELLOW = "#E69F00", "#56B4E9", "#000000", "#F0E442"
PALETTE = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, BLACK, YELLOW)
MARKERS = "os^Dv*P"
GOLD = ORANGE
GREY, INK = "#8A8A8A", "#222222"
SIZE = (7.0, 4.0)  # inches

# --- fonts --------------------------------------------------------------------------------------------------

_HANGUL = ("NanumGothic", "Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo", "AppleGothic")


@cache
def _families() -> list[str]:
    """The font families of every figure, the Hangul font last; looked for once, when first needed."""
    package = find_spec("koreanize_matplotlib")  # not imported: it needs distutils, gone since Python 3.12
    for folder in (package.submodule_search_locations or []) if package else []:
        path = Path(folder) / "fonts" / "NanumGothic.ttf"
        if path.is_file():
            fontManager.addfont(path)
    installed = {font.name for font in fontManager.ttflist}
    for name in _HANGUL:
        if name in installed:
            return ["DejaVu Sans", name]
    warnings.warn(
        "no font with Hangul was found, so Korean text will show as boxes: install koreanize-matplotlib, or "
        f"one of the fonts {', '.join(_HANGUL)}",
        stacklevel=2,
    )
    return ["DejaVu Sans"]


def _set_fonts(ax: Axes) -> None:
    """A font with Hangul for every text, also for ticks made later, after the style: they copy those there are."""
    for text in ax.findobj(Text):
        assert isinstance(text, Text)  # `findobj` declares any artist
        text.set_fontfamily(_families())


# --- figures ------------------------------------------------------------------------------------------------


@contextmanager
def style() -> Iterator[None]:
    """The look of the course's figures, for as long as the `with` lasts; other plots stay as they were.

    The drawing functions use it themselves. Use it for a plot of your own that holds Hangul:

        with style():
            plt.plot(values, label="손실")
    """
    with mpl.rc_context(
        {
            "font.family": _families(),
            "font.size": 10,
            "axes.titlesize": 12.5,
            "axes.titlelocation": "left",
            "axes.labelsize": 10,
            "axes.edgecolor": GREY,
            "axes.labelcolor": INK,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.axisbelow": True,
            "axes.prop_cycle": cycler(color=PALETTE),
            "axes.formatter.use_mathtext": True,
            "grid.color": "#E4E4E4",
            "grid.linewidth": 0.8,
            "legend.fontsize": 9,
            "legend.frameon": False,
            "text.color": INK,
            "xtick.labelsize": 9,
            "ytick.labelsize": 9,
            "xtick.color": GREY,
            "ytick.color": GREY,
            "xtick.labelcolor": INK,
            "ytick.labelcolor": INK,
        }
    ):
        yield


def figure(
    rows: int = 1, columns: int = 1, *, size: tuple[float, float] = SIZE, shown: bool = True, **options: Any
) -> tuple[Figure, Any]:
    """A new figure and its Axes, to hand to the drawing functions.

    Args:
        size: width and height in inches.
        shown: a pyplot figure, which Jupyter shows once, at the end of the cell. False: one that pyplot does
            not know and nobody shows, for the caller to turn into an image.
        options: passed on to `Figure.subplots`, for example `width_ratios`.

    Returns:
        the figure, and one Axes, or an array of Axes (columns,), (rows,) or (rows, columns).
    """
    make: Any = Figure
    if shown:
        from matplotlib import pyplot  # choosing a backend is left until a figure is wanted

        make = pyplot.figure
    # Outside the style: the first figure loads the backend, whose settings must outlast this call.
    fig = make(figsize=size, dpi=100, layout="constrained")
    with style():
        return fig, fig.subplots(rows, columns, **options)


def headline(figure: Figure, title: str) -> None:
    """Write a title over the whole figure, above the titles of its Axes."""
    with style():
        figure.suptitle(title, x=0.01, ha="left", fontsize=14)


# --- titles and legends -------------------------------------------------------------------------------------


@contextmanager
def drawing(ax: Axes | None, title: str, size: tuple[float, float] = SIZE, legend: bool = True) -> Iterator[Axes]:
    """Draw inside, on `ax` or a new figure; then the legend, the title and the fonts are put right."""
    ax = figure(size=size)[1] if ax is None else ax
    assert ax is not None  # `figure` declares its Axes as Any: it may be an array
    with style():
        _set_fonts(ax)  # what stands on an Axes that was handed in
        yield ax
        height = _legend(ax) if legend else 0.0
        ax.set_title(_wrapped(ax, title), loc="left", pad=6 + height, linespacing=1.25)
        for axes in (ax, *(image.colorbar.ax for image in ax.images if image.colorbar)):
            _set_fonts(axes)


def _legend(ax: Axes) -> float:
    """A legend above the axes, where it covers no data, in as few rows as fit; returns its height in points."""
    handles, labels = ax.get_legend_handles_labels()
    if not handles:
        return 0.0
    for columns in range(len(handles), 0, -1):
        legend = ax.legend(
            handles, labels, ncols=columns, loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.3,
            borderpad=0.2, handlelength=2.2 if ax.lines else 1.2, handletextpad=0.5, columnspacing=1.4,
        )  # fmt: skip
        box = legend.get_window_extent()
        if box.width <= ax.get_window_extent().width:
            break
    return box.height * 72 / ax.figure.dpi + 2


def _wrapped(ax: Axes, title: str) -> str:
    """The title in lines that fit over the axes."""
    text = ax.text(0, 0, "", fontsize=mpl.rcParams["axes.titlesize"])
    room = ax.get_window_extent().width
    lines = [""]
    for word in title.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        text.set_text(longer)
        if lines[-1] and text.get_window_extent().width > room:
            lines.append(word)
        else:
            lines[-1] = longer
    text.remove()
    return "\n".join(lines)
