"""Lessons 06 and 07: what a Transformer is made of: heads, positions, masks, and the cache of keys and values."""

from math import cos, sin

from tools.pictures.canvas import GREY, INK, KINDS, SMALL, Part, Picture
from tools.pictures.registry import picture

LOOK, MARK = (KINDS[kind][1] for kind in ("look", "mark"))
CELL, PAIR = 13.0, 18.0  # sides of the cells of grids, and of vectors of positions
HANDS = ((204.0, 1.0), (274.0, 10**-0.5), (344.0, 0.1))  # of the clocks: height, radians per position
ROWS = (136.0, 164.0, 192.0)  # of what is kept

# --- heads ----------------------------------------------------------------------------------------------------


@picture(
    "Multi-head attention with three heads, for a sentence of four words; each row is a word. The vectors x, of width "
    "D, are multiplied by three matrices, which give queries, keys and values, each of width D again. Their columns "
    "are cut into three pieces of width d k, one piece for each head. Each head compares its own queries with its own "
    "keys, and its weights say which values it takes: here each head looks at other places. What the heads find "
    "stands side by side again, of width D, and is multiplied by the matrix W O."
)
def heads() -> Picture:
    p = Picture(750, 512)
    x = _sentence(p, 185, "$x$")
    columns = [416.0, 542.0, 668.0]
    for n, at in enumerate(columns):
        _head(p, at, n)
    for y, letter, name in ((88, "Q", "queries"), (148, "K", "keys"), (282, "V", "values")):
        by = p.box(256, y, f"$W^{letter}$", w=48)
        p.arrow(x.right, (214, x.y), (214, y), by.left)
        p.arrow(by.right, (columns[0] - 28, y), label=name, shape="(B, T, D)", at=0.42)
    p.lines(356, 221, ["weights", "softmax($QK^T$/√$d_k$)", "(B, N, T, T)"], colour=GREY, anchor="end", halo=False)
    p.lines(356, 358, ["weights × values", "(B, N, T, $d_k$)"], colour=GREY, anchor="end", halo=False)
    joined = _grid(p, columns[1], 446, 4, 12)
    for n, at in enumerate(columns):
        end = joined.at("top", (2 * n + 1) / 6)
        p.arrow((at, 384), *([(at, 406), (end[0], 406)] if n != 1 else []), end)
    out, by = _sentence(p, 446, "output"), p.box(330, 446, "$W^O$", w=48)
    p.arrow(joined.left, by.right, shape="(B, T, D)")
    p.arrow(by.left, out.right)
    p.text(columns[1] + 90, 446, "side by side again", size=SMALL, colour=GREY, anchor="start")
    return p


def _sentence(p: Picture, y: float, name: str) -> Part:
    """Four words, a row each."""
    for i, word in enumerate(["the", "dog", "bit", "me"]):
        p.text(30, y + (i - 1.5) * CELL, word, size=SMALL, anchor="end", halo=False)
    p.text(116, y - 40, name)
    p.text(116, y + 40, "(B, T, D)", size=SMALL, colour=GREY)
    return _grid(p, 116, y, 4, 12)


def _head(p: Picture, x: float, n: int) -> None:
    """A head: queries, keys, weights, values, what it finds."""
    p.frame(x - 50, 20, x + 50, 398, f"head {n + 1}", kind="look")
    for y in (88, 148, 282, 358):
        _grid(p, x, y, 4, 4)
    _grid(p, x, 221, 4, 4, kind="look")
    for word, place in enumerate(([0, 0, 1, 2], [1, 2, 3, 3], [1, 1, 1, 1])[n]):
        _fill(p, x + (place - 1.5) * CELL, 221 + (word - 1.5) * CELL, CELL - 4)
    p.arrow((x, 174), (x, 195))
    p.arrow((x, 308), (x, 332))
    p.line((x - 26, 57), (x + 26, 57), colour=GREY, wide=1)
    p.text(x, 47, "$d_k$", size=SMALL, colour=GREY, halo=False)


def _grid(p: Picture, x: float, y: float, rows: int, columns: int, kind: str = "data") -> Part:
    for i in range(rows):
        p.vector(x, y + (i - (rows - 1) / 2) * CELL, columns, kind=kind, cell=CELL, upright=False)
    return Part(x, y, columns * CELL, rows * CELL)


def _fill(p: Picture, x: float, y: float, side: float, colour: str = LOOK) -> None:
    """A full square."""
    p.line((x - side / 2, y), (x + side / 2, y), colour=colour, wide=side)


