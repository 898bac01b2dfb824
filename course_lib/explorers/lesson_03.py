"""Lesson 03: what the gates do over a sentence, and what four cells keep of one sequence.

gates_explorer    type a sentence, choose a unit: its gates and its cell, word by word
gates_picture     the same drawing for a few sentences
memory_explorer   move the two marks of the adding problem: each cell's state, and the gradient that comes back
memory_picture    the same drawing for one sequence
"""

from collections.abc import Callable, Mapping, Sequence

import ipywidgets as widgets
import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from torch import Tensor, nn

from course_lib import plotting
from course_lib.explorers.core import explorer
from course_lib.gradients import state_gradient_norms
from course_lib.language_model import LanguageModel
from course_lib.lstm import gates_through_time
from course_lib.text import UNK, Vocab, tokenize_english

_PARTS = {"i": "input gate i", "f": "forget gate f", "o": "output gate o", "c": "cell state c"}

# --- the gates over a sentence ------------------------------------------------------------------------------


def _over(model: LanguageModel, vocab: Vocab, sentence: str) -> tuple[list[str], dict[str, np.ndarray]]:
    """The tokens that are read, and gates and state at each of them, (T, H) each."""
    tokens = ["<sos>", *tokenize_english(sentence)]
    ids = torch.tensor([vocab.encode(tokens)])
    with torch.no_grad():
        history = gates_through_time(model.cell, model.embedding(ids))
    return tokens, {name: values[0].numpy() for name, values in history.items()}


def _check_gates(model: LanguageModel, unit: int) -> int:
    """The number of units; or what is wrong with the model or the unit."""
    H = model.cell.weight_hh.shape[1]
    if not hasattr(model.cell, "gates"):
        raise ValueError(f"the cell must tell its gates, as `lstm.LSTMCell` does, got a {type(model.cell).__name__}")
    if not 0 <= unit < H:
        raise ValueError(f"unit must be from 0 to {H - 1}, got {unit}")
    return H


def gates_explorer(
    model: LanguageModel, vocab: Vocab, sentence: str, *, unit: int = 0, ask: Sequence[str] = ("?", ".")
) -> widgets.VBox:
    """Type a sentence and see the gates and the cell of an LSTM at each word; one unit is framed.

    Args:
        model: a language model with an LSTM cell of the library, which tells its gates.
        sentence: the first one to show.
        unit: the first one to frame.
        ask: tokens whose probability after the last word is told.

    Raises:
        ValueError: a cell that does not tell its gates, or no such unit.
    """
    H = _check_gates(model, unit)
    text = widgets.Text(sentence, description="sentence", continuous_update=False, layout=widgets.Layout(width="480px"))
    slider = widgets.IntSlider(unit, 0, H - 1, description="unit")

    def draw(sentence: str, unit: int) -> Figure:
        tokens, history = _over(model, vocab, sentence)
        figure, axes = plotting.figure(2, 2, size=(11.0, 7.4), shown=False)
        for ax, (name, title) in zip(axes.flat, _PARTS.items(), strict=True):
            _draw_units(ax, history[name].T, tokens, unit, title)
        return figure

    def describe(sentence: str, unit: int) -> str:
        tokens, history = _over(model, vocab, sentence)
        unknown = [token for token in tokens if vocab[token] == UNK]
        with torch.no_grad():
            logits, _ = model(torch.tensor([vocab.encode(tokens)]))
        p = logits[0, -1].softmax(-1)
        said = ", ".join(f"“{token}” {p[vocab[token]]:.0%}" for token in ask)
        kept = f"Unit {unit} ends with c = {history['c'][-1, unit]:.2f}"
        passed = f"; its forget gate was {history['f'][1:, unit].mean():.2f} in the mean" if len(tokens) > 1 else ""
        known = f" Not in the vocabulary, read as <unk>: {', '.join(unknown)}." if unknown else ""
        return f"{kept}{passed}. The next token: {said}.{known}"

    return explorer({"sentence": text, "unit": slider}, draw, describe)


def gates_picture(
    model: LanguageModel,
    vocab: Vocab,
    sentences: Sequence[str],
    *,
    title: str,
    unit: int = 0,
    parts: Sequence[str] = ("f", "c"),
) -> np.ndarray:
    """`gates_explorer` for a few sentences, one beside another.

    Args:
        parts: rows of the picture, from "i", "f", "o", "c".

    Returns:
        the Axes, (parts, sentences).

    Raises:
        ValueError: as `gates_explorer`; no sentence, or an unknown part.
    """
    _check_gates(model, unit)
    if isinstance(sentences, str) or not sentences:
        raise ValueError(f"sentences must be a list of at least one, got {sentences!r}")
    if not parts or not set(parts) <= set(_PARTS):
        raise ValueError(f"parts must be some of {', '.join(_PARTS)}, got {parts!r}")
    read = [_over(model, vocab, sentence) for sentence in sentences]
    size = (5.2 * len(sentences), 3.6 * len(parts) + 0.6)
    figure, axes = plotting.figure(len(parts), len(sentences), size=size, squeeze=False)
    for row, name in zip(axes, parts, strict=True):
        highest = max(np.abs(history[name]).max() for _, history in read)
        for ax, (tokens, history) in zip(row, read, strict=True):
            _draw_units(ax, history[name].T, tokens, unit, _PARTS[name], highest=highest)
    with plotting.style():
        figure.suptitle(title, x=0.01, ha="left", fontsize=14)
    return axes


