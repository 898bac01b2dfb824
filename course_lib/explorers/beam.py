"""The tree that beam search grows over one sentence."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_lib import plotting
from course_lib.beam import Beams, beam_search
from course_lib.decoding import greedy_search
from course_lib.explorers.controls import float_slider, int_slider, text_field
from course_lib.explorers.explorer import Array, Explorer, Layout, Settings, Values
from course_lib.explorers.translation import EMPTY, MAX_LENGTH, check_sentence, morphemes, unknown_words
from course_lib.translator import Translator


class Beam(Explorer):
    """Type a sentence in morphemes, choose the width of the beam and alpha, and see the tree of the search.

    Args:
        sentence: the first one, with spaces or plus signs between morphemes.
        beam: the first width, 1 to 5.
        alpha: the first exponent of the length normalization.

    Raises:
        ValueError: a width that is not from 1 to 5.
    """

    def __init__(self, translator: Translator, sentence: str, *, beam: int = 3, alpha: float = 1.0) -> None:
        self.translator, self.target = translator, translator.target
        self.controls = {
            "sentence": text_field("morphemes", sentence, width="560px"),
            "beam": int_slider("beam", beam, 1, 5),
            "alpha": float_slider("alpha", alpha, 0, 1.5, step=0.25),
        }

    def check(self, values: Values) -> None:
        super().check(values)
        check_sentence(values["sentence"])

    def widget_axes(self, values: Values) -> Layout:
        return plotting.figure(shown=False)

    def picture_axes(self, settings: Settings) -> Layout:
        return plotting.figure(1, 1, squeeze=False)

    def picture(self, *, title: str, **values: Any) -> Array:
        """As every explorer's, of one setting; the title stands over the tree, in as many lines as it needs."""
        settings = self.settings(values)
        if len(settings) > 1:
            raise ValueError(f"a tree fills its picture: expected one setting, got {len(settings)}")
        axes: Array = self.picture_axes(settings)[1]
        self.draw(axes[0], **settings[0], title=title)
        return axes

    def draw(self, axes: Array, sentence: str, beam: int, alpha: float, *, title: str = "") -> None:
        if not morphemes(sentence):
            return
        found = self.search(sentence, beam, alpha)
        nodes = found.trees[0] if found.trees else []
        axes[0].figure.set_size_inches(_tree_size([node.parent for node in nodes]))
        plotting.tree(
            [node.parent for node in nodes],
            [self.target.tokens[node.token] for node in nodes],
            notes=["" if node.parent < 0 else f"{node.score:.2f}".replace("-", "−") for node in nodes],
            kept=[node.kept for node in nodes],
            ended=[node.ended for node in nodes],
            path=best_path(nodes, found.ids[0, 0].tolist()),
            title=title,
            xlabel="step",
            ax=axes[0],
        )

    def describe(self, sentence: str, beam: int, alpha: float) -> str:
        tokens = morphemes(sentence)
        if not tokens:
            return EMPTY
        found = self.search(sentence, beam, alpha)
        texts = [
            f"“{' '.join(self.target.decode(ids))}” {score:.2f}{' (cut)' if cut else ''}"
            for ids, score, cut in zip(found.ids[0], found.score[0].tolist(), found.cut[0].tolist(), strict=True)
            if score > -np.inf
        ]
        one = greedy_search(self.translator.model.step, self.translator.start(tokens), MAX_LENGTH)
        words, best = self.target.decode(one.ids[0]), self.target.decode(found.ids[0, 0])
        greedily = "the same as the best" if words == best else f"“{' '.join(words)}”"
        unknown = unknown_words(self.translator, sentence)
        return f"Found, with their scores: {', '.join(texts)}. Greedy decoding says {greedily}.{unknown}"

    def search(self, sentence: str, beam: int, alpha: float) -> Beams:
        """`beam.beam_search` for one sentence, with the tree of the search."""
        state = self.translator.start(morphemes(sentence))
        return beam_search(self.translator.model.step, state, MAX_LENGTH, beam=beam, alpha=alpha, tree=True)


def best_path(nodes: Sequence[Any], ids: Sequence[int]) -> list[int]:
    """The places of the nodes whose words these ids are, root first; `<pad>` behind them is not looked for."""
    path = [0]
    for word in ids:
        child = next((i for i, n in enumerate(nodes) if n.parent == path[-1] and n.token == word and n.kept), None)
        if child is None:
            break
        path.append(child)
        if nodes[child].ended:
            break
    return path


def _tree_size(parents: Sequence[int]) -> tuple[float, float]:
    """Inches: a column for each step, a row for each node of the fullest one."""
    depth = [0] * len(parents)
    for place, parent in enumerate(parents[1:], start=1):
        depth[place] = depth[parent] + 1
    return max(8.0, 1.1 * (max(depth) + 1)), 0.45 * max(map(depth.count, depth)) + 1.4
