"""Exercise 05.dot."""

import math
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.exercises.trial import Trial


def dot(query, key, scaled=False):
    scores = query @ key.transpose(1, 2)  # (B, T, H) @ (B, H, S)
    return scores / math.sqrt(query.shape[-1]) if scaled else scores


def _divided(by: Callable[[Tensor, Tensor], float]) -> Callable:
    """`dot` whose scaled form divides by something else."""
    return lambda query, key, scaled=False: dot(query, key) / (by(query, key) if scaled else 1)


MISTAKES = [
    ("the scaled score is divided by H; divide by its square root, `math.sqrt(H)`", _divided(lambda q, k: q.shape[-1])),
    ("the scaled score is divided by sqrt(S), the length of the source; H is what the products are summed over",
     _divided(lambda q, k: math.sqrt(k.shape[1]))),
    ("the scaled score is divided by sqrt(T), the number of steps; H is what the products are summed over",
     _divided(lambda q, k: math.sqrt(q.shape[1]))),
    ("the scaled score is divided by sqrt(B); H is what the products are summed over", _divided(lambda q, k: math.sqrt(len(q)))),
    ("the scaled score is multiplied by sqrt(H); divide by it", _divided(lambda q, k: 1 / math.sqrt(q.shape[-1]))),
    ("the scaled score is multiplied by H; divide by its square root", _divided(lambda q, k: 1 / q.shape[-1])),
    ("`scaled=True` changes nothing: divide by sqrt(H) then", _divided(lambda q, k: 1)),
    ("the scores are divided by sqrt(H) always: only with `scaled=True`", lambda q, k, scaled=False: dot(q, k, True)),
    ("it is the wrong way round: with `scaled=True` divide, else don't", lambda q, k, scaled=False: dot(q, k, not scaled)),
    ("the scores are turned: row t, column s is query t with key s, (B, T, S)",
     lambda q, k, scaled=False: dot(q, k, scaled).transpose(1, 2)),
    ("query t meets key t alone: every query is compared with every key, (B, T, S)", lambda q, k, scaled=False: (q * k).sum(-1)),
    ("the numbers are multiplied, but not summed over H", lambda q, k, scaled=False: q * k),
    ("all sentences are mixed: sentence b's queries meet sentence b's keys alone. `key.transpose(1, 2)` leaves the batch where it is",
     lambda q, k, scaled=False: torch.einsum("bth,csh->bts", q, k) / (math.sqrt(q.shape[-1]) if scaled else 1)),
    ("`transpose(0, 1)`, or `.T`, moves the batch: turn the last two axes, `key.transpose(1, 2)`",
     lambda q, k, scaled=False: q @ k.transpose(0, 1)),
    ("the key is not turned: `key.transpose(1, 2)`", lambda q, k, scaled=False: q @ k / (math.sqrt(q.shape[-1]) if scaled else 1)),
    ("the vectors are made of length 1 first (cosine); the plain product is asked for",
     lambda q, k, scaled=False: dot(F.normalize(q, dim=-1), F.normalize(k, dim=-1), scaled)),
    ("these are weights: the score function gives scores, the softmax comes later",
     lambda q, k, scaled=False: dot(q, k, scaled).softmax(-1)),
    ("the result is the mean of the products, the sum divided by H", lambda q, k, scaled=False: dot(q, k) / q.shape[-1]),
]  # fmt: skip


ADVICE = (
    ("math domain", "sqrt is taken of H, the size of the vectors, `query.shape[-1]`."),
    ("Expected size for first two dimensions of batch2", "`query @ key.transpose(1, 2)`: (B, T, H) @ (B, H, S)."),
    (
        "must match the size of tensor",
        "Every query with every key is a product of matrices: `query @ key.transpose(1, 2)`, (B, T, H) @ (B, H, S).",
    ),
)


def examine(trial: Trial) -> None:
    for seed, (B, T, S, H) in enumerate([(2, 3, 3, 3), (2, 2, 2, 4), (3, 2, 4, 3), (1, 1, 5, 2), (2, 4, 1, 9)]):
        query, key = normal(seed, B, T, H), normal(seed + 10, B, S, H)
        for scaled in (False, True):
            trial.agrees(query, key, scaled)
    trial.agrees(query.double(), key.double())
    trial.gradients_agree(normal(8, 2, 3, 4), normal(9, 2, 5, 4), True)


EXERCISE = Exercise(
    id="05.dot",
    reference=dot,
    difficulty=2,
    minutes=6,
    hints=(
        "One product of matrices per sentence: (T, H) @ (H, S) = (T, S). torch makes it for the whole batch.",
        "`key.transpose(1, 2)` is (B, H, S). Then `query @ ...` is (B, T, S).",
        "With `scaled=True` divide by `math.sqrt(query.shape[-1])`.",
    ),
    explanation="""
Each score is a sum of H products. If the numbers are independent with variance 1, their sum has variance H and a typical
size of sqrt(H): the larger the vectors, the sharper the softmax, and a sharp softmax passes hardly any gradient. Divided by
sqrt(H) the scores have variance 1 whatever H is. Division by H would make them small, and every weight nearly equal.""",
    mistakes=MISTAKES,
    advice=ADVICE,
    examine=examine,
)
