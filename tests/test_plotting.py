"""Figures: what is on the Axes, what is refused, and Hangul as real glyphs."""

import math
import subprocess
import sys
import warnings
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pytest
import torch
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Text

from course_lib import plotting

mpl.use("Agg")
from matplotlib import pyplot as plt  # after the backend is chosen

pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # a missing glyph is one

ABOUT = {"title": "Vectors of like words are alike", "xlabel": "word", "ylabel": "cosine"}
BARS = {"title": "A finding", "ylabel": "accuracy"}


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def render(ax) -> np.ndarray:
    """The pixels (height, width, 4) of the figure."""
    canvas = FigureCanvasAgg(ax.figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba()).copy()


def texts(ax) -> list[str]:
    return [text.get_text() for text in ax.texts]


def title_of(ax) -> str:
    return ax.get_title(loc="left")


def legend_of(ax) -> list[str]:
    return [text.get_text() for text in ax.get_legend().get_texts()]


def example(name: str, **options):
    """One figure of each kind, with Korean and English words."""
    rng = np.random.default_rng(0)
    match name:
        case "curve":
            return plotting.curve(
                range(1, 21), {"RNN": rng.random((5, 20)), "어텐션": rng.random(20)}, **ABOUT, **options
            )
        case "bars":
            return plotting.bars(
                ["고양이", "dog"],
                {"처음부터": rng.random((4, 2)), "frozen": [0.5, -0.2]},
                chance=0.25,
                **BARS,
                **options,
            )
        case "heatmap":
            return plotting.heatmap(
                rng.random((2, 3)), ["i", "run"], ["저", "는", "달려요"], links=[(0, 0), (1, 2)], **ABOUT, **options
            )
        case "matrix_product":
            weight = rng.standard_normal((5, 3))
            ids = [3, 1, 3]
            return plotting.matrix_product(
                np.eye(5)[ids], weight, weight[ids], ["사과", "cat", "사과"], title="A row is picked out", **options
            )
        case "points":
            return plotting.points(
                rng.random((3, 2)), ["고양이", "dog", "밥"], ["동물", "동물", "음식"], title="Groups", **options
            )
        case "arrows":
            return plotting.arrows(
                rng.random((4, 2)), [(0, 1), (2, 3)], ["가다", "갔다", "오다", "왔다"], title="Past", **options
            )
        case "plane":
            probability = 1 / (1 + np.exp(-plotting.lattice(2.0).sum(1)))
            lines = ([[1.0, 1.0], [1.0, -1.0]], [0.0, 1.0])
            return plotting.plane(
                probability, 2.0, [[-1, -1], [1, 1], [1, 0]], [0, 1, 1], title="결정 경계", lines=lines, **options
            )


KINDS = ["curve", "bars", "heatmap", "matrix_product", "points", "arrows", "plane"]


# --- all kinds ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_figure_of_about_seven_by_four_inches(kind):
    ax = example(kind)
    assert plt.get_fignums() == [1]
    assert ax.figure.get_size_inches() == pytest.approx((7, 4))
    assert render(ax).shape == (400, 700, 4)


@pytest.mark.parametrize("kind", KINDS)
def test_draws_on_the_axes_handed_in(kind):
    ax = Figure(layout="constrained").subplots()
    assert example(kind, ax=ax) is ax
    assert plt.get_fignums() == []
    assert title_of(ax)
    render(ax)


@pytest.mark.parametrize("kind", KINDS)
def test_text_is_at_least_nine_points_and_inside_the_figure(kind):
    ax = example(kind)
    height, width, _ = render(ax).shape
    for text in ax.figure.findobj(Text):
        if text.get_visible() and text.get_text().strip():
            assert text.get_fontsize() >= 9, text
    box = ax.get_tightbbox()
    assert box.x0 >= -1
    assert box.y0 >= -1
    assert box.x1 <= width + 1
    assert box.y1 <= height + 1


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_global_changes_and_nothing_is_printed(kind, capfd):
    plotting._families()  # reading the fonts may take a message from the operating system
    before = mpl.rcParams.copy()
    example(kind)
    assert mpl.rcParams == before
    assert capfd.readouterr() == ("", "")


