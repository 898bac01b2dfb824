"""Delays between spikes."""

import math
from functools import partial

import torch
from torch import nn

from course_lib import lstm
from course_lib.experiments import stored
from course_lib.experiments.readout import Readout
from course_lib.experiments.timing import TIMERS, exact_share, timing, train_timer


def test_an_exact_delay_is_nearer_to_the_true_one_than_to_any_other():
    class Off(nn.Module):
        """Answers the true delay plus so many steps."""

        def __init__(self, steps):
            super().__init__()
            self.steps = steps

        def forward(self, x):
            spikes = x.squeeze(-1).bool()
            answers = torch.zeros(spikes.shape)
            for b, row in enumerate(spikes):
                at = row.nonzero().flatten()
                answers[b, at[1:]] = (at.diff() + self.steps - 3).float() / 5
            return answers

    share = partial(exact_share, seed=0, T=30, shortest=3, longest=8, B=20)
    assert share(Off(0)) == share(Off(0.4)) == share(Off(-0.4)) == 1
    assert share(Off(0.6)) == share(Off(1)) == 0


def test_the_learning_rate_falls_to_zero_in_the_second_half(monkeypatch):
    rates = []
    step = torch.optim.Adam.step

    def noted(self, *arguments, **options):
        rates.append(self.param_groups[0]["lr"])
        return step(self, *arguments, **options)

    monkeypatch.setattr(torch.optim.Adam, "step", noted)
    train_timer(lstm.LSTMCell, 0, T=12, shortest=2, longest=5, H=2, steps=8, lr=1.0)
    assert rates == [1, 1, 1, 1, 1, 0.75, 0.5, 0.25]


def test_timing_runs_small():
    figures = timing(seed=0, T=12, shortest=2, longest=5, steps=3)
    assert [each["parameters"] for each in figures.values()] == [43, 49, 76, 85]


def test_stored_weights_give_the_stored_figures():
    run = stored("03.timing")
    settings = {key: run.settings[key] for key in ("T", "shortest", "longest")}
    for name, (make, H) in TIMERS.items():
        model = Readout(make(1, H))
        model.load_state_dict({k: torch.tensor(v) for k, v in run.figures[0][name]["weights"].items()})
        share = exact_share(model, run.seeds[0], **settings)
        assert math.isclose(share, run.figures[0][name]["exact"], abs_tol=0.01)
