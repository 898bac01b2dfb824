"""Exercise 01.analogy: the word nearest to b - a + c, the three of them left out."""

from itertools import chain
from numbers import Integral
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.embeddings import analogy
from course_lib.exercises.kit import (
    Chance,
    Exercise,
    Finding,
    Function,
    Mistake,
    Outcome,
    Trial,
    drawn,
    normal,
    parted,
    seeded,
    show,
)

Case = tuple[Tensor, int, int, int]  # weight, a, b, c
UNIT, RAW = F.normalize, torch.positive  # each row at length 1, or as it is


@parted
def _by(target: Function = lambda a, b, c: b - a + c, kept: str = "", scaled: Any = (UNIT, UNIT),
        score: Function = torch.mv, mark: float = -torch.inf, best: int = 0, out: Any = ()) -> Function:  # fmt: skip
    """Another target, words not left out, another scaling of its vectors and of the rows, another score, another mark
    of what is left out, another place in the order, more left out. One id agrees by chance: for all questions at once.
    """

    def find(weight: Tensor, *abc: int) -> int:
        scores = score(scaled[1](weight), target(*scaled[0](weight)[list(abc)]))
        scores[[*out, *(i for name, i in zip("abc", abc, strict=True) if name not in kept)]] = mark
        return int(scores.topk(best + 1).indices[best] if best else scores.argmax())

    return _for_all(find)


def _for_all(find: Function) -> Function:
    """The ids for all cases; to save time, -1 behind the first that is not what the answer gave."""

    def ids(cases: list[Case], answers: list[int]) -> list[int]:
        found = [-1] * len(cases)
        for i, case in enumerate(cases):
            found[i] = find(*case)
            if found[i] != answers[i]:
                break
        return found

    return ids


def _moved_up(weight: Tensor, *abc: int) -> int:
    return analogy(weight, *abc) - sum(i < analogy(weight, *abc) for i in abc)


def _product(weight: Tensor, a: int, b: int, c: int) -> int:
    near = (UNIT(weight) @ UNIT(weight).T + 1) / 2
    scores = near[:, b] * near[:, c] / (near[:, a] + 1e-3)
    return int(scores.index_fill(0, torch.tensor([a, b, c]), -torch.inf).argmax())


MISTAKES: tuple[Mistake, ...] = (
    ("it calculates with the ids themselves; it is row b - row a + row c", _for_all(lambda w, a, b, c: b - a + c)),
    ("the step is taken backwards: it is b - a + c, not a - b + c", _by(lambda a, b, c: a - b + c)),
    ("`a` is not subtracted: it is b - a + c", _by(lambda a, b, c: b + c)),
    ("`a` is added: it is b - a + c", _by(lambda a, b, c: a + b + c)),
    ("`c` is subtracted: it is b - a + c", _by(lambda a, b, c: a + b - c), _by(lambda a, b, c: b - a - c)),
    ("`c` is missing: the step b - a is taken from c", _by(lambda a, b, c: b - a)),
    ("`a` and `b` play no part: it is b - a + c", _by(lambda a, b, c: c)),
    *[(f"`{'` and `'.join(kept)}` not left out: all three words must be", _by(kept=kept))
      for kept in ("abc", "ab", "ac", "bc", *"abc")],
    ("the vectors are not scaled to length 1 before b - a + c", _by(scaled=(RAW, UNIT))),
    ("it compares by dot product with the raw vectors; scale them to length 1 first", _by(scaled=(RAW, RAW))),
    ("it compares by dot product with rows that are not scaled to length 1", _by(scaled=(UNIT, RAW))),
    ("the smallest distance of the raw vectors is taken; scale them to length 1 and compare by cosine",
     _by(scaled=(RAW, RAW), score=lambda w, t: -(w - t).norm(dim=1))),
    ("the smallest distance is taken, to which a row of zeros is too near: take the largest cosine",
     _by(score=lambda w, t: -(w - t).norm(dim=1))),
    ("the farthest word comes back; the largest cosine is the nearest", _by(score=lambda w, t: -(w @ t))),
    ("the cosine is taken without its sign; -1 is as far as can be", _by(score=lambda w, t: (w @ t).abs())),
    ("each column is scaled to length 1 instead of each row: dim=1", _by(scaled=[lambda w: UNIT(w, dim=0)] * 2)),
    ("`argmax` runs over all V x E elements: sum over E first, so that each row has one cosine", _by(score=torch.mul)),
    ("short rows are not scaled to length 1: the clamp should raise a length of 0 alone, `min=1e-12`",
     *[_by(scaled=[lambda w, n=n: w / w.norm(dim=1, keepdim=True).clamp(min=n)] * 2) for n in (1, 0.1)]),
    ("a zero row is left out; its cosine is 0, which is more than a negative one",
     _by(score=lambda w, t: (w @ t).where(w.any(dim=1), -1e9))),
    ("a zero row gives 0 / 0, NaN, which comes out or spoils all cosines: `.clamp(min=1e-12)` the lengths",
     *[_by(scaled=[lambda w: w / w.norm(dim=1, keepdim=True), rows])
       for rows in (lambda w: w / w.norm(dim=1, keepdim=True), UNIT)]),
    ("the three words are marked with a number, and others may lie below it: set their cosines to `-torch.inf`",
     *[_by(mark=mark) for mark in (0, -1, -2)]),
    ("the search begins with the score 0, but the best cosine may be negative: begin with `-torch.inf`",
     _by(score=lambda w, t: (w @ t).clamp(min=0), mark=0)),
    ("the ids 0 to 3 are left out too: leave out a, b and c alone", _by(out=range(4))),
    ("the id 0 is left out too: leave out a, b and c alone", _by(out=(0,))),
    ("words with the same vector as a, b or c are left out too: leave out the ids a, b and c alone",
     *[_by(lambda *abc: abc, kept, score=lambda w, t: w @ (t[1] - t[0] + t[2])
           + (w @ torch.stack(t).T < 0.9999).all(1).log()) for kept in ("", "abc")]),
    ("the fourth best is taken, but a, b and c need not be the three best: set their cosines to `-torch.inf`",
     _by(kept="abc", best=3)),
    ("cosines are multiplied and divided (3CosMul): take the largest cosine to b - a + c", _for_all(_product)),
    ("the rows of a, b and c are removed, so the ids after them move up: set their cosines to `-torch.inf` instead",
     _for_all(_moved_up)),
)  # fmt: skip
IDS = "`a`, `b` and `c` are ids: with the scaled rows in `unit` it is `unit[b] - unit[a] + unit[c]`."
ADVICE = (("'Tensor' and 'int'", IDS), ("must be Tensor, not int", IDS), ("out of bounds", IDS),
          ("too many indices for", "Three places are a list: `cosine[[a, b, c]]`."))  # fmt: skip


