"""What all kinds of figures share: the look, titles, legends, and Hangul as real glyphs."""

import subprocess
import sys
import warnings
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.text import Text

from course_lib import plotting
from course_lib.plotting import theme
from tests.plotting.figures import ABOUT, BARS, render, texts, title_of

pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # a missing glyph is one


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
        case "plane":
            probability = 1 / (1 + np.exp(-plotting.lattice(2.0).sum(1)))
            lines = ([[1.0, 1.0], [1.0, -1.0]], [0.0, 1.0])
            return plotting.plane(
                probability, 2.0, [[-1, -1], [1, 1], [1, 0]], [0, 1, 1], title="결정 경계", lines=lines, **options
            )
        case "tree":
            return plotting.tree([-1, 0, 0], ["<sos>", "나", "I"], title="Search", xlabel="step", **options)


KINDS = ["curve", "bars", "heatmap", "matrix_product", "points", "plane", "tree"]


# --- all kinds ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "tree"])  # a tree is as large as it needs to be
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
    theme._families()  # reading the fonts may take a message from the operating system
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
        "assert matplotlib.rcParams == before; assert p.theme._families.cache_info().misses == 0;"
        "assert not {'torch', 'scipy', 'matplotlib.pyplot', 'koreanize_matplotlib'} & set(sys.modules);"
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


def missing_glyphs(ax) -> list[str]:
    """What matplotlib says of letters that it draws as boxes."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        render(ax)
    return [str(warning.message) for warning in said if "missing from font" in str(warning.message)]


def test_hangul_is_drawn_with_real_glyphs():
    ga, na = syllable("가"), syllable("나")
    assert ga.shape == na.shape
    assert (ga != na).any(), "two syllables look alike: they are boxes"


def test_the_hangul_tests_would_see_a_box(monkeypatch):
    monkeypatch.setattr(theme, "_families", lambda: ["DejaVu Sans"])
    with pytest.raises(UserWarning, match="missing from font"):
        syllable("가")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert (syllable("가") == syllable("나")).all()
        assert missing_glyphs(example("bars"))


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_figure_has_boxes(kind):
    assert missing_glyphs(example(kind)) == []


def test_axes_that_were_handed_in_take_hangul_everywhere_and_later_too():
    ax = Figure(layout="constrained").subplots()
    plotting.curve([1, 2], [1, 2], title="제목", xlabel="걸음", ylabel="손실", ax=ax)
    assert missing_glyphs(ax) == []
    ax.set_ylabel("새 이름")
    ax.set_xticks(np.linspace(1, 2, 30), ["하나"] * 30)  # more ticks than there were
    assert missing_glyphs(ax) == []


def test_style_is_for_a_plot_of_ones_own():
    with plotting.style():
        ax = plt.figure().subplots()
        ax.plot([1, 2], label="손실")
        ax.legend()
    assert missing_glyphs(ax) == []


def test_a_headline_stands_over_the_titles_of_the_axes_and_takes_hangul():
    figure, (left, _) = plotting.figure(1, 2)
    plotting.curve([1, 2], [1, 2], ax=left, **ABOUT)
    plotting.headline(figure, "모든 그림의 제목")
    render(left)
    (headline,) = figure.texts
    assert headline.get_text() == "모든 그림의 제목"
    assert headline.get_window_extent().y0 >= left._left_title.get_window_extent().y1
    assert headline.get_window_extent().x0 < left.get_window_extent().x0


@pytest.fixture
def fresh_fonts(monkeypatch):
    theme._families.cache_clear()
    yield lambda *names: monkeypatch.setattr(
        theme, "fontManager", SimpleNamespace(ttflist=[SimpleNamespace(name=name) for name in names])
    )
    theme._families.cache_clear()


def test_without_the_package_an_installed_hangul_font_is_taken(fresh_fonts, monkeypatch):
    monkeypatch.setattr(theme, "find_spec", lambda name: None)
    fresh_fonts("DejaVu Sans", "AppleGothic", "Malgun Gothic")
    assert theme._families() == ["DejaVu Sans", "Malgun Gothic"]


def test_without_any_hangul_font_there_is_one_warning(fresh_fonts, monkeypatch):
    monkeypatch.setattr(theme, "find_spec", lambda name: None)
    fresh_fonts("DejaVu Sans")
    with pytest.warns(UserWarning, match="no font with Hangul was found.*install koreanize-matplotlib"):
        plotting.curve([1, 2], [1, 2], **ABOUT)
    plotting.curve([1, 2], [1, 2], **ABOUT)  # a second warning would be an error


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
