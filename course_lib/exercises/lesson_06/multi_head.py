"""Exercise 06.multi_head: projections, heads, look-ups and the merge, for one sequence that asks and another."""

from itertools import permutations
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.kit import Chance, Exercise, Function, Mistake, Trial, drawn, normal, parted
from course_lib.exercises.lesson_06.shared import attends, pair_agrees, some
from course_lib.transformer import attend_heads, merge_heads, multi_head, split_heads


@parted
def _with(
    source: str = "xyy", linear: Function = F.linear, out: Function = F.linear, split: Function = split_heads,
    attend: Function = attend_heads, merge: Function = merge_heads, rows: Function = lambda part, N: part,
    bias: Function = lambda b: b, masks: Function = lambda *mask: mask,
    result: Function = lambda x, output, weights: (output, weights),
) -> Function:  # fmt: skip
    """`multi_head` written wrongly: other sources, blocks, projections, masks, look-ups, another merge or result."""

    def wrong(x: Tensor, y: Tensor, N: int, wi: Tensor, bi: Tensor, wo: Tensor, bo: Tensor, *mask: Tensor) -> object:
        blocks = zip(source, rows(wi, N).chunk(3), bias(rows(bi, N)).chunk(3), strict=True)
        made = [split(linear({"x": x, "y": y}[of], *block), N) for of, *block in blocks]
        context, weights = attend(*made, *masks(*mask))
        return result(x, out(merge(context), wo, bo), weights)

    return wrong


