"""What an answer must leave as it was, and the inputs that are drawn for it."""

# ruff: noqa: NPY002 - an answer may well use NumPy's old generator

import random

import numpy as np
import pytest
import torch

from course_lib.exercises.chance import Chance, drawn
from course_lib.exercises.guard import SEED, left_changed, marked, marks, same, settings, undisturbed


def test_settings_and_random_states_are_as_before():
    torch.manual_seed(5)
    random.seed(5)
    np.random.seed(5)
    before = torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist(), random.seed, np.random.seed
    threads = torch.get_num_threads()
    with undisturbed():
        assert torch.initial_seed() == SEED
        torch.set_default_dtype(torch.float64)
        torch.set_num_threads(threads + 1)
        torch.use_deterministic_algorithms(True)
        torch.rand(3), random.random(), np.random.rand()
    assert torch.get_rng_state().equal(before[0])
    assert random.getstate() == before[1]
    assert np.random.get_state()[1].tolist() == before[2]
    assert (random.seed, np.random.seed) == before[3:]
    assert torch.get_default_dtype() is torch.float32
    assert torch.get_num_threads() == threads
    assert not torch.are_deterministic_algorithms_enabled()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda: torch.set_grad_enabled(False), "gradients switched off"),
        (lambda: torch.set_default_dtype(torch.float64), "default dtype"),
        (lambda: torch.autograd.set_detect_anomaly(True), "set_detect_anomaly"),
        (lambda: torch.manual_seed(0), "sets the seed"),
        (lambda: random.seed(0), "sets the seed"),
        (lambda: np.random.seed(0), "sets the seed"),
    ],
)
def test_what_is_left_changed_is_told_and_set_back(change, told):
    with undisturbed():
        before = settings()
        change()
        assert told in left_changed(before)
        assert settings() == before
        assert left_changed(before) == ""


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda x, held, cell: x.requires_grad_(), "switches gradients on or off for its input `it`"),
        (lambda x, held, cell: held.requires_grad_(False), "switches gradients on or off"),
        (lambda x, held, cell: cell.bias_ih.requires_grad_(False), "switches gradients on or off"),
        (lambda x, held, cell: cell.eval(), "leaves `it` in another mode"),
        (lambda x, held, cell: held.sum().backward(), "gives `it` a gradient"),
        (lambda x, held, cell: cell(x).sum().backward(), ""),  # the cell's parameters have gradients now
        (lambda x, held, cell: cell.bias_hh.__setattr__("grad", None), "takes away the gradients"),
        (lambda x, held, cell: cell.bias_hh.data.zero_(), ""),  # numbers are looked at elsewhere
    ],
)
@pytest.mark.parametrize("inside", [list, tuple, lambda parts: {"of a name": list(parts)}])
def test_what_is_done_to_tensors_and_modules_besides_their_numbers(change, told, inside):
    x, held, cell = torch.zeros(2, 3), torch.zeros(2, requires_grad=True), torch.nn.RNNCell(3, 4)
    cell.bias_hh.grad = torch.zeros(4)
    given = inside([x, (held, cell), None, "a word", 1])
    before = marks(given)
    assert marked("it", before, marks(given)) == ""
    change(x, held, cell)
    said = marked("it", before, marks(given))
    assert told in said
    assert bool(said) == bool(told)


def test_draws_are_the_same_each_time_and_begin_small():
    def draw(chance):
        return chance.normal(chance.n(), chance.n()), chance.sentences(), chance.mask(2, 3), chance.ids(9, 4)

    for one, other in zip(drawn(draw), drawn(draw), strict=True):
        assert one[0].equal(other[0])
        assert one[1] == other[1]
    sizes = [len(one[0]) for one in drawn(draw, 60)]
    assert max(sizes[:10]) <= 2 < max(sizes)


def test_what_is_drawn_is_what_it_is_called():
    for seed in range(200):
        chance = Chance(seed, seed % 6)
        mask = chance.mask(3, 4)
        assert mask.any(-1).all()
        assert all(1 <= length <= 5 for length in chance.lengths(4, 5))
        sentences = chance.sentences()
        assert sentences[0], "the first sentence is not empty"
        ids = chance.special(chance.ids(9, 3, 4) + 20, 0, 1)
        assert set(ids.flatten().tolist()) <= {0, 1, *range(20, 29)}
    every = [sentence for seed in range(100) for sentence in Chance(seed, 5).sentences()]
    assert any(len(sentence) > 50 for sentence in every)
    assert [] in every
    assert any(sentences[0] in sentences[1:] for sentences in (Chance(seed, 3).sentences() for seed in range(20)))


def test_nothing_is_not_the_same_as_something():
    assert same(None, None)
    assert not same(None, torch.ones(1))
    assert not same([None], [1])
