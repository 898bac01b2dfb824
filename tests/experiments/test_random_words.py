"""Sentences of random words, and what learns them."""

from functools import partial

import pytest
import torch
from torch import nn

from course_lib.experiments import random_words
from course_lib.experiments.random_words import NONE, SelfAttention, V, WordModel, learn, neighbours, turned, warmup
from course_lib.transformer import MultiHeadAttention, sinusoidal_positions, warmup_rate

IDS = torch.tensor([[4, 7, 1, 9]])


def test_the_answers_by_hand():
    assert neighbours(IDS).tolist() == [[[NONE, NONE], [4, 1], [7, 9], [NONE, NONE]]]
    assert turned(IDS).tolist() == [[[9], [1], [7], [4]]]


def test_logits_of_each_answer():
    model = WordModel(nn.Identity(), D=6, answers=2)
    x = model.embedding(IDS) + sinusoidal_positions(4, 6)
    logits = model(IDS)
    assert logits.shape == (1, 4, 2, V)
    torch.testing.assert_close(
        logits[..., 1, :], nn.functional.linear(x, model.output.weight, model.output.bias)[..., V:]
    )


def test_self_attention_asks_and_is_looked_up():
    attention, x = MultiHeadAttention(6, 2), torch.randn(2, 3, 6, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(SelfAttention(attention)(x), attention(x, x)[0])


def test_one_seed_gives_one_training_and_leaves_others_alone():
    make = partial(nn.Linear, 32, 32)
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    asked = []

    def rate(step):
        asked.append(step)
        return 0.01

    first = learn(make, turned, 1, steps=4, rate=rate)
    assert torch.equal(torch.rand(3), expected)
    assert asked == [1, 2, 3, 4]
    assert len(first.losses) == 4
    assert first == learn(make, turned, 1, steps=4)
    assert first != learn(make, turned, 2, steps=4)


def test_one_linear_layer_can_say_the_word_itself_and_not_its_neighbours():
    itself = learn(nn.Identity, lambda ids: ids.unsqueeze(2), 0, D=32, steps=120)
    assert itself.right > 0.95
    assert itself.losses[-1] < itself.losses[0]
    assert learn(nn.Identity, neighbours, 0, D=32, steps=120).right < 0.2


def test_only_answers_that_are_asked_for_count():
    def of_one_word(ids):
        return torch.where(torch.arange(ids.shape[1]) == 3, ids, NONE).unsqueeze(2)

    assert learn(nn.Identity, of_one_word, 0, D=32, steps=120).right > 0.9


def test_the_warmup_runs_small_and_differs_in_its_rates_and_norms_alone(monkeypatch):
    trained = []

    def noted(make, task, seed, *, D, steps, rate):
        layers = make()
        trained.append((len(layers), layers[0].norm_first, [rate(step) for step in (1, 2, 3, 4)]))
        return random_words.Learned([1.0, 3.0, 2.0, 4.0], 0.0)

    monkeypatch.setattr(random_words, "learn", noted)
    figures = warmup(0, L=2, D=8, N=2, steps=4, warmup=3, every=2)
    assert list(figures.values()) == 3 * [[2.0, 3.0]]
    whole = [warmup_rate(step, 8, 3) for step in (1, 2, 3, 4)]
    at_once = [whole[2], whole[2], whole[2], whole[3]]
    assert trained == [(2, False, whole), (2, False, at_once), (2, True, at_once)]
    assert max(whole) == pytest.approx(whole[2])
