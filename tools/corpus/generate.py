"""From the grammar to the splits.

A large pool of different pairs is drawn; what is rare is put aside; a number of word pairs is held out for `novel`;
the rest is divided. Everything depends on `SEED` alone.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from .draw import Draw
from .frames.frame import FRAMES
from .lexicon.adjectives import ALL_ADJECTIVES
from .patterns import LONG_PATTERNS, Pattern, draw_sentence
from .trees import Sentence

SEED = 20240301
SIZES = {"train": 20_000, "validation": 1_000, "test": 1_000, "long": 500, "novel": 500}
TRAIN_LENGTH = (3, 24)  # Korean morphemes, the full stop included
LONG_LENGTH = (25, 40)
MINIMUM_COUNT = 15  # how often every word of train occurs there
LENGTH_SHARES = ((7, 0.16), (15, 0.54), (24, 0.30))  # up to so many Korean morphemes, this part of the pairs
POOL_SIZES = (7_000, 23_000, 12_500)  # of the same lengths
ENOUGH = (25, 60, 120)  # a sentence with a word that occurs less often than this so far goes first into train
HELD_OUT_PAIRS = 120
VERB_STEMS = frozenset(f.stem for f in FRAMES if not f.state) - {"안"}  # 안 is "not" far more often than "hug"
ADJECTIVE_STEMS = frozenset(a.stem for a in ALL_ADJECTIVES)


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
    """`size` sentences, no Korean and no English side twice."""
    pool: list[Sentence] = []
    seen: set[tuple[str, ...]] = set()
    while len(pool) < size:
        sentence = draw_sentence(draw, draw.pick(richness), patterns)
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
    for sentence in pool:
        for noun, verb in relations(sentence.ko_tokens):
            pairs[noun, verb] += 1
            partners.setdefault("n" + noun, set()).add(verb)
            partners.setdefault("v" + verb, set()).add(noun)
    candidates = [
        pair
        for pair, count in sorted(pairs.items())
        if 8 <= count <= 45 and len(partners["n" + pair[0]]) >= 4 and len(partners["v" + pair[1]]) >= 4
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


def draw_train(draw: Draw, pool: list[Sentence]) -> tuple[list[Sentence], list[Sentence], Types]:
    """(train, what is left with no other words, the words): rare words are dropped until there is none.

    Of the words that are too rare only the rarest go at a time, since the sentences that replace theirs may bring
    more of the others.
    """
    types = {s.ko: _types(s) for s in pool}
    pool = useful_first(draw, pool, types)
    while True:
        train = by_length(pool, SIZES["train"])
        if len(train) < SIZES["train"]:
            raise ValueError(f"expected {SIZES['train']} sentences for train, got {len(train)}")
        counts = _counts(train)
        rare = sorted((n, t) for t, n in counts.items() if n < MINIMUM_COUNT)
        if not rare:
            chosen, known = {s.ko for s in train}, frozenset(counts)
            return draw.shuffled(train), [s for s in pool if s.ko not in chosen and types[s.ko] <= known], known
        banned = {t for _, t in rare[: max(1, len(rare) // 4)]}
        pool = [s for s in pool if not types[s.ko] & banned]


def build() -> dict[str, list[Sentence]]:
    """All splits, from nothing but `SEED`."""
    draw = Draw(SEED)
    pool = _fresh_pool(draw, sum(POOL_SIZES), Quota(POOL_SIZES), (0.0, 0.2, 0.5, 0.8, 1.0))
    pairs = choose_held_out(draw, pool)
    held_out: dict[str, set[str]] = {}
    for noun, verb in pairs:
        held_out.setdefault(noun, set()).add(verb)
    ordinary = [s for s in pool if not co_occurs(s.ko_tokens, held_out)]
    train, rest, known = draw_train(draw, ordinary)
    english = {s.en for s in train}
    rest = draw.shuffled([s for s in rest if s.en not in english])
    test = by_length(rest, SIZES["test"])
    taken = {s.ko for s in test} | {s.en for s in test}
    validation = by_length([s for s in rest if s.ko not in taken and s.en not in taken], SIZES["validation"])
    taken |= english | {s.en for s in validation}
    novel = [
        s
        for s in pool
        if _types(s) <= known and s.en not in taken and any(pair in pairs for pair in relations(s.ko_tokens))
    ]
    long_low, long_high = LONG_LENGTH
    long = _fresh_pool(
        draw,
        SIZES["long"],
        lambda s: (
            long_low <= len(s.ko_tokens) <= long_high
            and 3 <= len(s.en_tokens) <= 40
            and _types(s) <= known
            and not co_occurs(s.ko_tokens, held_out)
        ),
        (1.0,),
        LONG_PATTERNS,
    )
    splits = {
        "train": train,
        "validation": validation,
        "test": test,
        "long": long,
        "novel": novel[: SIZES["novel"]],
    }
    for name, size in SIZES.items():
        if len(splits[name]) != size:
            raise ValueError(f"expected {size} pairs in {name}, got {len(splits[name])}")
    return splits


HEADER = "ko\ten\talignment\ttopic\n"


def tsv(sentences: Iterable[Sentence]) -> str:
    """The text of one split."""
    return HEADER + "".join(f"{s.ko}\t{s.en}\t{s.alignment}\t{s.topic}\n" for s in sentences)
