"""Exercise 02.generate."""

import math

import torch
from torch import Tensor

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.finding import Finding, Outcome
from course_lib.exercises.show import show
from course_lib.exercises.trial import Trial
from course_lib.text import EOS, PAD, SOS, UNK


def generate(step, max_length, temperature):
    word, state, words = SOS, None, []
    while len(words) < max_length:
        logits, state = step(word, state)  # (V,)
        p = (logits / temperature).softmax(-1)
        word = torch.multinomial(p, 1).item()
        if word == EOS:
            break
        words.append(word)
    return words


def _generate_with(
    first=SOS,
    carry=lambda old, new: new,
    choose=lambda logits, temperature: torch.multinomial((logits / temperature).softmax(-1), 1).item(),
    feed=lambda word, start: word,
    at_end=lambda words: words,
    most=lambda max_length: max_length,
    stop=EOS,
):
    """A way to generate wrongly: another first word, a state that is lost, another choice, another end."""

    def generate(step, max_length, temperature):
        word, state, words = first, None, []
        while len(words) < most(max_length):
            logits, new = step(feed(word, first), state)
            state = carry(state, new)
            word = choose(logits, temperature)
            if word == stop:
                return at_end(words)
            words.append(word)
        return words

    return generate


def _once(step, max_length, temperature):
    """The step stands before the loop: every word is drawn from the first logits."""
    words = generate(step, 1, temperature)
    return words * max_length


class _Script:
    """A step that says given sentences, whatever is drawn: one word has nearly all the probability.

    It goes by the state, the number of the step; and says 8, or 9 if it hears `<sos>`, where the word that it is given
    is not the one that it said before.
    """

    V = 10

    def __init__(self, sentence: list[int]):
        self.sentence = sentence

    def __call__(self, word, state):
        if not isinstance(word, int):
            raise TypeError(f"`step` takes a word as an int and a state, got a {type(word).__name__} as the word")
        place = 0 if state is None else state
        before = SOS if place == 0 else self.sentence[min(place, len(self.sentence)) - 1]
        said = self.sentence[place] if place < len(self.sentence) else 9
        logits = torch.zeros(self.V)
        if word != before:
            said = 9 if word == SOS else 8
        logits[said] = 500.0
        return logits, place + 1

    def __repr__(self) -> str:
        return f"a step that says {self.sentence}"


class _Dice:
    """A step that has the same logits for every word, so that how often each is drawn can be counted."""

    def __init__(self, logits: Tensor):
        self.logits = logits

    def __call__(self, word, state):
        return self.logits.clone(), 0

    def __repr__(self) -> str:
        shares = ", ".join(f"{p:.2f}" for p in self.logits.softmax(-1)[4:].tolist())
        return f"a step whose words 4, 5 and 6 always have the probabilities {shares}"


ADVICE = (
    ("missing 1 required positional argument: 'state'", "`step` takes the word and the state; None at first."),
    ("must be Tensor, not tuple", "`step` returns two things: `logits, state = step(word, state)`."),
    ("got (tuple, ", "`step` returns two things: `logits, state = step(word, state)`."),
    ("'tuple' object", "`step` returns two things: `logits, state = step(word, state)`."),
    ("got a Tensor as the word", "`.item()` makes an int of what `torch.multinomial` returns."),
    ("invalid multinomial distribution", "`torch.multinomial` wants probabilities: `.softmax(-1)` makes them."),
    (
        "contains either `inf`, `nan` or element < 0",
        "`torch.multinomial` wants probabilities: `.softmax(-1)` makes them.",
    ),
)


MISTAKES = (
    ("the state is not carried along: `logits, state = step(word, state)`, and the new state goes into the next step",
     _generate_with(carry=lambda old, new: None)),
    ("`<sos>` is fed in every time; the next step reads the word that was drawn", _generate_with(feed=lambda word, start: start)),
    ("`<eos>` is among the words: stop before it is appended", _generate_with(at_end=lambda words: [*words, EOS])),
    ("`<sos>` is among the words: the list holds only what was drawn", lambda *a: [SOS, *generate(*a)]),
    ("it does not stop at `<eos>` (id 3)", _generate_with(stop=None)),
    ("it stops at `<sos>` (id 2), not at `<eos>` (id 3)", _generate_with(stop=SOS)),
    ("it stops at `<pad>` (id 0), not at `<eos>` (id 3)", _generate_with(stop=PAD)),
    ("the first word that is fed in is not `<sos>` (id 2)", _generate_with(first=EOS)),
    ("the first word that is fed in is not `<sos>` (id 2)", _generate_with(first=PAD)),
    ("the first word that is fed in is not `<sos>` (id 2)", _generate_with(first=UNK)),
    ("there is one word too few: up to `max_length` words", _generate_with(most=lambda n: n - 1)),
    ("there is one word too many: at most `max_length` words", _generate_with(most=lambda n: n + 1)),
    ("`max_length` is not kept", _generate_with(most=lambda n: 10**3)),
    ("only the last word comes back; all of them are asked for, as a list", lambda *a: generate(*a)[-1]),
    ("nothing comes back when `<eos>` is drawn: return the words so far", _generate_with(at_end=lambda words: [])),
    ("only one word is drawn; go on until `<eos>` or `max_length`", lambda *a: generate(*a)[:1]),
    ("`step` is called only once: call it in the loop, before each draw", _once),
)  # fmt: skip


