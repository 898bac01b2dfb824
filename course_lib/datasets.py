"""Sentence pairs: the bundled corpora, and any user's own files through the same interface.

    load("ko-en")                                   the bundled Korean-English corpus
    load("ko-en", "test")                           one split of it
    load("folder", source="de", target="en")        train.de[.gz] + train.en[.gz], val.*, test*, ...
    load("pairs.tsv", source="ko", target="en")     a table with a header line
    load("pairs.tsv", source=0, target=1)           a table without one: columns by number
    load(("mine.ko", "mine.en"))                    two files, line by line

All of them give a `ParallelCorpus`, whose splits are lists of `Pair`, or with `split=` one such list.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, overload

import torch

from course_lib.files import read_lines, what_is_near
from course_lib.text import TOKENIZERS

Column = str | int
Tokenizer = str | Callable[[str], list[str]]


class Pair(NamedTuple):
    """One sentence in two languages.

    Attributes:
        source, target: lists of tokens, S and T of them.
        source_text, target_text: the sentences as people write them.
        alignment: sorted list of (i, j): source token i is translated by target token j; None where unknown.
        topic: what the sentence is about, or None.
    """

    source: list[str]
    target: list[str]
    source_text: str
    target_text: str
    alignment: list[tuple[int, int]] | None = None
    topic: str | None = None

    def reversed(self) -> "Pair":
        """The same pair in the other direction."""
        alignment = None if self.alignment is None else sorted((j, i) for i, j in self.alignment)
        return Pair(self.target, self.source, self.target_text, self.source_text, alignment, self.topic)


class ParallelCorpus:
    """Named splits of sentence pairs: `corpus.train`, `corpus["test"]`, `for name in corpus`."""

    def __init__(self, splits: dict[str, list[Pair]], source: str = "source", target: str = "target"):
        """`source` and `target` name the languages."""
        self.splits = splits
        self.source = source
        self.target = target

    def __getitem__(self, split: str) -> list[Pair]:
        """The pairs of a split; "val", "valid" and "dev" mean "validation".

        Raises:
            ValueError: no such split; names those that there are.
        """
        name = _SPLIT_NAMES.get(split, split)
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
        return _SPLIT_NAMES.get(split, split) in self.splits  # type: ignore[call-overload]

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} {len(pairs):,}" for name, pairs in self.splits.items())
        return f"ParallelCorpus({self.source} -> {self.target}: {sizes})"

    def reversed(self) -> "ParallelCorpus":
        """The same corpus in the other direction."""
        splits = {name: [pair.reversed() for pair in pairs] for name, pairs in self.splits.items()}
        return ParallelCorpus(splits, self.target, self.source)

    def hold_out(self, validation: int, test: int, seed: int = 0) -> "ParallelCorpus":
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


# --- one interface ------------------------------------------------------------------------------------------

_BUNDLED = {"ko-en": ("train", "validation", "test", "long", "novel")}
_SPLIT_NAMES = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("validation", "valid", "val", "dev"), "validation"),
    "test": "test",
}


@overload
def load(
    where: str | os.PathLike | tuple[str | os.PathLike, str | os.PathLike] = ...,
    split: None = None,
    source: Column | None = None,
    target: Column | None = None,
    **options: Any,
) -> ParallelCorpus: ...
@overload
def load(
    where: str | os.PathLike | tuple[str | os.PathLike, str | os.PathLike],
    split: str,
    source: Column | None = None,
    target: Column | None = None,
    **options: Any,
) -> list[Pair]: ...
def load(
    where: str | os.PathLike | tuple[str | os.PathLike, str | os.PathLike] = "ko-en",
    split: str | None = None,
    source: Column | None = None,
    target: Column | None = None,
    **options,
) -> ParallelCorpus | list[Pair]:
    """Load a corpus.

    Args:
        where: "ko-en", the bundled corpus; or a folder of line-aligned files; or a table (`.tsv`, `.txt`, plain
            or `.gz`); or a pair of line-aligned files.
        split: the name of one split ("train", "validation", "test", ...), or None for all.
        source, target: for a folder the endings that name the languages ("de", "en"); for a table its columns,
            by name or by number from 0; for the bundled corpus its languages, either way round.
        options: `source_tokenizer`, `target_tokenizer`, `empty`, and for a table `header`: see `load_tsv`.

    Returns:
        All splits that were found, or with `split` the list of its pairs. A table or a pair of files is one
        split, "train": see `hold_out`.

    Raises:
        FileNotFoundError: nothing there; names what is near it.
        ValueError: no such split, or what the file holds cannot be read, with file and line.
    """
    if where in _BUNDLED:
        return _load_bundled(str(where), split, source, target, **options)
    corpus = _load_own(where, source, target, options)
    return corpus if split is None else corpus[split]


def _load_own(
    where: str | os.PathLike | tuple[str | os.PathLike, str | os.PathLike],
    source: Column | None,
    target: Column | None,
    options: dict,
) -> ParallelCorpus:
    if isinstance(where, tuple):
        names = {"source": str(source or "source"), "target": str(target or "target")}
        return ParallelCorpus({"train": load_files(*where, **options)}, **names)
    path = Path(where)
    if not path.exists():
        names = ", ".join(map(repr, _BUNDLED))
        raise FileNotFoundError(f"no corpus {str(where)!r}: not bundled ({names}), and no file{what_is_near(path)}")
    if path.is_dir():
        if source is None or target is None:
            raise ValueError(f"{path} is a folder: say which files, for example source='de', target='en'")
        return load_folder(path, str(source), str(target), **options)
    columns = (0 if source is None else source, 1 if target is None else target)
    return ParallelCorpus({"train": load_tsv(path, columns, **options)}, *map(str, columns))


def load_folder(
    folder: str | os.PathLike,
    source: str,
    target: str,
    source_tokenizer: Tokenizer = "english",
    target_tokenizer: Tokenizer = "english",
    empty: str = "raise",
) -> ParallelCorpus:
    """Load all pairs of line-aligned files `STEM.source[.gz]` and `STEM.target[.gz]` in a folder.

    The stem names the split: `train*`, `val*` or `dev*`, `test*`. Where several stems begin alike (`test_2016`,
    `test_2017`), and for all other stems, the stem itself is the name.

    Raises:
        FileNotFoundError: no such folder, no pair of files in it, or a file without its other half.
        ValueError: as `load_files`.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(f"no folder {folder}")
    sides = [_files_by_stem(folder, ending) for ending in (source, target)]
    for ending, files in zip((source, target), sides, strict=True):
        if not files:
            names = ", ".join(sorted(entry.name for entry in folder.iterdir())[:8]) or "nothing"
            raise FileNotFoundError(f"{folder} holds no file that ends in .{ending} or .{ending}.gz, but {names}")
    for stem in sorted(sides[0].keys() ^ sides[1].keys()):
        there, missing = (source, target) if stem in sides[0] else (target, source)
        raise FileNotFoundError(f"{folder} holds {stem}.{there} but no {stem}.{missing}")
    splits = {
        name: load_files(sides[0][stem], sides[1][stem], source_tokenizer, target_tokenizer, empty)
        for name, stem in _split_names(list(sides[0])).items()
    }
    return ParallelCorpus(splits, source, target)


