"""Exercise 01.noise_distribution."""

import torch
import torch.nn.functional as F

from course_lib import skipgram
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import seeded
from course_lib.exercises.trial import Trial


def examine(trial: Trial) -> None:
    noise = skipgram.noise_distribution
    mistakes = [
        ("the probabilities do not add up to 1: divide by the sum of the raised counts", lambda counts, power=0.75: counts**power),
        ("the power is not applied", lambda counts, power=0.75: counts / counts.sum()),
        (
            "the normalization comes before the power, so the probabilities no longer add up to 1: raise first, then divide",
            lambda counts, power=0.75: (counts / counts.sum()) ** power,
        ),
        (
            "it divides by the sum of the counts; divide by the sum of the raised counts",
            lambda counts, power=0.75: counts**power / counts.sum(),
        ),
        ("it is a softmax: raise the counts to the power instead of taking their exponential", lambda counts, power=0.75: counts.softmax(0)),
        ("all words get the same probability", lambda counts, power=0.75: torch.ones_like(counts) / len(counts)),
        ("it multiplies by the power; raise to it", lambda counts, power=0.75: counts * power / counts.sum()),
        ("it divides by the largest; the probabilities must add up to 1", lambda counts, power=0.75: counts**power / (counts**power).max()),
        ("it divides by the number of words; the probabilities must add up to 1", lambda counts, power=0.75: counts**power / len(counts)),
        ("it is scaled to length 1 (the squares add up to 1); the probabilities themselves must add up to 1",
         lambda counts, power=0.75: F.normalize(counts**power, dim=0)),
        ("the power is inverted: rare words should gain, so it is 0.75 and not 1 / 0.75", lambda counts, power=0.75: noise(counts, 1 / power)),
        ("1 is added to each count: a word that never occurs is never drawn", lambda counts, power=0.75: noise(counts + 1, power)),
        ("it is the running sum of the probabilities; the probabilities themselves are asked for", lambda counts, power=0.75: noise(counts, power).cumsum(0)),
    ]  # fmt: skip
    cases = [
        (torch.tensor([16.0, 1.0, 81.0]), 0.75),
        (torch.tensor([16.0, 1.0, 81.0]), 0.5),
        (torch.randint(1, 1000, (200,), generator=seeded(0)).float(), 0.75),
        (torch.tensor([0.0, 4.0, 9.0]), 0.75),
        (torch.tensor([3.0, 5.0]), 1.0),
    ]
    for counts, power in cases:
        trial.agrees(counts, power, mistakes=mistakes, atol=1e-6)
    trial.agrees(torch.tensor([16.0, 1.0, 81.0]), atol=1e-6)  # power has a default


EXERCISE = Exercise(
    id="01.noise_distribution",
    reference=skipgram.noise_distribution,
    difficulty=1,
    minutes=5,
    hints=(
        "Two steps: raise each count to the power, then divide by the sum, so that the probabilities add up to 1.",
        "The sum is that of the raised counts, not of the counts.",
    ),
    explanation="""
`counts ** 0.75` flattens the distribution: a word 10,000 times as frequent as another is drawn only 1,000 times as often.
The normalization must come last, over the raised counts. Mikolov and others chose 3/4 by experiment: between the
frequency itself, which draws little but function words, and all words alike, which draws words that training hardly saw.""",
    examine=examine,
)
