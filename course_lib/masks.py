"""Masks: True where something may be attended to or counted, everywhere in this library."""

from collections.abc import Sequence

import torch
from torch import Tensor


def padding_mask(lengths: Sequence[int] | Tensor, T: int | None = None) -> Tensor:
    """True at the real steps of sequences that are padded at the end: lengths (B,) -> bool (B, T).

    Args:
        lengths: how many real steps each sequence has.
        T: the length of the padded batch; None for the longest sequence's.

    Raises:
        ValueError: no sequence, a length that is not a whole number from 1 to T.
    """
    lengths = torch.as_tensor(lengths)
    if lengths.dim() != 1 or not len(lengths):
        raise ValueError(f"lengths must have shape (B,) with at least one length, got {tuple(lengths.shape)}")
    if lengths.is_floating_point() or lengths.dtype == torch.bool:
        raise ValueError(f"lengths must be whole numbers, got {lengths.dtype}")
    shortest, longest = (int(n) for n in lengths.aminmax())
    T = longest if T is None else T
    if shortest < 1 or longest > T:
        wrong = shortest if shortest < 1 else longest
        raise ValueError(f"lengths must be from 1 to T={T}, got {wrong} for sequence {lengths.tolist().index(wrong)}")
    return torch.arange(T, device=lengths.device) < lengths.unsqueeze(1)  # (B, T)


def causal_mask(T: int, *, device: torch.device | None = None) -> Tensor:
    """True where step t (row) may see step s (column), itself and all before it: bool (T, T), lower triangle.

    Raises:
        ValueError: T below 1.
    """
    if T < 1:
        raise ValueError(f"T must be at least 1, got {T}")
    return torch.ones(T, T, dtype=torch.bool, device=device).tril()


def check_mask(mask: Tensor, B: int, T: int) -> None:
    """Is this the mask of a batch of B sequences of T steps?

    Raises:
        ValueError: another shape or dtype than bool (B, T), or a sequence without a real step.
    """
    if mask.shape != (B, T) or mask.dtype != torch.bool:
        raise ValueError(f"mask must be bool of shape (B={B}, T={T}), got {mask.dtype} {tuple(mask.shape)}")
    empty = (~mask.any(1)).nonzero().flatten().tolist()
    if empty:
        raise ValueError(f"every sequence needs a real step (mask True), got none in sequence {empty[0]}")
