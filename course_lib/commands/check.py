"""`course check`: run a notebook from top to bottom, and say which exercises are right and what to mend first."""

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.finding import Outcome
from course_lib.learner import running
from course_lib.learner.lessons import Lesson, choose, lessons
from course_lib.learner.notebook import Notebook, read
from course_lib.learner.running import Ran
from course_lib.progress_bar import ProgressBar
from course_lib.usage import UsageError

NOT_RUN = "not run"
SIGNS = {Outcome.CORRECT: "✓", Outcome.NOT_ATTEMPTED: "○", NOT_RUN: "–"}  # anything else is wrong: ✗
_PLAIN = {"✓": "+", "✗": "x", "○": "o", "–": "-"}  # where the terminal's encoding has no such signs


def sign(state: str) -> str:
    """How a state is shown, in signs that this terminal has."""
    of = SIGNS.get(state, "✗")
    try:
        "✓✗○–".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return _PLAIN[of]
    return of


@dataclass(frozen=True)
class Result:
    """What a run of a notebook found.

    Attributes:
        states: exercise id -> its state and the message of its check.
        notes: what is odd about the notebook, and makes nothing wrong.
        broken: the cells that failed by themselves, a line each.
    """

    lesson: Lesson
    states: dict[str, tuple[str, str]]
    notes: list[str]
    broken: list[str]

    @property
    def right(self) -> bool:
        return not self.broken and all(state == Outcome.CORRECT for state, _ in self.states.values())

    def as_json(self) -> dict[str, Any]:
        """The same for programs. Stable: names are added, never changed."""
        return {
            "lesson": self.lesson.number,
            "title": self.lesson.title,
            "notebook": str(self.lesson.path),
            "right": self.right,
            "exercises": [
                {"id": id, "state": str(state), "message": message} for id, (state, message) in self.states.items()
            ],
            "broken": self.broken,
            "notes": self.notes,
        }


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "lesson", nargs="?", metavar="LESSON", help="such as 01, or a notebook; without it, every lesson"
    )
    parser.add_argument("--json", action="store_true", help="what was found, for programs")


def run(given: argparse.Namespace) -> int:
    """Check what was named."""
    return check_all(choose(given.lesson), as_json=given.json)


def check_all(chosen: Sequence[Lesson], *, as_json: bool = False) -> int:
    """Check lessons one after the other and print what was found; 0 when all is right, 1 when not, 2 where one can't
    be read.
    """
    results, unread = [], False
    for lesson in chosen:
        if not as_json:
            print(f"Running {lesson.place} from top to bottom (a minute or so) ...", flush=True)
        try:
            results.append(check(lesson))
        except UsageError as error:
            if len(chosen) == 1:
                raise
            print(f"course: {error}", file=sys.stderr)
            unread = True
            continue
        if not as_json:
            print_result(results[-1])
    if as_json:
        print(json.dumps([result.as_json() for result in results], ensure_ascii=False, indent=1))
    return 2 if unread else 0 if all(result.right for result in results) else 1


def check(lesson: Lesson) -> Result:
    """Run a lesson's notebook and see what became of its exercises."""
    notebook = read(lesson.path)
    own = any(lesson.path.resolve() == each.path.resolve() for each in lessons())
    with tempfile.TemporaryDirectory() as folder, ProgressBar("cells", total=len(notebook.cells), unit="cell") as bar:
        elsewhere = None if own or "COURSE_PROGRESS" in os.environ else str(Path(folder) / "progress.json")
        ran = running.run(notebook, progress=elsewhere, on_cell=lambda place: bar.reach(place))
    return result_of(lesson, notebook, ran)


def result_of(lesson: Lesson, notebook: Notebook, ran: Ran) -> Result:
    """What a run has found of a lesson's exercises."""
    states = {}
    for each in lesson.exercises:
        states[each.id] = ran.states.get(each.id) or (NOT_RUN, _why_not(each, notebook, ran))
    notes = [
        f"{id} is checked {len(places)} times; its best result counts"
        for id, places in notebook.checks.items()
        if len(places) > 1 and id in states
    ]
    notes += [f"nbval by hand passes over the check of {id}: {why}" for id, why in notebook.held_back.items()]
    return Result(lesson, states, notes, _broken(notebook, ran))


def _why_not(exercise: Exercise, notebook: Notebook, ran: Ran) -> str:
    """Why the check of an exercise found nothing."""
    places, name = notebook.checks.get(exercise.id, []), exercise.name
    if not places:
        return "its check is not in this notebook"
    place = places[-1]
    if ran.ended and place >= ran.at:
        return "the run ended before it"
    error = ran.troubles.get(place, "")
    defines = re.compile(rf"^(def|class) {name}\b", re.MULTILINE)
    defined = [place for place, cell in enumerate(notebook.cells) if defines.search(cell.source)]
    if error.startswith("NameError") and f"'{name}'" in error:
        if defined and min(defined) > place:
            return f"its check stands above the cell that defines `{name}`"
        if defined and defined[-1] in ran.troubles:
            return f"the cell that defines `{name}` has failed"
        return f"nothing above its check defines `{name}`"
    return f"its check failed: {error}" if error else "its cell was not run"


def _broken(notebook: Notebook, ran: Ran) -> list[str]:
    """The cells that failed by themselves: the first in full, those after it folded to a number."""
    checks = {place for places in notebook.checks.values() for place in places}
    follows = {place for place, error in ran.troubles.items() if place in checks and error.startswith("NameError")}
    own = sorted(ran.troubles.keys() - follows)
    lines = [f"the cell that begins `{_begins(notebook, place)}`: {ran.troubles[place]}" for place in own[:1]]
    if len(own) > 1:
        lines[0] += f" ({len(own) - 1} more cell{'s' * (len(own) > 2)} after it failed)"
    if ran.ended:
        where = f", in the cell that begins `{_begins(notebook, ran.at)}`" if ran.at >= 0 else ""
        left = len(notebook.cells) - ran.at - 1
        lines.append(f"{ran.ended}{where}; {left} cells after it were not run")
    return lines


def _begins(notebook: Notebook, place: int) -> str:
    lines = [line for line in notebook.cells[place].source.strip().splitlines() if line.strip()]
    return lines[0].strip() if lines else ""


def print_result(result: Result) -> None:
    lesson, states = result.lesson, result.states
    right = sum(state == Outcome.CORRECT for state, _ in states.values())
    width = max((len(id) for id in states), default=0)
    print(f"\n{lesson.number} {lesson.title}: {right} of {len(states)} exercises right")
    for id, (state, message) in states.items():
        told = message if state not in (Outcome.CORRECT, Outcome.NOT_ATTEMPTED) else ""
        first, *more = told.splitlines() or [""]
        print(f"  {sign(state)} {id:<{width}}  {state}{': ' if first else ''}{first}")
        for line in more:
            print(f"      {line}".rstrip())
    for line in result.broken:
        print(f"  ! {line}")
    for line in result.notes:
        print(f"  ({line})")
    wrong = [id for id, (state, _) in states.items() if state not in (Outcome.CORRECT, Outcome.NOT_ATTEMPTED, NOT_RUN)]
    if result.broken:
        print("\nMend first: the cell marked with ! above; what follows it may fail because of it.")
    elif wrong:
        print(f"\nMend first: {wrong[0]}, in {lesson.place}")
    elif todo := [id for id, (state, _) in states.items() if state != Outcome.CORRECT]:
        print(f"\nNext: {todo[0]}, in {lesson.place}")
    else:
        print("\nAll right.")
    print()
