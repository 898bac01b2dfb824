"""Scores, masked softmax, attend, and the two decoders, held against `torch.nn.functional` and against arithmetic."""

import math
from functools import partial

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from course_lib import fast, rnn
from course_lib.attention import (
    BahdanauDecoder,
    Concat,
    Dot,
    General,
    Location,
    LuongDecoder,
    attend,
    attention_weights,
    attentional,
    bahdanau_step,
    concat,
    coverage,
    coverage_loss,
    dot,
    general,
    location,
    luong_step,
    masked_softmax,
    scaled_dot,
)
from course_lib.embeddings import Embedding
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell, PeepholeLSTMCell
from course_lib.masks import padding_mask
from course_lib.recurrent import Recurrent
from course_lib.rnn import RNNCell, hidden
from course_lib.seq2seq import Bridge, Decoder, Encoder, Seq2Seq, scheduled_nll, teacher_forced_nll, translation_loss
from course_lib.text import EOS, PAD, SOS
from course_lib.training import fit

B, S, T, H, K = 3, 5, 4, 6, 7  # K here: the size of a key where it differs from that of a query
MASK = padding_mask([5, 2, 3])


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def random(*shape, seed=0, dtype=torch.float64):
    return torch.randn(*shape, generator=seeded(seed), dtype=dtype)


def assert_same(got, expected, atol=1e-10):
    torch.testing.assert_close(got, expected, rtol=0, atol=atol)


# --- score functions ------------------------------------------------------------------------------------------


def by_element(score, query, key):
    """(B, T, S), every score computed from its own query and key alone."""
    values = [[[score(q, k) for k in keys] for q in queries] for queries, keys in zip(query, key, strict=True)]
    return torch.tensor(values, dtype=query.dtype)


def test_scores_element_by_element():
    query, key, same = random(B, T, H), random(B, S, K, seed=1), random(B, S, H, seed=2)
    W = random(H, K, seed=3)
    W_q, W_k, v = random(5, H, seed=4), random(5, K, seed=5), random(5, seed=6)
    assert_same(dot(query, same), by_element(lambda q, k: q @ k, query, same))
    assert_same(scaled_dot(query, same), by_element(lambda q, k: q @ k / math.sqrt(H), query, same))
    assert_same(general(query, key, W), by_element(lambda q, k: q @ W @ k, query, key))
    both = torch.cat([W_q, W_k], dim=1)  # Luong's form: one weight for [q; k]
    expected = by_element(lambda q, k: v @ (both @ torch.cat([q, k])).tanh(), query, key)
    assert_same(concat(query, key, W_q, W_k, v), expected)
    W_p = random(8, H, seed=7)
    got = location(query, key, W_p)
    assert got.shape == (B, T, S)
    for s in range(S):
        assert_same(got[..., s], query @ W_p[s])


def test_scores_by_hand():
    query, key = torch.tensor([[[1.0, 2.0]]]), torch.tensor([[[3.0, -1.0], [0.5, 0.5]]])
    assert dot(query, key).tolist() == [[[1.0, 1.5]]]
    assert_same(scaled_dot(query, key), torch.tensor([[[1.0, 1.5]]]) / 2**0.5, atol=1e-6)
    W = torch.tensor([[0.0, 1.0], [2.0, 0.0]])  # q W = (2 * 2, 1 * 1) = (4, 1)
    assert general(query, key, W).tolist() == [[[11.0, 2.5]]]
    ones = torch.ones(1, 2)
    expected = [math.tanh(3 + 2) * 2, math.tanh(3 + 1) * 2]
    assert_same(concat(query, key, ones, ones, torch.tensor([2.0]))[0, 0], torch.tensor(expected), atol=1e-6)


def test_scaling_keeps_the_variance():
    """Of dots of independent standard normals the variance is the size; scaled, it is 1."""
    query, key = random(1, 300, 64), random(1, 300, 64, seed=1)
    assert dot(query, key).var().item() == pytest.approx(64, rel=0.1)
    assert scaled_dot(query, key).var().item() == pytest.approx(1, rel=0.1)


