"""Lesson 07: what its prose says is what its sums, its corpus and its translator give."""

import math

from sacrebleu.metrics import BLEU

from course_lib.bpe import BPE, BYTES
from tests.lessons import prose

TEXT = prose("07")


def test_the_numbers_of_the_prose_and_the_quiz():
    assert 8000 * 8000 == 64e6
    assert "With 8,000 words on both sides the scores alone are 64 million" in TEXT
    assert len(BYTES) == 256
    assert "There are 256 of them" in TEXT
    assert 3 * 100 - (10 + 10 + 100) == 180
    assert BPE([], "ab").vocabulary == [*BYTES, "a", "b"], "the characters of the alphabet, and 256 bytes"
    assert math.isclose(math.exp(3 - 5) * math.exp(5 - 7), math.exp(3 - 7)), "one and the same factor"


def test_references_the_wrong_way_round_are_dropped_without_a_word():
    said = ["The weather is nice today.", "My little sister went to school.", "They ate four apples in the park."]
    true = ["The weather is nice today.", "My younger sister drank some milk.", "We did not buy any flowers."]
    assert all(text in TEXT for text in (*said, *true))
    wrong = BLEU().corpus_score(said, [[reference] for reference in true])
    right = BLEU().corpus_score(said, [true])
    assert (round(wrong.score), wrong.sys_len, right.sys_len) == (100, 6, 21)
    assert "6, where there are 21" in TEXT
    assert right.score < 50
