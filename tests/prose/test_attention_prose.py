"""Lesson 05: what its prose says is what its stored runs and its own small sums give."""

import math

import numpy as np
import pytest
import torch

from course_lib import attention
from course_lib.experiments import stored
from course_lib.experiments.alignment import BUDGET, LIVE
from course_lib.experiments.attention_probe import probe
from course_lib.experiments.corpus import corpus
from course_lib.experiments.scores import MODELS, SHOWN
from course_lib.statistics import t_interval
from tests.lessons import prose

TEXT = prose("05")


def test_the_numbers_of_the_quiz():
    weights = torch.zeros(5).softmax(0)
    assert (weights * torch.tensor([1, 1, 1, 0, 0])).sum().item() == pytest.approx(0.6)
    assert math.sqrt(256) == 16
    assert math.exp(20) == pytest.approx(5e8, rel=0.05)
    generator = torch.Generator().manual_seed(0)
    q, k = torch.randn(1, 400, 256, generator=generator), torch.randn(1, 400, 256, generator=generator)
    assert attention.dot(q, k, scaled=True).std().item() == pytest.approx(1, abs=0.02)
    assert attention.dot(q, k).std().item() == pytest.approx(16, abs=0.3)


def test_the_two_library_masks_mean_opposite_things_as_the_text_says():
    x, mask = torch.randn(1, 3, 4), torch.tensor([[True, True, False]])
    torch.manual_seed(0)
    layer = torch.nn.MultiheadAttention(4, 1, batch_first=True)
    _, hidden = layer(x, x, x, key_padding_mask=mask)
    assert torch.equal(hidden[0, :, :2], torch.zeros(3, 2)), "True is hidden"
    context = torch.nn.functional.scaled_dot_product_attention(x, x, torch.eye(3)[None], attn_mask=mask[:, None])
    assert torch.equal(context[0, :, 2], torch.zeros(3)), "True is attended to"


# --- what the experiments measure -----------------------------------------------------------------------------


# --- the stored runs ------------------------------------------------------------------------------------------


def test_seeds_of_stored_runs_are_not_those_of_the_lesson():
    for name in ("length", "scores", "alignment"):
        run = stored(f"05.{name}")
        assert min(run.seeds) >= 20
        assert len(run.seeds) >= 3
        assert {key: run.settings[key] for key in BUDGET} == BUDGET
    stored_updates, live_updates = BUDGET["updates"], LIVE["updates"]
    assert LIVE | {"updates": stored_updates} == BUDGET, "the live model has fewer updates, else the same"
    assert f"{live_updates:,} updates with {LIVE['batch_size']} pairs each, less than twice" in TEXT
    assert live_updates * LIVE["batch_size"] < 2 * len(corpus().pairs["train"])
    assert f"Both stored runs made {stored_updates:,} updates, {stored_updates - live_updates} more than you" in TEXT
    assert f"three seeds and {stored_updates:,} updates" in TEXT


def test_length_says_the_prose():
    without, scores = stored("05.length"), stored("05.scores")
    first, with_first = without.array("bins", "1-7"), scores.array("general", "bins", "1-7")
    assert (with_first - first).min() > 35, "far behind on short sentences already, in all three runs"
    assert np.ptp(first) > 10, "by how much differs widely"
    left, with_left = without.array("long") / first, scores.array("general", "long") / with_first
    assert left.mean() == pytest.approx(1 / 2, abs=0.05)
    assert with_left.mean() == pytest.approx(4 / 5, abs=0.05)
    assert "four fifths of the BLEU of the shortest with attention, half of it without" in TEXT
    assert t_interval(with_left - left).low > 0.1
    longer = stored("04.bottleneck")
    assert longer.settings["updates"] == 7000
    assert round(longer.array("bleu", "test").mean()) == 63
    assert "lesson 04 gave it 7,000, and BLEU 63" in TEXT
    assert max(scores.array("general", "human").max(), without.array("human").max()) < 5, "next to nothing"


