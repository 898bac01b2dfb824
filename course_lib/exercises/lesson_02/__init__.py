"""The exercises of lesson 02, in the order in which it poses them."""

EXERCISES = ("rnn_step", "unroll", "next_word_loss", "generate", "gradient_norms", "clip_gradients", "truncated_unroll")
