"""The exercises of lesson 05, attention: references, hints, and what each check examines."""

import functools
import math
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.core import exercise
from course_lib.exercises.given import Named, normal
from course_lib.exercises.trial import State, Trial


def _mask(*lengths: int, S: int | None = None) -> Tensor:
    """True at the first so many places of each row."""
    return torch.arange(S or max(lengths)) < torch.tensor(lengths).unsqueeze(1)


# ---- 05.soft_lookup ------------------------------------------------------------------------------------


def soft_lookup(query, keys, values):
    scores = keys @ query  # (S,)
    weights = scores.softmax(-1)
    return weights @ values


def _weigh(weights: Callable[[Tensor], Tensor]) -> Callable:
    """A look-up with other weights: a function of the scores (S,)."""
    return lambda query, keys, values: weights(keys @ query) @ values


_LOOKUP_MISTAKES = [
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


@exercise(
    "05.soft_lookup",
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
)
def check_soft_lookup(trial: Trial) -> None:
    trial.advise(
        "size mismatch", "(S, H) @ (H,) is (S,), a score for each key; (S,) @ (S, E) is (E,), the mean of the values."
    )
    trial.advise("mat1 and mat2", "(S, H) @ (H,) is (S,), a score for each key; (S,) @ (S, E) is (E,).")
    for seed, (S, H, E) in enumerate([(3, 3, 3), (3, 2, 2), (4, 2, 3), (1, 3, 2), (6, 4, 1)]):
        trial.agrees(normal(seed, H), normal(seed + 10, S, H), normal(seed + 20, S, E), mistakes=_LOOKUP_MISTAKES)
    query, keys, values = normal(5, 3), normal(6, 4, 3), normal(7, 4, 2)
    trial.agrees(200 * query, keys, values)  # where exp overflows
    trial.agrees(query.double(), keys.double(), values.double())
    trial.gradients_agree(query, keys, values)


# ---- 05.masked_softmax ---------------------------------------------------------------------------------


def masked_softmax(scores, mask):
    lowest = torch.finfo(scores.dtype).min
    weights = scores.masked_fill(~mask, lowest).softmax(-1)
    return weights.masked_fill(~mask, 0)


def _over(dim: int) -> Callable:
    return lambda scores, mask: scores.masked_fill(~mask, -1e30).softmax(dim).masked_fill(~mask, 0)


def _renormalized(scores: Tensor, mask: Tensor) -> Tensor:
    weights = scores.softmax(-1) * mask
    return weights / weights.sum(-1, keepdim=True).clamp(min=1e-30)


_SOFTMAX_MISTAKES = [
    ("the mask is inverted: True is where attention may go; fill where it is False, `~mask`",
     lambda scores, mask: masked_softmax(scores, ~mask)),
    ("the mask is inverted: True is where attention may go; fill where it is False, `~mask`",
     lambda scores, mask: scores.masked_fill(mask, -1e30).softmax(-1)),
    ("the mask is inverted: True is where attention may go; fill where it is False, `~mask`",
     lambda scores, mask: scores.masked_fill(mask, -1e30).softmax(-1) * mask),
    ("the mask is not used: padding gets attention", lambda scores, mask: scores.softmax(-1)),
    ("the mask comes after the softmax: the weights that are left don't sum to 1. Mask the scores, before it",
     lambda scores, mask: scores.softmax(-1) * mask),
    ("masked scores become 0, and exp(0) is 1: they still get attention. They must become very low, `masked_fill(~mask, ...)`",
     lambda scores, mask: (scores * mask).softmax(-1)),
    ("masked scores become 0, and exp(0) is 1: they still get attention. They must become very low",
     lambda scores, mask: (scores * mask).softmax(-1) * mask),
    ("the softmax runs over the wrong axis: each row (the last axis, the source) must sum to 1. Yours sums over axis 1, the "
     "target steps", _over(1)),
    ("the softmax runs over the wrong axis: each row (the last axis, the source) must sum to 1. Yours sums over axis 0, the "
     "batch", _over(0)),
    ("the softmax runs over several axes at once: each row, the last axis, must sum to 1",
     lambda scores, mask: scores.masked_fill(~mask, -1e30).flatten().softmax(-1).view_as(scores)),
    ("a row with nothing to attend to gets equal weights: there every score is equally low. Weights must be 0 where the mask is "
     "False: fill once more, behind the softmax",
     lambda scores, mask: scores.masked_fill(~mask, torch.finfo(scores.dtype).min).softmax(-1)),
    ("masked scores get a number that is not low enough: these scores are lower still. `torch.finfo(scores.dtype).min` is the lowest "
     "there is", lambda scores, mask: scores.masked_fill(~mask, -1e4).softmax(-1).masked_fill(~mask, 0)),
    ("the mask comes after the softmax, or after exp: a large score at a masked place leaves nothing for the others, and what is 0 "
     "can't be made to sum to 1 again. Mask the scores, before it", _renormalized),
    ("these are log-probabilities: `softmax`, not `log_softmax`",
     lambda scores, mask: scores.masked_fill(~mask, -1e30).log_softmax(-1).masked_fill(~mask, 0)),
    ("it returns the masked scores: put them through the softmax", lambda scores, mask: scores.masked_fill(~mask, 0)),
    ("it returns the masked scores: put them through the softmax",
     lambda scores, mask: scores.masked_fill(~mask, torch.finfo(scores.dtype).min)),
    ("1 is subtracted from masked scores, or a small number: their weight gets smaller, not 0",
     lambda scores, mask: (scores + mask.to(scores) - 1).softmax(-1)),
]  # fmt: skip


@exercise(
    "05.masked_softmax",
    reference=masked_softmax,
    difficulty=3,
    minutes=8,
    hints=(
        "Before the softmax: `scores.masked_fill(~mask, lowest)` with a number so low that its exp is 0.",
        "`lowest = torch.finfo(scores.dtype).min`. With minus infinity, a row of those alone is 0 / 0, NaN.",
        "A row without a True is all equal now and gets equal weights: fill with 0 once more behind the softmax, "
        "`.masked_fill(~mask, 0)`.",
    ),
    explanation="""
Masking belongs before the softmax, because the softmax shares out a sum of 1: what is taken from padding afterwards is missing
elsewhere. The lowest finite number does what minus infinity would do, exp of it minus the row's largest is exactly 0, except in
a row that has nothing else: there minus infinity gives 0 / 0. Repaired afterwards, the NaN may live on in the gradient.
The second fill makes such a row 0, and its gradient too.""",
)
def check_masked_softmax(trial: Trial) -> None:
    trial.advise("dim()", "The mask has the scores' dimensions already, or broadcasts to them.")
    trial.advise(
        "The shape of the mask", "`scores[mask]` needs a mask of the scores' own shape; `masked_fill` broadcasts it."
    )
    trial.advise("bitwise_not", "`~` turns a bool tensor round; a mask of floats has no `~`.")
    everywhere = _mask(4, 4, 4).unsqueeze(1)
    cases = [
        (normal(0, 2, 2, 3), _mask(3, 2).unsqueeze(1)),
        (normal(1, 3, 4, 4), everywhere),
        (normal(2, 3, 2, 4), torch.rand(3, 2, 4, generator=torch.Generator().manual_seed(5)) < 0.6),
        (normal(3, 2, 3, 5), _mask(1, 5).unsqueeze(1)),
        (normal(4, 1, 1, 1), torch.ones(1, 1, 1, dtype=torch.bool)),
    ]
    for scores, mask in cases:
        got = trial.call(scores, mask)
        if isinstance(got, Tensor) and got.shape == scores.shape and got.is_floating_point() and got.isnan().any():
            empty = ~mask.any(-1).expand(scores.shape[:-1])
            trial.require(
                not got[empty].isnan().any(),
                "a row with nothing to attend to is NaN: 0 / 0. Its weights must be 0. Fill with a very low number instead of "
                "minus infinity, and with 0 behind the softmax",
                got=got,
            )
        trial.compare(got, masked_softmax(scores, mask), mistakes=_SOFTMAX_MISTAKES, inputs=(scores, mask))
    empty = torch.tensor([[[True, False, True]], [[False, False, False]]])  # the second sentence has nothing
    scores = normal(6, 2, 2, 3)
    got = trial.call(scores, empty)
    trial.require(
        not got.isnan().any(),
        "a row with nothing to attend to is NaN: 0 / 0. Its weights must be 0. Fill with a very low number instead of minus "
        "infinity, and with 0 behind the softmax",
        got=got,
    )
    trial.compare(got, masked_softmax(scores, empty), mistakes=_SOFTMAX_MISTAKES, inputs=(scores, empty))
    low = torch.tensor([[[-9e4, -9e4 - 1, 3.0], [500.0, 1000.0, 5000.0]]])
    trial.agrees(low, _mask(2, S=3).unsqueeze(1), mistakes=_SOFTMAX_MISTAKES)
    trial.agrees(normal(7, 2, 3, 4).double(), _mask(4, 2).unsqueeze(1), mistakes=_SOFTMAX_MISTAKES)
    trial.agrees(normal(8, 3, 4), _mask(4, 2, 1), mistakes=_SOFTMAX_MISTAKES)  # any number of axes
    trial.gradients_agree(scores, empty)


# ---- 05.dot --------------------------------------------------------------------------------------------


def dot(query, key, scaled=False):
    scores = query @ key.transpose(1, 2)  # (B, T, H) @ (B, H, S)
    return scores / math.sqrt(query.shape[-1]) if scaled else scores


def _divided(by: Callable[[Tensor, Tensor], float]) -> Callable:
    """`dot` whose scaled form divides by something else."""
    return lambda query, key, scaled=False: dot(query, key) / (by(query, key) if scaled else 1)


_DOT_MISTAKES = [
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


@exercise(
    "05.dot",
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
)
def check_dot(trial: Trial) -> None:
    trial.advise(
        "must match the size of tensor",
        "Every query with every key is a product of matrices: `query @ key.transpose(1, 2)`, (B, T, H) @ (B, H, S).",
    )
    trial.advise(
        "Expected size for first two dimensions of batch2", "`query @ key.transpose(1, 2)`: (B, T, H) @ (B, H, S)."
    )
    trial.advise("math domain", "sqrt is taken of H, the size of the vectors, `query.shape[-1]`.")
    for seed, (B, T, S, H) in enumerate([(2, 3, 3, 3), (2, 2, 2, 4), (3, 2, 4, 3), (1, 1, 5, 2), (2, 4, 1, 9)]):
        query, key = normal(seed, B, T, H), normal(seed + 10, B, S, H)
        for scaled in (False, True):
            trial.agrees(query, key, scaled, mistakes=_DOT_MISTAKES)
    trial.agrees(query.double(), key.double())
    trial.gradients_agree(normal(8, 2, 3, 4), normal(9, 2, 5, 4), True)


# ---- 05.general ----------------------------------------------------------------------------------------


def general(query, key, weight):
    return query @ weight @ key.transpose(1, 2)


_GENERAL_MISTAKES = [
    ("the weight is transposed: it is qᵀ W k, with W of shape (size of query, size of key), `query @ weight`",
     lambda q, k, w: general(q, k, w.T)),
    ("the weight is left out: it is qᵀ W k", lambda q, k, w: q @ k.transpose(1, 2)),
    ("the weight is used twice, for the query and for the key: it is qᵀ W k, once", lambda q, k, w: (q @ w) @ (k @ w).transpose(1, 2)),
    ("the weight is used twice, for the query and for the key: it is qᵀ W k, once", lambda q, k, w: F.linear(q, w) @ F.linear(k, w).transpose(1, 2)),
    ("the scores are turned: row t, column s is query t with key s, (B, T, S)", lambda q, k, w: general(q, k, w).transpose(1, 2)),
    ("query t meets key t alone: every query is compared with every key, (B, T, S)", lambda q, k, w: ((q @ w) * k).sum(-1)),
    ("the scores are divided by the root of a size: that is not asked for here", lambda q, k, w: general(q, k, w) / math.sqrt(q.shape[-1])),
    ("the scores are divided by the root of a size: that is not asked for here", lambda q, k, w: general(q, k, w) / math.sqrt(k.shape[-1])),
    ("query and weight are multiplied number by number: it is a product of matrices, `query @ weight`", lambda q, k, w: q * w @ k.transpose(1, 2)),
    ("all sentences are mixed: sentence b's queries meet sentence b's keys alone",
     lambda q, k, w: torch.einsum("bth,csh->bts", q @ w, k)),
    ("`view` and `reshape` don't turn axes, they deal the numbers out anew: `key.transpose(1, 2)`",
     lambda q, k, w: q @ w @ k.reshape(len(k), k.shape[2], k.shape[1])),
    ("there is a tanh: `general` is linear in the query and in the key", lambda q, k, w: (q @ w).tanh() @ k.transpose(1, 2)),
    ("there is a tanh: `general` is linear in the query and in the key", lambda q, k, w: general(q, k, w).tanh()),
    ("these are weights: the score function gives scores, the softmax comes later", lambda q, k, w: general(q, k, w).softmax(-1)),
    ("this is the projected query; it is still to be compared with the keys, `@ key.transpose(1, 2)`", lambda q, k, w: q @ w),
    ("this is the projected key; it is still to be compared with the queries", lambda q, k, w: F.linear(k, w)),
    ("`.transpose(0, 1)` moves the batch: turn the last two axes, `key.transpose(1, 2)`", lambda q, k, w: q @ w @ k.transpose(0, 1)),
]  # fmt: skip


@exercise(
    "05.general",
    reference=general,
    difficulty=2,
    minutes=4,
    hints=(
        "First bring the query to the key's size, (B, T, size of query) @ weight; then compare as in `dot`.",
        "`query @ weight` is (B, T, size of key).",
        "`return query @ weight @ key.transpose(1, 2)`",
    ),
    explanation="""
W says which number of the query is to be compared with which number of the key: with W = 1 it is `dot`. So query and key need
neither be of one size nor speak the same language. W is learned, like everything here. One can multiply the keys first, once for
all steps of a decoder; the result is the same.""",
)
def check_general(trial: Trial) -> None:
    trial.advise(
        "mat1 and mat2", "(B, T, size of query) @ (size of query, size of key) needs no transpose: `query @ weight`."
    )
    trial.advise("must match the size", "(B, T, size of query) @ (size of query, size of key): `query @ weight`.")
    trial.advise("Expected size for first two dimensions", "Turn the key's last two axes: `key.transpose(1, 2)`.")
    for seed, (B, T, S, Hq, Hk) in enumerate([(2, 3, 3, 3, 3), (2, 2, 4, 3, 3), (3, 2, 4, 3, 2), (1, 1, 5, 2, 4)]):
        arguments = normal(seed, B, T, Hq), normal(seed + 10, B, S, Hk), normal(seed + 20, Hq, Hk)
        trial.agrees(*arguments, mistakes=_GENERAL_MISTAKES)
    trial.agrees(*(x.double() for x in arguments))
    trial.gradients_agree(normal(8, 2, 3, 4), normal(9, 2, 5, 3), normal(10, 4, 3))


# ---- 05.concat -----------------------------------------------------------------------------------------


def concat(query, key, weight_query, weight_key, v):
    of_query = query @ weight_query.T  # (B, T, H)
    of_key = key @ weight_key.T  # (B, S, H)
    both = of_query[:, :, None] + of_key[:, None]  # (B, T, S, H)
    return both.tanh() @ v


def _concat_with(
    of_query: Callable = lambda q, wq, wk: q @ wq.T,
    of_key: Callable = lambda k, wq, wk: k @ wk.T,
    join: Callable = lambda a, b: (a[:, :, None] + b[:, None]).tanh(),
    end: Callable = lambda both, v: both @ v,
) -> Callable:
    """A way to write the additive score wrongly: other projections, another way to join them, another end."""
    return lambda q, k, wq, wk, v: end(join(of_query(q, wq, wk), of_key(k, wq, wk)), v)


_CONCAT_MISTAKES = [
    ("the tanh is missing: without it the best key is the same for every query", _concat_with(join=lambda a, b: a[:, :, None] + b[:, None])),
    ("the tanh comes after v: it is vᵀ tanh(...)", _concat_with(join=lambda a, b: a[:, :, None] + b[:, None], end=lambda both, v: (both @ v).tanh())),
    ("tanh is taken of each part by itself: take it once, of their sum", _concat_with(join=lambda a, b: a.tanh()[:, :, None] + b.tanh()[:, None])),
    ("tanh is taken of one part only: take it of the sum", _concat_with(join=lambda a, b: a.tanh()[:, :, None] + b[:, None])),
    ("tanh is taken of one part only: take it of the sum", _concat_with(join=lambda a, b: a[:, :, None] + b.tanh()[:, None])),
    ("the activation is ReLU; it is tanh", _concat_with(join=lambda a, b: (a[:, :, None] + b[:, None]).relu())),
    ("the activation is the sigmoid; it is tanh", _concat_with(join=lambda a, b: (a[:, :, None] + b[:, None]).sigmoid())),
    ("the two weights are interchanged: `weight_query` belongs to the query, `weight_key` to the key",
     _concat_with(of_query=lambda q, wq, wk: q @ wk.T, of_key=lambda k, wq, wk: k @ wq.T)),
    ("the weights are not transposed: `query @ weight_query.T` and `key @ weight_key.T`",
     _concat_with(of_query=lambda q, wq, wk: q @ wq, of_key=lambda k, wq, wk: k @ wk)),
    ("`weight_query` is not transposed: row i belongs to unit i, `query @ weight_query.T`", _concat_with(of_query=lambda q, wq, wk: q @ wq)),
    ("`weight_key` is not transposed: row i belongs to unit i, `key @ weight_key.T`", _concat_with(of_key=lambda k, wq, wk: k @ wk)),
    ("the two parts are multiplied; add them", _concat_with(join=lambda a, b: (a[:, :, None] * b[:, None]).tanh())),
    ("the key's part is subtracted; add it", _concat_with(join=lambda a, b: (a[:, :, None] - b[:, None]).tanh())),
    ("v is inside the tanh: it is vᵀ tanh(...)", _concat_with(join=lambda a, b: a[:, :, None] + b[:, None], end=lambda both, v: (both * v).tanh().sum(-1))),
    ("the sum runs over the source instead of the units: sum over the last axis, `... @ v`", _concat_with(end=lambda both, v: (both * v).sum(2))),
    ("there is a second tanh, behind v: it is vᵀ tanh(...)", _concat_with(end=lambda both, v: (both @ v).tanh())),
    ("queries and keys stand one behind the other along the sequence; every query is added to every key: (B, T, S, H)",
     lambda q, k, wq, wk, v: torch.cat([q @ wq.T, k @ wk.T], dim=1).tanh() @ v),
    ("v is left out: the units are summed with the weights v, `... @ v`", _concat_with(end=lambda both, v: both.sum(-1))),
    ("v is left out, and so is the sum over the units: `... @ v` gives (B, T, S)", _concat_with(end=lambda both, v: both)),
    ("v is multiplied, but not summed over: `... @ v`", _concat_with(end=lambda both, v: both * v)),
    ("the mean over the units is taken; it is a sum, `... @ v`", _concat_with(end=lambda both, v: (both * v).mean(-1))),
    ("the query has no part in it: add `query @ weight_query.T`", _concat_with(join=lambda a, b: (0 * a[:, :, None] + b[:, None]).tanh())),
    ("the key has no part in it: add `key @ weight_key.T`", _concat_with(join=lambda a, b: (a[:, :, None] + 0 * b[:, None]).tanh())),
    ("the scores are turned: row t, column s is query t with key s. `[:, :, None]` belongs to the query, `[:, None]` to the key",
     _concat_with(join=lambda a, b: (a[:, None] + b[:, :, None]).tanh())),
    ("query t meets key t alone: every query is compared with every key. `of_query[:, :, None] + of_key[:, None]` is (B, T, S, H)",
     _concat_with(join=lambda a, b: (a + b).tanh())),
    ("these are weights: the score function gives scores, the softmax comes later", _concat_with(end=lambda both, v: (both @ v).softmax(-1))),
]  # fmt: skip


@exercise(
    "05.concat",
    reference=concat,
    difficulty=4,
    minutes=10,
    hints=(
        "Project both: `query @ weight_query.T` is (B, T, H), `key @ weight_key.T` is (B, S, H).",
        "Every query with every key: `[:, :, None]` makes (B, T, 1, H) of the one, `[:, None]` makes (B, 1, S, H) of the other; "
        "their sum is (B, T, S, H).",
        "`(...).tanh() @ v` sums over the H units: (B, T, S).",
    ),
    explanation="""
A small network with one hidden layer judges each pair of query and key. Its input is the two side by side, hence the name
`concat`: W [q; k] = W_q q + W_k k. Written like that, each query and each key is projected once, T + S products instead of T times S.
The sum makes a tensor (B, T, S, H), H times as large as the scores: that is why this score takes the most time and memory.
Without tanh, vᵀ(W_q q + W_k k) would be a part of the query plus a part of the key, and the softmax over the keys would not
depend on the query at all.""",
)
def check_concat(trial: Trial) -> None:
    trial.advise(
        "mat1 and mat2", "The weights are (H, size): the products need the transpose, `query @ weight_query.T`."
    )
    trial.advise(
        "must match the size of tensor",
        "(B, T, H) and (B, S, H) don't add: `[:, :, None]` makes (B, T, 1, H), `[:, None]` makes (B, 1, S, H).",
    )
    trial.advise("Sizes of tensors must match", "To put q and k side by side, expand both to (B, T, S, .) first.")
    for seed, (B, T, S, Hq, Hk, H) in enumerate(
        [(2, 3, 3, 3, 3, 3), (2, 2, 4, 3, 3, 3), (3, 2, 4, 3, 2, 5), (1, 1, 5, 2, 4, 1), (2, 3, 1, 1, 2, 2)]
    ):
        shapes = [(B, T, Hq), (B, S, Hk), (H, Hq), (H, Hk), (H,)]
        arguments = [normal(seed + 10 * i, *shape) for i, shape in enumerate(shapes)]
        trial.agrees(*arguments, mistakes=_CONCAT_MISTAKES)
    trial.agrees(*(x.double() for x in arguments))
    shapes = [(2, 3, 4), (2, 5, 3), (6, 4), (6, 3), (6,)]
    trial.gradients_agree(*(normal(80 + i, *shape) for i, shape in enumerate(shapes)))


# ---- 05.location ---------------------------------------------------------------------------------------


def location(query, key, weight):
    S = key.shape[1]
    return query @ weight[:S].T


_LOCATION_MISTAKES = [
    ("it is not cut to the length of the source: only the first S rows of the weight, `weight[:S]`", lambda q, k, w: q @ w.T),
    ("the last rows of the weight are taken; position s has row s, counted from the first, `weight[:S]`", lambda q, k, w: q @ w[-k.shape[1]:].T),
    ("it is one position late: position s, counted from 0, has row s, `weight[:S]`", lambda q, k, w: q @ w[1 : k.shape[1] + 1].T),
    ("as many rows as there are target steps are taken; the source has S positions, `key.shape[1]`", lambda q, k, w: q @ w[: q.shape[1]].T),
    ("as many rows as there are sentences are taken; the source has S positions, `key.shape[1]`", lambda q, k, w: q @ w[: len(k)].T),
    ("as many rows as the key has numbers are taken; the source has S positions, `key.shape[1]`", lambda q, k, w: q @ w[: k.shape[2]].T),
    ("the weight is not transposed: row s belongs to position s, `query @ weight[:S].T`", lambda q, k, w: q @ w[: k.shape[1]]),
    ("the keys have a part in it: `location` looks at the query alone; of the key only its length counts",
     lambda q, k, w: (q @ w[: k.shape[1]].T) + q @ k.transpose(1, 2)),
    ("the keys have a part in it: `location` looks at the query alone; of the key only its length counts", lambda q, k, w: q @ k.transpose(1, 2)),
    ("the keys have a part in it: `location` looks at the query alone; of the key only its length counts", lambda q, k, w: general(q, k, w[: k.shape[2]].T)),
    ("these are weights: the score function gives scores, the softmax comes later", lambda q, k, w: location(q, k, w).softmax(-1)),
    ("the softmax runs over all positions that the weight knows, and is cut afterwards; it comes later anyway",
     lambda q, k, w: (q @ w.T).softmax(-1)[..., : k.shape[1]]),
    ("there is a tanh: it is W q alone", lambda q, k, w: location(q, k, w).tanh()),
    ("the scores are divided by sqrt(H): that is not asked for here", lambda q, k, w: location(q, k, w) / math.sqrt(q.shape[-1])),
    ("the scores are turned: row t, column s, (B, T, S)", lambda q, k, w: location(q, k, w).transpose(1, 2)),
]  # fmt: skip


@exercise(
    "05.location",
    reference=location,
    difficulty=2,
    minutes=4,
    hints=(
        "A linear layer with one output for each source position: of `key` only `key.shape[1]` is needed.",
        "`weight[:S]` are the rows of the first S positions, (S, size of query).",
        "`return query @ weight[:key.shape[1]].T`",
    ),
    explanation="""
Each position of a source has a row of its own, and the query alone decides where to look. Whatever stands there is not looked at.
So it can learn "at step t look at about position t", but not "look for the verb"; and beyond the longest sentence of training its
rows have learned nothing.""",
)
def check_location(trial: Trial) -> None:
    trial.advise("mat1 and mat2", "The weight is (longest, size of query): `query @ weight[:S].T` is (B, T, S).")
    trial.advise("must match the size", "The weight is (longest, size of query): `query @ weight[:S].T` is (B, T, S).")
    for seed, (B, T, S, Hq, Hk, longest) in enumerate(
        [(2, 3, 4, 4, 4, 6), (2, 3, 3, 3, 3, 3), (3, 2, 5, 3, 2, 7), (1, 1, 2, 2, 4, 9)]
    ):
        arguments = normal(seed, B, T, Hq), normal(seed + 10, B, S, Hk), normal(seed + 20, longest, Hq)
        trial.agrees(*arguments, mistakes=_LOCATION_MISTAKES)
    trial.agrees(*(x.double() for x in arguments))
    query, key, weight = normal(8, 2, 3, 4), normal(9, 2, 5, 3), normal(10, 7, 4)
    Trial(lambda q, w: trial.answer(q, key, w), trial.name, lambda q, w: location(q, key, w)).gradients_agree(
        query, weight
    )


# ---- 05.attend -----------------------------------------------------------------------------------------


def attend(query, key, value, mask, score):
    weights = masked_softmax(score(query, key), mask[:, None])  # (B, T, S)
    return weights @ value, weights


_DOT = Named("dot", dot)
_WEIGHT = normal(77, 3, 5)
_GENERAL = Named("general", lambda query, key: general(query, key, _WEIGHT.to(query)))
_SQUARE = Named("general", lambda query, key: general(query, key, _WEIGHT[:2, :2].to(query)))


def _attend_with(
    score: Callable = lambda q, k, v, score: score(q, k),
    mask: Callable = lambda mask: mask[:, None],
    weigh: Callable = masked_softmax,
    mix: Callable = lambda w, k, v: w @ v,
    result: Callable = lambda context, weights, scores: (context, weights),
) -> Callable:
    """A way to write attention wrongly: another comparison, mask, softmax, mean or result."""

    def attend(q, k, v, real, function):
        scores = score(q, k, v, function)
        weights = weigh(scores, mask(real))
        return result(mix(weights, k, v), weights, scores)

    return attend


_ATTEND_MISTAKES = [
    ("the mask is inverted: True is where attention may go, as in your `masked_softmax`", _attend_with(mask=lambda m: ~m[:, None])),
    ("the mask is not used: padding is attended to", _attend_with(weigh=lambda s, m: s.softmax(-1))),
    ("the mask comes after the softmax: the weights that are left don't sum to 1", _attend_with(weigh=lambda s, m: s.softmax(-1) * m)),
    ("the mask comes after the softmax, for the context alone: padding takes its share of the weights",
     lambda q, k, v, m, score: (score(q, k).softmax(-1) @ (v * m[:, :, None]), score(q, k).softmax(-1))),
    ("masked scores become 0, and exp(0) is 1: padding is attended to", _attend_with(weigh=lambda s, m: (s * m).softmax(-1))),
    ("the mask of the first sentence is used for all of them: each has its own, `mask[:, None]` is (B, 1, S)", _attend_with(mask=lambda m: m[:1, None])),
    ("the mask stands along the wrong axis: it masks target steps. `mask[:, None]` is (B, 1, S)", _attend_with(mask=lambda m: m[:, :, None])),
    ("(B, S) is laid over (T, S): the rows of the mask belong to sentences, not to target steps. `mask[:, None]` is (B, 1, S)", _attend_with(mask=lambda m: m)),
    ("the softmax runs over axis 1, the target steps: each query's weights sum to 1 over the source, the last axis",
     _attend_with(weigh=lambda s, m: s.masked_fill(~m, -1e30).softmax(1).masked_fill(~m, 0))),
    ("the softmax runs over axis 0, the batch: each query's weights sum to 1 over the source, the last axis",
     _attend_with(weigh=lambda s, m: s.masked_fill(~m, -1e30).softmax(0).masked_fill(~m, 0))),
    ("keys and values are interchanged: the query is compared with the keys, and the values are averaged",
     _attend_with(score=lambda q, k, v, score: score(q, v), mix=lambda w, k, v: w @ k)),
    ("the keys are averaged: compare with the keys, take the mean of the values", _attend_with(mix=lambda w, k, v: w @ k)),
    ("the query is compared with the values: compare it with the keys", _attend_with(score=lambda q, k, v, score: score(q, v))),
    ("`score` is called with the key first: it is `score(query, key)`", _attend_with(score=lambda q, k, v, score: score(k, q))),
    ("`score` is called with the key first: it is `score(query, key)`", _attend_with(score=lambda q, k, v, score: score(k, q).transpose(1, 2))),
    ("`score` is not used: the scores are always those of `dot`", _attend_with(score=lambda q, k, v, score: dot(q, k))),
    ("the scores are divided by sqrt(H) here: scaling is the score function's own business",
     _attend_with(score=lambda q, k, v, score: score(q, k) / math.sqrt(q.shape[-1]))),
    ("the weights come first: return the context, then the weights", _attend_with(result=lambda c, w, s: (w, c))),
    ("the scores come back instead of the weights", _attend_with(result=lambda c, w, s: (c, s))),
    ("the weights come back turned: (B, T, S), a row for each query", _attend_with(result=lambda c, w, s: (c, w.transpose(1, 2)))),
    ("the weights are turned before the product with the values: (B, T, S) @ (B, S, .) as they are", _attend_with(mix=lambda w, k, v: w.transpose(1, 2) @ v)),
    ("the context is the one value with the largest weight: it is the weighted mean of all",
     _attend_with(mix=lambda w, k, v: v[torch.arange(len(v))[:, None], w.argmax(-1)])),
    ("the values of the first sentence are used for all of them: (B, T, S) @ (B, S, .)", _attend_with(mix=lambda w, k, v: w @ v[0])),
    ("the context is divided by S as well: the weights sum to 1 already", _attend_with(mix=lambda w, k, v: w @ v / v.shape[1])),
    ("the scores are the weights: put them through your `masked_softmax`", _attend_with(weigh=lambda s, m: s.masked_fill(~m, 0))),
    ("a sentence with nothing to attend to gets equal weights; they must be 0, as your `masked_softmax` makes them",
     _attend_with(weigh=lambda s, m: s.masked_fill(~m, torch.finfo(s.dtype).min).softmax(-1))),
]  # fmt: skip


def _require_tuple(trial: Trial, got, names: str, size: int) -> None:
    """A Finding unless so many things came back."""
    number = 1 if isinstance(got, Tensor) else len(got) if isinstance(got, tuple) else size
    trial.require(
        number == size,
        f"expected {size} things, `return {names}`, got {'one tensor' if number == 1 else number}",
        state=State.DTYPE if number == 1 else State.SHAPE,
        got=got,
    )


def _flat(function: Callable) -> Callable:
    """The function, with all tensors that it gives in one row: what `gradients_agree` needs."""

    @functools.wraps(function)  # the names of its parameters too
    def flat(*arguments):
        return torch.cat([tensor.flatten() for tensor in _tensors(function(*arguments))])

    return flat


def _tensors(value) -> list[Tensor]:
    return [value] if isinstance(value, Tensor) else [tensor for part in value for tensor in _tensors(part)]


@exercise(
    "05.attend",
    reference=attend,
    difficulty=3,
    minutes=8,
    hints=(
        "The three steps again: `score(query, key)`, then your `masked_softmax`, then the mean of the values.",
        "The mask is (B, S), the scores are (B, T, S): `mask[:, None]` is (B, 1, S) and serves every step.",
        "`weights = masked_softmax(score(query, key), mask[:, None])`, and `return weights @ value, weights`.",
    ),
    explanation="""
Nothing new beside the soft dictionary: a batch in front, T queries at once, and a mask. (B, T, S) @ (B, S, .) is one product of matrices
per sentence. Everything that distinguishes one kind of attention from another is in `score`, so it is handed in.""",
)
def check_attend(trial: Trial) -> None:
    trial.advise(
        "must match the size of tensor", "The mask (B, S) must fit scores (B, T, S): `mask[:, None]` is (B, 1, S)."
    )
    trial.advise("does not fit", "The mask (B, S) must fit scores (B, T, S): `mask[:, None]` is (B, 1, S).")
    trial.advise("Expected size for first two dimensions", "(B, T, S) @ (B, S, .): the weights before the values.")
    cases = [
        (normal(0, 2, 2, 2), normal(10, 2, 2, 2), normal(20, 2, 2, 2), _mask(1, 2), _SQUARE),
        (normal(0, 2, 3, 3), normal(10, 2, 3, 3), normal(20, 2, 3, 3), _mask(3, 2), _DOT),
        (normal(1, 3, 3, 3), normal(11, 3, 3, 3), normal(21, 3, 3, 3), _mask(1, 3, 2), _DOT),
        (normal(2, 3, 2, 3), normal(12, 3, 4, 5), normal(22, 3, 4, 2), _mask(4, 1, 3), _GENERAL),
        (normal(3, 1, 1, 3), normal(13, 1, 5, 5), normal(23, 1, 5, 5), _mask(5), _GENERAL),
        (normal(4, 2, 4, 3), normal(14, 2, 3, 3), normal(24, 2, 3, 6), _mask(2, 0, S=3), _DOT),
    ]
    for arguments in cases:
        got = trial.call(*arguments)
        _require_tuple(trial, got, "context, weights", 2)
        trial.require(
            not (isinstance(got, tuple) and any(isinstance(part, Tensor) and part.isnan().any() for part in got)),
            "a sentence with nothing to attend to is NaN: 0 / 0. Its weights must be 0, as your `masked_softmax` makes them",
            got=got,
        )
        trial.compare(got, attend(*arguments), mistakes=_ATTEND_MISTAKES, inputs=arguments)
    double = [x.double() if x.is_floating_point() else x for x in cases[3][:4]]
    trial.agrees(*double, _GENERAL)
    query, key, value, mask, _ = cases[3]
    _gradients_of_all(
        trial, attend, lambda f: lambda query, key, value: f(query, key, value, mask, _GENERAL), query, key, value
    )


def _gradients_of_all(trial: Trial, reference: Callable, closed: Callable, *tensors: Tensor) -> None:
    """`gradients_agree` for an answer that gives several tensors; `closed` puts in what is no tensor."""
    Trial(_flat(closed(trial.answer)), trial.name, _flat(closed(reference))).gradients_agree(*tensors)


# ---- 05.luong_step -------------------------------------------------------------------------------------


def luong_step(cell, x, state, key, value, mask, score, combine):
    h, c = cell(x, state)
    context, weights = attend(h[:, None], key, value, mask, score)  # one query: (B, 1, H)
    context, weights = context[:, 0], weights[:, 0]
    vector = combine(torch.cat([context, h], dim=-1)).tanh()
    return vector, (h, c), weights


def _one(query: Tensor, key, value, mask, score) -> tuple[Tensor, Tensor]:
    """Attention with one query per sentence (B, H)."""
    context, weights = attend(query[:, None], key, value, mask, score)
    return context[:, 0], weights[:, 0]


def _luong_with(
    query: Callable = lambda old, new: new[0],
    look: Callable = _one,
    join: Callable = lambda context, x, old, new: (context, new[0]),
    out: Callable = lambda combined: combined.tanh(),
    result: Callable = lambda vector, state, weights, context, old: (vector, state, weights),
) -> Callable:
    """A way to write Luong's step wrongly: another query, another look-up, other parts, another result."""

    def step(cell, x, state, key, value, mask, score, combine):
        new = cell(x, state)
        context, weights = look(query(state, new), key, value, mask, score)
        vector = out(combine(torch.cat(join(context, x, state, new), dim=-1)))
        return result(vector, new, weights, context, state)

    return step


def _swapped(query, key, value, mask, score):
    return _one(query, value, key, mask, score)


def _unmasked(query, key, value, mask, score):
    return _one(query, key, value, torch.ones_like(mask), score)


def _luong_from(before: Callable) -> Callable:
    """Luong's step whose cell starts from another state: a function of cell, input and the given one."""

    def step(cell, x, state, key, value, mask, score, combine):
        return luong_step(cell, x, before(cell, x, state), key, value, mask, score, combine)

    return step


_LUONG_MISTAKES = [
    ("the query is the state before the step, s of t-1: that is Bahdanau's form. Here the cell comes first, and the new h asks",
     _luong_with(query=lambda old, new: old[0])),
    ("the query is the cell state c: it is the hidden state, h", _luong_with(query=lambda old, new: new[1])),
    ("the query and the vector use the old h: let the cell run first, and use the new one",
     _luong_with(query=lambda old, new: old[0], join=lambda context, x, old, new: (context, old[0]))),
    ("the vector is made with the old h: it is tanh(W_c [c_t; s_t]), with the new one", _luong_with(join=lambda context, x, old, new: (context, old[0]))),
    ("the order is [s_t; c_t]: the context comes first, `torch.cat([context, h], dim=-1)`", _luong_with(join=lambda context, x, old, new: (new[0], context))),
    ("x stands where h belongs: it is [c_t; s_t]", _luong_with(join=lambda context, x, old, new: (context, x))),
    ("the cell state c stands where h belongs: it is [c_t; s_t], the context and the hidden state", _luong_with(join=lambda context, x, old, new: (context, new[1]))),
    ("the tanh is missing: tanh(W_c [c_t; s_t])", _luong_with(out=lambda combined: combined)),
    ("the activation is the sigmoid; it is tanh", _luong_with(out=torch.sigmoid)),
    ("the activation is ReLU; it is tanh", _luong_with(out=torch.relu)),
    ("h and c are interchanged: the cell gives the pair (h, c), and h asks",
     _luong_with(query=lambda old, new: new[1], join=lambda context, x, old, new: (context, new[1]),
                 result=lambda vector, state, weights, context, old: (vector, state[::-1], weights))),
    ("h and c are interchanged in the state that comes back: it is the pair (h, c)",
     _luong_with(result=lambda vector, state, weights, context, old: (vector, state[::-1], weights))),
    ("the cell starts from zeros: hand it the old state", _luong_from(lambda cell, x, old: (0 * old[0], 0 * old[1]))),
    ("the cell runs twice: one step, one call", _luong_from(lambda cell, x, old: cell(x, old))),
    ("the old state comes back: the next step needs the new one", _luong_with(result=lambda vector, state, weights, context, old: (vector, old, weights))),
    ("the vector comes back as the state: return the pair (h, c) that the cell gave",
     _luong_with(result=lambda vector, state, weights, context, old: (vector, (vector, state[1]), weights))),
    ("the vector comes back in the place of c: return the pair (h, c) that the cell gave",
     _luong_with(result=lambda vector, state, weights, context, old: (vector, (state[0], vector), weights))),
    ("the context comes back instead of the vector tanh(W_c [c_t; s_t])", _luong_with(result=lambda vector, state, weights, context, old: (context, state, weights))),
    ("h comes back instead of the vector tanh(W_c [c_t; s_t])", _luong_with(result=lambda vector, state, weights, context, old: (state[0], state, weights))),
    ("keys and values are interchanged in the call of `attend`", _luong_with(look=_swapped)),
    ("the mask is not used: padding is attended to", _luong_with(look=_unmasked)),
    ("the weights have an axis of size 1 for the one query: take it off, `weights[:, 0]`",
     _luong_with(result=lambda vector, state, weights, context, old: (vector, state, weights[:, None]))),
    ("vector and weights have an axis of size 1 for the one query: take it off, `[:, 0]`",
     _luong_with(result=lambda vector, state, weights, context, old: (vector[:, None], state, weights[:, None]))),
    ("the order of the results is vector, state, weights", _luong_with(result=lambda vector, state, weights, context, old: (vector, weights, state))),
    ("the order of the results is vector, state, weights", _luong_with(result=lambda vector, state, weights, context, old: (state, vector, weights))),
]  # fmt: skip


_ONE_QUERY = (
    "`attend` takes T queries, (B, T, H), and one is asked for: `h[:, None]` before it, and `[:, 0]` behind it for context and "
    "weights. A bare `squeeze()` would take off the batch, too, where B is 1."
)


class _Cell:
    """An LSTM cell with fixed weights, E inputs and H units, which can be called and shown."""

    def __init__(self, E: int, H: int, seed: int):
        shapes = [(4 * H, E), (4 * H, H), (4 * H,), (4 * H,)]
        self.weights = [normal(seed + i, *shape) for i, shape in enumerate(shapes)]
        self.sizes = f"E={E}, H={H}"

    def __call__(self, x: Tensor, state):
        if not isinstance(state, tuple) or len(state) != 2:
            raise TypeError(f"the cell takes x and the state (h, c), a pair, got a {type(state).__name__}")
        return torch.lstm_cell(x, state, *(weight.to(x) for weight in self.weights))

    def __repr__(self) -> str:
        return f"an LSTM cell with {self.sizes}"


def _linear(seed: int, rows: int, columns: int) -> Named:
    weight = normal(seed, rows, columns)
    return Named(f"a linear layer, {columns} to {rows}", lambda x: x @ weight.T.to(x))


def _step_arguments(seed: int, B: int, S: int, E: int, H: int, size: int, lengths: tuple, *, wider: bool, score=None):
    """x, state, key, value, mask of one step; its cell reads [x; context] if `wider`."""
    cell = _Cell(E + size if wider else E, H, 300 + seed)
    x, h, c = normal(seed, B, E), normal(seed + 10, B, H), normal(seed + 20, B, H)
    key, value = normal(seed + 30, B, S, H), normal(seed + 40, B, S, size)
    return cell, x, (h, c), key, value, _mask(*lengths, S=S), _DOT if score is None else score


@exercise(
    "05.luong_step",
    reference=luong_step,
    difficulty=3,
    minutes=8,
    hints=(
        "The cell first: `h, c = cell(x, state)`. Then h asks.",
        "Your `attend` takes T queries: `h[:, None]` is one of them, (B, 1, H). Take the axis off again: `context[:, 0]`.",
        "`vector = combine(torch.cat([context, h], dim=-1)).tanh()`, and `return vector, (h, c), weights`.",
    ),
    explanation="""
The new state has read the word before, so its question is about the word that comes now. The state itself goes on untouched by
what attention found: no step waits for another's attention. Hence with teacher forcing the cell can run over the whole target
first, and attention over all steps is one product of matrices.""",
)
def check_luong_step(trial: Trial) -> None:
    trial.advise("has no attribute 'dim'", "The state is a pair: `h, c = cell(x, state)`. The query is h.")
    trial.advise("tuple' object", "The state is a pair: `h, c = cell(x, state)`. The query is h.")
    trial.advise("tuple indices", "The state is a pair: `h, c = cell(x, state)`. The query is h.")
    trial.advise("imension", "`attend` takes T queries: `h[:, None]` is one of them, (B, 1, H).")
    trial.advise("same number of dimensions", _ONE_QUERY)
    trial.advise(
        "mat1 and mat2",
        "`combine` reads the context and h side by side, `torch.cat([context, h], dim=-1)`, (B, size of value + H).",
    )
    trial.advise("the cell takes x and the state", "Hand the cell the whole state: `h, c = cell(x, state)`.")
    for seed, (B, S, E, H, size, lengths) in enumerate(
        [(2, 3, 3, 3, 3, (3, 2)), (3, 4, 2, 3, 3, (1, 4, 2)), (1, 2, 2, 4, 3, (2,)), (2, 5, 4, 2, 3, (4, 5))]
    ):
        arguments = _step_arguments(seed, B, S, E, H, size, lengths, wider=False)
        arguments = (*arguments, _linear(400 + seed, H, size + H))
        got = trial.call(*arguments)
        _require_tuple(trial, got, "vector, (h, c), weights", 3)
        trial.compare(got, luong_step(*arguments), mistakes=_LUONG_MISTAKES, inputs=arguments)
    cell, x, (h, c), key, value, mask, score, combine = arguments
    _gradients_of_all(
        trial,
        luong_step,
        lambda f: lambda x, h, c, key, value: f(cell, x, (h, c), key, value, mask, score, combine),
        *(x, h, c, key, value),
    )


# ---- 05.bahdanau_step ----------------------------------------------------------------------------------


def bahdanau_step(cell, x, state, key, value, mask, score):
    h, _ = state
    context, weights = attend(h[:, None], key, value, mask, score)
    context, weights = context[:, 0], weights[:, 0]
    state = cell(torch.cat([x, context], dim=-1), state)
    return state, context, weights


def _bahdanau_with(
    query: Callable = lambda old, x: old[0],
    look: Callable = _one,
    inputs: Callable = lambda x, context: torch.cat([x, context], dim=-1),
    before: Callable = lambda old: old,
    result: Callable = lambda state, context, weights, old: (state, context, weights),
) -> Callable:
    """A way to write Bahdanau's step wrongly: another query, look-up, input, state before it, or result."""

    def step(cell, x, state, key, value, mask, score):
        context, weights = look(query(state, x), key, value, mask, score)
        return result(cell(inputs(x, context), before(state)), context, weights, state)

    return step


def _asks_again(cell, x, state, key, value, mask, score):
    """The cell runs first; what comes back belongs to the new state's question."""
    context, _ = _one(state[0], key, value, mask, score)
    state = cell(torch.cat([x, context], dim=-1), state)
    return state, *_one(state[0], key, value, mask, score)


_BAHDANAU_MISTAKES = [
    ("the query is the cell state c: it is the hidden state h of the step before", _bahdanau_with(query=lambda old, x: old[1])),
    ("the query is x: it is the hidden state h of the step before", _bahdanau_with(query=lambda old, x: x)),
    ("the query is the new state: here attention comes first, and the old h, s of t-1, asks", _asks_again),
    ("the new state has not read the context: the cell's input is [x; context]", _bahdanau_with(inputs=lambda x, context: torch.cat([x, 0 * context], dim=-1))),
    ("the word has no part in the new state: the cell's input is [x; context]", _bahdanau_with(inputs=lambda x, context: torch.cat([0 * x, context], dim=-1))),
    ("the order is [context; x]: the word comes first, `torch.cat([x, context], dim=-1)`", _bahdanau_with(inputs=lambda x, context: torch.cat([context, x], dim=-1))),
    ("x is there twice: the cell's input is [x; context]", _bahdanau_with(inputs=lambda x, context: torch.cat([x, x], dim=-1))),
    ("the context is there twice: the cell's input is [x; context]", _bahdanau_with(inputs=lambda x, context: torch.cat([context, context], dim=-1))),
    ("the cell starts from zeros: hand it the old state", _bahdanau_with(before=lambda old: (0 * old[0], 0 * old[1]))),
    ("the cell starts with c = 0: hand it the whole old state, (h, c)", _bahdanau_with(before=lambda old: (old[0], 0 * old[1]))),
    ("the cell starts with h = 0: hand it the whole old state, (h, c)", _bahdanau_with(before=lambda old: (0 * old[0], old[1]))),
    ("h and c are interchanged: the state is the pair (h, c)", _bahdanau_with(before=lambda old: old[::-1])),
    ("h and c are interchanged: the state is the pair (h, c)", _bahdanau_with(query=lambda old, x: old[1], before=lambda old: old[::-1])),
    ("h is the new one, but c is the old one: both come from the cell",
     _bahdanau_with(result=lambda state, context, weights, old: ((state[0], old[1]), context, weights))),
    ("the old state comes back: the next step needs the new one", _bahdanau_with(result=lambda state, context, weights, old: (old, context, weights))),
    ("h alone comes back as the state: the next step needs the pair (h, c)", _bahdanau_with(result=lambda state, context, weights, old: (state[0], context, weights))),
    ("keys and values are interchanged in the call of `attend`", _bahdanau_with(look=_swapped)),
    ("the mask is not used: padding is attended to", _bahdanau_with(look=_unmasked)),
    ("the order of the results is state, context, weights", _bahdanau_with(result=lambda state, context, weights, old: (context, state, weights))),
    ("the order of the results is state, context, weights", _bahdanau_with(result=lambda state, context, weights, old: (state, weights, context))),
    ("the order of the results is state, context, weights", _bahdanau_with(result=lambda state, context, weights, old: (context, weights, state))),
    ("context and weights have an axis of size 1 for the one query: take it off, `[:, 0]`",
     _bahdanau_with(result=lambda state, context, weights, old: (state, context[:, None], weights[:, None]))),
    ("the weights have an axis of size 1 for the one query: take it off, `weights[:, 0]`",
     _bahdanau_with(result=lambda state, context, weights, old: (state, context, weights[:, None]))),
    ("the vector h comes back instead of the context", _bahdanau_with(result=lambda state, context, weights, old: (state, state[0], weights))),
]  # fmt: skip


@exercise(
    "05.bahdanau_step",
    reference=bahdanau_step,
    difficulty=3,
    minutes=6,
    hints=(
        "Attention first: `h, c = state`, and this h asks, `attend(h[:, None], key, value, mask, score)`.",
        "Then the cell, whose input is the word and what was found: `torch.cat([x, context[:, 0]], dim=-1)`.",
        "`return cell(torch.cat([x, context], dim=-1), state), context, weights`, with the axis of size 1 taken off.",
    ),
    explanation="""
The old state asks, the answer goes into the cell: so what was looked at is remembered, and the next question can depend on it.
The price: step t can't begin before the attention of step t is known, which needs the state of step t-1. Nothing runs in parallel.
And the question is asked before the word y of t-1 was read (x brings it only into the cell), so it does not know how the last word was
chosen.""",
)
def check_bahdanau_step(trial: Trial) -> None:
    trial.advise(
        "input has inconsistent input_size",
        "The cell's input is the word and the context side by side, `torch.cat([x, context], dim=-1)`, (B, E + size of value).",
    )
    trial.advise("tuple' object", "The state is a pair: `h, c = state`. The query is h.")
    trial.advise("tuple indices", "The state is a pair: `h, c = state`. The query is h.")
    trial.advise("imension", "`attend` takes T queries: `h[:, None]` is one of them, (B, 1, H).")
    trial.advise("same number of dimensions", _ONE_QUERY)
    for seed, (B, S, E, H, size, lengths) in enumerate(
        [(2, 3, 3, 3, 3, (3, 2)), (3, 4, 2, 3, 3, (1, 4, 2)), (1, 2, 2, 4, 3, (2,)), (2, 5, 4, 2, 3, (4, 5))]
    ):
        arguments = _step_arguments(seed, B, S, E, H, size, lengths, wider=True)
        got = trial.call(*arguments)
        _require_tuple(trial, got, "state, context, weights", 3)
        trial.compare(got, bahdanau_step(*arguments), mistakes=_BAHDANAU_MISTAKES, inputs=arguments)
    cell, x, (h, c), key, value, mask, score = arguments
    _gradients_of_all(
        trial,
        bahdanau_step,
        lambda f: lambda x, h, c, key, value: f(cell, x, (h, c), key, value, mask, score),
        *(x, h, c, key, value),
    )


# ---- 05.alignment_error_rate ---------------------------------------------------------------------------


def alignment_error_rate(links, gold):
    right = size = 0
    for found, true in zip(links, gold, strict=True):
        right += 2 * len(set(found) & set(true))
        size += len(set(found)) + len(set(true))
    return 1 - right / size


def _counted(rate: Callable[[int, int, int], float]) -> Callable:
    """A function of the numbers of right, found and gold links of all pairs."""

    def wrong(links, gold):
        right = sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True))
        return rate(right, sum(len(set(a)) for a in links), sum(len(set(s)) for s in gold))

    return wrong


