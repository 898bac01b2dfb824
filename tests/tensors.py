"""Numbers for the tests of recurrent networks: random tensors that a seed decides, and how near results must be."""

import torch

TOLERANCE = {torch.float32: 1e-6, torch.float64: 1e-10}
DTYPES = list(TOLERANCE)


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def random(*shape, seed=0, dtype=torch.float32):
    return torch.randn(*shape, generator=seeded(seed), dtype=dtype)


def assert_same(got, expected):
    torch.testing.assert_close(got, expected, rtol=0, atol=TOLERANCE[expected.dtype])
