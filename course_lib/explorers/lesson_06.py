"""Lesson 06: where the heads look, positions as a surface, masks as pictures, the softmax's scale.

heads_explorer      choose a sentence, a kind of attention, a layer and a head
heads_picture       all heads of a layer over one pair
positions_explorer  the surface of sinusoidal positions, and how alike two positions are
positions_picture   the same drawing for one size
masks_explorer      padding, causal and both, for lengths of your choice
masks_picture       the same drawing for a batch
scale_explorer      the softmax of the same scores, more and less scaled
scale_picture       the same drawing for a few scales
"""

from collections.abc import Sequence

import ipywidgets as widgets
import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

from course_lib import metrics, plotting
from course_lib.batches import pad
from course_lib.datasets import Pair
from course_lib.explorers.core import explorer
from course_lib.masks import causal_mask, padding_mask
from course_lib.text import Vocab
from course_lib.transformer import Transformer, sinusoidal_positions

# --- heads --------------------------------------------------------------------------------------------------

_KINDS = {
    "cross": "target looks at source",
    "encoder": "source looks at source",
    "decoder": "target looks at target",
}


def _weights(model: Transformer, pair: Pair, source: Vocab, target: Vocab, kind: str) -> tuple[np.ndarray, list, list]:
    """(L, N, rows, columns) of one pair, with the names of rows and columns."""
    ids = pad([source.encode(pair.source)]), pad([target.encode(pair.target, sos=True)])
    was_training = model.training
    model.eval()
    with torch.no_grad():
        found = torch.stack(getattr(model.weights(*ids), kind))[:, 0]  # (L, N, rows, columns)
    model.train(was_training)
    # Row t of a decoder stands after <sos> y_1 ... y_t and says the next token: it is named by what it says.
    said = [*pair.target, "<eos>"]
    read = ["<sos>", *pair.target]
    rows = list(pair.source) if kind == "encoder" else said
    return found.numpy(), rows, read if kind == "decoder" else list(pair.source)


def _links(pair: Pair, kind: str) -> list[tuple[int, int]] | None:
    """The gold links as (row, column), where there are any."""
    return [(t, s) for s, t in pair.alignment] if kind == "cross" and pair.alignment is not None else None


def _error(weights: np.ndarray, pair: Pair) -> float:
    """The alignment error rate of one head (T + 1, S) over one pair."""
    links = metrics.links_from_weights(torch.from_numpy(weights[:-1]))
    return metrics.alignment_error_rate([links], [pair.alignment])


def heads_explorer(model: Transformer, pairs: Sequence[Pair], source: Vocab, target: Vocab) -> widgets.VBox:
    """Choose a sentence, a kind of attention, a layer and a head; gold links are outlined.

    Args:
        pairs: the sentences to choose from.

    Raises:
        ValueError: no pairs.
    """
    if not pairs:
        raise ValueError("pairs must hold at least one, got none")
    L, N = len(model.encoder), model.encoder[0].self_attn.N
    names = [(f"{i + 1}: {pair.source_text}"[:60], i) for i, pair in enumerate(pairs)]
    controls = {
        "sentence": widgets.Dropdown(options=names, description="sentence", layout=widgets.Layout(width="480px")),
        "kind": widgets.Dropdown(options=[(text, kind) for kind, text in _KINDS.items()], description="attention"),
        "layer": widgets.IntSlider(L, 1, L, description="layer"),
        "head": widgets.IntSlider(1, 1, N, description="head"),
    }

    def draw(sentence: int, kind: str, layer: int, head: int) -> Figure:
        weights, rows, columns = _weights(model, pairs[sentence], source, target, kind)
        figure, ax = plotting.figure(size=(7.6, 1.6 + 0.34 * len(rows)), shown=False)
        plotting.heatmap(
            weights[layer - 1, head - 1], rows, columns, title=f"Layer {layer}, head {head}: {_KINDS[kind]}",
            xlabel="looked at", ylabel="", low=0, high=1, annotate=False, links=_links(pairs[sentence], kind), ax=ax,
        )  # fmt: skip
        return figure

    def describe(sentence: int, kind: str, layer: int, head: int) -> str:
        pair = pairs[sentence]
        weights = _weights(model, pair, source, target, kind)[0][layer - 1, head - 1]
        largest = weights.max(1).mean()
        text = f"{pair.source_text} · {pair.target_text} · The largest weight of a row: {largest:.2f} in the mean."
        if _links(pair, kind) is not None:
            text += f" Alignment error rate of this head over this sentence: {_error(weights, pair):.2f}."
        return text

    return explorer(controls, draw, describe)


