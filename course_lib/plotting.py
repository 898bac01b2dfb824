"""Figures: arrays in, matplotlib Axes out.

Every drawing function takes anything that `numpy.asarray` takes (torch tensors too), draws on `ax` if one is
handed in and on a new figure otherwise, and returns the Axes. Titles state the finding. Colours are those of
Okabe and Ito (2008, *Color Universal Design*), which colour-blind readers can tell apart, and no figure relies
on colour alone. Hangul is drawn with NanumGothic, glyph by glyph, wherever the text font has none.

    curve            lines, with an interval over runs        bars      bars, with an interval over runs
    heatmap          a matrix, gold links outlined            points    labelled words in the plane
    matrix_product   rows picked out by one-hot vectors       arrows    analogies in the plane
    tree             a search: what was kept, pruned, chosen  plane     what a classifier says of each point
"""

import math
import unicodedata
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib import colors, ticker
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Annotation, Text
from matplotlib.transforms import IdentityTransform

BLUE, VERMILION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
ORANGE, SKY, BLACK, YELLOW = "#E69F00", "#56B4E9", "#000000", "#F0E442"
PALETTE = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, BLACK, YELLOW)
MARKERS = "os^Dv*P"
LINES = ("-", "--", "-.", (0, (1, 1.2)), (0, (5, 1, 1, 1, 1, 1)))
GOLD = ORANGE
GREY, INK = "#8A8A8A", "#222222"
SIZE = (7.0, 4.0)  # inches

SEQUENTIAL, DIVERGING = "Blues", "RdBu_r"

# --- style --------------------------------------------------------------------------------------------------

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
            "axes.prop_cycle": mpl.cycler(color=PALETTE),
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
    rows: int = 1, columns: int = 1, size: tuple[float, float] = SIZE, shown: bool = True, **options: Any
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
    make = Figure
    if shown:
        from matplotlib import pyplot  # choosing a backend is left until a figure is wanted

        make = pyplot.figure
    # Outside the style: the first figure loads the backend, whose settings must outlast this call.
    fig = make(figsize=size, dpi=100, layout="constrained")
    with style():
        return fig, fig.subplots(rows, columns, **options)


@contextmanager
def _drawing(ax: Axes | None, title: str, size: tuple[float, float] = SIZE, legend: bool = True) -> Iterator[Axes]:
    """Draw inside, on `ax` or a new figure; then the legend, the title and the fonts are put right."""
    ax = figure(size=size)[1] if ax is None else ax
    with style():
        _set_fonts(ax)  # what stands on an Axes that was handed in
        yield ax
        height = _legend(ax) if legend else 0.0
        ax.set_title(_wrapped(ax, title), loc="left", pad=6 + height, linespacing=1.25)
        for axes in (ax, *(image.colorbar.ax for image in ax.images if image.colorbar)):
            _set_fonts(axes)


def _set_fonts(ax: Axes) -> None:
    """A font with Hangul for every text, also for ticks made later, after the style: they copy those there are."""
    for text in ax.findobj(Text):
        text.set_fontfamily(_families())


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


# --- input --------------------------------------------------------------------------------------------------


def _array(name: str, values: Any, ndim: Sequence[int], shape: str) -> np.ndarray:
    """`values` as a float array of one of the numbers of dimensions, or a ValueError that says which."""
    if hasattr(values, "detach"):  # a tensor that carries a gradient does not turn into an array by itself
        values = values.detach().cpu()
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be numbers of shape {shape}: {error}") from None
    if array.ndim not in ndim or array.size == 0:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")
    return array


def _names(name: str, labels: Sequence[Any], count: int, of: str) -> list[str]:
    if isinstance(labels, str):  # a string is a sequence of its characters
        raise ValueError(f"{name} must be a list of {count} strings, got the string {labels!r}")
    labels = list(labels)
    if len(labels) != count:
        raise ValueError(f"{name} must have one entry per {of}, {count}, got {len(labels)}")
    return [str(label).replace("$", r"\$") for label in labels]  # a word, not the beginning of a formula


def _series(name: str, values: Any, shape: str) -> dict[str | None, np.ndarray]:
    """{label: array (R, n)}; R is the number of runs, 1 where only one was given."""
    by_label = values if isinstance(values, Mapping) else {None: values}
    if not by_label:
        raise ValueError(f"{name} must hold at least one entry, got none")
    arrays = {}
    for label, runs in by_label.items():
        where = name if label is None else f"{name}[{label!r}]"
        arrays[label if label is None else str(label)] = np.atleast_2d(_array(where, runs, (1, 2), shape))
    return arrays


# t such that 95 % of Student's distribution lies within -t .. t, for 1 to 30 degrees of freedom
_T95 = (
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448,
    2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484,
    2.0452, 2.0423,
)  # fmt: skip


def mean_interval(runs: Any) -> tuple[np.ndarray, np.ndarray]:
    """The mean over runs and the half width of its 95 % t-interval: (R, ...) -> (...), (...).

    The half width is t * s / sqrt(R), with s the standard deviation (R - 1 in the denominator) and t the 0.975
    quantile of Student's distribution with R - 1 degrees of freedom. One run has no interval: nan.
    """
    runs = _array("runs", runs, range(1, 9), "(R, ...)")
    R = len(runs)
    mean = runs.mean(0)
    if R == 1:
        return mean, np.full_like(mean, np.nan)
    df = R - 1
    z = 1.959964
    # Beyond the table, the first terms of the Cornish-Fisher expansion in 1 / df are exact to 4 decimals.
    t = _T95[df - 1] if df <= len(_T95) else z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
    return mean, t * runs.std(0, ddof=1) / math.sqrt(R)


