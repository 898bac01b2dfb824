"""Lesson 04: what its prose says is what its stored runs and its own small sums give."""

import math
from functools import partial

import numpy as np
import pytest
import torch

from course_lib import decoding, metrics, seq2seq
from course_lib.batches import encode_pairs, pair_batches
from course_lib.exercises import lesson_04 as exercises
from course_lib.experiments import lesson_04 as experiments
from course_lib.experiments import stored, translation
from course_lib.experiments.core import find
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell
from course_lib.metrics import t_interval
from course_lib.text import EOS, PAD, SOS, UNK
from tests.lessons import prose

TEXT = prose("04")
RUNS = ("bottleneck", "reversing", "perplexity", "parts")
SMALL = {"E": 4, "H": 6, "updates": 2, "lr": 0.01, "batch_size": 8}


@pytest.fixture
def few_pairs(monkeypatch):
    """A corpus of few pairs of every split, so that an experiment runs in a second."""
    data = translation.corpus()
    pairs = {name: data.pairs[name][:24] for name in data.pairs}
    few = translation.Corpus(pairs, data.source, data.target)
    monkeypatch.setattr(translation, "corpus", lambda: few)
    return few


def test_what_the_next_lesson_brings_is_not_told_before_the_end():
    before, after = TEXT.split("**What this lesson can't do.**")
    assert "attention" not in before.lower()
    assert "어텐션" not in before
    assert "attention" in after.lower()


def test_the_examples_of_the_text():
    assert exercises.ngram_matches(["the", "the", "the", "the"], ["the", "cat", "sat"], 1) == (1, 4)
    data = translation.corpus().pairs
    lengths = {name: [len(pair.source) for pair in data[name]] for name in data}
    assert max(lengths["train"]) == 24
    assert (min(lengths["test"]), max(lengths["long"])) == (3, 36)
    assert min(lengths["long"]) == 25
    assert len(data["train"]) == 20_000


# --- references and library agree ---------------------------------------------------------------------------


def small_model(seed=0, name="LSTM"):
    torch.manual_seed(seed)
    return translation.recurrent_model(name, E=4, H=6).double()


def a_batch(n=6):
    data = translation.corpus()
    pairs = encode_pairs(data.pairs["validation"][:n], data.source, data.target)
    return next(pair_batches(pairs, n, shuffle=False))


def test_contexts_are_those_of_the_library():
    encoded = small_model().encoder(a_batch()[0])
    last, mean = exercises.contexts(encoded.outputs, encoded.mask)
    torch.testing.assert_close(last, seq2seq.last_context(encoded)[0])
    torch.testing.assert_close(mean, seq2seq.mean_context(encoded))


@pytest.mark.parametrize("name", ["LSTM", "GRU"])
def test_the_decoder_step_and_the_likelihood_are_those_of_the_library(name):
    model = small_model(name=name)
    source, target = a_batch()
    parts = model.decoder.embedding, model.decoder.cell, model.decoder.output
    state, logits = model.encoder(source).state, []
    for tokens in target[:, :-1].T:
        step, state = exercises.decoder_step(tokens, state, *parts)
        logits.append(step)
    logits = torch.stack(logits, dim=1)
    real = target[:, :-1] != PAD
    torch.testing.assert_close(logits[real], model(source, target[:, :-1])[real])
    torch.testing.assert_close(exercises.log_likelihood(logits, target), seq2seq.log_likelihood(model, source, target))


@pytest.mark.parametrize("seed", range(3))
def test_greedy_is_that_of_the_library(seed):
    model = small_model(seed)
    with torch.no_grad():
        model.decoder.output.weight *= 8
        model.decoder.output.bias[[PAD, UNK, SOS]] = -1e4
        model.decoder.output.bias[EOS] = 2
    state = model.start(a_batch()[0])
    ids = decoding.greedy(model.step, state, 12).ids
    assert torch.equal(exercises.greedy(model.step, state, len(ids), 12), ids)