# --- positions ------------------------------------------------------------------------------------------------


@picture(
    "How a word gets its place, for four words at the positions 0, 1, 2 and 3. Each word's vector is multiplied by the "
    "root of D, and the vector of its position is added; the sum is x, what the first layer reads. The vector of a "
    "position is read off clocks: each clock gives two numbers, how far the tip of its hand is to the right, a sine, "
    "and how far it is up, a cosine. All hands point up at position 0; from one position to the next the first turns "
    "by 1 radian, another by 0.32, another by 0.1."
)
def positions() -> Picture:
    p = Picture(760, 464)
    for t, word in enumerate(["the", "dog", "bit", "me"]):
        x = 206 + 152 * t
        add, scale = p.operation(x, 88, "+"), p.operation(x - 60, 130, "×√$D$", r=20)
        p.arrow(add.top, (x, 46))
        p.text(x, 30, f"$x_{t}$")
        p.arrow((x - 60, HANDS[0][0] - PAIR), scale.bottom)
        p.arrow(scale.top, (x - 60, add.y), add.left)
        p.arrow((x, HANDS[0][0] - PAIR), add.bottom)
        p.text(x + 8, 130, f"$P_{t}$", anchor="start")
        for y, turn in HANDS:
            _clock(p, x + 44, y, t * turn)
            for at in (x - 60, x):
                p.vector(at, y, 2, cell=PAIR)
            for k, value in enumerate((sin(t * turn), cos(t * turn))):
                number = f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
                p.text(x - 14, y + (k - 0.5) * PAIR, number, size=10, colour=GREY, anchor="end", halo=False)
        for y in (HANDS[0][0] + 35, HANDS[1][0] + 35):
            p.text(x - 60, y, "⋮", colour=GREY)
            p.text(x, y, "⋮", colour=GREY)
        p.text(x - 60, 396, word)
        p.text(x + 22, 396, f"position {t}", size=SMALL)
    for (y, _), speed in zip(HANDS, ("1", "0.32", "0.1"), strict=True):
        p.lines(22, y, [f"{speed} radian", "per position"], colour=GREY, anchor="start")
    p.text(22, 30, "(B, T, D)", size=SMALL, colour=GREY, anchor="start")
    p.text(380, 424, "three of the 32 clocks for $D$ = 64", size=SMALL, colour=GREY)
    tip = "the tip of a hand gives two numbers: how far right (sine), how far up (cosine)"
    p.text(380, 441, tip, size=SMALL, colour=GREY)
    return p


def _clock(p: Picture, x: float, y: float, angle: float) -> None:
    """A clock whose hand begins at the top and turns to the right."""
    p.operation(x, y, "", kind="data", r=21)
    p.line((x, y), (x + 18 * sin(angle), y - 18 * cos(angle)), colour=MARK, wide=2.5)


# --- masks ----------------------------------------------------------------------------------------------------


@picture(
    "Two masks as grids, for one pair of sentences in a batch: a row for each word that asks, a column for each word "
    "that may be looked at. The source has four tokens and two of padding: all rows are alike, the four columns of "
    "real tokens are full, those of padding empty. The target has sos, three words and two of padding: row t is full "
    "up to column t and empty behind it, for that is the future, and here, too, the columns of padding are empty."
)
def masks() -> Picture:
    p = Picture(740, 476)
    source, target = ["차", "를", "마시", "어", "<pad>", "<pad>"], ["<sos>", "i", "drink", "tea", "<pad>", "<pad>"]
    for x, name, shape, remark in (
        (222, "source mask", "(B, S)", "all tokens, but no padding: the rows are alike"),
        (578, "target mask", "(B, T, T)", "itself and what is before it: no future, no padding"),
    ):
        p.text(x, 26, name, bold=True)
        p.text(x, 46, shape, size=SMALL, colour=GREY)
        p.text(x, 412, remark, size=SMALL, colour=GREY)
    _mask(p, 222, source, causal=False)
    _mask(p, 578, target, causal=True)
    p.vector(216, 450, 1, cell=20, kind="look")
    _fill(p, 216, 450, 13)
    p.text(234, 450, "may look (True)", anchor="start")
    p.vector(406, 450, 1, cell=20)
    p.text(424, 450, "hidden (False)", anchor="start")
    return p


