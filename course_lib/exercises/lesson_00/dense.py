"""Exercise 00.dense: the product with the transposed weight, plus the bias."""

import torch
from torch import Tensor

from course_lib.dense import dense
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn_with_gradients, normal, parted


@parted
def _of(
    product: Function = lambda x, w: x @ w.T, plus: Function = torch.add, result: Function = torch.positive
) -> Function:
    """A way to write the layer wrongly: another product, something else with the bias or with the result."""
    return lambda x, w, b: result(plus(product(x, w), b))


MISTAKES = (
    ("the weight is not transposed: `x @ weight.T` (`view` and `reshape` do not transpose)", _of(torch.matmul)),
    ("the rows of `x` are the examples, so it stands on the left: `x @ weight.T`",
     _of(lambda x, w: w @ x), _of(lambda x, w: w.T @ x), _of(lambda x, w: (w @ x).T)),
    ("the bias is missing", _of(plus=lambda s, b: s)),
    ("the bias is subtracted; add it", _of(plus=torch.sub)),
    ("the bias is added twice", _of(plus=lambda s, b: s + 2 * b)),
    ("the bias is added to each of the E products; add it to their sum",
     lambda x, w, b: (x[:, None] * w + b[:, None]).sum(-1), lambda x, w, b: (x[:, None] * w + b).sum(-1)),
    ("all biases are summed; each unit adds its own", _of(plus=lambda s, b: s + b.sum())),
    ("the bias is multiplied; add it", _of(plus=torch.mul)),
    ("the bias is added to `x`; add it to the products", lambda x, w, b: (x + b) @ w.T),
    ("only the first example gets the bias; all B do", _of(plus=lambda s, b: torch.cat([s[:1] + b, s[1:]]))),
    ("the bias runs down the columns: add it as it is, without a new dimension", _of(plus=lambda s, b: s + b[:, None])),
    ("only the first bias is added; each unit has its own", _of(plus=lambda s, b: s + b[0])),
    ("there is an activation in it; this layer has none",
     *[_of(result=f) for f in (torch.relu, torch.sigmoid, torch.tanh)]),
    ("the result is transposed: one row per example, one column per unit, (B, H)", _of(result=torch.t)),
    ("(H, B) is reshaped to (B, H), which mixes examples and units: transpose it",
     _of(result=lambda y: y.t().reshape(y.shape))),
    ("only the first example is answered: the result has a row for each of the B", _of(lambda x, w: x[0] @ w.T)),
    ("only the first unit answers: the result has a column for each of the H", lambda x, w, b: x @ w[0] + b[0]),
    ("the last unit says nothing: does a loop end too early?",
     _of(result=lambda y: torch.cat([y[:, :-1], 0 * y[:, -1:]], 1))),
    ("examples or units are summed; each keeps its own", *[_of(result=lambda y, d=d: y.sum(d)) for d in (0, 1)]),
    ("it multiplies element by element; use `@` in place of `*`", _of(torch.mul), _of(lambda x, w: x * w.T)),
    ("the products are averaged; the inner product is their sum", _of(lambda x, w: x @ w.T / x.shape[1])),
    ("a batch of one, or a single unit, loses its dimension; the answer has shape (B, H)",
     *[_of(result=f) for f in (torch.squeeze, lambda y: y.squeeze(0), lambda y: y.squeeze(1))]),
)  # fmt: skip
ADVICE = (("mat1 and mat2", "The inner sizes differ: (B, E) @ (E, H) works, (B, E) @ (H, E) needs `.T`."),)


def examine(trial: Trial) -> None:
    for seed, (B, E, H) in enumerate([(3, 3, 3), (2, 3, 4), (5, 2, 3), (1, 4, 1), (4, 2, 2)]):
        trial.agrees(normal(seed, B, E), normal(seed + 10, H, E), normal(seed + 20, H))

    def draw(chance: Chance) -> tuple[Tensor, ...]:
        B, E, H = chance.n(), chance.n(), chance.n()
        return chance.normal(B, E), chance.normal(H, E), chance.normal(H)

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="00.dense", reference=dense, difficulty=2, minutes=2,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "Row h of `weight` belongs to unit h. One product of matrices makes all inner products of all rows of both.",
        "(B, E) @ (E, H) = (B, H), and `weight` is (H, E): transpose it, `weight.T`.", "`return x @ weight.T + bias`"),
    explanation="""Column h of the result is what unit h says to each example: x @ weight[h] + bias[h]. The bias (H,) is
added to each row, because broadcasting lines shapes up from the right. The weight is kept as (H, E), one row per unit,
as torch.nn.Linear keeps it; the price is the transpose.""")  # fmt: skip
