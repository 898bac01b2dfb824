"""Steps are chosen and sentences typed, and both sides of a translation follow."""

import pytest
import torch

from course_lib.decoding import greedy_search
from course_lib.explorers.translation import MAX_LENGTH
from tests.explorers import cases
from tests.explorers.cases import PAIRS, SOURCE, TARGET
from tests.explorers.page import Page, picture, titles


def test_steps_given_the_truth_are_those_of_the_model():
    explorer = cases.decoding()
    found = explorer.steps(PAIRS[0].source, PAIRS[0].target)
    source = torch.tensor([SOURCE.encode(PAIRS[0].source)[::-1]])
    inputs = torch.tensor([TARGET.encode(PAIRS[0].target, sos=True)])
    expected = explorer.translator.model(source, inputs)[0].log_softmax(-1)
    torch.testing.assert_close(found.log_p, expected)
    assert found.inputs == ["<sos>", "the", "cat", "sleeps", "."]
    assert found.likeliest(TARGET) == [TARGET.tokens[i] for i in expected.argmax(-1)]


@pytest.mark.parametrize("seed", range(4))
def test_steps_given_the_models_own_words_are_greedy_decoding(seed):
    explorer = cases.decoding(seed)
    found = explorer.steps(PAIRS[0].source)
    ids = greedy_search(explorer.translator.model.step, explorer.translator.start(PAIRS[0].source), MAX_LENGTH).ids[0]
    assert found.log_p.argmax(1).tolist() == ids.tolist()
    assert found.inputs == ["<sos>", *(TARGET.tokens[i] for i in ids[:-1])]


def test_stepping_and_typing():
    page = Page(cases.decoding())
    assert "Told the true words, it says" in page.text
    assert "of 5 rightly" in page.text
    assert "of 4 rightly" in page.set(source="자 아요")
    assert page.controls["target"].value == "the dog sleeps", "the truth of a sentence of the corpus comes with it"
    text = page.set(source="토끼+가 자+아요")
    assert page.controls["target"].value == ""
    assert "Not in the vocabulary, read as &lt;unk&gt;: 토끼." in text
    assert "Told" not in text
    assert "of 5 rightly" in page.set(target="The cat sleeps.")
    assert "The sentence is empty" in page.set(source=" ")


def test_steps_are_counted_from_1_as_in_the_titles():
    explorer = cases.decoding(step=3)
    assert Page(explorer).range("step") == (1, 16)
    assert titles(picture(explorer))[0].startswith("step 3, ")


def test_the_picture_shows_both_sides_of_each_step():
    explorer = cases.decoding()
    axes = picture(explorer, step=[1, 2])
    assert axes.shape == (2, 2)
    assert titles(axes[:, 0]) == ["step 1, told the true words: <sos>", "step 2, told the true words: <sos> the"]
    p, ids = explorer.steps(PAIRS[0].source, PAIRS[0].target).log_p[1].exp().topk(5)
    assert [bar.get_width() for bar in axes[1, 0].patches] == pytest.approx(p.tolist(), abs=1e-6)
    expected = [("→ " if TARGET.tokens[i] == "cat" else "") + TARGET.tokens[i] for i in ids.tolist()]
    assert [label.get_text() for label in axes[1, 0].get_yticklabels()] == expected


def test_a_side_that_has_ended_or_has_no_truth_says_so():
    explorer = cases.decoding()
    with torch.no_grad():
        explorer.translator.model.output.bias[3] = 1e4  # <eos> at once
    assert titles(picture(explorer, step=2))[1] == "step 2, told its own words: it has ended"
    assert titles(picture(explorer, target=""))[0] == "step 1, told the true words: no true words are given"


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="pairs must hold at least one, got none"):
        cases.decoding(pairs=[])
    for step in (0, 6):
        with pytest.raises(ValueError, match=f"step must be from 1 to 5, the end of the truth, got {step}"):
            cases.decoding().picture(step=step, title="x")
