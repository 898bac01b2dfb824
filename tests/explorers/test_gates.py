"""A sentence is typed, a unit chosen, and the gates follow."""

import pytest
import torch

from course_lib import rnn
from tests.explorers import cases
from tests.explorers.cases import QUESTIONS
from tests.explorers.page import Page, picture, pixels, titles


def test_typing_a_sentence_and_moving_the_frame():
    page = Page(cases.gates())
    assert page.range("unit") == (0, 5)
    assert pixels(page.png).shape == (740, 1100, 4)
    assert page.text.startswith("<p>Unit 1 ends with c = ")
    assert "Not in the vocabulary" not in page.text
    assert page.set(unit=3).startswith("<p>Unit 3 ends")
    assert "Not in the vocabulary, read as &lt;unk&gt;: fly." in page.set(sentence="고양이 fly")
    assert "in the mean" not in page.set(sentence=""), "without a word there is no mean over words"


def test_the_words_under_the_gates_are_what_the_model_computes():
    explorer = cases.gates(next_tokens=("?",))
    model = explorer.model
    ids = torch.tensor([QUESTIONS.encode(["did", "you", "go"], sos=True)])
    with torch.no_grad():
        x = model.embedding(ids)
        _, (_, c) = rnn.masked_unroll(model.cell, x)
        gates = [model.cell.gates(x[:, 0])["f"]]
        state = model.cell(x[:, 0])
        for t in range(1, 4):
            gates.append(model.cell.gates(x[:, t], state)["f"])
            state = model.cell(x[:, t], state)
        p = model(ids)[0][0, -1].softmax(-1)[QUESTIONS["?"]]
    f = torch.stack(gates)[1:, 0, 2].mean()
    assert explorer.describe("did you go", 2) == (
        f"Unit 2 ends with c = {c[0, 2]:.2f}; its forget gate was {f:.2f} in the mean. The next token: “?” {p:.0%}."
    )


def test_the_picture_shows_each_sentence():
    axes = picture(cases.gates(), sentence=["did you go", "고양이"], unit=2)
    assert axes.shape == (2, 2)
    assert titles(axes[0]) == ["forget gate f", "cell state c"]
    assert [tick.get_text() for tick in axes[1, 0].get_xticklabels()] == ["<sos>", "고양이"]
    gate, cell = (ax.images[0] for ax in axes[0])
    assert gate.get_clim() == (0, 1)
    assert cell.get_clim()[0] == -cell.get_clim()[1]
    assert cell.get_clim() == axes[1, 1].images[0].get_clim(), "sentences compare"
    frames = [patch for patch in axes[0, 0].patches if patch.get_width() == 4]
    assert [patch.get_y() for patch in frames] == [1.5]


def test_the_picture_shows_chosen_parts():
    assert titles(picture(cases.gates(parts=("i", "o")))) == ["input gate i", "output gate o"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"unit": 6}, "unit must be from 0 to 5, got 6"),
        ({"model": cases.language_model(QUESTIONS)}, "the cell must have `gates`, .* got a RNNCell"),
        ({"parts": ("f", "g")}, r"parts must be some of i, f, o, c, got \('f', 'g'\)"),
        ({"parts": ()}, r"parts must be some of i, f, o, c, got \(\)"),
    ],
)
def test_what_does_not_fit_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        cases.gates(**changes)
