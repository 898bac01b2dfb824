"""The explorers of lesson 04: sentences are typed, steps and beams chosen, and picture and words follow."""

import matplotlib as mpl
import pytest
import torch

from course_lib.datasets import Pair
from course_lib.decoding import beam_search, greedy
from course_lib.embeddings import Embedding
from course_lib.explorers import lesson_04 as explorers
from course_lib.lstm import LSTMCell
from course_lib.recurrent import Recurrent
from course_lib.seq2seq import Decoder, Encoder, Seq2Seq
from course_lib.text import PAD, SOS, Vocab

mpl.use("Agg")
import itertools

from matplotlib import pyplot as plt  # after the backend is chosen

from tests.pictures import parts

pytest.importorskip("ipywidgets", reason="explorers are widgets")

pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # a missing glyph is one

SOURCE = Vocab(["고양이", "가", "자", "아요", "."])
TARGET = Vocab(["the", "cat", "sleeps", "dog", "."])
PAIRS = [
    Pair(["고양이", "가", "자", "아요", "."], ["the", "cat", "sleeps", "."], "고양이가 자요.", "The cat sleeps."),
    Pair(["자", "아요"], ["the", "dog", "sleeps"], "자요", "The dog sleeps"),
]


def translator(seed=0, reverse=True, sharp=6.0):
    """A model that was not trained: its weights are large, so that its probabilities differ."""
    torch.manual_seed(seed)
    encoder = Encoder(Embedding(len(SOURCE), 3, PAD), Recurrent(LSTMCell, 3, 4))
    model = Seq2Seq(encoder, Decoder(Embedding(len(TARGET), 3, PAD), LSTMCell(3, 4)))
    with torch.no_grad():
        model.output.weight *= sharp
        model.output.bias[:3] = -1e4  # <pad>, <unk> and <sos> are not said
    return explorers.Translator(model, SOURCE, TARGET, reverse)


# --- step by step -------------------------------------------------------------------------------------------


def test_morphemes_stand_between_spaces_or_plus_signs():
    assert explorers.morphemes(" 고양이+가 자+아요+. ") == ["고양이", "가", "자", "아요", "."]
    assert explorers.morphemes("  ") == []


def test_steps_told_the_truth_are_those_of_the_model():
    t = translator()
    found = explorers.steps(t, PAIRS[0].source, PAIRS[0].target)
    source = torch.tensor([SOURCE.encode(PAIRS[0].source)[::-1]])
    inputs = torch.tensor([TARGET.encode(PAIRS[0].target, sos=True)])
    expected = t.model(source, inputs)[0].log_softmax(-1)
    torch.testing.assert_close(found.log_p, expected)
    assert found.told == ["<sos>", "the", "cat", "sleeps", "."]
    assert found.said(TARGET) == [TARGET.tokens[i] for i in expected.argmax(-1)]


def test_the_source_is_read_from_its_end_only_if_it_was_trained_so():
    turned = explorers.steps(translator(reverse=True), ["고양이", "자"], ["the"]).log_p
    plain = explorers.steps(translator(reverse=False), ["자", "고양이"], ["the"]).log_p
    assert torch.equal(turned, plain)
    assert not torch.allclose(turned, explorers.steps(translator(reverse=False), ["고양이", "자"], ["the"]).log_p)


@pytest.mark.parametrize("seed", range(4))
def test_steps_told_its_own_words_are_greedy_decoding(seed):
    t = translator(seed)
    found = explorers.steps(t, PAIRS[0].source)
    ids = greedy(t.model.step, t.start(PAIRS[0].source), explorers.LONGEST).ids[0]
    assert found.log_p.argmax(1).tolist() == ids.tolist()
    assert found.told == ["<sos>", *(TARGET.tokens[i] for i in ids[:-1])]


def test_stepping_and_typing_draw_again():
    explorer = explorers.decoding_explorer(translator(), PAIRS)
    (source, target, _, step), picture, text = parts(explorer)
    seen = {picture.value}
    assert "Told the true words, it says" in text.value
    assert "of 5 rightly" in text.value
    step.value = 2
    seen.add(picture.value)
    source.value = "자 아요"
    assert target.value == "the dog sleeps", "the truth of a sentence of the corpus comes with it"
    assert "of 4 rightly" in text.value
    seen.add(picture.value)
    source.value = "토끼+가 자+아요"
    assert target.value == ""
    assert "Not in the vocabulary, read as &lt;unk&gt;: 토끼." in text.value
    assert "Told" not in text.value
    seen.add(picture.value)
    target.value = "The cat sleeps."
    assert "of 5 rightly" in text.value
    seen.add(picture.value)
    source.value = " "
    assert "The sentence is empty" in text.value
    assert len(seen) == 5


