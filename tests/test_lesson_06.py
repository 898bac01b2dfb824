"""Lesson 06: what its prose says is what its stored runs and its own small sums give."""

import itertools
import math
import re
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import nn

from course_lib import transformer
from course_lib.batches import encode_pairs
from course_lib.experiments import core as runs
from course_lib.experiments import lesson_06 as experiments
from course_lib.experiments import stored, translation
from course_lib.statistics import t_interval
from tests.lessons import prose

TEXT = prose("06")


def test_the_numbers_of_the_prose_and_the_quiz():
    assert math.exp(16) == pytest.approx(9e6, rel=0.02)
    assert sum(p.numel() for p in nn.MultiheadAttention(512, 8).parameters()) == 1_050_624
    assert sum(p.numel() for p in nn.MultiheadAttention(512, 16).parameters()) == 1_050_624
    assert math.sqrt(3 / 4) == pytest.approx(0.87, abs=0.005)
    assert abs(1 - 0.1 + 0.1 / 50 - 0.902) < 1e-9
    paper = translation.transformer_model(D=8, N=2, H=8, L=1)
    tied = transformer.Transformer(paper.source_embedding, paper.target_embedding, 2, 8, 1, norm_first=True, tie=True)
    count = [sum(p.numel() for p in model.parameters()) for model in (paper, tied)]
    assert count[0] - count[1] == paper.target_embedding.weight.numel(), "V · D"
    assert transformer.warmup_rate(4000, 512, 4000) == pytest.approx(0.0007, abs=5e-5)
    length = transformer.sinusoidal_positions(10, 64).norm(dim=1)
    assert torch.allclose(length, torch.full((10,), math.sqrt(32)))
    assert transformer.word_embedding(200, 64).weight[4:].norm(dim=1).mean().item() == pytest.approx(1, abs=0.05)


def test_the_smoothed_loss_is_least_where_the_lesson_says():
    p = torch.linspace(0.5, 0.9999, 5000, dtype=torch.float64)
    rows = torch.cat([p[:, None], ((1 - p) / 49)[:, None].expand(-1, 49)], dim=1).log()
    losses = transformer.smoothed_nll(rows, torch.zeros(5000, dtype=torch.long), 0.1)
    assert p[losses.argmin()].item() == pytest.approx(0.902, abs=0.001)


def test_a_table_for_another_layout_gives_all_words_of_a_sentence_one_position():
    table = transformer.sinusoidal_positions(9, 4).unsqueeze(1)  # (T, 1, D)
    x = torch.zeros(3, 5, 4)
    found = x + table[: x.shape[0]]
    assert torch.equal(found, table[:3].expand(3, 5, 4))


def test_lengths_of_the_corpus():
    pairs = translation.corpus().pairs
    assert len(pairs["train"]) == 20_000
    assert max(len(pair.source) for pair in pairs["train"]) == 24
    assert min(len(pair.source) for pair in pairs["long"]) > 24


# --- the experiments ----------------------------------------------------------------------------------------


def test_the_spread_of_scores_is_that_of_the_softmax_and_its_jacobian():
    found = experiments.score_spread(0, 8, 1.0, queries=4, S=3)
    generator = torch.Generator().manual_seed(0)
    query, key = (torch.randn(4, n, 8, generator=generator) for n in (1, 3))
    scores = torch.einsum("btk,bsk->bs", query, key)
    jacobians = [torch.autograd.functional.jacobian(lambda s: s.softmax(-1), row) for row in scores]
    assert found["variance"] == pytest.approx(scores.var().item(), rel=1e-5)
    assert found["gradient"] == pytest.approx(np.mean([j.norm().item() for j in jacobians]), rel=1e-5)
    assert found["largest"] == pytest.approx(scores.softmax(-1).amax(-1).mean().item(), rel=1e-5)


