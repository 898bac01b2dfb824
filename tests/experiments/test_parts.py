"""Other cells, other contexts: made as they are called, trained and measured small."""

from functools import partial

import pytest

from course_lib import encoder
from course_lib.experiments import translation
from course_lib.experiments.corpus import short_pairs
from course_lib.experiments.parts import PARTS, parts
from course_lib.experiments.scheduled_sampling import perplexity
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell
from course_lib.translator import Translator

SMALL = {"E": 4, "H": 6, "updates": 2, "lr": 0.01, "batch_size": 8}


def test_parts_run_small(few_pairs):
    figures = parts(0, **SMALL, longest=10)
    assert figures.keys() == PARTS.keys()
    assert figures["GRU"]["parameters"] < figures["LSTM"]["parameters"] < figures["peephole LSTM"]["parameters"]


def test_parts_are_what_their_names_say():
    made = {name: make(E=4, H=6) for name, make in PARTS.items()}
    assert type(made["GRU"].decoder.cell) is GRUCell
    assert type(made["LSTM"].decoder.cell) is LSTMCell
    assert made["LSTM"].decoder.bridge is None
    both = made["LSTM, both directions"]
    assert both.encoder.recurrent.bidirectional
    assert both.decoder.bridge.h.in_features == 6
    assert both.decoder.context is made["LSTM, context at every step"].decoder.context is encoder.last_context
    assert made["LSTM, mean of all states"].decoder.context is encoder.mean_context
    assert made["LSTM, context at every step"].decoder.feed


@pytest.mark.parametrize("run", [parts, partial(perplexity, schedules={})])
def test_short_sentences_are_trained_on_and_other_ones_measured(few_pairs, monkeypatch, run):
    trained, measured = [], []
    monkeypatch.setattr(translation, "train", lambda made, pairs, *a, **o: trained.append(pairs))
    monkeypatch.setattr(translation, "translate_and_score", lambda made, of: measured.append(of["bleu"]) or {})
    monkeypatch.setattr(Translator, "perplexities", lambda made, pairs: measured.append(pairs) or {})
    run(0, **SMALL, longest=10)
    assert all(pairs == short_pairs("train") for pairs in trained)
    assert all(pairs == short_pairs("test") for pairs in measured)
    assert trained
    assert measured


def test_short_sentences_by_people_are_measured_too(few_pairs):
    figures = parts(0, **SMALL, longest=10)
    assert all(0 <= each["human"] <= 100 for each in figures.values())
