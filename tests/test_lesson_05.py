"""Lesson 05: what its prose says is what its stored runs and its own small sums give."""

import math

import numpy as np
import pytest
import torch

from course_lib import attention, decoding
from course_lib.datasets import Pair
from course_lib.experiments import lesson_05 as experiments
from course_lib.experiments import stored, translation
from course_lib.statistics import t_interval
from tests.lessons import prose

TEXT = prose("05")


def pair(source: int, target: int, alignment: list) -> Pair:
    return Pair([f"s{i}" for i in range(source)], [f"t{i}" for i in range(target)], "", "", alignment)


def test_the_numbers_of_the_quiz():
    weights = torch.zeros(5).softmax(0)
    assert (weights * torch.tensor([1, 1, 1, 0, 0])).sum().item() == pytest.approx(0.6)
    assert math.sqrt(256) == 16
    assert math.exp(20) == pytest.approx(5e8, rel=0.05)
    generator = torch.Generator().manual_seed(0)
    q, k = torch.randn(1, 400, 256, generator=generator), torch.randn(1, 400, 256, generator=generator)
    assert attention.scaled_dot(q, k).std().item() == pytest.approx(1, abs=0.02)
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


def test_where_they_differ_by_hand():
    of = pair(4, 3, [(0, 0), (1, 1), (2, 1)])
    weights = torch.tensor([[0.7, 0.1, 0.1, 0.1], [0.2, 0.1, 0.1, 0.6], [0.5, 0.5, 0.0, 0.0]])
    found = experiments.where_they_differ([weights], [of])
    assert found["linked"] == pytest.approx(2 / 3)
    assert found["right"] == pytest.approx(1 / 2)
    assert found["distance"] == {"1": 1, "2": 0, "3+": 0}, "word 1 looks at token 3, and token 2 is a gold one"
    assert found["missed"] == pytest.approx(1 / 3)
    assert found["largest"] == pytest.approx({"linked": 0.65, "null": 0.5})


def test_link_shares_by_hand():
    of = pair(3, 4, [(0, 0), (1, 1), (2, 1)])
    found = experiments.link_shares([[(0, 0), (2, 1), (1, 2), (2, 2)]], [of])
    assert found == pytest.approx({"gold": 2 / 3, "null": 1 / 2})


def test_error_by_shift_finds_attention_that_is_early():
    of = pair(5, 5, [(i, i) for i in range(5)])
    early = torch.eye(5)[[1, 2, 3, 4, 4]]  # looks at the next word's token
    errors = experiments.error_by_shift([early], [of])
    assert errors["+1"] == 0
    assert errors["+0"] == pytest.approx(0.8)
    assert experiments.error_by_shift([torch.eye(5)], [of])["+0"] == 0


def test_thresholds_are_chosen_on_other_pairs():
    of = pair(2, 2, [(0, 0), (1, 1)])
    there = [torch.tensor([[0.6, 0.4], [0.4, 0.6]])]
    here = [torch.tensor([[0.52, 0.48], [0.48, 0.52]])]
    assert 0.4 < experiments.best_threshold(there, [of]) <= 0.6
    errors = experiments.alignment_errors((there, [of]), (here, [of]))
    assert errors["largest"] == 0
    assert errors["threshold at"] == 0.45
    assert errors["threshold"] == pytest.approx(1 - 4 / 6), "0.45 was right there; here it links everything"


def test_uniform_weights_and_both_directions():
    (matrix,) = experiments.uniform([pair(4, 2, [])])
    assert torch.equal(matrix, torch.full((2, 4), 0.25))
    (mean,) = experiments.both([torch.eye(2)], [torch.tensor([[1.0, 0.0], [1.0, 0.0]])])
    assert torch.equal(mean, torch.tensor([[1.0, 0.5], [0.0, 0.5]]))


@pytest.mark.parametrize("name", ["general", "dot", "concat, Bahdanau", "location"])
def test_looking_closely_sees_the_weights_and_the_scores_behind_them(name):
    torch.manual_seed(0)
    model = experiments.MODELS[name]()
    of = translation.corpus().pairs["test"][0]
    closely = experiments.look_closely(model, of)
    data = translation.corpus()
    (expected,) = decoding.align(model, [of], data.source, data.target)
    torch.testing.assert_close(closely.weights, expected)
    torch.testing.assert_close(closely.scores.softmax(-1), expected)
    assert closely.likeness.shape == expected.shape
    assert closely.likeness.abs().max() <= 1 + 1e-5
    assert model.training, "the mode is as before"


