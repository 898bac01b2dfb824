"""A notebook of the course, whatever its name and whoever saved it: read, and known by the checks that are in it."""

import ast
import copy
import hashlib
import json
import re
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from course_lib.exercises.exercise import lesson_exercises, lessons_with_exercises
from course_lib.usage import UsageError

_ID = re.compile(r"\d\d\.[a-z_0-9]+")
_CALL = re.compile(r"""^\s*(?:\w+\.)?check\(\s*["'](\d\d\.[a-z_0-9]+)["']""", re.MULTILINE)
_PASSED_OVER = {"raises-exception", "nbval-raises-exception", "nbval-skip"}  # nbval's tags, and its comments:
_MARK = re.compile(r"^\s*#+\s*(NBVAL_SKIP|NBVAL_RAISES_EXCEPTION)\s*$", re.MULTILINE)
_KINDS = {"code", "markdown", "raw"}
_HOLDS_BACK = {"raises-exception", "skip-execution"}  # tags by which a cell is not run, or its error passed over


@dataclass(frozen=True)
class Notebook:
    """What a file holds.

    Attributes:
        cells: its code cells, in order.
        checks: the places in `cells` at which each exercise is checked, by its id.
        lesson: the number of the lesson, "02" or "05a", whose checks these are; "" for a notebook without any.
    """

    path: Path
    content: NotebookNode
    cells: list[NotebookNode]
    checks: dict[str, list[int]]
    lesson: str

    @property
    def held_back(self) -> dict[str, str]:
        """The exercises whose checks carry a mark by which nbval does not run them, or passes over their error."""
        found = {}
        for id, places in self.checks.items():
            for cell in (self.cells[place] for place in places):
                marks = [f"the tag {tag!r}" for tag in cell.metadata.get("tags", []) if tag in _PASSED_OVER]
                marks += [f"the comment {mark}" for mark in _MARK.findall(cell.source)]
                if marks:
                    found[id] = marks[0]
        return found

    def to_run(self) -> NotebookNode:
        """A copy without what earlier runs and other programs have left in it: outputs, counts, tags that hold back."""
        made = copy.deepcopy(self.content)
        made.metadata = NotebookNode(language_info={"name": "python"})
        for cell in made.cells:
            tags = [tag for tag in cell.metadata.get("tags", []) if tag not in _HOLDS_BACK]
            cell.metadata = NotebookNode(tags=tags)
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        return made


def read(path: Path) -> Notebook:
    """The notebook in a file.

    Raises UsageError, with what to do, where the file is none, is cut off, or holds the marks of a merge.
    """
    content = parsed(_text(path), path)
    cells = [cell for cell in content.cells if cell.cell_type == "code"]
    checks: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        for id in checks_of(cell.source):
            checks.setdefault(id, []).append(place)
    return Notebook(path, content, cells, checks, _lesson_of(checks))