@pytest.mark.parametrize("alpha", [0.0, 0.5, 1.0])
def test_beam_steps_make_the_beam_search_of_the_library(alpha):
    V = 7
    table = 2 * torch.randn(V, V, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    table[:, [PAD, UNK, SOS]] = -math.inf
    table = table.log_softmax(-1)

    def step(tokens, state):
        return table[tokens], state

    hypotheses = [([], 0.0)]
    for _ in range(6):
        if all(words and words[-1] == EOS for words, _ in hypotheses):
            break
        rows = torch.stack([table[words[-1] if words else SOS] for words, _ in hypotheses])
        hypotheses = exercises.beam_step(hypotheses, rows, 3, alpha)
    found = decoding.beam_search(step, torch.zeros(1, 1), 3, 6, alpha=alpha)
    theirs = {tuple(row[row != PAD].tolist()): p for row, p in zip(found.ids[0], found.log_p[0].tolist(), strict=True)}
    assert {tuple(words) for words, _ in hypotheses} == set(theirs)
    for words, log_p in hypotheses:
        assert log_p == pytest.approx(theirs[tuple(words)], abs=1e-5)


def test_the_schedule_is_that_of_the_library():
    for i, k in [(0, 1), (300, 90), (10**6, 90)]:
        assert exercises.inverse_sigmoid(i, k) == pytest.approx(seq2seq.inverse_sigmoid_schedule(i, k))


# --- the experiments ----------------------------------------------------------------------------------------


def test_a_model_is_trained_the_same_way_twice_and_leaves_the_random_state_alone(few_pairs):
    state = torch.get_rng_state()
    make = partial(translation.recurrent_model, "LSTM", E=4, H=6)
    first, second = (
        experiments.train_translator(make, 3, few_pairs.pairs["train"], updates=3, batch_size=8) for _ in range(2)
    )
    assert torch.equal(torch.get_rng_state(), state)
    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), second.parameters(), strict=True))
    other = experiments.train_translator(make, 4, few_pairs.pairs["train"], updates=3, batch_size=8)
    assert not torch.equal(first.decoder.output.weight, other.decoder.output.weight)


def test_short_pairs_are_all_that_are_short():
    every = translation.corpus().pairs["test"]
    assert experiments.short_pairs("test") == [pair for pair in every if len(pair.source) <= 10]
    assert max(len(pair.source) for pair in experiments.short_pairs("test", longest=7)) == 7


def test_bottleneck_runs_small(few_pairs):
    figures = experiments.bottleneck(0, **SMALL, beams=(1, 2), alphas=(0.0, 1.0))
    assert {"test", "long"} < figures["bleu"].keys()
    assert figures["teacher-forced"].keys() == figures["free-running"].keys() == figures["bleu"].keys()
    greedy = figures["beam"][0.0][1]
    assert greedy["bleu"] == pytest.approx(figures["bleu"]["test"]), "a beam of 1 is greedy"
    assert figures["beam"][0.0][2]["log_p"] >= greedy["log_p"] - 1e-4


def test_reversing_turns_the_source_in_training_and_in_use(few_pairs, monkeypatch):
    trained, used = [], []
    monkeypatch.setattr(translation, "train", lambda *a, reverse_source, **o: trained.append(reverse_source))
    monkeypatch.setattr(translation, "bleu", lambda *a, reverse_source: used.append(reverse_source) or 1.0)
    figures = experiments.reversing(0, **SMALL)
    assert list(figures) == ["as it stands", "reversed"]
    assert trained == used == [False, True]


def test_perplexity_runs_small_and_its_schedules_are_followed(few_pairs, monkeypatch):
    ratios = []
    nll = seq2seq.scheduled_nll

    def watched(model, source, target, ratio, generator=None):
        ratios.append(ratio)
        return nll(model, source, target, ratio, generator)

    monkeypatch.setattr(seq2seq, "scheduled_nll", watched)
    schedules = {"linear": {"slope": 0.25}, "exponential": {"k": 0.5}, "inverse sigmoid": {"k": 1}}
    figures = experiments.perplexity(0, **SMALL, longest=10, schedules=schedules)
    assert list(figures) == ["teacher forcing", *schedules]
    assert all(each.keys() == {"teacher-forced", "free-running", "bleu"} for each in figures.values())
    in_training = [ratio for ratio in ratios if ratio > 0]  # 0 is the free-running perplexity
    assert in_training == pytest.approx([1, 0.75, 1, 0.5, 1 / 2, 1 / (1 + math.e)])


