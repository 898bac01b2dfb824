"""Lesson 04: what its prose says is what its stored runs and its own small sums give."""

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
RUNS = ("bottleneck", "reversing", "perplexity", "parts")
SMALL = {"E": 4, "H": 6, "updates": 2, "lr": 0.01, "batch_size": 8}


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
    assert len(data["train"]) == 20_000


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


def test_beams_say_the_prose():
    run = stored("04.bottleneck")

    def gain(beam):
        return (run.array("beam", 1.0, beam, "bleu") - run.array("beam", 1.0, 1, "bleu")).mean()

    assert (round(gain(2), 1), round(gain(5), 1)) == (2.6, 4.0)
    assert 0 < gain(10) - gain(5) < 0.3, "little more than five"
    plain = [run.array("beam", 0.0, beam, "bleu").mean() for beam in (1, 2, 5)]
    assert plain[0] < plain[1] < plain[2]
    assert "Up to a width of 5 our BLEU rose" in TEXT
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
    sizes = {name: run.array(name, "parameters")[0] for name in ("GRU", "LSTM")}
    assert sizes["GRU"] < sizes["LSTM"], "with fewer parameters than the LSTM"
    bridged = [name for name, make in PARTS.items() if make(E=4, H=6).decoder.bridge is not None]
    assert bridged == list(run.figures[0])[-3:]
    assert "the last three have one" in TEXT


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