def test_step_times_and_their_crossing():
    models = experiments.timed_models(D=8)
    times = experiments.step_times(models, (3, 5), B=2, repeats=1)
    assert times.keys() == {"RNN", "LSTM with attention", "Transformer"}
    assert all(len(values) == 2 and min(values) > 0 for values in times.values())
    assert all(p.grad is None for model in models.values() for p in model.parameters())
    assert experiments.crossing((10, 20, 30), (2.0, 1.5, 0.5)) == pytest.approx(25)
    assert experiments.crossing((10, 20), (0.5, 1.5)) == pytest.approx(15)
    assert experiments.crossing((10, 20), (2.0, 1.5)) is None


def tiny(name):
    """A model of the ladder, so small that a test has time for it."""
    if name == "Transformer":
        return translation.transformer_model(D=8, N=2, H=8, L=2, dropout=0.0)
    if name == "RNN":
        return translation.recurrent_model("RNN", E=4, H=8)
    return translation.recurrent_model("LSTM", "dot", E=4, H=8, bahdanau=name.endswith("Bahdanau"))


@pytest.mark.parametrize("name", ["RNN", "LSTM, dot", "LSTM, Bahdanau", "Transformer"])
def test_a_rung_is_climbed_under_either_budget(name):
    pairs = translation.corpus().pairs
    few = {"train_pairs": pairs["train"][:64], "tests": {"test": pairs["test"][:6], "long": pairs["long"][:3]}}
    found = experiments.climb(name, lambda: tiny(name), 0, updates=2, **few)
    assert found["updates"] == 2
    assert found["parameters"] == sum(p.numel() for p in tiny(name).parameters())
    assert found["tokens per second"] == pytest.approx(
        2 * sum(len(pair.target) + 1 for pair in few["train_pairs"]) / found["seconds"]
    )
    assert found["test"]["low"] <= found["test"]["bleu"] <= found["test"]["high"]
    assert found["free-running"] > 1
    assert found["teacher-forced"] > 1
    assert ("alignment error" in found) == (name != "RNN")
    assert ("heads" in found) == (name == "Transformer")
    if "heads" in found:
        assert np.shape(found["heads"]) == (2, 2)
    again = experiments.climb(name, lambda: tiny(name), 0, updates=2, **few)
    assert again["teacher-forced"] == found["teacher-forced"], "the seed settles it"
    timed = experiments.climb(name, lambda: tiny(name), 0, seconds=0.2, **few)
    assert timed["seconds"] >= 0.2
    assert timed["updates"] >= 1


def test_a_budget_is_one_of_two_and_the_rate_falls_with_it():
    pairs = translation.corpus().pairs["train"][:20]
    model = tiny("RNN")
    for wrong in ({}, {"updates": 1, "seconds": 1.0}):
        with pytest.raises(ValueError, match="expected a budget of updates or of seconds, got updates="):
            translation.train(model, pairs, 0, **wrong)
    for budget in ({"updates": 5}, {"seconds": 0.3}):
        shares = []
        translation.train(
            model, pairs, 0, **budget, batch_size=4, schedule=lambda share, shares=shares: shares.append(share) or 0.1
        )
        assert shares == sorted(shares)
        assert shares[0] < 0.5
        assert 0.6 < shares[-1] <= 1
    assert len(shares) > 2


def test_warm_up_and_then_a_line():
    rates = [translation.warmup_then_linear(share) for share in (0, 0.05, 0.1, 0.55, 1)]
    assert rates == pytest.approx([0, 0.5, 1, 0.5, 0])


