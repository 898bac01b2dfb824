"""Exercise 05.soft_lookup: the sum of the values, weighted by the softmax of the scores."""

import torch

from course_lib.attention import soft_lookup
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn_with_gradients, normal, parted


@parted
def _weigh(
    weights: Function = lambda scores: scores.softmax(-1), mix: Function = lambda w, v: w @ v,
    score: Function = lambda k, q: k @ q,
) -> Function:  # fmt: skip
    """A look-up with other weights, of the scores (S,), another end, or other scores."""
    return lambda q, k, v: mix(weights(score(k, q)), v)


MISTAKES = (
    ("it takes the one value that fits best: that is the hard dictionary; take the weighted mean of all",
     lambda q, k, v: v[(k @ q).argmax()]),
    ("keys and values are interchanged: compare with keys, weight values", lambda q, k, v: soft_lookup(q, v, k)),
    ("the weights multiply the keys: compare with the keys, then take the weighted sum of the values",
     lambda q, k, v: soft_lookup(q, k, k)),
    ("the query is compared with the values: compare it with the keys", lambda q, k, v: soft_lookup(q, v, v)),
    ("the scores themselves are the weights: a softmax makes them positive, with the sum 1", _weigh(lambda s: s)),
    ("exp overflows, and inf / inf is NaN: subtract the largest score first, or use `softmax`",
     _weigh(lambda s: s.exp() / s.exp().sum())),
    ("scores are cut off (`clamp`), and different ones become equal: subtract the largest, or use `softmax`",
     *(_weigh(lambda s, most=most: s.clamp(-most, most).softmax(-1)) for most in (30, 50, 60, 80, 88))),
    ("the weights are exp(score), and don't sum to 1: divide by their sum, or use `softmax`", _weigh(torch.exp)),
    ("the scores are divided by their sum, which can be negative or 0: use the softmax", _weigh(lambda s: s / s.sum())),
    ("each weight is a sigmoid, and they don't sum to 1: use the softmax", _weigh(torch.sigmoid)),
    ("the weights are sigmoids, divided by their sum: use the softmax",
     _weigh(lambda s: s.sigmoid() / s.sigmoid().sum())),
    ("each weight is log p: `softmax`, not `log_softmax`", _weigh(lambda s: s.log_softmax(-1))),
    ("all values weigh the same, whatever the query says", _weigh(lambda s: torch.ones_like(s) / len(s))),
    ("every weight is 1, as from a softmax over an axis of size 1: it must run over the S keys",
     _weigh(torch.ones_like)),
    ("the softmax is taken twice: once is enough", _weigh(lambda s: s.softmax(-1).softmax(-1))),
    ("keys are compared by angle (cosine); the inner product is asked for",
     _weigh(score=lambda k, q: torch.cosine_similarity(k, q[None]))),
    ("keys are compared by their distance; the inner product is asked for",
     _weigh(score=lambda k, q: -(k - q).norm(dim=-1)), _weigh(score=lambda k, q: -(k - q).square().sum(-1)),
     _weigh(score=lambda k, q: -(k - q).square().sum(-1) / 2)),
    ("the softmax is taken of the values: it makes weights of the scores", lambda q, k, v: k @ q @ v.softmax(0)),
    ("the softmax favours the keys that fit worst: there is a minus", _weigh(lambda s: (-s).softmax(-1))),
    ("the scores are divided by sqrt(H): that comes in exercise 3", _weigh(score=lambda k, q: k @ q / len(q) ** 0.5)),
    ("these are the weights: multiply them with the values, `weights @ values`", lambda q, k, v: (k @ q).softmax(-1)),
    ("these are the scores: softmax first, then the weighted mean of the values", lambda q, k, v: k @ q),
    ("the query meets the columns of the keys; key j is row j: `keys @ query`", _weigh(score=lambda k, q: k.T @ q)),
    ("`values @ weights` sums over the numbers of each value; turn it round", _weigh(mix=lambda w, v: v @ w)),
    ("the weights multiply the numbers of each value, not the values: `weights @ values`",
     _weigh(mix=lambda w, v: (w * v).sum(0))),
    ("the sum runs over the numbers of each value; it should run over the S values, to (E,)",
     _weigh(mix=lambda w, v: (w[:, None] * v).sum(1))),
    ("every value is weighted, but they are not summed, to (E,)", _weigh(mix=lambda w, v: w[:, None] * v)),
    ("the weighted values are divided by their number as well", _weigh(mix=lambda w, v: w @ v / len(v))),
    ("the result is (1, E), a matrix of one row, as from `query[None]`: `[0]` takes the row",
     _weigh(mix=lambda w, v: (w @ v)[None])),
    ("where E is 1 the last axis is lost, as by a bare `squeeze()`: leave it out",
     _weigh(mix=lambda w, v: (w @ v).squeeze())),
)  # fmt: skip
ADVICE = (
    ("mat1 and mat2", "(S, H) @ (H,) is (S,), a score for each key; (S,) @ (S, E) is (E,)."),
    ("size mismatch",
     "(S, H) @ (H,) is (S,), a score for each key; (S,) @ (S, E) is (E,), the weighted sum of the values."),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for seed, (S, H, E) in enumerate([(3, 3, 3), (3, 2, 2), (4, 2, 3), (1, 3, 2), (6, 4, 1)]):
        trial.agrees(normal(seed, H), normal(seed + 10, S, H), normal(seed + 20, S, E))
    query, keys, values = normal(5, 3), normal(6, 4, 3), normal(7, 4, 2)
    trial.agrees(200 * query, keys, values)  # where exp overflows

    def draw(chance: Chance) -> tuple[torch.Tensor, ...]:
        S, H, E = chance.n(), chance.n(), chance.n()
        return chance.normal(H), chance.normal(S, H), chance.normal(S, E)

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="05.soft_lookup", reference=soft_lookup, difficulty=2, minutes=6, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Three lines: a score for each key, a weight for each score, the weighted mean of the values.",
        "`keys @ query` is the inner product of each row with the query, (S,); `.softmax(-1)` makes weights of them.",
        "`return (keys @ query).softmax(-1) @ values`"),
    explanation="""Compare, normalize, aggregate. A product (S, H) @ (H,) makes all S scores; the softmax makes them
positive with the sum 1; the product (S,) @ (S, E) is the weighted mean. Nothing is chosen, so everything has a
gradient: query, keys and values can all be learned. Were one score much larger than all others, the result would be
that one value: the hard dictionary is the limit.""")  # fmt: skip