def test_a_model_that_says_everything_right_is_right_everywhere():
    class Oracle(torch.nn.Module):
        """Says the next word of the pair; looks at source token 0 always."""

        def features(self, source, inputs):
            V = len(translation.corpus().target)
            ahead = torch.cat([inputs[:, 1:], self.last], dim=1)
            return torch.nn.functional.one_hot(ahead, V).float(), torch.eye(source.shape[1])[:1].expand(
                1, inputs.shape[1], -1
            )

        def output(self, features):
            return features

    data = translation.corpus()
    of = data.pairs["test"][0]
    model = Oracle()
    model.last = torch.tensor([[data.target[of.target[-1]]]])
    found = experiments.said_right(model, [of])
    assert set(found.values()) == {1.0}
    model.last = torch.tensor([[0]])
    assert min(experiments.said_right(model, [of]).values()) < 1


def test_likeness_by_distance_of_words_that_are_alike():
    torch.manual_seed(0)
    model = translation.recurrent_model(attention="dot", E=8, H=8)
    with torch.no_grad():
        model.encoder.embedding.weight.fill_(1)
    found = experiments.likeness_by_distance(model, translation.corpus().pairs["test"][:3], most=2)
    assert found["words"] == pytest.approx([1, 1])
    assert all(-1 <= value <= 1 for value in found["states"])


def test_step_seconds_times_each_model():
    times = experiments.step_seconds({"dot": experiments.MODELS["dot"]}, batch_size=2, rounds=1)
    assert times.keys() == {"dot"}
    assert 0 < times["dot"] < 10


@pytest.mark.parametrize("name", ["length", "scores", "alignment"])
def test_experiments_run_small(name):
    small = {"updates": 2, "batch_size": 4, "lr": 0.01, "most": 12}
    if name == "scores":
        small |= {"names": ("location", "concat, Bahdanau"), "maps_of": 0}
    state = torch.get_rng_state()
    figures = getattr(experiments, name)(seed=0, **small)
    assert torch.equal(torch.get_rng_state(), state)
    if name == "length":
        assert {"test", "long", "bins", "seconds"} == figures.keys()
    elif name == "alignment":
        assert {"forward", "backward", "both", "uniform"} == figures.keys()
    else:
        assert figures.keys() == set(small["names"])
        for of in figures.values():
            assert of["alignment error"].keys() >= {"largest", "threshold", "mutual"}
            assert len(of["maps"]["scores"]) == sum(i < 12 for i in experiments.SHOWN)


def test_a_corpus_is_turned():
    data = translation.corpus()
    turned = data.turned()
    there, back = data.pairs["test"][0], turned.pairs["test"][0]
    assert (back.source, back.target) == (there.target, there.source)
    assert sorted((s, t) for t, s in back.alignment) == there.alignment
    assert (turned.source, turned.target) == (data.target, data.source)
    model = translation.recurrent_model(attention="dot", E=4, H=4, data=turned)
    assert model.encoder.embedding.weight.shape == (len(data.target), 4)
    assert model.decoder.embedding.weight.shape == (len(data.source), 4)


def test_a_decoder_of_ones_own_takes_the_place_of_luongs():
    class Own(attention.LuongDecoder):
        pass

    torch.manual_seed(0)
    own = translation.recurrent_model(attention="general", luong=Own, E=4, H=6)
    torch.manual_seed(0)
    usual = translation.recurrent_model(attention="general", E=4, H=6)
    assert type(own.decoder) is Own
    assert all(torch.equal(a, b) for a, b in zip(own.parameters(), usual.parameters(), strict=True))


# --- the stored runs ------------------------------------------------------------------------------------------


