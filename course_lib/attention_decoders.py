"""Decoders with attention (lesson 05): Luong's, with and without input feeding, and Bahdanau's, of one layer or more.

Their steps are `attention.luong_step` and `attention.bahdanau_step`; without attention the decoder is that of
`seq2seq`.

Bahdanau, Cho, Bengio 2015: Neural Machine Translation by Jointly Learning to Align and Translate, arXiv:1409.0473
Luong, Pham, Manning 2015: Effective Approaches to Attention-based Neural Machine Translation, arXiv:1508.04025
"""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor, nn

from course_lib.attention import Compare, Score, bahdanau_step, checked, look_up, luong_step
from course_lib.embeddings import Embedding
from course_lib.encoder import Encoded
from course_lib.rnn import Unroll, hidden, masked_unroll
from course_lib.seq2seq import check_tokens, first_context
from course_lib.stacked import AnyState, cell_sizes, unroll_layers


class AttentionState(NamedTuple):
    """What a decoder with attention carries from step to step.

    Attributes:
        cell: the state of the cell.
        key: what the score made of the encoder's outputs, once (B, S, .).
        value: the encoder's outputs (B, S, .).
        mask: bool (B, S), True at real source tokens.
        weights: of the last step (B, S); zero before the first.
        fed: the last attentional vector (B, H) where it is fed into the next step, else None.
    """

    cell: AnyState
    key: Tensor
    value: Tensor
    mask: Tensor
    weights: Tensor
    fed: Tensor | None = None


def first_state(encoded: Encoded, cell: nn.Module, bridge: nn.Module | None, score: Score) -> AttentionState:
    """The state before the first word: the encoder's last state, layer by layer; the keys are projected here, once."""
    context = first_context(cell)(encoded)
    first = context if bridge is None else bridge(context)
    key, weights = score.project(encoded.outputs), encoded.outputs.new_zeros(encoded.mask.shape)
    return AttentionState(first, key, encoded.outputs, encoded.mask, weights)


def step_by_step(
    step: Callable[[Tensor, AttentionState], tuple[Tensor, AttentionState]], x: Tensor, state: AttentionState
) -> tuple[Tensor, Tensor]:
    """The loop over the target: x (B, T, E) -> what each step gives (B, T, .), and its weights (B, T, S)."""
    vectors, weights = [], []
    for x_t in x.unbind(1):
        vector, state = step(x_t, state)
        vectors.append(vector)
        weights.append(state.weights)
    return torch.stack(vectors, dim=1), torch.stack(weights, dim=1)


