"""Exercise 06.split_heads: which number goes to which head."""

import torch

from course_lib.exercises.kit import (
    Chance,
    Exercise,
    Function,
    Mistake,
    Trial,
    drawn_with_gradients,
    normal,
    parted,
)
from course_lib.transformer import split_heads

_MIXED = "mixes positions: cut the last dimension alone, `.view(B, T, N, d_k)`, then `.transpose(1, 2)`"


@parted
def _with(
    cut: Function = lambda x, N: x.unflatten(-1, (N, -1)), moved: Function = lambda heads: heads.transpose(1, 2),
    order: Function = lambda heads: heads,
) -> Function:  # fmt: skip
    """`split_heads` written wrongly: cut to (B, T, N, d_k) in another way, or with other dimensions or heads."""
    return lambda x, N: moved(order(cut(x, N)))


_stacked: Function = lambda x, N: torch.cat(x.chunk(N, -1), 1)  # noqa: E731
MISTAKES: tuple[Mistake, ...] = (
    (f"`view(B, N, T, d_k)` has the right shape, but {_MIXED}", lambda x, N: x.reshape(len(x), N, x.shape[1], -1)),
    (f"`view(B, N, d_k, T)` {_MIXED}", lambda x, N: x.reshape(len(x), N, -1, x.shape[1]).mT),
    ("x is transposed before the cut: first `.view(B, T, N, d_k)`, then `.transpose(1, 2)`",
     lambda x, N: x.mT.reshape(len(x), N, x.shape[1], -1)),
    ("the heads still stand behind the positions: `.transpose(1, 2)`", _with(moved=lambda heads: heads)),
    ("a head gets every N-th number; it should get d_k side by side", _with(lambda x, N: x.unflatten(-1, (-1, N)).mT)),
    ("each head is N wide and there are d_k of them; there should be N, each d_k wide",
     _with(lambda x, N: x.unflatten(-1, (-1, N)))),
    ("the heads come before the batch; the shape should be (B, N, T, d_k)", _with(moved=lambda h: h.movedim(2, 0))),
    ("positions and sentences are interchanged: x is (B, T, D), the result (B, N, T, d_k)",
     _with(moved=lambda heads: heads.permute(1, 2, 0, 3)), _with(moved=lambda heads: heads.transpose(0, 1))),
    ("every head gets the first d_k numbers; head 1 should have the next d_k, and so on",
     _with(order=lambda h: h[:, :, :1].expand_as(h))),
    ("heads and batch are one dimension; keep both, (B, N, T, d_k)",
     _with(moved=lambda heads: heads.transpose(1, 2).flatten(0, 1))),
    ("the last two dimensions are interchanged; the shape should be (B, N, T, d_k)",
     _with(moved=lambda heads: heads.permute(0, 2, 3, 1))),
    ("`torch.cat` puts the heads one after another; `torch.stack(..., dim=1)` makes a dimension for them",
     _stacked, lambda x, N: _stacked(x, N).view(*x.shape[:2], N, -1).transpose(1, 2),
     lambda x, N: torch.cat(x.chunk(N, -1))),
    ("a dimension of size 1 is lost; keep it, without `squeeze`: B, N, T and d_k may each be 1",
     *(lambda x, N, at=at: split_heads(x, N).squeeze(at) for at in ((0, 1, 2, 3), 0, 1, 2, 3))),
    ("head n begins at number n; it should begin at n * d_k",
     lambda x, N: x.unfold(2, x.shape[-1] // N, 1)[:, :, :N].transpose(1, 2)),
    ("the positions are cut into heads; cut the last dimension", lambda x, N: torch.stack(x.chunk(N, dim=1), dim=1)),
    ("every head gets the whole vector; it should get d_k = D / N numbers",
     lambda x, N: x[:, None].expand(-1, N, -1, -1)),
    ("the heads are in reverse order; head 0 should have the first d_k numbers", _with(order=lambda h: h.flip(2))),
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
