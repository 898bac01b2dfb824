"""Lesson 06: what its prose says is what its stored runs and its own small sums give."""

import math

import pytest
import torch
from torch import nn

from course_lib import transformer
from course_lib.experiments import ladder, speed, stored
from course_lib.experiments.corpus import corpus
from course_lib.experiments.models import POSITIONS, transformer_model
from course_lib.experiments.random_words import V
from course_lib.statistics import t_interval
from course_lib.translator_training import Budget, Plan
from tests.lessons import prose

TEXT = prose("06")


def test_the_numbers_of_the_prose_and_the_quiz():
    assert math.exp(16) == pytest.approx(9e6, rel=0.02)
    assert "mean 4 and the variance (9 + 1 + 1 + 9) / 4 = 5" in TEXT
    by_hand = transformer.layer_norm(torch.tensor([1.0, 3.0, 5.0, 7.0]), torch.ones(4), torch.zeros(4))
    assert [f"{value:.2f}" for value in by_hand.tolist()] == ["-1.34", "-0.45", "0.45", "1.34"]
    assert "it is (−1.34, −0.45, 0.45, 1.34)" in TEXT
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


def test_what_course_train_trains_with():
    plan = Plan(Budget.parse("20m"))
    assert f"ε = {plan.smoothing}, and {plan.warmup} updates of warm-up" in TEXT


def test_what_is_said_of_speed_is_so_in_the_stored_run():
    run = stored("06.times")
    lengths = run.settings["lengths"]
    ratios = {name: run.array("Transformer") / run.array(name) for name in run.figures[0] if name != "Transformer"}
    at = {name: dict(zip(lengths, each.T, strict=True)) for name, each in ratios.items()}
    assert "the fastest from 32 tokens to 128" in TEXT
    assert max(at[loop][n].max() for loop in speed.RECURRENT for n in (32, 64, 128)) < 1
    assert "at 8 the looped RNN is ahead, and at 256 both need about the same time" in TEXT
    assert at["RNN"][8].min() > 1.3
    assert 0.85 < at["RNN"][256].min() <= at["RNN"][256].max() < 1.1
    rnn, lstm = (at[speed.KERNEL.format(name)] for name in speed.RECURRENT)
    assert "the RNN at all lengths, the LSTM with attention from 64 tokens on" in TEXT
    assert min(values.min() for values in rnn.values()) > 1.1
    assert min(lstm[n].min() for n in (64, 128, 256)) > 1.1
    assert max(lstm[n].mean() for n in (8, 16)) < 1
    assert "five runs on one processor core" in TEXT
    assert len(run.seeds) == 5


def test_lengths_of_the_corpus():
    pairs = corpus().pairs
    assert len(pairs["train"]) == 20_000
    assert max(len(pair.source) for pair in pairs["train"]) == 24
    assert min(len(pair.source) for pair in pairs["long"]) > 24


# --- the stored runs ----------------------------------------------------------------------------------------


def test_seeds_of_stored_runs_are_not_those_of_the_lesson():
    for name, seeds in {"positions": 3, "ladder": 3, "warmup": 5}.items():
        run = stored(f"06.{name}")
        assert min(run.seeds) >= 10
        assert len(run.seeds) == seeds


def test_the_warmup_says_the_prose():
    run = stored("06.warmup")
    assert run.settings["L"] == 4
    assert run.settings["warmup"] == 150
    with_it, without, pre_norm = (run.array(kind)[:, -1] for kind in run.figures[0])
    assert math.log(V) == pytest.approx(3.0, abs=0.01)
    assert without.min() > 0.85 * math.log(V), "post-norm learns nothing without a warm-up"
    assert max(with_it.max(), pre_norm.max()) < 0.1


