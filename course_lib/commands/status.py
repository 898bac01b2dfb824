"""`course status`: all lessons at a glance, and what comes next."""

from course_lib import folders
from course_lib.commands.check import sign
from course_lib.exercises import progress
from course_lib.exercises.finding import Outcome
from course_lib.learner.lessons import lessons
from course_lib.usage import UsageError


def status() -> int:
    """All lessons at a glance, from what the checks have recorded, and what comes next."""
    entries, every = progress.read(), lessons()
    if not folders.installed() and not any(lesson.path.exists() for lesson in every):
        raise UsageError(f"there are no notebooks in {folders.home() / 'notebooks'}")
    width = max(len(lesson.title) for lesson in every)
    following = None
    for lesson in every:
        states = [entries.get(exercise.id, {}).get("state", Outcome.NOT_ATTEMPTED) for exercise in lesson.exercises]
        signs = "".join(map(sign, states))
        done = sum(state == Outcome.CORRECT for state in states)
        minutes = sum(exercise.minutes for exercise in lesson.exercises)
        print(f"  {lesson.number:<3}  {lesson.title:<{width}}  {done:>2} of {len(states):<2}  {signs}  {minutes} min")
        if following is None:
            open_ones = zip(lesson.exercises, states, strict=True)
            following = next(((each, lesson) for each, state in open_ones if state != Outcome.CORRECT), None)
    right, wrong, blank = map(sign, (Outcome.CORRECT, "wrong", Outcome.NOT_ATTEMPTED))
    signs = f"{right} right   {wrong} not right yet   {blank} not attempted"
    print(f"\n  {signs}      minutes: all of a lesson's exercises\n")
    if following is None:
        print("  Every exercise is right. That was the whole course.")
        return 0
    exercise, lesson = following
    print(f"  Next: {exercise.id}, about {exercise.minutes} minutes, in {lesson.place}")
    if not lesson.path.exists() and folders.installed():
        print("  `course lab` puts the notebooks into this folder and opens them.")
    if message := entries.get(exercise.id, {}).get("message"):
        print(f"  It said last: {message}")
    return 0