_AER_MISTAKES = [
    ("this is the share that is right; the error rate is 1 minus it", _counted(lambda r, a, s: 2 * r / (a + s))),
    ("this is 1 - precision, what is wrong among the links that were found: gold links that were missed count too",
     _counted(lambda r, a, s: 1 - r / a if a else 1.0)),
    ("this is 1 - recall, what was missed among the gold links: wrong links count too", _counted(lambda r, a, s: 1 - r / s if s else 1.0)),
    ("right links count twice, 2 |A ∩ G|: each is in A and in G", _counted(lambda r, a, s: 1 - r / (a + s))),
    ("it divides by the links that are in A or in G: divide by |A| + |G|, and count right links twice", _counted(lambda r, a, s: 1 - r / (a + s - r))),
    ("it is the mean of the pairs' error rates: sum the counts of all pairs first, then divide once",
     lambda links, gold: sum(alignment_error_rate([a], [s]) for a, s in zip(links, gold, strict=True)) / len(gold)),
    ("the pairs are thrown together: link (0, 0) of one pair is not that of another. Count pair by pair",
     lambda links, gold: alignment_error_rate([[x for a in links for x in a]], [[x for s in gold for x in s]])),
    ("only the last pair counts: sum over all pairs", lambda links, gold: alignment_error_rate(links[-1:], gold[-1:])),
    ("only the first pair counts: is a `return` inside the loop?", lambda links, gold: alignment_error_rate(links[:1], gold[:1])),
    ("links are compared place by place in the lists; compare them as sets",
     lambda links, gold: 1 - 2 * sum(x == y for a, s in zip(links, gold, strict=True) for x, y in zip(a, s, strict=False))
     / (sum(map(len, links)) + sum(map(len, gold)))),
    ("a link that is found twice counts twice: make sets of the lists",
     lambda links, gold: 1 - 2 * sum(x in s for a, s in zip(links, gold, strict=True) for x in a) / (sum(map(len, links)) + sum(map(len, gold)))),
    ("repeated links count in |A| or |G|: make sets of the lists before counting them, too",
     lambda links, gold: 1 - 2 * sum(len(set(a) & set(s)) for a, s in zip(links, gold, strict=True)) / (sum(map(len, links)) + sum(map(len, gold)))),
    ("target positions alone are compared: a link is right if source and target are",
     lambda links, gold: 1 - 2 * sum(len({t for _, t in a} & {t for _, t in s}) for a, s in zip(links, gold, strict=True))
     / sum(len(set(a)) + len(set(s)) for a, s in zip(links, gold, strict=True))),
    ("this is 1 - the mean of precision and recall; sum |A| and |G|, then divide once",
     _counted(lambda r, a, s: 1 - (r / a + r / s) / 2 if a and s else 1.0)),
    ("missed links alone are counted: wrong links count too", _counted(lambda r, a, s: (s - r) / (a + s))),
    ("the links are turned: source and target are interchanged on one side",
     lambda links, gold: alignment_error_rate([[x[::-1] for x in a] for a in links], gold)),
    ("it is in percent: a rate from 0 to 1 is asked for", _counted(lambda r, a, s: 100 * (1 - 2 * r / (a + s)))),
    ("this counts errors; divide them by |A| + |G|", _counted(lambda r, a, s: a + s - 2 * r)),
]  # fmt: skip


