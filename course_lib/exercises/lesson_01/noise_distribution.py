"""Exercise 01.noise_distribution: counts raised to a power, then normalized."""

from typing import Any

import torch
import torch.nn.functional as F

from course_lib.exercises.kit import Exercise, Trial, seeded
from course_lib.skipgram import noise_distribution


def _raised(share: Any) -> Any:
    """Another share than a raised count divided by the sum of them."""
    return lambda counts, power=0.75: share(counts**power)


MISTAKES = (
    ("the probabilities do not add up to 1: divide by the sum of the raised counts", _raised(lambda raised: raised)),
    ("the power is not applied", lambda counts, power=0.75: noise_distribution(counts, 1)),
    ("the normalization comes before the power, and they no longer add up to 1: raise first, then divide",
     lambda counts, power=0.75: (counts / counts.sum()) ** power),
    ("it divides by the sum of the counts; divide by the sum of the raised counts",
     lambda counts, power=0.75: counts**power / counts.sum()),
    ("it is a softmax: raise the counts to the power, no exponential", lambda counts, power=0.75: counts.softmax(0)),
    ("all words get the same probability", lambda counts, power=0.75: torch.ones_like(counts) / len(counts)),
    ("it multiplies by the power; raise to it", lambda counts, power=0.75: counts * power / counts.sum()),
    ("it divides by the largest; the probabilities must add up to 1", _raised(lambda raised: raised / raised.max())),
    ("it divides by the number of words; they must add up to 1", _raised(lambda raised: raised / len(raised))),
    ("it is scaled to length 1; the probabilities must add up to 1, not their squares",
     _raised(lambda raised: F.normalize(raised, dim=0))),
    ("the power is inverted: rare words should gain, so it is 0.75 and not 1 / 0.75",
     lambda counts, power=0.75: noise_distribution(counts, 1 / power)),
    ("1 is added to each count: a word that never occurs is never drawn",
     lambda counts, power=0.75: noise_distribution(counts + 1, power)),
    ("it is the running sum of the probabilities; they themselves are asked for",
     lambda counts, power=0.75: noise_distribution(counts, power).cumsum(0)),
)  # fmt: skip


def examine(trial: Trial) -> None:
    some, many = torch.tensor([16.0, 1.0, 81.0]), torch.randint(1, 1000, (200,), generator=seeded(0)).float()
    never, two = torch.tensor([0.0, 4.0, 9.0]), torch.tensor([3.0, 5.0])
    for given in [(some, 0.75), (some, 0.5), (many, 0.75), (never, 0.75), (two, 1.0), (some,)]:  # power has a default
        trial.agrees(*given, atol=1e-6)


EXERCISE = Exercise(
    id="01.noise_distribution", reference=noise_distribution, difficulty=1, minutes=5,
    mistakes=MISTAKES, examine=examine,
    hints=(
        "Two steps: raise each count to the power, then divide by the sum, so that the probabilities add up to 1.",
        "The sum is that of the raised counts, not of the counts.",
    ),
    explanation="""
`counts ** 0.75` flattens the distribution: a word 10,000 times as frequent as another is drawn only 1,000 times as
often. The normalization must come last, over the raised counts. Mikolov and others chose 3/4 by experiment: between the
frequency itself, which draws little but function words, and all words alike, which draws words hardly seen.""",
)  # fmt: skip
