"""What the tests of experiments share: a registry of a test's own, and a corpus so small that one runs in a second."""

import pytest

from course_lib import datasets
from course_lib.experiments import (
    bottleneck,
    corpus,
    ladder,
    models,
    positions,
    registry,
    reversing,
    scores,
    stored_runs,
    translation,
)


@pytest.fixture
def few_pairs(monkeypatch):
    """A corpus of few pairs of every split."""
    data = corpus.corpus()
    few = data._replace(pairs=datasets.ParallelCorpus({name: data.pairs[name][:24] for name in data.pairs}))
    for module in (bottleneck, corpus, ladder, models, positions, reversing, scores, translation):
        monkeypatch.setattr(module, "corpus", lambda: few)
    return few


@pytest.fixture
def trainings(few_pairs, monkeypatch):
    """What `translation.train` is asked for, instead of training; few sentences, and models that take no time."""
    asked = []

    def train(translator, pairs, seed, **options):
        asked.append(options | {"translator": translator, "pairs": pairs, "seed": seed})
        return 1.0

    monkeypatch.setattr(translation, "train", train)
    return asked


@pytest.fixture
def workshop(monkeypatch, tmp_path):
    """No experiments but the test's, and their stored runs in a folder of their own."""
    monkeypatch.setattr(registry, "_EXPERIMENTS", {})
    monkeypatch.setattr(registry, "experiments", lambda: list(registry._EXPERIMENTS.values()))
    monkeypatch.setattr(stored_runs, "RUNS", tmp_path / "runs")
    return tmp_path
