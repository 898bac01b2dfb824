"""Exercise 02.generate: draw a word, read it, and again."""

import torch
from torch import Tensor

from course_lib.exercises.kit import Exercise, Finding, Function, Named, Outcome, Trial, drawn, parted
from course_lib.language_model import generate
from course_lib.text import EOS, PAD, SOS, UNK


@parted
def _loop(
    heard: Function = lambda word, state: (word, state), most: Function = lambda n: n,
    said: Function = lambda words, n: words, listed: Function = lambda words: words,
) -> Function:  # fmt: skip
    """A wrong loop: `step` gets another word and state, or another length holds, or it says or returns other words."""

    def loop(step: Function, n: int, temperature: float) -> object:
        return listed(said(generate(lambda word, state: step(*heard(word, state)), most(n), temperature), n))

    return loop


def _beyond(words: list[int], n: int) -> list[int]:
    """What `_script` says to a loop that goes on after the end."""
    return [*words, EOS, 9, *[8] * n][:n]


MISTAKES = (
    ("the state is not carried along: `logits, state = step(word, state)`, with `state = None` before the loop",
     _loop(lambda word, state: (word, None))),
    ("`<sos>` is fed in every time; feed in the drawn word", _loop(lambda word, state: (SOS, state))),
    ("`<eos>` is among the words: stop before it is appended", _loop(said=lambda w, n: w + [EOS] * (len(w) < n))),
    ("`<sos>` is among the words: the list holds only what was drawn", _loop(listed=lambda words: [SOS, *words])),
    ("it does not stop at `<eos>` (id 3)", _loop(said=_beyond)),
    ("it goes on after `<eos>`: stop there",
     _loop(said=lambda words, n: [word for word in _beyond(words, n) if word != EOS]),
     _loop(said=lambda words, n: [word for word in _beyond(words, n + 1) if word != EOS][:n])),
    ("it stops at `<pad>` (id 0) or `<unk>` (id 1), too; only `<eos>` is the end",
     *(_loop(said=lambda words, n, end=end: words[: [*words, end].index(end)]) for end in (PAD, UNK)),
     _loop(said=lambda words, n: words[: [word > UNK for word in [*words, PAD]].index(False)])),
    ("`<pad>` or `<unk>` is left out of the list: each drawn word but `<eos>` is one of the words",
     *(_loop(listed=lambda words, out=out: [w for w in words if w not in out]) for out in ([PAD], [UNK], [PAD, UNK]))),
    ("the first word that is fed in is not `<sos>` (id 2)",
     *(_loop(lambda word, state, first=first: (word if state else first, state)) for first in (EOS, PAD, UNK))),
    ("`<sos>` is read twice; after the first step it is the drawn word that is read",
     lambda step, n, t: generate(lambda word, s: step(word, step(word, None)[1] if s is None else s), n, t)),
    ("there is one word too few: up to `max_length` words", _loop(most=lambda n: n - 1)),
    ("there is one word too many: at most `max_length` words", _loop(most=lambda n: n + 1)),
    ("a word is drawn for `max_length` 0, too: look at the length before the draw", _loop(most=lambda n: max(n, 1))),
    ("`max_length` is not kept", _loop(most=lambda n: 10**3)),
    ("only the last word comes back; all of them are asked for, as a list", _loop(listed=lambda words: words[-1])),
    ("nothing comes back when `<eos>` is drawn: return the words so far", _loop(said=lambda w, n: w[n - 1 :] and w)),
    ("only one word is drawn; go on until `<eos>` or `max_length`", _loop(said=lambda words, n: words[:1])),
    ("the first drawn word is not in the list", _loop(listed=lambda words: words[1:])),
    ("`step` is called only once: call it in the loop, before each draw", lambda step, n, t: generate(step, 1, t) * n),
)  # fmt: skip

