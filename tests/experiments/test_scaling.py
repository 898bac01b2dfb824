"""What scaling does to the softmax."""

import numpy as np
import pytest
import torch

from course_lib.experiments.scaling import score_spread


def test_the_spread_of_scores_is_that_of_the_softmax_and_its_jacobian():
    found = score_spread(0, 8, 1.0, queries=4, S=3)
    generator = torch.Generator().manual_seed(0)
    query, key = (torch.randn(4, n, 8, generator=generator) for n in (1, 3))
    scores = torch.einsum("btk,bsk->bs", query, key)
    jacobians = [torch.autograd.functional.jacobian(lambda s: s.softmax(-1), row) for row in scores]
    assert found["variance"] == pytest.approx(scores.var().item(), rel=1e-5)
    assert found["gradient"] == pytest.approx(np.mean([j.norm().item() for j in jacobians]), rel=1e-5)
    assert found["largest"] == pytest.approx(scores.softmax(-1).amax(-1).mean().item(), rel=1e-5)
