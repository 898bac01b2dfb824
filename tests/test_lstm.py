"""LSTM, peephole LSTM and GRU, both directions and layers, held against `torch.nn` and against arithmetic."""

import math
from functools import partial

import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from course_lib.lstm import (
    GRUCell,
    LSTMCell,
    PeepholeLSTMCell,
    Recurrent,
    bidirectional,
    gates_through_time,
    gru_step,
    lstm_step,
    peephole_lstm_step,
    spike_delays,
    timed_spikes,
)
from course_lib.masks import padding_mask
from course_lib.rnn import RNNCell, hidden, unroll

TOLERANCE = {torch.float32: 1e-6, torch.float64: 1e-10}
DTYPES = list(TOLERANCE)
B, T, E, H = 3, 5, 4, 6


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def assert_same(got, expected):
    torch.testing.assert_close(got, expected, rtol=0, atol=TOLERANCE[expected.dtype])


def random(*shape, seed=0, dtype=torch.float32):
    return torch.randn(*shape, generator=seeded(seed), dtype=dtype)


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
    h, c = peephole_lstm_step(X, STATE, *WEIGHTS, *peepholes)
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
    _, c = peephole_lstm_step(
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


# --- GRU by hand --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reset_after", [True, False])
def test_gru_step_by_hand(reset_after):
    """One unit, x = 1, h = 0.5.

    r: 0.4 * 1 + 0.6 * 0.5 + 0.1 + 0.2 = 1.0        z: -0.5 * 1 + 0.2 * 0.5 + 0.1 - 0.1 = -0.4
    n: 0.3 * 1 + 0.2 = 0.5 from x; from h, W = -2 and b = 0.7: r (-2 * 0.5 + 0.7) or -2 (r * 0.5) + 0.7.
    """
    h = gru_step(
        torch.tensor([[1.0]], dtype=torch.float64),
        torch.tensor([[0.5]], dtype=torch.float64),
        weight_ih=torch.tensor([[0.4], [-0.5], [0.3]], dtype=torch.float64),
        weight_hh=torch.tensor([[0.6], [0.2], [-2.0]], dtype=torch.float64),
        bias_ih=torch.tensor([0.1, 0.1, 0.2], dtype=torch.float64),
        bias_hh=torch.tensor([0.2, -0.1, 0.7], dtype=torch.float64),
        reset_after=reset_after,
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


def test_gates():
    """The gates, put together by the equations, give the next state."""
    x = random(B, E)
    for make in (LSTMCell, PeepholeLSTMCell):
        cell = make(E, H)
        state = random(B, H, seed=1), random(B, H, seed=2)
        gates = cell.gates(x, state)
        assert list(gates) == ["i", "f", "g", "o"]
        c = gates["f"] * state[1] + gates["i"] * gates["g"]
        assert_same(cell(x, state)[1], c)
        assert_same(cell(x, state)[0], gates["o"] * c.tanh())
    cell, h = GRUCell(E, H), random(B, H, seed=1)
    r, z, n = cell.gates(x, h).values()
    assert_same(cell(x, h), (1 - z) * n + z * h)
    assert ((r > 0) & (r < 1)).all()


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


# --- both directions, and layers ----------------------------------------------------------------------------

KINDS = [(RNNCell, nn.RNN), (LSTMCell, nn.LSTM), (GRUCell, nn.GRU)]


def run_torch(module, x, lengths, states):
    """`torch.nn` on packed sequences: outputs, and its states as a list of ours."""
    hx = None
    if states is not None:
        hx = tuple(map(torch.stack, zip(*states, strict=True))) if isinstance(module, nn.LSTM) else torch.stack(states)
    if lengths is None:
        outputs, last = module(x, hx)
    else:
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        outputs, last = module(packed, hx)
        outputs, _ = pad_packed_sequence(outputs, batch_first=True, total_length=x.shape[1])
    return outputs, list(zip(*last, strict=True)) if isinstance(module, nn.LSTM) else list(last)


def flat(states):
    return [tensor for state in states for tensor in (state if isinstance(state, tuple) else (state,))]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("given", [False, True], ids=["zeros", "state"])
@pytest.mark.parametrize("lengths", [None, [5, 1, 3]], ids=["whole", "lengths"])
@pytest.mark.parametrize(("L", "both"), [(1, False), (1, True), (2, False), (3, True)])
@pytest.mark.parametrize(("make", "oracle"), KINDS)
def test_recurrent_equals_torch(make, oracle, L, both, lengths, given, dtype):
    oracle = oracle(E, H, num_layers=L, bidirectional=both, batch_first=True).to(dtype)
    ours = Recurrent(make, E, H, L=L, bidirectional=both).to(dtype)
    ours.load_state_dict(oracle.state_dict())
    lengths = None if lengths is None else torch.tensor(lengths)
    mask = None if lengths is None else padding_mask(lengths, T)
    count = L * (1 + both)
    states = None
    if given:
        states = [random(B, H, seed=k, dtype=dtype) for k in range(count)]
        if make is LSTMCell:
            states = [(h, h.flip(0)) for h in states]
    results = []
    for module in (ours, oracle):
        x = random(B, T, E, dtype=dtype).requires_grad_()
        outputs, last = ours(x, states, mask) if module is ours else run_torch(oracle, x, lengths, states)
        assert len(last) == count
        loss = (outputs * random(*outputs.shape, seed=9, dtype=dtype)).mean() + sum(s.sin().mean() for s in flat(last))
        parameters = dict(module.named_parameters())
        gradients = torch.autograd.grad(loss, [x, *parameters.values()])
        results.append([outputs, *flat(last), *gradients])
    assert len(dict(ours.named_parameters())) == len(dict(oracle.named_parameters()))
    for got, expected in zip(*results, strict=True):
        assert_same(got, expected)


def test_recurrent_loads_its_own_weights_too():
    make = partial(PeepholeLSTMCell, peephole="full")
    first, second = (Recurrent(make, E, H, L=2, bidirectional=True) for _ in range(2))
    assert list(first.cells) == ["l0", "l0_reverse", "l1", "l1_reverse"]
    assert "cells.l1_reverse.weight_co" in first.state_dict()
    second.load_state_dict(first.state_dict())
    x = random(B, T, E)
    assert torch.equal(first(x)[0], second(x)[0])
    with pytest.raises(RuntimeError, match="size mismatch"):
        first.load_state_dict(Recurrent(make, E, H + 1, L=2, bidirectional=True).state_dict())
    with pytest.raises(RuntimeError, match="Missing key"):
        first.load_state_dict({})


def test_dropout_stands_between_the_layers_only():
    x = random(B, T, E)
    for L, differs in [(1, False), (2, True)]:
        module = Recurrent(GRUCell, E, H, L=L, dropout=0.5)
        plain = module.eval()(x)[0]
        torch.manual_seed(0)
        outputs = module.train()(x)[0]
        assert torch.equal(outputs, plain) != differs
        assert (outputs != 0).all(), "nothing is dropped behind the last layer"


def test_bidirectional_is_forward_then_backward():
    forward, backward, x = LSTMCell(E, H), LSTMCell(E, H), random(B, T, E)
    mask = padding_mask([5, 2, 4])
    outputs, (last, first) = bidirectional(forward, backward, x, mask=mask)
    assert_same(outputs[:, :, :H], unroll(forward, x, mask=mask)[0])
    assert_same(outputs[:, :, H:], unroll(backward, x, mask=mask, reverse=True)[0])
    assert_same(hidden(last)[1], outputs[1, 1, :H])  # the last real step of sequence 1 is step 1
    assert_same(hidden(first), outputs[:, 0, H:])


def test_recurrent_refuses():
    with pytest.raises(ValueError, match="L must be at least 1, got 0"):
        Recurrent(GRUCell, E, H, L=0)
    module = Recurrent(GRUCell, E, H, bidirectional=True)
    with pytest.raises(ValueError, match="one state per cell, 2, got 1"):
        module(random(B, T, E), [torch.zeros(B, H)])
    with pytest.raises(ValueError, match="at least one step"):
        module(random(B, 0, E))


# --- generated tasks ----------------------------------------------------------------------------------------


def test_spike_delays():
    x, y, mask = spike_delays(3000, 40, 3, 7, seeded())
    spikes = x.squeeze(-1)
    assert x.shape == (3000, 40, 1)
    assert set(x.unique().tolist()) == {0.0, 1.0}
    assert (spikes[:, 0] == 1).all()
    assert torch.equal(mask, (spikes == 1) & (torch.arange(40) > 0))
    assert (y[~mask] == 0).all()
    delays = []
    for row, answers in zip(spikes[:200], y[:200], strict=True):
        at = row.nonzero().flatten()
        assert torch.allclose(answers[at[1:]], (at.diff() - 3) / 4)
        delays += at.diff().tolist()
        assert 40 - at[-1] <= 7, "no spike is missing at the end"
    assert set(delays) == {3, 4, 5, 6, 7}
    first = y.gather(1, mask.int().argmax(1, keepdim=True))  # of the first delay: nothing is cut off there
    assert first.mean().item() == pytest.approx(0.5, abs=0.02)
    assert (first - 0.5).square().mean().item() == pytest.approx(6 / (12 * 4), abs=0.005)
    assert torch.equal(x, spike_delays(3000, 40, 3, 7, seeded())[0])


def test_timed_spikes():
    x, y = timed_spikes(500, 20, 3, 5, seeded())
    assert x.shape == (500, 20, 1)
    for interval, scaled in [(3, 0.0), (4, 0.5), (5, 1.0)]:
        rows = (x == scaled).all(1).squeeze(-1)
        assert 120 < rows.sum() < 215, "each interval a third of the time"
        expected = [float(t % interval == 0 and t > 0) for t in range(20)]
        assert (y[rows] == torch.tensor(expected)).all()


@pytest.mark.parametrize("task", [spike_delays, timed_spikes])
@pytest.mark.parametrize("delays", [(0, 3), (4, 4), (5, 4), (3, 20)])
def test_tasks_refuse(task, delays):
    with pytest.raises(ValueError, match=rf"1 <= shortest < longest < T, got {delays[0]}, {delays[1]} and T=20"):
        task(2, 20, *delays)