def test_heads_are_those_of_each_pair_alone():
    data = translation.corpus()
    pairs = data.pairs["test"][:5]
    model = tiny("Transformer")
    with pytest.raises(ValueError, match="attend=attend_heads"):
        translation.head_weights(model, pairs)
    twin = translation.telling_weights(model)
    assert all(a is b for a, b in zip(twin.parameters(), model.parameters(), strict=True))
    together = translation.head_weights(twin, pairs)
    for pair, weights in zip(pairs, together, strict=True):
        assert weights.shape == (2, 2, len(pair.target), len(pair.source))
        source, target = (torch.tensor([ids]) for ids in encode_pairs([pair], data.source, data.target)[0])
        with torch.no_grad():
            alone = torch.cat(twin.eval().weights(source, target[:, :-1]).cross)  # (L, N, T + 1, S)
        assert torch.allclose(weights, alone[:, :, : len(pair.target)], atol=1e-6)
        assert torch.allclose(weights.sum(-1), torch.ones(weights.shape[:-1]))
    with pytest.raises(ValueError, match="attend=attend_heads"):
        translation.head_weights(model, pairs)  # the first model is as it was
    errors = experiments.alignment_errors(model, pairs)
    one = translation.alignment_error([weights[1, 0] for weights in together], pairs)
    assert errors["heads"][1][0] == pytest.approx(one)
    mean = translation.alignment_error([weights[1].mean(0) for weights in together], pairs)
    assert errors["alignment error"] == pytest.approx(mean)


@pytest.mark.parametrize(("kind", "more"), [("none", 0), ("sinusoidal", 0), ("learned", 2 * (translation.LONGEST + 1))])
def test_positions_by_name(kind, more):
    own = translation.corpus()
    few = own._replace(target=own.source)
    assert translation.transformer_model(8, 2, 8, 1, data=few).output.out_features == len(own.source)
    count = lambda model: sum(p.numel() for p in model.parameters())  # noqa: E731
    small = {"D": 8, "N": 2, "H": 8, "L": 1}
    assert count(translation.transformer_model(**small, positions=kind)) == 8 * more + count(
        translation.transformer_model(**small)
    )


def test_the_experiments_run_small(monkeypatch):
    whole = translation.corpus()
    few = {split: whole.pairs[split][:n] for split, n in (("train", 64), ("test", 6), ("long", 3), ("novel", 3))}
    monkeypatch.setattr(translation, "corpus", lambda: whole._replace(pairs=few))
    small = translation.transformer_model
    monkeypatch.setattr(
        translation, "transformer_model", lambda **options: small(**{"D": 8, "N": 2, "H": 8, "L": 1} | options)
    )
    figures = experiments.positions(0, kinds=("learned", "none"), updates=1, lr=0.002)
    assert figures.keys() == {"learned", "none"}
    assert {"test", "long", "by length"} == figures["none"].keys()
    monkeypatch.setattr(experiments, "RUNGS", {name: lambda name=name: tiny(name) for name in ("RNN", "Transformer")})
    figures = experiments.ladder(
        0, rungs=("RNN", "Transformer"), updates=1, seconds=0.05, rates=experiments.LADDER_RATES
    )
    assert figures["Transformer"]["updates"].keys() >= {"test", "long", "novel", "heads"}
    run = runs.Run("06.ladder", [0, 1], {"updates": 1, "seconds": 0.05}, [figures, figures], [1.0], {"torch": "0"}, "")
    for budget, begins in (("updates", "1 updates; BLEU"), ("seconds", "0.05 seconds each; BLEU")):
        lines = experiments.table(run, budget).splitlines()
        assert lines[0].startswith(begins)
        assert [line.split()[0] for line in lines if line[:1].isalpha()] == ["RNN", "Transformer"] * 2
        of_long = figures["RNN"][budget]["long"]
        halves = re.findall(r"\((.*?)\)", lines[2])  # in brackets, of test, long and novel
        assert halves[1] == f"{(of_long['high'] - of_long['low']) / 2:.1f}"
        forced = figures["RNN"][budget]["teacher-forced"]
        assert f"{forced:.2f}" in lines[2]
        assert f"{figures['RNN'][budget]['parameters']:,}" in lines[6]
    with pytest.raises(ValueError, match="budget must be one of updates, seconds, got 'euros'"):
        experiments.table(run, "euros")


@pytest.fixture
def trainings(monkeypatch):
    """What `translation.train` is asked for, instead of training; few sentences, and models that take no time."""
    data = translation.corpus()
    few = translation.Corpus({name: data.pairs[name][:4] for name in data.pairs}, data.source, data.target)
    monkeypatch.setattr(translation, "corpus", lambda: few)
    asked = []

    def train(model, pairs, seed, **options):
        asked.append(options | {"model": model, "pairs": pairs, "seed": seed})
        return 1.0

    monkeypatch.setattr(translation, "train", train)
    return asked


