"""How an answer is graded, and what a lesson calls: `check`, `hint`, `solution`.

    check("01.lookup", lookup)

grades the learner's own `lookup`, shows a panel, and, until the answer is right, binds the reference to that name in
the notebook, so that the rest of the lesson runs. It raises under pytest only, where a wrong answer turns its cell red.
"""

import contextlib
import os
import sys
from dataclasses import dataclass, field
from typing import Any

from course_lib.exercises import progress
from course_lib.exercises.exercise import Exercise, find
from course_lib.exercises.finding import Finding, Outcome
from course_lib.exercises.guard import undisturbed
from course_lib.exercises.limits import LimitReached, within_limits
from course_lib.exercises.panel import Panel
from course_lib.exercises.show import shorten
from course_lib.exercises.source import source_of
from course_lib.exercises.trial import Trial


@dataclass(frozen=True)
class Result:
    """What grading an answer found: its outcome, one sentence, and what to show below it."""

    exercise: Exercise
    outcome: Outcome
    message: str
    details: dict[str, str] = field(default_factory=dict)  # label -> text, such as expected and got
    stands_in: bool = False  # the reference was handed in, as it is after a wrong answer: nothing was learned of theirs

    @property
    def correct(self) -> bool:
        return self.outcome is Outcome.CORRECT


class ExerciseFailed(AssertionError):
    """An answer is not right yet. Raised under pytest alone, with the whole panel as its message."""

    def __init__(self, result: Result, text: str):
        super().__init__(text)
        self.result = result

    def _render_traceback_(self) -> list[str]:
        """What Jupyter and nbval print in place of a traceback: the panel alone."""
        return [str(self)]


class CheckBroken(RuntimeError):
    """The check itself failed: a fault of the course, not of the answer."""


def grade(exercise: Exercise, answer: Any) -> Result:
    """Examine an answer, within limits of time and memory. What it changes of torch's settings is set back.

    Raises CheckBroken when the examination itself fails.
    """
    if answer is exercise.reference:
        own_first = (
            "is the reference at the moment, not your own. Re-run the cell with your own code first, then this one."
        )
        return Result(exercise, Outcome.NOT_ATTEMPTED, f"`{exercise.name}` {own_first}", stands_in=True)
    trial = _trial(exercise, answer)
    found: Finding | None = None
    try:
        _examined(exercise, trial)
    except Finding as finding:
        found = finding
        if finding.known is not None:
            finding.message = _confirmed(exercise, answer, finding)
    except LimitReached as reached:
        found = trial.stopped(reached)
    except Exception as error:
        fault = f"{type(error).__name__}: {shorten(str(error), 200)}"
        _blame_the_course(exercise, fault)
        strange = f"what `{exercise.name}` returns can't be examined, where a right answer's can ({fault})"
        found = Finding(Outcome.TYPE, strange, trial.case())
    if found is None:
        return Result(exercise, Outcome.CORRECT, f"`{exercise.name}` is right, and the rest of the lesson runs on it.")
    printed = {"Your code printed": trial.printed} if trial.printed else {}
    return Result(exercise, found.outcome, found.message, found.details | printed)


def _confirmed(exercise: Exercise, answer: Any, finding: Finding) -> str:
    """What to tell of an answer: the mistake that explains it in all cases; where none does, what was seen."""
    trial = _trial(exercise, answer)
    trial.collect()
    with contextlib.suppress(Exception):
        _examined(exercise, trial)
    sentence = trial.explained_by(finding.known or ())
    if sentence is None:
        return finding.message
    return f"{sentence.rstrip('.')}{finding.size}" if finding.size else sentence


def _trial(exercise: Exercise, answer: Any) -> Trial:
    return Trial(answer, exercise.name, exercise.reference, mistakes=exercise.mistakes, advice=exercise.advice)


def _examined(exercise: Exercise, trial: Trial) -> None:
    def examine() -> None:
        trial.examine_callable()
        exercise.examine(trial)

    with undisturbed(), trial.quiet():
        within_limits(examine)