def _draw_units(
    ax: Axes, values: np.ndarray, tokens: Sequence[str], unit: int, title: str, highest: float | None = None
) -> None:
    """Units by words, (H, T); a gate runs from 0 to 1, the cell state as far as it goes to both sides."""
    T = values.shape[1]
    signed = title == _PARTS["c"]
    highest = np.abs(values).max() if highest is None else highest
    low, high = (-highest, highest) if signed else (0.0, 1.0)
    plotting.heatmap(
        values, columns=tokens, title=title, xlabel="", ylabel="unit", low=low, high=high, annotate=False, ax=ax
    )
    frame = Rectangle((-0.5, unit - 0.5), T, 1, fill=False, edgecolor=plotting.VERMILION, linewidth=2)
    ax.add_patch(frame)


# --- four cells on one sequence -----------------------------------------------------------------------------


def memory_explorer(models: Mapping[str, nn.Module], *, T: int, first: int, second: int) -> widgets.VBox:
    """Move the two marks of the adding problem: what each cell keeps, and the gradient that reaches each step.

    Args:
        models: by name; each with `cell`, a linear `output` and model(x) -> answers (B, T), trained on the adding
            problem.
        T: the length of the sequence.
        first, second: the marked steps at the beginning; one in the first half, one in the second.

    Raises:
        ValueError: no models, or marks that are not in their halves.
    """
    if not models:
        raise ValueError("models must hold at least one, got none")
    half = T // 2
    if not 0 <= first < half <= second < T:
        raise ValueError(f"expected 0 <= first < {half} <= second < {T}, got {first} and {second}")
    controls = {
        "first": widgets.IntSlider(first, 0, half - 1, description="first mark"),
        "second": widgets.IntSlider(second, half, T - 1, description="second mark"),
        "numbers": widgets.IntSlider(0, 0, 20, description="numbers"),
    }

    def sequence(first: int, second: int, numbers: int) -> Tensor:
        x = torch.zeros(1, T, 2)
        x[0, :, 0] = torch.rand(T, generator=torch.Generator().manual_seed(numbers))
        x[0, [first, second], 1] = 1
        return x

    def draw(first: int, second: int, numbers: int) -> Figure:
        figure, axes = plotting.figure(2, len(models), size=(3.4 * len(models), 6.4), shown=False, squeeze=False)
        _draw_memories(axes, models, sequence(first, second, numbers))
        return figure

    def describe(first: int, second: int, numbers: int) -> str:
        x = sequence(first, second, numbers)
        a, b = x[0, [first, second], 0].tolist()
        answers = ", ".join(f"{name} {_answer(model, x):.2f}" for name, model in models.items())
        return f"The marked numbers are {a:.2f} and {b:.2f}; their sum is {a + b:.2f}. The answers: {answers}."

    return explorer(controls, draw, describe)


def memory_picture(models: Mapping[str, nn.Module], x: Tensor, *, title: str) -> np.ndarray:
    """`memory_explorer` for one sequence x (1, T, 2) of the adding problem.

    Returns:
        the Axes, (2, models): the states, and the gradients.

    Raises:
        ValueError: no models, or x of another shape.
    """
    if not models:
        raise ValueError("models must hold at least one, got none")
    if x.dim() != 3 or len(x) != 1 or x.shape[2] != 2:
        raise ValueError(f"x must have shape (1, T, 2), got {tuple(x.shape)}")
    figure, axes = plotting.figure(2, len(models), size=(3.3 * len(models), 6.6), squeeze=False)
    _draw_memories(axes, models, x)
    with plotting.style():
        figure.suptitle(title, x=0.01, ha="left", fontsize=14)
    return axes


def _answer(model: nn.Module, x: Tensor) -> float:
    with torch.no_grad():
        return model(x)[0, -1].item()


def _draw_memories(axes: np.ndarray, models: Mapping[str, nn.Module], x: Tensor) -> None:
    """For each model what its cell keeps, c or h, units by steps; below it the gradient that reaches each step."""
    marks = x[0, :, 1].nonzero().flatten().tolist()
    arriving = {}
    for name, model in models.items():
        loss: Callable[[Tensor], Tensor] = lambda h, model=model: model.output(h).squeeze(-1)  # noqa: E731
        arriving[name] = state_gradient_norms(model.cell, x, loss=loss)[0].clamp(min=1e-12)
    lowest = min(norms.min().item() for norms in arriving.values())
    highest = max(norms.max().item() for norms in arriving.values())
    for column, (name, model) in enumerate(models.items()):
        above, below = axes[:, column]
        history = gates_through_time(model.cell, x)
        kept = "c" if "c" in history else "h"
        plotting.heatmap(
            history[kept][0].T, title=f"{name}: its {kept}", xlabel="", ylabel="unit" if column == 0 else "", ax=above
        )
        title, label = f"answers {_answer(model, x):.2f}", "gradient of the answer" if column == 0 else ""
        steps = np.arange(x.shape[1])
        plotting.curve(steps, arriving[name], title=title, xlabel="step", ylabel=label, log="y", ax=below)
        below.set_ylim(lowest / 2, highest * 2)
        for ax in (above, below):
            for mark in marks:
                ax.axvline(mark, color=plotting.VERMILION, linestyle=":", linewidth=1.6)
