"""Exercises in their blank form, as the course brings them: for whoever wants to begin one afresh."""

from nbformat import NotebookNode

from course_lib.exercises.exercise import lesson_exercises
from course_lib.learner.lessons import NAMES
from course_lib.learner.merge import course_cells
from course_lib.learner.notebook import checks_of
from course_lib.learner.work import pristine


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


def with_blank(mine: NotebookNode, exercise_id: str) -> bool:
    """Put the blank form of an exercise in the place of what a notebook has; True where it had something.

    Where its cell is gone it comes back, above its check, or with it at the end.
    """
    exercise, check = blank_cells(exercise_id)
    found = {id: place for place, id in course_cells(mine, {exercise.id: exercise, check.id: check}).items()}
    if exercise.id in found:
        cell = mine.cells[found[exercise.id]]
        cell.source, cell.outputs, cell.execution_count = exercise.source, [], None
        return True
    place = found.get(check.id, len(mine.cells))
    mine.cells[place:place] = [exercise] if check.id in found else [exercise, check]
    return False
