"""The decoders of Luong and of Bahdanau, held against their equations, and step by step against all at once."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from course_lib import fast, rnn
from course_lib.attention import attention_weights
from course_lib.gru import GRUCell
from course_lib.rnn import hidden
from course_lib.scheduled_sampling import scheduled_nll
from course_lib.seq2seq import teacher_forced_nll, translation_loss
from course_lib.text import EOS, PAD, SOS
from course_lib.training import fit
from tests.translators import (
    CELLS,
    FORMS,
    SCORES,
    SOURCE,
    TARGET,
    H,
    V,
    assert_same,
    attentive,
    seeded,
)
from tests.translators import (
    translator as without_attention,
)

# --- steps --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("score", SCORES)
@pytest.mark.parametrize("form", FORMS)
def test_all_steps_at_once_are_the_steps_one_by_one(form, score):
    for unroll in (rnn.masked_unroll, fast.masked_unroll):
        model = attentive(form, score, unroll=unroll)
        inputs = TARGET[:, :-1]
        logits = model(SOURCE, inputs)
        weights = attention_weights(model, SOURCE, TARGET)
        assert weights.shape == (3, 4, 5)
        state = model.start(SOURCE)
        assert (state.weights == 0).all()
        for t in range(4):
            step, state = model.step(inputs[:, t], state)
            real = inputs[:, t] != PAD
            assert_same(logits[real, t], step[real])
            target = TARGET[:, 1 + t] != PAD
            assert_same(weights[target, t], state.weights[target])
            assert (weights[~target, t] == 0).all()
            assert_same(state.weights.sum(-1), torch.ones(3).double())
            assert (state.weights[SOURCE == PAD] == 0).all()


@pytest.mark.parametrize("make", CELLS)
@pytest.mark.parametrize("form", FORMS)
def test_layers_all_steps_at_once_are_the_steps_one_by_one(form, make):
    """Of three layers the top one asks; states, too, go on layer by layer."""
    model = attentive(form, "concat", make=make, L=3)
    inputs = TARGET[:, :-1]
    logits, weights = model(SOURCE, inputs), attention_weights(model, SOURCE, TARGET)
    state = model.start(SOURCE)
    assert len(state.cell) == 3
    for t in range(4):
        asking = state.cell
        step, state = model.step(inputs[:, t], state)
        real, target = inputs[:, t] != PAD, TARGET[:, 1 + t] != PAD
        assert_same(logits[real, t], step[real])
        assert_same(weights[target, t], state.weights[target])
        query = hidden(asking if form == "bahdanau" else state.cell)[:, None]
        scores = model.decoder.score.compare(query, state.key).masked_fill(~state.mask[:, None], -math.inf)
        assert_same(state.weights, scores.softmax(-1)[:, 0])


@pytest.mark.parametrize("form", FORMS)
def test_a_score_of_another_shape_is_refused(form):
    """The published bug: a score of size 1 on the last axis, whose softmax is 1 everywhere."""
    model = attentive(form)
    compare = model.decoder.score.compare
    model.decoder.score.compare = lambda query, key: compare(query, key).unsqueeze(-1)
    with pytest.raises(ValueError, match=r"scores must have shape .* got \(3, \d, 5, 1\)"):
        model(SOURCE, TARGET[:, :-1])
    with pytest.raises(ValueError, match=r"scores must have shape .* got \(3, 1, 5, 1\)"):
        model.step(TARGET[:, 0], model.start(SOURCE))


@pytest.mark.parametrize("make", CELLS)
@pytest.mark.parametrize("form", FORMS)
def test_alone_or_in_a_padded_batch(form, make):
    model = attentive(form, make=make)
    wide = F.pad(SOURCE, (0, 3))
    together, weights = model(wide, TARGET[:, :-1]), attention_weights(model, wide, TARGET)
    for b, (length, steps) in enumerate([(5, 3), (2, 2), (3, 4)]):
        source, target = SOURCE[b : b + 1, :length], TARGET[b : b + 1, : steps + 1]
        assert_same(together[b, :steps], model(source, target[:, :-1])[0])
        assert_same(weights[b, :steps, :length], attention_weights(model, source, target)[0])


@pytest.mark.parametrize("form", FORMS)
def test_fused_gradients_are_those_of_the_reference(form):
    results = []
    for unroll in (rnn.masked_unroll, fast.masked_unroll):
        model = attentive(form, "concat", unroll=unroll)
        loss = translation_loss(model, (SOURCE, TARGET))
        results.append([loss, *torch.autograd.grad(loss, list(model.parameters()))])
    for got, expected in zip(*results, strict=True):
        assert_same(got, expected)


@pytest.mark.parametrize("form", FORMS)
def test_gradcheck_of_the_loss(form):
    model = attentive(form, "concat", make=GRUCell)
    names, parameters = zip(*model.named_parameters(), strict=True)
    chosen = [i for i, name in enumerate(names) if "score" in name or "combine" in name]
    assert len(chosen) >= 4

    def loss(*some):
        values = dict(zip(names, parameters, strict=True)) | {
            names[i]: value for i, value in zip(chosen, some, strict=True)
        }
        return torch.func.functional_call(_Loss(model), {f"model.{name}": t for name, t in values.items()}, ())

    assert torch.autograd.gradcheck(loss, [parameters[i].detach().requires_grad_() for i in chosen])


class _Loss(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self):
        return teacher_forced_nll(self.model, SOURCE, TARGET).mean()


def test_luong_by_the_equations():
    """With the decoder's own parts: s_t from the cell, weights, context, tanh(W_c [c; s]), then the last layer."""
    model = attentive()
    decoder, encoded = model.decoder, model.encoder(SOURCE)
    s, _ = rnn.masked_unroll(decoder.cell, decoder.embedding(TARGET[:, :-1]), decoder.bridge(encoded.state))
    scores = s @ decoder.score.weight @ encoded.outputs.transpose(1, 2)
    weights = scores.masked_fill((SOURCE == PAD).unsqueeze(1), -math.inf).softmax(-1)
    vectors = (torch.cat([weights @ encoded.outputs, s], dim=-1) @ decoder.combine.weight.T).tanh()
    logits = vectors @ decoder.output.weight.T + decoder.output.bias
    real = TARGET[:, :-1] != PAD
    assert_same(model(SOURCE, TARGET[:, :-1])[real], logits[real])


