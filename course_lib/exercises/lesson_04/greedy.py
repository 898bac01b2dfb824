"""Exercise 04.greedy: the likeliest word, step after step."""

from itertools import chain
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.decoding import Nested, Step, greedy
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn, seeded, with_parts
from course_lib.exercises.lesson_04.shared import ONE_ARGMAX, SIGMOID, SOFTMAX_OF_BATCH, SQUEEZED
from course_lib.text import EOS, PAD, SOS, UNK


@with_parts
def _with(
    step: Step, state: Nested, B: int, max_length: int, *,
    first: int = SOS, choose: Function = lambda logits: logits.argmax(-1), fed: Function = lambda tokens: tokens,
    shown: Function = lambda tokens, ended: tokens.masked_fill(ended, PAD), carried: Function = lambda old, new: new,
    over: Function = lambda ended, tokens: ended.all(), longest: Function = lambda n: n,
    result: Function = lambda words, B: torch.stack(words, dim=1), said: Function = lambda tokens, before: tokens,
) -> object:  # fmt: skip
    """The loop with one of its parts written in another way."""
    tokens, ended, words = torch.full((B,), first), torch.zeros(B, dtype=torch.bool), list[Tensor]()
    for _ in range(longest(max_length)):
        logits, new = step(tokens, state)
        state, tokens = carried(state, new), said(choose(logits), tokens)
        words.append(shown(tokens, ended))
        ended = ended | (tokens == EOS)
        if over(ended, tokens):
            break
        tokens = fed(tokens)
    return result(words, B)


def _late(step: Step, state: Nested, B: int, max_length: int) -> Tensor:
    """With a column too many, where there is room for it."""
    return F.pad(greedy(step, state, B, max_length), (0, 1), value=PAD)[:, :max_length]


