"""Lesson 01: the figures that its text tells, and what it says of the library."""

import math
import re

import pytest
import torch

from course_lib import bundled, datasets, embeddings, vectors
from course_lib.skipgram import negative_sampling_loss
from tests.lessons import prose
from tools import train_vectors

TEXT = prose("01")


def test_settings_of_the_training_are_those_of_the_cell():
    """What the text says of the training, and what the lesson hands to `train_skipgram`."""
    calls = re.findall(r"train_skipgram\( (.*?) \)", TEXT)
    given, again = (dict(re.findall(r"(\w+)=([\w.\-]+)", call)) for call in calls)
    answers = {"loss": "negative_sampling_loss", "noise": "noise_distribution"}  # the learner's, in part a
    assert given == again | answers, "in part b the same, with the library's own"
    assert float(given["threshold"]) == 0.001
    assert "The threshold $t$ is 0.001 here." in TEXT
    assert (given["window"], given["M"], given["batch_size"]) == ("5", "5", "8192")
    assert "its own window from 1 to 5" in TEXT
    assert "in batches of 8,192, and for each pair M = 5 negatives are drawn" in TEXT
    assert given["E"] == "64"
    assert "64 numbers can't be drawn" in TEXT


def test_the_first_loss():
    loss = negative_sampling_loss(torch.randn(3, 4), torch.zeros(3, 4), torch.zeros(3, 5, 4))
    assert loss.item() == pytest.approx(6 * math.log(2))
    assert f"together 6 log 2 = {loss.item():.2f}" in TEXT


def test_what_the_text_says_of_the_file():
    settings = train_vectors.SETTINGS
    said = f"with {settings['E']} numbers for each word, {settings['M']} negatives and {settings['epochs']} epochs"
    assert said in TEXT
    for language in ("en", "ko"):
        path = bundled.data_folder() / "vectors" / f"ko-en.{language}.vec"
        assert vectors.read_vectors(path).weight.shape[1] == settings["E"]


def test_sizes():
    corpus = datasets.load("ko-en")
    assert f"{len(corpus['train']):,} pairs of everyday sentences" in TEXT


def test_quiz_figures():
    assert embeddings.Embedding(10_000, 64).weight.numel() == 640_000
    assert 10_000 + 64 == 10_064
    assert 640_000 + 64 == 640_064
    for figure in ("10,064", "640,000", "640,064"):
        assert f"<summary>{figure}</summary>" in TEXT
