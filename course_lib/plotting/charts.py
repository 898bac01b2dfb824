"""Charts of measurements: lines and bars, with the interval of the mean where there are several runs."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib import ticker
from matplotlib.axes import Axes

from course_lib.plotting.inputs import Array, check_array, check_names, check_series, entry
from course_lib.plotting.labels import note, number, turn
from course_lib.plotting.theme import GREY, INK, MARKERS, PALETTE, drawing

_LINES: tuple[Any, ...] = ("-", "--", "-.", (0, (1, 1.2)), (0, (5, 1, 1, 1, 1, 1)))


def mean_interval(runs: Any) -> tuple[Array, Array]:
    """The mean over runs and the half width of its 95 % t-interval: (R, ...) -> (...), (...).

    The half width is t * s / sqrt(R), with s the standard deviation (R - 1 in the denominator) and t the 0.975
    quantile of Student's distribution with R - 1 degrees of freedom. One run has no interval: nan.
    """
    runs = check_array("runs", runs, range(1, 9), "(R, ...)")
    R = len(runs)
    mean = runs.mean(0)
    if R == 1:
        return mean, np.full_like(mean, np.nan)
    from scipy import stats  # when it is needed: it takes a while to load

    return mean, stats.t.ppf(0.975, R - 1) * runs.std(0, ddof=1) / math.sqrt(R)


# --- curves -------------------------------------------------------------------------------------------------


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
    lines = check_series("ys", ys, "(P,) or (R, P)")
    if log not in ("", "x", "y", "xy"):
        raise ValueError(f'log must be "", "x", "y" or "xy", got {log!r}')
    positions = _positions(xs, lines)
    with drawing(ax, title) as ax:
        for i, (label, runs) in enumerate(lines.items()):
            _line(ax, positions[label], runs, label, i)
        if "x" in log:
            _logarithmic(ax, np.unique(np.concatenate(list(positions.values()))))
        else:
            _linear(ax, list(positions.values()))
        if "y" in log:
            ax.set_yscale("log")
        ax.set(xlabel=xlabel, ylabel=ylabel)
        ax.grid(True)
        if any(len(runs) > 1 for runs in lines.values()):
            note(ax, "band: 95 % interval of the mean over runs")
    return ax


def _positions(xs: Any, lines: dict[str | None, Array]) -> dict[str | None, Array]:
    """The positions (P,) of each line (R, P), those given for all or for each."""
    given = {str(key): value for key, value in xs.items()} if isinstance(xs, Mapping) else None
    if given is not None and set(given) != set(lines):
        raise ValueError(f"xs must have the labels of ys, {sorted(map(str, lines))}, got {sorted(given)}")
    positions = {}
    for label, runs in lines.items():
        where, of_line = ("xs", xs) if given is None else (entry("xs", label), given[str(label)])
        positions[label] = check_array(where, of_line, (1,), "(P,)")
        if runs.shape[1] != len(positions[label]):
            raise ValueError(
                f"{entry('ys', label)} must have one value per position, {len(positions[label])}, got {runs.shape[1]}"
            )
    return positions


def _line(ax: Axes, x: Array, runs: Array, label: str | None, i: int) -> None:
    """The i-th line: the mean of the runs (R, P) at `x` (P,), and a band for its interval."""
    colour = PALETTE[i % len(PALETTE)]
    mean, half = mean_interval(runs)
    ax.plot(
        x, mean, label=label, color=colour, linestyle=_LINES[i % len(_LINES)], linewidth=2,
        marker=MARKERS[i % len(MARKERS)] if len(x) <= 15 else "", markersize=5,
    )  # fmt: skip
    if len(runs) > 1:
        ax.fill_between(x, mean - half, mean + half, color=colour, alpha=0.18, linewidth=0)


def _logarithmic(ax: Axes, measured: Array) -> None:
    """A logarithmic x-axis; `measured` are all positions, in order."""
    ax.set_xscale("log")
    if len(measured) <= 8:  # a few settings: their own values read better than powers of ten
        ax.xaxis.set_major_locator(ticker.FixedLocator(measured.tolist()))
        ax.xaxis.set_major_formatter(ticker.StrMethodFormatter("{x:,g}"))
        ax.xaxis.set_minor_locator(ticker.NullLocator())


def _linear(ax: Axes, positions: list[Array]) -> None:
    """A linear x-axis, with whole numbers where all positions are."""
    counted = all((x == x.round()).all() for x in positions)  # epochs, steps, pairs
    ax.xaxis.set_major_locator(ticker.MaxNLocator(8, steps=[1, 2, 2.5, 5, 10], integer=counted))
    if counted or max(np.abs(x).max() for x in positions) >= 10_000:
        ax.xaxis.set_major_formatter(ticker.StrMethodFormatter("{x:,.0f}"))


# --- bars ---------------------------------------------------------------------------------------------------


class _Bars(NamedTuple):
    """One series of bars.

    Attributes:
        at: the middles of the bars, on the axis of the labels, (C,).
        runs: what was measured, (R, C).
        mean: how long the bars are, (C,).
        ends: the lower and the upper ends of the error bars, (2, C).
        thick: how thick the bars are, with the space between them.
        horizontal: they run to the right.
    """

    at: Array
    runs: Array
    mean: Array
    ends: Array
    thick: float
    horizontal: bool

    def place(self, across: Any, along: Any) -> tuple[Any, Any]:
        """x and y of what lies `across` on the axis of the labels, and as far `along` the bars."""
        return (along, across) if self.horizontal else (across, along)


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
    series = check_series("values", values, "(C,) or (R, C)")
    S, C = len(series), next(iter(series.values())).shape[1]
    labels = check_names("labels", labels, C, "bar")
    _check_bars(series, C, limits)
    halves = _half_widths(series, intervals)
    thick = 0.8 / S if S > 1 else 0.62
    with drawing(ax, title) as ax:
        for i, (label, runs) in enumerate(series.items()):
            mean, half = runs.mean(0), np.nan_to_num(halves[label])
            at = np.arange(C) + (i - (S - 1) / 2) * thick
            ends = np.clip([mean - half, mean + half], *(limits or (-math.inf, math.inf)))  # (2, C)
            group = _Bars(at, runs, mean, ends, thick, horizontal)
            _draw_bars(ax, group, label, PALETTE[i % len(PALETTE)], ("", "//", "..", "xx")[i % 4] if S > 1 else "")
            _draw_spread(ax, group, with_interval=bool(half.any()))
            if C * S <= 24:
                _draw_values(ax, group, digits)
        _name_bars(ax, labels, xlabel, ylabel, horizontal)
        if chance is not None:
            line = ax.axvline if horizontal else ax.axhline
            line(chance, color=INK, linestyle=":", linewidth=1.6, label=f"chance, {chance:.{digits}f}")
        ax.margins(x=0.12 if horizontal else None, y=None if horizontal else 0.12)
        if limits is not None:
            _limit_ticks(ax, limits, horizontal)
        if any(len(runs) > 1 for runs in series.values()) and intervals is None:
            note(ax, "dot: one run; bar and line: mean and its 95 % interval")
    return ax


def _check_bars(series: dict[str | None, Array], C: int, limits: tuple[float, float] | None) -> None:
    for label, runs in series.items():
        where = entry("values", label)
        if runs.shape[1] != C:
            raise ValueError(f"{where} must have one value per bar, {C}, got {runs.shape[1]}")
        if not np.isfinite(runs).all():
            raise ValueError(f"{where} must be finite, got {runs[~np.isfinite(runs)][0]}")
        if limits is not None and not (limits[0] <= runs.min() and runs.max() <= limits[1]):
            raise ValueError(f"{where} must lie within {limits}, got {runs.min():g} to {runs.max():g}")


def _half_widths(series: dict[str | None, Array], intervals: Any) -> dict[str | None, Array]:
    """Half the length of each error bar, (C,) for each series: those given, or those of the mean over runs."""
    if intervals is None:
        return {label: mean_interval(runs)[1] for label, runs in series.items()}
    given = check_series("intervals", intervals, "(C,)")
    C = next(iter(series.values())).shape[1]
    if {label: half.shape for label, half in given.items()} != dict.fromkeys(series, (1, C)):
        raise ValueError(
            f"intervals must have the labels of values, with {C} half widths each, "
            f"got { {label: half.shape[1] for label, half in given.items()} }"
        )
    return {label: half[0] for label, half in given.items()}


def _draw_bars(ax: Axes, group: _Bars, label: str | None, colour: str, hatch: str) -> None:
    draw = ax.barh if group.horizontal else ax.bar
    draw(
        group.at, group.mean, group.thick * 0.92, label=label, color=colour, alpha=0.85,
        hatch=hatch, edgecolor="white", linewidth=0.8,
    )  # fmt: skip


def _draw_spread(ax: Axes, group: _Bars, with_interval: bool) -> None:
    """The error bars, and a dot for each of several runs."""
    R, mean = len(group.runs), group.mean
    if with_interval:
        error = {"xerr" if group.horizontal else "yerr": np.stack([mean - group.ends[0], group.ends[1] - mean])}
        x, y = group.place(group.at, mean)
        ax.errorbar(x, y, **error, fmt="none", ecolor=INK, elinewidth=1.4, capsize=4)
    if R > 1:
        spread = group.thick * 0.3 * np.linspace(-1, 1, R)[:, None] + group.at  # (R, C)
        x, y = group.place(spread, group.runs)
        ax.plot(x, y, "o", color="white", markeredgecolor=INK, markersize=4, markeredgewidth=0.9)


def _draw_values(ax: Axes, group: _Bars, digits: int) -> None:
    """The value of each bar, just beyond all that was drawn for it."""
    reach = np.vstack([group.ends, group.runs])
    for at, value, top, bottom in zip(group.at, group.mean, reach.max(0), reach.min(0), strict=True):
        below = value < 0
        ha, va = "center", "top" if below else "bottom"
        if group.horizontal:
            ha, va = "right" if below else "left", "center"
        ax.annotate(
            number(value, digits), group.place(at, bottom if below else top), group.place(0, -3 if below else 3),
            textcoords="offset points", ha=ha, va=va, fontsize=9,
        )  # fmt: skip


def _name_bars(ax: Axes, labels: list[str], xlabel: str, ylabel: str, horizontal: bool) -> None:
    """The names on the one axis, the measure on the other, and a line at zero."""
    categories, measure = (ax.yaxis, ax.xaxis) if horizontal else (ax.xaxis, ax.yaxis)
    categories.set_ticks(np.arange(len(labels)), labels)
    categories.set_tick_params(length=0)
    categories.set_label_text(xlabel)
    measure.set_label_text(ylabel)
    measure.grid(True)
    ends = (-0.6, len(labels) - 0.4)
    if horizontal:
        ax.set_ylim(ends)
        ax.invert_yaxis()
        ax.axvline(0, color=GREY, linewidth=0.8)
    else:
        ax.set_xlim(ends)
        ax.axhline(0, color=GREY, linewidth=0.8)
        turn(ax, labels)


def _limit_ticks(ax: Axes, limits: tuple[float, float], horizontal: bool) -> None:
    """No ticks for values that are not possible."""
    measure = ax.xaxis if horizontal else ax.yaxis
    low, high = limits
    seen = measure.get_view_interval()
    measure.set_ticks([tick for tick in measure.get_ticklocs() if max(low, seen[0]) <= tick <= high])
