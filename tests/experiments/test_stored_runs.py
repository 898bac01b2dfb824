"""Stored runs: what is stored is what the code would run, and nothing is lost on the way."""

import json
import re

import pytest
import torch

from course_lib.experiments import registry, stored_runs
from tests.experiments.dice import dice


def test_a_run_is_stored_and_read_again(workshop):
    function = dice()
    path = stored_runs.store(stored_runs.run(registry.find("99.dice")))
    assert path == workshop / "runs" / "99.dice.json"
    assert [p.name for p in path.parent.iterdir()] == ["99.dice.json"], "nothing half-written is left"
    run = stored_runs.stored("99.dice")
    assert run.seeds == [3, 4, 5]
    assert run.settings == {"sides": 6, "throws": [1, 2]}
    assert run.array("mean", 2).tolist() == [function(seed=seed)["mean"][2].item() for seed in (3, 4, 5)]
    assert run.array("curve").shape == (3, 2)
    assert run.array("curve")[0].tolist() == [3, 0.333333]
    assert run.versions["torch"] == torch.__version__.split("+")[0]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", run.date)
    assert len(run.seconds) == 3
    assert str(run) == (
        f'Stored run 99.dice: 3 seeds, 3 to 5; torch {run.versions["torch"]}, 0 s. Remake it: make runs ARGS="99.dice"'
    )
    with pytest.raises(KeyError, match=r"there is no 7 in \('mean', 7\); there is: 1, 2"):
        run.array("mean", 7)
    with pytest.raises(KeyError, match="a figure, no names"):
        run.array("curve", 0)


def test_an_interrupted_run_goes_on_where_it_was(workshop):
    calls = []
    dice(calls)
    experiment = registry.find("99.dice")

    def stop(seed, seconds):
        if seed == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stored_runs.run(experiment, on_seed=stop, resume=workshop / "done")
    assert calls == [3, 4]
    run = stored_runs.run(experiment, resume=workshop / "done")
    assert calls == [3, 4, 5]
    assert run.figures == stored_runs.run(experiment).figures


def test_seeds_of_other_settings_are_made_anew(workshop):
    calls = []
    dice(calls)
    stored_runs.run(registry.find("99.dice"), resume=workshop / "done")
    for path in (workshop / "done").iterdir():
        part = json.loads(path.read_text())
        part["key"]["settings"]["sides"] = 20
        path.write_text(json.dumps(part))
    calls.clear()
    stored_runs.run(registry.find("99.dice"), resume=workshop / "done")
    assert calls == [3, 4, 5]


@pytest.mark.parametrize(
    ("figure", "error", "message"),
    [
        (float("nan"), ValueError, "the figures of '99.odd' must be finite numbers"),
        (torch.nn.Linear(1, 1), TypeError, "the figures of '99.odd' must be numbers, .* got a Linear"),
    ],
)
def test_figures_must_be_numbers(workshop, figure, error, message):
    registry.experiment("99.odd", seeds=[1])(lambda seed: {"figure": figure})
    with pytest.raises(error, match=message):
        stored_runs.run(registry.find("99.odd"))


def test_a_run_that_is_missing_says_how_to_make_it(workshop):
    with pytest.raises(FileNotFoundError, match=r'99.dice.json; make it: make runs ARGS="99.dice"'):
        stored_runs.stored("99.dice")


def test_every_stored_run_is_that_of_the_code():
    experiments = {experiment.id: experiment for experiment in registry.experiments()}
    assert {path.stem for path in stored_runs.RUNS.glob("*.json")} == set(experiments)
    for id, experiment in experiments.items():
        run = stored_runs.stored(id)
        assert run.id == id
        assert (tuple(run.seeds), run.settings) == (experiment.seeds, experiment.settings), f"remake it: {run.command}"
        assert len(run.figures) == len(run.seconds) == len(run.seeds)
