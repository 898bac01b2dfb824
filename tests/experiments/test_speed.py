"""What a training step costs."""

import pytest
import torch

from course_lib import fast
from course_lib.experiments import speed
from course_lib.experiments.scores import MODELS
from course_lib.experiments.speed import crossing, length_times, step_times, timed_models, times, update_seconds


def test_step_times_and_their_crossing():
    models = timed_models(D=8)
    times = step_times(models, (3, 5), B=2, repeats=1)
    assert times.keys() == {"RNN", "LSTM with attention", "Transformer"}
    assert all(len(values) == 2 and min(values) > 0 for values in times.values())
    assert all(p.grad is None for model in models.values() for p in model.parameters())
    assert crossing((10, 20, 30), (2.0, 1.5, 0.5)) == pytest.approx(25)
    assert crossing((10, 20), (0.5, 1.5)) == pytest.approx(15)
    assert crossing((10, 20), (2.0, 1.5)) is None


def test_the_recurrent_ones_are_timed_as_loops_and_in_one_kernel(monkeypatch):
    kernel, calls = fast.masked_unroll, []
    monkeypatch.setattr(fast, "masked_unroll", lambda *inputs, **options: calls.append(1) or kernel(*inputs, **options))
    figures = times(seed=1, lengths=[2, 3], B=2, repeats=0)
    # an encoder and a decoder of an RNN, two directions and a decoder of an LSTM, at two lengths
    assert len(calls) == 2 * (2 + 3)
    assert figures.keys() == {"RNN", "LSTM with attention", "Transformer"} | {
        "RNN, one kernel",
        "LSTM with attention, one kernel",
    }
    assert all(len(values) == 2 and min(values) > 0 for values in figures.values())
    assert length_times((2,), 2, 0).keys() == figures.keys()


def test_the_stored_run_draws_weights_by_its_seed_and_hands_all_settings_on(monkeypatch):
    timed = []

    def noted(models, *given):
        timed.append(([weight for model in models.values() for weight in model.parameters()], given))
        return {}

    monkeypatch.setattr(speed, "step_times", noted)
    for seed in (1, 1, 2):
        times(seed=seed, lengths=[2, 3], B=4, repeats=7)
    (first, given), (same, _), (other, _) = timed
    assert given == ([2, 3], 4, 7)
    assert all(map(torch.equal, first, same))
    assert not all(map(torch.equal, first, other))


def test_update_seconds_times_each_model():
    times = update_seconds({"dot": MODELS["dot"]}, batch_size=2, rounds=1)
    assert times.keys() == {"dot"}
    assert 0 < times["dot"] < 10