def test_every_rung_gets_its_rate_its_schedule_and_both_budgets(monkeypatch, trainings):
    rungs = ("RNN", "LSTM, dot", "LSTM, Bahdanau", "Transformer")
    monkeypatch.setattr(experiments, "RUNGS", {name: lambda name=name: tiny(name) for name in rungs})
    rates = {"RNN": 0.1, "LSTM": 0.2, "Transformer": 0.3}
    experiments.ladder(5, rungs=rungs, updates=3, seconds=0.5, rates=rates)
    assert [each["lr"] for each in trainings] == [0.1, 0.1, 0.2, 0.2, 0.2, 0.2, 0.3, 0.3]
    assert [(each["updates"], each["seconds"]) for each in trainings] == 4 * [(3, None), (None, 0.5)]
    assert [each.get("schedule") for each in trainings] == 6 * [None] + 2 * [translation.warmup_then_linear]
    assert all(each["pairs"] is translation.corpus().pairs["train"] and each["seed"] == 5 for each in trainings)


def test_short_climbs_have_the_short_rates(trainings):
    experiments.climb("LSTM, dot", lambda: tiny("LSTM, dot"), 0, updates=1)
    assert trainings[0]["lr"] == experiments.SHORT_RATES["LSTM"]


def test_decoded_tokens_count_the_end_of_each_sentence(monkeypatch, trainings):
    said = [["i", "run", "."], ["no"], ["yes", "."], []]
    monkeypatch.setattr(translation, "translations", lambda model, pairs: said)
    monkeypatch.setattr(experiments, "time", SimpleNamespace(process_time=itertools.count().__next__))  # a second each
    figures = experiments.climb("RNN", lambda: tiny("RNN"), 0, updates=1)
    assert figures["decoded per second"] == 3 + 1 + 2 + 0 + 4  # <eos> is decoded too


def test_positions_are_compared_with_everything_else_equal(monkeypatch, trainings):
    small, made = translation.transformer_model, []

    def tiny_transformer(**options):
        made.append(options)
        return small(**{"D": 8, "N": 2, "H": 8, "L": 1} | options)

    monkeypatch.setattr(translation, "transformer_model", tiny_transformer)
    kinds = ("sinusoidal", "learned", "none")
    experiments.positions(5, kinds=kinds, updates=7, lr=0.25)
    assert made == [{"dropout": 0.0, "positions": kind} for kind in kinds]
    assert [(each["updates"], each["lr"], each["seed"]) for each in trainings] == 3 * [(7, 0.25, 5)]
    assert {each["schedule"] for each in trainings} == {translation.warmup_then_linear}


# --- the stored runs ----------------------------------------------------------------------------------------


def test_seeds_of_stored_runs_are_not_those_of_the_lesson():
    for name in ("positions", "ladder"):
        run = stored(f"06.{name}")
        assert min(run.seeds) >= 10
        assert len(run.seeds) == 3


def test_positions_say_the_prose():
    run = stored("06.positions")
    test, long = ({kind: run.array(kind, split) for kind in translation.POSITIONS} for split in ("test", "long"))
    bins = {
        kind: [run.array(kind, "by length", name).mean() for name in ("1-7", "8-15", "16-23")]
        for kind in translation.POSITIONS
    }
    for kind in ("learned", "none"):
        assert t_interval(test["sinusoidal"] - test[kind]).low > 0
        assert t_interval(long["sinusoidal"] - long[kind]).low > 0
    behind = np.subtract(bins["sinusoidal"], bins["learned"])
    assert (np.diff(behind) > 0).all(), "the more the longer the sentence"
    lost = {kind: (test[kind] - long[kind]).mean() for kind in test}
    assert max(lost.values()) - min(lost.values()) < 3, "all three lose about as much"
    assert run.settings["updates"] == stored("06.ladder").settings["updates"]


