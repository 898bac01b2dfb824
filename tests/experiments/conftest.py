"""What the tests of experiments share: a corpus so small that an experiment runs in a second."""

import pytest

from course_lib import datasets
from course_lib.experiments import bottleneck, corpus, ladder, models, positions, reversing, scores, translation


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