_ordered: Function = lambda w, order: torch.cat([w.chunk(3)[k] for k in order])  # noqa: E731
_taken: Function = lambda *order: _with(rows=lambda w, N: _ordered(w, order))  # noqa: E731
_without: Function = lambda k: lambda b: b * (torch.arange(len(b)) // (len(b) // 3) != k)  # noqa: E731
_viewed: Function = lambda x, N: x.reshape(x.shape[0], N, x.shape[1], -1)  # noqa: E731
_merged: Function = lambda c: c.reshape(c.shape[0], c.shape[2], -1)  # noqa: E731
_turned: Function = lambda x, w, b: x @ w + b  # noqa: E731
_unbiased: Function = lambda x, w, b: x @ w.T  # noqa: E731
_repeated: Function = lambda m, N, of: (  # noqa: E731
    m.reshape(len(m), -1, m.shape[-1]).repeat(N, 1, 1).unflatten(0, (-1, N)) if m.dim() in of else m[:, None, None]
)
_BLOCKS = "query", "key", "value"
MISTAKES: tuple[Mistake, ...] = (
    ("the heads are merged by `view` or `reshape` alone: `.transpose(1, 2)` comes first", _with(merge=_merged)),
    ("the heads are summed; put them side by side", _with(merge=lambda c: c.sum(1).repeat(1, 1, c.shape[1]))),
    ("the heads alternate: `.transpose(1, 2).flatten(2)`", _with(merge=lambda c: c.permute(0, 2, 3, 1).flatten(2))),
    ("the output projection is missing: `F.linear(merged, out_weight, out_bias)`", _with(out=lambda m, w, b: m)),
    ("the output projection's bias is missing", _with(out=_unbiased)),
    ("the output projection is not transposed: `merged @ out_weight.T`", _with(out=_turned)),
    ("the projections are not transposed: `x @ Wq.T`, and so for Wk and Wv", _with(linear=_turned)),
    ("`in_proj_bias` is not added", _with(linear=_unbiased)),
    ("no bias is added", _with(linear=_unbiased, out=_unbiased)),
    *((f"the bias of the {what} is not added: it is a third of `in_proj_bias`", _with(bias=_without(k)))
      for k, what in ((0, "queries"), (2, "values"))),  # that of the keys changes nothing
    *((f"{what} are made from {of}; x asks, keys and values come from y", _with(source)) for what, of, source in (
        ("keys and values", "x", "xxx"), ("the keys", "x", "xxy"), ("the values", "x", "xyx"),
        ("the queries", "y", "yxx"), ("queries, keys and values", "y", "yyy"),
        ("the queries are made from y, the keys", "x", "yxy"))),
    ("the bias of the queries is used for all three; each has its third of `in_proj_bias`",
     _with(bias=lambda b: b[: len(b) // 3].repeat(3))),
    ("`out_bias` is added once for each head; add it once",
     lambda x, y, N, wi, bi, wo, bo, *mask: multi_head(x, y, N, wi, bi, wo, N * bo, *mask)),
    ("the mask is not handed on to `attend_heads`", _with(masks=lambda *mask: ())),
    ("the mask is inverted: True is where attention may go", _with(masks=lambda *mask: [~m for m in mask]),
     *(_with(attend=attends(hide=lambda s, m, low=low: s.masked_fill(m, low))) for low in (-torch.inf, -1e9))),
    ("a head gets another sentence's mask: for (B N, T, S) it is `mask.repeat_interleave(N, 0)`, not `repeat`",
     *(lambda x, y, N, *a, of=of: _with(attend=attends(place=lambda m: _repeated(m, N, of)))(x, y, N, *a)
       for of in ((3,), (2, 3)))),
    ("the scores are not scaled by 1 / sqrt(d_k)", _with(attend=attends(divisor=lambda N, T, d_k: 1))),
    ("the scores are divided by d_k, or by its root twice: `attend_heads` divides by it already",
     _with(attend=attends(divisor=lambda N, T, d_k: d_k))),
    ("a mask (B, T, S) is made one for all queries of a sentence; hand it on as it is",
     _with(masks=lambda *mask: [m.any(1) if m.dim() == 3 else m for m in mask]),
     _with(masks=lambda *mask: [m[:, 0] if m.dim() == 3 else m for m in mask])),
    ("the scores are divided by sqrt(D); it should be sqrt(d_k)",
     _with(attend=attends(divisor=lambda N, T, d_k: (N * d_k) ** 0.5))),
    ("there is a second softmax; `attend_heads` has one", _with(attend=attends(lambda s: s.softmax(-1).softmax(-1)))),
    ("heads are split by `view(B, N, T, d_k)`, which mixes positions: use your `split_heads`", _with(split=_viewed)),
    ("heads are split and merged by `view` alone, which mixes positions", _with(split=_viewed, merge=_merged)),
    ("a head gets every N-th number: use your `split_heads`",
     _with(split=lambda x, N: x.unflatten(-1, (-1, N)).permute(0, 3, 1, 2))),
    ("the heads are not split: it is one look-up of width D", lambda x, y, N, *a: multi_head(x, y, 1, *a),
     _with(split=lambda x, N: x, merge=lambda context: context),
     lambda x, y, N, *a: (multi_head(x, y, 1, *a)[0], multi_head(x, y, 1, *a)[1].repeat(1, N, 1, 1))),
    ("the weights are averaged over the heads; keep them all", _with(result=lambda x, out, w: (out, w.mean(1)))),
    ("the weights come first; return the output, then the weights", _with(result=lambda x, out, w: (w, out))),
    ("x is added; a residual connection is not part of this", _with(result=lambda x, out, w: (out + x, w))),
    *((f"the blocks of `in_proj_weight` are taken as {' and '.join(names)}; they are query, key, value",
       _taken(*(names.index(name) for name in _BLOCKS))) for names in [*permutations(_BLOCKS)][1:]),
    ("the blocks of `in_proj_bias` are interchanged; they are query, key, value, as those of `in_proj_weight`",
     *(_with(bias=lambda b, order=order: _ordered(b, order)) for order in [*permutations(range(3))][1:])),
    ("queries, keys and values share blocks of `in_proj_weight`; each has its own", _taken(0, 0, 0), _taken(0, 1, 1)),
    ("every third row is taken: `in_proj_weight.chunk(3)`, the bias likewise",
     _with(rows=lambda w, N: torch.cat([w[::3], w[1::3], w[2::3]]))),
    ("the rows are taken head by head: `in_proj_weight.chunk(3)` is query, key, value of all heads; the bias likewise",
     _with(rows=lambda w, N: w.unflatten(0, (N, 3, -1)).transpose(0, 1).flatten(0, 2))),
    ("x and y are split as they are; queries, keys, values are made first", _with(linear=lambda x, w, b: x)),
    ("the output projection's bias is added before the product", _with(out=lambda m, w, b: (m + b) @ w.T)),
)  # fmt: skip
_CHUNKS = "Weight and bias are cut alike, into three: `in_proj_weight.chunk(3)`, `in_proj_bias.chunk(3)`."
ADVICE = (
    ("mat1 and mat2", "Is it the output projection? It takes the heads side by side, (B, T, D): "
     "`context.transpose(1, 2).flatten(2)`; `attend_heads` returns the context first. Is it the first one? "
     "`F.linear(x, Wq, bq)`, with Wq (D, D), the first of `in_proj_weight.chunk(3)`. Is `mask` handed on as it is?"),
    *((f"{said}tuple", "`attend_heads` returns two things: `context, weights = attend_heads(...)`.")
      for said in ("not ", "'")),
    ("Expected size for first two", "Queries, keys and values go through `split_heads` first, to (B, N, T, d_k)."),
    ("expanded size of the tensor", _CHUNKS), ("(expected 3", _CHUNKS),
    ("view size is not", "After `transpose` numbers are no longer side by side: `.flatten(2)` in place of `.view`."),
    *((sign, "Queries are (B, T, D), from x; keys and values (B, S, D), from y.")
      for sign in ("must match the size of tensor", "is invalid for input of size")),
)  # fmt: skip


def examine(trial: Trial) -> None:
    # T = S first: there keys or values made from x raise no error, and can be named.
    for seed, (B, T, S, N, d_k) in enumerate([(3, 4, 4, 2, 3), (2, 3, 4, 2, 2), (2, 2, 5, 3, 2), (3, 4, 4, 1, 2)]):
        D = N * d_k
        shapes = [(B, T, D), (B, S, D), (3 * D, D), (3 * D,), (D, D), (D,)]
        x, y, *weights = (normal(10 * seed + i, *shape) for i, shape in enumerate(shapes))
        mask = [[], [some(seed, B, S)], [some(seed, B, T, S)], [some(seed, B, S)]][seed]
        pair_agrees(trial, "output", x, y, N, *weights, *mask)

    def draw(chance: Chance) -> tuple[Any, ...]:
        B, T, S, N = (chance.n() for _ in range(4))
        D = N * chance.n()
        shapes = [(B, T, D), (B, S, D), (3 * D, D), (3 * D,), (D, D), (D,)]
        x, y, *weights = (chance.normal(*shape, most=1) for shape in shapes)
        return x, y, N, *weights, *chance.choice([[], [chance.mask(B, S)], [chance.mask(B, T, S)]])

    for given in drawn(draw, 12):
        pair_agrees(trial, "output", *given)


EXERCISE = Exercise(id="06.multi_head", reference=multi_head, difficulty=4, minutes=15, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "`Wq, Wk, Wv = in_proj_weight.chunk(3)`, (D, D) each, biases too. `F.linear(x, Wq, bq)` is `x @ Wq.T + bq`.",
        "Queries from x, keys and values from y: each through `split_heads(..., N)`, then "
        "`context, weights = attend_heads(..., mask)`.",
        "Side by side again: `merged = context.transpose(1, 2).flatten(2)`. Last, `F.linear(merged, out_weight, "
        "out_bias)`."),
    explanation="""One matrix (D, D) holds the projections of all N heads, d_k rows for each; so one product makes all
queries, and `split_heads` hands them out. After the look-ups the heads must be merged the way they were split: first
`transpose` brings the N pieces of one position side by side, then `flatten` joins them. The output projection mixes
what the heads found; without it head n could only write to its own d_k places of the result.""")  # fmt: skip
