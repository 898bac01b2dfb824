"""The exercises of lesson 07, in the order in which its two parts pose them."""

EXERCISES = {
    "a": ("merge_pair", "learn_merges", "apply_merges", "join_tokens", "token_batches", "mean_weights"),
    "b": ("attend_further", "online_softmax", "causes"),
}
