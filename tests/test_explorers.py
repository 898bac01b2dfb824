"""Explorers: widgets are moved, and the picture and the words under it must follow."""

import time

import matplotlib as mpl
import numpy as np
import pytest
import torch

from course_lib import dense, plotting
from course_lib.explorers import core, lesson_00, lesson_01
from course_lib.skipgram import Snapshot

mpl.use("Agg")
from matplotlib import pyplot as plt  # after the backend is chosen

from tests.pictures import parts, pixels

widgets = pytest.importorskip("ipywidgets", reason="explorers are widgets")

pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # a missing glyph is one

TOKENS = ["<pad>", "<unk>", "<sos>", "<eos>", "고양이", "강아지", "dog", "밥", "빵", "bread", "the"]
WORDS = ["고양이", "강아지", "dog", "밥", "빵", "bread"]
GROUPS = ["animal", "animal", "animal", "food", "food", "food"]


def snapshots() -> list[tuple[int, np.ndarray]]:
    """Four moments of a training that draws the animals together and the food together."""
    rng = np.random.default_rng(0)
    start = rng.standard_normal((len(TOKENS), 5))
    end = np.zeros((len(TOKENS), 5))
    end[4:7, 0], end[7:10, 1], end[10, 2] = 3, 3, 3
    end += 0.1 * start
    return [(40_000 * step, (1 - step / 3) * start + step / 3 * end) for step in range(4)]


# --- the base -----------------------------------------------------------------------------------------------


def frequency_explorer(draw=None):
    def sine(frequency, note):
        figure, ax = plotting.figure(shown=False)
        x = np.linspace(0, 1, 50)
        plotting.curve(x, np.sin(frequency * x), title=note, xlabel="x", ylabel="y", ax=ax)
        return figure

    controls = {"frequency": widgets.IntSlider(1, 1, 9), "note": widgets.Text("음")}
    return controls, core.explorer(
        controls, draw or sine, lambda frequency, note: f"{note}: {frequency} < 10", play="frequency"
    )


def test_a_control_that_moves_draws_again():
    controls, explorer = frequency_explorer()
    shown, picture, text = parts(explorer)
    assert [type(control).__name__ for control in shown] == ["Play", "IntSlider", "Text"]
    before = picture.value
    assert pixels(before).shape == (400, 700, 4)
    assert text.value == "<p>음: 1 &lt; 10</p>"
    controls["frequency"].value = 5
    assert picture.value != before
    assert text.value == "<p>음: 5 &lt; 10</p>"
    controls["frequency"].value = 1
    assert picture.value == before, "the same values must give the same picture"


def test_an_error_in_the_first_drawing_stops_the_cell():
    def broken(frequency, note):
        raise KeyError("a mistake in draw")

    with pytest.raises(KeyError, match="a mistake in draw"):
        frequency_explorer(broken)


def test_an_error_in_a_later_drawing_is_shown_and_raised():
    def fragile(frequency, note):
        return plotting.figure(shown=False)[0] if frequency < 3 else 1 / 0

    controls, explorer = frequency_explorer(fragile)
    _, picture, text = parts(explorer)
    before = picture.value
    with pytest.raises(ZeroDivisionError):
        controls["frequency"].value = 3
    assert "ZeroDivisionError" in text.value
    assert "<pre" in text.value
    assert picture.value == before
    controls["frequency"].value = 2
    assert "ZeroDivisionError" not in text.value


def test_play_must_name_a_slider():
    with pytest.raises(ValueError, match=r"play must name a slider among \['note'\], got 'note'"):
        core.explorer({"note": widgets.Text()}, lambda note: None, play="note")
    with pytest.raises(ValueError, match="play must name a slider"):
        core.explorer({}, lambda: None, play="step")


# --- training -----------------------------------------------------------------------------------------------


def training(**options):
    explorer = lesson_01.training_explorer(snapshots(), TOKENS, WORDS, GROUPS, **options)
    (play, moment, word), picture, text = parts(explorer)
    return play, moment, word, picture, text


def test_moving_through_training_changes_picture_and_text():
    play, moment, _, picture, text = training()
    assert (play.min, play.max) == (0, 3)
    assert [label for label, _ in moment.options] == [
        "before training",
        "after 40,000 pairs",
        "after 80,000 pairs",
        "after 120,000 pairs",
    ]
    seen = {picture.value}
    assert text.value.startswith("<p>Before training. Nearest to 고양이: ")
    for i in (1, 2, 3):
        moment.value = i
        seen.add(picture.value)
    assert len(seen) == 4
    assert text.value.startswith("<p>After 120,000 pairs. Nearest to 고양이: ")
    nearest = text.value.split(": ")[1].split(", ")
    assert {item.split()[0] for item in nearest[:2]} == {"강아지", "dog"}
    assert len(nearest) == 5
    assert "&lt;" not in text.value, "a special is no neighbour"


