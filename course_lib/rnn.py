"""Recurrent networks (lesson 02): a cell, the loop over time, a language model, gradients through time.

A cell is a pure step: it takes one step's input x (B, E) and a state, and returns the next state.

    state = cell(x, state)         state None: zeros
    hidden(state)                  what the cell shows to the outside: h (B, H)

The state of an RNN or a GRU is h itself; that of an LSTM is a tuple (h, c). `unroll` is the loop for every cell:
those of this library, those of `torch.nn` (`torch.nn.LSTMCell`), and your own.

Elman 1990: Finding Structure in Time, Cognitive Science 14
Pascanu, Mikolov, Bengio 2013: On the difficulty of training recurrent neural networks, arXiv:1211.5063
"""

import math
from collections.abc import Callable, Iterable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib.embeddings import Embedding
from course_lib.likelihood import token_nll
from course_lib.masks import check_mask
from course_lib.text import EOS, PAD, SOS, UNK

State = Tensor | tuple[Tensor, ...]
Cell = Callable[[Tensor, State | None], State]

# --- the cell -----------------------------------------------------------------------------------------------


def rnn_step(x: Tensor, h: Tensor, weight_ih: Tensor, weight_hh: Tensor, bias_ih: Tensor, bias_hh: Tensor) -> Tensor:
    """One step of a simple recurrent network (Elman 1990): x (B, E), h (B, H) of t-1 -> h (B, H) of t.

        h_t = tanh(W_ih x_t + b_ih + W_hh h_{t-1} + b_hh)

    Args:
        weight_ih: (H, E), from the input.
        weight_hh: (H, H), from the state.
        bias_ih, bias_hh: (H,) each. One would do; there are two because `torch.nn.RNNCell` has two.

    Raises:
        ValueError: x or h of another shape.
    """
    check_step(x, weight_ih, weight_hh, h=h)
    return torch.tanh(F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh))


class RNNCell(nn.Module):
    """`rnn_step` with its parameters: `h = cell(x, h)`. Equal to `torch.nn.RNNCell`, names and start included.

    Attributes:
        weight_ih (H, E), weight_hh (H, H), bias_ih (H,), bias_hh (H,): parameters, uniform within ±1/sqrt(H).
    """

    def __init__(self, E: int, H: int, generator: torch.Generator | None = None):
        super().__init__()
        self.weight_ih = uniform(H, E, H=H, generator=generator)
        self.weight_hh = uniform(H, H, H=H, generator=generator)
        self.bias_ih = uniform(H, H=H, generator=generator)
        self.bias_hh = uniform(H, H=H, generator=generator)

    def forward(self, x: Tensor, h: Tensor | None = None) -> Tensor:
        h = zeros(x, self.weight_hh) if h is None else h
        return rnn_step(x, h, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)

    def extra_repr(self) -> str:
        return cell_sizes(self)


def uniform(*shape: int, H: int, generator: torch.Generator | None = None) -> nn.Parameter:
    """A parameter drawn uniformly within ±1/sqrt(H), as the recurrent layers of `torch.nn` start."""
    if H < 1 or min(shape) < 1:
        raise ValueError(f"E and H must be at least 1, got H={H} and a parameter of shape {shape}")
    bound = 1 / math.sqrt(H)
    return nn.Parameter(torch.empty(shape).uniform_(-bound, bound, generator=generator))


def zeros(x: Tensor, weight_hh: Tensor) -> Tensor:
    """The state before the first step: (B, H), of the dtype and device of x."""
    return x.new_zeros(len(x), weight_hh.shape[1])


def cell_sizes(cell: nn.Module) -> str:
    return f"E={cell.weight_ih.shape[1]}, H={cell.weight_hh.shape[1]}"


def check_step(x: Tensor, weight_ih: Tensor, weight_hh: Tensor, **state: Tensor) -> None:
    """Do x (B, E) and the tensors of the state, (B, H) each, fit each other and the weights?

    Raises:
        ValueError: they do not; says which, what was expected and what came.
    """
    E, H = weight_ih.shape[1], weight_hh.shape[1]
    if x.dim() != 2 or x.shape[1] != E:
        raise ValueError(f"x must have shape (B, E={E}), got {tuple(x.shape)}")
    for name, tensor in state.items():
        if not isinstance(tensor, Tensor):
            raise ValueError(f"{name} must be a tensor (B, H={H}), got a {type(tensor).__name__}")
        if tensor.shape != (len(x), H):
            raise ValueError(f"{name} must have shape (B={len(x)}, H={H}), got {tuple(tensor.shape)}")


