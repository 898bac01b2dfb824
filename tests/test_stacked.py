"""Several cells as one, held against `torch.nn` and against the cells one by one."""

import pytest
import torch
from torch import nn

from course_lib import fast, rnn
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell
from course_lib.rnn import RNNCell, hidden
from course_lib.stacked import StackedCell, cell_sizes, layers_of, stack, unroll_layers
from tests.translators import CELLS, assert_same, random

B, T, E, H = 3, 5, 4, 6


@pytest.mark.parametrize("make", CELLS)
def test_the_state_is_a_tuple_with_the_top_layer_first(make):
    cell = stack(make, E, H, 3).double()
    x = random(B, E)
    states = cell(x)
    for layer, state in zip(layers_of(cell), reversed(states), strict=True):
        expected = layer(x)
        assert_same(hidden(state), hidden(expected))
        x = hidden(expected)
    assert_same(hidden(states), x)
    again = cell(random(B, E, seed=1), states)
    assert not torch.allclose(hidden(again), hidden(cell(random(B, E, seed=1)))), "the state counts"


@pytest.mark.parametrize("unroll", [rnn.masked_unroll, fast.masked_unroll])
@pytest.mark.parametrize(("make", "oracle"), [(RNNCell, nn.RNN), (LSTMCell, nn.LSTM), (GRUCell, nn.GRU)])
def test_steps_and_layers_equal_torch(make, oracle, unroll):
    cell, theirs = stack(make, E, H, 2).double(), oracle(E, H, num_layers=2, batch_first=True).double()
    theirs.load_state_dict({f"{k}_l{n}": p for n, c in enumerate(layers_of(cell)) for k, p in c.named_parameters()})
    x, state = random(B, T, E), cell(random(B, E, seed=1))
    by_layer, last = unroll_layers(unroll, cell, x, state)
    steps, after = [], state
    for x_t in x.unbind(1):
        after = cell(x_t, after)
        steps.append(hidden(after))
    assert_same(torch.stack(steps, dim=1), by_layer)
    assert_same(hidden(last), by_layer[:, -1])
    parts = [s if isinstance(s, tuple) else (s,) for s in reversed(state)]
    first = [torch.stack(part) for part in zip(*parts, strict=True)]
    assert_same(by_layer, theirs(x, tuple(first) if len(first) > 1 else first[0])[0])


def test_one_layer_is_the_cell_itself():
    cell = stack(GRUCell, E, H)
    assert type(cell) is GRUCell
    assert layers_of(cell) == [cell]
    x, h = random(B, T, E, dtype=torch.float32), random(B, H, seed=1, dtype=torch.float32)
    assert all(
        torch.equal(a, b)
        for a, b in zip(unroll_layers(rnn.masked_unroll, cell, x, h), rnn.masked_unroll(cell, x, h), strict=True)
    )
    assert cell_sizes(cell) == cell_sizes(stack(LSTMCell, E, H, 3)) == (E, H)


def test_dropout_stands_between_layers_and_is_for_training_only():
    cell = stack(RNNCell, E, H, 2, dropout=0.999999).double()
    x = random(B, T, E)
    top, bottom = cell(x[:, 0])
    alone = layers_of(cell)[1](torch.zeros(B, H).double())
    assert_same(top, alone)  # nothing comes through
    assert_same(bottom, layers_of(cell)[0](x[:, 0]))  # the lowest layer reads all of its input
    outputs, _ = unroll_layers(rnn.masked_unroll, cell, x, (torch.zeros(B, H).double(),) * 2)
    assert_same(outputs[:, 0], alone)
    cell.eval()
    assert not torch.allclose(hidden(cell(x[:, 0])), alone)


def test_what_is_refused():
    with pytest.raises(ValueError, match="at least one cell, got none"):
        StackedCell([])
    with pytest.raises(ValueError, match="L must be at least 1, got 0"):
        stack(GRUCell, E, H, 0)
    cell = stack(GRUCell, E, H, 2)
    x = torch.zeros(B, E)
    with pytest.raises(ValueError, match=r"state of L=2 layers must be a tuple of as many states, got a tuple of 3"):
        cell(x, (torch.zeros(B, H),) * 3)
    with pytest.raises(ValueError, match="got a Tensor"):
        unroll_layers(rnn.masked_unroll, cell, x.unsqueeze(1), torch.zeros(B, H))
