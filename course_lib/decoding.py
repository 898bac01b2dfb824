"""Decoding (lesson 04): greedy, sampling and beam search over one protocol, for every model that can say a next word.

    step(tokens, state) -> scores, state

`tokens` are the words before, ids (B,), at first `<sos>`; `scores` (B, V) are logits or log-probabilities of the next
words. A state is a tensor whose first axis is the batch, a tuple of states, or None: what a model carries along is its
own affair, the memory of a cell, encoded sources, a cache of keys and values. All sentences are decoded together, and
decoding stops when all have ended.

Sutskever, Vinyals, Le 2014: Sequence to Sequence Learning with Neural Networks, section 3.2, arXiv:1409.3215
Wu et al. 2016: Google's Neural Machine Translation System, section 7, arXiv:1609.08144
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch import Tensor

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
    map_nested(lambda tensor: found.append(tensor) or tensor, state)
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


def _first_tokens(state: Nested, B: int) -> Tensor:
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


def greedy(step: Step, state: Nested, max_length: int, *, observe: Observe | None = None) -> Decoded:
    """Always the likeliest next word.

    Args:
        step: the model, see above.
        state: before the first word.
        max_length: the most words of a sentence, `<eos>` counted.
        observe: from each new state to a tensor (B, ...) that is collected:
            `lambda state: state.weights` for the attention behind each word.

    Raises:
        ValueError: `max_length` below 1; a state whose tensors differ in their first axis; scores of another shape.
    """
    return _one_by_one(step, state, max_length, lambda log_p: log_p.argmax(-1), observe)


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
            alike; 0 is `greedy`.
        top_k: draw among the k likeliest words only (Fan, Lewis, Dauphin 2018, arXiv:1805.04833). None: all.
        generator: the source of randomness.

    Other arguments as `greedy`. `log_p` is that of the model, whatever the temperature.

    Raises:
        ValueError: a negative temperature, `top_k` below 1; and as `greedy`.
    """
    if temperature < 0:
        raise ValueError(f"temperature must not be negative, got {temperature}")
    if top_k is not None and top_k < 1:
        raise ValueError(f"top_k must be at least 1, got {top_k}")
    if temperature == 0:
        return greedy(step, state, max_length, observe=observe)

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
    _check_length(max_length)
    B = batch_size(state)
    tokens = _first_tokens(state, B)
    ended = torch.zeros(B, dtype=torch.bool, device=tokens.device)
    total = None
    words, seen = [], []
    while len(words) < max_length and not ended.all():
        log_p, state = _next(step, tokens, state)
        tokens = choose(log_p)
        gained = log_p.gather(-1, tokens.unsqueeze(-1)).squeeze(-1).masked_fill(ended, 0)
        total = gained if total is None else total + gained
        if observe is not None:
            seen.append(_masked(observe(state), ended))
        tokens = tokens.masked_fill(ended, PAD)  # a sentence that has ended runs on, unseen
        words.append(tokens)
        ended = ended | (tokens == EOS)
    return Decoded(torch.stack(words, dim=1), total, ~ended, torch.stack(seen, dim=1) if seen else None)


def _next(step: Step, tokens: Tensor, state: Nested) -> tuple[Tensor, Nested]:
    """log p (B, V) of the next words, -inf for those that never come; and the next state."""
    scores, state = step(tokens, state)
    if scores.dim() != 2 or len(scores) != len(tokens):
        raise ValueError(f"step must return scores (B={len(tokens)}, V), got {tuple(scores.shape)}")
    log_p = scores.log_softmax(-1)  # log-probabilities stay what they are
    log_p[:, NEVER] = -math.inf
    return log_p, state


def _masked(observed: Tensor, ended: Tensor) -> Tensor:
    """Zero in the rows of the sentences that have ended."""
    return observed.masked_fill(ended.view(-1, *[1] * (observed.dim() - 1)), 0)


