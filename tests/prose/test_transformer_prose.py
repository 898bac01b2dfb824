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
        (budget, split): {name: run.array(name, budget, split, "bleu") for name in ladder.RUNGS}
        for budget in ladder.BUDGETS
        for split in ("test", "long", "novel")
    }
    mean = {key: {name: scores.mean() for name, scores in each.items()} for key, each in bleu.items()}
    test, long = mean["updates", "test"], mean["updates", "long"]
    attentive = [name for name in ladder.RUNGS if name not in ("RNN", "LSTM")]
    pairs = len(corpus().pairs["train"])
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
    cost = {name: run.array(name, "updates", "seconds").mean() for name in ladder.RUNGS}
    assert (
        f"its update takes {cost['Transformer'] / cost['LSTM, general']:.1f} times as long as that of general" in TEXT
    )
    gaps = {
        budget: mean[budget, "test"]["LSTM, general"] - mean[budget, "test"]["Transformer"] for budget in ladder.BUDGETS
    }
    assert 0 < gaps["updates"] < gaps["seconds"] < 4, "it falls back a little"
    of = mean["seconds", "test"]
    assert f"falls back a little, {of['Transformer']:.0f} to {of['LSTM, general']:.0f}:" in TEXT

    assert f"There it has {long['Transformer']:.0f}, general {long['LSTM, general']:.0f}" in TEXT
    for budget in ladder.BUDGETS:
        at = bleu[budget, "long"]
        assert max(at["LSTM, location"]) < min(at["Transformer"])
        for name in attentive:
            if name not in ("LSTM, location", "Transformer"):
                assert (at[name] > at["Transformer"]).all(), "every LSTM that compares words is ahead"
        assert (at["LSTM, dot"] > at["LSTM, scaled dot"]).all()
        assert mean[budget, "test"]["LSTM, dot"] - mean[budget, "test"]["LSTM, scaled dot"] < 0.5, "hardly"
        for split in ("test", "long", "novel"):
            assert t_interval(bleu[budget, split]["LSTM, general"] - bleu[budget, split]["Transformer"]).low > 0
    location = run.array("LSTM, location", "updates", "alignment error").mean()
    assert f"has an alignment error of {location:.2f} and still BLEU {test['LSTM, location']:.0f} on test" in TEXT
    assert run.array("Transformer", "updates", "heads").shape == (3, 2, 4)
    assert max(cost, key=cost.get) == "LSTM, Bahdanau"
    made = {name: run.array(name, "seconds", "updates").mean() for name in ladder.RUNGS}
    assert 0.5 < made["LSTM, Bahdanau"] / made["LSTM, general"] < 0.65, "little more than half as many"
    halves = {
        (name, split): (run.array(name, "updates", split, "high") - run.array(name, "updates", split, "low")).mean() / 2
        for name in attentive
        for split in ("test", "long", "novel")
    }
    assert 0.45 < min(halves.values()) <= max(halves.values()) < 2.55, "half a point to two and a half"
    for split, most in (("test", 2), ("long", 10)):
        over_seeds = [t_interval(bleu["updates", split][name]) for name in attentive]
        assert round(max(each.high - each.mean for each in over_seeds)) == most
