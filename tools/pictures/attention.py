"""Lesson 05: a dictionary that is soft, and decoders that look something up in the source."""

from itertools import pairwise

from tools.pictures.canvas import GREY, KINDS, SMALL, Part, Picture
from tools.pictures.registry import picture

STATE, MARK, LOOK = (KINDS[kind][1] for kind in ("state", "mark", "look"))


def _small(p: Picture, x: float, y: float, text: str, *, anchor: str = "middle", colour: str = GREY) -> None:
    p.text(x, y, text, size=SMALL, colour=colour, anchor=anchor, halo=False)


def _chain(p: Picture, *parts: Part) -> None:
    """Arrows from each part to the next one, above or below it, in the middle of the narrowest."""
    x = min(parts, key=lambda part: part.w).x
    for one, other in pairwise(parts):
        down = other.y > one.y
        p.arrow((x, (one.bottom if down else one.top)[1]), (x, (other.top if down else other.bottom)[1]))


def _order(p: Picture, x: float, y: float, number: int) -> None:
    """What comes first, second, third."""
    p.frame(x - 9, y - 9, x + 9, y + 9, kind="mark")
    p.text(x, y, str(number), size=SMALL, colour=MARK, bold=True, halo=False)


def _attentional(p: Picture, x: float, y: float) -> None:
    """The letter s with a tilde, for which there is no sign: "s̃_t"."""
    p.text(x, y, "$s_t$", anchor="start")
    p.line((x, y - 6), (x + 2, y - 8), (x + 5, y - 5), (x + 8, y - 8), wide=1.2)


def _weight(p: Picture, x: float, y: float, weight: float) -> None:
    """A weight as a bar that stands on y."""
    p.line((x - 20, y), (x + 20, y), colour=LOOK, wide=1)
    p.line((x, y), (x, y - 50 * weight), colour=LOOK, wide=28)
    p.text(x, y - 50 * weight - 12, f"{weight:.2f}")


def _stage(p: Picture, y: float, name: str, remark: str) -> None:
    p.text(560, y - 9, name, colour=LOOK, anchor="start", bold=True)
    _small(p, 560, y + 10, remark, anchor="start")


ENTRIES = (("cat", "3", 0.27, "4 kg", "1.1"), ("dog", "4", 0.73, "20 kg", "14.6"), ("car", "−6", 0.0, "1200 kg", "0.0"))


@picture(
    "A soft dictionary from names to kilograms. The query, puppy, is compared with the keys cat, dog and car by inner "
    "products: the attention scores 3, 4 and minus 6. A softmax turns them into weights that sum to 1, the attention "
    "distribution: 0.27, 0.73 and 0.00. Each value, 4, 20 and 1200 kilograms, is multiplied by its weight, and the "
    "sum, 15.7 kilograms, is the attention value, also called the context c."
)
def dictionary() -> Picture:
    p = Picture(744, 560)
    query = p.vector(62, 46, kind="look", upright=False)
    p.text(62, 24, "puppy")
    _small(p, 62, 66, "query $q$, (H,)")
    softmax = p.box(330, 250, "softmax", kind="operation", w=350, h=28, size=SMALL)
    add = p.operation(330, 470, "+")
    ways = {190: [(190, 470), add.left], 330: [add.top], 470: [(470, 470), add.right]}
    for x, (name, score, weight, value, product) in zip((190, 330, 470), ENTRIES, strict=True):
        p.text(x, 74, name)
        key, dot = p.vector(x, 96, upright=False), p.operation(x, 144, "·")
        p.arrow(query.right, (x - 50, 46), (x - 50, 144), dot.left, colour=LOOK)
        _chain(p, key, dot, p.box(x, 196, score, kind="look", w=50, h=26), softmax)
        p.arrow((x, 264), (x, 328 - 50 * weight))
        _weight(p, x, 350, weight)
        times = p.operation(x, 408, "×")
        p.arrow((x, 354), times.top)
        p.arrow(p.box(x - 66, 408, value, kind="data", w=68, h=28, size=SMALL).right, times.left)
        p.arrow(times.bottom, *ways[x])
        _small(p, x + 8, 438, product, anchor="start")
    p.arrow(add.bottom, p.box(330, 526, "15.7 kg", kind="look", h=30).top)
    _small(p, 560, 96, "keys $k_j$, (S, H)", anchor="start")
    _stage(p, 196, "attention score", "how well each key fits, (S,)")
    _stage(p, 330, "attention distribution", "weights $a_j$ with sum 1, (S,)")
    _small(p, 560, 408, "values $v_j$, (S, E)", anchor="start")
    _stage(p, 526, "attention value", "the context $c$, (E,)")
    return p


