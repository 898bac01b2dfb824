"""Lesson 02's explorer: a sentence is typed, the slider moved, and picture and words must follow."""

import io

import matplotlib as mpl
import numpy as np
import pytest
import torch
from matplotlib import image

from course_lib import rnn
from course_lib.embeddings import Embedding
from course_lib.gradients import state_gradient_norms
from course_lib.language_model import LanguageModel
from course_lib.text import PAD, SOS, Vocab

mpl.use("Agg")
from matplotlib import pyplot as plt  # after the backend is chosen

pytest.importorskip("ipywidgets", reason="explorers are widgets")

from course_lib.explorers import lesson_02 as explorers

pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # a missing glyph is one

VOCAB = Vocab(["고양이", "가", "자", "아요", "the", "cat", "sleeps", "."])
SENTENCES = ["the cat sleeps .", "고양이 가 자 아요 ."]


@pytest.fixture
def model():
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(0)
    return LanguageModel(Embedding(len(VOCAB), 4), rnn.RNNCell(4, 6, generator=generator))


def parts(explorer):
    """The sentence, the slider, the picture and the text."""
    row, picture, text = explorer.children
    sentence, _player, step = row.children
    return sentence, step, picture, text


def test_the_slider_moves_through_the_sentence(model):
    _, step, picture, text = parts(explorers.sentence_explorer(model, VOCAB, SENTENCES, units=6))
    assert (step.min, step.max, step.value) == (0, 4, 3)  # <sos> and four words
    assert "After “&lt;sos&gt; the cat sleeps”" in text.value
    before = picture.value
    step.value = 1
    assert picture.value != before
    assert "After “&lt;sos&gt; the” the likeliest next word is" in text.value
    assert "What follows, “cat”, has" in text.value
    assert image.imread(io.BytesIO(picture.value), format="png").shape == (580, 1040, 4)
    step.value = 0
    assert "The gradient" not in text.value


def test_another_sentence_moves_the_end_of_the_slider(model):
    sentence, step, picture, text = parts(explorers.sentence_explorer(model, VOCAB, SENTENCES, units=6))
    step.value = 4
    sentence.value = "the cat"
    assert (step.max, step.value) == (2, 2)
    assert "After “&lt;sos&gt; the cat”" in text.value
    sentence.value = SENTENCES[1]
    assert step.max == 5
    before = picture.value
    step.value = 5
    assert picture.value != before
    assert "고양이 가 자 아요 ." in text.value


def test_unknown_words_are_named_and_capitals_forgiven(model):
    sentence, step, _, text = parts(explorers.sentence_explorer(model, VOCAB, SENTENCES, units=6))
    sentence.value = "The catt sleeps <b>"
    assert "“catt” is not in the vocabulary and is read as &lt;unk&gt;. There is cat." in text.value
    assert "“&lt;b&gt;” is not in the vocabulary" in text.value  # typed text does not become part of the page
    assert "“The”" not in text.value
    step.value = 2
    assert "the catt”" in text.value


def test_an_empty_and_an_endless_sentence(model):
    sentence, step, _, text = parts(explorers.sentence_explorer(model, VOCAB, SENTENCES, units=6))
    sentence.value = ""
    assert "After “&lt;sos&gt;” the likeliest next word is" in text.value
    sentence.value = "the cat " * 40
    assert step.max == explorers.MOST_WORDS
    assert f"Only the first {explorers.MOST_WORDS} words are read; 56 more are left out." in text.value


def test_the_picture_draws_what_the_model_says(model):
    axes = explorers.sentence_picture(model, VOCAB, SENTENCES[0], steps=(1, 4), title="finding", units=6)
    assert axes.shape == (3, 2)
    ids = torch.tensor([[SOS, *VOCAB.encode(SENTENCES[0].split())]])
    with torch.no_grad():
        logits, _ = model(ids)
        outputs, _ = rnn.masked_unroll(model.cell, model.embedding(ids))
    for column, step in zip(axes.T, (1, 4), strict=True):
        states, gradients, following = column
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
    assert axes[0, 0].figure._suptitle.get_text() == "finding"
    low = axes[1, 0].get_ylim()[0]
    assert low == axes[1, 1].get_ylim()[0]  # so that two moments can be compared
    assert low < norms.min()
    plt.close(axes[0, 0].figure)


def test_unknown_words_are_marked_in_the_picture(model):
    axes = explorers.sentence_picture(model, VOCAB, "the dog", steps=(2,), title="finding", units=6)
    assert [label.get_text() for label in axes[0, 0].get_xticklabels()][:3] == ["<sos>", "the", "[dog]"]
    plt.close(axes[0, 0].figure)


def test_what_does_not_fit_is_refused(model):
    with pytest.raises(ValueError, match="at least one sentence"):
        explorers.sentence_explorer(model, VOCAB, [])
    with pytest.raises(ValueError, match="units must be from 1 to H=6, got 24"):
        explorers.sentence_explorer(model, VOCAB, SENTENCES)
    with pytest.raises(ValueError, match="the model has 12 words, the vocabulary 5"):
        explorers.sentence_explorer(model, Vocab(["one"]), SENTENCES, units=6)
    with pytest.raises(ValueError, match=r"steps must be from 0 to 4, the words of the sentence, got \[5\]"):
        explorers.sentence_picture(model, VOCAB, SENTENCES[0], steps=(5,), title="finding", units=6)
    with pytest.raises(ValueError, match="steps must be from 0 to 4"):
        explorers.sentence_picture(model, VOCAB, SENTENCES[0], steps=(), title="finding", units=6)