class LuongDecoder(nn.Module):
    """Say a target word by word, each from what attention finds with s_t (Luong, Pham, Manning 2015, global attention).

    Without input feeding no step needs another's attention: the cell runs over the whole target, and attention over
    all steps is one product.

    Args:
        embedding: of the target's words, with `weight` (V, E).
        cell: any cell, or a `stacked.StackedCell` (the paper has four layers; the top one's h is s_t). Its inputs: E,
            and with `feed` H besides.
        score: `Dot`, `General`, `Concat`, `Location`, or one of your own.
        size: of the encoder's outputs.
        bridge: from the encoder's last state, of several layers from that of each, to the first one here; None where
            they are alike.
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
        score: Score,
        size: int,
        *,
        bridge: nn.Module | None = None,
        feed: bool = False,
        dropout: float = 0.0,
        unroll: Unroll = masked_unroll,
    ):
        super().__init__()
        _, H = cell_sizes(cell)
        self.embedding = embedding
        self.cell = cell
        self.score = score
        self.bridge = bridge
        self.feed = feed
        self.dropout = nn.Dropout(dropout)
        self.combine = nn.Linear(size + H, H, bias=False)
        self.output = nn.Linear(H, embedding.weight.shape[0])
        self.unroll = unroll

    @property
    def compare(self) -> Compare:
        return checked(self.score.compare)

    def start(self, encoded: Encoded) -> AttentionState:
        """The state before the first word."""
        state = first_state(encoded, self.cell, self.bridge, self.score)
        return state._replace(fed=torch.zeros_like(hidden(state.cell))) if self.feed else state

    def query(self, before: AttentionState, after: AttentionState) -> Tensor:
        """What a step asked with, (B, H), from the states around it: the h after it, s_t."""
        return hidden(after.cell)

    def step(self, tokens: Tensor, state: AttentionState) -> tuple[Tensor, AttentionState]:
        """One step: ids (B,), state -> logits (B, V), state; the weights (B, S) are in the new state."""
        vector, state = self._step(self.dropout(self.embedding(check_tokens(tokens))), state)
        return self.output(vector), state

    def _step(self, x: Tensor, state: AttentionState) -> tuple[Tensor, AttentionState]:
        x = x if state.fed is None else torch.cat([x, state.fed], dim=-1)
        vector, cell, weights = luong_step(
            self.cell, x, state.cell, state.key, state.value, state.mask, self.compare, self.combine
        )
        vector = self.dropout(vector)
        return vector, state._replace(cell=cell, weights=weights, fed=vector if self.feed else None)

    def forward(self, inputs: Tensor, state: AttentionState) -> tuple[Tensor, Tensor]:
        """All steps: ids (B, T) and the first state -> features (B, T, H) for `output`, and weights (B, T, S)."""
        x = self.dropout(self.embedding(inputs))  # (B, T, E)
        if self.feed:
            return step_by_step(self._step, x, state)
        states, _ = unroll_layers(self.unroll, self.cell, x, state.cell)  # (B, T, H): s_t for all t
        context, weights = look_up(states, state.key, state.value, state.mask, score=self.score.compare)
        return self.dropout(self.combine(torch.cat([context, states], dim=-1)).tanh()), weights


class BahdanauDecoder(nn.Module):
    """Say a target word by word, each from what attention finds with s_{t-1} (Bahdanau, Cho, Bengio 2015).

    Each step needs the one before, so there is a loop; the keys are projected before it, and what follows the cell is
    computed for all steps at once behind it. The word is said from tanh(W [s_t; c_t; y_{t-1}]), where c_t is the
    context; the paper has a maxout layer there.

    Args:
        embedding: of the target's words, with `weight` (V, E).
        cell: any cell, or a `stacked.StackedCell`, with E + size inputs. Of several layers the top one asks.
        score, size, bridge, dropout: as in `LuongDecoder`. `Concat` is the score of the paper.

    Attributes:
        combine: W, linear, H + size + E to H.
        output: linear layer, H to V.
    """

    def __init__(
        self,
        embedding: Embedding,
        cell: nn.Module,
        score: Score,
        size: int,
        *,
        bridge: nn.Module | None = None,
        dropout: float = 0.0,
    ):
        super().__init__()
        (V, E), (_, H) = embedding.weight.shape, cell_sizes(cell)
        self.embedding = embedding
        self.cell = cell
        self.score = score
        self.bridge = bridge
        self.dropout = nn.Dropout(dropout)
        self.combine = nn.Linear(H + size + E, H)
        self.output = nn.Linear(H, V)

    @property
    def compare(self) -> Compare:
        return checked(self.score.compare)

    def start(self, encoded: Encoded) -> AttentionState:
        """The state before the first word."""
        return first_state(encoded, self.cell, self.bridge, self.score)

    def query(self, before: AttentionState, after: AttentionState) -> Tensor:
        """What a step asked with, (B, H), from the states around it: the h before it, s_{t-1}."""
        return hidden(before.cell)

    def step(self, tokens: Tensor, state: AttentionState) -> tuple[Tensor, AttentionState]:
        """One step: ids (B,), state -> logits (B, V), state; the weights (B, S) are in the new state."""
        x = self.dropout(self.embedding(check_tokens(tokens)))
        found, state = self._step(x, state)
        return self.output(self._features(found, x)), state

    def _step(self, x: Tensor, state: AttentionState) -> tuple[Tensor, AttentionState]:
        cell, context, weights = bahdanau_step(
            self.cell, x, state.cell, state.key, state.value, state.mask, self.compare
        )
        return torch.cat([hidden(cell), context], dim=-1), state._replace(cell=cell, weights=weights)

    def _features(self, found: Tensor, x: Tensor) -> Tensor:
        features: Tensor = self.dropout(self.combine(torch.cat([found, x], dim=-1)).tanh())
        return features

    def forward(self, inputs: Tensor, state: AttentionState) -> tuple[Tensor, Tensor]:
        """All steps: ids (B, T) and the first state -> features (B, T, H) for `output`, and weights (B, T, S)."""
        x = self.dropout(self.embedding(inputs))  # (B, T, E)
        found, weights = step_by_step(self._step, x, state)
        return self._features(found, x), weights
