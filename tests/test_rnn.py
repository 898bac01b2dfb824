"""Cell and loop, held against `torch.nn` and against arithmetic."""

import math

import pytest
import torch
from torch import nn

from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell, PeepholeLSTMCell
from course_lib.masks import padding_mask
from course_lib.rnn import RNNCell, hidden, map_state, masked_unroll, rnn_step, unroll
from tests.tensors import DTYPES, assert_same, random, seeded

CELLS = [RNNCell, LSTMCell, PeepholeLSTMCell, GRUCell]
LOOPS = [unroll, masked_unroll]
B, T, E, H = 3, 5, 4, 6

# --- the cell -----------------------------------------------------------------------------------------------


def test_rnn_step_by_hand():
    """x = 2, h = (0.5, -1): sums 0.1 * 2 + 0.3 * 0.5 - 0.4 * -1 + 0.05 - 0.1 = 0.7 and -0.2 * 2 + 0.5 + 0.2 = 0.3."""
    h = rnn_step(
        torch.tensor([[2.0]]),
        torch.tensor([[0.5, -1.0]]),
        weight_ih=torch.tensor([[0.1], [-0.2]]),
        weight_hh=torch.tensor([[0.3, -0.4], [1.0, 0.0]]),
        bias_ih=torch.tensor([0.05, 0.2]),
        bias_hh=torch.tensor([-0.1, 0.0]),
    )
    assert_same(h, torch.tensor([[math.tanh(0.7), math.tanh(0.3)]]))


@pytest.mark.parametrize("dtype", DTYPES)
def test_cell_equals_torch(dtype):
    cell, oracle = RNNCell(E, H).to(dtype), nn.RNNCell(E, H).to(dtype)
    cell.load_state_dict(oracle.state_dict())
    x, h = random(B, E, dtype=dtype), random(B, H, seed=1, dtype=dtype)
    results = []
    for module in (cell, oracle):
        inputs = [t.clone().requires_grad_() for t in (x, h)]
        out = module(*inputs)
        gradients = torch.autograd.grad(
            (out * random(B, H, seed=2, dtype=dtype)).sum(), [*inputs, *module.parameters()]
        )
        results.append([out, module(x), *gradients])
    for got, expected in zip(*results, strict=True):
        assert_same(got, expected)


def test_cell_starts_as_torch_does():
    torch.manual_seed(5)
    oracle = nn.RNNCell(E, H).state_dict()
    torch.manual_seed(5)
    assert all(torch.equal(tensor, oracle[name]) for name, tensor in RNNCell(E, H).state_dict().items())
    state = torch.get_rng_state()
    first, second = (RNNCell(E, H, generator=seeded(3)) for _ in range(2))
    assert torch.equal(first.weight_hh, second.weight_hh)
    assert torch.equal(torch.get_rng_state(), state), "with a generator the global state stays as it is"
    assert repr(first) == "RNNCell(E=4, H=6)"


@pytest.mark.parametrize("make", CELLS)
def test_cells_refuse_what_does_not_fit(make):
    cell = make(E, H)
    state = cell(random(B, E))
    with pytest.raises(ValueError, match=r"x must have shape \(B, E=4\), got \(3, 5\)"):
        cell(random(B, E + 1))
    with pytest.raises(ValueError, match=r"x must have shape \(B, E=4\), got \(4,\)"):
        cell(random(E), state)
    with pytest.raises(ValueError, match=r"h must have shape \(B=2, H=6\), got \(3, 6\)"):
        cell(random(2, E), state)
    with pytest.raises(ValueError, match=r"h must have shape \(B=3, H=6\), got \(3, 7\)"):
        cell(random(B, E), map_state(lambda s: nn.functional.pad(s, (0, 1)), state))
    with pytest.raises(ValueError, match="E and H must be at least 1"):
        make(E, 0)
    with pytest.raises(ValueError, match="E and H must be at least 1"):
        make(0, H)


def test_a_cell_refuses_the_state_of_an_lstm():
    with pytest.raises(ValueError, match=r"h must be a tensor \(B, H=6\), got a tuple"):
        RNNCell(E, H)(random(B, E), LSTMCell(E, H)(random(B, E)))


# --- the loop -----------------------------------------------------------------------------------------------


