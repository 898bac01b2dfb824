"""Exercise 01.lookup: rows of the weight, with the gradient that reaches them."""

import torch

from course_lib.embeddings import lookup
from course_lib.exercises.kit import Chance, Exercise, Trial, drawn_with_gradients, normal, seeded

MISTAKES = (
    ("it picks columns of the matrix; word i is row i", lambda ids, w: w.T[ids], lambda ids, w: w[:, ids]),
    ("it returns the one-hot vectors themselves; multiply them with the matrix", lambda ids, w: torch.eye(len(w))[ids]),
    ("the words of a sentence are summed; each keeps its own vector", lambda ids, w: w[ids].sum(1)),
    ("the words of a sentence are averaged; each keeps its own vector", lambda ids, w: w[ids].mean(1)),
    ("it is shifted by one: id i is row i, and the first row is row 0", lambda ids, w: w[ids - 1]),
    ("the batch dimension is lost: ids of shape (B, T) give (B, T, E)", lambda ids, w: w[ids.flatten()]),
    ("only the first sentence is looked up: ids of shape (B, T) give (B, T, E)", lambda ids, w: w[ids[0]]),
    ("sentences and positions are swapped: ids of shape (B, T) give (B, T, E)", lambda ids, w: w[ids.T]),
)  # fmt: skip
ADVICE = (("mat1 and mat2", "One-hot vectors must be V wide, as `weight` is long: `F.one_hot(ids, len(weight))`."),
          ("out of bounds", "An id is the number of a row of `weight`, (V, E)."),
          ("but got list", "`torch.stack` takes tensors: stack the words of each sentence first, then the sentences."),
          ("only one element tensors", "`torch.tensor` takes numbers; `torch.stack` joins tensors."))  # fmt: skip


def examine(trial: Trial) -> None:
    # The first weight is square: who takes columns for rows sees wrong values, not only an error.
    for seed, (V, E, B, T) in enumerate([(4, 4, 2, 3), (5, 3, 2, 2), (50, 8, 4, 7), (3, 1, 1, 1)]):
        ids = torch.randint(V, (B, T), generator=seeded(seed))
        trial.agrees(ids, normal(seed, V, E))

    def draw(chance: Chance) -> tuple[torch.Tensor, torch.Tensor]:
        V = chance.n()
        return chance.ids(V, chance.n(), chance.n()), chance.normal(V, chance.n())

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="01.lookup", reference=lookup, difficulty=1, minutes=6,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "A one-hot vector times a matrix picks out one row: `F.one_hot(ids, V)` makes them for a batch, (B, T, V).",
        "`F.one_hot` gives integers and `@` wants both sides of one dtype: `.to(weight.dtype)`.",
        "Indexing gives the same rows without multiplying by zeros: `weight[ids]`."), explanation="""Both forms are
right: `F.one_hot(ids, V).to(weight.dtype) @ weight` and `weight[ids]`. The product says what a look-up is (a linear
layer without bias whose input is one-hot), the index is how it is done: no zeros are multiplied. Its gradient shows the
same: the rows that were looked up receive it, all others none, and a row looked up twice the sum. The library's
`Embedding` checks the ids first, because a negative index would silently count from the end.""")  # fmt: skip
