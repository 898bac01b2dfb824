"""The exercises of lesson 05, in the order in which its two parts pose them."""

EXERCISES = {
    "a": (
        "soft_lookup", "masked_softmax", "dot", "general", "concat", "location", "attend", "luong_step",
        "bahdanau_step",
    ),
    "b": ("alignment_error_rate", "ibm_model_1"),
}  # fmt: skip