def test_the_ladder_says_the_prose():
    run = stored("06.ladder")
    bleu = {
        (budget, split): {name: run.array(name, budget, split, "bleu") for name in experiments.RUNGS}
        for budget in experiments.BUDGETS
        for split in experiments.SPLITS
    }
    mean = {key: {name: scores.mean() for name, scores in each.items()} for key, each in bleu.items()}
    test, long = mean["updates", "test"], mean["updates", "long"]
    attentive = [name for name in experiments.RUNGS if name not in ("RNN", "LSTM")]
    pairs = len(translation.corpus().pairs["train"])
    assert (run.settings["updates"], run.settings["seconds"]) == (1500, 60)
    assert 4.5 < 1500 * 64 / pairs < 5, "nearly five times through the corpus"

    least = [min(each[name] for name in attentive) for each in (test, long)]
    assert (
        f"BLEU {test['LSTM']:.0f} on test and {long['LSTM']:.0f} on `long`; with it at least {least[0]:.0f}, and"
        in TEXT
    )
    assert f"and {least[1]:.0f}. - **On test" in TEXT
    assert f"equal updates {test['Transformer']:.0f}, and general attention {test['LSTM, general']:.0f};" in TEXT
    comparing = [test[name] for name in attentive if name != "LSTM, location"]
    assert (round(min(comparing)), round(max(comparing))) == (94, 97), "all that compare words lie between 94 and 97"
    cost = {name: run.array(name, "updates", "seconds").mean() for name in experiments.RUNGS}
    assert (
        f"its update takes {cost['Transformer'] / cost['LSTM, general']:.1f} times as long as that of general" in TEXT
    )
    gaps = {
        budget: mean[budget, "test"]["LSTM, general"] - mean[budget, "test"]["Transformer"]
        for budget in experiments.BUDGETS
    }
    assert 0 < gaps["updates"] < gaps["seconds"] < 4, "it falls back a little"
    of = mean["seconds", "test"]
    assert f"falls back a little, {of['Transformer']:.0f} to {of['LSTM, general']:.0f}:" in TEXT

    assert f"There it has {long['Transformer']:.0f}, general {long['LSTM, general']:.0f}" in TEXT
    for budget in experiments.BUDGETS:
        at = bleu[budget, "long"]
        assert max(at["LSTM, location"]) < min(at["Transformer"])
        for name in attentive:
            if name not in ("LSTM, location", "Transformer"):
                assert (at[name] > at["Transformer"]).all(), "every LSTM that compares words is ahead"
        assert (at["LSTM, dot"] > at["LSTM, scaled dot"]).all()
        assert mean[budget, "test"]["LSTM, dot"] - mean[budget, "test"]["LSTM, scaled dot"] < 0.5, "hardly"
        for split in experiments.SPLITS:
            assert t_interval(bleu[budget, split]["LSTM, general"] - bleu[budget, split]["Transformer"]).low > 0
    location = run.array("LSTM, location", "updates", "alignment error").mean()
    assert f"has an alignment error of {location:.2f} and still BLEU {test['LSTM, location']:.0f} on test" in TEXT
    assert run.array("Transformer", "updates", "heads").shape == (3, 2, 4)
    assert max(cost, key=cost.get) == "LSTM, Bahdanau"
    made = {name: run.array(name, "seconds", "updates").mean() for name in experiments.RUNGS}
    assert 0.5 < made["LSTM, Bahdanau"] / made["LSTM, general"] < 0.65, "little more than half as many"
    halves = {
        (name, split): (run.array(name, "updates", split, "high") - run.array(name, "updates", split, "low")).mean() / 2
        for name in attentive
        for split in experiments.SPLITS
    }
    assert 0.45 < min(halves.values()) <= max(halves.values()) < 2.55, "half a point to two and a half"
    for split, most in (("test", 2), ("long", 10)):
        over_seeds = [t_interval(bleu["updates", split][name]) for name in attentive]
        assert round(max(each.high - each.mean for each in over_seeds)) == most
