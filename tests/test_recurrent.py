"""Padded sequences, both directions and layers, held against `torch.nn` on packed sequences."""

from functools import partial

import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell, PeepholeLSTMCell
from course_lib.masks import padding_mask
from course_lib.recurrent import Recurrent, bidirectional, last_state, reverse_padded
from course_lib.rnn import RNNCell, hidden, masked_unroll
from tests.tensors import DTYPES, assert_same, random

B, T, E, H = 3, 5, 4, 6
KINDS = [(RNNCell, nn.RNN), (LSTMCell, nn.LSTM), (GRUCell, nn.GRU)]

# --- by lengths ---------------------------------------------------------------------------------------------


def test_last_state_and_reverse_padded_by_hand():
    x, lengths = torch.tensor([[[1], [2], [3], [0]], [[4], [5], [0], [0]]]), torch.tensor([3, 2])
    assert last_state(x, lengths).tolist() == [[3], [5]]
    assert reverse_padded(x, lengths).squeeze(-1).tolist() == [[3, 2, 1, 0], [5, 4, 0, 0]]
    assert torch.equal(reverse_padded(reverse_padded(x, lengths), lengths), x)


@pytest.mark.parametrize(("make", "oracle"), KINDS)
def test_bidirectional_equals_torch(make, oracle):
    oracle = oracle(E, H, bidirectional=True, batch_first=True)
    cells = make(E, H), make(E, H)
    for cell, direction in zip(cells, ("", "_reverse"), strict=True):
        cell.load_state_dict({name: oracle.get_parameter(f"{name}_l0{direction}") for name in cell.state_dict()})
    x, lengths = random(B, T, E), torch.tensor([5, 1, 3])
    outputs = bidirectional(*cells, x, lengths)
    assert_same(outputs, run_torch(oracle, x, lengths, None)[0])
    mask = padding_mask(lengths)
    ahead, last = masked_unroll(cells[0], x, mask=mask)
    back, first = masked_unroll(cells[1], x, mask=mask, reverse=True)
    assert_same(outputs, torch.cat([ahead, back], dim=-1))
    assert_same(last_state(outputs, lengths)[:, :H], hidden(last))
    assert_same(outputs[:, 0, H:], hidden(first))


# --- layers -------------------------------------------------------------------------------------------------


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


def test_both_directions_are_forward_then_backward():
    module, x, mask = Recurrent(LSTMCell, E, H, bidirectional=True), random(B, T, E), padding_mask([5, 2, 4])
    forward, backward = module.cells.values()
    outputs, (last, first) = module(x, mask=mask)
    assert_same(outputs[:, :, :H], masked_unroll(forward, x, mask=mask)[0])
    assert_same(outputs[:, :, H:], masked_unroll(backward, x, mask=mask, reverse=True)[0])
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