def test_scores_say_the_prose():
    run = stored("05.scores")
    error = {name: run.array(name, "alignment error", "threshold") for name in MODELS}
    bleu = {name: run.array(name, "test") for name in MODELS}
    assert all(error["general"].max() < error[name].min() for name in error if name != "general"), "aligns best"
    *near, lost = sorted(bleu["general"] - bleu["concat"])
    assert max(near) < 2, "comes near it with two of three seeds"
    assert round(bleu["concat"].min()) == 37
    assert lost > 40, "with the third it never found where to look"
    assert run.array("location", "bins", "1-7").min() > 75
    assert run.array("location", "long").mean() < 50
    assert error["scaled dot"].min() > error["dot"].max(), "scaled aligns worse here"
    assert bleu["general, not scaled"].max() < bleu["general"].min() - 5
    found = error["concat"] < 0.6
    assert found.sum() == 2, "of the two seeds"
    own, after, before = (
        {name: run.array(name, "shift", key)[found] for name in ("concat", "concat, Bahdanau")}
        for key in ("+0", "+1", "-1")
    )
    for name in own:
        assert own[name].max() < min(after[name].min(), before[name].min()), "no shift as a whole"
    assert t_interval(own["concat, Bahdanau"] - own["concat"]).low > 0.05
    assert t_interval(before["concat"] - before["concat, Bahdanau"]).low > 0, "the word before fits a little more"
    assert run.array("concat, Bahdanau", "step").mean() > 1.3 * run.array("concat", "step").mean()


def test_scores_of_untrained_models_are_small_whatever_the_score():
    """So no kind begins "at a size of 1": what differs is how far training can bring them."""
    test = corpus().pairs["test"]
    for seed in range(3):
        for name, most in {"dot": 0.5, "scaled dot": 0.05, "general": 0.05, "concat": 0.1}.items():
            torch.manual_seed(seed)
            scores = probe(corpus().translator(MODELS[name]()), test[SHOWN[0]]).scores
            assert scores.std(1).mean() < most


def test_alignment_says_the_prose():
    run = stored("05.alignment")
    ways = ("largest", "threshold", "mutual")
    forward = {way: run.array("forward", way) for way in ways}
    both = {way: run.array("both", way) for way in ways}
    assert run.array("uniform").min() > 0.8
    assert forward["mutual"].max() < forward["threshold"].min() < forward["largest"].max() < 0.4
    assert max(both["threshold"].max(), both["mutual"].max()) < 0.32
    assert t_interval(forward["threshold"] - both["threshold"]).low > 0
    counted = {way: run.array("model 1", "forward", way) for way in ways}
    for way in ways:
        assert np.ptp(counted[way]) == 0, "counting has no seed"
        assert (forward[way] - counted[way]).min() > 0, "a little better than attention, each way"
        assert (forward[way] - counted[way]).max() < 0.08
    for way in ways[1:]:
        assert 0 < (both[way] - run.array("model 1", "both", way)).min() < 0.08
    human = run.array("human", "forward", "largest") - run.array("human", "model 1", "forward", "largest")
    assert human.min() > 0.1, "far better on human"


def test_the_maps_of_the_explorer_fit_their_sentences():
    run = stored("05.scores")
    test = corpus().pairs["test"]
    for name, figures in run.figures[run.seeds.index(run.settings["maps_of"])].items():
        for i, scores, likeness in zip(SHOWN, *figures["maps"].values(), strict=True):
            expected = (len(test[i].target), len(test[i].source))
            assert np.shape(scores) == np.shape(likeness) == expected, name
            assert np.abs(likeness).max() <= 1
    others = [figures for seed, figures in zip(run.seeds, run.figures, strict=True) if seed != run.settings["maps_of"]]
    assert not any("maps" in of for figures in others for of in figures.values())