@pytest.mark.parametrize(
    ("score", "shapes"),
    [
        (dot, [(2, 3, 4), (2, 5, 4)]),
        (scaled_dot, [(2, 3, 4), (2, 5, 4)]),
        (general, [(2, 3, 4), (2, 5, 3), (4, 3)]),
        (concat, [(2, 3, 4), (2, 5, 3), (6, 4), (6, 3), (6,)]),
        (lambda query, weight: location(query, torch.zeros(2, 5, 3), weight), [(2, 3, 4), (7, 4)]),
    ],
    ids=["dot", "scaled_dot", "general", "concat", "location"],
)
def test_gradcheck_of_scores(score, shapes):
    tensors = [random(*shape, seed=i).requires_grad_() for i, shape in enumerate(shapes)]
    assert torch.autograd.gradcheck(score, tensors)


def test_scores_refuse():
    with pytest.raises(ValueError, match="query and key of one size, got 6 and 7"):
        dot(random(B, T, H), random(B, S, K))
    with pytest.raises(ValueError, match="query and key of one size, got 6 and 7"):
        scaled_dot(random(B, T, H), random(B, S, K))
    with pytest.raises(ValueError, match="knows 4 source positions, got a source of S=5"):
        location(random(B, T, H), random(B, S, K), random(4, H))


SCORES = {
    "dot": lambda query_size, key_size: Dot(),
    "scaled_dot": lambda query_size, key_size: Dot(scaled=True),
    "general": General,
    "scaled general": partial(General, scaled=True),
    "concat": partial(Concat, H=5),
    "location": lambda query_size, key_size: Location(query_size, longest=9),
}
FUNCTIONS = {
    "dot": lambda module: dot,
    "scaled_dot": lambda module: scaled_dot,
    "general": lambda module: partial(general, weight=module.weight),
    "scaled general": lambda module: lambda q, k: general(q, k, module.weight) / math.sqrt(H),
    "concat": lambda module: partial(
        concat, weight_query=module.weight_query, weight_key=module.weight_key, v=module.v
    ),
    "location": lambda module: partial(location, weight=module.weight),
}


@pytest.mark.parametrize("name", SCORES)
def test_modules_are_the_functions_and_project_once(name):
    """As a whole, and in two parts: what depends on the keys alone, then the rest."""
    size = H if "dot" in name else K
    module = SCORES[name](H, size).double()
    query, key = random(B, T, H), random(B, S, size, seed=1)
    expected = FUNCTIONS[name](module)(query, key)
    assert_same(module(query, key), expected)
    assert_same(module.compare(query, module.project(key)), expected)
    if expected.requires_grad:
        weight = random(B, T, S, seed=2)
        results = [
            torch.autograd.grad((scores * weight).sum(), list(module.parameters()))
            for scores in (expected, module.compare(query, module.project(key)))
        ]
        for got, wanted in zip(*results, strict=True):
            assert_same(got, wanted)


# --- masked softmax -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_masked_softmax_is_the_softmax_of_what_is_left(dtype):
    scores = random(B, S, dtype=dtype)
    weights = masked_softmax(scores, MASK)
    for b, n in enumerate([5, 2, 3]):
        assert_same(weights[b, :n], scores[b, :n].softmax(-1), atol=1e-6)
        assert (weights[b, n:] == 0).all()
    assert_same(masked_softmax(scores), scores.softmax(-1))
    assert_same(masked_softmax(scores, torch.ones(B, S, dtype=torch.bool)), scores.softmax(-1))


def test_true_means_may_be_attended_to():
    weights = masked_softmax(torch.zeros(4), torch.tensor([True, False, True, False]))
    assert weights.tolist() == [0.5, 0, 0.5, 0]


@pytest.mark.filterwarnings("ignore:Anomaly Detection")
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
def test_nothing_to_attend_to(dtype):
    scores = random(2, 3, dtype=dtype).requires_grad_()
    mask = torch.tensor([[False] * 3, [True, True, False]])
    weights = masked_softmax(scores, mask)
    assert weights[0].tolist() == [0, 0, 0]
    assert weights[1].sum().item() == pytest.approx(1, abs=0.01)
    with torch.autograd.detect_anomaly(check_nan=True):  # nor a nan on the way, that a mask hides
        (weights * torch.arange(3)).sum().backward()
    assert scores.grad.isfinite().all()
    assert (scores.grad[0] == 0).all()
    assert scores.grad[1, 2] == 0
    assert (scores.grad[1, :2] != 0).all()


