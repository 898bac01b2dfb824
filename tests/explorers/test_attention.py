"""A sentence, a score function and a word are chosen, and picture and words follow."""

import numpy as np
import pytest
import torch

from course_lib.datasets import Pair
from tests.explorers import cases
from tests.explorers.cases import LINKED
from tests.explorers.page import Page, picture, pixels


def test_choosing_sentence_score_and_word():
    page = Page(cases.attention())
    assert [label for label, _ in page.controls["sentence"].options] == ["고양이가 자 – the cat sleeps", "자 – sleep"]
    assert [label for label, _ in page.controls["score"].options] == ["dot", "general"]
    assert pixels(page.png).shape == (560, 1160, 4)
    weights = cases.records()["dot"][0][0].softmax(-1)
    place = int(weights[1].argmax())
    expected = f"<p>“cat” looks most at {LINKED[0].source[place]} ({weights[1, place]:.2f}); gold link: 고양이"
    assert page.text.startswith(expected)
    text = page.set(word=0)
    assert "“the” looks most at" in text
    assert "no gold link" in text
    assert ("possible" in text) == (int(cases.records()["dot"][0][0][0].argmax()) == 0)
    text = page.set(score="general", word=2, sentence=1)
    assert text.startswith("<p>“sleep” looks most at"), "the last word of a shorter sentence"


def test_the_alignment_error_in_words_is_that_of_the_largest_weights():
    right = torch.tensor([[0.0, 9.0, 0.0], [9.0, 0.0, 0.0], [0.0, 0.0, 9.0]])  # "the" on a particle, the others right
    records = {"dot": [(right, right / 9), (torch.tensor([[9.0, 0.0]]), torch.tensor([[1.0, 0.0]]))]}
    text = cases.attention(of_pairs=records).describe(0, "dot", 1)
    assert "gold link: 고양이, which it is. Alignment error of this sentence, by the largest weights: 0.20." in text
    right[0] = torch.tensor([9.0, 0.0, 0.0])  # "the" on the noun: possible
    explorer = cases.attention(of_pairs=records)
    assert explorer.describe(0, "dot", 0).startswith("“the” looks most at 고양이 (1.00); no gold link, but this one is")
    assert "weights: 0.00." in explorer.describe(0, "dot", 0)


@pytest.mark.parametrize("word", [2, None])
def test_the_picture_shows_weights_and_gold_links(word):
    axes = picture(cases.attention(), word=word)
    assert axes.shape == (2, 1)
    for ax, (name, records) in zip(axes[:, 0], cases.records().items(), strict=True):
        np.testing.assert_allclose(ax.images[0].get_array(), records[0][0].softmax(-1), rtol=1e-5)
        assert ax.get_title(loc="left").startswith(f"{name}, alignment error ")
        assert [tick.get_text() for tick in ax.get_yticklabels()] == LINKED[0].target
        gold = [patch for patch in ax.patches if patch.get_width() == 0.92]
        styles = {(round(p.get_x() + 0.46), round(p.get_y() + 0.46)): p.get_linestyle() for p in gold}
        assert styles == {(0, 1): "solid", (2, 2): "solid", (0, 0): "--"}, "the possible one is dashed"
        frames = [patch for patch in ax.patches if patch.get_width() == 3]
        assert [patch.get_y() for patch in frames] == ([] if word is None else [1.5])


def test_many_maps_stand_in_rows_of_three():
    many = {name: cases.records()["dot"] for name in "abcd"}
    axes = picture(cases.attention(of_pairs=many))
    assert axes.shape == (4, 1)
    assert [ax.get_visible() for ax in axes[0, 0].figure.axes[:6]] == [True] * 4 + [False] * 2


@pytest.mark.parametrize(
    ("pairs", "records", "message"),
    [
        ([], {}, "at least one pair and one score function, got 0 and 0"),
        (LINKED, {"dot": []}, "a record for each of 2 pairs, got 0 for 'dot'"),
        (LINKED[:1], {"dot": [(torch.zeros(2, 3), torch.zeros(3, 3))]}, r"\(T, S\) = \(3, 3\) for 'dot', got \(2, 3\)"),
        ([Pair(["자"], ["sleep"], "자", "sleep")], {"dot": []}, "pairs with gold alignments, got none for “자”"),
    ],
)
def test_what_does_not_fit_is_refused(pairs, records, message):
    with pytest.raises(ValueError, match=message):
        cases.attention(pairs, records)
