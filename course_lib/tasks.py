"""Generated tasks (lessons 02 and 03): sequences whose answer needs a memory, to try a recurrent cell on in seconds.

Hochreiter, Schmidhuber 1997: Long Short-Term Memory, Neural Computation 9(8)
Gers, Schraudolph, Schmidhuber 2002: Learning Precise Timing with LSTM Recurrent Networks, JMLR 3
"""

import torch
from torch import Tensor


def adding_problem(B: int, T: int, *, generator: torch.Generator | None = None) -> tuple[Tensor, Tensor]:
    """The adding problem: x (B, T, 2) -> y (B,), the sum of the two values that are marked.

    x[..., 0] is uniform in [0, 1); x[..., 1] is 1 at one step of the first half and one of the second, else 0.
    Always answering 1, the mean, has a squared error of 1/6 = 0.1667 (each value's variance is 1/12); what comes
    below has kept both values for as many as T steps.

    Hochreiter, Schmidhuber 1997, experiment 4, in the form of Le, Jaitly, Hinton 2015 (arXiv:1504.00941).

    Raises:
        ValueError: B below 1, or T below 2.
    """
    if B < 1 or T < 2:
        raise ValueError(f"expected B of at least 1 and T of at least 2, got B={B}, T={T}")
    half = T // 2
    values = torch.rand(B, T, generator=generator)
    first = torch.randint(0, half, (B, 1), generator=generator)
    second = torch.randint(half, T, (B, 1), generator=generator)
    marked = torch.zeros(B, T).scatter_(1, torch.cat([first, second], dim=1), 1)
    return torch.stack([values, marked], dim=-1), (values * marked).sum(1)


def spike_delays(
    B: int, T: int, shortest: int, longest: int, *, generator: torch.Generator | None = None
) -> tuple[Tensor, Tensor, Tensor]:
    """Measure the delay between spikes: x (B, T, 1) -> y (B, T) where mask (B, T) is True.

    x is 1 at a spike, else 0; the first spike is at step 0, each further one `shortest` to `longest` steps after
    the one before, all delays equally likely. At each spike but the first the mask is True and y is the delay
    that just ended, scaled to 0 (shortest) .. 1 (longest); elsewhere y is 0. With n possible delays, always
    answering 1/2 has a squared error of (n + 1) / (12 (n - 1)), and to tell neighbours apart the error of an
    answer must stay below 1 / (2 (n - 1)).

    Gers, Schraudolph, Schmidhuber 2002, "measuring spike delays".

    Raises:
        ValueError: delays that are not 1 <= shortest < longest < T.
    """
    if not 1 <= shortest < longest < T:
        raise ValueError(f"expected 1 <= shortest < longest < T, got {shortest}, {longest} and T={T}")
    delays = torch.randint(shortest, longest + 1, (B, T // shortest), generator=generator)
    at = delays.cumsum(1).clamp(max=T)  # (B, T // shortest): the steps of the spikes; what lies beyond is cut off
    y = torch.zeros(B, T + 1).scatter_(1, at, (delays - shortest) / (longest - shortest))[:, :T]
    mask = torch.zeros(B, T + 1, dtype=torch.bool).scatter_(1, at, True)[:, :T]
    x = mask.float()
    x[:, 0] = 1
    return x.unsqueeze(-1), y, mask
