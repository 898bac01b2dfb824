"""Encoder, contexts, bridge, decoder, teacher forcing and likelihoods, held against `torch.nn` and arithmetic."""

import math
from functools import partial
from itertools import pairwise

import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from course_lib import fast, rnn
from course_lib.embeddings import Embedding
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell, PeepholeLSTMCell
from course_lib.metrics import perplexity
from course_lib.recurrent import Recurrent
from course_lib.rnn import RNNCell, hidden
from course_lib.seq2seq import (
    Bridge,
    Decoder,
    Encoded,
    Encoder,
    Seq2Seq,
    exponential_schedule,
    free_running_nll,
    inverse_sigmoid_schedule,
    last_context,
    linear_schedule,
    log_likelihood,
    max_context,
    mean_context,
    scheduled_loss,
    scheduled_nll,
    side_by_side,
    teacher_forced_nll,
    translation_loss,
)
from course_lib.text import EOS, PAD, SOS
from course_lib.training import fit

CELLS = [RNNCell, LSTMCell, PeepholeLSTMCell, GRUCell]
V_SOURCE, V, E, H = 11, 9, 4, 6
SOURCE = torch.tensor([[4, 5, 6, 7, 10], [8, 9, PAD, PAD, PAD], [5, 5, 4, PAD, PAD]])
TARGET = torch.tensor([[SOS, 4, 5, EOS, PAD], [SOS, 6, EOS, PAD, PAD], [SOS, 7, 8, 4, EOS]])


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def assert_same(got, expected, atol=1e-10):
    torch.testing.assert_close(got, expected, rtol=0, atol=atol)


def random(*shape, seed=0):
    return torch.randn(*shape, generator=seeded(seed), dtype=torch.float64)


def translator(make=LSTMCell, both=True, context=last_context, feed=False, unroll=rnn.masked_unroll, L=1, seed=0):
    torch.manual_seed(seed)
    size = H * (1 + both)
    encoder = Encoder(Embedding(V_SOURCE, E, PAD), Recurrent(make, E, H, L=L, bidirectional=both, unroll=unroll))
    cell = make(E + size * feed, H)
    bridge = Bridge(size, cell) if both or context is not last_context else None
    decoder = Decoder(Embedding(V, E, PAD), cell, context=context, bridge=bridge, feed=feed, unroll=unroll)
    return Seq2Seq(encoder, decoder).double().eval()


# --- the encoder --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("L", [1, 2])
@pytest.mark.parametrize("unroll", [rnn.masked_unroll, fast.masked_unroll])
def test_encoder_equals_torch_on_packed_sequences(unroll, L, both):
    embedding = Embedding(V_SOURCE, E, PAD).double()
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


# --- contexts and the bridge ----------------------------------------------------------------------------------


def test_contexts_by_hand():
    outputs = torch.tensor([[[1.0, -5.0], [3.0, -2.0], [-4.0, -6.0]], [[2.0, -8.0], [6.0, -4.0], [9.0, 9.0]]])
    mask = torch.tensor([[True, True, True], [True, True, False]])
    encoded = Encoded(outputs, outputs[:, 0], mask)  # what stands in the padding, 9, must not count
    assert torch.equal(last_context(encoded), outputs[:, 0])
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
    for ratio in (-0.1, 1.1):
        with pytest.raises(ValueError, match=f"ratio must be from 0 to 1, got {ratio}"):
            model(SOURCE, TARGET[:, :-1], ratio=ratio)
        with pytest.raises(ValueError, match=f"ratio must be from 0 to 1, got {ratio}"):
            scheduled_nll(model, SOURCE, TARGET, ratio=ratio)
    no_bridge = translator()
    no_bridge.decoder.bridge = None
    with pytest.raises(ValueError, match=r"h must have shape \(B=3, H=6\), got \(3, 12\)"):
        no_bridge(SOURCE, TARGET[:, :-1])


# --- teacher forcing ----------------------------------------------------------------------------------------


def test_a_ratio_of_almost_one_is_all_truth():
    model = translator()
    inputs = TARGET[:, :-1]
    looped = model(SOURCE, inputs, ratio=math.nextafter(1, 0), generator=seeded())
    assert_same(looped, model(SOURCE, inputs))


def test_a_ratio_of_zero_never_sees_the_truth_even_if_a_coin_is_zero(monkeypatch):
    model = translator()
    expected = model(SOURCE, TARGET[:, :-1], ratio=0.0)
    monkeypatch.setattr(torch, "rand", lambda *shape, **options: torch.zeros(*shape))
    assert_same(model(SOURCE, TARGET[:, :-1], ratio=0.0), expected)


def test_a_ratio_of_zero_sees_its_own_words():
    model = translator()
    logits = model(SOURCE, TARGET[:, :-1], ratio=0.0)
    state, tokens = model.start(SOURCE), TARGET[:, 0]
    for t in range(4):
        step, state = model.step(tokens, state)
        real = TARGET[:, t] != PAD
        assert_same(logits[real, t], step[real])
        tokens = step.argmax(-1)
    anything = TARGET.clone()
    anything[:, 1:] = torch.where(TARGET[:, 1:] == PAD, PAD, 8)
    assert_same(model(SOURCE, anything[:, :-1], ratio=0.0), logits)


class Memory(nn.Module):
    """Says word 4 whatever comes, and its logit of word 5 is the word that it saw: tells what a step was given."""

    def start(self, source):
        return (source.double(),)

    def step(self, tokens, state):
        logits = torch.zeros(len(tokens), V, dtype=torch.float64)
        logits[:, 4] = 100.0
        logits[:, 5] = tokens.double()
        return logits, state


