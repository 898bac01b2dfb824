"""The exercises of lesson 07, in the order in which it poses them."""

EXERCISES = (
    "merge_pair",
    "learn_merges",
    "apply_merges",
    "join_tokens",
    "token_batches",
    "mean_weights",
    "attend_further",
    "online_softmax",
    "causes",
)