# --- the loop -----------------------------------------------------------------------------------------------


def hidden(state: State | tuple[State, ...]) -> Tensor:
    """The h (B, H) of a state: the state itself, the first of a tuple (h, c), or, of several layers, the top one's.

    The top layer stands first: see `stacked`.
    """
    return hidden(state[0]) if isinstance(state, tuple) else state


def map_state(function: Callable[..., Tensor], *states: State) -> State:
    """Apply a function to the tensors of a state: to h alone, or to each of a tuple (h, c)."""
    if isinstance(states[0], tuple):
        return tuple(function(*tensors) for tensors in zip(*states, strict=True))
    return function(*states)


def unroll(
    cell: Cell, x: Tensor, state: State | None = None, mask: Tensor | None = None, *, reverse: bool = False
) -> tuple[Tensor, State]:
    """Run a cell over a batch of sequences: x (B, T, E) -> outputs (B, T, H) and the state after the last step.

    Where the mask is False the state is handed on unchanged and the output is zero. So the last state is that of
    the last real step, and no result depends on how much padding there is, or on which side.

    Args:
        cell: called as `cell(x_t, state)`; returns the next state.
        x: (B, T, E).
        state: the state before the first step; None for zeros.
        mask: bool (B, T), True at real steps; None if all are real.
        reverse: from the last step to the first. `outputs[:, t]` still belongs to step t.

    Raises:
        ValueError: x that is not (B, T, E) or has no steps; a mask of another shape, or with a sequence that has
            no real step; and what the cell itself finds wrong.
    """
    check_sequence(x, mask)
    return _loop(cell, x, state, mask, reverse)


def check_sequence(x: Tensor, mask: Tensor | None) -> None:
    if x.dim() != 3:
        raise ValueError(f"x must have shape (B, T, E), got {tuple(x.shape)}")
    B, T, _ = x.shape
    if T == 0:
        raise ValueError(f"x must have at least one step, got shape (B={B}, T=0, E={x.shape[2]})")
    if mask is not None:
        check_mask(mask, B, T)


def _loop(
    cell: Cell, x: Tensor, state: State | None, mask: Tensor | None, reverse: bool = False
) -> tuple[Tensor, State]:
    # unbind once: the gradient of x[:, t] would be a tensor as large as x, T times
    steps = x.unbind(1)  # T times (B, E)
    real = None if mask is None else mask.unsqueeze(-1).unbind(1)  # T times (B, 1)
    outputs = [steps[0]] * len(steps)
    for t in reversed(range(len(steps))) if reverse else range(len(steps)):
        new = cell(steps[t], state)
        if real is not None:
            old = map_state(torch.zeros_like, new) if state is None else state
            new = map_state(lambda a, b, keep=real[t]: torch.where(keep, a, b), new, old)
        state = new
        outputs[t] = hidden(state)
    stacked = torch.stack(outputs, dim=1)  # (B, T, H)
    if mask is not None:
        stacked = stacked.masked_fill(~mask.unsqueeze(-1), 0)
    return stacked, state


# --- a language model ---------------------------------------------------------------------------------------