_DRAW = "`torch.multinomial(p, 1).item()`, with p = softmax(logits / temperature)"
_CERTAIN = (
    "one word has the probability 1 at each step here, and others are drawn: softmax(logits / temperature), once, and "
    "of all words"
)
_TWO = "`step` returns two things: `logits, state = step(word, state)`."
_SOFTMAX = "`torch.multinomial` wants probabilities: give it `(logits / temperature).softmax(-1)`."
ADVICE = (
    ("missing 1 required positional argument: 'state'", "`step` takes the word and the state; None at first."),
    *((sign, "Before the loop: `state = None`.") for sign in ("local variable 'state'", "`step` takes None")),
    *((sign, _TWO) for sign in ("must be Tensor, not tuple", "got (tuple, ", "'tuple' object")),
    ("got a Tensor as the word", "`.item()` makes an int of what `torch.multinomial` returns."),
    ("sum of probabilities <= 0", "All probabilities are 0. Is one set to 0? `<pad>` and `<unk>` may be drawn, too."),
    *((sign, _SOFTMAX) for sign in ("invalid multinomial distribution", "contains either `inf`, `nan` or element < 0")),
)


def _script(sentence: list[int]) -> Named:
    """A step that says a given sentence and then 9; where it hears another word, it says 8, and 9 to `<sos>`."""
    table = 500 * torch.eye(10)  # the logits are rows of it, not copies

    def step(word: object, state: int | None) -> tuple[Tensor, int]:
        if not isinstance(word, int):
            raise TypeError(f"`step` takes a word as an int and a state, got a {type(word).__name__} as the word")
        if not isinstance(state, int | None):
            took = f"got a {type(state).__name__} that it did not return"
            raise TypeError(f"`step` takes None as the first state, and then what it returned last, {took}")
        place = 0 if state is None else state
        before = SOS if place == 0 else sentence[min(place, len(sentence)) - 1]
        said = [*sentence, 9][min(place, len(sentence))]
        if word != before:
            said = 9 if word == SOS else 8
        return table[said], place + 1

    return Named(f"a step that says {sentence}", step)


def _shares_agree(trial: Trial, temperature: float, calls: int = 10, words: int = 200) -> None:
    """A Finding unless three words that always have the same probabilities are drawn as often as these say."""
    logits = torch.tensor([0, 0, 0, 0, 0.5, 0.3, 0.2]).log()
    name = "a step whose words 4, 5 and 6 always have the probabilities 0.50, 0.30, 0.20"
    said: list[int] = []
    step, draws = Named(name, lambda word, state: (logits.clone(), 0)), calls * words
    again = "each call draws the same words: leave the seed of a generator alone"
    for call in range(calls):  # a sentence of all the words would be too deep for a recursion
        got = trial.call(step, words, temperature)
        possible = isinstance(got, list) and len(got) == words and set(got) <= {4, 5, 6}
        others = f"expected {words} words, each of them 4, 5 or 6: the others have the probability 0"
        trial.require(possible, others, outcome=Outcome.SHAPE, got=got)
        trial.require(call != 1 or got != said or len(set(got)) == 1, again, got=got)
        said += got
    z = logits[4:]
    shares, expected = torch.tensor([said.count(word) / draws for word in (4, 5, 6)]), (z / temperature).softmax(-1)
    known = [
        (f"it always takes the likeliest word; draw at random: {_DRAW}", torch.tensor([1.0, 0.0, 0.0])),
        (f"it draws every word equally often; the probabilities decide: {_DRAW}", torch.full((3,), 1 / 3)),
        ("the logits are multiplied by the temperature; divide them by it", (z * temperature).softmax(-1)),
        ("the temperature changes nothing: divide the logits by it, before the softmax", z.softmax(-1)),
        ("the least likely words are drawn most often: is there a minus too many?", (-z / temperature).softmax(-1)),
        ("the temperature is the root of what it should be", (z / temperature**0.5).softmax(-1)),
        ("the words are not drawn as often as their probabilities say: softmax(logits / temperature)", shares),
    ]
    message = next(sentence for sentence, wrong in known if (shares - wrong).abs().max() < 0.03)
    right = bool((shares - expected).abs().max() <= 0.05)
    trial.require(right, message, expected_shares_of_4_5_6=expected, got=shares)


