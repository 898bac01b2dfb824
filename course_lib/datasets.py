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
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, overload

from course_lib.bundled import CORPORA, load_bundled
from course_lib.files import column_index, read_lines, what_is_near
from course_lib.sentence_pairs import SPLIT_NAMES, Pair, ParallelCorpus
from course_lib.text import TOKENIZERS

__all__ = ["Pair", "ParallelCorpus", "load", "load_files", "load_folder", "load_tsv"]

FilePath = str | os.PathLike[str]
Column = str | int
Tokenizer = str | Callable[[str], list[str]]


# --- one interface ------------------------------------------------------------------------------------------


@overload
def load(
    where: FilePath | tuple[FilePath, FilePath] = ...,
    split: None = None,
    *,
    source: Column | None = None,
    target: Column | None = None,
    **options: Any,
) -> ParallelCorpus: ...
@overload
def load(
    where: FilePath | tuple[FilePath, FilePath],
    split: str,
    *,
    source: Column | None = None,
    target: Column | None = None,
    **options: Any,
) -> list[Pair]: ...
def load(
    where: FilePath | tuple[FilePath, FilePath] = "ko-en",
    split: str | None = None,
    *,
    source: Column | None = None,
    target: Column | None = None,
    **options: Any,
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
    if isinstance(where, str) and where in CORPORA:
        return load_bundled(where, split, source=source, target=target, **options)
    corpus = _load_own(where, split, source, target, options)
    return corpus if split is None else corpus[split]


def _load_own(
    where: FilePath | tuple[FilePath, FilePath],
    split: str | None,
    source: Column | None,
    target: Column | None,
    options: dict[str, Any],
) -> ParallelCorpus:
    if isinstance(where, tuple | list):
        if len(where) != 2:
            raise ValueError(f"a pair of files is two, source and target, got {len(where)}")
        pairs = load_files(*where, **options)
        return ParallelCorpus({"train": pairs}, str(source or "source"), str(target or "target"))
    path = Path(where).expanduser()
    if not path.exists():
        names = ", ".join(map(repr, CORPORA))
        raise FileNotFoundError(f"no corpus {str(where)!r}: not bundled ({names}), and no file{what_is_near(path)}")
    if path.is_dir():
        if source is None or target is None:
            raise ValueError(f"{path} is a folder: say which files, for example source='de', target='en'")
        return load_folder(path, str(source), str(target), split=split, **options)
    columns = (0 if source is None else source, 1 if target is None else target)
    return ParallelCorpus({"train": load_tsv(path, columns, **options)}, *map(str, columns))


def load_folder(
    folder: FilePath,
    source: str,
    target: str,
    *,
    split: str | None = None,
    source_tokenizer: Tokenizer = "english",
    target_tokenizer: Tokenizer = "english",
    empty: str = "raise",
) -> ParallelCorpus:
    """Load all pairs of line-aligned files `STEM.source[.gz]` and `STEM.target[.gz]` in a folder, or one split.

    The stem names the split: `train*`, `val*` or `dev*`, `test*`, or a stem of which one of these is a part
    (`news-dev`). Where several stems could be it (`test_2016`, `test_2017`), and for all other stems, the stem itself
    is the name. Hidden files are passed over. With `split`, no other file of the folder is looked at.

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
    stems = _split_names(sorted(sides[0].keys() | sides[1].keys()))
    if split is not None:
        wanted = SPLIT_NAMES.get(split, split)
        if wanted not in stems:  # what there is, for the message of who looks for it
            return ParallelCorpus({name: [] for name in stems}, source, target)
        stems = {wanted: stems[wanted]}
    for stem in stems.values():
        if (stem in sides[0]) != (stem in sides[1]):
            there, missing = (source, target) if stem in sides[0] else (target, source)
            raise FileNotFoundError(f"{folder} holds {stem}.{there} but no {stem}.{missing}")
    splits = {
        name: load_files(
            sides[0][stem],
            sides[1][stem],
            source_tokenizer=source_tokenizer,
            target_tokenizer=target_tokenizer,
            empty=empty,
        )
        for name, stem in stems.items()
    }
    return ParallelCorpus(splits, source, target)


def _files_by_stem(folder: Path, ending: str) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        name = path.name.removesuffix(".gz")
        hidden = name.startswith(".")  # such as ._test.de, which archives from macOS hold
        if name.endswith(f".{ending}") and path.is_file() and not hidden:
            files.setdefault(name.removesuffix(f".{ending}"), path)  # the plain file before the .gz
    return files


def _split_names(stems: list[str]) -> dict[str, str]:
    """From the name of each split to its stem; train, validation, test first."""
    names: dict[str, str] = {}
    for split in ("train", "validation", "test"):
        prefixes = tuple(prefix for prefix, name in SPLIT_NAMES.items() if name == split)
        exact = [stem for stem in stems if stem in prefixes]
        similar = exact or [stem for stem in stems if stem.startswith(prefixes)]
        similar = similar or [stem for stem in stems if set(re.split(r"[-_.]", stem)) & set(prefixes)]
        if len(similar) == 1:
            names[split] = similar[0]
    return names | {stem: stem for stem in stems if stem not in names.values()}


# --- files --------------------------------------------------------------------------------------------------


def load_files(
    source_path: FilePath,
    target_path: FilePath,
    *,
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
    path: FilePath,
    columns: Sequence[Column] = (0, 1),
    *,
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
    indices = [column_index(column, names, path) for column in columns]

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
