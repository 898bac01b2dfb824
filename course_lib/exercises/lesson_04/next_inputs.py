"""Exercise 04.next_inputs: the true word or the model's own, by each coin."""

import torch
from torch import Tensor

from course_lib.exercises.kit import Chance, Exercise, Trial, drawn, normal, seeded
from course_lib.scheduled_sampling import next_inputs


def _own(logits: Tensor) -> Tensor:
    return logits.argmax(-1)


MISTAKES = (
    ("`1 - ratio` is the share of the model's own words", lambda t, x, r, c: next_inputs(t, x, 1 - r, c)),
    ("the first sentences are told the truth, the rest their own words; the coins decide",
     lambda t, x, r, c: torch.where(torch.arange(len(t)) < round(r * len(t)), t, _own(x))),
    ("one dimension too many: without `keepdim`", lambda t, x, r, c: torch.where(c < r, t, x.argmax(-1, keepdim=True))),
    ("the coin is turned round: `coins < ratio` is the truth", lambda t, x, r, c: torch.where(c < r, _own(x), t)),
    ("`coins <= ratio`: with ratio 0 and a coin of 0 it differs; use `<`",
     lambda t, x, r, c: torch.where(c <= r, t, _own(x))),
    ("the true word is told to all; each sentence has its own coin, `torch.where`", lambda t, x, r, c: t),
    ("the model's own word is told to all; each sentence has its own coin, `torch.where`", lambda t, x, r, c: _own(x)),
    ("one coin serves the whole batch; each sentence has its own coin", lambda t, x, r, c: t if c[0] < r else _own(x)),
    ("argmax runs over the batch, not the words", lambda t, x, r, c: torch.where(c < r, t, x.argmax(0)[: len(t)])),
    ("the least likely word is taken", lambda t, x, r, c: next_inputs(t, -x, r, c)),
    ("the coins are compared with 0.5; compare them with `ratio`", lambda t, x, r, c: next_inputs(t, x, 0.5, c)),
    ("ids are mixed in proportion; each word is the one or the other", lambda t, x, r, c: r * t + (1 - r) * _own(x)),
    ("the ids are numbers with a decimal point: `torch.where`", lambda t, x, r, c: next_inputs(t, x, r, c).float()),
)  # fmt: skip
ADVICE = (("Boolean value of Tensor", "Each sentence has its own coin: `torch.where` asks for all of them at once."),)


def examine(trial: Trial) -> None:
    logits = torch.tensor([[-0.4, 0.7, 1.9, 0.1], [0.3, 1.2, 0.9, 1.1], [0.8, 0.3, 0.2, 0.1], [0.1, 0.0, 0.2, 0.6]])
    truth = torch.tensor([3, 2, 1, 0])  # the model's own words are 2, 1, 0, 3
    trial.agrees(truth, logits, 0.6, torch.tensor([0.7, 0.45, 0.95, 0.1]))
    trial.agrees(truth[:2], logits[:2], 0.1, torch.tensor([0.4, 0.05]))
    for seed, (B, V, ratio) in enumerate([(5, 6, 0.5), (4, 9, 0.8), (5, 5, 0.2), (7, 7, 1.0), (6, 8, 0.0)]):
        generator = seeded(seed)
        truth = torch.randint(V, (B,), generator=generator)
        coins = torch.rand(B, generator=generator)
        coins[0] = 0.0 if ratio in (0.0, 1.0) else coins[0]
        trial.agrees(truth, normal(seed, B, V), ratio, coins)

    def draw(chance: Chance) -> tuple[Tensor, Tensor, float, Tensor]:
        B, V = chance.n(), chance.n(2)
        return chance.ids(V, B), chance.normal(B, V, most=300.0), chance.choice([0.0, 0.3, 0.9, 1.0]), chance.share(B)

    for given in drawn(draw):
        trial.agrees(*given)


EXERCISE = Exercise(id="04.next_inputs", reference=next_inputs, difficulty=2, minutes=5,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("The model's own words are the likeliest ones, `logits.argmax(-1)`, (B,).",
           "`torch.where(condition, a, b)` takes a where the condition holds, element by element. A number that is "
           "drawn evenly from 0 to 1 is below `ratio` with probability `ratio`."),
    explanation="""A coin for every word of every sentence: Bengio and others (2015) found one coin for a whole sentence
worse. `coins < ratio`, and not `<=`, because the numbers of `torch.rand` run from 0 inclusive to 1 exclusive: so a
ratio of 1 always takes the truth and a ratio of 0 never. No gradient passes through the choice of a
word.""")  # fmt: skip
