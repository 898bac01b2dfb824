"""Exercise 06.embed: the scale of the words, and the rows of positions that they get."""

import torch
import torch.nn.functional as F

from course_lib.exercises.kit import (
    Chance,
    Exercise,
    Function,
    Mistake,
    Trial,
    drawn_with_gradients,
    normal,
    parted,
    seeded,
)
from course_lib.transformer import embed, sinusoidal_positions


@parted
def _with(
    factor: Function = lambda B, T, V, D: D**0.5, rows: Function = lambda ids, p: p[: ids.shape[1]],
    words: Function = lambda ids, w: w[ids], join: Function = lambda words, rows: words + rows,
    result: Function = lambda x, ids: x,
) -> Function:  # fmt: skip
    """`embed` written wrongly: another factor, other words or rows of positions, joined otherwise, or changed after."""
    return lambda ids, w, p: result(join(words(ids, w) * factor(*ids.shape, *w.shape), rows(ids, p)), ids)


_scaled: Function = lambda by: _with(factor=by)  # noqa: E731
_placed: Function = lambda rows: _with(rows=rows)  # noqa: E731
_padding = ("id 0 gets no gradient (`padding_idx`?); it should, as every id",
            _with(words=lambda ids, w: F.embedding(ids, w, padding_idx=0)))  # fmt: skip
MISTAKES: tuple[Mistake, ...] = (
    ("the words are not scaled: times sqrt(D)", _scaled(lambda B, T, V, D: 1)),
    ("the sum is scaled; the factor is for the words alone", lambda ids, w, p: embed(ids, w, p * w.shape[1] ** 0.5)),
    ("the positions are scaled; the factor is for the words alone",
     _with(lambda B, T, V, D: 1, lambda ids, p: p[: ids.shape[1]] * p.shape[1] ** 0.5)),
    ("the words are divided by sqrt(D); they should be multiplied by it", _scaled(lambda B, T, V, D: D**-0.5)),
    ("the words are multiplied by D; it should be its root, sqrt(D)", _scaled(lambda B, T, V, D: D)),
    ("the root is that of V, the vocabulary's size; it should be that of D", _scaled(lambda B, T, V, D: V**0.5)),
    ("the root is that of the length T; it should be that of D, `weight.shape[1]`", _scaled(lambda B, T, V, D: T**0.5)),
    ("the root of D is cut to a whole number: `D ** 0.5`, or `math.sqrt(D)`", _scaled(lambda B, T, V, D: int(D**0.5))),
    ("the words' vectors are made to have length 1; take them as they are",
     _with(words=lambda ids, w: F.normalize(w, dim=1)[ids])),
    ("id 0 gets zeros, as if it were padding; it should get what every id gets",
     _with(result=lambda x, ids: x * (ids != 0)[..., None]),
     _with(words=lambda ids, w: w[ids] * (ids != 0)[..., None])),
    ("id 0 gets no position, as if it were padding; it should get what every id gets",
     _placed(lambda ids, p: p[: ids.shape[1]] * (ids != 0)[..., None])),
    ("the positions are put beside the words; add them",
     _with(join=lambda words, rows: torch.cat([words, rows.expand_as(words)], -1))),
    ("the positions are missing", _placed(lambda ids, p: 0)),
    ("the positions are multiplied; they should be added", _with(join=lambda words, rows: words * rows)),
    ("the positions are subtracted; they should be added", _with(join=lambda words, rows: words - rows)),
    ("sines are computed; take the rows of `positions`, which may be a learned table",
     _placed(lambda ids, p: sinusoidal_positions(ids.shape[1], p.shape[1]))),
    ("words get the row of their sentence's place in the batch; take `positions[: ids.shape[1]]`",
     _placed(lambda ids, p: p[: len(ids), None])),
    ("the positions are looked up by the ids of the words; word t should get row t", _placed(lambda ids, p: p[ids])),
    ("positions are counted from 1; the first word has row 0", lambda ids, w, p: embed(ids, w, p[1:])),
    ("the last rows of `positions` are taken; take the first T", _placed(lambda ids, p: p[-len(ids[0]) :])),
    ("all words get one row; word t should get row t",
     _placed(lambda ids, p: p[0]), _placed(lambda ids, p: p[len(ids[0]) - 1])),
)  # fmt: skip
_ROWS = "Words are looked up by their ids; positions are the rows 0 to T - 1."
_FIT = "(B, T, D) + (T, D): one row for each word, `positions[:T]` with `T = ids.shape[1]`."
ADVICE = (
    ("out of bounds", _ROWS), ("out of range", _ROWS), ("must match the size of tensor", _FIT),
    ("not callable", f"`positions` is the table itself. {_FIT}"),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for seed, (B, T, V, D, rows) in enumerate([(2, 3, 12, 4, 12), (3, 2, 9, 6, 9), (2, 2, 7, 4, 9), (4, 1, 5, 2, 6)]):
        ids = torch.randint(V, (B, T), generator=seeded(seed))
        trial.agrees(ids, normal(seed, V, D), normal(seed + 10, rows, D))
    trial.gradients_agree(torch.tensor([[2, 0, 2]]), normal(7, 4, 6), normal(8, 3, 6), mistakes=[_padding])

    def draw(chance: Chance) -> tuple[torch.Tensor, ...]:
        V, T, D = chance.n(), chance.n(), 2 * chance.n()
        return chance.ids(V, chance.n(), T), chance.normal(V, D), chance.normal(T + chance.n(0), D)

    drawn_with_gradients(trial, draw)


EXERCISE = Exercise(id="06.embed", reference=embed, difficulty=1, minutes=5, examine=examine, mistakes=MISTAKES,
    advice=ADVICE, hints=(
        "The words are `weight[ids]`, (B, T, D); their factor is `math.sqrt(D)`, with D = `weight.shape[1]`.",
        "The positions are the first T = `ids.shape[1]` rows, `positions[:T]`, (T, D): they broadcast over the batch."),
    explanation="""The first T rows of the table, (T, D), are added to each sentence of (B, T, D): broadcasting compares
shapes from the right. T is the second size of `ids`; `positions[: ids.shape[0]]` would take as many rows as there are
sentences. The factor belongs to the words alone. It makes up for how they are drawn: rows of length 1 beside positions
of length sqrt(D / 2).""")  # fmt: skip
