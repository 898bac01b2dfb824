"""The bytes that a computation holds, against sums by hand."""

from functools import partial

import pytest
import torch

from course_lib.experiments.memory import peak_bytes

X = torch.zeros(1000)


def chain():
    x = X + 1
    for _ in range(5):
        x = x + 1


def much_then_little():
    held = [X + i for i in range(4)]
    held.clear()
    return X + 1


@pytest.mark.parametrize(
    ("compute", "tensors"),
    [
        (lambda: X, 0),
        (lambda: X + 1, 1),
        (lambda: (X + 1) + 1, 2),
        (chain, 2),
        (much_then_little, 4),
        (lambda: [X + i for i in range(5)], 5),
        (lambda: X[:5].view(5, 1), 0),
        (lambda: (X + 1).view(10, 100).T, 1),
        (lambda: (X + 1).add_(1).mul_(2), 1),
        (lambda: (X + 1).double(), 3),
        (lambda: torch.stack([X, X]).unbind(), 2),
    ],
)
def test_what_is_held_at_once(compute, tensors):
    assert peak_bytes(compute) == 4000 * tensors
    assert peak_bytes(compute) == 4000 * tensors, "nothing is left of the time before"


def test_gradients_hold_what_they_need():
    weight = torch.ones(1000, requires_grad=True)
    with_graph, without = (peak_bytes(partial(chain_of, weight, mode)) for mode in (True, False))
    assert with_graph > 5 * 4000 > without


def chain_of(weight, grad):
    with torch.set_grad_enabled(grad):
        x = weight
        for _ in range(8):
            x = x.exp()
