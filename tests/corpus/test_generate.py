"""The splits: their sizes, words and topics, what is held out, and that they are what the generator gives."""

import hashlib
import math
import statistics
from collections import Counter
from difflib import SequenceMatcher

import pytest

from tests.corpus.sentence_pairs import DATA, SIZES, Row, any_of, english_has, has, has_one, made_rows, rows
from tools.corpus.__main__ import files
from tools.corpus.frames.frame import TOPICS
from tools.corpus.generate import relations
from tools.corpus.patterns import draw_sentence

# --- the splits ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_sizes(name, size):
    assert len(rows(name)) == size


def test_bytes():
    folder = DATA / "ko-en"
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 7_000_000
    for path in folder.glob("*.tsv"):
        assert b"\r" not in path.read_bytes(), path


def test_no_sentence_occurs_in_two_splits():
    for part in (lambda row: row.source, lambda row: row.en):
        seen: dict[object, str] = {}
        for name in SIZES:
            for value in {part(row) for row in rows(name)}:
                assert value not in seen, f"{value} in {seen[value]} and in {name}"
                seen[value] = name
    for name in SIZES:
        assert len({row.source for row in rows(name)}) == len(rows(name))


# --- long ---------------------------------------------------------------------------------------------------

# Ways of being long, each seen at the morphemes that join the clauses; the first that a sentence has is its way.
WAYS = {
    "quotation": has_one("다고", "라고", "자고", "냐고", "으라고"),
    "before": has("기", "전"),
    "after": any_of(has("후", "에"), has("다음", "에"), has("뒤", "에")),
    "while": has_one("면서", "으면서"),
    "meanwhile": has("동안"),
    "as soon as": has_one("자마자"),
    "purpose": has_one("러", "으러"),
    "plan": has_one("려고", "으려고"),
    "condition": has_one("면", "으면"),
    "when": has("때"),
    "instead": has("대신"),
    "until": has("때", "까지"),
    "contrast": has_one("지만", "는데", "은데", "ㄴ데"),
    "comparison": has_one("보다"),
    "though": has_one("아도", "어도", "여도"),
    "state": any_of(has("채"), has("채", "로")),
    "without": has("지", "않", "고"),
    "on the way": has("길", "에"),
    "busy doing": has_one("느라고"),
    "interrupted": has_one("다가"),
    "because": english_has("because", "so"),
    "sequence": lambda row: True,
}


def way(row: Row) -> str:
    return next(name for name, test in WAYS.items() if test(row))


def test_long_sentences_are_long_in_many_ways():
    ways = Counter(way(row) for row in rows("long"))
    assert len(ways) >= 12
    assert max(ways.values()) <= 75, ways.most_common(3)  # 15 % of 500


def test_few_long_sentences_end_in_a_negation():
    ends = [row for row in rows("long") if set(row.source[-6:]) & {"안", "못", "않", "없"}]
    assert len(ends) <= 75


def test_lengths():
    longest = max(len(row.source) for row in rows("train"))
    assert longest <= 24
    assert min(len(row.source) for row in rows("long")) > longest
    for row in made_rows():
        assert 3 <= len(row.source) <= 40, row.ko
        assert 3 <= len(row.target) <= 40, row.en
    for row in rows("human"):
        assert 5 <= len(row.source) <= 25, row.ko
    lengths = [len(row.source) for row in rows("train")]
    assert 11.5 <= sum(lengths) / len(lengths) <= 13.5


@pytest.mark.parametrize("name", ["validation", "test"])
@pytest.mark.parametrize(("low", "high"), [(3, 7), (8, 15), (16, 23)])
def test_every_length_is_well_represented(name, low, high):
    assert sum(low <= len(row.source) <= high for row in rows(name)) >= 100


def counts_in_train(side: str) -> Counter[str]:
    return Counter(token for row in rows("train") for token in getattr(row, side))


