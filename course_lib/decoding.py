"""Decoding (lesson 04): greedy and sampling over one protocol, for every model that can say a next word.

    step(tokens, state) -> scores, state

`tokens` are the words before, ids (B,), at first `<sos>`; `scores` (B, V) are logits or log-probabilities of the next
words. A state is a tensor whose first axis is the batch, a tuple of states, or None: what a model carries along is its
own affair, the memory of a cell, encoded sources, a cache of keys and values. All sentences are decoded together; one
that has ended leaves the batch, its rows of the state with it. Beam search, by the same protocol, is in `beam`.

Every way of decoding is called as decode(step, state, max_length); what else it takes are options.

Sutskever, Vinyals, Le 2014: Sequence to Sequence Learning with Neural Networks, section 3.2, arXiv:1409.3215
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch import Tensor

from course_lib.likelihood import pick
from course_lib.text import EOS, PAD, SOS, UNK

Nested = Any  # a tensor, a tuple of such, or None
Step = Callable[[Tensor, Nested], tuple[Tensor, Nested]]
Observe = Callable[[Nested], Tensor]

NEVER = (PAD, UNK, SOS)  # no sentence holds them

# --- states -------------------------------------------------------------------------------------------------


def map_nested(function: Callable[[Tensor], Tensor], state: Nested) -> Nested:
    """Apply a function to every tensor of a state; tuples keep their kind, None stays None.

    Raises:
        TypeError: something else in the state.
    """
    if state is None:
        return None
    if isinstance(state, Tensor):
        return function(state)
    if isinstance(state, tuple):
        parts = [map_nested(function, part) for part in state]
        return type(state)(*parts) if hasattr(state, "_fields") else tuple(parts)
    raise TypeError(f"a state is made of tensors, tuples and None, got a {type(state).__name__}")


def select(state: Nested, rows: Tensor) -> Nested:
    """The rows of a state, along the batch, in the order given: rows (n,), repeated ones too."""
    return map_nested(lambda tensor: tensor.index_select(0, rows), state)


def tensors(state: Nested) -> list[Tensor]:
    """All tensors of a state, in order."""
    found: list[Tensor] = []

    def note(tensor: Tensor) -> Tensor:
        found.append(tensor)
        return tensor

    map_nested(note, state)
    return found


def batch_size(state: Nested) -> int:
    """B, from the first axis of the state's tensors.

    Raises:
        ValueError: no tensor in it, or tensors that differ in their first axis or have none.
    """
    shapes = [tuple(tensor.shape) for tensor in tensors(state)]
    if len({shape[:1] for shape in shapes}) != 1 or not shapes[0]:
        raise ValueError(f"the first axis of every tensor of a state must be the batch, got shapes {shapes}")
    return shapes[0][0]


def first_tokens(state: Nested, B: int) -> Tensor:
    """What the first step is told: `<sos>` (B,), where the state is."""
    return torch.full((B,), SOS, device=tensors(state)[0].device)


# --- one word after the other -------------------------------------------------------------------------------


class Decoded(NamedTuple):
    """Sentences, and how they came about.

    Attributes:
        ids: (B, T), without `<sos>`; with `<eos>` where a sentence ended, and `<pad>` behind it.
        log_p: (B,), the log-probability of what stands in `ids`, `<eos>` included.
        cut: bool (B,), True where no `<eos>` came within the largest length.
        observed: (B, T, ...), what was asked to be observed after each step; zero behind `<eos>`. Else None.
    """

    ids: Tensor
    log_p: Tensor
    cut: Tensor
    observed: Tensor | None


def greedy(step: Step, state: Nested, B: int, max_length: int) -> Tensor:
    """Always the likeliest next word: ids (B, T), with `<eos>`, and `<pad>` behind it. T is the number of steps made.

    `greedy_search` gives log p besides, and what was cut.

    Args:
        step: from the words before, ids (B,), and a state to logits (B, V) and the next state.
        max_length: the most words of a sentence, `<eos>` counted.
    """
    tokens = torch.full((B,), SOS)
    ended = torch.zeros(B, dtype=torch.bool)
    words = []
    for _ in range(max_length):
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        words.append(tokens)
        ended = ended | (tokens == EOS)
        if ended.all():
            break
    return torch.stack(words, dim=1)


def greedy_search(step: Step, state: Nested, max_length: int, *, observe: Observe | None = None) -> Decoded:
    """Always the likeliest next word, and never `<pad>`, `<unk>` or `<sos>`.

    Args:
        step: the model, see above.
        state: before the first word.
        max_length: the most words of a sentence, `<eos>` counted.
        observe: from each new state to a tensor (B, ...) that is collected:
            `lambda state: state.weights` for the attention behind each word.

    Raises:
        ValueError: `max_length` below 1; a state whose tensors differ in their first axis; scores of another shape, or
            with nan among them.
    """
    # On CPU `max` takes less than half the time of `argmax`.
    return _one_by_one(step, state, max_length, lambda log_p: log_p.max(-1).indices, observe)


def sample(
    step: Step,
    state: Nested,
    max_length: int,
    *,
    temperature: float = 1.0,
    top_k: int | None = None,
    generator: torch.Generator | None = None,
    observe: Observe | None = None,
) -> Decoded:
    """Each next word drawn at random, by its probability.

    Args:
        temperature: the log-probabilities are divided by it. Below 1 the likely words get likelier, above 1 all get
            alike; 0 is `greedy_search`.
        top_k: draw among the k likeliest words only (Fan, Lewis, Dauphin 2018, arXiv:1805.04833). None: all.
        generator: the source of randomness.

    Other arguments as `greedy_search`. `log_p` is that of the model, whatever the temperature.

    Raises:
        ValueError: a negative temperature, `top_k` below 1; and as `greedy_search`.
    """
    if temperature < 0:
        raise ValueError(f"temperature must not be negative, got {temperature}")
    if top_k is not None and top_k < 1:
        raise ValueError(f"top_k must be at least 1, got {top_k}")
    if temperature == 0:
        return greedy_search(step, state, max_length, observe=observe)

    def draw(log_p: Tensor) -> Tensor:
        if top_k is not None and top_k < log_p.shape[-1]:
            best, words = log_p.topk(top_k, dim=-1)
            log_p = torch.full_like(log_p, -math.inf).scatter(-1, words, best)
        return torch.multinomial((log_p / temperature).softmax(-1), 1, generator=generator).squeeze(1)

    return _one_by_one(step, state, max_length, draw, observe)


@torch.no_grad()
def _one_by_one(
    step: Step, state: Nested, max_length: int, choose: Callable[[Tensor], Tensor], observe: Observe | None
) -> Decoded:
    check_length(max_length)
    B = batch_size(state)
    tokens = first_tokens(state, B)
    going = torch.arange(B, device=tokens.device)  # the sentences that have not ended; the others leave the batch
    words, gained, seen = [], [], []
    for _ in range(max_length):
        log_p, state = next_log_p(step, tokens, state)
        tokens = choose(log_p)
        words.append(spread(tokens, going, B, PAD))
        gained.append(spread(pick(log_p, tokens), going, B))
        if observe is not None:
            seen.append(spread(observe(state), going, B))
        ended = tokens == EOS
        if ended.any():
            on = (~ended).nonzero().squeeze(1)
            going, tokens, state = going[on], tokens[on], select(state, on)
        if not len(going):
            break
    cut = spread(torch.ones_like(going, dtype=torch.bool), going, B)
    observed = torch.stack(seen, dim=1) if seen else None
    return Decoded(torch.stack(words, dim=1), torch.stack(gained, dim=1).sum(1), cut, observed)


def next_log_p(step: Step, tokens: Tensor, state: Nested) -> tuple[Tensor, Nested]:
    """log p (B, V) of the next words, -inf for those that never come; and the next state."""
    scores, state = step(tokens, state)
    if scores.dim() != 2 or len(scores) != len(tokens):
        raise ValueError(f"step must return scores (B={len(tokens)}, V), got {tuple(scores.shape)}")
    log_p = scores.log_softmax(-1)  # log-probabilities stay what they are
    if log_p[:, EOS].isnan().any():  # one score that is none makes the whole row so
        raise ValueError("the scores of a step hold nan or infinity: no word is the likeliest of them")
    log_p[:, NEVER] = -math.inf
    return log_p, state


def spread(values: Tensor, rows: Tensor, B: int, fill: float = 0) -> Tensor:
    """Values (n, ...) in their rows (n,) of (B, ...), and `fill` in the others."""
    return values.new_full((B, *values.shape[1:]), fill).index_copy(0, rows, values)


def check_length(max_length: int) -> None:
    """Raises ValueError for a largest length below 1."""
    if max_length < 1:
        raise ValueError(f"max_length must be at least 1, got {max_length}")
