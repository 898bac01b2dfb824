"""Exercise 05.soft_lookup."""

import math
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.exercises.trial import Trial


def soft_lookup(query, keys, values):
    scores = keys @ query  # (S,)
    weights = scores.softmax(-1)
    return weights @ values


def _weigh(weights: Callable[[Tensor], Tensor]) -> Callable:
    """A look-up with other weights: a function of the scores (S,)."""
    return lambda query, keys, values: weights(keys @ query) @ values


MISTAKES = [
    ("it takes the one value whose key fits best: that is the hard dictionary. The soft one takes the mean of all values, "
     "weighted by the softmax of the scores", lambda query, keys, values: values[(keys @ query).argmax()]),
    ("keys and values are interchanged: the query is compared with the keys, and the values are what is averaged",
     lambda query, keys, values: (values @ query).softmax(-1) @ keys),
    ("the keys are averaged: compare with the keys, take the mean of the values",
     lambda query, keys, values: (keys @ query).softmax(-1) @ keys),
    ("the query is compared with the values: compare it with the keys",
     lambda query, keys, values: (values @ query).softmax(-1) @ values),
    ("the scores themselves are the weights: put them through a softmax first, so that they are positive and sum to 1",
     _weigh(lambda s: s)),
    ("the weights are exp(score), and don't sum to 1: divide by their sum, or use `softmax`", _weigh(torch.exp)),
    ("the scores are divided by their sum, which can be negative or 0: use the softmax", _weigh(lambda s: s / s.sum())),
    ("each weight is a sigmoid, and they don't sum to 1: use the softmax", _weigh(torch.sigmoid)),
    ("each weight is log p: `softmax`, not `log_softmax`", _weigh(lambda s: s.log_softmax(-1))),
    ("all values weigh the same, whatever the query says", _weigh(lambda s: torch.ones_like(s) / len(s))),
    ("every weight is 1, so the values are just summed: a softmax over an axis of size 1 does that. It runs over the S keys",
     _weigh(torch.ones_like)),
    ("the softmax is taken twice: once is enough", _weigh(lambda s: s.softmax(-1).softmax(-1))),
    ("keys are compared by the angle alone (cosine); the plain inner product is asked for",
     lambda query, keys, values: F.cosine_similarity(keys, query[None]).softmax(-1) @ values),
    ("keys are compared by their distance; the inner product is asked for",
     lambda query, keys, values: (-(keys - query).norm(dim=-1)).softmax(-1) @ values),
    ("keys are compared by their distance; the inner product is asked for",
     lambda query, keys, values: (-(keys - query).square().sum(-1)).softmax(-1) @ values),
    ("the softmax is taken of the values: it makes weights of the scores", lambda query, keys, values: keys @ query @ values.softmax(0)),
    ("the softmax favours the keys that fit worst: there is a minus before the scores", _weigh(lambda s: (-s).softmax(-1))),
    ("the scores are divided by sqrt(H): that comes in exercise 3, here it is the plain product",
     lambda query, keys, values: (keys @ query / math.sqrt(len(query))).softmax(-1) @ values),
    ("these are the weights: multiply them with the values, `weights @ values`",
     lambda query, keys, values: (keys @ query).softmax(-1)),
    ("these are the scores: put them through a softmax, then take the weighted mean of the values",
     lambda query, keys, values: keys @ query),
    ("`keys.T @ query` compares with the columns of the keys; key s is row s, `keys @ query`",
     lambda query, keys, values: (keys.T @ query).softmax(-1) @ values),
    ("`values @ weights` sums over the numbers of each value; sum over the values, `weights @ values`",
     lambda query, keys, values: values @ (keys @ query).softmax(-1)),
    ("the weights run along the numbers of a value; weight s belongs to row s, `weights[:, None] * values`, or `weights @ values`",
     lambda query, keys, values: ((keys @ query).softmax(-1) * values).sum(0)),
    ("every value is weighted, but they are not summed: one value comes back, (E,)",
     lambda query, keys, values: (keys @ query).softmax(-1)[:, None] * values),
    ("the weighted values are divided by their number as well: the weights sum to 1 already",
     lambda query, keys, values: ((keys @ query).softmax(-1)[:, None] * values).mean(0)),
]  # fmt: skip


ADVICE = (
    ("mat1 and mat2", "(S, H) @ (H,) is (S,), a score for each key; (S,) @ (S, E) is (E,)."),
    ("size mismatch", "(S, H) @ (H,) is (S,), a score for each key; (S,) @ (S, E) is (E,), the mean of the values."),
)


def examine(trial: Trial) -> None:
    for seed, (S, H, E) in enumerate([(3, 3, 3), (3, 2, 2), (4, 2, 3), (1, 3, 2), (6, 4, 1)]):
        trial.agrees(normal(seed, H), normal(seed + 10, S, H), normal(seed + 20, S, E))
    query, keys, values = normal(5, 3), normal(6, 4, 3), normal(7, 4, 2)
    trial.agrees(200 * query, keys, values)  # where exp overflows
    trial.agrees(query.double(), keys.double(), values.double())
    trial.gradients_agree(query, keys, values)


EXERCISE = Exercise(
    id="05.soft_lookup",
    reference=soft_lookup,
    difficulty=2,
    minutes=6,
    hints=(
        "Three lines: a score for each key, a weight for each score, the weighted mean of the values.",
        "`keys @ query` is the inner product of each row with the query, (S,); `.softmax(-1)` makes weights of them.",
        "`return (keys @ query).softmax(-1) @ values`",
    ),
    explanation="""
Compare, normalize, aggregate. A product (S, H) @ (H,) makes all S scores; the softmax makes them positive with the sum 1; the
product (S,) @ (S, E) is the weighted mean. Nothing is chosen, so everything has a gradient: the query, the keys and the values
can all be learned. Were one score much larger than all others, the result would be that one value: the hard dictionary is
the limit.""",
    mistakes=MISTAKES,
    advice=ADVICE,
    examine=examine,
)
