"""The key-value cache: in decoding, a word more costs one word's work, because nothing is computed twice.

No word looks at a later one, so what the words before have computed stays as it is; all that a further word needs of
them are their keys and values, layer by layer. The cache stands around `DecoderLayer`, which knows nothing of it.
"""

from typing import NamedTuple

import torch
from torch import Tensor

from course_lib.transformer.heads import Attend, MultiHeadAttention, attend_heads
from course_lib.transformer.layers import DecoderLayer


class LayerCache(NamedTuple):
    """What one decoder layer keeps from step to step.

    Attributes:
        key, value: of the words so far, (B, N, T, d_k) each; T is 0 before the first.
        source_key, source_value: of the source, (B, N, S, d_k) each.
    """

    key: Tensor
    value: Tensor
    source_key: Tensor
    source_value: Tensor


def first_cache(layer: DecoderLayer, memory: Tensor) -> LayerCache:
    """Before the first word: the source (B, S, D) is projected once, for all steps."""
    key, value = layer.multihead_attn.keys_values(memory)  # (B, N, S, d_k) each
    return LayerCache(key[:, :, :0], value[:, :, :0], key, value)


def attend_further(
    attention: MultiHeadAttention,
    x: Tensor,
    key: Tensor,
    value: Tensor,
    mask: Tensor | None = None,
    *,
    attend: Attend = attend_heads,
) -> tuple[Tensor, Tensor, Tensor]:
    """Self-attention of further words, x (B, T, D), which look at the words before them and at themselves.

    Args:
        key, value: of the words before, (B, N, words before, d_k) each.
        mask: bool (B, T, words before + T), True where a word may look. None, everywhere, is right for a single word.

    Returns:
        (B, T, D); keys and values of all words so far, (B, N, words before + T, d_k) each.
    """
    new_key, new_value = attention.keys_values(x)
    key, value = torch.cat([key, new_key], dim=2), torch.cat([value, new_value], dim=2)
    return attention.look_up(x, key, value, mask, attend=attend)[0], key, value


def decode_further(
    layer: DecoderLayer,
    x: Tensor,
    cache: LayerCache,
    mask: Tensor | None,
    source_mask: Tensor | None,
    *,
    attend: Attend = attend_heads,
) -> tuple[Tensor, LayerCache]:
    """What the layer makes of T further words, x (B, T, D): as `layer(...)` of all words, whose last T rows these are.

    Args:
        cache: of the words before these.
        mask: bool (B, T, words so far and these), True where a word may look: to itself and those before it. None,
            everywhere, is right for a single word.
        source_mask: bool (B, S), True at real tokens.

    Returns:
        (B, T, D), and the next cache.
    """
    kept: list[Tensor] = []

    def look_back(y: Tensor) -> Tensor:
        output, *kept[:] = attend_further(layer.self_attn, y, cache.key, cache.value, mask, attend=attend)
        return output

    def look_across(y: Tensor) -> Tensor:
        keys_values = cache.source_key, cache.source_value
        return layer.multihead_attn.look_up(y, *keys_values, source_mask, attend=attend)[0]

    x = layer.residual(x, layer.norm1, look_back)
    x = layer.residual(x, layer.norm2, look_across)
    x = layer.residual(x, layer.norm3, layer.feed_forward)
    return x, cache._replace(key=kept[0], value=kept[1])
