"""Lessons 02 and 03: cells that carry a state, and the layers made of them."""

from itertools import pairwise

from tools.pictures.canvas import GREY, INK, KINDS, SMALL, Part, Picture, Point
from tools.pictures.registry import picture

STATE, MARK = KINDS["state"][1], KINDS["mark"][1]


@picture(
    "An RNN cell. Two arrows go in: the input x at step t, of shape (B, E), and the state h of the step before, of "
    "shape (B, H). Each is multiplied by a matrix of its own, the products and a bias are added, and tanh gives the "
    "new state h at step t, which goes out twice: as the cell's output and as what the next step is given."
)
def rnn_cell() -> Picture:
    p = Picture(660, 220)
    p.frame(150, 46, 510, 194, "RNN cell")
    by_h, by_x = p.box(220, 100, "$W_{hh}$", w=64), p.box(220, 160, "$W_{xh}$", w=64)
    add, bias = p.operation(330, 100, "+"), p.box(330, 160, "$b$", w=36)
    tanh = p.operation(400, 100, "tanh", r=19)
    p.arrow((30, 100), by_h.left, label="$h_{t-1}$", shape="(B, H)", colour=STATE)
    p.arrow((30, 160), by_x.left, label="$x_t$", shape="(B, E)")
    p.arrow(by_h.right, add.left)
    p.arrow(by_x.right, (280, 160), (280, 130), (318, 109))
    p.arrow(bias.top, add.bottom)
    p.arrow(add.right, tanh.left)
    p.arrow(tanh.right, (630, 100), label="$h_t$", shape="(B, H)", at=0.72, colour=STATE)
    p.arrow((460, 100), (460, 30), colour=STATE)
    p.text(472, 30, "output of step $t$", size=SMALL, colour=GREY, anchor="start")
    p.text(630, 140, "to step $t+1$", size=SMALL, colour=GREY, anchor="end")
    return p


@picture(
    "The same RNN cell at four steps, one beside the other. Step t reads the word x at t from below and the state from "
    "its left, gives its output above and its state to its right. The state before the first step is zero. All four "
    "cells have the same weights."
)
def rnn_unrolled() -> Picture:
    p = Picture(700, 240)
    cells = [p.box(130 + 150 * t, 110, "RNN cell", w=90, h=44) for t in range(4)]
    p.arrow((24, 110), cells[0].left, label="$h_0=0$", colour=STATE)
    for t, cell in enumerate(cells, 1):
        p.arrow((cell.x, 186), cell.bottom)
        p.text(cell.x, 200, f"$x_{t}$")
        p.arrow(cell.top, (cell.x, 44))
        p.text(cell.x, 30, f"$h_{t}$")
        if t < 4:
            p.arrow(cell.right, cells[t].left, label=f"$h_{t}$", colour=STATE)
    p.arrow(cells[3].right, (680, 110), label="$h_4$", colour=STATE)
    p.text(350, 222, "the same weights at every step", size=SMALL, colour=KINDS["learned"][1])
    return p


@picture(
    "Back-propagation through time. Four copies of the RNN cell stand one beside the other, and the loss looks at the "
    "last state, h 4. From the loss the gradient runs back from state to state, towards the beginning, and each step "
    "back multiplies it by the same kind of matrix. Where that halves it, bars of the gradient's norm below the steps "
    "are 1, one half, one quarter and one eighth high: the gradient vanishes."
)
def rnn_backward() -> Picture:
    p = Picture(740, 400)
    p.text(370, 34, "each step back: × the slopes $1-h_t^2$, then × $W_{hh}^T$", colour=MARK, halo=False)
    cells = [p.box(110 + 150 * t, 106, "RNN cell", w=84, h=56) for t in range(4)]
    loss = p.box(690, 106, "loss $ℒ$", kind="operation", w=66, h=56)
    p.arrow((22, 94), cells[0].at("left", 0.29), colour=STATE)
    p.text(45, 79, "$h_0$", colour=STATE)
    for t, (cell, after) in enumerate(zip(cells, [*cells[1:], loss], strict=True), 1):
        p.arrow((cell.x, 180), cell.bottom)
        p.text(cell.x, 194, f"$x_{t}$")
        p.arrow(cell.at("right", 0.29), after.at("left", 0.29), colour=STATE)
        p.arrow(after.at("left", 0.71), cell.at("right", 0.71), colour=MARK, wide=2)
        factor = f"× $∂h_{t + 1}/∂h_{t}$" if t < 4 else "$∂ℒ/∂h_4$"
        between = (cell.right[0] + after.left[0]) / 2
        p.text(between, 79, f"$h_{t}$", colour=STATE)
        p.text(between, 137, factor, size=SMALL, colour=MARK, halo=False)
        n = 2 ** (t - 1)
        p.vector(cell.x, 340 - 7 * n, n, kind="mark")
        p.text(cell.x, 354, f"{n / 8:g}", size=SMALL, colour=MARK)
    p.text(24, 252, "norm of $∂ℒ/∂h_t$", colour=MARK, anchor="start", halo=False)
    p.text(370, 380, "one half at each step: after 30 steps a billionth is left", size=SMALL, colour=GREY)
    return p


