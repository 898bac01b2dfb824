"""Figures of merit, and how sure they are."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

# --- language models ----------------------------------------------------------------------------------------


def perplexity(nll: Iterable[Tensor]) -> float:
    """exp of the mean negative log-likelihood per token: as unsure as between so many equally likely words.

    The mean is over tokens, not over batches. Whether the words before were the true ones (teacher-forced) or the
    model's own (free-running) is up to whoever computes the likelihoods; figures of the two kinds do not compare.

        perplexity(next_word_nll(model, ids) for ids in batches)

    Args:
        nll: the negative log-likelihoods of the real tokens in nats, batch by batch, (n,) each. Computed here
            without gradients.

    Raises:
        ValueError: no tokens, or a tensor that is not (n,): a mean is not enough.
    """
    total, count = 0.0, 0
    with torch.no_grad():
        for values in nll:
            if values.dim() != 1:
                raise ValueError(f"expected the likelihood of each token, (n,), got shape {tuple(values.shape)}")
            total += values.sum(dtype=torch.float64).item()
            count += len(values)
    if not count:
        raise ValueError("expected at least one token, got none")
    mean = total / count
    return math.exp(mean) if mean < 700 else math.inf


# --- intervals ----------------------------------------------------------------------------------------------


class Interval(NamedTuple):
    """A mean and the bounds that hold the true one with the chosen confidence."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3g} [{self.low:.3g}, {self.high:.3g}]"


def t_interval(values: Sequence[float] | Tensor, level: float = 0.95) -> Interval:
    """Student's interval for the mean of few values, such as one per seed: mean ± t s / sqrt(n).

    For two models trained from the same seeds, take the interval of the differences: it is the narrower one.

    Args:
        values: (n,), assumed to be independent and roughly normal.
        level: how often such an interval holds the true mean.

    Raises:
        ValueError: fewer than two values, values that are not finite, or a level that is not between 0 and 1.
    """
    values = _sample(values, level)
    n = len(values)
    mean = values.mean().item()
    half = _t_quantile(level, n - 1) * values.std().item() / math.sqrt(n)
    return Interval(mean, mean - half, mean + half)


def bootstrap_interval(
    values: Sequence[float] | Tensor,
    level: float = 0.95,
    resamples: int = 10_000,
    generator: torch.Generator | None = None,
) -> Interval:
    """The percentile bootstrap interval of a mean, for many values of any distribution, such as one per sentence.

    The values are drawn anew, with replacement, as many as there are; the bounds are quantiles of the means
    (Efron, Tibshirani 1993, chapter 13). With fewer than about twenty values it is too narrow: see `t_interval`.

    Raises:
        ValueError: as `t_interval`.
    """
    values = _sample(values, level)
    n = len(values)
    block = max(1, 2_000_000 // n)  # means at a time, so that memory stays small
    means = torch.cat(
        [
            values[torch.randint(n, (min(block, resamples - start), n), generator=generator)].mean(1)
            for start in range(0, resamples, block)
        ]
    )
    tail = (1 - level) / 2
    low, high = means.quantile(torch.tensor([tail, 1 - tail], dtype=means.dtype)).tolist()
    return Interval(values.mean().item(), low, high)


def _sample(values: Sequence[float] | Tensor, level: float) -> Tensor:
    values = torch.as_tensor(values, dtype=torch.float64)
    if values.dim() != 1 or len(values) < 2:
        raise ValueError(f"expected at least two values, (n,), got shape {tuple(values.shape)}")
    if not values.isfinite().all():
        raise ValueError(f"expected finite values, got {values.tolist()}")
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, got {level}")
    return values


def _t_within(t: float, degrees: int) -> float:
    """P(-t < T < t) for Student's T (Abramowitz, Stegun 1964, 26.7.3 and 26.7.4)."""
    angle = math.atan(t / math.sqrt(degrees))
    odd = degrees % 2
    term = math.cos(angle) if odd else 1.0
    total = 0.0
    for k in range(2 + odd, degrees + 1, 2):
        total += term
        term *= math.cos(angle) ** 2 * (k - 1) / k
    total *= math.sin(angle)
    return 2 / math.pi * (angle + total) if odd else total


def _t_quantile(level: float, degrees: int) -> float:
    """The t with P(-t < T < t) = level, by bisection."""
    low, high = 0.0, 1.0
    while _t_within(high, degrees) < level:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if _t_within(middle, degrees) < level else (low, middle)
    return high
