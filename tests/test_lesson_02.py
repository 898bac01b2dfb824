"""Lesson 02: its experiments, and the figures that its text tells."""

import inspect
import math
from collections import Counter

import numpy as np
import pytest
import torch

from course_lib import metrics, rnn
from course_lib.batches import padded_batches
from course_lib.exercises.exercise import lesson_exercises
from course_lib.experiments import lesson_02 as experiments
from course_lib.experiments import stored
from course_lib.gradients import clip_gradients, state_gradient_norms
from course_lib.language_model import unigram_nll
from course_lib.text import EOS, SOS
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


def test_what_the_text_says_of_the_stored_language_models():
    run = stored("02.language_model")
    assert len(run.seeds) == 5
    assert run.settings["epochs"] == 6
    assert "five seeds, six epochs" in TEXT
    english = run.array("en", "perplexity")[:, -1]
    english_interval = metrics.t_interval(english)
    grams = [run.array("en", f"{n}-gram")[0] for n in range(1, 6)]
    assert f"{grams[0]:.0f}" == "178"
    assert f"{grams[1]:.1f}" == "12.6"
    assert "from 178 to 12.6" in TEXT
    assert 1 - english.mean() / min(grams) == pytest.approx(1 / 8, abs=0.02)
    assert "an eighth in English" in TEXT
    for language in ("en", "ko"):
        reached = metrics.t_interval(run.array(language, "perplexity")[:, -1])
        assert reached.high < min(run.array(language, f"{n}-gram")[0] for n in range(1, 6))
        assert 1 < run.array(language, "before", "norm").min() < run.array(language, "before", "norm").max() < 1.2
        assert run.array(language, "after", "norm").min() > 4  # "grows past 4 in training"
        per_step = run.array(language, "before", "factor")
        assert per_step.mean() == pytest.approx(0.5, abs=0.01)
        assert (run.array(language, "after", "factor") > per_step + 0.15).all()
    assert f"[{english_interval.low:.1f}, {english_interval.high:.1f}]" == "[6.6, 7.0]"
    assert "[6.6, 7.0] says" in TEXT


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


def test_what_one_step_back_leaves_in_the_recall_task():
    def per_step(scale):
        cell = rnn.RNNCell(4, 64, generator=torch.Generator().manual_seed(0))
        with torch.no_grad():
            cell.weight_hh *= scale
        x, _ = experiments.recall(32, 20, 4, torch.Generator().manual_seed(1))
        return experiments.shrinking(state_gradient_norms(cell, x))

    assert per_step(1.0) == pytest.approx(0.55, abs=0.015)
    assert per_step(2.0) == pytest.approx(1, abs=0.1)
    assert pytest.approx(1e-5, rel=0.3) == 0.55**19
    assert "at 0.55 per step, 19 steps leave about a hundred-thousandth" in " ".join(TEXT.split())


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


# --- the experiments ----------------------------------------------------------------------------------------


def test_recall_asks_for_the_first_symbol():
    x, first = experiments.recall(200, 7, 4, torch.Generator().manual_seed(0))
    assert x.shape == (200, 7, 4)
    assert torch.equal(x.sum(-1), torch.ones(200, 7))
    assert torch.equal(x[:, 0].argmax(-1), first)
    assert set(first.tolist()) == {0, 1, 2, 3}
    with pytest.raises(ValueError, match="C of at least 2, got B=1, T=1, C=1"):
        experiments.recall(1, 1, 1)


def test_recall_is_learned_where_it_is_near_and_not_where_it_is_far():
    near, norms = experiments.train_recall(0, 3, steps=200)
    assert near > 0.95
    assert len(norms) == 200
    assert all(norm > 0 for norm in norms)
    far, _ = experiments.train_recall(0, 30, steps=100)
    assert far < 0.35


def test_recall_runs_on_what_is_handed_in():
    """A loop that forgets the first step can't name it, and the clipping is really called."""
    bounds = []

    def clip(parameters, most):
        bounds.append(most)
        return clip_gradients(parameters, most)

    accuracy, _ = experiments.train_recall(
        0, 3, steps=100, clip=0.5, clip_gradients=clip, unroll=lambda cell, x, h: rnn.masked_unroll(cell, x[:, 1:], h)
    )
    assert accuracy < 0.35
    assert bounds == [0.5] * 100


def test_recall_refuses_a_bound_that_is_not_positive():
    with pytest.raises(ValueError, match="clip must be positive, got 0"):
        experiments.train_recall(0, 3, steps=1, clip=0)


def test_recall_repeats_for_a_seed_whatever_the_global_generator_does():
    torch.manual_seed(1)
    one = experiments.train_recall(3, 4, steps=20)
    torch.manual_seed(2)
    assert experiments.train_recall(3, 4, steps=20) == one
    assert experiments.train_recall(4, 4, steps=20) != one


