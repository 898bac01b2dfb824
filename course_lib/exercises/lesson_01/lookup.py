"""Exercise 01.lookup: rows of the weight, with the gradient that reaches them."""

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.embeddings import lookup
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn_with_gradients, normal, parted, seeded


@parted
def _by(ids: Function = torch.positive, weight: Function = torch.positive,
        result: Function = torch.positive) -> Function:  # fmt: skip
    """Other ids, another weight, or something is done with the vectors."""
    return lambda i, w: result(weight(w)[ids(i)])


MISTAKES = (
    ("it picks columns of the matrix; word i is row i", _by(weight=torch.t), lambda ids, w: w[:, ids]),
    ("it returns the one-hot vectors themselves; multiply them with the matrix",
     _by(weight=lambda w: torch.eye(len(w)))),
    ("the words of a sentence are summed; each keeps its own vector", _by(result=lambda x: x.sum(1))),
    ("the words of a sentence are averaged; each keeps its own vector", _by(result=lambda x: x.mean(1))),
    ("it is shifted by one: id i is row i, and the first row is row 0", _by(lambda ids: ids - 1)),
    ("the batch dimension is lost: ids of shape (B, T) give (B, T, E)", _by(torch.flatten)),
    ("only the first sentence is looked up: ids of shape (B, T) give (B, T, E)", _by(lambda ids: ids[0])),
    ("sentences and positions are swapped: ids of shape (B, T) give (B, T, E)", _by(torch.t)),
    ("the sizes B and T are exchanged: it is (B, T, E)", _by(result=lambda x: x.reshape(x.shape[1], len(x), -1))),
    ("only the first B positions of each sentence are looked up: there are T, `ids.shape[1]`",
     lambda ids, w: w[ids].where((torch.arange(ids.shape[1]) < len(ids))[:, None], 0)),
    ("the vectors stand at the wrong places: `view` and `reshape` swap no dimensions, `transpose` does",
     lambda ids, w: w[ids.T].reshape(*ids.shape, -1),
     _by(result=lambda x: x.reshape(x.shape[1], len(x), -1).transpose(0, 1))),
    ("all sentences get the words of the first; each has its own row", _by(lambda ids: ids[:1].expand_as(ids))),
    ("only the first number of each vector comes back: a vector has E", _by(result=lambda x: x[..., :1])),
    ("a size of 1 should be kept, (B, T, E): leave out `squeeze`", _by(result=torch.squeeze)),
    ("the id 0 gives zeros; row 0 is a row like the others",
     _by(weight=lambda w: torch.cat([torch.zeros_like(w[:1]), w[1:]]))),
    ("the id 0 is taken for 1; row 0 is a row like the others", _by(lambda ids: ids.clamp(min=1))),
    ("the vectors are scaled by the root of E; leave them as they are", _by(weight=lambda w: w * len(w[0]) ** 0.5)),
    ("the rows are scaled to length 1; leave them as they are", _by(weight=F.normalize)),
    ("the weight is cut to whole numbers: make the one-hot vectors floats instead", _by(weight=torch.trunc)),
)  # fmt: skip
GRADIENTS = (
    ("row 0 gets no gradient: leave out `padding_idx`", lambda ids, w: F.embedding(ids, w, padding_idx=0)),
    ("the gradient of a row that is looked up twice should be a sum, not a mean: leave out `scale_grad_by_freq`",
     lambda ids, w: F.embedding(ids, w, scale_grad_by_freq=True)),
)  # fmt: skip
PLACES = "One-hot vectors need one place for each row of `weight`: `F.one_hot(ids, len(weight))`."
ADVICE = (("same dtype", "`F.one_hot` gives whole numbers: `F.one_hot(...).to(weight.dtype) @ weight`."),
          ("mat1 and mat2", PLACES), ("smaller than num_classes", PLACES),
          ("batch2 tensor to be", "The one-hot rows stand on the left of the product, `weight` on the right."),
          ("tensors used as indices", "`ids`, whole numbers, stand in the brackets: `weight[ids]`."),
          ("'Tensor' object is not callable", "Round brackets call a function, square ones pick: `weight[ids]`."),
          ("out of bounds", "An id is the number of a row of `weight`, (V, E)."),
          ("but got list", "`torch.stack` takes tensors: stack the words of each sentence first, then the sentences."),
          ("only one element tensors", "`torch.tensor` takes numbers; `torch.stack` joins tensors."))  # fmt: skip


def examine(trial: Trial) -> None:
    # The first weight is square: who takes columns for rows sees wrong values, not only an error.
    for seed, (V, E, B, T) in enumerate([(4, 4, 2, 3), (5, 3, 2, 2), (50, 8, 4, 7), (3, 1, 1, 1)]):
        ids = torch.randint(V, (B, T), generator=seeded(seed))
        trial.agrees(ids, normal(seed, V, E))
    trial.gradients_agree(torch.tensor([[0, 2], [2, 1]]), normal(4, 4, 3), mistakes=GRADIENTS)

    def draw(chance: Chance) -> tuple[Tensor, Tensor]:
        V = chance.n()
        return chance.ids(V, chance.n(), chance.n()), chance.normal(V, chance.n())

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="01.lookup", reference=lookup, difficulty=1, minutes=6,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "A one-hot vector times a matrix picks out one row: `F.one_hot(ids, len(weight))` makes them, (B, T, V).",
        "`F.one_hot` gives integers and `@` wants both sides of one dtype: `.to(weight.dtype)`.",
        "Indexing gives the same rows without multiplying by zeros: `weight[ids]`."), explanation="""Both forms are
right: `F.one_hot(ids, V).to(weight.dtype) @ weight` and `weight[ids]`. The product says what a look-up is (a linear
layer without bias whose input is one-hot), the index is how it is done: no zeros are multiplied. Its gradient shows the
same: the rows that were looked up receive it, all others none, and a row looked up twice the sum. The library's
`Embedding` checks the ids first, because a negative index would silently count from the end.""")  # fmt: skip