def test_the_neighbours_are_those_of_the_cosine():
    _, moment, _, _, text = training()
    moment.value = 2
    weight = snapshots()[2][1][4:]
    unit = weight / np.linalg.norm(weight, axis=1, keepdims=True)
    cosine = unit @ unit[0]
    best = np.argsort(-cosine)[1:6]
    expected = ", ".join(f"{TOKENS[4 + i]} {cosine[i]:.2f}" for i in best)
    assert text.value == f"<p>After 80,000 pairs. Nearest to 고양이: {expected}.</p>"


def test_choosing_a_word_moves_the_neighbours():
    _, _, word, picture, text = training()
    before = picture.value
    word.value = "밥"
    assert picture.value != before
    assert "Nearest to 밥: " in text.value
    word.value = " Bread "
    assert "Nearest to bread: " in text.value
    word.value = "the"  # a token that is not on the map
    assert "Nearest to the: " in text.value


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("dogg", "“dogg” is not in the vocabulary. There is dog."),
        ("하늘", "“하늘” is not in the vocabulary."),
        ("<b>", "“&lt;b&gt;” is not in the vocabulary."),
        ("<pad>", "“&lt;pad&gt;” is not in the vocabulary."),
        ("  ", "Type a word to see its neighbours."),
    ],
)
def test_an_unknown_word_gets_a_message(typed, message):
    _, moment, word, picture, text = training()
    word.value = typed
    assert text.value == f"<p>Before training. {message}</p>"
    before = picture.value
    moment.value = 3  # the map goes on
    assert picture.value != before
    assert message in text.value


def test_analogies_are_scored_at_each_moment():
    _, moment, _, _, text = training(questions=[("고양이", "강아지", "밥", "빵"), ("고양이", "nowhere", "밥", "빵")])
    assert "Analogies answered: " in text.value
    scores = set()
    for i in range(4):
        moment.value = i
        scores.add(text.value.split("answered: ")[1])
    assert scores <= {"0%.</p>", "50%.</p>"}


def test_the_axes_of_the_map_stay():
    data = lesson_01._training(snapshots(), TOKENS, WORDS, GROUPS, None, "pairs")
    limits = []
    for moment in range(4):
        _, ax = plotting.figure(shown=False)
        lesson_01._draw_map(ax, data, moment, "밥")
        limits.append((ax.get_xlim(), ax.get_ylim()))
        here = np.concatenate([points.get_offsets() for points in ax.collections])
        assert np.allclose(here, data.paths[moment])
        trails = [line for line in ax.lines if line.get_alpha()]
        assert [len(line.get_xdata()) for line in trails] == [moment + 1] * len(WORDS)
    assert len(set(limits)) == 1
    last = snapshots()[-1][1][4:10]
    projected, _ = plotting.pca(last / np.linalg.norm(last, axis=1, keepdims=True))
    assert np.allclose(data.paths[-1], projected, atol=1e-5)


def test_bars_have_the_colour_of_their_group():
    data = lesson_01._training(snapshots(), TOKENS, WORDS[:5], GROUPS[:5], None, "pairs")  # bread is not on the map
    _, ax = plotting.figure(shown=False)
    lesson_01._draw_neighbours(ax, data, 3, "고양이")
    names = [tick.get_text() for tick in ax.get_yticklabels()]
    group_of = dict(zip(WORDS[:5], GROUPS[:5], strict=True))
    expected = {"animal": plotting.PALETTE[0], "food": plotting.PALETTE[1], None: plotting.GREY}
    for name, bar in zip(names, ax.patches, strict=True):
        assert mpl.colors.to_hex(bar.get_facecolor()).upper() == expected[group_of.get(name)]
    assert "bread" in names


def test_snapshots_of_the_library_and_tensors_with_a_gradient_fit():
    rows = [Snapshot(step, 1.0, torch.nn.Parameter(torch.tensor(weight))) for step, weight in snapshots()]
    explorer = lesson_01.training_explorer(rows, TOKENS, WORDS)
    _, picture, text = parts(explorer)
    assert "Nearest to 고양이" in text.value
    assert pixels(picture.value).any()


