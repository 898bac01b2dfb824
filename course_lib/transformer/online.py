"""Attention block by block (lesson 07): the softmax in one pass, and never all weights in memory.

A softmax seems to need all scores first, for their largest and for their sum. But what was summed with a smaller
maximum is right as soon as it is multiplied by e to the difference. So keys and values can come block by block, and of
T queries and S keys no more than T times a block is in memory at once. Kernels such as FlashAttention do so on a chip.

Milakov, Gimelshein 2018: Online Normalizer Calculation for Softmax, arXiv:1805.02867
Rabe, Staats 2021: Self-Attention Does Not Need O(n^2) Memory, arXiv:2112.05682
Dao, Fu, Ermon, Rudra, Ré 2022: FlashAttention, arXiv:2205.14135
"""

import math

import torch
from torch import Tensor


def online_softmax(
    scores: Tensor, values: Tensor, state: tuple[Tensor, Tensor, Tensor]
) -> tuple[Tensor, Tensor, Tensor]:
    """Take a further block of scores and values into a softmax that is under way.

        m' = max(m, max of the block)
        l' = l e^(m - m') + sum of e^(scores - m')
        c' = c e^(m - m') + e^(scores - m') values

    After the last block, c / l is softmax(all scores) times all values. Milakov, Gimelshein 2018, algorithm 3.

    Args:
        scores: of the block, (..., T, s); -inf where nothing is to be seen.
        values: of the block, (..., s, d_k).
        state: m (..., T, 1), the largest score so far, at first -inf; l (..., T, 1), the sum of e^(score - m), at first
            0; c (..., T, d_k), the values weighted with e^(score - m), at first 0.

    Returns:
        The next state.
    """
    largest, total, context = state
    new = torch.maximum(largest, scores.max(-1, keepdim=True).values)
    shift = new.masked_fill(new.isinf(), 0)  # where nothing is seen yet: -inf - -inf would be nan
    before = (largest - shift).exp()
    weights = (scores - shift).exp()
    return new, total * before + weights.sum(-1, keepdim=True), context * before + weights @ values


def attend_in_blocks(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None, *, block: int = 128
) -> tuple[Tensor, None]:
    """`transformer.attend_heads` with the keys in blocks: context (B, N, T, d_k); and None, for it tells no weights.

    Args:
        query, key, value, mask: as `attend_heads`; a query that may look nowhere finds zero.
        block: how many keys at once.

    Raises:
        ValueError: a block below 1.
    """
    if block < 1:
        raise ValueError(f"block must be at least 1, got {block}")
    if mask is not None:
        mask = mask[:, None, None] if mask.dim() == 2 else mask[:, None]  # (B, 1, 1 or T, S)
    largest = query.new_full((*query.shape[:-1], 1), -math.inf)
    state = (
        largest,
        torch.zeros_like(largest),
        torch.zeros_like(query[..., :1]).expand(*query.shape[:-1], value.shape[-1]),
    )
    for start in range(0, key.shape[2], block):
        here = slice(start, start + block)
        scores = query @ key[:, :, here].transpose(-2, -1) / math.sqrt(query.shape[-1])  # (B, N, T, block)
        if mask is not None:
            scores = scores.masked_fill(~mask[..., here], -math.inf)
        state = online_softmax(scores, value[:, :, here], state)
    _, total, context = state
    return context / total.masked_fill(total == 0, 1), None
