"""Lesson 03, both parts: what its prose says is what its stored runs and its own small sums give."""

import numpy as np
import pytest
import torch
from torch import nn

from course_lib import gru
from course_lib.experiments import stored
from course_lib.experiments.adding import CELLS
from course_lib.experiments.gradient_flow import INITIALIZATIONS
from course_lib.experiments.timing import TIMERS
from course_lib.lstm import PeepholeLSTMCell
from course_lib.statistics import t_interval
from tests.lessons import prose

TEXT = prose("03")


def test_the_numbers_of_the_quiz():
    layer = nn.LSTMCell(300, 512)
    assert sum(p.numel() for p in layer.parameters()) == 1_667_072
    assert sum(p.numel() for p in layer.parameters()) - 4 * 512 == 1_665_024
    assert 2 * 512 * (300 + 512) == 831_488
    assert all(f"<summary>{figure}</summary>" in TEXT for figure in ("831,488", "1,665,024", "1,667,072"))
    assert abs(0.5**50 - 1e-15) < 2e-16
    assert "$0.5^{50}$ is about $10^{-15}$" in TEXT
    one, five = torch.tensor([1.0, 5.0]).double().sigmoid().tolist()
    assert np.log10([0.73**50, one**50]).round().tolist() == [-7, -7]
    assert "$0.73^{50}$ is about $10^{-7}$" in TEXT
    assert five == pytest.approx(0.993, abs=0.0005)
    assert [round(0.993**50, 1), round(five**50, 1)] == [0.7, 0.7]
    assert "$\\sigma(5) = 0.993$, and $0.993^{50}$ is about 0.7" in TEXT


def test_the_errors_of_the_quiz_are_those_of_chance_and_of_one_number():
    values = torch.rand(2, 1_000_000, generator=torch.Generator().manual_seed(0))
    assert (values.sum(0) - 1).square().mean().item() == pytest.approx(2 / 12, abs=0.001)
    assert (values.sum(0) - values[0] - 0.5).square().mean().item() == pytest.approx(1 / 12, abs=0.001)
    assert "whoever always says 1 has 2/12 = 0.167" in TEXT
    assert "half of the error of chance, 1/12 = 0.083" in TEXT


def test_a_shut_output_gate_hides_what_peepholes_see():
    cell, x = PeepholeLSTMCell(1, 1), torch.zeros(1, 1)
    with torch.no_grad():
        for p in cell.parameters():
            p.zero_()
        cell.bias_ih[:] = torch.tensor([-1e4, 1e4, 0, -1e4])  # i = 0, f = 1, o = 0
        h, c = cell(x, (torch.zeros(1, 1), torch.full((1, 1), 0.8)))
        assert h.item() == 0
        assert c.item() == pytest.approx(0.8)
        cell.bias_ih.zero_()
        gates = [cell.gates(x, (h, c))["f"].item()]
        cell.weight_cf.fill_(1)
        gates.append(cell.gates(x, (h, c))["f"].item())
    assert gates == pytest.approx([0.5, torch.tensor(0.8).sigmoid().item()])


def test_a_step_of_zeros_changes_the_state():
    """And the last real step of a sentence of 3 words is `outputs[1, 2]`."""
    torch.manual_seed(0)
    layer = nn.LSTM(3, 4, batch_first=True)
    x = torch.randn(2, 5, 3, generator=torch.Generator().manual_seed(0))
    x[1, 3:] = 0
    outputs, alone = layer(x)[0], layer(x[1:, :3])[1][0][0, 0]
    assert torch.allclose(outputs[1, 2], alone, atol=1e-6)
    assert not torch.allclose(outputs[1, 4], alone, atol=1e-3)
    assert not torch.allclose(outputs[1, 4], outputs[1, 3], atol=1e-3)
    assert "Take `outputs[1, 2]`, the last real step" in TEXT


