"""The GRU in both of its forms, held against `torch.nn` and against arithmetic."""

import math

import pytest
import torch

from course_lib.gru import GRUCell, gru_step, gru_step_of_2014
from tests.tensors import assert_same, random

B, E, H = 3, 4, 6


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


@pytest.mark.parametrize("reset_after", [True, False])
def test_gru_step_by_hand(reset_after):
    """One unit, x = 1, h = 0.5.

    r: 0.4 * 1 + 0.6 * 0.5 + 0.1 + 0.2 = 1.0        z: -0.5 * 1 + 0.2 * 0.5 + 0.1 - 0.1 = -0.4
    n: 0.3 * 1 + 0.2 = 0.5 from x; from h, W = -2 and b = 0.7: r (-2 * 0.5 + 0.7) or -2 (r * 0.5) + 0.7.
    """
    step = gru_step if reset_after else gru_step_of_2014
    h = step(
        torch.tensor([[1.0]], dtype=torch.float64),
        torch.tensor([[0.5]], dtype=torch.float64),
        weight_ih=torch.tensor([[0.4], [-0.5], [0.3]], dtype=torch.float64),
        weight_hh=torch.tensor([[0.6], [0.2], [-2.0]], dtype=torch.float64),
        bias_ih=torch.tensor([0.1, 0.1, 0.2], dtype=torch.float64),
        bias_hh=torch.tensor([0.2, -0.1, 0.7], dtype=torch.float64),
    )
    r, z = sigmoid(1.0), sigmoid(-0.4)
    n = math.tanh(0.5 + r * -0.3) if reset_after else math.tanh(0.5 - 2 * (r * 0.5) + 0.7)
    assert h.item() == pytest.approx((1 - z) * n + z * 0.5, abs=1e-14)


def test_the_two_grus_differ_and_agree_where_the_reset_gate_is_open():
    ours, cho = GRUCell(E, H), GRUCell(E, H, reset_after=False)
    cho.load_state_dict(ours.state_dict())
    x, h = random(B, E), random(B, H, seed=1)
    assert not torch.allclose(ours(x, h), cho(x, h), atol=1e-3)
    with torch.no_grad():
        for cell in (ours, cho):
            cell.bias_ih[:H] = 50  # r = 1
    assert_same(ours(x, h), cho(x, h))
    assert "reset_after=False" in repr(cho)
    assert "reset_after" not in repr(ours)


@pytest.mark.parametrize("reset_after", [True, False])
def test_gates(reset_after):
    """The gates, put together by the equations, give the next state; r is that of a cell whose candidate is r alone."""
    cell, x, h = GRUCell(E, H, reset_after=reset_after), random(B, E), random(B, H, seed=1)
    r, z, n = cell.gates(x, h).values()
    assert list(cell.gates(x, h)) == ["r", "z", "n"]
    assert_same(cell(x, h), (1 - z) * n + z * h)
    W_in, W_hn, b_in, b_hn = (
        weight[2 * H :] for weight in (cell.weight_ih, cell.weight_hh, cell.bias_ih, cell.bias_hh)
    )
    past = r * (h @ W_hn.T + b_hn) if reset_after else (r * h) @ W_hn.T + b_hn
    assert_same(n, torch.tanh(x @ W_in.T + b_in + past))
    assert list(cell.gates(x)) == ["r", "z", "n"], "without h from zeros"
