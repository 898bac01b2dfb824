"""Models by name: what they are made of, and that word by word they say what they say at once."""

import pytest
import torch

from course_lib.models import MODELS, SIZES, build
from course_lib.seq2seq import teacher_forced_logits
from tests.translators import SMALL_MODELS

SOURCE = torch.tensor([[5, 6, 7], [8, 9, 0]])
TARGET = torch.tensor([[2, 4, 6, 8], [2, 5, 7, 9]])


@pytest.mark.parametrize("name", MODELS)
def test_word_by_word_a_model_says_what_it_says_at_once(name):
    torch.manual_seed(1)
    model = build(name, SMALL_MODELS[name], words=12).eval()
    with torch.no_grad():
        at_once = teacher_forced_logits(model, SOURCE, TARGET)
        state = model.start(SOURCE)
        for t in range(TARGET.shape[1]):
            logits, state = model.step(TARGET[:, t], state)
            torch.testing.assert_close(logits, at_once[:, t])
    assert at_once.shape == (2, 4, 12)


@pytest.mark.parametrize("name", [name for name in MODELS if name != "own"])
def test_both_sides_read_one_matrix(name):
    model = build(name, SMALL_MODELS[name], words=13)
    shared = [
        parameter for parameter in model.parameters() if parameter.shape == (13, 8 if name == "transformer" else 6)
    ]
    assert len(shared) == 1
    if name == "transformer":
        assert model.output.weight is shared[0]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", MODELS)
def test_there_is_every_model_in_every_size(size, name):
    model, dropout = build(name, SIZES[size][name], words=50), SIZES[size][name].get("dropout", 0.0)
    assert any(layer.p == dropout for layer in model.modules() if isinstance(layer, torch.nn.Dropout))
    assert SIZES[size].keys() == MODELS.keys()


def test_the_size_that_the_results_are_about():
    """4.7 million parameters with 8,000 merges, the alphabet of German and English, and the bytes."""
    model = build("transformer", SIZES["small"]["transformer"], words=8356)
    assert sum(parameter.numel() for parameter in model.parameters()) == 4_727_712 + 4 * 193


def test_what_there_is_not_is_refused():
    with pytest.raises(ValueError, match="expected a model of transformer, luong, bahdanau, seq2seq, own, got 'rnn'"):
        build("rnn", {}, words=10)
    with pytest.raises(ValueError, match="a luong has the settings E, H, dropout, got E, D"):
        build("luong", {"E": 1, "D": 2}, words=10)
    with pytest.raises(ValueError, match="a luong has the settings E, H, dropout, got none"):
        build("luong", {}, words=10)
