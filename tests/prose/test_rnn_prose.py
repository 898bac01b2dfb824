"""Lesson 02: the figures that its text tells."""

import inspect
import re

import pytest
import torch

from course_lib import rnn
from course_lib.exercises.exercise import lesson_exercises
from course_lib.experiments import stored
from course_lib.experiments.language_model import decay_per_step
from course_lib.experiments.recall import recall_task, train_recall
from course_lib.gradients import state_gradient_norms
from course_lib.language_model import next_word_loss
from course_lib.statistics import t_interval
from course_lib.text import PAD
from tests.lessons import prose

TEXT = prose("02")


# --- the text -----------------------------------------------------------------------------------------------


def test_quiz_figures():
    cell = rnn.RNNCell(64, 128)
    assert sum(p.numel() for p in cell.parameters()) == 24_832
    assert cell.weight_ih.numel() + cell.weight_hh.numel() == 24_576
    assert pytest.approx(0.005, abs=0.0005) == 0.9**50
    for figure in ("24,832", "24,576", "0.9<sup>50</sup> = 0.005"):
        assert figure in TEXT


def test_the_quiz_on_the_mean_loss_of_a_batch():
    """Two sentences, of 3 and of 9 targets, with a mean loss of 4 and of 2."""
    ids = torch.full((2, 10), PAD)
    ids[0, :4] = ids[1, :10] = 4
    losses = torch.tensor([4.0, 2.0])

    def model(inputs):
        """Logits of two words with which word 4 has each row's loss."""
        likely = torch.stack([-losses, (1 - (-losses).exp()).log()], dim=-1)  # (B, 2)
        logits = torch.full((*inputs.shape, 6), -torch.inf)
        logits[..., 4:] = likely[:, None]
        return logits, None

    assert next_word_loss(model, ids).item() == pytest.approx(2.5)
    assert losses.mean() == 3
    assert f"{(3 * 4 + 9 * 2) / ids[:, 1:].numel():.2f}" == "1.67"
    assert (ids[:, 1:] == PAD).sum() == 6
    for told in (
        "one of 3 targets and one of 9",
        "is 4 in the first and 2 in the second",
        "(3 · 4 + 9 · 2) / 12",
        "1.67",
    ):
        assert told in TEXT


def test_the_quiz_on_temperature():
    logits = torch.tensor([0.4, 0.2, 0.3, 0.1]).log()

    def ratio(temperature):
        p = (logits / temperature).softmax(-1)
        return (p[0] / p[1]).item()

    assert ratio(1) == pytest.approx(2)
    assert ratio(0.5) == pytest.approx(4)
    assert f"{ratio(2):.1f}" == "1.4"
    assert "has the probability 0.4 and another one 0.2" in TEXT
    assert "<summary>4 times</summary>Yes" in TEXT


def test_the_quiz_on_one_unit():
    before = torch.tensor(torch.atanh(torch.tensor(0.8)).item() / 1.5, requires_grad=True)
    after = torch.tanh(1.5 * before)
    assert after.item() == pytest.approx(0.8)
    (slope,) = torch.autograd.grad(after, before)
    assert slope.item() == pytest.approx(0.54)
    assert pytest.approx(1.2) == 1.5 * 0.8
    assert "the slope is 1 - 0.8² = 0.36, and 1.5 · 0.36 = 0.54" in TEXT


def test_part_b_trains_the_model_of_part_a():
    """In the same way, with the library's loss and cell; so its stored run has twice as many epochs as both."""
    trained = [re.search(r"torch\.manual_seed\(0\).*?clip=1\.0,", prose(part))[0] for part in ("02a", "02b")]
    assert trained[1] in re.sub(r"def validate.*?history = |rnn\.(?=RNNCell)", "", trained[0])
    assert "E, H = 64, 128" in prose("02a")
    assert "E, H = 64, 128" in prose("02b")
    (epochs,) = set(re.findall(r"epochs=(\d+)", TEXT))
    assert stored("02.language_model").settings["epochs"] == 2 * int(epochs)
    assert "trained for twice as many epochs" in TEXT


def test_what_the_quiz_says_of_recall():
    """Its answer is in the stored run: see below; the numbers of units and of steps are those of the task."""
    units = inspect.signature(train_recall).parameters["H"].default
    assert units == 64
    assert "an RNN with 64 units never learns recall at T = 20" in TEXT
    own = stored("02.memory").array("1.0", "accuracy")
    lengths = stored("02.memory").settings["T"]
    assert own[:, lengths.index(20)].max() < 0.35
    assert own[:, lengths.index(5)].min() > 0.9