@picture(
    "An LSTM cell. The cell state c runs along the top, from the left to the right: it is multiplied by the forget "
    "gate f, then the product of the input gate i and the candidate g is added. Below, h of the step before and x at "
    "step t are read by four dense layers: three sigmoids give the gates f, i and o, a tanh gives the candidate g. The "
    "new state h is the output gate o times tanh of the new c."
)
def lstm_cell() -> Picture:
    p = Picture(740, 306)
    _lstm(p, "LSTM cell")
    return p


@picture(
    "An LSTM cell with peepholes. It is the LSTM cell, with three more connections, through which the gates look at "
    "the cell state. The forget gate and the input gate see the old one, c of the step before, each with a weight of "
    "its own for each unit. The output gate sees the new one, c at step t. The candidate does not look."
)
def lstm_peepholes() -> Picture:
    p = Picture(740, 306)
    forget, enter, out = _lstm(p, "LSTM cell with peepholes")
    old, new = (126, 70), (out.x, 70)
    for gate, letter in ((forget, "f"), (enter, "i")):
        to = gate.at("top", 0.2)
        p.arrow(old, (126, 146), (to[0], 146), to, colour=MARK)
        p.text(to[0] - 6, 161, f"$w_{{c{letter}}}$", size=SMALL, colour=MARK, anchor="end", halo=False)
    p.arrow(new, out.top, colour=MARK)
    p.text(out.x - 6, 161, "$w_{co}$", size=SMALL, colour=MARK, anchor="end", halo=False)
    _joint(p, old, STATE)
    _joint(p, new, STATE)
    return p


def _lstm(p: Picture, name: str) -> tuple[Part, Part, Part]:
    """The LSTM cell; what is given back are its gates, the forget gate, the input gate and the output gate."""
    lane, gates = 70, 200
    p.frame(104, 20, 640, 284, name)
    forget, enter, candidate, out = (
        p.box(x, gates, text, w=82, h=44)
        for x, text in ((190, "forget\nσ"), (290, "input\nσ"), (390, "candidate\ntanh"), (490, "output\nσ"))
    )
    times, add, product = p.operation(190, lane, "×"), p.operation(390, lane, "+"), p.operation(390, 130, "×")
    squash, last = p.operation(580, 130, "tanh", r=19), p.operation(580, gates, "×")
    p.line((30, 246), (out.x, 246), colour=STATE)
    p.line((30, 268), (out.x, 268))
    for y, text, shape, colour in ((234, "$h_{t-1}$", "(B, H)", STATE), (281, "$x_t$", "(B, E)", INK)):
        p.text(30, y, text, colour=colour, anchor="start")
        p.text(62, y, shape, size=SMALL, colour=GREY, anchor="start")
    for gate in (forget, enter, candidate, out):
        p.arrow((gate.x, 268), gate.bottom)
        _joint(p, (gate.x, 246), STATE)
    p.arrow((30, lane), times.left, label="$c_{t-1}$", shape="(B, H)", at=0.24, colour=STATE)
    p.arrow(times.right, add.left, colour=STATE)
    p.arrow(forget.top, times.bottom, label="$f_t$")
    p.arrow(enter.top, (290, 130), product.left, label="$i_t$")
    p.arrow(candidate.top, product.bottom, label="$g_t$", side=1)
    p.arrow(product.top, add.bottom)
    p.arrow(add.right, (710, lane), label="$c_t$", shape="(B, H)", at=0.88, colour=STATE)
    p.arrow((580, lane), squash.top, colour=STATE)
    p.arrow(squash.bottom, last.top)
    p.arrow(out.right, last.left, label="$o_t$")
    p.arrow(last.right, (710, gates), label="$h_t$", shape="(B, H)", at=0.7, colour=STATE)
    return forget, enter, out


