"""Exercise 05.general: the query, brought to the key's size by a weight, with every key."""

import torch

from course_lib.attention import general
from course_lib.exercises.kit import Chance, Exercise, Trial, drawn_with_gradients, normal
from course_lib.exercises.lesson_05.shared import TURNED, WEIGHTS

MISTAKES = (
    ("the weight is transposed: it is qᵀ W k, `query @ weight`", lambda q, k, w: general(q, k, w.T)),
    ("the weight is left out: it is qᵀ W k", lambda q, k, w: q @ k.transpose(1, 2)),
    ("the weight is used twice, for the query and for the key: it is qᵀ W k, once",
     lambda q, k, w: general(q @ w, k, w.T), lambda q, k, w: general(q @ w.T, k, w)),
    (TURNED, lambda q, k, w: general(q, k, w).transpose(1, 2)),
    ("query t meets key t alone: compare every query with every key", lambda q, k, w: ((q @ w) * k).sum(-1)),
    ("the scores are divided by the root of a size: that is not asked for here",
     *(lambda q, k, w, i=i: general(q, k, w) / w.shape[i] ** 0.5 for i in (0, 1))),
    ("query and weight are multiplied number by number: `query @ weight`", lambda q, k, w: q * w @ k.transpose(1, 2)),
    ("all sentences are mixed: queries meet keys of their own", lambda q, k, w: torch.einsum("bth,csh->bts", q @ w, k)),
    ("`view` and `reshape` don't turn axes, they deal the numbers out anew: `key.transpose(1, 2)`",
     lambda q, k, w: q @ w @ k.reshape(len(k), k.shape[2], k.shape[1])),
    ("there is a tanh: `general` is linear in the query and in the key",
     lambda q, k, w: (q @ w).tanh() @ k.transpose(1, 2), lambda q, k, w: general(q, k, w).tanh()),
    (WEIGHTS, lambda q, k, w: general(q, k, w).softmax(-1)),
    ("this is the projected query; it is still to be compared with the keys", lambda q, k, w: q @ w),
    ("this is the projected key; it is still to be compared with the queries", lambda q, k, w: k @ w.T),
    ("`.transpose(0, 1)` moves the batch: `key.transpose(1, 2)`", lambda q, k, w: q @ w @ k.transpose(0, 1)),
)  # fmt: skip
ADVICE = (
    ("Expected size for first two dimensions", "Turn the key's last two axes: `key.transpose(1, 2)`."),
    ("must match the size", "(B, T, size of query) @ (size of query, size of key): `query @ weight`."),
    ("mat1 and mat2", "(B, T, size of query) @ (size of query, size of key) needs no transpose: `query @ weight`."),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for seed, (B, T, S, Hq, Hk) in enumerate([(2, 3, 3, 3, 3), (2, 2, 4, 3, 3), (3, 2, 4, 3, 2), (1, 1, 5, 2, 4)]):
        arguments = normal(seed, B, T, Hq), normal(seed + 10, B, S, Hk), normal(seed + 20, Hq, Hk)
        trial.agrees(*arguments)

    def draw(chance: Chance) -> tuple[torch.Tensor, ...]:
        B, T, S, Hq, Hk = (chance.n() for _ in range(5))
        return chance.normal(B, T, Hq), chance.normal(B, S, Hk), chance.normal(Hq, Hk)

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="05.general", reference=general, difficulty=2, minutes=4,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("First bring the query to the key's size, (B, T, size of query) @ weight; then compare as in `dot`.",
           "`query @ weight` is (B, T, size of key).",
           "`return query @ weight @ key.transpose(1, 2)`"),
    explanation="""W says which number of the query is to be compared with which number of the key: with W = 1 it is
`dot`. So query and key need neither be of one size nor speak the same language. W is learned, like everything here. One
can multiply the keys first, once for all steps of a decoder; the result is the same.""")  # fmt: skip
