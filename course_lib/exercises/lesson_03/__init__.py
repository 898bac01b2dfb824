"""The exercises of lesson 03, in the order in which its two parts pose them."""

EXERCISES = {
    "a": ("lstm_step", "lstm_cell", "forget_bias", "peephole_lstm_step", "full_peepholes", "gru_step"),
    "b": ("last_state", "reverse_padded", "bidirectional"),
}
