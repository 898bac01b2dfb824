"""The exercises of lesson 01, in the order in which its two parts pose them."""

EXERCISES = {
    "a": ("build_vocab", "encode_batch", "lookup", "skipgram_pairs", "noise_distribution", "negative_sampling_loss"),
    "b": ("nearest", "analogy", "parse_vectors", "masked_mean"),
}
