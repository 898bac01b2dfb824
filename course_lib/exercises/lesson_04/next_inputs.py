"""Exercise 04.next_inputs: the true word or the model's own, by each coin."""

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn, normal, parted, seeded
from course_lib.exercises.lesson_04.shared import ONE_ARGMAX, SIGMOID, SOFTMAX_OF_BATCH, SQUEEZED
from course_lib.scheduled_sampling import next_inputs
from course_lib.text import PAD


def _own(logits: Tensor) -> Tensor:
    return logits.argmax(-1)


@parted
def _with(forced: Function = lambda coins, ratio, truth: coins < ratio, own: Function = _own,
        result: Function = lambda tokens: tokens) -> Function:  # fmt: skip
    """The truth is told elsewhere, another word is the model's own, another result."""
    return lambda truth, logits, ratio, coins: result(torch.where(forced(coins, ratio, truth), truth, own(logits)))


_EACH = "`torch.where(coins < ratio, truth, ...)` asks each sentence's coin"
_COMPARE = "The condition is a comparison: `coins < ratio`."
_ONE_COIN = "one coin serves the whole batch; each sentence has its own coin"
MISTAKES = (
    ("`1 - ratio` is the share of the model's own words: the truth is told where `coins < ratio`",
     _with(lambda c, r, t: c < 1 - r)),
    ("the truth is told where the coin is at least 1 - ratio; tell it where `coins < ratio`",
     _with(lambda c, r, t: c >= 1 - r)),
    ("the first sentences are told the truth, the rest their own words; the coins decide",
     _with(lambda c, r, t: torch.arange(len(c)) < round(r * len(c))),
     _with(lambda c, r, t: torch.arange(len(c)) < int(r * len(c))),
     _with(lambda c, r, t: torch.arange(len(c)) < r * len(c))),
    ("a `ratio` of 0 tells all the truth; it should tell it to nobody", _with(lambda c, r, t: c < (r or 1))),
    ("`ratio` is rounded down; compare the coins with it as it is", _with(lambda c, r, t: c < int(r))),
    ("`ratio` is taken for percent; it runs from 0 to 1, as the coins do", _with(lambda c, r, t: 100 * c < r)),
    ("one dimension too many: leave out `keepdim`", _with(own=lambda x: x.argmax(-1, keepdim=True))),
    ("the coin is turned round: `coins < ratio` is the truth", _with(lambda c, r, t: c >= r)),
    ("a coin equal to `ratio` tells the truth: only `coins < ratio` should", _with(lambda c, r, t: c <= r)),
    (f"the true word is told to all: {_EACH}", _with(lambda c, r, t: c > -1)),
    (f"the model's own word is told to all: {_EACH}", _with(lambda c, r, t: c < -1)),
    (_ONE_COIN, _with(lambda c, r, t: c[0] < r), _with(lambda c, r, t: c.mean() < r)),
    ("argmax runs over the batch, not the words: `argmax(-1)`", _with(own=lambda x: x.argmax(0)[: len(x)])),
    (ONE_ARGMAX, _with(own=lambda x: x.argmax())),
    ("numbers for all words come back: the model's own word is `logits.argmax(-1)`",
     _with(own=lambda x: x), _with(own=lambda x: x.softmax(-1)), _with(own=lambda x: x.log_softmax(-1))),
    (SOFTMAX_OF_BATCH, _with(own=lambda x: x.softmax(0).argmax(-1))),
    ("the least likely word is taken; take the likeliest", _with(own=lambda x: x.argmin(-1))),
    ("the largest logit is taken, not its place: `argmax(-1)`", _with(own=lambda x: x.amax(-1)),
     _with(own=lambda x: x.amax(-1).long())),
    ("exp of large logits is inf, and the first inf wins: take the argmax of the logits themselves",
     _with(own=lambda x: x.exp().argmax(-1))),
    (SIGMOID, _with(own=lambda x: x.sigmoid().argmax(-1))),
    ("`<pad>` is never the model's own word; take the likeliest, whatever it is",
     _with(own=lambda x: x[:, PAD + 1 :].argmax(-1) + PAD + 1)),
    ("one-hot vectors come back; return the ids",
     lambda t, x, r, c: F.one_hot(next_inputs(t, x, r, c), x.shape[-1])),
    ("the logit of the largest absolute value is taken; take the largest", _with(own=lambda x: x.abs().argmax(-1))),
    ("`<pad>` in `truth` is told whatever the coin is; the coins decide there, too",
     _with(lambda c, r, t: (c < r) | (t == PAD))),
    ("the coins are compared with 0.5; compare them with `ratio`", _with(lambda c, r, t: c < 0.5)),
    ("ids are mixed in proportion; each word is the one or the other", lambda t, x, r, c: r * t + (1 - r) * _own(x)),
    ("ids must be integers, yours have a decimal point: choose by `torch.where(coins < ratio, truth, ...)`",
     _with(result=torch.Tensor.float)),
    (SQUEEZED, _with(result=torch.squeeze)),
)  # fmt: skip
ADVICE = (
    ("Boolean value of Tensor", f"{_EACH}."),
    ("where() received an invalid", _COMPARE), ("to be a boolean tensor", _COMPARE),
)  # fmt: skip


def examine(trial: Trial) -> None:
    logits = torch.tensor([[-0.4, 0.7, 1.9, 0.1], [0.9, 1.2, 0.9, 1.1], [0.8, 0.3, 0.2, 0.1], [0.1, 0.0, 0.2, 0.6]])
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
