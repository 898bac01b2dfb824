"""Words with their vectors, and their files in the GloVe text format (lesson 01)."""

import math
import os
import re
import unicodedata
import warnings
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.embeddings import analogy, nearest
from course_lib.files import is_broken, read_lines, write_lines
from course_lib.text import PAD, Vocab


class Vectors:
    """Words and their vectors.

    Attributes:
        tokens: list of V words.
        weight: their vectors, (V, E); row i belongs to `tokens[i]`.
        index: dict from word to row.
    """

    def __init__(self, tokens: Iterable[str], weight: Tensor):
        """Join words and rows.

        Raises:
            ValueError: as many rows as words are expected, or a word that occurs twice.
        """
        self.tokens = list(tokens)
        self.weight = weight
        if weight.dim() != 2 or len(weight) != len(self.tokens):
            raise ValueError(f"expected weight ({len(self.tokens)}, E), got shape {tuple(weight.shape)}")
        self.index = {token: i for i, token in enumerate(self.tokens)}
        if len(self.index) != len(self.tokens):
            twice = next(token for i, token in enumerate(self.tokens) if self.index[token] != i)
            raise ValueError(f"word {twice!r} occurs twice")

    def __len__(self) -> int:
        return len(self.tokens)

    def __contains__(self, token: object) -> bool:
        return any(form in self.index for form in _forms(token))

    def __getitem__(self, token: str) -> Tensor:
        """The vector of a word, (E,).

        Raises:
            KeyError: a word that is not there; names similar ones.
        """
        return self.weight[self._row(token)]

    def __repr__(self) -> str:
        return f"Vectors(V={len(self)}, E={self.weight.shape[1]})"

    def _row(self, token: str) -> int:
        for form in _forms(token):
            if form in self.index:
                return self.index[form]
        near = get_close_matches(str(token), self.tokens, n=3)
        raise KeyError(f"no vector for {token!r}" + (f"; there is {', '.join(map(repr, near))}" if near else ""))

    def neighbours(self, token: str, k: int = 5) -> list[tuple[str, float]]:
        """The k words nearest to `token`, each with its cosine, nearest first.

        Raises:
            KeyError: a word that is not there; names similar ones.
            ValueError: k below 1, or more than there are other words.
        """
        row = self._row(token)
        if not 1 <= k < len(self):
            raise ValueError(f"k must be from 1 to {len(self) - 1}, for {len(self)} words, got {k}")
        ids = nearest(self.weight, row, k)
        cosines = _unit(self.weight[ids]) @ _unit(self.weight[row])  # (k,)
        return [(self.tokens[i], value) for i, value in zip(ids.tolist(), cosines.tolist(), strict=True)]

    def analogy(self, a: str, b: str, c: str) -> str:
        """The word that is to c as b is to a.

        Raises:
            KeyError: a word that is not there; names similar ones.
            ValueError: no words besides these three.
        """
        given = self._row(a), self._row(b), self._row(c)
        if len(self) == len(set(given)):
            raise ValueError(f"expected a word besides {a!r}, {b!r} and {c!r} to answer with, got none")
        return self.tokens[analogy(self.weight, *given)]


def _forms(token: object) -> Iterator[object]:
    """A word as it is, and composed or decomposed: they look the same, and macOS types Hangul decomposed."""
    yield token
    if isinstance(token, str):
        yield unicodedata.normalize("NFC", token)
        yield unicodedata.normalize("NFD", token)


def _unit(weight: Tensor) -> Tensor:
    """Rows of length 1; a row of zeros stays zero, so that its cosine with anything is 0 and never NaN."""
    return F.normalize(weight, dim=-1, eps=1e-30)


# --- files --------------------------------------------------------------------------------------------------


def parse_vectors(lines: Iterable[str]) -> tuple[list[str], Tensor]:
    """The words and the weight (V, E) of lines in the GloVe text format, "token value value ...".

    `read_vectors` reads files from elsewhere and doesn't build on it: it goes through gigabytes with four bytes a
    number, keeps words that hold spaces, and names the line of whatever is wrong.
    """
    split = [line.split() for line in lines]
    words = [pieces[0] for pieces in split]
    weight = torch.tensor([[float(piece) for piece in pieces[1:]] for pieces in split])
    return words, weight


