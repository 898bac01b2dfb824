"""A sentence that is typed in morphemes."""

import unicodedata

import pytest

from course_lib.explorers import morphemes
from course_lib.explorers.translation import unknown_words
from tests.explorers import cases


def test_morphemes_stand_between_spaces_or_plus_signs():
    assert morphemes(" 고양이+가 자+아요+. ") == ["고양이", "가", "자", "아요", "."]
    assert morphemes("  ") == []
    assert morphemes(unicodedata.normalize("NFD", "고양이+가")) == ["고양이", "가"]


def test_unknown_morphemes_are_named():
    assert unknown_words(cases.translator(), "토끼+가") == " Not in the vocabulary, read as <unk>: 토끼."
    assert unknown_words(cases.translator(), "가") == ""


@pytest.mark.parametrize(("make", "values"), [(cases.beam, {"sentence": " + "}), (cases.decoding, {"source": ""})])
def test_no_picture_of_an_empty_sentence(make, values):
    with pytest.raises(ValueError, match="The sentence is empty: type at least one morpheme"):
        make().picture(title="x", **values)
