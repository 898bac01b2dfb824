"""`course reset`: a fresh notebook, or one fresh exercise; what was there is kept."""

import argparse
import copy
from pathlib import Path

from course_lib.exercises import progress
from course_lib.exercises.exercise import lesson_exercises
from course_lib.files import write_text
from course_lib.folders import shown
from course_lib.learner.blank import with_blank
from course_lib.learner.lessons import NAMES, Lesson, choose, lessons, name_of, of_name
from course_lib.learner.notebook import dumps, read
from course_lib.learner.work import keep, note_base, pristine
from course_lib.usage import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("lesson", metavar="LESSON", help="such as 01a, or a notebook, or an exercise such as 01.lookup")
    parser.add_argument("exercise", nargs="?", metavar="EXERCISE", help="such as lookup; without it, the whole lesson")


def run(given: argparse.Namespace) -> int:
    """Put the blank form in the place of what is there, and say where that is kept."""
    wanted, name = given.lesson, given.exercise
    if name is None and "." in wanted and not wanted.endswith(".ipynb"):
        wanted, _, name = wanted.partition(".")
    if name is None:
        _reset_lesson(_one_lesson(wanted))
    else:
        _reset_exercise(wanted, name.rpartition(".")[2])
    return 0


def _one_lesson(wanted: str) -> Lesson:
    if Path(wanted).stem in NAMES and Path(wanted).is_file():  # it may be damaged: it is not read
        return of_name(Path(wanted).stem, Path(wanted))
    chosen = choose(wanted)
    if len(chosen) > 1:
        parts = " or ".join(lesson.number for lesson in chosen)
        raise UsageError(f"lesson {wanted} has two notebooks; name one: course reset {parts}")
    return chosen[0]


def _reset_lesson(lesson: Lesson) -> None:
    name = name_of(lesson.number) or lesson.path.stem
    fresh = pristine(name)
    kept = keep(lesson.path)
    write_text(lesson.path, dumps(fresh))
    note_base(name, fresh)
    _forget(lesson, [exercise.id for exercise in lesson.exercises])
    print(f"{lesson.place} is as it came. What was there is in {shown(kept)}")


def _reset_exercise(wanted: str, name: str) -> None:
    chosen = choose(wanted)
    for lesson in chosen:
        if found := [exercise for exercise in lesson.exercises if exercise.id.partition(".")[2] == name]:
            content = read(lesson.path).content
            before = copy.deepcopy(content)
            placed = with_blank(content, found[0].id)
            _forget(lesson, [found[0].id])
            if content == before:
                print(f"{found[0].id} is blank in {lesson.place}, and stays as it is.")
            else:
                kept = keep(lesson.path)
                write_text(lesson.path, dumps(content))
                what = "is blank again" if placed.there else "was gone, and is back"
                print(f"{found[0].id} {what} in {lesson.place}. The notebook as it was is in {shown(kept)}")
                print("If it is open in JupyterLab, load it anew: File, Reload Notebook from Disk.")
            for again in placed.again:
                print(f"`{again}` is also defined in another cell, below; delete that one, or it stays in force.")
            return
    every = [exercise.id for lesson in chosen for exercise in lesson_exercises(lesson.number)]
    raise UsageError(f"lesson {wanted} has no exercise {name!r}; it has {', '.join(every)}")


def _forget(lesson: Lesson, ids: list[str]) -> None:
    """Begin afresh with these exercises, where this is the notebook whose progress is noted, and no copy of it."""
    if any(lesson.path.resolve() == each.path.resolve() for each in lessons()):
        progress.forget(ids)