_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def read_vectors(path: str | os.PathLike[str], *, keep: Collection[str] | None = None) -> Vectors:
    """Read a vectors file in the GloVe text format: one line `token value value ...` per word.

    Plain or `.gz`; spaces or tabs between the values. A first line `V E`, as word2vec and fastText write it, is
    recognized; where there are more words than it promises, or fewer, a warning says so. A token may itself contain
    spaces: the values are split off from the right, as many as that line says.

    Args:
        path: the file.
        keep: read only these words (a set, or a `Vocab`), to save time and memory; None for all. Lines that are not
            UTF-8 are no words of it, and are passed over.

    Raises:
        FileNotFoundError: no such file; names what is near it.
        ValueError: an empty file, or, with its line: bytes that are not UTF-8, a wrong number of values, a
            value that is not a finite number, a word that occurred before.
    """
    tokens: list[str] = []
    line_of: dict[str, int] = {}
    values = array("f")
    header = None
    E = 0
    number = 0
    for number, line in enumerate(read_lines(path, broken=keep is not None), start=1):
        if keep is not None and is_broken(line):
            continue
        where = f"{path}, line {number}"
        pieces = line.replace("\t", " ").rstrip(" ").split(" ")
        if number == 1 and len(pieces) == 2 and all(piece.isdecimal() for piece in pieces):
            header = tuple(map(int, pieces))
            continue
        if not E:
            E = header[1] if header else _trailing_numbers(pieces)
            if E == 0:
                raise ValueError(f"{where}: expected 'token value value ...', got {line[:60]!r}")
        token, vector = " ".join(pieces[:-E]), pieces[-E:]
        # Where no first line says what E is, "cat 1 2 3" for E = 2 is not the token "cat 1".
        surplus = 0 if header else _trailing_numbers(pieces[:-E])
        if len(pieces) > E and not token.strip():
            raise ValueError(f"{where}: expected a word before its {E} values, got none")
        if not token or surplus:
            got = len(pieces) - 1 if not token else E + surplus
            raise ValueError(f"{where}: expected {E} values after the token, got {got}")
        if keep is not None and token not in keep:
            continue
        if line_of.setdefault(token, number) != number:
            raise ValueError(f"{where}: {token!r} occurs a second time; the first is in line {line_of[token]}")
        try:
            values.extend(map(float, vector))
        except ValueError:
            wrong = next(value for value in vector if not _NUMBER.fullmatch(value))
            raise ValueError(f"{where}: expected {E} numbers after {token!r}, got {wrong!r}") from None
        tokens.append(token)
    rows = number - (header is not None)
    if rows == 0:
        raise ValueError(f"{path} is empty: expected one line 'token value value ...' per word")
    if header and header[0] != rows:
        warnings.warn(
            f"{path}: the first line promises {header[0]:,} words, got {rows:,}: was it cut off?", stacklevel=2
        )
    weight = torch.tensor(values, dtype=torch.float32).view(len(tokens), E)
    bad = (~weight.isfinite()).any(1).nonzero().flatten().tolist()
    if bad:
        token = tokens[bad[0]]
        raise ValueError(f"{path}, line {line_of[token]}: expected finite numbers after {token!r}, got nan or inf")
    return Vectors(tokens, weight)


def _trailing_numbers(pieces: list[str]) -> int:
    """How many pieces at the end, without the first, are numbers."""
    count = 0
    while count < len(pieces) - 1 and _NUMBER.fullmatch(pieces[-1 - count]):
        count += 1
    return count


def write_vectors(path: str | os.PathLike[str], vectors: Vectors, *, decimals: int = 4) -> None:
    """Write vectors in the GloVe text format, `.gz` compressed; `read_vectors` gives them back, rounded.

    Raises:
        ValueError: a word that the format cannot hold, or a value that is not finite.
    """
    if not vectors.weight.isfinite().all():
        raise ValueError("expected finite vectors, got nan or inf")
    for token in vectors.tokens:
        if not token or token != token.strip(" ") or "\n" in token or _trailing_numbers(token.split(" ")):
            raise ValueError(f"the GloVe text format cannot hold the word {token!r}")
    write_lines(
        path,
        (
            " ".join([token, *(f"{value:.{decimals}f}" for value in row)])
            for token, row in zip(vectors.tokens, vectors.weight.tolist(), strict=True)
        ),
    )


# --- use ----------------------------------------------------------------------------------------------------


def align_vectors(
    vocab: Vocab, vectors: Vectors, *, std: float = 0.1, generator: torch.Generator | None = None
) -> tuple[Tensor, Tensor]:
    """Vectors in the order of a vocabulary, to start an `Embedding` from.

    Returns:
        weight (V, E): the vector of each word that has one; for the others normal noise with deviation `std`;
            zero for `<pad>`.
        found (V,): bool, True where a vector was found.
    """
    E = vectors.weight.shape[1]
    weight = std * torch.randn(len(vocab), E, generator=generator, dtype=vectors.weight.dtype)
    found = torch.tensor([token in vectors for token in vocab.tokens])
    found[PAD] = False
    weight[found] = vectors.weight[[vectors.index[token] for token in vocab.tokens[PAD + 1 :] if token in vectors]]
    weight[PAD] = 0
    return weight, found


def analogy_accuracy(vectors: Vectors, questions: Iterable[Sequence[str]]) -> float:
    """The share of questions (a, b, c, d) whose best answer to "a is to b as c is to ?" is d.

    A question with a word that has no vector counts as wrong.

    Raises:
        ValueError: no questions.
    """
    questions = [tuple(question)[:4] for question in questions]
    if not questions:
        raise ValueError("expected at least one question, got none")
    known = [[vectors.index[w] for w in question] for question in questions if all(w in vectors for w in question)]
    if not known:
        return 0.0
    a, b, c, d = torch.tensor(known).T
    unit = _unit(vectors.weight)
    cosine = _unit(unit[b] - unit[a] + unit[c]) @ unit.T  # (questions, V)
    cosine.scatter_(1, torch.stack([a, b, c], dim=1), -math.inf)
    return int((cosine.argmax(1) == d).sum()) / len(questions)
