"""Exercise 07.mean_weights: the mean of each name, of as many models as there are."""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from course_lib.exercises.kit import Exercise, Function, Mistake, Outcome, Trial, drawn, normal
from course_lib.translator_file import mean_weights

States = Sequence[Mapping[str, Tensor]]


def _by_name(combine: Function) -> Callable[[States], dict[str, Tensor]]:
    return lambda states: {name: combine([state[name] for state in states]) for name in states[0]}


def _some(chosen: int) -> Callable[[States], dict[str, Tensor]]:
    """Only what is called a weight is averaged; the rest comes from one model."""
    return lambda states: {
        name: mean if name.endswith("weight") else states[chosen][name] for name, mean in mean_weights(states).items()
    }


MISTAKES: tuple[Mistake, ...] = (
    ("the weights are added up; divide by the number of models", _by_name(lambda each: torch.stack(each).sum(0))),
    ("only two are averaged; there may be more",
     _by_name(lambda each: (each[0] + each[-1]) / 2),
     _by_name(lambda each: (each[0] + each[min(1, len(each) - 1)]) / 2)),
    ("each is averaged with the mean before, so that the last one weighs half: add all up, then divide",
     _by_name(lambda each: _running(each))),
    ("a weight becomes one number: the mean is over the models, `.mean(0)`",
     _by_name(lambda each: torch.stack(each).mean())),
    ("these are the weights of the first model", lambda states: dict(states[0])),
    ("these are the weights of the last model", lambda states: dict(states[-1])),
    ("each model is put in the place of the one before: add it to what is there",
     _by_name(lambda each: each[-1] / len(each))),
    ("one model is left out; all count",
     *[_by_name(lambda each, i=i: (sum(each) - each[i]) / len(each)) for i in (0, -1)],
     *[_by_name(lambda each, i=i: (sum(each) - each[i]) / max(len(each) - 1, 1)) for i in (0, -1)]),
    ("the first model counts twice; each counts once",
     *[_by_name(lambda each, more=more: (each[0] + sum(each)) / (len(each) + more)) for more in (0, 1)]),
    ("the models are joined along the first dimension, and the mean is over all of it: `torch.stack` keeps them apart",
     _by_name(lambda each: torch.cat(each).mean(0))),
    ("the weights of the models stand in one tensor; take their mean, `.mean(0)`", _by_name(torch.stack)),
    ("the mean is not over the models: stack them and average along one and the same dimension",
     _by_name(lambda each: torch.stack(each, -1).mean(0)),
     *[_by_name(lambda each, dim=dim: torch.stack(each).mean(dim)) for dim in (-1, 1)]),
    ("it is the median; the mean is wanted", _by_name(lambda each: torch.stack(each).median(0).values)),
    ("it divides by the number of weights; divide by that of the models",
     lambda states: {n: sum(s[n] for s in states) / len(states[0]) for n in states[0]}),
    ("it divides by one less than there are models", _by_name(lambda each: sum(each) / max(len(each) - 1, 1))),
    ("it divides by the same number always; divide by that of the models",
     *[_by_name(lambda each, n=n: sum(each) / n) for n in (2, 3, 5, 10)]),
    ("some weights are averaged, others not: do it for every name", _some(0), _some(-1),
     _by_name(lambda each: sum(each) / len(each) if each[0].dim() else each[0])),
)  # fmt: skip


def _running(each: list[Tensor]) -> Tensor:
    mean = each[0]
    for tensor in each[1:]:
        mean = (mean + tensor) / 2
    return mean


ADVICE = (
    *((sign, "`states` is a list of dictionaries: take the mean of each name, `for name in states[0]`.")
      for sign in ("unsupported operand", "'list' object has no", "but got dict")),
    *((sign, "`torch.stack([...])` makes one tensor of several; then take the mean of that, `.mean(0)`.")
      for sign in ("must be Tensor, not list", "only one element tensors")),
    ("KeyError: 'layer", "At first there is nothing to add to: `result[name] = result.get(name, 0) + state[name]`."),
    ("expected np.ndarray", "A weight may be a single number, for numpy no array: `torch.as_tensor(...)` takes both."),
    ("stack expects each tensor", "The names may stand in another order: take each weight by its name."),
    ("cannot be concatenated", "A weight may be a single number, and `stack` takes those, too, where `cat` does not."),
)  # fmt: skip


def examine(trial: Trial) -> None:
    every: list[tuple[int, list[tuple[int, ...]]]] = [
        (3, [(2, 3), (3,)]), (2, [(4,)]), (1, [(2, 2), (2,)]), (5, [(1, 3), (3, 2), (2,)]),
    ]  # fmt: skip
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
        trial.require(isinstance(got, dict), "return a dictionary, name -> weight", outcome=Outcome.TYPE, got=got)
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