def test_a_refused_input_leaves_no_figure_behind():
    with pytest.raises(ValueError):
        plotting.curve([1, 2], [1, 2, 3], **ABOUT)
    with pytest.raises(ValueError):
        plotting.points([[0, 0]], ["a", "b"], title="")
    assert plt.get_fignums() == []


def test_importing_chooses_no_backend_and_does_no_work():
    script = (
        "import sys, matplotlib; before = matplotlib.rcParams.copy(); import course_lib.plotting as p;"
        "assert matplotlib.rcParams == before; assert p._families.cache_info().misses == 0;"
        "assert not {'torch', 'matplotlib.pyplot', 'koreanize_matplotlib'} & set(sys.modules);"
        "p.curve([1, 2], [1, 2], title='가', xlabel='x', ylabel='y').figure.savefig(sys.stderr.buffer and '/dev/null',"
        "format='png'); assert 'koreanize_matplotlib' not in sys.modules"
    )
    environment = {"MPLBACKEND": "Agg", "PATH": "", "HOME": "/tmp"}
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout == ""


def test_tensors_with_a_gradient_are_arrays_too():
    torch = pytest.importorskip("torch", reason="tensors need torch")
    weight = torch.nn.Parameter(torch.tensor([[0.0, 1.0], [2.0, 3.0]]))
    ax = plotting.heatmap(weight, **ABOUT)
    assert texts(ax) == ["0.00", "1.00", "2.00", "3.00"]


def test_a_long_title_is_wrapped_and_a_legend_lies_outside_the_data():
    ax = plotting.curve([0, 1], {"one": [0, 1], "two": [1, 0]}, title="word " * 40, xlabel="x", ylabel="y")
    render(ax)
    assert title_of(ax).count("\n") >= 2
    axes, legend = ax.get_window_extent(), ax.get_legend().get_window_extent()
    title = ax._left_title.get_window_extent()
    assert axes.y1 <= legend.y0 < legend.y1 <= title.y0
    assert title.x1 <= ax.figure.bbox.x1


def test_a_legend_that_is_too_long_gets_more_rows():
    ax = plotting.curve([0, 1], {f"a rather long label {i}": [0, i] for i in range(6)}, **ABOUT)
    render(ax)
    legend = ax.get_legend().get_window_extent()
    assert legend.x1 <= ax.figure.bbox.x1
    assert legend.y1 <= ax._left_title.get_window_extent().y0


def test_a_dollar_sign_is_no_formula():
    ax = plotting.points([[0, 0], [1, 1]], ["$$", "cost $5 or $6"], title="Prices")
    render(ax)
    assert [text.replace(r"\$", "$") for text in texts(ax)] == ["$$", "cost $5 or $6"]
    assert not any(mpl.cbook.is_math_text(text) for text in texts(ax))


# --- Hangul -------------------------------------------------------------------------------------------------


def syllable(text: str) -> np.ndarray:
    """The ink of one syllable that stands as a tick label, drawn after the style has ended."""
    ax = plt.figure(figsize=(2, 2)).subplots()
    plotting.bars([text], [1.0], title="x", ylabel="y", ax=ax)
    return render(ax)


def test_hangul_is_drawn_with_real_glyphs():
    ga, na = syllable("가"), syllable("나")
    assert ga.shape == na.shape
    assert (ga != na).any(), "two syllables look alike: they are boxes"


def test_the_hangul_tests_would_see_a_box(monkeypatch):
    monkeypatch.setattr(plotting, "_families", lambda: ["DejaVu Sans"])
    with pytest.raises(UserWarning, match="missing from font"):
        syllable("가")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert (syllable("가") == syllable("나")).all()


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_figure_has_boxes(kind):
    render(example(kind))  # a missing glyph is a warning, and so an error


def test_axes_that_were_handed_in_take_hangul_everywhere_and_later_too():
    ax = Figure(layout="constrained").subplots()
    plotting.curve([1, 2], [1, 2], title="제목", xlabel="걸음", ylabel="손실", ax=ax)
    render(ax)
    ax.set_ylabel("새 이름")
    ax.set_xticks(np.linspace(1, 2, 30), ["하나"] * 30)  # more ticks than there were
    render(ax)


def test_style_is_for_a_plot_of_ones_own():
    with plotting.style():
        ax = plt.figure().subplots()
        ax.plot([1, 2], label="손실")
        ax.legend()
    render(ax)