def test_a_redraw_is_fast_enough_to_play():
    _, moment, _, _, _ = training()
    times = []
    for i in (1, 2, 3):
        start = time.process_time()  # not the clock on the wall: other tests may run beside this one
        moment.value = i
        times.append(time.process_time() - start)
    assert min(times) < 0.4  # seconds; about 0.15 on a laptop


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"snapshots": []}, r"snapshots must hold at least one \(steps, weight\), got none"),
        ({"snapshots": [(0, np.zeros((3, 2)))]}, r"snapshot 0 must have one row per token, \(11, E\), got \(3, 2\)"),
        ({"words": ["고양이", "dogg"]}, r"words must be tokens, but these are not: dogg"),
        ({"words": ["고양이"], "groups": None}, r"words must hold at least two words to draw a map, got 1"),
        ({"groups": ["animal"]}, r"groups must have one entry per word, 6, got 1"),
    ],
)
def test_what_does_not_fit_is_refused(changes, message):
    arguments = {"snapshots": snapshots(), "tokens": TOKENS, "words": WORDS, "groups": GROUPS} | changes
    with pytest.raises(ValueError, match=message):
        lesson_01.training_explorer(**arguments)
    with pytest.raises(ValueError, match=message):
        lesson_01.training_picture(**arguments, title="x")


# --- the static picture -------------------------------------------------------------------------------------


def picture(**options):
    axes = lesson_01.training_picture(snapshots(), TOKENS, WORDS, GROUPS, title="같은 종류가 모인다", **options)
    assert plt.get_fignums() == [1]
    axes[0, 0].figure.canvas.draw()
    plt.close("all")
    return axes


def test_the_static_picture_shows_a_few_moments():
    axes = picture()
    assert axes.shape == (2, 3)
    assert [ax.get_title(loc="left") for ax in axes[0]] == [
        "before training",
        "after 80,000 pairs",
        "after 120,000 pairs",
    ]
    assert {ax.get_title(loc="left") for ax in axes[1]} == {"nearest to 고양이"}
    assert {text.get_text() for text in axes[0, 2].texts} == set(WORDS)
    figure = axes[0, 0].figure
    assert figure.get_suptitle() == "같은 종류가 모인다"
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["animal", "food"]


def test_the_static_picture_of_chosen_moments_and_another_word():
    axes = picture(moments=[0, -1], word="bread")
    assert axes.shape == (2, 2)
    assert axes[0, 1].get_title(loc="left") == "after 120,000 pairs"
    assert axes[1, 0].get_title(loc="left") == "nearest to bread"
    assert picture(moments=[3]).shape == (2, 1)


def test_the_static_picture_says_what_is_wrong():
    with pytest.raises(ValueError, match=r"moments must be indices of the 4 snapshots, got \[0, 4\]"):
        picture(moments=[0, 4])
    with pytest.raises(ValueError, match=r"word must be one of the tokens, got 'dogg'"):
        picture(word="dogg")


# --- lesson 00: a neuron's line, a network that divides the plane ---------------------------------------------

CLOUDS = torch.tensor([[1.0, 1.0], [0.5, 1.5], [3.0, 3.0], [3.5, 2.5]])
CLASSES = torch.tensor([0, 0, 1, 1])


def test_the_neurons_line_follows_its_sliders():
    explorer = lesson_00.neuron_explorer(CLOUDS, CLASSES)
    (w1, w2, b), picture, text = parts(explorer)
    assert [control.description for control in (w1, w2, b)] == ["w1", "w2", "b"]
    assert text.value == (
        "<p>The line 1.0 x1 + 0.5 x2 + 0.0 = 0 passes through the origin. 50% of the examples are right.</p>"
    )
    seen = {picture.value}
    b.value = -4.0
    seen.add(picture.value)
    w2.value = 1.0
    seen.add(picture.value)
    assert len(seen) == 3
    assert "1.0 x1 + 1.0 x2 + -4.0 = 0 is 2.8 away from the origin. 100% of the examples" in text.value
    w1.value = w2.value = 0.0
    assert "Both weights are 0: there is no line" in text.value


def test_the_picture_of_a_neuron_shows_each_setting():
    axes = lesson_00.neuron_picture(CLOUDS, CLASSES, [(1, 1, 0), (1, 1, -4)], title="편향")
    assert plt.get_fignums() == [1]
    axes[0].figure.canvas.draw()
    plt.close("all")
    assert [ax.get_title(loc="left") for ax in axes] == [
        "w = (1, 1), b = 0: 50% right",
        "w = (1, 1), b = -4: 100% right",
    ]
    assert axes[0].figure.get_suptitle() == "편향"
    assert {text.get_text() for text in axes[0].figure.legends[0].get_texts()} >= {"boundary", "class 0", "class 1"}


def xor_snapshots():
    """A network that gets two of four right, then one that gets all."""
    on, off = torch.tensor([[1.0, 1.0], [-1.0, -1.0]]), torch.tensor([-1.0, -1.0])
    right = [on, off, torch.tensor([[4.0, 4.0], [-4.0, -4.0]]), torch.tensor([-2.0, 2.0])]
    return [(0, [on, off, torch.zeros(2, 2), torch.tensor([0.1, 0.0])]), (1500, right)]


