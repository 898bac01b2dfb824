"""Exercise 06.embed: the scale of the words, and the rows of positions that they get."""

import torch

from course_lib.exercises.kit import Chance, Exercise, Function, Mistake, Trial, drawn_with_gradients, normal, seeded
from course_lib.transformer import embed

_scaled: Function = lambda by: lambda i, w, p: embed(i, w * by(*i.shape, *w.shape) / w.shape[1] ** 0.5, p)  # noqa: E731
_placed: Function = lambda rows: lambda ids, w, p: embed(ids, w, 0 * p) + rows(ids, p)  # noqa: E731
MISTAKES: tuple[Mistake, ...] = (
    ("the words are not scaled: times sqrt(D)", _scaled(lambda B, T, V, D: 1)),
    ("the sum is scaled; the factor is for the words alone", lambda ids, w, p: embed(ids, w, p * w.shape[1] ** 0.5)),
    ("the words are divided by sqrt(D); they are multiplied by it", _scaled(lambda B, T, V, D: D**-0.5)),
    ("the words are multiplied by D; the factor is its root", _scaled(lambda B, T, V, D: D)),
    ("the root is that of the vocabulary's size; it is that of D, the width", _scaled(lambda B, T, V, D: V**0.5)),
    ("the root is that of the length T; it is that of D, `weight.shape[1]`", _scaled(lambda B, T, V, D: T**0.5)),
    ("the positions are missing", _placed(lambda ids, p: 0)),
    ("the positions are multiplied; they are added", lambda ids, w, p: embed(ids, w, 0 * p) * p[: ids.shape[1]]),
    ("the positions are subtracted; they are added", lambda ids, w, p: embed(ids, w, -p)),
    ("its sentence's place in the batch is a word's: `positions[:T]`", _placed(lambda ids, p: p[: len(ids), None])),
    ("the positions are looked up by the ids of the words; word t has row t", _placed(lambda ids, p: p[ids])),
    ("positions are counted from 1; the first word has row 0", lambda ids, w, p: embed(ids, w, p[1:])),
    ("the last rows of `positions` are taken; it is the first T", _placed(lambda ids, p: p[-len(ids[0]) :])),
    ("one row for all; word t has row t", _placed(lambda ids, p: p[0]), _placed(lambda ids, p: p[len(ids[0]) - 1])),
)  # fmt: skip
_ROWS = "Words are looked up by their ids; positions are the rows 0 to T - 1."
_FIT = "(B, T, D) + (T, D): as many rows as there are words, `positions[:T]`."
ADVICE = (("out of bounds", _ROWS), ("out of range", _ROWS), ("must match the size of tensor", _FIT))


def examine(trial: Trial) -> None:
    for seed, (B, T, V, D, rows) in enumerate([(2, 3, 12, 4, 12), (3, 2, 9, 6, 9), (2, 2, 7, 4, 9), (4, 1, 5, 2, 6)]):
        ids = torch.randint(V, (B, T), generator=seeded(seed))
        trial.agrees(ids, normal(seed, V, D), normal(seed + 10, rows, D))
    trial.gradients_agree(torch.tensor([[2, 0, 2]]), normal(7, 4, 6), normal(8, 3, 6))

    def draw(chance: Chance) -> tuple[torch.Tensor, ...]:
        V, T, D = chance.n(), chance.n(), 2 * chance.n()
        return chance.ids(V, chance.n(), T), chance.normal(V, D), chance.normal(T + chance.n(0), D)

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="06.embed", reference=embed, difficulty=1, minutes=5, examine=examine, mistakes=MISTAKES,
    advice=ADVICE, hints=(
        "The words are `weight[ids]`, (B, T, D); their factor is `math.sqrt(D)`, with D = `weight.shape[1]`.",
        "The positions 0 to T - 1 are the first T rows, `positions[:T]`, (T, D): they broadcast over the batch."),
    explanation="""The first T rows of the table, (T, D), are added to each sentence of (B, T, D): broadcasting compares
shapes from the right. T is the second size of `ids`; `positions[: ids.shape[0]]` would take as many rows as there are
sentences. The factor belongs to the words alone. It makes up for how they are drawn: rows of length 1 beside positions
of length sqrt(D / 2).""")  # fmt: skip
