"""From the grammar to the splits.

A large pool of different pairs is drawn; a number of word pairs is held out for `novel`; of the sentences with a rare
word a few go to train; the rest is divided. Everything depends on `SEED` alone.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from .draw import Draw
from .english import detokenize
from .frames.frame import FRAMES
from .lexicon.adjectives import ALL_ADJECTIVES
from .paraphrase import other_article, paraphrase
from .patterns import LONG_PATTERNS, Pattern, draw_sentence
from .trees import Sentence

SEED = 20240301
SIZES = {"train": 20_000, "validation": 1_000, "test": 1_000, "long": 500, "novel": 500}
TRAIN_LENGTH = (3, 24)  # Korean morphemes, the full stop included
LONG_LENGTH = (25, 40)
UNSEEN_SHARE = 0.25  # of the rare words: those that train doesn't have
TAIL_COUNTS = tuple((n, 1 / n) for n in range(1, 6))  # how often train has the others
TAIL_ELSEWHERE = 2  # sentences of a rare word that may stand in test or validation
TAIL_IN_TEST = 60  # sentences with a rare word in test, and in validation
LENGTH_SHARES = ((7, 0.16), (15, 0.54), (24, 0.30))  # up to so many Korean morphemes, this part of the pairs
POOL_SIZES = (7_000, 23_000, 12_500)  # of the same lengths
ENOUGH = (25, 60, 120)  # a sentence with a word that occurs less often than this so far goes first into train
HELD_OUT_PAIRS = 120
FAMILIAR = 20  # how often train has each word of a combination in `novel`
COMMON = 80  # sentences of the pool that both words of such a pair are in, together or not
VERB_STEMS = frozenset(f.stem for f in FRAMES if not f.state) - {"안"}  # 안 is "not" far more often than "hug"
ADJECTIVE_STEMS = frozenset(a.stem for a in ALL_ADJECTIVES) - {"새"}  # 새 is "bird" before 는


# --- the pool -----------------------------------------------------------------------------------------------


def relations(tokens: Sequence[str]) -> list[tuple[str, str]]:
    """The (noun, predicate) pairs that stand side by side in a sentence.

    Object and verb: noun, 을 or 를, stem (사과 를 씻). Adjective and noun: stem, ㄴ or 은 or 는, noun (크 ㄴ 가방).
    """
    found = []
    for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if b in ("을", "를") and c in VERB_STEMS:
            found.append((a, c))
        elif b in ("ㄴ", "은", "는") and a in ADJECTIVE_STEMS:
            found.append((c, a))
    return found


def _fresh_pool(
    draw: Draw,
    size: int,
    accept: Callable[[Sentence], bool],
    richness: tuple[float, ...],
    patterns: tuple[tuple[Pattern, float], ...] = (),
) -> list[Sentence]:
    """`size` sentences, no Korean side twice."""
    pool: list[Sentence] = []
    seen: set[tuple[str, ...]] = set()
    while len(pool) < size:
        sentence = draw_sentence(draw.below(1 << 48), draw.pick(richness), patterns)
        if sentence.ko_tokens in seen or not accept(sentence):
            continue
        seen.add(sentence.ko_tokens)
        pool.append(sentence)
    return pool


def length_bin(sentence: Sentence) -> int:
    """Which of `LENGTH_SHARES` a sentence belongs to; their number if it is longer than all."""
    length = len(sentence.ko_tokens)
    return sum(length > limit for limit, _ in LENGTH_SHARES)


class Quota:
    """Accepts sentences of each length until there are enough of them."""

    def __init__(self, sizes: tuple[int, ...]) -> None:
        self.left = list(sizes)

    def __call__(self, sentence: Sentence) -> bool:
        """Whether there is still room for this sentence; if so, it is taken."""
        index = length_bin(sentence)
        if (
            min(len(sentence.ko_tokens), len(sentence.en_tokens)) < TRAIN_LENGTH[0]
            or index == len(self.left)
            or not self.left[index]
        ):
            return False
        self.left[index] -= 1
        return True


# --- words --------------------------------------------------------------------------------------------------

Types = frozenset[tuple[str, str]]  # words of both languages, each with its language


def _types(sentence: Sentence) -> Types:
    return frozenset(("ko", t) for t in sentence.ko_tokens) | frozenset(("en", t) for t in sentence.en_tokens)


def _counts(sentences: Iterable[Sentence]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        counts.update(("ko", t) for t in sentence.ko_tokens)
        counts.update(("en", t) for t in sentence.en_tokens)
    return counts


# --- the splits ---------------------------------------------------------------------------------------------


def choose_held_out(draw: Draw, pool: list[Sentence]) -> set[tuple[str, str]]:
    """Word pairs for `novel`: both words common and with many other partners, the pair itself not too common."""
    pairs: Counter[tuple[str, str]] = Counter()
    partners: dict[str, set[str]] = {}
    frequency = Counter(word for sentence in pool for word in set(sentence.ko_tokens))
    for sentence in pool:
        for noun, verb in relations(sentence.ko_tokens):
            pairs[noun, verb] += 1
            partners.setdefault("n" + noun, set()).add(verb)
            partners.setdefault("v" + verb, set()).add(noun)
    candidates = [
        pair
        for pair, count in sorted(pairs.items())
        if 8 <= count <= 45
        and min(frequency[pair[0]], frequency[pair[1]]) >= COMMON
        and len(partners["n" + pair[0]]) >= 4
        and len(partners["v" + pair[1]]) >= 4
    ]
    chosen: set[tuple[str, str]] = set()
    per_word: Counter[str] = Counter()
    for noun, verb in draw.shuffled(candidates):
        if per_word["n" + noun] < 1 and per_word["v" + verb] < 4:
            chosen.add((noun, verb))
            per_word["n" + noun] += 1
            per_word["v" + verb] += 1
        if len(chosen) == HELD_OUT_PAIRS:
            break
    return chosen


def co_occurs(tokens: tuple[str, ...], held_out: dict[str, set[str]]) -> bool:
    """Whether both words of a held-out pair are in the sentence."""
    words = set(tokens)
    return any(word in held_out and held_out[word] & words for word in words)


def by_length(pool: Iterable[Sentence], number: int) -> list[Sentence]:
    """The first `number` sentences of the pool that give the lengths of `LENGTH_SHARES`."""
    room = [round(share * number) for _, share in LENGTH_SHARES]
    chosen = []
    for sentence in pool:
        index = length_bin(sentence)
        if room[index]:
            room[index] -= 1
            chosen.append(sentence)
    return chosen


def useful_first(draw: Draw, pool: list[Sentence], types: dict[str, Types]) -> list[Sentence]:
    """The pool in a random order, but first what brings some word nearer to the counts in `ENOUGH`."""
    counts: Counter[tuple[str, str]] = Counter()
    order: list[Sentence] = []
    left = draw.shuffled(pool)
    for enough in ENOUGH:
        later = []
        for sentence in left:
            if any(counts[t] < enough for t in types[sentence.ko]):
                counts.update(types[sentence.ko])
                order.append(sentence)
            else:
                later.append(sentence)
        left = later
    return order + left


# --- the tail -----------------------------------------------------------------------------------------------


class Tail(NamedTuple):
    """The sentences with a rare word: those for train, and those that may stand in test and validation."""

    train: list[Sentence]
    others: list[Sentence]


def choose_tail(draw: Draw, pool: Iterable[Sentence]) -> Tail:
    """Each rare word gets one to five sentences of train, the fewer the more often; some words get none."""
    of_word: dict[str, list[Sentence]] = {}
    for sentence in pool:
        of_word.setdefault(sentence.tail, []).append(sentence)
    train: list[Sentence] = []
    others: list[Sentence] = []
    for _, sentences in sorted(of_word.items()):
        number = 0 if draw.chance(UNSEEN_SHARE) else draw.weighted(TAIL_COUNTS)
        train += sentences[:number]
        others += sentences[number : number + TAIL_ELSEWHERE]
    return Tail(train, draw.shuffled(others))


# --- all of it ----------------------------------------------------------------------------------------------


def build() -> dict[str, list[Sentence]]:
    """All splits, from nothing but `SEED`."""
    draw = Draw(SEED)
    pool = _fresh_pool(draw, sum(POOL_SIZES), Quota(POOL_SIZES), (0.0, 0.2, 0.5, 0.8, 1.0))
    common = [s for s in pool if not s.tail]
    pairs = choose_held_out(draw, common)
    held_out: dict[str, set[str]] = {}
    for noun, verb in pairs:
        held_out.setdefault(noun, set()).add(verb)
    tail = choose_tail(draw, [s for s in pool if s.tail and not co_occurs(s.ko_tokens, held_out)])
    ordinary = [s for s in common if not co_occurs(s.ko_tokens, held_out)]
    ordered = useful_first(draw, ordinary, {s.ko: _types(s) for s in ordinary})
    train = by_length([*tail.train, *ordered], SIZES["train"])
    counts = _counts(train)
    known = frozenset(counts)
    chosen, english = {s.ko for s in train}, {s.en for s in train}
    rest = [s for s in draw.shuffled(ordered) if s.ko not in chosen and s.en not in english and _types(s) <= known]
    rare = [s for s in tail.others if s.en not in english]
    test = by_length([s for s in (*rare[::2][:TAIL_IN_TEST], *rest[:4_000]) if second_reference(s)], SIZES["test"])
    taken = {s.ko for s in test} | {s.en for s in test}
    free = [s for s in (*rare[1::2][:TAIL_IN_TEST], *rest) if s.ko not in taken and s.en not in taken]
    validation = by_length(free, SIZES["validation"])
    taken |= english | {s.en for s in validation}
    novel = [
        s
        for s in common
        if _types(s) <= known
        and s.en not in taken
        and any(pair in pairs for pair in relations(s.ko_tokens))
        and all(counts["ko", word] >= FAMILIAR for pair in relations(s.ko_tokens) for word in pair)
    ]
    splits = {
        "train": draw.shuffled(train),
        "validation": draw.shuffled(validation),
        "test": draw.shuffled(test),
        "long": _draw_long(draw, known, held_out, taken | {s.en for s in novel}),
        "novel": novel[: SIZES["novel"]],
    }
    for name, size in SIZES.items():
        if len(splits[name]) != size:
            raise ValueError(f"expected {size} pairs in {name}, got {len(splits[name])}")
    return splits


def _draw_long(draw: Draw, known: Types, held_out: dict[str, set[str]], taken: set[str]) -> list[Sentence]:
    """Sentences longer than those of train, of known words."""
    low, high = LONG_LENGTH

    def accept(sentence: Sentence) -> bool:
        fits = low <= len(sentence.ko_tokens) <= high and TRAIN_LENGTH[0] <= len(sentence.en_words) <= 40
        return (
            fits
            and sentence.en not in taken
            and _types(sentence) <= known
            and not co_occurs(sentence.ko_tokens, held_out)
        )

    return _fresh_pool(draw, SIZES["long"], accept, (1.0,), LONG_PATTERNS)


# --- the files ----------------------------------------------------------------------------------------------


def second_reference(sentence: Sentence) -> str:
    """Another English rendering of a sentence of the usual patterns (another order, contraction, synonym), or ""."""
    for rendering in range(1, 20):
        other = draw_sentence(sentence.seed, sentence.richness, rendering=rendering)
        if other.ko != sentence.ko:
            raise ValueError(f"another rendering of {sentence.ko!r} has another Korean side: {other.ko!r}")
        text = detokenize(paraphrase(other.en_words, Draw(rendering), most=1 + rendering % 2))
        if text != sentence.en:
            return text
    text = detokenize(other_article(sentence.en_words))
    return text if text != sentence.en else ""


HEADER = "ko\ten\talignment\ttopic"


def tsv(sentences: Iterable[Sentence], *, references: bool = False) -> str:
    """The text of one split, with a second reference in a column of its own if asked for."""
    lines = [HEADER + "\treference" if references else HEADER]
    for s in sentences:
        line = f"{s.ko}\t{s.en}\t{s.alignment}\t{s.topic}"
        lines.append(f"{line}\t{second_reference(s)}" if references else line)
    return "\n".join(lines) + "\n"
