"""Masks follow the length."""

import numpy as np
import pytest

from course_lib.explorers import Masks
from course_lib.masks import causal_mask
from tests.explorers.page import Page, picture


def test_masks_follow_the_length():
    page = Page(Masks(6))
    assert page.text == (
        "<p>Of 36 pairs of positions, 15 may attend (dark: True). Rows from 3 on are padding; what they find is never "
        "used.</p>"
    )
    assert "Of 36 pairs of positions, 21 may attend (dark: True).</p>" in page.set(length=6)
    assert "Of 9 pairs of positions, 6 may attend" in page.set(T=3), "no longer than the longest"


def test_the_picture():
    ((padding, causal, both),) = picture(Masks(), length=2, T=4)
    assert np.asarray(padding.images[0].get_array()).tolist() == [[1, 1, 0, 0]] * 4
    assert np.asarray(causal.images[0].get_array()).tolist() == causal_mask(4).float().tolist()
    assert np.asarray(both.images[0].get_array()).tolist() == [[1, 0, 0, 0], *[[1, 1, 0, 0]] * 3]


def test_a_length_beyond_the_longest_is_refused():
    with pytest.raises(ValueError, match="length must be from 1 to 8, got 9"):
        Masks().picture(title="x", length=9)
