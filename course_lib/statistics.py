"""How sure a figure is, and how far two orders agree."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor


class Interval(NamedTuple):
    """A mean and the bounds that hold the true one with the chosen confidence."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        """With as many decimals as make two digits of half the width."""
        half = (self.high - self.low) / 2
        decimals = max(0, 1 - math.floor(math.log10(half))) if 0 < half < math.inf else 3
        mean, low, high = (f"{value:z.{decimals}f}" for value in self)
        return f"{mean} [{low}, {high}]"


def t_interval(values: Sequence[float] | Tensor, *, level: float = 0.95) -> Interval:
    """Student's interval for the mean of few values, such as one per seed: mean ± t s / sqrt(n).

    For two models trained from the same seeds, take the interval of the differences: it is the narrower one.

    Args:
        values: (n,), assumed to be independent and roughly normal.
        level: how often such an interval holds the true mean.

    Raises:
        ValueError: fewer than two values, values that are not finite, or a level that is not between 0 and 1.
    """
    values = torch.as_tensor(values, dtype=torch.float64)
    if values.dim() != 1 or len(values) < 2:
        raise ValueError(f"expected at least two values, (n,), got shape {tuple(values.shape)}")
    if not values.isfinite().all():
        raise ValueError(f"expected finite values, got {values.tolist()}")
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, got {level}")
    from scipy import stats  # when it is needed: it takes a while to load

    n = len(values)
    mean = values.mean().item()
    half = float(stats.t.ppf((1 + level) / 2, n - 1)) * values.std().item() / math.sqrt(n)
    return Interval(mean, mean - half, mean + half)


def spearman(x: Sequence[float] | Tensor, y: Sequence[float] | Tensor) -> float:
    """Spearman's rank correlation of x (n,) and y (n,): the correlation of the ranks, ties at their mean.

    Raises:
        ValueError: different lengths, fewer than two values, a nan, or values that are all the same.
    """
    x, y = (torch.as_tensor(values, dtype=torch.float64).detach() for values in (x, y))
    if x.dim() != 1 or x.shape != y.shape or len(x) < 2:
        raise ValueError(f"expected two rows of equal length, at least 2, got {tuple(x.shape)} and {tuple(y.shape)}")
    if x.isnan().any() or y.isnan().any():
        raise ValueError("expected values that have an order, got nan")
    if (x == x[0]).all() or (y == y[0]).all():
        raise ValueError("expected values that differ: where all are the same there is no rank")
    from scipy import stats

    return float(stats.spearmanr(x.numpy(), y.numpy()).statistic)
