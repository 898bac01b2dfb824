"""The explorers of lesson 03: sentences are typed, marks are moved, and picture and words follow."""

import matplotlib as mpl
import numpy as np
import pytest
import torch

from course_lib import lstm, rnn
from course_lib.embeddings import Embedding
from course_lib.experiments.lesson_03 import Readout
from course_lib.explorers import lesson_03 as explorers
from course_lib.gradients import state_gradient_norms
from course_lib.gru import GRUCell
from course_lib.language_model import LanguageModel
from course_lib.tasks import adding_problem
from course_lib.text import Vocab

mpl.use("Agg")
from matplotlib import pyplot as plt  # after the backend is chosen

from tests.pictures import parts, pixels

pytest.importorskip("ipywidgets", reason="explorers are widgets")

pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # a missing glyph is one

VOCAB = Vocab(["did", "you", "go", "고양이", "?", "."])


def language_model(cell=lstm.LSTMCell):
    generator = torch.Generator().manual_seed(0)
    torch.manual_seed(0)
    return LanguageModel(Embedding(len(VOCAB), 3, generator=generator), cell(3, 4, generator=generator))


def adders():
    torch.manual_seed(0)
    makes = {"RNN": rnn.RNNCell, "LSTM": lstm.LSTMCell, "peephole LSTM": lstm.PeepholeLSTMCell, "GRU": GRUCell}
    return {name: Readout(make(2, 5)) for name, make in makes.items()}


# --- the gates over a sentence ------------------------------------------------------------------------------


def test_typing_a_sentence_and_moving_the_frame_draw_again():
    explorer = explorers.gates_explorer(language_model(), VOCAB, "did you go", unit=1)
    (sentence, unit), picture, text = parts(explorer)
    assert (unit.min, unit.max, unit.value) == (0, 3, 1)
    assert pixels(picture.value).shape == (740, 1100, 4)
    assert text.value.startswith("<p>Unit 1 ends with c = ")
    assert "unknown" not in text.value
    assert "Not in the vocabulary" not in text.value
    seen = {picture.value}
    unit.value = 3
    assert text.value.startswith("<p>Unit 3 ends")
    seen.add(picture.value)
    sentence.value = "고양이 fly"
    seen.add(picture.value)
    assert len(seen) == 3
    assert "Not in the vocabulary, read as &lt;unk&gt;: fly." in text.value
    sentence.value = ""
    assert "in the mean" not in text.value, "without a word there is no mean over words"


def test_the_words_under_the_gates_are_what_the_model_computes():
    model = language_model()
    _, _, text = parts(explorers.gates_explorer(model, VOCAB, "did you go", unit=2, ask=("?",)))
    ids = torch.tensor([VOCAB.encode(["did", "you", "go"], sos=True)])
    with torch.no_grad():
        x = model.embedding(ids)
        _, (_, c) = rnn.masked_unroll(model.cell, x)
        gates = [model.cell.gates(x[:, 0])["f"]]
        state = model.cell(x[:, 0])
        for t in range(1, 4):
            gates.append(model.cell.gates(x[:, t], state)["f"])
            state = model.cell(x[:, t], state)
        p = model(ids)[0][0, -1].softmax(-1)[VOCAB["?"]]
    f = torch.stack(gates)[1:, 0, 2].mean()
    assert text.value == (
        f"<p>Unit 2 ends with c = {c[0, 2]:.2f}; its forget gate was {f:.2f} in the mean. "
        f"The next token: “?” {p:.0%}.</p>"
    )


