"""English: inflection, the way from tokens to text, articles and agreement."""

import re

import pytest

from tests.corpus.sentence_pairs import made_rows
from tools.corpus import english


@pytest.mark.parametrize(
    ("function", "cases"),
    [
        (english.plural, "book books box boxes city cities boy boys child children leaf leaves tomato tomatoes"),
        (english.third_person, "go goes buzz buzzes carry carries play plays have has be is watch watches"),
        (english.gerund, "make making swim swimming lie lying see seeing visit visiting study studying put putting"),
        (english.past, "stop stopped carry carried play played bake baked visit visited go went withdraw withdrew"),
        (english.participle, "eat eaten ride ridden swim swum plant planted be been"),
        (english.indefinite, "apple an hour an uniform a university a dress a umbrella an"),
        (english.compare, "big bigger wet wetter busy busier nice nicer quiet quieter easy easier"),
    ],
)
def test_inflection(function, cases):
    words = cases.split()
    for word, expected in zip(words[::2], words[1::2], strict=True):
        assert function(word) == expected


def test_comparison_of_long_words():
    assert english.compare("expensive") == "more expensive"
    assert english.compare("beautiful", 1) == "most beautiful"
    assert english.compare("good", 1) == "best"


def test_detokenize():
    tokens = ["It", "'s", "cold", ",", "so", "I", "do", "n't", "run", "."]
    assert english.detokenize(tokens) == "It's cold, so I don't run."


def test_english_text_gives_its_own_tokens():
    for row in made_rows():
        assert row.en[0].isupper() or row.en[0].isdigit(), row.en
        assert row.en[-1] in ".?", row.en
        assert row.target[-1] == row.en[-1]
        assert "  " not in row.en
        assert not re.search(r"\bi\b", row.en), row.en


def test_a_and_an():
    for row in made_rows():
        for article, word in re.findall(r"\b([Aa]n?) ([\w-]+)", row.en):
            if word.lower() not in ("hour", "honest", "uniform", "university", "ukulele", "unicorn", "used"):
                assert (article.lower() == "an") == (word[0].lower() in "aeiou"), row.en


def test_agreement():
    wrong = re.compile(
        r"\b(?:[Hh]e|[Ss]he|[Ii]t) (?:are|were|have|do|don't|go)\b|\bI (?:is|are|has|does|were)\b|"
        r"\b(?:[Ww]e|[Tt]hey|[Yy]ou) (?:is|was|has|does|am)\b|\b(?:these|those) \w+ (?:is|was)\b|\bthis \w+s are\b"
    )
    for row in made_rows():
        statement = row.en
        if match := wrong.search(statement):
            before = statement[: match.start()].split()
            auxiliaries = ("did", "does", "do", "will", "can", "could")
            assert before, statement
            assert before[-1].lower() in auxiliaries, statement