def _files_by_stem(folder: Path, ending: str) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        name = path.name.removesuffix(".gz")
        if name.endswith(f".{ending}") and path.is_file():
            files.setdefault(name.removesuffix(f".{ending}"), path)  # the plain file before the .gz
    return files


def _split_names(stems: list[str]) -> dict[str, str]:
    """From the name of each split to its stem; train, validation, test first."""
    names: dict[str, str] = {}
    for split in ("train", "validation", "test"):
        prefixes = tuple(prefix for prefix, name in _SPLIT_NAMES.items() if name == split)
        exact = [stem for stem in stems if stem in prefixes]
        similar = exact or [stem for stem in stems if stem.startswith(prefixes)]
        if len(similar) == 1:
            names[split] = similar[0]
    return names | {stem: stem for stem in stems if stem not in names.values()}


# --- files --------------------------------------------------------------------------------------------------


def load_files(
    source_path: str | os.PathLike,
    target_path: str | os.PathLike,
    source_tokenizer: Tokenizer = "english",
    target_tokenizer: Tokenizer = "english",
    empty: str = "raise",
) -> list[Pair]:
    """Load two files (plain or `.gz`) whose lines are translations of each other.

    Args: see `load_tsv`.

    Raises:
        FileNotFoundError: no such file; names what is near it.
        ValueError: different numbers of lines, empty files, and, with the line, bytes that are not UTF-8 or a
            sentence without a counterpart.
    """
    sources, targets = list(read_lines(source_path)), list(read_lines(target_path))
    if len(sources) != len(targets):
        raise ValueError(
            f"expected as many lines on both sides, got {len(sources)} in {source_path} "
            f"and {len(targets)} in {target_path}"
        )
    if not sources:
        raise ValueError(f"{source_path} and {target_path} are empty: expected one sentence per line")
    rows = (
        (f"line {number} of {source_path} and {target_path}", *texts)
        for number, texts in enumerate(zip(sources, targets, strict=True), start=1)
    )
    return _pairs(rows, str(source_path), source_tokenizer, target_tokenizer, empty)


