"""Curves and bars: what is on the Axes, and what is refused."""

import math

import numpy as np
import pytest

from course_lib import plotting
from course_lib.plotting.charts import mean_interval
from tests.plotting.figures import ABOUT, BARS, legend_of, render, texts, title_of

pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # a missing glyph is one

# --- curves -------------------------------------------------------------------------------------------------


def test_curve_draws_the_mean_and_its_interval():
    runs = np.array([[1.0, 4.0], [3.0, 4.0]])
    ax = plotting.curve([10, 20], {"runs": runs, "one": [0, 1]}, **ABOUT)
    mean, one = ax.lines
    assert mean.get_xydata().tolist() == [[10, 2], [20, 4]]
    assert one.get_ydata().tolist() == [0, 1]
    (band,) = ax.collections
    low, high = band.get_paths()[0].vertices[:, 1].min(), band.get_paths()[0].vertices[:, 1].max()
    # two runs, standard deviation sqrt(2), t = 12.7062 for one degree of freedom
    assert (low, high) == pytest.approx((2 - 12.7062, 2 + 12.7062), abs=1e-3)
    assert legend_of(ax) == ["runs", "one"]
    assert mean.get_linestyle() != one.get_linestyle()
    assert ax.get_ylabel() == ABOUT["ylabel"]
    assert ax.get_xlabel().startswith(ABOUT["xlabel"])
    assert "95 % interval" in ax.get_xlabel()
    assert title_of(ax) == ABOUT["title"]


def test_curve_of_one_line_has_no_legend_and_no_band():
    ax = plotting.curve([1, 2, 3], [3, 2, 1], **ABOUT)
    assert ax.get_legend() is None
    assert not ax.collections
    assert ax.get_xlabel() == ABOUT["xlabel"]


def test_curve_with_positions_of_each_line_scales_and_gaps():
    ax = plotting.curve({"a": [1, 10], "b": [1, 10, 100]}, {"a": [1, 2], "b": [1, math.nan, 3]}, log="xy", **ABOUT)
    assert [len(line.get_xdata()) for line in ax.lines] == [2, 3]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    render(ax)


def test_curve_counts_in_whole_steps_with_thousands_separated():
    ax = plotting.curve([0, 1_000_000], [1, 0], **ABOUT)
    render(ax)
    assert "1,000,000" in [tick.get_text() for tick in ax.get_xticklabels()]
    few = plotting.curve([1, 2, 3], [1, 0, 1], **ABOUT)
    render(few)
    assert all(tick == round(tick) for tick in few.get_xticks())


@pytest.mark.parametrize(
    ("xs", "ys", "log", "message"),
    [
        ([1, 2], [1, 2, 3], "", r"ys must have one value per position, 2, got 3"),
        ([1, 2], {"RNN": [[1, 2, 3]]}, "", r"ys\['RNN'\] must have one value per position, 2, got 3"),
        ([1, 2], np.zeros((2, 2, 2)), "", r"ys must have shape \(P,\) or \(R, P\), got \(2, 2, 2\)"),
        ([[1, 2]], [1, 2], "", r"xs must have shape \(P,\), got \(1, 2\)"),
        ([], [], "", r"ys must have shape .*, got \(0,\)"),
        ([1, 2], {}, "", r"ys must hold at least one entry, got none"),
        ([1, 2], [[1, 2], [3]], "", r"ys must be numbers of shape \(P,\) or \(R, P\)"),
        ([1, 2], ["a", "b"], "", r"ys must be numbers .*could not convert string to float"),
        ({"a": [1]}, {"b": [1]}, "", r"xs must have the labels of ys, \['b'\], got \['a'\]"),
        ({"a": [1]}, [1], "", r"xs must have the labels of ys"),
        ([1, 2], [1, 2], "z", r'log must be "", "x", "y" or "xy", got \'z\''),
    ],
)
def test_curve_says_what_is_wrong(xs, ys, log, message):
    with pytest.raises(ValueError, match=message):
        plotting.curve(xs, ys, log=log, **ABOUT)


def student_mass(t: float, df: int) -> float:
    """The probability that Student's distribution gives -t .. t, by Simpson's rule on its density."""
    x = np.linspace(0, t, 20_001)
    log_constant = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - math.log(df * math.pi) / 2
    density = np.exp(log_constant - (df + 1) / 2 * np.log1p(x**2 / df))
    weights = np.ones_like(x)
    weights[1:-1:2], weights[2:-1:2] = 4, 2
    return 2 * float(density @ weights) * (x[1] - x[0]) / 3


@pytest.mark.parametrize("R", [*range(2, 36), 61, 200])
def test_the_interval_holds_95_percent_of_students_distribution(R):
    runs = np.arange(R, dtype=float)
    mean, half = mean_interval(runs)
    assert mean == pytest.approx((R - 1) / 2)
    t = half / (np.std(runs, ddof=1) / math.sqrt(R))
    assert student_mass(float(t), R - 1) == pytest.approx(0.95, abs=1e-9)


