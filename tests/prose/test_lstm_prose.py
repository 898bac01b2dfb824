"""Lesson 03: what its prose says is what its stored runs and its own small sums give."""

import numpy as np
import pytest
import torch
from torch import nn

from course_lib.experiments import stored
from course_lib.experiments.adding import CELLS
from course_lib.experiments.gradient_flow import INITIALIZATIONS
from course_lib.experiments.timing import TIMERS
from course_lib.statistics import t_interval
from tests.lessons import prose

TEXT = prose("03")


def test_the_numbers_of_the_quiz():
    layer = nn.LSTMCell(300, 512)
    assert sum(p.numel() for p in layer.parameters()) == 1_667_072
    assert sum(p.numel() for p in layer.parameters()) - 4 * 512 == 1_665_024
    assert 2 * 512 * (300 + 512) == 831_488
    assert all(f"<summary>{figure}</summary>" in TEXT for figure in ("831,488", "1,665,024", "1,667,072"))
    sigmoid = torch.tensor([1.0, 2.0, 3.0]).sigmoid()
    assert sigmoid.tolist() == pytest.approx([0.73, 0.88, 0.95], abs=0.005)
    assert abs(0.73**20 - 0.002) < 0.0005


def test_the_backward_half_of_the_last_output_knows_the_last_word_alone():
    layer = nn.LSTM(3, 4, bidirectional=True, batch_first=True)
    x = torch.randn(2, 5, 3, generator=torch.Generator().manual_seed(0))
    other = x.clone()
    other[:, :-1] = 7
    here, there = layer(x)[0], layer(other)[0]
    assert torch.allclose(here[:, -1, 4:], there[:, -1, 4:])
    assert not torch.allclose(here[:, 0, 4:], there[:, 0, 4:])
    assert torch.equal(layer(x)[1][0][-1], here[:, 0, 4:])


# --- the stored runs ----------------------------------------------------------------------------------------


def test_seeds_of_stored_runs_are_not_those_of_the_lesson():
    for name in ("adding_problem", "gradient_flow", "forget_bias", "timing", "question_unit"):
        run = stored(f"03.{name}")
        assert min(run.seeds) >= 10
        assert len(run.seeds) >= 3


def test_adding_problem_says_the_prose():
    run = stored("03.adding_problem")
    learned = {name: int((run.array(100, name, "mse") < 0.02).sum()) for name in ("RNN", "LSTM", "GRU")}
    assert learned == {"RNN": 0, "LSTM": 4, "GRU": 5}
    assert "with one seed of five the LSTM had not yet begun to" in TEXT
    late = run.array(100, "LSTM", "curve")[run.array(100, "LSTM", "mse") > 0.02]
    assert late.shape[0] == 1
    assert late.min() > 0.15
    for T in (50, 100):
        assert 1 / 6 - 0.03 < run.array(T, "RNN", "mse").mean() < 1 / 6 + 0.05


def test_gradient_flow_says_the_prose():
    run = stored("03.gradient_flow")
    new = {name: run.array("new", name)[:, 50] for name in INITIALIZATIONS}
    assert max(new[name].max() for name in ("RNN", "GRU", "LSTM, forget bias 0")) < 1e-8
    assert new["LSTM, forget bias 3"].min() > 0.01
    trained = {name: 10 ** np.log10(run.array("trained", name)).mean(0)[40] for name in CELLS}
    assert min(trained["LSTM"], trained["GRU"]) > 1000 * trained["RNN"]


def test_forget_bias_says_the_prose():
    run = stored("03.forget_bias")
    learned = [int((run.array("recall 20", bias)[:, -1] < 0.02).sum()) for bias in (0, 1, 3)]
    assert learned == [0, 2, 10]
    assert "0 was enough for no seed, 1 for two of ten" in TEXT
    assert int((run.array("recall 10", 0)[:, -1] < 0.02).sum()) == 5
    assert run.settings["recall"]["steps"] == 400
    assert "with 400 steps of training, twice as many as on the left, five of the run's ten seeds learn it" in TEXT


def test_timing_says_the_prose():
    run = stored("03.timing")
    exact = {name: run.array(name, "exact") for name in TIMERS}
    lead = t_interval(exact["peephole LSTM, H = 2"] - exact["LSTM, H = 2"])
    assert lead.low < 0 < lead.high
    assert "The peepholes did *not* win here" in TEXT
    assert exact["LSTM, H = 3"].mean() > 0.95
    assert max(exact[name].mean() for name in exact if name != "LSTM, H = 3") < 0.95


def test_question_unit_says_the_prose():
    run = stored("03.question_unit")
    assert run.settings["H"] == 24
    assert "one of its 24 units" in TEXT
    lost = np.array([found["right"] - np.array(found["without"]) for found in run.figures])  # (seeds, H)
    units = [found["unit"] for found in run.figures]
    assert min(found["apart"] for found in run.figures) > 0.75
    assert max(np.median(np.delete(each, unit)) for each, unit in zip(lost, units, strict=True)) < 0.02
    others = [i for i, (each, unit) in enumerate(zip(lost, units, strict=True)) if each.argmax() != unit]
    assert len(others) == 2, "with two of the ten another unit matters as much or more"
    right = np.array([run.figures[i]["right"] for i in others])
    assert right.max() > 0.85
    assert 0.65 < right.min() < 0.7, "no more than seven of ten"
    shared = others[right.argmax()]
    assert np.sort(lost[shared])[-2] > max(0.03, 0.9 * lost[shared].max()), "one shares the question between two units"
    assert min(each[unit] for i, (each, unit) in enumerate(zip(lost, units, strict=True)) if i not in others) > 0.1
