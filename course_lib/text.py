"""Text to numbers (lesson 01): tokens, and the vocabulary.

    sentence --tokenize--> tokens --Vocab.encode--> ids --batches.pad--> LongTensor (B, T)

The special tokens have the same ids in every vocabulary: `<pad>` 0, `<unk>` 1, `<sos>` 2, `<eos>` 3.
"""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from types import ModuleType

from torch import Tensor

from course_lib.files import read_lines, write_lines

SPECIALS = ("<pad>", "<unk>", "<sos>", "<eos>")
PAD, UNK, SOS, EOS = range(4)


# --- tokens -------------------------------------------------------------------------------------------------


def _marks() -> str:
    """Combining marks, for the inside of a character class: vowel signs of Indic scripts, accents that stand alone."""
    marks = [code for code in range(0x300, 0x1F000) if unicodedata.category(chr(code)).startswith("M")]
    runs = groupby(enumerate(marks), key=lambda each: each[1] - each[0])  # alike in a row of neighbours
    spans = [[code for _, code in run] for _, run in runs]
    return "".join(f"{chr(span[0])}-{chr(span[-1])}" for span in spans)


_MARKS = _marks()
_JOINERS = "\u200c\u200d"  # inside words of Persian and of Indic scripts
_W = rf"[\w{_MARKS}{_JOINERS}]"
_NUMBER_OR_WORD = rf"(?:\d+(?:[.,:]\d+)*{_W}*|{_W}+)"
_ENGLISH = re.compile(
    rf"""
    (?:[a-z]\.){{2,}}                                   # a.m., p.m., e.g.
  | (?:mr|mrs|ms|dr|prof|st|jr|sr|vs|etc)\.             # abbreviations that keep their full stop
  | {_NUMBER_OR_WORD}(?:[-']{_NUMBER_OR_WORD})*         # well-known, o'clock, don't, 7:30, 3.5
  | '(?:s|m|re|ve|ll|d)(?!\w)                           # a clitic that was split off before
  | \.\.\. | --
  | \S[{_MARKS}{_JOINERS}]*                             # any other sign stands alone
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(r"(?<=.)(?:n't|'(?:s|m|re|ve|ll|d))$|(?<=^can)not$")
_INVISIBLE = {0x200B: " "} | dict.fromkeys((0x00AD, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, 0xFEFF))
_TYPOGRAPHIC = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def tokenize_english(text: str) -> list[str]:
    """Lower-cased tokens, split as in the Penn Treebank (Marcus, Santorini, Marcinkiewicz 1993).

    Punctuation stands alone. Clitics are split off: `don't` -> `do n't`, `I'm` -> `i 'm`, `Minji's` ->
    `minji 's`. Hyphenated words, numbers (`7:30`) and abbreviations (`a.m.`, `Mr.`) stay whole. Typographic
    quotation marks become plain ones. Tokens joined by spaces and tokenized again give the same tokens. Words of other
    scripts keep their combining marks and joiners; marks that only steer how a line is set go.
    """
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE).translate(_TYPOGRAPHIC).lower())
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


def torchtext_or_none() -> ModuleType | None:
    """The module torchtext, with its announcement of its end left unsaid; None where it is not installed or broken.

    It exists for Python 3.11 and 3.12 alone, and another torch than the one it was built for breaks its import.
    """
    try:
        import torchtext
    except (ImportError, OSError):  # OSError: its compiled part does not fit the torch that is installed
        return None
    torchtext.disable_torchtext_deprecation_warning()
    module: ModuleType = torchtext
    return module


# --- the vocabulary -----------------------------------------------------------------------------------------


def build_vocab(sentences: Iterable[Iterable[str]], min_freq: int = 1) -> list[str]:
    """The tokens of a vocabulary in order of their id: the specials, then by falling frequency, ties alphabetical.

    Args:
        sentences: lists of tokens, none of them a special.
        min_freq: tokens that occur less often are left out.
    """
    counts = Counter(token for sentence in sentences for token in sentence)
    kept = [token for token in counts if counts[token] >= min_freq]
    kept.sort(key=lambda token: (-counts[token], token))
    return [*SPECIALS, *kept]


class Vocab:
    """A two-way table between tokens and ids 0 .. V-1; a token that it does not hold has the id of `<unk>`.

    Attributes:
        tokens: list of V tokens; `tokens[i]` is the token with id i (torchtext: `get_itos()`).
        stoi: dict from token to id (torchtext: `get_stoi()`).
        counts: list of V ints, how often each token occurred in the text that the vocabulary was built from;
            `<unk>` counts the tokens that were left out. All zero if nothing was counted.
    """

    def __init__(self, tokens: Iterable[str], counts: Sequence[int] | None = None):
        """Number the tokens.

        Args:
            tokens: the tokens in order of id. `SPECIALS` are put in front unless the list starts with them.
            counts: one count per token of the list given; with specials put in front, those count 0.

        Raises:
            TypeError: a string instead of a list, or a token that is not a string.
            ValueError: an empty or repeated token; as many counts as tokens are expected.
        """
        tokens = _token_list(tokens, "Vocab expects a list of tokens")
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
    def build(cls, sentences: Iterable[Iterable[str]], *, min_freq: int = 1, max_size: int | None = None) -> "Vocab":
        """The vocabulary of a text, in the order of `build_vocab`, with its counts.

        The order is that of `torchtext.vocab.build_vocab_from_iterator`. Build it from the training text
        only: a word that occurs in the test text alone must be `<unk>`.

        Args:
            sentences: one list of tokens per sentence. A special written in the text itself counts as that special.
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
        rows = [_token_list(tokens, "Vocab.build expects lists of tokens") for tokens in sentences]
        frequency = Counter(chain.from_iterable(rows))
        words = ([token for token in row if token not in SPECIALS] for row in rows)
        tokens = build_vocab(words, min_freq)[:max_size]
        counts = [frequency[token] for token in tokens]
        counts[UNK] += frequency.total() - sum(counts)
        return cls(tokens, counts)

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

    def encode(self, tokens: Iterable[str], *, sos: bool = False, eos: bool = False) -> list[int]:
        """The ids of a list of tokens, with `<sos>` in front and `<eos>` behind if asked for.

        Raises:
            TypeError: a string instead of a list of tokens.
        """
        tokens = _token_list(tokens, "encode expects a list of tokens")
        ids = [self.stoi.get(token, UNK) for token in tokens]
        return [SOS] * sos + ids + [EOS] * eos

    def decode(self, ids: Iterable[int] | Tensor, *, strip_specials: bool = True) -> list[str]:
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

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write one line `token<TAB>count` per id, in order of id (`.gz`: compressed).

        Raises:
            ValueError: a token that holds a tab or a line break.
        """
        for token in self.tokens:
            if re.search(r"[\t\n\r]", token):
                raise ValueError(f"token {token!r} holds a tab or a line break and cannot be saved")
        write_lines(path, (f"{token}\t{count}" for token, count in zip(self.tokens, self.counts, strict=True)))

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> "Vocab":
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


def _token_list(tokens: Iterable[str], expectation: str) -> list[str]:
    if isinstance(tokens, str):  # a string is iterable too: its characters would become the tokens
        raise TypeError(f"{expectation}, got the string {tokens!r}: tokenize it first")
    return list(tokens)
