"""What stands on which slide: a lesson cut at its headings, and between them into slides of about one height.

The height of a piece is estimated in lines of text; what the estimate misses, the page mends in the browser, where a
slide's letters shrink until all of it has room.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from course_lib.teacher.pages import code_html, to_html
from course_lib.teacher.sources import Cell, Source, blocks

LINES = 15.0  # of text on a slide, below its heading
TIGHT = 19.5  # so high may be what belongs together
ROOMY = 13.0  # so high may a slide become that more is joined to
COLUMNS = 88  # characters in such a line
_CODE_LINE = 0.72  # height of a line of code, and of what it prints
_PICTURE = 12.0
_LONGEST = 24  # lines of output on a slide


@dataclass(frozen=True)
class Piece:
    """What is not divided any further.

    Attributes:
        markdown: a text that is joined with those beside it; "" where `html` is there.
        html: code, or what it printed or drew.
        holds: whether the next piece must not be parted from it.
    """

    height: float
    markdown: str = ""
    html: str = ""
    holds: bool = False


@dataclass(frozen=True)
class Slide:
    """A slide: its heading in Markdown, whether an earlier slide had the same one, and what is below."""

    heading: str
    section: str
    again: bool
    pieces: tuple[Piece, ...]

    @property
    def html(self) -> str:
        """What is below the heading."""
        parts: list[str] = []
        texts: list[str] = []
        for piece in (*self.pieces, Piece(0.0)):
            if piece.markdown:
                texts.append(piece.markdown)
                continue
            parts += [to_html(_joined(texts)) if texts else "", piece.html]
            texts = []
        return "".join(parts)


def slides(source: Source, *, solved: bool = False) -> list[Slide]:
    """The slides of a lesson. Checks are left out, and so is the code of cells that only draw or print a table."""
    cutter = _Cutter()
    for cell in source.cells:
        if cell.kind == "text":
            for block in blocks(cell.source):
                if re.match("#+ ", block):
                    cutter.head(block)
                else:
                    cutter.waiting += _texts(block)
        elif cell.kind == "check":
            cutter.leave_exercise()
        else:
            cutter.waiting += _code(cell, solved)
            cutter.cut()
    cutter.end()
    return cutter.made


class _Cutter:
    """Collects what is to be shown, and cuts it into slides."""

    def __init__(self) -> None:
        self.made: list[Slide] = []
        self.waiting: list[Piece] = []
        self.heading = self.section = ""
        self.around = ""  # the heading to which the lesson comes back behind an exercise

    def head(self, heading: str) -> None:
        self.end()
        self.heading = heading
        self.around = self.around if heading.startswith("### Exercise ") else heading
        self.section = heading.lstrip("# ") if heading.startswith("## ") else self.section

    def leave_exercise(self) -> None:
        self.end()
        self.heading = self.around

    def end(self) -> None:
        """Before another heading: one that nothing follows has a slide, too."""
        self.cut()
        if self.heading and not self.seen:
            self.made.append(Slide(self.heading, self.section, False, ()))

    @property
    def seen(self) -> bool:
        return any(slide.heading == self.heading for slide in self.made)

    def cut(self) -> None:
        """What waits becomes slides; it joins the last one where there is room for it."""
        for pieces in divide(self.waiting):
            last = self.made[-1] if self.made else None
            if last and last.pieces and last.heading == self.heading and _high([*last.pieces, *pieces]) < ROOMY:
                self.made[-1] = replace(last, pieces=(*last.pieces, *pieces))
            else:
                self.made.append(Slide(self.heading, self.section, self.seen, tuple(pieces)))
        self.waiting = []


def _high(pieces: Sequence[Piece]) -> float:
    return sum(piece.height for piece in pieces)


def divide(pieces: Sequence[Piece], limit: float = LINES) -> list[list[Piece]]:
    """The pieces on as few slides as they need, each about as full as the others."""
    if not pieces:
        return []
    few = len(_filled(pieces, limit))
    lowest = _high(pieces) / few
    steps = [lowest + (limit - lowest) * step / 10 for step in range(10)]
    return next(
        (made for made in (_filled(pieces, each) for each in steps) if len(made) == few), _filled(pieces, limit)
    )


def _filled(pieces: Sequence[Piece], limit: float) -> list[list[Piece]]:
    made: list[list[Piece]] = [[]]
    for group in _held_together(pieces):
        if made[-1] and _high([*made[-1], *group]) > limit:
            made.append([])
        made[-1] += group
    return made


def _held_together(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces:
        if group and not (group[-1].holds and _high([*group, piece]) < TIGHT):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


# --- texts ----------------------------------------------------------------------------------------------------


def _texts(block: str) -> list[Piece]:
    """The pieces of a block: a list may be divided between its items, all else stays whole."""
    whole = block.startswith(("<", "|", "$$", "```", "!["))
    items = [block] if whole else re.split(r"\n(?=[-*+] |\d+[.)] )", block)
    announces = items[0].rstrip().endswith(":")
    return [
        Piece(_height(item), markdown=item, holds=announces and number == 0 and not whole)
        for number, item in enumerate(items)
    ]


def _joined(texts: Sequence[str]) -> str:
    """Texts as one, the items of a list without a gap between them."""
    return "".join(text + ("\n" if _is_item(text) and _is_item(after) else "\n\n") for text, after in _pairs(texts))


def _pairs(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from zip(texts, [*texts[1:], ""], strict=True)


def _is_item(text: str) -> bool:
    return bool(re.match(r"[-*+] |\d+[.)] ", text))


def _height(text: str) -> float:
    """About how many lines a text takes."""
    if text.startswith("!["):
        return _PICTURE
    if text.startswith("```"):
        return _CODE_LINE * len(text.splitlines())
    if text.startswith("<details"):
        return 1.3 * text.count("<summary>")
    if text.startswith("$$"):
        return 1.0 + 2.0 * (text.count("\\\\") + 1 if "aligned" in text or "cases" in text else 1)
    if text.startswith("|"):
        return _table_height([row.strip("|").split("|") for row in text.splitlines()])
    return 0.4 + max(1, -(-_width(text) // COLUMNS))


def _table_height(rows: list[list[str]]) -> float:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=False)]
    squeezed = min(1.0, COLUMNS / max(1, sum(widths)))
    rooms = [max(1.0, width * squeezed) for width in widths]
    return sum(0.25 + max(-(-_width(cell) // room) for cell, room in zip(row, rooms, strict=False)) for row in rows)


def _width(text: str) -> int:
    """About how many characters wide: letters of Hangul are two, and of a formula only what one sees."""
    seen = re.sub(r"\(data:[^)]*\)|\\[A-Za-z]+|[{}^_$`*]", "", text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in seen)


# --- code -----------------------------------------------------------------------------------------------------


def _code(cell: Cell, solved: bool) -> list[Piece]:
    """A cell's code, unless it begins folded, and below it what it printed and drew."""
    source = (cell.solved if solved else cell.source) if cell.kind == "exercise" else cell.source
    shown = [] if cell.folded or not source.strip() else [_lines(source, code_html(source))]
    pieces = [*shown, *(piece for output in cell.outputs for piece in _output(output))]
    return [replace(piece, holds=number < len(pieces) - 1) for number, piece in enumerate(pieces)]


def _lines(text: str, html: str) -> Piece:
    return Piece(0.8 + _CODE_LINE * len(text.splitlines()), html=html)


def _output(output: Any) -> Iterator[Piece]:
    data = output.get("data", {})
    if "image/png" in data:
        picture = "".join(data["image/png"]).replace("\n", "")
        yield Piece(_PICTURE, html=f'<img class="figure" alt="" src="data:image/png;base64,{picture}">\n')
    elif "text/html" in data:
        yield Piece(6.0, html=f"<div>{''.join(data['text/html'])}</div>\n")
    else:
        text = output.get("text", "") or data.get("text/plain", "") or output.get("evalue", "")
        lines = "".join(text).rstrip().splitlines()
        size = -(-len(lines) // max(1, -(-len(lines) // _LONGEST)))  # parts of about one length
        for start in range(0, len(lines), max(1, size)):
            part = "\n".join(lines[start : start + size])
            yield _lines(part, f'<pre class="output">{escape(part)}</pre>\n')
