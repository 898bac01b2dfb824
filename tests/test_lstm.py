"""LSTM and peephole LSTM, held against `torch.nn` and against arithmetic."""

import math
from functools import partial

import pytest
import torch
from torch import nn

from course_lib.gru import GRUCell
from course_lib.lstm import (
    LSTMCell,
    PeepholeLSTMCell,
    full_peephole_lstm_step,
    gates_through_time,
    lstm_step,
    peephole_lstm_step,
    set_forget_bias,
)
from course_lib.rnn import RNNCell, hidden, unroll
from tests.tensors import DTYPES, assert_same, random, seeded

B, T, E, H = 3, 5, 4, 6


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


# --- cells against torch ------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(("make", "oracle"), [(LSTMCell, nn.LSTMCell), (GRUCell, nn.GRUCell)])
def test_cells_equal_torch(make, oracle, dtype):
    cell, oracle = make(E, H).to(dtype), oracle(E, H).to(dtype)
    cell.load_state_dict(oracle.state_dict())
    x, h, c = random(B, E, dtype=dtype), random(B, H, seed=1, dtype=dtype), random(B, H, seed=2, dtype=dtype)
    results = []
    for module in (cell, oracle):
        inputs = [t.clone().requires_grad_() for t in ((x, h, c) if make is LSTMCell else (x, h))]
        state = module(inputs[0], tuple(inputs[1:]) if make is LSTMCell else inputs[1])
        out = torch.stack(state) if make is LSTMCell else state
        loss = (out * random(*out.shape, seed=3, dtype=dtype)).sum()
        results.append([out, hidden(module(x)), *torch.autograd.grad(loss, [*inputs, *module.parameters()])])
    for got, expected in zip(*results, strict=True):
        assert_same(got, expected)


@pytest.mark.parametrize(("make", "oracle"), [(LSTMCell, nn.LSTMCell), (GRUCell, nn.GRUCell)])
def test_cells_start_as_torch_does(make, oracle):
    torch.manual_seed(5)
    expected = oracle(E, H).state_dict()
    torch.manual_seed(5)
    assert all(torch.equal(tensor, expected[name]) for name, tensor in make(E, H).state_dict().items())
    assert torch.equal(make(E, H, generator=seeded()).weight_hh, make(E, H, generator=seeded()).weight_hh)


@pytest.mark.parametrize("make", [LSTMCell, PeepholeLSTMCell])
def test_forget_bias(make):
    cell, other = make(E, H, forget_bias=1.0, generator=seeded()), make(E, H, generator=seeded())
    total, usual = cell.bias_ih + cell.bias_hh, other.bias_ih + other.bias_hh
    assert (total[H : 2 * H] == 1).all()
    assert (usual[H : 2 * H] != 1).all()
    rest = [*range(H), *range(2 * H, 4 * H)]
    assert torch.equal(total[rest], usual[rest])
    for p in cell.parameters():
        assert p.requires_grad
        nn.init.zeros_(p) if p.dim() == 2 else None
    with torch.no_grad():
        for name in ("ci", "cf", "co"):
            if hasattr(cell, f"weight_{name}"):
                getattr(cell, f"weight_{name}").zero_()
    assert_same(cell.gates(random(B, E))["f"], torch.full((B, H), sigmoid(1.0)))


def test_set_forget_bias_of_any_cell():
    cell = nn.LSTMCell(E, H)
    before = (cell.bias_ih + cell.bias_hh).detach()
    assert set_forget_bias(cell, 2.0) is cell
    after = cell.bias_ih + cell.bias_hh
    assert (after[H : 2 * H] == 2).all()
    assert torch.equal(after[:H], before[:H])
    assert torch.equal(after[2 * H :], before[2 * H :])
    assert cell.bias_ih.requires_grad


# --- LSTM and peepholes by hand -----------------------------------------------------------------------------

