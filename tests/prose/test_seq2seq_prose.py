"""Lesson 04: what its prose says is what its stored runs and its own small sums give."""

import math

import numpy as np
import pytest

from course_lib import metrics
from course_lib.experiments import stored
from course_lib.experiments.corpus import corpus
from course_lib.experiments.parts import PARTS
from course_lib.experiments.registry import find
from course_lib.statistics import t_interval
from tests.lessons import prose

TEXT = prose("04")
RUNS = ("bottleneck", "reversing", "perplexity", "teacher_forcing", "parts")


def test_what_the_next_lesson_brings_is_not_told_before_the_end():
    before, after = TEXT.split("**What this lesson can't do.**")
    assert "attention" not in before.lower()
    assert "어텐션" not in before
    assert "attention" in after.lower()


def test_the_examples_of_the_text():
    assert metrics.ngram_matches(["the", "the", "the", "the"], ["the", "cat", "sat"], 1) == (1, 4)
    data = corpus().pairs
    lengths = {name: [len(pair.source) for pair in data[name]] for name in data}
    assert max(lengths["train"]) == 24
    assert (min(lengths["test"]), max(lengths["long"])) == (5, 33)
    assert min(lengths["long"]) == 25
    assert '"25–33"' in TEXT
    assert len(data["train"]) == 20_000


def test_the_probability_of_a_sentence_is_a_product():
    assert "0.5 · 0.8 · 0.5 · 0.9 = 0.18" in TEXT
    assert math.prod([0.5, 0.8, 0.5, 0.9]) == pytest.approx(0.18)


def test_means_per_sentence_and_per_word():
    assert "of 2 and of 8 words, with log p = -4 and -6" in TEXT
    words, log_p = [2, 8], [-4, -6]
    assert sum(log_p) / len(log_p) == -5
    assert sum(log_p) / sum(words) == -1
    assert "-10 / 2 = -5, the mean per word -10 / 10 = -1" in TEXT


def test_the_example_of_bleu():
    hypothesis, reference = ["the", "cat", "sat", "on", "mat"], ["the", "cat", "sat", "on", "the", "mat"]
    counts = [metrics.ngram_matches(hypothesis, reference, n) for n in range(1, 5)]
    assert counts == [(5, 5), (3, 4), (2, 3), (1, 2)]
    assert "n-grams of the hypothesis | 5 | 4 | 3 | 2 |" in TEXT
    assert "of these in the reference | 5 | 3 | 2 | 1 |" in TEXT
    assert math.prod(matches / total for matches, total in counts) == pytest.approx(1 / 4)
    assert "0.707" in TEXT
    assert round(0.25**0.25, 3) == 0.707
    assert "$e^{1 - 6/5} = 0.819$" in TEXT
    assert round(math.exp(1 - 6 / 5), 3) == 0.819
    assert "100 · 0.819 · 0.707 = 57.9" in TEXT
    assert round(metrics.bleu([hypothesis], [reference]), 1) == 57.9


def test_the_steps_from_reading_to_saying():
    source, target = ["나", "는", "차", "를", "마시", "어", "."], ["i", "drink", "tea", "."]
    links = [("나", "i"), ("마시", "drink"), ("차", "tea"), (".", ".")]
    for row, read in (("source as it stands", source), ("source reversed", source[::-1])):
        steps = [len(source) - 1 - read.index(x) + target.index(y) + 1 for x, y in links]
        assert sum(steps) / len(steps) == 5.5
        assert f"| {row} | {' | '.join(map(str, steps))} | 5.5 |" in TEXT


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
    assert shortest.mean() >= 70
    assert round((shortest - longest).mean()) == 24
    assert "BLEU falls by about 24 points" in TEXT
    assert round((shortest - middle).mean()) == 13
    assert "13 points of it lie between 1–7 and 16–23 morphemes" in TEXT
    assert f"H = {run.settings['H']}" in TEXT


def test_what_people_wrote_says_the_prose():
    run, data = stored("04.bottleneck"), corpus()
    on = {split: run.array("bleu", split).mean() for split in ("test", "human")}
    assert "63 on `test`, 2 on sentences that people wrote" in TEXT
    assert (round(on["test"]), round(on["human"])) == (63, 2)
    human = data.pairs["human"]
    unknown = [any(token not in data.source for token in pair.source) for pair in human]
    assert "In nine of ten sentences a word is unknown" in TEXT
    assert np.mean(unknown) == pytest.approx(0.9, abs=0.02)
    lengths = {split: np.mean([len(pair.source) for pair in data.pairs[split]]) for split in ("test", "human")}
    assert lengths["human"] - lengths["test"] < 2, "as long as those of test"


def test_reversing_says_the_prose():
    run = stored("04.reversing")
    gains = run.array("reversed") - run.array("as it stands")
    assert len(gains) == 6
    assert (gains > 0).all()
    assert "with each of the six seeds" in TEXT
    assert t_interval(gains).low > 0
    assert round(gains.mean()) == 6
    assert run.settings["updates"] == 600
    assert "was worth 6 points of BLEU after 600 updates" in TEXT


