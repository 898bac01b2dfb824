"""Lesson 01: words find their neighbours.

training_explorer   move through training and watch the words find their neighbours
training_picture    the same drawing at a few moments
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import cycle
from typing import Any

import ipywidgets as widgets
import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

from course_lib import plotting
from course_lib.explorers.core import explorer
from course_lib.text import SPECIALS
from course_lib.vectors import Vectors, analogy_accuracy


@dataclass(frozen=True)
class _Training:
    """What both the explorer and the picture draw. S snapshots, P words on the map."""

    moments: list[str]  # S names, "after 40,000 pairs"
    tokens: list[str]
    index: dict[str, int]
    weights: list[Tensor]  # S of (V, E), rows of length 1
    words: list[str]
    groups: list[str] | None
    basis: plotting.Basis  # of the last snapshot
    paths: np.ndarray  # (S, P, 2)
    accuracy: list[float] | None  # S, on the analogy questions

    def look_up(self, word: str) -> str | None:
        """The word as the vocabulary has it, or None."""
        word = word.strip()
        return next((form for form in (word, word.lower()) if form in self.index), None)

    def nearest(self, moment: int, word: str, k: int = 5) -> tuple[list[str], np.ndarray]:
        """The words with the largest cosine to `word`, and their cosines (k,)."""
        vectors = Vectors(self.tokens, self.weights[moment])
        words, cosines = zip(*vectors.neighbours(word, min(k, len(self.tokens) - 1)), strict=True)
        return list(words), np.array(cosines)

    def describe(self, moment: int, word: str) -> str:
        """What the picture shows, in words; or why it does not show any neighbours."""
        known = self.look_up(word)
        if not word.strip():
            answer = "Type a word to see its neighbours."
        elif known is None:
            near = get_close_matches(word.strip().lower(), self.tokens, n=3)
            answer = f"“{word.strip()}” is not in the vocabulary." + (f" There is {', '.join(near)}." if near else "")
        else:
            found = zip(*self.nearest(moment, known), strict=True)
            answer = f"Nearest to {known}: {', '.join(f'{token} {cosine:.2f}' for token, cosine in found)}."
        if self.accuracy is not None:
            answer += f" Analogies answered: {self.accuracy[moment]:.0%}."
        return f"{self.moments[moment].capitalize()}. {answer}"


def _training(
    snapshots: Sequence[Sequence[Any]],
    tokens: Sequence[str],
    words: Sequence[str],
    groups: Sequence[str] | None,
    questions: Sequence[Sequence[str]] | None,
    unit: str,
) -> _Training:
    snapshots, tokens, words = list(snapshots), list(tokens), list(words)
    if not snapshots:
        raise ValueError("snapshots must hold at least one (steps, weight), got none")
    for number, snapshot in enumerate(snapshots):
        shape = tuple(np.shape(snapshot[-1]))
        if len(shape) != 2 or shape[0] != len(tokens):
            raise ValueError(f"snapshot {number} must have one row per token, ({len(tokens)}, E), got {shape}")
    kept = [i for i, token in enumerate(tokens) if token not in SPECIALS]
    tokens = [tokens[i] for i in kept]
    index = {token: i for i, token in enumerate(tokens)}
    missing = [word for word in words if word not in index]
    if missing:
        raise ValueError(f"words must be tokens, but these are not: {', '.join(missing)}")
    if len(words) < 2:
        raise ValueError(f"words must hold at least two words to draw a map, got {len(words)}")
    if groups is not None and len(groups) != len(words):
        raise ValueError(f"groups must have one entry per word, {len(words)}, got {len(groups)}")

    # Rows of length 1, because neighbours are found by the cosine: the map shows what the cosine sees.
    weights = [torch.as_tensor(snapshot[-1]).detach().float()[kept] for snapshot in snapshots]
    weights = [torch.nn.functional.normalize(weight, dim=1) for weight in weights]
    rows = [index[word] for word in words]
    basis = plotting.pca(weights[-1][rows])[1]
    return _Training(
        moments=[f"after {int(snapshot[0]):,} {unit}" if snapshot[0] else "before training" for snapshot in snapshots],
        tokens=tokens,
        index=index,
        weights=weights,
        words=words,
        groups=None if groups is None else list(groups),
        basis=basis,
        paths=np.stack([plotting.pca(weight[rows], basis=basis)[0] for weight in weights]),
        accuracy=[analogy_accuracy(Vectors(tokens, weight), questions) for weight in weights] if questions else None,
    )


def training_explorer(
    snapshots: Sequence[Sequence[Any]],
    tokens: Sequence[str],
    words: Sequence[str],
    groups: Sequence[str] | None = None,
    questions: Sequence[Sequence[str]] | None = None,
    *,
    unit: str = "pairs",
) -> widgets.VBox:
    """Move through training: a map of words on the left, the neighbours of one word on the right.

    The map shows the vectors, at length 1, on the first two principal components of the last snapshot, with
    fixed axes; a faint line shows where each word came from.

    Args:
        snapshots: (steps, ..., weight) for each moment, weight (V, E); `embeddings.Snapshot` fits.
        tokens: V words, the rows of each weight; specials are left out.
        words: those on the map.
        groups: one name per word on the map, for colour and marker.
        questions: analogies (a, b, c, d), whose accuracy is told at each moment.
        unit: what is counted as steps.

    Raises:
        ValueError: no snapshots, one of another size than the tokens, a word that is not a token, as many
            groups as words expected.
    """
    training = _training(snapshots, tokens, words, groups, questions, unit)
    moments = widgets.SelectionSlider(
        options=[(name, i) for i, name in enumerate(training.moments)],
        description="training",
        layout=widgets.Layout(width="420px"),
    )
    word = widgets.Combobox(
        value=training.words[0],
        options=training.words,
        description="word",
        placeholder="type a word",
        continuous_update=False,
    )

    def draw(moment: int, word: str) -> Figure:
        figure, (left, right) = plotting.figure(1, 2, size=(10.5, 4.8), shown=False)
        figure.set_layout_engine("none")  # fixed places, so that nothing jumps from one moment to the next
        left.set_position((0.07, 0.12, 0.52, 0.74))
        right.set_position((0.72, 0.12, 0.26, 0.74))
        known = training.look_up(word)
        _draw_map(left, training, moment, known)
        _draw_neighbours(right, training, moment, known)
        return figure

    return explorer({"moment": moments, "word": word}, draw, training.describe, play="moment")


def training_picture(
    snapshots: Sequence[Sequence[Any]],
    tokens: Sequence[str],
    words: Sequence[str],
    groups: Sequence[str] | None = None,
    questions: Sequence[Sequence[str]] | None = None,
    *,
    title: str,
    word: str | None = None,
    moments: Sequence[int] | None = None,
    unit: str = "pairs",
) -> np.ndarray:
    """`training_explorer` at a few moments side by side: maps above, the neighbours of one word below.

    Args:
        title: the finding.
        word: whose neighbours are shown; by default the first of `words`.
        moments: indices of three or four snapshots; by default the first, the last and one between them.

    Returns:
        the Axes, (2, moments).

    Raises:
        ValueError: as `training_explorer`; also a `word` that is not a token, or a moment out of range.
    """
    training = _training(snapshots, tokens, words, groups, questions, unit)
    S = len(training.moments)
    moments = sorted({0, S // 2, S - 1}) if moments is None else list(moments)
    if not moments or not all(-S <= moment < S for moment in moments):
        raise ValueError(f"moments must be indices of the {S} snapshots, got {moments}")
    chosen = training.look_up(training.words[0] if word is None else word)
    if chosen is None:
        raise ValueError(f"word must be one of the tokens, got {word!r}")
    figure, axes = plotting.figure(
        2, len(moments), size=(4.4 * len(moments), 7.2), height_ratios=(1.7, 1), squeeze=False
    )
    for (above, below), moment in zip(axes.T, moments, strict=True):
        _draw_map(above, training, moment % S, chosen, legend=False)
        _draw_neighbours(below, training, moment % S, chosen)
    for above in axes[0, 1:]:
        above.set_ylabel("")
    with plotting.style():
        figure.suptitle(title, x=0.01, ha="left", fontsize=14)
        if training.groups is not None:
            handles, labels = axes[0, 0].get_legend_handles_labels()
            figure.legend(handles, labels, loc="outside lower left", ncols=len(labels), handletextpad=0.3)
    return axes


def _colours(groups: Sequence[str] | None) -> dict[str, str]:
    """The colour that `plotting.points` gives each group."""
    return dict(zip(dict.fromkeys(groups or ()), cycle(plotting.PALETTE)))


def _draw_map(ax: Axes, training: _Training, moment: int, word: str | None, legend: bool = True) -> None:
    """The words at one moment, the paths that led there, and a ring around the chosen word."""
    across, up = plotting.component_labels(training.basis)
    name = training.moments[moment]
    if training.accuracy is not None:
        name += f": {training.accuracy[moment]:.0%} of analogies right"
    here = training.paths[moment]  # (P, 2)
    plotting.points(here, training.words, training.groups, title=name, xlabel=across, ylabel=up, legend=legend, ax=ax)
    trail = training.paths[max(0, moment - 5) : moment + 1]  # (moments, P, 2)
    colours = _colours(training.groups)
    for i, path in enumerate(trail.swapaxes(0, 1)):
        colour = colours[training.groups[i]] if training.groups else plotting.PALETTE[0]
        ax.plot(*path.T, color=colour, alpha=0.25, linewidth=1, zorder=1)
    if word is not None:
        place, _ = plotting.pca(training.weights[moment][[training.index[word]]], basis=training.basis)
        ax.plot(*place.T, "o", markersize=11, markerfacecolor="none", markeredgecolor=plotting.INK, zorder=3)
    low, high = training.paths.min((0, 1)), training.paths.max((0, 1))
    margin = 0.1 * (high - low)
    ax.set(xlim=(low[0] - margin[0], high[0] + margin[0]), ylim=(low[1] - margin[1], high[1] + margin[1]))


def _draw_neighbours(ax: Axes, training: _Training, moment: int, word: str | None) -> None:
    """The words nearest to the chosen one; the colour is that of their group, grey if they are not on the map."""
    if word is None:
        ax.set_axis_off()
        return
    tokens, cosines = training.nearest(moment, word)
    plotting.bars(tokens, cosines, title=f"nearest to {word}", ylabel="cosine", horizontal=True, ax=ax)
    if training.groups is not None:
        group_of, colours = dict(zip(training.words, training.groups, strict=True)), _colours(training.groups)
        for bar, token in zip(ax.patches, tokens, strict=True):
            bar.set_facecolor(colours.get(group_of.get(token), plotting.GREY))
    ax.set_xlim(min(0.0, 1.2 * cosines.min()), 1.15)