def load_tsv(
    path: str | os.PathLike,
    columns: Sequence[Column] = (0, 1),
    source_tokenizer: Tokenizer = "english",
    target_tokenizer: Tokenizer = "english",
    empty: str = "raise",
    header: bool | None = None,
) -> list[Pair]:
    """Load a table (plain or `.gz`) with one pair per line and a tab between columns; quotes mean nothing special.

    Args:
        path: the file.
        columns: the source and the target column, by the names in the header line or by number from 0. Other
            columns are ignored.
        source_tokenizer, target_tokenizer: a name from `text.TOKENIZERS` or a function from a sentence to its
            tokens. "english" serves other languages written with spaces, too; it lower-cases.
        empty: what to do where a sentence is empty on one side or on both: "raise" or "skip".
        header: whether the first line holds names; None: if columns are given by name.

    Raises:
        FileNotFoundError: no such file; names what is near it.
        ValueError: an empty file or unknown column, and, with the line, a missing column, bytes that are not
            UTF-8, or an empty sentence.
    """
    if len(columns) != 2:
        raise ValueError(f"columns must be (source, target), got {tuple(columns)}")
    named = [column for column in columns if isinstance(column, str)]
    if named and header is False:
        raise ValueError(f"column {named[0]!r} is a name, but header=False: give numbers from 0")
    lines = enumerate(read_lines(path), start=1)
    names = None
    if named or header:
        names = next(lines, (1, ""))[1].split("\t")
        if names == [""]:
            raise ValueError(f"{path} is empty: expected a header line and one pair per line")
    indices = [_column_index(column, names, path) for column in columns]

    def rows() -> Iterator[tuple[str, str, str]]:
        for number, line in lines:
            fields = line.split("\t")
            if max(indices) >= len(fields) and line.strip():
                raise ValueError(
                    f"{path}, line {number}: expected at least {max(indices) + 1} columns separated by tabs, "
                    f"got {len(fields)}"
                )
            source, target = (fields[i] if i < len(fields) else "" for i in indices)
            yield f"{path}, line {number}", source, target

    return _pairs(rows(), str(path), source_tokenizer, target_tokenizer, empty)


def _column_index(column: Column, names: list[str] | None, path: str | os.PathLike) -> int:
    if isinstance(column, int):
        if column < 0:
            raise ValueError(f"columns are numbered from 0, got {column}")
        return column
    if column not in names:
        raise ValueError(f"{path}, line 1: expected a column {column!r}, got {', '.join(map(repr, names))}")
    return names.index(column)


def _pairs(
    rows: Iterable[tuple[str, str, str]],
    path: str,
    source_tokenizer: Tokenizer,
    target_tokenizer: Tokenizer,
    empty: str,
) -> list[Pair]:
    """Tokenized pairs from rows (where, source sentence, target sentence)."""
    if empty not in ("raise", "skip"):
        raise ValueError(f"empty must be 'raise' or 'skip', got {empty!r}")
    tokenize_source, tokenize_target = _tokenizer(source_tokenizer), _tokenizer(target_tokenizer)
    pairs = []
    skipped = 0
    for where, source_text, target_text in rows:
        source_text, target_text = source_text.strip(), target_text.strip()
        source, target = tokenize_source(source_text), tokenize_target(target_text)
        if source and target:
            pairs.append(Pair(source, target, source_text, target_text))
        elif empty == "skip":
            skipped += 1
        else:
            side = "the source side" if target else "the target side" if source else "both sides"
            raise ValueError(f"{where}: the sentence is empty on {side}; empty='skip' leaves such lines out")
    if not pairs:
        raise ValueError(
            f"{path}: expected at least one pair, got {skipped} with an empty side"
            if skipped
            else f"{path} is empty: expected one pair per line"
        )
    return pairs


def _tokenizer(tokenizer: Tokenizer) -> Callable[[str], list[str]]:
    if not isinstance(tokenizer, str):
        return tokenizer
    if tokenizer not in TOKENIZERS:
        raise ValueError(f"no tokenizer {tokenizer!r}: there is {', '.join(map(repr, TOKENIZERS))}")
    return TOKENIZERS[tokenizer]


# --- the bundled corpora ------------------------------------------------------------------------------------


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


def data_folder() -> Path:
    """The folder of the bundled data: `$COURSE_DATA`, or `data/` beside the library.

    Raises:
        FileNotFoundError: no such folder.
    """
    folder = Path(os.environ.get("COURSE_DATA") or Path(__file__).resolve().parent.parent / "data")
    if not folder.is_dir():
        raise FileNotFoundError(f"no folder {folder}: set COURSE_DATA to the folder of the course's data")
    return folder


