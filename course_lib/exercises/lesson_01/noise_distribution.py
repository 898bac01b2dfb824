"""Exercise 01.noise_distribution: counts raised to a power, then normalized."""

import torch
import torch.nn.functional as F

from course_lib.exercises.kit import Exercise, Trial, drawn, seeded
from course_lib.skipgram import noise_distribution

MISTAKES = (
    ("the probabilities do not add up to 1: divide by the sum of the raised counts", lambda n, p=0.75: n**p),
    ("the power is not applied", lambda n, p=0.75: n / n.sum()),
    ("the normalization comes before the power: raise first, then divide", lambda n, p=0.75: (n / n.sum()) ** p),
    ("it divides by the sum of the counts; divide by the sum of the raised counts", lambda n, p=0.75: n**p / n.sum()),
    ("it is a softmax: raise the counts to the power, no exponential", lambda n, p=0.75: n.softmax(0),
     lambda n, p=0.75: n.pow(p).softmax(0)),
    ("all words get the same probability", lambda n, p=0.75: n**0 / len(n)),
    ("it multiplies by the power; raise to it", lambda n, p=0.75: n * p / n.sum()),
    ("it divides by the largest; the probabilities must add up to 1", lambda n, p=0.75: (n / n.max()) ** p),
    ("it divides by the number of words; they must add up to 1", lambda n, p=0.75: n**p / len(n)),
    ("it is scaled to length 1; the probabilities must add up to 1, not their squares",
     lambda n, p=0.75: F.normalize(n**p, dim=0)),
    ("the power is inverted: rare words should gain, so it is 0.75 and not 1 / 0.75",
     lambda n, p=0.75: noise_distribution(n, 1 / p)),
    ("1 is added to each count: a word that never occurs is not drawn", lambda n, p=0.75: noise_distribution(n + 1, p)),
    ("it is the running sum of the probabilities; they themselves are asked for",
     lambda n, p=0.75: noise_distribution(n, p).cumsum(0)),
)  # fmt: skip


def examine(trial: Trial) -> None:
    some, many = torch.tensor([16.0, 1.0, 81.0]), torch.randint(1, 1000, (200,), generator=seeded(0)).float()
    never, two = torch.tensor([0.0, 4.0, 9.0]), torch.tensor([3.0, 5.0])
    for given in [(some, 0.75), (some, 0.5), (many, 0.75), (never, 0.75), (two, 1.0), (some,)]:  # power has a default
        trial.agrees(*given, atol=1e-6)
    for counts, power in drawn(lambda chance: (chance.ids(30, chance.n(2)).float(), chance.random())):
        trial.agrees(counts + (counts.sum() == 0), power, atol=1e-6)
    trial.agrees(many, 0.0, atol=1e-6)


EXERCISE = Exercise(id="01.noise_distribution", reference=noise_distribution, difficulty=1, minutes=5,
    mistakes=MISTAKES, examine=examine, hints=(
        "Two steps: raise each count to the power, then divide by the sum, so that the probabilities add up to 1.",
        "The sum is that of the raised counts, not of the counts."), explanation="""`counts ** 0.75` flattens the
distribution: a word 10,000 times as frequent as another is drawn only 1,000 times as often. The normalization must come
last, over the raised counts. Mikolov and others found 3/4 by trying. With the power 1 a few frequent words are drawn
again and again, with the power 0 many words that were hardly seen.""")  # fmt: skip
