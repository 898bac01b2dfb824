"""How likely the right words are (from lesson 02 on): the one place where their log-probabilities are picked."""

from torch import Tensor

from course_lib.text import PAD


def pick(values: Tensor, ids: Tensor) -> Tensor:
    """Of a value for every word that of one word: values (..., V), ids (...) -> (...)."""
    return values.gather(-1, ids.unsqueeze(-1)).squeeze(-1)


def nll(logits: Tensor, targets: Tensor) -> Tensor:
    """The negative log-likelihood -log p(target) of every target, in nats: logits (..., V), ids (...) -> (...)."""
    return -pick(logits.log_softmax(-1), targets)


def token_nll(logits: Tensor, targets: Tensor) -> Tensor:
    """`nll` of every real target of a batch: (n,), row after row.

    Args:
        logits: (B, T, V).
        targets: ids (B, T); `<pad>` marks what is no target.

    Raises:
        ValueError: shapes that do not fit, or no real target.
    """
    if logits.dim() != 3 or logits.shape[:2] != targets.shape:
        raise ValueError(
            f"expected logits (B, T, V) and targets (B, T), got {tuple(logits.shape)} and {tuple(targets.shape)}"
        )
    real = targets != PAD  # (B, T)
    if not real.any():
        raise ValueError("expected at least one target that is not <pad>, got none")
    return nll(logits[real], targets[real])
