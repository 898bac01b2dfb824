"""Beam search (lesson 04, section 9): the best few beginnings go on, for every model that `decoding` serves.

`beam_step` is one step for one sentence, in plain lists; `beam_search` decodes all hypotheses of all sentences
together, and can record the tree of its search.

Sutskever, Vinyals, Le 2014: Sequence to Sequence Learning with Neural Networks, section 3.2, arXiv:1409.3215
Wu et al. 2016: Google's Neural Machine Translation System, section 7, arXiv:1609.08144
"""

import math
from typing import NamedTuple

import torch
from torch import Tensor

from course_lib.decoding import (
    Decoded,
    Nested,
    Observe,
    Step,
    batch_size,
    check_length,
    first_tokens,
    next_log_p,
    select,
    spread,
)
from course_lib.text import EOS, PAD, SOS

# --- one step, one sentence ---------------------------------------------------------------------------------

Hypothesis = tuple[list[int], float]  # the words so far, without `<sos>`, and their log p


def beam_step(hypotheses: list[Hypothesis], next_log_p: Tensor, beam: int, alpha: float) -> list[Hypothesis]:
    """From the hypotheses of one step to those of the next, the best first.

    Args:
        hypotheses: at first `[([], 0.0)]`. One whose last word is `<eos>` stays as it is and goes on competing.
        next_log_p: a row (V,) for each hypothesis, the log-probabilities of the next words after it.
        beam: how many to keep, of all candidates together.
        alpha: of the length normalization: ranked is by log p / length^alpha, see `normalized`.
    """
    candidates = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        if words and words[-1] == EOS:
            candidates.append((words, log_p))  # it has ended, and stays as it is
        else:
            candidates += [([*words, word], log_p + p) for word, p in enumerate(row)]
    candidates.sort(key=lambda candidate: candidate[1] / len(candidate[0]) ** alpha, reverse=True)
    return candidates[:beam]


def normalized(log_p: Tensor, length: Tensor, alpha: float) -> Tensor:
    """The score of a hypothesis: log p / length^alpha, `<eos>` counted.

    Every further word makes log p smaller, so that without normalization (alpha 0) short sentences win; alpha 1 is
    the mean per word. (Wu et al. 2016, eq. 14, write (5 + length) / 6 for the length.)
    """
    score: Tensor = log_p / length**alpha
    return score


# --- the search ---------------------------------------------------------------------------------------------


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


class _Kept(NamedTuple):
    """The hypotheses of one step, (B, beam) each; vacant places have log p -inf."""

    log_p: Tensor
    ended: Tensor
    length: Tensor


class _Chosen(NamedTuple):
    """How the hypotheses of a step go on from those before it.

    Attributes:
        words: ids (B, beam).
        parents: places among those before, (B, beam).
        observed: (B, beam, ...), or None.
    """

    words: Tensor
    parents: Tensor
    observed: Tensor | None


@torch.no_grad()
def beam_search(
    step: Step,
    state: Nested,
    max_length: int,
    *,
    beam: int,
    alpha: float = 1.0,
    observe: Observe | None = None,
    tree: bool = False,
) -> Beams:
    """Keep the `beam` best hypotheses of each sentence, extend each by every word, keep the best again.

    A hypothesis that has ended stays in its place with its score until better ones push it out. It is over when all
    that are kept have ended. All hypotheses of all sentences go through the model together. A beam of 1 is
    `decoding.greedy_search`; one that is never full is exhaustive search.

    Args:
        step, state, max_length, observe: as `decoding.greedy_search`.
        beam: how many hypotheses to keep per sentence.
        alpha: of the length normalization, see `normalized`.
        tree: record the search, for each step the kept hypotheses and as many of the best others.

    Raises:
        ValueError: a beam below 1, a negative alpha; and as `decoding.greedy_search`.
    """
    if beam < 1:
        raise ValueError(f"beam must be at least 1, got {beam}")
    if alpha < 0:
        raise ValueError(f"alpha must not be negative, got {alpha}")
    check_length(max_length)
    B = batch_size(state)
    tokens = first_tokens(state, B * beam)
    going = torch.arange(B, device=tokens.device)  # the sentences that are not over; the others leave the batch
    same_place = torch.arange(beam, device=tokens.device).expand(B, beam)
    state = select(state, going.repeat_interleave(beam))  # (B beam, ...)
    kept = _empty_hypotheses(B, beam, tokens.device)
    history: list[_Chosen] = []
    trees = _Trees(B, beam) if tree else None
    while len(history) < max_length and len(going):
        log_p, state = next_log_p(step, tokens, state)
        before = _Kept(*(values[going] for values in kept))
        after, words, parents = _best(before, log_p.view(*before.log_p.shape, -1), alpha, trees, going)
        rows = beam * torch.arange(len(going), device=tokens.device).unsqueeze(1) + parents  # (n, beam), among all rows
        seen = None
        if observe is not None:
            seen = spread(_hide(observe(state)[rows], before.ended.gather(1, parents)), going, B)  # (B, beam, ...)
        kept = _Kept(*(values.to(new.dtype).index_copy(0, going, new) for values, new in zip(kept, after, strict=True)))
        history.append(_Chosen(spread(words, going, B, PAD), same_place.index_copy(0, going, parents), seen))
        on = ~(after.ended | after.log_p.isinf()).all(1)
        going, state, tokens = going[on], select(state, rows[on].flatten()), words[on].flatten()
    return _in_order(kept, history, alpha, None if trees is None else trees.nodes)


