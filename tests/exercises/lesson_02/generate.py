"""Answers to exercise 02.generate."""

import random

import numpy as np
import torch
import torch.nn.functional as F

from course_lib.language_model import generate
from tests.exercises.answers import right, wrong
from tests.exercises.lesson_02.shared import EOS, PAD, SOS


@right
def with_for_and_break(step, max_length, temperature):
    word, state, words = SOS, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = torch.multinomial(F.softmax(logits / temperature, dim=-1), num_samples=1).item()
        if word == EOS:
            break
        words += [word]
    return words


@right
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


@right
def by_a_distribution(step, max_length, temperature):
    words = [SOS]
    state = None
    while words[-1] != EOS and len(words) <= max_length:
        logits, state = step(words[-1], state)
        words.append(torch.distributions.Categorical(logits=logits / temperature).sample().item())
    return [word for word in words[1:] if word != EOS]


@right
def drawn_by_numpy(step, max_length, temperature):
    word, state, words = SOS, None, []
    while len(words) < max_length:
        logits, state = step(word, state)
        p = (logits.double() / temperature).softmax(-1).numpy()
        word = int(np.random.choice(len(p), p=p / p.sum()))
        if word == EOS:
            break
        words.append(word)
    return words


def draw(logits, temperature):
    return torch.multinomial((logits / temperature).softmax(-1), 1).item()


@wrong(
    says="state is not carried along",
    obeyed={
        "logits, _ = step(word, None)": "logits, state = step(word, state)",
        "word, words = (SOS, [])": "word, words, state = (SOS, [], None)",
    },
)
def state_lost(step, max_length, temperature):
    word, words = SOS, []
    while len(words) < max_length:
        logits, _ = step(word, None)
        word = draw(logits, temperature)
        if word == EOS:
            break
        words.append(word)
    return words


@wrong(says="fed in every time")
def always_from_sos(step, max_length, temperature):
    state, words = None, []
    while len(words) < max_length:
        logits, state = step(SOS, state)
        word = draw(logits, temperature)
        if word == EOS:
            break
        words.append(word)
    return words


@wrong(says="`<eos>` is among the words")
def eos_kept(step, max_length, temperature):
    word, state, words = SOS, None, []
    while len(words) < max_length and word != EOS:
        logits, state = step(word, state)
        word = draw(logits, temperature)
        words.append(word)
    return words


@wrong(says="`<sos>` is among the words")
def sos_kept(step, max_length, temperature):
    return [SOS, *with_for_and_break(step, max_length, temperature)]


@wrong(says="does not stop at `<eos>`")
def never_stops(step, max_length, temperature):
    word, state, words = SOS, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = draw(logits, temperature)
        words.append(word)
    return words


@wrong(
    says="always takes the likeliest",
    obeyed={"logits.argmax().item()": "torch.multinomial((logits / temperature).softmax(-1), 1).item()"},
)
def greedy(step, max_length, temperature):
    word, state, words = SOS, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = logits.argmax().item()
        if word == EOS:
            break
        words.append(word)
    return words


@wrong(says="multiplied by the temperature")
def multiplied(step, max_length, temperature):
    return with_for_and_break(step, max_length, 1 / temperature)


@wrong(says="temperature changes nothing")
def temperature_ignored(step, max_length, temperature):
    return with_for_and_break(step, max_length, 1.0)


@wrong(says="temperature changes nothing")
def probabilities_divided(step, max_length, temperature):
    word, state, words = SOS, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = torch.multinomial(logits.softmax(-1) / temperature, 1).item()
        if word == EOS:
            break
        words.append(word)
    return words


@wrong(says="wants probabilities", obeyed={"logits / temperature - 1": "(logits / temperature).softmax(-1)"})
def logits_as_probabilities(step, max_length, temperature):
    word, state, words = SOS, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = torch.multinomial(logits / temperature - 1, 1).item()
        if word == EOS:
            break
        words.append(word)
    return words


@wrong(says="one word too few")
def too_short(step, max_length, temperature):
    return with_for_and_break(step, max_length - 1, temperature)


@wrong(says="makes an int", obeyed={"softmax(-1), 1)": "softmax(-1), 1).item()"})
def tensors_as_words(step, max_length, temperature):
    word, state, words = SOS, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = torch.multinomial((logits / temperature).softmax(-1), 1)
        if word == EOS:
            break
        words.append(word)
    return words


@wrong(says="only the last word")
def returns_the_word(step, max_length, temperature):
    return (
        with_for_and_break(step, max_length, temperature)[-1:] and with_for_and_break(step, max_length, temperature)[-1]
    )


@wrong(says="not `<sos>`")
def starts_from_padding(step, max_length, temperature):
    word, state, words = PAD, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = draw(logits, temperature)
        if word == EOS:
            break
        words.append(word)
    return words


@wrong(
    says="returns two things",
    obeyed={
        "logits = step(word, None)": "logits, state = step(word, state)",
        "word, words = (SOS, [])": "word, words, state = (SOS, [], None)",
    },
)
def one_thing_from_the_step(step, max_length, temperature):
    word, words = SOS, []
    for _ in range(max_length):
        logits = step(word, None)
        word = torch.multinomial(torch.softmax(logits, -1), 1).item()
        words.append(word)
    return words


@wrong(says="only one word is drawn")
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


@wrong(says="called only once")
def one_step_before_the_loop(step, max_length, temperature):
    logits, _ = step(SOS, None)
    words = []
    for _ in range(max_length):
        word = torch.multinomial((logits / temperature).softmax(-1), 1).item()
        if word == EOS:
            break
        words.append(word)
    return words


