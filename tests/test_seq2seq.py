"""Bridge, decoder and likelihoods, held against `torch.nn` and arithmetic."""

import pytest
import torch
from torch import nn

from course_lib import fast, rnn
from course_lib.encoder import last_context, max_context, mean_context
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell
from course_lib.metrics import perplexity
from course_lib.rnn import RNNCell
from course_lib.scheduled_sampling import free_running_nll
from course_lib.seq2seq import Bridge, decoder_step, log_likelihood, teacher_forced_nll, translation_loss
from course_lib.stacked import layers_of
from course_lib.text import EOS, PAD, SOS
from course_lib.training import fit
from tests.translators import CELLS, SOURCE, TARGET, E, H, V, assert_same, random, seeded, translator

# --- the bridge ---------------------------------------------------------------------------------------------


def test_bridge():
    h, c = random(2, 5), random(2, 5, seed=1)
    bridge = Bridge(5, LSTMCell(E, H)).double()
    first_h, first_c = bridge((h, c))
    assert_same(first_h, (h @ bridge.h.weight.T + bridge.h.bias).tanh())
    assert_same(first_c, c @ bridge.c.weight.T + bridge.c.bias)
    from_mean = bridge(h)
    assert_same(from_mean[1], h @ bridge.c.weight.T + bridge.c.bias)
    for make in (RNNCell, GRUCell, nn.GRUCell):
        bridge = Bridge(5, make(E, H)).double()
        assert_same(bridge((h, c)), (h @ bridge.h.weight.T + bridge.h.bias).tanh())
        assert len(list(bridge.parameters())) == 2


def test_the_backward_encoder_reaches_the_decoder():
    """With both directions the first state depends on the outputs at both ends, through each half of the bridge."""
    model = translator()
    whole = model.start(SOURCE).cell[0]
    for half in (slice(None, H), slice(H, None)):
        changed = translator()
        with torch.no_grad():
            changed.decoder.bridge.h.weight[:, half] = 0
        assert not torch.allclose(changed.start(SOURCE).cell[0], whole)


# --- the decoder --------------------------------------------------------------------------------------------


KINDS = [(last_context, False), (last_context, True), (mean_context, True), (max_context, False)]


@pytest.mark.parametrize(("context", "feed"), KINDS)
@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("make", CELLS)
def test_all_steps_at_once_are_the_steps_one_by_one(make, both, context, feed):
    for unroll in (rnn.masked_unroll, fast.masked_unroll):
        model = translator(make, both, context, feed, unroll)
        inputs = TARGET[:, :-1]
        logits = model(SOURCE, inputs)
        state = model.start(SOURCE)
        for t in range(inputs.shape[1]):
            step, state = model.step(inputs[:, t], state)
            real = inputs[:, t] != PAD
            assert_same(logits[real, t], step[real])
            assert (logits[~real, t] == 0).all()
        features, weights = model.features(SOURCE, inputs)
        assert weights is None
        assert_same(model.output(features)[inputs != PAD], logits[inputs != PAD])


@pytest.mark.parametrize("make", CELLS)
def test_fused_gradients_are_those_of_the_reference(make):
    results = []
    for unroll in (rnn.masked_unroll, fast.masked_unroll):
        model = translator(make, feed=True, unroll=unroll)
        loss = translation_loss(model, (SOURCE, TARGET))
        results.append([loss, *torch.autograd.grad(loss, list(model.parameters()))])
    for got, expected in zip(*results, strict=True):
        assert_same(got, expected)


def test_a_step_is_pure():
    model = translator()
    state = model.start(SOURCE)
    kept = [tensor.clone() for tensor in state.cell]
    first = model.step(TARGET[:, 0], state)[0]
    assert all(torch.equal(a, b) for a, b in zip(state.cell, kept, strict=True))
    model.step(TARGET[:, 1], state)
    assert torch.equal(model.step(TARGET[:, 0], state)[0], first)


def test_logits_see_the_past_only_and_the_source():
    model = translator()
    logits = model(SOURCE, TARGET[:, :-1])
    changed = TARGET.clone()
    changed[2, 2] = 5
    other = model(SOURCE, changed[:, :-1])
    assert torch.equal(other[:, :2], logits[:, :2])
    assert not torch.allclose(other[2, 2], logits[2, 2])
    source = SOURCE.clone()
    source[0, 0] = 9
    assert not torch.allclose(model(source, TARGET[:, :-1])[0], logits[0])
    assert_same(model(source, TARGET[:, :-1])[1:], logits[1:])


