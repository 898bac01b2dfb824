"""The adding problem."""

from course_lib.experiments.adding import adding_problem


def test_adding_problem_runs_small():
    figures = adding_problem(seed=0, steps={6: 20}, every=10)
    assert figures[6].keys() == {"RNN", "LSTM", "GRU"}
    assert len(figures[6]["LSTM"]["curve"]) == 2
    assert figures[6]["LSTM"]["mse"] == figures[6]["LSTM"]["curve"][-1]