MISTAKES = (
    ("behind <eos> the model's words go on; a sentence that has ended gets `<pad>`", _with(shown=lambda t, e: t)),
    ("it stops as soon as one sentence has ended; stop when all have ended", _with(over=lambda e, t: e.any())),
    ("it always goes on to `max_length`; stop when all have ended", _with(over=lambda e, t: False)),
    ("it always goes on to `max_length`, and behind <eos> the model's words go on; stop when all have ended",
     _with(over=lambda e, t: False, shown=lambda t, e: t)),
    ("it stops only where all sentences say <eos> in the same step: remember which have ended",
     _with(over=lambda e, t: (t == EOS).all())),
    ("it stops only where all sentences say <eos> in the same step, and does not pad: remember which have ended",
     _with(over=lambda e, t: (t == EOS).all(), shown=lambda t, e: t)),
    ("every step is told `<sos>`; hand the last words to the next step", _with(fed=lambda t: torch.full_like(t, SOS))),
    ("the state is not carried on: `logits, state = step(tokens, state)`", _with(carried=lambda old, new: old)),
    ("the first step is told another word than `<sos>`: begin with `torch.full((B,), SOS)`", _with(first=PAD)),
    ("<sos> stands in front: leave it out", _with(result=lambda w, B: torch.stack([torch.full((B,), SOS), *w], dim=1))),
    ("<eos> is missing: it belongs to the sentence", _with(shown=lambda t, e: t.masked_fill(e | (t == EOS), PAD))),
    ("a sentence that `max_length` cuts off gets an <eos>; keep the word that the model says",
     _with(result=lambda w, B: torch.stack([*w[:-1], w[-1].where((torch.stack(w) == EOS).any(0), EOS)], dim=1))),
    ("the column in which the last sentence ends is missing: append the words before you leave the loop",
     _with(result=lambda w, B: torch.stack(w, dim=1)[:, : -1 if all((torch.stack(w) == EOS).any(0)) else None])),
    ("behind <eos> stands `<eos>` again; it should be `<pad>`", _with(shown=lambda t, e: t.masked_fill(e, EOS))),
    ("it is (T, B), and should be (B, T): `torch.stack(words, dim=1)`, or `.T`",
     _with(result=lambda w, B: torch.stack(w))),
    ("the steps are joined end to end: `torch.stack(words, dim=1)`", _with(result=lambda w, B: torch.cat(w))),
    ("argmax runs over the batch; the words are the last dimension", _with(choose=lambda x: x.argmax(0)[: len(x)])),
    (ONE_ARGMAX, _with(choose=lambda x: x.argmax().expand(len(x)))),
    (SOFTMAX_OF_BATCH, _with(choose=lambda x: x.softmax(0).argmax(-1))),
    ("the word of the first sentence is taken for all", _with(choose=lambda x: x.argmax(-1)[:1].expand(len(x)))),
    ("the least likely word is taken; take the likeliest", _with(choose=lambda x: x.argmin(-1))),
    ("<unk> is never said; greedy decoding takes it like any other word",
     _with(choose=lambda x: x.index_fill(-1, torch.tensor(UNK), -torch.inf).argmax(-1))),
    ("a sentence that says `<pad>` counts as ended; only <eos> ends one",
     _with(said=lambda t, before: t.masked_fill((before == EOS) | (before == PAD), PAD), shown=lambda t, e: t,
           over=lambda e, t: ((t == EOS) | (t == PAD)).all())),
    ("`<pad>` is never said; only behind <eos> it stands for nothing",
     _with(choose=lambda x: x.index_fill(-1, torch.tensor(PAD), -torch.inf).argmax(-1))),
    ("exp of large logits is inf, and the first inf wins: take the argmax of the logits themselves",
     _with(choose=lambda x: x.exp().argmax(-1))),
    (SIGMOID, _with(choose=lambda x: x.sigmoid().argmax(-1))),
    ("where all have ended, a column of `<pad>` follows: bring `ended` up to date before you ask it", _late),
    (SQUEEZED, _with(result=lambda w, B: torch.stack(w, dim=1).squeeze()),
     _with(result=lambda w, B: torch.stack(w, dim=1).squeeze(0))),
    ("who ended before the last step is forgotten: `ended = ended | (tokens == EOS)`, with parentheses",
     _with(said=lambda t, before: t.masked_fill(before == EOS, PAD), shown=lambda t, e: t,
           over=lambda e, t: (t == EOS).all())),
    ("only the word right behind <eos> is covered: remember which have ended",
     _with(said=lambda t, before: t.masked_fill(before == EOS, PAD), shown=lambda t, e: t)),
    ("it makes one step too many: at most `max_length` words, <eos> counted", _with(longest=lambda n: n + 1)),
    ("it makes one step too few: `max_length` words are allowed, <eos> counted", _with(longest=lambda n: n - 1)),
)  # fmt: skip


class _Script:
    """A model that says the words of its script as long as it is told the word it said before, else it says word 5.

    Behind <eos> it goes on with other words. The state is the number of the step and that of the script, (B,) each.
    """

    V = 12

    def __init__(self, scripts: list[list[int]], seed: int = 0, scale: float = 1.0):
        self.scripts, self.scale = scripts, scale
        longest = max(map(len, scripts)) + 6
        self.said = torch.randint(6, self.V, (len(scripts), longest), generator=seeded(seed))
        for row, words in zip(self.said, scripts, strict=True):
            row[: len(words)] = torch.tensor(words)
        self.noise = torch.rand(longest, len(scripts), self.V, generator=seeded(seed + 1))
        self.calls, self.kept = 0, True
        self.given: tuple[Tensor, Tensor] | None = None  # the last logits, and what they were
        self.state = torch.zeros(len(scripts), dtype=torch.long), torch.arange(len(scripts))

    def __repr__(self) -> str:
        return f"a model that says {self.scripts}"

    def __call__(self, tokens: Tensor, state: tuple[Tensor, Tensor]) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        self.calls += 1
        if tokens.shape != (len(self.scripts),):
            raise ValueError(f"tokens must be ids of shape (B,) = ({len(self.scripts)},), got {tuple(tokens.shape)}")
        at, which = state
        at = at.clamp(max=self.said.shape[1] - 1)
        before = torch.where(at > 0, self.said[which, (at - 1).clamp(min=0)], SOS)
        # one that has ended may be told what one likes
        over = ((self.said[which] == EOS).cumsum(1)[torch.arange(len(which)), (at - 1).clamp(min=0)] > 0) & (at > 0)
        word = torch.where((tokens == before) | over, self.said[which, at], 5)
        logits = self.noise[at, which].clone()
        logits[torch.arange(len(word)), word] += 2
        if self.given is not None:
            self.kept &= self.given[0].equal(self.given[1])
        logits *= self.scale
        self.given = logits, logits.clone()
        return logits, (at + 1, which)


