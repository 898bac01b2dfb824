"""What dividing the scores by sqrt(d_k) does to the softmax (lesson 06)."""

import torch


def score_spread(seed: int, d_k: int, scale: float, queries: int = 200, S: int = 16) -> dict[str, float]:
    """What becomes of scores and softmax when queries and keys have d_k independent numbers of variance 1.

    Returns:
        "variance" of the scores, "largest" weight, "gradient": the norm of the softmax's derivative, the mean over
        queries. The derivative of the weights w is diag(w) - w wᵀ; it is zero where one weight is 1.
    """
    generator = torch.Generator().manual_seed(seed)
    query, key = (torch.randn(queries, n, d_k, generator=generator) for n in (1, S))
    scores = (query @ key.transpose(1, 2)).squeeze(1) * scale  # (queries, S)
    weights = scores.softmax(-1)
    derivative = torch.diag_embed(weights) - weights.unsqueeze(2) * weights.unsqueeze(1)  # (queries, S, S)
    return {
        "variance": scores.var().item(),
        "largest": weights.max(-1).values.mean().item(),
        "gradient": derivative.flatten(1).norm(dim=1).mean().item(),
    }
