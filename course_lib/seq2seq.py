"""Sequence to sequence (lesson 04): encoder, decoder, teacher forcing, the likelihood of a translation.

    p(Y | X) = prod over t of p(y_t | y_<t, X)

Ids of a source are its tokens alone; ids of a target are `<sos> y_1 ... y_T <eos>`. Inputs of the decoder are
target[:, :-1]; what it is to say at each step is target[:, 1:].

Every model that translates has the same four parts, those with attention and the Transformer, too:

    start(source) -> state                          reads the source, ids (B, S)
    step(tokens, state) -> logits, state            one step: ids (B,) -> (B, V); a pure function
    features(source, inputs) -> features, weights   all steps at once, each from the true words before it
    output(features) -> logits                      the last layer

A state is a tuple of tensors whose first axis is the batch, and of such tuples: `decoding` takes its rows.

Sutskever, Vinyals, Le 2014: Sequence to Sequence Learning with Neural Networks, arXiv:1409.3215
Cho et al. 2014: Learning Phrase Representations using RNN Encoder-Decoder, arXiv:1406.1078
Bengio, Vinyals, Jaitly, Shazeer 2015: Scheduled Sampling for Sequence Prediction, arXiv:1506.03099
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor, nn

from course_lib.embeddings import Embedding
from course_lib.recurrent import Recurrent
from course_lib.rnn import State, Unroll, hidden, masked_unroll
from course_lib.text import PAD, SOS

# --- the encoder --------------------------------------------------------------------------------------------


class Encoded(NamedTuple):
    """What an encoder hands on. H is that of one direction; with two, every 2H is [forward; backward].

    Attributes:
        outputs: one vector per source token, (B, S, H) or (B, S, 2H); zero at padding.
        state: the last state of the top layer, (B, H) or (B, 2H); for an LSTM a tuple (h, c) of such.
        mask: bool (B, S), True at real tokens.
    """

    outputs: Tensor
    state: State
    mask: Tensor


class Encoder(nn.Module):
    """Read a source: ids (B, S) -> `Encoded`. Padding has no influence on any result.

    Attributes:
        embedding: with `weight` (V, E).
        recurrent: layers of any cell, in one direction or both.
        dropout: of the embedded words, in training.
    """

    def __init__(self, embedding: Embedding, recurrent: Recurrent, dropout: float = 0.0):
        super().__init__()
        self.embedding = embedding
        self.recurrent = recurrent
        self.dropout = nn.Dropout(dropout)

    def forward(self, source: Tensor) -> Encoded:
        """Raises:
        ValueError: ids that are not (B, S), no tokens, or a sentence without any.
        """
        if source.dim() != 2:
            raise ValueError(f"source must be ids of shape (B, S), got {tuple(source.shape)}")
        mask = source != PAD
        outputs, states = self.recurrent(self.dropout(self.embedding(source)), mask=mask)
        last = states[-2:] if self.recurrent.bidirectional else states[-1:]
        return Encoded(outputs, side_by_side(last), mask)


def side_by_side(states: list[State]) -> State:
    """Several states as one, [first; second]: (B, H) each -> (B, 2H), or a tuple of such."""
    if isinstance(states[0], tuple):
        return tuple(torch.cat(tensors, dim=-1) for tensors in zip(*states, strict=True))
    return torch.cat(states, dim=-1)


# --- the context: from many vectors to one --------------------------------------------------------------------


def last_context(encoded: Encoded) -> State:
    """The last state: all that the encoder remembers (Sutskever, Vinyals, Le 2014)."""
    return encoded.state


def mean_context(encoded: Encoded) -> Tensor:
    """The mean of the outputs over the real tokens: (B, S, H) -> (B, H)."""
    real = encoded.mask.unsqueeze(-1)  # (B, S, 1)
    return encoded.outputs.masked_fill(~real, 0).sum(1) / real.sum(1)


def max_context(encoded: Encoded) -> Tensor:
    """The largest output of each unit over the real tokens: (B, S, H) -> (B, H)."""
    return encoded.outputs.masked_fill(~encoded.mask.unsqueeze(-1), -math.inf).amax(1)


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
        H = cell.weight_hh.shape[1]
        self.h = nn.Linear(size, H)
        with torch.no_grad():
            pair = isinstance(cell(cell.weight_ih.new_zeros(1, cell.weight_ih.shape[1])), tuple)
        self.c = nn.Linear(size, H) if pair else None

    def forward(self, context: State) -> State:
        h = self.h(hidden(context)).tanh()
        if self.c is None:
            return h
        return h, self.c(context[1] if isinstance(context, tuple) else context)


# --- the decoder --------------------------------------------------------------------------------------------


class DecoderState(NamedTuple):
    """Attributes:
    cell: the state of the cell.
    context: (B, size) where the decoder reads it at every step, else None.
    """

    cell: State
    context: Tensor | None


class Decoder(nn.Module):
    """Say a target word by word, from one context.

    Args:
        embedding: of the target's words, with `weight` (V, E).
        cell: any cell whose state is h or (h, c). Its inputs: E, and with `feed` those of the context besides.
        context: from `Encoded` to the context.
        bridge: from the context to the first state; None where the context is such a state.
        feed: hand the context to every step, beside the word (Cho et al. 2014, section 2.2), and not to the first
            state alone (Sutskever, Vinyals, Le 2014).
        dropout: of the embedded words and of the features, in training.
        unroll: the loop; `fast.masked_unroll` is the same with fused kernels.

    Attributes:
        output: linear layer, H to V.
    """

    def __init__(
        self,
        embedding: Embedding,
        cell: nn.Module,
        context: Callable[[Encoded], State] = last_context,
        bridge: nn.Module | None = None,
        feed: bool = False,
        dropout: float = 0.0,
        unroll: Unroll = masked_unroll,
    ):
        super().__init__()
        self.embedding = embedding
        self.cell = cell
        self.context = context
        self.bridge = bridge
        self.feed = feed
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(cell.weight_hh.shape[1], embedding.weight.shape[0])
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
        x = self.dropout(self.embedding(check_tokens(tokens)))  # (B, E)
        if self.feed:
            x = torch.cat([x, state.context], dim=-1)
        cell = self.cell(x, state.cell)
        return self.output(self.dropout(hidden(cell))), state._replace(cell=cell)

    def forward(self, inputs: Tensor, state: DecoderState) -> tuple[Tensor, None]:
        """All steps: ids (B, T) and the first state -> features (B, T, H) for `output`; and None, for no attention."""
        x = self.dropout(self.embedding(inputs))  # (B, T, E)
        if self.feed:
            x = torch.cat([x, state.context.unsqueeze(1).expand(-1, x.shape[1], -1)], dim=-1)
        # no mask: padding stands behind the words, where it reaches no real step
        outputs, _ = self.unroll(self.cell, x, state.cell)
        return self.dropout(outputs), None


def check_tokens(tokens: Tensor) -> Tensor:
    """The ids of one step, as they are.

    Raises:
        ValueError: ids that are not (B,).
    """
    if tokens.dim() != 1:
        raise ValueError(f"tokens must be ids of shape (B,), got {tuple(tokens.shape)}")
    return tokens


# --- both together ------------------------------------------------------------------------------------------


class Seq2Seq(nn.Module):
    """An encoder and a decoder: p(y_t | y_<t, X) for every step.

    Attributes:
        encoder: ids (B, S) -> `Encoded`.
        decoder: `Decoder`, `attention.LuongDecoder`, `attention.BahdanauDecoder`: whatever has their `start`,
            `step`, `forward` and `output`.
    """

    def __init__(self, encoder: nn.Module, decoder: nn.Module):
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder

    @property
    def output(self) -> nn.Module:
        return self.decoder.output

    def start(self, source: Tensor):
        """Read the source, ids (B, S): the state before the first step."""
        return self.decoder.start(self.encoder(source))

    def step(self, tokens: Tensor, state):
        """One step: ids (B,), state -> logits (B, V), state."""
        return self.decoder.step(tokens, state)

    def features(self, source: Tensor, inputs: Tensor) -> tuple[Tensor, Tensor | None]:
        """All steps from the true words before them: features (B, T, H), and attention weights (B, T, S) or None."""
        check_inputs(source, inputs)
        return self.decoder(inputs, self.start(source))

    def forward(
        self, source: Tensor, inputs: Tensor, ratio: float = 1.0, generator: torch.Generator | None = None
    ) -> Tensor:
        """Source ids (B, S), inputs (B, T) -> logits (B, T, V); zero where the input is `<pad>`.

        logits[:, t] are about the word after inputs[:, t].

        Args:
            inputs: `<sos> y_1 ... y_T`, padded behind.
            ratio: of teacher forcing (교사 강요). 1: every step sees the true word before it. Below 1 a coin is
                thrown for every word of every sentence; with this probability the step sees the true word, else
                the model's own likeliest one (Bengio et al. 2015, section 2.4, who found one coin per sentence
                worse). 0: never but at `<sos>`. No gradient passes through the choice of a word.
            generator: throws the coins.

        Raises:
            ValueError: shapes that do not fit, a ratio outside 0 .. 1, a sentence without words.
        """
        if not 0 <= ratio <= 1:
            raise ValueError(f"ratio must be from 0 to 1, got {ratio}")
        real = inputs != PAD
        if ratio < 1:
            return _scheduled(self, source, inputs, ratio, generator).masked_fill(~real.unsqueeze(-1), 0)
        features, _ = self.features(source, inputs)
        of_real = self.output(features[real])  # (n, V): nothing is computed for padding
        return of_real.new_zeros(*inputs.shape, of_real.shape[-1]).index_put((real,), of_real)


def check_inputs(source: Tensor, inputs: Tensor) -> None:
    """Are these a source (B, S) and the inputs (B, T) of its translation?

    Raises:
        ValueError: they are not; says what came.
    """
    if source.dim() != 2 or inputs.dim() != 2 or len(source) != len(inputs) or not inputs.shape[1]:
        got = f"{tuple(source.shape)} and {tuple(inputs.shape)}"
        raise ValueError(f"expected source ids (B, S) and inputs (B, T) with T at least 1, got {got}")


def _scheduled(
    model: nn.Module, source: Tensor, inputs: Tensor, ratio: float, generator: torch.Generator | None
) -> Tensor:
    """Step by step, each seeing the true word before it or the model's own: logits (B, T, V)."""
    check_inputs(source, inputs)
    truth = torch.rand(inputs.shape, generator=generator, device=inputs.device) < ratio  # (B, T)
    state = model.start(source)
    tokens = inputs[:, 0]
    steps = []
    for t in range(inputs.shape[1]):
        if t > 0:
            tokens = torch.where(truth[:, t], inputs[:, t], steps[-1].argmax(-1))
        logits, state = model.step(tokens, state)
        steps.append(logits)
    return torch.stack(steps, dim=1)


