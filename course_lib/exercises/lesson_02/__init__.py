"""The exercises of lesson 02, in the order in which its two parts pose them."""

EXERCISES = {
    "a": ("rnn_step", "unroll", "next_word_loss", "generate"),
    "b": ("gradient_norms", "clip_gradients", "truncated_unroll"),
}
