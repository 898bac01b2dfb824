"""Neurons and layers of them (lesson 00): the forward pass, the loss, and one step of gradient descent.

Here E is the number of inputs of a layer, H the number of its units. A weight W has shape (out, in), here (H, E), as
in `torch.nn.Linear`: row h holds the weights of unit h. For one example, a column, the layer is W x + b; for a batch,
whose rows are examples, it is X Wᵀ + b. So it is everywhere in the course.

Rosenblatt 1958: The Perceptron, Psychological Review 65
Rumelhart, Hinton, Williams 1986: Learning representations by back-propagating errors, Nature 323
"""

import math
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

Network = Callable[..., Tensor]  # network(x, *parameters) -> logits

# --- layers -------------------------------------------------------------------------------------------------


def neuron(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """One neuron, sigmoid(w · x + b): x (B, E), weight (E,), bias () -> (B,), each between 0 and 1."""
    return torch.sigmoid(x @ weight + bias)


def dense(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """A fully connected layer, x Wᵀ + b: x (..., E), weight (H, E), bias (H,) -> (..., H). No activation."""
    return x @ weight.T + bias


def shallow_network(
    x: Tensor, hidden_weight: Tensor, hidden_bias: Tensor, output_weight: Tensor, output_bias: Tensor
) -> Tensor:
    """One hidden layer with ReLU, then one layer of logits: x (..., E) -> (..., C).

    Args:
        hidden_weight, hidden_bias: (H, E), (H,).
        output_weight, output_bias: (C, H), (C,).
    """
    hidden = torch.relu(dense(x, hidden_weight, hidden_bias))  # (B, H)
    return dense(hidden, output_weight, output_bias)  # (B, C)


# --- the loss -----------------------------------------------------------------------------------------------


def softmax(logits: Tensor) -> Tensor:
    """exp(z_c) / sum of exp(z): logits (..., C) -> probabilities (..., C) that sum to 1 over C.

    The largest logit is subtracted first. That changes nothing in the quotient, and no exponential overflows.
    """
    exponentials = (logits - logits.max(dim=-1, keepdim=True).values).exp()
    return exponentials / exponentials.sum(dim=-1, keepdim=True)


def cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    """The mean over B of -log softmax(logits)[label]: logits (B, C), labels (B,) of integers -> scalar."""
    of_label = logits[torch.arange(len(labels)), labels]  # (B,)
    return (logits.logsumexp(dim=-1) - of_label).mean()


def check_labels(logits: Tensor, labels: Tensor) -> None:
    """Can `cross_entropy` be taken of these?

    Raises:
        ValueError: logits that are not (B, C), labels that are not B integers from 0 to C - 1.
    """
    if logits.dim() != 2:
        raise ValueError(f"logits must have shape (B, C), got {tuple(logits.shape)}")
    B, C = logits.shape
    if labels.shape != (B,) or labels.is_floating_point():
        raise ValueError(f"labels must be integers of shape (B={B},), got {labels.dtype} of {tuple(labels.shape)}")
    if B and not 0 <= labels.min() <= labels.max() < C:
        raise ValueError(f"labels must be from 0 to C - 1 = {C - 1}, got {labels.min()} to {labels.max()}")


# --- learning -----------------------------------------------------------------------------------------------


def training_step(network: Network, parameters: Sequence[Tensor], x: Tensor, labels: Tensor, lr: float) -> list[Tensor]:
    """One step of gradient descent on the cross-entropy: the new parameters; those handed in stay as they are.

        p - lr * dL/dp    for each parameter p

    Args:
        network: network(x, *parameters) -> logits (B, C).
        x, labels: the batch, (B, E) and (B,).
        lr: the learning rate.
    """
    copies = [p.detach().clone().requires_grad_() for p in parameters]
    loss = cross_entropy(network(x, *copies), labels)
    gradients = torch.autograd.grad(loss, copies)
    return [p.detach() - lr * gradient for p, gradient in zip(copies, gradients, strict=True)]


# --- modules ------------------------------------------------------------------------------------------------


class Dense(nn.Module):
    """`dense` with its parameters. Equal to `torch.nn.Linear`, names and start included.

    Attributes:
        weight (H, E), bias (H,): parameters, uniform within ±1/sqrt(E).
    """

    def __init__(self, E: int, H: int, *, generator: torch.Generator | None = None):
        super().__init__()
        if E < 1 or H < 1:
            raise ValueError(f"E and H must be at least 1, got E={E} and H={H}")
        bound = 1 / math.sqrt(E)
        self.weight = nn.Parameter(torch.empty(H, E).uniform_(-bound, bound, generator=generator))
        self.bias = nn.Parameter(torch.empty(H).uniform_(-bound, bound, generator=generator))

    def forward(self, x: Tensor) -> Tensor:
        """x (..., E) -> (..., H).

        Raises:
            ValueError: x has another number of inputs than the weight, or the bias another number of units.
        """
        _check_layer(x, self.weight, self.bias)
        return dense(x, self.weight, self.bias)

    def extra_repr(self) -> str:
        H, E = self.weight.shape
        return f"E={E}, H={H}"


class ShallowNetwork(nn.Module):
    """`shallow_network` with its parameters: x (..., E) -> logits (..., C).

    The order of `parameters()` is that of the arguments of `shallow_network`.

    Attributes:
        hidden, output: the two layers, E to H and H to C.
    """

    def __init__(self, E: int, H: int, C: int, *, generator: torch.Generator | None = None):
        super().__init__()
        self.hidden = Dense(E, H, generator=generator)
        self.output = Dense(H, C, generator=generator)

    def forward(self, x: Tensor) -> Tensor:
        """x (..., E) -> logits (..., C).

        Raises:
            ValueError: as `Dense.forward`.
        """
        _check_layer(x, self.hidden.weight, self.hidden.bias)
        return shallow_network(x, *self.parameters())


def _check_layer(x: Tensor, weight: Tensor, bias: Tensor) -> None:
    H, E = weight.shape
    if x.dim() == 0 or x.shape[-1] != E:
        raise ValueError(f"x must have shape (..., E={E}) for a weight {tuple(weight.shape)}, got {tuple(x.shape)}")
    if bias.shape != (H,):
        raise ValueError(f"bias must have shape (H={H},), got {tuple(bias.shape)}")
