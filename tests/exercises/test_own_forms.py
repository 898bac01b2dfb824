"""Where a lesson has a solution of its own, not the library's: it is right, too, so the two are equal in value."""

import ast

import pytest

from course_lib.exercises import grade, grading
from course_lib.exercises.exercise import lesson_exercises, lessons_with_exercises
from tools import build

OWN = [made for lesson in lessons_with_exercises() for made in lesson_exercises(lesson) if made.own_form]


def definitions_in(source):
    """The imports, functions and classes of a cell, without what else it does."""
    found = [
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef)
    ]
    return compile(ast.Module(found, type_ignores=[]), "a lesson", "exec")


def solution_of(exercise):
    """What the solved lesson defines for an exercise, given what it imports and defines before."""
    for path in build.LESSONS.glob(f"{exercise.id[:2]}*_*.py"):
        defined = {}
        for cell in build.solved(build.read_lesson(path)).cells:
            if cell.cell_type == "code":
                posed = cell.metadata.get("exercise")
                exec(cell.source if posed else definitions_in(cell.source), defined)
                if posed == exercise.id:
                    return defined[exercise.name]
    raise AssertionError(f"no lesson poses {exercise.id}")


@pytest.mark.parametrize("exercise", OWN, ids=lambda exercise: exercise.id)
def test_a_form_of_the_lessons_own_is_right(exercise):
    result = grade(exercise, solution_of(exercise))
    assert result.correct, grading.panel_of(result).text()


@pytest.mark.parametrize("exercise", OWN, ids=lambda exercise: exercise.id)
def test_a_form_of_the_lessons_own_has_a_reason(exercise):
    assert len(exercise.own_form.split()) > 3, "why may the lesson differ from the library?"
    assert solution_of(exercise) is not exercise.reference