# --- curves and bars ----------------------------------------------------------------------------------------


def curve(
    xs: Any,
    ys: Any,
    *,
    title: str,
    xlabel: str,
    ylabel: str,
    log: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Lines, for losses and the like; several runs of one line become their mean and its 95 % t-interval.

    Args:
        xs: positions (P,), or a dict with the positions of each line.
        ys: one line (P,), or its R runs (R, P), or a dict {label: either}. nan leaves a gap.
        log: the axes with a logarithmic scale: "", "x", "y" or "xy".

    Raises:
        ValueError: lines and positions of different lengths, or an unknown scale.
    """
    lines = _series("ys", ys, "(P,) or (R, P)")
    if log not in ("", "x", "y", "xy"):
        raise ValueError(f'log must be "", "x", "y" or "xy", got {log!r}')
    if isinstance(xs, Mapping) and set(map(str, xs)) != set(lines):
        raise ValueError(f"xs must have the labels of ys, {sorted(map(str, lines))}, got {sorted(map(str, xs))}")
    positions = {}
    for label, runs in lines.items():
        where = f"xs[{label!r}]" if isinstance(xs, Mapping) else "xs"
        of_label = {str(key): value for key, value in xs.items()}[label] if isinstance(xs, Mapping) else xs
        positions[label] = _array(where, of_label, (1,), "(P,)")
        if runs.shape[1] != len(positions[label]):
            raise ValueError(
                f"{'ys' if label is None else f'ys[{label!r}]'} must have one value per position, "
                f"{len(positions[label])}, got {runs.shape[1]}"
            )
    with _drawing(ax, title) as ax:
        for i, (label, runs) in enumerate(lines.items()):
            x, colour = positions[label], PALETTE[i % len(PALETTE)]
            mean, half = mean_interval(runs)
            ax.plot(
                x, mean, label=label, color=colour, linestyle=LINES[i % len(LINES)], linewidth=2,
                marker=MARKERS[i % len(MARKERS)] if len(x) <= 15 else "", markersize=5,
            )  # fmt: skip
            if len(runs) > 1:
                ax.fill_between(x, mean - half, mean + half, color=colour, alpha=0.18, linewidth=0)
        if "x" in log:
            ax.set_xscale("log")
            measured = np.unique(np.concatenate(list(positions.values())))
            if len(measured) <= 8:  # a few settings: their own values read better than powers of ten
                ax.xaxis.set_major_locator(ticker.FixedLocator(measured))
                ax.xaxis.set_major_formatter(ticker.StrMethodFormatter("{x:,g}"))
                ax.xaxis.set_minor_locator(ticker.NullLocator())
        else:
            counted = all((x == x.round()).all() for x in positions.values())  # epochs, steps, pairs
            ax.xaxis.set_major_locator(ticker.MaxNLocator(8, steps=[1, 2, 2.5, 5, 10], integer=counted))
            if counted or max(np.abs(x).max() for x in positions.values()) >= 10_000:
                ax.xaxis.set_major_formatter(ticker.StrMethodFormatter("{x:,.0f}"))
        if "y" in log:
            ax.set_yscale("log")
        ax.set(xlabel=xlabel, ylabel=ylabel)
        ax.grid(True)
        if any(len(runs) > 1 for runs in lines.values()):
            _note(ax, "band: 95 % interval of the mean over runs")
    return ax


def bars(
    labels: Sequence[str],
    values: Any,
    intervals: Any = None,
    *,
    title: str,
    ylabel: str,
    xlabel: str = "",
    chance: float | None = None,
    limits: tuple[float, float] | None = None,
    horizontal: bool = False,
    digits: int = 2,
    ax: Axes | None = None,
) -> Axes:
    """Bars from zero, grouped if there are several series, each with its value.

    Args:
        labels: C names, one per bar (or group of bars).
        values: one series (C,), or its R runs (R, C), or a dict {label: either}. Runs are drawn as dots, the
            bar is their mean, and the error bar the mean's 95 % t-interval.
        intervals: half widths of the error bars instead, in the form of `values`: (C,), or a dict of (C,).
        ylabel: what the bars measure; it stands below them if they are horizontal.
        xlabel: what the labels are.
        chance: the level of guessing, drawn as a line.
        limits: the least and the largest value that are possible, (0, 1) for a share: error bars and ticks end there.
        horizontal: bars to the right, the first label on top.
        digits: decimals of the values.

    Raises:
        ValueError: as many values as labels are expected, finite ones.
    """
    series = _series("values", values, "(C,) or (R, C)")
    C, S = next(iter(series.values())).shape[1], len(series)
    labels = _names("labels", labels, C, "bar")
    for label, runs in series.items():
        where = "values" if label is None else f"values[{label!r}]"
        if runs.shape[1] != C:
            raise ValueError(f"{where} must have one value per bar, {C}, got {runs.shape[1]}")
        if not np.isfinite(runs).all():
            raise ValueError(f"{where} must be finite, got {runs[~np.isfinite(runs)][0]}")
        if limits is not None and not (limits[0] <= runs.min() and runs.max() <= limits[1]):
            raise ValueError(f"{where} must lie within {limits}, got {runs.min():g} to {runs.max():g}")
    low, high = (-math.inf, math.inf) if limits is None else limits
    halves = {label: mean_interval(runs)[1] for label, runs in series.items()}
    if intervals is not None:
        given = _series("intervals", intervals, "(C,)")
        if {label: half.shape for label, half in given.items()} != dict.fromkeys(series, (1, C)):
            raise ValueError(
                f"intervals must have the labels of values, with {C} half widths each, "
                f"got { {label: half.shape[1] for label, half in given.items()} }"
            )
        halves = {label: half[0] for label, half in given.items()}

    with _drawing(ax, title) as ax:
        thick = 0.8 / S if S > 1 else 0.62
        for i, (label, runs) in enumerate(series.items()):
            colour, mean, half = PALETTE[i % len(PALETTE)], runs.mean(0), np.nan_to_num(halves[label])
            at = np.arange(C) + (i - (S - 1) / 2) * thick
            draw, error = (ax.barh, "xerr") if horizontal else (ax.bar, "yerr")
            draw(
                at, mean, thick * 0.92, label=label, color=colour, alpha=0.85,
                hatch=("", "//", "..", "xx")[i % 4] if S > 1 else "", edgecolor="white", linewidth=0.8,
            )  # fmt: skip
            ends = np.clip([mean - half, mean + half], low, high)  # (2, C)
            if half.any():
                place = (mean, at) if horizontal else (at, mean)
                ax.errorbar(
                    *place,
                    **{error: [mean - ends[0], ends[1] - mean]},
                    fmt="none",
                    ecolor=INK,
                    elinewidth=1.4,
                    capsize=4,
                )
            if len(runs) > 1:
                spread = thick * 0.3 * np.linspace(-1, 1, len(runs))[:, None] + at  # (R, C)
                place = (runs, spread) if horizontal else (spread, runs)
                ax.plot(*place, "o", color="white", markeredgecolor=INK, markersize=4, markeredgewidth=0.9)
            if C * S <= 24:
                reach = np.vstack([ends, runs])
                for x, value, top, bottom in zip(at, mean, reach.max(0), reach.min(0), strict=True):
                    _value(ax, x, _number(value, digits), top if value >= 0 else bottom, value < 0, horizontal)
        categories, measure = (ax.yaxis, ax.xaxis) if horizontal else (ax.xaxis, ax.yaxis)
        categories.set_ticks(np.arange(C), labels)
        categories.set_tick_params(length=0)
        categories.set_label_text(xlabel)
        measure.set_label_text(ylabel)
        measure.grid(True)
        (ax.set_ylim if horizontal else ax.set_xlim)(-0.6, C - 0.4)
        if horizontal:
            ax.invert_yaxis()
            ax.axvline(0, color=GREY, linewidth=0.8)
        else:
            ax.axhline(0, color=GREY, linewidth=0.8)
            _turn(ax, labels)
        if chance is not None:
            line = ax.axvline if horizontal else ax.axhline
            line(chance, color=INK, linestyle=":", linewidth=1.6, label=f"chance, {chance:.{digits}f}")
        ax.margins(**{"x" if horizontal else "y": 0.12})
        if limits is not None:
            seen = measure.get_view_interval()
            measure.set_ticks([tick for tick in measure.get_ticklocs() if max(low, seen[0]) <= tick <= high])
        if any(len(runs) > 1 for runs in series.values()) and intervals is None:
            _note(ax, "dot: one run; bar and line: mean and its 95 % interval")
    return ax


def _value(ax: Axes, at: float, text: str, end: float, below: bool, horizontal: bool) -> None:
    """The value of a bar, just beyond all that was drawn for it."""
    offset = -3 if below else 3
    ax.annotate(
        text,
        (end, at) if horizontal else (at, end),
        (offset, 0) if horizontal else (0, offset),
        textcoords="offset points",
        ha=("right" if below else "left") if horizontal else "center",
        va="center" if horizontal else ("top" if below else "bottom"),
        fontsize=9,
    )


def _note(ax: Axes, text: str) -> None:
    """A remark under the label of the x-axis."""
    label = ax.get_xlabel()
    ax.set_xlabel(f"{label}\n({text})" if label else f"({text})")


def _turn(ax: Axes, labels: Sequence[str]) -> None:
    """Turn the labels of the x-axis if they would run into each other."""
    room = ax.get_window_extent().width / len(labels)
    ticks = ax.get_xticklabels()
    if max(tick.get_window_extent().width for tick in ticks) > 0.95 * room:
        slanted = room > 0.26 * ax.figure.dpi  # a slanted line of text is about 0.26 inches wide
        for tick in ticks:
            tick.set(rotation=40 if slanted else 90, rotation_mode="anchor", ha="right")
            tick.set_va("top" if slanted else "center")


# --- matrices -----------------------------------------------------------------------------------------------


def heatmap(
    matrix: Any,
    rows: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
    *,
    title: str,
    xlabel: str,
    ylabel: str,
    value: str = "",
    links: Sequence[tuple[int, int]] | None = None,
    low: float | None = None,
    high: float | None = None,
    annotate: bool | None = None,
    digits: int = 2,
    ax: Axes | None = None,
) -> Axes:
    """A matrix (rows, columns) as coloured cells, with a bar that says what the colours mean.

    A matrix of True and False, such as a mask, is dark where it is True, and needs no bar and no numbers.
    Values of both signs get a diverging map with white at zero, others a sequential one. Cells that are not
    finite (a masked score of minus infinity) are grey.

    Args:
        rows, columns: their names; None for numbers.
        value: what the colours mean.
        links: cells (row, column) that are outlined in gold, for example a gold word alignment.
        low, high: the ends of the colour scale; by default those of the data. With both signs the nearer end
            is moved out, so that zero is in the middle.
        annotate: write the values into the cells; by default if the matrix is small enough and not of truth values.
        digits: decimals of the values.

    Raises:
        ValueError: names that don't fit the shape, a link outside the matrix, no finite value.
    """
    truth = str(getattr(matrix, "dtype", "")).endswith("bool")  # of NumPy or of torch
    matrix = _array("matrix", matrix, (2,), "(rows, columns)")
    R, C = matrix.shape
    rows = None if rows is None else _names("rows", rows, R, "row")
    columns = None if columns is None else _names("columns", columns, C, "column")
    links = [tuple(map(int, link)) for link in (() if links is None else links)]
    for link in links:
        if len(link) != 2 or not (0 <= link[0] < R and 0 <= link[1] < C):
            raise ValueError(f"links must be (row, column) within {R} rows and {C} columns, got {link}")
    shown = matrix[np.isfinite(matrix)]
    if not shown.size:
        raise ValueError("matrix must hold at least one finite value, got none")
    if truth:
        low, high = 0, 1
    lowest, highest = shown.min() if low is None else low, shown.max() if high is None else high
    diverging = lowest < 0 < highest
    if diverging:
        highest = max(highest, -lowest)
        lowest = -highest
    if annotate is None:
        annotate = R <= 12 and C <= 10 and not truth

    height = SIZE[1] if rows is None else min(12.0, max(SIZE[1], 1.5 + 0.24 * R))
    with _drawing(ax, title, (SIZE[0], height)) as ax:
        colours = mpl.colormaps[DIVERGING if diverging else SEQUENTIAL].with_extremes(bad="#D9D9D9")
        image = ax.imshow(
            np.ma.masked_invalid(matrix), cmap=colours, vmin=lowest, vmax=highest, aspect="auto",
            interpolation="nearest",
        )  # fmt: skip
        for axis, names in ((ax.yaxis, rows), (ax.xaxis, columns)):
            if names is not None:
                axis.set_ticks(np.arange(len(names)), names)
            else:
                axis.set_major_locator(ticker.MaxNLocator(12, integer=True))
            axis.set_tick_params(length=0)
        if columns is not None:
            _turn(ax, columns)
        ax.spines[:].set_visible(False)
        if R * C <= 1000:  # thin white lines between the cells
            ax.set_xticks(np.arange(C + 1) - 0.5, minor=True)
            ax.set_yticks(np.arange(R + 1) - 0.5, minor=True)
            ax.grid(True, which="minor", color="white", linewidth=1)
            ax.tick_params(which="minor", length=0)
        if annotate:
            for (i, j), number in np.ndenumerate(matrix):
                ax.text(
                    j, i, _number(number, digits), ha="center", va="center", fontsize=9,
                    color=_readable(image.cmap(image.norm(number)) if np.isfinite(number) else "#D9D9D9"),
                )  # fmt: skip
        for n, (i, j) in enumerate(links):
            ax.add_patch(
                Rectangle(
                    (j - 0.46, i - 0.46), 0.92, 0.92, fill=False, edgecolor=GOLD, linewidth=2.4,
                    label="gold link" if n == 0 else None,
                )
            )  # fmt: skip
        ax.set(xlabel=xlabel, ylabel=ylabel)
        if not truth:
            bar = ax.figure.colorbar(image, ax=ax, label=value, pad=0.02, fraction=0.05, aspect=5 * height)
            bar.outline.set_visible(False)
    return ax


def _number(value: float, digits: int) -> str:
    if not np.isfinite(value):
        return "" if np.isnan(value) else ("∞" if value > 0 else "−∞")
    return f"{value:.{digits}f}".replace("-", "−")


def _readable(background: Any) -> str:
    """Black or white, whichever contrasts more with the background (WCAG 2, relative luminance)."""
    rgb = np.array(colors.to_rgb(background))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return BLACK if linear @ (0.2126, 0.7152, 0.0722) > 0.179 else "white"


def matrix_product(
    one_hot: Any,
    weight: Any,
    product: Any,
    row_labels: Sequence[str],
    *,
    title: str,
    vocabulary: Sequence[str] | None = None,
    digits: int = 1,
    ax: Axes | None = None,
) -> Axes:
    """One-hot rows times a matrix are rows of the matrix: (T, V) x (V, E) = (T, E), drawn cell by cell.

    Each row of `one_hot`, the row of `weight` that it picks, and the row of `product` have the same colour.

    Args:
        row_labels: T words, the rows of `one_hot`.
        vocabulary: V words, the rows of `weight`.

    Raises:
        ValueError: shapes that do not fit, rows that are not one-hot, a product that is not the product.
    """
    one_hot = _array("one_hot", one_hot, (2,), "(T, V)")
    weight = _array("weight", weight, (2,), "(V, E)")
    product = _array("product", product, (2,), "(T, E)")
    T, V, E = len(one_hot), *weight.shape
    if one_hot.shape[1] != V:
        raise ValueError(f"one_hot must have one column per row of weight, {V}, got {one_hot.shape[1]}")
    if product.shape != (T, E):
        raise ValueError(f"product must have shape ({T}, {E}), got {product.shape}")
    picked = one_hot.argmax(1).tolist()
    if not np.array_equal(one_hot, np.eye(V)[picked]):
        row = int(np.flatnonzero((one_hot != np.eye(V)[picked]).any(1))[0])
        raise ValueError(f"one_hot must hold a single 1 per row and 0 elsewhere, got {one_hot[row]} in row {row}")
    if not np.allclose(product, weight[picked], rtol=1e-4, atol=1e-6):
        row = int(np.flatnonzero(~np.isclose(product, weight[picked], rtol=1e-4, atol=1e-6).all(1))[0])
        raise ValueError(
            f"product must be one_hot @ weight: row {row} should be row {picked[row]} of weight, "
            f"{weight[picked[row]]}, got {product[row]}"
        )
    row_labels = _names("row_labels", row_labels, T, "row of one_hot")
    vocabulary = None if vocabulary is None else _names("vocabulary", vocabulary, V, "row of weight")
    # One colour per row of weight that is picked, so that a word that occurs twice has one colour.
    colour_of = {word: PALETTE[n % 6] for n, word in enumerate(dict.fromkeys(picked))}
    bound = 1.6 * np.abs(weight).max() or 1.0  # pale cells, so that the outlines carry the message
    tint = mpl.colormaps[DIVERGING]
    shades = [[tint(0.5 + number / (2 * bound)) for number in row] for row in weight]  # (V, E)
    switches = [[colour_of[word] if v == word else "#F2F2F2" for v in range(V)] for word in picked]  # (T, V)
    outlines = {i: colour_of[word] for i, word in enumerate(picked)}

    with _drawing(ax, title, (SIZE[0], max(SIZE[1], 1.5 + 0.3 * max(T, V)))) as ax:
        # A cell of the one-hot rows is 1 wide and high, one of the others `wide`; texts are measured in points.
        wide, gap, middle = 0.9 + 0.45 * digits, 2.0, max(T, V) / 2
        names = [max(map(_points_wide, labels), default=0.0) for labels in (row_labels, vocabulary or [])]
        room = ax.get_window_extent().width * 72 / ax.figure.dpi - sum(names)
        unit = max(room, 1.0) / (V + 2 * E * wide + 2 * gap + 1)
        lefts = np.cumsum([0.0, V + gap + names[1] / unit, E * wide + gap])
        for left, matrix, width, labels, faces, frames, text in (
            (lefts[0], one_hot, 1.0, row_labels, switches, outlines, f"one-hot rows\n({T}, {V})"),
            (lefts[1], weight, wide, vocabulary, shades, colour_of, f"embedding matrix\n({V}, {E})"),
            (lefts[2], product, wide, None, [shades[v] for v in picked], outlines, f"word vectors\n({T}, {E})"),
        ):
            top, columns = middle - len(matrix) / 2, matrix.shape[1]
            for (i, j), number in np.ndenumerate(matrix):
                corner = left + j * width, top + i
                ax.add_patch(Rectangle(corner, width, 1, facecolor=faces[i][j], edgecolor="white", linewidth=1.2))
                ax.text(
                    corner[0] + width / 2, corner[1] + 0.5, _number(number, 0 if matrix is one_hot else digits),
                    ha="center", va="center", fontsize=9, color=_readable(faces[i][j]),
                )  # fmt: skip
            for i, colour in frames.items():
                frame = Rectangle((left, top + i), columns * width, 1, fill=False, edgecolor=colour, linewidth=2.4)
                ax.add_patch(frame)
            for i, label in enumerate(labels or []):
                ax.text(left - 0.25, top + i + 0.5, label, ha="right", va="center")
            below = left + columns * width / 2, top + len(matrix) + 0.35
            ax.text(*below, text, ha="center", va="top", linespacing=1.3)
        for x, sign in ((V + gap / 2, "×"), (lefts[2] - gap / 2, "=")):
            ax.text(x, middle, sign, ha="center", va="center", fontsize=18)
        ax.set(xlim=(-0.25 - names[0] / unit, lefts[2] + E * wide + 0.1), ylim=(max(T, V) + 2.4, -0.2))
        ax.set_axis_off()
    return ax


def _points_wide(text: str, size: float = 10.0) -> float:
    """About how wide a text is, in points: Hangul is as wide as it is high, other letters less."""
    return size * sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.65 for letter in text)


# --- words in the plane -------------------------------------------------------------------------------------


class Basis(NamedTuple):
    """Axes that vectors (n, d) are projected on.

    Attributes:
        mean: the point that becomes the origin, (d,).
        directions: orthonormal rows, (k, d).
        share: the share of the variance along each direction, (k,).
    """

    mean: np.ndarray
    directions: np.ndarray
    share: np.ndarray


def pca(x: Any, k: int = 2, basis: Basis | None = None) -> tuple[np.ndarray, Basis]:
    """Principal components: x (n, d) -> (n, k), and the basis that they are coordinates in.

    The sign of a direction is free; here its largest component is positive, so that equal input gives equal
    pictures. With the `basis` of one snapshot others are projected on the same axes, and can be compared.

    Raises:
        ValueError: k larger than n or d, values that are not finite, a basis of another size.
    """
    x = _array("x", x, (2,), "(n, d)")
    if not np.isfinite(x).all():
        raise ValueError("x must be finite, got nan or inf")
    n, d = x.shape
    if basis is None:
        if not 1 <= k <= min(n, d):
            raise ValueError(f"k must be from 1 to {min(n, d)} for x of shape {x.shape}, got {k}")
        mean = x.mean(0)
        _, singular, directions = np.linalg.svd(x - mean, full_matrices=False)
        largest = directions[np.arange(len(directions)), np.abs(directions).argmax(1)]
        variance = singular**2
        share = variance / (variance.sum() or 1.0)
        basis = Basis(mean, (directions * np.sign(largest)[:, None])[:k], share[:k])
    elif basis.directions.shape[1] != d:
        raise ValueError(f"x must have {basis.directions.shape[1]} columns, like the basis, got {d}")
    return (x - basis.mean) @ basis.directions.T, basis


def component_labels(basis: Basis) -> tuple[str, ...]:
    """Names for the axes of a projection, with the share of the variance that each shows."""
    return tuple(f"principal component {i} ({share:.0%})" for i, share in enumerate(basis.share, start=1))


def points(
    xy: Any,
    labels: Sequence[str],
    groups: Sequence[str] | None = None,
    *,
    title: str,
    xlabel: str = "first principal component",
    ylabel: str = "second principal component",
    legend: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Words as labelled points in the plane, with a colour and a marker for each group.

    Labels are moved apart each time the figure is drawn, so they also fit after it was resized.

    Args:
        xy: positions (P, 2).
        labels: P words.
        groups: P names; None for a single group.
        legend: name the groups above the axes.

    Raises:
        ValueError: positions that are not (P, 2) and finite, as many labels and groups as points expected.
    """
    xy = _plane(xy)
    labels = _names("labels", labels, len(xy), "point")
    groups = None if groups is None else _names("groups", groups, len(xy), "point")
    with _drawing(ax, title, legend=legend) as ax:
        for i, group in enumerate(dict.fromkeys(groups or [None])):
            chosen = xy if group is None else xy[[name == group for name in groups]]
            colour, marker = PALETTE[i % len(PALETTE)], MARKERS[i % len(MARKERS)]
            ax.scatter(*chosen.T, s=34, color=colour, marker=marker, label=group, edgecolor="white", linewidth=0.6)
        ax.margins(0.1)
        ax.set(xlabel=xlabel, ylabel=ylabel)
        ax.grid(True)
        _label(ax, xy, labels)
    return ax


def arrows(
    xy: Any,
    pairs: Sequence[tuple[int, int]],
    labels: Sequence[str],
    *,
    title: str,
    xlabel: str = "first principal component",
    ylabel: str = "second principal component",
    ax: Axes | None = None,
) -> Axes:
    """Analogies in the plane: an arrow for each pair; parallel arrows are the same relation.

    With exactly two pairs, (a, b) and (c, d), a dashed arrow shows where b - a + c points to from c.

    Args:
        xy: positions (P, 2).
        pairs: (from, to), indices into `xy`.
        labels: P words.

    Raises:
        ValueError: positions that are not (P, 2) and finite, a wrong number of labels, no pairs or an index
            out of range.
    """
    xy = _plane(xy)
    labels = _names("labels", labels, len(xy), "point")
    pairs = [tuple(map(int, pair)) for pair in pairs]
    if not pairs:
        raise ValueError("pairs must hold at least one (from, to), got none")
    for pair in pairs:
        if len(pair) != 2 or not all(0 <= i < len(xy) for i in pair):
            raise ValueError(f"pairs must be (from, to), indices from 0 to {len(xy) - 1}, got {pair}")
    with _drawing(ax, title) as ax:
        obstacles = [xy]
        for i, (start, end) in enumerate(pairs):
            _arrow(ax, xy[start], xy[end], PALETTE[i % len(PALETTE)], "-")
            obstacles.append(np.linspace(xy[start], xy[end], 12))
        if len(pairs) == 2:
            (a, b), (c, _) = pairs
            corner = xy[b] - xy[a] + xy[c]
            _arrow(ax, xy[c], corner, GREY, (0, (4, 3)))
            ax.plot(*corner, "o", markersize=9, markerfacecolor="none", markeredgecolor=GREY, markeredgewidth=1.5)
            obstacles.append(np.linspace(xy[c], corner, 12))
            xy, labels = np.vstack([xy, corner]), [*labels, f"{labels[b]} − {labels[a]} + {labels[c]}"]
        ax.plot(*xy[: len(labels) - (len(pairs) == 2)].T, "o", color=INK, markersize=6, markeredgecolor="white")
        ax.margins(0.14)
        ax.set(xlabel=xlabel, ylabel=ylabel)
        ax.grid(True)
        _label(ax, xy, labels, np.vstack(obstacles))
    return ax


def _arrow(ax: Axes, start: np.ndarray, end: np.ndarray, colour: str, line: Any) -> None:
    ax.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=16, color=colour, linewidth=2, linestyle=line,
            shrinkA=4, shrinkB=5,
        )
    )  # fmt: skip
    ax.update_datalim([start, end])


