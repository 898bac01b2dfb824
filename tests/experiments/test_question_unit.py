"""The unit that carries whether a sentence is a question."""

import pytest
import torch

from course_lib import lstm
from course_lib.embeddings import Embedding
from course_lib.experiments.question_unit import (
    find_question_unit,
    question_unit,
    questions_and_statements,
    with_gates,
)
from course_lib.language_model import LanguageModel
from course_lib.text import Vocab


def test_as_many_statements_as_questions():
    questions, statements = questions_and_statements("validation", "test")
    assert len(questions) == len(statements) > 100
    assert {sentence[-1] for sentence in questions} == {"?"}
    assert {sentence[-1] for sentence in statements} == {"."}


def test_question_unit_runs_small():
    figures = question_unit(seed=0, H=4, epochs=0)
    assert len(figures["without"]) == 4
    assert 0 <= figures["right"] <= 1


def test_the_unit_that_carries_the_question_is_found_and_its_loss_measured():
    """A model by hand: unit 1 of three goes up at "did" and decides the mark; the others are constant."""
    vocab = Vocab(["did", "go", "?", "."])
    model = LanguageModel(Embedding(len(vocab), 1), lstm.LSTMCell(1, 3))
    with torch.no_grad():
        model.embedding.weight.zero_()
        model.embedding.weight[vocab["did"]] = 1
        model.embedding.weight[vocab["go"]] = -1
        for p in model.cell.parameters():
            p.zero_()
        model.cell.weight_ih[2 * 3 + 1] = 5  # the candidate of unit 1 is the sign of the word
        model.cell.bias_ih[:3] = model.cell.bias_ih[3:6] = model.cell.bias_ih[9:] = 9  # all gates open
        model.output.weight.zero_()
        model.output.bias.zero_()
        model.output.weight[vocab["?"], 1] = 1
    questions, statements = [["did", "?"]] * 3, [["go", "."]] * 3
    found = find_question_unit(model, vocab, questions, statements)
    assert found["unit"] == 1
    assert found["apart"] == 1
    assert found["right"] == 1
    assert found["without"] == pytest.approx([1, 0.5, 1])


def test_a_model_on_torchs_cell_is_the_same_on_one_that_tells_its_gates():
    vocab = Vocab(["did", "go", "?", "."])
    model = LanguageModel(Embedding(len(vocab), 2), torch.nn.LSTMCell(2, 3))
    shown = with_gates(model)
    ids = torch.tensor([vocab.encode(["did", "go", "?"])])
    torch.testing.assert_close(shown(ids)[0], model(ids)[0])
    assert shown.cell.gates(torch.zeros(1, 2)).keys() == {"i", "f", "g", "o"}