def _cases() -> list[Case]:
    """The rows of a parallelogram by construction, rows of zeros, small cosines, and rows drawn at random."""
    man, royal, female = torch.eye(3)
    # man, king, woman, queen; then c's own neighbours in the way
    rows = torch.stack([man, man + royal, man + female, man + royal + female, -man, royal - female])
    # and a midway between b and c, where it is itself the nearest
    midway = [[1.0, 0.0, 0.0], [0.9, 0.44, 0.0], [0.9, -0.44, 0.0], [0.3, 0.0, 0.95], [-0.8, 0.6, 0.0]]
    small = [[0.0, 0, 0], [1, 0, 0], [0.98, 0.2, 0], [0, 0, 1], [0.9, 0, 0.3]]  # a cosine of 0.3 wins
    lengths = torch.tensor([1.0, 3.0, 0.5, 2.0, 1.0, 9.0])
    cases = [(F.normalize(rows) * lengths[:, None], 0, 1, 2), (torch.tensor(midway), 0, 1, 2)]
    for seed in range(24):
        weight = normal(seed, 30, 6) * torch.rand(30, 1, generator=seeded(seed)).mul(2).exp()
        a, b, c = torch.randperm(30, generator=seeded(seed))[:3].tolist()
        cases.append((weight, a, b, c))
    return [*cases, (torch.cat([torch.zeros(1, 3), rows]), 1, 2, 3), (torch.tensor(small), 1, 2, 3)]


def _draw(chance: Chance) -> Case:
    """Any weight; one row may be zeros, or one of the three again, and the best cosine may be below 0."""
    V, E = chance.n(4), chance.n(2)
    weight, (a, b, c, other) = chance.normal(V, E), chance.sample(range(V), 4)
    if chance.random() < 0.2:
        weight[chance.choice([a, b, c])] = 0
    elif chance.random() < 0.3:
        weight[other] = 0
        weight[[i for i in range(V) if i not in (a, b, c, other)]] *= chance.choice([-1, 1, 50])
    elif chance.random() < 0.3:
        weight[other] = weight[chance.choice([b, c])]  # another word, with the same vector
    elif chance.random() < 0.5:
        weight[[i for i in range(V) if i not in (a, b, c)]] -= 5 * (weight[b] - weight[a] + weight[c])
    return weight, a, b, c


def examine(trial: Trial) -> None:
    cases = [*chain(_cases(), drawn(_draw))]
    answers: list[int] = []
    right = [analogy(*case) for case in cases]
    for case in cases:
        got = trial.call(*case)
        number = "a number with a fraction comes back, the cosine perhaps; the id is asked for: `argmax`, not `max`"
        trial.require(not isinstance(got, float), number, outcome=Outcome.TYPE, got=got)
        vector = "a vector comes back; what is asked for is the id of the word that is nearest to it"
        trial.require(not (isinstance(got, Tensor) and got.numel() > 1), vector, outcome=Outcome.TYPE, got=got)
        if not isinstance(got, Integral):
            trial.compare(got, analogy(*case))
        answers.append(int(got) if isinstance(got, Integral) else -1)
    always = f"it returns {answers[0]} for every question: its result must depend on them"
    trial.require(len(set(answers)) > 1, always, got=answers[0])
    try:
        trial.compare(answers, right, inputs=(cases, answers))
    except Finding as found:
        case, expected, got = next(each for each in zip(cases, right, answers, strict=True) if each[1] != each[2])
        trial.call(*case)  # the one to show
        found.message, found.details = f"expected {expected}, got {got}", trial.case()
        found.details |= {"Expected": show(expected), "Got": show(got)}
        raise


EXERCISE = Exercise(id="01.analogy", reference=analogy, difficulty=2, minutes=8,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "As a is to b, c is to d: the step from a to b is b - a; take the same step from c.",
        "Scale all rows to length 1, `unit`; take the one with the largest cosine to `unit[b] - unit[a] + unit[c]`.",
        "Leave out a, b and c: `cosine[[a, b, c]] = -torch.inf`. Without this the answer is nearly always b or c."),
    explanation="""This is 3CosAdd. Leaving out the three given words is part of the method and worth knowing: b - a is
often short, so without it c itself would be the nearest. What remains is a real finding, but a smaller one than "king -
man + woman = queen" sounds. (The products are cosines times the length of b - a + c: the same order.)""")  # fmt: skip
