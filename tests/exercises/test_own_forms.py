"""Where a lesson has a solution of its own, not the library's: it is right, too, so the two are equal in value."""

import pytest

from course_lib.exercises import grade, grading
from course_lib.exercises.exercise import lesson_exercises, lessons_with_exercises
from tools.solved import solution_of

OWN = [made for lesson in lessons_with_exercises() for made in lesson_exercises(lesson) if made.own_form]


def own_form(exercise):
    """What the solved lesson defines for an exercise."""
    source, names = solution_of(exercise)
    exec(source, names)
    return names[exercise.name]


@pytest.mark.parametrize("exercise", OWN, ids=lambda exercise: exercise.id)
def test_a_form_of_the_lessons_own_is_right(exercise):
    result = grade(exercise, own_form(exercise))
    assert result.correct, grading.panel_of(result).text()


@pytest.mark.parametrize("exercise", OWN, ids=lambda exercise: exercise.id)
def test_a_form_of_the_lessons_own_has_a_reason(exercise):
    assert len(exercise.own_form.split()) > 3, "why may the lesson differ from the library?"
    assert own_form(exercise) is not exercise.reference
