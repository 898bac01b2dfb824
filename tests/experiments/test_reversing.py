"""The source read from its end, in training and in use."""

import pytest

from course_lib.experiments import translation
from course_lib.experiments.reversing import reversing
from course_lib.translator import Translations, Translator

SMALL = {"E": 4, "H": 6, "updates": 2, "lr": 0.01, "batch_size": 8}


def test_reversing_turns_the_source_in_training_and_in_use(few_pairs, monkeypatch):
    trained, used = [], []
    monkeypatch.setattr(translation, "train", lambda made, *a, **o: trained.append(made.reverse_source))
    every = {tuple(pair.source): pair.target for split in ("test", "human") for pair in few_pairs.pairs[split]}

    def translate(made, sources):
        used.append(made.reverse_source)
        return Translations([every[tuple(source)] for source in sources], [])

    monkeypatch.setattr(Translator, "translate", translate)
    figures = reversing(0, **SMALL)
    assert list(figures) == ["as it stands", "reversed", "all"]
    assert figures["reversed"] == figures["all"]["reversed"]["test"] == pytest.approx(100)
    assert figures["all"]["as it stands"]["human"] == pytest.approx(100)
    assert trained == [False, True]
    assert used == [False, False, True, True]
