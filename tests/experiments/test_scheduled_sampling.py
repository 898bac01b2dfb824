"""Teacher forcing and less of it: the schedules are followed."""

import math

import pytest

from course_lib import scheduled_sampling
from course_lib.experiments.scheduled_sampling import perplexity, teacher_forcing

SMALL = {"E": 4, "H": 6, "updates": 2, "lr": 0.01, "batch_size": 8}


@pytest.fixture
def ratios(few_pairs, monkeypatch):
    """The ratios that likelihoods are asked for."""
    asked = []
    nll = scheduled_sampling.scheduled_nll

    def watched(model, source, target, ratio, generator=None):
        asked.append(ratio)
        return nll(model, source, target, ratio, generator)

    monkeypatch.setattr(scheduled_sampling, "scheduled_nll", watched)
    return asked


def test_perplexity_runs_small_and_its_schedules_are_followed(ratios):
    schedules = {"linear": {"slope": 0.25}, "exponential": {"k": 0.5}, "inverse sigmoid": {"k": 1}}
    figures = perplexity(0, **SMALL, longest=10, schedules=schedules)
    assert list(figures) == ["teacher forcing", *schedules]
    assert all(each.keys() >= {"teacher-forced", "free-running", "bleu", "human"} for each in figures.values())
    in_training = [ratio for ratio in ratios if ratio > 0]  # 0 is the free-running perplexity
    assert in_training == pytest.approx([1, 0.75, 1, 0.5, 1 / 2, 1 / (1 + math.e)])


def test_the_ratio_of_teacher_forcing_stays_the_same(ratios):
    figures = teacher_forcing(0, **SMALL, longest=10, ratios=(1.0, 0.25))
    assert list(figures) == [1.0, 0.25]
    assert all(each.keys() >= {"seconds", "teacher-forced", "free-running", "bleu"} for each in figures.values())
    in_training = [ratio for ratio in ratios if ratio > 0]  # 0 is the free-running perplexity
    assert in_training == [1, 1, 0.25, 0.25]
