"""Answers to exercise 04.decoder_step."""

import torch
import torch.nn.functional as F
from answers import right, wrong


@right
def three_lines(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)
    h = state[0] if isinstance(state, tuple) else state
    return output(h), state


@right
def by_attributes(tokens, state, embedding, cell, output):
    after = cell(F.embedding(tokens, embedding.weight), state)
    try:
        h, _ = after if not isinstance(after, torch.Tensor) else (after, None)
    except ValueError:
        raise AssertionError("a state of another form") from None
    return F.linear(h, output.weight, output.bias), after


@right
def word_by_word(tokens, state, embedding, cell, output):
    x = torch.stack([embedding.weight[i] for i in tokens.tolist()])
    new = cell(x, state)
    if type(new) is tuple:
        h, c = new
        return h @ output.weight.T + output.bias, (h, c)
    return new @ output.weight.T + output.bias, new


def h_of(state):
    return state[0] if isinstance(state, tuple) else state


@wrong(says="before the step")
def output_first(tokens, state, embedding, cell, output):
    logits = output(h_of(state))
    return logits, cell(embedding(tokens), state)


@wrong(says="the old state comes back")
def state_not_updated(tokens, state, embedding, cell, output):
    return output(h_of(cell(embedding(tokens), state))), state


@wrong(says="made from c")
def output_of_the_cell_state(tokens, state, embedding, cell, output):
    new = cell(embedding(tokens), state)
    return output(new[1] if isinstance(new, tuple) else new), new


@wrong(says="a softmax is applied")
def probabilities(tokens, state, embedding, cell, output):
    logits, state = three_lines(tokens, state, embedding, cell, output)
    return F.softmax(logits, dim=-1), state


@wrong(says="a log-softmax is applied")
def log_probabilities(tokens, state, embedding, cell, output):
    logits, state = three_lines(tokens, state, embedding, cell, output)
    return F.log_softmax(logits, dim=-1), state


@wrong(says="the likeliest words come back")
def next_words(tokens, state, embedding, cell, output):
    logits, state = three_lines(tokens, state, embedding, cell, output)
    return logits.argmax(dim=-1), state


@wrong(says="the state comes first")
def state_first(tokens, state, embedding, cell, output):
    logits, state = three_lines(tokens, state, embedding, cell, output)
    return state, logits


@wrong(says="begins from zeros")
def state_not_handed_in(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens))
    return output(h_of(state)), state


@wrong(says="the output layer takes h alone", obeyed={"output(state)": "output(state[0])"})
def tuple_into_the_output(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)
    return output(state), state


@wrong(
    says="is the first row of its state",
    obeyed={"output(state[0])": "output(state[0] if isinstance(state, tuple) else state)"},
)
def always_the_first(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)
    return output(state[0]), state


@wrong(
    says="h alone comes back as the state",
    obeyed={
        "h = h_of(cell(embedding(tokens), state))": "h, c = cell(embedding(tokens), state)",
        "(output(h), h)": "(output(h), (h, c))",
    },
)
def only_h_goes_on(tokens, state, embedding, cell, output):
    h = h_of(cell(embedding(tokens), state))
    return output(h), h


@wrong(
    says="expected the pair `(logits, state)`",
    obeyed={"return output(h_of(state))": "return (output(h_of(state)), state)"},
)
def logits_alone(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)
    return output(h_of(state))


@wrong(says="look them up first", obeyed={"tokens.unsqueeze(-1).expand(-1, cell.input_size)": "embedding(tokens)"})
def ids_into_the_cell(tokens, state, embedding, cell, output):
    x = tokens.unsqueeze(-1).expand(-1, cell.input_size)
    state = cell(x, state)
    return output(h_of(state)), state


@wrong(says="no gradient")
def state_detached(tokens, state, embedding, cell, output):
    old = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
    return three_lines(tokens, old, embedding, cell, output)


@wrong(says="two steps on")
def called_twice(tokens, state, embedding, cell, output):
    logits = output(h_of(cell(embedding(tokens), state)))
    return logits, cell(embedding(tokens), cell(embedding(tokens), state))


@wrong(says="that of a GRU is h alone")
def always_a_pair(tokens, state, embedding, cell, output):
    h, c = cell(embedding(tokens), state)
    return output(h), (h, c)


@wrong(says="The words come first", obeyed={"cell(state, embedding(tokens))": "cell(embedding(tokens), state)"})
def state_into_the_words_place(tokens, state, embedding, cell, output):
    state = cell(state, embedding(tokens))
    return output(h_of(state)), state
