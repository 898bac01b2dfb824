"""The data that the course brings: where it lies, the Korean-English corpus, analogies, pairs of words.

The README beside each file describes its format.
"""

import os
from pathlib import Path
from typing import NamedTuple

from course_lib import folders
from course_lib.files import read_table
from course_lib.sentence_pairs import SPLIT_NAMES, Pair, ParallelCorpus
from course_lib.text import TOKENIZERS

CORPORA: dict[str, tuple[str, ...]] = {
    "ko-en": ("train", "validation", "test", "long", "novel", "human")
}  # name: its splits


def data_folder() -> Path:
    """The folder of the bundled data: `$COURSE_DATA`, or the one that came with the library.

    Raises:
        FileNotFoundError: no such folder.
    """
    folder = Path(os.environ.get("COURSE_DATA") or folders.bundled("data"))
    if not folder.is_dir():
        raise FileNotFoundError(f"no folder {folder}: set COURSE_DATA to the folder of the course's data")
    return folder


def translator_file() -> Path:
    """The translator that comes with the course, Korean to English, for `translator_file.load_translator`."""
    return data_folder() / "models" / "ko-en"


# --- the corpus ---------------------------------------------------------------------------------------------


def load_bundled(
    name: str, split: str | None = None, *, source: str | int | None = None, target: str | int | None = None
) -> ParallelCorpus | list[Pair]:
    """A bundled corpus, or one split of it: see `datasets.load`.

    Raises:
        FileNotFoundError: no data folder, or not this file in it.
        ValueError: no such split or direction, or, with file and line, a row that is not in the format.
    """
    first, second = name.split("-")
    languages = (first, second)
    wanted = (languages[0] if source is None else source, languages[1] if target is None else target)
    if wanted not in (languages, languages[::-1]):
        raise ValueError(f"{name} goes from {languages[0]} to {languages[1]} or back, got {wanted[0]} to {wanted[1]}")
    splits = CORPORA[name] if split is None else (SPLIT_NAMES.get(split, split),)
    if splits[0] not in CORPORA[name]:
        raise ValueError(f"no split {split!r}: there is {', '.join(map(repr, CORPORA[name]))}")
    corpus = ParallelCorpus({each: _read_pairs(data_folder() / name / f"{each}.tsv") for each in splits}, *languages)
    if wanted != languages:
        corpus = corpus.reversed()
    return corpus if split is None else corpus[split]


def _read_pairs(path: Path) -> list[Pair]:
    """Read `ko<TAB>en<TAB>alignment<TAB>topic[<TAB>reference]`; the README beside the file describes the format."""
    pairs = []
    rows = read_table(path, ("ko", "en", "alignment", "topic"), optional=("reference",))
    for where, (ko, en, alignment, topic, reference) in rows:
        try:
            eojeols = parse_eojeols(ko)
            source = [morpheme for _, morphemes in eojeols for morpheme in morphemes]
            target = TOKENIZERS["english"](en)
            references = (TOKENIZERS["english"](reference),) if reference else ()
            links = parse_alignment(alignment, len(source), len(target)) if alignment else (None, None)
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from None
        written = " ".join(surface for surface, _ in eojeols)
        pairs.append(Pair(source, target, written, en, links[0], topic, links[1], references))
    return pairs


def parse_eojeols(text: str) -> list[tuple[str, list[str]]]:
    """Korean words with their morphemes: "저+는 샀어요.=사+았+어요+." -> [("저는", ["저", "는"]), ("샀어요.", [...])].

    Eojeols (어절, what stands between spaces) are separated by one space. Each is `morpheme+morpheme+...` where
    the morphemes (형태소) simply add up to it, else `surface=morpheme+morpheme+...`.

    Raises:
        ValueError: an empty eojeol, surface or morpheme, or a second "=".
    """
    eojeols = []
    for eojeol in text.split(" "):
        surface, equals, joined = eojeol.rpartition("=")
        morphemes = joined.split("+")
        if not all(morphemes) or "=" in surface or bool(surface) != bool(equals):
            raise ValueError(f"expected 'morpheme+...' or 'surface=morpheme+...', got {eojeol!r}")
        eojeols.append((surface or "".join(morphemes), morphemes))
    return eojeols


def parse_alignment(text: str, S: int, T: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The sure and the possible links of a word alignment, sorted, source token first, counted from 0.

    A link that is sure is written `i-j`, one that is only possible `i?j`. A sure link is possible, too, as Och and Ney
    (2003, section 5) have it: "2-0 0?1" -> ([(2, 0)], [(0, 1), (2, 0)]).

    Raises:
        ValueError: something else than `i-j` or `i?j`, or a link outside 0 .. S-1, 0 .. T-1.
    """
    sure, possible = set(), set()
    for link in text.split():
        sign = "?" if "?" in link else "-"
        i, _, j = link.partition(sign)
        if not (i.isdecimal() and j.isdecimal()):
            raise ValueError(f"expected alignment links 'i-j' or 'i?j', got {link!r}")
        if int(i) >= S or int(j) >= T:
            raise ValueError(f"alignment link {link} points outside a pair of {S} and {T} tokens")
        possible.add((int(i), int(j)))
        if sign == "-":
            sure.add((int(i), int(j)))
    return sorted(sure), sorted(possible)


# --- questions about words ----------------------------------------------------------------------------------


class Analogy(NamedTuple):
    """a is to b as c is to d."""

    a: str
    b: str
    c: str
    d: str
    category: str


class WordPair(NamedTuple):
    """Two words and how alike they are; a larger score is more alike."""

    a: str
    b: str
    score: float


def read_analogies(language: str, path: str | os.PathLike[str] | None = None) -> list[Analogy]:
    """The questions "a is to b as c is to d" of one language ("ko", "en"), from `data/analogies.tsv`."""
    path = data_folder() / "analogies.tsv" if path is None else path
    rows = read_table(path, ("language", "category", "a", "b", "c", "d"))
    return [Analogy(a, b, c, d, category) for _, (each, category, a, b, c, d) in rows if each == language]


def read_word_pairs(language: str, path: str | os.PathLike[str] | None = None) -> list[WordPair]:
    """Pairs of words of one language ("ko", "en") with their likeness, from `data/word-pairs.tsv`."""
    path = data_folder() / "word-pairs.tsv" if path is None else path
    pairs = []
    for where, (each, a, b, score) in read_table(path, ("language", "a", "b", "score")):
        try:
            pair = WordPair(a, b, float(score))
        except ValueError:
            raise ValueError(f"{where}: expected a number as score, got {score!r}") from None
        if each == language:
            pairs.append(pair)
    return pairs
