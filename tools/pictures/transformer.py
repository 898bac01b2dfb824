"""Lesson 06: the Transformer, and the layers that it is made of."""

import itertools
from collections.abc import Sequence

from tools.pictures.canvas import GREY, KINDS, SMALL, Part, Picture, Point
from tools.pictures.registry import picture

STREAM, LOOK, MARK = (KINDS[kind][1] for kind in ("state", "look", "mark"))
BROAD = 2.2  # the residual line's width
LANE = 72.0  # its height

# --- the whole ------------------------------------------------------------------------------------------------


@picture(
    "The whole Transformer, read from the bottom to the top: the encoder on the left, the decoder on the right. The "
    "ids of the source words are embedded, positions are added, and L encoder layers of self-attention and "
    "feed-forward network, then a norm, make the memory: a vector of width D for each source word. The target, "
    "shifted by one so that it begins with sos, is embedded in the same way and goes through L decoder layers: masked "
    "self-attention, cross-attention, which takes its keys and values from the memory, and feed-forward network. A "
    "norm, a linear layer and softmax give, at each place, probabilities of the next word."
)
def transformer() -> Picture:
    p = Picture(760, 572)
    source, target = 194.0, 534.0
    into = _entrance(p, source, ["나", "는", "차", "를", "마시", "어"], "(B, S)", side=-1)
    p.frame(source - 118, 266, source + 118, 400, "encoder layer")
    attention, network = _stack(p, source, [(360, "self-attention", "look"), (308, "feed-forward", "learned")])
    p.arrow(into, attention.bottom)
    _shape(p, source, 412, "(B, S, D)")
    p.text(source - 140, 333, "$L$ ×")
    norm = p.box(source, 232, "norm", w=120, h=30)
    p.arrow(network.top, norm.bottom)
    memory = _words(p, source, 168)
    p.arrow(norm.top, memory.bottom)
    p.text(source, 126, "memory", bold=True)
    p.text(source, 106, "(B, S, D)", size=SMALL, colour=GREY)
    across = _decoder(p, target)
    p.arrow(memory.right, (362, memory.y), (362, across.y), across.left, colour=LOOK, wide=BROAD)
    p.lines(352, 240, ["keys,", "values"], colour=LOOK, anchor="end")
    return p


def _decoder(p: Picture, x: float) -> Part:
    """The right half of the Transformer; gives its cross-attention."""
    into = _entrance(p, x, ["<sos>", "i", "drink", "tea"], "(B, T)", side=1)
    p.frame(x - 118, 214, x + 118, 400, "decoder layer")
    parts = [(360, "masked self-attention", "look"), (308, "cross-attention", "look"), (256, "feed-forward", "learned")]
    attention, across, network = _stack(p, x, parts)
    p.arrow(into, attention.bottom)
    _shape(p, x, 412, "(B, T, D)")
    p.text(x + 140, 307, "× $L$")
    norm, linear = p.box(x, 182, "norm", w=120, h=30), p.box(x, 136, "linear", w=120, h=30)
    softmax = p.box(x, 78, "softmax", kind="operation", w=120, h=30)
    p.arrow(network.top, norm.bottom)
    p.arrow(norm.top, linear.bottom)
    p.arrow(linear.top, softmax.bottom)
    _shape(p, x, 107, "(B, T, V)")
    p.arrow(softmax.top, (x, 38))
    _row(p, x, 24, ["i", "drink", "tea", "<eos>"])
    p.text(x + 110, 24, "the next words", size=SMALL, colour=GREY, anchor="start")
    p.text(x + 110, 546, "shifted by one", size=SMALL, colour=GREY, anchor="start")
    return across


def _entrance(p: Picture, x: float, words: list[str], shape: str, side: int) -> Point:
    """Words, their embedding and positions; gives where the sum goes on."""
    _row(p, x, 546, words)
    embedding, add = p.box(x, 488, "embedding", w=120, h=30), p.operation(x, 440, "+")
    positions = p.box(x + 130 * side, 440, "positions", kind="data", h=30)
    p.arrow((x, 532), embedding.bottom)
    _shape(p, x, 518, shape)
    p.arrow(embedding.top, add.bottom)
    if side < 0:
        p.arrow(positions.right, add.left)
    else:
        p.arrow(positions.left, add.right)
    return add.top


