"""Exercise 06.attend_heads: scale, mask, softmax and context of all heads, at sizes where each slip shows."""

import torch

from course_lib.exercises.kit import Chance, Exercise, Function, Mistake, Trial, drawn, normal
from course_lib.exercises.lesson_06.shared import attends, pair_agrees, some
from course_lib.transformer import attend_heads

_placed: Function = lambda at: attends(place=lambda m: m[:, None, None] if m.dim() == 2 else at(m))  # noqa: E731
MISTAKES: tuple[Mistake, ...] = (
    ("the scores are not scaled: divide them by sqrt(d_k)", attends(divisor=lambda N, T, d_k: 1)),
    ("the scores are divided by d_k; divide by its root, sqrt(d_k)", attends(divisor=lambda N, T, d_k: d_k)),
    ("the scores are multiplied by sqrt(d_k); divide by it", attends(divisor=lambda N, T, d_k: d_k**-0.5)),
    ("the divisor is the root of N * d_k; it should be sqrt(d_k)", attends(divisor=lambda N, T, d: (N * d) ** 0.5)),
    ("the divisor is the root of T, a length; it should be sqrt(d_k)", attends(divisor=lambda N, T, d_k: T**0.5)),
    ("the divisor is the root of S, a length; it should be sqrt(d_k)",
     lambda q, k, *a: attends(divisor=lambda N, T, d_k: k.shape[2] ** 0.5)(q, k, *a)),
    ("the mask is inverted: True may be seen, hide `~mask`",
     *(attends(hide=lambda s, m, low=low: s.masked_fill(m, low)) for low in (-torch.inf, -1e9)),
     lambda q, k, v, *mask: attend_heads(q, k, v, *(~m for m in mask))),
    ("the mask has no effect (`masked_fill` returns a new tensor: keep it)", attends(hide=lambda s, m: s)),
    ("hidden scores become 0, and exp(0) = 1 still gets weight; set them to -inf", attends(hide=lambda s, m: s * m)),
    ("a score of 0 counts as hidden, and the score of a real key may be 0: go by the mask",
     *(attends(hide=lambda s, m, low=low: (s * m).masked_fill(s * m == 0, low), after=after).function
       for low in (-torch.inf, -1e9) for after in (lambda w, m: w, lambda w, m: w * m))),
    ("the mask comes after the softmax; hide the scores", attends(hide=lambda s, m: s, after=lambda w, m: w * m)),
    ("the weights of hidden keys are set to 0 after the softmax; where those had all the weight, nothing is left: hide "
     "the scores", *(attends(hide=lambda s, m: s, after=lambda w, m, eps=eps: w * m / ((w * m).sum(-1, True) + eps))
                     for eps in (0, 1e-12, 1e-9, 1e-8, 1e-6))),
    ("hidden scores get a number, and others may lie as low; set them to -inf",
     *(attends(hide=lambda s, m, low=low: s.masked_fill(~m, low)) for low in (-1, -10, -100, -1000))),
    ("the mask is added as 0 and 1: `masked_fill(~mask, -math.inf)`", attends(hide=lambda s, m: s + 1.0 * m)),
    *((f"the softmax runs over the {what}; it should run over the keys, dim=-1",
       attends(lambda s, dim=dim: s.softmax(dim))) for what, dim in (("queries", 2), ("heads", 1), ("batch", 0))),
    ("there is no softmax: the scores themselves weigh the values", attends(lambda s: s)),
    ("a sigmoid stands for the softmax: the weights of a query do not sum to 1", attends(torch.sigmoid)),
    ("exp of a large score is inf, and inf / inf NaN: use `softmax`, which takes the largest off first",
     attends(lambda s: s.exp() / s.exp().sum(-1, True))),
    ("the weights are divided by sqrt(d_k), after the softmax; divide the scores, before it",
     lambda q, *a: attends(lambda s: s.softmax(-1) / q.shape[-1] ** 0.5, lambda *sizes: 1)(q, *a)),
    ("a mask is laid along the heads: (B, S) needs `mask[:, None, None]`, (B, T, S) `mask[:, None]`",
     attends(place=lambda m: m[:, None]), _placed(lambda m: m)),
    ("a mask (B, T, S) gets a dimension too many: `mask[:, None]`; two are for (B, S)",
     attends(place=lambda m: m[:, None, None])),
    ("a mask (B, S) is taken as (T, S), a row for each query; it has a row for each sentence: `mask[:, None, None]`",
     attends(place=lambda m: m if m.dim() == 2 else m[:, None])),
    ("the mask of the first sentence serves all; each has its own",
     attends(place=lambda m: (m[:, None, None] if m.dim() == 2 else m[:, None])[:1])),
    ("the first row of a mask (B, T, S) serves all queries; each has its own", _placed(lambda m: m[:, None, :1])),
    ("the second thing returned is the logarithm of the weights", attends(result=lambda c, w, s: (c, w.log()))),
    ("the keys are reshaped to (d_k, S), which mixes them: `key.transpose(-2, -1)`",
     attends(turn=lambda key: key.reshape(key.mT.shape))),
    ("the keys are summed instead of the values", attends(summed=lambda w, key, value: w @ key)),
    ("the context is made without the mask", lambda *a: (attend_heads(*a[:3])[0], attend_heads(*a)[1])),
    ("the weights come first; return the context, then the weights", attends(result=lambda c, w, s: (w, c))),
    ("the second thing returned is the scores; it should be the weights", attends(result=lambda c, w, s: (c, s))),
    ("the weights are turned round; they should be (B, N, T, S)", attends(result=lambda c, w, s: (c, w.mT))),
    ("the weights are averaged over the heads; keep them all", attends(result=lambda c, w, s: (c, w.mean(1)))),
)  # fmt: skip
_PRODUCT = "`query @ key.transpose(-2, -1)`: (B, N, T, d_k) @ (B, N, d_k, S). `weights @ value`, the weights first."
ADVICE = (
    ("Boolean value of Tensor", "A tensor is neither true nor false: `if mask is not None`."),
    ("NoneType", "Is `mask` None here? Without a mask every key may be attended to."),
    ("Expected size for first two dimensions", _PRODUCT), ("mat1 and mat2", _PRODUCT),
    ("must match the size of tensor", "Keys are turned by `.transpose(-2, -1)` alone. A mask needs a dimension of size "
     "1 for the heads: (B, S) is `mask[:, None, None]`, (B, T, S) `mask[:, None]`."),
    ("too many values to unpack (expected 3", "The query has four sizes: `B, N, T, d_k = query.shape`."),
)  # fmt: skip


