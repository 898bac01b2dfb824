"""Build notebooks/ (exercises blank) and solutions/ (solved and executed) from lessons/, the source of truth.

    python -m tools.build                    both, for every lesson; solutions are executed where their source changed
    python -m tools.build lessons/01_*.py    one lesson
    python -m tools.build --execute          execute every solution, changed or not
    python -m tools.build --check            write nothing; exit 1 unless everything is in step

A lesson is a jupytext py:percent script. An exercise cell names its exercise and stands as the learner gets it:

    # %% key="lookup" exercise="01.lookup"
    def lookup(ids, weight):
        # Your code here: return the rows of weight that ids name.
        raise NotImplementedError

In the solved notebook these two lines are the body of the exercise's reference, without its docstring. An exercise
that says why the lesson has a form of its own (`Exercise.own_form`) has it here, between `### BEGIN SOLUTION: what to
do` and `### END SOLUTION`.

A cell of text shows a picture of `tools.pictures` by its name, `![](picture:lstm_cell)`: it becomes a part of the
notebook, and goes wherever that goes. A code cell with `folded=true` begins folded; the text above says what it shows.

A cell's id is a hash of lesson and key (of its text, where it has no key): ids survive insertions. What is not executed
is byte-identical from one build to the next; where text changed and no code, outputs are kept. A notebook that holds a
learner's answers is never overwritten.
"""

import argparse
import ast
import base64
import builtins
import copy
import hashlib
import os
import re
import symtable
import sys
from collections.abc import Callable
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from course_lib.exercises.exercise import Exercise, find, lesson_exercises
from course_lib.exercises.source import source_of, without_directives
from course_lib.files import write_text
from course_lib.learner.notebook import answered, digest, dumps
from course_lib.learner.work import keep
from tools import pictures

ROOT = Path(__file__).resolve().parent.parent
LESSONS, NOTEBOOKS, SOLUTIONS = ROOT / "lessons", ROOT / "notebooks", ROOT / "solutions"
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
WIDTH = 100  # columns of code that a notebook shows without scrolling
CELL_SECONDS = 240  # a cell that takes longer than this has hung
WIDGET = "An explorer: it moves when you run this cell in JupyterLab. Its picture stands above."


class LessonError(ValueError):
    """The source of a lesson is not as it must be."""


def lesson_files() -> list[Path]:
    """The lessons in order, and of one that is divided both parts: `06a_self_attention.py`, `06b_transformer.py`."""
    return sorted(LESSONS.glob("[0-9][0-9]*_*.py"))


def read_lesson(path: Path) -> NotebookNode:
    """A lesson's cells with their ids, checked: every exercise is prose, exercise cell, check cell.

    Raises LessonError with the file and the cell.
    """
    number = path.stem.partition("_")[0]
    source = jupytext.read(path, fmt="py:percent")
    notebook = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    used: dict[str, int] = {}
    for cell in source.cells:
        key = cell.metadata.get("key") or hashlib.sha256(cell.source.encode()).hexdigest()
        used[key] = used.get(key, 0) + 1
        if "key" in cell.metadata and used[key] > 1:
            raise LessonError(f"{path.name}: the key {key!r} stands at two cells")
        if cell.cell_type == "markdown":
            made = nbformat.v4.new_markdown_cell(with_pictures(path.name, cell.source))
        else:
            made = nbformat.v4.new_code_cell(without_directives(cell.source))
            if cell.metadata.get("folded"):
                made.metadata["jupyter"] = {"source_hidden": True}
        made.id = hashlib.sha256(f"{path.stem}/{key}/{used[key]}".encode()).hexdigest()[:12]
        tags = list(cell.metadata.get("tags", []))
        if "exercise" in cell.metadata:
            made.metadata["exercise"] = cell.metadata["exercise"]
            tags.append("exercise")
        if tags:
            made.metadata["tags"] = tags
        notebook.cells.append(made)
    _check_exercises(path.name, number, notebook)
    return notebook


_PICTURE = re.compile(r"!\[\]\(picture:(\w+)\)")


def with_pictures(name: str, source: str) -> str:
    """The text of a cell with its pictures in it, as SVG in the address of the picture.

    Raises LessonError for a picture that does not exist.
    """

    def drawn(match: re.Match[str]) -> str:
        try:
            data = base64.b64encode(pictures.svg(match[1]).encode()).decode()
            return f"![{pictures.description(match[1])}](data:image/svg+xml;base64,{data})"
        except ValueError as error:
            raise LessonError(f"{name}: {error}") from None

    return _PICTURE.sub(drawn, source)


