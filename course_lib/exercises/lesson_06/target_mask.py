"""Exercise 06.target_mask: the direction of the triangle, and padding behind, in between, in some sentences alone."""

import torch

from course_lib.exercises.kit import Exercise, Function, Mistake, Outcome, Trial, drawn, parted, seeded
from course_lib.masks import padding_mask
from course_lib.text import PAD, SOS
from course_lib.transformer import target_mask


@parted
def _with(
    cut: Function = torch.tril, real: Function = lambda ids: ids != PAD,
    join: Function = lambda causal, real: causal & real[:, None], result: Function = lambda mask: mask,
) -> Function:  # fmt: skip
    """`target_mask` written wrongly: another triangle (B, T, T), other words (B, T), joined otherwise, or changed."""

    def wrong(ids: torch.Tensor) -> torch.Tensor:
        ones = torch.ones(*ids.shape, ids.shape[1], dtype=torch.bool)
        mask: torch.Tensor = result(join(cut(ones), real(ids)))
        return mask

    return wrong


_from_the_end: Function = lambda ids: (ids != PAD).flip(1).cumsum(1).flip(1) > 0  # noqa: E731
MISTAKES: tuple[Mistake, ...] = (
    ("True and False are inverted: True is where attention may go", _with(result=torch.logical_not)),
    ("it leaks by one: each word sees the next one, its answer; `tril()`", _with(lambda ones: ones.tril(1))),
    ("a word does not see itself: the diagonal belongs to it, `tril()`", _with(lambda ones: ones.tril(-1))),
    ("the triangle is the upper one: words see what comes after. `tril` is the lower", _with(torch.triu)),
    ("the triangle is the strictly upper one, which is what must be hidden: `tril`", _with(lambda ones: ones.triu(1))),
    ("the triangle is missing: each word sees all that come after it", _with(lambda ones: ones)),
    ("padding is not hidden: join `(ids != 0)[:, None, :]` to it with `&`", _with(join=lambda causal, real: causal)),
    ("rows of padding are hidden, not its columns: `[:, None, :]`", _with(join=lambda c, real: c & real[..., None])),
    ("rows of padding are hidden, too: a row without any True makes the softmax nan. Hide columns alone",
     _with(join=lambda causal, real: causal & real[:, None] & real[..., None])),
    ("the two are joined by `|`, or; both must hold: `&`", _with(join=lambda causal, real: causal | real[:, None])),
    ("padding is shown and the words are hidden: real is `ids != 0`", _with(real=lambda ids: ids == PAD)),
    ("the first word, id 2, counts as padding; padding has the id 0", _with(real=lambda ids: ids != SOS)),
    ("other special ids are hidden, too; padding has the id 0, and no other",
     *(_with(real=lambda ids, most=most: ids > most) for most in (1, 2, 3))),
    ("`&` is computed before `!=`: brackets, `(ids != 0)`", _with(real=lambda ids: ids % 2 == 1)),
    ("rows and columns are interchanged: row t is the word that looks", _with(result=lambda mask: mask.mT)),
    ("padding is counted and taken to stand at the end; it may stand anywhere: `ids != 0`",
     _with(real=lambda ids: torch.arange(ids.shape[1]) < (ids != PAD).sum(1, keepdim=True))),
    ("all that comes after the first padding is hidden; go by each id: `ids != 0`",
     _with(real=lambda ids: (ids != PAD).cumprod(1) > 0)),
    ("padding is hidden at the end alone; it may stand anywhere: `ids != 0`", _with(real=_from_the_end)),
    ("the diagonal is True everywhere; at padding it should be False",
     _with(result=lambda mask: mask | torch.eye(mask.shape[1]).bool())),
    ("the first column is True everywhere; where its id is 0 it should be False",
     _with(result=lambda mask: mask | (torch.arange(mask.shape[1]) == 0))),
    ("rows without any True are filled with True; leave them as they are",
     _with(result=lambda mask: mask | ~mask.any(-1, keepdim=True))),
    ("rows without any True are given some; leave them as they are",
     *(_with(result=lambda mask, some=some: mask | (~mask.any(-1, keepdim=True) & some(torch.ones_like(mask))))
       for some in (torch.tril, lambda ones: ones.cumsum(-1) == 1))),
    ("padding is that of the first sentence, for all; each sentence has its own",
     _with(real=lambda ids: ids[:1] != PAD)),
    ("where no sentence has padding it is (1, T, T); it should be (B, T, T), a mask for each sentence",
     lambda ids: target_mask(ids)[: None if (ids == PAD).any() else 1]),
    ("a dimension for the heads too many: (B, T, T); attention adds it", _with(result=lambda mask: mask[:, None])),
)  # fmt: skip
ADVICE = (
    ("Boolean value of Tensor", "`and` asks whether a whole tensor is true; `&` joins element by element."),
    ("bitwise_and", "both sides of `&` must be boolean: `torch.ones(T, T, dtype=torch.bool)`, or `.bool()` on each."),
    ("ones() received", "`ids.shape` has two sizes: `B, T = ids.shape`."),
    ("must match the size", "(T, T) & (B, 1, T) broadcasts to (B, T, T): `real[:, None, :]`. `B, T = ids.shape`."),
)
_ADDED = "it is a mask to be added, of 0 and -inf; here masks are boolean, True where attention may go"
_BOOLEAN = "the mask must be boolean: `dtype=torch.bool`, or `.bool()`"
_ONE_FOR_ALL = "it is (T, T), the same for all sentences: their padding differs, (B, T, T)"


def examine(trial: Trial) -> None:
    for B, T, lengths in [(2, 4, (4, 2)), (3, 5, (3, 5, 1)), (3, 3, (3, 1, 2)), (1, 1, (1,))]:
        ids = torch.randint(3, 20, (B, T), generator=seeded(T)) * padding_mask(lengths, T)
        ids[:, 0] = SOS
        if T > 3:
            ids[0, 1] = PAD  # in the middle: behind the end the causal mask alone would hide it from real words
        got = trial.call(ids)
        if isinstance(got, torch.Tensor):
            floats = got.is_floating_point()
            trial.require(not floats, _ADDED if got.isinf().any() else _BOOLEAN, outcome=Outcome.TYPE, got=got)
            trial.require(B == 1 or got.shape != (T, T), _ONE_FOR_ALL, outcome=Outcome.SHAPE)
        trial.compare(got, target_mask(ids), inputs=(ids,))
    for (ids,) in drawn(lambda chance: (chance.special(chance.ids(9, chance.n(), chance.n()), PAD, 1, 2, 3),)):
        trial.agrees(ids)


EXERCISE = Exercise(id="06.target_mask", reference=target_mask, difficulty=3, minutes=8, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Causal: row t, column s, True where s is at most t: `torch.ones(T, T, dtype=torch.bool).tril()`, "
        "with `B, T = ids.shape`.",
        "Padding: `ids != 0` is (B, T). What is looked at stands in the columns: (B, 1, T), `[:, None, :]`.",
        "Both must hold: `causal & real[:, None, :]` broadcasts to (B, T, T)."), explanation="""
A row is a word that asks, a column a word that is looked at. `tril` keeps the diagonal: when the next word is
predicted, the last one is known. `tril(1)` would show each position the very word it has to predict, and training would
look perfect. Padding is hidden by its columns; what the rows at padding find does not matter, because no loss is taken
there. (Padding behind a sentence is hidden from its words by the triangle already; padding in front is not, nor any in
the encoder.)""")  # fmt: skip
