"""A neuron's line follows its sliders."""

import pytest
import torch

from course_lib.explorers import Neuron
from tests.explorers import cases
from tests.explorers.page import Page, picture, titles


def test_the_line_follows_its_sliders():
    page = Page(cases.neuron())
    assert [control.description for control in page.controls.values()] == ["w1", "w2", "b"]
    assert page.text == (
        "<p>The line 1.0 x1 + 0.5 x2 + 0.0 = 0 passes through the origin. 50% of the examples are right.</p>"
    )
    text = page.set(b=-4.0, w2=1.0)
    assert "1.0 x1 + 1.0 x2 + -4.0 = 0 is 2.8 away from the origin. 100% of the examples" in text
    assert "Both weights are 0: there is no line" in page.set(w1=0.0, w2=0.0)


def test_the_picture_shows_each_setting():
    axes = picture(cases.neuron(), w1=1, w2=1, b=[0, -4])
    assert titles(axes) == ["w = (1, 1), b = 0: 50% right", "w = (1, 1), b = -4: 100% right"]
    (legend,) = axes[0, 0].figure.legends
    assert {text.get_text() for text in legend.get_texts()} >= {"boundary", "class 0", "class 1"}
    assert [ax.get_legend() for ax in axes.flat] == [None, None]
    assert [bool(ax.get_ylabel()) for ax in axes.flat] == [True, False]


@pytest.mark.parametrize(
    ("x", "labels", "message"),
    [
        (torch.zeros(4, 3), cases.CLASSES, r"x must have shape \(P, 2\), got \(4, 3\)"),
        (cases.CLOUDS, torch.zeros(3), r"labels must have one entry per example, \(4,\), got \(3,\)"),
    ],
)
def test_examples_that_do_not_fit_are_refused(x, labels, message):
    with pytest.raises(ValueError, match=message):
        Neuron(x, labels)
