"""The bottleneck and its beams, small."""

import math

import pytest
import torch

from course_lib.experiments.bottleneck import bottleneck, search_figures
from course_lib.experiments.corpus import corpus
from course_lib.text import PAD

SMALL = {"E": 4, "H": 6, "updates": 2, "lr": 0.01, "batch_size": 8}


def test_bottleneck_runs_small(few_pairs):
    figures = bottleneck(0, **SMALL, beams=(1, 2), alphas=(0.0, 1.0))
    assert {"test", "long", "human"} < figures["bleu"].keys()
    assert figures["teacher-forced"].keys() == figures["free-running"].keys() <= figures["bleu"].keys()
    greedy = figures["beam"][0.0][1]
    assert greedy["bleu"] == pytest.approx(figures["bleu"]["test"]), "a beam of 1 is greedy"
    assert figures["beam"][0.0][2]["log_p"] >= greedy["log_p"] - 1e-4


def test_search_figures_of_a_model_that_is_right():
    """One that gives each word of the references p = 0.9 has BLEU 100, their length, and that likelihood."""
    data = corpus()
    first = data.pairs["test"][0]
    pairs = [first, next(pair for pair in data.pairs["test"] if len(pair.source) != len(first.source))]
    ids = {len(p.source): data.target.encode(p.target, eos=True) for p in pairs}

    class Right(torch.nn.Module):
        def start(self, source):
            lengths = (source != PAD).sum(1)
            return torch.zeros_like(lengths), lengths

        def step(self, tokens, state):
            at, which = state
            V = len(data.target)
            logits = torch.zeros(len(tokens), V, dtype=torch.float64)  # V words add up to 1e-5 in float32
            for row, (t, n) in enumerate(zip(at.tolist(), which.tolist(), strict=True)):
                logits[row, ids[n][min(t, len(ids[n]) - 1)]] = math.log(9 * (V - 1))
            return logits, (at + 1, which)

    figures = search_figures(data.translator(Right()), pairs, 2, 1.0)
    assert figures["bleu"] == pytest.approx(100)
    assert figures["length"] == 1
    words = sum(map(len, ids.values())) / len(ids)  # <eos> counted
    assert figures["log_p"] == pytest.approx(words * math.log(0.9), abs=1e-4)
