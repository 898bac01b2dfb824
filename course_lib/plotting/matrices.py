"""Matrices, cell by cell."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib import colors, ticker
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle

from course_lib.plotting.inputs import Array, check_array, check_names
from course_lib.plotting.labels import number, turn
from course_lib.plotting.theme import BLACK, GOLD, PALETTE, SIZE, drawing

SEQUENTIAL, DIVERGING = "Blues", "RdBu_r"

# --- heat maps ----------------------------------------------------------------------------------------------


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
    possible: Sequence[tuple[int, int]] | None = None,
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
        possible: cells that are outlined with dashes, unless they are among `links`.
        low, high: the ends of the colour scale; by default those of the data. With both signs the nearer end
            is moved out, so that zero is in the middle.
        annotate: write the values into the cells; by default if the matrix is small enough and not of truth values.
        digits: decimals of the values.

    Raises:
        ValueError: names that don't fit the shape, a link outside the matrix, no finite value.
    """
    truth = str(getattr(matrix, "dtype", "")).endswith("bool")  # of NumPy or of torch
    matrix = check_array("matrix", matrix, (2,), "(rows, columns)")
    R, C = matrix.shape
    rows = None if rows is None else check_names("rows", rows, R, "row")
    columns = None if columns is None else check_names("columns", columns, C, "column")
    links, possible = _check_links(links, R, C), _check_links(possible, R, C)
    low, high = _colour_ends(matrix, *((0, 1) if truth else (low, high)))
    if annotate is None:
        annotate = R <= 12 and C <= 10 and not truth

    height = SIZE[1] if rows is None else min(12.0, max(SIZE[1], 1.5 + 0.24 * R))
    with drawing(ax, title, (SIZE[0], height)) as ax:
        colours = mpl.colormaps[DIVERGING if low < 0 < high else SEQUENTIAL].with_extremes(bad="#D9D9D9")
        image = ax.imshow(matrix, cmap=colours, vmin=low, vmax=high, aspect="auto", interpolation="nearest")
        _name_cells(ax, rows, columns)
        if R * C <= 1000:
            _separate_cells(ax, R, C)
        if annotate:
            _write_cells(ax, image, matrix, digits)
        _outline(ax, links, linewidth=2.4, label="gold link")
        _outline(ax, [link for link in possible if link not in links], linewidth=1.4, linestyle="--", label="possible")
        ax.set(xlabel=xlabel, ylabel=ylabel)
        if not truth:
            bar = ax.figure.colorbar(image, ax=ax, label=value, pad=0.02, fraction=0.05, aspect=5 * height)
            bar.outline.set_visible(False)
    return ax


def _check_links(links: Sequence[tuple[int, int]] | None, R: int, C: int) -> list[tuple[int, int]]:
    found = []
    for link in () if links is None else links:
        cell = tuple(map(int, link))
        if len(cell) != 2 or not (0 <= cell[0] < R and 0 <= cell[1] < C):
            raise ValueError(f"links must be (row, column) within {R} rows and {C} columns, got {cell}")
        found.append((cell[0], cell[1]))
    return found


def _colour_ends(matrix: Array, low: float | None, high: float | None) -> tuple[float, float]:
    """The ends of the colour scale, with zero in the middle where there are both signs."""
    shown = matrix[np.isfinite(matrix)]
    if not shown.size:
        raise ValueError("matrix must hold at least one finite value, got none")
    lowest = float(shown.min()) if low is None else low
    highest = float(shown.max()) if high is None else high
    if lowest < 0 < highest:
        highest = max(highest, -lowest)
        lowest = -highest
    return lowest, highest


def _name_cells(ax: Axes, rows: Sequence[str] | None, columns: Sequence[str] | None) -> None:
    """Names of the rows and columns, or their numbers, and no frame."""
    for axis, names in ((ax.yaxis, rows), (ax.xaxis, columns)):
        if names is not None:
            axis.set_ticks(np.arange(len(names)), names)
        else:
            axis.set_major_locator(ticker.MaxNLocator(12, integer=True))
        axis.set_tick_params(length=0)
    if columns is not None:
        turn(ax, columns)
    ax.spines[:].set_visible(False)


