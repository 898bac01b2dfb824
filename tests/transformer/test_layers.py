"""The layers beside `torch.nn`: values, gradients, masks, the place of norm and dropout."""

import inspect

import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torch.testing import assert_close

from course_lib.text import PAD, SOS
from course_lib.transformer import DecoderLayer, EncoderLayer, LayerNorm, Transformer, layer_norm, target_mask
from tests.transformer.beside_torch import DTYPES, KERNELS, MASKS, agree, torch_masks

LAYERS = [EncoderLayer, DecoderLayer]


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_layer_norm_equals_torch(dtype):
    torch.manual_seed(0)
    oracle = nn.LayerNorm(4, dtype=dtype)  # 4: the unbiased deviation would differ by 15 %
    mine = LayerNorm(4).to(dtype)
    with torch.no_grad():
        oracle.weight.normal_()
        oracle.bias.normal_()
    mine.load_state_dict(oracle.state_dict())
    agree((mine, mine), (oracle, oracle), [torch.randn(3, 5, 4, dtype=dtype)], dtype)
    small = torch.randn(2, 4, dtype=dtype) * 1e-3  # here eps counts, and where it stands
    assert_close(mine(small), oracle(small), **DTYPES[dtype])
    other = F.layer_norm(small, (4,), oracle.weight, oracle.bias, eps=0.1)
    assert_close(layer_norm(small, oracle.weight, oracle.bias, 0.1), other, **DTYPES[dtype])


def test_the_mask_of_a_target_by_hand():
    ids = torch.tensor([[SOS, 5, 6], [SOS, PAD, 7]])
    whole = [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
    gap = [[1, 0, 0], [1, 0, 0], [1, 0, 1]]
    assert torch.equal(target_mask(ids), torch.tensor([whole, gap]).bool())


@pytest.mark.parametrize("kernels", KERNELS)
@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_encoder_layer_equals_torch(kernels, norm_first, mask, dtype):
    torch.manual_seed(0)
    D, N, H = 8, 2, 16
    oracle = nn.TransformerEncoderLayer(D, N, H, dropout=0.0, norm_first=norm_first, batch_first=True, dtype=dtype)
    attend, norm = KERNELS[kernels]
    mine = EncoderLayer(D, N, H, norm_first=norm_first, norm=norm).to(dtype)
    mine.load_state_dict(oracle.state_dict())
    mask = MASKS[mask](3, 5, 5)
    masks = {} if mask is None else {"src_key_padding_mask": ~mask} if mask.dim() == 2 else torch_masks(mask)
    if "attn_mask" in masks:
        masks = {"src_mask": masks["attn_mask"]}
    agree(
        (lambda x: mine(x, mask, attend=attend), mine),
        (lambda x: oracle(x, **masks), oracle),
        [torch.randn(3, 5, D, dtype=dtype)],
        dtype,
    )


@pytest.mark.parametrize("kernels", KERNELS)
@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("words", MASKS)
@pytest.mark.parametrize("source", ["none", "padding"])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_decoder_layer_equals_torch(kernels, norm_first, words, source, dtype):
    torch.manual_seed(0)
    B, T, S, D, N, H = 3, 4, 5, 8, 2, 16
    oracle = nn.TransformerDecoderLayer(D, N, H, dropout=0.0, norm_first=norm_first, batch_first=True, dtype=dtype)
    attend, norm = KERNELS[kernels]
    mine = DecoderLayer(D, N, H, norm_first=norm_first, norm=norm).to(dtype)
    mine.load_state_dict(oracle.state_dict())
    mask, source_mask = MASKS[words](B, T, T), MASKS[source](B, T, S)
    theirs = {"memory_key_padding_mask": None if source_mask is None else ~source_mask}
    for name, hidden in torch_masks(mask).items():
        theirs[{"attn_mask": "tgt_mask", "key_padding_mask": "tgt_key_padding_mask"}[name]] = hidden
    agree(
        (lambda x, y: mine(x, y, mask, source_mask, attend=attend), mine),
        (lambda x, y: oracle(x, y, **theirs), oracle),
        [torch.randn(B, T, D, dtype=dtype), torch.randn(B, S, D, dtype=dtype)],
        dtype,
    )


def test_dropout_stands_where_the_paper_has_it():
    """On what a sub-layer adds: with everything dropped, a pre-norm layer hands its input on."""
    x, memory = torch.randn(2, 3, 8), torch.randn(2, 5, 8)
    for make, given in ((EncoderLayer, (x,)), (DecoderLayer, (x, memory))):
        layer = make(8, 2, 16, dropout=1.0)
        assert_close(layer(*given), x)
        layer.eval()
        assert not torch.allclose(layer(*given), x)
    post = EncoderLayer(8, 2, 16, dropout=1.0, norm_first=False)
    assert_close(post(x), F.layer_norm(F.layer_norm(x, (8,)), (8,)))


@pytest.mark.parametrize("make", [*LAYERS, lambda *options: Transformer(None, None, 2, 16, 2, None, None, *options)])
def test_options_are_named(make):
    """`EncoderLayer(8, 2, 12, True)` could mean pre-norm, or drop everything."""
    with pytest.raises(TypeError, match="positional arguments"):
        make(*((8, 2, 12) if make in LAYERS else ()), True)


@pytest.mark.parametrize("make", [*LAYERS, Transformer])
def test_without_a_word_it_is_pre_norm_and_drops_nothing(make):
    defaults = {name: p.default for name, p in inspect.signature(make).parameters.items()}
    assert (defaults["norm_first"], defaults["dropout"], defaults["norm"]) == (True, 0.0, LayerNorm)


def test_no_kind_of_layer_is_another():
    assert not issubclass(DecoderLayer, EncoderLayer)
