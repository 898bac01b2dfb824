"""Exercise 06.multi_head: projections, heads, look-ups and the merge, for one sequence that asks and another."""

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.kit import Exercise, Mistake, Trial, normal
from course_lib.exercises.lesson_06.shared import Fn, attend_with, gradients_agree, require_pair, some
from course_lib.transformer import attend_heads, multi_head, split_heads


def _with(
    order: Sequence[int] = (0, 1, 2), sources: Fn = lambda x, y: (x, y, y), linear: Fn = F.linear, out: Fn = F.linear,
    split: Fn = split_heads, attend: Fn = attend_heads, merge: Fn = lambda context: context.transpose(1, 2).flatten(2),
    cut: Fn = lambda weight: weight.chunk(3), result: Fn = lambda output, weights: (output, weights),
) -> Fn:  # fmt: skip
    """`multi_head` written wrongly: other blocks of `in_proj_weight`, another source of keys, another merge, ..."""

    def wrong(x: Tensor, y: Tensor, N: int, wi: Tensor, bi: Tensor, wo: Tensor, bo: Tensor, *mask: Tensor) -> object:
        blocks = [(cut(wi)[k], cut(bi)[k]) for k in order]
        made = [split(linear(one, *block), N) for one, block in zip(sources(x, y), blocks, strict=True)]
        context, weights = attend(*made, *mask)
        return result(out(merge(context), wo, bo), weights)

    return wrong


