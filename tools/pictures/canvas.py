"""A small language for pictures of models: boxes, operations, vectors, frames and arrows, written as SVG.

    picture = Picture(420, 160)
    cell = picture.box(210, 80, "RNN cell")
    picture.arrow((40, 80), cell.left, label="$x_t$", shape="(B, E)")
    picture.arrow(cell.right, (380, 80), label="$h_t$", shape="(B, H)")
    picture.svg("An RNN cell: ...")

Lengths are CSS pixels; x grows to the right, y downwards; a part is placed by its centre. Text is text in the SVG,
in the page's sans-serif, so that it can be searched, read aloud and replaced: `svg(..., words={"RNN cell": "RNN 셀"})`.
Between dollars stands mathematics: `$c_{t-1}$` is an italic c with a subscript.
"""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from xml.sax.saxutils import escape

from matplotlib import get_data_path
from PIL import ImageFont

# --- the look of all pictures ---------------------------------------------------------------------------------

INK, GREY, PAPER, EDGE = "#1f2933", "#5c6b7a", "#ffffff", "#d5dbe1"
KINDS = {  # fill and line: tints of the colours of Okabe and Ito
    "learned": ("#dcebf7", "#0072b2"),  # has weights
    "operation": ("#fdf1d2", "#b97f00"),  # computes, and has none
    "data": ("#eef1f4", "#5c6b7a"),  # vectors, words
    "state": ("#dff3ec", "#00795a"),  # what is carried from step to step
    "look": ("#f8e3ef", "#a64d80"),  # attention
    "mark": ("#fbe3d6", "#c04f00"),  # what the picture is about
}
SIZE, SMALL = 14.0, 11.5  # of letters
PAD = 10.0  # between a text and the edge of its box
RADIUS = 8.0  # of corners
SUB = 0.72  # size of sub- and superscripts
SHIFT = {"_": 0.28, "^": -0.38}  # by which they are lower or higher

Point = tuple[float, float]

# --- text -----------------------------------------------------------------------------------------------------


class Run(NamedTuple):
    """A piece of text in one style: `level` is "" , "_" (subscript) or "^" (superscript)."""

    text: str
    italic: bool
    bold: bool
    level: str


_MATHS = re.compile(r"\\mathbf\{(\w+)\}|([_^])(?:\{([^}]*)\}|(.))|([^_^\\]+)")


def runs(text: str) -> list[Run]:
    """The pieces of a text: in words, and between dollars in mathematics, where letters are italic."""
    found = []
    for i, part in enumerate(text.split("$")):
        if not i % 2:
            found += [Run(part, False, False, "")] if part else []
            continue
        for bold, level, long, short, plain in _MATHS.findall(part):
            content = (bold or long or short or plain).replace("-", "\N{MINUS SIGN}")
            found += [
                Run(piece, piece.isalpha(), bool(bold), level) for piece in re.findall(r"[^\W\d_]+|[\W\d_]+", content)
            ]
    return found


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(f"{get_data_path()}/fonts/ttf/DejaVuSans.ttf", round(10 * size))


def width(text: str, size: float = SIZE) -> float:
    """The width of a text, at most: that of DejaVu Sans, which is wider than what pages usually have."""
    return sum(_font(size * (SUB if run.level else 1)).getlength(run.text) / 10 for run in runs(text))


def _spans(text: str) -> str:
    """The pieces as `tspan`s, each moved against the one before."""
    made, at = [], 0.0
    for run in runs(text):
        level = SHIFT.get(run.level, 0.0)
        style = f' dy="{level - at:.2f}em"' if not run.level and level != at else ""
        if run.level:  # em is that of the small letters
            style = f' dy="{(level - at) / SUB:.2f}em" font-size="{SUB:.0%}"'
        style += ' font-style="italic"' * run.italic + ' font-weight="bold"' * run.bold
        made.append(f"<tspan{style}>{escape(run.text)}</tspan>" if style else escape(run.text))
        at = level
    return "".join(made)


# --- parts ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """Something with a place: its centre, width and height; arrows begin and end at its sides."""

    x: float
    y: float
    w: float
    h: float

    @property
    def left(self) -> Point:
        return self.x - self.w / 2, self.y

    @property
    def right(self) -> Point:
        return self.x + self.w / 2, self.y

    @property
    def top(self) -> Point:
        return self.x, self.y - self.h / 2

    @property
    def bottom(self) -> Point:
        return self.x, self.y + self.h / 2

    def at(self, side: str, share: float = 0.5) -> Point:
        """A point on a side ("left", "right", "top", "bottom"), at that share of its length."""
        x0, y0 = self.x - self.w / 2, self.y - self.h / 2
        if side in ("left", "right"):
            return x0 + self.w * (side == "right"), y0 + self.h * share
        return x0 + self.w * share, y0 + self.h * (side == "bottom")


