"""Log-probabilities of the right words, held against torch and arithmetic."""

import torch
import torch.nn.functional as F

from course_lib.likelihood import nll, pick, token_nll
from course_lib.text import PAD
from tests.translators import assert_same, random


def test_pick_by_hand():
    values = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    assert pick(values, torch.tensor([2, 0])).tolist() == [3, 4]
    assert pick(values[None], torch.tensor([[2, 0]])).tolist() == [[3, 4]]


def test_nll_equals_torch():
    logits, targets = 300 * random(4, 5, 7), torch.randint(7, (4, 5), generator=torch.Generator().manual_seed(0))
    expected = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none")
    assert_same(nll(logits, targets).flatten(), expected)
    targets[1, 2:] = PAD
    real = targets != PAD
    assert_same(token_nll(logits, targets), expected[real.flatten()])
