"""Perplexity and intervals, held against arithmetic, printed tables and simulation."""

import math

import pytest
import torch

from course_lib.metrics import Interval, bootstrap_interval, perplexity, t_interval


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def test_perplexity_by_hand():
    """Probabilities 1/2, 1/8 and 1/4: the mean is 2 ln 2, and e to that is 4. The mean is over tokens, not batches."""
    one, two = torch.tensor([0.5]).log().neg(), torch.tensor([1 / 8, 1 / 4]).log().neg()
    assert perplexity([one, two]) == pytest.approx(4)
    assert perplexity([two, one]) == pytest.approx(4)
    assert perplexity(torch.full((3, 5), math.log(7))) == pytest.approx(7), "a uniform model of 7 words"
    assert perplexity([torch.zeros(2)]) == 1
    assert perplexity([torch.tensor([1e6])]) == math.inf
    assert perplexity([torch.empty(0), one]) == pytest.approx(2)


def test_perplexity_needs_no_gradient_and_does_not_overflow():
    weight = torch.ones(4, requires_grad=True)
    graphs = []

    def batches():
        for _ in range(3):
            values = weight * 0.5
            graphs.append(values.requires_grad)
            yield values

    assert perplexity(batches()) == pytest.approx(math.exp(0.5))
    assert graphs == [False] * 3
    half = torch.ones(100_000, dtype=torch.float16)  # whose sum is beyond the largest half-precision number
    assert perplexity([half]) == pytest.approx(math.e)


def test_perplexity_refuses():
    with pytest.raises(ValueError, match="at least one token, got none"):
        perplexity([])
    with pytest.raises(ValueError, match=r"of each token, \(n,\), got shape \(\)"):
        perplexity([torch.tensor(2.0)])


@pytest.mark.parametrize(
    ("level", "table"),  # the printed table of Student's t, two-sided, for 1, 2, 3, 4, 9 and 30 degrees of freedom
    [
        (0.95, [12.706, 4.303, 3.182, 2.776, 2.262, 2.042]),
        (0.99, [63.657, 9.925, 5.841, 4.604, 3.250, 2.750]),
        (0.50, [1.000, 0.816, 0.765, 0.741, 0.703, 0.683]),
    ],
)
def test_t_interval_against_the_table(level, table):
    for degrees, t in zip([1, 2, 3, 4, 9, 30], table, strict=True):
        n = degrees + 1
        values = torch.arange(n, dtype=torch.float64)
        interval = t_interval(values, level)
        half = t * values.std() / math.sqrt(n)
        assert interval.mean == pytest.approx(values.mean().item())
        assert interval.high - interval.mean == pytest.approx(half.item(), rel=1e-3)
        assert interval.mean - interval.low == pytest.approx(half.item(), rel=1e-3)


def test_t_interval_by_hand():
    """1, 2, 3: mean 2, s 1, t(2) = 4.3027; 4.3027 / sqrt(3) = 2.4841."""
    interval = t_interval([1, 2, 3])
    assert interval == pytest.approx((2, -0.4841, 4.4841), abs=1e-4)
    assert str(interval) == "2 [-0.484, 4.48]"
    assert t_interval([5.0, 5.0, 5.0]) == Interval(5, 5, 5)


def test_intervals_hold_the_true_mean_as_often_as_they_say():
    values = torch.randn(1000, 4, generator=seeded(), dtype=torch.float64)
    held = [interval.low <= 0 <= interval.high for interval in map(t_interval, values)]
    assert sum(held) / 1000 == pytest.approx(0.95, abs=0.02)
    skewed = torch.empty(200, 60, dtype=torch.float64).exponential_(generator=seeded(1))
    intervals = [bootstrap_interval(row, resamples=500, generator=seeded(2)) for row in skewed]
    held = [interval.low <= 1 <= interval.high for interval in intervals]
    assert 0.87 < sum(held) / 200 < 0.98


def test_bootstrap_interval():
    values = torch.randn(400, generator=seeded(), dtype=torch.float64) + 3
    interval = bootstrap_interval(values, generator=seeded(1))
    half = 1.96 * values.std().item() / 20
    assert interval.mean == pytest.approx(values.mean().item())
    assert interval.low == pytest.approx(interval.mean - half, abs=0.1 * half)
    assert interval.high == pytest.approx(interval.mean + half, abs=0.1 * half)
    assert interval == bootstrap_interval(values.tolist(), generator=seeded(1))
    narrow = bootstrap_interval(values, level=0.5, generator=seeded(1))
    assert interval.low < narrow.low < narrow.high < interval.high
    state = torch.get_rng_state()
    bootstrap_interval(values, resamples=10, generator=seeded(1))
    assert torch.equal(torch.get_rng_state(), state)


@pytest.mark.parametrize("interval", [t_interval, bootstrap_interval])
def test_intervals_refuse(interval):
    with pytest.raises(ValueError, match=r"at least two values, \(n,\), got shape \(1,\)"):
        interval([1.0])
    with pytest.raises(ValueError, match=r"got shape \(2, 2\)"):
        interval(torch.zeros(2, 2))
    with pytest.raises(ValueError, match=r"finite values, got .*nan"):
        interval([1.0, math.nan])
    with pytest.raises(ValueError, match="level must be between 0 and 1, got 95"):
        interval([1.0, 2.0], level=95)
