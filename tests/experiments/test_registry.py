"""Experiments and where they are found."""

import pytest
import torch

from course_lib.experiments import registry
from tests.experiments.dice import dice


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

        @registry.experiment("99.dice", seeds=[1])
        def other(seed):
            return {}


def test_an_experiment_needs_seeds_and_plain_settings(workshop):
    with pytest.raises(ValueError, match=r"'99.none' needs at least one seed"):
        registry.experiment("99.none", seeds=[])
    with pytest.raises(TypeError, match=r"the settings of '99.cell' must be numbers, .* got a type"):
        registry.experiment("99.cell", seeds=[1], cell=torch.nn.Linear)


def test_an_unknown_experiment_names_those_there_are(workshop):
    dice()
    with pytest.raises(KeyError, match=r"there is no experiment '99.cards'; there are: 99.dice"):
        registry.find("99.cards")


def test_every_module_of_the_package_is_searched():
    names = [experiment.id for experiment in registry.experiments()]
    assert names == sorted(names)
    assert {"02.memory", "02.language_model", "03.timing", "04.perplexity", "05.scores", "06.ladder"} <= set(names)
    assert registry.find("03.timing").function.__module__ == "course_lib.experiments.timing"