def test_the_picture_of_the_gates_shows_each_sentence():
    axes = explorers.gates_picture(
        language_model(), VOCAB, ["did you go", "고양이"], unit=2, parts=("f", "c"), title="기억"
    )
    figure = axes[0, 0].figure
    figure.canvas.draw()
    plt.close("all")
    assert axes.shape == (2, 2)
    assert [ax.get_title(loc="left") for ax in axes[:, 0]] == ["forget gate f", "cell state c"]
    assert [tick.get_text() for tick in axes[0, 1].get_xticklabels()] == ["<sos>", "고양이"]
    assert figure.get_suptitle() == "기억"
    gate, cell = (ax.images[0] for ax in axes[:, 0])
    assert gate.get_clim() == (0, 1)
    assert cell.get_clim()[0] == -cell.get_clim()[1]
    assert axes[1, 0].images[0].get_clim() == axes[1, 1].images[0].get_clim(), "sentences compare"
    frames = [patch for patch in axes[0, 0].patches if patch.get_width() == 4]
    assert [patch.get_y() for patch in frames] == [1.5]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"unit": 4}, "unit must be from 0 to 3, got 4"),
        (
            {"model": language_model(lambda E, H, generator: torch.nn.LSTMCell(E, H))},
            "must tell its gates, .* a LSTMCell",
        ),
        ({"sentences": []}, r"sentences must be a list of at least one, got \[\]"),
        ({"sentences": "did"}, "sentences must be a list of at least one, got 'did'"),
        ({"parts": ("f", "g")}, r"parts must be some of i, f, o, c, got \('f', 'g'\)"),
    ],
)
def test_gates_that_do_not_fit_are_refused(changes, message):
    arguments = {"model": language_model(), "vocab": VOCAB, "sentences": ["did"]} | changes
    with pytest.raises(ValueError, match=message):
        explorers.gates_picture(**arguments, title="x")


# --- four cells on one sequence -----------------------------------------------------------------------------


def test_moving_a_mark_draws_again():
    explorer = explorers.memory_explorer(adders(), T=8, first=1, second=6)
    (first, second, numbers), picture, text = parts(explorer)
    assert (first.min, first.max, second.min, second.max) == (0, 3, 4, 7)
    values = torch.rand(8, generator=torch.Generator().manual_seed(0))
    assert f"The marked numbers are {values[1]:.2f} and {values[6]:.2f}; their sum is" in text.value
    for name in adders():
        assert f"{name} " in text.value
    seen = {picture.value}
    first.value = 0
    assert f"The marked numbers are {values[0]:.2f} and" in text.value
    seen.add(picture.value)
    second.value = 4
    seen.add(picture.value)
    numbers.value = 3
    seen.add(picture.value)
    assert len(seen) == 4


def test_the_picture_shows_what_each_cell_keeps_and_the_gradient():
    models = adders()
    x, _ = adding_problem(1, 6, generator=torch.Generator().manual_seed(1))
    axes = explorers.memory_picture(models, x, title="네 가지")
    axes[0, 0].figure.canvas.draw()
    plt.close("all")
    assert axes.shape == (2, 4)
    kept = [ax.get_title(loc="left").split(": ")[1] for ax in axes[0]]
    assert kept == ["its h", "its c", "its c", "its h"]
    with torch.no_grad():
        _, (_, c) = rnn.masked_unroll(models["LSTM"].cell, x)
    np.testing.assert_allclose(axes[0, 1].images[0].get_array()[:, -1], c[0], rtol=1e-5)
    for ax, model in zip(axes[1], models.values(), strict=True):
        assert ax.get_title(loc="left") == f"answers {model(x)[0, -1]:.2f}"
        expected = state_gradient_norms(model.cell, x, loss=lambda h, model=model: model.output(h).squeeze(-1))[0]
        np.testing.assert_allclose(ax.lines[0].get_ydata(), expected.detach(), rtol=1e-5)
        marked = [line.get_xdata()[0] for line in ax.lines[1:]]
        assert marked == x[0, :, 1].nonzero().flatten().tolist()
    assert len({ax.get_ylim() for ax in axes[1]}) == 1, "gradients compare"


def test_memories_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="models must hold at least one, got none"):
        explorers.memory_picture({}, torch.zeros(1, 4, 2), title="x")
    with pytest.raises(ValueError, match=r"x must have shape \(1, T, 2\), got \(2, 4, 2\)"):
        explorers.memory_picture(adders(), torch.zeros(2, 4, 2), title="x")
    with pytest.raises(ValueError, match="models must hold at least one, got none"):
        explorers.memory_explorer({}, T=8, first=1, second=6)
    with pytest.raises(ValueError, match="expected 0 <= first < 4 <= second < 8, got 4 and 6"):
        explorers.memory_explorer(adders(), T=8, first=4, second=6)
