"""The learner's own Transformer, out of the notebooks of lesson 06: what `course train --model NOTEBOOK` trains.

The class stands in part b. Its attention stands in part a, in the same folder; what is defined there takes the place of
what part b imports under the same name. Of both nothing is run but what defines something: imports, functions,
classes, and names for plain values. Each answer is checked before it is used; in place of one that is not right yet,
or not there, the course's own stands in, as in the lesson.
"""

import ast
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import torch
from IPython.core.inputtransformer2 import TransformerManager
from torch import nn

from course_lib.exercises.exercise import Exercise, find, lesson_exercises
from course_lib.exercises.finding import Outcome
from course_lib.exercises.grading import grade
from course_lib.models import Settings, build

NAME = "OwnTransformer"
_SMALL = {"D": 8, "N": 2, "H": 12, "L": 2}


class OwnModel(NamedTuple):
    """A model's class, and whose code is in it.

    Attributes:
        make: called as `models.build`.
        code: a checksum of the notebooks' code.
        right: exercises whose answers are the learner's.
        replaced: exercises by what is wrong with their answers; the course's own code stands in for these.
    """

    make: Callable[..., nn.Module]
    code: str
    right: list[str]
    replaced: dict[str, Outcome]


def own_model(path: Path | str) -> OwnModel:
    """The class `OwnTransformer` that a notebook defines, with what it is made of.

    Raises:
        OSError: the file can't be read.
        ValueError: no notebook, a cell that can't be read, no such class, or one that is no Transformer of lesson 06.
    """
    made: dict[str, Any] = {"__name__": "own"}
    outcomes, code = dict[str, Outcome](), hashlib.sha256()
    trouble = "part b of lesson 06 does"
    for notebook in [Path(path), *_first_part(path)]:  # a's definitions take the place of what b imports
        for number, source in _cells(notebook):
            code.update(f"{source}\n".encode("utf-8", "surrogatepass"))
            for statement in _statements(source, f"{notebook}, cell {number}"):
                exercise = _checked(statement)
                if exercise is None:
                    went_wrong = _define(statement, made, f"cell {number}")
                    if went_wrong and getattr(statement, "name", "") == NAME:
                        trouble = went_wrong
                    continue
                outcomes[exercise.id] = grade(exercise, made.get(exercise.name)).outcome
                if outcomes[exercise.id] is not Outcome.CORRECT:
                    made[exercise.name] = exercise.reference
    if not isinstance(made.get(NAME), type):
        raise ValueError(f"{path} defines no class {NAME}; {trouble}")

    def make(name: str, settings: Settings, *, words: int) -> nn.Module:
        model: nn.Module = made[NAME](words, words, **settings)
        return model

    _agrees(make, path)
    of_lesson = {exercise.id: outcomes.get(exercise.id, Outcome.NOT_ATTEMPTED) for exercise in lesson_exercises("06")}
    right = [name for name, outcome in of_lesson.items() if outcome is Outcome.CORRECT]
    replaced: dict[str, Outcome] = {name: outcome for name, outcome in of_lesson.items() if name not in right}
    return OwnModel(make, code.hexdigest(), right, replaced)


def _first_part(path: Path | str) -> list[Path]:
    """The notebook of part a that stands beside this one, if there is one."""
    return sorted(Path(path).parent.glob("06a_*.ipynb"))[:1]


def _cells(path: Path | str) -> Iterator[tuple[int, str]]:
    """The code cells, numbered as nbval does, among themselves."""
    try:
        cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path} is no notebook that can be read: {error}") from error
    yield from enumerate(sources)


def _statements(source: str, where: str) -> list[ast.stmt]:
    try:
        return ast.parse(TransformerManager().transform_cell(source)).body
    except SyntaxError as error:
        raise ValueError(f"{where}, line {error.lineno}: {error.msg}") from error


def _checked(statement: ast.stmt) -> Exercise | None:
    """The exercise of a line `check("06.attend_heads", attend_heads)`."""
    match statement:
        case ast.Expr(ast.Call(ast.Name("check"), [ast.Constant(str(name)), *_])):
            with suppress(KeyError):  # a check that the course does not have
                return find(name)
    return None


def _define(statement: ast.stmt, made: dict[str, Any], where: str) -> str:
    """Run a statement that does nothing but define, and leave out any other; what went wrong with it, or nothing."""
    match statement:
        case ast.Assign([ast.Name()], value):
            try:
                ast.literal_eval(value)
            except ValueError:
                return ""
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.ClassDef():
            pass
        case _:
            return ""
    try:
        exec(compile(ast.Module([statement], []), where, "exec"), made)
    except Exception as error:  # whatever a learner's definition raises
        return f"{where}, line {statement.lineno}: {type(error).__name__}: {error}"
    return ""


def _agrees(make: Callable[..., nn.Module], path: Path | str) -> None:
    """Does the class compute what `course translate` will compute with its weights?

    Raises:
        ValueError: other names or shapes of weights, other logits, or an error.
    """
    words, differs = 11, f"{path}: {NAME} is no longer the one of lesson 06, so nothing could load its weights"
    theirs = build("own", _SMALL, words=words).eval()
    source, inputs = torch.tensor([[4, 5, 6, 7], [8, 9, 0, 0]]), torch.tensor([[2, 5, 10], [2, 7, 0]])
    try:
        ours = make("own", _SMALL, words=words).eval()
        shapes = [{name: tuple(w.shape) for name, w in each.state_dict().items()} for each in (ours, theirs)]
        odd = sorted(name for name, _ in shapes[0].items() ^ shapes[1].items())
        if odd:
            raise ValueError(f"its weights differ in name or shape, first {odd[0]}")
        theirs.load_state_dict(ours.state_dict())
        with torch.no_grad():
            found, expected = ours(source, inputs), theirs(source, inputs)
    except Exception as error:
        raise ValueError(f"{differs}: {str(error).splitlines()[0] if str(error) else type(error).__name__}") from error
    real = inputs != 0
    if found.shape != expected.shape or not torch.allclose(found[real], expected[real], atol=1e-4):
        raise ValueError(f"{differs}: its logits are others")