def test_input_feeding_hands_the_attentional_vector_on():
    model = attentive("luong, feeding")
    state = model.start(SOURCE)
    assert (state.fed == 0).all()
    logits, after = model.step(TARGET[:, 0], state)
    assert_same(model.output(after.fed), logits)
    other, _ = model.step(TARGET[:, 1], after._replace(fed=-after.fed))
    assert not torch.allclose(other, model.step(TARGET[:, 1], after)[0])
    assert attentive("luong").start(SOURCE).fed is None


@pytest.mark.parametrize(("form", "loops"), [("luong", False), ("luong, feeding", True), ("bahdanau", True)])
def test_what_need_not_loop_does_not(form, loops):
    """Attention is one product for all steps; keys are projected once, the last layer runs once, in any form."""
    model = attentive(form, unroll=fast.masked_unroll)
    calls = {"attend": 0, "project": 0, "output": 0}
    project, compare = model.decoder.score.project, model.decoder.score.compare

    def counted(name, function):
        def call(*arguments):
            calls[name] += 1
            return function(*arguments)

        return call

    model.decoder.score.project = counted("project", project)
    model.decoder.score.compare = counted("attend", compare)
    model.decoder.output.register_forward_hook(lambda *_: calls.__setitem__("output", calls["output"] + 1))
    translation_loss(model, (SOURCE, TARGET))
    assert calls == {"attend": 4 if loops else 1, "project": 1, "output": 1}


@pytest.mark.parametrize("form", FORMS)
def test_a_step_is_pure_and_stores_nothing(form):
    model = attentive(form)
    state, before = model.start(SOURCE), set(vars(model.decoder))
    first = model.step(TARGET[:, 0], state)
    model.step(TARGET[:, 1], first[1])
    again = model.step(TARGET[:, 0], state)
    assert torch.equal(first[0], again[0])
    assert torch.equal(first[1].weights, again[1].weights)
    assert set(vars(model.decoder)) == before


def test_the_source_matters_and_its_order_to_location():
    model = attentive("luong", "location")
    with pytest.raises(ValueError, match="knows 9 source positions, got a source of S=10"):
        model(torch.full((3, 10), 4), TARGET[:, :-1])
    changed = SOURCE.clone()
    changed[0, 0] = 9
    for form in FORMS:
        model = attentive(form)
        logits, other = model(SOURCE, TARGET[:, :-1]), model(changed, TARGET[:, :-1])
        assert not torch.allclose(logits[0], other[0])
        assert_same(logits[1:], other[1:])


def test_scheduled_sampling_works_with_attention():
    for form in FORMS:
        model = attentive(form)
        nearly = scheduled_nll(model, SOURCE, TARGET, ratio=math.nextafter(1, 0), generator=seeded())
        assert_same(nearly, teacher_forced_nll(model, SOURCE, TARGET))


def test_decoders_refuse():
    for form in FORMS:
        model = attentive(form)
        with pytest.raises(ValueError, match=r"tokens must be ids of shape \(B,\), got \(3, 5\)"):
            model.step(TARGET, model.start(SOURCE))
    plain = without_attention()
    with pytest.raises(ValueError, match="expected a model with attention"):
        attention_weights(plain, SOURCE, TARGET)
    with pytest.raises(ValueError, match="must begin with <sos>"):
        attention_weights(attentive(), SOURCE, TARGET[:, 1:])


# --- it learns ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_attention_finds_the_word_to_copy(form):
    """To say a sequence backwards, step t must look at source token S - 1 - t; after training it does."""
    rows = torch.randint(4, V, (128, 4), generator=seeded())
    target = torch.cat([torch.full((128, 1), SOS), rows.flip(1), torch.full((128, 1), EOS)], dim=1)
    model = attentive(form, "concat", make=GRUCell, unroll=fast.masked_unroll).float()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    fit(model, lambda: [(rows, target)] * 150, translation_loss, optimizer, epochs=1, clip=1.0)
    assert teacher_forced_nll(model, rows, target).mean() < 0.2
    assert all(parameter.grad.abs().sum() > 0 for parameter in model.parameters())
    hits = attention_weights(model, rows, target)[:, :4].argmax(-1) == torch.tensor([3, 2, 1, 0])
    assert hits.float().mean() > 0.4, "chance is 0.25; a state knows its neighbours, too"
    assert hidden(model.start(rows).cell).shape == (128, H)
