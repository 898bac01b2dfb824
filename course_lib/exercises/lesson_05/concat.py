"""Exercise 05.concat: the additive score, a small network for each pair of query and key."""

import torch
from torch import Tensor
from torch.nn.functional import normalize

from course_lib.attention import concat
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn_with_gradients, normal, parted
from course_lib.exercises.lesson_05.shared import score_mistakes


@parted
def _with(
    join: Function = lambda a, b: _sum(a, b).tanh(), end: Function = lambda both, v: both @ v,
    given: Function = lambda q, k: (q, k), result: Function = lambda scores: scores,
) -> Function:  # fmt: skip
    """The additive score with another way to join the projections, another end, or other inputs or scores."""

    def score(query: Tensor, key: Tensor, weight_query: Tensor, weight_key: Tensor, v: Tensor) -> object:
        q, k = given(query, key)
        return result(end(join(q @ weight_query.T, k @ weight_key.T), v))

    return score


def _sum(a: Tensor, b: Tensor) -> Tensor:
    return a[:, :, None] + b[:, None]


MISTAKES = (
    ("the tanh is missing: without it the best key is the same for every query", _with(join=_sum)),
    ("the tanh comes after v: it should be v_aᵀ tanh(...)", _with(join=_sum, end=lambda both, v: (both @ v).tanh())),
    ("tanh is taken of each part by itself, not of the sum", _with(join=lambda a, b: _sum(a.tanh(), b.tanh()))),
    ("tanh is taken of a part before the sum, and once more of the sum: of the sum alone",
     *(_with(join=lambda a, b, f=f, g=g: _sum(f(a), g(b)).tanh()) for f, g in
       ((torch.tanh, torch.tanh), (torch.tanh, torch.clone), (torch.clone, torch.tanh)))),
    ("tanh is taken of one part only: take it of the sum",
     _with(join=lambda a, b: _sum(a.tanh(), b)), _with(join=lambda a, b: _sum(a, b.tanh()))),
    ("the activation is ReLU; it should be tanh", _with(join=lambda a, b: _sum(a, b).relu())),
    ("the activation is the sigmoid; it should be tanh", _with(join=lambda a, b: _sum(a, b).sigmoid())),
    ("the weights are interchanged: `weight_query` is the query's", lambda q, k, wq, wk, v: concat(q, k, wk, wq, v)),
    ("the weights are the wrong way round: `query @ weight_query.T`, `key @ weight_key.T`",
     lambda q, k, a, b, v: concat(q, k, a.T, b.T, v)),
    ("`weight_query` is the wrong way round: `query @ weight_query.T`", lambda q, k, a, b, v: concat(q, k, a.T, b, v)),
    ("`weight_key` is the wrong way round: `key @ weight_key.T`", lambda q, k, a, b, v: concat(q, k, a, b.T, v)),
    ("the two parts are multiplied; add them", _with(join=lambda a, b: (a[:, :, None] * b[:, None]).tanh())),
    ("one of the two parts is subtracted; add it",
     _with(join=lambda a, b: _sum(a, -b).tanh()), _with(join=lambda a, b: _sum(-a, b).tanh())),
    ("v is inside the tanh: it should be v_aᵀ tanh(...)",
     _with(join=_sum, end=lambda both, v: (both * v).tanh().sum(-1))),
    ("the sum runs over the source, not the units: `... @ v` weighs and sums, without `.sum`",
     _with(end=lambda both, v: (both * v).sum(2))),
    ("there is a second tanh, behind v: it should be v_aᵀ tanh(...)", _with(end=lambda both, v: (both @ v).tanh())),
    ("queries and keys stand one behind the other along the sequence; every query is added to every key: (B, T, S, H)",
     lambda q, k, wq, wk, v: torch.cat([q @ wq.T, k @ wk.T], dim=1).tanh() @ v),
    ("v is left out: `... @ v` in the place of the sum; it weighs the units and sums them",
     _with(end=lambda both, v: both.sum(-1))),
    ("v is left out, and so is the sum over the units: `... @ v` gives (B, T, S)", _with(end=lambda both, v: both)),
    ("the units are weighted by v, but not summed: `@ v` in the place of `* v`",
     _with(end=lambda both, v: both * v)),
    ("an axis of size 1 is left at the end, as by `@ v[:, None]`: `@ v` gives (B, T, S)",
     _with(end=lambda both, v: both @ v[:, None])),
    ("the mean over the units is taken; it should be the sum, `... @ v`",
     _with(end=lambda both, v: (both * v).mean(-1))),
    ("the scores are divided by sqrt(H): leave it out", _with(end=lambda both, v: both @ v / len(v) ** 0.5)),
    ("v is made of length 1 first: take it as it is", _with(end=lambda both, v: both @ normalize(v, dim=0))),
    ("the query has no part in it: add `query @ weight_query.T`", _with(join=lambda a, b: _sum(0 * a, b).tanh())),
    ("the key has no part in it: add `key @ weight_key.T`", _with(join=lambda a, b: _sum(a, 0 * b).tanh())),
    ("the scores are turned: row t, column j is query t with key j. `[:, :, None]` belongs to the query, `[:, None]` "
     "to the key",
     _with(join=lambda a, b: _sum(b, a).tanh())),
    ("query t meets key t alone. All pairs: `(query @ weight_query.T)[:, :, None] + (key @ weight_key.T)[:, None]`",
     _with(join=lambda a, b: (a + b).tanh()),
     _with(join=lambda a, b: (a + b).tanh()[:, None].expand(-1, a.shape[1], -1, -1))),
    *score_mistakes(_with),
)  # fmt: skip
ADVICE = (
    ("Sizes of tensors must match", "To put q and k side by side, expand both to (B, T, S, .) first."),
    ("must match the size of tensor", 
     "Behind brackets: `(query @ weight_query.T)[:, :, None]` is (B, T, 1, H), `(key @ weight_key.T)[:, None]` is "
     "(B, 1, S, H)."),
    ("mat1 and mat2", "The weights are (H, size): the products need the transpose, `query @ weight_query.T`."),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for seed, (B, T, S, Hq, Hk, H) in enumerate(
        [(2, 3, 3, 3, 3, 3), (2, 2, 4, 3, 3, 3), (3, 2, 4, 3, 2, 5), (1, 1, 5, 2, 4, 1), (2, 3, 1, 1, 2, 2)]
    ):
        shapes = [(B, T, Hq), (B, S, Hk), (H, Hq), (H, Hk), (H,)]
        arguments = [normal(seed + 10 * i, *shape) for i, shape in enumerate(shapes)]
        trial.agrees(*arguments)

    def draw(chance: Chance) -> tuple[Tensor, ...]:
        B, T, S, Hq, Hk, H = (chance.n() for _ in range(6))
        return tuple(chance.normal(*shape) for shape in ((B, T, Hq), (B, S, Hk), (H, Hq), (H, Hk), (H,)))

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="05.concat", reference=concat, difficulty=4, minutes=10,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("Project both: `query @ weight_query.T` is (B, T, H), `key @ weight_key.T` is (B, S, H).",
           "Every query with every key: `[:, :, None]` makes (B, T, 1, H) of the one, `[:, None]` makes (B, 1, S, "
           "H) of the other; their sum is (B, T, S, H).",
           "`(...).tanh() @ v` sums over the H units: (B, T, S)."),
    explanation="""A small network with one hidden layer judges each pair of query and key. Its input is the two side by
side, hence the name `concat`: W [q; k] = W_q q + W_k k. Written like that, each query and each key is projected once, T
+ S products instead of T times S. The sum makes a tensor (B, T, S, H), H times as large as the scores: that is why this
score takes the most time and memory. Without tanh, v_aᵀ(W_q q + W_k k) would be a part of the query plus a part of the
key, and the softmax over the keys would not depend on the query at all.""")  # fmt: skip
