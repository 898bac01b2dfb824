"""Answers to exercise 04.decoder_step."""

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


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


@wrong(
    says="`output` takes h alone",
    obeyed={"output(state)": "output(state[0] if isinstance(state, tuple) else state)"},
)
def tuple_into_the_output(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)
    return output(state), state


@wrong(
    says="is the first sentence's row",
    obeyed={"output(state[0])": "output(state[0] if isinstance(state, tuple) else state)"},
)
def always_the_first(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)
    return output(state[0]), state


@wrong(
    says="h alone comes back",
    obeyed={
        "h = h_of(cell(embedding(tokens), state))": "state = cell(embedding(tokens), state)",
        "(output(h), h)": "(output(h_of(state)), state)",
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


@wrong(says="no gradient", obeyed={".detach()": ""})
def state_detached(tokens, state, embedding, cell, output):
    old = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
    return three_lines(tokens, old, embedding, cell, output)


@wrong(says="two steps on")
def called_twice(tokens, state, embedding, cell, output):
    logits = output(h_of(cell(embedding(tokens), state)))
    return logits, cell(embedding(tokens), cell(embedding(tokens), state))


@wrong(
    says="take it apart only if",
    obeyed={
        "h, c =": "state =",
        "return (output(h), (h, c))": "return (output(state[0] if isinstance(state, tuple) else state), state)",
    },
)
def always_a_pair(tokens, state, embedding, cell, output):
    h, c = cell(embedding(tokens), state)
    return output(h), (h, c)


@wrong(says="The words come first", obeyed={"cell(state, embedding(tokens))": "cell(embedding(tokens), state)"})
def state_into_the_words_place(tokens, state, embedding, cell, output):
    state = cell(state, embedding(tokens))
    return output(h_of(state)), state


@wrong(says="take h out of it first", obeyed={"state.view(len(tokens), -1)": "h_of(state)"})
def state_as_a_tensor(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)
    return output(state.view(len(tokens), -1)), state


@wrong(says="c begins from zeros")
def new_memory_at_each_step(tokens, state, embedding, cell, output):
    if isinstance(state, tuple):
        state = state[0], torch.zeros_like(state[1])
    return three_lines(tokens, state, embedding, cell, output)


@wrong(says="the pair comes back turned round", obeyed={"(c, h)": "(h, c)"})
def memory_first(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)
    if isinstance(state, tuple):
        h, c = state
        return output(h), (c, h)
    return output(state), state


@wrong(says="the state that comes back is detached")
def no_gradient_through_time(tokens, state, embedding, cell, output):
    logits, new = three_lines(tokens, state, embedding, cell, output)
    return logits, tuple(s.detach() for s in new) if isinstance(new, tuple) else new.detach()


@wrong(says="the batch dimension is gone", obeyed={"logits.squeeze()": "logits"})
def batch_of_one_squeezed(tokens, state, embedding, cell, output):
    logits, state = three_lines(tokens, state, embedding, cell, output)
    return logits.squeeze(), state


@wrong(says="1. a softmax is applied", obeyed={"F.softmax(logits, -1)": "logits", "(state, logits)": "(logits, state)"})
def probabilities_behind_the_state(tokens, state, embedding, cell, output):
    logits, state = three_lines(tokens, state, embedding, cell, output)
    logits = F.softmax(logits, -1)
    return state, logits


@wrong(
    says="a GRU's state of two sentences is taken for a pair", obeyed={"len(state) == 2": "isinstance(state, tuple)"}
)
def two_rows_taken_for_a_pair(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)
    return output(state[0] if len(state) == 2 else state), state


@wrong(says="the word vectors go through a relu")
def relu_of_a_tutorial(tokens, state, embedding, cell, output):
    x = F.relu(embedding(tokens))
    state = cell(x, state)
    h = state[0] if isinstance(state, tuple) else state
    return output(h), state


@wrong(
    says="c alone comes back",
    obeyed={"out, state =": "state =", "output(out)": "output(state[0] if isinstance(state, tuple) else state)"},
)
def output_and_state(tokens, state, embedding, cell, output):
    out, state = cell(embedding(tokens), state)
    return output(out), state


@wrong(says="`embedding` is a module", obeyed={"embedding[tokens]": "embedding(tokens)"})
def table_of_vectors(tokens, state, embedding, cell, output):
    state = cell(embedding[tokens], state)
    return output(h_of(state)), state


@wrong(says="h alone goes in", obeyed={"cell(embedding(tokens), h)": "cell(embedding(tokens), state)"})
def h_into_the_cell(tokens, state, embedding, cell, output):
    h = h_of(state)
    state = cell(embedding(tokens), h)
    return output(h_of(state)), state


@wrong(says="the word vectors go through a tanh")
def tanh_of_the_vectors(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens).tanh(), state)
    return output(h_of(state)), state


@wrong(says="the word of the first sentence is told to all")
def first_word_for_all(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens[0]).expand(len(tokens), -1), state)
    return output(h_of(state)), state


@wrong(says="the logits are made from h + c")
def sum_of_the_pair(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)
    return output(sum(state) if isinstance(state, tuple) else state), state


@wrong(says="no gradient reaches `embedding`", obeyed={".detach()": ""})
def embedding_cut(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens).detach(), state)
    return output(h_of(state)), state


@wrong(says="no gradient reaches `output`", obeyed={".detach()": ""})
def weights_cut(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)
    return F.linear(h_of(state), output.weight.detach(), output.bias), state
