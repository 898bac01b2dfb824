"""Lesson 04: an encoder and a decoder, in training and in use, and the search for a good sentence."""

from collections.abc import Sequence
from itertools import pairwise

from tools.pictures.canvas import GREY, KINDS, PAPER, SMALL, Part, Picture, Point
from tools.pictures.registry import picture

STATE, MARK = KINDS["state"][1], KINDS["mark"][1]


def _small(p: Picture, x: float, y: float, text: str, *, colour: str = GREY, bold: bool = False) -> None:
    p.text(x, y, text, size=SMALL, colour=colour, bold=bold, halo=False)


def _row(p: Picture, xs: list[float], y: float, words: str, *, kind: str = "data", w: float) -> list[Part]:
    """A row of boxes with a word in each."""
    return [p.box(x, y, word, kind=kind, w=w, h=30) for x, word in zip(xs, words.split(), strict=True)]


def _cells(p: Picture, xs: list[float], y: float, *, w: float) -> list[Part]:
    """A recurrent layer: cells, and the state that goes from each to the next."""
    cells = [p.box(x, y, "cell", w=w, size=SMALL) for x in xs]
    for one, other in pairwise(cells):
        p.arrow(one.right, other.left, colour=STATE)
    return cells


def _up(p: Picture, *parts: Part, shapes: Sequence[str] = (), side: int = 1) -> None:
    """Arrows from each part to the one above it, at the first one's x, with the shapes beside them."""
    for below, above, shape in zip(parts, parts[1:], shapes or [""] * len(parts), strict=False):
        p.arrow((parts[0].x, below.top[1]), (parts[0].x, above.bottom[1]), shape=shape, side=side)


def _layer(p: Picture, left: float, right: float, y: float, text: str, kind: str = "learned") -> Part:
    """A layer: of one step, or of several at once."""
    return p.box((left + right) / 2, y, text, kind=kind, w=right - left, h=28, size=SMALL)


@picture(
    "An encoder and a decoder, one beside the other, in training. The encoder reads six Korean morphemes, one at each "
    "step: embedding, then the cell. Its last state, the context c of shape (B, H), is all that the decoder gets of "
    "them, and is its first state. The decoder is told the true words, from below: sos, i, drink, tea. A linear layer "
    "above its cells gives logits of shape (B, T, V) for what is to be said: i, drink, tea, eos, the same words one "
    "step earlier."
)
def encoder_decoder() -> Picture:
    p = Picture(760, 430)
    source, target = [47.0 + 47 * s for s in range(6)], [456.0 + 74 * t for t in range(4)]
    p.frame(20, 190, 350, 328)
    p.frame(424, 119, 746, 328)
    _small(p, 164.5, 204, "encoder", bold=True)
    _small(p, 567, 131, "decoder", bold=True)
    read = _row(p, source, 380, "나 는 차 를 마시 어", w=40)
    told = _row(p, target, 380, "<sos> i drink tea", kind="mark", w=58)
    said = _row(p, target, 60, "i drink tea <eos>", w=58)
    by_source, by_target = _layer(p, 30, 299, 302, "embedding"), _layer(p, 433, 701, 302, "embedding")
    linear = _layer(p, 433, 701, 156, "linear")
    encoder, decoder = _cells(p, source, 234, w=34), _cells(p, target, 234, w=46)
    for word, cell in zip(read, encoder, strict=True):
        _up(p, word, by_source, cell, shapes=("(B, S)", "(B, S, E)") if word is read[-1] else ())
    for word, cell, due in zip(told, decoder, said, strict=True):
        shapes = ("(B, T)", "(B, T, E)", "(B, T, H)", "(B, T, V)") if word is told[-1] else ()
        _up(p, word, by_target, cell, linear, due, shapes=shapes)
    context = p.vector(387, 234, kind="state")
    p.arrow(encoder[-1].right, context.left, colour=STATE)
    p.arrow(context.right, decoder[0].left, colour=STATE)
    p.text(387, 188, "context $c$", colour=STATE)
    _small(p, 387, 276, "(B, H)")
    _small(p, 164.5, 414, "source: 나는 차를 마셔, S = 6")
    _small(p, 567, 414, "told: the true words, after <sos>", colour=MARK)
    _small(p, 567, 28, "to be said, T = 4: the same words, one step earlier")
    p.text(164.5, 76, "teacher forcing", colour=MARK, bold=True)
    p.lines(164.5, 108, ["whatever the decoder would say,", "the next step is told the true word"], colour=GREY)
    return p


def _feed_back(p: Picture, said: Part, told: Part) -> None:
    """From the word that was said to the next step, over the line of states."""
    x = (said.x + told.x) / 2
    p.line((x, 225), (x, 255), colour=PAPER, wide=9)
    p.arrow(said.right, (x, said.y), (x, told.y), told.left, colour=MARK, wide=2)


