"""Trees: what is on the Axes, and what is refused."""

import pytest
from matplotlib.colors import to_hex

from course_lib import plotting
from tests.plotting.figures import render, texts, title_of

pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # a missing glyph is one

# <sos> has three children, of which the last was pruned; "a" goes on and ends
TREE = {
    "parents": [-1, 0, 0, 0, 1, 4],
    "labels": ["<sos>", "a", "나", "c", "d", "<eos>"],
    "title": "T",
    "xlabel": "step",
}


def test_tree_has_a_column_for_each_step_in_the_order_given():
    ax = plotting.tree(**TREE, notes=["", "−0.1", "−0.2", "−3", "−0.2", "−0.3"])
    render(ax)
    assert [text.get_position() for text in ax.texts] == [(0, 0), (1, 0), (1, 1), (1, 2), (2, 0), (3, 0)]
    assert texts(ax)[:3] == ["<sos>", "a\n−0.1", "나\n−0.2"]
    assert ax.yaxis_inverted(), "the best stands on top"
    assert title_of(ax) == "T"


def test_tree_draws_a_line_from_each_parent():
    ax = plotting.tree(**TREE)
    ends = [tuple(line.get_ydata()) for line in ax.lines]
    assert ends == [(0, 0), (0, 1), (0, 2), (0, 0), (0, 0)]
    starts = [line.get_xdata() for line in ax.lines]
    assert all(depth < x[0] < x[1] < depth + 1 for depth, x in zip([0, 0, 0, 1, 2], starts, strict=True))


def test_tree_tells_pruned_ended_and_chosen_by_more_than_colour():
    flags = {"kept": [True, True, True, False, True, True], "ended": [False] * 5 + [True], "path": [0, 1, 4, 5]}
    ax = plotting.tree(**TREE, **flags)
    styles = [line.get_linestyle() for line in ax.lines]
    assert styles == ["-", "-", ":", "-", "-"]
    widths = [line.get_linewidth() for line in ax.lines]
    assert widths[0] == widths[3] == widths[4] > widths[1]
    framed = [text.get_bbox_patch().get_edgecolor()[3] > 0 for text in ax.texts]
    assert framed == [False] * 5 + [True]
    colours = [to_hex(text.get_color()) for text in ax.texts]
    assert colours[1] == plotting.VERMILION.lower()
    assert colours[3] == plotting.GREY.lower()
    assert colours[2] == plotting.INK.lower()


def test_tree_of_a_root_alone_and_on_axes_handed_in():
    _, ax = plotting.figure()
    assert plotting.tree([-1], ["<sos>"], title="T", xlabel="step", ax=ax) is ax
    render(ax)
    assert texts(ax) == ["<sos>"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"parents": []}, r"parents must begin with -1, the root, got \[\]"),
        ({"parents": [0, 0, 0, 0, 1, 4]}, r"parents must begin with -1, the root, got \[0\]"),
        ({"parents": [-1, 0, 0, 3, 1, 4]}, "the parent of node 3 must be from 0 to 2, got 3"),
        ({"parents": [-1, 0, -1, 0, 1, 4]}, "the parent of node 2 must be from 0 to 1, got -1"),
        ({"labels": ["a"]}, "labels must have one entry per node, 6, got 1"),
        ({"notes": ["a"]}, "notes must have one entry per node, 6, got 1"),
        ({"kept": [True]}, "kept must have one entry per node, 6, got 1"),
        ({"ended": [True]}, "ended must have one entry per node, 6, got 1"),
        ({"path": [0, 6]}, r"path must hold places from 0 to 5, got \[0, 6\]"),
    ],
)
def test_tree_says_what_is_wrong(changes, message):
    with pytest.raises(ValueError, match=message):
        plotting.tree(**(TREE | changes))