def test_feeding_the_context_to_every_step_matters():
    """Fed, the context reaches a later step not through the state alone."""
    model = translator(feed=True)
    state = model.start(SOURCE)
    assert state.context.shape == (3, 2 * H)
    logits, _ = model.step(TARGET[:, 0], state)
    other, _ = model.step(TARGET[:, 0], state._replace(context=state.context + 1))
    assert not torch.allclose(logits, other)
    assert translator(feed=False).start(SOURCE).context is None


def test_models_refuse():
    model = translator()
    with pytest.raises(ValueError, match=r"tokens must be ids of shape \(B,\), got \(3, 5\)"):
        model.step(TARGET, model.start(SOURCE))
    with pytest.raises(ValueError, match=r"\(B, S\) and inputs \(B, T\) .* got \(2, 5\) and \(3, 4\)"):
        model(SOURCE[:2], TARGET[:, :-1])
    with pytest.raises(ValueError, match=r"T at least 1, got \(3, 5\) and \(3, 0\)"):
        model(SOURCE, TARGET[:, :0])
    no_bridge = translator()
    no_bridge.decoder.bridge = None
    with pytest.raises(ValueError, match=r"h must have shape \(B=3, H=6\), got \(3, 12\)"):
        no_bridge(SOURCE, TARGET[:, :-1])


@pytest.mark.parametrize("make", [LSTMCell, GRUCell])
def test_decoder_step_is_the_step_of_the_decoder(make):
    model = translator(make)
    state = model.start(SOURCE)
    decoder = model.decoder
    logits, cell = decoder_step(TARGET[:, 0], state.cell, decoder.embedding, decoder.cell, decoder.output)
    expected, after = model.step(TARGET[:, 0], state)
    assert torch.equal(logits, expected)
    assert torch.equal(rnn.hidden(cell), rnn.hidden(after.cell))


# --- several layers -----------------------------------------------------------------------------------------

ORACLES = {RNNCell: nn.RNN, LSTMCell: nn.LSTM, GRUCell: nn.GRU}


@pytest.mark.parametrize("unroll", [rnn.masked_unroll, fast.masked_unroll])
@pytest.mark.parametrize("L", [1, 2, 4])
@pytest.mark.parametrize("make", ORACLES)
def test_layers_equal_torch(make, L, unroll):
    """Encoder and decoder of L layers, each layer from the last state of the one beside it: values and gradients."""
    model = translator(make, both=False, L=L, layers=L, unroll=unroll)
    oracle = ORACLES[make](E, H, num_layers=L, batch_first=True).double()
    cells = layers_of(model.decoder.cell)
    oracle.load_state_dict({f"{name}_l{n}": p for n, cell in enumerate(cells) for name, p in cell.named_parameters()})
    encoded = model.encoder(SOURCE)
    tensors = [state if isinstance(state, tuple) else (state,) for state in reversed(encoded.layers)]
    first = [torch.stack(parts) for parts in zip(*tensors, strict=True)]  # (L, B, H): the bottom layer first
    x = model.decoder.embedding(TARGET[:, :-1])
    expected, _ = oracle(x, tuple(first) if len(first) > 1 else first[0])
    got, _ = model.features(SOURCE, TARGET[:, :-1])
    assert_same(got, expected)
    ours = [p for cell in cells for p in cell.parameters()]
    theirs = [getattr(oracle, f"{name}_l{n}") for n, cell in enumerate(cells) for name, _ in cell.named_parameters()]
    gradients = (torch.autograd.grad(h.sin().sum(), ps) for h, ps in ((got, ours), (expected, theirs)))
    for mine, wanted in zip(*gradients, strict=True):
        assert_same(mine, wanted)


@pytest.mark.parametrize(
    ("both", "context", "feed"), [(False, None, False), (True, None, True), (True, mean_context, True)]
)
@pytest.mark.parametrize("make", CELLS)
def test_layers_all_steps_at_once_are_the_steps_one_by_one(make, both, context, feed):
    model = translator(make, both, context, feed, L=3, layers=3)
    inputs = TARGET[:, :-1]
    logits, state = model(SOURCE, inputs), model.start(SOURCE)
    assert len(state.cell) == 3
    for t in range(inputs.shape[1]):
        step, state = model.step(inputs[:, t], state)
        real = inputs[:, t] != PAD
        assert_same(logits[real, t], step[real])


def test_every_layer_starts_from_its_own():
    """A bridge for each layer: what changes in one layer of the encoder changes the same layer's first state alone."""
    model = translator(GRUCell, L=2, layers=2)
    encoded = model.encoder(SOURCE)
    first = model.decoder.start(encoded).cell
    top, bottom = encoded.layers
    changed = model.decoder.start(encoded._replace(layers=(top, bottom + 1))).cell
    assert torch.equal(changed[0], first[0])
    assert not torch.allclose(changed[1], first[1])
    for bridge, state, expected in zip(model.decoder.bridge.layers, encoded.layers, first, strict=True):
        assert_same(bridge(state), expected)
    with pytest.raises(ValueError, match=r"the state of each of L=2 layers, got 3"):
        model.decoder.bridge((top, top, top))
    with pytest.raises(ValueError, match=r"the state of L=2 layers must be a tuple of as many states, got a Tensor"):
        model.step(TARGET[:, 0], model.start(SOURCE)._replace(cell=first[0]))


