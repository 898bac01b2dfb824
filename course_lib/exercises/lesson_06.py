"""The exercises of lesson 06, Transformer: references, hints, and what each check examines."""

import math
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib.exercises.core import exercise
from course_lib.exercises.given import normal, seeded
from course_lib.exercises.trial import Mistake, State, Trial
from course_lib.text import PAD
from course_lib.transformer import LayerNorm, MultiHeadAttention


def _some(seed: int, *shape: int) -> Tensor:
    """A mask, True in about half of its places and at least once in every row."""
    mask = torch.rand(*shape, generator=seeded(seed)) < 0.5
    mask[..., 0] |= ~mask.any(-1)
    return mask


def _require_pair(trial: Trial, got, first: str) -> None:
    """A Finding unless two things came back."""
    trial.require(
        not isinstance(got, Tensor),
        f"expected the pair `({first}, weights)`, got one tensor: `return {first}, weights`",
        state=State.DTYPE,
        got=got,
    )


# ---- 06.attend_heads -----------------------------------------------------------------------------------


def attend_heads(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])  # (B, N, T, S)
    if mask is not None:
        if mask.dim() == 2:
            mask = mask[:, None, :]  # (B, 1, S)
        scores = scores.masked_fill(~mask[:, None], -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


def _for_heads(mask: Tensor) -> Tensor:
    """(B, S) or (B, T, S) -> (B, 1, 1 or T, S)."""
    return mask[:, None, None] if mask.dim() == 2 else mask[:, None]


def _attend_with(
    scale: Callable[[Tensor], float] = lambda q: q.shape[-1] ** -0.5,
    hide: Callable[[Tensor, Tensor], Tensor] = lambda scores, mask: scores.masked_fill(~mask, -math.inf),
    place: Callable[[Tensor], Tensor] = _for_heads,
    softmax: Callable[[Tensor], Tensor] = lambda scores: scores.softmax(-1),
    after: Callable[[Tensor, Tensor], Tensor] = lambda weights, mask: weights,
    scores_of: Callable[[Tensor, Tensor], Tensor] = lambda q, k: q @ k.transpose(-2, -1),
    result: Callable[[Tensor, Tensor], tuple] = lambda context, weights: (context, weights),
):
    """A way to write it wrongly: another scale, mask or softmax."""

    def attend(query, key, value, mask=None):
        scores = scores_of(query, key) * scale(query)
        if mask is not None:
            mask = place(mask)
            scores = hide(scores, mask)
        weights = softmax(scores)
        if mask is not None:
            weights = after(weights, mask)
        return result(weights @ value, weights)

    return attend


_ATTEND_MISTAKES: list[Mistake] = [
    ("the scores are not scaled: divide them by sqrt(K)", _attend_with(scale=lambda q: 1.0)),
    ("the scores are divided by K; the scale is its root, sqrt(K)", _attend_with(scale=lambda q: 1 / q.shape[-1])),
    ("the scores are divided by the root of the model width, sqrt(N K); the scale is sqrt(K), of one head", _attend_with(scale=lambda q: (q.shape[1] * q.shape[-1]) ** -0.5)),
    ("the scores are multiplied by sqrt(K); they are divided by it", _attend_with(scale=lambda q: q.shape[-1] ** 0.5)),
    ("the scores are divided by the root of a length; the scale is sqrt(K), the width of a head", _attend_with(scale=lambda q: q.shape[-2] ** -0.5)),
    ("the mask is inverted: True is where attention may go, so hide `~mask`", _attend_with(hide=lambda s, m: s.masked_fill(m, -math.inf))),
    ("the mask is not used", _attend_with(hide=lambda s, m: s)),
    ("hidden scores are set to 0, and exp(0) = 1 still gets weight; set them to -inf", _attend_with(hide=lambda s, m: s.masked_fill(~m, 0))),
    ("the scores are multiplied by the mask: a hidden score of 0 still gets weight, exp(0) = 1. Set it to -inf", _attend_with(hide=lambda s, m: s * m)),
    ("the mask comes after the softmax, so the weights no longer sum to 1; hide the scores, before it", _attend_with(hide=lambda s, m: s, after=lambda w, m: w * m)),
    ("-1 is added to hidden scores, which is not enough: set them to -inf", _attend_with(hide=lambda s, m: s - (~m).float())),
    *[
        (f"hidden scores are set to {low}, and others may lie as low; set them to -inf", _attend_with(hide=lambda s, m, low=low: s.masked_fill(~m, low)))
        for low in (-1, -10, -100)
    ],
    ("the mask is added to the scores, as 0 and 1; it is boolean: `scores.masked_fill(~mask, -math.inf)`", _attend_with(hide=lambda s, m: s + m.float())),
    ("the softmax runs over the queries (dim T); the weights of each query sum to 1 over the keys, dim=-1", _attend_with(softmax=lambda s: s.softmax(-2))),
    ("the softmax runs over the heads; the weights of each query sum to 1 over the keys, dim=-1", _attend_with(softmax=lambda s: s.softmax(1))),
    ("the softmax runs over the batch; the weights of each query sum to 1 over the keys, dim=-1", _attend_with(softmax=lambda s: s.softmax(0))),
    ("there is no softmax: the scores themselves weigh the values", _attend_with(softmax=lambda s: s)),
    ("a sigmoid stands for the softmax: each weight is for itself, and they do not sum to 1", _attend_with(softmax=lambda s: s.sigmoid())),
    ("the weights are divided by sqrt(K), after the softmax; the scores are, before it", lambda q, k, v, m=None: _attend_with(scale=lambda q: 1.0, softmax=lambda s: s.softmax(-1) * q.shape[-1] ** -0.5)(q, k, v, m)),
    ("a mask (B, S) is laid along the heads instead of the batch: give it two dimensions, `mask[:, None, None]`", _attend_with(place=lambda m: m[:, None])),
    ("a mask (B, T, S) is laid along the heads instead of the batch: give it a dimension, `mask[:, None]`", _attend_with(place=lambda m: m[:, None, None] if m.dim() == 2 else m)),
    ("a mask is laid along the heads instead of the batch: make it (B, 1, 1 or T, S)", _attend_with(place=lambda m: m[:, None] if m.dim() == 2 else m)),
    ("the weights come first; return the context, then the weights", _attend_with(result=lambda c, w: (w, c))),
    ("the scores come back as the second; it is the weights, after the softmax", lambda q, k, v, m=None: (attend_heads(q, k, v, m)[0], q @ k.transpose(-2, -1) * q.shape[-1] ** -0.5)),
    ("the keys are summed instead of the values", lambda q, k, v, m=None: attend_heads(q, k, k, m)),
    ("the weights are averaged over the heads; each head keeps its own, (B, N, T, S)", _attend_with(result=lambda c, w: (c, w.mean(1)))),
]  # fmt: skip


@exercise(
    "06.attend_heads",
    reference=attend_heads,
    difficulty=3,
    minutes=10,
    hints=(
        "All scores of all heads at once: `query @ key.transpose(-2, -1)` is (B, N, T, S). Divide by `math.sqrt(K)`.",
        "The mask needs a dimension for the heads, so that it broadcasts: (B, S) becomes `mask[:, None, None]`, (B, T, S) "
        "becomes `mask[:, None]`.",
        "`scores.masked_fill(~mask, -math.inf)`, then `.softmax(-1)`; the context is `weights @ value`.",
    ),
    explanation="""
It is `attend` of lesson 05 with one more dimension in front: for the product of matrices, heads are only so many more
sentences. The scale is the root of K, the width of one head, because a score is a sum of K products. A score of -inf gets
the weight exp(-inf) = 0 exactly, and the other weights still sum to 1, because the softmax comes after the mask.""",
)
def check_attend_heads(trial: Trial) -> None:
    trial.advise("must match the size of tensor", "The mask must broadcast to (B, N, T, S): give it a dimension of size 1 for the heads. Keys are turned by `.transpose(-2, -1)`; `.T` turns all dimensions.")  # fmt: skip
    trial.advise("mat1 and mat2", "`query @ key.transpose(-2, -1)`: (B, N, T, K) @ (B, N, K, S).")
    trial.advise("Expected size for first two dimensions", "`query @ key.transpose(-2, -1)`: (B, N, T, K) @ (B, N, K, S).")  # fmt: skip
    trial.advise("bad operand type for unary ~", "Is `mask` None here? Without a mask every key may be attended to.")
    trial.advise("Boolean value of Tensor", "A tensor is neither true nor false: `if mask is not None`.")
    cases = [
        (2, 2, 2, 3, 4, False),
        (2, 2, 2, 3, 4, True),
        (3, 2, 4, 5, 3, True),
        (1, 3, 2, 4, 4, True),
        (4, 4, 3, 6, 1, True),
    ]
    for seed, (B, N, T, S, K, masked) in enumerate(cases):
        query, key, value = (2 * normal(10 * seed + i, B, N, n, K) for i, n in enumerate((T, S, S)))
        masks: list[Tensor | None] = [_some(seed, B, S), _some(seed + 50, B, T, S)] if masked else [None]
        for mask in masks:
            arguments = (query, key, value) if mask is None else (query, key, value, mask)
            got = trial.call(*arguments)
            _require_pair(trial, got, "context")
            trial.compare(got, attend_heads(*arguments), mistakes=_ATTEND_MISTAKES, inputs=arguments)
    query, key, value = (normal(60 + i, 2, 3, n, 4) for i, n in enumerate((2, 5, 5)))
    trial.agrees(100 * query, 100 * key, value)  # large scores
    low = torch.arange(5) < torch.tensor([[1], [2]])  # few are left, with scores so low that -100 would hide nothing
    trial.agrees(1000 * query, key, value, low, mistakes=_ATTEND_MISTAKES)
    trial.agrees(query.double(), key.double(), value.double(), _some(66, 2, 5))
    mask = _some(67, 2, 5)
    flat = lambda answer: lambda query, key, value: answer(query, key, value, mask)[0]  # noqa: E731
    Trial(flat(trial.answer), trial.name, flat(attend_heads)).gradients_agree(query, key, value)


# ---- 06.split_heads ------------------------------------------------------------------------------------


def split_heads(x, N):
    B, T, D = x.shape
    return x.view(B, T, N, D // N).transpose(1, 2)  # (B, N, T, K)


@exercise(
    "06.split_heads",
    reference=split_heads,
    difficulty=2,
    minutes=6,
    hints=(
        "Cut the D numbers of each position into N rows of K: `.view(B, T, N, K)` with K = D // N. No number moves.",
        "Then bring the heads before the positions: `.transpose(1, 2)`.",
    ),
    explanation="""
`view` cuts, `transpose` moves. The D numbers of one position lie side by side, so only they can be cut by `view` into N heads
of K numbers: (B, T, N, K). `view(B, N, T, K)` in one go has the right shape and the wrong content: its first head would hold
whole vectors of the first positions.""",
)
def check_split_heads(trial: Trial) -> None:
    trial.advise("is invalid for input of size", "`.view(B, T, N, K)` with K = D // N: as many numbers as before.")
    trial.advise("must be multiple", "`/` gives a float; a size is `D // N`.")
    trial.advise("float' object cannot be interpreted", "`/` gives a float; a size is `D // N`.")
    trial.advise("must be tuple of ints", "`/` gives a float; a size is `D // N`.")
    mistakes: list[Mistake] = [
        ("`view(B, N, T, K)` has the right shape, but mixes positions: cut the last dimension alone, `.view(B, T, N, K)`, then `.transpose(1, 2)`", lambda x, N: x.reshape(x.shape[0], N, x.shape[1], -1)),
        ("the heads still stand behind the positions, (B, T, N, K): `.transpose(1, 2)`", lambda x, N: x.unflatten(-1, (N, -1))),
        ("each head takes every N-th number; it takes K numbers that stand side by side: `.view(B, T, N, K)`", lambda x, N: x.unflatten(-1, (-1, N)).permute(0, 3, 1, 2)),
        ("each head is N wide and there are K of them; there are N heads of width K", lambda x, N: x.unflatten(-1, (-1, N)).transpose(1, 2)),
        ("the heads come before the batch; the shape is (B, N, T, K)", lambda x, N: torch.stack(x.chunk(N, dim=-1))),
        ("heads and batch are one dimension; keep both, (B, N, T, K)", lambda x, N: x.unflatten(-1, (N, -1)).transpose(1, 2).flatten(0, 1)),
        ("the last two dimensions are interchanged; the shape is (B, N, T, K)", lambda x, N: x.unflatten(-1, (N, -1)).permute(0, 2, 3, 1)),
        ("the positions are cut into heads; it is the last dimension, D, that is cut", lambda x, N: torch.stack(x.chunk(N, dim=1), dim=1)),
        ("every head gets the whole vector; it gets K = D / N numbers of it", lambda x, N: x[:, None].expand(-1, N, -1, -1)),
        ("`view(B, N, K, T)` mixes positions: cut the last dimension alone, `.view(B, T, N, K)`, then `.transpose(1, 2)`", lambda x, N: x.reshape(x.shape[0], N, -1, x.shape[1]).transpose(2, 3)),
        ("the heads are in reverse order", lambda x, N: x.unflatten(-1, (N, -1)).transpose(1, 2).flip(1)),
    ]  # fmt: skip
    for seed, (B, T, N, K) in enumerate([(2, 4, 2, 3), (1, 5, 3, 2), (3, 2, 2, 2), (2, 3, 1, 4), (2, 3, 4, 1)]):
        trial.agrees(normal(seed, B, T, N * K), N, mistakes=mistakes)
    trial.gradients_agree(normal(9, 2, 3, 8), 2)


# ---- 06.multi_head -------------------------------------------------------------------------------------


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


@exercise(
    "06.multi_head",
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
)
def check_multi_head(trial: Trial) -> None:
    trial.advise("must match the size of tensor", "Queries are (B, T, D), from x; keys and values (B, S, D), from y.")
    trial.advise("view size is not compatible", "After `transpose` numbers are no longer side by side: `.flatten(2)` or `.reshape`.")  # fmt: skip
    trial.advise("mat1 and mat2", "`F.linear(x, Wq, bq)` takes the first D rows of `in_proj_weight`, (D, D). The output projection takes the heads side by side, (B, T, D): `context.transpose(1, 2).flatten(2)`.")  # fmt: skip
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


# ---- 06.positions --------------------------------------------------------------------------------------


def sinusoidal_positions(T, D):
    t = torch.arange(T).unsqueeze(1)  # (T, 1)
    angle = t / 10000 ** (torch.arange(0, D, 2) / D)  # (T, D / 2)
    positions = torch.empty(T, D)
    positions[:, 0::2] = angle.sin()
    positions[:, 1::2] = angle.cos()
    return positions


def _positions_with(
    exponent: Callable[[Tensor, int], Tensor] = lambda i, D: 2 * i / D,
    first: int = 0,
    base: float = 10000.0,
    even: Callable[[Tensor], Tensor] = torch.sin,
    odd: Callable[[Tensor], Tensor] = torch.cos,
    join: Callable = lambda a, b: torch.stack([a, b], -1).flatten(1),
    angle: Callable = lambda t, rate: t / rate,
):
    def wrong(T, D):
        t, i = torch.arange(first, first + T).float().unsqueeze(1), torch.arange(D // 2).float()
        a = angle(t, base ** exponent(i, D))
        return join(even(a), odd(a))

    return wrong


def _each_column(T: int, D: int) -> Tensor:
    """The exponent runs on from column to column: cos has another frequency than the sin beside it."""
    angle = torch.arange(T).unsqueeze(1) / 10000 ** (torch.arange(D) / D)
    return torch.where(torch.arange(D) % 2 == 0, angle.sin(), angle.cos())


def _doubled_column(T: int, D: int) -> Tensor:
    angle = torch.arange(T).unsqueeze(1) / 10000 ** (2 * torch.arange(D) / D)
    return torch.where(torch.arange(D) % 2 == 0, angle.sin(), angle.cos())


@exercise(
    "06.positions",
    reference=sinusoidal_positions,
    difficulty=3,
    minutes=10,
    hints=(
        "The positions as a column, `torch.arange(T).unsqueeze(1)`, divided by a row of D / 2 numbers gives all angles at "
        "once, (T, D / 2).",
        "The row: `10000 ** (torch.arange(0, D, 2) / D)`. `torch.arange(0, D, 2)` is 0, 2, 4, ..., which is 2i.",
        "Sines go to the even columns, `positions[:, 0::2] = angle.sin()`, cosines to the odd ones, `[:, 1::2]`.",
    ),
    explanation="""
Each pair of columns is a hand of a clock. The first turns by one radian with every position, the last by 1/10000 or a little more.
The pair (sin, cos) of a later position is the earlier pair turned by an angle that depends on the distance alone, so a linear
layer can learn to look n positions back.""",
)
def check_positions(trial: Trial) -> None:
    trial.advise("must match the size of tensor", "Angles: (T, 1) divided by (D / 2,) is (T, D / 2), as many columns as `[:, 0::2]` has.")  # fmt: skip
    trial.advise("shape mismatch", "Angles: (T, 1) divided by (D / 2,) is (T, D / 2), as many columns as `[:, 0::2]` has.")  # fmt: skip
    mistakes: list[Mistake] = [
        ("sines and cosines are interchanged: sin in the even columns, cos in the odd ones", _positions_with(even=torch.cos, odd=torch.sin)),
        ("the exponent is i / D; pair i has the exponent 2i / D", _positions_with(exponent=lambda i, D: i / D)),
        ("the exponent is 4i / D: the 2 is there twice; `torch.arange(0, D, 2)` is 2i already", _positions_with(exponent=lambda i, D: 4 * i / D)),
        ("the exponent runs on from column to column; the two columns of a pair have the same one, 2i / D", _each_column),
        ("the exponent runs on from column to column, and is doubled; pair i, columns 2i and 2i + 1, has 2i / D", _doubled_column),
        ("all sines come first, then all cosines; they alternate, column by column", _positions_with(join=lambda a, b: torch.cat([a, b], -1))),
        ("the first position is 1; positions count from 0", _positions_with(first=1)),
        ("the base is 1000; it is 10000", _positions_with(base=1000.0)),
        ("the base is 100; it is 10000", _positions_with(base=100.0)),
        ("the position is multiplied by 10000^(2i/D); it is divided by it", _positions_with(angle=lambda t, rate: t * rate)),
        ("all columns are sines; the odd ones are cosines", _positions_with(odd=torch.sin)),
        ("the exponent is divided by D / 2 - 1; it is 2i / D", _positions_with(exponent=lambda i, D: i / max(D // 2 - 1, 1))),
        ("the position is multiplied by 10000^(2i/D); it is divided by it: the exponent is negative", _positions_with(angle=lambda t, rate: t * rate.log().exp())),
        ("the exponent is missing, or `//` cut it to 0: pair i turns with 1 / 10000^(2i/D)", _positions_with(exponent=lambda i, D: i * 0)),
        ("`//` cuts the angles to whole numbers: divide with `/`", _positions_with(angle=lambda t, rate: t // rate)),
        ("pairs are counted from 1; the first is i = 0", _positions_with(exponent=lambda i, D: 2 * (i + 1) / D)),
        ("the angles are multiplied by 2 pi; they are t / 10000^(2i/D)", _positions_with(angle=lambda t, rate: 2 * math.pi * t / rate)),
        ("it is transposed: a row for each position, (T, D)", lambda T, D: sinusoidal_positions(T, D).T),
        ("it has a batch dimension too many: (T, D)", lambda T, D: sinusoidal_positions(T, D)[None]),
    ]  # fmt: skip
    for T, D in [(5, 8), (3, 4), (1, 2), (60, 128), (7, 6), (4, 4)]:
        trial.agrees(T, D, mistakes=mistakes, atol=2e-5)


# ---- 06.embed ------------------------------------------------------------------------------------------


def embed(ids, weight, positions):
    T, D = ids.shape[1], weight.shape[1]
    return weight[ids] * math.sqrt(D) + positions[:T]  # (B, T, D) + (T, D)


@exercise(
    "06.embed",
    reference=embed,
    difficulty=1,
    minutes=5,
    hints=(
        "The words are `weight[ids]`, (B, T, D); their factor is `math.sqrt(D)`, with D = `weight.shape[1]`.",
        "The positions 0 to T - 1 are the first T rows, `positions[:T]`, (T, D): they broadcast over the batch.",
    ),
    explanation="""
The first T rows of the table, (T, D), are added to each sentence of (B, T, D): broadcasting compares shapes from the right. T is the
second size of `ids`; `positions[: ids.shape[0]]` would take as many rows as there are sentences. The factor belongs to the
words alone. It makes up for how they are drawn: rows of length 1 beside positions of length sqrt(D / 2).""",
)
def check_embed(trial: Trial) -> None:
    trial.advise("must match the size of tensor", "(B, T, D) + (T, D): take as many rows of `positions` as there are words, `positions[:T]`.")  # fmt: skip
    trial.advise("out of range", "Words are looked up by their ids; positions are the rows 0 to T - 1.")
    trial.advise("out of bounds", "Words are looked up by their ids; positions are the rows 0 to T - 1.")

    def with_(factor=math.sqrt, rows=lambda ids, p: p[: ids.shape[1]], join=torch.add, after=lambda x, D: x):
        return lambda ids, w, p: after(join(w[ids] * factor(w.shape[1]), rows(ids, p)), w.shape[1])

    one = lambda D: 1.0  # noqa: E731
    mistakes: list[Mistake] = [
        ("the words are not scaled: times sqrt(D)", with_(factor=one)),
        ("the sum is scaled, and with it the positions; the factor belongs to the words alone", with_(factor=one, after=lambda x, D: x * D**0.5)),
        ("the words are divided by sqrt(D); they are multiplied by it", with_(factor=lambda D: D**-0.5)),
        ("the words are multiplied by D; the factor is its root", with_(factor=float)),
        ("the root is that of a length; it is that of D, the width: `weight.shape[1]`", lambda ids, w, p: w[ids] * ids.shape[1] ** 0.5 + p[: ids.shape[1]]),
        ("the root is that of the vocabulary's size; it is that of D, the width: `weight.shape[1]`", lambda ids, w, p: w[ids] * len(w) ** 0.5 + p[: ids.shape[1]]),
        ("the positions are missing", with_(join=lambda x, p: x)),
        ("the positions are multiplied; they are added", with_(join=torch.mul)),
        ("the positions are subtracted; they are added", with_(join=torch.sub)),
        ("every word gets the position that is its sentence's place in the batch: the rows are `positions[:T]`, laid along the words", with_(rows=lambda ids, p: p[: len(ids), None])),
        ("the positions are looked up by the ids of the words; word t has row t", with_(rows=lambda ids, p: p[ids])),
        ("positions are counted from 1; the first word has row 0", with_(rows=lambda ids, p: p[1 : ids.shape[1] + 1])),
        ("the last rows of `positions` are taken; it is the first T", with_(rows=lambda ids, p: p[-ids.shape[1] :])),
        ("every word gets row 0", with_(rows=lambda ids, p: p[:1])),
        ("every word gets the row of the last one", with_(rows=lambda ids, p: p[ids.shape[1] - 1])),
    ]  # fmt: skip
    for seed, (B, T, V, D, longest) in enumerate(
        [(2, 3, 12, 4, 12), (3, 2, 9, 6, 9), (2, 2, 7, 4, 9), (4, 1, 5, 2, 6)]
    ):
        ids = torch.randint(V, (B, T), generator=seeded(seed))
        trial.agrees(ids, normal(seed, V, D), normal(seed + 10, longest, D), mistakes=mistakes)
    flat = lambda answer: lambda weight, positions: answer(torch.tensor([[2, 0, 2]]), weight, positions)  # noqa: E731
    Trial(flat(trial.answer), trial.name, flat(embed)).gradients_agree(normal(7, 4, 6), normal(8, 3, 6))


# ---- 06.layer_norm -------------------------------------------------------------------------------------


def layer_norm(x, weight, bias, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    variance = centred.square().mean(-1, keepdim=True)
    return centred / (variance + eps).sqrt() * weight + bias


def _norm_with(
    axes: Callable[[Tensor], tuple[int, ...]] = lambda x: (-1,),
    unbiased: bool = False,
    root: Callable = lambda variance, eps: (variance + eps).sqrt(),
    centre: bool = True,
    finish: Callable = lambda x, weight, bias: x * weight + bias,
):
    def wrong(x, weight, bias, eps=1e-5):
        dims = axes(x)
        centred = x - x.mean(dims, keepdim=True)
        variance = x.var(dims, keepdim=True, unbiased=unbiased)
        return finish((centred if centre else x) / root(variance, eps), weight, bias)

    return wrong


def _difference_of_squares(x, weight, bias, eps=1e-5):
    mean = x.mean(-1, keepdim=True)
    return (x - mean) / (x.square().mean(-1, keepdim=True) - mean.square() + eps).sqrt() * weight + bias


@exercise(
    "06.layer_norm",
    reference=layer_norm,
    difficulty=2,
    minutes=7,
    hints=(
        "Mean and variance are those of each vector by itself, over the last dimension: `x.mean(-1, keepdim=True)`.",
        "The variance is the mean of the squared differences from the mean: divided by D, not by D - 1. "
        "`x.var(-1, keepdim=True, unbiased=False)` is the same.",
        "`(x - mean) / torch.sqrt(variance + eps) * weight + bias`.",
    ),
    explanation="""
`x.var` and `x.std` divide by D - 1 unless told otherwise: right for estimating from a sample, but here the D numbers are all there are.
With D = 4 the result is 13 % too small, with D = 512 0.1 %, which is why that slip goes unseen. eps inside the root keeps the
derivative finite where all numbers of a vector are equal.""",
)
def check_layer_norm(trial: Trial) -> None:
    trial.advise("must match the size of tensor", "`keepdim=True` keeps the last dimension, as size 1: (B, T, D) - (B, T, 1).")  # fmt: skip
    mistakes: list[Mistake] = [
        ("the variance is divided by D - 1; here it is divided by D: `unbiased=False`", _norm_with(unbiased=True)),
        ("`eps` is added outside the root; it belongs inside, sqrt(variance + eps)", _norm_with(root=lambda v, e: v.sqrt() + e)),
        ("`eps` is added outside the root, and the variance is divided by D - 1; sqrt(variance + eps), with the mean of the squares", _norm_with(root=lambda v, e: v.sqrt() + e, unbiased=True)),
        ("`eps` is not used: sqrt(variance + eps)", _norm_with(root=lambda v, e: v.sqrt())),
        ("`eps` is a fixed 1e-5; use the argument", _norm_with(root=lambda v, e: (v + 1e-5).sqrt())),
        ("it is divided by the variance; divide by its root", _norm_with(root=lambda v, e: v + e)),
        ("`eps` is squared; sqrt(variance + eps)", _norm_with(root=lambda v, e: (v + e * e).sqrt())),
        ("mean and variance run over the batch; each vector is normalized by itself, over the last dimension", _norm_with(axes=lambda x: (0,))),
        ("mean and variance run over the positions; each vector is normalized by itself, over the last dimension", _norm_with(axes=lambda x: (1,) if x.dim() > 2 else (0,))),
        ("mean and variance run over positions and features together; each vector is normalized by itself", _norm_with(axes=lambda x: (-2, -1))),
        ("mean and variance run over everything; each vector is normalized by itself, over the last dimension", _norm_with(axes=lambda x: tuple(range(x.dim())))),
        ("the mean is not subtracted", _norm_with(centre=False)),
        ("`weight` and `bias` are not applied", _norm_with(finish=lambda x, w, b: x)),
        ("`bias` is not added", _norm_with(finish=lambda x, w, b: x * w)),
        ("`weight` is not multiplied", _norm_with(finish=lambda x, w, b: x + b)),
        ("`weight` and `bias` are interchanged", _norm_with(finish=lambda x, w, b: x * b + w)),
        ("the bias is multiplied by the weight too: (...) * weight + bias", _norm_with(finish=lambda x, w, b: (x + b) * w)),
        ("the squares are summed; the variance is their mean, the sum divided by D", lambda x, w, b, e=1e-5: (x - x.mean(-1, keepdim=True)) / ((x - x.mean(-1, keepdim=True)).square().sum(-1, keepdim=True) + e).sqrt() * w + b),
        ("it is multiplied by the root; divide by it", _norm_with(root=lambda v, e: 1 / (v + e).sqrt())),
        ("`eps` is not used, and the variance is divided by D - 1; sqrt(variance + eps), with the mean of the squares", _norm_with(root=lambda v, e: v.sqrt(), unbiased=True)),
        ("only the mean is divided: brackets, (x - mean) / ...", lambda x, w, b, e=1e-5: x - x.mean(-1, keepdim=True) / (x.var(-1, keepdim=True, unbiased=False) + e).sqrt() * w + b),
        ("the variance is that of all vectors together; each has its own, over the last dimension", lambda x, w, b, e=1e-5: (x - x.mean(-1, keepdim=True)) / ((x - x.mean(-1, keepdim=True)).square().mean() + e).sqrt() * w + b),
        ("the variance is made as the mean of the squares minus the square of the mean: right on paper, but for large numbers it loses its digits. Take the mean off first, then square", _difference_of_squares),
        ("it is divided by the root of the mean square, as RMSNorm does; the mean comes off before the variance", lambda x, w, b, e=1e-5: x / (x.square().mean(-1, keepdim=True) + e).sqrt() * w + b),
    ]  # fmt: skip
    # A small variance first: there eps counts, also where it is the usual one.
    trial.agrees(0.003 * normal(4, 2, 3, 4), normal(5, 4), normal(6, 4), 1e-5, mistakes=mistakes)
    for seed, (shape, eps) in enumerate([((2, 3, 4), 0.5), ((3, 2, 5), 0.1), ((4, 2), 0.2), ((2, 2, 3, 4), 0.3)]):
        D = shape[-1]
        x = 2 * normal(seed, *shape) + 1
        trial.agrees(x, normal(seed + 20, D), normal(seed + 30, D), eps, mistakes=mistakes)
    trial.agrees(normal(5, 2, 3, 4), normal(6, 4), normal(7, 4), mistakes=mistakes)
    trial.agrees(torch.full((1, 2, 4), 3.0), normal(8, 4), normal(9, 4))  # a variance of 0
    trial.agrees(normal(12, 2, 3, 4) + 500, normal(6, 4), normal(7, 4), mistakes=mistakes, atol=1e-3)
    trial.gradients_agree(normal(10, 2, 3, 4), normal(11, 4), normal(12, 4))


# ---- 06.feed_forward -----------------------------------------------------------------------------------


def feed_forward(x, weight1, bias1, weight2, bias2):
    hidden = (x @ weight1.T + bias1).relu()  # (B, T, H)
    return hidden @ weight2.T + bias2  # (B, T, D)


@exercise(
    "06.feed_forward",
    reference=feed_forward,
    difficulty=1,
    minutes=4,
    hints=(
        "Two dense layers of lesson 00: `x @ weight1.T + bias1`, then the ReLU, then the second one.",
        "`(x @ weight1.T + bias1).relu() @ weight2.T + bias2`.",
    ),
    explanation="""
The products run over the last dimension alone, so each position goes through the same small network, by itself. Words exchange
nothing here; that is what attention is for.""",
)
def check_feed_forward(trial: Trial) -> None:
    trial.advise("mat1 and mat2", "Weights are (out, in), as in `nn.Linear`: `x @ weight1.T`.")
    trial.advise("expanded size of the tensor", "`bias1` (H,) belongs to the first layer, `bias2` (D,) to the second.")
    trial.advise("Boolean value of Tensor", "Python's `max` compares single numbers; for a tensor `.relu()` or `.clamp(min=0)`.")  # fmt: skip

    def with_(inner=torch.relu, outer=lambda s: s, one=lambda b: b, two=lambda b: b, more=lambda x: 0):
        return lambda x, w1, b1, w2, b2: outer(inner(x @ w1.T + one(b1)) @ w2.T + two(b2)) + more(x)

    mistakes: list[Mistake] = [
        ("there is no activation between the layers: two linear layers are one. The ReLU comes after the first", with_(inner=lambda s: s)),
        ("the ReLU comes after the second layer; it comes after the first", with_(inner=lambda s: s, outer=torch.relu)),
        ("there is a ReLU after the second layer too; only the first has one", with_(outer=torch.relu)),
        ("the activation is a GELU; here it is the ReLU, as in the paper", with_(inner=F.gelu)),
        ("the activation is a SiLU; here it is the ReLU, as in the paper", with_(inner=F.silu)),
        ("the activation is a leaky ReLU; here it is max(0, .)", with_(inner=F.leaky_relu)),
        ("the activation is a tanh; here it is the ReLU, max(0, .)", with_(inner=torch.tanh)),
        ("the activation is a sigmoid; here it is the ReLU, max(0, .)", with_(inner=torch.sigmoid)),
        ("`bias1` is missing", with_(one=lambda b: 0)),
        ("`bias2` is missing", with_(two=lambda b: 0)),
        ("both biases are missing", with_(one=lambda b: 0, two=lambda b: 0)),
        ("`bias1` is added after the ReLU; it belongs inside", lambda x, w1, b1, w2, b2: ((x @ w1.T).relu() + b1) @ w2.T + b2),
        ("x is added; the residual connection is not part of this network", with_(more=lambda x: x)),
        ("the second layer is missing", lambda x, w1, b1, w2, b2: (x @ w1.T + b1).relu()),
        ("there is a softmax between the layers; it is the ReLU", with_(inner=lambda s: s.softmax(-1))),
        ("the ReLU is applied to x; it comes after the first layer", lambda x, w1, b1, w2, b2: (x.relu() @ w1.T + b1) @ w2.T + b2),
    ]  # fmt: skip
    for seed, (B, T, D, H) in enumerate([(2, 3, 4, 5), (1, 2, 3, 7), (3, 1, 2, 2)]):
        shapes = [(B, T, D), (H, D), (H,), (D, H), (D,)]
        arguments = [normal(10 * seed + i, *shape) for i, shape in enumerate(shapes)]
        trial.agrees(*arguments, mistakes=mistakes)
    trial.gradients_agree(*arguments)


# ---- 06.target_mask ------------------------------------------------------------------------------------


def target_mask(ids):
    T = ids.shape[1]
    causal = torch.ones(T, T, dtype=torch.bool).tril()  # (T, T)
    real = ids != PAD  # (B, T)
    return causal & real[:, None, :]  # (B, T, T)


@exercise(
    "06.target_mask",
    reference=target_mask,
    difficulty=3,
    minutes=8,
    hints=(
        "Causal: row t, column s, True where s is at most t: `torch.ones(T, T, dtype=torch.bool).tril()`.",
        "Padding: `ids != 0` is (B, T). What is looked at stands in the columns, so it becomes (B, 1, T): `[:, None, :]`.",
        "Both must hold: `causal & real[:, None, :]` broadcasts to (B, T, T).",
    ),
    explanation="""
A row is a word that asks, a column a word that is looked at. `tril` keeps the diagonal: when the next word is predicted, the last one is
known. `tril(1)` would show each position the very word it has to predict, and training would look perfect. Padding is hidden
by its columns; what the rows at padding find does not matter, because no loss is taken there. (As long as padding stands behind
a sentence, the triangle hides it from all real words already. It counts where padding comes first, and in the encoder,
which has no triangle.)""",
)
def check_target_mask(trial: Trial) -> None:
    trial.advise("must match the size of tensor", "(T, T) & (B, 1, T) broadcasts to (B, T, T): `real[:, None, :]`. `B, T = ids.shape`.")  # fmt: skip
    trial.advise("bitwise_and", "`&` joins booleans: `dtype=torch.bool`, or `.bool()`.")
    trial.advise("Boolean value of Tensor", "`and` asks whether a whole tensor is true; `&` joins element by element.")

    def with_(causal=lambda T: torch.ones(T, T).tril().bool(), real=lambda r: r[:, None, :], join=torch.logical_and):
        return lambda ids: join(causal(ids.shape[1]).expand(len(ids), -1, -1), real(ids != PAD))

    triangle = lambda diagonal: lambda T: torch.ones(T, T).tril(diagonal).bool()  # noqa: E731
    mistakes: list[Mistake] = [
        ("True and False are inverted: True is where attention may go", lambda ids: ~target_mask(ids)),
        ("it leaks by one: each word sees the next one, which it has to predict. `tril()`, without a diagonal", with_(causal=triangle(1))),
        ("a word does not see itself: the diagonal belongs to it, `tril()`, without a diagonal", with_(causal=triangle(-1))),
        ("the triangle is the upper one: each word sees what comes after it. `tril` is the lower one", with_(causal=lambda T: torch.ones(T, T).triu().bool())),
        ("the triangle is the strictly upper one, which is what must be hidden: `tril`, True where attention may go", with_(causal=lambda T: torch.ones(T, T).triu(1).bool())),
        ("the triangle is missing: each word sees all that come after it", lambda ids: (ids != PAD)[:, None, :].expand(-1, ids.shape[1], -1)),
        ("padding is not hidden: `ids != 0`", lambda ids: torch.ones(ids.shape[1], ids.shape[1]).tril().bool().expand(len(ids), -1, -1)),
        ("the rows of padding are hidden, not its columns: `real[:, None, :]`", with_(real=lambda r: r[:, :, None])),
        ("rows of padding are hidden, too; a row without any True makes the softmax nan. Columns are enough: `real[:, None, :]`", lambda ids: target_mask(ids) & (ids != PAD)[:, :, None]),
        ("the two are joined by `or`; both must hold: `&`", with_(join=torch.logical_or)),
        ("padding is shown and the words are hidden: real is `ids != 0`", with_(real=lambda r: ~r[:, None, :])),
        ("rows and columns are interchanged: row t is the word that looks", lambda ids: target_mask(ids).transpose(1, 2)),
        ("padding is counted and taken to stand at the end; it may stand anywhere: `ids != 0`", with_(real=lambda r: (torch.arange(r.shape[1]) < r.sum(1, keepdim=True))[:, None, :])),
        ("there is a dimension for the heads too many: (B, T, T); attention adds it", lambda ids: target_mask(ids)[:, None]),
        ("the first word, id 2, counts as padding; padding has the id 0", lambda ids: torch.ones(ids.shape[1], ids.shape[1]).tril().bool() & (ids != 2)[:, None, :]),
    ]  # fmt: skip
    generator = seeded(0)
    for B, T, lengths in [(2, 4, (4, 2)), (3, 5, (3, 5, 1)), (3, 3, (3, 1, 2)), (1, 1, (1,))]:
        ids = torch.randint(3, 20, (B, T), generator=generator)
        ids[:, 0] = 2  # <sos>
        for row, length in zip(ids, lengths, strict=True):
            row[length:] = PAD
        if T > 3:
            ids[0, 1] = PAD  # in the middle: behind the end the causal mask alone would hide it from real words
        expected, got = target_mask(ids), trial.call(ids)
        if isinstance(got, Tensor) and got.is_floating_point():
            additive = torch.equal(got, torch.zeros(expected.shape).masked_fill(~expected, -math.inf))
            trial.require(
                False,
                "it is a mask to be added, of 0 and -inf; here masks are boolean, True where attention may go"
                if additive
                else "the mask must be boolean: `dtype=torch.bool`, or `.bool()`",
                state=State.DTYPE,
                got=got,
            )
        if isinstance(got, Tensor) and got.shape == (T, T) != (B, T, T):
            trial.require(
                False, "it is (T, T), the same for all sentences: their padding differs, (B, T, T)", state=State.SHAPE
            )
        trial.compare(got, expected, mistakes=mistakes, inputs=(ids,))


# ---- 06.encoder_layer ----------------------------------------------------------------------------------


class EncoderLayer(nn.Module):
    def __init__(self, D, N, H, norm_first=True):
        super().__init__()
        self.self_attn = MultiHeadAttention(D, N)
        self.linear1, self.linear2 = nn.Linear(D, H), nn.Linear(H, D)
        self.norm1, self.norm2 = LayerNorm(D), LayerNorm(D)
        self.norm_first = norm_first

    def feed_forward(self, x):
        return feed_forward(x, self.linear1.weight, self.linear1.bias, self.linear2.weight, self.linear2.bias)

    def forward(self, x, mask=None):
        if self.norm_first:
            y = self.norm1(x)
            x = x + self.self_attn(y, y, mask)[0]
            return x + self.feed_forward(self.norm2(x))
        x = self.norm1(x + self.self_attn(x, x, mask)[0])
        return self.norm2(x + self.feed_forward(x))


def _none(x: Tensor) -> Tensor:
    return x


def _with_state(make: Callable[..., nn.Module], sizes: tuple[int, int, int], norm_first: bool, seed: int) -> nn.Module:
    """A layer whose parameters are all random, those of the norms, too."""
    layer = make(*sizes, norm_first)
    with torch.no_grad():
        for i, p in enumerate(layer.parameters()):
            p.copy_(normal(100 * seed + i, *p.shape) * (0.5 if p.dim() > 1 else 1))
    return layer


def _examine_layer(trial: Trial, sizes: tuple[int, int, int], norm_first: bool, seed: int) -> nn.Module:
    """The learner's layer with the parameters of the reference's; a Finding where it has others."""
    right = _with_state(trial.reference, sizes, norm_first, seed)
    layer = trial.call(*sizes, norm_first)
    trial.require(
        isinstance(layer, nn.Module),
        f"`{trial.name}(D, N, H, norm_first)` should make a module, got {type(layer).__name__}: leave the first lines of "
        "the class as they are",
        state=State.DTYPE,
        got=layer,
    )
    mine, theirs = ({name: tuple(p.shape) for name, p in each.state_dict().items()} for each in (layer, right))
    odd = sorted(set(mine.items()) ^ set(theirs.items()))
    trial.require(
        not odd,
        f"the parameters should be those that `__init__` makes; `{(odd or [['']])[0][0]}` is missing, new or of another shape",
        state=State.SHAPE,
    )
    layer.load_state_dict(right.state_dict())
    return layer


def _layer_case(trial: Trial, sizes, norm_first, seed, variants, *given) -> None:
    """One call of the layer's `forward`, compared with the reference's and with the ways to write it wrongly."""
    layer = _examine_layer(trial, sizes, norm_first, seed)
    got = trial.run(layer.forward, *given)
    trial.require(
        not isinstance(got, tuple),
        "expected one tensor, got a tuple: `self.self_attn(...)` gives the output and the weights, and the layer returns "
        "the new x alone",
        state=State.DTYPE,
        got=got,
    )

    def through(forward):
        return lambda norm_first, seed, sizes, *given: forward(
            _with_state(trial.reference, tuple(sizes), norm_first, seed), *given
        )

    trial.compare(
        got,
        _with_state(trial.reference, sizes, norm_first, seed)(*given),
        mistakes=[(text, through(forward)) for text, forward in variants],
        inputs=(norm_first, seed, list(sizes), *given),
        atol=1e-4,
    )


def _layer_gradients(trial: Trial, sizes: tuple[int, int, int], *given: Tensor) -> None:
    """Every parameter must get a gradient."""
    for norm_first in (True, False):
        layer = _examine_layer(trial, sizes, norm_first, 9)
        out = trial.run(layer.forward, *given)
        trial.require(
            isinstance(out, Tensor) and out.requires_grad,
            "its result is detached: no gradient can flow. Leave out `.detach()`, `.data` and `torch.no_grad()`",
        )
        (out * normal(8, *out.shape)).sum().backward()
        for name, p in layer.named_parameters():
            trial.require(p.grad is not None, f"no gradient reaches `{name}`: is it used?")


def _encoder_with(
    pre1=None, pre2=None, skip1=True, skip2=True, order="af", norms=("norm1", "norm2"), keep_mask=True, raw_keys=False,
    swap=False, base_normed=False, end=False, inverted=False, feed=lambda layer, z: layer.feed_forward(z),
):  # fmt: skip
    """A way to write the layer wrongly."""

    def forward(layer, x, mask=None):
        norm1, norm2 = (getattr(layer, name) if name else _none for name in norms)
        first = layer.norm_first != swap
        mask = None if not keep_mask else mask if not inverted or mask is None else ~mask

        def attention(z, raw):
            return layer.self_attn(z, raw if raw_keys else z, mask)[0]

        for kind in order:
            norm, skip = (norm1, skip1) if kind == "a" else (norm2, skip2)
            z = norm(x) if first else x
            added = attention(z, x) if kind == "a" else feed(layer, z)
            total = ((z if base_normed else x) if skip else 0) + added
            x = total if first else norm(total)
        return norm2(x) if end and first else x

    return forward


def _side_by_side(layer, x, mask=None):
    if layer.norm_first:
        return x + _self(layer, layer.norm1(x), mask) + layer.feed_forward(layer.norm2(x))
    return layer.norm2(layer.norm1(x + _self(layer, x, mask) + layer.feed_forward(x)))


def _first_x_again(layer, x, mask=None):
    if layer.norm_first:
        return x + layer.feed_forward(layer.norm2(x + _self(layer, layer.norm1(x), mask)))
    return layer.norm2(x + layer.feed_forward(layer.norm1(x + _self(layer, x, mask))))


def _norm_of_the_part(layer, x, mask=None):
    if layer.norm_first:
        return _encoder_with()(layer, x, mask)
    x = x + layer.norm1(_self(layer, x, mask))
    return x + layer.norm2(layer.feed_forward(x))


def _self(layer: nn.Module, x: Tensor, mask: Tensor | None) -> Tensor:
    return layer.self_attn(x, x, mask)[0]


_ENCODER_MISTAKES = [
    ("both residual connections are missing: x + what the sub-layer adds", _encoder_with(skip1=False, skip2=False)),
    ("the residual connection around attention is missing: x + attention(...)", _encoder_with(skip1=False)),
    ("the residual connection around the feed-forward network is missing", _encoder_with(skip2=False)),
    ("where `norm_first` is False the norm comes after the sum, norm(x + sublayer(x)); here it comes before the sub-layer", lambda layer, *a: _encoder_with(swap=not layer.norm_first)(layer, *a)),
    ("where `norm_first` is True the norm comes before the sub-layer, x + sublayer(norm(x)); here it comes after the sum", lambda layer, *a: _encoder_with(swap=layer.norm_first)(layer, *a)),
    ("with `norm_first` the normalized x is added instead of x: keep x itself for the sum", _encoder_with(base_normed=True)),
    ("with `norm_first` only the queries are normalized; keys and values come from the normalized x, too", _encoder_with(raw_keys=True)),
    ("the mask is not handed to `self.self_attn`", _encoder_with(keep_mask=False)),
    ("the mask is inverted: True is where attention may go", _encoder_with(inverted=True)),
    ("`norm1` is used twice; the second sub-layer has `norm2`", _encoder_with(norms=("norm1", "norm1"))),
    ("`norm1` and `norm2` are interchanged", _encoder_with(norms=("norm2", "norm1"))),
    ("`norm2` is missing", _encoder_with(norms=("norm1", ""))),
    ("`norm1` is missing", _encoder_with(norms=("", "norm2"))),
    ("both norms are missing", _encoder_with(norms=("", ""))),
    ("the feed-forward network is missing", _encoder_with(order="a")),
    ("attention is missing", _encoder_with(order="f")),
    ("the feed-forward network comes first; attention does", _encoder_with(order="fa")),
    ("attention is there twice", _encoder_with(order="aaf")),
    ("with `norm_first` there is a norm after the last sum, too; it stands before each sub-layer alone", _encoder_with(end=True)),
    ("the ReLU is missing: call `self.feed_forward`, not the two linear layers", _encoder_with(feed=lambda layer, z: layer.linear2(layer.linear1(z)))),
    ("both sub-layers look at the same x; the second one starts from the sum of the first", _side_by_side),
    ("the second sum takes the x from before attention; it takes the sum of the first", _first_x_again),
    ("the norm is laid around the sub-layer's result alone; post-norm is norm(x + sublayer(x))", _norm_of_the_part),
]  # fmt: skip


def _advise_on_layers(trial: Trial) -> None:
    trial.advise("'tuple'", "`self.self_attn(...)` gives two things, the output and the weights: take `[0]`.")
    for sign in ("positional argument", "'NoneType' object has no attribute"):
        trial.advise(sign, "`self.self_attn(x, y, mask)`: x asks and y is looked up, in self-attention both the same; keys and values are made inside.")  # fmt: skip
    trial.advise("missing the required", "Write the method `forward`; calling the layer calls it.")


@exercise(
    "06.encoder_layer",
    reference=EncoderLayer,
    difficulty=3,
    minutes=12,
    hints=(
        "Two sub-layers, one after the other, each of the same form: attention with `norm1`, then `self.feed_forward` with "
        "`norm2`.",
        "`self.self_attn(y, y, mask)` gives output and weights; `[0]` is the output. It is self-attention: the same tensor asks "
        "and is looked up.",
        "Pre-norm: `y = self.norm1(x); x = x + self.self_attn(y, y, mask)[0]; return x + self.feed_forward(self.norm2(x))`. "
        "Post-norm: `x = self.norm1(x + self.self_attn(x, x, mask)[0])`, and likewise.",
    ),
    explanation="""
Only attention lets positions speak with each other; the feed-forward network works at each by itself. Around each there is
a residual connection: the sub-layer adds to x and never replaces it, so the gradient has a way past it, as along the conveyor
of the LSTM. Pre-norm leaves that way free of norms from end to end; post-norm, the paper's, puts a norm on it after each sum.""",
)
def check_encoder_layer(trial: Trial) -> None:
    _advise_on_layers(trial)
    for seed, (B, T, D, N, H, norm_first, masked) in enumerate(
        [(2, 3, 4, 2, 5, True, 0), (2, 3, 4, 2, 5, False, 0), (3, 4, 6, 3, 2, True, 2), (2, 2, 2, 1, 3, False, 3)]
    ):
        mask = {0: [], 2: [_some(seed, B, T)], 3: [_some(seed, B, T, T)]}[masked]
        _layer_case(trial, (D, N, H), norm_first, seed, _ENCODER_MISTAKES, normal(seed + 40, B, T, D), *mask)
    _layer_gradients(trial, (4, 2, 3), normal(1, 2, 3, 4))


# ---- 06.decoder_layer ----------------------------------------------------------------------------------


class DecoderLayer(EncoderLayer):
    def __init__(self, D, N, H, norm_first=True):
        super().__init__(D, N, H, norm_first)
        self.multihead_attn = MultiHeadAttention(D, N)
        self.norm3 = LayerNorm(D)

    def forward(self, x, memory, mask, source_mask):
        if self.norm_first:
            y = self.norm1(x)
            x = x + self.self_attn(y, y, mask)[0]
            x = x + self.multihead_attn(self.norm2(x), memory, source_mask)[0]
            return x + self.feed_forward(self.norm3(x))
        x = self.norm1(x + self.self_attn(x, x, mask)[0])
        x = self.norm2(x + self.multihead_attn(x, memory, source_mask)[0])
        return self.norm3(x + self.feed_forward(x))


def _decoder_with(
    order="acf", norms=("norm1", "norm2", "norm3"), skips=(True, True, True), masks=lambda m, s: (m, s), swap=False,
    base_normed=False, cross=lambda layer, z, memory, mask: layer.multihead_attn(z, memory, mask)[0],
    self_=lambda layer, z, memory, mask: layer.self_attn(z, z, mask)[0], memory_of=lambda layer, memory: memory,
):  # fmt: skip
    """A way to write the layer wrongly."""

    def forward(layer, x, memory, mask, source_mask):
        mask, source_mask = masks(mask, source_mask)
        first = layer.norm_first != swap
        memory = memory_of(layer, memory)
        for kind in order:
            k = "acf".index(kind)
            norm = getattr(layer, norms[k]) if norms[k] else _none
            z = norm(x) if first else x
            if kind == "a":
                added = self_(layer, z, memory, mask)
            elif kind == "c":
                added = cross(layer, z, memory, source_mask)
            else:
                added = layer.feed_forward(z)
            total = ((z if base_normed else x) if skips[k] else 0) + added
            x = total if first else norm(total)
        return x

    return forward


def _raw_keys(x: Tensor) -> Callable:
    """Self-attention whose keys and values are made from x itself."""
    return lambda layer, z, memory, mask: layer.self_attn(z, x, mask)[0]


_DECODER_MISTAKES = [
    ("the mask of the target is not used: every word sees those after it", _decoder_with(masks=lambda m, s: (None, s))),
    ("`source_mask` is not used: the padding of the source is looked at", _decoder_with(masks=lambda m, s: (m, None))),
    ("no mask is used", _decoder_with(masks=lambda m, s: (None, None))),
    ("the two masks are interchanged: `mask` is for the words, `source_mask` for the source", _decoder_with(masks=lambda m, s: (s, m))),
    ("the masks are inverted: True is where attention may go", _decoder_with(masks=lambda m, s: (~m, ~s))),
    ("`mask` is inverted: True is where attention may go", _decoder_with(masks=lambda m, s: (~m, s))),
    ("`source_mask` is inverted: True is where attention may go", _decoder_with(masks=lambda m, s: (m, ~s))),
    ("`mask` is replaced by a triangle; the one that is given hides padding, too", _decoder_with(masks=lambda m, s: (torch.ones_like(m).tril(), s))),
    ("with `norm_first` only the queries of self-attention are normalized; keys and values come from the normalized x, too", lambda layer, x, *a: _decoder_with(self_=_raw_keys(x))(layer, x, *a)),
    ("with `norm_first` cross-attention gets x without its norm: `self.norm2(x)`", lambda layer, *a: _decoder_with(norms=("norm1", "" if layer.norm_first else "norm2", "norm3"))(layer, *a)),
    ("cross-attention comes last, with `norm3`; the order is self-attention, cross-attention, feed-forward", _decoder_with(order="afc", norms=("norm1", "norm3", "norm2"))),
    ("cross-attention looks at x; it looks at `memory`", _decoder_with(cross=lambda layer, z, memory, m: layer.multihead_attn(z, z, None)[0])),
    ("in cross-attention the memory asks; x asks, and the memory is looked up", _decoder_with(cross=lambda layer, z, memory, m: layer.multihead_attn(memory, z, None)[0])),
    ("self-attention looks at `memory`; it looks at x", _decoder_with(self_=lambda layer, z, memory, m: layer.self_attn(z, memory, None)[0])),
    ("`self_attn` is used for the source too; cross-attention is `multihead_attn`", _decoder_with(cross=lambda layer, z, memory, m: layer.self_attn(z, memory, m)[0])),
    ("`self_attn` and `multihead_attn` are interchanged", _decoder_with(cross=lambda layer, z, memory, m: layer.self_attn(z, memory, m)[0], self_=lambda layer, z, memory, m: layer.multihead_attn(z, z, m)[0])),
    ("the order is self-attention, cross-attention, feed-forward; here cross-attention comes first", _decoder_with(order="caf")),
    ("the order is self-attention, cross-attention, feed-forward; here the feed-forward network comes second", _decoder_with(order="afc")),
    ("cross-attention is missing", _decoder_with(order="af")),
    ("cross-attention is missing", _decoder_with(order="af", norms=("norm1", "norm2", "norm2"))),
    ("self-attention is missing", _decoder_with(order="cf")),
    ("the feed-forward network is missing", _decoder_with(order="ac")),
    ("the norms are interchanged: `norm1` self-attention, `norm2` cross-attention, `norm3` feed-forward", _decoder_with(norms=("norm1", "norm3", "norm2"))),
    ("the norms are interchanged: `norm1` self-attention, `norm2` cross-attention, `norm3` feed-forward", _decoder_with(norms=("norm2", "norm1", "norm3"))),
    ("`norm1` is used for every sub-layer; each has its own", _decoder_with(norms=("norm1", "norm1", "norm1"))),
    ("`norm2` is used twice; the feed-forward network has `norm3`", _decoder_with(norms=("norm1", "norm2", "norm2"))),
    ("no norm is used", _decoder_with(norms=("", "", ""))),
    ("the residual connections are missing: x + what the sub-layer adds", _decoder_with(skips=(False, False, False))),
    ("the residual connection around self-attention is missing", _decoder_with(skips=(False, True, True))),
    ("the residual connection around cross-attention is missing", _decoder_with(skips=(True, False, True))),
    ("the residual connection around the feed-forward network is missing", _decoder_with(skips=(True, True, False))),
    ("where `norm_first` is False the norm comes after the sum, norm(x + sublayer(x)); here it comes before the sub-layer", lambda layer, *a: _decoder_with(swap=not layer.norm_first)(layer, *a)),
    ("where `norm_first` is True the norm comes before the sub-layer, x + sublayer(norm(x)); here it comes after the sum", lambda layer, *a: _decoder_with(swap=layer.norm_first)(layer, *a)),
    ("with `norm_first` the normalized x is added instead of x", _decoder_with(base_normed=True)),
    ("the memory is normalized; the encoder has done that, only x goes through `norm2`", lambda layer, *a: _decoder_with(memory_of=lambda layer, memory: layer.norm2(memory) if layer.norm_first else memory)(layer, *a)),
]  # fmt: skip


@exercise(
    "06.decoder_layer",
    reference=DecoderLayer,
    difficulty=3,
    minutes=12,
    hints=(
        "Your encoder layer with a third sub-layer in the middle: `self.multihead_attn`, with `norm2`. The feed-forward network "
        "moves to `norm3`.",
        "Cross-attention: x asks, the memory is looked up, with the mask of the source: "
        "`self.multihead_attn(y, memory, source_mask)[0]`.",
        "Pre-norm, the middle line: `x = x + self.multihead_attn(self.norm2(x), memory, source_mask)[0]`. The memory is not "
        "normalized here.",
    ),
    explanation="""
Self-attention gathers what was said so far, each word seeing itself and those before it. Cross-attention is lesson 05: the words so
far ask, the source is looked up. All words of the target are computed at once in training; the causal mask alone keeps a word from
seeing what it has to predict.""",
)
def check_decoder_layer(trial: Trial) -> None:
    _advise_on_layers(trial)
    trial.advise("must match the size of tensor", "x is (B, T, D), the memory (B, S, D); `mask` is (B, T, T), `source_mask` (B, S).")  # fmt: skip
    trial.advise("is invalid for input", "x is (B, T, D), the memory (B, S, D); `mask` is (B, T, T), `source_mask` (B, S).")  # fmt: skip
    trial.advise("mask must have shape", "`mask` (B, T, T) is for the words, `source_mask` (B, S) for the source.")
    # T = S first: there an interchange raises no error, and can be named.
    for seed, (B, T, S, D, N, H, norm_first) in enumerate(
        [(2, 3, 3, 4, 2, 5, True), (2, 3, 3, 4, 2, 5, False), (3, 4, 2, 6, 3, 2, True), (2, 2, 5, 2, 1, 3, False)]
    ):
        given = normal(seed + 40, B, T, D), normal(seed + 50, B, S, D)
        words = torch.ones(B, T, dtype=torch.bool)
        words[0, 1] = False  # padding, where the triangle alone would not hide it
        masks = torch.ones(T, T, dtype=torch.bool).tril() & words[:, None], _some(seed + 60, B, S)
        _layer_case(trial, (D, N, H), norm_first, seed, _DECODER_MISTAKES, *given, *masks)
    masks = torch.ones(2, 3, 3, dtype=torch.bool).tril(), torch.ones(2, 4, dtype=torch.bool)
    _layer_gradients(trial, (4, 2, 3), normal(1, 2, 3, 4), normal(2, 2, 4, 4), *masks)


# ---- 06.warmup_rate ------------------------------------------------------------------------------------


def warmup_rate(step, D, warmup):
    return D**-0.5 * min(step**-0.5, step * warmup**-1.5)


@exercise(
    "06.warmup_rate",
    reference=warmup_rate,
    difficulty=1,
    minutes=4,
    hints=(
        "Two curves, one that rises in a line, one that falls with the root of the step; the smaller one counts.",
        "`D**-0.5 * min(step**-0.5, step * warmup**-1.5)`.",
    ),
    explanation="""
The curves meet at step = warmup, because warmup * warmup^-1.5 = warmup^-0.5: there is the peak. Adam's estimates of the gradients'
size are poor in the first steps, and a post-norm Transformer has large gradients near its output then; so the first steps are short.""",
)
def check_warmup_rate(trial: Trial) -> None:
    mistakes: list[Mistake] = [
        ("it is the larger of the two curves; the smaller one counts: `min`", lambda s, D, w: D**-0.5 * max(s**-0.5, s * w**-1.5)),
        ("the rising line has the slope warmup^-0.5; it is warmup^-1.5, so that the curves meet at `warmup`", lambda s, D, w: D**-0.5 * min(s**-0.5, s * w**-0.5)),
        ("the rising line has the slope 1 / warmup; it is warmup^-1.5, so that the curves meet at `warmup`", lambda s, D, w: D**-0.5 * min(s**-0.5, s / w)),
        ("the factor D^-0.5 is missing", lambda s, D, w: min(s**-0.5, s * w**-1.5)),
        ("it is multiplied by sqrt(D); the factor is 1 / sqrt(D)", lambda s, D, w: D**0.5 * min(s**-0.5, s * w**-1.5)),
        ("it is divided by D; the factor is 1 / sqrt(D)", lambda s, D, w: min(s**-0.5, s * w**-1.5) / D),
        ("only the rising line is there; after `warmup` it falls with step^-0.5", lambda s, D, w: D**-0.5 * s * w**-1.5),
        ("only the falling curve is there; before `warmup` it rises in a line", lambda s, D, w: D**-0.5 * s**-0.5),
        ("after `warmup` the rate stays; it falls with step^-0.5", lambda s, D, w: D**-0.5 * min(w**-0.5, s * w**-1.5)),
        ("it falls with 1 / step; it falls with step^-0.5", lambda s, D, w: D**-0.5 * min(1 / s, s * w**-1.5)),
        ("the exponents are positive; they are -0.5 and -1.5", lambda s, D, w: D**-0.5 * min(s**0.5, s * w**1.5)),
        ("the line rises with step^1.5; it rises with the step itself", lambda s, D, w: D**-0.5 * min(s**-0.5, s**1.5 * w**-1.5)),
        ("the two curves are added; the smaller one counts: `min`", lambda s, D, w: D**-0.5 * (s**-0.5 + s * w**-1.5)),
        ("the falling curve is multiplied by step / warmup; the line is step * warmup^-1.5", lambda s, D, w: D**-0.5 * s**-0.5 * min(1, s / w)),
        ("`step` and `warmup` are interchanged in the line: step * warmup^-1.5", lambda s, D, w: D**-0.5 * min(s**-0.5, w * s**-1.5)),
        ("the sign of the exponent is lost: `D**-0.5`, with the minus in the exponent", lambda s, D, w: -(D**0.5) * min(s**-0.5, s * w**-1.5)),
        ("steps are counted from 0; the first is 1", lambda s, D, w: D**-0.5 * min((s + 1) ** -0.5, (s + 1) * w**-1.5)),
    ]  # fmt: skip
    trial.advise("for ^", "`^` is no power in Python: `**`.")
    # After the peak first, then before it: there the wrong curves differ from each other.
    for step, D, warmup in [
        (15, 64, 10),
        (2, 64, 10),
        (1, 64, 10),
        (10, 64, 10),
        (400, 16, 100),
        (100_000, 512, 4000),
        (3, 4, 2),
    ]:
        trial.agrees(step, D, warmup, mistakes=mistakes, atol=1e-9, rtol=1e-6)


# ---- 06.smoothed_nll -----------------------------------------------------------------------------------


def smoothed_nll(logits, targets, smoothing):
    log_p = logits.log_softmax(-1)  # (n, V)
    of_target = log_p.gather(-1, targets[:, None]).squeeze(-1)  # (n,)
    return -(1 - smoothing) * of_target - smoothing * log_p.mean(-1)


def _smoothed_with(combine):
    def wrong(logits, targets, smoothing):
        log_p = logits.log_softmax(-1)
        return combine(log_p.gather(-1, targets[:, None]).squeeze(-1), log_p, smoothing)

    return wrong


def _divergence(logits, targets, smoothing):
    label = (1 - smoothing) * F.one_hot(targets, logits.shape[1]) + smoothing / logits.shape[1]
    return F.kl_div(logits.log_softmax(-1), label, reduction="none").sum(-1)


@exercise(
    "06.smoothed_nll",
    reference=smoothed_nll,
    difficulty=2,
    minutes=8,
    hints=(
        "`log_p = logits.log_softmax(-1)`, (n, V). That of the targets: `log_p.gather(-1, targets[:, None]).squeeze(-1)`, (n,).",
        "The mean over all V words is `log_p.mean(-1)`, (n,).",
        "`-(1 - smoothing) * of_target - smoothing * log_p.mean(-1)`.",
    ),
    explanation="""
The label is 1 - smoothing + smoothing / V at the target and smoothing / V elsewhere. The cross-entropy with it is a sum over all V
words; sorted by where the terms come from, it is (1 - smoothing) times the usual loss and smoothing times the mean over all
words. No certainty is rewarded beyond that label: the loss has its least value where the model says 1 - smoothing + smoothing / V.""",
)
def check_smoothed_nll(trial: Trial) -> None:
    trial.advise("Index tensor must have the same number of dimensions", "`gather` wants an index of as many dimensions: `targets[:, None]`, and `.squeeze(-1)` after it.")  # fmt: skip
    mistakes: list[Mistake] = [
        ("the smoothing goes to the V - 1 other words alone; it is spread over all V words, the target too", _smoothed_with(lambda t, p, e: -(1 - e) * t - e * (p.sum(-1) - t) / (p.shape[-1] - 1))),
        ("the smoothing goes to the V - 1 other words alone, a V-th to each; it is spread over all V words: the mean of all", _smoothed_with(lambda t, p, e: -(1 - e) * t - e * (p.sum(-1) - t) / p.shape[-1])),
        ("the log-probabilities of all words are summed; it is their mean, 1/V of it", _smoothed_with(lambda t, p, e: -(1 - e) * t - e * p.sum(-1))),
        ("the factor 1 - smoothing is missing at the target", _smoothed_with(lambda t, p, e: -t - e * p.mean(-1))),
        ("the two factors are interchanged: 1 - smoothing at the target, smoothing over all words", _smoothed_with(lambda t, p, e: -e * t - (1 - e) * p.mean(-1))),
        ("the sign is wrong: both parts are negative log-probabilities", _smoothed_with(lambda t, p, e: (1 - e) * t + e * p.mean(-1))),
        ("the second part has the wrong sign: it is minus the mean log-probability", _smoothed_with(lambda t, p, e: -(1 - e) * t + e * p.mean(-1))),
        ("there is no smoothing: it is the plain negative log-likelihood", _smoothed_with(lambda t, p, e: -t)),
        ("the part of all words is missing", _smoothed_with(lambda t, p, e: -(1 - e) * t)),
        ("one number comes back; one for each row, (n,), is asked for: no mean over n", _smoothed_with(lambda t, p, e: (-(1 - e) * t - e * p.mean(-1)).mean())),
        ("one number comes back; one for each row, (n,), is asked for: no sum over n", _smoothed_with(lambda t, p, e: (-(1 - e) * t - e * p.mean(-1)).sum())),
        ("the mean is over all rows and words; it is each row's own, `.mean(-1)`", _smoothed_with(lambda t, p, e: -(1 - e) * t - e * p.mean())),
        ("it is computed with probabilities; their logarithm is missing: `log_softmax`", _smoothed_with(lambda t, p, e: -(1 - e) * t.exp() - e * p.exp().mean(-1))),
        ("it is computed with the logits; `log_softmax` makes log-probabilities of them", lambda logits, t, e: -(1 - e) * logits.gather(-1, t[:, None]).squeeze(-1) - e * logits.mean(-1)),
        ("the softmax runs over the rows; it runs over the words, dim=-1", lambda logits, t, e: -(1 - e) * logits.log_softmax(0).gather(-1, t[:, None]).squeeze(-1) - e * logits.log_softmax(0).mean(-1)),
        ("`gather` leaves a dimension of size 1, and (n, 1) with (n,) broadcasts to (n, n): `.squeeze(-1)`", lambda logits, t, e: -(1 - e) * logits.log_softmax(-1).gather(-1, t[:, None]) - e * logits.log_softmax(-1).mean(-1)),
        ("`log_p[:, targets]` takes every target from every row; each row has its own: `gather`", lambda logits, t, e: -(1 - e) * logits.log_softmax(-1)[:, t] - e * logits.log_softmax(-1).mean(-1)),
        ("the part of the targets is averaged over the rows; each row has its own: `reduction=\"none\"`", _smoothed_with(lambda t, p, e: -(1 - e) * t.mean() - e * p.mean(-1))),
        ("the likeliest word is taken for the target: pick `targets`", _smoothed_with(lambda t, p, e: -(1 - e) * p.max(-1).values - e * p.mean(-1))),
        ("it is in bits; the logarithm is the natural one", _smoothed_with(lambda t, p, e: (-(1 - e) * t - e * p.mean(-1)) / math.log(2))),
        ("it is the Kullback-Leibler divergence from the smoothed label; the cross-entropy does not subtract the label's own entropy", _divergence),
        ("the second part is the entropy of the model; it is the mean of -log p over all words", _smoothed_with(lambda t, p, e: -(1 - e) * t - e * (p.exp() * p).sum(-1))),
    ]  # fmt: skip
    for seed, (n, V, smoothing) in enumerate([(3, 4, 0.1), (5, 7, 0.3), (2, 2, 0.2), (4, 4, 0.0), (4, 3, 1.0)]):
        targets = torch.randint(V, (n,), generator=seeded(seed))
        trial.agrees(2 * normal(seed, n, V), targets, smoothing, mistakes=mistakes)
    large = torch.tensor([[1000.0, 0.0, -1000.0]])
    trial.agrees(large, torch.tensor([1]), 0.1)
    trial.gradients_agree(normal(9, 3, 5), torch.tensor([1, 0, 4]), 0.2)
