"""Lesson 06: what its prose says is what its stored runs and its own small sums give."""

import math

import numpy as np
import pytest
import torch
from torch import nn

from course_lib import transformer
from course_lib.experiments import ladder, stored
from course_lib.experiments.corpus import corpus
from course_lib.experiments.models import POSITIONS, transformer_model
from course_lib.statistics import t_interval
from tests.lessons import prose

TEXT = prose("06")


def test_the_numbers_of_the_prose_and_the_quiz():
    assert math.exp(16) == pytest.approx(9e6, rel=0.02)
    assert sum(p.numel() for p in nn.MultiheadAttention(512, 8).parameters()) == 1_050_624
    assert sum(p.numel() for p in nn.MultiheadAttention(512, 16).parameters()) == 1_050_624
    assert math.sqrt(3 / 4) == pytest.approx(0.87, abs=0.005)
    assert abs(1 - 0.1 + 0.1 / 50 - 0.902) < 1e-9
    paper = transformer_model(D=8, N=2, H=8, L=1)
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
    pairs = corpus().pairs
    assert len(pairs["train"]) == 20_000
    assert max(len(pair.source) for pair in pairs["train"]) == 24
    assert min(len(pair.source) for pair in pairs["long"]) > 24


# --- the experiments ----------------------------------------------------------------------------------------


# --- the stored runs ----------------------------------------------------------------------------------------


def test_seeds_of_stored_runs_are_not_those_of_the_lesson():
    for name in ("positions", "ladder"):
        run = stored(f"06.{name}")
        assert min(run.seeds) >= 10
        assert len(run.seeds) == 3


def test_positions_say_the_prose():
    run = stored("06.positions")
    test, long = ({kind: run.array(kind, split) for kind in POSITIONS} for split in ("test", "long"))
    bins = {
        kind: [run.array(kind, "by length", name).mean() for name in ("1-7", "8-15", "16-23")] for kind in POSITIONS
    }
    for kind in ("learned", "none"):
        ahead = t_interval(test["sinusoidal"] - test[kind])
        assert ahead.low > 0
        assert round(ahead.mean) in (2, 3), "by two or three points"
        on_long = t_interval(long["sinusoidal"] - long[kind])
        assert on_long.high < 0
        assert round(-on_long.mean) in (5, 6), "5 or 6 points behind the others"
        assert (long["sinusoidal"] < long[kind]).all(), "with every seed"
        assert np.subtract(bins["sinusoidal"], bins[kind]).argmax() == 2, "most in those of 16 to 23 morphemes"
        assert (test[kind] - long[kind]).min() > 5, "the model without positions loses, too"
    assert run.settings["updates"] == stored("06.ladder").settings["updates"]


def test_the_ladder_says_the_prose():
    run = stored("06.ladder")
    bleu = {
        (budget, split): {name: run.array(name, budget, split, "bleu") for name in ladder.RUNGS}
        for budget in ladder.BUDGETS
        for split in ladder.SPLITS
    }
    mean = {key: {name: scores.mean() for name, scores in each.items()} for key, each in bleu.items()}
    test, long = mean["updates", "test"], mean["updates", "long"]
    attentive = [name for name in ladder.RUNGS if name not in ("RNN", "LSTM")]
    pairs = len(corpus().pairs["train"])
    assert (run.settings["updates"], run.settings["seconds"]) == (1500, 60)
    assert 4.5 < 1500 * 64 / pairs < 5, "nearly five times through the corpus"

    least = [min(each[name] for name in attentive) for each in (test, long)]
    assert (
        f"BLEU {test['LSTM']:.0f} on test and {long['LSTM']:.0f} on `long` without it; with it at least "
        f"{least[0]:.0f}, and {least[1]:.0f}." in TEXT
    )
    most = max(test[name] for name in attentive)
    assert f"equal updates {test['Transformer']:.0f}, and general attention {test['LSTM, general']:.0f}," in TEXT
    assert f"all with attention lie between {least[0]:.0f} and {most:.0f}" in TEXT
    cost = {name: run.array(name, "updates", "seconds").mean() for name in ladder.RUNGS}
    ratio = cost["Transformer"] / cost["LSTM, general"]
    assert f"Its update takes {ratio:.1f} times as long as that of general" in TEXT
    of = mean["seconds", "test"]
    assert f"general has {of['LSTM, general']:.0f}, the Transformer {of['Transformer']:.0f}," in TEXT
    lead = {key: bleu[key]["LSTM, general"] - bleu[key]["Transformer"] for key in bleu}
    assert t_interval(lead["updates", "test"]).low < 0 < t_interval(lead["updates", "test"]).high, "can't tell apart"
    assert min(lead["seconds", "test"]) > 0, "behind it with every seed"

    assert f"There it has {long['Transformer']:.0f}, general {long['LSTM, general']:.0f}" in TEXT
    at = bleu["updates", "long"]
    ahead = [name for name in attentive if (at[name] > at["Transformer"]).all()]
    assert ahead == ["LSTM, general", "LSTM, concat", "LSTM, Bahdanau"]
    assert all(t_interval(lead[budget, "long"]).low > 0 for budget in ladder.BUDGETS)
    assert f"on `human` the best has BLEU {max(mean['updates', 'human'].values()):.0f}." in TEXT

    dots = {budget: bleu[budget, "test"]["LSTM, dot"] for budget in ladder.BUDGETS}
    for budget, scores in dots.items():
        scaled = bleu[budget, "test"]["LSTM, scaled dot"]
        assert scores.min() < scaled.min() <= scaled.max() < scores.max(), "scaled dot lies between"
        assert t_interval(scaled - scores).low < 0 < t_interval(scaled - scores).high
    told = [f"{low:.0f}, {middle:.0f} and {high:.0f} after " for low, middle, high in map(sorted, dots.values())]
    assert f"{told[0]}equal updates, and {told[1]}a minute" in TEXT
    there = [stored("05.scores").array(name, "test") for name in ("dot", "scaled dot")]
    assert (there[0] > there[1]).tolist() == [True, True, False], "with two seeds of three"
    location = run.array("LSTM, location", "updates", "alignment error").mean()
    assert f"has an alignment error of {location:.2f} and still BLEU {test['LSTM, location']:.0f} on test" in TEXT
    assert 0 < test["LSTM, scaled dot"] - test["LSTM, location"] < 4, "near scaled dot"
    assert f"with {run.array('LSTM, scaled dot', 'updates', 'alignment error').mean():.2f}." in TEXT
    assert run.array("Transformer", "updates", "heads").shape == (3, 2, 4)
    assert max(cost, key=cost.get) == "LSTM, Bahdanau"
    made = {name: run.array(name, "seconds", "updates").mean() for name in ladder.RUNGS}
    assert 0.62 < made["LSTM, Bahdanau"] / made["LSTM, general"] < 0.72, "about two thirds as many"
    assert max(made[name] for name in attentive) < 650, "a few hundred"
    halves = {
        (name, split): (run.array(name, "updates", split, "high") - run.array(name, "updates", split, "low")).mean() / 2
        for name in attentive
        for split in ("test", "long", "novel")
    }
    assert 1.45 < min(halves.values()) <= max(halves.values()) < 3.1, "a point and a half to three"
    for split, most in (("test", 12), ("long", 15)):
        over_seeds = [t_interval(bleu["updates", split][name]) for name in attentive]
        assert round(max(each.high - each.mean for each in over_seeds)) == most
