"""The source read from its end, in training and in use."""

from course_lib.experiments import translation
from course_lib.experiments.reversing import reversing
from course_lib.translator import Translator

SMALL = {"E": 4, "H": 6, "updates": 2, "lr": 0.01, "batch_size": 8}


def test_reversing_turns_the_source_in_training_and_in_use(few_pairs, monkeypatch):
    trained, used = [], []
    monkeypatch.setattr(translation, "train", lambda made, *a, **o: trained.append(made.reverse_source))
    monkeypatch.setattr(Translator, "bleu", lambda made, pairs: used.append(made.reverse_source) or 1.0)
    figures = reversing(0, **SMALL)
    assert list(figures) == ["as it stands", "reversed"]
    assert trained == used == [False, True]
