"""Exercise 07.token_batches: rows times the longest row, in order, none lost."""

from collections.abc import Callable, Sequence

from course_lib.batches import token_batches
from course_lib.exercises.kit import Chance, Exercise, Mistake, Outcome, Trial, drawn


def _with(full: Callable[[list[int], int, int], bool], *, alone: bool = True) -> Callable[..., list[list[int]]]:
    """Another sign that a batch is full: of the lengths in it, the next one, and the limit."""

    def fill(lengths: Sequence[int], max_tokens: int) -> list[list[int]]:
        batches: list[list[int]] = []
        for i, length in enumerate(lengths):
            if not alone and length > max_tokens:
                continue
            if not batches or full([lengths[j] for j in batches[-1]], length, max_tokens):
                batches.append([])
            batches[-1].append(i)
        return batches

    return fill


def _sorted(lengths: Sequence[int], max_tokens: int) -> list[list[int]]:
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    return [[order[i] for i in batch] for batch in token_batches([lengths[i] for i in order], max_tokens)]


def _kept_longest(lengths: Sequence[int], max_tokens: int) -> list[list[int]]:
    batches: list[list[int]] = []
    longest = 0
    for i, length in enumerate(lengths):
        longest = max(longest, length)
        if not batches or longest * (len(batches[-1]) + 1) > max_tokens:
            batches.append([])
        batches[-1].append(i)
    return batches


MISTAKES: tuple[Mistake, ...] = (
    ("the lengths are added up; padding counts, too: the longest times the number of rows",
     _with(lambda inside, new, most: sum(inside) + new > most)),
    ("the row that comes next is not counted: with it the batch must still fit",
     _with(lambda inside, new, most: max([*inside, new]) * len(inside) > most)),
    ("it is padded to the longest so far; the next row may be longer: `max(longest, length)`",
     _with(lambda inside, new, most: max(inside) * (len(inside) + 1) > most)),
    ("a batch that is exactly full is taken for too full: `>`, not `>=`",
     _with(lambda inside, new, most: max([*inside, new]) * (len(inside) + 1) >= most)),
    ("the longest of the batch before goes on: a new batch begins with its own first row", _kept_longest),
    ("rows that are longer than the limit are lost; each is a batch of its own",
     _with(lambda inside, new, most: max([*inside, new]) * (len(inside) + 1) > most, alone=False)),
    ("the rows are counted, not their positions", _with(lambda inside, new, most: len(inside) >= most)),
    ("the last batch is lost: it is not full, but it belongs there", lambda *given: token_batches(*given)[:-1]),
    ("there is an empty batch in front", lambda *given: [[], *token_batches(*given)]),
    ("the rows are sorted; they come in the order that is given", _sorted),
    ("the batches hold lengths; they hold the places of the rows, 0, 1, 2, ...",
     lambda lengths, most: [[lengths[i] for i in batch] for batch in token_batches(lengths, most)]),
)  # fmt: skip


def _draw(chance: Chance) -> tuple[list[int], int]:
    return [chance.n() for _ in range(3 * chance.n(0))], chance.randint(1, 20)


def examine(trial: Trial) -> None:
    cases = [
        ([1] * 5, 3), ([3, 3, 3], 6), ([1, 5, 1, 1], 10), ([2, 2, 9, 2], 8), ([4, 1], 8), ([5, 2, 2, 2, 2], 8),
        ([1, 1, 1, 4], 4),
        ([1] * 7, 3), ([], 5), ([7], 5), ([2, 3, 4, 1, 1, 6, 2, 2], 12), ([6, 1, 1, 1, 1, 1], 6),
    ]  # fmt: skip
    for lengths, most in (*cases, *drawn(_draw)):
        got = trial.call(lengths, most)
        trial.require(isinstance(got, list | tuple), "return the batches in a list", outcome=Outcome.DTYPE, got=got)
        trial.compare([list(batch) if isinstance(batch, tuple) else batch for batch in got],
                      token_batches(lengths, most), inputs=(lengths, most))  # fmt: skip


EXERCISE = Exercise(id="07.token_batches", reference=token_batches, difficulty=2, minutes=8, examine=examine,
    own_form="the library's can limit the rows of a batch, too",
    mistakes=MISTAKES, hints=(
        "Keep the longest row of the batch under way. Would the batch, with the next row in it, take more than "
        "`max_tokens`? Then a new one begins.",
        "With the next row: `max(longest, length) * (len(batch) + 1)`.",
        "A new batch starts with that row alone: `longest = length`."), explanation="""
What a step costs is the positions that it computes, padding included, and not the number of sentences. With as many
sentences in each batch, one of long ones takes ten times as long as one of short ones, and as much more memory; by
tokens they are alike, and the learning rate fits all of them.""")  # fmt: skip
