"""The exercises of lesson 07, in the order in which it poses them."""

EXERCISES = (
    "merge_pair",
    "learn_merges",
    "apply_merges",
    "join_tokens",
    "token_batches",
    "online_softmax",
    "mean_weights",
)
