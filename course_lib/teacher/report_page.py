"""The report as a page: a table for each lesson, a row for each learner, and the message behind each cell.

It needs nothing but itself: no script, no font, no network.
"""

import re
from collections.abc import Sequence
from html import escape

from course_lib.exercises.finding import Outcome
from course_lib.teacher.rows import Row
from course_lib.teacher.tables import About, exercises_of, lessons_of

# Sign, class and what it means, by state; whatever else a check finds is wrong.
_SIGNS = {
    Outcome.CORRECT: ("✓", "right", "right"),
    Outcome.NOT_ATTEMPTED: ("○", "blank", "not attempted"),
    "not run": ("–", "unrun", "not run"),
}
_WRONG = ("✗", "wrong", "not right yet")

STYLE = """
:root { color-scheme: light dark; --back: #fff; --text: #1a1a1a; --soft: #5a5a5a; --line: #d5d5d5; --head: #f3f3f1;
  --right: #d8efdc; --right-text: #14532d; --wrong: #f9dcd7; --wrong-text: #7a1d10; --unrun: #f6e7c1;
  --unrun-text: #5f4300; --blank: transparent; --mark: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --back: #16181a; --text: #ececec; --soft: #adadad; --line: #3b3f43;
  --head: #202427; --right: #173b25; --right-text: #b5e8c4; --wrong: #4c211b; --wrong-text: #ffc9bf; --unrun: #42351a;
  --unrun-text: #f3d78f; --mark: #86bdf5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 90rem; background: var(--back); color: var(--text);
  font: 1rem/1.45 system-ui, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; } h3 { font-size: 1rem; }
p { margin: .3rem 0; } .soft { color: var(--soft); } a { color: var(--mark); }
.warning { border-left: .3rem solid var(--wrong-text); padding: .3rem .8rem; background: var(--wrong);
  color: var(--wrong-text); }
.frame { max-height: 80vh; overflow: auto; border: 1px solid var(--line); border-radius: .3rem; }
table { border-collapse: separate; border-spacing: 0; }
th, td { border-bottom: 1px solid var(--line); border-right: 1px solid var(--line); padding: 0; text-align: center;
  vertical-align: top; }
th { background: var(--head); font-weight: 600; padding: .4rem .5rem; font-size: .875rem; }
thead th { position: sticky; top: 0; z-index: 2; vertical-align: bottom; }
tbody th, tfoot th { position: sticky; left: 0; z-index: 1; text-align: left; min-width: 9rem; max-width: 18rem;
  overflow-wrap: anywhere; }
thead th:first-child { left: 0; z-index: 3; text-align: left; }
tfoot td, td.count { padding: .4rem .5rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
tfoot td, tfoot th { position: sticky; bottom: 0; background: var(--head); }
summary { cursor: pointer; }
td summary { list-style: none; padding: .4rem .5rem; min-width: 2.75rem; min-height: 2.2rem; }
td summary::-webkit-details-marker { display: none; }
summary:focus-visible { outline: 3px solid var(--mark); outline-offset: -3px; }
td.right { background: var(--right); color: var(--right-text); }
td.wrong { background: var(--wrong); color: var(--wrong-text); }
td.unrun { background: var(--unrun); color: var(--unrun-text); }
.told { text-align: left; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .875rem; font-weight: 400; }
td details { position: relative; }
td .told { position: absolute; z-index: 5; top: 100%; left: 0; width: 22rem; max-width: 80vw; padding: .5rem .7rem;
  background: var(--back); border: 2px solid var(--mark); border-radius: .3rem; }
td:nth-last-child(-n + 3):nth-child(n + 6) .told { left: auto; right: 0; }
tbody th details { font-weight: 400; } tbody th summary { padding: .2rem 0; color: var(--unrun-text); }
.mistakes { margin-top: .8rem; } .mistakes h3 { display: inline; } .mistakes h4 { margin: .7rem 0 0; }
.mistakes ul { margin: .1rem 0; padding-left: 1.4rem; }
.mistakes .text { white-space: pre-wrap; overflow-wrap: anywhere; }
.unread th, .unread td { text-align: left; padding: .4rem .6rem; overflow-wrap: anywhere; }
@media print { body { max-width: none; padding: 0; font-size: 9pt; } .frame { max-height: none; overflow: visible;
  border: 0; } thead th, tbody th, tfoot th, tfoot td { position: static; } tr, li { break-inside: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


def page(rows: Sequence[Row], about: About) -> str:
    """The whole page."""
    lessons = lessons_of(rows)
    unread = [row for row in rows if not row.lesson]
    title = f"Report: {about.folder}"
    parts = [f"<h1>{escape(title)}</h1>", _head(rows, about)]
    if len(lessons) > 1:
        links = (f'<a href="#lesson-{escape(number)}">{escape(number)}</a>' for number in lessons)
        parts.append(f"<nav><p>Lessons: {' · '.join(links)}</p></nav>")
    parts += [_lesson(number, of_lesson) for number, of_lesson in lessons.items()]
    if unread:
        parts.append(_unread(unread))
    body = "\n".join(parts)
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _head(rows: Sequence[Row], about: About) -> str:
    learners = len({row.learner for row in rows})
    files = f"{len(rows)} notebook{'s' * (len(rows) != 1)} of {learners} learner{'s' * (learners != 1)}"
    lines = [f"<p>{files}, {escape(about.made)}.</p>"]
    lines.append(f'<p class="soft">{escape(" ".join(about.conditions))}</p>')
    lines += [f'<p class="warning" role="note">{escape(each)}</p>' for each in about.warnings]
    signs = [*_SIGNS.values(), _WRONG]
    key = " · ".join(f"{sign} {meaning}" for sign, _, meaning in (signs[0], signs[3], signs[1], signs[2]))
    lines.append(f"<p>{key}. Each sign opens the message of its check.</p>")
    return "\n".join(lines)


def _lesson(number: str, rows: Sequence[Row]) -> str:
    exercises = exercises_of(rows)
    heads = "".join(f'<th scope="col">{_short(id)}</th>' for id in exercises)
    body = "\n".join(_row(row, exercises) for row in rows)
    counts = [sum(row.states.get(id, ("",))[0] == Outcome.CORRECT for row in rows) for id in exercises]
    totals = "".join(f"<td>{count}/{len(rows)}</td>" for count in counts)
    return (
        f'<section>\n<h2 id="lesson-{escape(number)}">Lesson {escape(number)}: {escape(rows[0].title)}</h2>\n'
        f'<div class="frame" tabindex="0" role="region" aria-label="Lesson {escape(number)}, the table">\n<table>\n'
        f'<thead><tr><th scope="col">learner</th><th scope="col">right</th>{heads}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n"
        f'<tfoot><tr><th scope="row">right</th><td>{sum(counts)}/{len(rows) * len(exercises)}</td>'
        f"{totals}</tr></tfoot>\n"
        f"</table>\n</div>\n{_mistakes(rows, exercises)}\n</section>"
    )


def _short(id: str) -> str:
    """The name of an exercise, without its lesson's number, and a place to break it after each "_"."""
    return re.sub("_", "_<wbr>", escape(id.partition(".")[2]))


