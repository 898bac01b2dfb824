"""Scheduled sampling (lesson 04, section 8): what a step is told, the true word before it or the model's own.

The ratio of teacher forcing (교사 강요) is the probability of the true word: 1 is teacher forcing, 0 is free running.

Bengio, Vinyals, Jaitly, Shazeer 2015: Scheduled Sampling for Sequence Prediction, arXiv:1506.03099
"""

import math
from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor

from course_lib.likelihood import nll
from course_lib.seq2seq import TranslationModel, check_inputs, check_target, teacher_forced_logits, teacher_forced_nll
from course_lib.text import PAD

# --- what each step is told ---------------------------------------------------------------------------------


def next_inputs(truth: Tensor, logits: Tensor, ratio: float, coins: Tensor) -> Tensor:
    """The words that the next step is told, ids (B,): a coin for each sentence (Bengio et al. 2015, section 2.4).

    No gradient passes through the choice of a word.

    Args:
        truth: the true words, ids (B,).
        logits: (B, V); the likeliest word is the model's own.
        ratio: how often the truth is told.
        coins: (B,), drawn evenly from 0 (inclusive) to 1 (exclusive).
    """
    own = logits.argmax(-1)  # (B,)
    return torch.where(coins < ratio, truth, own)


def scheduled_logits(
    model: TranslationModel, source: Tensor, inputs: Tensor, ratio: float, generator: torch.Generator | None = None
) -> Tensor:
    """Source ids (B, S), inputs (B, T) -> logits (B, T, V), with teacher forcing of a ratio.

    logits[:, t] are about the word after inputs[:, t]; zero where the input is `<pad>`. A coin is thrown for every
    word of every sentence (Bengio et al. 2015 found one coin per sentence worse).

    Args:
        inputs: `<sos> y_1 ... y_T`, padded behind. The first step sees `<sos>`, whatever the ratio.
        ratio: 1: every step sees the true word before it, and all are computed at once.
        generator: throws the coins.

    Raises:
        ValueError: shapes that do not fit, a ratio outside 0 .. 1, a sentence without words.
    """
    if not 0 <= ratio <= 1:
        raise ValueError(f"ratio must be from 0 to 1, got {ratio}")
    if ratio == 1:
        return teacher_forced_logits(model, source, inputs)
    check_inputs(source, inputs)
    coins = torch.rand(inputs.shape, generator=generator, device=inputs.device)  # (B, T)
    state, tokens = model.start(source), inputs[:, 0]
    steps: list[Tensor] = []
    for t in range(inputs.shape[1]):
        if t > 0:
            tokens = next_inputs(inputs[:, t], steps[-1], ratio, coins[:, t])
        logits, state = model.step(tokens, state)
        steps.append(logits)
    return torch.stack(steps, dim=1).masked_fill((inputs == PAD).unsqueeze(-1), 0)


# --- likelihoods and losses ---------------------------------------------------------------------------------


def scheduled_nll(
    model: TranslationModel, source: Tensor, target: Tensor, ratio: float, generator: torch.Generator | None = None
) -> Tensor:
    """-log p of every real word with teacher forcing of a ratio, (n,): see `scheduled_logits`. For training."""
    if ratio == 1:
        return teacher_forced_nll(model, source, target)
    check_target(target)
    real = target[:, 1:] != PAD
    return nll(scheduled_logits(model, source, target[:, :-1], ratio, generator)[real], target[:, 1:][real])


def free_running_nll(model: TranslationModel, source: Tensor, target: Tensor) -> Tensor:
    """-log p(y_t | the model's own words before t, X) of every real word, in nats: (n,), row after row.

    The words before are the likeliest ones that the model said itself; what is scored are the true words, as many
    as there are. A model that says what the reference says has the teacher-forced figure; each slip costs from
    there on. So it is no likelihood of the sentence, and not to be compared with a teacher-forced figure.

    Args and errors: as `seq2seq.teacher_forced_nll`; the model needs `start` and `step`.
    """
    return scheduled_nll(model, source, target, ratio=0.0)


def scheduled_loss(
    schedule: Callable[[int], float], generator: torch.Generator | None = None
) -> Callable[[TranslationModel, tuple[Tensor, Tensor]], Tensor]:
    """A loss for `training.fit` whose teacher forcing follows a schedule: call i has the ratio schedule(i), i from 0.

    scheduled_loss(schedule("inverse sigmoid", k=200))
    """
    calls = 0

    def loss(model: TranslationModel, batch: tuple[Tensor, Tensor]) -> Tensor:
        nonlocal calls
        calls += 1
        return scheduled_nll(model, *batch, ratio=schedule(calls - 1), generator=generator).mean()

    return loss


# --- schedules: the ratio at training step i (Bengio et al. 2015, section 2.4) ------------------------------


def linear(i: float, slope: float, start: float = 1.0, floor: float = 0.0) -> float:
    """max(floor, start - slope i)."""
    return max(floor, start - slope * i)


def exponential(i: float, k: float) -> float:
    """k^i, with k between 0 and 1."""
    return math.pow(k, i)


def inverse_sigmoid(i: float, k: float) -> float:
    """k / (k + exp(i / k)), with k from 1 on: near 1 at first, a half at i = k ln k."""
    return k / (k + math.exp(min(i / k, 700)))  # beyond that it is 0, and exp would overflow


SCHEDULES: dict[str, Callable[..., float]] = {
    "linear": linear,
    "exponential": exponential,
    "inverse sigmoid": inverse_sigmoid,
}


def schedule(kind: str, **settings: float) -> Callable[[int], float]:
    """A schedule by its name, with its settings: from a training step to the ratio.

    Raises:
        ValueError: no such schedule; k that is not between 0 and 1 (exponential), or below 1 (inverse sigmoid).
    """
    if kind not in SCHEDULES:
        raise ValueError(f"schedule must be one of {', '.join(SCHEDULES)}, got {kind!r}")
    if kind == "exponential" and not 0 < settings["k"] < 1:
        raise ValueError(f"k must be between 0 and 1, got {settings['k']}")
    if kind == "inverse sigmoid" and settings["k"] < 1:
        raise ValueError(f"k must be at least 1, got {settings['k']}")
    return partial(SCHEDULES[kind], **settings)
