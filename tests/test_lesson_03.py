"""Lesson 03: what its prose says is what its stored runs and its own small sums give."""

import math
from functools import partial

import numpy as np
import pytest
import torch
from torch import nn

from course_lib import lstm, rnn
from course_lib.embeddings import Embedding
from course_lib.experiments import lesson_03 as experiments
from course_lib.experiments import stored
from course_lib.language_model import LanguageModel
from course_lib.metrics import t_interval
from course_lib.tasks import adding_problem
from course_lib.text import Vocab
from tests.lessons import prose

TEXT = prose("03")


def test_the_numbers_of_the_quiz():
    layer = nn.LSTMCell(300, 512)
    assert sum(p.numel() for p in layer.parameters()) == 1_667_072
    assert sum(p.numel() for p in layer.parameters()) - 4 * 512 == 1_665_024
    assert 2 * 512 * (300 + 512) == 831_488
    assert all(f"<summary>{figure}</summary>" in TEXT for figure in ("831,488", "1,665,024", "1,667,072"))
    sigmoid = torch.tensor([1.0, 2.0, 3.0]).sigmoid()
    assert sigmoid.tolist() == pytest.approx([0.73, 0.88, 0.95], abs=0.005)
    assert abs(0.73**20 - 0.002) < 0.0005


def test_the_backward_half_of_the_last_output_knows_the_last_word_alone():
    layer = nn.LSTM(3, 4, bidirectional=True, batch_first=True)
    x = torch.randn(2, 5, 3, generator=torch.Generator().manual_seed(0))
    other = x.clone()
    other[:, :-1] = 7
    here, there = layer(x)[0], layer(other)[0]
    assert torch.allclose(here[:, -1, 4:], there[:, -1, 4:])
    assert not torch.allclose(here[:, 0, 4:], there[:, 0, 4:])
    assert torch.equal(layer(x)[1][0][-1], here[:, 0, 4:])


# --- the tasks ----------------------------------------------------------------------------------------------


def test_recall_asks_for_the_first_value_and_chance_is_a_twelfth():
    x, y = experiments.recall(20_000, 3, torch.Generator().manual_seed(0))
    assert x.shape == (20_000, 3, 2)
    assert torch.equal(y, x[:, 0, 0])
    assert (x[:, 0, 1] == 1).all()
    assert (x[:, 1:, 1] == 0).all()
    assert (y - 0.5).square().mean().item() == pytest.approx(1 / 12, abs=0.002)


def test_a_readout_is_trained_the_same_way_twice_and_leaves_the_random_state_alone():
    state = torch.get_rng_state()
    runs = [experiments.train_adder(lstm.LSTMCell, 3, T=4, steps=60, B=8, H=4, every=20) for _ in range(2)]
    assert torch.equal(torch.get_rng_state(), state)
    (first, curve), (second, again) = runs
    assert curve == again
    assert len(curve) == 3
    assert curve[-1] < curve[0]
    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), second.parameters(), strict=True))


def test_only_the_last_answer_counts_in_the_adding_problem():
    tests = experiments._at_the_end(*adding_problem(5, 4, generator=torch.Generator().manual_seed(0)))
    model = experiments.Readout(rnn.RNNCell(2, 3))
    x, y, mask = tests
    assert mask.sum(1).tolist() == [1] * 5
    expected = (model(x)[:, -1] - y[:, -1]).square().mean().item()
    assert experiments.squared_error(model, tests) == pytest.approx(expected)


def test_an_exact_delay_is_nearer_to_the_true_one_than_to_any_other():
    class Off(nn.Module):
        """Answers the true delay plus so many steps."""

        def __init__(self, steps):
            super().__init__()
            self.steps = steps

        def forward(self, x):
            spikes = x.squeeze(-1).bool()
            answers = torch.zeros(spikes.shape)
            for b, row in enumerate(spikes):
                at = row.nonzero().flatten()
                answers[b, at[1:]] = (at.diff() + self.steps - 3).float() / 5
            return answers

    share = partial(experiments.exact_share, seed=0, T=30, shortest=3, longest=8, B=20)
    assert share(Off(0)) == share(Off(0.4)) == share(Off(-0.4)) == 1
    assert share(Off(0.6)) == share(Off(1)) == 0


@pytest.mark.parametrize("name", ["adding_problem", "gradient_flow", "forget_bias", "timing", "question_unit"])
def test_experiments_run_small(name):
    small = {
        "adding_problem": {"steps": {6: 20}, "every": 10},
        "gradient_flow": {"T": 5, "trained_T": 6, "steps": 50},
        "forget_bias": {"adding": {"T": 6, "steps": 50}, "recall": {"T": (4,), "steps": 50}},
        "timing": {"T": 12, "shortest": 2, "longest": 5, "steps": 3},
        "question_unit": {"H": 4, "epochs": 0},
    }[name]
    figures = getattr(experiments, name)(seed=0, **small)
    if name == "adding_problem":
        assert figures[6].keys() == {"RNN", "LSTM", "GRU"}
        assert len(figures[6]["LSTM"]["curve"]) == 2
    elif name == "gradient_flow":
        assert all(values[0] == pytest.approx(1) for kind in figures.values() for values in kind.values())
        assert len(figures["new"]["GRU"]) == 5
        assert len(figures["trained"]["GRU"]) == 6
    elif name == "forget_bias":
        assert figures.keys() == {"recall 4", "adding"}
        assert figures["adding"].keys() == {0, 1, 3}
    elif name == "question_unit":
        assert len(figures["without"]) == 4
        assert 0 <= figures["right"] <= 1
    else:
        assert [each["parameters"] for each in figures.values()] == [43, 49, 76, 85]


