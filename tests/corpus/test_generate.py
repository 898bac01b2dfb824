"""The splits: their sizes, words and topics, what is held out, and that they are what the generator gives."""

import hashlib
from collections import Counter

import pytest
from sentence_pairs import DATA, SIZES, every_row, rows

from tools.corpus.__main__ import files
from tools.corpus.frames.frame import TOPICS
from tools.corpus.generate import relations

# --- the splits ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_sizes(name, size):
    assert len(rows(name)) == size


def test_bytes():
    folder = DATA / "ko-en"
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 6_000_000
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


def test_lengths():
    longest = max(len(row.source) for row in rows("train"))
    assert longest <= 24
    assert min(len(row.source) for row in rows("long")) > longest
    for row in every_row():
        assert 3 <= len(row.source) <= 40, row.ko
        assert 3 <= len(row.target) <= 40, row.en
    lengths = [len(row.source) for row in rows("train")]
    assert 11.5 <= sum(lengths) / len(lengths) <= 13.5


@pytest.mark.parametrize("name", ["validation", "test"])
@pytest.mark.parametrize(("low", "high"), [(3, 7), (8, 15), (16, 23)])
def test_every_length_is_well_represented(name, low, high):
    assert sum(low <= len(row.source) <= high for row in rows(name)) >= 100


def test_vocabulary():
    for side in ("source", "target"):
        counts = Counter(token for row in rows("train") for token in getattr(row, side))
        assert sum(n >= 15 for n in counts.values()) >= 600
        assert min(counts.values()) >= 15, counts.most_common()[-1]
        for name in ("validation", "test", "long", "novel"):
            strangers = {token for row in rows(name) for token in getattr(row, side)} - set(counts)
            assert not strangers, f"{name} has words that train lacks: {sorted(strangers)}"


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


def test_checksums():
    for line in (DATA / "ko-en" / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((DATA / "ko-en" / name).read_bytes()).hexdigest() == digest
