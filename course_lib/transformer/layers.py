"""The layers: attention, then a small network for each position by itself; both add to what is there.

Vaswani et al. 2017: Attention Is All You Need, arXiv:1706.03762
Ba, Kiros, Hinton 2016: Layer Normalization, arXiv:1607.06450
Xiong et al. 2020: On Layer Normalization in the Transformer Architecture (pre-norm), arXiv:2002.04745
"""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib.text import PAD
from course_lib.transformer.heads import Attend, MultiHeadAttention, attend_heads

# --- layer normalization --------------------------------------------------------------------------------------


def layer_norm(x: Tensor, weight: Tensor, bias: Tensor, eps: float = 1e-5) -> Tensor:
    """Each vector by itself to mean 0 and variance 1, then scaled and shifted: (..., D) -> (..., D).

        (x - mean) / sqrt(variance + eps) * weight + bias

    Ba, Kiros, Hinton 2016, eq. 4. The variance is the biased one (divided by D, not D - 1), and eps stands inside the
    root: so does `torch.nn.LayerNorm`.
    """
    centred = x - x.mean(-1, keepdim=True)
    variance = centred.square().mean(-1, keepdim=True)
    return centred / (variance + eps).sqrt() * weight + bias


class LayerNorm(nn.Module):
    """`layer_norm` with its `weight` and `bias`, (D,) each. `torch.nn.LayerNorm` is the same, fused."""

    def __init__(self, D: int):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(D))
        self.bias = nn.Parameter(torch.zeros(D))

    def forward(self, x: Tensor) -> Tensor:
        return layer_norm(x, self.weight, self.bias)


Transform = Callable[[Tensor], Tensor]  # (..., D) -> (..., D): a norm, a sub-layer
MakeNorm = Callable[[int], nn.Module]  # from the model width D to a norm with `weight` and `bias`


# --- the other parts of a layer -------------------------------------------------------------------------------


def feed_forward(x: Tensor, weight1: Tensor, bias1: Tensor, weight2: Tensor, bias2: Tensor) -> Tensor:
    """max(0, x W1ᵀ + b1) W2ᵀ + b2, for each position by itself: (B, T, D) -> (B, T, D). Vaswani et al. 2017, eq. 2.

    Args:
        weight1, bias1: (H, D) and (H,).
        weight2, bias2: (D, H) and (D,).
    """
    hidden = F.linear(x, weight1, bias1).relu()  # (B, T, H): F.linear(x, W, b) is x Wᵀ + b
    return F.linear(hidden, weight2, bias2)  # (B, T, D)


def target_mask(ids: Tensor) -> Tensor:
    """Where the words of a target may look: ids (B, T) -> bool (B, T, T). Vaswani et al. 2017, section 3.2.3.

    Row t, column s is True where s is not after t and `ids[b, s]` is not padding.
    """
    T = ids.shape[1]
    causal = torch.ones(T, T, dtype=torch.bool, device=ids.device).tril()  # (T, T)
    real = ids != PAD  # (B, T)
    return causal & real[:, None, :]  # (B, T, T)


class ResidualLayer(nn.Module):
    """What the two kinds of layers are made of: self-attention, a feed-forward network, and a sum around each.

    Abstract: which parts stand in which order is the `forward` of each kind.

    Args:
        D: model width.
        N: heads.
        H: units of the hidden layer of the feed-forward network.
        dropout: of what a sub-layer adds, in training (Vaswani et al. 2017, section 5.4).
        norm_first: where the normalization stands, see `residual`.
        norm: makes a normalization of width D; `torch.nn.LayerNorm` is the same as `LayerNorm`, fused.
    """

    def __init__(
        self, D: int, N: int, H: int, *, dropout: float = 0.0, norm_first: bool = True, norm: MakeNorm = LayerNorm
    ):
        super().__init__()
        self.self_attn = MultiHeadAttention(D, N)
        self.linear1, self.linear2 = nn.Linear(D, H), nn.Linear(H, D)
        self.norm1, self.norm2 = norm(D), norm(D)
        self.dropout = nn.Dropout(dropout)
        self.norm_first = norm_first

    def feed_forward(self, x: Tensor) -> Tensor:
        """`feed_forward` with the layer's own weights."""
        return feed_forward(x, self.linear1.weight, self.linear1.bias, self.linear2.weight, self.linear2.bias)

    def residual(self, x: Tensor, norm: Transform, sublayer: Transform) -> Tensor:
        """x and what the sub-layer adds to it, normalized before the sub-layer or after the sum.

        norm_first=True      x + sublayer(norm(x))      pre-norm, Xiong et al. 2020: learns without a warm-up, too
        norm_first=False     norm(x + sublayer(x))      post-norm, the paper's
        """
        found: Tensor = self.dropout(sublayer(norm(x) if self.norm_first else x))
        return x + found if self.norm_first else norm(x + found)


# --- the layers -------------------------------------------------------------------------------------------------


class EncoderLayer(ResidualLayer):
    """Self-attention, then two dense layers for each position by itself. Vaswani et al. 2017, section 3.1.

    Arguments: `ResidualLayer`.
    """

    def forward(self, x: Tensor, mask: Tensor | None = None, *, attend: Attend = attend_heads) -> Tensor:
        """x (B, S, D), mask bool (B, S) or (B, S, S), True where attention may go -> (B, S, D)."""
        x = self.residual(x, self.norm1, lambda y: self.self_attn(y, y, mask, attend=attend)[0])
        return self.residual(x, self.norm2, self.feed_forward)


class DecoderLayer(ResidualLayer):
    """Attention to the words so far, attention to the source, two dense layers. Vaswani et al. 2017, section 3.1.

    Arguments: `ResidualLayer`.
    """

    def __init__(
        self, D: int, N: int, H: int, *, dropout: float = 0.0, norm_first: bool = True, norm: MakeNorm = LayerNorm
    ):
        super().__init__(D, N, H, dropout=dropout, norm_first=norm_first, norm=norm)
        self.multihead_attn = MultiHeadAttention(D, N)
        self.norm3 = norm(D)

    def forward(
        self,
        x: Tensor,
        memory: Tensor,
        mask: Tensor | None = None,
        source_mask: Tensor | None = None,
        *,
        attend: Attend = attend_heads,
    ) -> Tensor:
        """The words so far, x (B, T, D), and what the encoder made of the source, memory (B, S, D) -> (B, T, D).

        Args:
            mask: bool (B, T, T), True where a word may look, see `target_mask`.
            source_mask: bool (B, S), True at real tokens.
        """
        x = self.residual(x, self.norm1, lambda y: self.self_attn(y, y, mask, attend=attend)[0])
        x = self.residual(x, self.norm2, lambda y: self.multihead_attn(y, memory, source_mask, attend=attend)[0])
        return self.residual(x, self.norm3, self.feed_forward)