def test_steps_are_counted_from_1_as_in_the_titles(monkeypatch):
    drawn = []
    monkeypatch.setattr(explorers, "_draw_step", lambda *arguments: drawn.append(arguments[5]))
    (_, _, _, slider), *_ = parts(explorers.decoding_explorer(translator(), PAIRS, step=3))
    assert (slider.value, slider.min) == (3, 1)
    slider.value = 1
    assert drawn == [2, 0]


def test_the_picture_shows_both_sides_of_each_step():
    t = translator()
    axes = explorers.decoding_picture(t, PAIRS[0], (0, 1), title="한 걸음씩")
    axes[0, 0].figure.canvas.draw()
    plt.close("all")
    assert axes.shape == (2, 2)
    titles = [ax.get_title(loc="left").replace("\n", " ") for ax in axes.flat]
    assert titles[0] == "step 1, told the true words: <sos>"
    assert titles[2] == "step 2, told the true words: <sos> the"
    forced = explorers.steps(t, PAIRS[0].source, PAIRS[0].target)
    p, ids = forced.log_p[1].exp().topk(5)
    assert [bar.get_width() for bar in axes[1, 0].patches] == pytest.approx(p.tolist(), abs=1e-6)
    expected = [("→ " if TARGET.tokens[i] == "cat" else "") + TARGET.tokens[i] for i in ids.tolist()]
    assert [label.get_text() for label in axes[1, 0].get_yticklabels()] == expected


def test_a_side_that_has_ended_says_so():
    t = translator()
    with torch.no_grad():
        t.model.output.bias[3] = 1e4  # <eos> at once
    axes = explorers.decoding_picture(t, PAIRS[0], (1,), title="x")
    plt.close("all")
    assert axes[0, 1].get_title(loc="left") == "step 2, told its own words: it has ended"


@pytest.mark.parametrize("shown", [(), (5,), (-1,)])
def test_steps_that_are_not_there_are_refused(shown):
    with pytest.raises(ValueError, match="steps must be from 0 to 4, at least one, got"):
        explorers.decoding_picture(translator(), PAIRS[0], shown, title="x")


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="pairs must hold at least one, got none"):
        explorers.decoding_explorer(translator(), [])
    with pytest.raises(ValueError, match="the sentence is empty"):
        explorers.steps(translator(), [])


# --- the tree of a beam search ------------------------------------------------------------------------------


def test_the_tree_is_that_of_the_search_and_its_path_the_best_sentence():
    t = translator(1)
    ax = explorers.beam_picture(t, PAIRS[0].source, beam=2, alpha=1.0, title="너비 2")
    ax.figure.canvas.draw()
    plt.close("all")
    state = t.start(PAIRS[0].source)
    found = beam_search(t.model.step, state, 2, explorers.LONGEST, alpha=1.0, tree=True)
    nodes = found.trees[0]
    assert [text.get_text().split("\n")[0] for text in ax.texts] == [TARGET.tokens[node.token] for node in nodes]
    path = explorers.best_path(nodes, found.ids[0, 0].tolist())
    words = [i for i in found.ids[0, 0].tolist() if i != PAD]
    assert [nodes[place].token for place in path] == [SOS, *words]
    assert all(nodes[b].parent == a for a, b in itertools.pairwise(path))
    strong = [line.get_linewidth() > 2 for line in ax.lines]
    assert sum(strong) == len(words)


def test_a_wider_beam_and_another_sentence_draw_again():
    explorer = explorers.beam_explorer(translator(1), "고양이 가 자 아요 .", beam=1)
    (sentence, beam, alpha), picture, text = parts(explorer)
    assert text.value.count("“") == 1
    assert "Greedy decoding says the same as the best." in text.value
    seen = {picture.value}
    beam.value = 3
    assert text.value.split("Greedy")[0].count("“") == 3
    seen.add(picture.value)
    normalized = text.value
    alpha.value = 0
    assert text.value != normalized
    seen.add(picture.value)
    assert len(seen) == 3, "the width and alpha change the picture"
    sentence.value = "토끼 가"
    assert "Not in the vocabulary, read as &lt;unk&gt;: 토끼." in text.value
    seen.add(picture.value)
    sentence.value = ""
    assert "The sentence is empty" in text.value
    assert len(seen) == 4