class Label(NamedTuple):
    """A text that was drawn, for whoever looks whether it has room."""

    text: str
    size: float
    x: float
    y: float
    anchor: str
    room: float  # width that it may have


class Picture:
    """What is drawn, in order: what comes later lies above.

    Attributes:
        labels: all texts.
        parts: all boxes and the like.
    """

    def __init__(self, w: float, h: float):
        self.w, self.h = w, h
        self.labels: list[Label] = []
        self.parts: list[Part] = []
        self._marks: list[str | Label] = []
        self._styles: list[str] = []
        self._tips: set[str] = set()

    # --- text ---------------------------------------------------------------------------------------------------

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = SIZE,
        colour: str = INK,
        anchor: str = "middle",
        bold: bool = False,
        room: float | None = None,
        halo: bool = True,
    ) -> None:
        """A line of text, its middle at y.

        Args:
            anchor: what of it stands at x, "start", "middle" or "end".
            room: the width that it may have; None: all that there is.
            halo: keep lines off it.
        """
        label = Label(text, size, x, y, anchor, self.w if room is None else room)
        self.labels.append(label)
        self._marks.append(label)
        around = f' stroke="{PAPER}" stroke-width="4" paint-order="stroke"' if halo else ""
        self._styles.append(f'fill="{colour}"' + ' font-weight="bold"' * bold + around)

    def lines(self, x: float, y: float, lines: Sequence[str], *, size: float = SMALL, **style: object) -> None:
        """Several lines, the middle of them all at y."""
        for i, line in enumerate(lines):
            self.text(x, y + (i - (len(lines) - 1) / 2) * 1.3 * size, line, size=size, **style)  # type: ignore[arg-type]

    # --- parts --------------------------------------------------------------------------------------------------

    def box(
        self,
        x: float,
        y: float,
        text: str = "",
        *,
        kind: str = "learned",
        w: float | None = None,
        h: float = 36.0,
        size: float = SIZE,
        dashed: bool = False,
    ) -> Part:
        """A box around a text, of which "\\n" parts lines; as wide as that needs, or w."""
        lines = text.split("\n")
        part = Part(x, y, w or max(width(line, size) for line in lines) + 2 * PAD, h)
        self._shape(part, kind, RADIUS, dashed=dashed)
        self.lines(x, y, lines, size=size, room=part.w - 6, halo=False)
        return part

    def operation(self, x: float, y: float, text: str, *, kind: str = "operation", r: float = 13.0) -> Part:
        """A circle with a sign: +, ×, tanh."""
        part = Part(x, y, 2 * r, 2 * r)
        self._shape(part, kind, r)
        self.text(x, y, text, size=SIZE if len(text) < 3 else SMALL, room=2 * r, halo=False)
        return part

    def vector(
        self,
        x: float,
        y: float,
        n: int = 4,
        *,
        kind: str = "data",
        cell: float = 14.0,
        upright: bool = True,
        marked: int = -1,
    ) -> Part:
        """A vector: n cells, one above the other or side by side; the one that is marked in another colour."""
        w, h = (cell, n * cell) if upright else (n * cell, cell)
        for i in range(n):
            along = (i - (n - 1) / 2) * cell
            place = Part(x + along * (not upright), y + along * upright, cell, cell)
            self._shape(place, "mark" if i == marked else kind, 0, note=False)
        part = Part(x, y, w, h)
        self.parts.append(part)
        return part

    def frame(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        text: str = "",
        *,
        kind: str = "data",
        dashed: bool = False,
    ) -> Part:
        """A frame around what belongs together, its name in the upper left corner."""
        part = Part((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)
        fill, line = KINDS[kind]
        self._mark(_rect(part, fill, line, 12, 0.35, dashed))
        if text:
            self.text(
                left + 10,
                top + 13,
                text,
                size=SMALL,
                colour=line,
                anchor="start",
                bold=True,
                room=part.w - 20,
                halo=False,
            )
        return part

    def _shape(self, part: Part, kind: str, radius: float, *, dashed: bool = False, note: bool = True) -> None:
        self._mark(_rect(part, *KINDS[kind], radius, 1.0, dashed))
        if note:
            self.parts.append(part)

    # --- lines --------------------------------------------------------------------------------------------------

    def arrow(
        self,
        *points: Point,
        label: str = "",
        shape: str = "",
        at: float = 0.5,
        side: int = -1,
        colour: str = INK,
        dashed: bool = False,
        head: bool = True,
        wide: float = 1.5,
    ) -> None:
        """An arrow through the points, with rounded corners.

        Args:
            label: what goes along it; `shape`: its shape, in small letters on the other side.
            at: where the label stands, as a share of the longest straight piece.
            side: -1: above it, or left of it; 1: below, or right.
            head: False: a line without an arrowhead.
        """
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        tip = f' marker-end="url(#tip{colour[1:]})"' if head else ""
        self._mark(f'<path d="{_path(points)}" fill="none" stroke="{colour}" stroke-width="{wide}"{dash}{tip}/>')
        if head:
            self._tips.add(colour)
        (x0, y0), (x1, y1) = max(
            itertools.pairwise(points), key=lambda p: abs(p[0][0] - p[1][0]) + abs(p[0][1] - p[1][1])
        )
        x, y = x0 + at * (x1 - x0), y0 + at * (y1 - y0)
        flat = abs(x1 - x0) >= abs(y1 - y0)
        for text, where, size, ink in ((label, side, SIZE, colour), (shape, -side if label else side, SMALL, GREY)):
            if text and flat:
                self.text(x, y + where * 0.75 * size, text, size=size, colour=ink)
            elif text:
                self.text(x + 6 * where, y, text, size=size, colour=ink, anchor="end" if where < 0 else "start")

    def line(self, *points: Point, colour: str = INK, dashed: bool = False, wide: float = 1.5) -> None:
        """An arrow without a head."""
        self.arrow(*points, colour=colour, dashed=dashed, head=False, wide=wide)

    # --- the whole ----------------------------------------------------------------------------------------------

    def _mark(self, mark: str) -> None:
        self._marks.append(mark)
        self._styles.append("")

    def svg(self, description: str, words: Mapping[str, str] | None = None) -> str:
        """The picture as SVG, on paper of its own: it reads alike on a light page and on a dark one.

        Args:
            description: for whoever does not see it.
            words: other texts in place of those here, for a translation.
        """
        marks = []
        for mark, style in zip(self._marks, self._styles, strict=True):
            if isinstance(mark, str):
                marks.append(mark)
                continue
            text = (words or {}).get(mark.text, mark.text)
            anchor = "" if mark.anchor == "start" else f' text-anchor="{mark.anchor}"'
            size = "" if mark.size == SIZE else f' font-size="{mark.size:g}"'
            marks.append(
                f'<text x="{mark.x:g}" y="{mark.y + 0.35 * mark.size:g}"{anchor}{size} {style}>{_spans(text)}</text>'
            )
        paper = _rect(Part(self.w / 2, self.h / 2, self.w - 1, self.h - 1), PAPER, EDGE, 12, 1.0, False)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.w:g} {self.h:g}" width="{self.w:g}" '
            f'height="{self.h:g}" font-family="sans-serif" font-size="{SIZE:g}" role="img">'
        )
        tips = [_tip(colour) for colour in sorted(self._tips)]
        return "\n".join([head, f"<title>{escape(description)}</title>", *tips, paper, *marks, "</svg>\n"])


def _rect(part: Part, fill: str, line: str, radius: float, opacity: float, dashed: bool) -> str:
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    thin = f' fill-opacity="{opacity:g}"' if opacity < 1 else ""
    return (
        f'<rect x="{part.x - part.w / 2:g}" y="{part.y - part.h / 2:g}" width="{part.w:g}" height="{part.h:g}" '
        f'rx="{radius:g}" fill="{fill}"{thin} stroke="{line}"{dash}/>'
    )


def _tip(colour: str) -> str:
    return (
        f'<marker id="tip{colour[1:]}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        f'orient="auto-start-reverse"><path d="M0 1L9 5L0 9z" fill="{colour}"/></marker>'
    )


def _path(points: Sequence[Point]) -> str:
    """A path through the points, whose corners are rounded."""
    made = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        into, out = _towards(corner, before), _towards(corner, after)
        made.append(f"L{into[0]:g} {into[1]:g}Q{corner[0]:g} {corner[1]:g} {out[0]:g} {out[1]:g}")
    return "".join([*made, f"L{points[-1][0]:g} {points[-1][1]:g}"])


def _towards(start: Point, end: Point) -> Point:
    """The point at the radius of corners from the start, at most half way to the end."""
    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    share = min(RADIUS / length, 0.5)
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
