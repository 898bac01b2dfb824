"""Heat maps and the matrix product: what is on the Axes, and what is refused."""

import math

import numpy as np
import pytest
import torch
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from course_lib import plotting
from course_lib.plotting import matrices
from tests.plotting.figures import ABOUT, legend_of, render, texts

pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # a missing glyph is one

# --- heat maps ----------------------------------------------------------------------------------------------


def test_heatmap_names_cells_and_outlines_links():
    matrix = np.array([[0.0, 0.5, 1.0], [1.0, 0.25, 0.0]])
    ax = plotting.heatmap(matrix, ["i", "run"], ["저", "는", "달려요"], links=[(0, 0), (1, 2)], value="weight", **ABOUT)
    assert np.array_equal(ax.images[0].get_array(), matrix)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["i", "run"]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["저", "는", "달려요"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the first row is on top
    centres = [(patch.get_y() + patch.get_height() / 2, patch.get_x() + patch.get_width() / 2) for patch in ax.patches]
    assert np.allclose(centres, [(0, 0), (1, 2)])
    assert {to_hex(patch.get_edgecolor()).upper() for patch in ax.patches} == {plotting.GOLD}
    assert legend_of(ax) == ["gold link"]
    assert ax.images[0].colorbar.ax.get_ylabel() == "weight"
    assert texts(ax) == ["0.00", "0.50", "1.00", "1.00", "0.25", "0.00"]


def test_heatmap_dashes_what_is_only_possible():
    ax = plotting.heatmap([[0.0, 0.5], [1.0, 0.2]], links=[(0, 0)], possible=[(0, 0), (1, 0), (1, 1)], **ABOUT)
    frames = {(patch.get_y() + 0.46, patch.get_x() + 0.46): patch.get_linestyle() for patch in ax.patches}
    assert frames == {(0, 0): "solid", (1, 0): "--", (1, 1): "--"}, "a sure link gets no second frame"
    assert legend_of(ax) == ["gold link", "possible"]


def contrast(first, second) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""

    def luminance(colour):
        rgb = np.array(to_rgb(colour))
        return float(np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4) @ (0.2126, 0.7152, 0.0722))

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("low", [0, -1])
def test_every_value_can_be_read_against_its_cell(low):
    matrix = np.linspace(low, 1, 60).reshape(10, 6)
    ax = plotting.heatmap(matrix, **ABOUT)
    cells = ax.images[0].cmap(ax.images[0].norm(matrix)).reshape(-1, 4)
    assert len(ax.texts) == 60
    for text, cell in zip(ax.texts, cells, strict=True):
        assert contrast(text.get_color(), cell[:3]) >= 4.5


@pytest.mark.parametrize("mask", [torch.ones(3, 3).tril().bool(), np.tri(3, dtype=bool), torch.ones(3, 3).bool()])
def test_heatmap_of_truth_values_needs_no_bar(mask):
    ax = plotting.heatmap(mask, **ABOUT)
    assert ax.figure.axes == [ax]
    assert ax.images[0].get_clim() == (0, 1)
    assert not ax.texts
    assert len(plotting.heatmap(np.asarray(mask, dtype=float), **ABOUT).figure.axes) == 2


def test_heatmap_of_both_signs_has_white_at_zero():
    for matrix in ([[-1.0, 3.0]], [[-3.0, 1.0]]):
        image = plotting.heatmap(matrix, **ABOUT).images[0]
        assert image.get_clim() == (-3, 3)
        assert image.cmap.name == matrices.DIVERGING
    assert plotting.heatmap([[1.0, 3.0]], **ABOUT).images[0].cmap.name == matrices.SEQUENTIAL
    assert plotting.heatmap([[1.0, 3.0]], low=0, high=4, **ABOUT).images[0].get_clim() == (0, 4)


def test_masked_cells_are_grey_and_a_constant_matrix_is_fine():
    ax = plotting.heatmap([[0.5, -math.inf], [math.nan, 1.0]], **ABOUT)
    assert texts(ax) == ["0.50", "−∞", "", "1.00"]
    cells = ax.images[0].cmap(ax.images[0].norm(ax.images[0].get_array()))
    assert to_hex(cells[0, 1]) == to_hex(cells[1, 0]) == "#d9d9d9"
    render(ax)
    render(plotting.heatmap(np.zeros((2, 2)), **ABOUT))


