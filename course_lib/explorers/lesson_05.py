"""Lesson 05: a soft dictionary to turn, and what attention looks at, word by word.

dictionary_explorer   turn the query, make it longer: weights and result follow
dictionary_picture    the same drawing for a few queries
attention_explorer    choose sentence, score function and target word: scores, weights, context, gold links
attention_picture     the same drawing for one sentence under several score functions
"""

import math
from collections.abc import Mapping, Sequence

import ipywidgets as widgets
import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from torch import Tensor

from course_lib import metrics, plotting
from course_lib.datasets import Pair
from course_lib.explorers.core import explorer

# --- a soft dictionary ----------------------------------------------------------------------------------------


def _check_dictionary(names: Sequence[str], keys: Tensor, values: Tensor) -> None:
    if keys.shape != (len(names), 2) or values.shape != (len(names),):
        S = len(names)
        raise ValueError(f"expected keys ({S}, 2) and values ({S},), got {tuple(keys.shape)} and {tuple(values.shape)}")


def dictionary_explorer(names: Sequence[str], keys: Tensor, values: Tensor, *, value: str) -> widgets.VBox:
    """Turn the query and make it longer: the weights of a soft dictionary, and what it returns.

    Args:
        names: of the S entries.
        keys: (S, 2), points in the plane.
        values: (S,), a number each.
        value: what the numbers are.

    Raises:
        ValueError: shapes that don't fit.
    """
    _check_dictionary(names, keys, values)
    controls = {
        "angle": widgets.IntSlider(30, 0, 345, 15, description="direction °"),
        "size": widgets.FloatSlider(2.0, min=0.0, max=12.0, step=0.5, description="length"),
    }

    def draw(angle: int, size: float) -> Figure:
        figure, axes = plotting.figure(1, 2, size=(9.6, 3.9), shown=False, width_ratios=(1, 1.1))
        _draw_dictionary(axes, names, keys, values, _query(angle, size), value)
        return figure

    def describe(angle: int, size: float) -> str:
        weights = (keys @ _query(angle, size)).softmax(0)
        best = int(weights.argmax())
        return (
            f"The result is {weights @ values:.2f}: {weights[best]:.0%} of it is {names[best]}, whose value is "
            f"{values[best]:.2f}. A hard dictionary would return that."
        )

    return explorer(controls, draw, describe)


def dictionary_picture(
    names: Sequence[str],
    keys: Tensor,
    values: Tensor,
    settings: Sequence[tuple[int, float]],
    *,
    value: str,
    title: str,
) -> np.ndarray:
    """`dictionary_explorer` at several settings (direction in degrees, length): a row each.

    Returns:
        the Axes, (settings, 2).

    Raises:
        ValueError: shapes that don't fit, no settings.
    """
    _check_dictionary(names, keys, values)
    if not settings:
        raise ValueError("settings must hold at least one (direction, length), got none")
    size = (9.6, 2.9 * len(settings) + 0.5)
    figure, axes = plotting.figure(len(settings), 2, size=size, squeeze=False, width_ratios=(1, 1.1))
    for row, (angle, length) in zip(axes, settings, strict=True):
        _draw_dictionary(row, names, keys, values, _query(angle, length), value)
    with plotting.style():
        figure.suptitle(title, x=0.01, ha="left", fontsize=14)
    return axes


def _query(angle: float, size: float) -> Tensor:
    """A query of the plane: (2,)."""
    radians = math.radians(angle)
    return size * torch.tensor([math.cos(radians), math.sin(radians)])


