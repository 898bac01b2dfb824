"""The exercises of lesson 04, in the order in which it poses them."""

EXERCISES = (
    "contexts", "decoder_step", "log_likelihood", "greedy", "ngram_matches", "bleu",
    "next_inputs", "inverse_sigmoid", "beam_step",
)  # fmt: skip
