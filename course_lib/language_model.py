"""A language model over a recurrent cell (lesson 02): the next word, its loss, and sentences of the model's own.

`generate` says one sentence; `decoding.sample(model.step, ...)` says a whole batch.

Mikolov et al. 2010: Recurrent neural network based language model, Interspeech
"""

from collections.abc import Callable, Iterable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib.embeddings import Embedding
from course_lib.likelihood import token_nll
from course_lib.rnn import State, Unroll, hidden, masked_unroll
from course_lib.text import EOS, PAD, SOS

Model = Callable[..., Any]  # called as `logits, state = model(ids)`, ids (B, T), logits (B, T, V)


class LanguageModel(nn.Module):
    """What is the next word? ids (B, T) -> logits (B, T, V), and the state after the last real step.

    logits[:, t] are about the word after ids[:, t]: they depend on ids[:, : t + 1] and on nothing later.

    Attributes:
        embedding: with `weight` (V, E).
        cell: any cell with `weight_hh` (.., H).
        output: linear layer, H to V.
        unroll: the loop; `fast.masked_unroll` is the same with fused kernels.
    """

    def __init__(self, embedding: Embedding, cell: nn.Module, *, unroll: Unroll = masked_unroll):
        super().__init__()
        self.embedding = embedding
        self.cell = cell
        self.output = nn.Linear(cell.weight_hh.shape[1], embedding.weight.shape[0])
        self.unroll = unroll

    def forward(self, ids: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """The logits of the words after each of ids (B, T), and the state to go on from.

        Raises:
            ValueError: ids that are not (B, T), no steps, or a row of padding alone.
        """
        if ids.dim() != 2:
            raise ValueError(f"ids must have shape (B, T), got {tuple(ids.shape)}")
        outputs, state = self.unroll(self.cell, self.embedding(ids), state, ids != PAD)  # (B, T, H)
        return self.output(outputs), state  # (B, T, V)

    def step(self, words: Tensor, state: State) -> tuple[Tensor, State]:
        """One more word of every sentence, for `decoding`: ids (B,) -> the logits (B, V) of the next, and the state."""
        state = self.cell(self.embedding(words), state)
        return self.output(hidden(state)), state


# --- the loss -----------------------------------------------------------------------------------------------


def next_word_loss(model: Model, ids: Tensor) -> Tensor:
    """The mean cross-entropy of all words but the first, each predicted from those before it: a scalar.

    Every real word counts the same, in a short and in a long sentence; `<pad>` is no target. It is the mean of
    `next_word_nll`.

    Args:
        model: called as `logits, state = model(inputs)`: inputs (B, T) -> logits (B, T, V).
        ids: (B, T + 1), rows of `<sos> ... <eos>`, filled up with `<pad>`.
    """
    logits, _ = model(ids[:, :-1])  # (B, T, V)
    targets = ids[:, 1:]  # (B, T)
    real = targets != PAD
    return F.cross_entropy(logits[real], targets[real])


def next_word_nll(model: Model, ids: Tensor) -> Tensor:
    """`token_nll` of ids[:, 1:], each word predicted from the true words before it: ids (B, T + 1) -> (n,)."""
    logits, _ = model(ids[:, :-1])
    return token_nll(logits, ids[:, 1:])


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


# --- sentences of its own -----------------------------------------------------------------------------------


def generate(step: Callable[[int, Any], tuple[Tensor, Any]], max_length: int, temperature: float) -> list[int]:
    """Draw a sentence word by word, until `<eos>`, which is left out, or `max_length` words.

    Args:
        step: `logits, state = step(word, state)` reads one word and tells the logits (V,) of the next; at first the
            word is `<sos>` and the state None.
        temperature: the logits are divided by it: below 1 the likely words get likelier.
    """
    word, state = SOS, None
    words: list[int] = []
    while len(words) < max_length:
        logits, state = step(word, state)  # (V,)
        p = (logits / temperature).softmax(-1)
        word = int(torch.multinomial(p, 1))
        if word == EOS:
            break
        words.append(word)
    return words
