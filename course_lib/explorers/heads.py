"""Where the heads of a Transformer look."""

from collections.abc import Sequence
from typing import Any

import torch

from course_lib import metrics, plotting
from course_lib.batches import pad
from course_lib.datasets import Pair
from course_lib.explorers.controls import choice, index, int_slider
from course_lib.explorers.explorer import Array, Explorer, Layout, Settings, Values, columns
from course_lib.modes import evaluating
from course_lib.translator import Translator

_KINDS = {
    "cross": "target looks at source",
    "encoder": "source looks at source",
    "decoder": "target looks at target",
}


class Heads(Explorer):
    """Choose a sentence, a kind of attention, a layer and a head; gold links are outlined, possible ones dashed.

    A picture compares heads, by default all of a layer.

    Args:
        translator: of a Transformer.
        pairs: the sentences to choose from.

    Raises:
        ValueError: no pairs.
    """

    def __init__(self, translator: Translator, pairs: Sequence[Pair]) -> None:
        if not pairs:
            raise ValueError("pairs must hold at least one, got none")
        self.translator, self.pairs = translator, pairs
        L, N = len(translator.model.encoder), translator.model.encoder[0].self_attn.N
        names = [f"{i}: {pair.source_text}"[:60] for i, pair in enumerate(pairs, start=1)]
        self.controls = {
            "sentence": index("sentence", names, width="480px"),
            "kind": choice("attention", [(text, kind) for kind, text in _KINDS.items()], "cross"),
            "layer": int_slider("layer", L, 1, L),
            "head": int_slider("head", 1, 1, N),
        }
        self.compared = {"head": range(1, N + 1)}

    def widget_axes(self, values: Values) -> Layout:
        rows, _ = self.names(values["sentence"], values["kind"])
        return plotting.figure(size=(7.6, 1.6 + 0.34 * len(rows)), shown=False)

    def picture_axes(self, settings: Settings) -> Layout:
        longest = max(len(self.names(values["sentence"], values["kind"])[0]) for values in settings)
        return columns(len(settings), size=(3.6 * len(settings), 2.0 + 0.3 * longest))

    def draw(self, axes: Array, sentence: int, kind: str, layer: int, head: int) -> None:
        title = f"Layer {layer}, head {head}: {_KINDS[kind]}"
        self._draw_weights(axes[0], sentence, kind, layer, head, title=title, xlabel="looked at")

    def draw_picture(self, axes: Array, settings: Settings) -> None:
        layers = {values["layer"] for values in settings}
        seen: list[str] = []
        for (ax,), values in zip(axes, settings, strict=True):
            title = f"head {values['head']}" if len(layers) == 1 else f"layer {values['layer']}, head {values['head']}"
            if (error := self.error(**values)) is not None:
                title += f", error {error:.2f}"
            self._draw_weights(ax, **values, title=title, xlabel="")
            rows, _ = self.names(values["sentence"], values["kind"])
            if rows == seen:  # they stand on the left already
                ax.set_yticklabels([])
            seen = rows

    def describe(self, sentence: int, kind: str, layer: int, head: int) -> str:
        pair = self.pairs[sentence]
        largest = self.weights(sentence, kind, layer, head).max(1).mean()
        text = f"{pair.source_text} · {pair.target_text} · The largest weight of a row: {largest:.2f} in the mean."
        if (error := self.error(sentence, kind, layer, head)) is not None:
            text += f" Alignment error rate of this head over this sentence: {error:.2f}."
        return text

    def weights(self, sentence: int, kind: str, layer: int, head: int) -> Array:
        """What one head looks at, (rows, columns) as in `names`."""
        pair = self.pairs[sentence]
        model, source = self.translator.model, pad([self.translator.encode_source(pair.source)])
        inputs = pad([self.translator.target.encode(pair.target, sos=True)])
        with evaluating(model):
            weights: Array = getattr(model.weights(source, inputs), kind)[layer - 1][0, head - 1].numpy()
        return weights

    def names(self, sentence: int, kind: str) -> tuple[list[str], list[str]]:
        """What looks, in rows, and what is looked at, in columns."""
        pair = self.pairs[sentence]
        source = list(pair.source)
        # Row t of a decoder stands after <sos> y_1 ... y_t and says the next token: it is named by what it says.
        rows = source if kind == "encoder" else [*pair.target, "<eos>"]
        return rows, ["<sos>", *pair.target] if kind == "decoder" else source

    def links(self, sentence: int, kind: str) -> list[list[tuple[int, int]]]:
        """The sure and the possible gold links as (row, column), where there are any."""
        pair = self.pairs[sentence]
        known = kind == "cross" and pair.alignment is not None
        return [[(t, s) for s, t in links] for links in pair.gold()] if known else [[], []]

    def error(self, sentence: int, kind: str, layer: int, head: int) -> float | None:
        """The alignment error rate of one head over one sentence, where there are gold links."""
        pair = self.pairs[sentence]
        if kind != "cross" or pair.alignment is None:
            return None
        weights = torch.from_numpy(self.weights(sentence, kind, layer, head)[:-1])  # <eos> is linked with nothing
        return metrics.aer([metrics.links_from_weights(weights)], *([links] for links in pair.gold()))

    def _draw_weights(
        self, ax: Any, sentence: int, kind: str, layer: int, head: int, *, title: str, xlabel: str
    ) -> None:
        rows, looked_at = self.names(sentence, kind)
        sure, possible = self.links(sentence, kind)
        plotting.heatmap(
            self.weights(sentence, kind, layer, head), rows, looked_at, title=title, xlabel=xlabel, ylabel="", low=0,
            high=1, annotate=False, links=sure, possible=possible, ax=ax,
        )  # fmt: skip