# --- likelihood ---------------------------------------------------------------------------------------------


def test_likelihood_is_the_product_of_the_steps():
    model = translator()
    log_p = log_likelihood(model(SOURCE, TARGET[:, :-1]), TARGET)
    nll = teacher_forced_nll(model, SOURCE, TARGET)
    assert nll.shape == (3 + 2 + 4,)
    for b, words in enumerate([[4, 5, EOS], [6, EOS], [7, 8, 4, EOS]]):
        state, total, before = model.start(SOURCE[b : b + 1]), 0.0, SOS
        for word in words:
            logits, state = model.step(torch.tensor([before]), state)
            total += logits.log_softmax(-1)[0, word]
            before = word
        assert_same(log_p[b], total)
    assert_same(nll.sum(), -log_p.sum())
    assert_same(nll[3:5].sum(), -log_p[1])  # row after row


def test_loss_equals_torch_and_counts_no_padding():
    model = translator()
    loss = translation_loss(model, (SOURCE, TARGET))
    logits = model(SOURCE, TARGET[:, :-1])
    # at the last <eos>-input of a short row the target is <pad>: not counted either
    expected = nn.functional.cross_entropy(logits.flatten(0, 1), TARGET[:, 1:].flatten(), ignore_index=PAD)
    assert_same(loss, expected)
    wide = nn.functional.pad(SOURCE, (0, 2)), nn.functional.pad(TARGET, (0, 3))
    assert_same(translation_loss(model, wide), loss)
    parameters = list(model.parameters())
    for ours, theirs in zip(*(torch.autograd.grad(value, parameters) for value in (loss, expected)), strict=True):
        assert_same(ours, theirs)
    translation_loss(model, (SOURCE, TARGET)).backward()
    for embedding in (model.encoder.embedding, model.decoder.embedding):
        assert (embedding.weight.grad[PAD] == 0).all()


def test_the_last_layer_runs_on_real_words_alone():
    model = translator()
    sizes = []
    model.decoder.output.register_forward_hook(lambda module, inputs, output: sizes.append(tuple(output.shape)))
    translation_loss(model, (SOURCE, TARGET))
    assert sizes == [(9, V)], "once, for 3 + 2 + 4 words of 15"
    sizes.clear()
    model(SOURCE, TARGET[:, :-1])
    assert sizes == [(int((TARGET[:, :-1] != PAD).sum()), V)]


@pytest.mark.parametrize("nll", [teacher_forced_nll, free_running_nll])
def test_likelihoods_refuse(nll):
    model = translator()
    with pytest.raises(ValueError, match=r"begin with <sos>, id 2; row 1 begins with 6"):
        nll(model, SOURCE, torch.tensor([[SOS, 4], [6, EOS], [SOS, 5]]))
    with pytest.raises(ValueError, match=r"\(B, T \+ 1\), <sos> ... <eos>, got \(3, 1\)"):
        nll(model, SOURCE, TARGET[:, :1])


# --- it learns ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", CELLS)
def test_it_learns_to_say_a_sequence_backwards(make):
    generator = seeded()
    rows = torch.randint(4, V, (64, 3), generator=generator)
    target = torch.cat([torch.full((64, 1), SOS), rows.flip(1), torch.full((64, 1), EOS)], dim=1)
    model = translator(make, unroll=fast.masked_unroll).float()
    batch = (rows, target)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
    history = fit(model, lambda: [batch] * 120, translation_loss, optimizer, epochs=1, clip=1.0)
    assert history[0]["loss"] > translation_loss(model, batch).item()
    chance = 5 ** (3 / 4)  # three words of five, and <eos>
    assert perplexity([teacher_forced_nll(model, *batch)]) < 0.7 * chance
    assert all(parameter.grad is not None for parameter in model.parameters())


def test_dropout_is_for_training_only():
    model = translator()
    model.encoder.dropout.p = model.decoder.dropout.p = 0.5
    assert torch.equal(model(SOURCE, TARGET[:, :-1]), translator()(SOURCE, TARGET[:, :-1]))
    torch.manual_seed(1)
    assert not torch.allclose(model.train()(SOURCE, TARGET[:, :-1]), translator()(SOURCE, TARGET[:, :-1]))
