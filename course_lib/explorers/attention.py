"""What attention looks at in a translation, word by word."""

import math
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from torch import Tensor

from course_lib import metrics, plotting
from course_lib.datasets import Pair
from course_lib.explorers.controls import choice, index, int_slider
from course_lib.explorers.explorer import Array, Explorer, Layout, Settings, Values

COLUMNS = 3  # of a picture


class Attention(Explorer):
    """Choose a sentence, a score function and a target word; see the map, and the word's scores, weights and context.

    A picture shows maps alone, by default those of all score functions; `word=None` frames no word.

    Args:
        pairs: with gold alignments.
        records: for each score function, for each pair: the scores (T, S) and the cosine of each context with each of
            the encoder's outputs (T, S).
        word: the first target word to show, counted from 0.

    Raises:
        ValueError: no pairs or no score functions; records that don't fit the pairs.
    """

    play = "word"

    def __init__(
        self, pairs: Sequence[Pair], records: Mapping[str, Sequence[tuple[Tensor, Tensor]]], *, word: int = 0
    ) -> None:
        _check(pairs, records)
        self.pairs, self.records = pairs, records
        names = [f"{pair.source_text} – {pair.target_text}" for pair in pairs]
        longest = max(len(pair.target) for pair in pairs)
        self.controls = {
            "sentence": index("sentence", names, width="440px"),
            "score": choice("score", [(name, name) for name in records], next(iter(records))),
            "word": int_slider("word", word, 0, longest - 1),
        }
        self.compared = {"score": list(records)}

    def check(self, values: Values) -> None:
        super().check(values | {"word": 0} if values["word"] is None else values)

    def widget_axes(self, values: Values) -> Layout:
        figure = plotting.figure(size=(11.6, 5.6), shown=False)[0]
        figure.clf()
        with plotting.style():
            grid = figure.add_gridspec(3, 2, width_ratios=(1.35, 1))
            return figure, [figure.add_subplot(place) for place in (grid[:, 0], grid[0, 1], grid[1, 1], grid[2, 1])]

    def picture_axes(self, settings: Settings) -> Layout:
        n = len(settings)
        wide, high = min(COLUMNS, n), math.ceil(n / COLUMNS)
        longest = max(len(self.pairs[values["sentence"]].target) for values in settings)
        size = (1.2 + 4.1 * wide, (1.6 + 0.27 * longest) * high + 0.6)
        figure, axes = plotting.figure(high, wide, size=size, squeeze=False)
        for ax in axes.flat[n:]:
            ax.set_visible(False)
        return figure, axes.reshape(-1, 1)[:n]

    def draw(self, axes: Array, sentence: int, score: str, word: int | None) -> None:
        """The map, and the parts of one word if there are Axes for them."""
        pair = self.pairs[sentence]
        word = None if word is None else min(word, len(pair.target) - 1)
        scores, likeness = self.records[score][sentence]
        alone = len(axes) == 1
        _draw_weights(axes[0], scores.softmax(-1), pair, word, score if alone else "weights")
        if not alone and word is not None:
            _draw_parts(axes[1:], scores[word], likeness[word], pair, word)

    def describe(self, sentence: int, score: str, word: int) -> str:
        pair = self.pairs[sentence]
        t = min(word, len(pair.target) - 1)
        weights = self.records[score][sentence][0].softmax(-1)
        place = int(weights[t].argmax())
        sure, possible = ([s for s, of in links if of == t] for links in pair.gold())
        link = f"gold link: {', '.join(pair.source[s] for s in sure)}" if sure else "no gold link"
        found = ", which it is" if place in sure else ", but this one is possible" if place in possible else ""
        return (
            f"“{pair.target[t]}” looks most at {pair.source[place]} ({weights[t, place]:.2f}); {link}{found}. "
            f"Alignment error of this sentence, by the largest weights: {_error(weights, pair):.2f}."
        )


def _check(pairs: Sequence[Pair], records: Mapping[str, Sequence[tuple[Tensor, Tensor]]]) -> None:
    if not pairs or not records:
        raise ValueError(f"expected at least one pair and one score function, got {len(pairs)} and {len(records)}")
    if missing := [pair.source_text for pair in pairs if pair.alignment is None]:
        raise ValueError(f"expected pairs with gold alignments, got none for “{missing[0]}”")
    for name, of_name in records.items():
        if len(of_name) != len(pairs):
            raise ValueError(f"expected a record for each of {len(pairs)} pairs, got {len(of_name)} for {name!r}")
        for record, pair in zip(of_name, pairs, strict=True):
            expected = (len(pair.target), len(pair.source))
            for part in record:
                if tuple(part.shape) != expected:
                    raise ValueError(f"expected (T, S) = {expected} for {name!r}, got {tuple(part.shape)}")


def _error(weights: Tensor, pair: Pair) -> float:
    return metrics.aer([metrics.links_from_weights(weights)], *([links] for links in pair.gold()))


def _draw_weights(ax: Axes, weights: Tensor, pair: Pair, word: int | None, name: str) -> None:
    """The map (T, S), with the gold links, and the chosen row framed."""
    sure, possible = ([(t, s) for s, t in links] for links in pair.gold())
    plotting.heatmap(
        weights, rows=pair.target, columns=pair.source, title=f"{name}, alignment error {_error(weights, pair):.2f}",
        xlabel="", ylabel="", links=sure, possible=possible, low=0, high=1, annotate=False, ax=ax,
    )  # fmt: skip
    if word is not None:
        S = len(pair.source)
        frame = Rectangle((-0.5, word - 0.5), S, 1, fill=False, edgecolor=plotting.VERMILION, linewidth=2)
        ax.add_patch(frame)


def _draw_parts(axes: Array, scores: Tensor, likeness: Tensor, pair: Pair, word: int) -> None:
    """Scores, weights and context of one target word, one below the other."""
    weights, likeness = scores.softmax(-1).clamp(0, 1), likeness.clamp(-1, 1)
    parts = [
        (f"“{pair.target[word]}”: score of each source token", scores, None),
        ("weight, the softmax of the scores", weights, (0.0, 1)),
        ("context: its cosine with each encoder output", likeness, (min(0.0, float(likeness.min())), 1)),
    ]
    for ax, (title, values, limits) in zip(axes, parts, strict=True):
        labels = pair.source if ax is axes[-1] else [""] * len(pair.source)
        plotting.bars(labels, values, title=title, ylabel="", limits=limits, ax=ax)
        for s in (s for s, t in pair.gold()[0] if t == word):
            ax.axvspan(s - 0.46, s + 0.46, color=plotting.GOLD, alpha=0.3, linewidth=0, zorder=0)
