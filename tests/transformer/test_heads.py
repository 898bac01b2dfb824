"""Attention in many heads, beside `torch.nn`: values, gradients, and what must and must not be seen."""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from course_lib import fast
from course_lib.masks import padding_mask
from course_lib.transformer import MultiHeadAttention, Recorded, attend_heads, merge_heads, multi_head, split_heads
from tests.transformer.beside_torch import DTYPES, MASKS, agree, torch_masks

both = pytest.mark.parametrize("attend", [attend_heads, fast.attend_heads], ids=["reference", "fast"])


def test_heads_are_split_and_merged():
    x = torch.arange(2 * 3 * 4).view(2, 3, 4).float()
    heads = split_heads(x, 2)
    assert heads.shape == (2, 2, 3, 2)
    assert_close(heads[1, 0], x[1, :, :2])
    assert_close(heads[1, 1], x[1, :, 2:])
    assert_close(merge_heads(heads), x)
    with pytest.raises(ValueError, match="D must be a multiple of the number of heads, got D=4 and N=3"):
        MultiHeadAttention(4, 3)


@both
@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_multi_head_attention_equals_torch(attend, mask, dtype):
    torch.manual_seed(0)
    B, T, S, D, N = 3, 4, 5, 8, 2
    oracle = nn.MultiheadAttention(D, N, batch_first=True, dtype=dtype)
    with torch.no_grad():
        oracle.in_proj_bias.normal_()
        oracle.out_proj.bias.normal_()
    mine = MultiHeadAttention(D, N).to(dtype)
    mine.load_state_dict(oracle.state_dict())
    mask = MASKS[mask](B, T, S)
    x, y = torch.randn(B, T, D, dtype=dtype), torch.randn(B, S, D, dtype=dtype)
    agree(
        (lambda x, y: mine(x, y, mask, attend=attend)[0], mine),
        (lambda x, y: oracle(x, y, y, **torch_masks(mask), need_weights=False)[0], oracle),
        [x, y],
        dtype,
    )
    _, weights = mine(x, y, mask, attend=attend)
    if attend is attend_heads:
        _, expected = oracle(x, y, y, **torch_masks(mask), average_attn_weights=False)
        assert_close(weights, expected, **DTYPES[dtype])
    else:
        assert weights is None


@pytest.mark.parametrize("mask", MASKS)
def test_the_module_is_the_function_with_parameters(mask):
    torch.manual_seed(0)
    module, mask = MultiHeadAttention(8, 2), MASKS[mask](3, 4, 5)
    nn.init.normal_(module.in_proj_bias)
    nn.init.normal_(module.out_proj.bias)
    x, y = torch.randn(3, 4, 8), torch.randn(3, 5, 8)
    parameters = module.in_proj_weight, module.in_proj_bias, module.out_proj.weight, module.out_proj.bias
    for got, expected in zip(module(x, y, mask), multi_head(x, y, 2, *parameters, mask), strict=True):
        assert_close(got, expected)


@both
def test_a_query_that_may_look_nowhere_finds_zero(attend):
    torch.manual_seed(0)
    query, key, value = (torch.randn(2, 2, 3, 4, requires_grad=True) for _ in range(3))
    mask = torch.ones(2, 3, 3, dtype=torch.bool)
    mask[1, 2] = False
    context, _ = attend(query, key, value, mask)
    assert context[1, :, 2].abs().sum() == 0
    assert context.isfinite().all()
    for gradient in torch.autograd.grad(context.sum(), (query, key, value)):
        assert gradient.isfinite().all()
    nowhere = padding_mask([3, 1], 3) & torch.tensor([[True], [False]])
    context, _ = attend(query, key, value, nowhere)
    assert context[1].abs().sum() == 0
    assert context[0].abs().sum() > 0


@both
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16], ids=str)
def test_half_precision_masks_make_no_nan(attend, dtype):
    torch.manual_seed(0)
    query, key, value = (torch.randn(2, 2, 3, 4).to(dtype) for _ in range(3))
    for mask in (padding_mask([3, 1]), padding_mask([3, 1]) & torch.tensor([[True], [False]])):
        context, _ = attend(query, key, value, mask)
        assert context.dtype == dtype
        assert context.isfinite().all()
        exact, _ = attend_heads(query.double(), key.double(), value.double(), mask)
        assert_close(context.double(), exact, atol=0.03, rtol=0.03)


@both
@pytest.mark.parametrize(
    ("mask", "message"),
    [
        (torch.zeros(2, 3), r"mask must be bool"),
        (torch.ones(2, 4, dtype=torch.bool), r"mask must have shape .*got .*\(., 4\)"),
        (torch.ones(3, 3, dtype=torch.bool), r"mask must have shape"),
        (torch.ones(2, 1, 3, dtype=torch.bool), r"\(B=2, S=3\) or \(B, T=3, S\), got \(2, 1, 3\)"),
    ],
)
def test_a_mask_that_does_not_fit_is_refused(attend, mask, message):
    attention, x = MultiHeadAttention(4, 2), torch.randn(2, 3, 4)
    with pytest.raises(ValueError, match=message):
        attention(x, x, mask, attend=attend)
    with pytest.raises(ValueError, match=message):
        attention.look_up(x, *attention.keys_values(x), mask, attend=attend)


@both
def test_true_means_may_be_seen(attend):
    """A mask of torch.nn.MultiheadAttention, where True hides, fails here: it would find what must not be seen."""
    value = torch.tensor([1.0, 100.0]).view(1, 1, 2, 1)
    context, _ = attend(torch.ones(1, 1, 1, 1), torch.ones(1, 1, 2, 1), value, torch.tensor([[True, False]]))
    assert context.item() == 1


def test_attention_refuses_other_shapes():
    attention = MultiHeadAttention(4, 2)
    with pytest.raises(ValueError, match=r"x \(B, T, D=4\) and y \(B, S, D=4\), got \(1, 2, 4\) and \(1, 2, 6\)"):
        attention(torch.zeros(1, 2, 4), torch.zeros(1, 2, 6))
    with pytest.raises(ValueError, match=r"got \(1, 2, 4\) and \(2, 2, 4\)"):
        attention(torch.zeros(1, 2, 4), torch.zeros(2, 2, 4))


def test_what_was_looked_at_is_recorded_call_by_call():
    torch.manual_seed(0)
    attention, x, y = MultiHeadAttention(4, 2), torch.randn(1, 3, 4), torch.randn(1, 5, 4)
    recorded = Recorded()
    outputs = [attention(x, other, attend=recorded) for other in (x, y)]
    assert [w.shape for w in recorded.weights] == [(1, 2, 3, 3), (1, 2, 3, 5)]
    assert all(w is weights for w, (_, weights) in zip(recorded.weights, outputs, strict=True))
    assert_close(outputs[1][0], attention(x, y)[0])
    fused = Recorded(fast.attend_heads)
    attention(x, y, attend=fused)
    assert fused.weights == [None]