def test_what_the_text_says_of_the_stored_language_models():
    run = stored("02.language_model")
    assert len(run.seeds) == 5
    assert run.settings["epochs"] == 6
    assert "five seeds, six epochs" in TEXT
    english = run.array("en", "perplexity")[:, -1]
    english_interval = t_interval(english)
    grams = [run.array("en", f"{n}-gram")[0] for n in range(1, 6)]
    assert f"{grams[0]:.0f}" == "230"
    assert f"{grams[1]:.0f}" == "18"
    assert "from 230 to 18." in TEXT
    assert 1 - english.mean() / min(grams) == pytest.approx(1 / 7, abs=0.01)
    assert "a seventh in English" in TEXT
    for language in ("en", "ko"):
        reached = t_interval(run.array(language, "perplexity")[:, -1])
        assert reached.high < min(run.array(language, f"{n}-gram")[0] for n in range(1, 6))
        assert 1 < run.array(language, "before", "norm").min() < run.array(language, "before", "norm").max() < 1.2
        assert run.array(language, "after", "norm").min() > 4
        per_step = run.array(language, "before", "factor")
        assert per_step.mean() == pytest.approx(0.5, abs=0.01)
        assert (run.array(language, "after", "factor") > per_step + 0.15).all()
    assert "a little above 1 at the start and above 4 after training" in TEXT
    assert f"[{english_interval.low:.1f}, {english_interval.high:.1f}]" == "[8.7, 9.1]"
    assert "[8.7, 9.1] says" in TEXT


def test_what_the_text_says_of_the_stored_memory():
    run = stored("02.memory")
    lengths = run.settings["T"]
    assert len(run.seeds) == 5
    assert (run.settings["steps"], max(lengths)) == (600, 200)
    own, doubled = run.array("1.0", "accuracy"), run.array("2.0", "accuracy")
    assert own.shape == doubled.shape == (5, len(lengths))
    at = lengths.index
    assert own[:, : at(10) + 1].min() > 0.9
    assert own[:, at(20) :].max() < 0.35
    assert doubled[:, : at(50) + 1].min() > 0.9
    assert 0.7 < doubled[:, at(200)].mean() < 0.95  # "mostly, for 200"
    assert "keep a symbol for 50 steps and, mostly, for 200" in TEXT
    assert ((own > 0.95) | (own < 0.35)).mean() > 0.95
    assert "nearly every run from torch's own start is either right almost always or guesses" in TEXT
    assert own[:, at(15)].min() < 0.9 < own[:, at(15)].max()
    assert "recall is learned up to ten or fifteen steps" in TEXT


def test_a_typical_direction_is_stretched_as_the_range_of_the_start_says():
    for H in (64, 128, 512):
        cell = rnn.RNNCell(4, H, generator=torch.Generator().manual_seed(0))
        assert cell.weight_hh.norm().item() / H**0.5 == pytest.approx(3**-0.5, abs=0.01)
    assert f"{3**-0.5:.2f}" == "0.58"
    assert f"{0.58 * 0.86:.2f}" == "0.50"
    assert "$1/\\sqrt{3} = 0.58$" in TEXT
    assert "leaves $0.58 \\cdot 0.86 = 0.50$ of the gradient" in TEXT
    assert pytest.approx(1e-9, rel=0.1) == 0.5**30  # "about a billionth"


def test_what_one_step_back_leaves_in_the_recall_task():
    def per_step(scale):
        cell = rnn.RNNCell(4, 64, generator=torch.Generator().manual_seed(0))
        with torch.no_grad():
            cell.weight_hh *= scale
        x, _ = recall_task(32, 20, 4, torch.Generator().manual_seed(1))
        return decay_per_step(state_gradient_norms(cell, x))

    assert per_step(1.0) == pytest.approx(0.55, abs=0.015)
    assert per_step(2.0) == pytest.approx(1, abs=0.1)
    assert pytest.approx(1e-5, rel=0.3) == 0.55**19
    assert "At 0.55 per step, 19 steps leave about a hundred-thousandth" in " ".join(TEXT.split())


def test_the_bug_is_one_where_the_cure_is_none():
    """Also with two directions, of which the text speaks: their states stand first, as layers do."""
    for options in ({"num_layers": 2}, {"bidirectional": True}):
        encoder = torch.nn.RNN(3, 4, batch_first=True, **options)
        batch = torch.randn(3, 5, 3)
        _, last = encoder(batch)
        assert last.shape == (2, 3, 4)
        alone = torch.cat([encoder(batch[i : i + 1])[1].view(1, -1) for i in range(3)])
        assert not torch.allclose(last.view(3, -1), alone, atol=1e-3)
        assert torch.allclose(last.transpose(0, 1).flatten(1), alone, atol=1e-6)


@pytest.mark.parametrize("exercise", lesson_exercises("02"), ids=lambda exercise: exercise.id)
def test_the_solution_that_is_shown_holds_the_answer(exercise):
    """`solution` shows the source of the reference: a call of something in the library would show nothing."""
    known = {"torch", "F", "PAD", "SOS", "EOS", "hidden"} | {each.name for each in lesson_exercises("02")}
    assert set(inspect.getclosurevars(exercise.reference).globals) <= known
