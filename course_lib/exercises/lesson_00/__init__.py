"""The exercises of lesson 00, in the order in which it poses them."""

EXERCISES = ("first", "neuron", "dense", "softmax", "cross_entropy", "training_step", "shallow_network")
