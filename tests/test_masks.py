"""Which way each mask points, and what it refuses."""

import pytest
import torch

from course_lib.masks import causal_mask, check_mask, padding_mask


def test_padding_mask_is_true_where_a_step_is_real():
    mask = padding_mask([3, 1, 2])
    assert mask.dtype == torch.bool
    assert mask.tolist() == [[True, True, True], [True, False, False], [True, True, False]]
    assert padding_mask(torch.tensor([1, 2]), T=4).tolist() == [[True] + [False] * 3, [True, True, False, False]]


def test_causal_mask_lets_a_step_see_itself_and_the_past():
    assert causal_mask(3).tolist() == [[True, False, False], [True, True, False], [True, True, True]]
    assert causal_mask(1).tolist() == [[True]]
    assert causal_mask(2).dtype == torch.bool


@pytest.mark.parametrize(
    ("lengths", "T", "message"),
    [
        ([2, 0], None, r"from 1 to T=2, got 0 for sequence 1"),
        ([-1, 2], None, r"from 1 to T=2, got -1 for sequence 0"),
        ([2, 5, 3], 4, r"from 1 to T=4, got 5 for sequence 1"),
        ([1], 0, r"from 1 to T=0, got 1"),
        ([], None, r"shape \(B,\) with at least one length, got \(0,\)"),
        ([[1, 2]], None, r"shape \(B,\) with at least one length, got \(1, 2\)"),
        ([1.0, 2.0], None, r"whole numbers, got torch.float32"),
        ([True, False], None, r"whole numbers, got torch.bool"),
    ],
)
def test_padding_mask_refuses(lengths, T, message):
    with pytest.raises(ValueError, match=message):
        padding_mask(lengths, T)


def test_causal_mask_refuses():
    with pytest.raises(ValueError, match="T must be at least 1, got 0"):
        causal_mask(0)


def test_check_mask():
    mask = padding_mask([3, 1])
    check_mask(mask, B=2, T=3)
    for wrong, message in [
        (mask.T, r"bool of shape \(B=2, T=3\), got torch.bool \(3, 2\)"),
        (mask.long(), r"bool of shape \(B=2, T=3\), got torch.int64 \(2, 3\)"),
        (mask & torch.tensor([[True], [False]]), "a real step .* got none in sequence 1"),
    ]:
        with pytest.raises(ValueError, match=message):
            check_mask(wrong, B=2, T=3)
