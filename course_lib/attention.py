"""Attention (lesson 05): a soft dictionary, its score functions, one step of Luong's and of Bahdanau's decoder.

A dictionary finds the value whose key equals the query. A soft one compares the query with every key, turns the
scores into weights that sum to 1, and returns the weighted mean of all values:

    context = sum over j of softmax(score(query, key))_j value_j

Shapes: query (B, T, H), one for each target step; key and value (B, S, H), both the encoder's outputs, in a
translation; H may differ between the three unless a score says otherwise. Positions of the source are j, those of the
target t. c_t is the context; the c in an LSTM's state (h, c) is the cell state. The functions trust what they are
given; `look_up`, the score modules and the decoders check it. The decoders are in `attention_decoders`, marking an
alignment in `metrics`.

Bahdanau, Cho, Bengio 2015: Neural Machine Translation by Jointly Learning to Align and Translate, arXiv:1409.0473
Luong, Pham, Manning 2015: Effective Approaches to Attention-based Neural Machine Translation, arXiv:1508.04025
Vaswani et al. 2017: Attention Is All You Need, arXiv:1706.03762
See, Liu, Manning 2017: Get To The Point: Summarization with Pointer-Generator Networks, arXiv:1704.04368
"""

import math
from collections.abc import Callable
from typing import Protocol, TypeVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib.rnn import hidden, uniform
from course_lib.seq2seq import TranslationModel, check_target
from course_lib.stacked import AnyState
from course_lib.text import PAD

Compare = Callable[[Tensor, Tensor], Tensor]  # query (B, T, H), key (B, S, H) -> scores (B, T, S)
CellState = TypeVar("CellState", bound=AnyState)

# --- score functions: how well does a query fit a key? ------------------------------------------------------


def soft_lookup(query: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """The soft dictionary for one query: query (H,), keys (S, H), values (S, E) -> (E,)."""
    scores = keys @ query  # (S,)
    weights = scores.softmax(-1)
    return weights @ values


def dot(query: Tensor, key: Tensor, scaled: bool = False) -> Tensor:
    """q · k: query (B, T, H), key (B, S, H) -> (B, T, S). Luong, Pham, Manning 2015, section 3.1, "dot".

    Args:
        scaled: divide by sqrt(H): the scores keep a variance of 1 if q and k have. Vaswani et al. 2017, eq. 1.
    """
    scores = query @ key.transpose(1, 2)  # (B, T, H) @ (B, H, S)
    return scores / math.sqrt(query.shape[-1]) if scaled else scores


def general(query: Tensor, key: Tensor, weight: Tensor) -> Tensor:
    """qᵀ W k: weight (size of query, size of key) -> (B, T, S). Luong, Pham, Manning 2015, section 3.1, "general"."""
    return query @ weight @ key.transpose(1, 2)


def concat(query: Tensor, key: Tensor, weight_query: Tensor, weight_key: Tensor, v: Tensor) -> Tensor:
    """v_aᵀ tanh(W_a [q; k]) = v_aᵀ tanh(W_q q + W_k k): the additive score, (B, T, S).

    The first form, and the name, are of Luong, Pham, Manning 2015, section 3.1, "concat"; the second one is of
    Bahdanau, Cho, Bengio 2015, appendix A.1.2. W_a is W_q and W_k side by side.

    Args:
        weight_query, weight_key: (H, size of query), (H, size of key).
        v: v_a, (H,).
    """
    of_query = query @ weight_query.T  # (B, T, H)
    of_key = key @ weight_key.T  # (B, S, H)
    both = of_query[:, :, None] + of_key[:, None]  # (B, T, S, H)
    return both.tanh() @ v


def location(query: Tensor, key: Tensor, weight: Tensor) -> Tensor:
    """(W q)_j: the query alone says where to look, (B, T, S). Luong, Pham, Manning 2015, eq. 8.

    Of the key only its length S counts.

    Args:
        weight: (longest S, size of query), a row for every position.
    """
    S = key.shape[1]
    return query @ weight[:S].T


# --- weights and context ------------------------------------------------------------------------------------


def masked_softmax(scores: Tensor, mask: Tensor) -> Tensor:
    """Softmax over the last axis, only where the mask is True: scores (..., S) -> weights (..., S).

    Weights are exactly 0 where the mask is False; a row that is False throughout has weights 0, and gradients 0, and
    no nan.

    Args:
        mask: bool, of the shape of the scores or one that broadcasts to it.
    """
    lowest = torch.finfo(scores.dtype).min  # and not -inf: a row of those alone would be 0 / 0
    weights = scores.masked_fill(~mask, lowest).softmax(-1)
    return weights.masked_fill(~mask, 0)


def attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor, score: Compare) -> tuple[Tensor, Tensor]:
    """Look up T queries of each sentence: context (B, T, size of value), weights (B, T, S).

        a_tj = softmax over j of score(q_t, k_j)        c_t = sum over j of a_tj v_j

    Bahdanau, Cho, Bengio 2015, eq. 5 and 6; Luong, Pham, Manning 2015, eq. 7.

    Args:
        query: (B, T, .).
        key, value: (B, S, .) each.
        mask: bool (B, S), True where attention may go.
        score: from query and key to scores (B, T, S).
    """
    weights = masked_softmax(score(query, key), mask[:, None])  # (B, T, S)
    return weights @ value, weights


