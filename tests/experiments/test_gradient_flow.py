"""The gradient by distance."""

import pytest

from course_lib.experiments.gradient_flow import INITIALIZATIONS, gradient_flow


def test_gradient_flow_runs_small():
    figures = gradient_flow(seed=0, T=5, trained_T=6, steps=50)
    assert all(values[0] == pytest.approx(1) for kind in figures.values() for values in kind.values())
    assert figures["new"].keys() == INITIALIZATIONS.keys()
    assert len(figures["new"]["GRU"]) == 5
    assert len(figures["trained"]["GRU"]) == 6