def _check_exercises(name: str, number: str, notebook: NotebookNode) -> None:
    known = {exercise.id: exercise for exercise in lesson_exercises(number)}
    posed = []
    bound = set(dir(builtins))
    for i, cell in enumerate(notebook.cells):
        bound |= _bound_names(cell) if cell.cell_type == "code" else set()
        marked = BEGIN in cell.source or END in cell.source or _BLANK.search(cell.source)
        id = cell.metadata.get("exercise")
        if marked and not id:
            raise LessonError(f'{name}: a cell is written as an exercise but has no exercise="...":\n{cell.source}')
        if not id:
            continue
        posed.append(id)
        before, after = notebook.cells[i - 1], notebook.cells[i + 1] if i + 1 < len(notebook.cells) else None
        if before.cell_type != "markdown":
            raise LessonError(f"{name}: exercise {id} has no prose before it")
        if after is None or not is_check(after) or f'check("{id}",' not in after.source:
            raise LessonError(
                f'{name}: exercise {id} is not followed by a cell tagged exercise-check with check("{id}", ...)'
            )
        if id in known:
            _check_form(name, known[id], cell.source, bound)
    if posed != list(known):
        raise LessonError(f"{name} poses {posed}, but course_lib/exercises/lesson_{number[:2]} checks {list(known)}")


def _check_form(name: str, exercise: Exercise, source: str, bound: set[str]) -> None:
    """Has the cell the form that its exercise asks for, and the lesson what its reference takes and uses?"""
    markers = (source.count(BEGIN), source.count(END), len(_BLANK.findall(source)))
    if exercise.own_form and markers != (1, 1, 0):
        raise LessonError(f"{name}: exercise {exercise.id} has a form of its own and needs one {BEGIN} and one {END}")
    if not exercise.own_form:
        if markers != (0, 0, 1):
            raise LessonError(
                f"{name}: exercise {exercise.id} needs one '# Your code here: ...' above one raise NotImplementedError"
            )
        asked, given = _parameters(source, exercise.name), _parameters(source_of(exercise.reference), exercise.name)
        if asked != given:
            raise LessonError(f"{name}: exercise {exercise.id} asks for ({asked}), its reference takes ({given})")
        reference_body(exercise)  # is every line narrow enough?
        if missing := sorted(_global_names(exercise) - bound):
            raise LessonError(
                f"{name}: the reference of {exercise.id} uses {missing}, which the lesson does not have yet"
            )


def _bound_names(cell: NotebookNode) -> set[str]:
    """What a code cell gives a name to, at its top level."""
    table = symtable.symtable(cell.source, "<cell>", "exec")
    return {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}


def _global_names(exercise: Exercise) -> set[str]:
    """The names that the body of an exercise's reference takes from the notebook."""

    def free(table: symtable.SymbolTable) -> set[str]:
        own = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()}
        return own.union(*map(free, table.get_children()))

    module = symtable.symtable(source_of(exercise.reference), "<reference>", "exec")
    return set().union(*(free(table) for table in module.get_children() if table.get_name() == exercise.name))


def _parameters(source: str, name: str) -> str:
    """The parameters of the function of that name, with their defaults and without annotations."""
    (function,) = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == name)
    arguments = function.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
        if argument is not None:
            argument.annotation = None
    return ast.unparse(arguments)


def reference_body(exercise: Exercise) -> str:
    """What stands below the docstring of an exercise's reference, indented by four spaces.

    Raises LessonError where a line is too wide for a notebook.
    """
    text = source_of(exercise.reference)
    (function,) = (node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef))
    first = function.body[1] if ast.get_docstring(function) is not None else function.body[0]
    lines = text.splitlines()
    start = first.lineno - 1
    while lines[start - 1].strip().startswith("#"):  # a comment above the first statement belongs to it
        start -= 1
    body = "\n".join(lines[start:]) + "\n"
    wide = [line for line in body.splitlines() if len(line) > WIDTH]
    if wide:
        raise LessonError(f"{exercise.id}: a line of the reference is wider than {WIDTH} columns: {wide[0]}")
    return body


def is_check(cell: NotebookNode) -> bool:
    return "exercise-check" in cell.metadata.get("tags", [])


_BLANK = re.compile(r"^    # Your code here: [^\n]*\n    raise NotImplementedError$\n?", re.MULTILINE)
_SOLUTION = re.compile(rf"^([ ]*){BEGIN}:?[ ]*([^\n]*)\n(.*?)^[ ]*{END}[ ]*$\n?", re.MULTILINE | re.DOTALL)


def blank(notebook: NotebookNode) -> NotebookNode:
    """The learner's form: each marked part replaced by what to do and `raise NotImplementedError`."""

    def stub(match: re.Match[str]) -> str:
        indent, task = match[1], match[2].strip() or "write this"
        return f"{indent}# Your code here: {task}.\n{indent}raise NotImplementedError\n"

    return _with_sources(notebook, lambda cell, source: _SOLUTION.sub(stub, source))


def solved(notebook: NotebookNode) -> NotebookNode:
    """The reader's form: each blank has the body of its reference; the markers are gone, their solutions stay."""

    def answer(cell: NotebookNode, source: str) -> str:
        source = _SOLUTION.sub(lambda match: match[3], source)
        if "exercise" in cell.metadata and _BLANK.search(source):
            body = reference_body(find(cell.metadata["exercise"]))
            source = _BLANK.sub(lambda match: body, source)
        return source

    return _with_sources(notebook, answer)


