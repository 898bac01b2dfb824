"""Weights held against gold links, by hand."""

import pytest
import torch

from course_lib.datasets import Pair
from course_lib.experiments.alignment import (
    alignment_errors,
    best_threshold,
    difference_shares,
    differences,
    error_by_shift,
    errors_of_directions,
    link_shares,
    mean_of_directions,
    model_1,
    model_1_errors,
    uniform,
)


def pair(source: int, target: int, alignment: list, possible: list | None = None) -> Pair:
    words = [f"s{i}" for i in range(source)], [f"t{i}" for i in range(target)]
    return Pair(*words, "", "", alignment, possible=None if possible is None else sorted([*alignment, *possible]))


def test_differences_by_hand():
    of = pair(4, 3, [(0, 0), (1, 1), (2, 1)])
    weights = torch.tensor([[0.7, 0.1, 0.1, 0.1], [0.2, 0.1, 0.1, 0.6], [0.5, 0.5, 0.0, 0.0]])
    found = differences([weights], [of])
    assert found["linked"] == pytest.approx(2 / 3)
    assert found["right"] == pytest.approx(1 / 2)
    assert found["distance"] == {"1": 1, "2": 0, "3+": 0}, "word 1 looks at token 3, and token 2 is a gold one"
    assert found["missed"] == pytest.approx(1 / 3)
    assert found["largest"] == pytest.approx({"linked": 0.65, "null": 0.5})
    assert (found["allowed"], found["invented"]) == (0, 1), "no link is possible but not sure"


def test_differences_with_possible_links_by_hand():
    of = pair(4, 5, [(0, 0), (1, 1), (2, 1), (3, 2)], [(2, 2), (0, 3)])
    looks_at = torch.eye(4)[[0, 0, 2, 0, 1]]
    found = differences([looks_at], [of])
    assert found["linked"] == pytest.approx(3 / 5)
    assert found["right"] == pytest.approx(1 / 3), "word 0"
    assert found["allowed"] == pytest.approx(1 / 3), "word 2 looks at a possible link"
    assert found["distance"] == {"1": 1, "2": 0, "3+": 0}, "word 1"
    assert found["missed"] == pytest.approx(1 / 4)
    assert found["invented"] == pytest.approx(1 / 2), "word 4, and not word 3, whose link is possible"


def test_difference_shares_by_hand():
    of = pair(4, 5, [(0, 0), (1, 1), (2, 1), (3, 2)], [(2, 2), (0, 3)])
    found = difference_shares(differences([torch.eye(4)[[0, 0, 2, 0, 1]]], [of]))
    # wrong: (0, 1), (1, 4); missing: (1, 1), (3, 2), and one more of word 1
    assert found == pytest.approx({"null": 1 / 5, "second": 1 / 5, "misplaced": 3 / 5})


def test_link_shares_by_hand():
    of = pair(3, 4, [(0, 0), (1, 1), (2, 1)])
    found = link_shares([[(0, 0), (2, 1), (1, 2), (2, 2)]], [of])
    assert found == pytest.approx({"gold": 2 / 3, "null": 1 / 2})
    possible = link_shares([[(0, 0), (2, 1), (1, 2), (2, 2)]], [pair(3, 4, of.alignment, [(0, 2)])])
    assert possible == pytest.approx({"gold": 2 / 3, "null": 0}), "word 2 has a counterpart that is possible"


def test_error_by_shift_finds_attention_that_is_early():
    of = pair(5, 5, [(i, i) for i in range(5)])
    early = torch.eye(5)[[1, 2, 3, 4, 4]]  # looks at the next word's token
    errors = error_by_shift([early], [of])
    assert errors["+1"] == 0
    assert errors["+0"] == pytest.approx(0.8)
    assert error_by_shift([torch.eye(5)], [of])["+0"] == 0
    # word t may look at token t + 1: of 4 links that are compared all are possible, none sure
    may = pair(5, 5, of.alignment, [(i + 1, i) for i in range(4)])
    assert error_by_shift([early], [may])["+0"] == pytest.approx(1 - (1 + 5) / 10)
    assert error_by_shift([torch.eye(5)], [may])["-1"] == pytest.approx(1 - 4 / 8), "shifted as the sure ones are"


def test_thresholds_are_chosen_on_other_pairs():
    of = pair(2, 2, [(0, 0), (1, 1)])
    there = [torch.tensor([[0.6, 0.4], [0.4, 0.6]])]
    here = [torch.tensor([[0.52, 0.48], [0.48, 0.52]])]
    assert 0.4 < best_threshold(there, [of]) <= 0.6
    errors = alignment_errors((there, [of]), (here, [of]))
    assert errors["largest"] == 0
    assert errors["threshold at"] == 0.45
    assert errors["threshold"] == pytest.approx(1 - 4 / 6), "0.45 was right there; here it links everything"


def test_uniform_weights_and_both_directions():
    (matrix,) = uniform([pair(4, 2, [])])
    assert torch.equal(matrix, torch.full((2, 4), 0.25))
    (mean,) = mean_of_directions([torch.eye(2)], [torch.tensor([[1.0, 0.0], [1.0, 0.0]])])
    assert torch.equal(mean, torch.tensor([[1.0, 0.5], [0.0, 0.5]]))


def test_each_direction_is_measured_as_links_from_source_to_target():
    of = pair(2, 3, [(0, 0), (1, 1)])

    def forward(pairs):
        assert pairs == [of]
        return [torch.tensor([[0.9, 0.1], [0.1, 0.9], [0.9, 0.1]])]  # word 2 has to look somewhere

    def backward(pairs):
        assert pairs == [of.reversed()]
        return [torch.tensor([[0.9, 0.05, 0.05], [0.05, 0.9, 0.05]])]

    errors = errors_of_directions(forward, backward, [of], [of])
    assert errors["forward"]["largest"] == pytest.approx(1 - 4 / 5)
    assert errors["backward"]["threshold"] == 0
    assert errors["both"]["threshold"] == 0, "the mean for word 2 is below the threshold"


def test_model_1_is_a_baseline_of_both_directions():
    pairs = [pair(3, 3, [(i, i) for i in range(3)]) for _ in range(3)]
    words = [([0, 1, 2], [0, 1, 2]), ([0, 1, 3], [0, 1, 3]), ([2, 1, 3], [2, 1, 3])]
    pairs = [
        of._replace(source=[f"s{i}" for i in source], target=[f"t{i}" for i in target])
        for of, (source, target) in zip(pairs, words, strict=True)
    ]
    t = model_1(pairs)
    assert max((p, y) for (x, y), p in t.items() if x == "s2")[1] == "t2"
    errors = model_1_errors(pairs, pairs, pairs)
    assert errors["forward"]["largest"] == errors["backward"]["largest"] == errors["both"]["largest"] < 0.5
    assert errors["best"] >= 0
    other = model_1_errors(pairs[:1], pairs, pairs)
    assert other["forward"]["largest"] != errors["forward"]["largest"], "trained on these pairs alone"