def look_up(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None, *, score: Compare = dot
) -> tuple[Tensor, Tensor]:
    """`attend` for whatever comes, checked: context (B, [T,] size of value), weights (B, [T,] S).

    Args:
        query: (B, T, .), or one of each sentence, (B, .).
        mask: bool (B, S), True where attention may go; or (B, T, S), where each query has its own. None: everywhere.

    Raises:
        ValueError: shapes that do not fit; a mask of another shape or dtype; a score of another shape.
    """
    if query.dim() == 2:
        context, weights = look_up(query[:, None], key, value, mask, score=score)
        return context[:, 0], weights[:, 0]
    if query.dim() != 3 or key.dim() != 3 or value.dim() != 3 or key.shape[:2] != value.shape[:2]:
        shapes = ", ".join(str(tuple(tensor.shape)) for tensor in (query, key, value))
        raise ValueError(f"expected query (B, H) or (B, T, H), key (B, S, .) and value (B, S, .), got {shapes}")
    (B, T, _), S = query.shape, key.shape[1]
    if len(key) != B:
        raise ValueError(f"expected as many queries as sources, B={B}, got {len(key)} sources")
    if mask is None:
        mask = torch.ones(B, S, dtype=torch.bool, device=key.device)
    if mask.dtype != torch.bool:
        raise ValueError(f"mask must be bool, True where attention may go, got {mask.dtype}")
    if mask.shape not in ((B, S), (B, T, S)):
        raise ValueError(f"mask must have shape (B={B}, S={S}) or (B, T={T}, S), got {tuple(mask.shape)}")
    if mask.dim() == 2:
        return attend(query, key, value, mask, checked(score))
    weights = masked_softmax(checked(score)(query, key), mask)
    return weights @ value, weights


def checked(score: Compare) -> Compare:
    """The same score function, which refuses to give scores of another shape than (B, T, S).

    A score of size 1 on the last axis would pass unseen: its softmax is 1 everywhere.
    """

    def compare(query: Tensor, key: Tensor) -> Tensor:
        scores = score(query, key)
        (B, T), S = query.shape[:2], key.shape[1]
        if scores.shape != (B, T, S):
            raise ValueError(f"scores must have shape (B={B}, T={T}, S={S}), got {tuple(scores.shape)}")
        return scores

    return compare


# --- score functions with their parameters ------------------------------------------------------------------


class Score(Protocol):
    """A score function in two parts, so that a decoder does the first one once for all its steps.

    Called as a whole, module(query, key), the modules below are the functions above.
    """

    def project(self, key: Tensor) -> Tensor:
        """What of the score depends on the keys alone: (B, S, .) -> (B, S, .)."""

    def compare(self, query: Tensor, key: Tensor) -> Tensor:
        """The rest: query (B, T, .), projected key (B, S, .) -> scores (B, T, S)."""


class Dot(nn.Module):
    """`dot`; no parameters.

    Raises:
        ValueError: sizes that differ.
    """

    def __init__(self, *, scaled: bool = False):
        super().__init__()
        self.scaled = scaled

    def project(self, key: Tensor) -> Tensor:
        return key

    def compare(self, query: Tensor, key: Tensor) -> Tensor:
        if query.shape[-1] != key.shape[-1]:
            raise ValueError(f"dot needs query and key of one size, got {query.shape[-1]} and {key.shape[-1]}")
        return dot(query, key, self.scaled)

    def forward(self, query: Tensor, key: Tensor) -> Tensor:
        return self.compare(query, self.project(key))


class General(Dot):
    """`general` with its weight (size of query, size of key): `dot` with the projected key.

    Args:
        scaled: divide the scores by sqrt(size of query), as `dot` does. Unscaled, a step at a large learning rate moves
            every score far, and the softmax soon settles on one token for good.
    """

    def __init__(self, query_size: int, key_size: int, *, scaled: bool = False):
        super().__init__(scaled=scaled)
        self.weight = uniform(query_size, key_size, H=key_size)

    def project(self, key: Tensor) -> Tensor:
        return F.linear(key, self.weight)  # W k: (B, S, size of query)


