"""Exercise 01.analogy."""

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.finding import Outcome
from course_lib.exercises.given import normal, seeded
from course_lib.exercises.trial import Trial
from course_lib.text import PAD


def analogy(weight, a, b, c):
    unit = weight / weight.norm(dim=1, keepdim=True).clamp(min=1e-12)
    target = unit[b] - unit[a] + unit[c]
    cosine = unit @ target  # the length of the target changes no order
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


def _plain_id(got):
    """An id that came as a tensor of one element, or as a number of numpy's, is an id too."""
    if isinstance(got, Tensor):
        return int(got) if got.numel() == 1 and got.dtype == torch.int64 else got
    return int(got) if type(got).__module__ == "numpy" and hasattr(got, "__index__") and not got.shape else got


def _raw(weight):
    return weight


def _unit(weight):
    return F.normalize(weight, dim=1)


def _columns(weight):
    return F.normalize(weight, dim=0)


def _analogy_by(
    target=lambda a, b, c: b - a + c, exclude=lambda a, b, c: [a, b, c], given=_unit, rows=_unit, score=torch.mv
):
    def find(weight, a, b, c):
        vectors = given(weight)
        scores = score(rows(weight), target(vectors[a], vectors[b], vectors[c]))
        scores[exclude(a, b, c)] = -torch.inf
        return int(scores.argmax())

    return find


def _other_than(kept):
    return lambda a, b, c: [id for name, id in zip("abc", (a, b, c), strict=True) if name not in kept]


def _analogy_without_rows(weight, a, b, c):
    unit = _unit(weight)
    others = unit[[i for i in range(len(unit)) if i not in (a, b, c)]]
    return int((others @ (unit[b] - unit[a] + unit[c])).argmax())


MISTAKES = (
    ("the step is taken backwards: it is b - a + c, not a - b + c", _analogy_by(lambda a, b, c: a - b + c)),
    ("`a` is not subtracted: it is b - a + c", _analogy_by(lambda a, b, c: b + c)),
    ("`a` is added: it is b - a + c", _analogy_by(lambda a, b, c: a + b + c)),
    ("`c` is subtracted: it is b - a + c", _analogy_by(lambda a, b, c: a + b - c)),
    ("`c` is missing: the step b - a is taken from c", _analogy_by(lambda a, b, c: b - a)),
    *[(f"`{'` and `'.join(kept)}` not left out: all three words must be", _analogy_by(exclude=_other_than(kept))) for kept in ("abc", "ab", "ac", "bc", *"abc")],
    ("the vectors are not scaled to length 1 before b - a + c", _analogy_by(given=_raw)),
    ("it compares by dot product with the raw vectors; scale them to length 1 first", _analogy_by(given=_raw, rows=_raw)),
    ("it compares by dot product with rows that are not scaled to length 1", _analogy_by(rows=_raw)),
    ("the smallest distance of the raw vectors is taken; scale them to length 1 and compare by cosine",
     _analogy_by(given=_raw, rows=_raw, score=lambda w, t: -(w - t).norm(dim=1))),
    ("the farthest word comes back; the largest cosine is the nearest", _analogy_by(score=lambda w, t: -(w @ t))),
    ("each column is scaled to length 1 instead of each row: dim=1", _analogy_by(given=_columns, rows=_columns)),
    ("`argmax` runs over all V x E elements: sum over E first, so that each row has one cosine", _analogy_by(score=torch.mul)),
    ("the rows of a, b and c are removed, so the ids after them move up: set their cosines to `-torch.inf` instead",
     _analogy_without_rows),
)  # fmt: skip


def examine(trial: Trial) -> None:
    # A parallelogram by construction: rows 0..3 are man, king, woman, queen; then c's own neighbours in the way.
    royal, female = torch.tensor([0.0, 1.0, 0.0]), torch.tensor([0.0, 0.0, 1.0])
    man = torch.tensor([1.0, 0.0, 0.0])
    rows = [man, man + royal, man + female, man + royal + female, -man, royal - female]
    cases = [(F.normalize(torch.stack(rows), dim=1) * torch.tensor([1.0, 3.0, 0.5, 2.0, 1.0, 9.0])[:, None], 0, 1, 2)]
    # And a midway between b and c, where it is itself the nearest.
    midway = [[1.0, 0.0, 0.0], [0.9, 0.44, 0.0], [0.9, -0.44, 0.0], [0.3, 0.0, 0.95], [-0.8, 0.6, 0.0]]
    cases.append((torch.tensor(midway), 0, 1, 2))
    for seed in range(24):
        V, E = 30, 6
        weight = normal(seed, V, E) * torch.rand(V, 1, generator=seeded(seed)).mul(2).exp()
        cases.append((weight, *torch.randperm(V, generator=seeded(seed))[:3].tolist()))
    answers = []
    for case in cases:
        got = _plain_id(trial.call(*case))
        trial.require(
            not isinstance(got, float),
            "a number with a fraction comes back, the cosine itself perhaps; the id is asked for: `argmax`, not `max`",
            outcome=Outcome.DTYPE,
            got=got,
        )
        trial.require(
            not (isinstance(got, Tensor) and got.numel() > 1),
            "a vector comes back; what is asked for is the id of the word that is nearest to it",
            outcome=Outcome.DTYPE,
            got=got,
        )
        if not isinstance(got, int):
            trial.compare(got, analogy(*case))
        answers.append(got)
    # One id agrees by chance often enough: a mistake is named where it explains the answers to all questions.
    for case, got in zip(cases, answers, strict=True):
        if (expected := analogy(*case)) != got:
            trial.call(*case)  # the one to show
            fault = next((text for text, mistaken in MISTAKES if [mistaken(*each) for each in cases] == answers), None)
            if len(set(answers)) == 1:
                fault = f"it returns {got} for every question: its result must depend on them"
            trial.require(fault is None, fault or "", expected=expected, got=got)
            trial.compare(got, expected)
    padded = torch.stack([torch.zeros(3), *rows])
    got, expected = _plain_id(trial.call(padded, 1, 2, 3)), analogy(padded, 1, 2, 3)
    trial.require(
        got != PAD,
        "the zero row of `<pad>` came out: dividing by its length 0 gives NaN, which `argmax` takes for the largest. Clamp "
        "the lengths",
        expected=expected,
        got=got,
    )
    trial.compare(got, expected)


EXERCISE = Exercise(
    id="01.analogy",
    reference=analogy,
    difficulty=2,
    minutes=8,
    hints=(
        "a is to b as c is to d: the step from a to b is b - a; take the same step from c.",
        "Scale all vectors to length 1 first; then look for the row with the largest cosine to `b - a + c`.",
        "Leave out a, b and c themselves: `cosine[[a, b, c]] = -torch.inf`. Without this the answer is nearly always b or c.",
    ),
    explanation="""
This is 3CosAdd. Leaving out the three given words is part of the method and worth knowing: b - a is often short, so that
without the exclusion c itself would be the nearest. What remains is a real finding, but a smaller one than "king - man +
woman = queen" sounds.""",
    mistakes=MISTAKES,
    examine=examine,
)
