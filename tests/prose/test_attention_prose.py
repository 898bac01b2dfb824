"""Lesson 05: what its prose says is what its stored runs and its own small sums give."""

import math

import numpy as np
import pytest
import torch

from course_lib import attention
from course_lib.experiments import stored
from course_lib.experiments.alignment import BUDGET, LIVE
from course_lib.experiments.attention_probe import probe
from course_lib.experiments.corpus import BINS, corpus
from course_lib.experiments.models import recurrent_model
from course_lib.experiments.scores import EDGES, MODELS, SHOWN, length_curve, stored_maps
from course_lib.statistics import t_interval
from tests.lessons import prose, source

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


def test_the_small_sums_of_the_text():
    weights = torch.tensor([4.0, 3.0, -6.0]).softmax(0)  # the scores of the picture
    assert [round(weight, 2) for weight in weights.tolist()] == [0.73, 0.27, 0]
    assert (weights @ torch.tensor([20.0, 4.0, 1200.0])).item() == pytest.approx(15.7, abs=0.05)
    assert r"answer is $0.73 \cdot 20 + 0.27 \cdot 4 + 0 \cdot 1200 = 15.7$ kg" in TEXT
    assert math.isclose(0.6**35, 2e-8, rel_tol=0.2)
    assert (
        r"15 steps of the decoder and 20 of the encoder, 35 in all. If each step hands on 0.6 of it, $0.6^{35}" in TEXT
    )


def test_concat_is_a_sum():
    """Luong's W_a [q; k] and Bahdanau's W_q q + W_k k give the same scores."""
    generator = torch.Generator().manual_seed(0)
    q, k = torch.randn(2, 3, 4, generator=generator), torch.randn(2, 5, 6, generator=generator)
    W_q, W_k, v_a = (torch.randn(*shape, generator=generator) for shape in ((7, 4), (7, 6), (7,)))
    pairs = torch.cat([q[:, :, None].expand(2, 3, 5, 4), k[:, None].expand(2, 3, 5, 6)], dim=-1)
    joined = (pairs @ torch.cat([W_q, W_k], dim=1).T).tanh() @ v_a
    torch.testing.assert_close(attention.concat(q, k, W_q, W_k, v_a), joined)


def test_the_two_library_masks_mean_opposite_things_as_the_text_says():
    x, mask = torch.randn(1, 3, 4), torch.tensor([[True, True, False]])
    torch.manual_seed(0)
    layer = torch.nn.MultiheadAttention(4, 1, batch_first=True)
    _, hidden = layer(x, x, x, key_padding_mask=mask)
    assert torch.equal(hidden[0, :, :2], torch.zeros(3, 2)), "True is hidden"
    context = torch.nn.functional.scaled_dot_product_attention(x, x, torch.eye(3)[None], attn_mask=mask[:, None])
    assert torch.equal(context[0, :, 2], torch.zeros(3)), "True is attended to"


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
    assert f"with attention (general, {stored_updates:,} updates) and yours ({live_updates:,})" in TEXT
    assert f"made only {stored_updates:,} updates, as many as the one with attention" in TEXT
    assert f"three seeds and {stored_updates:,} updates" in TEXT


def test_length_says_the_prose():
    trained, scores, slow = stored("04.bottleneck"), stored("05.scores"), stored("05.length")
    assert trained.settings["updates"] == 7000
    assert "(7,000 updates, source read from its end)" in TEXT
    assert scores.settings["updates"] / trained.settings["updates"] == pytest.approx(1 / 5, abs=0.02)
    assert "after a fifth of the updates" in TEXT
    _, attending = length_curve([of["general"]["bins"] | of["general"] for of in scores.figures], EDGES)
    _, without = length_curve([of["bleu"] for of in trained.figures], BINS)
    lost, lost_with = (runs[:, 0] - runs[:, -1] for runs in (without, attending))
    assert lost.min() > lost_with.max()
    assert "each of its three runs lost less than each of the three without" in TEXT
    shortest = [slow.array("bins", "1-7"), attending[:, 0], without[:, 0]]
    early, with_attention, late = (round(values.mean()) for values in shortest)
    assert f"it reached BLEU {early}, with attention {with_attention}." in TEXT
    assert f"without attention, has {late} after 7,000 updates." in TEXT
    for human in (scores.array("general", "human"), trained.array("bleu", "human")):
        assert human.max() < 5, "almost nothing"


def test_what_is_left_on_long_says_the_summary():
    scores = stored("05.scores")
    left = {
        name: (scores.array(name, "long") / scores.array(name, "bins", "1-7")).mean() for name in ("general", *MODELS)
    }
    trained = stored("04.bottleneck")
    without = (trained.array("bleu", "long") / trained.array("bleu", "1-7")).mean()
    assert left["general"] > without + 0.1
    assert max(left["scaled dot"], left["location"]) <= without
    assert "*scaled dot* and *location* keep no more of their BLEU on `long` than the model without attention" in TEXT
    assert left["location"] == pytest.approx(0.5, abs=0.1)
    assert "keeps little more than half of the BLEU that it has with the shortest sentences" in TEXT


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
    assert max(bleu, key=lambda name: -bleu[name].mean()) == "general, not scaled", "learns least"
    largest = {name: run.array(name, "where", "largest", "linked").mean() for name in MODELS}
    assert f"the largest weight of *scaled dot* is {largest['scaled dot']:.2f} on average" in TEXT
    assert f"the largest is {largest['location']:.2f} on average" in TEXT
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


def test_where_the_looks_says_the_answer():
    maps = stored_maps(stored("05.scores"))["general"]
    seen = {}
    for i, (scores, _) in zip(SHOWN, maps, strict=True):
        pair = corpus().pairs["test"][i]
        if "the" in pair.target:
            seen[pair.target_text] = pair.source[int(scores[pair.target.index("the")].argmax())]
    assert seen == {
        "Youngho told me to ask the price.": "가격",
        "The scientist prepared an experiment yesterday.": "어제",
    }
    assert "it looks at 가격, its noun, in *to ask the price*;" in TEXT
    assert "in *The scientist prepared an experiment yesterday* it looks at 어제" in TEXT


def test_what_a_reader_is_invited_to_try_works():
    """The code that a reader is invited to try: normalized vectors, compared by the library's scaled dot."""
    block = source("05").split("# ```python\n")[1].split("# ```")[0]
    code = "\n".join(line.removeprefix("#").removeprefix(" ") for line in block.splitlines())
    made, _, _ = code.partition("tried, _ =")
    names = {"attention": attention, "F": torch.nn.functional, "recurrent_model": recurrent_model}
    exec(made, names)
    score = names["normalized"]().decoder.score
    generator = torch.Generator().manual_seed(0)
    query, key = torch.randn(1, 200, 192, generator=generator), 0.1 * torch.randn(1, 200, 192, generator=generator)
    assert score(query, key).std().item() == pytest.approx(1, abs=0.03), "whatever the size of the numbers"
