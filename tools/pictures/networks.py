"""Lesson 00: a neuron, and a network of two layers of them."""

import math
from collections.abc import Sequence

from tools.pictures.canvas import GREY, KINDS, SMALL, Part, Picture, Point
from tools.pictures.registry import picture

LEARNED, OPERATION, MARK = KINDS["learned"][1], KINDS["operation"][1], KINDS["mark"][1]


@picture(
    "A neuron. E numbers go in, x 1 to x E. Each is multiplied by a weight of its own, w 1 to w E, and the products "
    "and a bias b are added: the sum s. The sum passes through an activation, here the sigmoid, which squeezes it "
    "between 0 and 1, and what comes out is one number y."
)
def neuron() -> Picture:
    p = Picture(660, 318)
    p.frame(130, 24, 540, 262, "neuron")
    total, bias = p.operation(330, 140, "+", r=19), p.box(330, 226, "$b$", w=40)
    for y, i, at in ((70, "1", (284, 86)), (130, "2", (258, 120)), (210, "E", (284, 194))):
        number = p.box(60, y, f"$x_{i}$", kind="data", w=44, h=32)
        weight = p.box(186, y, f"$w_{i}$", w=44, h=32)
        p.arrow(number.right, weight.left)
        p.arrow(weight.right, _rim(total, weight.right))
        p.text(*at, f"$w_{i} x_{i}$", size=SMALL, colour=GREY, halo=False)
    for x in (60, 186):
        _dots(p, x, 170)
    p.arrow(bias.top, total.bottom)
    squash = p.box(460, 140, kind="operation", w=70, h=70)
    _curve(p, 460, 148, [1 / (1 + math.exp(-s / 2)) for s in range(-10, 11)], w=46, h=28)
    p.text(460, 117, "$σ$", halo=False)
    p.arrow(total.right, squash.left, label="$s$")
    p.arrow(squash.right, (630, 140), label="$y$", at=0.67)
    for x, *text in (
        (60, "inputs", "(B, E)"),
        (186, "weights", "(E,)"),
        (330, "sum and bias", "(B,)"),
        (460, "activation", "(B,)"),
    ):
        p.lines(x, 290, text, colour=GREY)
    return p


@picture(
    "A shallow network of three layers, drawn as columns of circles: 3 inputs, 4 hidden units, 2 outputs. The input "
    "layer computes nothing, its size E is the length of the vector. Each of the H hidden units is a neuron that is "
    "connected to every input, with ReLU as its activation; its E weights are one row of the matrix W 1. Each of the C "
    "outputs is connected to every hidden unit, without an activation: the outputs are the logits z."
)
def shallow_network() -> Picture:
    p = Picture(720, 368)
    xs, top, gap = (130, 360, 590), 175, 58
    rows = [[top + gap * (i - (n - 1) / 2) for i in range(n)] for n in (3, 4, 2)]
    for x, after, left, right in zip(xs, xs[1:], rows, rows[1:], strict=False):
        for y in left:
            for to in right:
                marked = x == xs[0] and to == right[0]
                p.line((x, y), (after, to), colour=MARK if marked else GREY, wide=1.8 if marked else 0.8)
    for i, y in enumerate(rows[0], 1):
        p.operation(xs[0], y, "", kind="data", r=18)
        p.text(xs[0] - 34, y, f"$x_{i}$")
    for i, y in enumerate(rows[1]):
        p.operation(xs[1], y, "", kind="learned" if i else "mark", r=18)
        _curve(p, xs[1], y, [max(s, 0.0) for s in range(-4, 5)], w=20, h=10, colour=LEARNED if i else MARK)
    for i, y in enumerate(rows[2], 1):
        p.operation(xs[2], y, "", r=18, kind="learned")
        p.text(xs[2] + 34, y, f"$z_{i}$")
    for x, name, size, what in (
        (xs[0], "input layer", "E = 3", "computes nothing"),
        (xs[1], "hidden layer", "H = 4", "neurons with ReLU"),
        (xs[2], "output layer", "C = 2", "neurons, no activation: logits"),
    ):
        p.text(x, 30, name, bold=True)
        p.text(x, 318, size)
        p.text(x, 342, what, size=SMALL, colour=GREY)
    p.text(xs[1], 57, "its E weights are one row of $W_1$", size=SMALL, colour=MARK)
    for x, i, shape in ((245, 1, "H, E"), (475, 2, "C, H")):
        p.text(x, 318, f"$W_{i}$ ({shape}), $b_{i}$ ({shape[0]},)", size=SMALL, colour=LEARNED)
    return p


def _rim(circle: Part, start: Point) -> Point:
    """Where the straight way from the start to the centre of a circle meets the circle."""
    x, y = start[0] - circle.x, start[1] - circle.y
    share = circle.w / 2 / math.hypot(x, y)
    return circle.x + share * x, circle.y + share * y


def _dots(p: Picture, x: float, y: float) -> None:
    for dy in (-7, 0, 7):
        p.line((x - 1.25, y + dy), (x + 1.25, y + dy), colour=GREY, wide=2.5)


def _curve(
    p: Picture, x: float, y: float, values: Sequence[float], *, w: float, h: float, colour: str = OPERATION
) -> None:
    """A small graph of the values, its middle at (x, y)."""
    n, highest = len(values) - 1, max(values)
    p.line(
        *((x + w * (i / n - 0.5), y + h * (0.5 - value / highest)) for i, value in enumerate(values)),
        colour=colour,
        wide=2,
    )