def _blame_the_course(exercise: Exercise, fault: str) -> None:
    """CheckBroken, if the reference can't be examined either; otherwise the fault was the answer's."""
    try:
        _examined(exercise, _trial(exercise, exercise.reference))
    except Exception as error:
        raise CheckBroken(
            f"the check of {exercise.id} failed itself ({fault}). This is a fault of the course, not of your answer."
        ) from error


_hints_given: dict[str, int] = {}


def check(exercise_id: str, answer: Any) -> None:
    """Grade `answer` to exercise `id` and show what was found; until it is right, the reference steps in for it.

    Raises ExerciseFailed under pytest (CheckBroken where the check itself failed), KeyError for an unknown id.
    """
    exercise = find(exercise_id)
    try:
        result = grade(exercise, answer)
    except CheckBroken as broken:
        _bind(exercise.name, exercise.reference)
        if _under_pytest():
            raise
        footer = f"`{exercise.name}` is the reference for now."
        _show(Panel("wrong", f"Not checked · {exercise_id}", str(broken), footer=footer))
        return
    if not result.stands_in:
        progress.record(exercise_id, str(result.outcome), result.message)
    _bind(exercise.name, answer if result.correct else exercise.reference)
    panel = panel_of(result)
    if not result.correct and _under_pytest():
        raise ExerciseFailed(result, panel.text())
    _show(panel)


def hint(exercise_id: str) -> None:
    """Show the next hint of exercise `id`; after the last one, all of them again."""
    hints, number = find(exercise_id).hints, _hints_given.get(exercise_id, 0)
    answer = f'To see the answer: solution("{exercise_id}")'
    if number < len(hints):
        _hints_given[exercise_id] = number + 1
        title, text = f"Hint {number + 1} of {len(hints)}", hints[number]
        then = f'Another one: hint("{exercise_id}")' if number + 1 < len(hints) else f"That was the last. {answer}"
    else:
        many = {1: "The hint", 2: "Both hints"}.get(len(hints), f"All {len(hints)} hints")
        title, text = many, "\n".join(f"{i}. {one}" for i, one in enumerate(hints, 1))
        then = f"There is no other. {answer}"
    _show(Panel("hint", f"{title} · {exercise_id}", text, footer=then))


def solution(exercise_id: str, sure: bool = False) -> None:
    """Ask, then show the reference of exercise `id` with its explanation. `sure=True` does not ask."""
    exercise = find(exercise_id)
    left = len(exercise.hints) - _hints_given.get(exercise_id, 0)
    question = "" if sure else "Show the solution?"
    if left and not sure:
        question += f' There {"is a hint" if left == 1 else f"are {left} hints"} left: hint("{exercise_id}").'
    folded = {"The solution": source_of(exercise.reference), "Why": exercise.explanation.strip()}
    footer = "" if sure else f'Without the fold: solution("{exercise_id}", sure=True)'
    _show(Panel("solution", f"Solution · {exercise_id}", question, folded=folded, open=sure, footer=footer))


def panel_of(result: Result) -> Panel:
    """What a learner is shown of a result."""
    exercise = result.exercise
    if result.correct:
        return Panel("correct", f"Correct · {exercise.id}", result.message)
    if result.stands_in:
        return Panel("blank", f"Not your own code · {exercise.id}", result.message)
    help_left = "hint" if _hints_given.get(exercise.id, 0) < len(exercise.hints) else "solution"
    footer = (
        f"Until yours is right, `{exercise.name}` is the reference: the lesson goes on, but not on your code. "
        f'Stuck? {help_left}("{exercise.id}")'
    )
    kind = "blank" if result.outcome is Outcome.NOT_ATTEMPTED else "wrong"
    title = f"{str(result.outcome).capitalize()} · {exercise.id}"
    return Panel(kind, title, result.message, result.details, footer=footer)


def _under_pytest() -> bool:
    # The kernel that nbval starts inherits these from pytest.
    return "PYTEST_CURRENT_TEST" in os.environ or "PYTEST_VERSION" in os.environ


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def _bind(name: str, value: Any) -> None:
    """Bind a name in the notebook; a plain script keeps its own."""
    if shell := _shell():
        shell.user_ns[name] = value


def _show(panel: Panel) -> None:
    if _shell():
        from IPython.display import display

        display(panel)
    else:
        print(panel.text())
