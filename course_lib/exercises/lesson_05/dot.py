"""Exercise 05.dot: every query with every key, and with `scaled=True` divided by sqrt(H)."""

import math

import torch

from course_lib.attention import dot
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn_with_gradients, normal, parted
from course_lib.exercises.lesson_05.shared import score_mistakes


@parted
def _with(
    by: Function = lambda q, k: q.shape[-1] ** 0.5, product: Function = dot, when: Function = bool,
    given: Function = lambda q, k: (q, k), result: Function = lambda scores: scores,
) -> Function:  # fmt: skip
    """Another product, divisor, case in which it divides, or other inputs or scores."""
    return lambda q, k, scaled=False: result(product(*given(q, k)) / (by(q, k) if when(scaled) else 1))


MISTAKES = (
    ("the scaled score is divided by H; divide by its root, `math.sqrt(query.shape[-1])`",
     _with(by=lambda q, k: q.shape[-1])),
    ("the scaled score is divided by sqrt(S); divide by sqrt(H)", _with(by=lambda q, k: k.shape[1] ** 0.5)),
    ("the scaled score is divided by sqrt(T); divide by sqrt(H)", _with(by=lambda q, k: q.shape[1] ** 0.5)),
    ("the scaled score is divided by sqrt(B); divide by sqrt(H)", _with(by=lambda q, k: len(q) ** 0.5)),
    ("the scaled score is multiplied by sqrt(H); divide by it", _with(by=lambda q, k: 1 / q.shape[-1] ** 0.5)),
    ("the scaled score is multiplied by H; divide by its square root", _with(by=lambda q, k: 1 / q.shape[-1])),
    ("the root is rounded to a whole number: `math.sqrt(query.shape[-1])`",
     _with(by=lambda q, k: math.isqrt(q.shape[-1])), _with(by=lambda q, k: round(q.shape[-1] ** 0.5))),
    ("`scaled=True` changes nothing: divide by sqrt(H) then", _with(when=lambda scaled: False)),
    ("the scores are divided by sqrt(H) always: only with `scaled=True`", _with(when=lambda scaled: True)),
    ("without `scaled` nothing is divided: keep the default value that the exercise gives, False",
     lambda q, k, scaled=True: dot(q, k, scaled)),
    ("it is the wrong way round: with `scaled=True` divide, else don't", _with(when=lambda scaled: not scaled)),
    ("query t meets key t alone: compare every query with every key",
     _with(product=lambda q, k: (q * k).sum(-1)), lambda q, k, s=False: (q * k).sum(-1),
     _with(product=lambda q, k: (q * k).sum(-1).diag_embed())),
    ("the numbers are multiplied, but not summed over H", lambda q, k, s=False: q * k),
    ("the key is not turned (`view` and `reshape` don't do it): `key.transpose(1, 2)`",
     _with(product=lambda q, k: q @ k.reshape(len(k), k.shape[2], k.shape[1]))),
    ("the vectors are made of length 1 first (cosine); the plain product is asked for",
     _with(product=lambda q, k: torch.cosine_similarity(q[:, :, None], k[:, None], dim=-1))),
    ("the result is the mean of the products, the sum divided by H", lambda q, k, s=False: dot(q, k) / q.shape[-1]),
    *score_mistakes(_with),
)  # fmt: skip
_EVERY = "`query @ key.transpose(1, 2)`: (B, T, H) @ (B, H, S)."
ADVICE = (
    ("math domain", "sqrt is taken of H, the size of the vectors, `query.shape[-1]`."),
    ("Expected size for first two dimensions of batch2", _EVERY),
    ("must match the size of tensor", f"Every query with every key is a product of matrices: {_EVERY}"),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for seed, (B, T, S, H) in enumerate([(2, 3, 3, 3), (2, 2, 2, 4), (3, 2, 4, 3), (1, 1, 5, 2), (2, 4, 1, 9)]):
        query, key = normal(seed, B, T, H), normal(seed + 10, B, S, H)
        for scaled in ((False,), (True,), ()):  # it has a default
            trial.agrees(query, key, *scaled)

    def draw(chance: Chance) -> tuple[torch.Tensor, torch.Tensor, bool]:
        B, T, S, H = (chance.n() for _ in range(4))
        return chance.normal(B, T, H), chance.normal(B, S, H), chance.random() < 0.5

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="05.dot", reference=dot, difficulty=2, minutes=6,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("One product of matrices per sentence: (T, H) @ (H, S) = (T, S). torch makes it for the whole batch.",
           "`key.transpose(1, 2)` is (B, H, S). Then `query @ ...` is (B, T, S).",
           "With `scaled=True` divide by `math.sqrt(query.shape[-1])`."),
    explanation="""Each score is a sum of H products. If the numbers are independent with variance 1, their sum has
variance H and a typical size of sqrt(H): the larger the vectors, the sharper the softmax, and a sharp softmax passes
hardly any gradient. Divided by sqrt(H) the scores have variance 1 whatever H is. Division by H would make them small,
and every weight nearly equal.""")  # fmt: skip