def _plane(xy: Any) -> np.ndarray:
    xy = _array("xy", xy, (2,), "(P, 2)")
    if xy.shape[1] != 2:
        raise ValueError(f"xy must have shape (P, 2), got {xy.shape}")
    if not np.isfinite(xy).all():
        raise ValueError("xy must be finite, got nan or inf")
    return xy


def _label(ax: Axes, xy: np.ndarray, labels: Sequence[str], obstacles: np.ndarray | None = None) -> list[Annotation]:
    """Write a label beside each point of `xy`, apart from one another and from the obstacles."""
    texts = [
        ax.annotate(label, place, (0, 9), textcoords="offset points", ha="center", va="center", fontsize=9, zorder=4)
        for label, place in zip(labels, xy, strict=True)
    ]
    ax.add_artist(_MoveApart(texts, xy, xy if obstacles is None else obstacles))
    return texts


class _MoveApart(Artist):
    """Places labels just before they are drawn, when the size of everything is known.

    A label that has to stand off gets a line to its point.
    """

    def __init__(self, texts: list[Annotation], xy: np.ndarray, obstacles: np.ndarray):
        super().__init__()
        self.texts, self.xy, self.obstacles = texts, xy, obstacles
        self.set_zorder(3.9)  # just below the labels
        self.set_in_layout(False)

    def draw(self, renderer: Any) -> None:
        scale = renderer.points_to_pixels(1.0)
        centres, obstacles = (self.axes.transData.transform(xy) / scale for xy in (self.xy, self.obstacles))
        extents = [text.get_window_extent(renderer) for text in self.texts]
        halves = np.array([(box.width, box.height) for box in extents]) / 2 / scale
        frame = np.array(self.axes.get_window_extent(renderer).extents) / scale
        lines = []
        for text, centre, half, offset in zip(
            self.texts, centres, halves, _apart(centres, halves, obstacles, frame), strict=True
        ):
            text.xyann = offset
            edge = np.clip(centre, centre + offset - half, centre + offset + half)
            if np.hypot(*(edge - centre)) > _GAPS[1] - 1:
                lines.append(np.array([centre, edge]) * scale)
        leaders = LineCollection(lines, colors=GREY, linewidths=0.6, transform=IdentityTransform())
        leaders.set_figure(self.figure)
        leaders.draw(renderer)


