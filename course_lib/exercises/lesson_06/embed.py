"""Exercise 06.embed."""

import math

import torch

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal, seeded
from course_lib.exercises.trial import Mistake, Trial


def embed(ids, weight, positions):
    T, D = ids.shape[1], weight.shape[1]
    return weight[ids] * math.sqrt(D) + positions[:T]  # (B, T, D) + (T, D)


ADVICE = (
    ("out of bounds", "Words are looked up by their ids; positions are the rows 0 to T - 1."),
    ("out of range", "Words are looked up by their ids; positions are the rows 0 to T - 1."),
    (
        "must match the size of tensor",
        "(B, T, D) + (T, D): take as many rows of `positions` as there are words, `positions[:T]`.",
    ),
)


def examine(trial: Trial) -> None:
    def with_(factor=math.sqrt, rows=lambda ids, p: p[: ids.shape[1]], join=torch.add, after=lambda x, D: x):
        return lambda ids, w, p: after(join(w[ids] * factor(w.shape[1]), rows(ids, p)), w.shape[1])

    one = lambda D: 1.0  # noqa: E731
    mistakes: list[Mistake] = [
        ("the words are not scaled: times sqrt(D)", with_(factor=one)),
        ("the sum is scaled, and with it the positions; the factor belongs to the words alone", with_(factor=one, after=lambda x, D: x * D**0.5)),
        ("the words are divided by sqrt(D); they are multiplied by it", with_(factor=lambda D: D**-0.5)),
        ("the words are multiplied by D; the factor is its root", with_(factor=float)),
        ("the root is that of a length; it is that of D, the width: `weight.shape[1]`", lambda ids, w, p: w[ids] * ids.shape[1] ** 0.5 + p[: ids.shape[1]]),
        ("the root is that of the vocabulary's size; it is that of D, the width: `weight.shape[1]`", lambda ids, w, p: w[ids] * len(w) ** 0.5 + p[: ids.shape[1]]),
        ("the positions are missing", with_(join=lambda x, p: x)),
        ("the positions are multiplied; they are added", with_(join=torch.mul)),
        ("the positions are subtracted; they are added", with_(join=torch.sub)),
        ("every word gets the position that is its sentence's place in the batch: the rows are `positions[:T]`, laid along the words", with_(rows=lambda ids, p: p[: len(ids), None])),
        ("the positions are looked up by the ids of the words; word t has row t", with_(rows=lambda ids, p: p[ids])),
        ("positions are counted from 1; the first word has row 0", with_(rows=lambda ids, p: p[1 : ids.shape[1] + 1])),
        ("the last rows of `positions` are taken; it is the first T", with_(rows=lambda ids, p: p[-ids.shape[1] :])),
        ("every word gets row 0", with_(rows=lambda ids, p: p[:1])),
        ("every word gets the row of the last one", with_(rows=lambda ids, p: p[ids.shape[1] - 1])),
    ]  # fmt: skip
    for seed, (B, T, V, D, longest) in enumerate(
        [(2, 3, 12, 4, 12), (3, 2, 9, 6, 9), (2, 2, 7, 4, 9), (4, 1, 5, 2, 6)]
    ):
        ids = torch.randint(V, (B, T), generator=seeded(seed))
        trial.agrees(ids, normal(seed, V, D), normal(seed + 10, longest, D), mistakes=mistakes)
    flat = lambda answer: lambda weight, positions: answer(torch.tensor([[2, 0, 2]]), weight, positions)  # noqa: E731
    Trial(flat(trial.answer), trial.name, flat(embed)).gradients_agree(normal(7, 4, 6), normal(8, 3, 6))


EXERCISE = Exercise(
    id="06.embed",
    reference=embed,
    difficulty=1,
    minutes=5,
    hints=(
        "The words are `weight[ids]`, (B, T, D); their factor is `math.sqrt(D)`, with D = `weight.shape[1]`.",
        "The positions 0 to T - 1 are the first T rows, `positions[:T]`, (T, D): they broadcast over the batch.",
    ),
    explanation="""
The first T rows of the table, (T, D), are added to each sentence of (B, T, D): broadcasting compares shapes from the right. T is the
second size of `ids`; `positions[: ids.shape[0]]` would take as many rows as there are sentences. The factor belongs to the
words alone. It makes up for how they are drawn: rows of length 1 beside positions of length sqrt(D / 2).""",
    advice=ADVICE,
    examine=examine,
)
