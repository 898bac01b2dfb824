"""The exercises of lesson 01, in the order in which it poses them."""

EXERCISES = ("build_vocab", "encode_batch", "lookup", "skipgram_pairs", "noise_distribution", "negative_sampling_loss",
             "nearest", "analogy", "parse_vectors", "masked_mean")  # fmt: skip
