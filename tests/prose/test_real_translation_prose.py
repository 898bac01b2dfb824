"""Lesson 07: what its prose says is what its sums, its corpus and its translator give."""

import math
import re
from collections import Counter
from functools import cache

import numpy as np
from sacrebleu.metrics import BLEU

from course_lib import bundled, fast, metrics
from course_lib.bpe import BPE, BYTES
from course_lib.datasets import load
from course_lib.exercises.lesson_07.causes import causes
from course_lib.translator_file import load_translator
from course_lib.translator_training import translations
from tests.lessons import prose

TEXT = prose("07")


@cache
def subwords(merges):
    texts = (text for pair in load("ko-en", "train") for text in (pair.source_text, pair.target_text))
    return BPE.learn(texts, merges, learn=fast.learn_merges)


def test_the_first_merges_say_the_prose():
    first = ["".join(pair) for pair in subwords(60).merges]
    hangul = [token for token in first if any("가" <= character <= "힣" for character in token)]
    assert set(hangul[:4]) == {"어요", "니다", "에서", "습니다"}, "endings of verbs, and a particle"
    assert set(hangul[4:]) == {"▁씨", "▁사", "▁저"}, "beginnings of words"


def test_more_merges_say_the_prose():
    few, many = (subwords(merges) for merges in (3000, 8000))
    assert 2 < len(many.vocabulary) / len(few.vocabulary) < 2.3, "the vocabulary doubles"
    texts = [pair.target_text for pair in load("ko-en", "test")]
    shorter, longer = (sum(len(each.encode(text)) for text in texts) for each in (many, few))
    assert 0.9 < shorter / longer < 1, "only a little shorter"


def test_the_table_holds_what_the_translator_says():
    rows = re.findall(r"\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|", TEXT)
    assert [int(number) for number, *_ in rows] == list(range(1, 11))
    _, sources, references, told = zip(*rows, strict=True)
    test = {pair.source_text: pair.target_text for pair in load("ko-en", "test")}
    assert [test[source] for source in sources] == list(references)
    loaded = load_translator(bundled.translator_file())
    assert translations(loaded.recipe, loaded.translator, sources) == list(told)
    scores = [metrics.sacrebleu(hypotheses=[t], references=[r]) for t, r in zip(told, references, strict=True)]
    order = np.argsort(scores)[::-1].tolist()
    assert causes()[order[-2]] == "fair", "stands last but one"
    assert told[order[2]] == "Jihoon has a lot of books.", "books of friends stands third"
    counts = Counter(token for pair in load("ko-en", "train") for token in pair.source)
    assert counts["대추"] == 1, "occurs once in training"
    assert "*대추* occurs once in training" in TEXT


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
    assert "it is 6, and the three translations have 21" in TEXT
    assert right.score < 50