def _row(row: Row, exercises: Sequence[str]) -> str:
    told = [f"{row.problem}."] if row.problem else []
    told += [*row.broken, *row.notes]
    name = f"<bdi>{escape(row.learner)}</bdi>"
    if told:
        sign = "! stopped" if row.problem else f"! {len(told)} note{'s' * (len(told) > 1)}"
        lines = escape("\n".join(told))
        name += f'<details><summary>{sign}</summary><div class="told">{lines}</div></details>'
    cells = "".join(_cell(row, id) for id in exercises)
    return f'<tr><th scope="row">{name}</th><td class="count">{row.right}/{len(row.states)}</td>{cells}</tr>'


def _cell(row: Row, id: str) -> str:
    if id not in row.states:
        return "<td></td>"
    state, message = row.states[id]
    sign, kind, _ = _SIGNS.get(state, _WRONG)
    label = escape(f"{row.learner}, {id}: {state}", quote=True)
    told = escape(message if kind == "right" or not message else f"{state}: {message}") or escape(state)
    return (
        f'<td class="{kind}"><details name="message"><summary aria-label="{label}">{sign}</summary>'
        f'<div class="told">{told}</div></details></td>'
    )


def _mistakes(rows: Sequence[Row], exercises: Sequence[str]) -> str:
    """What goes wrong, by exercise: each message with those who got it, the commonest first."""
    parts = []
    for id in exercises:
        found: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            state, message = row.states.get(id, (Outcome.CORRECT, ""))
            if state != Outcome.CORRECT:
                alike = (state, "" if state == Outcome.NOT_ATTEMPTED else message)
                found.setdefault(alike, []).append(row.learner)
        if found:
            groups = sorted(found.items(), key=lambda group: -len(group[1]))
            lines = "\n".join(_group(state, message, learners) for (state, message), learners in groups)
            parts.append(f"<h4>{escape(id)}</h4>\n<ul>\n{lines}\n</ul>")
    if not parts:
        return "<p>Every exercise is right.</p>"
    inner = "\n".join(parts)
    return (
        f'<details class="mistakes" open><summary><h3>What is not right yet, by exercise</h3></summary>\n'
        f"{inner}\n</details>"
    )


def _group(state: str, message: str, learners: Sequence[str]) -> str:
    text = escape(f"{state}: {message}" if message else state)
    names = ", ".join(f"<bdi>{escape(name)}</bdi>" for name in learners)
    return f'<li><b>{len(learners)}</b> · <span class="text">{text}</span> <span class="soft">({names})</span></li>'


def _unread(rows: Sequence[Row]) -> str:
    lines = "\n".join(
        f'<tr><th scope="row"><bdi>{escape(row.file)}</bdi></th><td>{escape(row.problem)}</td></tr>' for row in rows
    )
    return (
        '<section>\n<h2 id="unread">Not run</h2>\n<table class="unread">\n<thead><tr><th scope="col">file</th>'
        f'<th scope="col">why</th></tr></thead>\n<tbody>\n{lines}\n</tbody>\n</table>\n</section>'
    )
