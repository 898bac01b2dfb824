"""Exercise 00.dense: the product with the transposed weight, plus the bias."""

from torch import Tensor

from course_lib.dense import dense
from course_lib.exercises.kit import Chance, Exercise, Trial, drawn_with_gradients, normal

MISTAKES = (
    ("the weight is not transposed: `x @ weight.T` (`view` and `reshape` do not transpose)", lambda x, w, b: x @ w + b),
    ("the bias is missing", lambda x, w, b: x @ w.T),
    ("the bias is subtracted; add it", lambda x, w, b: x @ w.T - b),
    ("the bias is added twice", lambda x, w, b: x @ w.T + 2 * b),
    ("the bias runs down the columns: add it as it is, without a new dimension", lambda x, w, b: x @ w.T + b[:, None]),
    ("only the first bias is added; each unit has its own", lambda x, w, b: x @ w.T + b[0]),
    ("there is an activation in it; this layer has none",
     lambda *p: dense(*p).relu(), lambda *p: dense(*p).sigmoid(), lambda *p: dense(*p).tanh()),
    ("the result is transposed: one row per example, one column per unit, (B, H)", lambda *p: dense(*p).T),
    ("only the first example is answered: the result has a row for each of the B", lambda x, w, b: x[0] @ w.T + b),
    ("only the first unit answers: the result has a column for each of the H", lambda x, w, b: x @ w[0] + b[0]),
    ("examples or units are summed; each keeps its own", lambda *p: dense(*p).sum(0), lambda *p: dense(*p).sum(1)),
    ("it multiplies element by element (`*`); the product of matrices is `@`", lambda x, w, b: x * w + b),
    ("the products are averaged; the inner product is their sum", lambda x, w, b: x @ w.T / x.shape[1] + b),
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
