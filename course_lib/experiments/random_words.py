"""What several heads and a warm-up are for, on sentences of random words that are learned in seconds (lesson 06).

neighbours      for each word the word before it and the word behind it: two look-ups
turned          the sentence from its end to its beginning: any depth of layers
learn           train a model on one of the two
warmup          06.warmup   pre-norm and post-norm, with a warm-up and without
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import torch
from torch import Tensor, nn

from course_lib.experiments.registry import experiment
from course_lib.training import fit
from course_lib.transformer import EncoderLayer, sinusoidal_positions, warmup_rate

V, T, B = 20, 8, 32  # words of the vocabulary, words of a sentence, sentences at once
NONE = -100  # an answer that is not asked for

# --- the tasks ----------------------------------------------------------------------------------------------


def neighbours(ids: Tensor) -> Tensor:
    """The word before each word and the one behind it: ids (B, T) -> (B, T, 2); `NONE` for the first and the last."""
    answers = torch.stack([ids.roll(1, dims=1), ids.roll(-1, dims=1)], dim=2)
    answers[:, [0, -1]] = NONE
    return answers


def turned(ids: Tensor) -> Tensor:
    """The sentence from its end to its beginning: ids (B, T) -> (B, T, 1)."""
    return ids.flip(1).unsqueeze(2)


# --- a model that learns them -------------------------------------------------------------------------------


class WordModel(nn.Module):
    """Words and their positions, what is in the middle, and logits for each answer: ids (B, T) -> (B, T, answers, V).

    Args:
        middle: from (B, T, D) to (B, T, D).
    """

    def __init__(self, middle: nn.Module, D: int, answers: int):
        super().__init__()
        self.embedding, self.middle, self.output = nn.Embedding(V, D), middle, nn.Linear(D, answers * V)
        for weight in middle.parameters():
            if weight.dim() == 2:
                nn.init.xavier_uniform_(weight)

    def forward(self, ids: Tensor) -> Tensor:
        x = self.embedding(ids) + sinusoidal_positions(ids.shape[1], self.embedding.embedding_dim)
        logits: Tensor = self.output(self.middle(x)).unflatten(-1, (-1, V))
        return logits


class SelfAttention(nn.Module):
    """One look-up and nothing else: `attention(x, x)`, without the weights."""

    def __init__(self, attention: nn.Module):
        super().__init__()
        self.attention = attention

    def forward(self, x: Tensor) -> Tensor:
        output: Tensor = self.attention(x, x)[0]
        return output


class Learned(NamedTuple):
    """What a training was like: the loss of each step, and the share of right answers in the last batch."""

    losses: list[float]
    right: float


def learn(
    make: Callable[[], nn.Module],
    task: Callable[[Tensor], Tensor],
    seed: int,
    *,
    D: int = 32,
    steps: int = 200,
    rate: Callable[[int], float] = lambda step: 0.01,
) -> Learned:
    """Train a `WordModel` on random words with Adam.

    Args:
        make: makes its middle, of width D.
        task: `neighbours` or `turned`.
        rate: the learning rate at each step, from 1.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = WordModel(make(), D, answers=task(torch.zeros(1, T, dtype=torch.long)).shape[2])
        losses: list[float] = []
        right: list[float] = []

        def loss(model: nn.Module, ids: Tensor) -> Tensor:
            logits, answers = model(ids).flatten(0, 2), task(ids).flatten()
            asked = answers != NONE
            right.append((logits.argmax(-1) == answers)[asked].double().mean().item())
            return nn.functional.cross_entropy(logits[asked], answers[asked])

        fit(
            model,
            lambda: (torch.randint(V, (B, T)) for _ in range(steps)),
            loss,
            torch.optim.Adam(model.parameters(), lr=1.0),
            steps=steps,
            step_schedule=rate,
            on_step=lambda step: losses.append(step.loss),
        )
    return Learned(losses, right[-1])


# --- the stored run -----------------------------------------------------------------------------------------


@experiment("06.warmup", seeds=range(10, 15), L=4, D=32, N=4, steps=300, warmup=150, every=10)
def warmup(seed: int, *, L: int, D: int, N: int, steps: int, warmup: int, every: int) -> dict[str, list[float]]:
    """The loss of L layers that learn to turn a sentence round: for each kind its mean over every so many steps.

    Without a warm-up the rate is from the first step on what it otherwise reaches at the end of the warm-up.
    """

    def layers(norm_first: bool) -> nn.Module:
        return nn.Sequential(*(EncoderLayer(D, N, 2 * D, norm_first=norm_first) for _ in range(L)))

    kinds: dict[str, tuple[bool, Callable[[int], float]]] = {
        "post-norm, with a warm-up": (False, lambda step: warmup_rate(step, D, warmup)),
        "post-norm, without": (False, lambda step: warmup_rate(max(step, warmup), D, warmup)),
        "pre-norm, without": (True, lambda step: warmup_rate(max(step, warmup), D, warmup)),
    }
    figures: dict[str, list[float]] = {}
    for name, (norm_first, rate) in kinds.items():
        losses, _ = learn(partial(layers, norm_first), turned, seed, D=D, steps=steps, rate=rate)
        figures[name] = torch.tensor(losses).view(-1, every).mean(1).tolist()
    return figures