def test_state_helpers():
    h, c = torch.ones(2), torch.zeros(2)
    assert hidden(h) is h
    assert hidden((h, c)) is h
    assert map_state(torch.add, h, h).tolist() == [2, 2]
    assert [t.tolist() for t in map_state(torch.add, (h, c), (h, c))] == [[2, 2], [0, 0]]


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_unroll_equals_torch(loop, dtype):
    cell, oracle = RNNCell(E, H).to(dtype), nn.RNN(E, H, batch_first=True).to(dtype)
    cell.load_state_dict({name.removesuffix("_l0"): tensor for name, tensor in oracle.state_dict().items()})
    x, h = random(B, T, E, dtype=dtype), random(B, H, seed=1, dtype=dtype)
    results = []
    for module, run in [(cell, lambda x, h: loop(cell, x, h)), (oracle, lambda x, h: oracle(x, h[None]))]:
        inputs = [t.clone().requires_grad_() for t in (x, h)]
        out, last = run(*inputs)
        loss = (out * random(B, T, H, seed=2, dtype=dtype)).mean() + last.sin().mean()
        results.append([out, last.view(B, H), *torch.autograd.grad(loss, [*inputs, *module.parameters()])])
    for got, expected in zip(*results, strict=True):
        assert_same(got, expected)


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("make", CELLS)
def test_unroll_is_the_cell_again_and_again(make, loop):
    cell, x = make(E, H), random(B, T, E)
    outputs, last = loop(cell, x)
    state = None
    for t in range(T):
        state = cell(x[:, t], state)
        assert torch.equal(outputs[:, t], hidden(state))
    map_state(lambda a, b: assert_same(a, b) or a, last, state)
    # in two pieces, the state handed on
    first, state = loop(cell, x[:, :2])
    second, state = loop(cell, x[:, 2:], state)
    assert_same(torch.cat([first, second], dim=1), outputs)
    map_state(lambda a, b: assert_same(a, b) or a, state, last)


@pytest.mark.parametrize("make", CELLS)
def test_unroll_in_reverse(make):
    cell, x = make(E, H), random(B, T, E)
    outputs, last = masked_unroll(cell, x, reverse=True)
    flipped, expected = masked_unroll(cell, x.flip(1))
    assert torch.equal(outputs, flipped.flip(1)), "outputs[:, t] belongs to step t"
    assert torch.equal(hidden(last), hidden(expected))
    assert torch.equal(outputs[:, 0], hidden(last))
    assert not torch.allclose(outputs, masked_unroll(cell, x)[0])


@pytest.mark.parametrize("loop", LOOPS)
def test_unroll_takes_any_cell(loop):
    x = random(B, T, E)
    theirs, ours = nn.LSTMCell(E, H), LSTMCell(E, H)
    ours.load_state_dict(theirs.state_dict())
    assert_same(loop(ours, x)[0], loop(theirs, x)[0])
    total, last = loop(lambda x, h: x if h is None else h + x, x)
    assert_same(total, x.cumsum(1))
    assert_same(last, x.sum(1))


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("given", [False, True], ids=["zeros", "state"])
@pytest.mark.parametrize("make", CELLS)
def test_padding_changes_nothing(make, given, reverse):
    """Alone, padded behind, padded in front, and with a gap: the same outputs, states and gradients."""
    cell = make(E, H).double()
    rows = [random(n, E, seed=n, dtype=torch.float64) for n in (4, 1, 3)]
    state = map_state(torch.tanh, cell(random(3, E, seed=9, dtype=torch.float64))) if given else None
    for places in [range(4), range(3, 7), (0, 2, 3, 6)]:
        x = torch.full((3, 7, E), 1e3, dtype=torch.float64)  # what stands in the padding must not matter
        mask = torch.zeros(3, 7, dtype=torch.bool)
        for b, row in enumerate(rows):
            at = list(places)[: len(row)]
            x[b, at] = row
            mask[b, at] = True
        x.requires_grad_()
        outputs, last = masked_unroll(cell, x, state, mask, reverse=reverse)
        assert (outputs[~mask] == 0).all()
        gradient = torch.autograd.grad(outputs.square().sum() + hidden(last).sin().sum(), x)[0]
        assert (gradient[~mask] == 0).all()
        for b, row in enumerate(rows):
            alone = row[None].requires_grad_()
            before = None if state is None else map_state(lambda s, b=b: s[b : b + 1], state)
            expected, expected_last = masked_unroll(cell, alone, before, reverse=reverse)
            assert_same(outputs[b, mask[b]], expected[0])
            map_state(lambda a, e, b=b: assert_same(a[b], e[0]) or a, last, expected_last)
            loss = expected.square().sum() + hidden(expected_last).sin().sum()
            assert_same(gradient[b, mask[b]], torch.autograd.grad(loss, alone)[0][0])


def test_unroll_refuses_what_does_not_fit():
    cell, x = RNNCell(E, H), random(B, T, E)
    with pytest.raises(ValueError, match=r"x must have shape \(B, T, E\), got \(3, 4\)"):
        masked_unroll(cell, x[:, 0])
    with pytest.raises(ValueError, match=r"at least one step, got shape \(B=3, T=0, E=4\)"):
        masked_unroll(cell, x[:, :0])
    with pytest.raises(ValueError, match=r"x must have shape \(B, E=4\), got \(3, 3\)"):
        masked_unroll(cell, x[..., :3])
    with pytest.raises(ValueError, match=r"h must have shape \(B=3, H=6\), got \(2, 6\)"):
        masked_unroll(cell, x, torch.zeros(2, H))
    with pytest.raises(ValueError, match=r"mask must be bool of shape \(B=3, T=5\), got torch.bool \(3, 4\)"):
        masked_unroll(cell, x, mask=padding_mask([4, 4, 4]))
    mask = padding_mask([5, 5, 5])
    mask[1] = False
    with pytest.raises(ValueError, match="got none in sequence 1"):
        masked_unroll(cell, x, mask=mask)