def test_the_unit_that_carries_the_question_is_found_and_its_loss_measured():
    """A model by hand: unit 1 of three goes up at "did" and decides the mark; the others are constant."""
    vocab = Vocab(["did", "go", "?", "."])
    model = LanguageModel(Embedding(len(vocab), 1), lstm.LSTMCell(1, 3))
    with torch.no_grad():
        model.embedding.weight.zero_()
        model.embedding.weight[vocab["did"]] = 1
        model.embedding.weight[vocab["go"]] = -1
        for p in model.cell.parameters():
            p.zero_()
        model.cell.weight_ih[2 * 3 + 1] = 5  # the candidate of unit 1 is the sign of the word
        model.cell.bias_ih[:3] = model.cell.bias_ih[3:6] = model.cell.bias_ih[9:] = 9  # all gates open
        model.output.weight.zero_()
        model.output.bias.zero_()
        model.output.weight[vocab["?"], 1] = 1
    asked, told = [["did", "?"]] * 3, [["go", "."]] * 3
    found = experiments.who_carries(model, vocab, asked, told)
    assert found["unit"] == 1
    assert found["apart"] == 1
    assert found["right"] == 1
    assert found["without"] == pytest.approx([1, 0.5, 1])


# --- the stored runs ----------------------------------------------------------------------------------------


def test_seeds_of_stored_runs_are_not_those_of_the_lesson():
    for name in ("adding_problem", "gradient_flow", "forget_bias", "timing", "question_unit"):
        run = stored(f"03.{name}")
        assert min(run.seeds) >= 10
        assert len(run.seeds) >= 3


def test_adding_problem_says_the_prose():
    run = stored("03.adding_problem")
    learned = {name: int((run.array(100, name, "mse") < 0.02).sum()) for name in ("RNN", "LSTM", "GRU")}
    assert learned == {"RNN": 0, "LSTM": 4, "GRU": 5}
    assert "with one seed of five the LSTM had not yet begun to" in TEXT
    late = run.array(100, "LSTM", "curve")[run.array(100, "LSTM", "mse") > 0.02]
    assert late.shape[0] == 1
    assert late.min() > 0.15
    for T in (50, 100):
        assert 1 / 6 - 0.03 < run.array(T, "RNN", "mse").mean() < 1 / 6 + 0.05


def test_gradient_flow_says_the_prose():
    run = stored("03.gradient_flow")
    new = {name: run.array("new", name)[:, 50] for name in experiments.STARTS}
    assert max(new[name].max() for name in ("RNN", "GRU", "LSTM, forget bias 0")) < 1e-8
    assert new["LSTM, forget bias 3"].min() > 0.01
    trained = {name: 10 ** np.log10(run.array("trained", name)).mean(0)[40] for name in experiments.CELLS}
    assert min(trained["LSTM"], trained["GRU"]) > 1000 * trained["RNN"]


def test_forget_bias_says_the_prose():
    run = stored("03.forget_bias")
    learned = [int((run.array("recall 20", bias)[:, -1] < 0.02).sum()) for bias in (0, 1, 3)]
    assert learned == [0, 2, 10]
    assert "0 was enough for no seed, 1 for two of ten" in TEXT
    assert int((run.array("recall 10", 0)[:, -1] < 0.02).sum()) == 5
    assert run.settings["recall"]["steps"] == 400
    assert "with 400 steps of training, twice as many as on the left, five of the run's ten seeds learn it" in TEXT


def test_timing_says_the_prose():
    run = stored("03.timing")
    exact = {name: run.array(name, "exact") for name in experiments.TIMERS}
    lead = t_interval(exact["peephole LSTM, H = 2"] - exact["LSTM, H = 2"])
    assert lead.low < 0 < lead.high
    assert "The peepholes did *not* win here" in TEXT
    assert exact["LSTM, H = 3"].mean() > 0.95
    assert max(exact[name].mean() for name in exact if name != "LSTM, H = 3") < 0.95


def test_question_unit_says_the_prose():
    run = stored("03.question_unit")
    assert run.settings["H"] == 24
    assert "one of its 24 units" in TEXT
    for found in run.figures:
        lost = found["right"] - np.array(found["without"])
        assert found["apart"] > 0.9
        assert lost.argmax() == found["unit"]
        assert lost[found["unit"]] > 0.05
        assert np.median(np.delete(lost, found["unit"])) < 0.02


def test_stored_weights_give_the_stored_figures():
    run = stored("03.timing")
    settings = {key: run.settings[key] for key in ("T", "shortest", "longest")}
    for name, (make, H) in experiments.TIMERS.items():
        model = experiments.Readout(make(1, H))
        model.load_state_dict({k: torch.tensor(v) for k, v in run.figures[0][name]["weights"].items()})
        share = experiments.exact_share(model, run.seeds[0], **settings)
        assert math.isclose(share, run.figures[0][name]["exact"], abs_tol=0.01)
