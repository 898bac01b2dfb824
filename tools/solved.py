"""What the solved lesson defines for an exercise: the text that a learner would write, and the names around it."""

import ast
import contextlib
from typing import Any

from course_lib.exercises.exercise import Exercise
from tools import build


def solution_of(exercise: Exercise) -> tuple[str, dict[str, Any]]:
    """The text of the cell, and what the lesson imports and defines before it."""
    for path in build.LESSONS.glob(f"{exercise.id[:2]}*_*.py"):
        names: dict[str, Any] = {}
        for cell in build.solved(build.read_lesson(path)).cells:
            if cell.cell_type == "code":
                posed = cell.metadata.get("exercise")
                if posed == exercise.id:
                    return cell.source, names
                _define(cell.source, names, whole=bool(posed))
    raise AssertionError(f"no lesson poses {exercise.id}")


def _define(source: str, names: dict[str, Any], *, whole: bool) -> None:
    """Run a cell, or its imports, functions and classes alone, as far as they can do without the rest."""
    kinds = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef
    for node in ast.parse(source).body:
        if whole or isinstance(node, kinds):
            with contextlib.suppress(NameError):
                exec(compile(ast.Module([node], type_ignores=[]), "a lesson", "exec"), names)