def _with_sources(notebook: NotebookNode, change: Callable[[NotebookNode, str], str]) -> NotebookNode:
    made = copy.deepcopy(notebook)
    for cell in made.cells:
        cell.source = change(cell, cell.source + "\n").rstrip("\n")
    made.metadata["course"] = {"digest": digest(made)}
    return made


def execute(notebook: NotebookNode) -> NotebookNode:
    """Run it in solutions/, keep outputs and pictures. Raises CellExecutionError at the first cell that fails."""
    made = copy.deepcopy(notebook)
    NotebookClient(
        made,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(SOLUTIONS)}},
    ).execute(env=os.environ | {"COURSE_QUIET": "1"})  # a progress bar is nothing to keep
    made.metadata["language_info"] = {"name": "python"}  # the kernel writes its own version here
    for output in (output for cell in made.cells if cell.cell_type == "code" for output in cell.outputs):
        data = output.get("data", {})
        if "application/vnd.jupyter.widget-view+json" in data:
            # A widget lives only with its kernel; who reads the page without one sees this instead.
            del data["application/vnd.jupyter.widget-view+json"]
            data["text/plain"] = WIDGET
    return made


def problems(lesson: Path) -> list[str]:
    """What is out of step with this lesson's source, a line each."""
    notebook = read_lesson(lesson)
    found = []
    blank_path, solved_path = NOTEBOOKS / f"{lesson.stem}.ipynb", SOLUTIONS / f"{lesson.stem}.ipynb"
    if not blank_path.exists():
        found.append(f"{blank_path.relative_to(ROOT)} is missing")
    elif blank_path.read_text(encoding="utf-8") != dumps(blank(notebook)):
        found.append(f"{blank_path.relative_to(ROOT)} differs from what {lesson.relative_to(ROOT)} gives")
    if not solved_path.exists():
        return [*found, f"{solved_path.relative_to(ROOT)} is missing"]
    there, wanted = nbformat.read(solved_path, as_version=4), solved(notebook)
    first, second = ([(c.id, c.cell_type, c.source, c.metadata) for c in each.cells] for each in (there, wanted))
    if first != second:
        found.append(f"{solved_path.relative_to(ROOT)} differs from what {lesson.relative_to(ROOT)} gives")
    code = [cell for cell in there.cells if cell.cell_type == "code"]
    if any(cell.execution_count is None for cell in code if cell.source):
        found.append(f"{solved_path.relative_to(ROOT)} is not executed")
    if any(output.output_type == "error" for cell in code for output in cell.outputs):
        found.append(f"{solved_path.relative_to(ROOT)} holds an error")
    return found


def build(lesson: Path, always_execute: bool, overwrite: bool) -> None:
    notebook = read_lesson(lesson)
    target = NOTEBOOKS / f"{lesson.stem}.ipynb"
    if target.exists() and answered(nbformat.read(target, as_version=4)):
        if not overwrite:
            raise LessonError(
                f"{target.relative_to(ROOT)} holds somebody's answers and is left as it is. Move it away, or use "
                "--overwrite, which keeps a copy in .course/kept/."
            )
        print(f"kept {keep(target, ROOT).relative_to(ROOT)}")
    write_text(target, dumps(blank(notebook)))
    target, wanted = SOLUTIONS / f"{lesson.stem}.ipynb", solved(notebook)
    there = nbformat.read(target, as_version=4) if target.exists() and not always_execute else None
    if there is None or not with_outputs(wanted, there):
        print(f"executing {lesson.stem} ...", flush=True)
        wanted = execute(wanted)
    SOLUTIONS.mkdir(exist_ok=True)
    write_text(target, dumps(wanted))


def with_outputs(wanted: NotebookNode, there: NotebookNode) -> bool:
    """Give a notebook the outputs of one that was executed, if their code is the same, cell by cell; else say False."""
    ours, theirs = ([cell for cell in each.cells if cell.cell_type == "code"] for each in (wanted, there))
    if [(cell.id, cell.source) for cell in ours] != [(cell.id, cell.source) for cell in theirs]:
        return False
    for mine, executed in zip(ours, theirs, strict=True):
        mine.outputs, mine.execution_count = executed.outputs, executed.execution_count
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description="Build notebooks/ and solutions/ from lessons/.")
    parser.add_argument("lessons", nargs="*", type=Path, help="scripts in lessons/ (default: all)")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 unless everything is in step")
    parser.add_argument("--execute", action="store_true", help="execute every solution, changed or not")
    parser.add_argument("--overwrite", action="store_true", help="also notebooks with answers in them; a copy is kept")
    arguments = parser.parse_args()
    lessons = sorted(path.resolve() for path in arguments.lessons) or lesson_files()
    try:
        if arguments.check:
            found = [line for lesson in lessons for line in problems(lesson)]
            print("\n".join(found) or f"{len(lessons)} lessons, all in step")
            return 1 if found else 0
        for lesson in lessons:
            build(lesson, arguments.execute, arguments.overwrite)
    except LessonError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
