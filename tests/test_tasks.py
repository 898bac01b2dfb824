"""Generated tasks: what they ask for, how often, and what guessing would cost."""

import pytest
import torch

from course_lib.tasks import adding_problem, spike_delays
from tests.tensors import assert_same, seeded


@pytest.mark.parametrize("T", [2, 5, 50])
def test_adding_problem(T):
    x, y = adding_problem(20_000, T, generator=seeded())
    values, marked = x.unbind(-1)
    assert x.shape == (20_000, T, 2)
    assert (marked.sum(1) == 2).all()
    assert (marked[:, : T // 2].sum(1) == 1).all()
    assert set(marked.unique().tolist()) <= {0.0, 1.0}
    assert_same(y, (values * marked).sum(1))
    assert marked.sum(0).min() > 0, "every step is marked now and then"
    assert values.min() >= 0
    assert values.max() < 1
    assert y.mean().item() == pytest.approx(1, abs=0.01)
    assert (y - 1).square().mean().item() == pytest.approx(1 / 6, abs=0.005)
    assert torch.equal(x, adding_problem(20_000, T, generator=seeded())[0])


def test_adding_problem_refuses():
    with pytest.raises(ValueError, match="T of at least 2, got B=3, T=1"):
        adding_problem(3, 1)


def test_spike_delays():
    x, y, mask = spike_delays(3000, 40, 3, 7, generator=seeded())
    spikes = x.squeeze(-1)
    assert x.shape == (3000, 40, 1)
    assert set(x.unique().tolist()) == {0.0, 1.0}
    assert (spikes[:, 0] == 1).all()
    assert torch.equal(mask, (spikes == 1) & (torch.arange(40) > 0))
    assert (y[~mask] == 0).all()
    delays = []
    for row, answers in zip(spikes[:200], y[:200], strict=True):
        at = row.nonzero().flatten()
        assert torch.allclose(answers[at[1:]], (at.diff() - 3) / 4)
        delays += at.diff().tolist()
        assert 40 - at[-1] <= 7, "no spike is missing at the end"
    assert set(delays) == {3, 4, 5, 6, 7}
    first = y.gather(1, mask.int().argmax(1, keepdim=True))  # of the first delay: nothing is cut off there
    assert first.mean().item() == pytest.approx(0.5, abs=0.02)
    assert (first - 0.5).square().mean().item() == pytest.approx(6 / (12 * 4), abs=0.005)
    assert torch.equal(x, spike_delays(3000, 40, 3, 7, generator=seeded())[0])


@pytest.mark.parametrize("delays", [(0, 3), (4, 4), (5, 4), (3, 20)])
def test_spike_delays_refuses(delays):
    with pytest.raises(ValueError, match=rf"1 <= shortest < longest < T, got {delays[0]}, {delays[1]} and T=20"):
        spike_delays(2, 20, *delays)
