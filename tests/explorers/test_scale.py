"""The scale moves the weights."""

import numpy as np
import pytest
import torch

from course_lib.explorers import Scale
from course_lib.explorers.scale import scores
from tests.explorers.page import Page, picture, titles


def test_the_scale_moves_the_weights():
    page = Page(Scale())
    assert f"standard deviation {(scores(64) / 8).std():.2f}, and the largest weight is" in page.text
    assert f"the largest weight is {scores(64).softmax(-1).max():.2f}" in page.set(power=0)
    assert f"the largest weight is {scores(512).softmax(-1).max():.2f}" in page.set(d_k=512)


def test_the_picture():
    axes = picture(Scale())
    assert [title.split(":")[0] for title in titles(axes)] == ["unscaled", "divided by √d_k", "divided by d_k"]
    for ax, power in zip(axes.flat, (0, 0.5, 1), strict=True):
        scaled = scores(64) * 64**-power
        np.testing.assert_allclose([patch.get_height() for patch in ax.patches], scaled.softmax(-1), rtol=1e-5)
        jacobian = torch.autograd.functional.jacobian(lambda s: s.softmax(-1), scaled)
        assert ax.get_title(loc="left").endswith(f"derivative {jacobian.norm():.3f}")


def test_a_width_that_is_not_offered_is_refused():
    with pytest.raises(ValueError, match=r"d_k must be one of 4, 8, 16, .*, got 100"):
        Scale(100)
