"""The encoder (lesson 04; in both directions lesson 05): from a sentence to vectors, and from those to a context.

Sutskever, Vinyals, Le 2014: Sequence to Sequence Learning with Neural Networks, arXiv:1409.3215
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn

from course_lib.embeddings import Embedding
from course_lib.recurrent import Recurrent
from course_lib.rnn import State, hidden
from course_lib.text import PAD

# --- the encoder --------------------------------------------------------------------------------------------


class Encoded(NamedTuple):
    """What an encoder hands on. H is that of one direction; with two, every 2H is [forward; backward].

    Attributes:
        outputs: one vector per source token, (B, S, H) or (B, S, 2H); zero at padding.
        state: the last state of the top layer, (B, H) or (B, 2H); for an LSTM a tuple (h, c) of such.
        mask: bool (B, S), True at real tokens.
        layers: the last state of every layer, the top one first.
    """

    outputs: Tensor
    state: State
    mask: Tensor
    layers: tuple[State, ...] = ()


class Encoder(nn.Module):
    """Read a source: ids (B, S) -> `Encoded`. Padding has no influence on any result.

    Attributes:
        embedding: with `weight` (V, E).
        recurrent: layers of any cell, in one direction or both.
        dropout: of the embedded words, in training.
    """

    def __init__(self, embedding: Embedding, recurrent: Recurrent, *, dropout: float = 0.0):
        super().__init__()
        self.embedding = embedding
        self.recurrent = recurrent
        self.dropout = nn.Dropout(dropout)

    def forward(self, source: Tensor) -> Encoded:
        """Read a batch of sentences.

        Raises:
            ValueError: ids that are not (B, S), no tokens, or a sentence without any.
        """
        if source.dim() != 2:
            raise ValueError(f"source must be ids of shape (B, S), got {tuple(source.shape)}")
        mask = source != PAD
        outputs, states = self.recurrent(self.dropout(self.embedding(source)), mask=mask)
        width = 2 if self.recurrent.bidirectional else 1  # states of one layer
        layers = tuple(side_by_side(states[n : n + width]) for n in reversed(range(0, len(states), width)))
        return Encoded(outputs, layers[0], mask, layers)


def side_by_side(states: Sequence[State]) -> State:
    """Several states as one, [first; second]: (B, H) each -> (B, 2H), or a tuple of such."""
    if isinstance(states[0], tuple):
        return tuple(torch.cat(tensors, dim=-1) for tensors in zip(*states, strict=True))
    return torch.cat([hidden(state) for state in states], dim=-1)


# --- the context: from many vectors to one ------------------------------------------------------------------


def contexts(outputs: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """Two vectors for a sentence of any length: its last output and the mean of its outputs, (B, H) each.

    Args:
        outputs: of an encoder, (B, S, H).
        mask: bool (B, S), True at real tokens; padding stands behind them.
    """
    lengths = mask.sum(1)  # (B,)
    last = outputs[torch.arange(len(outputs)), lengths - 1]  # (B, H)
    real = mask[:, :, None]  # (B, S, 1)
    mean = (outputs * real).sum(1) / lengths[:, None]  # (B, H)
    return last, mean


def last_context(encoded: Encoded) -> State:
    """The last state of the top layer: all that the encoder remembers (Sutskever, Vinyals, Le 2014)."""
    return encoded.state


def layer_contexts(encoded: Encoded) -> tuple[State, ...]:
    """The last state of every layer, the top one first, for a decoder of as many layers (Sutskever et al. 2014)."""
    return encoded.layers


def mean_context(encoded: Encoded) -> Tensor:
    """The mean of the outputs over the real tokens: (B, S, H) -> (B, H)."""
    return contexts(encoded.outputs, encoded.mask)[1]


def max_context(encoded: Encoded) -> Tensor:
    """The largest output of each unit over the real tokens: (B, S, H) -> (B, H)."""
    return encoded.outputs.masked_fill(~encoded.mask.unsqueeze(-1), -math.inf).amax(1)
