"""The Transformer (lesson 06): attention alone, many heads at once, and positions, for it would not know any order.

An encoder layer looks up, for each token of the source, all tokens of the source. A decoder layer looks up all words
of the target so far, then all tokens of the source. Every look-up is `attention.attend` with `scaled_dot`.

Names of parameters are those of `torch.nn.TransformerEncoderLayer` and `TransformerDecoderLayer`, whose weights load
directly.

Vaswani et al. 2017: Attention Is All You Need, arXiv:1706.03762
Ba, Kiros, Hinton 2016: Layer Normalization, arXiv:1607.06450
Xiong et al. 2020: On Layer Normalization in the Transformer Architecture (pre-norm), arXiv:2002.04745
Szegedy et al. 2016: Rethinking the Inception Architecture for Computer Vision (label smoothing), arXiv:1512.00567
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib.attention import attend, scaled_dot
from course_lib.embeddings import Embedding
from course_lib.masks import causal_mask
from course_lib.seq2seq import check_inputs, check_target, check_tokens
from course_lib.text import PAD

# --- words and positions ----------------------------------------------------------------------------------------------


def word_embedding(V: int, D: int, generator: torch.Generator | None = None) -> Embedding:
    """An embedding (V, D) whose rows have length 1 on average, so that sqrt(D) times them is of the positions' size."""
    embedding = Embedding(V, D, padding_idx=PAD, generator=generator)
    with torch.no_grad():
        embedding.weight.mul_(D**-0.5)
    return embedding


def sinusoidal_positions(T: int, D: int, start: int = 0) -> Tensor:
    """A vector for each position start .. start + T - 1: (T, D). Vaswani et al. 2017, section 3.5.

        P[t, 2i]     = sin(t / 10000^(2i/D))
        P[t, 2i + 1] = cos(t / 10000^(2i/D))

    Pair i turns by the same angle with every step, so P[t + n] is a rotation of P[t] that does not depend on t.

    Raises:
        ValueError: T below 1, a negative start, or D that is not even.
    """
    if T < 1 or start < 0:
        raise ValueError(f"expected T of at least 1 and a start of at least 0, got T={T}, start={start}")
    if D < 2 or D % 2:
        raise ValueError(f"D must be even, got {D}")
    t = torch.arange(start, start + T, dtype=torch.float64).unsqueeze(1)  # (T, 1)
    angle = t / 10000 ** (torch.arange(0, D, 2, dtype=torch.float64) / D)  # (T, D / 2)
    return torch.stack([angle.sin(), angle.cos()], dim=-1).flatten(1).to(torch.get_default_dtype())  # (T, D)


class SinusoidalPositions(nn.Module):
    """`sinusoidal_positions` without parameters and without a longest length."""

    def __init__(self, D: int):
        super().__init__()
        sinusoidal_positions(1, D)  # is D even?
        self.D = D

    def forward(self, start: int, T: int) -> Tensor:
        return sinusoidal_positions(T, self.D, start)


class LearnedPositions(nn.Module):
    """A row of parameters for each position, `weight` (longest, D): Gehring et al. 2017, arXiv:1705.03122, 3.1."""

    def __init__(self, longest: int, D: int):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(longest, D).normal_(std=D**-0.5))

    def forward(self, start: int, T: int) -> Tensor:
        """Raises:
        ValueError: a position that has no row.
        """
        if start + T > len(self.weight):
            raise ValueError(f"there are {len(self.weight)} learned positions, got a sequence of {start + T} tokens")
        return self.weight[start : start + T]


# --- layer normalization ------------------------------------------------------------------------------------


def layer_norm(x: Tensor, weight: Tensor, bias: Tensor, eps: float = 1e-5) -> Tensor:
    """Each vector by itself to mean 0 and variance 1, then scaled and shifted: (..., D) -> (..., D).

        (x - mean) / sqrt(variance + eps) * weight + bias

    Ba, Kiros, Hinton 2016, eq. 4. The variance is the biased one (divided by D, not D - 1), and eps stands inside the
    root: so does `torch.nn.LayerNorm`.
    """
    centred = x - x.mean(-1, keepdim=True)
    return centred / (centred.square().mean(-1, keepdim=True) + eps).sqrt() * weight + bias


