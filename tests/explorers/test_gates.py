"""A sentence is typed, a unit chosen, and the gates follow."""

import numpy as np
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


def test_the_picture_shows_the_unit_over_each_sentence():
    explorer = cases.gates()
    axes = picture(explorer, sentence=["did you go", "고양이"], unit=2)
    assert axes.shape == (2, 1)
    assert titles(axes) == ["unit 2", "unit 2"]
    assert [tick.get_text() for tick in axes[1, 0].get_xticklabels()] == ["<sos>", "고양이"]
    tokens, history = explorer.read("did you go")
    cell, gate, zero = axes[0, 0].lines
    assert (cell.get_label(), gate.get_label()) == ("cell state c", "forget gate f")
    assert cell.get_xdata().tolist() == list(range(len(tokens)))
    np.testing.assert_allclose(cell.get_ydata(), history["c"][:, 2])
    np.testing.assert_allclose(gate.get_ydata(), history["f"][:, 2])
    assert zero.get_ydata() == [0, 0]
    assert axes[0, 0].get_ylim() == axes[1, 0].get_ylim(), "sentences compare"


def test_the_picture_shows_chosen_parts():
    (axes,) = picture(cases.gates(parts=("i", "o"))).flat
    assert [line.get_label() for line in axes.lines[:2]] == ["input gate i", "output gate o"]


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
