"""Which mistake explains what an answer gave, or which two."""

import contextlib
import functools
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import torch
from torch import Tensor

from course_lib.exercises.guard import copies

Mistake = tuple[Any, ...]  # what to tell the learner, then one mistaken answer or more, functions of the inputs

_PAIRS = 2000  # that are tried, of a table's two mistakes at once
_SHARE = 0.25  # of all wrong results that a mistake must explain: several may look alike on small inputs


class Parted:
    """A mistaken answer that is a right one with some of its parts replaced, so that two of them make a third."""

    def __init__(self, make: Callable[..., Callable[..., Any]], parts: Mapping[str, Any]):
        self.make, self.parts = make, dict(parts)
        self.function = make(**parts)

    def __call__(self, *given: Any, **options: Any) -> Any:
        return self.function(*given, **options)

    def with_those_of(self, other: "Parted") -> "Parted | None":
        """Both at once; None where they can't be."""
        if self.make is not other.make or any(
            self.parts[k] is not other.parts[k] for k in self.parts.keys() & other.parts
        ):
            return None
        return Parted(self.make, self.parts | other.parts)


def parted(make: Callable[..., Callable[..., Any]]) -> Callable[..., Parted]:
    """For a function that makes mistaken answers of the parts that are replaced: what it makes can be joined."""
    takes = inspect.signature(make)

    @functools.wraps(make)
    def maker(*parts: Any, **named: Any) -> Parted:
        return Parted(make, takes.bind(*parts, **named).arguments)

    return maker


def with_parts(function: Callable[..., Any]) -> Callable[..., Parted]:
    """A maker of mistaken answers: `_with(score=f)` is the function `_with` with this part, a keyword, replaced."""
    make = functools.partial(functools.partial, function)
    return functools.partial(_of_parts, make)


def _of_parts(make: Callable[..., Callable[..., Any]], **parts: Any) -> Parted:
    return Parted(make, parts)


@dataclass(frozen=True)
class Compared:
    """A result of an answer, and what is needed to ask which mistake it shows.

    Attributes:
        explains: whether a mistaken function, of these inputs, gives this result.
        right: whether it is the right result; None: even its shape or kind is wrong.
        foreign: it is of another kind, such as a string for a tensor: no mistake of the table gives that.
    """

    rows: Sequence[Mistake]
    inputs: Sequence[Any]
    got: Any
    explains: Callable[..., bool]
    right: bool | None
    foreign: bool = False

    def shows(self, function: Callable[..., Any]) -> bool:
        return holds(functools.partial(self.explains, function, self.inputs, self.got))

    def given_by(self, function: Callable[..., Any]) -> Any:
        """What a mistaken function gives of these inputs; None where it gives nothing."""
        with contextlib.suppress(Exception):
            return function(*copies(self.inputs))
        return None

    def shows_any(self, sentence: str) -> bool:
        return any(self.shows(function) for text, *wrong in self.rows if text == sentence for function in wrong)


def explained_by(sentences: Sequence[str], results: Sequence[Compared]) -> str | None:
    """What to tell of these results: the one of these mistakes that explains all that is wrong; or two that do it
    together; or the one that explains most of it, at least a quarter. Where none could be the one, a mistake that
    explains all that is wrong, of an answer that is right elsewhere. None where nothing does.
    """
    wrong = [each for each in results if not each.right]
    if not wrong:
        return sentences[0] if sentences else None

    def share(sentence: str, of: Sequence[Compared] = wrong) -> float:
        return sum(each.shows_any(sentence) for each in of) / len(of)

    best = max(sentences, key=lambda sentence: (share(sentence), share(sentence, results)), default=None)
    if best and share(best) == 1:
        return best
    rows = wrong[0].rows
    if not best and 1 < len(wrong) < len(results) and all(each.right is False for each in wrong):
        for sentence in dict.fromkeys(text for text, *_ in rows):
            if all(each.shows_any(sentence) for each in wrong):
                return f"it is right in some cases, but not in this one: {sentence}"
    for two, mistaken in () if any(each.foreign for each in wrong) else _two_at_once(wrong[0]):
        if all(each.shows(mistaken) for each in (*wrong, *results)):
            return f"two mistakes at once: {two}"
    return best if best and share(best) >= _SHARE else None


def _two_at_once(wrong: Compared) -> Iterator[tuple[str, Parted]]:
    """Pairs of mistakes that can be made together, but for those that can't give a result of this form: where both
    alone give another one, and the same, so do the two together. Those come first of which one alone comes near; of a
    long table these will do, for whoever waits.
    """
    singles: list[tuple[float, int, str, Parted, Any]] = []
    for text, *made in wrong.rows:
        for function in made:
            if isinstance(function, Parted):
                alone = wrong.given_by(function)
                singles.append((_nearness(alone, wrong.got), len(singles), text, function, form_of(alone)))
    form = form_of(wrong.got)
    tried = 0
    for pair in combinations(sorted(singles, key=lambda each: (-each[0], each[1])), 2):
        (_, _, one, first, alone), (_, _, other, second, alone_too) = sorted(pair, key=lambda each: each[1])
        if one != other and (alone != alone_too or alone in (form, None)) and tried < _PAIRS:
            with contextlib.suppress(Exception):  # parts that make no function together
                if joined := first.with_those_of(second):
                    tried += 1
                    yield f"1. {one}. 2. {other}", joined


def _nearness(one: Any, other: Any) -> float:
    """How near a result comes to another: the share of numbers that are the same, less how far they are apart."""
    pairs = list(zip(_tensors(one), _tensors(other), strict=False))
    if not pairs or any(a.shape != b.shape for a, b in pairs):
        return -1.0
    apart = torch.cat([(a.detach() - b.detach()).double().abs().flatten() for a, b in pairs]).nan_to_num(1.0)
    return float((apart < 1e-5).double().mean() - apart.clamp(max=1).mean())


def _tensors(value: Any) -> list[Tensor]:
    """The tensors of numbers in a result."""
    if isinstance(value, Tensor):
        return [value] if value.numel() and value.dtype is not torch.bool and not value.is_complex() else []
    return [tensor for part in value for tensor in _tensors(part)] if isinstance(value, list | tuple) else []


def form_of(value: Any) -> Any:
    """The shapes of a result's tensors, and which of them are finite; None of nothing."""
    if value is None:
        return None
    if isinstance(value, Tensor):
        return value.shape, bool(value.isfinite().all())
    if isinstance(value, list | tuple):
        return type(value), [form_of(each) for each in value]
    return type(value)


def holds(test: Callable[[], bool]) -> bool:
    """False where it can't be said: a mistake need not be possible at every size."""
    with contextlib.suppress(Exception):
        return test()
    return False
