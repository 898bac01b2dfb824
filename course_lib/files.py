"""Files: lines and tables read with errors that name the place; whatever is written, written whole or not at all."""

import gzip
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from difflib import get_close_matches
from itertools import chain, islice
from pathlib import Path

# --- reading ------------------------------------------------------------------------------------------------


def read_lines(path: str | os.PathLike[str], *, broken: bool = False) -> Iterator[str]:
    """The lines of a UTF-8 file, plain or `.gz`, without line ends; a byte order mark and CRLF are taken off.

    Lines end at "\\n" and nowhere else, so that rare separators inside a sentence do not shift what follows; in a file
    that has none, as old programs on the Mac wrote them, at "\\r".

    Args:
        broken: take lines that are not UTF-8, too, with the bytes that are none as lone surrogates; see `is_broken`.

    Raises:
        FileNotFoundError: no such file; names what is near it.
        ValueError: a folder, bytes that are not UTF-8 (with the line), or a damaged `.gz`.
    """
    path = Path(path)
    if path.is_dir():
        raise ValueError(f"{path} is a folder, expected a file")
    if not path.exists():
        raise FileNotFoundError(f"no file {path}{what_is_near(path)}")
    return _decoded_lines(path, "surrogateescape" if broken else "strict")


def is_broken(line: str) -> bool:
    """Whether a line that `read_lines` gave was not UTF-8."""
    return any("\udc80" <= character <= "\udcff" for character in line)


_OTHERS = {  # what is not text begins so
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"PK\x03\x04": "a spreadsheet or a .zip: save the sheet as text with tabs, or unpack it",
    b"\xd0\xcf\x11\xe0": "a spreadsheet of an old Excel: save it as text with tabs",
}


def _decoded_lines(path: Path, errors: str) -> Iterator[str]:
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        number = 0
        try:
            first = file.readline()
            alone = first.rstrip(b"\r").count(b"\r") and not first.endswith(b"\n")
            lines = iter(first.rstrip(b"\r").split(b"\r")) if alone else chain([first] if first else [], file)
            for number, raw in enumerate(lines, start=1):
                if number == 1:
                    raw = raw.removeprefix(b"\xef\xbb\xbf")
                yield raw.decode("utf-8", errors).removesuffix("\n").removesuffix("\r")
        except UnicodeDecodeError as error:
            looks = next((what for start, what in _OTHERS.items() if number == 1 and raw.startswith(start)), None)
            hint = f"it looks like {looks}" if looks else f"byte {error.object[error.start]:#04x}"
            raise ValueError(f"{path}, line {number}: expected UTF-8, got something else ({hint})") from None
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise ValueError(f"{path}: not a complete .gz file, after line {number} ({error})") from None


def what_is_near(path: Path) -> str:
    """The end of a message about a missing file: what its folder holds that may have been meant."""
    folder = path.parent
    if not folder.is_dir():
        while not folder.is_dir():
            folder = folder.parent
        return f": the folder {path.parent} does not exist ({folder} does)"
    names = sorted(entry.name for entry in islice(folder.iterdir(), 10_000))
    near = get_close_matches(path.name, names, n=3, cutoff=0.6) or names[:5]
    return f"; {folder} holds {', '.join(near)}" if near else f"; {folder} is empty"


# --- tables -------------------------------------------------------------------------------------------------


def read_table(
    path: str | os.PathLike[str], columns: Sequence[str], *, optional: Sequence[str] = ()
) -> Iterator[tuple[str, list[str]]]:
    """The rows of a table with tabs whose header holds `columns`: (where, fields in the order of `columns`).

    `where` names file and line, for messages about what the fields hold.

    Args:
        optional: columns whose fields follow those of `columns`, each "" where the header lacks it.

    Raises:
        FileNotFoundError: as `read_lines`.
        ValueError: an empty file, a column that is missing, a row of another width; and as `read_lines`.
    """
    lines = enumerate(read_lines(path), start=1)
    names = next(lines, (1, ""))[1].split("\t")
    if names == [""]:
        raise ValueError(f"{path} is empty: expected a header line with {', '.join(columns)}")
    indices = [column_index(column, names, path) for column in columns]
    indices += [names.index(column) if column in names else len(names) for column in optional]
    for number, line in lines:
        fields = line.split("\t")
        if len(fields) != len(names):
            raise ValueError(f"{path}, line {number}: expected {len(names)} columns, got {len(fields)}")
        fields.append("")  # what a column that is not there holds
        yield f"{path}, line {number}", [fields[i] for i in indices]


def column_index(column: str | int, names: Sequence[str] | None, path: str | os.PathLike[str]) -> int:
    """The number of a column, which is given by number or by its name in the header line `names`.

    Raises:
        ValueError: a negative number, or a name that is not there, with the file.
    """
    if isinstance(column, int):
        if column < 0:
            raise ValueError(f"columns are numbered from 0, got {column}")
        return column
    names = names or ()
    if column not in names:
        raise ValueError(f"{path}, line 1: expected a column {column!r}, got {', '.join(map(repr, names))}")
    return names.index(column)


# --- writing ------------------------------------------------------------------------------------------------


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A place beside `path` to write to, which becomes `path` where the block ends, and is removed where it raises.

    So a reader sees the old file or the new one, never half of one, and a break while writing leaves the old one. The
    place has a name of its own in each process; a folder that is missing is made. Who may read and write the old file
    may do so with the new one; a symbolic link stays one, and what it points to is replaced.

        with replacing(path) as beside:
            beside.write_text(text)
    """
    path = Path(path)
    if path.is_symlink():
        path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield beside
        if path.exists() and beside.exists():
            with suppress(PermissionError):  # some network drives let nobody change the mode
                shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write this text as UTF-8 by `replacing`, its line ends as they are on every system."""
    with replacing(path) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")


def write_lines(path: str | os.PathLike[str], lines: Iterable[str]) -> None:
    """Write lines as UTF-8 by `replacing`, `.gz` compressed, the same bytes each time."""
    encoded = (f"{line}\n".encode() for line in lines)
    with replacing(path) as beside, beside.open("wb") as raw:
        if Path(path).suffix == ".gz":
            with gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as file:
                file.writelines(encoded)
        else:
            raw.writelines(encoded)
