"""Exercise 01.noise_distribution: counts raised to a power, then normalized."""

import torch
from torch import Tensor

from course_lib.exercises.kit import Exercise, Function, Trial, drawn, parted, seeded
from course_lib.skipgram import noise_distribution


@parted
def _by(counts: Function = torch.positive, power: Function = float, raised: Function = torch.positive,
        over: Function = lambda raised, n: raised.sum(), result: Function = torch.positive) -> Function:  # fmt: skip
    """Other counts, another power, something done with the raised counts, another divisor, or with the result."""

    def wrong(n: Tensor, p: float = 0.75) -> Tensor:
        n = counts(n)
        weights = raised(n ** power(p))
        probabilities: Tensor = result(weights / over(weights, n))
        return probabilities

    return wrong


MISTAKES = (
    ("the probabilities do not add up to 1: divide by the sum of the raised counts", _by(over=lambda raised, n: 1)),
    ("the power has no effect: raise to it, `counts ** power` (a factor cancels out)", _by(power=lambda p: 1)),
    ("it is `(counts / counts.sum()) ** power`: divide by the sum of the raised counts instead",
     lambda n, p=0.75: (n / n.sum()) ** p),
    ("it divides by the sum of the counts; divide by the sum of the raised counts",
     _by(over=lambda raised, n: n.sum())),
    ("it is a softmax; divide the raised counts by their sum instead", lambda n, p=0.75: n.softmax(0),
     _by(raised=torch.exp)),
    ("all words get the same probability; raise the counts to the power", _by(power=lambda p: 0)),
    ("it multiplies by the power; raise to it", lambda n, p=0.75: n * p / n.sum()),
    ("it divides by the largest; the probabilities must add up to 1", _by(over=lambda raised, n: raised.max())),
    ("it divides by the number of words; the probabilities must add up to 1", _by(over=lambda raised, n: len(n))),
    ("it is scaled to length 1; the probabilities must add up to 1, not their squares",
     _by(over=lambda raised, n: raised.norm())),
    ("the power is inverted: rare words should gain, so it should be `power`, not `1 / power`",
     _by(power=lambda p: 1 / p)),
    ("the power has a minus: rare words should gain, but not be drawn more often", _by(power=lambda p: -p)),
    ("it divides by the mean; the probabilities must add up to 1", _by(over=lambda raised, n: raised.mean())),
    ("the logarithms come back; the probabilities are asked for", _by(result=torch.log)),
    ("the power is applied twice", _by(power=lambda p: p * p)),
    ("1 is added to each count: a word that never occurs must not be drawn", _by(lambda n: n + 1)),
    ("a count of 0 is taken for 1: a word that never occurs must not be drawn", _by(lambda n: n.clamp(min=1))),
    ("words with the count 0 are dropped; each should keep its place, with the probability 0", _by(lambda n: n[n > 0])),
    ("a count of 0 gives NaN: raise the counts, `counts ** power`, with no logarithm and no division by a count",
     lambda n, p=0.75: noise_distribution(n, p) * (n / n).sum() / (n / n).sum()),
    ("the first four words get the probability 0, whatever their counts are; they are counted like the others",
     _by(raised=lambda x: x.where(torch.arange(len(x)) > 3, 0))),
    ("the probabilities are sorted; each should stay at the place of its word", _by(lambda n: n.sort().values),
     _by(lambda n: n.sort(descending=True).values)),
    ("the raised counts are cut to whole numbers; keep their fractions", _by(raised=torch.floor)),
    ("it is the running sum of the probabilities; they themselves are asked for", _by(result=lambda x: x.cumsum(0))),
    ("the exponent is 0.75 whatever `power` is: raise to `power`", _by(power=lambda p: 0.75)),
    ("the power 0 counts as missing: `or` takes 0 for nothing", _by(power=lambda p: p or 0.75)),
    ("without `power` it should be 0.75: keep the default value that the exercise gives",
     *[lambda n, p=p: noise_distribution(n, p) for p in (0, 0.25, 0.5, 2 / 3, 1)]),
)  # fmt: skip
ADVICE = tuple((sign, "`counts ** power` raises every count; `math.pow` takes one number, and `^` is no power.")
               for sign in ("converted to Python scalars", "bitwise_xor"))  # fmt: skip


def examine(trial: Trial) -> None:
    some, many = torch.tensor([16.0, 1, 81, 256, 625]), torch.randint(1, 1000, (200,), generator=seeded(0)).float()
    never, two = torch.tensor([0.0, 4.0, 9.0]), torch.tensor([3.0, 5.0])
    for given in [(some, 0.75), (some, 0.5), (many, 0.75), (never, 0.75), (two, 1.0), (some,)]:  # power has a default
        trial.agrees(*given, atol=1e-6)
    for counts, power in drawn(lambda chance: (chance.ids(30, chance.n()).float(), chance.random())):
        trial.agrees(counts + (counts.sum() == 0), power, atol=1e-6)
    trial.agrees(many, 0.0, atol=1e-6)


EXERCISE = Exercise(id="01.noise_distribution", reference=noise_distribution, difficulty=1, minutes=5,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "Two steps: raise each count to the power, then divide by the sum, so that the probabilities add up to 1.",
        "The sum is that of the raised counts, not of the counts."), explanation="""`counts ** 0.75` flattens the
distribution: a word 10,000 times as frequent as another is drawn only 1,000 times as often. The normalization must come
last, over the raised counts. Mikolov and others found 3/4 by trying. With the power 1 a few frequent words are drawn
again and again, with the power 0 many words that were hardly seen.""")  # fmt: skip
