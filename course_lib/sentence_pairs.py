"""Sentence pairs in memory: a pair, and a corpus of them in named splits."""

from collections.abc import Iterator
from typing import NamedTuple

import torch

SPLIT_NAMES = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("validation", "valid", "val", "dev"), "validation"),
    "test": "test",
}


class Pair(NamedTuple):
    """One sentence in two languages.

    Attributes:
        source, target: lists of tokens, S and T of them.
        source_text, target_text: the sentences as people write them.
        alignment: sorted list of (i, j): source token i is surely translated by target token j; None where unknown.
        topic: what the sentence is about, or None.
        possible: sorted list of the links that may be drawn, the sure ones among them; None: no others than those.
        references: other translations of the source, lists of tokens as `target` is.
    """

    source: list[str]
    target: list[str]
    source_text: str
    target_text: str
    alignment: list[tuple[int, int]] | None = None
    topic: str | None = None
    possible: list[tuple[int, int]] | None = None
    references: tuple[list[str], ...] = ()

    @property
    def translations(self) -> tuple[list[str], ...]:
        """All that a translation of the source can be held against: the target, and `references`."""
        return (self.target, *self.references)

    def gold(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The gold alignment: the sure links, and the possible ones, the sure among them.

        Raises:
            ValueError: it is not known.
        """
        if self.alignment is None:
            raise ValueError(f"the gold alignment of {self.source_text!r} is not known")
        return self.alignment, self.alignment if self.possible is None else self.possible

    def reversed(self) -> "Pair":
        """The same pair in the other direction, without `references`: they are no translations of the target."""
        sure, possible = (
            None if links is None else sorted((j, i) for i, j in links) for links in (self.alignment, self.possible)
        )
        return Pair(self.target, self.source, self.target_text, self.source_text, sure, self.topic, possible)


class ParallelCorpus:
    """Named splits of sentence pairs: `corpus.train`, `corpus["test"]`, `for name in corpus`."""

    def __init__(self, splits: dict[str, list[Pair]], source: str = "source", target: str = "target"):
        """Name the splits, and with `source` and `target` the languages."""
        self.splits = splits
        self.source = source
        self.target = target

    def __getitem__(self, split: str) -> list[Pair]:
        """The pairs of a split; "val", "valid" and "dev" mean "validation".

        Raises:
            ValueError: no such split; names those that there are.
        """
        name = SPLIT_NAMES.get(split, split)
        if name not in self.splits:
            raise ValueError(f"no split {split!r}: there is {', '.join(map(repr, self.splits))}")
        return self.splits[name]

    @property
    def train(self) -> list[Pair]:
        return self["train"]

    @property
    def validation(self) -> list[Pair]:
        return self["validation"]

    @property
    def test(self) -> list[Pair]:
        return self["test"]

    def __iter__(self) -> Iterator[str]:
        return iter(self.splits)

    def __len__(self) -> int:
        return len(self.splits)

    def __contains__(self, split: object) -> bool:
        return isinstance(split, str) and SPLIT_NAMES.get(split, split) in self.splits

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} {len(pairs):,}" for name, pairs in self.splits.items())
        return f"ParallelCorpus({self.source} -> {self.target}: {sizes})"

    def reversed(self) -> "ParallelCorpus":
        """The same corpus in the other direction."""
        splits = {name: [pair.reversed() for pair in pairs] for name, pairs in self.splits.items()}
        return ParallelCorpus(splits, self.target, self.source)

    def hold_out(self, validation: int, test: int, *, seed: int = 0) -> "ParallelCorpus":
        """Take about so many pairs for validation and for test from `train`, at random, the same for a seed.

        Pairs that share a source or a target sentence stay together: a sentence that was trained on would make
        an easy test.

        Raises:
            ValueError: a split of that name is there already, or too few pairs would be left to train on.
        """
        wanted = {"validation": validation, "test": test}
        for name, size in wanted.items():
            if size and name in self.splits:
                raise ValueError(f"there is a split {name!r} already, of {len(self[name])} pairs")
        groups = _groups_sharing_text(self.train)
        order = torch.randperm(len(groups), generator=torch.Generator().manual_seed(seed)).tolist()
        shuffled = (groups[i] for i in order)
        held: dict[str, list[Pair]] = {}
        for name, size in wanted.items():
            rows: list[int] = []
            while len(rows) < size:
                group = next(shuffled, None)
                if group is None:
                    raise ValueError(
                        f"cannot hold out {validation} + {test} of {len(self.train)} pairs and train on the rest"
                    )
                rows += group
            if rows:
                held[name] = [self.train[i] for i in sorted(rows)]
        rest = sorted(i for group in shuffled for i in group)
        if not rest:
            raise ValueError(f"cannot hold out {validation} + {test} of {len(self.train)} pairs and train on the rest")
        splits = {**self.splits, "train": [self.train[i] for i in rest], **held}
        return ParallelCorpus(splits, self.source, self.target)


def _groups_sharing_text(pairs: list[Pair]) -> list[list[int]]:
    """The indices of pairs, those together that are linked by a common source or target sentence."""
    parent = list(range(len(pairs)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[tuple[str, str], int] = {}
    for i, pair in enumerate(pairs):
        for key in (("source", pair.source_text), ("target", pair.target_text)):
            parent[root(i)] = root(first.setdefault(key, i))
    groups: dict[int, list[int]] = {}
    for i in range(len(pairs)):
        groups.setdefault(root(i), []).append(i)
    return list(groups.values())