@pytest.fixture
def fresh_fonts(monkeypatch):
    plotting._families.cache_clear()
    yield lambda *names: monkeypatch.setattr(
        plotting, "fontManager", SimpleNamespace(ttflist=[SimpleNamespace(name=name) for name in names])
    )
    plotting._families.cache_clear()


def test_without_the_package_an_installed_hangul_font_is_taken(fresh_fonts, monkeypatch):
    monkeypatch.setattr(plotting, "find_spec", lambda name: None)
    fresh_fonts("DejaVu Sans", "AppleGothic", "Malgun Gothic")
    assert plotting._families() == ["DejaVu Sans", "Malgun Gothic"]


def test_without_any_hangul_font_there_is_one_warning(fresh_fonts, monkeypatch):
    monkeypatch.setattr(plotting, "find_spec", lambda name: None)
    fresh_fonts("DejaVu Sans")
    with pytest.warns(UserWarning, match="no font with Hangul was found.*install koreanize-matplotlib"):
        plotting.curve([1, 2], [1, 2], **ABOUT)
    plotting.curve([1, 2], [1, 2], **ABOUT)  # a second warning would be an error


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
    mean, half = plotting.mean_interval(runs)
    assert mean == pytest.approx((R - 1) / 2)
    t = half / (np.std(runs, ddof=1) / math.sqrt(R))
    assert student_mass(float(t), R - 1) == pytest.approx(0.95, abs=2e-5)


def test_one_run_has_no_interval():
    mean, half = plotting.mean_interval([[1.0, 2.0]])
    assert mean.tolist() == [1, 2]
    assert np.isnan(half).all()


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
        assert image.cmap.name == plotting.DIVERGING
    assert plotting.heatmap([[1.0, 3.0]], **ABOUT).images[0].cmap.name == plotting.SEQUENTIAL
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


# --- words in the plane -------------------------------------------------------------------------------------


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


def test_arrows_join_pairs_and_show_where_the_analogy_points():
    xy = np.array([[0, 0], [1, 2], [3, 0], [4.5, 2]])
    ax = plotting.arrows(xy, [(0, 1), (2, 3)], ["man", "king", "woman", "queen"], title="Parallel")
    arrows = [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]
    assert [np.asarray(arrow._posA_posB).tolist() for arrow in arrows] == [
        [[0, 0], [1, 2]],
        [[3, 0], [4.5, 2]],
        [[3, 0], [4, 2]],
    ]
    assert texts(ax) == ["man", "king", "woman", "queen", "king − man + woman"]
    assert ax.texts[-1].xy == pytest.approx((4, 2))
    assert ax.get_xlim()[1] > 4.5


def test_arrows_of_one_or_many_pairs_have_no_dashed_one():
    xy = np.random.default_rng(0).random((6, 2))
    assert len(plotting.arrows(xy, [(0, 1)], list("abcdef"), title="One").patches) == 1
    ax = plotting.arrows(xy, [(0, 1), (2, 3), (4, 5)], list("abcdef"), title="Three")
    assert len(ax.patches) == 3
    assert texts(ax) == list("abcdef")


@pytest.mark.parametrize(
    ("xy", "labels", "message"),
    [
        ([[0, 0, 0]], ["a"], r"xy must have shape \(P, 2\), got \(1, 3\)"),
        ([[0, math.inf]], ["a"], r"xy must be finite, got nan or inf"),
        ([[0, 0], [1, 1]], ["a"], r"labels must have one entry per point, 2, got 1"),
    ],
)
def test_points_and_arrows_say_what_is_wrong(xy, labels, message):
    with pytest.raises(ValueError, match=message):
        plotting.points(xy, labels, title="")
    with pytest.raises(ValueError, match=message):
        plotting.arrows(xy, [(0, 0)], labels, title="")


def test_groups_and_pairs_are_checked():
    with pytest.raises(ValueError, match=r"groups must have one entry per point, 2, got 1"):
        plotting.points([[0, 0], [1, 1]], ["a", "b"], ["x"], title="")
    with pytest.raises(ValueError, match=r"pairs must be \(from, to\), indices from 0 to 1, got \(0, 2\)"):
        plotting.arrows([[0, 0], [1, 1]], [(0, 2)], ["a", "b"], title="")
    with pytest.raises(ValueError, match=r"pairs must hold at least one \(from, to\), got none"):
        plotting.arrows([[0, 0], [1, 1]], [], ["a", "b"], title="")