_GAPS = (6.0, 14.0, 24.0, 36.0)  # from a point to the nearest edge of its label
_ANGLES = np.deg2rad([0, 180, 90, 270, 45, 135, 315, 225])


def _apart(centres: np.ndarray, halves: np.ndarray, obstacles: np.ndarray, frame: np.ndarray) -> np.ndarray:
    """Where to write labels, as offsets of their middles from their points; all lengths in typographic points.

    Each label goes to the place around its point where it overlaps least with other labels, with obstacles and
    with the edge of the frame. Later rounds mend what the first could not know.

    Args:
        centres: the points, (P, 2).
        halves: half the width and height of each label, (P, 2).
        obstacles: points that should stay visible, (n, 2).
        frame: left, bottom, right, top.

    Returns:
        offsets (P, 2).
    """
    P = len(centres)
    direction = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], axis=1)  # (8, 2)
    corner = np.sign(direction.round(6))  # the edge or corner of the label that faces its point
    offsets = np.concatenate([gap * direction + corner * halves[:, None] for gap in _GAPS], axis=1)  # (P, K, 2)
    middles = centres[:, None] + offsets
    boxes = np.concatenate([middles - halves[:, None], middles + halves[:, None]], axis=-1)  # (P, K, 4)
    blocks = np.hstack([obstacles - 4, obstacles + 4])  # (n, 4)
    outside = np.maximum(frame[:2] - boxes[..., :2], 0) + np.maximum(boxes[..., 2:] - frame[2:], 0)
    cost = np.repeat(_GAPS, len(direction)) + 0.4 * np.arange(offsets.shape[1]) + 50 * outside.sum(-1)  # (P, K)
    cost += 2 * np.stack([_overlap(box, blocks).sum(-1) for box in boxes])
    distance = np.hypot(*(centres[:, None] - centres).T)  # (P, P)
    order = np.argsort(-(distance < 60).sum(1), kind="stable")  # the most crowded first
    place = np.full(P, -1)
    for _ in range(3):
        for i in order:
            others = (place >= 0) & (np.arange(P) != i)
            shared = _overlap(boxes[i], boxes[others, place[others]])  # (K, others)
            # Any overlap of two labels is worse than a long way from the point.
            clash = 4 * shared + halves[i].prod() * 3 * (shared > 0)
            place[i] = (cost[i] + clash.sum(-1)).argmin()
    return offsets[np.arange(P), place]


