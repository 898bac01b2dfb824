"""Encoder and contexts, held against `torch.nn` and arithmetic."""

import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from course_lib import fast, rnn
from course_lib.embeddings import Embedding
from course_lib.encoder import (
    Encoded,
    Encoder,
    contexts,
    last_context,
    layer_contexts,
    max_context,
    mean_context,
    side_by_side,
)
from course_lib.lstm import LSTMCell
from course_lib.recurrent import Recurrent
from course_lib.rnn import hidden
from course_lib.text import PAD
from tests.translators import CELLS, SOURCE, TARGET, V_SOURCE, E, H, assert_same, random, translator

# --- the encoder --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("L", [1, 2])
@pytest.mark.parametrize("unroll", [rnn.masked_unroll, fast.masked_unroll])
def test_encoder_equals_torch_on_packed_sequences(unroll, L, both):
    embedding = Embedding(V_SOURCE, E, padding_idx=PAD).double()
    oracle = nn.LSTM(E, H, num_layers=L, bidirectional=both, batch_first=True).double()
    recurrent = Recurrent(LSTMCell, E, H, L=L, bidirectional=both, unroll=unroll).double()
    recurrent.load_state_dict(oracle.state_dict())
    encoded = Encoder(embedding, recurrent)(SOURCE)

    lengths = torch.tensor([5, 2, 3])
    packed = pack_padded_sequence(embedding(SOURCE), lengths, batch_first=True, enforce_sorted=False)
    outputs, (h, c) = oracle(packed)
    assert_same(encoded.outputs, pad_packed_sequence(outputs, batch_first=True)[0])
    for got, expected in zip(encoded.state, (h, c), strict=True):
        assert_same(got, torch.cat([expected[-2], expected[-1]], dim=-1) if both else expected[-1])
    assert torch.equal(encoded.mask, SOURCE != PAD)
    assert len(layer_contexts(encoded)) == L
    for n, layer in enumerate(reversed(layer_contexts(encoded))):  # the top one stands first
        for got, expected in zip(layer, (h, c), strict=True):
            states = expected[2 * n : 2 * n + 2] if both else expected[n : n + 1]
            assert_same(got, torch.cat(list(states), dim=-1))

    parameters, theirs = dict(recurrent.named_parameters()), dict(oracle.named_parameters())
    ours = torch.autograd.grad(encoded.outputs.sin().sum() + encoded.state[1].sum(), list(parameters.values()))
    top = c[-2:] if both else c[-1:]
    data = pad_packed_sequence(outputs, batch_first=True)[0]
    expected = torch.autograd.grad(data.sin().sum() + top.sum(), list(theirs.values()))
    for name, gradient in zip(parameters, ours, strict=True):
        _, layer, weight = name.split(".")
        oracle_name = f"{weight}_{layer}"
        assert_same(gradient, expected[list(theirs).index(oracle_name)])


@pytest.mark.parametrize("make", CELLS)
def test_alone_or_in_a_padded_batch(make):
    """The bug that hides longest: padding that takes part. Every result of a sentence is its own."""
    model = translator(make)
    wide = nn.functional.pad(SOURCE, (0, 3))
    together = model(wide, TARGET[:, :-1])
    for b, (S, T) in enumerate([(5, 3), (2, 2), (3, 4)]):
        alone = model(SOURCE[b : b + 1, :S], TARGET[b : b + 1, :T])
        assert_same(together[b, :T], alone[0])
    encoded = model.encoder(wide)
    for context in (last_context, mean_context, max_context):
        for b, S in enumerate([5, 2, 3]):
            alone = context(model.encoder(SOURCE[b : b + 1, :S]))
            assert_same(hidden(context(encoded))[b], hidden(alone)[0])


def test_encoder_refuses():
    encoder = translator().encoder
    with pytest.raises(ValueError, match=r"source must be ids of shape \(B, S\), got \(5,\)"):
        encoder(SOURCE[0])
    with pytest.raises(ValueError, match=r"real step .* got none in sequence 1"):
        encoder(torch.tensor([[4, 5], [PAD, PAD]]))
    with pytest.raises(ValueError, match="at least one step"):
        encoder(SOURCE[:, :0])
    with pytest.raises(ValueError, match="id 11 is out of range: with V=11"):
        encoder(torch.tensor([[4, 11]]))


# --- contexts -----------------------------------------------------------------------------------------------


def test_contexts_by_hand():
    outputs = torch.tensor([[[1.0, -5.0], [3.0, -2.0], [-4.0, -6.0]], [[2.0, -8.0], [6.0, -4.0], [9.0, 9.0]]])
    mask = torch.tensor([[True, True, True], [True, True, False]])
    encoded = Encoded(outputs, outputs[:, 0], mask)  # what stands in the padding, 9, must not count
    assert torch.equal(last_context(encoded), outputs[:, 0])
    last, mean = contexts(outputs, mask)
    assert last.tolist() == [[-4, -6], [6, -4]]
    assert torch.equal(mean, mean_context(encoded))
    assert_same(mean_context(encoded), torch.tensor([[0.0, -13 / 3], [4.0, -6.0]]), atol=1e-6)
    assert max_context(encoded).tolist() == [[3, -2], [6, -4]]


@pytest.mark.parametrize("context", [mean_context, max_context])
def test_gradients_of_a_context_reach_real_tokens_only(context):
    outputs = random(2, 3, 4).requires_grad_()
    mask = torch.tensor([[True, True, True], [True, True, False]])
    context(Encoded(outputs, outputs[:, 0], mask)).square().sum().backward()
    assert (outputs.grad[1, 2] == 0).all()
    assert (outputs.grad[mask].abs().sum(0) > 0).all()


def test_states_side_by_side():
    h, c, k, d = (random(2, 3, seed=seed) for seed in range(4))
    assert torch.equal(side_by_side([h, k]), torch.cat([h, k], dim=1))
    joined = side_by_side([(h, c), (k, d)])
    assert torch.equal(joined[0], torch.cat([h, k], dim=1))
    assert torch.equal(joined[1], torch.cat([c, d], dim=1))