def test_masked_softmax_is_stable_and_ignores_what_is_hidden():
    scores = torch.tensor([[1e4, 1e4, 3e38], [-1e4, -1e4, math.nan], [1.0, 1.0, math.inf]]).requires_grad_()
    weights = masked_softmax(scores, torch.tensor([True, True, False]))
    assert weights.tolist() == [[0.5, 0.5, 0]] * 3
    (weights * torch.tensor([1.0, 2.0, 3.0])).sum().backward()
    assert scores.grad.isfinite().all()
    one = masked_softmax(torch.tensor([[2.0, 5.0]]), torch.tensor([[True, False]]))
    assert one.tolist() == [[1, 0]]


def test_gradcheck_of_masked_softmax():
    mask = torch.tensor([[True, True, False, True], [False] * 4, [False, False, True, False]])
    assert torch.autograd.gradcheck(lambda scores: masked_softmax(scores, mask), random(3, 4).requires_grad_())


def test_masked_softmax_refuses():
    scores = torch.zeros(2, 4, 3)
    for mask, got in [(torch.ones(2, 4, 3), "torch.float32"), (torch.ones(3, dtype=torch.long), "torch.int64")]:
        with pytest.raises(ValueError, match=f"mask must be bool, True where attention may go, got {got}"):
            masked_softmax(scores, mask)
    for shape in [(4,), (2, 3), (2, 4, 1), (2, 4, 4), (1, 2, 4, 3)]:
        with pytest.raises(ValueError, match=r"does not fit scores \(2, 4, 3\)"):
            masked_softmax(scores, torch.ones(shape, dtype=torch.bool))
    for shape in [(3,), (4, 3), (2, 1, 3), (1, 4, 3), (1, 1, 3)]:
        assert masked_softmax(scores, torch.ones(shape, dtype=torch.bool)).shape == scores.shape


# --- attend ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mask", [None, MASK, MASK.unsqueeze(1) & torch.ones(B, T, S).tril().bool()])
def test_attend_equals_scaled_dot_product_attention(mask):
    results = []
    for ours in (True, False):
        query, key, value = (
            random(*shape, seed=i).requires_grad_() for i, shape in enumerate([(B, T, H), (B, S, H), (B, S, K)])
        )
        if ours:
            context, _ = attend(query, key, value, mask, scaled_dot)
        else:
            allowed = mask if mask is None or mask.dim() == 3 else mask.unsqueeze(1)
            context = F.scaled_dot_product_attention(query, key, value, attn_mask=allowed)
        gradients = torch.autograd.grad((context * random(B, T, K, seed=9)).sum(), [query, key, value])
        results.append([context, *gradients])
    for got, expected in zip(*results, strict=True):
        assert_same(got, expected)


@pytest.mark.parametrize("name", SCORES)
def test_one_query_or_all_at_once(name):
    size = H if "dot" in name else K
    score = SCORES[name](H, size).double()
    query, key, value = random(B, T, H), random(B, S, size, seed=1), random(B, S, 2, seed=2)
    context, weights = attend(query, key, value, MASK, score)
    assert context.shape == (B, T, 2)
    assert weights.shape == (B, T, S)
    for t in range(T):
        one, its_weights = attend(query[:, t], key, value, MASK, score)
        assert_same(one, context[:, t])
        assert_same(its_weights, weights[:, t])
    assert_same(weights.sum(-1), torch.ones(B, T).double())
    assert (weights[~MASK.unsqueeze(1).expand(B, T, S)] == 0).all()
    assert_same(context, torch.einsum("bts,bsv->btv", weights, value))


def test_a_sharp_query_looks_up_its_value():
    """The soft dictionary becomes a dictionary: a query that equals one key, times much, finds its value."""
    key, value = torch.eye(4).unsqueeze(0), torch.tensor([[[10.0], [20.0], [30.0], [40.0]]])
    context, weights = attend(100 * key[:, 2], key, value)
    assert context.item() == pytest.approx(30)
    assert weights[0].tolist() == pytest.approx([0, 0, 1, 0])
    context, weights = attend(torch.zeros(1, 4), key, value, torch.tensor([[True, True, False, False]]))
    assert context.item() == pytest.approx(15), "no preference: the mean, over what may be attended to"


