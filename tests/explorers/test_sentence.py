"""A sentence is typed, the slider moved, and picture and words must follow."""

import numpy as np
import pytest
import torch

from course_lib import rnn
from course_lib.explorers.sentence import MAX_WORDS
from course_lib.gradients import state_gradient_norms
from course_lib.text import PAD, SOS, Vocab
from tests.explorers import cases
from tests.explorers.cases import SENTENCES, VOCAB
from tests.explorers.page import Page, picture, pixels


def test_the_slider_moves_through_the_sentence():
    page = Page(cases.sentence())
    assert page.range("step") == (0, 4)  # <sos> and four words
    assert page.controls["step"].value == 3
    assert "After “&lt;sos&gt; the cat sleeps”" in page.text
    assert pixels(page.png).shape == (580, 1040, 4)
    text = page.set(step=1)
    assert "After “&lt;sos&gt; the” the likeliest next word is" in text
    assert "What follows, “cat”, has" in text
    assert "The gradient" not in page.set(step=0)


def test_another_sentence_moves_the_end_of_the_slider():
    page = Page(cases.sentence())
    assert "After “&lt;sos&gt; the cat”" in page.set(step=4, sentence="the cat")
    assert (page.controls["step"].max, page.controls["step"].value) == (2, 2)
    page.set(sentence=SENTENCES[1])
    assert page.controls["step"].max == 5
    assert "고양이 가 자 아요 ." in page.set(step=5)


def test_unknown_words_are_named_and_capitals_forgiven():
    page = Page(cases.sentence())
    text = page.set(sentence="The catt sleeps <b>")
    assert "“catt” is not in the vocabulary and is read as &lt;unk&gt;. There is cat." in text
    assert "“&lt;b&gt;” is not in the vocabulary" in text, "typed text does not become part of the page"
    assert "“The”" not in text
    assert "the catt”" in page.set(step=2)


def test_an_empty_and_an_endless_sentence():
    page = Page(cases.sentence())
    assert "After “&lt;sos&gt;” the likeliest next word is" in page.set(sentence="")
    text = page.set(sentence="the cat " * 40)
    assert page.controls["step"].max == MAX_WORDS
    assert f"Only the first {MAX_WORDS} words are read; 56 more are left out." in text


def test_the_words_stand_over_their_gradients():
    explorer = cases.sentence()
    figure, axes = explorer.widget_axes({})
    explorer.draw(axes, SENTENCES[0], 2)
    states, gradients = (ax.get_position() for ax in axes[:2])
    assert (states.x0, states.x1) == pytest.approx((gradients.x0, gradients.x1))
    assert axes[1] in figure.axes


def test_the_picture_draws_what_the_model_says():
    explorer = cases.sentence()
    axes = picture(explorer, step=[1, 4])
    assert axes.shape == (2, 3)
    model = explorer.model
    ids = torch.tensor([[SOS, *VOCAB.encode(SENTENCES[0].split())]])
    with torch.no_grad():
        logits, _ = model(ids)
        outputs, _ = rnn.masked_unroll(model.cell, model.embedding(ids))
    for (states, gradients, following), step in zip(axes, (1, 4), strict=True):
        drawn = np.ma.getdata(states.images[0].get_array())
        np.testing.assert_allclose(drawn[:, : step + 1], outputs[0, : step + 1].T.numpy(), atol=1e-6)
        assert np.ma.getmaskarray(states.images[0].get_array())[:, step + 1 :].all()
        norms = state_gradient_norms(model.cell, model.embedding(ids)[:, : step + 1])[0]
        heights = [bar.get_height() for bar in gradients.patches]
        np.testing.assert_allclose(heights[: step + 1], norms.numpy(), rtol=1e-5)
        assert np.isnan(heights[step + 1 :]).all()
        assert heights[step] == pytest.approx(1)
        masked = logits[0, step].clone()
        masked[[PAD, SOS]] = -torch.inf
        p, words = masked.softmax(-1).topk(5)
        assert [label.get_text() for label in following.get_yticklabels()] == [VOCAB.tokens[i] for i in words]
        np.testing.assert_allclose([bar.get_width() for bar in following.patches], p.numpy(), rtol=1e-5)
    low = axes[0, 1].get_ylim()[0]
    assert low == axes[1, 1].get_ylim()[0], "so that two moments can be compared"
    assert low < norms.min()


def test_unknown_words_are_marked_in_the_picture():
    axes = picture(cases.sentence(), sentence="the dog", step=2)
    assert [label.get_text() for label in axes[0, 0].get_xticklabels()][:3] == ["<sos>", "the", "[dog]"]


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="at least one sentence"):
        cases.sentence(sentences=[])
    with pytest.raises(ValueError, match="units must be from 1 to H=6, got 24"):
        cases.sentence(units=24)
    with pytest.raises(ValueError, match="the model has 12 words, the vocabulary 5"):
        cases.sentence(vocab=Vocab(["one"]))
    for step in (5, -1):
        with pytest.raises(ValueError, match=f"step must be from 0 to 4, the words of the sentence, got {step}"):
            cases.sentence().picture(step=step, title="x")
