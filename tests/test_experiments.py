"""Experiments and their stored runs: what is stored is what the code would run, and nothing is lost on the way."""

import json
import re

import numpy as np
import pytest
import torch

from course_lib.experiments import core


@pytest.fixture
def workshop(monkeypatch, tmp_path):
    """No experiments but the test's, and their stored runs in a folder of their own."""
    monkeypatch.setattr(core, "_EXPERIMENTS", {})
    monkeypatch.setattr(core, "experiments", lambda: list(core._EXPERIMENTS.values()))
    monkeypatch.setattr(core, "RUNS", tmp_path / "runs")
    return tmp_path


def dice(calls=None):
    @core.experiment("99.dice", seeds=range(3, 6), sides=6, throws=(1, 2))
    def dice(seed, *, sides, throws):
        if calls is not None:
            calls.append(seed)
        generator = torch.Generator().manual_seed(seed)
        means = {n: torch.randint(1, sides + 1, (n,), generator=generator).double().mean() for n in throws}
        return {"mean": means, "curve": np.array([seed, 1 / 3])}

    return dice


# --- an experiment ------------------------------------------------------------------------------------------


def test_a_lesson_gives_only_what_it_changes(workshop):
    function = dice()
    assert function(seed=3)["mean"].keys() == {1, 2}
    assert function(seed=3, throws=(4,))["mean"].keys() == {4}
    assert function(seed=3, throws=(4,), sides=1)["mean"][4] == 1
    with pytest.raises(TypeError, match="colour"):
        function(seed=3, colour="red")


def test_two_experiments_of_one_name_are_refused(workshop):
    dice()
    dice()  # the same again, as when a module is reloaded
    with pytest.raises(ValueError, match=r"there is an experiment '99.dice' already, .*dice"):

        @core.experiment("99.dice", seeds=[1])
        def other(seed):
            return {}


def test_an_experiment_needs_seeds_and_plain_settings(workshop):
    with pytest.raises(ValueError, match=r"'99.none' needs at least one seed"):
        core.experiment("99.none", seeds=[])
    with pytest.raises(TypeError, match=r"the settings of '99.cell' must be numbers, .* got a type"):
        core.experiment("99.cell", seeds=[1], cell=torch.nn.Linear)


def test_an_unknown_experiment_names_those_there_are(workshop):
    dice()
    with pytest.raises(KeyError, match=r"there is no experiment '99.cards'; there are: 99.dice"):
        core.find("99.cards")


# --- a run --------------------------------------------------------------------------------------------------


def test_a_run_is_stored_and_read_again(workshop):
    function = dice()
    path = core.store(core.run(core.find("99.dice")))
    assert path == workshop / "runs" / "99.dice.json"
    assert [p.name for p in path.parent.iterdir()] == ["99.dice.json"], "nothing half-written is left"
    run = core.stored("99.dice")
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
    experiment = core.find("99.dice")

    def stop(seed, seconds):
        if seed == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        core.run(experiment, on_seed=stop, resume=workshop / "done")
    assert calls == [3, 4]
    run = core.run(experiment, resume=workshop / "done")
    assert calls == [3, 4, 5]
    assert run.figures == core.run(experiment).figures


def test_seeds_of_other_settings_are_made_anew(workshop):
    calls = []
    dice(calls)
    core.run(core.find("99.dice"), resume=workshop / "done")
    for path in (workshop / "done").iterdir():
        part = json.loads(path.read_text())
        part["key"]["settings"]["sides"] = 20
        path.write_text(json.dumps(part))
    calls.clear()
    core.run(core.find("99.dice"), resume=workshop / "done")
    assert calls == [3, 4, 5]


@pytest.mark.parametrize(
    ("figure", "error", "message"),
    [
        (float("nan"), ValueError, "the figures of '99.odd' must be finite numbers"),
        (torch.nn.Linear(1, 1), TypeError, "the figures of '99.odd' must be numbers, .* got a Linear"),
    ],
)
def test_figures_must_be_numbers(workshop, figure, error, message):
    core.experiment("99.odd", seeds=[1])(lambda seed: {"figure": figure})
    with pytest.raises(error, match=message):
        core.run(core.find("99.odd"))


def test_a_run_that_is_missing_says_how_to_make_it(workshop):
    with pytest.raises(FileNotFoundError, match=r'99.dice.json; make it: make runs ARGS="99.dice"'):
        core.stored("99.dice")


# --- the stored runs of the course --------------------------------------------------------------------------


def test_every_stored_run_is_that_of_the_code():
    experiments = {experiment.id: experiment for experiment in core.experiments()}
    assert {path.stem for path in core.RUNS.glob("*.json")} == set(experiments)
    for id, experiment in experiments.items():
        run = core.stored(id)
        assert run.id == id
        assert (tuple(run.seeds), run.settings) == (experiment.seeds, experiment.settings), f"remake it: {run.command}"
        assert len(run.figures) == len(run.seconds) == len(run.seeds)