class Concat(nn.Module):
    """`concat` with its parameters: `weight_query` (H, size of query), `weight_key` (H, size of key), `v` (H,)."""

    def __init__(self, query_size: int, key_size: int, H: int):
        super().__init__()
        self.weight_query = uniform(H, query_size, H=query_size)
        self.weight_key = uniform(H, key_size, H=key_size)
        self.v = uniform(H, H=H)

    def project(self, key: Tensor) -> Tensor:
        return F.linear(key, self.weight_key)  # (B, S, H)

    def compare(self, query: Tensor, key: Tensor) -> Tensor:
        of_query = F.linear(query, self.weight_query)  # (B, T, H)
        scores: Tensor = (of_query[:, :, None] + key[:, None]).tanh() @ self.v  # (B, T, S, H) @ (H,)
        return scores

    def forward(self, query: Tensor, key: Tensor) -> Tensor:
        return concat(query, key, self.weight_query, self.weight_key, self.v)


class Location(nn.Module):
    """`location` with its weight (longest S, size of query).

    Raises:
        ValueError: a source longer than the weight has rows.
    """

    def __init__(self, query_size: int, longest: int):
        super().__init__()
        self.weight = uniform(longest, query_size, H=query_size)

    def project(self, key: Tensor) -> Tensor:
        return key

    def compare(self, query: Tensor, key: Tensor) -> Tensor:
        longest, S = len(self.weight), key.shape[1]
        if longest < S:
            raise ValueError(f"location knows {longest} source positions, got a source of S={S}")
        return location(query, key, self.weight)

    def forward(self, query: Tensor, key: Tensor) -> Tensor:
        return self.compare(query, key)


# --- one step -----------------------------------------------------------------------------------------------


def luong_step(
    cell: Callable[[Tensor, CellState], CellState],
    x: Tensor,
    state: CellState,
    key: Tensor,
    value: Tensor,
    mask: Tensor,
    score: Compare,
    combine: Callable[[Tensor], Tensor],
) -> tuple[Tensor, CellState, Tensor]:
    """One step of Luong's decoder: the cell first, then attention with its new state, s_t, as the query.

        s_t = cell(x_t, s_{t-1})
        c_t = attend(s_t, ...)                    the context; not the cell state of an LSTM
        s~_t = tanh(W_c [c_t; s_t])               the attentional vector, from which the word is said

    Luong, Pham, Manning 2015, section 3, eq. 5, where s is h. Of several layers it is the top one that asks.

    Args:
        x: (B, E), the word before; with input feeding [word; s~_{t-1}] (section 3.3).
        key, value: (B, S, .) each.
        mask: bool (B, S), True where attention may go.
        combine: the linear layer W_c, from [c_t; s_t].

    Returns:
        The attentional vector (B, H), the next state, the weights (B, S).
    """
    state = cell(x, state)
    h = hidden(state)  # (B, H)
    context, weights = attend(h[:, None], key, value, mask, score)  # one query: (B, 1, H)
    context, weights = context[:, 0], weights[:, 0]
    vector = combine(torch.cat([context, h], dim=-1)).tanh()
    return vector, state, weights


def bahdanau_step(
    cell: Callable[[Tensor, CellState], CellState],
    x: Tensor,
    state: CellState,
    key: Tensor,
    value: Tensor,
    mask: Tensor,
    score: Compare,
) -> tuple[CellState, Tensor, Tensor]:
    """One step of Bahdanau's decoder: attention first, with the old state, s_{t-1}, as the query; then the cell.

        c_t = attend(s_{t-1}, ...)                the context; not the cell state of an LSTM
        s_t = cell([x_t; c_t], s_{t-1})

    Bahdanau, Cho, Bengio 2015, section 3.1, eq. 5 and 6. Of several layers the top one asks, the bottom one reads.

    Returns:
        The next state, the context (B, size of value), the weights (B, S).
    """
    h = hidden(state)  # (B, H)
    context, weights = attend(h[:, None], key, value, mask, score)  # one query: (B, 1, H)
    context, weights = context[:, 0], weights[:, 0]
    state = cell(torch.cat([x, context], dim=-1), state)
    return state, context, weights


# --- what attention did -------------------------------------------------------------------------------------


def attention_weights(model: TranslationModel, source: Tensor, target: Tensor) -> Tensor:
    """The weights of a model that is told the translation: source (B, S), target (B, T + 1) -> (B, T, S).

    Row t belongs to target[:, 1 + t]: to the t-th token of the sentence, counted from 0, and the row after the last
    token to `<eos>`. Rows at padding are zero.

    Raises:
        ValueError: a model without attention; and as `seq2seq.teacher_forced_nll`.
    """
    check_target(target)
    _, weights = model.features(source, target[:, :-1])
    if weights is None:
        raise ValueError("expected a model with attention, got one without weights")
    return weights.masked_fill((target[:, 1:] == PAD).unsqueeze(-1), 0)


def coverage(weights: Tensor) -> Tensor:
    """How much attention each source token had before step t: weights (B, T, S) -> (B, T, S).

    See, Liu, Manning 2017, eq. 10: the sum of the weights of all earlier steps; zero at the first.
    """
    return weights.cumsum(1) - weights
