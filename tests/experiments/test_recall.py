"""The recall task, and what is trained on it."""

import pytest
import torch

from course_lib import rnn
from course_lib.experiments.recall import memory, recall_task, train_recall
from course_lib.gradients import clip_gradients


def test_recall_asks_for_the_first_symbol():
    x, first = recall_task(200, 7, 4, torch.Generator().manual_seed(0))
    assert x.shape == (200, 7, 4)
    assert torch.equal(x.sum(-1), torch.ones(200, 7))
    assert torch.equal(x[:, 0].argmax(-1), first)
    assert set(first.tolist()) == {0, 1, 2, 3}
    with pytest.raises(ValueError, match="C of at least 2, got B=1, T=1, C=1"):
        recall_task(1, 1, 1)


def test_recall_is_learned_where_it_is_near_and_not_where_it_is_far():
    near, norms = train_recall(0, 3, steps=200)
    assert near > 0.95
    assert len(norms) == 200
    assert all(norm > 0 for norm in norms)
    far, _ = train_recall(0, 30, steps=100)
    assert far < 0.35


def test_recall_runs_on_what_is_handed_in():
    """A loop that forgets the first step can't name it, and the clipping is really called."""
    bounds = []

    def clip(parameters, most):
        bounds.append(most)
        return clip_gradients(parameters, most)

    accuracy, _ = train_recall(
        0, 3, steps=100, clip=0.5, clip_gradients=clip, unroll=lambda cell, x, h: rnn.masked_unroll(cell, x[:, 1:], h)
    )
    assert accuracy < 0.35
    assert bounds == [0.5] * 100


def test_recall_refuses_a_bound_that_is_not_positive():
    with pytest.raises(ValueError, match="clip must be positive, got 0"):
        train_recall(0, 3, steps=1, clip=0)


def test_recall_repeats_for_a_seed_whatever_the_global_generator_does():
    torch.manual_seed(1)
    one = train_recall(3, 4, steps=20)
    torch.manual_seed(2)
    assert train_recall(3, 4, steps=20) == one
    assert train_recall(4, 4, steps=20) != one


def test_recall_scales_the_recurrent_weights_at_the_start():
    def doubled(E, H, generator):
        cell = rnn.RNNCell(E, H, generator=generator)
        with torch.no_grad():
            cell.weight_hh *= 2
        return cell

    scaled = train_recall(0, 5, steps=10, scale=2.0)
    assert scaled == train_recall(0, 5, steps=10, make_cell=doubled)
    assert scaled != train_recall(0, 5, steps=10)


def test_memory_gives_one_accuracy_for_each_length_and_start():
    figures = memory(0, T=(2, 3), scales=(1.0, 2.0), steps=3)
    assert {start: len(found["accuracy"]) for start, found in figures.items()} == {"1.0": 2, "2.0": 2}
