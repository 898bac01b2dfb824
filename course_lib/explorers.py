"""Widgets over `plotting`: move a control and watch the picture follow.

explorer            controls, a picture and a line of text, wired together; every explorer is one of these
neuron_explorer     00  turn and shift the line that a neuron draws
neuron_picture      00  the same drawing for a few settings
learning_explorer   00  move through training and watch a network divide the plane
learning_picture    00  the same drawing at a few moments
training_explorer   01  move through training and watch the words find their neighbours
training_picture    01  the same drawing at a few moments, for readers without a kernel
"""

import io
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from html import escape
from itertools import cycle
from typing import Any

import ipywidgets as widgets
import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imsave
from torch import Tensor

from course_lib import dense, plotting
from course_lib.embeddings import Vectors, analogy_accuracy, neighbours
from course_lib.text import SPECIALS


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
    picture = widgets.Image(format="png", layout=widgets.Layout(max_width="100%", height="auto"))
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


# --- 00: a neuron's line, and a network that divides the plane ------------------------------------------------


def neuron_explorer(x: Any, labels: Any, *, limit: float = 5.0) -> widgets.VBox:
    """Turn and shift the line of a neuron with two inputs, and see which examples fall on which side.

    Args:
        x: examples (P, 2).
        labels: their classes (P,), 0 or 1; a neuron says 1 where w1 x1 + w2 x2 + b > 0.
        limit: the picture shows -limit to limit on both axes.

    Raises:
        ValueError: x that is not (P, 2), as many labels as examples expected.
    """
    x, labels = _examples(x, labels)
    weights = {
        name: widgets.FloatSlider(value, min=-3, max=3, step=0.1, description=name, readout_format=".1f")
        for name, value in (("w1", 1.0), ("w2", 0.5))
    }
    bias = widgets.FloatSlider(0, min=-10, max=10, step=0.5, description="b", readout_format=".1f")

    def draw(w1: float, w2: float, b: float) -> Figure:
        figure, ax = plotting.figure(size=(6.0, 5.2), shown=False)
        _draw_neuron(ax, x, labels, (w1, w2, b), limit)
        return figure

    def describe(w1: float, w2: float, b: float) -> str:
        right = _neuron_accuracy(x, labels, (w1, w2, b))
        if w1 == w2 == 0:
            return f"Both weights are 0: there is no line, and the answer is the same everywhere. {right:.0%} right."
        where = "passes through the origin" if b == 0 else f"is {abs(b) / np.hypot(w1, w2):.1f} away from the origin"
        return f"The line {w1:.1f} x1 + {w2:.1f} x2 + {b:.1f} = 0 {where}. {right:.0%} of the examples are right."

    return explorer(weights | {"b": bias}, draw, describe)


def neuron_picture(
    x: Any, labels: Any, settings: Sequence[tuple[float, float, float]], *, title: str, limit: float = 5.0
) -> np.ndarray:
    """`neuron_explorer` for a few settings (w1, w2, b) side by side.

    Returns:
        the Axes, (settings,).

    Raises:
        ValueError: as `neuron_explorer`; no settings.
    """
    x, labels = _examples(x, labels)
    if not settings:
        raise ValueError("settings must hold at least one (w1, w2, b), got none")
    return _row_of_planes(
        title,
        [lambda ax, setting=setting: _draw_neuron(ax, x, labels, setting, limit, legend=False) for setting in settings],
    )


def _draw_neuron(
    ax: Axes, x: Tensor, labels: Tensor, setting: tuple[float, float, float], limit: float, legend: bool = True
) -> None:
    w1, w2, b = setting
    weight, bias = torch.tensor([w1, w2], dtype=torch.float32), torch.tensor(b, dtype=torch.float32)
    probability = dense.neuron(torch.tensor(plotting.lattice(limit)).float(), weight, bias)
    title = f"w = ({w1:g}, {w2:g}), b = {b:g}: {_neuron_accuracy(x, labels, setting):.0%} right"
    lines = (weight[None], bias[None])
    plotting.plane(probability, limit, x, labels, title=title, lines=lines, legend=legend, ax=ax)


def _neuron_accuracy(x: Tensor, labels: Tensor, setting: tuple[float, float, float]) -> float:
    w1, w2, b = setting
    return ((w1 * x[:, 0] + w2 * x[:, 1] + b > 0) == (labels == 1)).float().mean().item()


@dataclass(frozen=True)
class _Learning:
    """What both the explorer and the picture draw, at S moments of training. P examples."""

    moments: list[str]  # S names, "after 20 steps"
    steps: list[int]
    lines: list[tuple[Tensor, Tensor]]  # S of the first layer's weight (H, 2) and bias (H,)
    probability: list[Tensor]  # S of (n * n,), class 1 on the lattice
    losses: list[float]
    right: list[int]  # of the P examples
    x: Tensor
    labels: Tensor
    limit: float

    def describe(self, moment: int) -> str:
        found = f"{self.right[moment]} of {len(self.x)} examples are right"
        return f"{self.moments[moment].capitalize()}: the loss is {self.losses[moment]:.3f}, {found}."


