"""Lesson 02: a language model reads a sentence word by word.

sentence_explorer   step through a sentence of one's own
sentence_picture    the same drawing at a few steps
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

import ipywidgets as widgets
import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

from course_lib import plotting
from course_lib.explorers.core import explorer
from course_lib.gradients import state_gradient_norms
from course_lib.language_model import LanguageModel
from course_lib.text import PAD, SOS, UNK, Vocab

MOST_WORDS = 24


@dataclass
class _Reading:
    """One sentence, read: T steps, `<sos>` the first of them."""

    tokens: list[str]
    unknown: list[str]
    more: int  # words beyond MOST_WORDS
    hidden: np.ndarray  # (T, units), those that are shown
    probability: Tensor  # (T, V), of the next word
    x: Tensor  # (1, T, E)
    norms: dict[int, np.ndarray] = field(default_factory=dict)  # by step, as they are asked for


class _Reader:
    """A model, its vocabulary, and the sentence that it has read last."""

    def __init__(self, model: LanguageModel, vocab: Vocab, tokenize: Callable[[str], list[str]], units: int):
        H = model.cell.weight_hh.shape[1]
        if not 1 <= units <= H:
            raise ValueError(f"units must be from 1 to H={H}, got {units}")
        if len(vocab) != model.output.out_features:
            raise ValueError(f"the model has {model.output.out_features} words, the vocabulary {len(vocab)}")
        self.model, self.vocab, self.tokenize, self.units = model, vocab, tokenize, units
        self._read: dict[str, _Reading] = {}

    def read(self, sentence: str) -> _Reading:
        if sentence not in self._read:
            self._read = {sentence: self._reading(sentence)}
        return self._read[sentence]

    def _reading(self, sentence: str) -> _Reading:
        words = self.tokenize(sentence)
        if not all(word in self.vocab for word in words):
            words = [word if word in self.vocab else word.lower() for word in words]
        shown = words[:MOST_WORDS]
        ids = torch.tensor([[SOS, *self.vocab.encode(shown)]])  # (1, T)
        with torch.no_grad():
            x = self.model.embedding(ids)
            outputs, _ = self.model.unroll(self.model.cell, x, None, ids != PAD)
            logits = self.model.output(outputs)[0]
        logits[:, [PAD, SOS]] = -torch.inf
        return _Reading(
            tokens=["<sos>", *shown],
            unknown=[word for word in shown if self.vocab[word] == UNK],
            more=len(words) - len(shown),
            hidden=outputs[0, :, : self.units].numpy(),
            probability=logits.softmax(-1),
            x=x,
        )

    def norms(self, sentence: str, step: int) -> np.ndarray:
        """The gradient that arrives at each step up to this one, from this one: (step + 1,), the last is 1."""
        reading = self.read(sentence)
        if step not in reading.norms:
            reading.norms[step] = state_gradient_norms(self.model.cell, reading.x[:, : step + 1])[0].numpy()
        return reading.norms[step]

    def lowest(self, sentence: str) -> float:
        """The end of the axis of gradients: a power of ten, the same for all steps of a sentence."""
        least = self.norms(sentence, len(self.read(sentence).tokens) - 1).min()
        return 10 ** (np.floor(np.log10(max(least, 1e-12))) - 1)

    def likeliest(self, sentence: str, step: int, k: int = 5) -> tuple[list[str], np.ndarray]:
        """The k likeliest words after this step, and their probabilities."""
        values, ids = self.read(sentence).probability[step].topk(k)
        return [self.vocab.tokens[i] for i in ids.tolist()], values.numpy()

    def describe(self, sentence: str, step: int) -> str:
        reading = self.read(sentence)
        T = len(reading.tokens)
        step = min(step, T - 1)
        words, p = self.likeliest(sentence, step, 1)
        text = f"After “{' '.join(reading.tokens[: step + 1])}” the likeliest next word is “{words[0]}”, {p[0]:.1%}."
        if step + 1 < T:
            follows = reading.tokens[step + 1]
            text += f" What follows, “{follows}”, has {reading.probability[step, self.vocab[follows]]:.2%}."
        if step:
            text += f" The gradient that reaches “<sos>” from here is {self.norms(sentence, step)[0]:.1e}."
        for word in dict.fromkeys(reading.unknown):
            near = get_close_matches(word, self.vocab.tokens, n=3, cutoff=0.7)
            text += f" “{word}” is not in the vocabulary and is read as <unk>."
            text += f" There is {', '.join(near)}." if near else ""
        if reading.more:
            text += f" Only the first {MOST_WORDS} words are read; {reading.more} more are left out."
        return text


def sentence_explorer(
    model: LanguageModel,
    vocab: Vocab,
    sentences: Sequence[str],
    *,
    tokenize: Callable[[str], list[str]] = str.split,
    units: int = 24,
) -> widgets.VBox:
    """Step through a sentence: the state up to the current word, the next word, and the gradient at earlier steps.

    Words that the vocabulary does not hold are named, and read as `<unk>`.

    Args:
        model: its cell has a state of one tensor.
        sentences: to choose from; any other can be typed.
        tokenize: from a sentence to its words.
        units: how many of the H units are shown, the first of them.

    Raises:
        ValueError: no sentences, a vocabulary of another size than the model's, more units than there are.
    """
    sentences = list(sentences)
    if not sentences:
        raise ValueError("sentences must hold at least one sentence, got none")
    reader = _Reader(model, vocab, tokenize, units)
    sentence = widgets.Combobox(
        value=sentences[0],
        options=sentences,
        description="sentence",
        placeholder="type a sentence",
        continuous_update=False,
        layout=widgets.Layout(width="420px"),
    )
    T = len(reader.read(sentences[0]).tokens)
    step = widgets.IntSlider(min(3, T - 1), min=0, max=max(T - 1, 1), description="words read")

    def fit_slider(change: object) -> None:
        step.max = max(len(reader.read(sentence.value).tokens) - 1, 1)

    sentence.observe(fit_slider, "value")  # before the explorer's own observer draws

    def draw(sentence: str, step: int) -> Figure:
        figure, axes = plotting.figure(1, 3, size=(10.4, 5.8), shown=False)
        figure.set_layout_engine("none")  # fixed places, so that nothing jumps from one step to the next
        axes[0].set_position((0.07, 0.48, 0.56, 0.45))
        axes[2].set_position((0.76, 0.48, 0.21, 0.45))
        _draw(axes, reader, sentence, min(step, len(reader.read(sentence).tokens) - 1))
        states = axes[0].get_position()  # narrower now, by the bar of colours: each word stands over its gradient
        axes[1].set_position((states.x0, 0.1, states.width, 0.17))
        return figure

    return explorer({"sentence": sentence, "step": step}, draw, reader.describe, play="step")


def sentence_picture(
    model: LanguageModel,
    vocab: Vocab,
    sentence: str,
    steps: Sequence[int],
    *,
    title: str,
    tokenize: Callable[[str], list[str]] = str.split,
    units: int = 24,
) -> np.ndarray:
    """`sentence_explorer` at a few steps side by side.

    Args:
        steps: how many words have been read, at each moment.
        title: the finding.

    Returns:
        the Axes, (3, steps): the states, the gradients, the next words.

    Raises:
        ValueError: as `sentence_explorer`; no steps, or one beyond the sentence.
    """
    reader = _Reader(model, vocab, tokenize, units)
    T = len(reader.read(sentence).tokens)
    if not steps or not all(0 <= step < T for step in steps):
        raise ValueError(f"steps must be from 0 to {T - 1}, the words of the sentence, got {list(steps)}")
    figure, axes = plotting.figure(
        3, len(steps), size=(5.2 * len(steps), 8.4), height_ratios=(1.5, 0.8, 0.9), squeeze=False
    )
    for column, step in zip(axes.T, steps, strict=True):
        _draw(column, reader, sentence, step)
    with plotting.style():
        figure.suptitle(title, x=0.01, ha="left", fontsize=14)
    return axes


def _draw(axes: Sequence[Axes], reader: _Reader, sentence: str, step: int) -> None:
    """The states so far, the gradient that arrives at them, the likeliest next words."""
    states, gradients, following = axes
    reading = reader.read(sentence)
    T = len(reading.tokens)
    shown = np.full((reading.hidden.shape[1], T), np.nan)  # what is still to come is grey
    shown[:, : step + 1] = reading.hidden[: step + 1].T
    names = [f"[{word}]" if word in reading.unknown else word for word in reading.tokens]
    plotting.heatmap(
        shown, None, names, title=f"state after “{reading.tokens[step]}”", xlabel="", ylabel="unit", value="h",
        low=-1, high=1, annotate=False, ax=states,
    )  # fmt: skip
    norms = np.full(T, np.nan)
    norms[: step + 1] = reader.norms(sentence, step)
    gradients.bar(np.arange(T), norms, 0.7, color=plotting.VERMILION)
    gradients.set_yscale("log")
    gradients.set(xlim=(-0.5, T - 0.5), ylim=(reader.lowest(sentence), 3), xticks=np.arange(T), ylabel="gradient norm")
    with plotting.style():
        gradients.set_xticklabels([str(step - t) if t <= step else "" for t in range(T)])
        gradients.set_xlabel("steps back from the current word")
        gradients.grid(True, axis="y")
        gradients.set_title("gradient that arrives at each state", loc="left")
    words, p = reader.likeliest(sentence, step)
    plotting.bars(words, p, title="next word", ylabel="probability", horizontal=True, ax=following)
    following.set_xlim(0, 1.15)