def test_scheduled_sampling_says_the_prose():
    run = stored("04.perplexity")
    schedules = list(run.settings["schedules"])
    assert (run.settings["updates"], len(schedules), len(run.seeds)) == (700, 3, 3)
    assert "trains four models, 700 updates each" in TEXT
    forced, free = (
        [run.array(name, kind) / run.array("teacher forcing", kind) for name in schedules]
        for kind in ("teacher-forced", "free-running")
    )
    assert (round(np.min(free), 2), round(np.max(free), 2)) == (0.07, 0.19)
    assert "to between 0.07 and 0.19 of what it was" in TEXT
    assert (round(np.min(forced), 2), round(np.max(forced), 2)) == (1.17, 1.55)
    assert "one rises, by 17 to 55 %" in TEXT
    gains = [t_interval(run.array(name, "bleu") - run.array("teacher forcing", "bleu")) for name in schedules]
    assert all(gain.low < 0 < gain.high for gain in gains), "no difference can be shown"
    assert round(np.ptp(run.array("teacher forcing", "bleu"))) == 14
    assert "with pure teacher forcing alone the three seeds differ by 14 points" in TEXT


def test_teacher_forcing_says_the_prose():
    run = stored("04.teacher_forcing")
    assert (run.settings["longest"], run.settings["updates"], len(run.seeds)) == (6, 300, 5)
    assert "on sentences of up to 6 morphemes, 300 updates each, with five seeds" in TEXT
    told, never = (
        {kind: run.array(ratio, kind) for kind in ("bleu", "free-running", "seconds")} for ratio in (1.0, 0.0)
    )
    assert (told["bleu"] > never["bleu"]).all(), "with every seed"
    assert (round(told["bleu"].mean()), round(never["bleu"].mean())) == (14, 6)
    assert "14 points of BLEU against 6" in TEXT
    assert (round(never["free-running"].mean()), round(told["free-running"].mean())) == (21, 92)
    assert "lower free-running perplexity all the same, 21 against 92" in TEXT
    assert round((never["seconds"] / told["seconds"]).mean(), 1) == 1.5
    assert "never telling takes 1.5 times as long" in TEXT


def test_beams_say_the_prose():
    run = stored("04.bottleneck")

    def gain(beam):
        return (run.array("beam", 1.0, beam, "bleu") - run.array("beam", 1.0, 1, "bleu")).mean()

    assert (round(gain(2), 1), round(gain(5), 1)) == (2.6, 4.0)
    assert 0 < gain(10) - gain(5) < 0.3, "little more than five"
    plain = [run.array("beam", 0.0, beam, "bleu").mean() for beam in (1, 2, 5, 10)]
    assert plain == sorted(plain)
    assert "Up to a width of 10 our BLEU did not fall" in TEXT
    assert "are worth 2.6 points with alpha = 1, five are worth 4.0, and ten little more than five" in TEXT
    lengths = {alpha: run.array("beam", alpha, 10, "length").mean() for alpha in run.settings["alphas"]}
    assert round(100 * (1 - lengths[0.0])) == 2
    assert "the wider beams lose two words in a hundred" in TEXT
    assert lengths[1.0] == pytest.approx(1, abs=0.01)


def test_parts_say_the_prose():
    run = stored("04.parts")
    assert run.settings["updates"] == 400
    assert "best after 400 updates" in TEXT
    first, second, third = run.array("LSTM", "bleu")
    assert f"the LSTM itself has {first:.0f}, {second:.0f} and {third:.0f} with its three seeds" in TEXT
    lstm = run.array("LSTM", "bleu")
    leads = [t_interval(run.array(name, "bleu") - lstm) for name in run.figures[0] if name != "LSTM"]
    assert "No interval of a difference to the LSTM excludes 0" in TEXT
    assert all(lead.low < 0 < lead.high for lead in leads)
    sizes = {name: run.array(name, "parameters")[0] for name in ("GRU", "LSTM")}
    assert sizes["GRU"] < sizes["LSTM"], "with fewer parameters than the LSTM"
    bridged = [name for name, make in PARTS.items() if make(E=4, H=6).decoder.bridge is not None]
    assert bridged == list(run.figures[0])[-3:]
    assert "the last three have a bridge" in TEXT


def test_the_quiz_on_swapped_arguments():
    hypotheses = [["i", "drink", "green", "tea", "every", "day"], ["he", "runs", "in", "the", "park"]]
    references = [["i", "drink", "green", "tea"], ["he", "runs", "in", "the", "old", "park"]]
    matches = [
        [
            sum(metrics.ngram_matches(a, b, n)[0] for a, b in zip(one, other, strict=True))
            for one, other in ((hypotheses, references), (references, hypotheses))
        ]
        for n in range(1, 5)
    ]
    assert all(a == b > 0 for a, b in matches), "the matches are the same"
    assert sum(map(len, hypotheses)) > sum(map(len, references)), "so that the penalty falls on the swapped ones alone"
    assert metrics.bleu(hypotheses, references) != metrics.bleu(references, hypotheses)


def test_log_p_of_wider_beams_and_their_lengths():
    run = stored("04.bottleneck")
    beams = run.settings["beams"]
    log_p = np.array([run.array("beam", 0.0, beam, "log_p") for beam in beams])  # (beams, seeds)
    assert (np.diff(log_p, axis=0) > 0).all()
    for beam in beams:
        assert (run.array("beam", 1.0, beam, "length") >= run.array("beam", 0.0, beam, "length")).all()
