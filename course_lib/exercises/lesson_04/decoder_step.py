"""Exercise 04.decoder_step."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal, seeded
from course_lib.exercises.lesson_04.shared import _require_pair
from course_lib.exercises.trial import Trial


def decoder_step(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)  # (B, H), or two of them
    h = state[0] if isinstance(state, tuple) else state
    return output(h), state


def _h(state):
    return state[0] if isinstance(state, tuple) else state


def _step_with(before=lambda s: s, out=lambda logits: logits, shown=_h, returned=lambda old, new: new, swap=False):
    """A way to write the step wrongly: another state goes in, another vector to the output, another state back."""

    def step(tokens, state, embedding, cell, output):
        new = cell(embedding(tokens), before(state))
        pair = out(output(shown(new))), returned(state, new)
        return pair[::-1] if swap else pair

    return step


def _from_old(tokens, state, embedding, cell, output):
    return output(_h(state)), cell(embedding(tokens), state)


def _two_steps(tokens, state, embedding, cell, output):
    new = cell(embedding(tokens), state)
    return output(_h(new)), cell(embedding(tokens), new)


ADVICE = (
    ("values to unpack", "Only the state of an LSTM is a pair; that of a GRU is h alone."),
    ("'tuple' object has no attribute", "The words come first, then the state: `cell(embedding(tokens), state)`."),
    ("inconsistent input_size", "Ids are names, not vectors: look them up first, `embedding(tokens)`."),
    ("Expected input to be 1D or 2D", "`tokens` is (B,): `embedding(tokens)` is (B, E), as the cell wants it."),
    ("x must", "`tokens` is (B,): `embedding(tokens)` is (B, E), as the cell wants it."),
    ("input must have", "`tokens` is (B,), so the embedded words are (B, E), as the cell wants them."),
    ("expected scalar type", "Ids are names, not vectors: look them up first, `embedding(tokens)`."),
    ("same dtype", "Ids are names, not vectors: look them up first, `embedding(tokens)`."),
    ("mat1 and mat2", "`output` takes h, (B, H); the cell takes embedded words, (B, E)."),
    ("must be Tensor, not tuple", "The state of an LSTM is the pair `(h, c)`; the output layer takes h alone."),
)


MISTAKES = (
    ("the logits are made from the state before the step; they come from the new h", _from_old),
    ("the old state comes back; return the new one", _step_with(returned=lambda old, new: old)),
    ("the logits are made from c; they come from h", _step_with(shown=lambda s: s[1] if isinstance(s, tuple) else s)),
    ("a softmax is applied: return the logits, as the output layer gives them", _step_with(out=lambda x: x.softmax(-1))),
    ("a log-softmax is applied: return the logits, as the output layer gives them", _step_with(out=lambda x: x.log_softmax(-1))),
    ("the likeliest words come back; return the logits of all words, (B, V)", _step_with(out=lambda x: x.argmax(-1))),
    ("the state comes first; return `logits, state`", _step_with(swap=True)),
    ("the step begins from zeros: hand the state to the cell", _step_with(before=lambda s: None)),
    ("h alone comes back as the state; an LSTM needs `(h, c)` for its next step", _step_with(returned=lambda old, new: _h(new))),
    ("`state[0]` of a GRU is the first row of its state: only where the state is a tuple, h is `state[0]`", _step_with(shown=lambda s: s[0])),
    ("the output goes through a tanh; h has been through one already", _step_with(out=torch.tanh)),
    ("h goes through a tanh once more", _step_with(shown=lambda s: _h(s).tanh())),
    ("the cell is called twice: the state that comes back is two steps on", _two_steps),
)  # fmt: skip


def examine(trial: Trial) -> None:
    cases = [(nn.LSTMCell, 2, 3, 4, 5), (nn.GRUCell, 3, 2, 4, 6), (nn.LSTMCell, 4, 4, 4, 4), (nn.GRUCell, 1, 2, 3, 7)]
    for seed, (make, B, E, H, V) in enumerate(cases):
        torch.manual_seed(seed)
        embedding, cell, output = nn.Embedding(V, E), make(E, H), nn.Linear(H, V)
        state = normal(seed + 20, B, H), normal(seed + 30, B, H)
        tokens = torch.randint(V, (B,), generator=seeded(seed))
        arguments = (tokens, state if make is nn.LSTMCell else state[0], embedding, cell, output)
        got = trial.call(*arguments)
        _require_pair(trial, got, "the pair `(logits, state)`: the next step needs the state")
        trial.compare(got, decoder_step(*arguments), inputs=arguments)
    torch.manual_seed(9)
    parts = nn.Embedding(5, 2), nn.LSTMCell(2, 3), nn.Linear(3, 5)
    tokens = torch.tensor([1, 4, 0, 1])

    def flat(step: Callable) -> Callable:
        def both(h: Tensor, c: Tensor) -> Tensor:
            logits, (h, c) = step(tokens, (h, c), *parts)
            return torch.cat([logits, h, c], dim=1)

        return both

    Trial(flat(trial.answer), trial.name, flat(decoder_step)).gradients_agree(normal(1, 4, 3), normal(2, 4, 3))


EXERCISE = Exercise(
    id="04.decoder_step",
    reference=decoder_step,
    difficulty=2,
    minutes=6,
    hints=(
        "Three lines: look the words up, `embedding(tokens)`; step, `cell(..., state)`; and `output` of the new h.",
        "The state of an LSTM is `(h, c)`, that of a GRU is h itself: `h = state[0] if isinstance(state, tuple) else state`.",
    ),
    explanation="""
This is the language model of lesson 02, one step of it. What makes it a translator is the state from which it starts: the
context that the encoder made. The step returns the state instead of keeping it, so that the same function serves training,
greedy decoding and beam search, where states are copied and dropped. It returns logits, not probabilities: the loss and
the search take the log-softmax themselves, in one stable operation.""",
    advice=ADVICE,
    mistakes=MISTAKES,
    examine=examine,
)