def _shape(p: Picture, x: float, y: float, shape: str) -> None:
    """The shape of what goes up along x."""
    p.text(x + 12, y, shape, size=SMALL, colour=GREY, anchor="start")


def _row(p: Picture, x: float, y: float, words: list[str]) -> None:
    pitch = 192 / len(words)
    for i, word in enumerate(words):
        p.text(x + (i - (len(words) - 1) / 2) * pitch, y, word, room=pitch)


def _stack(p: Picture, x: float, parts: Sequence[tuple[float, str, str]]) -> list[Part]:
    """Boxes from the bottom to the top."""
    boxes = [p.box(x, y, text, kind=kind, w=184, h=32) for y, text, kind in parts]
    for lower, upper in itertools.pairwise(boxes):
        p.arrow(lower.top, upper.bottom)
    return boxes


def _words(p: Picture, x: float, y: float) -> Part:
    """A vector for each of six words."""
    for i in range(6):
        p.vector(x + (i - 2.5) * 22, y, 4, cell=12)
    return Part(x, y, 134, 54)


# --- a layer --------------------------------------------------------------------------------------------------


@picture(
    "An encoder layer, pre-norm. The vectors x of all words, of shape (B, S, D), run straight through along the top. "
    "Twice a branch leaves them and what it finds is added to them again. In the first branch stand a norm, "
    "self-attention with a mask of the source, and dropout; in the second a norm, the feed-forward network, and "
    "dropout. Nothing but the two sums stands on the straight line."
)
def encoder_layer() -> Picture:
    p = Picture(634, 312)
    p.frame(78, 20, 556, 254, "encoder layer")
    attention, first = _branch(p, 158, 264, "self-attention", "look", asks="$Q$, $K$, $V$")
    _, second = _branch(p, 394, 500, "feed-forward", "learned")
    _stream(p, [first, second], (78, 556), "(B, S, D)")
    _mask(p, attention.bottom, "source mask", "(B, S)")
    return p


@picture(
    "A decoder layer, pre-norm. The vectors x of the target's words, of shape (B, T, D), run straight through along "
    "the top. Three times a branch leaves them, and what it finds is added to them again. Each branch begins with a "
    "norm and ends with dropout. Between these stands in the first branch masked self-attention, in the second "
    "cross-attention, whose queries come from x and whose keys and values come from the encoder's memory, of shape "
    "(B, S, D), and in the third the feed-forward network."
)
def decoder_layer() -> Picture:
    p = Picture(760, 382)
    p.frame(66, 20, 694, 254, "decoder layer")
    attention, first = _branch(p, 136, 236, "masked\nself-attention", "look", asks="$Q$, $K$, $V$")
    across, second = _branch(p, 340, 440, "cross-attention", "look", asks="$Q$")
    _, third = _branch(p, 544, 644, "feed-forward", "learned")
    _stream(p, [first, second, third], (66, 694), "(B, T, D)")
    _mask(p, attention.bottom, "target mask", "(B, T, T)")
    _mask(p, across.at("bottom", 0.14), "source mask", "(B, S)")
    for share, name, side in ((0.6, "$K$", -1), (0.9, "$V$", 1)):
        x, y = across.at("bottom", share)
        p.arrow((x, 322), (x, y), colour=LOOK, wide=BROAD)
        p.text(x + 10 * side, 310, name, size=SMALL, colour=LOOK)
    for i in range(5):
        p.vector(368 + (i - 2) * 18, 346, 4, cell=11)
    p.text(424, 338, "memory", bold=True, anchor="start")
    p.text(424, 356, "(B, S, D)", size=SMALL, colour=GREY, anchor="start")
    return p