def test_parts_run_small(few_pairs):
    figures = experiments.parts(0, **SMALL, longest=10)
    assert figures.keys() == experiments.PARTS.keys()
    assert figures["GRU"]["parameters"] < figures["LSTM"]["parameters"] < figures["peephole LSTM"]["parameters"]


def test_parts_are_what_their_names_say():
    made = {name: make(E=4, H=6) for name, make in experiments.PARTS.items()}
    assert type(made["GRU"].decoder.cell) is GRUCell
    assert type(made["LSTM"].decoder.cell) is LSTMCell
    assert made["LSTM"].decoder.bridge is None
    both = made["LSTM, both directions"]
    assert both.encoder.recurrent.bidirectional
    assert both.decoder.bridge.h.in_features == 6
    assert both.decoder.context is made["LSTM, context at every step"].decoder.context is seq2seq.last_context
    assert made["LSTM, mean of all states"].decoder.context is seq2seq.mean_context
    assert made["LSTM, context at every step"].decoder.feed


@pytest.mark.parametrize("run", [experiments.parts, partial(experiments.perplexity, schedules={})])
def test_short_sentences_are_trained_on_and_other_ones_measured(few_pairs, monkeypatch, run):
    trained, measured = [], []
    monkeypatch.setattr(translation, "train", lambda model, pairs, *a, **o: trained.append(pairs))
    monkeypatch.setattr(translation, "bleu", lambda model, pairs, **o: measured.append(pairs) or 1.0)
    monkeypatch.setattr(translation, "perplexities", lambda model, pairs, **o: measured.append(pairs) or {})
    run(0, **SMALL, longest=10)
    assert all(pairs == experiments.short_pairs("train") for pairs in trained)
    assert all(pairs == experiments.short_pairs("test") for pairs in measured)
    assert trained
    assert measured


def test_search_figures_of_a_model_that_is_right():
    """One that gives each word of the references p = 0.9 has BLEU 100, their length, and that likelihood."""
    data = translation.corpus()
    first = data.pairs["test"][0]
    pairs = [first, next(pair for pair in data.pairs["test"] if len(pair.source) != len(first.source))]
    ids = {len(p.source): data.target.encode(p.target, eos=True) for p in pairs}

    class Right(torch.nn.Module):
        def start(self, source):
            lengths = (source != PAD).sum(1)
            return torch.zeros_like(lengths), lengths

        def step(self, tokens, state):
            at, which = state
            V = len(data.target)
            logits = torch.zeros(len(tokens), V)
            for row, (t, n) in enumerate(zip(at.tolist(), which.tolist(), strict=True)):
                logits[row, ids[n][min(t, len(ids[n]) - 1)]] = math.log(9 * (V - 1))
            return logits, (at + 1, which)

    figures = experiments.search_figures(Right(), pairs, 2, 1.0, reverse_source=False)
    assert figures["bleu"] == pytest.approx(100)
    assert figures["length"] == 1
    words = sum(map(len, ids.values())) / len(ids)  # <eos> counted
    assert figures["log_p"] == pytest.approx(words * math.log(0.9), abs=1e-4)


# --- the stored runs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RUNS)
def test_stored_runs_are_those_of_the_code_with_fresh_seeds(name):
    run = stored(f"04.{name}")
    registered = find(f"04.{name}")
    assert run.settings == registered.settings
    assert tuple(run.seeds) == registered.seeds
    assert min(run.seeds) >= 10
    assert len(run.seeds) >= 3


def test_bottleneck_says_the_prose():
    run = stored("04.bottleneck")
    shortest, middle, longest = (run.array("bleu", name) for name in ("1-7", "16-23", "long"))
    assert shortest.mean() >= 90
    assert (shortest - longest).mean() >= 40
    assert "BLEU falls by more than 40 points" in TEXT
    assert round((run.array("bleu", "8-15") - middle).mean()) == 16
    assert "16 points of it lie between 8–15 and 16–23 morphemes" in TEXT
    assert f"H = {run.settings['H']}" in TEXT