# --- principal components -----------------------------------------------------------------------------------


def test_pca_agrees_with_the_eigenvectors_of_the_covariance():
    x = np.random.default_rng(0).standard_normal((50, 6)) @ np.diag([5, 4, 3, 1, 1, 1])
    projected, basis = plotting.pca(x, k=3)
    values, vectors = np.linalg.eigh(np.cov(x.T))
    assert np.allclose(np.abs(basis.directions @ vectors[:, ::-1][:, :3]), np.eye(3), atol=1e-8)
    assert np.allclose(basis.share, values[::-1][:3] / values.sum())
    assert np.allclose(projected.var(0, ddof=1), values[::-1][:3])
    assert np.allclose(projected.mean(0), 0)


def test_pca_has_a_fixed_sign():
    x = np.random.default_rng(0).standard_normal((20, 4))
    _, basis = plotting.pca(x)
    assert (basis.directions[np.arange(2), np.abs(basis.directions).argmax(1)] > 0).all()
    mirrored, mirrored_basis = plotting.pca(2 * x.mean(0) - x)
    assert np.allclose(mirrored_basis.directions, basis.directions)
    assert np.allclose(mirrored, -plotting.pca(x)[0])


def test_pca_on_the_basis_of_another_snapshot():
    rng = np.random.default_rng(0)
    last, first = rng.standard_normal((20, 4)), rng.standard_normal((7, 4))
    _, basis = plotting.pca(last)
    projected, same = plotting.pca(first, basis=basis)
    assert same is basis
    assert np.allclose(projected, (first - last.mean(0)) @ basis.directions.T)
    assert plotting.component_labels(basis)[0] == f"principal component 1 ({basis.share[0]:.0%})"


@pytest.mark.parametrize(
    ("x", "options", "message"),
    [
        ([[1.0, 2.0]], {}, r"k must be from 1 to 1 for x of shape \(1, 2\), got 2"),
        (np.eye(3), {"k": 0}, r"k must be from 1 to 3"),
        ([[math.nan, 1], [1, 1]], {}, r"x must be finite, got nan or inf"),
        ([1, 2], {}, r"x must have shape \(n, d\), got \(2,\)"),
        (np.eye(3), {"basis": plotting.pca(np.eye(4))[1]}, r"x must have 4 columns, like the basis, got 3"),
    ],
)
def test_pca_says_what_is_wrong(x, options, message):
    with pytest.raises(ValueError, match=message):
        plotting.pca(x, **options)


# --- a classifier in the plane ------------------------------------------------------------------------------


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


# --- trees --------------------------------------------------------------------------------------------------

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


# --- Jupyter ------------------------------------------------------------------------------------------------


def test_a_figure_shows_once_in_a_notebook():
    nbclient = pytest.importorskip("nbclient", reason="running a notebook needs nbclient")
    nbformat = pytest.importorskip("nbformat", reason="a notebook needs nbformat")
    cell = "ax = plotting.curve([1, 2], [1, 2], title='손실', xlabel='x', ylabel='y')"
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("from course_lib import plotting\n" + cell),
            nbformat.v4.new_code_cell(cell),
            nbformat.v4.new_code_cell("fig, axes = plotting.figure(1, 2)\nimport matplotlib.pyplot as plt"),
            nbformat.v4.new_code_cell("own = plt.plot([1, 2])"),
        ]
    )
    nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    for cell in notebook.cells:
        assert [output.output_type for output in cell.outputs] == ["display_data"], cell.source
        assert "image/png" in cell.outputs[0].data


def test_a_few_settings_on_a_logarithmic_axis_are_named_by_their_own_values():
    ax = plotting.curve([40, 160, 640], [1, 2, 3], title="A", xlabel="sentences", ylabel="y", log="x")
    ax.figure.canvas.draw()
    assert [label.get_text() for label in ax.get_xticklabels()] == ["40", "160", "640"]
    assert len(ax.get_xticklabels(minor=True)) == 0