def _branch(p: Picture, down: float, up: float, text: str, kind: str, asks: str = "") -> tuple[Part, Part]:
    """Norm, a part, dropout: away from the line and back to it; gives the part and the sum."""
    norm, drop = p.box(down, 134, "norm", w=58, h=32), p.box(up, 134, "dropout", kind="operation", w=72, h=32)
    part, add = p.box(down, 208, text, kind=kind, w=118, h=46), p.operation(up, LANE, "+")
    p.arrow((down, LANE), norm.top)
    p.arrow(norm.bottom, part.top)
    p.arrow(part.right, (up, part.y), drop.bottom)
    p.arrow(drop.top, add.bottom)
    if asks:
        p.text(down + 10, 166, asks, size=SMALL, colour=LOOK, anchor="start", halo=False)
    return part, add


def _stream(p: Picture, sums: list[Part], between: tuple[float, float], shape: str) -> None:
    """The residual line, through the sums and both sides of the frame."""
    at: Point = (between[0] - 54, LANE)
    for add in sums:
        p.arrow(at, add.left, colour=STREAM, wide=BROAD)
        at = add.right
    p.arrow(at, (between[1] + 54, LANE), colour=STREAM, wide=BROAD)
    for x, name in ((between[0] - 32, "$x$"), (between[1] + 31, "new $x$")):
        p.text(x, LANE - 16, name, colour=STREAM)
        p.text(x, LANE + 18, shape, size=SMALL, colour=GREY)


def _mask(p: Picture, end: Point, text: str, shape: str) -> None:
    p.arrow((end[0], 272), end, colour=GREY, dashed=True)
    p.lines(end[0], 288, [text, shape], colour=GREY)


# --- where the norm stands ------------------------------------------------------------------------------------


@picture(
    "Two ways to build a layer, one above the other, of the same parts. Above, pre-norm: each norm stands in the "
    "branch, before the self-attention or the feed-forward network, and on the straight line from x to the new x "
    "stand only the two sums. Below, post-norm: the branches hold the self-attention and the feed-forward network "
    "alone, and a norm stands on the line itself, behind each sum."
)
def pre_post_norm() -> Picture:
    p = Picture(760, 428)
    _layer(p, 16, norm_first=True)
    p.text(76, 30, "pre-norm", bold=True, anchor="start", halo=False)
    p.text(170, 30, "$x$ + part(norm($x$))", anchor="start", halo=False)
    p.text(684, 30, "only the sums stand on the line", size=SMALL, colour=STREAM, anchor="end", halo=False)
    _layer(p, 222, norm_first=False)
    p.text(76, 236, "post-norm", bold=True, anchor="start", halo=False)
    p.text(170, 236, "norm($x$ + part($x$))", anchor="start", halo=False)
    p.text(684, 236, "a norm stands on the line, behind each sum", size=SMALL, colour=MARK, anchor="end", halo=False)
    return p


def _layer(p: Picture, top: float, *, norm_first: bool) -> None:
    """A layer of two parts, with the norms in the branches or on the line."""
    p.frame(62, top, 698, top + 190)
    lane, branch = top + 58, top + 158
    at: Point = (12, lane)
    for down, text, kind in ((106, "self-attention", "look"), (408, "feed-forward", "learned")):
        up = down + 182
        part, add = p.box(down + 93, branch, text, kind=kind, w=118), p.operation(up, lane, "+")
        start: Point = (down, lane)
        if norm_first:
            norm = p.box(down, lane + 50, "norm", kind="mark", w=58, h=32)
            p.arrow(start, norm.top)
            start = norm.bottom
        p.arrow(start, (down, branch), part.left)
        p.arrow(part.right, (up, branch), add.bottom)
        p.arrow(at, add.left, colour=STREAM, wide=BROAD)
        at = add.right
        if not norm_first:
            norm = p.box(up + 64, lane, "norm", kind="mark", w=58, h=32)
            p.arrow(at, norm.left, colour=STREAM, wide=BROAD)
            at = norm.right
    p.arrow(at, (748, lane), colour=STREAM, wide=BROAD)
    p.text(36, lane - 16, "$x$", colour=STREAM)
    p.text(724, lane - 16, "new $x$", colour=STREAM)
