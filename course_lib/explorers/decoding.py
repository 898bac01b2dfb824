"""A translation as it comes about, word by word."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

import torch
from matplotlib.axes import Axes
from torch import Tensor

from course_lib import plotting
from course_lib.datasets import Pair
from course_lib.explorers.controls import int_slider, text_field
from course_lib.explorers.explorer import Array, Explorer, Layout, Settings, Values, side_by_side
from course_lib.explorers.translation import EMPTY, MAX_LENGTH, check_sentence, morphemes, unknown_words
from course_lib.text import EOS, SOS, Vocab, tokenize_english
from course_lib.translator import Translator


class Steps(NamedTuple):
    """A translation step by step.

    Attributes:
        inputs: the word that each step was given.
        log_p: of the next word, (steps, V).
    """

    inputs: list[str]
    log_p: Tensor

    def likeliest(self, vocab: Vocab) -> list[str]:
        """The likeliest next word of each step."""
        return [vocab.tokens[i] for i in self.log_p.argmax(1).tolist()]


class Decoding(Explorer):
    """Step through a translation. Left each step is given the true words before it, right the model's own.

    A sentence may be typed as well: then there is no true translation, unless it is typed, too.

    Args:
        pairs: to choose from, at least one.
        step: the first one to show, counted from 1, as they are in the titles.

    Raises:
        ValueError: no pairs.
    """

    play = "step"
    in_picture: ClassVar = {"top": 5}  # lower rows than the widget's

    def __init__(self, translator: Translator, pairs: Sequence[Pair], *, step: int = 1) -> None:
        if not pairs:
            raise ValueError("pairs must hold at least one, got none")
        self.translator, self.target = translator, translator.target
        self.truth = {" ".join(pair.source): " ".join(pair.target) for pair in pairs}
        first = pairs[0]
        self.controls = {
            "source": text_field(
                "morphemes", " ".join(first.source), [" ".join(pair.source) for pair in pairs], width="560px"
            ),
            "target": text_field("truth", " ".join(first.target), width="560px"),
            "step": int_slider("step", step, 1, max(16, step)),
        }

    def link(self, controls: Mapping[str, Any]) -> None:
        def choose(change: Mapping[str, Any]) -> None:
            controls["target"].value = self.truth.get(change["new"], "")

        controls["source"].observe(choose, "value")

    def check(self, values: Values) -> None:
        for name in ("source", "target"):
            self.controls[name].check(values[name], name)
        check_sentence(values["source"])
        last = len(tokenize_english(values["target"])) + 1
        if values["step"] not in range(1, last + 1):
            raise ValueError(f"step must be from 1 to {last}, the end of the truth, got {values['step']!r}")

    def widget_axes(self, values: Values) -> Layout:
        return side_by_side()

    def picture_axes(self, settings: Settings) -> Layout:
        n = len(settings)
        return plotting.figure(n, 2, size=(11.0, 2.9 * n + 0.5), squeeze=False)

    def draw(self, axes: Array, source: str, target: str, step: int, *, top: int = 6) -> None:
        """The likeliest words of one step, on both sides; the true one has an arrow."""
        if not morphemes(source):
            return
        truth, forced, free = self.both_sides(source, target)
        for ax, kind, steps in zip(axes, ("told the true words", "told its own words"), (forced, free), strict=True):
            title = f"step {step}, {kind}"
            if steps is None or step > len(steps.inputs):
                why = "no true words are given" if steps is None else "it has ended"
                with plotting.style():
                    ax.set_title(f"{title}: {why}", loc="left")
                    ax.axis("off")
            else:
                self._draw_words(ax, steps, step, [*truth, "<eos>"] if truth else [], title, top)

    def _draw_words(self, ax: Axes, steps: Steps, step: int, truth: Sequence[str], title: str, top: int) -> None:
        p, ids = steps.log_p[step - 1].exp().topk(min(top, len(self.target)))
        right = truth[step - 1] if step <= len(truth) else None
        words = [self.target.tokens[i] for i in ids.tolist()]
        before = " ".join(steps.inputs[max(0, step - 6) : step])
        plotting.bars(
            [f"→ {word}" if word == right else word for word in words],
            p,
            title=f"{title}: {'… ' if step > 6 else ''}{before}",
            ylabel="probability" + (" (→ the true word)" if right is not None else ""),
            limits=(0, 1),
            horizontal=True,
            ax=ax,
        )
        ax.set(xlim=(0, 1.15), xticks=(0, 0.25, 0.5, 0.75, 1))

    def describe(self, source: str, target: str, step: int) -> str:
        if not morphemes(source):
            return EMPTY
        truth, forced, free = self.both_sides(source, target)
        cut = "" if free.likeliest(self.target)[-1] == "<eos>" else f" (cut after {MAX_LENGTH} words)"
        text = f"Translation: {' '.join(self.target.decode(free.log_p.argmax(1)))}{cut}."
        if forced is not None:
            right = sum(a == b for a, b in zip(forced.likeliest(self.target), [*truth, "<eos>"], strict=True))
            text += f" Told the true words, it says {right} of {len(truth) + 1} rightly."
        return text + unknown_words(self.translator, source)

    def both_sides(self, source: str, target: str) -> tuple[list[str], Steps | None, Steps]:
        """The true words, the steps that are given these (None: there are none), and those given the model's own."""
        tokens, truth = morphemes(source), tokenize_english(target)
        return truth, self.steps(tokens, truth) if truth else None, self.steps(tokens)

    def steps(self, source: Sequence[str], target: Sequence[str] | None = None) -> Steps:
        """Translate a sentence, and keep what each step expected.

        Args:
            target: the true words, which the steps are given (teacher forcing); None: each is given the likeliest word
                of the one before it, until that is `<eos>`.

        Raises:
            ValueError: a source without tokens.
        """
        vocab, state = self.target, self.translator.start(source)
        forced = None if target is None else vocab.encode(target, sos=True)
        word, inputs, log_ps = SOS, list[str](), list[Tensor]()
        with torch.no_grad():
            while len(inputs) < (MAX_LENGTH if forced is None else len(forced)):
                word = word if forced is None else forced[len(inputs)]
                inputs.append(vocab.tokens[word])
                logits, state = self.translator.model.step(torch.tensor([word]), state)
                log_ps.append(logits[0].log_softmax(-1))
                word = int(logits[0].argmax())
                if forced is None and word == EOS:
                    break
        return Steps(inputs, torch.stack(log_ps))
