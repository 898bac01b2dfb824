"""The exercises of lesson 06, in the order in which it poses them."""

EXERCISES = (
    "attend_heads", "split_heads", "multi_head", "positions", "embed", "layer_norm", "feed_forward", "target_mask",
    "encoder_layer", "decoder_layer", "warmup_rate", "smoothed_nll",
)  # fmt: skip
