"""`course handout 05`: the exercises of a lesson alone, on paper: a page to print, or Markdown to change."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from course_lib.exercises.source import source_of
from course_lib.teacher.pages import code_html, formulas_left, inline, mark, page, to_html, write_made
from course_lib.teacher.sources import Posed, Source, blocks, chosen, exercises_in
from course_lib.usage import UsageError

MAKER = "course handout"
MOST_LINES = 60  # more than a page of paper has

STYLE = """
body { font-size: 10.5pt; max-width: 180mm; margin: 8mm auto; padding: 0 4mm; }
h1 { font-size: 17pt; margin: 0 0 2mm; }
h2 { font-size: 13pt; margin: 0 0 1mm; }
h3 { font-size: 11pt; margin: 2mm 0 1mm; }
.lesson + .lesson, .appendix { break-before: page; }
.exercise, .answer { break-inside: avoid; border-top: 1.5pt solid #333; padding-top: 2mm; margin-top: 7mm; }
h1, h2, h3 { break-after: avoid; }
pre, table, img { break-inside: avoid; }
.small { color: #444; font-size: 9pt; margin: 0 0 1.5mm; }
.section { border-left: 2pt solid #999; padding-left: 3mm; margin: 2mm 0; }
.name { display: flex; gap: 6mm; margin: 3mm 0; } .name span { flex: 1; border-bottom: .6pt solid #555; }
.line { height: 8mm; border-bottom: .6pt solid #aaa; }
img { display: block; max-height: 75mm; margin: 2mm auto; }
pre { font-size: 9.5pt; } .answer pre { font-size: 8.5pt; }
table { font-size: 9.5pt; }
@page { size: A4; margin: 15mm 15mm 17mm; @bottom-center { content: counter(page); font: 9pt sans-serif; } }
@media print { body { max-width: none; margin: 0; padding: 0; } pre, code, th { background: none; } }
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("lesson", metavar="LESSON", help="such as 05, 05a, or a notebook of your own")
    parser.add_argument("--format", choices=["html", "md"], default="html", help="a page to print, or Markdown")
    parser.add_argument("--section", action="store_true", help="with all that the lesson says before each exercise")
    parser.add_argument("--lines", type=int, default=0, metavar="N", help="ruled lines to write on below each exercise")
    parser.add_argument("--hints", action="store_true", help="the hints, on pages of their own")
    parser.add_argument("--solutions", action="store_true", help="the solutions, on pages of their own")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to (default: handout-LESSON.html)")
    parser.add_argument("--force", action="store_true", help="overwrite a file that is no handout")


def run(given: argparse.Namespace) -> int:
    """Write the handout."""
    if not 0 <= given.lines <= MOST_LINES:
        raise UsageError(f"--lines takes a number from 0 to {MOST_LINES}, got {given.lines}")
    sources = chosen(given.lesson)
    number = sources[0].lesson.number if len(sources) == 1 else sources[0].lesson.number[:2]
    path = given.out or Path(f"handout-{number}.{given.format}")
    text = (as_markdown if given.format == "md" else as_page)(sources, given)
    write_made(path, text, MAKER, force=given.force)
    print(f"{sum(len(exercises_in(source)) for source in sources)} exercises in {path}")
    if left := formulas_left(text):
        print(f"{left} formulas in it could not be drawn, and stand as they were written")
    return 0


def symbols(source: Source) -> str:
    """The table that says what B, T and the other letters are; "" where the lesson has none."""
    tables = (block for cell in source.cells if cell.kind == "text" for block in blocks(cell.source))
    return next((block for block in tables if block.startswith("| symbol")), "")


def needed(posed: Posed, everything: bool) -> list[str]:
    """What an exercise's text refers to: of its section, above it, the formulas and tables, or everything."""
    return [block for block in posed.before if everything or "$$" in block or block.startswith("|")]


def parts_of(heading: str) -> tuple[str, str]:
    """ "Exercise 1 · One step · difficulty 1 of 5 · 5 minutes": what it is called, and how hard and long it is."""
    words = heading.split(" · ")
    about = [word for word in words if word.startswith("difficulty ") or word.endswith((" minute", " minutes"))]
    return " · ".join(word for word in words if word not in about), " · ".join(about)


# --- a page ---------------------------------------------------------------------------------------------------


def as_page(sources: Sequence[Source], given: argparse.Namespace) -> str:
    """The handout as a page that loads nothing."""
    body = [_lesson(source, given) for source in sources]
    if given.hints:
        body.append(_appendix("Hints", [_hints(posed) for source in sources for posed in exercises_in(source)]))
    if given.solutions:
        body.append(_appendix("Solutions", [_solution(posed) for source in sources for posed in exercises_in(source)]))
    return page(MAKER, " and ".join(source.title for source in sources), STYLE, f"<body>\n{''.join(body)}</body>")


def _lesson(source: Source, given: argparse.Namespace) -> str:
    parts = [f"<h1>{inline(source.title)}</h1>\n"]
    if given.lines:
        parts.append('<div class="name">Name <span></span> Date <span></span></div>\n')
    parts.append(to_html(symbols(source)))
    parts += [_exercise(posed, given) for posed in exercises_in(source)]
    return f'<div class="lesson">\n{"".join(parts)}</div>\n'


def _exercise(posed: Posed, given: argparse.Namespace) -> str:
    name, about = parts_of(posed.heading)
    small = " · ".join(filter(None, [about, f"section {posed.section}" if posed.section else "", posed.exercise.id]))
    parts = [f'<h2>{inline(name)}</h2>\n<p class="small">{inline(small)}</p>\n']
    if before := needed(posed, given.section):
        parts.append(f'<div class="section">\n{to_html(_joined(before))}</div>\n')
    parts += [to_html(_joined(posed.text)), code_html(posed.skeleton), '<div class="line"></div>\n' * given.lines]
    return f'<section class="exercise" id="{posed.exercise.id}">\n{"".join(parts)}</section>\n'


def _appendix(title: str, answers: Sequence[str]) -> str:
    return f'<div class="appendix">\n<h1>{title}</h1>\n{"".join(answers)}</div>\n'


def _hints(posed: Posed) -> str:
    hints = "".join(f"<li>{to_html(hint)}</li>\n" for hint in posed.exercise.hints)
    return _answer(posed, f"<ol>\n{hints}</ol>\n")


def _solution(posed: Posed) -> str:
    return _answer(posed, code_html(source_of(posed.exercise.reference)) + to_html(posed.exercise.explanation))


def _answer(posed: Posed, inside: str) -> str:
    return f'<section class="answer">\n<h2>{inline(parts_of(posed.heading)[0])}</h2>\n{inside}</section>\n'


# --- Markdown -------------------------------------------------------------------------------------------------


def as_markdown(sources: Sequence[Source], given: argparse.Namespace) -> str:
    """The handout as Markdown, with formulas and pictures as the lesson has them."""
    parts = [mark(MAKER)]
    for source in sources:
        parts += [f"# {source.title}", symbols(source)]
        for posed in exercises_in(source):
            parts += [f"## {posed.heading}", *needed(posed, given.section), *posed.text, _fenced(posed.skeleton)]
            parts += ["\n".join(["&nbsp;", "", "---", ""] * given.lines).rstrip()]
    every = [posed for source in sources for posed in exercises_in(source)]
    if given.hints:
        parts.append("# Hints")
        for posed in every:
            hints = [f"{number}. {hint}" for number, hint in enumerate(posed.exercise.hints, 1)]
            parts += [f"## {parts_of(posed.heading)[0]}", "\n".join(hints)]
    if given.solutions:
        parts.append("# Solutions")
        for posed in every:
            code = _fenced(source_of(posed.exercise.reference))
            parts += [f"## {parts_of(posed.heading)[0]}", code, posed.exercise.explanation]
    return f"{_joined(parts)}\n"


def _fenced(code: str) -> str:
    return f"```python\n{code}\n```"


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(filter(None, parts))