@pytest.mark.parametrize("side", ["source", "target"])
def test_vocabulary(side):
    counts = counts_in_train(side)
    assert sum(n >= 15 for n in counts.values()) >= 800
    for name in ("long", "novel"):
        strangers = {token for row in rows(name) for token in getattr(row, side)} - set(counts)
        assert not strangers, f"{name} has words that train lacks: {sorted(strangers)}"


@pytest.mark.parametrize("side", ["source", "target"])
def test_there_is_a_tail(side):
    """300 to 500 words that train has once to five times, and some that only validation or test has."""
    counts = counts_in_train(side)
    assert sum(n <= 5 for n in counts.values()) >= 300
    unseen = {token for name in ("validation", "test") for row in rows(name) for token in getattr(row, side)} - set(
        counts
    )
    assert len(unseen) >= 15


@pytest.mark.parametrize("side", ["source", "target"])
def test_zipf(side):
    """The frequency of a word falls with its rank as a power of it, in the tail as well: the slope is near -1."""
    frequencies = [n for _, n in counts_in_train(side).most_common()]
    ranks = range(len(frequencies))
    for low, high in ((5, 100), (100, len(frequencies))):
        x = [math.log(rank + 1) for rank in ranks[low:high]]
        y = [math.log(n) for n in frequencies[low:high]]
        assert -2.6 <= statistics.linear_regression(x, y).slope <= -0.7


def test_every_test_pair_has_a_second_reference():
    for row in rows("test"):
        assert row.reference, row.en
        assert row.reference != row.en
    distance = [1 - SequenceMatcher(None, row.en.split(), row.reference.split()).ratio() for row in rows("test")]
    assert 0.1 <= sum(distance) / len(distance) <= 0.5


def test_topics():
    counts = Counter(row.topic for row in rows("train"))
    assert set(counts) == set(TOPICS)
    assert min(counts.values()) >= 1_500


def test_no_topic_hangs_on_one_word():
    """The best single word finds less than half of its topic's sentences."""
    topics = Counter(row.topic for row in rows("train"))
    pairs = Counter((token, row.topic) for row in rows("train") for token in set(row.source))
    totals = Counter(token for row in rows("train") for token in set(row.source))
    for (token, topic), n in pairs.items():
        if n / totals[token] > 0.9:
            assert n / topics[topic] < 0.5, (token, topic)


# --- novel --------------------------------------------------------------------------------------------------


def test_novel_pairs_are_new_and_their_words_are_not():
    """Each holds an object and its verb, or an adjective and its noun, that no train sentence holds both of."""
    where: dict[str, set[int]] = {}
    for index, row in enumerate(rows("train")):
        for token in set(row.source):
            where.setdefault(token, set()).add(index)
    kinds = set()
    for row in rows("novel"):
        new = [pair for pair in relations(row.source) if not where[pair[0]] & where[pair[1]]]
        assert new, row.ko
        assert all(len(where[word]) >= 15 for pair in new for word in pair)
        kinds.update(new)
    assert len(kinds) >= 40


def test_relations():
    assert relations(("사과", "를", "씻", "었", "어요")) == [("사과", "씻")]
    assert relations(("크", "ㄴ", "가방", "을", "사", "았")) == [("가방", "크"), ("가방", "사")]
    assert relations(("의사", "는", "병원", "에서")) == []


# --- the files are what the generator gives -----------------------------------------------------------------


def test_regeneration_gives_the_same_bytes():
    for name, contents in files().items():
        assert (DATA / name).read_bytes() == contents, f"{name} isn't what the grammar gives: make data"


def test_a_seed_gives_the_same_pair_again():
    for seed in range(40):
        assert draw_sentence(seed, 0.8) == draw_sentence(seed, 0.8)
        assert draw_sentence(seed, 0.8).ko == draw_sentence(seed, 0.8, rendering=3).ko


def test_checksums():
    for line in (DATA / "ko-en" / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((DATA / "ko-en" / name).read_bytes()).hexdigest() == digest
