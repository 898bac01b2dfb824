"""Scores, masked softmax, attend and the steps, held against `torch.nn.functional` and against arithmetic."""

import math
import re
from functools import partial

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from course_lib.attention import (
    Dot,
    General,
    Location,
    attend,
    bahdanau_step,
    concat,
    coverage,
    dot,
    general,
    location,
    look_up,
    luong_step,
    masked_softmax,
    soft_lookup,
)
from course_lib.lstm import LSTMCell
from course_lib.masks import padding_mask
from tests.translators import SCORES, assert_same, random

B, S, T, H, K = 3, 5, 4, 6, 7  # K here: the size of a key where it differs from that of a query
MASK = padding_mask([5, 2, 3])
scaled_dot = partial(dot, scaled=True)

# --- score functions ----------------------------------------------------------------------------------------


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
    query, key = random(B, T, H, dtype=torch.float32), random(B, S, K, dtype=torch.float32)
    for score in (Dot(), Dot(scaled=True)):
        with pytest.raises(ValueError, match="query and key of one size, got 6 and 7"):
            score(query, key)
    with pytest.raises(ValueError, match="query and key of one size, got 6 and 5"):
        General(5, K)(query, key)
    with pytest.raises(ValueError, match="knows 4 source positions, got a source of S=5"):
        Location(H, 4)(query, key)


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


def test_masked_softmax_broadcasts_the_mask():
    scores = torch.zeros(2, 4, 3)
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
            context, _ = look_up(query, key, value, mask, score=scaled_dot)
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
    context, weights = look_up(query, key, value, MASK, score=score)
    assert context.shape == (B, T, 2)
    assert weights.shape == (B, T, S)
    for t in range(T):
        one, its_weights = look_up(query[:, t], key, value, MASK, score=score)
        assert_same(one, context[:, t])
        assert_same(its_weights, weights[:, t])
    assert_same(weights.sum(-1), torch.ones(B, T).double())
    assert (weights[~MASK.unsqueeze(1).expand(B, T, S)] == 0).all()
    assert_same(context, torch.einsum("bts,bsv->btv", weights, value))


def test_attend_is_the_look_up_and_one_query_is_the_soft_lookup():
    query, key, value = random(B, T, H), random(B, S, H, seed=1), random(B, S, K, seed=2)
    got, expected = attend(query, key, value, MASK, dot), look_up(query, key, value, MASK)
    assert all(torch.equal(a, b) for a, b in zip(got, expected, strict=True))
    one = look_up(query[:1], key[:1], value[:1])[0][0]
    for t in range(T):
        assert_same(soft_lookup(query[0, t], key[0], value[0]), one[t])


def test_a_sharp_query_looks_up_its_value():
    """The soft dictionary becomes a dictionary: a query that equals one key, times much, finds its value."""
    key, value = torch.eye(4).unsqueeze(0), torch.tensor([[[10.0], [20.0], [30.0], [40.0]]])
    context, weights = look_up(100 * key[:, 2], key, value)
    assert context.item() == pytest.approx(30)
    assert weights[0].tolist() == pytest.approx([0, 0, 1, 0])
    context, weights = look_up(torch.zeros(1, 4), key, value, torch.tensor([[True, True, False, False]]))
    assert context.item() == pytest.approx(15), "no preference: the mean, over what may be attended to"


def test_keys_and_values_are_not_alike():
    query, key, value = random(B, H), random(B, S, H, seed=1), random(B, S, H, seed=2)
    context, weights = look_up(query, key, value, MASK)
    assert_same(look_up(query, key, 2 * value, MASK)[0], 2 * context)
    assert_same(look_up(query, key, 2 * value, MASK)[1], weights)
    assert not torch.allclose(look_up(query, 2 * key, value, MASK)[1], weights)


def test_what_stands_in_the_padding_does_not_matter():
    query, key, value = random(B, T, H), random(B, S, H, seed=1), random(B, S, H, seed=2)
    hidden_away = ~MASK.unsqueeze(-1)
    results = []
    for filler in (0.0, 1e3):
        keys, values = (t.masked_fill(hidden_away, filler).requires_grad_() for t in (key, value))
        context, weights = look_up(query, keys, values, MASK)
        gradients = torch.autograd.grad(context.square().sum(), [keys, values])
        assert all((gradient[~MASK] == 0).all() for gradient in gradients)
        results.append([context, weights, *gradients])
    for got, expected in zip(*results, strict=True):
        assert_same(got, expected)


