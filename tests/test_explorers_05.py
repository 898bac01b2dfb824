"""The explorers of lesson 05: a dictionary is turned, a word is chosen, and picture and words follow."""

import matplotlib as mpl
import numpy as np
import pytest
import torch

from course_lib.datasets import Pair
from course_lib.explorers import lesson_05 as explorers

mpl.use("Agg")
from matplotlib import pyplot as plt  # after the backend is chosen

from tests.pictures import parts, pixels

pytest.importorskip("ipywidgets", reason="explorers are widgets")

pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # a missing glyph is one

KEYS, VALUES = torch.tensor([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]]), torch.tensor([4.0, 20.0, 600.0])
NAMES = ["cat", "개", "car"]
PAIRS = [
    Pair(["고양이", "가", "자"], ["the", "cat", "sleeps"], "고양이가 자.", "The cat sleeps.", [(0, 1), (2, 2)]),
    Pair(["가", "아"], ["go"], "가.", "Go.", [(0, 0)]),
]


def seen():
    """Scores and likenesses for two score functions."""
    generator = torch.Generator().manual_seed(0)
    by_name = {}
    for name in ("dot", "general"):
        shapes = [(len(pair.target), len(pair.source)) for pair in PAIRS]
        by_name[name] = [
            (torch.randn(shape, generator=generator), torch.rand(shape, generator=generator)) for shape in shapes
        ]
    return by_name


# --- a soft dictionary ----------------------------------------------------------------------------------------


def test_turning_the_query_draws_again():
    (angle, size), picture, text = parts(
        explorers.dictionary_explorer(NAMES, KEYS, VALUES, value="weight"), player=False
    )
    assert pixels(picture.value).shape == (390, 960, 4)
    drawn = {picture.value}
    size.value = 0
    drawn.add(picture.value)
    assert text.value.startswith(f"<p>The result is {VALUES.mean():.2f}: 33% of it is"), "the mean of all"
    size.value, angle.value = 12, 90
    drawn.add(picture.value)
    assert text.value.startswith("<p>The result is 20.00: 100% of it is 개, whose value is 20.00.")
    assert len(drawn) == 3


def test_the_picture_of_the_dictionary_shows_each_setting():
    axes = explorers.dictionary_picture(NAMES, KEYS, VALUES, [(0, 0.0), (0, 3.0)], value="weight", title="사전")
    axes[0, 0].figure.canvas.draw()
    plt.close("all")
    assert axes.shape == (2, 2)
    assert axes[0, 0].figure.get_suptitle() == "사전"
    weights = (KEYS @ torch.tensor([3.0, 0.0])).softmax(0)
    np.testing.assert_allclose([bar.get_width() for bar in axes[1, 1].patches[:3]], weights, rtol=1e-5)
    assert axes[1, 1].get_title(loc="left") == f"weight, weighted: {weights @ VALUES:.2f}"


def test_dictionaries_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"expected keys \(3, 2\) and values \(3,\), got \(3, 2\) and \(2,\)"):
        explorers.dictionary_explorer(NAMES, KEYS, VALUES[:2], value="weight")
    with pytest.raises(ValueError, match=r"at least one \(direction, length\), got none"):
        explorers.dictionary_picture(NAMES, KEYS, VALUES, [], value="weight", title="x")


# --- attention in a translation -------------------------------------------------------------------------------


def test_choosing_sentence_score_and_word_draws_again():
    records = seen()
    (sentence, score, word), picture, text = parts(explorers.attention_explorer(PAIRS, records, word=1), player=False)
    assert [label for label, _ in sentence.options] == ["고양이가 자. – The cat sleeps.", "가. – Go."]
    assert list(score.options) == ["dot", "general"]
    assert pixels(picture.value).shape == (560, 1160, 4)
    weights = records["dot"][0][0].softmax(-1)
    place = int(weights[1].argmax())
    expected = f"<p>“cat” looks most at {PAIRS[0].source[place]} ({weights[1, place]:.2f}); gold link: 고양이"
    assert text.value.startswith(expected)
    drawn = {picture.value}
    word.value = 0
    assert "“the” looks most at" in text.value
    assert "no gold link" in text.value
    drawn.add(picture.value)
    score.value = "general"
    drawn.add(picture.value)
    word.value, sentence.value = 2, 1
    assert text.value.startswith("<p>“go” looks most at"), "the last word of a shorter sentence"
    drawn.add(picture.value)
    assert len(drawn) == 4


def test_the_alignment_error_in_words_is_that_of_the_largest_weights():
    right = torch.tensor([[0.0, 9.0, 0.0], [9.0, 0.0, 0.0], [0.0, 0.0, 9.0]])  # "the" on a particle, the others right
    records = {"dot": [(right, right / 9), (torch.tensor([[9.0, 0.0]]), torch.tensor([[1.0, 0.0]]))]}
    _, _, text = parts(explorers.attention_explorer(PAIRS, records, word=1), player=False)
    assert (
        "gold link: 고양이, which it is. Alignment error of this sentence, by the largest weights: 0.20." in text.value
    )


def test_the_picture_shows_weights_and_gold_links():
    weights = {name: records[0][0].softmax(-1) for name, records in seen().items()}
    axes = explorers.attention_picture(PAIRS[0], weights, title="어텐션", columns=3, word=2)
    axes[0, 0].figure.canvas.draw()
    plt.close("all")
    assert axes.shape == (1, 2)
    for ax, (name, matrix) in zip(axes[0], weights.items(), strict=True):
        np.testing.assert_allclose(ax.images[0].get_array(), matrix, rtol=1e-5)
        assert ax.get_title(loc="left").startswith(f"{name}, alignment error ")
        assert [tick.get_text() for tick in ax.get_yticklabels()] == PAIRS[0].target
        gold = [patch for patch in ax.patches if patch.get_width() == 0.92]
        assert {(round(patch.get_x() + 0.46), round(patch.get_y() + 0.46)) for patch in gold} == {(0, 1), (2, 2)}
        frames = [patch for patch in ax.patches if patch.get_width() == 3]
        assert [patch.get_y() for patch in frames] == [1.5]


@pytest.mark.parametrize(
    ("pairs", "records", "message"),
    [
        ([], {}, "at least one pair and one score function, got 0 and 0"),
        (PAIRS, {"dot": []}, "a record for each of 2 pairs, got 0 for 'dot'"),
        (PAIRS[:1], {"dot": [(torch.zeros(2, 3), torch.zeros(3, 3))]}, r"\(T, S\) = \(3, 3\) for 'dot', got \(2, 3\)"),
    ],
)
def test_records_that_do_not_fit_are_refused(pairs, records, message):
    with pytest.raises(ValueError, match=message):
        explorers.attention_explorer(pairs, records)


def test_weights_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"expected weights of shape \(T, S\) = \(3, 3\) by name, got none"):
        explorers.attention_picture(PAIRS[0], {}, title="x")
    with pytest.raises(ValueError, match=r"by name, got \{'dot': \(2, 3\)\}"):
        explorers.attention_picture(PAIRS[0], {"dot": torch.zeros(2, 3)}, title="x")
