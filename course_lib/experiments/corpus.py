"""The bundled pairs as the experiments on translation use them: with vocabularies, and lengths that are told apart."""

from functools import lru_cache
from typing import NamedTuple

from torch import nn

from course_lib import datasets
from course_lib.text import Vocab
from course_lib.translator import Translator

LONGEST = 60  # tokens; no sentence of the corpus is longer, and decoding stops there
BINS = (7, 15, 23)  # source lengths: up to 7, 8 to 15, 16 to 23, and more
SHORT = 10  # tokens of a source, where a lesson has a minute to train on
MIN_FREQ = 2  # a word that was seen once is <unk>, so that <unk> is trained: it is what every unknown word will be


class Corpus(NamedTuple):
    """The bundled pairs and their vocabularies, both from the training sentences alone."""

    pairs: datasets.ParallelCorpus
    source: Vocab
    target: Vocab

    def turned(self) -> "Corpus":
        """The same pairs in the other direction."""
        return Corpus(self.pairs.reversed(), self.target, self.source)

    def translator(self, model: nn.Module, *, reverse_source: bool = False) -> Translator:
        """A model that was made with these vocabularies, as a translator."""
        return Translator(model, self.source, self.target, reverse_source=reverse_source, max_length=LONGEST)


@lru_cache(maxsize=1)
def corpus() -> Corpus:
    """The bundled corpus, read once."""
    pairs = datasets.load("ko-en")
    train = pairs["train"]
    source = Vocab.build((pair.source for pair in train), min_freq=MIN_FREQ)
    target = Vocab.build((pair.target for pair in train), min_freq=MIN_FREQ)
    return Corpus(pairs, source, target)


def short_pairs(split: str, longest: int = SHORT) -> list[datasets.Pair]:
    """The pairs of a split of the bundled corpus whose source has at most so many tokens."""
    return [pair for pair in corpus().pairs[split] if len(pair.source) <= longest]
