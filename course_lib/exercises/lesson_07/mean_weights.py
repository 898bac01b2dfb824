"""Exercise 07.mean_weights: the mean of each name, of as many models as there are."""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from course_lib.exercises.kit import Exercise, Mistake, Outcome, Trial, drawn, normal
from course_lib.translator_file import mean_weights

States = Sequence[Mapping[str, Tensor]]


def _by_name(combine: Callable[[list[Tensor]], Tensor]) -> Callable[[States], dict[str, Tensor]]:
    return lambda states: {name: combine([state[name] for state in states]) for name in states[0]}


MISTAKES: tuple[Mistake, ...] = (
    ("the weights are added up; divide by the number of models", _by_name(lambda each: torch.stack(each).sum(0))),
    (
        "only two are averaged; there may be more",
        _by_name(lambda each: (each[0] + each[-1]) / 2),
        _by_name(lambda each: (each[0] + each[min(1, len(each) - 1)]) / 2),
    ),
    (
        "each is averaged with the mean before, so that the last one weighs half: add all up, then divide",
        _by_name(lambda each: _running(each)),
    ),
    (
        "a weight becomes one number: the mean is over the models, `.mean(0)`",
        _by_name(lambda each: torch.stack(each).mean()),
    ),
    ("these are the weights of the first model", lambda states: dict(states[0])),
    ("these are the weights of the last model", lambda states: dict(states[-1])),
    ("the weights of the models stand in one tensor; take their mean, `.mean(0)`", _by_name(torch.stack)),
    ("it is the median; the mean is wanted", _by_name(lambda each: torch.stack(each).median(0).values)),
    (
        "it divides by the number of weights; divide by that of the models",
        lambda states: {n: sum(s[n] for s in states) / len(states[0]) for n in states[0]},
    ),
)


def _running(each: list[Tensor]) -> Tensor:
    mean = each[0]
    for tensor in each[1:]:
        mean = (mean + tensor) / 2
    return mean


ADVICE = (("unsupported operand", "`states` are dictionaries: go through their names, `for name in states[0]`."),)


def examine(trial: Trial) -> None:
    cases: tuple[tuple[int, list[tuple[int, ...]]], ...] = (
        (3, [(2, 3), (3,)]),
        (2, [(4,)]),
        (1, [(2, 2), (2,)]),
        (5, [(1, 3), (3, 2), (2,)]),
    )
    every = list(cases)
    every += drawn(
        lambda chance: (chance.n(), [tuple(chance.n() for _ in range(chance.randrange(3))) for _ in range(chance.n())])
    )
    for models, shapes in every:
        kinds = ("weight", "bias", "scale")
        states = [
            {f"layer{i}.{kinds[i % 3]}": normal(10 * k + i, 1, *shape)[0] for i, shape in enumerate(shapes)}
            for k in range(models)
        ]
        states[1:] = [dict(reversed(state.items())) for state in states[1:]]  # names may stand in another order
        got = trial.call(states)
        trial.require(isinstance(got, dict), "return a dictionary, name -> weight", outcome=Outcome.DTYPE, got=got)
        expected = mean_weights(states)
        names = f"the names must be {', '.join(expected)}"
        trial.require(set(got) == set(expected), names, got=list(got))
        trial.compare(got, expected, inputs=(states,))


EXERCISE = Exercise(id="07.mean_weights", reference=mean_weights, difficulty=1, minutes=5, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "All models have the same names: `{name: ... for name in states[0]}`.",
        "`torch.stack([state[name] for state in states]).mean(0)`, or their sum divided by `len(states)`."),
    explanation="""The last checkpoints of a training are near to one another and each a little off, in directions that
chance has chosen; their mean is off by less. That works because they come from one training: the mean of two models
that were trained apart is worth nothing, for their units stand in another order.""")  # fmt: skip
