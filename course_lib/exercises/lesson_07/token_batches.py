"""Exercise 07.token_batches: sentences times the longest of them, in order, none lost."""

from collections.abc import Sequence
from itertools import pairwise

from course_lib.batches import token_batches
from course_lib.exercises.kit import Chance, Exercise, Function, Mistake, Outcome, Trial, drawn, with_parts


@with_parts
def _with(
    lengths: Sequence[int],
    max_tokens: int,
    *,
    full: Function = lambda inside, new, most: max([*inside, new]) * (len(inside) + 1) > most,
    alone: bool = True,
    dropped: bool = False,
    result: Function = lambda batches, lengths: batches,
) -> list[list[int]]:
    """Another sign that a batch is full: of its lengths, the next one and the limit; what does not fit is dropped."""
    batches: list[list[int]] = []
    for i, length in enumerate(lengths):
        if not alone and length > max_tokens:
            continue
        if not batches or (batches[-1] and full([lengths[j] for j in batches[-1]], length, max_tokens)):
            batches.append([])
            if dropped and i:
                continue
        batches[-1].append(i)
    return list(result(batches, lengths))


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


def _first_that_fits(lengths: Sequence[int], max_tokens: int) -> list[list[int]]:
    batches: list[list[int]] = []
    for i, length in enumerate(lengths):
        fit = (b for b in batches if max(length, *(lengths[j] for j in b)) * (len(b) + 1) <= max_tokens)
        batch = next(fit, None)
        batches += [[i]] if batch is None else []
        if batch is not None:
            batch.append(i)
    return batches


def _too_long_first(lengths: Sequence[int], max_tokens: int) -> list[list[int]]:
    """A sentence that is too long overtakes the batch that was begun, and that one goes on behind it."""
    fit = [i for i, length in enumerate(lengths) if length <= max_tokens]
    batches = [[fit[j] for j in batch] for batch in token_batches([lengths[i] for i in fit], max_tokens)]
    begins = {id(batch): later[0] for batch, later in pairwise(batches)}
    alone = [(i, [i]) for i, length in enumerate(lengths) if length > max_tokens]
    ended = [(begins.get(id(batch), len(lengths)), batch) for batch in batches]
    return [batch for _, batch in sorted(alone + ended)]


def _numbered(number: Function) -> Function:
    """Other numbers in the batches, of the lengths and a place."""
    return _with(result=lambda batches, lengths: [[number(lengths, i) for i in batch] for batch in batches])


