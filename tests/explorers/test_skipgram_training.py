"""Words find their neighbours, moment by moment."""

import matplotlib as mpl
import numpy as np
import pytest
import torch

from course_lib import plotting
from course_lib.skipgram import Snapshot
from tests.explorers import cases
from tests.explorers.cases import GROUPS, TOKENS, WORDS, snapshots
from tests.explorers.page import Page, picture, titles

MOMENTS = ["before training", "after 40,000 pairs", "after 80,000 pairs", "after 120,000 pairs"]


def drawn(explorer, moment: int, word: str):
    """The map and the neighbours at one moment."""
    _, axes = plotting.figure(1, 2, shown=False)
    explorer.draw(axes, moment, word)
    return axes


def test_moving_through_training_changes_the_text():
    page = Page(cases.skipgram_training())
    assert [label for label, _ in page.controls["moment"].options] == MOMENTS
    assert page.text.startswith("<p>Before training. Nearest to 고양이: ")
    text = page.set(moment=3)
    assert text.startswith("<p>After 120,000 pairs. Nearest to 고양이: ")
    nearest = text.split(": ")[1].split(", ")
    assert {item.split()[0] for item in nearest[:2]} == {"강아지", "dog"}
    assert len(nearest) == 5
    assert "&lt;" not in text, "a special is no neighbour"


def test_the_neighbours_are_those_of_the_cosine():
    weight = snapshots()[2][1][4:]
    unit = weight / np.linalg.norm(weight, axis=1, keepdims=True)
    cosine = unit @ unit[0]
    best = np.argsort(-cosine)[1:6]
    expected = ", ".join(f"{TOKENS[4 + i]} {cosine[i]:.2f}" for i in best)
    text = cases.skipgram_training().describe(2, "고양이")
    assert text == f"After 80,000 pairs. Nearest to 고양이: {expected}."


def test_any_token_can_be_chosen():
    page = Page(cases.skipgram_training())
    assert page.controls["word"].options == tuple(WORDS)
    assert "Nearest to bread: " in page.set(word=" Bread ")
    assert "Nearest to the: " in page.set(word="the"), "a token that is not on the map"


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
    page = Page(cases.skipgram_training())
    assert page.set(word=typed) == f"<p>Before training. {message}</p>"
    before = page.png
    assert message in page.set(moment=3)
    assert page.png != before, "the map goes on"


def test_analogies_are_scored_at_each_moment():
    questions = [("고양이", "강아지", "밥", "빵"), ("고양이", "nowhere", "밥", "빵")]
    explorer = cases.skipgram_training(questions=questions)
    scores = {explorer.describe(moment, "밥").split("Analogies answered: ")[1] for moment in range(4)}
    assert scores <= {"0%.", "50%."}
    assert titles(drawn(explorer, 0, "밥"))[0].endswith("% of analogies right")


def test_the_axes_of_the_map_stay():
    explorer = cases.skipgram_training()
    limits = []
    for moment in range(4):
        ax, _ = drawn(explorer, moment, "밥")
        limits.append((ax.get_xlim(), ax.get_ylim()))
        here = np.concatenate([points.get_offsets() for points in ax.collections])
        assert np.allclose(here, explorer.paths[moment])
        trails = [line for line in ax.lines if line.get_alpha()]
        assert [len(line.get_xdata()) for line in trails] == [moment + 1] * len(WORDS)
    assert len(set(limits)) == 1
    last = snapshots()[-1][1][4:10]
    projected, _ = plotting.pca(last / np.linalg.norm(last, axis=1, keepdims=True))
    assert np.allclose(explorer.paths[-1], projected, atol=1e-5)


def test_bars_have_the_colour_of_their_group():
    _, ax = drawn(cases.skipgram_training(words=WORDS[:5], groups=GROUPS[:5]), 3, "고양이")  # bread is not on the map
    names = [tick.get_text() for tick in ax.get_yticklabels()]
    group_of = dict(zip(WORDS[:5], GROUPS[:5], strict=True))
    expected = {"animal": plotting.PALETTE[0], "food": plotting.PALETTE[1], None: plotting.GREY}
    for name, bar in zip(names, ax.patches, strict=True):
        assert mpl.colors.to_hex(bar.get_facecolor()).upper() == expected[group_of.get(name)]
    assert "bread" in names


def test_snapshots_of_the_library_and_tensors_with_a_gradient_fit():
    rows = [Snapshot(step, 1.0, torch.nn.Parameter(torch.tensor(weight))) for step, weight in snapshots()]
    assert "Nearest to 고양이" in Page(cases.skipgram_training(snapshots=rows, groups=None)).text


def test_the_picture_shows_a_few_moments():
    axes = picture(cases.skipgram_training())
    assert axes.shape == (3, 2)
    assert titles(axes[:, 0]) == [MOMENTS[0], *MOMENTS[2:]]
    assert set(titles(axes[:, 1])) == {"nearest to 고양이"}
    assert {text.get_text() for text in axes[2, 0].texts} == set(WORDS)
    assert [text.get_text() for text in axes[0, 0].figure.legends[0].get_texts()] == ["animal", "food"]


def test_the_picture_of_chosen_moments_and_another_word():
    axes = picture(cases.skipgram_training(), moment=[0, -1], word="bread")
    assert titles(axes) == [MOMENTS[0], "nearest to bread", MOMENTS[3], "nearest to bread"]


def test_the_picture_says_what_is_wrong():
    with pytest.raises(ValueError, match="moment must be from -4 to 3, got 4"):
        cases.skipgram_training().picture(moment=[0, 4], title="x")
    with pytest.raises(ValueError, match="word must be one of the tokens, got 'dogg'"):
        cases.skipgram_training().picture(word="dogg", title="x")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"snapshots": []}, r"snapshots must hold at least one \(steps, weight\), got none"),
        ({"snapshots": [(0, np.zeros((3, 2)))]}, r"snapshot 0 must have one row per token, \(11, E\), got \(3, 2\)"),
        ({"words": ["고양이", "dogg"]}, r"words must be tokens, but these are not: dogg"),
        ({"words": ["고양이", "<pad>"]}, r"words must be tokens, but these are not: <pad>"),
        ({"words": ["고양이"], "groups": None}, r"words must hold at least two words to draw a map, got 1"),
        ({"groups": ["animal"]}, r"groups must have one entry per word, 6, got 1"),
    ],
)
def test_what_does_not_fit_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        cases.skipgram_training(**changes)