def heads_picture(
    model: Transformer, pair: Pair, source: Vocab, target: Vocab, *, title: str, kind: str = "cross", layer: int = 1
) -> np.ndarray:
    """All heads of one layer over one pair, gold links outlined.

    Args:
        kind: "cross", "encoder" or "decoder".
        layer: from 1.

    Returns:
        the Axes, (N,).

    Raises:
        ValueError: an unknown kind, no such layer.
    """
    if kind not in _KINDS:
        raise ValueError(f"kind must be one of {', '.join(_KINDS)}, got {kind!r}")
    if not 1 <= layer <= len(model.encoder):
        raise ValueError(f"layer must be from 1 to {len(model.encoder)}, got {layer}")
    weights, rows, columns = _weights(model, pair, source, target, kind)
    N = weights.shape[1]
    figure, axes = plotting.figure(1, N, size=(3.6 * N, 2.0 + 0.3 * len(rows)), squeeze=False)
    for head, ax in enumerate(axes[0]):
        found = weights[layer - 1, head]
        error = f", error {_error(found, pair):.2f}" if _links(pair, kind) is not None else ""
        plotting.heatmap(
            found, rows if head == 0 else [""] * len(rows), columns, title=f"head {head + 1}{error}", xlabel="",
            ylabel="", low=0, high=1, annotate=False, links=_links(pair, kind), ax=ax,
        )  # fmt: skip
    with plotting.style():
        figure.suptitle(title, x=0.01, ha="left", fontsize=14)
    return axes[0]


# --- positions ----------------------------------------------------------------------------------------------


def _draw_positions(axes: np.ndarray, T: int, D: int, t: int) -> None:
    table = sinusoidal_positions(T, D)
    surface, likeness = axes
    plotting.heatmap(
        table, title="one row for each position", xlabel="column", ylabel="position", annotate=False, ax=surface
    )
    plotting.curve(
        np.arange(T), table @ table[t] / (D / 2), title=f"likeness to position {t}", xlabel="position",
        ylabel="dot product / (D/2)", ax=likeness,
    )  # fmt: skip


def positions_explorer(T: int = 60, D: int = 64) -> widgets.VBox:
    """The surface of sinusoidal positions, and the dot product of one position with every other."""
    controls = {
        "T": widgets.IntSlider(T, 10, 200, step=10, description="positions"),
        "D": widgets.IntSlider(D, 4, 256, step=4, description="D"),
        "t": widgets.IntSlider(min(20, T - 1), 0, 199, description="position"),
    }

    def draw(T: int, D: int, t: int) -> Figure:
        figure, axes = plotting.figure(1, 2, size=(11.0, 4.2), shown=False)
        _draw_positions(axes, T, D, min(t, T - 1))
        return figure

    def describe(T: int, D: int, t: int) -> str:
        t = min(t, T - 1)
        table = sinusoidal_positions(T, D)
        beside = table[t] @ table[t - 1 if t else 1] / (D / 2)
        turn = 2 * np.pi * 10000 ** ((D - 2) / D)
        return (
            f"Position {t} is alike to itself by 1, to the one beside it by {beside:.2f}. The first pair of columns "
            f"turns once in 6.3 positions, the last in {turn:,.0f}."
        )

    return explorer(controls, draw, describe, play="t")


def positions_picture(T: int = 60, D: int = 64, *, title: str, t: int = 20) -> np.ndarray:
    """`positions_explorer` for one size. Returns the Axes, (2,)."""
    figure, axes = plotting.figure(1, 2, size=(11.0, 4.2))
    _draw_positions(axes, T, D, t)
    with plotting.style():
        figure.suptitle(title, x=0.01, ha="left", fontsize=14)
    return axes


# --- masks --------------------------------------------------------------------------------------------------


def _draw_masks(axes: np.ndarray, lengths: Sequence[int], b: int) -> None:
    T = max(lengths)
    real = padding_mask(lengths, T)[b].expand(T, T)
    causal = causal_mask(T)
    parts = {"padding": real, "causal": causal, "both: causal & padding": real & causal}
    for ax, (name, mask) in zip(axes, parts.items(), strict=True):
        label = "a word that asks" if ax is axes[0] else ""
        plotting.heatmap(mask, title=name, xlabel="a word that is looked at", ylabel=label, ax=ax)


