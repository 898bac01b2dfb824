"""What a training step costs."""

import pytest

from course_lib.experiments.scores import MODELS
from course_lib.experiments.speed import crossing, step_times, timed_models, update_seconds


def test_step_times_and_their_crossing():
    models = timed_models(D=8)
    times = step_times(models, (3, 5), B=2, repeats=1)
    assert times.keys() == {"RNN", "LSTM with attention", "Transformer"}
    assert all(len(values) == 2 and min(values) > 0 for values in times.values())
    assert all(p.grad is None for model in models.values() for p in model.parameters())
    assert crossing((10, 20, 30), (2.0, 1.5, 0.5)) == pytest.approx(25)
    assert crossing((10, 20), (0.5, 1.5)) == pytest.approx(15)
    assert crossing((10, 20), (2.0, 1.5)) is None


def test_update_seconds_times_each_model():
    times = update_seconds({"dot": MODELS["dot"]}, batch_size=2, rounds=1)
    assert times.keys() == {"dot"}
    assert 0 < times["dot"] < 10