def _mask(p: Picture, x: float, words: list[str], *, causal: bool) -> None:
    """A grid of who may look at whom, its middle at x."""
    side, left, top = 44.0, x - 3 * 44, 126.0
    p.text(x, 78, "the word that is looked at", size=SMALL, colour=GREY)
    p.lines(left - 14, 96, ["the word", "that asks"], colour=GREY, anchor="end")
    for i, asks in enumerate(words):
        at, ink = side * (i + 0.5), GREY if asks == "<pad>" else INK
        p.text(left + at, top - 14, asks, size=SMALL, colour=ink, room=side)
        p.text(left - 14, top + at, asks, size=SMALL, colour=ink, anchor="end")
        for j, seen in enumerate(words):
            free = seen != "<pad>" and (j <= i or not causal)
            place = left + side * (j + 0.5), top + at
            p.vector(*place, 1, cell=side, kind="look" if free else "data")
            if free:
                _fill(p, *place, side - 14)


# --- the cache ------------------------------------------------------------------------------------------------


@picture(
    "One step of decoding with a cache: the self-attention of the new word tea, behind sos, i and drink. Only the new "
    "word's vector, of shape (B, 1, D), is multiplied by the three matrices. Its key is put below the keys that are "
    "kept of the words before, its value below their values. Its query is compared with all four keys; the four "
    "weights, one for each word, give the weighted mean of the four values, and the matrix W O makes the output of it. "
    "Nothing of the words before is computed again."
)
def key_value_cache() -> Picture:
    p = Picture(760, 388)
    above, new = 64.0, 236.0
    x = p.vector(62, new, 4, kind="mark", upright=False, cell=16)
    p.text(x.x, new - 22, "tea")
    p.text(x.x, new + 22, "(B, 1, D)", size=SMALL, colour=GREY)
    by = {letter: p.box(160, y, f"$W^{letter}$", w=48) for letter, y in (("Q", above), ("K", new), ("V", 306))}
    for box in by.values():
        p.arrow(x.right, *([(115, new), (115, box.y)] if box.y != new else []), box.left)
    keys, values = _kept(p, 344, new, "keys"), _kept(p, 552, new, "values")
    for y, word in zip(ROWS, ("<sos>", "i", "drink"), strict=True):
        p.text(286, y, word, size=SMALL, anchor="end")
    asks = p.vector(344, above, 4, kind="mark", upright=False, cell=18)
    p.arrow(by["Q"].right, asks.left, label="query", shape="(B, N, 1, $d_k$)")
    p.arrow(asks.bottom, keys.top)
    p.arrow(by["K"].right, (308, new), label="key", shape="(B, N, 1, $d_k$)", at=0.42)
    p.arrow(by["V"].right, (552, 306), (552, new + 9), label="value", shape="(B, N, 1, $d_k$)", at=0.16)
    for y in (*ROWS, new):
        weight = p.vector(448, y, 1, kind="look", cell=18)
        p.arrow((keys.right[0], y), weight.left, colour=LOOK)
        p.arrow(weight.right, (values.left[0], y), colour=LOOK)
    p.lines(448, 92, ["weights", "(B, N, 1, T)"], colour=LOOK)
    p.text(344, 276, "(B, N, T, $d_k$)", size=SMALL, colour=GREY)
    p.text(562, 276, "(B, N, T, $d_k$)", size=SMALL, colour=GREY, anchor="start")
    p.text(552, 40, "weighted mean", size=SMALL, colour=GREY)
    mean = p.vector(552, above, 4, kind="mark", upright=False, cell=18)
    out = p.box(658, above, "$W^O$", w=48)
    p.arrow(values.top, mean.bottom)
    p.arrow(mean.right, out.left)
    p.arrow(out.right, (746, above), shape="(B, 1, D)")
    p.frame(142, 346, 198, 374, kind="state", dashed=True)
    for left, kind, text in ((170, "state", "kept from the steps before"), (440, "mark", "computed in this step")):
        p.vector(left, 360, 4, kind=kind, upright=False, cell=10)
        p.text(left + 38, 360, text, size=SMALL, anchor="start", colour=KINDS[kind][1])
    return p


def _kept(p: Picture, x: float, new: float, name: str) -> Part:
    """Keys or values: three that are kept, and the new one below."""
    frame = p.frame(x - 52, 96, x + 52, 260, name)
    p.frame(x - 44, 122, x + 44, 206, kind="state", dashed=True)
    for y in ROWS:
        p.vector(x, y, 4, kind="state", upright=False, cell=18)
    p.vector(x, new, 4, kind="mark", upright=False, cell=18)
    return frame
