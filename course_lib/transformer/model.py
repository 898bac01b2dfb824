"""The whole Transformer: encoder and decoder, all words of a target at once or one after the other.

Vaswani et al. 2017: Attention Is All You Need, arXiv:1706.03762
Press, Wolf 2017: Using the Output Embedding to Improve Language Models, arXiv:1608.05859
"""

from collections.abc import Sequence
from typing import NamedTuple, cast

from torch import Tensor, nn

from course_lib.embeddings import Embedding, check_ids
from course_lib.masks import causal_mask
from course_lib.seq2seq import check_inputs, check_tokens
from course_lib.text import PAD
from course_lib.transformer.cache import LayerCache, decode_further, first_cache
from course_lib.transformer.heads import Attend, Recorded, attend_heads
from course_lib.transformer.layers import DecoderLayer, EncoderLayer, LayerNorm, MakeNorm, target_mask
from course_lib.transformer.positions import Positions, embed


class TransformerState(NamedTuple):
    """What decoding keeps from step to step.

    Attributes:
        layers: a `LayerCache` for each decoder layer.
        mask: bool (B, S), True at real source tokens.
        weights: of the last step, the top layer's attention to the source, the mean over heads: (B, S); None before
            the first step, and with an attention that tells none.
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
        norm_first: normalize before each sub-layer and once at the end; False, the paper's: after each.
        tie: the output layer's matrix is the target embedding's (Press, Wolf 2017).
        norm: makes a normalization of width D; `torch.nn.LayerNorm` is the same as `LayerNorm`, fused.
        attend: what computes the attention where a call does not say; `fast.attend_heads` is the same, fused, and
            tells no weights.

    Attributes:
        output: linear layer, D to V.

    Raises ValueError for embeddings of different width, D that N does not divide, L below 1.
    """

    def __init__(
        self,
        source_embedding: Embedding,
        target_embedding: Embedding,
        N: int,
        H: int,
        L: int,
        source_positions: Positions | None = None,
        target_positions: Positions | None = None,
        *,
        dropout: float = 0.0,
        norm_first: bool = True,
        tie: bool = False,
        norm: MakeNorm = LayerNorm,
        attend: Attend = attend_heads,
    ):
        super().__init__()
        V, D = target_embedding.weight.shape
        if source_embedding.weight.shape[1] != D:
            widths = source_embedding.weight.shape[1], D
            raise ValueError(f"both embeddings must have the same width D, got {widths[0]} and {widths[1]}")
        if L < 1:
            raise ValueError(f"L must be at least 1, got {L}")
        self.source_embedding, self.target_embedding = source_embedding, target_embedding
        self.source_positions, self.target_positions = source_positions, target_positions
        self.attend = attend
        self.encoder = nn.ModuleList(
            EncoderLayer(D, N, H, dropout=dropout, norm_first=norm_first, norm=norm) for _ in range(L)
        )
        self.decoder = nn.ModuleList(
            DecoderLayer(D, N, H, dropout=dropout, norm_first=norm_first, norm=norm) for _ in range(L)
        )
        self.encoder_norm = norm(D) if norm_first else nn.Identity()
        self.decoder_norm = norm(D) if norm_first else nn.Identity()
        self.output = nn.Linear(D, V)
        self.dropout = nn.Dropout(dropout)
        for layer in self.modules():
            if isinstance(layer, nn.Linear):
                nn.init.xavier_uniform_(layer.weight)
                nn.init.zeros_(layer.bias)
        if tie:
            self.output.weight = target_embedding.weight

    # --- all words at once --------------------------------------------------------------------------------------

    def embed(self, embedding: Embedding, positions: Positions | None, ids: Tensor, start: int = 0) -> Tensor:
        """Words and their positions, the first of which is `start`: ids (B, T) -> (B, T, D).

        Raises:
            ValueError: an id that the embedding does not have, a position that has no row.
        """
        weight, T = embedding.weight, ids.shape[1]
        check_ids(ids, len(weight))
        rows = weight.new_zeros(1, weight.shape[1]) if positions is None else positions(start, T).to(weight)
        x: Tensor = self.dropout(embed(ids, weight, rows))
        return x

    def encode(self, source: Tensor, *, attend: Attend | None = None) -> tuple[Tensor, Tensor]:
        """Source ids (B, S) -> memory (B, S, D), mask (B, S).

        Args:
            attend: what computes the attention; None: the model's own.

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
        for layer in self.encoder:
            x = layer(x, mask, attend=attend or self.attend)
        return self.encoder_norm(x), mask

    def decode(self, memory: Tensor, source_mask: Tensor, inputs: Tensor, *, attend: Attend | None = None) -> Tensor:
        """What `encode` gives, and all words of the target, ids (B, T) -> features (B, T, D) for `output`."""
        x, mask = self.embed(self.target_embedding, self.target_positions, inputs), target_mask(inputs)
        for layer in self.decoder:
            x = layer(x, memory, mask, source_mask, attend=attend or self.attend)
        features: Tensor = self.decoder_norm(x)
        return features

    def features(self, source: Tensor, inputs: Tensor, *, attend: Attend | None = None) -> tuple[Tensor, Tensor | None]:
        """All steps from the true words before them: source ids (B, S), inputs (B, T) -> features (B, T, D), weights.

        The weights are the top layer's attention to the source, the mean over heads, (B, T, S); None with an
        attention that tells none.
        """
        check_inputs(source, inputs)
        recorded = Recorded(attend or self.attend)
        features = self.decode(*self.encode(source, attend=attend), inputs, attend=recorded)
        weights = recorded.weights[-1]  # the last look-up is the top layer's at the source
        return features, None if weights is None else weights.mean(1)

    def forward(self, source: Tensor, inputs: Tensor, *, attend: Attend | None = None) -> Tensor:
        """Source ids (B, S), inputs (B, T), `<sos> y_1 ... y_T` -> logits (B, T, V). logits[:, t] are about the word
        after inputs[:, t]; those at padding mean nothing."""
        features, _ = self.features(source, inputs, attend=attend)
        logits: Tensor = self.output(features)
        return logits

    def weights(self, source: Tensor, inputs: Tensor) -> Weights:
        """Where every head of every layer looks, whatever attention the model otherwise uses."""
        recorded, L = Recorded(attend_heads), len(self.encoder)
        self.features(source, inputs, attend=recorded)
        found = [weights for weights in recorded.weights if weights is not None]
        return Weights(found[:L], found[L::2], found[L + 1 :: 2])  # a decoder layer looks at words, then at the source

    # --- one word after the other -------------------------------------------------------------------------------

    def start(self, source: Tensor, *, attend: Attend | None = None) -> TransformerState:
        """Read the source, ids (B, S): the state before the first step."""
        memory, mask = self.encode(source, attend=attend)
        return TransformerState(tuple(first_cache(layer, memory) for layer in self._decoder_layers()), mask, None)

    def further(
        self, tokens: Tensor, state: TransformerState, *, attend: Attend | None = None
    ) -> tuple[Tensor, TransformerState]:
        """T further words, ids (B, T): features (B, T, D), the next state. What came before is computed once."""
        before, T = state.layers[0].key.shape[2], tokens.shape[1]
        x = self.embed(self.target_embedding, self.target_positions, tokens, before)
        mask = causal_mask(before + T, device=tokens.device)[before:].expand(len(tokens), -1, -1) if T > 1 else None
        recorded = Recorded(attend or self.attend)
        caches = []
        for layer, cache in zip(self._decoder_layers(), state.layers, strict=True):
            x, cache = decode_further(layer, x, cache, mask, state.mask, attend=recorded)
            caches.append(cache)
        weights = recorded.weights[-1]  # (B, N, T, S)
        last = None if weights is None else weights[:, :, -1].mean(1)  # (B, S)
        return self.decoder_norm(x), TransformerState(tuple(caches), state.mask, last)

    def step(
        self, tokens: Tensor, state: TransformerState, *, attend: Attend | None = None
    ) -> tuple[Tensor, TransformerState]:
        """One step: ids (B,), state -> logits (B, V), state. What came before is in the state, computed once."""
        features, state = self.further(check_tokens(tokens).unsqueeze(1), state, attend=attend)
        return self.output(features.squeeze(1)), state

    def _decoder_layers(self) -> Sequence[DecoderLayer]:
        return cast("Sequence[DecoderLayer]", self.decoder)  # `nn.ModuleList` does not tell of what
