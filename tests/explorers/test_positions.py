"""Sliders move along the positions."""

import numpy as np
import pytest

from course_lib.explorers import Positions
from course_lib.transformer import sinusoidal_positions
from tests.explorers.page import picture


def test_the_text_is_about_the_chosen_position():
    table = sinusoidal_positions(20, 8)
    text = Positions(20, 8).describe(20, 8, 50)
    assert f"the one beside it by {table[19] @ table[18] / 4:.2f}" in text, "50 is beyond the last: 19"
    assert Positions(20, 8).controls["t"].start == 19


def test_the_picture():
    ((surface, likeness),) = picture(Positions(), T=12, D=6, t=3)
    table = sinusoidal_positions(12, 6)
    np.testing.assert_allclose(surface.images[0].get_array(), table, rtol=1e-6)
    assert likeness.lines[0].get_ydata()[3] == pytest.approx(1)
    np.testing.assert_allclose(likeness.lines[0].get_ydata(), table @ table[3] / 3, rtol=1e-5)