def test_the_small_sums_of_the_text():
    sigmoid = torch.tensor([0.0, 1.0, 3.0]).sigmoid()
    assert sigmoid.tolist() == pytest.approx([0.5, 0.73, 0.95], abs=0.005)
    assert "gates near $\\sigma(0) = 0.5$." in TEXT
    assert "with 1 the gate is about $\\sigma(1) = 0.73$, with 3 about $\\sigma(3) = 0.95$" in TEXT
    assert abs(0.95**100 - 0.006) < 0.0005
    assert "$0.95^{100}$ is only 0.006" in TEXT
    full, diagonal = (
        sum(p.numel() for name, p in PeepholeLSTMCell(1, 256, peephole=form).named_parameters() if "weight_c" in name)
        for form in ("full", "diagonal")
    )
    assert f"with H = 256 that is {full:,} instead of {diagonal}" in TEXT


def test_with_the_reset_gate_at_0_the_candidate_is_made_from_the_input_alone():
    """And with the update gate at 1 nothing is updated."""
    cell = gru.GRUCell(2, 3)
    x, h, other = torch.randn(3, 4, 3, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        cell.bias_ih[:3], cell.bias_ih[3:6], cell.bias_hh[6:] = -1e4, -1e4, 0  # r = 0, z = 0
        assert torch.equal(cell(x[:, :2], h), cell(x[:, :2], other))
        cell.bias_ih[3:6] = 1e4
        assert torch.equal(cell(x[:, :2], h), h)


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
    ends = np.log10(run.array("trained", "RNN"))[:, -1]
    assert -25 < ends.min() < -24
    assert -5 < ends.max() < -4
    assert "its five runs end between about $10^{-25}$ and $10^{-5}$" in TEXT


def test_forget_bias_says_the_prose():
    run = stored("03.forget_bias")
    learned = [int((run.array("recall 20", bias)[:, -1] < 0.02).sum()) for bias in (0, 1, 3)]
    assert learned == [0, 2, 10]
    assert "0 was enough for no seed, 1 for two of ten" in TEXT
    assert "and 3 for all" in TEXT


def test_a_larger_bias_saves_time_says_the_prose():
    run = stored("03.forget_bias")
    errors = {bias: run.array("adding", bias) for bias in (0, 1)}  # (seeds, measurements), every 50 steps
    assert sum(int((curves[:, -1] >= 0.02).sum()) for curves in errors.values()) == 1
    first = {b: np.where((e < 0.02).any(1), 50 * ((e < 0.02).argmax(1) + 1), 850) for b, e in errors.items()}
    sooner = t_interval(first[0] - first[1])
    assert f"by {sooner.mean:.0f} training steps [{sooner.low:.0f}, {sooner.high:.0f}]" in TEXT


def test_timing_says_the_prose():
    run = stored("03.timing")
    exact = {name: run.array(name, "exact") for name in TIMERS}
    lead = t_interval(exact["peephole LSTM, H = 2"] - exact["LSTM, H = 2"])
    assert lead.low < 0 < lead.high
    assert "The peepholes did *not* win here" in TEXT
    assert lead.mean > 0
    behind = t_interval(exact["peephole LSTM, H = 3"] - exact["LSTM, H = 3"])
    assert behind.mean < 0 < behind.high
    assert behind.low < 0
    assert "With two units they are a little ahead, with three behind by more than twice as much" in TEXT
    assert 2 < -behind.mean / lead.mean < 2.5
    assert "both intervals of the difference reach to both sides of 0" in TEXT
    every = np.concatenate(list(exact.values()))
    assert (every > 0.9).mean() > 0.75, "most models are nearly perfect"
    assert "most models are nearly perfect, and a few have found no good solution" in TEXT


def test_question_unit_says_the_prose():
    run = stored("03.question_unit")
    assert run.settings["H"] == 24
    assert "one of 24 units carries much" in TEXT
    lost = np.array([found["right"] - np.array(found["without"]) for found in run.figures])  # (seeds, H)
    units = [found["unit"] for found in run.figures]
    assert min(found["apart"] for found in run.figures) > 0.75
    assert max(np.median(np.delete(each, unit)) for each, unit in zip(lost, units, strict=True)) < 0.02
    others = [i for i, (each, unit) in enumerate(zip(lost, units, strict=True)) if each.argmax() != unit]
    assert len(others) == 2
    assert "With two of the ten models another unit matters as much or more" in TEXT
    assert min(each[unit] for i, (each, unit) in enumerate(zip(lost, units, strict=True)) if i not in others) > 0.1