@wrong(says="sets the seed")
def the_same_sentence_each_time(step, max_length, temperature):
    torch.manual_seed(0)
    return generate(step, max_length, temperature)


@wrong(says="sets the seed")
def the_same_sentence_by_the_standard_library(step, max_length, temperature):
    random.seed(0)
    return generate(step, max_length, temperature)


@wrong(says="`<pad>` (id 0) or `<unk>` (id 1), too")
def stops_at_padding(step, max_length, temperature):
    word, state, words = SOS, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        word = draw(logits, temperature)
        if word in (PAD, EOS):
            break
        words.append(word)
    return words


@wrong(says="All probabilities are 0")
def unknown_words_forbidden(step, max_length, temperature):
    word, state, words = SOS, None, []
    for _ in range(max_length):
        logits, state = step(word, state)
        p = (logits / temperature).softmax(-1)
        p[1] = 0
        word = torch.multinomial(p, 1).item()
        if word == EOS:
            break
        words.append(word)
    return words


kept = []


@wrong(says="words of the call before")
def one_list_for_all_calls(step, max_length, temperature):
    kept.extend(generate(step, max_length, temperature))
    return list(kept)


@wrong(says="look at the length before the draw")
def length_looked_at_afterwards(step, max_length, temperature):
    word, state, words = SOS, None, []
    while True:
        logits, state = step(word, state)
        word = draw(logits, temperature)
        if word != EOS:
            words.append(word)
        if word == EOS or len(words) >= max_length:
            return words


@wrong(says="two mistakes at once: 1. `<sos>` is among the words")
def sos_kept_and_eos_skipped(step, max_length, temperature):
    word, state, words = SOS, None, [SOS]
    for _ in range(max_length):
        logits, state = step(word, state)
        word = draw(logits, temperature)
        if word != EOS:
            words.append(word)
    return words


@wrong(says="Before the loop: `state = None`", obeyed={"words = []": "words = []\n    state = None"})
def no_first_state(step, max_length, temperature):
    word = SOS
    words = []
    for _ in range(max_length):
        logits, state = step(word, state)  # noqa: F821
        word = draw(logits, temperature)
        if word == EOS:
            break
        words.append(word)
    return words


last_state = {}


@wrong(
    says="the same call once more gives other words",
    obeyed={"last_state[id(step)][1] if id(step) in last_state else None": "None"},
)
def begins_with_the_state_of_the_call_before(step, max_length, temperature):
    words, word = [], SOS
    state = last_state[id(step)][1] if id(step) in last_state else None
    for _ in range(max_length):
        logits, state = step(word, state)
        word = draw(logits, temperature)
        if word == EOS:
            break
        words.append(word)
    last_state[id(step)] = (step, state)
    return words


@wrong(says="the first word may be `<eos>`, too")
def never_an_empty_sentence(step, max_length, temperature):
    words, word, state = [], SOS, None
    for i in range(max_length):
        logits, state = step(word, state)
        p = F.softmax(logits / temperature, dim=-1)
        if i == 0 and p[EOS] < 1:
            p[EOS] = 0
        word = torch.multinomial(p, 1).item()
        if word == EOS:
            break
        words.append(word)
    return words


@right
def by_recursion(step, max_length, temperature, word=SOS, state=None):
    if max_length == 0:
        return []
    logits, state = step(word, state)
    word = torch.multinomial(F.softmax(logits / temperature, dim=-1), 1).item()
    return [] if word == EOS else [word, *by_recursion(step, max_length - 1, temperature, word, state)]


@wrong(says="`state = None`", obeyed={"state = torch.zeros(1, 128)": "state = None"})
def zeros_for_the_first_state(step, max_length, temperature):
    word, words = SOS, []
    state = torch.zeros(1, 128)
    for _ in range(max_length):
        logits, state = step(word, state)
        word = torch.multinomial(F.softmax(logits / temperature, dim=-1), 1).item()
        if word == EOS:
            break
        words.append(word)
    return words


def loop(step, max_length, draw_one, word=SOS, state=None):
    words = []
    while len(words) < max_length:
        logits, state = step(word, state)
        word = draw_one(logits)
        if word == EOS:
            break
        words.append(word)
    return words


@wrong(says="the temperature counts for the first word, too")
def first_word_without_temperature(step, max_length, temperature):
    divisors = iter([1.0])
    return loop(step, max_length, lambda logits: draw(logits, next(divisors, temperature)))


@wrong(says="one word has the probability 1 at each step")
def softmax_twice(step, max_length, temperature):
    return loop(step, max_length, lambda logits: draw((logits / temperature).softmax(-1), 1.0))


@wrong(says="one word has the probability 1 at each step")
def special_words_barred(step, max_length, temperature):
    barred = torch.tensor([-torch.inf] * 2)
    return loop(step, max_length, lambda logits: draw(torch.cat([barred, logits[2:]]), temperature))


@wrong(says="each call draws the same words")
def a_generator_with_a_seed(step, max_length, temperature):
    generator = torch.Generator().manual_seed(0)
    return loop(
        step,
        max_length,
        lambda z: torch.multinomial((z / temperature).softmax(-1), 1, generator=generator).item(),
    )


@wrong(says="`<sos>` is read twice")
def a_step_before_the_loop(step, max_length, temperature):
    _, state = step(SOS, None)
    return loop(step, max_length, lambda logits: draw(logits, temperature), state=state)