def examine(trial: Trial) -> None:
    sizes = [(2, 2, 2, 3, 4), (2, 2, 2, 3, 4), (3, 2, 4, 5, 3), (1, 3, 2, 4, 4), (4, 4, 3, 6, 1)]
    for seed, (B, N, T, S, d_k) in enumerate(sizes):
        query, key, value = (2 * normal(10 * seed + i, B, N, n, d_k) for i, n in enumerate((T, S, S)))
        for mask in ([some(seed, B, S)], [some(seed + 50, B, T, S)]) if seed else [[]]:
            pair_agrees(trial, "context", query, key, value, *mask)
    query, key, value = (normal(60 + i, 2, 3, n, 4) for i, n in enumerate((2, 5, 5)))
    trial.agrees(100 * query, 100 * key, value)  # large scores
    low = torch.arange(5) < torch.tensor([[1], [2]])  # few are left, with scores so low that -100 would hide nothing
    trial.agrees(1000 * query, key, value, low)
    trial.agrees(query, key * (torch.arange(5) < 3)[:, None], value, some(61, 2, 5))  # scores of 0

    def draw(chance: Chance) -> tuple[torch.Tensor, ...]:
        B, N, T, S, d_k = (chance.n() for _ in range(5))
        tensors = chance.normal(B, N, T, d_k), chance.normal(B, N, S, d_k), chance.normal(B, N, S, d_k)
        return *tensors, *chance.choice([[], [chance.mask(B, S)], [chance.mask(B, T, S)]])

    for given in drawn(draw):
        pair_agrees(trial, "context", *given)


EXERCISE = Exercise(id="06.attend_heads", reference=attend_heads, difficulty=3, minutes=10, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "All scores of all heads at once: `query @ key.transpose(-2, -1)`, (B, N, T, S). Divide by `math.sqrt(d_k)`, "
        "with `d_k = query.shape[-1]`.",
        "The mask needs a dimension for the heads: (B, S): `mask[:, None, None]`, (B, T, S): `mask[:, None]`.",
        "With a mask `masked_softmax` of lesson 05 or `scores.masked_fill(~mask, -math.inf).softmax(-1)`, without one "
        "`scores.softmax(-1)`; then `weights @ value`."),
    explanation="""It is `attend` of lesson 05 with one more dimension in front: for the product of matrices, heads are
only so many more sentences. The scale is the root of d_k, the width of one head, because a score is a sum of d_k
products. With the softmax of lesson 05 weights are exactly 0 where the mask is False, and the others still sum to 1,
because it comes after the mask.""")  # fmt: skip
