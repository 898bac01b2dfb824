"""Attention block by block: the same as at once, gradients too, with memory that grows with the length alone."""

import math

import pytest
import torch
from torch.testing import assert_close

from course_lib import fast
from course_lib.experiments.memory import peak_bytes
from course_lib.transformer import Transformer, attend_heads, word_embedding
from course_lib.transformer.online import attend_in_blocks, online_softmax
from tests.transformer.beside_torch import MASKS


def test_a_softmax_by_hand():
    """Scores ln 1, ln 2, then ln 3: weights 1/6, 2/6, 3/6."""
    start = torch.tensor([[-math.inf]]), torch.zeros(1, 1), torch.zeros(1, 1)
    scores, values = torch.tensor([1.0, 2.0, 3.0]).log().unsqueeze(0), torch.tensor([[6.0], [12.0], [6.0]])
    state = online_softmax(scores[:, :2], values[:2], start)
    assert_close(state, (torch.tensor([[2.0]]).log(), torch.tensor([[1.5]]), torch.tensor([[15.0]])))
    largest, total, context = online_softmax(scores[:, 2:], values[2:], state)
    assert_close(largest, torch.tensor([[3.0]]).log())
    assert_close(total, torch.tensor([[2.0]]))
    assert_close(context / total, torch.tensor([[(6 + 24 + 18) / 6]]))


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("block", [1, 2, 3, 5, 100])
def test_blocks_change_nothing(mask, block):
    torch.manual_seed(1)
    B, N, T, S, d_k = 3, 2, 4, 5, 6
    query, key, value = (torch.randn(B, N, n, d_k, dtype=torch.float64, requires_grad=True) for n in (T, S, S))
    mask = MASKS[mask](B, T, S)
    expected, _ = attend_heads(query, key, value, mask)
    found, weights = attend_in_blocks(query, key, value, mask, block=block)
    assert weights is None
    assert_close(found, expected, rtol=1e-10, atol=1e-12)
    upstream = torch.randn_like(found)
    for ours, theirs in zip(
        *(torch.autograd.grad(each, (query, key, value), upstream) for each in (found, expected)), strict=True
    ):
        assert_close(ours, theirs, rtol=1e-9, atol=1e-11)


def test_large_scores_overflow_nowhere():
    """The largest comes last, and is beyond what e can be raised to."""
    query, value = torch.ones(1, 1, 1, 1), torch.tensor([1.0, 2.0, 3.0]).view(1, 1, 3, 1)
    key = torch.tensor([-900.0, 0.0, 900.0]).view(1, 1, 3, 1)
    assert_close(attend_in_blocks(query, key, value, block=1)[0], torch.full((1, 1, 1, 1), 3.0))


def test_who_may_look_nowhere_finds_zero():
    query, key = torch.randn(1, 2, 3, 4), torch.randn(1, 2, 5, 4)
    mask = torch.zeros(1, 3, 5, dtype=torch.bool)
    mask[:, 1] = True
    found, _ = attend_in_blocks(query, key, key, mask, block=2)
    assert not found[:, :, [0, 2]].any()
    assert_close(found, fast.attend_heads(query, key, key, mask)[0])


def test_a_whole_model_says_the_same():
    torch.manual_seed(2)
    model = Transformer(word_embedding(9, 8), word_embedding(9, 8), 2, 16, 2).eval()
    source, inputs = torch.tensor([[4, 5, 6, 7], [8, 4, 0, 0]]), torch.tensor([[2, 5, 6], [2, 7, 0]])
    by_blocks = model(source, inputs, attend=lambda *a: attend_in_blocks(*a, block=2))
    assert_close(by_blocks, model(source, inputs))


def test_a_block_of_nothing_is_refused():
    with pytest.raises(ValueError, match="block must be at least 1, got 0"):
        attend_in_blocks(*(torch.randn(1, 1, 2, 2) for _ in range(3)), block=0)


def peak(attend, length):
    """Megabytes that attention takes beyond its arguments."""
    x = torch.randn(1, 1, length, 16)
    with torch.no_grad():
        return peak_bytes(lambda: attend(x, x, x)) / 2**20


def test_memory_grows_with_the_length_and_not_with_its_square():
    scores = 2048**2 * 4 / 2**20
    assert 2 * scores <= peak(attend_heads, 2048) < 4 * scores
    in_blocks = peak(attend_in_blocks, 2048)
    assert in_blocks < scores / 2
    assert peak(attend_in_blocks, 4096) < 2.2 * in_blocks
