"""Evaluation mode and back."""

import pytest
import torch
from torch import nn

from course_lib.modes import evaluating, in_mode


def _model():
    return nn.Sequential(nn.Linear(2, 2), nn.Dropout(0.5))


def _modes(model):
    return [module.training for module in model.modules()]


def test_evaluating_drops_nothing_and_keeps_no_gradients():
    model, x = _model(), torch.ones(1, 2)
    with evaluating(model):
        assert _modes(model) == [False] * 3
        assert not torch.is_grad_enabled()
        assert torch.equal(model(x), model[0](x))
        assert not model(x).requires_grad
    assert _modes(model) == [True] * 3
    assert torch.is_grad_enabled()


def test_a_model_in_evaluation_mode_stays_there():
    model = _model().eval()
    with evaluating(model):
        pass
    assert _modes(model) == [False] * 3


def test_an_error_puts_the_mode_back_too():
    model = _model()
    with pytest.raises(KeyError, match="word"), evaluating(model):
        raise KeyError("word")
    assert _modes(model) == [True] * 3
    assert torch.is_grad_enabled()


def test_a_part_that_was_in_another_mode_is_in_that_mode_again():
    """As a pretrained encoder that is frozen inside a model that trains."""
    model = _model()
    model[0].eval()
    with evaluating(model):
        assert _modes(model) == [False] * 3
    assert _modes(model) == [True, False, True]
    with in_mode(model, training=True):
        assert _modes(model) == [True] * 3
    assert _modes(model) == [True, False, True]


def test_blocks_nest():
    model = _model()
    with evaluating(model):
        with in_mode(model, training=True):
            assert model.training
        assert not model.training
    assert model.training
