"""Analogy questions and word pairs: enough of them, and only words of the corpus."""

import pytest

from tests.corpus.sentence_pairs import DATA, rows


def table(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("language", "side"), [("en", "target"), ("ko", "source")])
def test_analogies(language, side):
    header, *lines = table("analogies.tsv")
    assert header == ["language", "category", "a", "b", "c", "d"]
    questions = [line for line in lines if line[0] == language]
    assert len(questions) >= 60
    assert len({category for _, category, *_ in questions}) >= 5
    assert len({tuple(line) for line in questions}) == len(questions)
    vocabulary = {token for row in rows("train") for token in getattr(row, side)}
    for _, _, *words in questions:
        assert set(words) <= vocabulary, words
        assert len({words[0], words[1], words[2]}) == 3, words


@pytest.mark.parametrize(("language", "side"), [("en", "target"), ("ko", "source")])
def test_word_pairs(language, side):
    header, *lines = table("word-pairs.tsv")
    assert header == ["language", "a", "b", "score"]
    pairs = [line for line in lines if line[0] == language]
    assert len(pairs) >= 60
    assert len({frozenset(pair[1:3]) for pair in pairs}) == len(pairs)
    vocabulary = {token for row in rows("train") for token in getattr(row, side)}
    for _, a, b, score in pairs:
        assert {a, b} <= vocabulary, (a, b)
        assert a != b
        assert 0 <= float(score) <= 10
