"""The source read from its end, in training and in use."""

import pytest

from course_lib.experiments import translation
from course_lib.experiments.reversing import reversing
from course_lib.translator import Translations, Translator

SMALL = {"E": 4, "H": 6, "updates": 2, "lr": 0.01, "batch_size": 8}


def test_reversing_turns_the_source_in_training_and_in_use(few_pairs, monkeypatch):
    trained, used = [], []
    monkeypatch.setattr(translation, "train", lambda made, *a, **o: trained.append(made.reverse_source))
    said = Translations([pair.target for pair in few_pairs.pairs["test"]], [])
    monkeypatch.setattr(Translator, "translate", lambda made, of: used.append(made.reverse_source) or said)
    figures = reversing(0, **SMALL)
    assert list(figures) == ["as it stands", "reversed", "all"]
    assert figures["reversed"] == figures["all"]["reversed"]["test"] == pytest.approx(100)
    assert trained == used == [False, True]