class LayerNorm(nn.Module):
    """`layer_norm` with its `weight` and `bias`, (D,) each.

    Args:
        normalize: the function; `fast.layer_norm` is the same, fused.
    """

    def __init__(self, D: int, normalize: Callable[..., Tensor] = layer_norm):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(D))
        self.bias = nn.Parameter(torch.zeros(D))
        self.normalize = normalize

    def forward(self, x: Tensor) -> Tensor:
        return self.normalize(x, self.weight, self.bias)


# --- many heads ---------------------------------------------------------------------------------------------


def split_heads(x: Tensor, N: int) -> Tensor:
    """N narrow vectors from each wide one: (B, T, D) -> (B, N, T, K), K = D / N.

    Raises:
        ValueError: D that N does not divide.
    """
    B, T, D = x.shape
    if N < 1 or D % N:
        raise ValueError(f"D must be a multiple of the number of heads, got D={D} and N={N}")
    return x.view(B, T, N, D // N).transpose(1, 2)


def merge_heads(x: Tensor) -> Tensor:
    """What `split_heads` divided, side by side again: (B, N, T, K) -> (B, T, D)."""
    return x.transpose(1, 2).flatten(2)


def attend_heads(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """The soft dictionary of lesson 05, once per head: context (B, N, T, K), weights (B, N, T, S).

    softmax(Q K^T / sqrt(K)) V, Vaswani et al. 2017, eq. 1. The heads do not know of each other: for `attend` they are
    so many more sentences.

    Args:
        query: (B, N, T, K).
        key, value: (B, N, S, K).
        mask: bool (B, S) or (B, T, S), True where attention may go, the same for all heads; None: everywhere.
    """
    B, N = query.shape[:2]
    if mask is not None:
        mask = mask.repeat_interleave(N, dim=0)  # (B N, ...)
    context, weights = attend(query.flatten(0, 1), key.flatten(0, 1), value.flatten(0, 1), mask, scaled_dot)
    return context.unflatten(0, (B, N)), weights.unflatten(0, (B, N))


class MultiHeadAttention(nn.Module):
    """N look-ups side by side, each with its own queries, keys and values. Vaswani et al. 2017, section 3.2.2.

        head_n = attend(x Wq_n, y Wk_n, y Wv_n)
        output = [head_1; ...; head_N] Wo

    Equal to `torch.nn.MultiheadAttention` with `batch_first=True`, but for the masks: there True hides.

    Args:
        D: model width, of queries, keys, values and output.
        N: heads, each of width K = D / N.
        attend: `fast.attend_heads` is the same, fused, and gives no weights.

    Attributes:
        in_proj_weight (3D, D), in_proj_bias (3D,): Wq, Wk and Wv of all heads, one below the other.
        out_proj: linear layer, Wo.

    Raises:
        ValueError: D that N does not divide.
    """

    def __init__(self, D: int, N: int, attend: Callable = attend_heads):
        super().__init__()
        if N < 1 or D % N:
            raise ValueError(f"D must be a multiple of the number of heads, got D={D} and N={N}")
        self.N = N
        self.in_proj_weight = nn.Parameter(torch.empty(3 * D, D))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * D))
        self.out_proj = nn.Linear(D, D)
        self.attend = attend
        nn.init.xavier_uniform_(self.in_proj_weight)
        nn.init.zeros_(self.out_proj.bias)

    def queries(self, x: Tensor) -> Tensor:
        """(B, T, D) -> (B, N, T, K)."""
        D = x.shape[-1]
        return split_heads(F.linear(x, self.in_proj_weight[:D], self.in_proj_bias[:D]), self.N)

    def keys_values(self, y: Tensor) -> tuple[Tensor, Tensor]:
        """(B, S, D) -> keys and values, (B, N, S, K) each: what a cache keeps."""
        D = y.shape[-1]
        key, value = F.linear(y, self.in_proj_weight[D:], self.in_proj_bias[D:]).chunk(2, dim=-1)
        return split_heads(key, self.N), split_heads(value, self.N)

    def look_up(
        self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor | None]:
        """Queries, keys and values of all heads -> output (B, T, D), weights (B, N, T, S)."""
        context, weights = self.attend(query, key, value, mask)
        return self.out_proj(merge_heads(context)), weights

    def forward(self, x: Tensor, y: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor | None]:
        """Each vector of x (B, T, D) looks among those of y (B, S, D): output (B, T, D), weights (B, N, T, S).

        Args:
            mask: bool (B, S) or (B, T, S), True where attention may go; None: everywhere.

        Raises:
            ValueError: shapes that do not fit.
        """
        D = self.out_proj.in_features
        if x.dim() != 3 or y.dim() != 3 or x.shape[-1] != D or y.shape[-1] != D or len(x) != len(y):
            raise ValueError(f"expected x (B, T, D={D}) and y (B, S, D={D}), got {tuple(x.shape)} and {tuple(y.shape)}")
        return self.look_up(self.queries(x), *self.keys_values(y), mask)


