"""The exercises of lesson 06, in the order in which its two parts pose them."""

EXERCISES = {
    "a": ("attend_heads", "split_heads", "multi_head", "positions", "embed", "target_mask"),
    "b": ("feed_forward", "layer_norm", "encoder_layer", "decoder_layer", "warmup_rate", "smoothed_nll"),
}
