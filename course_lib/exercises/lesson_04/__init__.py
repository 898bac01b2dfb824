"""The exercises of lesson 04, in the order in which its two parts pose them."""

EXERCISES = {
    "a": ("contexts", "decoder_step", "log_likelihood", "greedy", "ngram_matches", "bleu"),
    "b": ("next_inputs", "inverse_sigmoid", "beam_step"),
}