def _draw_dictionary(
    axes: Sequence[Axes], names: Sequence[str], keys: Tensor, values: Tensor, query: Tensor, value: str
) -> None:
    """Left keys and query in the plane, right the weights and what comes of them."""
    plane, side = axes
    weights = (keys @ query).softmax(0)
    limit = 1.35 * max(keys.norm(dim=1).max().item(), 1.0)
    with plotting.style():
        plane.axhline(0, color=plotting.GREY, linewidth=0.8)
        plane.axvline(0, color=plotting.GREY, linewidth=0.8)
        for name, key, weight in zip(names, keys.tolist(), weights.tolist(), strict=True):
            area = 40 + 700 * weight  # the square of the diameter, in points
            plane.scatter(*key, s=area, color=plotting.BLUE, alpha=0.75, linewidth=0, zorder=2)
            above = (0, math.sqrt(area) / 2 + 3)
            plane.annotate(
                name.replace("$", r"\$"), key, xytext=above, textcoords="offset points", ha="center", zorder=4
            )
        length = query.norm().item()
        shown = query * min(1.0, limit / max(length, 1e-9))
        plane.annotate(
            "", tuple(shown.tolist()), (0, 0), zorder=3,
            arrowprops={"arrowstyle": "-|>", "color": plotting.VERMILION, "linewidth": 2},
        )  # fmt: skip
        plane.set(xlim=(-limit, limit), ylim=(-limit, limit), aspect="equal", xlabel="$k_1$", ylabel="$k_2$")
        cut = " (cut)" if length > limit else ""
        plane.set_title(f"keys (circles), query of length {length:.1f}{cut}", loc="left")
    labels = [f"{name}: {number:g}" for name, number in zip(names, values.tolist(), strict=True)]
    title = f"{value}, weighted: {weights @ values:.2f}"
    plotting.bars(labels, weights.clamp(0, 1), title=title, ylabel="weight", limits=(0, 1), horizontal=True, ax=side)
    side.set(xlim=(0, 1.12), xticks=np.linspace(0, 1, 6))  # the same in every row


# --- attention in a translation -------------------------------------------------------------------------------


def _check_seen(pairs: Sequence[Pair], seen: Mapping[str, Sequence]) -> None:
    if not pairs or not seen:
        raise ValueError(f"expected at least one pair and one score function, got {len(pairs)} and {len(seen)}")
    for name, records in seen.items():
        if len(records) != len(pairs):
            raise ValueError(f"expected a record for each of {len(pairs)} pairs, got {len(records)} for {name!r}")
        for record, pair in zip(records, pairs, strict=True):
            expected = (len(pair.target), len(pair.source))
            for part in record:
                if tuple(part.shape) != expected:
                    raise ValueError(f"expected (T, S) = {expected} for {name!r}, got {tuple(part.shape)}")


def attention_explorer(
    pairs: Sequence[Pair], seen: Mapping[str, Sequence[tuple[Tensor, Tensor]]], *, word: int = 0
) -> widgets.VBox:
    """Choose a sentence, a score function and a target word; see its scores, weights and context.

    Args:
        pairs: with gold alignments.
        seen: for each score function, for each pair: the scores (T, S) and the likeness of each context to each of the
            encoder's outputs (T, S).
        word: the first target word to show, counted from 0.

    Raises:
        ValueError: no pairs or no score functions; records that don't fit the pairs.
    """
    _check_seen(pairs, seen)
    longest = max(len(pair.target) for pair in pairs)
    wide = widgets.Layout(width="440px")
    options = [(f"{pair.source_text} – {pair.target_text}", i) for i, pair in enumerate(pairs)]
    controls = {
        "sentence": widgets.Dropdown(options=options, description="sentence", layout=wide),
        "score": widgets.Dropdown(options=list(seen), description="score"),
        "word": widgets.IntSlider(word, 0, longest - 1, description="word"),
    }

    def draw(sentence: int, score: str, word: int) -> Figure:
        pair = pairs[sentence]
        figure = plotting.figure(1, 1, size=(11.6, 5.6), shown=False)[0]
        figure.clf()
        grid = figure.add_gridspec(3, 2, width_ratios=(1.35, 1))
        with plotting.style():
            left = figure.add_subplot(grid[:, 0])
            right = [figure.add_subplot(grid[i, 1]) for i in range(3)]
        _draw_weights(left, seen[score][sentence][0].softmax(-1), pair, _within(word, pair))
        _draw_parts(right, *seen[score][sentence], pair, _within(word, pair))
        return figure

    def describe(sentence: int, score: str, word: int) -> str:
        pair = pairs[sentence]
        t = _within(word, pair)
        weights = seen[score][sentence][0].softmax(-1)
        place = int(weights[t].argmax())
        gold = [pair.source[s] for s, of in pair.alignment if of == t]
        linked = (place, t) in pair.alignment
        said = f"gold link: {', '.join(gold)}" if gold else "no gold link"
        error = metrics.alignment_error_rate([metrics.links_from_weights(weights)], [pair.alignment])
        return (
            f"“{pair.target[t]}” looks most at {pair.source[place]} ({weights[t, place]:.2f}); {said}"
            f"{', which it is' if linked else ''}. Alignment error of this sentence, by the largest weights: "
            f"{error:.2f}."
        )

    return explorer(controls, draw, describe, play="word")