# One unit, x = 2, h = -1, c = 0.5. The sums of the gates before peepholes, W_ih x + W_hh h + b_ih + b_hh:
#   i:  0.5 * 2 +  0.2 * -1 + 0.1 - 0.4 =  0.5
#   f: -0.3 * 2 + -0.5 * -1 + 0.2 + 0.1 =  0.2
#   g:  0.4 * 2 +  1.0 * -1 - 0.1 + 0.0 = -0.3
#   o:  0.1 * 2 +  0.6 * -1 + 0.3 - 0.2 = -0.3
WEIGHTS = (
    torch.tensor([[0.5], [-0.3], [0.4], [0.1]], dtype=torch.float64),
    torch.tensor([[0.2], [-0.5], [1.0], [0.6]], dtype=torch.float64),
    torch.tensor([0.1, 0.2, -0.1, 0.3], dtype=torch.float64),
    torch.tensor([-0.4, 0.1, 0.0, -0.2], dtype=torch.float64),
)
X = torch.tensor([[2.0]], dtype=torch.float64)
STATE = torch.tensor([[-1.0]], dtype=torch.float64), torch.tensor([[0.5]], dtype=torch.float64)


def test_lstm_step_by_hand():
    h, c = lstm_step(X, STATE, *WEIGHTS)
    expected_c = sigmoid(0.2) * 0.5 + sigmoid(0.5) * math.tanh(-0.3)
    assert c.item() == pytest.approx(expected_c, abs=1e-14)
    assert h.item() == pytest.approx(sigmoid(-0.3) * math.tanh(expected_c), abs=1e-14)


@pytest.mark.parametrize("full", [False, True])
def test_peephole_step_by_hand(full):
    """w_ci = 0.8 and w_cf = -1.2 see c of t-1, 0.5: i's sum is 0.5 + 0.4, f's 0.2 - 0.6. w_co = 2 sees c of t."""
    peepholes = [torch.tensor([[w]] if full else [w], dtype=torch.float64) for w in (0.8, -1.2, 2.0)]
    step = full_peephole_lstm_step if full else peephole_lstm_step
    h, c = step(X, STATE, *WEIGHTS, *peepholes)
    expected_c = sigmoid(-0.4) * 0.5 + sigmoid(0.9) * math.tanh(-0.3)
    assert c.item() == pytest.approx(expected_c, abs=1e-14)
    assert h.item() == pytest.approx(sigmoid(-0.3 + 2.0 * expected_c) * math.tanh(expected_c), abs=1e-14)


def test_full_peepholes_by_hand():
    """Two units, all other weights zero: gate i of unit 0 sees c of unit 1 through W_ci[0, 1], and not the reverse."""
    zeros = torch.zeros(8, 1).double(), torch.zeros(8, 2).double(), torch.zeros(8).double(), torch.zeros(8).double()
    nothing = torch.zeros(2, 2).double()
    bias_g = torch.tensor([0, 0, 0, 0, 1, 1, 0, 0]).double()
    weight_ci = torch.tensor([[0.0, 3.0], [0.0, 0.0]]).double()
    state = torch.zeros(1, 2).double(), torch.tensor([[0.0, 0.5]]).double()
    _, c = full_peephole_lstm_step(
        torch.zeros(1, 1).double(), state, *zeros[:2], bias_g, zeros[3], weight_ci, nothing, nothing
    )
    assert c[0].tolist() == pytest.approx([sigmoid(1.5) * math.tanh(1), 0.5 * 0.5 + 0.5 * math.tanh(1)], abs=1e-14)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("peephole", ["diagonal", "full"])
def test_peepholes_of_zero_are_an_lstm(peephole, dtype):
    cell, oracle = PeepholeLSTMCell(E, H, peephole=peephole).to(dtype), nn.LSTMCell(E, H).to(dtype)
    missing = cell.load_state_dict(oracle.state_dict(), strict=False).missing_keys
    assert missing == ["weight_ci", "weight_cf", "weight_co"]
    state = random(B, H, seed=1, dtype=dtype), random(B, H, seed=2, dtype=dtype)
    x = random(B, E, dtype=dtype)
    assert not torch.allclose(cell(x, state)[0], oracle(x, state)[0])
    with torch.no_grad():
        for name in missing:
            cell.get_parameter(name).zero_()
    for got, expected in zip(cell(x, state), oracle(x, state), strict=True):
        assert_same(got, expected)