def test_keys_and_values_are_not_alike():
    query, key, value = random(B, H), random(B, S, H, seed=1), random(B, S, H, seed=2)
    context, weights = attend(query, key, value, MASK)
    assert_same(attend(query, key, 2 * value, MASK)[0], 2 * context)
    assert_same(attend(query, key, 2 * value, MASK)[1], weights)
    assert not torch.allclose(attend(query, 2 * key, value, MASK)[1], weights)


def test_what_stands_in_the_padding_does_not_matter():
    query, key, value = random(B, T, H), random(B, S, H, seed=1), random(B, S, H, seed=2)
    hidden_away = ~MASK.unsqueeze(-1)
    results = []
    for filler in (0.0, 1e3):
        keys, values = (t.masked_fill(hidden_away, filler).requires_grad_() for t in (key, value))
        context, weights = attend(query, keys, values, MASK)
        gradients = torch.autograd.grad(context.square().sum(), [keys, values])
        assert all((gradient[~MASK] == 0).all() for gradient in gradients)
        results.append([context, weights, *gradients])
    for got, expected in zip(*results, strict=True):
        assert_same(got, expected)


def test_attend_with_nothing_to_attend_to():
    mask = MASK.clone()
    mask[1] = False
    query = random(B, T, H).requires_grad_()
    context, weights = attend(query, random(B, S, H), random(B, S, K), mask)
    assert (weights[1] == 0).all()
    assert (context[1] == 0).all()
    context.sum().backward()
    assert query.grad.isfinite().all()
    assert (query.grad[1] == 0).all()


def test_attend_refuses():
    query, key, value = random(B, T, H), random(B, S, H), random(B, S, K)
    with pytest.raises(ValueError, match=r"mask must have shape \(B=3, S=5\) or \(B, T=4, S\), got \(5, 3\)"):
        attend(query, key, value, MASK.T)
    with pytest.raises(ValueError, match=r"mask must have shape .* got \(3, 4\)"):
        attend(query, key, value, padding_mask([4, 1, 2]))
    with pytest.raises(ValueError, match=r"mask must be bool, True where attention may go, got torch.float64"):
        attend(query, key, value, MASK.double())
    with pytest.raises(ValueError, match=r"value \(B, S, .\), got \(3, 4, 6\), \(3, 5, 6\), \(3, 4, 7\)"):
        attend(query, key, value[:, :4])
    with pytest.raises(ValueError, match=r"got \(6,\)"):
        attend(query[0, 0], key, value)
    with pytest.raises(ValueError, match="as many queries as sources, B=2, got 3 sources"):
        attend(query[:2], key, value)
    with pytest.raises(ValueError, match=r"scores must have shape \(B=3, T=4, S=5\), got \(3, 5, 4\)"):
        attend(query, key, value, MASK, lambda q, k: dot(k, q))
    # the published bug: a score of size 1 on the last axis, whose softmax is 1 everywhere
    with pytest.raises(ValueError, match=r"scores must have shape .* got \(3, 4, 5, 1\)"):
        attend(query, key, value, MASK, lambda q, k: dot(q, k).unsqueeze(-1))


# --- one step ---------------------------------------------------------------------------------------------------


def test_luong_queries_with_the_new_state_and_bahdanau_with_the_old():
    E = 4
    x, h, c = random(B, E), random(B, H, seed=1).tanh(), random(B, H, seed=2)
    key, value = random(B, S, H, seed=3), random(B, S, K, seed=4)
    cell, combine = LSTMCell(E, H).double(), nn.Linear(K + H, H, bias=False).double()
    vector, state, weights = luong_step(cell, x, (h, c), key, value, MASK, dot, combine)
    new = cell(x, (h, c))
    context, expected = attend(new[0], key, value, MASK)
    assert_same(state[0], new[0])
    assert_same(weights, expected)
    assert_same(vector, (torch.cat([context, new[0]], dim=1) @ combine.weight.T).tanh())
    assert_same(vector, attentional(context, new[0], combine))

    wide = LSTMCell(E + K, H).double()
    state, context, weights = bahdanau_step(wide, x, (h, c), key, value, MASK, dot)
    expected_context, expected = attend(h, key, value, MASK)
    assert_same(weights, expected)
    assert_same(context, expected_context)
    assert_same(state[0], wide(torch.cat([x, context], dim=1), (h, c))[0])
    assert not torch.allclose(attend(state[0], key, value, MASK)[1], weights)


