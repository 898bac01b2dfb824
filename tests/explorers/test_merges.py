"""Merges make fewer and longer tokens of a sentence."""

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


def test_without_merges_there_is_nothing_to_show():
    with pytest.raises(ValueError, match="expected subwords with merges, got none"):
        Merges(BPE([], "a"), "a")