@picture(
    "The same decoder in use, where nobody knows the true words. Its first state is the context c, and sos is told to "
    "the first step: embedding, cell, linear layer, and of all words the likeliest is said. An arrow leads from each "
    "word that was said back down: the next step is told the decoder's own word. In training the true word stands "
    "there. When the decoder says eos, it stops."
)
def free_running() -> Picture:
    p = Picture(760, 440)
    xs = [156.0 + 160 * t for t in range(4)]
    told = _row(p, xs[:1], 380, "<sos>", w=62) + _row(p, xs[1:], 380, "i drink tea", kind="mark", w=62)
    said = _row(p, xs, 54, "i drink tea <eos>", w=62)
    cells = _cells(p, xs, 240, w=80)
    for t, x in enumerate(xs):
        embedding, linear = _layer(p, x - 40, x + 40, 312, "embedding"), _layer(p, x - 40, x + 40, 176, "linear")
        likeliest = _layer(p, x - 40, x + 40, 116, "likeliest", "operation")
        shapes = () if t else ("(B,)", "(B, E)", "(B, H)", "(B, V)", "(B,)")
        _up(p, told[t], embedding, cells[t], linear, likeliest, said[t], shapes=shapes, side=-1)
    for one, other in zip(said, told[1:], strict=False):
        _feed_back(p, one, other)
    p.arrow((24, 240), cells[0].left, label="context $c$", shape="(B, H)", colour=STATE)
    _small(p, 60, 54, "said")
    _small(p, 60, 380, "told")
    _small(p, 706, 54, "it stops")
    _small(p, 476, 416, "its own words; in training the true ones stand here", colour=MARK)
    return p


def _minus(text: str) -> str:
    return text.replace("-", "\N{MINUS SIGN}")


def _branch(p: Picture, parent: Part, child: Point, text: str, kind: str) -> None:
    """From a hypothesis to one that is a word longer: an arrow with a text on it."""
    trunk, colour = parent.right[0] + 16, KINDS[kind][1]
    wide = 2.0 if kind == "mark" else 1.5
    p.arrow(parent.right, (trunk, parent.y), (trunk, child[1]), child, colour=colour, dashed=kind == "data", wide=wide)
    p.text((trunk + child[0] - 8) / 2, child[1] - 11, text, size=SMALL, colour=colour)


def _extend(p: Picture, parent: Part, y: float, words: str, numbers: str, kind: str = "data") -> Part:
    """A hypothesis a word longer than its parent; numbers: log p of the word and of the whole; "data": pruned."""
    x, w = ((210, 64), (408, 92), (650, 116))[len(words.split()) - 1]
    of_word, of_all = _minus(numbers).split()
    child = Part(x, y, w, 40)
    _branch(p, parent, child.left, f"{words.split()[-1]} {of_word}", kind)
    if kind == "data":
        p.frame(x - w / 2, y - 20, x + w / 2, y + 20, dashed=True)
        p.lines(x, y, [words, of_all], size=13, colour=GREY, halo=False)
        return child
    return p.box(x, y, f"{words}\n{of_all}", kind=kind, w=w, h=40, size=13)


LEGEND = (("state", "kept: the two best of each step"), ("mark", "kept: on the way to the best"), ("data", "pruned"))
NUMBERS = ("on an arrow: log p of the word", "in a box: log p of all its words")


def _legend(p: Picture, x: float, y: float) -> None:
    for i, (kind, text) in enumerate(LEGEND):
        p.box(x + 10, y + 24 * i, kind=kind, w=20, h=14, dashed=kind == "data")
        p.text(x + 32, y + 24 * i, text, size=SMALL, colour=KINDS[kind][1], anchor="start")
    p.lines(x, y + 84, NUMBERS, anchor="start", colour=GREY)
    p.text(x, y + 124, "greedy would say “i have a”", size=SMALL, anchor="start", colour=GREY)


@picture(
    "A beam of 2 over three steps, as a tree that grows to the right. After sos the words i, with log p of minus 0.4, "
    "and we, minus 1.6, are kept, and tea, minus 2.2, is pruned. Each of the two is extended, and log p is added up: i "
    "have, minus 1.1, and i drink, minus 1.3, are kept; both that begin with we are pruned. At step 3 the best is i "
    "drink tea, minus 1.5, before i have a, minus 2.1, which greedy decoding would have found."
)
def beam_search() -> Picture:
    p = Picture(736, 490)
    for step, x in enumerate((210, 408, 650), 1):
        _small(p, x, 24, f"step {step}")
    start = p.box(46, 226, "<sos>\n0.0", kind="state", w=60, h=40, size=13)
    _extend(p, start, 446, "tea", "-2.2 -2.2")
    we = _extend(p, start, 361, "we", "-1.6 -1.6", "state")
    i = _extend(p, start, 161, "i", "-0.4 -0.4", "mark")
    _extend(p, we, 391, "we have", "-1.2 -2.8")
    _extend(p, we, 331, "we drink", "-0.5 -2.1")
    have = _extend(p, i, 96, "i have", "-0.7 -1.1", "state")
    drink = _extend(p, i, 226, "i drink", "-0.9 -1.3", "mark")
    _extend(p, have, 126, "i have tea", "-1.2 -2.3")
    _extend(p, have, 66, "i have a", "-1.0 -2.1", "state")
    _extend(p, drink, 256, "i drink coffee", "-2.0 -3.3")
    _extend(p, drink, 196, "i drink tea", "-0.2 -1.5", "mark")
    _legend(p, 510, 328)
    return p