def test_seeds_of_stored_runs_are_not_those_of_the_lesson():
    for name in ("length", "scores", "alignment"):
        run = stored(f"05.{name}")
        assert min(run.seeds) >= 20
        assert len(run.seeds) >= 3
        assert {key: run.settings[key] for key in experiments.BUDGET} == experiments.BUDGET
    stored_updates, live_updates = experiments.BUDGET["updates"], experiments.LIVE["updates"]
    assert experiments.LIVE | {"updates": stored_updates} == experiments.BUDGET, (
        "the live model has fewer updates, else the same"
    )
    assert f"{live_updates:,} updates with {experiments.LIVE['batch_size']} pairs each, less than twice" in TEXT
    assert live_updates * experiments.LIVE["batch_size"] < 2 * len(translation.corpus().pairs["train"])
    assert f"Both stored runs made {stored_updates:,} updates, {stored_updates - live_updates} more than you" in TEXT
    assert f"three seeds and {stored_updates:,} updates" in TEXT


def test_length_says_the_prose():
    without, scores = stored("05.length"), stored("05.scores")
    first, last = (without.array("bins", name) for name in ("1-7", "20-"))
    assert (first - last).min() > 15
    assert (first - last).mean() > 25
    with_first, with_last = (scores.array("general", "bins", name) for name in ("1-7", "20-"))
    assert (with_first - with_last).mean() < 5
    assert scores.array("general", "test").min() > 94
    assert (with_first - first).min() > 10, "behind on short sentences already, in all three runs"
    worth_long = scores.array("general", "long") - without.array("long")
    assert t_interval(worth_long).low > 20
    assert t_interval(worth_long - (with_first - first)).low > 0, "the gap grows with the length"


def test_scores_say_the_prose():
    run = stored("05.scores")
    error = {name: run.array(name, "alignment error", "threshold") for name in experiments.MODELS}
    bleu = {name: run.array(name, "test") for name in experiments.MODELS}
    assert all(error["general"].max() < error[name].min() for name in error if name != "general"), "aligns best"
    assert run.array("general", "long").min() > run.array("concat", "long").max()
    assert run.array("location", "bins", "1-7").min() > 85
    assert run.array("location", "long").mean() < 60
    assert bleu["scaled dot"].max() < bleu["dot"].min(), "scaled is worse here"
    assert bleu["general, not scaled"].max() < bleu["general"].min() - 5
    own, after, before = (
        {name: run.array(name, "shift", key) for name in ("concat", "concat, Bahdanau")} for key in ("+0", "+1", "-1")
    )
    for name in own:
        assert own[name].max() < min(after[name].min(), before[name].min()), "no shift as a whole"
    assert t_interval(own["concat, Bahdanau"] - own["concat"]).low > 0.05
    assert t_interval(before["concat"] - before["concat, Bahdanau"]).low > 0.05, "the word before fits a little more"
    assert run.array("concat, Bahdanau", "step").mean() > 1.3 * run.array("concat", "step").mean()


def test_scores_of_untrained_models_are_small_whatever_the_score():
    """So no kind begins "at a size of 1": what differs is how far training can bring them."""
    test = translation.corpus().pairs["test"]
    for seed in range(3):
        for name, most in {"dot": 0.5, "scaled dot": 0.05, "general": 0.05, "concat": 0.1}.items():
            torch.manual_seed(seed)
            scores = experiments.look_closely(experiments.MODELS[name](), test[experiments.SHOWN[0]]).scores
            assert scores.std(1).mean() < most


def test_alignment_says_the_prose():
    run = stored("05.alignment")
    ways = ("largest", "threshold", "mutual")
    forward = {way: run.array("forward", way) for way in ways}
    both = {way: run.array("both", way) for way in ways}
    assert run.array("uniform").min() > 0.8
    assert forward["mutual"].max() < forward["threshold"].min() < forward["largest"].max() < 0.35
    assert max(both["threshold"].max(), both["mutual"].max()) < 0.25
    assert t_interval(forward["threshold"] - both["threshold"]).low > 0


def test_the_maps_of_the_explorer_fit_their_sentences():
    run = stored("05.scores")
    test = translation.corpus().pairs["test"]
    for name, figures in run.figures[run.seeds.index(run.settings["maps_of"])].items():
        for i, scores, likeness in zip(experiments.SHOWN, *figures["maps"].values(), strict=True):
            expected = (len(test[i].target), len(test[i].source))
            assert np.shape(scores) == np.shape(likeness) == expected, name
            assert np.abs(likeness).max() <= 1
    others = [figures for seed, figures in zip(run.seeds, run.figures, strict=True) if seed != run.settings["maps_of"]]
    assert not any("maps" in of for figures in others for of in figures.values())
