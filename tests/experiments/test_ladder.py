"""The ladder: every rung on its budget, measured alike, and told as a table."""

import itertools
import re
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from course_lib.experiments import ladder
from course_lib.experiments.corpus import corpus
from course_lib.experiments.ladder import LADDER_RATES, SHORT_RATES, attention_errors, evaluate_rung, table
from course_lib.experiments.models import recurrent_model, transformer_model
from course_lib.experiments.stored_runs import Run
from course_lib.experiments.translation import alignment_error, warmup_then_linear
from course_lib.modes import evaluating
from course_lib.translator import Translations, Translator


def tiny(name):
    """A model of the ladder, so small that a test has time for it."""
    if name == "Transformer":
        return transformer_model(D=8, N=2, H=8, L=2, dropout=0.0)
    if name == "RNN":
        return recurrent_model("RNN", E=4, H=8)
    return recurrent_model("LSTM", "dot", E=4, H=8, bahdanau=name.endswith("Bahdanau"))


@pytest.mark.parametrize("name", ["RNN", "LSTM, dot", "LSTM, Bahdanau", "Transformer"])
def test_a_rung_is_evaluated_under_either_budget(name):
    pairs = corpus().pairs
    few = {"train_pairs": pairs["train"][:64], "tests": {"test": pairs["test"][:6], "long": pairs["long"][:3]}}
    _, found = evaluate_rung(name, lambda: tiny(name), 0, updates=2, **few)
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
    _, again = evaluate_rung(name, lambda: tiny(name), 0, updates=2, **few)
    assert again["teacher-forced"] == found["teacher-forced"], "the seed settles it"
    _, timed = evaluate_rung(name, lambda: tiny(name), 0, seconds=0.2, **few)
    assert timed["seconds"] >= 0.2
    assert timed["updates"] >= 1


def test_heads_are_those_of_each_pair_alone():
    data = corpus()
    pairs = data.pairs["test"][:5]
    translator = data.translator(tiny("Transformer"))
    together = translator.align_heads(pairs)
    for pair, weights in zip(pairs, together, strict=True):
        assert weights.shape == (2, 2, len(pair.target), len(pair.source))
        source, target = (torch.tensor([ids]) for ids in translator.encode([pair])[0])
        with evaluating(translator.model):
            alone = torch.cat(translator.model.weights(source, target[:, :-1]).cross)  # (L, N, T + 1, S)
        assert torch.allclose(weights, alone[:, :, : len(pair.target)], atol=1e-6)
        assert torch.allclose(weights.sum(-1), torch.ones(weights.shape[:-1]))
    errors = attention_errors(translator, pairs)
    one = alignment_error([weights[1, 0] for weights in together], pairs)
    assert errors["heads"][1][0] == pytest.approx(one)
    mean = alignment_error([weights[1].mean(0) for weights in together], pairs)
    assert errors["alignment error"] == pytest.approx(mean)