def beam_decode(
    step: Step, state: Nested, max_length: int, *, beam: int, alpha: float = 1.0, observe: Observe | None = None
) -> Decoded:
    """`beam_search(...).best`: what decodes as the other ways do, `partial(beam_decode, beam=5)`."""
    return beam_search(step, state, max_length, beam=beam, alpha=alpha, observe=observe).best


def _empty_hypotheses(B: int, beam: int, device: torch.device) -> _Kept:
    """At first there is one hypothesis per sentence, the empty one; the others' places are vacant."""
    log_p = torch.full((B, beam), -math.inf, device=device)
    log_p[:, 0] = 0
    none = torch.zeros(B, beam, dtype=torch.long, device=device)
    return _Kept(log_p, none.bool(), none)


def _best(
    kept: _Kept, step_log_p: Tensor, alpha: float, trees: "_Trees | None", sentences: Tensor
) -> tuple[_Kept, Tensor, Tensor]:
    """The best of all candidates: step log p (n, beam, V) -> what is kept, its words and its parents, (n, beam)."""
    beam, V = step_log_p.shape[1:]
    count = 2 * beam if trees is not None else beam  # of candidates; no hypothesis has more of them than its likeliest
    log_p, words = step_log_p.topk(min(count, V), dim=-1)  # (n, beam, count)
    # what has ended goes on in one way, by <pad>, at no cost
    log_p, words = (
        values.masked_fill(kept.ended.unsqueeze(-1), fill) for values, fill in ((log_p, -math.inf), (words, PAD))
    )
    log_p[:, :, 0] = log_p[:, :, 0].masked_fill(kept.ended, 0)
    candidates = kept.log_p.unsqueeze(-1) + log_p
    longer = kept.length + (~kept.ended)  # (n, beam)
    scores, places = normalized(candidates, longer.unsqueeze(-1), alpha).flatten(1).topk(min(count, beam * V), dim=-1)
    log_p, words = (values.flatten(1).gather(1, places) for values in (candidates, words))
    parents = places // candidates.shape[-1]
    if trees is not None:
        trees.grow(sentences, parents, words, log_p, scores, kept.ended)
    log_p, words, parents = (values[:, :beam] for values in (log_p, words, parents))
    over = (kept.ended.gather(1, parents) | (words == EOS)) & log_p.isfinite()  # a vacant place is not over, but empty
    return _Kept(log_p, over, longer.gather(1, parents)), words, parents


def _hide(observed: Tensor, ended: Tensor) -> Tensor:
    """Zero in the places (n, beam) of the hypotheses that had ended: (n, beam, ...)."""
    return observed.masked_fill(ended.view(*ended.shape, *[1] * (observed.dim() - ended.dim())), 0)


def _in_order(kept: _Kept, history: list[_Chosen], alpha: float, trees: list[list[Node]] | None) -> Beams:
    """The result: what has ended before the rest, and by the score."""
    score = normalized(kept.log_p, kept.length.clamp(min=1), alpha)
    order = (-score).argsort(dim=-1, stable=True)
    cut_last = (~kept.ended).gather(1, order).int().argsort(dim=-1, stable=True)
    order = order.gather(1, cut_last)
    ids, observed = _trace_back(history, order)
    cut = ~kept.ended & kept.log_p.isfinite()
    log_p, score, cut = (values.gather(1, order) for values in (kept.log_p, score, cut))
    return Beams(ids.masked_fill(log_p.isinf().unsqueeze(-1), PAD), log_p, score, cut, observed, trees)


def _trace_back(history: list[_Chosen], order: Tensor) -> tuple[Tensor, Tensor | None]:
    """From the last step to the first, parent by parent: words (B, beam, T), and what was observed, or None."""
    at = order
    words, seen = [], []
    for chosen in reversed(history):
        words.append(chosen.words.gather(1, at))
        if chosen.observed is not None:
            seen.append(chosen.observed[torch.arange(len(at), device=at.device).unsqueeze(1), at])
        at = chosen.parents.gather(1, at)
    return torch.stack(words[::-1], dim=2), torch.stack(seen[::-1], dim=2) if seen else None


class _Trees:
    """The record of a search: for each sentence its nodes, and the node in each place of the beam."""

    def __init__(self, B: int, beam: int):
        self.beam = beam
        self.nodes = [[Node(-1, SOS, 0.0, 0.0, True, False)] for _ in range(B)]
        self.places = [[0] * beam for _ in range(B)]

    def grow(
        self, sentences: Tensor, parents: Tensor, words: Tensor, log_p: Tensor, scores: Tensor, ended: Tensor
    ) -> None:
        """Add the candidates of a step to these sentences (n,): parents, words, log p and scores (n, candidates), the
        best first; who had ended, (n, beam)."""
        rows = (values.tolist() for values in (sentences, parents, words, log_p, scores, ended))
        for b, parents_of, words_of, p_of, scores_of, ended_of in zip(*rows, strict=True):
            nodes, kept = self.nodes[b], []
            for rank, (parent, token, p, score) in enumerate(zip(parents_of, words_of, p_of, scores_of, strict=True)):
                at = self.places[b][parent]
                if math.isfinite(p) and not ended_of[parent]:  # a vacant place is no hypothesis, one that ended not new
                    nodes.append(Node(at, token, p, score, rank < self.beam, token == EOS))
                    at = len(nodes) - 1
                if rank < self.beam:
                    kept.append(at)
            self.places[b] = kept
