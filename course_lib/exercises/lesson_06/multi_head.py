"""Exercise 06.multi_head."""

from collections.abc import Callable

import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.exercises.lesson_06.attend_heads import attend_heads
from course_lib.exercises.lesson_06.shared import _attend_with, _require_pair, _some
from course_lib.exercises.lesson_06.split_heads import split_heads
from course_lib.exercises.trial import Mistake, Trial


def multi_head(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    Wq, Wk, Wv = in_proj_weight.chunk(3)  # (D, D) each
    bq, bk, bv = in_proj_bias.chunk(3)
    query = split_heads(F.linear(x, Wq, bq), N)
    key = split_heads(F.linear(y, Wk, bk), N)
    value = split_heads(F.linear(y, Wv, bv), N)
    context, weights = attend_heads(query, key, value, mask)
    merged = context.transpose(1, 2).flatten(2)  # (B, T, D)
    return F.linear(merged, out_weight, out_bias), weights


def _multi_head_with(
    order: tuple[int, int, int] = (0, 1, 2),
    sources: Callable[[Tensor, Tensor], tuple] = lambda x, y: (x, y, y),
    linear: Callable = F.linear,
    attend: Callable = attend_heads,
    merge: Callable[[Tensor], Tensor] = lambda c: c.transpose(1, 2).flatten(2),
    out: Callable = F.linear,
    keep_mask: bool = True,
    split: Callable = split_heads,
    cut: Callable = lambda w: w.chunk(3),
    result: Callable = lambda output, weights: (output, weights),
):
    """A way to write it wrongly: other blocks, another merge, another source of keys."""

    def wrong(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
        weights, biases = cut(in_proj_weight), cut(in_proj_bias)
        parts = [split(linear(each, weights[k], biases[k]), N) for each, k in zip(sources(x, y), order, strict=True)]
        context, found = attend(*parts, mask if keep_mask else None)
        return result(out(merge(context), out_weight, out_bias), found)

    return wrong


def _blocks(order: tuple[int, int, int]) -> Callable:
    """in_proj is taken apart in another order: `order[i]` is the block that is used for query, key, value."""
    return _multi_head_with(order=order)


def _by_head(w: Tensor, N: int) -> Tensor:
    """The rows in the order in which they stand if each head's query, key and value follow each other."""
    return w.unflatten(0, (N, 3, -1)).transpose(0, 1).flatten(0, 2)


_NAMES = ("query", "key", "value")


ADVICE = (
    (
        "mat1 and mat2",
        "`F.linear(x, Wq, bq)` takes the first D rows of `in_proj_weight`, (D, D). The output projection takes the heads side by side, (B, T, D): `context.transpose(1, 2).flatten(2)`.",
    ),
    (
        "view size is not compatible",
        "After `transpose` numbers are no longer side by side: `.flatten(2)` or `.reshape`.",
    ),
    ("must match the size of tensor", "Queries are (B, T, D), from x; keys and values (B, S, D), from y."),
)


def examine(trial: Trial) -> None:
    by = " and ".join
    mistakes: list[Mistake] = [
        ("the heads are merged by `view` or `reshape` alone, which mixes positions: `.transpose(1, 2)` first, then `.flatten(2)`", _multi_head_with(merge=lambda c: c.reshape(c.shape[0], c.shape[2], -1))),
        ("the heads are summed; they are put side by side", _multi_head_with(merge=lambda c: c.sum(1).repeat(1, 1, c.shape[1]))),
        ("head by head every K-th number is taken: merge with `.transpose(1, 2).flatten(2)`", _multi_head_with(merge=lambda c: c.permute(0, 2, 3, 1).flatten(2))),
        ("the output projection is missing: `F.linear(merged, out_weight, out_bias)`", _multi_head_with(out=lambda m, w, b: m)),
        ("the output projection's bias is missing", _multi_head_with(out=lambda m, w, b: m @ w.T)),
        ("the output projection is not transposed: `merged @ out_weight.T`", _multi_head_with(out=lambda m, w, b: m @ w + b)),
        ("the projections are not transposed: `x @ Wq.T`, or `F.linear`", _multi_head_with(linear=lambda x, w, b: x @ w + b)),
        ("no projection is transposed: `x @ Wq.T`, or `F.linear`", _multi_head_with(linear=lambda x, w, b: x @ w + b, out=lambda m, w, b: m @ w + b)),
        ("`in_proj_bias` is not added", _multi_head_with(linear=lambda x, w, b: x @ w.T)),
        ("no bias is added", _multi_head_with(linear=lambda x, w, b: x @ w.T, out=lambda m, w, b: m @ w.T)),
        ("keys and values are made from x; x asks, and y is looked up", _multi_head_with(sources=lambda x, y: (x, x, x))),
        ("the queries are made from y; x asks, and y is looked up", _multi_head_with(sources=lambda x, y: (y, x, x))),
        ("queries, keys and values are all made from y; x asks", _multi_head_with(sources=lambda x, y: (y, y, y))),
        ("the values are made from x; keys and values come from y", _multi_head_with(sources=lambda x, y: (x, y, x))),
        ("the keys are made from x; keys and values come from y", _multi_head_with(sources=lambda x, y: (x, x, y))),
        ("the mask is not handed on to `attend_heads`", _multi_head_with(keep_mask=False)),
        ("the mask is inverted: True is where attention may go", lambda *a: multi_head(*a[:7], None if len(a) < 8 else ~a[7])),
        ("the scores are not scaled by 1 / sqrt(K)", _multi_head_with(attend=_attend_with(scale=lambda q: 1.0))),
        ("the scores are divided by sqrt(D); the scale is sqrt(K), of one head", _multi_head_with(attend=_attend_with(scale=lambda q: (q.shape[1] * q.shape[-1]) ** -0.5))),
        ("the heads are split by `view(B, N, T, K)`, which mixes positions: use your `split_heads`", _multi_head_with(split=lambda x, N: x.reshape(x.shape[0], N, x.shape[1], -1))),
        ("heads are split and merged by `view` alone, which mixes positions: use your `split_heads`, and `.transpose(1, 2)` before the merge", _multi_head_with(split=lambda x, N: x.reshape(x.shape[0], N, x.shape[1], -1), merge=lambda c: c.reshape(c.shape[0], c.shape[2], -1))),
        ("the heads are not split: it is one look-up of width D", lambda x, y, N, *a: multi_head(x, y, 1, *a)),
        ("the weights are averaged over the heads; each head keeps its own, (B, N, T, S)", _multi_head_with(result=lambda o, w: (o, w.mean(1)))),
        ("the weights come first; return the output, then the weights", _multi_head_with(result=lambda o, w: (w, o))),
        ("x is added to the output; the residual connection is not part of attention", lambda *a: (multi_head(*a)[0] + a[0], multi_head(*a)[1])),
        *[
            (f"the blocks of `in_proj_weight` are taken as {by([_NAMES[order.index(k)] for k in range(3)])}; they are query, key, value", _blocks(order))
            for order in ((0, 2, 1), (1, 0, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1))
        ],
        ("`in_proj_weight` is cut into columns or every third row; its blocks are D rows each: `.chunk(3)`", _multi_head_with(cut=lambda w: w.unflatten(0, (-1, 3)).unbind(1))),
        ("`in_proj_weight` is taken as query, key, value of head 1, then those of head 2; its blocks are D rows each, for all heads: `.chunk(3)`", lambda x, y, N, w, b, *a: multi_head(x, y, N, _by_head(w, N), _by_head(b, N), *a)),
        ("x and y are split as they are; queries, keys and values are made by `in_proj_weight` first", _multi_head_with(linear=lambda x, w, b: x)),
        ("the output projection's bias is added before the product; it comes after it", _multi_head_with(out=lambda m, w, b: (m + b) @ w.T)),
        ("there is a second softmax over the weights; `attend_heads` has done that", _multi_head_with(attend=_attend_with(softmax=lambda s: s.softmax(-1).softmax(-1)))),
        ("one block of `in_proj_weight` is used for queries, keys and values; each has its own", _blocks((0, 0, 0))),
        ("keys and values share a block of `in_proj_weight`; each has its own", _blocks((0, 1, 1))),
    ]  # fmt: skip
    for seed, (B, T, S, N, K, masked) in enumerate([(2, 3, 4, 2, 3, 0), (3, 4, 4, 2, 2, 2), (2, 2, 5, 3, 2, 3)]):
        D = N * K
        x, y = normal(10 * seed, B, T, D), normal(10 * seed + 1, B, S, D)
        weights = [normal(10 * seed + 2 + i, *shape) for i, shape in enumerate([(3 * D, D), (3 * D,), (D, D), (D,)])]
        mask = {0: [], 2: [_some(seed, B, S)], 3: [_some(seed, B, T, S)]}[masked]
        arguments = (x, y, N, *weights, *mask)
        got = trial.call(*arguments)
        _require_pair(trial, got, "output")
        trial.compare(got, multi_head(*arguments), mistakes=mistakes, inputs=arguments)
    flat = lambda answer: lambda x, y, wi, bi, wo, bo: answer(x, y, 2, wi, bi, wo, bo)[0]  # noqa: E731
    arguments = [normal(70 + i, *shape) for i, shape in enumerate([(2, 3, 4), (2, 2, 4), (12, 4), (12,), (4, 4), (4,)])]
    Trial(flat(trial.answer), trial.name, flat(multi_head)).gradients_agree(*arguments)


EXERCISE = Exercise(
    id="06.multi_head",
    reference=multi_head,
    difficulty=4,
    minutes=15,
    hints=(
        "`Wq, Wk, Wv = in_proj_weight.chunk(3)` gives three matrices (D, D), the biases likewise. `F.linear(x, Wq, bq)` is "
        "`x @ Wq.T + bq`.",
        "Queries are made from x, keys and values from y. Each goes through `split_heads(..., N)`; then "
        "`attend_heads(query, key, value, mask)`.",
        "Put the heads side by side again: `context.transpose(1, 2).flatten(2)`, (B, T, D). Last, "
        "`F.linear(merged, out_weight, out_bias)`.",
    ),
    explanation="""
One matrix (D, D) holds the projections of all N heads, K rows for each; so one product makes the queries of all heads, and
`split_heads` hands them out. After the look-ups the heads must be merged the way they were split: first `transpose` brings the N
pieces of one position side by side, then `flatten` joins them. The output projection mixes what the heads found; without it head
n could only write to its own K places of the result.""",
    advice=ADVICE,
    examine=examine,
)