def examine(trial: Trial) -> None:
    fixed = [([5, 4, 7], 10), ([6, 6, 5, 4, 5], 3), ([], 4), ([4] * 6, 6), ([7, 5], 2)]
    kinds = (Tensor, "tensors; ints are asked for: `.item()`"), (str, "strings; ids are asked for")
    begin = "the list still holds the words of the call before: begin each call with an empty one"
    left = "the same call once more gives other words: begin with `state = None`, keep nothing from call to call"
    before: list[int] = []
    for sentence, n in (
        *fixed,
        *drawn(lambda chance: (chance.choices([PAD, UNK, 4, 5, 6, 7], k=chance.n(0)), chance.n(0))),
    ):
        script = _script([*sentence, EOS])
        right = generate(script, n, 1.0)
        for once_more in (False, True):  # the same step again: nothing may be left of the call before
            got = trial.call(script, n, 1.0)
            words = got if isinstance(got, list) else []
            for kind, instead in kinds:
                fits = not words or not isinstance(words[0], kind)
                trial.require(fits, f"the words are {instead}", outcome=Outcome.TYPE, got=got)
            ints = all(isinstance(word, int) for word in words)
            trial.require(not (before and ints and words == [*before, *right]), begin, expected=right, got=got)
            trial.require(not (once_more and ints and words != right), left, expected=right, got=got)
            try:
                trial.compare(got, right, inputs=(script, n, 1.0))
            except Finding as finding:
                if finding.message.startswith("it returns something else each time"):  # so it may, elsewhere
                    finding.message = _CERTAIN
                raise
            before = right
    kept = torch.tensor([0, 0, 0, 0, 5.0, 4.0, 3.0])
    given = kept.clone()
    trial.call(Named("a step with the same logits each time", lambda word, state: (given, 0)), 5, 0.5)
    in_place = "it changes the logits of `step` in place, which the step may still need: make a new tensor"
    trial.require(given.equal(kept), in_place, expected=kept, got=given)
    for temperature in (1.0, 0.5, 2.0):
        _shares_agree(trial, temperature)
    half = torch.tensor([0, 0, 0, 0.5, 0.5]).log()
    either = Named("a step that says 4 or ends, each with the probability 0.5", lambda word, state: (half.clone(), 0))
    empty = sum(trial.call(either, 1, 1.0) == [] for _ in range(100))
    first = f"the first word may be `<eos>`, too: of 100 such sentences about 50 are empty, yours are {empty}"
    trial.require(20 < empty < 80, first)
    cold = torch.tensor([0, 0, 0, 0.8, 0.2]).log()
    often = Named(
        "a step that ends or says 4, with the probabilities 0.8 and 0.2", lambda word, state: (cold.clone(), 0)
    )
    empty = sum(trial.call(often, 1, 0.25) == [] for _ in range(100))  # (0.8 / 0.2) ** 4 to 1
    too = f"the temperature counts for the first word, too: at 0.25 about 99 of 100 are `<eos>`, yours are {empty}"
    trial.require(empty > 93, too)


EXERCISE = Exercise(id="02.generate", reference=generate, difficulty=3, minutes=10, examine=examine, mistakes=MISTAKES,
    advice=ADVICE, hints=(
        "Before the loop: the word `SOS`, the state None, an empty list. In it: a step, a draw, which is read next.",
        "The probabilities are `p = (logits / temperature).softmax(-1)`, one draw is `torch.multinomial(p, 1).item()`.",
        "If the word is `EOS`, leave the loop before it is appended; `while len(words) < max_length` does the rest."),
    explanation="""What was drawn is read next: the model listens to itself. The state is carried along, so a word costs
one step, however long the sentence. A temperature below 1 pulls the logits apart, so likely words get likelier; one
above 1 evens them out. Dividing probabilities changes nothing: multinomial rescales.""")  # fmt: skip
