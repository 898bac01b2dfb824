"""Sequence to sequence (lesson 04): bridge, decoder, both networks together, the likelihood of a translation.

    p(Y | X) = prod over t of p(y_t | y_<t, X)

Ids of a source are its tokens alone; ids of a target are `<sos> y_1 ... y_T <eos>`. Inputs of the decoder are
target[:, :-1]; what it is to say at each step is target[:, 1:].

Further files of lesson 04: `encoder` (the encoder and its contexts), `stacked` (decoders of several layers),
`decoding` (greedy, sampling), `beam` (beam search), `metrics` (BLEU), `scheduled_sampling` (steps that are told the
model's own words).

Every model that translates has the parts of `TranslationModel`, those with attention and the Transformer, too. A state
is a tuple of tensors whose first axis is the batch, and of such tuples: `decoding` takes its rows.

Sutskever, Vinyals, Le 2014: Sequence to Sequence Learning with Neural Networks, arXiv:1409.3215
Cho et al. 2014: Learning Phrase Representations using RNN Encoder-Decoder, arXiv:1406.1078
Bahdanau, Cho, Bengio 2015: Neural Machine Translation by Jointly Learning to Align and Translate, arXiv:1409.0473
"""

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

import torch
from torch import Tensor, nn

from course_lib.embeddings import Embedding
from course_lib.encoder import Encoded, last_context, layer_contexts
from course_lib.likelihood import nll
from course_lib.rnn import State, Unroll, hidden, masked_unroll
from course_lib.stacked import AnyState, StackedCell, cell_sizes, layers_of, unroll_layers
from course_lib.text import PAD, SOS

# --- from the context to the first state --------------------------------------------------------------------


def first_context(cell: nn.Module) -> Callable[[Encoded], AnyState]:
    """What a decoder with this cell starts from, unless it is told otherwise: the last state, layer by layer."""
    return layer_contexts if isinstance(cell, StackedCell) else last_context


class Bridge(nn.Module):
    """From a context to the decoder's first state, where sizes or forms differ: (B, size) -> (B, H).

        h_0 = tanh(W_h context + b_h)        after Bahdanau, Cho, Bengio 2015, appendix A.2.2
        c_0 = W_c context + b_c              for an LSTM; a context (h, c) gives its c here

    Args:
        size: of the context, so that of the encoder's outputs.
        cell: the decoder's cell; tells H, and whether the state is a tuple (h, c).
    """

    def __init__(self, size: int, cell: nn.Module):
        super().__init__()
        E, H = cell_sizes(cell)
        self.h = nn.Linear(size, H)
        with torch.no_grad():
            pair = isinstance(cell(self.h.weight.new_zeros(1, E)), tuple)
        self.c = nn.Linear(size, H) if pair else None

    def forward(self, context: State) -> State:
        h: Tensor = self.h(hidden(context)).tanh()
        if self.c is None:
            return h
        c: Tensor = self.c(context[1] if isinstance(context, tuple) else context)
        return h, c


class LayerBridge(nn.Module):
    """A `Bridge` for each layer of a decoder: layer n starts from layer n of the encoder (Sutskever et al. 2014).

    A context that is one vector, such as a mean, is handed to every layer.

    Args:
        size: of the encoder's states.
        cell: the decoder's cells.

    Attributes:
        layers: the bridges, the top layer's first.
    """

    def __init__(self, size: int, cell: StackedCell):
        super().__init__()
        self.layers = nn.ModuleList(Bridge(size, layer) for layer in reversed(layers_of(cell)))

    def forward(self, context: Tensor | tuple[State, ...]) -> tuple[State, ...]:
        """Bridge every layer: L states, or one vector, (B, size) -> L states, (B, H).

        Raises:
            ValueError: another number of states than layers.
        """
        states = context if isinstance(context, tuple) else (context,) * len(self.layers)
        if len(states) != len(self.layers):
            raise ValueError(f"expected the state of each of L={len(self.layers)} layers, got {len(states)}")
        return tuple(bridge(state) for bridge, state in zip(self.layers, states, strict=True))


# --- the decoder --------------------------------------------------------------------------------------------


def decoder_step(
    tokens: Tensor,
    state: Any,
    embedding: Callable[[Tensor], Tensor],
    cell: Callable[[Tensor, Any], Any],
    output: Callable[[Any], Tensor],
) -> tuple[Tensor, Any]:
    """One step of a decoder: the words before, ids (B,), and the state -> logits (B, V) of the next, the next state.

    Args:
        embedding: from ids (B,) to vectors (B, E).
        cell: from x and a state, h or (h, c), to the next state.
        output: from h (B, H) to logits.
    """
    state = cell(embedding(tokens), state)  # (B, H), or two of them
    h = state[0] if isinstance(state, tuple) else state
    return output(h), state


