"""The task without short distances, and the forget gate's bias on both tasks."""

import pytest
import torch

from course_lib.experiments.forget_bias import first_value_problem, forget_bias


def test_the_first_value_is_asked_for_and_chance_is_a_twelfth():
    x, y = first_value_problem(20_000, 3, torch.Generator().manual_seed(0))
    assert x.shape == (20_000, 3, 2)
    assert torch.equal(y, x[:, 0, 0])
    assert (x[:, 0, 1] == 1).all()
    assert (x[:, 1:, 1] == 0).all()
    assert (y - 0.5).square().mean().item() == pytest.approx(1 / 12, abs=0.002)


def test_forget_bias_runs_small():
    figures = forget_bias(seed=0, adding={"T": 6, "steps": 50}, recall={"T": (4,), "steps": 50})
    assert figures.keys() == {"recall 4", "adding"}
    assert figures["adding"].keys() == {0, 1, 3}
    assert all(len(errors) == 1 for task in figures.values() for errors in task.values()), "one each 50 steps"