def test_a_large_heatmap_has_no_numbers_and_grows_with_its_names():
    big = np.random.default_rng(0).random((30, 40))
    assert not plotting.heatmap(big, **ABOUT).texts
    assert len(plotting.heatmap(big, annotate=True, **ABOUT).texts) == 1200
    named = plotting.heatmap(big, [f"word{i}" for i in range(30)], [f"단어{i}" for i in range(40)], **ABOUT)
    assert named.figure.get_size_inches()[1] > 8
    assert {tick.get_rotation() for tick in named.get_xticklabels()} == {90}


@pytest.mark.parametrize(
    ("matrix", "options", "message"),
    [
        ([1, 2], {}, r"matrix must have shape \(rows, columns\), got \(2,\)"),
        ([[1, 2]], {"rows": ["a", "b"]}, r"rows must have one entry per row, 1, got 2"),
        ([[1, 2]], {"columns": ["a"]}, r"columns must have one entry per column, 2, got 1"),
        ([[1, 2]], {"links": [(1, 0)]}, r"links must be \(row, column\) within 1 rows and 2 columns, got \(1, 0\)"),
        ([[1, 2]], {"links": [(0, -1)]}, r"links must be \(row, column\)"),
        ([[1, 2]], {"possible": [(0, 2)]}, r"links must be \(row, column\)"),
        ([[math.nan]], {}, r"matrix must hold at least one finite value, got none"),
    ],
)
def test_heatmap_says_what_is_wrong(matrix, options, message):
    with pytest.raises(ValueError, match=message):
        plotting.heatmap(matrix, **options, **ABOUT)


# --- the matrix product -------------------------------------------------------------------------------------


def test_matrix_product_outlines_a_row_three_times_in_one_colour():
    weight = np.arange(8.0).reshape(4, 2)
    ids = [2, 0, 2]
    ax = plotting.matrix_product(
        np.eye(4)[ids], weight, weight[ids], ["cat", "나", "cat"], vocabulary=["나", "b", "cat", "d"], title="Rows"
    )
    frames = [patch for patch in ax.patches if isinstance(patch, Rectangle) and not patch.get_fill()]
    colours = [to_hex(frame.get_edgecolor()).upper() for frame in frames]
    # 3 rows of one-hot, 2 different rows of the matrix, 3 rows of the product
    assert len(frames) == 8
    assert colours.count(plotting.BLUE) == 2 + 1 + 2
    assert colours.count(plotting.VERMILION) == 1 + 1 + 1
    cells = [patch for patch in ax.patches if patch.get_fill()]
    assert len(cells) == 3 * 4 + 4 * 2 + 3 * 2
    written = texts(ax)
    assert written.count("cat") == 3  # two rows and the vocabulary
    assert {"×", "=", "one-hot rows\n(3, 4)", "embedding matrix\n(4, 2)", "word vectors\n(3, 2)"} <= set(written)
    assert written.count("1") == 3


@pytest.mark.parametrize(
    ("one_hot", "product", "options", "message"),
    [
        (np.eye(3), np.ones((3, 2)), {}, r"one_hot must have one column per row of weight, 2, got 3"),
        (np.eye(2), np.ones((2, 3)), {}, r"product must have shape \(2, 2\), got \(2, 3\)"),
        ([[1, 1], [0, 1]], np.eye(2), {}, r"one_hot must hold a single 1 per row .*, got \[1. 1.\] in row 0"),
        (np.eye(2), [[1, 2], [3, 5]], {}, r"product must be one_hot @ weight: row 1 should be row 1 of weight"),
        (np.eye(2), [[1, 2], [3, 4]], {"row_labels": ["a"]}, r"row_labels must have one entry per row.*, 2, got 1"),
        (np.eye(2), [[1, 2], [3, 4]], {"vocabulary": ["a"]}, r"vocabulary must have one entry per row.*, 2, got 1"),
    ],
)  # fmt: skip
def test_matrix_product_says_what_is_wrong(one_hot, product, options, message):
    options = {"row_labels": ["a", "b"], "title": "Rows", **options}
    with pytest.raises(ValueError, match=message):
        plotting.matrix_product(one_hot, [[1, 2], [3, 4]], product, **options)
