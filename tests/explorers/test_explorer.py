"""What all explorers have in common: a widget that follows its controls, and a picture of the same drawing."""

import subprocess
import sys
from typing import ClassVar

import numpy as np
import pytest
from matplotlib import pyplot as plt

from course_lib import plotting
from course_lib.explorers import Beam, Explorer
from course_lib.explorers.controls import int_slider, text_field
from course_lib.explorers.explorer import columns
from tests.explorers import cases
from tests.explorers.page import Page, picture, pixels, titles

EACH = pytest.mark.parametrize(("make", "moves"), cases.ALL.items(), ids=[make.__name__ for make in cases.ALL])


class Frequency(Explorer):
    """A sine."""

    play = "frequency"
    controls: ClassVar = {"frequency": int_slider("frequency", 1, 1, 9), "note": text_field("note", "음")}

    def widget_axes(self, values):
        return plotting.figure(shown=False)

    def picture_axes(self, settings):
        return columns(len(settings), size=(6, 3))

    def draw(self, axes, frequency, note):
        x = np.linspace(0, 1, 50)
        plotting.curve(x, np.sin(frequency * x), title=f"{note} {frequency}", xlabel="x", ylabel="y", ax=axes[0])

    def describe(self, frequency, note):
        return f"{note}: {frequency} < 10"


# --- the widget ---------------------------------------------------------------------------------------------


def test_a_control_that_moves_draws_again():
    page = Page(Frequency())
    assert [type(each).__name__ for each in page.row] == ["Play", "IntSlider", "Text"]
    before = page.png
    assert pixels(before).shape == (400, 700, 4)
    assert page.text == "<p>음: 1 &lt; 10</p>"
    assert page.set(frequency=5) == "<p>음: 5 &lt; 10</p>"
    assert page.png != before
    page.set(frequency=1)
    assert page.png == before, "the same values must give the same picture"


def test_an_error_in_the_first_drawing_stops_the_cell():
    class Broken(Frequency):
        def draw(self, axes, frequency, note):
            raise KeyError("a mistake in draw")

    with pytest.raises(KeyError, match="a mistake in draw"):
        Broken().widget()


def test_an_error_in_a_later_drawing_is_shown_and_raised():
    class Fragile(Frequency):
        def describe(self, frequency, note):
            return super().describe(frequency, note) if frequency < 3 else 1 / 0

        def draw(self, axes, frequency, note):
            return super().draw(axes, frequency, note) if frequency < 3 else 1 / 0

    page = Page(Fragile())
    before = page.png
    with pytest.raises(ZeroDivisionError):
        page.set(frequency=3)
    assert "ZeroDivisionError" in page.text
    assert "<pre" in page.text
    assert page.png == before
    assert "ZeroDivisionError" not in page.set(frequency=2)


def test_play_must_name_a_slider():
    for name in ("note", "step"):
        explorer = Frequency()
        explorer.play = name
        with pytest.raises(ValueError, match=rf"play must name a slider among \['frequency', 'note'\], got '{name}'"):
            explorer.widget()


@EACH
def test_every_move_brings_another_picture_and_back_the_first(make, moves):
    explorer = make()
    page, other = Page(explorer), Page(explorer)
    assert_plays(page, explorer.play)
    start = {name: control.value for name, control in page.controls.items()}
    first = page.png, page.text
    seen = {page.png}
    for name, value in moves:
        assert page.set(**{name: value}).startswith("<p>")
        seen.add(page.png)
    assert len(seen) == len(moves) + 1
    page.set(**start)
    assert (page.png, page.text) == first
    assert (other.png, other.text) == first, "two widgets of one explorer do not move each other"
    assert plt.get_fignums() == [], "a widget's figure is no figure of the notebook"


def assert_plays(page, name):
    """The button that plays stands before its slider, and runs over all of it; or there is none."""
    if name is None:
        assert page.player is None
        return
    slider = page.controls[name]
    assert page.row.index(page.player) == page.row.index(slider) - 1
    whole = type(slider).__name__ == "IntSlider"
    expected = (slider.min, slider.max, slider.value) if whole else (0, len(slider.options) - 1, slider.index)
    assert (page.player.min, page.player.max, page.player.value) == expected


