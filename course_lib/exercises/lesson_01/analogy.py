"""Exercise 01.analogy: the word nearest to b - a + c, the three of them left out."""

from numbers import Integral
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.embeddings import analogy
from course_lib.exercises.kit import Chance, Exercise, Function, Mistake, Outcome, Trial, drawn, normal, parted, seeded
from course_lib.text import PAD

UNIT, RAW = F.normalize, torch.positive  # each row at length 1, or as it is


@parted
def _by(target: Function = lambda a, b, c: b - a + c, kept: str = "", scaled: Any = (UNIT, UNIT),
        score: Function = torch.mv) -> Function:  # fmt: skip
    """Another target, words that are not left out, another scaling of its vectors and of the rows, another score."""

    def find(weight: Tensor, *abc: int) -> int:
        scores = score(scaled[1](weight), target(*scaled[0](weight)[list(abc)]))
        scores[[i for name, i in zip("abc", abc, strict=True) if name not in kept]] = -torch.inf
        return int(scores.argmax())

    return find


MISTAKES: tuple[Mistake, ...] = (
    ("the step is taken backwards: it is b - a + c, not a - b + c", _by(lambda a, b, c: a - b + c)),
    ("`a` is not subtracted: it is b - a + c", _by(lambda a, b, c: b + c)),
    ("`a` is added: it is b - a + c", _by(lambda a, b, c: a + b + c)),
    ("`c` is subtracted: it is b - a + c", _by(lambda a, b, c: a + b - c)),
    ("`c` is missing: the step b - a is taken from c", _by(lambda a, b, c: b - a)),
    *[(f"`{'` and `'.join(kept)}` not left out: all three words must be", _by(kept=kept))
      for kept in ("abc", "ab", "ac", "bc", *"abc")],
    ("the vectors are not scaled to length 1 before b - a + c", _by(scaled=(RAW, UNIT))),
    ("it compares by dot product with the raw vectors; scale them to length 1 first", _by(scaled=(RAW, RAW))),
    ("it compares by dot product with rows that are not scaled to length 1", _by(scaled=(UNIT, RAW))),
    ("the smallest distance of the raw vectors is taken; scale them to length 1 and compare by cosine",
     _by(scaled=(RAW, RAW), score=lambda w, t: -(w - t).norm(dim=1))),
    ("the farthest word comes back; the largest cosine is the nearest", _by(score=lambda w, t: -(w @ t))),
    ("each column is scaled to length 1 instead of each row: dim=1", _by(scaled=[lambda w: UNIT(w, dim=0)] * 2)),
    ("`argmax` runs over all V x E elements: sum over E first, so that each row has one cosine", _by(score=torch.mul)),
    ("the rows of a, b and c are removed, so the ids after them move up: set their cosines to `-torch.inf` instead",
     lambda w, *abc: analogy(w, *abc) - sum(i < analogy(w, *abc) for i in abc)),
)  # fmt: skip


def _cases() -> tuple[Tensor, list[tuple[Tensor, int, int, int]]]:
    """The rows of a parallelogram by construction, and questions: weight, a, b, c."""
    man, royal, female = torch.eye(3)
    # man, king, woman, queen; then c's own neighbours in the way
    rows = torch.stack([man, man + royal, man + female, man + royal + female, -man, royal - female])
    # and a midway between b and c, where it is itself the nearest
    midway = [[1.0, 0.0, 0.0], [0.9, 0.44, 0.0], [0.9, -0.44, 0.0], [0.3, 0.0, 0.95], [-0.8, 0.6, 0.0]]
    lengths = torch.tensor([1.0, 3.0, 0.5, 2.0, 1.0, 9.0])
    cases = [(F.normalize(rows) * lengths[:, None], 0, 1, 2), (torch.tensor(midway), 0, 1, 2)]
    for seed in range(24):
        weight = normal(seed, 30, 6) * torch.rand(30, 1, generator=seeded(seed)).mul(2).exp()
        cases.append((weight, *torch.randperm(30, generator=seeded(seed))[:3].tolist()))
    return rows, cases


def _draw(chance: Chance) -> tuple[Tensor, int, int, int]:
    """Any weight; one row may be zeros, and the best of the others may have a cosine below 0."""
    V, E = chance.n(4), chance.n(2)
    weight, (a, b, c, other) = chance.normal(V, E), chance.sample(range(V), 4)
    if chance.random() < 0.3:
        weight[other] = 0
        weight[[i for i in range(V) if i not in (a, b, c, other)]] *= chance.choice([-1, 1, 50])
    elif chance.random() < 0.5:
        weight[[i for i in range(V) if i not in (a, b, c)]] -= 5 * (weight[b] - weight[a] + weight[c])
    return weight, a, b, c


def examine(trial: Trial) -> None:
    rows, cases = _cases()
    answers = []
    for case in cases:
        got = trial.call(*case)
        number = "a number with a fraction comes back, the cosine perhaps; the id is asked for: `argmax`, not `max`"
        trial.require(not isinstance(got, float), number, outcome=Outcome.DTYPE, got=got)
        vector = "a vector comes back; what is asked for is the id of the word that is nearest to it"
        trial.require(not (isinstance(got, Tensor) and got.numel() > 1), vector, outcome=Outcome.DTYPE, got=got)
        if not isinstance(got, Integral):
            trial.compare(got, analogy(*case))
        answers.append(int(got))
    # One id agrees by chance often enough: a mistake is named where it explains the answers to all questions.
    for case, got in zip(cases, answers, strict=True):
        if (expected := analogy(*case)) != got:
            trial.call(*case)  # the one to show
            fault = next((text for text, mistaken in MISTAKES if [mistaken(*each) for each in cases] == answers), None)
            if len(set(answers)) == 1:
                fault = f"it returns {got} for every question: its result must depend on them"
            trial.require(fault is None, fault or "", expected=expected, got=got)
            trial.compare(got, expected)
    padded = torch.cat([torch.zeros(1, 3), rows])
    got, expected = trial.call(padded, 1, 2, 3), analogy(padded, 1, 2, 3)
    zero = "the zero row of `<pad>` came out: its cosine counts as 0. (0 / 0 is NaN, for `argmax` the largest)"
    trial.require(got != PAD, f"{zero}. Clamp the lengths", expected=expected, got=got)
    trial.compare(got, expected)
    small = torch.tensor([[0.0, 0, 0], [1, 0, 0], [0.98, 0.2, 0], [0, 0, 1], [0.9, 0, 0.3]])  # a cosine of 0.3 wins
    trial.compare(trial.call(small, 1, 2, 3), analogy(small, 1, 2, 3))
    for case in drawn(_draw):
        trial.compare(trial.call(*case), analogy(*case))


EXERCISE = Exercise(id="01.analogy", reference=analogy, difficulty=2, minutes=8,
    mistakes=MISTAKES, examine=examine, hints=(
        "a is to b as c is to d: the step from a to b is b - a; take the same step from c.",
        "Scale all vectors to length 1 first; then look for the row with the largest cosine to `b - a + c`.",
        "Leave out a, b and c: `cosine[[a, b, c]] = -torch.inf`. Without this the answer is nearly always b or c."),
    explanation="""This is 3CosAdd. Leaving out the three given words is part of the method and worth knowing: b - a is
often short, so without it c itself would be the nearest. What remains is a real finding, but a smaller one than "king -
man + woman = queen" sounds. (The products are cosines times the length of b - a + c: the same order.)""")  # fmt: skip
