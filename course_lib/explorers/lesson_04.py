"""Lesson 04: a translation as it comes about, word by word, and the tree that beam search grows.

decoding_explorer   step through a translation: told the true words on one side, its own on the other
decoding_picture    the same drawing for a few steps
beam_explorer       type a sentence, choose the width of the beam and the length normalization: the tree of the search
beam_picture        the same drawing for one sentence
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import ipywidgets as widgets
import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import nn

from course_lib import plotting
from course_lib.beam import Beams, beam_search
from course_lib.decoding import greedy_search
from course_lib.explorers.core import explorer
from course_lib.text import EOS, SOS, UNK, Vocab, tokenize_english

LONGEST = 40  # words of a translation that is shown


class Translator(NamedTuple):
    """A model with what it takes to hand it a sentence.

    Attributes:
        model: with `start(source ids (B, S))` and `step`.
        source, target: the vocabularies.
        reverse_source: whether it reads the source from its end to its beginning.
    """

    model: nn.Module
    source: Vocab
    target: Vocab
    reverse_source: bool = True

    def start(self, tokens: Sequence[str]) -> Any:
        """The state before the first word, for one sentence.

        Raises:
            ValueError: a sentence without tokens.
        """
        if not tokens:
            raise ValueError("the sentence is empty: type at least one morpheme")
        ids = self.source.encode(tokens)[:: -1 if self.reverse_source else 1]
        with torch.no_grad():
            return self.model.start(torch.tensor([ids]))


def morphemes(text: str) -> list[str]:
    """The morphemes of a sentence as it is typed here, with spaces or plus signs between them."""
    return text.replace("+", " ").split()


def _unknown(translator: Translator, tokens: Sequence[str]) -> str:
    unknown = [token for token in tokens if translator.source[token] == UNK]
    return f" Not in the vocabulary, read as <unk>: {', '.join(unknown)}." if unknown else ""


# --- step by step -------------------------------------------------------------------------------------------


class Steps(NamedTuple):
    """A translation step by step.

    Attributes:
        told: the word that each step was told.
        log_p: of the next word, (steps, V).
    """

    told: list[str]
    log_p: torch.Tensor

    def said(self, vocab: Vocab) -> list[str]:
        """The likeliest word of each step."""
        return [vocab.tokens[i] for i in self.log_p.argmax(1).tolist()]


def steps(translator: Translator, source: Sequence[str], told: Sequence[str] | None = None) -> Steps:
    """Translate a sentence, and keep what each step expected.

    Args:
        told: the true words, which the steps are told; None: each is told the likeliest word of the one before it,
            until that is `<eos>`.
    """
    vocab, state = translator.target, translator.start(source)
    inputs = None if told is None else vocab.encode(told, sos=True)
    word, words, log_ps = SOS, [], []
    with torch.no_grad():
        while len(words) < (LONGEST if inputs is None else len(inputs)):
            word = word if inputs is None else inputs[len(words)]
            words.append(vocab.tokens[word])
            logits, state = translator.model.step(torch.tensor([word]), state)
            log_ps.append(logits[0].log_softmax(-1))
            word = int(logits[0].argmax())
            if inputs is None and word == EOS:
                break
    return Steps(words, torch.stack(log_ps))


def decoding_explorer(translator: Translator, pairs: Sequence, *, step: int = 1, top: int = 6) -> widgets.VBox:
    """Step through a translation. Left each step is told the true words before it, right those that it said itself.

    A sentence may be typed as well: then there is no true translation, unless it is typed, too.

    Args:
        pairs: `datasets.Pair` to choose from, at least one.
        step: the first one to show, counted from 1, as they are in the titles.
        top: how many words to show at each step.

    Raises:
        ValueError: no pairs.
    """
    if not pairs:
        raise ValueError("pairs must hold at least one, got none")
    wide = widgets.Layout(width="560px")
    source = widgets.Combobox(
        value=" ".join(pairs[0].source),
        options=[" ".join(pair.source) for pair in pairs],
        description="morphemes",
        continuous_update=False,
        layout=wide,
    )
    target = widgets.Text(" ".join(pairs[0].target), description="truth", continuous_update=False, layout=wide)
    slider = widgets.IntSlider(step, 1, 16, description="step")
    truth = {" ".join(pair.source): " ".join(pair.target) for pair in pairs}

    def choose(change: Any) -> None:
        target.value = truth.get(change["new"], "")

    source.observe(choose, "value")  # before the picture is drawn again

    def sides(source: str, target: str) -> tuple[list[str], Steps | None, Steps]:
        tokens = morphemes(source)
        told = tokenize_english(target)
        return told, steps(translator, tokens, told) if told else None, steps(translator, tokens)

    def draw(source: str, target: str, step: int) -> Figure:
        figure, axes = plotting.figure(1, 2, size=(11.0, 4.2), shown=False)
        if morphemes(source):
            told, forced, free = sides(source, target)
            _draw_step(axes, translator.target, told, forced, free, step - 1, top)
        return figure

    def describe(source: str, target: str, step: int) -> str:
        tokens = morphemes(source)
        if not tokens:
            return "The sentence is empty: type at least one morpheme."
        told, forced, free = sides(source, target)
        vocab = translator.target
        own = " ".join(vocab.decode(free.log_p.argmax(1)))
        cut = "" if free.said(vocab)[-1] == "<eos>" else f" (cut after {LONGEST} words)"
        words = f"Translation: {own}{cut}."
        if forced is not None:
            right = sum(a == b for a, b in zip(forced.said(vocab), [*told, "<eos>"], strict=True))
            words += f" Told the true words, it says {right} of {len(told) + 1} rightly."
        return words + _unknown(translator, tokens)

    controls = {"source": source, "target": target, "step": slider}
    return explorer(controls, draw, describe, play="step")


def decoding_picture(
    translator: Translator, pair: Any, shown: Sequence[int], *, title: str, top: int = 5
) -> np.ndarray:
    """`decoding_explorer` for one pair and a few steps, one below another.

    Args:
        pair: with tokens `source` and `target`.
        shown: the steps, counted from 0.

    Returns:
        the Axes, (steps, 2).

    Raises:
        ValueError: no steps, or a step beyond the end of the target.
    """
    if not shown or not all(0 <= step <= len(pair.target) for step in shown):
        raise ValueError(f"steps must be from 0 to {len(pair.target)}, at least one, got {list(shown)}")
    forced, free = steps(translator, pair.source, pair.target), steps(translator, pair.source)
    figure, axes = plotting.figure(len(shown), 2, size=(11.0, 2.9 * len(shown) + 0.5), squeeze=False)
    for row, step in zip(axes, shown, strict=True):
        _draw_step(row, translator.target, pair.target, forced, free, step, top)
    with plotting.style():
        figure.suptitle(title, x=0.01, ha="left", fontsize=14)
    return axes


def _draw_step(
    axes: Sequence[Axes],
    vocab: Vocab,
    truth: Sequence[str],
    forced: Steps | None,
    free: Steps,
    step: int,
    top: int,
) -> None:
    """Two pictures of the likeliest words of one step; the true one has an arrow."""
    kinds = (("told the true words", forced), ("told its own words", free))
    for ax, (kind, found) in zip(axes, kinds, strict=True):
        if found is None or step >= len(found.told):
            why = "no true words are given" if found is None else "it has ended"
            with plotting.style():
                ax.set_title(f"step {step + 1}, {kind}: {why}", loc="left")
                ax.axis("off")
            continue
        p, ids = found.log_p[step].exp().topk(min(top, len(vocab)))
        right = [*truth, "<eos>"][step] if truth and step <= len(truth) else None
        labels = [f"→ {vocab.tokens[i]}" if vocab.tokens[i] == right else vocab.tokens[i] for i in ids.tolist()]
        before = " ".join(found.told[max(0, step - 5) : step + 1])
        dots = "… " if step > 5 else ""
        plotting.bars(
            labels,
            p,
            title=f"step {step + 1}, {kind}: {dots}{before}",
            ylabel="probability" + (" (→ the true word)" if right is not None else ""),
            limits=(0, 1),
            horizontal=True,
            ax=ax,
        )
        ax.set(xlim=(0, 1.15), xticks=(0, 0.25, 0.5, 0.75, 1))


# --- the tree of a beam search ------------------------------------------------------------------------------


def search(translator: Translator, source: Sequence[str], beam: int, alpha: float) -> Beams:
    """`beam.beam_search` for one sentence, with the tree of the search."""
    return beam_search(translator.model.step, translator.start(source), LONGEST, beam=beam, alpha=alpha, tree=True)


def beam_explorer(translator: Translator, sentence: str, *, beam: int = 3, alpha: float = 1.0) -> widgets.VBox:
    """Type a sentence in morphemes, choose the width of the beam and alpha, and see the tree of the search."""
    controls = {
        "sentence": widgets.Text(
            sentence, description="morphemes", continuous_update=False, layout=widgets.Layout(width="560px")
        ),
        "beam": widgets.IntSlider(beam, 1, 5, description="beam"),
        "alpha": widgets.FloatSlider(alpha, min=0, max=1.5, step=0.25, description="alpha"),
    }

    def draw(sentence: str, beam: int, alpha: float) -> Figure:
        tokens = morphemes(sentence)
        if not tokens:
            return plotting.figure(shown=False)[0]
        found = search(translator, tokens, beam, alpha)
        figure, ax = plotting.figure(size=_tree_size(found.trees[0]), shown=False)
        _draw_tree(ax, translator.target, found, "")
        return figure

    def describe(sentence: str, beam: int, alpha: float) -> str:
        tokens = morphemes(sentence)
        if not tokens:
            return "The sentence is empty: type at least one morpheme."
        found = search(translator, tokens, beam, alpha)
        one = greedy_search(translator.model.step, translator.start(tokens), LONGEST)
        texts = [
            f"“{' '.join(translator.target.decode(ids))}” {score:.2f}{' (cut)' if cut else ''}"
            for ids, score, cut in zip(found.ids[0], found.score[0].tolist(), found.cut[0].tolist(), strict=True)
            if score > -np.inf
        ]
        words, best = translator.target.decode(one.ids[0]), translator.target.decode(found.ids[0, 0])
        greedily = "the same as the best" if words == best else f"“{' '.join(words)}”"
        unknown = _unknown(translator, tokens)
        return f"Found, with their scores: {', '.join(texts)}. Greedy decoding says {greedily}.{unknown}"

    return explorer(controls, draw, describe)


def beam_picture(translator: Translator, source: Sequence[str], *, beam: int, alpha: float, title: str) -> Axes:
    """`beam_explorer` for one sentence, given as tokens."""
    found = search(translator, source, beam, alpha)
    _, ax = plotting.figure(size=_tree_size(found.trees[0]))
    return _draw_tree(ax, translator.target, found, title)


def _tree_size(nodes: Sequence) -> tuple[float, float]:
    """Inches: a column for each step, a row for each node of the fullest one."""
    depth = [0] * len(nodes)
    for place, node in enumerate(nodes[1:], start=1):
        depth[place] = depth[node.parent] + 1
    return max(8.0, 1.1 * (max(depth) + 1)), 0.45 * max(map(depth.count, depth)) + 1.4


def best_path(nodes: Sequence, ids: Sequence[int]) -> list[int]:
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


def _draw_tree(ax: Axes, vocab: Vocab, found: Beams, title: str) -> Axes:
    nodes = found.trees[0]
    return plotting.tree(
        [node.parent for node in nodes],
        [vocab.tokens[node.token] for node in nodes],
        notes=["" if node.parent < 0 else f"{node.score:.2f}".replace("-", "−") for node in nodes],
        kept=[node.kept for node in nodes],
        ended=[node.ended for node in nodes],
        path=best_path(nodes, found.ids[0, 0].tolist()),
        title=title,
        xlabel="step",
        ax=ax,
    )