def test_reversing_says_the_prose():
    run = stored("04.reversing")
    gains = run.array("reversed") - run.array("as it stands")
    assert len(gains) == 6
    assert (gains > 0).all()
    assert "with each of the six seeds" in TEXT
    assert t_interval(gains).low > 0
    assert round(gains.mean()) == 10
    assert run.settings["updates"] == 600
    assert "was worth 10 points of BLEU after 600 updates" in TEXT


def test_scheduled_sampling_says_the_prose():
    run = stored("04.perplexity")
    schedules = list(run.settings["schedules"])
    assert (run.settings["updates"], len(schedules), len(run.seeds)) == (700, 3, 3)
    assert "trains four models, 700 updates each" in TEXT
    forced, free = (
        [run.array(name, kind) / run.array("teacher forcing", kind) for name in schedules]
        for kind in ("teacher-forced", "free-running")
    )
    assert (round(np.min(free), 2), round(np.max(free), 2)) == (0.21, 0.33)
    assert "to between 0.21 and 0.33 of what it was" in TEXT
    assert (round(np.min(forced), 2), round(np.max(forced), 2)) == (1.09, 1.43)
    assert "one rises, by 9 to 43 %" in TEXT
    gains = [t_interval(run.array(name, "bleu") - run.array("teacher forcing", "bleu")) for name in schedules]
    assert all(gain.low < 0 < gain.high for gain in gains)
    assert (round(min(gain.low for gain in gains)), round(max(gain.high for gain in gains))) == (-12, 6)
    assert "reach from 12 points less to 6 points more" in TEXT


def test_beams_say_the_prose():
    run = stored("04.bottleneck")

    def gain(beam):
        return (run.array("beam", 1.0, beam, "bleu") - run.array("beam", 1.0, 1, "bleu")).mean()

    assert (round(gain(2), 1), round(gain(5), 1)) == (2.6, 3.1)
    assert gain(10) <= gain(5)
    plain = [run.array("beam", 0.0, beam, "bleu").mean() for beam in (1, 2, 5)]
    assert plain[0] < plain[1] < plain[2]
    assert "Up to a width of 5 our BLEU rose" in TEXT
    assert "are worth 2.6 points with alpha = 1, five are worth 3.1, and ten no more than five" in TEXT
    lengths = {alpha: run.array("beam", alpha, 10, "length").mean() for alpha in run.settings["alphas"]}
    assert round(100 * (1 - lengths[0.0])) == 1
    assert lengths[1.0] == pytest.approx(1, abs=0.002)


def test_parts_say_the_prose():
    run = stored("04.parts")
    assert run.settings["updates"] == 400
    assert "best after 400 updates" in TEXT
    bridged = [name for name, make in experiments.PARTS.items() if make(E=4, H=6).decoder.bridge is not None]
    assert bridged == list(run.figures[0])[-3:]
    assert "the last three have one" in TEXT


def test_the_quiz_on_swapped_arguments():
    hypotheses = [["i", "drink", "green", "tea", "every", "day"], ["he", "runs", "in", "the", "park"]]
    references = [["i", "drink", "green", "tea"], ["he", "runs", "in", "the", "old", "park"]]
    right = metrics.bleu_by_hand(hypotheses=hypotheses, references=references)
    swapped = metrics.bleu_by_hand(hypotheses=references, references=hypotheses)
    matches = [
        [
            sum(metrics.clipped_matches(a, b, n) for a, b in zip(one, other, strict=True))
            for one, other in ((hypotheses, references), (references, hypotheses))
        ]
        for n in range(1, 5)
    ]
    assert all(a == b for a, b in matches), "the matches are the same"
    assert right.brevity_penalty == 1 > swapped.brevity_penalty
    assert right.score != swapped.score


def test_log_p_of_wider_beams_and_their_lengths():
    run = stored("04.bottleneck")
    beams = run.settings["beams"]
    log_p = np.array([run.array("beam", 0.0, beam, "log_p") for beam in beams])  # (beams, seeds)
    assert (np.diff(log_p, axis=0) > 0).all()
    for beam in beams:
        assert (run.array("beam", 1.0, beam, "length") >= run.array("beam", 0.0, beam, "length")).all()