class LanguageModel(nn.Module):
    """What is the next word? ids (B, T) -> logits (B, T, V), and the state after the last real step.

    logits[:, t] are about the word after ids[:, t]: they depend on ids[:, : t + 1] and on nothing later.

    Attributes:
        embedding: with `weight` (V, E).
        cell: any cell with `weight_hh` (.., H).
        output: linear layer, H to V.
        unroll: the loop; `fast.unroll` is the same with fused kernels.
    """

    def __init__(self, embedding: Embedding, cell: nn.Module, unroll: Callable = unroll):
        super().__init__()
        self.embedding = embedding
        self.cell = cell
        self.output = nn.Linear(cell.weight_hh.shape[1], embedding.weight.shape[0])
        self.unroll = unroll

    def forward(self, ids: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """Raises:
        ValueError: ids that are not (B, T), no steps, or a row of padding alone.
        """
        if ids.dim() != 2:
            raise ValueError(f"ids must have shape (B, T), got {tuple(ids.shape)}")
        outputs, state = self.unroll(self.cell, self.embedding(ids), state, ids != PAD)  # (B, T, H)
        return self.output(outputs), state  # (B, T, V)


def sequence_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """The mean of `token_nll` over all real targets of the batch: every word counts the same, padding not at all.

    Equal to `torch.nn.functional.cross_entropy(..., ignore_index=PAD)`.
    """
    return token_nll(logits, targets).mean()


def next_word_nll(model: LanguageModel, ids: Tensor) -> Tensor:
    """`token_nll` of ids[:, 1:], each word predicted from the true words before it: ids (B, T + 1) -> (n,)."""
    logits, _ = model(ids[:, :-1])
    return token_nll(logits, ids[:, 1:])


def next_word_loss(model: LanguageModel, ids: Tensor) -> Tensor:
    """The loss of a language model for `training.fit`: ids (B, T + 1), `<sos> ... <eos>` -> scalar."""
    return next_word_nll(model, ids).mean()


def unigram_nll(counts: Iterable[int] | Tensor, ids: Tensor) -> Tensor:
    """The negative log-likelihood of words under their frequency alone: the model that any other has to beat.

    Args:
        counts: how often each of the V words occurred in the training text, as targets (so `<eos>` once per
            sentence); one is added to each, so that a word that never occurred has a probability.
        ids: the words to score, of any shape; `<pad>` is left out.

    Returns:
        (n,), in nats, for `metrics.perplexity`.
    """
    counts = torch.as_tensor(counts, dtype=torch.float64) + 1
    counts[[PAD, SOS]] = 0  # never a target
    return -(counts / counts.sum()).log()[ids[ids != PAD]]


@torch.no_grad()
def generate(
    model: LanguageModel,
    prompt: Tensor,
    max_length: int,
    temperature: float = 1.0,
    generator: torch.Generator | None = None,
) -> Tensor:
    """Continue each row of a prompt word by word, until `<eos>` or `max_length`.

    The state is carried along, so that each new word costs one step. `<pad>`, `<unk>` and `<sos>` never come.

    Args:
        prompt: ids (B, T); rows of different length are padded. `<sos>` alone starts from nothing.
        max_length: the most words to add.
        temperature: the logits are divided by it: below 1 the likely words get likelier; 0 always takes the
            likeliest.
        generator: the source of randomness.

    Returns:
        The new ids (B, n), n at most `max_length`; after a row's `<eos>` only `<pad>`.

    Raises:
        ValueError: a negative temperature, `max_length` below 1.
    """
    if temperature < 0:
        raise ValueError(f"temperature must not be negative, got {temperature}")
    if max_length < 1:
        raise ValueError(f"max_length must be at least 1, got {max_length}")
    _, state = model(prompt)
    finished = torch.zeros(len(prompt), dtype=torch.bool, device=prompt.device)
    words = []
    while len(words) < max_length and not finished.all():
        logits = model.output(hidden(state))  # (B, V), of each row's last real step
        logits[:, [PAD, UNK, SOS]] = -math.inf
        if temperature == 0:
            word = logits.argmax(-1)
        else:
            word = torch.multinomial((logits / temperature).softmax(-1), 1, generator=generator).squeeze(1)
        words.append(word.masked_fill(finished, PAD))
        finished = finished | (word == EOS)
        _, state = model(word.unsqueeze(1), state)  # a finished row runs on, unseen
    return torch.stack(words, dim=1)


# --- gradients through time ---------------------------------------------------------------------------------


def gradient_norms(
    cell: Cell, x: Tensor, state: State | None = None, loss: Callable[[Tensor], Tensor] | None = None
) -> Tensor:
    """How much of a loss at the last step reaches each earlier one: the norm of d loss / d state_t, (B, T).

    The state is all that a step hands on: h, and for an LSTM h and c together. The gradient is that of each
    sequence by itself.

    Args:
        cell: any cell.
        x: (B, T, E).
        state: the state before the first step; None for zeros.
        loss: from the last h (B, H) to one loss per sequence, (B,). Default: the sum of h over sqrt(H), whose
            gradient at the last step has norm 1.

    Raises:
        ValueError: x that is not (B, T, E) or has no steps.
    """
    check_sequence(x, None)
    states = []
    with torch.enable_grad():
        for x_t in x.detach().requires_grad_().unbind(1):
            # The clone stands for what is handed on: the way from c_t to h_t inside the step is not part of it.
            state = map_state(torch.clone, cell(x_t, state))
            states.append(state if isinstance(state, tuple) else (state,))
        h = hidden(state)
        losses = h.sum(-1) / math.sqrt(h.shape[-1]) if loss is None else loss(h)
        flat = [tensor for tensors in states for tensor in tensors]
        gradients = torch.autograd.grad(losses.sum(), flat, materialize_grads=True)
    per_step = torch.stack(gradients).unflatten(0, (len(states), -1))  # (T, 1 or 2, B, H)
    return per_step.square().sum((1, 3)).sqrt().T  # (B, T)


def gradient_bound(weight_hh: Tensor, T: int) -> Tensor:
    """What `gradient_norms` of an `RNNCell` cannot exceed, if the norm at the last step is 1: (T,).

    One step back multiplies the gradient by W_hh^T diag(1 - h_t^2). The diagonal is at most 1, so the norm grows
    by at most the largest singular value s of W_hh: at T - 1 - t steps from the end the bound is s^(T - 1 - t)
    (Pascanu, Mikolov, Bengio 2013, section 2). With s < 1 the gradient must vanish; with s > 1 it may explode.
    """
    largest = torch.linalg.matrix_norm(weight_hh.detach(), 2)
    return largest ** torch.arange(T - 1, -1, -1, dtype=weight_hh.dtype, device=weight_hh.device)


def clip_gradients(parameters: Iterable[nn.Parameter], max_norm: float) -> Tensor:
    """Scale all gradients by the same factor so that their common norm is at most `max_norm`; returns it before.

    Pascanu, Mikolov, Bengio 2013, algorithm 1. Equal to `torch.nn.utils.clip_grad_norm_`.

    Raises:
        ValueError: `max_norm` that is not positive.
    """
    if not max_norm > 0:
        raise ValueError(f"max_norm must be positive, got {max_norm}")
    gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
    if not gradients:
        return torch.tensor(0.0)
    norm = torch.stack([gradient.norm() for gradient in gradients]).norm()
    scale = (max_norm / (norm + 1e-6)).clamp(max=1)
    for gradient in gradients:
        gradient.mul_(scale)
    return norm


def detach(state: State) -> State:
    """The same state, cut off from how it came about: no gradient passes it."""
    return map_state(torch.detach, state)


def truncated_unroll(
    cell: Cell, x: Tensor, k: int, state: State | None = None, mask: Tensor | None = None
) -> tuple[Tensor, State]:
    """`unroll` with truncated back-propagation: the same values, but no gradient crosses a multiple of k steps.

    The sequence is cut into pieces of k steps (the last may be shorter); each starts from the detached state of
    the one before. To save memory as well, call `backward` on the loss of each piece before the next begins.

    Raises:
        ValueError: k below 1, and as `unroll`.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    check_sequence(x, mask)
    masks = [None] * len(x.split(k, dim=1)) if mask is None else mask.split(k, dim=1)
    pieces = []
    for piece, real in zip(x.split(k, dim=1), masks, strict=True):
        outputs, state = _loop(cell, piece, None if state is None else detach(state), real)
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


# --- a generated task ---------------------------------------------------------------------------------------


def adding_problem(B: int, T: int, generator: torch.Generator | None = None) -> tuple[Tensor, Tensor]:
    """The adding problem: x (B, T, 2) -> y (B,), the sum of the two values that are marked.

    x[..., 0] is uniform in [0, 1); x[..., 1] is 1 at one step of the first half and one of the second, else 0.
    Always answering 1, the mean, has a squared error of 1/6 = 0.1667 (each value's variance is 1/12); what comes
    below has kept both values for as many as T steps.

    Hochreiter, Schmidhuber 1997, experiment 4, in the form of Le, Jaitly, Hinton 2015 (arXiv:1504.00941).

    Raises:
        ValueError: B below 1, or T below 2.
    """
    if B < 1 or T < 2:
        raise ValueError(f"expected B of at least 1 and T of at least 2, got B={B}, T={T}")
    half = T // 2
    values = torch.rand(B, T, generator=generator)
    first = torch.randint(0, half, (B, 1), generator=generator)
    second = torch.randint(half, T, (B, 1), generator=generator)
    marked = torch.zeros(B, T).scatter_(1, torch.cat([first, second], dim=1), 1)
    return torch.stack([values, marked], dim=-1), (values * marked).sum(1)
