"""Marks are moved, and what each cell keeps follows."""

import numpy as np
import pytest
import torch

from course_lib import rnn
from course_lib.gradients import state_gradient_norms
from tests.explorers import cases
from tests.explorers.page import Page, picture, titles


def test_moving_a_mark():
    page = Page(cases.memory())
    assert (page.range("first"), page.range("second")) == ((0, 3), (4, 7))
    values = torch.rand(8, generator=torch.Generator().manual_seed(0))
    assert f"The marked numbers are {values[1]:.2f} and {values[6]:.2f}; their sum is" in page.text
    assert all(f"{name} " in page.text for name in cases.adders())
    assert f"The marked numbers are {values[0]:.2f} and" in page.set(first=0)


def test_the_sequence_is_that_of_the_adding_problem():
    x = cases.memory().sequence(1, 6, 3)
    assert x.shape == (1, 8, 2)
    assert torch.equal(x[0, :, 0], torch.rand(8, generator=torch.Generator().manual_seed(3)))
    assert x[0, :, 1].nonzero().flatten().tolist() == [1, 6]


def test_the_picture_shows_what_each_cell_keeps_and_the_gradient():
    explorer = cases.memory()
    axes = picture(explorer)
    assert axes.shape == (1, 2, 4)
    states, gradients = axes[0]
    assert [title.split(": ")[1] for title in titles(states)] == ["its h", "its c", "its c", "its h"]
    x = explorer.sequence(1, 6)
    with torch.no_grad():
        _, (_, c) = rnn.masked_unroll(explorer.models["LSTM"].cell, x)
    np.testing.assert_allclose(states[1].images[0].get_array()[:, -1], c[0], rtol=1e-5)
    for ax, model in zip(gradients, explorer.models.values(), strict=True):
        assert ax.get_title(loc="left") == f"answers {model(x)[0, -1]:.2f}"
        expected = state_gradient_norms(model.cell, x, loss=lambda h, model=model: model.output(h).squeeze(-1))[0]
        np.testing.assert_allclose(ax.lines[0].get_ydata(), expected.detach(), rtol=1e-5)
        assert [line.get_xdata()[0] for line in ax.lines[1:]] == [1, 6]
    assert len({ax.get_ylim() for ax in gradients}) == 1, "gradients compare"
    assert {ax.images[0].get_clim() for ax in states} == {(-1, 1)}, "states compare"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"models": {}}, "models must hold at least one, got none"),
        ({"first": 4}, "first mark must be from 0 to 3, got 4"),
        ({"second": 3}, "second mark must be from 4 to 7, got 3"),
        ({"second": 8}, "second mark must be from 4 to 7, got 8"),
    ],
)
def test_what_does_not_fit_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        cases.memory(**changes)