XOR = torch.tensor([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
XOR_CLASSES = torch.tensor([0, 1, 1, 0])


def test_moving_through_learning_changes_picture_and_text():
    explorer = lesson_00.learning_explorer(dense.shallow_network, xor_snapshots(), XOR, XOR_CLASSES)
    (play, moment), picture, text = parts(explorer)
    assert (play.min, play.max) == (0, 1)
    assert [label for label, _ in moment.options] == ["before training", "after 1,500 steps"]
    assert text.value == "<p>Before training: the loss is 0.694, 2 of 4 examples are right.</p>"
    before = picture.value
    moment.value = 1
    assert picture.value != before
    assert "After 1,500 steps: the loss is 0.018, 4 of 4 examples are right." in text.value
    for png in (before, picture.value):  # nothing is cut off
        edge = np.concatenate([pixels(png)[0], pixels(png)[-1], pixels(png)[:, 0], pixels(png)[:, -1]])
        assert (edge == 1).all()


def test_the_picture_of_learning_shows_a_few_moments():
    parameters = [[p.requires_grad_() for p in given] for _, given in xor_snapshots()]
    axes = lesson_00.learning_picture(
        dense.shallow_network, list(zip((0, 10), parameters, strict=True)), XOR, XOR_CLASSES, title="배타적 논리합"
    )
    axes[0].figure.canvas.draw()
    plt.close("all")
    assert [ax.get_title(loc="left") for ax in axes] == [
        "before training: 2 of 4 right",
        "after 10 steps: 4 of 4 right",
    ]
    legend = {text.get_text() for text in axes[0].figure.legends[0].get_texts()}
    assert legend == {"boundary", "neuron", "class 0", "class 1"}, "also what the first moment does not show"
    one = lesson_00.learning_picture(dense.shallow_network, xor_snapshots(), XOR, XOR_CLASSES, title="x", moments=[-1])
    assert one.shape == (1,)
    plt.close("all")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"snapshots": []}, r"snapshots must hold at least one \(steps, parameters\), got none"),
        (
            {"snapshots": [(0, [torch.zeros(2), torch.zeros(2)])]},
            r"snapshot 0 must begin with weight \(H, 2\) and bias \(H,\), got \(2,\) and \(2,\)",
        ),
        ({"x": torch.zeros(4, 3)}, r"x must have shape \(P, 2\), got \(4, 3\)"),
        ({"labels": torch.zeros(3)}, r"labels must have one entry per example, \(4,\), got \(3,\)"),
        ({"labels": torch.tensor([0, 1, 2, 0])}, r"labels must be from 0 to C - 1 = 1, got 0 to 2"),
        ({"moments": [2]}, r"moments must be indices of the 2 snapshots, got \[2\]"),
    ],
)
def test_learning_that_does_not_fit_is_refused(changes, message):
    arguments = {"snapshots": xor_snapshots(), "x": XOR, "labels": XOR_CLASSES} | changes
    with pytest.raises(ValueError, match=message):
        lesson_00.learning_picture(dense.shallow_network, **arguments, title="x")


def test_a_neuron_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"x must have shape \(P, 2\), got \(4, 3\)"):
        lesson_00.neuron_explorer(torch.zeros(4, 3), CLASSES)
    with pytest.raises(ValueError, match=r"settings must hold at least one \(w1, w2, b\), got none"):
        lesson_00.neuron_picture(CLOUDS, CLASSES, [], title="x")


# --- Jupyter ------------------------------------------------------------------------------------------------


def test_in_a_notebook_there_is_one_widget_and_one_picture():
    nbclient = pytest.importorskip("nbclient", reason="running a notebook needs nbclient")
    nbformat = pytest.importorskip("nbformat", reason="a notebook needs nbformat")
    sources = [
        "import numpy as np; from course_lib.explorers import lesson_01\n"
        "rng = np.random.default_rng(0)\n"
        "snapshots = [(i, rng.standard_normal((6, 4))) for i in range(3)]\n"
        "widget = lesson_01.training_explorer(snapshots, list('abcdef'), list('abc'))\n"
        "widget",
        "row, picture, text = widget.children\n"
        "before = picture.value\n"
        "row.children[1].index = 2\n"
        "assert picture.value != before and 'After 2 pairs' in text.value",
        "axes = lesson_01.training_picture(snapshots, list('abcdef'), list('abc'), title='동물')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    first, second, third = (cell.outputs for cell in notebook.cells)
    assert [output.output_type for output in first] == ["execute_result"]
    assert "application/vnd.jupyter.widget-view+json" in first[0].data
    assert second == []
    assert [output.output_type for output in third] == ["display_data"]
