"""The exercises of lesson 03, in the order in which it poses them."""

EXERCISES = ("lstm_step", "lstm_cell", "forget_bias", "peephole_lstm_step", "full_peepholes", "gru_step",
             "last_state", "reverse_padded", "bidirectional")  # fmt: skip
