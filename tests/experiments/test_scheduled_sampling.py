"""Teacher forcing and less of it: the schedules are followed."""

import math

import pytest

from course_lib import scheduled_sampling
from course_lib.experiments.scheduled_sampling import perplexity

SMALL = {"E": 4, "H": 6, "updates": 2, "lr": 0.01, "batch_size": 8}


def test_perplexity_runs_small_and_its_schedules_are_followed(few_pairs, monkeypatch):
    ratios = []
    nll = scheduled_sampling.scheduled_nll

    def watched(model, source, target, ratio, generator=None):
        ratios.append(ratio)
        return nll(model, source, target, ratio, generator)

    monkeypatch.setattr(scheduled_sampling, "scheduled_nll", watched)
    schedules = {"linear": {"slope": 0.25}, "exponential": {"k": 0.5}, "inverse sigmoid": {"k": 1}}
    figures = perplexity(0, **SMALL, longest=10, schedules=schedules)
    assert list(figures) == ["teacher forcing", *schedules]
    assert all(each.keys() >= {"teacher-forced", "free-running", "bleu", "human"} for each in figures.values())
    in_training = [ratio for ratio in ratios if ratio > 0]  # 0 is the free-running perplexity
    assert in_training == pytest.approx([1, 0.75, 1, 0.5, 1 / 2, 1 / (1 + math.e)])
