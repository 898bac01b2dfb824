"""The Transformer (lesson 06): attention alone, many heads at once, and positions, for it would not know any order.

An encoder layer looks up, for each token of the source, all tokens of the source. A decoder layer looks up all words
of the target so far, then all tokens of the source. What computes the attention is chosen at the call: `attend_heads`
tells its weights, `fast.attend_heads` is fused and does not.

    positions      words and their places: `embed`, sinusoidal and learned positions
    heads          attention in many heads: `attend_heads`, `multi_head`, and the module
    layers         layer normalization, the feed-forward network, the encoder's and the decoder's layer
    cache          one word more, from what the words before it have left
    online         attention block by block, in memory that grows with the length alone (lesson 07)
    model          the whole: `Transformer`
    optimization   the learning rate with warm-up, the loss with smoothed labels

Names of parameters are those of `torch.nn.TransformerEncoderLayer` and `TransformerDecoderLayer`, whose weights load
directly.

Vaswani et al. 2017: Attention Is All You Need, arXiv:1706.03762
"""

from course_lib.transformer.cache import LayerCache, attend_further, decode_further, first_cache
from course_lib.transformer.heads import (
    Attend,
    MultiHeadAttention,
    Recorded,
    attend_heads,
    merge_heads,
    multi_head,
    split_heads,
)
from course_lib.transformer.layers import (
    DecoderLayer,
    EncoderLayer,
    LayerNorm,
    MakeNorm,
    feed_forward,
    layer_norm,
    target_mask,
)
from course_lib.transformer.model import Transformer, TransformerState, Weights
from course_lib.transformer.online import attend_in_blocks, online_softmax
from course_lib.transformer.optimization import smoothed_loss, smoothed_nll, warmup_rate, warmup_schedule
from course_lib.transformer.positions import (
    LearnedPositions,
    Positions,
    SinusoidalPositions,
    embed,
    sinusoidal_positions,
    word_embedding,
)

__all__ = [
    "Attend",
    "DecoderLayer",
    "EncoderLayer",
    "LayerCache",
    "LayerNorm",
    "LearnedPositions",
    "MakeNorm",
    "MultiHeadAttention",
    "Positions",
    "Recorded",
    "SinusoidalPositions",
    "Transformer",
    "TransformerState",
    "Weights",
    "attend_further",
    "attend_heads",
    "attend_in_blocks",
    "decode_further",
    "embed",
    "feed_forward",
    "first_cache",
    "layer_norm",
    "merge_heads",
    "multi_head",
    "online_softmax",
    "sinusoidal_positions",
    "smoothed_loss",
    "smoothed_nll",
    "split_heads",
    "target_mask",
    "warmup_rate",
    "warmup_schedule",
    "word_embedding",
]