def masks_explorer(T: int = 8) -> widgets.VBox:
    """The masks of one sentence in a batch: its own length, and the batch's longest one."""
    controls = {
        "length": widgets.IntSlider(T - 3, 1, T, description="length"),
        "T": widgets.IntSlider(T, 2, 20, description="longest"),
    }

    def draw(length: int, T: int) -> Figure:
        figure, axes = plotting.figure(1, 3, size=(11.0, 3.8), shown=False)
        _draw_masks(axes, [T, min(length, T)], 1)
        return figure

    def describe(length: int, T: int) -> str:
        length = min(length, T)
        both = causal_mask(T) & padding_mask([length], T)
        padding = f" Rows from {length} on are padding; what they find is never used." if length < T else ""
        return f"Of {T * T} pairs of positions, {int(both.sum())} may attend (dark: True).{padding}"

    return explorer(controls, draw, describe, play="length")


def masks_picture(lengths: Sequence[int], *, title: str, sentence: int = 1) -> np.ndarray:
    """`masks_explorer` for a sentence of a batch. Returns the Axes, (3,).

    Raises:
        ValueError: no such sentence.
    """
    if not 0 <= sentence < len(lengths):
        raise ValueError(f"sentence must be from 0 to {len(lengths) - 1}, got {sentence}")
    figure, axes = plotting.figure(1, 3, size=(11.0, 4.0))
    _draw_masks(axes, lengths, sentence)
    with plotting.style():
        figure.suptitle(title, x=0.01, ha="left", fontsize=14)
    return axes


# --- the softmax's scale ------------------------------------------------------------------------------------


def _scores(K: int, S: int = 10) -> Tensor:
    """The scores of one query with S keys, of K random numbers each: for every K the first of the same 512."""
    generator = torch.Generator().manual_seed(11)
    query, key = (torch.randn(n, 512, generator=generator)[:, :K] for n in (1, S))
    return (query @ key.T)[0]


def _derivative(weights: Tensor) -> float:
    return (weights.diag() - weights.outer(weights)).norm().item()


def _draw_scale(ax: Axes, K: int, power: float) -> None:
    weights = (_scores(K) * K**-power).softmax(-1)
    plotting.bars(
        [str(s) for s in range(len(weights))],
        weights,
        xlabel="key",
        ylabel="weight",
        limits=(0, 1),
        title=f"{_divided(power)}: derivative {_derivative(weights):.3f}",
        ax=ax,
    )
    ax.set_ylim(0, 1.08)
    ax.set_yticks(np.linspace(0, 1, 6))


def _divided(power: float) -> str:
    return {0: "unscaled", 0.5: "divided by √K", 1: "divided by K"}.get(power, f"divided by K^{power:g}")


def scale_explorer(K: int = 64) -> widgets.VBox:
    """The softmax of one query's scores, divided by a power of K: 0 is unscaled, 0.5 the Transformer's, 1 too much."""
    controls = {
        "power": widgets.FloatSlider(0.5, min=0, max=1, step=0.05, description="power of K"),
        "K": widgets.SelectionSlider(options=(4, 8, 16, 32, 64, 128, 256, 512), value=K, description="K"),
    }

    def draw(power: float, K: int) -> Figure:
        figure, ax = plotting.figure(size=(7.6, 3.8), shown=False)
        _draw_scale(ax, K, power)
        return figure

    def describe(power: float, K: int) -> str:
        scores = _scores(K) * K**-power
        largest = scores.softmax(-1).max()
        return f"The scores have the standard deviation {scores.std():.2f}, and the largest weight is {largest:.2f}."

    return explorer(controls, draw, describe, play="K")


def scale_picture(K: int = 64, powers: Sequence[float] = (0, 0.5, 1), *, title: str) -> np.ndarray:
    """`scale_explorer` for a few powers of K. Returns the Axes, one for each power."""
    figure, axes = plotting.figure(1, len(powers), size=(4.2 * len(powers), 3.8), squeeze=False)
    for ax, power in zip(axes[0], powers, strict=True):
        _draw_scale(ax, K, power)
    with plotting.style():
        figure.suptitle(title, x=0.01, ha="left", fontsize=14)
    return axes[0]
