"""Attention (lesson 05): a soft dictionary, its score functions, the decoders of Luong and of Bahdanau.

A dictionary finds the value whose key equals the query. A soft one compares the query with every key, turns the
scores into weights that sum to 1, and returns the weighted mean of all values:

    context = sum over s of softmax(score(query, key))_s value_s

Shapes: query (B, H), or (B, T, H) for all target steps at once; key and value (B, S, H), both the encoder's outputs,
in a translation; H may differ between the three unless a score says otherwise.

Bahdanau, Cho, Bengio 2015: Neural Machine Translation by Jointly Learning to Align and Translate, arXiv:1409.0473
Luong, Pham, Manning 2015: Effective Approaches to Attention-based Neural Machine Translation, arXiv:1508.04025
Vaswani et al. 2017: Attention Is All You Need, arXiv:1706.03762
See, Liu, Manning 2017: Get To The Point: Summarization with Pointer-Generator Networks, arXiv:1704.04368
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib.embeddings import Embedding
from course_lib.rnn import Cell, State, Unroll, hidden, masked_unroll, uniform
from course_lib.seq2seq import Encoded, check_target, check_tokens
from course_lib.text import PAD

Score = Callable[[Tensor, Tensor], Tensor]  # query (B, T, H), key (B, S, H) -> (B, T, S)

# --- score functions: how well does a query fit a key? ---------------------------------------------------------


def dot(query: Tensor, key: Tensor) -> Tensor:
    """q · k: query (B, T, H), key (B, S, H) -> (B, T, S). Luong, Pham, Manning 2015, section 3.1, "dot".

    Raises:
        ValueError: sizes that differ.
    """
    if query.shape[-1] != key.shape[-1]:
        raise ValueError(f"dot needs query and key of one size, got {query.shape[-1]} and {key.shape[-1]}")
    return query @ key.transpose(-2, -1)


def scaled_dot(query: Tensor, key: Tensor) -> Tensor:
    """q · k / sqrt(H): as `dot`, and the scores keep a variance of 1 if q and k have. Vaswani et al. 2017, eq. 1."""
    return dot(query, key) / math.sqrt(key.shape[-1])


def general(query: Tensor, key: Tensor, weight: Tensor) -> Tensor:
    """qᵀ W k: weight (size of query, size of key) -> (B, T, S). Luong, Pham, Manning 2015, section 3.1, "general"."""
    return dot(query, F.linear(key, weight))


def concat(query: Tensor, key: Tensor, weight_query: Tensor, weight_key: Tensor, v: Tensor) -> Tensor:
    """vᵀ tanh(W_q q + W_k k): the additive score, (B, T, S).

    Bahdanau, Cho, Bengio 2015, appendix A.1.2; Luong, Pham, Manning 2015, section 3.1, "concat": their W [q; k] is
    W_q q + W_k k.

    Args:
        weight_query, weight_key: (H, size of query), (H, size of key).
        v: (H,).
    """
    return _compare_added(F.linear(query, weight_query), F.linear(key, weight_key), v)


def _compare_added(query: Tensor, key: Tensor, v: Tensor) -> Tensor:
    """Both projected already: (B, T, H), (B, S, H) -> (B, T, S)."""
    return (query.unsqueeze(-2) + key.unsqueeze(-3)).tanh() @ v  # (B, T, S, H) @ (H,)


def location(query: Tensor, key: Tensor, weight: Tensor) -> Tensor:
    """(W q)_s: the query alone says where to look, (B, T, S). Luong, Pham, Manning 2015, eq. 8.

    Of the key only its length S counts.

    Args:
        weight: (longest S, size of query), a row for every position.

    Raises:
        ValueError: a source longer than the weight has rows.
    """
    S = key.shape[-2]
    if len(weight) < S:
        raise ValueError(f"location knows {len(weight)} source positions, got a source of S={S}")
    return F.linear(query, weight[:S])


# --- weights and context --------------------------------------------------------------------------------------


def masked_softmax(scores: Tensor, mask: Tensor | None = None) -> Tensor:
    """Softmax over the last axis, only where the mask is True: scores (..., S) -> weights (..., S).

    Weights are exactly 0 where the mask is False; a row that is False throughout has weights 0, and gradients 0, and
    no nan.

    Args:
        mask: bool, of the shape of the scores or one that broadcasts to it; None: all True.

    Raises:
        ValueError: a mask of another dtype or shape.
    """
    if mask is None:
        return scores.softmax(-1)
    if mask.dtype != torch.bool:
        raise ValueError(f"mask must be bool, True where attention may go, got {mask.dtype}")
    if not _broadcasts(mask.shape, scores.shape):
        raise ValueError(f"mask {tuple(mask.shape)} does not fit scores {tuple(scores.shape)}")
    lowest = torch.finfo(scores.dtype).min  # and not -inf: a row of those alone would be 0 / 0
    return scores.masked_fill(~mask, lowest).softmax(-1).masked_fill(~mask, 0)


def _broadcasts(shape: torch.Size, to: torch.Size) -> bool:
    fits = (a in (1, b) for a, b in zip(reversed(shape), reversed(to), strict=False))
    return len(shape) <= len(to) and all(fits) and shape[-1:] == to[-1:]


def attend(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None, score: Score = dot
) -> tuple[Tensor, Tensor]:
    """Look up one query, (B, H), or T at once, (B, T, H): context (B, [T,] size of value), weights (B, [T,] S).

    Bahdanau, Cho, Bengio 2015, eq. 5 and 6; Luong, Pham, Manning 2015, eq. 7.

    Args:
        query: (B, H) or (B, T, H).
        key, value: (B, S, .) each.
        mask: bool (B, S), True where attention may go; or (B, T, S), where each query has its own. None: everywhere.
        score: from (B, T, H) and (B, S, .) to (B, T, S).

    Raises:
        ValueError: shapes that do not fit; a mask of another shape or dtype; a score of another shape.
    """
    if query.dim() == 2:
        context, weights = attend(query.unsqueeze(1), key, value, mask, score)
        return context.squeeze(1), weights.squeeze(1)
    if query.dim() != 3 or key.dim() != 3 or value.dim() != 3 or key.shape[:2] != value.shape[:2]:
        shapes = ", ".join(str(tuple(tensor.shape)) for tensor in (query, key, value))
        raise ValueError(f"expected query (B, H) or (B, T, H), key (B, S, .) and value (B, S, .), got {shapes}")
    B, T, _ = query.shape
    S = key.shape[1]
    if len(key) != B:
        raise ValueError(f"expected as many queries as sources, B={B}, got {len(key)} sources")
    if mask is not None:
        if mask.shape not in ((B, S), (B, T, S)):
            raise ValueError(f"mask must have shape (B={B}, S={S}) or (B, T={T}, S), got {tuple(mask.shape)}")
        mask = mask.unsqueeze(1) if mask.dim() == 2 else mask  # (B, 1 or T, S)
    scores = score(query, key)
    if scores.shape != (B, T, S):
        raise ValueError(f"scores must have shape (B={B}, T={T}, S={S}), got {tuple(scores.shape)}")
    weights = masked_softmax(scores, mask)  # (B, T, S)
    return weights @ value, weights


# --- score functions with their parameters ----------------------------------------------------------------------
#
# project(key) is what of the score depends on the keys alone: once for all steps of a decoder. compare(query,
# projected) is the rest. Called as a whole, score(query, key), they are the functions above.


class Dot(nn.Module):
    """`dot`, or with `scaled` `scaled_dot`; no parameters."""

    def __init__(self, scaled: bool = False):
        super().__init__()
        self.compare = scaled_dot if scaled else dot

    def project(self, key: Tensor) -> Tensor:
        return key

    def forward(self, query: Tensor, key: Tensor) -> Tensor:
        return self.compare(query, key)


class General(nn.Module):
    """`general` with its weight (size of query, size of key).

    Args:
        scaled: divide the scores by sqrt(size of query), as `scaled_dot` does. Unscaled, a step at a large learning
            rate moves every score far, and the softmax soon settles on one token for good.
    """

    def __init__(self, query_size: int, key_size: int, scaled: bool = False):
        super().__init__()
        self.weight = uniform(query_size, key_size, H=key_size)
        self.compare = scaled_dot if scaled else dot

    def project(self, key: Tensor) -> Tensor:
        return F.linear(key, self.weight)  # (B, S, size of query)

    def forward(self, query: Tensor, key: Tensor) -> Tensor:
        return self.compare(query, self.project(key))


class Concat(nn.Module):
    """`concat` with its parameters: `weight_query` (H, size of query), `weight_key` (H, size of key), `v` (H,)."""

    def __init__(self, query_size: int, key_size: int, H: int):
        super().__init__()
        self.weight_query = uniform(H, query_size, H=query_size)
        self.weight_key = uniform(H, key_size, H=key_size)
        self.v = uniform(H, H=H)

    def project(self, key: Tensor) -> Tensor:
        return F.linear(key, self.weight_key)  # (B, S, H)

    def compare(self, query: Tensor, projected: Tensor) -> Tensor:
        return _compare_added(F.linear(query, self.weight_query), projected, self.v)

    def forward(self, query: Tensor, key: Tensor) -> Tensor:
        return concat(query, key, self.weight_query, self.weight_key, self.v)


class Location(nn.Module):
    """`location` with its weight (longest S, size of query)."""

    def __init__(self, query_size: int, longest: int):
        super().__init__()
        self.weight = uniform(longest, query_size, H=query_size)

    def project(self, key: Tensor) -> Tensor:
        return key

    def compare(self, query: Tensor, projected: Tensor) -> Tensor:
        return location(query, projected, self.weight)

    def forward(self, query: Tensor, key: Tensor) -> Tensor:
        return self.compare(query, key)


# --- one step -------------------------------------------------------------------------------------------------


def luong_step(
    cell: Cell[State],
    x: Tensor,
    state: State,
    key: Tensor,
    value: Tensor,
    mask: Tensor,
    score: Score,
    combine: Callable[[Tensor], Tensor],
) -> tuple[Tensor, State, Tensor]:
    """One step of Luong's decoder: the cell first, then attention with its new state, s_t, as the query.

        s_t = cell(x_t, s_{t-1})
        c_t = attend(s_t, ...)
        a_t = tanh(W_c [c_t; s_t])        the attentional vector, from which the word is said

    Luong, Pham, Manning 2015, section 3, eq. 5.

    Args:
        x: (B, E), the word before; with input feeding [word; a_{t-1}] (section 3.3).
        key, value: (B, S, .) each.
        combine: the linear layer W_c, from [c_t; s_t].

    Returns:
        The attentional vector (B, H), the next state, the weights (B, S).
    """
    state = cell(x, state)
    context, weights = attend(hidden(state), key, value, mask, score)
    return attentional(context, hidden(state), combine), state, weights


def attentional(context: Tensor, query: Tensor, combine: Callable[[Tensor], Tensor]) -> Tensor:
    """tanh(W_c [c; s]), of one step or of all. Luong, Pham, Manning 2015, eq. 5."""
    return combine(torch.cat([context, query], dim=-1)).tanh()


def bahdanau_step(
    cell: Cell[State], x: Tensor, state: State, key: Tensor, value: Tensor, mask: Tensor, score: Score
) -> tuple[State, Tensor, Tensor]:
    """One step of Bahdanau's decoder: attention first, with the old state, s_{t-1}, as the query; then the cell.

        c_t = attend(s_{t-1}, ...)
        s_t = cell([x_t; c_t], s_{t-1})

    Bahdanau, Cho, Bengio 2015, section 3.1, eq. 5 and 6.

    Returns:
        The next state, the context (B, size of value), the weights (B, S).
    """
    context, weights = attend(hidden(state), key, value, mask, score)
    return cell(torch.cat([x, context], dim=-1), state), context, weights


# --- decoders -------------------------------------------------------------------------------------------------


class AttentionState(NamedTuple):
    """Attributes:
    cell: the state of the cell.
    key: what the score made of the encoder's outputs, once (B, S, .).
    value: the encoder's outputs (B, S, .).
    mask: bool (B, S), True at real source tokens.
    weights: of the last step (B, S); zero before the first.
    fed: the last attentional vector (B, H) where it is fed into the next step, else None.
    """

    cell: State
    key: Tensor
    value: Tensor
    mask: Tensor
    weights: Tensor
    fed: Tensor | None = None


def _first_state(encoded: Encoded, bridge: nn.Module | None, score: nn.Module) -> AttentionState:
    cell = encoded.state if bridge is None else bridge(encoded.state)
    key, weights = score.project(encoded.outputs), encoded.outputs.new_zeros(encoded.mask.shape)
    return AttentionState(cell, key, encoded.outputs, encoded.mask, weights)


class LuongDecoder(nn.Module):
    """Say a target word by word, each from what attention finds with s_t (Luong, Pham, Manning 2015, global attention).

    Without input feeding no step needs another's attention: the cell runs over the whole target, and attention over
    all steps is one product.

    Args:
        embedding: of the target's words, with `weight` (V, E).
        cell: any cell. Its inputs: E, and with `feed` H besides.
        score: `Dot`, `General`, `Concat`, `Location`, or a module with their `project` and `compare`.
        size: of the encoder's outputs.
        bridge: from the encoder's last state to the first one here; None where they are alike.
        feed: input feeding: hand each attentional vector to the next step (section 3.3).
        dropout: of the embedded words and of the attentional vectors, in training.
        unroll: the loop; `fast.masked_unroll` is the same with fused kernels.

    Attributes:
        combine: W_c, linear, size + H to H, without bias.
        output: linear layer, H to V.
    """

    def __init__(
        self,
        embedding: Embedding,
        cell: nn.Module,
        score: nn.Module,
        size: int,
        bridge: nn.Module | None = None,
        feed: bool = False,
        dropout: float = 0.0,
        unroll: Unroll = masked_unroll,
    ):
        super().__init__()
        H = cell.weight_hh.shape[1]
        self.embedding = embedding
        self.cell = cell
        self.score = score
        self.bridge = bridge
        self.feed = feed
        self.dropout = nn.Dropout(dropout)
        self.combine = nn.Linear(size + H, H, bias=False)
        self.output = nn.Linear(H, embedding.weight.shape[0])
        self.unroll = unroll

    def start(self, encoded: Encoded) -> AttentionState:
        """The state before the first word; the keys are projected here, once."""
        state = _first_state(encoded, self.bridge, self.score)
        return state._replace(fed=torch.zeros_like(hidden(state.cell))) if self.feed else state

    def step(self, tokens: Tensor, state: AttentionState) -> tuple[Tensor, AttentionState]:
        """One step: ids (B,), state -> logits (B, V), state; the weights (B, S) are in the new state."""
        features, state = self._step(self.dropout(self.embedding(check_tokens(tokens))), state)
        return self.output(features), state

    def _step(self, x: Tensor, state: AttentionState) -> tuple[Tensor, AttentionState]:
        x = torch.cat([x, state.fed], dim=-1) if self.feed else x
        vector, cell, weights = luong_step(
            self.cell, x, state.cell, state.key, state.value, state.mask, self.score.compare, self.combine
        )
        vector = self.dropout(vector)
        return vector, state._replace(cell=cell, weights=weights, fed=vector if self.feed else None)

    def forward(self, inputs: Tensor, state: AttentionState) -> tuple[Tensor, Tensor]:
        """All steps: ids (B, T) and the first state -> features (B, T, H) for `output`, and weights (B, T, S)."""
        x = self.dropout(self.embedding(inputs))  # (B, T, E)
        if self.feed:
            return _loop(self._step, x, state)
        outputs, _ = self.unroll(self.cell, x, state.cell)  # (B, T, H): s_t for all t
        context, weights = attend(outputs, state.key, state.value, state.mask, self.score.compare)
        return self.dropout(attentional(context, outputs, self.combine)), weights


class BahdanauDecoder(nn.Module):
    """Say a target word by word, each from what attention finds with s_{t-1} (Bahdanau, Cho, Bengio 2015).

    Each step needs the one before, so there is a loop; the keys are projected before it, and what follows the cell is
    computed for all steps at once behind it. The word is said from tanh(W [s_t; c_t; y_{t-1}]); the paper has a
    maxout layer there.

    Args:
        embedding: of the target's words, with `weight` (V, E).
        cell: any cell with E + size inputs.
        score, size, bridge, dropout: as in `LuongDecoder`. `Concat` is the score of the paper.

    Attributes:
        combine: W, linear, H + size + E to H.
        output: linear layer, H to V.
    """

    def __init__(
        self,
        embedding: Embedding,
        cell: nn.Module,
        score: nn.Module,
        size: int,
        bridge: nn.Module | None = None,
        dropout: float = 0.0,
    ):
        super().__init__()
        V, E = embedding.weight.shape
        H = cell.weight_hh.shape[1]
        self.embedding = embedding
        self.cell = cell
        self.score = score
        self.bridge = bridge
        self.dropout = nn.Dropout(dropout)
        self.combine = nn.Linear(H + size + E, H)
        self.output = nn.Linear(H, V)

    def start(self, encoded: Encoded) -> AttentionState:
        """The state before the first word; the keys are projected here, once."""
        return _first_state(encoded, self.bridge, self.score)

    def step(self, tokens: Tensor, state: AttentionState) -> tuple[Tensor, AttentionState]:
        """One step: ids (B,), state -> logits (B, V), state; the weights (B, S) are in the new state."""
        x = self.dropout(self.embedding(check_tokens(tokens)))
        found, state = self._step(x, state)
        return self.output(self._features(found, x)), state

    def _step(self, x: Tensor, state: AttentionState) -> tuple[Tensor, AttentionState]:
        cell, context, weights = bahdanau_step(
            self.cell, x, state.cell, state.key, state.value, state.mask, self.score.compare
        )
        return torch.cat([hidden(cell), context], dim=-1), state._replace(cell=cell, weights=weights)

    def _features(self, found: Tensor, x: Tensor) -> Tensor:
        return self.dropout(self.combine(torch.cat([found, x], dim=-1)).tanh())

    def forward(self, inputs: Tensor, state: AttentionState) -> tuple[Tensor, Tensor]:
        """All steps: ids (B, T) and the first state -> features (B, T, H) for `output`, and weights (B, T, S)."""
        x = self.dropout(self.embedding(inputs))  # (B, T, E)
        found, weights = _loop(self._step, x, state)
        return self._features(found, x), weights


def _loop(step: Callable, x: Tensor, state: AttentionState) -> tuple[Tensor, Tensor]:
    """Step by step: x (B, T, E) -> what each step gives (B, T, .), and its weights (B, T, S)."""
    vectors, weights = [], []
    for x_t in x.unbind(1):
        vector, state = step(x_t, state)
        vectors.append(vector)
        weights.append(state.weights)
    return torch.stack(vectors, dim=1), torch.stack(weights, dim=1)


# --- what attention did -----------------------------------------------------------------------------------------


def attention_weights(model: nn.Module, source: Tensor, target: Tensor) -> Tensor:
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


def coverage_loss(weights: Tensor, mask: Tensor) -> Tensor:
    """The mean over real steps of the attention that goes where attention was: sum over s of min(weight, coverage).

    See, Liu, Manning 2017, eq. 12. Added to the loss of a translation it teaches a model to say nothing twice, and
    to leave nothing out.

    Args:
        weights: (B, T, S).
        mask: bool (B, T), True at real target steps.

    Raises:
        ValueError: a mask of another shape or dtype.
    """
    if mask.shape != weights.shape[:2] or mask.dtype != torch.bool:
        expected = tuple(weights.shape[:2])
        raise ValueError(f"mask must be bool of shape (B, T) = {expected}, got {mask.dtype} {tuple(mask.shape)}")
    return torch.minimum(weights, coverage(weights)).sum(-1)[mask].mean()
