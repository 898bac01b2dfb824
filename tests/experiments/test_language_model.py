"""The language model's figures."""

import pytest
import torch

from course_lib.experiments.language_model import decay_per_step, language_model


def test_decay_is_the_factor_of_a_power():
    norms = torch.tensor([[0.8**3, 0.8**2, 0.8, 1.0], [5 * 0.8**3, 5 * 0.8**2, 5 * 0.8, 5.0]])
    assert decay_per_step(norms) == pytest.approx(0.8)


def test_a_language_model_of_one_epoch_has_the_form_of_the_stored_one():
    figures = language_model(0, languages=("ko",), epochs=1, E=8, H=8, T=5)["ko"]
    assert len(figures["perplexity"]) == 1
    assert figures["perplexity"][0] < figures["1-gram"]
    assert figures["5-gram"] < figures["2-gram"] < figures["1-gram"]
    for moment in ("before", "after"):
        assert set(figures[moment]) == {"norm", "radius", "factor", "gradient"}
        assert len(figures[moment]["gradient"]) == 5
        assert figures[moment]["gradient"][-1] == pytest.approx(1)