def _overlap(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """The shared area of each pair of boxes (left, bottom, right, top): (K, 4), (n, 4) -> (K, n)."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    return np.clip(high - low, 0, None).prod(-1)


# --- a classifier in the plane ------------------------------------------------------------------------------


def lattice(limit: float, n: int = 81) -> np.ndarray:
    """The points of a square around the origin, (n * n, 2): row by row from the bottom, each row from left to right.

    Args:
        limit: half the side; both coordinates run from -limit to limit.

    Raises:
        ValueError: a limit that is not positive, fewer than 2 points a side.
    """
    if not limit > 0 or n < 2:
        raise ValueError(f"limit must be positive and n at least 2, got limit={limit} and n={n}")
    side = np.linspace(-limit, limit, n)
    return np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)


def plane(
    probability: Any,
    limit: float,
    xy: Any,
    labels: Any,
    *,
    title: str,
    lines: tuple[Any, Any] | None = None,
    legend: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """What a classifier of two classes says of each point of the plane, and the examples that it should tell apart.

    The colour is the probability; the boundary, where it is one half, is a solid line.

    Args:
        probability: of class 1 at the points of `lattice(limit)`, (n * n,).
        xy: examples (P, 2).
        labels: their classes, (P,), each 0 or 1.
        lines: weight (H, 2) and bias (H,) of neurons. For each the line where w · x + b = 0 is dashed, with an arrow
            to the side where it is positive.
        legend: name the classes above the axes.

    Raises:
        ValueError: probabilities that are not those of a square lattice, labels other than 0 and 1, as many labels as
            examples and biases as weights expected.
    """
    probability = _array("probability", probability, (1,), "(n * n,)")
    n = math.isqrt(len(probability))
    if n < 2 or n * n != len(probability):
        raise ValueError(
            f"probability must hold one value per point of a square lattice, n * n, got {len(probability)}"
        )
    xy = _plane(xy)
    labels = _array("labels", labels, (1,), "(P,)")
    if len(labels) != len(xy) or not np.isin(labels, (0, 1)).all():
        raise ValueError(f"labels must be {len(xy)} times 0 or 1, got {len(labels)} labels: {np.unique(labels)[:4]}")
    weight, bias = np.zeros((0, 2)), np.zeros(0)
    if lines is not None:
        weight, bias = _array("weight", lines[0], (2,), "(H, 2)"), _array("bias", lines[1], (1,), "(H,)")
        if weight.shape != (len(bias), 2):
            raise ValueError(f"lines must be weight (H, 2) and bias (H,), got {weight.shape} and {bias.shape}")

    with _drawing(ax, title, legend=legend) as ax:
        square = probability.reshape(n, n)
        map_ = colors.LinearSegmentedColormap.from_list("classes", ("#8FC1E3", "white", "#F0B28A"))
        extent = np.array((-limit, limit, -limit, limit))
        ax.imshow(
            square, cmap=map_, vmin=0, vmax=1, origin="lower", interpolation="bilinear", zorder=0,
            extent=tuple(extent * n / (n - 1)),  # that of the pixels, whose centres are the points of the lattice
        )  # fmt: skip
        if square.min() < 0.5 < square.max():  # else there is no boundary here
            ax.contour(square, levels=[0.5], extent=tuple(extent), colors=INK, linewidths=2)
            ax.plot([], [], color=INK, linewidth=2, label="boundary")
        ax.axhline(0, color=GREY, linewidth=0.8)
        ax.axvline(0, color=GREY, linewidth=0.8)
        lengths = np.linalg.norm(weight, axis=1)
        for i in lengths.nonzero()[0]:  # weights of 0 draw no line
            w, b, length = weight[i], bias[i], lengths[i]
            foot = -b * w / length**2  # the point of the line that is nearest to the origin
            ax.axline(
                foot, foot + np.array((-w[1], w[0])), color=PURPLE, linestyle=(0, (5, 3)), linewidth=1.4,
                label="neuron" if i == lengths.nonzero()[0][0] else None,
            )  # fmt: skip
            if np.abs(foot).max() < limit:
                ax.add_patch(
                    FancyArrowPatch(
                        foot, foot + 0.2 * limit * w / length, arrowstyle="-|>", mutation_scale=12, color=PURPLE,
                        linewidth=1.4, shrinkA=0, shrinkB=0,
                    )
                )  # fmt: skip
        for label, colour, marker in ((0, BLUE, "o"), (1, VERMILION, "s")):
            ax.scatter(
                *xy[labels == label].T, s=34, color=colour, marker=marker, edgecolor="white", linewidth=0.7,
                label=f"class {label}", zorder=3,
            )  # fmt: skip
        ax.set(xlabel="$x_1$", ylabel="$x_2$", xlim=(-limit, limit), ylim=(-limit, limit), aspect="equal", anchor="W")
    return ax


# --- trees --------------------------------------------------------------------------------------------------


def tree(
    parents: Sequence[int],
    labels: Sequence[str],
    *,
    title: str,
    xlabel: str,
    notes: Sequence[str] | None = None,
    kept: Sequence[bool] | None = None,
    ended: Sequence[bool] | None = None,
    path: Sequence[int] = (),
    ax: Axes | None = None,
) -> Axes:
    """A tree from left to right, such as that of a beam search: a column for each step, in the order that is given.

    What was not kept is grey, and hangs on a dotted line; what has ended has a frame; the path that was chosen is
    drawn strong. Nothing is told by colour alone.

    Args:
        parents: for each node the place of its parent; -1 for the root, which comes first, as parents do.
        labels: of the nodes.
        notes: a second, smaller line for each node, for example its score.
        kept: False for nodes that were pruned; None: all were kept.
        ended: True for nodes that are complete; None: none is.
        path: the places of the nodes on the chosen path.

    Raises:
        ValueError: no root at place 0, a parent that does not stand before its child, lists of other lengths, a place
            outside the tree.
    """
    parents = [int(parent) for parent in parents]
    n = len(parents)
    if not n or parents[0] != -1:
        raise ValueError(f"parents must begin with -1, the root, got {parents[:1]}")
    for place, parent in enumerate(parents[1:], start=1):
        if not 0 <= parent < place:
            raise ValueError(f"the parent of node {place} must be from 0 to {place - 1}, got {parent}")
    labels = _names("labels", labels, n, "node")
    notes = [""] * n if notes is None else _names("notes", notes, n, "node")
    kept = [True] * n if kept is None else [bool(flag) for flag in kept]
    ended = [False] * n if ended is None else [bool(flag) for flag in ended]
    for name, flags in (("kept", kept), ("ended", ended)):
        if len(flags) != n:
            raise ValueError(f"{name} must have one entry per node, {n}, got {len(flags)}")
    chosen = {int(place) for place in path}
    if chosen and not (min(chosen) >= 0 and max(chosen) < n):
        raise ValueError(f"path must hold places from 0 to {n - 1}, got {sorted(chosen)}")

    depth, row = np.zeros(n, dtype=int), np.zeros(n, dtype=int)
    for place, parent in enumerate(parents[1:], start=1):
        depth[place] = depth[parent] + 1
        row[place] = (depth[:place] == depth[place]).sum()
    steps, rows = depth.max(), row.max() + 1
    reach = 0.3  # of a column: what a label takes on each side of its middle
    with _drawing(ax, title, (max(SIZE[0], 1.3 * (steps + 1)), 0.45 * rows + 1.2), legend=False) as ax:
        for place, parent in enumerate(parents):
            strong = place in chosen
            colour = VERMILION if strong else INK if kept[place] else GREY
            if parent >= 0:
                ax.plot(
                    [depth[parent] + reach, depth[place] - reach], [row[parent], row[place]], color=colour,
                    linewidth=2.8 if strong else 1.0, linestyle="-" if kept[place] else ":",
                )  # fmt: skip
            frame = {"boxstyle": "round,pad=0.25", "facecolor": "none", "edgecolor": "none", "linewidth": 1.6}
            if ended[place]:
                frame["edgecolor"] = colour
            text = f"{labels[place]}\n{notes[place]}" if notes[place] else labels[place]
            ax.text(
                depth[place], row[place], text, ha="center", va="center", fontsize=9, linespacing=1.05,
                color=colour, bbox=frame,
            )  # fmt: skip
        ax.set(xlim=(-0.5, steps + 0.5), ylim=(rows - 0.4, -0.6), xlabel=xlabel, yticks=[])
        ax.xaxis.set_major_locator(ticker.MaxNLocator(24, integer=True))
        ax.spines["left"].set_visible(False)
        _note(ax, "strong line: chosen; framed: ended; dotted and grey: pruned")
    return ax
