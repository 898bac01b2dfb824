"""Text to numbers (lesson 01): tokens, the vocabulary, padding, and batches of like length.

    sentence --tokenize--> tokens --Vocab.encode--> ids --pad--> LongTensor (B, T)

The special tokens have the same ids in every vocabulary: `<pad>` 0, `<unk>` 1, `<sos>` 2, `<eos>` 3.
"""

import gzip
import os
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

import torch
from torch import Tensor

SPECIALS = ("<pad>", "<unk>", "<sos>", "<eos>")
PAD, UNK, SOS, EOS = range(4)


# --- tokens -------------------------------------------------------------------------------------------------

_NUMBER_OR_WORD = r"(?:\d+(?:[.,:]\d+)*\w*|\w+)"
_ENGLISH = re.compile(
    rf"""
    (?:[a-z]\.){{2,}}                                   # a.m., p.m., e.g.
  | (?:mr|mrs|ms|dr|prof|st|jr|sr|vs|etc)\.             # abbreviations that keep their full stop
  | {_NUMBER_OR_WORD}(?:[-']{_NUMBER_OR_WORD})*         # well-known, o'clock, don't, 7:30, 3.5
  | '(?:s|m|re|ve|ll|d)(?!\w)                           # a clitic that was split off before
  | \.\.\. | --
  | \S                                                  # any other sign stands alone
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(r"(?<=.)(?:n't|'(?:s|m|re|ve|ll|d))$|(?<=^can)not$")
_TYPOGRAPHIC = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def tokenize_english(text: str) -> list[str]:
    """Lower-cased tokens, split as in the Penn Treebank (Marcus, Santorini, Marcinkiewicz 1993).

    Punctuation stands alone. Clitics are split off: `don't` -> `do n't`, `I'm` -> `i 'm`, `Minji's` ->
    `minji 's`. Hyphenated words, numbers (`7:30`) and abbreviations (`a.m.`, `Mr.`) stay whole. Typographic
    quotation marks become plain ones. Tokens joined by spaces and tokenized again give the same tokens.
    """
    text = unicodedata.normalize("NFC", text).translate(_TYPOGRAPHIC).lower()
    tokens = []
    for token in _ENGLISH.findall(text):
        clitics = []
        while match := _CLITIC.search(token):  # more than once: should n't 've
            clitics.append(match.group())
            token = token[: match.start()]
        tokens.append(token)
        tokens.extend(reversed(clitics))
    return tokens


def tokenize_basic(text: str) -> list[str]:
    """The same tokens as `torchtext.data.utils.get_tokenizer("basic_english")`, without torchtext."""
    text = text.lower().replace('"', "").replace("<br />", " ")
    return re.findall(r"[^\s'.,()!?;:]+|['.,()!?]", text)


def tokenize_whitespace(text: str) -> list[str]:
    """Split at white space and nowhere else: for text whose tokens are already separated by spaces."""
    return text.split()


TOKENIZERS: dict[str, Callable[[str], list[str]]] = {
    "english": tokenize_english,
    "basic_english": tokenize_basic,
    "whitespace": tokenize_whitespace,
}


def torchtext_or_none():
    """The module torchtext, with its announcement of its end left unsaid; None where it is not installed or broken.

    It exists for Python 3.11 and 3.12 alone, and another torch than the one it was built for breaks its import.
    """
    try:
        import torchtext
    except (ImportError, OSError):  # OSError: its compiled part does not fit the torch that is installed
        return None
    torchtext.disable_torchtext_deprecation_warning()
    return torchtext


# --- the vocabulary -----------------------------------------------------------------------------------------


class Vocab:
    """A two-way table between tokens and ids 0 .. V-1; a token that it does not hold has the id of `<unk>`.

    Attributes:
        tokens: list of V tokens; `tokens[i]` is the token with id i (torchtext: `get_itos()`).
        stoi: dict from token to id (torchtext: `get_stoi()`).
        counts: list of V ints, how often each token occurred in the text that the vocabulary was built from;
            `<unk>` counts the tokens that were left out. All zero if nothing was counted.
    """

    def __init__(self, tokens: Iterable[str], counts: Sequence[int] | None = None):
        """Args:
            tokens: the tokens in order of id. `SPECIALS` are put in front unless the list starts with them.
            counts: one count per token of the list given; with specials put in front, those count 0.

        Raises:
            TypeError: a string instead of a list, or a token that is not a string.
            ValueError: an empty or repeated token; as many counts as tokens are expected.
        """
        tokens = _token_list(tokens, "Vocab")
        counts = [0] * len(tokens) if counts is None else list(counts)
        if len(counts) != len(tokens):
            raise ValueError(f"expected one count per token, {len(tokens)}, got {len(counts)}")
        if tuple(tokens[: len(SPECIALS)]) != SPECIALS:
            tokens = [*SPECIALS, *tokens]
            counts = [0] * len(SPECIALS) + counts
        self.tokens = tokens
        self.counts = counts
        self.stoi: dict[str, int] = {}
        for i, token in enumerate(tokens):
            if not isinstance(token, str):
                raise TypeError(f"a token must be a string, got {type(token).__name__} {token!r} at position {i}")
            if not token:
                raise ValueError(f"a token must not be empty, got '' at position {i}")
            if self.stoi.setdefault(token, i) != i:
                raise ValueError(f"token {token!r} occurs twice, with ids {self.stoi[token]} and {i}")

    @classmethod
    def build(cls, token_lists: Iterable[Iterable[str]], min_freq: int = 1, max_size: int | None = None) -> "Vocab":
        """The vocabulary of a text: the specials, then the tokens by falling frequency, ties alphabetical.

        The order is that of `torchtext.vocab.build_vocab_from_iterator`. Build it from the training text
        only: a word that occurs in the test text alone must be `<unk>`.

        Args:
            token_lists: one list of tokens per sentence.
            min_freq: tokens that occur less often are left out.
            max_size: the largest V, specials included.

        Raises:
            TypeError: sentences that are not tokenized yet.
            ValueError: `min_freq` below 1, or `max_size` too small for the specials.
        """
        if min_freq < 1:
            raise ValueError(f"min_freq must be at least 1, got {min_freq}")
        if max_size is not None and max_size < len(SPECIALS):
            raise ValueError(f"max_size must hold the {len(SPECIALS)} specials, got {max_size}")
        frequency: Counter[str] = Counter()
        for tokens in token_lists:
            if isinstance(tokens, str):
                raise TypeError(f"Vocab.build expects lists of tokens, got the string {tokens!r}: tokenize it first")
            frequency.update(tokens)
        literal = {special: frequency.pop(special, 0) for special in SPECIALS}  # "<unk>" written in the text itself
        ranked = sorted(frequency.items(), key=lambda item: (-item[1], item[0]))
        room = None if max_size is None else max_size - len(SPECIALS)
        kept = [(token, count) for token, count in ranked[:room] if count >= min_freq]
        literal["<unk>"] += frequency.total() - sum(count for _, count in kept)
        return cls([*SPECIALS, *(token for token, _ in kept)], [*literal.values(), *(count for _, count in kept)])

    def __len__(self) -> int:
        return len(self.tokens)

    def __contains__(self, token: object) -> bool:
        return token in self.stoi

    def __iter__(self) -> Iterator[str]:
        return iter(self.tokens)

    def __getitem__(self, token: str) -> int:
        if not isinstance(token, str):
            raise TypeError(f"vocab[token] expects a string, got {token!r}: the token of an id is vocab.tokens[id]")
        return self.stoi.get(token, UNK)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vocab) and (self.tokens, self.counts) == (other.tokens, other.counts)

    __hash__ = None  # type: ignore[assignment]  # equal by value and holding lists: not for use as a key

    def __repr__(self) -> str:
        return f"Vocab(V={len(self)}: {', '.join(self.tokens[:8])}{', ...' if len(self) > 8 else ''})"

    def encode(self, tokens: Iterable[str], sos: bool = False, eos: bool = False) -> list[int]:
        """The ids of a list of tokens, with `<sos>` in front and `<eos>` behind if asked for.

        Raises:
            TypeError: a string instead of a list of tokens.
        """
        tokens = _token_list(tokens, "encode")
        ids = [self.stoi.get(token, UNK) for token in tokens]
        return [SOS] * sos + ids + [EOS] * eos

    def decode(self, ids: Iterable[int] | Tensor, strip_specials: bool = True) -> list[str]:
        """The tokens of a row of ids.

        `<pad>`, `<sos>` and `<eos>` are dropped unless `strip_specials` is False; `<unk>` always stays, since
        it stands for a token.

        Raises:
            ValueError: an id outside 0 .. V-1, or a tensor of more than one dimension.
        """
        if isinstance(ids, Tensor):
            if ids.dim() != 1:
                raise ValueError(f"decode expects one row of ids, got shape {tuple(ids.shape)}")
            ids = ids.tolist()
        dropped = {PAD, SOS, EOS} if strip_specials else set()
        tokens = []
        for i in ids:
            if not 0 <= i < len(self):  # a negative index would silently count from the end
                raise ValueError(f"id {i} is outside the vocabulary: ids run from 0 to {len(self) - 1}")
            if i not in dropped:
                tokens.append(self.tokens[i])
        return tokens

    def save(self, path: str | os.PathLike) -> None:
        """Write one line `token<TAB>count` per id, in order of id (`.gz`: compressed).

        Raises:
            ValueError: a token that holds a tab or a line break.
        """
        for token in self.tokens:
            if re.search(r"[\t\n\r]", token):
                raise ValueError(f"token {token!r} holds a tab or a line break and cannot be saved")
        write_lines(path, (f"{token}\t{count}" for token, count in zip(self.tokens, self.counts, strict=True)))

    @classmethod
    def load(cls, path: str | os.PathLike) -> "Vocab":
        """Read what `save` wrote.

        Raises:
            FileNotFoundError: no such file.
            ValueError: a line that is not `token<TAB>count`, or a file that does not start with the specials.
        """
        tokens, counts = [], []
        for number, line in enumerate(read_lines(path), start=1):
            token, tab, count = line.rpartition("\t")
            if not tab or not count.isdecimal():
                raise ValueError(f"{path}, line {number}: expected 'token<TAB>count', got {line!r}")
            tokens.append(token)
            counts.append(int(count))
        if tuple(tokens[: len(SPECIALS)]) != SPECIALS:
            raise ValueError(f"{path}: expected the first lines to be {SPECIALS}, got {tokens[: len(SPECIALS)]}")
        try:
            return cls(tokens, counts)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from None


def _token_list(tokens: Iterable[str], caller: str) -> list[str]:
    if isinstance(tokens, str):  # a string is iterable too: its characters would become the tokens
        raise TypeError(f"{caller} expects a list of tokens, got the string {tokens!r}: tokenize it first")
    return list(tokens)


# --- batches ------------------------------------------------------------------------------------------------


def pad(sequences: Sequence[Sequence[int] | Tensor], pad_id: int = PAD) -> Tensor:
    """Rows of ids as one batch: LongTensor (B, T), T the longest length, shorter rows filled up at the end.

    Equal to `torch.nn.utils.rnn.pad_sequence(..., batch_first=True, padding_value=pad_id)`.

    Raises:
        ValueError: no sequences, or none that holds an id.
        TypeError: ids that are not integers, or one sequence instead of a list of sequences.
    """
    sequences = list(sequences)
    if not sequences:
        raise ValueError("pad expects at least one sequence, got none")
    if any(isinstance(row, int) or (isinstance(row, Tensor) and row.dim() == 0) for row in sequences):
        raise TypeError("pad expects a list of sequences, got one sequence of ids")
    rows = [row.tolist() if isinstance(row, Tensor) else list(row) for row in sequences]
    T = max(map(len, rows))
    if T == 0:
        raise ValueError(f"pad expects at least one id, got {len(rows)} empty sequences")
    batch = torch.tensor([row + [pad_id] * (T - len(row)) for row in rows])  # (B, T)
    if batch.is_floating_point():
        raise TypeError(f"pad expects integer ids, got {batch.dtype}")
    return batch.long()


def pad_with_lengths(sequences: Sequence[Sequence[int] | Tensor], pad_id: int = PAD) -> tuple[Tensor, Tensor]:
    """`pad(sequences)` (B, T), and the number of ids in each row before padding, LongTensor (B,)."""
    sequences = list(sequences)
    return pad(sequences, pad_id), torch.tensor([len(row) for row in sequences])


def bucketed_batches(
    lengths: Sequence[int] | Tensor,
    batch_size: int | None = None,
    max_tokens: int | None = None,
    generator: torch.Generator | None = None,
    shuffle: bool = True,
    pool: int = 50,
) -> list[list[int]]:
    """Batches of sentences of like length, so that little of a padded batch is padding.

    The shuffled sentences are cut into pools of about `pool` batches; each pool is sorted by length and cut
    into batches; the batches are shuffled. Each index occurs exactly once. Without `shuffle` all sentences
    are sorted together and the batches run from short to long: the least padding, for evaluation.

    Args:
        lengths: the length of each sentence, (sentences,).
        batch_size: the most sentences in a batch.
        max_tokens: the most positions, padding included, in a batch. With both, both hold.
        generator: the source of randomness; the same state gives the same batches.
        shuffle: False for a fixed order.
        pool: batches per pool. A larger one has less padding and less chance in it.

    Returns:
        A list of lists of indices into `lengths`.

    Raises:
        ValueError: neither limit given, a limit below 1, or a sentence that alone exceeds `max_tokens`.
    """
    lengths = lengths.tolist() if isinstance(lengths, Tensor) else list(lengths)
    if batch_size is None and max_tokens is None:
        raise ValueError("bucketed_batches expects batch_size, max_tokens or both, got neither")
    for name, limit in (("batch_size", batch_size), ("max_tokens", max_tokens), ("pool", pool)):
        if limit is not None and limit < 1:
            raise ValueError(f"{name} must be at least 1, got {limit}")
    if not lengths:
        return []
    longest = max(lengths)
    if max_tokens is not None and longest > max_tokens:
        raise ValueError(f"sentence {lengths.index(longest)} has {longest} tokens, more than max_tokens={max_tokens}")

    if not shuffle:
        return list(_fill(sorted(range(len(lengths)), key=lengths.__getitem__), lengths, batch_size, max_tokens))

    sentences = torch.randperm(len(lengths), generator=generator).tolist()
    per_batch = batch_size if max_tokens is None else max(1, max_tokens * len(lengths) // max(1, sum(lengths)))
    if batch_size is not None:
        per_batch = min(per_batch, batch_size)
    order: list[int] = []
    for k, start in enumerate(range(0, len(sentences), pool * per_batch)):
        # Upwards and downwards in turn: a batch that reaches into the next pool still holds like lengths.
        order += sorted(sentences[start : start + pool * per_batch], key=lengths.__getitem__, reverse=k % 2 == 1)
    batches = list(_fill(order, lengths, batch_size, max_tokens))
    return [batches[i] for i in torch.randperm(len(batches), generator=generator).tolist()]


def _fill(order: list[int], lengths: list[int], batch_size: int | None, max_tokens: int | None) -> Iterator[list[int]]:
    """Cut `order` into batches, each as large as the limits allow."""
    batch: list[int] = []
    longest = 0
    for i in order:
        longest = max(longest, lengths[i])
        full = batch_size is not None and len(batch) == batch_size
        if batch and (full or (max_tokens is not None and longest * (len(batch) + 1) > max_tokens)):
            yield batch
            batch, longest = [], lengths[i]
        batch.append(i)
    if batch:
        yield batch


# --- files of lines -----------------------------------------------------------------------------------------


def read_lines(path: str | os.PathLike) -> Iterator[str]:
    """The lines of a UTF-8 file, plain or `.gz`, without line ends; a byte order mark and CRLF are taken off.

    Lines end at "\\n" and nowhere else, so that rare separators inside a sentence do not shift what follows.

    Raises:
        FileNotFoundError: no such file; names what is near it.
        ValueError: a folder, bytes that are not UTF-8 (with the line), or a damaged `.gz`.
    """
    path = Path(path)
    if path.is_dir():
        raise ValueError(f"{path} is a folder, expected a file")
    if not path.exists():
        raise FileNotFoundError(f"no file {path}{what_is_near(path)}")
    return _decoded_lines(path)


def _decoded_lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        number = 0
        try:
            for number, raw in enumerate(file, start=1):
                if number == 1:
                    raw = raw.removeprefix(b"\xef\xbb\xbf")
                yield raw.decode("utf-8").removesuffix("\n").removesuffix("\r")
        except UnicodeDecodeError as error:
            utf16 = number == 1 and raw.startswith((b"\xff\xfe", b"\xfe\xff"))
            hint = "it looks like UTF-16" if utf16 else f"byte {error.object[error.start]:#04x}"
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


def write_lines(path: str | os.PathLike, lines: Iterable[str]) -> None:
    """Write lines as UTF-8, `.gz` compressed, the same bytes each time.

    The file is written beside and then renamed: a reader sees the old file or the new one, never half of one.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as raw:
            encoded = (f"{line}\n".encode() for line in lines)
            if path.suffix == ".gz":
                with gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as file:
                    file.writelines(encoded)
            else:
                raw.writelines(encoded)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