_viewed: Fn = lambda x, N: x.reshape(x.shape[0], N, x.shape[1], -1)  # noqa: E731
_merged: Fn = lambda c: c.reshape(c.shape[0], c.shape[2], -1)  # noqa: E731
_turned: Fn = lambda x, w, b: x @ w + b  # noqa: E731
_unbiased: Fn = lambda x, w, b: x @ w.T  # noqa: E731
_by_head: Fn = lambda w, N: w.view(N, 3, w.shape[0] // 3 // N, -1).transpose(0, 1).reshape(w.shape)  # noqa: E731
_BLOCKS = "query", "key", "value"
MISTAKES: tuple[Mistake, ...] = (
    ("the heads are merged by `view` or `reshape` alone: `.transpose(1, 2)` comes first", _with(merge=_merged)),
    ("the output projection is missing: `F.linear(merged, out_weight, out_bias)`", _with(out=lambda m, w, b: m)),
    ("the output projection's bias is missing", _with(out=_unbiased)),
    ("the output projection is not transposed: `merged @ out_weight.T`", _with(out=_turned)),
    ("the projections are not transposed: `x @ Wq.T`", _with(linear=_turned), _with(linear=_turned, out=_turned)),
    ("`in_proj_bias` is not added", _with(linear=_unbiased)),
    ("keys and values are made from x; x asks, and y is looked up", _with(sources=lambda x, y: (x, x, x))),
    ("the queries are made from y; x asks, and y is looked up", _with(sources=lambda x, y: (y, x, x))),
    ("queries, keys and values are all made from y; x asks", _with(sources=lambda x, y: (y, y, y))),
    ("the values are made from x; keys and values come from y", _with(sources=lambda x, y: (x, y, x))),
    ("the keys are made from x; keys and values come from y", _with(sources=lambda x, y: (x, x, y))),
    ("the mask is not handed on to `attend_heads`", lambda *a: multi_head(*a[:7])),
    ("the mask is inverted: True is where attention may go", lambda *a: multi_head(*a[:7], *(~mask for mask in a[7:]))),
    ("the scores are not scaled by 1 / sqrt(K)", _with(attend=attend_with(scale=lambda q: 1.0))),
    ("the scores are divided by sqrt(D); the scale is sqrt(K), of one head",
     _with(attend=attend_with(scale=lambda q: q[0, :, 0].numel() ** -0.5))),
    ("the heads are split by `view(B, N, T, K)`, which mixes positions: use your `split_heads`", _with(split=_viewed)),
    ("heads are split and merged by `view` alone, which mixes positions", _with(split=_viewed, merge=_merged)),
    ("the heads are not split: it is one look-up of width D", lambda x, y, N, *a: multi_head(x, y, 1, *a)),
    ("the weights are averaged over the heads; each head keeps its own", _with(result=lambda o, w: (o, w.mean(1)))),
    *((f"the blocks of `in_proj_weight` are taken as {'{} and {} and {}'.format(*names)}; they are query, key, value",
       _with([names.index(name) for name in _BLOCKS])) for names in [*permutations(_BLOCKS)][1:]),
    ("every third row of `in_proj_weight` is taken: `.chunk(3)`", _with(cut=lambda w: [w[k::3] for k in range(3)])),
    ("`in_proj_weight` is taken as query, key, value of head 1, then of head 2; `.chunk(3)` cuts it for all heads",
     lambda x, y, N, w, b, *a: multi_head(x, y, N, _by_head(w, N), _by_head(b, N), *a)),
    ("x and y are split as they are; queries, keys, values are made first", _with(linear=lambda x, w, b: x)),
    ("the output projection's bias is added before the product", _with(out=lambda m, w, b: (m + b) @ w.T)),
    ("queries, keys and values share blocks of `in_proj_weight`; each has its own", _with((0, 0, 0)), _with((0, 1, 1))),
)  # fmt: skip

ADVICE = (
    ("mat1 and mat2", "`F.linear(x, Wq, bq)`: Wq is (D, D), the first D rows of `in_proj_weight`. The output "
     "projection takes the heads side by side, (B, T, D): `context.transpose(1, 2).flatten(2)`."),
    ("view size is not", "After `transpose` numbers are no longer side by side: `.flatten(2)` or `.reshape`."),
    ("must match the size of tensor", "Queries are (B, T, D), from x; keys and values (B, S, D), from y."),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for seed, (B, T, S, N, K) in enumerate([(2, 3, 4, 2, 3), (3, 4, 4, 2, 2), (2, 2, 5, 3, 2)]):
        D = N * K
        shapes = [(B, T, D), (B, S, D), (3 * D, D), (3 * D,), (D, D), (D,)]
        x, y, *weights = (normal(10 * seed + i, *shape) for i, shape in enumerate(shapes))
        mask = [[], [some(seed, B, S)], [some(seed, B, T, S)]][seed]
        arguments: tuple[Any, ...] = (x, y, N, *weights, *mask)
        got = trial.call(*arguments)
        require_pair(trial, got, "output")
        trial.compare(got, multi_head(*arguments), inputs=arguments)
    given = [normal(70 + i, *shape) for i, shape in enumerate([(2, 3, 4), (2, 2, 4), (12, 4), (12,), (4, 4), (4,)])]
    gradients_agree(trial, lambda answer: lambda x, y, wi, bi, wo, bo: answer(x, y, 2, wi, bi, wo, bo)[0], *given)


EXERCISE = Exercise(
    id="06.multi_head", reference=multi_head, difficulty=4, minutes=15,
    examine=examine, mistakes=MISTAKES, advice=ADVICE, hints=(
        "`Wq, Wk, Wv = in_proj_weight.chunk(3)`, (D, D) each, biases too. `F.linear(x, Wq, bq)` is `x @ Wq.T + bq`.",
        "Queries from x, keys and values from y: each through `split_heads(..., N)`, then `attend_heads(..., mask)`.",
        "Side by side again: `context.transpose(1, 2).flatten(2)`. Last, `F.linear(merged, out_weight, out_bias)`.",
    ), explanation="""
One matrix (D, D) holds the projections of all N heads, K rows for each; so one product makes the queries of all heads,
and `split_heads` hands them out. After the look-ups the heads must be merged the way they were split: first `transpose`
brings the N pieces of one position side by side, then `flatten` joins them. The output projection mixes what the heads
found; without it head n could only write to its own K places of the result.""")  # fmt: skip
