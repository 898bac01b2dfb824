"""Word vectors in training: words find their neighbours."""

from collections.abc import Sequence
from difflib import get_close_matches
from itertools import cycle
from typing import Any, ClassVar

import numpy as np
import torch
from matplotlib.axes import Axes

from course_lib import plotting
from course_lib.explorers.controls import first_middle_last, moment_names, moments, text_field
from course_lib.explorers.explorer import Array, Explorer, Layout, Settings, Values, columns, fixed, share_legend
from course_lib.text import SPECIALS
from course_lib.vectors import Vectors, analogy_accuracy


class SkipgramTraining(Explorer):
    """Move through training: a map of words, and the neighbours of one word.

    The map shows the vectors, at length 1, on the first two principal components of the last snapshot, with fixed
    axes; a faint line shows where each word came from. A picture compares moments, by default the first, the last and
    one between them: maps above, neighbours below.

    Args:
        snapshots: (steps, ..., weight) for each moment, weight (V, E); `embeddings.Snapshot` fits.
        tokens: V words, the rows of each weight; specials are left out.
        words: those on the map; the neighbours are those of the first until another is chosen.
        groups: one name per word on the map, for colour and marker.
        questions: analogies (a, b, c, d), whose accuracy is given at each moment.
        unit: what is counted as steps.

    Raises:
        ValueError: no snapshots, one of another size than the tokens, a word that is not a token, as many
            groups as words expected.
    """

    play = "moment"
    in_picture: ClassVar = {"legend": False}

    def __init__(
        self,
        snapshots: Sequence[Sequence[Any]],
        tokens: Sequence[str],
        words: Sequence[str],
        groups: Sequence[str] | None = None,
        questions: Sequence[Sequence[str]] | None = None,
        *,
        unit: str = "pairs",
    ) -> None:
        _check(snapshots, tokens, words, groups)
        kept = [i for i, token in enumerate(tokens) if token not in SPECIALS]
        self.tokens = [tokens[i] for i in kept]
        self.index = {token: i for i, token in enumerate(self.tokens)}
        self.words = list(words)
        self.groups = None if groups is None else list(groups)
        # the colour that `plotting.points` gives each group
        self.colours = dict(zip(dict.fromkeys(groups or ()), cycle(plotting.PALETTE)))
        # Rows of length 1, because neighbours are found by the cosine: the map shows what the cosine sees.
        weights = [torch.as_tensor(snapshot[-1]).detach().float()[kept] for snapshot in snapshots]
        self.weights = [torch.nn.functional.normalize(weight, dim=1) for weight in weights]  # S of (V, E)
        rows = [self.index[word] for word in words]
        self.basis = plotting.pca(self.weights[-1][rows])[1]
        self.paths = np.stack([plotting.pca(weight[rows], basis=self.basis)[0] for weight in self.weights])  # (S, P, 2)
        self.accuracy = (
            [analogy_accuracy(Vectors(self.tokens, weight), questions) for weight in self.weights]
            if questions
            else None
        )
        self.names = moment_names([snapshot[0] for snapshot in snapshots], unit)
        word = text_field("word", self.words[0], self.words, placeholder="type a word")
        self.controls = {"moment": moments(self.names), "word": word}
        self.compared = {"moment": first_middle_last(len(self.names))}

    def widget_axes(self, values: Values) -> Layout:
        return fixed([(0.07, 0.12, 0.52, 0.74), (0.72, 0.12, 0.26, 0.74)], size=(10.5, 4.8))

    def picture_axes(self, settings: Settings) -> Layout:
        return columns(len(settings), 2, size=(4.4 * len(settings), 7.2), height_ratios=(1.7, 1))

    def draw_picture(self, axes: Array, settings: Settings) -> None:
        super().draw_picture(axes, settings)
        share_legend(axes[:, 0], handletextpad=0.3)

    def check(self, values: Values) -> None:
        super().check(values)
        if self.look_up(values["word"]) is None:
            raise ValueError(f"word must be one of the tokens, got {values['word']!r}")

    def draw(self, axes: Array, moment: int, word: str, *, legend: bool = True) -> None:
        known = self.look_up(word)
        self._draw_map(axes[0], moment, known, legend)
        self._draw_neighbours(axes[1], moment, known)

    def describe(self, moment: int, word: str) -> str:
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
        return f"{self.names[moment].capitalize()}. {answer}"

    def look_up(self, word: str) -> str | None:
        """The word as the vocabulary has it, or None."""
        word = word.strip()
        return next((form for form in (word, word.lower()) if form in self.index), None)

    def nearest(self, moment: int, word: str, k: int = 5) -> tuple[list[str], Array]:
        """The words with the largest cosine to `word`, and their cosines (k,)."""
        vectors = Vectors(self.tokens, self.weights[moment])
        words, cosines = zip(*vectors.neighbours(word, min(k, len(vectors) - 1)), strict=True)
        return list(words), np.array(cosines)

    def _draw_map(self, ax: Axes, moment: int, word: str | None, legend: bool) -> None:
        """The words at one moment, the paths that led there, and a ring around the chosen word."""
        across, up = plotting.component_labels(self.basis)
        name = self.names[moment]
        if self.accuracy is not None:
            name += f": {self.accuracy[moment]:.0%} of analogies right"
        here = self.paths[moment]  # (P, 2)
        plotting.points(here, self.words, self.groups, title=name, xlabel=across, ylabel=up, legend=legend, ax=ax)
        moment %= len(self.paths)  # it may be counted from the end
        trail = self.paths[max(0, moment - 5) : moment + 1]  # (moments, P, 2)
        for i, path in enumerate(trail.swapaxes(0, 1)):
            colour = self.colours[self.groups[i]] if self.groups else plotting.PALETTE[0]
            ax.plot(*path.T, color=colour, alpha=0.25, linewidth=1, zorder=1)
        if word is not None:
            place, _ = plotting.pca(self.weights[moment][[self.index[word]]], basis=self.basis)
            ax.plot(*place.T, "o", markersize=11, markerfacecolor="none", markeredgecolor=plotting.INK, zorder=3)
        low, high = self.paths.min((0, 1)), self.paths.max((0, 1))
        margin = 0.1 * (high - low)
        ax.set(xlim=(low[0] - margin[0], high[0] + margin[0]), ylim=(low[1] - margin[1], high[1] + margin[1]))

    def _draw_neighbours(self, ax: Axes, moment: int, word: str | None) -> None:
        """The words nearest to the chosen one; the colour is that of their group, grey if they are not on the map."""
        if word is None:
            ax.set_axis_off()
            return
        tokens, cosines = self.nearest(moment, word)
        plotting.bars(tokens, cosines, title=f"nearest to {word}", ylabel="cosine", horizontal=True, ax=ax)
        if self.groups is not None:
            colour_of = {word: self.colours[group] for word, group in zip(self.words, self.groups, strict=True)}
            for bar, token in zip(ax.patches, tokens, strict=True):
                bar.set_facecolor(colour_of.get(token, plotting.GREY))
        ax.set_xlim(min(0.0, 1.2 * cosines.min()), 1.15)


def _check(
    snapshots: Sequence[Sequence[Any]], tokens: Sequence[str], words: Sequence[str], groups: Sequence[str] | None
) -> None:
    if not snapshots:
        raise ValueError("snapshots must hold at least one (steps, weight), got none")
    for number, snapshot in enumerate(snapshots):
        shape = tuple(np.shape(snapshot[-1]))
        if len(shape) != 2 or shape[0] != len(tokens):
            raise ValueError(f"snapshot {number} must have one row per token, ({len(tokens)}, E), got {shape}")
    missing = [word for word in words if word not in tokens or word in SPECIALS]
    if missing:
        raise ValueError(f"words must be tokens, but these are not: {', '.join(missing)}")
    if len(words) < 2:
        raise ValueError(f"words must hold at least two words to draw a map, got {len(words)}")
    if groups is not None and len(groups) != len(words):
        raise ValueError(f"groups must have one entry per word, {len(words)}, got {len(groups)}")
