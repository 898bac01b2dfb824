"""What an exercise is, how an answer is graded, and what a lesson calls: `check`, `hint`, `solution`.

    check("01.lookup", lookup)

grades the learner's own `lookup`, shows a panel, and, until the answer is right, binds the reference to that name in
the notebook, so that the rest of the lesson runs. It raises under pytest only, where a wrong answer turns its cell red.

The checks themselves stand in one file per lesson (`lesson_01.py`, ...), written with `trial.Trial`.
"""

import difflib
import importlib
import inspect
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib.exercises import progress
from course_lib.exercises.panel import Panel
from course_lib.exercises.trial import Finding, State, Trial, undisturbed


@dataclass(frozen=True)
class Exercise:
    """One exercise. `name` is what the learner defines; `reference` is what stands in for it until theirs is right.

    `difficulty` runs from 1 (copy the idea) to 5 (think for a while); `minutes` is what a first reader needs.
    `hints` are at least two, from a nudge to nearly the answer; `explanation` says why the solution is as it is.
    """

    id: str
    name: str
    reference: Callable[..., Any]
    difficulty: int
    minutes: int
    hints: tuple[str, ...]
    explanation: str
    examine: Callable[[Trial], None]

    def __post_init__(self):
        if len(self.hints) < 2:
            raise ValueError(f"{self.id}: an exercise needs at least two hints, got {len(self.hints)}")


@dataclass(frozen=True)
class Result:
    """What grading an answer found: its state, one sentence, and what to show below it."""

    exercise: Exercise
    state: State
    message: str
    details: dict[str, str] = field(default_factory=dict)  # label -> text, such as expected and got
    stands_in: bool = False  # the reference was handed in, as it is after a wrong answer: nothing was learned of theirs

    @property
    def correct(self) -> bool:
        return self.state is State.CORRECT


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


_exercises: dict[str, Exercise] = {}


def exercise(id: str, *, reference, difficulty: int, minutes: int, hints, explanation: str, name: str | None = None):
    """Register the decorated function as the examination of exercise `id`. It gets a `Trial` and raises what it finds.

    The learner's name for the answer is the reference's own unless `name` says otherwise.
    """

    def register(examine: Callable[[Trial], None]) -> Exercise:
        made = Exercise(
            id,
            name or reference.__name__,
            reference,
            difficulty,
            minutes,
            tuple(hints),
            explanation.strip(),
            examine,
        )
        if id in _exercises and _exercises[id].examine.__module__ != examine.__module__:
            raise ValueError(f"exercise {id} is defined twice")
        _exercises[id] = made
        return made

    return register


def lesson_exercises(lesson: str) -> list[Exercise]:
    """The exercises of a lesson ("01"), in the order in which it poses them; none where it has no file of checks."""
    module = f"{__package__}.lesson_{lesson}"
    if importlib.util.find_spec(module) is None:
        return []
    importlib.import_module(module)
    return [made for made in _exercises.values() if made.id.startswith(f"{lesson}.")]


def lessons_with_exercises() -> list[str]:
    """The numbers of the lessons that have exercises, in order."""
    return sorted(path.stem.removeprefix("lesson_") for path in Path(__file__).parent.glob("lesson_*.py"))


def find(id: str) -> Exercise:
    """The exercise of that id.

    Raises KeyError, naming what is near, where there is none.
    """
    lesson = id.partition(".")[0] if isinstance(id, str) else ""
    known = {made.id: made for made in lesson_exercises(lesson)} if lesson.isalnum() else {}
    if id in known:
        return known[id]
    every = [made.id for number in lessons_with_exercises() for made in lesson_exercises(number)]
    near = difflib.get_close_matches(str(id), every, n=3, cutoff=0.4) or every
    raise KeyError(f"there is no exercise {id!r}; did you mean {' or '.join(near)}?")


# ---- grading -------------------------------------------------------------------------------------