def _separate_cells(ax: Axes, R: int, C: int) -> None:
    """Thin white lines between the cells."""
    ax.set_xticks(np.arange(C + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(R + 1) - 0.5, minor=True)
    ax.grid(True, which="minor", color="white", linewidth=1)
    ax.tick_params(which="minor", length=0)


def _write_cells(ax: Axes, image: AxesImage, matrix: Array, digits: int) -> None:
    """The values in their cells, in a colour that can be read there."""
    shown = image.get_array()  # with cells that are not finite masked
    assert shown is not None
    cells = image.to_rgba(shown)  # (rows, columns, 4)
    for (i, j), value in np.ndenumerate(matrix):
        ax.text(
            j, i, number(float(value), digits), ha="center", va="center", fontsize=9, color=_readable(cells[i, j])
        )  # fmt: skip


def _outline(ax: Axes, links: list[tuple[int, int]], *, label: str, **style: Any) -> None:
    """A frame of gold around each of the cells, named once for the legend."""
    for n, (i, j) in enumerate(links):
        style["label"] = label if n == 0 else None
        ax.add_patch(Rectangle((j - 0.46, i - 0.46), 0.92, 0.92, fill=False, edgecolor=GOLD, **style))


def _readable(background: Any) -> str:
    """Black or white, whichever contrasts more with the background (WCAG 2, relative luminance)."""
    rgb = np.array(colors.to_rgb(background))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return BLACK if linear @ (0.2126, 0.7152, 0.0722) > 0.179 else "white"


# --- the matrix product -------------------------------------------------------------------------------------


class _Block(NamedTuple):
    """One of the three matrices.

    Attributes:
        left: where it begins.
        matrix: its numbers, (rows, columns).
        wide: the width of a cell.
        labels: of its rows; none or all.
        faces: the colour of each cell.
        frames: the colour of the frame of each row that has one.
        below: what is written below.
        digits: decimals of the numbers.
    """

    left: float
    matrix: Array
    wide: float
    labels: Sequence[str]
    faces: Sequence[Sequence[Any]]
    frames: Mapping[int, str]
    below: str
    digits: int


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
    one_hot = check_array("one_hot", one_hot, (2,), "(T, V)")
    weight = check_array("weight", weight, (2,), "(V, E)")
    product = check_array("product", product, (2,), "(T, E)")
    picked = _check_product(one_hot, weight, product)
    T, (V, E) = len(one_hot), weight.shape
    row_labels = check_names("row_labels", row_labels, T, "row of one_hot")
    vocabulary = [] if vocabulary is None else check_names("vocabulary", vocabulary, V, "row of weight")

    with drawing(ax, title, (SIZE[0], max(SIZE[1], 1.5 + 0.3 * max(T, V)))) as ax:
        # A cell of the one-hot rows is 1 wide and high, one of the others `wide`; texts are measured in points.
        wide, gap, middle = 0.9 + 0.45 * digits, 2.0, max(T, V) / 2
        names = [max(map(_points_wide, labels), default=0.0) for labels in (row_labels, vocabulary)]
        room = ax.get_window_extent().width * 72 / ax.figure.dpi - sum(names)
        unit = max(room, 1.0) / (V + 2 * E * wide + 2 * gap + 1)
        lefts = np.cumsum([0.0, V + gap + names[1] / unit, E * wide + gap])
        switches, shades, colour_of = _cell_colours(picked, weight)
        outlines = {i: colour_of[word] for i, word in enumerate(picked)}
        picked_shades = [shades[word] for word in picked]
        for block in (
            _Block(lefts[0], one_hot, 1.0, row_labels, switches, outlines, f"one-hot rows\n({T}, {V})", 0),
            _Block(lefts[1], weight, wide, vocabulary, shades, colour_of, f"embedding matrix\n({V}, {E})", digits),
            _Block(lefts[2], product, wide, [], picked_shades, outlines, f"word vectors\n({T}, {E})", digits),
        ):
            _draw_block(ax, block, middle)
        for x, sign in ((V + gap / 2, "×"), (lefts[2] - gap / 2, "=")):
            ax.text(x, middle, sign, ha="center", va="center", fontsize=18)
        ax.set(xlim=(-0.25 - names[0] / unit, lefts[2] + E * wide + 0.1), ylim=(max(T, V) + 2.4, -0.2))
        ax.set_axis_off()
    return ax


def _check_product(one_hot: Array, weight: Array, product: Array) -> list[int]:
    """The row of `weight` that each row of `one_hot` picks, T of them."""
    V, E = weight.shape
    if one_hot.shape[1] != V:
        raise ValueError(f"one_hot must have one column per row of weight, {V}, got {one_hot.shape[1]}")
    if product.shape != (len(one_hot), E):
        raise ValueError(f"product must have shape ({len(one_hot)}, {E}), got {product.shape}")
    picked: list[int] = one_hot.argmax(1).tolist()
    wrong = np.flatnonzero((one_hot != np.eye(V)[picked]).any(1))
    if wrong.size:
        raise ValueError(
            f"one_hot must hold a single 1 per row and 0 elsewhere, got {one_hot[wrong[0]]} in row {wrong[0]}"
        )
    wrong = np.flatnonzero(~np.isclose(product, weight[picked], rtol=1e-4, atol=1e-6).all(1))
    if wrong.size:
        row = wrong[0]
        raise ValueError(
            f"product must be one_hot @ weight: row {row} should be row {picked[row]} of weight, "
            f"{weight[picked[row]]}, got {product[row]}"
        )
    return picked


def _cell_colours(picked: list[int], weight: Array) -> tuple[list[list[str]], list[list[Any]], dict[int, str]]:
    """Colours: of the cells of the one-hot rows (T, V), of those of `weight` (V, E), of each row that is picked."""
    # One colour per row of weight that is picked, so that a word that occurs twice has one colour.
    colour_of = {word: PALETTE[n % 6] for n, word in enumerate(dict.fromkeys(picked))}
    bound = 1.6 * np.abs(weight).max() or 1.0  # pale cells, so that the outlines carry the message
    tint = mpl.colormaps[DIVERGING]
    shades = [[tint(0.5 + value / (2 * bound)) for value in row] for row in weight]
    switches = [[colour_of[word] if v == word else "#F2F2F2" for v in range(len(weight))] for word in picked]
    return switches, shades, colour_of


def _draw_block(ax: Axes, block: _Block, middle: float) -> None:
    """One of the matrices, its rows around the height `middle`."""
    left, wide, top, columns = block.left, block.wide, middle - len(block.matrix) / 2, block.matrix.shape[1]
    for (i, j), value in np.ndenumerate(block.matrix):
        corner, face = (left + j * wide, top + i), block.faces[i][j]
        ax.add_patch(Rectangle(corner, wide, 1, facecolor=face, edgecolor="white", linewidth=1.2))
        ax.text(
            corner[0] + wide / 2, corner[1] + 0.5, number(float(value), block.digits),
            ha="center", va="center", fontsize=9, color=_readable(face),
        )  # fmt: skip
    for i, colour in block.frames.items():
        ax.add_patch(Rectangle((left, top + i), columns * wide, 1, fill=False, edgecolor=colour, linewidth=2.4))
    for i, label in enumerate(block.labels):
        ax.text(left - 0.25, top + i + 0.5, label, ha="right", va="center")
    below = left + columns * wide / 2, top + len(block.matrix) + 0.35
    ax.text(*below, block.below, ha="center", va="top", linespacing=1.3)


def _points_wide(text: str, size: float = 10.0) -> float:
    """About how wide a text is, in points: Hangul is as wide as it is high, other letters less."""
    return size * sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.65 for letter in text)