# --- the picture --------------------------------------------------------------------------------------------


def test_lists_are_compared_and_the_rest_is_as_it_starts():
    explorer = Frequency()
    assert titles(picture(explorer)) == ["음 1"]
    assert titles(picture(explorer, frequency=4)) == ["음 4"]
    assert titles(picture(explorer, frequency=[2, 3], note="a")) == ["a 2", "a 3"]
    assert titles(picture(explorer, frequency=(2, 3), note=["a", "b"])) == ["a 2", "b 3"]
    explorer.compared = {"frequency": [7, 8]}
    assert titles(picture(explorer)) == ["음 7", "음 8"]
    assert titles(picture(explorer, frequency=4)) == ["음 4"]
    assert titles(picture(explorer, note=["a", "b", "c"])) == ["a 1", "b 1", "c 1"], "one comparison at a time"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"f": 1}, "expected values for some of frequency, note, got f"),
        ({"frequency": []}, r"equally long and hold at least one, got lengths \{'frequency': 0\}"),
        ({"frequency": [1, 2], "note": ["a"]}, r"got lengths \{'frequency': 2, 'note': 1\}"),
        ({"frequency": [1, 10]}, "frequency must be from 1 to 9, got 10"),
        ({"note": 3}, "note must be a text, got 3"),
    ],
)
def test_values_that_no_control_can_have_are_refused(values, message):
    with pytest.raises(ValueError, match=message):
        Frequency().picture(title="x", **values)
    assert plt.get_fignums() == []


@EACH
def test_a_picture_is_one_figure_with_axes_for_each_setting_under_its_title(make, moves):
    explorer = make()
    settings = explorer.settings({})
    axes = explorer.picture(title="한 가지 발견")
    assert plt.get_fignums() == [1]
    figure = plt.figure(1)
    figure.canvas.draw()
    plt.close("all")
    assert len(axes) == len(settings)
    assert set(axes.flat) <= set(figure.axes)
    assert all(ax.has_data() for ax in axes.flat)
    if make is cases.beam:
        assert titles(axes) == ["한 가지 발견"]
    else:
        assert figure.get_suptitle() == "한 가지 발견"


@EACH
def test_a_picture_compares_any_control(make, moves):
    explorer = make()
    if isinstance(explorer, Beam):
        with pytest.raises(ValueError, match="a tree fills its picture: expected one setting, got 2"):
            explorer.picture(title="x", beam=[1, 2])
        return
    name, value = moves[0]
    axes = explorer.picture(title="x", **{name: [explorer.controls[name].start, value]})
    plt.close("all")
    assert len(axes) == 2
    assert all(ax.has_data() for ax in axes.flat)


# --- Jupyter ------------------------------------------------------------------------------------------------


def test_in_a_notebook_there_is_one_widget_and_one_picture():
    nbclient = pytest.importorskip("nbclient", reason="running a notebook needs nbclient")
    nbformat = pytest.importorskip("nbformat", reason="a notebook needs nbformat")
    sources = [
        "import numpy as np; from course_lib import explorers\n"
        "rng = np.random.default_rng(0)\n"
        "snapshots = [(i, rng.standard_normal((6, 4))) for i in range(3)]\n"
        "training_explorer = explorers.SkipgramTraining(snapshots, list('abcdef'), list('abc'))\n"
        "axes = training_explorer.picture(title='동물')",
        "widget = training_explorer.widget()\nwidget",
        "row, picture, text = widget.children\n"
        "before = picture.value\n"
        "row.children[1].index = 2\n"
        "assert picture.value != before and 'After 2 pairs' in text.value",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    first, second, third = (cell.outputs for cell in notebook.cells)
    assert [output.output_type for output in first] == ["display_data"]
    assert [output.output_type for output in second] == ["execute_result"]
    assert "application/vnd.jupyter.widget-view+json" in second[0].data
    assert third == []


def test_importing_prints_nothing_and_opens_no_figure():
    code = "import sys, course_lib.explorers; print('matplotlib.pyplot' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("False\n", "")