@exercise(
    "05.alignment_error_rate",
    reference=alignment_error_rate,
    difficulty=2,
    minutes=6,
    hints=(
        "Sets make it easy: `set(found) & set(true)` are the links that are right.",
        "Two counters over all pairs: twice the number of right links, and the number of found links plus that of gold links.",
        "Divide once, at the end: `return 1 - right / size`.",
    ),
    explanation="""
A right link counts twice because it stands in both lists: if all is right, twice the right ones are |A| + |G|, and the rate is 0.
With sure links only it is 1 - F1: precision and recall both count. The counts are summed before they are divided, so that a long
sentence counts for as much as its links.""",
)
def check_alignment_error_rate(trial: Trial) -> None:
    trial.advise(
        "unhashable",
        "`links` and `gold` are lists of lists: take them pair by pair, and make sets of each pair's links.",
    )
    trial.advise("unsupported operand", "`&` is for sets: `set(found) & set(true)`.")
    trial.advise("division by zero", "Divide once, at the end: a single pair may have no link at all.")
    one = [[(0, 0), (1, 2), (2, 1)]], [[(0, 0), (1, 1), (2, 1), (2, 2)]]
    two = [[(0, 1), (1, 0)], [(0, 0), (1, 0), (3, 2)]], [[(0, 1), (1, 0), (2, 2)], [(0, 0), (1, 0), (3, 3), (2, 2)]]
    three = [[(0, 0), (0, 1)], [], [(2, 1)]], [[(0, 0)], [(0, 0), (1, 1)], [(2, 1), (0, 0)]]
    shuffled = [[(2, 1), (0, 0), (2, 1)], [(1, 1)]], [[(0, 0), (2, 1)], [(0, 0), (1, 1), (1, 0)]]
    empty = [[(0, 0)], []], [[(0, 0)], []]
    for links, gold in (one, two, three, shuffled, empty, (one[1], one[1]), ([[(0, 1)]], [[(1, 0)]])):
        trial.agrees(links, gold, mistakes=_AER_MISTAKES)