def checks_of(source: str) -> list[str]:
    """The ids of the exercises that a cell checks: those of its calls `check("05.dot", dot)`."""
    tree = tree_of(source)
    if tree is None:  # a line for IPython alone, or one that is not finished
        return _CALL.findall(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    named = [call.args[0] for call in calls if _called(call) == "check"]
    ids = [each.value for each in named if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return [id for id in ids if _ID.fullmatch(id)]


def tree_of(source: str) -> ast.Module | None:
    """What a cell says, as a tree; None where Python can't read it, whatever is in it. Prints no warning."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of "\\d" and the like: it is not the course's to say, nor here
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # no Python; NUL, half a character; far too deep
        return None


def _called(call: ast.Call) -> str:
    """The last part of the name of what is called, "check" for `course.check(...)`; "" where it has no name."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def digest(content: NotebookNode) -> str:
    """A hash of what the cells say, outputs aside."""
    text = "\0".join(f"{cell.cell_type}\n{cell.source}" for cell in content.cells)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def came_as(content: NotebookNode) -> str:
    """The digest of the form that a notebook came in, which travels with it; "" where a program has dropped it."""
    noted = content.metadata.get("course")
    return str(noted.get("digest", "")) if isinstance(noted, dict) else ""


def answered(content: NotebookNode) -> bool:
    """Has somebody written into this notebook since it was built?"""
    return came_as(content) != digest(content)


def plain(source: str) -> str:
    """A source without what editors change by themselves: the ends of lines, and empty lines around it."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def dumps(content: NotebookNode) -> str:
    """A notebook as the text of its file, which UTF-8 can hold: half a character, as `"\\ud800"`, is escaped."""
    text = str(nbformat.writes(content, version=4, indent=1, ensure_ascii=False)) + "\n"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return str(nbformat.writes(content, version=4, indent=1, ensure_ascii=True)) + "\n"
    return text


def parts_of(number: str) -> list[str]:
    """The lesson itself, "02", or its parts, "05a" and "05b"."""
    return [f"{number}{part}" for part in "ab" if lesson_exercises(f"{number}{part}")] or [number]


def _lesson_of(checks: dict[str, list[int]]) -> str:
    """The lesson, or its part, of which most of these exercises are."""
    numbers = Counter(id[:2] for id in checks if id[:2] in lessons_with_exercises())
    if not numbers:
        return ""
    ((number, _),) = numbers.most_common(1)
    ids = {part: {exercise.id for exercise in lesson_exercises(part)} for part in parts_of(number)}
    return max(ids, key=lambda part: len(ids[part] & checks.keys()))


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror or error}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UsageError(
            f"{path} is not UTF-8 text (line {line}): another program has saved it so. Open it in an editor and save "
            "it as UTF-8"
        ) from error
    marks = [i for i, line in enumerate(text.splitlines(), 1) if re.match(r"(<{7}|>{7}|\|{7}) ", line)]
    if marks:
        raise UsageError(
            f"{path} holds both versions of a merge (line {marks[0]} begins with the mark of git). Take one of them: "
            f'git checkout --ours "{path.name}" or --theirs, in its folder'
        )
    return text


def parsed(text: str, path: Path) -> NotebookNode:
    """The notebook that a text holds, which is or was that of the file `path`; small faults are mended.

    Raises UsageError, which names the file, where the text is no notebook.
    """
    kept = path.parent / ".ipynb_checkpoints" / f"{path.stem}-checkpoint.ipynb"
    other = f". JupyterLab keeps the state of the last save in {kept}" if kept.exists() else ""
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "it"
        how = "is empty" if not text.strip() else f"is cut off or damaged: {where} can't be read as JSON"
        raise UsageError(f"{path} {how}{other}") from error
    if not isinstance(plain, dict) or not ({"cells", "worksheets"} & plain.keys()):
        raise UsageError(f"{path} is no notebook: it has no cells")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of ids that cells lack: older programs write none
            content: NotebookNode = nbformat.reads(json.dumps(_mended(plain)), as_version=4)
        for cell in _mended(content)["cells"]:
            if cell.get("cell_type") not in _KINDS:
                raise ValueError(f"a cell is of the kind {cell.get('cell_type')!r}")
            cell.source = cell.source if isinstance(cell.source, str) else "".join(cell.source)
    except Exception as error:  # each version of the format fails in its own way
        fault = f"{type(error).__name__}: {error}"
        raise UsageError(f"{path} is a notebook that can't be understood ({fault}){other}") from error
    return content


def _mended(content: dict[str, Any]) -> dict[str, Any]:
    """The same notebook, with what the format asks for and some programs leave out or write otherwise."""
    cells = content.get("cells", [])
    cells = [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []
    for each in (content, *cells):
        if not isinstance(each.get("metadata"), dict):
            each["metadata"] = NotebookNode()
    for cell in cells:
        tags = cell["metadata"].get("tags", [])
        if not (isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)):
            del cell["metadata"]["tags"]
        if not isinstance(cell["metadata"].get("exercise", ""), str):
            del cell["metadata"]["exercise"]
        if cell.get("cell_type") == "code":
            cell.setdefault("execution_count", None)
            if not isinstance(cell.get("outputs"), list):
                cell["outputs"] = []
    return content