# --- layers -------------------------------------------------------------------------------------------------


class EncoderLayer(nn.Module):
    """Self-attention, then two dense layers for each position by itself. Vaswani et al. 2017, section 3.1 and 3.3.

        norm_first=False     x = norm(x + sublayer(x))        the paper's
        norm_first=True      x = x + sublayer(norm(x))        Xiong et al. 2020: learns without a warm-up, too

    Args:
        D: model width.
        N: heads.
        H: units of the hidden layer of the feed-forward network.
        dropout: of what a sub-layer adds, in training (section 5.4).
        norm_first: where the normalization stands.
        attend, normalize: `fast.attend_heads` and `fast.layer_norm` are the same, fused.
    """

    def __init__(
        self,
        D: int,
        N: int,
        H: int,
        dropout: float = 0.1,
        norm_first: bool = False,
        attend: Callable = attend_heads,
        normalize: Callable = layer_norm,
    ):
        super().__init__()
        self.self_attn = MultiHeadAttention(D, N, attend)
        self.linear1 = nn.Linear(D, H)
        self.linear2 = nn.Linear(H, D)
        self.norm1 = LayerNorm(D, normalize)
        self.norm2 = LayerNorm(D, normalize)
        self.dropout = nn.Dropout(dropout)
        self.norm_first = norm_first

    def residual(self, x: Tensor, norm: LayerNorm, sublayer: Callable[[Tensor], Tensor]) -> Tensor:
        """x and what the sub-layer adds to it."""
        if self.norm_first:
            return x + self.dropout(sublayer(norm(x)))
        return norm(x + self.dropout(sublayer(x)))

    def feed_forward(self, x: Tensor) -> Tensor:
        """relu(x W1 + b1) W2 + b2 for each position by itself, eq. 2."""
        return self.linear2(self.linear1(x).relu())

    def forward(self, x: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor | None]:
        """x (B, S, D), mask bool (B, S) or (B, S, S) -> (B, S, D), and the weights (B, N, S, S)."""
        weights = None

        def look(x: Tensor) -> Tensor:
            nonlocal weights
            output, weights = self.self_attn(x, x, mask)
            return output

        x = self.residual(x, self.norm1, look)
        return self.residual(x, self.norm2, self.feed_forward), weights


class LayerCache(NamedTuple):
    """What a decoder layer keeps from step to step, so that no step is computed twice.

    Attributes:
        key, value: of the words so far, (B, N, T, K) each; None before the first.
        source_key, source_value: of the source, (B, N, S, K) each.
    """

    key: Tensor | None
    value: Tensor | None
    source_key: Tensor
    source_value: Tensor