# --- how likely is a translation ----------------------------------------------------------------------------


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


def teacher_forced_nll(model: nn.Module, source: Tensor, target: Tensor) -> Tensor:
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
    return _nll(model.output(features[real]), target[:, 1:][real])  # the last layer runs on real words alone


def free_running_nll(model: nn.Module, source: Tensor, target: Tensor) -> Tensor:
    """-log p(y_t | the model's own words before t, X) of every real word, in nats: (n,), row after row.

    The words before are the likeliest ones that the model said itself; what is scored are the true words, as many
    as there are. A model that says what the reference says has the teacher-forced figure; each slip costs from
    there on. So it is no likelihood of the sentence, and not to be compared with a teacher-forced figure.

    Args and errors: as `teacher_forced_nll`; the model needs `start` and `step`.
    """
    return scheduled_nll(model, source, target, ratio=0.0)


def scheduled_nll(
    model: nn.Module, source: Tensor, target: Tensor, ratio: float, generator: torch.Generator | None = None
) -> Tensor:
    """-log p of every real word with teacher forcing of a ratio, (n,): see `Seq2Seq.forward`. For training."""
    if not 0 <= ratio <= 1:
        raise ValueError(f"ratio must be from 0 to 1, got {ratio}")
    if ratio == 1:
        return teacher_forced_nll(model, source, target)
    check_target(target)
    real = target[:, 1:] != PAD
    return _nll(_scheduled(model, source, target[:, :-1], ratio, generator)[real], target[:, 1:][real])