def test_positions_say_the_prose():
    run = stored("06.positions")
    test, long = ({kind: run.array(kind, split) for kind in POSITIONS} for split in ("test", "long"))
    for kind in ("learned", "none"):
        ahead = t_interval(test["sinusoidal"] - test[kind])
        assert ahead.low > 0
        assert round(ahead.mean) in (2, 3), "by two or three points"
        on_long = t_interval(long["sinusoidal"] - long[kind])
        assert on_long.high < 0
        assert round(-on_long.mean) in (5, 6), "5 or 6 points behind the others"
        assert (long["sinusoidal"] < long[kind]).all(), "with every seed"
        assert (test[kind] - long[kind]).min() > 5, "the model without positions loses, too"
    assert run.settings["updates"] == stored("06.ladder").settings["updates"]


def test_the_heads_say_the_prose():
    run = stored("06.ladder")
    heads = run.array("Transformer", "updates", "heads")  # (seeds, L, N)
    mean = run.array("Transformer", "updates", "alignment error")
    assert heads.shape == (3, 2, 4)
    assert (heads.min((1, 2)) > mean + 0.03).all(), "none aligns as well as the mean"
    best, of_mean = heads.min(2)[:, -1].mean(), mean.mean()
    counted = stored("05.alignment").array("model 1", "forward", "largest").mean()
    assert f"the best head of the top layer errs by {best:.2f}, the mean of their weights by {of_mean:.2f}." in TEXT
    assert f"which only counts, errs by {counted:.2f}." in TEXT


def test_the_ladder_says_the_prose():
    run = stored("06.ladder")
    bleu = {
        (budget, split): {name: run.array(name, budget, split, "bleu") for name in ladder.RUNGS}
        for budget in ladder.BUDGETS
        for split in ladder.SPLITS
    }
    attentive = [name for name in ladder.RUNGS if name not in ("RNN", "LSTM")]
    pairs = len(corpus().pairs["train"])
    assert (run.settings["updates"], run.settings["seconds"], len(run.seeds)) == (1500, 60, 3)
    assert 4.5 < 1500 * 64 / pairs < 5, "nearly five times through the corpus"

    for key, each in bleu.items():
        if key[1] != "human":
            assert each["LSTM"].mean() < min(each[name].mean() for name in attentive), "the great step is attention"
    for name in ("LSTM, concat", "LSTM, Bahdanau"):
        behind = bleu["seconds", "test"][name] < bleu["seconds", "test"]["LSTM"].max()
        assert behind.sum() == 1, "in a minute one seed of three is no better than the LSTM"
    lead = {key: each["LSTM, general"] - each["Transformer"] for key, each in bleu.items()}
    assert t_interval(lead["updates", "test"]).low < 0 < t_interval(lead["updates", "test"]).high, "can't tell apart"
    assert min(lead["seconds", "test"]) > 0, "in a minute it is behind"
    assert all(t_interval(lead[budget, "long"]).low > 0 for budget in ladder.BUDGETS)
    means = {
        split: {name: scores.mean() for name, scores in bleu["updates", split].items()} for split in ("test", "long")
    }
    of, there = means["test"], means["long"]
    assert f"equal updates it has {of['Transformer']:.0f} and general attention {of['LSTM, general']:.0f}," in TEXT
    assert f"it has {there['Transformer']:.0f} there, general attention {there['LSTM, general']:.0f}." in TEXT
    assert all(scores.mean() < 5 for budget in ladder.BUDGETS for scores in bleu[budget, "human"].values())

    cost = {name: run.array(name, "updates", "seconds").mean() for name in ladder.RUNGS}
    ratio = cost["Transformer"] / cost["LSTM, general"]
    assert f"one of its updates takes {ratio:.1f} times as long as one with general attention" in TEXT
    assert run.array("Transformer", "seconds", "updates").max() < 510
    assert max(run.array(name, "seconds", "updates").max() for name in ladder.RUNGS) < 1500
    made = {name: run.array(name, "seconds", "updates").mean() for name in ladder.RUNGS}
    assert max(made[name] for name in attentive) < 650, "a few hundred"
    told = [(scores.min(), scores.max()) for scores in (bleu[budget, "test"]["LSTM, dot"] for budget in ladder.BUDGETS)]
    (low, high), (low_in_time, high_in_time) = told
    assert f"between {low:.0f} and {high:.0f} with equal updates" in TEXT
    assert f"between {low_in_time:.0f} and {high_in_time:.0f} after a minute" in TEXT
