"""Exercise 05.general: the query, brought to the key's size by a weight, with every key."""

import torch

from course_lib.attention import general
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn_with_gradients, normal, parted
from course_lib.exercises.lesson_05.shared import score_mistakes


@parted
def _with(
    weigh: Function = lambda q, w: q @ w, product: Function = lambda q, k: q @ k.transpose(1, 2),
    given: Function = lambda q, k: (q, k), result: Function = lambda scores: scores,
) -> Function:  # fmt: skip
    """Another projection of the query, another product with the key, or other inputs or scores."""

    def score(query: torch.Tensor, key: torch.Tensor, weight: torch.Tensor) -> object:
        q, k = given(query, key)
        return result(product(weigh(q, weight), k))

    return score


MISTAKES = (
    ("the weight is transposed: `query @ weight`, or `key @ weight.T`",
     _with(weigh=lambda q, w: q @ (w.T if len(w) == w.shape[1] else w))),
    ("the weight is left out: it should be qᵀ W k", _with(weigh=lambda q, w: q)),
    ("the weight is used twice, for the query and for the key: it should be qᵀ W k, once",
     lambda q, k, w: general(q @ w, k, w.T), lambda q, k, w: general(q @ w.T, k, w)),
    ("query t meets key t alone: compare every query with every key", _with(product=lambda q, k: (q * k).sum(-1))),
    ("the scores are divided by the root of a size: that is not asked for here",
     _with(given=lambda q, k: (q / q.shape[-1] ** 0.5, k)), _with(given=lambda q, k: (q, k / k.shape[-1] ** 0.5))),
    ("the mean over the key's numbers is taken; it should be the sum",
     _with(product=lambda q, k: q @ k.mT / k.shape[-1])),
    ("query and weight are multiplied number by number: `query @ weight`", _with(weigh=lambda q, w: q * w)),
    ("the key is not turned (`view` and `reshape` don't do it): `key.transpose(1, 2)`",
     _with(product=lambda q, k: q @ k.reshape(len(k), k.shape[2], k.shape[1]))),
    ("there is a tanh: `general` is linear in the query and in the key",
     _with(weigh=lambda q, w: (q @ w).tanh()), _with(result=torch.tanh)),
    *score_mistakes(_with),
    ("this is the projected query; it is still to be compared with the keys", _with(product=lambda q, k: q)),
    ("this is the projected key; it is still to be compared with the queries", lambda q, k, w: k @ w.T),
)  # fmt: skip
ADVICE = (
    ("Expected size for first two dimensions", "Turn the key's last two axes: `key.transpose(1, 2)`."),
    ("must match the size", "Turn the key's last two axes, not the batch: `query @ weight @ key.transpose(1, 2)`."),
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
