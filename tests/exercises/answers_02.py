"""Answers to the exercises of lesson 02, RNN."""
# ruff: noqa: RET503  (a `return` inside the loop is one of the mistakes)

import math

import numpy as np
import torch
import torch.nn.functional as F
from answers import right, wrong
from torch import nn

PAD, SOS, EOS = 0, 2, 3

# ---- 02.rnn_step -------------------------------------------------------------------------------------


@right("02.rnn_step")
def by_linear(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return F.linear(x, weight_ih, bias_ih).add(F.linear(h, weight_hh, bias_hh)).tanh()


@right("02.rnn_step")
def one_product_of_both(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    together = torch.cat([x, h], dim=1) @ torch.cat([weight_ih, weight_hh], dim=1).T
    return torch.tanh(together + (bias_ih + bias_hh))


@right("02.rnn_step")
def tanh_from_exponentials(x, h, w_ih, w_hh, b_ih, b_hh):
    s = torch.einsum("be,he->bh", x, w_ih) + torch.einsum("bk,hk->bh", h, w_hh) + b_ih + b_hh
    return 2 / (1 + torch.exp(-2 * s)) - 1


@right("02.rnn_step")
def row_after_row(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.stack([torch.tanh(w_ih @ a + b_ih + w_hh @ b + b_hh) for a, b in zip(x, h, strict=True)])


@wrong("02.rnn_step", says="activation is missing")
def no_tanh(x, h, w_ih, w_hh, b_ih, b_hh):
    return x @ w_ih.T + b_ih + h @ w_hh.T + b_hh


@wrong("02.rnn_step", says="is the sigmoid")
def sigmoid_step(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.sigmoid(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)


@wrong("02.rnn_step", says="is ReLU")
def relu_step(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.relu(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)


@wrong("02.rnn_step", says="state h is left out")
def forgets_the_state(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + b_ih)


@wrong("02.rnn_step", says="`weight_hh` belongs to unit i")
def state_weight_not_transposed(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + b_ih + h @ w_hh + b_hh)


@wrong("02.rnn_step", says="weights are not transposed")
def weights_as_they_stand(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih + b_ih + h @ w_hh + b_hh)


@wrong("02.rnn_step", says="`bias_hh` is missing")
def one_bias(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + b_ih + h @ w_hh.T)


@wrong("02.rnn_step", says="both biases are missing")
def no_bias(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + h @ w_hh.T)


@wrong("02.rnn_step", says="each part by itself")
def tanh_of_each(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + b_ih) + torch.tanh(h @ w_hh.T + b_hh)


@wrong("02.rnn_step", says="one part only")
def brackets_closed_early(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + b_ih) + h @ w_hh.T + b_hh


@wrong("02.rnn_step", says="old state is added to the new one")
def residual(x, h, w_ih, w_hh, b_ih, b_hh):
    return h + torch.tanh(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)


@wrong("02.rnn_step", says="`torch.tanh` takes every element")
def tanh_of_math(x, h, w_ih, w_hh, b_ih, b_hh):
    return math.tanh(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)


@wrong("02.rnn_step", says="multiplied; add")
def gated(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh((x @ w_ih.T + b_ih) * (h @ w_hh.T + b_hh))


@wrong("02.rnn_step", says="something else each time")
def a_fresh_cell(x, h, w_ih, w_hh, b_ih, b_hh):
    return nn.RNNCell(x.shape[1], h.shape[1])(x, h)


@wrong("02.rnn_step", says="detached")
def without_gradient(x, h, w_ih, w_hh, b_ih, b_hh):
    with torch.no_grad():
        return torch.tanh(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)


@wrong("02.rnn_step", says="no gradient reaches `h`")
def state_detached(x, h, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(x @ w_ih.T + b_ih + h.detach() @ w_hh.T + b_hh)


@wrong("02.rnn_step", says="`h` in place")
def state_overwritten(x, h, w_ih, w_hh, b_ih, b_hh):
    h.copy_(torch.tanh(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh))
    return h


@wrong("02.rnn_step", says="returns None")
def not_returned(x, h, w_ih, w_hh, b_ih, b_hh):
    h = torch.tanh(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)


@wrong("02.rnn_step", says="one sequence in each column")
def columns(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return torch.tanh(weight_ih @ x.T + bias_ih[:, None] + weight_hh @ h.T + bias_hh[:, None])


@wrong("02.rnn_step", says="`bias_ih` is added twice")
def same_bias_twice(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_ih)


@wrong("02.rnn_step", says="element by element")
def star_for_at(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return torch.tanh(x * weight_ih.T + bias_ih + h * weight_hh.T + bias_hh)


# ---- 02.unroll ---------------------------------------------------------------------------------------


@right("02.unroll")
def by_index(cell, x, state):
    outputs = []
    for t in range(x.shape[1]):
        state = cell(x[:, t], state)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@right("02.unroll")
def steps_first_and_transposed(cell, x, state):
    states = [state]
    for x_t in x.transpose(0, 1):
        states.append(cell(x_t, states[-1]))
    return torch.stack(states[1:]).transpose(0, 1), states[-1]


@right("02.unroll")
def into_a_prepared_tensor(cell, x, state):
    outputs = torch.zeros(len(x), x.shape[1], state.shape[1])
    for t in range(x.shape[1]):
        state = cell(x[:, t, :], state)
        outputs[:, t] = state
    return outputs, outputs[:, -1]


@right("02.unroll")
def by_recursion(cell, x, state):
    new = cell(x[:, 0], state)
    if x.shape[1] == 1:
        return new[:, None], new
    outputs, last = by_recursion(cell, x[:, 1:], new)
    return torch.cat([new[:, None], outputs], dim=1), last


@wrong("02.unroll", says="not from zeros")
def always_from_zeros(cell, x, state):
    return by_index(cell, x, torch.zeros_like(state))


@wrong("02.unroll", says="hand the new state on")
def state_not_handed_on(cell, x, state):
    outputs = [cell(x[:, t], state) for t in range(x.shape[1])]
    return torch.stack(outputs, dim=1), outputs[-1]


@wrong("02.unroll", says="(T, B, H)")
def steps_first(cell, x, state):
    outputs, state = by_index(cell, x, state)
    return torch.stack(list(outputs.unbind(1))), state


@wrong("02.unroll", says="`view` and `reshape` do not transpose")
def viewed_into_shape(cell, x, state):
    outputs = []
    for t in range(x.shape[1]):
        state = cell(x[:, t], state)
        outputs.append(state)
    return torch.stack(outputs).view(x.shape[0], x.shape[1], -1), state


@wrong("02.unroll", says="not one of the sequences")
def over_the_batch(cell, x, state):
    outputs = []
    for x_t in x:
        state = cell(x_t, state)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@wrong("02.unroll", says="One tensor came")
def outputs_alone(cell, x, state):
    return by_index(cell, x, state)[0]


@wrong("02.unroll", says="came as a list")
def a_list_of_outputs(cell, x, state):
    outputs, state = by_index(cell, x, state)
    return list(outputs.unbind(1)), state


@wrong("02.unroll", says="before each step")
def appended_too_early(cell, x, state):
    outputs = []
    for x_t in x.unbind(1):
        outputs.append(state)
        state = cell(x_t, state)
    return torch.stack(outputs, 1), state


@wrong("02.unroll", says="first state is among the outputs")
def with_the_first_state(cell, x, state):
    outputs = [state]
    for x_t in x.unbind(1):
        outputs.append(cell(x_t, outputs[-1]))
    return torch.stack(outputs, 1), outputs[-1]


@wrong("02.unroll", says="last step is missing")
def one_step_short(cell, x, state):
    return by_index(cell, x[:, :-1], state)


@wrong("02.unroll", says="from the last step to the first")
def backwards(cell, x, state):
    return by_index(cell, x.flip(1), state)


@wrong("02.unroll", says="interchanged")
def state_first(cell, x, state):
    outputs, state = by_index(cell, x, state)
    return state, outputs


@wrong("02.unroll", says="(1, B, H)")
def as_torch_nn_has_it(cell, x, state):
    outputs, state = by_index(cell, x, state)
    return outputs, state[None]


@wrong("02.unroll", says="joined along the batch")
def joined_by_cat(cell, x, state):
    outputs = []
    for x_t in x.unbind(1):
        state = cell(x_t, state)
        outputs.append(state)
    return torch.cat(outputs), state


@wrong("02.unroll", says="no gradient goes back further than one step")
def detached_at_every_step(cell, x, state):
    outputs = []
    for x_t in x.unbind(1):
        state = cell(x_t, state.detach() if outputs else state)
        outputs.append(state)
    return torch.stack(outputs, 1), state


@wrong("02.unroll", says="takes one step of all sequences")
def whole_sequence_at_once(cell, x, state):
    outputs = cell(x, state)
    return outputs, outputs[:, -1]


@wrong("02.unroll", says="called with two things")
def cell_without_state(cell, x, state):
    outputs = [cell(x_t) for x_t in x.unbind(1)]
    return torch.stack(outputs, 1), outputs[-1]


@wrong("02.unroll", says="the given one")
def the_old_state_returned(cell, x, state):
    h, outputs = state, []
    for x_t in x.unbind(1):
        h = cell(x_t, h)
        outputs.append(h)
    return torch.stack(outputs, 1), state


@wrong("02.unroll", says="only the first step comes back")
def returned_within_the_loop(cell, x, state):
    outputs = []
    for t in range(x.shape[1]):
        state = cell(x[:, t], state)
        outputs.append(state)
        return torch.stack(outputs, dim=1), state


@wrong("02.unroll", says="x and the state are interchanged")
def state_before_x(cell, x, state):
    outputs = []
    for t in range(x.shape[1]):
        state = cell(state, x[:, t])
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@wrong("02.unroll", says="old state is added")
def state_added_up(cell, x, state):
    outputs = []
    for t in range(x.shape[1]):
        state = state + cell(x[:, t], state)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@wrong("02.unroll", says="detached between the steps")
def detached_at_once(cell, x, state):
    outputs = []
    for t in range(x.shape[1]):
        outputs.append(cell(x[:, t], state))
        state = outputs[-1].detach()
    return torch.stack(outputs, dim=1), state


# ---- 02.next_word_loss -------------------------------------------------------------------------------


@right("02.next_word_loss")
def flattened(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), ignore_index=0)


@right("02.next_word_loss")
def classes_second(model, ids):
    logits, _ = model(ids)
    return F.cross_entropy(logits[:, :-1].transpose(1, 2), ids[:, 1:], ignore_index=0)


@right("02.next_word_loss")
def by_hand_with_a_mask(model, ids):
    logits = model(ids[:, :-1])[0]
    targets = ids[:, 1:]
    log_p = logits - logits.logsumexp(-1, keepdim=True)
    nll = -log_p.gather(-1, targets.unsqueeze(-1)).squeeze(-1)
    real = targets != 0
    return (nll * real).sum() / real.sum()


@right("02.next_word_loss")
def word_after_word(model, ids):
    logits, _ = model(ids[:, :-1])
    losses = [
        F.cross_entropy(logits[b, t], ids[b, t + 1])
        for b in range(len(ids))
        for t in range(ids.shape[1] - 1)
        if ids[b, t + 1] != PAD
    ]
    return torch.stack(losses).mean()


@wrong("02.next_word_loss", says="not shifted")
def predicts_its_own_input(model, ids):
    logits, _ = model(ids)
    return F.cross_entropy(logits.flatten(0, 1), ids.flatten(), ignore_index=0)


@wrong("02.next_word_loss", says="not shifted")
def both_cut_at_the_front(model, ids):
    logits, _ = model(ids[:, 1:])
    return F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), ignore_index=0)


@wrong("02.next_word_loss", says="shifted the wrong way")
def predicts_the_word_before(model, ids):
    logits, _ = model(ids[:, 1:])
    return F.cross_entropy(logits.flatten(0, 1), ids[:, :-1].flatten(), ignore_index=0)


@wrong("02.next_word_loss", says="padding counts")
def padding_counted(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten())


@wrong("02.next_word_loss", says="still counted when you divide")
def divided_by_all(model, ids):
    logits, _ = model(ids[:, :-1])
    nll = F.cross_entropy(logits.transpose(1, 2), ids[:, 1:], ignore_index=0, reduction="none")
    return nll.mean()


@wrong("02.next_word_loss", says="mean of the sentences' means")
def mean_of_means(model, ids):
    logits, _ = model(ids[:, :-1])
    return torch.stack([F.cross_entropy(z, y, ignore_index=0) for z, y in zip(logits, ids[:, 1:], strict=True)]).mean()


@wrong("02.next_word_loss", says="losses are summed")
def summed(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), ignore_index=0, reduction="sum")


@wrong("02.next_word_loss", says="`<eos>` is left out")
def eos_ignored(model, ids):
    logits, _ = model(ids[:, :-1])
    targets = ids[:, 1:]
    real = (targets != PAD) & (targets != EOS)
    return F.cross_entropy(logits[real], targets[real])


@wrong("02.next_word_loss", says="`reshape` do not transpose")
def viewed_as_classes_second(model, ids):
    logits, _ = model(ids[:, :-1])
    B, T, V = logits.shape
    return F.cross_entropy(logits.reshape(B, V, T), ids[:, 1:], ignore_index=0)


@wrong("02.next_word_loss", says="flatten both")
def not_flattened(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits, ids[:, 1:], ignore_index=0)


@wrong("02.next_word_loss", says="returns two things")
def the_tuple_as_logits(model, ids):
    logits = model(ids[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), ignore_index=0)


@wrong("02.next_word_loss", says="`reshape` or `flatten`")
def view_of_a_slice(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits.view(-1, logits.shape[-1]), ids[:, 1:].view(-1), ignore_index=0)


@wrong("02.next_word_loss", says="applied twice")
def softmax_first(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits.softmax(-1).flatten(0, 1), ids[:, 1:].flatten(), ignore_index=0)


@wrong("02.next_word_loss", says="perplexity comes back")
def perplexity_returned(model, ids):
    return flattened(model, ids).exp()


@wrong("02.next_word_loss", says="sign is missing")
def likelihood_not_loss(model, ids):
    return -flattened(model, ids)


@wrong("02.next_word_loss", says="log is -inf")
def log_of_softmax(model, ids):
    logits, _ = model(ids[:, :-1])
    real = ids[:, 1:] != 0
    p = logits.softmax(-1)[real]
    return -p[torch.arange(len(p)), ids[:, 1:][real]].log().mean()


@wrong("02.next_word_loss", says="only the last word")
def last_word_only(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits[:, -1], ids[:, -1], ignore_index=0)


@wrong("02.next_word_loss", says="detached")
def a_number_without_gradient(model, ids):
    return flattened(model, ids).detach()


@wrong("02.next_word_loss", says="got a float")
def by_item(model, ids):
    return flattened(model, ids).item()


# ---- 02.generate -------------------------------------------------------------------------------------


@right("02.generate")
def with_for_and_break(step, max_length, temperature):
    word, state, words = SOS, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = torch.multinomial(F.softmax(logits / temperature, dim=-1), num_samples=1).item()
        if word == EOS:
            break
        words += [word]
    return words


@right("02.generate")
def by_the_gumbel_trick(step, max_length, temperature):
    words, state = [], None
    while len(words) < max_length:
        logits, state = step(words[-1] if words else SOS, state)
        noise = -torch.log(-torch.log(torch.rand_like(logits)))
        word = int((logits / temperature + noise).argmax())
        if word == EOS:
            return words
        words.append(word)
    return words


@right("02.generate")
def by_a_distribution(step, max_length, temperature):
    words = [SOS]
    state = None
    while words[-1] != EOS and len(words) <= max_length:
        logits, state = step(words[-1], state)
        words.append(torch.distributions.Categorical(logits=logits / temperature).sample().item())
    return [word for word in words[1:] if word != EOS]


@right("02.generate")
def drawn_by_numpy(step, max_length, temperature):
    word, state, words = SOS, None, []
    while len(words) < max_length:
        logits, state = step(word, state)
        p = (logits.double() / temperature).softmax(-1).numpy()
        word = int(np.random.choice(len(p), p=p / p.sum()))  # noqa: NPY002
        if word == EOS:
            break
        words.append(word)
    return words


def draw(logits, temperature):
    return torch.multinomial((logits / temperature).softmax(-1), 1).item()


@wrong("02.generate", says="state is not carried along")
def state_lost(step, max_length, temperature):
    word, words = SOS, []
    while len(words) < max_length:
        logits, _ = step(word, None)
        word = draw(logits, temperature)
        if word == EOS:
            break
        words.append(word)
    return words


@wrong("02.generate", says="fed in every time")
def always_from_sos(step, max_length, temperature):
    state, words = None, []
    while len(words) < max_length:
        logits, state = step(SOS, state)
        word = draw(logits, temperature)
        if word == EOS:
            break
        words.append(word)
    return words


@wrong("02.generate", says="`<eos>` is among the words")
def eos_kept(step, max_length, temperature):
    word, state, words = SOS, None, []
    while len(words) < max_length and word != EOS:
        logits, state = step(word, state)
        word = draw(logits, temperature)
        words.append(word)
    return words


@wrong("02.generate", says="`<sos>` is among the words")
def sos_kept(step, max_length, temperature):
    return [SOS, *with_for_and_break(step, max_length, temperature)]


@wrong("02.generate", says="does not stop at `<eos>`")
def never_stops(step, max_length, temperature):
    word, state, words = SOS, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = draw(logits, temperature)
        words.append(word)
    return words


@wrong("02.generate", says="always takes the likeliest")
def greedy(step, max_length, temperature):
    word, state, words = SOS, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = logits.argmax().item()
        if word == EOS:
            break
        words.append(word)
    return words


@wrong("02.generate", says="multiplied by the temperature")
def multiplied(step, max_length, temperature):
    return with_for_and_break(step, max_length, 1 / temperature)


@wrong("02.generate", says="temperature changes nothing")
def temperature_ignored(step, max_length, temperature):
    return with_for_and_break(step, max_length, 1.0)


@wrong("02.generate", says="temperature changes nothing")
def probabilities_divided(step, max_length, temperature):
    word, state, words = SOS, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = torch.multinomial(logits.softmax(-1) / temperature, 1).item()
        if word == EOS:
            break
        words.append(word)
    return words


@wrong("02.generate", says="wants probabilities")
def logits_as_probabilities(step, max_length, temperature):
    word, state, words = SOS, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = torch.multinomial(logits / temperature - 1, 1).item()
        if word == EOS:
            break
        words.append(word)
    return words


@wrong("02.generate", says="one word too few")
def too_short(step, max_length, temperature):
    return with_for_and_break(step, max_length - 1, temperature)


@wrong("02.generate", says="makes an int")
def tensors_as_words(step, max_length, temperature):
    word, state, words = SOS, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = torch.multinomial((logits / temperature).softmax(-1), 1)
        if word == EOS:
            break
        words.append(word)
    return words


@wrong("02.generate", says="only the last word")
def returns_the_word(step, max_length, temperature):
    return (
        with_for_and_break(step, max_length, temperature)[-1:] and with_for_and_break(step, max_length, temperature)[-1]
    )


@wrong("02.generate", says="not `<sos>`")
def starts_from_padding(step, max_length, temperature):
    word, state, words = PAD, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = draw(logits, temperature)
        if word == EOS:
            break
        words.append(word)
    return words


@wrong("02.generate", says="returns two things")
def one_thing_from_the_step(step, max_length, temperature):
    word, words = SOS, []
    for _ in range(max_length):
        logits = step(word, None)
        word = torch.multinomial(torch.softmax(logits, -1), 1).item()
        words.append(word)
    return words


@wrong("02.generate", says="only one word is drawn")
def returns_too_early(step, max_length, temperature):
    word, state, words = SOS, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = draw(logits, temperature)
        if word == EOS:
            break
        words.append(word)
        break
    return words


@wrong("02.generate", says="called only once")
def one_step_before_the_loop(step, max_length, temperature):
    logits, _ = step(SOS, None)
    words = []
    for _ in range(max_length):
        word = torch.multinomial((logits / temperature).softmax(-1), 1).item()
        if word == EOS:
            break
        words.append(word)
    return words


# ---- 02.gradient_norms -------------------------------------------------------------------------------


def states_of(cell, x, state):
    states = []
    for x_t in x.unbind(1):
        state = cell(x_t, state)
        states.append(state)
    return states


@right("02.gradient_norms")
def by_autograd_grad(cell, x, state):
    states = states_of(cell, x, state)
    gradients = torch.autograd.grad(states[-1].sum() / states[-1].shape[1] ** 0.5, states)
    return torch.stack(gradients, dim=1).norm(dim=2)


@right("02.gradient_norms")
def by_retain_grad(cell, x, state):
    states = states_of(cell, x, state)
    for h in states:
        h.retain_grad()
    (states[-1].sum() / math.sqrt(states[-1].size(-1))).backward()
    return torch.stack([h.grad.square().sum(1).sqrt() for h in states], dim=1)


@right("02.gradient_norms")
def by_hooks(cell, x, state):
    caught = []
    states = states_of(cell, x, state)
    for h in states:
        h.register_hook(lambda gradient: caught.append(gradient.norm(dim=-1)))
    (states[-1].sum() / states[-1].shape[1] ** 0.5).backward()
    return torch.stack(caught[::-1], dim=1)


@right("02.gradient_norms")
def each_sequence_by_itself(cell, x, state):
    rows = [by_autograd_grad(cell, x[b : b + 1], state[b : b + 1]) for b in range(len(x))]
    return torch.cat(rows)


@wrong("02.gradient_norms", says="not divided by sqrt(H)")
def plain_sum(cell, x, state):
    states = states_of(cell, x, state)
    return torch.stack([g.norm(dim=1) for g in torch.autograd.grad(states[-1].sum(), states)], 1)


@wrong("02.gradient_norms", says="is a copy that no step reads")
def of_the_stacked_outputs(cell, x, state):
    outputs = torch.stack(states_of(cell, x, state), dim=1)
    loss = outputs[:, -1].sum() / outputs.shape[-1] ** 0.5
    gradients = torch.autograd.grad(loss, list(outputs.unbind(1)))
    return torch.stack([g.norm(dim=1) for g in gradients], 1)


@wrong("02.gradient_norms", says="only the last step is not 0")
def of_the_outputs_as_one(cell, x, state):
    outputs = torch.stack(states_of(cell, x, state), dim=1)
    (gradient,) = torch.autograd.grad(outputs[:, -1].sum() / outputs.shape[-1] ** 0.5, outputs)
    return gradient.norm(dim=-1)


@wrong("02.gradient_norms", says="`state.retain_grad()`")
def grad_of_no_leaf(cell, x, state):
    states = states_of(cell, x, state)
    (states[-1].sum() / states[-1].shape[1] ** 0.5).backward()
    return torch.stack([h.grad.norm(dim=1) for h in states], 1)


@wrong("02.gradient_norms", says="the steps come first")
def steps_by_batch(cell, x, state):
    return by_autograd_grad(cell, x, state).T


@wrong("02.gradient_norms", says="whole batch")
def one_norm_for_the_batch(cell, x, state):
    states = states_of(cell, x, state)
    gradients = torch.autograd.grad(states[-1].sum() / states[-1].shape[1] ** 0.5, states)
    return torch.stack([g.norm() for g in gradients])


@wrong("02.gradient_norms", says="averaged over the batch")
def averaged(cell, x, state):
    return by_autograd_grad(cell, x, state).mean(0)


@wrong("02.gradient_norms", says="is squared")
def squared(cell, x, state):
    return by_autograd_grad(cell, x, state) ** 2


@wrong("02.gradient_norms", says="turned round")
def by_distance(cell, x, state):
    return by_autograd_grad(cell, x, state).flip(1)


@wrong("02.gradient_norms", says="the outputs of all steps")
def loss_of_all_steps(cell, x, state):
    states = states_of(cell, x, state)
    loss = torch.stack(states).sum() / states[-1].shape[1] ** 0.5
    return torch.stack([g.norm(dim=1) for g in torch.autograd.grad(loss, states)], 1)


@wrong("02.gradient_norms", says="inputs x_t")
def of_the_inputs(cell, x, state):
    steps = [x_t.clone().requires_grad_() for x_t in x.unbind(1)]
    h = state
    for x_t in steps:
        h = cell(x_t, h)
    gradients = torch.autograd.grad(h.sum() / h.shape[1] ** 0.5, steps)
    return torch.stack([g.norm(dim=1) for g in gradients], 1)


@wrong("02.gradient_norms", says="norms of the states")
def norms_of_states(cell, x, state):
    return torch.stack([h.norm(dim=1) for h in states_of(cell, x, state)], 1)


@wrong("02.gradient_norms", says="mean over the batch")
def mean_loss(cell, x, state):
    states = states_of(cell, x, state)
    loss = states[-1].mean(0).sum() / states[-1].shape[1] ** 0.5
    return torch.stack([g.norm(dim=1) for g in torch.autograd.grad(loss, states)], 1)


@wrong("02.gradient_norms", says="gradients themselves")
def gradients_not_norms(cell, x, state):
    states = states_of(cell, x, state)
    return torch.stack(torch.autograd.grad(states[-1].sum() / states[-1].shape[1] ** 0.5, states), 1)


@wrong("02.gradient_norms", says="is the sum of the absolute values")
def l1(cell, x, state):
    return gradients_not_norms(cell, x, state).abs().sum(-1)


@wrong("02.gradient_norms", says="that of one number")
def loss_not_summed(cell, x, state):
    states = states_of(cell, x, state)
    gradients = torch.autograd.grad(states[-1], states)
    return torch.stack([g.norm(dim=1) for g in gradients], 1)


@right("02.gradient_norms")
def by_the_formula(cell, x, state):
    states = states_of(cell, x, state)
    gradient = torch.full_like(state, state.shape[1] ** -0.5)
    norms = [gradient.norm(dim=1)]
    for h in reversed(states[1:]):
        gradient = (gradient * (1 - h**2)) @ cell.weight_hh
        norms.append(gradient.norm(dim=1))
    return torch.stack(norms[::-1], dim=1)


@right("02.gradient_norms")
def with_the_cell_as_a_module(cell, x, state):
    cell.zero_grad()
    return by_retain_grad(cell, x, state)


@wrong("02.gradient_norms", says="divided by sqrt(B)")
def root_of_the_batch(cell, x, state):
    states = states_of(cell, x, state)
    gradients = torch.autograd.grad(states[-1].sum() / len(x) ** 0.5, states)
    return torch.stack([g.norm(dim=1) for g in gradients], 1)


@wrong("02.gradient_norms", says="the given state is among them")
def norms_with_the_first_state(cell, x, state):
    states = [state.requires_grad_(), *states_of(cell, x, state)]
    gradients = torch.autograd.grad(states[-1].sum() / state.shape[1] ** 0.5, states)
    return torch.stack([g.norm(dim=1) for g in gradients], 1)


@wrong("02.gradient_norms", says="T states before the steps")
def before_each_step(cell, x, state):
    return norms_with_the_first_state(cell, x, state)[:, :-1]


# ---- 02.clip_gradients -------------------------------------------------------------------------------


@right("02.clip_gradients")
def scaled_in_place(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = sum(g.pow(2).sum() for g in gradients) ** 0.5
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm


@right("02.clip_gradients")
def one_long_vector(parameters, max_norm):
    used = [p for p in list(parameters) if p.grad is not None]
    norm = torch.cat([p.grad.flatten() for p in used]).norm().item()
    factor = min(1, max_norm / (norm + 1e-6))
    for p in used:
        p.grad = p.grad * factor
    return norm


@right("02.clip_gradients")
def by_torch(parameters, max_norm):
    return nn.utils.clip_grad_norm_(parameters, max_norm)


@wrong("02.clip_gradients", says="by its own norm")
def each_by_itself(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    norm = torch.stack([p.grad.norm() for p in parameters]).norm()
    for p in parameters:
        own = p.grad.norm()
        if own > max_norm:
            p.grad.mul_(max_norm / own)
    return norm


@wrong("02.clip_gradients", says="each element is cut off")
def by_value(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    norm = torch.stack([p.grad.norm() for p in parameters]).norm()
    for p in parameters:
        p.grad.clamp_(-max_norm, max_norm)
    return norm


@wrong("02.clip_gradients", says="made longer")
def always_scaled(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.stack([g.norm() for g in gradients]).norm()
    for g in gradients:
        g.mul_(max_norm / norm)
    return norm


@wrong("02.clip_gradients", says="after clipping comes back")
def norm_afterwards(parameters, max_norm):
    parameters = list(parameters)
    scaled_in_place(parameters, max_norm)
    return torch.stack([p.grad.norm() for p in parameters if p.grad is not None]).norm()


@wrong("02.clip_gradients", says="added up")
def sum_of_norms(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = sum(g.norm() for g in gradients)
    for g in gradients:
        g.mul_(min(1.0, max_norm / norm.item()))
    return norm


@wrong("02.clip_gradients", says="root is missing")
def squared_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = sum((g**2).sum() for g in gradients)
    for g in gradients:
        g.mul_(min(1.0, max_norm / norm.item()))
    return norm


@wrong("02.clip_gradients", says="gone through twice")
def parameters_used_up(parameters, max_norm):
    norm = torch.stack([p.grad.norm() for p in parameters if p.grad is not None]).norm()
    for p in parameters:
        if p.grad is not None and norm > max_norm:
            p.grad.mul_(max_norm / norm)
    return norm


@wrong("02.clip_gradients", says="scaled copy thrown away")
def copies_scaled(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.stack([g.norm() for g in gradients]).norm()
    for g in gradients:
        g = g * max_norm / norm
    return norm


@wrong("02.clip_gradients", says="`p.grad` is None: leave it out")
def no_gradient_forgotten(parameters, max_norm):
    gradients = [p.grad for p in parameters]
    norm = torch.stack([g.norm() for g in gradients]).norm()
    for g in gradients:
        g.mul_(min(1.0, max_norm / norm.item()))
    return norm


@wrong("02.clip_gradients", says="upside down")
def upside_down(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.stack([g.norm() for g in gradients]).norm()
    if norm > max_norm:
        for g in gradients:
            g.mul_(norm / max_norm)
    return norm


@wrong("02.clip_gradients", says="returns None")
def clipped_and_silent(parameters, max_norm):
    scaled_in_place(parameters, max_norm)


@wrong("02.clip_gradients", says="largest of the norms")
def largest_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = max(g.norm() for g in gradients)
    for g in gradients:
        g.mul_(min(1.0, max_norm / norm.item()))
    return norm


@wrong("02.clip_gradients", says="Scale the gradients")
def parameters_scaled(parameters, max_norm):
    for p in parameters:
        p.mul_(max_norm / p.grad.norm())
    return max_norm


@wrong("02.clip_gradients", says="stack their norms")
def gradients_stacked(parameters, max_norm):
    gradients = torch.stack([p.grad for p in parameters if p.grad is not None])
    return gradients.norm()


@wrong("02.clip_gradients", says="lost its gradient")
def set_to_none(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    norm = torch.stack([p.grad.norm() for p in parameters]).norm()
    for p in parameters:
        if norm > max_norm:
            p.grad = None
    return norm


@wrong("02.clip_gradients", says="one number is expected")
def gradients_returned(parameters, max_norm):
    parameters = list(parameters)
    scaled_in_place(parameters, max_norm)
    return [p.grad for p in parameters]


@wrong("02.clip_gradients", says="the gradients afterwards are not")
def divided_by_the_bound(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.stack([g.norm() for g in gradients]).norm()
    if norm > max_norm:
        for g in gradients:
            g.div_(max_norm)
    return norm


@wrong("02.clip_gradients", says="not that of all gradients together")
def norm_of_the_parameters(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    norm = torch.stack([p.detach().norm() for p in parameters]).norm()
    for p in parameters:
        if norm > max_norm:
            p.grad.mul_(max_norm / norm)
    return norm


# ---- 02.truncated_unroll -----------------------------------------------------------------------------


@right("02.truncated_unroll")
def piece_by_piece(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, state = by_index(cell, piece, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@right("02.truncated_unroll")
def detached_in_the_loop(cell, x, k, state):
    outputs = []
    for t in range(x.shape[1]):
        if t % k == 0 and t > 0:
            state = state.detach()
        state = cell(x[:, t], state)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@right("02.truncated_unroll")
def by_slices(cell, x, k, state):
    T = x.size(1)
    pieces = []
    for start in range(0, T, k):
        outputs, state = by_index(cell, x[:, start : start + k], state.clone().detach())
        pieces += list(outputs.unbind(1))
    return torch.stack(pieces, 1), state


@wrong("02.truncated_unroll", says="nothing is cut")
def nothing_detached(cell, x, k, state):
    return by_index(cell, x, state)


@wrong("02.truncated_unroll", says="nothing is cut")
def detach_thrown_away(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        state.detach()
        outputs, state = by_index(cell, piece, state)
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@wrong("02.truncated_unroll", says="after every step")
def every_step_detached(cell, x, k, state):
    outputs = []
    for x_t in x.unbind(1):
        state = cell(x_t, state.detach())
        outputs.append(state)
    return torch.stack(outputs, 1), state


@wrong("02.truncated_unroll", says="starts from zeros")
def zeros_for_each_piece(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, last = by_index(cell, piece, torch.zeros_like(state))
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), last


@wrong("02.truncated_unroll", says="starts from the given state")
def state_not_kept(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, last = by_index(cell, piece, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), last


@wrong("02.truncated_unroll", says="number of pieces")
def chunks(cell, x, k, state):
    pieces = []
    for piece in x.chunk(k, dim=1):
        outputs, state = by_index(cell, piece, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@wrong("02.truncated_unroll", says="last whole piece are lost")
def rest_lost(cell, x, k, state):
    pieces = []
    for i in range(x.shape[1] // k):
        outputs, state = by_index(cell, x[:, i * k : (i + 1) * k], state.detach())
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@wrong("02.truncated_unroll", says="only the first piece")
def cut_to_k_steps(cell, x, k, state):
    return by_index(cell, x[:, :k], state)


@wrong("02.truncated_unroll", says="no gradient reaches the steps")
def outputs_detached(cell, x, k, state):
    outputs, state = by_index(cell, x, state)
    return outputs.detach(), state.detach()


@wrong("02.truncated_unroll", says="last state that comes back is detached")
def last_state_detached(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, state = by_index(cell, piece, state)
        state = state.detach()
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@wrong("02.truncated_unroll", says="one step too late")
def cut_after_one_more(cell, x, k, state):
    outputs = []
    for t, x_t in enumerate(x.unbind(1)):
        state = cell(x_t, state.detach() if t % k == 1 % k else state)
        outputs.append(state)
    return torch.stack(outputs, 1), state


@wrong("02.truncated_unroll", says="joined along the batch")
def cat_without_dim(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, state = by_index(cell, piece, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces), state


@wrong("02.truncated_unroll", says="only the last piece")
def overwritten(cell, x, k, state):
    for piece in x.split(k, dim=1):
        outputs, state = by_index(cell, piece, state.detach())
    return outputs, state


@wrong("02.truncated_unroll", says="The batch is split")
def batch_split(cell, x, k, state):
    pieces = []
    for piece in x.split(k):
        outputs, state = by_index(cell, piece, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces), state


@wrong("02.truncated_unroll", says="One tensor came")
def no_state_returned(cell, x, k, state):
    return piece_by_piece(cell, x, k, state)[0]


@wrong("02.truncated_unroll", says="interchanged")
def swapped(cell, x, k, state):
    outputs, state = piece_by_piece(cell, x, k, state)
    return state, outputs


@wrong("02.truncated_unroll", says="one step too early")
def cut_before_the_last(cell, x, k, state):
    outputs = []
    for t, x_t in enumerate(x.unbind(1)):
        state = cell(x_t, state.detach() if t % k == k - 1 else state)
        outputs.append(state)
    return torch.stack(outputs, 1), state
