"""A network divides the plane, moment by moment."""

import numpy as np
import pytest
import torch

from tests.explorers import cases
from tests.explorers.page import Page, picture, pixels, titles


def test_moving_through_training_changes_picture_and_text():
    page = Page(cases.learning())
    assert [label for label, _ in page.controls["moment"].options] == ["before training", "after 1,500 steps"]
    assert page.text == "<p>Before training: the loss is 0.694, 2 of 4 examples are right.</p>"
    before = page.png
    assert "After 1,500 steps: the loss is 0.018, 4 of 4 examples are right." in page.set(moment=1)
    for png in (before, page.png):  # nothing is cut off
        edge = np.concatenate([pixels(png)[0], pixels(png)[-1], pixels(png)[:, 0], pixels(png)[:, -1]])
        assert (edge == 1).all()


def test_the_picture_shows_a_few_moments():
    with_gradient = [(steps, [p.requires_grad_() for p in given]) for steps, given in cases.xor_snapshots()]
    axes = picture(cases.learning(with_gradient))
    assert titles(axes) == ["before training: 2 of 4 right", "after 1,500 steps: 4 of 4 right"]
    legend = {text.get_text() for text in axes[0, 0].figure.legends[0].get_texts()}
    assert legend == {"boundary", "neuron", "class 0", "class 1"}, "also what the first moment does not show"
    assert titles(picture(cases.learning(), moment=-1)) == ["after 1,500 steps: 4 of 4 right"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"snapshots": []}, r"snapshots must hold at least one \(steps, parameters\), got none"),
        (
            {"snapshots": [(0, [torch.zeros(2), torch.zeros(2)])]},
            r"snapshot 0 must begin with weight \(H, 2\) and bias \(H,\), got \(2,\) and \(2,\)",
        ),
        ({"x": torch.zeros(4, 3)}, r"x must have shape \(P, 2\), got \(4, 3\)"),
        ({"labels": torch.tensor([0, 1, 2, 0])}, r"labels must be from 0 to C - 1 = 1, got 0 to 2"),
        ({"labels": torch.zeros(3)}, r"labels must have one entry per example, \(4,\), got \(3,\)"),
    ],
)
def test_what_does_not_fit_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        cases.learning(**changes)


def test_a_moment_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="moment must be from -2 to 1, got 2"):
        cases.learning().picture(moment=[0, 2], title="x")