def _check_length(max_length: int) -> None:
    if max_length < 1:
        raise ValueError(f"max_length must be at least 1, got {max_length}")


# --- beam search --------------------------------------------------------------------------------------------


class Node(NamedTuple):
    """A hypothesis that beam search has looked at, one word longer than its parent.

    Attributes:
        parent: the place of its parent in the list; the root, at place 0, has -1.
        token: the id of its last word.
        log_p: of all its words.
        score: what it was ranked by.
        kept: whether it was among the best of its step.
        ended: whether it is complete, with `<eos>`.
    """

    parent: int
    token: int
    log_p: float
    score: float
    kept: bool
    ended: bool


class Beams(NamedTuple):
    """The hypotheses that were left, the best first; per sentence as many as the beam is wide.

    Those that ended come before those that were cut. Where there are fewer different sentences, the rest have
    log p and score -inf and no words.

    Attributes:
        ids: (B, beam, T), without `<sos>`; with `<eos>` where a hypothesis ended, and `<pad>` behind it.
        log_p: (B, beam).
        score: (B, beam), log p by length: see `normalized`.
        cut: bool (B, beam), True where no `<eos>` came within the largest length.
        observed: (B, beam, T, ...), or None.
        trees: for each sentence all hypotheses that were kept and the best that were not, parents first; or None.
    """

    ids: Tensor
    log_p: Tensor
    score: Tensor
    cut: Tensor
    observed: Tensor | None
    trees: list[list[Node]] | None

    @property
    def best(self) -> Decoded:
        """The first hypothesis of each sentence, in the form of the other ways of decoding."""
        observed = None if self.observed is None else self.observed[:, 0]
        return Decoded(self.ids[:, 0], self.log_p[:, 0], self.cut[:, 0], observed)


def normalized(log_p: Tensor, length: Tensor | int, alpha: float) -> Tensor:
    """The score of a hypothesis: log p / length^alpha, `<eos>` counted.

    Every further word makes log p smaller, so that without normalization (alpha 0) short sentences win; alpha 1 is
    the mean per word. (Wu et al. 2016, eq. 14, write (5 + length) / 6 for the length.)
    """
    return log_p / length**alpha


