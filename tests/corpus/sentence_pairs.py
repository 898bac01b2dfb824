"""The sentence pairs of the bundled corpus, taken apart, and what may be asked of one."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from course_lib.text import tokenize_english

DATA = Path(__file__).resolve().parents[2] / "data"

SIZES = {"train": 20_000, "validation": 1_000, "test": 1_000, "long": 500, "novel": 500}


class Row(NamedTuple):
    """A line of the corpus, taken apart."""

    ko: str
    en: str
    surfaces: tuple[str, ...]
    eojeols: tuple[tuple[str, ...], ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    links: tuple[tuple[int, int], ...]
    topic: str


def parse(line: str) -> Row:
    ko, en, alignment, topic = line.split("\t")
    surfaces, eojeols = [], []
    for word in ko.split(" "):
        surface, equals, joined = word.rpartition("=")
        morphs = tuple(joined.split("+"))
        assert all(morphs), word
        assert not equals or surface != "".join(morphs), f"{word}: the surface is needless"
        surfaces.append(surface or "".join(morphs))
        eojeols.append(morphs)
    source = tuple(m for e in eojeols for m in e)
    links = tuple(tuple(map(int, pair.split("-"))) for pair in alignment.split(" "))
    return Row(ko, en, tuple(surfaces), tuple(eojeols), source, tuple(tokenize_english(en)), links, topic)


@cache
def rows(name: str) -> list[Row]:
    lines = (DATA / "ko-en" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "ko\ten\talignment\ttopic"
    return [parse(line) for line in lines[1:]]


def every_row() -> list[Row]:
    return [row for name in SIZES for row in rows(name)]


# --- what is asked of a row ---------------------------------------------------------------------------------

Test = Callable[[Row], bool]


def has(*morphs: str) -> Test:
    """Whether these morphemes stand side by side, asked of a row."""

    def stand_there(row: Row) -> bool:
        n = len(morphs)
        return any(row.source[i : i + n] == morphs for i in range(len(row.source) - n + 1))

    return stand_there


def any_of(*tests: Test) -> Test:
    return lambda row: any(test(row) for test in tests)


def english_has(*words: str) -> Test:
    return lambda row: any(word in row.target for word in words)


def both(*tests: Test) -> Test:
    return lambda row: all(test(row) for test in tests)
