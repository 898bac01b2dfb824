"""Words and classifiers in the plane: what is on the Axes, and what is refused."""

import math

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch

from course_lib import plotting
from tests.plotting.figures import legend_of, render, texts

pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # a missing glyph is one

# --- words --------------------------------------------------------------------------------------------------


def overlaps(boxes) -> int:
    return sum(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_points_of_each_group_have_a_colour_and_a_marker():
    xy = np.array([[0, 0], [1, 1], [2, 0]])
    ax = plotting.points(xy, ["고양이", "밥", "dog"], ["animal", "food", "animal"], title="Groups")
    animals, food = ax.collections
    assert animals.get_offsets().tolist() == [[0, 0], [2, 0]]
    assert food.get_offsets().tolist() == [[1, 1]]
    assert not np.array_equal(animals.get_facecolor(), food.get_facecolor())
    assert not np.array_equal(animals.get_paths()[0].vertices, food.get_paths()[0].vertices)
    assert legend_of(ax) == ["animal", "food"]
    assert texts(ax) == ["고양이", "밥", "dog"]
    assert np.allclose([text.xy for text in ax.texts], xy)


def test_labels_do_not_overlap_even_where_points_are_dense():
    rng = np.random.default_rng(1)
    xy = rng.standard_normal((40, 2))
    ax = plotting.points(xy, [f"word{i}" for i in range(20)] + [f"낱말{i}" for i in range(20)], title="Dense")
    unplaced = overlaps([text.get_window_extent() for text in ax.texts])
    render(ax)
    placed = [text.get_window_extent() for text in ax.texts]
    assert unplaced >= 5
    assert overlaps(placed) <= 1
    frame = ax.get_window_extent()
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in placed)


def test_labels_move_when_the_figure_is_resized():
    ax = plotting.points([[0, 0], [0.02, 0], [1, 1]], ["left word", "right word", "far"], title="Two neighbours")
    ax.figure.set_size_inches(2.5, 2.5)
    render(ax)
    assert overlaps([text.get_window_extent() for text in ax.texts]) == 0


@pytest.mark.parametrize(
    ("xy", "labels", "message"),
    [
        ([[0, 0, 0]], ["a"], r"xy must have shape \(P, 2\), got \(1, 3\)"),
        ([[0, math.inf]], ["a"], r"xy must be finite, got nan or inf"),
        ([[0, 0], [1, 1]], ["a"], r"labels must have one entry per point, 2, got 1"),
    ],
)
def test_points_say_what_is_wrong(xy, labels, message):
    with pytest.raises(ValueError, match=message):
        plotting.points(xy, labels, title="")


def test_groups_are_checked():
    with pytest.raises(ValueError, match=r"groups must have one entry per point, 2, got 1"):
        plotting.points([[0, 0], [1, 1]], ["a", "b"], ["x"], title="")


# --- a classifier -------------------------------------------------------------------------------------------


def test_the_lattice_runs_row_by_row_from_the_bottom():
    points = plotting.lattice(1.0, n=3)
    assert points.tolist() == [[x, y] for y in (-1, 0, 1) for x in (-1, 0, 1)]
    with pytest.raises(ValueError, match="limit must be positive and n at least 2, got limit=0 and n=3"):
        plotting.lattice(0, n=3)
    with pytest.raises(ValueError, match="got limit=1 and n=1"):
        plotting.lattice(1, n=1)


def test_the_boundary_lies_where_the_probability_is_one_half():
    points = plotting.lattice(2.0)
    probability = 1 / (1 + np.exp(points[:, 1] + 0.5 - points[:, 0]))
    ax = plotting.plane(probability, 2.0, [[0, 1], [1, 0]], [0, 1], title="x")
    (boundary,) = (found for found in ax.collections if hasattr(found, "levels"))
    x, y = np.concatenate([path.vertices for path in boundary.get_paths()]).T
    assert np.abs(x - y - 0.5).max() < 1e-6
    (image,) = ax.images
    assert image.get_extent() == pytest.approx([-2.025, 2.025, -2.025, 2.025])  # half a step more than the lattice
    assert image.origin == "lower"
    assert image.get_array()[0, -1] > 0.9 > 0.1 > image.get_array()[-1, 0]  # class 1 on the right below


def test_examples_have_the_colour_and_the_marker_of_their_class():
    ax = plotting.plane(np.full(81 * 81, 0.2), 1.0, [[0, 0.5], [0.5, 0], [0.1, 0.2]], [0, 1, 1], title="x")
    zeros, ones = ax.collections  # no boundary: the probability is never one half
    assert zeros.get_offsets().tolist() == [[0, 0.5]]
    assert ones.get_offsets().tolist() == [[0.5, 0], [0.1, 0.2]]
    assert to_hex(zeros.get_facecolor()[0]).upper() == plotting.BLUE
    assert to_hex(ones.get_facecolor()[0]).upper() == plotting.VERMILION
    assert legend_of(ax) == ["class 0", "class 1"]
    ax = plotting.plane(np.full(81 * 81, 0.2), 1.0, [[0, 0.5]], [0], title="x", legend=False)
    assert ax.get_legend() is None


def test_a_neurons_line_is_dashed_and_its_arrow_points_to_the_positive_side():
    weight, bias = np.array([[2.0, 0.0], [0.0, 0.0], [0.0, 1.0]]), np.array([-1.0, 1.0, 5.0])
    ax = plotting.plane(np.linspace(0, 1, 81 * 81), 2.0, [[0, 0]], [1], title="x", lines=(weight, bias))
    lines = [line for line in ax.lines if line.get_color() == plotting.PURPLE]
    assert len(lines) == 2, "weights of 0 draw no line"
    assert lines[0].get_xy1()[0] == pytest.approx(0.5)  # 2 x1 - 1 = 0
    assert lines[1].get_xy1()[1] == pytest.approx(-5)
    (arrow,) = (patch for patch in ax.patches if isinstance(patch, FancyArrowPatch))  # the second is out of sight
    start, end = arrow._posA_posB
    assert tuple(start) == pytest.approx((0.5, 0.0))
    assert end[0] > start[0]
    assert legend_of(ax) == ["boundary", "neuron", "class 0", "class 1"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"probability": np.zeros(10)}, r"one value per point of a square lattice, n \* n, got 10"),
        ({"probability": np.zeros((4, 4))}, r"probability must have shape \(n \* n,\), got \(4, 4\)"),
        ({"xy": [[1, 2, 3]]}, r"xy must have shape \(P, 2\), got \(1, 3\)"),
        ({"labels": [0, 1]}, r"labels must be 1 times 0 or 1, got 2 labels"),
        ({"labels": [2]}, r"labels must be 1 times 0 or 1, got 1 labels: \[2.\]"),
        ({"lines": ([[1, 2]], [1, 2])}, r"lines must be weight \(H, 2\) and bias \(H,\), got \(1, 2\) and \(2,\)"),
    ],
)
def test_plane_says_what_is_wrong(changes, message):
    arguments = {"probability": np.zeros(16), "limit": 1.0, "xy": [[0, 0]], "labels": [1]} | changes
    with pytest.raises(ValueError, match=message):
        plotting.plane(**arguments, title="x")
