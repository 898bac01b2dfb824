"""Exercise 06.target_mask: the direction of the triangle, and padding behind, in between, in some sentences alone."""

import math

import torch
from torch import Tensor

from course_lib.exercises.kit import Exercise, Mistake, Outcome, Trial, seeded
from course_lib.exercises.lesson_06.shared import Fn
from course_lib.masks import padding_mask
from course_lib.text import PAD, SOS
from course_lib.transformer import target_mask


def _with(causal: Fn = torch.tril, real: Fn = lambda r: r[:, None, :], join: Fn = torch.logical_and) -> Fn:
    return lambda ids: join(causal(torch.ones(len(ids), *ids.shape[1:] * 2).bool()), real(ids != PAD))


MISTAKES: tuple[Mistake, ...] = (
    ("True and False are inverted: True is where attention may go", lambda ids: ~target_mask(ids)),
    ("it leaks by one: each word sees the next one, its answer; `tril()`", _with(lambda ones: ones.tril(1))),
    ("a word does not see itself: the diagonal belongs to it, `tril()`", _with(lambda ones: ones.tril(-1))),
    ("the triangle is the upper one: words see what comes after. `tril` is the lower", _with(lambda ones: ones.triu())),
    ("the triangle is the strictly upper one, which is what must be hidden: `tril`", _with(lambda ones: ones.triu(1))),
    ("the triangle is missing: each word sees all that come after it", _with(lambda ones: ones)),
    ("padding is not hidden: `ids != 0`", _with(real=lambda r: r[:, :1, None] | True)),
    ("the rows of padding are hidden, not its columns: `real[:, None, :]`", _with(real=lambda r: r[:, :, None])),
    ("rows of padding are hidden, too; a row without any True makes the softmax nan: `real[:, None, :]` alone",
     lambda ids: target_mask(ids) & (ids != PAD)[:, :, None]),
    ("the two are joined by `or`; both must hold: `&`", _with(join=torch.logical_or)),
    ("padding is shown and the words are hidden: real is `ids != 0`", _with(real=lambda r: ~r[:, None, :])),
    ("rows and columns are interchanged: row t is the word that looks", lambda ids: target_mask(ids).mT),
    ("padding is counted and taken to stand at the end; it may stand anywhere: `ids != 0`",
     _with(real=lambda r: (torch.arange(r.shape[1]) < r.sum(1, keepdim=True))[:, None, :])),
    ("a dimension for the heads too many: (B, T, T); attention adds it", lambda ids: target_mask(ids)[:, None]),
)  # fmt: skip

ADVICE = (
    ("Boolean value of Tensor", "`and` asks whether a whole tensor is true; `&` joins element by element."),
    ("bitwise_and", "`&` joins booleans: `dtype=torch.bool`, or `.bool()`."),
    ("must match the size", "(T, T) & (B, 1, T) broadcasts to (B, T, T): `real[:, None, :]`. `B, T = ids.shape`."),
)


def examine(trial: Trial) -> None:
    generator = seeded(0)
    for B, T, lengths in [(2, 4, (4, 2)), (3, 5, (3, 5, 1)), (3, 3, (3, 1, 2)), (1, 1, (1,))]:
        ids = torch.randint(3, 20, (B, T), generator=generator) * padding_mask(lengths, T)
        ids[:, 0] = SOS
        if T > 3:
            ids[0, 1] = PAD  # in the middle: behind the end the causal mask alone would hide it from real words
        expected, got = target_mask(ids), trial.call(ids)
        if isinstance(got, Tensor) and got.is_floating_point():
            message = "the mask must be boolean: `dtype=torch.bool`, or `.bool()`"
            if torch.equal(got, torch.zeros(expected.shape).masked_fill(~expected, -math.inf)):
                message = "it is a mask to be added, of 0 and -inf; here masks are boolean, True where attention may go"
            trial.require(False, message, outcome=Outcome.DTYPE, got=got)
        one_for_all = isinstance(got, Tensor) and got.shape == (T, T)
        message = "it is (T, T), the same for all sentences: their padding differs, (B, T, T)"
        trial.require(not one_for_all, message, outcome=Outcome.SHAPE)
        trial.compare(got, expected, inputs=(ids,))


EXERCISE = Exercise(
    id="06.target_mask", reference=target_mask, difficulty=3, minutes=8,
    examine=examine, mistakes=MISTAKES, advice=ADVICE, hints=(
        "Causal: row t, column s, True where s is at most t: `torch.ones(T, T, dtype=torch.bool).tril()`.",
        "Padding: `ids != 0` is (B, T). What is looked at stands in the columns: (B, 1, T), `[:, None, :]`.",
        "Both must hold: `causal & real[:, None, :]` broadcasts to (B, T, T).",
    ), explanation="""
A row is a word that asks, a column a word that is looked at. `tril` keeps the diagonal: when the next word is
predicted, the last one is known. `tril(1)` would show each position the very word it has to predict, and training would
look perfect. Padding is hidden by its columns; what the rows at padding find does not matter, because no loss is taken
there. (Padding behind a sentence is hidden from its words by the triangle already; padding in front is not, nor any in
the encoder.)""")  # fmt: skip
