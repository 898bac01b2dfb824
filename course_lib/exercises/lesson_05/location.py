"""Exercise 05.location: the query alone says where to look."""

import torch
from torch import Tensor

from course_lib.attention import general, location
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn, normal, parted
from course_lib.exercises.lesson_04.shared import gradients_of_all
from course_lib.exercises.lesson_05.shared import score_mistakes


@parted
def _with(
    rows: Function = lambda w, S: w[:S], given: Function = lambda q, k: (q, k),
    result: Function = lambda scores: scores,
) -> Function:  # fmt: skip
    """Other rows of the weight, inputs or scores."""

    def score(query: Tensor, key: Tensor, weight: Tensor) -> object:
        q, k = given(query, key)
        return result(q @ rows(weight, k.shape[1]).T)

    return score


MISTAKES = (
    ("take only the first S rows of the weight: `weight[:S].T`, where S is `key.shape[1]`", _with(lambda w, S: w)),
    ("the last rows of the weight are taken; take the first, `weight[:S]`, S is `key.shape[1]`",
     _with(lambda w, S: w[-S:])),
    ("your rows begin at 1; position j has row j: `weight[:S]`, S is `key.shape[1]`", _with(lambda w, S: w[1 : S + 1])),
    ("where no row is to be cut off, `[:-0]` leaves none: `weight[:S]`, S is `key.shape[1]`",
     _with(lambda w, S: w[: -(len(w) - S)])),
    ("the positions run backwards: position j has row j", _with(lambda w, S: w[:S].flip(0)),
     _with(lambda w, S: w.flip(0)[:S])),
    ("there is one position too many: `weight[:S]`, S is `key.shape[1]`", _with(lambda w, S: w[: S + 1])),
    ("the scores go on to the longest source, as zeros: give S of them, S is `key.shape[1]`",
     _with(lambda w, S: w * (torch.arange(len(w)) < S)[:, None])),
    ("as many rows as there are target steps are taken; S is `key.shape[1]`", lambda q, k, w: q @ w[: q.shape[1]].T),
    ("as many rows as there are sentences are taken; S is `key.shape[1]`", lambda q, k, w: q @ w[: len(k)].T),
    ("as many rows as the key has numbers are taken; S is `key.shape[1]`", lambda q, k, w: q @ w[: k.shape[2]].T),
    ("the weight is the wrong way round: `query @ weight[:S].T`, S is `key.shape[1]`",
     _with(lambda w, S: w[:S].T), _with(lambda w, S: (w.T if len(w) == w.shape[1] else w)[:S])),
    ("the keys have a part in it: `location` looks at the query alone; of the key only its length counts",
     lambda q, k, w: location(q, k, w) + q @ k.transpose(1, 2), lambda q, k, w: location(q, k, w) * (q @ k.mT),
     lambda q, k, w: q @ k.transpose(1, 2),
     lambda q, k, w: general(q, k, w[: k.shape[2]].T), lambda q, k, w: location(q, k, w) + k.mean(-1)[:, None],
     lambda q, k, w: location(q, k, w) + k.sum(-1)[:, None],
     *(lambda q, k, w, low=low: location(q, k, w).masked_fill(~k.any(-1)[:, None], low)
       for low in (0, -1e9, torch.finfo(torch.float32).min))),
    ("there is a softmax, cut afterwards: leave it out, it comes later",
     lambda q, k, w: (q @ w.T).softmax(-1)[..., : k.shape[1]]),
    ("there is a tanh: it should be W q alone", _with(result=torch.tanh)),
    ("the scores are divided by the root of a size: leave it out",
     _with(given=lambda q, k: (q / q.shape[-1] ** 0.5, k)), _with(lambda w, S: w[:S] / w.shape[1] ** 0.5)),
    *score_mistakes(_with),
)  # fmt: skip
_SHAPES = "The weight is (longest, size of query): `query @ weight[:S].T` is (B, T, S)."
ADVICE = (("must match the size", _SHAPES), ("mat1 and mat2", _SHAPES))


def _draw(chance: Chance) -> tuple[Tensor, ...]:
    B, T, S, Hq, Hk = (chance.n() for _ in range(5))
    key = chance.normal(B, S, Hk) * chance.mask(B, S)[..., None]  # some keys are zeros: it must not matter
    return chance.normal(B, T, Hq), key, chance.normal(S + chance.n(0), Hq)


def examine(trial: Trial) -> None:
    cases = [(2, 3, 4, 4, 4, 6), (2, 3, 3, 3, 3, 3), (3, 2, 5, 3, 2, 7), (1, 1, 2, 2, 4, 9)]
    for seed, (B, T, S, Hq, Hk, longest) in enumerate(cases):
        arguments = normal(seed, B, T, Hq), normal(seed + 10, B, S, Hk), normal(seed + 20, longest, Hq)
        trial.agrees(*arguments)
    query, key, weight = normal(8, 2, 3, 4), normal(9, 2, 5, 3), normal(10, 7, 4)
    gradients_of_all(trial, lambda f, query, weight: f(query, key, weight), query, weight)
    for given in drawn(_draw):
        trial.agrees(*given)


EXERCISE = Exercise(id="05.location", reference=location, difficulty=2, minutes=4,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("A linear layer with one output for each source position: of `key` only `key.shape[1]` is needed.",
           "`weight[:S]` are the rows of the first S positions, (S, size of query).",
           "`return query @ weight[:key.shape[1]].T`"),
    explanation="""Each position of a source has a row of its own, and the query alone decides where to look. Whatever
stands there is not looked at. So it can learn "at step t look at about position t", but not "look for the verb"; and
beyond the longest sentence of training its rows have learned nothing.""")  # fmt: skip
