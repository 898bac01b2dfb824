"""How a Transformer is trained: a learning rate with warm-up, and a loss with smoothed labels.

Vaswani et al. 2017: Attention Is All You Need, arXiv:1706.03762
Szegedy et al. 2016: Rethinking the Inception Architecture for Computer Vision (label smoothing), arXiv:1512.00567
"""

from collections.abc import Callable

from torch import Tensor, nn

from course_lib.seq2seq import check_target
from course_lib.text import PAD

# --- the learning rate ----------------------------------------------------------------------------------------


def warmup_rate(step: int, D: int, warmup: int) -> float:
    """The learning rate at a step, from 1: rises linearly for `warmup` steps, then falls with the root of the step.

        D^-0.5 min(step^-0.5, step warmup^-1.5)

    Vaswani et al. 2017, eq. 3.
    """
    return float(D**-0.5 * min(step**-0.5, step * warmup**-1.5))


def warmup_schedule(D: int, warmup: int) -> Callable[[int], float]:
    """`warmup_rate` as a schedule, from the step to the rate: for an optimizer whose own learning rate is 1.

    Raises ValueError for D or warmup below 1, and the schedule for a step below 1.
    """

    def rate(step: int) -> float:
        if min(step, D, warmup) < 1:
            raise ValueError(f"step, D and warmup must be at least 1, got {step}, {D} and {warmup}")
        return warmup_rate(step, D, warmup)

    rate(1)
    return rate


# --- the loss -------------------------------------------------------------------------------------------------


def smoothed_nll(logits: Tensor, targets: Tensor, smoothing: float) -> Tensor:
    """Cross-entropy with a label that is a little unsure: logits (n, V), ids (n,) -> (n,), in nats.

        (1 - smoothing) (-log p(target)) + smoothing * the mean over all V words of (-log p)

    Szegedy et al. 2016, section 7. Equal to `torch.nn.functional.cross_entropy(..., label_smoothing=smoothing)`.
    """
    log_p = logits.log_softmax(-1)  # (n, V)
    of_target = log_p.gather(-1, targets[:, None]).squeeze(-1)  # (n,)
    return -(1 - smoothing) * of_target - smoothing * log_p.mean(-1)


def smoothed_loss(smoothing: float = 0.1) -> Callable[[nn.Module, tuple[Tensor, Tensor]], Tensor]:
    """A loss for `training.fit`: the mean of `smoothed_nll` over the real words of a batch (source, target).

    It serves every model with `features` and `output`.

    Raises ValueError for a smoothing outside 0 .. 1, and the loss for a model whose logits do not fit the words.
    """
    if not 0 <= smoothing <= 1:
        raise ValueError(f"smoothing must be from 0 to 1, got {smoothing}")

    def loss(model: nn.Module, batch: tuple[Tensor, Tensor]) -> Tensor:
        source, target = batch
        check_target(target)
        features, _ = model.features(source, target[:, :-1])
        real = target[:, 1:] != PAD
        logits, targets = model.output(features[real]), target[:, 1:][real]
        if logits.dim() != 2 or targets.shape != logits.shape[:1]:
            shapes = f"{tuple(logits.shape)} and {tuple(targets.shape)}"
            raise ValueError(f"expected logits (n, V) and targets (n,), got {shapes}")
        return smoothed_nll(logits, targets, smoothing).mean()

    return loss