def _nll(logits: Tensor, targets: Tensor) -> Tensor:
    """logits (n, V), ids (n,) -> -log p (n,)."""
    return -logits.log_softmax(-1).gather(-1, targets.unsqueeze(-1)).squeeze(-1)


def log_likelihood(model: nn.Module, source: Tensor, target: Tensor) -> Tensor:
    """log p(Y | X) of every sentence, `<eos>` included and padding not: (B,), in nats.

    Args and errors: as `teacher_forced_nll`.
    """
    nll = teacher_forced_nll(model, source, target)
    real = target[:, 1:] != PAD
    return nll.new_zeros(real.shape).index_put((real,), -nll).sum(1)


def translation_loss(model: nn.Module, batch: tuple[Tensor, Tensor]) -> Tensor:
    """The loss for `training.fit`: batch (source, target) -> the mean of `teacher_forced_nll` over the real words."""
    return teacher_forced_nll(model, *batch).mean()


# --- scheduled sampling -------------------------------------------------------------------------------------


def linear_schedule(i: int, slope: float, start: float = 1.0, floor: float = 0.0) -> float:
    """The ratio at training step i: max(floor, start - slope i) (Bengio et al. 2015, section 2.4)."""
    return max(floor, start - slope * i)


def exponential_schedule(i: int, k: float) -> float:
    """The ratio at training step i: k^i (Bengio et al. 2015, section 2.4).

    Raises:
        ValueError: k that is not between 0 and 1.
    """
    if not 0 < k < 1:
        raise ValueError(f"k must be between 0 and 1, got {k}")
    return k**i


def inverse_sigmoid_schedule(i: int, k: float) -> float:
    """The ratio at training step i: k / (k + exp(i / k)) (Bengio et al. 2015, section 2.4).

    It stays near 1 at first, and falls to a half at i = k ln k.

    Raises:
        ValueError: k below 1.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    return k / (k + math.exp(min(i / k, 700)))  # what lies beyond 700 is 0 and would overflow


def scheduled_loss(
    schedule: Callable[[int], float], generator: torch.Generator | None = None
) -> Callable[[nn.Module, tuple[Tensor, Tensor]], Tensor]:
    """A loss for `training.fit` whose teacher forcing follows a schedule: call i has the ratio schedule(i), i from 0.

    scheduled_loss(lambda i: inverse_sigmoid_schedule(i, k=200))
    """
    calls = 0

    def loss(model: nn.Module, batch: tuple[Tensor, Tensor]) -> Tensor:
        nonlocal calls
        calls += 1
        return scheduled_nll(model, *batch, ratio=schedule(calls - 1), generator=generator).mean()

    return loss
