"""The gates and the cell of an LSTM over a sentence."""

from collections.abc import Sequence

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course_lib import plotting
from course_lib.explorers.controls import int_slider, text_field
from course_lib.explorers.explorer import Array, Explorer, Layout, Settings, Values, columns
from course_lib.language_model import LanguageModel
from course_lib.lstm import gates_through_time
from course_lib.text import UNK, Vocab, tokenize_english

_PARTS = {"i": "input gate i", "f": "forget gate f", "o": "output gate o", "c": "cell state c"}


class Gates(Explorer):
    """Type a sentence and see the gates and the cell of an LSTM at each word; one unit is framed.

    A picture shows this unit alone, as lines over the words, a sentence in each column.

    Args:
        model: a language model with an LSTM cell of the library, which gives its gates.
        sentence: the first one to show.
        unit: the first one to frame.
        next_tokens: those whose probability after the last word is given.
        parts: lines of a picture, from "i", "f", "o", "c".

    Raises:
        ValueError: a cell that does not give its gates, no such unit, an unknown part.
    """

    def __init__(
        self,
        model: LanguageModel,
        vocab: Vocab,
        sentence: str,
        *,
        unit: int = 0,
        next_tokens: Sequence[str] = ("?", "."),
        parts: Sequence[str] = ("c", "f"),
    ) -> None:
        if not hasattr(model.cell, "gates"):
            raise ValueError(f"the cell must have `gates`, as `lstm.LSTMCell` does, got a {type(model.cell).__name__}")
        if not parts or not set(parts) <= set(_PARTS):
            raise ValueError(f"parts must be some of {', '.join(_PARTS)}, got {parts!r}")
        self.model, self.vocab, self.next_tokens, self.parts = model, vocab, next_tokens, parts
        self.controls = {
            "sentence": text_field("sentence", sentence, width="480px"),
            "unit": int_slider("unit", unit, 0, model.cell.weight_hh.shape[1] - 1),
        }

    def widget_axes(self, values: Values) -> Layout:
        return plotting.figure(2, 2, size=(11.0, 7.4), shown=False)

    def picture_axes(self, settings: Settings) -> Layout:
        return columns(len(settings), size=(5.4 * len(settings), 4.4), sharey=True)

    def draw(self, axes: Array, sentence: str, unit: int) -> None:
        tokens, history = self.read(sentence)
        for ax, part in zip(axes, _PARTS, strict=True):
            _draw_units(ax, part, history[part], tokens, unit, np.abs(history[part]).max())

    def draw_picture(self, axes: Array, settings: Settings) -> None:
        for ax, values in zip(axes.ravel(), settings, strict=True):
            tokens, history = self.read(values["sentence"])
            places, unit = np.arange(len(tokens)), values["unit"]
            lines = {_PARTS[part]: history[part][:, unit] for part in self.parts}
            plotting.curve(places, lines, title=f"unit {unit}", xlabel="", ylabel="", ax=ax)
            ax.axhline(0, color=plotting.GREY, linewidth=1)
            ax.set_xticks(places, tokens, rotation=35, ha="right", rotation_mode="anchor")

    def describe(self, sentence: str, unit: int) -> str:
        tokens, history = self.read(sentence)
        unknown = [token for token in tokens if self.vocab[token] == UNK]
        with torch.no_grad():
            logits, _ = self.model(torch.tensor([self.vocab.encode(tokens)]))
        p = logits[0, -1].softmax(-1)
        expected = ", ".join(f"“{token}” {p[self.vocab[token]]:.0%}" for token in self.next_tokens)
        kept = f"Unit {unit} ends with c = {history['c'][-1, unit]:.2f}"
        passed = f"; its forget gate was {history['f'][1:, unit].mean():.2f} in the mean" if len(tokens) > 1 else ""
        known = f" Not in the vocabulary, read as <unk>: {', '.join(unknown)}." if unknown else ""
        return f"{kept}{passed}. The next token: {expected}.{known}"

    def read(self, sentence: str) -> tuple[list[str], dict[str, Array]]:
        """The tokens that are read, and gates and state at each of them, (T, H) each."""
        tokens = ["<sos>", *tokenize_english(sentence)]
        ids = torch.tensor([self.vocab.encode(tokens)])
        with torch.no_grad():
            history = gates_through_time(self.model.cell, self.model.embedding(ids))
        return tokens, {name: values[0].numpy() for name, values in history.items()}


def _draw_units(ax: Axes, part: str, values: Array, tokens: Sequence[str], unit: int, highest: float) -> None:
    """Words by units, (T, H): a gate runs from 0 to 1, the cell state as far as the highest to both sides."""
    low, high = (-highest, highest) if part == "c" else (0.0, 1.0)
    plotting.heatmap(
        values.T, columns=tokens, title=_PARTS[part], xlabel="", ylabel="unit", low=low, high=high,
        annotate=False, ax=ax,
    )  # fmt: skip
    frame = Rectangle((-0.5, unit - 0.5), len(tokens), 1, fill=False, edgecolor=plotting.VERMILION, linewidth=2)
    ax.add_patch(frame)
