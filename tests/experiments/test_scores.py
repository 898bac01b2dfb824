"""The experiments on score functions and alignment, small."""

import pytest
import torch

from course_lib.experiments import stored
from course_lib.experiments.alignment import alignment
from course_lib.experiments.corpus import corpus
from course_lib.experiments.scores import MODELS, SHOWN, length, length_curve, scores, stored_maps

EXPERIMENTS = {"length": length, "scores": scores, "alignment": alignment}


@pytest.mark.parametrize("name", ["length", "scores", "alignment"])
def test_experiments_run_small(name):
    small = {"updates": 2, "batch_size": 4, "lr": 0.01, "most": 12}
    if name == "scores":
        small |= {"names": ("location", "concat, Bahdanau"), "maps_of": 0}
    state = torch.get_rng_state()
    figures = EXPERIMENTS[name](seed=0, **small)
    assert torch.equal(torch.get_rng_state(), state)
    if name == "length":
        assert {"test", "long", "human", "bins", "seconds"} <= figures.keys()
    elif name == "alignment":
        assert {"forward", "backward", "both", "uniform", "model 1", "human"} == figures.keys()
        assert {"forward", "backward", "both", "model 1"} == figures["human"].keys()
        assert {"forward", "backward", "both", "best"} == figures["model 1"].keys()
    else:
        assert figures.keys() == set(small["names"])
        for of in figures.values():
            assert of["alignment error"].keys() >= {"largest", "threshold", "mutual"}
            assert len(of["maps"]["scores"]) == sum(i < 12 for i in SHOWN)


def test_the_curve_by_length_has_the_bins_of_test_and_then_long():
    runs = [{"1-7": 90.0, "8-20": 80.0, "21-": 70.0, "long": 60.0}, {"1-7": 1.0, "8-20": 2.0, "21-": 3.0, "long": 4.0}]
    lengths, bleu = length_curve(runs, (7, 20))
    assert bleu.tolist() == [[90, 80, 70, 60], [1, 2, 3, 4]]
    assert lengths == sorted(lengths)
    test = [len(pair.source) for pair in corpus().pairs["test"]]
    assert lengths[0] == pytest.approx(sum(n for n in test if n <= 7) / sum(n <= 7 for n in test))
    few = sum(n > 20 for n in test)
    shorter, fewer = length_curve(runs, (7, 20), fewest=few + 1)
    assert fewer.tolist() == [[90, 80, 60], [1, 2, 4]], "a bin with few sentences is left out"
    assert shorter == [*lengths[:2], lengths[-1]]


def test_stored_maps_are_those_of_the_seed_that_was_looked_at():
    run = stored("05.scores")
    maps = stored_maps(run)
    assert maps.keys() == MODELS.keys()
    for of_name in maps.values():
        for i, record in zip(SHOWN, of_name, strict=True):
            pair = corpus().pairs["test"][i]
            assert [tuple(part.shape) for part in record] == 2 * [(len(pair.target), len(pair.source))]
