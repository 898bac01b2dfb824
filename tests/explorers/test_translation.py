"""A sentence that is typed, and the model's state before the first word."""

import pytest
import torch

from course_lib.explorers import morphemes
from tests.explorers import cases


def test_morphemes_stand_between_spaces_or_plus_signs():
    assert morphemes(" 고양이+가 자+아요+. ") == ["고양이", "가", "자", "아요", "."]
    assert morphemes("  ") == []


def test_the_source_is_read_from_its_end_only_if_it_was_trained_so():
    turned = cases.decoding().steps(["고양이", "자"], ["the"]).log_p
    plain = cases.decoding(reverse_source=False)
    assert torch.equal(turned, plain.steps(["자", "고양이"], ["the"]).log_p)
    assert not torch.allclose(turned, plain.steps(["고양이", "자"], ["the"]).log_p)


def test_unknown_tokens_are_named():
    explorer = cases.beam()
    assert explorer.describe_unknown(["토끼", "가"]) == " Not in the vocabulary, read as <unk>: 토끼."
    assert explorer.describe_unknown(["가"]) == ""


def test_a_sentence_without_tokens_is_refused():
    message = "The sentence is empty: type at least one morpheme."
    with pytest.raises(ValueError, match=message):
        cases.beam().start([])
    with pytest.raises(ValueError, match=message):
        cases.beam().picture(sentence=" + ", title="x")
    with pytest.raises(ValueError, match=message):
        cases.decoding().picture(source="", title="x")
