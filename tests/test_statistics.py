"""Intervals and ranks, held against hand calculation, printed tables and simulation."""

import math
from itertools import pairwise

import pytest
import torch

from course_lib.statistics import Interval, spearman, t_interval

# --- intervals ----------------------------------------------------------------------------------------------


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
        interval = t_interval(values, level=level)
        half = t * values.std() / math.sqrt(n)
        assert interval.mean == pytest.approx(values.mean().item())
        assert interval.high - interval.mean == pytest.approx(half.item(), rel=1e-3)
        assert interval.mean - interval.low == pytest.approx(half.item(), rel=1e-3)


def test_t_interval_by_hand():
    """1, 2, 3: mean 2, s 1, t(2) = 4.3027; 4.3027 / sqrt(3) = 2.4841.

    With 2 degrees of freedom t has a closed form: P(-t < T < t) = t / sqrt(2 + t^2) = 0.95.
    """
    t = 0.95 * math.sqrt(2 / (1 - 0.95**2))
    interval = t_interval([1, 2, 3])
    assert interval == pytest.approx((2, 2 - t / math.sqrt(3), 2 + t / math.sqrt(3)), rel=1e-9)
    assert interval == pytest.approx((2, -0.4841, 4.4841), abs=1e-4)
    assert str(interval) == "2.0 [-0.5, 4.5]"
    assert str(Interval(-0.01, -2.49, 2.47)) == "0.0 [-2.5, 2.5]"
    assert str(Interval(-1.05, -100.2, 98.1)) == "-1 [-100, 98]"
    assert str(Interval(0.30192, 0.29841, 0.30543)) == "0.3019 [0.2984, 0.3054]"
    assert str(Interval(2.0, 2.0, 2.0)) == "2.000 [2.000, 2.000]"
    assert t_interval([5.0, 5.0, 5.0]) == Interval(5, 5, 5)


def test_a_higher_level_is_a_wider_interval():
    intervals = [t_interval([1, 2, 4], level=level) for level in (0.5, 0.9, 0.95, 0.99)]
    assert all(wide.low < narrow.low < narrow.high < wide.high for narrow, wide in pairwise(intervals))


def test_intervals_hold_the_true_mean_as_often_as_they_say():
    values = torch.randn(1000, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    held = [interval.low <= 0 <= interval.high for interval in map(t_interval, values)]
    assert sum(held) / 1000 == pytest.approx(0.95, abs=0.02)


def test_t_interval_refuses():
    with pytest.raises(ValueError, match=r"at least two values, \(n,\), got shape \(1,\)"):
        t_interval([1.0])
    with pytest.raises(ValueError, match=r"got shape \(2, 2\)"):
        t_interval(torch.zeros(2, 2))
    with pytest.raises(ValueError, match=r"finite values, got .*nan"):
        t_interval([1.0, math.nan])
    with pytest.raises(ValueError, match="level must be between 0 and 1, got 95"):
        t_interval([1.0, 2.0], level=95)


# --- ranks --------------------------------------------------------------------------------------------------


def test_spearman_by_hand():
    assert spearman([1, 2, 3], [10, 200, 3000]) == pytest.approx(1)
    assert spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    # Without ties 1 - 6 sum d^2 / (n (n^2 - 1)); here d = 1, 1, 1, 1, 0.
    assert spearman([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]) == pytest.approx(1 - 6 * 4 / (5 * 24))
    # Ties at their mean rank: ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4 -> 4.5 / sqrt(4.5 * 5).
    assert spearman([1, 2, 2, 3], torch.tensor([1.0, 2, 3, 4])) == pytest.approx(4.5 / math.sqrt(4.5 * 5))


def test_spearman_refuses_what_has_no_ranks():
    with pytest.raises(ValueError, match=r"equal length, at least 2, got \(2,\) and \(3,\)"):
        spearman([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="values that differ"):
        spearman([1, 1, 1], [1, 2, 3])
    with pytest.raises(ValueError, match="values that have an order, got nan"):
        spearman([1, 2, math.nan], [1, 2, 3])


def test_spearman_takes_what_carries_a_gradient():
    cosines = torch.tensor([0.1, 0.4, 0.2], requires_grad=True)
    assert spearman(cosines, [1, 3, 2]) == pytest.approx(1)