STEPS = (
    "compare: the score of the query $s_t$ and each key $k_j$",
    "normalize: weights $a_j$, whose sum is 1",
    "aggregate: $c_t$ is the sum of all $a_j v_j$",
    "join the two: [$c_t$; $s_t$]",
    "the attentional vector: tanh($W_c$ [$c_t$; $s_t$])",
    "say the likeliest word",
)


def _steps(p: Picture, x: float, y: float) -> None:
    for i, text in enumerate(STEPS):
        _order(p, x, y + 25 * i, i + 1)
        p.text(x + 18, y + 25 * i, text, size=SMALL, anchor="start", halo=False)


def _attend(p: Picture) -> tuple[Part, Part]:
    """Four words, the encoder, attention over its outputs; returned are the parts that take the query and give c."""
    encoder = p.box(261, 510, "encoder", w=322, h=28, size=SMALL)
    p.frame(100, 443, 422, 473, dashed=True)
    score = p.box(261, 400, "score", kind="look", w=322, h=28, size=SMALL)
    softmax = p.box(261, 306, "softmax", kind="operation", w=322, h=28, size=SMALL)
    total = p.box(261, 212, "weighted sum", kind="operation", w=322, h=28, size=SMALL)
    words = (("고양이", "1", "0.10"), ("가", "0", "0.04"), ("자", "3", "0.76"), ("아요", "1", "0.10"))
    for x, (word, fits, weight) in zip((138, 220, 302, 384), words, strict=True):
        read, output = p.box(x, 558, word, kind="data", w=62, h=28), p.vector(x, 458, upright=False)
        fit, share = (p.box(x, y, text, kind="look", w=46, h=24) for y, text in ((353, fits), (259, weight)))
        _chain(p, read, encoder, output, score)
        _chain(p, score, fit, softmax, share, total)
    for number, part in enumerate((score, softmax, total), 1):
        _order(p, 118, part.y, number)
    p.arrow((100, 458), (44, 458), (44, 212), total.left)
    _small(p, 52, 335, "values", anchor="start")
    _small(p, 144, 430, "keys", anchor="start")
    for y, text in ((259, "distribution"), (353, "scores")):
        _small(p, 430, y, f"attention {text}, (B, S)", anchor="start", colour=LOOK)
    _small(p, 390, 430, "(B, S, H)", anchor="start")
    return score, total


@picture(
    "One step of a decoder with attention, which has said the cat, and now says sleeps. An encoder made four states of "
    "four Korean morphemes. The decoder's cell reads cat and its last state and gives the new one, s at t. First, s at "
    "t is compared with the four states: four scores. Second, a softmax gives four weights. Third, the weighted sum "
    "of the four states is the context c at t. Then c and s are concatenated, go through the matrix W and tanh, and a "
    "linear layer says the word."
)
def attention_step() -> Picture:
    p = Picture(740, 588)
    score, total = _attend(p)
    cell, concat = p.box(600, 458, "cell", w=120), p.box(600, 212, "concat", kind="operation", w=120, h=28, size=SMALL)
    told = p.box(600, 558, "cat", kind="data", w=62, h=28)
    embedding = p.box(600, 510, "embedding", w=120, h=28, size=SMALL)
    combine = p.box(600, 152, "$W_c$, tanh", w=120, h=28, size=SMALL)
    linear, said = p.box(600, 92, "linear", w=120, h=28, size=SMALL), p.box(600, 34, "sleeps", kind="data", w=72, h=28)
    _chain(p, told, embedding, cell)
    _chain(p, concat, combine, linear, said)
    p.arrow((446, 458), cell.left, label="$s_{t-1}$", shape="(B, H)", colour=STATE, at=0.4)
    p.arrow(cell.right, (728, 458), label="$s_t$", shape="(B, H)", colour=STATE)
    p.arrow(cell.top, concat.bottom, colour=STATE)
    p.arrow((600, 400), score.right, label="query $s_t$", shape="(B, H)", colour=STATE)
    p.arrow(total.right, concat.left, label="$c_t$", shape="(B, H)", colour=LOOK)
    for number, x, y in ((4, 554, 212), (5, 554, 152), (6, 554, 92)):
        _order(p, x, y, number)
    _small(p, 608, 486, "$x_t$ (B, E)", anchor="start")
    _small(p, 608, 183, "(B, 2H)", anchor="start")
    _attentional(p, 609, 124)
    _small(p, 629, 123, "(B, H)", anchor="start")
    _small(p, 608, 64, "(B, V)", anchor="start")
    _steps(p, 56, 34)
    return p


