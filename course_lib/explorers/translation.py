"""What explorers of translations share: a sentence that is typed, and the model's state before the first word."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from course_lib.explorers.explorer import Explorer
from course_lib.text import UNK, Vocab

MAX_LENGTH = 40  # words of a translation that is shown
EMPTY = "The sentence is empty: type at least one morpheme."


def morphemes(text: str) -> list[str]:
    """The morphemes of a sentence as it is typed here, with spaces or plus signs between them."""
    return text.replace("+", " ").split()


class TranslationExplorer(Explorer):
    """A model that translates one sentence at a time.

    Args:
        model: with `start(source ids (B, S))` and `step(token (B,), state)`.
        source: the vocabulary that is read.
        target: the vocabulary that is written.
        reverse_source: whether the model reads the source from its end to its beginning.
    """

    def __init__(self, model: nn.Module, source: Vocab, target: Vocab, reverse_source: bool) -> None:
        self.model, self.source, self.target, self.reverse_source = model, source, target, reverse_source

    def start(self, tokens: Sequence[str]) -> Any:
        """The state before the first word, for one sentence.

        Raises:
            ValueError: a sentence without tokens.
        """
        if not tokens:
            raise ValueError(EMPTY)
        ids = self.source.encode(tokens)[:: -1 if self.reverse_source else 1]
        with torch.no_grad():
            return self.model.start(torch.tensor([ids]))

    def describe_unknown(self, tokens: Sequence[str]) -> str:
        """Which tokens the source vocabulary does not hold."""
        unknown = [token for token in tokens if self.source[token] == UNK]
        return f" Not in the vocabulary, read as <unk>: {', '.join(unknown)}." if unknown else ""
