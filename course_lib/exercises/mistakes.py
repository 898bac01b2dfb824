"""Which mistake explains what an answer gave."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

Mistake = tuple[Any, ...]  # what to tell the learner, then one mistaken answer or more, functions of the inputs

_SHARE = 0.25  # of all results that a mistake must explain: several may look alike on small inputs


@dataclass(frozen=True)
class Compared:
    """A result of an answer, and what is needed to ask which mistake it shows.

    Attributes:
        explains: whether a mistaken function, of these inputs, gives this result.
        right: whether it is the right result.
    """

    rows: Sequence[Mistake]
    inputs: Sequence[Any]
    got: Any
    explains: Callable[..., bool]
    right: bool

    def shows(self, sentence: str) -> bool:
        functions = (function for text, *wrong in self.rows if text == sentence for function in wrong)
        return any(holds(partial(self.explains, function, self.inputs, self.got)) for function in functions)


def explained_by(sentences: Sequence[str], results: Sequence[Compared]) -> str | None:
    """What to tell of these results: the one of these mistakes that explains most of them, at least a quarter.

    Where there is none, a mistake that explains all that is wrong, of an answer that is right elsewhere. None where
    nothing explains them.
    """

    def share(sentence: str, of: Sequence[Compared]) -> float:
        return sum(each.shows(sentence) for each in of) / len(of) if of else 1.0

    best = max(sentences, key=lambda sentence: share(sentence, results), default=None)
    if best and share(best, results) >= _SHARE:
        return best
    wrong = [each for each in results if not each.right]
    if 1 < len(wrong) < len(results):
        for sentence in dict.fromkeys(text for text, *_ in wrong[0].rows):
            if share(sentence, wrong) == 1:
                return f"it is right in some cases, but not in this one: {sentence}"
    return None


def holds(test: Callable[[], bool]) -> bool:
    """False where it can't be said: a mistake need not be possible at every size."""
    with contextlib.suppress(Exception):
        return test()
    return False
