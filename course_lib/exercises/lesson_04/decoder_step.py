"""Exercise 04.decoder_step: look up, step, logits from the new h."""

from typing import Any

import torch
from torch import Tensor, nn

from course_lib.exercises.guard import SEED
from course_lib.exercises.kit import Exercise, Function, Trial, normal, seeded, with_parts
from course_lib.exercises.lesson_04.shared import SQUEEZED, gradients_of_all, parts_agree
from course_lib.gru import GRUCell as OwnGRUCell
from course_lib.lstm import LSTMCell as OwnLSTMCell
from course_lib.rnn import State, hidden
from course_lib.seq2seq import decoder_step


@with_parts
def _with(
    tokens: Tensor, state: State, embedding: Function, cell: Function, output: Function, *,
    before: Function = lambda s: s, out: Function = lambda logits: logits, shown: Function = hidden,
    returned: Function = lambda old, new: new, order: int = 1, vectors: Function = lambda x: x,
) -> object:  # fmt: skip
    """Other vectors or another state go in, another vector to the output; another state comes back, another order."""
    new = cell(vectors(embedding(tokens)), before(state))
    return (out(output(shown(new))), returned(state, new))[::order]


def _of_each(state: State, function: Function) -> State:
    return tuple(map(function, state)) if isinstance(state, tuple) else function(state)


_LOOK_UP = "Ids are names, not vectors: look them up first, `embedding(tokens)`."
_EMBEDDED = "`tokens` is (B,): `embedding(tokens)` is (B, E), as the cell wants it."
ADVICE = (
    ("values to unpack", "Only the state of an LSTM is a pair: take it apart only if `isinstance(state, tuple)`."),
    ("'tuple' object has no attribute 'dim'",
     "The words come first, then the state: `cell(embedding(tokens), state)`."),
    ("'Embedding' object", "`embedding` is a module, not a table: call it, `embedding(tokens)`."),
    ("must be tuple of Tensors, not Tensor", "h alone goes in; the cell wants all: `cell(embedding(tokens), state)`."),
    ("'tuple' object has no attribute", "The state of an LSTM is the pair `(h, c)`: take h out of it first."),
    ("inconsistent input_size", _LOOK_UP),
    ("Expected input to be 1D or 2D", _EMBEDDED), ("x must", _EMBEDDED), ("input must have", _EMBEDDED),
    ("expected scalar type", _LOOK_UP), ("same dtype", _LOOK_UP),
    ("mat1 and mat2", "`output` takes h, (B, H); the cell takes embedded words, (B, E)."),
    ("must be Tensor, not tuple",
     "`output` takes h alone: of the new state `state[0]` if `isinstance(state, tuple)`, else `state`."),
)  # fmt: skip
_WHOLE = "return the whole state that `cell` gave, of an LSTM `(h, c)`"
MISTAKES = (
    ("the logits are made from the state before the step, not the new h",
     lambda t, s, e, c, o: (o(hidden(s)), c(e(t), s))),
    ("the old state comes back; return the new one", _with(returned=lambda old, new: old)),
    ("the logits are made from c; make them from h", _with(shown=lambda s: s[1] if isinstance(s, tuple) else s)),
    ("a softmax is applied: return the logits, as the output layer gives them", _with(out=lambda x: x.softmax(-1))),
    ("a log-softmax is applied: return the logits, as the output layer gives them",
     _with(out=lambda x: x.log_softmax(-1))),
    ("the likeliest words come back; return the logits of all words, (B, V)", _with(out=lambda x: x.argmax(-1))),
    ("the state comes first; return `logits, state`", _with(order=-1)),
    ("the step begins from zeros: hand the state to the cell", _with(before=lambda s: None)),
    (f"h alone comes back; {_WHOLE}",
     _with(returned=lambda old, new: hidden(new))),
    (f"c alone comes back; {_WHOLE}", _with(returned=lambda old, new: new[1] if isinstance(new, tuple) else new)),
    ("`state[0]` of a GRU is the first sentence's row: take it only if `isinstance(state, tuple)`",
     _with(shown=lambda s: s[0])),
    ("a GRU's state of two sentences is taken for a pair: ask `isinstance(state, tuple)`, not the length",
     _with(shown=lambda s: s[0] if len(s) == 2 else s)),
    ("the word vectors go through a relu: give them to `cell` as they are", _with(vectors=torch.relu)),
    ("the word vectors go through a tanh: give them to `cell` as they are", _with(vectors=torch.tanh)),
    ("the word of the first sentence is told to all; each has its own", _with(vectors=lambda x: x[:1].expand_as(x))),
    ("the logits are made from h + c; make them from h",
     _with(shown=lambda s: s[0] + s[1] if isinstance(s, tuple) else s)),
    ("the pair comes back turned round: return `(h, c)`, as `cell` gives it",
     _with(returned=lambda old, new: new[::-1] if isinstance(new, tuple) else new)),
    ("c begins from zeros: hand the whole state to the cell",
     _with(before=lambda s: (s[0], torch.zeros_like(s[1])) if isinstance(s, tuple) else s)),
    ("the logits go through a tanh: return them as the output layer gives them", _with(out=torch.tanh)),
    ("h goes through a tanh once more: give it to `output` as it is", _with(shown=lambda s: hidden(s).tanh())),
    ("the cell is called twice: the state that comes back is two steps on",
     lambda t, s, e, c, o: (decoder_step(t, s, e, c, o)[0], c(e(t), c(e(t), s)))),
    (SQUEEZED, _with(out=torch.squeeze), _with(returned=lambda old, new: _of_each(new, torch.squeeze)),
     _with(out=torch.squeeze, returned=lambda old, new: _of_each(new, torch.squeeze))),
)  # fmt: skip
_DETACHED = (
    ("the state that comes back is detached: return it as `cell` gives it",
     _with(returned=lambda old, new: _of_each(new, torch.detach))),
    ("the logits are detached: return them as the output layer gives them", _with(out=torch.detach)),
)  # fmt: skip