def examine(trial: Trial) -> None:
    def argmax(logits, temperature):
        return logits.argmax().item()

    for sentence, max_length in [
        ([5, 4, 7, EOS], 10),
        ([6, 6, 5, 4, 5, EOS], 3),
        ([EOS], 4),
        ([4] * 6 + [EOS], 6),
        ([7, 5, EOS], 2),
    ]:
        script = _Script(sentence)
        got = trial.call(script, max_length, 1.0)
        if isinstance(got, list) and got and all(isinstance(word, Tensor) and word.numel() == 1 for word in got):
            trial.require(False, "the words are tensors; ints are asked for: `.item()`", outcome=Outcome.DTYPE, got=got)
        trial.require(
            not (isinstance(got, list) and got and isinstance(got[0], str)),
            "the words are strings; ids are asked for", outcome=Outcome.DTYPE, got=got,
        )  # fmt: skip
        trial.compare(got, generate(script, max_length, 1.0), inputs=(script, max_length, 1.0))
    logits = torch.full((7,), -math.inf)
    logits[4:] = torch.tensor([0.5, 0.3, 0.2]).log()
    draws = 3000
    for temperature in (1.0, 0.5, 2.0):
        got = trial.call(_Dice(logits), draws, temperature)
        trial.require(
            isinstance(got, list) and len(got) == draws and set(got) <= {4, 5, 6},
            f"expected {draws} words, each of them 4, 5 or 6: the others have the probability 0",
            outcome=Outcome.SHAPE,
            got=got,
        )
        shares = torch.tensor([got.count(word) / draws for word in (4, 5, 6)])
        expected = (logits[4:] / temperature).softmax(-1)
        known = [
            ("it always takes the likeliest word; draw at random, `torch.multinomial`", torch.tensor([1.0, 0.0, 0.0])),
            ("it draws every word equally often; draw in proportion to the probabilities", torch.full((3,), 1 / 3)),
            ("the logits are multiplied by the temperature; divide them by it", (logits[4:] * temperature).softmax(-1)),
            ("the temperature changes nothing: divide the logits by it, before the softmax", logits[4:].softmax(-1)),
            ("the least likely words are drawn most often: is there a minus too many?", (-logits[4:] / temperature).softmax(-1)),
            ("the temperature is the root of what it should be", (logits[4:] / temperature**0.5).softmax(-1)),
        ]  # fmt: skip
        if (shares - expected).abs().max() > 0.05:
            message = next(
                (text for text, wrong in known if (shares - wrong).abs().max() < 0.03),
                "the words are not drawn as often as their probabilities say: softmax(logits / temperature)",
            )
            details = {"Expected shares of 4, 5, 6": show(expected), "Got": show(shares)}
            raise Finding(Outcome.VALUE, message, trial.case() | details)


EXERCISE = Exercise(
    id="02.generate",
    reference=generate,
    difficulty=3,
    minutes=8,
    hints=(
        "Before the loop: the word is `SOS`, the state None, the list empty. In the loop: one step, one draw, and the drawn "
        "word goes into the next step.",
        "`logits, state = step(word, state)`, then the probabilities `(logits / temperature).softmax(-1)`, and one draw: "
        "`torch.multinomial(p, 1).item()`.",
        "If the word is `EOS`, leave the loop before it is appended; `while len(words) < max_length` sees to the rest.",
    ),
    explanation="""
What was drawn is read in the next step: the model listens to itself. The state is carried along, so a word costs one step,
however long the sentence has become. Dividing the logits by a temperature below 1 pulls them apart, and the likely words
get likelier; above 1 it evens them out. Dividing the probabilities instead would change nothing: multinomial rescales.""",
    advice=ADVICE,
    mistakes=MISTAKES,
    examine=examine,
)