def test_attend_with_nothing_to_attend_to():
    mask = MASK.clone()
    mask[1] = False
    query = random(B, T, H).requires_grad_()
    context, weights = look_up(query, random(B, S, H), random(B, S, K), mask)
    assert (weights[1] == 0).all()
    assert (context[1] == 0).all()
    context.sum().backward()
    assert query.grad.isfinite().all()
    assert (query.grad[1] == 0).all()


def test_attend_refuses():
    query, key, value = random(B, T, H), random(B, S, H), random(B, S, K)
    with pytest.raises(ValueError, match=r"mask must have shape \(B=3, S=5\) or \(B, T=4, S\), got \(5, 3\)"):
        look_up(query, key, value, MASK.T)
    for shape in [(3, 4), (5,), (3, 1), (3, 4, 4), (1, 3, 4, 5), (3, 1, 5)]:
        with pytest.raises(ValueError, match=rf"mask must have shape .* got {re.escape(str(shape))}"):
            look_up(query, key, value, torch.ones(shape, dtype=torch.bool))
    with pytest.raises(ValueError, match=r"mask must be bool, True where attention may go, got torch.float64"):
        look_up(query, key, value, MASK.double())
    with pytest.raises(ValueError, match=r"value \(B, S, .\), got \(3, 4, 6\), \(3, 5, 6\), \(3, 4, 7\)"):
        look_up(query, key, value[:, :4])
    with pytest.raises(ValueError, match=r"got \(6,\)"):
        look_up(query[0, 0], key, value)
    with pytest.raises(ValueError, match="as many queries as sources, B=2, got 3 sources"):
        look_up(query[:2], key, value)
    with pytest.raises(ValueError, match=r"scores must have shape \(B=3, T=4, S=5\), got \(3, 5, 4\)"):
        look_up(query, key, value, MASK, score=lambda q, k: dot(k, q))
    # the published bug: a score of size 1 on the last axis, whose softmax is 1 everywhere
    with pytest.raises(ValueError, match=r"scores must have shape .* got \(3, 4, 5, 1\)"):
        look_up(query, key, value, MASK, score=lambda q, k: dot(q, k).unsqueeze(-1))


# --- one step ---------------------------------------------------------------------------------------------------


def test_luong_queries_with_the_new_state_and_bahdanau_with_the_old():
    E = 4
    x, h, c = random(B, E), random(B, H, seed=1).tanh(), random(B, H, seed=2)
    key, value = random(B, S, H, seed=3), random(B, S, K, seed=4)
    cell, combine = LSTMCell(E, H).double(), nn.Linear(K + H, H, bias=False).double()
    vector, state, weights = luong_step(cell, x, (h, c), key, value, MASK, dot, combine)
    new = cell(x, (h, c))
    context, expected = look_up(new[0], key, value, MASK)
    assert_same(state[0], new[0])
    assert_same(weights, expected)
    assert_same(vector, (torch.cat([context, new[0]], dim=1) @ combine.weight.T).tanh())

    wide = LSTMCell(E + K, H).double()
    state, context, weights = bahdanau_step(wide, x, (h, c), key, value, MASK, dot)
    expected_context, expected = look_up(h, key, value, MASK)
    assert_same(weights, expected)
    assert_same(context, expected_context)
    assert_same(state[0], wide(torch.cat([x, context], dim=1), (h, c))[0])
    assert not torch.allclose(look_up(state[0], key, value, MASK)[1], weights)


# --- coverage -----------------------------------------------------------------------------------------------


def test_coverage_by_hand():
    weights = torch.tensor([[[0.5, 0.5, 0.0], [0.25, 0.25, 0.5], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]])
    covered = coverage(weights)
    assert covered.tolist() == [[[0, 0, 0], [0.5, 0.5, 0], [0.75, 0.75, 0.5], [1.75, 0.75, 0.5]]]