# --- decoders ---------------------------------------------------------------------------------------------------

V_SOURCE, V, E = 11, 9, 4
SOURCE = torch.tensor([[4, 5, 6, 7, 10], [8, 9, PAD, PAD, PAD], [5, 5, 4, PAD, PAD]])
TARGET = torch.tensor([[SOS, 4, 5, EOS, PAD], [SOS, 6, EOS, PAD, PAD], [SOS, 7, 8, 4, EOS]])
CELLS = [RNNCell, LSTMCell, PeepholeLSTMCell, GRUCell]
FORMS = ["luong", "luong, feeding", "bahdanau"]


def translator(form="luong", score="general", make=LSTMCell, unroll=rnn.masked_unroll, seed=0):
    torch.manual_seed(seed)
    size = H if "dot" in score else 2 * H  # a dot needs states as wide as the decoder's
    encoder = Encoder(Embedding(V_SOURCE, E, PAD), Recurrent(make, E, size // 2, bidirectional=True, unroll=unroll))
    fed = {"luong": 0, "luong, feeding": H, "bahdanau": size}[form]
    cell = make(E + fed, H)
    common = (Embedding(V, E, PAD), cell, SCORES[score](H, size), size, Bridge(size, cell))
    luong = form != "bahdanau"
    decoder = LuongDecoder(*common, feed=bool(fed), unroll=unroll) if luong else BahdanauDecoder(*common)
    return Seq2Seq(encoder, decoder).double().eval()


@pytest.mark.parametrize("score", SCORES)
@pytest.mark.parametrize("form", FORMS)
def test_all_steps_at_once_are_the_steps_one_by_one(form, score):
    for unroll in (rnn.masked_unroll, fast.masked_unroll):
        model = translator(form, score, unroll=unroll)
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
def test_alone_or_in_a_padded_batch(form, make):
    model = translator(form, make=make)
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
        model = translator(form, "concat", unroll=unroll)
        loss = translation_loss(model, (SOURCE, TARGET))
        results.append([loss, *torch.autograd.grad(loss, list(model.parameters()))])
    for got, expected in zip(*results, strict=True):
        assert_same(got, expected)


@pytest.mark.parametrize("form", FORMS)
def test_gradcheck_of_the_loss(form):
    model = translator(form, "concat", make=GRUCell)
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
    model = translator()
    decoder, encoded = model.decoder, model.encoder(SOURCE)
    s, _ = rnn.masked_unroll(decoder.cell, decoder.embedding(TARGET[:, :-1]), decoder.bridge(encoded.state))
    scores = s @ decoder.score.weight @ encoded.outputs.transpose(1, 2)
    weights = scores.masked_fill((SOURCE == PAD).unsqueeze(1), -math.inf).softmax(-1)
    vectors = (torch.cat([weights @ encoded.outputs, s], dim=-1) @ decoder.combine.weight.T).tanh()
    logits = vectors @ decoder.output.weight.T + decoder.output.bias
    real = TARGET[:, :-1] != PAD
    assert_same(model(SOURCE, TARGET[:, :-1])[real], logits[real])


def test_input_feeding_hands_the_attentional_vector_on():
    model = translator("luong, feeding")
    state = model.start(SOURCE)
    assert (state.fed == 0).all()
    logits, after = model.step(TARGET[:, 0], state)
    assert_same(model.output(after.fed), logits)
    other, _ = model.step(TARGET[:, 1], after._replace(fed=-after.fed))
    assert not torch.allclose(other, model.step(TARGET[:, 1], after)[0])
    assert translator("luong").start(SOURCE).fed is None


@pytest.mark.parametrize(("form", "loops"), [("luong", False), ("luong, feeding", True), ("bahdanau", True)])
def test_what_need_not_loop_does_not(form, loops):
    """Attention is one product for all steps; keys are projected once, the last layer runs once, in any form."""
    model = translator(form, unroll=fast.masked_unroll)
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
    model = translator(form)
    state, before = model.start(SOURCE), set(vars(model.decoder))
    first = model.step(TARGET[:, 0], state)
    model.step(TARGET[:, 1], first[1])
    again = model.step(TARGET[:, 0], state)
    assert torch.equal(first[0], again[0])
    assert torch.equal(first[1].weights, again[1].weights)
    assert set(vars(model.decoder)) == before


def test_the_source_matters_and_its_order_to_location():
    model = translator("luong", "location")
    with pytest.raises(ValueError, match="knows 9 source positions, got a source of S=10"):
        model(torch.full((3, 10), 4), TARGET[:, :-1])
    changed = SOURCE.clone()
    changed[0, 0] = 9
    for form in FORMS:
        model = translator(form)
        logits, other = model(SOURCE, TARGET[:, :-1]), model(changed, TARGET[:, :-1])
        assert not torch.allclose(logits[0], other[0])
        assert_same(logits[1:], other[1:])


def test_scheduled_sampling_works_with_attention():
    for form in FORMS:
        model = translator(form)
        nearly = scheduled_nll(model, SOURCE, TARGET, ratio=math.nextafter(1, 0), generator=seeded())
        assert_same(nearly, teacher_forced_nll(model, SOURCE, TARGET))


def test_decoders_refuse():
    for form in FORMS:
        model = translator(form)
        with pytest.raises(ValueError, match=r"tokens must be ids of shape \(B,\), got \(3, 5\)"):
            model.step(TARGET, model.start(SOURCE))
    plain = _plain()
    with pytest.raises(ValueError, match="expected a model with attention"):
        attention_weights(plain, SOURCE, TARGET)
    with pytest.raises(ValueError, match="must begin with <sos>"):
        attention_weights(translator(), SOURCE, TARGET[:, 1:])


def _plain():
    encoder = Encoder(Embedding(V_SOURCE, E, PAD), Recurrent(GRUCell, E, H))
    return Seq2Seq(encoder, Decoder(Embedding(V, E, PAD), GRUCell(E, H)))


# --- coverage ---------------------------------------------------------------------------------------------------


def test_coverage_by_hand():
    weights = torch.tensor([[[0.5, 0.5, 0.0], [0.25, 0.25, 0.5], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]])
    covered = coverage(weights)
    assert covered.tolist() == [[[0, 0, 0], [0.5, 0.5, 0], [0.75, 0.75, 0.5], [1.75, 0.75, 0.5]]]
    # the least of both, summed over s: 0, 0.25 + 0.25, 0.75, 0.5
    everything = torch.ones(1, 4, dtype=torch.bool)
    assert coverage_loss(weights, everything).item() == pytest.approx((0 + 0.5 + 0.75 + 0.5) / 4)
    real = torch.tensor([[True, True, True, False]])
    assert coverage_loss(weights, real).item() == pytest.approx((0 + 0.5 + 0.75) / 3)
    once = torch.eye(3).unsqueeze(0)
    assert coverage_loss(once, torch.ones(1, 3, dtype=torch.bool)) == 0
    with pytest.raises(ValueError, match=r"\(B, T\) = \(1, 4\), got torch.bool \(1, 3\)"):
        coverage_loss(weights, real[:, :3])
    with pytest.raises(ValueError, match=r"got torch.float32 \(1, 4\)"):
        coverage_loss(weights, real.float())


def test_gradcheck_of_coverage():
    weights = random(2, 4, 3).softmax(-1).requires_grad_()
    mask = torch.tensor([[True] * 4, [True, True, False, False]])
    assert torch.autograd.gradcheck(lambda w: coverage_loss(w, mask), weights)


# --- it learns --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_attention_finds_the_word_to_copy(form):
    """To say a sequence backwards, step t must look at source token S - 1 - t; after training it does."""
    rows = torch.randint(4, V, (128, 4), generator=seeded())
    target = torch.cat([torch.full((128, 1), SOS), rows.flip(1), torch.full((128, 1), EOS)], dim=1)
    model = translator(form, "concat", make=GRUCell, unroll=fast.masked_unroll).float()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    fit(model, lambda: [(rows, target)] * 150, translation_loss, optimizer, epochs=1, clip=1.0)
    assert teacher_forced_nll(model, rows, target).mean() < 0.2
    assert all(parameter.grad.abs().sum() > 0 for parameter in model.parameters())
    hits = attention_weights(model, rows, target)[:, :4].argmax(-1) == torch.tensor([3, 2, 1, 0])
    assert hits.float().mean() > 0.4, "chance is 0.25; a state knows its neighbours, too"
    assert hidden(model.start(rows).cell).shape == (128, H)
