"""What the tests of the Transformer's parts share: oracles of `torch.nn`, masks, and the two kinds of kernels."""

import torch
from torch import nn
from torch.testing import assert_close

from course_lib import fast
from course_lib.masks import padding_mask
from course_lib.transformer import LayerNorm, attend_heads

KERNELS = {"reference": (attend_heads, LayerNorm), "fast": (fast.attend_heads, nn.LayerNorm)}
DTYPES = {torch.float32: {"atol": 1e-6, "rtol": 1e-5}, torch.float64: {"atol": 1e-10, "rtol": 1e-10}}

MASKS = {
    "none": lambda B, T, S: None,
    "padding": lambda B, T, S: padding_mask([S, S - 1, 1], S),
    "causal": lambda B, T, S: torch.ones(T, S, dtype=torch.bool).tril().expand(B, T, S),
    "both": lambda B, T, S: torch.ones(T, S, dtype=torch.bool).tril() & padding_mask([S, S - 1, 1], S).unsqueeze(1),
}


def torch_masks(mask):
    """The same mask for `torch.nn.MultiheadAttention`, where True hides: padding, and one for each query."""
    if mask is None:
        return {}
    if mask.dim() == 2:
        return {"key_padding_mask": ~mask}
    return {"attn_mask": ~mask.repeat_interleave(2, dim=0)}


def agree(mine, theirs, x, dtype):
    """Values and gradients, of the inputs and of every parameter, of two modules applied to the same inputs."""
    results = []
    for function, module in (mine, theirs):
        inputs = [tensor.clone().requires_grad_() for tensor in x]
        output = function(*inputs)
        direction = torch.rand(output.shape, generator=torch.Generator().manual_seed(1), dtype=dtype)
        wanted = {name: p for name, p in module.named_parameters() if p.requires_grad}
        gradients = torch.autograd.grad((output * direction).sum(), [*inputs, *wanted.values()])
        results.append((output, dict(zip([*range(len(inputs)), *wanted], gradients, strict=True))))
    (output, gradients), (expected, right) = results
    assert_close(output, expected, **DTYPES[dtype])
    assert gradients.keys() == right.keys()
    for name in right:
        assert_close(gradients[name], right[name], atol=20 * DTYPES[dtype]["atol"], rtol=1e-4)