@pytest.mark.parametrize("dtype", DTYPES)
def test_full_with_a_diagonal_matrix_is_diagonal(dtype):
    diagonal = PeepholeLSTMCell(E, H).to(dtype)
    full = PeepholeLSTMCell(E, H, peephole="full").to(dtype)
    assert diagonal.weight_ci.shape == (H,)
    assert full.weight_ci.shape == (H, H)
    weights = {name: t.diag() if name[:-1] == "weight_c" else t for name, t in diagonal.state_dict().items()}
    full.load_state_dict(weights)
    x = random(B, T, E, dtype=dtype)
    results = [unroll(cell, x)[0] for cell in (diagonal, full)]
    assert_same(results[1], results[0])
    for out in results:
        out.square().mean().backward()
    for name, parameter in diagonal.named_parameters():
        gradient = full.get_parameter(name).grad
        assert_same(gradient.diag() if name[:-1] == "weight_c" else gradient, parameter.grad)
        assert parameter.grad.abs().sum() > 0


@pytest.mark.parametrize(
    "make",
    [
        RNNCell,
        LSTMCell,
        PeepholeLSTMCell,
        partial(PeepholeLSTMCell, peephole="full"),
        GRUCell,
        partial(GRUCell, reset_after=False),
    ],
)
def test_gradcheck(make):
    cell = make(2, 3).double()
    names, parameters = zip(*cell.named_parameters(), strict=True)
    x, h, c = (random(2, n, seed=n + 7, dtype=torch.float64).requires_grad_() for n in (2, 3, 3))
    pair = "LSTM" in type(cell).__name__

    def step(x, h, c, *weights):
        state = torch.func.functional_call(cell, dict(zip(names, weights, strict=True)), (x, (h, c) if pair else h))
        return state if pair else (state, c)

    assert torch.autograd.gradcheck(step, (x, h, c, *parameters))


def test_cells_refuse():
    with pytest.raises(ValueError, match="peephole must be 'diagonal' or 'full', got 'diag'"):
        PeepholeLSTMCell(E, H, peephole="diag")
    x = random(B, E)
    for make in (LSTMCell, PeepholeLSTMCell):
        cell = make(E, H)
        with pytest.raises(ValueError, match=r"must be a tuple \(h, c\), got a Tensor"):
            cell(x, torch.zeros(B, H))
        with pytest.raises(ValueError, match=r"must be a tuple \(h, c\), got a tuple of 3"):
            cell(x, (torch.zeros(B, H),) * 3)
        with pytest.raises(ValueError, match=r"c must have shape \(B=3, H=6\), got \(3, 5\)"):
            cell(x, (torch.zeros(B, H), torch.zeros(B, H - 1)))


# --- what the gates do --------------------------------------------------------------------------------------


def test_gates():
    """The gates, put together by the equations, give the next state."""
    x = random(B, E)
    for make in (LSTMCell, PeepholeLSTMCell, partial(PeepholeLSTMCell, peephole="full")):
        cell = make(E, H)
        state = random(B, H, seed=1), random(B, H, seed=2)
        gates = cell.gates(x, state)
        assert list(gates) == ["i", "f", "g", "o"]
        c = gates["f"] * state[1] + gates["i"] * gates["g"]
        assert_same(cell(x, state)[1], c)
        assert_same(cell(x, state)[0], gates["o"] * c.tanh())


@pytest.mark.parametrize(
    ("make", "names"), [(RNNCell, "h"), (LSTMCell, "ifgohc"), (PeepholeLSTMCell, "ifgohc"), (GRUCell, "rznh")]
)
def test_gates_through_time(make, names):
    cell, x = make(E, H), random(B, T, E)
    history = gates_through_time(cell, x)
    assert "".join(history) == names
    outputs, last = unroll(cell, x)
    assert_same(history["h"], outputs)
    if "c" in history:
        assert_same(history["c"][:, -1], last[1])
        c = history["f"][:, 1:] * history["c"][:, :-1] + history["i"][:, 1:] * history["g"][:, 1:]
        assert_same(history["c"][:, 1:], c)
    assert not any(tensor.requires_grad for tensor in history.values())
    with pytest.raises(ValueError, match=r"\(B, T, E\), got \(3, 4\)"):
        gates_through_time(cell, x[:, 0])