class DecoderLayer(EncoderLayer):
    """Attention to the words so far, attention to the source, dense layers. Vaswani et al. 2017, section 3.1.

    Arguments as `EncoderLayer`.
    """

    def __init__(
        self,
        D: int,
        N: int,
        H: int,
        dropout: float = 0.1,
        norm_first: bool = False,
        attend: Callable = attend_heads,
        normalize: Callable = layer_norm,
    ):
        super().__init__(D, N, H, dropout, norm_first, attend, normalize)
        self.multihead_attn = MultiHeadAttention(D, N, attend)
        self.norm3 = LayerNorm(D, normalize)

    def start(self, memory: Tensor) -> LayerCache:
        """Before the first word: the source (B, S, D), projected once for all steps."""
        return LayerCache(None, None, *self.multihead_attn.keys_values(memory))

    def forward(
        self, x: Tensor, cache: LayerCache, mask: Tensor | None, source_mask: Tensor | None
    ) -> tuple[Tensor, LayerCache, tuple[Tensor | None, Tensor | None]]:
        """T further words, x (B, T, D): all of a target at once, or one.

        Args:
            cache: of the words before these.
            mask: bool (B, T, words so far and these), True where a word may look: to itself and those before it.
            source_mask: bool (B, S), True at real tokens.

        Returns:
            (B, T, D), the next cache, and the weights of both attentions: (B, N, T, so far), (B, N, T, S).
        """
        weights = source_weights = None

        def look_back(x: Tensor) -> Tensor:
            nonlocal cache, weights
            key, value = self.self_attn.keys_values(x)
            if cache.key is not None:
                key, value = torch.cat([cache.key, key], dim=2), torch.cat([cache.value, value], dim=2)
            cache = cache._replace(key=key, value=value)
            output, weights = self.self_attn.look_up(self.self_attn.queries(x), key, value, mask)
            return output

        def look_across(x: Tensor) -> Tensor:
            nonlocal source_weights
            query = self.multihead_attn.queries(x)
            output, source_weights = self.multihead_attn.look_up(
                query, cache.source_key, cache.source_value, source_mask
            )
            return output

        x = self.residual(x, self.norm1, look_back)
        x = self.residual(x, self.norm2, look_across)
        x = self.residual(x, self.norm3, self.feed_forward)
        return x, cache, (weights, source_weights)


# --- the whole model ----------------------------------------------------------------------------------------


class TransformerState(NamedTuple):
    """Attributes:
    layers: a `LayerCache` for each decoder layer.
    mask: bool (B, S), True at real source tokens.
    weights: of the last step, the top layer's attention to the source, the mean over heads: (B, S); None before the
        first step, and with a fused `attend`.
    """

    layers: tuple[LayerCache, ...]
    mask: Tensor
    weights: Tensor | None


class Weights(NamedTuple):
    """All attention weights, one tensor per layer; T words look at themselves and at S source tokens.

    Attributes:
        encoder: L times (B, N, S, S).
        decoder: L times (B, N, T, T).
        cross: L times (B, N, T, S).
    """

    encoder: list[Tensor]
    decoder: list[Tensor]
    cross: list[Tensor]


