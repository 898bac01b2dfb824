"""Exercises in their blank form, as the course brings them: for whoever wants to begin one afresh."""

import ast
import copy
import io
import re
from collections.abc import Collection
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

from course_lib.exercises.exercise import lesson_exercises
from course_lib.learner.lessons import NAMES
from course_lib.learner.merge import course_cells
from course_lib.learner.notebook import checks_of, tree_of
from course_lib.learner.work import pristine

_FOR_IPYTHON = re.compile(r"^([ \t]*)[%!?].*$", re.MULTILINE)
_DEFINES = re.compile(r"^(?:async[ \t]+def|def|class)[ \t]+(\w+)", re.MULTILINE)

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Placed:
    """How a blank exercise came into a notebook.

    Attributes:
        there: there was something in its place; if not, the cell had been deleted.
        again: the names that another cell below defines, too, so that what that one says is in force.
    """

    there: bool
    again: list[str]


def blank_source(exercise_id: str) -> str:
    """The cell of an exercise, blank.

    Raises KeyError for an unknown id, UsageError where the course's notebook is gone.
    """
    exercise, _ = blank_cells(exercise_id)
    return str(exercise.source)


def blank_cells(exercise_id: str) -> tuple[NotebookNode, NotebookNode]:
    """The cell of an exercise, blank, and the cell of its check; raises as `blank_source`."""
    for name in NAMES:
        if any(exercise.id == exercise_id for exercise in lesson_exercises(name.partition("_")[0])):
            cells = pristine(name).cells
            exercise = next(cell for cell in cells if cell.metadata.get("exercise") == exercise_id)
            check = next(cell for cell in cells if cell.cell_type == "code" and exercise_id in checks_of(cell.source))
            return exercise, check
    raise KeyError(exercise_id)


def with_blank(mine: NotebookNode, exercise_id: str) -> Placed:
    """Put the blank form of an exercise in the place of what a notebook has, clear its check, and leave all else.

    Where its cell is gone it comes back, above its check, or with it at the end. Where its cell holds other functions,
    or a check, the lines of its own function alone are replaced; where Python can't read such a cell, what else is in
    it becomes a cell of its own.
    """
    exercise, check = blank_cells(exercise_id)
    names = set(_definitions(exercise.source))
    found = {id: place for place, id in course_cells(mine, {exercise.id: exercise, check.id: check}).items()}
    place = found.get(exercise.id)
    if place is None or mine.cells[place].cell_type != "code":  # its answer may stand in the cell of its check
        place = next((place for place, cell in enumerate(mine.cells) if names & _defined_in(cell)), None)
    there = place is not None
    if place is None:
        place = found.get(check.id, len(mine.cells))
        _insert(mine, place, [exercise] if check.id in found else [exercise, check])
    else:
        _replace(mine, place, exercise)
    for cell in mine.cells:  # what a check has said of the answer that is gone
        if cell.cell_type == "code" and exercise_id in checks_of(cell.source):
            cell.outputs, cell.execution_count = [], None
    below = set[str]().union(*(_defined_in(cell) for cell in mine.cells[place + 1 :]))
    return Placed(there, sorted(names & below))


def _replace(mine: NotebookNode, place: int, exercise: NotebookNode) -> None:
    """The blank form in the place of what a cell has of an exercise."""
    cell, names = mine.cells[place], set(_definitions(exercise.source))
    if _defined_in(cell) <= names and not checks_of(cell.source):
        cell.source = exercise.source
    elif names <= _definitions(cell.source).keys():
        cell.source = _with_lines_of(exercise.source, cell.source)
    else:
        rest = copy.deepcopy(cell)
        rest.source = _without(cell.source, names)
        if cell.metadata.get("exercise", exercise.metadata.exercise) == exercise.metadata.exercise:
            cell.source = exercise.source
            rest.metadata.pop("exercise", None)
            _insert(mine, place + 1, [rest])
        else:  # it is the cell of another exercise
            mine.cells[place] = rest
            _insert(mine, place, [exercise])
        rest.outputs, rest.execution_count = [], None
    mine.cells[place].outputs, mine.cells[place].execution_count = [], None


def _insert(mine: NotebookNode, place: int, cells: list[NotebookNode]) -> None:
    """Cells into a notebook, with the ids that the version of its format asks for: each its own, or none."""
    used = {cell.get("id") for cell in mine.cells}
    for cell in cells:
        if (mine.get("nbformat", 4), mine.get("nbformat_minor", 0)) < (4, 5):
            cell.pop("id", None)
        elif cell.get("id") in used:
            cell.id = nbformat.v4.new_code_cell().id
    mine.cells[place:place] = cells


def _definitions(source: str) -> dict[str, list[Definition]]:
    """The functions and classes that a cell defines, each name with its definitions; none where it can't be read."""
    tree = tree_of(source) or tree_of(_FOR_IPYTHON.sub(r"\1pass", source))
    found: dict[str, list[Definition]] = {}
    for node in tree.body if tree else []:
        if isinstance(node, Definition):
            found.setdefault(node.name, []).append(node)
    return found


def _defined_in(cell: NotebookNode) -> set[str]:
    """The names of the functions and classes that a cell defines; where it can't be read, by how its lines begin."""
    if cell.cell_type != "code":
        return set()
    return set(_definitions(cell.source) or _DEFINES.findall(cell.source))


def _with_lines_of(blank: str, source: str) -> str:
    """A cell with the blank form of each function in the place of the first that has its name, and without others."""
    lines, fresh = _lines(source), _lines(blank)
    spans = {
        _span(lines, node): "".join(fresh[slice(*_span(fresh, new))]).rstrip("\r\n") if number == 0 else ""
        for name, (new, *_) in _definitions(blank).items()
        for number, node in enumerate(_definitions(source)[name])
    }
    for (start, end), text in sorted(spans.items(), reverse=True):
        last = lines[end - 1]
        lines[start:end] = [text + last[len(last.rstrip("\r\n")) :]] if text else []
    return "".join(lines)


def _span(lines: list[str], node: Definition) -> tuple[int, int]:
    """The lines of a definition, with its decorators, and with comments inside it that stand at its end."""
    start = min([node.lineno, *(each.lineno for each in node.decorator_list)]) - 1
    end = node.end_lineno or node.lineno
    for number, line in enumerate(lines[end:], start=end + 1):
        if line.strip() and not (line[0].isspace() and line.lstrip().startswith("#")):
            break
        end = number if line.strip() else end
    return start, end


def _without(source: str, names: Collection[str]) -> str:
    """A cell that can't be read, without the lines that look like the definitions of these names."""
    left, inside = [], False
    for line in _lines(source):
        begins = _DEFINES.match(line)
        inside = begins[1] in names if begins else inside and (not line.strip() or line[0] in " \t)]}")
        left += [] if inside else [line]
    return "".join(left)


def _lines(source: str) -> list[str]:
    """Lines as Python counts them, with their ends."""
    return list(io.StringIO(source, newline=""))
