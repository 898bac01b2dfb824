"""Neurons, layers, the loss and the step: against torch.nn, and against cases worked out by hand."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from course_lib import dense as layers

DTYPES = [(torch.float32, 1e-6), (torch.float64, 1e-12)]
by_dtype = pytest.mark.parametrize(("dtype", "tolerance"), DTYPES, ids=["float32", "float64"])


def normal(seed: int, *shape: int, dtype=torch.float32) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=dtype)


def agree(mine, theirs, *arguments, tolerance):
    """Equal values and equal gradients, those along a random direction."""
    results, gradients = [], []
    for function in (mine, theirs):
        leaves = [x.clone().requires_grad_() if x.is_floating_point() else x for x in arguments]
        result = function(*leaves)
        result.backward(normal(99, *result.shape, dtype=result.dtype))
        results.append(result.detach())
        gradients.append([x.grad for x in leaves if x.is_floating_point()])
    torch.testing.assert_close(*results, atol=tolerance, rtol=tolerance)
    for got, expected in zip(*gradients, strict=True):
        torch.testing.assert_close(got, expected, atol=tolerance, rtol=tolerance)


# --- layers -------------------------------------------------------------------------------------------------


def test_a_neuron_by_hand():
    x = torch.tensor([[1.0, 2.0], [0.0, 0.0]])
    y = layers.neuron(x, torch.tensor([3.0, -1.0]), torch.tensor(0.5))
    assert y.tolist() == pytest.approx([1 / (1 + math.exp(-1.5)), 1 / (1 + math.exp(-0.5))])


@by_dtype
def test_a_neuron_is_a_layer_of_one_unit_and_a_sigmoid(dtype, tolerance):
    def theirs(x, weight, bias):
        return torch.sigmoid(F.linear(x, weight[None], bias[None])).squeeze(-1)

    x, weight, bias = normal(0, 5, 3, dtype=dtype), normal(1, 3, dtype=dtype), normal(2, dtype=dtype)
    agree(layers.neuron, theirs, x, weight, bias, tolerance=tolerance)


@by_dtype
@pytest.mark.parametrize("before", [(), (5,), (2, 7)], ids=str)
def test_dense_equals_linear(dtype, tolerance, before):
    x, weight, bias = normal(0, *before, 3, dtype=dtype), normal(1, 4, 3, dtype=dtype), normal(2, 4, dtype=dtype)
    agree(layers.dense, F.linear, x, weight, bias, tolerance=tolerance)


def test_shallow_network_by_hand():
    # XOR of ±1: one unit for "both on", one for "both off"; class 0 is their sum, class 1 the rest.
    hidden_weight, hidden_bias = torch.tensor([[1.0, 1.0], [-1.0, -1.0]]), torch.tensor([-1.0, -1.0])
    output_weight, output_bias = torch.tensor([[1.0, 1.0], [-1.0, -1.0]]), torch.tensor([0.0, 1.0])
    x = torch.tensor([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
    logits = layers.shallow_network(x, hidden_weight, hidden_bias, output_weight, output_bias)
    assert logits.tolist() == [[1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [1.0, 0.0]]


@by_dtype
def test_shallow_network_equals_torch_with_its_weights(dtype, tolerance):
    theirs = nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Linear(5, 2)).to(dtype)
    mine = layers.ShallowNetwork(3, 5, 2).to(dtype)
    mine.hidden.load_state_dict(theirs[0].state_dict())
    mine.output.load_state_dict(theirs[2].state_dict())
    x = normal(0, 4, 3, dtype=dtype)
    torch.testing.assert_close(mine(x), theirs(x), atol=tolerance, rtol=tolerance)
    for network in (mine, theirs):
        network(x).backward(normal(1, 4, 2, dtype=dtype))
    for got, expected in zip(mine.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(got.grad, expected.grad, atol=tolerance, rtol=tolerance)


def test_modules_have_the_names_and_the_start_of_torch():
    layer = layers.Dense(16, 8, generator=torch.Generator().manual_seed(0))
    assert {name: tuple(p.shape) for name, p in layer.named_parameters()} == {"weight": (8, 16), "bias": (8,)}
    every = torch.cat([p.detach().flatten() for p in layer.parameters()])
    assert every.abs().max() <= 1 / 4
    assert every.abs().max() > 0.9 / 4
    same = layers.Dense(16, 8, generator=torch.Generator().manual_seed(0))
    assert torch.equal(layer.weight, same.weight)
    assert str(layer) == "Dense(E=16, H=8)"
    network = layers.ShallowNetwork(2, 3, 4)
    assert [name for name, _ in network.named_parameters()] == [
        "hidden.weight",
        "hidden.bias",
        "output.weight",
        "output.bias",
    ]
    x = normal(0, 5, 2)
    assert torch.equal(network(x), layers.shallow_network(x, *network.parameters()))
    seeded = [layers.ShallowNetwork(2, 3, 4, generator=torch.Generator().manual_seed(7)) for _ in range(2)]
    assert all(torch.equal(p, q) for p, q in zip(*(made.parameters() for made in seeded), strict=True))


# --- the loss -----------------------------------------------------------------------------------------------


@by_dtype
@pytest.mark.parametrize("shape", [(4, 3), (2, 5, 7), (3, 1), (6,)], ids=str)
def test_softmax_equals_that_of_torch(dtype, tolerance, shape):
    agree(layers.softmax, lambda z: F.softmax(z, dim=-1), 3 * normal(0, *shape, dtype=dtype), tolerance=tolerance)


def test_softmax_of_large_logits_and_of_ties():
    z = torch.tensor([[1000.0, 1000.0, -1000.0], [-1000.0, -1001.0, -1e4], [0.0, 1e30, 0.0]])
    agree(layers.softmax, lambda z: F.softmax(z, dim=-1), z, tolerance=1e-6)
    assert layers.softmax(z)[0].tolist() == [0.5, 0.5, 0.0]
    masked = torch.tensor([[0.0, -math.inf]])
    assert layers.softmax(masked).tolist() == [[1.0, 0.0]]


@by_dtype
@pytest.mark.parametrize(("B", "C"), [(4, 3), (1, 5), (6, 2), (3, 1)])
def test_cross_entropy_equals_that_of_torch(dtype, tolerance, B, C):
    labels = torch.randint(C, (B,), generator=torch.Generator().manual_seed(0))
    agree(layers.cross_entropy, F.cross_entropy, 3 * normal(1, B, C, dtype=dtype), labels, tolerance=tolerance)


def test_cross_entropy_by_hand():
    assert layers.cross_entropy(torch.zeros(2, 4), torch.tensor([0, 3])).item() == pytest.approx(math.log(4))
    logits = torch.tensor([[0.0, math.log(3.0)], [0.0, 0.0]])  # probabilities 1/4 and 3/4; 1/2 and 1/2
    expected = (math.log(4) + math.log(2)) / 2
    assert layers.cross_entropy(logits, torch.tensor([0, 1])).item() == pytest.approx(expected)


def test_cross_entropy_of_large_logits_is_finite():
    logits = torch.tensor([[1000.0, 0.0], [0.0, 1000.0]])
    agree(layers.cross_entropy, F.cross_entropy, logits, torch.tensor([1, 1]), tolerance=1e-6)
    assert layers.cross_entropy(logits, torch.tensor([1, 1])).item() == 500


# --- learning -----------------------------------------------------------------------------------------------


def test_training_step_by_hand():
    # One input of 1 and two classes with logits 0: the probabilities are 1/2, the gradient is p - one_hot.
    x, labels = torch.tensor([[1.0]]), torch.tensor([1])
    parameters = [torch.zeros(2, 1), torch.zeros(2)]
    weight, bias = layers.training_step(layers.dense, parameters, x, labels, lr=0.2)
    assert weight.flatten().tolist() == pytest.approx([-0.1, 0.1])
    assert bias.tolist() == pytest.approx([-0.1, 0.1])
    assert all(p.eq(0).all() for p in parameters)


def test_training_steps_equal_those_of_sgd():
    network = layers.ShallowNetwork(3, 6, 4, generator=torch.Generator().manual_seed(0))
    mine = [p.detach().clone() for p in network.parameters()]
    optimizer = torch.optim.SGD(network.parameters(), lr=0.3)
    x, labels = normal(1, 8, 3), torch.arange(8) % 4
    for _ in range(20):
        mine = layers.training_step(layers.shallow_network, mine, x, labels, lr=0.3)
        optimizer.zero_grad()
        F.cross_entropy(network(x), labels).backward()
        optimizer.step()
    for got, expected in zip(mine, network.parameters(), strict=True):
        torch.testing.assert_close(got, expected.detach(), atol=1e-5, rtol=1e-5)


def test_a_step_leaves_no_trace():
    leaf = normal(0, 2, 3).requires_grad_()
    leaf.grad = torch.ones(2, 3)
    before = leaf.detach().clone()
    (new,) = layers.training_step(lambda x, w: x @ w.T, [leaf], normal(1, 4, 3), torch.tensor([0, 1, 1, 0]), 0.1)
    assert torch.equal(leaf, before)
    assert torch.equal(leaf.grad, torch.ones(2, 3))
    assert not new.requires_grad
    assert not torch.equal(new, before)
    plain = normal(0, 2, 3)
    layers.training_step(lambda x, w: x @ w.T, [plain], normal(1, 4, 3), torch.tensor([0, 1, 1, 0]), 0.1)
    assert not plain.requires_grad


# --- errors -------------------------------------------------------------------------------------------------


def with_bias(layer, bias):
    """The layer, with a bias that somebody put in its place."""
    layer.bias = nn.Parameter(bias)
    return layer


def test_labels_are_accepted_up_to_the_last_class():
    logits, none = torch.zeros(2, 3), torch.tensor([], dtype=torch.long)
    layers.check_labels(logits[:0], none)
    layers.check_labels(logits, torch.tensor([2, 0]))
    with pytest.raises(ValueError, match="3"):
        layers.check_labels(logits, torch.tensor([3, 0]))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            lambda: layers.Dense(3, 4)(torch.zeros(2, 4)),
            r"x must have shape \(..., E=3\) for a weight \(4, 3\), got \(2, 4\)",
        ),
        (
            lambda: layers.Dense(3, 4)(torch.tensor(1.0)),
            r"x must have shape \(..., E=3\)",
        ),
        (
            lambda: layers.ShallowNetwork(3, 4, 2)(torch.zeros(2, 4)),
            r"x must have shape \(..., E=3\) for a weight \(4, 3\), got \(2, 4\)",
        ),
        (
            lambda: with_bias(layers.Dense(3, 4), torch.zeros(1))(torch.zeros(2, 3)),
            r"bias must have shape \(H=4,\), got \(1,\)",
        ),
        (
            lambda: layers.check_labels(torch.zeros(3), torch.tensor([1])),
            r"logits must have shape \(B, C\), got \(3,\)",
        ),
        (
            lambda: layers.check_labels(torch.zeros(2, 3), torch.tensor([[0], [1]])),
            r"labels must be integers of shape \(B=2,\), got torch.int64 of \(2, 1\)",
        ),
        (
            lambda: layers.check_labels(torch.zeros(2, 3), torch.tensor([0.0, 1.0])),
            r"labels must be integers of shape \(B=2,\), got torch.float32 of \(2,\)",
        ),
        (
            lambda: layers.check_labels(torch.zeros(2, 3), torch.tensor([0, 3])),
            r"labels must be from 0 to C - 1 = 2, got 0 to 3",
        ),
        (
            lambda: layers.check_labels(torch.zeros(2, 3), torch.tensor([-1, 0])),
            r"labels must be from 0 to C - 1 = 2, got -1 to 0",
        ),
        (lambda: layers.Dense(0, 3), r"E and H must be at least 1, got E=0 and H=3"),
        (lambda: layers.ShallowNetwork(2, 0, 2), r"E and H must be at least 1, got E=2 and H=0"),
    ],
)
def test_what_does_not_fit_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()