class Transformer(nn.Module):
    """Encoder and decoder. Vaswani et al. 2017; `start`, `step`, `features` and `output` as every translator has them.

    Args:
        source_embedding, target_embedding: with `weight` (V, D) each; `word_embedding` starts them at the right scale.
        N: heads.
        H: units of the feed-forward networks.
        L: layers of the encoder, and as many of the decoder.
        source_positions, target_positions: called with (start, T), give (T, D): `SinusoidalPositions`,
            `LearnedPositions`; None for none.
        dropout: of sub-layers' outputs and of embeddings with positions, in training.
        norm_first: normalize before each sub-layer and once at the end, not after each.
        tie: the output layer's matrix is the target embedding's (Press, Wolf 2017, arXiv:1608.05859).
        attend, normalize: `fast.attend_heads` and `fast.layer_norm` are the same, fused.

    Attributes:
        output: linear layer, D to V.

    Raises:
        ValueError: embeddings of different width, D that N does not divide, L below 1.
    """

    def __init__(
        self,
        source_embedding: Embedding,
        target_embedding: Embedding,
        N: int,
        H: int,
        L: int,
        source_positions: nn.Module | None = None,
        target_positions: nn.Module | None = None,
        dropout: float = 0.1,
        norm_first: bool = False,
        tie: bool = False,
        attend: Callable = attend_heads,
        normalize: Callable = layer_norm,
    ):
        super().__init__()
        V, D = target_embedding.weight.shape
        if source_embedding.weight.shape[1] != D:
            widths = source_embedding.weight.shape[1], D
            raise ValueError(f"both embeddings must have the same width D, got {widths[0]} and {widths[1]}")
        if L < 1:
            raise ValueError(f"L must be at least 1, got {L}")
        self.source_embedding = source_embedding
        self.target_embedding = target_embedding
        self.source_positions = source_positions
        self.target_positions = target_positions
        options = (D, N, H, dropout, norm_first, attend, normalize)
        self.encoder = nn.ModuleList(EncoderLayer(*options) for _ in range(L))
        self.decoder = nn.ModuleList(DecoderLayer(*options) for _ in range(L))
        self.encoder_norm = LayerNorm(D, normalize) if norm_first else nn.Identity()
        self.decoder_norm = LayerNorm(D, normalize) if norm_first else nn.Identity()
        self.output = nn.Linear(D, V)
        self.dropout = nn.Dropout(dropout)
        for layer in self.modules():
            if isinstance(layer, nn.Linear):
                nn.init.xavier_uniform_(layer.weight)
                nn.init.zeros_(layer.bias)
        if tie:
            self.output.weight = target_embedding.weight

    def embed(self, embedding: Embedding, positions: nn.Module | None, ids: Tensor, start: int = 0) -> Tensor:
        """Words and positions: ids (B, T) -> (B, T, D), the words scaled by sqrt(D) (section 3.4)."""
        x = embedding(ids) * math.sqrt(embedding.weight.shape[1])
        if positions is not None:
            x = x + positions(start, ids.shape[1]).to(x)
        return self.dropout(x)

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor, list[Tensor | None]]:
        """Source ids (B, S) -> memory (B, S, D), mask (B, S), and the weights of each layer.

        Raises:
            ValueError: ids that are not (B, S), no tokens, or a sentence without any; a sentence beyond the positions.
        """
        if source.dim() != 2:
            raise ValueError(f"source must be ids of shape (B, S), got {tuple(source.shape)}")
        mask = source != PAD
        if not mask.any(1).all():
            row = int((~mask.any(1)).nonzero()[0])
            raise ValueError(f"every source needs at least one token, got none in sentence {row}")
        x = self.embed(self.source_embedding, self.source_positions, source)
        weights = []
        for layer in self.encoder:
            x, w = layer(x, mask)
            weights.append(w)
        return self.encoder_norm(x), mask, weights

    def start(self, source: Tensor) -> TransformerState:
        """Read the source, ids (B, S): the state before the first step."""
        memory, mask, _ = self.encode(source)
        return TransformerState(tuple(layer.start(memory) for layer in self.decoder), mask, None)

    def decode(self, tokens: Tensor, state: TransformerState) -> tuple[Tensor, TransformerState, list]:
        """T further words, ids (B, T): features (B, T, D), the next state, and the weights of each layer."""
        T = tokens.shape[1]
        before = 0 if state.layers[0].key is None else state.layers[0].key.shape[2]
        x = self.embed(self.target_embedding, self.target_positions, tokens, before)
        mask = causal_mask(before + T, device=tokens.device)[before:].expand(len(tokens), -1, -1) if T > 1 else None
        layers, weights = [], []
        for layer, cache in zip(self.decoder, state.layers, strict=True):
            x, cache, w = layer(x, cache, mask, state.mask)
            layers.append(cache)
            weights.append(w)
        cross = weights[-1][1]
        last = None if cross is None else cross[:, :, -1].mean(1)  # (B, S)
        return self.decoder_norm(x), TransformerState(tuple(layers), state.mask, last), weights

    def step(self, tokens: Tensor, state: TransformerState) -> tuple[Tensor, TransformerState]:
        """One step: ids (B,), state -> logits (B, V), state. What came before is in the state, computed once."""
        features, state, _ = self.decode(check_tokens(tokens).unsqueeze(1), state)
        return self.output(features.squeeze(1)), state

    def features(self, source: Tensor, inputs: Tensor) -> tuple[Tensor, Tensor | None]:
        """All steps from the true words before them: (B, T, D), and the top layer's attention to the source,
        the mean over heads, (B, T, S); None with a fused `attend`."""
        check_inputs(source, inputs)
        features, _, weights = self.decode(inputs, self.start(source))
        cross = weights[-1][1]
        return features, None if cross is None else cross.mean(1)

    def forward(self, source: Tensor, inputs: Tensor) -> Tensor:
        """Source ids (B, S), inputs (B, T), `<sos> y_1 ... y_T` -> logits (B, T, V). logits[:, t] are about the word
        after inputs[:, t]; those at padding mean nothing."""
        features, _ = self.features(source, inputs)
        return self.output(features)

    def weights(self, source: Tensor, inputs: Tensor) -> Weights:
        """Where every head of every layer looks.

        Raises:
            ValueError: a fused `attend`, which gives no weights.
        """
        check_inputs(source, inputs)
        memory, mask, encoder = self.encode(source)
        state = TransformerState(tuple(layer.start(memory) for layer in self.decoder), mask, None)
        _, _, decoder = self.decode(inputs, state)
        if encoder[0] is None:
            raise ValueError("expected a model with attend=attend_heads, got one whose attention gives no weights")
        return Weights(encoder, [w for w, _ in decoder], [w for _, w in decoder])