def test_one_run_has_no_interval():
    mean, half = mean_interval([[1.0, 2.0]])
    assert mean.tolist() == [1, 2]
    assert np.isnan(half).all()


def test_a_few_settings_on_a_logarithmic_axis_are_named_by_their_own_values():
    ax = plotting.curve([40, 160, 640], [1, 2, 3], title="A", xlabel="sentences", ylabel="y", log="x")
    ax.figure.canvas.draw()
    assert [label.get_text() for label in ax.get_xticklabels()] == ["40", "160", "640"]
    assert len(ax.get_xticklabels(minor=True)) == 0


# --- bars ---------------------------------------------------------------------------------------------------


def test_bars_of_runs_have_dots_error_bars_and_values():
    first, second = np.array([[0.2, 0.8], [0.4, 0.6]]), np.array([0.5, -0.1])
    ax = plotting.bars(["고양이", "dog"], {"runs": first, "one": second}, chance=0.125, **BARS)
    assert [patch.get_height() for patch in ax.patches] == pytest.approx([0.3, 0.7, 0.5, -0.1])
    assert texts(ax) == ["0.30", "0.70", "0.50", "−0.10"]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["고양이", "dog"]
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert sorted(y for line in dots for y in line.get_ydata()) == pytest.approx([0.2, 0.4, 0.6, 0.8])
    for bar, line in zip(ax.patches, dots, strict=False):
        assert (np.abs(line.get_xdata() - bar.get_x() - bar.get_width() / 2) < bar.get_width() / 2).all()
    (error,) = [segments for container in ax.containers[1:2] for segments in container[2]]
    half = 12.7062 * np.std([0.2, 0.4], ddof=1) / math.sqrt(2)
    assert error.get_segments()[0][:, 1] == pytest.approx([0.3 - half, 0.3 + half], abs=1e-4)
    assert {"runs", "one", "chance, 0.12"} == set(legend_of(ax))
    assert ax.get_ylim()[0] < 0 < ax.get_ylim()[1]
    assert "dot: one run" in ax.get_xlabel()


def test_bars_start_at_zero_and_take_intervals():
    ax = plotting.bars(["a", "b"], [0.8, 0.9], [0.1, 0.2], xlabel="model", **BARS)
    assert ax.get_ylim()[0] == 0
    assert ax.get_ylim()[1] > 1.1
    assert ax.get_legend() is None
    (error,) = ax.containers[1][2]
    assert error.get_segments()[1][:, 1] == pytest.approx([0.7, 1.1])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("model", "accuracy")


@pytest.mark.parametrize("horizontal", [False, True])
def test_error_bars_and_ticks_end_at_the_limits(horizontal):
    ax = plotting.bars(["a", "b"], [[0.7, 0.5], [1.0, 0.5]], limits=(0, 1), horizontal=horizontal, **BARS)
    (error,) = ax.containers[1][2]
    along = 0 if horizontal else 1
    ends = [segment[:, along] for segment in error.get_segments()]
    assert ends[0] == pytest.approx([0, 1]), "the interval of (0.7, 1.0) would reach from -1.1 to 2.8"
    assert ends[1] == pytest.approx([0.5, 0.5])
    ticks = ax.get_xticks() if horizontal else ax.get_yticks()
    assert (ticks.min(), ticks.max()) == (0, pytest.approx(1))
    with pytest.raises(ValueError, match=r"values must lie within \(0, 1\), got 0.5 to 1.2"):
        plotting.bars(["a", "b"], [0.5, 1.2], limits=(0, 1), **BARS)


def test_horizontal_bars_run_from_the_top():
    ax = plotting.bars(["강아지", "새"], [0.9, 0.5], horizontal=True, **BARS)
    assert [patch.get_width() for patch in ax.patches] == [0.9, 0.5]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]
    assert ax.get_xlabel() == "accuracy"


def test_labels_that_would_touch_are_turned():
    names = [f"a long name {i}" for i in range(12)]
    ax = plotting.bars(names, np.ones(12), **BARS)
    assert {tick.get_rotation() for tick in ax.get_xticklabels()} == {40}
    ax = plotting.bars(["a", "b"], [1, 2], **BARS)
    assert {tick.get_rotation() for tick in ax.get_xticklabels()} == {0}


@pytest.mark.parametrize(
    ("labels", "values", "intervals", "message"),
    [
        (["a"], [1, 2], None, r"labels must have one entry per bar, 2, got 1"),
        ("ab", [1, 2], None, r"labels must be a list of 2 strings, got the string 'ab'"),
        (["a", "b"], {"x": [1, 2], "y": [1, 2, 3]}, None, r"values\['y'\] must have one value per bar, 2, got 3"),
        (["a", "b"], [1, math.nan], None, r"values must be finite, got nan"),
        (["a", "b"], [1, 2], [1], r"intervals must have the labels of values, with 2 half widths each"),
        (["a", "b"], {"x": [1, 2]}, [1, 1], r"intervals must have the labels of values"),
    ],
)
def test_bars_say_what_is_wrong(labels, values, intervals, message):
    with pytest.raises(ValueError, match=message):
        plotting.bars(labels, values, intervals, **BARS)