def test_recall_scales_the_recurrent_weights_at_the_start():
    def doubled(E, H, generator):
        cell = rnn.RNNCell(E, H, generator=generator)
        with torch.no_grad():
            cell.weight_hh *= 2
        return cell

    scaled = experiments.train_recall(0, 5, steps=10, scale=2.0)
    assert scaled == experiments.train_recall(0, 5, steps=10, make_cell=doubled)
    assert scaled != experiments.train_recall(0, 5, steps=10)


def test_memory_gives_one_accuracy_for_each_length_and_start():
    figures = experiments.memory(0, T=(2, 3), scales=(1.0, 2.0), steps=3)
    assert {start: len(found["accuracy"]) for start, found in figures.items()} == {"1.0": 2, "2.0": 2}


A, B_ = 4, 5
TRAIN = [[SOS, A, B_, EOS], [SOS, A, EOS]]


def test_unigrams_by_hand():
    """Of 5 targets a is 2, b is 1, <eos> is 2; each word has 1/6 of one observation more."""
    nll = experiments.ngram_nll(1, TRAIN, [[SOS, A, B_, EOS]], V=6, strength=1.0)
    expected = [-math.log((count + 1 / 6) / 6) for count in (2, 1, 2)]
    assert nll.tolist() == pytest.approx(expected)


def test_bigrams_by_hand():
    """After <sos> a always came; after a came b once and <eos> once."""
    nll = experiments.ngram_nll(2, TRAIN, [[SOS, A, B_, EOS]], V=6, strength=1.0)
    p_1 = {word: (count + 1 / 6) / 6 for word, count in ((A, 2), (B_, 1), (EOS, 2))}
    expected = [(2 + p_1[A]) / 3, (1 + p_1[B_]) / 3, (1 + p_1[EOS]) / 2]
    assert nll.exp().reciprocal().tolist() == pytest.approx(expected)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_ngram_probabilities_sum_to_one(n):
    V = 6
    for before in ([], [A], [A, B_], [B_, B_, A]):
        p = [experiments.ngram_nll(n, TRAIN, [[SOS, *before, word]], V, 0.7)[-1].neg().exp() for word in range(V)]
        assert sum(p) == pytest.approx(1)


def test_a_longer_context_tells_more():
    """a b and c d alternate: the word before does not say what comes, the two before do."""
    train = [[SOS, 4, 6, 5, EOS], [SOS, 7, 6, 8, EOS]] * 20
    reached = [metrics.perplexity([experiments.ngram_nll(n, train, train, 9, 0.1)]) for n in (1, 2, 3)]
    assert reached[0] > reached[1] > reached[2]
    assert reached[2] < 1.3
    with pytest.raises(ValueError, match="got n=0 and strength=1"):
        experiments.ngram_nll(0, train, train, 9, 1)
    with pytest.raises(ValueError, match="a positive strength, got n=1 and strength=0"):
        experiments.ngram_nll(1, train, train, 9, 0)


def test_unigrams_agree_with_the_librarys():
    """`unigram_nll` adds one to each count of a word that can be a target, this one 1 / V: on much text they meet."""
    train = [[SOS, *np.random.default_rng(i).integers(4, 9, 30).tolist(), EOS] for i in range(200)]
    counts = Counter(word for row in train for word in row[1:])
    ids = torch.tensor(train)[:, 1:]
    library = metrics.perplexity([unigram_nll([counts[i] for i in range(9)], ids)])
    assert metrics.perplexity([experiments.ngram_nll(1, train, train, 9, 1.0)]) == pytest.approx(library, rel=1e-3)


def test_shrinking_finds_the_factor_of_a_power():
    norms = torch.tensor([[0.8**3, 0.8**2, 0.8, 1.0], [5 * 0.8**3, 5 * 0.8**2, 5 * 0.8, 5.0]])
    assert experiments.shrinking(norms) == pytest.approx(0.8)


def test_batches_hold_every_row_once_and_keep_their_order_without_a_generator():
    rows = [[2, *[4] * (i % 5), 3] for i in range(23)]
    for generator in (None, torch.Generator().manual_seed(0)):
        made = padded_batches(rows, 4, generator)
        assert sum(len(ids) for ids in made) == 23
        assert sum(int((ids != 0).sum()) for ids in made) == sum(map(len, rows))
    assert all(map(torch.equal, padded_batches(rows, 4), padded_batches(rows, 4)))


def test_a_language_model_of_one_epoch_has_the_form_of_the_stored_one():
    figures = experiments.language_model(0, languages=("ko",), epochs=1, E=8, H=8, T=5)["ko"]
    assert len(figures["perplexity"]) == 1
    assert figures["perplexity"][0] < figures["1-gram"]
    assert figures["5-gram"] < figures["2-gram"] < figures["1-gram"]
    for moment in ("before", "after"):
        assert set(figures[moment]) == {"norm", "radius", "factor", "gradient"}
        assert len(figures[moment]["gradient"]) == 5
        assert figures[moment]["gradient"][-1] == pytest.approx(1)