def test_one_coin_for_every_word_of_every_sentence():
    inputs = torch.full((400, 6), 7)
    inputs[:, 0] = SOS
    seen = Seq2Seq.forward(Memory(), torch.ones(400, 3), inputs, ratio=0.3, generator=seeded())[..., 5]
    assert (seen[:, 0] == SOS).all(), "the first input is always <sos>"
    truth = seen[:, 1:] == 7
    assert ((seen[:, 1:] == 4) | truth).all()
    assert truth.double().mean().item() == pytest.approx(0.3, abs=0.03)
    assert (truth.any(1) & ~truth.all(1)).double().mean() > 0.7, "the coins of a sentence differ"
    assert (truth.double().mean(0) - 0.3).abs().max() < 0.08, "and those of a step, too"
    again = Seq2Seq.forward(Memory(), torch.ones(400, 3), inputs, ratio=0.3, generator=seeded())[..., 5]
    assert torch.equal(seen, again)


def test_schedules_by_hand():
    assert [linear_schedule(i, slope=0.25, floor=0.3) for i in range(5)] == [1.0, 0.75, 0.5, 0.3, 0.3]
    assert linear_schedule(2, slope=0.1, start=0.9) == pytest.approx(0.7)
    assert [exponential_schedule(i, k=0.5) for i in range(4)] == [1.0, 0.5, 0.25, 0.125]
    assert inverse_sigmoid_schedule(0, k=10) == pytest.approx(10 / 11)
    assert inverse_sigmoid_schedule(20, k=10) == pytest.approx(10 / (10 + math.e**2))
    assert inverse_sigmoid_schedule(round(100 * math.log(100)), k=100) == pytest.approx(0.5, abs=0.01)
    assert inverse_sigmoid_schedule(10**7, k=10) == pytest.approx(0, abs=1e-300)
    for schedule in (
        partial(linear_schedule, slope=0.01),
        partial(exponential_schedule, k=0.9),
        partial(inverse_sigmoid_schedule, k=5),
    ):
        values = [schedule(i) for i in range(150)]
        assert all(0 <= b <= a <= 1 for a, b in pairwise(values))
    for k in (0, 1, 1.5):
        with pytest.raises(ValueError, match=f"k must be between 0 and 1, got {k}"):
            exponential_schedule(3, k)
    with pytest.raises(ValueError, match=r"k must be at least 1, got 0.5"):
        inverse_sigmoid_schedule(3, 0.5)


def test_a_scheduled_loss_counts_its_calls():
    model, asked = translator(), []

    def schedule(i):
        asked.append(i)
        return [1.0, 0.5, 0.0][i]

    loss = scheduled_loss(schedule, generator=seeded())
    batch = (SOURCE, TARGET)
    values = [loss(model, batch) for _ in range(3)]
    assert asked == [0, 1, 2]
    assert_same(values[0], translation_loss(model, batch))
    assert_same(values[1], scheduled_nll(model, *batch, ratio=0.5, generator=seeded()).mean())
    assert_same(values[2], free_running_nll(model, *batch).mean())


# --- likelihood ---------------------------------------------------------------------------------------------


def test_likelihood_is_the_product_of_the_steps():
    model = translator()
    log_p = log_likelihood(model, SOURCE, TARGET)
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


def test_free_running_is_scored_on_its_own_words():
    model = translator()
    nll = free_running_nll(model, SOURCE, TARGET)
    logits = model(SOURCE, TARGET[:, :-1], ratio=0.0)
    expected = nn.functional.cross_entropy(
        logits.flatten(0, 1), TARGET[:, 1:].flatten(), ignore_index=PAD, reduction="none"
    )
    assert_same(nll, expected[TARGET[:, 1:].flatten() != PAD])
    first = torch.tensor([0, 3, 5])
    assert_same(nll[first], teacher_forced_nll(model, SOURCE, TARGET)[first])  # both began with <sos>
    assert not torch.allclose(nll, teacher_forced_nll(model, SOURCE, TARGET))
    own = _greedy_targets(model, SOURCE)
    assert_same(free_running_nll(model, SOURCE, own), teacher_forced_nll(model, SOURCE, own))
    assert math.isfinite(perplexity([nll]))


def _greedy_targets(model, source, length=4):
    state, tokens, rows = model.start(source), torch.full((len(source),), SOS), []
    for _ in range(length):
        logits, state = model.step(tokens, state)
        tokens = logits.argmax(-1)
        rows.append(tokens)
    rows = torch.stack([torch.full((len(source),), SOS), *rows], dim=1)
    assert (rows[:, 1:] != PAD).all(), "with this seed <pad> is never the likeliest"
    return rows


@pytest.mark.parametrize("nll", [teacher_forced_nll, free_running_nll])
def test_likelihoods_refuse(nll):
    model = translator()
    with pytest.raises(ValueError, match=r"begin with <sos>, id 2; row 1 begins with 6"):
        nll(model, SOURCE, torch.tensor([[SOS, 4], [6, EOS], [SOS, 5]]))
    with pytest.raises(ValueError, match=r"\(B, T \+ 1\), <sos> ... <eos>, got \(3, 1\)"):
        nll(model, SOURCE, TARGET[:, :1])


# --- it learns ------------------------------------------------------------------------------------------------


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