def _decoder(p: Picture, left: float, name: str, order: str, combine: str) -> tuple[Part, Part]:
    """What the two have in common, and where: the cell and attention, which are returned, and the word."""
    p.frame(left, 18, left + 356, 456, name)
    cell = p.box(left + 156, 362, "cell", w=100)
    look = p.box(left + 156, 232, "attention", kind="look", w=126, h=64)
    say = p.box(left + 292, 140, combine, w=116, size=SMALL)
    linear = p.box(left + 292, 80, "linear", w=116, h=28, size=SMALL)
    for x, y, number in ((121, 362, order[0]), (108, 232, order[1]), (249, 140, "3")):
        _order(p, left + x, y, int(number))
    for x in (114, 142, 170, 198):
        p.vector(left + x, 108, 3)
    _small(p, left + 156, 74, "encoder's outputs")
    p.arrow((left + 156, 138), look.top, shape="(B, S, H)", side=-1)
    p.arrow((left + 156, 420), cell.bottom, shape="(B, E)", side=1)
    p.text(left + 156, 434, "$x_t$")
    p.arrow((left + 14, 362), cell.left, label="$s_{t-1}$", shape="(B, H)", colour=STATE, at=0.2)
    p.arrow(cell.right, (left + 346, 362), label="$s_t$", shape="(B, H)", colour=STATE, at=0.35)
    p.arrow((left + 300, 362), (left + 300, say.bottom[1]), colour=STATE)
    p.arrow(look.at("right", 0.25), (left + 262, 216), (left + 262, say.bottom[1]), colour=LOOK)
    p.text(left + 254, 190, "$c_t$", colour=LOOK, anchor="end")
    _chain(p, say, linear)
    p.arrow(linear.top, (left + 292, 50))
    p.text(left + 292, 38, "word")
    return cell, look


@picture(
    "Luong's decoder step and Bahdanau's, side by side, with the same parts in the same places: a cell, attention over "
    "the encoder's outputs, and the layers that say the word. Luong: first the cell makes the new state s at t from x "
    "and the old state; then attention asks with the new state; its context c goes to the word, and not to the cell. "
    "Bahdanau: first attention asks with the old state, s at t minus 1; then the cell reads x and the context c; the "
    "word is said from the new state, the context and x."
)
def luong_bahdanau() -> Picture:
    p = Picture(760, 516)
    cell, look = _decoder(p, 16, "Luong and others 2015", "12", "$W_c$, tanh")
    p.arrow((316, 248), look.at("right", 0.75), colour=MARK, wide=2)
    _small(p, 278, 262, "query", colour=MARK)
    _attentional(p, 317, 109)
    p.lines(194, 484, ["asks with the new state $s_t$;", "$c_t$ goes to the word, not to the cell"], colour=MARK)
    cell, look = _decoder(p, 388, "Bahdanau and others 2015", "21", "$W$, tanh")
    p.arrow((454, 362), (454, 232), look.left, colour=MARK, wide=2)
    _small(p, 446, 290, "query", colour=MARK, anchor="end")
    p.arrow(look.bottom, cell.top, label="$c_t$", colour=MARK, wide=2)
    p.arrow((722, 204), (722, 158))
    p.text(722, 216, "$x_t$")
    p.lines(566, 484, ["asks with the old state $s_{t-1}$;", "$c_t$ goes to the word and into the cell"], colour=MARK)
    return p