class DecoderState(NamedTuple):
    """What a decoder carries from step to step.

    Attributes:
        cell: the state of the cell.
        context: (B, size) where the decoder reads it at every step, else None.
    """

    cell: AnyState
    context: Tensor | None


class Decoder(nn.Module):
    """Say a target word by word, from one context.

    Args:
        embedding: of the target's words, with `weight` (V, E).
        cell: any cell whose state is h or (h, c), or a `stacked.StackedCell` of them. Its inputs: E, and with `feed`
            those of the context besides.
        context: from `Encoded` to the context; None: the last state, for several layers that of each.
        bridge: from the context to the first state; None where the context is such a state.
        feed: hand the context to every step, beside the word (Cho et al. 2014, section 2.2), and not to the first
            state alone (Sutskever, Vinyals, Le 2014). Of several layers it is the top one's.
        dropout: of the embedded words and of the features, in training.
        unroll: the loop; `fast.masked_unroll` is the same with fused kernels.

    Attributes:
        output: linear layer, H to V.
    """

    def __init__(
        self,
        embedding: Embedding,
        cell: nn.Module,
        *,
        context: Callable[[Encoded], AnyState] | None = None,
        bridge: nn.Module | None = None,
        feed: bool = False,
        dropout: float = 0.0,
        unroll: Unroll = masked_unroll,
    ):
        super().__init__()
        self.embedding = embedding
        self.cell = cell
        self.context = first_context(cell) if context is None else context
        self.bridge = bridge
        self.feed = feed
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(cell_sizes(cell)[1], embedding.weight.shape[0])
        self.unroll = unroll

    def start(self, encoded: Encoded) -> DecoderState:
        """The state before the first word."""
        context = self.context(encoded)
        first = context if self.bridge is None else self.bridge(context)
        return DecoderState(first, hidden(context) if self.feed else None)

    def step(self, tokens: Tensor, state: DecoderState) -> tuple[Tensor, DecoderState]:
        """One step: the words before, ids (B,), and the state -> logits (B, V) of the next word, and the next state.

        Raises:
            ValueError: ids that are not (B,), or what the cell finds wrong.
        """
        logits, cell = decoder_step(
            check_tokens(tokens),
            state.cell,
            lambda ids: self._read(ids, state.context),
            self.cell,
            lambda top: self.output(self.dropout(hidden(top))),
        )
        return logits, state._replace(cell=cell)

    def forward(self, inputs: Tensor, state: DecoderState) -> tuple[Tensor, None]:
        """All steps: ids (B, T) and the first state -> features (B, T, H) for `output`; and None, for no attention."""
        # no mask: padding stands behind the words, where it reaches no real step
        outputs, _ = unroll_layers(self.unroll, self.cell, self._read(inputs, state.context), state.cell)
        return self.dropout(outputs), None

    def _read(self, ids: Tensor, context: Tensor | None) -> Tensor:
        """What the cell reads: ids (B,) or (B, T) -> (B, [T,] E), and beside each word the context, if it is fed."""
        x: Tensor = self.dropout(self.embedding(ids))
        if context is None:
            return x
        each = context if ids.dim() == 1 else context.unsqueeze(1).expand(-1, ids.shape[1], -1)
        return torch.cat([x, each], dim=-1)


def check_tokens(tokens: Tensor) -> Tensor:
    """The ids of one step, as they are.

    Raises:
        ValueError: ids that are not (B,).
    """
    if tokens.dim() != 1:
        raise ValueError(f"tokens must be ids of shape (B,), got {tuple(tokens.shape)}")
    return tokens


# --- both together ------------------------------------------------------------------------------------------


class TargetDecoder(Protocol):
    """What `Seq2Seq` asks of a decoder: `Decoder`, `LuongDecoder`, `BahdanauDecoder` have it."""

    @property
    def output(self) -> Callable[[Tensor], Tensor]:
        """The last layer: features (..., H) -> logits (..., V)."""

    def start(self, encoded: Encoded) -> Any:
        """The state before the first word."""

    def step(self, tokens: Tensor, state: Any) -> tuple[Tensor, Any]:
        """One step: ids (B,) -> logits (B, V), the next state; a pure function."""

    def __call__(self, inputs: Tensor, state: Any) -> tuple[Tensor, Tensor | None]:
        """All steps (`forward` of a module): ids (B, T) -> features (B, T, H), and weights (B, T, S) or None."""


class TranslationModel(Protocol):
    """What decoding and training ask of a model: `Seq2Seq` and the Transformer have it."""

    @property
    def output(self) -> Callable[[Tensor], Tensor]:
        """The last layer: features (..., H) -> logits (..., V)."""

    def start(self, source: Tensor) -> Any:
        """Read the source, ids (B, S): the state before the first step."""

    def step(self, tokens: Tensor, state: Any) -> tuple[Tensor, Any]:
        """One step: ids (B,) -> logits (B, V), the next state; a pure function."""

    def features(self, source: Tensor, inputs: Tensor) -> tuple[Tensor, Tensor | None]:
        """All steps at once, each from the true words before it: features (B, T, H), and weights (B, T, S) or None."""


