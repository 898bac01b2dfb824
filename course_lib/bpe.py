"""Byte-pair encoding (lesson 07): a vocabulary of word pieces, learned from a text, in which any string can be written.

    subwords = BPE.learn(sentences, 8000)
    subwords.encode("Two dogs")                ["▁Two", "▁dog", "s"]
    subwords.decode(["▁Two", "▁dog", "s"])     "Two dogs"

A text is cut into words, numbers and signs, each with the space before it, which is written ▁. A piece starts as its
characters; the pairs of neighbours that were merged in learning are merged again, in the same order. So frequent words
are one token, rare ones a few, and no word is unknown. A character that was not met in learning is written as its bytes
in UTF-8, `<0xE2>`: what is decoded is what was encoded, whatever it was.

Sennrich, Haddow, Birch 2016: Neural Machine Translation of Rare Words with Subword Units, section 3.2, arXiv:1508.07909
Kudo, Richardson 2018: SentencePiece, section 3 (the space as a sign, no loss), arXiv:1808.06226
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

SPACE = "▁"
BYTES = tuple(f"<0x{byte:02X}>" for byte in range(256))
_BYTES = frozenset(BYTES)
_UTF_8 = ("utf-8", "surrogatepass")  # half a pair of surrogates is no character, but may stand in a string
# Every character is in one of these: letters (and accents that stand behind theirs), digits, signs, white space.
_PIECE = re.compile(r" ?(?:[^\W\d_]|[\u0300-\u036f])+| ?\d+| ?(?:[^\w\s\u0300-\u036f]|_)+|\s")

Pair = tuple[str, str]
Words = Mapping[str, int]  # how often each word occurs
Learn = Callable[[Words, int], list[Pair]]

# --- learning -----------------------------------------------------------------------------------------------


def pair_counts(words: Mapping[tuple[str, ...], int]) -> Counter[Pair]:
    """How often each two symbols stand side by side, in words given as their symbols, with their counts."""
    counts: Counter[Pair] = Counter()
    for symbols, count in words.items():
        for pair in pairwise(symbols):
            counts[pair] += count
    return counts


def merge_pair(symbols: Sequence[str], pair: Pair) -> list[str]:
    """The symbols with each occurrence of the pair made one, from the left: a a a with (a, a) is aa a."""
    merged: list[str] = []
    for symbol in symbols:
        if merged and (merged[-1], symbol) == pair:
            merged[-1] += symbol
        else:
            merged.append(symbol)
    return merged


def learn_merges(words: Words, merges: int) -> list[Pair]:
    """The most frequent pair of neighbours, merged everywhere, then the most frequent of what is left, and so on.

    Sennrich and others 2016, algorithm 1. Of pairs that are as frequent the first in the order of the alphabet.

    Args:
        words: how often each word occurs.
        merges: how many; fewer where every word has become one symbol. A pair that occurs once is not merged.
    """
    found: list[Pair] = []
    split = {tuple(word): count for word, count in words.items()}
    while len(found) < merges:
        counts = pair_counts(split)
        best = min(counts, key=lambda pair: (-counts[pair], pair), default=None)
        if best is None or counts[best] < 2:
            break
        found.append(best)
        split = {tuple(merge_pair(symbols, best)): count for symbols, count in split.items()}
    return found


# --- applying -----------------------------------------------------------------------------------------------


def apply_merges(symbols: Sequence[str], ranks: Mapping[Pair, int]) -> list[str]:
    """Merge the pairs that were learned, the one that was learned first before the others, until none is left.

    Args:
        ranks: the place of each pair in the order in which they were learned.
    """
    symbols = list(symbols)
    while known := [pair for pair in pairwise(symbols) if pair in ranks]:
        symbols = merge_pair(symbols, min(known, key=ranks.__getitem__))
    return symbols


def pieces(text: str) -> list[str]:
    """The words, numbers and signs of a text, each with the space before it; joined they are " " and the text."""
    return _PIECE.findall(f" {text}")


# --- undoing ------------------------------------------------------------------------------------------------


def join_tokens(tokens: Iterable[str]) -> str:
    """The text of tokens: ▁ is a space, <0xE2> a byte of a character in UTF-8, and the first space was put in front.

    Bytes that are no character, which a model may say, become �.
    """
    whole = b"".join(
        bytes([BYTES.index(token)]) if token in _BYTES else token.replace(SPACE, " ").encode(*_UTF_8)
        for token in tokens
    )
    try:
        text = whole.decode(*_UTF_8)
    except UnicodeDecodeError:
        text = whole.decode("utf-8", "replace")
    return text.removeprefix(" ")


# --- all together -------------------------------------------------------------------------------------------


class BPE:
    """Merges, and the characters that they start from.

    Attributes:
        merges: the pairs, in the order in which they were learned.
        alphabet: the characters that are tokens; all others are written as bytes.
        vocabulary: every token that there is: the bytes, the alphabet, what the merges make of it.
    """

    def __init__(self, merges: Sequence[Pair], alphabet: Iterable[str]):
        """Take what `learn` found.

        Raises:
            ValueError: an alphabet of anything but single characters, or a merge of what is no token before it.
        """
        self.merges = [(left, right) for left, right in merges]
        self.alphabet = sorted(set(alphabet))
        if odd := [character for character in self.alphabet if len(character) != 1]:
            raise ValueError(f"the alphabet must be single characters, got {odd[0]!r}")
        made = dict.fromkeys((*BYTES, *self.alphabet))
        for left, right in self.merges:
            if left not in made or right not in made:
                raise ValueError(f"a merge must be of two tokens that are there before it, got {left!r} and {right!r}")
            made[left + right] = None
        self.vocabulary = list(made)
        ranks = {pair: rank for rank, pair in enumerate(self.merges)}
        characters = frozenset(self.alphabet)

        @lru_cache(maxsize=50_000)  # words come again
        def tokens(piece: str) -> tuple[str, ...]:
            return tuple(apply_merges(_symbols(piece, characters), ranks))

        self._tokens = tokens

    def __repr__(self) -> str:
        return f"BPE({len(self.merges)} merges, {len(self.alphabet)} characters, {len(self.vocabulary)} tokens)"

    @classmethod
    def learn(cls, sentences: Iterable[str], merges: int, *, min_count: int = 2, learn: Learn = learn_merges) -> "BPE":
        """Learn merges from a text; of both languages of a translation together, they share their tokens.

        Args:
            min_count: how often a character must occur to be in the alphabet.
            learn: `fast.learn_merges` finds the same in seconds where there are many words.

        Raises:
            ValueError: a negative number of merges.
        """
        if merges < 0:
            raise ValueError(f"expected a number of merges, at least 0, got {merges}")
        words: Counter[str] = Counter()
        for sentence in sentences:
            words.update(pieces(sentence))
        characters: Counter[str] = Counter()
        for word, count in words.items():
            for character in word.replace(" ", ""):
                characters[character] += count
        alphabet = frozenset((SPACE, *(c for c, count in characters.items() if count >= min_count)))
        known = Counter({w: n for w, n in _marked(words).items() if alphabet.issuperset(w)})
        return cls(learn(known, merges), alphabet)

    def encode(self, text: str) -> list[str]:
        """The tokens of a text; none of an empty one."""
        return [token for piece in pieces(text) for token in self._tokens(piece)] if text else []

    def decode(self, tokens: Iterable[str]) -> str:
        """The text of tokens: see `join_tokens`."""
        return join_tokens(tokens)


def _marked(words: Words) -> Words:
    """Words with the sign for the space in front; those that hold that sign themselves are left out."""
    return {word.replace(" ", SPACE): count for word, count in words.items() if SPACE not in word}


def _symbols(piece: str, alphabet: frozenset[str]) -> list[str]:
    """What a piece starts from: the sign for the space, characters, and the bytes of those that are unknown."""
    symbols: list[str] = []
    for character in piece:
        if character == " ":
            symbols.append(SPACE)
        elif character in alphabet and character != SPACE:
            symbols.append(character)
        else:
            symbols += [BYTES[byte] for byte in character.encode(*_UTF_8)]
    return symbols