def grade(exercise: Exercise, answer: Any) -> Result:
    """Examine an answer. Random state, default dtype and grad mode are the same afterwards as before.

    Raises CheckBroken when the examination itself fails.
    """
    if answer is exercise.reference:
        return Result(
            exercise,
            State.NOT_ATTEMPTED,
            f"`{exercise.name}` is the reference at the moment, not your own. Re-run the cell with your own code "
            "first, then this one.",
            stands_in=True,
        )
    trial = Trial(answer, exercise.name, exercise.reference)
    try:
        with undisturbed(), trial.quiet():
            trial.examine_callable()
            exercise.examine(trial)
    except Finding as found:
        details = dict(found.details)
        if trial.printed:
            details["Your code printed"] = trial.printed
        return Result(exercise, found.state, found.message, details)
    except Exception as error:
        raise CheckBroken(
            f"the check of {exercise.id} failed itself ({type(error).__name__}: {error}). "
            "This is a fault of the course, not of your answer."
        ) from error
    return Result(exercise, State.CORRECT, f"`{exercise.name}` is right, and the rest of the lesson runs on it.")


# ---- what a lesson calls -------------------------------------------------------------------------

_hints_given: dict[str, int] = {}


def check(id: str, answer: Any) -> None:
    """Grade `answer` to exercise `id` and show what was found; until it is right, the reference steps in for it.

    Raises ExerciseFailed under pytest (CheckBroken where the check itself failed), KeyError for an unknown id.
    """
    exercise = find(id)
    try:
        result = grade(exercise, answer)
    except CheckBroken as broken:
        _bind(exercise.name, exercise.reference)
        if _under_pytest():
            raise
        _show(Panel("wrong", f"Not checked · {id}", str(broken), footer=f"`{exercise.name}` is the reference for now."))
        return
    if not result.stands_in:
        progress.record(id, str(result.state), result.message)
    _bind(exercise.name, answer if result.correct else exercise.reference)
    panel = _panel(result)
    if not result.correct and _under_pytest():
        raise ExerciseFailed(result, panel.text())
    _show(panel)


def hint(id: str) -> None:
    """Show the next hint of exercise `id`; after the last one, all of them again."""
    exercise = find(id)
    number = _hints_given.get(id, 0)
    if number < len(exercise.hints):
        _hints_given[id] = number + 1
        left = len(exercise.hints) - number - 1
        then = f'Another one: hint("{id}")' if left else f'That was the last. To see the answer: solution("{id}")'
        panel = Panel("hint", f"Hint {number + 1} of {len(exercise.hints)} · {id}", exercise.hints[number], footer=then)
    else:
        every = "\n".join(f"{i}. {text}" for i, text in enumerate(exercise.hints, 1))
        then = f'There is no other. To see the answer: solution("{id}")'
        panel = Panel("hint", f"All {len(exercise.hints)} hints · {id}", every, footer=then)
    _show(panel)


def solution(id: str, sure: bool = False) -> None:
    """Ask, then show the reference of exercise `id` with its explanation. `sure=True` does not ask."""
    exercise = find(id)
    left = len(exercise.hints) - _hints_given.get(id, 0)
    question = "" if sure else "Show the solution?"
    if left and not sure:
        question += f' There {"is a hint" if left == 1 else f"are {left} hints"} left: hint("{id}").'
    _show(
        Panel(
            "solution",
            f"Solution · {id}",
            question,
            folded={
                "The solution": inspect.getsource(exercise.reference).rstrip(),
                "Why": exercise.explanation,
            },
            open=sure,
            footer=f'Without the fold: solution("{id}", sure=True)' if not sure else "",
        )
    )


def _panel(result: Result) -> Panel:
    exercise = result.exercise
    if result.correct:
        return Panel("correct", f"Correct · {exercise.id}", result.message)
    if result.stands_in:
        return Panel("blank", f"Not your own code · {exercise.id}", result.message)
    left = len(exercise.hints) - _hints_given.get(exercise.id, 0)
    steps_in = (
        f"Until yours is right, `{exercise.name}` is the reference: the lesson goes on, but not on your code. "
        + (f'Stuck? hint("{exercise.id}")' if left else f'Stuck? solution("{exercise.id}")')
    )
    kind = "blank" if result.state is State.NOT_ATTEMPTED else "wrong"
    return Panel(
        kind,
        f"{str(result.state).capitalize()} · {exercise.id}",
        result.message,
        result.details,
        footer=steps_in,
    )


def _under_pytest() -> bool:
    # The kernel that nbval starts inherits these from pytest.
    return "PYTEST_CURRENT_TEST" in os.environ or "PYTEST_VERSION" in os.environ


def _shell():
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
