"""A cell that answers a number at each step: its error, and its training."""

import pytest
import torch

from course_lib import lstm, rnn
from course_lib.experiments.adding import train_adder
from course_lib.experiments.readout import Readout, at_the_end, squared_error
from course_lib.tasks import adding_problem


def test_a_readout_is_trained_the_same_way_twice_and_leaves_the_random_state_alone():
    state = torch.get_rng_state()
    runs = [train_adder(lstm.LSTMCell, 3, T=4, steps=60, B=8, H=4, every=20) for _ in range(2)]
    assert torch.equal(torch.get_rng_state(), state)
    (first, curve), (second, again) = runs
    assert curve == again
    assert len(curve) == 3
    assert curve[-1] < curve[0]
    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), second.parameters(), strict=True))


def test_the_error_is_measured_each_so_many_steps_and_not_where_the_budget_ends():
    _, curve = train_adder(lstm.LSTMCell, 3, T=4, steps=50, B=8, H=4, every=20)
    _, longer = train_adder(lstm.LSTMCell, 3, T=4, steps=60, B=8, H=4, every=20)
    assert len(curve) == 2
    assert longer[:2] == curve


def test_only_the_last_answer_counts_in_the_adding_problem():
    tests = at_the_end(*adding_problem(5, 4, generator=torch.Generator().manual_seed(0)))
    model = Readout(rnn.RNNCell(2, 3))
    x, y, mask = tests
    assert mask.sum(1).tolist() == [1] * 5
    expected = (model(x)[:, -1] - y[:, -1]).square().mean().item()
    assert squared_error(model, tests).item() == pytest.approx(expected)