class Seq2Seq(nn.Module):
    """An encoder and a decoder: p(y_t | y_<t, X) for every step.

    Attributes:
        encoder: ids (B, S) -> `Encoded`.
        decoder: `Decoder`, `attention_decoders.LuongDecoder` or `BahdanauDecoder`, or one of your own.
    """

    def __init__(self, encoder: Callable[[Tensor], Encoded], decoder: TargetDecoder):
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder

    @property
    def output(self) -> Callable[[Tensor], Tensor]:
        return self.decoder.output

    def start(self, source: Tensor) -> Any:
        """Read the source, ids (B, S): the state before the first step."""
        return self.decoder.start(self.encoder(source))

    def step(self, tokens: Tensor, state: Any) -> tuple[Tensor, Any]:
        """One step: ids (B,), state -> logits (B, V), state."""
        return self.decoder.step(tokens, state)

    def features(self, source: Tensor, inputs: Tensor) -> tuple[Tensor, Tensor | None]:
        """All steps from the true words before them: features (B, T, H), and attention weights (B, T, S) or None."""
        check_inputs(source, inputs)
        return self.decoder(inputs, self.start(source))

    def forward(self, source: Tensor, inputs: Tensor) -> Tensor:
        """`teacher_forced_logits`: source ids (B, S), inputs (B, T) -> logits (B, T, V)."""
        return teacher_forced_logits(self, source, inputs)


def check_inputs(source: Tensor, inputs: Tensor) -> None:
    """Are these a source (B, S) and the inputs (B, T) of its translation?

    Raises:
        ValueError: they are not; says what came.
    """
    if source.dim() != 2 or inputs.dim() != 2 or len(source) != len(inputs) or not inputs.shape[1]:
        got = f"{tuple(source.shape)} and {tuple(inputs.shape)}"
        raise ValueError(f"expected source ids (B, S) and inputs (B, T) with T at least 1, got {got}")


# --- how likely is a translation ----------------------------------------------------------------------------


def log_likelihood(logits: Tensor, target: Tensor) -> Tensor:
    """log p(Y | X) of every sentence, `<eos>` included and padding not: (B,), in nats.

    Args:
        logits: of all steps, (B, T, V); logits[:, t] are about the word after target[:, t].
        target: ids (B, T + 1), `<sos> ... <eos>`.
    """
    words = target[:, 1:]  # (B, T): what is to be said at each step
    log_p = logits.log_softmax(-1)  # (B, T, V)
    log_p = log_p.gather(-1, words[:, :, None])[:, :, 0]  # (B, T)
    return (log_p * (words != PAD)).sum(1)  # (B,)


def teacher_forced_logits(model: TranslationModel, source: Tensor, inputs: Tensor) -> Tensor:
    """Every step sees the true word before it: source ids (B, S), inputs (B, T) -> logits (B, T, V).

    logits[:, t] are about the word after inputs[:, t]; zero where the input is `<pad>`.

    Raises:
        ValueError: shapes that do not fit, a sentence without words.
    """
    features, _ = model.features(source, inputs)
    real = inputs != PAD
    of_real = model.output(features[real])  # (n, V): nothing is computed for padding
    return of_real.new_zeros(*inputs.shape, of_real.shape[-1]).index_put((real,), of_real)


def check_target(target: Tensor) -> None:
    """Is this a batch of targets, `<sos> ... <eos>`, ids (B, T + 1)?

    Raises:
        ValueError: another shape, or a row that does not begin with `<sos>`.
    """
    if target.dim() != 2 or target.shape[1] < 2:
        raise ValueError(f"target must be ids (B, T + 1), <sos> ... <eos>, got {tuple(target.shape)}")
    if (target[:, 0] != SOS).any():
        row = int((target[:, 0] != SOS).nonzero()[0])
        raise ValueError(f"every target must begin with <sos>, id {SOS}; row {row} begins with {int(target[row, 0])}")


def teacher_forced_nll(model: TranslationModel, source: Tensor, target: Tensor) -> Tensor:
    """-log p(y_t | y_<t, X) of every real word, given the true words before it, in nats: (n,), row after row.

    Args:
        model: with `features` and `output`.
        source: ids (B, S).
        target: ids (B, T + 1), `<sos> ... <eos>`.

    Raises:
        ValueError: shapes that do not fit, a target without `<sos>`.
    """
    check_target(target)
    features, _ = model.features(source, target[:, :-1])
    real = target[:, 1:] != PAD
    return nll(model.output(features[real]), target[:, 1:][real])  # the last layer runs on real words alone


def translation_loss(model: TranslationModel, batch: tuple[Tensor, Tensor]) -> Tensor:
    """The loss for `training.fit`: batch (source, target) -> the mean of `teacher_forced_nll` over the real words."""
    return teacher_forced_nll(model, *batch).mean()
