"""Gradients through time, clipping and truncation, held against autograd, `torch.nn` and arithmetic."""

import math

import pytest
import torch
from torch import nn

from course_lib.gradients import clip_gradients, gradient_norms, state_gradient_norms, truncated_unroll
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell
from course_lib.rnn import RNNCell, unroll
from tests.tensors import assert_same, random

T, E, H = 5, 4, 6

# --- through time -------------------------------------------------------------------------------------------


def test_gradient_norms_of_a_linear_chain():
    """h_t = 0.5 h_{t-1} + x_t: each step back halves the gradient. With loss 3 h it is 3 times as large."""

    def cell(x, h):
        return x if h is None else 0.5 * h + x

    halves = torch.tensor([[1 / 8, 1 / 4, 1 / 2, 1.0]] * 2)
    assert_same(gradient_norms(cell, random(2, 4, 1), torch.zeros(2, 1, requires_grad=True)), halves)
    norms = state_gradient_norms(cell, random(2, 4, 1))
    assert_same(norms, halves)
    assert_same(state_gradient_norms(cell, random(2, 4, 1), loss=lambda h: 3 * h.squeeze(1)), 3 * norms)


@pytest.mark.parametrize("make", [RNNCell, GRUCell])
def test_the_norms_are_of_each_sequence_by_itself(make):
    cell, x, state = make(E, H).double(), random(3, T, E, dtype=torch.float64), random(3, H, dtype=torch.float64)
    norms = gradient_norms(cell, x, state)
    assert norms.shape == (3, T)
    assert_same(norms, state_gradient_norms(cell, x, state))
    assert_same(norms[1:2], gradient_norms(cell, x[1:2], state[1:2]))


def test_gradient_norms_equal_autograd_from_each_state():
    cell, x = LSTMCell(E, H).double(), random(2, T, E, dtype=torch.float64)
    norms = state_gradient_norms(cell, x)
    assert_same(norms[:, -1], torch.ones(2, dtype=torch.float64))
    for t in range(1, T):
        _, state = unroll(cell, x[:, :t])
        leaves = [tensor.detach().requires_grad_() for tensor in state]
        outputs, _ = unroll(cell, x[:, t:], tuple(leaves))
        gradients = torch.autograd.grad(outputs[:, -1].sum() / math.sqrt(H), leaves)
        assert_same(norms[:, t - 1], torch.cat(gradients, dim=1).norm(dim=1))


def test_gradient_norms_leave_no_trace():
    cell = RNNCell(E, H)
    x, state = random(2, T, E), random(2, H)
    with torch.no_grad():
        norms = state_gradient_norms(cell, x, state)
    assert norms.shape == (2, T)
    assert not norms.requires_grad
    assert cell.weight_hh.grad is None
    assert not x.requires_grad
    with pytest.raises(ValueError, match=r"\(B, T, E\), got \(2, 4\)"):
        state_gradient_norms(cell, x[:, 0])


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_gradient_never_exceeds_the_bound(scale):
    cell = RNNCell(E, H).double()
    with torch.no_grad():
        cell.weight_hh.mul_(scale)
    largest = torch.linalg.svdvals(cell.weight_hh.detach())[0]
    norms = state_gradient_norms(cell, random(8, 30, E, dtype=torch.float64))
    assert (norms <= largest ** torch.arange(29, -1, -1) * (1 + 1e-12)).all()


def test_the_bound_is_reached_where_tanh_is_linear():
    cell = RNNCell(1, 2).double()
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.zero_()
        cell.weight_hh.copy_(torch.tensor([[0.0, 0.9], [-0.9, 0.0]]))  # a rotation, shrunk: both singular values 0.9
    norms = state_gradient_norms(cell, torch.zeros(1, 20, 1, dtype=torch.float64))
    largest = torch.linalg.matrix_norm(cell.weight_hh.detach(), 2)
    assert_same(norms[0], largest ** torch.arange(19, -1, -1))


# --- clipping -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("max_norm", [0.1, 1e6])
def test_clipping_equals_torch(max_norm):
    models = [nn.Sequential(nn.Linear(4, 3), nn.Linear(3, 2)) for _ in range(2)]
    models[1].load_state_dict(models[0].state_dict())
    for model in models:
        model(random(5, 4)).square().sum().backward()
        model[0].bias.grad = None  # a parameter that took no part
    norm = clip_gradients(models[0].parameters(), max_norm)
    expected = nn.utils.clip_grad_norm_(models[1].parameters(), max_norm)
    assert_same(norm, expected)
    for got, oracle in zip(*(list(model.parameters()) for model in models), strict=True):
        assert (got.grad is None) == (oracle.grad is None)
        if got.grad is not None:
            torch.testing.assert_close(got.grad, oracle.grad)
    left = torch.stack([p.grad.norm() for p in models[0].parameters() if p.grad is not None]).norm()
    assert left.item() == pytest.approx(min(max_norm, norm.item()), rel=1e-4)


def test_clipping_by_hand():
    parameter, unused = nn.Parameter(torch.zeros(2)), nn.Parameter(torch.zeros(2))
    parameter.grad = torch.tensor([3.0, 4.0])
    assert clip_gradients([unused, parameter], 1.0) == 5
    assert parameter.grad.tolist() == pytest.approx([0.6, 0.8])
    assert unused.grad is None
    assert clip_gradients(iter([parameter]), 1.5) == pytest.approx(1.0)
    assert parameter.grad.tolist() == pytest.approx([0.6, 0.8]), "short enough: left alone"


# --- truncation ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [RNNCell, GRUCell])
def test_truncated_unroll(make):
    cell = make(E, H).double()
    x = random(2, 7, E, dtype=torch.float64).requires_grad_()
    state = random(2, H, dtype=torch.float64)
    outputs, last = truncated_unroll(cell, x, 3, state)
    expected, expected_last = unroll(cell, x, state)
    assert_same(outputs, expected)
    assert_same(last, expected_last)
    for t, start in [(2, 0), (3, 3), (5, 3), (6, 6)]:
        gradient = torch.autograd.grad(outputs[0, t].sum(), x, retain_graph=True)[0][0]
        assert (gradient[:start] == 0).all()
        assert (gradient[start : t + 1] != 0).any(1).all()
        assert (gradient[t + 1 :] == 0).all()


def test_one_piece_is_the_whole():
    cell, x, state = RNNCell(E, H), random(2, 4, E), random(2, H)
    assert_same(truncated_unroll(cell, x, 100, state)[0], unroll(cell, x, state)[0])