def _learning(network: Callable[..., Tensor], snapshots: Sequence[Any], x: Any, labels: Any, limit: float) -> _Learning:
    x, labels = _examples(x, labels)
    snapshots = list(snapshots)
    if not snapshots:
        raise ValueError("snapshots must hold at least one (steps, parameters), got none")
    points = torch.tensor(plotting.lattice(limit)).float()
    lines, probability, losses, right = [], [], [], []
    with torch.no_grad():
        for number, (_, parameters) in enumerate(snapshots):
            weight, bias = (parameter.detach() for parameter in parameters[:2])
            if weight.dim() != 2 or weight.shape[1] != 2 or bias.shape != weight.shape[:1]:
                raise ValueError(
                    f"snapshot {number} must begin with weight (H, 2) and bias (H,), got {tuple(weight.shape)} and "
                    f"{tuple(bias.shape)}"
                )
            lines.append((weight, bias))
            probability.append(dense.softmax(network(points, *parameters))[:, 1])
            logits = network(x, *parameters)
            losses.append(dense.cross_entropy(logits, labels).item())
            right.append(int((logits.argmax(1) == labels).sum()))
    return _Learning(
        moments=[f"after {steps:,} steps" if steps else "before training" for steps, _ in snapshots],
        steps=[steps for steps, _ in snapshots],
        lines=lines,
        probability=probability,
        losses=losses,
        right=right,
        x=x,
        labels=labels,
        limit=limit,
    )


def learning_explorer(
    network: Callable[..., Tensor], snapshots: Sequence[Any], x: Any, labels: Any, *, limit: float = 2.0
) -> widgets.VBox:
    """Move through training: on the left how the network divides the plane, on the right the loss.

    Args:
        network: network(x, *parameters) -> logits (B, 2).
        snapshots: (steps, parameters) for each moment. The parameters begin with the weight (H, 2) and the bias (H,)
            of the first layer, whose lines are drawn.
        x: examples (P, 2).
        labels: their classes (P,), 0 or 1.
        limit: the picture shows -limit to limit on both axes.

    Raises:
        ValueError: no snapshots, parameters that begin otherwise, x that is not (P, 2), as many labels as examples
            expected.
    """
    learning = _learning(network, snapshots, x, labels, limit)
    moments = widgets.SelectionSlider(
        options=[(name, i) for i, name in enumerate(learning.moments)],
        description="training",
        layout=widgets.Layout(width="420px"),
    )

    def draw(moment: int) -> Figure:
        figure, (left, right) = plotting.figure(1, 2, size=(10.4, 5.6), shown=False)
        figure.set_layout_engine("none")  # fixed places, so that nothing jumps from one moment to the next
        left.set_position((0.08, 0.10, 0.42, 0.78))
        right.set_position((0.58, 0.10, 0.40, 0.78))
        _draw_learning(left, learning, moment)
        plotting.curve(learning.steps, learning.losses, title="loss", xlabel="steps", ylabel="", ax=right)
        right.plot(learning.steps[moment], learning.losses[moment], "o", markersize=10, color=plotting.VERMILION)
        return figure

    return explorer({"moment": moments}, draw, learning.describe, play="moment")


def learning_picture(
    network: Callable[..., Tensor],
    snapshots: Sequence[Any],
    x: Any,
    labels: Any,
    *,
    title: str,
    moments: Sequence[int] | None = None,
    limit: float = 2.0,
) -> np.ndarray:
    """`learning_explorer` at a few moments side by side.

    Args:
        title: the finding.
        moments: indices of the snapshots; by default the first, the last and one between them.

    Returns:
        the Axes, (moments,).

    Raises:
        ValueError: as `learning_explorer`; also a moment out of range.
    """
    learning = _learning(network, snapshots, x, labels, limit)
    S = len(learning.moments)
    moments = sorted({0, S // 2, S - 1}) if moments is None else list(moments)
    if not moments or not all(-S <= moment < S for moment in moments):
        raise ValueError(f"moments must be indices of the {S} snapshots, got {moments}")
    return _row_of_planes(
        title, [lambda ax, i=moment % S: _draw_learning(ax, learning, i, legend=False) for moment in moments]
    )


def _draw_learning(ax: Axes, learning: _Learning, moment: int, legend: bool = True) -> None:
    title = f"{learning.moments[moment]}: {learning.right[moment]} of {len(learning.x)} right"
    plotting.plane(
        learning.probability[moment],
        learning.limit,
        learning.x,
        learning.labels,
        title=title,
        lines=learning.lines[moment],
        legend=legend,
        ax=ax,
    )


def _row_of_planes(title: str, draw: Sequence[Callable[[Axes], None]]) -> np.ndarray:
    """A figure with one plane beside another, one legend for all; the Axes (len(draw),)."""
    figure, axes = plotting.figure(1, len(draw), size=(3.8 * len(draw), 4.5), squeeze=False)
    for ax, put in zip(axes[0], draw, strict=True):
        put(ax)
    for ax in axes[0, 1:]:
        ax.set_ylabel("")
    with plotting.style():
        figure.suptitle(title, x=0.01, ha="left", fontsize=14)
        known = {}  # a boundary may be missing from the first of the planes
        for ax in axes[0]:
            handles, names = ax.get_legend_handles_labels()
            known |= dict(zip(names, handles, strict=True))
        figure.legend(known.values(), known, loc="outside lower left", ncols=len(known), handletextpad=0.5)
    return axes[0]


def _examples(x: Any, labels: Any) -> tuple[Tensor, Tensor]:
    """Points of the plane (P, 2) and their classes (P,), as tensors."""
    x, labels = torch.as_tensor(x).detach().float(), torch.as_tensor(labels).detach()
    if x.dim() != 2 or x.shape[1] != 2 or not len(x):
        raise ValueError(f"x must have shape (P, 2), got {tuple(x.shape)}")
    if labels.shape != (len(x),):
        raise ValueError(f"labels must have one entry per example, ({len(x)},), got {tuple(labels.shape)}")
    return x, labels


# --- 01: words find their neighbours ------------------------------------------------------------------------


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
        row, weight = self.index[word], self.weights[moment]
        values, ids = neighbours(weight, weight[row], min(k, len(self.tokens) - 1), exclude=(row,))
        return [self.tokens[i] for i in ids.tolist()], values.numpy()

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
