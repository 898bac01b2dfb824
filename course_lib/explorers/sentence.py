"""A language model reads a sentence word by word."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, ClassVar

import numpy as np
import torch
from matplotlib.axes import Axes
from torch import Tensor

from course_lib import plotting
from course_lib.explorers.controls import int_slider, text_field
from course_lib.explorers.explorer import Array, Explorer, Layout, Settings, Values, columns, fixed
from course_lib.gradients import state_gradient_norms
from course_lib.language_model import LanguageModel
from course_lib.text import PAD, SOS, UNK, Vocab

MAX_WORDS = 24


@dataclass
class _Reading:
    """One sentence, read: T steps, `<sos>` the first of them."""

    tokens: list[str]
    unknown: list[str]
    more: int  # words beyond MAX_WORDS
    hidden: Array  # (T, units), those that are shown
    probability: Tensor  # (T, V), of the next word
    x: Tensor  # (1, T, E)
    norms: dict[int, Array] = field(default_factory=dict)  # by step, as they are needed


class Sentence(Explorer):
    """Step through a sentence: the state up to the current word, the gradient at earlier steps, and the next word.

    Words that the vocabulary does not hold are named, and read as `<unk>`.

    Args:
        model: its cell has a state of one tensor.
        sentences: to choose from, the first one at the start; any other can be typed.
        tokenize: from a sentence to its words.
        units: how many of the H units are shown, the first of them.

    Raises:
        ValueError: no sentences, a vocabulary of another size than the model's, more units than there are.
    """

    play = "step"
    in_picture: ClassVar = {"align": False}  # by the layout

    def __init__(
        self,
        model: LanguageModel,
        vocab: Vocab,
        sentences: Sequence[str],
        *,
        tokenize: Callable[[str], list[str]] = str.split,
        units: int = 24,
    ) -> None:
        H = model.cell.weight_hh.shape[1]
        if not 1 <= units <= H:
            raise ValueError(f"units must be from 1 to H={H}, got {units}")
        if len(vocab) != model.output.out_features:
            raise ValueError(f"the model has {model.output.out_features} words, the vocabulary {len(vocab)}")
        if not sentences:
            raise ValueError("sentences must hold at least one sentence, got none")
        self.model, self.vocab, self.tokenize, self.units = model, vocab, tokenize, units
        self._read: dict[str, _Reading] = {}
        last = len(self.read(sentences[0]).tokens) - 1
        typed = text_field("sentence", sentences[0], sentences, placeholder="type a sentence", width="420px")
        self.controls = {
            "sentence": typed,
            "step": int_slider("words read", min(3, last), 0, max(last, 1)),
        }

    def link(self, controls: Mapping[str, Any]) -> None:
        def fit_slider(change: Mapping[str, Any]) -> None:
            controls["step"].max = max(len(self.read(change["new"]).tokens) - 1, 1)

        controls["sentence"].observe(fit_slider, "value")

    def check(self, values: Values) -> None:
        self.controls["sentence"].check(values["sentence"], "sentence")
        last = len(self.read(values["sentence"]).tokens) - 1
        if values["step"] not in range(last + 1):
            raise ValueError(f"step must be from 0 to {last}, the words of the sentence, got {values['step']!r}")

    def widget_axes(self, values: Values) -> Layout:
        return fixed([(0.07, 0.48, 0.56, 0.45), (0.07, 0.10, 0.56, 0.17), (0.76, 0.48, 0.21, 0.45)], size=(10.4, 5.8))

    def picture_axes(self, settings: Settings) -> Layout:
        return columns(len(settings), 3, size=(5.2 * len(settings), 8.4), height_ratios=(1.5, 0.8, 0.9))

    def draw(self, axes: Array, sentence: str, step: int, *, align: bool = True) -> None:
        reading = self.read(sentence)
        step = min(step, len(reading.tokens) - 1)
        states, gradients, next_words = axes
        self._draw_states(states, reading, step)
        if align:  # it is narrower now, by the bar of colours: each word stands over its gradient
            place = states.get_position()
            gradients.set_position((place.x0, 0.1, place.width, 0.17))
        self._draw_gradients(gradients, reading, step)
        words, p = self.likeliest(reading, step)
        plotting.bars(words, p, title="next word", ylabel="probability", horizontal=True, ax=next_words)
        next_words.set_xlim(0, 1.15)

    def describe(self, sentence: str, step: int) -> str:
        reading = self.read(sentence)
        T = len(reading.tokens)
        step = min(step, T - 1)
        words, p = self.likeliest(reading, step, 1)
        text = f"After “{' '.join(reading.tokens[: step + 1])}” the likeliest next word is “{words[0]}”, {p[0]:.1%}."
        if step + 1 < T:
            follows = reading.tokens[step + 1]
            text += f" What follows, “{follows}”, has {reading.probability[step, self.vocab[follows]]:.2%}."
        if step:
            text += f" The gradient that reaches “<sos>” from here is {self.norms(reading, step)[0]:.1e}."
        for word in dict.fromkeys(reading.unknown):
            near = get_close_matches(word, self.vocab.tokens, n=3, cutoff=0.7)
            text += f" “{word}” is not in the vocabulary and is read as <unk>."
            text += f" There is {', '.join(near)}." if near else ""
        if reading.more:
            text += f" Only the first {MAX_WORDS} words are read; {reading.more} more are left out."
        return text

    # --- what the model makes of a sentence -------------------------------------------------------------------

    def read(self, sentence: str) -> _Reading:
        """What the model makes of a sentence; of the last one it is kept."""
        if sentence not in self._read:
            self._read = {sentence: self._reading(sentence)}
        return self._read[sentence]

    def _reading(self, sentence: str) -> _Reading:
        words = self.tokenize(sentence)
        if not all(word in self.vocab for word in words):
            words = [word if word in self.vocab else word.lower() for word in words]
        shown = words[:MAX_WORDS]
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

    def norms(self, reading: _Reading, step: int) -> Array:
        """The gradient that arrives at each step up to this one, from this one: (step + 1,), the last is 1."""
        if step not in reading.norms:
            reading.norms[step] = state_gradient_norms(self.model.cell, reading.x[:, : step + 1])[0].numpy()
        return reading.norms[step]

    def likeliest(self, reading: _Reading, step: int, k: int = 5) -> tuple[list[str], Array]:
        """The k likeliest words after this step, and their probabilities."""
        values, ids = reading.probability[step].topk(k)
        return [self.vocab.tokens[i] for i in ids.tolist()], values.numpy()

    # --- drawing ----------------------------------------------------------------------------------------------

    def _draw_states(self, ax: Axes, reading: _Reading, step: int) -> None:
        """The states so far; what is still to come is grey."""
        shown = np.full((reading.hidden.shape[1], len(reading.tokens)), np.nan)
        shown[:, : step + 1] = reading.hidden[: step + 1].T
        names = [f"[{word}]" if word in reading.unknown else word for word in reading.tokens]
        plotting.heatmap(
            shown, None, names, title=f"state after “{reading.tokens[step]}”", xlabel="", ylabel="unit", value="h",
            low=-1, high=1, annotate=False, ax=ax,
        )  # fmt: skip

    def _draw_gradients(self, ax: Axes, reading: _Reading, step: int) -> None:
        """The gradient that arrives at each state so far, over an axis that is the same for all steps of a sentence."""
        T = len(reading.tokens)
        norms = np.full(T, np.nan)
        norms[: step + 1] = self.norms(reading, step)
        least = self.norms(reading, T - 1).min()
        lowest = 10 ** (np.floor(np.log10(max(least, 1e-12))) - 1)
        ax.bar(np.arange(T), norms, 0.7, color=plotting.VERMILION)
        ax.set_yscale("log")
        ax.set(xlim=(-0.5, T - 0.5), ylim=(lowest, 3), xticks=np.arange(T), ylabel="gradient norm")
        with plotting.style():
            ax.set_xticklabels([str(step - t) if t <= step else "" for t in range(T)])
            ax.set_xlabel("steps back from the current word")
            ax.grid(True, axis="y")
            ax.set_title("gradient that arrives at each state", loc="left")