def examine(trial: Trial) -> None:
    cases: list[tuple[type[nn.Module], int, int, int, int]] = [
        *((nn.LSTMCell, 2, 3, 4, 5), (nn.GRUCell, 3, 2, 4, 6), (nn.LSTMCell, 4, 4, 4, 4), (nn.GRUCell, 1, 2, 3, 7)),
        *((OwnLSTMCell, 2, 3, 4, 5), (OwnGRUCell, 3, 2, 4, 6)),  # cells of the course
        (nn.GRUCell, 2, 2, 3, 4),  # a state of two rows is no pair
    ]
    for seed, (make, B, E, H, V) in enumerate(cases):
        torch.manual_seed(SEED + seed)
        embedding, cell, output = nn.Embedding(V, E), make(E, H), nn.Linear(H, V)
        state = normal(seed + 20, B, H), normal(seed + 30, B, H)
        tokens = torch.randint(V, (B,), generator=seeded(seed))
        pair = make in (nn.LSTMCell, OwnLSTMCell)
        arguments = (tokens, state if pair else state[0], embedding, cell, output)
        why = ": the next step needs the state"
        parts_agree(trial, trial.call(*arguments), arguments, "the pair `(logits, state)`", why=why)
    torch.manual_seed(SEED)
    parts = nn.Embedding(5, 2), nn.LSTMCell(2, 3), nn.Linear(3, 5)
    tokens = torch.tensor([1, 4, 0, 1])
    gradients_of_all(
        trial, lambda f, h, c: f(tokens, (h, c), *parts), normal(1, 4, 3), normal(2, 4, 3), mistakes=_DETACHED
    )

    def of_the_parts(f: Function, embedding: Tensor, output: Tensor) -> Any:  # a message names these
        modules = nn.Embedding(5, 2), nn.Linear(3, 5)
        for module, its_own in zip(modules, (embedding, output), strict=True):
            del module.weight  # a parameter: in its place the tensor whose gradient is asked for
            module.weight = its_own
        return f(tokens, (torch.ones(4, 3), torch.ones(4, 3)), modules[0], parts[1], modules[1])

    gradients_of_all(trial, of_the_parts, normal(3, 5, 2), normal(4, 5, 3))


EXERCISE = Exercise(id="04.decoder_step", reference=decoder_step, difficulty=2, minutes=6, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Three lines: look the words up, `embedding(tokens)`; step, `cell(..., state)`; and `output` of the new h.",
        "The state of an LSTM is `(h, c)`, that of a GRU is h itself: `h = state[0] if isinstance(state, tuple) "
        "else state`."),
    explanation="""This is the language model of lesson 02, one step of it. What makes it a translator is the state from
which it starts: the context that the encoder made. The step returns the state instead of keeping it, so that the same
function serves training, greedy decoding and beam search, where states are copied and dropped. It returns logits, not
probabilities: the loss and the search take the log-softmax themselves, in one stable operation.""")  # fmt: skip
