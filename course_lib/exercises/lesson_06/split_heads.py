"""Exercise 06.split_heads: which number goes to which head."""

import torch

from course_lib.exercises.kit import Chance, Exercise, Mistake, Trial, drawn_with_gradients, normal
from course_lib.transformer import split_heads

_MIXED = "mixes positions: cut the last dimension alone, `.view(B, T, N, d_k)`, then `.transpose(1, 2)`"
MISTAKES: tuple[Mistake, ...] = (
    (f"`view(B, N, T, d_k)` has the right shape, but {_MIXED}", lambda x, N: x.reshape(len(x), N, x.shape[1], -1)),
    (f"`view(B, N, d_k, T)` {_MIXED}", lambda x, N: x.reshape(len(x), N, -1, x.shape[1]).mT),
    ("the heads still stand behind the positions: `.transpose(1, 2)`", lambda x, N: split_heads(x, N).transpose(1, 2)),
    ("a head gets every N-th number, not d_k side by side", lambda x, N: x.unflatten(-1, (-1, N)).permute(0, 3, 1, 2)),
    ("each head is N wide and there are d_k of them; there are N", lambda x, N: split_heads(x, x.shape[-1] // N)),
    ("the heads come before the batch; the shape is (B, N, T, d_k)", lambda x, N: split_heads(x, N).transpose(0, 1)),
    ("heads and batch are one dimension; keep both, (B, N, T, d_k)", lambda x, N: split_heads(x, N).flatten(0, 1)),
    ("the last two dimensions are interchanged; the shape is (B, N, T, d_k)", lambda x, N: split_heads(x, N).mT),
    ("the positions are cut into heads; cut the last dimension", lambda x, N: torch.stack(x.chunk(N, dim=1), dim=1)),
    ("every head gets the whole vector; it gets d_k = D / N numbers", lambda x, N: x[:, None].expand(-1, N, -1, -1)),
    ("the heads are in reverse order; head 0 has the first d_k numbers", lambda x, N: split_heads(x, N).flip(1)),
)  # fmt: skip
_SIZE = "`/` gives a float; a size is `D // N`."
ADVICE = (
    ("must be tuple of ints", _SIZE), ("float' object cannot be interpreted", _SIZE), ("must be multiple", _SIZE),
    ("is invalid for input of size", "`.view(B, T, N, d_k)` with d_k = D // N: as many numbers as before."),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for seed, (B, T, N, d_k) in enumerate([(2, 4, 2, 3), (1, 5, 3, 2), (3, 2, 2, 2), (2, 3, 1, 4), (2, 3, 4, 1)]):
        trial.agrees(normal(seed, B, T, N * d_k), N)
    trial.gradients_agree(normal(9, 2, 3, 8), 2)

    def draw(chance: Chance) -> tuple[torch.Tensor, int]:
        N = chance.n()
        B, T, D = chance.n(), chance.n(), N * chance.n()  # x need not stand in memory row by row
        return chance.choice([chance.normal(B, T, D), chance.normal(B, D, T).mT, chance.normal(T, B, D).mT.mT]), N

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="06.split_heads", reference=split_heads, difficulty=2, minutes=6, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Cut the D numbers of each position into N rows: `.view(B, T, N, d_k)` with d_k = D // N. No number moves.",
        "Then bring the heads before the positions: `.transpose(1, 2)`."), explanation="""
`view` cuts, `transpose` moves. The D numbers of one position lie side by side, so only they can be cut by `view` into N
heads of d_k numbers: (B, T, N, d_k). `view(B, N, T, d_k)` in one go has the right shape and the wrong content: its
first head would hold whole vectors of the first positions.""")  # fmt: skip
