"""A query is turned, and weights and result follow."""

import numpy as np
import pytest
import torch

from tests.explorers import cases
from tests.explorers.cases import KEYS, VALUES
from tests.explorers.page import Page, picture, pixels


def test_turning_the_query():
    page = Page(cases.dictionary())
    assert pixels(page.png).shape == (390, 960, 4)
    equal = f"<p>The weighted sum of the values is {VALUES.mean():.2f} kg. All weights are 33%."
    assert page.set(length=0).startswith(equal), "the mean of all"
    text = page.set(length=12, angle=90)
    best = "The largest weight is 100%, that of 개, whose value is 20 kg."
    assert text.startswith(f"<p>The weighted sum of the values is 20.00 kg. {best}")


def test_the_picture_shows_each_setting():
    axes = picture(cases.dictionary(), angle=0, length=[0.0, 3.0, 100.0])
    assert axes.shape == (3, 2)
    weights = (KEYS @ torch.tensor([3.0, 0.0])).softmax(0)
    np.testing.assert_allclose([bar.get_width() for bar in axes[1, 1].patches[:3]], weights, rtol=1e-5)
    assert axes[1, 1].get_title(loc="left") == f"weighted sum of the values: {weights @ VALUES:.2f} kg"
    assert axes[1, 1].get_xlabel() == "attention weight"
    assert axes[2, 0].get_title(loc="left").endswith("query of length 100.0")
    shortened = ["arrow shortened" in [text.get_text() for text in ax.texts] for ax in axes[:, 0]]
    assert shortened == [False, True, True]


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"expected keys \(3, 2\) and values \(3,\), got \(3, 2\) and \(2,\)"):
        cases.dictionary(VALUES[:2])
