"""Mutants: what is changed, what becomes of each, and when an answer is equal in effect."""

import dataclasses

import pytest
import torch

from course_lib.exercises import find
from tools import mutants, variation


def texts(source):
    return {text for _, text, _ in mutants.mutants(source)}


def test_each_kind_of_change_is_made():
    source = "def f(x, y):\n    z = x + y\n    if z > 1:\n        z = z @ y\n    return z.softmax(-1)"
    made = texts(source)
    parts = ["z = x - y", "z = x\n", "z = y\n", "z >= 1", "z > 2", "z * y", "softmax(1)", "softmax()", "z.sigmoid(-1)"]
    parts += ["return in_double(", "detached(x + y)", "return z\n", "y + x", "z @= y"]
    for part in parts:
        assert any(part in f"{text}\n" for text in made), part
    assert source not in made
    assert len(made) == len(list(mutants.mutants(source)))


def test_the_source_is_whole_again_after_each_change():
    source = "def f(x):\n    x = x * 2\n    x = x + 1\n    return x"
    for text in texts(source):
        lines = zip(source.splitlines(), text.splitlines(), strict=False)
        assert sum(was != now for was, now in lines) <= 2, text


def test_guards_annotations_and_docstrings_are_left_alone():
    source = 'def f(x: int) -> int:\n    """Two."""\n    if x < 0:\n        raise ValueError(x + 1)\n    return x'
    for text in texts(source):
        assert text.startswith('def f(x: int) -> int:\n    """Two."""')
        assert "x + 1" in text or "raise" not in text


def test_mutants_of_an_exercise_are_rejected_or_equal():
    found = mutants.examine(find("00.dense"))
    assert len(found) > 10
    assert {each.fate for each in found} == {"rejected", "named", "equal"}
    assert any(each.kind == "order" and each.fate == "equal" and "bias + x @" in each.text for each in found)


def test_a_hole_in_a_check_is_found():
    exercise = find("00.dense")

    def blind(trial):
        trial.agrees(torch.ones(2, 2), torch.ones(2, 2), torch.ones(2))  # a transpose can't be seen

    blinded = dataclasses.replace(exercise, examine=blind)
    alive = [each for each in mutants.examine(blinded) if each.fate == "survives"]
    assert any("x @ weight + bias" in each.text for each in alive)


def test_equal_in_effect_is_told_from_different():
    exercise = find("00.softmax")
    reference = exercise.reference
    cases = variation.recorded(exercise, reference)
    assert len(cases) > 5
    assert not variation.differs(exercise, reference, lambda logits: logits.softmax(-1), cases)
    assert variation.differs(exercise, reference, lambda logits: logits.softmax(0), cases)
    assert variation.differs(exercise, reference, lambda logits: logits.softmax(-1).detach(), cases), "its gradient"
    assert variation.differs(exercise, reference, lambda logits: 1 / 0, cases)

    def half_detached(logits):
        e = (logits - logits.max(-1, keepdim=True).values).exp()
        return e / e.sum(-1, keepdim=True).detach()

    assert variation.differs(exercise, reference, half_detached, cases), "its gradient alone"


@pytest.mark.parametrize("exercise", ["03.forget_bias", "03.lstm_cell"])
def test_what_cannot_be_compared_is_said_to_be_unclear(exercise):
    exercise = find(exercise)
    cases = variation.recorded(exercise, exercise.reference)
    assert variation.differs(exercise, exercise.reference, exercise.reference, cases) is None
