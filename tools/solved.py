"""What the solved lesson defines for an exercise: the text that a learner would write, and the names around it."""

import ast
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
                exec(cell.source if posed else _definitions_in(cell.source), names)
    raise AssertionError(f"no lesson poses {exercise.id}")


def _definitions_in(source: str) -> Any:
    """The imports, functions and classes of a cell, without what else it does."""
    kinds = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef
    found = [node for node in ast.parse(source).body if isinstance(node, kinds)]
    return compile(ast.Module(found, type_ignores=[]), "a lesson", "exec")