_IN_PLACE = "it changes the logits of `step` in place, which the step may still need: make a new tensor"
ADVICE = (
    ("must be ids of shape", "`tokens` is (B,): one word for each sentence."),
    ("must match the size of tensor", "`logits` are (B, V): `logits.argmax(-1)` is (B,), a word for each sentence."),
    ("only supports boolean masks", "`ended` holds True and False: begin with `torch.zeros(B, dtype=torch.bool)`."),
    ("range of [-1, 0], but got 1", "The words of a step are (B,): `torch.stack(words, dim=1)` makes (B, T) of all."),
    *((sign, "Sentences end apart: remember in a bool (B,) who has `ended`, and ask `ended.all()`.")
      for sign in ("Boolean value of Tensor with more than one", "cannot be converted to Scalar")),
    ("'tuple' object has no attribute", "`state` may be a tuple: hand it to `step` as it is. `B` is given."),
)  # fmt: skip
_STEPS = "one call for each column, all sentences together"


def _draw(chance: Chance) -> tuple[list[list[int]], int, int, float]:
    """Sentences of any lengths, <unk> and <pad> among the words, some longer than they may be; logits of any size."""
    sentences = [[*chance.choices([PAD, UNK, 6, 7, 8, 9], k=chance.n(0)), EOS] for _ in range(chance.n())]
    return sentences, chance.n() + 2, chance.randrange(10**6), chance.choice([1e-2, 1.0, 100.0])


def examine(trial: Trial) -> None:
    cases: list[tuple[Any, ...]] = [
        ([[6, 7, EOS], [8, 9, EOS]], 10, 0), ([[6, 7, EOS], [8, EOS]], 10, 7), ([[7, 9, 8, EOS]], 20, 2),
        ([[6, 6, 9, 7, EOS], [EOS], [10, 8, EOS]], 8, 1), ([[7, 8, 9, EOS], [9, 9, 7, 10]], 4, 5), ([[9], [6]], 1, 6),
        ([[6, 7, 8, 9, 10, 11, 6], [11, EOS], [9, 8, 7, EOS]], 5, 3),
        ([[8, EOS], [7, EOS], [11, EOS], [10, 6, EOS]], 4, 4),
    ]  # fmt: skip
    for scripts, max_length, seed, *scale in chain(cases, drawn(_draw)):
        script = _Script(scripts, seed, *scale)
        arguments = (script, script.state, len(scripts), max_length)
        got = trial.call(*arguments)
        made, expected = script.calls, greedy(*arguments)
        trial.require(script.kept, _IN_PLACE)
        trial.compare(got, expected, inputs=arguments)
        T = expected.shape[1]
        trial.require(made == T, f"its result is right, but it called `step` {made} times for {T} columns: {_STEPS}")


EXERCISE = Exercise(id="04.greedy", reference=greedy, difficulty=3, minutes=15,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("Before the loop: `tokens = torch.full((B,), SOS)`, and a bool (B,) that says which sentences have "
           "ended, at first none.",
           "In the loop: `logits, state = step(tokens, state)`, then `tokens = logits.argmax(-1)`. Where a sentence "
           "has ended before, the word is PAD: `tokens.masked_fill(ended, PAD)`.",
           "`ended = ended | (tokens == EOS)`; the loop runs `max_length` times at most, with a `break` when "
           "`ended.all()`. At the end `torch.stack(words, dim=1)` makes (B, T)."),
    explanation="""All sentences are decoded together, one step of the model for the whole batch. One that has ended
keeps its place and is stepped on, because it costs nothing beside the others, but its words are covered with padding.
Whether it has ended must be remembered: in the next step it says something else. `<eos>` is kept, so that a sentence
that was cut at `max_length` can be told from one that ended there.""")  # fmt: skip
