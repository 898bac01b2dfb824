"""A sentence cut into subwords, with more and with fewer merges."""

from collections.abc import Sequence
from unicodedata import east_asian_width

from matplotlib.axes import Axes

from course_lib import plotting
from course_lib.bpe import BPE
from course_lib.explorers.controls import choice, text_field
from course_lib.explorers.explorer import Array, Explorer, Layout, Settings, Values

_COUNTS = (0, 10, 30, 100, 300, 1000, 3000, 10_000)
_COLUMNS = 60  # as many letters as fit side by side


class Merges(Explorer):
    """The tokens of a sentence, side by side; a slider goes through the number of merges."""

    play = "merges"

    def __init__(self, subwords: BPE, sentence: str) -> None:
        """Take merges, in the order in which they were learned, and the sentence to begin with.

        Raises:
            ValueError: no merges.
        """
        if not subwords.merges:
            raise ValueError("expected subwords with merges, got none")
        self.subwords = subwords
        most = len(subwords.merges)
        counts = [count for count in _COUNTS if count < most] + [most]
        self.compared = {"merges": counts}
        self.controls = {
            "merges": choice("merges", [(f"{count:,}", count) for count in counts], most, slider=True),
            "sentence": text_field("sentence", sentence, placeholder="a sentence", width="420px"),
        }

    def widget_axes(self, values: Values) -> Layout:
        return plotting.figure(size=(11.0, 1.3), shown=False)

    def picture_axes(self, settings: Settings) -> Layout:
        return plotting.figure(len(settings), 1, size=(11.0, 0.9 * len(settings) + 0.3), squeeze=False)

    def tokens(self, merges: int, sentence: str) -> list[str]:
        """The sentence cut by the first merges alone."""
        return BPE(self.subwords.merges[:merges], self.subwords.alphabet).encode(sentence)

    def draw(self, axes: Array, merges: int, sentence: str) -> None:
        tokens = self.tokens(merges, sentence)
        with plotting.style():
            self._draw_tokens(axes[0], tokens)
            axes[0].set_title(f"{merges:,} merges: {len(tokens)} tokens", loc="left")

    def _draw_tokens(self, ax: Axes, tokens: Sequence[str]) -> None:
        """Each token as a box, as wide as its letters; bytes in a colour of their own."""
        end = 0.0
        for place, token in enumerate(tokens):
            width = 1 + sum(1.8 if east_asian_width(character) in "WF" else 1 for character in token)
            colour = plotting.VERMILION if token.startswith("<0x") else plotting.BLUE
            ax.broken_barh([(end, width - 0.2)], (0, 1), color=colour, alpha=0.45 if place % 2 else 0.25, linewidth=0)
            ax.text(end + width / 2 - 0.1, 0.45, token.replace("$", r"\$"), ha="center", va="center", fontsize=11)
            end += width
        ax.set(xlim=(0, max(end, _COLUMNS)), ylim=(0, 1))
        ax.set_axis_off()

    def describe(self, merges: int, sentence: str) -> str:
        tokens = self.tokens(merges, sentence)
        return f"{len(sentence)} characters in {len(tokens)} tokens: {' '.join(tokens)}"