def _load_bundled(
    name: str, split: str | None, source: Column | None, target: Column | None
) -> ParallelCorpus | list[Pair]:
    languages = tuple(name.split("-"))
    wanted = (languages[0] if source is None else source, languages[1] if target is None else target)
    if wanted not in (languages, languages[::-1]):
        raise ValueError(f"{name} goes from {languages[0]} to {languages[1]} or back, got {wanted[0]} to {wanted[1]}")
    splits = _BUNDLED[name]
    if split is not None:
        splits = (_SPLIT_NAMES.get(split, split),)
        if splits[0] not in _BUNDLED[name]:
            raise ValueError(f"no split {split!r}: there is {', '.join(map(repr, _BUNDLED[name]))}")
    corpus = ParallelCorpus({each: _read_bundled(data_folder() / name / f"{each}.tsv") for each in splits}, *languages)
    if wanted != languages:
        corpus = corpus.reversed()
    return corpus if split is None else corpus[split]


def _read_bundled(path: Path) -> list[Pair]:
    """Read `ko<TAB>en<TAB>alignment<TAB>topic`; the README beside the file describes the format."""
    pairs = []
    for where, (ko, en, alignment, topic) in _read_table(path, ("ko", "en", "alignment", "topic")):
        try:
            eojeols = parse_eojeols(ko)
            source = [morpheme for _, morphemes in eojeols for morpheme in morphemes]
            target = TOKENIZERS["english"](en)
            links = parse_alignment(alignment, len(source), len(target))
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from None
        pairs.append(Pair(source, target, " ".join(surface for surface, _ in eojeols), en, links, topic))
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


def format_eojeols(eojeols: Iterable[tuple[str, Sequence[str]]]) -> str:
    """The inverse of `parse_eojeols`.

    Raises:
        ValueError: an empty surface or morpheme, or one that holds a space, "+" or "=".
    """
    words = []
    for surface, morphemes in eojeols:
        for part in (surface, *morphemes):
            if not part or set(part) & set(" +=\t\n"):
                raise ValueError(f"expected text without spaces, '+' and '=', got {part!r} in {surface!r}")
        joined = "+".join(morphemes)
        words.append(joined if "".join(morphemes) == surface else f"{surface}={joined}")
    return " ".join(words)


def parse_alignment(text: str, S: int, T: int) -> list[tuple[int, int]]:
    """Sorted links of a word alignment: "0-1 2-0" -> [(0, 1), (2, 0)], source token first, counted from 0.

    Raises:
        ValueError: something else than `i-j`, or a link outside 0 .. S-1, 0 .. T-1.
    """
    links = []
    for link in text.split():
        i, _, j = link.partition("-")
        if not (i.isdecimal() and j.isdecimal()):
            raise ValueError(f"expected alignment links 'i-j', got {link!r}")
        if int(i) >= S or int(j) >= T:
            raise ValueError(f"alignment link {link} points outside a pair of {S} and {T} tokens")
        links.append((int(i), int(j)))
    return sorted(links)


def read_analogies(language: str, path: str | os.PathLike | None = None) -> list[Analogy]:
    """The questions "a is to b as c is to d" of one language ("ko", "en"), from `data/analogies.tsv`."""
    path = data_folder() / "analogies.tsv" if path is None else path
    rows = _read_table(path, ("language", "category", "a", "b", "c", "d"))
    return [Analogy(*words, category) for _, (each, category, *words) in rows if each == language]


def read_word_pairs(language: str, path: str | os.PathLike | None = None) -> list[WordPair]:
    """Pairs of words of one language ("ko", "en") with their likeness, from `data/word-pairs.tsv`."""
    path = data_folder() / "word-pairs.tsv" if path is None else path
    pairs = []
    for where, (each, a, b, score) in _read_table(path, ("language", "a", "b", "score")):
        try:
            pair = WordPair(a, b, float(score))
        except ValueError:
            raise ValueError(f"{where}: expected a number as score, got {score!r}") from None
        if each == language:
            pairs.append(pair)
    return pairs


def _read_table(path: str | os.PathLike, columns: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Rows (where, fields) of a table whose header holds `columns`, the fields in the order of `columns`."""
    lines = enumerate(read_lines(path), start=1)
    names = next(lines, (1, ""))[1].split("\t")
    if names == [""]:
        raise ValueError(f"{path} is empty: expected a header line with {', '.join(columns)}")
    indices = [_column_index(column, names, path) for column in columns]
    for number, line in lines:
        fields = line.split("\t")
        if len(fields) != len(names):
            raise ValueError(f"{path}, line {number}: expected {len(names)} columns, got {len(fields)}")
        yield f"{path}, line {number}", [fields[i] for i in indices]
