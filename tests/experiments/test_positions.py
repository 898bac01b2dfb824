"""Kinds of positions, compared with everything else equal."""

from functools import partial

from course_lib.experiments import models, positions
from course_lib.experiments.translation import warmup_then_linear


def test_positions_are_compared_with_everything_else_equal(monkeypatch, trainings):
    small, made = models.transformer_model, []

    def tiny_transformer(**options):
        made.append(options)
        return small(**{"D": 8, "N": 2, "H": 8, "L": 1} | options)

    monkeypatch.setattr(positions, "transformer_model", tiny_transformer)
    kinds = ("sinusoidal", "learned", "none")
    positions.positions(5, kinds=kinds, updates=7, lr=0.25)
    assert made == [{"dropout": 0.0, "positions": kind} for kind in kinds]
    assert [(each["updates"], each["lr"], each["seed"]) for each in trainings] == 3 * [(7, 0.25, 5)]
    assert {each["schedule"] for each in trainings} == {warmup_then_linear}


def test_positions_run_small(few_pairs, monkeypatch):
    small = partial(models.transformer_model, D=8, N=2, H=8, L=1)
    monkeypatch.setattr(positions, "transformer_model", small)
    figures = positions.positions(0, kinds=("learned", "none"), updates=1, lr=0.002)
    assert figures.keys() == {"learned", "none"}
    assert {"test", "long", "human", "by length"} <= figures["none"].keys()