def test_the_ladder_and_its_table_run_small(few_pairs, monkeypatch):
    monkeypatch.setattr(ladder, "RUNGS", {name: partial(tiny, name) for name in ("RNN", "Transformer")})
    figures = ladder.ladder(0, rungs=("RNN", "Transformer"), updates=1, seconds=0.05, rates=LADDER_RATES)
    assert figures["Transformer"]["updates"].keys() >= {"test", "long", "novel", "human", "heads"}
    for each in figures.values():  # as of a test split with further references
        for of in each.values():
            of["test, two references"] = {"bleu": 77.0, "low": 75.0, "high": 79.0}
    run = Run("06.ladder", [0, 1], {"updates": 1, "seconds": 0.05}, [figures, figures], [1.0], {"torch": "0"}, "")
    for budget, begins in (("updates", "1 updates; BLEU"), ("seconds", "0.05 seconds each; BLEU")):
        lines = table(run, budget).splitlines()
        assert lines[0].startswith(begins)
        names = [line.split()[0] for line in lines if line[:1].isalpha()]
        assert names == ["RNN", "Transformer", "IBM", "RNN", "Transformer"]
        of_long = figures["RNN"][budget]["long"]
        halves = re.findall(r"\((.*?)\)", lines[2])  # in brackets, of each split
        assert lines[1].split()[:7] == ["test", "test,", "2", "refs", "long", "novel", "human"]
        assert lines[2].split("(")[1].endswith("77.0 ±0.0 ")
        assert halves[1] == "2.0"
        assert halves[2] == f"{(of_long['high'] - of_long['low']) / 2:.1f}"
        forced = figures["RNN"][budget]["teacher-forced"]
        assert f"{forced:.2f}" in lines[2]
        assert f"{figures['RNN'][budget]['parameters']:,}" in lines[7]
        assert re.fullmatch(r"IBM Model 1 +0\.\d\d", lines[4]), "its links, and nothing else"
        assert len(lines[4]) == len(lines[1]), "in the column of the others"
    with pytest.raises(ValueError, match="budget must be one of updates, seconds, got 'euros'"):
        table(run, "euros")


def test_every_rung_gets_its_rate_its_schedule_and_both_budgets(monkeypatch, few_pairs, trainings):
    rungs = ("RNN", "LSTM, dot", "LSTM, Bahdanau", "Transformer")
    monkeypatch.setattr(ladder, "RUNGS", {name: partial(tiny, name) for name in rungs})
    rates = {"RNN": 0.1, "LSTM": 0.2, "Transformer": 0.3}
    ladder.ladder(5, rungs=rungs, updates=3, seconds=0.5, rates=rates)
    assert [each["lr"] for each in trainings] == [0.1, 0.1, 0.2, 0.2, 0.2, 0.2, 0.3, 0.3]
    assert [(each["updates"], each["seconds"]) for each in trainings] == 4 * [(3, None), (None, 0.5)]
    assert [each.get("schedule") for each in trainings] == 6 * [None] + 2 * [warmup_then_linear]
    assert all(each["pairs"] is few_pairs.pairs["train"] and each["seed"] == 5 for each in trainings)


def test_short_trainings_have_the_short_rates(trainings):
    evaluate_rung("LSTM, dot", partial(tiny, "LSTM, dot"), 0, updates=1)
    assert trainings[0]["lr"] == SHORT_RATES["LSTM"]


def test_decoded_tokens_count_the_end_of_each_sentence(monkeypatch, trainings):
    said = Translations([["i", "run", "."], ["no"], ["yes", "."], []], [False] * 4)
    pairs = corpus().pairs["test"][:4]
    monkeypatch.setattr(Translator, "translate", lambda translator, sentences: said)
    monkeypatch.setattr(ladder, "time", SimpleNamespace(process_time=itertools.count().__next__))  # a second each
    _, figures = evaluate_rung("RNN", partial(tiny, "RNN"), 0, updates=1, tests={"test": pairs})
    assert figures["decoded per second"] == 3 + 1 + 2 + 0 + 4  # <eos> is decoded too


def test_a_rung_is_held_against_all_references_where_there_are_others(monkeypatch, trainings):
    pairs = [pair._replace(references=()) for pair in corpus().pairs["test"][:3]]
    said = Translations([["no"], *(pair.target for pair in pairs[1:])], [False] * 3)
    monkeypatch.setattr(Translator, "translate", lambda translator, sentences: said)
    make = partial(tiny, "RNN")
    _, alone = evaluate_rung("RNN", make, 0, updates=1, tests={"test": pairs})
    assert "test, two references" not in alone
    other = [pairs[0]._replace(references=(["no"],)), *pairs[1:]]
    _, figures = evaluate_rung("RNN", make, 0, updates=1, tests={"test": other})
    assert figures["test"] == alone["test"]
    assert figures["test, two references"]["bleu"] == pytest.approx(100) != pytest.approx(alone["test"]["bleu"])