MISTAKES: tuple[Mistake, ...] = (
    ("the lengths are added up; padding counts, too: the longest times the number of sentences",
     _with(full=lambda inside, new, most: sum(inside) + new > most)),
    ("the sentence that comes next is not counted: with it the batch must still fit",
     _with(full=lambda inside, new, most: max([*inside, new]) * len(inside) > most)),
    ("the batch is padded to the longest so far; the next one may be longer: take `max` of both",
     _with(full=lambda inside, new, most: max(inside) * (len(inside) + 1) > most)),
    ("the batch is padded to the sentence that comes next; one before it may be longer: take `max` of both",
     _with(full=lambda inside, new, most: new * (len(inside) + 1) > most)),
    ("the sentence that begins a batch is not counted for its longest: the longest is its length at first",
     _with(full=lambda inside, new, most: max([*inside[1:], new]) * (len(inside) + 1) > most)),
    ("the first sentence of a batch counts as its longest; a later one may be longer: `max` of all",
     _with(full=lambda inside, new, most: inside[0] * (len(inside) + 1) > most)),
    ("the shortest sentence of the batch counts; it is padded to the longest",
     _with(full=lambda inside, new, most: min([*inside, new]) * (len(inside) + 1) > most)),
    ("the longest of all sentences counts; a batch is padded to its own longest",
     lambda lengths, most: token_batches([max(lengths, default=0)] * len(lengths), most)),
    ("a batch ends only when it is full or too full already: ask first whether the next sentence fits",
     _with(full=lambda inside, new, most: max(inside) * len(inside) >= most),
     _with(full=lambda inside, new, most: max(inside) * len(inside) > most)),
    ("a sentence longer than the limit is put into the batch before; it is a batch of its own",
     _with(full=lambda inside, new, most: max([*inside, new]) * (len(inside) + 1) > most >= new)),
    ("1 is added to each length; they count as they are given",
     lambda lengths, most: token_batches([length + 1 for length in lengths], most)),
    ("a sentence goes into an earlier batch; keep the order: only the last batch can take it", _first_that_fits),
    ("the batches are filled from the last sentence on; begin with the first", lambda lengths, most: [
        [len(lengths) - 1 - i for i in batch[::-1]] for batch in token_batches(lengths[::-1], most)[::-1]]),
    ("a batch that is exactly full is taken for too full: `>`, not `>=`",
     _with(full=lambda inside, new, most: max([*inside, new]) * (len(inside) + 1) >= most)),
    ("the longest of the batch before goes on: a new batch begins with its own first sentence", _kept_longest),
    ("sentences that are longer than the limit are lost; each is a batch of its own", _with(alone=False),
     lambda lengths, most: [batch for batch in token_batches(lengths, most) if lengths[batch[0]] <= most]),
    ("a sentence that does not fit is lost: it begins the next batch", _with(dropped=True)),
    ("nothing comes back but an empty list: is the `return` inside the loop?", lambda *_: []),
    ("the batches are joined to one list; append each as a list",
     _with(result=lambda batches, _: [i for batch in batches for i in batch])),
    ("a sentence that is too long overtakes the batch that was begun: end that one first", _too_long_first),
    ("the sentences are counted, not their positions", _with(full=lambda inside, new, most: len(inside) >= most)),
    ("the last batch is lost: it is not full, but it belongs there", _with(result=lambda batches, _: batches[:-1])),
    ("no sentences make no batch: return an empty list", _with(result=lambda batches, _: batches or [[]])),
    ("there is an empty batch in front: end a batch only where something is in it",
     lambda *given: [[], *token_batches(*given)],
     lambda lengths, most: [[]] * (lengths[:1] > [most]) + token_batches(lengths, most)),
    ("all batches are one and the same list: make a new one for each, without `clear`",
     _with(result=lambda batches, _: batches[-1:] * len(batches))),
    ("the sentences are sorted; keep the order that is given", _sorted),
    ("the batches hold lengths; put in the numbers of the sentences, 0, 1, 2, ...",
     _numbered(lambda lengths, i: lengths[i])),
    ("sentences of one length get one number: `index` finds the first of them alone; count with `enumerate`",
     _numbered(lambda lengths, i: lengths.index(lengths[i]))),
    ("the sentences are counted from 1; the first is sentence 0", _numbered(lambda lengths, i: i + 1)),
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
        a_list = "return the batches in a list, each a list"
        lists = isinstance(got, list) and not any(isinstance(batch, tuple) for batch in got)
        trial.require(lists, a_list, outcome=Outcome.TYPE, got=got)
        trial.compare(got, token_batches(lengths, most), inputs=(lengths, most))


EXERCISE = Exercise(id="07.token_batches", reference=token_batches, difficulty=2, minutes=8, examine=examine,
    own_form="the library's can limit the rows of a batch, too",
    mistakes=MISTAKES, hints=(
        "Keep the longest length of the batch under way. Would the batch, with the next sentence, take more than "
        "`max_tokens`? Then a new one begins.",
        "With the next sentence: `max(longest, length) * (len(batch) + 1)`.",
        "A new batch starts with that sentence alone: `longest = length`."), explanation="""
What a step costs is the positions that it computes, padding included, and not the number of sentences. With as many
sentences in each batch, one of long ones takes ten times as long as one of short ones, and as much more memory; by
tokens they are alike, and the learning rate fits all of them.""")  # fmt: skip