# --- how it is trained ---------------------------------------------------------------------------------------


def warmup_rate(step: int, D: int, warmup: int) -> float:
    """The learning rate at a step, from 1: rises in a line for `warmup` steps, then falls with the root of the step.

        D^-0.5 min(step^-0.5, step warmup^-1.5)

    Vaswani et al. 2017, eq. 3.

    Raises:
        ValueError: step, D or warmup below 1.
    """
    if min(step, D, warmup) < 1:
        raise ValueError(f"step, D and warmup must be at least 1, got {step}, {D} and {warmup}")
    return D**-0.5 * min(step**-0.5, step * warmup**-1.5)


def smoothed_nll(logits: Tensor, targets: Tensor, smoothing: float) -> Tensor:
    """Cross-entropy with a label that is a little unsure: logits (n, V), ids (n,) -> (n,), in nats.

        (1 - smoothing) (-log p(target)) + smoothing * the mean over all V words of (-log p)

    Szegedy et al. 2016, section 7. Equal to `torch.nn.functional.cross_entropy(..., label_smoothing=smoothing)`.

    Raises:
        ValueError: a smoothing outside 0 .. 1, shapes that do not fit.
    """
    if not 0 <= smoothing <= 1:
        raise ValueError(f"smoothing must be from 0 to 1, got {smoothing}")
    if logits.dim() != 2 or targets.shape != logits.shape[:1]:
        raise ValueError(
            f"expected logits (n, V) and targets (n,), got {tuple(logits.shape)} and {tuple(targets.shape)}"
        )
    log_p = logits.log_softmax(-1)  # (n, V)
    of_target = log_p.gather(-1, targets.unsqueeze(-1)).squeeze(-1)
    return -(1 - smoothing) * of_target - smoothing * log_p.mean(-1)


def smoothed_loss(smoothing: float = 0.1) -> Callable[[nn.Module, tuple[Tensor, Tensor]], Tensor]:
    """A loss for `training.fit`: the mean of `smoothed_nll` over the real words of a batch (source, target).

    It serves every model with `features` and `output`.
    """

    def loss(model: nn.Module, batch: tuple[Tensor, Tensor]) -> Tensor:
        source, target = batch
        check_target(target)
        features, _ = model.features(source, target[:, :-1])
        real = target[:, 1:] != PAD
        return smoothed_nll(model.output(features[real]), target[:, 1:][real], smoothing).mean()

    return loss
