"""The experiments on score functions and alignment, small."""

import pytest
import torch

from course_lib.experiments.alignment import alignment
from course_lib.experiments.scores import SHOWN, length, scores

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
