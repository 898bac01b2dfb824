"""Merges make fewer and longer tokens of a sentence."""

from itertools import pairwise

import pytest

from course_lib.bpe import BPE
from course_lib.explorers import Merges
from tests.explorers import cases
from tests.explorers.page import Page, picture, titles


def drawn(ax):
    return [text.get_text() for text in ax.texts]


def test_the_slider_moves_the_cuts():
    page = Page(cases.merges())
    assert page.text == "<p>9 characters in 3 tokens: ▁low ▁low er</p>"
    assert page.set(merges=0) == "<p>9 characters in 10 tokens: ▁ l o w ▁ l o w e r</p>"
    assert page.set(sentence="") == "<p>0 characters in 0 tokens: </p>"
    assert page.set(sentence="$é") == "<p>2 characters in 4 tokens: ▁ &lt;0x24&gt; &lt;0xC3&gt; &lt;0xA9&gt;</p>"


def test_the_picture_stands_line_by_line():
    axes = picture(cases.merges(), merges=[0, 4])
    assert titles(axes) == ["0 merges: 10 tokens", "4 merges: 3 tokens"]
    assert drawn(axes[0, 0]) == ["▁", "l", "o", "w"] * 2 + ["e", "r"]
    assert drawn(axes[1, 0]) == ["▁low", "▁low", "er"]


def boxes(ax):
    """Left and right end of each token's box, and its colour without its strength."""
    return [
        (*each.get_paths()[0].get_extents().intervalx, tuple(each.get_facecolor()[0][:3].round(2)))
        for each in ax.collections
    ]


def test_boxes_stand_side_by_side_as_wide_as_their_letters():
    ax = picture(cases.merges(), merges=[4], sentence="low 가 low")[0, 0]
    found = boxes(ax)
    assert drawn(ax) == ["▁low", "▁", "<0xEA>", "<0xB0>", "<0x80>", "▁low"]
    assert all(right < left for (_, right, _), (left, _, _) in pairwise(found)), "none covers the next"
    wide = [right - left for left, right, _ in found]
    assert wide[0] == pytest.approx(wide[-1])
    assert wide[0] > wide[1]
    assert ax.get_xlim()[1] > found[-1][1]
    letters, byte = found[0][2], found[2][2]
    assert [colour for _, _, colour in found] == [letters, letters, byte, byte, byte, letters]
    assert letters != byte
    strengths = [each.get_facecolor()[0][3] for each in ax.collections]
    assert all(one != other for one, other in pairwise(strengths)), "neighbours can be told apart"


def test_hangul_is_as_wide_as_it_is_and_no_text_is_a_formula():
    ax = picture(Merges(BPE([("가", "나")], "가나ab$"), "가나ab$$"), merges=[1])[0, 0]
    assert drawn(ax) == ["▁", "가나", "a", "b", r"\$", r"\$"]
    wide = [right - left for left, right, _ in boxes(ax)]
    assert wide[1] > 1.5 * wide[2]
    assert len(ax.texts[1].get_fontfamily()) == 2, "a font with Hangul beside the usual one"


def test_each_number_of_merges_is_offered_once():
    subwords = BPE([(left, "a") for left in ("a", *("a" * n for n in range(2, 11)))], "a")
    assert len(subwords.merges) == 10
    assert Merges(subwords, "aaa").compared["merges"] == [0, 10]


def test_without_merges_there_is_nothing_to_show():
    with pytest.raises(ValueError, match="expected subwords with merges, got none"):
        Merges(BPE([], "a"), "a")