def attention_picture(
    pair: Pair, weights: Mapping[str, Tensor], *, title: str, columns: int = 3, word: int | None = None
) -> np.ndarray:
    """The weights of several score functions for one pair, with the gold links drawn over.

    Args:
        weights: by name, (T, S) each.
        columns: how many beside each other.
        word: the target word to frame, counted from 0; None: none.

    Returns:
        the Axes, (rows, columns).

    Raises:
        ValueError: nothing to draw, weights of another shape.
    """
    expected = (len(pair.target), len(pair.source))
    wrong = {name: tuple(matrix.shape) for name, matrix in weights.items() if tuple(matrix.shape) != expected}
    if not weights or wrong:
        raise ValueError(f"expected weights of shape (T, S) = {expected} by name, got {wrong or 'none'}")
    columns = min(columns, len(weights))
    rows = math.ceil(len(weights) / columns)
    size = (1.2 + 4.1 * columns, (1.6 + 0.27 * len(pair.target)) * rows + 0.6)
    figure, axes = plotting.figure(rows, columns, size=size, squeeze=False)
    for ax in axes.flat[len(weights) :]:
        ax.set_visible(False)
    for ax, (name, matrix) in zip(axes.flat, weights.items(), strict=False):
        _draw_weights(ax, matrix, pair, word, name)
    with plotting.style():
        figure.suptitle(title, x=0.01, ha="left", fontsize=14)
    return axes


def _within(word: int, pair: Pair) -> int:
    """The word, or the last one of a shorter sentence."""
    return min(word, len(pair.target) - 1)


def _draw_weights(ax: Axes, weights: Tensor, pair: Pair, word: int | None, name: str = "weights") -> None:
    """The map (T, S), with the gold links, and the chosen row framed."""
    error = metrics.alignment_error_rate([metrics.links_from_weights(weights)], [pair.alignment])
    plotting.heatmap(
        weights,
        rows=pair.target,
        columns=pair.source,
        title=f"{name}, alignment error {error:.2f}",
        xlabel="",
        ylabel="",
        links=[(t, s) for s, t in pair.alignment],
        low=0,
        high=1,
        annotate=False,
        ax=ax,
    )
    if word is not None:
        frame = Rectangle(
            (-0.5, word - 0.5), len(pair.source), 1, fill=False, edgecolor=plotting.VERMILION, linewidth=2
        )
        ax.add_patch(frame)


def _draw_parts(axes: Sequence[Axes], scores: Tensor, likeness: Tensor, pair: Pair, word: int) -> None:
    """Scores, weights and context of one target word, one below the other."""
    parts = {
        "score of each source token": scores[word],
        "weight, the softmax of the scores": scores[word].softmax(-1).clamp(0, 1),
        "context: its cosine with each encoder output": likeness[word].clamp(-1, 1),
    }
    for ax, (title, values) in zip(axes, parts.items(), strict=True):
        last = ax is axes[-1]
        labels = pair.source if last else [""] * len(pair.source)
        limits = None if title.startswith("score") else (min(0.0, float(values.min())), 1)
        plotting.bars(labels, values, title=f"“{pair.target[word]}”: {title}" if ax is axes[0] else title,
                      ylabel="", limits=limits, ax=ax)  # fmt: skip
        for s in (s for s, t in pair.alignment if t == word):
            ax.axvspan(s - 0.46, s + 0.46, color=plotting.GOLD, alpha=0.3, linewidth=0, zorder=0)
