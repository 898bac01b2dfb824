"""What several exercises of lesson 05 are examined with."""

import functools
from collections.abc import Callable

import torch
from torch import Tensor

from course_lib.exercises.finding import Outcome
from course_lib.exercises.given import Named, normal
from course_lib.exercises.lesson_05.attend import attend
from course_lib.exercises.lesson_05.dot import dot
from course_lib.exercises.trial import Trial


def _mask(*lengths: int, S: int | None = None) -> Tensor:
    """True at the first so many places of each row."""
    return torch.arange(S or max(lengths)) < torch.tensor(lengths).unsqueeze(1)


_DOT = Named("dot", dot)


def _require_tuple(trial: Trial, got, names: str, size: int) -> None:
    """A Finding unless so many things came back."""
    number = 1 if isinstance(got, Tensor) else len(got) if isinstance(got, tuple) else size
    trial.require(
        number == size,
        f"expected {size} things, `return {names}`, got {'one tensor' if number == 1 else number}",
        outcome=Outcome.DTYPE if number == 1 else Outcome.SHAPE,
        got=got,
    )


def _flat(function: Callable) -> Callable:
    """The function, with all tensors that it gives in one row: what `gradients_agree` needs."""

    @functools.wraps(function)  # the names of its parameters too
    def flat(*arguments):
        return torch.cat([tensor.flatten() for tensor in _tensors(function(*arguments))])

    return flat


def _tensors(value) -> list[Tensor]:
    return [value] if isinstance(value, Tensor) else [tensor for part in value for tensor in _tensors(part)]


def _gradients_of_all(trial: Trial, reference: Callable, closed: Callable, *tensors: Tensor) -> None:
    """`gradients_agree` for an answer that gives several tensors; `closed` puts in what is no tensor."""
    Trial(_flat(closed(trial.answer)), trial.name, _flat(closed(reference))).gradients_agree(*tensors)


def _one(query: Tensor, key, value, mask, score) -> tuple[Tensor, Tensor]:
    """Attention with one query per sentence (B, H)."""
    context, weights = attend(query[:, None], key, value, mask, score)
    return context[:, 0], weights[:, 0]


def _swapped(query, key, value, mask, score):
    return _one(query, value, key, mask, score)


def _unmasked(query, key, value, mask, score):
    return _one(query, key, value, torch.ones_like(mask), score)


_ONE_QUERY = (
    "`attend` takes T queries, (B, T, H), and one is asked for: `h[:, None]` before it, and `[:, 0]` behind it for context and "
    "weights. A bare `squeeze()` would take off the batch, too, where B is 1."
)


class _Cell:
    """An LSTM cell with fixed weights, E inputs and H units, which can be called and shown."""

    def __init__(self, E: int, H: int, seed: int):
        shapes = [(4 * H, E), (4 * H, H), (4 * H,), (4 * H,)]
        self.weights = [normal(seed + i, *shape) for i, shape in enumerate(shapes)]
        self.sizes = f"E={E}, H={H}"

    def __call__(self, x: Tensor, state):
        if not isinstance(state, tuple) or len(state) != 2:
            raise TypeError(f"the cell takes x and the state (h, c), a pair, got a {type(state).__name__}")
        return torch.lstm_cell(x, state, *(weight.to(x) for weight in self.weights))

    def __repr__(self) -> str:
        return f"an LSTM cell with {self.sizes}"


def _step_arguments(seed: int, B: int, S: int, E: int, H: int, size: int, lengths: tuple, *, wider: bool, score=None):
    """x, state, key, value, mask of one step; its cell reads [x; context] if `wider`."""
    cell = _Cell(E + size if wider else E, H, 300 + seed)
    x, h, c = normal(seed, B, E), normal(seed + 10, B, H), normal(seed + 20, B, H)
    key, value = normal(seed + 30, B, S, H), normal(seed + 40, B, S, size)
    return cell, x, (h, c), key, value, _mask(*lengths, S=S), _DOT if score is None else score