@torch.no_grad()
def beam_search(
    step: Step,
    state: Nested,
    beam: int,
    max_length: int,
    *,
    alpha: float = 1.0,
    observe: Observe | None = None,
    tree: bool = False,
) -> Beams:
    """Keep the `beam` best hypotheses of each sentence, extend each by every word, keep the best again.

    A hypothesis that has ended stays in its place with its score until better ones push it out. It is over when all
    that are kept have ended. All hypotheses of all sentences go through the model together. A beam of 1 is `greedy`;
    one that is never full is exhaustive search.

    Args:
        step, state, max_length, observe: as `greedy`.
        beam: how many hypotheses to keep per sentence.
        alpha: of the length normalization, see `normalized`.
        tree: record the search, for each step the kept hypotheses and as many of the best others.

    Raises:
        ValueError: a beam below 1, a negative alpha; and as `greedy`.
    """
    if beam < 1:
        raise ValueError(f"beam must be at least 1, got {beam}")
    if alpha < 0:
        raise ValueError(f"alpha must not be negative, got {alpha}")
    _check_length(max_length)
    B = batch_size(state)
    tokens = _first_tokens(state, B * beam)
    device = tokens.device
    first_row = beam * torch.arange(B, device=device).unsqueeze(1)  # (B, 1): the place of a sentence among all rows
    state = select(state, torch.arange(B, device=device).repeat_interleave(beam))  # (B beam, ...)
    log_p = torch.full((B, beam), -math.inf, device=device)
    log_p[:, 0] = 0  # at first there is one hypothesis, the empty one; the others' places are vacant
    ended = torch.zeros(B, beam, dtype=torch.bool, device=device)
    length = torch.zeros(B, beam, dtype=torch.long, device=device)
    history: list[tuple[Tensor, Tensor, Tensor | None]] = []  # of each step: words, parents, what was observed
    trees = _Trees(B, beam) if tree else None

    while len(history) < max_length and not (ended | log_p.isinf()).all():
        step_log_p, state = _next(step, tokens, state)
        V = step_log_p.shape[-1]
        step_log_p = step_log_p.view(B, beam, V)
        # what has ended goes on in one way, by <pad>, at no cost
        stay = torch.full((V,), -math.inf, device=device, dtype=step_log_p.dtype)
        stay[PAD] = 0
        candidates = log_p.unsqueeze(-1) + torch.where(ended.unsqueeze(-1), stay, step_log_p)  # (B, beam, V)
        longer = (length + (~ended)).unsqueeze(-1)  # (B, beam, 1)
        ranking = normalized(candidates, longer, alpha).flatten(1)  # (B, beam V)
        scores, places = ranking.topk(min(2 * beam if tree else beam, beam * V), dim=-1)
        if trees is not None:
            trees.grow(places, candidates.flatten(1).gather(1, places), scores, ended, V)
        places = places[:, :beam]
        parents, words = places // V, places % V  # (B, beam)
        log_p = candidates.flatten(1).gather(1, places)
        over = ended.gather(1, parents)
        length = longer.squeeze(-1).gather(1, parents)
        ended = over | (words == EOS)
        rows = (first_row + parents).flatten()
        seen = None
        if observe is not None:
            seen = _masked(observe(state).index_select(0, rows), over.flatten()).unflatten(0, (B, beam))
        history.append((words, parents, seen))
        state, tokens = select(state, rows), words.flatten()

    score = normalized(log_p, length.clamp(min=1), alpha)
    order = (-score).argsort(dim=-1, stable=True)
    order = order.gather(
        1, (~ended).gather(1, order).int().argsort(dim=-1, stable=True)
    )  # what has ended before the rest
    ids, observed = _trace_back(history, order)
    log_p, score, cut = (values.gather(1, order) for values in (log_p, score, ~ended & log_p.isfinite()))
    ids = ids.masked_fill(log_p.isinf().unsqueeze(-1), PAD)
    return Beams(ids, log_p, score, cut, observed, None if trees is None else trees.nodes)


def _trace_back(history: list, order: Tensor) -> tuple[Tensor, Tensor | None]:
    """From the last step to the first, parent by parent: words (B, beam, T), and what was observed, or None."""
    at = order
    words, seen = [], []
    for step_words, parents, step_seen in reversed(history):
        words.append(step_words.gather(1, at))
        if step_seen is not None:
            seen.append(step_seen[torch.arange(len(at), device=at.device).unsqueeze(1), at])
        at = parents.gather(1, at)
    return torch.stack(words[::-1], dim=2), torch.stack(seen[::-1], dim=2) if seen else None


class _Trees:
    """The record of a search: for each sentence its nodes, and the node in each place of the beam."""

    def __init__(self, B: int, beam: int):
        self.beam = beam
        self.nodes = [[Node(-1, SOS, 0.0, 0.0, True, False)] for _ in range(B)]
        self.places = [[0] * beam for _ in range(B)]

    def grow(self, places: Tensor, log_p: Tensor, scores: Tensor, ended: Tensor, V: int) -> None:
        rows = zip(places.tolist(), log_p.tolist(), scores.tolist(), ended.tolist(), strict=True)
        for b, row in enumerate(rows):
            nodes, kept = self.nodes[b], []
            for rank, (place, p, score) in enumerate(zip(*row[:3], strict=True)):
                parent, token = divmod(place, V)
                at = self.places[b][parent]
                if math.isfinite(p) and not row[3][parent]:  # a vacant place is no hypothesis, one that ended not new
                    nodes.append(Node(at, token, p, score, rank < self.beam, token == EOS))
                    at = len(nodes) - 1
                if rank < self.beam:
                    kept.append(at)
            self.places[b] = kept