@picture(
    "A gated recurrent unit, GRU. The only state h runs along the top: it is multiplied by the update gate z, and the "
    "candidate n, multiplied by 1 minus z, is added. Below, both gates are dense layers with a sigmoid that read h of "
    "the step before and x at step t. For the candidate, h goes through a matrix of its own, and what comes out is "
    "multiplied by the reset gate r; the part of x is added, and tanh gives n."
)
def gru_cell() -> Picture:
    p = Picture(700, 434)
    p.frame(104, 20, 596, 414, "GRU cell")
    lane, ys = 70, (130, 194, 256, 322)
    keep, add, write = p.operation(200, lane, "×"), p.operation(520, lane, "+"), p.operation(520, ys[0], "×")
    flip, tanh = p.operation(290, ys[0], "1−", r=15), p.operation(520, ys[1], "tanh", r=19)
    reset_by, mix = p.operation(410, ys[2], "×"), p.operation(520, ys[2], "+")
    update, reset, by_h, by_x = (
        p.box(x, ys[3], text, w=84, h=44)
        for x, text in (
            (200, "update\nσ"),
            (300, "reset\nσ"),
            (410, "$W_{hn}$, $b_{hn}$"),
            (520, "$W_{xn}$, $b_{xn}$"),
        )
    )
    p.arrow((30, lane), keep.left, label="$h_{t-1}$", shape="(B, H)", at=0.2, colour=STATE)
    p.arrow(keep.right, add.left, colour=STATE)
    p.arrow(add.right, (670, lane), label="$h_t$", shape="(B, H)", at=0.72, colour=STATE)
    p.arrow(update.top, keep.bottom, label="$z_t$", at=0.3)
    p.arrow((200, ys[0]), flip.left)
    p.arrow(flip.right, write.left)
    p.arrow(reset.top, (300, ys[2]), reset_by.left, label="$r_t$")
    p.arrow(by_h.top, reset_by.bottom)
    p.arrow(reset_by.right, mix.left)
    for below, above, label in ((by_x, mix, ""), (mix, tanh, ""), (tanh, write, "$n_t$"), (write, add, "")):
        p.arrow(below.top, above.bottom, label=label, side=1)
    p.arrow((130, lane), (130, 368), (410, 368), by_h.bottom, colour=STATE)
    p.arrow((30, 392), (520, 392), by_x.bottom)
    p.text(30, 406, "$x_t$", anchor="start")
    p.text(56, 406, "(B, E)", size=SMALL, colour=GREY, anchor="start")
    for gate in (update, reset):
        p.arrow((gate.x, 392), gate.bottom)
        _joint(p, (gate.x, 368), STATE)
    _joint(p, (130, lane), STATE)
    _joint(p, (200, ys[0]), INK)
    p.text(400, 220, "after the matrix, as in torch.nn", size=SMALL, colour=GREY, halo=False)
    return p


@picture(
    "A bidirectional layer, over three words and one step of padding. The forward cell reads the words from the left "
    "to the right, the backward cell from the right to the left; it begins at the last real word, not in the padding. "
    "At each step the two states are put side by side, the forward one first, which makes a vector of 2 H numbers. At "
    "the padding there are zeros."
)
def bidirectional() -> Picture:
    p = Picture(708, 400)
    out, back, ahead, words = 74, 176, 266, 360
    xs = [176 + 150 * t for t in range(4)]
    forward = [p.box(x - 22, ahead, "LSTM", w=56) for x in xs[:3]]
    backward = [p.box(x + 22, back, "LSTM", w=56) for x in xs[:3]]
    for t, (x, first, second) in enumerate(zip(xs, forward, backward, strict=False), 1):
        word = p.box(x, words, ("the", "cat", "sleeps")[t - 1], kind="data", w=88)
        for cell, to_right in ((first, True), (second, False)):
            p.arrow((cell.x, word.top[1]), cell.bottom)
            p.arrow(cell.top, p.vector(cell.x, out, 3, kind="state", upright=False).bottom)
            _over(p, cell.x, out - 26, f"$h_{t}$", to_right)
    for one, other in pairwise(forward):
        p.arrow(one.right, other.left, colour=STATE)
    for one, other in pairwise(backward):
        p.arrow(other.left, one.right, colour=STATE)
    p.arrow((92, ahead), forward[0].left, label="0", colour=STATE)
    p.arrow((578, back), backward[2].right, label="0", colour=MARK)
    p.lines(626, back, ("begins at the", "last real word"), colour=MARK)
    p.box(xs[3], words, "<pad>", kind="data", w=88, dashed=True)
    for i in range(6):
        place = xs[3] + 14 * (i - 2.5) + (1 if i > 2 else -1)
        p.vector(place, out, 1)
        p.text(place, out, "0", size=SMALL, colour=GREY, halo=False)
    for y, text in ((out, "(B, T, 2H)"), (words, "(B, T, E)")):
        p.text(24, y, text, size=SMALL, colour=GREY, anchor="start")
    for y, text in ((back, "backward"), (ahead, "forward")):
        p.text(24, y, text, size=SMALL, colour=KINDS["learned"][1], anchor="start", bold=True)
    return p


def _over(p: Picture, x: float, y: float, text: str, to_right: bool) -> None:
    """A letter under an arrow to the right, or to the left."""
    p.text(x, y, text, colour=STATE)
    ends = (x - 10, y - 11), (x + 6, y - 11)
    p.arrow(*(ends if to_right else ends[::-1]), colour=STATE, wide=1)


def _joint(p: Picture, place: Point, colour: str) -> None:
    """A dot where a line joins another."""
    x, y = place
    p.line((x - 3, y), (x + 3, y), colour=colour, wide=6)
